//! A tree outside the record is there whole or not at all, and never in the place of anything.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use age::secrecy::SecretString;

use super::at;
use crate::{StoreError, Tree, TreeError, is_free};

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
