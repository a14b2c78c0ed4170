//! Titles that name a kind of things: looked for in what senders write, so that no two things are joined by them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::title::bag;

/// Titles that say no more than what kind of thing it is, as [`bag`] has them.
static KINDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    const SAID: &[&str] = &[
        "addendum",
        "addendum document",
        "allergy",
        "allergy to substance",
        "appointment",
        "condition",
        "consult note",
        "diagnosis",
        "diagnostic report",
        "disease",
        "disorder",
        "document",
        "drug",
        "drug allergy",
        "drug or medicament",
        "encounter",
        "encounter for problem",
        "environmental allergy",
        "finding",
        "follow up",
        "follow-up",
        "food allergy",
        "history",
        "illness",
        "imaging",
        "immunization",
        "lab",
        "lab report",
        "lab result",
        "lab results",
        "lab test",
        "laboratory",
        "laboratory report",
        "laboratory result",
        "laboratory studies",
        "laboratory studies (set)",
        "laboratory test",
        "medication",
        "medicine",
        "miscellaneous",
        "n/a",
        "none",
        "note",
        "observation",
        "office visit",
        "order",
        "other",
        "outpatient",
        "panel",
        "outpatient medication",
        "pathology report",
        "pharmaceutical product",
        "prescription",
        "problem",
        "procedure",
        "procedure note",
        "progress note",
        "radiology report",
        "report",
        "result",
        "results",
        "see comment",
        "see comments",
        "see note",
        "substance",
        "surgery",
        "surgical procedure",
        "test",
        "unknown",
        "unspecified",
        "vaccination",
        "vaccine",
        "visit",
    ];
    SAID.iter().map(|said| bag(said)).collect()
});

/// Whether a title, as [`bag`] has it, names a thing rather than a kind of things.
pub(crate) fn names_a_thing(bag: &str) -> bool {
    bag.chars().any(char::is_alphabetic) && !KINDS.contains(bag)
}
