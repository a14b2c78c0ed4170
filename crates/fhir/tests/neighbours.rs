//! What entries of one connection tell each other.

use wholechart_fhir::{Entry, Neighbours, TitleSource};

use crate::{r4, said};

const BASE: &str = "https://fhir.example.org/r4";

fn complete(entries: &[Entry], mut entry: Entry) -> Entry {
    Neighbours::of(entries.iter().map(|entry| (BASE, entry))).complete(BASE, &mut entry);
    entry
}

fn medicine() -> Entry {
    r4(
        r#"{"resourceType":"Medication","id":"9","code":{"text":"Lisinopril 10 mg","coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"314076","display":"lisinopril 10 MG Oral Tablet"}]}}"#,
    )
}

fn order(reference: &str) -> Entry {
    r4(&format!(
        r#"{{"resourceType":"MedicationRequest","id":"o","medicationReference":{{"reference":"{reference}"}},"requester":{{"reference":"Practitioner/1"}}}}"#
    ))
}

#[test]
fn a_medicine_goes_by_the_resource_it_points_to() {
    for reference in [
        "Medication/9",
        "Medication/9/_history/2",
        "https://fhir.example.org/r4/Medication/9",
        "https://fhir.example.org/r4/Medication/9/_history/1",
    ] {
        let entry = complete(&[medicine()], order(reference));
        assert_eq!((entry.title.as_str(), entry.title_source), ("Lisinopril 10 mg", TitleSource::Reference));
        assert_eq!(entry.codes[0].code, "314076", "{reference}");
    }
    for elsewhere in ["Medication/8", "https://other.example.org/r4/Medication/9", "Substance/9", "#9", ""] {
        let entry = complete(&[medicine()], order(elsewhere));
        assert_eq!(entry.title_source, TitleSource::Unnamed, "{elsewhere} is somebody else");
        assert!(entry.codes.is_empty());
    }
    let mut named = order("Medication/9");
    named.title = "Sent words".to_owned();
    named.title_source = TitleSource::Display;
    assert_eq!(complete(&[medicine()], named).title, "Sent words", "what was sent is never replaced");
}

#[test]
fn a_uuid_leads_to_the_entry_of_that_id() {
    let id = "2e27c71e-30c8-4ceb-8c1c-5641e066c0a4";
    let mut target = medicine();
    target.id = Some(id.to_owned());
    let entry = complete(&[target], order(&format!("urn:uuid:{}", id.to_uppercase())));
    assert_eq!(entry.title, "Lisinopril 10 mg");
}

#[test]
fn an_address_inside_a_file_is_found_in_that_file_only() {
    let mut entry = order("http://anywhere.example/fhir/Medication/9");
    let all = [medicine()];
    let same = Neighbours::of(all.iter().map(|entry| ("file:a.json", entry)));
    assert!(same.complete("file:a.json", &mut entry));
    assert_eq!(entry.title, "Lisinopril 10 mg");
    let other = Neighbours::of(all.iter().map(|entry| ("file:b.json", entry)));
    assert!(other.complete("file:a.json", &mut entry), "and forgotten when it is not there");
    assert_eq!(entry, order("http://anywhere.example/fhir/Medication/9"));
}

#[test]
fn people_and_places_are_named() {
    let doctor = r4(r#"{"resourceType":"Practitioner","id":"1","name":[{"given":["Ann"],"family":"Lee"}]}"#);
    let place = r4(r#"{"resourceType":"Location","id":"l","name":"Lakeside Clinic"}"#);
    let nameless = r4(r#"{"resourceType":"Organization","id":"x"}"#);
    let visit = r4(
        r#"{"resourceType":"Encounter","id":"e","type":[{"text":"Check-up"}],"participant":[{"individual":{"reference":"Practitioner/1"}}],"serviceProvider":{"reference":"Organization/x"},"location":[{"location":{"reference":"Location/l"}}]}"#,
    );
    let entry = complete(&[doctor.clone(), place, nameless], visit.clone());
    assert_eq!(entry.performer[0].display.as_deref(), Some("Ann Lee"));
    assert!(entry.performer[0].found);
    assert_eq!(entry.performer[1].display, None, "what has no name lends none");
    assert_eq!(said(&entry, "location-location").as_deref(), Some("Lakeside Clinic"));
    // Gone again: the entry is as it was read.
    assert_eq!(complete(&[], entry), visit);
    let result = r4(
        r#"{"resourceType":"Observation","code":{"text":"X"},"encounter":{"reference":"Encounter/e"},"performer":[{"reference":"Practitioner/1","display":"A. Lee MD"}]}"#,
    );
    let entry = complete(&[visit, doctor], result);
    assert_eq!(entry.encounter.unwrap().display.as_deref(), Some("Check-up"));
    assert_eq!(entry.performer[0].display.as_deref(), Some("A. Lee MD"));
}

#[test]
fn a_bare_code_takes_the_name_sent_elsewhere_in_the_record() {
    let bare = r4(
        r#"{"resourceType":"MedicationStatement","id":"s","medicationCodeableConcept":{"coding":[{"system":"urn:oid:2.16.840.1.113883.6.88","code":"314076"}]}}"#,
    );
    assert_eq!(bare.title, "RxNorm 314076");
    let entry = complete(&[medicine()], bare.clone());
    assert_eq!(
        (entry.title.as_str(), entry.title_source),
        ("lisinopril 10 MG Oral Tablet", TitleSource::Display)
    );
    // The same code of another system is another code.
    let mut other = medicine();
    other.codes[0].system = "http://hl7.org/fhir/sid/ndc".to_owned();
    assert_eq!(complete(&[other], bare.clone()), bare);
}

#[test]
fn completing_twice_is_completing_once_whatever_the_order() {
    let mut longer = medicine();
    longer.id = Some("10".to_owned());
    longer.codes[0].display = Some("lisinopril 10 MG Oral Tablet [Zestril]".to_owned());
    let bare = r4(
        r#"{"resourceType":"MedicationStatement","id":"s","medicationCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"314076"}]}}"#,
    );
    let one = complete(&[medicine(), longer.clone()], bare.clone());
    let other = complete(&[longer.clone(), medicine()], bare);
    assert_eq!(one, other);
    let mut again = one.clone();
    let all = [medicine(), longer, one.clone()];
    assert!(!Neighbours::of(all.iter().map(|entry| (BASE, entry))).complete(BASE, &mut again));
    assert_eq!(again, one);
}

#[test]
fn files_of_one_connection_know_each_other_where_they_do_not_contradict() {
    let doctor = r4(r#"{"resourceType":"Practitioner","id":"1","name":[{"given":["Ann"],"family":"Lee"}]}"#);
    let other = r4(r#"{"resourceType":"Practitioner","id":"1","name":[{"given":["Bob"],"family":"Moss"}]}"#);
    let result = r4(
        r#"{"resourceType":"Observation","code":{"text":"X"},"performer":[{"reference":"Practitioner/1"}]}"#,
    );
    let named = |files: &[(&str, &Entry)], entry: &Entry| {
        let mut entry = entry.clone();
        Neighbours::of(files.iter().copied()).complete("file:results.ndjson", &mut entry);
        entry.performer[0].display.clone()
    };
    assert_eq!(named(&[("file:people.ndjson", &doctor)], &result).as_deref(), Some("Ann Lee"));
    let both = [("file:a.json", &doctor), ("file:b.json", &other)];
    assert_eq!(named(&both, &result), None, "two people of one id are nobody");
    let twice = [("file:a.json", &doctor), ("file:b.json", &doctor)];
    assert_eq!(named(&twice, &result).as_deref(), Some("Ann Lee"), "told twice alike");
    let own = [("file:a.json", &doctor), ("file:results.ndjson", &other)];
    assert_eq!(named(&own, &result).as_deref(), Some("Bob Moss"), "the own file comes first");
    assert_eq!(named(&[("https://fhir.example.org/r4", &doctor)], &result), None, "a server is no file");
    let elsewhere = r4(
        r#"{"resourceType":"Observation","code":{"text":"X"},"performer":[{"reference":"https://other.example/Practitioner/1"}]}"#,
    );
    assert_eq!(named(&[("file:people.ndjson", &doctor)], &elsewhere), None, "an address names its server");
}
