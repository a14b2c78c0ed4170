//! Slots, codes, and never a second key for one record.

use std::fs;

use rand::SeedableRng;
use rand::rngs::StdRng;
use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;

use super::{Kept, key, slots_in};
use crate::{DbKey, Folder, KeyError, KeySlots, RecordFiles, Store, StoreError};

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn rng() -> StdRng {
    StdRng::seed_from_u64(7)
}

#[test]
fn a_passphrase_gives_the_key_back_and_another_does_not() {
    let key = key(1);
    let mut slots = KeySlots::new(&key);
    assert!(matches!(slots.unwrap_with_passphrase(&secret("x")), Err(KeyError::NoSuchSlot)));
    slots.set_passphrase(&key, &secret("caf\u{e9} at noon"), &mut rng());
    // The same words as another keyboard sends them.
    assert!(slots.unwrap_with_passphrase(&secret("cafe\u{301} at noon")).unwrap() == key);
    assert!(matches!(slots.unwrap_with_passphrase(&secret("cafe at noon")), Err(KeyError::WrongPassphrase)));
    // Changing it keeps the key and voids the old one.
    slots.set_passphrase(&key, &secret("another"), &mut rng());
    assert!(slots.unwrap_with_passphrase(&secret("another")).unwrap() == key);
    assert!(matches!(
        slots.unwrap_with_passphrase(&secret("caf\u{e9} at noon")),
        Err(KeyError::WrongPassphrase)
    ));
}

#[test]
fn a_recovery_code_may_be_typed_in_any_way() {
    let key = key(1);
    let mut slots = KeySlots::new(&key);
    let code = slots.set_recovery(&key, &mut rng()).expose_secret().to_owned();
    assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [4; 8]);
    assert!(code.chars().all(|c| c == '-' || "0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(c)), "{code}");
    let typed =
        format!(" {} ", code.to_lowercase().replace('-', " \u{2013} ").replace('0', "o").replace('1', "l"));
    assert!(slots.unwrap_with_recovery(&secret(&typed)).unwrap() == key);

    let other =
        KeySlots::new(&key).set_recovery(&key, &mut StdRng::seed_from_u64(8)).expose_secret().to_owned();
    assert!(matches!(slots.unwrap_with_recovery(&secret(&other)), Err(KeyError::WrongCode)));
    assert!(matches!(
        slots.unwrap_with_recovery(&secret(&code[..38])),
        Err(KeyError::CodeLength { found: 31 })
    ));
}

#[test]
fn a_slip_in_a_recovery_code_is_found_and_its_group_named() {
    let key = key(1);
    let mut slots = KeySlots::new(&key);
    let code = slots.set_recovery(&key, &mut rng()).expose_secret().to_owned();
    let groups: Vec<&str> = code.split('-').collect();
    for (n, group) in groups.iter().enumerate() {
        for place in 0..4 {
            for other in
                "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|c| *c != group.as_bytes()[place] as char)
            {
                let mut wrong: Vec<String> = groups.iter().map(|group| (*group).to_owned()).collect();
                wrong[n].replace_range(place..=place, &other.to_string());
                match slots.unwrap_with_recovery(&secret(&wrong.join("-"))) {
                    Err(KeyError::MistypedCode { group }) => assert_eq!(group, n + 1),
                    other => panic!("{:?}", other.map(|_| ())),
                }
            }
        }
    }
    // Groups exchanged: found as well, unless both are alike.
    let mut exchanged = groups.clone();
    exchanged.swap(2, 5);
    assert!(matches!(
        slots.unwrap_with_recovery(&secret(&exchanged.join("-"))),
        Err(KeyError::MistypedCode { .. })
    ));
    let unknown = code.replacen(groups[3], "U234", 1);
    assert!(matches!(
        slots.unwrap_with_recovery(&secret(&unknown)),
        Err(KeyError::MistypedCode { group: 4 })
    ));
}

#[test]
fn slots_survive_on_disk_with_what_a_later_version_added() {
    let (dir, key) = (TempDir::new().unwrap(), key(1));
    let mut slots = KeySlots::new(&key);
    slots.set_keychain("someone");
    slots.set_passphrase(&key, &secret("words"), &mut rng());
    slots.save(&Folder::take(dir.path()).unwrap()).unwrap();
    let path = dir.path().join("record.keys.json");
    let mut text: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    text["slots"].as_array_mut().unwrap().push(serde_json::json!({"kind": "token", "chip": 5}));
    fs::write(&path, text.to_string()).unwrap();

    let mut back = KeySlots::load(dir.path()).unwrap().unwrap();
    assert_eq!(back.keychain_account(), Some("someone"));
    assert!(back.has_passphrase() && back.verify(&key));
    assert!(matches!(back.unwrap_with_recovery(&secret("any")), Err(KeyError::NoSuchSlot)));
    back.set_keychain("somebody else");
    back.save(&Folder::take(dir.path()).unwrap()).unwrap();
    let again = fs::read_to_string(&path).unwrap();
    assert!(again.contains("\"chip\": 5") && !again.contains("\"someone\""));
    assert!(again == fs::read_to_string(dir.path().join("record.keys.copy.json")).unwrap());

    text["format"] = 2.into();
    fs::write(&path, text.to_string()).unwrap();
    fs::remove_file(dir.path().join("record.keys.copy.json")).unwrap();
    assert!(matches!(KeySlots::load(dir.path()), Err(KeyError::Newer)));
}

#[test]
fn tampered_slots_open_nothing_and_eat_no_memory() {
    let (dir, key) = (TempDir::new().unwrap(), key(1));
    let mut slots = KeySlots::new(&key);
    slots.set_passphrase(&key, &secret("words"), &mut rng());
    slots.save(&Folder::take(dir.path()).unwrap()).unwrap();
    let path = dir.path().join("record.keys.json");
    let text = fs::read_to_string(&path).unwrap();
    let tampered = |from: &str, to: &str| {
        assert!(text.contains(from));
        fs::write(&path, text.replace(from, to)).unwrap();
        KeySlots::load(dir.path()).unwrap().unwrap().unwrap_with_passphrase(&secret("words")).map(|_| ())
    };
    assert!(matches!(tampered("65536", "4000000000"), Err(KeyError::Damaged)));
    assert!(matches!(tampered("\"lanes\": 1", "\"lanes\": 0"), Err(KeyError::Damaged)));
    // Weaker parameters are not taken for the ones the key was wrapped with.
    assert!(matches!(tampered("\"passes\": 3", "\"passes\": 1"), Err(KeyError::WrongPassphrase)));
    // A passphrase's slot does not pass for a recovery code's.
    fs::write(&path, text.replace("\"passphrase\"", "\"recovery\"")).unwrap();
    let moved = KeySlots::load(dir.path()).unwrap().unwrap();
    assert!(!moved.has_passphrase());
    assert!(!matches!(moved.unwrap_with_recovery(&secret("words")), Err(KeyError::NoSuchSlot)));
}

#[test]
fn a_lost_or_damaged_sidecar_is_read_from_its_copy() {
    let kept = Kept::new();
    let dir = kept.dir.path().to_owned();
    drop(kept.store);
    for damage in [&b""[..], b"{\"format\":1,", b"[]"] {
        fs::write(dir.join("record.keys.json"), damage).unwrap();
        assert!(matches!(RecordFiles::state(&dir).unwrap(), RecordFiles::Locked(_)));
    }
    fs::remove_file(dir.join("record.keys.json")).unwrap();
    assert!(matches!(RecordFiles::state(&dir).unwrap(), RecordFiles::Locked(_)));
    Store::open(&dir, &kept.key).unwrap();
}

#[test]
fn a_record_without_its_slots_never_gets_a_new_key() {
    let kept = Kept::with(&["summit"]);
    let (dir, old) = (kept.dir, kept.key);
    drop(kept.store);
    assert!(matches!(RecordFiles::state(dir.path()).unwrap(), RecordFiles::Locked(_)));
    // Slots of another key are refused while they are there and when they are gone.
    let new = key(2);
    assert!(matches!(
        KeySlots::new(&new).save(&Folder::take(dir.path()).unwrap()),
        Err(KeyError::RecordExists)
    ));
    let copy = fs::read(dir.path().join("record.keys.json")).unwrap();
    fs::remove_file(dir.path().join("record.keys.json")).unwrap();
    fs::remove_file(dir.path().join("record.keys.copy.json")).unwrap();
    assert_eq!(RecordFiles::state(dir.path()).unwrap(), RecordFiles::KeysMissing);
    assert!(matches!(
        KeySlots::new(&new).save(&Folder::take(dir.path()).unwrap()),
        Err(KeyError::RecordExists)
    ));
    assert!(matches!(Store::open(dir.path(), &new), Err(StoreError::KeysMissing)));
    assert!(matches!(Store::open(dir.path(), &old), Err(StoreError::KeysMissing)));
    // Somebody puts it back from a copy, and everything is there.
    fs::write(dir.path().join("record.keys.json"), copy).unwrap();
    assert_eq!(Store::open(dir.path(), &old).unwrap().persons().unwrap().len(), 1);
}

#[test]
fn slots_that_no_record_needs_are_put_aside_and_not_lost() {
    let dir = TempDir::new().unwrap();
    slots_in(dir.path(), &key(1));
    assert_eq!(RecordFiles::state(dir.path()).unwrap(), RecordFiles::Fresh);
    slots_in(dir.path(), &key(2));
    assert!(KeySlots::load(dir.path()).unwrap().unwrap().verify(&key(2)));
    let aside: Vec<_> = fs::read_dir(dir.path())
        .unwrap()
        .map(|item| item.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("record.keys.json."))
        .collect();
    let old: KeySlots = serde_json::from_slice(&fs::read(&aside[0]).unwrap()).unwrap();
    assert!(aside.len() == 1 && old.verify(&key(1)));
}

#[test]
fn a_wrong_key_is_recognised_before_the_file_is_touched() {
    let kept = Kept::new();
    let dir = kept.dir;
    drop(kept.store);
    let before = fs::read(dir.path().join("record.db")).unwrap();
    assert!(matches!(Store::open(dir.path(), &key(2)), Err(StoreError::WrongKey)));
    assert_eq!(fs::read(dir.path().join("record.db")).unwrap(), before);
}

#[test]
fn a_key_does_not_show_itself() {
    let key = key(1);
    assert_eq!(format!("{key:?}"), "DbKey(…)");
    assert!(DbKey::from_bytes(key.expose()) == Some(key.clone()));
    assert!(DbKey::from_bytes(&[0; 31]).is_none() && DbKey::from_bytes(&[]).is_none());
}

#[test]
fn a_folder_is_had_by_one_at_a_time() {
    let dir = TempDir::new().unwrap();
    let first = Folder::take(dir.path()).unwrap();
    assert!(matches!(Folder::take(dir.path()), Err(fs::TryLockError::WouldBlock)));
    drop(first);
    Folder::take(dir.path()).unwrap();
}

#[test]
fn a_record_whose_file_is_missing_or_empty_never_begins_anew_by_itself() {
    for empty in [false, true] {
        let kept = Kept::with(&["summit"]);
        let (dir, key) = (kept.dir, kept.key);
        drop(kept.store);
        let file = dir.path().join("record.db");
        let bytes = fs::read(&file).unwrap();
        fs::remove_file(&file).unwrap();
        if empty {
            fs::write(&file, b"").unwrap();
        }
        assert_eq!(RecordFiles::state(dir.path()).unwrap(), RecordFiles::RecordMissing);
        assert!(matches!(Store::open(dir.path(), &key), Err(StoreError::RecordMissing)));
        assert_eq!(file.exists(), empty, "nothing was made");
        // It is found again.
        fs::write(&file, &bytes).unwrap();
        assert_eq!(Store::open(dir.path(), &key).unwrap().persons().unwrap().len(), 1);

        // It is not, and the person says so.
        fs::remove_file(&file).unwrap();
        fs::write(dir.path().join("record.db-wal"), b"what is left").unwrap();
        let folder = Folder::take(dir.path()).unwrap();
        RecordFiles::begin_anew(&folder).unwrap();
        drop(folder);
        assert_eq!(RecordFiles::state(dir.path()).unwrap(), RecordFiles::Fresh);
        assert_eq!(fs::read(dir.path().join("record.db-wal.older")).unwrap(), b"what is left");
        let new = super::key(2);
        slots_in(dir.path(), &new);
        assert_eq!(Store::open(dir.path(), &new).unwrap().persons().unwrap(), []);
        // The old file is opened by its own slots, which were put aside.
        fs::write(&file, &bytes).unwrap();
        assert_eq!(Store::open(dir.path(), &key).unwrap().persons().unwrap().len(), 1);
    }
}

#[test]
fn a_record_that_is_there_is_not_begun_anew() {
    let kept = Kept::with(&["summit"]).reopened();
    let (dir, key) = (kept.dir, kept.key);
    drop(kept.store);
    let folder = Folder::take(dir.path()).unwrap();
    assert!(matches!(RecordFiles::begin_anew(&folder), Err(KeyError::RecordExists)));
    drop(folder);
    Store::open(dir.path(), &key).unwrap();
}

#[test]
fn a_first_start_that_was_stopped_before_the_record_was_made_begins_again() {
    let dir = TempDir::new().unwrap();
    slots_in(dir.path(), &key(1));
    fs::write(dir.path().join("record.db"), b"").unwrap();
    assert_eq!(RecordFiles::state(dir.path()).unwrap(), RecordFiles::Fresh);
}

#[test]
fn slots_of_another_key_leave_the_copy_and_what_was_put_aside_to_be_tried() {
    for aside in [false, true] {
        let kept = Kept::with(&["summit"]);
        let (dir, own) = (kept.dir, kept.key);
        drop(kept.store);
        let other = TempDir::new().unwrap();
        slots_in(other.path(), &key(2));
        let wrong = fs::read(other.path().join("record.keys.json")).unwrap();
        if aside {
            fs::rename(dir.path().join("record.keys.json"), dir.path().join("record.keys.json.Abcd1234"))
                .unwrap();
            fs::write(dir.path().join("record.keys.copy.json"), &wrong).unwrap();
        }
        fs::write(dir.path().join("record.keys.json"), &wrong).unwrap();

        let RecordFiles::Locked(candidates) = RecordFiles::state(dir.path()).unwrap() else { panic!() };
        assert_eq!(candidates.iter().map(|one| one.verify(&own)).collect::<Vec<_>>(), [false, true]);
        let folder = Folder::take(dir.path()).unwrap();
        assert!(!Store::fits(&folder, &key(2)).unwrap() && Store::fits(&folder, &own).unwrap());
        drop(folder);
        assert_eq!(Store::open(dir.path(), &own).unwrap().persons().unwrap().len(), 1);
        // From now on both say the right one, and the wrong one is not lost.
        let again = KeySlots::load(dir.path()).unwrap().unwrap();
        assert!(again.verify(&own) && again.stand_in(dir.path()));
        assert!(KeySlots::candidates(dir.path()).unwrap().iter().any(|one| one.verify(&key(2))));
    }
}

#[test]
fn a_recovery_code_is_said_until_it_is_kept() {
    let (dir, key) = (TempDir::new().unwrap(), key(1));
    let mut slots = KeySlots::new(&key);
    let first = slots.set_recovery(&key, &mut rng());
    slots.save(&Folder::take(dir.path()).unwrap()).unwrap();
    // Stopped here: nobody has seen the code.
    drop(Store::open(dir.path(), &key).unwrap());
    let store = Store::open(dir.path(), &key).unwrap();
    let second = store.recovery_to_keep(&key, &mut StdRng::seed_from_u64(8)).unwrap().unwrap();
    let slots = KeySlots::load(dir.path()).unwrap().unwrap();
    assert!(slots.unwrap_with_recovery(&second).unwrap() == key);
    assert!(matches!(slots.unwrap_with_recovery(&first), Err(KeyError::WrongCode)), "one code counts");
    store.recovery_is_kept().unwrap();
    drop(store);
    let store = Store::open(dir.path(), &key).unwrap();
    assert!(store.recovery_to_keep(&key, &mut rng()).unwrap().is_none());
    let slots = KeySlots::load(dir.path()).unwrap().unwrap();
    assert!(slots.unwrap_with_recovery(&second).unwrap() == key);
}
