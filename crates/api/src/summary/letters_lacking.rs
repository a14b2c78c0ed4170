//! What is said of letters that no font of this computer has: on the paper to whoever reads it, and before it is printed to
//! whoever prints it.

use wholechart_print::{Document, Fonts, Lacking, lacking};

use crate::words::Words;

/// How many signs of no script of their own are named.
const SIGNS_NAMED: usize = 12;

/// Puts the warning on the paper and gives the one for the screen. `None` where every letter prints, which is nearly always.
pub(crate) fn warn(document: &mut Document, fonts: &Fonts, words: &Words) -> Option<String> {
    let lacking = lacking(document, fonts);
    if lacking.is_empty() {
        return None;
    }
    let scripts: Vec<String> = lacking.iter().map(|one| called(one, words)).collect();
    let scripts = scripts.join(", ");
    document.warning = Some(words.with("paper-letters-lacking", &[("scripts", scripts.as_str().into())]));
    Some(words.with("summary-letters-lacking", &[("scripts", scripts.as_str().into())]))
}

/// A script by its name; where we have none, by the letters themselves, which a screen may well show.
fn called(lacking: &Lacking, words: &Words) -> String {
    let signs: Vec<String> = lacking.characters.iter().take(SIGNS_NAMED).map(char::to_string).collect();
    words
        .with("script-name", &[("script", lacking.script.into()), ("signs", signs.join(" ").as_str().into())])
}
