//! Every fault at every kind of spot: in the end everything is there, or the ledger names what is not.

#![allow(clippy::print_stdout, reason = "the table is there to be read")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use futures::{StreamExt as _, stream};
use wholechart_record::{ConnectionId, EntryKey};
use wholechart_sandbox::{Fault, Sandbox, SandboxConfig, Spot, Trap};
use wholechart_smart::{Http, HttpSettings, ProviderCard, RetryPolicy};
use wholechart_store::{AnswerState, Remark, Tokens};
use wholechart_sync::{Connected, RunReport, SyncError};

use crate::bench::{Bench, cards, on_this_computer, today};

const PROVIDER: &str = "lakeside";
/// Enough of a record for every spot, and no more: a case takes a whole sync.
const NOT_SHARED: &[&str] = &[
    "AllergyIntolerance",
    "CarePlan",
    "CareTeam",
    "Condition",
    "Device",
    "DiagnosticReport",
    "Encounter",
    "FamilyMemberHistory",
    "Goal",
    "MedicationDispense",
    "MedicationOrder",
    "MedicationRequest",
    "MedicationStatement",
    "Observation",
];

/// Little patience: what is waited for in vain is waited for in every case.
fn http() -> Http {
    let wait = Duration::from_millis(1);
    let retry = RetryPolicy {
        times: 2,
        first_wait: wait,
        longest_wait: wait,
        longest_retry_after: Duration::from_secs(2),
    };
    let second = Duration::from_secs(1);
    let settings = HttpSettings {
        connect_timeout: second,
        read_timeout: second,
        total_timeout: second,
        retry,
        page_limit: 1 << 20,
        document_limit: 1 << 20,
        ..HttpSettings::default()
    };
    on_this_computer(Http::new(settings, Utc::now).unwrap())
}

/// A signed-in connection, to be put into any number of records.
struct SignedIn {
    connected: Connected,
    patients: BTreeMap<String, String>,
    tokens: Tokens,
    secret: Option<secrecy::SecretString>,
}

impl SignedIn {
    async fn at(card: &ProviderCard) -> Self {
        let bench = Bench::new();
        let id = bench.connect(card, NOT_SHARED).await;
        let connection = bench.store.connection(&id).unwrap().unwrap();
        Self {
            connected: Connected::of(&connection).unwrap(),
            patients: connection.patient,
            tokens: bench.store.tokens(&id).unwrap().unwrap(),
            secret: bench.store.client_secret(&id).unwrap(),
        }
    }

    fn in_a_record_of_its_own(&self, token_is_over: bool) -> (Bench, ConnectionId) {
        let bench = Bench { http: http(), ..Bench::new() };
        let mut tokens = self.tokens.clone();
        if token_is_over {
            tokens.expires_at = Some(Utc::now() - TimeDelta::hours(1));
        }
        let id = bench.keep(
            PROVIDER,
            "Lakeside",
            &self.connected,
            self.patients.clone(),
            &tokens,
            self.secret.as_ref(),
        );
        (bench, id)
    }
}

/// (question, base) → (state, remarks): two bases of one gateway are asked the same.
type States = BTreeMap<(String, String), (AnswerState, Vec<Remark>)>;

fn states(bench: &Bench, id: &ConnectionId) -> States {
    let rows = bench.store.ledger(id).unwrap();
    rows.into_iter().map(|row| ((row.question, row.base), (row.state, row.remarks))).collect()
}

type Held = BTreeMap<EntryKey, Vec<u8>>;
/// By address.
type Documents = BTreeMap<String, Vec<u8>>;

/// Everything that is held: resources, and documents by their address.
fn all(bench: &Bench, id: &ConnectionId) -> (Held, Documents) {
    let urls = bench.store.document_urls(id).unwrap();
    let bytes = |url: &String| bench.store.document(id, url).unwrap().unwrap().bytes;
    (bench.held(), urls.into_iter().map(|url| (url.clone(), bytes(&url))).collect())
}

/// What became of a case; a panic is what must not be.
fn judge(
    bench: &Bench,
    id: &ConnectionId,
    report: &RunReport,
    undisturbed: &(Held, Documents),
    usual: &States,
) -> String {
    let (held, documents) = all(bench, id);
    for (key, bytes) in &held {
        assert_eq!(undisturbed.0.get(key), Some(bytes), "something else is held: {key:?}");
    }
    let states = states(bench, id);
    let named: Vec<(&str, AnswerState, &[Remark])> = states
        .iter()
        .filter(|(place, said)| usual.get(*place) != Some(*said))
        .map(|((question, _), (state, remarks))| (question.as_str(), *state, remarks.as_slice()))
        .collect();
    let missing: BTreeSet<&str> = undisturbed
        .0
        .keys()
        .filter(|key| !held.contains_key(*key))
        .map(|key| key.resource_type.as_str())
        .collect();
    for kind in &missing {
        let support = ["Binary", "Location", "Medication", "Organization", "Practitioner"].contains(kind);
        // What points to it was not received, or it could not be read itself.
        // References that lead nowhere are ordinary; how many, the line says all the same.
        let is_named = named.iter().any(|(question, state, remarks)| {
            (*state != AnswerState::Complete && (support || question.split('?').next() == Some(kind)))
                || (support && matches!(remarks.first(), Some(Remark::NotFound { .. })))
        });
        assert!(is_named, "{kind} is missing and not named: {named:#?}");
    }
    if documents != undisturbed.1 {
        assert!(
            named.iter().any(|(question, ..)| ["documents", "DocumentReference"].contains(question)),
            "a document is missing and not named: {named:#?}"
        );
    }
    if missing.is_empty() && documents == undisturbed.1 && named.is_empty() {
        return "complete".into();
    }
    assert!(!named.is_empty(), "less came and nothing says so");
    let is_gap = |state| !matches!(state, AnswerState::Complete | AnswerState::Cancelled);
    let (question, state, remarks) = named.iter().find(|(_, state, _)| is_gap(*state)).unwrap_or(&named[0]);
    if report.sign_in_needed {
        return "sign-in needed".into();
    }
    format!("{question}: {state:?} {remarks:?}").chars().take(78).collect()
}

fn faults(trap: &Trap) -> Vec<(&'static str, Fault, Option<u32>)> {
    let loris = |times| ("slow loris", Fault::SlowLoris, times);
    vec![
        ("latency", Fault::Latency(Duration::from_millis(30)), None),
        ("429, seconds, once", Fault::TooManySeconds(1), Some(1)),
        ("429, date, once", Fault::TooManyUntil(1), Some(1)),
        ("429, too long", Fault::TooManySeconds(9999), None),
        ("500 once", Fault::Status(500), Some(1)),
        ("500 always", Fault::Status(500), None),
        ("503 always", Fault::Status(503), None),
        ("404", Fault::Status(404), None),
        ("dropped once", Fault::Dropped, Some(1)),
        ("dropped always", Fault::Dropped, None),
        ("truncated", Fault::Truncated, None),
        ("HTML", Fault::Html, None),
        ("nothing", Fault::Nothing(200), None),
        ("nothing, 204", Fault::Nothing(204), None),
        ("outcome, 200", Fault::OutcomeOk, None),
        ("endless next", Fault::EndlessNext, None),
        ("relative next", Fault::RelativeNext, None),
        ("duplicate page", Fault::DuplicatePage, None),
        ("foreign next", Fault::ForeignNext(trap.origin().to_owned()), None),
        ("foreign redirect", Fault::ForeignRedirect(trap.origin().to_owned()), None),
        ("refresh token spent", Fault::RefreshSpent, None),
        ("token ends", Fault::TokenEnds, Some(1)),
        ("token never good", Fault::TokenEnds, None),
        ("forbidden", Fault::Forbidden, None),
        ("consent narrowed", Fault::ConsentNarrowed("Procedure".into()), Some(1)),
        ("clock a year ahead", Fault::ClockSkew(31_536_000), None),
        ("clock a year behind", Fault::ClockSkew(-31_536_000), None),
        loris(Some(1)),
        loris(None),
        ("body of 1 GB", Fault::Huge(1 << 30), None),
    ]
}

/// What only a token endpoint can do is done only there.
fn cases(trap: &Trap, spot: Spot) -> Vec<(&'static str, Fault, Option<u32>)> {
    let mut all = faults(trap);
    all.retain(|(_, fault, _)| *fault != Fault::RefreshSpent || spot == Spot::Token);
    all
}

const SPOTS: [(&str, Spot); 6] = [
    ("token", Spot::Token),
    ("patient", Spot::Patient),
    ("first page", Spot::FirstPage("Procedure")),
    ("later page", Spot::LaterPage("Procedure")),
    ("reference", Spot::Reference),
    ("document", Spot::Document),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_fault_at_every_spot_ends_in_complete_data_or_a_named_line() {
    let trap = Arc::new(Trap::start().await.unwrap());
    let spots = stream::iter(SPOTS).map(|(spot_name, spot)| {
        let trap = Arc::clone(&trap);
        tokio::spawn(async move {
            let sandbox = Sandbox::start(SandboxConfig::sample(today())).await.unwrap();
            let cards = cards(&sandbox.directory());
            let card = cards.iter().find(|card| card.id == PROVIDER).unwrap();
            let signed_in = SignedIn::at(card).await;
            let (bench, id) = signed_in.in_a_record_of_its_own(false);
            bench.sync(&id).await.unwrap();
            let (undisturbed, usual) = (all(&bench, &id), states(&bench, &id));
            assert!(undisturbed.0.len() > 50 && !undisturbed.1.is_empty(), "{usual:#?}");
            let mut lines = Vec::new();
            for (name, fault, times) in cases(&trap, spot) {
                let (bench, id) = signed_in.in_a_record_of_its_own(spot == Spot::Token);
                sandbox.fail(PROVIDER, spot, fault, times);
                let (end, sign_in_needed) = match bench.sync(&id).await {
                    Ok(report) => (judge(&bench, &id, &report, &undisturbed, &usual), report.sign_in_needed),
                    Err(SyncError::NotShown { why, .. }) => {
                        assert!(all(&bench, &id).0.is_empty(), "{name} at {spot_name}: whose is it?");
                        (format!("whose it is was not shown: {why:?}").chars().take(78).collect(), false)
                    }
                    Err(error) => panic!("{name} at {spot_name}: {error:?}"),
                };
                // When the fault is over, so is the gap, as long as the sign-in lasts.
                sandbox.heal();
                // Consent that was taken back is in the token that was renewed meanwhile: only a new sign-in brings it.
                if end != "complete" && !sign_in_needed && name != "consent narrowed" {
                    bench.sync(&id).await.unwrap();
                    if ["404", "truncated", "nothing", "nothing, 204", "outcome, 200"].contains(&name) {
                        // What was said not to be there is looked for again with the whole; and a text that was cut
                        // short where nobody states its length is noticed only then.
                        bench.sync_whole(&id).await.unwrap();
                    }
                    assert!(all(&bench, &id) == undisturbed, "{name} at {spot_name}: not mended");
                }
                lines.push(format!("{name:<22} {spot_name:<12} {end}"));
            }
            sandbox.stop().await;
            lines
        })
    });
    let lines: Vec<Vec<String>> = spots.buffered(3).map(Result::unwrap).collect().await;
    let mut table = String::new();
    for line in lines.iter().flatten() {
        writeln!(table, "{line}").unwrap();
    }
    println!("{table}");
    assert_eq!(
        lines.iter().flatten().count(),
        SPOTS.iter().map(|(_, spot)| cases(&trap, *spot).len()).sum::<usize>()
    );
    assert_eq!(trap.seen(), [], "nothing is ever sent to another origin");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotated_token_that_got_lost_ends_the_sign_in_and_nothing_else_and_is_not_tried_twice() {
    let sandbox = Sandbox::start(SandboxConfig::sample(today())).await.unwrap();
    let cards = cards(&sandbox.directory());
    let card = cards.iter().find(|card| card.id == "summit").unwrap();
    let bench = Bench { http: http(), ..Bench::new() };
    let id = bench.connect(card, &[]).await;
    bench.sync(&id).await.unwrap();
    let before = bench.held();
    let mut tokens = bench.store.tokens(&id).unwrap().unwrap();
    tokens.expires_at = Some(Utc::now() - TimeDelta::hours(1));
    bench.store.save_tokens(&id, &tokens).unwrap();
    sandbox.forget_seen();
    // The server rotates, and its answer is lost: the token held here is spent.
    sandbox.fail("summit", Spot::Token, Fault::Dropped, Some(1));
    let report = bench.sync(&id).await.unwrap();
    assert!(!report.sign_in_needed, "it may have been the network");
    let posts = sandbox.seen("summit").iter().filter(|seen| seen.method == "POST").count();
    assert_eq!(posts, 1, "a token request is not made again blindly");
    assert_eq!(bench.ledger(&id, "Immunization").state, AnswerState::Failed);
    // The next run tries once; the server calls it reuse and ends the grant.
    let report = bench.sync(&id).await.unwrap();
    assert!(report.sign_in_needed);
    assert_eq!(sandbox.seen("summit").iter().filter(|seen| seen.method == "POST").count(), 2);
    assert_eq!(bench.held(), before);
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_clock_is_wrong_is_asked_from_a_moment_that_misses_nothing() {
    for skew in [86_400, -86_400] {
        let sandbox = Sandbox::start(SandboxConfig::sample(today())).await.unwrap();
        let cards = cards(&sandbox.directory());
        let card = cards.iter().find(|card| card.id == "harbor").unwrap();
        let bench = Bench::new();
        let id = bench.connect(card, &[]).await;
        sandbox.fail("harbor", Spot::Everywhere, Fault::ClockSkew(skew), None);
        bench.sync(&id).await.unwrap();
        for answered in bench.store.answered(&id).unwrap().values() {
            assert!(answered.since <= Utc::now() - TimeDelta::minutes(9), "{answered:?}");
        }
        sandbox.stop().await;
    }
}
