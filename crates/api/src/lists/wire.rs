//! Lists of one kind of thing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use wholechart_record::{ConnectionId, Standing};

use crate::timeline::wire::TimelineRow;

/// Which list; its address in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ListName {
    /// Medicines.
    Medicines,
    /// Problems and diagnoses.
    Problems,
    /// Allergies and intolerances.
    Allergies,
    /// Vaccines.
    Vaccines,
    /// Visits and appointments.
    Visits,
    /// Procedures.
    Procedures,
    /// Care plans and goals.
    Plans,
    /// Care teams.
    Team,
    /// Family history.
    Family,
    /// Documents, reports and imaging.
    Documents,
    /// Coverage and claims.
    Insurance,
}

impl ListName {
    /// The key of the name that its table is offered under.
    pub(crate) fn file_name(self) -> &'static str {
        match self {
            ListName::Medicines => "medicines-file-name",
            ListName::Problems => "problems-file-name",
            ListName::Allergies => "allergies-file-name",
            ListName::Vaccines => "vaccines-file-name",
            ListName::Visits => "visits-file-name",
            ListName::Procedures => "procedures-file-name",
            ListName::Plans => "plans-file-name",
            ListName::Team => "team-file-name",
            ListName::Family => "family-file-name",
            ListName::Documents => "documents-file-name",
            ListName::Insurance => "insurance-file-name",
        }
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListPage {
    /// Headings: first what the thing is, then those of [`ListRow::cells`].
    pub columns: Vec<String>,
    /// In order.
    pub rows: Vec<ListRow>,
    /// Pass it back to get the next page. `None` at the end.
    pub next: Option<String>,
    /// How many the filter lets through in all.
    pub total: u32,
}

/// One thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListRow {
    /// As every list shows it.
    pub row: TimelineRow,
    /// One text for each column; empty where nothing is known.
    pub cells: Vec<String>,
    /// The heading it stands under, where the list has parts: "Current", "No longer taken".
    pub group: Option<String>,
    /// Something to know before it is trusted: "not confirmed for more than a year".
    pub doubt: Option<String>,
    /// What it is about, in lists of topics; the rows of one topic follow each other.
    pub topic: Option<TopicHead>,
    /// How it is itself, in lists of topics: a topic stands as the best of its facts.
    pub standing: Option<Standing>,
}

/// What several rows are about, as a row of its own above them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TopicHead {
    /// Opaque.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// One text for each column, of what is so now.
    pub cells: Vec<String>,
    /// How many facts it has that the filter lets through.
    pub count: u32,
    /// How many times it was given or done, in words: "3 times".
    pub times: Option<String>,
    /// Who tells of it.
    pub sources: Vec<ConnectionId>,
    /// Not everybody agrees.
    pub disagreement: Option<String>,
    /// What they disagree about, and who says that it is over, a sentence each.
    pub told: Vec<String>,
}
