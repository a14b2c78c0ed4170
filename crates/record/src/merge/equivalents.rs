//! A small table of codes and names that may mean one thing. It only ever makes us ask.
//!
//! No SNOMED CT, and no map that needs a licence: a row either cites a published example that puts both codes into
//! one concept, or is our own and says that nobody has reviewed it.

use wholechart_fhir::system::{CVX, ICD9CM, ICD10CM, LOINC};

/// Where a row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A file of the public sample corpus, by its path there, that sends both codes in one concept.
    File(&'static str),
    /// Written by us from the code systems' own names; not reviewed by a clinician.
    Unreviewed,
}

/// Codes (system, code) and medicine names that may mean one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Equivalent {
    /// Codes with their systems: the first may mean the same as each of the others, which are not each other.
    pub codes: &'static [(&'static str, &'static str)],
    /// Names of medicines, each of which may mean any other: what is in it, and brands.
    pub names: &'static [&'static str],
    /// Where the row comes from.
    pub origin: Origin,
}

const fn codes(codes: &'static [(&'static str, &'static str)], origin: Origin) -> Equivalent {
    Equivalent { codes, names: &[], origin }
}

const fn names(names: &'static [&'static str]) -> Equivalent {
    Equivalent { codes: &[], names, origin: Origin::Unreviewed }
}

/// The table.
pub const EQUIVALENTS: &[Equivalent] = &[
    // ICD-9-CM and ICD-10-CM.
    codes(
        &[(ICD9CM, "401.9"), (ICD10CM, "I10")],
        Origin::File("dstu2/intervention-engine-fixtures/clint_abbott_bundle.json"),
    ),
    codes(
        &[(ICD9CM, "427.31"), (ICD10CM, "I48.2")],
        Origin::File("dstu2/intervention-engine-fixtures/clint_abbott_bundle.json"),
    ),
    codes(&[(ICD9CM, "427.31"), (ICD10CM, "I48.91")], Origin::Unreviewed),
    // A published example puts I50.1 beside it, which is failure of the left ventricle only: not followed.
    codes(&[(ICD9CM, "428.0"), (ICD10CM, "I50.9")], Origin::Unreviewed),
    codes(&[(ICD9CM, "250.00"), (ICD10CM, "E11.9")], Origin::Unreviewed),
    codes(&[(ICD9CM, "272.4"), (ICD10CM, "E78.5")], Origin::Unreviewed),
    codes(&[(ICD9CM, "530.81"), (ICD10CM, "K21.9")], Origin::Unreviewed),
    codes(&[(ICD9CM, "244.9"), (ICD10CM, "E03.9")], Origin::Unreviewed),
    codes(&[(ICD9CM, "493.90"), (ICD10CM, "J45.909")], Origin::Unreviewed),
    codes(&[(ICD9CM, "274.9"), (ICD10CM, "M10.9")], Origin::Unreviewed),
    // LOINC: one quantity, with and without a method or a place of measuring.
    codes(
        &[(LOINC, "8310-5"), (LOINC, "8331-1")],
        Origin::File("stu3/hl7-spec-examples/observation-example-f202-temperature.json"),
    ),
    codes(
        &[(LOINC, "29463-7"), (LOINC, "3141-9")],
        Origin::File("stu3/hl7-spec-examples/observation-example.json"),
    ),
    codes(
        &[(LOINC, "2708-6"), (LOINC, "59408-5")],
        Origin::File("r4/us-core-examples/observation-satO2-fiO2.json"),
    ),
    codes(&[(LOINC, "8302-2"), (LOINC, "8306-3")], Origin::File("r4/us-core-examples/length.json")),
    // Glucose in serum (2345-7) and in whole blood (2339-0) are two quantities, some tenth apart: not listed.
    codes(&[(LOINC, "2089-1"), (LOINC, "13457-7"), (LOINC, "18262-6")], Origin::Unreviewed),
    codes(&[(LOINC, "4548-4"), (LOINC, "17856-6")], Origin::Unreviewed),
    codes(&[(LOINC, "6690-2"), (LOINC, "26464-8")], Origin::Unreviewed),
    codes(&[(LOINC, "789-8"), (LOINC, "26453-1")], Origin::Unreviewed),
    // CVX: a vaccine without its formulation, and with it.
    codes(
        &[
            (CVX, "88"),
            (CVX, "15"),
            (CVX, "16"),
            (CVX, "135"),
            (CVX, "140"),
            (CVX, "141"),
            (CVX, "150"),
            (CVX, "158"),
            (CVX, "161"),
            (CVX, "171"),
            (CVX, "185"),
            (CVX, "186"),
            (CVX, "197"),
            (CVX, "205"),
        ],
        Origin::Unreviewed,
    ),
    codes(&[(CVX, "45"), (CVX, "8"), (CVX, "43"), (CVX, "44"), (CVX, "189")], Origin::Unreviewed),
    codes(&[(CVX, "109"), (CVX, "33"), (CVX, "133"), (CVX, "215"), (CVX, "216")], Origin::Unreviewed),
    codes(&[(CVX, "213"), (CVX, "207"), (CVX, "208"), (CVX, "217"), (CVX, "300")], Origin::Unreviewed),
    codes(&[(CVX, "188"), (CVX, "121"), (CVX, "187")], Origin::Unreviewed),
    // Brands and what is in them.
    names(&["lisinopril", "zestril", "prinivil"]),
    names(&["atorvastatin", "lipitor"]),
    names(&["metformin", "glucophage"]),
    names(&["amlodipine", "norvasc"]),
    names(&["levothyroxine", "synthroid"]),
    names(&["sertraline", "zoloft"]),
    names(&["omeprazole", "prilosec"]),
    names(&["simvastatin", "zocor"]),
    names(&["losartan", "cozaar"]),
    names(&["metoprolol", "lopressor"]),
    names(&["ibuprofen", "advil", "motrin"]),
    names(&["acetaminophen", "tylenol"]),
    names(&["albuterol", "ventolin", "proair"]),
];
