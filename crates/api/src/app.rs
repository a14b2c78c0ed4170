//! The app behind every host: the open record, and what is running.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, RwLock, Weak, atomic::AtomicBool},
};

use chrono::NaiveDate;
use chrono_tz::Tz;
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use wholechart_record::{ConnectionId, PersonId};
use wholechart_smart::{Directory, Http, HttpSettings, ProviderCard};
use wholechart_store::{Cursor, Filter, Person, Store, StoreError};

use crate::{
    connecting::Waiting,
    error::{self, error},
    host::Host,
    keychain::SecretStore,
    progress::Percent,
    settings,
    unlock::{self, Opened, SHORTEST_PASSPHRASE},
    views,
    wire::{
        ApiError, AppState, ErrorCode, LedgerView, Lock, Paper, PersonView, RawView, Saved, SearchView,
        SummaryView, TimelineFacets, TimelineFilter, TimelinePage,
    },
    words::Words,
};

/// How many characters without a font are named.
const MISSING_SHOWN: usize = 12;
/// How many colours there are, for people and for connections.
const COLOURS: u8 = 8;
/// The setting that remembers whose record is shown.
const CHOSEN: &str = "person";

/// What a host decides before the app starts.
pub struct Config {
    /// Where the record's files are.
    pub data_dir: PathBuf,
    /// The profile's name, for people.
    pub profile: String,
    /// Sample mode: said on every screen and page.
    pub sample: bool,
    /// Cards of providers that run inside the host (sample mode), as JSON; `Null` for none.
    pub sample_cards: serde_json::Value,
    /// Lists of providers that such hosts publish, as JSON; `Null` for none.
    pub sample_lists: serde_json::Value,
    /// Where the database key is kept; none on machines without a keychain, where `passphrase` takes its place.
    pub keychain: Option<Arc<dyn SecretStore>>,
    /// A passphrase known from the start (the terminal's `--passphrase-file`).
    pub passphrase: Option<SecretString>,
    /// What reads files of strangers; a child process, except in tests.
    pub reader: wholechart_document::Reader,
    /// How the computer speaks (`es-MX`), until the user chooses otherwise; none is English.
    pub locale: Option<String>,
}

/// The app. One for each open profile; hosts hold it in an `Arc`.
pub struct App {
    pub(crate) host: Arc<dyn Host>,
    pub(crate) config: Config,
    pub(crate) words: Arc<Words>,
    pub(crate) http: Http,
    directory: RwLock<Arc<Directory>>,
    /// Cards that came with the application, and those of the sample providers.
    own_cards: Vec<ProviderCard>,
    pub(crate) lists_read: AtomicBool,
    /// What attempts to connect wait for from outside, by attempt.
    pub(crate) waiting: Mutex<HashMap<String, Waiting>>,
    opened: tokio::sync::Mutex<Opened>,
    /// Itself, for work that goes on after its command was answered.
    me: Weak<App>,
    /// Such work.
    behind: TaskTracker,
    /// Attempts to connect and syncs that run, by attempt or connection id.
    running: Mutex<HashMap<String, CancellationToken>>,
    /// Providers' patients that seem to be somebody else, by connection, until the user has decided.
    pub(crate) strangers: Mutex<HashMap<String, wholechart_sync::Identity>>,
}

/// Work that can be cancelled by its name, for as long as this lives.
pub(crate) struct Running<'a> {
    app: &'a App,
    name: String,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.app.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.name);
    }
}

impl App {
    /// Puts the app together; opens nothing yet, so that a window can show at once. `appState` opens the record.
    ///
    /// # Errors
    /// When this computer cannot make secure connections at all.
    pub fn new(host: Arc<dyn Host>, config: Config) -> Result<Arc<App>, wholechart_smart::HttpError> {
        let (sample, _) = wholechart_smart::parse_cards(&config.sample_cards);
        // In sample mode the invented providers stand first: they are what can be tried at once.
        let own: Vec<ProviderCard> = sample.into_iter().chain(wholechart_smart::shipped_cards()).collect();
        let spoken = settings::spoken(&settings::read(&config.data_dir), config.locale.as_deref());
        let clock = {
            let host = Arc::clone(&host);
            move || host.now()
        };
        let http = Http::new(HttpSettings::default(), clock)?;
        Ok(Arc::new_cyclic(|me| App {
            me: Weak::clone(me),
            behind: TaskTracker::new(),
            host,
            config,
            words: Arc::new(Words::new(spoken)),
            http,
            directory: RwLock::new(Arc::new(Directory::new(own.iter().cloned()))),
            own_cards: own,
            lists_read: AtomicBool::new(false),
            waiting: Mutex::default(),
            opened: tokio::sync::Mutex::new(Opened::NotTried),
            running: Mutex::default(),
            strangers: Mutex::default(),
        }))
    }

    /// Reads what nobody has read yet of a person's files, or of everybody's, after the command that asks for it.
    pub(crate) fn read_files_soon(&self, person: Option<PersonId>) {
        let Some(app) = self.me.upgrade() else { return };
        self.behind.spawn(async move {
            let persons = match person {
                Some(person) => Ok(vec![person]),
                None => app.ask(Store::persons).await.map(|all| all.into_iter().map(|one| one.id).collect()),
            };
            for person in persons.unwrap_or_default() {
                if let Err(error) = app.read_files(&person).await {
                    tracing::warn!(code = ?error.code, "files were not read to the end");
                }
            }
        });
    }

    /// Waits for work that goes on after its command was answered: before a program ends.
    pub async fn settle(&self) {
        self.behind.close();
        self.behind.wait().await;
        self.behind.reopen();
    }

    /// The words this app speaks.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// A host asked for something that does not exist: a defect, said plainly.
    pub(crate) fn misuse(&self, command: &str, what: &str) -> ApiError {
        error(&self.words, "error-misuse", &[]).details(format!("{command}: {what}"))
    }

    pub(crate) fn error(&self, key: &str) -> ApiError {
        error(&self.words, key, &[])
    }

    /// The open record, or why it is not.
    pub(crate) async fn store(&self) -> Result<Arc<Store>, ApiError> {
        match &*self.opened.lock().await {
            Opened::Open { store, .. } => Ok(Arc::clone(store)),
            _ => Err(self.error("error-locked").code(ErrorCode::Locked)),
        }
    }

    pub(crate) fn own_cards(&self) -> Vec<ProviderCard> {
        self.own_cards.clone()
    }

    pub(crate) fn directory(&self) -> Arc<Directory> {
        Arc::clone(&self.directory.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn set_directory(&self, directory: Directory) {
        *self.directory.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(directory);
    }

    /// Runs `ask` where blocking is allowed.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let store = self.store().await?;
        self.off_thread(move || ask(&store)).await?.map_err(|e| error::store(&self.words, &e))
    }

    /// Runs what blocks where blocking is allowed.
    pub(crate) async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        tokio::task::spawn_blocking(work).await.map_err(|_| self.panicked())
    }

    /// Work that ended in the middle. What a panic says may quote the record, so nothing of it is handed on.
    pub fn panicked(&self) -> ApiError {
        self.error("error-internal").details("panicked")
    }

    /// None while work of this name is under way. The work has ended when the second half is dropped, whatever ends it.
    pub(crate) fn start(&self, name: &str) -> Option<(CancellationToken, Running<'_>)> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.contains_key(name) {
            return None;
        }
        let token = CancellationToken::new();
        running.insert(name.to_owned(), token.clone());
        Some((token, Running { app: self, name: name.to_owned() }))
    }

    pub(crate) fn stop(&self, name: &str) {
        if let Some(token) = self.running.lock().unwrap_or_else(PoisonError::into_inner).get(name) {
            token.cancel();
        }
    }

    pub(crate) fn runs(&self, name: &str) -> bool {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).contains_key(name)
    }

    // ---- the record as a whole

    pub(crate) async fn app_state(&self) -> Result<AppState, ApiError> {
        let mut opened = self.opened.lock().await;
        if matches!(*opened, Opened::NotTried) {
            *opened = self.open(None).await;
            self.read_files_soon(None);
        }
        self.state_of(&opened).await
    }

    pub(crate) async fn retry_unlock(&self) -> Result<AppState, ApiError> {
        let mut opened = self.opened.lock().await;
        if !matches!(*opened, Opened::Open { .. }) {
            *opened = self.open(None).await;
            self.read_files_soon(None);
        }
        self.state_of(&opened).await
    }

    pub(crate) async fn create_record(&self, passphrase: String) -> Result<AppState, ApiError> {
        if passphrase.chars().count() < SHORTEST_PASSPHRASE {
            return Err(self.error("error-weak-passphrase").code(ErrorCode::WrongPassphrase));
        }
        self.open_with(passphrase).await
    }

    pub(crate) async fn unlock(&self, passphrase: String) -> Result<AppState, ApiError> {
        self.open_with(passphrase).await
    }

    async fn open_with(&self, passphrase: String) -> Result<AppState, ApiError> {
        let mut opened = self.opened.lock().await;
        if !matches!(*opened, Opened::Open { .. }) {
            let tried = self.open(Some(SecretString::from(passphrase))).await;
            if let Opened::Wrong(why) = tried {
                return Err(why);
            }
            *opened = tried;
            self.read_files_soon(None);
        }
        self.state_of(&opened).await
    }

    async fn open(&self, passphrase: Option<SecretString>) -> Opened {
        let words = Arc::clone(&self.words);
        let dir = self.config.data_dir.clone();
        let keychain = self.config.keychain.clone();
        let passphrase = passphrase.or_else(|| self.config.passphrase.clone());
        let host = Arc::clone(&self.host);
        self.off_thread(move || {
            let mut percent = Percent::new(&*host, words.get("progress-derive"));
            let mut progress = |done, total| percent.tell(done, total);
            unlock::open(&words, &dir, keychain.as_deref(), passphrase.as_ref(), &mut progress)
        })
        .await
        .unwrap_or_else(|panicked| Opened::Closed(Lock::Failed { reason: panicked.message }))
    }

    async fn state_of(&self, opened: &Opened) -> Result<AppState, ApiError> {
        let mut chosen = None;
        let (lock, persons, recovery_code) = match opened {
            Opened::Open { store, recovery_code } => {
                let store = Arc::clone(store);
                let read = move || Ok::<_, StoreError>((store.persons()?, store.setting(CHOSEN)?));
                let (persons, remembered) =
                    self.off_thread(read).await?.map_err(|e| error::store(&self.words, &e))?;
                let remembered = remembered.as_ref().and_then(serde_json::Value::as_str);
                let known = persons.iter().find(|person| Some(person.id.0.as_str()) == remembered);
                chosen = known.or(persons.first()).map(|person| person.id.to_string());
                (Lock::Open, persons.iter().map(person_view).collect(), recovery_code.clone())
            }
            Opened::Closed(lock) => (lock.clone(), Vec::new(), None),
            Opened::Wrong(why) => (Lock::Failed { reason: why.words() }, Vec::new(), None),
            Opened::NotTried => (Lock::NeedsPassphrase, Vec::new(), None),
        };
        Ok(AppState {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            profile: self.config.profile.clone(),
            sample: self.config.sample,
            lock,
            persons,
            person: chosen,
            system_zone: self.system_zone().name().to_owned(),
            recovery_code,
        })
    }

    /// Of this computer; UTC where it does not say.
    #[expect(clippy::unused_self, reason = "a question to the app, whatever it takes to answer")]
    pub(crate) fn system_zone(&self) -> Tz {
        let said = iana_time_zone::get_timezone().ok();
        said.and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC)
    }

    pub(crate) async fn recovery_code_kept(&self) -> Result<AppState, ApiError> {
        let mut opened = self.opened.lock().await;
        if let Opened::Open { recovery_code, .. } = &mut *opened {
            *recovery_code = None;
        }
        self.state_of(&opened).await
    }

    // ---- persons

    pub(crate) async fn save_person(
        &self,
        id: Option<String>,
        name: String,
        birth_date: Option<String>,
        home_zone: String,
        colour: Option<u8>,
    ) -> Result<PersonView, ApiError> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(self.error("error-person-name"));
        }
        let home_zone: Tz = home_zone.parse().map_err(|_| self.error("error-zone"))?;
        let birth_date = match birth_date.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => Some(text.parse::<NaiveDate>().map_err(|_| self.error("error-birth-date"))?),
            None => None,
        };
        let known = self.ask(Store::persons).await?;
        let before = known.iter().find(|person| Some(&person.id.0) == id.as_ref());
        if id.is_some() && before.is_none() {
            return Err(self.error("error-no-such"));
        }
        // Two people with one name could not be told apart where only the name is read out.
        if known.iter().any(|other| Some(&other.id.0) != id.as_ref() && same_name(&other.name, &name)) {
            return Err(self.error("error-person-twice"));
        }
        let colour = colour
            .or(before.map(|person| person.colour))
            .unwrap_or_else(|| free_colour(known.iter().map(|person| person.colour)));
        let id = PersonId(id.unwrap_or_else(unlock::random_id));
        let person = Person { id, name, birth_date, home_zone, colour: colour % COLOURS };
        let view = person_view(&person);
        self.ask(move |store| store.save_person(&person)).await?;
        self.host.event(crate::wire::Event::Changed);
        Ok(view)
    }

    pub(crate) async fn choose_person(&self, person: String) -> Result<AppState, ApiError> {
        let person = self.person(&person).await?;
        self.ask(move |store| store.set_setting(CHOSEN, &person.id.0.into())).await?;
        self.state_of(&*self.opened.lock().await).await
    }

    pub(crate) async fn person(&self, id: &str) -> Result<Person, ApiError> {
        let wanted = PersonId(id.to_owned());
        let persons = self.ask(Store::persons).await?;
        persons.into_iter().find(|person| person.id == wanted).ok_or_else(|| self.error("error-no-such"))
    }

    // ---- reading

    pub(crate) async fn timeline(
        &self,
        person: String,
        filter: TimelineFilter,
        cursor: Option<String>,
        at: Option<String>,
        limit: u32,
    ) -> Result<TimelinePage, ApiError> {
        const LONGEST_PAGE: u32 = 500;
        let person = self.person(&person).await?;
        let home = person.home_zone;
        let filter = self.filter("timeline", filter)?;
        let cursor = match cursor {
            Some(text) => Some(text.parse::<Cursor>().map_err(|e| self.misuse("timeline", &e.to_string()))?),
            None => self.day("timeline", at)?.map(Cursor::at),
        };
        let limit = limit.clamp(1, LONGEST_PAGE);
        let page = self.ask(move |store| store.timeline(&person.id, &filter, cursor.as_ref(), limit)).await?;
        Ok(TimelinePage {
            rows: page.rows.iter().map(|row| views::timeline::row(&self.words, row, home)).collect(),
            next: page.next.map(|cursor| cursor.to_string()),
            total: views::timeline::narrow(page.total),
        })
    }

    pub(crate) async fn timeline_facets(
        &self,
        person: String,
        filter: Option<TimelineFilter>,
        list: Option<String>,
    ) -> Result<TimelineFacets, ApiError> {
        let person = PersonId(person);
        let within = match list {
            Some(list) => self.list_of("timelineFacets", &list)?.kinds,
            None => &[],
        };
        let mut filter = self.filter("timelineFacets", filter.unwrap_or_default())?;
        if filter.kinds.is_empty() {
            filter.kinds = within.to_vec();
        }
        let facets = self.ask(move |store| store.facets(&person, &filter, within)).await?;
        Ok(views::timeline::facets(&self.words, &facets))
    }

    pub(crate) async fn search(
        &self,
        person: String,
        text: String,
        limit: u32,
    ) -> Result<SearchView, ApiError> {
        const MOST_OF_A_KIND: u32 = 100;
        let person = self.person(&person).await?;
        let home = person.home_zone;
        let limit = limit.clamp(1, MOST_OF_A_KIND) as usize;
        let found = self.ask(move |store| store.search(&person.id, &text, limit)).await?;
        Ok(views::search::found(&self.words, &found, home))
    }

    fn day(&self, command: &str, text: Option<String>) -> Result<Option<wholechart_fhir::Day>, ApiError> {
        let text = text.filter(|text| !text.is_empty());
        let wrong = || self.misuse(command, "a day, month or year was expected");
        text.map(|text| crate::dates::parse(&text).ok_or_else(wrong)).transpose()
    }

    /// A filter as the store takes it. A kind that is none, or a date that is none, is the host's mistake.
    pub(crate) fn filter(&self, command: &str, filter: TimelineFilter) -> Result<Filter, ApiError> {
        let kind = |kind: String| {
            wholechart_fhir::Kind::parse(&kind).ok_or_else(|| self.misuse(command, "there is no such kind"))
        };
        let status = |status: String| {
            wholechart_fhir::StatusGroup::parse(&status)
                .ok_or_else(|| self.misuse(command, "there is no such status"))
        };
        Ok(Filter {
            kinds: filter.kinds.into_iter().map(kind).collect::<Result<_, _>>()?,
            connections: filter.connections.into_iter().map(ConnectionId).collect(),
            statuses: filter.statuses.into_iter().map(status).collect::<Result<_, _>>()?,
            flagged: filter.flagged,
            from: self.day(command, filter.from)?,
            to: self.day(command, filter.to)?,
            text: filter.text,
        })
    }

    pub(crate) async fn raw(&self, person: String, version: i64) -> Result<RawView, ApiError> {
        let home = self.person(&person).await?.home_zone;
        let version = self.own_version(&person, version).await?;
        let found = self.ask(move |store| store.version_bytes(version)).await?;
        let verbatim = found.ok_or_else(|| self.error("error-no-such"))?;
        Ok(RawView {
            text: String::from_utf8_lossy(&verbatim.bytes).into_owned(),
            url: Some(verbatim.url).filter(|url| !url.is_empty()),
            received: crate::dates::own_moment(&self.words, verbatim.received_at, self.host.now(), home),
            sha256: hex::encode(Sha256::digest(&verbatim.bytes)),
        })
    }

    pub(crate) async fn ledger(&self, person: String, connection: String) -> Result<LedgerView, ApiError> {
        let home = self.person(&person).await?.home_zone;
        let connection = self.own_connection(&person, connection).await?;
        let id = connection.id.clone();
        let (rows, answered, changed, everything) = self
            .ask(move |store| {
                let changed = match store.last_finished_run(&id)? {
                    Some(run) => store.changed_facts(run.id)?,
                    None => Vec::new(),
                };
                let (rows, answered) = (store.ledger(&id)?, store.answered(&id)?);
                Ok((rows, answered, changed, store.counts(&id)?.resources))
            })
            .await?;
        let told = views::connection::Told {
            provider: &connection.name,
            rows: &rows,
            answered: &answered,
            changed: &changed,
            everything,
            home,
            now: self.host.now(),
        };
        Ok(views::connection::ledger(&self.words, &told))
    }

    // ---- paper

    pub(crate) async fn summary(&self, person: String, paper: Paper) -> Result<SummaryView, ApiError> {
        let (pages, missing) =
            self.typeset(&person, paper, |pages| Ok((pages.svg(), pages.missing().to_vec()))).await?;
        let alt = self.words.with("summary-preview-alt", &[("count", pages.len().into())]);
        let warning = (!missing.is_empty()).then(|| {
            let characters: Vec<_> = missing.iter().take(MISSING_SHOWN).map(char::to_string).collect();
            self.words
                .with("paper-missing-characters", &[("characters", characters.join(" ").as_str().into())])
        });
        Ok(SummaryView { pages, paper, alt, warning })
    }

    /// The summary as PDF bytes with a name for the file.
    ///
    /// # Errors
    /// When the record is locked or the pages cannot be laid out.
    pub async fn summary_pdf(&self, person: String, paper: Paper) -> Result<(String, Vec<u8>), ApiError> {
        let name = self.person(&person).await?;
        let today = self.host.now().with_timezone(&name.home_zone).date_naive();
        let plain: String = name
            .name
            .chars()
            .map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' })
            .collect::<String>();
        let file = self.words.with(
            "summary-file-name",
            &[("name", plain.trim().into()), ("date", (&today.to_string()).into())],
        );
        let pdf = self.typeset(&person, paper, wholechart_print::Pages::pdf).await?;
        Ok((file, pdf.bytes))
    }

    pub(crate) async fn save_summary_pdf(&self, person: String, paper: Paper) -> Result<Saved, ApiError> {
        let (name, bytes) = self.summary_pdf(person, paper).await?;
        self.hand_out(name, bytes).await
    }

    async fn typeset<T: Send + 'static>(
        &self,
        person: &str,
        paper: Paper,
        drawn: impl FnOnce(&wholechart_print::Pages) -> Result<T, wholechart_print::PrintError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let person = self.person(person).await?;
        let connections = self.connections_of(&person).await?;
        let id = person.id.clone();
        let now = self.host.now();
        let today = self.today(&person);
        let ((facts, left_out), choices) =
            self.ask(move |store| Ok((store.current_facts(&id, today, true)?, store.choices(&id)?))).await?;
        let sources: Vec<_> = connections
            .into_iter()
            .map(|c| views::summary::Source {
                id: c.connection.id,
                mark: c.mark,
                name: c.connection.name,
                last_sync: c.last_finished.and_then(|run| run.finished),
            })
            .collect();
        let words = Arc::clone(&self.words);
        let sample = self.config.sample;
        self.off_thread(move || {
            let facts: Vec<_> = facts.iter().map(|one| (&one.fact, &one.best)).collect();
            let summary = wholechart_record::summary_without(&facts, &left_out, today, &choices);
            let document = views::summary::document(&words, &summary, &person, &sources, sample, now);
            let paper = match paper {
                Paper::Letter => wholechart_print::Paper::Letter,
                Paper::A4 => wholechart_print::Paper::A4,
            };
            let pages = wholechart_print::typeset(&document, paper, &wholechart_print::Fonts::bundled())?;
            drawn(&pages)
        })
        .await?
        .map_err(|e| self.error("error-paper").details(e))
    }
}

/// Names that look alike to a person who reads them.
fn same_name(a: &str, b: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(a) == plain(b)
}

/// The first colour that stands for nobody and nothing yet; when all are taken, the one that stands for the fewest.
pub(crate) fn free_colour(taken: impl Iterator<Item = u8>) -> u8 {
    let mut times = [0_usize; COLOURS as usize];
    for colour in taken {
        times[usize::from(colour % COLOURS)] += 1;
    }
    (0..COLOURS).min_by_key(|colour| times[usize::from(*colour)]).unwrap_or_default()
}

pub(crate) fn person_view(person: &Person) -> PersonView {
    PersonView {
        id: person.id.to_string(),
        name: person.name.clone(),
        birth_date: person.birth_date.map(|date| date.to_string()),
        home_zone: person.home_zone.name().to_owned(),
        colour: person.colour,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_colour_stands_for_nobody_or_for_the_fewest() {
        assert_eq!(free_colour([].into_iter()), 0);
        assert_eq!(free_colour([0, 2].into_iter()), 1, "the one that was given back");
        assert_eq!(free_colour((0..COLOURS).chain([0, 1])), 2);
    }
}
