//! What a person adds of their own, as it crosses to the window and the terminal.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_record::FactId;

/// What a person adds. Dates are a year, a month or a day (`2024`, `2024-03`, `2024-03-15`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum OwnEntry {
    /// A medicine that is taken, or was.
    Medicine {
        /// Its name with its strength, as on the package: "lisinopril 10 mg".
        name: String,
        /// The dose and how it is taken: "1 tablet every morning".
        how: Option<String>,
        /// What for.
        reason: Option<String>,
        /// Since when.
        since: Option<String>,
        /// It is not taken any more.
        stopped: bool,
        /// Until when, where it is not taken any more.
        until: Option<String>,
        /// Anything else.
        note: Option<String>,
    },
    /// An allergy or intolerance.
    Allergy {
        /// To what.
        substance: String,
        /// What happened: "hives".
        reaction: Option<String>,
        /// How bad that was.
        severity: Option<OwnSeverity>,
        /// Since when.
        since: Option<String>,
        /// Anything else.
        note: Option<String>,
    },
    /// An illness or complaint.
    Problem {
        /// What it is called.
        name: String,
        /// Since when.
        since: Option<String>,
        /// It is over.
        over: bool,
        /// Until when, where it is over.
        until: Option<String>,
        /// Anything else.
        note: Option<String>,
    },
    /// Something measured at home.
    Measurement {
        /// What.
        what: OwnMeasure,
        /// The figure as it was read, with a decimal point: "98.6". Of a blood pressure the upper one.
        value: String,
        /// Of a blood pressure the lower figure.
        second: Option<String>,
        /// One of the units of `ownMeasures`.
        unit: String,
        /// The day.
        date: String,
        /// The time of day at home (`08:30`).
        time: Option<String>,
        /// Anything else.
        note: Option<String>,
    },
    /// A vaccine that was given.
    Vaccine {
        /// Its name, or what it is against.
        name: String,
        /// When.
        date: Option<String>,
        /// Its lot number.
        lot: Option<String>,
        /// Where it was given.
        place: Option<String>,
        /// Anything else.
        note: Option<String>,
    },
    /// A result of a laboratory.
    Result {
        /// What the test is called.
        name: String,
        /// What was found: a figure ("131", "<0.01") or words ("Negative").
        value: String,
        /// The unit of a figure.
        unit: Option<String>,
        /// The usual range, as the laboratory writes it: "70-99".
        range: Option<String>,
        /// How the laboratory marks it.
        flag: Option<OwnFlag>,
        /// When the sample was taken.
        date: String,
        /// Anything else.
        note: Option<String>,
    },
    /// A visit, or an appointment that is to come.
    Visit {
        /// What for.
        reason: String,
        /// When.
        date: String,
        /// The time of day at home (`14:30`).
        time: Option<String>,
        /// Where, or with whom.
        place: Option<String>,
        /// What was said and done.
        note: Option<String>,
    },
}

/// What was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OwnSaved {
    /// The record that it is part of.
    pub fact: FactId,
    /// FHIR type and id, for changing and deleting it.
    pub resource: String,
    /// Pass to `undo` to take it back.
    pub undo: String,
}

/// How a laboratory marks a result that is out of range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum OwnFlag {
    /// Above its range.
    High,
    /// Below its range.
    Low,
    /// Dangerously far above.
    CriticalHigh,
    /// Dangerously far below.
    CriticalLow,
    /// Out of range, without a direction.
    Abnormal,
    /// Dangerous, without a direction.
    Critical,
}

/// What a document seems to say of results, to be looked at beside it. Nothing of it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadResults {
    /// In reading order. What was in doubt is left out.
    pub rows: Vec<ReadResult>,
    /// No page has a word: somebody scanned them.
    pub wordless: bool,
    /// It is longer than what is read.
    pub cut: bool,
}

/// One result as a document seems to say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadResult {
    /// Which it is, for `keepResults`: the same at every reading of the same file.
    pub id: String,
    /// Its page, from one.
    pub page: u32,
    /// Its line on the page, from one.
    pub line: u32,
    /// Where the line begins on the page, in thousandths of its height from the top.
    pub top: u16,
    /// Where it ends.
    pub bottom: u16,
    /// The line as it stands there.
    pub words: String,
    /// The test's name.
    pub name: String,
    /// What was found.
    pub value: String,
    /// Its unit.
    pub unit: Option<String>,
    /// Its usual range.
    pub range: Option<String>,
    /// The laboratory's flag.
    pub flag: Option<OwnFlag>,
    /// The day on which the sample was taken. `None`: the document does not say it plainly.
    pub date: Option<String>,
    /// The record that it was kept as.
    pub kept: Option<FactId>,
}

/// A result that the person looked at beside the document, as it is to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptResult {
    /// Which row of the document it is.
    pub id: String,
    /// The test's name.
    pub name: String,
    /// What was found.
    pub value: String,
    /// Its unit.
    pub unit: Option<String>,
    /// Its usual range.
    pub range: Option<String>,
    /// The laboratory's flag.
    pub flag: Option<OwnFlag>,
    /// When the sample was taken.
    pub date: String,
}

/// Results that were kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResultsKept {
    /// How many; those that were kept before are not counted.
    pub count: u32,
    /// Pass to `undo` to take all of them back. `None`: nothing was kept.
    pub undo: Option<String>,
}

/// How bad a reaction was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum OwnSeverity {
    /// A nuisance.
    Mild,
    /// It had to be treated, or took days.
    Moderate,
    /// An emergency.
    Severe,
}

/// What people measure at home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum OwnMeasure {
    /// Two figures.
    BloodPressure,
    /// Of the body.
    Weight,
    /// Of the body.
    Height,
    /// Of the body.
    Temperature,
    /// The pulse.
    HeartRate,
    /// Of a finger's oximeter.
    OxygenSaturation,
    /// Of a finger's drop of blood.
    Glucose,
    /// From 0 to 10.
    Pain,
}

/// Something that can be measured at home, with its units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OwnMeasureView {
    /// Which.
    pub what: OwnMeasure,
    /// Its name.
    pub name: String,
    /// The units to choose from, the usual one of the United States first.
    pub units: Vec<OwnUnitView>,
}

/// A unit to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OwnUnitView {
    /// Its UCUM code.
    pub unit: String,
    /// As people write it.
    pub label: String,
}
