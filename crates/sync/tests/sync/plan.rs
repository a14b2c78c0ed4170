//! Plans as data: what a statement and manners make of the questions.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use wholechart_fhir::Release;
use wholechart_smart::{BaseInfo, Quirk, Quirks, read_capability, shipped_cards};
use wholechart_sync::{Plan, Question, plan};

fn base(release: Release, types: &[(&str, &[&str])]) -> BaseInfo {
    let resources: Vec<Value> = types
        .iter()
        .map(|(kind, params)| {
            let params: Vec<Value> = params.iter().map(|name| json!({"name": name})).collect();
            json!({"type": kind, "interaction": [{"code": "read"}, {"code": "search-type"}], "searchParam": params,
                "searchRevInclude": ["Provenance:target"]})
        })
        .collect();
    let statement =
        json!({"resourceType": "CapabilityStatement", "rest": [{"mode": "server", "resource": resources}]});
    let capability = (!types.is_empty()).then(|| read_capability(&statement));
    BaseInfo { release, url: "https://f.example/r4/".into(), capability }
}

fn planned(base: BaseInfo, quirks: &Quirks) -> Plan {
    plan(&[base], quirks, &BTreeMap::from([("https://f.example/r4".to_owned(), "p1".to_owned())]))
}

fn questions(plan: &Plan) -> Vec<&Question> {
    plan.bases.iter().flat_map(|base| &base.questions).collect()
}

fn names(plan: &Plan) -> Vec<&str> {
    questions(plan).iter().map(|question| question.name.as_str()).collect()
}

/// The types and search parameters are transcribed from what is published of the NextGen R4 gateway.
#[test]
fn a_gateway_that_needs_categories_is_asked_by_category() {
    let card = shipped_cards().into_iter().find(|card| card.id == "nextgen-enterprise").unwrap();
    let usual: &[&str] = &["_id", "patient", "_lastUpdated", "_maxresults"];
    let types: Vec<(&str, &[&str])> = [
        "AllergyIntolerance",
        "CarePlan",
        "CareTeam",
        "Condition",
        "Coverage",
        "Device",
        "DiagnosticReport",
        "DocumentReference",
        "Encounter",
        "Goal",
        "Immunization",
        "MedicationDispense",
        "MedicationRequest",
        "MedicationStatement",
        "Observation",
        "Patient",
        "Procedure",
        "QuestionnaireResponse",
        "RelatedPerson",
        "ServiceRequest",
        "Specimen",
    ]
    .into_iter()
    .map(|kind| (kind, usual))
    .chain([("Organization", &["name"][..]), ("Practitioner", &["name"]), ("Provenance", &[])])
    .collect();
    let plan = planned(base(Release::R4, &types), &card.quirks);
    let names = names(&plan);
    for asked in [
        "Patient",
        "AllergyIntolerance",
        "Immunization",
        "Condition",
        "MedicationRequest",
        "Observation?category=laboratory",
        "Observation?category=vital-signs",
        "CarePlan?category=assess-plan",
        "ServiceRequest",
        "QuestionnaireResponse",
    ] {
        assert!(names.contains(&asked), "{asked} is not in {names:?}");
    }
    for never in ["Observation", "CarePlan", "Provenance", "Practitioner", "Organization"] {
        assert!(!names.contains(&never), "{never}");
    }
    assert_eq!(plan.not_offered, ["kind-family-history"]);
    let vaccines = questions(&plan).into_iter().find(|question| question.kind == "Immunization").unwrap();
    assert_eq!(vaccines.address(false), "Immunization?patient=p1");
    assert_eq!(
        vaccines.address(true),
        "Immunization?patient=p1&_revinclude=Provenance%3Atarget",
        "no page size"
    );
}

#[test]
fn a_server_that_can_do_without_categories_is_asked_at_once_and_in_parts_only_if_it_refuses() {
    let plan = planned(
        base(Release::Dstu2, &[("Observation", &["patient"]), ("CarePlan", &["patient"])]),
        &Quirks::default(),
    );
    assert_eq!(names(&plan), ["Patient", "Observation", "CarePlan"]);
    let observation = questions(&plan)[1];
    assert_eq!(observation.instead.len(), 11);
    assert!(observation.instead.iter().skip(3).all(|part| part.optional));
    let parts: Vec<&str> = questions(&plan)[2].instead.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(parts, ["CarePlan?category=assess-plan", "CarePlan?category=careteam"]);
}

#[test]
fn without_a_statement_the_usual_kinds_of_the_release_are_asked() {
    let r4 = planned(base(Release::R4, &[]), &Quirks::default());
    assert!(names(&r4).contains(&"MedicationRequest") && !names(&r4).contains(&"MedicationOrder"));
    // What only some servers have is asked for as well: nobody says that this one has not.
    let rare = ["Claim", "Appointment", "QuestionnaireResponse", "ImagingStudy", "Consent"];
    let asked =
        |name: &str| questions(&r4).into_iter().find(|one| one.name == name).is_some_and(|one| one.optional);
    assert!(rare.iter().all(|name| asked(name)), "{:?}", names(&r4));
    assert_eq!(r4.not_offered, [""; 0]);
    let dstu2 = planned(base(Release::Dstu2, &[]), &Quirks::default());
    assert!(names(&dstu2).contains(&"MedicationOrder") && !names(&dstu2).contains(&"ServiceRequest"));
    assert_eq!(dstu2.not_offered, [""; 0]);
}

#[test]
fn what_is_not_known_here_is_asked_all_the_same_and_what_is_nobodys_is_not() {
    let types: &[(&str, &[&str])] = &[
        ("VisionPrescription", &["patient"]),
        ("ValueSet", &["url"]),
        ("Condition", &["code"]),
        ("Immunization", &["subject"]),
    ];
    let plan = planned(base(Release::R4, types), &Quirks::default());
    assert_eq!(names(&plan), ["Patient", "Immunization", "VisionPrescription"]);
    assert_eq!(questions(&plan)[1].params, [("subject".to_owned(), "Patient/p1".to_owned())]);
    assert!(plan.not_offered.contains(&"kind-problem".to_owned()));
}

#[test]
fn a_base_whose_patient_is_not_known_is_not_asked() {
    let quirks = Quirks::from_iter([Quirk::ObservationNeedsCategory]);
    let nobody = plan(&[base(Release::R4, &[])], &quirks, &BTreeMap::new());
    assert_eq!(nobody.bases, []);
    assert_eq!(nobody.not_offered.len(), 13);
}

#[test]
fn names_are_unique_within_a_base() {
    for card in shipped_cards() {
        for release in [Release::Dstu2, Release::Stu3, Release::R4] {
            let plan = planned(base(release, &[]), &card.quirks);
            let mut all: Vec<&str> = questions(&plan)
                .into_iter()
                .flat_map(|question| std::iter::once(question).chain(&question.instead))
                .map(|question| question.name.as_str())
                .collect();
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), count, "{} {release:?}", card.id);
        }
    }
}
