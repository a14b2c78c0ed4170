//! Files that leave the record because the user wants them elsewhere.

use std::sync::Arc;

use crate::{
    app::App,
    wire::{ApiError, Saved},
};

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
