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

/// In a file, under what the bundle calls it.
fn called(mut entry: Entry, full_url: &str) -> Entry {
    entry.full_url = Some(full_url.to_owned());
    entry
}

const FILE: &str = "file:bundle.json";

fn inside(entries: &[Entry], mut entry: Entry) -> Entry {
    let all = entries.iter().chain(std::iter::once(&entry)).map(|entry| (FILE, entry)).collect::<Vec<_>>();
    Neighbours::of(all).complete(FILE, &mut entry);
    entry
}

#[test]
fn a_bundle_finds_its_own_by_what_it_calls_them() {
    let uuid = "urn:uuid:6d0e2f3a-1111-4222-8333-0123456789ab";
    let mut nameless = medicine();
    nameless.id = None;
    for target in [called(nameless, uuid), called(medicine(), uuid)] {
        assert_eq!(
            inside(&[target], order(uuid)).title,
            "Lisinopril 10 mg",
            "without an id, and with another"
        );
    }
    let here = called(medicine(), "https://a.example/fhir/Medication/9");
    let there = "https://b.example/fhir/Medication/9";
    assert_eq!(
        inside(std::slice::from_ref(&here), order("https://a.example/fhir/Medication/9/_history/3")).title,
        "Lisinopril 10 mg"
    );
    assert_eq!(
        inside(std::slice::from_ref(&here), order(there)).title_source,
        TitleSource::Unnamed,
        "who has an address is not at another"
    );
    let beside = called(order("Medication/9"), "https://a.example/fhir/MedicationRequest/o");
    assert_eq!(inside(&[here], beside).title, "Lisinopril 10 mg");
}

#[test]
fn a_bundles_links_hold_whatever_its_parts_were_read_as() {
    let mut older = medicine();
    older.release = wholechart_fhir::Release::Stu3;
    assert_eq!(inside(&[older], order("Medication/9")).title, "Lisinopril 10 mg");
}

#[test]
fn nothing_leads_from_one_bundle_into_another() {
    let other = medicine();
    let patient = r4(r#"{"resourceType":"Patient","id":"p"}"#);
    let dangling = order("Medication/9");
    let named = |files: &[(&str, &Entry)]| {
        let mut entry = dangling.clone();
        Neighbours::of(files.iter().copied()).complete("file:a.json", &mut entry);
        entry.title
    };
    let both = [
        ("file:a.json", &dangling),
        ("file:a.json", &patient),
        ("file:b.json", &other),
        ("file:b.json", &patient),
    ];
    assert_eq!(named(&both), "", "two bundles");
    assert_eq!(named(&both[..3]), "Lisinopril 10 mg", "out of a bundle, into a part of an export");
    assert_eq!(named(&[both[0], both[2], both[3]]), "", "into a bundle");
    assert_eq!(named(&[both[0], both[2]]), "Lisinopril 10 mg", "files of one type each, as of a bulk export");
    let lines = [("file:a.json", &dangling), ("file:b.ndjson", &other), ("file:b.ndjson", &patient)];
    assert_eq!(named(&lines), "Lisinopril 10 mg", "lines are part of an export");
}

/// Law 30: servers count from one, each for itself.
#[test]
fn nothing_leads_from_one_server_to_another_or_into_a_file() {
    let other = medicine();
    let mut older = medicine();
    older.release = wholechart_fhir::Release::Stu3;
    for (base, there) in [
        ("https://other.example.org/r4", &other),
        ("https://fhir.example.org/r4/tenant", &other),
        (BASE, &older),
        ("file:a.json", &other),
    ] {
        for reference in
            ["Medication/9", "Medication/9/_history/2", "https://fhir.example.org/r4/Medication/9"]
        {
            let mut entry = order(reference);
            Neighbours::of([(base, there)]).complete(BASE, &mut entry);
            assert_eq!(entry, order(reference), "{reference} into {base}");
        }
    }
}

#[test]
fn what_a_file_is_changes_with_what_comes_and_goes() {
    use wholechart_fhir::Lesson;
    let (target, patient, dangling) =
        (medicine(), r4(r#"{"resourceType":"Patient","id":"p"}"#), order("Medication/9"));
    let mut all = Neighbours::of([("file:a.json", &dangling), ("file:b.json", &target)]);
    let learnt = Neighbours::lessons("file:a.json", &dangling);
    let told = |lessons: &std::collections::BTreeSet<Lesson>| !lessons.is_disjoint(&learnt);
    assert!(told(&all.change("file:b.json", None, Some(&patient))), "the other file is a bundle now");
    assert!(told(&all.change("file:b.json", Some(&patient), None)), "and no longer");
    all.change("file:b.json", None, Some(&patient));
    let mut entry = dangling.clone();
    all.complete("file:a.json", &mut entry);
    assert_eq!(entry.title_source, TitleSource::Unnamed);
}

#[test]
fn a_plan_does_not_take_the_codes_of_what_it_points_to() {
    let illness = r4(
        r#"{"resourceType":"Condition","id":"c","code":{"text":"Asthma","coding":[{"system":"http://snomed.info/sct","code":"195967001"}]}}"#,
    );
    let episode = r4(
        r#"{"resourceType":"EpisodeOfCare","id":"e","diagnosis":[{"condition":{"reference":"Condition/c"}}]}"#,
    );
    let entry = complete(&[illness], episode);
    assert_eq!(entry.codes, []);
}

#[test]
fn midnight_is_a_day_where_a_source_knows_no_other_time() {
    let vaccine = |id: &str, when: &str| {
        r4(&format!(r#"{{"resourceType":"Immunization","id":"{id}","occurrenceDateTime":"{when}"}}"#))
    };
    let west = chrono_tz::America::Los_Angeles;
    let day = |all: &[Entry], entry: &Entry| {
        let date = complete(all, entry.clone()).date.unwrap();
        (date.day_only, date.day_in(west).unwrap().to_string())
    };
    let (one, two) = (vaccine("1", "2020-10-01T00:00:00Z"), vaccine("2", "2021-10-01T00:00:00.000Z"));
    let (plain, timed) = (vaccine("3", "2019-10-01"), vaccine("4", "2019-10-01T14:05:00Z"));
    let days = [one.clone(), two.clone(), plain];
    assert_eq!(day(&days, &one), (true, "2020-10-01".to_owned()), "never the evening before");
    assert_eq!(
        day(&[one.clone(), timed.clone()], &one),
        (false, "2020-09-30".to_owned()),
        "a source that has times"
    );
    // Decided by who is there, not by who came first; and taken back.
    let mut all = Neighbours::of(days.iter().map(|entry| (BASE, entry)));
    let mut learner = one.clone();
    assert!(all.complete(BASE, &mut learner));
    let lessons = all.change(BASE, None, Some(&timed));
    assert!(!lessons.is_disjoint(&Neighbours::lessons(BASE, &learner)));
    assert!(all.complete(BASE, &mut learner));
    assert_eq!(learner, one);
    let lessons = all.change(BASE, Some(&timed), None);
    assert!(!lessons.is_disjoint(&Neighbours::lessons(BASE, &one)));
    // Of another kind of record, or another source, nothing follows; nor of an instant.
    let visit = r4(r#"{"resourceType":"Encounter","id":"v","period":{"start":"2019-10-01T09:00:00Z"}}"#);
    assert!(day(&[one.clone(), visit], &one).0);
    let issued = r4(r#"{"resourceType":"Observation","id":"i","issued":"2020-10-01T00:00:00Z"}"#);
    assert!(!complete(std::slice::from_ref(&issued), issued.clone()).date.unwrap().day_only);
}
