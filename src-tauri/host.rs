//! What the desktop does for the app: its browser, its file dialogs, its events.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use tauri::{AppHandle, Emitter, Manager};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tauri_plugin_notification::NotificationExt;
use url::Url;
use wholechart_api::{Event, Host, wire::ConnectStage, write_whole};

use crate::{computer, to_front};

/// The name under which the window hears of everything.
const EVENT: &str = "wholechart";

/// The desktop as the app's host.
pub(crate) struct Desktop {
    pub(crate) window: AppHandle,
    /// The record that a plain start opens.
    pub(crate) usual: bool,
}

/// Tells the window.
pub(crate) fn tell(app: &AppHandle, event: Event) {
    if let Err(error) = app.emit(EVENT, event) {
        // The window is gone: nobody is left to be told.
        tracing::debug!(%error, "an event found no window");
    }
}

impl Desktop {
    /// A notification of the system's own, where nobody looks at the window. It says that something came, and nothing of it:
    /// others see it too.
    fn tell_away(&self, text: &str) {
        let looks = self.window.get_webview_window("main").and_then(|window| window.is_focused().ok());
        if looks == Some(false)
            && let Err(error) = self.window.notification().builder().title("Wholechart").body(text).show()
        {
            tracing::debug!(%error, "no notification was shown");
        }
    }
}

impl Desktop {
    fn ask_where(&self, suggested_name: &str) -> Option<FilePath> {
        let mut dialog = self.window.dialog().file().set_file_name(suggested_name);
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
        write_whole(&path, bytes)?;
        Ok(Some(path))
    }

    fn open_file(&self, path: &Path) -> Result<(), String> {
        opener::open(path).map_err(|e| e.to_string())
    }

    fn choose_where(&self, suggested_name: &str) -> Option<PathBuf> {
        self.ask_where(suggested_name)?.into_path().ok()
    }

    fn choose_files(&self, folder: bool) -> Vec<PathBuf> {
        let dialog = self.window.dialog().file();
        let chosen = if folder {
            dialog.blocking_pick_folder().into_iter().collect()
        } else {
            dialog.blocking_pick_files().unwrap_or_default()
        };
        chosen.into_iter().filter_map(|path| path.into_path().ok()).collect()
    }

    fn is_left_alone(&self) -> bool {
        true
    }

    fn hears_computer_lock(&self) -> bool {
        computer::HEARS
    }

    fn is_opened_by_scheme(&self) -> bool {
        self.usual
    }

    fn names_paths(&self) -> bool {
        false
    }

    fn event(&self, event: Event) {
        // The browser is in front of it: whoever has signed in goes on here.
        if let Event::Connect { stage: ConnectStage::Finishing | ConnectStage::ChoosingPatient, .. } = &event
        {
            to_front(&self.window);
        }
        if let Event::News { told_away, .. } = &event {
            self.tell_away(told_away);
        }
        tell(&self.window, event);
    }

    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
