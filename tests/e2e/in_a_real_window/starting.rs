//! Starts that go wrong, and what ends a scene.

use std::fs;
use std::net::TcpListener;

use tokio::sync::Mutex;
use wholechart_sandbox::SAMPLE_PORT;

use super::merging::sync;
use super::{PERSON, SUMMIT, in_prepared_window, in_window, play, texts};
use crate::desktop::Desktop;
use crate::window::{Mode, Window};
use crate::{Step, prepared};

#[tokio::test]
async fn a_start_that_fails_says_why_and_can_be_tried_again() {
    in_prepared_window(
        "starting",
        Mode::Own,
        // A file where the record's folder should be.
        async |desktop| Ok(fs::write(desktop.path("record"), "not a folder")?),
        async |desktop, window| {
            let said = window.wait_for("error-message").await?.text().await?;
            let title = window.wait_for_css("h1").await?.text().await?;
            for (words, place) in [("could not start", &title), ("folder", &said), ("is kept", &said)] {
                if !place.contains(words) {
                    return Err(format!("“{words}” is not said: {title}\n{said}").into());
                }
            }
            if said.contains("os error") {
                return Err(format!("the system's own words are on the screen: {said}").into());
            }
            window.picture("16-not-started").await?;
            fs::remove_file(desktop.path("record"))?;
            window.click("again").await?;
            window.wait_for_css("[data-testid=\"recovery-kept\"], [data-testid=\"welcome-name\"]").await?;
            Ok(())
        },
        async |_, _, _| Ok(()),
    )
    .await;
}

#[tokio::test]
async fn a_sample_record_finds_its_providers_when_their_ports_are_taken() {
    let taken = Mutex::new(Vec::new());
    in_prepared_window(
        "ports-taken",
        Mode::Sample,
        async |desktop| {
            prepared::sample(&desktop.path("record")).await?;
            // One that cannot be bound is taken by somebody else, which is as good. Nobody answers there.
            let ports = (SAMPLE_PORT..).take(6).map(|port| TcpListener::bind(("127.0.0.1", port)));
            taken.lock().await.extend(ports.flatten());
            Ok(())
        },
        async |_, window| {
            window.unlock(prepared::PASSPHRASE).await?;
            sync(window, SUMMIT).await?;
            let verdicts = texts(window, "provider-verdict").await?;
            let wrong = texts(window, "provider-offline").await?;
            if verdicts.len() == 3 && wrong.is_empty() {
                Ok(())
            } else {
                Err(format!("not fetched again: {verdicts:?} {wrong:?}").into())
            }
        },
        async |_, _, _| Ok(()),
    )
    .await;
}

#[tokio::test]
async fn a_scene_ends_when_the_app_or_its_driver_does_and_the_next_one_runs() {
    let nothing = async |_: &mut Desktop| -> Step<()> { Ok(()) };
    let never = async |_: &mut Desktop, window: &Window| -> Step<()> {
        window.wait_for("what-never-appears").await?;
        Ok(())
    };
    let without_the_app = async |desktop: &mut Desktop, window: &Window| -> Step<()> {
        window.wait_for_css("h1").await?;
        desktop.kill_app()?;
        never(desktop, window).await
    };
    let without_the_driver = async |desktop: &mut Desktop, window: &Window| -> Step<()> {
        window.wait_for_css("h1").await?;
        desktop.kill_last()?;
        never(desktop, window).await
    };
    let after = async |_: &mut Desktop, _: &std::path::Path, _: &std::path::Path| -> Step<()> { Ok(()) };
    let why = play("killed", Mode::Sample, nothing, without_the_app, after).await;
    let why = why.expect_err("the app is dead").to_string();
    // The driver may end what started the app before that tells how the app ended.
    let ended = why.contains("the app was ended by signal 9") || why.contains("the app is gone");
    assert!(ended && why.contains("what-never-appears"), "{why}");
    let why = play("killed", Mode::Sample, nothing, without_the_driver, after).await;
    let why = why.expect_err("the driver is dead").to_string();
    assert!(why.contains("WebKitWebDriver ended (signal: 9"), "{why}");
    in_window("next", async |_, window| window.begin(PERSON).await, after).await;
}
