//! What somebody hears who does not see the window: its frame, and every screen as the system's accessibility bus has it. What axe
//! judges (`screens.rs`) is the page's own tree; this is what the web view makes of it for a screen reader.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::screens::every_screen;
use super::{Findings, in_prepared_window};
use crate::Step;
use crate::desktop::Desktop;
use crate::heard::{Node, tree};
use crate::prepared;
use crate::window::{ESCAPE, Mode, Window};

#[tokio::test]
async fn the_menu_bar_and_the_page_are_heard() {
    in_prepared_window(
        "heard",
        Mode::Sample,
        async |desktop| {
            desktop.listen();
            prepared::sample(&desktop.path("record")).await
        },
        async |desktop, window| {
            window.wait_for("lock-unlock").await?;
            menu_bar(&tree(desktop)?)?;
            // The page joins the window's tree when it is first asked for.
            for name in ["Your record is locked", "Passphrase or recovery code", "Open my record"] {
                desktop.until(&format!("“{name}” is heard"), |desktop| {
                    tree(desktop).ok()?.iter().any(|node| node.name.trim() == name).then_some(())
                })?;
            }
            Ok(())
        },
        async |_, _, _| Ok(()),
    )
    .await;
}

#[tokio::test]
async fn every_screen_is_heard() {
    in_prepared_window(
        "heard-screens",
        Mode::Sample,
        async |desktop| {
            desktop.listen();
            prepared::sample(&desktop.path("record")).await
        },
        async |desktop, window| {
            window.resize(1280, 800).await?;
            window.unlock(prepared::PASSPHRASE).await?;
            let mut wrong = Findings::in_window(window);
            for screen in every_screen() {
                screen.visit(window).await?;
                let heard = heard(desktop, window).await;
                wrong.note(heard.map_err(|why| format!("{}: {why}", screen.name()).into())).await?;
            }
            for (what, way) in ASKED {
                for selector in *way {
                    window.click_css(selector).await?;
                }
                let heard = heard(desktop, window).await;
                wrong.note(heard.map_err(|why| format!("{what}: {why}").into())).await?;
                window.keys(&[ESCAPE]).await?;
                window.click("nav-home").await?;
            }
            wrong.told()
        },
        async |_, _, _| Ok(()),
    )
    .await;
}

#[tokio::test]
async fn a_damaged_record_is_heard_at_its_door() {
    in_prepared_window(
        "heard-damaged",
        Mode::Sample,
        async |desktop| {
            desktop.listen();
            let record = desktop.path("record");
            prepared::sample(&record).await?;
            // Closed, it has no log beside it, which would mend what follows.
            let log = record.join("record.db-wal");
            let end = Instant::now() + Duration::from_mins(1);
            while log.exists() {
                if Instant::now() > end {
                    return Err("the record was not closed".into());
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            // A bit of the first page: nothing of it can be read as it is.
            let file = record.join("record.db");
            let mut bytes = fs::read(&file)?;
            *bytes.get_mut(100).ok_or("an empty record")? ^= 1;
            Ok(fs::write(&file, bytes)?)
        },
        async |desktop, window| {
            let field = window.wait_for_css("input[type=\"password\"]").await?;
            field.send_keys(prepared::PASSPHRASE).await?;
            window.click("lock-unlock").await?;
            window.wait_for("lock-damaged").await?;
            window.wait_for("rescue").await?;
            heard(desktop, window).await?;
            let tree = tree(desktop)?;
            for (name, role) in [
                ("The file of your record is damaged", "heading"),
                ("Passphrase or recovery code", "password text"),
            ] {
                if !tree.iter().any(|node| node.name.trim() == name && node.role == role) {
                    return Err(format!("no {role} “{name}” is heard").into());
                }
            }
            Ok(())
        },
        async |_, _, _| Ok(()),
    )
    .await;
}

/// What is asked where a record may be lost or let out or its keys are changed, and the way there.
const ASKED: &[(&str, &[&str])] = &[
    ("making a backup", &[SETTINGS, "[data-testid=backup-make]"]),
    ("bringing a backup back", &[SETTINGS, "[data-testid=restore-open]"]),
    ("taking everything out", &[SETTINGS, "[data-testid=take-out-begin]"]),
    ("making a new recovery code", &[SETTINGS, "[data-testid=keys-code]"]),
    ("changing the passphrase", &[SETTINGS, "[data-testid=keys-passphrase]"]),
    ("changing the key", &[SETTINGS, "[data-testid=keys-change]"]),
    ("erasing a person", &["[data-testid=nav-people]", "[data-testid^=person-erase-]"]),
    ("erasing everything", &[SETTINGS, "[data-testid=erase-everything]"]),
];
const SETTINGS: &str = "[data-testid=nav-settings]";

/// What somebody sees of a screen who sees it: what it is called, how many headings, tables, columns, buttons and links it has, and
/// in how many places something is said as it happens. What is hidden from everybody is not counted.
const SEEN: &str = "
    const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('[aria-hidden=true], [inert]');
    const dialog = document.querySelector('dialog[open]');
    const count = (selector, within = dialog ?? document) => [...within.querySelectorAll(selector)].filter(shown).length;
    const heading = [...document.querySelectorAll(dialog ? 'dialog[open] h2' : '#main h1')].find(shown);
    return {
        heading: heading ? heading.innerText.replace(/\\s+/g, ' ').trim() : '',
        headings: count('h1, h2, h3, h4, h5, h6'),
        tables: count('table'),
        columns: count('thead th'),
        buttons: count('button:not([role]):not([aria-pressed]):not([aria-haspopup])'),
        links: count('a[href]:not([role])'),
        live: count('[aria-live], [role=status], [role=alert]', document),
    }";

/// Waits until a screen is heard as it is seen: its heading, each table with its columns, every button and link; and nothing that can
/// be pressed or filled in is without a name.
async fn heard(desktop: &Desktop, window: &Window) -> Step<()> {
    window.settle().await?;
    let seen = window.ask(SEEN).await?;
    let mut last = String::new();
    for _ in 0..TRIES {
        let heard = tree(desktop)?;
        match missing(&seen, &heard) {
            None => return Ok(()),
            Some(what) => last = what,
        }
    }
    Err(last.into())
}

/// How often the tree is read anew before what is missing in it is missing: it follows the page.
const TRIES: usize = 20;
/// Roles of what is pressed, chosen or filled in.
const CONTROLS: &[&str] = &[
    "check box",
    "combo box",
    "entry",
    "link",
    "list box",
    "page tab",
    "password text",
    "push button",
    "radio button",
    "spin button",
    "switch",
    "toggle button",
];

fn missing(seen: &Value, heard: &[Node]) -> Option<String> {
    let page = heard.iter().position(|node| node.role == "document web").unwrap_or(heard.len());
    let page = &heard[page..];
    let count = |role: &str| page.iter().filter(|node| node.role.ends_with(role)).count();
    for (what, role) in [
        ("headings", "heading"),
        ("tables", "table"),
        ("columns", "column header"),
        ("buttons", "button"),
        ("links", "link"),
    ] {
        let wanted =
            seen[what].as_u64().map_or(usize::MAX, |wanted| usize::try_from(wanted).unwrap_or(usize::MAX));
        if count(role) < wanted {
            return Some(format!("{wanted} {what} are seen, and {} are heard", count(role)));
        }
    }
    let words = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
    if !page.iter().any(|node| node.role == "heading" && seen["heading"] == words(&node.name)) {
        return Some(format!("the heading {} is not heard", seen["heading"]));
    }
    if seen["live"] == 0 {
        return Some("nothing would be said as it happens".to_owned());
    }
    let nameless = page.iter().find(|node| {
        node.name.trim().is_empty() && (CONTROLS.contains(&node.role.as_str()) || node.role == "table")
    });
    nameless.map(|node| format!("a {} without a name", node.role))
}

/// The window has a menu bar, with words of ours and the keys beside them.
fn menu_bar(all: &[Node]) -> Step<()> {
    let at = all.iter().position(|node| node.role == "menu bar").ok_or("no menu bar is heard")?;
    let depth = all[at].depth;
    let inside: Vec<&Node> = all[at + 1..].iter().take_while(|node| node.depth > depth).collect();
    let menus: Vec<&str> =
        inside.iter().filter(|node| node.depth == depth + 1).map(|node| node.name.as_str()).collect();
    if menus != ["File", "Edit", "View", "Go", "Help"] {
        return Err(format!("the menus are {menus:?}").into());
    }
    for wanted in ["Print\u{2003}Ctrl+P", "Find on this page\u{2003}Ctrl+F", "Home\u{2003}Ctrl+1"] {
        if !inside.iter().any(|node| node.name == wanted) {
            let names: Vec<&str> = inside.iter().map(|node| node.name.as_str()).collect();
            return Err(format!("no “{wanted}” among {names:?}").into());
        }
    }
    Ok(())
}
