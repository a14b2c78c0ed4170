use proptest::prelude::*;

use super::*;
use crate::layout::{Letter, Page, page, tests::typed};

/// A page of lines, each of cells with the place where they begin.
fn sheet(lines: &[&[(f64, &str)]]) -> Page {
    let mut letters: Vec<Letter> = Vec::new();
    let mut down = 40.0;
    for line in lines {
        for (left, text) in *line {
            letters.extend(typed(text, *left, down));
        }
        down += 14.0;
    }
    page(letters, 792.0)
}

/// Each row in a line: test, value, unit, range, flag, day.
fn told(pages: &[Page]) -> Vec<String> {
    let or = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    rows(pages)
        .into_iter()
        .map(|row| {
            let flag = row.flag.map(|flag| format!("{flag:?}"));
            [row.test, row.value, or(row.unit), or(row.range), or(flag), or(row.collected)].join(" | ")
        })
        .collect()
}

const QUEST: &[(f64, &str)] = &[
    (40.0, "Test Name"),
    (220.0, "In Range"),
    (290.0, "Out Of Range"),
    (380.0, "Reference Range"),
    (530.0, "Lab"),
];
const LABCORP: &[(f64, &str)] = &[
    (40.0, "TESTS"),
    (220.0, "RESULT"),
    (290.0, "FLAG"),
    (340.0, "UNITS"),
    (400.0, "REFERENCE INTERVAL"),
    (530.0, "LAB"),
];
const PORTAL: &[(f64, &str)] =
    &[(40.0, "Component"), (220.0, "Your Value"), (340.0, "Standard Range"), (480.0, "Flag")];

#[test]
fn a_table_with_two_columns_of_values_is_read() {
    let pages = [sheet(&[
        &[(40.0, "COLLECTED: 03/05/2024 08:12"), (300.0, "REPORTED: 03/06/2024 10:00")],
        QUEST,
        &[(40.0, "LIPID PANEL, STANDARD")],
        &[(50.0, "CHOLESTEROL, TOTAL"), (300.0, "215 H"), (380.0, "<200 mg/dL"), (530.0, "EN")],
        &[(50.0, "HDL CHOLESTEROL"), (230.0, "52"), (380.0, "> OR = 50 mg/dL")],
        &[(50.0, "LDL-CHOLESTEROL"), (300.0, "131 H"), (380.0, "mg/dL (calc)"), (530.0, "EN")],
        &[(50.0, "Reference range: <100")],
        &[(50.0, "Desirable range <100 mg/dL for primary prevention; 4 of 10 people")],
        &[(50.0, "PROTEIN"), (230.0, "NEGATIVE"), (380.0, "NEGATIVE")],
        // A value in both columns, a note, and what was not done.
        &[(50.0, "SODIUM"), (230.0, "139"), (300.0, "150 H"), (380.0, "135-146 mmol/L")],
        &[(50.0, "COMMENT"), (230.0, "SEE NOTE"), (380.0, "65-99 mg/dL")],
        &[(50.0, "POTASSIUM"), (230.0, "TNP"), (380.0, "3.5-5.3 mmol/L")],
    ])];
    assert_eq!(
        told(&pages),
        [
            "CHOLESTEROL, TOTAL | 215 | mg/dL | <200 | High | 2024-03-05",
            "HDL CHOLESTEROL | 52 | mg/dL | > OR = 50 | - | 2024-03-05",
            "LDL-CHOLESTEROL | 131 | mg/dL (calc) | <100 | High | 2024-03-05",
            "PROTEIN | NEGATIVE | - | NEGATIVE | - | 2024-03-05",
        ]
    );
}

#[test]
fn a_table_with_a_column_for_everything_is_read() {
    let pages = [sheet(&[
        &[(40.0, "Date Collected"), (200.0, "Date Entered"), (360.0, "Date Reported")],
        &[(40.0, "03/05/2024"), (200.0, "03/05/2024"), (360.0, "03/07/2024")],
        LABCORP,
        &[(40.0, "Lipid Panel")],
        &[
            (40.0, "Cholesterol, Total 01"),
            (225.0, "215"),
            (290.0, "High"),
            (340.0, "mg/dL"),
            (400.0, "100-199"),
            (530.0, "01"),
        ],
        &[
            (40.0, "LDL Chol Calc"),
            (225.0, "131"),
            (290.0, "High"),
            (340.0, "mg/dL"),
            (400.0, "0-99"),
            (530.0, "01"),
        ],
        &[(40.0, "(NIH)")],
        &[
            (40.0, "TSH"),
            (225.0, "<0.01"),
            (290.0, "Low"),
            (340.0, "uIU/mL"),
            (400.0, "0.450-4.500"),
            (530.0, "01"),
        ],
        &[(40.0, "Estim. Avg Glu (eAG)"), (225.0, "126"), (340.0, "mg/dL")],
        &[(40.0, "WBC"), (225.0, "6.5"), (340.0, "x10E3/uL"), (400.0, "3.4-10.8")],
        // Nothing stands beside the figure; the flag is none that is known; the units differ.
        &[(40.0, "Order"), (225.0, "4711")],
        &[(40.0, "Ratio"), (225.0, "3.1")],
        &[(40.0, "Iron"), (225.0, "70"), (290.0, "Odd"), (340.0, "ug/dL"), (400.0, "27-139")],
        &[(40.0, "Zinc"), (225.0, "70 mg/dL"), (340.0, "ug/dL"), (400.0, "44-115")],
    ])];
    assert_eq!(
        told(&pages),
        [
            "Cholesterol, Total | 215 | mg/dL | 100-199 | High | 2024-03-05",
            "LDL Chol Calc (NIH) | 131 | mg/dL | 0-99 | High | 2024-03-05",
            "TSH | <0.01 | uIU/mL | 0.450-4.500 | Low | 2024-03-05",
            "Estim. Avg Glu (eAG) | 126 | mg/dL | - | - | 2024-03-05",
            "WBC | 6.5 | x10E3/uL | 3.4-10.8 | - | 2024-03-05",
        ]
    );
}

#[test]
fn earlier_results_are_not_taken_for_the_current_ones() {
    let heading: &[(f64, &str)] = &[
        (40.0, "Test"),
        (180.0, "Current Result and Flag"),
        (310.0, "Previous Result and Date"),
        (440.0, "Units"),
        (490.0, "Reference Interval"),
    ];
    let pages = [sheet(&[
        heading,
        &[
            (40.0, "Glucose 01"),
            (180.0, "105"),
            (230.0, "High"),
            (310.0, "92"),
            (360.0, "01/02/2023"),
            (440.0, "mg/dL"),
            (490.0, "70-99"),
        ],
        &[(40.0, "Sodium 01"), (310.0, "139"), (360.0, "01/02/2023"), (440.0, "mmol/L"), (490.0, "134-144")],
    ])];
    assert_eq!(told(&pages), ["Glucose | 105 | mg/dL | 70-99 | High | -"]);
}

#[test]
fn a_portals_table_and_its_second_page_are_read() {
    let first = sheet(&[
        &[(40.0, "Collected on March 5, 2024 8:12 AM")],
        PORTAL,
        &[(40.0, "Glucose"), (220.0, "105 mg/dL"), (340.0, "70 - 99 mg/dL"), (480.0, "H")],
        &[(40.0, "Hemoglobin A1c"), (220.0, "5.9 %"), (340.0, "4.0 - 5.6 %"), (480.0, "High")],
        &[(40.0, "SARS-CoV-2, NAA"), (220.0, "Not Detected"), (340.0, "Not Detected")],
    ]);
    let second = sheet(&[
        &[(40.0, "Page 2 of 2"), (220.0, "03/06/2024")],
        &[(40.0, "Calcium"), (220.0, "9.4 mg/dL"), (340.0, "8.5 - 10.5 mg/dL"), (480.0, "Normal")],
        // Said on the first page.
        &[(40.0, "Glucose"), (220.0, "105 mg/dL"), (340.0, "70 - 99 mg/dL"), (480.0, "H")],
    ]);
    let pages = [first, second];
    assert_eq!(
        told(&pages),
        [
            "Glucose | 105 | mg/dL | 70 - 99 | High | 2024-03-05",
            "Hemoglobin A1c | 5.9 | % | 4.0 - 5.6 | High | 2024-03-05",
            "SARS-CoV-2, NAA | Not Detected | - | Not Detected | - | 2024-03-05",
            "Calcium | 9.4 | mg/dL | 8.5 - 10.5 | - | 2024-03-05",
        ]
    );
    let places: Vec<(u32, u32)> = rows(&pages).iter().map(|row| (row.page, row.line)).collect();
    assert_eq!(places, [(1, 3), (1, 4), (1, 5), (2, 2)]);
    let row = &rows(&pages)[0];
    assert_eq!(row.words, "Glucose 105 mg/dL 70 - 99 mg/dL H");
    assert!(row.top < row.bottom && row.bottom < 100, "{row:?}");
}

#[test]
fn lines_without_a_table_are_read_where_nothing_else_stands_in_them() {
    let pages = [sheet(&[
        &[(40.0, "Sodium 139 mmol/L 135-145")],
        &[(40.0, "Glucose, Fasting 105 H 70 - 99 mg/dL")],
        &[(40.0, "TSH <0.01 uIU/mL 0.45-4.5 L")],
        &[(40.0, "Take aspirin 81 mg 1-2 times a day")],
        &[(40.0, "Your sodium was 139 mmol/L, which is within 135-145")],
        &[(40.0, "Potassium 4.1 3.9 mmol/L 3.5-5.1")],
        &[(40.0, "Chloride 101")],
        &[(40.0, "Weight 81 kg 70-90")],
    ])];
    assert_eq!(
        told(&pages),
        [
            "Sodium | 139 | mmol/L | 135-145 | - | -",
            "Glucose, Fasting | 105 | mg/dL | 70 - 99 | High | -",
            "TSH | <0.01 | uIU/mL | 0.45-4.5 | Low | -",
        ]
    );
}

#[test]
fn of_several_days_each_holds_for_what_stands_behind_it() {
    let row: &[(f64, &str)] = &[(40.0, "Sodium"), (225.0, "139"), (340.0, "mmol/L"), (400.0, "134-144")];
    let other: &[(f64, &str)] = &[(40.0, "Sodium"), (225.0, "141"), (340.0, "mmol/L"), (400.0, "134-144")];
    let pages = [sheet(&[
        &[(40.0, "Collected: 03/05/2024")],
        LABCORP,
        row,
        &[(40.0, "Collected: 04/06/2024")],
        other,
    ])];
    let days = |pages: &[Page]| rows(pages).into_iter().map(|row| row.collected).collect::<Vec<_>>();
    assert_eq!(days(&pages), [Some("2024-03-05".to_owned()), Some("2024-04-06".to_owned())]);
    // Which of the two is meant nobody says.
    let pages =
        [sheet(&[&[(40.0, "Collected: 03/05/2024"), (300.0, "Collected: 04/06/2024")], LABCORP, row, other])];
    assert_eq!(days(&pages), [None, None]);
}

/// What must hold of any pages.
fn holds(pages: &[Page]) {
    for row in rows(pages) {
        let page = &pages[row.page as usize - 1];
        let from = row.line as usize - 1;
        let stands: Vec<String> = page.lines[from..].iter().take(2).map(Line::text).collect();
        let stands = stands.join(" ");
        let has = |text: &str| text.split_whitespace().all(|word| stands.contains(word));
        assert!(stands.starts_with(&row.words), "{row:?}");
        let beside = [Some(&row.test), Some(&row.value), row.unit.as_ref(), row.range.as_ref()];
        assert!(beside.into_iter().flatten().all(|text| !text.is_empty() && has(text)), "{row:?} {stands}");
        assert!(row.test.chars().any(char::is_alphabetic), "{row:?}");
        assert!(row.top <= row.bottom && row.bottom <= 1000, "{row:?}");
        let day = row.collected.as_deref().unwrap_or("2024-03-05");
        assert!(day.len() == 10 && day.starts_with(['1', '2']), "{row:?}");
    }
}

fn words() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "Test Name",
        "TESTS",
        "RESULT",
        "FLAG",
        "UNITS",
        "REFERENCE INTERVAL",
        "In Range",
        "Out Of Range",
        "Reference Range",
        "Lab",
        "Component",
        "Your Value",
        "Standard Range",
        "Glucose",
        "Sodium",
        "(NIH)",
        "01",
        "139",
        "215 H",
        "<0.01",
        "> OR = 60",
        "5,432",
        "Negative",
        "0-2",
        "mg/dL",
        "mmol/L",
        "70-99",
        "70-99 mg/dL",
        "%",
        "High",
        "Collected:",
        "03/05/2024",
        "March 5, 2024",
        "13/05/2024",
        "Reference range: <100",
        "\u{2264}5",
        "-",
        "/",
        "1:80",
        "\u{b5}IU/mL",
        "Date Collected",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_words_in_any_place_give_rows_that_stand_there(
        lines in prop::collection::vec(
            prop::collection::vec((prop::sample::select(vec![40.0, 52.0, 220.0, 226.0, 290.0, 340.0, 400.0, 530.0]), words()), 0..6),
            0..14,
        ),
    ) {
        let lines: Vec<Vec<(f64, &str)>> =
            lines.iter().map(|line| line.iter().map(|(left, text)| (*left, text.as_str())).collect()).collect();
        let lines: Vec<&[(f64, &str)]> = lines.iter().map(Vec::as_slice).collect();
        holds(&[sheet(&lines), sheet(&lines)]);
    }

    #[test]
    fn any_letters_in_any_place_are_read_to_an_end(
        letters in prop::collection::vec(
            (any::<char>(), any::<f64>(), any::<f64>(), any::<f64>(), any::<f64>()),
            0..60,
        ),
        height in any::<f64>(),
    ) {
        let letters = letters
            .into_iter()
            .map(|(letter, left, right, down, size)| Letter { text: letter.to_string(), left, right, down, size })
            .collect();
        holds(&[page(letters, height)]);
    }

    #[test]
    fn any_text_in_the_cells_of_a_table_is_read_to_an_end(
        cells in prop::collection::vec("\\PC{0,14}", 4..40),
    ) {
        let places = [40.0, 220.0, 290.0, 340.0, 400.0];
        let lines: Vec<Vec<(f64, &str)>> = cells
            .chunks(5)
            .map(|line| line.iter().zip(places).map(|(text, left)| (left, text.as_str())).collect())
            .collect();
        let mut all: Vec<&[(f64, &str)]> = vec![LABCORP];
        all.extend(lines.iter().map(Vec::as_slice));
        holds(&[sheet(&all)]);
    }
}
