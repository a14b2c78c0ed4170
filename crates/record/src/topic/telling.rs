//! Words that tell a row in any company: "biopsy" and "breast", however many words stand around and between them.
//!
//! For names that are in no row and that no looser reading finds. Of several that a name has, the one with the most words counts where
//! it holds the others; where it does not, the name tells nothing.

use std::collections::{BTreeSet, HashMap};

use super::qualifiers;

const SOURCE: &str = include_str!("telling.tsv");

/// Words that together tell a row.
struct Sign {
    words: BTreeSet<String>,
    /// In company with these they do not.
    not_with: BTreeSet<String>,
    row: usize,
}

/// What tells the rows of one file.
pub(super) struct Telling {
    signs: Vec<Sign>,
    /// Each under the one of its words that the fewest others have.
    by_word: HashMap<String, Vec<usize>>,
}

impl Telling {
    pub(super) fn of(file: &str, row: impl Fn(&str) -> Option<usize>) -> Telling {
        let mut signs = Vec::new();
        for line in SOURCE.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let of_file = columns.next() == Some(file);
            let Some(row) = columns.next().filter(|_| of_file).and_then(&row) else { continue };
            for told in columns.next().unwrap_or_default().split('|') {
                let (not_with, words): (Vec<&str>, Vec<&str>) =
                    told.split(' ').partition(|word| word.starts_with('-'));
                let words = qualifiers::told_words(file, &words.join(" "));
                let not_with = not_with.iter().map(|word| word[1..].to_owned()).collect();
                if !words.is_empty() {
                    signs.push(Sign { words, not_with, row });
                }
            }
        }
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for word in signs.iter().flat_map(|sign| &sign.words) {
            *uses.entry(word).or_default() += 1;
        }
        let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, sign) in signs.iter().enumerate() {
            if let Some(word) = sign.words.iter().min_by_key(|word| uses[word.as_str()]) {
                by_word.entry(word.clone()).or_default().push(at);
            }
        }
        Telling { signs, by_word }
    }

    /// The row that the words of a name tell.
    pub(super) fn row(&self, file: &str, name: &str) -> Option<usize> {
        qualifiers::told(file, name).iter().find_map(|words| {
            let all = words.iter().filter_map(|word| self.by_word.get(word)).flatten();
            let told: Vec<&Sign> = all
                .map(|at| &self.signs[*at])
                .filter(|sign| sign.words.is_subset(words) && sign.not_with.is_disjoint(words))
                .filter(|sign| !qualifiers::is_in_other_company(file, words, &sign.words))
                .collect();
            let is_held = |sign: &Sign| {
                told.iter()
                    .any(|more| more.words.len() > sign.words.len() && sign.words.is_subset(&more.words))
            };
            let rows: BTreeSet<usize> =
                told.iter().filter(|sign| !is_held(sign)).map(|sign| sign.row).collect();
            rows.first().copied().filter(|_| rows.len() == 1)
        })
    }
}

#[cfg(test)]
mod tests {
    use wholechart_fhir::Kind;

    use super::super::table::{Known, find, known};
    use super::*;

    #[test]
    fn no_words_tell_two_rows_and_every_row_is_there() {
        let mut wrong = Vec::new();
        for file in ["conditions", "procedures"] {
            let mut keys: Vec<&str> = Vec::new();
            let lines = SOURCE.lines().filter(|line| line.starts_with(file));
            for key in lines.filter_map(|line| line.split('\t').nth(1)) {
                if known(&format!("{file}/{key}")).is_none() || keys.contains(&key) {
                    wrong.push(format!("{file}/{key}"));
                }
                keys.push(key);
            }
            // A word that says nothing leaves one behind that tells less than was meant.
            for said in SOURCE
                .lines()
                .filter(|line| line.starts_with(file))
                .flat_map(|line| line.split(['\t', '|']).skip(2))
            {
                let words: Vec<&str> = said.split(' ').filter(|word| !word.starts_with('-')).collect();
                let told = qualifiers::told_words(file, &words.join(" "));
                if told.is_empty() || told.len() == 1 && words.len() > 1 && !said.contains("x ray") {
                    wrong.push(said.to_owned());
                }
            }
            let telling = Telling::of(file, |key| keys.iter().position(|one| *one == key));
            let mut rows: HashMap<(&BTreeSet<String>, &BTreeSet<String>), usize> = HashMap::new();
            for sign in &telling.signs {
                let row = *rows.entry((&sign.words, &sign.not_with)).or_insert(sign.row);
                if row != sign.row {
                    wrong.push(format!("{:?}: {} and {}", sign.words, keys[row], keys[sign.row]));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn of_several_words_that_tell_those_that_hold_the_others_count() {
        let told = |file: &'static str, name: &str| {
            let of = Telling::of(file, |key| {
                let keys = SOURCE.lines().filter(|line| line.starts_with(file));
                keys.filter_map(|line| line.split('\t').nth(1)).position(|one| one == key)
            });
            of.row(file, name)
        };
        let row = |name: &str| told("procedures", name);
        assert_eq!(row("MRI of some joint of the leg, mostly the knee"), row("MRI knee"));
        assert_ne!(row("MRI of some joint of the leg, mostly the knee"), row("MRI leg"));
        assert_eq!(row("MRI of knee and of shoulder"), None);
        assert_eq!(row("Needle biopsy, any approach, prostate"), row("Biopsy of prostate"));
        assert_eq!(row("Discussed the biopsy of the prostate"), None);
    }

    fn topic(kind: Kind, name: &str) -> Option<String> {
        find(kind, name, &[]).map(Known::address)
    }

    #[test]
    fn a_name_is_found_by_its_parts_its_sound_and_behind_its_code() {
        for (kind, name, address) in [
            (Kind::Problem, "Gum disease - periodontitis", "conditions/gum-disease"),
            (Kind::Problem, "K21.9: GERD", "conditions/gerd"),
            (Kind::Problem, "724.3 Sciatica", "conditions/sciatica"),
            (Kind::Problem, "Piolonephritis", "conditions/kidney-infection"),
            (Kind::Problem, "Renal clear cell carcinoma, biopsy proven", "conditions/kidney-cancer"),
            (Kind::Problem, "Herniated nucleus pulposus at L5-S1", "conditions/disc-disease-lumbar"),
            (Kind::Procedure, "X-ray exam of knee, 4 or more", "procedures/knee-x-ray"),
            (Kind::Procedure, "Needle biopsy of prostate, any approach", "procedures/prostate-biopsy"),
            (Kind::Procedure, "PICC insertion, left basilic", "procedures/picc-line"),
            (Kind::Allergy, "Personal history of allergy to latex", "substances/latex"),
        ] {
            assert_eq!(topic(kind, name).as_deref(), Some(address), "{name}");
        }
    }

    #[test]
    fn in_other_company_words_tell_nothing() {
        for (kind, name) in [
            (Kind::Problem, "Hyper/hypothyroidism"),
            (Kind::Problem, "Hypothyroidism versus hyperthyroidism"),
            (Kind::Problem, "Viral hepatitis, alcoholic hepatitis"),
            (Kind::Problem, "Asthma action plan"),
            (Kind::Problem, "Breast cancer or fibroadenoma"),
            (Kind::Problem, "Benign neoplasm of ovary"),
            (Kind::Problem, "Mother with breast cancer"),
            (Kind::Problem, "Ectopic atrial rhythm"),
            (Kind::Problem, "CVA tenderness"),
            (Kind::Problem, "Feeling down"),
            (Kind::Procedure, "PICC removal"),
            (Kind::Procedure, "Mammogram refused"),
            (Kind::Procedure, "MRI of knee and shoulder, ordered"),
            (Kind::Procedure, "Colostomy bag supplies"),
            (Kind::Procedure, "Removal of suture granuloma"),
        ] {
            assert_eq!(topic(kind, name), None, "{name}");
        }
    }
}
