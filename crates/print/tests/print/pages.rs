use wholechart_print::{Cell, Document, Fonts, Paper, Row, Section, SourceKey, typeset};

use crate::sample::{bare, column, listing, row, visit};
use crate::{poppler, squeezed, text_layer};

#[test]
fn a_visit_fits_two_pages_on_either_paper() {
    let fonts = Fonts::bundled();
    for paper in [Paper::Letter, Paper::A4] {
        let pages = typeset(&visit(), paper, &fonts).unwrap();
        assert!(pages.count() <= 2, "{paper:?}");
        assert!(pages.missing().is_empty(), "{paper:?}");
        assert!(pages.missing().is_empty());
    }
}

#[test]
fn a_name_stands_before_what_is_said_of_it_on_its_line_or_above() {
    let mut document = bare();
    document.sections = vec![Section {
        title: "Named".into(),
        columns: vec![column("Thing", 1, false)],
        rows: vec![
            Row { cells: vec![Cell::named("Metoprolol", "succinate 25 mg")], sources: Vec::new() },
            Row { cells: vec![Cell::named("Latex", "\nNote: gloves")], sources: Vec::new() },
        ],
        ..Section::default()
    }];
    let pdf = typeset(&document, Paper::Letter, &Fonts::bundled()).unwrap().pdf().unwrap();
    let said = poppler("pdftotext", &[], "named", &pdf.bytes);
    assert!(said.contains("Metoprolol succinate 25 mg\n") && said.contains("Latex\nNote: gloves"), "{said}");
}

#[test]
fn every_page_says_whose_it_is_when_it_was_made_and_which_it_is() {
    let mut document = listing((0..200).map(|n| format!("Line {n}")));
    document.person.push(("Sex".into(), "female".into()));
    let pages = typeset(&document, Paper::Letter, &Fonts::bundled()).unwrap();
    assert!(pages.count() > 2);
    for (at, page) in pages.svg().iter().enumerate() {
        let said = squeezed(&text_layer(std::slice::from_ref(page)));
        for text in ["Rosalind Okafor-Lindqvist", "3 May 1951", "female", "Made on 23 November 2026"] {
            assert!(said.contains(&squeezed(text)), "page {}: {text}", at + 1);
        }
        assert!(said.contains(&format!("Page{}of{}", at + 1, pages.count())), "page {}", at + 1);
    }
}

#[test]
fn no_text_is_smaller_than_nine_points() {
    for page in typeset(&visit(), Paper::Letter, &Fonts::bundled()).unwrap().svg() {
        for run in page.split("font-size=\"").skip(1) {
            let size: f64 = run.split_once('"').unwrap().0.parse().unwrap();
            assert!(size >= 9.0, "{run:.100}");
        }
    }
}

#[test]
fn large_print_is_large_everywhere_and_loses_no_word() {
    let usual = visit();
    let large = Document { large: true, ..usual.clone() };
    let pages = typeset(&large, Paper::Letter, &Fonts::bundled()).unwrap();
    for page in pages.svg() {
        for run in page.split("font-size=\"").skip(1) {
            let size: f64 = run.split_once('"').unwrap().0.parse().unwrap();
            assert!(size >= 18.0, "{run:.100}");
        }
    }
    let said = squeezed(&text_layer(&pages.svg()));
    for section in &usual.sections {
        for row in &section.rows {
            for cell in &row.cells {
                let text = squeezed(&format!("{}{}", cell.lead, cell.text));
                assert!(said.contains(&text), "{text} is not in large print");
            }
            assert!(row.sources.iter().all(|mark| said.contains(mark)));
        }
    }
}

#[test]
fn what_is_to_be_written_has_lines_for_it_and_prose_stands_before() {
    let mut document = bare();
    document.sections = vec![Section {
        title: "Questions".into(),
        paragraphs: vec!["My knee hurts.\nSince spring.".into()],
        blanks: vec![
            "Signature".into(),
            String::new(),
            "1. Do I still need the tablet that makes me cough at night?".into(),
        ],
        ..Section::default()
    }];
    for large in [false, true] {
        document.large = large;
        let pages = typeset(&document, Paper::Letter, &Fonts::bundled()).unwrap();
        let said = squeezed(&text_layer(&pages.svg()));
        for text in ["Questions", "My knee hurts.", "Since spring.", "Signature", "makes me cough at night?"]
        {
            assert!(said.contains(&squeezed(text)), "{text}");
        }
        assert!(pages.pdf().unwrap().for_screen_readers);
    }
}

#[test]
fn every_word_of_the_document_is_on_the_pages() {
    let document = visit();
    let pages = typeset(&document, Paper::Letter, &Fonts::bundled()).unwrap();
    let said = squeezed(&text_layer(&pages.svg()));
    let mut expected = vec![document.title.clone(), document.made_on.clone(), document.footer.clone()];
    expected.extend(document.sample.clone());
    expected.extend(document.lead.clone());
    let count = pages.count();
    expected.extend((1..=count).map(|page| format!("Page {page} of {count}")));
    for (i, (label, text)) in document.person.iter().enumerate() {
        expected.push(text.clone());
        if i > 0 {
            expected.push(label.clone());
        }
    }
    for source in &document.sources {
        expected.extend([source.mark.clone(), source.name.clone(), source.as_of.clone()]);
    }
    for section in &document.sections {
        expected.push(section.title.clone());
        expected.extend(section.note.clone());
        expected.extend(section.lines.clone());
        expected.extend(section.columns.iter().map(|c| c.title.clone()));
        expected.extend(section.rows.iter().flat_map(|r| &r.cells).map(|c| format!("{}{}", c.lead, c.text)));
    }
    expected.extend(document.closing.clone());
    for text in expected {
        assert!(said.contains(&squeezed(&text)), "not on the pages: {text}");
    }
}

#[test]
fn what_looks_like_markup_prints_as_it_is() {
    let hostile = [
        "#show: it => []",
        "#import \"/etc/passwd\"",
        "#read(\"data.json\") #panic()",
        "*x* _y_ `z` $x^2$ ~ -- --- ... -? // no /* comment */",
        "= heading - item + item / term: x",
        "\\ \\\\ \\u{1F600} \\n",
        "<label> @ref [content] {code} ] } )",
        "\"quoted\" 'single' -> => <= >= != 10x10",
        "&amp; <script>alert(1)</script> ]]> <!-- -->",
        "{page} {pages} data.json",
    ];
    let mut document = listing(hostile.map(str::to_owned));
    document.title = hostile[0].into();
    document.footer = hostile[3].into();
    document.person[0].1 = hostile[6].into();
    document.lead = vec![hostile[5].into()];
    document.sources =
        vec![SourceKey { mark: "#A".into(), name: hostile[1].into(), as_of: hostile[2].into() }];
    let pages = typeset(&document, Paper::Letter, &Fonts::bundled()).unwrap();
    let said = squeezed(&text_layer(&pages.svg()));
    for text in hostile {
        assert!(said.contains(&squeezed(text)), "changed on its way: {text}");
    }
    assert!(pages.missing().is_empty());
    assert!(pages.pdf().unwrap().for_screen_readers);
}

#[test]
fn six_hundred_rows_repeat_their_header_on_every_page() {
    let rows = (0..600).map(|i| row(&[&format!("Test number {i}"), &format!("{i}.5")], "A B"));
    let mut document = bare();
    document.sections = vec![Section {
        title: "Results".into(),
        columns: vec![column("Test column", 3, false), column("Value column", 1, true)],
        rows: rows.collect(),
        ..Section::default()
    }];
    let pages = typeset(&document, Paper::Letter, &Fonts::bundled()).unwrap();
    assert!((10..=24).contains(&pages.count()), "{} pages", pages.count());
    let svg = pages.svg();
    for (i, page) in svg.iter().enumerate() {
        let said = squeezed(&text_layer(std::slice::from_ref(page)));
        assert!(said.contains("Testcolumn") && said.contains("Valuecolumn"), "page {}", i + 1);
        assert!(said.contains(&format!("Page{}of{}", i + 1, svg.len())), "page {}", i + 1);
        if i > 0 {
            assert!(said.contains("RosalindOkafor-Lindqvist·Born3May1951"), "page {}", i + 1);
        }
    }
    let said = squeezed(&text_layer(&svg));
    for i in [0, 299, 599] {
        assert!(said.contains(&format!("Testnumber{i}")), "row {i}");
    }
}

#[test]
fn a_text_with_thousands_of_units_is_laid_out() {
    let values = vec!["95 mg/dL"; 3_000].join("; ");
    let mut document = bare();
    document.sections =
        vec![Section { title: "Glucose".into(), paragraphs: vec![values], ..Section::default() }];
    let pages = typeset(&document, Paper::Letter, &Fonts::bundled()).unwrap();
    assert!(pages.count() > 3, "{} pages", pages.count());
}

#[test]
fn a_section_may_have_lines_alone_or_nothing_and_nothing_breaks() {
    let mut document = bare();
    document.sections = vec![
        Section { title: "Silent".into(), ..Section::default() },
        Section {
            title: "Spoken".into(),
            columns: vec![column("Unused", 0, false)],
            lines: vec!["One thing.".into(), "Another thing.".into()],
            ..Section::default()
        },
        Section { title: String::new(), rows: vec![Row::default()], ..Section::default() },
    ];
    let pages = typeset(&document, Paper::A4, &Fonts::bundled()).unwrap();
    assert_eq!(pages.count(), 1);
    let said = text_layer(&pages.svg());
    assert!(
        said.contains("Silent") && said.contains("One thing.") && said.contains("Another thing."),
        "{said}"
    );
    assert!(!said.contains("Unused"), "no table without rows");
    assert!(pages.pdf().unwrap().for_screen_readers);

    let mut nothing = bare();
    nothing.title = String::new();
    nothing.person.clear();
    nothing.made_on = String::new();
    nothing.footer = String::new();
    nothing.page_of = String::new();
    assert_eq!(typeset(&nothing, Paper::Letter, &Fonts::bundled()).unwrap().count(), 1);
}

#[test]
fn rows_with_too_few_or_too_many_cells_lose_nothing() {
    let mut document = bare();
    document.sections = vec![Section {
        title: "Uneven".into(),
        columns: vec![column("One", 1, false), column("Two", 1, false)],
        rows: vec![row(&["alpha"], ""), row(&["beta", "gamma", "delta", "epsilon"], "A")],
        ..Section::default()
    }];
    let pages = typeset(&document, Paper::Letter, &Fonts::bundled()).unwrap();
    let said = text_layer(&pages.svg());
    for word in ["One", "Two", "alpha", "beta", "gamma", "delta", "epsilon"] {
        assert!(said.contains(word), "{word}");
    }
}

#[test]
fn long_words_and_titles_stay_on_the_page() {
    let long = "Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(7);
    let mut document = listing([long.clone(), "x".repeat(3000), "many words ".repeat(900)]);
    document.title = long.chars().take(300).collect();
    document.person[0].1 = long.clone();
    document.sections[0].title = long.clone();
    document.sections[0].columns[1].title = long.clone();
    document.sections[0].rows[0].cells[1] = Cell::plain(long.clone());
    let pages = typeset(&document, Paper::Letter, &Fonts::bundled()).unwrap();
    assert!(pages.count() >= 3, "a row taller than a page goes on to the next: {} pages", pages.count());
    let svg = pages.svg();
    assert!(squeezed(&text_layer(&svg)).contains(&long));
    for run in svg.iter().flat_map(|page| page.split("<text ").skip(1)) {
        let number = |name: &str| -> f64 {
            let value = run.split_once(&format!("{name}=\"")).unwrap().1;
            value.split_once('"').unwrap().0.parse().unwrap()
        };
        let end = number("x") + number("textLength");
        assert!(end <= 612.0 - 40.0, "runs over the margin to {end}: {run:.200}");
        assert!(number("y") < 792.0 - 20.0, "below the page: {run:.200}");
    }
}

#[test]
fn right_to_left_names_are_set_from_the_shipped_fonts() {
    let mut document = listing(["עברית ועוד 12 mg".to_owned()]);
    document.person[0].1 = "ليلى عبد الرحمن".into();
    let pages = typeset(&document, Paper::A4, &Fonts::bundled()).unwrap();
    assert!(pages.missing().is_empty());
    let said = squeezed(&text_layer(&pages.svg()));
    for word in ["ليلى", "عبد", "الرحمن", "עברית"] {
        assert!(said.contains(word), "{said}");
    }
    assert!(pages.pdf().unwrap().for_screen_readers);
    document.language = "ar".into();
    assert_eq!(typeset(&document, Paper::A4, &Fonts::bundled()).unwrap().count(), 1);
}

#[test]
fn what_no_font_has_is_a_warning_not_a_failure() {
    // Private-use characters, which no font has.
    let document = listing(["name \u{10fffc}\u{10fffd}".to_owned()]);
    let pages = typeset(&document, Paper::Letter, &Fonts::bundled()).unwrap();
    assert_eq!(pages.missing(), ['\u{10fffc}', '\u{10fffd}']);
    let pdf = pages.pdf().unwrap();
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    assert!(!pdf.for_screen_readers);
    assert!(
        text_layer(&pages.svg()).contains("\u{10fffc}\u{10fffd}"),
        "the text is there even where no shape is"
    );
}

#[test]
fn system_fonts_are_a_fallback() {
    let document = listing(["name 王小明".to_owned()]);
    let pages = typeset(&document, Paper::Letter, &Fonts::bundled()).unwrap();
    let pdf = pages.pdf().unwrap();
    // Whether this computer has a font for it is not ours to say; that both agree is.
    assert_eq!(pages.missing().is_empty(), pdf.for_screen_readers);
    assert!(text_layer(&pages.svg()).contains("王小明"));
}

/// The window lays pages out on a thread of their own.
#[test]
fn pages_and_fonts_can_be_shared_between_threads() {
    let fonts = Fonts::bundled();
    let pages = std::thread::scope(|scope| {
        let laid_out: Vec<_> = [Paper::Letter, Paper::A4]
            .map(|paper| {
                scope.spawn({
                    let fonts = &fonts;
                    move || typeset(&bare(), paper, fonts).unwrap()
                })
            })
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect();
        laid_out
    });
    assert!(pages[0].svg()[0].contains("width=\"612pt\""));
    assert!(pages[1].svg()[0].contains("width=\"595."), "{:.200}", pages[1].svg()[0]);
}
