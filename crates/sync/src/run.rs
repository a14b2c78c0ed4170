//! One run: asks the planned questions of one connection and keeps what comes.

mod asking;
mod lines;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use futures::{FutureExt as _, StreamExt as _, TryStreamExt as _, stream};
use secrecy::SecretString;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use url::Url;
use wholechart_record::{ConnectionId, PersonId};
use wholechart_smart::{
    FetchError, FhirClient, Grant, Http, PatientError, TokenError, TokenSource, base_key, find_patient,
};
use wholechart_store::{
    AnswerState, Answered, Change, ChangeKind, Connection, ConnectionState, LedgerRow, QuestionProgress,
    Remark, RunId, RunOutcome, Store, StoreError,
};

use crate::blocking::blocking;
use crate::connected::Connected;
use crate::identity::OtherPatient;
use crate::ledger::{Progress, RunReport, kinds};
use crate::options::Options;
use crate::plan::{PlannedBase, Question, plan};
use crate::references::Wanted;
use crate::remarks;
use crate::tokens::{Clock, StoredTokens, store_error};
use crate::whose::Whose;

/// Why a run could not be made, or had to stop. What came before it is kept.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// There is no such connection, or it has no provider (files).
    #[error("there is nothing to ask")]
    NotConnected,
    /// The connection is signed out.
    #[error("a sign-in is needed")]
    SignInNeeded,
    /// The provider's patient is somebody else than was expected, and nothing of this run was merged: either the user
    /// says that it is the same person, and the next run is made without expecting anybody, or the connection goes.
    #[error("the provider's patient seems to be somebody else")]
    OtherPatient(Box<OtherPatient>),
    /// The provider's server did not show whose record it has, and nothing was filed: it is asked again the next time.
    #[error("{host} did not say whose record this is")]
    NotShown {
        /// The host.
        host: String,
        /// What it said instead.
        why: Vec<Remark>,
    },
    /// The provider's server cannot be found or does not listen: no network, or a computer that has just woken up. What
    /// came is kept, the ledger says what it said before, and the run stays unfinished: the next one carries it on.
    #[error("{host} cannot be reached")]
    Unreachable {
        /// The host.
        host: String,
    },
    /// The record could not be read or written. The run stays unfinished, and the next one carries it on.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Questions under way at once: more than smart asks of one host at a time, so that somebody is asking while another's
/// page goes to the file.
const AT_ONCE: usize = 8;
/// Facts are put together anew at most this often while pages arrive.
const FACTS_EVERY: Duration = Duration::from_secs(2);
/// An unfinished run older than this is not carried on: what it was answered then may have changed.
const CARRIED_ON_FOR: TimeDelta = TimeDelta::hours(12);
/// Servers take a while until a search finds what was changed: this much is asked for again.
const OVERLAP: TimeDelta = TimeDelta::minutes(10);
/// Names of the two questions that follow all others at a base.
pub(crate) const REFERENCES: &str = "references";
pub(crate) const DOCUMENTS: &str = "documents";

/// Records about somebody else than the patient of the connection, which are kept apart: the label of their line.
pub const SET_ASIDE: &str = "kind-set-aside";

/// What a base at another server has, which this sign-in does not open: the label, and the question nobody asks there.
pub const ELSEWHERE: &str = "kind-elsewhere";

/// A run with the default [`Options`].
///
/// # Errors
/// As [`run_with`].
pub async fn run(
    http: &Http,
    store: Arc<Store>,
    connection: &ConnectionId,
    now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    progress: impl Fn(Progress) + Send + Sync,
    cancel: CancellationToken,
) -> Result<RunReport, SyncError> {
    run_with(http, store, connection, Options::default(), now, progress, cancel).await
}

/// Asks everything that is planned for a connection, page by page, into the store.
///
/// `now` is the clock; `progress` is told after every page. Cancelling ends the run soon: what came is kept, and what
/// was not asked to its end is named in the ledger. A run that was killed within the last hours is carried on.
/// The facts of the connection's person are put together anew after the first page, now and then, and at the end.
///
/// # Errors
/// [`SyncError::OtherPatient`] before anything is merged, when somebody is expected and the provider's patient is not
/// they. [`SyncError::Store`] when the record cannot be written (a full disk): the run can be carried on later. Whatever goes
/// wrong at the provider is no error but a state in the ledger and the report.
pub async fn run_with(
    http: &Http,
    store: Arc<Store>,
    connection: &ConnectionId,
    options: Options,
    now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    progress: impl Fn(Progress) + Send + Sync,
    cancel: CancellationToken,
) -> Result<RunReport, SyncError> {
    let id = connection.clone();
    let (connection, tokens, secret) = blocking(&store, move |store| {
        Ok((store.connection(&id)?, store.tokens(&id)?, store.client_secret(&id)?))
    })
    .await?;
    let mut connection = connection.ok_or(SyncError::NotConnected)?;
    let mut connected = Connected::of(&connection).ok_or(SyncError::NotConnected)?;
    connected.endpoints.keep_one_origin();
    let Some(tokens) = tokens else {
        set_state(&store, connection, ConnectionState::SignInNeeded).await?;
        return Err(SyncError::SignInNeeded);
    };

    let (access, mut scopes) = (tokens.access.clone(), tokens.scope.split_whitespace().collect::<Vec<_>>());
    scopes.sort_unstable();
    let scopes = scopes.join(" ");
    let client = StoredTokens::client(&connected, secret);
    let source: Arc<dyn TokenSource> = Arc::new(StoredTokens::new(
        http.clone(),
        Arc::clone(&store),
        connection.id.clone(),
        connected.clone(),
        client,
        Arc::clone(&now),
        tokens,
    ));
    let mut clients = BTreeMap::new();
    for base in &connected.endpoints.bases {
        let quirks = connected.card.quirks.clone();
        if let Ok(client) =
            FhirClient::new(http.clone(), &base.url, base.release, quirks, Arc::clone(&source))
        {
            clients.insert(base_key(&base.url), client);
        }
    }
    let unknown = learn_patients(&store, &mut connection, &connected, &clients, access).await?;
    let plan = plan(&connected.endpoints.bases, &connected.card.quirks, &connection.patient);

    let (id, at, whole) = (connection.id.clone(), now(), options.whole);
    let (person, patients) = (connection.person.clone(), connection.patient.clone());
    let (run, resumed, killed, answered, before, own) = blocking(&store, move |store| {
        let before = store.ledger(&id)?;
        let own = seen_before(store, &person, &id, &patients)?;
        // What a run that was killed brought may not be among the facts yet.
        let killed = store.last_run(&id)?.is_some_and(|last| last.finished.is_none());
        let (run, resumed) = open_run(store, &id, at, &before, whole)?;
        Ok((run, resumed, killed, store.answered(&id)?, before, own))
    })
    .await?;
    let runner = Runner {
        store,
        connection: connection.id.clone(),
        person: connection.person.clone(),
        connected,
        patients: connection.patient.clone(),
        run,
        state: Mutex::new(State { brought: killed, own, ..State::default() }),
        resumed,
        options,
        scopes,
        answered,
        before,
        now,
        progress: &progress,
        cancel,
        facts: tokio::sync::Mutex::new(None),
    };
    runner.prepare(&plan.bases);
    let outcome = runner.ask_all(&plan.bases, &clients).await;
    let outcome = match outcome {
        Ok(()) => RunOutcome::Complete,
        Err(Stop::Cancelled) => RunOutcome::Cancelled,
        Err(Stop::Enough) => RunOutcome::Incomplete,
        Err(Stop::SignInNeeded(words)) => {
            runner.state().sign_in_words = words;
            RunOutcome::SignInNeeded
        }
        Err(Stop::NotShown { host, why }) => {
            runner.refresh_facts().await?;
            let at = (runner.now)();
            blocking(&runner.store, move |store| store.finish_run(run, at, RunOutcome::Incomplete)).await?;
            set_state(&runner.store, connection, ConnectionState::Connected).await?;
            return Err(SyncError::NotShown { host, why });
        }
        Err(Stop::Unreachable(host)) => {
            runner.leave_open().await?;
            return Err(SyncError::Unreachable { host });
        }
        Err(Stop::OtherPatient(other)) => {
            runner.refresh_facts().await?;
            let at = (runner.now)();
            blocking(&runner.store, move |store| store.finish_run(run, at, RunOutcome::OtherPatient)).await?;
            return Err(SyncError::OtherPatient(other));
        }
        Err(Stop::Store(error)) => {
            // Facts of what did come; if the disk is full this fails as well, and the first error is the one to tell.
            let _ = runner.refresh_facts().await;
            return Err(error.into());
        }
    };
    runner.close(outcome, &plan.not_offered, unknown).await?;
    let state = match outcome {
        RunOutcome::SignInNeeded => ConnectionState::SignInNeeded,
        _ => ConnectionState::Connected,
    };
    set_state(&runner.store, connection, state).await?;
    let changes = blocking(&runner.store, move |store| store.changes(run)).await?;
    Ok(runner.report(outcome, changes))
}

/// Why a run stops before its end.
#[derive(Debug)]
pub(crate) enum Stop {
    Cancelled,
    /// The run has taken all that it may ([`Most`](crate::Most)).
    Enough,
    /// With the server's words.
    SignInNeeded(Option<String>),
    OtherPatient(Box<OtherPatient>),
    /// A base does not show whose record it has, with its host and what it said instead.
    NotShown {
        host: String,
        why: Vec<Remark>,
    },
    /// Nobody is there, with the host's name.
    Unreachable(String),
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What a run of an earlier process left.
#[derive(Default)]
pub(crate) struct Resumed {
    pub(crate) questions: Vec<QuestionProgress>,
    answers: Vec<LedgerRow>,
}

#[derive(Default)]
pub(crate) struct State {
    /// Every question of the run, in the order they are asked.
    lines: Vec<LedgerRow>,
    pub(crate) wanted: BTreeMap<String, Wanted>,
    pub(crate) new: u32,
    changed: u32,
    unchanged: u32,
    unreadable: u32,
    set_aside: u32,
    /// Bytes of all answers so far.
    taken: u64,
    /// References and documents that were read, or are being read.
    pub(crate) followed: usize,
    /// Why a new sign-in is needed, in the server's words.
    sign_in_words: Option<String>,
    /// Whose record is asked for, by base.
    pub(crate) own: BTreeMap<String, Whose>,
    facts_changed: bool,
    /// Something came since facts were last put together.
    brought: bool,
}

pub(crate) struct Runner<'a> {
    pub(crate) store: Arc<Store>,
    pub(crate) connection: ConnectionId,
    pub(crate) person: PersonId,
    connected: Connected,
    patients: BTreeMap<String, String>,
    pub(crate) run: RunId,
    pub(crate) resumed: Resumed,
    pub(crate) options: Options,
    /// Scopes granted, sorted: what was answered under others says nothing about these.
    scopes: String,
    /// The newest complete answers from before this run, by (base, question).
    pub(crate) answered: BTreeMap<(String, String), Answered>,
    /// The ledger as it was before this run.
    pub(crate) before: Vec<LedgerRow>,
    pub(crate) now: Clock,
    progress: &'a (dyn Fn(Progress) + Send + Sync),
    cancel: CancellationToken,
    /// When facts were last put together.
    facts: tokio::sync::Mutex<Option<Instant>>,
    state: Mutex<State>,
}

impl Runner<'_> {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask_all(
        &self,
        bases: &[PlannedBase],
        clients: &BTreeMap<String, FhirClient>,
    ) -> Result<(), Stop> {
        // Whose record each base has comes before anything else, as long as that was never seen.
        let (mut gone, mut asked_whose) = (BTreeSet::new(), BTreeSet::new());
        let mut not_shown: Option<Stop> = None;
        for (at, base) in bases.iter().enumerate() {
            let Some(client) = clients.get(&base.base) else { continue };
            let Some(patient) = self.unseen_patient(base) else { continue };
            asked_whose.insert(at);
            match self.see_patient(client, patient).await {
                Err(Stop::NotShown { host, why }) => {
                    gone.insert(at);
                    not_shown = not_shown.or(Some(Stop::NotShown { host, why }));
                }
                seen => {
                    if !self.is_there(seen, at, bases).await? {
                        gone.insert(at);
                    }
                }
            }
        }
        if let Some(not_shown) = not_shown {
            if gone.len() == bases.len() {
                return Err(not_shown);
            }
            for base in bases.iter().enumerate().filter(|(at, _)| gone.contains(at)).map(|(_, base)| base) {
                for LedgerRow { base, question, .. } in self.unanswered(&base.base) {
                    let remarks = vec![Remark::PatientUnknown];
                    self.end(&base, &question, "", AnswerState::Failed, remarks).await?;
                }
            }
        }
        // The preferred base first: the others fill what it does not have.
        for (at, base) in bases.iter().enumerate().filter(|(at, _)| !gone.contains(at)) {
            let Some(client) = clients.get(&base.base) else { continue };
            // Whose record it is was asked above, unless it was seen in an earlier run.
            let questions = &base.questions[usize::from(asked_whose.contains(&at))..];
            let asked = async {
                at_once(questions.iter().map(|question| self.question(client, question).boxed())).await?;
                self.follow(client).await
            };
            let asked = asked.await;
            self.is_there(asked, at, bases).await?;
        }
        Ok(())
    }

    /// The question for the Patient, where none was ever seen and the person did not say that it is theirs all the same.
    fn unseen_patient<'q>(&self, base: &'q PlannedBase) -> Option<&'q Question> {
        let patient = base.questions.first()?;
        (!self.options.unshown && !self.own(&base.base).is_seen()).then_some(patient)
    }

    /// Asks for the Patient alone. Until it is shown this may be anybody's record: nothing is filed.
    async fn see_patient(&self, client: &FhirClient, patient: &Question) -> Result<(), Stop> {
        self.question(client, patient).await?;
        let base = client.base();
        if self.own(&base).is_seen() {
            return Ok(());
        }
        let is_patient = |line: &&LedgerRow| line.base == base && line.label == patient.label;
        let lines: Vec<LedgerRow> = self.state().lines.iter().filter(is_patient).cloned().collect();
        let mut why = Vec::new();
        for line in lines {
            let mut remarks = line.remarks;
            why.extend(remarks.iter().filter(|one| !why.contains(*one)).cloned().collect::<Vec<_>>());
            if !remarks.contains(&Remark::PatientUnknown) {
                remarks.insert(0, Remark::PatientUnknown);
            }
            let state = match line.state {
                AnswerState::Refused => AnswerState::Refused,
                _ => AnswerState::Failed,
            };
            self.end(&base, &line.question, &line.asked, state, remarks).await?;
        }
        Err(Stop::NotShown { host: host_of(&base), why })
    }

    /// One of several servers is gone: that is told, and costs the others nothing. False when it is.
    async fn is_there(
        &self,
        outcome: Result<(), Stop>,
        at: usize,
        bases: &[PlannedBase],
    ) -> Result<bool, Stop> {
        match outcome {
            Err(Stop::Unreachable(host)) if at > 0 && Self::is_elsewhere(&host, bases) => {
                for LedgerRow { base, question, .. } in self.unanswered(&bases[at].base) {
                    let remarks = vec![Remark::Unreachable { host: host.clone() }];
                    self.end(&base, &question, "", AnswerState::Failed, remarks).await?;
                }
                Ok(false)
            }
            other => other.map(|()| true),
        }
    }

    /// Not the host of the preferred base: when that cannot be reached there is nothing to go on with.
    fn is_elsewhere(host: &str, bases: &[PlannedBase]) -> bool {
        let first = bases.first().and_then(|base| Url::parse(&base.base).ok());
        first.is_some_and(|first| first.host_str() != Some(host))
    }

    /// Ends without an end: nobody is there to be asked. What was answered before stays as it was told; what never was
    /// is named.
    async fn leave_open(&self) -> Result<(), StoreError> {
        let was_told = |line: &LedgerRow| {
            self.before.iter().any(|row| row.base == line.base && row.question == line.question)
        };
        let (mut rows, at) = (self.state().lines.clone(), (self.now)());
        rows.retain(|line| line.state.is_pending() && !was_told(line));
        for row in &mut rows {
            (row.state, row.at) = (AnswerState::Cancelled, at);
        }
        self.record(rows).await?;
        self.refresh_facts().await
    }

    /// At most every few seconds, and never twice at the same time.
    async fn refresh_facts_now_and_then(&self) -> Result<(), Stop> {
        let Ok(last) = self.facts.try_lock() else { return Ok(()) };
        if last.is_some_and(|last| last.elapsed() < FACTS_EVERY) {
            return Ok(());
        }
        drop(last);
        Ok(self.refresh_facts().await?)
    }

    async fn refresh_facts(&self) -> Result<(), StoreError> {
        if !std::mem::take(&mut self.state().brought) {
            return Ok(());
        }
        let mut last = self.facts.lock().await;
        let person = self.person.clone();
        let changed = blocking(&self.store, move |store| store.refresh_facts(&person)).await?;
        *last = Some(Instant::now());
        if changed {
            self.state().facts_changed = true;
            self.tell();
        }
        Ok(())
    }

    /// Names what was not asked to its end, what nobody offers, which base did not say whose record it has and which is
    /// at another server; puts the facts together a last time; ends the run.
    async fn close(
        &self,
        outcome: RunOutcome,
        not_offered: &[String],
        unknown: Vec<(String, Vec<Remark>)>,
    ) -> Result<(), StoreError> {
        let at = (self.now)();
        let mut rows = Vec::new();
        if outcome != RunOutcome::Complete {
            for line in self.state().lines.iter_mut().filter(|line| line.state.is_pending()) {
                (line.state, line.at) = (AnswerState::Cancelled, at);
                // Nobody stopped it: more came than one run takes.
                if outcome == RunOutcome::Incomplete {
                    line.remarks.push(Remark::TooMuch);
                    if line.received > 0 {
                        line.state = AnswerState::Incomplete;
                    }
                }
                rows.push(line.clone());
            }
        }
        let mut add = |line: LedgerRow| {
            self.state().lines.push(line.clone());
            rows.push(line);
        };
        for (base, remarks) in unknown {
            let asked = "Patient".to_owned();
            let line = self.waiting(&base, "Patient", "kind-patient");
            add(LedgerRow { state: AnswerState::Failed, asked, remarks, ..line });
        }
        for base in &self.connected.endpoints.elsewhere {
            let line = self.waiting(base, ELSEWHERE, ELSEWHERE);
            add(LedgerRow { state: AnswerState::Refused, asked: base.clone(), ..line });
        }
        let first =
            self.connected.endpoints.bases.first().map(|base| base_key(&base.url)).unwrap_or_default();
        for label in not_offered {
            add(LedgerRow { state: AnswerState::NotOffered, ..self.waiting(&first, label, label) });
        }
        // All at once: each writing waits for the disk.
        self.record(rows).await?;
        self.refresh_facts().await?;
        let whole = self
            .state()
            .lines
            .iter()
            .all(|line| matches!(line.state, AnswerState::Complete | AnswerState::NotOffered));
        let outcome =
            if outcome == RunOutcome::Complete && !whole { RunOutcome::Incomplete } else { outcome };
        let (run, at) = (self.run, (self.now)());
        blocking(&self.store, move |store| store.finish_run(run, at, outcome)).await?;
        self.tell();
        Ok(())
    }

    fn report(&self, outcome: RunOutcome, changes: Vec<Change>) -> RunReport {
        let state = self.state();
        RunReport {
            connection: self.connection.clone(),
            run: self.run,
            new: state.new,
            changed: state.changed,
            unchanged: state.unchanged,
            withdrawn: changes
                .iter()
                .filter(|change| change.what == ChangeKind::Withdrawn)
                .count()
                .try_into()
                .unwrap_or(u32::MAX),
            changes,
            unreadable: state.unreadable,
            set_aside: state.set_aside,
            kinds: kinds(&state.lines),
            answered: state
                .lines
                .iter()
                .filter(|line| !matches!(line.question.as_str(), REFERENCES | DOCUMENTS))
                .any(|line| line.state == AnswerState::Complete || line.received > 0),
            cancelled: outcome == RunOutcome::Cancelled,
            sign_in_needed: outcome == RunOutcome::SignInNeeded,
            sign_in_words: state.sign_in_words.clone(),
        }
    }
}

fn host_of(base: &str) -> String {
    let url = Url::parse(base).ok();
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

/// A few at a time, until all are done or one says stop.
///
/// The list is made before anything is awaited: a closure that lives across an await makes the whole run's future one
/// that cannot be sent to another thread (the compiler cannot show that it holds for every lifetime).
pub(crate) fn at_once<'a, T: Send + 'a>(
    work: impl Iterator<Item = BoxFuture<'a, Result<T, Stop>>>,
) -> BoxFuture<'a, Result<Vec<T>, Stop>> {
    let work: Vec<_> = work.collect();
    stream::iter(work).buffer_unordered(AT_ONCE).try_collect().boxed()
}

async fn set_state(
    store: &Arc<Store>,
    mut connection: Connection,
    state: ConnectionState,
) -> Result<(), StoreError> {
    if connection.state == state {
        return Ok(());
    }
    connection.state = state;
    blocking(store, move |store| store.save_connection(&connection)).await
}

/// What is known of the patient of each base from what it sent before.
fn seen_before(
    store: &Store,
    person: &PersonId,
    connection: &ConnectionId,
    patients: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, Whose>, StoreError> {
    let known = |(base, id): (&String, &String)| (base_key(base), Whose::known_as(id));
    let mut own: BTreeMap<String, Whose> = patients.iter().map(known).collect();
    for sent in store.patients(person)?.iter().filter(|sent| sent.key.connection == *connection) {
        if let Some(own) = own.get_mut(&sent.key.base).filter(|own| own.is_patient(&sent.bytes)) {
            own.learn(&sent.bytes, None);
        }
    }
    Ok(own)
}

/// The run to go on with: an unfinished one of the last hours, or a new one.
fn open_run(
    store: &Store,
    connection: &ConnectionId,
    now: DateTime<Utc>,
    ledger: &[LedgerRow],
    whole: bool,
) -> Result<(RunId, Resumed), StoreError> {
    // Whoever asks for everything anew gets no answers of before.
    if !whole
        && let Some(last) = store.last_run(connection)?
        && last.finished.is_none()
        && now - last.started < CARRIED_ON_FOR
    {
        let answers = ledger.iter().filter(|row| row.at >= last.started).cloned().collect();
        return Ok((last.id, Resumed { questions: store.open_questions(last.id)?, answers }));
    }
    Ok((store.begin_run(connection, now)?, Resumed::default()))
}

/// Bases that did not say at sign-in whose record they have are asked again. What is still not known comes back with
/// the reason.
async fn learn_patients(
    store: &Arc<Store>,
    connection: &mut Connection,
    connected: &Connected,
    clients: &BTreeMap<String, FhirClient>,
    access: SecretString,
) -> Result<Vec<(String, Vec<Remark>)>, StoreError> {
    let mut unknown = Vec::new();
    let mut learnt = false;
    for (base, client) in clients {
        if connection.patient.contains_key(base) {
            continue;
        }
        let grant = Grant {
            access_token: access.clone(),
            refresh_token: None,
            expires_at: DateTime::UNIX_EPOCH,
            scope: None,
            patient: None,
            fhir_user: None,
        };
        match find_patient(client, &grant, &connected.card.quirks).await {
            Ok(id) => {
                connection.patient.insert(base.clone(), id);
                learnt = true;
            }
            Err(PatientError::Fetch(FetchError::Token(TokenError::Storage(source)))) => {
                return Err(store_error(source));
            }
            Err(error) => unknown.push((base.clone(), remarks::of_patient(&error))),
        }
    }
    if learnt {
        let kept = connection.clone();
        blocking(store, move |store| store.save_connection(&kept)).await?;
    }
    Ok(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_defect_is_not_told_as_a_stop_that_somebody_asked_for() {
        let dir = tempfile::TempDir::new().unwrap();
        let key = wholechart_store::DbKey::from_bytes(&[7; 32]).unwrap();
        let folder = wholechart_store::Folder::take(dir.path()).unwrap();
        wholechart_store::KeySlots::new(&key).save(&folder).unwrap();
        drop(folder);
        let store = Arc::new(Store::open(dir.path(), &key).unwrap());
        let said = blocking(&store, |_| -> Result<(), StoreError> { panic!("a defect") }).await;
        assert!(matches!(said, Err(StoreError::Panicked)), "{said:?}");
    }
}
