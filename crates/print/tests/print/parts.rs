//! Parts that some kinds of sheets have: tests over time, a table of contents, an index, folds.

use wholechart_print::{Cell, Chart, Document, Emphasis, Fonts, Paper, Section, Spot, Trend, typeset};

use crate::sample::{bare, column, row};
use crate::{poppler, squeezed, text_layer};

fn spot(at: f64, value: f64, teller: usize) -> Spot {
    Spot { at, value, beyond: None, teller, low: Some(3.5), high: Some(5.1) }
}

fn over_time() -> Document {
    let mut document = bare();
    let potassium = Trend {
        title: "Potassium".into(),
        latest: Cell::with("5.9 mmol/L \u{2191} high, 11 February 2026", Emphasis::Flag),
        sources: vec!["A".into()],
        lines: vec!["Before: 4.4 mmol/L (11 February 2025)".into()],
        chart: Some(Chart {
            series: vec![vec![spot(0.0, 4.0, 0), spot(365.0, 4.4, 1), spot(730.0, 5.9, 0)]],
            tellers: vec!["A".into(), "B".into()],
            ends: ("11 Feb 2024".into(), "11 Feb 2026".into()),
        }),
    };
    let once = Trend {
        title: "Sodium".into(),
        latest: Cell::plain("140 mmol/L"),
        chart: Some(Chart { series: vec![vec![spot(0.0, 4.0, 0)]], ..Chart::default() }),
        ..Trend::default()
    };
    let words = Trend { title: "Culture".into(), latest: Cell::plain("no growth"), ..Trend::default() };
    let section = Section {
        title: "Metabolic panel".into(),
        trends: vec![potassium, once, words],
        ..Section::default()
    };
    document.sections = vec![section];
    document
}

#[test]
fn tests_over_time_are_read_in_words_and_the_drawing_is_passed_over() {
    let fonts = Fonts::bundled();
    for large in [false, true] {
        let document = Document { large, ..over_time() };
        let pages = typeset(&document, Paper::Letter, &fonts).unwrap();
        let pdf = pages.pdf().unwrap();
        assert!(pdf.for_screen_readers, "PDF/UA holds with drawings");
        let said = squeezed(&poppler("pdftotext", &["-raw"], "trends", &pdf.bytes));
        for text in
            ["Potassium", "5.9 mmol/L", "Before: 4.4 mmol/L", "11 Feb 2024", "3.5", "5.1", "no growth"]
        {
            assert!(said.contains(&squeezed(text)), "{text} is not in {said}");
        }
        let read = poppler("pdfinfo", &["-struct-text"], "trends-struct", &pdf.bytes);
        assert!(read.contains("Potassium") && !read.contains("11 Feb 2024"), "{read}");
    }
}

#[test]
fn contents_and_index_say_on_which_page() {
    let mut document = bare();
    document.contents = Some("Contents".into());
    document.index = Some("Names".into());
    for title in ["Medicines", "Visits"] {
        document.sections.push(Section {
            title: title.into(),
            columns: vec![column("Thing", 1, false)],
            rows: (0..120)
                .map(|n| {
                    let mut line = row(&[""], "");
                    line.cells[0] = Cell::named(format!("{title} {n:03}"), "");
                    line
                })
                .collect(),
            indexed: title == "Medicines",
            ..Section::default()
        });
    }
    let pages = typeset(&document, Paper::Letter, &Fonts::bundled()).unwrap();
    let pdf = pages.pdf().unwrap();
    assert!(pdf.for_screen_readers);
    let each: Vec<String> = pages.svg().iter().map(|page| text_layer(std::slice::from_ref(page))).collect();
    let on =
        |text: &str| each.iter().rposition(|page| page.lines().any(|line| line.trim() == text)).unwrap() + 1;
    let read = poppler("pdftotext", &["-layout"], "index", &pdf.bytes);
    let contents = read.lines().find(|line| line.contains("Visits") && line.contains('.')).unwrap();
    // The heading itself, after the line of the contents.
    let visits = each.iter().rposition(|page| page.lines().any(|line| line == "Visits")).unwrap() + 1;
    assert!(contents.trim().ends_with(&visits.to_string()), "{contents}: {visits}");
    assert!(visits > 2, "on the {visits}th page");
    let names = read.rsplit_once("Names").unwrap().1;
    let line = |name: &str| names.lines().find(|line| line.contains(name)).unwrap().to_owned();
    for name in ["Medicines 003", "Medicines 119"] {
        let at = each[..each.len() - 1].iter().position(|page| page.contains(name)).unwrap() + 1;
        let said = line(name);
        let after = said.split(name).nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        assert_eq!(after, at.to_string(), "{said}");
    }
    assert!(!names.contains("Visits 003"), "only what is to be found");
    assert!(on("Names") >= visits);
}

#[test]
fn a_card_shows_where_it_is_folded() {
    let drawn = |folds: bool| {
        let document = Document { folds, ..bare() };
        let pages = typeset(&document, Paper::Letter, &Fonts::bundled()).unwrap();
        pages.svg()[0].matches("stroke-dasharray").count()
    };
    assert_eq!((drawn(false), drawn(true)), (0, 4));
}
