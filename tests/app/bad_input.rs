//! Whatever a person types, a provider answers or a disk does: it ends in words that say what to do, and nothing that
//! was stored is lost.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use wholechart_api::ApiError;
use wholechart_sandbox::{Fault, SAMPLE_SEED, Spot};

use crate::person::{AtHome, Decision, sandbox};

/// A record that has something to lose.
async fn with_a_record(folder: &Path) -> (AtHome, Vec<String>) {
    let file = folder.join("kept.json");
    fs::write(&file, KEPT).expect("a file");
    let home = AtHome::open(&folder.join("record"), None).await;
    home.ask(
        "import",
        json!({"person": home.person, "label": "Kept", "release": null, "paths": [file], "confirmed": true}),
    )
    .await
    .expect("the file is taken in");
    let kept = home.entries().await;
    assert_eq!(kept.len(), 1);
    (home, kept)
}

const KEPT: &str = r#"{"resourceType":"Immunization","id":"kept","status":"completed","vaccineCode":{"text":"Tetanus"},"occurrenceDateTime":"2019-05-02","patient":{"reference":"Patient/p"}}"#;

fn typed(base: &str, client_id: Option<&str>) -> Value {
    json!({"is": "manual", "name": "A clinic", "authorize": null, "token": null, "baseDstu2": null,
           "baseR4": base, "clientId": client_id, "clientSecret": null, "redirect": "http://127.0.0.1/callback"})
}

/// The message says what happened, the advice what to do, and the record is as it was.
async fn ends_well(home: &AtHome, kept: &[String], error: &ApiError, happened: &str, to_do: &str) {
    assert!(error.message.contains(happened), "{error:?}");
    assert!(error.advice.contains(to_do), "{error:?}");
    assert_eq!(home.entries().await, kept, "nothing stored is lost");
    let connections = home.ask("connections", json!({"person": home.person})).await.expect("a list");
    let names: Vec<_> = connections.as_array().expect("a list").iter().map(|c| c["name"].clone()).collect();
    assert_eq!(names, [json!("Kept")], "no half-made connection is left");
}

/// A server that answers everything with this.
async fn server(kind: &'static str, body: Vec<u8>) -> std::net::SocketAddr {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = [0; 4096];
            let _ = stream.read(&mut asked).await;
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            // Whoever has heard enough hangs up.
            let _ = stream.write_all(head.as_bytes()).await;
            let _ = stream.write_all(&body).await;
        }
    });
    address
}

#[tokio::test]
async fn http_where_https_is_due() {
    let folder = TempDir::new().expect("a folder");
    let (home, kept) = with_a_record(folder.path()).await;
    let address = "http://portal.example.org/fhir/r4";
    let error = home.target(typed(address, Some("c"))).await.expect_err("everybody could read along");
    ends_well(
        &home,
        &kept,
        &error,
        "The connection to portal.example.org would not be encrypted",
        "only uses https",
    )
    .await;
}

#[tokio::test]
async fn a_statement_of_fifty_megabytes_and_one_that_is_none() {
    let folder = TempDir::new().expect("a folder");
    let (home, kept) = with_a_record(folder.path()).await;
    let mut huge = br#"{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","description":""#.to_vec();
    huge.resize(50 << 20, b'x');
    huge.extend(br#""}"#);
    let half = br#"{"resourceType":"CapabilityStatement","rest":[{"mode":"#;
    for body in [huge, half.to_vec(), vec![0xff; 4096], b"null".to_vec(), Vec::new()] {
        let address = server("application/fhir+json", body).await;
        let error =
            home.target(typed(&format!("http://{address}/fhir"), Some("c"))).await.expect_err("no server");
        ends_well(&home, &kept, &error, "is not a health record server", "API base endpoint").await;
    }
}

#[tokio::test]
async fn an_unknown_host() {
    let folder = TempDir::new().expect("a folder");
    let (home, kept) = with_a_record(folder.path()).await;
    // RFC 2606: no host has this name.
    let error = home.target(typed("https://portal.invalid/fhir/r4", Some("c"))).await.expect_err("no server");
    ends_well(&home, &kept, &error, "no server at portal.invalid", "Check the address").await;
}

#[tokio::test]
async fn something_that_is_not_a_fhir_server() {
    let folder = TempDir::new().expect("a folder");
    let (home, kept) = with_a_record(folder.path()).await;
    let page = b"<!doctype html><title>Welcome to our clinic</title>";
    let address = server("text/html", page.to_vec()).await;
    let error = home.target(typed(&format!("http://{address}/"), Some("c"))).await.expect_err("a website");
    ends_well(&home, &kept, &error, "is not a health record server", "API base endpoint").await;
}

#[tokio::test]
async fn a_wrong_client_id() {
    let folder = TempDir::new().expect("a folder");
    let (home, kept) = with_a_record(folder.path()).await;
    let providers = sandbox(SAMPLE_SEED, None).await;
    let directory = providers.directory();
    let base = directory[1]["bases"][0]["url"].as_str().expect("a base").to_owned();
    // A server that does not know the client shows that to whoever has the browser, and never sends it back
    // (RFC 6749 §4.1.2.1): the app asks first.
    let error = home.target(typed(&base, Some("nobody-knows-me"))).await.expect_err("not connected");
    ends_well(&home, &kept, &error, "does not know this client ID", "typing mistakes").await;
    assert!(
        !home.desk.heard().iter().any(|event| event.contains("waitingForSignIn")),
        "no page was opened in vain"
    );

    // Without a client id the app says what is missing before anything is asked.
    let error = home.target(typed(&base, None)).await.expect_err("no client id");
    assert_eq!(serde_json::to_value(error.code).expect("a code"), json!("needsClientId"));
    ends_well(&home, &kept, &error, "client ID", "").await;
    assert!(error.advice.len() > 40, "it says how to get one: {error:?}");
    providers.stop().await;
}

#[tokio::test]
async fn a_refused_consent() {
    let folder = TempDir::new().expect("a folder");
    let (home, kept) = with_a_record(folder.path()).await;
    drop(home);
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(&folder.path().join("record"), Some(&providers)).await;
    home.desk.decide(Decision::Refuse);
    for name in ["Lakeside", "Summit", "Harbor"] {
        let error = home.connect(name).await.expect_err("refused");
        ends_well(&home, &kept, &error, "did not allow", "Try again").await;
    }
    // And it can be had a minute later.
    home.desk.decide(Decision::Allow);
    home.connect("Summit").await.expect("allowed this time");
    providers.stop().await;
}

/// What is no trouble of the server's own is not told as if it would pass; its words are there to be passed on.
#[tokio::test]
async fn why_a_provider_refuses_a_sign_in_is_told_with_what_to_do() {
    let folder = TempDir::new().expect("a folder");
    let (home, kept) = with_a_record(folder.path()).await;
    drop(home);
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(&folder.path().join("record"), Some(&providers)).await;
    let base = providers.directory()[1]["bases"][0]["url"].as_str().expect("a base").to_owned();
    let records = format!("does not know the records at {base}, with a slash at the end or without");
    let page = |code, words| (Spot::SignIn, Fault::SignInRefused(code, words), words);
    let token = |status, code, words| (Spot::Token, Fault::TokenRefused(status, code, words), words);
    let [login, secret, refused, scopes, own] = [
        ("wants you to sign in, or to agree to something", "Open your portal in the browser, sign in there"),
        ("did not let the app in without a client secret", "Enter the client secret, or the private key"),
        ("refused the sign-in", "Trying again will not change that by itself"),
        ("does not allow what was asked for", "may not cover all kinds of records"),
        ("had a problem of its own", "Try again later"),
    ];
    let audience = (records.as_str(), "Enter the API base endpoint exactly as your provider writes it");
    for ((spot, fault, words), (happened, to_do)) in [
        (page("login_required", ""), login),
        (page("interaction_required", "There are new terms to accept"), login),
        (page("consent_required", "Nobody has agreed yet"), login),
        (page("account_selection_required", ""), login),
        (page("invalid_request", "Bad audience value"), audience),
        (page("invalid_target", "Unknown resource"), audience),
        (page("unsupported_response_type", "Only tokens here"), refused),
        (page("invalid_request", "A parameter is missing"), refused),
        (page("invalid_scope", "Unknown scope"), scopes),
        (page("temporarily_unavailable", "Back at noon"), own),
        (token(401, "invalid_request", "Basic authentication is required for confidential clients"), secret),
        (token(401, "invalid_client", ""), secret),
        (token(400, "invalid_grant", "The code is unknown"), refused),
        (token(500, "server_error", "The database is down"), own),
    ] {
        providers.fail("summit", spot, fault.clone(), None);
        let error = home.connect("Summit").await.expect_err("refused");
        assert!(error.message.starts_with("127.0.0.1"), "{fault:?}: {error:?}");
        ends_well(&home, &kept, &error, happened, to_do).await;
        assert!(error.details.as_deref().unwrap_or_default().contains(words), "{fault:?}: {error:?}");
        providers.heal();
    }
    // With a secret it is the secret that is wrong.
    providers.fail("lakeside", Spot::Token, Fault::TokenRefused(401, "invalid_client", "No"), None);
    let error = home.connect("Lakeside").await.expect_err("refused");
    ends_well(&home, &kept, &error, "did not accept the client ID or its secret", "typing mistakes").await;
    providers.heal();
    home.connect("Summit").await.expect("and none of it stays");
    providers.stop().await;
}

#[tokio::test]
async fn a_refresh_token_that_is_no_longer_good() {
    let folder = TempDir::new().expect("a folder");
    let port = free_ports();
    let providers = sandbox(SAMPLE_SEED, Some(port)).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    let connection = home.connect("Summit").await.expect("connected");
    let args = json!({"connection": connection["id"]});
    home.ask("sync", args.clone()).await.expect("read to the end");
    let kept = home.entries().await;
    assert!(kept.len() > 100, "{} entries", kept.len());

    // The same addresses, other keys: no token of before is good any more.
    providers.stop().await;
    let providers = sandbox(SAMPLE_SEED + 1, Some(port)).await;
    let error = match home.ask("sync", args.clone()).await {
        Err(error) => error,
        Ok(report) => panic!("signed out, but: {report}"),
    };
    assert_eq!(serde_json::to_value(error.code).expect("a code"), json!("signInNeeded"));
    assert!(error.message.contains("Summit General Hospital"), "{error:?}");
    assert!(error.advice.contains("Sign in again"), "{error:?}");
    assert_eq!(home.entries().await, kept, "nothing stored is lost");
    let view = home.ask("connections", json!({"person": home.person})).await.expect("a list");
    assert_eq!(view[0]["state"], json!("signInNeeded"), "{view}");

    // One click later it goes on.
    home.target(json!({"is": "again", "connection": connection["id"]})).await.expect("signed in again");
    home.ask("sync", args).await.expect("read again");
    assert!(home.entries().await.len() >= kept.len());
    providers.stop().await;
}

/// The first of six ports in a row that nobody listens on.
fn free_ports() -> u16 {
    let free = |port: u16| std::net::TcpListener::bind(("127.0.0.1", port)).is_ok();
    (20_000..30_000_u16)
        .step_by(7)
        .map(|port| port + u16::try_from(std::process::id() % 7).unwrap_or_default())
        .find(|port| (0..6).all(|more| free(port + more)))
        .expect("six free ports among ten thousand")
}

#[tokio::test]
async fn a_resource_that_is_not_json() {
    let folder = TempDir::new().expect("a folder");
    let (home, kept) = with_a_record(folder.path()).await;
    let file = folder.path().join("half.json");
    let good = r#"{"resourceType":"Observation","id":"good","status":"final","code":{"text":"Weight"}}"#;
    fs::write(
        &file,
        format!(
            r#"{{"resourceType":"Bundle","type":"searchset","entry":[{{"resource":{good}}},{{"resource":{{"resourceType":"Observation","id":"bad","status":final}}}},{{"resource":{}}}]}}"#,
            good.replace("good", "good-too")
        ),
    )
    .expect("a file");
    let args =
        json!({"person": home.person, "label": "Half", "release": "r4", "paths": [file], "confirmed": true});
    let report = home.ask("import", args).await.expect("what can be read is");
    assert_eq!(report["entries"], json!(2), "{report}");
    let unreadable = report["unreadable"].as_array().expect("a list");
    assert_eq!(unreadable.len(), 1, "{report}");
    assert!(unreadable[0]["file"].as_str().expect("a name").ends_with("half.json"), "{report}");
    let now = home.entries().await;
    assert!(kept.iter().all(|line| now.contains(line)), "nothing stored is lost");
    assert!(now.iter().any(|line| line.contains("good-too")), "the neighbour behind it lives");
}

#[tokio::test]
async fn somebody_elses_records() {
    let folder = TempDir::new().expect("a folder");
    let (home, kept) = with_a_record(folder.path()).await;
    let file = folder.path().join("other.json");
    let other = r#"{"resourceType":"Patient","id":"o","name":[{"given":["Somebody"],"family":"Else"}],"birthDate":"1931-02-03"}"#;
    let theirs = KEPT.replace("\"kept\"", "\"theirs\"").replace("Patient/p", "Patient/o");
    fs::write(&file, format!("{theirs}\n{other}\n")).expect("a file");
    let mut args = json!({"person": home.person, "label": "Other", "release": null, "paths": [file.with_extension("ndjson")], "confirmed": false});
    fs::rename(&file, file.with_extension("ndjson")).expect("lines, by its name");
    let error = home.ask("import", args.clone()).await.expect_err("it asks first");
    assert_eq!(serde_json::to_value(error.code).expect("a code"), json!("otherPatient"));
    ends_well(&home, &kept, &error, "Somebody Else (born February 3, 1931)", "confirm it").await;

    args["confirmed"] = json!(true);
    let report = home.ask("import", args).await.expect("they said yes");
    assert_eq!(report["entries"], json!(2), "{report}");
    assert_eq!(home.entries().await.len(), kept.len() + 2);
}

/// Father and son of one name, of whom no birth date is known: what others say of the sex is compared, too.
#[tokio::test]
async fn another_sex_than_everybody_says() {
    let folder = TempDir::new().expect("a folder");
    let (home, _) = with_a_record(folder.path()).await;
    let name = crate::person::NAME;
    let import = async |gender: &str| {
        let file = folder.path().join(format!("{gender}.json"));
        let said =
            json!({"resourceType": "Patient", "id": gender, "name": [{"text": name}], "gender": gender});
        fs::write(&file, said.to_string()).expect("a file");
        let args = json!({"person": home.person, "label": gender, "release": null, "paths": [file], "confirmed": false});
        home.ask("import", args).await
    };
    import("female").await.expect("nobody said anything else");
    let error = import("male").await.expect_err("it asks first");
    assert_eq!(serde_json::to_value(error.code).expect("a code"), json!("otherPatient"));
    import("unknown").await.expect("who says nothing contradicts nobody");
}

/// Mother and daughter of one name: the person has said no birth date, and the records that are there say one.
#[tokio::test]
async fn another_birth_date_than_everybody_says() {
    let folder = TempDir::new().expect("a folder");
    let (home, _) = with_a_record(folder.path()).await;
    let import = async |label: &str, born: &str| {
        let file = folder.path().join(format!("{label}.json"));
        let said = json!({"resourceType": "Patient", "id": label, "name": [{"text": crate::person::NAME}],
            "birthDate": born});
        fs::write(&file, said.to_string()).expect("a file");
        let args = json!({"person": home.person, "label": label, "release": null, "paths": [file], "confirmed": false});
        home.ask("import", args).await
    };
    import("hers", "1950-02-03").await.expect("nobody said anything else");
    for (label, born, said) in [
        ("daughter", "1985-07-19", "born July 19, 1985"),
        ("month", "1950-03-02", "born March 2, 1950"),
        ("day", "1950-02-04", "born February 4, 1950"),
    ] {
        let error = import(label, born).await.expect_err("it asks first");
        assert_eq!(serde_json::to_value(error.code).expect("a code"), json!("otherPatient"), "{born}");
        assert!(error.message.contains(said), "{}", error.message);
    }
    import("year", "1950").await.expect("as precise as it is, it is the same");
    import("again", "1950-02-03").await.expect("the same");
}

/// A disk of two megabytes, full after a while. Only root may make one; elsewhere the store's own test of a full
/// file has to do.
#[test]
fn a_full_disk() {
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    if !root {
        println!("not root: no small disk can be mounted here");
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).expect("a folder");
    let passphrase = folder.path().join("passphrase");
    fs::write(&passphrase, "six plain words for a test\n").expect("a file");
    let (small, big) = (folder.path().join("kept.json"), folder.path().join("big.ndjson"));
    fs::write(&small, KEPT).expect("a file");
    // Noise does not compress: some ten megabytes of it.
    let mut seed = 1_u64;
    let mut noise = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        format!("{:x}", seed >> 8)
    };
    let mut lines = String::new();
    for n in 0..400 {
        let text: String = (0..1_800).map(|_| noise()).collect();
        let noise = json!({"resourceType": "Observation", "id": format!("n{n}"), "code": {"text": "Noise"}, "note": [{"text": text}]});
        lines += &noise.to_string();
        lines.push('\n');
    }
    fs::write(&big, lines).expect("a file");
    let cli = Path::new(env!("CARGO_BIN_EXE_wholechart")).with_file_name("wholechart-cli");
    let script = format!(
        "set -e; mount --make-rprivate / 2>/dev/null || true
         mount -t tmpfs -o size=2m disk '{disk}'; trap \"umount '{disk}'\" EXIT
         run() {{ '{cli}' --data-dir '{disk}' --passphrase-file '{passphrase}' --json \"$@\"; }}
         run import --yes --person '{who}' --connection Kept '{small}'
         if run import --yes --person '{who}' --connection Big '{big}' 2>'{said}'; then echo 'it fitted?'; exit 3; fi
         run entries > '{entries}'
         dd if=/dev/zero of='{disk}/fill' bs=4096 2>/dev/null || true
         run entries > '{read}' 2> '{told}'
         rm '{disk}/fill'
         run entries > '{after}'",
        disk = disk.display(),
        cli = cli.display(),
        passphrase = passphrase.display(),
        who = crate::person::NAME,
        small = small.display(),
        big = big.display(),
        said = folder.path().join("said").display(),
        entries = folder.path().join("entries").display(),
        read = folder.path().join("read").display(),
        told = folder.path().join("told").display(),
        after = folder.path().join("after").display(),
    );
    // A name space of its own: the disk goes with the process. In a chroot `/` is no mount whose propagation could be
    // changed, so that is tried inside and the disk is taken away by hand as well.
    let ran = Command::new("unshare")
        .args(["--mount", "--propagation", "unchanged", "sh", "-c", &script])
        .output()
        .expect("unshare runs");
    assert!(
        ran.status.success(),
        "{}{}",
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr)
    );
    let said = fs::read_to_string(folder.path().join("said")).expect("what it said");
    assert!(said.contains("no room left") && said.contains("Make some room"), "{said}");
    let entries = fs::read_to_string(folder.path().join("entries")).expect("the entries");
    assert!(entries.contains("Tetanus"), "what was stored is there: {entries}");
    // With not a byte free it opens to be read, and says so.
    let written = |name: &str| fs::read_to_string(folder.path().join(name)).expect("what it wrote");
    assert!(written("read").contains("Tetanus"), "with no room at all: {}", written("read"));
    assert!(written("told").contains("You can read your record"), "{}", written("told"));
    assert!(written("after").contains("Tetanus"), "and with room again: {}", written("after"));
}

/// A newborn in the mother's file: kept apart, said, and let in by nobody but her.
#[tokio::test]
async fn records_about_somebody_else_in_ones_own_file() {
    let folder = TempDir::new().expect("a folder");
    let (home, kept) = with_a_record(folder.path()).await;
    let vaccine = |id: &str, whose: &str| {
        json!({"resource": {"resourceType": "Immunization", "id": id, "status": "completed",
            "vaccineCode": {"text": format!("Vaccine {id}")}, "occurrenceDateTime": "2026-01-02",
            "patient": {"reference": whose}}})
    };
    let mother =
        json!({"resource": {"resourceType": "Patient", "id": "m", "name": [{"text": crate::person::NAME}]}});
    let child = json!({"resource": {"resourceType": "Patient", "id": "b", "name": [{"text": "Baby Boy"}]}});
    let file = folder.path().join("birth.json");
    let entries = [
        mother,
        vaccine("hers", "Patient/m"),
        child,
        vaccine("his", "Patient/b"),
        vaccine("his-too", "Patient/b"),
    ];
    fs::write(&file, json!({"resourceType": "Bundle", "type": "collection", "entry": entries}).to_string())
        .expect("a file");
    let args = json!({"person": home.person, "label": "Birth", "release": "r4", "paths": [file], "confirmed": false});
    let report = home.ask("import", args.clone()).await.expect("hers is taken in");
    assert_eq!(report["entries"], json!(2), "{report}");
    assert_eq!(report["setAside"][0]["whose"], json!("Patient/b"), "{report}");
    assert_eq!(report["setAside"][0]["count"], json!(3), "{report}");
    assert_eq!(home.entries().await.len(), kept.len() + 2);

    let list = home.ask("connections", json!({"person": home.person})).await.expect("a list");
    let files =
        list.as_array().expect("a list").iter().find(|one| one["name"] == "Birth").expect("it is there");
    let about = json!({"person": home.person, "connection": files["id"]});
    let ledger = home.ask("ledger", about).await.expect("a ledger");
    let line = ledger["lines"].as_array().expect("lines").last().expect("one").clone();
    assert_eq!(line["label"], json!("Records about somebody else"), "{ledger}");
    assert!(line["text"].as_str().expect("words").contains("sent 3 records"), "{line}");

    let lets = json!({"person": home.person, "connection": files["id"], "whose": "Patient/b"});
    home.ask("letIn", lets).await.expect("she says so");
    assert_eq!(home.entries().await.len(), kept.len() + 5);
    let again = home.ask("import", args).await.expect("the same again");
    assert_eq!((&again["versions"], &again["setAside"]), (&json!(0), &json!([])), "{again}");
}

/// What does not say whose it is, is asked about once.
#[tokio::test]
async fn a_file_without_a_patient() {
    let folder = TempDir::new().expect("a folder");
    let (home, kept) = with_a_record(folder.path()).await;
    let file = folder.path().join("mine.json");
    fs::write(&file, KEPT.replace("\"kept\"", "\"mine\"")).expect("a file");
    let mut args =
        json!({"person": home.person, "label": "Mine", "release": null, "paths": [file], "confirmed": false});
    let error = home.ask("import", args.clone()).await.expect_err("it asks first");
    assert_eq!(serde_json::to_value(error.code).expect("a code"), json!("otherPatient"));
    ends_well(&home, &kept, &error, "do not say whose", "confirm it").await;
    args["confirmed"] = json!(true);
    home.ask("import", args.clone()).await.expect("they said yes");
    args["confirmed"] = json!(false);
    let later = home.ask("import", args).await.expect("and need not again");
    assert_eq!(later["setAside"], json!([]), "{later}");
    assert_eq!(home.entries().await.len(), kept.len() + 1);
}

async fn import(home: &AtHome, file: &Path) -> Value {
    let args =
        json!({"person": home.person, "label": "More", "release": null, "paths": [file], "confirmed": true});
    home.ask("import", args).await.expect("the file is looked at")
}

#[tokio::test]
async fn very_many_places_that_hold_nothing_are_counted_and_the_first_are_named() {
    let folder = TempDir::new().expect("a folder");
    let (home, _) = with_a_record(folder.path()).await;
    let file = folder.path().join("nothing.json");
    let entries = vec!["null"; 5_000].join(",");
    fs::write(&file, format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{entries}]}}"#))
        .expect("a file");
    let report = import(&home, &file).await;
    let unreadable = report["unreadable"].as_array().expect("a list");
    assert_eq!(unreadable.len(), 200);
    let last = unreadable.last().and_then(|last| last["reason"].as_str()).expect("a reason");
    assert!(last.contains("4801"), "{last}");
}

#[tokio::test]
async fn two_contents_under_one_id_are_both_kept_told_of_and_nothing_new_the_next_time() {
    let folder = TempDir::new().expect("a folder");
    let (home, kept) = with_a_record(folder.path()).await;
    let entry = |value: u32| {
        json!({"resource": {"resourceType": "Observation", "id": "same", "status": "final", "effectiveDateTime": "2024-03-01",
            "code": {"text": "Glucose"}, "valueQuantity": {"value": value, "unit": "mg/dL"}}})
    };
    let file = folder.path().join("two.json");
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": [entry(100), entry(131)]});
    fs::write(&file, bundle.to_string()).expect("a file");
    for versions in [2, 0, 0] {
        let report = import(&home, &file).await;
        assert_eq!(report["versions"], versions);
        assert_eq!(report["beside"].as_array().map(Vec::len), Some(1), "{report}");
    }
    assert_eq!(home.entries().await.len(), kept.len() + 2);
}
