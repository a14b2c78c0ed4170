//! What the desktop does for the app: its browser, its file dialogs, its events.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use tauri::{AppHandle, Emitter};
use tauri_plugin_dialog::{DialogExt, FilePath};
use url::Url;
use wholechart_api::{Event, Host};

/// The name under which the window hears of everything.
const EVENT: &str = "wholechart";

/// The desktop as the app's host.
pub(crate) struct Desktop(pub(crate) AppHandle);

impl Desktop {
    fn ask_where(&self, suggested_name: &str) -> Option<FilePath> {
        let mut dialog = self.0.dialog().file().set_file_name(suggested_name);
        if let Some((_, extension)) = suggested_name.rsplit_once('.') {
            dialog = dialog.add_filter(extension.to_uppercase(), &[extension]);
        }
        dialog.blocking_save_file()
    }
}

impl Host for Desktop {
    fn open_browser(&self, url: &Url) -> Result<(), String> {
        webbrowser::open(url.as_str()).map_err(|e| e.to_string())
    }

    fn save_file(&self, suggested_name: &str, bytes: &[u8]) -> Result<Option<PathBuf>, std::io::Error> {
        let Some(chosen) = self.ask_where(suggested_name) else { return Ok(None) };
        let path = chosen.into_path().map_err(std::io::Error::other)?;
        std::fs::write(&path, bytes)?;
        Ok(Some(path))
    }

    fn choose_where(&self, suggested_name: &str) -> Option<PathBuf> {
        self.ask_where(suggested_name)?.into_path().ok()
    }

    fn choose_files(&self, folder: bool) -> Vec<PathBuf> {
        let dialog = self.0.dialog().file();
        let chosen = if folder {
            dialog.blocking_pick_folder().into_iter().collect()
        } else {
            dialog.blocking_pick_files().unwrap_or_default()
        };
        chosen.into_iter().filter_map(|path| path.into_path().ok()).collect()
    }

    fn names_paths(&self) -> bool {
        false
    }

    fn event(&self, event: Event) {
        if let Err(error) = self.0.emit(EVENT, event) {
            // The window is gone: nobody is left to be told.
            tracing::debug!(%error, "an event found no window");
        }
    }

    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
