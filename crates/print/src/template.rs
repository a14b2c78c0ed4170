//! What the template reads: the document as JSON, with texts cleaned, columns measured, and words that are
//! wider than their column given places to break.

use serde::Serialize;

use crate::document::{Document, Emphasis, Paper, Section};
use crate::fonts::{Fonts, ignorable};

/// Left and right margin, in points.
const MARGIN: f64 = 50.0;
/// Space left and right of a cell's text, in points. The template reads it.
const CELL_INSET: f64 = 4.0;
/// Size of running text, in points. The template reads it.
const SIZE: f64 = 10.5;
/// Width of one lettered box with the space after it, beside the width of its letters.
const MARK: f64 = 10.0;
/// Heavier text is wider than the regular text that is measured; so is a letter with marks.
const SAFETY: f64 = 1.08;

#[derive(Serialize)]
pub(crate) struct Sheet<'a> {
    pdf_title: String,
    title: String,
    name: Option<String>,
    person: Vec<(String, String)>,
    running: String,
    made_on: String,
    lang: &'a str,
    region: Option<&'a str>,
    sample: Option<String>,
    lead: Vec<String>,
    sections: Vec<Part>,
    sources: Vec<Key>,
    footer: String,
    page_of: String,
    width: f64,
    height: f64,
    margin: f64,
    inset: f64,
    size: f64,
}

#[derive(Serialize)]
struct Part {
    title: String,
    note: Option<String>,
    empty: Option<String>,
    columns: Vec<Measured>,
    /// Width of the column of marks, in points; 0 when no row has one.
    marks: f64,
    rows: Vec<Line>,
}

#[derive(Serialize)]
struct Measured {
    title: String,
    width: f64,
    numeric: bool,
}

#[derive(Serialize)]
struct Line {
    cells: Vec<Word>,
    marks: Vec<String>,
    /// Whether the row may be torn in two by the end of a page. Only a row too tall for a page has to.
    torn: bool,
}

#[derive(Serialize)]
struct Word {
    text: String,
    emphasis: Option<&'static str>,
}

#[derive(Serialize)]
struct Key {
    mark: String,
    name: String,
    as_of: String,
}

/// The document as the template reads it.
pub(crate) fn sheet<'a>(document: &'a Document, paper: Paper, fonts: &Fonts) -> Sheet<'a> {
    let full = paper.width() - 2.0 * MARGIN;
    let wrap = |text: &str, width: f64, size: f64| breakable(&clean(text), width / size, fonts);
    let (lang, region) = language(&document.language);
    let name = document.person.first().map(|(_, text)| clean(text));
    let pdf_title = match &name {
        Some(name) => format!("{}: {name}", clean(&document.title)),
        None => clean(&document.title),
    };
    // A running head is one line: a name of 300 characters must not push the page down.
    let running = document.person.iter().enumerate().take(2).map(|(i, (label, text))| {
        let text = shortened(&clean(text).replace('\n', " "), 60);
        if i == 0 { text } else { format!("{} {text}", clean(label)) }
    });
    Sheet {
        title: wrap(&document.title, full * 0.6, 20.0),
        name: name.map(|name| breakable(&name, full / 17.0, fonts)),
        person: document
            .person
            .iter()
            .skip(1)
            .map(|(label, text)| (wrap(label, full / 4.0, SIZE), wrap(text, full / 4.0, SIZE)))
            .collect(),
        running: running.collect::<Vec<_>>().join(" · "),
        made_on: wrap(&document.made_on, full * 0.3, SIZE),
        lang,
        region,
        sample: document.sample.as_deref().map(|text| wrap(text, full * 0.9, SIZE)),
        lead: document.lead.iter().map(|text| wrap(text, full, SIZE)).collect(),
        sections: document.sections.iter().map(|section| part(section, full, fonts)).collect(),
        sources: document
            .sources
            .iter()
            .map(|source| Key {
                mark: clean(&source.mark),
                name: wrap(&source.name, full * 0.55, SIZE),
                as_of: wrap(&source.as_of, full * 0.3, SIZE),
            })
            .collect(),
        footer: shortened(&clean(&document.footer).replace('\n', " "), 90),
        page_of: clean(&document.page_of),
        pdf_title: pdf_title.replace('\n', " "),
        width: paper.width(),
        height: paper.height(),
        margin: MARGIN,
        inset: CELL_INSET,
        size: SIZE,
    }
}

fn part(section: &Section, full: f64, fonts: &Fonts) -> Part {
    let marks = marks_width(section, full, fonts);
    let count =
        section.rows.iter().map(|row| row.cells.len()).chain([section.columns.len(), 1]).max().unwrap_or(1);
    let weights: Vec<f64> = (0..count)
        .map(|i| section.columns.get(i).map_or(1.0, |column| f64::from(column.weight.clamp(1, 1000))))
        .collect();
    let total: f64 = weights.iter().sum();
    let widths: Vec<f64> = weights.iter().map(|weight| (full - marks) * weight / total).collect();
    let inner = |i: usize| (widths[i] - 2.0 * CELL_INSET).max(SIZE) / SIZE;
    let columns = (0..count).map(|i| {
        let column = section.columns.get(i);
        Measured {
            title: column.map_or_else(String::new, |c| breakable(&clean(&c.title), inner(i), fonts)),
            width: widths[i],
            numeric: column.is_some_and(|c| c.numeric),
        }
    });
    let rows = section.rows.iter().map(|row| {
        let cells = (0..count).map(|i| {
            let cell = row.cells.get(i);
            Word {
                text: cell.map_or_else(String::new, |c| breakable(&clean(&c.text), inner(i), fonts)),
                emphasis: cell.and_then(|c| c.emphasis).map(|emphasis| match emphasis {
                    Emphasis::Flag => "flag",
                    Emphasis::Struck => "struck",
                    Emphasis::Muted => "muted",
                }),
            }
        });
        let cells: Vec<_> = cells.collect();
        // The tallest cell in lines, on the safe side: a page holds about 45 of them.
        let lines = cells.iter().enumerate().map(|(i, cell)| {
            fonts.width(&cell.text) / inner(i) * 1.5 + cell.text.matches('\n').count().min(1000) as f64
        });
        let torn = lines.fold(0.0, f64::max) > 20.0 || row.sources.len() > 40;
        Line { cells, marks: row.sources.iter().map(|mark| clean(mark)).collect(), torn }
    });
    Part {
        title: breakable(&clean(&section.title), full / 14.0, fonts),
        note: section.note.as_deref().map(|text| breakable(&clean(text), full / SIZE, fonts)),
        empty: section.empty.as_deref().map(|text| breakable(&clean(text), full / SIZE, fonts)),
        columns: columns.collect(),
        marks,
        rows: rows.collect(),
    }
}

/// The width of the column of marks: as wide as the longest row needs, up to four marks beside each other and a
/// quarter of the page.
fn marks_width(section: &Section, full: f64, fonts: &Fonts) -> f64 {
    let row_width = |marks: &[String]| {
        let widths = marks.iter().map(|mark| fonts.width(&clean(mark)) * SIZE * SAFETY + MARK);
        let mut widths: Vec<f64> = widths.collect();
        widths.sort_by(|a, b| b.total_cmp(a));
        widths.iter().take(4).sum::<f64>()
    };
    let widest = section.rows.iter().map(|row| row_width(&row.sources)).fold(0.0, f64::max);
    if widest > 0.0 { (widest + 2.0 * CELL_INSET).min(full / 4.0) } else { 0.0 }
}

/// A text without characters that no page can show: control characters become spaces (a line feed stays),
/// noncharacters and the byte order mark, which PDF/A forbids, go.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let characters = text.trim().chars().filter_map(|c| match c {
        '\n' => Some(c),
        '\u{2028}' | '\u{2029}' | '\u{85}' => Some('\n'),
        '\u{feff}' | '\u{fdd0}'..='\u{fdef}' => None,
        c if u32::from(c) & 0xfffe == 0xfffe => None,
        c if c.is_control() => Some(' '),
        c => Some(c),
    });
    characters.collect()
}

/// The text with a zero-width space wherever a word is wider than `width` (in ems): without one it would
/// run over its neighbour. No hyphen is added: in a code or a drug's name it would be read as a part.
fn breakable(text: &str, width: f64, fonts: &Fonts) -> String {
    let limit = width / SAFETY;
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        if fonts.width(word.trim_end()) <= limit {
            out.push_str(word);
            continue;
        }
        let mut taken = 0.0;
        for c in word.chars() {
            let mut buffer = [0; 4];
            let advance = if ignorable(c) { 0.0 } else { fonts.width(c.encode_utf8(&mut buffer)) };
            // A combining mark has no width of its own and stays with its letter.
            if taken + advance > limit && taken > 0.0 && advance > 0.0 {
                out.push('\u{200b}');
                taken = 0.0;
            }
            out.push(c);
            // A line may end after a hyphen anyway, so the count starts again there.
            taken = if c == '-' { 0.0 } else { taken + advance };
        }
    }
    out
}

/// The first `most` characters, with an ellipsis where there are more. Only for the running head and foot.
fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Language and region of a BCP 47 tag, in the form Typst takes them.
fn language(tag: &str) -> (&str, Option<&str>) {
    let mut parts = tag.split(['-', '_']);
    let letters = |part: &&str| part.bytes().all(|b| b.is_ascii_alphabetic());
    let lang = parts.next().filter(|p| (2..=3).contains(&p.len())).filter(letters);
    let Some(lang) = lang else { return ("en", None) };
    (lang, parts.find(|p| p.len() == 2 && letters(p)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags() {
        assert_eq!(language("en"), ("en", None));
        assert_eq!(language("en-US"), ("en", Some("US")));
        assert_eq!(language("zh-Hant-TW"), ("zh", Some("TW")));
        assert_eq!(language(""), ("en", None));
        assert_eq!(language("#show"), ("en", None));
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(clean("a\u{0}b\tc\r\nd\u{feff}\u{7}"), "a b c\nd ");
    }

    #[test]
    fn only_words_wider_than_the_column_get_places_to_break() {
        let fonts = Fonts::bundled_only();
        let text = "Hydrochlorothiazide 25 mg";
        assert_eq!(breakable(text, 30.0, &fonts), text);
        let broken = breakable(text, 5.0, &fonts);
        assert_eq!(broken.replace('\u{200b}', ""), text);
        for chunk in broken.split(['\u{200b}', ' ']) {
            assert!(fonts.width(chunk) <= 5.0, "{chunk} is too wide");
        }
    }
}
