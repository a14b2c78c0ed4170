//! Whose it is: what is about somebody else is kept apart, and nothing is filed until the server shows whose record it has.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use wholechart_sandbox::{Fault, Sandbox, SandboxConfig, Spot};
use wholechart_store::{AnswerState, ChangeKind, Remark};
use wholechart_sync::{Options, SyncError};
use wiremock::matchers::{method, path};
use wiremock::{Mock, ResponseTemplate};

use crate::bench::{Bench, cards, today};
use crate::faults::{Clinic, bundle, outcome, page, vaccines};

fn result(id: &str, subject: &str) -> Value {
    json!({"resource": {"resourceType": "Observation", "id": id, "status": "final", "code": {"text": "HDL"},
        "subject": {"reference": subject}}})
}

fn held(clinic: &Clinic, kind: &str) -> BTreeSet<String> {
    let keys = clinic.bench.held().into_keys();
    keys.filter(|key| key.resource_type == kind).map(|key| key.id).collect()
}

async fn asked(clinic: &Clinic, at: &str) -> usize {
    let requests = clinic.server.received_requests().await.unwrap();
    requests.iter().filter(|request| request.url.path() == at).count()
}

/// Every answer in which no Patient is shown, at the address of the Patient.
fn no_patient() -> Vec<(&'static str, ResponseTemplate)> {
    let text = |text: &'static str, kind: &str| ResponseTemplate::new(200).set_body_raw(text, kind);
    vec![
        ("empty", ResponseTemplate::new(200)),
        ("204", ResponseTemplate::new(204)),
        ("403", outcome(403, "Read access is denied by user")),
        ("404", outcome(404, "not found")),
        ("400, HTML", ResponseTemplate::new(400).set_body_raw("<h1>Bad request</h1>", "text/html")),
        ("500", outcome(500, "boom")),
        ("HTML", text("<h1>Please sign in</h1>", "text/html")),
        ("cut", text("{\"resourceType\":\"Pat", "application/fhir+json")),
        ("error", text("{\"error\":\"oops\"}", "application/json")),
        ("outcome", outcome(200, "database is down")),
        ("something else", page(&result("o1", "Patient/me")["resource"])),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_filed_until_the_server_shows_whose_record_it_has() {
    for (name, answer) in no_patient() {
        let clinic = Clinic::new(&["Immunization"], &[]).await;
        clinic.serve("/r4/Immunization", page(&bundle(&vaccines(0..2), Some(2), None))).await;
        // A patient that the server does not know is an empty answer to the search.
        let unknown = Mock::given(method("GET")).and(path("/r4/Patient"));
        unknown.respond_with(page(&bundle(&[], Some(0), None))).mount(&clinic.server).await;
        let bad = clinic.serve_for_now("/r4/Patient/me", answer).await;
        for _ in 0..2 {
            let error = clinic.bench.sync(&clinic.connection).await.unwrap_err();
            assert!(
                matches!(&error, SyncError::NotShown { host, .. } if host == "127.0.0.1"),
                "{name}: {error:?}"
            );
            assert!(clinic.bench.held().is_empty(), "{name}: {:?}", clinic.bench.held().keys());
            let rows = clinic.bench.store.ledger(&clinic.connection).unwrap();
            let patient = rows.iter().find(|row| row.label == "kind-patient").unwrap();
            assert!(patient.remarks.contains(&Remark::PatientUnknown), "{name}: {patient:?}");
            assert!(rows.iter().all(|row| row.state != AnswerState::Complete), "{name}: {rows:#?}");
        }
        assert_eq!(asked(&clinic, "/r4/Immunization").await, 0, "{name}");
        bad.off();
        // Shown at last: everything comes, and nobody has to sign in again.
        let report = clinic.bench.sync(&clinic.connection).await.unwrap();
        assert_eq!((report.new, clinic.held("Immunization")), (3, 2), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_seen_once_is_not_locked_out_and_who_is_not_shown_may_be_let_in_by_the_person() {
    for (name, answer) in no_patient() {
        let clinic = Clinic::new(&["Immunization"], &[]).await;
        clinic.serve("/r4/Immunization", page(&bundle(&vaccines(0..2), Some(2), None))).await;
        clinic.bench.sync(&clinic.connection).await.unwrap();
        let bad = Mock::given(path("/r4/Patient/me")).respond_with(answer.clone()).with_priority(1);
        bad.mount(&clinic.server).await;
        clinic.bench.sync(&clinic.connection).await.unwrap();
        assert_eq!(
            clinic.bench.ledger(&clinic.connection, "Immunization").state,
            AnswerState::Complete,
            "{name}"
        );

        let clinic = Clinic::new(&["Immunization"], &[]).await;
        clinic.serve("/r4/Immunization", page(&bundle(&vaccines(0..2), Some(2), None))).await;
        let bad = Mock::given(path("/r4/Patient/me")).respond_with(answer).with_priority(1);
        bad.mount(&clinic.server).await;
        let said = Options { unshown: true, ..Options::default() };
        clinic.bench.sync_with(&clinic.connection, said).await.unwrap();
        assert_eq!(clinic.held("Immunization"), 2, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_names_other_patients_shows_nobody() {
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    clinic.serve("/r4/Immunization", page(&bundle(&vaccines(0..2), Some(2), None))).await;
    let bad = Mock::given(path("/r4/Patient/me")).respond_with(outcome(404, "gone")).with_priority(1);
    bad.mount(&clinic.server).await;
    let others = ["a", "b"].map(|id| json!({"resource": {"resourceType": "Patient", "id": id}}));
    clinic.serve("/r4/Patient", page(&bundle(&others, Some(2), None))).await;
    let error = clinic.bench.sync(&clinic.connection).await.unwrap_err();
    assert!(matches!(error, SyncError::NotShown { .. }), "{error:?}");
    assert!(clinic.bench.held().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_about_somebody_else_is_kept_apart_counted_and_let_in_by_the_person_alone() {
    let clinic = Clinic::new(&["Observation"], &[]).await;
    let all = [
        result("mine", "Patient/me"),
        result("newborn", "Patient/baby"),
        result("group", "Group/g"),
        result("newborn-2", "Patient/baby/_history/2"),
        result("other", "Patient/other"),
    ];
    clinic.serve("/r4/Observation", page(&bundle(&all, Some(5), None))).await;
    let report = clinic.bench.sync(&clinic.connection).await.unwrap();
    assert_eq!((report.new, report.set_aside), (3, 3), "the patient, hers and the group's");
    assert_eq!(held(&clinic, "Observation"), BTreeSet::from(["group".into(), "mine".into()]));
    let row = clinic.bench.ledger(&clinic.connection, "Observation");
    assert_eq!(
        (row.state, row.received),
        (AnswerState::Complete, 2),
        "what is not hers is not counted as hers"
    );
    let store = &clinic.bench.store;
    let aside: Vec<(String, u64)> = store
        .set_aside(&clinic.connection)
        .unwrap()
        .iter()
        .map(|one| (one.whose.clone(), one.count()))
        .collect();
    assert_eq!(aside, [("Patient/baby".to_owned(), 2), ("Patient/other".to_owned(), 1)]);
    // Thrown away and made anew, it stays apart; and so it does when it comes again.
    store.rebuild(&mut |_, _| std::ops::ControlFlow::Continue(())).unwrap();
    let again = clinic.bench.sync(&clinic.connection).await.unwrap();
    assert_eq!((again.new, again.changed, again.set_aside), (0, 0, 3));
    assert_eq!(held(&clinic, "Observation").len(), 2);
    // The mother says so.
    assert_eq!(store.let_in(&clinic.connection, "Patient/baby").unwrap(), 2);
    store.refresh_facts(&clinic.bench.person).unwrap();
    let mine: BTreeSet<String> =
        ["group", "mine", "newborn", "newborn-2"].into_iter().map(str::to_owned).collect();
    assert_eq!(held(&clinic, "Observation"), mine);
    let after = clinic.bench.sync_whole(&clinic.connection).await.unwrap();
    assert_eq!((after.new, after.changed, after.set_aside), (0, 0, 1));
    assert_eq!(held(&clinic, "Observation"), mine);
}

/// A chart error that the provider mends: what was filed as hers is another patient's.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_turns_out_to_be_somebody_elses_leaves_the_record() {
    let clinic = Clinic::new(&["Observation"], &[]).await;
    let both = [result("a", "Patient/me"), result("b", "Patient/me")];
    let first = clinic.serve_for_now("/r4/Observation", page(&bundle(&both, None, None))).await;
    clinic.bench.sync(&clinic.connection).await.unwrap();
    assert_eq!(clinic.held("Observation"), 2);
    first.off();
    let mended = page(&bundle(&[result("a", "Patient/me"), result("b", "Patient/other")], None, None));
    clinic.serve("/r4/Observation", mended).await;
    let report = clinic.bench.sync_whole(&clinic.connection).await.unwrap();
    assert_eq!(held(&clinic, "Observation"), BTreeSet::from(["a".to_owned()]));
    assert!(report.changes.iter().any(|one| one.key.id == "b" && one.what == ChangeKind::Withdrawn));
    let mut facts = 0;
    let count = &mut |_, fact: wholechart_record::Fact| {
        facts += usize::from(fact.members.iter().any(|key| key.id == "b"));
        std::ops::ControlFlow::Continue(())
    };
    clinic.bench.store.facts(Some(&clinic.bench.person), count).unwrap();
    assert_eq!(facts, 0);
}

/// The whole of a provider that passes over `patient=`, with all its types and both releases.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_ignores_whom_was_asked_for_fills_no_record_with_somebody_elses() {
    let sandbox = Sandbox::start(SandboxConfig::sample(today())).await.unwrap();
    let cards = cards(&sandbox.directory());
    for card in &cards {
        let bench = Bench::new();
        let id = bench.connect(card, &[]).await;
        sandbox.fail(&card.id, Spot::FirstPage("*"), Fault::Strangers, None);
        sandbox.fail(&card.id, Spot::LaterPage("*"), Fault::Strangers, None);
        let report = bench.sync(&id).await.unwrap();
        assert!(report.set_aside > 10, "{}: {}", card.id, report.set_aside);
        let foreign: Vec<_> =
            bench.held().into_keys().filter(|key| key.id.ends_with("-of-another")).collect();
        assert_eq!(foreign, [], "{}", card.id);
        let aside = bench.store.set_aside(&id).unwrap();
        assert_eq!(aside.iter().map(|one| one.whose.as_str()).collect::<Vec<_>>(), ["Patient/somebody-else"]);
        sandbox.heal();
    }
    sandbox.stop().await;
}
