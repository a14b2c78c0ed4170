//! What is asked of vendors' servers, from their real statements. The statements are not part of this repository: where
//! they are missing the test says so and passes, except where everything is required.

#![allow(clippy::print_stdout, reason = "says what was not tested")]

use std::collections::BTreeMap;

use wholechart_fhir::Release;
use wholechart_smart::{BaseInfo, Quirk, Quirks, read_capability, shipped_cards};
use wholechart_sync::{PlannedBase, Question, plan};

use crate::corpus_dir::corpus;

const STATEMENTS: &str = "metadata/lantern-capability/capabilityreceiver/testdata";

/// None when the collection is not here.
fn statement(name: &str) -> Option<serde_json::Value> {
    let bytes = std::fs::read(corpus()?.join(STATEMENTS).join(name)).unwrap();
    Some(serde_json::from_slice(&bytes).unwrap())
}

fn planned(statement: &serde_json::Value, quirks: &Quirks) -> PlannedBase {
    let capability = read_capability(statement);
    let release = capability.release.unwrap_or(Release::R4);
    let url = "https://f.example/api".to_owned();
    let base = BaseInfo { release, url: url.clone(), capability: Some(capability) };
    plan(&[base], quirks, &BTreeMap::from([(url, "p1".to_owned())])).bases.remove(0)
}

/// `name` of what is asked as a whole, `name/n` where n parts are asked if it is refused, `~` in front where it can be
/// asked for what changed.
fn words(base: &PlannedBase) -> String {
    let word = |question: &Question| {
        let since = if question.since { "~" } else { "" };
        let parts =
            if question.instead.is_empty() { String::new() } else { format!("/{}", question.instead.len()) };
        format!("{since}{}{parts}", question.name)
    };
    base.questions.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn of(card: &str) -> Quirks {
    shipped_cards().into_iter().find(|known| known.id == card).unwrap().quirks
}

#[test]
fn each_vendors_statement_makes_its_plan() {
    let manners = |quirks: &[Quirk]| quirks.iter().copied().collect::<Quirks>();
    let categories = manners(&[Quirk::ObservationNeedsCategory, Quirk::CarePlanNeedsCategory]);
    for (name, quirks, release, expected) in PLANS.map(|(name, quirks, release, expected)| {
        let quirks = match quirks {
            "" => Quirks::default(),
            "categories" => categories.clone(),
            card => of(card),
        };
        (name, quirks, release, expected)
    }) {
        let Some(statement) = statement(name) else { continue };
        let base = planned(&statement, &quirks);
        assert_eq!(base.release.as_str(), release, "{name}");
        let expected = expected.split(' ').flat_map(each_category).collect::<Vec<_>>().join(" ");
        assert_eq!(words(&base), expected, "{name}");
    }
}

/// The categories of observations that are asked for one by one where a server wants one.
const CATEGORIES: [&str; 11] = [
    "laboratory",
    "vital-signs",
    "social-history",
    "survey",
    "exam",
    "imaging",
    "procedure",
    "therapy",
    "activity",
    "sdoh",
    "functional-status",
];

/// `Observation?each` of the table below, written out.
fn each_category(word: &str) -> Vec<String> {
    match word.strip_suffix("each") {
        Some(question) => CATEGORIES.map(|category| format!("{question}category={category}")).to_vec(),
        None => vec![word.to_owned()],
    }
}

/// (statement, card or manners, release, plan)
const PLANS: [(&str, &str, &str, &str); 8] = [
    (
        "epic_capability_dstu2.json",
        "epic",
        "dstu2",
        "Patient/1 AllergyIntolerance Immunization Condition/3 MedicationOrder MedicationStatement Observation?each DiagnosticReport/5 Procedure DocumentReference/1 CarePlan?category=assess-plan CarePlan?category=careteam Goal FamilyMemberHistory Device",
    ),
    (
        "wellstar_capability_tester.json",
        "epic",
        "dstu2",
        "Patient/1 AllergyIntolerance Immunization Condition/3 MedicationOrder MedicationStatement Observation?each DiagnosticReport/5 Procedure DocumentReference/1 CarePlan?category=assess-plan CarePlan?category=careteam Goal FamilyMemberHistory Device",
    ),
    (
        "advantagecare_physicians_stu3.json",
        "epic",
        "stu3",
        "Patient/1 AllergyIntolerance Immunization Condition/3 MedicationRequest/2 MedicationStatement Observation?each DiagnosticReport/5 Procedure Encounter DocumentReference/1 Goal ProcedureRequest Device Coverage",
    ),
    (
        "cerner_capability_dstu2.json",
        "oracle-health",
        "dstu2",
        "Patient/1 AllergyIntolerance Immunization Condition/3 ~MedicationOrder MedicationStatement MedicationAdministration ~Observation?each DiagnosticReport/5 Procedure Encounter DocumentReference/1 CarePlan?category=assess-plan CarePlan?category=careteam Goal ~ProcedureRequest Appointment?date=ge1900-01-01 Device RelatedPerson",
    ),
    (
        "allscripts_capability_dstu2.json",
        "veradigm",
        "dstu2",
        "Patient/1 AllergyIntolerance Immunization Condition/3 MedicationOrder MedicationStatement Observation?each DiagnosticReport/5 Procedure DocumentReference/1 CarePlan/2 Goal DiagnosticOrder Device",
    ),
    (
        "meditech_capability_dstu2.json",
        "meditech",
        "dstu2",
        "Patient/1 AllergyIntolerance Immunization Condition/3 MedicationOrder MedicationStatement Observation?each DiagnosticReport/5 Procedure DocumentReference/1 CarePlan/2 Goal Device",
    ),
    (
        "careevolution_dstu2.json",
        "",
        "r4",
        "Patient/1 ~AllergyIntolerance ~Immunization ~Condition/3 ~MedicationRequest/2 ~MedicationDispense ~MedicationAdministration ~Observation/11 ~DiagnosticReport/5 ~Procedure ~Encounter DocumentReference/1 ~CarePlan/4 CareTeam/1 Goal/1 ~ServiceRequest Device ~Coverage ~ExplanationOfBenefit ~Claim Specimen ~RelatedPerson MeasureReport RiskAssessment Task",
    ),
    ("test_r4_capability_statement.json", "categories", "r4", "Patient/1 Condition/3"),
];
