//! What the disk holds and what it can do to us.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use secrecy::SecretString;
use serde_json::json;

use super::{Kept, ada, at, connection, id, key, page, person, slots_in, vaccine};
use crate::{Filter, Folder, Person, Store, StoreError, Tokens, Unwritable};

/// Every file in `dir` whose bytes hold `text` as UTF-8 or UTF-16.
fn files_with(dir: &Path, text: &str) -> Vec<String> {
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut found = Vec::new();
    for item in fs::read_dir(dir).unwrap() {
        let path = item.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        if bytes.windows(text.len()).any(|part| part == text.as_bytes())
            || bytes.windows(utf16.len()).any(|part| part == utf16)
        {
            found.push(path.display().to_string());
        }
    }
    found
}

/// As in a build that was linked with another SQLite: it takes the key, and encrypts nothing.
#[test]
fn a_handle_that_encrypts_nothing_is_refused_before_it_writes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("plain.db");
    let plain = rusqlite::Connection::open(&path).unwrap();
    let said = crate::store::encrypts(&plain);
    assert!(matches!(said, Err(StoreError::NotEncrypted)), "{said:?}");
    drop(plain);
    assert!(fs::metadata(&path).map_or(0, |about| about.len()) == 0, "nothing was written");

    let kept = Kept::with(&["summit"]);
    let (mut asked, handles) = (0, 4);
    let each = kept.store.each_handle(|db| {
        asked += 1;
        crate::store::encrypts(db)
    });
    each.unwrap();
    assert_eq!(asked, handles, "the one that writes, and those that read");
}

#[test]
fn nothing_readable_reaches_the_disk() {
    let kept = Kept::with(&["summit"]);
    kept.store.save_person(&Person { name: "Adelaide Quenneville".into(), ..person("ada") }).unwrap();
    let tokens = Tokens {
        access: SecretString::from("access-7731"),
        refresh: Some("refresh-9113".into()),
        expires_at: None,
        scope: "launch/patient".into(),
    };
    kept.store.save_tokens(&id("summit"), &tokens).unwrap();
    let patient = json!({"resourceType": "Patient", "id": "p", "name": [{"text": "Adelaide Quenneville"}]});
    kept.receives("summit", &[patient, vaccine("1", "2021-10-04")]);
    let words = [
        "Quenneville",
        "access-7731",
        "refresh-9113",
        "Influenza",
        "resourceType",
        "SQLite format",
        "CREATE TABLE",
    ];
    assert!(kept.dir.path().join("record.db-wal").exists(), "the log is looked at while it exists");
    for word in words {
        assert_eq!(files_with(kept.dir.path(), word), [""; 0], "{word}, open");
    }
    let Kept { dir, store, .. } = kept;
    drop(store);
    assert!(!dir.path().join("record.db-wal").exists(), "closing folds the log into the file");
    for word in words {
        assert_eq!(files_with(dir.path(), word), [""; 0], "{word}, closed");
    }
    assert!(!files_with(dir.path(), "\"format\"").is_empty(), "the search finds what is there");
}

#[test]
fn a_second_window_is_told_that_the_record_is_open() {
    let kept = Kept::new();
    assert!(matches!(Store::open(kept.dir.path(), &kept.key), Err(StoreError::InUse)));
    kept.reopened();
}

/// From now on the file takes not one page more, as on a full disk; or there is room again.
fn limit(store: &Store, full: bool) {
    store.with_writer(|db| {
        let now: i64 = db.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        let max = if full { now } else { 1_000_000 };
        db.query_row(&format!("PRAGMA max_page_count = {max}"), [], |_| Ok(())).unwrap();
    });
}

#[test]
fn a_disk_that_is_full_while_the_record_is_brought_up_to_date_shuts_nothing() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[vaccine("first", "2021-10-04")]);
    let shown = |kept: &Kept| kept.store.timeline(&ada(), &Filter::default(), None, 900).unwrap().rows.len();
    // What came and was not merged, as after a kill.
    let run = kept.store.begin_run(&id("summit"), at(2)).unwrap();
    let many: Vec<_> =
        (0..600).map(|n| vaccine(&format!("v{n}"), &format!("{}-10-04", 1900 + n % 100))).collect();
    kept.store.commit_page(page(run, "summit", &many)).unwrap();
    limit(&kept.store, true);
    let said = kept.store.catch_up(&mut |_, _| ControlFlow::Continue(()));
    assert!(matches!(said, Err(StoreError::DiskFull)), "{said:?}");
    assert!(shown(&kept) >= 1, "what was merged before is shown");
    assert!(kept.store.is_behind().unwrap(), "and the others are not forgotten");
    assert_eq!(kept.store.counts(&id("summit")).unwrap().resources, 601);

    let kept = kept.reopened();
    assert!(kept.store.is_behind().unwrap() && shown(&kept) >= 1, "it opens, and shows what there is");
    kept.store.catch_up(&mut |_, _| ControlFlow::Continue(())).unwrap();
    assert!(!kept.store.is_behind().unwrap() && shown(&kept) >= 100, "{} rows", shown(&kept));
}

#[test]
fn a_full_disk_rolls_the_whole_page_back() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[vaccine("1", "2021-10-04")]);
    let run = kept.store.begin_run(&id("summit"), at(0)).unwrap();
    let limit = |pages: &str| limit(&kept.store, pages == "full");
    let noise: String = (0..60_000_u32)
        .map(|n| char::from(b'a' + (n.wrapping_mul(2_654_435_761) >> 24) as u8 % 26))
        .collect();
    let big: Vec<_> = (0..8)
        .map(|n| json!({"resourceType": "Observation", "id": format!("big{n}"), "note": [{"text": format!("{noise}{n}")}]}))
        .collect();
    limit("full");
    let counts = kept.store.counts(&id("summit")).unwrap();
    assert!(matches!(kept.store.commit_page(page(run, "summit", &big)), Err(StoreError::DiskFull)));
    assert_eq!(kept.store.counts(&id("summit")).unwrap(), counts, "nothing of the page is kept");
    assert_eq!(kept.store.open_questions(run).unwrap(), [], "nor its checkpoint");
    limit("roomy");
    assert_eq!(
        kept.store.commit_page(page(run, "summit", &big)).unwrap().new,
        8,
        "and it goes on when there is room"
    );
}

#[test]
fn killed_in_the_middle_of_a_page_leaves_the_last_checkpoint() {
    let kept = Kept::with(&["summit"]);
    let run = kept.store.begin_run(&id("summit"), at(0)).unwrap();
    let first = crate::PageCommit {
        next: Some("page-2".into()),
        ..page(run, "summit", &[vaccine("1", "2021-10-04")])
    };
    kept.store.commit_page(first).unwrap();

    // What a killed process leaves: the files as they are while a transaction is being written.
    let left = tempfile::TempDir::new().unwrap();
    kept.store.with_writer(|db| {
        db.execute_batch("PRAGMA cache_size = 2; PRAGMA cache_spill = 1; BEGIN IMMEDIATE;").unwrap();
        for n in 0..400 {
            db.execute(
                "INSERT INTO resource (source, type, fhir_id) VALUES (1, 'Observation', ?1)",
                [format!("half-written-{n}")],
            )
            .unwrap();
        }
        db.execute("UPDATE checkpoint SET next = 'page-3'", []).unwrap();
        for item in fs::read_dir(kept.dir.path()).unwrap() {
            let path = item.unwrap().path();
            // The log's index lives in shared memory and is made anew from the log.
            if path.extension().is_none_or(|extension| extension != "db-shm") {
                fs::copy(&path, left.path().join(path.file_name().unwrap())).unwrap();
            }
        }
        db.execute_batch("ROLLBACK").unwrap();
    });
    assert!(fs::metadata(left.path().join("record.db-wal")).unwrap().len() > 0);
    let again = Store::open(left.path(), &kept.key).unwrap();
    assert_eq!(again.counts(&id("summit")).unwrap().resources, 1);
    assert_eq!(again.open_questions(run).unwrap()[0].next.as_deref(), Some("page-2"));
}

#[test]
fn a_reader_sees_one_state_while_a_page_is_written() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[vaccine("1", "2021-10-04")]);
    kept.store.with_writer(|db| {
        let tx = db.transaction().unwrap();
        tx.execute("DELETE FROM fact", []).unwrap();
        assert_eq!(kept.store.timeline(&ada(), &Filter::default(), None, 9).unwrap().rows.len(), 1);
    });
    std::thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| {
                for _ in 0..20 {
                    assert_eq!(
                        kept.store.timeline(&ada(), &Filter::default(), None, 9).unwrap().rows.len(),
                        1
                    );
                }
            });
        }
        kept.receives("summit", &[vaccine("1", "2021-10-04")]);
    });
}

#[test]
fn a_damaged_file_is_named_as_that() {
    let kept = Kept::with(&["summit"]);
    let (dir, key) = (kept.dir, kept.key);
    drop(kept.store);
    let path = dir.path().join("record.db");
    let mut bytes = fs::read(&path).unwrap();
    bytes[100] ^= 1;
    fs::write(&path, &bytes).unwrap();
    assert!(matches!(Store::open(dir.path(), &key), Err(StoreError::Damaged)));
}

#[test]
fn a_file_of_another_reader_is_derived_anew_on_opening() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[vaccine("1", "2021-10-04")]);
    kept.store.with_writer(|db| {
        db.execute_batch(
            "UPDATE derived_by SET name = 'older'; DELETE FROM fact; UPDATE entry SET json = '{}'",
        )
        .unwrap();
    });
    let Kept { dir, key, store } = kept;
    drop(store);
    let mut told = Vec::new();
    let store =
        Store::open_in(Folder::take(dir.path()).unwrap(), &key, &mut |done, total| told.push((done, total)))
            .unwrap();
    assert_eq!(told.last(), Some(&(1, 1)));
    let page = store.timeline(&ada(), &Filter::default(), None, 9).unwrap();
    assert_eq!(page.rows[0].title.text, "Influenza");
    drop(store);
    Store::open_in(Folder::take(dir.path()).unwrap(), &key, &mut |_, _| panic!("derived once is enough"))
        .unwrap();
}

#[test]
fn a_folder_that_may_not_be_made_is_an_error_in_words() {
    let dir = tempfile::TempDir::new().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, b"").unwrap();
    assert!(matches!(
        Store::open(&file.join("below"), &key(1)),
        Err(StoreError::Io(_) | StoreError::NotWritable)
    ));
    slots_in(dir.path(), &key(1));
    fs::create_dir(dir.path().join("record.db")).unwrap();
    assert!(matches!(Store::open(dir.path(), &key(1)), Err(StoreError::Io(_))));
}

/// Everything in a folder, byte for byte.
fn contents(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(dir)
        .unwrap()
        .map(|item| item.unwrap())
        .map(|item| (item.file_name().to_string_lossy().into_owned(), fs::read(item.path()).unwrap()))
        .collect()
}

/// The record's files as a killed process leaves them.
fn left_by_a_kill(kept: &Kept) -> tempfile::TempDir {
    let left = tempfile::TempDir::new().unwrap();
    kept.store.with_writer(|_| {
        for (name, bytes) in contents(kept.dir.path()) {
            if !name.ends_with("-shm") {
                fs::write(left.path().join(name), bytes).unwrap();
            }
        }
    });
    left
}

#[test]
fn a_record_that_cannot_be_written_is_read() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[vaccine("1", "2021-10-04")]);
    let left = left_by_a_kill(&kept);
    let (dir, key) = (kept.dir, kept.key);
    drop(kept.store);
    let before = contents(dir.path());
    for folder in [dir.path(), left.path()] {
        let store = Store::open_in(Folder::of_a_disk_to_read(folder), &key, &mut |_, _| ()).unwrap();
        assert_eq!(store.unwritable(), Some(Unwritable::ReadOnly));
        assert_eq!(store.timeline(&ada(), &Filter::default(), None, 9).unwrap().rows.len(), 1);
        assert!(matches!(store.save_person(&person("bob")), Err(StoreError::NotWritable)));
    }
    assert_eq!(contents(dir.path()), before, "nothing was written");
    assert_eq!(Store::open(dir.path(), &key).unwrap().unwritable(), None);
}

#[test]
fn an_older_copy_beside_a_newer_log_is_told_from_damage_and_left_as_it_is() {
    let kept = Kept::with(&["summit"]);
    let copy = {
        let kept = Kept { dir: kept.dir, key: kept.key, store: kept.store }.reopened();
        let Kept { dir, key, store } = kept;
        drop(store);
        let copy = fs::read(dir.path().join("record.db")).unwrap();
        let store = Store::open(dir.path(), &key).unwrap();
        (copy, Kept { dir, key, store })
    };
    let (copy, kept) = copy;
    let many: Vec<_> = (0..300).map(|n| vaccine(&format!("a{n}"), "2021-10-04")).collect();
    kept.receives("summit", &many);
    let kept = kept.reopened();
    kept.store.save_connection(&connection("lake", "ada")).unwrap();
    kept.receives("lake", &[vaccine("b", "2022-10-04")]);
    let left = left_by_a_kill(&kept);
    fs::write(left.path().join("record.db"), &copy).unwrap();
    let before = contents(left.path());

    let said = Store::open(left.path(), &kept.key).unwrap_err();
    assert!(matches!(said, StoreError::LogOfAnother), "{said:?}");
    let mut after = contents(left.path());
    after.retain(|name, _| !name.ends_with("-shm"));
    assert_eq!(after, before);
    // What the words advise.
    fs::remove_file(left.path().join("record.db-wal")).unwrap();
    let _ = fs::remove_file(left.path().join("record.db-shm"));
    Store::open(left.path(), &kept.key).unwrap();
}

#[test]
fn a_log_of_its_own_is_read_with_the_record() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[vaccine("1", "2021-10-04")]);
    let left = left_by_a_kill(&kept);
    assert!(fs::metadata(left.path().join("record.db-wal")).unwrap().len() > 0);
    let store = Store::open(left.path(), &kept.key).unwrap();
    assert_eq!(store.timeline(&ada(), &Filter::default(), None, 9).unwrap().rows.len(), 1);
}
