//! Servers that misbehave: every fault ends in complete data or in a named line of the ledger.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{TimeDelta, Utc};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use wholechart_fhir::PageFault;
use wholechart_record::ConnectionId;
use wholechart_smart::{ProviderCard, parse_cards};
use wholechart_store::{AnswerState, Connection, ConnectionState, Remark, StoreError, Tokens};
use wholechart_sync::{Connected, ELSEWHERE, SyncError};
use wiremock::matchers::{method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::bench::Bench;
use crate::second::from_outside;

const FHIR: &str = "application/fhir+json";

pub(crate) fn page(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body.to_string(), FHIR)
}

pub(crate) fn outcome(status: u16, words: &str) -> ResponseTemplate {
    let body =
        json!({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "diagnostics": words}]});
    ResponseTemplate::new(status).set_body_raw(body.to_string(), FHIR)
}

pub(crate) fn vaccines(ids: std::ops::Range<u32>) -> Vec<Value> {
    ids.map(|id| {
        json!({"resource": {"resourceType": "Immunization", "id": format!("v{id}"), "status": "completed",
            "vaccineCode": {"text": format!("Vaccine {id}")}, "occurrenceDateTime": "2020-01-02"}})
    })
    .collect()
}

pub(crate) fn bundle(entries: &[Value], total: Option<u32>, next: Option<&str>) -> Value {
    let mut bundle = json!({"resourceType": "Bundle", "type": "searchset", "entry": entries});
    if let Some(total) = total {
        bundle["total"] = total.into();
    }
    if let Some(next) = next {
        bundle["link"] = json!([{"relation": "next", "url": next}]);
    }
    bundle
}

/// A server with one patient that offers these types, and a connection to it.
pub(crate) struct Clinic {
    pub(crate) server: MockServer,
    pub(crate) bench: Bench,
    pub(crate) connection: ConnectionId,
}

/// Of an answer that is given for a while.
pub(crate) struct Switch(Arc<AtomicBool>);

impl Switch {
    pub(crate) fn off(self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

impl Clinic {
    pub(crate) async fn new(types: &[&str], quirks: &[&str]) -> Self {
        let server = MockServer::start().await;
        let types: BTreeMap<&str, Value> = types
            .iter()
            .map(|kind| {
                (
                    *kind,
                    json!({"read": true, "search": true, "params": ["patient", "category", "_lastUpdated"],
                "revincludes": ["Provenance:target"]}),
                )
            })
            .collect();
        let base = format!("{}/r4", server.uri());
        let card = json!({"id": "clinic", "name": "Clinic", "clientId": "app", "quirks": quirks,
            "bases": [{"release": "r4", "url": base}]});
        let card: ProviderCard = parse_cards(&json!([card])).0.remove(0);
        let endpoints = serde_json::from_value(json!({
            "authorize": format!("{}/authorize", server.uri()), "token": format!("{}/token", server.uri()),
            "bases": [{"release": "r4", "url": base, "capability": {"types": types}}]}))
        .unwrap();
        let bench = Bench::new();
        let tokens = Tokens {
            access: "at".into(),
            refresh: Some("rt".into()),
            expires_at: Some(Utc::now() + TimeDelta::hours(1)),
            scope: String::new(),
        };
        let patients = BTreeMap::from([(base, "me".to_owned())]);
        let connection = bench.keep(
            "clinic",
            "Clinic",
            &Connected { card, endpoints, accepted: None, unshown: false },
            patients,
            &tokens,
            None,
        );
        let patient = json!({"resourceType": "Patient", "id": "me"});
        Mock::given(path("/r4/Patient/me"))
            .respond_with(page(&patient))
            .with_priority(200)
            .mount(&server)
            .await;
        Self { server, bench, connection }
    }

    pub(crate) async fn serve(&self, at: &str, answer: ResponseTemplate) {
        Mock::given(method("GET"))
            .and(path(at))
            .respond_with(answer)
            .with_priority(100)
            .mount(&self.server)
            .await;
    }

    /// Before anything else, as long as the switch stands. (wiremock loses count of its own scoped mocks where priorities
    /// move them.)
    pub(crate) async fn serve_for_now(&self, at: &str, answer: ResponseTemplate) -> Switch {
        let switch = Switch(Arc::new(AtomicBool::new(true)));
        let is_on = Arc::clone(&switch.0);
        Mock::given(method("GET"))
            .and(path(at))
            .and(move |_: &wiremock::Request| is_on.load(Ordering::SeqCst))
            .respond_with(answer)
            .with_priority(1)
            .mount(&self.server)
            .await;
        switch
    }

    /// A page by its number; the first has none.
    async fn serve_page(&self, number: Option<&str>, answer: ResponseTemplate) {
        let mock = Mock::given(method("GET")).and(path("/r4/Immunization"));
        let mock = match number {
            Some(number) => mock.and(query_param("page", number)),
            None => mock.and(query_param_is_missing("page")),
        };
        mock.respond_with(answer).mount(&self.server).await;
    }

    async fn vaccines(&self) -> (AnswerState, u32, Vec<Remark>) {
        self.bench.sync(&self.connection).await.unwrap();
        let row = self.bench.ledger(&self.connection, "Immunization");
        (row.state, row.received, row.remarks)
    }

    pub(crate) fn held(&self, kind: &str) -> usize {
        self.bench.held().keys().filter(|key| key.resource_type == kind).count()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_become_the_right_word_and_the_others_go_on() {
    let trace = "NotImplemented: nothing here\r\n   at Gate.Search.Run() in D:\\Search.cs:line 2";
    let said = |words: &str| Remark::Server { words: words.to_owned() };
    let status = |status| Remark::Status { status };
    let markup = Remark::Page { fault: PageFault::Markup };
    let elsewhere = Remark::Foreign { host: "elsewhere.example".into() };
    for (answer, state, remarks) in [
        (
            outcome(403, "Read access is denied by user"),
            AnswerState::Refused,
            vec![said("Read access is denied by user")],
        ),
        (ResponseTemplate::new(403), AnswerState::Refused, vec![]),
        (outcome(404, "no such type"), AnswerState::NotOffered, vec![said("no such type")]),
        (
            ResponseTemplate::new(404).set_body_raw("<title>404</title><p>Not found.", "text/html"),
            AnswerState::NotOffered,
            vec![said("404 Not found.")],
        ),
        (outcome(400, trace), AnswerState::NotOffered, vec![said("NotImplemented: nothing here")]),
        (outcome(400, "cannot parse"), AnswerState::Failed, vec![said("cannot parse")]),
        (outcome(500, "boom"), AnswerState::Failed, vec![status(500), said("boom")]),
        (
            ResponseTemplate::new(429).insert_header("retry-after", "0"),
            AnswerState::Failed,
            vec![status(429)],
        ),
        (
            ResponseTemplate::new(429).insert_header("retry-after", "999"),
            AnswerState::Failed,
            vec![status(429)],
        ),
        // Without a Bundle there is no answer: nobody knows whether there is none, or whether something broke.
        (ResponseTemplate::new(200), AnswerState::Failed, vec![Remark::Page { fault: PageFault::Empty }]),
        (ResponseTemplate::new(204), AnswerState::Failed, vec![Remark::Page { fault: PageFault::Empty }]),
        (outcome(200, "database is down"), AnswerState::Failed, vec![said("database is down")]),
        (page(&json!({"resourceType": "Bundle"})), AnswerState::Complete, vec![]),
        (
            ResponseTemplate::new(200).set_body_raw("<h1>Please sign in</h1>", "text/html"),
            AnswerState::Failed,
            vec![markup],
        ),
        (
            ResponseTemplate::new(302).insert_header("location", "http://elsewhere.example/"),
            AnswerState::Failed,
            vec![elsewhere],
        ),
    ] {
        let clinic = Clinic::new(&["Immunization", "Condition"], &[]).await;
        clinic.serve("/r4/Immunization", answer).await;
        let problem =
            json!({"resource": {"resourceType": "Condition", "id": "c1", "code": {"text": "Asthma"}}});
        clinic.serve("/r4/Condition", page(&bundle(&[problem], Some(1), None))).await;
        let (found, _, why) = clinic.vaccines().await;
        assert_eq!((found, why), (state, remarks));
        assert_eq!(clinic.bench.ledger(&clinic.connection, "Condition").state, AnswerState::Complete);
        assert_eq!(clinic.held("Condition"), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_followed_wherever_they_properly_are() {
    for next in [
        "Immunization?patient=me&page=2",
        "?patient=me&page=2",
        "/r4/Immunization?patient=me&page=2",
        "/Immunization?patient=me&page=2",
        // The base itself with a query, as one widespread server writes it; with the slash and without.
        "/r4?page=2",
        "/r4/?page=2",
    ] {
        let clinic = Clinic::new(&["Immunization"], &[]).await;
        clinic.serve_page(None, page(&bundle(&vaccines(0..2), None, Some(next)))).await;
        clinic.serve_page(Some("2"), page(&bundle(&vaccines(2..3), None, None))).await;
        for base in ["/r4", "/r4/"] {
            clinic.serve(base, page(&bundle(&vaccines(2..3), None, None))).await;
        }
        assert_eq!(clinic.vaccines().await, (AnswerState::Complete, 3, vec![]), "{next}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_next_page_elsewhere_is_not_followed_and_named() {
    let trap = MockServer::start().await;
    for next in [format!("{}/r4/Immunization?page=2", trap.uri()), "/other/Immunization?page=2".to_owned()] {
        let clinic = Clinic::new(&["Immunization"], &[]).await;
        clinic.serve_page(None, page(&bundle(&vaccines(0..2), None, Some(&next)))).await;
        let (state, received, remarks) = clinic.vaccines().await;
        assert_eq!((state, received), (AnswerState::Incomplete, 2));
        assert_eq!(remarks, [Remark::Foreign { host: "127.0.0.1".into() }]);
    }
    assert!(trap.received_requests().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn circles_end() {
    // To itself, with a total that says everything came; then without one; then ever new addresses of the same page.
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    let to_itself = bundle(&vaccines(0..2), Some(2), Some("Immunization?patient=me&page=2"));
    clinic.serve("/r4/Immunization", page(&to_itself)).await;
    assert_eq!(clinic.vaccines().await.0, AnswerState::Complete);
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    let to_itself = bundle(&vaccines(0..2), None, Some("Immunization?patient=me&page=2"));
    clinic.serve("/r4/Immunization", page(&to_itself)).await;
    assert_eq!(clinic.vaccines().await.0, AnswerState::Incomplete);
    assert_eq!(clinic.held("Immunization"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_went_missing_are_asked_for_by_number_then_without_a_page_size() {
    // By number.
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    clinic.serve_page(None, page(&bundle(&vaccines(0..2), Some(5), Some("?patient=me&page=2")))).await;
    clinic.serve_page(Some("2"), page(&bundle(&vaccines(2..4), Some(5), None))).await;
    clinic.serve_page(Some("3"), page(&bundle(&vaccines(4..5), Some(5), None))).await;
    assert_eq!(clinic.vaccines().await, (AnswerState::Complete, 5, vec![]));
    // Only a bare question brings the rest.
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    Mock::given(path("/r4/Immunization"))
        .and(query_param_is_missing("_count"))
        .respond_with(page(&bundle(&vaccines(0..5), Some(5), None)))
        .with_priority(1)
        .mount(&clinic.server)
        .await;
    clinic.serve("/r4/Immunization", page(&bundle(&vaccines(0..2), Some(5), None))).await;
    assert_eq!(clinic.vaccines().await.0, AnswerState::Complete);
    assert_eq!(clinic.held("Immunization"), 5);
    // Nothing does: named, with both figures.
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    clinic.serve("/r4/Immunization", page(&bundle(&vaccines(0..2), Some(5), None))).await;
    assert_eq!(clinic.vaccines().await.0, AnswerState::Incomplete);
    assert_eq!(clinic.bench.ledger(&clinic.connection, "Immunization").declared_total, Some(5));
    // A total that is not to be believed is not compared.
    for quirk in ["totalIsPageCount", "totalUnreliable"] {
        let clinic = Clinic::new(&["Immunization"], &[quirk]).await;
        clinic.serve("/r4/Immunization", page(&bundle(&vaccines(0..2), Some(5), None))).await;
        assert_eq!(clinic.vaccines().await.0, AnswerState::Complete);
        assert_eq!(clinic.bench.ledger(&clinic.connection, "Immunization").declared_total, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_page_that_fails_keeps_the_earlier_ones() {
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    clinic.serve_page(None, page(&bundle(&vaccines(0..2), Some(4), Some("?patient=me&page=2")))).await;
    clinic.serve_page(Some("2"), outcome(500, "boom")).await;
    let (state, received, remarks) = clinic.vaccines().await;
    assert_eq!((state, received), (AnswerState::Incomplete, 2));
    assert_eq!(remarks, [Remark::Status { status: 500 }, Remark::Server { words: "boom".into() }]);
    assert_eq!(clinic.held("Immunization"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_address_that_expired_begins_the_question_again() {
    let clinic = Clinic::new(&["Immunization"], &["statefulNext", "totalIsPageCount"]).await;
    Mock::given(path("/r4/Immunization"))
        .and(query_param("page", "2"))
        .respond_with(outcome(400, "the session has expired"))
        .up_to_n_times(1)
        .with_priority(1)
        .mount(&clinic.server)
        .await;
    clinic.serve_page(None, page(&bundle(&vaccines(0..2), Some(2), Some("?patient=me&page=2")))).await;
    clinic.serve_page(Some("2"), page(&bundle(&vaccines(2..3), Some(1), None))).await;
    assert_eq!(clinic.vaccines().await, (AnswerState::Complete, 3, vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_page_costs_only_what_is_broken() {
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    let whole = bundle(&vaccines(0..3), None, None).to_string();
    let cut = &whole[..whole.find("Vaccine 2").unwrap()];
    let answer = ResponseTemplate::new(200).set_body_raw(cut.to_owned(), FHIR);
    clinic.serve("/r4/Immunization", answer).await;
    let (state, _, remarks) = clinic.vaccines().await;
    assert_eq!(state, AnswerState::Incomplete);
    assert!(matches!(remarks[..], [Remark::Page { fault: PageFault::NotJson(_) }]), "{remarks:?}");
    assert_eq!(clinic.held("Immunization"), 2);
    assert!(
        clinic.bench.store.counts(&clinic.connection).unwrap().unreadable > 0,
        "the rest is kept as bytes"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_is_too_wide_is_asked_in_parts() {
    let clinic = Clinic::new(&["Observation"], &[]).await;
    let result = json!({"resource": {"resourceType": "Observation", "id": "o1", "status": "final", "code": {"text": "HDL"}}});
    Mock::given(path("/r4/Observation"))
        .and(query_param("category", "laboratory"))
        .respond_with(page(&bundle(&[result], None, None)))
        .with_priority(1)
        .mount(&clinic.server)
        .await;
    for (category, answer) in
        [("vital-signs", page(&bundle(&[], None, None))), ("social-history", outcome(403, "denied"))]
    {
        let mock = Mock::given(path("/r4/Observation")).and(query_param("category", category));
        mock.respond_with(answer).with_priority(1).mount(&clinic.server).await;
    }
    clinic.serve("/r4/Observation", outcome(400, "must have category")).await;
    let report = clinic.bench.sync(&clinic.connection).await.unwrap();
    let states = clinic.bench.states(&clinic.connection);
    assert_eq!(states["Observation?category=laboratory"], AnswerState::Complete);
    assert_eq!(states["Observation?category=social-history"], AnswerState::Refused);
    assert_eq!(
        states["Observation?category=sdoh"],
        AnswerState::NotOffered,
        "a category not known everywhere is no gap"
    );
    assert!(!states.contains_key("Observation"));
    assert!(report.kinds.iter().any(|kind| kind.label == "kind-result" && kind.received == 1));
    assert_eq!(clinic.held("Observation"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_401_is_not_the_end_of_the_sign_in() {
    let clinic = Clinic::new(&["Immunization", "Condition"], &[]).await;
    clinic.serve("/r4/Immunization", outcome(401, "not for you")).await;
    clinic.serve("/r4/Condition", page(&bundle(&[], Some(0), None))).await;
    let token = json!({"access_token": "at2", "expires_in": 3600});
    let answer = ResponseTemplate::new(200).set_body_raw(token.to_string(), "application/json");
    Mock::given(method("POST"))
        .and(path("/token"))
        .respond_with(answer)
        .expect(1)
        .mount(&clinic.server)
        .await;
    assert_eq!(clinic.vaccines().await.0, AnswerState::Refused);
    assert_eq!(clinic.bench.state(&clinic.connection), ConnectionState::Connected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_endpoint_that_is_down_loses_no_sign_in() {
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    clinic.bench.sync(&clinic.connection).await.unwrap();
    let mut tokens = clinic.bench.store.tokens(&clinic.connection).unwrap().unwrap();
    tokens.expires_at = Some(Utc::now() - TimeDelta::hours(1));
    clinic.bench.store.save_tokens(&clinic.connection, &tokens).unwrap();
    Mock::given(method("POST"))
        .and(path("/token"))
        .respond_with(ResponseTemplate::new(503))
        .mount(&clinic.server)
        .await;
    assert_eq!(clinic.vaccines().await.0, AnswerState::Failed);
    assert_eq!(clinic.bench.state(&clinic.connection), ConnectionState::Connected);
    let kept = clinic.bench.store.tokens(&clinic.connection).unwrap().unwrap();
    assert!(kept.refresh.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn renewed_tokens_that_the_file_does_not_take_are_kept_later_and_lose_no_sign_in() {
    let clinic = Clinic::new(&["Immunization", "Condition"], &[]).await;
    for kind in ["Immunization", "Condition"] {
        clinic.serve(&format!("/r4/{kind}"), page(&bundle(&[], Some(0), None))).await;
    }
    let mut tokens = clinic.bench.store.tokens(&clinic.connection).unwrap().unwrap();
    tokens.expires_at = Some(Utc::now() - TimeDelta::hours(1));
    clinic.bench.store.save_tokens(&clinic.connection, &tokens).unwrap();
    // It rotates: whoever renews with the first one again has lost the sign-in.
    let token = json!({"access_token": "at2", "refresh_token": "rt2", "expires_in": 3600});
    let answer = ResponseTemplate::new(200).set_body_raw(token.to_string(), "application/json");
    let spent = json!({"error": "invalid_grant"}).to_string();
    let renews = |answer| Mock::given(method("POST")).and(path("/token")).respond_with(answer);
    renews(answer).up_to_n_times(1).with_priority(1).mount(&clinic.server).await;
    renews(ResponseTemplate::new(400).set_body_raw(spent, "application/json")).mount(&clinic.server).await;

    let db = from_outside(&clinic.bench.dir);
    let refuses = "CREATE TRIGGER refuses BEFORE INSERT ON token BEGIN SELECT RAISE(ABORT, 'no room'); END";
    db.execute_batch(refuses).unwrap();
    let error = clinic.bench.sync(&clinic.connection).await.unwrap_err();
    assert!(matches!(error, SyncError::Store(StoreError::Sql(_))), "{error:?}");
    assert!(clinic.bench.store.tokens(&clinic.connection).is_err(), "the ones in the file are spent");
    assert_eq!(clinic.bench.state(&clinic.connection), ConnectionState::Connected);

    db.execute_batch("DROP TRIGGER refuses").unwrap();
    assert_eq!(clinic.vaccines().await.0, AnswerState::Complete);
    let kept = clinic.bench.store.tokens(&clinic.connection).unwrap().unwrap();
    assert_eq!(kept.refresh.unwrap().expose_secret(), "rt2");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_at_another_server_is_a_line_of_the_ledger_and_is_not_asked() {
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    clinic.serve("/r4/Immunization", page(&bundle(&vaccines(0..1), Some(1), None))).await;
    let other = MockServer::start().await;
    let base = format!("{}/dstu2", other.uri());
    let mut kept = clinic.bench.store.connection(&clinic.connection).unwrap().unwrap();
    let mut connected = Connected::of(&kept).unwrap();
    let elsewhere = json!({"release": "dstu2", "url": base});
    connected.endpoints.bases.push(serde_json::from_value(elsewhere).unwrap());
    kept.card = connected.to_json();
    clinic.bench.store.save_connection(&kept).unwrap();
    let report = clinic.bench.sync(&clinic.connection).await.unwrap();
    let row = clinic.bench.ledger(&clinic.connection, ELSEWHERE);
    assert_eq!((row.state, row.base.as_str(), row.asked.as_str()), (AnswerState::Refused, &*base, &*base));
    assert!(report.kinds.iter().any(|kind| kind.label == ELSEWHERE));
    assert!(other.received_requests().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn references_and_documents_are_read_once_and_only_here() {
    let trap = MockServer::start().await;
    let clinic = Clinic::new(&["DocumentReference"], &[]).await;
    let entry = |id: &str, url: String| {
        json!({"resource": {"resourceType": "DocumentReference", "id": id, "status": "current",
            "author": [{"reference": "Practitioner/d1"}, {"reference": format!("{}/r4/Practitioner/d9", trap.uri())},
                {"reference": "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"}],
            "content": [{"attachment": {"contentType": "application/pdf", "url": url}}]}})
    };
    let here = format!("{}/r4/document/pdf-1", clinic.server.uri());
    let entries = [
        entry("a", here.clone()),
        entry("b", format!("{}/steal.pdf", trap.uri())),
        entry("c", "Binary/b1".to_owned()),
        entry("d", "document/gone".to_owned()),
    ];
    clinic.serve("/r4/DocumentReference", page(&bundle(&entries, Some(4), None))).await;
    let pdf = b"%PDF-1.7 \xff\x00 bytes %%EOF".to_vec();
    let answer = ResponseTemplate::new(200).set_body_raw(pdf.clone(), "application/pdf");
    Mock::given(path("/r4/document/pdf-1")).respond_with(answer).expect(1).mount(&clinic.server).await;
    let doctor = json!({"resourceType": "Practitioner", "id": "d1", "name": [{"text": "Dr One"}]});
    Mock::given(path("/r4/Practitioner/d1"))
        .respond_with(page(&doctor))
        .expect(1)
        .mount(&clinic.server)
        .await;
    let binary = json!({"resourceType": "Binary", "id": "b1", "contentType": "text/plain", "data": "aGk="});
    Mock::given(path("/r4/Binary/b1")).respond_with(page(&binary)).expect(1).mount(&clinic.server).await;
    clinic.bench.sync(&clinic.connection).await.unwrap();
    clinic.bench.sync(&clinic.connection).await.unwrap();
    assert_eq!(clinic.bench.store.document(&clinic.connection, &here).unwrap().unwrap().bytes, pdf);
    assert_eq!((clinic.held("Practitioner"), clinic.held("Binary")), (1, 1));
    let row = clinic.bench.ledger(&clinic.connection, "documents");
    assert_eq!(row.state, AnswerState::Incomplete, "a document that is not there is a gap");
    assert_eq!(row.remarks, [Remark::NotFound { count: 1 }, Remark::Elsewhere { count: 1 }]);
    assert!(trap.received_requests().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_shorter_than_stated_is_kept_named_and_read_again() {
    let clinic = Clinic::new(&["DocumentReference"], &[]).await;
    let url = format!("{}/r4/document/note", clinic.server.uri());
    let entry = json!({"resource": {"resourceType": "DocumentReference", "id": "a", "status": "current",
        "content": [{"attachment": {"contentType": "text/plain", "url": url, "size": 12}}]}});
    clinic.serve("/r4/DocumentReference", page(&bundle(&[entry], Some(1), None))).await;
    let text = |text: &str| ResponseTemplate::new(200).set_body_raw(text.to_owned(), "text/plain");
    let cut = Mock::given(path("/r4/document/note")).respond_with(text("Twelve")).up_to_n_times(1);
    cut.with_priority(1).mount(&clinic.server).await;
    clinic.serve("/r4/document/note", text("Twelve bytes")).await;
    let bytes = || clinic.bench.store.document(&clinic.connection, &url).unwrap().unwrap().bytes;
    clinic.bench.sync(&clinic.connection).await.unwrap();
    let row = clinic.bench.ledger(&clinic.connection, "documents");
    assert_eq!(row.state, AnswerState::Incomplete, "{row:?}");
    assert_eq!(bytes(), b"Twelve");
    clinic.bench.sync_whole(&clinic.connection).await.unwrap();
    assert_eq!(clinic.bench.ledger(&clinic.connection, "documents").state, AnswerState::Complete);
    assert_eq!(bytes(), b"Twelve bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_tokens_or_a_provider_nothing_is_asked() {
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    let unsigned = Connection {
        id: ConnectionId("never signed in".into()),
        ..clinic.bench.store.connection(&clinic.connection).unwrap().unwrap()
    };
    clinic.bench.store.save_connection(&unsigned).unwrap();
    let error = clinic.bench.sync(&unsigned.id).await.unwrap_err();
    assert!(matches!(error, SyncError::SignInNeeded));
    assert_eq!(clinic.bench.state(&unsigned.id), ConnectionState::SignInNeeded);
    let nobody = clinic.bench.sync(&ConnectionId("nobody".into())).await.unwrap_err();
    assert!(matches!(nobody, SyncError::NotConnected));
    assert!(clinic.server.received_requests().await.unwrap().is_empty());
}

/// What comes twice is one record, on one page or on several, whether it was asked for or came along.
#[tokio::test(flavor = "multi_thread")]
async fn repeats_count_once() {
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    let along = json!({"resource": {"resourceType": "Provenance", "id": "p"}, "search": {"mode": "include"}});
    let first = [vaccines(0..2), vaccines(1..2), vec![along.clone(), along.clone()]].concat();
    clinic.serve_page(None, page(&bundle(&first, Some(3), Some("?patient=me&page=2")))).await;
    let second = [vaccines(0..3), vec![along]].concat();
    clinic.serve_page(Some("2"), page(&bundle(&second, Some(3), None))).await;
    assert_eq!(
        clinic.vaccines().await,
        (AnswerState::Complete, 4, vec![]),
        "three vaccines and what came along"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_none_withdraws_nothing_and_is_asked_again() {
    for answer in [
        ResponseTemplate::new(200),
        ResponseTemplate::new(204),
        ResponseTemplate::new(200).set_body_raw("<h1>Please sign in</h1>", "text/html"),
        outcome(200, "database is down"),
    ] {
        let clinic = Clinic::new(&["Immunization"], &[]).await;
        let whole = page(&bundle(&vaccines(0..2), Some(2), None));
        let whole = clinic.serve_for_now("/r4/Immunization", whole).await;
        assert_eq!(clinic.vaccines().await.0, AnswerState::Complete);
        whole.off();
        clinic.serve("/r4/Immunization", answer).await;
        for _ in 0..3 {
            let report = clinic.bench.sync_whole(&clinic.connection).await.unwrap();
            assert_eq!(report.withdrawn, 0);
            assert_eq!(clinic.bench.ledger(&clinic.connection, "Immunization").state, AnswerState::Failed);
        }
        assert!(clinic.bench.no_longer_reported(&clinic.connection).is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_servers_warning_is_said_in_its_words_and_is_no_record() {
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    let warning = json!({"resource": {"resourceType": "OperationOutcome",
        "issue": [{"severity": "warning", "code": "informational", "diagnostics": "Records before 2009 are on paper"}]}});
    let all = [vaccines(0..2), vec![warning]].concat();
    clinic.serve("/r4/Immunization", page(&bundle(&all, Some(2), None))).await;
    let said = Remark::Server { words: "Records before 2009 are on paper".into() };
    assert_eq!(clinic.vaccines().await, (AnswerState::Complete, 2, vec![said]));
    assert_eq!(clinic.held("OperationOutcome"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parameter_that_the_server_names_is_asked_with() {
    for answer in [400, 403, 422] {
        let clinic = Clinic::new(&["MedicationOrder"], &[]).await;
        let order = json!({"resource": {"resourceType": "MedicationOrder", "id": "m", "status": "active",
            "medicationCodeableConcept": {"text": "Metformin"}}});
        Mock::given(path("/r4/MedicationOrder"))
            .and(query_param("status", "active,on-hold,completed,entered-in-error,stopped,draft"))
            .respond_with(page(&bundle(&[order], Some(1), None)))
            .with_priority(1)
            .mount(&clinic.server)
            .await;
        let words = "The following parameters failed: status, must be provided";
        clinic.serve("/r4/MedicationOrder", outcome(answer, words)).await;
        for _ in 0..2 {
            clinic.bench.sync(&clinic.connection).await.unwrap();
            let row = clinic.bench.ledger(&clinic.connection, "MedicationOrder");
            assert_eq!((row.state, row.received), (AnswerState::Complete, 1), "{row:?}");
            assert!(row.asked.contains("status="), "{}", row.asked);
        }
    }
    // Where the refusal names something else, it stays a refusal.
    let clinic = Clinic::new(&["MedicationOrder"], &[]).await;
    clinic.serve("/r4/MedicationOrder", outcome(400, "cannot parse")).await;
    clinic.bench.sync(&clinic.connection).await.unwrap();
    assert_eq!(clinic.bench.ledger(&clinic.connection, "MedicationOrder").state, AnswerState::Failed);
}

/// A document as its server gives it, or one that is said not to be here.
#[tokio::test(flavor = "multi_thread")]
async fn documents_are_read_as_the_server_gives_them_or_named_as_missing() {
    let xml = "<ClinicalDocument/>";
    let only_xml = || {
        let refuses = move |asked: &wiremock::Request| {
            let accept = asked.headers["accept"].to_str().unwrap();
            if accept.contains("application/xml") {
                ResponseTemplate::new(200).set_body_raw(xml, "application/xml")
            } else {
                ResponseTemplate::new(406)
            }
        };
        Mock::given(path("/r4/Binary/b1")).respond_with(refuses)
    };
    let plain = |answer: ResponseTemplate| Mock::given(path("/r4/Binary/b1")).respond_with(answer);
    let empty = Remark::Page { fault: PageFault::Empty };
    let denied = Remark::Server { words: "not for you".into() };
    for (answer, state, remarks) in [
        (only_xml(), AnswerState::Complete, vec![]),
        (plain(outcome(404, "gone")), AnswerState::Incomplete, vec![Remark::NotFound { count: 1 }]),
        (plain(outcome(406, "no")), AnswerState::Incomplete, vec![Remark::NotFound { count: 1 }]),
        (
            plain(outcome(403, "not for you")),
            AnswerState::Refused,
            vec![Remark::NotAllowed { count: 1 }, denied],
        ),
        (
            plain(ResponseTemplate::new(200)),
            AnswerState::Incomplete,
            vec![Remark::NotRead { count: 1 }, empty.clone()],
        ),
        (
            plain(page(&json!({"resourceType": "Binary", "id": "b1", "contentType": "application/xml"}))),
            AnswerState::Incomplete,
            vec![Remark::NotRead { count: 1 }, empty],
        ),
    ] {
        let clinic = Clinic::new(&["DocumentReference"], &[]).await;
        let entry = json!({"resource": {"resourceType": "DocumentReference", "id": "a", "status": "current",
            "content": [{"attachment": {"contentType": "application/xml", "url": "Binary/b1"}}]}});
        clinic.serve("/r4/DocumentReference", page(&bundle(&[entry], Some(1), None))).await;
        answer.mount(&clinic.server).await;
        for _ in 0..2 {
            clinic.bench.sync(&clinic.connection).await.unwrap();
            let row = clinic.bench.ledger(&clinic.connection, "documents");
            assert_eq!((row.state, &row.remarks), (state, &remarks));
        }
    }
    // Below the base, whichever way its address is written.
    for address in ["Binary/b1", "/Binary/b1"] {
        let clinic = Clinic::new(&["DocumentReference"], &[]).await;
        let entry = json!({"resource": {"resourceType": "DocumentReference", "id": "a", "status": "current",
            "content": [{"attachment": {"contentType": "application/xml", "url": address}}]}});
        clinic.serve("/r4/DocumentReference", page(&bundle(&[entry], Some(1), None))).await;
        only_xml().mount(&clinic.server).await;
        clinic.bench.sync(&clinic.connection).await.unwrap();
        let url = format!("{}/r4/Binary/b1", clinic.server.uri());
        let kept = clinic.bench.store.document(&clinic.connection, &url).unwrap().unwrap();
        assert_eq!(kept.bytes, xml.as_bytes(), "{address}");
    }
}

/// The token endpoint's refusals that stay are said in its words and ask for a new sign-in; a token that is still good is
/// used to its end.
#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_that_is_refused_is_told_in_the_servers_words() {
    let refusal = |status: u16, error: &str, words: &str| {
        let said = json!({"error": error, "error_description": words}).to_string();
        ResponseTemplate::new(status).set_body_raw(said, "application/json")
    };
    for (answer, words) in [
        (refusal(400, "invalid_request", "Refresh token has expired"), Some("Refresh token has expired")),
        (refusal(400, "invalid_scope", "The scope is unknown"), Some("The scope is unknown")),
        (refusal(403, "access_denied", "Consent was revoked"), Some("Consent was revoked")),
        (refusal(400, "invalid_grant", "It has ended"), Some("It has ended")),
        (ResponseTemplate::new(401), None),
        (
            ResponseTemplate::new(400).set_body_raw("The session is over", "text/plain"),
            Some("The session is over"),
        ),
    ] {
        let clinic = Clinic::new(&["Immunization"], &[]).await;
        clinic.serve("/r4/Immunization", page(&bundle(&vaccines(0..2), Some(2), None))).await;
        Mock::given(method("POST")).and(path("/token")).respond_with(answer).mount(&clinic.server).await;
        let mut tokens = clinic.bench.store.tokens(&clinic.connection).unwrap().unwrap();
        // Ends soon, and is good for the moment: what came with it is not thrown away.
        tokens.expires_at = Some(Utc::now() + TimeDelta::seconds(15));
        clinic.bench.store.save_tokens(&clinic.connection, &tokens).unwrap();
        let report = clinic.bench.sync(&clinic.connection).await.unwrap();
        assert!(!report.sign_in_needed && clinic.held("Immunization") == 2, "{words:?}");
        // Over.
        tokens.expires_at = Some(Utc::now() - TimeDelta::hours(1));
        clinic.bench.store.save_tokens(&clinic.connection, &tokens).unwrap();
        let report = clinic.bench.sync(&clinic.connection).await.unwrap();
        assert!(report.sign_in_needed, "{words:?}");
        assert_eq!(report.sign_in_words.as_deref(), words);
        assert_eq!(clinic.bench.state(&clinic.connection), ConnectionState::SignInNeeded);
    }
    // What may pass is named in the ledger, in its words too, and nobody has to sign in.
    for (answer, words) in [
        (ResponseTemplate::new(404).set_body_raw("Not here", "text/html"), "Not here"),
        (ResponseTemplate::new(200).set_body_raw("<h1>Sign in</h1>", "text/html"), "Sign in"),
        (refusal(500, "oops", "The database is down"), "The database is down"),
    ] {
        let clinic = Clinic::new(&["Immunization"], &[]).await;
        Mock::given(method("POST")).and(path("/token")).respond_with(answer).mount(&clinic.server).await;
        let mut tokens = clinic.bench.store.tokens(&clinic.connection).unwrap().unwrap();
        tokens.expires_at = Some(Utc::now() - TimeDelta::hours(1));
        clinic.bench.store.save_tokens(&clinic.connection, &tokens).unwrap();
        let error = clinic.bench.sync(&clinic.connection).await.unwrap_err();
        let renewal = Remark::NotRenewed { words: Some(words.into()) };
        assert!(matches!(&error, SyncError::NotShown { why, .. } if why.contains(&renewal)), "{error:?}");
        assert_eq!(clinic.bench.state(&clinic.connection), ConnectionState::Connected);
    }
}
