//! Providers: finding them, signing in, ending a connection.

use std::{sync::Arc, time::Duration};

use secrecy::SecretString;
use tokio_util::sync::CancellationToken;
use wholechart_record::ConnectionId;
use wholechart_smart::{
    CardBase, Client, DiscoverError, FetchError, FhirClient, FixedToken, Grant, HttpError, Known, PageWords,
    PatientError, ProviderCard, SignInError, SignInRequest, Stage, TokenError, base_key, discover,
    find_patient, revoke, sign_in,
};
use wholechart_store::{Connection, ConnectionState, LedgerRow, Person, Run, Tokens};
use wholechart_sync::Connected;

use crate::{
    app::App,
    error::error,
    unlock::random_id,
    views::{self, connection::host},
    wire::{
        ApiError, ConnectStage, ConnectTarget, ConnectionView, DirectoryEntry, ErrorCode, Event, SampleSignIn,
    },
};

/// How many lines of the directory are shown at once.
const DIRECTORY_LINES: usize = 60;
/// How many colours there are for provider marks.
const COLOURS: u8 = 8;
/// How long ending a sign-in at the provider may take before the connection is ended here all the same.
const REVOKE_PATIENCE: Duration = Duration::from_secs(10);

/// A connection with all that lists show of it.
pub(crate) struct ConnectionSummary {
    pub(crate) connection: Connection,
    pub(crate) mark: String,
    pub(crate) resources: u64,
    pub(crate) last_finished: Option<Run>,
    pub(crate) ledger: Vec<LedgerRow>,
}

/// What is being connected, once the target is understood.
struct Attempt {
    card: ProviderCard,
    secret: Option<SecretString>,
    /// The connection to sign in to again.
    again: Option<Connection>,
}

impl App {
    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn directory(&self, query: String) -> Result<Vec<DirectoryEntry>, ApiError> {
        Ok(self
            .directory
            .search(&query, DIRECTORY_LINES)
            .into_iter()
            .map(|card| DirectoryEntry {
                card: card.id.clone(),
                name: card.name.clone(),
                place: card.place.clone(),
                portal: card.portal.clone(),
                asks_practice: card.asks_practice,
                needs_client_id: card.needs_client_id(),
                registration_help: card.needs_client_id().then(|| self.registration_help(card)),
                sample_sign_in: card
                    .sample_sign_in
                    .as_ref()
                    .map(|s| SampleSignIn { user_id: s.user_id.clone(), password: s.password.clone() }),
            })
            .collect())
    }

    fn registration_help(&self, card: &ProviderCard) -> String {
        let own = card.registration_help.as_deref().filter(|key| self.words.has(key));
        self.words.get(own.unwrap_or("registration-generic"))
    }

    pub(crate) async fn connections(&self, person: String) -> Result<Vec<ConnectionView>, ApiError> {
        let person = self.person(&person).await?;
        let known = self.connections_of(&person).await?;
        Ok(known.into_iter().map(|one| self.view(&person, one)).collect())
    }

    /// A person's connections in the order they were added, each with its mark.
    pub(crate) async fn connections_of(&self, person: &Person) -> Result<Vec<ConnectionSummary>, ApiError> {
        let id = person.id.clone();
        self.ask(move |store| {
            let mut connections = store.connections(Some(&id))?;
            connections.sort_by(|a, b| a.created.cmp(&b.created).then_with(|| a.id.cmp(&b.id)));
            let names: Vec<String> = connections.iter().map(|c| c.name.clone()).collect();
            let marks = views::connection::marks(&names);
            connections
                .into_iter()
                .zip(marks)
                .map(|(connection, mark)| {
                    Ok(ConnectionSummary {
                        mark,
                        resources: store.counts(&connection.id)?.resources,
                        last_finished: store.last_finished_run(&connection.id)?,
                        ledger: store.ledger(&connection.id)?,
                        connection,
                    })
                })
                .collect()
        })
        .await
    }

    fn view(&self, person: &Person, one: ConnectionSummary) -> ConnectionView {
        let known = views::connection::Known {
            connection: &one.connection,
            resources: one.resources,
            last_finished: one.last_finished.as_ref(),
            ledger: &one.ledger,
            syncing: self.runs(&one.connection.id.0),
        };
        views::connection::view(&self.words, &known, one.mark, self.host.now(), person.home_zone)
    }

    pub(crate) async fn connect(
        &self,
        attempt: String,
        person: String,
        target: ConnectTarget,
    ) -> Result<ConnectionView, ApiError> {
        let person = self.person(&person).await?;
        let Some(cancel) = self.start(&attempt) else {
            return Err(self.misuse("connect", "this attempt is under way"));
        };
        let outcome = self.connect_as(&attempt, &person, target, cancel).await;
        self.ended(&attempt);
        let id = outcome?;
        self.host.event(Event::Changed);
        let known = self.connections_of(&person).await?;
        let one = known.into_iter().find(|one| one.connection.id == id);
        one.map(|one| self.view(&person, one)).ok_or_else(|| self.error("error-no-such"))
    }

    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn cancel_connect(&self, attempt: String) -> Result<(), ApiError> {
        self.stop(&attempt);
        Ok(())
    }

    async fn connect_as(
        &self,
        attempt: &str,
        person: &Person,
        target: ConnectTarget,
        cancel: CancellationToken,
    ) -> Result<ConnectionId, ApiError> {
        let Attempt { mut card, secret, again } = self.understand(person, target).await?;
        let first_host = card.bases.first().and_then(|base| host(&base.url)).unwrap_or_default();
        self.tell(attempt, ConnectStage::Discovering, "connect-discovering", &first_host, None);
        let known = Known::from(&card);
        let endpoints = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(self.cancelled()),
            found = discover(&self.http, &known) => found.map_err(|e| self.discovery(&e))?,
        };
        let client = Client { id: card.client_id.clone().unwrap_or_default(), secret: secret.clone() };
        let words = PageWords {
            lang: "en".into(),
            title: self.words.get("callback-title"),
            received: self.words.get("callback-received"),
            refused: self.words.get("callback-refused"),
        };
        let request = SignInRequest::new(&card, &endpoints, client, words);
        let browser = |url: &url::Url| self.host.open_browser(url);
        let stage = |stage: Stage| match stage {
            Stage::WaitingForSignIn { url, host } => {
                self.tell(
                    attempt,
                    ConnectStage::WaitingForSignIn,
                    "connect-waiting",
                    &host,
                    Some(url.to_string()),
                );
            }
            Stage::Finishing => self.tell(attempt, ConnectStage::Finishing, "connect-finishing", "", None),
        };
        let grant =
            sign_in(&self.http, &request, browser, stage, cancel).await.map_err(|e| self.sign_in(&e))?;

        let mut patient = std::collections::BTreeMap::new();
        for base in &endpoints.bases {
            let found = self.patient_at(&base.url, base.release, &card, &grant).await;
            match found {
                Ok(id) => {
                    patient.insert(base_key(&base.url), id);
                }
                // One base that does not answer must not cost the others; all of them failing must be said.
                Err(said) if patient.is_empty() && Some(base) == endpoints.bases.last() => return Err(said),
                Err(_) => {}
            }
        }
        let tokens = Tokens {
            access: grant.access_token,
            refresh: grant.refresh_token,
            expires_at: Some(grant.expires_at),
            scope: grant.scope.unwrap_or_default(),
        };
        // A secret has a place of its own in the encrypted file; the card is shown in details.
        card.client_secret = None;
        let others = self.connections_of(person).await?;
        let connection = match again {
            Some(known) => Connection {
                card: Connected { card, endpoints }.to_json(),
                patient,
                state: ConnectionState::Connected,
                ..known
            },
            None => Connection {
                id: ConnectionId(random_id()),
                person: person.id.clone(),
                name: card.practice.clone().unwrap_or_else(|| card.name.clone()),
                card: Connected { card, endpoints }.to_json(),
                patient,
                state: ConnectionState::Connected,
                created: self.host.now(),
                colour: u8::try_from(others.len() % usize::from(COLOURS)).unwrap_or_default(),
                imported: false,
            },
        };
        let id = connection.id.clone();
        self.ask(move |store| {
            store.save_connection(&connection)?;
            store.save_client_secret(&connection.id, secret.as_ref())?;
            store.save_tokens(&connection.id, &tokens)
        })
        .await?;
        self.tell(attempt, ConnectStage::Done, "connect-done", "", None);
        Ok(id)
    }

    async fn patient_at(
        &self,
        base: &str,
        release: wholechart_fhir::Release,
        card: &ProviderCard,
        grant: &Grant,
    ) -> Result<String, ApiError> {
        let token = Arc::new(FixedToken(grant.access_token.clone()));
        let client = FhirClient::new(self.http.clone(), base, release, card.quirks.clone(), token)
            .map_err(|e| self.fetch(&e))?;
        find_patient(&client, grant, &card.quirks).await.map_err(|said| match said {
            PatientError::Several(_) => self.about("error-several-patients", &host(base).unwrap_or_default()),
            PatientError::NotFound => self.about("error-no-patient", &host(base).unwrap_or_default()),
            PatientError::Refused { status, words } => self
                .about("error-no-patient", &host(base).unwrap_or_default())
                .details(format!("{status} {}", words.unwrap_or_default())),
            PatientError::Fetch(said) => self.fetch(&said),
        })
    }

    async fn understand(&self, person: &Person, target: ConnectTarget) -> Result<Attempt, ApiError> {
        let filled = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        match target {
            ConnectTarget::Card { card, practice, client_id, client_secret } => {
                let mut card =
                    self.directory.get(&card).cloned().ok_or_else(|| self.error("error-no-such-card"))?;
                card.client_id = filled(client_id).or(card.client_id);
                if card.needs_client_id() {
                    let mut missing = self.error("error-needs-client-id").code(ErrorCode::NeedsClientId);
                    missing.advice = self.registration_help(&card);
                    return Err(missing);
                }
                card.practice = filled(practice).or(card.practice);
                let secret = filled(client_secret).or_else(|| card.client_secret.clone());
                Ok(Attempt { card, secret: secret.map(SecretString::from), again: None })
            }
            ConnectTarget::Manual {
                name,
                authorize,
                token,
                base_dstu2,
                base_r4,
                client_id,
                client_secret,
            } => {
                let base = |release, url: Option<String>| filled(url).map(|url| CardBase { release, url });
                // R4 first: DSTU2 fills what R4 does not have.
                let bases: Vec<CardBase> = [
                    base(wholechart_fhir::Release::R4, base_r4),
                    base(wholechart_fhir::Release::Dstu2, base_dstu2),
                ]
                .into_iter()
                .flatten()
                .collect();
                let Some(first) = bases.first() else { return Err(self.error("error-base-missing")) };
                let Some(client_id) = filled(client_id) else {
                    let mut missing = self.error("error-needs-client-id").code(ErrorCode::NeedsClientId);
                    missing.advice = self.words.get("registration-generic");
                    return Err(missing);
                };
                let name = filled(Some(name)).or_else(|| host(&first.url)).unwrap_or_default();
                let mut card: ProviderCard = serde_json::from_value(serde_json::json!({
                    "id": "manual", "name": name, "bases": bases, "clientId": client_id,
                }))
                .map_err(|e| self.misuse("connect", &e.to_string()))?;
                card.authorize = filled(authorize);
                card.token = filled(token);
                // The manners of a known gateway belong to its address, whoever types it.
                if let Some(known) = self.directory.cards().iter().find(|known| same_gateway(known, &card)) {
                    card.quirks = known.quirks.clone();
                    card.scopes.clone_from(&known.scopes);
                    card.redirect_ports.clone_from(&known.redirect_ports);
                }
                Ok(Attempt { card, secret: filled(client_secret).map(SecretString::from), again: None })
            }
            ConnectTarget::Again { connection } => {
                let id = ConnectionId(connection);
                let found = self
                    .ask(move |store| {
                        let connection = store.connection(&id)?;
                        Ok((connection, store.client_secret(&id)?))
                    })
                    .await?;
                let (Some(connection), secret) = found else { return Err(self.error("error-no-such")) };
                // Another person's sign-in would bring one's records into the other's.
                if connection.person != person.id {
                    return Err(self.error("error-no-such"));
                }
                let known = Connected::of(&connection).ok_or_else(|| self.error("error-no-such"))?;
                Ok(Attempt { card: known.card, secret, again: Some(connection) })
            }
        }
    }

    pub(crate) async fn disconnect(&self, connection: String, keep_records: bool) -> Result<(), ApiError> {
        if self.runs(&connection) {
            let id = ConnectionId(connection);
            let name =
                self.ask(move |store| store.connection(&id)).await?.map(|c| c.name).unwrap_or_default();
            return Err(error(&self.words, "error-syncing", &[("provider", (&name).into())]));
        }
        let id = ConnectionId(connection);
        let asked = id.clone();
        let (known, tokens, secret) = self
            .ask(move |store| {
                Ok((store.connection(&asked)?, store.tokens(&asked)?, store.client_secret(&asked)?))
            })
            .await?;
        let known = known.ok_or_else(|| self.error("error-no-such"))?;
        if let (Some(Connected { card, endpoints }), Some(tokens)) = (Connected::of(&known), tokens) {
            let client = Client { id: card.client_id.clone().unwrap_or_default(), secret };
            let ending = revoke(
                &self.http,
                &endpoints,
                &client,
                &card.quirks,
                &tokens.access,
                tokens.refresh.as_ref(),
            );
            // The user's wish does not wait for the provider: without a confirmation the tokens go all the same.
            match tokio::time::timeout(REVOKE_PATIENCE, ending).await {
                Ok(Ok(())) => tracing::info!("the provider confirmed that the sign-in was ended"),
                Ok(Err(said)) => tracing::info!(%said, "the sign-in was ended here only"),
                Err(_) => tracing::info!("the provider did not answer; the sign-in was ended here only"),
            }
        }
        self.ask(move |store| store.delete_connection(&id, keep_records)).await?;
        self.host.event(Event::Changed);
        Ok(())
    }

    fn tell(&self, attempt: &str, stage: ConnectStage, key: &str, host: &str, sign_in_url: Option<String>) {
        let text = self.words.with(key, &[("host", host.into())]);
        self.host.event(Event::Connect { attempt: attempt.to_owned(), stage, text, sign_in_url });
    }

    fn about(&self, key: &str, host: &str) -> ApiError {
        error(&self.words, key, &[("host", host.into())])
    }

    fn cancelled(&self) -> ApiError {
        self.error("error-cancelled").code(ErrorCode::Cancelled)
    }

    fn discovery(&self, said: &DiscoverError) -> ApiError {
        match said {
            DiscoverError::NoBase => self.error("error-base-missing"),
            DiscoverError::BadAddress { .. } => self.error("error-not-an-address"),
            DiscoverError::NotHttps { host } => self.about("error-insecure", host),
            DiscoverError::UnknownHost { host } => self.about("error-unknown-host", host),
            DiscoverError::Refused { host } => self.about("error-refused-connection", host),
            DiscoverError::Tls { host } => self.about("error-tls", host),
            DiscoverError::NoAnswer { host } => self.about("error-timeout", host),
            DiscoverError::NotFhir { host, .. } => self.about("error-not-fhir", host),
            DiscoverError::NoSignIn { host } => self.about("error-no-sign-in", host),
        }
        .details(said)
    }

    fn sign_in(&self, said: &SignInError) -> ApiError {
        let with_words = |error: ApiError, words: &Option<String>| match words {
            Some(words) => error.details(words),
            None => error,
        };
        match said {
            SignInError::Denied { words, .. } => with_words(self.error("error-denied"), words),
            SignInError::Cancelled => self.cancelled(),
            SignInError::TimedOut { .. } => self.error("error-sign-in-timeout"),
            SignInError::WrongState | SignInError::WrongIssuer { .. } => self.error("error-wrong-state"),
            SignInError::BrowserFailed => self.error("error-browser"),
            SignInError::NoPort { .. } => self.error("error-port"),
            SignInError::UnknownClient { host, words } => {
                with_words(self.about("error-unknown-client", host), words)
            }
            SignInError::WrongSecret { host, words } => {
                with_words(self.about("error-wrong-secret", host), words)
            }
            SignInError::RedirectRefused { host, redirect } => {
                self.about("error-redirect-refused", host).details(redirect)
            }
            SignInError::ScopeRefused { host, words } => {
                with_words(self.about("error-scope-refused", host), words)
            }
            SignInError::Temporary { host, words } => with_words(self.about("error-server", host), words),
            SignInError::Server { host, error, words } => self
                .about("error-server", host)
                .details(format!("{error} {}", words.as_deref().unwrap_or_default())),
            SignInError::NotJson { host, status } => self.about("error-not-json", host).details(status),
            SignInError::IdToken(why) => self.error("error-wrong-state").details(why),
            SignInError::Http(said) => self.http(said),
        }
    }

    fn fetch(&self, said: &FetchError) -> ApiError {
        match said {
            FetchError::Http(said) => self.http(said),
            FetchError::Token(TokenError::SignInNeeded) => {
                error(&self.words, "error-sign-in-needed", &[("provider", "".into())])
                    .code(ErrorCode::SignInNeeded)
            }
            other => self.error("error-internal").details(other),
        }
    }

    pub(crate) fn http(&self, said: &HttpError) -> ApiError {
        match said {
            HttpError::BadAddress => self.error("error-not-an-address"),
            HttpError::NotHttps { host } => self.about("error-insecure", host),
            HttpError::UnknownHost { host } => self.about("error-unknown-host", host),
            HttpError::Refused { host } | HttpError::Interrupted { host } => {
                self.about("error-refused-connection", host)
            }
            HttpError::Tls { host } => self.about("error-tls", host),
            HttpError::TimedOut { host } => self.about("error-timeout", host),
            HttpError::TooLarge { host, .. } => self.about("error-not-json", host),
            HttpError::Client => self.error("error-internal"),
        }
        .details(said)
    }
}

fn same_gateway(known: &ProviderCard, typed: &ProviderCard) -> bool {
    let key = |base: &CardBase| base_key(&base.url).to_lowercase();
    known.bases.iter().any(|a| typed.bases.iter().any(|b| key(a) == key(b)))
}
