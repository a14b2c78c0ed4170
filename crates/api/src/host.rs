//! What a host (the window, the terminal) does for the app. Narrow on purpose: no file system, no keychain, no
//! network; those belong to the app. There is no `print` either: the window prints its own preview.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use url::Url;

use crate::wire::Event;

/// The one trait a host implements.
pub trait Host: Send + Sync + 'static {
    /// Opens the system's own browser, never a window of ours.
    ///
    /// # Errors
    /// In words for a details line, when no browser could be started.
    fn open_browser(&self, url: &Url) -> Result<(), String>;

    /// Asks where to keep a file and writes it there. Blocks until the user has answered; `None` is "cancelled".
    ///
    /// # Errors
    /// When the file cannot be written.
    fn save_file(&self, suggested_name: &str, bytes: &[u8]) -> Result<Option<PathBuf>, std::io::Error>;

    /// Tells whoever is looking that something moved on.
    fn event(&self, event: Event);

    /// The current moment.
    fn now(&self) -> DateTime<Utc>;
}
