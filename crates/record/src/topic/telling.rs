//! Words that tell a row in any company: "biopsy" and "breast", however many words stand around and between them.
//!
//! For names that are in no row and that no looser reading finds. Of several that a name has, the one with the most words counts where
//! it holds the others; where it does not, the name tells nothing.

use std::collections::BTreeSet;

use wholechart_names::qualifiers;

use super::built::{self, Sign};

/// The row that the words of a name tell.
pub(super) fn row(file: &str, name: &str) -> Option<usize> {
    qualifiers::told(file, name).iter().find_map(|words| {
        let all = words.iter().flat_map(|word| built::signs(file, word));
        let told: Vec<(Sign, BTreeSet<&str>)> = all
            .filter(|sign| sign.words().all(|word| words.contains(word)))
            .filter(|sign| !sign.not_with().any(|word| words.contains(word)))
            .map(|sign| (sign, sign.words().collect()))
            .filter(|(_, telling)| !qualifiers::is_in_other_company(file, words, telling))
            .collect();
        let is_held = |words: &BTreeSet<&str>| {
            told.iter().any(|(_, more)| more.len() > words.len() && words.is_subset(more))
        };
        let rows: BTreeSet<usize> =
            told.iter().filter(|(_, words)| !is_held(words)).map(|(sign, _)| sign.row).collect();
        rows.first().copied().filter(|_| rows.len() == 1)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use wholechart_fhir::Kind;
    use wholechart_names::making::Topics;

    use super::super::files::{FILES, TELLING as SOURCE};
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
        }
        let topics = Topics::of(FILES, SOURCE);
        let mut rows: HashMap<(&str, &BTreeSet<String>, &BTreeSet<String>), usize> = HashMap::new();
        for (file, sign) in
            topics.files.iter().flat_map(|file| file.signs.values().flatten().map(|sign| (file.name, sign)))
        {
            let row = *rows.entry((file, &sign.words, &sign.not_with)).or_insert(sign.row);
            if row != sign.row {
                let key = |row: usize| topics.rows[row].row.key;
                wrong.push(format!("{:?}: {} and {}", sign.words, key(row), key(sign.row)));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn of_several_words_that_tell_those_that_hold_the_others_count() {
        let row = |name: &str| super::row("procedures", name);
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
