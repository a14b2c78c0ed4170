//! Table `brought`: what an import brought, also where an earlier one had brought it before. Written with each page of an
//! import; [`Store::undo_import`](crate::Store::undo_import) reads it.

use rusqlite::types::Value;
use rusqlite::{Connection as Sqlite, ToSql, Transaction};

use super::runs::RunId;
use crate::StoreError;

/// What can be brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Version,
    Document,
    Unreadable,
    /// Somebody whose records were let in.
    Subject,
}

impl What {
    const fn word(self) -> &'static str {
        match self {
            What::Version => "version",
            What::Document => "document",
            What::Unreadable => "unreadable",
            What::Subject => "subject",
        }
    }
}

/// Somebody whose records were let in, as they are noted.
pub(crate) fn subject(connection: i64, whose: &str) -> String {
    format!("{connection} {whose}")
}

/// Notes that a run brought something.
pub(crate) fn note(
    tx: &Transaction<'_>,
    run: RunId,
    what: What,
    thing: &dyn ToSql,
) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT OR IGNORE INTO brought (run, what, thing) VALUES (?1, ?2, ?3)")?.execute((
        run.0,
        what.word(),
        thing,
    ))?;
    Ok(())
}

/// Notes that a run brought something that was here already. What came before there were these notes, or by a sync, is
/// not noted: it was not an import's to bring, and none is to take it away.
pub(crate) fn note_again(
    tx: &Transaction<'_>,
    run: RunId,
    what: What,
    thing: &dyn ToSql,
) -> Result<(), StoreError> {
    if is_noted(tx, what, thing)? { note(tx, run, what, thing) } else { Ok(()) }
}

/// Forgets who brought something: it is gone.
pub(crate) fn forget(tx: &Transaction<'_>, what: What, thing: i64) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM brought WHERE what = ?1 AND thing = ?2")?.execute((what.word(), thing))?;
    Ok(())
}

/// Whether any import is noted for it.
pub(crate) fn is_noted(db: &Sqlite, what: What, thing: &dyn ToSql) -> Result<bool, StoreError> {
    let mut query = db.prepare_cached("SELECT 1 FROM brought WHERE what = ?1 AND thing = ?2")?;
    Ok(query.exists((what.word(), thing))?)
}

/// What these runs brought: row numbers, or subjects.
pub(crate) fn of_runs(db: &Sqlite, runs: &[RunId], what: What) -> Result<Vec<Value>, StoreError> {
    let mut things: Vec<Value> = Vec::new();
    let mut of_run =
        db.prepare_cached("SELECT thing FROM brought WHERE run = ?1 AND what = ?2 ORDER BY thing")?;
    for run in runs {
        let mut rows = of_run.query((run.0, what.word()))?;
        while let Some(row) = rows.next()? {
            things.push(row.get(0)?);
        }
    }
    Ok(things)
}

/// Forgets what these runs brought. Returns what no other run did.
pub(crate) fn take_back(tx: &Transaction<'_>, runs: &[RunId], what: What) -> Result<Vec<Value>, StoreError> {
    let things = of_runs(tx, runs, what)?;
    for run in runs {
        tx.prepare_cached("DELETE FROM brought WHERE run = ?1 AND what = ?2")?
            .execute((run.0, what.word()))?;
    }
    let mut alone = Vec::new();
    for thing in things {
        if !is_noted(tx, what, &thing)? {
            alone.push(thing);
        }
    }
    Ok(alone)
}

/// What was noted of one version is noted of another now.
pub(crate) fn moved(tx: &Transaction<'_>, from: i64, to: i64) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO brought (run, what, thing) SELECT run, what, ?2 FROM brought WHERE what = 'version' AND thing = ?1",
    )?
    .execute((from, to))?;
    tx.prepare_cached("DELETE FROM brought WHERE what = 'version' AND thing = ?1")?.execute([from])?;
    Ok(())
}
