//! What the store promises, on real encrypted files in temporary folders.
//!
//! Helpers read as sentences: `Kept::new().with("summit")` is a record with a person and a connection.

mod answered;
mod backup;
mod bundle;
mod clinical;
mod damaged;
mod disk;
mod erased;
mod folds;
mod format;
mod handed;
mod keys;
mod killed;
mod laws;
mod lists;
mod notes;
mod own;
mod packed;
mod people;
mod private;
mod search;
mod sent;
mod set_aside;
mod sync;
mod timeline;
mod topics;
mod tree;

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::Path;

use chrono::{DateTime, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use tempfile::TempDir;
use wholechart_fhir::Release;
use wholechart_record::{ConnectionId, EntryKey, Fact, Member, PersonId, TOPICAL};

use crate::{
    Connection, ConnectionState, DbKey, Filter, Folder, Incoming, KeySlots, ListRow, PageCommit, Person,
    RunId, Store,
};

pub(crate) const BASE: &str = "https://fhir.example/r4";

/// A record in a folder of its own.
pub(crate) struct Kept {
    pub(crate) dir: TempDir,
    pub(crate) key: DbKey,
    pub(crate) store: Store,
}

pub(crate) fn key(seed: u64) -> DbKey {
    DbKey::generate(&mut StdRng::seed_from_u64(seed))
}

/// A folder with key slots for `key` and no record yet.
pub(crate) fn slots_in(dir: &Path, key: &DbKey) {
    let mut slots = KeySlots::new(key);
    slots.set_keychain("test");
    slots.save(&Folder::take(dir).unwrap()).unwrap();
}

pub(crate) fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + minute * 60, 0).unwrap()
}

impl Kept {
    pub(crate) fn new() -> Kept {
        let dir = TempDir::new().unwrap();
        let key = key(1);
        slots_in(dir.path(), &key);
        let store = Store::open(dir.path(), &key).unwrap();
        Kept { dir, key, store }
    }

    /// With connections of one person, `ada`.
    pub(crate) fn with(connections: &[&str]) -> Kept {
        let kept = Kept::new();
        kept.store.save_person(&person("ada")).unwrap();
        for name in connections {
            kept.store.save_connection(&connection(name, "ada")).unwrap();
        }
        kept
    }

    /// Closes the file and opens it again.
    pub(crate) fn reopened(self) -> Kept {
        let Kept { dir, key, store } = self;
        drop(store);
        let store = Store::open(dir.path(), &key).unwrap();
        Kept { dir, key, store }
    }

    /// Topics read many facts at once: each as a list reads it by itself.
    pub(crate) fn topics_are_as_listed(&self, person: &PersonId) -> usize {
        let topics = self.store.topics(person, TOPICAL).unwrap();
        let mut under: Vec<ListRow> =
            topics.iter().flat_map(|topic| &topic.facts).map(|one| ListRow::clone(one)).collect();
        let filter = Filter { kinds: TOPICAL.to_vec(), ..Filter::default() };
        let mut listed = self.store.list(person, &filter, None, u32::MAX - 1).unwrap().rows;
        for rows in [&mut under, &mut listed] {
            rows.sort_by(|one, other| one.row.id.cmp(&other.row.id));
        }
        assert_eq!(under, listed);
        under.len()
    }

    /// Every fact of a person with its members: what the quicker ways of reading are compared with.
    pub(crate) fn facts_for_summary(&self, person: &PersonId) -> Vec<(Fact, Vec<Member>)> {
        let mut entries = HashMap::<EntryKey, Member>::new();
        self.store
            .entries(Some(person), &mut |row| {
                entries.insert(row.member.key.clone(), row.member);
                ControlFlow::Continue(())
            })
            .unwrap();
        let mut facts = Vec::new();
        self.store
            .facts(Some(person), &mut |_, fact| {
                let members = fact.members.iter().filter_map(|key| entries.remove(key)).collect();
                facts.push((fact, members));
                ControlFlow::Continue(())
            })
            .unwrap();
        facts
    }

    /// One finished run of one page, and the facts after it.
    pub(crate) fn receives(&self, connection: &str, resources: &[Value]) -> crate::PageOutcome {
        let run = self.store.begin_run(&id(connection), at(0)).unwrap();
        let outcome = self.store.commit_page(page(run, connection, resources)).unwrap();
        self.store.finish_run(run, at(1), crate::RunOutcome::Complete).unwrap();
        self.store.refresh_facts(&ada()).unwrap();
        outcome
    }
}

pub(crate) fn id(connection: &str) -> ConnectionId {
    ConnectionId(connection.into())
}

pub(crate) fn ada() -> PersonId {
    PersonId("ada".into())
}

pub(crate) fn person(name: &str) -> Person {
    Person {
        id: PersonId(name.into()),
        name: name.into(),
        birth_date: "1961-04-03".parse().ok(),
        home_zone: chrono_tz::America::New_York,
        colour: 0,
    }
}

pub(crate) fn connection(name: &str, person: &str) -> Connection {
    Connection {
        id: id(name),
        person: PersonId(person.into()),
        name: name.to_uppercase(),
        card: json!({"name": name}),
        patient: BTreeMap::from([(BASE.to_owned(), "p1".to_owned())]),
        state: ConnectionState::Connected,
        created: at(0),
        colour: 3,
        imported: false,
    }
}

pub(crate) fn incoming(resource: &Value) -> Incoming {
    Incoming {
        bytes: resource.to_string().into_bytes(),
        resource_type: resource["resourceType"].as_str().unwrap().to_owned(),
        id: resource["id"].as_str().map(str::to_owned),
        full_url: None,
        position: 0,
        inferred: None,
    }
}

pub(crate) fn page(run: RunId, connection: &str, resources: &[Value]) -> PageCommit {
    PageCommit {
        run,
        connection: id(connection),
        base: BASE.into(),
        release: Release::R4,
        question: "everything".into(),
        url: format!("{BASE}/Observation?page=1"),
        received_at: at(0),
        midnight_means_day: false,
        resources: resources.iter().map(incoming).collect(),
        unreadable: vec![],
        next: None,
    }
}

pub(crate) fn result(id: &str, date: Option<&str>, value: i32) -> Value {
    json!({"resourceType": "Observation", "id": id, "status": "final", "effectiveDateTime": date,
        "category": [{"coding": [{"code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "13457-7"}], "text": "LDL cholesterol"},
        "valueQuantity": {"value": value, "unit": "mg/dL"}})
}

pub(crate) fn vaccine(id: &str, date: &str) -> Value {
    json!({"resourceType": "Immunization", "id": id, "status": "completed", "occurrenceDateTime": date,
        "vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": "140"}], "text": "Influenza"}})
}
