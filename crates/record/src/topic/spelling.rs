//! How the table's names and the names that people write are made alike: case, accents, marks and order do not count, what is written
//! short is written out, and words that say nothing of which thing it is are left aside. Words that are looked for, none that we say.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use wholechart_fhir::Kind;

pub(super) fn unaccented(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase()
}

/// Words that say nothing of which thing it is.
const SILENT: &[&str] = &["unspecified", "nos", "the", "of", "a", "an", "and", "or", "s", "to", "in", "for"];

/// Words in small letters without accents and marks, spelt as in the United States: `anaemia`, `oesophagus`, `sulpha`.
pub(super) fn plain_words(text: &str) -> Vec<String> {
    let mut plain = unaccented(text);
    plain.retain(|c| !matches!(c, '\'' | '\u{2019}'));
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(american).collect()
}

/// A word as it is spelt in the United States. Words of three letters are abbreviations: an OAE is no E.
fn american(word: &str) -> String {
    const BRITISH: &[(&str, &str)] =
        &[("ae", "e"), ("oe", "e"), ("sulph", "sulf"), ("tumour", "tumor"), ("labour", "labor")];
    if word.len() < 4 || !BRITISH.iter().any(|(british, _)| word.contains(british)) {
        return word.to_owned();
    }
    BRITISH.iter().fold(word.to_owned(), |word, (british, american)| word.replace(british, american))
}

/// What doctors write short, by what it stands for in a title.
const SHORT: &[(&str, &[&str])] = &[
    ("abd", &["abdominal"]),
    ("bp", &["blood", "pressure"]),
    ("bx", &["biopsy"]),
    ("ca", &["cancer"]),
    ("cath", &["catheterization"]),
    ("chr", &["chronic"]),
    ("ckd", &["chronic", "kidney", "disease"]),
    ("cxr", &["chest", "x", "ray"]),
    ("dis", &["disease"]),
    ("dm", &["diabetes", "mellitus"]),
    ("dvt", &["deep", "vein", "thrombosis"]),
    ("dx", &["diagnosis"]),
    ("dz", &["disease"]),
    ("etoh", &["alcohol"]),
    ("fh", &["family", "history"]),
    ("fhx", &["family", "history"]),
    ("fx", &["fracture"]),
    ("gi", &["gastrointestinal"]),
    ("ho", &["history"]),
    ("htn", &["hypertension"]),
    ("hx", &["history"]),
    ("hyst", &["hysterectomy"]),
    ("ii", &["2"]),
    ("infxn", &["infection"]),
    ("lap", &["laparoscopic"]),
    ("mets", &["metastasis"]),
    ("mi", &["myocardial", "infarction"]),
    ("oa", &["osteoarthritis"]),
    ("pmh", &["history"]),
    ("pmhx", &["history"]),
    ("pt", &["physical", "therapy"]),
    ("ra", &["rheumatoid", "arthritis"]),
    ("replac", &["replacement"]),
    ("rheum", &["rheumatoid"]),
    ("sx", &["surgery"]),
    ("tx", &["transplant"]),
    ("uti", &["urinary", "tract", "infection"]),
    ("vit", &["vitamin"]),
    ("w", &["with"]),
    ("wo", &["without"]),
];

/// Other words for one thing, by the word that stands in its place.
const SAME: &[(&str, &str)] = &[
    ("abuse", "dependence"),
    ("arthropathy", "arthritis"),
    ("computed tomography", "ct"),
    ("computerized tomography", "ct"),
    ("cat scan", "ct"),
    ("ct scan", "ct"),
    ("extraction", "removal"),
    ("heart attack", "myocardial infarction"),
    ("high bp", "high blood pressure"),
    ("imaging of", ""),
    ("magnetic resonance imaging", "mri"),
    ("malignant neoplasm", "cancer"),
    ("malignant tumor", "cancer"),
    ("carcinoma", "cancer"),
    ("neoplasm", "cancer"),
    ("past", "history"),
    ("old", "history"),
    ("personal history", "history"),
    ("previous", "history"),
    ("renal", "kidney"),
    ("hepatic", "liver"),
    ("transplantation", "transplant"),
    ("transplantation of", "transplant"),
    ("replacement of", "replacement"),
    ("repair of", "repair"),
    ("excision of", "excision"),
    ("immunisation", "vaccine"),
    ("immunization", "vaccine"),
    ("vaccination", "vaccine"),
    ("vacuna", "vaccine"),
    ("shot", "vaccine"),
    ("jab", "vaccine"),
    ("vac", "vaccine"),
    ("vax", "vaccine"),
    ("ultrasonography", "ultrasound"),
    ("radiography", "x ray"),
    ("radiograph", "x ray"),
    ("xray", "x ray"),
];

/// A name with what is written short written out, and one word for what several words say; in the order of the alphabet.
pub(super) fn written_out(words: &[String]) -> String {
    static LONG: LazyLock<HashMap<&str, &[&str]>> = LazyLock::new(|| SHORT.iter().copied().collect());
    static FIRST: LazyLock<HashSet<&str>> =
        LazyLock::new(|| SAME.iter().filter_map(|(said, _)| said.split(' ').next()).collect());
    let mut long: Vec<&str> = Vec::with_capacity(words.len());
    for word in words {
        match LONG.get(word.as_str()) {
            Some(words) => long.extend(*words),
            None => long.push(word),
        }
    }
    if !long.iter().any(|word| FIRST.contains(word)) {
        long.retain(|word| !SILENT.contains(word));
        long.sort_unstable();
        long.dedup();
        return format!("~{}", long.join(" "));
    }
    let mut text = format!(" {} ", long.join(" "));
    for (said, same) in SAME {
        if text.contains(said) {
            text = text.replace(&format!(" {said} "), &format!(" {same} "));
        }
    }
    let words: Vec<String> = text.split_whitespace().map(ToOwned::to_owned).collect();
    format!("~{}", sorted(&words))
}

/// Words of the way in which something is done, which make it no other operation or test.
const WAYS: &[&str] = &[
    "laparoscopic",
    "open",
    "robotic",
    "assisted",
    "percutaneous",
    "diagnostic",
    "elective",
    "chronic",
    "total",
    "simple",
    "with",
    "without",
    "contrast",
    "material",
    "iv",
    "views",
    "view",
    "routine",
    "endoscopic",
    "via",
    "surgery",
    "surgical",
    "operation",
];

/// Words of a vaccine that say no more than that it is one.
const VACCINE: &[&str] = &[
    "vaccine",
    "vaccines",
    "dose",
    "im",
    "injection",
    "adult",
    "pediatric",
    "ped",
    "free",
    "preservative",
    "intramuscular",
    "inactivated",
    "pf",
    "live",
    "attenuated",
    "conjugate",
    "polysaccharide",
    "conj",
    "groups",
    "group",
    "valent",
    "ml",
    "mcg",
];

pub(super) fn sorted(words: &[String]) -> String {
    let mut words: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !SILENT.contains(word)).collect();
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}
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
/// One letter apart: left out, added, another one, or two that changed places.
pub(super) fn is_near(one: &str, other: &str) -> bool {
    let same: usize =
        one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (mut a, mut b) = (one[same..].chars(), other[same..].chars());
    let (all_of_a, all_of_b) = (a.as_str(), b.as_str());
    let (first_a, first_b) = (a.next(), b.next());
    let (behind_a, behind_b) = (a.as_str(), b.as_str());
    if first_a.is_none() && first_b.is_none() {
        return false;
    }
    let (second_a, second_b) = (a.next(), b.next());
    let are_turned =
        second_a.is_some() && first_a == second_b && second_a == first_b && a.as_str() == b.as_str();
    // Both have a letter there: another one, or two that changed places; or only one of them has.
    first_a.is_some() && first_b.is_some() && behind_a == behind_b
        || first_a.is_some() && behind_a == all_of_b
        || first_b.is_some() && all_of_a == behind_b
        || are_turned
}
/// Words of a side of the body, and of how often an injury was seen: not of what it is.
const ASIDE: &[&str] = &[
    "left",
    "right",
    "bilateral",
    "both",
    "initial",
    "subsequent",
    "sequela",
    "l",
    "r",
    "side",
    "sided",
    "ou",
    "od",
    "os",
    "disorder",
    "disease",
    "syndrome",
    "condition",
];
/// The words without some of them, where others are left.
pub(super) fn without(words: &[String], aside: &[&[&str]]) -> Option<String> {
    let out = written_out(words);
    let left: Vec<String> = out
        .trim_start_matches('~')
        .split(' ')
        .filter(|word| !aside.iter().any(|words| words.contains(word)))
        .map(ToOwned::to_owned)
        .collect();
    let left = sorted(&left);
    (!left.is_empty()).then_some(left)
}

/// Words that a file's topics are not told apart by.
pub(super) const fn aside(file: &str) -> &'static [&'static [&'static str]] {
    match file.as_bytes() {
        b"procedures" => &[ASIDE, WAYS],
        b"vaccines" => &[VACCINE],
        _ => &[ASIDE],
    }
}
