//! What the first page, the lists of topics and the disagreements say of whole persons, kept as pages of text
//! (`pages/*.txt`): a change of what the app says shows there as a difference to be read.
//!
//! Five persons are generated. Of persons of the public corpus, whose text is not ours to keep, `pages/corpus.txt` has the
//! counts and a hash of the page; the page itself lies in the folder of the build, for reading. `UPDATE=1` writes all of
//! them anew.

#![allow(clippy::print_stdout, reason = "where the pages lie is for whoever reads them")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use wholechart_api::{App, dispatch};
use wholechart_sandbox::{SAMPLE_SEED, Story};

use crate::corpus::{files, record, resources};
use crate::corpus_dir::corpus;
use crate::grown::life;
use crate::grown_topics::topics_life;

/// Lists of topics, and the kind of their facts.
const LISTS: &[(&str, &str)] = &[
    ("medicines", "medicine"),
    ("problems", "problem"),
    ("allergies", "allergy"),
    ("vaccines", "vaccine"),
    ("procedures", "procedure"),
];

/// Parts of the first page that are about topics, and what names those for which there is no room.
const HOME: &[(&str, Option<&str>)] = &[
    ("medicines", None),
    ("doubtful", Some("moreMedicines")),
    ("problems", Some("moreProblems")),
    ("allergies", Some("moreAllergies")),
];

/// Events of a grown life: enough for every kind, few enough to be read.
const EVENTS: usize = 700;

/// Providers of a life.
const PROVIDERS: usize = 3;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

/// Where pages lie that are not kept.
fn pages() -> PathBuf {
    let pages = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&pages).unwrap();
    pages
}

async fn ask(app: &Arc<App>, command: &str, args: Value) -> Value {
    dispatch(app, command, args).await.unwrap_or_else(|why| panic!("{command}: {why:?}"))
}

/// What one provider sent: its name, and its files by name with their resources.
type Sent = BTreeMap<String, BTreeMap<String, Vec<Value>>>;

/// A generated person.
struct Generated {
    name: &'static str,
    born: Option<&'static str>,
    sent: Sent,
}

fn persons() -> Vec<(&'static str, Generated)> {
    vec![
        ("sample", sample()),
        ("topics-21", of_topics(21)),
        ("topics-22", of_topics(22)),
        ("grown-31", grown(31)),
        ("grown-32", grown(32)),
    ]
}

/// The sample person, by all of her providers.
fn sample() -> Generated {
    let story = Story::generate(SAMPLE_SEED, NaiveDate::from_ymd_opt(2026, 7, 1).unwrap());
    let mut sent = Sent::new();
    for told in story.tellings() {
        let resource = serde_json::from_str(&told.text("https://sample.example/fhir")).unwrap();
        let files = sent.entry(told.provider().to_owned()).or_default();
        files.entry(format!("{}.json", told.release().as_str())).or_default().push(resource);
    }
    Generated { name: "Rosa Marín Whitlock", born: Some("1984-11-02"), sent }
}

/// Somebody with look-alike illnesses, allergies and medicines, told by the three providers that are in every such life.
fn of_topics(seed: u64) -> Generated {
    let mut sent = Sent::new();
    for told in topics_life(seed) {
        if ["hillside", "county", "valley"].contains(&told.teller) {
            let files = sent.entry(told.teller.to_owned()).or_default();
            files.entry(format!("{}.json", told.release)).or_default().push(told.resource);
        }
    }
    Generated { name: "Somebody", born: None, sent }
}

/// A life of all kinds of events, told by the first three providers that speak in it.
fn grown(seed: u64) -> Generated {
    let (mut sent, mut providers) = (Sent::new(), BTreeSet::new());
    for told in life(seed, EVENTS).sent {
        if providers.len() < PROVIDERS {
            providers.insert(told.teller);
        }
        if providers.contains(told.teller) {
            let file = told.file.map_or_else(|| "server".to_owned(), |file| format!("file-{file}"));
            let files = sent.entry(told.teller.to_owned()).or_default();
            files.entry(format!("{file}-{}.json", told.release)).or_default().push(told.resource);
        }
    }
    Generated { name: "Somebody", born: None, sent }
}

/// Takes in what was sent, one connection a provider, and writes the page. With `backwards`, providers and resources come
/// in the opposite order.
async fn page_of(person: &Generated, backwards: bool) -> String {
    let home = tempfile::tempdir().unwrap();
    let (app, id) = record(&home.path().join("record"), "America/New_York").await;
    let save =
        json!({"id": id, "name": person.name, "birthDate": person.born, "homeZone": "America/New_York"});
    ask(&app, "savePerson", save).await;
    take_in(&app, &id, person, home.path(), backwards, |provider| provider).await;
    page(&app, &json!(id)).await
}

/// Takes in the sample person, by all of her providers.
pub(crate) async fn sample_person(app: &Arc<App>, id: &str, home: &Path) {
    take_in(app, id, &sample(), home, false, |provider| provider).await;
}

fn called(provider: &str) -> &str {
    match provider {
        "lakeside" => "Lakeside Family Medicine",
        "summit" => "Summit General Hospital",
        "harbor" => "Harbor Heart Clinic",
        "northgate" => "Northgate Eye Clinic",
        "cedar" => "Cedar Street Pharmacy",
        "mill" => "Old Mill Family Practice",
        other => other,
    }
}

/// The same, with her providers called as they call themselves.
pub(crate) async fn sample_person_of_named_providers(app: &Arc<App>, id: &str, home: &Path) {
    take_in(app, id, &sample(), home, false, called).await;
}

async fn take_in(
    app: &Arc<App>,
    id: &str,
    person: &Generated,
    home: &Path,
    backwards: bool,
    called: fn(&str) -> &str,
) {
    let mut providers: Vec<_> = person.sent.iter().collect();
    if backwards {
        providers.reverse();
    }
    for (provider, files) in providers {
        let folder = home.join(provider);
        fs::create_dir(&folder).unwrap();
        for (file, sent) in files {
            let mut entries: Vec<Value> = sent.iter().map(|one| json!({"resource": one})).collect();
            if backwards {
                entries.reverse();
            }
            let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": entries});
            fs::write(folder.join(file), bundle.to_string()).unwrap();
        }
        let args = json!({"person": id, "label": called(provider), "release": null, "paths": [folder], "confirmed": true});
        ask(app, "import", args).await;
    }
}

/// Everything that is said of topics, as text.
async fn page(app: &Arc<App>, person: &Value) -> String {
    let names: BTreeMap<String, String> = ask(app, "connections", json!({"person": person}))
        .await
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (text(&one["id"]).to_owned(), text(&one["name"]).to_owned()))
        .collect();
    let topics = ask(app, "topics", json!({"person": person, "kind": null})).await;
    let topics = topics.as_array().unwrap();
    let facts: usize = topics.iter().map(|topic| topic["facts"].as_array().unwrap().len()).sum();
    let current = topics.iter().filter(|topic| topic["standing"] == "current").count();
    let mut page = format!(
        "{} entries → {facts} facts → {} topics → {current} current lines\n",
        entries(app, person).await,
        topics.len()
    );
    first_page(&mut page, &ask(app, "home", json!({"person": person})).await, &names);
    for (list, _) in LISTS {
        let mut rows = Vec::new();
        let mut cursor = Value::Null;
        let columns = loop {
            let args = json!({"person": person, "list": list, "filter": {}, "cursor": cursor, "limit": 500});
            let part = ask(app, "list", args).await;
            rows.extend(part["rows"].as_array().unwrap().iter().cloned());
            cursor = part["next"].clone();
            if cursor.is_null() {
                break part["columns"].clone();
            }
        };
        list_page(&mut page, list, &columns, &rows, &names);
    }
    disagreements(&mut page, &ask(app, "conflicts", json!({"person": person})).await);
    page
}

/// How many entries of the five kinds a person has.
async fn entries(app: &Arc<App>, person: &Value) -> usize {
    let count = Arc::new(Mutex::new(0));
    let to = Arc::clone(&count);
    let whose = serde_json::from_value(person.clone()).unwrap();
    app.entries(Some(whose), move |line| {
        let counted = LISTS.iter().any(|(_, kind)| line["kind"] == *kind);
        *to.lock().unwrap() += usize::from(counted);
    })
    .await
    .unwrap();
    let count = count.lock().unwrap();
    *count
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// What a row says, each thing that it has: its title, then its marks in brackets, then its words.
fn line(
    title: &str,
    marks: &[&str],
    words: &[String],
    sources: &Value,
    names: &BTreeMap<String, String>,
) -> String {
    let mut line = title.to_owned();
    for mark in marks.iter().filter(|mark| !mark.is_empty()) {
        let _ = write!(line, " [{mark}]");
    }
    for words in words.iter().filter(|words| !words.is_empty()) {
        let _ = write!(line, " | {words}");
    }
    let of = |id: &Value| names.get(text(id)).cloned().unwrap_or_default();
    let told: BTreeSet<String> = sources.as_array().unwrap().iter().map(of).collect();
    let _ = write!(line, " | {}", told.into_iter().collect::<Vec<_>>().join(", "));
    line
}

/// Each as it is said.
fn sentences(told: &Value) -> Vec<String> {
    told.as_array().into_iter().flatten().map(|one| text(one).to_owned()).collect()
}

fn first_page(page: &mut String, home: &Value, names: &BTreeMap<String, String>) {
    let _ = writeln!(page, "\n== first page");
    for (part, beyond) in HOME {
        let _ = writeln!(page, "-- {part}");
        for one in home[*part].as_array().unwrap() {
            let row = &one["row"];
            let marks = [text(&row["statusText"]), text(&row["disagreement"])];
            let words = ["beside", "reviewed", "listed"].map(|of| text(&one[of]).to_owned());
            let words = [words.to_vec(), sentences(&one["told"])].concat();
            let _ = writeln!(page, "* {}", line(text(&row["title"]), &marks, &words, &row["sources"], names));
        }
        let others = beyond.and_then(|others| home[others].as_array()).into_iter().flatten();
        let others: Vec<&str> = others.map(|one| text(&one["name"])).collect();
        if !others.is_empty() {
            let _ = writeln!(page, "and {}", others.join(", "));
        }
    }
    let _ = writeln!(page, "-- disagreements: {}", home["disagreements"]);
}

/// As the window shows it: a topic of several rows has a line of its own above them.
fn list_page(
    page: &mut String,
    list: &str,
    columns: &Value,
    rows: &[Value],
    names: &BTreeMap<String, String>,
) {
    let _ = writeln!(page, "\n== {list}");
    let cells = |cells: &Value| -> Vec<String> {
        let columns = columns.as_array().unwrap().iter().skip(1);
        let both = columns.zip(cells.as_array().unwrap());
        both.filter(|(_, cell)| !text(cell).is_empty())
            .map(|(column, cell)| format!("{}: {}", text(column), text(cell)))
            .collect()
    };
    let (mut group, mut topic) = (Value::Null, Value::Null);
    for one in rows {
        if one["group"] != group {
            group = one["group"].clone();
            let _ = writeln!(page, "-- {}", text(&group));
        }
        let head = &one["topic"];
        let several = head["count"].as_u64() > Some(1);
        if several && head["id"] != topic {
            let marks = [text(&head["times"]), text(&head["disagreement"])];
            let words = [cells(&head["cells"]), sentences(&head["told"])].concat();
            let line = line(text(&head["name"]), &marks, &words, &head["sources"], names);
            let _ = writeln!(page, "* {line}");
        }
        topic = head["id"].clone();
        let row = &one["row"];
        let struck = if row["struck"] == json!(true) { "struck out" } else { "" };
        let marks = [struck, text(&row["statusText"]), text(&row["disagreement"]), text(&one["doubt"])];
        let told = if several { Vec::new() } else { sentences(&head["told"]) };
        let words = [cells(&one["cells"]), told].concat();
        let line = line(text(&row["title"]), &marks, &words, &row["sources"], names);
        let own = text(&head["name"]);
        let heading = if several || own == text(&row["title"]) { String::new() } else { format!("{own}: ") };
        let _ = writeln!(page, "{} {heading}{line}", if several { "    -" } else { "*" });
    }
}

fn disagreements(page: &mut String, conflicts: &Value) {
    let _ = writeln!(page, "\n== disagreements");
    let mut blocks: Vec<String> = Vec::new();
    for one in conflicts.as_array().unwrap() {
        let titles: Vec<&str> = one["titles"].as_array().unwrap().iter().map(text).collect();
        let mut block = format!("* {} | {}\n", titles.join(" / "), text(&one["sentence"]));
        for told in one["statements"].as_array().unwrap() {
            let _ = writeln!(
                block,
                "    - {}: {} ({})",
                text(&told["provider"]),
                text(&told["says"]),
                told["date"].as_str().unwrap_or("no date")
            );
        }
        blocks.push(block);
    }
    page.extend(blocks);
}

/// The first line in which two pages differ.
fn difference(kept: &str, found: &str) -> String {
    let differs = kept.lines().zip(found.lines()).enumerate().find(|(_, (one, other))| one != other);
    match differs {
        Some((number, (one, other))) => format!("line {}:\n  {one}\n  {other}", number + 1),
        None => format!("{} lines and {}", kept.lines().count(), found.lines().count()),
    }
}

/// Compares a page with the one that is kept, or keeps it.
fn golden(name: &str, found: &str) -> Option<String> {
    let path = folder().join(format!("{name}.txt"));
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(folder()).unwrap();
        fs::write(&path, found).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    (kept != found).then(|| format!("{name}, {}", difference(&kept, found)))
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_generated_persons_say_what_they_said() {
    let mut wrong = Vec::new();
    for (name, person) in persons() {
        let found = page_of(&person, false).await;
        // The other way round, with new ids of connections.
        let again = page_of(&person, true).await;
        if again != found {
            let other = pages().join(format!("{name}-in-another-order.txt"));
            fs::write(&other, &again).unwrap();
            wrong.push(format!("{}, {}", other.display(), difference(&found, &again)));
        }
        wrong.extend(golden(name, &found));
    }
    assert!(wrong.is_empty(), "run this test with UPDATE=1 and read the difference:\n{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_the_corpus_say_what_they_said() {
    let Some(corpus) = corpus() else { return };
    let mut longest: Vec<(usize, PathBuf)> = Vec::new();
    for file in files(&corpus) {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let mut inside = Vec::new();
        resources(&text, &mut inside);
        if inside.iter().filter(|(of_type, ..)| of_type == "Patient").count() == 1 {
            longest.push((inside.len(), file));
        }
    }
    longest.sort_by(|(one, a), (other, b)| other.cmp(one).then_with(|| a.cmp(b)));
    let mut lines = String::new();
    for (_, file) in longest.iter().take(5) {
        let home = tempfile::tempdir().unwrap();
        let (app, person) = record(home.path(), "America/New_York").await;
        let args =
            json!({"person": person, "label": "Files", "release": null, "paths": [file], "confirmed": true});
        ask(&app, "import", args).await;
        let page = page(&app, &json!(person)).await;
        let name: Vec<_> =
            file.strip_prefix(&corpus).unwrap().iter().map(|part| part.to_string_lossy()).collect();
        let kept = pages().join(format!("{}.txt", name.join("-")));
        fs::write(&kept, &page).unwrap();
        println!("{}", kept.display());
        let counts = page.lines().next().unwrap_or_default();
        let hash = hex::encode(Sha256::digest(&page));
        let _ = writeln!(lines, "{} | {counts} | {}", name.join("/"), &hash[..16]);
    }
    let differs = golden("corpus", &lines);
    assert!(differs.is_none(), "run this test with UPDATE=1 and read the pages: {differs:?}");
}
