//! How the table's names and the names that people write are made alike: case, accents, marks and order do not count, what is written
//! short is written out, and words that say nothing of which thing it is are left aside. Words that are looked for, none that we say.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The text in small letters without accents.
pub fn unaccented(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase()
}

/// Words without case, width and superfluous blanks.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        let mut out = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        out.make_ascii_lowercase();
        return out;
    }
    text.nfkc().collect::<String>().to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words that say nothing of which thing it is.
const SILENT: &[&str] = &["unspecified", "nos", "the", "of", "a", "an", "and", "or", "s", "to", "in", "for"];

/// Words in small letters without accents and marks, spelt as in the United States: `anaemia`, `oesophagus`, `sulpha`.
pub fn plain_words(text: &str) -> Vec<String> {
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
pub fn written_out(words: &[String]) -> String {
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

/// The words that say something, each once, in the order of the alphabet.
pub fn sorted(words: &[String]) -> String {
    let mut words: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !SILENT.contains(word)).collect();
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

/// One letter apart: left out, added, another one, or two that changed places.
pub fn is_near(one: &str, other: &str) -> bool {
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
pub fn without(words: &[String], aside: &[&[&str]]) -> Option<String> {
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
pub const fn aside(file: &str) -> &'static [&'static [&'static str]] {
    match file.as_bytes() {
        b"procedures" => &[ASIDE, WAYS],
        b"vaccines" => &[VACCINE],
        _ => &[ASIDE],
    }
}
