//! The fonts: those shipped with the app, then those of this computer.
//!
//! Shipped are subsets (`fonts/README.md` says of what and how they were made) that cover Latin, Greek,
//! Cyrillic, Hebrew, Arabic and the signs of laboratory reports. The computer's own fonts are a fallback for
//! everything else; they are looked at only when a document needs them, because reading hundreds of font
//! files takes longer than laying out a summary.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::layout::{Abs, Em};
use typst::text::{Font, FontBook, FontInfo, FontVariant, FontVariations};
use typst::utils::LazyHash;

/// Shipped font files, in the order in which they are preferred. The first
/// two are those that text is measured with.
const SHIPPED: [&[u8]; 4] = [
    include_bytes!("../fonts/Inter-Regular.otf"),
    include_bytes!("../fonts/Inter-SemiBold.otf"),
    include_bytes!("../fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../fonts/Vazirmatn-Regular.ttf"),
];

/// How heavy a text is set; the place of its font in [`SHIPPED`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular = 0,
    Heavy = 1,
}

/// The fonts to set with. Make one and keep it: parsing and scanning are done once for each.
pub struct Fonts {
    shipped: FontSet,
    /// The shipped fonts and those of this computer; filled at the first need.
    all: OnceLock<FontSet>,
}

/// Fonts in the form a Typst world serves them.
pub(crate) struct FontSet {
    pub(crate) book: LazyHash<FontBook>,
    fonts: Vec<FontFile>,
}

/// A font that is loaded, or is as soon as a glyph of it is needed.
enum FontFile {
    Loaded(Font),
    OnDisk { path: PathBuf, index: u32, font: OnceLock<Option<Font>> },
}

impl Fonts {
    /// The shipped fonts. The computer's own are looked at once, and only when a document has a character
    /// that the shipped ones lack.
    pub fn bundled() -> Self {
        Self { shipped: FontSet::new(shipped(), Vec::new()), all: OnceLock::new() }
    }

    /// The shipped fonts on a computer that has none.
    #[cfg(test)]
    pub(crate) fn of_no_computer() -> Self {
        Self {
            shipped: FontSet::new(shipped(), Vec::new()),
            all: OnceLock::from(FontSet::new(shipped(), Vec::new())),
        }
    }

    /// The shipped fonts on a computer that has these.
    #[cfg(test)]
    pub(crate) fn of_a_computer_with(folder: &str) -> Self {
        let mut database = fontdb::Database::new();
        database.load_fonts_dir(folder);
        assert!(!database.is_empty(), "fonts in {folder}");
        Self { shipped: FontSet::new(shipped(), Vec::new()), all: OnceLock::from(with_fonts_of(&database)) }
    }

    /// The characters that neither the shipped fonts nor those of this computer have, each once, in their order.
    pub(crate) fn lacking(&self, characters: impl Iterator<Item = char>) -> Vec<char> {
        let mut asked = HashSet::new();
        let foreign: Vec<char> =
            characters.filter(|c| asked.insert(*c) && !self.shipped.covers(*c)).collect();
        if foreign.is_empty() {
            return foreign;
        }
        let all = self.all.get_or_init(with_system_fonts);
        foreign.into_iter().filter(|c| !all.covers(*c)).collect()
    }

    /// The smallest set that has the characters, as far as there is one.
    pub(crate) fn covering(&self, mut characters: impl Iterator<Item = char>) -> &FontSet {
        if characters.any(|c| !self.shipped.covers(c)) {
            self.all.get_or_init(with_system_fonts)
        } else {
            &self.shipped
        }
    }

    /// The width of a text in the shipped font of that weight, as a share of the font size. Characters it lacks
    /// count as a full em: wide scripts are about that wide, and too wide a guess only breaks a word early.
    pub(crate) fn width(&self, text: &str, weight: Weight) -> f64 {
        let Some(FontFile::Loaded(font)) = self.shipped.fonts.get(weight as usize) else { return 0.0 };
        let font = font.clone().instantiate(FontVariant::default(), Abs::pt(1.0), &FontVariations::default());
        text.chars()
            .filter(|c| !ignorable(*c))
            .map(|c| {
                let advance = font.ttf().glyph_index(c).and_then(|glyph| font.x_advance(glyph.0));
                advance.map_or(1.0, Em::get)
            })
            .sum()
    }
}

impl FontSet {
    fn new(loaded: Vec<Font>, mut on_disk: Vec<(FontInfo, PathBuf, u32)>) -> Self {
        let mut book = FontBook::from_fonts(&loaded);
        // A system's copy of a shipped family must not win over the shipped one: pages would differ from
        // computer to computer.
        on_disk.retain(|(info, _, _)| !book.contains_family(&info.family.to_lowercase()));
        let mut fonts: Vec<_> = loaded.into_iter().map(FontFile::Loaded).collect();
        for (info, path, index) in on_disk {
            book.push(info);
            fonts.push(FontFile::OnDisk { path, index, font: OnceLock::new() });
        }
        Self { book: LazyHash::new(book), fonts }
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        match self.fonts.get(index)? {
            FontFile::Loaded(font) => Some(font.clone()),
            FontFile::OnDisk { path, index, font } => {
                font.get_or_init(|| Font::new(Bytes::new(std::fs::read(path).ok()?), *index)).clone()
            }
        }
    }

    /// Whether a font has the character, or none needs to.
    fn covers(&self, c: char) -> bool {
        c.is_whitespace()
            || c.is_control()
            || ignorable(c)
            || (0..self.fonts.len())
                .filter_map(|index| self.book.info(index))
                .any(|info| info.coverage.contains(u32::from(c)))
    }
}

/// Characters that steer the layout and have no shape of their own (joiners, direction marks, variation
/// selectors). The layout leaves them out when the font has nothing for them.
pub(crate) fn ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
}

fn shipped() -> Vec<Font> {
    SHIPPED.iter().flat_map(|data| Font::iter(Bytes::new(*data))).collect()
}

fn with_system_fonts() -> FontSet {
    let mut database = fontdb::Database::new();
    database.load_system_fonts();
    with_fonts_of(&database)
}

fn with_fonts_of(database: &fontdb::Database) -> FontSet {
    let mut on_disk = Vec::new();
    for face in database.faces() {
        let fontdb::Source::File(path) = &face.source else { continue };
        // A font file that cannot be read, or only names itself, is no reason to stop.
        let info = database.with_face_data(face.id, FontInfo::new).flatten();
        // "Last resort" fonts draw a box for every character: with one of them nothing would be missing and
        // nothing could be read.
        if let Some(info) = info.filter(|info| !info.is_last_resort()) {
            on_disk.push((info, path.clone(), face.index));
        }
    }
    // The order of a directory is not the same everywhere.
    on_disk.sort_by(|a, b| (&a.1, a.2).cmp(&(&b.1, b.2)));
    FontSet::new(shipped(), on_disk)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cell, Column, Document, Paper, Row, Section};

    #[test]
    fn shipped_fonts_cover_what_records_are_written_in() {
        let fonts = Fonts::bundled();
        let needed = "Ñandú Łódź Đặng Ağaoğlu Žižek Œuvre ẞ Ωμέγα αβγδ Ελληνικά Ёлка Київ Љубав \
                      ↑↓←→ – — ≤≥ µ μ ° ± × ½ ² ³ ₂ € … • ‑ ″ ′ ® ™ שלום عبد الله";
        let lacking: String = needed.chars().filter(|c| !fonts.shipped.covers(*c)).collect();
        assert_eq!(lacking, "");
        assert!(!fonts.shipped.covers('王'), "the test would pass with a covers() that always says yes");
    }

    /// What people call high blood pressure, and what a script is called (ISO 15924).
    const TEN: &[(&str, &str)] = &[
        ("高血压", "Hani"),
        ("たかい", "Hira"),
        ("カナ", "Kana"),
        ("고혈압", "Hang"),
        ("रक्तचाप", "Deva"),
        ("ความดันโลหิต", "Thai"),
        ("የደም", "Ethi"),
        ("ضغط", "Arab"),
        ("דם", "Hebr"),
        ("Υπέρταση", "Grek"),
        ("Гипертония", "Cyrl"),
    ];

    /// A page with a row for each script, each with a figure beside it.
    fn in_ten_scripts() -> Document {
        let rows = TEN.iter().map(|(word, _)| Row {
            cells: vec![Cell::named(*word, "120/80 mmHg"), Cell::plain(*word)],
            sources: Vec::new(),
        });
        let column = |title: &str| Column { title: title.to_owned(), weight: 1, numeric: false };
        let section = Section {
            title: "高血圧".to_owned(),
            columns: vec![column("What"), column("More")],
            rows: rows.collect(),
            ..Section::default()
        };
        Document { sections: vec![section], ..crate::lacking::tests::saying("ضغط 12 mg") }
    }

    fn text_of(pdf: &[u8], name: &str) -> String {
        let path = std::env::temp_dir().join(format!("{name}-{}.pdf", std::process::id()));
        std::fs::write(&path, pdf).unwrap();
        let read = std::process::Command::new("pdftotext").arg(&path).arg("-").output();
        std::fs::remove_file(&path).unwrap();
        String::from_utf8(read.expect("poppler-utils are there").stdout).unwrap()
    }

    #[test]
    fn a_page_in_ten_scripts_has_every_letter_where_the_computer_has_fonts_for_them() {
        let fonts = Fonts::of_a_computer_with(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fonts"));
        let document = in_ten_scripts();
        assert!(crate::lacking(&document, &fonts).is_empty(), "nothing to warn of");
        for large in [false, true] {
            let document = Document { large, ..document.clone() };
            let pages = crate::typeset(&document, Paper::Letter, &fonts).unwrap();
            assert_eq!(pages.missing(), [' '; 0]);
            let pdf = pages.pdf().unwrap();
            assert!(pdf.for_screen_readers, "a PDF/UA page");
            let said = text_of(&pdf.bytes, "ten-scripts-with");
            for (word, script) in TEN {
                assert!(said.matches(word).count() >= 2, "{script}: {word} is not twice in {said}");
            }
            assert!(said.contains("高血圧"), "{said}");
        }
    }

    #[test]
    fn a_page_in_ten_scripts_says_which_it_lacks_where_the_computer_has_no_fonts() {
        let fonts = Fonts::of_no_computer();
        let document = in_ten_scripts();
        let lacking = crate::lacking(&document, &fonts);
        let scripts: Vec<&str> = lacking.iter().map(|one| one.script).collect();
        assert_eq!(scripts, ["Hani", "Hira", "Kana", "Hang", "Deva", "Thai", "Ethi"]);
        let missing: Vec<char> = lacking.iter().flat_map(|one| one.characters.clone()).collect();
        for (word, script) in TEN {
            let lacks = scripts.contains(script);
            assert!(word.chars().all(|c| lacks == missing.contains(&c)), "{script}: {word}");
        }
        let pages = crate::typeset(&document, Paper::Letter, &fonts).unwrap();
        let pdf = pages.pdf().unwrap();
        assert!(!pdf.for_screen_readers, "a page with empty boxes is read aloud by nobody");
        let said = text_of(&pdf.bytes, "ten-scripts-without");
        for word in ["ضغط", "דם", "Υπέρταση", "Гипертония", "120/80 mmHg"] {
            assert!(said.contains(word), "{word} is not in {said}");
        }
    }

    #[test]
    fn families_are_those_the_template_names() {
        let fonts = Fonts::bundled();
        let families: Vec<_> = fonts.shipped.book.families().map(|(name, _)| name.to_owned()).collect();
        assert_eq!(families, ["Inter", "Noto Sans Hebrew", "Vazirmatn"]);
    }

    #[test]
    fn width_is_measured() {
        let fonts = Fonts::bundled();
        assert!(fonts.width("iiii", Weight::Regular) < fonts.width("WWWW", Weight::Regular));
        assert!(fonts.width("Result", Weight::Regular) < fonts.width("Result", Weight::Heavy));
        assert!((fonts.width("王王", Weight::Regular) - 2.0).abs() < f64::EPSILON);
    }
}
