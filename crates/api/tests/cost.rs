//! What each screen costs, whatever the machine: statements asked of the file, what they go through, bytes that cross to the window.
//!
//! A screen that shows a page costs about the same of a record four times as long; what has to read more is named here, with why.

#[path = "../../../benches/window/life.rs"]
#[allow(
    dead_code,
    clippy::pedantic,
    clippy::missing_docs_in_private_items,
    reason = "a description of a life, read as data"
)]
mod life;

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use wholechart_api::{App, Config, Reader, dispatch};

use crate::host::Quiet;

/// Facts of the shorter record, and how much longer the other one is.
const FACTS: u32 = 600;
const TIMES: u32 = 4;

/// What one command cost.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    statements: usize,
    /// Instructions of SQLite's virtual machine.
    steps: u64,
    /// Rows gone through without an index.
    scanned: u64,
    /// Bytes of the answer as JSON.
    bytes: usize,
}

/// The record of an invented life, taken in from files as a person does it.
async fn record(dir: &std::path::Path, facts: u32) -> (Arc<App>, String) {
    let config = Config {
        data_dir: dir.join("record"),
        profile: "cost".to_owned(),
        sample: false,
        sample_cards: Value::Null,
        sample_lists: Value::Null,
        sample_moved: BTreeMap::new(),
        keychain: None,
        passphrase: Some("a long enough passphrase".to_owned().into()),
        locale: None,
        region: None,
        reader: Reader::here(),
    };
    fs::create_dir_all(&config.data_dir).unwrap();
    let app = App::new(Arc::new(Quiet), config).unwrap();
    dispatch(&app, "appState", json!({})).await.unwrap();
    let person = json!({"id": null, "name": life::PERSON, "birthDate": null, "homeZone": "America/New_York"});
    let person = dispatch(&app, "savePerson", person).await.unwrap()["id"].as_str().unwrap().to_owned();
    for (n, (file, provider)) in life::files(facts).iter().zip(life::PROVIDERS).enumerate() {
        let path = dir.join(format!("{n}.ndjson"));
        fs::write(&path, file).unwrap();
        let args =
            json!({"person": person, "label": provider, "release": null, "paths": [path], "confirmed": true});
        dispatch(&app, "import", args).await.map_err(|why| format!("{why:?}")).unwrap();
    }
    (app, person)
}

/// What a command costs that was asked once before: what is kept from one question to the next is there.
async fn cost(app: &Arc<App>, person: &str, ran: &Mutex<Cost>, command: &str, args: &Value) -> (Cost, Value) {
    let mut args = args.clone();
    args["person"] = json!(person);
    dispatch(app, command, args.clone()).await.map_err(|why| format!("{why:?}")).unwrap();
    *ran.lock().unwrap() = Cost::default();
    let answer = dispatch(app, command, args).await.map_err(|why| format!("{why:?}")).unwrap();
    let cost = Cost { bytes: answer.to_string().len(), ..*ran.lock().unwrap() };
    (cost, answer)
}

/// How a command's cost may grow with the record.
#[derive(Clone, Copy, PartialEq)]
enum Grows {
    /// It shows a page, a record or a count that is kept.
    Not,
    /// It tells of everything of some kind, counts it, or its page is not full in the shorter record.
    WithTheRecord,
}

/// What every screen asks as it opens: name, command, arguments, whether it may grow; then the most statements of the longer
/// record, and the most bytes.
type Asked = (&'static str, &'static str, Value, Grows, usize, usize);

fn asked(fact: &str, test: &str) -> Vec<Asked> {
    use Grows::{Not, WithTheRecord};
    let page = |filter: Value| json!({"filter": filter, "cursor": null, "at": null, "limit": 200});
    let list = |name: &str| json!({"list": name, "filter": {}, "cursor": null, "limit": 100});
    vec![
        ("start", "appState", json!({}), Not, 20, 470),
        ("home", "home", json!({}), WithTheRecord, 300, 74_000),
        ("news", "news", json!({"skip": 0, "limit": 20}), WithTheRecord, 45, 13_000),
        ("timeline", "timeline", page(json!({})), Not, 10, 106_000),
        ("timeline of results", "timeline", page(json!({"kinds": ["result"]})), Not, 10, 108_000),
        (
            "timeline of a rare kind",
            "timeline",
            page(json!({"kinds": ["vaccine"]})),
            WithTheRecord,
            10,
            41_000,
        ),
        ("timeline out of range", "timeline", page(json!({"flagged": true})), Not, 10, 113_000),
        ("timeline with a word", "timeline", page(json!({"text": "glucose"})), WithTheRecord, 20, 21_000),
        ("timeline of years", "timeline", page(json!({"from": "1990", "to": "1999"})), Not, 10, 105_000),
        (
            "what the timeline filters by",
            "timelineFacets",
            json!({"filter": {}, "list": null}),
            WithTheRecord,
            20,
            4400,
        ),
        ("a record", "fact", json!({"fact": fact}), Not, 50, 6500),
        ("its files", "files", json!({"fact": fact}), Not, 20, 10),
        ("medicines", "list", list("medicines"), Not, 30, 20_000),
        ("problems", "list", list("problems"), Not, 30, 75_000),
        ("visits", "list", list("visits"), Not, 140, 63_000),
        ("documents", "list", list("documents"), Not, 20, 100),
        ("results", "tests", json!({"kind": "result", "cursor": null, "limit": 50}), Not, 40, 108_000),
        (
            "one test over time",
            "trend",
            json!({"kind": "result", "test": test, "unit": null, "cursor": null, "limit": 100}),
            WithTheRecord,
            10,
            45_000,
        ),
        ("search", "search", json!({"text": "blood pressure", "limit": 5}), Not, 60, 700),
        ("search for one letter", "search", json!({"text": "a", "limit": 5}), Not, 100, 9600),
        ("questions", "conflicts", json!({}), WithTheRecord, 240, 11_000),
        ("how much waits", "asks", json!({}), Not, 10, 30),
        ("providers", "connections", json!({}), WithTheRecord, 90, 1200),
        ("imports", "imports", json!({}), WithTheRecord, 20, 500),
        ("connections log", "sent", json!({}), Not, 20, 60),
        ("topics", "topics", json!({"kind": null}), Not, 30, 167_000),
    ]
}

#[tokio::test]
async fn a_screen_of_a_long_record_costs_what_one_of_a_short_record_costs() {
    let mut costs: BTreeMap<&str, Vec<Cost>> = BTreeMap::new();
    for facts in [FACTS, FACTS * TIMES] {
        let folder = tempfile::tempdir().unwrap();
        let (app, person) = record(folder.path(), facts).await;
        // What goes on after an import was answered is nobody's screen.
        app.settle().await;
        let ran = Arc::new(Mutex::new(Cost::default()));
        let told = Arc::clone(&ran);
        app.watch(move |one| {
            if std::env::var_os("SQL").is_some() {
                println!(
                    "{:8} {:6} {}",
                    one.steps,
                    one.scanned,
                    one.sql.split_whitespace().collect::<Vec<_>>().join(" ")
                );
            }
            let mut sum = told.lock().unwrap();
            sum.statements += 1;
            sum.steps += one.steps;
            sum.scanned += one.scanned;
        })
        .await
        .unwrap();
        let page = json!({"filter": {"kinds": ["result"]}, "cursor": null, "at": null, "limit": 1});
        let (_, rows) = cost(&app, &person, &ran, "timeline", &page).await;
        let fact = rows["rows"][0]["id"].as_str().unwrap().to_owned();
        let tests = json!({"kind": "result", "cursor": null, "limit": 1});
        let (_, tests) = cost(&app, &person, &ran, "tests", &tests).await;
        let test = tests["tests"][0]["test"].as_str().map_or_else(|| panic!("{tests}"), str::to_owned);
        for (name, command, args, ..) in asked(&fact, &test) {
            let (cost, _) = cost(&app, &person, &ran, command, &args).await;
            costs.entry(name).or_default().push(cost);
        }
    }
    let mut wrong = Vec::new();
    for (name, _, _, grows, statements, bytes) in asked("", "") {
        let [short, long] = costs[name][..] else { panic!("{name} was asked of both") };
        println!("{name:30} {short:?}\n{:30} {long:?}", "");
        // The record is four times as long.
        let times = if grows == Grows::Not { 3 } else { 6 };
        let most = short.steps * times + 200;
        let scanned = if grows == Grows::Not { 2 } else { u64::from(FACTS * TIMES) * 2 };
        let held = long.statements <= statements
            && long.bytes <= bytes
            && long.steps <= most
            && long.scanned <= scanned;
        if !held {
            wrong.push(format!(
                "{name}: {long:?}, but {statements} statements, {bytes} bytes, {most} steps, {scanned} rows scanned at most"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
