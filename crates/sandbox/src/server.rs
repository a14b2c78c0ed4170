//! Listening: one port per provider, and the way from a request to what answers it.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::Response;
use chrono::{DateTime, Utc};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::changes::Changes;
use crate::faults::{self, Fault, Faults};
use crate::oauth::Grants;
use crate::provider::{Base, PROVIDERS, Provider};
use crate::seal::Sealer;
use crate::story::Story;
use crate::{SandboxConfig, SandboxError, brands, fhir, oauth};

/// One provider at its address.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) provider: &'static Provider,
    /// What it calls itself, such as `http://127.0.0.1:4711`; it may listen on another port.
    pub(crate) origin: String,
    pub(crate) story: Arc<Story>,
    pub(crate) sealer: Sealer,
    pub(crate) access_token_life: Duration,
    pub(crate) code_life: Duration,
    /// What cannot be signed into a token: used codes, rotations, revocations.
    pub(crate) grants: Mutex<Grants>,
    /// Searches under way, for servers that remember them.
    pub(crate) sessions: Mutex<fhir::Sessions>,
    /// What was changed since the story was written.
    pub(crate) changes: Changes,
    /// What is to go wrong.
    pub(crate) faults: Faults,
    /// The public list of all providers.
    pub(crate) brands: Arc<brands::List>,
}

/// One request, taken apart.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// The query's parameters in order, decoded.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) at: DateTime<Utc>,
}

impl Request {
    /// The first query parameter of this name.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A header's text.
    pub(crate) fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A form body's parameters; `None` when the body is not a form.
    pub(crate) fn form(&self) -> Option<Vec<(String, String)>> {
        let kind = self.header(&header::CONTENT_TYPE)?;
        let is_form =
            kind.split(';').next()?.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded");
        is_form.then(|| url::form_urlencoded::parse(&self.body).into_owned().collect())
    }
}

impl Site {
    /// The base a path lies under, and the rest of the path.
    pub(crate) fn base_of<'p>(&self, path: &'p str) -> Option<(&'static Base, &'p str)> {
        self.provider.bases.iter().find_map(|base| {
            let rest = path.strip_prefix(base.path)?;
            if rest.is_empty() { Some((base, "")) } else { Some((base, rest.strip_prefix('/')?)) }
        })
    }

    /// A base's address, without a slash at the end.
    pub(crate) fn url(&self, base: &Base) -> String {
        format!("{}{}", self.origin, base.path)
    }

    pub(crate) fn answer(&self, request: &Request, fault: Option<&Fault>) -> Response {
        let path = request.path.as_str();
        if path == self.provider.authorize {
            return match request.method {
                Method::GET => oauth::authorize(self, request),
                Method::POST => oauth::decide(self, request),
                _ => method_not_allowed("GET, POST"),
            };
        }
        if path == self.provider.token || path == self.provider.revoke {
            if request.method != Method::POST {
                return method_not_allowed("POST");
            }
            return if path == self.provider.token {
                oauth::token(self, request)
            } else {
                oauth::revoke(self, request)
            };
        }
        if path == oauth::REGISTER && self.provider.registers {
            return match request.method {
                Method::POST => oauth::register(self, request),
                _ => method_not_allowed("POST"),
            };
        }
        if path == brands::PATH {
            return self.brands.answer(request);
        }
        match self.base_of(path) {
            Some((base, rest)) if request.method == Method::GET => {
                fhir::answer(self, base, rest, request, fault)
            }
            Some(_) => method_not_allowed("GET"),
            None => reply(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", "Nothing is here."),
        }
    }
}

/// An answer that no cache keeps.
pub(crate) fn reply(status: StatusCode, content_type: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn method_not_allowed(allow: &'static str) -> Response {
    let mut response = reply(StatusCode::METHOD_NOT_ALLOWED, "text/plain; charset=utf-8", "Not this way.");
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
    response
}

async fn handle(
    State(site): State<Arc<Site>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let query = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let request = Request {
        method,
        path: uri.path().to_owned(),
        query: query.into_owned().collect(),
        headers,
        body,
        at: Utc::now(),
    };
    let response = faults::answer(&site, &request, &uri).await;
    // The path names types and ids of an invented person; queries may hold codes and are left out.
    tracing::debug!(provider = site.provider.id, path = request.path, status = response.status().as_u16());
    response
}

/// On the loopback port `named`, or on any other one when that is taken.
async fn listen(named: u16) -> std::io::Result<TcpListener> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, named)).await {
        Err(_) if named != 0 => TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await,
        listening => listening,
    }
}

/// All providers, listening.
#[derive(Debug)]
pub(crate) struct Running {
    pub(crate) sites: Vec<Arc<Site>>,
    /// Ports that were taken, with the port listened on instead.
    moved: BTreeMap<u16, u16>,
    tasks: Vec<JoinHandle<()>>,
    /// Closing it tells every server to end.
    stop: watch::Sender<()>,
}

impl Running {
    pub(crate) async fn start(config: &SandboxConfig, story: &Arc<Story>) -> Result<Running, SandboxError> {
        let mut listeners = Vec::new();
        let mut moved = BTreeMap::new();
        for at in 0..PROVIDERS.len() {
            let named = match config.port {
                None => 0,
                Some(first) => u16::try_from(at)
                    .ok()
                    .and_then(|at| first.checked_add(at))
                    .ok_or(SandboxError::PortRange { first, count: PROVIDERS.len() })?,
            };
            let listener = listen(named).await.map_err(|source| SandboxError::Listen { source })?;
            let port = listener.local_addr().map_err(|source| SandboxError::Listen { source })?.port();
            if named != 0 && named != port {
                tracing::info!(named, port, "a sample provider listens elsewhere: its port is taken");
                moved.insert(named, port);
            }
            let named = if named == 0 { port } else { named };
            listeners.push((listener, format!("http://{}:{named}", Ipv4Addr::LOCALHOST)));
        }
        let origins = listeners.iter().map(|(_, origin)| origin.clone());
        let brands = Arc::new(brands::List::of(PROVIDERS.iter().zip(origins)));
        // Served only when every port is open: half a sandbox would look like missing providers.
        let (stop, stopped) = watch::channel(());
        let mut running = Running { sites: Vec::new(), moved, tasks: Vec::new(), stop };
        for (provider, (listener, origin)) in PROVIDERS.iter().zip(listeners) {
            let site = Arc::new(Site {
                provider,
                origin,
                story: Arc::clone(story),
                sealer: Sealer::new(config.seed, provider.id),
                access_token_life: config.access_token_life,
                code_life: config.code_life,
                grants: Mutex::default(),
                sessions: Mutex::default(),
                changes: Changes::default(),
                faults: Faults::default(),
                brands: Arc::clone(&brands),
            });
            let router = Router::new().fallback(handle).with_state(Arc::clone(&site));
            let mut stopped = stopped.clone();
            running.tasks.push(tokio::spawn(async move {
                let served = axum::serve(listener, router).with_graceful_shutdown(async move {
                    // An error means that the sender is gone, which is the signal.
                    while stopped.changed().await.is_ok() {}
                });
                if let Err(error) = served.await {
                    tracing::error!(%error, "a sample provider stopped");
                }
            }));
            running.sites.push(site);
        }
        Ok(running)
    }

    pub(crate) fn origins(&self) -> Vec<(String, String)> {
        self.sites.iter().map(|site| (site.provider.id.to_owned(), site.origin.clone())).collect()
    }

    pub(crate) fn moved(&self) -> BTreeMap<u16, u16> {
        self.moved.clone()
    }

    pub(crate) fn directory(&self) -> serde_json::Value {
        self.sites.iter().map(|site| site.provider.card(&site.origin)).collect()
    }

    pub(crate) async fn stop(self) {
        drop(self.stop);
        for mut task in self.tasks {
            // A client that never ends its request must not keep the app from closing.
            if tokio::time::timeout(Duration::from_secs(2), &mut task).await.is_err() {
                task.abort();
            }
        }
    }
}
