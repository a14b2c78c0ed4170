//! An authorization server that was not written here, in front of a sample provider's FHIR: everything an application
//! does at one, by the code that does it for patients. `docs/interop-testing.md` tells more.

#![allow(clippy::print_stdout, reason = "says what was not tested")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio_util::sync::CancellationToken;
use url::Url;
use wholechart_fhir::Release;
use wholechart_record::ConnectionId;
use wholechart_sandbox::{Release as Told, Sandbox, SandboxConfig};
use wholechart_smart::{
    CardBase, Client, ClientKind, Endpoints, FhirClient, FixedToken, Grant, Known, PageWords, ProviderCard,
    Quirk, RefreshError, RefreshRequest, RegisterError, Registered, Registration, SignInError, SignInRequest,
    base_key, discover, find_patient, refresh, register, revoke, sign_in,
};
use wholechart_store::{ConnectionState, Tokens};
use wholechart_sync::Connected;

use crate::bench::{Bench, cards, client, today};
use crate::key::new_key;

/// The folder with its packages; none where they were not installed, which must not be under CI.
fn packages() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/interop");
    if folder.join("node_modules/oidc-provider").is_dir() {
        return Some(folder);
    }
    println!("not tested: `npm ci` was not run in tests/interop");
    assert!(std::env::var_os("CI").is_none(), "the packages of tests/interop must be there under CI");
    None
}

/// The server, the sample provider behind it, and a record that is connected to that provider directly.
struct Front {
    sandbox: Sandbox,
    direct: Bench,
    card: ProviderCard,
    behind: String,
    origin: String,
    patient: String,
    /// Ends with this; and it writes what nobody reads, but somebody has to be there.
    _server: (Child, Lines<BufReader<ChildStdout>>),
}

impl Front {
    /// With a token that entitles to register, if one is to be wanted.
    async fn start(registration: Option<&str>) -> Option<Self> {
        let folder = packages()?;
        let sandbox = Sandbox::start(SandboxConfig::sample(today())).await.unwrap();
        let mut card = cards(&sandbox.directory()).into_iter().find(|card| card.id == "summit").unwrap();
        let direct = Bench::new();
        let connection = direct.connect(&card, &[]).await;
        let token = direct.store.tokens(&connection).unwrap().unwrap().access;
        let behind = base_key(&card.bases[0].url);
        let mut server = Command::new("node")
            .arg("server.js")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let patient = sandbox.story().patient("summit", Told::R4).unwrap();
        let wanted = json!({"fhir": behind, "token": token.expose_secret(), "patient": patient,
            "registration": registration});
        let stdin = server.stdin.as_mut().unwrap();
        stdin.write_all(format!("{wanted}\n").as_bytes()).await.unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
        let origin = loop {
            let line = lines.next_line().await.unwrap().expect("the server starts");
            if let Some(origin) = line.strip_prefix("listening at ") {
                break origin.to_owned();
            }
        };
        card.bases = vec![CardBase { release: Release::R4, url: format!("{origin}/fhir") }];
        (card.client_id, card.scopes) = (None, None);
        card.quirks = card.quirks.iter().chain([Quirk::OfflineNeedsConsent]).collect();
        Some(Self { sandbox, direct, card, behind, origin, patient, _server: (server, lines) })
    }

    async fn discover(&self) -> Endpoints {
        discover(&self.direct.http, &Known::from(&self.card)).await.unwrap()
    }

    async fn register(&self, own: &Registration) -> Result<Registered, RegisterError> {
        let endpoint = self.discover().await.register.unwrap();
        register(&self.direct.http, &endpoint, own).await
    }

    async fn client(&self) -> Client {
        let registered = self.register(&own(ClientKind::Public)).await.unwrap();
        Client { id: registered.client_id, secret: registered.client_secret }
    }

    async fn sign_in(
        &self,
        client: &Client,
        card: &ProviderCard,
        way_back: fn(&mut Url),
    ) -> Result<Grant, SignInError> {
        let words = PageWords {
            lang: "en".into(),
            title: "Test".into(),
            received: "Received.".into(),
            refused: "Refused.".into(),
            back: None,
        };
        let mut request = SignInRequest::new(card, &self.discover().await, client.clone(), words);
        request.timeout = Duration::from_secs(30);
        let browser = move |page: &Url| -> Result<(), ()> {
            tokio::spawn(browse(page.clone(), way_back));
            Ok(())
        };
        sign_in(&self.direct.http, &request, browser, |_| {}, CancellationToken::new()).await
    }

    /// Signed in, in a record of its own.
    async fn connected(&self, client: &Client) -> (Bench, ConnectionId, Grant) {
        let grant = self.sign_in(client, &self.card, |_| {}).await.unwrap();
        let bench = Bench::new();
        let connection = self.keep(&bench, client, &grant).await;
        (bench, connection, grant)
    }

    async fn keep(&self, bench: &Bench, client: &Client, grant: &Grant) -> ConnectionId {
        let mut card = self.card.clone();
        card.client_id = Some(client.id.clone());
        let endpoints = self.discover().await;
        let base = &endpoints.bases[0].url;
        let token = Arc::new(FixedToken(grant.access_token.clone()));
        let fhir =
            FhirClient::new(bench.http.clone(), base, Release::R4, card.quirks.clone(), token).unwrap();
        let patient = find_patient(&fhir, grant, &card.quirks).await.unwrap();
        let tokens = Tokens {
            access: grant.access_token.clone(),
            refresh: grant.refresh_token.clone(),
            expires_at: Some(grant.expires_at),
            scope: grant.scope.clone().unwrap_or_default(),
        };
        let patients = BTreeMap::from([(base_key(base), patient)]);
        let connected = Connected { card, endpoints, accepted: None, unshown: false };
        bench.keep("front", "Front", &connected, patients, &tokens, client.secret.as_ref())
    }

    async fn renew(&self, client: &Client, token: &SecretString) -> Result<Grant, RefreshError> {
        let endpoints = self.discover().await;
        let request = RefreshRequest::new(&endpoints, client.clone(), &self.card.quirks, token.clone());
        refresh(&self.direct.http, &request, Utc::now()).await
    }

    /// Status, form and `Authorization` of everything that came to the token endpoint.
    async fn trades(&self) -> Vec<Value> {
        let answer = client().get(format!("{}/trades", self.origin)).send().await.unwrap();
        answer.json().await.unwrap()
    }

    async fn fhir_status(&self, token: &SecretString) -> u16 {
        let request = client().get(format!("{}/fhir/Patient/{}", self.origin, self.patient));
        request.bearer_auth(token.expose_secret()).send().await.unwrap().status().as_u16()
    }
}

/// What the application says of itself: any port of the loopback may be the one it returns to.
fn own(kind: ClientKind) -> Registration {
    Registration {
        name: "Wholechart".into(),
        redirects: vec!["http://127.0.0.1/callback".into()],
        scopes: ["openid", "fhirUser", "offline_access", "launch/patient", "patient/*.read"]
            .map(str::to_owned)
            .to_vec(),
        kind,
        keys: None,
        software_id: None,
        access: None,
    }
}

/// A browser with cookies, and a person who fills in whatever form there is. `way_back` sees the address that leads
/// back to the application before it is followed.
async fn browse(start: Url, way_back: fn(&mut Url)) {
    let http = client();
    let query: BTreeMap<_, _> = start.query_pairs().into_owned().collect();
    let back = Url::parse(&query["redirect_uri"]).unwrap();
    let mut cookies: BTreeMap<String, String> = BTreeMap::new();
    let (mut at, mut form) = (start, None);
    loop {
        let request = match form.take() {
            None => http.get(at.clone()),
            Some(form) => http.post(at.clone()).form(&form),
        };
        let jar: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = request.header("cookie", jar.join("; ")).send().await.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            cookies.insert(name.to_owned(), value.to_owned());
        }
        if let Some(location) = answer.headers().get("location") {
            at = at.join(location.to_str().unwrap()).unwrap();
            if at.origin() == back.origin() {
                way_back(&mut at);
                http.get(at).send().await.unwrap();
                return;
            }
            continue;
        }
        let html = answer.text().await.unwrap();
        let Some(after) = html.split("action=\"").nth(1) else { return };
        at = at.join(&after[..after.find('"').unwrap()]).unwrap();
        let prompt = if html.contains("value=\"login\"") { "login" } else { "consent" };
        form = Some(vec![("prompt", prompt), ("login", "rosa"), ("password", "any")]);
    }
}

fn set(url: &mut Url, name: &str, value: Option<&str>) {
    let others: Vec<(String, String)> =
        url.query_pairs().into_owned().filter(|(known, _)| known != name).collect();
    url.query_pairs_mut().clear().extend_pairs(others).extend_pairs(value.map(|value| (name, value)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_arrives_whole_from_behind_a_server_that_was_not_written_here() {
    let Some(front) = Front::start(None).await else { return };
    let endpoints = front.discover().await;
    assert_eq!(endpoints.issuer.as_deref(), Some(front.origin.as_str()));
    assert!(endpoints.names_issuer && endpoints.register.is_some() && endpoints.revoke.is_some());
    // Known by its id alone, by a secret, by a key: each registers itself, each on a port nobody knew before.
    let (key, public) = new_key();
    for kind in [ClientKind::Public, ClientKind::Secret, ClientKind::Key] {
        let keys = (kind == ClientKind::Key).then(|| public.clone());
        let registered = front.register(&Registration { keys, ..own(kind) }).await.unwrap();
        let secret = if kind == ClientKind::Key { Some(key.clone()) } else { registered.client_secret };
        assert_eq!(secret.is_some(), kind != ClientKind::Public, "{kind:?}");
        let client = Client { id: registered.client_id, secret };
        let (bench, connection, grant) = front.connected(&client).await;
        assert!(grant.refresh_token.is_some() && grant.fhir_user.is_some(), "{kind:?}");
        if kind != ClientKind::Public {
            let renewed = front.renew(&client, &grant.refresh_token.unwrap()).await.unwrap();
            assert_eq!(front.fhir_status(&renewed.access_token).await, 200, "{kind:?}");
            continue;
        }
        let report = bench.sync(&connection).await.unwrap();
        let direct = ConnectionId("summit".into());
        front.direct.sync(&direct).await.unwrap();
        let here = format!("{}/fhir", front.origin);
        let held: BTreeMap<_, _> = bench
            .held()
            .into_iter()
            .map(|(key, bytes)| {
                let text = String::from_utf8(bytes).unwrap().replace(&here, &front.behind);
                ((key.resource_type, key.id), text)
            })
            .collect();
        let wanted: BTreeMap<_, _> = front
            .direct
            .held()
            .into_iter()
            .map(|(key, bytes)| ((key.resource_type, key.id), String::from_utf8(bytes).unwrap()))
            .collect();
        assert!(held.len() > 100 && report.new as usize == held.len());
        assert!(held == wanted, "the same record as without it");
    }
    front.sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refresh_tokens_rotate_and_one_that_is_used_twice_ends_the_grant() {
    let Some(front) = Front::start(None).await else { return };
    let client = front.client().await;
    let (bench, connection, grant) = front.connected(&client).await;
    let held = |name: &str| {
        let tokens = bench.store.tokens(&connection).unwrap().unwrap();
        let token = if name == "access" { Some(tokens.access) } else { tokens.refresh };
        token.unwrap().expose_secret().to_owned()
    };
    // A token that has ended is renewed, and what came with it is on disk.
    let mut used = vec![held("refresh")];
    for _ in 0..3 {
        let mut tokens = bench.store.tokens(&connection).unwrap().unwrap();
        tokens.expires_at = Some(Utc::now() - TimeDelta::hours(1));
        bench.store.save_tokens(&connection, &tokens).unwrap();
        let report = bench.sync(&connection).await.unwrap();
        assert!(!report.sign_in_needed);
        assert!(!used.contains(&held("refresh")), "rotated");
        used.push(held("refresh"));
    }
    let trades = front.trades().await;
    let statuses: Vec<_> = trades.iter().map(|trade| trade["status"].as_u64().unwrap()).collect();
    assert_eq!(statuses, [200; 4], "one trade for the code, one for each renewal");
    // Somebody else shows the first one again.
    let stolen = front.renew(&client, &grant.refresh_token.unwrap()).await.unwrap_err();
    assert!(matches!(stolen, RefreshError::SignInNeeded { .. }), "{stolen:?}");
    assert_eq!(front.fhir_status(&held("access").into()).await, 401, "the whole grant has ended");
    let before = bench.held();
    let report = bench.sync(&connection).await.unwrap();
    assert!(report.sign_in_needed);
    assert_eq!(bench.state(&connection), ConnectionState::SignInNeeded);
    assert!(bench.held() == before, "nothing is lost");
    // One sign-in later it goes on.
    let grant = front.sign_in(&client, &front.card, |_| {}).await.unwrap();
    front.keep(&bench, &client, &grant).await;
    let report = bench.sync(&connection).await.unwrap();
    assert_eq!((report.sign_in_needed, report.new, report.changed), (false, 0, 0));
    front.sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_traded_once_and_one_that_is_replayed_ends_the_grant() {
    let Some(front) = Front::start(None).await else { return };
    let client = front.client().await;
    let (bench, connection, grant) = front.connected(&client).await;
    let trades = front.trades().await;
    assert_eq!(trades.len(), 1, "a code is sent once");
    // The very same request once more, verifier and all.
    let form: BTreeMap<String, String> = serde_json::from_value(trades[0]["form"].clone()).unwrap();
    assert!(form.contains_key("code_verifier"));
    let endpoints = front.discover().await;
    let again = crate::bench::client().post(endpoints.token).form(&form).send().await.unwrap();
    assert_eq!(again.status().as_u16(), 400);
    assert_eq!(again.json::<Value>().await.unwrap()["error"], "invalid_grant");
    assert_eq!(front.fhir_status(&grant.access_token).await, 401);
    assert!(bench.sync(&connection).await.unwrap().sign_in_needed);
    front.sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_insists_on_is_told_apart() {
    let Some(front) = Front::start(None).await else { return };
    let client = front.client().await;
    // Without PKCE.
    let mut card = front.card.clone();
    card.quirks = card.quirks.iter().chain([Quirk::OmitPkce]).collect();
    let refused = front.sign_in(&client, &card, |_| {}).await.unwrap_err();
    assert!(
        matches!(&refused, SignInError::Server { error, words: Some(words), .. }
            if error == "invalid_request" && words.contains("PKCE")),
        "{refused:?}"
    );
    // It names itself whenever the browser comes back: as another one, or as nobody, it is not this server.
    let other = front.sign_in(&client, &front.card, |back| set(back, "iss", Some("https://other.example")));
    assert!(matches!(other.await.unwrap_err(), SignInError::WrongIssuer { .. }));
    let nobody = front.sign_in(&client, &front.card, |back| set(back, "iss", None)).await.unwrap_err();
    assert!(matches!(nobody, SignInError::WrongIssuer { .. }));
    let code = front.sign_in(&client, &front.card, |back| set(back, "code", Some("made-up"))).await;
    assert!(matches!(code.unwrap_err(), SignInError::Server { error, .. } if error == "invalid_grant"));
    // Nobody it knows, and an address it does not know: said before a browser is opened.
    let nobody = Client { id: "nobody".into(), secret: None };
    let unknown = front.sign_in(&nobody, &front.card, |_| {}).await.unwrap_err();
    assert!(matches!(unknown, SignInError::UnknownClient { .. }), "{unknown:?}");
    let elsewhere =
        Registration { redirects: vec!["com.example.other:/callback".into()], ..own(ClientKind::Public) };
    let elsewhere = front.register(&elsewhere).await.unwrap();
    let elsewhere = Client { id: elsewhere.client_id, secret: None };
    let redirect = front.sign_in(&elsewhere, &front.card, |_| {}).await.unwrap_err();
    assert!(
        matches!(&redirect, SignInError::RedirectRefused { redirect, .. } if redirect.ends_with("/callback")),
        "{redirect:?}"
    );
    front.sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_prompt_for_consent_there_is_no_way_back_later() {
    let Some(front) = Front::start(None).await else { return };
    let client = front.client().await;
    let mut card = front.card.clone();
    card.quirks = card.quirks.iter().filter(|quirk| *quirk != Quirk::OfflineNeedsConsent).collect();
    let grant = front.sign_in(&client, &card, |_| {}).await.unwrap();
    assert!(grant.refresh_token.is_none() && !grant.scope.unwrap().contains("offline_access"));
    front.sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn registration_and_revocation() {
    let Some(front) = Front::start(Some("first-of-all")).await else { return };
    let refused = front.register(&own(ClientKind::Public)).await.unwrap_err();
    assert!(matches!(refused, RegisterError::NotAllowed), "{refused:?}");
    let entitled = Registration { access: Some("first-of-all".into()), ..own(ClientKind::Public) };
    // A web address over plain http is none that a server may send codes to.
    let wrong = Registration { redirects: vec!["http://example.com/callback".into()], ..entitled.clone() };
    let refused = front.register(&wrong).await.unwrap_err();
    assert!(
        matches!(&refused, RegisterError::Refused { error, .. } if error == "invalid_redirect_uri"),
        "{refused:?}"
    );
    let registered = front.register(&entitled).await.unwrap();
    let client = Client { id: registered.client_id, secret: None };
    let grant = front.sign_in(&client, &front.card, |_| {}).await.unwrap();
    assert_eq!(front.fhir_status(&grant.access_token).await, 200);
    let (endpoints, token) = (front.discover().await, grant.refresh_token.unwrap());
    let http = &front.direct.http;
    revoke(http, &endpoints, &client, &front.card.quirks, &grant.access_token, Some(&token)).await.unwrap();
    assert_eq!(front.fhir_status(&grant.access_token).await, 401);
    assert!(matches!(front.renew(&client, &token).await.unwrap_err(), RefreshError::SignInNeeded { .. }));
    front.sandbox.stop().await;
}
