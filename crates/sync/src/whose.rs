//! Whose is a record? Compares whom a resource is about with the patient of its connection: servers that ignore the
//! question, a parent's portal, a newborn in the mother's answer and files of a family bring other people's records.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use wholechart_fhir::{Page, Slice, tree};

use crate::identity::{Identity, differences, identity, identity_of};

/// Members of a resource that say whom it is about, in any release.
const SUBJECTS: [&str; 7] =
    ["subject", "patient", "beneficiary", "for", "individual", "candidate", "deliverFor"];

/// All that is known of a connection's patient at one base, or in one set of files.
#[derive(Debug, Clone, Default)]
pub struct Whose {
    /// Of the patient's resource, and of the resources that it says are the same person.
    ids: BTreeSet<String>,
    /// Addresses that stand for the patient: `fullUrl` of a Bundle.
    addresses: BTreeSet<String>,
    /// System and value.
    identifiers: BTreeSet<(String, String)>,
    /// What the patient's resources say.
    identities: Vec<Identity>,
}

/// Resources of one page by their `fullUrl`: the type and id behind a `urn:uuid:` reference.
#[derive(Debug, Default)]
pub struct Addresses(BTreeMap<String, (String, Option<String>)>);

impl Addresses {
    /// Of a page.
    pub fn of(resources: &[Slice<'_>]) -> Self {
        let named = |slice: &Slice<'_>| {
            let kind = slice.resource_type.clone()?;
            Some((slice.full_url.clone()?, (kind, slice.id.clone())))
        };
        Self(resources.iter().filter_map(named).collect())
    }
}

/// What one reference to a subject means.
enum Means {
    Own,
    /// Not a patient (a group, a device, a place), or nobody can tell.
    Nothing,
    /// Somebody else, as sent.
    Other(String),
}

impl Whose {
    /// A patient of whom nothing but the id is known yet.
    pub fn known_as(id: &str) -> Self {
        Self { ids: BTreeSet::from([id.to_owned()]), ..Self::default() }
    }

    /// The patient was seen: what is about somebody else can be told.
    pub fn is_seen(&self) -> bool {
        !self.identities.is_empty()
    }

    /// Takes in a Patient resource of this very patient, with the address that its Bundle gives it.
    pub fn learn(&mut self, patient: &[u8], address: Option<&str>) {
        let Some(value) = tree(patient) else { return };
        let Some(seen) = identity_of(&value) else { return };
        self.ids.extend(value["id"].as_str().map(|id| id.trim().to_owned()));
        self.addresses.extend(address.map(str::to_owned));
        self.identifiers.extend(all(&value["identifier"]).filter_map(identifier));
        // What the sender itself calls another resource of the same person (a chart that was joined with this one).
        let linked = all(&value["link"]).filter_map(|link| link["other"]["reference"].as_str());
        self.ids.extend(linked.filter_map(patient_id));
        self.identities.push(seen);
    }

    /// A person said that records about this subject are theirs as well.
    pub fn is_also(&mut self, whose: &str) {
        match patient_id(whose) {
            Some(id) => self.ids.insert(id),
            None => self.addresses.insert(whose.to_owned()),
        };
    }

    /// Whether a Patient resource is the connection's patient, by its id or by what it says it is the same as.
    pub fn is_patient(&self, patient: &[u8]) -> bool {
        let Some(value) = tree(patient) else { return false };
        let own = |id: String| self.ids.contains(&id);
        let id = value["id"].as_str().map(|id| id.trim().to_owned());
        let mut linked = all(&value["link"]).filter_map(|link| link["other"]["reference"].as_str());
        match id {
            Some(id) => own(id) || linked.any(|other| patient_id(other).is_some_and(own)),
            // A resource without an id is nobody's as long as nothing is known of the patient.
            None => self.is_seen() && identity_of(&value).is_some_and(|seen| self.says_the_same(&seen)),
        }
    }

    fn says_the_same(&self, seen: &Identity) -> bool {
        self.identities.is_empty()
            || self.identities.iter().any(|own| differences(&own.as_expected(), seen).is_empty())
    }

    /// Whom else a resource is about, as sent. `None`: about this patient, about no patient, or nobody can tell.
    pub fn stranger(&self, resource: &[u8], addresses: &Addresses) -> Option<String> {
        let value = tree(resource)?;
        if value["resourceType"] == "Patient" {
            let seen = || identity_of(&value).and_then(|seen| seen.names.into_iter().next());
            let id = value["id"].as_str().map(|id| format!("Patient/{}", id.trim()));
            return (!self.is_patient(resource))
                .then(|| id.or_else(seen).unwrap_or_else(|| "Patient".into()));
        }
        let mut other = None;
        for subject in subjects(&value) {
            match self.meaning(subject, &value, addresses) {
                Means::Own => return None,
                Means::Nothing => {}
                Means::Other(whose) => other = other.or(Some(whose)),
            }
        }
        other
    }

    fn meaning(&self, subject: &Value, resource: &Value, addresses: &Addresses) -> Means {
        let states_other_type =
            subject["type"].as_str().is_some_and(|kind| kind.rsplit('/').next() != Some("Patient"));
        let reference = subject["reference"].as_str().map(str::trim).filter(|text| !text.is_empty());
        if let Some(reference) = reference {
            return self.reference(reference, states_other_type, resource, addresses);
        }
        match identifier(&subject["identifier"]) {
            _ if states_other_type => Means::Nothing,
            Some(found) => self.identifier(&found),
            None => Means::Nothing,
        }
    }

    fn reference(
        &self,
        reference: &str,
        states_other_type: bool,
        resource: &Value,
        addresses: &Addresses,
    ) -> Means {
        if let Some(inside) = reference.strip_prefix('#') {
            let contained = all(&resource["contained"]).find(|one| one["id"] == inside);
            return contained.map_or(Means::Nothing, |one| self.contained(one));
        }
        if self.addresses.contains(reference) {
            return Means::Own;
        }
        let named = match addresses.0.get(reference) {
            Some((kind, id)) => Some((kind.clone(), id.clone())),
            None => typed(reference).map(|(kind, id)| (kind, Some(id))),
        };
        match named {
            Some((kind, id)) if kind.eq_ignore_ascii_case("Patient") => match id {
                Some(id) if self.ids.contains(&id) => Means::Own,
                Some(id) if reference.starts_with("urn:") => Means::Other(format!("Patient/{id}")),
                _ => Means::Other(plain(reference)),
            },
            Some(_) => Means::Nothing,
            None if states_other_type => Means::Nothing,
            None if self.ids.contains(reference) => Means::Own,
            // A `urn:uuid:` that nothing in the page explains, or an id without a type: it is not the one we know.
            None => Means::Other(reference.to_owned()),
        }
    }

    fn identifier(&self, (system, value): &(String, String)) -> Means {
        let same = |own: &&(String, String)| own.1 == *value && (own.0 == *system || system.is_empty());
        if self.identifiers.iter().any(|own| same(&own)) {
            return Means::Own;
        }
        // Numbers of a system that this patient has none of say nothing.
        if !system.is_empty() && self.identifiers.iter().any(|own| own.0 == *system) {
            return Means::Other(format!("{system}|{value}"));
        }
        Means::Nothing
    }

    fn contained(&self, one: &Value) -> Means {
        let Some(seen) = identity_of(one) else { return Means::Nothing };
        let numbers: Vec<Means> =
            all(&one["identifier"]).filter_map(identifier).map(|found| self.identifier(&found)).collect();
        if numbers.iter().any(|means| matches!(means, Means::Own)) {
            return Means::Own;
        }
        let other_number = numbers.into_iter().find_map(|means| match means {
            Means::Other(whose) => Some(whose),
            _ => None,
        });
        if let Some(whose) = other_number {
            return Means::Other(whose);
        }
        if self.says_the_same(&seen) {
            return Means::Nothing;
        }
        Means::Other(seen.names.into_iter().next().unwrap_or_else(|| "Patient".into()))
    }
}

/// Whom resources of a page are about, as sent, each once: for files that have no Patient.
pub fn subjects_of(resource: &[u8]) -> Vec<String> {
    let Some(value) = tree(resource) else { return Vec::new() };
    let references = subjects(&value).into_iter().filter_map(|subject| subject["reference"].as_str());
    let is_patient = |reference: &&str| match typed(reference) {
        Some((kind, _)) => kind.eq_ignore_ascii_case("Patient"),
        None => !reference.starts_with('#'),
    };
    references.map(str::trim).filter(|text| !text.is_empty()).filter(is_patient).map(plain).collect()
}

/// What a resource names as its subject, at its top.
fn subjects(resource: &Value) -> Vec<&Value> {
    let mut found: Vec<&Value> = SUBJECTS.iter().flat_map(|name| all(&resource[*name])).collect();
    match resource["resourceType"].as_str() {
        Some("Appointment") => {
            found.extend(all(&resource["participant"]).map(|participant| &participant["actor"]));
        }
        Some("AppointmentResponse") => found.extend(all(&resource["actor"])),
        _ => {}
    }
    found.into_iter().filter(|subject| subject.is_object()).collect()
}

/// One value, or each of a list.
fn all(value: &Value) -> impl Iterator<Item = &Value> {
    let (one, many) = match value {
        Value::Array(many) => (None, many.as_slice()),
        Value::Null => (None, [].as_slice()),
        one => (Some(one), [].as_slice()),
    };
    one.into_iter().chain(many)
}

fn identifier(value: &Value) -> Option<(String, String)> {
    let text = |name: &str| value[name].as_str().map(str::trim).filter(|text| !text.is_empty());
    Some((text("system").unwrap_or_default().to_owned(), text("value")?.to_owned()))
}

/// The id of a reference to a Patient, relative or absolute, with or without a version.
fn patient_id(reference: &str) -> Option<String> {
    typed(reference).filter(|(kind, _)| kind.eq_ignore_ascii_case("Patient")).map(|(_, id)| id)
}

/// A reference without its version: what people are asked about.
fn plain(reference: &str) -> String {
    reference.split_once("/_history").map_or(reference, |(front, _)| front).to_owned()
}

/// Type and id at the end of a reference, without version, query and fragment.
fn typed(reference: &str) -> Option<(String, String)> {
    if reference.starts_with("urn:") {
        return None;
    }
    let path = reference.split(['?', '#']).next()?;
    let path = path.split_once("/_history").map_or(path, |(front, _)| front).trim_end_matches('/');
    let (front, id) = path.rsplit_once('/')?;
    let kind = front.rsplit('/').next()?;
    let is_type = !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_alphabetic());
    let id = url::form_urlencoded::parse(format!("id={}", id.replace('+', "%2B")).as_bytes())
        .next()
        .map(|(_, id)| id.into_owned())?;
    is_type.then(|| (kind.to_owned(), id))
}

/// The Patient that was asked for: by its id, or because it is all that came where one resource was read (`read`; a
/// chart that was joined with another one answers with that).
pub(crate) fn patient_in<'p>(page: &'p Page<'p>, read: bool, own: &Whose) -> Option<&'p Slice<'p>> {
    let is_patient = |slice: &&Slice<'_>| identity(slice.bytes).is_some();
    let patients: Vec<&Slice<'_>> = page.resources.iter().filter(is_patient).collect();
    let found = patients.iter().find(|slice| own.is_patient(slice.bytes));
    match (found, patients.as_slice()) {
        (Some(found), _) => Some(found),
        (None, [one]) if read => Some(one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rosa() -> Whose {
        let mut own = Whose::known_as("7");
        let patient = json!({"resourceType": "Patient", "id": "7", "birthDate": "1961-04-03",
            "name": [{"family": "Whitlock", "given": ["Rosa"]}],
            "identifier": [{"system": "urn:mrn", "value": "A1"}],
            "link": [{"type": "replaces", "other": {"reference": "Patient/old"}}]});
        own.learn(patient.to_string().as_bytes(), Some("urn:uuid:rosa"));
        own
    }

    fn stranger(resource: &Value) -> Option<String> {
        rosa().stranger(resource.to_string().as_bytes(), &Addresses::default())
    }

    /// Every way a release can say whom something is about; and each says somebody else.
    #[test]
    fn every_reference_to_a_subject_is_compared() {
        for (kind, field) in [
            ("Observation", "subject"),
            ("Immunization", "patient"),
            ("Coverage", "beneficiary"),
            ("Task", "for"),
            ("ResearchSubject", "individual"),
            ("EnrollmentRequest", "candidate"),
            ("SupplyRequest", "deliverFor"),
        ] {
            for (reference, whose) in [
                ("Patient/7", None),
                ("Patient/7/_history/3", None),
                ("https://f.example/r4/Patient/7", None),
                ("http://inner.f.example:8080/r4/Patient/7", None),
                ("Patient/old", None),
                ("urn:uuid:rosa", None),
                ("7", None),
                ("Group/7", None),
                ("Device/9", None),
                ("https://f.example/r4/Location/9", None),
                ("Patient/8", Some("Patient/8")),
                ("Patient/8/_history/1", Some("Patient/8")),
                ("https://f.example/r4/Patient/8", Some("https://f.example/r4/Patient/8")),
                ("urn:uuid:ben", Some("urn:uuid:ben")),
                ("8", Some("8")),
            ] {
                let one = json!({"resourceType": kind, "id": "o", field: {"reference": reference}});
                assert_eq!(stranger(&one).as_deref(), whose, "{kind}.{field} {reference}");
                let listed = json!({"resourceType": kind, "id": "o", field: [{"reference": reference}]});
                assert_eq!(stranger(&listed).as_deref(), whose, "{kind}.{field} {reference} in a list");
            }
        }
        assert_eq!(stranger(&json!({"resourceType": "Observation"})), None);
        assert_eq!(stranger(&json!({"resourceType": "Observation", "subject": {"display": "Rosa"}})), None);
    }

    #[test]
    fn a_visit_of_two_is_each_ones_and_that_of_others_is_not() {
        let with = |who: &[&str]| {
            let all: Vec<Value> = who.iter().map(|who| json!({"actor": {"reference": who}})).collect();
            stranger(&json!({"resourceType": "Appointment", "participant": all}))
        };
        assert_eq!(with(&["Practitioner/1", "Patient/8", "Patient/7"]), None);
        assert_eq!(with(&["Practitioner/1"]), None);
        assert_eq!(with(&["Practitioner/1", "Patient/8"]).as_deref(), Some("Patient/8"));
    }

    #[test]
    fn a_subject_by_number_or_inside_the_resource_is_compared_too() {
        let by = |identifier: Value| {
            stranger(&json!({"resourceType": "Observation", "subject": {"identifier": identifier}}))
        };
        assert_eq!(by(json!({"system": "urn:mrn", "value": "A1"})), None);
        assert_eq!(by(json!({"system": "urn:mrn", "value": "B2"})).as_deref(), Some("urn:mrn|B2"));
        assert_eq!(by(json!({"system": "urn:other", "value": "B2"})), None, "nobody can tell");
        let inside = |patient: Value| {
            stranger(&json!({"resourceType": "Observation", "contained": [patient],
                "subject": {"reference": "#p"}}))
        };
        let patient = |name: &str, born: &str| json!({"resourceType": "Patient", "id": "p", "birthDate": born, "name": [{"text": name}]});
        assert_eq!(inside(patient("Rosa Whitlock", "1961-04-03")), None);
        assert_eq!(inside(patient("Ben Okafor", "1989-01-01")).as_deref(), Some("Ben Okafor"));
        assert_eq!(inside(json!({"resourceType": "Group", "id": "p"})), None);
        let numbered = json!({"resourceType": "Patient", "id": "p",
            "identifier": [{"system": "urn:mrn", "value": "B2"}]});
        assert_eq!(inside(numbered).as_deref(), Some("urn:mrn|B2"));
    }

    #[test]
    fn another_patients_resource_is_another_patient_unless_it_says_that_it_is_the_same() {
        assert_eq!(stranger(&json!({"resourceType": "Patient", "id": "7"})), None);
        assert_eq!(stranger(&json!({"resourceType": "Patient", "id": "8"})).as_deref(), Some("Patient/8"));
        let joined = json!({"resourceType": "Patient", "id": "8",
            "link": [{"type": "replaced-by", "other": {"reference": "Patient/7"}}]});
        assert_eq!(stranger(&joined), None);
    }

    #[test]
    fn an_address_of_the_page_is_whatever_stands_there() {
        let page = json!({"resourceType": "Bundle", "entry": [
            {"fullUrl": "urn:uuid:g", "resource": {"resourceType": "Group", "id": "g"}},
            {"fullUrl": "urn:uuid:r", "resource": {"resourceType": "Patient", "id": "7"}},
            {"fullUrl": "urn:uuid:b", "resource": {"resourceType": "Patient", "id": "8"}}]})
        .to_string();
        let page = wholechart_fhir::split(page.as_bytes());
        let addresses = Addresses::of(&page.resources);
        let about = |who: &str| {
            let one = json!({"resourceType": "Observation", "subject": {"reference": who}}).to_string();
            rosa().stranger(one.as_bytes(), &addresses)
        };
        assert_eq!((about("urn:uuid:g"), about("urn:uuid:r")), (None, None));
        assert_eq!(about("urn:uuid:b").as_deref(), Some("Patient/8"));
    }
}
