//! Is this the right person? Compares a provider's Patient with the person a connection is for.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use wholechart_fhir::{debug_without_record, split, tree};

/// Whose record is expected. What is not known is not compared.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// Full name, as the person writes it. A nickname ("Mum") is better left out.
    pub name: Option<String>,
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// `male` or `female` as providers record it (FHIR administrative-gender); other words are not compared.
    pub sex: Option<String>,
}

debug_without_record!(Expected {});

/// What a provider's Patient says.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Identity {
    /// All names, the first the one to show.
    pub names: Vec<String>,
    /// Given names of all of them, where they came apart from the family's.
    pub given: Vec<String>,
    /// Birth date as sent: may be a year or a month only.
    pub birth_date: Option<String>,
    /// `gender` as sent.
    pub sex: Option<String>,
}

debug_without_record!(Identity { ; names, given });

impl Identity {
    /// Whoever says the same of themselves, as far as both say it.
    pub fn as_expected(&self) -> Expected {
        Expected {
            name: Some(self.names.join(" ")),
            birth_date: self.birth_date.as_deref().and_then(|date| date.get(..10)?.parse().ok()),
            sex: self.sex.clone(),
        }
    }
}

/// What differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// No name has a word in common with the expected one, or none but the family's.
    Name,
    /// Another birth date.
    BirthDate,
    /// `male` and `female`.
    Sex,
}

/// The provider's Patient is somebody else, as far as can be told. For the host to ask about; both sides can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPatient {
    /// The FHIR base that said it.
    pub base: String,
    /// What it said.
    pub found: Identity,
    /// Where they differ; never empty.
    pub differs: Vec<Aspect>,
}

/// Reads a Patient of any release; `None` for anything else. A page of one Patient will do.
pub fn identity(bytes: &[u8]) -> Option<Identity> {
    // As leniently as it will be read: a Patient that only this could not read would be filed without having been looked at.
    let value = tree(bytes).or_else(|| {
        let page = split(bytes);
        page.resources
            .iter()
            .find_map(|slice| tree(slice.bytes).filter(|one| one["resourceType"] == "Patient"))
    })?;
    let is_patient = |value: &Value| value["resourceType"].as_str() == Some("Patient");
    let patient = if is_patient(&value) {
        &value
    } else {
        let entries = value["entry"].as_array()?;
        entries.iter().map(|entry| &entry["resource"]).find(|resource| is_patient(resource))?
    };
    identity_of(patient)
}

/// Reads a Patient that is parsed already; `None` for anything else.
pub(crate) fn identity_of(patient: &Value) -> Option<Identity> {
    if patient["resourceType"].as_str() != Some("Patient") {
        return None;
    }
    let text =
        |value: &Value| value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let names = || patient["name"].as_array().into_iter().flatten();
    Some(Identity {
        names: names().filter_map(whole_name).collect(),
        given: names().flat_map(|name| list(&name["given"])).collect(),
        birth_date: text(&patient["birthDate"]),
        sex: text(&patient["gender"]),
    })
}

fn list(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(many) => many.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// Given and family, or `text`; in DSTU2 `family` is a list as well.
fn whole_name(name: &Value) -> Option<String> {
    let parts = [list(&name["given"]), list(&name["family"])].concat().join(" ");
    let text = if parts.trim().is_empty() { name["text"].as_str().unwrap_or_default() } else { &parts };
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Where a Patient differs from who is expected. What either side does not say differs in nothing: providers leave
/// out much, and stopping for that would teach people to click it away.
pub fn differences(expected: &Expected, found: &Identity) -> Vec<Aspect> {
    let mut differs = Vec::new();
    if let Some(name) = &expected.name {
        let wanted = words(name);
        let theirs: BTreeSet<String> = found.names.iter().flat_map(|name| words(name)).collect();
        let given: BTreeSet<String> = found.given.iter().flat_map(|name| words(name)).collect();
        // Married and maiden names, nicknames, middle names: one word in common is enough, none is somebody else. The
        // family's name alone is a relative's as well, and relatives go to the same hospital: then it takes the birth
        // date to know. Asking Bob who is Robert there costs him a word; filing his father's record costs trust in all.
        let relative = !given.is_empty() && given.is_disjoint(&wanted) && !same_birth_date(expected, found);
        if !wanted.is_empty() && !theirs.is_empty() && (relative || wanted.is_disjoint(&theirs)) {
            differs.push(Aspect::Name);
        }
    }
    if let (Some(wanted), Some(theirs)) = (expected.birth_date, &found.birth_date) {
        let wanted = wanted.to_string();
        let length = theirs.len().min(wanted.len());
        // As precise as they are: `1961` is the year, and a time after the day says nothing.
        if theirs.get(..length) != wanted.get(..length) {
            differs.push(Aspect::BirthDate);
        }
    }
    if let (Some(wanted), Some(theirs)) = (&expected.sex, &found.sex) {
        let known = |word: &str| match word.to_ascii_lowercase().as_str() {
            "male" | "m" => Some('m'),
            "female" | "f" => Some('f'),
            _ => None,
        };
        if let (Some(wanted), Some(theirs)) = (known(wanted), known(theirs))
            && wanted != theirs
        {
            differs.push(Aspect::Sex);
        }
    }
    differs
}

/// Both are known to the day, and the same.
fn same_birth_date(expected: &Expected, found: &Identity) -> bool {
    let wanted = expected.birth_date.map(|date| date.to_string());
    matches!((wanted, &found.birth_date), (Some(wanted), Some(theirs)) if theirs.starts_with(&wanted))
}

/// Lower-case words of more than one letter, without accents.
fn words(name: &str) -> BTreeSet<String> {
    let folded: String =
        name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rosa() -> Expected {
        Expected {
            name: Some("Rosa Whitlock".into()),
            birth_date: NaiveDate::from_ymd_opt(1961, 4, 3),
            sex: Some("female".into()),
        }
    }

    fn compared(patient: &str) -> Vec<Aspect> {
        differences(&rosa(), &identity(patient.as_bytes()).unwrap())
    }

    #[test]
    fn the_same_person_told_in_many_ways() {
        for patient in [
            r#"{"resourceType":"Patient","name":[{"family":"Whitlock","given":["Rosa","M."]}],"birthDate":"1961-04-03","gender":"female"}"#,
            r#"{"resourceType":"Patient","name":[{"family":["WHITLOCK"],"given":["R."]}],"birthDate":"1961-04"}"#,
            r#"{"resourceType":"Patient","name":[{"text":"Whitlock-Meyer, Róśa"}],"gender":"unknown"}"#,
            r#"{"resourceType":"Patient","name":[{"family":"Meyer","given":["Rosa"]},{"use":"maiden","family":"Whitlock"}]}"#,
            r#"{"resourceType":"Patient","name":[{"family":"Whitlock","given":["Rosie"]}],"birthDate":"1961-04-03"}"#,
            r#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","birthDate":"1961"}}]}"#,
            r#"{"resourceType":"Patient"}"#,
        ] {
            assert_eq!(compared(patient), [], "{patient}");
        }
    }

    /// What is read and filed leniently must be looked at as leniently, or nobody is compared.
    #[test]
    fn bytes_that_only_a_strict_reader_refuses_name_their_patient_too() {
        let ben = r#""resourceType":"Patient","name":[{"family":"Okafor","given":["Ben"]}]"#;
        for patient in [
            format!("\u{feff}{{{ben}}}"),
            format!(r#"{{{ben},"text":{{"div":"\ud83d"}}}}"#),
            format!(r#"{{{ben},"multipleBirthInteger":1E400}}"#),
            format!(
                r#"{{"resourceType":"Bundle","entry":[{{"resource":{{{ben}}}}},{{"resource":{{"resourceType":"Pa"#
            ),
        ] {
            assert_eq!(compared(&patient), [Aspect::Name], "{patient}");
        }
    }

    #[test]
    fn somebody_else_is_noticed_in_each_way() {
        for (patient, differs) in [
            (r#"{"resourceType":"Patient","name":[{"family":"Okafor","given":["Ben"]}]}"#, Aspect::Name),
            // Her brother, who goes to the same hospital.
            (r#"{"resourceType":"Patient","name":[{"family":"Whitlock","given":["Ben"]}]}"#, Aspect::Name),
            (r#"{"resourceType":"Patient","birthDate":"1961-04-04"}"#, Aspect::BirthDate),
            (r#"{"resourceType":"Patient","birthDate":"1989"}"#, Aspect::BirthDate),
            (r#"{"resourceType":"Patient","gender":"male"}"#, Aspect::Sex),
        ] {
            assert_eq!(compared(patient), [differs], "{patient}");
        }
    }

    #[test]
    fn who_was_accepted_is_that_patient_and_nobody_else() {
        let patient = |name: &str, born: &str| {
            identity(
                format!(r#"{{"resourceType":"Patient","name":[{{"text":"{name}"}}],"birthDate":"{born}"}}"#)
                    .as_bytes(),
            )
            .unwrap()
        };
        let accepted = patient("Rosa M Whitlock", "1984-11-02").as_expected();
        assert_eq!(differences(&accepted, &patient("WHITLOCK, ROSA", "1984-11-02")), []);
        assert_eq!(differences(&accepted, &patient("Mateo Whitlock", "2013-03-21")), [Aspect::BirthDate]);
        assert_eq!(differences(&accepted, &patient("Ben Okafor", "1984-11-02")), [Aspect::Name]);
    }

    #[test]
    fn anything_else_says_nothing() {
        assert_eq!(identity(b"not json"), None);
        assert_eq!(identity(br#"{"resourceType":"OperationOutcome"}"#), None);
    }
}
