//! One run: asks the planned questions of one connection and keeps what comes.

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
    Accept, FetchError, Fetched, FhirClient, Grant, Http, HttpError, Quirk, TokenError, TokenSource,
    base_key, find_patient,
};
use wholechart_store::{
    Answered, Change, ChangeKind, Conclusion, Connection, ConnectionState, LedgerRow, PageCommit,
    PageOutcome, QuestionProgress, RunId, Store, StoreError,
};

use crate::connected::Connected;
use crate::identity::{Identity, OtherPatient, differences, identity};
use crate::ledger::{AnswerState, Line, Progress, RunReport, kinds};
use crate::options::Options;
use crate::paging::{Cut, Refusal, Walk, refusal, said};
use crate::plan::{PlannedBase, Question, plan};
use crate::references::Wanted;
use crate::tokens::{Clock, StoredTokens};

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

/// Questions under way at once: more than one host is asked at a time ([`wholechart_smart::HttpBuilder::per_host`]), so
/// that somebody is asking while another's page goes to the file.
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
    let tokens = Arc::new(StoredTokens::new(
        http.clone(),
        Arc::clone(&store),
        connection.id.clone(),
        connected.clone(),
        client,
        Arc::clone(&now),
        tokens,
    ));
    let source: Arc<dyn TokenSource> = Arc::clone(&tokens) as _;
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
    let (run, resumed, killed, answered, before) = blocking(&store, move |store| {
        let before = store.ledger(&id)?;
        // What a run that was killed brought may not be among the facts yet.
        let killed = store.last_run(&id)?.is_some_and(|last| last.finished.is_none());
        let (run, resumed) = open_run(store, &id, at, &before, whole)?;
        Ok((run, resumed, killed, store.answered(&id)?, before))
    })
    .await?;
    let runner = Runner {
        store,
        connection: connection.id.clone(),
        person: connection.person.clone(),
        connected,
        tokens,
        patients: connection.patient.clone(),
        run,
        state: Mutex::new(State { brought: killed, ..State::default() }),
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
    let ending = match outcome {
        Ok(()) => Ending::Done,
        Err(Stop::Cancelled) => Ending::Cancelled,
        Err(Stop::SignInNeeded) => Ending::SignInNeeded,
        Err(Stop::Unreachable(host)) => {
            runner.leave_open().await?;
            return Err(SyncError::Unreachable { host });
        }
        Err(Stop::OtherPatient(other)) => {
            runner.refresh_facts().await?;
            let at = (runner.now)();
            blocking(&runner.store, move |store| store.finish_run(run, at, "other-patient")).await?;
            return Err(SyncError::OtherPatient(other));
        }
        Err(Stop::Store(error)) => {
            // Facts of what did come; if the disk is full this fails as well, and the first error is the one to tell.
            let _ = runner.refresh_facts().await;
            return Err(error.into());
        }
    };
    runner.close(ending, &plan.not_offered, &unknown).await?;
    let state = match ending {
        Ending::SignInNeeded => ConnectionState::SignInNeeded,
        Ending::Done | Ending::Cancelled => ConnectionState::Connected,
    };
    set_state(&runner.store, connection, state).await?;
    let changes = blocking(&runner.store, move |store| store.changes(run)).await?;
    Ok(runner.report(ending, changes))
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Done,
    Cancelled,
    SignInNeeded,
}

/// Why a run stops before its end.
#[derive(Debug)]
pub(crate) enum Stop {
    Cancelled,
    SignInNeeded,
    OtherPatient(Box<OtherPatient>),
    /// Nobody is there, with the host's name.
    Unreachable(String),
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// How one question ended.
enum Answer {
    Ended {
        state: AnswerState,
        message: Option<String>,
        /// It was asked for what changed from here on.
        since: Option<DateTime<Utc>>,
    },
    /// Too wide for this server: the narrower ones are asked.
    Instead,
}

fn ended(state: AnswerState, message: impl Into<Option<String>>) -> Answer {
    Answer::Ended { state, message: message.into(), since: None }
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
    lines: Vec<(LineKey, Line)>,
    pub(crate) wanted: BTreeMap<String, Wanted>,
    pub(crate) new: u32,
    changed: u32,
    unchanged: u32,
    unreadable: u32,
    facts_changed: bool,
    /// Something came since facts were last put together.
    brought: bool,
}

/// (base, question)
type LineKey = (String, String);

pub(crate) struct Runner<'a> {
    pub(crate) store: Arc<Store>,
    pub(crate) connection: ConnectionId,
    pub(crate) person: PersonId,
    connected: Connected,
    tokens: Arc<StoredTokens>,
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

    fn prepare(&self, bases: &[PlannedBase]) {
        let mut state = self.state();
        for base in bases {
            for question in &base.questions {
                let key = (base.base.clone(), question.name.clone());
                state.lines.push((key, line(&question.label)));
            }
            for (name, label) in [(REFERENCES, "kind-support"), (DOCUMENTS, "kind-document")] {
                state.lines.push(((base.base.clone(), name.to_owned()), line(label)));
            }
        }
        drop(state);
        self.tell();
    }

    async fn ask_all(
        &self,
        bases: &[PlannedBase],
        clients: &BTreeMap<String, FhirClient>,
    ) -> Result<(), Stop> {
        // Whose record each base has comes before anything else, as long as that was never seen to be right.
        let mut gone = BTreeSet::new();
        for (at, base) in bases.iter().enumerate() {
            let Some(client) = clients.get(&base.base) else { continue };
            let Some(patient) = self.unseen_patient(base) else { continue };
            let seen = self.see_patient(client, patient).await;
            if !self.is_there(seen, at, bases).await? {
                gone.insert(at);
            }
        }
        // The preferred base first: the others fill what it does not have.
        for (at, base) in bases.iter().enumerate().filter(|(at, _)| !gone.contains(at)) {
            let Some(client) = clients.get(&base.base) else { continue };
            let questions = &base.questions[usize::from(self.unseen_patient(base).is_some())..];
            let asked = async {
                at_once(questions.iter().map(|question| self.question(client, question).boxed())).await?;
                self.follow(client).await
            };
            let asked = asked.await;
            self.is_there(asked, at, bases).await?;
        }
        Ok(())
    }

    /// The question for the Patient, where somebody is expected and it was never answered before this run.
    fn unseen_patient<'q>(&self, base: &'q PlannedBase) -> Option<&'q Question> {
        self.options.expected.as_ref()?;
        let patient = base.questions.first()?;
        (!self.answered.contains_key(&(base.base.clone(), patient.name.clone()))).then_some(patient)
    }

    /// Asks for the Patient alone. What is down for the moment may be anybody's: nothing is filed until it answers. A
    /// server that does not show it at all is gone on with; the ledger says so.
    async fn see_patient(&self, client: &FhirClient, patient: &Question) -> Result<(), Stop> {
        self.question(client, patient).await?;
        match self.line(&client.base(), &patient.name).state {
            AnswerState::Failed | AnswerState::Incomplete => {
                let host = Url::parse(&client.base()).ok();
                let host = host.and_then(|url| url.host_str().map(str::to_owned));
                Err(Stop::Unreachable(host.unwrap_or_default()))
            }
            _ => Ok(()),
        }
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
                let base = &bases[at].base;
                for (question, _) in self.unanswered(base) {
                    let words = format!("{host} cannot be reached");
                    self.end(base, &question, "", AnswerState::Failed, Some(words)).await?;
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

    /// Questions of a base that have no answer yet.
    fn unanswered(&self, base: &str) -> Vec<(String, Line)> {
        let state = self.state();
        let open = state.lines.iter().filter(|((of, _), line)| {
            of == base && matches!(line.state, AnswerState::Waiting | AnswerState::Running)
        });
        open.map(|((_, question), line)| (question.clone(), line.clone())).collect()
    }

    /// Ends without an end: nobody is there to be asked. What was answered before stays as it was told; what never was
    /// is named.
    async fn leave_open(&self) -> Result<(), StoreError> {
        let bases: BTreeSet<String> = self.state().lines.iter().map(|((base, _), _)| base.clone()).collect();
        let mut rows = Vec::new();
        for base in bases {
            for (question, line) in self.unanswered(&base) {
                if self.before.iter().any(|row| row.base == base && row.question == question) {
                    continue;
                }
                let line = Line { state: AnswerState::Cancelled, ..line };
                rows.push(self.row(&base, &question, "", &line));
            }
        }
        self.record(rows).await?;
        self.refresh_facts().await
    }

    /// One question, or the narrower ones instead of it.
    async fn question(&self, client: &FhirClient, question: &Question) -> Result<(), Stop> {
        let base = client.base();
        let known = |question: &Question| self.answered.contains_key(&(base.clone(), question.name.clone()));
        // Refused as too wide the last time, and answered in parts.
        let parts = !self.options.whole && !known(question) && question.instead.iter().any(known);
        let answer = if parts { Answer::Instead } else { self.answer(client, question).await? };
        match answer {
            Answer::Ended { state, message, since } => {
                let asked = question.address_since(false, since);
                self.end(&base, &question.name, &asked, state, message).await
            }
            Answer::Instead => {
                tracing::debug!(question = question.name, "asked in parts instead");
                {
                    let mut state = self.state();
                    let key = (base.clone(), question.name.clone());
                    if let Some(at) = state.lines.iter().position(|(known, _)| *known == key) {
                        let parts: Vec<_> = question
                            .instead
                            .iter()
                            .map(|part| ((base.clone(), part.name.clone()), line(&part.label)))
                            .collect();
                        state.lines.splice(at..=at, parts);
                    }
                }
                self.tell();
                at_once(question.instead.iter().map(|part| self.part(client, part).boxed())).await?;
                Ok(())
            }
        }
    }

    /// One part of what was refused as too wide.
    async fn part(&self, client: &FhirClient, part: &Question) -> Result<(), Stop> {
        let (asked, state, message) = match self.answer(client, part).await? {
            Answer::Ended { state, message, since } => (part.address_since(false, since), state, message),
            Answer::Instead => (part.address(false), AnswerState::NotOffered, None),
        };
        self.end(&client.base(), &part.name, &asked, state, message).await
    }

    async fn answer(&self, client: &FhirClient, question: &Question) -> Result<Answer, Stop> {
        let quirks = &self.connected.card.quirks;
        let base = client.base();
        self.set(&base, &question.name, |line| line.state = AnswerState::Running);
        self.tell();
        let Ok(mut walk) = Walk::new(client, question, quirks, self.since(&base, question)) else {
            return Ok(ended(AnswerState::Failed, "the question has no address".to_owned()));
        };
        let earlier = self
            .resumed
            .questions
            .iter()
            .find(|earlier| earlier.question == question.name && earlier.base == base);
        if let Some(earlier) = earlier {
            let known =
                self.resumed.answers.iter().find(|row| row.question == question.name && row.base == base);
            if earlier.done
                && let Some(known) = known
                && known.state != AnswerState::Cancelled.as_str()
            {
                self.set(&base, &question.name, |line| {
                    (line.received, line.total) = (known.received, known.declared_total);
                });
                return Ok(ended(by_word(&known.state), known.message.clone()));
            }
            // Where pages go missing or addresses expire, only a whole reading can be judged.
            if let Some(next) = &earlier.next
                && !quirks.has(Quirk::StatefulNext)
                && !quirks.has(Quirk::VerifyTotals)
            {
                walk.carry_on(next, earlier.received);
            }
        }
        while let Some(url) = walk.url.clone() {
            let fetched = match self.get(client, url, &Accept::Fhir).await? {
                Ok(fetched) => fetched,
                Err(error) => {
                    let state =
                        if walk.is_beginning() { AnswerState::Failed } else { AnswerState::Incomplete };
                    walk.say(&error.to_string());
                    return Ok(ended(state, walk.message()));
                }
            };
            if !fetched.is_success() {
                if !walk.is_beginning() {
                    if (quirks.has(Quirk::StatefulNext) || walk.is_carrying_on())
                        && matches!(fetched.status, 400 | 404 | 410)
                        && walk.begin_again()
                    {
                        continue;
                    }
                    walk.say(&format!("status {}", fetched.status));
                    walk.say(&said(&fetched).unwrap_or_default());
                    return Ok(ended(AnswerState::Incomplete, walk.message()));
                }
                match self.refused(client, question, &fetched, &mut walk).await? {
                    Some(answer) => return Ok(answer),
                    None => continue,
                }
            }
            if question.kind == "Patient" {
                self.check_patient(&base, &fetched.bytes)?;
            }
            let cut = walk.take(&fetched, (self.now)());
            self.keep(client, &question.name, &fetched, cut, walk.cursor()).await?;
            let (received, total) = (walk.received, walk.declared());
            self.set(&base, &question.name, |line| (line.received, line.total) = (received, total));
            self.tell();
            self.refresh_facts_now_and_then().await?;
        }
        let mut state = walk.verdict();
        if state == AnswerState::Complete
            && let Some(begun) = walk.begun
        {
            let known = self.answered.contains_key(&(base.clone(), question.name.clone()));
            let nothing = walk.since.is_none() && walk.received == 0 && walk.declared() != Some(0);
            if nothing && known && self.told_before(&base, &question.name) {
                // Everything of a kind does not vanish in a day; an answer that says nothing at all is no proof of it.
                state = AnswerState::Incomplete;
                walk.say("nothing came, where there was something before");
            } else {
                let asked = self.asked(question);
                let held = self.conclude(&base, &question.name, asked, begun, walk.since.is_none()).await?;
                if walk.since.is_some() {
                    self.set(&base, &question.name, |line| (line.received, line.total) = (held, None));
                }
            }
        }
        Ok(Answer::Ended { state, message: walk.message(), since: walk.since })
    }

    /// From when on a question is to be asked; none asks for everything.
    fn since(&self, base: &str, question: &Question) -> Option<DateTime<Utc>> {
        let last = self.answered.get(&(base.to_owned(), question.name.clone()))?;
        let narrow = question.since
            && !self.options.whole
            && last.asked == self.asked(question)
            && !self.is_whole_due(last.whole_at);
        narrow.then_some(last.since)
    }

    /// What an answer has to agree in with the one before it to be compared with it.
    fn asked(&self, question: &Question) -> String {
        format!("{} | {}", question.address(false), self.scopes)
    }

    /// Also where the clock went back: then nobody knows.
    pub(crate) fn is_whole_due(&self, whole_at: DateTime<Utc>) -> bool {
        let age = (self.now)() - whole_at;
        self.options.whole || age >= self.options.whole_after || age < TimeDelta::zero() - OVERLAP
    }

    fn told_before(&self, base: &str, question: &str) -> bool {
        self.before.iter().any(|row| row.base == base && row.question == question && row.received > 0)
    }

    fn check_patient(&self, base: &str, bytes: &[u8]) -> Result<(), Stop> {
        let Some(expected) = &self.options.expected else { return Ok(()) };
        let Some(found) = identity(bytes) else { return Ok(()) };
        // A second base may know the same patient by a name more or less.
        let accepted = self.options.accepted.as_ref().map(Identity::as_expected);
        if accepted.is_some_and(|accepted| differences(&accepted, &found).is_empty()) {
            return Ok(());
        }
        let differs = differences(expected, &found);
        if differs.is_empty() {
            return Ok(());
        }
        Err(Stop::OtherPatient(Box::new(OtherPatient { base: base.to_owned(), found, differs })))
    }

    /// What follows from a complete answer; told how many resources answer the question now.
    pub(crate) async fn conclude(
        &self,
        base: &str,
        question: &str,
        asked: String,
        begun: DateTime<Utc>,
        whole: bool,
    ) -> Result<u32, Stop> {
        let conclusion = Conclusion {
            base: base.to_owned(),
            question: question.to_owned(),
            asked,
            since: begun - OVERLAP,
            whole_at: whole.then_some(begun),
        };
        let run = self.run;
        let (held, _) = blocking(&self.store, move |store| store.conclude(run, &conclusion)).await?;
        Ok(held)
    }

    /// What a refused first page means; none when it is asked again with less.
    async fn refused(
        &self,
        client: &FhirClient,
        question: &Question,
        fetched: &Fetched,
        walk: &mut Walk<'_>,
    ) -> Result<Option<Answer>, Stop> {
        let mentions = |words: &Option<String>, signs: &[&str]| {
            let words = words.as_deref().unwrap_or_default().to_ascii_lowercase();
            signs.iter().any(|sign| words.contains(sign))
        };
        Ok(Some(match refusal(fetched) {
            Refusal::NotLikeThis { status, words } => {
                if self.connected.card.quirks.has(Quirk::GrantExpired404)
                    && status == 404
                    && mentions(&words, &["grant"])
                {
                    return Err(Stop::SignInNeeded);
                }
                if walk.drop_since() || walk.drop_extras() {
                    return Ok(None);
                }
                if !question.instead.is_empty() {
                    return Ok(Some(Answer::Instead));
                }
                let unknown = question.optional
                    || status != 400 && status != 422
                    || mentions(
                        &words,
                        &["not supported", "unsupported", "not implemented", "notimplemented"],
                    );
                ended(if unknown { AnswerState::NotOffered } else { AnswerState::Failed }, words)
            }
            Refusal::Denied { words } => {
                // Some servers say 403 to a search that lacks a parameter.
                if !question.instead.is_empty()
                    && mentions(&words, &["categor", "intent", "required", "missing"])
                {
                    return Ok(Some(Answer::Instead));
                }
                ended(AnswerState::Refused, words)
            }
            Refusal::Unauthorized => {
                // Some servers answer 401 to types they do not share; only if the patient is refused as well the
                // sign-in has ended.
                let patient = self.patients.get(&client.base()).map(|id| format!("Patient/{id}"));
                let url = patient.and_then(|patient| client.resolve(None, &patient).ok());
                if let Some(url) = url
                    && question.kind != "Patient"
                    && let Ok(patient) = self.get(client, url, &Accept::Fhir).await?
                    && patient.status != 401
                {
                    return Ok(Some(ended(AnswerState::Refused, said(fetched))));
                }
                return Err(Stop::SignInNeeded);
            }
            Refusal::Failed { words } => ended(AnswerState::Failed, words),
        }))
    }

    /// One request, given up when the run is cancelled.
    pub(crate) async fn get(
        &self,
        client: &FhirClient,
        url: Url,
        accept: &Accept,
    ) -> Result<Result<Fetched, FetchError>, Stop> {
        let fetched = tokio::select! {
            biased;
            () = self.cancel.cancelled() => return Err(Stop::Cancelled),
            fetched = client.get_url(url, accept) => fetched,
        };
        match fetched {
            Err(FetchError::Token(TokenError::SignInNeeded)) => Err(Stop::SignInNeeded),
            // The record's trouble, and no answer of the provider's.
            Err(FetchError::Token(TokenError::Storage(_))) => Err(Stop::Store(self.tokens.not_kept())),
            Err(
                FetchError::Http(HttpError::UnknownHost { host } | HttpError::Refused { host })
                | FetchError::Token(TokenError::Unreachable { host }),
            ) => Err(Stop::Unreachable(host)),
            other => Ok(other),
        }
    }

    /// A page into the store, with its cursor.
    pub(crate) async fn keep(
        &self,
        client: &FhirClient,
        question: &str,
        fetched: &Fetched,
        cut: Cut,
        next: Option<String>,
    ) -> Result<(), Stop> {
        let quirks = &self.connected.card.quirks;
        let page = PageCommit {
            run: self.run,
            connection: self.connection.clone(),
            base: client.base(),
            release: client.release(),
            question: question.to_owned(),
            url: fetched.url.to_string(),
            received_at: (self.now)(),
            midnight_means_day: quirks.has(Quirk::MidnightUtcMeansDate)
                || quirks.has(Quirk::MidnightLocalMeansDate),
            resources: cut.resources,
            unreadable: cut.unreadable,
            next,
        };
        let (looker, matches) = (client.clone(), cut.matches);
        let (outcome, wanted) = blocking(&self.store, move |store| {
            let mut wanted = Wanted::default();
            for resource in &page.resources {
                wanted.look_through(&looker, &resource.bytes);
            }
            Ok((store.commit_answer(page, &matches)?, wanted))
        })
        .await?;
        self.count(&outcome);
        let mut state = self.state();
        state.wanted.entry(client.base()).or_default().extend(wanted);
        Ok(())
    }

    fn count(&self, outcome: &PageOutcome) {
        let mut state = self.state();
        state.brought |= outcome.new + outcome.changed > 0;
        state.new += outcome.new;
        state.changed += outcome.changed;
        state.unchanged += outcome.unchanged;
        state.unreadable += u32::try_from(outcome.unreadable.len()).unwrap_or(u32::MAX);
    }

    /// A question's line in the ledger.
    pub(crate) async fn end(
        &self,
        base: &str,
        question: &str,
        asked: &str,
        state: AnswerState,
        message: Option<String>,
    ) -> Result<(), Stop> {
        self.set(base, question, |line| (line.state, line.message) = (state, message.clone()));
        let known = self.line(base, question);
        tracing::info!(question, state = state.as_str(), received = known.received, "question answered");
        self.record(vec![self.row(base, question, asked, &known)]).await?;
        self.tell();
        Ok(())
    }

    fn row(&self, base: &str, question: &str, asked: &str, line: &Line) -> LedgerRow {
        LedgerRow {
            question: question.to_owned(),
            label: line.label.clone(),
            base: base.to_owned(),
            asked: asked.to_owned(),
            state: line.state.as_str().to_owned(),
            received: line.received,
            declared_total: line.total,
            message: line.message.clone(),
            at: (self.now)(),
        }
    }

    async fn record(&self, rows: Vec<LedgerRow>) -> Result<(), StoreError> {
        let run = self.run;
        blocking(&self.store, move |store| store.record_answers(run, &rows)).await
    }

    pub(crate) fn set(&self, base: &str, question: &str, change: impl FnOnce(&mut Line)) {
        let mut state = self.state();
        let found = state.lines.iter_mut().find(|((b, q), _)| b == base && q == question);
        if let Some((_, line)) = found {
            change(line);
        }
    }

    fn line(&self, base: &str, question: &str) -> Line {
        let state = self.state();
        let found = state.lines.iter().find(|((b, q), _)| b == base && q == question);
        found.map_or_else(|| line("kind-other"), |(_, line)| line.clone())
    }

    fn tell(&self) {
        let progress = {
            let mut state = self.state();
            let lines: Vec<Line> = state.lines.iter().map(|(_, line)| line.clone()).collect();
            let waiting = lines
                .iter()
                .filter(|line| matches!(line.state, AnswerState::Waiting | AnswerState::Running))
                .count();
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            Progress {
                kinds: kinds(&lines),
                asked: count(lines.len() - waiting),
                planned: count(lines.len()),
                facts_changed: std::mem::take(&mut state.facts_changed),
            }
        };
        (self.progress)(progress);
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
        ending: Ending,
        not_offered: &[String],
        unknown: &[(String, String)],
    ) -> Result<(), StoreError> {
        let mut rows = Vec::new();
        if ending != Ending::Done {
            let left: Vec<LineKey> = {
                let mut state = self.state();
                let unanswered =
                    |line: &Line| matches!(line.state, AnswerState::Waiting | AnswerState::Running);
                let left = state.lines.iter_mut().filter(|(_, line)| unanswered(line));
                left.map(|(key, line)| {
                    line.state = AnswerState::Cancelled;
                    key.clone()
                })
                .collect()
            };
            for (base, question) in left {
                rows.push(self.row(&base, &question, "", &self.line(&base, &question)));
            }
        }
        for (base, why) in unknown {
            let line =
                Line { state: AnswerState::Failed, message: Some(why.clone()), ..line("kind-patient") };
            rows.push(self.row(base, "Patient", "Patient", &line));
            self.state().lines.push(((base.clone(), "Patient".to_owned()), line));
        }
        for base in &self.connected.endpoints.elsewhere {
            let line = Line { state: AnswerState::Refused, ..line(ELSEWHERE) };
            rows.push(self.row(base, ELSEWHERE, base, &line));
            self.state().lines.push(((base.clone(), ELSEWHERE.to_owned()), line));
        }
        let first =
            self.connected.endpoints.bases.first().map(|base| base_key(&base.url)).unwrap_or_default();
        for label in not_offered {
            let line = Line { state: AnswerState::NotOffered, ..line(label) };
            rows.push(self.row(&first, label, "", &line));
            self.state().lines.push(((first.clone(), label.clone()), line));
        }
        // All at once: each writing waits for the disk.
        self.record(rows).await?;
        self.refresh_facts().await?;
        let whole = self
            .state()
            .lines
            .iter()
            .all(|(_, line)| matches!(line.state, AnswerState::Complete | AnswerState::NotOffered));
        let word = match ending {
            Ending::Done if whole => "complete",
            Ending::Done => "incomplete",
            Ending::Cancelled => "cancelled",
            Ending::SignInNeeded => "sign-in-needed",
        };
        let (run, at) = (self.run, (self.now)());
        blocking(&self.store, move |store| store.finish_run(run, at, word)).await?;
        self.tell();
        Ok(())
    }

    fn report(&self, ending: Ending, changes: Vec<Change>) -> RunReport {
        let state = self.state();
        let lines: Vec<Line> = state.lines.iter().map(|(_, line)| line.clone()).collect();
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
            kinds: kinds(&lines),
            cancelled: ending == Ending::Cancelled,
            sign_in_needed: ending == Ending::SignInNeeded,
        }
    }
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

fn line(label: &str) -> Line {
    Line { label: label.to_owned(), state: AnswerState::Waiting, received: 0, total: None, message: None }
}

fn by_word(word: &str) -> AnswerState {
    use AnswerState::{Cancelled, Complete, Failed, Incomplete, NotOffered, Refused};
    [Complete, NotOffered, Refused, Cancelled, Incomplete]
        .into_iter()
        .find(|state| state.as_str() == word)
        .unwrap_or(Failed)
}

/// The store blocks; the network must not wait for it.
pub(crate) async fn blocking<T: Send + 'static>(
    store: &Arc<Store>,
    work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let store = Arc::clone(store);
    tokio::task::spawn_blocking(move || work(&store)).await.unwrap_or(Err(StoreError::Panicked))
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
) -> Result<Vec<(String, String)>, StoreError> {
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
            Err(error) => unknown.push((base.clone(), error.to_string())),
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
        wholechart_store::KeySlots::new(&key).save(dir.path()).unwrap();
        let store = Arc::new(Store::open(dir.path(), &key).unwrap());
        let said = blocking(&store, |_| -> Result<(), StoreError> { panic!("a defect") }).await;
        assert!(matches!(said, Err(StoreError::Panicked)), "{said:?}");
    }
}
