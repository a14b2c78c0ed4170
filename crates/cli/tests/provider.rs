//! A provider on this computer: it lets everybody sign in, and compares the address to come back to letter for letter.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use url::{Position, Url};

/// What it does, until it is told to do otherwise.
#[derive(Default)]
struct Manners {
    /// The address that the app is registered with; any, until one is.
    registered: Option<String>,
    /// What a sign-in allows; reading everything, unless it was told.
    scope: Option<String>,
    /// What is answered at places below the base instead of what is there.
    instead: HashMap<String, (u16, String)>,
    /// Places below the base at which it says nothing.
    silent: Vec<String>,
    /// Every place that was asked for.
    asked: Vec<String>,
    /// What the token endpoint was sent.
    traded: Vec<String>,
}

pub(crate) struct Provider {
    address: SocketAddr,
    manners: Arc<Mutex<Manners>>,
}

struct Answer {
    status: u16,
    location: Option<String>,
    body: String,
}

impl Provider {
    pub(crate) fn start() -> Provider {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let manners = Arc::<Mutex<Manners>>::default();
        let ours = Arc::clone(&manners);
        // Until the process of the tests ends.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let manners = Arc::clone(&ours);
                std::thread::spawn(move || serve(stream, address, &manners));
            }
        });
        Provider { address, manners }
    }

    pub(crate) fn base(&self) -> String {
        format!("http://{}/r4", self.address)
    }

    fn manners(&self) -> MutexGuard<'_, Manners> {
        self.manners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The app may come back to this address and to no other one.
    pub(crate) fn register(&self, redirect: &str) {
        self.manners().registered = Some(redirect.to_owned());
    }

    /// A sign-in allows this and no more.
    pub(crate) fn allow(&self, scope: &str) {
        self.manners().scope = Some(scope.to_owned());
    }

    /// Answers this at a place below the base.
    pub(crate) fn answer(&self, place: &str, status: u16, body: &str) {
        self.manners().instead.insert(place.to_owned(), (status, body.to_owned()));
    }

    /// Says nothing at a place below the base.
    pub(crate) fn fall_silent(&self, place: &str) {
        self.manners().silent.push(place.to_owned());
    }

    /// Answers everywhere what is there.
    pub(crate) fn heal(&self) {
        let mut manners = self.manners();
        manners.instead.clear();
        manners.silent.clear();
    }

    /// Waits until a place below the base was asked for.
    pub(crate) fn wait_for(&self, place: &str) {
        let until = Instant::now() + Duration::from_mins(1);
        while !self.manners().asked.iter().any(|asked| asked == place) {
            assert!(Instant::now() < until, "{place} is never asked for");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The forms that the token endpoint was sent.
    pub(crate) fn traded(&self) -> Vec<String> {
        self.manners().traded.clone()
    }

    /// Goes to the sign-in page as a browser does, and back to the app.
    pub(crate) fn sign_in(page: &str) {
        let there = get(page);
        let back = there.lines().find_map(|line| line.strip_prefix("location: "));
        let page = get(back.expect("the page lets everybody in"));
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    }
}

/// The whole answer, with its head.
fn get(address: &str) -> String {
    let url = Url::parse(address).unwrap();
    let host = &url[Position::BeforeHost..Position::AfterPort];
    let mut stream = TcpStream::connect(host).unwrap();
    let place = &url[Position::BeforePath..Position::AfterQuery];
    write!(stream, "GET {place} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// One request and its answer.
fn serve(mut stream: TcpStream, address: SocketAddr, manners: &Mutex<Manners>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        // Whoever hangs up asks nothing.
        if reader.read_line(&mut line).is_err() || line.is_empty() {
            return;
        }
        match line.trim_end() {
            "" => break,
            line => head.push(line.to_ascii_lowercase()),
        }
        if head.len() == 1 {
            head.push(line.trim_end().to_owned());
        }
    }
    let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    let asked = head[1].split(' ').nth(1).unwrap_or_default();
    let url = Url::parse(&format!("http://{address}{asked}")).unwrap();
    let answer = {
        let mut manners = manners.lock().unwrap_or_else(PoisonError::into_inner);
        if url.path() == "/token" {
            manners.traded.push(String::from_utf8_lossy(&body).into_owned());
        }
        manners.answer(address, &url)
    };
    let Some(Answer { status, location, body }) = answer else {
        loop {
            std::thread::park();
        }
    };
    let location = location.map(|to| format!("location: {to}\r\n")).unwrap_or_default();
    let kind = if body.starts_with('<') { "text/html" } else { "application/fhir+json" };
    let head = format!("HTTP/1.1 {status} Answer\r\ncontent-type: {kind}\r\n{location}");
    // Whoever asked may have gone.
    let _ = write!(stream, "{head}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
}

impl Manners {
    /// `None`: silence.
    fn answer(&mut self, address: SocketAddr, url: &Url) -> Option<Answer> {
        let plain = |status, body: String| Some(Answer { status, location: None, body });
        let json = |body: Value| plain(200, body.to_string());
        let own = |path: &str| format!("http://{address}{path}");
        let said = |name: &str| {
            let found = url.query_pairs().find(|(key, _)| key == name);
            found.map(|(_, value)| value.into_owned()).unwrap_or_default()
        };
        let Some(place) = url.path().strip_prefix("/r4/") else {
            return match url.path() {
                "/authorize" => {
                    let redirect = said("redirect_uri");
                    if self.registered.as_ref().is_some_and(|registered| *registered != redirect) {
                        return plain(400, "<p>The redirect_uri is not registered.".to_owned());
                    }
                    let mut back = Url::parse(&redirect).unwrap();
                    back.query_pairs_mut().append_pair("code", "c").append_pair("state", &said("state"));
                    Some(Answer { status: 302, location: Some(back.into()), body: String::new() })
                }
                "/token" => json(json!({"access_token": "at", "token_type": "bearer", "expires_in": 3600,
                    "scope": self.scope.as_deref().unwrap_or("launch/patient patient/*.read"), "patient": "p1"})),
                _ => plain(404, String::new()),
            };
        };
        self.asked.push(place.to_owned());
        if self.silent.iter().any(|silent| silent == place) {
            return None;
        }
        if let Some((status, body)) = self.instead.get(place) {
            return plain(*status, body.clone());
        }
        let about_them = |kind: &str, rest: Value| {
            let mut resource = json!({"resourceType": kind, "id": kind.to_lowercase(), "status": "completed",
                "subject": {"reference": "Patient/p1"}, "patient": {"reference": "Patient/p1"}});
            resource.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
            json!({"resourceType": "Bundle", "type": "searchset", "total": 1, "entry": [{"resource": resource}]})
        };
        match place {
            ".well-known/smart-configuration" => json(json!({
                "authorization_endpoint": own("/authorize"), "token_endpoint": own("/token"),
                "capabilities": ["launch-standalone", "client-public"],
                "code_challenge_methods_supported": ["S256"]})),
            "metadata" => {
                let read = |kind: &str| {
                    json!({"type": kind, "interaction": [{"code": "read"}, {"code": "search-type"}],
                        "searchParam": [{"name": "patient", "type": "reference"}]})
                };
                let kinds: Vec<Value> = ["Patient", "Condition", "Immunization"].map(read).to_vec();
                json(
                    json!({"resourceType": "CapabilityStatement", "status": "active", "fhirVersion": "4.0.1",
                    "kind": "instance", "format": ["json"], "rest": [{"mode": "server", "resource": kinds}]}),
                )
            }
            "Patient/p1" => json(json!({"resourceType": "Patient", "id": "p1", "birthDate": "1951-02-03",
                "name": [{"given": ["Abram"], "family": "Lemke"}]})),
            "Condition" => json(about_them("Condition", json!({"code": {"text": "Gout"}}))),
            "Immunization" => json(about_them(
                "Immunization",
                json!({"vaccineCode": {"text": "Tetanus"},
                "occurrenceDateTime": "2019-05-02"}),
            )),
            _ => plain(404, String::new()),
        }
    }
}
