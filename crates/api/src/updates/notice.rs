//! What the project publishes of its newest version, and what is made of it. Pure: bytes in, decisions out.
//!
//! A notice is a small JSON file with a minisign signature beside it. Nothing of it is looked at before the signature is checked,
//! and what was signed has to make sense all the same: a key that signs by mistake opens no path and fills no disk.
//!
//! **Invariant.** A notice of a version that is not newer leads nowhere, whoever signed it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use minisign_verify::{PublicKey, Signature};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// Bytes of a notice.
pub(crate) const LONGEST_NOTICE: usize = 64 * 1024;
/// Bytes of a signature's file.
pub(crate) const LONGEST_SIGNATURE: usize = 4 * 1024;
/// Bytes of a package.
const LARGEST_PACKAGE: u64 = 512 << 20;
/// Changes that are told, and characters of one.
const CHANGES: usize = 60;
const LONGEST_CHANGE: usize = 400;
const LONGEST_FILE_NAME: usize = 120;

/// A version's number: `1.2.3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Number(u32, u32, u32);

impl Number {
    /// Figures and two stops, and nothing else.
    pub(crate) fn parse(text: &str) -> Option<Number> {
        let part = |text: Option<&str>| {
            let text = text?;
            let figures = (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            if figures { text.parse().ok() } else { None }
        };
        let mut parts = text.split('.');
        let number = Number(part(parts.next())?, part(parts.next())?, part(parts.next())?);
        parts.next().is_none().then_some(number)
    }
}

/// A package for one kind of system.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Package {
    /// Which: `linux-x86_64-deb`.
    pub(crate) system: String,
    /// The file's name, beside the notice.
    pub(crate) file: String,
    /// Bytes.
    pub(crate) size: u64,
    /// SHA-256 in hexadecimal.
    pub(crate) sha256: String,
}

/// What is published of a version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Notice {
    pub(crate) version: String,
    /// The day it was published.
    pub(crate) day: NaiveDate,
    /// What changed, by language.
    pub(crate) changes: BTreeMap<String, Vec<String>>,
    pub(crate) packages: Vec<Package>,
}

/// Why a notice or a package changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// There is no signature, or it is none.
    Unsigned,
    /// It was signed with another key than those that this build knows.
    OtherKey,
    /// The signature is not of these bytes.
    Forged,
    /// It is signed, and is no notice.
    NotUnderstood,
    /// The package is not what was signed.
    OtherPackage,
}

/// What a notice comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// It is the version that runs, or an older one.
    NothingNewer,
    /// A newer one.
    Newer(Notice),
}

/// Reads a notice. `keys`: those that this build knows, in base64, apart by white space; `runs`: the version that runs.
pub(crate) fn read(notice: &[u8], signature: &[u8], keys: &str, runs: &str) -> Result<Found, Wrong> {
    let signature = std::str::from_utf8(signature).ok().and_then(|text| Signature::decode(text).ok());
    let signature = signature.ok_or(Wrong::Unsigned)?;
    let mut checked = keys.split_whitespace().filter_map(|key| PublicKey::from_base64(key).ok());
    let mut wrong = Wrong::OtherKey;
    let signed = checked.any(|key| match key.verify(notice, &signature, false) {
        Ok(()) => true,
        Err(minisign_verify::Error::UnexpectedKeyId) => false,
        Err(_) => {
            wrong = Wrong::Forged;
            false
        }
    });
    if !signed {
        return Err(wrong);
    }
    let notice: Notice = serde_json::from_slice(notice).map_err(|_| Wrong::NotUnderstood)?;
    let newer = Number::parse(&notice.version).zip(Number::parse(runs)).ok_or(Wrong::NotUnderstood)?;
    if newer.0 <= newer.1 {
        return Ok(Found::NothingNewer);
    }
    if makes_sense(&notice) { Ok(Found::Newer(notice)) } else { Err(Wrong::NotUnderstood) }
}

fn makes_sense(notice: &Notice) -> bool {
    let changes = notice.changes.values().all(|lines| {
        let told = |line: &String| line.chars().count() <= LONGEST_CHANGE && !line.contains(char::is_control);
        lines.len() <= CHANGES && lines.iter().all(told)
    });
    changes && notice.packages.iter().all(is_a_file)
}

/// A plain name and a hash: nothing that leads out of a folder.
fn is_a_file(package: &Package) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-+".contains(c);
    let name = &package.file;
    name.len() <= LONGEST_FILE_NAME
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(plain)
        && (1..=LARGEST_PACKAGE).contains(&package.size)
        && package.sha256.len() == 64
        && package.sha256.bytes().all(|b| b.is_ascii_hexdigit())
}

impl Notice {
    /// What changed, in a language, or in English.
    pub(crate) fn changes_in(&self, language: &str) -> &[String] {
        let told = self.changes.get(language).or_else(|| self.changes.get("en"));
        told.map(Vec::as_slice).unwrap_or_default()
    }

    /// The package for a system.
    pub(crate) fn package_for(&self, system: &str) -> Option<&Package> {
        self.packages.iter().find(|one| one.system == system)
    }
}

impl Package {
    /// Whether these bytes are the package that was signed.
    pub(crate) fn check(&self, bytes: &[u8]) -> Result<(), Wrong> {
        let hash = hex::encode(Sha256::digest(bytes));
        let same = bytes.len() as u64 == self.size && hash.eq_ignore_ascii_case(&self.sha256);
        if same { Ok(()) } else { Err(Wrong::OtherPackage) }
    }
}

#[cfg(test)]
mod tests {
    use minisign::KeyPair;
    use serde_json::{Value, json};

    use super::*;

    fn key() -> KeyPair {
        KeyPair::generate_unencrypted_keypair().unwrap()
    }

    fn sign(key: &KeyPair, notice: &[u8]) -> Vec<u8> {
        minisign::sign(None, &key.sk, notice, Some("Wholechart"), None).unwrap().to_string().into_bytes()
    }

    fn notice() -> Value {
        json!({
            "version": "0.2.0", "day": "2026-12-01", "changes": {"en": ["Faster."], "es": ["Más rápido."]},
            "packages": [{"system": "linux-x86_64-deb", "file": "wholechart_0.2.0_amd64.deb", "size": 3, "sha256": hex::encode(Sha256::digest(b"deb"))}],
        })
    }

    fn seen(notice: &Value, runs: &str) -> Result<Found, Wrong> {
        let (key, bytes) = (key(), notice.to_string().into_bytes());
        read(&bytes, &sign(&key, &bytes), &key.pk.to_base64(), runs)
    }

    #[test]
    fn only_a_newer_version_that_is_signed_with_a_known_key_is_told() {
        let (key, other) = (key(), key());
        let bytes = notice().to_string().into_bytes();
        let signature = sign(&key, &bytes);
        let keys = format!("{} {}", other.pk.to_base64(), key.pk.to_base64());
        let Ok(Found::Newer(found)) = read(&bytes, &signature, &keys, "0.1.0") else { panic!("not told") };
        assert_eq!(found.changes_in("es"), ["Más rápido."]);
        assert_eq!(found.changes_in("fr"), ["Faster."]);
        let package = found.package_for("linux-x86_64-deb").unwrap();
        assert_eq!((package.check(b"deb"), package.check(b"dec")), (Ok(()), Err(Wrong::OtherPackage)));
        assert_eq!(package.check(b"debt"), Err(Wrong::OtherPackage));
        assert_eq!(found.package_for("linux-x86_64-rpm"), None);

        for runs in ["0.2.0", "0.2.1", "0.10.0", "1.0.0"] {
            assert_eq!(read(&bytes, &signature, &keys, runs), Ok(Found::NothingNewer), "{runs}");
        }
        let known = key.pk.to_base64();
        assert_eq!(read(&bytes, b"", &known, "0.1.0"), Err(Wrong::Unsigned));
        assert_eq!(read(&bytes, b"\xff\xfe", &known, "0.1.0"), Err(Wrong::Unsigned));
        assert_eq!(read(&bytes, &sign(&other, &bytes), &known, "0.1.0"), Err(Wrong::OtherKey));
        for keys in ["", "not a key"] {
            assert_eq!(read(&bytes, &signature, keys, "0.1.0"), Err(Wrong::OtherKey), "{keys}");
        }
        let mut changed = bytes.clone();
        for at in 0..changed.len() {
            changed[at] ^= 1;
            assert_eq!(read(&changed, &signature, &known, "0.1.0"), Err(Wrong::Forged), "byte {at}");
            changed[at] ^= 1;
        }
    }

    #[test]
    fn what_is_signed_has_to_make_sense_all_the_same() {
        assert!(matches!(seen(&notice(), "0.1.0"), Ok(Found::Newer(_))));
        let with = |at: &str, value: Value| {
            let mut notice = notice();
            *notice.pointer_mut(at).unwrap() = value;
            notice
        };
        let bad = [
            with("/version", json!("0.2")),
            with("/version", json!("0.2.0-beta")),
            with("/version", json!("+1.2.3")),
            with("/version", json!("9999999999.0.0")),
            with("/day", json!("soon")),
            with("/changes/en/0", json!("\u{1b}[2J")),
            with("/changes/en/0", json!("x".repeat(LONGEST_CHANGE + 1))),
            with("/packages/0/file", json!("../wholechart.deb")),
            with("/packages/0/file", json!(".bashrc")),
            with("/packages/0/file", json!("")),
            with("/packages/0/file", json!("C:\\wholechart.msi")),
            with("/packages/0/size", json!(0)),
            with("/packages/0/size", json!(LARGEST_PACKAGE + 1)),
            with("/packages/0/sha256", json!("00")),
            json!([]),
            json!("0.2.0"),
        ];
        for notice in &bad {
            assert_eq!(seen(notice, "0.1.0"), Err(Wrong::NotUnderstood), "{notice}");
        }
    }
}
