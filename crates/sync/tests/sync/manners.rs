//! Every manner a card can name, at a server that has it: what the switch does, and that it does nothing else.

use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use wholechart_store::{AnswerState, ConnectionState, Remark};
use wiremock::matchers::{method, path, query_param_is_missing};
use wiremock::{Mock, ResponseTemplate};

use crate::faults::{Clinic, bundle, outcome, page, vaccines};

/// The questions of one type that were asked, without what is always the same.
async fn asked(clinic: &Clinic, kind: &str) -> Vec<String> {
    let requests = clinic.server.received_requests().await.unwrap();
    let of_kind = requests.iter().filter(|request| request.url.path() == format!("/r4/{kind}"));
    of_kind
        .map(|request| {
            let pairs: Vec<String> = request
                .url
                .query_pairs()
                .filter(|(name, _)| name != "patient")
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            pairs.join("&")
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_refuses_without_is_asked_with_from_the_start() {
    for (quirk, kind, parts) in [
        ("observationNeedsCategory", "Observation", "category=laboratory"),
        ("carePlanNeedsCategory", "CarePlan", "category=assess-plan"),
        ("conditionNeedsCategory", "Condition", "category=problem-list-item"),
        ("diagnosticReportNeedsCategory", "DiagnosticReport", "category=LAB"),
        ("documentReferenceNeedsCategory", "DocumentReference", "category=clinical-note"),
        ("medicationRequestNeedsIntent", "MedicationRequest", "intent=order,plan"),
        ("appointmentNeedsDate", "Appointment", "date=ge1900-01-01"),
    ] {
        for quirks in [&[quirk][..], &[]] {
            let clinic = Clinic::new(&[kind], quirks).await;
            clinic.serve(&format!("/r4/{kind}"), page(&bundle(&[], Some(0), None))).await;
            clinic.bench.sync(&clinic.connection).await.unwrap();
            let asked = asked(&clinic, kind).await;
            // Several questions are asked at once, in no order.
            let with_part = asked.iter().any(|question| question.starts_with(parts));
            assert_eq!(with_part, !quirks.is_empty(), "{quirk}: {asked:?}");
            let (name, _) = parts.split_once('=').unwrap();
            let plain = asked.iter().any(|question| !question.starts_with(name));
            assert_eq!(plain, quirks.is_empty(), "{quirk}: {asked:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_along_is_what_the_server_can() {
    for (quirk, expected) in [
        (None, "_count=100&_revinclude=Provenance:target"),
        (Some("maxResultsParameter"), "_revinclude=Provenance:target"),
        (Some("provenanceRevincludeUnsafe"), "_count=100"),
    ] {
        let quirks: Vec<&str> = quirk.into_iter().collect();
        let clinic = Clinic::new(&["Immunization"], &quirks).await;
        clinic.serve("/r4/Immunization", page(&bundle(&[], Some(0), None))).await;
        clinic.bench.sync(&clinic.connection).await.unwrap();
        assert_eq!(asked(&clinic, "Immunization").await, [expected], "{quirks:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_is_asked_for_where_it_can_be_relied_on_and_not_refused() {
    for (quirk, narrowed) in [(None, true), (Some("lastUpdatedUnreliable"), false)] {
        let quirks: Vec<&str> = quirk.into_iter().collect();
        let clinic = Clinic::new(&["Immunization"], &quirks).await;
        clinic.serve("/r4/Immunization", page(&bundle(&vaccines(0..2), Some(2), None))).await;
        clinic.bench.sync(&clinic.connection).await.unwrap();
        clinic.bench.sync(&clinic.connection).await.unwrap();
        let asked = asked(&clinic, "Immunization").await;
        assert_eq!(asked.len(), 2);
        assert_eq!(asked[1].starts_with("_lastUpdated=ge"), narrowed, "{asked:?}");
    }
    // Listed, and refused all the same: the whole is asked for, and compared.
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    Mock::given(path("/r4/Immunization"))
        .and(query_param_is_missing("_lastUpdated"))
        .respond_with(page(&bundle(&vaccines(0..2), Some(2), None)))
        .with_priority(1)
        .mount(&clinic.server)
        .await;
    clinic.serve("/r4/Immunization", outcome(400, "_lastUpdated is not supported")).await;
    clinic.bench.sync(&clinic.connection).await.unwrap();
    let report = clinic.bench.sync(&clinic.connection).await.unwrap();
    assert_eq!((report.new, report.changed, report.withdrawn), (0, 0, 0));
    let row = clinic.bench.ledger(&clinic.connection, "Immunization");
    assert_eq!((row.state, row.received), (AnswerState::Complete, 2));
    assert!(!row.asked.contains("_lastUpdated"), "{}", row.asked);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_says_nothing_is_no_proof_that_everything_is_gone() {
    let clinic = Clinic::new(&["Immunization"], &["lastUpdatedUnreliable"]).await;
    let full = page(&bundle(&vaccines(0..3), None, None));
    Mock::given(path("/r4/Immunization"))
        .respond_with(full)
        .up_to_n_times(1)
        .with_priority(1)
        .mount(&clinic.server)
        .await;
    clinic.serve("/r4/Immunization", page(&json!({"resourceType": "Bundle"}))).await;
    clinic.bench.sync(&clinic.connection).await.unwrap();
    let report = clinic.bench.sync(&clinic.connection).await.unwrap();
    assert_eq!(report.withdrawn, 0);
    let row = clinic.bench.ledger(&clinic.connection, "Immunization");
    assert_eq!((row.state, row.remarks), (AnswerState::Incomplete, vec![Remark::NothingCame]));
    assert!(clinic.bench.no_longer_reported(&clinic.connection).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_that_expired_says_404() {
    for (quirks, state) in
        [(&["grantExpired404"][..], ConnectionState::SignInNeeded), (&[], ConnectionState::Connected)]
    {
        let clinic = Clinic::new(&["Coverage"], quirks).await;
        clinic.serve("/r4/Coverage", outcome(404, "Data Access Grant was Not Found.")).await;
        clinic.bench.sync(&clinic.connection).await.unwrap();
        assert_eq!(clinic.bench.state(&clinic.connection), state);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn outcomes_are_read_without_their_code_and_among_the_entries() {
    let clinic = Clinic::new(&["Immunization", "Condition"], &[]).await;
    let said = |severity: &str, text: &str| {
        json!({"resource": {"resourceType": "OperationOutcome", "issue": [{"severity": severity, "diagnostics": text}]},
            "search": {"mode": "outcome"}})
    };
    let nothing = bundle(&[said("warning", "4101: no results")], Some(0), None);
    clinic.serve("/r4/Condition", page(&nothing)).await;
    let mut some = vaccines(0..2);
    some.push(said("error", "4119: partial record"));
    clinic.serve("/r4/Immunization", page(&bundle(&some, None, None))).await;
    clinic.bench.sync(&clinic.connection).await.unwrap();
    assert_eq!(clinic.bench.ledger(&clinic.connection, "Condition").state, AnswerState::Complete);
    let row = clinic.bench.ledger(&clinic.connection, "Immunization");
    let partial = Remark::Server { words: "4119: partial record".into() };
    assert_eq!((row.state, row.remarks), (AnswerState::Incomplete, vec![partial]));
    assert_eq!(clinic.held("OperationOutcome"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn provenance_is_never_searched_and_documents_are_read_where_they_are() {
    let clinic = Clinic::new(&["Provenance", "DocumentReference"], &[]).await;
    let url = format!("{}/r4/document/pdf-1", clinic.server.uri());
    let entry = json!({"resource": {"resourceType": "DocumentReference", "id": "a", "status": "current",
        "content": [{"attachment": {"contentType": "application/pdf", "url": url}}]}});
    clinic.serve("/r4/DocumentReference", page(&bundle(&[entry], Some(1), None))).await;
    let pdf = ResponseTemplate::new(200).set_body_raw(b"%PDF-1.7 %%EOF".to_vec(), "application/pdf");
    clinic.serve("/r4/document/pdf-1", pdf).await;
    clinic.bench.sync(&clinic.connection).await.unwrap();
    assert!(asked(&clinic, "Provenance").await.is_empty());
    assert!(clinic.bench.store.document(&clinic.connection, &url).unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn midnight_is_a_day_where_the_card_says_so_or_the_source_has_no_other_time() {
    for (quirks, other_onset, is_day) in [
        (&["midnightUtcMeansDate"][..], "2021-05-15T08:30:00+00:00", true),
        (&["midnightLocalMeansDate"], "2021-05-15T08:30:00+00:00", true),
        (&[], "2021-05-15T08:30:00+00:00", false),
        (&[], "2021-05-15T00:00:00+00:00", true),
    ] {
        let clinic = Clinic::new(&["Condition"], quirks).await;
        let midnight = json!({"resource": {"resourceType": "Condition", "id": "c", "code": {"text": "Asthma"},
            "onsetDateTime": "2021-05-14T00:00:00+00:00"}});
        let other = json!({"resource": {"resourceType": "Condition", "id": "other", "code": {"text": "Gout"},
            "onsetDateTime": other_onset}});
        clinic.serve("/r4/Condition", page(&bundle(&[midnight, other], Some(2), None))).await;
        clinic.bench.sync(&clinic.connection).await.unwrap();
        let mut shown = Value::Null;
        clinic
            .bench
            .store
            .entries(None, &mut |row| {
                if row.member.key.id == "c" {
                    shown = serde_json::to_value(&row.member.entry.date).unwrap();
                }
                std::ops::ControlFlow::Continue(())
            })
            .unwrap();
        assert_eq!(shown["day_only"], is_day, "{quirks:?} {other_onset} {shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_goes_into_the_body_where_the_card_says_so() {
    for (quirks, in_body) in [(&["clientSecretInBody"][..], true), (&[], false)] {
        let clinic = Clinic::new(&["Immunization"], quirks).await;
        let mut tokens = clinic.bench.store.tokens(&clinic.connection).unwrap().unwrap();
        tokens.expires_at = Some(chrono::Utc::now() - chrono::TimeDelta::hours(1));
        let connection = clinic.bench.store.connection(&clinic.connection).unwrap().unwrap();
        let secret = "s3cret".into();
        clinic.bench.store.keep_sign_in(&connection, &tokens, Some(&secret)).unwrap();
        let answer = json!({"access_token": "at2", "expires_in": 3600}).to_string();
        Mock::given(method("POST"))
            .respond_with(ResponseTemplate::new(200).set_body_raw(answer, "application/json"))
            .mount(&clinic.server)
            .await;
        clinic.serve("/r4/Immunization", page(&bundle(&[], Some(0), None))).await;
        clinic.bench.sync(&clinic.connection).await.unwrap();
        let requests = clinic.server.received_requests().await.unwrap();
        let post = requests.iter().find(|request| request.method.as_str() == "POST").unwrap();
        let body = String::from_utf8_lossy(&post.body);
        assert_eq!(body.contains(secret.expose_secret()), in_body);
        assert_eq!(post.headers.contains_key("authorization"), !in_body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_pages_go_missing_a_killed_question_begins_anew() {
    // With "verifyTotals" only a whole reading can be judged; without, it goes on from its cursor.
    for (quirks, first_again) in [(&["verifyTotals"][..], true), (&[], false)] {
        let clinic = Clinic::new(&["Immunization"], quirks).await;
        Mock::given(path("/r4/Immunization"))
            .and(query_param_is_missing("page"))
            .respond_with(page(&bundle(&vaccines(0..2), Some(3), Some("?patient=me&page=2"))))
            .mount(&clinic.server)
            .await;
        let slow = page(&bundle(&vaccines(2..3), Some(3), None)).set_delay(std::time::Duration::from_secs(5));
        Mock::given(path("/r4/Immunization")).respond_with(slow).up_to_n_times(1).mount(&clinic.server).await;
        let stopped =
            tokio::time::timeout(std::time::Duration::from_secs(2), clinic.bench.sync(&clinic.connection));
        assert!(stopped.await.is_err(), "killed while it waits for the second page");
        clinic.serve("/r4/Immunization", page(&bundle(&vaccines(2..3), Some(3), None))).await;
        clinic.bench.sync(&clinic.connection).await.unwrap();
        assert_eq!(clinic.bench.ledger(&clinic.connection, "Immunization").state, AnswerState::Complete);
        let first = asked(&clinic, "Immunization").await.iter().filter(|q| !q.contains("page=")).count();
        assert_eq!(first, if first_again { 2 } else { 1 });
    }
}
