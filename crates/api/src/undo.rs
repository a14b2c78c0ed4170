//! What takes back what a person decided or said.

use serde::{Deserialize, Serialize};
use wholechart_record::{EntryKey, Verdict};
use wholechart_store::{DeletedOwn, OwnResource, Placed};

/// Two entries and what was decided about them before. `None`: nothing.
pub(crate) type Before = Vec<(EntryKey, EntryKey, Option<Verdict>)>;

/// What takes something back; opaque to the window.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Undo {
    /// A decision about sameness.
    Decided(Before),
    /// Where something was put.
    Placed(Vec<(EntryKey, Option<Placed>)>),
    /// What the person said themselves.
    Own(OwnUndo),
}

/// What was done with something of one's own.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OwnUndo {
    /// This resource was added: `Type/id`.
    Added(String),
    /// These resources were added together.
    AddedTogether(Vec<String>),
    /// It said this before.
    Changed(OwnResource),
    /// It is gone.
    Deleted(DeletedOwn),
}
