//! Everything of a person in a folder outside: every byte that was sent, told in a page that loads nothing.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use url::Url;
use wholechart_api::wire::ErrorCode;
use wholechart_api::{App, Event, Host, dispatch};
use wholechart_record::PersonId;
use wholechart_store::{KeySlots, Store, is_closed_to_others};

use crate::corpus::{files, record_at};
use crate::documents::visit;
use crate::host::Quiet;
use crate::importing::{ask, document};

const ZONE: &str = "America/Chicago";
/// Of `corpus::record_at`.
const OF_THE_RECORD: &str = "a long enough passphrase";
const PASSPHRASE: &str = "mule lantern copper thursday";
/// What a provider may call itself.
const HOSTILE: &str = "../../..\\CON \u{202e}<script src=https://evil.example/x.js></script>";

/// A host whose person stops what is under way, where asked to, and names folders in a dialog, where told so.
#[derive(Default)]
struct Desk {
    app: Mutex<Option<Arc<App>>>,
    stops: Mutex<bool>,
    /// Only folders count that a dialog has named.
    asks: bool,
    chosen: Mutex<Option<PathBuf>>,
}

impl Host for Desk {
    fn open_browser(&self, url: &Url) -> Result<(), String> {
        Quiet.open_browser(url)
    }

    fn save_file(&self, name: &str, bytes: &[u8]) -> Result<Option<PathBuf>, std::io::Error> {
        Quiet.save_file(name, bytes)
    }

    fn choose_files(&self, _: bool) -> Vec<PathBuf> {
        self.chosen.lock().unwrap().clone().into_iter().collect()
    }

    fn names_paths(&self) -> bool {
        !self.asks
    }

    fn event(&self, event: Event) {
        let Event::Progress { percent, .. } = event else { return };
        if percent < 30 || !*self.stops.lock().unwrap() {
            return;
        }
        let app = self.app.lock().unwrap().clone().unwrap();
        let stop = async move { dispatch(&app, "stopTakingOut", json!({})).await };
        // The command answers at once: nothing in it waits.
        tokio::runtime::Handle::current().block_on(stop).unwrap();
    }

    fn now(&self) -> DateTime<Utc> {
        Quiet.now()
    }
}

async fn take_in(app: &Arc<App>, person: &str, label: Option<&str>, path: &Path) {
    let args = json!({"person": person, "label": label, "release": "r4", "paths": [path], "confirmed": true});
    ask(app, "import", args).await;
}

/// A record of two providers: lines, a text with line breaks that was changed since, XML, a C-CDA document, a PDF, what is broken, what is
/// about somebody else; an own entry and a note.
async fn record(host: Arc<Desk>, place: &Path) -> (Arc<App>, String) {
    let (app, person) = record_at(host.clone(), &place.join("record"), ZONE).await;
    *host.app.lock().unwrap() = Some(Arc::clone(&app));
    let files = place.join("files");
    fs::create_dir(&files).unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = files.join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let lines = [
        r#"{"resourceType":"Patient","id":"p","name":[{"text":"Corpus Winter"}]}"#,
        r#"{"resourceType":"Observation","id":"o","status":"final","subject":{"reference":"Patient/p"}, "code":{"text":"Sodium"},"valueQuantity":{"value":139.40,"unit":"mmol/L"},"effectiveDateTime":"2024-02-03"}"#,
        r#"{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"code":{"text":"Gout <b>& more</b>"}}"#,
        r#"{"resourceType":"Condition","id":"other","subject":{"reference":"Patient/77"},"code":{"text":"Somebody else's"}}"#,
        r#"{"resourceType":"Condition","id":"broken","code":{"text":"#,
    ];
    take_in(&app, &person, Some("Lakeside Clinic"), &write("one.ndjson", lines.join("\n").as_bytes())).await;
    for value in ["5.40", "5.50"] {
        let pretty = format!(
            "{{\n  \"resourceType\": \"Observation\",\r\n  \"id\": \"k\",\n  \"status\": \"final\",\n  \"code\": {{\"text\": \"Line\\nbreak\"}},\n  \"valueQuantity\": {{\"value\": {value}}}\n}}"
        );
        take_in(&app, &person, Some(HOSTILE), &write("two.json", pretty.as_bytes())).await;
    }
    let xml = br#"<Immunization xmlns="http://hl7.org/fhir"><id value="i"/><status value="completed"/><vaccineCode><text value="Tetanus"/></vaccineCode><patient><reference value="Patient/p"/></patient><occurrenceDateTime value="2019-05-02"/></Immunization>"#;
    take_in(&app, &person, Some(HOSTILE), &write("three.xml", xml)).await;
    let clinical = document("one", "20240305", "North Shore Health", "Hypertension");
    take_in(&app, &person, Some(HOSTILE), &write("..visit 日本.xml", clinical.as_bytes())).await;
    take_in(&app, &person, Some("Lakeside Clinic"), &write("letter.pdf", &visit())).await;
    let own = json!({"is": "allergy", "substance": "Peanut", "reaction": null, "severity": null, "since": null, "note": null});
    let saved = ask(&app, "saveOwn", json!({"person": person, "resource": null, "entry": own})).await;
    let note = json!({"person": person, "fact": saved["fact"], "text": "Carries\na pen."});
    ask(&app, "saveNote", note).await;
    // Of a source that sent no JSON there are no lines.
    take_in(&app, &person, Some("XML only"), &write("four.xml", xml)).await;
    app.settle().await;
    (app, person)
}

/// Every file below a folder, by its path in it.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    files(folder).iter().map(|path| (name(path), fs::read(path).unwrap())).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|one| one.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

async fn take_out(app: &Arc<App>, person: &str, folder: &Path, passphrase: Option<&str>) -> PathBuf {
    let args = json!({"person": person, "folder": folder, "passphrase": passphrase});
    let taken = ask(app, "takeOut", args).await;
    PathBuf::from(taken["path"].as_str().unwrap())
}

/// The lines of a file of lines, each of them JSON.
fn lines(bytes: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'), "{text}");
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_byte_that_was_sent_is_found_in_the_folder() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    fs::create_dir(&out).unwrap();
    let host = Arc::new(Desk::default());
    let (app, person) = record(host.clone(), place.path()).await;
    let path = take_out(&app, &person, &out, None).await;
    assert_eq!(path, out.join("Wholechart Corpus 2026-07-01"));
    let held = tree(&path);

    // What is there is never written into, and a second one stands beside it.
    let again = take_out(&app, &person, &out, None).await;
    assert_eq!(again, out.join("Wholechart Corpus 2026-07-01 (2)"));
    assert_eq!(tree(&again), held);
    assert_eq!(tree(&path), held);
    assert_eq!(names(&out).len(), 2, "nothing unfinished: {:?}", names(&out));
    let sent = ask(&app, "sent", json!({"person": person})).await;
    assert!(sent["receivers"].to_string().contains("Everything, taken out"), "{sent}");
    let erased = json!({"what": {"what": "everything"}});
    let told = ask(&app, "erasePreview", erased).await;
    assert_eq!(told["backups"], json!([path, again]), "it holds everything still");

    for file in files(&path).iter().chain([&path, &path.join("01 Lakeside Clinic")]) {
        assert!(is_closed_to_others(file).unwrap(), "{}", file.display());
    }

    // As it is kept, byte for byte.
    drop((host.app.lock().unwrap().take(), app));
    let dir = place.path().join("record");
    let slots = KeySlots::load(&dir).unwrap().unwrap();
    let key = slots.unwrap_with_passphrase(&OF_THE_RECORD.into()).unwrap();
    let store = Store::open(&dir, &key).unwrap();
    let person = PersonId(person);
    let (mut compared, mut current) = (0, BTreeMap::<String, usize>::new());
    for source in store.connections(Some(&person)).unwrap() {
        let folder = held.iter().find_map(|(name, bytes)| {
            let about: Value =
                name.strip_suffix("/source.json").and_then(|_| serde_json::from_slice(bytes).ok())?;
            (about["connection"] == json!(source.id))
                .then(|| name.strip_suffix("/source.json").unwrap().to_owned())
        });
        let folder = folder.unwrap();
        let list = lines(&held[&format!("{folder}/list.ndjson")]);
        let file = |name: &Value| &held[&format!("{folder}/{}", name.as_str().unwrap())];
        let versions = store.snapshot(|snapshot| snapshot.versions(&source.id)).unwrap();
        for one in &versions {
            let bytes = store.version_bytes(one.id).unwrap().unwrap().bytes;
            let at = list.iter().find(|line| {
                line["id"] == json!(one.key.id)
                    && line["resourceType"] == json!(one.key.resource_type)
                    && line["base"] == json!(one.key.base)
                    && line["current"] == json!(one.current)
            });
            let at = at.unwrap_or_else(|| panic!("{one:?} is listed"));
            let lies = match (&at["asSent"], &at["line"], &at["bytes"]) {
                (Value::String(_), Value::Number(n), _) => {
                    let line = file(&at["file"]).split(|byte| *byte == b'\n').nth(line_of(n)).unwrap();
                    let read: Value = serde_json::from_slice(line).unwrap();
                    assert_eq!(read, serde_json::from_slice::<Value>(&bytes).unwrap());
                    assert!(String::from_utf8_lossy(line).contains("5.") && !line.contains(&b'\r'));
                    file(&at["asSent"]).clone()
                }
                (_, Value::Number(n), _) => {
                    file(&at["file"]).split(|byte| *byte == b'\n').nth(line_of(n)).unwrap().to_vec()
                }
                (_, _, Value::Array(range)) => {
                    let end = |n: usize| usize::try_from(range[n].as_u64().unwrap()).unwrap();
                    file(&at["file"])[end(0)..end(1)].to_vec()
                }
                _ => file(&at["file"]).clone(),
            };
            assert_eq!(lies, bytes, "{at}");
            compared += 1;
            if one.current && one.set_aside.is_none() {
                *current.entry(folder.clone()).or_default() += 1;
            }
        }
        let pieces = store.unreadable(&source.id).unwrap();
        for piece in &pieces {
            let whole = |(name, bytes): (&String, &Vec<u8>)| {
                name.starts_with(&format!("{folder}/unreadable/")) && *bytes == piece.bytes
            };
            assert!(held.iter().any(whole), "{piece:?}");
        }
        compared += pieces.len();
    }
    assert!(compared >= 12, "only {compared}");

    let ends = |end: &str| held.iter().filter(|(name, _)| name.ends_with(end)).collect::<Vec<_>>();
    assert!(ends(".pdf").iter().any(|(_, bytes)| **bytes == visit()), "{:?}", held.keys());
    let clinical = document("one", "20240305", "North Shore Health", "Hypertension");
    let kept = ends(".xml");
    let kept = kept.iter().find(|(_, bytes)| bytes.as_slice() == clinical.as_bytes());
    let (name, _) = kept.unwrap_or_else(|| panic!("{:?}", held.keys()));
    assert!(name.contains("/documents/") && name.contains("Visit summary one"), "{name}");
    assert_eq!(ends("/earlier.ndjson").len(), 1);
    let aside = ends("/set-aside.ndjson");
    assert!(aside.len() == 1 && String::from_utf8_lossy(aside[0].1).contains("Somebody else"));
    let read = ends("/read-from-documents.ndjson");
    assert!(lines(read[0].1).iter().any(|one| one["resourceType"] == "Condition"));
    assert_eq!(lines(&held["notes.ndjson"])[0]["text"], "Carries\na pen.");
    let ended: Vec<&String> = held.keys().filter(|name| name.starts_with("03 ")).collect();
    assert!(ended.iter().any(|name| name.ends_with("/records.ndjson")), "what the person added: {ended:?}");

    // Hostile names stay inside and are harmless on every system.
    for name in held.keys() {
        for part in name.split('/') {
            assert!(part.is_ascii(), "{name}");
            assert!(
                !part.starts_with('.') && !part.contains(['\\', ':', '<', '>', '|', '?', '*', '"']),
                "{name}"
            );
        }
    }
    assert_eq!(names(place.path()), ["files", "out", "record"], "nothing anywhere else");

    let page = std::str::from_utf8(&held["index.html"]).unwrap();
    for name in ["Lakeside Clinic", "&lt;script src=https://evil.example/x.js&gt;"] {
        assert!(page.contains(name), "{name}: {page}");
    }
    for (folder, count) in &current {
        assert!(page.contains(&format!("{count} record")), "{folder} {count}: {page}");
    }
    let low = page.to_lowercase();
    for loads in [
        "<script",
        "<img",
        "<iframe",
        "<link",
        "@import",
        "url(",
        " src=\"",
        "href=\"http",
        "href=\"//",
        "href=\"javascript",
    ] {
        assert!(!low.contains(loads), "{loads}: {page}");
    }
    assert!(page.contains("default-src 'none'"));
    // Every link leads to something that is there.
    for link in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let path = decoded(link);
        let is_there =
            held.keys().any(|name| *name == path || (path.ends_with('/') && name.starts_with(&path)));
        assert!(is_there, "{path}");
    }
}

fn line_of(n: &serde_json::Number) -> usize {
    usize::try_from(n.as_u64().unwrap()).unwrap() - 1
}

fn decoded(link: &str) -> String {
    let mut bytes = Vec::new();
    let mut left = link.as_bytes();
    while let [first, rest @ ..] = left {
        if let (b'%', [a, b, behind @ ..]) = (*first, rest) {
            let hex = [*a, *b];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
            left = behind;
        } else {
            bytes.push(*first);
            left = rest;
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_stopped_or_refused_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    fs::create_dir(&out).unwrap();
    let host = Arc::new(Desk::default());
    let (app, person) = record(host.clone(), place.path()).await;
    for passphrase in [None, Some(PASSPHRASE)] {
        *host.stops.lock().unwrap() = true;
        let args = json!({"person": person, "folder": out, "passphrase": passphrase});
        let stopped = dispatch(&app, "takeOut", args).await.expect_err("it was stopped");
        assert_eq!(stopped.code, Some(ErrorCode::Cancelled), "{stopped:?}");
        assert_eq!(names(&out), [""; 0]);
        *host.stops.lock().unwrap() = false;
    }
    let refused = |folder: PathBuf, passphrase: Option<&'static str>| {
        let (app, person) = (Arc::clone(&app), person.clone());
        async move {
            let args = json!({"person": person, "folder": folder, "passphrase": passphrase});
            dispatch(&app, "takeOut", args).await.expect_err("it is refused").message
        }
    };
    assert!(refused(out.clone(), Some("password1234")).await.contains("too easy"));
    assert!(refused(out.join("gone"), None).await.contains("not there"));
    assert!(refused(place.path().join("record"), None).await.contains("your record is kept in"));
    assert_eq!(names(&out), [""; 0]);
    let sent = ask(&app, "sent", json!({"person": person})).await;
    assert!(!sent.to_string().contains("taken out"), "nothing was: {sent}");
    let closed = place.path().join("closed");
    fs::create_dir(&closed).unwrap();
    let mut mode = fs::metadata(&closed).unwrap().permissions();
    mode.set_readonly(true);
    fs::set_permissions(&closed, mode).unwrap();
    // Whoever may do everything may write there as well.
    if fs::write(closed.join("tried"), "").is_err() {
        assert!(refused(closed, None).await.contains("may not write"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_writes_only_where_a_dialog_named_the_folder() {
    let place = tempfile::tempdir().unwrap();
    let dropbox = place.path().join("Dropbox");
    fs::create_dir(&dropbox).unwrap();
    let host = Arc::new(Desk { asks: true, ..Desk::default() });
    let (app, person) = record_at(host.clone(), &place.path().join("record"), ZONE).await;
    let args = json!({"person": person, "folder": dropbox, "passphrase": null});
    dispatch(&app, "takeOut", args.clone()).await.expect_err("nobody named it");
    assert_eq!(names(&dropbox), [""; 0]);
    assert_eq!(ask(&app, "chooseTakeOutFolder", json!({})).await, Value::Null, "the dialog was cancelled");
    *host.chosen.lock().unwrap() = Some(dropbox.clone());
    let chosen = ask(&app, "chooseTakeOutFolder", json!({})).await;
    assert!(chosen["warning"].as_str().unwrap().contains("Dropbox"), "{chosen}");
    let taken = ask(&app, "takeOut", args).await;
    assert!(taken["warning"].as_str().unwrap().contains("Dropbox"), "{taken}");
    // Of nobody's records there is a page as well, which says so.
    let page = fs::read_to_string(Path::new(taken["path"].as_str().unwrap()).join("index.html")).unwrap();
    assert!(page.contains("There are no records."), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hers_is_taken_out_without_his() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    fs::create_dir(&out).unwrap();
    let (app, hers) = record_at(Arc::new(Quiet), &place.path().join("record"), ZONE).await;
    let his = json!({"id": null, "name": "Otto", "birthDate": null, "homeZone": ZONE});
    let his = ask(&app, "savePerson", his).await["id"].as_str().unwrap().to_owned();
    for (person, word) in [(&hers, "badger"), (&his, "otter")] {
        let line = format!(r#"{{"resourceType":"Condition","id":"c","code":{{"text":"{word}"}}}}"#);
        let path = place.path().join(format!("{word}.ndjson"));
        fs::write(&path, line).unwrap();
        take_in(&app, person, Some(&format!("Files of the {word}")), &path).await;
    }
    for (person, own, other) in [(&hers, "badger", "otter"), (&his, "otter", "badger")] {
        let text = tree(&take_out(&app, person, &out, None).await)
            .into_iter()
            .map(|(name, bytes)| format!("{name}\n{}", String::from_utf8_lossy(&bytes)))
            .collect::<Vec<_>>()
            .concat();
        assert!(text.contains(own) && !text.contains(other), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn encrypted_it_is_the_same_tree_in_one_file() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    fs::create_dir(&out).unwrap();
    let (app, person) = record(Arc::default(), place.path()).await;
    let plain = tree(&take_out(&app, &person, &out, None).await);
    let sealed = take_out(&app, &person, &out, Some(PASSPHRASE)).await;
    assert_eq!(sealed.file_name().unwrap(), "Wholechart Corpus 2026-07-01.tar.age");
    let bytes = fs::read(&sealed).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n-> scrypt "));
    for word in ["Lakeside Clinic", "resourceType", "index.html"] {
        assert!(!bytes.windows(word.len()).any(|at| at == word.as_bytes()), "{word} is readable");
    }
    let identity = age::scrypt::Identity::new(PASSPHRASE.to_owned().into());
    let decryptor = age::Decryptor::new(bytes.as_slice()).unwrap();
    let mut tar = tar::Archive::new(decryptor.decrypt(std::iter::once(&identity as _)).unwrap());
    let mut held = BTreeMap::new();
    for entry in tar.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().to_str().unwrap().to_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        assert!(held.insert(name.clone(), bytes).is_none(), "{name} twice");
    }
    assert_eq!(held, plain);
}
