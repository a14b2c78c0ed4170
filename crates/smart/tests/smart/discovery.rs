use serde_json::{Value, json};
use wholechart_fhir::Release;
use wholechart_smart::{
    CardBase, Differs, DiscoverError, Http, HttpSettings, Known, NotFhir, OnBehalf, discover,
};
use wiremock::{MockServer, ResponseTemplate};

use crate::server::{closed_port, get, html, http, json as answer};

fn base(release: Release, url: impl Into<String>) -> Known {
    Known { bases: vec![CardBase { release, url: url.into() }], ..Known::default() }
}

fn statement(kind: &str, version: &str, rest: Value) -> Value {
    json!({"resourceType": kind, "fhirVersion": version, "rest": [rest]})
}

fn oauth_rest(authorize: &str, token: &str) -> Value {
    json!({"mode": "server", "security": {"extension": [
        {"url": "http://example.org/other"},
        {"url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris", "extension": [
            {"url": "authorize", "valueUri": authorize}, {"url": "token", "valueUri": token}]}]},
        "resource": [{"type": "Observation", "interaction": [{"code": "read"}, {"code": "search-type"}],
            "searchParam": [{"name": "patient"}, {"name": "category"}], "searchRevInclude": ["Provenance:target"]},
            {"type": "Binary", "interaction": [{"code": "read"}]}]})
}

#[tokio::test]
async fn a_smart_configuration_is_enough_and_may_be_relative() {
    let server = MockServer::start().await;
    let config = json!({"authorization_endpoint": "oauth/authorize", "token_endpoint": "/root/token",
        "revocation_endpoint": format!("{}/revoke", server.uri()), "issuer": "https://issuer.example",
        "capabilities": ["permission-v2"], "scopes_supported": ["openid"]});
    get(&server, "/r4/.well-known/smart-configuration", answer(200, &config)).await;
    get(
        &server,
        "/r4/metadata",
        answer(200, &statement("CapabilityStatement", "4.0.1", json!({"mode": "server"}))),
    )
    .await;
    let endpoints = discover(&http(), &base(Release::R4, format!("{}/r4/", server.uri()))).await.unwrap();
    assert_eq!(endpoints.authorize.as_str(), format!("{}/r4/oauth/authorize", server.uri()));
    assert_eq!(endpoints.token.as_str(), format!("{}/root/token", server.uri()));
    assert_eq!(endpoints.revoke.as_ref().unwrap().path(), "/revoke");
    assert_eq!(endpoints.issuer.as_deref(), Some("https://issuer.example"));
    assert!(endpoints.wants_v2_scopes());
    assert_eq!(endpoints.bases[0].url, format!("{}/r4/", server.uri()), "aud keeps its slash");
    assert_eq!((&endpoints.differs[..], &endpoints.elsewhere[..]), (&[][..], &[][..]));
    let kept = serde_json::to_value(&endpoints).unwrap();
    assert_eq!(serde_json::from_value::<wholechart_smart::Endpoints>(kept).unwrap(), endpoints);
}

#[tokio::test]
async fn a_dstu2_conformance_statement_says_where_to_sign_in() {
    let server = MockServer::start().await;
    let rest = oauth_rest("https://auth.example/authorize", "https://auth.example/token");
    get(&server, "/d/metadata", answer(200, &statement("Conformance", "1.0.2", rest))).await;
    get(&server, "/d/.well-known/smart-configuration", html(404, "<h1>no</h1>")).await;
    // The card was wrong about the release: the server's own word counts.
    let endpoints = discover(&http(), &base(Release::R4, format!("{}/d", server.uri()))).await.unwrap();
    assert_eq!(endpoints.authorize.as_str(), "https://auth.example/authorize");
    assert_eq!(endpoints.bases[0].release, Release::Dstu2);
    let capability = endpoints.bases[0].capability.as_ref().unwrap();
    let observation = &capability.types["Observation"];
    assert!(observation.search && observation.params.contains("category"));
    assert!(observation.revincludes.contains("Provenance:target"));
    assert!(!capability.types["Binary"].search && capability.types["Binary"].read);
    assert_eq!(endpoints.hosts(), ["127.0.0.1", "auth.example"]);
}

#[tokio::test]
async fn given_endpoints_win_and_a_difference_is_noted() {
    let server = MockServer::start().await;
    let rest = oauth_rest("https://other.example/authorize", "https://given.example/token");
    get(&server, "/r4/metadata", answer(200, &statement("CapabilityStatement", "4.0.1", rest))).await;
    let known = Known {
        authorize: Some(" https://given.example/authorize ".into()),
        token: Some("given.example/token".into()),
        ..base(Release::R4, format!("{}/r4", server.uri()))
    };
    let endpoints = discover(&http(), &known).await.unwrap();
    assert_eq!(endpoints.authorize.as_str(), "https://given.example/authorize");
    assert_eq!(endpoints.token.as_str(), "https://given.example/token");
    let differs = Differs {
        what: "authorize".into(),
        used: "given.example".into(),
        advertised: "other.example".into(),
    };
    assert_eq!(endpoints.differs, [differs]);
}

#[tokio::test]
async fn a_missing_statement_stops_nothing_when_the_endpoints_are_known() {
    let server = MockServer::start().await;
    let outcome = json!({"resourceType": "OperationOutcome"});
    get(&server, "/r4/metadata", answer(401, &outcome)).await;
    let mut known = base(Release::R4, format!("{}/r4", server.uri()));
    let host = "127.0.0.1".to_owned();
    let without = discover(&http(), &known).await.unwrap_err();
    assert_eq!(without, DiscoverError::NotFhir { host, got: NotFhir::Json, status: 401 });
    known.authorize = Some("https://a.example/a".into());
    known.token = Some("https://a.example/t".into());
    let endpoints = discover(&http(), &known).await.unwrap();
    assert_eq!(endpoints.bases[0].capability, None);
}

#[tokio::test]
async fn one_base_of_two_that_cannot_be_reached_does_not_cost_the_other() {
    let server = MockServer::start().await;
    let rest = oauth_rest("https://auth.example/authorize", "https://auth.example/token");
    get(&server, "/r4/metadata", answer(200, &statement("CapabilityStatement", "4.0.1", rest))).await;
    let mut known = base(Release::R4, format!("{}/r4", server.uri()));
    let dead = format!("http://127.0.0.1:{}/d", closed_port().await);
    known.bases.push(CardBase { release: Release::Dstu2, url: dead.clone() });
    let endpoints = discover(&http(), &known).await.unwrap();
    assert_eq!((endpoints.bases.len(), &endpoints.elsewhere[..]), (1, &[dead][..]));
}

#[tokio::test]
async fn a_base_at_another_server_is_left_out_of_the_connection() {
    let (server, other) = (MockServer::start().await, MockServer::start().await);
    let rest = oauth_rest("https://auth.example/authorize", "https://auth.example/token");
    for (at, base) in [(&server, "/r4"), (&server, "/d"), (&other, "/d")] {
        let path = format!("{base}/metadata");
        get(at, &path, answer(200, &statement("CapabilityStatement", "4.0.1", rest.clone()))).await;
    }
    let mut known = base(Release::R4, format!("{}/r4", server.uri()));
    let elsewhere = format!("{}/d", other.uri());
    for url in [elsewhere.clone(), format!("{}/d", server.uri())] {
        known.bases.push(CardBase { release: Release::R4, url });
    }
    let endpoints = discover(&http(), &known).await.unwrap();
    assert_eq!(endpoints.bases.len(), 2, "{:?}", endpoints.bases);
    assert!(endpoints.bases.iter().all(|base| base.url.starts_with(&server.uri())));
    assert_eq!(endpoints.elsewhere, [elsewhere]);
}

#[tokio::test]
async fn what_is_not_a_fhir_server_is_told_apart() {
    let server = MockServer::start().await;
    let host = || "127.0.0.1".to_owned();
    get(&server, "/web/metadata", html(200, "<!doctype html><title>Welcome</title>")).await;
    get(&server, "/json/metadata", answer(200, &json!({"swagger": "2.0"}))).await;
    get(&server, "/text/metadata", ResponseTemplate::new(200).set_body_string("hello")).await;
    let big = ResponseTemplate::new(200).set_body_string(" ".repeat(80 << 10));
    get(&server, "/big/metadata", big).await;
    for (at, got, status) in [
        ("web", NotFhir::Html, 200),
        ("json", NotFhir::Json, 200),
        ("text", NotFhir::Other, 200),
        ("big", NotFhir::Other, 200),
        ("nothing", NotFhir::Other, 404),
    ] {
        let mut known = base(Release::R4, format!("{}/{at}", server.uri()));
        let error = discover(&http(), &known).await.unwrap_err();
        assert_eq!(error, DiscoverError::NotFhir { host: host(), got, status }, "{at}");
        // Typed endpoints do not make a web page a FHIR server.
        known.authorize = Some("https://a.example/a".into());
        known.token = Some("https://a.example/t".into());
        assert_eq!(discover(&http(), &known).await.is_err(), status == 200, "{at}");
    }
    get(&server, "/fhir/metadata", answer(200, &statement("CapabilityStatement", "4.0.1", json!({})))).await;
    let error = discover(&http(), &base(Release::R4, format!("{}/fhir", server.uri()))).await.unwrap_err();
    assert_eq!(error, DiscoverError::NoSignIn { host: host() });
}

#[tokio::test]
async fn an_address_that_cannot_be_reached_is_told_apart() {
    let host = || "127.0.0.1".to_owned();
    let wrong = |url: String| async move { discover(&http(), &base(Release::R4, url)).await.unwrap_err() };
    let refused = wrong(format!("http://127.0.0.1:{}/r4", closed_port().await)).await;
    assert_eq!(refused, DiscoverError::Refused { host: host() });
    let unknown = wrong("https://no-such-host.invalid/r4".into()).await;
    assert_eq!(unknown, DiscoverError::UnknownHost { host: "no-such-host.invalid".into() });
    let server = MockServer::start().await;
    let tls = wrong(server.uri().replace("http:", "https:")).await;
    assert_eq!(tls, DiscoverError::Tls { host: host() });
    let plain = wrong("http://fhir.example/r4".into()).await;
    assert_eq!(plain, DiscoverError::NotHttps { host: "fhir.example".into() });
    for bad in ["https://user:pw@fhir.example/r4", "ftp://fhir.example", "https://", "fhir example"] {
        assert_eq!(wrong(bad.into()).await, DiscoverError::BadAddress { what: "base" }, "{bad}");
    }
    assert_eq!(discover(&http(), &Known::default()).await.unwrap_err(), DiscoverError::NoBase);
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_given_up() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/r4", silent.local_addr().unwrap());
    let wait = std::time::Duration::from_millis(50);
    let settings = HttpSettings { total_timeout: wait, ..HttpSettings::default() };
    let on = OnBehalf { named: vec!["127.0.0.1".into()], ..OnBehalf::default() };
    let hasty = Http::new(settings, chrono::Utc::now).unwrap().on_behalf(on);
    let error = discover(&hasty, &base(Release::R4, url)).await.unwrap_err();
    assert_eq!(error, DiscoverError::NoAnswer { host: "127.0.0.1".into() });
}

#[tokio::test]
async fn metadata_is_asked_again_in_other_words_when_refused() {
    let server = MockServer::start().await;
    let rest = oauth_rest("https://a.example/a", "https://a.example/t");
    let fine = answer(200, &statement("Conformance", "1.0.2", rest));
    wiremock::Mock::given(wiremock::matchers::path("/d/metadata"))
        .and(wiremock::matchers::header("accept", "application/json+fhir"))
        .respond_with(fine)
        .with_priority(1)
        .mount(&server)
        .await;
    get(&server, "/d/metadata", ResponseTemplate::new(406)).await;
    let endpoints = discover(&http(), &base(Release::Dstu2, format!("{}/d", server.uri()))).await.unwrap();
    assert!(endpoints.bases[0].capability.is_some());
}
