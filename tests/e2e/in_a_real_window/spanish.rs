//! The walk once more, on a computer that speaks Spanish. What senders wrote is marked where it is made, and cut out here;
//! every text that is left on a screen must be one that the Spanish catalogue can say.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use wholechart_words::Language;

use super::screens::every_screen;
use super::{HARBOR, LAKESIDE, PERSON, SUMMIT, in_prepared_window, walk_through};
use crate::Step;
use crate::sayable::{LeftOver, Sayable, cut};
use crate::window::{Mode, Window};

/// How many records of each kind are opened.
const OF_A_KIND: usize = 2;

/// Between pieces of text that stand beside each other.
const PIECE: char = '\u{1}';

#[tokio::test]
async fn the_walk_in_spanish() {
    in_prepared_window(
        "spanish",
        Mode::Sample,
        async |desktop| {
            desktop.speak("es_MX.UTF-8");
            desktop.mark_sent();
            Ok(())
        },
        async |desktop, window| {
            walk_through(desktop, window, "Ejemplo").await?;
            let language = window.ask("return document.documentElement.lang").await?;
            if language != json!("es") {
                return Err(format!("the page says that it is in {language}").into());
            }
            let mut sayable = Sayable::of(Language::Es, &[]);
            sayable.know(&names());
            let mut left = LeftOver::default();
            for screen in every_screen() {
                screen.visit(window).await?;
                window.picture(&format!("es-{}", screen.name())).await?;
                look(window, screen.name(), &sayable, &mut left).await?;
            }
            for (name, address, ready) in further(window).await? {
                window.go(&address).await?;
                window.wait_for_css(&ready).await?;
                look(window, &name, &sayable, &mut left).await?;
            }
            window.click("search-open").await?;
            window.wait_for("search-text").await?.send_keys("lisin").await?;
            window.wait_for("search-hit").await?;
            look(window, "search", &sayable, &mut left).await?;
            match left.told() {
                None => Ok(()),
                Some(told) => Err(told.into()),
            }
        },
        async |_, _, _| Ok(()),
    )
    .await;
}

/// Names that are the same in every language: of the person, of providers and of what they run.
fn names() -> Vec<&'static str> {
    let shipped = include_str!("../../../crates/smart/src/cards.json");
    let names =
        shipped.lines().filter_map(|line| line.trim().strip_prefix("\"name\": \"")?.split('"').next());
    let invented =
        ["Cedar Street Pharmacy", "Cedar Street", "Northgate Eye Clinic", "Old Mill Family Practice"];
    // A key, marks of providers and people, standards, and what is looked for.
    let short = ["Ctrl", "H", "L", "S", "RW", "A4", "UTC", "FHIR", "DSTU2", "STU3", "R4", "SHA-256", "lisin"];
    names.chain([PERSON, LAKESIDE, SUMMIT, HARBOR, "Wholechart"]).chain(invented).chain(short).collect()
}

/// Pages behind the screens: records of every kind, ledgers, vital signs over time, a person's form, the first choice.
async fn further(window: &Window) -> Step<Vec<(String, String, String)>> {
    let mut pages = Vec::new();
    window.go("#/timeline").await?;
    window.wait_for("timeline-row").await?;
    for kind in all(window, "[data-testid=filter-kind]", "dataset.kind").await? {
        window.go(&format!("#/timeline?kind={kind}")).await?;
        let rows = window
            .ask_until(
                &format!("the timeline shows {kind} only"),
                &format!(
                    "const rows = [...document.querySelectorAll('[data-testid=timeline-row]')];
                     return rows.length > 0 && rows.every((row) => row.dataset.kind === '{kind}')
                       && rows.map((row) => row.dataset.fact);"
                ),
            )
            .await?;
        let rows: Vec<String> = serde_json::from_value(rows)?;
        // The newest, and the oldest of those in sight.
        let chosen: BTreeSet<&String> =
            rows.first().into_iter().chain(rows.iter().rev().take(OF_A_KIND - 1)).collect();
        pages.extend(chosen.into_iter().map(|fact| {
            let ready =
                format!("[data-testid=record-page][data-fact-id=\"{fact}\"] [data-testid=record-source]");
            (format!("record of {kind}"), format!("#/timeline/{fact}?kind={kind}"), ready)
        }));
    }
    window.go("#/results").await?;
    window.click("results-vital").await?;
    window.wait_for_css("[data-testid=\"results-test\"][data-title*=\"blood pressure\" i]").await?;
    for trend in all(window, "[data-testid=results-test] th a", "hash").await?.into_iter().take(3) {
        pages.push(("vital over time".to_owned(), trend, "[data-testid=trend-row]".to_owned()));
    }
    window.go("#/providers").await?;
    window.wait_for("provider-ledger").await?;
    for ledger in all(window, "[data-testid=provider-ledger]", "hash").await? {
        pages.push(("ledger".to_owned(), ledger, "[data-testid=ledger] *".to_owned()));
    }
    pages.push(("start".to_owned(), "#/start".to_owned(), "[data-testid=door-sample]".to_owned()));
    Ok(pages)
}

/// A property of every element.
async fn all(window: &Window, selector: &str, property: &str) -> Step<Vec<String>> {
    let found = window
        .ask(&format!(
            "return [...document.querySelectorAll({})].map((one) => one.{property})",
            json!(selector)
        ))
        .await?;
    let found: Vec<String> = serde_json::from_value(found)?;
    if found.is_empty() { Err(format!("there is no {selector}").into()) } else { Ok(found) }
}

/// Everything on the page that is read: texts, and names that a screen reader says.
async fn look(window: &Window, screen: &str, sayable: &Sayable, left: &mut LeftOver) -> Step<()> {
    let read = format!("const PIECE = {}; {READ}", json!(PIECE));
    // The same twice: nothing comes any more.
    let found: Value = window.ask_until(&format!("{screen} stays as it is"), &read).await?;
    let blocks: Vec<String> = serde_json::from_value(found)?;
    if blocks.len() < 10 {
        return Err(format!("{screen} has next to no text: {blocks:?}").into());
    }
    for block in blocks {
        let kept = cut(&block);
        let whole = kept.replace(PIECE, "");
        if sayable.says(&whole) {
            continue;
        }
        for piece in kept.split(PIECE).filter(|piece| !sayable.says(piece)) {
            left.note(screen, piece);
        }
    }
    Ok(())
}

/// Everything folded out; then the pieces of text of each block, and attributes that are read. What is set in a machine's
/// letters (addresses, questions in FHIR's words, the bytes as sent, licences) is no language of ours, and neither is what a
/// sender laid out as a page (`SenderPage`).
const READ: &str = "
    for (const one of document.querySelectorAll('details:not([open])')) one.open = true;
    if (document.querySelector('[aria-busy=true]')) return false;
    const blocks = new Map();
    const blockOf = (node) => {
      let box = node.parentElement;
      while (box.parentElement && ['inline', 'contents'].includes(getComputedStyle(box).display)) box = box.parentElement;
      return box;
    };
    const seen = (box) => box.tagName === 'OPTION' || box.getClientRects().length > 0;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const box = node.parentElement;
      if (node.data.trim() === '' || box.closest('script, style, pre, code, [data-testid=licences], .passage, .built') || !seen(box)) continue;
      // The names of some hundred cities, and pages as they are printed, whose words are looked at before they are set.
      if (box.closest('select')?.options.length > 200 || box.closest('[data-testid=summary-page]')) continue;
      const block = blockOf(node);
      blocks.set(block, [...(blocks.get(block) ?? []), node.data]);
    }
    const texts = [...blocks.values()].map((pieces) => pieces.join(PIECE));
    for (const one of document.querySelectorAll('[aria-label], [title], [placeholder], [alt], [aria-description]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'])
        if (one.hasAttribute(name)) texts.push(one.getAttribute(name));
    const text = texts.join('\\n');
    const before = window.readBefore;
    window.readBefore = text;
    return before === text && texts;";
