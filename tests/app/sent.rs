//! Every request that leaves is written down where its person can read it, and nothing else of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tempfile::TempDir;
use wholechart_sandbox::{SAMPLE_SEED, Sandbox};

use crate::person::{AtHome, sandbox};

async fn sent(home: &AtHome) -> Value {
    home.ask("sent", json!({"person": home.person})).await.expect("a log")
}

/// How many requests of ours a provider saw with a token.
fn seen(providers: &Sandbox, provider: &str) -> usize {
    providers.seen(provider).iter().filter(|one| one.authorized && one.method == "GET").count()
}

fn origin(providers: &Sandbox, provider: &str) -> String {
    let found = providers.origins().into_iter().find(|(name, _)| name == provider);
    found.expect("it is one of them").1
}

fn port(providers: &Sandbox, provider: &str) -> String {
    origin(providers, provider).rsplit(':').next().expect("a port").to_owned()
}

#[tokio::test]
async fn everything_that_leaves_is_written_down_with_neither_token_nor_question() {
    let folder = TempDir::new().unwrap();
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    let nothing = json!({"hosts": [], "requests": [], "receivers": [], "handed": []});
    assert_eq!(sent(&home).await, nothing, "a start asks nobody");
    let list = home.ask("providerLists", json!({})).await.expect("lists")[0]["id"].clone();
    home.ask("fetchProviderList", json!({"list": list})).await.expect("fetched");
    let mut ids = BTreeMap::new();
    for provider in ["Lakeside", "Summit"] {
        let id = home.connect(provider).await.expect("connected")["id"].clone();
        home.ask("sync", json!({"connection": id})).await.expect("fetched");
        ids.insert(provider, id);
    }
    // More than are shown one by one: they are counted all the same.
    let log = sent(&home).await;
    let hosts = log["hosts"].as_array().expect("hosts");
    let whys: BTreeSet<&str> = hosts.iter().filter_map(|one| one["why"].as_str()).collect();
    for why in [
        "Asking what the server is",
        "Signing in",
        "Asking for records",
        "Downloading a document",
        "Downloading a list of providers",
    ] {
        assert!(whys.contains(why), "{why}: {whys:?}");
    }
    for provider in ["lakeside", "summit"] {
        let port = port(&providers, provider);
        let reading = hosts.iter().filter(|one| {
            one["host"].as_str().is_some_and(|host| host.ends_with(&port))
                && ["Asking for records", "Downloading a document"]
                    .contains(&one["why"].as_str().unwrap_or_default())
        });
        let times = |one: &Value| match one["times"].as_str().expect("words") {
            "once" => 1,
            many => many.trim_end_matches(" times").replace(',', "").parse::<usize>().expect("a number"),
        };
        assert_eq!(reading.map(times).sum::<usize>(), seen(&providers, provider), "{provider}: {log}");
    }
    // Ended at the provider, and that is written down as well; forgotten, it goes with the connection.
    let forget = json!({"person": home.person, "connection": ids["Summit"], "keepRecords": true});
    home.ask("disconnect", forget).await.expect("ended");
    let text = sent(&home).await.to_string();
    assert!(text.contains("Ending the sign-in"), "{text}");
    for secret in ["Bearer", "patient=", "/r4", "?", "code=", "pat-", "Observation", "access"] {
        assert!(!text.contains(secret), "{secret} is written down: {text}");
    }
    // It is there after the next start.
    home.app.settle().await;
    let AtHome { person, .. } = &home;
    let person = person.clone();
    drop(home);
    let again = AtHome::open(folder.path(), Some(&providers)).await;
    assert_eq!(again.person, person);
    assert_eq!(sent(&again).await.to_string(), text);
    let erase = json!({"what": {"what": "connection", "person": person, "connection": ids["Summit"]}});
    again.ask("erase", erase).await.expect("erased");
    let port = port(&providers, "summit");
    let text = sent(&again).await.to_string();
    assert!(!text.contains(&port), "{port} is still named: {text}");
    providers.stop().await;
}

#[tokio::test]
async fn in_a_real_record_this_computer_is_asked_only_where_its_address_was_typed() {
    let folder = TempDir::new().unwrap();
    let providers = sandbox(SAMPLE_SEED, None).await;
    // No sample: the providers are as strange as any other program of this computer.
    let home = AtHome::open(folder.path(), None).await;
    let base = format!("{}/r4", origin(&providers, "summit"));
    let target = |base: &str, token: Option<&str>| {
        json!({"is": "manual", "name": "Ours", "authorize": token.map(|token| format!("{token}/authorize")), "token": token.map(|token| format!("{token}/token")),
            "baseDstu2": null, "baseR4": base, "redirect": null, "clientId": "a client", "clientSecret": null, "trusts": null})
    };
    // Typed: it is asked, and answers.
    let typed = home.target(target(&base, None)).await.expect_err("nobody knows this client");
    assert!(!providers.seen("summit").is_empty() || typed.details.is_some(), "{typed:?}");
    assert!(!format!("{typed:?}").contains("private"), "{typed:?}");
    let log = sent(&home).await.to_string();
    assert!(log.contains("Asking what the server is") && log.contains("127.0.0.1"), "{log}");
    providers.stop().await;
}
