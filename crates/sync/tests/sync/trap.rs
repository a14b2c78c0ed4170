//! A token goes to the FHIR base it was issued for and nowhere else, whatever the server says.

use wholechart_record::ConnectionId;
use wholechart_sandbox::{Fault, Sandbox, SandboxConfig, Spot, Trap};
use wholechart_store::{AnswerState, Remark};
use wholechart_sync::SyncError;

use crate::bench::{Bench, cards, client, today};

/// A run; where the Patient was led elsewhere as well, whose record it is was not shown, and nothing is filed.
async fn sync(bench: &Bench, id: &ConnectionId) {
    match bench.sync(id).await {
        Ok(_) => {}
        Err(SyncError::NotShown { .. }) => assert!(bench.held().is_empty()),
        Err(error) => panic!("{error:?}"),
    }
}

/// Every spot at which a server can point elsewhere, at every sample provider: what arrives there is nothing, not even
/// a request without a token.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_ever_sent_to_another_origin() {
    let trap = Trap::start().await.unwrap();
    let sandbox = Sandbox::start(SandboxConfig::sample(today())).await.unwrap();
    let elsewhere = trap.origin().to_owned();
    for card in cards(&sandbox.directory()) {
        let whole = Bench::new();
        let id = whole.connect(&card, &[]).await;
        whole.sync(&id).await.unwrap();
        let everything = whole.held().len();
        for (spot, fault) in [
            (Spot::FirstPage("*"), Fault::ForeignNext(elsewhere.clone())),
            (Spot::LaterPage("*"), Fault::ForeignNext(elsewhere.clone())),
            (Spot::FirstPage("*"), Fault::ForeignRedirect(elsewhere.clone())),
            (Spot::Reference, Fault::ForeignRedirect(elsewhere.clone())),
            (Spot::Document, Fault::ForeignRedirect(elsewhere.clone())),
            (Spot::Everywhere, Fault::ForeignRedirect(elsewhere.clone())),
            // References to people and places, attachments' addresses, `fullUrl`, `next`: all of them.
            (Spot::Everywhere, Fault::ForeignAddresses(elsewhere.clone())),
        ] {
            let bench = Bench::new();
            let id = bench.connect(&card, &[]).await;
            sandbox.fail(&card.id, spot, fault.clone(), None);
            sync(&bench, &id).await;
            sandbox.heal();
            let rows = bench.store.ledger(&id).unwrap();
            let named = rows.iter().any(|row| {
                !matches!(row.state, AnswerState::Complete | AnswerState::NotOffered)
                    || row.remarks.iter().any(|remark| matches!(remark, Remark::Elsewhere { .. }))
            });
            let less = bench.held().len() < everything;
            assert!(named || !less, "{} {spot:?} {fault:?}: less came and nothing says so", card.id);
        }
    }
    // Renewing: the refresh token, and the secret where there is one, stay here too.
    for card in cards(&sandbox.directory()) {
        let bench = Bench::new();
        let id = bench.connect(&card, &[]).await;
        let mut tokens = bench.store.tokens(&id).unwrap().unwrap();
        tokens.expires_at = Some(chrono::Utc::now() - chrono::TimeDelta::hours(1));
        bench.store.save_tokens(&id, &tokens).unwrap();
        sandbox.fail(&card.id, Spot::Token, Fault::ForeignRedirect(elsewhere.clone()), None);
        sync(&bench, &id).await;
        sandbox.heal();
    }
    assert_eq!(trap.seen(), []);
    // The trap does record: what would have been seen is seen.
    client().get(format!("{elsewhere}/fhir/Patient")).bearer_auth("t").send().await.unwrap();
    assert!(trap.seen()[0].authorized);
    sandbox.stop().await;
}
