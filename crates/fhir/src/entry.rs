//! One resource read for people.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::date::{Day, FhirDate};
use crate::read::clean;
use crate::resolve::OwnTitle;

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

/// A business identifier as sent: what the world outside the server knows the thing by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identifier {
    /// Who numbers (a canonical URI); empty when none was sent.
    pub system: String,
    /// The number as sent, trimmed.
    pub value: String,
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
    /// The display was not sent: it is the title of the entry of the same connection that this leads to.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub found: bool,
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
    /// Where it points, for a detail that is a reference: its target's title may be shown instead of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
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
    /// The resource whose title and codes this entry goes by when it has none of its own (`medicationReference`);
    /// see [`crate::Neighbours`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_reference: Option<Reference>,
    /// What the entry itself said, where its title or codes were taken over from another entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_title: Option<OwnTitle>,
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
    /// What the thing is known by outside the server, with who numbers; also among the details, as words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
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

impl Release {
    /// `dstu2`, `stu3`, `r4`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Release::Dstu2 => "dstu2",
            Release::Stu3 => "stu3",
            Release::R4 => "r4",
        }
    }

    /// From a name (`dstu2`, `R4`) or a version as a server states it (`1.0.2`, `3.0`, `4.0.1`, `4.3.0`).
    /// R4B differs from R4 in none of the types a patient is sent, so it is read as R4.
    pub fn parse(text: &str) -> Option<Release> {
        let text = text.trim().to_ascii_lowercase();
        match text.as_str() {
            "dstu2" | "r2" => Some(Release::Dstu2),
            "stu3" | "r3" => Some(Release::Stu3),
            "r4" | "r4b" => Some(Release::R4),
            _ if text == "1.0" || text.starts_with("1.0.") => Some(Release::Dstu2),
            _ if text == "3.0" || text.starts_with("3.0.") => Some(Release::Stu3),
            _ if text == "4.0" || text == "4.3" || text.starts_with("4.0.") || text.starts_with("4.3.") => {
                Some(Release::R4)
            }
            _ => None,
        }
    }
}

impl StatusGroup {
    /// Every group, in the order lists are offered.
    pub const ALL: &[StatusGroup] = &[
        StatusGroup::Active,
        StatusGroup::Past,
        StatusGroup::Planned,
        StatusGroup::Draft,
        StatusGroup::Corrected,
        StatusGroup::NotDone,
        StatusGroup::Refuted,
        StatusGroup::Cancelled,
        StatusGroup::EnteredInError,
        StatusGroup::Unknown,
    ];

    /// Its kebab-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            StatusGroup::Active => "active",
            StatusGroup::Past => "past",
            StatusGroup::Planned => "planned",
            StatusGroup::Draft => "draft",
            StatusGroup::Corrected => "corrected",
            StatusGroup::NotDone => "not-done",
            StatusGroup::Refuted => "refuted",
            StatusGroup::Cancelled => "cancelled",
            StatusGroup::EnteredInError => "entered-in-error",
            StatusGroup::Unknown => "unknown",
        }
    }

    /// The group by its kebab-case name.
    pub fn parse(text: &str) -> Option<StatusGroup> {
        StatusGroup::ALL.iter().copied().find(|group| group.as_str() == text)
    }
}

impl Kind {
    /// Every kind, in the order lists are offered.
    pub const ALL: &[Kind] = &[
        Kind::Result,
        Kind::Vital,
        Kind::Observation,
        Kind::Report,
        Kind::Problem,
        Kind::Allergy,
        Kind::Medicine,
        Kind::Vaccine,
        Kind::Procedure,
        Kind::Visit,
        Kind::Document,
        Kind::CarePlan,
        Kind::Goal,
        Kind::CareTeam,
        Kind::Order,
        Kind::Appointment,
        Kind::FamilyHistory,
        Kind::Coverage,
        Kind::Claim,
        Kind::Device,
        Kind::Message,
        Kind::Questionnaire,
        Kind::Imaging,
        Kind::Consent,
        Kind::Patient,
        Kind::Support,
        Kind::Other,
    ];

    /// The kind in kebab-case, as stored and sent: `care-plan`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Result => "result",
            Kind::Vital => "vital",
            Kind::Observation => "observation",
            Kind::Report => "report",
            Kind::Problem => "problem",
            Kind::Allergy => "allergy",
            Kind::Medicine => "medicine",
            Kind::Vaccine => "vaccine",
            Kind::Procedure => "procedure",
            Kind::Visit => "visit",
            Kind::Document => "document",
            Kind::CarePlan => "care-plan",
            Kind::Goal => "goal",
            Kind::CareTeam => "care-team",
            Kind::Order => "order",
            Kind::Appointment => "appointment",
            Kind::FamilyHistory => "family-history",
            Kind::Coverage => "coverage",
            Kind::Claim => "claim",
            Kind::Device => "device",
            Kind::Message => "message",
            Kind::Questionnaire => "questionnaire",
            Kind::Imaging => "imaging",
            Kind::Consent => "consent",
            Kind::Patient => "patient",
            Kind::Support => "support",
            Kind::Other => "other",
        }
    }

    /// The kind by its kebab-case name.
    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }

    /// Something that happened to the patient or is so; not the patient, and not what only explains other entries.
    pub const fn on_timeline(self) -> bool {
        !matches!(self, Kind::Patient | Kind::Support)
    }
}

impl EntryDate {
    /// The day this is listed under: of the start, else of the end ("until"). None for a date in words.
    ///
    /// Look at [`EntryDate::role`] before sorting by it: the day of a system's date is not when something happened.
    pub fn day_in(&self, home: Tz) -> Option<Day> {
        let date = self.start.as_ref().or(self.end.as_ref())?;
        Some(if self.day_only { date.own_day() } else { date.day_in(home) })
    }

    /// The date exactly as sent: `2013-07`, `2013-07-15 – 2013-07-20`, or the words.
    pub fn raw_text(&self) -> String {
        match (&self.start, &self.end) {
            (Some(start), Some(end)) => format!("{} \u{2013} {}", start.raw, end.raw),
            (Some(start), None) => start.raw.clone(),
            (None, Some(end)) => format!("\u{2013} {}", end.raw),
            (None, None) => self.text.clone().unwrap_or_default(),
        }
    }
}

fn join_unit(figure: &str, unit: Option<&str>) -> String {
    match unit {
        None => figure.to_owned(),
        Some("%") => format!("{figure}%"),
        Some(unit) if figure.is_empty() => unit.to_owned(),
        Some(unit) => format!("{figure} {unit}"),
    }
}

impl Quantity {
    /// Comparator, figure as sent and unit: `131 mg/dL`, `<5 mg/L`, `5.10%`. Empty when nothing was sent.
    pub fn to_text(&self) -> String {
        join_unit(&self.figure(), self.unit_text().as_deref())
    }

    /// Comparator and figure as sent, without the unit.
    fn figure(&self) -> String {
        format!("{}{}", self.comparator.as_deref().unwrap_or(""), self.value.as_deref().unwrap_or(""))
    }

    /// The unit as people write it: as sent, else its code; in both, UCUM's brackets and braces are for machines.
    pub fn unit_text(&self) -> Option<String> {
        let sent = self.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty());
        let unit = sent.or_else(|| self.code.as_deref().map(str::trim))?;
        Some(match unit {
            "" => return None,
            "1" if sent.is_none() => return None,
            "mm[Hg]" => "mmHg".to_owned(),
            "[lb_av]" => "lb".to_owned(),
            "[in_i]" => "in".to_owned(),
            "[degF]" => "\u{b0}F".to_owned(),
            "Cel" => "\u{b0}C".to_owned(),
            unit => match self.span(unit) {
                Some(span) => span.to_owned(),
                None if unit.contains('{') => unit.replace(['{', '}'], "").replace('_', " "),
                None => unit.to_owned(),
            },
        })
    }

    /// UCUM's letters for spans of time, which nobody reads as such: `34 a` is 34 years.
    fn span(&self, code: &str) -> Option<&'static str> {
        let one = self.value.as_deref() == Some("1");
        Some(match code {
            "a" if one => "year",
            "a" => "years",
            "mo" if one => "month",
            "mo" => "months",
            "wk" if one => "week",
            "wk" => "weeks",
            "d" if one => "day",
            "d" => "days",
            _ => return None,
        })
    }
}

/// `70–99 mg/dL`, `≥70 mg/dL`, `≤99 mg/dL`; empty without bounds.
fn range_text(low: Option<&Quantity>, high: Option<&Quantity>) -> String {
    let low = low.filter(|quantity| quantity.value.is_some());
    let high = high.filter(|quantity| quantity.value.is_some());
    // A bound that brings its own comparator keeps it.
    let bounded = |sign: &str, quantity: &Quantity| {
        if quantity.comparator.is_some() {
            quantity.to_text()
        } else {
            format!("{sign}{}", quantity.to_text())
        }
    };
    match (low, high) {
        (Some(low), Some(high)) => {
            let (low_unit, high_unit) = (low.unit_text(), high.unit_text());
            if low_unit == high_unit || low_unit.is_none() {
                join_unit(&format!("{}\u{2013}{}", low.figure(), high.figure()), high_unit.as_deref())
            } else {
                format!("{}\u{2013}{}", low.to_text(), high.to_text())
            }
        }
        (Some(low), None) => bounded("\u{2265}", low),
        (None, Some(high)) => bounded("\u{2264}", high),
        (None, None) => String::new(),
    }
}

impl ReferenceRange {
    /// The bounds (FHIR's are inclusive): `70–99 mg/dL`, `≥70`, `≤99 mg/dL`; without bounds the sender's words.
    /// Empty when neither was sent.
    pub fn to_text(&self) -> String {
        let bounds = range_text(self.low.as_ref(), self.high.as_ref());
        if bounds.is_empty() { self.text.clone().unwrap_or_default() } else { bounds }
    }
}

impl Value {
    /// The value as it is read out: figures exactly as sent.
    pub fn to_text(&self) -> String {
        match self {
            Value::Quantity(quantity) => quantity.to_text(),
            Value::Text(text) | Value::Concept { text, .. } | Value::Absent(text) => text.clone(),
            Value::Range { low, high } => range_text(low.as_ref(), high.as_ref()),
            Value::Ratio { numerator, denominator } => {
                let text = |side: &Option<Quantity>| side.as_ref().map(Quantity::to_text).unwrap_or_default();
                match (text(numerator), text(denominator)) {
                    (numerator, denominator) if denominator.is_empty() => numerator,
                    (numerator, denominator) => format!("{numerator} : {denominator}"),
                }
            }
            Value::Date(date) => date.raw_text(),
        }
    }
}

impl Entry {
    /// The value for a list row. Blood pressure as `128/82 mmHg`; other components as `title value`, one after the
    /// other; a reason for no value as the sender's words. None when nothing was found.
    pub fn value_text(&self) -> Option<String> {
        if let Some(value) = self.value.as_ref().filter(|value| !matches!(value, Value::Absent(_))) {
            return Some(value.to_text()).filter(|text| !text.is_empty());
        }
        if let Some(pressure) = self.blood_pressure() {
            return Some(pressure);
        }
        let parts: Vec<String> = self
            .components
            .iter()
            .filter_map(|part| part.value.as_ref().map(|value| format!("{} {}", part.title, value.to_text())))
            .collect();
        if !parts.is_empty() {
            return Some(parts.join("; "));
        }
        self.value.as_ref().map(Value::to_text).filter(|text| !text.is_empty())
    }

    /// `128/82 mmHg`, when both pressures came as components (LOINC 8480-6 and 8462-4) in the same unit.
    fn blood_pressure(&self) -> Option<String> {
        let part = |loinc: &str| {
            let part =
                self.components.iter().find(|part| part.codes.iter().any(|coding| coding.code == loinc))?;
            match part.value.as_ref()? {
                Value::Quantity(quantity) if quantity.value.is_some() => Some(quantity),
                _ => None,
            }
        };
        let (systolic, diastolic) = (part("8480-6")?, part("8462-4")?);
        let unit = systolic.unit_text();
        (unit == diastolic.unit_text())
            .then(|| join_unit(&format!("{}/{}", systolic.figure(), diastolic.figure()), unit.as_deref()))
    }

    /// The text of the first detail with this label, such as `detail-birth-date` of a patient.
    pub fn detail(&self, label: &str) -> Option<&str> {
        self.details.iter().find(|detail| detail.label == label).map(|detail| detail.text.as_str())
    }

    /// Takes a name for a bare code from elsewhere in the same record: `names` is asked for each coding in turn.
    /// Only a title that is a code and nothing else gives way.
    pub(crate) fn name_by(&mut self, names: impl Fn(&Coding) -> Option<String>) {
        if self.title_source == TitleSource::Code
            && let Some(name) =
                self.codes.iter().find_map(names).map(|name| clean(&name)).filter(|name| !name.is_empty())
        {
            self.title = name;
            self.title_source = TitleSource::Display;
        }
    }
}
