//! What is to be erased, as it crosses to the window and the terminal.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_record::{ConnectionId, FactId, PersonId};
use wholechart_store::ImportId;

/// What is to be erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "what")]
pub enum Erase {
    /// A person with everything of theirs.
    Person {
        /// Who.
        person: PersonId,
    },
    /// A connection with everything that it brought.
    Connection {
        /// Whose.
        person: PersonId,
        /// Which.
        connection: ConnectionId,
    },
    /// What was taken in from files at one time.
    Import {
        /// Whose.
        person: PersonId,
        /// Which.
        import: ImportId,
    },
    /// One document, with the files behind it.
    Document {
        /// Whose.
        person: PersonId,
        /// Which.
        fact: FactId,
    },
    /// The record, with everybody in it and its keys.
    Everything,
}

/// What an erasure takes, before it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ErasePreview {
    /// What goes, in words.
    pub text: String,
    /// Backups that were made here, and where everything was taken out to: they hold it still, unless they were made before it came.
    pub backups: Vec<String>,
    /// Files of a missing record beside this one, which are left: they may be all there is of it.
    pub aside: Vec<String>,
}
