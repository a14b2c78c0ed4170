//! The app: the command list, the wire types, the error codes and the [`Host`] trait.
//!
//! In the order a reader needs it: [`wire`] is what crosses to a host, [`dispatch`] runs a command by its name,
//! [`App`] holds the open record, [`Host`] is what a window or a terminal does for it, [`Words`] is the catalogue.
//!
//! **Invariants.** Knows neither Tauri nor SQL text nor an HTTP client. Words that leave here are final. An error
//! carries a code only where the window acts on it; its words are for the person on screen, and what it shows in a log
//! (`Display`, and its details) is no patient's data.

mod app;
mod commands;
mod connecting;
mod contacts;
mod dates;
mod directory;
mod documents;
mod error;
mod home;
mod host;
mod importing;
mod keychain;
mod listing;
mod lists;
mod merging;
mod notes;
pub mod profile;
mod progress;
mod records;
mod saving;
mod settings;
mod start;
mod syncing;
mod unlock;
mod views;
mod whose;
pub mod wire;
mod words;

pub use app::{App, Config};
pub use commands::{COMMANDS, dispatch, typescript};
pub use host::Host;
pub use keychain::{KeychainError, SecretStore, SystemKeychain};
pub use start::{NotStarted, StartFailure};
pub use wholechart_document::{Reader, serve as serve_reader};
pub use wire::{ApiError, Event};
pub use words::{Arg, Language, Words};
