//! Erased means erased: in no page, free ones among them, in no compressed frame, in no log and in no copy is a byte left.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use aes::Aes256;
use aes::cipher::{BlockCipherDecrypt as _, KeyInit as _};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::backup::{order, to_the_end, words};
use super::{Kept, ada, at, connection, id, page, person, result, vaccine};
use crate::table::{people, settings};
use crate::{DbKey, Filter, Folder, RunOutcome, Store, erase_everything};
use wholechart_record::PersonId;

const PAGE: usize = 4096;
/// The end of each page: 16 bytes with which its encryption begins, and 64 that seal it.
const SEAL: usize = 80;

/// A page as it is when decrypted. Without its seal: whatever is in it, also what nothing points to.
fn plain_page(page: &[u8], first: bool, key: &DbKey) -> Vec<u8> {
    let cipher = Aes256::new(key.expose().into());
    let from = if first { 16 } else { 0 };
    let mut before: [u8; 16] = page[PAGE - SEAL..][..16].try_into().unwrap();
    let mut plain = Vec::with_capacity(PAGE);
    for sealed in page[from..PAGE - SEAL].chunks(16) {
        let sealed: [u8; 16] = sealed.try_into().unwrap();
        let mut block = sealed.into();
        cipher.decrypt_block(&mut block);
        plain.extend(block.iter().zip(before).map(|(a, b)| a ^ b));
        before = sealed;
    }
    plain
}

/// Every file of a record, as it lies there and, where it is of the database, as it is when decrypted.
pub(super) fn everything(dir: &Path, key: &DbKey) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for item in fs::read_dir(dir).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            found.extend(everything(&path, key));
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with("-wal") {
            let frames = bytes.get(32..).unwrap_or_default().chunks_exact(24 + PAGE);
            let plain = frames.map(|frame| plain_page(&frame[24..], frame[..4] == [0, 0, 0, 1], key));
            found.push(plain.flatten().collect());
        } else if name.starts_with("record.db") && !name.ends_with("-shm") {
            let pages = bytes.chunks_exact(PAGE).enumerate();
            found.push(pages.flat_map(|(n, page)| plain_page(page, n == 0, key)).collect());
        }
        found.push(bytes);
    }
    found
}

/// What can be unpacked from wherever a compressed frame begins, as far as it goes.
fn unpacked(bytes: &[u8], dictionaries: &[Vec<u8>]) -> Vec<u8> {
    let magic = [0x28, 0xb5, 0x2f, 0xfd];
    let mut out = Vec::new();
    for start in (0..bytes.len().saturating_sub(4)).filter(|at| bytes[*at..].starts_with(&magic)) {
        for dictionary in dictionaries {
            let mut decoder = zstd::stream::read::Decoder::with_dictionary(&bytes[start..], dictionary)
                .unwrap()
                .single_frame();
            let mut part = [0; 512];
            while let Ok(n) = decoder.read(&mut part) {
                if n == 0 {
                    break;
                }
                out.extend(&part[..n]);
            }
        }
    }
    out
}

/// What frames may have been packed with: nothing, what rows are packed with, and what the record has of its own.
fn dictionaries(store: &Store) -> Vec<Vec<u8>> {
    let mut all = vec![Vec::new(), include_bytes!("../packed/rows.dict").to_vec()];
    let packed: Vec<Vec<u8>> = store.with_writer(|db| {
        let mut query = db.prepare("SELECT bytes FROM dictionary").unwrap();
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    });
    assert!(!packed.is_empty());
    all.extend(packed.into_iter().map(|bytes| zstd::stream::decode_all(bytes.as_slice()).unwrap()));
    all
}

/// How many of the places to look at hold a word, in any case.
fn holds(dir: &Path, key: &DbKey, dictionaries: &[Vec<u8>], word: &str) -> usize {
    everything(dir, key)
        .into_iter()
        .filter(|bytes| {
            let unpacked = unpacked(bytes, dictionaries);
            [bytes, &unpacked]
                .iter()
                .any(|bytes| bytes.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes())))
        })
        .count()
}

/// Words that are ada's and nobody else's: of resources, of what was made of them, of what she said.
const HERS: [&str; 7] =
    ["zygomatitis", "quinsy remark", "secretid", "arm hurts", "Adelaide", "access-7731", "SUMMIT"];

fn hers(n: usize) -> Value {
    json!({"resourceType": "Condition", "id": format!("secretid{n}"), "recordedDate": "2021-10-04",
        "code": {"text": format!("Zygomatitis {n}")}, "note": [{"text": format!("quinsy remark {n} of many more")}]})
}

/// Ada, who is to be erased, and bob, who stays.
fn two() -> (Kept, Vec<Vec<u8>>) {
    let kept = Kept::with(&["summit"]);
    kept.store.save_person(&crate::Person { name: "Adelaide".into(), ..person("ada") }).unwrap();
    let tokens = crate::Tokens {
        access: "access-7731".to_owned().into(),
        refresh: None,
        expires_at: None,
        scope: String::new(),
    };
    kept.store.save_tokens(&id("summit"), &tokens).unwrap();
    kept.store.save_person(&person("bob")).unwrap();
    kept.store.save_connection(&connection("lake", "bob")).unwrap();
    let many: Vec<Value> = (0..200).map(hers).collect();
    kept.receives("summit", &many);
    // Twice, so that there are rows that were replaced.
    let run = kept.store.begin_run(&id("lake"), at(0)).unwrap();
    let his = [vaccine("1", "2021-10-04"), result("2", Some("2024-03-01"), 120)];
    kept.store.commit_page(page(run, "lake", &his)).unwrap();
    kept.store.finish_run(run, at(1), RunOutcome::Complete).unwrap();
    kept.store.refresh_facts(&bob()).unwrap();
    let rows = kept.store.timeline(&ada(), &Filter::default(), None, 9).unwrap().rows;
    kept.store.set_note(&rows[0].id, "the arm hurts", at(3)).unwrap();
    kept.store.set_seen(&ada(), 9).unwrap();
    kept.store.set_setting("person", &json!("ada")).unwrap();
    kept.store.rebuild(&mut |_, _| std::ops::ControlFlow::Continue(())).unwrap();
    let dictionaries = dictionaries(&kept.store);
    // Copies of every kind, of a file into which its log was folded.
    let kept = kept.reopened();
    fs::copy(kept.dir.path().join("record.db"), kept.dir.path().join("record.db.format-14")).unwrap();
    fs::create_dir(kept.dir.path().join("record.before")).unwrap();
    fs::copy(kept.dir.path().join("record.db"), kept.dir.path().join("record.before/record.db")).unwrap();
    for word in HERS {
        assert!(holds(kept.dir.path(), &kept.key, &dictionaries, word) >= 3, "it is in each copy: {word}");
    }
    (kept, dictionaries)
}

fn bob() -> PersonId {
    PersonId("bob".into())
}

/// Nothing of hers is anywhere while the record is open, nor after it was closed, and his is as it was.
fn nothing_of_hers(kept: Kept, dictionaries: &[Vec<u8>], words: &[&str]) {
    for word in words {
        assert_eq!(holds(kept.dir.path(), &kept.key, dictionaries, word), 0, "{word}, open");
    }
    let kept = kept.reopened();
    for word in words {
        assert_eq!(holds(kept.dir.path(), &kept.key, dictionaries, word), 0, "{word}, opened again");
    }
    assert_eq!(kept.store.timeline(&bob(), &Filter::default(), None, 9).unwrap().rows.len(), 2);
    assert_eq!(kept.store.setting("erasing").unwrap(), None);
}

#[test]
fn of_a_person_who_was_erased_no_byte_is_left() {
    let (kept, dictionaries) = two();
    kept.store.erase_person(&ada()).unwrap();
    kept.store.with_writer(|db| {
        for table in people::tables_by_person(db).unwrap() {
            let sql = format!("SELECT count(*) FROM {table} WHERE person = 'ada'");
            assert_eq!(db.query_row(&sql, [], |row| row.get::<_, u64>(0)).unwrap(), 0, "{table}");
        }
        let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, u64>(0)).unwrap();
        assert_eq!(count("SELECT count(*) FROM setting"), 0);
        // Numbers that follow from what was said are something of it as well.
        assert_eq!(count("SELECT count(*) FROM found WHERE resource NOT IN (SELECT n FROM resource)"), 0);
        assert_eq!(count("SELECT count(*) FROM tied WHERE fact NOT IN (SELECT n FROM fact)"), 0);
    });
    assert!(kept.store.erase_person(&ada()).is_err(), "there is nobody any more");
    nothing_of_hers(kept, &dictionaries, &HERS);
}

#[test]
fn of_a_connection_that_was_forgotten_no_byte_is_left() {
    let (kept, dictionaries) = two();
    kept.store.delete_connection(&id("summit"), false).unwrap();
    let words: Vec<&str> = HERS.into_iter().filter(|word| *word != "Adelaide").collect();
    nothing_of_hers(kept, &dictionaries, &words);
}

#[test]
fn an_import_that_was_erased_leaves_not_even_its_line_or_what_was_said_of_it() {
    let (kept, _) = two();
    kept.store.delete_connection(&id("summit"), true).unwrap();
    kept.store.save_connection(&connection("files", "ada")).unwrap();
    let (run, import) = kept.store.begin_import(&id("files"), None, at(5)).unwrap();
    let letter = json!({"resourceType": "Condition", "id": "letterid", "recordedDate": "2023-10-04",
        "code": {"text": "Xanthopsia"}, "note": [{"text": "as the letter says"}]});
    kept.store.commit_page(page(run, "files", &[letter])).unwrap();
    kept.store.finish_run(run, at(6), RunOutcome::Complete).unwrap();
    kept.store.refresh_facts(&ada()).unwrap();
    let rows = kept.store.timeline(&ada(), &Filter::default(), None, 300).unwrap().rows;
    let fact = rows.iter().find(|row| row.title.text == "Xanthopsia").unwrap();
    kept.store.set_note(&fact.id, "read this again", at(7)).unwrap();
    let dictionaries = dictionaries(&kept.store);
    let words = ["xanthopsia", "as the letter says", "letterid", "read this again"];
    for word in words {
        assert!(holds(kept.dir.path(), &kept.key, &dictionaries, word) > 0, "the search finds {word}");
    }
    kept.store.erase_import(import, at(8)).unwrap();
    assert_eq!(kept.store.timeline(&ada(), &Filter::default(), None, 300).unwrap().rows.len(), 200);
    let lines: u64 = kept.store.with_writer(|db| {
        db.query_row("SELECT count(*) FROM run WHERE import IS NOT NULL", [], |row| row.get(0)).unwrap()
    });
    assert_eq!(lines, 0);
    nothing_of_hers(kept, &dictionaries, &words);
}

/// A letter at a provider, one of many, whose file was fetched; some of its words are in what the others are packed with.
fn letter(n: usize) -> Value {
    let (word, url) = if n == 2 { ("zygapophysis", "secretaddress") } else { ("plain", "address") };
    json!({"resourceType": "DocumentReference", "id": format!("{word}id{n}"), "status": "current", "date": format!("2022-03-{:02}T08:00:00Z", n + 1),
        "type": {"text": format!("Letter {word} {n}")}, "identifier": [{"value": format!("of a {word} and other things {n}")}],
        "content": [{"attachment": {"contentType": "text/plain", "url": format!("files/{url}{n}")}}]})
}

#[test]
fn of_a_document_that_was_erased_no_byte_is_left_and_of_the_others_all() {
    let (kept, _) = two();
    let letters: Vec<Value> = (0..12).map(letter).collect();
    kept.receives("summit", &letters);
    let run = kept.store.begin_run(&id("summit"), at(4)).unwrap();
    for (n, name) in [(1, "address1"), (2, "secretaddress2")] {
        let text = if n == 2 { "hydrargyrum chapter and verse" } else { "a plain letter" };
        kept.store
            .commit_document(&crate::DocumentCommit {
                run,
                connection: id("summit"),
                url: format!("{}/files/{name}", super::BASE),
                content_type: Some("text/plain".into()),
                received_at: at(4),
                bytes: text.as_bytes().to_vec(),
            })
            .unwrap();
    }
    kept.store.finish_run(run, at(5), RunOutcome::Complete).unwrap();
    for file in kept.store.unread_files(&ada(), 1).unwrap() {
        let stored = kept.store.file(&file.fact, &file.hash).unwrap().unwrap();
        let text = String::from_utf8(stored.bytes).unwrap();
        kept.store.keep_text(&file, 1, Some(&text)).unwrap();
    }
    kept.store.refresh_facts(&ada()).unwrap();
    let rows = kept.store.timeline(&ada(), &Filter::default(), None, 300).unwrap().rows;
    let find = |title: &str| {
        let found = rows.iter().find(|row| row.title.text == title);
        found
            .unwrap_or_else(|| panic!("{:?}", rows.iter().map(|row| &row.title.text).collect::<Vec<_>>()))
            .id
            .clone()
    };
    let (gone, stays) = (find("Letter zygapophysis 2"), find("Letter plain 1"));
    kept.store.set_note(&gone, "burn after reading", at(7)).unwrap();
    kept.store.set_note(&stays, "keep this one", at(7)).unwrap();
    let dictionaries = dictionaries(&kept.store);
    let words = ["zygapophysis", "secretaddress", "hydrargyrum", "burn after reading", "zygapophysisid2"];
    for word in words {
        assert!(holds(kept.dir.path(), &kept.key, &dictionaries, word) > 0, "the search finds {word}");
    }
    assert!(
        dictionaries.iter().any(|bytes| String::from_utf8_lossy(bytes).contains("zygapophysis")),
        "what others are packed with holds it"
    );
    assert!(kept.store.erase_document(&bob(), &gone).is_err(), "it is not his");
    kept.store.erase_document(&ada(), &gone).unwrap();
    let left = kept.store.timeline(&ada(), &Filter::default(), None, 300).unwrap().rows;
    assert_eq!(left.len(), rows.len() - 1);
    assert_eq!(kept.store.note(&stays).unwrap().as_deref(), Some("keep this one"));
    let file = &kept.store.files(&stays).unwrap()[0];
    let stored = kept.store.file(&stays, file.hash.as_ref().unwrap()).unwrap().unwrap();
    assert_eq!(stored.bytes, b"a plain letter");
    let mut versions = 0;
    kept.store
        .entries(Some(&ada()), &mut |row| {
            let sent = kept.store.version_bytes(row.version.id).unwrap().unwrap();
            let is = |one: &Value| one.to_string().into_bytes() == sent.bytes;
            versions += usize::from(letters.iter().any(is));
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(versions, letters.len() - 1, "the others are as they were sent");
    // What is unpacked with a dictionary that it was not packed with is the dictionary's words.
    let left: Vec<Vec<u8>> = dictionaries
        .into_iter()
        .filter(|bytes| !String::from_utf8_lossy(bytes).contains("zygapophysis"))
        .collect();
    nothing_of_hers(kept, &left, &words);
}

#[test]
fn an_erasure_that_was_stopped_in_the_middle_is_finished_when_the_record_is_opened() {
    let (kept, dictionaries) = two();
    kept.store
        .write_anew(|tx| {
            people::delete(tx, &ada())?;
            settings::forget(tx, "ada")?;
            crate::table::search::optimise(tx)?;
            settings::note_erasing(tx)
        })
        .unwrap();
    assert!(holds(kept.dir.path(), &kept.key, &dictionaries, "quinsy remark") > 0);
    let kept = kept.reopened();
    nothing_of_hers(kept, &dictionaries, &HERS);
}

#[test]
fn what_is_erased_is_in_no_backup_that_is_made_afterwards() {
    let (kept, dictionaries) = two();
    kept.store.erase_person(&ada()).unwrap();
    let elsewhere = TempDir::new().unwrap();
    let file = elsewhere.path().join("chart.age");
    kept.store.back_up(&order(&file, &words()), &mut StdRng::seed_from_u64(5), &mut to_the_end).unwrap();
    let record = elsewhere.path().join("record.db");
    let mut out = fs::File::create(&record).unwrap();
    let manifest = crate::archive::read(&file, &words(), Some(&mut out)).unwrap();
    for word in HERS {
        assert_eq!(holds(elsewhere.path(), &manifest.key().unwrap(), &dictionaries, word), 0, "{word}");
    }
}

#[test]
fn a_record_that_was_erased_leaves_a_folder_in_which_a_new_one_can_be_made() {
    let (kept, _) = two();
    let Kept { dir, store, .. } = kept;
    drop(store);
    fs::write(dir.path().join("record.keys.json.older"), b"of another one").unwrap();
    let folder = Folder::take(dir.path()).unwrap();
    erase_everything(&folder).unwrap();
    let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|item| item.unwrap().file_name()).collect();
    assert_eq!(left, ["record.lock"]);
    assert_eq!(crate::RecordFiles::state(dir.path()).unwrap(), crate::RecordFiles::Fresh);
}
