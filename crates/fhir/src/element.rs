//! Names of elements among the details, and what a patient need not see.

use std::borrow::Cow;
use std::hash::Hasher as _;
use std::sync::LazyLock;

use fnv::FnvHasher;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::humanise;

/// Elements that are for machines: ids, addresses of definitions, versions of code systems, signatures. Everything
/// else that is sent appears in the entry. By the element's name wherever it stands.
pub const UNSEEN_PATHS: &[&str] =
    &["resourceType", "id", "meta", "implicitRules", "fhir_comments", "userSelected", "linkId", "fullUrl"];

/// Whether an element of this name is for machines alone.
///
/// Asked for every member several times over, and most names already differ in their first letter.
pub(crate) fn is_unseen(name: &str) -> bool {
    let first = name.as_bytes().first();
    UNSEEN_PATHS.iter().any(|path| path.as_bytes().first() == first && *path == name)
}

/// The name of an element among an entry's details, shared by everything above: FHIR's name in kebab-case, with the
/// element around it where it would say nothing alone (`stage-type`). `detail-` and it are the key of its words in the
/// catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Element(&'static str);

impl Element {
    /// `abatement`
    pub const ABATEMENT: Element = Element("abatement");
    /// `address`
    pub const ADDRESS: Element = Element("address");
    /// `activity`
    pub const ACTIVITY: Element = Element("activity");
    /// `age`
    pub const AGE: Element = Element("age");
    /// `answer`
    pub const ANSWER: Element = Element("answer");
    /// `body-site`
    pub const BODY_SITE: Element = Element("body-site");
    /// `birth-date`
    pub const BIRTH_DATE: Element = Element("birth-date");
    /// `born`
    pub const BORN: Element = Element("born");
    /// `category`
    pub const CATEGORY: Element = Element("category");
    /// `conclusion`
    pub const CONCLUSION: Element = Element("conclusion");
    /// `class`
    pub const CLASS: Element = Element("class");
    /// `condition`
    pub const CONDITION: Element = Element("condition");
    /// `contact`
    pub const CONTACT: Element = Element("contact");
    /// `contained`
    pub const CONTAINED: Element = Element("contained");
    /// `criticality`
    pub const CRITICALITY: Element = Element("criticality");
    /// `date`
    pub const DATE: Element = Element("date");
    /// `date-asserted`
    pub const DATE_ASSERTED: Element = Element("date-asserted");
    /// `deceased`
    pub const DECEASED: Element = Element("deceased");
    /// `derived-from`
    pub const DERIVED_FROM: Element = Element("derived-from");
    /// `description`
    pub const DESCRIPTION: Element = Element("description");
    /// `diagnosis`
    pub const DIAGNOSIS: Element = Element("diagnosis");
    /// `dispense-request-quantity`
    pub const DISPENSE_REQUEST_QUANTITY: Element = Element("dispense-request-quantity");
    /// `dose-quantity`
    pub const DOSE_QUANTITY: Element = Element("dose-quantity");
    /// `dose-number`
    pub const DOSE_NUMBER: Element = Element("dose-number");
    /// `dose-sequence`
    pub const DOSE_SEQUENCE: Element = Element("dose-sequence");
    /// `due`
    pub const DUE: Element = Element("due");
    /// `effective`
    pub const EFFECTIVE: Element = Element("effective");
    /// `explanation`
    pub const EXPLANATION: Element = Element("explanation");
    /// `facility`
    pub const FACILITY: Element = Element("facility");
    /// `focus`
    pub const FOCUS: Element = Element("focus");
    /// `goal`
    pub const GOAL: Element = Element("goal");
    /// `group`
    pub const GROUP: Element = Element("group");
    /// `insurer`
    pub const INSURER: Element = Element("insurer");
    /// `issued`
    pub const ISSUED: Element = Element("issued");
    /// `last-occurrence`
    pub const LAST_OCCURRENCE: Element = Element("last-occurrence");
    /// `location`
    pub const LOCATION: Element = Element("location");
    /// `location-location`
    pub const LOCATION_LOCATION: Element = Element("location-location");
    /// `lot-number`
    pub const LOT_NUMBER: Element = Element("lot-number");
    /// `managing-organization`
    pub const MANAGING_ORGANIZATION: Element = Element("managing-organization");
    /// `modality`
    pub const MODALITY: Element = Element("modality");
    /// `name`
    pub const NAME: Element = Element("name");
    /// `number-of-repeats-allowed`
    pub const NUMBER_OF_REPEATS_ALLOWED: Element = Element("number-of-repeats-allowed");
    /// `other`
    pub const OTHER: Element = Element("other");
    /// `outcome`
    pub const OUTCOME: Element = Element("outcome");
    /// `participant`
    pub const PARTICIPANT: Element = Element("participant");
    /// `payment`
    pub const PAYMENT: Element = Element("payment");
    /// `payor`
    pub const PAYOR: Element = Element("payor");
    /// `protocol-applied`
    pub const PROTOCOL_APPLIED: Element = Element("protocol-applied");
    /// `provider`
    pub const PROVIDER: Element = Element("provider");
    /// `quantity`
    pub const QUANTITY: Element = Element("quantity");
    /// `question`
    pub const QUESTION: Element = Element("question");
    /// `reaction`
    pub const REACTION: Element = Element("reaction");
    /// `reason`
    pub const REASON: Element = Element("reason");
    /// `recorded`
    pub const RECORDED: Element = Element("recorded");
    /// `recorded-date`
    pub const RECORDED_DATE: Element = Element("recorded-date");
    /// `recorded-on`
    pub const RECORDED_ON: Element = Element("recorded-on");
    /// `relationship`
    pub const RELATIONSHIP: Element = Element("relationship");
    /// `reported`
    pub const REPORTED: Element = Element("reported");
    /// `service-provider`
    pub const SERVICE_PROVIDER: Element = Element("service-provider");
    /// `service-type`
    pub const SERVICE_TYPE: Element = Element("service-type");
    /// `severity`
    pub const SEVERITY: Element = Element("severity");
    /// `site`
    pub const SITE: Element = Element("site");
    /// `specimen`
    pub const SPECIMEN: Element = Element("specimen");
    /// `stage`
    pub const STAGE: Element = Element("stage");
    /// `status-reason`
    pub const STATUS_REASON: Element = Element("status-reason");
    /// `serial-number`
    pub const SERIAL_NUMBER: Element = Element("serial-number");
    /// `subscriber-id`
    pub const SUBSCRIBER_ID: Element = Element("subscriber-id");
    /// `subscriber`
    pub const SUBSCRIBER: Element = Element("subscriber");
    /// `target`
    pub const TARGET: Element = Element("target");
    /// `telecom`
    pub const TELECOM: Element = Element("telecom");
    /// `total`
    pub const TOTAL: Element = Element("total");
    /// `type`
    pub const TYPE: Element = Element("type");
    /// `verification-status`
    pub const VERIFICATION_STATUS: Element = Element("verification-status");
    /// `when-handed-over`
    pub const WHEN_HANDED_OVER: Element = Element("when-handed-over");
    /// `when-prepared`
    pub const WHEN_PREPARED: Element = Element("when-prepared");

    /// The name, such as `body-site`.
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// The element of this name; `None` when there is no such element.
    pub fn parse(name: &str) -> Option<Element> {
        ELEMENTS.binary_search(&name).ok().map(|at| Element(ELEMENTS[at]))
    }

    /// Whether this is `whole` or a part of it: `condition-onset` is a part of `condition`.
    pub fn is_of(self, whole: Element) -> bool {
        self.0.strip_prefix(whole.0).is_some_and(|part| part.is_empty() || part.starts_with('-'))
    }
}

impl Serialize for Element {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Element {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<'de, str>::deserialize(deserializer)?;
        Ok(Element::parse(&name).unwrap_or(Element::OTHER))
    }
}

/// Every element's name, sorted. `other` is every element that has no name here; its detail says what it is called.
pub const ELEMENTS: &[&str] = &[
    "abatement",
    "accession-identifier",
    "action",
    "active",
    "activity",
    "actor",
    "additive",
    "address",
    "adjudication",
    "adjudication-amount",
    "adjudication-category",
    "adjudication-reason",
    "adjudication-value",
    "admit-source",
    "age",
    "agent-role",
    "agent-type",
    "agent-who",
    "alias",
    "allowed",
    "answer",
    "answer-option",
    "appointment",
    "appointment-type",
    "as-needed",
    "asserter",
    "assessor",
    "assigner",
    "attester",
    "author",
    "authority",
    "authorizing-prescription",
    "available-time",
    "based-on",
    "batch",
    "beneficiary",
    "benefit-balance",
    "birth-date",
    "birth-place",
    "birth-time",
    "birthsex",
    "body-site",
    "body-structure",
    "born",
    "care-team",
    "care-team-provider",
    "care-team-role",
    "carrier-aidc",
    "carrier-hrf",
    "category",
    "certainty",
    "characteristic",
    "claim",
    "class",
    "class-name",
    "class-type",
    "class-value",
    "clinical-status",
    "code",
    "collected",
    "collection",
    "comment",
    "communication",
    "communication-language",
    "communication-preferred",
    "complication",
    "component",
    "compound-ingredient",
    "conclusion",
    "conclusion-code",
    "condition",
    "condition-code",
    "condition-onset",
    "condition-outcome",
    "confidentiality",
    "conformance",
    "contact",
    "contact-address",
    "contact-gender",
    "contact-name",
    "contact-organization",
    "contact-relationship",
    "contact-telecom",
    "contained",
    "container",
    "contributor",
    "cost-to-beneficiary",
    "coverage",
    "created",
    "criteria",
    "criticality",
    "custodian",
    "data",
    "date",
    "date-asserted",
    "days-supply",
    "deceased",
    "definition",
    "dependent",
    "derived-from",
    "description",
    "destination",
    "detail",
    "detail-code",
    "detail-description",
    "detail-status",
    "device",
    "device-identifier",
    "device-name",
    "diagnosis",
    "diagnosis-condition",
    "diagnosis-sequence",
    "diagnosis-type",
    "diet",
    "discharge-disposition",
    "dispense-request-quantity",
    "disposition",
    "distinct-identifier",
    "do-not-perform",
    "doc-status",
    "dose-and-rate",
    "dose-number",
    "dose-quantity",
    "dose-sequence",
    "due",
    "effective",
    "encounter",
    "end",
    "endpoint",
    "episode-of-care",
    "ethnicity",
    "event",
    "evidence",
    "evidence-detail",
    "exclude-food-modifier",
    "expected-supply-duration",
    "expiration-date",
    "expiry",
    "explanation",
    "expressed-by",
    "extension",
    "facility",
    "fasting-status",
    "financial-type",
    "focal-device",
    "focus",
    "follow-up",
    "food-preference-modifier",
    "form",
    "format",
    "function",
    "funding-source",
    "gender",
    "gender-identity",
    "general-practitioner",
    "goal",
    "group",
    "group-identifier",
    "hospitalization",
    "identifier",
    "image",
    "imaging-study",
    "implant-date",
    "implicated",
    "indication",
    "information",
    "information-source",
    "ingredient",
    "ingredient-amount",
    "ingredient-item",
    "ingredient-strength",
    "inquiry",
    "insurance",
    "insurance-coverage",
    "insurance-focal",
    "insurer",
    "intended-dispenser",
    "intent",
    "interaction",
    "interpreter-required",
    "investigation",
    "is-brand",
    "is-subpotent",
    "issued",
    "issuer",
    "item",
    "item-category",
    "item-code",
    "item-quantity",
    "item-sequence",
    "item-text",
    "item-type",
    "jurisdiction",
    "kind",
    "language",
    "last-modified",
    "last-occurrence",
    "length",
    "link-other",
    "link-type",
    "linked-device",
    "literal-reference",
    "location",
    "location-location",
    "location-period",
    "location-status",
    "lot-number",
    "maiden-name",
    "managing-organization",
    "manifestation",
    "manufacture-date",
    "manufacturer",
    "marital",
    "marital-status",
    "measure",
    "medication",
    "member",
    "method",
    "mitigation",
    "modality",
    "mode",
    "model",
    "model-number",
    "modifier-extension",
    "module",
    "morphology",
    "mothers-maiden-name",
    "multiple-birth",
    "name",
    "nationality",
    "net",
    "network",
    "not-done-reason",
    "note",
    "number-of-instances",
    "number-of-repeats-allowed",
    "number-of-series",
    "occupation",
    "occurrence",
    "on-behalf-of",
    "onset",
    "orderer",
    "organization",
    "organization-name",
    "other",
    "other-reason",
    "outcome",
    "owner",
    "packaging",
    "part",
    "part-number",
    "part-of",
    "participant",
    "participant-actor",
    "participant-individual",
    "participant-member",
    "participant-period",
    "participant-role",
    "participant-status",
    "participant-type",
    "patient",
    "patient-instruction",
    "payee",
    "payee-type",
    "payload",
    "payload-content",
    "payment",
    "payment-amount",
    "payment-date",
    "payment-type",
    "payor",
    "performer",
    "performer-actor",
    "performer-function",
    "performer-role",
    "performer-type",
    "period",
    "physical-type",
    "plan",
    "position",
    "practitioner-name",
    "pre-admission-identifier",
    "precondition",
    "prediction",
    "prescription",
    "primary-source",
    "priority",
    "probability",
    "problem",
    "procedure",
    "procedure-date",
    "procedure-sequence",
    "processing",
    "product",
    "product-or-service",
    "progress",
    "prohibited",
    "pronouns",
    "protocol",
    "protocol-applied",
    "protocol-applied-dose-number",
    "provenance",
    "provider",
    "provision",
    "purpose",
    "qualification",
    "qualification-code",
    "qualification-identifier",
    "qualification-issuer",
    "qualification-period",
    "quantity",
    "question",
    "questionnaire",
    "race",
    "rank",
    "rationale",
    "re-admission",
    "reaction",
    "reaction-date",
    "reaction-detail",
    "reaction-reported",
    "reason",
    "reason-cancelled",
    "reason-ended",
    "reason-not-done",
    "reason-not-given",
    "reason-not-performed",
    "reason-not-taken",
    "received",
    "received-time",
    "recipient",
    "recorded",
    "recorded-date",
    "recorded-on",
    "recorder",
    "reference",
    "reference-range",
    "related",
    "related-target",
    "related-type",
    "relates-to",
    "relationship",
    "religion",
    "repeats",
    "replaces",
    "reported",
    "reporter",
    "request",
    "requested-period",
    "requester",
    "requisition",
    "resource",
    "response",
    "revenue",
    "role",
    "route",
    "safety",
    "scheduled",
    "section",
    "section-code",
    "section-text",
    "section-title",
    "security-label",
    "sent",
    "sequence",
    "serial-number",
    "series",
    "series-body-site",
    "series-description",
    "series-doses",
    "series-modality",
    "service",
    "service-category",
    "service-provider",
    "service-type",
    "serviced",
    "severity",
    "sex",
    "signature",
    "signer",
    "site",
    "source",
    "special-arrangement",
    "special-courtesy",
    "specialty",
    "specimen",
    "stage",
    "stage-summary",
    "stage-type",
    "start",
    "started",
    "status",
    "status-date",
    "status-history",
    "status-history-period",
    "status-history-status",
    "status-reason",
    "strength",
    "study",
    "sub-plan",
    "sub-type",
    "subject",
    "subject-status",
    "subpotent-reason",
    "subscriber",
    "subscriber-id",
    "substance",
    "substitution",
    "substitution-allowed",
    "substitution-reason",
    "substitution-type",
    "summary",
    "supplement",
    "supplier",
    "supporting-info",
    "supporting-info-category",
    "supporting-info-code",
    "supporting-info-value",
    "supporting-information",
    "symptom",
    "target",
    "target-detail",
    "target-disease",
    "target-due",
    "target-measure",
    "telecom",
    "text",
    "timestamp",
    "timing",
    "title",
    "topic",
    "total",
    "total-amount",
    "total-benefit",
    "total-category",
    "total-cost",
    "total-value",
    "treatment",
    "tribal-affiliation",
    "trigger",
    "type",
    "udi",
    "udi-carrier",
    "uid",
    "unit-price",
    "url",
    "usage",
    "use",
    "used",
    "used-code",
    "used-reference",
    "validity-period",
    "verification",
    "verification-status",
    "version",
    "when-handed-over",
    "when-prepared",
    "window",
];

/// The element of this name within another; and where it has no name of its own here, what it is called.
pub(crate) fn element(parent: &str, name: &str) -> (Element, Option<String>) {
    let name = if name.is_empty() { "value" } else { name };
    if !parent.is_empty()
        && let Some(both) = known(&[parent, name])
    {
        return (both, None);
    }
    let first = name.as_bytes().first();
    let generic =
        !parent.is_empty() && GENERIC.iter().any(|word| word.as_bytes().first() == first && *word == name);
    if !generic && let Some(own) = known(&[name]).filter(|own| *own != Element::OTHER) {
        return (own, None);
    }
    let words = if generic {
        format!("{} {}", humanise(parent), humanise(name).to_lowercase())
    } else {
        humanise(name)
    };
    (Element::OTHER, Some(words))
}

/// The element of these names one after the other: `["stage", "type"]` is `stage-type`.
///
/// Found by a hash of the letters alone, `bodySite` and `body-site` alike, so that nothing is put together first:
/// half of what a resource says goes through here. Two names of one hash would share an element; the test of the
/// elements' own letters says that no two of ours do.
fn known(names: &[&str]) -> Option<Element> {
    static BY_LETTERS: LazyLock<Vec<(u64, Element)>> = LazyLock::new(|| {
        let mut elements: Vec<_> = ELEMENTS.iter().map(|name| (hash(&[name]), Element(name))).collect();
        elements.sort_unstable();
        elements
    });
    let elements = &*BY_LETTERS;
    elements.binary_search_by_key(&hash(names), |(hash, _)| *hash).ok().map(|at| elements[at].1)
}

/// FNV-1a over the letters and digits, in lower case.
fn hash(names: &[&str]) -> u64 {
    let mut hasher = FnvHasher::default();
    for byte in names.iter().flat_map(|name| name.bytes()).filter(u8::is_ascii_alphanumeric) {
        hasher.write_u8(byte | 0x20);
    }
    hasher.finish()
}

/// Names that say nothing without the element around them.
const GENERIC: &[&str] = &[
    "code",
    "type",
    "value",
    "text",
    "name",
    "status",
    "date",
    "period",
    "description",
    "reference",
    "display",
    "system",
    "title",
    "use",
    "category",
    "item",
    "detail",
    "start",
    "end",
    "time",
    "amount",
    "quantity",
    "sequence",
    "role",
    "concept",
    "url",
    "identifier",
    "version",
    "unit",
    "comment",
    "reason",
    "content",
    "count",
    "rank",
    "extension",
    "low",
    "high",
    "actor",
    "target",
    "source",
    "subject",
    "entry",
    "param",
    "meaning",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_is_found_by_its_own_letters() {
        assert!(ELEMENTS.windows(2).all(|pair| pair[0] < pair[1]), "sorted for searching");
        for name in ELEMENTS {
            assert_eq!(known(&[name]), Some(Element(name)));
        }
        assert_eq!(known(&["bodySite"]), Some(Element::BODY_SITE));
        assert_eq!(known(&["stage", "type"]).map(Element::name), Some("stage-type"));
        assert_eq!(known(&["stages", "type"]), None);
    }

    #[test]
    fn a_part_begins_with_its_whole() {
        let part = |name| Element::parse(name).unwrap_or(Element::OTHER);
        assert!(part("condition-onset").is_of(Element::CONDITION));
        assert!(Element::CONDITION.is_of(Element::CONDITION));
        assert!(!part("agent-role").is_of(Element::AGE));
    }
}
