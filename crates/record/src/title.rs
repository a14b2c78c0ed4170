//! What words have in common, for rules that must not trust a code alone.

use crate::compare::fold;

/// Words that say nothing about what it is.
const EMPTY: &[&str] = &[
    "the",
    "and",
    "for",
    "with",
    "without",
    "from",
    "not",
    "other",
    "unspecified",
    "disorder",
    "disease",
    "syndrome",
    "type",
    "due",
    "primary",
    "left",
    "right",
    "bilateral",
    "both",
    "history",
    "finding",
    "procedure",
    "unknown",
    "allergy",
    "allergic",
    "intolerance",
    "substance",
    "oral",
    "product",
];

/// What people call some problems, and a word of the name that doctors use. Reviewed by nobody: it only ever lets
/// equal codes count although the words differ.
const LAY: &[(&str, &str)] = &[
    ("high blood pressure", "hypertension"),
    ("high cholesterol", "hyperlipidemia"),
    ("acid reflux", "gastroesophageal"),
    ("heartburn", "gastroesophageal"),
    ("underactive thyroid", "hypothyroidism"),
    ("heart attack", "infarction"),
    ("kidney stone", "calculus"),
    ("hay fever", "rhinitis"),
    ("sulfa", "sulfonamide"),
    ("gerd", "gastroesophageal"),
    ("afib", "fibrillation"),
    ("htn", "hypertension"),
    ("osteoarthritis", "arthrosis"),
];

/// What doctors write for some problems, word by word, and a word of the name in full.
const SHORT: &[(&str, &str)] = &[
    ("bph", "prostatic"),
    ("cad", "coronary"),
    ("chf", "heart"),
    ("ckd", "kidney"),
    ("cva", "stroke"),
    ("dm", "diabetes"),
    ("dm2", "diabetes"),
    ("dmii", "diabetes"),
    ("dvt", "thrombosis"),
    ("hld", "hyperlipidemia"),
    ("ibs", "irritable"),
    ("mdd", "depressive"),
    ("oa", "osteoarthritis"),
    ("osa", "apnea"),
    ("pe", "embolism"),
    ("ra", "rheumatoid"),
    ("t2dm", "diabetes"),
    ("uti", "urinary"),
];

/// A side of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Side {
    Left,
    Right,
    Both,
}

/// Beginnings of the words that carry meaning, sorted: `hypertensive` and `hypertension` begin alike.
pub(crate) fn stems(text: &str) -> Vec<String> {
    let folded = fold(text);
    let lay = LAY.iter().filter(|(said, _)| folded.contains(said)).map(|(_, name)| *name);
    let words = folded.split(|char: char| !char.is_alphanumeric());
    let short = words.filter_map(|word| SHORT.iter().find(|(said, _)| *said == word)).map(|(_, name)| *name);
    let mut stems: Vec<String> = folded
        .split(|char: char| !char.is_alphanumeric())
        .chain(lay)
        .chain(short)
        .filter(|word| word.len() > 2 && !EMPTY.contains(word))
        .map(|word| word.chars().take(6).collect())
        .collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// One is called by the other's initials: "COPD" is "chronic obstructive pulmonary disease".
pub(crate) fn initials(one: &str, other: &str) -> bool {
    const SMALL: &[&str] = &["of", "the", "and", "in", "with", "to", "a", "by"];
    let of = |text: &str| -> String {
        let words = text.split([',', '(']).next().unwrap_or_default();
        words
            .split(|char: char| !char.is_alphanumeric())
            .filter(|word| !SMALL.contains(&word.to_lowercase().as_str()))
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let says = |short: &str, long: &str| {
        let long = of(long);
        long.len() > 2 && fold(short).split(|char: char| !char.is_alphanumeric()).any(|word| word == long)
    };
    says(one, other) || says(other, one)
}

/// Whether all of some words are among these sorted ones, which say more.
pub(crate) fn is_within<W: Ord>(words: &[W], among: &[W]) -> bool {
    !words.is_empty()
        && words.len() < among.len()
        && words.iter().all(|word| among.binary_search(word).is_ok())
}

/// Whether two sorted lists share a word.
pub(crate) fn share<T: Ord>(a: &[T], b: &[T]) -> bool {
    let (mut n, mut m) = (0, 0);
    while let (Some(one), Some(other)) = (a.get(n), b.get(m)) {
        match one.cmp(other) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => n += 1,
            std::cmp::Ordering::Greater => m += 1,
        }
    }
    false
}

/// Title without order, case and marks, for equality of words: `Cholesterol, LDL` is `LDL cholesterol`.
pub(crate) fn bag(text: &str) -> String {
    let folded = fold(text);
    let mut words: Vec<&str> =
        folded.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // "? pulmonary embolism" is a question.
    words.extend(folded.starts_with('?').then_some("?"));
    words.sort_unstable();
    words.join(" ")
}

/// The side that the words name; none where they name none.
pub(crate) fn side<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Side> {
    let (mut left, mut right) = (false, false);
    for text in texts {
        for word in text.split(|char: char| !char.is_alphanumeric()) {
            let is = |said: &[&str]| said.iter().any(|said| word.eq_ignore_ascii_case(said));
            // "R knee", "OS": short forms in capitals only, where small letters may be words.
            left |= is(&["left", "bilateral", "lt"]) || ["L", "OS"].contains(&word);
            right |= is(&["right", "bilateral", "rt"]) || ["R", "OD"].contains(&word);
        }
    }
    match (left, right) {
        (true, true) => Some(Side::Both),
        (true, false) => Some(Side::Left),
        (false, true) => Some(Side::Right),
        (false, false) => None,
    }
}
