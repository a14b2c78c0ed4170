//! Ways into a provider, and whose record it is.

use serde_json::{Value, json};
use tempfile::TempDir;
use wholechart_api::ApiError;
use wholechart_sandbox::{Fault, SAMPLE_SEED, Sandbox, Spot};

use crate::person::{AtHome, Decision, sandbox, usual_ports};

fn code(error: &ApiError) -> Value {
    serde_json::to_value(error.code).expect("a code")
}

async fn connections(home: &AtHome) -> Vec<Value> {
    let list = home.ask("connections", json!({"person": home.person})).await.expect("a list");
    list.as_array().expect("a list").clone()
}

fn ended(providers: &Sandbox, provider: &str) -> bool {
    providers.seen(provider).iter().any(|one| one.path.ends_with("/revoke"))
}

#[tokio::test]
async fn the_browser_may_come_back_to_the_apps_own_scheme_or_to_a_page_that_is_pasted() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    for (name, redirect) in [("Lakeside", "wholechart:/callback"), ("Summit", "https://localhost/callback")] {
        let card = home.card(name).await;
        let target = json!({"is": "card", "card": card["card"], "redirect": redirect});
        let handed_in = async {
            let address = home.desk.ended_at().await;
            assert!(address.starts_with(redirect), "{redirect}");
            let hand = |address: &str| json!({"attempt": "a", "address": address});
            let wrong = home.ask("returnAddress", hand("https://example.org/")).await.expect_err("not it");
            assert!(wrong.message.contains("not the address"), "{wrong:?}");
            assert!(!home.app.opened_with("wholechart:/elsewhere?code=1&state=2"));
            if redirect.starts_with("wholechart:") {
                // Another program may open the same scheme: a code of somebody else's changes nothing.
                home.app.opened_with("wholechart:/callback?code=1&state=2");
                assert!(home.app.opened_with(&address), "somebody waits for it");
            } else {
                home.ask("returnAddress", hand(&address)).await.expect("handed in");
            }
        };
        let (connected, ()) = tokio::join!(home.target(target), handed_in);
        connected.expect("connected");
    }
    let heard = home.desk.heard();
    assert!(heard.iter().any(|event| event.contains(r#""returnsTo":"wholechart:/callback""#)));
    assert_eq!(connections(&home).await.len(), 2);
    assert!(!home.app.opened_with("wholechart:/callback?code=1&state=2"), "nobody waits any more");
    let nowhere =
        json!({"is": "card", "card": "epic", "clientId": "c", "redirect": "http://me.example/callback"});
    assert!(home.target(nowhere).await.is_err(), "and nothing else is a way back");
    providers.stop().await;
}

#[tokio::test]
async fn the_same_record_is_connected_once_and_belongs_to_one_person() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let mut home = AtHome::open(folder.path(), Some(&providers)).await;
    let first = home.connect("Summit").await.expect("connected");
    let again = home.connect("Summit").await.expect("connected again");
    assert_eq!(first["id"], again["id"], "it is the connection of before");
    assert_eq!(connections(&home).await.len(), 1);

    let added = json!({"name": "Rosa the Second", "homeZone": "America/Chicago"});
    let other = home.ask("savePerson", added).await.expect("another person");
    home.person = other["id"].as_str().expect("an id").to_owned();
    let error = home.connect("Summit").await.expect_err("it is somebody else's");
    assert!(error.message.contains("already here, as that of Rosa-Lind"), "{error:?}");
    assert_eq!(connections(&home).await, Vec::<Value>::new());
    assert!(ended(&providers, "summit"), "the sign-in is ended where it was made");
    providers.stop().await;
}

#[tokio::test]
async fn somebody_elses_record_stops_before_anything_is_merged() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let mut home = AtHome::open(folder.path(), Some(&providers)).await;
    let added = json!({"name": "Ben Okafor", "birthDate": "1950-01-02", "homeZone": "America/Chicago"});
    let ben = home.ask("savePerson", added).await.expect("another person");
    home.person = ben["id"].as_str().expect("an id").to_owned();
    let one = home.connect("Lakeside").await.expect("the sign-in says nothing about the person");
    let two = home.connect("Harbor").await.expect("nor does this one");
    for connection in [&one, &two] {
        let error = home.ask("sync", json!({"connection": connection["id"]})).await.expect_err("it asks");
        assert_eq!(code(&error), json!("otherPatient"));
        for words in ["Rosa", "November 2, 1984", "Ben Okafor", "January 2, 1950"] {
            let told = error.message.to_lowercase().contains(&words.to_lowercase());
            assert!(told, "{words}: {error:?}");
        }
        assert_eq!(home.entries().await, Vec::<String>::new(), "nothing was taken in");
    }

    // It is Ben after all, as far as one provider goes: that very patient is not asked about again.
    let same = json!({"connection": one["id"], "samePerson": true});
    home.ask("sync", same).await.expect("they said yes");
    home.ask("sync", json!({"connection": one["id"], "whole": true})).await.expect("and need not again");
    let held = home.entries().await.len();
    assert!(held > 100);

    // At the other one it is somebody else, whose record it goes to. Nobody has to sign in for that.
    let hers = home
        .ask("giveConnection", json!({"person": home.person, "connection": two["id"]}))
        .await
        .expect("moved");
    // Somebody here fits, and is not added a second time.
    assert_eq!(hers["name"], json!(crate::person::NAME), "{hers}");
    assert_eq!(connections(&home).await.len(), 1, "Ben keeps his own");
    home.person = hers["id"].as_str().expect("an id").to_owned();
    let moved = connections(&home).await;
    home.ask("sync", json!({"connection": moved[0]["id"]})).await.expect("it is hers");
    assert!(home.entries().await.len() > held);
    providers.stop().await;
}

#[tokio::test]
async fn addresses_that_contradict_the_server_are_asked_about() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    let card = home.card("Summit").await;
    let known = &providers.directory()[1];
    let mut target = json!({
        "is": "manual", "name": card["name"], "baseR4": known["bases"][0]["url"],
        "authorize": format!("{}/elsewhere/authorize", providers.origins()[2].1),
        "clientId": known["clientId"], "clientSecret": known["clientSecret"],
        "redirect": "http://127.0.0.1/callback",
    });
    let error = home.target(target.clone()).await.expect_err("it asks");
    assert_eq!(code(&error), json!("endpointsDiffer"));
    assert!(error.message.contains("the authorization endpoint"), "{error:?}");
    assert_eq!(connections(&home).await, Vec::<Value>::new(), "no half-made connection is left");
    // At one host only the whole addresses tell them apart.
    let mut beside = target.clone();
    beside["authorize"] = json!(format!("{}/elsewhere/authorize", providers.origins()[1].1));
    let error = home.target(beside).await.expect_err("it asks");
    assert!(error.message.contains("/elsewhere/authorize for you"), "{error:?}");
    target["trusts"] = json!("server");
    home.target(target).await.expect("the server was right");
    assert_eq!(connections(&home).await.len(), 1);
    providers.stop().await;
}

#[tokio::test]
async fn a_public_list_makes_practices_findable_and_stays_without_a_network() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    let found = async |home: &AtHome, query: &str| -> Vec<String> {
        let found = home.ask("directory", json!({"query": query})).await.expect("a list");
        let names = found.as_array().expect("a list").iter().map(|one| one["name"].as_str());
        names.map(|name| name.unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(found(&home, "mill street").await, [""; 0]);
    let lists = home.ask("providerLists", json!({})).await.expect("lists");
    assert_eq!((&lists[0]["id"], &lists[0]["count"]), (&json!("sample"), &Value::Null), "{lists}");
    let lists = home.ask("fetchProviderList", json!({"list": "sample"})).await.expect("fetched");
    assert!(lists[0]["count"].as_u64() > Some(3), "{lists}");
    // By practice, by city, by the name of the provider above it.
    assert_eq!(found(&home, "mill street").await, ["Lakeside Mill Street Practice"]);
    assert_eq!(found(&home, "granite").await, ["Summit Children’s Clinic"]);
    // A second time nothing has changed, and nothing is lost.
    home.ask("fetchProviderList", json!({"list": "sample"})).await.expect("as it was");
    assert!(providers.seen("lakeside").iter().any(|one| one.path == "/brands" && one.status == 304));
    // It is not connected to by itself, but with the manners and the registration of the card behind it.
    home.connect("granite").await.expect("connected");
    assert_eq!(connections(&home).await[0]["name"], json!("Summit Children’s Clinic"));
    drop(home);
    let lists = providers.lists();
    providers.stop().await;
    assert!(lists[0]["url"].as_str().is_some_and(|url| url.starts_with("http://127.0.0.1")));
    let home = AtHome::open(folder.path(), None).await;
    let shipped = home.ask("providerLists", json!({})).await.expect("lists");
    assert!(shipped.as_array().is_some_and(|lists| lists.len() >= 5), "{shipped}");
}

#[tokio::test]
async fn every_card_says_what_is_missing_and_how_to_get_it() {
    let folder = TempDir::new().expect("a folder");
    let home = AtHome::open(folder.path(), None).await;
    let usual = home.ask("directory", json!({"query": ""})).await.expect("a list");
    let usual = usual.as_array().expect("a list");
    assert!(
        usual.iter().all(|card| !card["name"].as_str().unwrap_or_default().contains("sandbox")),
        "servers for developers are none of a patient's choices"
    );
    let cards = home.ask("directory", json!({"query": "", "tests": true})).await.expect("a list");
    assert_eq!(cards.as_array().map(Vec::len), Some(usual.len() + 3));
    let cards = cards.as_array().expect("a list");
    assert!(cards.len() >= 13);
    for card in cards.iter().map(|card| &card["card"]).chain([&json!("manual")]) {
        let args = json!({"card": card, "person": home.person});
        let setup = home.ask("cardSetup", args).await.expect("words");
        let text = setup.to_string();
        for key in ["registration-", "redirect-", "letter-", "{ $"] {
            assert!(!text.contains(&format!("\"{key}")), "{card}: {key} has no words");
        }
        assert_eq!(setup["letters"].as_array().expect("letters").len(), 2, "{card}");
        assert!(
            setup["letters"][0]["body"].as_str().is_some_and(|body| body.contains("Rosa-Lind")),
            "{card}"
        );
        if setup["entry"]["needsClientId"] == json!(false) {
            continue;
        }
        assert!(setup["missing"][0].as_str().is_some_and(|text| text.len() > 60), "{card}");
        assert!(!setup["steps"].as_array().expect("steps").is_empty(), "{card}");
        let redirects = setup["redirects"].as_array().expect("redirects");
        assert!(redirects.len() >= 3, "{card}");
        // What is shown is what is taken.
        for address in redirects.iter().filter_map(|one| one["redirect"].as_str()) {
            assert!(
                redirects.iter().any(|one| one["addresses"].to_string().contains(address)),
                "{card}: {address}"
            );
        }
        let mut target = json!({"is": "card", "card": card, "base": "https://portal.invalid/r4"});
        if *card == json!("manual") {
            target = json!({"is": "manual", "name": "A", "baseR4": "https://portal.invalid/r4"});
        }
        let error = home.target(target).await.expect_err("nothing was registered");
        assert!(error.advice.len() > 30, "{card}: {error:?}");
    }
    assert_eq!(connections(&home).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_provider_that_does_not_show_whose_record_it_has_fills_none_and_is_asked_again() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    let connection = home.connect("Summit").await.expect("connected");
    let args = json!({"connection": connection["id"]});
    for fault in [Fault::Nothing(200), Fault::Nothing(204), Fault::Forbidden, Fault::Html, Fault::OutcomeOk] {
        providers.fail("summit", Spot::Patient, fault.clone(), None);
        for _ in 0..2 {
            let error = home.ask("sync", args.clone()).await.expect_err("whose is it?");
            assert_eq!(code(&error), json!("patientNotShown"), "{fault:?}");
            assert!(error.message.contains("did not say whose record this is"), "{fault:?}: {error:?}");
            let words = format!("{error:?}").to_lowercase();
            assert!(!words.contains("offline") && !words.contains("cannot be reached"), "{words}");
            assert_eq!(home.entries().await, Vec::<String>::new(), "{fault:?}");
        }
        let state = connections(&home).await[0]["stateText"].clone();
        assert!(state.as_str().expect("words").contains("did not say whose record"), "{state}");
        providers.heal();
    }
    home.ask("sync", args.clone()).await.expect("shown at last");
    assert!(home.entries().await.len() > 100);
    let state = connections(&home).await[0]["stateText"].clone();
    assert_eq!(state, json!("Connected"));
    // Who was seen once is not locked out.
    providers.fail("summit", Spot::Patient, Fault::Html, None);
    home.ask("sync", args).await.expect("the others come");
    providers.stop().await;
}

#[tokio::test]
async fn a_provider_that_sends_other_peoples_records_is_told_of_and_they_are_kept_apart() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    let connection = home.connect("Summit").await.expect("connected");
    let args = json!({"connection": connection["id"]});
    for spot in [Spot::FirstPage("*"), Spot::LaterPage("*")] {
        providers.fail("summit", spot, Fault::Strangers, None);
    }
    let report = home.ask("sync", args).await.expect("hers came");
    assert_eq!(report["setAside"][0]["whose"], json!("Patient/somebody-else"), "{report}");
    assert!(report["verdict"].as_str().expect("words").contains("Records about somebody else"), "{report}");
    let held = home.entries().await;
    assert!(held.len() > 100 && held.iter().all(|line| !line.contains("-of-another")));
    let lets =
        json!({"person": home.person, "connection": connection["id"], "whose": "Patient/somebody-else"});
    home.ask("letIn", lets).await.expect("a person may");
    assert!(home.entries().await.iter().any(|line| line.contains("-of-another")));
    providers.stop().await;
}

#[tokio::test]
async fn attempts_one_after_the_other_come_back_to_one_and_the_same_address() {
    let _ports = usual_ports().await;
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    // Nothing is known of them: they are typed by hand.
    let home = AtHome::open(folder.path(), None).await;
    let known = &providers.directory()[1];
    let person = &known["sampleSignIn"];
    home.desk.sign_in_as(
        person["userId"].as_str().expect("a name"),
        person["password"].as_str().expect("a password"),
    );
    let target = json!({"is": "manual", "name": "Summit", "baseR4": known["bases"][0]["url"], "clientId": known["clientId"]});

    home.desk.decide(Decision::Nothing);
    let give_up = async {
        home.desk.told("waitingForSignIn").await;
        home.ask("cancelConnect", json!({"attempt": "a"})).await.expect("given up");
        // At once, as whoever tries again does.
        std::net::TcpListener::bind("127.0.0.1:28715").expect("the address is free");
    };
    let (ended, ()) = tokio::join!(home.target(target.clone()), give_up);
    assert_eq!(code(&ended.expect_err("given up")), json!("cancelled"));
    home.desk.decide(Decision::Refuse);
    home.target(target.clone()).await.expect_err("refused");
    home.desk.decide(Decision::Allow);
    let connection = home.target(target).await.expect("connected");
    home.target(json!({"is": "again", "connection": connection["id"]})).await.expect("signed in again");

    let pages = home.desk.heard().into_iter().filter_map(|event| {
        let event: Value = serde_json::from_str(&event).expect("an event is JSON");
        url::Url::parse(event["signInUrl"].as_str()?).ok()
    });
    let addresses: Vec<String> = pages
        .map(|page| {
            page.query_pairs().find(|(name, _)| name == "redirect_uri").expect("an address").1.into_owned()
        })
        .collect();
    assert_eq!(addresses, ["http://127.0.0.1:28715/callback"; 4]);
    providers.stop().await;
}
