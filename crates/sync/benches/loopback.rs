//! A whole first sync, from nothing to facts, from servers on this computer that take no time: `cargo xtask bench loopback [FACTS …]`.
//!
//! The load is the invented life at three providers, a hundred resources a page. The floor parses the same bytes and writes one row for
//! each resource into an encrypted file. Then the same again, when nothing is new.
#![expect(clippy::print_stdout, reason = "a benchmark speaks by printing")]
#![allow(
    dead_code,
    clippy::missing_docs_in_private_items,
    clippy::unwrap_used,
    reason = "what the tests use more of; a step that fails ends the benchmark"
)]

#[path = "../tests/sync/bench.rs"]
mod bench;
#[path = "../../../benches/figures/mod.rs"]
mod figures;
#[path = "../../../benches/load/mod.rs"]
mod load;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use url::Url;
use wholechart_record::ConnectionId;
use wholechart_smart::{ProviderCard, parse_cards};
use wholechart_store::Tokens;
use wholechart_sync::Connected;

use bench::Bench;
use figures::{Figures, forget_peak, memory};
use load::{PAGE, PROVIDERS, Sent, least, measured, on_disk, sent};

/// Facts of the life, unless said otherwise.
const FACTS: [u32; 2] = [20_000, 100_000];
/// From nothing to facts, in milliseconds, up to 20,000 facts and beyond.
const BARS: [u32; 2] = [1_500, 8_000];

#[tokio::main]
async fn main() {
    if cfg!(debug_assertions) {
        println!("Not an optimised build: the figures mean nothing.");
    }
    let said: Vec<u32> = std::env::args().skip(1).filter_map(|said| said.parse().ok()).collect();
    for facts in if said.is_empty() { FACTS.to_vec() } else { said } {
        synced(facts).await;
    }
}

async fn synced(facts: u32) {
    let files = sent(facts);
    let (said, raw) = measured(&files);
    let mut figures = Figures::new(&format!("loopback-{facts}"), &said);
    let folder = tempfile::tempdir().unwrap();
    figures.floor_work("floor: parsed, one row each", || {
        least(&folder.path().join("floor.db"), &"5a".repeat(32), &files);
    });
    let clinics = Arc::new(Clinics::of(files));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(serve(listener, Arc::clone(&clinics), address.clone()));
    let bench = Bench::new();
    let connections: Vec<ConnectionId> =
        (0..PROVIDERS.len()).map(|n| connected(&bench, &clinics, &address, n)).collect();
    forget_peak();
    let before = memory();
    let bar = BARS[usize::from(facts > 20_000)];
    let (start, worked) = Figures::working();
    for connection in &connections {
        let report = bench.sync(connection).await.unwrap();
        assert!(report.new > 0, "{} sends nothing", connection.0);
    }
    bench.store.refresh_facts(&bench.person).unwrap();
    figures.took_since("from nothing to facts", (start, worked), bar);
    if let (Some((_, before)), Some((peak, _))) = (before, memory()) {
        figures.amount("most memory, with the servers' answers", None, peak - before, "MB");
    }
    let again = Figures::working();
    for connection in &connections {
        let report = bench.sync(connection).await.unwrap();
        assert_eq!(report.new, 0, "nothing is new");
    }
    bench.store.refresh_facts(&bench.person).unwrap();
    figures.took_since("again, nothing new", again, bar);
    let dir = bench.dir;
    drop(bench.store);
    #[expect(clippy::cast_precision_loss, reason = "figures for reading")]
    let of_json = on_disk(dir.path(), "record.db") as f64 / raw;
    figures.amount("file and log after closing", Some(1.5), of_json, "× the JSON");
    figures.finish();
}

/// What the servers hold: by provider and type.
struct Clinics {
    resources: Vec<HashMap<String, Vec<Held>>>,
}

struct Held {
    id: String,
    /// `Observation.category`
    category: String,
    text: String,
}

impl Clinics {
    fn of(files: Vec<Vec<Sent>>) -> Clinics {
        let held = |one: Sent| {
            let resource: Value = serde_json::from_slice(&one.bytes).unwrap();
            let category =
                resource["category"][0]["coding"][0]["code"].as_str().unwrap_or_default().to_owned();
            (one.resource_type, Held { id: one.id, category, text: String::from_utf8(one.bytes).unwrap() })
        };
        let of = |file: Vec<Sent>| {
            let mut by_type: HashMap<String, Vec<Held>> = HashMap::new();
            for (resource_type, one) in file.into_iter().map(held) {
                by_type.entry(resource_type).or_default().push(one);
            }
            by_type
        };
        Clinics { resources: files.into_iter().map(of).collect() }
    }

    /// The answer to a GET of `/PROVIDER/Type/id` or of a search.
    fn answer(&self, address: &str, path: &str) -> Option<String> {
        let url = Url::parse(&format!("{address}{path}")).unwrap();
        let mut parts = url.path().trim_start_matches('/').split('/');
        let provider: usize = parts.next()?.parse().ok()?;
        let all = self.resources.get(provider)?.get(parts.next()?)?;
        if let Some(id) = parts.next() {
            return all.iter().find(|one| one.id == id).map(|one| one.text.clone());
        }
        let asked: HashMap<_, _> = url.query_pairs().into_owned().collect();
        // What was changed since is asked for: nothing was.
        let since = asked.contains_key("_lastUpdated");
        let categories: Option<BTreeSet<&str>> = asked.get("category").map(|said| said.split(',').collect());
        let wanted = |one: &&Held| {
            let category = |said: &&str| said.rsplit('|').next() == Some(one.category.as_str());
            !since && categories.as_ref().is_none_or(|said| said.iter().any(category))
        };
        let found: Vec<&Held> = all.iter().filter(wanted).collect();
        let page: usize = asked.get("page").and_then(|page| page.parse().ok()).unwrap_or_default();
        let entries: Vec<String> = found
            .iter()
            .skip(page * PAGE)
            .take(PAGE)
            .map(|one| format!(r#"{{"resource":{},"search":{{"mode":"match"}}}}"#, one.text))
            .collect();
        let mut links = Vec::new();
        if found.len() > (page + 1) * PAGE {
            let mut next = url.clone();
            let kept = asked.iter().filter(|(name, _)| *name != "page");
            next.query_pairs_mut().clear().extend_pairs(kept).append_pair("page", &(page + 1).to_string());
            links.push(json!({"relation": "next", "url": next.as_str()}));
        }
        Some(format!(
            r#"{{"resourceType":"Bundle","type":"searchset","total":{},"link":{},"entry":[{}]}}"#,
            found.len(),
            Value::from(links),
            entries.join(",")
        ))
    }
}

/// Answers for ever.
async fn serve(listener: TcpListener, clinics: Arc<Clinics>, address: String) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(talk(stream, Arc::clone(&clinics), address.clone()));
    }
}

/// One connection: a request after the other, until the other side has no more.
async fn talk(mut stream: TcpStream, clinics: Arc<Clinics>, address: String) {
    let _ = stream.set_nodelay(true);
    let mut received: Vec<u8> = Vec::new();
    loop {
        let end = loop {
            if let Some(at) = received.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            match stream.read_buf(&mut received).await {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
        };
        let request = String::from_utf8_lossy(&received[..end]).into_owned();
        received.drain(..end);
        let path = request.split(' ').nth(1).unwrap_or("/");
        let (status, body) = match clinics.answer(&address, path) {
            Some(body) => ("200 OK", body),
            None => ("404 Not Found", r#"{"resourceType":"OperationOutcome","issue":[]}"#.to_owned()),
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/fhir+json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        if stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()).await.is_err() {
            return;
        }
    }
}

/// A connection to the provider of this number, as after signing in.
fn connected(bench: &Bench, clinics: &Clinics, address: &str, n: usize) -> ConnectionId {
    let base = format!("{address}/{n}");
    let search = json!({"read": true, "search": true, "params": ["patient", "category", "_lastUpdated"], "revincludes": []});
    let types: BTreeMap<&String, &Value> = clinics.resources[n].keys().map(|kind| (kind, &search)).collect();
    let name = PROVIDERS[n];
    let card = json!({"id": format!("clinic-{n}"), "name": name, "clientId": "app", "quirks": [],
        "bases": [{"release": "r4", "url": base}]});
    let card: ProviderCard = parse_cards(&json!([card])).0.remove(0);
    let endpoints = serde_json::from_value(json!({
        "authorize": format!("{base}/authorize"), "token": format!("{base}/token"),
        "bases": [{"release": "r4", "url": base, "capability": {"types": types}}]}))
    .unwrap();
    let tokens = Tokens {
        access: "at".into(),
        refresh: Some("rt".into()),
        expires_at: Some(Utc::now() + TimeDelta::hours(6)),
        scope: String::new(),
    };
    let patients = BTreeMap::from([(base, format!("p{n}"))]);
    let connected = Connected { card, endpoints, accepted: None, unshown: false };
    bench.keep(&format!("clinic-{n}"), name, &connected, patients, &tokens, None)
}
