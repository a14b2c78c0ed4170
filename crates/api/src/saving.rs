//! Files that leave the record because the user wants them elsewhere.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{app::App, error::ApiError};

/// A file was written, or the user cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    /// Where; none when the user cancelled.
    pub path: Option<String>,
}

impl App {
    /// Asks where to keep a file and writes it there.
    pub(crate) async fn hand_out(&self, name: String, bytes: Vec<u8>) -> Result<Saved, ApiError> {
        let host = Arc::clone(&self.host);
        let saved = self
            .off_thread(move || host.save_file(&name, &bytes))
            .await?
            .map_err(|e| self.error("error-save").details(e))?;
        Ok(Saved { path: saved.map(|path| path.display().to_string()) })
    }
}
