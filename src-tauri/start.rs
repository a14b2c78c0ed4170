//! What is behind the window: the app, started before the window opens and, where that failed, once more when its person
//! asks for it.

use std::{
    fmt::Display,
    io::Write as _,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;
use tauri::{AppHandle, async_runtime};
use wholechart_api::{
    ApiError, App, Config, Language, NotStarted, Reader, StartFailure, SystemKeychain, close_own_files,
    close_own_folder, make_private_folder, note_defects, region,
};
use wholechart_sandbox::{Sandbox, SandboxConfig};

use crate::{host::Desktop, options::Options};

/// What is behind the window.
pub(crate) struct Behind {
    window: AppHandle,
    options: Options,
    state: Mutex<State>,
}

enum State {
    Started {
        app: Arc<App>,
        /// The sample providers, which end with the process.
        _providers: Option<Sandbox>,
    },
    Failed {
        why: NotStarted,
        /// The window has asked for the app's state and was told why there is none.
        told: bool,
    },
}

impl Behind {
    /// Starts it.
    pub(crate) fn start(window: AppHandle, options: Options) -> Behind {
        let state = Mutex::new(started(&window, &options));
        Behind { window, options, state }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The app, when it started.
    pub(crate) fn app(&self) -> Option<Arc<App>> {
        match &*self.state() {
            State::Started { app, .. } => Some(Arc::clone(app)),
            State::Failed { .. } => None,
        }
    }

    /// The app, or the answer to `command` where it did not start. A window that was told so and asks for the app's state
    /// again has a person who wants to try once more. Blocks meanwhile.
    ///
    /// # Errors
    /// The answer.
    pub(crate) fn app_for(&self, command: &str) -> Result<Arc<App>, Result<Value, ApiError>> {
        let mut state = self.state();
        if command == "appState" && matches!(*state, State::Failed { told: true, .. }) {
            *state = started(&self.window, &self.options);
        }
        match &mut *state {
            State::Started { app, .. } => Ok(Arc::clone(app)),
            State::Failed { why, told } => {
                *told |= command == "appState";
                Err(why.answer(command))
            }
        }
    }

    /// The answer to a command that ended in the middle.
    pub(crate) fn panicked(&self) -> ApiError {
        match &*self.state() {
            State::Started { app, .. } => app.panicked(),
            State::Failed { why, .. } => why.why().clone(),
        }
    }
}

/// Says why there is no app, in the window's language.
pub(crate) fn not_started(options: &Options, failure: StartFailure) -> NotStarted {
    NotStarted::new(options.folder().as_deref(), sys_locale::get_locale().as_deref(), failure)
}

/// The computer's language, for a window whose app did not start.
pub(crate) fn system_language() -> Language {
    sys_locale::get_locale().as_deref().and_then(Language::of_locale).unwrap_or(Language::En)
}

fn started(window: &AppHandle, options: &Options) -> State {
    let (handle, asked) = (window.clone(), options.clone());
    // On a thread of its own: a defect there must not end the program before its window says so.
    let outcome = async_runtime::block_on(async_runtime::spawn_blocking(move || start(&handle, &asked)));
    let failure = match outcome {
        Ok(Ok((app, providers))) => return State::Started { app, _providers: providers },
        Ok(Err(failure)) => failure,
        Err(_) => StartFailure::Internal,
    };
    State::Failed { why: not_started(options, failure), told: false }
}

fn start(window: &AppHandle, options: &Options) -> Result<(Arc<App>, Option<Sandbox>), StartFailure> {
    let folder = options.folder().ok_or(StartFailure::Folder)?;
    let named = options.data_dir.is_some();
    let made = if named { make_private_folder(&folder) } else { close_own_folder(&folder) };
    made.map_err(|error| failed(StartFailure::Folder, &error))?;
    note_defects(folder.join("logs"), chrono::Utc::now);
    if let Err(error) = log_to(&folder.join("logs")) {
        // Whoever cannot write a log can still read their record.
        tracing::warn!(%error, "there is no log");
    }
    let providers = if options.sample { Some(sample_providers()?) } else { None };
    let config = Config {
        data_dir: folder,
        profile: options.profile_name().to_owned(),
        sample: options.sample,
        sample_cards: providers.as_ref().map_or(Value::Null, Sandbox::directory),
        sample_lists: providers.as_ref().map_or(Value::Null, Sandbox::lists),
        sample_moved: providers.as_ref().map(Sandbox::moved).unwrap_or_default(),
        keychain: Some(Arc::new(SystemKeychain)),
        passphrase: None,
        locale: sys_locale::get_locale(),
        region: region::of_computer(),
        reader: Reader::child().map_err(|error| failed(StartFailure::Program, &error))?,
    };
    let host = Arc::new(Desktop { window: window.clone(), usual: options.is_usual() });
    let app = App::new(host, config).map_err(|error| failed(StartFailure::Connections, &error))?;
    // A test looks at everything that is not a sender's own words.
    if cfg!(feature = "e2e") && std::env::var_os("WHOLECHART_MARK_SENT").is_some() {
        app.words().mark_sent();
    }
    Ok((app, providers))
}

/// The sample providers on loopback, inside this process.
fn sample_providers() -> Result<Sandbox, StartFailure> {
    let config = SandboxConfig::remembered(chrono::Utc::now().date_naive());
    async_runtime::block_on(Sandbox::start(config)).map_err(|error| failed(StartFailure::Sample, &error))
}

/// Keeps a library's words off the screen: they go to the log, and to standard error where there is none yet.
pub(crate) fn failed(failure: StartFailure, error: &impl Display) -> StartFailure {
    tracing::error!(?failure, %error, "the start failed");
    drop(writeln!(std::io::stderr(), "{failure:?}: {error}"));
    failure
}

/// Logs go to a file that is thrown away after a week. They hold ids, counts and durations, never a record, and
/// not who is asked: which providers somebody has says what they have.
fn log_to(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};
    close_own_folder(folder)?;
    let files = tracing_appender::rolling::Builder::new()
        .rotation(tracing_appender::rolling::Rotation::DAILY)
        .filename_prefix("wholechart")
        .filename_suffix("log")
        .max_log_files(7)
        .build(folder)?;
    // Today's, and what a day made that began while the program ran.
    close_own_files(folder)?;
    tracing_subscriber::registry()
        .with(EnvFilter::new("warn,wholechart=info"))
        .with(fmt::layer().with_ansi(false).with_writer(files))
        .try_init()?;
    Ok(())
}
