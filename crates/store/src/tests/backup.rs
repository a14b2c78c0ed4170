//! A backup is whole or refused, and a restore is old or new.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rusqlite::Connection as Sqlite;
use secrecy::SecretString;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::erased::everything as every_byte;
use super::{Kept, ada, at, connection, id, key, person, result, slots_in, vaccine};
use crate::archive::{self, Manifest, RECORD};
use crate::store::open_copy;
use crate::{
    BackupContents, BackupError, BackupOrder, ConnectionState, DbKey, Filter, Folder, KeySlots, Replacement,
    Store, StoreError, Tokens, read_backup, swap, undo_restore,
};

pub(super) fn words() -> SecretString {
    SecretString::from("seven plain words for a backup test")
}

/// As little work as there is: what is tested here does not depend on it.
pub(super) fn order<'a>(to: &'a Path, passphrase: &'a SecretString) -> BackupOrder<'a> {
    BackupOrder { to, passphrase, app: "1.2.3", now: at(90), work: Some(2) }
}

/// Nobody stops it.
pub(super) fn to_the_end(_: u64, _: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// A record with everything in it that nobody can fetch a second time.
pub(super) fn lived_in() -> Kept {
    let kept = Kept::with(&["summit"]);
    let tokens = Tokens {
        access: SecretString::from("access-7731"),
        refresh: Some("refresh-9113".into()),
        expires_at: None,
        scope: "launch/patient".into(),
    };
    let secret = SecretString::from("client-secret-5512");
    kept.store.keep_sign_in(&connection("summit", "ada"), &tokens, Some(&secret)).unwrap();
    kept.store.save_connection(&connection("lake", "ada")).unwrap();
    kept.receives("summit", &[vaccine("1", "2021-10-04"), result("2", Some("2024-03-01"), 120)]);
    kept.receives("lake", &[vaccine("7", "2022-10-04"), result("8", Some("2099-03-01"), 130)]);
    let rows = kept.store.timeline(&ada(), &Filter::default(), None, 9).unwrap().rows;
    kept.store.set_note(&rows[0].id, "ask about the arm", at(3)).unwrap();
    kept.store.set_setting("paper", &json!("a4")).unwrap();
    let keys: Vec<_> =
        rows.iter().map(|row| kept.store.fact(&row.id).unwrap().unwrap().0.members[0].clone()).collect();
    let apart = wholechart_record::Decision {
        a: keys[0].clone(),
        b: keys[1].clone(),
        verdict: wholechart_record::Verdict::Apart,
    };
    kept.store.decide(&ada(), &[apart], at(4)).unwrap();
    kept
}

/// Every row of every table, but those that a backup leaves out and what changes with them.
fn everything(db: &Sqlite) -> BTreeMap<String, Vec<String>> {
    let mut names = db
        .prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0
             AND name NOT IN ('token', 'client_secret')",
        )
        .unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(names.len() > 40);
    names
        .into_iter()
        .map(|name| {
            let mut query = db.prepare(&format!("SELECT * FROM {name}")).unwrap();
            let columns: Vec<String> = query.column_names().map(str::to_owned).collect();
            let mut rows: Vec<String> = query
                .query_map([], |row| {
                    let cells = columns
                        .iter()
                        .enumerate()
                        .filter(|(_, column)| name != "connection" || *column != "state");
                    Ok(cells
                        .map(|(n, _)| format!("{:?}", row.get_ref(n).unwrap()))
                        .collect::<Vec<_>>()
                        .join("|"))
                })
                .unwrap()
                .map(Result::unwrap)
                .collect();
            rows.sort();
            (name, rows)
        })
        .collect()
}

fn backed_up(kept: &Kept) -> (TempDir, PathBuf, BackupContents) {
    let elsewhere = TempDir::new().unwrap();
    let file = elsewhere.path().join("chart.age");
    let contents =
        kept.store.back_up(&order(&file, &words()), &mut StdRng::seed_from_u64(5), &mut to_the_end).unwrap();
    (elsewhere, file, contents)
}

/// Restores into the folder of a closed record, or of none.
fn restored(dir: &Path, file: &Path, key: &DbKey) -> Result<Store, BackupError> {
    let folder = Folder::take(dir).map_err(StoreError::from)?;
    let incoming = Replacement::begin(&folder)?;
    let mut slots = KeySlots::new(key);
    slots.set_keychain("restored");
    slots.save(incoming.folder()).unwrap();
    incoming.fill(file, &words(), key)?;
    incoming.swap_in(&folder)?;
    Ok(Store::open_in(folder, key, &mut |_, _| panic!("nothing is derived anew"))?)
}

#[test]
fn what_is_restored_on_an_empty_computer_is_the_same_record_without_its_secrets() {
    let kept = lived_in();
    let (elsewhere, file, contents) = backed_up(&kept);
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1, "nothing lies beside it");
    assert!(!kept.dir.path().join("record.backup").exists());
    assert_eq!((contents.made, contents.app.as_str()), (at(90), "1.2.3"));
    let [held] = &contents.persons[..] else { panic!("one person") };
    assert_eq!((held.name.as_str(), held.facts, held.notes), ("ada", 4, 1));
    assert_eq!(held.newest, "2024-03-01".parse().ok(), "what is ahead is not the newest");
    assert_eq!(contents.persons, kept.store.held(at(90)).unwrap());
    assert_eq!(read_backup(&file, &words()).unwrap(), contents);

    let empty = TempDir::new().unwrap();
    let new = key(77);
    let store = restored(&empty.path().join("new"), &file, &new).unwrap();
    let before = kept.store.with_writer(|db| everything(db));
    assert_eq!(store.with_writer(|db| everything(db)), before);
    assert!(store.tokens(&id("summit")).unwrap().is_none());
    assert!(store.client_secret(&id("summit")).unwrap().is_none());
    let states: Vec<_> = store.connections(None).unwrap().into_iter().map(|one| one.state).collect();
    assert_eq!(states, [ConnectionState::SignInNeeded, ConnectionState::SignInNeeded]);
    assert!(!store.has_replaced(), "there was nothing to replace");
    assert_eq!(
        swap::record_files(&empty.path().join("new"))
            .unwrap()
            .iter()
            .filter(|name| !name.contains('-'))
            .count(),
        3,
        "the file and its slots"
    );
}

#[test]
fn secrets_are_in_no_page_of_a_backup_and_nothing_readable_is_in_its_file() {
    let kept = lived_in();
    // What was deleted before lies in free pages: it does not travel either.
    let long = "forgotten-long-ago-4471 ".repeat(2_000);
    kept.store.set_setting("gone", &json!(long)).unwrap();
    kept.store.set_setting("gone", &Value::Null).unwrap();
    let (elsewhere, file, _) = backed_up(&kept);
    let bytes = fs::read(&file).unwrap();
    for word in ["Influenza", "record.db", "manifest", "SQLite format 3", "ask about the arm"] {
        assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
    }
    let record = elsewhere.path().join(RECORD);
    let mut out = fs::File::create(&record).unwrap();
    let manifest = archive::read(&file, &words(), Some(&mut out)).unwrap();
    let pages = every_byte(elsewhere.path(), &manifest.key().unwrap()).concat();
    let holds = |word: &str| pages.windows(word.len()).any(|part| part == word.as_bytes());
    assert!(holds("ask about the arm"), "the search finds what is there");
    for word in ["access-7731", "refresh-9113", "client-secret-5512", "forgotten-long-ago-4471"] {
        assert!(!holds(word), "{word}");
    }
}

#[test]
fn of_fifty_damaged_backups_each_is_refused_and_nothing_changes() {
    let kept = lived_in();
    let (elsewhere, file, _) = backed_up(&kept);
    let whole = fs::read(&file).unwrap();
    let Kept { dir, key: old, store } = kept;
    drop(store);
    let before = contents(dir.path());
    let mut rng = StdRng::seed_from_u64(20);
    let broken = elsewhere.path().join("broken.age");
    let mut refused = BTreeMap::new();
    for n in 0..50 {
        let mut bytes = whole.clone();
        match n % 5 {
            0 => bytes.truncate(rng.random_range(0..whole.len())),
            1 => bytes[rng.random_range(0..200)] ^= 1 << rng.random_range(0..8),
            2 => {
                let at = rng.random_range(0..whole.len());
                bytes[at] ^= 1 << rng.random_range(0..8);
            }
            3 => {
                let at = rng.random_range(0..whole.len());
                bytes.drain(at..(at + 100).min(whole.len()));
            }
            _ => {
                let at = rng.random_range(0..whole.len());
                bytes.splice(at..at, [7; 33]);
            }
        }
        fs::write(&broken, &bytes).unwrap();
        let said = restored(dir.path(), &broken, &key(78)).unwrap_err();
        let word = match said {
            BackupError::Broken => "broken",
            BackupError::WrongPassphrase => "passphrase",
            BackupError::Foreign => "foreign",
            other => panic!("{n}: {other:?}"),
        };
        *refused.entry(word).or_insert(0) += 1;
        assert_eq!(contents(dir.path()), before, "{n}");
    }
    assert_eq!(refused.values().sum::<u32>(), 50);
    assert!(refused["broken"] > 30, "{refused:?}");
    Store::open(dir.path(), &old).unwrap();
}

/// Everything in a folder but its lock, byte for byte.
fn contents(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(dir)
        .unwrap()
        .map(|item| item.unwrap())
        .filter(|item| item.file_name() != "record.lock")
        .map(|item| {
            (item.file_name().to_string_lossy().into_owned(), fs::read(item.path()).unwrap_or_default())
        })
        .collect()
}

#[test]
fn what_is_no_backup_of_ours_is_told_by_what_it_is() {
    let kept = Kept::new();
    let (elsewhere, file, _) = backed_up(&kept);
    let other = |bytes: &[u8]| {
        let path = elsewhere.path().join("other");
        fs::write(&path, bytes).unwrap();
        read_backup(&path, &words()).unwrap_err()
    };
    assert!(matches!(other(b""), BackupError::Foreign));
    assert!(matches!(other(b"PK\x03\x04 an archive"), BackupError::Foreign));
    assert!(matches!(other(&[0; 4096]), BackupError::Foreign));
    assert!(matches!(read_backup(elsewhere.path(), &words()), Err(BackupError::Foreign)));
    assert!(matches!(
        read_backup(&file, &SecretString::from("seven plain words of somebody else")),
        Err(BackupError::WrongPassphrase)
    ));
    // A header that wants hours of work is refused before any is done.
    let bytes = fs::read(&file).unwrap();
    let line = bytes.iter().position(|b| *b == b'\n').unwrap() + 1;
    let end = line + bytes[line..].iter().position(|b| *b == b'\n').unwrap();
    let hard = [&bytes[..end - 1], b"40", &bytes[end..]].concat();
    assert!(matches!(other(&hard), BackupError::Broken));

    // An encrypted file of somebody else's, and one of a later version of ours.
    let sealed = |name: &str, text: &str| {
        let path = elsewhere.path().join("sealed");
        let mut recipient = age::scrypt::Recipient::new(words());
        recipient.set_work_factor(2);
        let recipients = [&recipient as &dyn age::Recipient];
        let encryptor = age::Encryptor::with_recipients(recipients.into_iter()).unwrap();
        let mut tar = tar::Builder::new(encryptor.wrap_output(fs::File::create(&path).unwrap()).unwrap());
        let mut header = tar::Header::new_ustar();
        header.set_size(text.len() as u64);
        tar.append_data(&mut header, name, text.as_bytes()).unwrap();
        tar.into_inner().unwrap().finish().unwrap();
        read_backup(&path, &words()).unwrap_err()
    };
    assert!(matches!(sealed("holiday.txt", "sun"), BackupError::Foreign));
    assert!(matches!(sealed("manifest.json", "sun"), BackupError::Foreign));
    assert!(matches!(sealed("manifest.json", r#"{"format": 2, "new": true}"#), BackupError::Newer));
    assert!(matches!(sealed("manifest.json", r#"{"format": 1}"#), BackupError::Broken));
}

#[test]
fn a_record_in_a_backup_may_be_older_and_not_newer_than_this_version() {
    let kept = lived_in();
    let (elsewhere, file, contents) = backed_up(&kept);
    let record = elsewhere.path().join(RECORD);
    let made_with = |format: u32| {
        let mut out = fs::File::create(&record).unwrap();
        let manifest = archive::read(&file, &words(), Some(&mut out)).unwrap();
        let db_key = manifest.key().unwrap();
        let db = open_copy(&record, &db_key).unwrap();
        db.pragma_update(None, "user_version", format).unwrap();
        drop(db);
        let to = elsewhere.path().join("other.age");
        let manifest = Manifest::of(&record, &db_key, format, contents.clone()).unwrap();
        archive::write(
            fs::File::create(&to).unwrap(),
            &words(),
            Some(2),
            &manifest,
            &*fs::read(&record).unwrap(),
        )
        .unwrap();
        let empty = TempDir::new().unwrap();
        restored(empty.path(), &to, &key(79)).map(|_| ())
    };
    made_with(crate::schema::SCHEMA.format()).unwrap();
    // What stands in the manifest has to be what is there, whoever sealed both.
    let mut out = fs::File::create(&record).unwrap();
    let manifest = archive::read(&file, &words(), Some(&mut out)).unwrap();
    let mut bytes = fs::read(&record).unwrap();
    bytes[9_000] ^= 1;
    fs::write(&record, &bytes).unwrap();
    let to = elsewhere.path().join("exchanged.age");
    archive::write(
        fs::File::create(&to).unwrap(),
        &words(),
        Some(2),
        &manifest,
        &*fs::read(&record).unwrap(),
    )
    .unwrap();
    assert!(matches!(read_backup(&to, &words()), Err(BackupError::Broken)));
    assert!(matches!(made_with(4711), Err(BackupError::Newer)));
    assert!(matches!(made_with(3), Err(BackupError::Store(StoreError::Unreleased { found: 3, .. }))));
}

#[test]
fn a_backup_replaces_the_one_before_only_when_it_is_whole_and_never_lies_beside_the_record() {
    let kept = lived_in();
    let (elsewhere, file, first) = backed_up(&kept);
    let inside = kept.dir.path().join("chart.age");
    assert!(matches!(
        kept.store.back_up(&order(&inside, &words()), &mut StdRng::seed_from_u64(6), &mut to_the_end),
        Err(BackupError::OwnFolder)
    ));
    // Left by a kill.
    fs::write(elsewhere.path().join("chart.age.unfinished"), b"half").unwrap();
    fs::create_dir(kept.dir.path().join("record.backup")).unwrap();
    fs::write(kept.dir.path().join("record.backup/whole.db"), b"half").unwrap();
    assert_eq!(read_backup(&file, &words()).unwrap(), first);
    let passphrase = words();
    let later = BackupOrder { now: at(95), ..order(&file, &passphrase) };
    kept.store.back_up(&later, &mut StdRng::seed_from_u64(6), &mut to_the_end).unwrap();
    assert_eq!(read_backup(&file, &words()).unwrap().made, at(95));
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1);
    let nowhere = elsewhere.path().join("no such folder/chart.age");
    assert!(
        kept.store
            .back_up(&order(&nowhere, &words()), &mut StdRng::seed_from_u64(6), &mut to_the_end)
            .is_err()
    );
}

#[test]
fn a_record_that_cannot_be_written_can_be_backed_up() {
    let kept = lived_in();
    let (dir, key) = (kept.dir, kept.key);
    drop(kept.store);
    let store = Store::open_in(Folder::of_a_disk_to_read(dir.path()), &key, &mut |_, _| ()).unwrap();
    let before = contents(dir.path());
    let elsewhere = TempDir::new().unwrap();
    let file = elsewhere.path().join("chart.age");
    let made =
        store.back_up(&order(&file, &words()), &mut StdRng::seed_from_u64(5), &mut to_the_end).unwrap();
    assert_eq!(read_backup(&file, &words()).unwrap(), made);
    assert_eq!(contents(dir.path()), before);
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1);
}

/// How many vaccines the record in `dir` has, whichever of both keys is its own.
fn opened(dir: &Path, keys: &[&DbKey; 2]) -> (usize, u64) {
    let mut found = Vec::new();
    for key in keys {
        match Store::open(dir, key) {
            Ok(store) => found.push((
                keys.iter().position(|one| one == key).unwrap(),
                store.held(at(90)).unwrap()[0].facts,
            )),
            Err(StoreError::WrongKey) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(found.len(), 1, "one of both, and nothing between");
    found[0]
}

#[test]
fn stopped_at_any_step_an_exchange_is_not_begun_or_finished_and_can_be_taken_back() {
    let (_elsewhere, file, _) = backed_up(&lived_in());
    let (old, new) = (key(1), key(80));
    let stop = |left: &Cell<u32>| {
        if left.get() == 0 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        left.set(left.get() - 1);
        Ok(())
    };
    for back in [false, true] {
        let mut outcomes = Vec::new();
        for steps in 0.. {
            // An older record with a log of its own and copies beside it.
            let dir = TempDir::new().unwrap();
            slots_in(dir.path(), &old);
            let store = Store::open(dir.path(), &old).unwrap();
            store.save_person(&person("bob")).unwrap();
            drop(store);
            for name in ["record.db.format-9", "record.keys.json.older", "record.db-wal"] {
                fs::write(dir.path().join(name), b"").unwrap();
            }
            let folder = Folder::take(dir.path()).unwrap();
            let incoming = Replacement::begin(&folder).unwrap();
            let mut slots = KeySlots::new(&new);
            slots.set_keychain("restored");
            slots.save(incoming.folder()).unwrap();
            incoming.fill(&file, &words(), &new).unwrap();
            let left = Cell::new(if back { u32::MAX } else { steps });
            let mut done = swap::swap_in(dir.path(), &mut || stop(&left)).is_ok();
            drop(incoming);
            if back {
                assert!(done);
                left.set(steps);
                done = swap::swap_back(dir.path(), &mut || stop(&left)).is_ok();
            }
            drop(folder);
            let (which, facts) = opened(dir.path(), &[&old, &new]);
            assert_eq!(facts, if which == 1 { 4 } else { 0 });
            let copies = dir.path().join("record.db.format-9").exists();
            assert_eq!(copies, which == 0, "what lay beside the old record stays with it");
            outcomes.push(which);
            for name in ["record.swap.json", "record.incoming", "record.undone"] {
                assert!(!dir.path().join(name).exists(), "{name} after {steps}");
            }
            if which == 1 {
                assert!(undo_restore(&Folder::take(dir.path()).unwrap()).unwrap());
                assert_eq!(opened(dir.path(), &[&old, &new]), (0, 0));
                assert!(!undo_restore(&Folder::take(dir.path()).unwrap()).unwrap());
            }
            if done {
                break;
            }
        }
        let (before, after) = if back { (1, 0) } else { (0, 1) };
        assert!(outcomes.len() > 10, "{outcomes:?}");
        assert_eq!((outcomes[0], outcomes[outcomes.len() - 1]), (before, after));
        assert!(outcomes.is_sorted_by_key(|which| *which != before), "{outcomes:?}");
    }
}

#[test]
fn what_was_replaced_is_kept_until_it_is_let_go() {
    let (_elsewhere, file, _) = backed_up(&lived_in());
    let kept = Kept::with(&["summit"]);
    let Kept { dir, store, .. } = kept;
    drop(store);
    let store = restored(dir.path(), &file, &key(81)).unwrap();
    assert!(store.has_replaced());
    store.let_go_of_replaced().unwrap();
    assert!(!store.has_replaced());
    drop(store);
    assert!(!undo_restore(&Folder::take(dir.path()).unwrap()).unwrap());
    Store::open(dir.path(), &key(81)).unwrap();
    let mut lock = String::new();
    fs::File::open(dir.path().join("record.lock")).unwrap().read_to_string(&mut lock).unwrap();
    assert_eq!(lock, "");
}

#[test]
fn a_backup_that_is_stopped_anywhere_leaves_what_was_there() {
    let kept = lived_in();
    let (elsewhere, file, _) = backed_up(&kept);
    let before = fs::read(&file).unwrap();
    let mut told = Vec::new();
    let again = |told: &mut dyn FnMut(u64, u64) -> ControlFlow<()>| {
        kept.store.back_up(&order(&file, &words()), &mut StdRng::seed_from_u64(9), told)
    };
    again(&mut |done, all| {
        told.push((done, all));
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(told.is_sorted_by_key(|(done, _)| *done), "it never goes back: {told:?}");
    assert_eq!(told.last().map(|(done, all)| done == all), Some(true), "{told:?}");
    fs::write(&file, &before).unwrap();
    for stop in 0..told.len() {
        let mut heard = 0;
        let stopped = again(&mut |_, _| {
            heard += 1;
            if heard > stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(stopped, Err(BackupError::Store(StoreError::Cancelled))), "{stop}: {stopped:?}");
        assert_eq!(fs::read(&file).unwrap(), before);
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1, "nothing lies beside it");
        assert!(!kept.dir.path().join("record.backup").exists());
    }
}
