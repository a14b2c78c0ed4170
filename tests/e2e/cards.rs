//! Every card of the directory, walked as somebody who has registered nothing: the last page reached says what is
//! missing and what to do next. With `WHOLECHART_CARDS_DIR` its pictures go there (`cargo xtask cards`).

use std::path::PathBuf;

use serde_json::Value;

use crate::Step;
use crate::desktop::Desktop;
use crate::in_a_real_window::in_window;
use crate::window::Window;

/// Vendors the app knows; each must be there.
const CARDS: [&str; 13] = [
    "nextgen-enterprise",
    "nextgen-office",
    "epic",
    "epic-sandbox",
    "oracle-health",
    "athenahealth",
    "eclinicalworks",
    "veradigm",
    "meditech",
    "meditech-greenfield",
    "va-health",
    "medicare-blue-button",
    "smart-health-it",
];

#[tokio::test]
async fn every_card_says_what_is_missing_and_what_to_do() {
    in_window("cards", walk, async |_, _, folder| {
        let Some(kept) = std::env::var_os("WHOLECHART_CARDS_DIR").map(PathBuf::from) else { return Ok(()) };
        std::fs::create_dir_all(&kept)?;
        for file in std::fs::read_dir(folder)? {
            let file = file?.path();
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if let Some(card) = name.strip_prefix("card-") {
                std::fs::copy(&file, kept.join(card))?;
            }
        }
        Ok(())
    })
    .await;
}

async fn walk(_: &mut Desktop, window: &Window) -> Step<()> {
    window.begin("Rosa Whitlock").await?;
    // Servers for trying things out are listed for whoever asks for them.
    window.ask("location.hash = '#/settings'").await?;
    window.click("test-providers").await?;
    for card in CARDS {
        window.ask("location.hash = '#/providers/add'").await?;
        // Found in the list, or among the portals below it.
        window.click_css(&format!("[data-testid=\"directory-item\"][data-card=\"{card}\"]")).await?;
        window
            .wait_for_css("[data-testid=\"registration-help\"], [data-testid=\"error-message\"]")
            .await
            .map_err(|why| format!("{card}: {why}"))?;
        let page = window.ask(&read()).await?;
        let said = judge(card, &page);
        window.picture(&format!("card-{card}")).await?;
        said?;
        if page["guide"] == true {
            // Pressing on without a registration leads nowhere else, and the rest of the page is worth a look too.
            window.click("card-connect").await?;
            let text = window.ask("return document.querySelector('h1')?.textContent").await?;
            if text != page["title"] {
                return Err(format!("{card}: went on without a registration, to {text}").into());
            }
            window.ask(SHOW_LETTERS).await?;
            window.picture(&format!("card-{card}-letter")).await?;
        }
    }
    Ok(())
}

const SHOW_LETTERS: &str = "
    document.querySelectorAll('[data-testid=\"letter\"]').forEach(letter => { letter.open = true; });
    document.querySelector('[data-testid=\"letters\"]').scrollIntoView();";

/// What the page says, as plain data.
fn read() -> String {
    let list = |id: &str| {
        format!(
            "[...document.querySelectorAll('[data-testid=\"{id}\"]')].map(one => one.innerText || one.textContent)"
        )
    };
    format!(
        "return {{
           title: document.querySelector('h1')?.textContent,
           guide: document.querySelector('[data-testid=\"registration-help\"]') !== null,
           missing: {}, error: {}, redirects: {}, letters: {},
           steps: [...document.querySelectorAll('[data-testid=\"registration-steps\"] li')].map(one => one.innerText),
           site: document.querySelector('[data-testid=\"registration-site\"]') !== null,
           ownRedirect: document.querySelector('[data-testid=\"redirect-own\"]') !== null,
           clientId: document.querySelector('[data-testid=\"client-id\"]') !== null,
         }};",
        list("registration-help"),
        list("error-message"),
        list("redirect-address"),
        list("letter"),
    )
}

fn judge(card: &str, page: &Value) -> Step<()> {
    let fail = |what: &str| Err(format!("{card}: {what}\n{page:#}").into());
    let texts = |name: &str| page[name].as_array().map_or(0, Vec::len);
    if page["guide"] != true {
        // Known there without a registration: what is missing is a network, and the page says so.
        let error = page["error"][0].as_str().unwrap_or_default();
        return if error.lines().filter(|line| !line.trim().is_empty()).count() >= 2 {
            Ok(())
        } else {
            fail("says neither what is missing nor what to do")
        };
    }
    let missing = page["missing"][0].as_str().unwrap_or_default();
    if !missing.contains("client ID") || missing.contains("registration-") {
        return fail("does not say that a client ID is missing");
    }
    if texts("steps") == 0 || page["site"] != true || page["clientId"] != true {
        return fail("does not say how to register");
    }
    if texts("redirects") == 0 && page["ownRedirect"] != true {
        return fail("does not say which address to register");
    }
    if texts("letters") == 2 { Ok(()) } else { fail("has no texts to send to the practice") }
}

/// A judge that accepts everything would be worth nothing.
#[test]
fn a_page_that_says_nothing_is_refused() {
    let empty = serde_json::json!({ "guide": true, "missing": [""], "steps": [], "letters": [] });
    assert!(judge("none", &empty).is_err());
    assert!(judge("none", &serde_json::json!({ "guide": false, "error": ["Failed."] })).is_err());
}
