//! Keeping records up to date: what is due, what a fetch brought, and what happens without a network.

use serde_json::{Value, json};
use tempfile::TempDir;
use wholechart_sandbox::{Fault, SAMPLE_SEED, Spot};

use crate::person::{AtHome, sandbox};

async fn ledger(home: &AtHome, id: &Value) -> Value {
    home.ask("ledger", json!({"person": home.person, "connection": id})).await.expect("a ledger")
}

#[tokio::test]
async fn what_is_due_follows_the_settings() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    let settings = home.ask("syncSettings", json!({})).await.expect("settings");
    assert_eq!(settings, json!({"startAfterDays": 1, "wholeAfterDays": 14}));
    let id = home.connect("Harbor").await.expect("connected")["id"].clone();
    let due = async || home.ask("syncDue", json!({})).await.expect("a list");
    assert_eq!(due().await, json!([id]), "nothing was ever fetched");
    home.ask("sync", json!({"connection": id})).await.expect("fetched");
    assert_eq!(due().await, json!([]), "it is fresh");
    let never = json!({"settings": {"startAfterDays": null, "wholeAfterDays": 0}});
    let kept = home.ask("setSyncSettings", never).await.expect("kept");
    assert_eq!(kept, json!({"startAfterDays": null, "wholeAfterDays": 1}), "as far as it makes sense");
    assert_eq!(home.ask("syncSettings", json!({})).await.expect("settings"), kept);
    providers.stop().await;
}

#[tokio::test]
async fn a_fetch_tells_what_is_new_corrected_and_withdrawn() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    let id = home.connect("Summit").await.expect("connected")["id"].clone();
    let first = home.ask("sync", json!({"connection": id})).await.expect("fetched");
    assert_eq!(first["news"], Value::Null, "everything is new, which is no news");
    assert_eq!(ledger(&home, &id).await["changes"], json!([]));
    providers.next_chapter();
    let second = home.ask("sync", json!({"connection": id, "whole": true})).await.expect("fetched");
    assert_eq!((&second["new"], &second["withdrawn"]), (&json!(1), &json!(2)), "{second}");
    let news = second["news"].as_str().expect("news");
    assert!(news.contains("1 new record") && news.contains("withdrawn"), "{news}");
    // The window shows one person's record while everybody's are fetched: the news say whose they are.
    let whose = format!(r#""person":"{}""#, home.person);
    assert!(home.desk.heard().iter().any(|event| event.contains(r#""is":"news""#) && event.contains(&whose)));
    let told = ledger(&home, &id).await;
    assert_eq!(told["news"], second["news"]);
    let what: Vec<&str> =
        told["changes"].as_array().expect("a list").iter().filter_map(|one| one["what"].as_str()).collect();
    assert!(["new", "corrected", "withdrawn"].iter().all(|kind| what.contains(kind)), "{what:?}");
    // What vanished is still here, and says that it did.
    let withdrawn =
        told["changes"].as_array().expect("a list").iter().filter(|one| one["what"] == "withdrawn");
    let mut pages = Vec::new();
    for one in withdrawn {
        pages.push(
            home.ask("fact", json!({"person": home.person, "fact": one["fact"]}))
                .await
                .expect("a page")
                .to_string(),
        );
    }
    assert!(pages.iter().any(|page| page.contains("no longer reports this")), "{pages:?}");
    assert!(told["verdict"].as_str().is_some_and(|text| text.contains("Summit")), "{told}");
    providers.stop().await;
}

#[tokio::test]
async fn without_a_network_the_ledger_says_what_it_said_before() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    let id = home.connect("Harbor").await.expect("connected")["id"].clone();
    home.ask("sync", json!({"connection": id})).await.expect("fetched");
    let (before, kept) = (ledger(&home, &id).await, home.entries().await);
    providers.stop().await;
    let error = home.ask("sync", json!({"connection": id})).await.expect_err("nobody is there");
    assert_eq!(serde_json::to_value(error.code).expect("a code"), json!("unreachable"));
    assert!(error.advice.contains("still here"), "{error:?}");
    assert_eq!(home.entries().await, kept);
    assert_eq!(ledger(&home, &id).await, before, "what is complete does not become a gap by being offline");
}

/// A sign-in that cannot be renewed is not told as a network that is gone, and what helps is said.
#[tokio::test]
async fn a_renewal_that_is_refused_is_told_in_the_providers_words() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    let id = home.connect("Summit").await.expect("connected")["id"].clone();
    home.ask("sync", json!({"connection": id})).await.expect("fetched");
    let kept = home.entries().await;
    for (fault, ended, words) in [
        (
            Fault::TokenRefused(400, "invalid_request", "Refresh token has expired"),
            true,
            "Refresh token has expired",
        ),
        (Fault::TokenRefused(400, "invalid_scope", "The scope is unknown"), true, "The scope is unknown"),
        (Fault::TokenRefused(403, "access_denied", "Consent was revoked"), true, "Consent was revoked"),
        (Fault::Nothing(401), true, ""),
        (Fault::TokenRefused(500, "oops", "The database is down"), false, "The database is down"),
        (Fault::Html, false, "Please sign in."),
        (Fault::Nothing(404), false, ""),
    ] {
        providers.fail("summit", Spot::Everywhere, Fault::TokenEnds, None);
        providers.fail("summit", Spot::Token, fault.clone(), None);
        let error = home.ask("sync", json!({"connection": id})).await.expect_err("nothing can be asked");
        let said = format!("{} {}", error.message, error.advice);
        assert!(!said.contains("offline") && !said.contains("cannot be reached"), "{fault:?}: {said}");
        assert!(said.contains("ign in again") && said.contains("kept"), "{fault:?}: {said}");
        assert!(error.details.as_deref().unwrap_or_default().contains(words), "{fault:?}: {error:?}");
        let code = serde_json::to_value(error.code).expect("a code");
        assert_eq!(code == json!("signInNeeded"), ended, "{fault:?}: {error:?}");
        let list = home.ask("connections", json!({"person": home.person})).await.expect("a list");
        let state = if ended { "signInNeeded" } else { "connected" };
        assert_eq!(list[0]["state"], json!(state), "{fault:?}");
        assert_eq!(home.entries().await, kept, "nothing stored is lost");
        providers.heal();
        home.target(json!({"is": "again", "connection": id})).await.expect("signed in again");
        home.ask("sync", json!({"connection": id})).await.expect("and it goes on");
    }
    providers.stop().await;
}

/// What comes twice is one record, and a first fetch has no news.
#[tokio::test]
async fn repeats_are_counted_once_and_are_no_news() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    let id = home.connect("Summit").await.expect("connected")["id"].clone();
    providers.fail("summit", Spot::LaterPage("*"), Fault::DuplicatePage, None);
    let first = home.ask("sync", json!({"connection": id})).await.expect("fetched");
    assert_eq!(first["news"], Value::Null, "{first}");
    let told = ledger(&home, &id).await;
    assert_eq!((&told["news"], &told["changes"]), (&Value::Null, &json!([])), "{told}");
    let held = home.ask("connections", json!({"person": home.person})).await.expect("a list");
    assert_eq!(first["new"], held[0]["resources"], "each is counted once");
    let received =
        first["kinds"].as_array().expect("kinds").iter().filter_map(|kind| kind["received"].as_u64());
    assert!(received.sum::<u64>() <= first["new"].as_u64().expect("a number"), "{first}");
    providers.stop().await;
}

#[tokio::test]
async fn a_run_that_was_stopped_names_everything_that_it_did_not_ask() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    for provider in ["Lakeside", "Summit", "Harbor"] {
        let id = home.connect(provider).await.expect("connected")["id"].clone();
        // The first answers come, and the others take longer than anybody waits.
        let slow = Fault::Latency(std::time::Duration::from_mins(5));
        providers.fail(&provider.to_lowercase(), Spot::FirstPage("*"), slow, None);
        let running = format!(r#""is":"sync","connection":{id}"#);
        let stop = async {
            home.desk.told(&running).await;
            home.ask("cancelSync", json!({"connection": id})).await.expect("stopped");
        };
        let (_, ()) = tokio::join!(home.ask("sync", json!({"connection": id})), stop);
        providers.heal();
        let told = ledger(&home, &id).await;
        assert!(told["verdict"].as_str().is_some_and(|text| text.contains("did not finish")), "{told}");
        let mut stopped = 0;
        for line in told["lines"].as_array().expect("lines") {
            let label = line["label"].as_str().expect("words");
            assert!(!label.is_empty() && !label.starts_with("kind-"), "{line}");
            for detail in line["details"].as_array().expect("details") {
                let detail = detail.as_str().expect("words").trim();
                assert!(!detail.is_empty() && !detail.starts_with(':'), "{provider}, {label}: “{detail}”");
                stopped += usize::from(detail.ends_with("stopped"));
            }
        }
        assert!(stopped > 3, "{provider}: {told}");
    }
    providers.stop().await;
}

#[tokio::test]
async fn a_record_finds_its_sample_providers_when_others_have_their_ports() {
    let folder = TempDir::new().expect("a folder");
    let before = sandbox(SAMPLE_SEED, Some(24_170)).await;
    let home = AtHome::open(folder.path(), Some(&before)).await;
    let id = home.connect("Summit").await.expect("connected")["id"].clone();
    home.ask("sync", json!({"connection": id})).await.expect("fetched");
    home.app.settle().await;
    drop(home);

    // The providers of before stay where they are, and so have the ports of those of now.
    before.forget_seen();
    let now = sandbox(SAMPLE_SEED, Some(24_170)).await;
    assert_eq!(now.moved().len(), now.origins().len(), "all of them moved");
    let home = AtHome::open(folder.path(), Some(&now)).await;
    let again = home.ask("sync", json!({"connection": id, "whole": true})).await.expect("fetched");
    assert_eq!((&again["new"], &again["changed"]), (&json!(0), &json!(0)), "{again}");
    assert!(again["unchanged"].as_u64() > Some(100), "{again}");
    assert_eq!(home.connect("Summit").await.expect("signed in again")["id"], id);
    home.connect("Harbor").await.expect("connected");
    assert!(!now.seen("summit").is_empty() && !now.seen("harbor").is_empty());
    for (provider, _) in before.origins() {
        assert!(before.seen(&provider).is_empty(), "{provider}: a token went to somebody else");
    }
    now.stop().await;
    before.stop().await;
}
