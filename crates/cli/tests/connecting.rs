//! `connect` and `sync` at a provider that nobody here wrote the app for.
//!
//! On Linux alone, where a terminal can be left without a browser: elsewhere the system would open a real one.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    net::TcpListener,
    process::{Child, Stdio},
};

use serde_json::Value;
use url::Url;

use crate::{Terminal, provider::Provider};

const USUAL: [&str; 3] =
    ["http://127.0.0.1:28715/callback", "http://127.0.0.1:28716/callback", "http://127.0.0.1:28717/callback"];

/// The three ports are the computer's, and each test here wants them for itself: whoever listens below them has them.
fn usual_ports() -> TcpListener {
    loop {
        let free = |port: u16| TcpListener::bind(("127.0.0.1", port)).ok();
        if let Some(mine) = free(28_714)
            && [28_715, 28_716, 28_717].iter().all(|port| free(*port).is_some())
        {
            return mine;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

/// A program that listens at one of the addresses.
fn occupy(redirect: &str) -> TcpListener {
    let url = Url::parse(redirect).unwrap();
    TcpListener::bind(("127.0.0.1", url.port().unwrap())).unwrap()
}

/// A sign-in that waits for the browser.
struct Waiting {
    child: Child,
    /// What the terminal said before it named the page.
    said: String,
    page: String,
}

impl Waiting {
    fn redirect(&self) -> String {
        let page = Url::parse(&self.page).unwrap();
        let redirect = page.query_pairs().find(|(name, _)| name == "redirect_uri");
        redirect.map(|(_, address)| address.into_owned()).unwrap()
    }

    fn give_up(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn sign_in(mut self) {
        Provider::sign_in(&self.page);
        let mut rest = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut rest).unwrap();
        assert!(self.child.wait().unwrap().success(), "{rest}");
    }
}

impl Terminal {
    /// `connect`, until it waits for the browser; or what it said, where it ended before.
    #[expect(clippy::zombie_processes, reason = "whoever gets one that waits signs in or gives it up")]
    fn begin(&self, provider: &Provider, more: &[&str]) -> Result<Waiting, String> {
        let base = provider.base();
        let mut words = vec!["connect", "Clinic", "--person", "Zelda Fitz", "--base-r4", &base];
        words.extend(more);
        // Without a path there is no browser.
        let mut command = self.command(&words);
        command.env_clear().env("LC_ALL", "C.UTF-8").stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line).unwrap() == 0 {
                assert_eq!(child.wait().unwrap().code(), Some(1), "{said}");
                return Err(said);
            }
            if line.contains("/authorize?") {
                child.stderr = Some(lines.into_inner());
                return Ok(Waiting { child, said, page: line.trim().to_owned() });
            }
            said.push_str(&line);
        }
    }

    /// A connection of somebody who registered the app.
    fn connected(&self, provider: &Provider) {
        let _ports = usual_ports();
        self.begin(provider, &["--client-id", "app"]).ok().unwrap().sign_in();
    }

    /// A command that ends with an error: its status, and what was said.
    fn fails(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{words:?}: {said}");
        said
    }

    fn state_text(&self) -> String {
        self.lines(&["connections"])[0]["stateText"].as_str().unwrap().to_owned()
    }
}

fn refused<T>(outcome: Result<T, String>) -> String {
    outcome.err().expect("it ends before the sign-in")
}

#[test]
fn the_address_to_come_back_to_is_named_before_the_sign_in_and_stays_the_same() {
    let _ports = usual_ports();
    let (terminal, provider) = (Terminal::new(), Provider::start());
    let connect = || terminal.begin(&provider, &["--client-id", "app"]);
    // Given up.
    let first = connect().ok().unwrap();
    let address = first.redirect();
    assert_eq!(address, USUAL[0]);
    assert!(first.said.contains(&format!("in the app's registration:\n{address}\n")), "{}", first.said);
    first.give_up();
    // Refused: the advice names the address of before.
    provider.register("http://127.0.0.1:45079/callback");
    for _ in 0..2 {
        let said = refused(connect());
        assert!(said.contains("did not accept the address to come back to"), "{said}");
        assert!(said.contains("Enter exactly this address at the app’s registration"), "{said}");
        assert!(said.contains(&address) && said.contains("--redirect"), "{said}");
    }
    // Registered as it was told.
    provider.register(&address);
    let last = connect().ok().unwrap();
    assert_eq!(last.redirect(), address);
    last.sign_in();
    assert_eq!(terminal.lines(&["connections"]).len(), 1);
}

#[test]
fn without_a_client_id_the_terminal_names_the_addresses_to_register_and_no_field_that_it_lacks() {
    let (terminal, provider) = (Terminal::new(), Provider::start());
    let said = refused(terminal.begin(&provider, &[]));
    assert!(said.contains("A client ID is missing"), "{said}");
    assert!(USUAL.iter().all(|address| said.contains(address)), "{said}");
    assert!(["--client-id", "--client-secret-file", "--redirect"].iter().all(|option| said.contains(option)));
    for lacking in ["below", "There is a text to send"] {
        assert!(!said.contains(lacking), "{said}");
    }
    let elsewhere = ["--client-id", "app", "--redirect", "https://localhost/callback"];
    let said = refused(terminal.begin(&provider, &elsewhere));
    assert!(said.contains("does not hear") && said.contains("http://127.0.0.1:"), "{said}");
    // A card whose browser usually comes back elsewhere: a terminal hears of this computer alone.
    let said = terminal.fails(&["connect", "athenahealth", "--person", "Zelda Fitz", "--practice", "Clinic"]);
    assert!(USUAL.iter().all(|address| said.contains(address)), "{said}");
}

#[test]
fn a_port_that_is_taken_is_named_with_what_to_do() {
    let _ports = usual_ports();
    let (terminal, provider) = (Terminal::new(), Provider::start());
    let connect = |more: &[&str]| terminal.begin(&provider, &[&["--client-id", "app"], more].concat());
    // The next one is used, and where it is not registered, it is said whose fault that is.
    let first = occupy(USUAL[0]);
    provider.register(USUAL[0]);
    let said = refused(connect(&[]));
    assert!(said.contains(&format!("Another program uses the usual one: {}", USUAL[0])), "{said}");
    assert!(said.contains("Close that program") && said.contains(USUAL[1]), "{said}");
    // Registered too, as it was told.
    provider.register(USUAL[1]);
    let waiting = connect(&[]).ok().unwrap();
    assert_eq!(waiting.redirect(), USUAL[1]);
    waiting.give_up();
    // All three.
    let others = [occupy(USUAL[1]), occupy(USUAL[2])];
    let said = refused(connect(&[]));
    assert!(said.contains(&USUAL.join(", ")), "{said}");
    assert!(said.contains("Close the other program") && said.contains("--redirect"), "{said}");
    // Another one that was registered is used, and no other.
    let own = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/callback", own.local_addr().unwrap());
    let said = refused(connect(&["--redirect", &address]));
    assert!(
        said.contains(&format!("uses the address that your browser comes back to: {address}\n")),
        "{said}"
    );
    drop(own);
    provider.register(&address);
    let waiting = connect(&["--redirect", &address]).ok().unwrap();
    assert_eq!(waiting.redirect(), address);
    waiting.sign_in();
    drop((first, others));
    // One of the usual ones that is given alone is used alone.
    provider.register(USUAL[2]);
    let waiting = connect(&["--redirect", USUAL[2]]).ok().unwrap();
    assert_eq!(waiting.redirect(), USUAL[2]);
    waiting.give_up();
}

#[test]
fn whose_record_it_is_can_be_said_in_the_terminal() {
    let (terminal, provider) = (Terminal::new(), Provider::start());
    terminal.connected(&provider);
    for _ in 0..2 {
        let said = terminal.fails(&["sync"]);
        assert!(said.contains("Abram Lemke") && said.contains("Zelda Fitz"), "{said}");
        assert!(said.contains("--same-person"), "{said}");
        assert_eq!(terminal.lines(&["entries"]), [Value::Null; 0], "nothing is filed");
        assert!(terminal.state_text().contains("seems to be somebody else’s"), "{}", terminal.state_text());
    }
    let report = terminal.lines(&["sync", "--same-person"]);
    assert_eq!((&report[0]["new"], &report[0]["news"]), (&3.into(), &Value::Null), "{report:?}");
    assert_eq!(terminal.lines(&["entries"]).len(), 3);
    assert_eq!(terminal.state_text(), "Connected");
    // Said once.
    terminal.lines(&["sync", "--whole"]);
}

#[test]
fn a_record_that_does_not_say_whose_it_is_can_be_let_in_in_the_terminal() {
    let (terminal, provider) = (Terminal::new(), Provider::start());
    terminal.connected(&provider);
    provider.answer("Patient/p1", 403, "");
    let said = terminal.fails(&["sync", "Clinic"]);
    assert!(said.contains("did not say whose record this is") && said.contains("--same-person"), "{said}");
    assert_eq!(terminal.lines(&["entries"]), [Value::Null; 0], "nothing is filed");
    terminal.lines(&["sync", "Clinic", "--same-person"]);
    assert_eq!(terminal.lines(&["entries"]).len(), 2);
}

#[test]
fn a_sync_in_which_every_kind_failed_is_an_error_and_one_that_brought_something_is_none() {
    let (terminal, provider) = (Terminal::new(), Provider::start());
    terminal.connected(&provider);
    terminal.lines(&["sync", "--same-person"]);
    let kinds = ["Patient/p1", "Condition", "Immunization"];
    for (status, body) in [(200, "<h1>Please sign in</h1>"), (403, ""), (500, "")] {
        for more in [&[][..], &["--whole"]] {
            for kind in kinds {
                provider.answer(kind, status, body);
            }
            let output = terminal.run(&[&["sync"], more].concat());
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{status} {body}: {said}");
            assert!(said.contains("nothing could be fetched"), "{said}");
            // What each kind came to is told all the same.
            let report: Value = serde_json::from_slice(&output.stdout).unwrap();
            let states: Vec<&str> = report["kinds"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|kind| kind["state"].as_str())
                .collect();
            let failed = states.iter().filter(|state| matches!(**state, "failed" | "refused")).count();
            assert!(failed >= 3, "{report}");
            provider.heal();
            provider.answer("Condition", status, body);
            terminal.lines(&[&["sync"], more].concat());
            provider.heal();
        }
    }
    assert_eq!(terminal.lines(&["entries"]).len(), 3, "nothing is lost");
}

#[test]
fn a_first_fetch_that_was_killed_says_that_there_may_be_more() {
    let (terminal, provider) = (Terminal::new(), Provider::start());
    terminal.connected(&provider);
    assert_eq!(terminal.state_text(), "Connected. No records downloaded yet.");
    let silent = ["Condition", "Immunization"];
    for kind in silent {
        provider.fall_silent(kind);
    }
    let mut command = terminal.command(&["sync", "--same-person"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // Whose record it is, is kept before anything else is asked.
    for kind in silent {
        provider.wait_for(kind);
    }
    child.kill().unwrap();
    child.wait().unwrap();

    assert_eq!(terminal.lines(&["connections"])[0]["resources"], 1, "one of three answers");
    assert!(terminal.state_text().contains("did not finish"), "{}", terminal.state_text());
    let ledger = terminal.lines(&["ledger", "Clinic"]);
    let verdict = ledger[0]["verdict"].as_str().unwrap();
    assert!(!verdict.contains("all the records") && !verdict.contains("Nothing"), "{verdict}");
    provider.heal();
    terminal.lines(&["sync", "--same-person"]);
    assert_eq!(terminal.lines(&["entries"]).len(), 3);
    assert_eq!(terminal.state_text(), "Connected");
}

#[test]
fn a_log_of_a_sync_has_a_line_when_a_provider_begins_and_one_when_it_ends() {
    let (terminal, provider) = (Terminal::new(), Provider::start());
    terminal.connected(&provider);
    let run = terminal.run(&["sync", "--same-person"]);
    let said = String::from_utf8(run.stderr).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    let at = |end: &str| {
        lines.iter().position(|line| line.ends_with(end)).unwrap_or_else(|| panic!("{end}: {said}"))
    };
    assert!(at(": getting records") < at(" unchanged."), "{said}");
    assert_eq!(lines.iter().filter(|line| line.ends_with(" unchanged.")).count(), 1, "{said}");
    assert!(!lines.iter().any(|line| line.starts_with(|c: char| c.is_ascii_digit())), "none a step: {said}");
}

#[test]
fn a_server_without_a_statement_is_asked_for_what_only_some_have() {
    let (terminal, provider) = (Terminal::new(), Provider::start());
    provider.answer("metadata", 500, "");
    terminal.connected(&provider);
    let claim = r#"{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Claim","id":"c","status":"active","patient":{"reference":"Patient/p1"}}}]}"#;
    provider.answer("Claim", 200, claim);
    let report = terminal.lines(&["sync", "--same-person"]);
    assert!(report[0]["verdict"].as_str().unwrap().contains("all the records"), "{report:?}");
    let entries = terminal.lines(&["entries"]);
    assert!(entries.iter().any(|entry| entry["type"] == "Claim"), "{entries:?}");
}

#[test]
fn a_sign_in_that_opens_no_record_is_no_connection() {
    let (terminal, provider) = (Terminal::new(), Provider::start());
    provider.allow("launch/patient openid fhirUser offline_access");
    let _ports = usual_ports();
    let mut waiting = terminal.begin(&provider, &["--client-id", "app"]).ok().unwrap();
    Provider::sign_in(&waiting.page);
    let mut said = String::new();
    waiting.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(waiting.child.wait().unwrap().code(), Some(1), "{said}");
    assert!(said.contains("does not allow what was asked for"), "{said}");
    assert_eq!(terminal.lines(&["connections"]), [Value::Null; 0]);
}

/// An invented key, as `openssl ecparam -genkey` writes it into PKCS #8.
const KEY: &str = "MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDB+Rex73ToPENSdIFlTUR7b/48ec85twFTryYtJP3Ab9BK84jpW67FN/oIvT/9QsjuhZANiAAQO2svj12tTvz9htVp1c/RzjiLtkyb4AbgI1+FMebdaWH3zODVRYiug660BA2SKApxOqeFExjChe5FP8Ccx43oHqJkFoFxxZNXy0DdVkAdLcdJ+s/yUcC1c5LFvNc5fzC8=";

#[test]
fn a_private_key_in_a_file_signs_and_one_that_cannot_be_used_is_said_before_the_sign_in() {
    let _ports = usual_ports();
    let (terminal, provider) = (Terminal::new(), Provider::start());
    let connect = |key: &str| {
        let file = terminal.file("key.pem", key);
        terminal.begin(&provider, &["--client-id", "app", "--client-secret-file", file.to_str().unwrap()])
    };
    let said = refused(connect("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
    assert!(said.contains("This private key cannot be used") && said.contains("Nothing was sent"), "{said}");
    assert_eq!(provider.traded(), [""; 0]);
    connect(&format!("-----BEGIN PRIVATE KEY-----\n{KEY}\n-----END PRIVATE KEY-----\n"))
        .ok()
        .unwrap()
        .sign_in();
    let form = provider.traded().remove(0);
    assert!(form.contains("client_assertion=ey") && form.contains("jwt-bearer"), "{form}");
    assert!(!form.contains("PRIVATE") && !form.contains("client_secret"), "{form}");
}
