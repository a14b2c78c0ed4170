//! The record is locked in the real window: by its key, and with the computer, which sleeps when the test says so.

use zbus::blocking::connection;

use super::{PERSON, in_prepared_window};
use crate::Step;
use crate::desktop::Desktop;
use crate::heard::tree;
use crate::prepared;
use crate::window::{CONTROL, Mode, Window};

/// Nothing of the record is in the page, its address or its title.
async fn says_nothing(window: &Window) -> Step<()> {
    let script = "return [document.documentElement.outerHTML, document.title, location.href].join('\\n');";
    let page = window.ask(script).await?;
    let page = page.as_str().unwrap_or_default();
    for word in [PERSON, "Whitlock", "Lakeside", "Immunization", "#/"] {
        if page.contains(word) {
            return Err(format!("“{word}” is still in the page of a locked record").into());
        }
    }
    Ok(())
}

/// Plays systemd's logind on the desktop's bus, which the app takes for the system's: the computer goes to sleep.
fn sleeps(desktop: &Desktop) -> Step<()> {
    let bus = desktop.bus().to_owned();
    let told = std::thread::spawn(move || -> zbus::Result<()> {
        let logind = connection::Builder::address(bus.as_str())?.name("org.freedesktop.login1")?.build()?;
        let interface = "org.freedesktop.login1.Manager";
        logind.emit_signal(None::<&str>, "/org/freedesktop/login1", interface, "PrepareForSleep", &true)
    });
    Ok(told.join().map_err(|_| "the computer did not sleep")??)
}

#[tokio::test]
async fn the_record_locks_by_key_and_with_the_computer_and_nothing_of_it_stays() {
    in_prepared_window(
        "locking",
        Mode::Sample,
        async |desktop| {
            desktop.listen();
            prepared::sample(&desktop.path("record")).await
        },
        async |desktop, window| {
            window.unlock(prepared::PASSPHRASE).await?;
            window.click("nav-timeline").await?;
            window.wait_for("timeline-row").await?;
            window.chord(CONTROL, 'l').await?;
            window.wait_for("lock-unlock").await?;
            says_nothing(window).await?;
            window.picture("17-locked").await?;
            for name in ["Passphrase or recovery code", "Open my record"] {
                desktop.until(&format!("“{name}” is heard"), |desktop| {
                    tree(desktop).ok()?.iter().any(|node| node.name.trim() == name).then_some(())
                })?;
            }
            let names: Vec<String> = tree(desktop)?.into_iter().map(|node| node.name).collect();
            if let Some(name) = names.iter().find(|name| name.contains(PERSON)) {
                return Err(format!("a locked record is read out: {name}").into());
            }
            window.unlock(prepared::PASSPHRASE).await?;
            sleeps(desktop)?;
            window.wait_for("lock-unlock").await?;
            says_nothing(window).await
        },
        async |_, _, _| Ok(()),
    )
    .await;
}
