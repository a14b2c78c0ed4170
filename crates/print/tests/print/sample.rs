//! An invented person's summary, as the application would hand it over.

use chrono::{TimeZone, Utc};
use wholechart_print::{Cell, Column, Document, Emphasis, Row, Section, SourceKey};

pub(crate) fn column(title: &str, weight: u32, numeric: bool) -> Column {
    Column { title: title.into(), weight, numeric }
}

pub(crate) fn row(cells: &[&str], sources: &str) -> Row {
    Row {
        cells: cells.iter().map(|text| Cell::plain(*text)).collect(),
        sources: sources.split_whitespace().map(str::to_owned).collect(),
    }
}

fn emphasised(mut row: Row, cell: usize, emphasis: Emphasis) -> Row {
    row.cells[cell].emphasis = Some(emphasis);
    row
}

/// A document with nothing but a title block.
pub(crate) fn bare() -> Document {
    Document {
        title: "Health summary".into(),
        person: vec![
            ("Name".into(), "Rosalind Okafor-Lindqvist".into()),
            ("Born".into(), "3 May 1951 (75 years)".into()),
        ],
        made_on: "Made on 23 November 2026".into(),
        made_at: Utc.with_ymd_and_hms(2026, 11, 23, 17, 4, 5).unwrap(),
        language: "en-US".into(),
        sample: None,
        warning: None,
        lead: Vec::new(),
        sections: Vec::new(),
        closing: Vec::new(),
        sources: Vec::new(),
        footer: "Patient copy; not a legal medical record".into(),
        page_of: "Page {page} of {pages}".into(),
        large: false,
        contents: None,
        index: None,
        folds: false,
    }
}

/// Two pages for tomorrow's visit.
pub(crate) fn visit() -> Document {
    let mut document = bare();
    document.person.extend([
        ("Sex".into(), "Female".into()),
        ("Phone".into(), "(555) 010-0142".into()),
        ("Address".into(), "18 Alder Court, Millbrook".into()),
        ("Medical record number".into(), "LFM 00412-77".into()),
    ]);
    document.sample = Some("Sample. This person is invented; nothing here is a real record.".into());
    document.lead = vec![
        "Put together by the patient from the records of three providers. Where they disagree, both are shown."
            .into(),
    ];
    document.sources = vec![
        SourceKey {
            mark: "A".into(),
            name: "Lakeside Family Medicine".into(),
            as_of: "as of 23 November 2026".into(),
        },
        SourceKey {
            mark: "B".into(),
            name: "Summit General Hospital".into(),
            as_of: "as of 23 November 2026".into(),
        },
        SourceKey {
            mark: "C".into(),
            name: "Harbor Heart Clinic".into(),
            as_of: "as of 2 November 2026; medications not shared".into(),
        },
    ];
    let allergies = Section {
        title: "Allergies and intolerances".into(),
        columns: vec![
            column("Allergy to", 5, false),
            column("Reaction", 5, false),
            column("Known since", 3, false),
        ],
        rows: vec![
            emphasised(row(&["Penicillin", "Hives, swollen lips", "1974"], "A B"), 0, Emphasis::Flag),
            row(&["Lisinopril", "Cough", "March 2015"], "C"),
            emphasised(
                row(&["Latex (entered in error)", "Not stated", "9 June 2021"], "B"),
                0,
                Emphasis::Struck,
            ),
        ],
        ..Section::default()
    };
    let medications = Section {
        title: "Medications".into(),
        note: Some("What providers list as taken now. Bring your own list if it differs.".into()),
        columns: vec![
            column("Medication", 5, false),
            column("How it is taken", 5, false),
            column("Since", 3, false),
        ],
        rows: vec![
            row(
                &["Hydrochlorothiazide 25 mg tablet", "1 tablet by mouth every morning", "14 Jan 2016"],
                "A B C",
            ),
            emphasised(
                row(
                    &["Metoprolol succinate ER 50 mg", "Active at A; stopped 2 Aug 2026 at C", "6 May 2019"],
                    "A C",
                ),
                1,
                Emphasis::Flag,
            ),
            row(&["Atorvastatin 40 mg tablet", "1 tablet by mouth at bedtime", "6 May 2019"], "A C"),
            row(
                &["Metformin 500 mg tablet", "1 tablet by mouth twice a day with meals", "20 Sep 2020"],
                "A B",
            ),
            row(&["Apixaban 5 mg tablet", "1 tablet by mouth twice a day", "11 Feb 2023"], "C"),
            emphasised(
                row(&["Vitamin D3 1,000 units", "1 capsule a day (told by patient)", "2018"], "A"),
                2,
                Emphasis::Muted,
            ),
        ],
        ..Section::default()
    };
    let problems = Section {
        title: "Health problems".into(),
        columns: vec![column("Problem", 8, false), column("Since", 3, false)],
        rows: vec![
            row(&["Essential hypertension", "1998"], "A B C"),
            row(&["Type 2 diabetes mellitus without complication", "September 2020"], "A B"),
            row(&["Paroxysmal atrial fibrillation", "11 February 2023"], "C B"),
            row(&["Chronic kidney disease, stage 3a", "4 April 2024"], "A B"),
            row(&["Osteoarthritis of both knees", "2012"], "A"),
        ],
        ..Section::default()
    };
    let results = Section {
        title: "Latest results".into(),
        note: Some("The latest of each test in the last 12 months.".into()),
        columns: vec![
            column("Test", 6, false),
            column("Result", 3, true),
            column("Unit", 4, false),
            column("Usual range", 3, false),
            column("Flag", 2, false),
            column("Date", 3, false),
        ],
        rows: vec![
            emphasised(
                row(&["Hemoglobin A1c", "7.4", "%", "4.0–5.6", "High ↑", "2 Nov 2026"], "A B"),
                4,
                Emphasis::Flag,
            ),
            emphasised(
                row(&["eGFR (CKD-EPI 2021)", "52", "mL/min/1.73 m²", "≥ 60", "Low ↓", "2 Nov 2026"], "A B"),
                4,
                Emphasis::Flag,
            ),
            row(&["Creatinine", "1.09", "mg/dL", "0.50–1.10", "", "2 Nov 2026"], "A B"),
            row(&["Potassium", "4.2", "mmol/L", "3.5–5.1", "", "2 Nov 2026"], "A B"),
            row(&["Sodium", "139", "mmol/L", "136–145", "", "2 Nov 2026"], "A"),
            row(&["LDL cholesterol", "88", "mg/dL", "< 100", "", "18 Aug 2026"], "A C"),
            emphasised(
                row(&["NT-proBNP", "412", "pg/mL", "< 300", "High ↑", "18 Aug 2026"], "C"),
                4,
                Emphasis::Flag,
            ),
            row(&["TSH", "2.31", "µIU/mL", "0.40–4.50", "", "12 Mar 2026"], "A"),
            emphasised(
                row(
                    &["Glucose (entered in error)", "712", "mg/dL", "70–99", "Critical ↑↑", "12 Mar 2026"],
                    "B",
                ),
                1,
                Emphasis::Struck,
            ),
        ],
        ..Section::default()
    };
    let immunizations = Section {
        title: "Immunizations".into(),
        columns: vec![column("Vaccine", 8, false), column("Given", 3, false)],
        rows: vec![
            row(&["Influenza, high-dose, quadrivalent", "5 October 2026"], "A B"),
            row(&["COVID-19, mRNA, 2026–2027 formula", "5 October 2026"], "A"),
            row(&["Pneumococcal conjugate PCV20", "17 May 2023"], "A B"),
            row(&["Zoster recombinant (Shingrix), dose 2 of 2", "30 August 2019"], "A"),
            row(&["Tdap", "June 2017"], "B"),
        ],
        ..Section::default()
    };
    let vitals = Section {
        title: "Vital signs".into(),
        columns: vec![
            column("Measure", 5, false),
            column("Value", 3, true),
            column("Unit", 2, false),
            column("Date", 3, false),
        ],
        rows: vec![
            row(&["Blood pressure", "138/82", "mm Hg", "2 Nov 2026, 10:15"], "A"),
            row(&["Heart rate", "72", "/min", "2 Nov 2026, 10:15"], "A"),
            row(&["Weight", "71.4", "kg", "2 Nov 2026"], "A"),
            row(&["Temperature", "36.8", "°C", "18 Aug 2026"], "C"),
        ],
        ..Section::default()
    };
    document.closing = vec!["In the full record: 12 visits of earlier years.".into()];
    let procedures = Section {
        title: "Procedures".into(),
        lines: vec!["None of your providers shared a procedure.".into()],
        ..Section::default()
    };
    document.sections = vec![allergies, medications, problems, results, vitals, immunizations, procedures];
    document
}

/// One section with one column and these texts in it.
pub(crate) fn listing(texts: impl IntoIterator<Item = String>) -> Document {
    let mut document = bare();
    document.sections = vec![Section {
        title: "List".into(),
        columns: vec![column("Text", 4, false), column("More", 1, false)],
        rows: texts.into_iter().map(|text| row(&[&text, ""], "A")).collect(),
        ..Section::default()
    }];
    document
}
