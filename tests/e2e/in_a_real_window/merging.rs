//! One line for one fact: why it is one, taken apart, fetched again, put together; and what to ask about.

use serde_json::Value;

use super::{LAKESIDE, PERSON, SHARED_YEAR, SUMMIT, connect, in_window, save_as_pdf, texts, told_by};
use crate::desktop::Desktop;
use crate::window::Window;
use crate::{Step, paper};

/// Active at one provider, stopped at the other.
const STOPPED: &str = "lisinopril";

#[tokio::test]
async fn one_line_for_one_fact() {
    in_window("merging", scene, async |_, _, _| Ok(())).await;
}

async fn scene(desktop: &mut Desktop, window: &Window) -> Step<()> {
    window.begin(PERSON).await?;
    connect(desktop, window, &[LAKESIDE, SUMMIT]).await?;

    // Two sources, and a reason.
    let lines = shots(window, 1).await?;
    open(window, &lines[0].0).await?;
    sources(window, &[LAKESIDE, SUMMIT]).await?;
    told_by(&texts(window, "record-source").await?, &[LAKESIDE, SUMMIT])?;
    let why = texts(window, "record-why").await?.concat();
    if !why.contains("same vaccine") {
        return Err(format!("no reason is given: {why}").into());
    }
    window.click_css("[data-testid=\"record-evidence\"] summary").await?;
    let evidence = texts(window, "evidence").await?;
    for said in [LAKESIDE, SUMMIT, "CVX"] {
        if !evidence.iter().any(|table| table.contains(said)) {
            return Err(format!("{said} is not beside the other: {evidence:?}").into());
        }
    }
    window.picture("11-why-it-is-one").await?;

    // Taken apart, fetched again: still apart.
    nothing_moves(window).await?;
    window
        .click_css(&format!(
            "[data-testid=\"record-source\"][data-name=\"{SUMMIT}\"] [data-testid=\"source-split\"]"
        ))
        .await?;
    sources(window, &[LAKESIDE]).await?;
    shots(window, 2).await?;
    sync(window, SUMMIT).await?;
    let lines = shots(window, 2).await?;
    window.picture("12-still-apart").await?;

    // Put together again.
    let here = lines.iter().find(|(_, marks)| marks.iter().any(|mark| mark == LAKESIDE));
    let there = lines.iter().find(|(_, marks)| marks.iter().all(|mark| mark == SUMMIT));
    let (Some((here, _)), Some((there, _))) = (here, there) else {
        return Err(format!("not one line each: {lines:?}").into());
    };
    open(window, here).await?;
    nothing_moves(window).await?;
    window.click("record-join").await?;
    window.click_css(&format!("[data-testid=\"join-candidate\"][data-fact-id=\"{there}\"]")).await?;
    sources(window, &[LAKESIDE, SUMMIT]).await?;
    let why = texts(window, "record-why").await?.concat();
    if !why.contains("because you said") {
        return Err(format!("the person's own word is not named: {why}").into());
    }
    shots(window, 1).await?;

    // The stopped drug, and the printed summary.
    window.ask("location.hash = '#/ask'").await?;
    window.wait_for("conflict").await?;
    let drug = format!(
        "[...document.querySelectorAll('[data-testid=\"conflict\"][data-about=\"status\"]')]
           .find(card => /{STOPPED}/i.test(card.innerText))"
    );
    let said =
        window.ask_until("the stopped drug is listed", &format!("return {drug}?.innerText ?? false")).await?;
    let said = said.as_str().unwrap_or_default().to_owned();
    for part in [LAKESIDE, SUMMIT, "stopped"] {
        if !said.contains(part) {
            return Err(format!("{part} is not said about the drug: {said}").into());
        }
    }
    window.picture("13-to-ask-about").await?;
    window.ask(&format!("{drug}.querySelector('[data-testid=\"conflict-ask\"]').click()")).await?;
    window.ask_until("it is chosen", &format!("return {drug}?.dataset.wish === 'ask'")).await?;
    window.ask("location.hash = '#/summary'").await?;
    window.wait_for("summary-page").await?;
    let words = paper::words(&save_as_pdf(desktop, window).await?)?;
    let asked = words.split("Allergies").next().unwrap_or_default().to_lowercase();
    if asked.contains(STOPPED) && asked.contains("stopped") {
        Ok(())
    } else {
        Err(format!("what was chosen is not at the top of the paper:\n{words}").into())
    }
}

/// The lines of the shared vaccine on the timeline, as the fact's id and the providers' marks, once there are so many.
async fn shots(window: &Window, count: usize) -> Step<Vec<(String, Vec<String>)>> {
    window
        .ask(&format!(
            "location.hash = '#/timeline?kind=vaccine&from={SHARED_YEAR}-01-01&to={SHARED_YEAR}-12-31'"
        ))
        .await?;
    let found: Value = window
        .ask_until(
            &format!("the shared vaccine has {count} lines"),
            &format!(
                "const rows = [...document.querySelectorAll('[data-testid=\"timeline-row\"]')]
                   .filter(row => /influenza|flu shot/i.test(row.dataset.title));
                 return rows.length === {count} && rows.map(row =>
                   [row.dataset.fact, [...row.querySelectorAll('.marks [title]')].map(mark => mark.title)]);"
            ),
        )
        .await?;
    Ok(serde_json::from_value(found)?)
}

async fn open(window: &Window, fact: &str) -> Step<()> {
    window.ask(&format!("location.hash = '#/timeline/{fact}'")).await?;
    window.wait_for_css(&format!("[data-testid=\"record-page\"][data-fact-id=\"{fact}\"]")).await?;
    Ok(())
}

/// Waits until the open record is told by these providers and nobody else.
async fn sources(window: &Window, providers: &[&str]) -> Step<()> {
    let wanted = serde_json::to_string(&providers.iter().collect::<std::collections::BTreeSet<_>>())?;
    let script = format!(
        "const told = [...document.querySelectorAll('[data-testid=\"record-source\"]')].map(one => one.dataset.name);
         return JSON.stringify([...new Set(told)].sort()) === JSON.stringify({wanted})"
    );
    window.ask_until(&format!("the record is told by {wanted}"), &script).await?;
    Ok(())
}

/// Fetches from a provider again, to the end.
pub(super) async fn sync(window: &Window, provider: &str) -> Step<()> {
    window.ask("location.hash = '#/providers'").await?;
    let item = format!("[data-testid=\"provider-item\"][data-name=\"{provider}\"]");
    window.wait_for_css(&format!("{item} [data-testid=\"provider-verdict\"]")).await?;
    // The click takes button and verdict away at once; they come back when everything was read.
    window.click_css(&format!("{item} [data-testid=\"sync-now\"]")).await?;
    window.wait_for_css(&format!("{item} [data-testid=\"sync-now\"]")).await?;
    window.wait_for_css(&format!("{item} [data-testid=\"provider-verdict\"]")).await?;
    Ok(())
}

/// Messages have a place of their own at the end of the window: when one comes or goes, what is above it moves, and a click that was
/// aimed before may meet the "Undo" of another.
async fn nothing_moves(window: &Window) -> Step<()> {
    window
        .ask_until("no message is shown", "return !document.querySelector('[data-testid=\"toast\"]');")
        .await?;
    Ok(())
}
