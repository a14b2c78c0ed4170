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
    "only",
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
    // As words of their own: "morphine sulfate" is no sulfa.
    let spaced: String = folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let spaced = format!(" {spaced} ");
    let has = |said: &str| spaced.contains(&format!(" {said} ")) || spaced.contains(&format!(" {said}s "));
    let lay = LAY.iter().filter(|(said, _)| has(said)).map(|(_, name)| *name);
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

/// Which one of several a name means.
pub(crate) struct Particulars<'b> {
    /// Its [numbers](number): "2", "C5", "14".
    pub(crate) numbers: Vec<&'b str>,
    /// Places of the body, each by the first of its names in [`PLACES`].
    pub(crate) places: Vec<&'static str>,
    /// Substances of which a laboratory measures one, each by the first of its names in [`SUBSTANCES`].
    pub(crate) substances: Vec<&'static str>,
    /// Beginnings of all words that name something.
    pub(crate) words: Vec<&'b str>,
    /// Which sides of [`OPPOSITES`] it names, as bits.
    opposites: [u32; 2],
}

impl Particulars<'_> {
    /// One is the upper, the other the lower of something.
    pub(crate) fn is_opposed(&self, other: &Particulars<'_>) -> bool {
        let only = |one: &Particulars<'_>, side: usize| one.opposites[side] & !one.opposites[1 - side];
        only(self, 0) & only(other, 1) != 0 || only(self, 1) & only(other, 0) != 0
    }
}

/// What the words of a [`bag`] tell apart. All lists are sorted.
pub(crate) fn particulars(bag: &str) -> Particulars<'_> {
    const SMALL: &[&str] =
        &["a", "an", "at", "by", "in", "nec", "no", "nos", "of", "on", "or", "s", "to", "w"];
    let mut found = Particulars {
        numbers: Vec::new(),
        places: Vec::new(),
        substances: Vec::new(),
        words: Vec::new(),
        opposites: [0; 2],
    };
    for word in bag.split(' ').filter(|word| !word.is_empty()) {
        found.numbers.extend(number(word));
        let one = word.strip_suffix('s').filter(|one| one.len() > 2).unwrap_or(word);
        let is_named = |names: &&&[&str]| names.contains(&word) || names.contains(&one);
        found.places.extend(PLACES.iter().find(is_named).map(|names| names[0]));
        found.substances.extend(SUBSTANCES.iter().find(is_named).map(|names| names[0]));
        for (bit, (first, second)) in OPPOSITES.iter().enumerate() {
            found.opposites[0] |= u32::from(*first == word) << bit;
            found.opposites[1] |= u32::from(*second == word) << bit;
        }
        if !EMPTY.contains(&word) && !SMALL.contains(&word) {
            let end = word.char_indices().nth(6).map_or(word.len(), |(end, _)| end);
            found.words.push(&word[..end]);
        }
    }
    for list in [&mut found.numbers, &mut found.words] {
        list.sort_unstable();
        list.dedup();
    }
    for list in [&mut found.places, &mut found.substances] {
        list.sort_unstable();
        list.dedup();
    }
    found
}

/// The number in a word: all of it where one letter stands beside it, as in "C5" and "3b"; of "DM2" and "T2DM" the figures.
fn number(word: &str) -> Option<&str> {
    let is_figure = |c: char| c.is_ascii_digit();
    let (from, to) = (word.find(is_figure)?, word.rfind(is_figure)?);
    let letters = word.chars().filter(|c| !c.is_ascii_digit()).count();
    Some(if letters > 1 { &word[from..=to] } else { word })
}

/// What laboratories measure one of, by all its names.
const SUBSTANCES: &[&[&str]] = &[
    &["albumin"],
    &["bicarbonate"],
    &["bilirubin"],
    &["calcium"],
    &["chloride"],
    &["cholesterol"],
    &["cortisol"],
    &["creatinine"],
    &["estradiol"],
    &["ferritin"],
    &["folate", "folic"],
    &["globulin"],
    &["glucose"],
    &["hematocrit"],
    &["hemoglobin"],
    &["iron"],
    &["lactate"],
    &["lead"],
    &["lipase"],
    &["amylase"],
    &["magnesium"],
    &["manganese"],
    &["mercury"],
    &["phosphorus", "phosphate"],
    &["potassium"],
    &["progesterone"],
    &["selenium"],
    &["sodium"],
    &["testosterone"],
    &["triglyceride"],
    &["urea"],
    &["zinc"],
];

/// Words of which a name has one where it means this and no other part of something.
const OPPOSITES: &[(&str, &str)] = &[
    ("upper", "lower"),
    ("anterior", "posterior"),
    ("proximal", "distal"),
    ("medial", "lateral"),
    ("inner", "outer"),
    ("superior", "inferior"),
    ("arterial", "venous"),
    ("internal", "external"),
    ("ascending", "descending"),
    ("maxillary", "mandibular"),
];

/// Places of the body by all their names. Regions that hold others ("extremity", "joint", "trunk") are not among them: who names one
/// of them says less.
const PLACES: &[&[&str]] = &[
    &["ankle"],
    &["aorta", "aortic"],
    &["appendix"],
    &["bladder"],
    &["brain", "cerebral", "cranial"],
    &["breast"],
    &["calf"],
    &["carotid"],
    &["carpal", "wrist"],
    &["cecum", "cecal"],
    &["cervix"],
    &["cheek"],
    &["chin"],
    &["circumflex", "lcx"],
    &["clavicle", "clavicular"],
    &["colon", "colonic"],
    &["cornea", "corneal"],
    &["duodenum", "duodenal"],
    &["ear", "auricle"],
    &["elbow"],
    &["esophagus", "esophageal"],
    &["eyelid"],
    &["femur", "femoral"],
    &["fibula", "fibular"],
    &["finger"],
    &["foot", "feet"],
    &["forearm"],
    &["forehead"],
    &["gallbladder"],
    &["groin", "inguinal"],
    &["hand"],
    &["heel"],
    &["hip"],
    &["humerus", "humeral"],
    &["ileum", "ileal"],
    &["jejunum", "jejunal"],
    &["kidney", "renal"],
    &["knee"],
    &["lad"],
    &["larynx", "laryngeal"],
    &["lip"],
    &["liver", "hepatic"],
    &["lumbar"],
    &["mitral"],
    &["neck"],
    &["nose", "nasal"],
    &["ovary", "ovarian"],
    &["pancreas", "pancreatic"],
    &["parathyroid"],
    &["patella", "patellar"],
    &["prostate", "prostatic"],
    &["radius", "radial"],
    &["rca"],
    &["rectum", "rectal"],
    &["sacrum", "sacral"],
    &["scalp"],
    &["shin"],
    &["shoulder"],
    &["sigmoid"],
    &["spleen", "splenic"],
    &["stomach", "gastric"],
    &["testis", "testicular", "testicle"],
    &["thigh"],
    &["thoracic"],
    &["thumb"],
    &["thyroid"],
    &["tibia", "tibial"],
    &["toe"],
    &["tongue"],
    &["tonsil", "tonsillar"],
    &["tricuspid"],
    &["ulna", "ulnar"],
    &["ureter", "ureteral"],
    &["urethra", "urethral"],
    &["uterus", "uterine"],
    &["vagina", "vaginal"],
    &["vulva", "vulvar"],
];

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

/// Whether a title names a side of the body.
pub fn tells_side(title: &str) -> bool {
    side(std::iter::once(title)).is_some()
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
