//! One resource read for people.

use serde::{Deserialize, Serialize};

use crate::datatype::{Attachment, Coding, EntryDate, Identifier, Reference, Title};
use crate::date::FhirDate;
use crate::detail::{Detail, DetailValue, Dosage, Note};
use crate::element::Element;
use crate::quantity::{Quantity, join_unit};
use crate::terms::name_of_code;
use crate::text::clean;
use crate::value::{Component, ReferenceRange, Value};

/// A FHIR release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
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
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
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
    /// Nothing was sent.
    Unnamed,
}

/// Status in a patient's terms (R4's value sets of status, mapped). Unknown is never assumed to be active.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
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

/// What an entry says about knowing, where it stands among allergies, medicines or illnesses and names none of them. It
/// is never one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Knowing {
    /// Somebody looked or asked, and there is none: "No known allergies", "No current medications".
    NoneKnown,
    /// Nobody asked, or nobody can say: "Not on file", "Patient not asked", "No information about medications".
    NotKnown,
}

/// What has to be said wherever an entry is shown, because without it the entry would be taken for what it may not be.
/// `caution-` and its kebab-case name are the key of its words in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Caution {
    /// A modifier extension that no reader here knows: it may turn what the entry says into its opposite (R4 §2.4).
    ModifierExtension,
    /// A vaccine that was given and does not count (`isSubpotent`).
    Subpotent,
    /// A vaccine that was given and does not count, for another reason (DSTU2, STU3 `vaccinationProtocol.doseStatus`).
    NotCounted,
    /// A unit for people and a unit's code that are two units: `lbs` beside `kg`.
    UnitContradiction,
    /// A flag and a usual range of one sender that contradict each other: "low" of what lies inside the range, or "normal" of
    /// what lies outside it. It takes both to see, so it is found as facts are made.
    FlagContradiction,
}

impl Caution {
    /// The kebab-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Caution::ModifierExtension => "modifier-extension",
            Caution::Subpotent => "subpotent",
            Caution::NotCounted => "not-counted",
            Caution::UnitContradiction => "unit-contradiction",
            Caution::FlagContradiction => "flag-contradiction",
        }
    }

    /// Every caution.
    pub const ALL: &[Caution] = &[
        Caution::ModifierExtension,
        Caution::Subpotent,
        Caution::NotCounted,
        Caution::UnitContradiction,
        Caution::FlagContradiction,
    ];
}

/// That something ended or is to end, as its sender states it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct End {
    /// When; the latest that the entry states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<FhirDate>,
    /// Why, in the sender's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Something that was not understood; costs this field only.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Problem {
    /// The element, such as `valueQuantity.value`; empty for the resource.
    pub path: String,
    /// What was wrong.
    pub fault: Fault,
}

/// What was wrong with an element. `problem-` and its kebab-case name are the key of its sentence in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// An element came more than once; the last one counts.
    Repeated,
    /// A text holds half a character (a lone surrogate).
    HalfCharacter,
    /// Nested too deep to be shown.
    TooDeep,
    /// A modifier extension, which may change the meaning of the record.
    ModifierExtension,
    /// A status that is no code.
    NotAStatus,
    /// An object was expected.
    NotAnObject,
    /// A text was expected.
    NotAText,
    /// A figure without its place for a unit.
    BareFigure,
    /// Not a number.
    NotANumber,
    /// A text where a reference belongs.
    TextForReference,
    /// A reference into the resource that leads nowhere.
    NotContained,
    /// Not a date; shown as words.
    DateInWords,
    /// Not a date.
    NotADate,
    /// Inline bytes that are not base64.
    NotBase64,
    /// Only the first part of a long text can be searched.
    LongText,
}

impl Fault {
    /// The kebab-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Fault::Repeated => "repeated",
            Fault::HalfCharacter => "half-character",
            Fault::TooDeep => "too-deep",
            Fault::ModifierExtension => "modifier-extension",
            Fault::NotAStatus => "not-a-status",
            Fault::NotAnObject => "not-an-object",
            Fault::NotAText => "not-a-text",
            Fault::BareFigure => "bare-figure",
            Fault::NotANumber => "not-a-number",
            Fault::TextForReference => "text-for-reference",
            Fault::NotContained => "not-contained",
            Fault::DateInWords => "date-in-words",
            Fault::NotADate => "not-a-date",
            Fault::NotBase64 => "not-base64",
            Fault::LongText => "long-text",
        }
    }

    /// Every fault.
    pub const ALL: &[Fault] = &[
        Fault::Repeated,
        Fault::HalfCharacter,
        Fault::TooDeep,
        Fault::ModifierExtension,
        Fault::NotAStatus,
        Fault::NotAnObject,
        Fault::NotAText,
        Fault::BareFigure,
        Fault::NotANumber,
        Fault::TextForReference,
        Fault::NotContained,
        Fault::DateInWords,
        Fault::NotADate,
        Fault::NotBase64,
        Fault::LongText,
    ];
}

/// A value as it is shown in one line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// One value.
    One(Value),
    /// Systolic and diastolic pressure in the same unit.
    BloodPressure {
        /// LOINC 8480-6.
        systolic: Quantity,
        /// LOINC 8462-4.
        diastolic: Quantity,
    },
    /// Values of several parts, each with what the part is called.
    Parts(Vec<(Title, Value)>),
}

/// What an entry itself says of its date.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnDate(pub Option<EntryDate>);

/// What an entry said by itself where it now goes by what others say.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnTitle {
    /// Its own title.
    pub title: String,
    /// Where that came from.
    pub source: TitleSource,
    /// Its own codes.
    pub codes: Vec<Coding>,
}

/// One resource read for people. Always derived from the verbatim bytes, never edited.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// The release it was read as.
    pub release: Release,
    /// `resourceType` as sent.
    pub resource_type: String,
    /// `id` as sent.
    pub id: Option<String>,
    /// What it is called in its bundle, where that is not its address by type and id (`Bundle.entry.fullUrl`). Not in
    /// the resource's own bytes: whoever keeps them keeps this beside them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_url: Option<String>,
    /// What it is to a patient.
    pub kind: Kind,
    /// Never a raw id; empty only when nothing was sent that could be one ([`TitleSource::Unnamed`]).
    pub title: String,
    /// Where the title came from.
    pub title_source: TitleSource,
    /// The title before vendor suffixes and markup were cleaned away, when that changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_as_sent: Option<String>,
    /// The code that the title is a name of, where that is not one of [`Entry::codes`]: the class of a visit, the kind
    /// of a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_code: Option<Box<Coding>>,
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
    /// That midnight means "that day" in its date was learnt from its source's other dates.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub day_learnt: bool,
    /// Its own date, where the day of its visit stands in place of it: none, or when a system stored it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_date: Option<Box<OwnDate>>,
    /// The status word as sent (clinical status first, then verification or workflow status).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The status in a patient's terms.
    pub status_group: StatusGroup,
    /// It says what is known, and names no allergen, medicine or illness.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub knowing: Option<Knowing>,
    /// What has to be said wherever it is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cautions: Vec<Caution>,
    /// When and why it ended or is to end, wherever its release states that: a medicine's or an illness's end, beside
    /// the end of [`Entry::date`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Box<End>>,
    /// For how many days what was handed out, or ordered to be, lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_supply: Option<u32>,
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
    /// Doses and instructions.
    #[serde(default)]
    pub dosage: Vec<Dosage>,
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
    pub notes: Vec<Note>,
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

impl Entry {
    /// What it is called.
    pub fn called(&self) -> Title {
        // The title may come from another element than the codes.
        let code =
            self.codes.iter().chain(self.title_code.as_deref()).find(|coding| match self.title_source {
                // A relative is called by what they are to the person, then by what they had: "Mother: Asthma".
                TitleSource::Table | TitleSource::Code => {
                    let had = self.title.strip_prefix(name_of_code(coding).as_str());
                    had.is_some_and(|had| had.is_empty() || had.starts_with(": "))
                }
                // A resource that is pointed to may have nothing but a code.
                TitleSource::Reference => coding.code == self.title,
                _ => false,
            });
        Title { text: self.title.clone(), code: code.cloned() }
    }

    /// The value for a list row: the value, else both pressures of a blood pressure, else the parts' values, else why there
    /// is none. `None` when nothing was found.
    pub fn found(&self) -> Option<Found> {
        let said = |value: &&Value| matches!(value, Value::Bool(_)) || !value.as_sent().is_empty();
        if let Some(value) = self.value.as_ref().filter(|value| !matches!(value, Value::Absent { .. })) {
            return Some(value).filter(said).cloned().map(Found::One);
        }
        if let Some((systolic, diastolic)) = self.blood_pressure() {
            return Some(Found::BloodPressure { systolic: systolic.clone(), diastolic: diastolic.clone() });
        }
        let parts: Vec<(Title, Value)> =
            self.components.iter().filter_map(|part| Some((part.called(), part.value.clone()?))).collect();
        if !parts.is_empty() {
            return Some(Found::Parts(parts));
        }
        self.value.as_ref().filter(said).cloned().map(Found::One)
    }

    /// Both pressures, when they came as components (LOINC 8480-6 and 8462-4) in the same unit.
    fn blood_pressure(&self) -> Option<(&Quantity, &Quantity)> {
        let part = |loinc: &str| {
            let part =
                self.components.iter().find(|part| part.codes.iter().any(|coding| coding.code == loinc))?;
            match part.value.as_ref()? {
                Value::Quantity(quantity) if quantity.value.is_some() => Some(quantity),
                _ => None,
            }
        };
        let (systolic, diastolic) = (part("8480-6")?, part("8462-4")?);
        (systolic.unit_text() == diastolic.unit_text()).then_some((systolic, diastolic))
    }

    /// The day it ended or is to end, as stated: its own end, else the end of its period.
    pub fn ended(&self) -> Option<&FhirDate> {
        let own = self.end.as_deref().and_then(|end| end.date.as_ref());
        own.or_else(|| self.date.as_ref().and_then(|date| date.end.as_ref()))
    }

    /// That a medicine was handed out or given once: being done is no word about whether it is still taken.
    pub fn is_dose(&self) -> bool {
        matches!(self.resource_type.as_str(), "MedicationDispense" | "MedicationAdministration")
    }

    /// What the first detail of this element says.
    pub fn detail(&self, element: Element) -> Option<&DetailValue> {
        self.details.iter().find(|detail| detail.element == element).map(|detail| &detail.value)
    }

    /// What the details of these elements refer to, in order.
    pub fn references<'e>(&'e self, elements: &'e [Element]) -> impl Iterator<Item = &'e Reference> {
        let details = self.details.iter().filter(|detail| elements.contains(&detail.element));
        details.filter_map(|detail| detail.value.reference())
    }

    /// The resources in which the files of this entry may be (`Binary`), as its attachments name them.
    pub fn binaries(&self) -> impl Iterator<Item = Reference> + '_ {
        self.attachments.iter().filter_map(|file| {
            let url = file.url.as_deref()?.trim().split(['?', '#']).next()?;
            // Some servers write `/Binary/b1` for `Binary/b1`.
            let url = url.strip_prefix('/').filter(|below| below.starts_with("Binary/")).unwrap_or(url);
            let names =
                url.starts_with("Binary/") || url.contains("/Binary/") || url.starts_with("urn:uuid:");
            names.then(|| Reference { reference: url.to_owned(), ..Reference::default() })
        })
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

impl Found {
    /// Figures and words as sent, without any of ours: `131 mg/dL`, `128/82 mmHg`.
    pub fn as_sent(&self) -> String {
        match self {
            Found::One(value) => value.as_sent(),
            Found::BloodPressure { systolic, diastolic } => pressure_text(systolic, diastolic),
            Found::Parts(parts) => {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|(title, value)| format!("{} {}", title.text, value.as_sent()).trim().to_owned())
                    .collect();
                parts.join("; ")
            }
        }
    }
}

/// `128/82 mmHg`, in the unit of the first.
pub fn pressure_text(systolic: &Quantity, diastolic: &Quantity) -> String {
    let figures = format!("{}/{}", systolic.figure(), diastolic.figure());
    join_unit(&figures, systolic.unit_text().as_deref())
}
