//! What the file is asked, statement by statement, with what each cost: tests hold screens to it, whatever the machine.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::StatementStatus::{FullscanStep, VmStep};
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use crate::{Store, StoreError};

/// A statement that has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// As it was prepared, without values.
    pub sql: String,
    /// Instructions of SQLite's virtual machine (`SQLITE_STMTSTATUS_VM_STEP`).
    pub steps: u64,
    /// Rows that were gone through without an index to find them (`SQLITE_STMTSTATUS_FULLSCAN_STEP`).
    pub scanned: u64,
}

impl Store {
    /// Tells of every statement that answers from now on, once whoever is reading has ended.
    ///
    /// # Errors
    /// SQLite takes no listener.
    pub fn watch(&self, told: impl Fn(Ran) + Send + Sync + 'static) -> Result<(), StoreError> {
        let told = Arc::new(told);
        self.each_handle(|handle| {
            let told = Arc::clone(&told);
            // A prepared statement counts on from one time to the next.
            let mut before: HashMap<String, (u64, u64)> = HashMap::new();
            let listen = move |event: TraceEvent<'_>| {
                let TraceEvent::Profile(statement, _) = event else { return };
                let status = |of| u64::try_from(statement.get_status(of)).unwrap_or_default();
                let sql = statement.sql().into_owned();
                let now = (status(VmStep), status(FullscanStep));
                let last = before.insert(sql.clone(), now).unwrap_or_default();
                // Fewer than before: another statement of the same words.
                let last = if last.0 > now.0 { (0, 0) } else { last };
                told(Ran { sql, steps: now.0 - last.0, scanned: now.1.saturating_sub(last.1) });
            };
            Ok(handle.trace_v2(TraceEventCodes::SQLITE_TRACE_PROFILE, Some(listen))?)
        })
    }
}
