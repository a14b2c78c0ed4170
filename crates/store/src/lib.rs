//! One encrypted SQLite file: every version of every resource verbatim, and what is derived from it.
//!
//! In the order a reader needs it:
//!
//! - [`keys`]: the 32-byte key of the file and the slots that wrap it. [`RecordFiles::state`] says what a folder holds.
//! - [`Store::open`] takes the lock beside the file, opens it and brings its tables up to date.
//! - A sync calls [`Store::begin_run`], [`Store::commit_page`] for each page (rows and cursor in one transaction),
//!   [`Store::record_answers`] for the ledger and [`Store::finish_run`]; then [`Store::refresh_facts`].
//! - The timeline and a record's page read facts: [`Store::timeline`], [`Store::fact`]. [`Store::search`] finds anything. Lists and charts: [`Store::list`], [`Store::tests`],
//!   [`Store::series`]; [`Store::current_facts`] reads what a summary needs and no more.
//!
//! The tables are described in `migrations/0001_first.sql`.
//!
//! **Invariants.** SQL text is in this crate and nowhere else. Bytes that a provider sent are never changed and only
//! ever deleted with their connection, when the user says so. Entries and facts are a projection: [`Store::rebuild`]
//! makes them anew from the bytes. No network, no keychain, no clock and no source of randomness: the moment and the
//! random source come in as arguments. Errors never quote what is stored.
//!
//! Every method blocks; call it where blocking is allowed.

mod durable;
mod error;
pub mod keys;
mod ledger;
mod model;
mod store;
#[cfg(test)]
mod tests;

pub use durable::write_durably;
pub use error::StoreError;
pub use keys::{DbKey, KeyError, KeySlots, RecordFiles};
pub use ledger::{AnswerState, Remark, RunOutcome};
pub use model::{
    Answered, BadCursor, Change, ChangeKind, Conclusion, Connection, ConnectionState, Contact, Counts,
    CurrentFact, Cursor, Document, DocumentCommit, EntryRow, Facets, FactFile, FactMore, FactRow, Filter,
    Found, FoundKind, Hit, Incoming, LedgerRow, ListPage, ListRow, MemberRow, News, Page, PageCommit,
    PageOutcome, Period, Person, QuestionProgress, Run, RunId, SeriesPage, StoredFile, TestRow, Tokens,
    UnreadFile, UnreadableBytes, UnreadableRow, Verbatim, VersionId, VersionRow,
};
pub use store::{LIST_DETAILS, Store};
