//! The sample providers, each with its manners: everything they tell arrives, byte for byte, or is named.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use secrecy::ExposeSecret as _;
use tokio_util::sync::CancellationToken;
use wholechart_fhir::Release;
use wholechart_sandbox::{Sandbox, SandboxConfig};
use wholechart_smart::{ProviderCard, base_key};
use wholechart_store::{AnswerState, ConnectionState, Remark};
use wholechart_sync::Progress;

use crate::bench::{Bench, cards, open, today};

async fn start() -> (Sandbox, Vec<ProviderCard>) {
    let sandbox = Sandbox::start(SandboxConfig::sample(today())).await.unwrap();
    let cards = cards(&sandbox.directory());
    (sandbox, cards)
}

/// What a provider tells, as (release, base, type, id) → bytes; without these types.
fn told(
    sandbox: &Sandbox,
    card: &ProviderCard,
    without: &[&str],
) -> BTreeMap<(Release, String, String, String), String> {
    let mut told = BTreeMap::new();
    for telling in sandbox.story().tellings().iter().filter(|telling| telling.provider() == card.id) {
        let release = match telling.release().as_str() {
            "r4" => Release::R4,
            "stu3" => Release::Stu3,
            _ => Release::Dstu2,
        };
        let base = base_key(&card.bases.iter().find(|base| base.release == release).unwrap().url);
        let kind = telling.resource_type().to_owned();
        if !without.contains(&kind.as_str()) {
            let text = telling.text(&base);
            told.insert((release, base, kind, telling.id().to_owned()), text);
        }
    }
    told
}

/// Does not compile when the run's future cannot be given to another thread, as a window's host does.
#[test]
fn a_run_can_be_spawned() {
    fn spawnable<T: Send>(_: &T) {}
    let bench = Bench::new();
    let nobody = wholechart_record::ConnectionId("nobody".into());
    let run = wholechart_sync::run(
        &bench.http,
        std::sync::Arc::clone(&bench.store),
        &nobody,
        std::sync::Arc::new(chrono::Utc::now),
        |_| {},
        CancellationToken::new(),
    );
    spawnable(&run);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_provider_arrives_whole_and_byte_for_byte() {
    let (sandbox, cards) = start().await;
    let bench = Bench::new();
    assert_eq!(cards.len(), 4);
    for card in &cards {
        let connection = bench.connect(card, &[]).await;
        let report = bench.sync(&connection).await.unwrap();
        // Nobody licensed dispenses at Summit: named below, and not here.
        let told = told(&sandbox, card, &["MedicationDispense"]);
        let held: BTreeMap<_, _> = bench
            .held()
            .into_iter()
            .filter(|(key, _)| key.connection == connection)
            .map(|(key, bytes)| {
                ((key.release, key.base, key.resource_type, key.id), String::from_utf8(bytes).unwrap())
            })
            .collect();
        // A place that nothing points to cannot be found, and explains nothing.
        let pointed_at = |kind: &str, id: &str| {
            let reference = format!("\"{kind}/{id}\"");
            told.values().any(|text| text.contains(&reference))
        };
        let missing: Vec<_> = told
            .keys()
            .filter(|key| !held.contains_key(*key))
            .filter(|(_, _, kind, id)| kind != "Location" || pointed_at(kind, id))
            .collect();
        assert!(
            missing.is_empty(),
            "{} lacks {missing:?}\n{:#?}",
            card.id,
            bench.store.ledger(&connection).unwrap()
        );
        for (key, bytes) in &held {
            assert_eq!(told.get(key), Some(bytes), "{key:?} is as it was sent");
        }
        assert!(!report.cancelled && !report.sign_in_needed);
        assert_eq!(report.unreadable, 0);
        let gaps: Vec<_> = bench
            .store
            .ledger(&connection)
            .unwrap()
            .into_iter()
            .filter(|row| !matches!(row.state, AnswerState::Complete | AnswerState::NotOffered))
            .map(|row| (row.question, row.state))
            .collect();
        let refused = ("MedicationDispense".to_owned(), AnswerState::Refused);
        let expected: &[(String, AnswerState)] = if card.id == "summit" { &[refused] } else { &[] };
        assert_eq!(gaps, expected, "{}", card.id);
    }
    // The shared parts became facts with several members.
    let mut joined = 0;
    bench
        .store
        .facts(Some(&bench.person), &mut |_, fact| {
            joined += usize::from(fact.members.len() > 1);
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert!(joined > 10, "{joined}");
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_sync_of_the_same_writes_nothing() {
    let (sandbox, cards) = start().await;
    let bench = Bench::new();
    for card in &cards {
        let connection = bench.connect(card, &[]).await;
        let first = bench.sync(&connection).await.unwrap();
        let before = bench.held();
        let second = bench.sync(&connection).await.unwrap();
        assert_eq!((second.new, second.changed), (0, 0), "{}", card.id);
        assert!(first.new > 10, "{first:?}");
        assert_eq!(bench.held(), before);
    }
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_pages_are_found_and_what_was_not_shared_is_named() {
    let (sandbox, cards) = start().await;
    let bench = Bench::new();
    let lakeside = cards.iter().find(|card| card.id == "lakeside").unwrap();
    let connection = bench.connect(lakeside, &["Immunization"]).await;
    let report = bench.sync(&connection).await.unwrap();
    let rows = bench.store.ledger(&connection).unwrap();
    let procedures = rows.iter().find(|row| row.question == "Procedure" && row.base.ends_with("r4")).unwrap();
    assert_eq!(procedures.state, AnswerState::Complete);
    assert_eq!(Some(procedures.received), procedures.declared_total);
    assert!(procedures.received > 50, "the server loses the pages after the second: {}", procedures.received);
    let vaccines = bench.ledger(&connection, "Immunization");
    let denied = Remark::Server { words: "Read access to 'Immunization' is denied by user".into() };
    assert_eq!((vaccines.state, vaccines.remarks), (AnswerState::Refused, vec![denied]));
    let kind = report.kinds.iter().find(|kind| kind.label == "kind-vaccine").unwrap();
    assert_eq!((kind.state, kind.received), (AnswerState::Refused, 0));
    let problems = report.kinds.iter().find(|kind| kind.label == "kind-problem").unwrap();
    assert_eq!(problems.state, AnswerState::Complete, "the others went on");
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_arrive_as_they_are() {
    let (sandbox, cards) = start().await;
    let bench = Bench::new();
    let lakeside = cards.iter().find(|card| card.id == "lakeside").unwrap();
    let connection = bench.connect(lakeside, &[]).await;
    bench.sync(&connection).await.unwrap();
    let urls = bench.store.document_urls(&connection).unwrap();
    assert!(!urls.is_empty());
    let kinds: BTreeSet<String> = urls
        .iter()
        .map(|url| {
            let document = bench.store.document(&connection, url).unwrap().unwrap();
            assert!(!document.bytes.is_empty());
            let kind = document.content_type.unwrap();
            if kind == "application/pdf" {
                assert!(document.bytes.starts_with(b"%PDF-"));
            }
            kind
        })
        .collect();
    assert!(kinds.contains("application/pdf"), "{kinds:?}");
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_end_in_the_middle_are_renewed_and_kept() {
    let config =
        SandboxConfig { access_token_life: Duration::from_secs(3), ..SandboxConfig::sample(today()) };
    let sandbox = Sandbox::start(config).await.unwrap();
    let bench = Bench::new();
    let mut connections = Vec::new();
    for card in cards(&sandbox.directory()) {
        connections.push(bench.connect(&card, &[]).await);
    }
    // Longer than any token lives: the runs begin with one that has ended, and may end others on their way.
    tokio::time::sleep(Duration::from_millis(3100)).await;
    for connection in connections {
        let before = bench.store.tokens(&connection).unwrap().unwrap();
        let report = bench.sync(&connection).await.unwrap();
        assert!(!report.sign_in_needed, "{connection}");
        let kinds: Vec<_> = report.kinds.iter().filter(|kind| kind.state == AnswerState::Failed).collect();
        assert!(kinds.is_empty(), "{kinds:?}");
        let after = bench.store.tokens(&connection).unwrap().unwrap();
        assert_ne!(before.access.expose_secret(), after.access.expose_secret());
        assert_eq!(bench.state(&connection), ConnectionState::Connected);
    }
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_ended_keeps_everything_and_asks_for_a_new_one() {
    let (sandbox, cards) = start().await;
    let bench = Bench::new();
    let summit = cards.iter().find(|card| card.id == "summit").unwrap();
    let connection = bench.connect(summit, &[]).await;
    bench.sync(&connection).await.unwrap();
    let before = bench.held();
    let mut tokens = bench.store.tokens(&connection).unwrap().unwrap();
    tokens.expires_at = Some(chrono::Utc::now() - chrono::TimeDelta::days(1));
    tokens.refresh = Some("no refresh token of this server".into());
    bench.store.save_tokens(&connection, &tokens).unwrap();
    let report = bench.sync(&connection).await.unwrap();
    assert!(report.sign_in_needed);
    assert_eq!(bench.state(&connection), ConnectionState::SignInNeeded);
    assert_eq!(bench.held(), before);
    assert_eq!(bench.ledger(&connection, "Immunization").state, AnswerState::Cancelled);
    // Signed in again, it goes on as before.
    let again = bench.connect(summit, &[]).await;
    assert_eq!(again, connection);
    let report = bench.sync(&connection).await.unwrap();
    assert!(!report.sign_in_needed && report.new == 0);
    assert_eq!(bench.state(&connection), ConnectionState::Connected);
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_counts_up_and_facts_appear_before_the_end() {
    let (sandbox, cards) = start().await;
    let bench = Bench::new();
    let harbor = cards.iter().find(|card| card.id == "harbor").unwrap();
    let connection = bench.connect(harbor, &[]).await;
    let told: Mutex<Vec<Progress>> = Mutex::default();
    let report = bench
        .sync_watched(&connection, |progress| told.lock().unwrap().push(progress), CancellationToken::new())
        .await;
    let told = told.into_inner().unwrap();
    assert!(told.iter().all(|progress| progress.asked <= progress.planned));
    let (first, last) = (told.first().unwrap(), told.last().unwrap());
    assert_eq!((first.asked, last.asked), (0, last.planned));
    assert!(told.iter().any(|progress| progress.facts_changed && progress.asked < progress.planned));
    assert_eq!(last.kinds, report.unwrap().kinds);
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_run_keeps_what_came_and_names_the_rest() {
    let (sandbox, cards) = start().await;
    let bench = Bench::new();
    let lakeside = cards.iter().find(|card| card.id == "lakeside").unwrap();
    let connection = bench.connect(lakeside, &[]).await;
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let watch = |progress: Progress| {
        if progress.asked >= 3 {
            stop.cancel();
        }
    };
    let report = bench.sync_watched(&connection, watch, cancel).await.unwrap();
    assert!(report.cancelled && !bench.held().is_empty());
    let rows = bench.store.ledger(&connection).unwrap();
    let any = |state| rows.iter().any(|row| row.state == state);
    assert!(any(AnswerState::Cancelled) && any(AnswerState::Complete), "{rows:#?}");
    let whole = bench.sync(&connection).await.unwrap();
    assert!(whole.new > 0);
    assert!(bench.states(&connection).values().all(|state| *state != AnswerState::Cancelled));
    sandbox.stop().await;
}

/// The run is dropped at some page, as when the process dies, and the file is opened anew.
#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_page_the_next_run_carries_on_and_nothing_is_lost_or_doubled() {
    let (sandbox, cards) = start().await;
    let undisturbed = Bench::new();
    let mut killed = Bench::new();
    for card in &cards {
        let connection = undisturbed.connect(card, &[]).await;
        undisturbed.sync(&connection).await.unwrap();
        let connection = killed.connect(card, &[]).await;
        for at in [1, 4, 9, 17] {
            let told = AtomicUsize::new(0);
            let reached = CancellationToken::new();
            let signal = reached.clone();
            let watch = |_| {
                if told.fetch_add(1, Ordering::SeqCst) >= at * 3 {
                    signal.cancel();
                }
            };
            tokio::select! {
                _ = killed.sync_watched(&connection, watch, CancellationToken::new()) => {}
                () = reached.cancelled() => {}
            }
            // A store that a blocking task still holds stays locked; the process would be gone.
            let Bench { http, store, person, dir } = killed;
            let mut held = Some(store);
            while let Some(store) = held.take() {
                match std::sync::Arc::try_unwrap(store) {
                    Ok(store) => drop(store),
                    Err(store) => {
                        held = Some(store);
                        tokio::task::yield_now().await;
                    }
                }
            }
            let store = open(&dir);
            killed = Bench { http, store, person, dir };
        }
        killed.sync(&connection).await.unwrap();
    }
    assert_eq!(killed.held(), undisturbed.held());
    for card in &cards {
        let connection = wholechart_record::ConnectionId(card.id.clone());
        assert_eq!(killed.states(&connection), undisturbed.states(&connection), "{}", card.id);
        assert_eq!(
            killed.store.counts(&connection).unwrap(),
            undisturbed.store.counts(&connection).unwrap(),
            "{}",
            card.id
        );
    }
    sandbox.stop().await;
}
