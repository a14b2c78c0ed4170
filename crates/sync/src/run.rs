//! One run: asks the planned questions of one connection and keeps what comes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use futures::{FutureExt as _, StreamExt as _, TryStreamExt as _, stream};
use secrecy::SecretString;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use url::Url;
use wholechart_fhir::{Release, split};
use wholechart_record::{ConnectionId, PersonId};
use wholechart_smart::{
    Accept, FetchError, Fetched, FhirClient, Grant, Http, Quirk, TokenError, TokenSource, base_key,
    find_patient,
};
use wholechart_store::{
    Connection, ConnectionState, DocumentCommit, Incoming, LedgerRow, PageCommit, PageOutcome,
    QuestionProgress, RunId, Store, StoreError,
};

use crate::connected::Connected;
use crate::ledger::{AnswerState, Line, Progress, RunReport, kinds};
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
    /// The record could not be read or written. The run stays unfinished, and the next one carries it on.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Questions in flight at once.
const AT_ONCE: usize = 4;
/// Facts are put together anew at most this often while pages arrive.
const FACTS_EVERY: Duration = Duration::from_secs(2);
/// An unfinished run older than this is not carried on: what it was answered then may have changed.
const CARRIED_ON_FOR: TimeDelta = TimeDelta::hours(12);
/// References of references of references: deeper ones explain nothing any more.
const REFERENCE_ROUNDS: usize = 3;
/// Names of the two questions that follow all others at a base.
const REFERENCES: &str = "references";
const DOCUMENTS: &str = "documents";

/// Asks everything that is planned for a connection, page by page, into the store.
///
/// `now` is the clock; `progress` is told after every page. Cancelling ends the run soon: what came is kept, and what
/// was not asked to its end is named in the ledger. A run that was killed within the last hours is carried on.
/// The facts of the connection's person are put together anew after the first page, now and then, and at the end.
///
/// # Errors
/// [`SyncError::Store`] when the record cannot be written (a full disk): the run can be carried on later. Whatever goes
/// wrong at the provider is no error but a state in the ledger and the report.
pub async fn run(
    http: &Http,
    store: Arc<Store>,
    connection: &ConnectionId,
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
    let connected = Connected::of(&connection).ok_or(SyncError::NotConnected)?;
    let Some(tokens) = tokens else {
        set_state(&store, connection, ConnectionState::SignInNeeded).await?;
        return Err(SyncError::SignInNeeded);
    };

    let access = tokens.access.clone();
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

    let (id, at) = (connection.id.clone(), now());
    let (run, resumed) = blocking(&store, move |store| open_run(store, &id, at)).await?;
    let runner = Runner {
        store,
        connection: connection.id.clone(),
        person: connection.person.clone(),
        connected,
        patients: connection.patient.clone(),
        run,
        resumed,
        now,
        progress: &progress,
        cancel,
        facts: tokio::sync::Mutex::new(None),
        state: Mutex::default(),
    };
    runner.prepare(&plan.bases);
    let outcome = runner.ask_all(&plan.bases, &clients).await;
    let ending = match outcome {
        Ok(()) => Ending::Done,
        Err(Stop::Cancelled) => Ending::Cancelled,
        Err(Stop::SignInNeeded) => Ending::SignInNeeded,
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
    Ok(runner.report(ending))
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
enum Stop {
    Cancelled,
    SignInNeeded,
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
    },
    /// Too wide for this server: the narrower ones are asked.
    Instead,
}

fn ended(state: AnswerState, message: impl Into<Option<String>>) -> Answer {
    Answer::Ended { state, message: message.into() }
}

/// What a run of an earlier process left.
#[derive(Default)]
struct Resumed {
    questions: Vec<QuestionProgress>,
    answers: Vec<LedgerRow>,
}

#[derive(Default)]
struct State {
    /// Every question of the run, in the order they are asked.
    lines: Vec<(LineKey, Line)>,
    wanted: BTreeMap<String, Wanted>,
    new: u32,
    changed: u32,
    unchanged: u32,
    unreadable: u32,
    facts_changed: bool,
}

/// (base, question)
type LineKey = (String, String);

struct Runner<'a> {
    store: Arc<Store>,
    connection: ConnectionId,
    person: PersonId,
    connected: Connected,
    patients: BTreeMap<String, String>,
    run: RunId,
    resumed: Resumed,
    now: Clock,
    progress: &'a (dyn Fn(Progress) + Send + Sync),
    cancel: CancellationToken,
    /// When facts were last put together.
    facts: tokio::sync::Mutex<Option<Instant>>,
    state: Mutex<State>,
}

impl Runner<'_> {
    fn state(&self) -> MutexGuard<'_, State> {
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
        // The preferred base first: the others fill what it does not have.
        for base in bases {
            let Some(client) = clients.get(&base.base) else { continue };
            at_once(base.questions.iter().map(|question| self.question(client, question).boxed())).await?;
            self.follow(client).await?;
        }
        Ok(())
    }

    /// One question, or the narrower ones instead of it.
    async fn question(&self, client: &FhirClient, question: &Question) -> Result<(), Stop> {
        match self.answer(client, question).await? {
            Answer::Ended { state, message } => {
                self.end(client, &question.name, &question.address(false), state, message).await
            }
            Answer::Instead => {
                tracing::debug!(question = question.name, "asked in parts instead");
                let base = client.base();
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
                for part in &question.instead {
                    match self.answer(client, part).await? {
                        Answer::Ended { state, message } => {
                            self.end(client, &part.name, &part.address(false), state, message).await?;
                        }
                        Answer::Instead => {
                            self.end(client, &part.name, &part.address(false), AnswerState::NotOffered, None)
                                .await?;
                        }
                    }
                }
                Ok(())
            }
        }
    }

    async fn answer(&self, client: &FhirClient, question: &Question) -> Result<Answer, Stop> {
        let quirks = &self.connected.card.quirks;
        let base = client.base();
        self.set(&base, &question.name, |line| line.state = AnswerState::Running);
        self.tell();
        let Ok(mut walk) = Walk::new(client, question, quirks) else {
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
                    if quirks.has(Quirk::StatefulNext)
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
            let cut = walk.take(&fetched);
            self.keep(client, &question.name, &fetched, cut, walk.cursor()).await?;
            let (received, total) = (walk.received, walk.declared());
            self.set(&base, &question.name, |line| (line.received, line.total) = (received, total));
            self.tell();
            self.refresh_facts_now_and_then().await?;
        }
        Ok(ended(walk.verdict(), walk.message()))
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
                if walk.drop_extras() {
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
    async fn get(
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
            other => Ok(other),
        }
    }

    /// A page into the store, with its cursor.
    async fn keep(
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
        let looker = client.clone();
        let (outcome, wanted) = blocking(&self.store, move |store| {
            let mut wanted = Wanted::default();
            for resource in &page.resources {
                wanted.look_through(&looker, &resource.bytes);
            }
            Ok((store.commit_page(page)?, wanted))
        })
        .await?;
        self.count(&outcome);
        let mut state = self.state();
        let all = state.wanted.entry(client.base()).or_default();
        all.resources.extend(wanted.resources);
        all.documents.extend(wanted.documents);
        Ok(())
    }

    fn count(&self, outcome: &PageOutcome) {
        let mut state = self.state();
        state.new += outcome.new;
        state.changed += outcome.changed;
        state.unchanged += outcome.unchanged;
        state.unreadable += u32::try_from(outcome.unreadable.len()).unwrap_or(u32::MAX);
    }

    /// Reads what searches cannot reach: what is pointed to and not held yet.
    async fn follow(&self, client: &FhirClient) -> Result<(), Stop> {
        let base = client.base();
        let carried_on = !self.resumed.questions.is_empty();
        let (person, connection, looker) = (self.person.clone(), self.connection.clone(), client.clone());
        let (mut held, found, documents_held) = blocking(&self.store, move |store| {
            let (held, found) = held(store, &person, &connection, &looker, carried_on)?;
            Ok((held, found, store.document_urls(&connection)?))
        })
        .await?;
        {
            // What an earlier process of this run received was looked through by nobody.
            let mut state = self.state();
            let all = state.wanted.entry(base.clone()).or_default();
            all.resources.extend(found.resources);
            all.documents.extend(found.documents);
        }

        self.set(&base, REFERENCES, |line| line.state = AnswerState::Running);
        let mut tally = Tally::default();
        for _ in 0..REFERENCE_ROUNDS {
            let wanted: Vec<(String, String)> = {
                let mut state = self.state();
                let all = state.wanted.entry(base.clone()).or_default();
                all.resources.iter().filter(|key| !held.contains(*key)).cloned().collect()
            };
            if wanted.is_empty() {
                break;
            }
            let reading = wanted.iter().map(|(kind, id)| self.read(client, kind, id).boxed());
            let read = at_once(reading).await?;
            held.extend(wanted);
            for one in read {
                tally.add(one);
            }
        }
        self.set(&base, REFERENCES, |line| line.received = tally.received);
        self.end(client, REFERENCES, "read by reference", tally.state(), tally.message()).await?;

        self.set(&base, DOCUMENTS, |line| line.state = AnswerState::Running);
        let wanted: Vec<(String, Option<String>)> = {
            let mut state = self.state();
            let all = state.wanted.entry(base.clone()).or_default();
            let missing = all.documents.iter().filter(|(url, _)| !documents_held.contains(*url));
            missing.map(|(url, kind)| (url.clone(), kind.clone())).collect()
        };
        let reading = wanted.iter().map(|(url, kind)| self.document(client, url, kind.as_deref()).boxed());
        let read = at_once(reading).await?;
        let mut tally = Tally::default();
        for one in read {
            tally.add(one);
        }
        self.set(&base, DOCUMENTS, |line| line.received = tally.received);
        self.end(client, DOCUMENTS, "read by address", tally.state(), tally.message()).await
    }

    async fn read(&self, client: &FhirClient, kind: &str, id: &str) -> Result<Read, Stop> {
        let Ok(url) = client.resolve(None, &format!("{kind}/{id}")) else { return Ok(Read::Missing) };
        let fetched = match self.get(client, url, &Accept::Fhir).await? {
            Ok(fetched) => fetched,
            Err(error) => return Ok(Read::Failed(error.to_string())),
        };
        self.keep_read(client, REFERENCES, &fetched, Some(kind)).await
    }

    async fn document(&self, client: &FhirClient, url: &str, kind: Option<&str>) -> Result<Read, Stop> {
        let Ok(url) = client.resolve(None, url) else { return Ok(Read::Missing) };
        let asked = url.to_string();
        let fetched = match self.get(client, url, &Accept::Document(kind.map(str::to_owned))).await? {
            Ok(fetched) => fetched,
            Err(error) => return Ok(Read::Failed(error.to_string())),
        };
        // Kept under the address the attachment means, wherever a redirect inside the base led.
        let fetched = Fetched { url: Url::parse(&asked).unwrap_or(fetched.url), ..fetched };
        self.keep_read(client, DOCUMENTS, &fetched, None).await
    }

    /// Keeps one thing that was read: as a resource if it is one, else as the document it is.
    async fn keep_read(
        &self,
        client: &FhirClient,
        question: &str,
        fetched: &Fetched,
        kind: Option<&str>,
    ) -> Result<Read, Stop> {
        if !fetched.is_success() {
            let words = said(fetched);
            return Ok(match fetched.status {
                401 | 403 => Read::Denied(words),
                429 | 500.. => Read::Failed(words.unwrap_or_else(|| format!("status {}", fetched.status))),
                _ => Read::Missing,
            });
        }
        let page = split(&fetched.bytes);
        let resource =
            page.resources.first().filter(|_| page.resources.len() == 1 && page.problems.is_empty());
        // A document that is a FHIR Bundle of its own (a patient summary) is kept whole, as a document.
        let whole = matches!(page.shape, wholechart_fhir::Shape::Resource);
        if let (Some(slice), true) = (resource, whole) {
            let incoming = Incoming {
                bytes: slice.bytes.to_vec(),
                resource_type: slice.resource_type.clone().unwrap_or_default(),
                id: slice.id.clone(),
                position: 0,
            };
            let cut = Cut { resources: vec![incoming], unreadable: Vec::new() };
            self.keep(client, question, fetched, cut, None).await?;
            return Ok(Read::Received);
        }
        if kind.is_some_and(|kind| kind != "Binary") {
            return Ok(Read::Failed("not FHIR".to_owned()));
        }
        let document = DocumentCommit {
            run: self.run,
            connection: self.connection.clone(),
            url: fetched.url.to_string(),
            content_type: fetched.content_type.clone(),
            received_at: (self.now)(),
            bytes: fetched.bytes.clone(),
        };
        let new = blocking(&self.store, move |store| store.commit_document(&document)).await?;
        self.state().new += u32::from(new);
        Ok(Read::Received)
    }

    /// A question's line in the ledger.
    async fn end(
        &self,
        client: &FhirClient,
        question: &str,
        asked: &str,
        state: AnswerState,
        message: Option<String>,
    ) -> Result<(), Stop> {
        let base = client.base();
        self.set(&base, question, |line| (line.state, line.message) = (state, message.clone()));
        let known = self.line(&base, question);
        tracing::info!(question, state = state.as_str(), received = known.received, "question answered");
        self.record(&base, question, asked, &known).await?;
        self.tell();
        Ok(())
    }

    async fn record(&self, base: &str, question: &str, asked: &str, line: &Line) -> Result<(), StoreError> {
        let row = LedgerRow {
            question: question.to_owned(),
            label: line.label.clone(),
            base: base.to_owned(),
            asked: asked.to_owned(),
            state: line.state.as_str().to_owned(),
            received: line.received,
            declared_total: line.total,
            message: line.message.clone(),
            at: (self.now)(),
        };
        let run = self.run;
        blocking(&self.store, move |store| store.record_answer(run, &row)).await
    }

    fn set(&self, base: &str, question: &str, change: impl FnOnce(&mut Line)) {
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

    /// Names what was not asked to its end, what nobody offers and which base did not say whose record it has; puts
    /// the facts together a last time; ends the run.
    async fn close(
        &self,
        ending: Ending,
        not_offered: &[String],
        unknown: &[(String, String)],
    ) -> Result<(), StoreError> {
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
                self.record(&base, &question, "", &self.line(&base, &question)).await?;
            }
        }
        for (base, why) in unknown {
            let line =
                Line { state: AnswerState::Failed, message: Some(why.clone()), ..line("kind-patient") };
            self.record(base, "Patient", "Patient", &line).await?;
            self.state().lines.push(((base.clone(), "Patient".to_owned()), line));
        }
        let first =
            self.connected.endpoints.bases.first().map(|base| base_key(&base.url)).unwrap_or_default();
        for label in not_offered {
            let line = Line { state: AnswerState::NotOffered, ..line(label) };
            self.record(&first, label, "", &line).await?;
            self.state().lines.push(((first.clone(), label.clone()), line));
        }
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

    fn report(&self, ending: Ending) -> RunReport {
        let state = self.state();
        let lines: Vec<Line> = state.lines.iter().map(|(_, line)| line.clone()).collect();
        RunReport {
            connection: self.connection.clone(),
            new: state.new,
            changed: state.changed,
            unchanged: state.unchanged,
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
fn at_once<'a, T: Send + 'a>(
    work: impl Iterator<Item = BoxFuture<'a, Result<T, Stop>>>,
) -> BoxFuture<'a, Result<Vec<T>, Stop>> {
    let work: Vec<_> = work.collect();
    stream::iter(work).buffer_unordered(AT_ONCE).try_collect().boxed()
}

/// How reading one reference or document went.
enum Read {
    Received,
    /// It is not there: references that lead nowhere are ordinary.
    Missing,
    Denied(Option<String>),
    Failed(String),
}

/// Many of them together.
#[derive(Default)]
struct Tally {
    received: u32,
    missing: u32,
    denied: u32,
    failed: u32,
    words: Option<String>,
}

impl Tally {
    fn add(&mut self, read: Read) {
        match read {
            Read::Received => self.received += 1,
            Read::Missing => self.missing += 1,
            Read::Denied(words) => {
                self.denied += 1;
                self.words = self.words.take().or(words);
            }
            Read::Failed(words) => {
                self.failed += 1;
                self.words = Some(words);
            }
        }
    }

    fn state(&self) -> AnswerState {
        if self.failed > 0 {
            AnswerState::Incomplete
        } else if self.denied > 0 && self.received == 0 {
            AnswerState::Refused
        } else {
            AnswerState::Complete
        }
    }

    fn message(&self) -> Option<String> {
        let counts = [("not found", self.missing), ("not allowed", self.denied), ("failed", self.failed)];
        let mut parts: Vec<String> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(what, count)| format!("{what}: {count}"))
            .collect();
        parts.extend(self.words.clone());
        (!parts.is_empty()).then(|| parts.join("; "))
    }
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
async fn blocking<T: Send + 'static>(
    store: &Arc<Store>,
    work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let store = Arc::clone(store);
    tokio::task::spawn_blocking(move || work(&store)).await.unwrap_or(Err(StoreError::Cancelled))
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
) -> Result<(RunId, Resumed), StoreError> {
    if let Some(last) = store.last_run(connection)?
        && last.finished.is_none()
        && now - last.started < CARRIED_ON_FOR
    {
        let mut answers = store.ledger(connection)?;
        answers.retain(|row| row.at >= last.started);
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

/// (type, id) of all resources held of a base; with `look`, also what they point to.
fn held(
    store: &Store,
    person: &PersonId,
    connection: &ConnectionId,
    client: &FhirClient,
    look: bool,
) -> Result<(BTreeSet<(String, String)>, Wanted), StoreError> {
    let base = client.base();
    let release: Release = client.release();
    let mut held = BTreeSet::new();
    let mut versions = Vec::new();
    store.entries(Some(person), &mut |row| {
        let key = row.member.key;
        if key.connection == *connection && key.base == base && key.release == release {
            versions.push(row.version.id);
            held.insert((key.resource_type, key.id));
        }
        ControlFlow::Continue(())
    })?;
    let mut wanted = Wanted::default();
    for version in versions.into_iter().filter(|_| look) {
        if let Some(verbatim) = store.version_bytes(version)? {
            wanted.look_through(client, &verbatim.bytes);
        }
    }
    Ok((held, wanted))
}
