//! What a printed summary says of itself, and that it prints what the topics say is so: over the sample person and people nobody here
//! made up, every current thing stands on it once, and nothing else does.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use url::Url;
use wholechart_api::{App, Event, Host, dispatch};

use crate::{
    corpus::{files, record_at, resources},
    corpus_dir::corpus,
    host::Quiet,
    pages::sample_person,
};

/// Keeps the last file that was saved.
#[derive(Default)]
pub(crate) struct Keeps(Mutex<Vec<u8>>);

impl Keeps {
    pub(crate) fn last(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

impl Host for Keeps {
    fn open_browser(&self, url: &Url) -> Result<(), String> {
        Quiet.open_browser(url)
    }

    fn save_file(&self, suggested_name: &str, bytes: &[u8]) -> Result<Option<PathBuf>, std::io::Error> {
        bytes.clone_into(&mut self.0.lock().unwrap());
        Ok(Some(suggested_name.into()))
    }

    fn event(&self, _: Event) {}

    fn now(&self) -> DateTime<Utc> {
        Quiet.now()
    }
}

#[tokio::test]
async fn a_spanish_summary_says_that_it_is_spanish() {
    let dir = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = record_at(host.clone(), dir.path(), "America/Chicago").await;
    let says =
        |words: &str| host.0.lock().unwrap().windows(words.len()).any(|window| window == words.as_bytes());
    let save = json!({ "person": person, "paper": "letter" });
    let saved = dispatch(&app, "saveSummaryPdf", save.clone()).await.unwrap();
    assert_eq!(saved["path"], "Health summary Corpus 2026-07-01.pdf");
    assert!(says("(en-US)") && !says("(es-US)"));
    let mut settings = dispatch(&app, "settings", json!({})).await.unwrap()["settings"].clone();
    settings["language"] = "es".into();
    dispatch(&app, "saveSettings", json!({ "settings": settings })).await.unwrap();
    dispatch(&app, "saveSummaryPdf", save).await.unwrap();
    assert!(says("(es-US)") && !says("(en-US)"));
}

/// Letters that no font has, in a problem's name.
#[tokio::test]
async fn letters_that_no_font_has_are_said_on_paper_and_before_it_is_printed() {
    let dir = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = record_at(host.clone(), dir.path(), "America/Chicago").await;
    let file = dir.path().join("one.json");
    let import = |name: &str| {
        let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {
            "resourceType": "Condition", "id": "c", "code": {"text": name},
            "clinicalStatus": {"coding": [{"code": "active"}]}}}]});
        std::fs::write(&file, bundle.to_string()).unwrap();
        json!({"person": person, "label": "Lakeside", "release": "r4", "paths": [file], "confirmed": true})
    };
    let whose = json!({"person": person, "paper": "letter"});
    dispatch(&app, "import", import("Ñandú Łódź ≥ µ")).await.unwrap();
    assert_eq!(ask(&app, "summary", whose.clone()).await["warning"], Value::Null);
    dispatch(&app, "import", import("Sore elbow \u{10fffc}\u{10fffd}")).await.unwrap();
    let view = ask(&app, "summary", whose.clone()).await;
    let warning = view["warning"].as_str().expect("a warning");
    assert!(warning.contains("\u{10fffc} \u{10fffd}"), "{warning}");
    let page: String = view["pages"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(squeezed(&page).contains("couldnotbeprinted"), "the paper says it to whoever reads it");
    assert_eq!(ask(&app, "saveSummaryPdf", whose).await["warning"], warning);
    let side_by_side = json!({"person": person, "paper": "letter", "sheet": "compare"});
    assert_eq!(ask(&app, "summary", side_by_side).await["warning"], warning);
}

pub(crate) async fn ask(app: &Arc<App>, command: &str, args: Value) -> Value {
    dispatch(app, command, args).await.unwrap_or_else(|why| panic!("{command}: {why:?}"))
}

/// A text without white space and marks of where a line may end: where it ends is no matter of words.
pub(crate) fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{200b}').collect()
}

/// The first cell of every row under every heading, as a screen reader finds them in the tags of the PDF.
fn rows(pdf: &Path) -> BTreeMap<String, Vec<String>> {
    let read =
        Command::new("pdfinfo").arg("-struct-text").arg(pdf).output().expect("poppler-utils are there");
    let tree = String::from_utf8(read.stdout).expect("poppler writes UTF-8");
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut heading, mut cell) = (String::new(), None);
    for line in tree.lines().map(str::trim) {
        let tag = line.split([' ', ':']).next().unwrap_or_default();
        match tag {
            "H1" => {
                line.split('"').nth(1).unwrap_or_default().clone_into(&mut heading);
                cell = None;
            }
            "TR" => cell = Some(0),
            "TD" => {
                cell = cell.map(|cell| cell + 1);
                if cell == Some(1) {
                    rows.entry(heading.clone()).or_default().push(String::new());
                }
            }
            // Behind the table.
            "L" | "P" | "Div" => cell = None,
            _ if cell == Some(1) && line.starts_with('"') => {
                let of = rows.get_mut(&heading).and_then(|all| all.last_mut()).expect("a row");
                of.push_str(&squeezed(line.trim_matches('"')));
            }
            _ => {}
        }
    }
    rows
}

/// The lists that are never cut: the heading, the kind, and how a topic stands that is in it.
const SO: &[(&str, &str, &[&str])] = &[
    ("Allergies", "allergy", &["current", "perhaps-over"]),
    ("Current medicines", "medicine", &["current"]),
    ("Current problems", "problem", &["current"]),
];
/// The other kinds of paper with lists of what is so: the sheet, the heading, the kind, and how a topic stands that is in it, each once
/// and nothing else.
const OTHER_KINDS: &[(&str, &str, &str, &[&str])] = &[
    ("medicines", "Current medicines", "medicine", &["current"]),
    ("medicines", "Allergies", "allergy", &["current", "perhaps-over"]),
    ("emergency", "Allergies", "allergy", &["current", "perhaps-over"]),
    ("emergency", "Current medicines", "medicine", &["current"]),
    ("emergency", "Current problems", "problem", &["current"]),
    ("compare", "Medicines", "medicine", &["current"]),
    ("compare", "Allergies", "allergy", &["current"]),
    ("compare", "Problems", "problem", &["current"]),
    ("whole", "Allergies", "allergy", EVERY),
    ("whole", "Medicines", "medicine", EVERY),
    ("whole", "Problems", "problem", EVERY),
    ("whole", "Vaccines", "vaccine", EVERY),
    ("whole", "Procedures", "procedure", EVERY),
];
/// Of so many people of the corpus one is looked at on every kind of paper.
const EACH: usize = 5;
/// However a topic stands.
const EVERY: &[&str] = &[
    "current",
    "perhaps-over",
    "planned",
    "done",
    "also-seen",
    "family",
    "circumstance",
    "errand",
    "past",
    "ruled-out",
    "none-known",
    "not-known",
    "not-so",
];
/// Those that give way to them.
const DONE: &[(&str, &str)] = &[("Vaccines", "vaccine"), ("Procedures", "procedure")];

/// What a person's paper says against their topics, and how many things that are so were looked for; with `others`, on every kind of
/// paper that lists such things.
pub(crate) async fn against_topics(
    app: &Arc<App>,
    host: &Keeps,
    person: &Value,
    pdf: &Path,
    others: bool,
) -> (usize, Vec<String>) {
    let topics = ask(app, "topics", json!({"person": person, "kind": null})).await;
    ask(app, "saveSummaryPdf", json!({"person": person, "paper": "letter"})).await;
    std::fs::write(pdf, host.last()).unwrap();
    let printed = rows(pdf);
    let names = |kind: &str, how: &[&str]| {
        let of = topics.as_array().unwrap().iter().filter(|topic| {
            topic["kind"] == kind && how.contains(&topic["standing"].as_str().unwrap_or_default())
        });
        let mut names: Vec<String> = of.map(|topic| squeezed(topic["name"].as_str().unwrap())).collect();
        // The longest first: "Hepatitis" begins "Hepatitis B" too.
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names
    };
    let (mut seen, mut wrong) = (0, Vec::new());
    let none = Vec::new();
    for (heading, kind, how) in SO {
        let left = names(kind, how);
        seen += left.len();
        wrong.extend(differ(heading, left, printed.get(*heading).unwrap_or(&none)));
    }
    for (heading, kind) in DONE {
        let mut left = names(kind, &["done"]);
        for row in printed.get(*heading).unwrap_or(&none) {
            match left.iter().position(|name| row.starts_with(name.as_str())) {
                Some(at) => {
                    left.remove(at);
                }
                None => wrong.push(format!("{heading}: “{row}” was not done, or twice")),
            }
        }
    }
    if !others {
        return (seen, wrong);
    }
    // What is sensitive is wanted here: the whole record has it too.
    let printing = json!({"withSensitive": ["mental", "reproductive", "substances", "hiv", "life"]});
    let mut printed: BTreeMap<&str, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for (sheet, heading, kind, how) in OTHER_KINDS {
        if !printed.contains_key(sheet) {
            let args = json!({"person": person, "paper": "letter", "sheet": sheet, "printing": printing});
            ask(app, "saveSummaryPdf", args).await;
            let pdf = pdf.with_extension(format!("{sheet}.pdf"));
            std::fs::write(&pdf, host.last()).unwrap();
            printed.insert(sheet, rows(&pdf));
        }
        let left = names(kind, how);
        seen += left.len();
        let of = printed[sheet].get(*heading).unwrap_or(&none);
        wrong.extend(differ(&format!("{sheet}: {heading}"), left, of));
    }
    (seen, wrong)
}

/// In what rows differ from these names, the longest first, of which each stands there once and nothing else does.
fn differ(heading: &str, mut left: Vec<String>, rows: &[String]) -> Vec<String> {
    let mut wrong = Vec::new();
    for row in rows {
        match left.iter().position(|name| row.starts_with(name.as_str())) {
            Some(at) => drop(left.remove(at)),
            None => wrong.push(format!("{heading}: “{row}” does not stand so, or stands there twice")),
        }
    }
    wrong.extend(left.iter().map(|name| format!("{heading}: {name} is not printed")));
    wrong
}

pub(crate) fn place(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_persons_sheet_is_two_pages_with_everything_that_is_so() {
    let folder = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = record_at(host.clone(), &folder.path().join("record"), "America/New_York").await;
    sample_person(&app, &person, folder.path()).await;
    let pdf = place("sample-sheet.pdf");
    let (seen, wrong) = against_topics(&app, &host, &json!(person), &pdf, true).await;
    assert!(seen > 15 && wrong.is_empty(), "{seen} things: {}", wrong.join("\n"));
    ask(&app, "saveSummaryPdf", json!({"person": person, "paper": "letter"})).await;
    let first = host.last();
    for paper in ["letter", "a4"] {
        ask(&app, "saveSummaryPdf", json!({"person": person, "paper": paper})).await;
        std::fs::write(&pdf, &*host.0.lock().unwrap()).unwrap();
        if paper == "letter" {
            assert!(*host.0.lock().unwrap() == first, "the same record gives the same bytes");
        }
        let info = Command::new("pdfinfo").arg(&pdf).output().unwrap();
        let info = String::from_utf8_lossy(&info.stdout).into_owned();
        assert!(info.lines().any(|line| line.split_whitespace().eq(["Pages:", "2"])), "{paper}: {info}");
    }
}

/// A person for each file of the corpus that is about one person and says something of them; none where there is no corpus.
pub(crate) async fn people_of_the_corpus(app: &Arc<App>) -> Vec<(PathBuf, Value)> {
    let Some(corpus) = corpus() else { return Vec::new() };
    let mut people = Vec::new();
    for file in files(&corpus) {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let mut inside = Vec::new();
        resources(&text, &mut inside);
        let patients = inside.iter().filter(|(of_type, ..)| of_type == "Patient").count();
        if patients != 1 || inside.len() < 20 {
            continue;
        }
        let name = format!("Person {}", people.len() + 1);
        let save = json!({"id": null, "name": name, "birthDate": null, "homeZone": "America/New_York"});
        let person = ask(app, "savePerson", save).await["id"].clone();
        let import =
            json!({"person": person, "label": "Files", "release": null, "paths": [file], "confirmed": true});
        ask(app, "import", import).await;
        people.push((file, person));
    }
    people
}

#[tokio::test(flavor = "multi_thread")]
async fn every_thing_that_is_so_stands_on_the_sheet_once_and_nothing_else_does() {
    let folder = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, _) = record_at(host.clone(), folder.path(), "America/New_York").await;
    let (mut people, mut current, mut wrong) = (0, 0, Vec::new());
    for (file, person) in people_of_the_corpus(&app).await {
        people += 1;
        let pdf = place(&format!("corpus-sheet-{people}.pdf"));
        // Every kind of paper of some of them: each is laid out by itself.
        let others = people % EACH == 1;
        let (seen, differ) = against_topics(&app, &host, &person, &pdf, others).await;
        current += seen;
        wrong.extend(differ.into_iter().map(|why| format!("{}: {why}", file.display())));
    }
    assert!(people == 0 || people >= 20 && current > 100, "{people} people with {current} current things");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
