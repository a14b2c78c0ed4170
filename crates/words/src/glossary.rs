//! What results, vaccines and problems are, in plain words. The words are in `glossary.tsv`, which says where its
//! keys come from; they explain in general and never advise.

use std::collections::HashMap;
use std::sync::LazyLock;

use wholechart_fhir::{Coding, canonical_system};

const SOURCE: &str = include_str!("glossary.tsv");
/// The systems of the keys: our name, and the canonical URI.
const SYSTEMS: [(&str, &str); 3] = [
    ("loinc", "http://loinc.org"),
    ("cvx", "http://hl7.org/fhir/sid/cvx"),
    ("icd", "http://hl7.org/fhir/sid/icd-10-cm"),
];

/// One thing explained in a sentence, in each language of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// English.
    pub en: &'static str,
    /// Spanish.
    pub es: &'static str,
}

static TERMS: LazyLock<HashMap<&'static str, Explanation>> = LazyLock::new(|| {
    let mut terms = HashMap::new();
    for (keys, explanation) in lines() {
        terms.extend(keys.split(' ').map(|key| (key, explanation)));
    }
    terms
});

fn lines() -> impl Iterator<Item = (&'static str, Explanation)> {
    SOURCE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut parts = line.split('\t');
        Some((parts.next()?, Explanation { en: parts.next()?, es: parts.next()? }))
    })
}

/// What something with these codes is; none when the glossary does not know any of them. The first code that is
/// known explains: senders put the most exact one first.
pub fn explain(codes: &[Coding]) -> Option<Explanation> {
    codes.iter().find_map(|coding| {
        let system = canonical_system(&coding.system);
        let (name, _) = SYSTEMS.iter().find(|(_, uri)| *uri == system)?;
        let code = coding.code.trim();
        match *name {
            // A code of this system is the beginning of everything that is more exact.
            "icd" => (3..=code.len()).rev().find_map(|end| find(name, code.get(..end)?)),
            "cvx" if code.len() == 1 => find(name, &format!("0{code}")),
            _ => find(name, code),
        }
    })
}

fn find(system: &str, code: &str) -> Option<Explanation> {
    TERMS.get(format!("{system}:{}", code.to_ascii_uppercase()).as_str()).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use wholechart_fhir::Coding;

    use super::{explain, lines};

    fn coding(system: &str, code: &str) -> Coding {
        Coding { system: system.into(), code: code.into(), display: None }
    }

    fn said(system: &str, code: &str) -> Option<&'static str> {
        explain(&[coding(system, code)]).map(|explanation| explanation.en)
    }

    #[test]
    fn the_most_exact_key_explains() {
        assert_eq!(said("http://loinc.org", "13457-7"), Some("“Bad” cholesterol, carried in the blood."));
        assert_eq!(said("http://hl7.org/fhir/sid/cvx", "3"), said("http://hl7.org/fhir/sid/cvx", "03"));
        let icd = |code| said("http://hl7.org/fhir/sid/icd-10-cm", code);
        assert_eq!(icd("E11.65"), icd("E11"));
        assert_ne!(icd("I25.2"), icd("I25.9"));
        assert_eq!(icd("R73.03").map(|words| words.contains("prediabetes")), Some(true));
        for unknown in ["E1", "", "X", "QQQ.1", "é11", "13457-7"] {
            assert_eq!(icd(unknown), None, "{unknown}");
        }
        assert_eq!(said("http://snomed.info/sct", "E11"), None, "a code means nothing in another system");
        let both = [
            coding("http://snomed.info/sct", "38341003"),
            coding("http://hl7.org/fhir/sid/icd-10-cm", "I10"),
        ];
        assert!(explain(&both).is_some(), "the first that is known");
    }

    /// LOINC's check digit (mod 10): a mistyped key is not one by chance.
    fn checks(code: &str) -> bool {
        let Some((number, check)) = code.split_once('-') else { return false };
        let sum: u32 = number
            .bytes()
            .rev()
            .zip([2, 1].into_iter().cycle())
            .map(|(digit, times)| u32::from(digit - b'0') * times)
            .map(|product| product / 10 + product % 10)
            .sum();
        ((10 - sum % 10) % 10).to_string() == check
    }

    #[test]
    fn every_line_is_whole_and_every_key_is_one_of_its_system() {
        let mut keys = BTreeSet::new();
        let mut terms = 0;
        for (codes, explanation) in lines() {
            terms += 1;
            for words in [explanation.en, explanation.es] {
                assert!(words.ends_with('.') && words.len() > 3 && words.chars().count() <= 130, "{words}");
                assert!(!words.contains("should ") && !words.contains("debería"), "advice: {words}");
            }
            for key in codes.split(' ') {
                assert!(keys.insert(key), "{key} stands twice");
                let (system, code) = key.split_once(':').unwrap();
                let right = match system {
                    "loinc" => checks(code),
                    "cvx" => matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_digit()),
                    "icd" => {
                        code.len() >= 3
                            && code.as_bytes()[0].is_ascii_uppercase()
                            && (code.len() == 3 || code.as_bytes()[3] == b'.')
                    }
                    _ => false,
                };
                assert!(right, "{key}");
            }
        }
        assert!(checks("2160-0") && !checks("2160-1"), "the check itself checks");
        assert_eq!((terms, keys.len()), (497, 745), "the counts in the documentation");
    }
}
