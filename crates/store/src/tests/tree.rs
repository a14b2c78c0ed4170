//! A tree outside the record is there whole or not at all, and never in the place of anything.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use age::secrecy::SecretString;

use super::{Kept, at, id, vaccine};
use crate::{StoreError, Tree, TreeError, is_free, remove_left_behind};

const NAMES: [&str; 3] = ["index.html", "01 Clínica/documents/0001 日本.pdf", "01 Clínica/list.ndjson"];

/// What stands in each of them; more than a block of a tar.
fn content(name: &str) -> Vec<u8> {
    name.as_bytes().repeat(99)
}

fn write(tree: &mut Tree) -> Result<(), TreeError> {
    for name in NAMES {
        tree.file(name, &mut |out| Ok(out.write_all(&content(name))?))?;
    }
    Ok(())
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(dir).unwrap().map(|one| one.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn begun(sealed: bool, path: &Path) -> Result<Tree, TreeError> {
    let passphrase = SecretString::from("mule lantern copper thursday".to_owned());
    if sealed { Tree::sealed(path, &passphrase, Some(2), at(0)) } else { Tree::folder(path) }
}

#[test]
fn a_folder_and_a_tar_hold_the_same() {
    let dir = tempfile::tempdir().unwrap();
    for (sealed, name) in [(false, "folder"), (true, "file")] {
        let mut tree = begun(sealed, &dir.path().join(name)).unwrap();
        write(&mut tree).unwrap();
        assert!(!dir.path().join(name).exists(), "it has its name when it is whole");
        tree.finish().unwrap();
    }
    assert_eq!(names(dir.path()), ["file", "folder"]);
    for name in NAMES {
        assert_eq!(fs::read(dir.path().join("folder").join(name)).unwrap(), content(name));
    }
    let bytes = fs::read(dir.path().join("file")).unwrap();
    let identity = age::scrypt::Identity::new("mule lantern copper thursday".to_owned().into());
    let decryptor = age::Decryptor::new(bytes.as_slice()).unwrap();
    let mut tar = tar::Archive::new(decryptor.decrypt(std::iter::once(&identity as _)).unwrap());
    let mut found = Vec::new();
    for entry in tar.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().to_str().unwrap().to_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, content(&name));
        found.push(name);
    }
    assert_eq!(found, NAMES);
}

#[test]
fn what_is_not_finished_leaves_nothing_and_what_is_there_stays() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("taken");
    for sealed in [false, true] {
        let mut tree = begun(sealed, &path).unwrap();
        write(&mut tree).unwrap();
        assert!(!is_free(&path).unwrap());
        assert!(begun(sealed, &path).is_err(), "another one is being written");
        assert_eq!(names(dir.path()), ["taken.unfinished"]);
        drop(tree);
        assert_eq!(names(dir.path()), [""; 0]);

        // The disk is full in the middle of a file.
        let mut tree = begun(sealed, &path).unwrap();
        let full = tree.file("a", &mut |_| Err(io::Error::from(io::ErrorKind::StorageFull).into()));
        assert!(matches!(full, Err(TreeError::Place(_))));
        drop(tree);
        assert_eq!(names(dir.path()), [""; 0]);

        // Somebody else took the name meanwhile.
        let mut tree = begun(sealed, &path).unwrap();
        write(&mut tree).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(tree.finish().is_err());
        assert_eq!((names(dir.path()), names(&path).len()), (vec!["taken".to_owned()], 0));
        assert!(begun(sealed, &path).is_err());
        fs::remove_dir(&path).unwrap();
    }
}

#[test]
fn what_does_not_read_back_as_it_was_written_gets_no_name() {
    for sealed in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("taken");
        let mut tree = begun(sealed, &path).unwrap();
        // More than is held back in memory.
        let much = b"a line of a record\n".repeat(1 << 16);
        tree.file("much.ndjson", &mut |out| Ok(out.write_all(&much)?)).unwrap();
        let unfinished = dir.path().join("taken.unfinished");
        let written = if sealed { unfinished } else { unfinished.join("much.ndjson") };
        let mut bytes = fs::read(&written).unwrap();
        bytes[40] ^= 1;
        let mut disk = fs::OpenOptions::new().write(true).open(&written).unwrap();
        disk.write_all(&bytes[..41]).unwrap();
        drop(disk);
        assert!(matches!(tree.finish(), Err(TreeError::Differs)), "sealed: {sealed}");
        assert_eq!(names(dir.path()), [""; 0]);
    }
}

#[test]
fn what_a_killed_program_left_is_removed_and_nothing_else_is() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    // As a kill leaves them: never dropped, and their locks gone with the process.
    let folder = begun(false, &at("killed")).unwrap();
    let mark = fs::read(at("killed.unfinished").join(".wholechart-unfinished")).unwrap();
    drop(folder);
    fs::create_dir(at("killed.unfinished")).unwrap();
    fs::write(at("killed.unfinished").join(".wholechart-unfinished"), &mark).unwrap();
    fs::write(at("killed.unfinished").join("records.ndjson"), "{}").unwrap();
    fs::write(at("killed.tar.age.unfinished"), "age-encryption.org/v1\n-> scrypt").unwrap();
    fs::write(at("early.tar.age.unfinished"), "").unwrap();
    // Somebody else's, whatever it is called.
    fs::create_dir(at("theirs.unfinished")).unwrap();
    fs::write(at("theirs.unfinished").join("book.txt"), "Chapter one").unwrap();
    fs::create_dir(at("other.unfinished")).unwrap();
    fs::write(at("other.unfinished").join(".wholechart-unfinished"), "not these words").unwrap();
    fs::write(at("theirs.tar.age.unfinished"), "a text").unwrap();
    fs::write(at("notes.unfinished"), "").unwrap();
    fs::write(at("whole.tar.age"), "age-encryption.org/v1\n").unwrap();
    // One that is being written.
    let (mut open, mut sealed) =
        (begun(false, &at("now")).unwrap(), begun(true, &at("now.tar.age")).unwrap());
    remove_left_behind(dir.path()).unwrap();
    assert_eq!(
        names(dir.path()),
        [
            "notes.unfinished",
            "now.tar.age.unfinished",
            "now.unfinished",
            "other.unfinished",
            "theirs.tar.age.unfinished",
            "theirs.unfinished",
            "whole.tar.age",
        ]
    );
    for tree in [&mut open, &mut sealed] {
        write(tree).unwrap();
    }
    open.finish().unwrap();
    sealed.finish().unwrap();
    assert!(!at("now").join(".wholechart-unfinished").exists());
}

#[test]
fn no_name_leads_out_of_it() {
    let dir = tempfile::tempdir().unwrap();
    for sealed in [false, true] {
        let mut tree = begun(sealed, &dir.path().join("taken")).unwrap();
        for name in ["../out", "a/../../out", "/out", "", "./a/.."] {
            let said = tree.file(name, &mut |out| Ok(out.write_all(b"x")?));
            assert!(matches!(said, Err(TreeError::Store(StoreError::Inconsistent("name")))), "{name}");
        }
        drop(tree);
    }
    assert_eq!(names(dir.path()), [""; 0]);
}

#[test]
fn a_version_that_cannot_be_unpacked_costs_itself() {
    let kept = Kept::with(&["summit"]);
    let sent = ["1", "2", "3"].map(|id| vaccine(id, "2021-10-04"));
    kept.receives("summit", &sent);
    kept.store.with_writer(|db| {
        let broken = db.execute("UPDATE version SET bytes = x'28b52ffd00' WHERE id = 2", []).unwrap();
        assert_eq!(broken, 1);
    });
    let read = kept.store.snapshot(|snapshot| {
        let versions = snapshot.versions(&id("summit"))?;
        let read: Vec<_> = versions.iter().map(|one| snapshot.bytes(one.id)).collect();
        // The pages themselves are whole: what is read after it is what it was.
        snapshot.is_whole()?;
        Ok::<_, StoreError>(read)
    });
    let read = read.unwrap();
    assert!(matches!(read[1], Err(StoreError::Inconsistent(_))), "{:?}", read[1]);
    for (n, sent) in [(0, &sent[0]), (2, &sent[2])] {
        assert_eq!(read[n].as_ref().unwrap(), sent.to_string().as_bytes());
    }
}
