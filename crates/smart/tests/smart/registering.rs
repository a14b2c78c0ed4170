//! The application makes itself known: dynamic registration, keys, and other ways back from the browser.

use std::sync::{Arc, Mutex};

use secrecy::ExposeSecret as _;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use url::Url;
use wholechart_fhir::Release;
use wholechart_smart::{
    Client, ClientKind, FhirClient, FixedToken, Grant, OWN_SCHEME_REDIRECT, Quirk, Quirks, RefreshRequest,
    RegisterError, Registration, Stage, find_patient, is_return, refresh, register, sign_in_with,
};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::key::new_key;
use crate::server::http;
use crate::signing_in::request;

fn registration(kind: ClientKind) -> Registration {
    Registration {
        name: "Wholechart".into(),
        redirects: vec!["http://127.0.0.1/callback".into()],
        scopes: vec!["openid".into(), "patient/*.read".into()],
        kind,
        keys: None,
        software_id: None,
        access: None,
    }
}

async fn answering(status: u16, body: &str) -> (MockServer, Url) {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(status).set_body_raw(body.to_owned(), "application/json");
    Mock::given(method("POST")).respond_with(answer).mount(&server).await;
    let url = format!("{}/register", server.uri()).parse().unwrap();
    (server, url)
}

#[tokio::test]
async fn a_registration_says_what_the_application_is_and_brings_its_id() {
    let (server, url) =
        answering(201, r#"{"client_id":"c1","client_secret":"s","client_secret_expires_at":0}"#).await;
    let (_, keys) = new_key();
    let own = Registration {
        keys: Some(keys),
        software_id: Some("wholechart".into()),
        access: Some("first".into()),
        ..registration(ClientKind::Key)
    };
    let registered = register(&http(), &url, &own).await.unwrap();
    assert_eq!((registered.client_id.as_str(), registered.secret_ends), ("c1", None));
    assert_eq!(registered.client_secret.unwrap().expose_secret(), "s");
    let sent = server.received_requests().await.unwrap().remove(0);
    assert_eq!(sent.headers["authorization"], "Bearer first");
    let said: Value = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!(said["token_endpoint_auth_method"], "private_key_jwt");
    assert_eq!(
        (&said["software_id"], &said["scope"]),
        (&"wholechart".into(), &"openid patient/*.read".into())
    );
    assert_eq!(said["jwks"]["keys"][0]["kty"], "EC");
    assert!(!String::from_utf8_lossy(&sent.body).contains("PRIVATE"));
}

#[tokio::test]
async fn refusals_are_told_apart() {
    type Check = fn(&RegisterError) -> bool;
    let table: [(u16, &str, Check); 6] = [
        (404, "", |e| matches!(e, RegisterError::NotOffered)),
        (401, "", |e| matches!(e, RegisterError::NotAllowed)),
        (403, "<p>no", |e| matches!(e, RegisterError::NotAllowed)),
        (400, r#"{"error":"invalid_redirect_uri","error_description":"no loopback"}"#, |e| {
            matches!(e, RegisterError::Refused { error, words }
                if error == "invalid_redirect_uri" && words.as_deref() == Some("no loopback"))
        }),
        (200, "<html>", |e| matches!(e, RegisterError::NotJson { status: 200 })),
        (201, "{}", |e| matches!(e, RegisterError::NotJson { status: 201 })),
    ];
    for (status, body, check) in table {
        let (server, url) = answering(status, body).await;
        let error = register(&http(), &url, &registration(ClientKind::Public)).await.unwrap_err();
        assert!(check(&error), "{status} {body}: {error:?}");
        assert_eq!(server.received_requests().await.unwrap().len(), 1, "never asked twice");
    }
}

#[tokio::test]
async fn a_client_with_a_key_signs_and_never_sends_the_key() {
    let (server, _) = answering(200, r#"{"access_token":"new"}"#).await;
    let asked = request(&server);
    let (key, _) = new_key();
    let request = RefreshRequest {
        token: asked.token.clone(),
        client: Client { id: "app".into(), secret: Some(key) },
        post_secret: false,
        quirks: asked.quirks.clone(),
        refresh_token: "old".into(),
    };
    refresh(&http(), &request, chrono::Utc::now()).await.unwrap();
    let sent = server.received_requests().await.unwrap().remove(0);
    assert!(!sent.headers.contains_key("authorization"));
    let form: std::collections::HashMap<String, String> =
        url::form_urlencoded::parse(&sent.body).into_owned().collect();
    assert_eq!(form["client_id"], "app");
    assert_eq!(form["client_assertion_type"], "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    assert_eq!(form["client_assertion"].split('.').count(), 3);
    assert!(!form.contains_key("client_secret"));
    assert!(!String::from_utf8_lossy(&sent.body).contains("PRIVATE"));
}

#[test]
fn an_address_is_a_return_or_it_is_not() {
    for (address, is) in [
        ("wholechart:/callback?code=1&state=2", true),
        ("wholechart://callback?code=1&state=2", true),
        ("wholechart:/callback/?error=access_denied", true),
        ("wholechart:/callback", false),
        ("wholechart:/elsewhere?code=1", false),
        ("https://app.example/callback?code=1", false),
        ("code=1", false),
    ] {
        assert_eq!(is_return(address, OWN_SCHEME_REDIRECT), is, "{address}");
    }
    assert!(is_return(" https://my.example/back?code=1&state=2 ", "https://my.example/back"));
    assert!(!is_return("https://my.example.evil/back?code=1", "https://my.example/back"));
}

#[tokio::test]
async fn the_way_back_through_a_scheme_or_a_pasted_address() {
    for returns_to in [OWN_SCHEME_REDIRECT, "https://my.example/back"] {
        let server = MockServer::start().await;
        let token = ResponseTemplate::new(200).set_body_raw(r#"{"access_token":"a"}"#, "application/json");
        Mock::given(method("POST")).and(path("/token")).respond_with(token).mount(&server).await;
        let mut asked = request(&server);
        asked.returns_to = Some(returns_to.into());
        let (hand_in, returned) = mpsc::channel(4);
        let page: Arc<Mutex<Option<Url>>> = Arc::default();
        let seen = Arc::clone(&page);
        let browser = move |url: &Url| -> Result<(), ()> {
            *seen.lock().unwrap() = Some(url.clone());
            let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
            let hand_in = hand_in.clone();
            let to = returns_to.to_owned();
            tokio::spawn(async move {
                // What is not ours ends nothing: a stranger's, an older one's.
                for address in [
                    "https://elsewhere.example/?code=x".to_owned(),
                    format!("{to}?code=stolen&state=another"),
                    format!("{to}?code=right&state={state}"),
                ] {
                    hand_in.send(address).await.unwrap();
                }
            });
            Ok(())
        };
        let grant = sign_in_with(&http(), &asked, browser, |_: Stage| {}, returned, CancellationToken::new())
            .await
            .unwrap();
        assert_eq!(grant.access_token.expose_secret(), "a");
        let page = page.lock().unwrap().clone().unwrap();
        assert!(page.query_pairs().any(|(name, value)| name == "redirect_uri" && value == returns_to));
        let sent = server.received_requests().await.unwrap();
        let post = sent.iter().find(|request| request.method.as_str() == "POST").unwrap();
        let form: Vec<(String, String)> = url::form_urlencoded::parse(&post.body).into_owned().collect();
        assert!(form.contains(&("code".into(), "right".into())), "{form:?}");
        assert!(form.contains(&("redirect_uri".into(), returns_to.into())));
    }
}

/// Who the token response means, who the id token means, and who `GET Patient` answers with, are three here.
#[tokio::test]
async fn whose_record_it_is_comes_from_where_the_card_says() {
    let server = MockServer::start().await;
    let patient = ResponseTemplate::new(200)
        .set_body_raw(r#"{"resourceType":"Patient","id":"asked"}"#, "application/fhir+json");
    Mock::given(path("/r4/Patient")).respond_with(patient).mount(&server).await;
    let grant = Grant {
        access_token: "a".into(),
        refresh_token: None,
        expires_at: chrono::Utc::now(),
        scope: None,
        patient: Some("told".into()),
        fhir_user: Some("https://f.example/r4/Patient/signed-in".into()),
    };
    for (quirk, id) in [
        (None, "told"),
        (Some(Quirk::PatientIdFromIdToken), "signed-in"),
        (Some(Quirk::PatientIdFromGetPatient), "asked"),
    ] {
        let quirks = Quirks::from_iter(quirk);
        let base = format!("{}/r4", server.uri());
        let token = Arc::new(FixedToken("a".into()));
        let client = FhirClient::new(http(), &base, Release::R4, quirks.clone(), token).unwrap();
        assert_eq!(find_patient(&client, &grant, &quirks).await.unwrap(), id);
    }
}
