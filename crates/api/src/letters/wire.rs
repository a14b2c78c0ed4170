//! Letters to providers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_record::{ConnectionId, FactId};

use crate::record::wire::Line;

/// A letter to a provider: what was typed, and what the rest is filled in from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterText {
    /// The provider.
    pub connection: ConnectionId,
    /// What it asks for.
    pub asks: LetterAsks,
    /// To whom: a name, and an address below it.
    pub to: String,
}

/// What a letter asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "what")]
pub enum LetterAsks {
    /// To correct one record (45 CFR 164.526).
    Correction {
        /// The record.
        fact: FactId,
        /// Which of its sources: FHIR type and id.
        resource: String,
        /// What it should say. Empty: there are lines to write on.
        should_say: String,
        /// Why. Empty: there are lines to write on.
        why: String,
    },
    /// For a copy of everything (45 CFR 164.524).
    Copy,
}

/// A letter before anything is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterDraft {
    /// The provider's name.
    pub provider: String,
    /// To whom, as far as the record knows: a name, and an address below it.
    pub to: String,
    /// The number that the provider knows the person by. `None`: not known.
    pub number: Option<String>,
    /// What is to be corrected says now, as label and text; empty for a copy.
    pub says: Vec<Line>,
}
