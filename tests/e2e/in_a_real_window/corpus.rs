//! People whom nobody here made up: the sample person is tidy, the world is not. Each screen of each of them is judged
//! and pictured; the pictures are for looking at.

use serde_json::Value;

use super::{Findings, in_prepared_window};
use crate::Step;
use crate::corpus_dir::corpus;
use crate::window::{Mode, Window, terminal};

/// Name, release, and what of the corpus is theirs: patients of generators, of test servers, of claims, and all the
/// examples of a specification as if they were one person's.
const PEOPLE: &[(&str, &str, &str)] = &[
    ("Abbott, DSTU2", "dstu2", "dstu2/smart-synthea-2017/Abbott_Buena_66.json"),
    ("Wyman, DSTU2", "dstu2", "dstu2/smart-synthea-2017/Wyman_Michal_74.json"),
    ("Examples, DSTU2", "dstu2", "dstu2/hl7-spec-examples"),
    ("Abbott, STU3", "stu3", "stu3/smart-synthea-2017/Abbott_Buena_66.json"),
    ("Halvorson, STU3", "stu3", "stu3/smart-synthea-2017/Halvorson_Monroe_80.json"),
    ("Claims, STU3", "stu3", "stu3/bluebutton-web-server/eob_search_pt_v1.json"),
    ("Examples, STU3", "stu3", "stu3/hl7-spec-examples"),
    ("Edythe, R4", "r4", "r4/spezi-synthea/Edythe31_Morar593_9c3df38a-d3b7-2198-3898-51f9153d023d.json"),
    ("Test files, R4", "r4", "r4/microsoft-fhir-server-testfiles"),
    ("US Core, R4", "r4", "r4/us-core-examples"),
    ("Examples, R4", "r4", "r4/hl7-spec-examples"),
];

const SCREENS: &[&str] =
    &["home", "timeline", "results", "medicines", "problems", "vaccines", "documents", "insurance"];

#[tokio::test]
async fn people_nobody_here_made_up() {
    let Some(corpus) = corpus() else { return };
    in_prepared_window(
        "corpus",
        Mode::Own,
        async |desktop| {
            let record = desktop.path("record");
            for (name, release, path) in PEOPLE {
                let path = corpus.join(path);
                let path = path.to_str().ok_or("the path is text")?;
                let import = ["import", "--person", name, "--release", release, "--yes", path];
                terminal(desktop, &record, &import)?;
            }
            Ok(())
        },
        async |_, window| {
            window.wait_for("nav-timeline").await?;
            let mut wrong = Findings::in_window(window);
            for (at, (name, ..)) in PEOPLE.iter().enumerate() {
                show(window, name).await?;
                for screen in SCREENS {
                    window.go(&format!("#/{screen}")).await?;
                    settled(window).await?;
                    window.picture(&format!("{at:02}-{screen}")).await?;
                    wrong.note(window.judge(&format!("{name}, {screen}")).await).await?;
                }
                window.go("#/timeline").await?;
                settled(window).await?;
                window.wait_for("timeline-row").await?;
                // The page does it itself: a row may be drawn anew while the driver aims at it.
                window.ask("document.querySelector('[data-testid=timeline-row]').click()").await?;
                window.wait_for("record-source").await?;
                window.picture(&format!("{at:02}-record")).await?;
                wrong.note(window.judge(&format!("{name}, record")).await).await?;
            }
            wrong.told()
        },
        async |_, _, _| Ok(()),
    )
    .await;
}

async fn show(window: &Window, name: &str) -> Step<()> {
    window.go("#/people").await?;
    window.wait_for("person-add").await?;
    let others = window
        .ask(&format!(
            "const card = [...document.querySelectorAll('.card.one')].find((one) => one.innerText.includes({}));
             if (!card) return 'nobody';
             card.querySelector('[data-testid^=person-show]')?.click();
             return 'shown';",
            Value::from(name)
        ))
        .await?;
    if others != "shown" {
        return Err(format!("{name} is not among the people").into());
    }
    window
        .ask_until(
            &format!("{name} is shown"),
            &format!(
                "return document.querySelector('[data-testid=person-switch] strong')?.textContent === {}",
                Value::from(name)
            ),
        )
        .await?;
    settled(window).await
}

/// Nothing is on its way any more.
async fn settled(window: &Window) -> Step<()> {
    window
        .ask_until(
            "the screen is there",
            "return document.querySelector('#main h1') && !document.querySelector('#main [aria-busy=true]');",
        )
        .await?;
    Ok(())
}
