//! What the desktop does for the app: its browser, its file dialogs, its events.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use tauri::{AppHandle, Emitter};
use tauri_plugin_dialog::DialogExt;
use url::Url;
use wholechart_api::{Event, Host, write_whole};

/// The name under which the window hears of everything.
const EVENT: &str = "wholechart";

/// The desktop as the app's host.
pub(crate) struct Desktop(pub(crate) AppHandle);

impl Host for Desktop {
    fn open_browser(&self, url: &Url) -> Result<(), String> {
        webbrowser::open(url.as_str()).map_err(|e| e.to_string())
    }

    fn save_file(&self, suggested_name: &str, bytes: &[u8]) -> Result<Option<PathBuf>, std::io::Error> {
        let mut dialog = self.0.dialog().file().set_file_name(suggested_name);
        if let Some((_, extension)) = suggested_name.rsplit_once('.') {
            dialog = dialog.add_filter(extension.to_uppercase(), &[extension]);
        }
        let Some(chosen) = dialog.blocking_save_file() else { return Ok(None) };
        let path = chosen.into_path().map_err(std::io::Error::other)?;
        write_whole(&path, bytes)?;
        Ok(Some(path))
    }

    fn open_file(&self, path: &Path) -> Result<(), String> {
        // What opens pages opens what a browser shows, and else hands it to the system's own program.
        let address = Url::from_file_path(path).map_err(|()| "not an absolute path".to_owned())?;
        webbrowser::open(address.as_str()).map_err(|e| e.to_string())
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
