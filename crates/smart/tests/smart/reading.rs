use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::future::BoxFuture;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use wholechart_fhir::Release;
use wholechart_smart::{
    Accept, FetchError, FhirClient, FixedToken, Grant, HttpError, PatientError, Quirk, Quirks, TokenError,
    TokenSource, find_patient,
};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::server::{get, http, json as answer};

fn client(server: &MockServer, quirks: &[Quirk]) -> FhirClient {
    client_with(server, Release::R4, quirks, Arc::new(FixedToken("t0ken".into())))
}

fn client_with(
    server: &MockServer,
    release: Release,
    quirks: &[Quirk],
    tokens: Arc<dyn TokenSource>,
) -> FhirClient {
    let quirks: Quirks = quirks.iter().copied().collect();
    FhirClient::new(http(), &format!("{}/r4/", server.uri()), release, quirks, tokens).unwrap()
}

/// Hands out `first`, then `second` once.
struct Renewing {
    renewals: AtomicUsize,
    answer: fn() -> Result<&'static str, TokenError>,
}

impl TokenSource for Renewing {
    fn current(&self) -> BoxFuture<'_, Result<SecretString, TokenError>> {
        Box::pin(async { Ok("first".into()) })
    }

    fn renewed<'a>(&'a self, refused: &'a SecretString) -> BoxFuture<'a, Result<SecretString, TokenError>> {
        assert_eq!(refused.expose_secret(), "first");
        self.renewals.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { (self.answer)().map(Into::into) })
    }
}

#[tokio::test]
async fn the_token_goes_to_the_base_and_nowhere_else() {
    let trap = MockServer::start().await;
    Mock::given(wiremock::matchers::any()).respond_with(ResponseTemplate::new(200)).mount(&trap).await;
    let server = MockServer::start().await;
    for status in [301, 302, 303, 307, 308] {
        let to_trap =
            ResponseTemplate::new(status).insert_header("location", format!("{}/r4/Patient/1", trap.uri()));
        get(&server, &format!("/r4/away/{status}"), to_trap).await;
        let out_of_base = ResponseTemplate::new(status).insert_header("location", "/admin");
        get(&server, &format!("/r4/out/{status}"), out_of_base).await;
    }
    get(&server, "/admin", ResponseTemplate::new(200)).await;
    let client = client(&server, &[]);
    for status in [301, 302, 303, 307, 308] {
        for place in ["away", "out"] {
            let error = client.get(&format!("{place}/{status}"), &Accept::Fhir).await.unwrap_err();
            assert!(matches!(error, FetchError::ForeignRedirect { .. }), "{error:?}");
        }
    }
    for foreign in [format!("{}/r4/Patient/1", trap.uri()), "/admin".into(), "//other.example/r4/x".into()] {
        for accept in [Accept::Fhir, Accept::Document(None)] {
            let error = client.get(&foreign, &accept).await.unwrap_err();
            assert!(matches!(error, FetchError::Foreign { .. }), "{foreign}: {error:?}");
        }
    }
    assert!(trap.received_requests().await.unwrap().is_empty(), "the trap was never spoken to");
    let asked = server.received_requests().await.unwrap();
    assert!(asked.iter().all(|request| request.url.path().starts_with("/r4/")));
    assert!(asked.iter().all(|request| request.headers["authorization"] == "Bearer t0ken"));
}

#[tokio::test]
async fn a_redirect_inside_the_base_is_followed_but_not_for_ever() {
    let server = MockServer::start().await;
    let to = |place: &str| ResponseTemplate::new(302).insert_header("location", place);
    get(&server, "/r4/Old/1", to("../New/1")).await;
    get(&server, "/r4/New/1", answer(200, &json!({"resourceType": "Patient"}))).await;
    get(&server, "/r4/Loop/1", to("/r4/Loop/1")).await;
    let client = client(&server, &[]);
    let fetched = client.get("Old/1", &Accept::Fhir).await.unwrap();
    assert_eq!((fetched.status, fetched.url.path()), (200, "/r4/New/1"));
    assert_eq!(client.get("Loop/1", &Accept::Fhir).await.unwrap().status, 302);
}

#[tokio::test]
async fn bytes_come_back_as_they_were_sent() {
    let server = MockServer::start().await;
    let odd = b"{ \"a\" : 1.10 ,\r\n \"a\":2}\xff".to_vec();
    get(
        &server,
        "/r4/Odd/1",
        ResponseTemplate::new(200).set_body_raw(odd.clone(), "application/fhir+json;charset=utf-8"),
    )
    .await;
    let fetched = client(&server, &[]).get("Odd/1", &Accept::Fhir).await.unwrap();
    assert_eq!(fetched.bytes, odd);
    assert_eq!(fetched.content_type.as_deref(), Some("application/fhir+json;charset=utf-8"));
}

#[tokio::test]
async fn other_media_types_are_offered_until_one_is_accepted() {
    for (release, quirks, wanted) in [
        (Release::R4, &[][..], "application/json+fhir"),
        (Release::R4, &[Quirk::StrictAccept][..], "application/fhir+json"),
        (Release::Dstu2, &[Quirk::StrictAccept][..], "application/json+fhir"),
        (Release::R4, &[Quirk::StrictAccept, Quirk::LegacyMime][..], "application/json+fhir"),
        (Release::Dstu2, &[][..], "application/json"),
    ] {
        let server = MockServer::start().await;
        let fine = answer(200, &json!({}));
        Mock::given(path("/r4/X"))
            .and(header("accept", wanted))
            .respond_with(fine)
            .with_priority(1)
            .mount(&server)
            .await;
        get(&server, "/r4/X", ResponseTemplate::new(406)).await;
        let client = client_with(&server, release, quirks, Arc::new(FixedToken("t".into())));
        assert_eq!(client.get("X", &Accept::Fhir).await.unwrap().status, 200, "{wanted}");
        let first = &server.received_requests().await.unwrap()[0].headers["accept"];
        assert_eq!(first == wanted, quirks.contains(&Quirk::StrictAccept));
    }
}

#[tokio::test]
async fn a_document_is_asked_for_in_its_own_media_type() {
    let server = MockServer::start().await;
    get(
        &server,
        "/r4/document/pdf-1",
        ResponseTemplate::new(200).set_body_raw(b"%PDF".to_vec(), "application/pdf"),
    )
    .await;
    let pdf = Accept::Document(Some("application/pdf".into()));
    let fetched =
        client(&server, &[Quirk::BinaryNeedsExactAccept]).get("document/pdf-1", &pdf).await.unwrap();
    assert_eq!(fetched.bytes, b"%PDF");
    client(&server, &[]).get("document/pdf-1", &pdf).await.unwrap();
    let hostile = Accept::Document(Some("text/html\r\nX-Evil: 1".into()));
    client(&server, &[]).get("document/pdf-1", &hostile).await.unwrap();
    let asked: Vec<_> = server
        .received_requests()
        .await
        .unwrap()
        .iter()
        .map(|request| request.headers["accept"].to_str().unwrap().to_owned())
        .collect();
    assert_eq!(asked, ["application/pdf", "application/pdf, */*;q=0.5", "*/*"]);
}

#[tokio::test]
async fn what_may_pass_is_tried_again_and_what_cannot_is_not() {
    for (status, tries) in
        [(429, 4), (500, 4), (502, 4), (503, 4), (504, 4), (400, 1), (403, 1), (404, 1), (410, 1), (501, 1)]
    {
        let server = MockServer::start().await;
        get(&server, "/r4/X", ResponseTemplate::new(status)).await;
        let fetched = client(&server, &[]).get("X", &Accept::Fhir).await.unwrap();
        assert_eq!(fetched.status, status);
        assert_eq!(server.received_requests().await.unwrap().len(), tries, "{status}");
    }
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(503).insert_header("retry-after", "0");
    Mock::given(path("/r4/X")).respond_with(busy).up_to_n_times(2).with_priority(1).mount(&server).await;
    get(&server, "/r4/X", answer(200, &json!({}))).await;
    assert_eq!(client(&server, &[]).get("X", &Accept::Fhir).await.unwrap().status, 200);
    let server = MockServer::start().await;
    get(&server, "/r4/X", ResponseTemplate::new(429).insert_header("retry-after", "3600")).await;
    let fetched = client(&server, &[]).get("X", &Accept::Fhir).await.unwrap();
    assert_eq!((fetched.status, fetched.retry_after), (429, Some(Duration::from_hours(1))));
    assert_eq!(server.received_requests().await.unwrap().len(), 1, "an hour is not waited for");
}

#[tokio::test]
async fn a_broken_connection_is_tried_again_and_then_named() {
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/r4", socket.local_addr().unwrap());
    let count = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&count);
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        while let Ok((mut stream, _)) = socket.accept().await {
            *counted.lock().unwrap() += 1;
            let mut buffer = [0; 1024];
            let _ = stream.read(&mut buffer).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf").await;
        }
    });
    let tokens = Arc::new(FixedToken("t".into()));
    let client = FhirClient::new(http(), &base, Release::R4, Quirks::default(), tokens).unwrap();
    let error = client.get("X", &Accept::Fhir).await.unwrap_err();
    assert!(matches!(error, FetchError::Http(HttpError::Interrupted { .. })), "{error:?}");
    assert_eq!(*count.lock().unwrap(), 4);
}

#[tokio::test]
async fn an_answer_without_end_is_cut() {
    let server = MockServer::start().await;
    get(&server, "/r4/X", ResponseTemplate::new(200).set_body_bytes(vec![b' '; 100 << 10])).await;
    let client = client(&server, &[]);
    let error = client.get("X", &Accept::Fhir).await.unwrap_err();
    assert!(matches!(error, FetchError::Http(HttpError::TooLarge { .. })));
    assert!(client.get("X", &Accept::Document(None)).await.is_ok(), "documents may be bigger than pages");
}

#[tokio::test]
async fn a_401_is_tried_once_with_a_newer_token() {
    let server = MockServer::start().await;
    let fine = answer(200, &json!({}));
    Mock::given(header("authorization", "Bearer second"))
        .respond_with(fine)
        .with_priority(1)
        .mount(&server)
        .await;
    get(&server, "/r4/X", ResponseTemplate::new(401)).await;
    let get_x = |answer: fn() -> _| {
        let tokens = Arc::new(Renewing { renewals: AtomicUsize::new(0), answer });
        let client = client_with(&server, Release::R4, &[], Arc::clone(&tokens) as Arc<dyn TokenSource>);
        async move { (client.get("X", &Accept::Fhir).await, tokens.renewals.load(Ordering::SeqCst)) }
    };
    let (fetched, renewals) = get_x(|| Ok("second")).await;
    assert_eq!((fetched.unwrap().status, renewals), (200, 1));
    let (fetched, renewals) = get_x(|| Ok("third, refused as well")).await;
    assert_eq!((fetched.unwrap().status, renewals), (401, 1), "the second 401 is an answer");
    assert_eq!(get_x(|| Err(TokenError::CannotRenew)).await.0.unwrap().status, 401);
    let ended = get_x(|| Err(TokenError::SignInNeeded { words: None })).await.0.unwrap_err();
    assert!(matches!(ended, FetchError::Token(TokenError::SignInNeeded { .. })), "{ended:?}");
}

fn grant(access_token: &str) -> Grant {
    Grant {
        access_token: access_token.into(),
        refresh_token: None,
        expires_at: chrono::Utc::now(),
        scope: None,
        patient: None,
        fhir_user: None,
    }
}

#[tokio::test]
async fn the_patient_is_found_in_order() {
    let server = MockServer::start().await;
    let me = json!({"resourceType": "Patient", "id": "asked"});
    get(&server, "/r4/Patient", answer(200, &me)).await;
    let in_jwt = json!({"local_patient_id": "in-jwt"});
    let jwt = format!("e30.{}.x", URL_SAFE_NO_PAD.encode(in_jwt.to_string()));
    let mut all =
        Grant { patient: Some("in-token".into()), fhir_user: Some("Patient/in-id".into()), ..grant(&jwt) };
    let quirks = Quirks::from_iter([Quirk::PatientIdInJwt]);
    let client = client(&server, &[]);
    let mut found = Vec::new();
    found.push(find_patient(&client, &all, &quirks).await.unwrap());
    all.patient = None;
    found.push(find_patient(&client, &all, &quirks).await.unwrap());
    all.fhir_user = Some("https://f.example/Practitioner/3".into());
    found.push(find_patient(&client, &all, &quirks).await.unwrap());
    found.push(find_patient(&client, &all, &Quirks::default()).await.unwrap());
    assert_eq!(found, ["in-token", "in-id", "in-jwt", "asked"]);
}

#[tokio::test]
async fn several_patients_are_never_chosen_from() {
    let server = MockServer::start().await;
    let entry = |id: &str, name: serde_json::Value| json!({"resource": {"resourceType": "Patient", "id": id, "name": [name], "birthDate": "2015-03-02"}});
    let bundle = json!({"resourceType": "Bundle", "entry": [
        {"resource": {"resourceType": "OperationOutcome"}, "search": {"mode": "outcome"}},
        entry("a", json!({"given": ["Ann"], "family": "Li"})),
        entry("b", json!({"given": ["Bo"], "family": ["van", "Li"]})),
        entry("a", json!({"text": "Ann again"}))]});
    get(&server, "/r4/Patient", answer(200, &bundle)).await;
    let client = client(&server, &[]);
    let error = find_patient(&client, &grant("t"), &Quirks::default()).await.unwrap_err();
    let PatientError::Several(choices) = error else { panic!("{error:?}") };
    let shown: Vec<_> =
        choices.iter().map(|choice| (choice.id.as_str(), choice.name.as_deref().unwrap())).collect();
    assert_eq!(shown, [("a", "Ann Li"), ("b", "Bo van Li")]);
    server.reset().await;
    get(&server, "/r4/Patient", answer(200, &json!({"resourceType": "Bundle"}))).await;
    let none = find_patient(&client, &grant("t"), &Quirks::default()).await.unwrap_err();
    assert!(matches!(none, PatientError::NotFound));
    server.reset().await;
    let outcome =
        json!({"resourceType": "OperationOutcome", "issue": [{"diagnostics": "denied by <i>user</i>"}]});
    Mock::given(method("GET")).respond_with(answer(403, &outcome)).mount(&server).await;
    let refused = find_patient(&client, &grant("t"), &Quirks::default()).await.unwrap_err();
    assert!(
        matches!(refused, PatientError::Refused { status: 403, words: Some(words) } if words == "denied by user")
    );
}
