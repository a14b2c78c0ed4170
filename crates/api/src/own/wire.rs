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
