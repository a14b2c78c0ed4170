//! The walk once more, on a computer that speaks Spanish: every screen, and not a word of English that has a Spanish one.

use std::collections::BTreeMap;

use serde_json::json;

use super::screens::every_screen;
use super::{in_prepared_window, walk_through};
use crate::Step;
use crate::window::{Mode, Window};

const ENGLISH: &[&str] = &[
    include_str!("../../../crates/words/locales/en.ftl"),
    include_str!("../../../crates/words/locales/en-record.ftl"),
];
const SPANISH: &[&str] = &[
    include_str!("../../../crates/words/locales/es.ftl"),
    include_str!("../../../crates/words/locales/es-record.ftl"),
];

#[tokio::test]
async fn the_walk_in_spanish() {
    in_prepared_window(
        "spanish",
        Mode::Sample,
        async |desktop| {
            desktop.speak("es_MX.UTF-8");
            Ok(())
        },
        async |desktop, window| {
            walk_through(desktop, window, "Ejemplo").await?;
            let language = window.ask("return document.documentElement.lang").await?;
            if language != json!("es") {
                return Err(format!("the page says that it is in {language}").into());
            }
            let mut wrong = Vec::new();
            for screen in every_screen() {
                screen.visit(window).await?;
                window.picture(&format!("es-{}", screen.name())).await?;
                let english = english(window).await?;
                wrong.extend(english.into_iter().map(|text| format!("{}: {text}", screen.name())));
            }
            if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
        },
        async |_, _, _| Ok(()),
    )
    .await;
}

/// Messages of one line without a variable, by their key.
fn plain(files: &[&'static str]) -> BTreeMap<&'static str, &'static str> {
    let lines = files.iter().flat_map(|file| file.lines());
    let messages = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    messages
        .filter_map(|line| line.split_once(" = "))
        .filter(|(_, text)| !text.contains('{'))
        .map(|(key, text)| (key, text.trim()))
        .collect()
}

/// Texts on the page, and names that a screen reader says, which are the English of something that has other words in
/// Spanish. What a provider wrote is its own: the titles of records are left out, and codes on their cards.
async fn english(window: &Window) -> Step<Vec<String>> {
    let spanish = plain(SPANISH);
    let mut known: Vec<&str> = plain(ENGLISH)
        .into_iter()
        .filter(|(key, text)| spanish.get(key).is_some_and(|other| other != text))
        .map(|(_, text)| text)
        .filter(|text| !spanish.values().any(|other| other == text))
        .collect();
    known.sort_unstable();
    known.dedup();
    if known.len() < 500 {
        return Err(format!("only {} English messages are known", known.len()).into());
    }
    let found = window
        .ask(&format!(
            "const known = new Set({});
             const texts = new Set();
             const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
             while (walker.nextNode()) {{
               const box = walker.currentNode.parentElement;
               if (box.closest('[data-sent], bdi, [dir=auto], pre, option') === null) texts.add(walker.currentNode.data.trim());
             }}
             for (const one of document.querySelectorAll('[aria-label], [placeholder]'))
               for (const name of ['aria-label', 'placeholder']) texts.add((one.getAttribute(name) ?? '').trim());
             if (texts.size < 10) return ['the page has next to no text'];
             return [...texts].filter((text) => known.has(text));",
            json!(known)
        ))
        .await?;
    Ok(serde_json::from_value(found)?)
}
