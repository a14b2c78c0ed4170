//! What the tests share: a store in a folder of its own, a patient who uses a browser, and a connection.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use url::Url;
use wholechart_record::{ConnectionId, EntryKey, PersonId};
use wholechart_smart::{
    Client, FhirClient, FixedToken, Http, HttpSettings, Known, OnBehalf, PageWords, ProviderCard,
    RedirectKind, RetryPolicy, SignInRequest, base_key, discover, find_patient, parse_cards, sign_in,
};
use wholechart_store::{
    AnswerState, Connection, ConnectionState, DbKey, EntryRow, KeySlots, LedgerRow, Person, Store, Tokens,
};
use wholechart_sync::{Connected, Options, Progress, RunReport, SyncError, run, run_with};

/// Waits as short as they can be, so that retries cost nothing.
pub(crate) fn http() -> Http {
    let wait = Duration::from_millis(1);
    let retry = RetryPolicy {
        times: 2,
        first_wait: wait,
        longest_wait: wait,
        longest_retry_after: Duration::from_secs(2),
    };
    on_this_computer(Http::new(HttpSettings { retry, ..HttpSettings::default() }, Utc::now).unwrap())
}

/// The servers of these tests are on this computer, as if their addresses had been typed.
pub(crate) fn on_this_computer(http: Http) -> Http {
    let named = ["127.0.0.1", "localhost"].map(str::to_owned).to_vec();
    http.on_behalf(OnBehalf { named, ..OnBehalf::default() })
}

/// A record of one person.
pub(crate) struct Bench {
    pub(crate) http: Http,
    pub(crate) store: Arc<Store>,
    pub(crate) person: PersonId,
    pub(crate) dir: TempDir,
}

pub(crate) fn open(dir: &TempDir) -> Arc<Store> {
    Arc::new(Store::open(dir.path(), &DbKey::from_bytes(&[7; 32]).unwrap()).unwrap())
}

impl Bench {
    pub(crate) fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let folder = wholechart_store::Folder::take(dir.path()).unwrap();
        KeySlots::new(&DbKey::from_bytes(&[7; 32]).unwrap()).save(&folder).unwrap();
        drop(folder);
        let store = open(&dir);
        let person = PersonId("p1".into());
        let zone = "America/Chicago".parse().unwrap();
        store
            .save_person(&Person {
                id: person.clone(),
                name: "Me".into(),
                birth_date: None,
                home_zone: zone,
                colour: 0,
            })
            .unwrap();
        Self { http: http(), store, person, dir }
    }

    /// Signs in as the card's sample patient, who allows everything but these kinds, and keeps the connection.
    pub(crate) async fn connect(
        &self,
        card: &ProviderCard,
        not_shared: &'static [&'static str],
    ) -> ConnectionId {
        let endpoints = discover(&self.http, &Known::from(card)).await.unwrap();
        let client = Client {
            id: card.client_id.clone().unwrap(),
            secret: card.client_secret.clone().map(Into::into),
        };
        let words = PageWords {
            lang: "en".into(),
            title: "Test".into(),
            received: "Received.".into(),
            refused: "Refused.".into(),
            back: None,
        };
        let request = SignInRequest::new(card, &endpoints, client, words);
        let patient = card.sample_sign_in.clone().unwrap();
        let browser = move |page: &Url| -> Result<(), ()> {
            tokio::spawn(browse(page.clone(), patient.user_id.clone(), patient.password.clone(), not_shared));
            Ok(())
        };
        let grant = sign_in(&self.http, &request, browser, |_| {}, CancellationToken::new()).await.unwrap();
        let mut patients = BTreeMap::new();
        for base in &endpoints.bases {
            let token = Arc::new(FixedToken(grant.access_token.clone()));
            let client =
                FhirClient::new(self.http.clone(), &base.url, base.release, card.quirks.clone(), token)
                    .unwrap();
            let id = find_patient(&client, &grant, &card.quirks).await.unwrap();
            patients.insert(base_key(&base.url), id);
        }
        let tokens = Tokens {
            access: grant.access_token,
            refresh: grant.refresh_token,
            expires_at: Some(grant.expires_at),
            scope: grant.scope.unwrap_or_default(),
        };
        let secret = card.client_secret.clone().map(Into::into);
        let connected = Connected { card: card.clone(), endpoints, accepted: None, unshown: false };
        self.keep(&card.id, &card.name, &connected, patients, &tokens, secret.as_ref())
    }

    pub(crate) fn keep(
        &self,
        id: &str,
        name: &str,
        connected: &Connected,
        patient: BTreeMap<String, String>,
        tokens: &Tokens,
        secret: Option<&secrecy::SecretString>,
    ) -> ConnectionId {
        let connection = Connection {
            id: ConnectionId(id.to_owned()),
            person: self.person.clone(),
            name: name.to_owned(),
            card: connected.to_json(),
            patient,
            state: ConnectionState::Connected,
            created: Utc::now(),
            colour: 0,
            imported: false,
        };
        self.store.keep_sign_in(&connection, tokens, secret).unwrap();
        connection.id
    }

    pub(crate) async fn sync(&self, connection: &ConnectionId) -> Result<RunReport, SyncError> {
        self.sync_watched(connection, |_| {}, CancellationToken::new()).await
    }

    pub(crate) async fn sync_whole(&self, connection: &ConnectionId) -> Result<RunReport, SyncError> {
        self.sync_with(connection, Options { whole: true, ..Options::default() }).await
    }

    pub(crate) async fn sync_with(
        &self,
        connection: &ConnectionId,
        options: Options,
    ) -> Result<RunReport, SyncError> {
        let store = Arc::clone(&self.store);
        let now = Arc::new(Utc::now);
        run_with(&self.http, store, connection, options, now, |_| {}, CancellationToken::new()).await
    }

    pub(crate) async fn sync_watched(
        &self,
        connection: &ConnectionId,
        progress: impl Fn(Progress) + Send + Sync,
        cancel: CancellationToken,
    ) -> Result<RunReport, SyncError> {
        run(&self.http, Arc::clone(&self.store), connection, Arc::new(Utc::now), progress, cancel).await
    }

    /// What is held, with the bytes.
    pub(crate) fn held(&self) -> BTreeMap<EntryKey, Vec<u8>> {
        let mut rows: Vec<EntryRow> = Vec::new();
        self.store
            .entries(None, &mut |row| {
                rows.push(row);
                ControlFlow::Continue(())
            })
            .unwrap();
        let bytes = |row: &EntryRow| self.store.version_bytes(row.version.id).unwrap().unwrap().bytes;
        rows.iter().map(|row| (row.member.key.clone(), bytes(row))).collect()
    }

    /// What a connection holds and its provider no longer reports, with since when.
    pub(crate) fn no_longer_reported(&self, connection: &ConnectionId) -> BTreeMap<EntryKey, DateTime<Utc>> {
        let keys = self.held().into_keys().filter(|key| key.connection == *connection);
        keys.filter_map(|key| Some((key.clone(), self.store.missing_since(&key).unwrap()?))).collect()
    }

    pub(crate) fn ledger(&self, connection: &ConnectionId, question: &str) -> LedgerRow {
        let rows = self.store.ledger(connection).unwrap();
        let found = rows.iter().find(|row| row.question == question);
        found.cloned().unwrap_or_else(|| panic!("{question} is not among {rows:#?}"))
    }

    pub(crate) fn states(&self, connection: &ConnectionId) -> BTreeMap<String, AnswerState> {
        let rows = self.store.ledger(connection).unwrap();
        rows.into_iter().map(|row| (row.question, row.state)).collect()
    }

    pub(crate) fn state(&self, connection: &ConnectionId) -> ConnectionState {
        self.store.connection(connection).unwrap().unwrap().state
    }
}

pub(crate) fn cards(directory: &serde_json::Value) -> Vec<ProviderCard> {
    let (cards, notes) = parse_cards(directory);
    assert_eq!(notes, [], "every manner of the sample providers is known");
    // Those that take nothing but a sign-in: not the one that registers applications, nor the one that asks whose record.
    let plain = |card: &ProviderCard| !card.needs_client_id() && card.redirect == RedirectKind::Loopback;
    cards.into_iter().filter(plain).collect()
}

pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

pub(crate) fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// What a patient does in a browser: signs in, chooses what to share, and is sent back to the app.
pub(crate) async fn browse(page: Url, user: String, password: String, not_shared: &'static [&'static str]) {
    let http = client();
    let html = http.get(page.clone()).send().await.unwrap().text().await.unwrap();
    let form = [("request", field(&html, "request")), ("username", user), ("password", password)];
    let html = http.post(page.clone()).form(&form).send().await.unwrap().text().await.unwrap();
    let mut form = vec![("signed_in", field(&html, "signed_in")), ("decision", "allow".to_owned())];
    let ticks: BTreeSet<String> = html
        .split("name=\"kind\" value=\"")
        .skip(1)
        .map(|rest| rest[..rest.find('"').unwrap()].to_owned())
        .collect();
    let shared = ticks.into_iter().filter(|types| !types.split(' ').any(|kind| not_shared.contains(&kind)));
    form.extend(shared.map(|types| ("kind", types)));
    let back = http.post(page).form(&form).send().await.unwrap();
    let location = back.headers()["location"].to_str().unwrap().to_owned();
    http.get(location).send().await.unwrap();
}

fn field(html: &str, name: &str) -> String {
    let marker = format!("name=\"{name}\" value=\"");
    let at = html.find(&marker).unwrap_or_else(|| panic!("no field {name} in {html}")) + marker.len();
    html[at..at + html[at..].find('"').unwrap()].to_owned()
}
