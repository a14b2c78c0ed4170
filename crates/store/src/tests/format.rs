//! The file's format: what older, newer and unknown files do, and that all ways lead to the same tables.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection as Sqlite;
use secrecy::ExposeSecret;
use tempfile::TempDir;

use super::{BASE, Kept, ada, id, key, slots_in, vaccine};
use crate::schema::{SCHEMA, Schema, copies};
use crate::{DbKey, Filter, Store, StoreError, VersionId};

fn golden(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schema/golden-{format}.sql"))
}

/// A record with the tables of this format, as its golden file says; `fill` writes rows.
pub(super) fn record_of(format: u32, fill: impl FnOnce(&Sqlite)) -> (TempDir, DbKey) {
    let (dir, key) = (TempDir::new().unwrap(), key(1));
    slots_in(dir.path(), &key);
    let db = Sqlite::open(dir.path().join("record.db")).unwrap();
    db.execute_batch(&format!("PRAGMA key = \"x'{}'\"", *key.hex())).unwrap();
    let tables =
        fs::read_to_string(golden(format)).expect("each format has a golden file: see src/schema.rs");
    db.execute_batch(&tables).unwrap();
    db.pragma_update(None, "user_version", format).unwrap();
    fill(&db);
    (dir, key)
}

/// SQL that makes the file's tables again, triggers last. Full text search makes its own tables, with quoted names.
fn tables(store: &Store) -> String {
    store.with_writer(|db| {
        let mut query = db
            .prepare(
                "SELECT sql FROM sqlite_master
                 WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE TABLE ''%'
                 ORDER BY type = 'trigger', tbl_name, type DESC, name",
            )
            .unwrap();
        let statements: Vec<String> =
            query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        statements.join(";\n\n") + ";\n"
    })
}

/// SQL without comments, blanks and quotes: SQLite keeps the text a table was made with, and ALTER TABLE adds its own.
fn plain(sql: &str) -> Vec<String> {
    let lines: Vec<&str> = sql.lines().map(|line| line.split("--").next().unwrap_or_default()).collect();
    let statements = lines.join("\n");
    statements
        .split("CREATE ")
        .map(|part| part.chars().filter(|c| !c.is_whitespace() && *c != '"').collect())
        .collect()
}

fn format(db: &Sqlite) -> u32 {
    db.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
}

#[test]
fn every_format_gets_the_tables_of_a_new_record() {
    let newest = SCHEMA.format();
    if std::env::var_os("WHOLECHART_WRITE_GOLDEN").is_some() && newest > SCHEMA.oldest {
        let (dir, key) = record_of(newest - 1, |_| ());
        fs::write(golden(newest), tables(&Store::open(dir.path(), &key).unwrap())).unwrap();
    }
    let new = plain(&tables(&Kept::new().store));
    for older in SCHEMA.oldest..=newest {
        let (dir, key) = record_of(older, |_| ());
        let store = Store::open(dir.path(), &key).unwrap();
        assert_eq!(plain(&tables(&store)), new, "format {older}");
        assert_eq!(store.with_writer(|db| format(db)), newest);
    }
}

#[test]
fn a_record_of_format_10_opens_with_everything_in_it() {
    let sent = vaccine("1", "2021-10-04").to_string();
    let (dir, key) = record_of(10, |db| {
        db.execute_batch(&format!(
            "INSERT INTO person (id, name, birth_date, home_zone, colour)
                VALUES ('ada', 'Ada', '1961-04-03', 'America/New_York', 2);
             INSERT INTO connection (n, id, person, name, card, patient, state, created, colour, imported)
                VALUES (7, 'summit', 'ada', 'SUMMIT', '{{}}', '{{}}', 'connected', 0, 3, 0);
             INSERT INTO token (connection, access, refresh, scope) VALUES (7, 'a', 'r', '');
             INSERT INTO run (id, connection, started, finished, outcome) VALUES (3, 7, 0, 1, 'complete');
             INSERT INTO source (n, connection, base, release) VALUES (5, 7, '{BASE}', 'r4');
             INSERT INTO resource (n, source, type, fhir_id) VALUES (11, 5, 'Immunization', '1');
             INSERT INTO change (n, run, resource, what) VALUES (4, 3, 11, 'new');
             INSERT INTO setting (name, value) VALUES ('seen ada', '4'), ('paper', '\"a4\"');"
        ))
        .unwrap();
        let packed = zstd::bulk::compress(sent.as_bytes(), 3).unwrap();
        db.execute(
            "INSERT INTO version (id, resource, hash, received_at, url, midnight_day, length, bytes)
             VALUES (9, 11, 'h', 0, 'u', 0, ?1, ?2)",
            (sent.len(), packed),
        )
        .unwrap();
    });
    let store = Store::open(dir.path(), &key).unwrap();
    let person = store.person(&ada()).unwrap();
    assert_eq!((person.name.as_str(), person.colour), ("Ada", 2));
    let tokens = store.tokens(&id("summit")).unwrap().unwrap();
    assert_eq!(tokens.refresh.unwrap().expose_secret(), "r");
    assert_eq!(store.last_finished_run(&id("summit")).unwrap().unwrap().id, crate::RunId(3));
    assert_eq!(store.version_bytes(VersionId(9)).unwrap().unwrap().bytes, sent.as_bytes());
    assert_eq!(store.timeline(&ada(), &Filter::default(), None, 9).unwrap().rows[0].title.text, "Influenza");
    assert_eq!(store.news(&ada(), 0, 9).unwrap(), crate::News::default(), "what was seen stays seen");
    assert_eq!(store.setting("paper").unwrap(), Some("a4".into()));
}

#[test]
fn a_file_of_a_format_that_cannot_be_read_is_left_alone() {
    let today = SCHEMA.format();
    let opened_as = |number: u32| {
        let Kept { dir, key, store } = Kept::new();
        store.with_writer(|db| db.pragma_update(None, "user_version", number).unwrap());
        drop(store);
        let before = fs::read(dir.path().join("record.db")).unwrap();
        let error = Store::open(dir.path(), &key).unwrap_err();
        assert_eq!(fs::read(dir.path().join("record.db")).unwrap(), before);
        error
    };
    let newer = opened_as(4711);
    assert!(matches!(newer, StoreError::Newer { found: 4711, known } if known == today), "{newer:?}");
    let unreleased = opened_as(9);
    assert!(matches!(unreleased, StoreError::Unreleased { found: 9, oldest: 10 }), "{unreleased:?}");
}

#[test]
fn a_step_that_breaks_leaves_the_format_before_it_and_a_copy() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("some.db");
    let mut db = Sqlite::open(&path).unwrap();
    let with = |steps| Schema { newest: "CREATE TABLE one (a);", oldest: 1, steps };
    with(&[]).bring_up_to_date(&mut db, &path).unwrap();
    db.execute("INSERT INTO one VALUES (5)", []).unwrap();
    assert!(copies(&path).unwrap().is_empty(), "a new file needs no copy");

    let broken = ["CREATE TABLE two (a); INSERT INTO two VALUES (1); CREATE TABLE one (b);"];
    assert!(matches!(with(&broken).bring_up_to_date(&mut db, &path), Err(StoreError::Sql(_))));
    assert_eq!(format(&db), 1);
    let two: i64 =
        db.query_row("SELECT count(*) FROM sqlite_master WHERE name = 'two'", [], |row| row.get(0)).unwrap();
    assert_eq!(two, 0, "the half-done step was rolled back");
    let copies = copies(&path).unwrap();
    assert_eq!(copies, [dir.path().join("some.db.format-1")]);

    let steps = ["ALTER TABLE one ADD COLUMN b;", "CREATE TABLE two (a);"];
    with(&steps[..1]).bring_up_to_date(&mut db, &path).unwrap();
    assert_eq!(format(&db), 2);
    with(&steps).bring_up_to_date(&mut db, &path).unwrap();
    assert_eq!(format(&db), 3, "a step that was taken is not taken again");
    let copy = Sqlite::open(&copies[0]).unwrap();
    assert_eq!(format(&copy), 1);
    assert_eq!(copy.query_row("SELECT a FROM one", [], |row| row.get::<_, i64>(0)).unwrap(), 5);
}

#[test]
fn the_copy_of_before_an_upgrade_is_kept_for_a_while_and_can_take_the_place_of_the_record() {
    let (dir, key) = record_of(16, |db| {
        db.execute("INSERT INTO person (id, name, home_zone) VALUES ('ada', 'Ada', 'UTC')", []).unwrap();
    });
    let store = Store::open(dir.path(), &key).unwrap();
    store.save_person(&super::person("bob")).unwrap();
    let [copy] = &store.upgrade_copies().unwrap()[..] else { panic!("one copy") };
    assert_eq!(copy.format, 16);
    store.forget_upgrade_copies(copy.made).unwrap();
    assert_eq!(store.upgrade_copies().unwrap().len(), 1, "its time has not come");
    drop(store);

    let folder = crate::Folder::take(dir.path()).unwrap();
    assert!(matches!(crate::before_upgrade(&folder, &super::key(2)), Err(StoreError::WrongKey)));
    crate::before_upgrade(&folder, &key).unwrap().unwrap().swap_in(&folder).unwrap();
    let before = crate::store::open_without_log(&dir.path().join("record.db"), &key).unwrap();
    assert_eq!(format(&before), 16, "as an older version of the app reads it");
    drop(before);
    assert!(crate::undo_restore(&folder).unwrap());
    drop(folder);
    let store = Store::open(dir.path(), &key).unwrap();
    assert_eq!(store.persons().unwrap().len(), 2);
    store.forget_upgrade_copies(copy.made + chrono::TimeDelta::seconds(1)).unwrap();
    assert!(store.upgrade_copies().unwrap().is_empty());
    drop(store);
    let folder = crate::Folder::take(dir.path()).unwrap();
    assert!(crate::before_upgrade(&folder, &key).unwrap().is_none());
}
