//! The public corpus beside the checkout, taken in as a person would: one connection a source, through the `import`
//! command. What is counted here is found by other means than the product's own: files are cut up by `serde_json`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};
use wholechart_api::{App, Config, Host, dispatch};
use wholechart_fhir::content_hash;
use wholechart_store::{KeySlots, Store, VersionId};

use crate::{corpus_dir::corpus, host::Quiet};

const PASSPHRASE: &str = "a long enough passphrase";

/// A folder's sources: release or kind, then publisher.
fn sources(corpus: &Path) -> Vec<(String, PathBuf)> {
    let folders = |path: &Path| {
        let items = fs::read_dir(path).unwrap().map(|item| item.unwrap().path());
        items.filter(|path| path.is_dir()).collect::<BTreeSet<PathBuf>>()
    };
    let name = |path: &Path| path.strip_prefix(corpus).unwrap().display().to_string();
    folders(corpus).iter().flat_map(|kind| folders(kind)).map(|path| (name(&path), path)).collect()
}

pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// What `serde_json` knows of a resource without looking further in.
#[derive(Deserialize)]
struct Outside {
    #[serde(rename = "resourceType")]
    resource_type: Option<Value>,
    id: Option<Value>,
    entry: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Inside {
    /// Some put the resource itself in the place of the entry that should hold it.
    #[serde(rename = "resourceType")]
    resource_type: Option<Value>,
    resource: Option<Box<RawValue>>,
    response: Option<Box<RawValue>>,
}

/// What a batch's answer says about one entry.
#[derive(Deserialize)]
struct Response {
    outcome: Option<Box<RawValue>>,
}

/// A resource as it was sent: its type, its id and its own bytes.
type Sent = (String, Option<String>, String);

/// Every resource of a Bundle in XML, cut at the elements that hold one; there are no Bundles in these Bundles.
fn resources_of_xml(text: &str, out: &mut Vec<Sent>) {
    for part in text.split("<resource>").skip(1) {
        let Some((inside, _)) = part.split_once("</resource>") else { continue };
        let inside = inside.trim();
        let name: String = inside.chars().skip(1).take_while(char::is_ascii_alphanumeric).collect();
        let id = inside.split_once("<id value=\"").and_then(|(_, behind)| behind.split_once('"'));
        out.push((name, id.map(|(id, _)| id.to_owned()), inside.to_owned()));
    }
}

/// Every resource of a JSON file as its type, its id and its own bytes; those of Bundles inside Bundles too.
pub(crate) fn resources(text: &str, out: &mut Vec<(String, Option<String>, String)>) {
    if let Ok(list) = serde_json::from_str::<Vec<Box<RawValue>>>(text) {
        for item in &list {
            resources(item.get(), out);
        }
        return;
    }
    let Ok(outside) = serde_json::from_str::<Outside>(text) else { return };
    match outside.resource_type.as_ref().and_then(Value::as_str) {
        None => {}
        Some("Bundle") => {
            let entries = outside.entry.map_or_else(Vec::new, |entries| {
                serde_json::from_str::<Vec<Box<RawValue>>>(entries.get()).expect("entries are a list")
            });
            for entry in entries {
                let inside = serde_json::from_str::<Inside>(entry.get()).expect("entries are objects");
                if let Some(resource) = inside.resource {
                    resources(resource.get(), out);
                } else if inside.resource_type.is_some() {
                    resources(entry.get(), out);
                }
                let response = inside.response.and_then(|it| serde_json::from_str::<Response>(it.get()).ok());
                if let Some(outcome) = response.and_then(|response| response.outcome) {
                    resources(outcome.get(), out);
                }
            }
        }
        Some(resource_type) => {
            let id = outside.id.as_ref().and_then(Value::as_str).map(|id| id.trim().to_owned());
            out.push((resource_type.to_owned(), id, text.trim().to_owned()));
        }
    }
}

/// Takes the folder in as the connection and gives the report.
pub(crate) async fn take_in(app: &Arc<App>, person: &str, label: &str, folder: &Path) -> Value {
    let args =
        json!({ "person": person, "label": label, "release": null, "paths": [folder], "confirmed": true });
    let report = dispatch(app, "import", args).await.unwrap();
    // A folder holds many people: they are kept apart, and here each is let in.
    let connections = dispatch(app, "connections", json!({ "person": person })).await.unwrap();
    let connection = connections.as_array().unwrap().iter().find(|one| one["name"] == label).unwrap();
    for one in report["setAside"].as_array().unwrap() {
        let args = json!({ "person": person, "connection": connection["id"], "whose": one["whose"] });
        dispatch(app, "letIn", args).await.unwrap();
    }
    report
}

/// A new record for one person, with nobody in front of it.
pub(crate) async fn record(dir: &Path, zone: &str) -> (Arc<App>, String) {
    record_at(Arc::new(Quiet), dir, zone).await
}

/// A new record for one person.
pub(crate) async fn record_at(host: Arc<dyn Host>, dir: &Path, zone: &str) -> (Arc<App>, String) {
    let config = Config {
        data_dir: dir.to_owned(),
        profile: "test".to_owned(),
        sample: false,
        sample_cards: Value::Null,
        sample_lists: Value::Null,
        sample_moved: BTreeMap::new(),
        keychain: None,
        passphrase: Some(PASSPHRASE.into()),
        locale: None,
        region: None,
        reader: wholechart_api::Reader::here(),
    };
    let app = App::new(host, config).unwrap();
    dispatch(&app, "appState", json!({})).await.unwrap();
    let person = json!({ "id": null, "name": "Corpus", "birthDate": null, "homeZone": zone });
    let person = dispatch(&app, "savePerson", person).await.unwrap();
    (app, person["id"].as_str().unwrap().to_owned())
}

async fn entries(app: &Arc<App>) -> Vec<Value> {
    let all = Arc::new(Mutex::new(Vec::new()));
    let to = Arc::clone(&all);
    app.entries(None, move |line| to.lock().unwrap().push(line)).await.unwrap();
    Arc::try_unwrap(all).unwrap().into_inner().unwrap()
}

#[derive(Default, Debug)]
struct Count {
    files: u64,
    resources: usize,
    no_id: usize,
    versions: u64,
    entries: usize,
    not_stored: usize,
    without_entry: usize,
    blank_titles: usize,
    id_titles: usize,
    invented_dates: usize,
    dated_without_date: usize,
    not_read: BTreeMap<String, usize>,
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_corpus_is_lost_and_nothing_invented() {
    let Some(corpus) = corpus() else { return };
    let dir = tempfile::tempdir().unwrap();
    let (app, person) = record(dir.path(), "America/New_York").await;
    let mut count = Count::default();
    let mut wrong = Vec::new();
    let mut sent: BTreeMap<(String, String), Vec<Sent>> = BTreeMap::new();
    // Clinical documents are cut by another reader: `importing.rs`.
    for (source, folder) in sources(&corpus).into_iter().filter(|(source, _)| !source.starts_with("ccda")) {
        let report = take_in(&app, &person, &source, &folder).await;
        let (mut of_source, mut least) = (0, 0);
        for path in files(&folder) {
            let base = format!("file:{}", path.strip_prefix(&folder).unwrap().display());
            let bytes = fs::read(&path).unwrap();
            let Ok(text) = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes)) else {
                continue;
            };
            let mut found = Vec::new();
            if text.trim_start().starts_with('<') {
                resources_of_xml(text, &mut found);
            } else {
                resources(text, &mut found);
            }
            of_source += found.len();
            let named = |one: &Sent| (one.0.clone(), one.1.clone().unwrap_or_else(|| one.2.clone()));
            least += found.iter().map(named).collect::<BTreeSet<_>>().len();
            sent.insert((source.clone(), base), found);
        }
        count.files += report["files"].as_u64().unwrap();
        count.versions += report["versions"].as_u64().unwrap();
        let unread = report["unreadable"].as_array().unwrap();
        println!(
            "{source}: {} files, {of_source} resources, {} entries, {} versions, {} not read",
            report["files"],
            report["entries"],
            report["versions"],
            unread.len()
        );
        let aside = report["setAside"].as_array().unwrap().iter();
        let aside: u64 = aside.map(|one| one["count"].as_u64().unwrap()).sum();
        let filed = report["entries"].as_u64().unwrap();
        // Of two contents of one type and id in a file, the one that says it is the older is a version and no entry.
        assert!(
            (least as u64..=of_source as u64).contains(&(filed + aside)),
            "{source}: {filed} and {aside}, and another reader finds {least} to {of_source}"
        );
        if !source.starts_with("hostile") {
            for line in unread {
                *count.not_read.entry(line["reason"].as_str().unwrap().to_owned()).or_default() += 1;
            }
        }
        // The same again is nothing new.
        if source.starts_with("r4/us-core") {
            assert_eq!(take_in(&app, &person, &source, &folder).await["versions"], 0);
        }
    }
    let read = entries(&app).await;
    drop(app);
    count.entries = read.len();
    count.resources = sent.values().map(Vec::len).sum();
    count.no_id = sent.values().flatten().filter(|(_, id, _)| id.is_none()).count();
    let key = |line: &Value, name: &str| line[name].as_str().unwrap().to_owned();
    let by_key: BTreeMap<[String; 4], &Value> = read
        .iter()
        .map(|line| (["connection", "base", "type", "id"].map(|name| key(line, name)), line))
        .collect();
    assert_eq!(by_key.len(), read.len(), "one entry a resource");

    // Verbatim: what another reader cut out of the files is what is kept, byte for byte.
    let slots = KeySlots::load(dir.path()).unwrap().unwrap();
    let store = Store::open(dir.path(), &slots.unwrap_with_passphrase(&PASSPHRASE.into()).unwrap()).unwrap();
    let names: BTreeMap<_, _> =
        store.connections(None).unwrap().into_iter().map(|c| (c.id.clone(), c.name)).collect();
    let mut kept: BTreeMap<(String, String), BTreeSet<Vec<u8>>> = BTreeMap::new();
    let mut current: BTreeMap<[String; 4], Vec<u8>> = BTreeMap::new();
    // Numbered one after the other, but where one was put behind an older one; a report counts those that were filed at once.
    let (mut number, mut counted, mut missing) = (0, 0_u64, 0);
    while missing < 100 {
        number += 1;
        let Some(version) = store.version_bytes(VersionId(number)).unwrap() else {
            missing += 1;
            continue;
        };
        (counted, missing) = (counted + 1, 0);
        let (source, base) = (names[&version.key.connection].clone(), version.key.base.clone());
        kept.entry((source.clone(), base.clone())).or_default().insert(version.bytes.clone());
        current.insert([source, base, version.key.resource_type, version.key.id], version.bytes);
    }
    assert!(counted >= count.versions, "{counted} versions");
    assert_eq!(current.len(), read.len(), "each resource that is kept has its entry");
    for ((source, base), resources) in &sent {
        let of_file = kept.get(&(source.clone(), base.clone()));
        for (resource_type, id, bytes) in resources {
            if !of_file.is_some_and(|kept| kept.contains(bytes.as_bytes()) || is_kept_alike(bytes, kept)) {
                count.not_stored += 1;
                wrong.push(format!("{source}/{base}: {resource_type} {id:?} is not kept as sent"));
            }
            let id = id.clone().unwrap_or_else(|| format!("sha256:{}", content_hash(bytes.as_bytes())));
            if !by_key.contains_key(&[source.clone(), base.clone(), resource_type.clone(), id.clone()]) {
                count.without_entry += 1;
                wrong.push(format!("{source}/{base}: {resource_type} {id} has no entry"));
            }
        }
    }
    // What is read of XML is judged against its JSON: `crates/fhir/tests/xml.rs`.
    for (key, line) in by_key.iter().filter(|(key, _)| !current[*key].starts_with(b"<")) {
        judge(line, std::str::from_utf8(&current[key]).unwrap(), &mut count, &mut wrong);
    }
    println!("{count:#?}");
    for line in &wrong {
        println!("{line}");
    }
    assert!(count.files > 1850 && count.resources > 6300, "the whole corpus was there");
    assert_eq!(wrong, Vec::<String>::new());
}

/// A resource that came twice in one file with the same meaning is kept once, as it came first.
fn is_kept_alike(bytes: &str, kept: &BTreeSet<Vec<u8>>) -> bool {
    let hash = content_hash(bytes.as_bytes());
    kept.iter().any(|kept| content_hash(kept) == hash)
}

/// Elements that say when, at the top of a resource of any type and release.
const DATED: &[&str] = &[
    "applies",
    "assertedDate",
    "authored",
    "authoredOn",
    "billablePeriod",
    "created",
    "date",
    "dateAsserted",
    "dateRecorded",
    "dateTime",
    "dateWritten",
    "detected",
    "effectiveDateTime",
    "effectiveInstant",
    "effectivePeriod",
    "effectiveTimeDateTime",
    "effectiveTimePeriod",
    "executionPeriod",
    "indexed",
    "issued",
    "modified",
    "occurrenceDateTime",
    "occurrencePeriod",
    "onset",
    "onsetDateTime",
    "onsetPeriod",
    "orderedOn",
    "performedDateTime",
    "performedPeriod",
    "period",
    "planningHorizon",
    "received",
    "recorded",
    "recordedDate",
    "recordedOn",
    "sent",
    "servicedDate",
    "servicedPeriod",
    "start",
    "startDate",
    "started",
    "statusDate",
    "timestamp",
    "whenHandedOver",
    "whenPrepared",
];

/// What must not be wrong in one entry; `sent` is its resource.
fn judge(line: &Value, sent: &str, count: &mut Count, wrong: &mut Vec<String>) {
    let title = line["title"].as_str().unwrap();
    let whose = format!("{} {}/{}", line["connection"], line["type"], line["id"]);
    if title.trim().is_empty() && line["title_source"] != "unnamed" {
        count.blank_titles += 1;
        wrong.push(format!("{whose}: no title"));
    }
    let uuid = title.len() == 36 && title.matches('-').count() == 4 && !title.contains(' ');
    if line["id"] == title || uuid || title.starts_with("urn:") || title.starts_with("sha256:") {
        count.id_titles += 1;
        wrong.push(format!("{whose}: the title is an id: {title}"));
    }
    let date = &line["date"];
    for stamp in ["start", "end"].iter().filter_map(|end| date[*end].as_str()) {
        if !sent.contains(stamp) {
            count.invented_dates += 1;
            wrong.push(format!("{whose}: {stamp} was never sent"));
        }
    }
    let resource: Value = serde_json::from_str(sent).unwrap();
    let dated = DATED.iter().any(|element| {
        let value = &resource[*element];
        let text = value.as_str().or(value["start"].as_str()).or(value["end"].as_str()).unwrap_or_default();
        text.len() >= 4 && text.as_bytes()[..4].iter().all(u8::is_ascii_digit)
    });
    if dated && (date.is_null() || date["role"] == "system") {
        count.dated_without_date += 1;
        wrong.push(format!("{whose}: dated, and has no date"));
    }
}
