//! What goes in and comes out: plain values, no row numbers except for versions and runs.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use wholechart_fhir::{
    Coding, Day, Entry, EntryDate, Inference, Kind, PageFault, ReferenceRange, Release, StatusGroup,
    debug_without_record,
};
use wholechart_record::{Confirmed, ConnectionId, EntryKey, Fact, FactId, Flag, Measure, Member, PersonId};

use crate::{AnswerState, Remark, RunOutcome};

/// A person whose record is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Random, made when the person is added.
    pub id: PersonId,
    /// As the user calls them.
    pub name: String,
    /// None before it is known.
    pub birth_date: Option<NaiveDate>,
    /// Decides the day of an instant that was sent without one.
    pub home_zone: Tz,
    /// 0 to 7: which of the marks' colours stands for them.
    pub colour: u8,
}

debug_without_record!(Person { id });

/// Where a connection stands. A sync that is running is not stored: it ends with the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConnectionState {
    /// Signed in.
    Connected,
    /// The sign-in ended; everything received is kept.
    SignInNeeded,
    /// Files; nothing to sign in to.
    Files,
    /// Disconnected by the user; its records were kept.
    Disconnected,
}

/// One person at one provider, or one set of imported files.
#[derive(Debug, Clone, PartialEq)]
pub struct Connection {
    /// Random, made when it is added.
    pub id: ConnectionId,
    /// Whose record it brings.
    pub person: PersonId,
    /// The provider's name.
    pub name: String,
    /// The provider's card as used: endpoints, client id, quirks. Never a secret: those have [`crate::Store::keep_sign_in`].
    pub card: serde_json::Value,
    /// The patient's id per FHIR base (base without a trailing slash).
    pub patient: BTreeMap<String, String>,
    /// Where it stands.
    pub state: ConnectionState,
    /// When it was added.
    pub created: DateTime<Utc>,
    /// 0 to 7: which of the provider colours.
    pub colour: u8,
    /// Holds imported files.
    pub imported: bool,
}

/// What a token endpoint gave. `Debug` shows no token.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Bearer token.
    pub access: SecretString,
    /// None when the server gave none.
    pub refresh: Option<SecretString>,
    /// None when the server did not say.
    pub expires_at: Option<DateTime<Utc>>,
    /// Scopes granted, as sent.
    pub scope: String,
}

/// A file that a fact's records name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactFile {
    /// SHA-256 (lower-case hex) of its bytes; none when they are not here.
    pub hash: Option<String>,
    /// Bytes, when they are here.
    pub length: Option<u64>,
    /// As sent, or as the server said when it was fetched.
    pub content_type: Option<String>,
    /// As sent.
    pub title: Option<String>,
    /// Where it is, as sent; none when it came inline.
    pub url: Option<String>,
    /// Who sent it.
    pub sources: Vec<ConnectionId>,
}

/// A file that nobody has read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadFile {
    /// A fact that names it.
    pub fact: FactId,
    /// Who sent it.
    pub connection: ConnectionId,
    /// SHA-256 (lower-case hex).
    pub hash: String,
    /// Row numbers of the resources that name it: their facts say more when it was read.
    pub(crate) resources: Vec<i64>,
}

/// A file's bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// As they came.
    pub bytes: Vec<u8>,
    /// As sent, or as the server said.
    pub content_type: Option<String>,
}

debug_without_record!(StoredFile { content_type; bytes });

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

/// One run of a sync or an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub i64);

/// One stored version of one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VersionId(pub i64);

/// A run as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Which.
    pub id: RunId,
    /// Of which connection.
    pub connection: ConnectionId,
    /// When it began.
    pub started: DateTime<Utc>,
    /// When it ended; none while it runs, or when it was killed.
    pub finished: Option<DateTime<Utc>>,
    /// How it ended.
    pub outcome: Option<RunOutcome>,
}

/// Bytes of one resource as they came.
#[derive(Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Verbatim.
    pub bytes: Vec<u8>,
    /// `resourceType` as sent.
    pub resource_type: String,
    /// `id` as sent; without it the content's hash stands for it.
    pub id: Option<String>,
    /// Running number within the page, as `wholechart_fhir::split` counts, or its byte offset in a file: names it when
    /// it cannot be read.
    pub position: u64,
    /// How its release was found; none where the server, or the person, said it.
    pub inferred: Option<Inference>,
}

debug_without_record!(Incoming { resource_type, id, position; bytes });

/// Bytes that could not be read as a resource: kept all the same, and named.
#[derive(Clone, PartialEq, Eq)]
pub struct UnreadableBytes {
    /// Verbatim.
    pub bytes: Vec<u8>,
    /// Running number within the page, as `wholechart_fhir::split` counts.
    pub position: u64,
    /// Why.
    pub fault: PageFault,
}

debug_without_record!(UnreadableBytes { position, fault; bytes });

/// One page of answers, with the cursor that comes after it. Written whole or not at all.
#[derive(Clone)]
pub struct PageCommit {
    /// The run it belongs to.
    pub run: RunId,
    /// The connection it came from.
    pub connection: ConnectionId,
    /// The FHIR base without a trailing slash; `file:` for files.
    pub base: String,
    /// The release of that base.
    pub release: Release,
    /// Which question of the plan this page answers.
    pub question: String,
    /// Where it was read from, without tokens.
    pub url: String,
    /// When.
    pub received_at: DateTime<Utc>,
    /// The provider's card says that midnight means "that day".
    pub midnight_means_day: bool,
    /// What came.
    pub resources: Vec<Incoming>,
    /// What came and could not be read.
    pub unreadable: Vec<UnreadableBytes>,
    /// Where to go on; none when the question is answered to its end.
    pub next: Option<String>,
}

debug_without_record!(PageCommit { run, connection, question; resources, unreadable });

/// What a page changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageOutcome {
    /// Resources that were not here before.
    pub new: u32,
    /// Resources whose content changed: a version was added.
    pub changed: u32,
    /// Resources that came again with the same content: nothing was written for them.
    pub unchanged: u32,
    /// Kept without being understood: running number within the page, and why.
    pub unreadable: Vec<(u64, PageFault)>,
}

/// The newest complete answer of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What it was asked as, and under which scopes, in the caller's form; never with a token.
    pub asked: String,
    /// The moment of that answer: what changed later is to be asked for.
    pub since: DateTime<Utc>,
    /// When the whole was last read, not only what changed.
    pub whole_at: DateTime<Utc>,
}

/// What a complete answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    /// The FHIR base without a trailing slash.
    pub base: String,
    /// Which question of the plan.
    pub question: String,
    /// As [`Answered::asked`].
    pub asked: String,
    /// As [`Answered::since`].
    pub since: DateTime<Utc>,
    /// The moment, when everything was read; none when only what changed was asked for.
    pub whole_at: Option<DateTime<Utc>>,
}

/// What became of a resource in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It was not here before.
    New,
    /// It says something else now, or is reported again.
    Corrected,
    /// It is now called entered in error, or is no longer reported.
    Withdrawn,
}

/// One thing a run changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which resource.
    pub key: EntryKey,
    /// What became of it.
    pub what: ChangeKind,
}

/// A question of a run that has been asked, and how far it got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionProgress {
    /// Which question.
    pub question: String,
    /// Of which base.
    pub base: String,
    /// Where to go on; none when it is done.
    pub next: Option<String>,
    /// Answered to its end.
    pub done: bool,
    /// Resources received for it so far, in all pages.
    pub received: u32,
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

/// Which facts to list. Empty lists mean "all".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Facts that at least one of these connections tells.
    pub connections: Vec<ConnectionId>,
    /// Status groups.
    pub statuses: Vec<StatusGroup>,
    /// Only what is out of range.
    pub flagged: bool,
    /// From this day, month or year on. A month or a year that holds it passes too: it may have been later in it.
    pub from: Option<Day>,
    /// Up to and with this day, month or year.
    pub to: Option<Day>,
    /// Every part of this text is found in what the members say; see [`crate::Store::search`].
    pub text: Option<String>,
}

/// A place in the timeline. Opaque text for hosts: `Display` out, `FromStr` in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) sort: i64,
    pub(crate) fact: String,
    /// How many facts the filter lets through, counted with the first page: later ones need not count again.
    pub(crate) total: Option<u64>,
}

impl Cursor {
    /// The place where a day, month or year begins, seen from the newest on: its latest fact comes next.
    pub fn at(day: Day) -> Cursor {
        let number = i64::from(day.year) * 10_000;
        let next = match (day.month, day.day) {
            (Some(month), Some(day)) => number + i64::from(month * 100 + day + 1),
            (Some(month), None) => number + i64::from((month + 1) * 100),
            (None, _) => number + 10_000,
        };
        Cursor { sort: next * 100_000, fact: String::new(), total: None }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.sort, self.fact)?;
        self.total.map_or(Ok(()), |total| write!(f, ".{total}"))
    }
}

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Self, BadCursor> {
        let (sort, fact) = text.split_once('.').ok_or(BadCursor)?;
        let (fact, total) = match fact.split_once('.') {
            Some((fact, total)) => (fact, Some(total.parse().map_err(|_| BadCursor)?)),
            None => (fact, None),
        };
        Ok(Cursor { sort: sort.parse().map_err(|_| BadCursor)?, fact: fact.to_owned(), total })
    }
}

/// The text was not made by a [`Cursor`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a place in the timeline")]
pub struct BadCursor;

/// A page of the timeline, newest first, undated last.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// In order.
    pub rows: Vec<FactRow>,
    /// Where the next page begins; none at the end.
    pub next: Option<Cursor>,
    /// How many facts the filter lets through in all.
    pub total: u64,
}

/// One fact in a list: what a row shows, and no more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FactRow {
    /// The fact.
    pub id: FactId,
    /// What it is.
    pub kind: Kind,
    /// Title.
    pub title: String,
    /// The date as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<EntryDate>,
    /// The day it is listed under; none is undated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// Wall-clock seconds since midnight where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_of_day: Option<u32>,
    /// Status in a patient's terms.
    pub status_group: StatusGroup,
    /// The best member's status word as sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The value for a list row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Out of range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flag: Option<Flag>,
    /// The best member's first range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_range: Option<ReferenceRange>,
    /// The best member's doses and instructions, all on one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dosage: Option<String>,
    /// Who did, ordered or wrote it, in words, as the best member says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub performer: Option<String>,
    /// Its members disagree, or it disagrees with another fact.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disagree: bool,
    /// The connections that tell it, each once, sorted.
    pub sources: Vec<ConnectionId>,
    /// The visit it belongs to, as a member says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<FactId>,
}

/// What lists and charts show of a fact beside its row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FactMore {
    /// What was measured (results, vital signs).
    #[serde(default, skip_serializing_if = "is_default")]
    pub measure: Measure,
    /// The first code of what was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Coding>,
    /// Label (a key of the word catalogue) and text, as the best member says; see [`crate::LIST_DETAILS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<(String, String)>,
    /// Dated statements about it, newest first (medicines, problems, allergies).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<Confirmed>,
    /// Which of the fact's members speaks for it ([`wholechart_record::best_member`]).
    #[serde(default, skip_serializing_if = "is_default")]
    pub best: usize,
}

/// What may be current, with as much of what is behind it as a summary needs.
#[derive(Debug, Clone, PartialEq)]
pub struct CurrentFact {
    /// The fact.
    pub fact: Fact,
    /// The member that speaks for it.
    pub best: Entry,
    /// Dated statements about it, newest first (medicines, problems, allergies).
    pub said: Vec<Confirmed>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// One fact in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRow {
    /// As every list shows it.
    pub row: FactRow,
    /// What this one shows besides.
    pub more: FactMore,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListPage {
    /// In order.
    pub rows: Vec<ListRow>,
    /// Where the next page begins; none at the end. Opaque.
    pub next: Option<String>,
    /// How many facts the filter lets through in all.
    pub total: u64,
}

/// A page of one test's values.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesPage {
    /// Newest first.
    pub rows: Vec<ListRow>,
    /// Where the next page begins; none at the end.
    pub next: Option<Cursor>,
    /// How many there are in all.
    pub total: u64,
}

/// A test and its newest values.
#[derive(Debug, Clone, PartialEq)]
pub struct TestRow {
    /// What makes two values "the same test"; see `wholechart_record::thing`.
    pub thing: String,
    /// How many values nobody took back.
    pub count: u64,
    /// The newest of them, newest first.
    pub newest: Vec<ListRow>,
}

/// What runs changed since a person last looked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct News {
    /// How many facts, by what became of them.
    pub counts: BTreeMap<ChangeKind, u64>,
    /// The newest of them, those taken back first, then those corrected.
    pub rows: Vec<(FactRow, ChangeKind)>,
    /// How far it goes; looked at when this was shown. None when there is nothing.
    pub up_to: Option<i64>,
}

/// A stay or a course of medicine of several days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The fact.
    pub fact: FactId,
    /// What it is.
    pub kind: Kind,
    /// Title.
    pub title: String,
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub until: Day,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Kinds with answers: those whose titles answer first, then in the order of [`Kind`].
    pub kinds: Vec<FoundKind>,
    /// Words that were looked for in the place of mistyped ones.
    pub instead: Vec<String>,
}

/// Answers of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundKind {
    /// The kind.
    pub kind: Kind,
    /// A title answers, not only the rest of a record.
    pub in_title: bool,
    /// Best first.
    pub hits: Vec<Hit>,
    /// How many more there are of those that were looked at.
    pub more: usize,
}

impl FoundKind {
    pub(crate) fn of(kind: Kind, in_title: bool) -> FoundKind {
        FoundKind { kind, in_title, hits: Vec::new(), more: 0 }
    }
}

/// One answer: the newest fact of a title.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The fact.
    pub row: FactRow,
    /// How many facts have this title; 1 where only this one answers.
    pub facts: u64,
    /// Byte ranges of the title that were looked for.
    pub marks: Vec<Range<usize>>,
    /// Where else it says so: a short passage, and the byte ranges in it.
    pub passage: Option<(String, Vec<Range<usize>>)>,
}

/// What there is to filter by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facets {
    /// Kinds on the timeline and how many facts each has, in the order of [`Kind`].
    pub kinds: Vec<(Kind, u64)>,
    /// Years of what the filter lets through, newest first; none is undated. The cursor starts a page at that year.
    pub years: Vec<(Option<i32>, u64, Cursor)>,
    /// All facts on the timeline.
    pub total: u64,
    /// Status groups and how many facts each has, in the order of [`StatusGroup`].
    pub statuses: Vec<(StatusGroup, u64)>,
    /// Facts that are out of range.
    pub flagged: u64,
    /// Stays and courses of several days, the latest end first; the first few hundred.
    pub periods: Vec<Period>,
}

/// One stored version, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// Pass to [`crate::Store::version_bytes`].
    pub id: VersionId,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// Where it was read from.
    pub url: String,
}

/// A member of a fact with the versions behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberRow {
    /// The entry and its key.
    pub member: Member,
    /// Versions held, newest first; the entry was read from the first.
    pub versions: Vec<VersionRow>,
}

/// A resource exactly as it was sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Verbatim {
    /// Which resource.
    pub key: EntryKey,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Where it was read from.
    pub url: String,
    /// When.
    pub received_at: DateTime<Utc>,
}

debug_without_record!(Verbatim { key; bytes });

/// One entry with whose it is and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryRow {
    /// Whose.
    pub person: PersonId,
    /// The entry and its key.
    pub member: Member,
    /// The version it was read from.
    pub version: VersionRow,
    /// How its release was found; none where the server, or the person, said it.
    pub inferred: Option<Inference>,
}

/// What is held from one connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Resources.
    pub resources: u64,
    /// Versions of them.
    pub versions: u64,
    /// Pieces kept without being understood.
    pub unreadable: u64,
}

/// Bytes kept without being understood.
#[derive(Clone, PartialEq, Eq)]
pub struct UnreadableRow {
    /// The FHIR base or `file:`.
    pub base: String,
    /// Which question brought it.
    pub question: String,
    /// Where it was read from.
    pub url: String,
    /// When.
    pub received_at: DateTime<Utc>,
    /// Running number within the page, as `wholechart_fhir::split` counts.
    pub position: u64,
    /// Why. `None`: kept by an earlier version, which did not say it as a value.
    pub fault: Option<PageFault>,
    /// Verbatim.
    pub bytes: Vec<u8>,
}

debug_without_record!(UnreadableRow { question, position, fault; bytes });

/// A document behind an attachment's address, as it came: a PDF, a C-CDA, a text.
#[derive(Clone, PartialEq, Eq)]
pub struct DocumentCommit {
    /// The run it belongs to.
    pub run: RunId,
    /// The connection it came from.
    pub connection: ConnectionId,
    /// Where it was read from: absolute, as the attachment means it, without tokens.
    pub url: String,
    /// `Content-Type` as sent.
    pub content_type: Option<String>,
    /// When.
    pub received_at: DateTime<Utc>,
    /// Verbatim.
    pub bytes: Vec<u8>,
}

debug_without_record!(DocumentCommit { run, connection, content_type; bytes });

/// A stored document.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// Where it was read from.
    pub url: String,
    /// `Content-Type` as sent.
    pub content_type: Option<String>,
    /// When.
    pub received_at: DateTime<Utc>,
    /// Verbatim.
    pub bytes: Vec<u8>,
}

debug_without_record!(Document { content_type; bytes });
