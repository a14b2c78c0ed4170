//! The window's menu bar: what can be done anywhere, with its key beside it.
//!
//! The page answers the keys, as it does where no menu is; an item tells it the key it stands for, or where to go. None of those has
//! an accelerator: the system would take the key first, and what is typed right after it would go nowhere. Only what closes the
//! program has one, because after it nothing is typed, and because no page may end the program.

use tauri::{
    AppHandle, Manager, Wry,
    menu::{Menu, MenuBuilder, MenuItemBuilder, Submenu, SubmenuBuilder},
};
use wholechart_api::{Event, Words};

use crate::host;

const MAC: bool = cfg!(target_os = "macos");

/// An item: what it says, by its key in the catalogue; what it is called to the page; and the key beside it.
type Item = (&'static str, &'static str, &'static str);

/// A key that the page answers.
const KEY: &str = "key ";
/// An address of the page.
const GO: &str = "go ";
/// Something about the text that is selected or typed.
const EDIT: &str = "edit ";
/// Ends the program.
const QUIT: &str = "quit";
/// The system takes this key, and writes it beside the item.
const QUIT_KEY: &str = "CmdOrCtrl+Q";

const FILE: &[Item] = &[
    ("ui-files-add", "go providers/files", ""),
    ("ui-providers-add", "go providers/add", ""),
    ("ui-summary-print", "key p", "P"),
    ("ui-settings-title", "key ,", ","),
    ("ui-lock-now", "key l", "L"),
];
const EDITS: &[Item] = &[
    ("ui-undo", "edit undo", "Z"),
    ("ui-copy", "edit copy", "C"),
    ("menu-select-all", "edit selectAll", "A"),
    ("menu-find", "key f", "F"),
    ("ui-keys-search", "key k", "K"),
];
const VIEW: &[Item] =
    &[("menu-larger", "key +", "+"), ("menu-smaller", "key -", "−"), ("menu-normal-size", "key 0", "0")];
/// The places of the window's own menu, in its order: the first nine have a key.
const PLACES: &[Item] = &[
    ("ui-home-title", "key 1", "1"),
    ("ui-timeline-title", "key 2", "2"),
    ("ui-results-title", "key 3", "3"),
    ("ui-medicines-title", "key 4", "4"),
    ("ui-problems-title", "key 5", "5"),
    ("ui-allergies-title", "key 6", "6"),
    ("ui-vaccines-title", "key 7", "7"),
    ("ui-visits-title", "key 8", "8"),
    ("ui-documents-title", "key 9", "9"),
    ("ui-ask-title", "go ask", ""),
    ("ui-compare-title", "go compare", ""),
    ("ui-nav-summary", "go summary", ""),
    ("ui-providers-title", "go providers", ""),
    ("ui-people-title", "go people", ""),
];
const HELP: &[Item] = &[("ui-keys", "key ?", ""), ("ui-about-title", "go settings/about", "")];

/// The menu bar in the language that is spoken.
///
/// # Errors
/// What the system says; the window does without.
pub(crate) fn bar(app: &AppHandle, words: &Words) -> tauri::Result<Menu<Wry>> {
    let quit =
        MenuItemBuilder::with_id(QUIT, said(words, "menu-quit", "")).accelerator(QUIT_KEY).build(app)?;
    let file = sub(app, words, "menu-file", FILE).separator().item(&quit).build()?;
    let edit = if MAC {
        // There the system's own items are what makes the keys work in fields.
        let edit = SubmenuBuilder::new(app, words.get("menu-edit"));
        let edit = edit.undo().redo().separator().cut().copy().paste().select_all().separator();
        with(edit, words, &EDITS[3..]).build()?
    } else {
        sub(app, words, "menu-edit", EDITS).build()?
    };
    let view = sub(app, words, "menu-view", VIEW).build()?;
    let go = sub(app, words, "menu-go", PLACES).build()?;
    let help = sub(app, words, "menu-help", HELP).build()?;
    let all: [&Submenu<Wry>; 5] = [&file, &edit, &view, &go, &help];
    let mut menu = MenuBuilder::new(app);
    for one in all {
        menu = menu.item(one);
    }
    menu.build()
}

fn sub<'a>(
    app: &'a AppHandle,
    words: &Words,
    title: &str,
    items: &[Item],
) -> SubmenuBuilder<'a, Wry, AppHandle> {
    with(SubmenuBuilder::new(app, words.get(title)), words, items)
}

fn with<'a>(
    menu: SubmenuBuilder<'a, Wry, AppHandle>,
    words: &Words,
    items: &[Item],
) -> SubmenuBuilder<'a, Wry, AppHandle> {
    items.iter().fold(menu, |menu, (title, id, key)| menu.text(*id, said(words, title, key)))
}

/// What an item says, with its key.
fn said(words: &Words, title: &str, key: &str) -> String {
    // In a menu, one "&" marks a letter.
    let title = words.get(title).replace('&', "&&");
    match key {
        "" => title,
        key if MAC => format!("{title}\u{2003}⌘{key}"),
        key => format!("{title}\u{2003}Ctrl+{key}"),
    }
}

/// Gives the window its menu bar, in the language that is spoken now.
pub(crate) fn put(app: &AppHandle, words: &Words) {
    let set = bar(app, words).and_then(|menu| app.set_menu(menu));
    if let Err(error) = set {
        tracing::warn!(%error, "there is no menu bar");
    }
}

/// Tells the page what was chosen.
pub(crate) fn chosen(app: &AppHandle, id: &str) {
    if id == QUIT {
        if let Some(window) = app.get_webview_window("main") {
            drop(window.close());
        }
        return;
    }
    if [KEY, GO, EDIT].iter().any(|one| id.starts_with(one)) {
        host::tell(app, Event::Menu { chosen: id.to_owned() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wholechart_api::Language;

    #[test]
    fn every_item_has_words_in_each_language_and_no_two_are_the_same() {
        let all: Vec<Item> = [FILE, EDITS, VIEW, PLACES, HELP].concat();
        for language in [Language::En, Language::Es] {
            let words = Words::new(language);
            for (title, _, _) in &all {
                assert!(words.has(title), "{title}");
            }
            for title in ["menu-file", "menu-edit", "menu-view", "menu-go", "menu-help", "menu-quit"] {
                assert!(words.has(title), "{title}");
            }
        }
        let mut ids: Vec<&str> = all.iter().map(|(_, id, _)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all.len());
    }
}
