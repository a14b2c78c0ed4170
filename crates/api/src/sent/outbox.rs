//! Requests on their way into the record.

use std::sync::{Mutex, OnceLock, PoisonError};

use wholechart_record::{ConnectionId, PersonId};
use wholechart_smart::{Journal, Sent};
use wholechart_store::{SENT_LINES, SentLine, Store, StoreError};

/// Tells somebody that something waits.
type Wake = Box<dyn Fn() + Send + Sync>;

/// Requests that are not in the record yet.
#[derive(Default)]
pub(crate) struct Outbox {
    waiting: Mutex<Vec<SentLine>>,
    /// Held while some of it is written: who reads the record after a write finds what others were writing.
    writing: Mutex<()>,
    /// Told that something waits again.
    wake: OnceLock<Wake>,
}

impl Outbox {
    /// Who is told that something waits again.
    pub(crate) fn wakes(&self, wake: Wake) {
        // Asked once, by who made it.
        drop(self.wake.set(wake));
    }

    fn take(&self) -> Vec<SentLine> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Writes what waits into an open record. What it does not take waits on, as far as there is room for it there.
    pub(crate) fn write(&self, store: &Store) -> Result<(), StoreError> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = self.take();
        if lines.is_empty() {
            return Ok(());
        }
        let written = store.note_sent(&lines);
        if written.is_err() {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            let later = std::mem::replace(&mut *waiting, lines);
            waiting.extend(later);
            let most = usize::try_from(SENT_LINES).unwrap_or(usize::MAX);
            let over = waiting.len().saturating_sub(most);
            waiting.drain(..over);
        }
        written
    }
}

impl Journal for Outbox {
    fn sent(&self, sent: Sent) {
        let first = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.push(SentLine {
                at: sent.at,
                host: sent.host,
                why: sent.why.name().to_owned(),
                person: sent.on.person.map(PersonId),
                connection: sent.on.connection.map(ConnectionId),
                status: sent.status,
                up: sent.up,
                down: sent.down,
            });
            waiting.len() == 1
        };
        if first && let Some(wake) = self.wake.get() {
            wake();
        }
    }
}
