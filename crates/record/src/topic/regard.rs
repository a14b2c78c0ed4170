//! In which regard an illness is named that nobody says the person has: as one of relatives, over, looked for, suspected, a risk.
//!
//! "FHx: HTN" and "Family history of high blood pressure" are one topic although the table has no row for it, and none of them is
//! under high blood pressure.

use wholechart_fhir::Kind;

use super::table;

/// What a fact about an illness in another regard is grouped by.
pub(super) fn words(kind: Kind, name: &str) -> Option<String> {
    let (regard, row) = table::in_regard(name).filter(|_| kind == Kind::Problem)?;
    Some(format!("{regard} {}", table::key_of(row)))
}

#[cfg(test)]
mod tests {
    use wholechart_fhir::{Entry, Kind, ReadOptions, Release, read};

    use super::super::Handles;

    fn problem(title: &str) -> Entry {
        let said = serde_json::json!({ "resourceType": "Condition", "id": "a", "code": { "text": title } });
        read(said.to_string().as_bytes(), &ReadOptions::new(Release::R4)).expect("a resource")
    }

    fn handles(title: &str) -> Handles {
        Handles::of(Kind::Problem, &[&problem(title)])
    }

    #[test]
    fn an_illness_in_one_regard_is_one_topic_however_it_is_spelt() {
        for alike in [
            &["Family history of migraine", "FHx: migraines", "Migraine headache, family history of"][..],
            &[
                "Rule out appendicitis",
                "R/O acute appendicitis",
                "Suspected appendicitis",
                "Possible appendicitis",
            ],
            &["Encounter for screening for glaucoma", "Screening for glaucoma", "Glaucoma screening"],
            &["At risk for osteoporosis", "Increased risk of osteoporosis"],
            &["History of gout", "Hx of gout", "Gout, history of", "Personal history of gout"],
        ] {
            let first = handles(alike[0]);
            assert_eq!(first.known, None, "{}", alike[0]);
            for title in alike {
                assert_eq!(handles(title), first, "{title}");
            }
        }
        assert_eq!(handles("FHx: CVA").known.as_deref(), Some("conditions/family-history-of-stroke"));
    }

    #[test]
    fn an_illness_in_another_regard_is_another_topic() {
        let titles = [
            "Migraine",
            "Family history of migraine",
            "History of migraine",
            "Suspected migraine",
            "Screening for migraine",
            "At risk for migraine",
            "Family history of cluster headache",
            "Exposure to scabies",
            "Suspected scabies",
        ];
        for (n, one) in titles.iter().enumerate() {
            for other in &titles[n + 1..] {
                let (one, other) = (handles(one), handles(other));
                let apart = one.known != other.known
                    || one.known.is_none() && one.words.iter().all(|words| !other.words.contains(words));
                assert!(apart, "{one:?} {other:?}");
            }
        }
    }
}
