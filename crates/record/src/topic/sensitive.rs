//! What a person may not want on paper that others read: which kind it is, by the table of topics, and by words where facts have no
//! topic (visits, results, documents).

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::table::{Known, Trait, rows_of};

/// A kind of what is sensitive. Its name stands behind `sensitive:` in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitive {
    /// Mental health.
    Mental,
    /// Sexual and reproductive health.
    Reproductive,
    /// Use of substances: alcohol, tobacco, drugs.
    Substances,
    /// HIV.
    Hiv,
    /// Circumstances of life: violence, prison, housing, work.
    Life,
}

impl Sensitive {
    /// All of them, in the order in which they are asked about.
    pub const ALL: &[Sensitive] =
        &[Sensitive::Mental, Sensitive::Reproductive, Sensitive::Substances, Sensitive::Hiv, Sensitive::Life];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Sensitive::Mental => "mental",
            Sensitive::Reproductive => "reproductive",
            Sensitive::Substances => "substances",
            Sensitive::Hiv => "hiv",
            Sensitive::Life => "life",
        }
    }
}

impl Known {
    /// The kind of what is sensitive that this is. Every circumstance of life is one.
    pub fn sensitive(&self) -> Option<Sensitive> {
        let marked = Sensitive::ALL.iter().copied().find(|kind| self.says("sensitive:", kind.as_str()));
        marked.or_else(|| self.is(Trait::Circumstance).then_some(Sensitive::Life))
    }
}

/// Words for visits, results and documents; its head says what the columns mean.
const WORDS: &str = include_str!("sensitive.tsv");

/// The longest name, in words, that is looked for inside of a text.
const LONGEST: usize = 6;

/// By words with single spaces between: which kind they are; none where a word of another kind means something else in them.
static NAMES: LazyLock<HashMap<String, Option<Sensitive>>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for (row, own) in rows_of(&["conditions", "procedures"]) {
        // A circumstance that only the table calls one (a job, a school) is too common a word to be looked for.
        let Some(kind) = Sensitive::ALL.iter().copied().find(|kind| row.says("sensitive:", kind.as_str()))
        else {
            continue;
        };
        for name in own.split('|') {
            let words = words(name);
            // A short name of one word is another word as often as not.
            if !words.is_empty() && (words.len() > 1 || words[0].chars().count() > 4) {
                names.entry(words.join(" ")).or_insert(Some(kind));
            }
        }
    }
    for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
        let Some((kind, of)) = line.split_once('\t') else { continue };
        let kind = Sensitive::ALL.iter().copied().find(|one| one.as_str() == kind);
        names.extend(of.split('|').map(|name| (words(name).join(" "), kind)));
    }
    names
});

fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

/// The kind of what is sensitive that a text names, the first one in it. It may find too much: who asks leaves a line out and says
/// so, and never what is so now of allergies, medicines and problems.
pub fn sensitive_in(text: &str) -> Option<Sensitive> {
    let words = words(text);
    let mut from = 0;
    while from < words.len() {
        let most = LONGEST.min(words.len() - from);
        let named = |long: usize| Some((long, *NAMES.get(&words[from..from + long].join(" "))?));
        match (1..=most).rev().find_map(named) {
            Some((_, Some(kind))) => return Some(kind),
            // Its words mean something else here.
            Some((long, None)) => from += long,
            None => from += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topic::known;

    #[test]
    fn the_table_says_which_kind() {
        for (address, kind) in [
            ("conditions/depression", Some(Sensitive::Mental)),
            ("conditions/chlamydia", Some(Sensitive::Reproductive)),
            ("conditions/alcohol-use", Some(Sensitive::Substances)),
            ("conditions/hiv", Some(Sensitive::Hiv)),
            ("conditions/prison", Some(Sensitive::Life)),
            ("medicines/sertraline", Some(Sensitive::Mental)),
            ("medicines/methadone", Some(Sensitive::Substances)),
            ("medicines/lopinavir-ritonavir", Some(Sensitive::Hiv)),
            ("medicines/levonorgestrel", Some(Sensitive::Reproductive)),
            ("procedures/hiv-test", Some(Sensitive::Hiv)),
            ("medicines/lisinopril", None),
        ] {
            assert_eq!(known(address).unwrap().sensitive(), kind, "{address}");
        }
        for (row, _) in rows_of(&["conditions", "substances", "medicines", "vaccines", "procedures"]) {
            assert_eq!(row.says_anything("sensitive"), row.says_one_of_the_kinds(), "{}", row.address());
        }
    }

    impl Known {
        fn says_one_of_the_kinds(&self) -> bool {
            Sensitive::ALL.iter().any(|kind| self.says("sensitive:", kind.as_str()))
        }
    }

    #[test]
    fn words_of_visits_and_results_tell_their_kind() {
        for (text, kind) in [
            ("Low mood", Some(Sensitive::Mental)),
            ("Office visit: mood, stopping treatment", Some(Sensitive::Mental)),
            ("Follow-up; reason: major depressive disorder", Some(Sensitive::Mental)),
            ("PHQ-9 total score", Some(Sensitive::Mental)),
            ("HIV 1+2 antibody", Some(Sensitive::Hiv)),
            ("Urine drug screen", Some(Sensitive::Substances)),
            ("Chlamydia trachomatis, NAAT", Some(Sensitive::Reproductive)),
            ("Domestic violence screening", Some(Sensitive::Life)),
            ("Office visit; knee pain", None),
            ("Alcohol swabs", None),
            ("Alcohol swabs for alcohol use disorder", Some(Sensitive::Substances)),
            ("Smoking cessation counseling", Some(Sensitive::Substances)),
            ("Tobacco smoking status", Some(Sensitive::Substances)),
            ("Hearing aids, fitting", None),
            ("AIDS", Some(Sensitive::Hiv)),
            ("ST depression on exertion", None),
            ("Depression", Some(Sensitive::Mental)),
            ("MRI of central nervous system", None),
            ("Genetic counseling", None),
            ("Non-alcoholic fatty liver disease", None),
            ("Chlamydia pneumoniae IgG", None),
            ("Std deviation of red cell width", None),
            ("STD screening", Some(Sensitive::Reproductive)),
            ("Potassium", None),
            ("Annual physical; blood pressure check", None),
            ("", None),
        ] {
            assert_eq!(sensitive_in(text), kind, "{text}");
        }
    }
}
