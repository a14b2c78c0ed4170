//! What every screen says, a file a screen: two such folders show what a change changed (`cargo xtask texts`).
//!
//! The record is the sample person's on a fixed day, so that it is the same on another day; what tells of the moment of the
//! run (when something was fetched) is made the same.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::screens::every_screen;
use super::{in_prepared_window, save_as_pdf};
use crate::desktop::Desktop;
use crate::window::{Mode, Window};
use crate::{Step, paper, prepared};

/// How many records of each kind are opened.
const OF_A_KIND: usize = 3;

#[tokio::test]
#[ignore = "leaves files to compare: cargo xtask texts"]
async fn texts_of_all_screens() {
    in_prepared_window(
        "texts",
        Mode::Sample,
        async |desktop| {
            let day = NaiveDate::from_ymd_opt(2026, 7, 1).ok_or("a day of the calendar")?;
            prepared::sample_as_of(&desktop.path("record"), day).await
        },
        async |desktop, window| {
            let folder = std::env::var_os("WHOLECHART_TEXTS_DIR").ok_or("WHOLECHART_TEXTS_DIR is not set")?;
            let folder = PathBuf::from(folder);
            if folder.exists() {
                fs::remove_dir_all(&folder)?;
            }
            fs::create_dir_all(&folder)?;
            walk(desktop, window, &folder).await
        },
        async |_, _, _| Ok(()),
    )
    .await;
}

async fn walk(desktop: &Desktop, window: &Window, folder: &Path) -> Step<()> {
    let keep = async |name: &str, text: &str| -> Step<()> {
        let plain = window.ask(&format!("{PLAIN} return plain({});", json!(text))).await?;
        Ok(fs::write(folder.join(format!("{name}.txt")), plain.as_str().unwrap_or_default())?)
    };
    window.resize(1600, 1000).await?;
    window.wait_for("lock-unlock").await?;
    keep("lock", &said(window, "main").await?).await?;
    window.unlock(prepared::PASSPHRASE).await?;
    for screen in every_screen() {
        screen.visit(window).await?;
        keep(screen.name(), &said(window, "#main, dialog[open]").await?).await?;
    }
    keep("navigation", &said(window, "nav").await?).await?;

    window.go("#/timeline").await?;
    window.wait_for("timeline-row").await?;
    keep("timeline-whole", &whole_timeline(window).await?).await?;
    let kinds = window
        .ask("return [...document.querySelectorAll('[data-testid=filter-kind]')].map((one) => one.dataset.kind)")
        .await?;
    let kinds: Vec<String> = serde_json::from_value(kinds)?;
    if kinds.len() < 8 {
        return Err(format!("next to no kinds of records are there: {kinds:?}").into());
    }
    for kind in kinds {
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
        for (at, fact) in rows.iter().take(OF_A_KIND).enumerate() {
            window.go(&format!("#/timeline/{fact}?kind={kind}")).await?;
            window.wait_for_css(&format!("[data-testid=record-page][data-fact-id=\"{fact}\"]")).await?;
            window.wait_for("record-source").await?;
            keep(&format!("record-{kind}-{at}"), &said(window, "[data-testid=record-page]").await?).await?;
        }
    }

    window.go("#/results").await?;
    window.click("results-vital").await?;
    window.wait_for_css("[data-testid=\"results-test\"][data-title*=\"blood pressure\" i]").await?;
    keep("vitals", &said(window, "#main").await?).await?;
    let trends = window
        .ask(
            "return [...document.querySelectorAll('[data-testid=results-test] th a')].map((one) => one.hash)",
        )
        .await?;
    let trends: Vec<String> = serde_json::from_value(trends)?;
    for (at, address) in trends.iter().enumerate() {
        window.go(address).await?;
        window.wait_for("trend-row").await?;
        keep(&format!("vital-over-time-{at}"), &said(window, "#main").await?).await?;
    }

    window.go("#/providers").await?;
    window.wait_for("provider-ledger").await?;
    let ledgers = window
        .ask("return [...document.querySelectorAll('[data-testid=provider-ledger]')].map((one) => one.hash)")
        .await?;
    let ledgers: Vec<String> = serde_json::from_value(ledgers)?;
    for (at, address) in ledgers.iter().enumerate() {
        window.go(address).await?;
        window.wait_for_css("[data-testid=ledger] *").await?;
        keep(&format!("ledger-{at}"), &said(window, "#main").await?).await?;
    }

    window.go("#/people").await?;
    window.click_css("[data-testid^=person-change]").await?;
    window.wait_for("person-name").await?;
    keep("person", &said(window, "#main").await?).await?;
    window.go("#/start").await?;
    window.wait_for("door-sample").await?;
    keep("start", &said(window, "#main").await?).await?;

    window.go("#/home").await?;
    window.click("search-open").await?;
    window.wait_for("search-text").await?.send_keys("lisin").await?;
    window.wait_for("search-hit").await?;
    keep("search", &said(window, "dialog[open]").await?).await?;
    window.click("search-close").await?;

    window.go("#/summary").await?;
    window.wait_for("summary-page").await?;
    keep("summary-on-paper", &paper::lines(&save_as_pdf(desktop, window).await?)?).await
}

/// The visible words of the page's parts, once they are there: with everything folded out, and what fields hold.
async fn said(window: &Window, parts: &str) -> Step<String> {
    let words = format!(
        "for (const one of document.querySelectorAll('details:not([open])')) one.open = true;
         const loading = document.querySelector('[aria-busy=true]');
         const lists = [...document.querySelectorAll('select')];
         for (const list of lists) list.style.display = 'none';
         const words = [...document.querySelectorAll({parts})].map((part) => [part.innerText,
           ...[...part.querySelectorAll('input:not([type=radio]), select, textarea')].map((field) => 'field: ' +
             (field.type === 'checkbox' ? field.checked : field.selectedOptions?.[0]?.text ?? field.value))].join('\\n'));
         for (const list of lists) list.style.display = '';
         const text = words.join('\\n');
         const before = window.textBefore;
         window.textBefore = text;
         return !loading && text.trim() !== '' && before === text && text;",
        parts = json!(parts)
    );
    // The same twice: nothing comes any more.
    let text = window.ask_until("the words stay the same", &words).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// All rows, although only those near the edge of the list are on the page.
async fn whole_timeline(window: &Window) -> Step<String> {
    let all = window
        .ask_later(
            "const scroller = document.querySelector('[data-testid=timeline-scroller]');
             const frame = () => new Promise((next) => requestAnimationFrame(next));
             const read = async () => {
               const found = new Map();
               for (let top = 0; ; top += scroller.clientHeight / 2) {
                 scroller.scrollTop = top;
                 for (let n = 0; n < 6; n += 1) await frame();
                 for (const one of scroller.querySelectorAll('h2, [data-testid=timeline-row]'))
                   found.set(one.dataset.fact ?? one.innerText, one.innerText);
                 if (top > scroller.scrollHeight) return [...found.values()].join('\\n\\n');
               }
             };
             read().then(done);",
        )
        .await?;
    match all {
        Value::String(text) if text.lines().count() > 300 => Ok(text),
        other => Err(format!("that is no whole timeline: {other}").into()),
    }
}

/// What tells of the moment of the run, and of this run's ports, made the same.
const PLAIN: &str = r"
    const plain = (text) => {
      const forms = ['UTC', 'America/Chicago'].flatMap((timeZone) => ['long', 'short'].flatMap((month) =>
        ['en-US', 'en-GB'].map((language) => new Date().toLocaleDateString(language,
          { day: 'numeric', month, year: 'numeric', timeZone }))));
      for (const form of forms) text = text.replaceAll(form, 'TODAY');
      return text
        .replace(/(today|TODAY)(,| at)? \d{1,2}:\d{2}(\s[AP]M)?/gi, 'TODAY, TIME')
        .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
        .replace(/[ \t]+$/gm, '');
    };";
