//! Faults on command: what real servers and networks do to a client, at a chosen spot. With the feature `faults` only,
//! which is for tests.

use std::collections::{BTreeSet, VecDeque};
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::Response;
use chrono::{TimeDelta, Utc};
use futures::{StreamExt as _, stream};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::oauth;
use crate::server::{Request, Site, reply};

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The answer takes this long.
    Latency(Duration),
    /// 429 with `Retry-After` in seconds.
    TooManySeconds(u64),
    /// 429 with `Retry-After` as a date so many seconds from now, by the server's clock.
    TooManyUntil(u64),
    /// An error status with an outcome.
    Status(u16),
    /// The connection drops in the middle of the body; what was asked for has happened.
    Dropped,
    /// Half of the body, as if it were all.
    Truncated,
    /// A web page with status 200, as from a gateway's sign-in wall.
    Html,
    /// This status without a body.
    Nothing(u16),
    /// Status 200 with what went wrong in the place of what was asked for.
    OutcomeOk,
    /// The parameter `patient` is passed over: everything comes twice, once about somebody else.
    Strangers,
    /// The token endpoint refuses with this status, code and words.
    TokenRefused(u16, &'static str, &'static str),
    /// The sign-in page sends the browser back to the app with this error code and words, which may be empty.
    SignInRefused(&'static str, &'static str),
    /// `next` goes on for ever: the same page under ever new addresses.
    EndlessNext,
    /// `next` is relative to the page.
    RelativeNext,
    /// The page holds what the first one held.
    DuplicatePage,
    /// `next` points to this origin.
    ForeignNext(String),
    /// The request is redirected to the same path at this origin.
    ForeignRedirect(String),
    /// Every address and every reference in the answer points to this origin: attachments, links, people.
    ForeignAddresses(String),
    /// The token endpoint says that the refresh token was used before, and that its grant has ended.
    RefreshSpent,
    /// The access token that was sent ends.
    TokenEnds,
    /// 403, as for a kind that was not shared.
    Forbidden,
    /// The patient takes back the consent for this type: also from tokens given out before.
    ConsentNarrowed(String),
    /// The server's clock is wrong by so many seconds.
    ClockSkew(i64),
    /// A byte now and then, without end.
    SlowLoris,
    /// So many bytes of nothing.
    Huge(u64),
}

/// Where it goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// Everywhere below the FHIR bases.
    Everywhere,
    /// The sign-in page, when it is opened.
    SignIn,
    /// The token endpoint.
    Token,
    /// Reading the patient.
    Patient,
    /// The first page of a search for this type; `*` is any.
    FirstPage(&'static str),
    /// A later page of it.
    LaterPage(&'static str),
    /// Reading something by id that is neither the patient nor a document.
    Reference,
    /// A document or a Binary.
    Document,
}

/// One request as the server saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// `GET` or `POST`.
    pub method: String,
    /// The path.
    pub path: String,
    /// The query of FHIR requests; empty for all others, whose queries may hold codes.
    pub query: String,
    /// An `Authorization` header came with it.
    pub authorized: bool,
    /// The answer's status.
    pub status: u16,
}

/// How many requests are remembered.
const REMEMBERED: usize = 10_000;

/// What is to go wrong at one provider, and what it has seen.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    rules: Mutex<Vec<Rule>>,
    seen: Mutex<VecDeque<Seen>>,
    narrowed: Mutex<BTreeSet<String>>,
}

#[derive(Debug)]
struct Rule {
    spot: Spot,
    fault: Fault,
    /// How many requests it still meets; `None`: all.
    times: Option<u32>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Faults {
    pub(crate) fn add(&self, spot: Spot, fault: Fault, times: Option<u32>) {
        locked(&self.rules).push(Rule { spot, fault, times });
    }

    pub(crate) fn clear(&self) {
        locked(&self.rules).clear();
        locked(&self.narrowed).clear();
    }

    /// The fault for a request at these spots, used up once.
    fn take(&self, is_at: impl Fn(Spot) -> bool) -> Option<Fault> {
        let mut rules = locked(&self.rules);
        let at = rules.iter().position(|rule| is_at(rule.spot))?;
        let fault = rules[at].fault.clone();
        if let Some(times) = &mut rules[at].times {
            *times -= 1;
            if *times == 0 {
                rules.remove(at);
            }
        }
        Some(fault)
    }

    fn note(&self, seen: Seen) {
        let mut all = locked(&self.seen);
        if all.len() == REMEMBERED {
            all.pop_front();
        }
        all.push_back(seen);
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        locked(&self.seen).iter().cloned().collect()
    }

    pub(crate) fn forget(&self) {
        locked(&self.seen).clear();
    }

    fn narrow(&self, resource_type: &str) {
        locked(&self.narrowed).insert(resource_type.to_owned());
    }

    /// The patient took the consent for this type back.
    pub(crate) fn is_narrowed(&self, resource_type: &str) -> bool {
        locked(&self.narrowed).contains(resource_type)
    }
}

impl Fault {
    /// There is always a next page.
    pub(crate) fn never_ends(&self) -> bool {
        *self == Fault::EndlessNext
    }

    /// A later page holds what the first one held.
    pub(crate) fn repeats(&self) -> bool {
        matches!(self, Fault::EndlessNext | Fault::DuplicatePage)
    }

    /// What the `next` link says instead; `base` and `own` are the base's address and the provider's origin.
    pub(crate) fn next(&self, next: String, base: &str, own: &str) -> String {
        match self {
            Fault::RelativeNext => next.replace(&format!("{base}/"), ""),
            Fault::ForeignNext(origin) => next.replace(own, origin),
            _ => next,
        }
    }
}

/// Whether a request is at a spot.
fn is_at(site: &Site, spot: Spot, request: &Request) -> bool {
    if spot == Spot::Token {
        return request.path == site.provider.token;
    }
    if spot == Spot::SignIn {
        return request.method == Method::GET && request.path == site.provider.authorize;
    }
    let Some((_, rest)) = site.base_of(&request.path) else { return false };
    let paged =
        ["page", "sessionID", "-pageContext", "startIndex"].iter().any(|name| request.query(name).is_some());
    let segments: Vec<&str> = rest.split('/').collect();
    let is = |wanted: &str, name: &str| wanted == "*" || wanted == name;
    if matches!(segments.as_slice(), ["metadata" | ".well-known", ..]) {
        return false;
    }
    match (spot, segments.as_slice()) {
        (Spot::Everywhere, _)
        | (Spot::Patient, ["Patient", _])
        | (Spot::Document, ["document" | "Binary", _]) => true,
        (Spot::FirstPage(wanted), [name]) => !paged && is(wanted, name),
        (Spot::LaterPage(wanted), [name]) => paged && is(wanted, name),
        (Spot::Reference, [name, _]) => !matches!(*name, "document" | "Binary" | "Patient"),
        _ => false,
    }
}

/// Answers a request, or does what is to go wrong with it, and remembers it.
pub(crate) async fn answer(site: &Site, request: &Request, uri: &Uri) -> Response {
    let response = match site.faults.take(|spot| is_at(site, spot, request)) {
        Some(fault) => go_wrong(site, request, uri, &fault).await,
        None => site.answer(request, None),
    };
    let fhir = site.base_of(&request.path).is_some();
    site.faults.note(Seen {
        method: request.method.to_string(),
        path: request.path.clone(),
        query: uri.query().filter(|_| fhir).unwrap_or_default().to_owned(),
        authorized: request.headers.contains_key(header::AUTHORIZATION),
        status: response.status().as_u16(),
    });
    response
}

async fn go_wrong(site: &Site, request: &Request, uri: &Uri, fault: &Fault) -> Response {
    match fault {
        Fault::Latency(time) => tokio::time::sleep(*time).await,
        Fault::TokenEnds => oauth::end_access(site, request),
        Fault::ConsentNarrowed(resource_type) => site.faults.narrow(resource_type),
        _ => {}
    }
    let away = match fault {
        Fault::SignInRefused(code, words) => oauth::turned_away(request, code, words),
        _ => None,
    };
    match away.or_else(|| instead(fault, uri)) {
        Some(response) => response,
        None => spoil(fault, &site.origin, site.answer(request, Some(fault))).await,
    }
}

/// The answer of a fault that needs no other answer; `None`: the request is answered first.
fn instead(fault: &Fault, uri: &Uri) -> Option<Response> {
    let with = |status: u16, words: &str| {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let outcome = serde_json::json!({"resourceType": "OperationOutcome",
            "issue": [{"severity": "error", "code": "exception", "diagnostics": words}]});
        reply(status, "application/fhir+json", outcome.to_string())
    };
    let later = |value: String| {
        let mut response = with(429, "Too many requests.");
        let value = HeaderValue::from_str(&value).expect("digits and dates are visible ASCII");
        response.headers_mut().insert(header::RETRY_AFTER, value);
        response
    };
    Some(match fault {
        Fault::TooManySeconds(seconds) => later(seconds.to_string()),
        Fault::TooManyUntil(seconds) => {
            let until = Utc::now() + TimeDelta::seconds(i64::try_from(*seconds).unwrap_or(i64::MAX / 1000));
            later(until.format("%a, %d %b %Y %H:%M:%S GMT").to_string())
        }
        Fault::Status(status) => with(*status, "The server has failed."),
        Fault::ForeignRedirect(origin) => {
            let place = format!("{origin}{uri}");
            let mut response = reply(StatusCode::TEMPORARY_REDIRECT, "text/plain", "");
            let place =
                HeaderValue::from_str(&place).expect("an origin and what was asked are visible ASCII");
            response.headers_mut().insert(header::LOCATION, place);
            response
        }
        Fault::RefreshSpent => reply(
            StatusCode::BAD_REQUEST,
            "application/json",
            r#"{"error":"invalid_grant","error_description":"the refresh token was used before; the grant has ended"}"#,
        ),
        Fault::Forbidden => with(403, "Read access is denied by user"),
        Fault::Nothing(status) => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::NO_CONTENT);
            reply(status, "application/fhir+json", "")
        }
        Fault::OutcomeOk => with(200, "The database is down."),
        Fault::TokenRefused(status, code, words) => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST);
            let said = serde_json::json!({"error": code, "error_description": words});
            reply(status, "application/json", said.to_string())
        }
        Fault::Html => reply(
            StatusCode::OK,
            "text/html; charset=utf-8",
            "<!doctype html><title>Sign in</title><p>Please sign in.",
        ),
        Fault::SlowLoris => {
            let drops = stream::unfold((), |()| async {
                tokio::time::sleep(Duration::from_millis(100)).await;
                Some((Ok::<_, std::io::Error>(Bytes::from_static(b" ")), ()))
            });
            reply(StatusCode::OK, "application/fhir+json", Body::from_stream(drops))
        }
        Fault::Huge(bytes) => {
            static NOTHING: [u8; 1 << 16] = [b' '; 1 << 16];
            let pieces = bytes.div_ceil(1 << 16);
            let pieces =
                stream::iter(0..pieces).map(|_| Ok::<_, std::io::Error>(Bytes::from_static(&NOTHING)));
            reply(StatusCode::OK, "application/fhir+json", Body::from_stream(pieces))
        }
        _ => return None,
    })
}

/// Does to a whole answer what the fault does.
async fn spoil(fault: &Fault, own: &str, response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = match fault {
        Fault::Dropped | Fault::Truncated => axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default(),
        Fault::ForeignAddresses(origin) => {
            let whole = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
            // Documents are no text and hold no address.
            let Ok(text) = std::str::from_utf8(&whole) else {
                return Response::from_parts(parts, whole.into());
            };
            let base = format!("{origin}/fhir");
            let text =
                text.replace(own, origin).replace("\"reference\":\"", &format!("\"reference\":\"{base}/"));
            let text = text.replace(&format!("{base}/http"), "http");
            parts.headers.remove(header::CONTENT_LENGTH);
            return Response::from_parts(parts, text.into());
        }
        Fault::Strangers => {
            let whole = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
            parts.headers.remove(header::CONTENT_LENGTH);
            return Response::from_parts(parts, with_strangers(&whole).into());
        }
        Fault::ClockSkew(seconds) => {
            let date = Utc::now() + TimeDelta::seconds(*seconds);
            let date = date.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
            let date = HeaderValue::from_str(&date).expect("a date is visible ASCII");
            parts.headers.insert(header::DATE, date);
            return Response::from_parts(parts, body);
        }
        _ => return Response::from_parts(parts, body),
    };
    let half = whole.slice(..whole.len() / 2);
    if *fault == Fault::Truncated {
        return Response::from_parts(parts, Body::from(half));
    }
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let broken = Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
    // In two steps: an error right away would take the head of the answer with it.
    let pieces = stream::iter([Ok(half), broken]).then(|piece| async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        piece
    });
    Response::from_parts(parts, Body::from_stream(pieces))
}

/// A page with everything that is about the patient once more, as somebody else's. Anything else stays as it is.
fn with_strangers(page: &[u8]) -> Vec<u8> {
    let Ok(mut bundle) = serde_json::from_slice::<serde_json::Value>(page) else { return page.to_vec() };
    let Some(entries) = bundle["entry"].as_array().cloned() else { return page.to_vec() };
    let about_another = entries.iter().filter_map(|entry| {
        let mut entry = entry.clone();
        let resource = &mut entry["resource"];
        let id = format!("{}-of-another", resource["id"].as_str()?);
        let whose = ["subject", "patient", "beneficiary"]
            .into_iter()
            .find(|name| resource[*name]["reference"].is_string())?;
        resource[whose]["reference"] = "Patient/somebody-else".into();
        resource["id"] = id.into();
        Some(entry)
    });
    let all: Vec<_> = entries.iter().cloned().chain(about_another).collect();
    bundle["entry"] = all.into();
    bundle.to_string().into_bytes()
}

/// A host that nothing may be sent to: it records what comes.
#[derive(Debug)]
pub struct Trap {
    origin: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl Trap {
    /// On any free loopback port.
    ///
    /// # Errors
    /// What the operating system says about the port.
    pub async fn start() -> std::io::Result<Trap> {
        async fn record(
            State(seen): State<Arc<Mutex<Vec<Seen>>>>,
            method: Method,
            uri: Uri,
            headers: HeaderMap,
        ) -> Response {
            locked(&seen).push(Seen {
                method: method.to_string(),
                path: uri.path().to_owned(),
                query: uri.query().unwrap_or_default().to_owned(),
                authorized: headers.contains_key(header::AUTHORIZATION),
                status: 404,
            });
            reply(StatusCode::NOT_FOUND, "text/plain", "")
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let seen = Arc::<Mutex<Vec<Seen>>>::default();
        let router = Router::new().fallback(record).with_state(Arc::clone(&seen));
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the trap stopped");
            }
        });
        Ok(Trap { origin, seen, task })
    }

    /// Such as `http://127.0.0.1:4711`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Everything that came.
    pub fn seen(&self) -> Vec<Seen> {
        locked(&self.seen).clone()
    }
}

impl Drop for Trap {
    fn drop(&mut self) {
        self.task.abort();
    }
}
