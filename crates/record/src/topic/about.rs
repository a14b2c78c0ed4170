//! What a title is about: without the tags, marks and words around it that say how it was filed. Words that are looked for, none that
//! we say.

use wholechart_fhir::Kind;

/// What stands behind a name and says what sort of name it is, or how it was filed: SNOMED CT's tags, Epic's marks.
const TAGS: &[&str] = &[
    "disorder",
    "finding",
    "situation",
    "procedure",
    "substance",
    "product",
    "regime/therapy",
    "event",
    "morphologic abnormality",
    "physical object",
    "hcc",
    "cms/hcc",
    "cms-hcc",
    "trastorno",
    "hallazgo",
    "procedimiento",
    "medication",
    "food",
    "drug",
    "allergen",
    "class",
    "ingredient",
    "situaci\u{f3}n",
    "sustancia",
];

/// Words before and behind a substance that say that somebody is allergic to it.
const ALLERGIC: &[&str] = &[
    "personal history of allergy to ",
    "personal history of allergic reaction to ",
    "history of allergy to ",
    "history of allergic reaction to ",
    "hx of allergy to ",
    "h/o allergy to ",
    "known allergy to ",
    "severe allergy to ",
    "allergic disposition to ",
    "allergic reaction due to ",
    "anaphylaxis due to ",
    "anaphylaxis to ",
    "anaphylactic reaction to ",
    "contact allergy to ",
    "contact dermatitis due to ",
    "adverse effect of ",
    "food allergy to ",
    "drug allergy to ",
    "insect allergy status - ",
    "insect allergy status ",
    "allergy status - ",
    // What is said not to be so is about the same substance.
    "not allergic to ",
    "no longer allergic to ",
    "denies allergy to ",
    "no allergy to ",
    "tolerates ",
    "can tolerate ",
    "allergy, ",
    "allergy: ",
    "allergy - ",
    "allergy to ",
    "allergic to ",
    "hypersensitivity to ",
    "adverse reaction to ",
    "intolerance to ",
    "propensity to adverse reactions to ",
    "allergic reaction to ",
    "allergic reaction caused by ",
    "allergy status to ",
    "sensitivity to ",
    "al\u{e9}rgico a la ",
    "al\u{e9}rgico al ",
    "al\u{e9}rgico a ",
    "al\u{e9}rgica a la ",
    "al\u{e9}rgica al ",
    "al\u{e9}rgica a ",
    "intolerancia a la ",
    "intolerancia al ",
    "intolerancia a ",
    "hipersensibilidad a la ",
    "hipersensibilidad al ",
    "hipersensibilidad a ",
    "alergia a la ",
    "alergia al ",
    "alergia a los ",
    "alergia a las ",
    "alergia a ",
];
const ALLERGY: &[&str] = &[
    " allergy status",
    " allergy",
    " allergies",
    " alergy",
    " allergys",
    " intolerence",
    " intollerance",
    " hypersensitivity",
    " intolerance",
    " sensitivity",
    " antibiotic allergy",
];

/// A title without the code of an illness that somebody wrote before it: `E66.9 Obesity`, `724.3: Sciatica`.
fn without_code(title: &str) -> &str {
    let Some((code, name)) = title.split_once([' ', ':']) else { return title };
    let Some((begin, end)) = code.trim_end_matches('-').split_once('.') else { return title };
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let is_code = begin.len() == 3
        && (1..=4).contains(&end.len())
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-')
        && digits(&begin[1..2]) == 1
        && digits(end) > 0;
    let name = name.trim_start_matches([' ', ':', '-', '\u{2013}']);
    if is_code && name.chars().any(char::is_alphabetic) { name } else { title }
}

/// Behind an illness's name, set off from it: its place among a visit's diagnoses, and that it is over.
const SAID_BESIDE: &[&str] = &[" - primary", " (resolved)", ", resolved", " - resolved"];

/// What a title is about: without tags and marks, of an allergy the substance.
pub(super) fn about(kind: Kind, title: &str) -> String {
    let mut text = without_code(title.trim()).to_owned();
    while let Some(open) = text.rfind(['(', '[']).filter(|_| text.ends_with([')', ']'])) {
        let within = text[open + 1..text.len() - 1].trim().to_lowercase();
        if !TAGS.contains(&within.as_str()) || open == 0 {
            break;
        }
        text.truncate(open);
        text.truncate(text.trim_end().len());
    }
    if kind == Kind::Problem {
        // A visit's first diagnosis, and what a reader takes for its state, are no part of what it is called.
        let small = text.to_lowercase();
        let behind = SAID_BESIDE.iter().find(|behind| small.ends_with(**behind));
        if let Some(behind) = behind.filter(|behind| small.len() == text.len() && behind.len() < text.len()) {
            text.truncate(text.len() - behind.len());
        }
    }
    if kind == Kind::Allergy {
        let small = text.to_lowercase();
        // Small letters may be longer than large ones in some alphabets.
        if small.len() == text.len() {
            if let Some(before) = ALLERGIC.iter().find(|before| small.starts_with(**before)) {
                text = text[before.len()..].to_owned();
            } else if let Some(behind) = ALLERGY.iter().find(|behind| small.ends_with(**behind)) {
                text.truncate(text.len() - behind.len());
            }
        }
    }
    text
}
