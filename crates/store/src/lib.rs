//! One encrypted SQLite file: every version of every resource verbatim, and what is derived from it.
//!
//! In the order a reader needs it:
//!
//! - [`Folder::take`] takes the lock beside the file: everything below happens under it.
//! - [`keys`]: the 32-byte key of the file and the slots that wrap it. [`RecordFiles::state`] says what a folder holds.
//! - [`Store::open_in`] opens the file and brings its tables up to date. It derives nothing: [`Store::catch_up`] does,
//!   behind whoever reads.
//! - A sync calls [`Store::begin_run`], [`Store::commit_page`] for each page (rows and cursor in one transaction),
//!   [`Store::record_answers`] for the ledger and [`Store::finish_run`]; then [`Store::refresh_facts`].
//! - The timeline and a record's page read facts: [`Store::timeline`], [`Store::fact`]. [`Store::search`] finds
//!   anything. Lists and charts: [`Store::list`], [`Store::tests`], [`Store::series`]; [`Store::current_facts`] reads
//!   what a summary needs and no more.
//!
//! The tables are described in `schema/schema.sql`, and each has its file in `src/table/`. How to change one is in
//! `src/schema.rs`.
//!
//! **Invariants.** SQL text is in this crate and nowhere else. Bytes that a provider sent are never changed and only
//! ever deleted with their connection, when the user says so. Entries and facts are a projection: [`Store::rebuild`]
//! makes them anew from the bytes. No network, no keychain, no clock and no source of randomness: the moment and the
//! random source come in as arguments. Errors never quote what is stored.
//!
//! Every method blocks; call it where blocking is allowed.

mod archive;
mod backup;
mod check;
mod durable;
mod edit;
mod erase;
mod error;
mod filter;
mod folder;
mod forget;
mod incoming;
mod key;
pub mod keys;
mod open;
mod own;
mod packed;
mod private;
mod projection;
mod rescue;
mod restore;
mod rows;
mod schema;
mod sign_in;
mod sort;
mod store;
mod swap;
mod sync;
mod table;
mod taken_out;
#[cfg(test)]
mod tests;
mod tree;
mod undo;
mod upgraded;
mod watch;

pub use archive::{BackupContents, BackupError, Held};
pub use backup::BackupOrder;
pub use check::Checked;
pub use durable::write_durably;
pub use erase::erase_everything;
pub use error::StoreError;
pub use filter::Filter;
pub use folder::Folder;
pub use incoming::Incoming;
pub use keys::{DbKey, KeyError, KeySlots, RecordFiles};
pub use own::{DeletedOwn, OwnResource};
pub use private::{
    close_own_files, close_own_folder, is_closed_to_others, make_private_folder, open_own_file,
};
pub use rescue::{Called, Lost, LostKind, LostRecords, rescue};
pub use restore::{Replacement, read_backup, undo_restore};
pub use sort::{BadCursor, Cursor};
pub use store::{Store, Unwritable};
pub use sync::{Clinical, PageCommit, PageOutcome, Sorting, UnreadableBytes};
pub use table::answered::{Answered, Conclusion};
pub use table::changes::{Change, ChangeKind, News};
pub use table::connections::{Connection, ConnectionState, Counts};
pub use table::documents::{Document, DocumentCommit};
pub use table::entries::EntryRow;
pub use table::facts::MemberRow;
pub use table::files::{FactFile, StoredFile, UnreadFile};
pub use table::handed::{HANDED_LINES, HandedInAll, HandedLine};
pub use table::ledger::{AnswerState, Contact, LedgerRow, Remark};
pub use table::likely::LikelyPair;
pub use table::lists::{CurrentFact, ListPage, SeriesPage, TestRow};
pub use table::people::Person;
pub use table::placed::Placed;
pub use table::runs::{Import, ImportId, QuestionProgress, Run, RunId, RunOutcome};
pub use table::search::{Also, Found, FoundKind, Hit};
pub use table::sent::{SENT_LINES, SentInAll, SentLine};
pub use table::set_aside::SetAside;
pub use table::shown::{FactRow, ListFields, ListRow, Listed, TopicRow};
pub use table::timeline::{Facets, Page, Period};
pub use table::tokens::{SECRET, Tokens};
pub use table::unreadable::UnreadableRow;
pub use table::versions::{Verbatim, VersionId, VersionRow};
pub use taken_out::{InDocument, Note, SentDocument, SentVersion, Snapshot, UnreadablePiece};
pub use tree::{Content, Tree, TreeError, is_free, remove_left_behind};
pub use upgraded::{UpgradeCopy, before_upgrade};
pub use watch::Ran;
