//! Signing in at a provider.

mod errors;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use chrono_tz::Tz;
use secrecy::SecretString;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use wholechart_record::{ConnectionId, PersonId};
use wholechart_smart::{
    Accept, BaseInfo, CardBase, Client, ClientKind, Endpoints, FetchError, FhirClient, FixedToken, Grant,
    Http, Known, PageWords, PatientChoice, PatientError, ProviderCard, Quirks, RedirectKind, Registration,
    SignInError, SignInRequest, Stage, base_key, discover, find_patient, is_return, register, revoke,
    sign_in_with,
};
use wholechart_store::{Connection, ConnectionState, Person, Tokens};
use wholechart_sync::{Connected, identity};

use super::{
    directory,
    view::host,
    wire::{ConnectStage, ConnectTarget, ConnectionView, PatientOption, Trusts},
};
use crate::{
    app::{App, Waiting},
    error::{ApiError, ErrorCode, error},
    host::Event,
    ids::random_id,
    people::free_colour,
    sync::view::born,
    words::Speech,
};

/// How long ending a sign-in at the provider may take before the connection is ended here all the same.
const REVOKE_PATIENCE: Duration = Duration::from_secs(10);
/// How long giving up waits for the attempt to end: one that waits for the browser ends at once.
const END_PATIENCE: Duration = Duration::from_secs(2);
/// How long the user may take to say whose record is meant.
const CHOICE_PATIENCE: Duration = Duration::from_mins(10);
/// Addresses handed in and not looked at yet; more are somebody's mistake.
const RETURNS_WAITING: usize = 4;

/// A sign-in that went well, and is not kept yet.
struct SignedIn<'a> {
    http: &'a Http,
    card: &'a ProviderCard,
    endpoints: &'a Endpoints,
    secret: &'a Option<SecretString>,
    grant: &'a Grant,
}

/// Reads from a base with what was just signed in with.
fn client_at(base: &BaseInfo, signed_in: &SignedIn<'_>) -> Result<FhirClient, FetchError> {
    let token = Arc::new(FixedToken(signed_in.grant.access_token.clone()));
    let quirks = signed_in.card.quirks.clone();
    FhirClient::new(signed_in.http.clone(), &base.url, base.release, quirks, token)
}

/// What is being connected, once the target is understood.
struct Attempt {
    card: ProviderCard,
    secret: Option<SecretString>,
    /// The connection to sign in to again.
    again: Option<Connection>,
    /// Whom to believe where what was typed and what the server says differ. `None`: the user has not been asked.
    trusts: Option<Trusts>,
}

impl App {
    pub(crate) async fn connect(
        &self,
        attempt: String,
        person: PersonId,
        target: ConnectTarget,
    ) -> Result<ConnectionView, ApiError> {
        let person = self.person(person).await?;
        let Some((cancel, running)) = self.start(&attempt) else {
            return Err(self.misuse("connect", "this attempt is under way"));
        };
        let outcome = self.connect_as(&attempt, &person, target, cancel).await;
        drop(running);
        let id = outcome?;
        self.host.event(Event::Changed);
        let known = self.connections(person.id).await?;
        known.into_iter().find(|one| one.id == id).ok_or_else(|| self.error("error-no-such"))
    }

    /// Comes back when the attempt is over: the next one finds the address that the browser comes back to free.
    pub(crate) async fn cancel_connect(&self, attempt: String) -> Result<(), ApiError> {
        if let Some(ended) = self.stop(&attempt) {
            // One that has signed in already ends that sign-in at the provider, which is not waited for.
            let _ = tokio::time::timeout(END_PATIENCE, ended.cancelled()).await;
        }
        Ok(())
    }

    async fn connect_as(
        &self,
        attempt: &str,
        person: &Person,
        target: ConnectTarget,
        cancel: CancellationToken,
    ) -> Result<ConnectionId, ApiError> {
        let Attempt { mut card, mut secret, again, trusts } = self.understand(person, target).await?;
        let first_host = card.bases.first().and_then(|base| host(&base.url)).unwrap_or_default();
        self.tell(attempt, ConnectStage::Discovering, "connect-discovering", &first_host);
        let http = self.http_for(&person.id, again.as_ref().map(|one| &one.id), Some(&card));
        let known = Known::from(&card);
        let endpoints = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(self.cancelled()),
            found = discover(&http, &known) => found.map_err(|e| self.discovery(&e))?,
        };
        let endpoints = self.agree_on(&http, endpoints, &mut card, trusts).await?;
        if card.needs_client_id() {
            secret = self.register_as(&http, &mut card, &endpoints).await?.or(secret);
        }
        let client = Client { id: card.client_id.clone().unwrap_or_default(), secret: secret.clone() };
        let words = PageWords {
            lang: self.words.language().code().to_owned(),
            title: self.words.get("callback-title"),
            received: self.words.get("callback-received"),
            refused: self.words.get("callback-refused"),
            // The system opens the usual record with it, and no other one.
            back: self.host.is_opened_by_scheme().then(|| self.words.get("callback-back")),
        };
        let request = SignInRequest::new(&card, &endpoints, client, words);
        if matches!(card.redirect, RedirectKind::Https | RedirectKind::Paste) && request.returns_to.is_none()
        {
            return Err(self.error("error-no-redirect").code(ErrorCode::NotRegistered));
        }
        let browser = |url: &url::Url| self.host.open_browser(url);
        let stage = |stage: Stage| match stage {
            Stage::WaitingForSignIn { url, host } => {
                let text = self.words.with("connect-waiting", &[("host", (&self.called(&host)).into())]);
                self.host.event(Event::Connect {
                    attempt: attempt.to_owned(),
                    stage: ConnectStage::WaitingForSignIn,
                    text,
                    sign_in_url: Some(url.to_string()),
                    returns_to: request.returns_to.clone(),
                    patients: Vec::new(),
                });
            }
            Stage::Finishing => self.tell(attempt, ConnectStage::Finishing, "connect-finishing", ""),
        };
        let (hand_in, returned) = mpsc::channel(RETURNS_WAITING);
        self.waiting()
            .insert(attempt.to_owned(), Waiting::Return { hand_in, returns_to: request.returns_to.clone() });
        let signed_in = sign_in_with(&http, &request, browser, stage, returned, cancel.clone()).await;
        self.waiting().remove(attempt);
        let grant = signed_in.map_err(|e| self.sign_in(&e))?;

        let signed_in =
            SignedIn { http: &http, card: &card, endpoints: &endpoints, secret: &secret, grant: &grant };
        if !grant.opens_records() {
            // Signed in to nothing: it would be a connection that never brings anything.
            self.end_sign_in(&signed_in).await;
            let host = host(endpoints.token.as_str()).unwrap_or_default();
            let said = SignInError::ScopeRefused { host, words: grant.scope.clone() };
            return Err(self.sign_in(&said));
        }
        let kept = self.whose(attempt, person, &signed_in, again, &cancel).await;
        let (patient, again) = match kept {
            Ok(kept) => kept,
            Err(said) => {
                // Nothing is kept here of a sign-in that is not gone through with, and nothing there.
                self.end_sign_in(&signed_in).await;
                return Err(said);
            }
        };
        let tokens = Tokens {
            access: grant.access_token.clone(),
            refresh: grant.refresh_token.clone(),
            expires_at: Some(grant.expires_at),
            scope: grant.scope.clone().unwrap_or_default(),
        };
        // A secret has a place of its own in the encrypted file; the card is shown in details.
        card.client_secret = None;
        let whose = person.id.clone();
        let others = self.ask(move |store| store.connections(Some(&whose))).await?;
        let connection = match again {
            Some(known) => {
                let before = Connected::of(&known);
                let unshown = before.as_ref().is_some_and(|connected| connected.unshown);
                let accepted = before.and_then(|connected| connected.accepted);
                Connection {
                    card: Connected { card, endpoints, accepted, unshown }.to_json(),
                    patient,
                    state: ConnectionState::Connected,
                    ..known
                }
            }
            None => Connection {
                id: ConnectionId(random_id()),
                person: person.id.clone(),
                name: card.practice.clone().unwrap_or_else(|| card.name.clone()),
                card: Connected { card, endpoints, accepted: None, unshown: false }.to_json(),
                patient,
                state: ConnectionState::Connected,
                created: self.host.now(),
                colour: free_colour(others.iter().map(|one| one.colour)),
                imported: false,
            },
        };
        let id = connection.id.clone();
        self.ask(move |store| store.keep_sign_in(&connection, &tokens, secret.as_ref())).await?;
        self.tell(attempt, ConnectStage::Done, "connect-done", "");
        Ok(id)
    }

    /// Where what the user typed contradicts what the server says, the user decides.
    async fn agree_on(
        &self,
        http: &Http,
        found: Endpoints,
        card: &mut ProviderCard,
        trusts: Option<Trusts>,
    ) -> Result<Endpoints, ApiError> {
        let differs: Vec<(&str, &str, &str)> = found
            .differs
            .iter()
            .filter(|one| one.what != "revoke")
            .map(|one| (one.what.as_str(), one.used.as_str(), one.advertised.as_str()))
            .collect();
        match (trusts, differs.first()) {
            (None, Some((what, typed, server))) => {
                let what = self.words.get(&format!("endpoint-{what}"));
                let args =
                    [("what", (&what).into()), ("typed", (*typed).into()), ("server", (*server).into())];
                Err(error(&self.words, "error-endpoints-differ", &args).code(ErrorCode::EndpointsDiffer))
            }
            (Some(Trusts::Server), Some(_)) => {
                (card.authorize, card.token, card.revoke) = (None, None, None);
                discover(http, &Known::from(&*card)).await.map_err(|e| self.discovery(&e))
            }
            _ => Ok(found),
        }
    }

    /// The application makes itself known where a server lets it (RFC 7591). Gives the secret, if there is one.
    async fn register_as(
        &self,
        http: &Http,
        card: &mut ProviderCard,
        endpoints: &Endpoints,
    ) -> Result<Option<SecretString>, ApiError> {
        let host = card.bases.first().and_then(|base| host(&base.url)).unwrap_or_default();
        let Some(endpoint) = &endpoints.register else {
            let mut missing = self.error("error-needs-client-id").code(ErrorCode::NeedsClientId);
            missing.advice = self.registration_help(card);
            return Err(missing);
        };
        let registration = Registration {
            name: self.words.get("app-name"),
            redirects: directory::redirects(card),
            scopes: card.scopes.clone().unwrap_or_default(),
            kind: ClientKind::Public,
            keys: None,
            software_id: None,
            access: None,
        };
        let registered = register(http, endpoint, &registration).await;
        let registered = registered.map_err(|said| self.registration(&said, &host))?;
        tracing::info!("registered with the provider's server");
        card.client_id = Some(registered.client_id);
        Ok(registered.client_secret)
    }

    /// Whose record the sign-in opens, by base; and the connection that it belongs to, where there is one already.
    async fn whose(
        &self,
        attempt: &str,
        person: &Person,
        signed_in: &SignedIn<'_>,
        again: Option<Connection>,
        cancel: &CancellationToken,
    ) -> Result<(BTreeMap<String, String>, Option<Connection>), ApiError> {
        let mut patient: BTreeMap<String, String> = BTreeMap::new();
        let mut chosen: Option<PatientChoice> = None;
        for base in &signed_in.endpoints.bases {
            let found = match self.patient_at(base, signed_in).await {
                Err(PatientError::Several(choices)) => {
                    let choice = self.choose(attempt, &choices, chosen.as_ref(), cancel).await?;
                    chosen = Some(choice.clone());
                    Ok(choice.id)
                }
                found => found,
            };
            match found {
                Ok(id) => {
                    patient.insert(base_key(&base.url), id);
                }
                // One base that does not answer costs the others nothing; that all of them fail is an error.
                Err(said) if patient.is_empty() && Some(base) == signed_in.endpoints.bases.last() => {
                    return Err(self.no_patient(&said, &host(&base.url).unwrap_or_default()));
                }
                Err(_) => {}
            }
        }
        let opens = |one: &Connection| {
            one.patient.iter().any(|(base, id)| patient.get(base).is_some_and(|found| found == id))
        };
        if let Some(known) = again {
            // The same base with another patient: somebody else signed in, or the provider numbers its patients anew.
            let other = known.patient.iter().any(|(base, id)| patient.get(base).is_some_and(|now| now != id));
            if other && !opens(&known) && !self.is_same_person(&known, signed_in, &patient).await? {
                let args = [("provider", (&known.name).into())];
                return Err(error(&self.words, "error-again-other-patient", &args));
            }
            return Ok((patient, Some(known)));
        }
        let (all, persons) = self.ask(|store| Ok((store.connections(None)?, store.persons()?))).await?;
        let Some(known) = all.into_iter().find(opens) else { return Ok((patient, None)) };
        if known.person == person.id {
            return Ok((patient, Some(known)));
        }
        let whose = persons.into_iter().find(|one| one.id == known.person).map(|one| one.name);
        let whose = whose.unwrap_or_default();
        let args = [("provider", (&known.name).into()), ("person", (&whose).into())];
        Err(error(&self.words, "error-connected-for-other", &args))
    }

    /// Whether a patient under another id says the same of themselves as the one whose record is here. Where nothing
    /// was received yet there is nothing to mix up.
    async fn is_same_person(
        &self,
        known: &Connection,
        signed_in: &SignedIn<'_>,
        patient: &BTreeMap<String, String>,
    ) -> Result<bool, ApiError> {
        let whose = known.person.clone();
        let patients = self.ask(move |store| store.patients(&whose)).await?;
        let held = patients.into_iter().find(|sent| sent.key.connection == known.id);
        let Some(held) = held else { return Ok(true) };
        // What is held and says nothing of anybody cannot be compared: that is no yes.
        let Some(held) = identity(&held.bytes) else { return Ok(false) };
        for base in &signed_in.endpoints.bases {
            let Some(id) = patient.get(&base_key(&base.url)) else { continue };
            let Ok(client) = client_at(base, signed_in) else { continue };
            let answer = client.get(&format!("Patient/{id}"), &Accept::Fhir).await;
            let Some(now) = answer.ok().and_then(|answer| identity(&answer.bytes)) else { continue };
            let alike = held.names.iter().any(|name| now.names.contains(name));
            return Ok(alike && held.birth_date == now.birth_date);
        }
        Ok(false)
    }

    /// The sign-in opens several records: the user says which. The same person at a second base is not asked for again.
    async fn choose(
        &self,
        attempt: &str,
        choices: &[PatientChoice],
        before: Option<&PatientChoice>,
        cancel: &CancellationToken,
    ) -> Result<PatientChoice, ApiError> {
        let same = |one: &&PatientChoice| {
            before.is_some_and(|before| one.name == before.name && one.birth_date == before.birth_date)
        };
        let alike: Vec<&PatientChoice> = choices.iter().filter(same).collect();
        if let [one] = alike.as_slice() {
            return Ok((*one).clone());
        }
        let (choose, chosen) = oneshot::channel();
        self.waiting().insert(attempt.to_owned(), Waiting::Patient(choose));
        self.host.event(Event::Connect {
            attempt: attempt.to_owned(),
            stage: ConnectStage::ChoosingPatient,
            text: self.words.get("connect-choosing"),
            sign_in_url: None,
            returns_to: None,
            patients: choices.iter().map(|one| self.patient_option(one)).collect(),
        });
        let chosen = tokio::select! {
            () = cancel.cancelled() => None,
            chosen = chosen => chosen.ok(),
            () = tokio::time::sleep(CHOICE_PATIENCE) => None,
        };
        self.waiting().remove(attempt);
        let id = chosen.ok_or_else(|| self.cancelled())?;
        choices.iter().find(|one| one.id == id).cloned().ok_or_else(|| self.error("error-no-such"))
    }

    fn patient_option(&self, choice: &PatientChoice) -> PatientOption {
        let speech = Speech::new(&self.words, Tz::UTC, self.host.now());
        PatientOption {
            id: choice.id.clone(),
            name: choice.name.clone().unwrap_or_else(|| self.words.get("patient-nameless")),
            born_text: born(&speech, choice.birth_date.as_deref()),
        }
    }

    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn choose_patient(&self, attempt: String, patient: String) -> Result<(), ApiError> {
        match self.waiting().remove(&attempt) {
            // Given up in this very moment: then nobody listens.
            Some(Waiting::Patient(choose)) => choose.send(patient).map_err(|_| self.cancelled()),
            _ => Err(self.error("error-no-such")),
        }
    }

    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn return_address(&self, attempt: String, address: String) -> Result<(), ApiError> {
        match self.waiting().get(&attempt) {
            Some(Waiting::Return { hand_in, returns_to: Some(returns_to) })
                if is_return(&address, returns_to) =>
            {
                // Full: it was handed in already.
                let _ = hand_in.try_send(address);
                Ok(())
            }
            Some(Waiting::Return { returns_to: Some(returns_to), .. }) => {
                Err(error(&self.words, "error-not-the-return", &[("redirect", returns_to.into())]))
            }
            _ => Err(self.error("error-no-such")),
        }
    }

    /// The application was opened with an address of its own scheme, or a second start of it handed one over: the
    /// browser's return. True when a sign-in waits for it. What is not a return is passed over.
    pub fn opened_with(&self, address: &str) -> bool {
        let mut taken = false;
        for waiting in self.waiting().values() {
            if let Waiting::Return { hand_in, returns_to: Some(returns_to) } = waiting
                && is_return(address, returns_to)
            {
                taken |= hand_in.try_send(address.to_owned()).is_ok();
            }
        }
        taken
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<String, Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn patient_at(&self, base: &BaseInfo, signed_in: &SignedIn<'_>) -> Result<String, PatientError> {
        let client = client_at(base, signed_in)?;
        find_patient(&client, signed_in.grant, &signed_in.card.quirks).await
    }

    fn no_patient(&self, said: &PatientError, host: &str) -> ApiError {
        match said {
            PatientError::Several(_) | PatientError::NotFound => self.about("error-no-patient", host),
            PatientError::Refused { status, words } => self
                .about("error-no-patient", host)
                .details(format!("{status} {}", words.as_deref().unwrap_or_default())),
            PatientError::Fetch(said) => self.fetch(said),
        }
    }

    async fn understand(&self, person: &Person, target: ConnectTarget) -> Result<Attempt, ApiError> {
        let filled = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        match target {
            ConnectTarget::Card { card, practice, base, redirect, client_id, client_secret } => {
                let mut card = self.card(&card).await?;
                card.client_id = filled(client_id).or(card.client_id);
                if let Some(url) = filled(base) {
                    card.bases = vec![CardBase { release: wholechart_fhir::Release::R4, url }];
                }
                if card.bases.is_empty() {
                    return Err(self.error("error-base-missing"));
                }
                // Somebody has to make the application known first, and it cannot do it itself.
                if card.needs_client_id() && !card.client_kinds.contains(&ClientKind::Dynamic) {
                    let mut missing = self.error("error-needs-client-id").code(ErrorCode::NeedsClientId);
                    missing.advice = self.registration_help(&card);
                    return Err(missing);
                }
                if let Some(address) = filled(redirect) {
                    directory::redirect_to(&mut card, &address)
                        .ok_or_else(|| self.error("error-redirect-address"))?;
                }
                card.practice = filled(practice).or(card.practice);
                let secret = filled(client_secret).or_else(|| card.client_secret.clone());
                let secret = secret.map(SecretString::from);
                Ok(Attempt { card, secret, again: None, trusts: Some(Trusts::Typed) })
            }
            ConnectTarget::Manual {
                name,
                authorize,
                token,
                base_dstu2,
                base_r4,
                redirect,
                client_id,
                client_secret,
                trusts,
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
                let name = filled(Some(name)).or_else(|| host(&first.url)).unwrap_or_default();
                let mut card = ProviderCard {
                    id: ProviderCard::MANUAL.to_owned(),
                    name,
                    bases,
                    client_id: filled(client_id),
                    authorize: filled(authorize),
                    token: filled(token),
                    ..ProviderCard::default()
                };
                // The manners of a known gateway belong to its address, whoever types it.
                if let Some(known) =
                    self.whole_directory().await.cards().iter().find(|known| same_gateway(known, &card))
                {
                    card.quirks = known.quirks.clone();
                    card.scopes.clone_from(&known.scopes);
                    card.redirect = known.redirect;
                    card.redirect_ports.clone_from(&known.redirect_ports);
                    card.redirect_address.clone_from(&known.redirect_address);
                } else {
                    // An address that was told once, and registered, stays: this server may compare it to the byte.
                    card.redirect_ports = directory::usual_ports();
                }
                if let Some(address) = filled(redirect) {
                    directory::redirect_to(&mut card, &address)
                        .ok_or_else(|| self.error("error-redirect-address"))?;
                }
                let secret = filled(client_secret).map(SecretString::from);
                Ok(Attempt { card, secret, again: None, trusts })
            }
            ConnectTarget::Again { connection } => {
                let found = self
                    .ask(move |store| {
                        let known = store.connection(&connection)?;
                        Ok((known, store.client_secret(&connection)?))
                    })
                    .await?;
                let (Some(connection), secret) = found else { return Err(self.error("error-no-such")) };
                // Another person's sign-in would bring one's records into the other's.
                if connection.person != person.id {
                    return Err(self.error("error-no-such"));
                }
                let mut known = Connected::of(&connection).ok_or_else(|| self.error("error-no-such"))?;
                // Once any port was the last resort: an address that nobody can register.
                known.card.redirect_ports.retain(|port| *port != 0);
                Ok(Attempt { card: known.card, secret, again: Some(connection), trusts: Some(Trusts::Typed) })
            }
        }
    }

    /// The user's wish does not wait for the provider: without a confirmation the tokens go all the same.
    pub(super) async fn revoke_at(
        &self,
        http: &Http,
        endpoints: &Endpoints,
        client: &Client,
        quirks: &Quirks,
        access: &SecretString,
        refresh: Option<&SecretString>,
    ) {
        let ending = revoke(http, endpoints, client, quirks, access, refresh);
        match tokio::time::timeout(REVOKE_PATIENCE, ending).await {
            Ok(Ok(())) => tracing::info!("the provider confirmed that the sign-in was ended"),
            Ok(Err(_)) => tracing::info!("the provider did not confirm; the sign-in was ended here only"),
            Err(_) => tracing::info!("the provider did not answer; the sign-in was ended here only"),
        }
    }

    async fn end_sign_in(&self, signed_in: &SignedIn<'_>) {
        let SignedIn { http, card, endpoints, secret, grant } = signed_in;
        let id = card.client_id.clone().unwrap_or_default();
        let client = Client { id, secret: (*secret).clone() };
        let refresh = grant.refresh_token.as_ref();
        self.revoke_at(http, endpoints, &client, &card.quirks, &grant.access_token, refresh).await;
    }

    fn tell(&self, attempt: &str, stage: ConnectStage, key: &str, host: &str) {
        let text = self.words.with(key, &[("host", (&self.called(host)).into())]);
        self.host.event(Event::Connect {
            attempt: attempt.to_owned(),
            stage,
            text,
            sign_in_url: None,
            returns_to: None,
            patients: Vec::new(),
        });
    }
}

fn same_gateway(known: &ProviderCard, typed: &ProviderCard) -> bool {
    let key = |base: &CardBase| base_key(&base.url).to_lowercase();
    known.bases.iter().any(|a| typed.bases.iter().any(|b| key(a) == key(b)))
}
