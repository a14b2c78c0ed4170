//! A document in the real window: found by a word that stands only in its PDF (which a child process read), drawn by
//! pdf.js under the window's content security policy, and searched.

use super::{LAKESIDE, PERSON, connect, in_window};
use crate::Step;
use crate::desktop::Desktop;
use crate::window::{ENTER, Window};

/// Stands in one PDF and nowhere else.
const ONLY_THERE: &str = "regurgitation";

#[tokio::test]
async fn documents() {
    in_window("documents", scene, async |_, _, _| Ok(())).await;
}

async fn scene(desktop: &mut Desktop, window: &Window) -> Step<()> {
    window.begin(PERSON).await?;
    connect(desktop, window, &[LAKESIDE]).await?;
    window.go(&format!("#/timeline?text={ONLY_THERE}")).await?;
    window
        .ask_until(
            "a record that is found by a word inside its PDF",
            "return document.querySelectorAll('[data-testid=\"timeline-row\"]').length === 1",
        )
        .await?;
    window.click("timeline-row").await?;
    window.click("file-open").await?;
    window.wait_for("pdf-page").await?;
    window
        .ask_until(
            "a drawn page",
            "const canvas = document.querySelector('[data-testid=\"pdf-page\"] canvas');
             if (!canvas || canvas.width < 500) return false;
             const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
             let dark = 0;
             for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 0 && data[at] < 128) dark += 1;
             return dark > 500",
        )
        .await?;
    window.wait_for("document-find").await?.send_keys(ONLY_THERE).await?;
    window.keys(&[ENTER]).await?;
    window
        .ask_until(
            "the word on the page",
            "return document.querySelector('[data-testid=\"document-found\"]').textContent.includes('1')",
        )
        .await?;
    window.picture("13-document").await?;
    Ok(())
}
