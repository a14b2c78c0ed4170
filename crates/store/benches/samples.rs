//! Writes what the dictionary of derived rows is trained on, each row in a file of its own, in the folder that is named:
//! rows of the record that the tests judge merging by. The command that makes the dictionary of them is in
//! `docs/performance.md`.
#![expect(clippy::print_stdout, reason = "a tool speaks by printing")]
#![allow(
    dead_code,
    clippy::missing_docs_in_private_items,
    clippy::unwrap_used,
    reason = "what the tests use more of; a step that fails ends it"
)]

#[path = "../../record/tests/record/said.rs"]
mod said;
#[path = "../../record/tests/record/truth.rs"]
mod truth;

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use wholechart_fhir::{Kind, Release};
use wholechart_record::{ConnectionId, PersonId};
use wholechart_store::{
    Connection, ConnectionState, DbKey, Filter, Folder, Incoming, KeySlots, PageCommit, Person, Store,
};

/// Rows of each kind.
const OF_EACH: usize = 1_500;

/// What a connection's base sends, by connection, base and release: types, ids and bytes.
type Sent = BTreeMap<(String, String, Release), Vec<(String, String, String)>>;

fn main() {
    let Some(to) = std::env::args().skip(1).find(|word| !word.starts_with("--")).map(PathBuf::from) else {
        println!("Into which folder?");
        return;
    };
    fs::create_dir_all(&to).unwrap();
    let mut samples = Samples { to, every: BTreeMap::new() };
    samples.of(judged());
    for (kind, rows) in &samples.every {
        println!("{} of {kind}", rows.len().min(OF_EACH));
    }
    samples.write();
}

fn judged() -> Sent {
    let mut sent = Sent::new();
    let labelled = truth::record_of(1, 1);
    for (member, text) in labelled.members.into_iter().zip(labelled.sent) {
        let key = member.key;
        sent.entry((key.connection.0, key.base, key.release)).or_default().push((
            key.resource_type,
            key.id,
            text,
        ));
    }
    sent
}

struct Samples {
    to: PathBuf,
    every: BTreeMap<&'static str, Vec<Vec<u8>>>,
}

impl Samples {
    fn take(&mut self, of: &'static str, row: &impl Serialize) {
        self.every.entry(of).or_default().push(serde_json::to_vec(row).unwrap());
    }

    /// Rows from all over the record.
    fn write(self) {
        for (kind, rows) in self.every {
            let step = rows.len().div_ceil(OF_EACH).max(1);
            for (n, row) in rows.iter().step_by(step).enumerate() {
                fs::write(self.to.join(format!("{kind}-{n}")), row).unwrap();
            }
        }
    }

    /// Every row of a record.
    fn of(&mut self, sent: Sent) {
        let dir = tempfile::tempdir().unwrap();
        let key = DbKey::from_bytes(&[7; 32]).unwrap();
        KeySlots::new(&key).save(&Folder::take(dir.path()).unwrap()).unwrap();
        let store = Store::open(dir.path(), &key).unwrap();
        let whose = PersonId("3f0c9d1be5a74826a1d05c7e90b2f468".into());
        let person = Person {
            id: whose.clone(),
            name: "Somebody".into(),
            birth_date: None,
            home_zone: said::HOME,
            colour: 0,
        };
        store.save_person(&person).unwrap();
        for ((connection, base, release), resources) in sent {
            receive(&store, &whose, ConnectionId(connection), base, release, resources);
        }
        store.refresh_facts(&whose).unwrap();
        store
            .entries(Some(&whose), &mut |row| {
                self.take("entry", &row.member.entry);
                ControlFlow::Continue(())
            })
            .unwrap();
        store
            .facts_and_rows(Some(&whose), &mut |_, fact, row| {
                self.take("fact", &fact);
                self.take("row", &row);
                ControlFlow::Continue(())
            })
            .unwrap();
        for kind in Kind::ALL {
            let filter = Filter { kinds: vec![*kind], ..Filter::default() };
            for row in store.list(&whose, &filter, None, 1_000).unwrap().rows {
                self.take("list", &row.more);
            }
        }
    }
}

fn receive(
    store: &Store,
    person: &PersonId,
    connection: ConnectionId,
    base: String,
    release: Release,
    resources: Vec<(String, String, String)>,
) {
    let made = Connection {
        id: connection.clone(),
        person: person.clone(),
        name: connection.0.clone(),
        card: json!({}),
        patient: BTreeMap::new(),
        state: ConnectionState::Connected,
        created: at(),
        colour: 0,
        imported: false,
    };
    store.save_connection(&made).unwrap();
    let run = store.begin_run(&connection, at()).unwrap();
    let resources = resources.into_iter().map(|(resource_type, id, text)| Incoming {
        bytes: text.into_bytes(),
        resource_type,
        id: Some(id),
        full_url: None,
        position: 0,
        inferred: None,
    });
    store
        .commit_page(PageCommit {
            run,
            connection,
            base: base.clone(),
            release,
            question: "everything".into(),
            url: base,
            received_at: at(),
            midnight_means_day: false,
            resources: resources.collect(),
            unreadable: Vec::new(),
            next: None,
        })
        .unwrap();
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}
