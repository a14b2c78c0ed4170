use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;
use url::Url;
use wholechart_smart::{
    Client, Endpoints, Grant, PageWords, Quirk, Quirks, RefreshError, RefreshRequest, SignInError,
    SignInRequest, Stage, refresh, revoke, sign_in,
};
use wiremock::{MockServer, Request, ResponseTemplate};

use crate::server::{closed_port, get, html, http, json as answer, post};

const WORDS: [&str; 2] = ["You can close this window.", "This did not work."];

fn words() -> PageWords {
    PageWords {
        lang: "en".into(),
        title: "Wholechart".into(),
        received: WORDS[0].into(),
        refused: WORDS[1].into(),
        back: Some("Back".into()),
    }
}

pub(crate) fn request(server: &MockServer) -> SignInRequest {
    let at = |path: &str| Url::parse(&format!("{}{path}", server.uri())).unwrap();
    SignInRequest {
        authorize: at("/authorize?tenant=t1"),
        token: at("/token"),
        issuer: None,
        names_issuer: false,
        client: Client { id: "app id".into(), secret: None },
        post_secret: false,
        aud: "https://fhir.example/r4/".into(),
        scopes: ["launch/patient", "openid", "patient/*.read"].map(String::from).to_vec(),
        scopes_supported: vec![],
        redirect_ports: vec![],
        returns_to: None,
        quirks: Quirks::default(),
        timeout: Duration::from_secs(20),
        words: words(),
    }
}

fn pairs(text: &str) -> HashMap<String, String> {
    url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

/// Opens the page, as a browser whose user has just signed in: it goes to the redirect address with these parameters.
/// `STATE` stands for the state that was sent.
fn browser(params: &'static [(&'static str, &'static str)]) -> (impl Fn(&Url) -> Result<(), ()>, Seen) {
    let seen = Seen::default();
    let kept = seen.clone();
    let open = move |page: &Url| {
        let query = pairs(page.query().unwrap());
        let mut back = Url::parse(&query["redirect_uri"]).unwrap();
        for (name, value) in params {
            let value = if *value == "STATE" { &query["state"] } else { *value };
            back.query_pairs_mut().append_pair(name, value);
        }
        kept.0.lock().unwrap().pages.push(page.clone());
        let kept = kept.clone();
        let after = kept.clone();
        let coming_back = tokio::spawn(async move {
            let client = wholechart_http();
            let other = client.get(back.join("/favicon.ico").unwrap()).send().await.unwrap();
            kept.0.lock().unwrap().statuses.push(other.status().as_u16());
            let answer = client.get(back.clone()).send().await.unwrap();
            kept.0.lock().unwrap().statuses.push(answer.status().as_u16());
            let text = answer.text().await.unwrap();
            kept.0.lock().unwrap().texts.push(text);
            // Whoever comes later finds the door closed, or nobody.
            if let Ok(again) = client.get(back).send().await {
                kept.0.lock().unwrap().statuses.push(again.status().as_u16());
            }
        });
        after.0.lock().unwrap().coming_back.push(coming_back);
        Ok(())
    };
    (open, seen)
}

fn wholechart_http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

#[derive(Clone, Default)]
struct Seen(Arc<Mutex<SeenInner>>);

#[derive(Default)]
struct SeenInner {
    pages: Vec<Url>,
    statuses: Vec<u16>,
    texts: Vec<String>,
    coming_back: Vec<tokio::task::JoinHandle<()>>,
}

impl Seen {
    /// Until the browser has seen its page.
    async fn settle(&self) {
        let coming_back = std::mem::take(&mut self.0.lock().unwrap().coming_back);
        for task in coming_back {
            task.await.unwrap();
        }
    }

    fn page(&self) -> HashMap<String, String> {
        pairs(self.0.lock().unwrap().pages.last().unwrap().query().unwrap())
    }
}

async fn sign(
    request: &SignInRequest,
    params: &'static [(&'static str, &'static str)],
) -> (Result<Grant, SignInError>, Seen) {
    let (open, seen) = browser(params);
    let outcome = sign_in(&http(), request, open, |_| {}, CancellationToken::new()).await;
    seen.settle().await;
    (outcome, seen)
}

/// Signs in at a browser that brings something else before what the server sent.
async fn sign_after(
    request: &SignInRequest,
    stray: &'static [(&'static str, &'static str)],
) -> (Result<Grant, SignInError>, Vec<u16>) {
    let statuses = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&statuses);
    let open = move |page: &Url| -> Result<(), ()> {
        let query = pairs(page.query().unwrap());
        let (to, state, kept) = (query["redirect_uri"].clone(), query["state"].clone(), Arc::clone(&kept));
        tokio::spawn(async move {
            for params in [stray, CODE] {
                let mut back = Url::parse(&to).unwrap();
                for (name, value) in params {
                    let value = if *value == "STATE" { state.as_str() } else { value };
                    back.query_pairs_mut().append_pair(name, value);
                }
                let answer = wholechart_http().get(back).send().await.unwrap();
                kept.lock().unwrap().push(answer.status().as_u16());
            }
        });
        Ok(())
    };
    let outcome = sign_in(&http(), request, open, |_| {}, CancellationToken::new()).await;
    let statuses = statuses.lock().unwrap().clone();
    (outcome, statuses)
}

const CODE: &[(&str, &str)] = &[("code", "c0de"), ("state", "STATE")];

async fn token_requests(server: &MockServer) -> Vec<Request> {
    let all = server.received_requests().await.unwrap();
    all.into_iter().filter(|request| request.url.path() == "/token").collect()
}

#[tokio::test]
async fn a_public_client_signs_in_with_everything_the_standard_wants() {
    let server = MockServer::start().await;
    let token = json!({"access_token": "at", "token_type": "bearer", "expires_in": "570", "scope": "openid patient/Patient.read",
        "refresh_token": "rt", "patient": "p1"});
    post(&server, "/token", answer(200, &token)).await;
    let stages = Mutex::new(Vec::new());
    let (open, seen) = browser(CODE);
    let record = |stage| stages.lock().unwrap().push(stage);
    let before = chrono::Utc::now();
    let grant = sign_in(&http(), &request(&server), open, record, CancellationToken::new()).await.unwrap();
    seen.settle().await;

    assert_eq!(grant.access_token.expose_secret(), "at");
    assert_eq!(grant.refresh_token.as_ref().unwrap().expose_secret(), "rt");
    assert_eq!(grant.patient.as_deref(), Some("p1"));
    assert_eq!(grant.scope.as_deref(), Some("openid patient/Patient.read"));
    let life = (grant.expires_at - before).num_seconds();
    assert!((570..=600).contains(&life), "{life}");

    let page = seen.page();
    assert_eq!(page["tenant"], "t1", "what the endpoint already has in its query stays");
    assert_eq!((page["response_type"].as_str(), page["client_id"].as_str()), ("code", "app id"));
    assert_eq!(page["aud"], "https://fhir.example/r4/");
    assert_eq!(page["scope"], "launch/patient openid patient/*.read");
    assert_eq!(page["code_challenge_method"], "S256");
    assert!(page["state"].len() >= 22 && page["nonce"].len() >= 22 && page["state"] != page["nonce"]);

    let requests = token_requests(&server).await;
    assert_eq!(requests.len(), 1);
    let body = pairs(std::str::from_utf8(&requests[0].body).unwrap());
    assert_eq!((body["grant_type"].as_str(), body["code"].as_str()), ("authorization_code", "c0de"));
    assert_eq!((body["client_id"].as_str(), &body["redirect_uri"]), ("app id", &page["redirect_uri"]));
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&body["code_verifier"]));
    assert_eq!(challenge, page["code_challenge"]);
    assert!(!requests[0].headers.contains_key("authorization"));

    let stages = stages.into_inner().unwrap();
    assert!(
        matches!(&stages[..], [Stage::WaitingForSignIn { host, .. }, Stage::Finishing] if host == "127.0.0.1")
    );
    let inner = seen.0.lock().unwrap();
    assert_eq!(inner.statuses[..2], [404, 200]);
    assert!(inner.texts[0].contains(WORDS[0]) && !inner.texts[0].contains("c0de"));
}

#[tokio::test]
async fn a_confidential_client_sends_its_secret_as_the_card_or_the_server_says() {
    for (post_secret, in_body) in [(false, false), (true, true)] {
        let server = MockServer::start().await;
        post(&server, "/token", answer(200, &json!({"access_token": "at"}))).await;
        let mut request = request(&server);
        request.client.secret = Some("p%ss word".into());
        request.post_secret = post_secret;
        let grant = sign(&request, CODE).await.0.unwrap();
        assert!(grant.refresh_token.is_none() && grant.scope.is_none(), "both may be left out");
        let sent = &token_requests(&server).await[0];
        let body = pairs(std::str::from_utf8(&sent.body).unwrap());
        assert_eq!(body.get("client_secret").map(String::as_str), in_body.then_some("p%ss word"));
        assert_eq!(sent.headers.contains_key("authorization"), !in_body);
    }
}

#[tokio::test]
async fn parameters_go_into_the_query_only_after_a_definite_no_and_only_where_the_card_says() {
    for quirks in [Quirks::default(), Quirks::from_iter([Quirk::TokenParamsInQueryFallback])] {
        let server = MockServer::start().await;
        wiremock::Mock::given(wiremock::matchers::method("POST"))
            .and(wiremock::matchers::query_param("code", "c0de"))
            .and(wiremock::matchers::query_param("client_secret", "s"))
            .respond_with(answer(200, &json!({"access_token": "at", "token_type": "Bearer"})))
            .with_priority(1)
            .mount(&server)
            .await;
        post(&server, "/token", answer(400, &json!({"error": "invalid_request"}))).await;
        let mut request = request(&server);
        request.client.secret = Some("s".into());
        request.quirks = quirks.clone();
        let outcome = sign(&request, CODE).await.0;
        let falls_back = quirks.has(Quirk::TokenParamsInQueryFallback);
        assert_eq!(outcome.is_ok(), falls_back);
        let requests = token_requests(&server).await;
        assert_eq!(requests.len(), if falls_back { 2 } else { 1 });
        assert_eq!(requests[0].url.query(), None);
    }
}

#[tokio::test]
async fn manners_leave_out_what_a_server_does_not_want() {
    let server = MockServer::start().await;
    post(&server, "/token", answer(200, &json!({"access_token": "at"}))).await;
    let mut request = request(&server);
    request.quirks = [Quirk::OmitScope, Quirk::OmitAud, Quirk::OmitPkce].into_iter().collect();
    let (outcome, seen) = sign(&request, CODE).await;
    outcome.unwrap();
    let page = seen.page();
    for left_out in ["scope", "aud", "code_challenge"] {
        assert!(!page.contains_key(left_out), "{left_out}");
    }
    let sent = token_requests(&server).await;
    assert!(!String::from_utf8_lossy(&sent[0].body).contains("code_verifier"));
}

#[tokio::test]
async fn what_the_browser_brings_back_decides() {
    type Check = fn(&SignInError) -> bool;
    let table: [(&'static [(&str, &str)], Check); 11] = [
        (&[("error", "access_denied"), ("state", "STATE")], |e| {
            matches!(e, SignInError::Denied { words: None, .. })
        }),
        (
            &[("error", "access_denied"), ("error_description", "You <b>said</b> no"), ("state", "STATE")],
            |e| matches!(e, SignInError::Denied { words: Some(words), .. } if words == "You said no"),
        ),
        (&[("error", "unauthorized_client"), ("state", "STATE")], |e| {
            matches!(e, SignInError::UnknownClient { .. })
        }),
        (&[("error", "invalid_scope"), ("state", "STATE")], |e| {
            matches!(e, SignInError::ScopeRefused { .. })
        }),
        (&[("error", "temporarily_unavailable"), ("state", "STATE")], |e| {
            matches!(e, SignInError::Temporary { .. })
        }),
        (
            &[("error", "invalid_request"), ("error_description", "bad redirect_uri"), ("state", "STATE")],
            |e| matches!(e, SignInError::RedirectRefused { redirect, .. } if redirect.ends_with("/callback")),
        ),
        (&[("error", "login_required"), ("state", "STATE")], |e| {
            matches!(e, SignInError::LoginNeeded { .. })
        }),
        (&[("error", "interaction_required"), ("state", "STATE")], |e| {
            matches!(e, SignInError::LoginNeeded { .. })
        }),
        (&[("error", "consent_required"), ("state", "STATE")], |e| {
            matches!(e, SignInError::LoginNeeded { .. })
        }),
        (
            &[("error", "unsupported_response_type"), ("state", "STATE")],
            |e| matches!(e, SignInError::Server { error, .. } if error == "unsupported_response_type"),
        ),
        (&[("code", "c"), ("state", "STATE"), ("iss", "https://evil.example")], |e| {
            matches!(e, SignInError::WrongIssuer { .. })
        }),
    ];
    let server = MockServer::start().await;
    post(&server, "/token", answer(200, &json!({"access_token": "at"}))).await;
    for (params, check) in table {
        let mut request = request(&server);
        request.issuer = Some("https://issuer.example/".into());
        let (outcome, seen) = sign(&request, params).await;
        let error = outcome.unwrap_err();
        assert!(check(&error), "{params:?} gave {error:?}");
        let brought_code = matches!(error, SignInError::WrongIssuer { .. });
        let page = seen.0.lock().unwrap().texts.join("");
        assert_eq!(page.contains(WORDS[1]), !brought_code, "{params:?}");
    }
    assert!(token_requests(&server).await.is_empty(), "no code was spent");
    // What anybody sends with another state, or none, ends nothing: the right return comes after it.
    for stray in [&[("code", "c"), ("state", "somebody else's")][..], &[("code", "c")], &[("error", "x")]] {
        let (outcome, statuses) = sign_after(&request(&server), stray).await;
        outcome.unwrap();
        assert_eq!(statuses[0], 400, "{stray:?}");
    }
    // An `iss` that is right, whatever its slash.
    let mut request = request(&server);
    request.issuer = Some("https://issuer.example/".into());
    let right: &'static [(&str, &str)] =
        &[("code", "c"), ("state", "STATE"), ("iss", "https://issuer.example")];
    sign(&request, right).await.0.unwrap();
}

#[tokio::test]
async fn the_token_endpoint_can_refuse_in_many_ways() {
    type Check = fn(&SignInError) -> bool;
    let confidential = "Basic authentication is required for confidential clients";
    let table: [(ResponseTemplate, Option<&str>, Check); 12] = [
        // The sign-in page knew the client: what is missing is its secret.
        (answer(401, &json!({"error": "invalid_client"})), None, |e| {
            matches!(e, SignInError::SecretMissing { .. })
        }),
        (
            answer(401, &json!({"error": "invalid_request", "error_description": confidential})),
            None,
            |e| matches!(e, SignInError::SecretMissing { words: Some(words), .. } if words.contains("Basic")),
        ),
        (ResponseTemplate::new(401), None, |e| matches!(e, SignInError::SecretMissing { .. })),
        (ResponseTemplate::new(401), Some("s"), |e| matches!(e, SignInError::WrongSecret { .. })),
        (answer(401, &json!({"error": "invalid_client"})), Some("s"), |e| {
            matches!(e, SignInError::WrongSecret { .. })
        }),
        (answer(400, &json!({"error": "invalid_grant"})), None, |e| matches!(e, SignInError::Server { .. })),
        (
            answer(
                400,
                &json!({"error": "invalid_grant", "error_description": "redirect_uri does not match"}),
            ),
            None,
            |e| matches!(e, SignInError::RedirectRefused { .. }),
        ),
        (answer(200, &json!({"error": "invalid_scope"})), None, |e| {
            matches!(e, SignInError::ScopeRefused { .. })
        }),
        (html(200, "<h1>Welcome</h1>"), None, |e| matches!(e, SignInError::NotJson { status: 200, .. })),
        (ResponseTemplate::new(403), None, |e| matches!(e, SignInError::NotJson { status: 403, .. })),
        (html(503, "down"), None, |e| matches!(e, SignInError::Temporary { .. })),
        (answer(200, &json!({"token_type": "bearer"})), None, |e| matches!(e, SignInError::NotJson { .. })),
    ];
    for (reply, secret, check) in table {
        let server = MockServer::start().await;
        post(&server, "/token", reply).await;
        let mut request = request(&server);
        request.client.secret = secret.map(Into::into);
        let error = sign(&request, CODE).await.0.unwrap_err();
        assert!(check(&error), "{error:?}");
        assert_eq!(token_requests(&server).await.len(), 1, "a token request is never repeated blindly");
        assert!(!format!("{error:?}{error}").contains("c0de"), "no code in errors");
    }
}

#[tokio::test]
async fn cancelling_and_waiting_too_long_free_the_port() {
    let server = MockServer::start().await;
    let port = closed_port().await;
    let mut request = request(&server);
    request.redirect_ports = vec![port];
    let cancel = CancellationToken::new();
    let also = cancel.clone();
    let open = move |_: &Url| -> Result<(), ()> {
        also.cancel();
        Ok(())
    };
    let error = sign_in(&http(), &request, open, |_| {}, cancel).await.unwrap_err();
    assert!(matches!(error, SignInError::Cancelled));
    request.timeout = Duration::from_millis(300);
    let error = sign_in(&http(), &request, |_: &Url| Ok::<_, ()>(()), |_| {}, CancellationToken::new())
        .await
        .unwrap_err();
    assert!(matches!(error, SignInError::TimedOut { host } if host == "127.0.0.1"));
    let error =
        sign_in(&http(), &request, |_: &Url| Err(()), |_| {}, CancellationToken::new()).await.unwrap_err();
    assert!(matches!(error, SignInError::BrowserFailed));
    let taken = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.expect("the port is free again");
    let error = sign_in(&http(), &request, |_: &Url| Ok::<_, ()>(()), |_| {}, CancellationToken::new())
        .await
        .unwrap_err();
    let address = format!("http://127.0.0.1:{port}/callback");
    assert!(matches!(error, SignInError::NoPort { redirects } if redirects == [address]));
    drop(taken);
}

/// Servers compare the address letter for letter: what was registered after one attempt is what the next one uses.
#[tokio::test]
async fn attempts_come_back_to_the_first_free_address_of_the_list_and_say_which_were_taken_before_it() {
    let server = MockServer::start().await;
    get(&server, "/authorize", html(400, "<p>redirect_uri is not registered</p>")).await;
    let mut request = request(&server);
    let mut taken = Vec::new();
    for _ in 0..3 {
        taken.push(tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap());
    }
    request.redirect_ports = taken.iter().map(|one| one.local_addr().unwrap().port()).collect();
    let addresses: Vec<String> =
        request.redirect_ports.iter().map(|port| format!("http://127.0.0.1:{port}/callback")).collect();
    let none = sign(&request, CODE).await.0.unwrap_err();
    assert!(matches!(&none, SignInError::NoPort { redirects } if *redirects == addresses), "{none:?}");
    // One program after the other goes away, the last one first.
    for free in (0..3).rev() {
        drop(taken.pop());
        for _ in 0..2 {
            let refused = sign(&request, CODE).await.0.unwrap_err();
            let SignInError::RedirectRefused { redirect, taken, .. } = refused else {
                panic!("{refused:?}");
            };
            assert_eq!((&redirect, taken.as_slice()), (&addresses[free], &addresses[..free]));
        }
    }
}

#[tokio::test]
async fn a_page_that_says_it_does_not_know_us_is_told_before_the_browser_opens() {
    for (status, page, unknown) in
        [(400, "<p>Unknown client_id</p>", true), (400, "<p>redirect_uri is not registered</p>", false)]
    {
        let server = MockServer::start().await;
        get(&server, "/authorize", html(status, page)).await;
        let (outcome, seen) = sign(&request(&server), CODE).await;
        match outcome.unwrap_err() {
            SignInError::UnknownClient { .. } => assert!(unknown),
            SignInError::RedirectRefused { redirect, .. } => {
                assert!(!unknown && redirect.starts_with("http://127.0.0.1:"));
            }
            other => panic!("{other:?}"),
        }
        assert!(seen.0.lock().unwrap().pages.is_empty());
    }
    // A page that refuses for reasons of its own is left to the browser.
    let server = MockServer::start().await;
    get(&server, "/authorize", html(403, "robots are not welcome")).await;
    post(&server, "/token", answer(200, &json!({"access_token": "at"}))).await;
    sign(&request(&server), CODE).await.0.unwrap();
}

#[tokio::test]
async fn refused_scopes_are_asked_for_once_more_within_what_the_server_lists() {
    let server = MockServer::start().await;
    post(&server, "/token", answer(200, &json!({"access_token": "at"}))).await;
    let mut request = request(&server);
    request.scopes_supported = vec!["openid".into(), "launch/patient".into(), "user/*.read".into()];
    let count = Arc::new(Mutex::new(Vec::new()));
    let counted = Arc::clone(&count);
    let open = move |page: &Url| {
        let scope = pairs(page.query().unwrap())["scope"].clone();
        let first = counted.lock().unwrap().is_empty();
        counted.lock().unwrap().push(scope);
        let refused: &'static [(&str, &str)] = &[("error", "invalid_scope"), ("state", "STATE")];
        browser(if first { refused } else { CODE }).0(page)
    };
    sign_in(&http(), &request, open, |_| {}, CancellationToken::new()).await.unwrap();
    let listed = "launch/patient openid user/*.read";
    assert_eq!(*count.lock().unwrap(), ["launch/patient openid patient/*.read", listed]);
}

/// What opens no record is no connection; and nothing that could write is asked for.
#[tokio::test]
async fn scopes_that_open_no_record_are_not_asked_for() {
    for supported in [&["openid", "launch/patient"][..], &["openid", "patient/*.*", "patient/*.cruds"]] {
        let server = MockServer::start().await;
        let mut request = request(&server);
        request.scopes_supported = supported.iter().map(|scope| (*scope).to_owned()).collect();
        let (outcome, seen) = sign(&request, &[("error", "invalid_scope"), ("state", "STATE")]).await;
        assert!(matches!(outcome, Err(SignInError::ScopeRefused { .. })), "{supported:?}");
        assert_eq!(seen.0.lock().unwrap().pages.len(), 1, "the browser is not opened again in vain");
        assert!(token_requests(&server).await.is_empty());
    }
}

#[tokio::test]
async fn a_grant_that_only_says_who_signed_in_opens_no_record() {
    for (scope, opens) in [
        (json!("launch/patient openid fhirUser offline_access"), false),
        (json!("openid patient/Condition.rs"), true),
        (json!("openid epic.records"), true),
        (Value::Null, true),
    ] {
        let server = MockServer::start().await;
        post(&server, "/token", answer(200, &json!({"access_token": "at", "scope": scope}))).await;
        let grant = sign(&request(&server), CODE).await.0.unwrap();
        assert_eq!(grant.opens_records(), opens, "{scope}");
    }
}

/// Servers compare `aud` byte by byte; practices hand the address out with a slash and without.
#[tokio::test]
async fn an_address_the_server_does_not_know_is_tried_with_the_slash_or_without_and_then_named() {
    for (error, words) in [
        ("invalid_request", "Bad audience value"),
        ("invalid_request", "aud is unknown"),
        ("invalid_target", ""),
    ] {
        let server = MockServer::start().await;
        post(&server, "/token", answer(200, &json!({"access_token": "at"}))).await;
        let asked = Arc::new(Mutex::new(Vec::new()));
        let counted = Arc::clone(&asked);
        let refused: &'static [(&'static str, &'static str)] =
            Box::leak(Box::new([("error", error), ("error_description", words), ("state", "STATE")]));
        let open = move |page: &Url| {
            let aud = pairs(page.query().unwrap())["aud"].clone();
            let wrong = aud.ends_with('/');
            counted.lock().unwrap().push(aud);
            browser(if wrong { refused } else { CODE }).0(page)
        };
        sign_in(&http(), &request(&server), open, |_| {}, CancellationToken::new()).await.unwrap();
        assert_eq!(*asked.lock().unwrap(), ["https://fhir.example/r4/", "https://fhir.example/r4"]);
        let (outcome, _) = sign(&request(&server), refused).await;
        let said = outcome.unwrap_err();
        assert!(
            matches!(&said, SignInError::AudienceRefused { aud, .. } if aud == "https://fhir.example/r4/"),
            "{said:?}"
        );
    }
    // A server that sends the browser back at once is asked in the other form before the browser opens.
    let server = MockServer::start().await;
    post(&server, "/token", answer(200, &json!({"access_token": "at"}))).await;
    let sends_back = |asked: &Request| {
        let asked = pairs(asked.url.query().unwrap());
        if asked["aud"].ends_with('/') {
            let back = format!(
                "{}?error=invalid_request&error_description=Bad+audience+value",
                asked["redirect_uri"]
            );
            ResponseTemplate::new(302).insert_header("location", back)
        } else {
            ResponseTemplate::new(200)
        }
    };
    wiremock::Mock::given(wiremock::matchers::path("/authorize"))
        .respond_with(sends_back)
        .mount(&server)
        .await;
    let (outcome, seen) = sign(&request(&server), CODE).await;
    outcome.unwrap();
    assert_eq!(seen.0.lock().unwrap().pages.len(), 1);
}

#[tokio::test]
async fn a_key_that_cannot_be_used_is_said_before_anybody_signs_in() {
    let server = MockServer::start().await;
    let mut request = request(&server);
    request.client.secret = Some("-----BEGIN PRIVATE KEY-----".into());
    let (outcome, seen) = sign(&request, CODE).await;
    assert!(matches!(outcome, Err(SignInError::Key(_))), "{outcome:?}");
    assert!(seen.0.lock().unwrap().pages.is_empty() && server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_id_token_names_the_patient_and_a_foreign_one_is_refused() {
    let jwt = |claims: &Value| format!("e30.{}.x", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let server = MockServer::start().await;
    let fine = json!({"aud": "app id", "fhirUser": "https://fhir.example/r4/Patient/77"});
    post(&server, "/token", answer(200, &json!({"access_token": "at", "id_token": jwt(&fine)}))).await;
    let grant = sign(&request(&server), CODE).await.0.unwrap();
    assert_eq!(grant.fhir_user.as_deref(), Some("https://fhir.example/r4/Patient/77"));
    let server = MockServer::start().await;
    let replayed = json!({"aud": "app id", "nonce": "of another sign-in", "fhirUser": "Patient/1"});
    post(&server, "/token", answer(200, &json!({"access_token": "at", "id_token": jwt(&replayed)}))).await;
    assert!(matches!(sign(&request(&server), CODE).await.0.unwrap_err(), SignInError::IdToken(_)));
}

fn endpoints(server: &MockServer) -> Endpoints {
    let at = |path: &str| format!("{}{path}", server.uri());
    serde_json::from_value(
        json!({"authorize": at("/authorize"), "token": at("/token"), "revoke": at("/revoke"),
        "bases": []}),
    )
    .unwrap()
}

fn client() -> Client {
    Client { id: "app".into(), secret: None }
}

#[tokio::test]
async fn refreshing_keeps_rotates_or_ends() {
    type Check = fn(&Result<Grant, RefreshError>) -> bool;
    let table: [(ResponseTemplate, Check); 15] = [
        (answer(200, &json!({"access_token": "new"})), |grant| {
            grant.as_ref().is_ok_and(|grant| grant.refresh_token.as_ref().unwrap().expose_secret() == "old")
        }),
        (answer(200, &json!({"access_token": "new", "refresh_token": "newer"})), |grant| {
            grant.as_ref().is_ok_and(|grant| grant.refresh_token.as_ref().unwrap().expose_secret() == "newer")
        }),
        (answer(400, &json!({"error": "invalid_grant"})), |e| {
            matches!(e, Err(RefreshError::SignInNeeded { .. }))
        }),
        (answer(401, &json!({"error": "invalid_client"})), |e| {
            matches!(e, Err(RefreshError::ClientRefused { .. }))
        }),
        // Refusals that stay, in the words of servers that do not know the standard's.
        (
            answer(
                400,
                &json!({"error": "invalid_request", "error_description": "Refresh token has expired"}),
            ),
            |e| matches!(e, Err(RefreshError::SignInNeeded { words: Some(words) }) if words == "Refresh token has expired"),
        ),
        (
            answer(400, &json!({"error": "invalid_scope"})),
            |e| matches!(e, Err(RefreshError::SignInNeeded { words: Some(words) }) if words == "invalid_scope"),
        ),
        (
            answer(403, &json!({"error": "access_denied", "error_description": "Consent was revoked"})),
            |e| matches!(e, Err(RefreshError::SignInNeeded { words: Some(words) }) if words == "Consent was revoked"),
        ),
        (ResponseTemplate::new(401), |e| matches!(e, Err(RefreshError::SignInNeeded { words: None }))),
        (
            html(400, "The session is over"),
            |e| matches!(e, Err(RefreshError::SignInNeeded { words: Some(words) }) if words == "The session is over"),
        ),
        (
            html(404, "Not here"),
            |e| matches!(e, Err(RefreshError::Server { status: 404, words: Some(words) }) if words == "Not here"),
        ),
        (
            answer(500, &json!({"error": "oops", "message": "database is down"})),
            |e| matches!(e, Err(RefreshError::Lost { words: Some(words) }) if words == "database is down"),
        ),
        (html(502, "<h1>Bad gateway</h1>"), |e| matches!(e, Err(RefreshError::Lost { .. }))),
        (html(503, ""), |e| matches!(e, Err(RefreshError::Temporary { .. }))),
        (html(429, ""), |e| matches!(e, Err(RefreshError::Temporary { .. }))),
        (html(200, "<h1>Sign in</h1>"), |e| matches!(e, Err(RefreshError::Server { .. }))),
    ];
    for (reply, check) in table {
        let server = MockServer::start().await;
        post(&server, "/token", reply).await;
        let request = RefreshRequest::new(&endpoints(&server), client(), &Quirks::default(), "old".into());
        let outcome = refresh(&http(), &request, chrono::Utc::now()).await;
        assert!(check(&outcome), "{outcome:?}");
        assert_eq!(token_requests(&server).await.len(), 1);
    }
    let mut nowhere =
        RefreshRequest::new(&endpoints(&MockServer::start().await), client(), &Quirks::default(), "r".into());
    nowhere.token = Url::parse(&format!("http://127.0.0.1:{}/token", closed_port().await)).unwrap();
    let outcome = refresh(&http(), &nowhere, chrono::Utc::now()).await;
    assert!(matches!(outcome, Err(RefreshError::Unreachable { .. })));
}

#[tokio::test]
async fn revoking_ends_both_tokens_or_says_that_it_could_not() {
    let server = MockServer::start().await;
    post(&server, "/revoke", ResponseTemplate::new(200)).await;
    let ends = endpoints(&server);
    let (access, renewing) = ("at".into(), "rt".into());
    revoke(&http(), &ends, &client(), &Quirks::default(), &access, Some(&renewing)).await.unwrap();
    let bodies: Vec<_> = server
        .received_requests()
        .await
        .unwrap()
        .iter()
        .map(|request| pairs(std::str::from_utf8(&request.body).unwrap()))
        .collect();
    assert_eq!(bodies.iter().map(|body| body["token"].as_str()).collect::<Vec<_>>(), ["rt", "at"]);
    assert!(bodies.iter().all(|body| body["client_id"] == "app"));
    let none = Endpoints { revoke: None, ..ends.clone() };
    assert!(revoke(&http(), &none, &client(), &Quirks::default(), &access, None).await.is_err());
    server.reset().await;
    post(&server, "/revoke", ResponseTemplate::new(500)).await;
    assert!(revoke(&http(), &ends, &client(), &Quirks::default(), &access, None).await.is_err());
}

#[test]
fn nothing_secret_shows_in_debug_output() {
    let grant = Grant {
        access_token: "very-secret".into(),
        refresh_token: Some("very-secret".into()),
        expires_at: chrono::Utc::now(),
        scope: None,
        patient: None,
        fhir_user: None,
    };
    let client = Client { id: "app".into(), secret: Some("very-secret".into()) };
    let card = wholechart_smart::ProviderCard {
        client_secret: Some("very-secret".into()),
        sample_sign_in: Some(wholechart_smart::SampleSignIn {
            user_id: "a".into(),
            password: "very-secret".into(),
        }),
        ..wholechart_smart::ProviderCard::default()
    };
    assert!(!format!("{grant:?}{client:?}{card:?}").contains("very-secret"));
}
