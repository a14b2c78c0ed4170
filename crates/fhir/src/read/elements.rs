//! Where each type keeps what every entry has. Paths are separated by spaces and tried in order; the element names
//! of DSTU2, STU3 and R4 stand together (R4 definitions: hl7.org/fhir/R4/resourcelist.html, and the same for the others).

use crate::entry::Kind;
use crate::system::{CPT, CVX, ICD10CM, LOINC, NDC, RXNORM, SNOMED, UNII};

/// Where to look in one type.
pub(super) struct Plan {
    pub(super) kind: Kind,
    /// Concepts, texts, names and references that may be the title.
    pub(super) titles: &'static str,
    /// Elements that hold the code of the thing itself. Never its category, class, scope, reason, items or dosage: two
    /// things of one category are two things.
    pub(super) codes: &'static str,
    /// `~` marks a date of writing down.
    pub(super) dates: &'static str,
    pub(super) status: &'static str,
    pub(super) categories: &'static str,
    pub(super) performers: &'static str,
    pub(super) members: &'static str,
    /// Systems whose display is liked best as a title.
    pub(super) preferred: &'static [&'static str],
}

pub(super) fn words(paths: &str) -> std::str::SplitAsciiWhitespace<'_> {
    paths.split_ascii_whitespace()
}

/// Elements that hold a date in some type; the general reader tries them in this order.
pub(super) const ANY_DATE: &str = "effectiveDateTime effectivePeriod effectiveInstant performedDateTime performedPeriod \
    occurrenceDateTime occurrencePeriod occurredDateTime occurredPeriod onsetDateTime onsetPeriod startDate start period \
    servicedDate servicedPeriod billablePeriod executionPeriod date dateTime detected sent received started \
    ~authoredOn ~authored ~dateWritten ~orderedOn ~issued ~applies ~recordedDate ~recordedOn ~dateRecorded ~assertedDate \
    ~recorded ~created ~modified ~indexed ~dateAsserted ~timestamp ~statusDate planningHorizon \
    effectiveTime publicationDate approvalDate";

/// Titles any type may have; tried after a type's own.
pub(super) const ANY_TITLE: &str =
    "title name code type label description display summary serviceType topic event category";

const GENERAL: Plan = Plan {
    kind: Kind::Other,
    titles: "",
    codes: "code",
    dates: "",
    status: "status",
    categories: "category",
    performers: "performer.actor performer author recorder requester.agent requester source",
    members: "",
    preferred: &[],
};

const MEDICINE: Plan = Plan {
    kind: Kind::Medicine,
    titles: "medicationCodeableConcept medicationReference medication.concept medication",
    codes: "medicationCodeableConcept medicationReference medication.concept medication",
    dates: "",
    status: "status",
    categories: "category",
    performers: "",
    members: "",
    preferred: &[RXNORM, NDC, SNOMED],
};

const ORDER: Plan = Plan {
    kind: Kind::Order,
    titles: "code serviceRequested codeCodeableConcept item.code type description category",
    codes: "code serviceRequested codeCodeableConcept item.code",
    dates: "authoredOn orderedOn occurrenceDateTime occurrencePeriod occurrenceTiming scheduledDateTime scheduledPeriod \
        scheduledTiming date dateSent event.dateTime",
    status: "status",
    categories: "category",
    performers: "requester.agent requester orderer performer recipient",
    members: "",
    preferred: &[SNOMED, LOINC, CPT],
};

const SUPPORT: Plan = Plan {
    kind: Kind::Support,
    titles: "name code type",
    codes: "code",
    dates: "",
    status: "status",
    categories: "category",
    performers: "",
    members: "",
    preferred: &[],
};

const CLAIM: Plan = Plan {
    kind: Kind::Claim,
    titles: "item.productOrService item.service type subType disposition",
    codes: "",
    dates: "billablePeriod item.servicedPeriod item.servicedDate servicedDate servicedPeriod ~created",
    status: "status",
    categories: "",
    performers: "provider insurer organization facility",
    members: "",
    preferred: &[],
};

static PLANS: &[(&str, Plan)] = &[
    (
        "Observation",
        Plan {
            kind: Kind::Observation,
            titles: "code",
            dates: "effectiveDateTime effectivePeriod effectiveInstant effectiveTiming appliesDateTime appliesPeriod ~issued",
            performers: "performer.actor performer",
            members: "hasMember",
            preferred: &[LOINC, SNOMED],
            ..GENERAL
        },
    ),
    (
        "DiagnosticReport",
        Plan {
            kind: Kind::Report,
            titles: "code name presentedForm.title category",
            dates: "effectiveDateTime effectivePeriod ~issued",
            performers: "performer.actor performer resultsInterpreter",
            members: "result",
            preferred: &[LOINC, SNOMED],
            ..GENERAL
        },
    ),
    (
        "Condition",
        Plan {
            kind: Kind::Problem,
            titles: "code",
            dates: "onsetDateTime onsetPeriod onsetAge onsetQuantity onsetRange onsetString ~recordedDate ~dateRecorded \
                ~assertedDate ~dateAsserted",
            status: "clinicalStatus status verificationStatus",
            performers: "asserter recorder",
            preferred: &[SNOMED, ICD10CM],
            ..GENERAL
        },
    ),
    (
        "AllergyIntolerance",
        Plan {
            kind: Kind::Allergy,
            titles: "code substance reaction.substance",
            codes: "code substance",
            dates: "onset onsetDateTime onsetPeriod onsetAge onsetRange onsetString ~recordedDate ~assertedDate \
                lastOccurrence lastOccurence reaction.onset",
            status: "clinicalStatus status verificationStatus",
            performers: "recorder asserter reporter",
            preferred: &[RXNORM, UNII, SNOMED],
            ..GENERAL
        },
    ),
    (
        "MedicationOrder",
        Plan {
            dates: "dateWritten dispenseRequest.validityPeriod dosageInstruction.timing.repeat.boundsPeriod",
            performers: "prescriber",
            ..MEDICINE
        },
    ),
    (
        "MedicationPrescription",
        Plan {
            dates: "dateWritten dispense.validityPeriod dosageInstruction.timing.repeat.boundsPeriod",
            performers: "prescriber",
            ..MEDICINE
        },
    ),
    (
        "MedicationRequest",
        Plan {
            dates: "authoredOn dateWritten dispenseRequest.validityPeriod dosageInstruction.timing.repeat.boundsPeriod",
            performers: "requester.agent requester recorder performer",
            ..MEDICINE
        },
    ),
    (
        "MedicationStatement",
        Plan {
            dates: "effectivePeriod effectiveDateTime ~dateAsserted",
            performers: "informationSource",
            ..MEDICINE
        },
    ),
    (
        "MedicationDispense",
        Plan {
            dates: "whenHandedOver whenPrepared",
            performers: "performer.actor performer dispenser",
            ..MEDICINE
        },
    ),
    (
        "MedicationAdministration",
        Plan {
            dates: "effectiveDateTime effectivePeriod effectiveTimeDateTime effectiveTimePeriod",
            performers: "performer.actor performer practitioner",
            ..MEDICINE
        },
    ),
    (
        "Medication",
        Plan {
            titles: "code product.ingredient.item ingredient.itemCodeableConcept ingredient.itemReference ingredient.item name",
            codes: "code",
            preferred: &[RXNORM, NDC, SNOMED],
            performers: "manufacturer",
            ..SUPPORT
        },
    ),
    (
        "Immunization",
        Plan {
            kind: Kind::Vaccine,
            titles: "vaccineCode vaccineType",
            codes: "vaccineCode vaccineType",
            dates: "occurrenceDateTime date occurrenceString ~recorded",
            performers: "performer.actor performer practitioner.actor requester",
            preferred: &[CVX, NDC],
            ..GENERAL
        },
    ),
    (
        "Procedure",
        Plan {
            kind: Kind::Procedure,
            titles: "code type category",
            dates: "performedDateTime performedPeriod performedString performedAge performedRange date ~recorded",
            performers: "performer.actor performer.person performer recorder asserter",
            members: "report",
            preferred: &[SNOMED, CPT],
            ..GENERAL
        },
    ),
    (
        "Encounter",
        Plan {
            kind: Kind::Visit,
            titles: "type serviceType reasonCode reason",
            codes: "type",
            dates: "period actualPeriod location.period statusHistory.period",
            categories: "class",
            performers: "participant.individual participant.actor serviceProvider",
            preferred: &[SNOMED, CPT],
            ..GENERAL
        },
    ),
    (
        "EpisodeOfCare",
        Plan {
            kind: Kind::Visit,
            titles: "type diagnosis.condition condition",
            codes: "type",
            dates: "period",
            performers: "careManager managingOrganization",
            ..GENERAL
        },
    ),
    (
        "DocumentReference",
        Plan {
            kind: Kind::Document,
            titles: "description content.attachment.title type category class",
            codes: "type",
            dates: "context.period created content.attachment.creation ~date ~indexed",
            categories: "category class",
            performers: "author authenticator custodian",
            preferred: &[LOINC],
            ..GENERAL
        },
    ),
    (
        "DocumentManifest",
        Plan {
            kind: Kind::Document,
            titles: "description type",
            codes: "type",
            dates: "created",
            performers: "author",
            members: "content content.pReference",
            ..GENERAL
        },
    ),
    (
        "Composition",
        Plan {
            kind: Kind::Document,
            titles: "title type class category",
            codes: "type",
            dates: "event.period date",
            categories: "category class",
            performers: "author attester.party custodian",
            members: "section.entry",
            preferred: &[LOINC],
            ..GENERAL
        },
    ),
    ("Binary", Plan { kind: Kind::Document, ..GENERAL }),
    (
        "Media",
        Plan {
            kind: Kind::Imaging,
            titles: "content.title subtype view type modality",
            codes: "",
            dates: "occurrenceDateTime occurrencePeriod createdDateTime createdPeriod content.creation ~issued",
            performers: "operator",
            ..GENERAL
        },
    ),
    (
        "ImagingStudy",
        Plan {
            kind: Kind::Imaging,
            titles: "description procedureCode procedure series.description modality modalityList series.modality",
            codes: "procedureCode",
            dates: "started series.started",
            performers: "referrer interpreter",
            ..GENERAL
        },
    ),
    (
        "ImagingObjectSelection",
        Plan { kind: Kind::Imaging, titles: "title description", dates: "authoringTime", ..GENERAL },
    ),
    (
        "CarePlan",
        Plan {
            kind: Kind::CarePlan,
            titles: "title category description",
            codes: "",
            dates: "period ~created ~modified",
            performers: "author contributor participant.member",
            members: "goal activity.reference",
            preferred: &[SNOMED],
            ..GENERAL
        },
    ),
    (
        "CareTeam",
        Plan {
            kind: Kind::CareTeam,
            titles: "name category type",
            codes: "",
            dates: "period participant.period",
            performers: "managingOrganization",
            members: "",
            ..GENERAL
        },
    ),
    (
        "Goal",
        Plan {
            kind: Kind::Goal,
            titles: "description name",
            codes: "description",
            dates: "startDate statusDate target.dueDate targetDate",
            status: "lifecycleStatus status",
            performers: "expressedBy author",
            preferred: &[SNOMED],
            ..GENERAL
        },
    ),
    ("ServiceRequest", ORDER),
    ("ProcedureRequest", ORDER),
    ("ReferralRequest", ORDER),
    ("DiagnosticOrder", ORDER),
    (
        "DeviceRequest",
        Plan {
            titles: "codeCodeableConcept codeReference code",
            codes: "codeCodeableConcept codeReference code",
            ..ORDER
        },
    ),
    ("DeviceUseRequest", Plan { titles: "device", codes: "device", dates: "orderedOn ~recordedOn", ..ORDER }),
    (
        "SupplyRequest",
        Plan {
            titles: "itemCodeableConcept itemReference orderedItem.itemCodeableConcept orderedItem.itemReference orderedItemCodeableConcept orderedItemReference kind category",
            codes: "itemCodeableConcept itemReference orderedItem.itemCodeableConcept orderedItem.itemReference orderedItemCodeableConcept orderedItemReference",
            dates: "authoredOn date occurrenceDateTime occurrencePeriod",
            ..ORDER
        },
    ),
    (
        "SupplyDelivery",
        Plan {
            titles: "suppliedItem.itemCodeableConcept suppliedItem.itemReference suppliedItem type",
            codes: "suppliedItem.itemCodeableConcept suppliedItem.itemReference suppliedItem",
            dates: "occurrenceDateTime occurrencePeriod time whenPrepared",
            performers: "supplier receiver",
            ..ORDER
        },
    ),
    (
        "VisionPrescription",
        Plan {
            titles: "lensSpecification.product dispense.product",
            codes: "",
            dates: "dateWritten ~created",
            performers: "prescriber",
            ..ORDER
        },
    ),
    (
        "NutritionOrder",
        Plan {
            titles: "oralDiet.type oralDiet.instruction supplement.type supplement.productName enteralFormula.baseFormulaType enteralFormula.baseFormulaProductName",
            codes: "",
            dates: "dateTime",
            performers: "orderer",
            ..ORDER
        },
    ),
    (
        "Order",
        Plan {
            titles: "detail reasonCodeableConcept",
            codes: "",
            dates: "date",
            performers: "source target",
            ..ORDER
        },
    ),
    (
        "Task",
        Plan {
            titles: "code description",
            dates: "executionPeriod ~authoredOn ~lastModified",
            performers: "requester.agent requester owner",
            ..ORDER
        },
    ),
    (
        "CommunicationRequest",
        Plan {
            kind: Kind::Message,
            titles: "category reasonCode payload.contentString payload.contentAttachment.title payload.contentReference",
            codes: "",
            dates: "occurrenceDateTime occurrencePeriod scheduledDateTime ~authoredOn ~requestedOn",
            performers: "sender requester.agent requester recipient",
            ..ORDER
        },
    ),
    (
        "Communication",
        Plan {
            kind: Kind::Message,
            titles: "topic category reasonCode payload.contentString payload.contentAttachment.title payload.contentReference",
            codes: "",
            dates: "sent received",
            performers: "sender recipient",
            ..GENERAL
        },
    ),
    (
        "Appointment",
        Plan {
            kind: Kind::Appointment,
            titles: "serviceType appointmentType type description reasonCode reason",
            codes: "",
            dates: "start requestedPeriod ~created",
            performers: "",
            ..GENERAL
        },
    ),
    (
        "AppointmentResponse",
        Plan {
            kind: Kind::Appointment,
            titles: "appointment actor",
            codes: "",
            dates: "start",
            status: "participantStatus",
            performers: "actor",
            ..GENERAL
        },
    ),
    (
        "FamilyMemberHistory",
        Plan {
            kind: Kind::FamilyHistory,
            titles: "relationship name",
            codes: "",
            dates: "date",
            performers: "",
            ..GENERAL
        },
    ),
    (
        "Coverage",
        Plan {
            kind: Kind::Coverage,
            titles: "class.name grouping.planDisplay grouping.groupDisplay type.text payor.display payor issuer.display issuer type plan group",
            codes: "",
            dates: "period",
            performers: "payor issuer",
            ..GENERAL
        },
    ),
    ("ExplanationOfBenefit", CLAIM),
    ("Claim", CLAIM),
    ("ClaimResponse", CLAIM),
    ("EligibilityRequest", Plan { ..CLAIM }),
    ("EligibilityResponse", Plan { ..CLAIM }),
    ("CoverageEligibilityRequest", Plan { titles: "purpose", ..CLAIM }),
    ("CoverageEligibilityResponse", Plan { titles: "disposition purpose", ..CLAIM }),
    ("PaymentNotice", Plan { titles: "paymentStatus", ..CLAIM }),
    ("PaymentReconciliation", Plan { ..CLAIM }),
    (
        "Account",
        Plan {
            kind: Kind::Claim,
            titles: "name type description",
            codes: "",
            dates: "servicePeriod activePeriod coveragePeriod period active",
            performers: "owner",
            ..GENERAL
        },
    ),
    (
        "Invoice",
        Plan { kind: Kind::Claim, titles: "type", codes: "", dates: "date", performers: "issuer", ..GENERAL },
    ),
    (
        "Contract",
        Plan {
            kind: Kind::Other,
            titles: "title name subject type subType topic",
            codes: "",
            dates: "applies issued",
            performers: "signer.party authority",
            ..GENERAL
        },
    ),
    (
        "Device",
        Plan {
            kind: Kind::Device,
            titles: "deviceName.name udi.name type definition.display model modelNumber",
            codes: "type",
            dates: "",
            performers: "owner",
            preferred: &[SNOMED],
            ..GENERAL
        },
    ),
    (
        "DeviceUseStatement",
        Plan {
            kind: Kind::Device,
            titles: "device",
            codes: "device",
            dates: "timingDateTime timingPeriod timingTiming whenUsed ~recordedOn",
            performers: "source",
            ..GENERAL
        },
    ),
    (
        "QuestionnaireResponse",
        Plan {
            kind: Kind::Questionnaire,
            titles: "questionnaire.display group.title group.text",
            codes: "",
            dates: "authored",
            performers: "author source",
            ..GENERAL
        },
    ),
    (
        "Questionnaire",
        Plan {
            kind: Kind::Questionnaire,
            titles: "title name group.title group.text code",
            dates: "effectivePeriod date",
            performers: "publisher",
            ..GENERAL
        },
    ),
    (
        "Consent",
        Plan {
            kind: Kind::Consent,
            titles: "category type scope policyRule",
            codes: "",
            dates: "dateTime issued period provision.period",
            performers: "performer consentingParty actor.reference organization",
            ..GENERAL
        },
    ),
    (
        "ClinicalImpression",
        Plan {
            kind: Kind::Observation,
            titles: "code description summary",
            dates: "effectiveDateTime effectivePeriod date",
            performers: "assessor",
            members: "problem investigation.item",
            ..GENERAL
        },
    ),
    (
        "RiskAssessment",
        Plan {
            kind: Kind::Observation,
            titles: "code method prediction.outcome condition",
            dates: "occurrenceDateTime occurrencePeriod date",
            performers: "performer",
            members: "basis",
            ..GENERAL
        },
    ),
    (
        "DetectedIssue",
        Plan {
            kind: Kind::Observation,
            titles: "code category detail",
            dates: "identifiedDateTime identifiedPeriod date",
            performers: "author",
            members: "implicated",
            ..GENERAL
        },
    ),
    (
        "AdverseEvent",
        Plan {
            kind: Kind::Problem,
            titles: "event type description",
            codes: "event",
            dates: "date detected ~recordedDate",
            performers: "recorder",
            ..GENERAL
        },
    ),
    (
        "Flag",
        Plan {
            kind: Kind::Problem,
            titles: "code category",
            dates: "period",
            performers: "author",
            ..GENERAL
        },
    ),
    (
        "List",
        Plan {
            kind: Kind::Other,
            titles: "title code",
            dates: "date",
            performers: "source",
            members: "entry.item",
            ..GENERAL
        },
    ),
    (
        "ImmunizationRecommendation",
        Plan {
            // What is due, or whether a dose counts, is no dose.
            kind: Kind::Other,
            titles: "recommendation.vaccineCode recommendation.targetDisease",
            codes: "recommendation.vaccineCode",
            dates: "date recommendation.date recommendation.dateCriterion.value",
            status: "",
            performers: "authority",
            preferred: &[CVX],
            ..GENERAL
        },
    ),
    (
        "ImmunizationEvaluation",
        Plan {
            // What is due, or whether a dose counts, is no dose.
            kind: Kind::Other,
            titles: "targetDisease",
            codes: "",
            dates: "date",
            performers: "authority",
            ..GENERAL
        },
    ),
    (
        "MolecularSequence",
        Plan {
            kind: Kind::Other,
            titles: "referenceSeq.genomeBuild variant.display type",
            performers: "performer",
            ..GENERAL
        },
    ),
    (
        "Sequence",
        Plan {
            kind: Kind::Other,
            titles: "referenceSeq.genomeBuild type",
            performers: "performer",
            ..GENERAL
        },
    ),
    (
        "Patient",
        Plan {
            kind: Kind::Patient,
            titles: "name",
            status: "",
            performers: "generalPractitioner careProvider managingOrganization",
            ..SUPPORT
        },
    ),
    ("Practitioner", Plan { titles: "name", status: "", ..SUPPORT }),
    (
        "PractitionerRole",
        Plan {
            titles: "practitioner.display practitioner code specialty organization.display organization",
            status: "",
            performers: "practitioner organization",
            dates: "period",
            ..SUPPORT
        },
    ),
    ("Person", Plan { titles: "name", status: "", ..SUPPORT }),
    ("RelatedPerson", Plan { titles: "name relationship", status: "", dates: "period", ..SUPPORT }),
    ("Organization", Plan { titles: "name alias type", status: "", ..SUPPORT }),
    (
        "Location",
        Plan { titles: "name alias description type", performers: "managingOrganization", ..SUPPORT },
    ),
    (
        "HealthcareService",
        Plan {
            titles: "serviceName name serviceType.type serviceType type serviceCategory category",
            ..SUPPORT
        },
    ),
    ("Endpoint", Plan { titles: "name connectionType", ..SUPPORT }),
    (
        "Schedule",
        Plan {
            titles: "serviceType serviceCategory specialty actor comment",
            dates: "planningHorizon",
            ..SUPPORT
        },
    ),
    (
        "Slot",
        Plan {
            titles: "serviceType serviceCategory appointmentType type specialty comment",
            dates: "start",
            ..SUPPORT
        },
    ),
    (
        "Specimen",
        Plan {
            titles: "type description",
            codes: "type",
            dates: "collection.collectedDateTime collection.collectedPeriod receivedTime",
            performers: "collection.collector",
            preferred: &[SNOMED],
            ..SUPPORT
        },
    ),
    ("Substance", Plan { titles: "code type description", ..SUPPORT }),
    ("BodySite", Plan { titles: "code description", ..SUPPORT }),
    ("BodyStructure", Plan { titles: "location morphology description", codes: "location", ..SUPPORT }),
    ("Group", Plan { titles: "name code type", ..SUPPORT }),
    ("DeviceComponent", Plan { titles: "type", codes: "type", ..SUPPORT }),
    ("DeviceMetric", Plan { titles: "type", codes: "type", ..SUPPORT }),
    (
        "Provenance",
        Plan {
            titles: "activity reason reasonCode agent.who agent.actor agent.whoReference agent.type agent.role",
            dates: "occurredPeriod occurredDateTime period ~recorded",
            performers: "agent.who agent.actor agent.whoReference",
            members: "target",
            ..SUPPORT
        },
    ),
    ("AuditEvent", Plan { titles: "subtype type event.type", dates: "period ~recorded", ..SUPPORT }),
    ("MessageHeader", Plan { titles: "eventCoding event reason", dates: "timestamp", ..SUPPORT }),
    (
        "OperationOutcome",
        Plan { titles: "issue.details issue.diagnostics issue.code", status: "", ..SUPPORT },
    ),
    (
        "CapabilityStatement",
        Plan { titles: "title name software.name description", dates: "date", ..SUPPORT },
    ),
    ("Conformance", Plan { titles: "name software.name description", dates: "date", ..SUPPORT }),
    ("Parameters", Plan { titles: "parameter.name", status: "", ..SUPPORT }),
    ("CodeSystem", Plan { titles: "title name", dates: "date", ..SUPPORT }),
    ("ValueSet", Plan { titles: "title name", dates: "date", ..SUPPORT }),
    ("CompartmentDefinition", Plan { titles: "name", dates: "date", ..SUPPORT }),
    ("StructureDefinition", Plan { titles: "title name", dates: "date", ..SUPPORT }),
];

static UNKNOWN_TYPE: Plan = GENERAL;

/// The plan of a type; the general one for types we do not know.
/// A care team that is told as a care plan of that category.
pub(super) static TEAM_IN_A_PLAN: Plan = Plan {
    kind: Kind::CareTeam,
    titles: "title description",
    codes: "",
    dates: "period ~modified",
    performers: "author",
    members: "",
    ..GENERAL
};

pub(super) fn plan_of(resource_type: &str) -> &'static Plan {
    PLANS.iter().find(|(name, _)| *name == resource_type).map_or(&UNKNOWN_TYPE, |(_, plan)| plan)
}
