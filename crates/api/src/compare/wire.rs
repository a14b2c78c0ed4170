//! What each provider lists, side by side.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::Kind;
use wholechart_record::{ConnectionId, FactId, Standing};

/// Medicines, allergies and problems, each with what every provider says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompareView {
    /// One a kind; a kind that nobody tells of has none.
    pub tables: Vec<CompareTable>,
}

/// What is listed of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompareTable {
    /// The kind.
    pub kind: Kind,
    /// The heading.
    pub title: String,
    /// The heading of the first column.
    pub column: String,
    /// What there is to know before it is read: that only one provider tells of the kind, or which ones tell nothing of it. A
    /// sentence each.
    pub notes: Vec<String>,
    /// The columns after the first.
    pub providers: Vec<CompareProvider>,
    /// What is so now first, as in the lists.
    pub rows: Vec<CompareRow>,
}

/// A provider as a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompareProvider {
    /// The connection.
    pub connection: ConnectionId,
    /// What it is called.
    pub name: String,
    /// How recent its records are, in words.
    pub as_of: String,
}

/// A topic as a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompareRow {
    /// The topic's id.
    pub topic: String,
    /// What it is called.
    pub name: String,
    /// How it is now.
    pub standing: Standing,
    /// The same in words, as a heading over rows.
    pub standing_text: String,
    /// The record to show for it: of those that say how it is now, the newest.
    pub fact: FactId,
    /// Words where providers do not agree.
    pub disagreement: Option<String>,
    /// What is to be asked about it, a sentence each.
    pub ask: Vec<String>,
    /// One a provider, in the order of the columns.
    pub cells: Vec<CompareCell>,
    /// It was spoken of, or was to end, within a year.
    #[serde(skip)]
    #[ts(skip)]
    pub lately: bool,
}

/// What one provider says of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompareCell {
    /// How it is by this provider alone. `None`: it does not list it.
    pub standing: Option<Standing>,
    /// The same in words; never empty.
    pub how: String,
    /// What is another dose or another way to take it than elsewhere, in words.
    pub differs: Vec<String>,
    /// What it lists.
    pub says: Vec<CompareSaid>,
}

/// One record of a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompareSaid {
    /// The record; `None` where it is a statement about others, such as "no known allergies".
    pub fact: Option<FactId>,
    /// What the provider calls it; none where that is the row's name.
    pub title: Option<String>,
    /// It was taken back: struck through.
    pub struck: bool,
    /// How it is taken, since when, when it was last ordered, how it came to its end.
    pub lines: Vec<String>,
}
