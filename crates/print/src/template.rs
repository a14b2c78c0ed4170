//! What the template reads: the document as JSON, with texts cleaned, columns measured, and words that are
//! wider than their column given places to break.

use serde::Serialize;

use crate::chart::{Drawing, drawing};
use crate::document::{Cell, Document, Emphasis, Paper, Section, Trend};
use crate::fonts::{Fonts, Weight};

/// Left and right margin, in points.
const MARGIN: f64 = 42.0;
/// Room above and below the text of a page, in points; above with the banner of a sample.
const TOP: f64 = 50.0;
const TOP_OF_SAMPLE: f64 = 72.0;
const BOTTOM: f64 = 46.0;
/// Space left and right of a cell's text, in points.
const CELL_INSET: f64 = 4.0;
/// Sizes of text, in points.
#[derive(Clone, Copy)]
struct Sizes {
    /// Running text.
    size: f64,
    title: f64,
    name: f64,
    heading: f64,
    /// The smallest text: marks, headings of columns, head and foot.
    small: f64,
}

/// Less than this is read by nobody over fifty.
const USUAL: Sizes = Sizes { size: 9.5, title: 15.0, name: 15.0, heading: 11.5, small: 9.0 };
/// What associations of the blind call large print.
const LARGE: Sizes = Sizes { size: 18.0, title: 24.0, name: 24.0, heading: 21.0, small: 18.0 };
/// Room above and below the text of a page in large print, and what a sample's banner takes besides.
const TOP_OF_LARGE: f64 = 78.0;
const BANNER: f64 = 34.0;
const BOTTOM_OF_LARGE: f64 = 60.0;
/// Width of one lettered box with the space after it, beside the width of its letters, in points.
const MARK: f64 = 10.0;
/// What the sum of the letters' widths may lack to the width of the shaped text, by kerning and rounding.
const SAFETY: f64 = 1.01;
/// How much of its share a column keeps, at least, when shorter ones take all they need.
const LEAST_SHARE: f64 = 0.6;
/// A table of so few rows is not torn by the end of a page.
const SHORT: usize = 4;
/// Prose of so many bytes is not torn either: about a third of a page.
const LONG: usize = 1500;

/// Where the text of a page begins and ends above and below, in points from its edges.
pub(crate) fn room(document: &Document) -> (f64, f64) {
    let banner = document.sample.is_some();
    match (document.large, banner) {
        (false, false) => (TOP, BOTTOM),
        (false, true) => (TOP_OF_SAMPLE, BOTTOM),
        (true, false) => (TOP_OF_LARGE, BOTTOM_OF_LARGE),
        (true, true) => (TOP_OF_LARGE + BANNER, BOTTOM_OF_LARGE),
    }
}

/// The whole of `data.json`.
#[derive(Serialize)]
pub(crate) struct Sheet<'a> {
    pdf_title: String,
    title: String,
    name: Option<String>,
    /// The person's further (label, text) pairs.
    person: Vec<(String, String)>,
    /// The head of the second and further pages: name, birth date and sex, and the title.
    running: String,
    running_title: String,
    made_on: String,
    lang: &'a str,
    region: Option<&'a str>,
    sample: Option<String>,
    warning: Option<String>,
    lead: Vec<String>,
    sections: Vec<Part>,
    closing: Vec<String>,
    /// Width of the column of marks, in points; 0 when no row has one.
    marks: f64,
    sources: Vec<Key>,
    footer: String,
    page_of: String,
    /// Lengths in points.
    width: f64,
    height: f64,
    margin: f64,
    top: f64,
    bottom: f64,
    inset: f64,
    size: f64,
    title_size: f64,
    name_size: f64,
    heading_size: f64,
    small_size: f64,
    /// Rows are set below each other.
    stacked: bool,
    contents: Option<String>,
    index: Option<String>,
    folds: bool,
    /// A unit may be torn at its stroke.
    pub(crate) units_tear: bool,
}

#[derive(Serialize)]
struct Part {
    title: String,
    note: Option<String>,
    paragraphs: Vec<String>,
    lines: Vec<String>,
    blanks: Vec<String>,
    columns: Vec<Measured>,
    rows: Vec<Line>,
    trends: Vec<Over>,
    /// Whether the section stays on one page.
    whole: bool,
    ruled: bool,
    indexed: bool,
}

/// A test over time.
#[derive(Serialize)]
struct Over {
    title: String,
    latest: Word,
    marks: Vec<String>,
    lines: Vec<String>,
    chart: Option<Drawing>,
}

#[derive(Serialize)]
struct Measured {
    title: String,
    width: f64,
    numeric: bool,
    /// Nothing is said in it: it is there to be written in.
    blank: bool,
}

#[derive(Serialize)]
struct Line {
    cells: Vec<Word>,
    marks: Vec<String>,
    /// Whether the row may be torn by the end of a page. Only a row too tall for a page has to.
    torn: bool,
}

#[derive(Serialize)]
struct Word {
    lead: String,
    text: String,
    /// Whether the text begins below the lead.
    below: bool,
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
    let sizes = if document.large { LARGE } else { USUAL };
    let (top, bottom) = room(document);
    let light = |text: &str, width: f64| breakable(&clean(text), width / sizes.size, Weight::Regular, fonts);
    let heavy = |text: &str, width: f64, size| breakable(&clean(text), width / size, Weight::Heavy, fonts);
    // A name of 300 characters must not push the page down.
    let line = |text: &str, most| shortened(&clean(text).replace('\n', " "), most);
    let mut pdf_title = clean(&document.title);
    if let Some((_, name)) = document.person.first() {
        pdf_title = format!("{pdf_title}: {}", clean(name));
    }
    let (lang, region) = language(&document.language);
    let marks = if document.large { 0.0 } else { marks_width(document, full, sizes.size, fonts) };
    Sheet {
        pdf_title: pdf_title.replace('\n', " "),
        title: heavy(&document.title, full * 0.6, sizes.title),
        name: document.person.first().map(|(_, name)| heavy(name, full, sizes.name)),
        person: document
            .person
            .iter()
            .skip(1)
            .map(|(label, text)| (light(label, full * 0.45), heavy(text, full * 0.45, sizes.size)))
            .collect(),
        running: heavy(&running(document, full * HEAD / sizes.size, fonts), full * HEAD, sizes.size),
        running_title: line(&document.title, 22),
        made_on: light(&document.made_on, full * 0.3),
        lang,
        region,
        sample: document.sample.as_deref().map(|text| heavy(text, full * 0.9, sizes.size)),
        warning: document.warning.as_deref().map(|text| heavy(text, full * 0.95, sizes.size)),
        lead: document.lead.iter().map(|text| light(text, full)).collect(),
        sections: document
            .sections
            .iter()
            .map(|s| part(s, full, marks, sizes, document.large, fonts))
            .collect(),
        closing: document.closing.iter().map(|text| light(text, full)).collect(),
        marks,
        sources: document
            .sources
            .iter()
            .map(|source| Key {
                mark: clean(&source.mark),
                name: light(&source.name, full * 0.27),
                as_of: light(&source.as_of, full * 0.27),
            })
            .collect(),
        footer: line(
            &[&document.made_on, &document.footer]
                .into_iter()
                .filter(|text| !text.is_empty())
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(" · "),
            120,
        ),
        page_of: line(&document.page_of, 30),
        width: paper.width(),
        height: paper.height(),
        margin: MARGIN,
        top,
        bottom,
        inset: CELL_INSET,
        size: sizes.size,
        title_size: sizes.title,
        name_size: sizes.name,
        heading_size: sizes.heading,
        small_size: sizes.small,
        stacked: document.large,
        contents: document.contents.as_deref().map(|text| heavy(text, full, sizes.heading)),
        index: document.index.as_deref().map(|text| heavy(text, full, sizes.heading)),
        folds: document.folds,
        units_tear: false,
    }
}

/// The share of the width that the words at the head of a further page have beside its title.
const HEAD: f64 = 0.7;

/// Name, birth date and sex for the head of the further pages, where there is room for two lines of so many ems. Birth dates that
/// differ are told whole, so that no page is filed with somebody else's; rather the name is cut, which stands whole on the first page.
fn running(document: &Document, room: f64, fonts: &Fonts) -> String {
    // Lines end between words, so that some of the room is lost.
    let most = 2.0 * room * 0.9;
    let said = |name: usize, others: usize| {
        let parts = document.person.iter().take(3).enumerate().map(|(i, (label, text))| {
            let line = |text: &str, most| shortened(&clean(text).replace('\n', " "), most);
            if i == 0 { line(text, name) } else { format!("{} {}", line(label, 20), line(text, others)) }
        });
        parts.collect::<Vec<_>>().join(" \u{b7} ")
    };
    let tried =
        [(80, usize::MAX), (40, usize::MAX), (25, usize::MAX)].map(|(name, others)| said(name, others));
    let fits = |text: &String| fonts.width(text, Weight::Heavy) <= most;
    tried.into_iter().find(fits).unwrap_or_else(|| said(40, 40))
}

/// The share of the width that a chart has beside its words.
const CHART: f64 = 0.46;

fn over(trend: &Trend, full: f64, sizes: Sizes, stacked: bool, fonts: &Fonts) -> Over {
    let chart = if stacked { full } else { full * CHART };
    let words = (if stacked { full } else { full - chart - 2.0 * MARK }) / sizes.size;
    let fit = |text: &str, weight| breakable(&clean(text), words, weight, fonts);
    Over {
        title: fit(&trend.title, Weight::Heavy),
        latest: Word {
            lead: fit(&trend.latest.lead, Weight::Heavy),
            text: fit(&trend.latest.text, weight_of(&trend.latest)),
            below: trend.latest.text.starts_with('\n'),
            emphasis: emphasis(&trend.latest),
        },
        marks: trend.sources.iter().map(|mark| clean(mark)).collect(),
        lines: trend.lines.iter().map(|line| fit(line, Weight::Regular)).collect(),
        chart: trend.chart.as_ref().and_then(|of| drawing(of, chart, sizes.small)),
    }
}

fn part(section: &Section, full: f64, marks: f64, sizes: Sizes, stacked: bool, fonts: &Fonts) -> Part {
    let size = sizes.size;
    // Rows wider than the columns widen the table: better an untitled column than a lost cell.
    let count = section.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(section.columns.len());
    let widths = if stacked {
        vec![full; count.max(1)]
    } else {
        column_widths(section, count.max(1), full - marks, size, fonts)
    };
    let fit = |text: &str, column: usize, weight| {
        let room = (widths[column] - 2.0 * CELL_INSET).max(size);
        breakable(&clean(text), room / size, weight, fonts)
    };
    let columns = widths.iter().enumerate().map(|(i, &width)| {
        let column = section.columns.get(i);
        Measured {
            title: column.map_or_else(String::new, |c| fit(&c.title, i, Weight::Heavy)),
            width,
            numeric: column.is_some_and(|c| c.numeric),
            blank: section
                .rows
                .iter()
                .all(|row| row.cells.get(i).is_none_or(|cell| cell.lead.is_empty() && cell.text.is_empty())),
        }
    });
    let rows = section.rows.iter().map(|row| {
        let cells = (0..widths.len()).map(|i| match row.cells.get(i) {
            Some(cell) => Word {
                lead: fit(&cell.lead, i, Weight::Heavy),
                text: fit(&cell.text, i, weight_of(cell)),
                below: cell.text.starts_with('\n'),
                emphasis: emphasis(cell),
            },
            None => Word { lead: String::new(), text: String::new(), below: false, emphasis: None },
        });
        let cells: Vec<_> = cells.collect();
        // A page holds about 45 lines. This counts too many rather than too few, and tearing a row of
        // half a page does no harm.
        let torn = cells.iter().zip(&widths).any(|(cell, width)| {
            let long = |text: &str| fonts.width(text, Weight::Heavy) * size > 12.0 * width;
            long(&cell.text) || long(&cell.lead) || cell.text.lines().count() > 12
        });
        Line {
            cells,
            marks: row.sources.iter().map(|mark| clean(mark)).collect(),
            torn: torn || row.sources.len() > 24,
        }
    });
    let rows: Vec<_> = rows.collect();
    let prose = |text: &Option<String>| {
        text.as_deref().map(|text| breakable(&clean(text), full / size, Weight::Regular, fonts))
    };
    Part {
        title: breakable(&clean(&section.title), full / sizes.heading, Weight::Heavy, fonts),
        note: prose(&section.note),
        paragraphs: section.paragraphs.iter().filter_map(|text| prose(&Some(text.clone()))).collect(),
        lines: section.lines.iter().filter_map(|line| prose(&Some(line.clone()))).collect(),
        blanks: section.blanks.iter().filter_map(|text| prose(&Some(text.clone()))).collect(),
        columns: columns.collect(),
        trends: section.trends.iter().map(|one| over(one, full, sizes, stacked, fonts)).collect(),
        ruled: section.ruled,
        indexed: section.indexed,
        whole: rows.len() <= SHORT
            && !stacked
            && section.lines.is_empty()
            && section.trends.is_empty()
            && section.paragraphs.iter().map(String::len).sum::<usize>() <= LONG
            && rows.iter().all(|row| !row.torn),
        rows,
    }
}

fn weight_of(cell: &Cell) -> Weight {
    if cell.emphasis == Some(Emphasis::Flag) { Weight::Heavy } else { Weight::Regular }
}

fn emphasis(cell: &Cell) -> Option<&'static str> {
    cell.emphasis.map(|emphasis| match emphasis {
        Emphasis::Flag => "flag",
        Emphasis::Struck => "struck",
        Emphasis::Muted => "muted",
    })
}

/// The widths of the columns, in points. Weights share out the page, but columns of short texts get what their
/// widest cell needs, at the cost of those that have to break their lines anyway; and none is narrower than its
/// longest word as long as there is room.
fn column_widths(section: &Section, count: usize, full: f64, size: f64, fonts: &Fonts) -> Vec<f64> {
    let measure = |text: &str, weight| fonts.width(text, weight) * size * SAFETY + 2.0 * CELL_INSET + 0.5;
    let texts = |i: usize| {
        let title = section.columns.get(i).map(|column| (column.title.as_str(), Weight::Heavy));
        let cells = section.rows.iter().filter_map(move |row| row.cells.get(i));
        let cells = cells.flat_map(|cell| {
            // A name and what follows it on its line.
            let first = cell.text.lines().next().unwrap_or_default();
            let named = (!cell.lead.is_empty()).then(|| (format!("{} {first}", cell.lead), Weight::Heavy));
            named.into_iter().chain([(cell.text.clone(), weight_of(cell))])
        });
        title.into_iter().map(|(text, weight)| (text.to_owned(), weight)).chain(cells)
    };
    let share_of = |i: usize| section.columns.get(i).map_or(1.0, |c| f64::from(c.weight.clamp(1, 1000)));
    let widest = |pieces: fn(&str) -> Box<dyn Iterator<Item = &str> + '_>| -> Vec<f64> {
        let column = |i| {
            let widest = |(text, weight): (String, Weight)| {
                pieces(&text).map(|piece| measure(piece.trim(), weight)).fold(0.0, f64::max)
            };
            texts(i).map(widest).fold(size * 2.0, f64::max)
        };
        (0..count).map(column).collect()
    };
    let natural = widest(|text| Box::new(text.lines()));
    let longest_word = widest(|text| Box::new(text.split_whitespace()));
    // Columns that are compared have the widths they were given, as long as no word is broken for that.
    let all: f64 = (0..count).map(share_of).sum();
    let starved = |i: &usize| longest_word[*i] > full * share_of(*i) / all;
    let taken: f64 = (0..count).filter(starved).map(|i| longest_word[i]).sum();
    let others: f64 = (0..count).filter(|i| !starved(i)).map(share_of).sum();
    let width = |i| if starved(&i) { longest_word[i] } else { (full - taken) * share_of(i) / others };
    let given: Vec<f64> = (0..count).map(width).collect();
    if section.ruled && others > 0.0 && given.iter().zip(&longest_word).all(|(given, word)| word <= given) {
        return given;
    }

    // Column by column is settled, until all are, or those that are left have to share what is left.
    let mut width: Vec<Option<f64>> = vec![None; count];
    loop {
        let room = full - width.iter().flatten().sum::<f64>();
        let open: Vec<usize> = (0..count).filter(|&i| width[i].is_none()).collect();
        if open.is_empty() {
            // All have what they need: what is left over goes to them by weight.
            let total: f64 = (0..count).map(share_of).sum();
            let extra = (0..count).map(|i| room * share_of(i) / total);
            return width.into_iter().flatten().zip(extra).map(|(needed, extra)| needed + extra).collect();
        }
        let total: f64 = open.iter().map(|&i| share_of(i)).sum();
        let share = |i: usize| room * share_of(i) / total;
        // The shortest column first: a date or a flag on two lines costs every row, a long text one line more.
        let shortest = open.iter().copied().min_by(|&a, &b| natural[a].total_cmp(&natural[b]));
        if let Some(i) = shortest {
            let others = open.iter().filter(|&&j| j != i);
            let reserve: f64 = others.map(|&j| longest_word[j].max(LEAST_SHARE * share(j))).sum();
            if natural[i] <= share(i) || natural[i] <= room - reserve {
                width[i] = Some(natural[i]);
                continue;
            }
        }
        let starved = open.iter().copied().find(|&i| longest_word[i] > share(i));
        let needed: f64 = open.iter().map(|&i| longest_word[i]).sum();
        match starved {
            Some(i) if needed <= room => width[i] = Some(longest_word[i]),
            _ => return (0..count).map(|i| width[i].unwrap_or_else(|| share(i))).collect(),
        }
    }
}

/// The width of the column of marks: what the longest row needs, up to four marks beside each other and a
/// quarter of the page. One width for all sections, so that the boxes stand below each other.
fn marks_width(document: &Document, full: f64, size: f64, fonts: &Fonts) -> f64 {
    let row_width = |marks: &[String]| {
        let widths = marks.iter().map(|mark| fonts.width(&clean(mark), Weight::Heavy) * size + MARK);
        let mut widths: Vec<f64> = widths.collect();
        widths.sort_by(|a, b| b.total_cmp(a));
        widths.iter().take(4).sum::<f64>()
    };
    let rows = document.sections.iter().flat_map(|section| &section.rows);
    let widest = rows.map(|row| row_width(&row.sources)).fold(0.0, f64::max);
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

/// The text with a zero-width space wherever a word is wider than `room` (in ems): without one it would
/// run over its neighbour. No hyphen is added: in a code or a drug's name it would be read as a part.
fn breakable(text: &str, room: f64, weight: Weight, fonts: &Fonts) -> String {
    let limit = room / SAFETY;
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        if fonts.width(word.trim_end(), weight) <= limit {
            out.push_str(word);
            continue;
        }
        let mut taken = 0.0;
        for c in word.chars() {
            let advance = fonts.width(c.encode_utf8(&mut [0; 4]), weight);
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

/// The first `most` characters, with an ellipsis where there are more. Only for the running head and foot, whose
/// words stand in full elsewhere.
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
    use crate::document::{Column, Row};

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
        assert_eq!(clean("a\u{0}b\tc\r\nd\u{feff}\u{7}e"), "a b c\nd e");
    }

    #[test]
    fn only_words_wider_than_the_column_get_places_to_break() {
        let fonts = Fonts::bundled();
        let text = "Hydrochlorothiazide 25 mg";
        assert_eq!(breakable(text, 30.0, Weight::Regular, &fonts), text);
        let broken = breakable(text, 5.0, Weight::Regular, &fonts);
        assert_eq!(broken.replace('\u{200b}', ""), text);
        for chunk in broken.split(['\u{200b}', ' ']) {
            assert!(fonts.width(chunk, Weight::Regular) <= 5.0, "{chunk} is too wide");
        }
    }

    #[test]
    fn birth_dates_that_differ_stand_whole_at_the_head_of_every_page() {
        let fonts = Fonts::bundled();
        let born = "May 3, 1951 (Lakeside Family Medicine); March 5, 1951 (Harbor Heart Clinic)";
        let head = |name: &str, born: &str, large: bool| {
            let person = [("Name", name), ("Born", born), ("Sex", "female")];
            let person = person.map(|(label, text)| (label.to_owned(), text.to_owned())).to_vec();
            let document = Document { person, large, ..crate::lacking::tests::saying("") };
            let head = sheet(&document, Paper::Letter, &fonts).running.replace('\u{200b}', "");
            let pages = crate::typeset(&document, Paper::Letter, &fonts).unwrap();
            assert_eq!(pages.count(), 1);
            head
        };
        let short = head("Rosalind Okafor", born, false);
        assert_eq!(short, format!("Rosalind Okafor \u{b7} Born {born} \u{b7} Sex female"));
        let long = head(&"Rosalind ".repeat(9), born, false);
        assert!(long.contains(born) && long.contains('\u{2026}'), "the name gives way: {long}");
        let two = "May 3, 1951 (A); March 5, 1951 (B)";
        assert!(head("Rosalind Okafor", two, true).contains(two));
        let many = vec!["May 3, 1951 (Lakeside Family Medicine)"; 30].join("; ");
        assert!(head("Rosalind Okafor", &many, false).len() < 150, "a head is two lines at most");
    }

    fn widths(columns: &[(u32, &str)]) -> Vec<f64> {
        let title = String::new();
        let section = Section {
            columns: columns
                .iter()
                .map(|&(weight, _)| Column { title: title.clone(), weight, numeric: false })
                .collect(),
            rows: vec![Row {
                cells: columns.iter().map(|&(_, text)| Cell::plain(text)).collect(),
                sources: Vec::new(),
            }],
            ..Section::default()
        };
        column_widths(&section, columns.len(), 500.0, USUAL.size, &Fonts::bundled())
    }

    #[test]
    fn columns_fill_the_page_whatever_they_hold() {
        let prose = "one two three ".repeat(50);
        let word = "x".repeat(500);
        for columns in [
            &[(1, "a"), (1, "b")][..],
            &[(9, "a"), (1, &prose)],
            &[(1, &prose), (1, &prose), (1, "2 Nov 2026")],
            &[(1, &word), (1, &word)],
            &[(0, ""), (u32::MAX, &word), (1, &prose)],
            &[(1, "a")],
        ] {
            let widths = widths(columns);
            assert!((widths.iter().sum::<f64>() - 500.0).abs() < 0.001, "{widths:?}");
            assert!(widths.iter().all(|width| *width > 0.0), "{widths:?}");
        }
    }

    #[test]
    fn a_short_column_is_not_broken_for_the_sake_of_a_long_one() {
        let prose = "one two three ".repeat(50);
        let fonts = Fonts::bundled();
        let widths = widths(&[(20, &prose), (1, "18 August 2026")]);
        // Its share would be 24 points.
        assert!(
            widths[1] >= fonts.width("18 August 2026", Weight::Regular) * USUAL.size + 2.0 * CELL_INSET,
            "{widths:?}"
        );
    }
}
