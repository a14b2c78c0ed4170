//! Which questions to ask a server, as plain data: from what it says it can do, and from its manners.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use wholechart_fhir::Release;
use wholechart_smart::{BaseInfo, Capability, Quirk, Quirks, base_key};

/// All questions of a run, in the order they are asked: base after base, the preferred one first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The bases in order.
    pub bases: Vec<PlannedBase>,
    /// Labels of kinds that no base offers: told in the ledger, not asked.
    pub not_offered: Vec<String>,
}

/// The questions of one base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedBase {
    /// Without a trailing slash.
    pub base: String,
    /// Its release.
    pub release: Release,
    /// In order.
    pub questions: Vec<Question>,
}

/// One question: a search for one kind of record, or the reading of the patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Unique within its base and the same from run to run, such as `Observation?category=laboratory`.
    pub name: String,
    /// Key of its label in the word catalogue, such as `kind-vaccine`.
    pub label: String,
    /// The FHIR type that is asked for.
    pub kind: String,
    /// Relative to the base: `Immunization`, `Patient/123`.
    pub path: String,
    /// What is asked; all of it is needed.
    pub params: Vec<(String, String)>,
    /// What is asked along and left out when the server refuses the question: page size, includes.
    pub extras: Vec<(String, String)>,
    /// The server says that it can be asked for what changed (`_lastUpdated`).
    pub since: bool,
    /// A server may well not know this one: a refusal is no gap.
    pub optional: bool,
    /// Asked instead when the server refuses this question as too wide (400, 404; 403 only with words about it).
    pub instead: Vec<Question>,
    /// The same, only where the server names this parameter in its refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<Box<Named>>,
}

/// How a question is asked whose server names what it lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The parameter.
    pub param: String,
    /// The question with it.
    pub question: Question,
}

impl Question {
    /// The question as a relative address, with or without what may be left out.
    pub fn address(&self, with_extras: bool) -> String {
        self.address_since(with_extras, None)
    }

    /// The same, for what changed from a moment on.
    pub fn address_since(&self, with_extras: bool, since: Option<DateTime<Utc>>) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        pairs.extend_pairs(&self.params);
        if let Some(since) = since {
            let since = since.to_rfc3339_opts(SecondsFormat::Secs, true);
            pairs.append_pair("_lastUpdated", &format!("ge{since}"));
        }
        if with_extras {
            pairs.extend_pairs(&self.extras);
        }
        let query = pairs.finish();
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }
}

/// Kinds a record consists of; each is either asked for somewhere or named as not offered.
const LABELS: [&str; 13] = [
    "kind-result",
    "kind-vital",
    "kind-report",
    "kind-problem",
    "kind-allergy",
    "kind-medicine",
    "kind-vaccine",
    "kind-procedure",
    "kind-visit",
    "kind-document",
    "kind-care-plan",
    "kind-goal",
    "kind-family-history",
];

/// Types that belong to a patient, with their label. In the order they are asked: what people look for first.
const TYPES: [(&str, &str); 38] = [
    ("AllergyIntolerance", "kind-allergy"),
    ("Immunization", "kind-vaccine"),
    ("Condition", "kind-problem"),
    ("MedicationRequest", "kind-medicine"),
    ("MedicationOrder", "kind-medicine"),
    ("MedicationStatement", "kind-medicine"),
    ("MedicationDispense", "kind-medicine"),
    ("MedicationAdministration", "kind-medicine"),
    ("Observation", "kind-observation"),
    ("DiagnosticReport", "kind-report"),
    ("Procedure", "kind-procedure"),
    ("Encounter", "kind-visit"),
    ("DocumentReference", "kind-document"),
    ("CarePlan", "kind-care-plan"),
    ("CareTeam", "kind-care-team"),
    ("Goal", "kind-goal"),
    ("FamilyMemberHistory", "kind-family-history"),
    ("ServiceRequest", "kind-order"),
    ("ProcedureRequest", "kind-order"),
    ("DiagnosticOrder", "kind-order"),
    ("ReferralRequest", "kind-order"),
    ("DeviceRequest", "kind-order"),
    ("NutritionOrder", "kind-order"),
    ("Appointment", "kind-appointment"),
    ("Device", "kind-device"),
    ("DeviceUseStatement", "kind-device"),
    ("ImagingStudy", "kind-imaging"),
    ("QuestionnaireResponse", "kind-questionnaire"),
    ("Communication", "kind-message"),
    ("Consent", "kind-consent"),
    ("Coverage", "kind-coverage"),
    ("ExplanationOfBenefit", "kind-claim"),
    ("Claim", "kind-claim"),
    ("ImmunizationRecommendation", "kind-other"),
    ("ClinicalImpression", "kind-other"),
    ("Media", "kind-other"),
    ("Specimen", "kind-support"),
    ("RelatedPerson", "kind-support"),
];

/// Asked of a server that does not say what it can do.
const USUAL: [(&str, &[Release]); 20] = {
    use Release::{Dstu2, R4, Stu3};
    const ALL: &[Release] = &[Dstu2, Stu3, R4];
    const NEW: &[Release] = &[Stu3, R4];
    [
        ("AllergyIntolerance", ALL),
        ("Immunization", ALL),
        ("Condition", ALL),
        ("MedicationRequest", NEW),
        ("MedicationOrder", &[Dstu2]),
        ("MedicationStatement", ALL),
        ("MedicationDispense", ALL),
        ("Observation", ALL),
        ("DiagnosticReport", ALL),
        ("Procedure", ALL),
        ("Encounter", ALL),
        ("DocumentReference", ALL),
        ("CarePlan", ALL),
        ("CareTeam", NEW),
        ("Goal", ALL),
        ("FamilyMemberHistory", ALL),
        ("ServiceRequest", &[R4]),
        ("Device", ALL),
        ("Coverage", NEW),
        ("ExplanationOfBenefit", NEW),
    ]
};

/// Types that have a patient but are reached by reference, or say nothing of their own.
const NEVER_SEARCHED: [&str; 8] =
    ["Patient", "Provenance", "Binary", "AuditEvent", "List", "Basic", "Group", "Person"];

/// Categories of Observation with their label; those after the first three are not known everywhere.
const OBSERVATION_CATEGORIES: [(&str, &str); 11] = [
    ("laboratory", "kind-result"),
    ("vital-signs", "kind-vital"),
    ("social-history", "kind-observation"),
    ("survey", "kind-observation"),
    ("exam", "kind-observation"),
    ("imaging", "kind-observation"),
    ("procedure", "kind-observation"),
    ("therapy", "kind-observation"),
    ("activity", "kind-observation"),
    ("sdoh", "kind-observation"),
    ("functional-status", "kind-observation"),
];

/// Entries a page should have. Servers cap it as they like.
const PAGE_SIZE: &str = "100";

/// Makes the plan for the bases of one provider. `patients` holds the patient's id by base (without a trailing
/// slash); a base without one is not asked.
///
/// A server's statement is taken at its word: types it does not list are not asked for. Types it lists that are not
/// known here are asked for all the same when they can be searched by patient, so that nothing stays invisible.
pub fn plan(bases: &[BaseInfo], quirks: &Quirks, patients: &BTreeMap<String, String>) -> Plan {
    let mut planned = Vec::new();
    for base in bases {
        let key = base_key(&base.url);
        let Some(patient) = patients.get(&key) else { continue };
        let desk = Desk { release: base.release, quirks, capability: base.capability.as_ref(), patient };
        planned.push(PlannedBase { base: key, release: base.release, questions: desk.questions() });
    }
    let asked = |label: &str| {
        planned.iter().flat_map(|base: &PlannedBase| &base.questions).any(|question| {
            // Observation asked as a whole is results and vital signs too.
            question.label == label
                || question.instead.iter().any(|other| other.label == label)
                || (question.kind == "Observation" && matches!(label, "kind-result" | "kind-vital"))
        })
    };
    let not_offered = LABELS.iter().filter(|label| !asked(label)).map(|label| (*label).to_owned()).collect();
    Plan { bases: planned, not_offered }
}

struct Desk<'a> {
    release: Release,
    quirks: &'a Quirks,
    capability: Option<&'a Capability>,
    patient: &'a str,
}

impl Desk<'_> {
    fn questions(&self) -> Vec<Question> {
        let mut questions = vec![Question {
            name: "Patient".into(),
            label: "kind-patient".into(),
            kind: "Patient".into(),
            path: format!("Patient/{}", self.patient),
            params: Vec::new(),
            extras: Vec::new(),
            since: false,
            optional: false,
            instead: vec![Question {
                name: "Patient?_id".into(),
                label: "kind-patient".into(),
                kind: "Patient".into(),
                path: "Patient".into(),
                params: vec![("_id".into(), self.patient.to_owned())],
                extras: Vec::new(),
                since: false,
                optional: false,
                instead: Vec::new(),
                named: None,
            }],
            named: None,
        }];
        let stated = self.capability.is_some_and(|capability| !capability.types.is_empty());
        for (kind, label) in TYPES.into_iter().filter(|(kind, _)| self.offers(kind)) {
            let optional = !stated && !self.is_usual(kind);
            let asked = self.of_type(kind, label).into_iter();
            questions.extend(asked.map(|one| Question { optional: one.optional || optional, ..one }));
        }
        let listed = self.capability.iter().flat_map(|capability| &capability.types);
        for (kind, can) in listed {
            let known = TYPES.iter().any(|(name, _)| name == kind) || NEVER_SEARCHED.contains(&kind.as_str());
            if !known && can.search && can.params.contains("patient") && !is_support(kind) {
                questions.push(self.search(kind, "kind-other", &[]));
            }
        }
        questions
    }

    /// A statement without any type is no statement.
    fn offers(&self, kind: &str) -> bool {
        match self.capability.filter(|capability| !capability.types.is_empty()) {
            Some(capability) => capability.types.get(kind).is_some_and(|can| {
                // Searching without naming a patient would be asking for everybody. Servers that list no parameters
                // at all do not list this one either.
                can.search
                    && (can.params.is_empty()
                        || can.params.contains("patient")
                        || can.params.contains("subject"))
            }),
            // What a server without a statement does not know is no gap, and what it knows nobody else tells.
            None => self.is_usual(kind) || self.may_exist(kind),
        }
    }

    fn is_usual(&self, kind: &str) -> bool {
        USUAL.iter().any(|(name, releases)| *name == kind && releases.contains(&self.release))
    }

    /// Types of this release that only some servers have.
    fn may_exist(&self, kind: &str) -> bool {
        match kind {
            "MedicationOrder" | "DiagnosticOrder" => self.release == Release::Dstu2,
            "ProcedureRequest" | "ReferralRequest" => self.release != Release::R4,
            "MedicationRequest" | "CareTeam" | "Consent" => self.release != Release::Dstu2,
            "ServiceRequest" | "DeviceRequest" => self.release == Release::R4,
            _ => true,
        }
    }

    fn of_type(&self, kind: &str, label: &str) -> Vec<Question> {
        let has = |quirk| self.quirks.has(quirk);
        let wide = || self.search(kind, label, &[]);
        let split = |needs: bool, parts: Vec<Question>| {
            if needs { parts } else { vec![Question { instead: parts, ..wide() }] }
        };
        let by = |name: &str, values: &[(&str, bool)]| -> Vec<Question> {
            values
                .iter()
                .map(|(value, optional)| Question {
                    optional: *optional,
                    ..self.search(kind, label, &[(name, value)])
                })
                .collect()
        };
        match kind {
            "Observation" => {
                let parts = OBSERVATION_CATEGORIES.iter().enumerate().map(|(at, (category, label))| {
                    Question { optional: at >= 3, ..self.search(kind, label, &[("category", category)]) }
                });
                split(has(Quirk::ObservationNeedsCategory), parts.collect())
            }
            "CarePlan" => {
                let mut parts = by("category", &[("assess-plan", false)]);
                if self.release == Release::R4 {
                    // SNOMED CT: encounter, longitudinal and outpatient care plans.
                    parts.extend(by(
                        "category",
                        &[("734163000", true), ("38717003", true), ("736271009", true)],
                    ));
                }
                if self.release == Release::Dstu2 {
                    // DSTU2 has no CareTeam; Argonaut puts it into a care plan.
                    let team = self.search(kind, "kind-care-team", &[("category", "careteam")]);
                    parts.push(Question { optional: true, ..team });
                }
                split(has(Quirk::CarePlanNeedsCategory), parts)
            }
            "Condition" => {
                let values: &[(&str, bool)] = if self.release == Release::Dstu2 {
                    &[("problem", false), ("diagnosis", true), ("health-concern", true)]
                } else {
                    &[("problem-list-item", false), ("encounter-diagnosis", false), ("health-concern", true)]
                };
                split(has(Quirk::ConditionNeedsCategory), by("category", values))
            }
            "DiagnosticReport" => {
                // HL7 v2-0074 "laboratory", the older spelling of it, and LOINC parts for radiology, cardiology, pathology.
                let values = [
                    ("LAB", false),
                    ("lab", true),
                    ("LP29684-5", true),
                    ("LP29708-2", true),
                    ("LP7839-6", true),
                ];
                split(has(Quirk::DiagnosticReportNeedsCategory), by("category", &values))
            }
            "DocumentReference" => {
                let parts = by("category", &[("clinical-note", false)]);
                split(has(Quirk::DocumentReferenceNeedsCategory), parts)
            }
            "MedicationRequest" => {
                let mut parts = by("intent", &[("order,plan", false)]);
                let others = "proposal,reflex-order,original-order,filler-order,instance-order,option";
                parts.extend(by("intent", &[(others, true)]));
                split(has(Quirk::MedicationRequestNeedsIntent), parts)
            }
            "CareTeam" => split(false, by("status", &[("active", false)])),
            "Goal" if self.release == Release::R4 => {
                split(false, by("lifecycle-status", &[("active", false)]))
            }
            "Appointment" => {
                let parts = by("date", &[("ge1900-01-01", false)]);
                split(has(Quirk::AppointmentNeedsDate), parts)
            }
            _ => vec![self.or_by_status(wide())],
        }
    }

    /// Some servers answer only where a status is named, and say so: then every status is.
    fn or_by_status(&self, wide: Question) -> Question {
        let values = match (wide.kind.as_str(), self.release) {
            ("MedicationOrder", _) => "active,on-hold,completed,entered-in-error,stopped,draft",
            ("MedicationStatement", Release::Dstu2) => "active,completed,entered-in-error,intended",
            ("MedicationStatement", _) => {
                "active,completed,entered-in-error,intended,stopped,on-hold,unknown,not-taken"
            }
            ("MedicationDispense", Release::Dstu2) | ("MedicationAdministration", _) => {
                "in-progress,on-hold,completed,entered-in-error,stopped"
            }
            ("MedicationDispense", _) => {
                "preparation,in-progress,cancelled,on-hold,completed,entered-in-error,stopped,declined,unknown"
            }
            ("Immunization", _) => "completed,entered-in-error,not-done",
            ("Procedure", _) => {
                "preparation,in-progress,not-done,on-hold,stopped,completed,entered-in-error,unknown"
            }
            ("Encounter", _) => {
                "planned,arrived,triaged,in-progress,onleave,finished,cancelled,entered-in-error,unknown"
            }
            ("Device", _) => "active,inactive,entered-in-error,unknown",
            _ => return wide,
        };
        let question = self.search(&wide.kind, &wide.label, &[("status", values)]);
        // One line in the ledger, whichever way it is asked.
        let question = Question { name: wide.name.clone(), ..question };
        let named = Named { param: "status".into(), question };
        Question { named: Some(Box::new(named)), ..wide }
    }

    fn search(&self, kind: &str, label: &str, narrow: &[(&str, &str)]) -> Question {
        let can = self.capability.and_then(|capability| capability.types.get(kind));
        let mut params = vec![("patient".to_owned(), self.patient.to_owned())];
        if can.is_some_and(|can| can.params.contains("subject") && !can.params.contains("patient")) {
            params = vec![("subject".to_owned(), format!("Patient/{}", self.patient))];
        }
        params.extend(narrow.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let mut extras = Vec::new();
        if !self.quirks.has(Quirk::MaxResultsParameter) {
            let size = if kind == "ExplanationOfBenefit" { "50" } else { PAGE_SIZE };
            extras.push(("_count".to_owned(), size.to_owned()));
        }
        let medicine = format!("{kind}:medication");
        if can.is_some_and(|can| can.includes.contains(&medicine)) {
            extras.push(("_include".to_owned(), medicine));
        }
        if can.is_some_and(|can| can.revincludes.contains("Provenance:target"))
            && !self.quirks.has(Quirk::ProvenanceRevincludeUnsafe)
        {
            extras.push(("_revinclude".to_owned(), "Provenance:target".to_owned()));
        }
        let name =
            narrow.iter().fold(kind.to_owned(), |name, (param, value)| format!("{name}?{param}={value}"));
        Question {
            name,
            label: label.to_owned(),
            kind: kind.to_owned(),
            path: kind.to_owned(),
            params,
            extras,
            since: can.is_some_and(|can| can.params.contains("_lastUpdated"))
                && !self.quirks.has(Quirk::LastUpdatedUnreliable),
            optional: false,
            instead: Vec::new(),
            named: None,
        }
    }
}

/// Types that explain other resources; read when something points to them.
pub(crate) fn is_support(kind: &str) -> bool {
    matches!(
        kind,
        "Practitioner"
            | "PractitionerRole"
            | "Organization"
            | "Location"
            | "Medication"
            | "HealthcareService"
    )
}
