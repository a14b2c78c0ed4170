//! One resource read for people.

use serde::{Deserialize, Serialize};

use crate::date::FhirDate;

/// A FHIR release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Release {
    /// 1.0.2
    Dstu2,
    /// 3.0.2
    Stu3,
    /// 4.0.1
    R4,
}

/// What a resource is to a patient. Several FHIR types share a kind; `Observation` has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A laboratory result.
    Result,
    /// A vital sign.
    Vital,
    /// Any other observation: smoking status, a survey's score, an exam finding.
    Observation,
    /// A report over results or images.
    Report,
    /// A diagnosis or health concern.
    Problem,
    /// An allergy or intolerance.
    Allergy,
    /// An order, statement, dispense or administration of a medicine.
    Medicine,
    /// An immunisation.
    Vaccine,
    /// A procedure.
    Procedure,
    /// An encounter.
    Visit,
    /// A document or note.
    Document,
    /// A care plan.
    CarePlan,
    /// A goal.
    Goal,
    /// A care team.
    CareTeam,
    /// An order or referral.
    Order,
    /// An appointment.
    Appointment,
    /// Family history.
    FamilyHistory,
    /// Insurance coverage.
    Coverage,
    /// A claim or explanation of benefit.
    Claim,
    /// An implanted or used device.
    Device,
    /// A message or communication.
    Message,
    /// Answers to a questionnaire.
    Questionnaire,
    /// An imaging study.
    Imaging,
    /// Consent.
    Consent,
    /// The patient as the provider knows them.
    Patient,
    /// A practitioner, organisation, place, medication, specimen, provenance …: explains other entries.
    Support,
    /// Any other type; read by the general reader so that nothing a provider sends is invisible.
    Other,
}

/// Where a title came from, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TitleSource {
    /// The sender's own `text` (or a title, name or description element).
    Text,
    /// `display` of the best coding.
    Display,
    /// Our own term table, by code.
    Table,
    /// The code with the name of its system.
    Code,
    /// The display of a reference, or the resolved target's title.
    Reference,
    /// The narrative, stripped.
    Narrative,
    /// Nothing was sent: a plain name of the kind ("Unnamed result").
    Unnamed,
}

/// Status in a patient's terms (`interop` §4.2). Unknown is never assumed to be active.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatusGroup {
    /// Going on now.
    Active,
    /// Done or over; for a result: final.
    Past,
    /// Not yet.
    Planned,
    /// Sent, but not final or not confirmed.
    Draft,
    /// Amended, corrected or appended: replaces what was said before.
    Corrected,
    /// Said not to have happened.
    NotDone,
    /// Ruled out.
    Refuted,
    /// Cancelled, revoked, rejected or superseded.
    Cancelled,
    /// Withdrawn by the sender.
    EnteredInError,
    /// Not stated.
    Unknown,
}

/// One coding as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Coding {
    /// The system's canonical URI after alias normalising; empty when none was sent.
    pub system: String,
    /// The code as sent, trimmed.
    pub code: String,
    /// The display as sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
}

/// What a date says about the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateRole {
    /// When it happened or was so.
    Clinical,
    /// When somebody wrote it down; shown as "recorded on".
    Recorded,
    /// When a system stored it (`meta.lastUpdated`); never sorted as a clinical date.
    System,
}

/// When an entry happened, as precisely as was stated.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EntryDate {
    /// The moment or the start of the period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<FhirDate>,
    /// The end of the period, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<FhirDate>,
    /// A date in words (`occurrenceString`, `onsetString`, an age): shown, never computed with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The element it came from, such as `performedPeriod`.
    pub field: String,
    /// What it says.
    pub role: DateRole,
    /// The provider's card says that midnight means "that day", and this was midnight.
    #[serde(default)]
    pub day_only: bool,
    /// Before 1900, or otherwise hardly possible: shown and marked, not mended.
    #[serde(default)]
    pub implausible: bool,
}

/// A measured amount. Figures are the exact text that was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quantity {
    /// Decimal as sent, such as `5.10`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// `<`, `<=`, `>=`, `>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparator: Option<String>,
    /// The unit for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The unit's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The unit's code system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The number came as a JSON string.
    #[serde(default)]
    pub sent_as_text: bool,
}

/// What was found (`value[x]`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "type", content = "is")]
pub enum Value {
    /// A measured amount.
    Quantity(Quantity),
    /// Words, a code's display, yes or no, a count: anything that reads as text. Exact as sent.
    Text(String),
    /// A coded answer with its words.
    Concept {
        /// Words by the title rules.
        text: String,
        /// The codings as sent.
        codings: Vec<Coding>,
    },
    /// From low to high.
    Range {
        /// Lower bound.
        low: Option<Quantity>,
        /// Upper bound.
        high: Option<Quantity>,
    },
    /// A titre or rate.
    Ratio {
        /// Numerator.
        numerator: Option<Quantity>,
        /// Denominator.
        denominator: Option<Quantity>,
    },
    /// A date or period as a value.
    Date(EntryDate),
    /// Nothing, and the sender says why (`dataAbsentReason`).
    Absent(String),
}

/// A range the sender compares the value with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReferenceRange {
    /// Lower bound; none for one-sided ranges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Quantity>,
    /// Upper bound; none for one-sided ranges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Quantity>,
    /// The range in words, such as "Negative".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What the range means or whom it applies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applies_to: Option<String>,
}

/// A part of a result, such as systolic pressure.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Component {
    /// By the title rules.
    pub title: String,
    /// As sent.
    pub codes: Vec<Coding>,
    /// The part's value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The lab's own flags, as codes (`H`, `L`, `A`, …).
    #[serde(default)]
    pub interpretation: Vec<Coding>,
    /// Ranges sent with this part.
    #[serde(default)]
    pub reference_range: Vec<ReferenceRange>,
}

/// A pointer to another resource, as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// As sent: relative, absolute, versioned, `urn:uuid:`, `#contained`; empty when only words were sent.
    pub reference: String,
    /// Words to show when it leads nowhere; for a contained target, the target's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
}

/// A file or text sent with the entry, or a pointer to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Attachment {
    /// As sent, or sniffed when misspelt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Where the bytes are, as sent; none when they came inline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its title as sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Bytes, when they came inline or the sender said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Lower-case hex SHA-256 of inline bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Text for search, from plain text and HTML that came inline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// One more thing the record says, for its page: a label from the word catalogue and words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Detail {
    /// Key in the word catalogue (`detail-` + the FHIR element's name in kebab-case), such as `detail-body-site`.
    pub label: String,
    /// What was sent, as text.
    pub text: String,
}

/// Something that was not understood; costs this field only.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Problem {
    /// The element, such as `valueQuantity.value`.
    pub path: String,
    /// What was wrong, without quoting the record.
    pub reason: String,
}

/// One resource read for people. Always derived from the verbatim bytes, never edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The release it was read as.
    pub release: Release,
    /// `resourceType` as sent.
    pub resource_type: String,
    /// `id` as sent.
    pub id: Option<String>,
    /// What it is to a patient.
    pub kind: Kind,
    /// Never blank, never a raw id.
    pub title: String,
    /// Where the title came from.
    pub title_source: TitleSource,
    /// The title before vendor suffixes and markup were cleaned away, when that changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_as_sent: Option<String>,
    /// When; none is "undated".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<EntryDate>,
    /// The status word as sent (clinical status first, then verification or workflow status).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The status in a patient's terms.
    pub status_group: StatusGroup,
    /// Category codes as sent.
    #[serde(default)]
    pub category: Vec<Coding>,
    /// Codes of the main concept as sent.
    #[serde(default)]
    pub codes: Vec<Coding>,
    /// What was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Parts of the value.
    #[serde(default)]
    pub components: Vec<Component>,
    /// The lab's own flags, as codes (`H`, `L`, `A`, …).
    #[serde(default)]
    pub interpretation: Vec<Coding>,
    /// Ranges sent with it.
    #[serde(default)]
    pub reference_range: Vec<ReferenceRange>,
    /// Doses and instructions as text.
    #[serde(default)]
    pub dosage: Vec<String>,
    /// Whose record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Reference>,
    /// Who did, ordered or wrote it.
    #[serde(default)]
    pub performer: Vec<Reference>,
    /// The visit it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encounter: Option<Reference>,
    /// Members, results and other entries it holds (`hasMember`, `result`).
    #[serde(default)]
    pub members: Vec<Reference>,
    /// Everything else worth showing on its page, in order.
    #[serde(default)]
    pub details: Vec<Detail>,
    /// Comments.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Files.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// The sender's narrative, sanitised to a small allow-list of HTML.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// What was not understood.
    #[serde(default)]
    pub problems: Vec<Problem>,
}
