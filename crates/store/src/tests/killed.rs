//! A process that is killed (SIGKILL, TerminateProcess) at any moment of a backup, a restore, a new key or an erasure leaves
//! what was there before or what was to come, and nothing between.
//!
//! `WHOLECHART_KILLS=200 cargo test -p wholechart-store killed` for a thorough run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tempfile::TempDir;

use super::backup::{lived_in, order, to_the_end, words};
use super::erased::everything;
use super::{ada, at, id, key, person, slots_in};
use crate::{BackupOrder, Folder, KeySlots, Replacement, Store, StoreError, read_backup};

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

/// The process that is killed. Without a folder this is no test.
#[test]
fn a_process_to_be_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let place = Place(folder.into());
    let mut rng = StdRng::seed_from_u64(3);
    match std::env::var(DOES).unwrap().as_str() {
        "back up" => {
            let store = Store::open(&place.record(), &key(1)).unwrap();
            let (to, passphrase) = (place.backup(), words());
            store
                .back_up(&BackupOrder { now: at(95), ..order(&to, &passphrase) }, &mut rng, &mut to_the_end)
                .unwrap();
        }
        "restore" => {
            let folder = Folder::take(&place.record()).unwrap();
            let replacement = Replacement::begin(&folder).unwrap();
            let mut slots = KeySlots::new(&key(2));
            slots.set_keychain("restored");
            slots.save(replacement.folder()).unwrap();
            replacement.fill(&place.backup(), &words(), &key(2)).unwrap();
            replacement.swap_in(&folder).unwrap();
        }
        "change the key" => {
            let store = Store::open(&place.record(), &key(1)).unwrap();
            let replacement = store.replacement().unwrap();
            let mut slots = KeySlots::new(&key(2));
            slots.set_keychain("changed");
            slots.save(replacement.folder()).unwrap();
            store.copy_into(&replacement, &key(2)).unwrap();
            drop(store);
            replacement.swap_in(&Folder::take(&place.record()).unwrap()).unwrap();
            Store::open(&place.record(), &key(2)).unwrap().let_go_of_replaced().unwrap();
        }
        "erase" => Store::open(&place.record(), &key(1)).unwrap().erase_person(&ada()).unwrap(),
        other => panic!("nobody does {other}"),
    }
}

/// Runs the process; killed after `life`, if that is given. How long it lived, and whether it came to its end.
fn run(place: &Place, does: &str, life: Option<Duration>) -> (Duration, bool) {
    let begun = Instant::now();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "tests::killed::a_process_to_be_killed"])
        .env(FOLDER, &place.0)
        .env(DOES, does)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success());
            return (begun.elapsed(), true);
        }
        if life.is_some_and(|life| begun.elapsed() >= life) {
            child.kill().unwrap();
            child.wait().unwrap();
            return (begun.elapsed(), false);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
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

/// Kills the process at random moments of the time that it takes, each time on a new copy of `made`, and lets `judge` look at
/// what is left and say whether it is new. Says how many of each there were.
fn killed(made: &TempDir, does: &str, judge: impl Fn(&Place, bool) -> bool) -> (u32, u32) {
    let rounds = std::env::var("WHOLECHART_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    let fresh = || {
        let dir = TempDir::new().unwrap();
        copied(made.path(), dir.path());
        let place = Place(dir.path().to_owned());
        (dir, place)
    };
    let (_dir, place) = fresh();
    let (whole, _) = run(&place, does, None);
    assert!(judge(&place, true));
    let mut rng = StdRng::seed_from_u64(u64::from(rounds));
    let (mut old, mut new) = (0, 0);
    for _ in 0..rounds {
        let (_dir, place) = fresh();
        let (_, ended) = run(&place, does, Some(whole.mul_f64(rng.random_range(0.0..1.0))));
        *(if judge(&place, ended) { &mut new } else { &mut old }) += 1;
    }
    assert_eq!(old + new, rounds);
    (old, new)
}

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

#[test]
fn killed_while_a_backup_is_made_the_one_before_is_there_or_the_new_one() {
    let (old, new) = killed(&with_backup(), "back up", |place, ended| {
        let made = read_backup(&place.backup(), &words()).unwrap().made;
        assert!(made == at(90) || made == at(95));
        assert!(!ended || made == at(95));
        let store = Store::open(&place.record(), &key(1)).unwrap();
        assert_eq!(store.held(at(90)).unwrap()[0].facts, 4);
        assert!(!place.record().join("record.backup").exists(), "what is left of it goes");
        made == at(95)
    });
    assert!(old > 0, "{old} old, {new} new");
}

#[test]
fn killed_while_a_backup_is_restored_the_record_is_the_old_one_or_the_new_one() {
    let made = with_backup();
    let place = Place(made.path().to_owned());
    fs::remove_dir_all(place.record()).unwrap();
    slots_in(&place.record(), &key(1));
    let store = Store::open(&place.record(), &key(1)).unwrap();
    store.save_person(&person("bob")).unwrap();
    drop(store);
    let (old, new) = killed(&made, "restore", |place, ended| {
        let names = |n| match Store::open(&place.record(), &key(n)) {
            Ok(store) => Some(
                store.held(at(90)).unwrap().into_iter().map(|one| (one.name, one.facts)).collect::<Vec<_>>(),
            ),
            Err(StoreError::WrongKey) => None,
            Err(other) => panic!("{other:?}"),
        };
        match (names(1), names(2)) {
            (Some(old), None) => assert_eq!(old, [("bob".to_owned(), 0)]),
            (None, Some(new)) => assert_eq!(new, [("ada".to_owned(), 4)]),
            other => panic!("{other:?}"),
        }
        let is_new = names(2).is_some();
        assert!(!ended || is_new);
        is_new
    });
    assert!(old > 0, "{old} old, {new} new");
}

#[test]
fn killed_while_a_person_is_erased_they_are_there_whole_or_without_a_byte() {
    let made = with_backup();
    let (old, new) = killed(&made, "erase", |place, ended| {
        let store = Store::open(&place.record(), &key(1)).unwrap();
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
        is_new
    });
    assert!(old > 0, "{old} old, {new} new");
}

#[test]
fn killed_while_the_key_is_changed_the_old_one_opens_everything_or_the_new_one() {
    let (old, new) = killed(&with_backup(), "change the key", |place, ended| {
        let held = |n| match Store::open(&place.record(), &key(n)) {
            Ok(store) => {
                assert!(store.tokens(&id("summit")).unwrap().is_some(), "it is still signed in");
                Some((store.held(at(90)).unwrap()[0].facts, store.has_replaced()))
            }
            Err(StoreError::WrongKey) => None,
            Err(other) => panic!("{other:?}"),
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
    });
    assert!(old > 0, "{old} old, {new} new");
}
