//! The release of a resource that came without a connection.

use serde::{Deserialize, Serialize};

use crate::entry::Release;
use crate::json::{Json, Node};

/// How a release was inferred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "by", content = "from")]
pub enum Inference {
    /// A profile in `meta.profile` belongs to one release.
    Profile(String),
    /// The type exists in one release only.
    Type(String),
    /// An element, or its shape, exists in one release only.
    Element(String),
    /// The resource does not say; most of those it came with are of that release.
    Neighbours,
    /// Nothing says so: it is read as R4, whose reader knows the elements of the other two.
    Nothing,
}

/// Types of one release alone, among those patients are sent.
const TYPES: &[(&str, Release)] = &[
    ("Conformance", Release::Dstu2),
    ("DeviceUseRequest", Release::Dstu2),
    ("DiagnosticOrder", Release::Dstu2),
    ("MedicationOrder", Release::Dstu2),
    ("MedicationPrescription", Release::Dstu2),
    ("DataElement", Release::Stu3),
    ("EligibilityRequest", Release::Stu3),
    ("EligibilityResponse", Release::Stu3),
    ("Sequence", Release::Stu3),
    ("BodyStructure", Release::R4),
    ("CoverageEligibilityRequest", Release::R4),
    ("CoverageEligibilityResponse", Release::R4),
    ("ImmunizationEvaluation", Release::R4),
    ("InsurancePlan", Release::R4),
    ("MolecularSequence", Release::R4),
    ("OrganizationAffiliation", Release::R4),
    ("ServiceRequest", Release::R4),
];

/// (type or `*`, element, release): the element is in that release of that type and in no other.
const ELEMENTS: &[(&str, &str, Release)] = &[
    ("Observation", "comments", Release::Dstu2),
    ("Observation", "comment", Release::Stu3),
    ("Observation", "hasMember", Release::R4),
    ("Observation", "effectiveInstant", Release::R4),
    ("Condition", "dateRecorded", Release::Dstu2),
    ("Condition", "notes", Release::Dstu2),
    ("Condition", "patient", Release::Dstu2),
    ("Condition", "assertedDate", Release::Stu3),
    ("Condition", "context", Release::Stu3),
    ("Condition", "recordedDate", Release::R4),
    ("AllergyIntolerance", "substance", Release::Dstu2),
    ("AllergyIntolerance", "lastOccurence", Release::Dstu2),
    ("AllergyIntolerance", "assertedDate", Release::Stu3),
    ("Immunization", "wasNotGiven", Release::Dstu2),
    ("Immunization", "reported", Release::Dstu2),
    ("Immunization", "notGiven", Release::Stu3),
    ("Immunization", "practitioner", Release::Stu3),
    ("Immunization", "occurrenceDateTime", Release::R4),
    ("Immunization", "occurrenceString", Release::R4),
    ("Immunization", "protocolApplied", Release::R4),
    ("Procedure", "notPerformed", Release::Dstu2),
    ("Procedure", "reasonCodeableConcept", Release::Dstu2),
    ("Procedure", "context", Release::Stu3),
    ("Procedure", "notDone", Release::Stu3),
    ("Procedure", "performedString", Release::R4),
    ("Procedure", "statusReason", Release::R4),
    ("Encounter", "patient", Release::Dstu2),
    ("Encounter", "indication", Release::Dstu2),
    ("Encounter", "reasonCode", Release::R4),
    ("Encounter", "reasonReference", Release::R4),
    ("Encounter", "serviceType", Release::R4),
    ("DiagnosticReport", "request", Release::Dstu2),
    ("DiagnosticReport", "context", Release::Stu3),
    ("DiagnosticReport", "conclusionCode", Release::R4),
    ("DiagnosticReport", "resultsInterpreter", Release::R4),
    ("DiagnosticReport", "media", Release::R4),
    ("MedicationStatement", "wasNotTaken", Release::Dstu2),
    ("MedicationStatement", "patient", Release::Dstu2),
    ("MedicationStatement", "taken", Release::Stu3),
    ("MedicationRequest", "context", Release::Stu3),
    ("MedicationRequest", "reportedBoolean", Release::R4),
    ("MedicationRequest", "encounter", Release::R4),
    ("MedicationAdministration", "wasNotGiven", Release::Dstu2),
    ("MedicationAdministration", "effectiveTimeDateTime", Release::Dstu2),
    ("MedicationAdministration", "effectiveTimePeriod", Release::Dstu2),
    ("MedicationAdministration", "notGiven", Release::Stu3),
    ("MedicationDispense", "patient", Release::Dstu2),
    ("MedicationDispense", "notDone", Release::Stu3),
    ("Medication", "product", Release::Dstu2),
    ("Patient", "careProvider", Release::Dstu2),
    ("Goal", "lifecycleStatus", Release::R4),
    ("CarePlan", "participant", Release::Dstu2),
    ("CarePlan", "modified", Release::Dstu2),
    ("DocumentReference", "category", Release::R4),
    ("Device", "udiCarrier", Release::R4),
    ("Device", "deviceName", Release::R4),
    ("Coverage", "issuer", Release::Dstu2),
    ("Coverage", "grouping", Release::Stu3),
    ("ExplanationOfBenefit", "totalCost", Release::Stu3),
    ("ExplanationOfBenefit", "information", Release::Stu3),
    ("ExplanationOfBenefit", "total", Release::R4),
    ("ExplanationOfBenefit", "supportingInfo", Release::R4),
    ("Binary", "data", Release::R4),
    ("ProcedureRequest", "orderedOn", Release::Dstu2),
    ("ProcedureRequest", "authoredOn", Release::Stu3),
    ("ReferralRequest", "authoredOn", Release::Stu3),
    ("QuestionnaireResponse", "group", Release::Dstu2),
    ("QuestionnaireResponse", "context", Release::Stu3),
    ("Practitioner", "practitionerRole", Release::Dstu2),
];

/// (type, element, release when it is an object, release when it is a plain text, release when it is a list).
type Shape = (&'static str, &'static str, Option<Release>, Option<Release>, Option<Release>);

const SHAPES: &[Shape] = &[
    ("Condition", "clinicalStatus", Some(Release::R4), Some(Release::Stu3), None),
    ("Condition", "verificationStatus", Some(Release::R4), Some(Release::Stu3), None),
    ("Condition", "category", Some(Release::Dstu2), None, None),
    ("AllergyIntolerance", "clinicalStatus", Some(Release::R4), Some(Release::Stu3), None),
    ("AllergyIntolerance", "verificationStatus", Some(Release::R4), Some(Release::Stu3), None),
    ("Observation", "interpretation", None, None, Some(Release::R4)),
    ("Observation", "category", Some(Release::Dstu2), None, None),
    ("DiagnosticReport", "category", None, None, Some(Release::R4)),
    ("DiagnosticReport", "performer", Some(Release::Dstu2), None, None),
    ("Encounter", "class", None, Some(Release::Dstu2), None),
    ("Goal", "description", None, Some(Release::Dstu2), None),
    ("FamilyMemberHistory", "sex", Some(Release::R4), None, None),
];

/// Types that have `context` in R4 as well as in STU3, or in all releases.
const CONTEXT_SHARED: &[&str] = &[
    "CarePlan",
    "ChargeItem",
    "DocumentReference",
    "MedicationAdministration",
    "MedicationDispense",
    "MedicationStatement",
];

/// The release a resource seems to be written in, and what said so. Profiles of one release outrank types, types outrank
/// elements; a profile that is published for two releases comes last. What two releases share decides nothing.
pub(crate) fn infer(node: &Node<'_>) -> (Option<Release>, Inference) {
    let profiles = || node.all("meta.profile").into_iter().filter_map(Node::scalar);
    for profile in profiles() {
        let lower = profile.to_ascii_lowercase();
        let release = if lower.contains("argonaut") || lower.contains("/dstu2/") {
            Release::Dstu2
        } else if lower.contains("/us/carin-bb/") {
            Release::R4
        } else if lower.contains("/stu3/") || lower.contains("standardhealthrecord.org") {
            Release::Stu3
        } else {
            continue;
        };
        return (Some(release), Inference::Profile(profile.to_owned()));
    }
    let resource_type = node.peek("resourceType").unwrap_or_default();
    if let Some((name, release)) = TYPES.iter().find(|(name, _)| *name == resource_type) {
        return (Some(*release), Inference::Type((*name).to_owned()));
    }
    // A text where the older release has a text and STU3 too: DSTU2's Condition and AllergyIntolerance have a
    // `patient` or `substance`, which the elements above found first.
    for (name, element, release) in ELEMENTS {
        if *name == resource_type && node.has(element) {
            return (Some(*release), Inference::Element((*element).to_owned()));
        }
    }
    for (name, element, object, text, list) in SHAPES {
        if *name != resource_type {
            continue;
        }
        let release = match node.get(element).map(|value| &value.json) {
            Some(Json::Object(_)) => *object,
            Some(Json::Text(_)) => *text,
            Some(Json::List(_)) => *list,
            _ => None,
        };
        if let Some(release) = release {
            return (Some(release), Inference::Element((*element).to_owned()));
        }
    }
    if node.has("context") && !CONTEXT_SHARED.contains(&resource_type) {
        return (Some(Release::Stu3), Inference::Element("context".to_owned()));
    }
    if node.all("name.family").first().is_some_and(|_| node.get("name").is_some_and(family_list)) {
        return (Some(Release::Dstu2), Inference::Element("name.family".to_owned()));
    }
    // US Core has the same addresses for STU3 (2.0) and R4; nearly all that is sent is R4.
    if let Some(profile) = profiles().find(|profile| profile.to_ascii_lowercase().contains("/us/core/")) {
        return (Some(Release::R4), Inference::Profile(profile.to_owned()));
    }
    (None, Inference::Nothing)
}

/// DSTU2 writes the family name as a list.
fn family_list(name: &Node<'_>) -> bool {
    name.items()
        .iter()
        .any(|name| matches!(name.get("family").map(|family| &family.json), Some(Json::List(_))))
}
