//! A person at a computer: opens what the app asks to open, signs in, allows or refuses.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, Once, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use url::Url;
use wholechart_api::{ApiError, App, Config, Event, Host, SecretStore, dispatch};
use wholechart_sandbox::{Sandbox, SandboxConfig};

/// A name that stands in no test data but this.
pub(crate) const NAME: &str = "Rosa-Lind Q. Whitlock-Testament";

/// What opens the record where there is no keychain.
pub(crate) const PASSPHRASE: &str = "six plain words for a test";

/// What the person does on the provider's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    Allow,
    Refuse,
    /// Leaves the page as it is.
    Nothing,
}

/// The person's desk: their browser and what the app told them.
pub(crate) struct Desk {
    http: reqwest::Client,
    decision: Mutex<Decision>,
    signs_in_as: Mutex<(String, String)>,
    heard: Mutex<Vec<String>>,
    /// Where the browser ended, when that was no address on this computer.
    ended_at: Mutex<Option<String>>,
    /// Where a large file goes that the app asks about.
    keeps_at: Mutex<Option<PathBuf>>,
    /// How far the desk's clock is ahead of the computer's.
    ahead: Mutex<TimeDelta>,
}

impl Desk {
    pub(crate) fn keep_at(&self, path: &std::path::Path) {
        *self.keeps_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(path.to_owned());
    }

    /// Time passes at the desk; a negative one sets its clock back.
    pub(crate) fn pass(&self, time: TimeDelta) {
        *self.ahead.lock().unwrap_or_else(PoisonError::into_inner) += time;
    }

    pub(crate) fn decide(&self, decision: Decision) {
        *self.decision.lock().unwrap_or_else(PoisonError::into_inner) = decision;
    }

    pub(crate) fn sign_in_as(&self, user: &str, password: &str) {
        *self.signs_in_as.lock().unwrap_or_else(PoisonError::into_inner) = (user.into(), password.into());
    }

    /// The address in the browser's bar, once it ended where the app does not listen.
    pub(crate) async fn ended_at(&self) -> String {
        loop {
            if let Some(address) = self.ended_at.lock().unwrap_or_else(PoisonError::into_inner).take() {
                return address;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// Until the app has told something.
    pub(crate) async fn told(&self, what: &str) {
        let until = std::time::Instant::now() + std::time::Duration::from_mins(1);
        while !self.heard().iter().any(|event| event.contains(what)) {
            assert!(std::time::Instant::now() < until, "{what} is never told");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// Every event, as its JSON.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The desk as the app's host.
struct AtDesk(Arc<Desk>);

impl Host for AtDesk {
    fn open_browser(&self, url: &Url) -> Result<(), String> {
        let (user, password) = self.0.signs_in_as.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let decision = *self.0.decision.lock().unwrap_or_else(PoisonError::into_inner);
        if decision != Decision::Nothing {
            tokio::spawn(sign_in(Arc::clone(&self.0), url.clone(), user, password, decision));
        }
        Ok(())
    }

    fn save_file(&self, suggested_name: &str, _bytes: &[u8]) -> Result<Option<PathBuf>, std::io::Error> {
        Err(std::io::Error::other(format!("nobody asked to save {suggested_name}")))
    }

    fn choose_where(&self, _suggested_name: &str) -> Option<PathBuf> {
        self.0.keeps_at.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn event(&self, event: Event) {
        let told = serde_json::to_string(&event).expect("an event is plain");
        self.0.heard.lock().unwrap_or_else(PoisonError::into_inner).push(told);
    }

    fn is_left_alone(&self) -> bool {
        true
    }

    fn now(&self) -> DateTime<Utc> {
        Utc::now() + *self.0.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Goes through the provider's pages the way a browser does: forms in, redirects followed.
async fn sign_in(desk: Arc<Desk>, url: Url, user: String, password: String, decision: Decision) {
    let http = &desk.http;
    let page = browse(&desk, http.get(url.clone())).await;
    // A provider that does not even show its page has already sent the browser back to the app.
    let Some(request) = hidden(&page, "request") else { return };
    let mut authorize = url;
    authorize.set_query(None);
    let form = [("request", request), ("username", user), ("password", password)];
    let page = browse(&desk, http.post(authorize.clone()).form(&form)).await;
    let signed_in = hidden(&page, "signed_in").expect("the user id and password are right");
    let decision = if decision == Decision::Allow { "allow" } else { "deny" };
    let mut form = vec![("signed_in", signed_in), ("decision", decision.to_owned())];
    form.extend(boxes(&page).into_iter().map(|kind| ("kind", kind)));
    browse(&desk, http.post(authorize).form(&form)).await;
}

/// A page, after the redirects on this computer; an address elsewhere stays in the browser's bar.
async fn browse(desk: &Desk, request: reqwest::RequestBuilder) -> String {
    let mut answer = request.send().await.expect("the page answers");
    while answer.status().is_redirection() {
        let to = answer.headers().get("location").and_then(|to| to.to_str().ok()).expect("somewhere to go");
        if !to.starts_with("http://127.0.0.1") {
            *desk.ended_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(to.to_owned());
            return String::new();
        }
        answer = desk.http.get(to).send().await.expect("the page answers");
    }
    answer.text().await.expect("the page is text")
}

fn hidden(page: &str, name: &str) -> Option<String> {
    let start = format!("name=\"{name}\" value=\"");
    let from = page.find(&start)? + start.len();
    page[from..].split('"').next().map(str::to_owned)
}

/// The values of the consent page's boxes.
fn boxes(page: &str) -> Vec<String> {
    let start = "name=\"kind\" value=\"";
    page.match_indices(start)
        .filter_map(|(at, _)| page[at + start.len()..].split('"').next().map(str::to_owned))
        .collect()
}

/// The app with an open record, and the person at its desk.
pub(crate) struct AtHome {
    pub(crate) app: Arc<App>,
    pub(crate) desk: Arc<Desk>,
    pub(crate) person: String,
}

impl AtHome {
    /// Opens (or makes) the record in `folder`; the sandbox's providers are in the directory.
    pub(crate) async fn open(folder: &std::path::Path, sandbox: Option<&Sandbox>) -> AtHome {
        let home = AtHome::start(folder, sandbox, None);
        home.begin().await
    }

    /// The app as it was just started, on a computer with this keychain; without one, a passphrase opens the record.
    pub(crate) fn start(
        folder: &std::path::Path,
        sandbox: Option<&Sandbox>,
        keychain: Option<Arc<dyn SecretStore>>,
    ) -> AtHome {
        static RING: Once = Once::new();
        RING.call_once(|| {
            // Somebody else in this process may have been first; then there is one already.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let desk = Arc::new(Desk {
            http: reqwest::Client::builder()
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .expect("a client without options"),
            decision: Mutex::new(Decision::Allow),
            signs_in_as: Mutex::default(),
            heard: Mutex::default(),
            ended_at: Mutex::default(),
            keeps_at: Mutex::default(),
            ahead: Mutex::default(),
        });
        let config = Config {
            data_dir: folder.to_path_buf(),
            profile: "test".to_owned(),
            sample: sandbox.is_some(),
            sample_cards: sandbox.map_or(Value::Null, Sandbox::directory),
            sample_lists: sandbox.map_or(Value::Null, Sandbox::lists),
            sample_moved: sandbox.map(Sandbox::moved).unwrap_or_default(),
            passphrase: keychain.is_none().then(|| PASSPHRASE.to_owned().into()),
            keychain,
            locale: None,
            region: None,
            reader: wholechart_api::Reader::here(),
        };
        let app = App::new(Arc::new(AtDesk(Arc::clone(&desk))), config).expect("the app can be put together");
        AtHome { app, desk, person: String::new() }
    }

    /// Opens the record, or makes it, with a person in it.
    pub(crate) async fn begin(self) -> AtHome {
        let AtHome { app, desk, .. } = self;
        let mut state = dispatch(&app, "appState", json!({})).await.expect("the record opens");
        // What was open before may still be merging behind its closed door.
        let patience = std::time::Instant::now() + std::time::Duration::from_mins(1);
        while state["lock"]["is"] == json!("inUse") && std::time::Instant::now() < patience {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            state = dispatch(&app, "retryUnlock", json!({})).await.expect("the record is asked for again");
        }
        if state["recoveryCode"].is_string() {
            // As a person at a desk would: the next start does not say another one.
            dispatch(&app, "recoveryCodeKept", json!({})).await.expect("the code is kept");
        }
        let person = if let Some(known) = state["persons"][0]["id"].as_str() {
            known.to_owned()
        } else {
            let args = json!({"name": NAME, "homeZone": "America/Chicago"});
            let added = dispatch(&app, "savePerson", args).await.expect("a person is added");
            added["id"].as_str().expect("an id").to_owned()
        };
        AtHome { app, desk, person }
    }

    pub(crate) async fn ask(&self, command: &str, args: Value) -> Result<Value, ApiError> {
        dispatch(&self.app, command, args).await
    }

    /// Connects a provider of the directory, signing in as its sample person.
    pub(crate) async fn connect(&self, name: &str) -> Result<Value, ApiError> {
        let card = self.card(name).await;
        let target = json!({"is": "card", "card": card["card"], "practice": null, "clientId": null, "clientSecret": null});
        self.target(target).await
    }

    /// The card of a provider of the directory; the browser signs in as its sample person.
    pub(crate) async fn card(&self, name: &str) -> Value {
        let found = self.ask("directory", json!({"query": name})).await.expect("a list");
        let card = found[0].clone();
        let text = |member: &str| {
            let said = card["sampleSignIn"][member].as_str();
            said.expect("a sample provider says how to sign in").to_owned()
        };
        self.desk.sign_in_as(&text("userId"), &text("password"));
        card
    }

    pub(crate) async fn target(&self, target: Value) -> Result<Value, ApiError> {
        self.ask("connect", json!({"attempt": "a", "person": self.person, "target": target})).await
    }

    /// Everything stored, as the terminal lists it: what must survive whatever goes wrong.
    pub(crate) async fn entries(&self) -> Vec<String> {
        let found = Arc::new(Mutex::new(Vec::new()));
        let into = Arc::clone(&found);
        self.app
            .entries(None, move |entry| {
                into.lock().unwrap_or_else(PoisonError::into_inner).push(entry.to_string());
            })
            .await
            .expect("the record can be listed");
        let mut lines = std::mem::take(&mut *found.lock().unwrap_or_else(PoisonError::into_inner));
        lines.sort();
        lines
    }
}

/// The ports that every record of this computer shares, for one test at a time: whoever listens below them has them.
pub(crate) async fn usual_ports() -> std::net::TcpListener {
    let free = |port: u16| std::net::TcpListener::bind(("127.0.0.1", port)).ok();
    loop {
        if let Some(mine) = free(28_714)
            && [28_715, 28_716, 28_717].iter().all(|port| free(*port).is_some())
        {
            return mine;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// The sample providers on ports of their own, with a story from `seed`.
pub(crate) async fn sandbox(seed: u64, port: Option<u16>) -> Sandbox {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 7, 1).expect("a day");
    let config = SandboxConfig { seed, port, ..SandboxConfig::sample(today) };
    Sandbox::start(config).await.expect("the providers start")
}
