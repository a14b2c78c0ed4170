//! The desktop shell: one window over the app in `wholechart-api`. It composes; it decides nothing about records.
//!
//! What is deliberately absent: SQL, HTTP, FHIR. The window's only door is the command `call`.

mod host;
mod options;

use std::{process::ExitCode, sync::Arc};

use clap::Parser;
use serde_json::Value;
use tauri::{AppHandle, Manager, State, WebviewUrl, WebviewWindowBuilder};
use tauri_plugin_deep_link::DeepLinkExt;
use wholechart_api::{ApiError, App, Config, SystemKeychain};
use wholechart_sandbox::{Sandbox, SandboxConfig};

pub use options::Options;
pub use wholechart_api::serve_reader;

/// Runs the app until its window is closed.
pub fn run() -> ExitCode {
    let options = Options::parse();
    let mut builder = tauri::Builder::default();
    if options.is_usual() {
        // The first of all plugins: a second start ends here, after its address has gone to the first one.
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| to_front(app)));
    }
    let built = builder
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .invoke_handler(tauri::generate_handler![call])
        .setup(move |app| setup(app, &options))
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            ExitCode::FAILURE
        }
    }
}

/// Brings the window to whoever asked for it.
fn to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::debug!(%error, "the window stays where it is");
        }
    }
}

/// The window's one door: a command's name and its arguments, as listed in `wholechart-api`.
#[tauri::command]
async fn call(app: State<'_, Arc<App>>, command: String, args: Value) -> Result<Value, ApiError> {
    let app = Arc::clone(&app);
    let ended = Arc::clone(&app);
    // On a thread of its own: a command may block on the disk, and its future need not be `Send`.
    tauri::async_runtime::spawn_blocking(move || {
        tauri::async_runtime::block_on(wholechart_api::dispatch(&app, &command, args))
    })
    .await
    .unwrap_or_else(|_| Err(ended.panicked()))
}

fn setup(app: &mut tauri::App, options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let folder = options.folder().ok_or("this system has no folder for an app's files; use --data-dir")?;
    std::fs::create_dir_all(&folder)?;
    if let Err(error) = log_to(&folder.join("logs")) {
        // Whoever cannot write a log can still read their record.
        tracing::warn!(%error, "there is no log");
    }
    let providers = if options.sample { Some(sample_providers()?) } else { None };
    let host = Arc::new(host::Desktop(app.handle().clone()));
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
        reader: wholechart_api::Reader::child()?,
    };
    if let Some(providers) = providers {
        // Kept until the process ends.
        app.manage(providers);
    }
    let held = App::new(host, config)?;
    app.manage(Arc::clone(&held));
    let window = app.handle().clone();
    app.deep_link().on_open_url(move |event| {
        for address in event.urls() {
            // What it brings is a secret; that it came is not.
            let awaited = held.opened_with(address.as_str());
            tracing::info!(awaited, "opened with an address of the app's own scheme");
        }
        to_front(&window);
    });
    let title = if options.sample { "Wholechart – Sample" } else { "Wholechart" };
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title(title)
        .inner_size(1280.0, 800.0)
        .min_inner_size(420.0, 480.0)
        .build()?;
    Ok(())
}

/// The sample providers on loopback, inside this process.
fn sample_providers() -> Result<Sandbox, Box<dyn std::error::Error>> {
    let config = SandboxConfig::remembered(chrono::Utc::now().date_naive());
    Ok(tauri::async_runtime::block_on(Sandbox::start(config))?)
}

/// Logs go to a file that is thrown away after a week. They hold ids, counts, hosts and durations, never a record.
fn log_to(folder: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};
    let files = tracing_appender::rolling::Builder::new()
        .rotation(tracing_appender::rolling::Rotation::DAILY)
        .filename_prefix("wholechart")
        .filename_suffix("log")
        .max_log_files(7)
        .build(folder)?;
    tracing_subscriber::registry()
        .with(EnvFilter::new("warn,wholechart=info"))
        .with(fmt::layer().with_ansi(false).with_writer(files))
        .try_init()?;
    Ok(())
}
