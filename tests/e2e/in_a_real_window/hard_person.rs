//! The hard-person set on the screen: what `tests/hard-person/words.md` says of each case.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Findings, in_prepared_window};
use crate::Step;
use crate::hard::{self, Case, Host};
use crate::window::{Mode, Window, terminal};

/// Many cases may be wrong at once; the record is small.
const PATIENCE: Duration = Duration::from_secs(12);

#[tokio::test]
async fn hard_person() {
    in_prepared_window(
        "hard-person",
        Mode::Own,
        async |desktop| {
            let record = desktop.path("record");
            for import in hard::IMPORTS {
                let mut args = vec!["import", "--person", hard::PERSON, "--connection", import.provider];
                let file = hard::file(import.file);
                args.push(file.to_str().ok_or("the file's path is text")?);
                terminal(desktop, &record, &args)?;
            }
            Ok(())
        },
        async |_, window| {
            window.wait_for("nav-timeline").await?;
            let mut wrong = Findings::in_window(window);
            for case in hard::cases() {
                if let Err(why) = shown(window, &case).await {
                    wrong.note(Err(format!("{}: {why}", case.name).into())).await?;
                    window.picture(&format!("wrong-{}", wrong.wrong.len())).await?;
                }
            }
            wrong.told()
        },
        async |_, _, _| Ok(()),
    )
    .await;
}

/// One case: found by its text, read in the list, opened, read on its page.
async fn shown(window: &Window, case: &Case) -> Step<()> {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("text", case.looked_for());
    window.go(&format!("#/timeline?{}", query.finish())).await?;
    let row = window
        .ask_within(
            PATIENCE,
            "the record is in the list",
            &format!(
                "const rows = [...document.querySelectorAll('[data-testid=timeline-row]')]
                   .filter((row) => row.dataset.title === {title});
                 return rows.length === 1 && {{
                   fact: rows[0].dataset.fact,
                   words: rows[0].innerText,
                   struck: rows[0].querySelector('s') !== null,
                   told: [...rows[0].querySelectorAll('.marks [title]')].map((mark) => mark.title) }};",
                title = json!(case.title)
            ),
        )
        .await?;
    case.on_its_line(text(&row["words"]), row["struck"] == Value::Bool(true))?;
    case.told_by(&serde_json::from_value::<Vec<String>>(row["told"].clone())?)?;
    window.click_css(&format!("[data-fact=\"{}\"]", text(&row["fact"]))).await?;
    let page = window
        .ask_within(
            PATIENCE,
            "its page is open",
            &format!(
                "const page = document.querySelector('[data-testid=record-page][data-fact-id=\"{}\"]');
                 return page && page.querySelector('[data-testid=record-source]') && page.innerText;",
                text(&row["fact"])
            ),
        )
        .await?;
    case.on_its_page(text(&page), Host::Window)?;
    Ok(())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
