//! Answers of forms and findings are shown under what they belong to: over people nobody here made up, the timeline is shorter, and
//! nothing is lost.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use wholechart_api::{App, dispatch, wire::PersonId};

use crate::{
    corpus::{files, record, resources, take_in},
    corpus_dir::corpus,
};

async fn ask(app: &Arc<App>, command: &str, args: Value) -> Value {
    dispatch(app, command, args).await.unwrap_or_else(|why| panic!("{command}: {why:?}"))
}

fn text(of: &Value) -> String {
    of.as_str().unwrap_or_default().to_owned()
}

/// How many facts belong on a person's timeline, and how many of them are rows; what is wrong goes to `wrong`.
async fn rows_and_facts(app: &Arc<App>, person: &Value, wrong: &mut Vec<String>) -> (usize, usize) {
    // By fact what it is under; an empty text for what stands alone.
    let facts: Arc<Mutex<BTreeMap<String, String>>> = Arc::default();
    let seen = Arc::clone(&facts);
    let each = move |fact: Value| {
        if !matches!(fact["kind"].as_str(), Some("patient" | "support")) {
            seen.lock().unwrap().insert(text(&fact["id"]), text(&fact["under"]));
        }
    };
    app.facts(Some(PersonId(text(person))), each).await.unwrap();
    let facts = std::mem::take(&mut *facts.lock().unwrap());
    let (mut rows, mut cursor) = (Vec::new(), Value::Null);
    loop {
        let args = json!({"person": person, "filter": {}, "cursor": cursor, "at": null, "limit": 500});
        let page = ask(app, "timeline", args).await;
        rows.extend(
            page["rows"].as_array().unwrap().iter().map(|row| (text(&row["id"]), row["holds"].as_u64())),
        );
        cursor = page["next"].clone();
        if cursor.is_null() {
            break;
        }
    }
    let listed: BTreeSet<&String> = rows.iter().map(|(id, _)| id).collect();
    let alone: BTreeSet<&String> =
        facts.iter().filter(|(_, under)| under.is_empty()).map(|(id, _)| id).collect();
    if listed.len() != rows.len() || listed != alone {
        wrong.push("what is a row is not what stands alone".to_owned());
    }
    let mut held = 0;
    for (head, holds) in &rows {
        let under = match holds {
            Some(0) => Value::Array(Vec::new()),
            _ => ask(app, "heldUnder", json!({"person": person, "fact": head})).await,
        };
        let under: BTreeSet<String> = under.as_array().unwrap().iter().map(|row| text(&row["id"])).collect();
        let known: BTreeSet<String> =
            facts.iter().filter(|(_, of)| *of == head).map(|(id, _)| id.clone()).collect();
        if under != known || *holds != Some(under.len() as u64) {
            wrong.push(format!(
                "{head} says that it holds {holds:?}, lists {} and has {}",
                under.len(),
                known.len()
            ));
        }
        held += under.len();
    }
    if rows.len() + held != facts.len() {
        wrong.push(format!("{} rows and {held} under them are not {} facts", rows.len(), facts.len()));
    }
    (rows.len(), facts.len())
}

async fn person(app: &Arc<App>, name: &str) -> Value {
    let save = json!({"id": null, "name": name, "birthDate": null, "homeZone": "America/New_York"});
    ask(app, "savePerson", save).await["id"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timeline_is_shorter_and_nothing_is_lost() {
    let Some(corpus) = corpus() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = record(folder.path(), "America/New_York").await;
    let (mut wrong, mut figures) = (Vec::new(), Vec::new());
    let mut note = |of: &Path, (rows, facts), found: Vec<String>| {
        wrong.extend(found.into_iter().map(|why| format!("{}: {why}", of.display())));
        figures.push((rows, facts, of.display().to_string()));
    };
    for file in files(&corpus) {
        let Ok(read) = std::fs::read_to_string(&file) else { continue };
        let mut inside = Vec::new();
        resources(&read, &mut inside);
        let patients = inside.iter().filter(|(of_type, ..)| of_type == "Patient").count();
        if patients != 1 || inside.len() < 20 {
            continue;
        }
        let whose = person(&app, &file.display().to_string()).await;
        let import =
            json!({"person": whose, "label": "Files", "release": null, "paths": [file], "confirmed": true});
        ask(&app, "import", import).await;
        let mut found = Vec::new();
        let counts = rows_and_facts(&app, &whose, &mut found).await;
        note(&file, counts, found);
    }
    // One person's forms, a file each.
    let forms = corpus.join("r4/us-core-examples");
    let whose = person(&app, "Forms").await;
    take_in(&app, &text(&whose), "Forms", &forms).await;
    let mut found = Vec::new();
    let (rows, facts) = rows_and_facts(&app, &whose, &mut found).await;
    note(&forms, (rows, facts), found);
    assert!(rows + 60 < facts, "forms: {rows} rows of {facts} facts");
    for (rows, facts, of) in figures.iter().filter(|(rows, facts, _)| rows < facts) {
        eprintln!("{rows} rows of {facts} facts: {of}");
    }
    let shorter = figures.iter().filter(|(rows, facts, _)| rows < facts).count();
    assert!(figures.len() >= 20 && shorter >= 5, "{shorter} of {} are shorter", figures.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
