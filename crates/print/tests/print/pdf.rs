use wholechart_print::{Fonts, Paper, typeset};

use crate::sample::{listing, visit};
use crate::{poppler, squeezed};

#[test]
fn a_reader_finds_every_word_and_both_sources() {
    let document = visit();
    let pages = typeset(&document, Paper::Letter, &Fonts::bundled()).unwrap();
    let pdf = pages.pdf().unwrap();
    assert!(pdf.for_screen_readers);
    let said = squeezed(&poppler("pdftotext", &["-layout"], "visit-text", &pdf.bytes));
    for text in [
        "Health summary",
        "Rosalind Okafor-Lindqvist",
        "Lakeside Family Medicine",
        "Summit General Hospital",
        "Harbor Heart Clinic",
        "Made on 23 November 2026",
        "High ↑",
        "µIU/mL",
        "≥ 60",
    ] {
        assert!(said.contains(&squeezed(text)), "not found: {text}");
    }
    let flowing = squeezed(&poppler("pdftotext", &["-raw"], "visit-raw", &pdf.bytes));
    for cell in document.sections.iter().flat_map(|s| &s.rows).flat_map(|r| &r.cells) {
        assert!(flowing.contains(&squeezed(&cell.text)), "not found: {}", cell.text);
    }
}

#[test]
fn the_file_says_what_it_is() {
    let pdf = typeset(&visit(), Paper::Letter, &Fonts::bundled()).unwrap().pdf().unwrap();
    let info = poppler("pdfinfo", &["-isodates"], "visit-info", &pdf.bytes);
    let line = |name: &str| {
        let line = info.lines().find(|line| line.starts_with(&format!("{name}:")));
        line.unwrap_or_else(|| panic!("no {name} in\n{info}")).split_once(':').unwrap().1.trim().to_owned()
    };
    assert_eq!(line("Title"), "Health summary: Rosalind Okafor-Lindqvist");
    assert_eq!(line("CreationDate"), "2026-11-23T17:04:05Z");
    assert_eq!(line("Tagged"), "yes");
    assert!(line("Pages").parse::<usize>().unwrap() <= 2);
    assert_eq!(line("Page size"), "612 x 792 pts (letter)");
    assert_eq!(line("Creator"), "Wholechart");
    assert_eq!(line("JavaScript"), "no");
    let metadata = poppler("pdfinfo", &["-meta"], "visit-meta", &pdf.bytes);
    for said in
        ["<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1"]
    {
        assert!(metadata.contains(said), "{said} in\n{metadata}");
    }
    assert!(metadata.contains("en-US"), "language in\n{metadata}");
    let structure = poppler("pdfinfo", &["-struct"], "visit-struct", &pdf.bytes);
    for tag in ["H1", "Table", "THead", "TH", "TD"] {
        assert!(structure.lines().any(|line| line.trim().starts_with(tag)), "{tag} in\n{structure:.2000}");
    }
}

#[test]
fn a_missing_glyph_gives_a_plain_pdf_that_still_reads() {
    let document = listing(["before \u{10fffd} after".to_owned()]);
    let pdf = typeset(&document, Paper::A4, &Fonts::bundled()).unwrap().pdf().unwrap();
    assert!(!pdf.for_screen_readers);
    let info = poppler("pdfinfo", &[], "plain-info", &pdf.bytes);
    assert!(info.contains("595.276 x 841.89 pts (A4)"), "{info}");
    let said = poppler("pdftotext", &[], "plain-text", &pdf.bytes);
    assert!(said.contains("before") && said.contains("after"), "{said}");
    let metadata = poppler("pdfinfo", &["-meta"], "plain-meta", &pdf.bytes);
    assert!(!metadata.contains("pdfaid:part"), "must not claim what it is not");
}

#[test]
fn right_to_left_names_read_in_their_order() {
    let document = listing(["ליאת בן דוד".to_owned(), "ليلى عبد الرحمن".to_owned()]);
    let pdf = typeset(&document, Paper::A4, &Fonts::bundled()).unwrap().pdf().unwrap();
    let said = poppler("pdftotext", &[], "right-to-left", &pdf.bytes);
    for name in ["ליאת בן דוד", "ليلى عبد الرحمن"] {
        assert!(squeezed(&said).contains(&squeezed(name)), "{said}");
    }
}
