//! Every screen there is: reached with the mouse and with the keyboard alone, judged in both themes and at 200 %.
//!
//! A new screen is one line of [`SCREENS`].

use std::collections::BTreeSet;

use serde_json::Value;
use tokio::sync::Mutex;

use super::{Findings, in_prepared_window};
use crate::Step;
use crate::page::Theme;
use crate::prepared;
use crate::window::{CONTROL, ENTER, ESCAPE, Mode, SHIFT, TAB, Window};

/// A screen, and the way there.
pub(super) struct Screen {
    /// In the names of its pictures.
    name: &'static str,
    /// What is clicked, or reached by Tab and chosen by Enter, one after another: test ids or selectors, beginning in the
    /// navigation.
    way: &'static [&'static str],
    /// What is there when the screen is (a selector).
    ready: &'static str,
}

/// One of the lists that look alike.
const fn list(name: &'static str, way: &'static [&'static str]) -> Screen {
    Screen { name, way, ready: "[data-testid=list-row], [data-testid=list-empty]" }
}

const SCREENS: &[Screen] = &[
    Screen { name: "home", way: &["nav-home"], ready: "[data-testid=home-medicines]" },
    Screen { name: "timeline", way: &["nav-timeline"], ready: "[data-testid=timeline-row]" },
    Screen { name: "record", way: &["nav-timeline", "timeline-row"], ready: "[data-testid=record-source]" },
    Screen { name: "results", way: &["nav-results"], ready: "[data-testid=results-test]" },
    Screen {
        name: "result-over-time",
        way: &["nav-results", "[data-testid=results-test] a"],
        ready: "[data-testid=trend-row]",
    },
    list("medicines", &["nav-medicines"]),
    list("problems", &["nav-problems"]),
    list("allergies", &["nav-allergies"]),
    list("vaccines", &["nav-vaccines"]),
    list("visits", &["nav-visits"]),
    list("procedures", &["nav-procedures"]),
    list("plans", &["nav-plans"]),
    list("team", &["nav-team"]),
    list("family", &["nav-family"]),
    list("insurance", &["nav-insurance"]),
    list("documents", &["nav-documents"]),
    Screen { name: "to-ask", way: &["nav-ask"], ready: "[data-testid=to-ask], [data-testid=to-ask-none]" },
    Screen { name: "compare", way: &["nav-compare"], ready: "[data-testid=compare-row]" },
    Screen { name: "summary", way: &["nav-summary"], ready: "[data-testid=summary-page]" },
    Screen { name: "providers", way: &["nav-providers"], ready: "[data-testid=provider-verdict]" },
    Screen {
        name: "letter",
        way: &["nav-providers", "provider-letter"],
        ready: "[data-testid=summary-page]",
    },
    Screen { name: "ledger", way: &["nav-providers", "provider-ledger"], ready: "[data-testid=ledger] *" },
    Screen {
        name: "add-provider",
        way: &["nav-providers", "provider-add"],
        ready: "[data-testid=directory-item]",
    },
    Screen {
        name: "by-hand",
        way: &["nav-providers", "provider-add", "add-manual"],
        ready: "[data-testid=manual-connect]",
    },
    Screen { name: "people", way: &["nav-people"], ready: "[data-testid=person-add]" },
    Screen { name: "settings", way: &["nav-settings"], ready: "[data-testid=home-zone]" },
    Screen { name: "contacts", way: &["nav-settings", "settings-contacts"], ready: "#main h1" },
    Screen { name: "about", way: &["nav-settings", "settings-about"], ready: "[data-testid=licences]" },
];

/// As narrow as the window becomes.
const NARROW: (u32, u32) = (420, 800);
/// A window of 1280 × 960 dots, drawn at 200 %.
const HALF: (u32, u32) = (640, 480);

#[tokio::test]
async fn screens() {
    let addresses = Mutex::new(Vec::new());
    in_prepared_window(
        "screens",
        Mode::Sample,
        async |desktop| prepared::sample(&desktop.path("record")).await,
        async |_, window| {
            window.resize(1280, 800).await?;
            window.wait_for("lock-unlock").await?;
            for theme in [Theme::Light, Theme::Dark] {
                window.theme(theme).await?;
                window.judge(&format!("lock, {}", theme.name())).await?;
            }
            window.unlock(prepared::PASSPHRASE).await?;
            listed(window).await?;

            let mut wrong = Findings::in_window(window);
            for (theme, reach) in [(Theme::Light, Hand::Mouse), (Theme::Dark, Hand::Keyboard)] {
                window.theme(theme).await?;
                for screen in SCREENS {
                    let place = format!("{}, {}, by {reach:?}", screen.name, theme.name());
                    let seen = match visit(window, screen, reach).await {
                        Ok(()) => window.judge(&place).await,
                        Err(why) => Err(format!("{place}: {why}").into()),
                    };
                    wrong.note(seen).await?;
                    window.picture(&format!("{}-{}-1280", screen.name, theme.name())).await?;
                    if reach == Hand::Mouse {
                        addresses.lock().await.push((screen, window.address().await?));
                    }
                }
                wrong.note(searched(window, theme).await).await?;
            }
            window.theme(Theme::Light).await?;
            wrong.note(sized(window, &addresses.lock().await, (1920, 1080), "light-1920").await).await?;
            wrong.note(sized(window, &addresses.lock().await, NARROW, "light-420").await).await?;
            wrong.told()
        },
        async |desktop, _, folder| {
            desktop.magnify(2);
            let window = Window::open(desktop, Mode::Sample, folder).await?;
            window.unlock(prepared::PASSPHRASE).await?;
            let sized = sized(&window, &addresses.lock().await, HALF, "light-200").await;
            window.close().await?;
            sized
        },
    )
    .await;
}

/// Shows every screen at a size, keeps its picture, and fails for those that are too wide.
async fn sized(
    window: &Window,
    addresses: &[(&Screen, String)],
    (width, height): (u32, u32),
    name: &str,
) -> Step<()> {
    window.resize(width, height).await?;
    let mut wrong = Vec::new();
    for (screen, address) in addresses {
        window.go(address).await?;
        window.wait_for_css(screen.ready).await?;
        window.picture(&format!("{}-{name}", screen.name)).await?;
        let wide = window.wide().await?;
        wrong.extend(wide.iter().map(|one| format!("{} at {width} × {height}: {one}", screen.name)));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// How a person gets there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hand {
    Mouse,
    Keyboard,
}

/// All of them, for whoever looks at them in another way.
pub(super) fn every_screen() -> impl Iterator<Item = &'static Screen> {
    SCREENS.iter()
}

impl Screen {
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// Goes there by clicking.
    pub(super) async fn visit(&self, window: &Window) -> Step<()> {
        window.ask("document.querySelector('[data-testid=nav-more][aria-expanded=false]')?.click()").await?;
        visit(window, self, Hand::Mouse).await
    }
}

/// Every entry of the navigation begins the way to a screen of the list, and the other way round. What stands behind
/// "More" is brought out, and stays.
async fn listed(window: &Window) -> Step<()> {
    window.ask("document.querySelector('[data-testid=nav-more][aria-expanded=false]')?.click()").await?;
    let there: Value = window
        .ask("return [...document.querySelectorAll('nav a[data-testid^=nav-]')].map((one) => one.dataset.testid)")
        .await?;
    let there: BTreeSet<String> = serde_json::from_value(there)?;
    let listed: BTreeSet<String> = SCREENS.iter().map(|screen| screen.way[0].to_owned()).collect();
    if there == listed {
        Ok(())
    } else {
        Err(format!("the navigation has {there:?}, and the list of screens begins with {listed:?}").into())
    }
}

async fn visit(window: &Window, screen: &Screen, hand: Hand) -> Step<()> {
    for (at, id) in screen.way.iter().enumerate() {
        let selector = if id.contains('[') { (*id).to_owned() } else { format!("[data-testid=\"{id}\"]") };
        match hand {
            Hand::Mouse => window.click_css(&selector).await?,
            Hand::Keyboard => {
                window.wait_for_css(&selector).await?;
                // The navigation stands before the page, where the focus is: backwards it is near.
                tab_to(window, &selector, at == 0).await?;
                window.keys(&[ENTER]).await?;
            }
        }
    }
    window.wait_for_css(screen.ready).await?;
    Ok(())
}

/// Presses Tab until what is wanted has the focus, and is seen to have it; `backwards` is tried first where it is nearer.
async fn tab_to(window: &Window, selector: &str, backwards: bool) -> Step<()> {
    let mut passed = Vec::new();
    for press in 0..140 {
        if backwards && press < 40 {
            window.chord(SHIFT, TAB).await?;
        } else {
            window.keys(&[TAB]).await?;
        }
        let focus = window.focused(selector).await?;
        if !focus.seen {
            return Err(format!("nothing shows that “{}” has the focus", focus.words).into());
        }
        if focus.there {
            return Ok(());
        }
        passed.push(focus.words);
    }
    Err(format!("Tab does not reach {selector}; it passes {passed:?}").into())
}

/// Search is everywhere: by its keys and by its button, and away with Escape.
async fn searched(window: &Window, theme: Theme) -> Step<()> {
    window.chord(CONTROL, 'k').await?;
    window.wait_for("search-text").await?.send_keys("influ").await?;
    window.wait_for("search-hit").await?;
    window.judge(&format!("search, {}", theme.name())).await?;
    window.picture(&format!("search-{}-1280", theme.name())).await?;
    window.keys(&[ESCAPE]).await?;
    window
        .ask_until(
            "Escape closes the search",
            "return !document.querySelector('[data-testid=search-dialog]')",
        )
        .await?;
    window.click("search-open").await?;
    window.click("search-close").await
}
