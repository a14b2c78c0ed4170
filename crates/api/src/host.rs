//! What a host (the window, the terminal) does for the app. Narrow on purpose: no file system, no keychain, no
//! network; those belong to the app. There is no `print` either: the window prints its own preview.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use url::Url;
use wholechart_record::{ConnectionId, PersonId};

use crate::{
    providers::wire::{ConnectStage, PatientOption},
    sync::wire::SyncKind,
};

/// Where newer versions are published, and whose signature counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateSource {
    /// The address of the notice; packages lie beside it.
    pub address: Url,
    /// Public keys of minisign in base64, apart by white space.
    pub keys: String,
}

impl UpdateSource {
    /// What `WHOLECHART_UPDATE_URL` and `WHOLECHART_UPDATE_KEY` said when this was built.
    fn of_build() -> Option<UpdateSource> {
        let keys = option_env!("WHOLECHART_UPDATE_KEY").filter(|keys| !keys.trim().is_empty())?;
        let address = Url::parse(option_env!("WHOLECHART_UPDATE_URL")?).ok()?;
        Some(UpdateSource { address, keys: keys.to_owned() })
    }
}

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

    /// Opens a file that was just saved, with the program that the system has for it. A host that only says where the file is has
    /// none.
    ///
    /// # Errors
    /// In words for a details line, when no program could be started.
    fn open_file(&self, path: &Path) -> Result<(), String> {
        Err(format!("nothing opens {}", path.extension().unwrap_or_default().display()))
    }

    /// Asks where a file is to be kept that the app writes itself, because it is large. Blocks until the user has answered;
    /// `None` is "cancelled". A host without such a dialog has no place to give.
    fn choose_where(&self, suggested_name: &str) -> Option<PathBuf> {
        let _ = suggested_name;
        None
    }

    /// Asks which files, or which folder, are to be read. Blocks until the user has answered; none is "cancelled". A host
    /// without such a dialog has none to give.
    fn choose_files(&self, folder: bool) -> Vec<PathBuf> {
        let _ = folder;
        Vec::new()
    }

    /// Whether the user writes down which files are to be read. Where a page says it, as in the window, only those count
    /// that a dialog or a drop has named ([`crate::App::dropped`]): a page that was led astray reads nothing else.
    fn names_paths(&self) -> bool {
        true
    }

    /// Whether somebody may come to this host whom its person does not want to see the record: then it can be locked, also
    /// before it is shown at a start. A terminal is opened by who types in it, and shows nothing afterwards.
    fn is_left_alone(&self) -> bool {
        false
    }

    /// Whether this host hears when the computer sleeps or its session is locked ([`crate::App::computer_locks`]).
    fn hears_computer_lock(&self) -> bool {
        false
    }

    /// Whether the system opens this very record with the app's own scheme.
    fn is_opened_by_scheme(&self) -> bool {
        false
    }

    /// Where newer versions are published, as this program was built. `None`: it looks nowhere.
    fn update_source(&self) -> Option<UpdateSource> {
        UpdateSource::of_build()
    }

    /// Which package installs this program here: `linux-x86_64-deb`, `macos-aarch64-dmg`, `windows-x86_64-msi`.
    fn package_kind(&self) -> String {
        let (system, processor) = (std::env::consts::OS, std::env::consts::ARCH);
        let kind = match system {
            "macos" => "dmg",
            "windows" => "msi",
            _ if Path::new("/var/lib/dpkg/status").exists() => "deb",
            _ => "rpm",
        };
        format!("{system}-{processor}-{kind}")
    }

    /// The folder where the person's downloads lie.
    fn downloads(&self) -> Option<PathBuf> {
        directories::UserDirs::new()?.download_dir().map(Path::to_owned)
    }

    /// Tells whoever is looking that something moved on.
    fn event(&self, event: Event);

    /// The current moment.
    fn now(&self) -> DateTime<Utc>;
}

/// Progress while a command runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum Event {
    /// Connecting moved on.
    #[serde(rename_all = "camelCase")]
    Connect {
        /// Which attempt.
        attempt: String,
        /// Where it is.
        stage: ConnectStage,
        /// The same in words, such as "Waiting for you to sign in at portal.example".
        text: String,
        /// The sign-in page's address, from `waitingForSignIn` on: to open it again or copy it.
        sign_in_url: Option<String>,
        /// The address the browser ends at, when it may have to be pasted here.
        returns_to: Option<String>,
        /// At `choosingPatient`: whose records the sign-in opens.
        patients: Vec<PatientOption>,
    },
    /// A sync moved on.
    #[serde(rename_all = "camelCase")]
    Sync {
        /// Which connection.
        connection: ConnectionId,
        /// All kinds so far, in the order they are asked.
        kinds: Vec<SyncKind>,
        /// The run ended.
        done: bool,
        /// Questions answered so far.
        asked: u32,
        /// Questions planned.
        planned: u32,
    },
    /// Something that takes a while moved on: opening the record after an upgrade, deriving it anew, an import.
    #[serde(rename_all = "camelCase")]
    Progress {
        /// What is being done, in words: "Bringing your record up to date".
        text: String,
        /// 0 to 100.
        percent: u8,
    },
    /// A fetch brought something new, corrected or withdrawn.
    #[serde(rename_all = "camelCase")]
    News {
        /// Whose record it came into.
        person: PersonId,
        /// Which connection.
        connection: ConnectionId,
        /// What, in a sentence.
        text: String,
        /// For whoever is elsewhere: that something came, and nothing of what it is.
        told_away: String,
    },
    /// Files are dragged over the window, or no longer.
    #[serde(rename_all = "camelCase")]
    Dragging {
        /// They are.
        over: bool,
    },
    /// Files were dropped onto the window: pass them to `previewImport`.
    #[serde(rename_all = "camelCase")]
    Dropped {
        /// Where they are.
        paths: Vec<PathBuf>,
    },
    /// Something was chosen in the window's menu bar.
    #[serde(rename_all = "camelCase")]
    Menu {
        /// `key p`: as if the key had been pressed as a command; `go people`: an address; `edit copy`: with what is selected.
        chosen: String,
    },
    /// Something stored has changed: lists read before this are stale.
    Changed,
    /// The record is being locked: whatever is shown of it goes at once. `appState` answers when it is done.
    Locking,
}
