//! What is stored compressed: versions with a dictionary of their own connection, derived rows with the app's.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::types::Value as Stored;

use super::{Kept, ada, id, result, vaccine};
use crate::packed::{pack, text_at};
use crate::{Filter, Store, StoreError, VersionId};

/// Columns of packed JSON: table, key, column.
const COLUMNS: [(&str, &str, &str); 4] = [
    ("entry", "resource", "json"),
    ("fact", "n", "row"),
    ("fact_body", "fact", "json"),
    ("fact_more", "fact", "json"),
];

fn results(first: i32, count: i32) -> Vec<serde_json::Value> {
    (first..first + count).map(|n| result(&n.to_string(), Some("2021-10-04"), n)).collect()
}

/// Dictionaries: connection, type, hash.
fn dictionaries(store: &Store) -> Vec<(String, String, String)> {
    store.with_writer(|db| {
        let mut query = db
            .prepare("SELECT c.id, d.type, d.hash FROM dictionary d JOIN connection c ON c.n = d.connection ORDER BY 1, 2")
            .unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        rows.map(Result::unwrap).collect()
    })
}

/// The current version of each resource, as text.
fn sent(store: &Store) -> BTreeMap<(String, String, String), String> {
    let mut versions = Vec::new();
    store
        .entries(None, &mut |row| {
            versions.push((row.member.key, row.version.id));
            ControlFlow::Continue(())
        })
        .unwrap();
    let text = |version| String::from_utf8(store.version_bytes(version).unwrap().unwrap().bytes).unwrap();
    let key = |key: wholechart_record::EntryKey| (key.connection.0, key.resource_type, key.id);
    versions.into_iter().map(|(known, version)| (key(known), text(version))).collect()
}

#[test]
fn a_dictionary_is_made_once_of_each_type_and_goes_with_its_connection() {
    let kept = Kept::with(&["a", "b"]);
    kept.receives("a", &results(0, 3));
    assert!(dictionaries(&kept.store).is_empty(), "three are no example of others");
    kept.receives("a", &results(3, 6));
    let made = dictionaries(&kept.store);
    assert_eq!(made.len(), 1);
    assert_eq!((made[0].0.as_str(), made[0].1.as_str()), ("a", "Observation"));
    let mut all = results(9, 8);
    all.extend((0..5).map(|n| vaccine(&n.to_string(), "2021-10-04")));
    kept.receives("a", &all);
    kept.receives("b", &results(0, 7));
    let now = dictionaries(&kept.store);
    assert_eq!(now.len(), 3);
    assert!(now.contains(&made[0]), "never replaced");

    let kept = kept.reopened();
    let every = sent(&kept.store);
    assert_eq!(every.len(), 17 + 5 + 7);
    for n in 0..17 {
        let key = ("a".to_owned(), "Observation".to_owned(), n.to_string());
        assert_eq!(every[&key], result(&n.to_string(), Some("2021-10-04"), n).to_string());
    }
    kept.store.delete_connection(&id("a"), false).unwrap();
    assert_eq!(dictionaries(&kept.store), &now[2..]);
    let left = sent(&kept.store);
    assert_eq!(left.len(), 7);
    assert!(left.iter().all(|(key, text)| every[key] == *text));
}

#[test]
fn a_page_that_is_not_written_leaves_no_dictionary() {
    let kept = Kept::with(&["a"]);
    let run = kept.store.begin_run(&id("a"), super::at(0)).unwrap();
    kept.store.with_writer(|db| {
        db.execute_batch("CREATE TEMP TRIGGER full AFTER INSERT ON entry WHEN new.resource > 3 BEGIN SELECT RAISE(ABORT, 'full'); END")
            .unwrap();
    });
    kept.store.commit_page(super::page(run, "a", &results(0, 9))).unwrap_err();
    assert!(dictionaries(&kept.store).is_empty());
    kept.store.with_writer(|db| db.execute_batch("DROP TRIGGER full").unwrap());
    kept.store.commit_page(super::page(run, "a", &results(4, 9))).unwrap();
    let every = sent(&kept.store);
    assert_eq!(every.len(), 9);
    assert_eq!(every[&("a".into(), "Observation".into(), "4".into())], results(4, 1)[0].to_string());
}

#[test]
fn a_version_whose_dictionary_is_damaged_is_an_error_and_nothing_else() {
    let kept = Kept::with(&["a"]);
    kept.receives("a", &results(0, 6));
    assert!(kept.store.version_bytes(VersionId(1)).unwrap().is_some());
    let change = |sql: &str, bytes: &[u8]| {
        kept.store.with_writer(|db| {
            db.execute(sql, rusqlite::params![pack(bytes).unwrap(), bytes.len()]).unwrap();
        });
        let read = kept.store.version_bytes(VersionId(1));
        assert!(matches!(read, Err(StoreError::Inconsistent("dictionary"))), "{:?}", read.map(|_| ()));
    };
    change("UPDATE dictionary SET bytes = ?1, length = ?2", b"something else of which nothing is known");
    kept.store.with_writer(|db| db.execute("DELETE FROM dictionary", []).unwrap());
    let read = kept.store.version_bytes(VersionId(1));
    assert!(matches!(read, Err(StoreError::Inconsistent("dictionary"))));
}

#[test]
fn rows_that_an_older_version_wrote_as_text_are_read_and_packed_when_they_are_made_anew() {
    let kept = Kept::with(&["a"]);
    kept.receives("a", &results(0, 6));
    let packed = |store: &Store| {
        store.with_writer(|db| {
            let count = |(table, _, column): (&str, _, &str)| {
                let sql = format!("SELECT count(*) FROM {table} WHERE typeof({column}) = 'blob'");
                db.query_row(&sql, [], |row| row.get::<_, u64>(0)).unwrap()
            };
            COLUMNS.map(count)
        })
    };
    assert_eq!(packed(&kept.store), [6, 6, 6, 6]);
    let shown = |store: &Store| {
        let page = store.timeline(&ada(), &Filter::default(), None, 9).unwrap();
        let facts: Vec<_> = page.rows.iter().map(|row| store.fact(&row.id).unwrap()).collect();
        let filter = Filter { kinds: vec![wholechart_fhir::Kind::Result], ..Filter::default() };
        (page, facts, store.list(&ada(), &filter, None, 9).unwrap())
    };
    let before = shown(&kept.store);
    kept.store.with_writer(|db| {
        for (table, key, column) in COLUMNS {
            let mut query = db.prepare(&format!("SELECT {key}, {column} FROM {table}")).unwrap();
            let rows: Vec<(i64, String)> = query
                .query_and_then([], |row| Ok::<_, StoreError>((row.get(0)?, text_at(row, 1, "row")?)))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            for (n, text) in rows {
                let sql = format!("UPDATE {table} SET {column} = ?2 WHERE {key} = ?1");
                db.execute(&sql, (n, Stored::Text(text))).unwrap();
            }
        }
        db.execute_batch("UPDATE derived_by SET name = 'older'").unwrap();
    });
    let kept = kept.reopened();
    assert_eq!(packed(&kept.store), [0, 0, 0, 0]);
    assert_eq!(shown(&kept.store), before);
    kept.store.catch_up(&mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(packed(&kept.store), [6, 6, 6, 6]);
    assert_eq!(shown(&kept.store), before);
}
