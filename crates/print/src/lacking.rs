//! Which letters of a document no font of this computer has.
//!
//! They print as empty boxes, so it is found out before anything is laid out: the paper, the window and the terminal say
//! which scripts are not readable there.

use unicode_script::{Script, UnicodeScript};

use crate::{Document, Fonts, Paper, template};

/// A script with letters that no font here has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// Its four letters in ISO 15924, such as `Hani`; `Zyyy` for signs of no script of their own.
    pub script: &'static str,
    /// The characters, each once, in the order in which the document has them.
    pub characters: Vec<char>,
}

/// The scripts of a document that print as empty boxes, in the order in which it has them. Empty on most computers: the shipped
/// fonts have what records in the United States are written in, and a computer has fonts for its owner's languages.
pub fn lacking(document: &Document, fonts: &Fonts) -> Vec<Lacking> {
    let sheet = template::sheet(document, Paper::Letter, fonts);
    // Texts are strings of the JSON; its own signs and escapes are ASCII, which every shipped font has.
    let text = serde_json::to_string(&sheet).unwrap_or_default();
    let mut scripts: Vec<Lacking> = Vec::new();
    for c in fonts.lacking(text.chars()) {
        let script = match c.script() {
            Script::Inherited | Script::Unknown => Script::Common.short_name(),
            script => script.short_name(),
        };
        match scripts.iter_mut().find(|known| known.script == script) {
            Some(known) => known.characters.push(c),
            None => scripts.push(Lacking { script, characters: vec![c] }),
        }
    }
    scripts
}

#[cfg(test)]
pub(crate) mod tests {
    use chrono::DateTime;

    use super::*;

    pub(crate) fn saying(lead: &str) -> Document {
        Document {
            title: "Summary".into(),
            person: vec![("Name".into(), "Ann Łódź".into())],
            made_on: String::new(),
            made_at: DateTime::UNIX_EPOCH,
            language: "en".into(),
            sample: None,
            warning: None,
            lead: vec![lead.into()],
            sections: Vec::new(),
            closing: Vec::new(),
            sources: Vec::new(),
            footer: String::new(),
            page_of: "{page}".into(),
            large: false,
            contents: None,
            index: None,
            folds: false,
        }
    }

    #[test]
    fn scripts_are_named_in_their_order_and_each_letter_once() {
        let document =
            saying("高血压 \"高\" ひらがな カナ 고혈압 रक्तचाप ความดัน ግፊት \u{10fffc} שלום عربية ≥ µ\n½ ₂");
        let found = lacking(&document, &Fonts::of_no_computer());
        let scripts: Vec<&str> = found.iter().map(|one| one.script).collect();
        assert_eq!(scripts, ["Hani", "Hira", "Kana", "Hang", "Deva", "Thai", "Ethi", "Zyyy"]);
        assert_eq!(found[0].characters, ['高', '血', '压']);
    }

    #[test]
    fn what_is_foretold_is_what_the_pages_lack() {
        let document = saying("Gout 高血压 (ความดัน)");
        for fonts in [Fonts::bundled(), Fonts::of_no_computer()] {
            let foretold: Vec<char> =
                lacking(&document, &fonts).into_iter().flat_map(|one| one.characters).collect();
            let mut pages = crate::typeset(&document, Paper::Letter, &fonts).unwrap().missing().to_vec();
            pages.retain(|c| !crate::fonts::ignorable(*c));
            let (mut foretold, mut pages) = (foretold, pages);
            foretold.sort_unstable();
            pages.sort_unstable();
            assert_eq!(foretold, pages);
        }
    }
}
