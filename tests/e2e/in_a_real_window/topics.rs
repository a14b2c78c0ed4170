//! One line for what facts are about: which medicines are taken, what stands under a line, and a statement moved and moved back.

use serde_json::{Value, json};

use crate::Step;
use crate::window::Window;

/// What is taken, by three providers together.
const TAKEN: &[&str] = &["Atorvastatin", "Lisinopril", "Loratadine", "Losartan", "Metformin", "Metoprolol"];

/// What the lines of the first group are called, in the order of letters, without what stands under them.
const LINES: &str = "[...document.querySelectorAll('main section:first-of-type tbody tr')]
    .filter((row) => !row.classList.contains('under'))
    .map((row) => row.querySelector('th bdi, th s').textContent.trim()).sort().join(', ')";

/// From the list of medicines on, which is open.
pub(super) async fn one_line_for_one_medicine(window: &Window) -> Step<()> {
    lines_are(window, TAKEN).await?;
    // Several statements under one line, each with its own page.
    let unfold = "[data-testid=\"list-topic\"][data-title=\"Metformin\"] [data-testid=\"list-unfold\"]";
    window.click_css(unfold).await?;
    let under = "[...document.querySelectorAll('[data-testid=\"list-row\"].under a[data-fact]')]";
    let facts = window
        .ask_until(
            "what stands under metformin is there",
            &format!(
                "const under = {under}; return under.length > 1 && under.map((one) => one.dataset.fact);"
            ),
        )
        .await?;
    let last = facts.as_array().and_then(|facts| facts.last()).and_then(Value::as_str).unwrap_or_default();
    window.picture("12-medicines-unfolded").await?;
    window.click_css(&format!("[data-testid=\"list-row\"].under a[data-fact=\"{last}\"]")).await?;
    window.wait_for_css("[data-testid=\"record-page\"] [data-testid=\"record-topic\"]").await?;

    // Under a line of its own, and back by the message's Undo.
    window.click("record-move").await?;
    window.wait_for("move-own").await?;
    window.picture("12-medicines-move").await?;
    window.click("move-own").await?;
    window.wait_for_css(&format!("[data-testid=\"list-row\"]:not(.under) a[data-fact=\"{last}\"]")).await?;
    window.click("toast-undo").await?;
    lines_are(window, TAKEN).await?;
    window.click("record-close").await
}

async fn lines_are(window: &Window, names: &[&str]) -> Step<()> {
    let wanted = json!(names.join(", "));
    let there = window.ask_until("the lines are those", &format!("return {LINES} === {wanted}")).await;
    match there {
        Ok(_) => Ok(()),
        Err(why) => Err(format!("{why}; they are {}", window.ask(&format!("return {LINES}")).await?).into()),
    }
}
