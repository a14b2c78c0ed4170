//! The app behind every host: the open record, and what is running.

mod exchange;
mod locking;
mod unlock;
mod waited;
pub(crate) mod wire;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError, RwLock, Weak,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use secrecy::SecretString;
use tokio::sync::{mpsc, oneshot};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use wholechart_record::{ConnectionId, PersonId};
use wholechart_smart::{Directory, Http, HttpSettings, Journal, ProviderCard};
use wholechart_store::{Ran, Store, StoreError, Unwritable};

pub(crate) use self::unlock::key_at_hand;
use self::{
    unlock::Opened,
    waited::Waited,
    wire::{AppState, Lock},
};
use crate::{
    assistant::held::{Listening, Veils},
    backups::wire::Strength,
    error::{self, ApiError, ErrorCode, error},
    host::{Event, Host},
    keychain::SecretStore,
    passphrase::strength,
    people::wire::PersonView,
    progress::Percent,
    sent::outbox::Outbox,
    settings::file,
    updates::seen::Seen,
    whose::born_as_sent,
    words::Words,
};

/// The setting that remembers whose record is shown.
pub(crate) const CHOSEN: &str = "person";

/// The setting that says of a record that all in it is invented, however it is opened later.
pub(crate) const SAMPLE: &str = "sample";

/// The setting that remembers where a person's record was left.
pub(crate) fn left_at(person: &PersonId) -> String {
    format!("left at {}", person.0)
}

/// Looking at files, or taking them in, among what runs.
pub(crate) const IMPORTING: &str = "import";

/// The work of bringing the record up to date, among what runs.
pub(crate) const CATCHING_UP: &str = "catching up";

/// What a host decides before the app starts.
pub struct Config {
    /// Where the record's files are.
    pub data_dir: PathBuf,
    /// The profile's name, for people.
    pub profile: String,
    /// Sample mode; every screen and page says so.
    pub sample: bool,
    /// Cards of providers that run inside the host (sample mode), as JSON; `Null` for none.
    pub sample_cards: serde_json::Value,
    /// Lists of providers that such hosts publish, as JSON; `Null` for none.
    pub sample_lists: serde_json::Value,
    /// Ports of such providers that listen on another port than their addresses name: the port named, the port listened on.
    pub sample_moved: BTreeMap<u16, u16>,
    /// Where the database key is kept. `None` on machines without a keychain, where `passphrase` takes its place.
    pub keychain: Option<Arc<dyn SecretStore>>,
    /// A passphrase known from the start (the terminal's `--passphrase-file`).
    pub passphrase: Option<SecretString>,
    /// What reads files of strangers; a child process, except in tests.
    pub reader: wholechart_document::Reader,
    /// How the computer speaks (`es-MX`), until the user chooses otherwise. `None`: English.
    pub locale: Option<String>,
    /// Where the computer is set to be (`en-GB`): how it writes dates and times, and its paper. None is the United States.
    pub region: Option<String>,
}

/// The app. One for each open profile; hosts hold it in an `Arc`.
pub struct App {
    pub(crate) host: Arc<dyn Host>,
    pub(crate) config: Config,
    /// The keychain of `config`, which nobody has to wait for.
    keychain: Option<Arc<Waited>>,
    pub(crate) words: Arc<Words>,
    pub(crate) http: Http,
    directory: RwLock<Arc<Directory>>,
    /// Cards that came with the application, and those of the sample providers.
    own_cards: Vec<ProviderCard>,
    pub(crate) lists_read: AtomicBool,
    /// What attempts to connect wait for from outside, by attempt.
    pub(crate) waiting: Mutex<HashMap<String, Waiting>>,
    opened: tokio::sync::Mutex<Opened>,
    /// Held while the record is opened, or another one put in its place; before `opened`.
    opening: tokio::sync::Mutex<()>,
    /// The record is about to be closed: what goes on behind commands ends at the next place where it can.
    pub(crate) closing: Arc<AtomicBool>,
    /// Another record was put in the place of this one since the app was started: it can be taken back.
    exchanged: AtomicBool,
    /// Itself, for tasks that go on after their command was answered.
    me: Weak<App>,
    /// These tasks.
    behind: TaskTracker,
    /// Files and folders that a dialog or a drop has named.
    pub(crate) pointed_at: Mutex<BTreeSet<PathBuf>>,
    /// The file that was saved last, for whoever wants to see it.
    pub(crate) saved: Mutex<Option<PathBuf>>,
    /// Attempts to connect and syncs that run, by attempt or connection id.
    running: Mutex<HashMap<String, Work>>,
    /// Requests that are not written down yet.
    pub(crate) outbox: Arc<Outbox>,
    /// When a backup that was due could not be made, and why, in words.
    pub(crate) backup_failed: Mutex<Option<(DateTime<Utc>, String)>>,
    /// Something of the file is damaged, as far as anybody has seen.
    damaged: AtomicBool,
    /// When somebody was last here, as far as is known.
    seen: Mutex<Option<DateTime<Utc>>>,
    /// What came of looking for a newer version.
    pub(crate) updates_seen: Mutex<Seen>,
    /// What is kept back from assistants.
    pub(crate) veils: Veils,
    /// Where assistants ask while this app has the record.
    pub(crate) listening: tokio::sync::Mutex<Option<Listening>>,
    /// Providers' patients that seem to be somebody else, by connection, until the user has decided.
    pub(crate) strangers: Mutex<HashMap<ConnectionId, Option<wholechart_sync::Identity>>>,
}

/// Whether the record is open.
pub(crate) enum Asleep {
    No,
    /// It was open, or its person wants to find it locked.
    Locked,
    Closed,
}

/// What an attempt waits for from outside.
pub(crate) enum Waiting {
    /// The address the browser ends at. `returns_to` is `None` for the loopback redirect, which the app hears itself.
    Return { hand_in: mpsc::Sender<String>, returns_to: Option<String> },
    /// Which of several patients is meant, by id.
    Patient(oneshot::Sender<String>),
}

/// Something that runs: to stop it, and to hear that it is over.
struct Work {
    stop: CancellationToken,
    ended: CancellationToken,
}

/// Work that can be cancelled by its name, for as long as this lives.
pub(crate) struct Running<'a> {
    app: &'a App,
    name: String,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let over = self.app.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.name);
        if let Some(over) = over {
            over.ended.cancel();
        }
    }
}

impl App {
    /// Puts the app together; opens nothing yet, so that a window can show at once. `appState` opens the record.
    ///
    /// # Errors
    /// When this computer cannot make secure connections at all.
    pub fn new(host: Arc<dyn Host>, mut config: Config) -> Result<Arc<App>, wholechart_smart::HttpError> {
        let (sample, _) = wholechart_smart::parse_cards(&config.sample_cards);
        // In sample mode the invented providers stand first: they are what can be tried at once.
        let own: Vec<ProviderCard> = sample.into_iter().chain(wholechart_smart::shipped_cards()).collect();
        let chosen = file::read(&config.data_dir);
        let words = Words::new(file::spoken(&chosen, config.locale.as_deref()));
        let (order, hours) = file::written(&chosen, config.region.as_deref());
        words.write_dates(order, hours);
        let clock = {
            let host = Arc::clone(&host);
            move || host.now()
        };
        let settings = HttpSettings { moved: config.sample_moved.clone(), ..HttpSettings::default() };
        let outbox = Arc::new(Outbox::default());
        let journal: Arc<dyn Journal> = Arc::<Outbox>::clone(&outbox);
        let keychain = config.keychain.take().map(|keychain| Arc::new(Waited::new(keychain)));
        let http = Http::written_down(settings, clock, Some(journal))?;
        Ok(Arc::new_cyclic(|me| {
            let app: Weak<App> = Weak::clone(me);
            outbox.wakes(Box::new(move || {
                if let Some(app) = app.upgrade() {
                    app.write_sent_soon();
                }
            }));
            App {
                me: Weak::clone(me),
                behind: TaskTracker::new(),
                host,
                config,
                keychain,
                words: Arc::new(words),
                http,
                directory: RwLock::new(Arc::new(Directory::new(own.iter().cloned()))),
                own_cards: own,
                lists_read: AtomicBool::new(false),
                waiting: Mutex::default(),
                pointed_at: Mutex::default(),
                saved: Mutex::default(),
                opened: tokio::sync::Mutex::new(Opened::NotTried),
                opening: tokio::sync::Mutex::default(),
                closing: Arc::default(),
                exchanged: AtomicBool::default(),
                running: Mutex::default(),
                outbox,
                backup_failed: Mutex::default(),
                damaged: AtomicBool::new(false),
                seen: Mutex::default(),
                updates_seen: Mutex::default(),
                veils: Mutex::default(),
                listening: tokio::sync::Mutex::default(),
                strangers: Mutex::default(),
            }
        }))
    }

    /// Does what opening the record left to be done: derives what came and was not merged, or everything after an
    /// upgrade, and then reads what nobody has read yet of everybody's files.
    fn catch_up_soon(&self) {
        let Some(app) = self.me.upgrade() else { return };
        self.behind.spawn(async move {
            app.tend_door().await;
            if let Err(error) = app.call_own_sources().await {
                tracing::warn!(code = ?error.code, "own entries have the name they had");
            }
            if let Err(error) = app.catch_up().await {
                tracing::warn!(code = ?error.code, "the record was not brought up to date");
            }
            if let Err(error) = app.look_at_record().await {
                tracing::warn!(code = ?error.code, "nobody looked at the record's file");
            }
            app.read_files_soon(None);
        });
    }

    async fn catch_up(&self) -> Result<(), ApiError> {
        let store = self.store().await?;
        let Some((stopped, _running)) = self.start(CATCHING_UP) else { return Ok(()) };
        let host = Arc::clone(&self.host);
        let text = self.words.get("progress-derive");
        let sample = self.config.sample;
        let changed = self
            .off_thread(move || {
                if sample && store.unwritable().is_none() {
                    store.set_setting(SAMPLE, &true.into())?;
                }
                if store.unwritable().is_some() || !store.is_behind()? {
                    return Ok(false);
                }
                let mut percent = Percent::new(&*host, text);
                percent.tell(0, 1);
                store.catch_up(&mut |done, total| {
                    percent.tell(done, total);
                    if stopped.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                })?;
                Ok::<_, StoreError>(true)
            })
            .await?;
        // Told after a stop as well: the window shows progress until something has changed.
        if !matches!(changed, Ok(false)) {
            self.host.event(Event::Changed);
        }
        match changed {
            Ok(_) | Err(StoreError::Cancelled) => Ok(()),
            Err(said) => Err(error::store(&self.words, &said)),
        }
    }

    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn stop_catching_up(&self) -> Result<(), ApiError> {
        self.stop(CATCHING_UP);
        Ok(())
    }

    /// Itself, for what outlives a command.
    pub(crate) fn myself(&self) -> Option<Arc<App>> {
        self.me.upgrade()
    }

    /// Itself, for what must not keep it alive.
    pub(crate) fn weakly(&self) -> Weak<App> {
        Weak::clone(&self.me)
    }

    /// Whether the record is open, and if not, whether it is locked.
    pub(crate) async fn asleep(&self) -> Asleep {
        match &*self.opened.lock().await {
            Opened::Open { .. } => Asleep::No,
            Opened::Closed(Lock::Locked { .. }) => Asleep::Locked,
            _ => Asleep::Closed,
        }
    }

    /// Goes on with something after its command was answered.
    pub(crate) fn go_on_behind(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.behind.spawn(work);
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

    /// Whether a record is a sample: opened as one now, or made as one.
    pub(crate) fn is_sample(config: bool, store: &Store) -> Result<bool, StoreError> {
        Ok(config || store.setting(SAMPLE)?.is_some_and(|kept| kept == true))
    }

    /// The words this app speaks.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// A host asked for something that does not exist: a defect of the host. `what` goes into the details and must quote no
    /// argument.
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

    /// Whether something of the record's file is known to be damaged.
    pub(crate) fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::SeqCst)
    }

    /// Notes it. What was known before.
    pub(crate) fn set_damaged(&self, damaged: bool) -> bool {
        self.damaged.swap(damaged, Ordering::SeqCst)
    }

    pub(crate) async fn is_open(&self) -> bool {
        matches!(*self.opened.lock().await, Opened::Open { .. })
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

    /// Asks the open record, on a thread where it may block.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let store = self.store().await?;
        self.off_thread(move || ask(&store)).await?.map_err(|e| error::store(&self.words, &e))
    }

    /// Tells of every statement that the record's file answers from now on: see [`Store::watch`].
    ///
    /// # Errors
    /// The record is not open.
    pub async fn watch(&self, told: impl Fn(Ran) + Send + Sync + 'static) -> Result<(), ApiError> {
        self.ask(move |store| store.watch(told)).await
    }

    /// Runs what blocks on a thread for it.
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

    /// Registers work under a name, so that it can be stopped by that name. `None`: work of this name is under way. The work
    /// counts as ended when the [`Running`] is dropped.
    pub(crate) fn start(&self, name: &str) -> Option<(CancellationToken, Running<'_>)> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.contains_key(name) {
            return None;
        }
        let stop = CancellationToken::new();
        running.insert(name.to_owned(), Work { stop: stop.clone(), ended: CancellationToken::new() });
        Some((stop, Running { app: self, name: name.to_owned() }))
    }

    /// Stops what runs under this name. Gives what is cancelled when it is over; `None`: nothing runs.
    pub(crate) fn stop(&self, name: &str) -> Option<CancellationToken> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let work = running.get(name)?;
        work.stop.cancel();
        Some(work.ended.clone())
    }

    /// Stops everything that runs.
    fn stop_all(&self) {
        for work in self.running.lock().unwrap_or_else(PoisonError::into_inner).values() {
            work.stop.cancel();
        }
    }

    pub(crate) fn runs(&self, name: &str) -> bool {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).contains_key(name)
    }

    // ---- the record as a whole

    pub(crate) async fn app_state(&self) -> Result<AppState, ApiError> {
        let _opening = self.opening.lock().await;
        let mut opened = self.opened.lock().await;
        if matches!(*opened, Opened::NotTried) {
            *opened = match self.locked_at_start().await {
                Some(locked) => locked,
                None => self.open(None).await,
            };
            self.catch_up_soon();
        }
        self.state_of(&opened).await
    }

    pub(crate) async fn retry_unlock(&self) -> Result<AppState, ApiError> {
        let _opening = self.opening.lock().await;
        let mut opened = self.opened.lock().await;
        // Whoever set a passphrase does not want it opened without.
        if !matches!(*opened, Opened::Open { .. } | Opened::Closed(Lock::Locked { passphrase: true })) {
            drop(self.keychain_anew());
            *opened = self.open(None).await;
            self.catch_up_soon();
        }
        self.state_of(&opened).await
    }

    /// The keychain for something that was begun just now: it is asked, also where nobody waited for it before.
    pub(crate) fn keychain_anew(&self) -> Option<Arc<dyn SecretStore>> {
        let keychain = self.keychain.clone()?;
        keychain.ask_again();
        Some(keychain)
    }

    pub(crate) fn has_keychain(&self) -> bool {
        self.keychain.is_some()
    }

    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn keychain_waits(&self) -> Result<bool, ApiError> {
        Ok(self.keychain.as_ref().is_some_and(|keychain| keychain.is_waited_for()))
    }

    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn without_keychain(&self) -> Result<(), ApiError> {
        if let Some(keychain) = &self.keychain {
            keychain.give_up();
        }
        Ok(())
    }

    /// Begins a new record where one is missing, because the person says so. A record that is there again is opened.
    pub(crate) async fn begin_anew(&self) -> Result<AppState, ApiError> {
        let _opening = self.opening.lock().await;
        let mut opened = self.opened.lock().await;
        if matches!(*opened, Opened::Closed(Lock::RecordMissing { .. })) {
            let (words, dir) = (Arc::clone(&self.words), self.config.data_dir.clone());
            self.off_thread(move || unlock::begin_anew(&words, &dir)).await??;
            drop(self.keychain_anew());
            *opened = self.open(None).await;
            self.catch_up_soon();
        }
        self.state_of(&opened).await
    }

    pub(crate) async fn create_record(&self, passphrase: String) -> Result<AppState, ApiError> {
        if strength(&SecretString::from(passphrase.clone())) == Strength::Weak {
            return Err(self.error("error-weak-passphrase").code(ErrorCode::WrongPassphrase));
        }
        self.open_with(passphrase).await
    }

    pub(crate) async fn unlock(&self, passphrase: String) -> Result<AppState, ApiError> {
        self.open_with(passphrase).await
    }

    async fn open_with(&self, passphrase: String) -> Result<AppState, ApiError> {
        let _opening = self.opening.lock().await;
        let mut opened = self.opened.lock().await;
        if !matches!(*opened, Opened::Open { .. }) {
            let tried = self.open(Some(SecretString::from(passphrase))).await;
            if let Opened::Wrong(why) = tried {
                return Err(why);
            }
            *opened = tried;
            self.catch_up_soon();
        }
        self.state_of(&opened).await
    }

    async fn open(&self, passphrase: Option<SecretString>) -> Opened {
        let keychain = self.keychain.clone();
        let passphrase = passphrase.or_else(|| self.config.passphrase.clone());
        self.open_by(move |words, dir, progress| {
            let keychain = keychain.as_deref().map(|keychain| keychain as &dyn SecretStore);
            unlock::open(words, dir, keychain, passphrase.as_ref(), progress)
        })
        .await
    }

    async fn open_by(
        &self,
        open: impl FnOnce(&Words, &Path, unlock::Progress<'_>) -> Opened + Send + 'static,
    ) -> Opened {
        let words = Arc::clone(&self.words);
        let dir = self.config.data_dir.clone();
        let host = Arc::clone(&self.host);
        let exchanged = self.exchanged.load(Ordering::SeqCst);
        self.off_thread(move || {
            let mut percent = Percent::new(&*host, words.get("progress-derive"));
            let mut progress = |done, total| percent.tell(done, total);
            let opened = open(&words, &dir, &mut progress);
            // What was replaced can be taken back until the next start: this is one.
            if let Opened::Open { store, .. } = &opened
                && !exchanged
                && store.unwritable().is_none()
                && let Err(error) = store.let_go_of_replaced()
            {
                tracing::warn!(%error, "the replaced record is kept");
            }
            opened
        })
        .await
        .inspect(|opened| {
            self.set_damaged(matches!(opened, Opened::Closed(Lock::Damaged { .. })));
        })
        .unwrap_or_else(|panicked| Opened::Closed(Lock::Failed { reason: panicked.message }))
    }

    async fn state_of(&self, opened: &Opened) -> Result<AppState, ApiError> {
        let mut chosen = None;
        let mut unwritable = None;
        let mut left = None;
        let (lock, persons, recovery_code) = match opened {
            Opened::Open { store, recovery_code } => {
                unwritable = store.unwritable().map(|why| {
                    self.words.get(match why {
                        Unwritable::Full => "unwritable-full",
                        Unwritable::ReadOnly => "unwritable-read-only",
                    })
                });
                let store = Arc::clone(store);
                let read = move || {
                    let (persons, remembered) = (store.persons()?, store.setting(CHOSEN)?);
                    let remembered = remembered.as_ref().and_then(serde_json::Value::as_str);
                    let known = persons.iter().find(|person| Some(person.id.0.as_str()) == remembered);
                    let chosen = known.or(persons.first()).map(|person| person.id.clone());
                    let left = chosen.as_ref().map(|id| store.setting(&left_at(id))).transpose()?.flatten();
                    let known = persons.iter().map(|person| {
                        let sent = match person.birth_date {
                            Some(_) => None,
                            None => born_as_sent(&store, &person.id)?,
                        };
                        let birth_date_sent = sent.map(|day| day.to_string());
                        Ok(PersonView { birth_date_sent, ..PersonView::from(person) })
                    });
                    let known = known.collect::<Result<Vec<_>, StoreError>>()?;
                    Ok::<_, StoreError>((known, chosen, left))
                };
                let persons;
                (persons, chosen, left) =
                    self.off_thread(read).await?.map_err(|e| error::store(&self.words, &e))?;
                (Lock::Open, persons, recovery_code.clone())
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
            left_at: left.as_ref().and_then(serde_json::Value::as_str).map(str::to_owned),
            system_zone: self.system_zone().name().to_owned(),
            unwritable,
            recovery_code,
        })
    }

    /// Derives every entry and fact anew from what was sent; events tell progress.
    pub(crate) async fn rebuild(&self) -> Result<(), ApiError> {
        let host = Arc::clone(&self.host);
        let text = self.words.get("progress-derive");
        self.ask(move |store| {
            let mut percent = Percent::new(&*host, text);
            store.rebuild(&mut |done, total| {
                percent.tell(done, total);
                ControlFlow::Continue(())
            })
        })
        .await?;
        self.host.event(Event::Changed);
        Ok(())
    }

    /// Of this computer; UTC where it does not say.
    #[expect(clippy::unused_self, reason = "a question to the app, whatever it takes to answer")]
    pub(crate) fn system_zone(&self) -> Tz {
        let said = iana_time_zone::get_timezone().ok();
        said.and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC)
    }

    /// Says a recovery code until it is kept.
    pub(crate) async fn say_code(&self, code: String) -> Result<AppState, ApiError> {
        let mut opened = self.opened.lock().await;
        if let Opened::Open { recovery_code, .. } = &mut *opened {
            *recovery_code = Some(code);
        }
        self.state_of(&opened).await
    }

    pub(crate) async fn recovery_code_kept(&self) -> Result<AppState, ApiError> {
        let mut opened = self.opened.lock().await;
        if let Opened::Open { store, recovery_code } = &mut *opened {
            let store = Arc::clone(store);
            let kept = self.off_thread(move || store.recovery_is_kept()).await?;
            kept.map_err(|said| error::store(&self.words, &said))?;
            *recovery_code = None;
        }
        self.state_of(&opened).await
    }
}
