//! Other accounts of a computer may not even copy what is encrypted.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::{ada, key, person, slots_in};
use crate::{Store, close_own_folder};

/// What others may, as letters of `ls`, of every file below a folder.
fn open_to_others(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for item in fs::read_dir(dir).unwrap() {
        let item = item.unwrap();
        let mode = item.metadata().unwrap().permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            found.push(format!("{} {mode:o}", item.file_name().to_string_lossy()));
        }
    }
    found
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_record_is_open_to_its_own_account_only() {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path().join("share/wholechart");
    slots_in(&dir, &key(1));
    let store = Store::open(&dir, &key(1)).unwrap();
    store.save_person(&person("ada")).unwrap();
    assert!(dir.join("record.db-wal").exists());
    assert_eq!(open_to_others(&dir), [""; 0]);
    assert_eq!((mode(&dir), mode(&place.path().join("share"))), (0o700, 0o700));
    drop(store);

    // One that an older version made is closed when it is opened. Its folder may be of use for something else.
    for item in fs::read_dir(&dir).unwrap() {
        fs::set_permissions(item.unwrap().path(), fs::Permissions::from_mode(0o644)).unwrap();
    }
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).unwrap();
    let store = Store::open(&dir, &key(1)).unwrap();
    assert!(store.person(&ada()).is_ok());
    let open: Vec<String> =
        open_to_others(&dir).into_iter().filter(|name| name.starts_with("record.db")).collect();
    assert_eq!(open, [""; 0]);
    assert_eq!(mode(&dir), 0o755);
    close_own_folder(&dir).unwrap();
    assert_eq!(mode(&dir), 0o700);
}
