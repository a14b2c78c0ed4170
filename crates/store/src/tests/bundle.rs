//! What a bundle calls its resources is kept, and their links hold by it.

use std::ops::ControlFlow;

use serde_json::{Value, json};
use wholechart_fhir::Release;

use super::{Kept, ada, at, id, incoming, page};
use crate::{Incoming, PageCommit, RunOutcome};

const FILE: &str = "file:bundle.json";

fn medicine(uuid: &str) -> Incoming {
    let resource = json!({"resourceType": "Medication", "code": {"text": "Methotrexate 2.5 mg tablet"}});
    Incoming { full_url: Some(format!("urn:uuid:{uuid}")), ..incoming(&resource) }
}

fn order(uuid: &str) -> Incoming {
    let resource = json!({"resourceType": "MedicationRequest", "id": "o", "status": "active", "intent": "order",
        "medicationReference": {"reference": format!("urn:uuid:{uuid}")}});
    Incoming {
        full_url: Some("urn:uuid:00000000-0000-4000-8000-00000000000a".to_owned()),
        ..incoming(&resource)
    }
}

fn takes(kept: &Kept, resources: Vec<(Release, Vec<Incoming>)>) -> (u32, u32, u32) {
    let run = kept.store.begin_run(&id("files"), at(0)).unwrap();
    let mut counts = (0, 0, 0);
    for (release, resources) in resources {
        let commit = PageCommit {
            base: FILE.into(),
            url: FILE.into(),
            release,
            resources,
            ..page(run, "files", &[] as &[Value])
        };
        let outcome = kept.store.commit_page(commit).unwrap();
        counts = (counts.0 + outcome.new, counts.1 + outcome.changed, counts.2 + outcome.unchanged);
    }
    kept.store.finish_run(run, at(1), RunOutcome::Complete).unwrap();
    kept.store.refresh_facts(&ada()).unwrap();
    counts
}

fn titles(kept: &Kept) -> Vec<String> {
    let facts = kept.facts_for_summary(&ada());
    let orders = facts.iter().flat_map(|(_, members)| members).filter(|member| member.key.id == "o");
    orders.map(|member| member.entry.title.clone()).collect()
}

#[test]
fn a_medicine_is_found_by_what_its_bundle_calls_it() {
    let kept = Kept::with(&["files"]);
    let (first, second) = ("6d0e2f3a-1111-4222-8333-0123456789ab", "7d0e2f3a-1111-4222-8333-0123456789ab");
    takes(&kept, vec![(Release::R4, vec![order(first), medicine(first)])]);
    assert_eq!(titles(&kept), ["Methotrexate 2.5 mg tablet"]);
    // Written anew with other names for the same content: nothing is lost, and nothing is told twice.
    let counts = takes(&kept, vec![(Release::R4, vec![order(second), medicine(second)])]);
    assert_eq!(counts, (0, 1, 1), "the order points elsewhere, the medicine is the same");
    assert_eq!(titles(&kept), ["Methotrexate 2.5 mg tablet"]);
    let counts = takes(&kept, vec![(Release::R4, vec![order(second), medicine(second)])]);
    assert_eq!(counts, (0, 0, 2));
    kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
    kept.store.refresh_facts(&ada()).unwrap();
    assert_eq!(
        titles(&kept),
        ["Methotrexate 2.5 mg tablet"],
        "made anew from the bytes and what is kept beside them"
    );
}

#[test]
fn links_of_a_file_hold_whatever_its_parts_were_read_as() {
    let kept = Kept::with(&["files"]);
    let uuid = "6d0e2f3a-1111-4222-8333-0123456789ab";
    takes(&kept, vec![(Release::Stu3, vec![order(uuid)]), (Release::R4, vec![medicine(uuid)])]);
    assert_eq!(titles(&kept), ["Methotrexate 2.5 mg tablet"]);
}

/// An allergy that its file calls `a1`.
fn allergy(substance: &str, criticality: &str) -> Incoming {
    incoming(&json!({"resourceType": "AllergyIntolerance", "id": "a1", "criticality": criticality,
        "code": {"text": substance}, "patient": {"reference": "Patient/p1"}}))
}

fn substances(kept: &Kept) -> Vec<String> {
    let facts = kept.facts_for_summary(&ada());
    let mut titles: Vec<String> = facts.iter().map(|(fact, _)| fact.title.text.clone()).collect();
    titles.sort();
    titles
}

#[test]
fn two_files_of_one_name_that_number_their_records_alike_lose_nothing() {
    let kept = Kept::with(&["files"]);
    let one = |resource| vec![(Release::R4, vec![resource])];
    takes(&kept, one(allergy("Penicillin", "high")));
    // Another portal's `export.json`: its `a1` is another allergy, and no newer version of the first.
    assert_eq!(takes(&kept, one(allergy("Latex", "low"))), (1, 0, 0));
    assert_eq!(substances(&kept), ["Latex", "Penicillin"]);
    assert_eq!(takes(&kept, one(allergy("Latex", "low"))), (0, 0, 1), "the same again is the same");
    assert_eq!(takes(&kept, one(allergy("Penicillin", "high"))), (0, 0, 1));
    // What says more of the same thing, or calls it by another name, is a newer version.
    assert_eq!(takes(&kept, one(allergy("PCN", "high"))), (0, 1, 0));
    assert_eq!(takes(&kept, one(allergy("Penicillin V potassium", "low"))), (0, 1, 0));
    assert_eq!(substances(&kept), ["Latex", "Penicillin V potassium"]);
}
