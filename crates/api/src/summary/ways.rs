//! Of two ways to take a medicine that say the same, the one that says more.

use std::collections::BTreeSet;

use wholechart_fhir::Dosage;
use wholechart_record::{SaidBy, is_same_regimen};

use crate::words::Speech;

/// Words that say how much, how often and "by mouth" of something that is swallowed whole. Where the regimens are the same, they say
/// nothing of their own.
const OF_A_REGIMEN: &[&str] = &[
    "a", "an", "bid", "by", "cap", "caps", "capsule", "capsules", "daily", "day", "each", "every", "four",
    "half", "hours", "mouth", "once", "one", "oral", "orally", "per", "pill", "pills", "po", "q12h", "q6h",
    "q8h", "qd", "qid", "tab", "tablet", "tablets", "tabs", "take", "three", "tid", "time", "times", "twice",
    "two",
];

/// What is swallowed whole.
const PIECES: &[&str] =
    &["tab", "tabs", "tablet", "tablets", "cap", "caps", "capsule", "capsules", "pill", "pills"];

/// Those of these ways that say something that no other does. `title`: what is taken, whose strength each may repeat.
pub(crate) fn each_that_says_more(
    speech: &Speech<'_>,
    title: &str,
    ways: &[SaidBy<Dosage>],
) -> Vec<SaidBy<Dosage>> {
    let said: Vec<BTreeSet<String>> = ways.iter().map(|way| words(&speech.dosage(&way.what))).collect();
    let title = words(title);
    let says_no_more = |less: usize, more: usize| {
        let own = |word: &&String| {
            !said[more].contains(*word) && !title.contains(*word) && !OF_A_REGIMEN.contains(&word.as_str())
        };
        is_same_regimen(&ways[less].what, &ways[more].what)
            && PIECES.iter().any(|piece| said[more].contains(*piece))
            && !said[less].iter().any(|word| own(&word))
    };
    let mut kept: Vec<SaidBy<Dosage>> = Vec::new();
    for (at, way) in ways.iter().enumerate() {
        let is_said = (0..ways.len())
            .any(|other| other != at && says_no_more(at, other) && (other < at || !says_no_more(other, at)));
        if !is_said {
            kept.push(way.clone());
        }
    }
    // Who says so, and when, is said where others say otherwise.
    if let [only] = kept.as_mut_slice() {
        only.by.clear();
        only.day = None;
    }
    kept
}

/// Without the figures of the regimen: those of pieces, times and hours. That of a strength is a word of its own.
fn words(text: &str) -> BTreeSet<String> {
    let text = text.to_lowercase();
    let all: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let counts = |at: usize| {
        let next = all.get(at + 1).copied().unwrap_or_default();
        all[at].bytes().all(|byte| byte.is_ascii_digit())
            && (PIECES.contains(&next) || matches!(next, "time" | "times" | "hours"))
    };
    (0..all.len()).filter(|at| !counts(*at)).map(|at| all[at].to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    fn kept(title: &str, texts: &[&str]) -> Vec<String> {
        let words = Words::english();
        let speech = Speech::new(&words, chrono_tz::Tz::UTC, chrono::DateTime::default());
        let way = |text: &&str| SaidBy {
            what: Dosage { text: Some((*text).to_owned()), ..Dosage::default() },
            by: Vec::new(),
            day: None,
        };
        let ways: Vec<SaidBy<Dosage>> = texts.iter().map(way).collect();
        each_that_says_more(&speech, title, &ways).iter().map(|way| speech.dosage(&way.what)).collect()
    }

    #[test]
    fn one_way_in_three_wordings_is_told_once() {
        let metformin = [
            "1,000 mg = 1 tab, Oral, BID",
            "Take 1 tablet by mouth 2 times daily with meals",
            "1 tablet twice a day with meals",
        ];
        assert_eq!(kept("metformin 1,000 mg tablet", &metformin), [metformin[1]]);
    }

    #[test]
    fn a_word_that_no_other_says_keeps_a_way() {
        for two in [
            ["1 tablet daily", "2 tablets daily"],
            ["1 tablet daily in spring", "1 tablet daily as needed"],
            ["1 tablet on Monday", "half a tablet on all other days"],
            ["5 ml oral daily", "5 ml daily"],
            ["2 mg = 1 tab daily", "4 mg = 1 tab daily"],
        ] {
            assert_eq!(kept("Lorvadine 5 mg", &two), two);
        }
        assert_eq!(kept("Lorvadine 5 mg", &["1 tablet daily", "1 tablet daily for 3 days"]).len(), 1);
    }
}
