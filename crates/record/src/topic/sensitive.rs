//! What a person may not want on paper that others read: which kind it is, by the table of topics, and by words where facts have no
//! topic (visits, results, documents).

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use wholechart_fhir::Coding;
use wholechart_fhir::system::ICD10CM;
use wholechart_names::spelling::unaccented;

use super::table::{Known, Trait, rows_of, rows_of_code};

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

/// A name for [`all_sensitive_in`].
struct Named {
    /// None where a word of another kind means something else in it.
    kind: Option<Sensitive>,
    /// It counts in capitals only: PTSD, but no word of four letters.
    capitals: bool,
}

/// By words without accents and with single spaces between: every name of the table, medicines and their classes among them.
static ALL_NAMES: LazyLock<HashMap<String, Named>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for (row, own) in rows_of(&["conditions", "substances", "medicines", "vaccines", "procedures"]) {
        let kind = Sensitive::ALL.iter().copied().find(|kind| row.says("sensitive:", kind.as_str()));
        let Some(kind) = kind else { continue };
        for name in own.split('|') {
            let words = words(&unaccented(name));
            let letters = words.first().map_or(0, |word| word.chars().count());
            // Two letters are an emergency department as often as anything else.
            if words.is_empty() || words.len() == 1 && letters < 3 {
                continue;
            }
            let capitals = words.len() == 1 && letters <= 4;
            names.entry(words.join(" ")).or_insert(Named { kind: Some(kind), capitals });
        }
    }
    for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
        let Some((kind, of)) = line.split_once('\t') else { continue };
        let kind = Sensitive::ALL.iter().copied().find(|one| one.as_str() == kind);
        let named = |name: &str| (words(&unaccented(name)).join(" "), Named { kind, capitals: false });
        names.extend(of.split('|').map(named));
    }
    names
});

/// Every kind of what is sensitive that a text names, by any name of the table: for who hands a record on, and would rather keep back
/// too much. [`sensitive_in`] finds the first one, and no medicine.
pub fn all_sensitive_in(text: &str) -> BTreeSet<Sensitive> {
    let text: String = text.nfc().collect();
    let as_written: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let words: Vec<String> = as_written.iter().map(|word| unaccented(word)).collect();
    let mut found = BTreeSet::new();
    let mut from = 0;
    while from < words.len() {
        let most = LONGEST.min(words.len() - from);
        let named = |long: usize| {
            let named = ALL_NAMES.get(&words[from..from + long].join(" "))?;
            let stands = !named.capitals || as_written[from].chars().all(|letter| !letter.is_lowercase());
            stands.then_some((long, named.kind))
        };
        match (1..=most).rev().find_map(named) {
            Some((long, None)) => from += long,
            Some((_, Some(kind))) => {
                found.insert(kind);
                from += 1;
            }
            None => from += 1,
        }
    }
    found
}

/// What senders call sensitive: HL7's `v3-ActCode`, as in `meta.security` (R4, HCS).
const LABELS: &[(&str, Sensitive)] = &[
    ("PSY", Sensitive::Mental),
    ("PSYTHPN", Sensitive::Mental),
    ("MH", Sensitive::Mental),
    ("BH", Sensitive::Mental),
    ("SUD", Sensitive::Substances),
    ("ETH", Sensitive::Substances),
    ("ETHUD", Sensitive::Substances),
    ("ALCUD", Sensitive::Substances),
    ("OPIOIDUD", Sensitive::Substances),
    ("TBOO", Sensitive::Life),
    ("HIV", Sensitive::Hiv),
    ("SEX", Sensitive::Reproductive),
    ("STD", Sensitive::Reproductive),
    ("GDIS", Sensitive::Reproductive),
    ("REPR", Sensitive::Reproductive),
    ("SDV", Sensitive::Life),
    ("SV", Sensitive::Life),
    ("VIO", Sensitive::Life),
    ("DV", Sensitive::Life),
];

/// The kinds of what is sensitive that a code stands for, whatever it is called. What its sender marks as restricted may be of any kind.
pub fn sensitive_codes(code: &Coding) -> BTreeSet<Sensitive> {
    let mut found: BTreeSet<Sensitive> = rows_of_code(code).filter_map(Known::sensitive).collect();
    let ends = |name: &str| code.system.trim_end_matches('/').ends_with(name);
    if ends("v3-ActCode") {
        let label = LABELS.iter().find(|(label, _)| *label == code.code);
        found.extend(label.map(|(_, kind)| *kind));
    } else if ends("v3-Confidentiality") || ends("2.16.840.1.113883.5.25") {
        if matches!(code.code.as_str(), "R" | "V") {
            found.extend(Sensitive::ALL);
        }
    } else if code.system == ICD10CM || ends("icd-10") {
        // Chapter V and its neighbours, also where no row of the table has the code.
        let begins = |with: &[&str]| with.iter().any(|with| code.code.to_uppercase().starts_with(with));
        if begins(&["F1", "Z72.0", "Z71.4", "Z71.5", "Z71.6", "Z87.891"]) {
            found.insert(Sensitive::Substances);
        } else if begins(&["F0"]) {
            // Dementia and delirium are told as illnesses of the brain.
        } else if begins(&["F", "T14.91", "X71", "X72", "X73", "X74", "X78", "X83", "R45.85", "Z91.5"]) {
            found.insert(Sensitive::Mental);
        }
        if begins(&["B20", "B21", "B22", "B23", "B24", "Z21", "O98.7", "Z20.6", "Z11.4"]) {
            found.insert(Sensitive::Hiv);
        }
        if begins(&["A5", "A60", "A63", "A64", "O", "Z30", "Z31", "Z32", "Z33", "Z34", "Z3A", "Z64.0", "Z70"])
        {
            found.insert(Sensitive::Reproductive);
        }
        if begins(&["T74", "T76", "Z59", "Z60", "Z62", "Z63", "Z65", "Z69", "Y07"]) {
            found.insert(Sensitive::Life);
        }
    }
    found
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

    #[test]
    fn every_kind_in_a_text_is_found_by_any_name() {
        use Sensitive::{Hiv, Life, Mental, Reproductive, Substances};
        let all = |text: &str| all_sensitive_in(text).into_iter().collect::<Vec<_>>();
        for (text, kinds) in [
            ("Sertraline 50 mg tablet, 1 daily", vec![Mental]),
            ("Started Zoloft; still smoking; HIV negative", vec![Mental, Substances, Hiv]),
            ("Hx of PTSD", vec![Mental]),
            ("Depresion mayor", vec![Mental]),
            ("Domestic violence; prenatal: pregnancy test", vec![Reproductive, Life]),
            ("Alcohol swabs for alcohol use disorder", vec![Substances]),
            ("Alcohol swabs", vec![]),
            ("Please add one tablet", vec![]),
            ("Seen in the ED for knee pain", vec![]),
            ("Lisinopril 10 mg", vec![]),
        ] {
            assert_eq!(all(text), kinds, "{text}");
        }
    }

    #[test]
    fn a_code_without_words_tells_its_kind() {
        let kinds = |system: &str, code: &str| {
            let coding = Coding { system: system.into(), code: code.into(), ..Coding::default() };
            sensitive_codes(&coding).into_iter().collect::<Vec<_>>()
        };
        assert_eq!(kinds(ICD10CM, "F33.1"), [Sensitive::Mental]);
        assert_eq!(kinds(ICD10CM, "F98.8"), [Sensitive::Mental], "no row of the table has it");
        assert_eq!(kinds(ICD10CM, "F17.210"), [Sensitive::Substances]);
        assert_eq!(kinds(ICD10CM, "B20"), [Sensitive::Hiv]);
        assert_eq!(kinds(ICD10CM, "I10"), []);
        let labels = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
        assert_eq!(kinds(labels, "PSY"), [Sensitive::Mental]);
        let confidential = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
        assert_eq!(kinds(confidential, "R"), Sensitive::ALL);
        assert_eq!(kinds(confidential, "N"), []);
    }
}
