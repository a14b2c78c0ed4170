//! A process that is killed (SIGKILL, TerminateProcess) at any moment of a sync, an import, a merge, a backup, a restore, a new
//! key, an upgrade or an erasure leaves what was there before or what was to come, and nothing between.
//!
//! Twenty points in the ordinary run, drawn by a seed that is printed, and shared out among all that is killed.
//! `WHOLECHART_KILLS=200` for a thorough run, `WHOLECHART_SEED=…` for the same points again, `WHOLECHART_KILL_AT="erase 1234"` for one
//! point, and `WHOLECHART_KILLS=50 WHOLECHART_KILL_AT=import` for fifty of one alone.

#![allow(clippy::print_stdout, reason = "says where it was killed")]

pub(crate) mod process;

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rusqlite::Connection as Sqlite;
use serde_json::Value;
use tempfile::TempDir;

use self::process::Ran;
use super::backup::{lived_in, order, to_the_end, words};
use super::clinical;
use super::erased::everything;
use super::format::record_of;
use super::laws::derived;
use super::{BASE, Kept, ada, at, id, key, page, person, result, slots_in, vaccine};
use crate::schema::SCHEMA;
use crate::store::{open_damaged, open_without_log};
use crate::{
    BackupOrder, DbKey, Folder, KeySlots, PageCommit, Replacement, RunOutcome, Store, StoreError, VersionId,
    read_backup,
};

/// Names the folder of everything to the process that is going to be killed, and what it does there.
const FOLDER: &str = "WHOLECHART_TEST_KILLED_IN";
const DOES: &str = "WHOLECHART_TEST_DOES";

/// Where things are in that folder.
struct Place(PathBuf);

impl Place {
    fn record(&self) -> PathBuf {
        self.0.join("record")
    }

    fn backup(&self) -> PathBuf {
        self.0.join("kept").join("chart.age")
    }
}

/// What a process is killed at.
struct Work {
    /// What it is called here.
    name: &'static str,
    /// Makes the folder in which it begins.
    made: fn() -> TempDir,
    /// What it does.
    does: fn(&Place),
    /// Looks at what is left, and says whether it is new. The second says whether the process came to its end.
    judged: fn(&Place, bool) -> bool,
}

const WORKS: [Work; 9] = [
    Work { name: "sync", made: signed_in, does: syncs, judged: synced },
    Work { name: "import", made: signed_in, does: imports, judged: imported },
    Work { name: "import-documents", made: signed_in, does: imports_documents, judged: documents_imported },
    Work { name: "merge", made: unmerged, does: merges, judged: merged },
    Work { name: "back-up", made: with_backup, does: backs_up, judged: backed_up },
    Work { name: "restore", made: of_another, does: restores, judged: restored },
    Work { name: "change-the-key", made: with_backup, does: changes_the_key, judged: key_changed },
    Work { name: "upgrade", made: of_an_older_format, does: upgrades, judged: upgraded },
    Work { name: "erase", made: with_backup, does: erases, judged: erased },
];

/// The process that is killed. Without a folder this is no test.
#[test]
fn a_process_to_be_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let name = std::env::var(DOES).unwrap();
    let work = WORKS.iter().find(|work| work.name == name).unwrap();
    process::wait_for_the_start();
    (work.does)(&Place(folder.into()));
}

fn run(place: &Place, work: &Work, dies_at: Option<u64>) -> Ran {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "tests::killed::a_process_to_be_killed"])
        .env(FOLDER, &place.0)
        .env(DOES, work.name);
    process::run(&mut command, dies_at)
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for item in fs::read_dir(from).unwrap() {
        let item = item.unwrap();
        if item.file_type().unwrap().is_dir() {
            copied(&item.path(), &to.join(item.file_name()));
        } else {
            fs::copy(item.path(), to.join(item.file_name())).unwrap();
        }
    }
}

fn copy_of(made: &TempDir) -> (TempDir, Place) {
    let dir = TempDir::new().unwrap();
    copied(made.path(), dir.path());
    let place = Place(dir.path().to_owned());
    (dir, place)
}

#[test]
fn killed_at_any_moment_what_is_left_is_old_or_new_and_nothing_between() {
    let variable = |name: &str| std::env::var(name).ok();
    let kills: usize = variable("WHOLECHART_KILLS").and_then(|n| n.parse().ok()).unwrap_or(20);
    let seed =
        variable("WHOLECHART_SEED").and_then(|n| n.parse().ok()).unwrap_or_else(|| rand::rng().random());
    println!("WHOLECHART_SEED={seed}");
    let asked = variable("WHOLECHART_KILL_AT");
    let only = asked.as_deref().map(|asked| asked.split_once(' ').unwrap_or((asked, "")));
    let known = |name: &str| WORKS.iter().any(|work| work.name == name);
    assert!(only.is_none_or(|(name, _)| known(name)), "nothing of this name is killed here: {asked:?}");
    let mut rng = StdRng::seed_from_u64(seed);
    for (n, work) in WORKS.iter().enumerate() {
        if only.is_some_and(|(name, _)| name != work.name) {
            continue;
        }
        let made = (work.made)();
        let (_dir, place) = copy_of(&made);
        let whole = run(&place, work, None);
        assert!(whole.ended && (work.judged)(&place, true), "{}: undisturbed it is new", work.name);
        // The kills are shared out among all of them, unless one alone was asked for, and every one is killed at its very beginning
        // besides.
        let share = if only.is_some() { kills } else { (kills + WORKS.len() - 1 - n) / WORKS.len() };
        let mut points = vec![1];
        points.extend((0..share).map(|_| rng.random_range(1..=whole.points)));
        let one = only.map(|(_, point)| point).filter(|point| !point.is_empty());
        if let Some(point) = one {
            points = vec![point.parse().unwrap()];
        }
        let (mut old, mut new) = (0, 0);
        for point in &points {
            // What was being done stands before what went wrong.
            println!("WHOLECHART_KILL_AT=\"{} {point}\" of {}", work.name, whole.points);
            let (_dir, place) = copy_of(&made);
            let ran = run(&place, work, Some(*point));
            *(if (work.judged)(&place, ran.ended) { &mut new } else { &mut old }) += 1;
        }
        println!("{}: {old} old, {new} new, of {} points", work.name, whole.points);
        assert!(one.is_some() || old > 0, "{}: {old} old, {new} new", work.name);
    }
}

// ---- the laws

/// What is derived is what a rebuild derives.
fn laws_hold(store: Store) -> Vec<String> {
    let kept = Kept { dir: TempDir::new().unwrap(), key: key(1), store };
    kept.store.catch_up(&mut |_, _| ControlFlow::Continue(())).unwrap();
    for person in kept.store.persons().unwrap() {
        kept.store.refresh_facts(&person.id).unwrap();
    }
    let grown = derived(&kept);
    kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
    assert!(derived(&kept) == grown, "a rebuilt projection is the one that was there");
    grown
}

fn opened(place: &Place) -> Store {
    Store::open(&place.record(), &key(1)).unwrap()
}

/// Every version of every resource, as it was sent.
fn versions(store: &Store) -> Vec<Vec<u8>> {
    let ids: Vec<i64> = store.with_writer(|db| {
        let mut query = db.prepare("SELECT id FROM version ORDER BY id").unwrap();
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    });
    ids.into_iter().map(|id| store.version_bytes(VersionId(id)).unwrap().unwrap().bytes).collect()
}

// ---- what comes

const PAGES: usize = 3;
const ON_A_PAGE: usize = 20;

/// What a provider has on a page, some of it twice.
fn on_page(n: usize) -> Vec<Value> {
    (0..ON_A_PAGE)
        .map(|m| {
            let id = format!("{n}-{m}");
            let day = format!("20{:02}-03-{:02}", 10 + n, m % 4 + 1);
            if m % 2 == 0 {
                vaccine(&id, &day)
            } else {
                result(&id, Some(&day), 100 + i32::try_from(m).unwrap())
            }
        })
        .collect()
}

fn sent() -> Vec<Vec<u8>> {
    (0..PAGES).flat_map(on_page).map(|resource| resource.to_string().into_bytes()).collect()
}

/// A record with a connection that brought nothing yet.
fn signed_in() -> TempDir {
    let kept = Kept::with(&["summit"]);
    closed(kept)
}

/// A record, in a folder of everything.
fn closed(kept: Kept) -> TempDir {
    let Kept { dir, store, .. } = kept;
    drop(store);
    let made = TempDir::new().unwrap();
    copied(dir.path(), &Place(made.path().to_owned()).record());
    made
}

/// Commits the pages from `first` on.
fn commit(store: &Store, run: crate::RunId, first: usize) {
    for n in first..PAGES {
        let next = (n + 1 < PAGES).then(|| (n + 1).to_string());
        store.commit_page(PageCommit { next, ..page(run, "summit", &on_page(n)) }).unwrap();
    }
}

/// As a sync goes on after it was stopped: from the place that came with the last page.
fn syncs(place: &Place) {
    let store = opened(place);
    let unfinished = store.last_run(&id("summit")).unwrap().filter(|run| run.finished.is_none());
    let (run, first) = match unfinished {
        Some(run) => match store.open_questions(run.id).unwrap().first() {
            Some(question) => (run.id, question.next.as_ref().map_or(PAGES, |next| next.parse().unwrap())),
            None => (run.id, 0),
        },
        None => (store.begin_run(&id("summit"), at(0)).unwrap(), 0),
    };
    commit(&store, run, first);
    store.finish_run(run, at(1), RunOutcome::Complete).unwrap();
    store.refresh_facts(&ada()).unwrap();
}

fn synced(place: &Place, ended: bool) -> bool {
    let store = opened(place);
    let here = versions(&store);
    assert_eq!(here.len() % ON_A_PAGE, 0, "pages are whole");
    assert_eq!(here, sent()[..here.len()], "each as it was sent");
    let last = store.last_run(&id("summit")).unwrap();
    let is_new = last.as_ref().is_some_and(|run| run.finished.is_some());
    if let Some(run) = last.filter(|_| !is_new) {
        let came = store.open_questions(run.id).unwrap().first().map_or(0, |one| one.received);
        assert_eq!(here.len(), came as usize, "the place to go on from is that of what came");
    }
    laws_hold(store);
    // Carried on, it ends as if nothing had been.
    if !is_new {
        assert!(!ended);
        syncs(place);
    }
    let store = opened(place);
    assert_eq!(versions(&store), sent());
    let undisturbed = Kept::with(&["summit"]);
    let run = undisturbed.store.begin_run(&id("summit"), at(0)).unwrap();
    commit(&undisturbed.store, run, 0);
    undisturbed.store.finish_run(run, at(1), RunOutcome::Complete).unwrap();
    assert_eq!(laws_hold(store), laws_hold(undisturbed.store));
    is_new
}

fn imports(place: &Place) {
    let store = opened(place);
    let (run, _) = store.begin_import(&id("summit"), None, at(0)).unwrap();
    commit(&store, run, 0);
    store.finish_run(run, at(1), RunOutcome::Complete).unwrap();
    store.refresh_facts(&ada()).unwrap();
}

fn imported(place: &Place, ended: bool) -> bool {
    let store = opened(place);
    let all = store.imports(&ada()).unwrap();
    let is_new = !all.is_empty();
    if is_new {
        assert!(all.len() == 1 && all[0].is_whole);
        assert_eq!(versions(&store), sent());
    } else {
        assert!(!ended);
        assert_eq!(versions(&store), Vec::<Vec<u8>>::new(), "half a file is nobody's record");
        let last = store.last_run(&id("summit")).unwrap();
        assert!(last.is_none_or(|run| run.finished.is_some()), "nothing is to be carried on");
    }
    laws_hold(store);
    is_new
}

/// Clinical documents, each of which is kept beside what it says.
fn imports_documents(place: &Place) {
    let store = opened(place);
    let (run, _) = store.begin_import(&id("summit"), None, at(0)).unwrap();
    for (number, day) in DOCUMENTS {
        let document = clinical::document(number, day, "Hypertension");
        clinical::commit(&store, run, "summit", &document, day);
    }
    store.finish_run(run, at(1), RunOutcome::Complete).unwrap();
    store.refresh_facts(&ada()).unwrap();
}

const DOCUMENTS: [(&str, &str); 2] = [("one", "20210101"), ("two", "20220101")];

fn documents_imported(place: &Place, ended: bool) -> bool {
    let store = opened(place);
    let all = store.imports(&ada()).unwrap();
    let is_new = !all.is_empty();
    let held: u64 =
        store.with_writer(|db| db.query_row("SELECT count(*) FROM document", [], |row| row.get(0)).unwrap());
    if is_new {
        assert!(all.len() == 1 && all[0].is_whole);
        assert_eq!(held, DOCUMENTS.len() as u64);
    } else {
        assert!(!ended);
        assert_eq!(held, 0, "a document without its import is nobody's");
        assert_eq!(versions(&store), Vec::<Vec<u8>>::new(), "half an import is nobody's record");
        let last = store.last_run(&id("summit")).unwrap();
        assert!(last.is_none_or(|run| run.finished.is_some()), "nothing is to be carried on");
    }
    laws_hold(store);
    is_new
}

/// A record in which everything came and nothing was merged.
fn unmerged() -> TempDir {
    let kept = Kept::with(&["summit"]);
    let run = kept.store.begin_run(&id("summit"), at(0)).unwrap();
    commit(&kept.store, run, 0);
    kept.store.finish_run(run, at(1), RunOutcome::Complete).unwrap();
    closed(kept)
}

fn merges(place: &Place) {
    let store = opened(place);
    // A few at a time, as a long record is merged.
    while store.is_behind().unwrap() {
        store.refresh_part(&ada(), 7).unwrap();
    }
}

fn merged(place: &Place, ended: bool) -> bool {
    let store = opened(place);
    let is_new = !store.is_behind().unwrap();
    assert!(is_new || !ended);
    assert_eq!(versions(&store), sent());
    laws_hold(store);
    is_new
}

// ---- backups, restores, keys

/// A folder with a record that is lived in and, of an earlier moment of it, a backup.
fn with_backup() -> TempDir {
    let made = TempDir::new().unwrap();
    let place = Place(made.path().to_owned());
    fs::create_dir(place.backup().parent().unwrap()).unwrap();
    let kept = lived_in();
    kept.store
        .back_up(&order(&place.backup(), &words()), &mut StdRng::seed_from_u64(5), &mut to_the_end)
        .unwrap();
    let dir = kept.dir;
    drop(kept.store);
    copied(dir.path(), &place.record());
    made
}

fn backs_up(place: &Place) {
    let store = opened(place);
    let (to, passphrase) = (place.backup(), words());
    store
        .back_up(
            &BackupOrder { now: at(95), ..order(&to, &passphrase) },
            &mut StdRng::seed_from_u64(3),
            &mut to_the_end,
        )
        .unwrap();
}

fn backed_up(place: &Place, ended: bool) -> bool {
    let made = read_backup(&place.backup(), &words()).unwrap().made;
    assert!(made == at(90) || made == at(95));
    assert!(!ended || made == at(95));
    let store = opened(place);
    assert_eq!(store.held(at(90)).unwrap()[0].facts, 4);
    assert!(!place.record().join("record.backup").exists(), "what is left of it goes");
    laws_hold(store);
    made == at(95)
}

/// The record of somebody else, and a backup of the one that is lived in.
fn of_another() -> TempDir {
    let made = with_backup();
    let place = Place(made.path().to_owned());
    fs::remove_dir_all(place.record()).unwrap();
    slots_in(&place.record(), &key(1));
    let store = opened(&place);
    store.save_person(&person("bob")).unwrap();
    made
}

fn restores(place: &Place) {
    let folder = Folder::take(&place.record()).unwrap();
    let replacement = Replacement::begin(&folder).unwrap();
    let mut slots = KeySlots::new(&key(2));
    slots.set_keychain("restored");
    slots.save(replacement.folder()).unwrap();
    replacement.fill(&place.backup(), &words(), &key(2)).unwrap();
    replacement.swap_in(&folder).unwrap();
}

/// The record as this key opens it. `None`: it does not.
fn opened_by(place: &Place, key: &DbKey) -> Option<Store> {
    match Store::open(&place.record(), key) {
        Ok(store) => Some(store),
        Err(StoreError::WrongKey) => None,
        Err(other) => panic!("{other:?}"),
    }
}

fn restored(place: &Place, ended: bool) -> bool {
    let held = |n| {
        opened_by(place, &key(n)).map(|store| {
            let held: Vec<_> =
                store.held(at(90)).unwrap().into_iter().map(|one| (one.name, one.facts)).collect();
            laws_hold(store);
            held
        })
    };
    let is_new = match (held(1), held(2)) {
        (Some(old), None) => {
            assert_eq!(old, [("bob".to_owned(), 0)]);
            false
        }
        (None, Some(new)) => {
            assert_eq!(new, [("ada".to_owned(), 4)]);
            true
        }
        other => panic!("{other:?}"),
    };
    assert!(!ended || is_new);
    is_new
}

fn changes_the_key(place: &Place) {
    let store = opened(place);
    let replacement = store.replacement().unwrap();
    let mut slots = KeySlots::new(&key(2));
    slots.set_keychain("changed");
    slots.save(replacement.folder()).unwrap();
    store.copy_into(&replacement, &key(2)).unwrap();
    drop(store);
    replacement.swap_in(&Folder::take(&place.record()).unwrap()).unwrap();
    Store::open(&place.record(), &key(2)).unwrap().let_go_of_replaced().unwrap();
}

fn key_changed(place: &Place, ended: bool) -> bool {
    let held = |n| {
        opened_by(place, &key(n)).map(|store| {
            assert!(store.tokens(&id("summit")).unwrap().is_some(), "it is still signed in");
            let held = (store.held(at(90)).unwrap()[0].facts, store.has_replaced());
            laws_hold(store);
            held
        })
    };
    let is_new = match (held(1), held(2)) {
        (Some((4, false)), None) => false,
        (None, Some((4, kept))) => {
            assert!(!ended || !kept, "nothing is left under the old key");
            true
        }
        other => panic!("{other:?}"),
    };
    assert!(!ended || is_new);
    is_new
}

// ---- an older format

const OLDEST: u32 = 10;

/// A record of the first format, with a person, tokens and something that came.
fn of_an_older_format() -> TempDir {
    let (dir, _) = record_of(OLDEST, |db| {
        db.execute_batch(&format!(
            "INSERT INTO person (id, name, birth_date, home_zone, colour)
                VALUES ('ada', 'Ada', '1961-04-03', 'America/New_York', 2);
             INSERT INTO connection (n, id, person, name, card, patient, state, created, colour, imported)
                VALUES (7, 'summit', 'ada', 'SUMMIT', '{{}}', '{{}}', 'connected', 0, 3, 0);
             INSERT INTO token (connection, access, refresh, scope) VALUES (7, 'a', 'r', '');
             INSERT INTO source (n, connection, base, release) VALUES (5, 7, '{BASE}', 'r4');"
        ))
        .unwrap();
        for (n, bytes) in (1_i64..).zip(sent()) {
            let resource: Value = serde_json::from_slice(&bytes).unwrap();
            db.execute(
                "INSERT INTO resource (n, source, type, fhir_id) VALUES (?1, 5, ?2, ?3)",
                (n, resource["resourceType"].as_str(), resource["id"].as_str()),
            )
            .unwrap();
            db.execute(
                "INSERT INTO version (id, resource, hash, received_at, url, midnight_day, length, bytes)
                 VALUES (?1, ?1, 'h', 0, 'u', 0, ?2, ?3)",
                (n, bytes.len(), zstd::bulk::compress(&bytes, 3).unwrap()),
            )
            .unwrap();
        }
    });
    let made = TempDir::new().unwrap();
    copied(dir.path(), &Place(made.path().to_owned()).record());
    made
}

fn upgrades(place: &Place) {
    opened(place).catch_up(&mut |_, _| ControlFlow::Continue(())).unwrap();
}

fn upgraded(place: &Place, ended: bool) -> bool {
    let found = format_of(&open_damaged(&place.record().join("record.db"), &key(1)).unwrap());
    assert!((OLDEST..=SCHEMA.format()).contains(&found));
    let is_new = found == SCHEMA.format();
    let copy = place.record().join(format!("record.db.format-{OLDEST}"));
    if copy.exists() {
        let db = open_without_log(&copy, &key(1)).unwrap();
        let held: usize = db.query_row("SELECT count(*) FROM version", [], |row| row.get(0)).unwrap();
        assert_eq!(
            (format_of(&db), held),
            (OLDEST, sent().len()),
            "the copy is whole as soon as it has its name"
        );
    }
    let store = opened(place);
    assert_eq!(store.with_writer(|db| format_of(db)), SCHEMA.format());
    assert!(copy.exists(), "what was there before is kept");
    assert!(!ended || is_new && !store.is_behind().unwrap());
    assert!(store.tokens(&id("summit")).unwrap().is_some());
    assert_eq!(versions(&store), sent());
    laws_hold(store);
    is_new
}

fn format_of(db: &Sqlite) -> u32 {
    db.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
}

// ---- erasing

fn erases(place: &Place) {
    opened(place).erase_person(&ada()).unwrap();
}

fn erased(place: &Place, ended: bool) -> bool {
    let store = opened(place);
    let held = store.held(at(90)).unwrap();
    let is_new = held.is_empty();
    if !is_new {
        assert_eq!((held[0].facts, held[0].notes), (4, 1));
    }
    drop(store);
    let bytes = everything(&place.record(), &key(1));
    let holds = |word: &[u8]| bytes.iter().any(|file| file.windows(word.len()).any(|part| part == word));
    assert_eq!(holds(b"ask about the arm"), !is_new);
    assert_eq!(holds(b"refresh-9113"), !is_new);
    assert!(!ended || is_new);
    laws_hold(opened(place));
    is_new
}
