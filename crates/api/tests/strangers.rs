//! Inputs by people who know FHIR and vendors but neither this code nor its rules, each with what any right app has to say
//! (`tests/strangers`): read, merged, and looked for in lists, on records' pages and on paper.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeZone as _, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;
use wholechart_api::{App, Event, Host, dispatch};

use crate::corpus::record_at;

/// What has to be so. A text is looked for whatever its case and white space.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    why: String,
    #[serde(default)]
    lists: BTreeMap<String, List>,
    #[serde(default)]
    paper: Says,
    #[serde(default)]
    lines: Vec<Line>,
    #[serde(default)]
    times: Vec<Occasions>,
    #[serde(default)]
    topics: Vec<TopicSays>,
    #[serde(default)]
    not_filed: Vec<String>,
    #[serde(default)]
    again: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    count: Option<Count>,
    #[serde(default)]
    has: Vec<String>,
    #[serde(default)]
    has_not: Vec<String>,
    #[serde(default)]
    current: Vec<String>,
    #[serde(default)]
    not_current: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Count {
    Exactly(usize),
    Between { min: usize, max: Option<usize> },
    AtMost { max: usize },
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Says {
    #[serde(default)]
    has: Vec<String>,
    #[serde(default)]
    has_not: Vec<String>,
}

/// How many times something was given or done, by a part of its topic's name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Occasions {
    kind: String,
    name: String,
    times: u64,
}

/// What a topic says, by its whole name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicSays {
    kind: String,
    name: String,
    standing: String,
    #[serde(default)]
    has: Vec<String>,
    #[serde(default)]
    has_not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    kind: String,
    title: String,
    #[serde(default)]
    has: Vec<String>,
    #[serde(default)]
    has_not: Vec<String>,
}

/// Nobody in front of it, on the day the inputs were made for.
#[derive(Default)]
struct ThatDay(Mutex<Vec<u8>>);

impl Host for ThatDay {
    fn open_browser(&self, _: &Url) -> Result<(), String> {
        Err("nobody is there".to_owned())
    }

    fn save_file(&self, name: &str, bytes: &[u8]) -> Result<Option<PathBuf>, std::io::Error> {
        *self.0.lock().unwrap() = bytes.to_vec();
        Ok(Some(PathBuf::from(name)))
    }

    fn event(&self, _: Event) {}

    fn now(&self) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 28, 18, 0, 0).unwrap()
    }
}

/// A row of a list with all that its page says.
struct Told {
    kind: String,
    title: String,
    /// What its line says: title, value, dose, flag.
    line: String,
    /// The row's words and those of its page.
    words: String,
    struck: bool,
    resources: Vec<String>,
}

/// Text as it is compared: lower case, one space, one kind of quotation mark, and a dash as a space: `moderate-high` is read as
/// "moderate high".
fn plain(text: &str) -> String {
    let text = text
        .to_lowercase()
        .replace(['–', '—', '‑', '-'], " ")
        .replace(['’', '‘'], "'")
        .replace(['“', '”'], "\"");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every text in a JSON value.
fn texts(value: &Value, into: &mut String) {
    match value {
        // An id says nothing, and may end in what is looked for.
        Value::String(text) if text.len() > 15 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) => {}
        Value::String(text) => {
            into.push(' ');
            into.push_str(text);
        }
        Value::Array(all) => all.iter().for_each(|one| texts(one, into)),
        Value::Object(all) => all.values().for_each(|one| texts(one, into)),
        _ => {}
    }
}

/// One input, taken in.
struct Case {
    _folder: tempfile::TempDir,
    app: Arc<App>,
    person: String,
    files: Vec<PathBuf>,
    told: Vec<Told>,
    paper: String,
}

impl Case {
    async fn read(folder: &Path) -> Result<Case, String> {
        let home = tempfile::tempdir().unwrap();
        let host = Arc::new(ThatDay::default());
        let (app, person) =
            record_at(Arc::clone(&host) as Arc<dyn Host>, &home.path().join("record"), "America/New_York")
                .await;
        let mut files: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
        files.retain(|file| {
            file.extension().is_some_and(|end| end == "json") && !file.ends_with("expect.json")
        });
        files.sort();
        let (name, born) = patient(&files);
        let save = json!({"id": person, "name": name, "birthDate": born, "homeZone": "America/New_York"});
        dispatch(&app, "savePerson", save).await.map_err(|why| format!("{why:?}"))?;
        let mut case = Case { _folder: home, app, person, files, told: Vec::new(), paper: String::new() };
        for file in case.files.clone() {
            case.take_in(&file).await?;
        }
        case.told = case.lists().await;
        // What is sensitive is printed where it was chosen, and these look for it as for anything else.
        let printing = json!({"withSensitive": ["mental", "reproductive", "substances", "hiv", "life"]});
        case.ask("saveSummaryPdf", json!({"paper": "letter", "printing": printing})).await;
        let pdf = host.0.lock().unwrap().clone();
        case.paper = plain(&wholechart_document::read(&pdf, Some("application/pdf")).unwrap().text);
        Ok(case)
    }

    async fn ask(&self, command: &str, mut args: Value) -> Value {
        args["person"] = json!(self.person);
        dispatch(&self.app, command, args).await.unwrap()
    }

    async fn take_in(&self, file: &Path) -> Result<Value, String> {
        let label = file.file_stem().unwrap().to_string_lossy().into_owned();
        let args = json!({"person": self.person, "label": label, "release": null, "paths": [file], "confirmed": false});
        dispatch(&self.app, "import", args).await.map_err(|why| format!("{label}: {why:?}"))
    }

    async fn lists(&self) -> Vec<Told> {
        let page = self.ask("timeline", json!({"filter": {}, "limit": 500})).await;
        let mut told = Vec::new();
        for row in page["rows"].as_array().unwrap() {
            let page = self.ask("fact", json!({"fact": row["id"]})).await;
            let mut words = String::new();
            texts(row, &mut words);
            for part in ["row", "joins", "conflicts", "sources", "gone"] {
                texts(&page[part], &mut words);
            }
            let parts = ["title", "value", "second", "flagText", "statusText"];
            let line: Vec<&str> = parts.iter().filter_map(|part| row[*part].as_str()).collect();
            let sources = page["sources"].as_array().unwrap();
            told.push(Told {
                kind: row["kind"].as_str().unwrap().to_owned(),
                title: plain(row["title"].as_str().unwrap()),
                line: plain(&line.join(" ")),
                words: plain(&words),
                struck: row["struck"] == json!(true),
                resources: sources.iter().map(|one| one["resource"].as_str().unwrap().to_owned()).collect(),
            });
        }
        told
    }

    /// Titles of a list that are shown as current, nothing said against it.
    async fn current(&self, list: &str) -> Vec<String> {
        let page = self.ask("list", json!({"list": list, "filter": {}, "limit": 500})).await;
        let rows = page["rows"].as_array().unwrap();
        // "No known problems" is said where nobody lists any, and is none of them.
        let says_none = |one: &Value| plain(one["row"]["title"].as_str().unwrap()).starts_with("no ");
        let rows = rows.iter().filter(|one| {
            one["row"]["struck"] == json!(false) && !says_none(one) && one["standing"] == "current"
        });
        rows.map(|one| plain(one["row"]["title"].as_str().unwrap())).collect()
    }
}

/// The name and birth date of the first file's Patient.
fn patient(files: &[PathBuf]) -> (String, Value) {
    let bundle: Value = serde_json::from_slice(&fs::read(&files[0]).unwrap()).unwrap();
    let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
    let found =
        entries.iter().map(|one| &one["resource"]).find(|one| one["resourceType"] == json!("Patient"));
    let Some(patient) = found else { return ("A stranger".to_owned(), Value::Null) };
    let name = &patient["name"][0];
    let parts = |part: &Value| match part {
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        one => one.as_str().unwrap_or_default().to_owned(),
    };
    let told = match name["text"].as_str() {
        Some(text) => text.to_owned(),
        None => format!("{} {}", parts(&name["given"]), parts(&name["family"])),
    };
    let born = patient["birthDate"].as_str().map(|day| day.chars().take(10).collect::<String>());
    (told, json!(born))
}

/// The app's name of a kind.
fn kind(word: &str) -> Option<&'static str> {
    Some(match word {
        "allergy" => "allergy",
        "condition" => "problem",
        "medicine" => "medicine",
        "immunization" => "vaccine",
        "procedure" => "procedure",
        "result" => "result",
        "vital" => "vital",
        "observation" => "observation",
        "visit" => "visit",
        "report" => "report",
        "document" => "document",
        "care_plan" => "care-plan",
        "care_team" => "care-team",
        "goal" => "goal",
        "claim" => "claim",
        "device" => "device",
        "coverage" => "coverage",
        "appointment" => "appointment",
        "consent" => "consent",
        _ => return None,
    })
}

async fn judge(folder: &Path) -> Result<(), String> {
    let expected = fs::read(folder.join("expect.json")).map_err(|error| error.to_string())?;
    let expected: Expected = serde_json::from_slice(&expected).map_err(|error| error.to_string())?;
    let case = Case::read(folder).await?;
    let mut wrong = Vec::new();
    for (word, list) in &expected.lists {
        let kind = kind(word).ok_or_else(|| format!("no such list: {word}"))?;
        let rows: Vec<&Told> = case.told.iter().filter(|one| one.kind == kind).collect();
        let titles: Vec<&str> = rows.iter().map(|one| one.line.as_str()).collect();
        let right = match list.count {
            None => true,
            Some(Count::Exactly(count)) => rows.len() == count,
            Some(Count::Between { min, max }) => (min..=max.unwrap_or(usize::MAX)).contains(&rows.len()),
            Some(Count::AtMost { max }) => rows.len() <= max,
        };
        if !right {
            wrong.push(format!("{word}: {} lines: {titles:?}", rows.len()));
        }
        for text in list.has.iter().filter(|text| !titles.iter().any(|title| title.contains(&plain(text)))) {
            wrong.push(format!("{word}: “{text}” is not there: {titles:?}"));
        }
        for text in list.has_not.iter().filter(|text| titles.iter().any(|title| title.contains(&plain(text))))
        {
            wrong.push(format!("{word}: “{text}” is there: {titles:?}"));
        }
        let page = match kind {
            "medicine" => "medicines",
            "problem" => "problems",
            "allergy" => "allergies",
            _ => continue,
        };
        let current = case.current(page).await;
        for text in
            list.current.iter().filter(|text| !current.iter().any(|title| title.contains(&plain(text))))
        {
            wrong.push(format!("{word}: “{text}” is not current: {current:?}"));
        }
        for text in
            list.not_current.iter().filter(|text| current.iter().any(|title| title.contains(&plain(text))))
        {
            wrong.push(format!("{word}: “{text}” is current: {current:?}"));
        }
    }
    for text in expected.paper.has.iter().filter(|text| !case.paper.contains(&plain(text))) {
        wrong.push(format!("paper does not say “{text}”: {}", case.paper));
    }
    for text in expected.paper.has_not.iter().filter(|text| case.paper.contains(&plain(text))) {
        wrong.push(format!("paper says “{text}”: {}", case.paper));
    }
    for line in &expected.lines {
        let kind = kind(&line.kind).ok_or_else(|| format!("no such list: {}", line.kind))?;
        let title = plain(&line.title);
        let found: Vec<&Told> =
            case.told.iter().filter(|one| one.kind == kind && one.title.contains(&title)).collect();
        // Several may have the title: one of them says all of it.
        let says = |one: &&Told| {
            line.has.iter().all(|text| one.words.contains(&plain(text)))
                && !line.has_not.iter().any(|text| one.words.contains(&plain(text)))
        };
        if !found.iter().any(says) {
            let words: Vec<&str> = found.iter().map(|one| one.words.as_str()).collect();
            let (has, not) = (&line.has, &line.has_not);
            wrong.push(format!(
                "{} “{}” does not say {has:?} (without {not:?}): {words:#?}",
                line.kind, line.title
            ));
        }
    }
    let asked = !expected.times.is_empty() || !expected.topics.is_empty();
    let topics = if asked { case.ask("topics", json!({"kind": null})).await } else { json!([]) };
    for want in &expected.topics {
        let kind = kind(&want.kind).ok_or_else(|| format!("no such kind: {}", want.kind))?;
        let found = topics
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["kind"] == kind && plain(one["name"].as_str().unwrap()) == plain(&want.name));
        let Some(found) = found else {
            let names: Vec<&Value> = topics.as_array().unwrap().iter().map(|one| &one["name"]).collect();
            wrong.push(format!("no topic “{}”: {names:?}", want.name));
            continue;
        };
        let mut says = String::new();
        for part in ["text", "told", "earlier", "doubt"] {
            texts(&found[part], &mut says);
        }
        let says = plain(&says);
        let missing = want.has.iter().any(|text| !says.contains(&plain(text)));
        let beside = want.has_not.iter().any(|text| says.contains(&plain(text)));
        if found["standing"] != want.standing.as_str() || missing || beside {
            wrong.push(format!("topic “{}”: {}: {says}", want.name, found["standing"]));
        }
    }
    for want in &expected.times {
        let named = |one: &&Value| {
            one["kind"] == want.kind.as_str()
                && plain(one["name"].as_str().unwrap()).contains(&plain(&want.name))
        };
        let found: Vec<&Value> = topics.as_array().unwrap().iter().filter(named).collect();
        if found.len() != 1 || found[0]["times"] != json!(want.times) {
            wrong.push(format!("{}: not {} times: {found:?}", want.name, want.times));
        }
    }
    for resource in &expected.not_filed {
        if case.told.iter().any(|one| !one.struck && one.resources.iter().any(|id| id == resource)) {
            wrong.push(format!("{resource} is filed"));
        }
    }
    if expected.again {
        for file in &case.files {
            let report = case.take_in(file).await?;
            if report["versions"] != json!(0) {
                wrong.push(format!("taken in again: {} versions", report["versions"]));
            }
        }
        let again = case.lists().await.len();
        if again != case.told.len() {
            wrong.push(format!("{} lines, and after taking it in again {again}", case.told.len()));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{}\n  {}", expected.why, wrong.join("\n  "))) }
}

/// Faults that were found by using it, and are not mended yet. One that has become right leaves this list.
const STILL_WRONG: &[&str] = &[];

#[tokio::test]
async fn strangers_inputs_say_what_is_right() {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/strangers");
    // Others that are made of the same parts: `WHOLECHART_INPUTS=FOLDER`.
    judge_all(&std::env::var_os("WHOLECHART_INPUTS").map_or(ours, PathBuf::from), &[]).await;
}

/// What was found by using it, each with the right value (`tests/cases`).
#[tokio::test]
async fn faults_that_were_found_by_using_it_stay_mended() {
    judge_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases"), STILL_WRONG).await;
}

/// Every input in a folder, or those of which `STRANGER` is the beginning of the name.
#[allow(clippy::print_stdout, reason = "what is still wrong is for whoever reads the run")]
async fn judge_all(folder: &Path, still_wrong: &[&str]) {
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|one| one.unwrap().path()).collect();
    cases.retain(|one| one.is_dir());
    cases.sort();
    let only = std::env::var("STRANGER").unwrap_or_default();
    cases.retain(|one| one.file_name().unwrap().to_string_lossy().starts_with(&only));
    assert!(!cases.is_empty() || !only.is_empty(), "no inputs");
    let (mut right, mut wrong) = (0, Vec::new());
    for case in &cases {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let known = still_wrong.contains(&name.as_str());
        match judge(case).await {
            Ok(()) => {
                right += 1;
                if known {
                    wrong.push(format!("{name} is right now: it leaves the list of what is wrong"));
                }
            }
            Err(why) if known => println!("still wrong: {name}: {why}"),
            Err(why) => wrong.push(format!("{name}: {why}")),
        }
    }
    println!("{right} of {} are right", cases.len());
    assert!(wrong.is_empty(), "{right} of {} are right\n\n{}", cases.len(), wrong.join("\n\n"));
}
