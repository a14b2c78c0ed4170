//! Files that the user saves outside the record.

use std::sync::{Arc, PoisonError};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::Day;
use wholechart_store::Person;

use crate::{app::App, error::ApiError, words::dates};

/// A file was written, or the user cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    /// Where. `None`: the user cancelled.
    pub path: Option<String>,
}

impl App {
    /// A file's name: the message of this key with the person's name, without what a file's name must not hold, and the
    /// day (`2026-07-01`).
    pub(crate) fn file_name(&self, key: &str, person: &Person, day: Day) -> String {
        let name: String =
            person.name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' }).collect();
        self.words.with(key, &[("name", name.trim().into()), ("date", (&dates::key(day)).into())])
    }

    /// Asks where to keep a file and writes it there.
    pub(crate) async fn hand_out(&self, name: String, bytes: Vec<u8>) -> Result<Saved, ApiError> {
        let host = Arc::clone(&self.host);
        let saved = self
            .off_thread(move || host.save_file(&name, &bytes))
            .await?
            .map_err(|e| self.error("error-save").details(e))?;
        self.saved.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&saved);
        Ok(Saved { path: saved.map(|path| self.words.sent(&path.display().to_string())) })
    }

    /// Opens the file that was saved last, with whatever the system opens such files with. Which file that is nobody says from
    /// outside.
    pub(crate) async fn open_saved(&self) -> Result<(), ApiError> {
        let last = self.saved.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let path = last.ok_or_else(|| self.error("error-no-such"))?;
        let host = Arc::clone(&self.host);
        let opened = self.off_thread(move || host.open_file(&path)).await?;
        opened.map_err(|e| self.error("error-open-saved").details(e))
    }
}
