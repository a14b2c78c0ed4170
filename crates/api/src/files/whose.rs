//! Whose the records in files are: looked at before anything of them is filed.

use std::collections::{BTreeSet, HashMap};

use super::wire::PersonInFiles;
use wholechart_fhir::Slice;
use wholechart_sync::{Expected, Identity, Whose, differences, identity, subjects_of};

/// A Patient in one of the files.
struct Seen {
    file: String,
    id: Option<String>,
    address: Option<String>,
    bytes: Vec<u8>,
    identity: Identity,
}

/// Whom the files are about.
#[derive(Default)]
pub(super) struct Found {
    patients: Vec<Seen>,
    /// Subjects as sent.
    subjects: BTreeSet<String>,
    /// Whose the phones are that something was exported from.
    phones: Vec<Identity>,
    any: bool,
}

/// What the files cannot say, or say of somebody else.
pub(super) enum Ask {
    /// Their only patient differs from the person. What either side does not say is not compared.
    Other(Identity),
    /// There is no Patient among them.
    Unsaid,
    /// Several patients, by name, who cannot all be the person. When that is confirmed all are kept apart.
    Several(Vec<String>),
}

/// What is known of the connection that the files go to.
#[derive(Default)]
pub(super) struct Before {
    /// Its Patient resources, verbatim.
    pub(super) patients: Vec<Vec<u8>>,
    /// Something of it is in the record: it was said whose its files are.
    pub(super) known: bool,
}

/// The person, as each file knows them.
#[derive(Default)]
pub(super) struct Owner {
    files: HashMap<String, Whose>,
    all: Whose,
    /// Subjects of files without a Patient, of whom the person said that they are they.
    pub(super) said: BTreeSet<String>,
}

impl Owner {
    pub(super) fn in_file(&self, file: &str) -> &Whose {
        self.files.get(file).unwrap_or(&self.all)
    }
}

impl Found {
    pub(super) fn look(&mut self, file: &str, slice: &Slice<'_>) {
        self.any = true;
        if slice.resource_type.as_deref() != Some("Patient") {
            self.subjects.extend(subjects_of(slice.bytes));
        } else if let Some(identity) = identity(slice.bytes) {
            self.patients.push(Seen {
                file: file.to_owned(),
                id: slice.id.clone(),
                address: slice.full_url.clone(),
                bytes: slice.bytes.to_vec(),
                identity,
            });
        }
    }

    /// There is something that does not say whose it is.
    pub(super) fn unsaid(&mut self) {
        self.any = true;
    }

    /// A phone says when its person was born, and nothing else of them: enough to tell that it is somebody else's.
    pub(super) fn born(&mut self, born: &str) {
        self.any = true;
        let patient = serde_json::json!({"resourceType": "Patient", "birthDate": born}).to_string();
        self.phones.extend(identity(patient.as_bytes()));
    }

    /// Whom the files are about, each once.
    pub(super) fn people(&self) -> Vec<PersonInFiles> {
        let said = |seen: &Seen| {
            let name = seen.identity.names.first()?.clone();
            Some(PersonInFiles { name, born: seen.identity.birth_date.clone() })
        };
        let people: BTreeSet<PersonInFiles> = self.patients.iter().filter_map(said).collect();
        people.into_iter().collect()
    }

    /// Whose the records are, or what has to be asked first. `confirmed`: the person said that the files are theirs.
    pub(super) fn owner(self, expected: &Expected, before: &Before, confirmed: bool) -> Result<Owner, Ask> {
        let others = |phone: &&Identity| !confirmed && !differences(expected, phone).is_empty();
        if let Some(other) = self.phones.iter().find(others) {
            return Err(Ask::Other(other.clone()));
        }
        if self.patients.is_empty() {
            return self.without_patient(before, confirmed);
        }
        let is_expected = |seen: &Seen| differences(expected, &seen.identity).is_empty();
        let says = |seen: &Seen| !seen.identity.names.is_empty() || seen.identity.birth_date.is_some();
        // One who says nothing of themselves may be anybody, beside one who is the person.
        let any_says = self.patients.iter().any(|seen| is_expected(seen) && says(seen));
        let mut own: Vec<bool> =
            self.patients.iter().map(|seen| is_expected(seen) && (says(seen) || !any_says)).collect();
        let alike = |own: &[bool]| {
            let mut chosen = self.patients.iter().zip(own).filter(|(_, own)| **own).map(|(seen, _)| seen);
            let first = chosen.next().map(|seen| seen.identity.as_expected());
            let same =
                first.is_none_or(|first| chosen.all(|seen| differences(&first, &seen.identity).is_empty()));
            same && !self.twins(own)
        };
        if !own.contains(&true) {
            own.fill(true);
            // Whoever was let in under this name once, is the person since.
            let known = |other: &Seen| {
                before
                    .patients
                    .iter()
                    .filter_map(|bytes| identity(bytes))
                    .any(|known| known == other.identity)
            };
            let asks = |other: &&Seen| alike(&own) && !confirmed && !known(other);
            if let Some(other) = self.patients.first().filter(asks) {
                return Err(Ask::Other(other.identity.clone()));
            }
        }
        if !alike(&own) && confirmed {
            // Nobody can confirm that several people are one: all are kept apart, and the person lets in who is theirs.
            own.fill(false);
        } else if !alike(&own) {
            let name = |seen: &Seen| seen.identity.names.first().cloned();
            let names: BTreeSet<String> = self.patients.iter().filter_map(name).collect();
            return Err(Ask::Several(names.into_iter().collect()));
        }
        Ok(self.owned(&own))
    }

    /// Two of one file, under two ids, whose given names have nothing in common: the family and the birth date of twins are
    /// one.
    fn twins(&self, own: &[bool]) -> bool {
        let chosen: Vec<&Seen> =
            self.patients.iter().zip(own).filter(|(_, own)| **own).map(|(seen, _)| seen).collect();
        let given = |seen: &Seen| -> BTreeSet<String> {
            let names = seen.identity.given.iter().flat_map(|name| name.split_whitespace());
            names.map(str::to_lowercase).collect()
        };
        chosen.iter().enumerate().any(|(n, one)| {
            chosen[n + 1..].iter().any(|other| {
                let (ours, theirs) = (given(one), given(other));
                let named = !ours.is_empty() && !theirs.is_empty();
                one.file == other.file && one.id != other.id && named && ours.is_disjoint(&theirs)
            })
        })
    }

    fn without_patient(self, before: &Before, confirmed: bool) -> Result<Owner, Ask> {
        let mut owner = Owner::default();
        for patient in &before.patients {
            owner.all.learn(patient, None);
        }
        if !before.patients.is_empty() || !self.any {
            return Ok(owner);
        }
        if !confirmed && !before.known {
            return Err(Ask::Unsaid);
        }
        if confirmed {
            for subject in &self.subjects {
                owner.all.is_also(subject);
            }
            owner.said = self.subjects;
        }
        Ok(owner)
    }

    /// Two files may call two people by one id: a file that has a Patient is read by its own.
    fn owned(self, own: &[bool]) -> Owner {
        let mut owner = Owner::default();
        let all = || self.patients.iter().zip(own);
        let is_anothers = |id: &Option<String>, file: Option<&str>| {
            all().any(|(seen, own)| !own && seen.id == *id && file.is_none_or(|file| seen.file == file))
        };
        for (seen, _) in all().filter(|(_, own)| **own) {
            if !is_anothers(&seen.id, None) {
                owner.all.learn(&seen.bytes, seen.address.as_deref());
            }
        }
        let files: BTreeSet<&str> = self.patients.iter().map(|seen| seen.file.as_str()).collect();
        for file in files {
            let mut whose = Whose::default();
            for (seen, _) in all().filter(|(_, own)| **own) {
                if seen.file == file || !is_anothers(&seen.id, Some(file)) {
                    whose.learn(&seen.bytes, seen.address.as_deref());
                }
            }
            owner.files.insert(file.to_owned(), whose);
        }
        owner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Found {
        let mut found = Found::default();
        for (file, text) in files {
            for slice in &wholechart_fhir::split(text.as_bytes()).resources {
                found.look(file, slice);
            }
        }
        found
    }

    fn patient(id: &str, name: &str) -> String {
        format!(r#"{{"resourceType":"Patient","id":"{id}","name":[{{"text":"{name}"}}]}}"#)
    }

    const RESULT: &str = r#"{"resourceType":"Observation","subject":{"reference":"Patient/1"}}"#;

    fn rosa() -> Expected {
        Expected { name: Some("Rosa Whitlock".into()), ..Expected::default() }
    }

    fn stranger(owner: &Owner, file: &str) -> Option<String> {
        owner.in_file(file).stranger(RESULT.as_bytes(), &wholechart_sync::Addresses::default())
    }

    #[test]
    fn of_several_patients_the_person_is_the_one_who_says_so() {
        let (rosa_1, ben_1) = (patient("1", "Rosa Whitlock"), patient("1", "Ben Okafor"));
        let owner = found(&[("a", &rosa_1), ("b", &ben_1)]).owner(&rosa(), &Before::default(), false);
        let owner = owner.ok().unwrap();
        assert_eq!(stranger(&owner, "a"), None);
        assert_eq!(stranger(&owner, "b").as_deref(), Some("Patient/1"), "the same id in another file");
        assert_eq!(stranger(&owner, "c").as_deref(), Some("Patient/1"), "nobody can tell: not filed");
        let bulk = found(&[("Patient", &rosa_1), ("Observation", RESULT)]);
        let owner = bulk.owner(&rosa(), &Before::default(), false).ok().unwrap();
        assert_eq!(stranger(&owner, "Observation"), None, "a file a type");
    }

    #[test]
    fn one_who_is_somebody_else_is_asked_about_and_several_are_refused() {
        let (ben, mia) = (patient("1", "Ben Okafor"), patient("2", "Mia Stone"));
        let one = || found(&[("a", &ben)]);
        assert!(matches!(one().owner(&rosa(), &Before::default(), false), Err(Ask::Other(_))));
        assert!(one().owner(&rosa(), &Before::default(), true).is_ok());
        let both = || found(&[("a", &ben), ("b", &mia)]);
        let refused = both().owner(&rosa(), &Before::default(), false);
        assert!(matches!(refused, Err(Ask::Several(names)) if names == ["Ben Okafor", "Mia Stone"]));
        let apart = both().owner(&rosa(), &Before::default(), true).ok().unwrap();
        assert_eq!(stranger(&apart, "a").as_deref(), Some("Patient/1"), "each is kept apart");
    }

    #[test]
    fn twins_of_one_file_are_two_and_who_was_let_in_is_asked_about_no_more() {
        let twin = |id: &str, given: &str| {
            format!(
                r#"{{"resourceType":"Patient","id":"{id}","birthDate":"2019-05-04","name":[{{"family":"Quorndon","given":["{given}"]}}]}}"#
            )
        };
        let both = format!(
            r#"{{"resourceType":"Bundle","entry":[{{"resource":{}}},{{"resource":{}}}]}}"#,
            twin("1", "Ada"),
            twin("2", "Ida")
        );
        let refused = found(&[("a", &both)]).owner(&rosa(), &Before::default(), false);
        assert!(matches!(refused, Err(Ask::Several(_))));
        let ben = patient("1", "Ben Okafor");
        let before = Before { patients: vec![ben.clone().into_bytes()], known: true };
        assert!(found(&[("a", &ben)]).owner(&rosa(), &before, false).is_ok());
        let mia = patient("2", "Mia Stone");
        assert!(matches!(found(&[("a", &mia)]).owner(&rosa(), &before, false), Err(Ask::Other(_))));
    }

    #[test]
    fn a_phone_of_somebody_who_was_born_on_another_day_is_asked_about() {
        let expected = Expected { birth_date: "1984-05-12".parse().ok(), ..rosa() };
        let phone = |born: &str| {
            let mut found = found(&[("a", RESULT)]);
            found.born(born);
            found
        };
        let asked = phone("1985-05-12").owner(&expected, &Before::default(), false);
        assert!(matches!(asked, Err(Ask::Other(other)) if other.birth_date.as_deref() == Some("1985-05-12")));
        let same = phone("1984-05-12").owner(&expected, &Before::default(), false);
        assert!(matches!(same, Err(Ask::Unsaid)), "a birth date alone is nobody");
        let owner = phone("1985-05-12").owner(&expected, &Before::default(), true).ok().unwrap();
        assert_eq!(stranger(&owner, "a"), None);
    }

    #[test]
    fn files_without_a_patient_are_asked_about_once() {
        let files = || found(&[("a", RESULT)]);
        assert!(matches!(files().owner(&rosa(), &Before::default(), false), Err(Ask::Unsaid)));
        let owner = files().owner(&rosa(), &Before::default(), true).ok().unwrap();
        assert_eq!(stranger(&owner, "a"), None);
        assert!(owner.said.contains("Patient/1"));
        let known = Before { known: true, ..Before::default() };
        let later = files().owner(&rosa(), &known, false).ok().unwrap();
        assert_eq!(stranger(&later, "a").as_deref(), Some("Patient/1"), "unless it was let in");
        let seen = Before { patients: vec![patient("1", "Rosa Whitlock").into()], known: true };
        assert_eq!(stranger(&files().owner(&rosa(), &seen, false).ok().unwrap(), "a"), None);
        assert!(found(&[]).owner(&rosa(), &Before::default(), false).is_ok(), "nothing is nobody's");
    }
}
