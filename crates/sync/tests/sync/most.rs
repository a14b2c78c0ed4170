//! What one run takes at most: a server without an end fills no disk, what came is kept, and what is missing is named.

use serde_json::json;
use wholechart_store::{AnswerState, Remark};
use wholechart_sync::{Most, Options};
use wiremock::Mock;
use wiremock::matchers::{method, path};

use crate::faults::{Clinic, bundle, page, vaccines};

fn at_most(most: Most) -> Options {
    Options { most, ..Options::default() }
}

/// A clinic whose vaccines never end: each page has one that never came before, and an address of the next.
async fn endless() -> Clinic {
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    Mock::given(method("GET"))
        .and(path("/r4/Immunization"))
        .respond_with(|asked: &wiremock::Request| {
            let number = asked.url.query_pairs().find(|(name, _)| name == "page");
            let number: u32 = number.and_then(|(_, value)| value.parse().ok()).unwrap_or(1);
            let next = format!("?patient=me&page={}", number + 1);
            page(&bundle(&vaccines(number..number + 1), None, Some(&next)))
        })
        .with_priority(50)
        .mount(&clinic.server)
        .await;
    clinic
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_never_ends_is_left_when_enough_came_and_that_is_said() {
    let clinic = endless().await;
    let most = Most { bytes: 6_000, ..Most::default() };
    let report = clinic.bench.sync_with(&clinic.connection, at_most(most)).await.expect("a run that ended");
    assert!(!report.cancelled && report.answered, "{report:?}");
    let line = clinic.bench.ledger(&clinic.connection, "Immunization");
    assert_eq!(line.state, AnswerState::Incomplete, "{line:?}");
    assert!(line.remarks.contains(&Remark::TooMuch), "{line:?}");
    let received = usize::try_from(line.received).expect("few");
    assert!((2..100).contains(&received), "{received} came");
    assert_eq!(clinic.held("Immunization"), received, "what came is kept");
    // What was not asked any more is named as well, and the run has ended: it is not gone on with for ever.
    let states = clinic.bench.states(&clinic.connection);
    assert!(!states.values().any(|state| state.is_pending()), "{states:?}");
    let last = clinic.bench.store.last_run(&clinic.connection).expect("asked").expect("a run");
    assert!(last.finished.is_some(), "{last:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_has_so_many_pages_and_no_more() {
    let clinic = endless().await;
    let most = Most { pages: 3, ..Most::default() };
    clinic.bench.sync_with(&clinic.connection, at_most(most)).await.expect("a run that ended");
    let line = clinic.bench.ledger(&clinic.connection, "Immunization");
    assert_eq!((line.state, line.received), (AnswerState::Incomplete, 3), "{line:?}");
    assert!(line.remarks.contains(&Remark::TooManyPages), "{line:?}");
    assert_eq!(clinic.held("Immunization"), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn so_many_references_are_followed_and_the_next_runs_read_those_that_are_left() {
    let clinic = Clinic::new(&["Immunization"], &[]).await;
    let given = |n: u32| {
        let mut one = vaccines(n..n + 1).remove(0);
        one["resource"]["performer"] = json!([{"actor": {"reference": format!("Practitioner/d{n}")}}]);
        one
    };
    let all: Vec<_> = (0..10).map(given).collect();
    clinic.serve("/r4/Immunization", page(&bundle(&all, Some(10), None))).await;
    for n in 0..10 {
        let doctor =
            json!({"resourceType": "Practitioner", "id": format!("d{n}"), "name": [{"text": "A doctor"}]});
        clinic.serve(&format!("/r4/Practitioner/d{n}"), page(&doctor)).await;
    }
    let most = Most { followed: 4, ..Most::default() };
    for held in [4, 8] {
        clinic.bench.sync_with(&clinic.connection, at_most(most)).await.expect("a run that ended");
        let line = clinic.bench.ledger(&clinic.connection, "references");
        assert_eq!((line.state, line.received), (AnswerState::Incomplete, 4), "{line:?}");
        assert!(line.remarks.contains(&Remark::TooMuch), "{line:?}");
        assert_eq!(clinic.held("Practitioner"), held);
    }
    clinic.bench.sync_with(&clinic.connection, at_most(most)).await.expect("a run that ended");
    let line = clinic.bench.ledger(&clinic.connection, "references");
    assert_eq!((line.state, line.received), (AnswerState::Complete, 2), "{line:?}");
    assert_eq!(clinic.held("Practitioner"), 10);
}
