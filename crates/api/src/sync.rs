//! Fetching what a provider has.

pub(crate) mod remark;
pub(crate) mod view;
pub(crate) mod wire;

use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;
use wholechart_record::{ConnectionId, PersonId};
use wholechart_store::{AnswerState, Connection, ConnectionState, Person, Remark, StoreError};
use wholechart_sync::{Connected, Expected, KindProgress, OtherPatient, Progress, SyncError, run_with};

use self::wire::{LedgerView, SyncKind, SyncReport, SyncSettings};
use crate::{
    app::App,
    error::{self, ApiError, ErrorCode, error},
    host::Event,
    ids::random_id,
    people::{free_colour, wire::PersonView},
    whose::{own_connection, the_only, the_only_day},
};

/// The setting's name in the store.
const SETTING: &str = "sync";
/// The longest waits that make sense.
const MOST_DAYS: u32 = 365;

impl Default for SyncSettings {
    fn default() -> Self {
        Self { start_after_days: Some(1), whole_after_days: 14 }
    }
}

impl App {
    pub(crate) async fn sync_settings(&self) -> Result<SyncSettings, ApiError> {
        let kept = self.ask(|store| store.setting(SETTING)).await?;
        // What an older or newer version wrote otherwise counts as not set.
        Ok(kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default())
    }

    pub(crate) async fn set_sync_settings(&self, settings: SyncSettings) -> Result<SyncSettings, ApiError> {
        let settings = SyncSettings {
            start_after_days: settings.start_after_days.map(|days| days.clamp(1, MOST_DAYS)),
            whole_after_days: settings.whole_after_days.clamp(1, MOST_DAYS),
        };
        let kept = serde_json::to_value(&settings).map_err(|e| self.error("error-internal").details(e))?;
        self.ask(move |store| store.set_setting(SETTING, &kept)).await?;
        self.host.event(Event::Changed);
        Ok(settings)
    }

    /// Connections whose last whole run is old enough; also those whose run was cut off. Not those that run now or
    /// wait for a sign-in.
    pub(crate) async fn sync_due(&self) -> Result<Vec<ConnectionId>, ApiError> {
        let Some(days) = self.sync_settings().await?.start_after_days else { return Ok(Vec::new()) };
        let known = self
            .ask(|store| {
                let connections = store.connections(None)?.into_iter();
                connections
                    .map(|one| {
                        let last = store.last_finished_run(&one.id)?.and_then(|run| run.finished);
                        Ok((one, last))
                    })
                    .collect::<Result<Vec<_>, _>>()
            })
            .await?;
        let (now, age) = (self.host.now(), TimeDelta::days(i64::from(days)));
        let due = known.into_iter().filter(|(one, last)| {
            one.state == ConnectionState::Connected
                && !self.runs(&one.id.0)
                // A clock that went back says nothing about the age.
                && last.is_none_or(|last| now - last >= age || last > now)
        });
        Ok(due.map(|(one, _)| one.id).collect())
    }

    pub(crate) async fn sync(
        &self,
        connection: ConnectionId,
        whole: Option<bool>,
        same_person: Option<bool>,
    ) -> Result<SyncReport, ApiError> {
        let wanted = connection.clone();
        let known = self.ask(move |store| store.connection(&wanted)).await?;
        let known = known.ok_or_else(|| self.error("error-no-such"))?;
        let person = known.person.clone();
        let Some((cancel, running)) = self.start(&connection.0) else {
            return Err(error(&self.words, "error-syncing", &[("provider", (&known.name).into())]));
        };
        self.host.event(Event::Changed);
        let outcome = match self.accept(known, same_person == Some(true)).await {
            Ok(known) => self.run_sync(&known, whole == Some(true), cancel).await,
            Err(said) => Err(said),
        };
        drop(running);
        self.host.event(Event::Changed);
        self.read_files_soon(Some(person.clone()));
        if let Ok(SyncReport { news: Some(text), .. }) = &outcome {
            let told_away = self.words.get("news-away");
            self.host.event(Event::News { person, connection, text: text.clone(), told_away });
        }
        outcome
    }

    /// The user said that the provider's patient is the person after all: that very patient, and no other.
    async fn accept(&self, connection: Connection, same_person: bool) -> Result<Connection, ApiError> {
        let found = self.strangers.lock().unwrap_or_else(PoisonError::into_inner).remove(&connection.id);
        let (Some(found), true) = (found, same_person) else { return Ok(connection) };
        let Some(connected) = Connected::of(&connection) else { return Ok(connection) };
        let connected = match found {
            Some(found) => Connected { accepted: Some(found), ..connected },
            None => Connected { unshown: true, ..connected },
        };
        let connection = Connection { card: connected.to_json(), ..connection };
        let kept = connection.clone();
        self.ask(move |store| store.save_connection(&kept)).await?;
        Ok(connection)
    }

    async fn run_sync(
        &self,
        connection: &Connection,
        whole: bool,
        cancel: tokio_util::sync::CancellationToken,
    ) -> Result<SyncReport, ApiError> {
        let (id, provider) = (&connection.id, connection.name.as_str());
        let store = self.store().await?;
        let person = self.person(connection.person.clone()).await?;
        let settings = self.sync_settings().await?;
        let options = wholechart_sync::Options {
            whole,
            whole_after: TimeDelta::days(i64::from(settings.whole_after_days)),
            expected: Some(self.expected(&person, Some(id)).await?),
            unshown: Connected::of(connection).is_some_and(|connected| connected.unshown),
            accepted: Connected::of(connection).and_then(|connected| connected.accepted),
            most: wholechart_sync::Most::default(),
        };
        let wanted = id.clone();
        let before = self.ask(move |store| store.last_finished_run(&wanted)).await?;
        let first = !view::got_to_its_end(before.as_ref());
        let host = Arc::clone(&self.host);
        let clock = Arc::new(move || host.now());
        let last = Mutex::new((Vec::new(), 0, 0));
        let progress = |progress: Progress| {
            let kinds: Vec<SyncKind> = progress.kinds.iter().map(|kind| self.kind(provider, kind)).collect();
            *last.lock().unwrap_or_else(PoisonError::into_inner) =
                (kinds.clone(), progress.asked, progress.planned);
            let (asked, planned) = (progress.asked, progress.planned);
            self.host.event(Event::Sync { connection: id.clone(), kinds, done: false, asked, planned });
            if progress.facts_changed {
                self.host.event(Event::Changed);
            }
        };
        let card = Connected::of(connection).map(|connected| connected.card);
        let http = self.http_for(&connection.person, Some(id), card.as_ref());
        let outcome = run_with(&http, store, id, options, clock, progress, cancel).await;
        // However it ended: whoever shows progress must learn that it did.
        let (kinds, asked, planned) = last.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.host.event(Event::Sync { connection: id.clone(), kinds, done: true, asked, planned });
        let signed_out = |said: Option<&String>| {
            let ended = error(&self.words, "error-sign-in-needed", &[("provider", provider.into())])
                .code(ErrorCode::SignInNeeded);
            match said {
                Some(said) => ended.details(self.words.sent(said)),
                None => ended,
            }
        };
        let report = match outcome {
            Ok(report) if report.sign_in_needed => return Err(signed_out(report.sign_in_words.as_ref())),
            Ok(report) => match view::not_renewed(&report) {
                Some(said) => return Err(self.not_renewed(provider, said)),
                None => report,
            },
            Err(SyncError::SignInNeeded) => return Err(signed_out(None)),
            Err(SyncError::NotShown { host, why }) => return Err(self.not_shown(connection, &host, &why)),
            Err(SyncError::OtherPatient(other)) => {
                let wanted = id.clone();
                let held = self.ask(move |store| store.counts(&wanted)).await?.resources;
                return Err(self.stranger(connection, &person, *other, held));
            }
            Err(SyncError::Unreachable { host }) => {
                let args = [("host", provider.into()), ("provider", provider.into())];
                let said = error(&self.words, "error-unreachable", &args).code(ErrorCode::Unreachable);
                return Err(said.details(host));
            }
            Err(SyncError::NotConnected) => return Err(self.error("error-no-such")),
            Err(SyncError::Store(said)) => return Err(error::store(&self.words, &said)),
        };
        let (wanted, run) = (id.clone(), report.run);
        let (ledger, changed, set_aside) = self
            .ask(move |store| {
                let set_aside = store.set_aside(&wanted)?;
                let ledger = view::with_set_aside(store.ledger(&wanted)?, &set_aside);
                Ok((ledger, store.changed_facts(run)?, set_aside))
            })
            .await?;
        // Everything came for the first time, and is no news.
        let news = if first { None } else { view::news(&self.words, &changed) };
        Ok(SyncReport {
            connection: id.clone(),
            new: report.new,
            changed: report.changed,
            unchanged: report.unchanged,
            withdrawn: report.withdrawn,
            kinds: report.kinds.iter().map(|kind| self.kind(provider, kind)).collect(),
            answered: report.answered,
            verdict: view::verdict(&self.words, provider, &ledger, true),
            news,
            set_aside: set_aside.iter().map(|one| view::set_aside(&self.words, provider, one)).collect(),
        })
    }

    /// The provider's patient is somebody else: they get a record of their own, and the connection goes there with its
    /// sign-in. Only as long as nothing was received for the wrong one.
    pub(crate) async fn give_connection(
        &self,
        person: PersonId,
        connection: ConnectionId,
    ) -> Result<PersonView, ApiError> {
        let id = connection.clone();
        let (known, held, persons) = self
            .ask(move |store| {
                let known = own_connection(store, &person, &connection)?;
                Ok((known, store.counts(&connection)?.resources, store.persons()?))
            })
            .await?;
        let found = {
            let strangers = self.strangers.lock().unwrap_or_else(PoisonError::into_inner);
            strangers.get(&id).cloned().flatten().ok_or_else(|| self.error("error-no-such"))?
        };
        if held > 0 {
            return Err(error(&self.words, "error-has-records", &[("provider", (&known.name).into())]));
        }
        let name = found.names.first().cloned().unwrap_or_else(|| self.words.get("patient-nameless"));
        let born = found.birth_date.as_deref().and_then(|date| date.get(..10)?.parse().ok());
        let home_zone = persons.iter().find(|one| one.id == known.person).map(|one| one.home_zone);
        let theirs = |one: &&Person| {
            let alike = Expected { name: Some(one.name.clone()), birth_date: one.birth_date, sex: None };
            one.id != known.person && wholechart_sync::differences(&alike, &found).is_empty()
        };
        let person = persons.iter().find(theirs).cloned().unwrap_or_else(|| Person {
            id: PersonId(random_id()),
            name,
            birth_date: born,
            home_zone: home_zone.unwrap_or_default(),
            colour: free_colour(persons.iter().map(|person| person.colour)),
        });
        let moved = Connection { id: ConnectionId(random_id()), person: person.id.clone(), ..known };
        let view = PersonView::from(&person);
        let from = id.clone();
        self.ask(move |store| store.give(&from, &person, &moved)).await?;
        self.strangers.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        self.host.event(Event::Changed);
        Ok(view)
    }

    /// The provider did not show whose record it has. Kept in memory, as [`Self::stranger`]: the user may know.
    fn not_shown(&self, connection: &Connection, host: &str, why: &[Remark]) -> ApiError {
        let provider = connection.name.as_str();
        if let Some(said) = view::renewal_refused(why) {
            return self.not_renewed(provider, said);
        }
        self.strangers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(connection.id.clone())
            .or_insert(None);
        let args = [("host", provider.into()), ("provider", provider.into())];
        let said = error(&self.words, "error-not-shown", &args).code(ErrorCode::PatientNotShown);
        // Which server it was is for whoever helps.
        let why = why.iter().map(|one| remark::remark(&self.words, one));
        said.details(std::iter::once(host.to_owned()).chain(why).collect::<Vec<_>>().join("; "))
    }

    /// The sign-in could not be renewed, and so nothing was asked.
    fn not_renewed(&self, provider: &str, said: view::NotRenewed<'_>) -> ApiError {
        let failed = error(&self.words, "error-not-renewed", &[("provider", provider.into())]);
        match said.words {
            Some(said) => failed.details(self.words.sent(said)),
            None => failed,
        }
    }

    /// The person lets in what a connection sent about somebody else, a newborn's record in the mother's. How many were filed.
    pub(crate) async fn let_in(
        &self,
        person: PersonId,
        connection: ConnectionId,
        whose: String,
    ) -> Result<u32, ApiError> {
        let read_for = person.clone();
        let filed = self
            .ask(move |store| {
                let known = own_connection(store, &person, &connection)?;
                // A slip in a name must not let in, one day, whoever has it.
                if !store.set_aside(&known.id)?.iter().any(|one| one.whose == whose) {
                    return Err(StoreError::NoSuch("records set aside"));
                }
                let filed = store.let_in(&known.id, &whose)?;
                store.refresh_facts(&person)?;
                Ok(filed)
            })
            .await?;
        self.host.event(Event::Changed);
        self.read_files_soon(Some(read_for));
        Ok(filed)
    }

    /// The provider's patient is somebody else, as far as can be told. Kept in memory until the user has decided.
    fn stranger(&self, connection: &Connection, person: &Person, other: OtherPatient, held: u64) -> ApiError {
        let speech = self.speech(person);
        let theirs = view::born(&speech, other.found.birth_date.as_deref());
        let ours = view::born(&speech, person.birth_date.map(|day| day.to_string()).as_deref());
        let name = other.found.names.first().cloned();
        let name = name.unwrap_or_else(|| self.words.get("patient-nameless"));
        let args = [
            ("provider", connection.name.as_str().into()),
            ("name", (&name).into()),
            ("born", (&theirs).into()),
            ("person", person.name.as_str().into()),
            ("personBorn", (&ours).into()),
            ("count", u32::try_from(held).unwrap_or(u32::MAX).into()),
        ];
        let key = if held > 0 { "error-other-patient-held" } else { "error-other-patient" };
        let said = error(&self.words, key, &args).code(ErrorCode::OtherPatient);
        let mut strangers = self.strangers.lock().unwrap_or_else(PoisonError::into_inner);
        strangers.insert(connection.id.clone(), Some(other.found));
        said
    }

    pub(crate) async fn ledger(
        &self,
        person: PersonId,
        connection: ConnectionId,
    ) -> Result<LedgerView, ApiError> {
        let (known, rows, answered, changed, ended, everything, whose, set_aside) = self
            .ask(move |store| {
                let known = own_connection(store, &person, &connection)?;
                let last = store.last_finished_run(&connection)?;
                let changed = match &last {
                    Some(run) => store.changed_facts(run.id)?,
                    None => Vec::new(),
                };
                let ended = view::got_to_its_end(last.as_ref());
                let set_aside = store.set_aside(&connection)?;
                let rows = view::with_set_aside(store.ledger(&connection)?, &set_aside);
                let answered = store.answered(&connection)?;
                let everything = store.counts(&connection)?.resources;
                let whose = store.person(&person)?;
                Ok((known, rows, answered, changed, ended, everything, whose, set_aside))
            })
            .await?;
        let told = view::Told {
            provider: &known.name,
            rows: &rows,
            answered: &answered,
            changed: &changed,
            ended,
            everything,
            set_aside: &set_aside,
        };
        Ok(view::ledger(&self.speech(&whose), &told))
    }

    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn cancel_sync(&self, connection: ConnectionId) -> Result<(), ApiError> {
        self.stop(&connection.0);
        Ok(())
    }

    /// Whose record a provider, or a file, should have. The sex is what all others say of the person, who is never asked for it;
    /// so is the birth date where the person has not said it.
    pub(crate) async fn expected(
        &self,
        person: &Person,
        but: Option<&ConnectionId>,
    ) -> Result<Expected, ApiError> {
        let (id, but) = (person.id.clone(), but.cloned());
        let said = self.ask(move |store| store.patients(&id)).await?;
        let others = said.iter().filter(|sent| Some(&sent.key.connection) != but.as_ref());
        let known: Vec<_> = others.filter_map(|sent| wholechart_sync::identity(&sent.bytes)).collect();
        // What all say: where they differ, nothing is known.
        let sex = the_only(known.iter().filter_map(|one| one.sex.clone()));
        let born = the_only_day(known.iter().filter_map(|one| one.birth_date.clone()));
        Ok(Expected { name: Some(person.name.clone()), birth_date: person.birth_date.or(born), sex })
    }

    fn kind(&self, provider: &str, kind: &KindProgress) -> SyncKind {
        let plain = kind.state == AnswerState::Complete || kind.state.is_pending();
        SyncKind {
            label: self.words.get(&kind.label),
            state: kind.state.into(),
            received: kind.received,
            total: kind.total,
            text: (!plain).then(|| view::kind_text(&self.words, provider, kind)),
        }
    }
}
