//! Keeping records up to date: what is due, what a fetch brought, and what happens without a network.

use serde_json::{Value, json};
use tempfile::TempDir;
use wholechart_sandbox::SAMPLE_SEED;

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
