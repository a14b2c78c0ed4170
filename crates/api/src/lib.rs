//! The app: the command list, the wire types, the error codes and the [`Host`] trait.
//!
//! In the order a reader needs it: [`dispatch`] runs a command by its name, [`wire`] is what crosses to a host,
//! [`App`] holds the open record, [`Host`] is what a window or a terminal does for it, [`Words`] is the catalogue. Every
//! other module is one subject: its commands, its `view` (store rows into words), its `wire` types.
//!
//! **Invariants.** Knows neither Tauri nor SQL text nor an HTTP client. Words that leave here are final. An error
//! carries a code only where the window acts on it; its words are for the person on screen, and what it shows in a log
//! (`Display`, and its details) is no patient's data.

mod app;
mod assistant;
mod backups;
mod commands;
mod compare;
mod diagnostics;
mod erasing;
mod error;
mod files;
mod health;
mod home;
mod host;
mod ids;
mod keychain;
mod keys;
mod letters;
mod lists;
mod own;
mod passphrase;
mod people;
pub mod profile;
mod progress;
mod providers;
mod questions;
mod record;
pub mod region;
mod said;
mod saving;
mod search;
mod sent;
mod settings;
mod start;
mod summary;
mod sync;
mod taking_out;
mod terminal;
mod timeline;
mod topics;
mod trends;
mod undo;
mod updates;
mod whose;
pub mod wire;

pub use app::{App, Config};
pub use assistant::{
    Assistant,
    socket::ask_running,
    tools::{ArgumentForm, AssistantArgument, AssistantTool},
};
pub use commands::{COMMANDS, dispatch, typescript};
pub use diagnostics::note_defects;
pub use host::{Host, UpdateSource};
pub use keychain::{KeychainError, SecretStore, SystemKeychain};
pub use saving::write_whole;
pub use start::{NotStarted, StartFailure};
pub use wholechart_document::{Reader, serve as serve_reader};
pub use wholechart_store::{close_own_files, close_own_folder, is_closed_to_others, make_private_folder};
pub use wholechart_words::{Arg, Language, Words};
pub use wire::{ApiError, Event};

use wholechart_words as words;

/// Whatever opens a record gives memory back with nothing in it: a closed record is not read in what was its memory.
#[global_allocator]
static MEMORY: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);
