//! What an assistant of the person's own may be handed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::Kind;
use wholechart_record::PersonId;

use crate::summary::choices::SensitiveKind;

/// What an assistant may be handed. A person who is not named here is not there for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AssistantChoice {
    /// It is answered at all.
    pub on: bool,
    /// Whose records, and what of them.
    pub persons: Vec<PersonShared>,
}

/// What an assistant may be handed of one person's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonShared {
    /// Whose.
    pub person: PersonId,
    /// Kinds of records. None: the person is not there.
    pub kinds: Vec<Kind>,
    /// Kinds of what is sensitive that are not kept back, whatever kind of record it is in.
    pub sensitive: Vec<SensitiveKind>,
}

/// The choice, with what there is to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AssistantView {
    /// What was chosen.
    pub choice: AssistantChoice,
    /// Every kind of record.
    pub kinds: Vec<KindToShare>,
    /// Every kind of what is sensitive.
    pub sensitive: Vec<SensitiveToShare>,
    /// What the maker of an assistant may see, a sentence each.
    pub warning: Vec<String>,
}

/// A kind of record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KindToShare {
    /// Which.
    pub kind: Kind,
    /// Many of it: "Vaccines".
    pub label: String,
}

/// A kind of what is sensitive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SensitiveToShare {
    /// Which.
    pub kind: SensitiveKind,
    /// In words.
    pub label: String,
}
