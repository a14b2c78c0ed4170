//! What is said of a paper that may lack something, on it to whoever reads it and before it is printed to whoever prints it: records
//! that are still arriving, and letters that no font of this computer has.

use wholechart_print::{Document, Fonts, Lacking, lacking};

use crate::words::Words;

/// How many signs of no script of their own are named.
const SIGNS_NAMED: usize = 12;

/// Puts the warnings on the paper and gives those for the screen. `None` where nothing arrives and every letter prints, which is
/// nearly always.
pub(crate) fn warn(document: &mut Document, fonts: &Fonts, words: &Words, arriving: bool) -> Option<String> {
    let (mut paper, mut screen) = (Vec::new(), Vec::new());
    if arriving {
        paper.push(words.get("paper-arriving"));
        screen.push(words.get("summary-arriving"));
    }
    let lacking = lacking(document, fonts);
    if !lacking.is_empty() {
        let scripts: Vec<String> = lacking.iter().map(|one| called(one, words)).collect();
        let scripts = scripts.join(", ");
        paper.push(words.with("paper-letters-lacking", &[("scripts", scripts.as_str().into())]));
        screen.push(words.with("summary-letters-lacking", &[("scripts", scripts.as_str().into())]));
    }
    document.warning = (!paper.is_empty()).then(|| paper.join("\n"));
    (!screen.is_empty()).then(|| screen.join("\n"))
}

/// A script by its name; where we have none, by the letters themselves, which a screen may well show.
fn called(lacking: &Lacking, words: &Words) -> String {
    let signs: Vec<String> = lacking.characters.iter().take(SIGNS_NAMED).map(char::to_string).collect();
    words
        .with("script-name", &[("script", lacking.script.into()), ("signs", signs.join(" ").as_str().into())])
}
