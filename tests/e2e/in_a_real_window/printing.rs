//! Paper as it is chosen: three sections and no others, providers side by side, a letter; what was saved is opened, and nothing else.

use std::path::Path;

use super::{in_prepared_window, print_all_kinds, save_as_pdf, save_paper};
use crate::Step;
use crate::desktop::Desktop;
use crate::window::{Mode, Window};
use crate::{paper, prepared};

/// Sections that give way to what was chosen.
const LEFT_OUT: &[&str] = &["changed", "outOfRange", "disputed", "procedures", "visits", "team"];

#[tokio::test]
async fn printing_what_was_chosen() {
    in_prepared_window(
        "printing",
        Mode::Sample,
        async |desktop| prepared::sample(&desktop.path("record")).await,
        async |desktop, window| {
            window.wait_for("lock-unlock").await?;
            window.unlock(prepared::PASSPHRASE).await?;
            chosen(desktop, window).await?;
            side_by_side(desktop, window).await?;
            letter(desktop, window).await
        },
        async |_, _, _| Ok(()),
    )
    .await;
}

async fn chosen(desktop: &Desktop, window: &Window) -> Step<()> {
    window.go("#/summary").await?;
    window.wait_for("summary-page").await?;
    print_all_kinds(window).await?;
    has(&paper::words(&save_as_pdf(desktop, window).await?)?, &["still list it", "Vaccines"], &[])?;
    window.click_css("[data-testid=print-choices] > summary").await?;
    for section in LEFT_OUT {
        window.click(&format!("print-section-{section}")).await?;
        window
            .ask_until(
                &format!("{section} is left out, and the sheet is laid out again"),
                &format!(
                    "const tick = document.querySelector('[data-testid=print-section-{section}]');
                     const save = document.querySelector('[data-testid=summary-save]');
                     return tick?.checked === false && save?.disabled === false;"
                ),
            )
            .await?;
    }
    window.picture("choices").await?;
    let saved = save_as_pdf(desktop, window).await?;
    let words = paper::words(&saved)?;
    let there = [
        "Left out because the patient chose so:",
        "Latest results",
        "Latest vital signs",
        "Vaccines",
        "Current medicines",
    ];
    has(&words, &there, &["still list it"])?;
    open(desktop, window, "summary", &saved).await
}

/// The button behind a saved file opens that file.
async fn open(desktop: &Desktop, window: &Window, hook: &str, saved: &Path) -> Step<()> {
    let before = desktop.asked_to_open().len();
    window.click(&format!("{hook}-open")).await?;
    let opened = desktop.until("the saved file is opened", |d| d.asked_to_open().get(before).cloned())?;
    if Path::new(&opened) != saved {
        return Err(format!("{opened} was opened instead of {}", saved.display()).into());
    }
    Ok(())
}

async fn side_by_side(desktop: &Desktop, window: &Window) -> Step<()> {
    let choose = "const list = document.querySelector('[data-testid=summary-sheet]');
        list.value = 'compare';
        list.dispatchEvent(new Event('change', { bubbles: true }));
        return true;";
    window.ask(choose).await?;
    window
        .ask_until(
            "the sheet side by side is shown",
            "return document.querySelector('h1')?.textContent === document.querySelector('[data-testid=summary-sheet]')
                 .selectedOptions[0].textContent
                 && document.querySelector('[data-testid=summary-save]')?.disabled === false;",
        )
        .await?;
    let words = paper::words(&save_as_pdf(desktop, window).await?)?;
    window.picture("compare").await?;
    has(
        &words,
        &["Lakeside Family Medicine", "Summit General Hospital", "Metformin"],
        &["Latest vital signs"],
    )
}

async fn letter(desktop: &Desktop, window: &Window) -> Step<()> {
    window.go("#/providers").await?;
    window.wait_for("provider-ledger").await?;
    let connection = window
        .ask("return document.querySelector('[data-testid=provider-ledger]').hash.split('/').pop()")
        .await?;
    let connection = connection.as_str().ok_or("a connection has a number")?.to_owned();
    window.go(&format!("#/providers/letter/{connection}")).await?;
    window
        .ask_until(
            "the letter is laid out",
            "return document.querySelector('[data-testid=letter-save]')?.disabled === false;",
        )
        .await?;
    window.picture("letter").await?;
    let saved = save_paper(desktop, window, "letter").await?;
    has(&paper::words(&saved)?, &["164.524"], &["Current medicines"])?;
    open(desktop, window, "letter", &saved).await
}

/// Paper says the first, and none of the others.
fn has(words: &str, these: &[&str], not: &[&str]) -> Step<()> {
    if let Some(missing) = these.iter().find(|one| !words.contains(**one)) {
        return Err(format!("the paper does not say “{missing}”: {words}").into());
    }
    match not.iter().find(|one| words.contains(**one)) {
        Some(one) => Err(format!("the paper says “{one}”: {words}").into()),
        None => Ok(()),
    }
}
