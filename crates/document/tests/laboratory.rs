//! Letters of laboratories as their PDFs draw them: invented, in the layouts of two laboratories and of a portal.
#![allow(clippy::unwrap_used, reason = "a failing step fails the test")]

mod drawn;

use drawn::{at, pdf};
use wholechart_document::{LabRows, Reader, Unreadable, read};

/// Each row in a line: place, test, value, unit, range, flag, day.
fn told(found: &LabRows) -> String {
    let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let lines = found.rows.iter().map(|row| {
        let place = format!("{}.{}", row.page, row.line);
        let flag = row.flag.map_or_else(|| "-".to_owned(), |flag| format!("{flag:?}"));
        let parts = [
            place,
            row.test.clone(),
            row.value.clone(),
            or(&row.unit),
            or(&row.range),
            flag,
            or(&row.collected),
        ];
        parts.join(" | ") + "\n"
    });
    lines.collect()
}

fn found(pages: &[String]) -> LabRows {
    Reader::here().results(&pdf(pages)).unwrap()
}

#[test]
fn a_letter_like_that_of_quest_diagnostics_gives_its_rows() {
    let page = [
        at(40, 740, "PATIENT INFORMATION"),
        at(300, 740, "REPORT STATUS Final"),
        at(40, 726, "WINTER,CORPUS"),
        at(40, 712, "DOB: 02/07/1955 AGE: 69"),
        at(300, 712, "COLLECTED: 03/05/2024 08:12"),
        at(300, 700, "REPORTED: 03/06/2024 10:40"),
        at(40, 670, "Test Name"),
        at(220, 670, "In Range"),
        at(290, 670, "Out Of Range"),
        at(380, 670, "Reference Range"),
        at(540, 670, "Lab"),
        at(40, 656, "LIPID PANEL, STANDARD"),
        // Not in the order in which they are read.
        at(380, 642, "<200 mg/dL"),
        at(300, 642, "215 H"),
        at(50, 642, "CHOLESTEROL, TOTAL"),
        at(540, 642, "EN"),
        at(50, 628, "HDL CHOLESTEROL"),
        at(230, 628, "52"),
        at(380, 628, "> OR = 50 mg/dL"),
        at(50, 614, "LDL-CHOLESTEROL"),
        at(300, 614, "131 H"),
        at(380, 614, "mg/dL (calc)"),
        at(50, 600, "Reference range: <100"),
        at(50, 586, "Desirable range <100 mg/dL for primary prevention."),
        at(40, 572, "URINALYSIS"),
        at(50, 558, "PROTEIN"),
        at(230, 558, "NEGATIVE"),
        at(380, 558, "NEGATIVE"),
        at(50, 544, "POTASSIUM"),
        at(230, 544, "TNP"),
        at(380, 544, "3.5-5.3 mmol/L"),
        at(40, 60, "PAGE 1 OF 1"),
    ];
    assert_eq!(
        told(&found(&[page.concat()])),
        "1.7 | CHOLESTEROL, TOTAL | 215 | mg/dL | <200 | High | 2024-03-05\n\
         1.8 | HDL CHOLESTEROL | 52 | mg/dL | > OR = 50 | - | 2024-03-05\n\
         1.9 | LDL-CHOLESTEROL | 131 | mg/dL (calc) | <100 | High | 2024-03-05\n\
         1.13 | PROTEIN | NEGATIVE | - | NEGATIVE | - | 2024-03-05\n"
    );
}

#[test]
fn a_letter_like_that_of_labcorp_gives_its_rows() {
    let heading = [
        at(40, 680, "Test"),
        at(180, 680, "Current Result and Flag"),
        at(310, 680, "Previous Result and Date"),
        at(450, 680, "Units"),
        at(500, 680, "Reference Interval"),
    ];
    let first = [
        at(40, 740, "Date Collected:"),
        at(120, 740, "03/05/2024"),
        at(220, 740, "Date Reported:"),
        at(320, 740, "03/07/2024"),
        heading.concat(),
        at(40, 666, "Glucose"),
        at(180, 666, "105"),
        at(230, 666, "High"),
        at(310, 666, "92"),
        at(350, 666, "01/02/2023"),
        at(450, 666, "mg/dL"),
        at(500, 666, "70-99"),
        at(40, 652, "eGFR"),
        at(180, 652, "61"),
        at(450, 652, "mL/min/1.73"),
        at(520, 652, ">59"),
        at(40, 638, "LDL Chol Calc"),
        at(180, 638, "131"),
        at(230, 638, "High"),
        at(450, 638, "mg/dL"),
        at(500, 638, "0-99"),
        at(40, 626, "(NIH)"),
    ];
    let second = [
        heading.concat(),
        at(40, 666, "TSH"),
        at(180, 666, "<0.01"),
        at(230, 666, "Low"),
        at(450, 666, "uIU/mL"),
        at(500, 666, "0.450-4.500"),
        at(40, 652, "Sodium"),
        at(310, 652, "139"),
        at(350, 652, "01/02/2023"),
        at(450, 652, "mmol/L"),
        at(500, 652, "134-144"),
    ];
    assert_eq!(
        told(&found(&[first.concat(), second.concat()])),
        "1.3 | Glucose | 105 | mg/dL | 70-99 | High | 2024-03-05\n\
         1.4 | eGFR | 61 | mL/min/1.73 | >59 | - | 2024-03-05\n\
         1.5 | LDL Chol Calc (NIH) | 131 | mg/dL | 0-99 | High | 2024-03-05\n\
         2.2 | TSH | <0.01 | uIU/mL | 0.450-4.500 | Low | 2024-03-05\n"
    );
}

#[test]
fn a_page_of_a_portal_gives_its_rows_and_no_day_where_it_says_none() {
    let page = [
        at(40, 740, "Basic metabolic panel"),
        at(40, 720, "Resulted March 6, 2024"),
        at(40, 690, "Component"),
        at(220, 690, "Your Value"),
        at(340, 690, "Standard Range"),
        at(480, 690, "Flag"),
        at(40, 676, "Glucose"),
        at(220, 676, "105 mg/dL"),
        at(340, 676, "70 - 99 mg/dL"),
        at(480, 676, "H"),
        at(40, 662, "SARS-CoV-2, NAA"),
        at(220, 662, "Not Detected"),
        at(340, 662, "Not Detected"),
        at(40, 648, "Comment"),
        at(220, 648, "See note"),
    ];
    let found = found(&[page.concat()]);
    assert_eq!(
        told(&found),
        "1.4 | Glucose | 105 | mg/dL | 70 - 99 | High | -\n\
         1.5 | SARS-CoV-2, NAA | Not Detected | - | Not Detected | - | -\n"
    );
    let row = &found.rows[0];
    assert_eq!(row.words, "Glucose 105 mg/dL 70 - 99 mg/dL H");
    // The page is 792 points high, and the line stands 676 above its lower edge.
    assert!((130..=146).contains(&row.top) && (147..=155).contains(&row.bottom), "{row:?}");
    assert!(!found.wordless && !found.cut);
}

#[test]
fn what_is_found_stands_in_the_text_that_is_searched() {
    let page = [at(40, 700, "Sodium 139 mmol/L 135-145"), at(40, 680, "Take aspirin 81 mg 1-2 times a day")];
    let file = pdf(&[page.concat()]);
    let found = Reader::here().results(&file).unwrap();
    assert_eq!(told(&found), "1.1 | Sodium | 139 | mmol/L | 135-145 | - | -\n");
    assert!(read(&file, None).unwrap().text.contains(&found.rows[0].words));
}

#[test]
fn a_scan_is_called_one_and_what_is_no_pdf_is_refused() {
    let found = found(&[String::new()]);
    assert!(found.wordless && found.rows.is_empty());
    assert!(matches!(Reader::here().results(b"{\\rtf1 Sodium 139}"), Err(Unreadable::NoText(_))));
    assert!(matches!(Reader::here().results(b"%PDF-1.4 nothing"), Err(Unreadable::Broken(_))));
}
