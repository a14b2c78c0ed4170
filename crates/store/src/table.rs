//! The tables. One file for each, or for a few that are written together: its SQL, its rows, its queries.
//!
//! What concerns one table, and what reads through joins, is here; what changes several tables at once is beside this
//! folder (`sync.rs`, `sign_in.rs`, `edit.rs`, `projection.rs`) and calls the functions here. A table's file may use
//! the files of other tables, but never in a circle.
//!
//! In reading order: whose record it is and where it comes from ([`people`], [`connections`], [`tokens`]), what was
//! asked and answered ([`runs`], [`ledger`], [`answered`], [`changes`]), what came ([`versions`], [`dictionaries`], [`slices`], [`unreadable`],
//! [`documents`], [`files`], [`brought`]), what the person said ([`decisions`], [`notes`], [`settings`]), and what is derived
//! ([`shown`], [`entries`], [`facts`], [`timeline`], [`lists`], [`topics`], [`search`], [`conflicts`], [`likely`], [`ties`], [`found`], [`derived`]); [`held`] counts all of it.

pub(crate) mod alone;
pub(crate) mod answered;
pub(crate) mod brought;
pub(crate) mod changes;
pub(crate) mod conflicts;
pub(crate) mod connections;
pub(crate) mod decisions;
pub(crate) mod derived;
pub(crate) mod dictionaries;
pub(crate) mod documents;
pub(crate) mod entries;
pub(crate) mod facts;
pub(crate) mod files;
pub(crate) mod found;
pub(crate) mod handed;
pub(crate) mod held;
pub(crate) mod ledger;
pub(crate) mod likely;
pub(crate) mod lists;
pub(crate) mod notes;
pub(crate) mod people;
pub(crate) mod placed;
pub(crate) mod readable;
pub(crate) mod runs;
pub(crate) mod search;
pub(crate) mod sent;
pub(crate) mod set_aside;
pub(crate) mod settings;
pub(crate) mod shown;
pub(crate) mod slices;
pub(crate) mod ties;
pub(crate) mod timeline;
pub(crate) mod tokens;
pub(crate) mod topics;
pub(crate) mod unreadable;
pub(crate) mod versions;
