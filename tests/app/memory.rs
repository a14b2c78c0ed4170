//! What is left of a record in the memory of a program that has locked it, read from outside as any debugger would.
//!
//! The program is this one, started once more with a record that it never saw a word of in its own file: names are made of
//! parts where they are needed. Needs a system that shows a process' memory as files (`/proc`).

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use tempfile::TempDir;
use wholechart_api::{KeychainError, SecretStore};
use zeroize::Zeroizing;

use crate::person::AtHome;

/// Names the record's folder to the program that locks it.
const FOLDER: &str = "WHOLECHART_TEST_LOCKED_IN";

/// The surname, which stands nowhere as a whole: backwards, and turned round when it is looked for.
const SURNAME: &str = "yrrefstreb-regnirehtew";

fn surname() -> String {
    SURNAME.chars().rev().collect()
}

/// What is taken in, with the surname in names, narrative, documents and results.
fn bundle(surname: &str) -> String {
    let mut entries = vec![json!({"resource": {"resourceType": "Patient", "id": "p",
        "name": [{"family": surname, "given": ["Ottilie"]}], "birthDate": "1941-02-03"}})];
    for n in 0..300 {
        let day = format!("20{:02}-{:02}-11", 10 + n / 30, 1 + n % 12);
        entries.push(
            json!({"resource": {"resourceType": "Observation", "id": format!("o{n}"), "status": "final",
            "subject": {"reference": "Patient/p"}, "code": {"text": format!("Test {n} of {surname}")},
            "valueString": format!("told by {surname}"), "effectiveDateTime": day,
            "text": {"status": "generated", "div": format!("<div>{surname}</div>")}}}),
        );
    }
    let note = STANDARD.encode(format!("A letter about {surname}."));
    entries.push(json!({"resource": {"resourceType": "DocumentReference", "id": "d", "status": "current",
        "subject": {"reference": "Patient/p"}, "date": "2024-03-05T10:00:00Z", "type": {"text": "Letter"},
        "content": [{"attachment": {"contentType": "text/plain", "data": note}}]}}));
    json!({"resourceType": "Bundle", "type": "collection", "entry": entries}).to_string()
}

/// The program whose memory is read. Without a folder this is no test.
#[tokio::test]
async fn a_program_that_locks_its_record() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    fs::create_dir(folder.join("keychain")).expect("a keychain");
    let keychain: Arc<dyn SecretStore> = Arc::new(Turned(folder.join("keychain")));
    let home = AtHome::start(&folder.join("record"), None, Some(keychain)).begin().await;
    let surname = surname();
    let file = folder.join("bundle.json");
    let args = json!({"person": home.person, "label": null, "paths": [file], "confirmed": true});
    home.ask("import", args).await.expect("taken in");
    home.app.settle().await;
    // Everything is looked at: lists, pages, what is found, what is printed.
    let timeline = json!({"person": home.person, "filter": {}, "limit": 200});
    let rows = home.ask("timeline", timeline).await.expect("a page");
    let shown = rows.to_string().matches(surname.as_str()).count();
    let facts: Vec<_> =
        rows["rows"].as_array().expect("rows").iter().take(40).map(|row| row["id"].clone()).collect();
    for fact in facts {
        home.ask("fact", json!({"person": home.person, "fact": fact})).await.expect("a page");
    }
    home.ask("search", json!({"person": home.person, "text": surname, "limit": 20})).await.expect("found");
    home.ask("home", json!({"person": home.person})).await.expect("the first page");
    home.ask("summary", json!({"person": home.person, "paper": "letter"})).await.expect("laid out");
    say(&format!("open {shown}"));
    hear();
    home.ask("lock", json!({})).await.expect("locked");
    drop((rows, surname));
    say("locked 0");
    hear();
}

fn say(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "\n{FOLDER} {line}").and_then(|()| out.flush()).expect("somebody listens");
}

fn hear() {
    let mut byte = [0];
    // Nobody is left: it may end.
    let _ = std::io::stdin().read(&mut byte);
}

/// The next thing that the program says of itself, among what the test runner says.
fn said(child: &mut Child) -> String {
    let out = child.stdout.as_mut().expect("it is piped");
    let mut line = Vec::new();
    loop {
        let mut byte = [0];
        assert_ne!(
            out.read(&mut byte).expect("it says something"),
            0,
            "it ended: {}",
            String::from_utf8_lossy(&line)
        );
        if byte[0] != b'\n' {
            line.push(byte[0]);
            continue;
        }
        let text = String::from_utf8_lossy(&line).into_owned();
        if let Some((_, said)) = text.split_once(FOLDER) {
            return said.trim().to_owned();
        }
        line.clear();
    }
}

/// How often `needle` stands in a process' memory, by mapping: `[heap]`, `[stack]`, a file, or none (what was asked of the
/// system for large pieces and for other threads' heaps).
/// With what stands around the first of them.
fn found(pid: u32, needle: &[u8]) -> BTreeMap<String, (usize, String)> {
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).expect("its mappings");
    let mut memory = File::open(format!("/proc/{pid}/mem")).expect("its memory");
    let mut found = BTreeMap::new();
    for line in maps.lines() {
        let mut parts = line.split_whitespace();
        let (range, rights) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let name = parts.nth(3).unwrap_or("none").to_owned();
        let Some((from, to)) = range.split_once('-') else { continue };
        let number = |text| u64::from_str_radix(text, 16).expect("an address");
        let (from, to) = (number(from), number(to));
        if !rights.starts_with('r') || name.starts_with("[v") {
            continue;
        }
        let mut bytes = Vec::new();
        if memory.seek(SeekFrom::Start(from)).is_ok() {
            // What cannot be read by a debugger cannot be read here.
            let _ = (&mut memory).take(to - from).read_to_end(&mut bytes);
        }
        let all: Vec<usize> = bytes
            .windows(needle.len())
            .enumerate()
            .filter(|(_, one)| *one == needle)
            .map(|(at, _)| at)
            .collect();
        if let Some(first) = all.first() {
            let around = &bytes[first.saturating_sub(100)..(first + 150).min(bytes.len())];
            found.entry(name).or_insert_with(|| (0, seen(around))).0 += all.len();
        }
    }
    found
}

/// Bytes as text: zeros as "~".
fn seen(bytes: &[u8]) -> String {
    let seen = |byte: &u8| match byte {
        0 => '~',
        0x20..0x7F => char::from(*byte),
        _ => '.',
    };
    bytes.iter().map(seen).collect()
}

/// A keychain in a folder, which keeps keys turned inside out: what it keeps is not the key.
struct Turned(PathBuf);

/// Turned, or turned back.
fn turned(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|byte| !byte).collect()
}

impl SecretStore for Turned {
    fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        Ok(fs::read(self.0.join(account)).ok().map(|kept| Zeroizing::new(turned(&kept))))
    }

    fn set(&self, account: &str, secret: &[u8]) -> Result<(), KeychainError> {
        let kept = fs::write(self.0.join(account), turned(secret));
        kept.map_err(|why| KeychainError::Unavailable(why.to_string()))
    }

    fn remove(&self, account: &str) -> Result<(), KeychainError> {
        let removed = fs::remove_file(self.0.join(account));
        removed.map_err(|why| KeychainError::Unavailable(why.to_string()))
    }
}

/// The record's key, from that keychain.
fn key(keychain: &Path) -> Vec<u8> {
    let kept = fs::read_dir(keychain).expect("a keychain").next().expect("a key").expect("a key");
    turned(&fs::read(kept.path()).expect("a key"))
}

#[test]
fn after_the_lock_the_key_is_nowhere_in_memory_and_what_was_read_is_let_go() {
    if !Path::new("/proc/self/mem").exists() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let surname = surname();
    fs::write(folder.path().join("bundle.json"), bundle(&surname)).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "memory::a_program_that_locks_its_record", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let open = said(&mut child);
    assert!(open.starts_with("open ") && open != "open 0", "{open}");
    let before = found(child.id(), surname.as_bytes());
    assert!(!before.is_empty(), "an open record is in memory: the search finds it");
    child.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    assert_eq!(said(&mut child), "locked 0");
    let key = key(&folder.path().join("keychain"));
    let mut left = BTreeMap::new();
    let utf16: Vec<u8> = surname.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let needles = [
        ("the key", key.clone()),
        ("the key, as the keychain has it", turned(&key)),
        ("the key in hex", hex(&key, false)),
        ("the key in capital hex", hex(&key, true)),
        ("the key in base64", STANDARD.encode(&key).into_bytes()),
        ("the surname", surname.as_bytes().to_vec()),
        ("the surname, folded", surname.to_lowercase().into_bytes()),
        ("the surname in UTF-16", utf16),
    ];
    for (what, needle) in needles {
        let where_from = found(child.id(), &needle);
        if !where_from.is_empty() {
            left.insert(what, where_from);
        }
    }
    drop(child.stdin.take());
    child.wait().unwrap();
    // What SQLite and zstd gave back lies in the C library's memory until something else is put there.
    let count = |places: &BTreeMap<String, (usize, String)>| -> usize {
        places.values().map(|(count, _)| count).sum()
    };
    for what in ["the surname", "the surname, folded"] {
        if let Some(places) = left.remove(what) {
            assert!(places.keys().all(|place| place == "none"), "{places:?}");
            assert!(count(&places) * 3 < count(&before) * 2, "before: {before:?}; left: {places:?}");
        }
    }
    assert!(left.is_empty(), "before: {before:?}; left: {left:?}");
}

fn hex(bytes: &[u8], capital: bool) -> Vec<u8> {
    let text = bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    if capital { text.to_uppercase() } else { text }.into_bytes()
}
