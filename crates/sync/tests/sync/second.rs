//! A second sync without changes: asked once a question, and not one row written where the record is.

use std::sync::Mutex;

use rusqlite::Connection;
use tokio_util::sync::CancellationToken;
use wholechart_sandbox::{Amendment, Sandbox, SandboxConfig};
use wholechart_sync::Progress;

use crate::bench::{Bench, cards, http, open, today};

/// What must not be written to.
const TABLES: [&str; 7] = ["resource", "version", "document", "entry", "fact", "fact_body", "fact_member"];

/// The file of a closed record, opened from outside.
pub(crate) fn from_outside(dir: &tempfile::TempDir) -> Connection {
    let db = Connection::open(dir.path().join("record.db")).unwrap();
    let key = "07".repeat(32);
    db.execute_batch(&format!("PRAGMA key = \"x'{key}'\";")).unwrap();
    db
}

/// From now on every row that is inserted, changed or deleted is counted by its table.
fn watch(db: &Connection) {
    db.execute_batch("CREATE TABLE written (what TEXT NOT NULL);").unwrap();
    for table in TABLES {
        for what in ["INSERT", "UPDATE", "DELETE"] {
            db.execute_batch(&format!(
                "CREATE TRIGGER watch_{table}_{what} AFTER {what} ON {table}
                 BEGIN INSERT INTO written VALUES ('{what} {table}'); END;"
            ))
            .unwrap();
        }
    }
}

fn written(db: &Connection) -> Vec<(String, u32)> {
    let mut rows = db.prepare("SELECT what, count(*) FROM written GROUP BY what ORDER BY what").unwrap();
    rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

fn closed(bench: Bench) -> tempfile::TempDir {
    let Bench { store, dir, .. } = bench;
    assert!(std::sync::Arc::into_inner(store).is_some(), "nobody else has the record open");
    dir
}

fn opened(dir: tempfile::TempDir) -> Bench {
    Bench { http: http(), store: open(&dir), person: wholechart_record::PersonId("p1".into()), dir }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_sync_without_changes_asks_once_and_writes_no_row() {
    let sandbox = Sandbox::start(SandboxConfig::sample(today())).await.unwrap();
    for card in cards(&sandbox.directory()) {
        let bench = Bench::new();
        let id = bench.connect(&card, &[]).await;
        bench.sync(&id).await.unwrap();
        let dir = closed(bench);
        let db = from_outside(&dir);
        watch(&db);
        drop(db);
        let bench = opened(dir);
        sandbox.forget_seen();
        let planned: Mutex<u32> = Mutex::default();
        let tell = |progress: Progress| *planned.lock().unwrap() = progress.planned;
        bench.sync_watched(&id, tell, CancellationToken::new()).await.unwrap();
        let asked = sandbox.seen(&card.id).iter().filter(|seen| seen.method == "GET").count();
        let planned = planned.into_inner().unwrap();
        // Only where the server can be asked for what changed; elsewhere pages come again and are compared.
        if card.id != "summit" {
            assert!(asked <= planned as usize, "{}: {asked} requests, {planned} questions", card.id);
        }
        let dir = closed(bench);
        let db = from_outside(&dir);
        assert_eq!(written(&db), [], "{}", card.id);
        drop(db);
        // One thing that changed is written, and seen here to be.
        sandbox.amend(&card.id, Amendment::Correct, 5).unwrap();
        let bench = opened(dir);
        bench.sync(&id).await.unwrap();
        let dir = closed(bench);
        let counted = written(&from_outside(&dir));
        assert!(counted.contains(&("INSERT version".to_owned(), 1)), "{}: {counted:?}", card.id);
    }
    sandbox.stop().await;
}
