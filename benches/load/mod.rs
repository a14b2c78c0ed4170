//! What the benchmarks of taking in work on: the invented life at three providers, each resource with what servers send along, and the
//! least that taking it in has to do.

#[path = "../window/life.rs"]
mod life;

use std::path::Path;

use rusqlite::Connection as Sqlite;
use serde_json::{Value, json};

pub(crate) use life::PROVIDERS;

/// Resources of a page.
pub(crate) const PAGE: usize = 100;

/// A resource as it is sent.
pub(crate) struct Sent {
    pub(crate) resource_type: String,
    pub(crate) id: String,
    pub(crate) bytes: Vec<u8>,
}

/// What each of the three providers sends of a life with so many facts.
pub(crate) fn sent(facts: u32) -> Vec<Vec<Sent>> {
    let file = |(n, text): (usize, String)| text.lines().map(|line| dressed(n, line)).collect();
    life::files(facts).into_iter().enumerate().map(file).collect()
}

/// How much it is, in words, and in bytes.
#[expect(clippy::cast_precision_loss, reason = "figures for reading")]
pub(crate) fn measured(files: &[Vec<Sent>]) -> (String, f64) {
    let count: usize = files.iter().map(Vec::len).sum();
    let raw: usize = files.iter().flatten().map(|one| one.bytes.len()).sum();
    (format!("{count} resources, {:.1} MB of JSON", raw as f64 / 1e6), raw as f64)
}

/// One resource with what a server sends along with it.
fn dressed(provider: usize, line: &str) -> Sent {
    let mut resource: Value = serde_json::from_str(line).unwrap();
    let (kind, id) = (resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap());
    let (kind, id) = (kind.to_owned(), id.to_owned());
    let stamp = format!("2026-0{}-1{}T08:{}:00.000Z", 1 + id.len() % 9, id.len() % 10, 10 + provider);
    resource["meta"] = json!({"versionId": "1", "lastUpdated": stamp,
        "profile": [format!("http://hl7.org/fhir/us/core/StructureDefinition/us-core-{}", kind.to_lowercase())]});
    resource["identifier"] = json!([{"use": "official", "system": format!("urn:oid:1.2.840.114350.1.13.{provider}.2.7.2"), "value": format!("{id}-{}", id.len() * 7919)}]);
    if kind != "Patient" {
        resource["subject"] = json!({"reference": format!("Patient/p{provider}"), "display": life::PERSON});
    }
    if kind == "Observation" {
        resource["issued"] = json!(stamp);
        resource["performer"] =
            json!([{"reference": format!("Organization/o{provider}"), "display": life::PROVIDERS[provider]}]);
    }
    Sent { bytes: resource.to_string().into_bytes(), resource_type: kind, id }
}

/// What any taking in has to do: the bytes parsed, and one row for each resource, its key and its compressed bytes, in an encrypted
/// file, a transaction for each page. `key` is the file's, as SQLCipher takes it in hexadecimal.
pub(crate) fn least(file: &Path, key: &str, files: &[Vec<Sent>]) {
    let mut db = Sqlite::open(file).unwrap();
    db.execute_batch(&format!(
        "PRAGMA key = \"x'{key}'\"; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE one (key TEXT PRIMARY KEY, bytes BLOB) WITHOUT ROWID;"
    ))
    .unwrap();
    let mut packing = zstd::bulk::Compressor::new(3).unwrap();
    for (n, file) in files.iter().enumerate() {
        for page in file.chunks(PAGE) {
            let tx = db.transaction().unwrap();
            for one in page {
                let parsed: Value = serde_json::from_slice(&one.bytes).unwrap();
                let key = format!("{n}/{}/{}", one.resource_type, parsed["id"].as_str().unwrap());
                tx.prepare_cached("INSERT INTO one (key, bytes) VALUES (?1, ?2)")
                    .unwrap()
                    .execute((key, packing.compress(&one.bytes).unwrap()))
                    .unwrap();
            }
            tx.commit().unwrap();
        }
    }
}

/// Bytes of a file with its log.
pub(crate) fn on_disk(dir: &Path, name: &str) -> u64 {
    [name.to_owned(), format!("{name}-wal")]
        .iter()
        .filter_map(|name| Some(std::fs::metadata(dir.join(name)).ok()?.len()))
        .sum()
}
