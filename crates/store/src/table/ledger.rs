//! Table `answer`, the ledger: what was asked in each run and what came. Written by a sync, kept for ever.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use wholechart_fhir::PageFault;
use wholechart_record::ConnectionId;

use super::connections::number;
use super::runs::{self, RunId};
use crate::rows::{from_word, json, json_at, millis, moment, word};
use crate::{Store, StoreError};

/// How a question stands. The order is that of attention: of several questions of one kind, the last state counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerState {
    /// Everything the server has, as far as it says.
    Complete,
    /// The server does not know this kind, or not in this way.
    NotOffered,
    /// Not asked yet. Only while a run goes on.
    Waiting,
    /// Being asked. Only while a run goes on.
    Running,
    /// The provider or the sign-in does not allow it.
    Refused,
    /// The user stopped the run first.
    Cancelled,
    /// Less came than the server said it has, or a later page failed, or a piece could not be read.
    Incomplete,
    /// It failed; the others went on.
    Failed,
}

impl AnswerState {
    /// There is no answer yet.
    pub fn is_pending(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

/// Something to know about an answer beside its state. In the database as JSON, by its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "code")]
pub enum Remark {
    /// The server's own words, cleaned.
    Server {
        /// In the server's language.
        words: String,
    },
    /// The server answered with an error.
    Status {
        /// HTTP status.
        status: u16,
    },
    /// A page, or a place of it, could not be read.
    Page {
        /// Why.
        fault: PageFault,
    },
    /// There are more pages than are followed.
    TooManyPages,
    /// More came, or is pointed to, than one run takes.
    TooMuch,
    /// A later page is one that was read before.
    PagesInCircles,
    /// An address leads out of the provider's server: nothing was sent there.
    Foreign {
        /// The host it names.
        host: String,
    },
    /// An address cannot be understood.
    BadAddress,
    /// An answer that says nothing, where there was something before.
    NothingCame,
    /// The host was not found, or does not listen.
    Unreachable {
        /// The host.
        host: String,
    },
    /// No safe connection could be made.
    NotSecure {
        /// The host.
        host: String,
    },
    /// No answer in time.
    TimedOut {
        /// The host.
        host: String,
    },
    /// The connection broke.
    Interrupted {
        /// The host.
        host: String,
    },
    /// The answer is bigger than is taken.
    TooLarge {
        /// The host.
        host: String,
    },
    /// The sign-in could not be renewed at that moment.
    NotRenewed {
        /// What the server said to that, cleaned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
    },
    /// The sign-in opens several records, or does not say whose it opens.
    PatientUnknown,
    /// References or documents that are not there.
    NotFound {
        /// How many.
        count: u32,
    },
    /// References or documents that the server does not show.
    NotAllowed {
        /// How many.
        count: u32,
    },
    /// References or documents that could not be read.
    NotRead {
        /// How many.
        count: u32,
    },
    /// References or documents at another server, which was not asked.
    Elsewhere {
        /// How many.
        count: u32,
    },
    /// A web page came instead of a document.
    WebPage,
    /// A document ends before its end.
    DocumentCutShort,
}

/// What was asked of a provider and what came: one line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRow {
    /// Which question of the plan.
    pub question: String,
    /// Key of its label in the word catalogue.
    pub label: String,
    /// The FHIR base it was asked of.
    pub base: String,
    /// What was asked, without tokens.
    pub asked: String,
    /// How it stands.
    pub state: AnswerState,
    /// Resources received.
    pub received: u32,
    /// What the server said there would be.
    pub declared_total: Option<u32>,
    /// What else there is to say.
    pub remarks: Vec<Remark>,
    /// When it was answered.
    pub at: DateTime<Utc>,
}

/// What was asked of one FHIR base, over all runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Without a trailing slash.
    pub base: String,
    /// Questions that were asked, each run's for itself.
    pub questions: u64,
    /// When the last answer came.
    pub last: DateTime<Utc>,
    /// What was asked, each once, without tokens; sorted.
    pub asked: Vec<String>,
}

impl Store {
    /// Writes lines of the ledger, all or none; a second one for the same question, base and run replaces the first.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] for a run that is not an unfinished one.
    pub fn record_answers(&self, run: RunId, rows: &[LedgerRow]) -> Result<(), StoreError> {
        self.write(|tx| {
            runs::open(tx, run)?;
            let mut insert = tx.prepare_cached(
                "INSERT INTO answer
                    (run, base, question, label, asked, state, received, declared_total, message, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 ON CONFLICT (run, base, question) DO UPDATE SET label = excluded.label, asked = excluded.asked,
                    state = excluded.state, received = excluded.received, declared_total = excluded.declared_total,
                    message = excluded.message, at = excluded.at",
            )?;
            for row in rows {
                insert.execute((
                    run.0,
                    &row.base,
                    &row.question,
                    &row.label,
                    &row.asked,
                    word(row.state)?,
                    row.received,
                    row.declared_total,
                    (!row.remarks.is_empty()).then(|| json(&row.remarks)).transpose()?,
                    millis(row.at),
                ))?;
            }
            Ok(())
        })
    }

    /// The latest line of the ledger per question and base, in the order they were answered.
    pub fn ledger(&self, connection: &ConnectionId) -> Result<Vec<LedgerRow>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT a.question, a.label, a.base, a.asked, a.state, a.received, a.declared_total, a.message, a.at,
                    max(a.run)
                 FROM answer a JOIN run r ON r.id = a.run
                 WHERE r.connection = ?1 GROUP BY a.base, a.question ORDER BY a.at, a.base, a.question",
            )?;
            let line = |row: &rusqlite::Row<'_>| {
                Ok(LedgerRow {
                    question: row.get(0)?,
                    label: row.get(1)?,
                    base: row.get(2)?,
                    asked: row.get(3)?,
                    state: from_word(row.get(4)?, "answer")?,
                    received: row.get(5)?,
                    declared_total: row.get(6)?,
                    remarks: row.get::<_, Option<String>>(7)?.map(remarks).unwrap_or_default(),
                    at: moment(row.get(8)?)?,
                })
            };
            query.query_and_then([number(db, connection)?], line)?.collect()
        })
    }

    /// What was asked of each base of a connection, over all runs. What a server does not offer was not asked.
    pub fn contacts(&self, connection: &ConnectionId) -> Result<Vec<Contact>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT a.base, count(*), max(a.at), json_group_array(DISTINCT a.asked)
                 FROM answer a JOIN run r ON r.id = a.run
                 WHERE r.connection = ?1 AND a.asked != '' AND a.base != '' GROUP BY a.base ORDER BY min(a.at), a.base",
            )?;
            let contact = |row: &rusqlite::Row<'_>| {
                let mut asked: Vec<String> = json_at(row, 3, "answer")?;
                asked.sort();
                Ok(Contact { base: row.get(0)?, questions: row.get(1)?, last: moment(row.get(2)?)?, asked })
            };
            query.query_and_then([number(db, connection)?], contact)?.collect()
        })
    }
}

/// Earlier versions wrote one text, most often the server's.
fn remarks(text: String) -> Vec<Remark> {
    serde_json::from_str(&text).unwrap_or_else(|_| vec![Remark::Server { words: text }])
}
