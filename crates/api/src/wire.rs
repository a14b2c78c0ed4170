//! Plain data that crosses to the window and the terminal. Every type here is exported to TypeScript
//! (`ui/src/lib/api/generated`); a test fails when it is stale, and `UPDATE=1` with it writes it anew. Words are final: hosts show them as they are.

mod providers;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use providers::*;

/// State of the whole app; the first thing a host asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// The app's version.
    pub version: String,
    /// The profile's name.
    pub profile: String,
    /// Sample mode: invented providers and an invented person; said on every screen and page.
    pub sample: bool,
    /// Whether the record can be read.
    pub lock: Lock,
    /// People in this record; empty until one is added, and while locked.
    pub persons: Vec<PersonView>,
    /// The time zone of this computer, offered as a person's home zone.
    pub system_zone: String,
    /// Shown once after a new record was made, until `recoveryCodeKept`.
    pub recovery_code: Option<String>,
}

/// Whether the record can be read, and what it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum Lock {
    /// Open.
    Open,
    /// There is no record yet, and no keychain to keep its key: a passphrase is needed to make one.
    NewNeedsPassphrase {
        /// Why the keychain cannot be used, in words.
        reason: String,
    },
    /// The record is behind a passphrase (or its recovery code).
    NeedsPassphrase,
    /// The key is not where it was (keychain emptied or another computer): the recovery code opens it.
    KeyMissing {
        /// What happened, in words.
        reason: String,
    },
    /// Another window or terminal has it open.
    InUse,
    /// It could not be opened; the words say why and what to do.
    Failed {
        /// What happened, in words.
        reason: String,
    },
}

/// A person whose record is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonView {
    /// Random id.
    pub id: String,
    /// As the user calls them.
    pub name: String,
    /// `YYYY-MM-DD`, or none before it is known.
    pub birth_date: Option<String>,
    /// IANA name of the home time zone.
    pub home_zone: String,
}

/// One line of the provider directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryEntry {
    /// Id of the provider's card.
    pub card: String,
    /// Provider or practice.
    pub name: String,
    /// Town, address or what it is.
    pub place: Option<String>,
    /// The portal's name as patients know it, such as "NextGen Patient Portal".
    pub portal: String,
    /// A portal that serves many practices: the practice's name must be typed.
    pub asks_practice: bool,
    /// A vendor with a server for each provider: its address must be typed.
    pub asks_base: bool,
    /// No client id is shipped: connecting asks for one, unless the application registers itself.
    pub needs_client_id: bool,
    /// The provider's server lets the application register itself.
    pub registers_itself: bool,
    /// From a public list that was fetched; otherwise it came with the application.
    pub listed: bool,
    /// One of the sample providers, with the invented sign-in for it.
    pub sample_sign_in: Option<SampleSignIn>,
}

/// The invented portal sign-in of a sample provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SampleSignIn {
    /// Portal user id.
    pub user_id: String,
    /// Portal password.
    pub password: String,
}

/// What to connect to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum ConnectTarget {
    /// A card of the directory.
    #[serde(rename_all = "camelCase")]
    Card {
        /// Its id.
        card: String,
        /// The practice's name as typed, for portals that serve many.
        practice: Option<String>,
        /// The address of the provider's records, where a vendor has a server for each.
        base: Option<String>,
        /// The redirect address the user registered, when it is another than the card's.
        redirect: Option<String>,
        /// The user's own client id, where none is shipped.
        client_id: Option<String>,
        /// The user's own client secret, if their registration has one.
        client_secret: Option<String>,
    },
    /// Connectivity information as a provider hands it to patients. Discovery fills in what is left empty.
    #[serde(rename_all = "camelCase")]
    Manual {
        /// What to call the provider.
        name: String,
        /// Authorization endpoint.
        authorize: Option<String>,
        /// Token endpoint.
        token: Option<String>,
        /// API base endpoint, DSTU2.
        base_dstu2: Option<String>,
        /// API base endpoint, R4.
        base_r4: Option<String>,
        /// The redirect address that is registered; none: this computer's own.
        redirect: Option<String>,
        /// Client id; none where the server lets applications register themselves.
        client_id: Option<String>,
        /// Client secret, if any.
        client_secret: Option<String>,
        /// Whom to believe where this and the server's own word differ; none: ask.
        trusts: Option<Trusts>,
    },
    /// Sign in again to a connection that exists.
    #[serde(rename_all = "camelCase")]
    Again {
        /// The connection.
        connection: String,
    },
}

/// One person at one provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionView {
    /// Random id.
    pub id: String,
    /// The provider's name.
    pub name: String,
    /// One or two letters for the provider's mark.
    pub mark: String,
    /// 0 to 7: which of the provider colours.
    pub colour: u8,
    /// State.
    pub state: ConnectionState,
    /// One sentence about the state, in words.
    pub state_text: String,
    /// When a sync last finished, RFC 3339.
    pub last_sync: Option<String>,
    /// The same for people: "today, 14:05".
    pub last_sync_text: Option<String>,
    /// Answers "do I have everything?" in one sentence; none before the first sync.
    pub verdict: Option<String>,
    /// Resources held from it.
    pub resources: u32,
    /// The host names it speaks to.
    pub hosts: Vec<String>,
    /// The releases it is read in, such as `["R4", "DSTU2"]`.
    pub releases: Vec<String>,
    /// Holds imported files instead of a provider's connection.
    pub imported: bool,
}

/// State of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ConnectionState {
    /// Signed in.
    Connected,
    /// The sign-in ended; everything received is kept.
    SignInNeeded,
    /// A sync is running.
    Syncing,
    /// Files; nothing to sign in to.
    Files,
    /// Disconnected; its records were kept.
    Disconnected,
}

/// Progress the host is told of while a command runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum Event {
    /// Connecting moved on.
    #[serde(rename_all = "camelCase")]
    Connect {
        /// Which attempt.
        attempt: String,
        /// Where it is.
        stage: ConnectStage,
        /// The same in words, such as "Waiting for you to sign in at portal.example".
        text: String,
        /// The sign-in page's address, from `waitingForSignIn` on: to open it again or copy it.
        sign_in_url: Option<String>,
        /// The address the browser ends at, when it may have to be pasted here.
        returns_to: Option<String>,
        /// At `choosingPatient`: whose records the sign-in opens.
        patients: Vec<PatientOption>,
    },
    /// A sync moved on.
    #[serde(rename_all = "camelCase")]
    Sync {
        /// Which connection.
        connection: String,
        /// All kinds so far, in the order they are asked.
        kinds: Vec<SyncKind>,
        /// The run ended.
        done: bool,
        /// Questions answered so far.
        asked: u32,
        /// Questions planned.
        planned: u32,
    },
    /// A fetch brought something new, corrected or withdrawn.
    #[serde(rename_all = "camelCase")]
    News {
        /// Which connection.
        connection: String,
        /// What, in a sentence.
        text: String,
    },
    /// Something stored has changed: lists read before this are stale.
    Changed,
}

/// Steps of connecting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ConnectStage {
    /// Reading what the provider's server says of itself.
    Discovering,
    /// The system's browser was opened; the provider's own page asks for the password.
    WaitingForSignIn,
    /// The sign-in opens several records: the user says which, with `choosePatient`.
    ChoosingPatient,
    /// Trading the code for a token.
    Finishing,
    /// Done.
    Done,
}

/// Progress of one kind of record within a sync.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncKind {
    /// The kind in words: "Vaccines".
    pub label: String,
    /// State.
    pub state: SyncKindState,
    /// Resources received so far.
    pub received: u32,
    /// What the server said there would be, if it said.
    pub total: Option<u32>,
    /// For anything but plain success: what happened, in words.
    pub text: Option<String>,
}

/// State of one kind within a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SyncKindState {
    /// Not asked yet.
    Waiting,
    /// Being asked.
    Running,
    /// Everything the server has.
    Complete,
    /// Less than the server said it has, or a later page failed.
    Incomplete,
    /// The provider or the sign-in does not allow it.
    Refused,
    /// The server does not know this kind.
    NotOffered,
    /// It failed; the others went on.
    Failed,
    /// The user stopped the sync first.
    Cancelled,
}

/// What a sync did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncReport {
    /// Which connection.
    pub connection: String,
    /// Resources that were not here before.
    pub new: u32,
    /// Resources whose content changed.
    pub changed: u32,
    /// Resources that came again unchanged.
    pub unchanged: u32,
    /// Resources that are called a mistake now, or are no longer reported.
    pub withdrawn: u32,
    /// Per kind.
    pub kinds: Vec<SyncKind>,
    /// One sentence: "do I have everything?"
    pub verdict: String,
    /// What is new, corrected and withdrawn, in a sentence; none when nothing is, and after a first fetch.
    pub news: Option<String>,
}

/// Which facts to list. Empty lists mean "all".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct TimelineFilter {
    /// Kinds, as in [`TimelineRow::kind`].
    pub kinds: Vec<String>,
    /// Connections: facts that at least one of them tells.
    pub connections: Vec<String>,
    /// Status groups, as in [`TimelineFacets::statuses`].
    #[ts(optional, as = "Option<_>")]
    pub statuses: Vec<String>,
    /// Only what is out of range.
    #[ts(optional, as = "Option<_>")]
    pub flagged: bool,
    /// From this day on: `2024`, `2024-03` or `2024-03-15`. A month or year that holds it passes too.
    #[ts(optional)]
    pub from: Option<String>,
    /// Up to and with this day, month or year.
    #[ts(optional)]
    pub to: Option<String>,
    /// Found somewhere in what the record says, each word as the beginning of one.
    #[ts(optional)]
    pub text: Option<String>,
}

/// A page of the timeline, newest first; undated facts come last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelinePage {
    /// In order.
    pub rows: Vec<TimelineRow>,
    /// Pass it back to get the next page; none at the end.
    pub next: Option<String>,
    /// How many facts the filter lets through in all.
    pub total: u32,
}

/// One fact in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelineRow {
    /// The fact.
    pub id: String,
    /// Kind, kebab-case: `result`, `vaccine`, `problem`, …
    pub kind: String,
    /// The kind in words, one of it: "Vaccine".
    pub kind_text: String,
    /// Title.
    pub title: String,
    /// Groups rows: `2026-11-04`, `2026-08`, `2019`, or empty for undated.
    pub day: String,
    /// The day for people, as precise as known: "4 November 2026", "August 2026", "2019", "Date not stated".
    pub day_text: String,
    /// The weekday, when the day is known.
    pub weekday: Option<String>,
    /// The time of day when it is known: "8:12".
    pub time: Option<String>,
    /// The value: "131 mg/dL".
    pub value: Option<String>,
    /// Usual range, dose, place or another second line.
    pub second: Option<String>,
    /// `high`, `low`, `abnormal`, `critical`.
    pub flag: Option<String>,
    /// The flag in words: "above the usual range".
    pub flag_text: Option<String>,
    /// Status words worth showing: "stopped", "not given", "withdrawn: entered in error".
    pub status_text: Option<String>,
    /// Withdrawn or ruled out: shown struck through, never as true.
    pub struck: bool,
    /// Members disagree.
    pub disagreement: Option<String>,
    /// The connections that tell it.
    pub sources: Vec<String>,
    /// The visit it belongs to, as a fact's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub visit: Option<String>,
}

/// What there is to filter by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelineFacets {
    /// Kinds present, in a fixed order.
    pub kinds: Vec<KindCount>,
    /// Years of what the filter lets through, newest first; 0 is undated.
    pub years: Vec<YearCount>,
    /// All facts on the timeline, whatever is filtered.
    pub total: u32,
    /// Status groups present, in a fixed order.
    pub statuses: Vec<StatusCount>,
    /// How many are out of range.
    pub flagged: u32,
    /// Stays and courses of medicine of several days, the latest end first.
    pub periods: Vec<PeriodView>,
}

/// A status group and how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatusCount {
    /// Kebab-case.
    pub status: String,
    /// In words: "Withdrawn".
    pub label: String,
    /// Facts.
    pub count: u32,
}

/// A stay or a course of medicine of several days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeriodView {
    /// The fact.
    pub fact: String,
    /// Kebab-case.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Its first day: `2024-02-10`.
    pub from: String,
    /// Its last day: `2024-02-14`.
    pub until: String,
    /// Both for people.
    pub text: String,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchView {
    /// Kinds with answers, the best first.
    pub groups: Vec<SearchGroup>,
    /// Says what was looked for in the place of a mistyped word.
    pub instead: Option<String>,
}

/// Answers of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchGroup {
    /// Kebab-case.
    pub kind: String,
    /// Many of it: "Vaccines".
    pub label: String,
    /// Best first.
    pub hits: Vec<SearchHit>,
    /// How many more were found.
    pub more: u32,
}

/// One answer: a title's newest fact, or a record that says it elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchHit {
    /// The fact.
    pub row: TimelineRow,
    /// How many facts have this title.
    pub count: u32,
    /// What was looked for, in the title.
    pub title_marks: Vec<Mark>,
    /// Where else it stands: a short passage.
    pub passage: Option<String>,
    /// What was looked for, in the passage.
    pub passage_marks: Vec<Mark>,
}

/// A stretch of a text, in UTF-16 code units (as JavaScript counts).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// Where it begins.
    pub start: u32,
    /// Where it has ended.
    pub end: u32,
}

/// A kind and how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KindCount {
    /// Kebab-case.
    pub kind: String,
    /// Many of it: "Vaccines".
    pub label: String,
    /// Facts.
    pub count: u32,
}

/// A year and how many facts it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct YearCount {
    /// 0 is undated.
    pub year: i32,
    /// Facts.
    pub count: u32,
    /// Cursor for `timeline` that starts at this year.
    pub cursor: String,
}

/// A record's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FactPage {
    /// The row as in lists.
    pub row: TimelineRow,
    /// Why several sources are shown as one, a sentence a rule.
    pub why_joined: Vec<String>,
    /// Where sources disagree, a sentence each.
    pub disagreements: Vec<String>,
    /// Everything that says so.
    pub sources: Vec<SourceView>,
}

/// "Same thing?": one answer settles all pairs that are alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QuestionView {
    /// For the answer.
    pub id: String,
    /// Kind in kebab-case.
    pub kind: String,
    /// Why they may be the same, a sentence.
    pub why: String,
    /// One side of the first pair.
    pub first: QuestionSide,
    /// The other side.
    pub second: QuestionSide,
    /// How many pairs an answer settles.
    pub pairs: u32,
}

/// One side of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QuestionSide {
    /// The fact it is shown as now.
    pub fact: String,
    /// The title in its own words.
    pub title: String,
    /// The provider's name.
    pub provider: String,
}

/// What one provider says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceView {
    /// Which connection.
    pub connection: String,
    /// The provider's name.
    pub provider: String,
    /// The title in its own words.
    pub title: String,
    /// Label and text, in order: date, value, usual range, status, who, where, dose, notes, codes last.
    pub lines: Vec<Line>,
    /// The sender's narrative, sanitised HTML.
    pub narrative: Option<String>,
    /// Release it was read as: "R4".
    pub release: String,
    /// FHIR type and id.
    pub resource: String,
    /// When it was received, for people.
    pub received: String,
    /// Versions held, newest first; pass one to `raw`.
    pub versions: Vec<VersionView>,
}

/// Label and text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// Label in words.
    pub label: String,
    /// Text.
    pub text: String,
    /// Technical (codes, ids): shown only when asked.
    pub technical: bool,
}

/// One verbatim version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VersionView {
    /// Pass to `raw`.
    pub id: i64,
    /// When it was received, for people.
    pub received: String,
}

/// A resource as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RawView {
    /// The bytes as text (invalid UTF-8 replaced), not re-formatted.
    pub text: String,
    /// Where it was read from.
    pub url: Option<String>,
    /// When it was received, for people.
    pub received: String,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
}

/// What was asked of a provider and what came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LedgerView {
    /// One sentence: "do I have everything?"
    pub verdict: String,
    /// Per kind.
    pub lines: Vec<LedgerLine>,
    /// What the last fetch changed, a sentence; none when it changed nothing.
    pub news: Option<String>,
    /// The same, fact by fact, the first hundred; empty after a first fetch, in which everything was new.
    pub changes: Vec<ChangedFact>,
}

/// One kind in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LedgerLine {
    /// The kind in words.
    pub label: String,
    /// State.
    pub state: SyncKindState,
    /// What it means, in words.
    pub text: String,
    /// Resources received.
    pub received: u32,
    /// What the server said there would be.
    pub total: Option<u32>,
    /// When everything of this kind was last there, for people; none when it never was.
    pub complete_text: Option<String>,
    /// What was asked and what the server said, cleaned.
    pub details: Vec<String>,
}

/// What is current, as on the printed pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SummaryView {
    /// The pages as SVG, one document a page; the same layout is printed and saved.
    pub pages: Vec<String>,
    /// The paper they are laid out for.
    pub paper: Paper,
    /// Words about the preview for screen readers.
    pub alt: String,
    /// Something the user should know, such as a character no font has.
    pub warning: Option<String>,
}

/// Paper sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Paper {
    /// 8.5 × 11 in
    Letter,
    /// 210 × 297 mm
    A4,
}

/// A file was written, or the user cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    /// Where; none when the user cancelled.
    pub path: Option<String>,
}

/// What an import found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// Files read.
    pub files: u32,
    /// Resources by FHIR type.
    pub resources: std::collections::BTreeMap<String, u32>,
    /// Entries derived.
    pub entries: u32,
    /// Versions that were not here before.
    pub versions: u32,
    /// What could not be read.
    pub unreadable: Vec<Unreadable>,
}

/// A file, or a place in one, that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Unreadable {
    /// The file's name.
    pub file: String,
    /// Byte offset or line.
    pub position: u32,
    /// Why, in words.
    pub reason: String,
}

/// What went wrong, for people. A code only where the window acts on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    /// Set only where the window does something about it.
    pub code: Option<ErrorCode>,
    /// What happened.
    pub message: String,
    /// What it means for the record, and what to do.
    pub advice: String,
    /// Technical words for a helper, cleaned of anything personal.
    pub details: Option<String>,
}

/// Errors the window acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// Show the unlock screen.
    Locked,
    /// The passphrase or recovery code was wrong: keep the field, say so.
    WrongPassphrase,
    /// The user cancelled: say nothing.
    Cancelled,
    /// Show the field for a client id.
    NeedsClientId,
    /// The provider's server does not know the application, or not this way: show how it is registered.
    NotRegistered,
    /// What was typed and what the server says of itself differ: ask whom to believe.
    EndpointsDiffer,
    /// Offer to sign in again.
    SignInNeeded,
    /// The files, or the provider's records, are about somebody else, as far as can be told: ask, and import again with
    /// `confirmed`, or sync again with `samePerson`.
    OtherPatient,
    /// No network, or the provider's server is gone for now: nothing is lost, and it is tried again by itself.
    Unreachable,
}
