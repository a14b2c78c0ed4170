//! The desktop shell: one window over the app in `wholechart-api`. It composes; it decides nothing about records.
//!
//! What is deliberately absent: SQL, HTTP, FHIR. The window's only door is the command `call`. A start that fails opens
//! the window too, which then says why.

mod computer;
mod host;
mod menu;
mod options;
mod start;

use std::{io::Write as _, process::ExitCode, sync::Arc, thread, time::Duration};

use clap::Parser;
use serde_json::Value;
use tauri::{
    AppHandle, DragDropEvent, Manager, State, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent,
    async_runtime, webview::NewWindowResponse,
};
use tauri_plugin_deep_link::DeepLinkExt;
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};
use wholechart_api::{ApiError, StartFailure, Words, close_own_folder};

use crate::start::{Behind, failed, not_started};

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
    let asked = options.clone();
    let built = builder
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .invoke_handler(tauri::generate_handler![call])
        .on_menu_event(|app, event| menu::chosen(app, event.id().as_ref()))
        .setup(move |app| {
            set_up(app.handle(), asked);
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(error) => {
            let said = not_started(&options, failed(StartFailure::Window, &error));
            let (title, text) = said.words();
            // Nothing can be shown here; whoever started it in a terminal reads this.
            drop(writeln!(std::io::stderr(), "{title}\n{text}"));
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
async fn call(
    window: AppHandle,
    behind: State<'_, Arc<Behind>>,
    command: String,
    args: Value,
) -> Result<Value, ApiError> {
    let (behind, ended) = (Arc::clone(&behind), Arc::clone(&behind));
    let asked = command.clone();
    // On a thread that may block: an app that did not start may be started once more.
    let found = async_runtime::spawn_blocking(move || behind.app_for(&asked)).await;
    let app = match found.unwrap_or_else(|_| Err(Err(ended.panicked()))) {
        Ok(app) => app,
        Err(answer) => return answer,
    };
    // A task of its own, so that a panic ends the command and not its answer. What blocks on the disk or on a dialog goes
    // to a thread from there, once: `App::ask`.
    async_runtime::spawn(async move {
        let spoken = app.words().language();
        let answer = wholechart_api::dispatch(&app, &command, args).await;
        if app.words().language() != spoken {
            menu::put(&window, app.words());
        }
        answer
    })
    .await
    .unwrap_or_else(|_| Err(ended.panicked()))
}

/// Hands files that are dragged onto the window to the app, which tells the window.
fn dragged(behind: &Behind, event: &DragDropEvent) {
    let Some(app) = behind.app() else { return };
    match event {
        DragDropEvent::Enter { .. } => app.dragged(true),
        DragDropEvent::Leave => app.dragged(false),
        DragDropEvent::Drop { paths, .. } => {
            app.dragged(false);
            app.dropped(paths.clone());
        }
        _ => {}
    }
}

/// How often it is looked whether the record was left alone for too long.
const LOOKS: Duration = Duration::from_secs(10);

/// Locks the record when nobody is here any more, and with the computer.
fn attend(behind: &Arc<Behind>) {
    let said = |locked: Result<(), ApiError>| {
        if let Err(error) = locked {
            tracing::warn!(code = ?error.code, "the record was not locked as it should be");
        }
    };
    let words = behind.app().map(|app| app.words().get("inhibit-sleep")).unwrap_or_default();
    let asleep = Arc::clone(behind);
    computer::listen(words, move || {
        if let Some(app) = asleep.app() {
            said(async_runtime::block_on(app.computer_locks()));
        }
    });
    let idle = Arc::clone(behind);
    let looks = thread::Builder::new().name("idle".into()).spawn(move || {
        loop {
            thread::sleep(LOOKS);
            if let Some(app) = idle.app() {
                said(async_runtime::block_on(app.lock_when_idle()));
                // It may take a while, and the record is locked in time all the same.
                async_runtime::spawn(async move {
                    if let Err(error) = app.back_up_when_due().await {
                        tracing::warn!(code = ?error.code, "no backup was made");
                    }
                    if let Err(error) = app.look_for_update_when_due().await {
                        tracing::warn!(code = ?error.code, "nobody looked for a newer version");
                    }
                });
            }
        }
    });
    if let Err(error) = looks {
        tracing::warn!(%error, "the record does not lock itself");
    }
}

/// Starts what is behind the window, and opens it. Nothing here may fail: the window says what went wrong.
fn set_up(app: &AppHandle, options: Options) {
    let title = if options.sample { "Wholechart – Sample" } else { "Wholechart" };
    let behind = Arc::new(Behind::start(app.clone(), options.clone()));
    app.manage(Arc::clone(&behind));
    match behind.app() {
        Some(started) => menu::put(app, started.words()),
        None => menu::put(app, &Words::new(start::system_language())),
    }
    let (window, linked) = (app.clone(), Arc::clone(&behind));
    app.deep_link().on_open_url(move |event| {
        for address in event.urls() {
            // What it brings is a secret; that it came is not.
            let awaited = linked.app().is_some_and(|app| app.opened_with(address.as_str()));
            tracing::info!(awaited, "opened with an address of the app's own scheme");
        }
        to_front(&window);
    });
    close_web_view(app);
    let dropped_on = Arc::clone(&behind);
    let opened = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title(title)
        .inner_size(1280.0, 800.0)
        .min_inner_size(420.0, 480.0)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build();
    if let Ok(window) = &opened {
        window.on_window_event(move |event| {
            if let WindowEvent::DragDrop(event) = event {
                dragged(&dropped_on, event);
            }
        });
    }
    if opened.is_ok() {
        attend(&behind);
    }
    if let Err(error) = opened {
        // The system's own dialog needs no web view.
        let said = not_started(&options, failed(StartFailure::Window, &error));
        let (title, text) = said.words();
        let end = app.clone();
        let dialog = app.dialog().message(text).title(title).kind(MessageDialogKind::Error);
        dialog.show(move |_| end.exit(1));
    }
}

/// Closes to other accounts what the web view keeps for itself, where it is not in a folder that is closed already: settings and caches,
/// and nothing of a record.
fn close_web_view(app: &AppHandle) {
    for place in [app.path().app_local_data_dir(), app.path().app_cache_dir()].into_iter().flatten() {
        if let Err(error) = close_own_folder(&place) {
            tracing::warn!(%error, "others may look at what the web view keeps");
        }
    }
}

/// Whether the window may show what is at an address: only the pages that are in the program. Everything else opens in the
/// browser, by a command.
fn is_own_page(at: &Url) -> bool {
    match at.scheme() {
        "tauri" => at.host_str() == Some("localhost"),
        // Where the web view knows no schemes but its own (Windows), and the pages as they are written.
        "http" | "https" => {
            at.host_str() == Some("tauri.localhost") || tauri::is_dev() && at.host_str() == Some("localhost")
        }
        _ => at.as_str() == "about:blank",
    }
}

#[cfg(test)]
mod tests {
    use super::is_own_page;

    #[test]
    fn the_window_goes_nowhere_but_to_its_own_pages() {
        let may = |at: &str| is_own_page(&at.parse().expect("an address"));
        for own in
            ["tauri://localhost/", "tauri://localhost/#/medicines", "http://tauri.localhost/", "about:blank"]
        {
            assert!(may(own), "{own}");
        }
        for other in [
            "https://portal.example/",
            "http://127.0.0.1:47610/",
            "https://localhost.example/",
            "https://tauri.localhost.example/",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "javascript:alert(1)",
            "blob:tauri://localhost/1",
        ] {
            assert!(!may(other), "{other}");
        }
    }
}
