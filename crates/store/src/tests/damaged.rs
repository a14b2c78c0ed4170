//! A damaged record is noticed, and what can be read of it is rescued: nothing wrong is in the new one, what is missing is
//! named, and the damaged file is still there.
//!
//! `WHOLECHART_ROUNDS=200 cargo test -p wholechart-store damaged` for a thorough run, `WHOLECHART_SEED=…` for the same again.

#![allow(clippy::print_stdout, reason = "says which pages were damaged")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::laws::derived;
use super::{Kept, ada, at, id, key, page, result, vaccine};
use crate::rescue::HAPPENED;
use crate::schema::SCHEMA;
use crate::store::open_without_log;
use crate::{
    Called, Checked, DocumentCommit, Filter, Folder, Lost, LostKind, LostRecords, RunOutcome, Store,
    StoreError, VersionId, rescue,
};

const PAGE: usize = 4096;
const CALLED: Called<'static> = Called { person: "Somebody", connection: "Rescued" };

/// A letter that fills several pages of the file.
fn letter(n: usize) -> Value {
    let mut rng = StdRng::seed_from_u64(n as u64);
    let words: Vec<String> = (0..900).map(|_| format!("{:x}", rng.next_u64())).collect();
    json!({"resourceType": "Condition", "id": format!("letter-{n}"), "recordedDate": "2021-10-04",
        "code": {"text": format!("Quinsy {n}")}, "note": [{"text": words.join(" ")}]})
}

/// A record of two connections, with a note, decisions, a file, and resources that came twice.
fn lived_in() -> TempDir {
    let kept = Kept::with(&["summit", "lake"]);
    for name in ["summit", "lake"] {
        let many: Vec<Value> = (0..120)
            .flat_map(|n| {
                let day = format!("20{:02}-03-{:02}", n % 20, n % 28 + 1);
                [vaccine(&format!("v{n}"), &day), result(&format!("r{n}"), Some(&day), n)]
            })
            .collect();
        kept.receives(name, &many);
        kept.receives(name, &(0..6).map(letter).collect::<Vec<_>>());
        // Newer versions, far from the first ones.
        kept.receives(
            name,
            &(0..40).map(|n| result(&format!("r{n}"), Some("2022-02-02"), 500)).collect::<Vec<_>>(),
        );
    }
    let run = kept.store.begin_run(&id("lake"), at(2)).unwrap();
    kept.store
        .commit_document(&DocumentCommit {
            run,
            connection: id("lake"),
            url: "https://fhir.example/letter".into(),
            content_type: None,
            received_at: at(2),
            bytes: letter(77).to_string().into_bytes(),
        })
        .unwrap();
    kept.store.finish_run(run, at(3), RunOutcome::Complete).unwrap();
    let rows = kept.store.timeline(&ada(), &Filter::default(), None, 9).unwrap().rows;
    kept.store.set_note(&rows[0].id, "ask about the arm", at(3)).unwrap();
    kept.store.set_setting("paper", &json!("a4")).unwrap();
    let Kept { dir, store, .. } = kept;
    drop(store);
    dir
}

/// What is held of a record.
#[derive(Debug, Default, PartialEq, Eq)]
struct Held {
    /// By what a resource is known by: its bytes as they were sent, the newest last.
    resources: BTreeMap<(String, String, String), Vec<Vec<u8>>>,
    files: usize,
    notes: usize,
    settings: usize,
    people: usize,
}

fn held(store: &Store) -> Held {
    let ids: Vec<(i64, String)> = store.with_writer(|db| {
        let mut query = db
            .prepare(
                "SELECT v.id, c.name FROM version v JOIN resource r ON r.n = v.resource JOIN source s ON s.n = r.source
                 JOIN connection c ON c.n = s.connection ORDER BY v.id",
            )
            .unwrap();
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    });
    let mut held = Held::default();
    for (id, from) in ids {
        let sent = store.version_bytes(VersionId(id)).unwrap().unwrap();
        held.resources.entry((from, sent.key.resource_type, sent.key.id)).or_default().push(sent.bytes);
    }
    let count =
        |sql: &str| store.with_writer(|db| db.query_row(sql, [], |row| row.get::<_, usize>(0)).unwrap());
    held.files = count("SELECT count(*) FROM document");
    held.notes = count("SELECT count(*) FROM note");
    held.settings = count("SELECT count(*) FROM setting WHERE name = 'paper'");
    held.people = count("SELECT count(*) FROM person WHERE id = 'ada' AND name = 'ada'");
    held
}

/// The pages that belong to something, by what: without those that are free.
fn pages(dir: &Path) -> BTreeMap<usize, (String, String)> {
    let db = open_without_log(&dir.join("record.db"), &key(1)).unwrap();
    let mut query = db.prepare("SELECT pageno, name, pagetype FROM dbstat").unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn copied(from: &Path) -> TempDir {
    let to = TempDir::new().unwrap();
    for item in fs::read_dir(from).unwrap() {
        let item = item.unwrap();
        fs::copy(item.path(), to.path().join(item.file_name())).unwrap();
    }
    to
}

/// Writes noise over pages.
fn damage(dir: &Path, pages: &[usize], rng: &mut StdRng) -> Vec<u8> {
    let path = dir.join("record.db");
    let mut bytes = fs::read(&path).unwrap();
    for page in pages {
        rng.fill_bytes(&mut bytes[(page - 1) * PAGE..page * PAGE]);
    }
    fs::write(&path, &bytes).unwrap();
    bytes
}

/// The record that was made of a damaged one, and what it says that it lost.
fn rescued(dir: &Path) -> Result<(Store, Lost), StoreError> {
    let folder = Folder::take(dir).unwrap();
    let (replacement, lost) = rescue(&folder, &key(1), &CALLED, at(50))?;
    let aside = replacement.set_aside_damaged(&folder).unwrap();
    assert_eq!(aside, dir.join("record.damaged-1"));
    drop(folder);
    let store = Store::open(dir, &key(1)).unwrap();
    assert_eq!(store.lost().unwrap().as_ref(), Some(&lost), "it says so until it was seen");
    Ok((store, lost))
}

fn named(lost: &Lost) -> BTreeMap<(Option<&str>, Option<&str>), u64> {
    lost.records
        .iter()
        .map(|LostRecords { from, what, count }| ((from.as_deref(), what.as_deref()), *count))
        .collect()
}

#[test]
fn of_a_record_with_damaged_pages_what_can_be_read_is_rescued_and_what_cannot_is_named() {
    let variable = |name: &str| std::env::var(name).ok();
    let rounds: u64 = variable("WHOLECHART_ROUNDS").and_then(|n| n.parse().ok()).unwrap_or(12);
    let seed =
        variable("WHOLECHART_SEED").and_then(|n| n.parse().ok()).unwrap_or_else(|| rand::rng().random());
    println!("WHOLECHART_SEED={seed}");
    let mut rng = StdRng::seed_from_u64(seed);
    let whole = lived_in();
    let before = held(&Store::open(whole.path(), &key(1)).unwrap());
    let known = pages(whole.path());
    let count = usize::try_from(fs::metadata(whole.path().join("record.db")).unwrap().len()).unwrap() / PAGE;
    let mut nothing = 0;
    for round in 0..rounds {
        let hit: Vec<usize> = (0..rng.random_range(1..=4)).map(|_| rng.random_range(1..=count)).collect();
        let named_pages: Vec<_> = hit.iter().map(|page| (page, known.get(page))).collect();
        println!("{round}: {named_pages:?} of {count}");
        let dir = copied(whole.path());
        let damaged = damage(dir.path(), &hit, &mut rng);
        let (store, lost) = match rescued(dir.path()) {
            Ok(rescued) => rescued,
            Err(StoreError::Damaged) => {
                let schema =
                    hit.iter().filter_map(|page| known.get(page)).any(|(of, _)| of == "sqlite_schema");
                assert!(schema, "only the list of tables cannot be done without");
                assert_eq!(fs::read(dir.path().join("record.db")).unwrap(), damaged, "it is as it was");
                nothing += 1;
                continue;
            }
            Err(other) => panic!("{other:?}"),
        };
        println!("   {:?} {:?}", named(&lost), lost.kinds);
        assert_eq!(
            fs::read(dir.path().join("record.damaged-1/record.db")).unwrap(),
            damaged,
            "it is still there"
        );
        laws_hold_after(store, dir, &before, &lost);
    }
    assert!(nothing < rounds, "something was rescued");
}

/// Nothing is in the rescued record that was not in the other one, and what is not in it is named.
fn laws_hold_after(store: Store, dir: TempDir, before: &Held, lost: &Lost) {
    let kept = Kept { dir, key: key(1), store };
    let after = held(&kept.store);
    for (known_by, bytes) in &after.resources {
        // Somebody stands for a connection whose name was lost.
        let was = if known_by.0 == CALLED.connection {
            assert!(lost.kinds.contains(&LostKind::Connections));
            let fits =
                |from: &str| before.resources.get(&(from.to_owned(), known_by.1.clone(), known_by.2.clone()));
            fits("SUMMIT").filter(|was| was.last() == bytes.last()).or_else(|| fits("LAKE")).unwrap()
        } else {
            &before.resources[known_by]
        };
        assert_eq!(bytes.last(), was.last(), "what is so now is so still: {known_by:?}");
        assert!(bytes.iter().all(|version| was.contains(version)), "as it was sent: {known_by:?}");
    }
    let mut missing: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    if !lost.kinds.contains(&LostKind::Connections) {
        for known_by in before.resources.keys().filter(|known_by| !after.resources.contains_key(*known_by)) {
            *missing.entry((&known_by.0, &known_by.1)).or_default() += 1;
        }
    }
    let named = named(lost);
    let uncounted = lost.kinds.contains(&LostKind::Records);
    let nameless: u64 =
        named.iter().filter(|((from, what), _)| from.is_none() || what.is_none()).map(|(_, n)| n).sum();
    for ((from, what), count) in &missing {
        let said = named.get(&(Some(from), Some(what))).copied().unwrap_or_default();
        assert!(
            said + nameless >= *count || uncounted,
            "{from} {what}: {count} are missing and {said} named"
        );
        assert!(said <= *count, "{from} {what}: {said} named and {count} missing");
    }
    let files = named.iter().filter(|((_, what), _)| *what == Some("")).map(|(_, n)| n).sum::<u64>();
    assert!(uncounted || files == (before.files - after.files) as u64);
    assert!(after.notes == before.notes || lost.kinds.contains(&LostKind::Notes));
    assert!(after.settings == before.settings || lost.kinds.contains(&LostKind::Settings));
    assert!(after.people == before.people || lost.kinds.contains(&LostKind::People));

    assert_eq!(kept.store.check(|| true).unwrap(), Checked::Whole);
    kept.store.catch_up(&mut |_, _| ControlFlow::Continue(())).unwrap();
    let grown = derived(&kept);
    kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
    assert!(derived(&kept) == grown);
    // A sync asks for everything, and fills the gaps.
    let name = id("summit");
    if let Ok(run) = kept.store.begin_run(&name, at(60)) {
        let sent: Vec<Value> = before
            .resources
            .iter()
            .filter(|((from, ..), _)| from == "SUMMIT")
            .map(|(_, bytes)| serde_json::from_slice(bytes.last().unwrap()).unwrap())
            .collect();
        kept.store.commit_page(page(run, "summit", &sent)).unwrap();
        kept.store.finish_run(run, at(61), RunOutcome::Complete).unwrap();
        let now = held(&kept.store);
        let newest = |held: &Held| -> BTreeMap<(String, String), Vec<u8>> {
            let of = held.resources.iter().filter(|((from, ..), _)| from == "SUMMIT");
            of.map(|((_, what, id), bytes)| ((what.clone(), id.clone()), bytes.last().unwrap().clone()))
                .collect()
        };
        assert!(newest(&now) == newest(before), "nothing is missing any more");
    }
    // Erasing takes what was set aside with it: it is in there as well.
    assert_eq!(kept.store.set_aside_damaged().unwrap().len(), 1);
    let person = kept.store.persons().unwrap().remove(0);
    kept.store.erase_person(&person.id).unwrap();
    assert_eq!(kept.store.set_aside_damaged().unwrap(), Vec::<std::path::PathBuf>::new());
}

#[test]
fn a_damaged_page_of_any_table_is_noticed() {
    let whole = lived_in();
    let store = Store::open(whole.path(), &key(1)).unwrap();
    assert_eq!(store.check(|| true).unwrap(), Checked::Whole);
    assert_eq!(store.check_some(|| true).unwrap(), Checked::Whole);
    drop(store);
    // One of each sort, and the last page of a long value: its end would look like noughts.
    let known = pages(whole.path());
    let mut sorts: BTreeMap<&(String, String), usize> = BTreeMap::new();
    for (number, sort) in &known {
        sorts.insert(sort, *number);
    }
    let mut rng = StdRng::seed_from_u64(11);
    // Of what can be made anew a few are enough.
    let few = sorts.into_iter().enumerate().filter(|(n, ((of, sort), _))| {
        of != "sqlite_schema" && (HAPPENED.contains(&of.as_str()) || sort == "overflow" || n % 5 == 0)
    });
    for (_, ((of, sort), number)) in few {
        let dir = copied(whole.path());
        damage(dir.path(), &[number], &mut rng);
        match Store::open(dir.path(), &key(1)) {
            Ok(store) => {
                assert_eq!(store.check(|| true).unwrap(), Checked::Damaged, "{of} {sort}");
                assert_eq!(store.check_some(|| true).unwrap(), Checked::Damaged, "{of} {sort}");
            }
            Err(StoreError::Damaged) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_look_at_a_start_that_has_no_time_goes_on_at_the_next_one() {
    let dir = lived_in();
    let store = Store::open(dir.path(), &key(1)).unwrap();
    let mut begun = BTreeSet::new();
    for _ in 0..4 {
        assert_eq!(store.check_some(|| false).unwrap(), Checked::InPart);
        begun.insert(store.setting("checked").unwrap().unwrap().to_string());
    }
    assert_eq!(begun.len(), 4, "each time another one");
    assert_eq!(store.check_some(|| true).unwrap(), Checked::Whole);
}

#[test]
fn a_record_whose_connection_was_lost_keeps_what_came_from_it() {
    let whole = lived_in();
    let before = held(&Store::open(whole.path(), &key(1)).unwrap());
    let known = pages(whole.path());
    let hit: Vec<usize> =
        known.iter().filter(|(_, (of, _))| of == "connection").map(|(number, _)| *number).collect();
    let dir = copied(whole.path());
    damage(dir.path(), &hit, &mut StdRng::seed_from_u64(3));
    let (store, lost) = rescued(dir.path()).unwrap();
    assert!(lost.kinds.contains(&LostKind::Connections));
    let after = held(&store);
    assert!(after.resources.keys().all(|(from, ..)| from == CALLED.connection));
    assert_eq!(after.files, before.files);
    // Both had the same, and are known by who had sent it.
    assert_eq!(store.connections(Some(&ada())).unwrap().len(), 2);
    assert_eq!(store.timeline(&ada(), &Filter::default(), None, 999).unwrap().rows.len(), {
        let store = Store::open(whole.path(), &key(1)).unwrap();
        store.timeline(&ada(), &Filter::default(), None, 999).unwrap().rows.len()
    });
}

#[test]
fn a_record_of_which_nothing_can_be_read_stays_as_it_is() {
    let whole = lived_in();
    let damaged = damage(whole.path(), &[1], &mut StdRng::seed_from_u64(3));
    assert!(matches!(rescued(whole.path()), Err(StoreError::Damaged)));
    assert_eq!(fs::read(whole.path().join("record.db")).unwrap(), damaged);
    assert!(!whole.path().join("record.incoming").exists(), "nothing of the attempt is left");
    let other = key(2);
    let folder = Folder::take(whole.path()).unwrap();
    assert!(matches!(rescue(&folder, &other, &CALLED, at(0)), Err(StoreError::WrongKey)));
}

#[test]
fn every_table_that_cannot_be_made_anew_is_rescued() {
    let (happened, _) = SCHEMA.newest.split_once("── Derived ──").unwrap();
    let tables: BTreeSet<&str> = happened
        .lines()
        .filter_map(|line| line.strip_prefix("CREATE TABLE "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(tables, BTreeSet::from(HAPPENED));
}
