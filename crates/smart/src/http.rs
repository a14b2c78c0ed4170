//! The one place that makes HTTP clients: TLS provider, time-outs, no redirects, https only, size caps.

use std::collections::{BTreeMap, HashMap};
use std::error::Error as _;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::HeaderMap;
use reqwest::{Method, Request, redirect};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::{Host, Url};

pub(crate) use crate::gate::host_of;
use crate::gate::{
    Journal, NotPublic, OnBehalf, PublicOnly, Purpose, Refusal, Sent, is_loopback, is_named, may_pass,
};

/// What can go wrong between here and a server. Hosts are named, paths and query strings never.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// The address is not one this application will speak to: no host, another scheme, or a user name in it.
    #[error("the address is not a web address")]
    BadAddress,
    /// Plain http to another machine.
    #[error("{host} must be asked over https")]
    NotHttps {
        /// The host.
        host: String,
    },
    /// No such host, or no way to ask for it (no network).
    #[error("the host {host} was not found")]
    UnknownHost {
        /// The host.
        host: String,
    },
    /// Nobody listens there.
    #[error("{host} refused the connection")]
    Refused {
        /// The host.
        host: String,
    },
    /// No safe connection: a wrong or expired certificate, or no TLS at all.
    #[error("no safe connection to {host} could be made")]
    Tls {
        /// The host.
        host: String,
    },
    /// No answer in time.
    #[error("{host} did not answer in time")]
    TimedOut {
        /// The host.
        host: String,
    },
    /// The answer is bigger than is sensible for its kind.
    #[error("{host} sent more than {limit} bytes")]
    TooLarge {
        /// The host.
        host: String,
        /// The cap, in bytes.
        limit: usize,
    },
    /// The connection broke before the answer was whole.
    #[error("the connection to {host} broke")]
    Interrupted {
        /// The host.
        host: String,
    },
    /// Nobody named this host: no card, no list, no connection, no person. Nothing was sent.
    #[error("{host} was named by nobody")]
    NotNamed {
        /// The host.
        host: String,
    },
    /// The host is on this computer or in a private network, and the person did not name it. Nothing was sent.
    #[error("{host} is at a private address")]
    Private {
        /// The host.
        host: String,
    },
    /// The client itself could not be made.
    #[error("no HTTPS client could be made")]
    Client,
}

impl HttpError {
    /// Worth asking again: the request may never have been seen, or the answer was lost on the way.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::UnknownHost { .. }
                | Self::Refused { .. }
                | Self::TimedOut { .. }
                | Self::Interrupted { .. }
        )
    }
}

/// How often and how long to try again. Only reading is tried again here, never a token request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Tries after the first.
    pub times: usize,
    /// The first wait; later ones double, with jitter.
    pub first_wait: Duration,
    /// No wait of our own is longer.
    pub longest_wait: Duration,
    /// A server may ask for more (`Retry-After`), but not for more than this: then the answer stands.
    pub longest_retry_after: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            times: 3,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(10),
            longest_retry_after: Duration::from_secs(90),
        }
    }
}

/// The moment, as whoever made the client says.
type Clock = Box<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// How patient an [`Http`] is and how much it takes; the defaults suit real providers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpSettings {
    /// Time for making a connection.
    pub connect_timeout: Duration,
    /// Time for silence within an answer.
    pub read_timeout: Duration,
    /// Time for the whole of an answer.
    pub total_timeout: Duration,
    /// How often reading is tried again.
    pub retry: RetryPolicy,
    /// Most bytes of a page of JSON.
    pub page_limit: usize,
    /// Most bytes of a document.
    pub document_limit: usize,
    /// Servers on 127.0.0.1 that listen on another port than their address names: the port named, the port listened on.
    pub moved: BTreeMap<u16, u16>,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(15),
            // Some servers take most of a minute over documents.
            read_timeout: Duration::from_mins(1),
            total_timeout: Duration::from_mins(5),
            retry: RetryPolicy::default(),
            page_limit: 48 << 20,
            document_limit: 96 << 20,
            moved: BTreeMap::new(),
        }
    }
}

/// Requests in flight at one host.
const PER_HOST: usize = 4;

struct Shared {
    /// For names that stand for public addresses.
    outside: reqwest::Client,
    public: PublicOnly,
    /// For hosts that the person named, which may be in their own network.
    named: reqwest::Client,
    loopback: reqwest::Client,
    journal: Option<Arc<dyn Journal>>,
    settings: HttpSettings,
    clock: Clock,
    hosts: Mutex<HashMap<String, Arc<Semaphore>>>,
}

/// The HTTP client of the whole application; cheap to clone. Every request passes its [gate](crate::gate).
#[derive(Clone)]
pub struct Http {
    shared: Arc<Shared>,
    on: Arc<OnBehalf>,
}

impl std::fmt::Debug for Http {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Http").finish_non_exhaustive()
    }
}

/// A whole answer.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Http {
    /// With a clock that says the current moment. Fails only where the platform has no working TLS.
    pub fn new(
        settings: HttpSettings,
        clock: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
    ) -> Result<Self, HttpError> {
        Self::written_down(settings, clock, None)
    }

    /// The same, which tells of every request.
    pub fn written_down(
        settings: HttpSettings,
        clock: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
        journal: Option<Arc<dyn Journal>>,
    ) -> Result<Self, HttpError> {
        // Fails when a provider is installed already: then that one is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = || {
            reqwest::Client::builder()
                .redirect(redirect::Policy::none())
                .connect_timeout(settings.connect_timeout)
                .read_timeout(settings.read_timeout)
                .timeout(settings.total_timeout)
                .user_agent(concat!("Wholechart/", env!("CARGO_PKG_VERSION")))
        };
        let public = PublicOnly::default();
        let outside = client().https_only(true).dns_resolver(public.clone());
        let outside = outside.build().map_err(|_| HttpError::Client)?;
        let named = client().https_only(true).build().map_err(|_| HttpError::Client)?;
        // A proxy has no business between two processes on one machine.
        let loopback = client().no_proxy().build().map_err(|_| HttpError::Client)?;
        let (clock, hosts) = (Box::new(clock), Mutex::default());
        let shared = Shared { outside, public, named, loopback, journal, settings, clock, hosts };
        Ok(Self { shared: Arc::new(shared), on: Arc::default() })
    }

    /// For requests on behalf of somebody.
    #[must_use]
    pub fn on_behalf(&self, on: OnBehalf) -> Self {
        Self { shared: Arc::clone(&self.shared), on: Arc::new(on) }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        (self.shared.clock)()
    }

    /// How long to wait before the try after `tries` failed ones: doubling, between half and one and a half of that,
    /// so that those who were turned away together do not come back together. As long as the server asked, at least.
    /// `None` when the server asked for more patience than there is, or the tries are used up.
    pub fn wait_after(&self, tries: usize, asked: Option<Duration>) -> Option<Duration> {
        let policy = self.shared.settings.retry;
        if tries > policy.times || asked.is_some_and(|asked| asked > policy.longest_retry_after) {
            return None;
        }
        let doublings = u32::try_from(tries.saturating_sub(1)).unwrap_or(u32::MAX).min(16);
        let own = policy.first_wait.saturating_mul(1 << doublings).min(policy.longest_wait);
        let own = own.mul_f64(0.5 + rand::random::<f64>());
        Some(asked.map_or(own, |asked| own.max(asked)))
    }

    pub(crate) fn page_limit(&self) -> usize {
        self.shared.settings.page_limit
    }

    pub(crate) fn document_limit(&self) -> usize {
        self.shared.settings.document_limit
    }

    pub(crate) fn request(&self, method: Method, url: Url) -> Result<reqwest::RequestBuilder, HttpError> {
        Ok(self.client_for(&url)?.request(method, url))
    }

    fn client_for(&self, url: &Url) -> Result<&reqwest::Client, HttpError> {
        check_address(url)?;
        let host = host_of(url);
        Ok(if is_loopback(url) {
            &self.shared.loopback
        } else if is_named(&host, &self.on) {
            &self.shared.named
        } else {
            self.shared.public.ask(&host);
            &self.shared.outside
        })
    }

    /// The address to connect to for `url`: another port where the server [moved](HttpSettings::moved).
    pub(crate) fn present(&self, mut url: Url) -> Url {
        if url.host() == Some(Host::Ipv4(Ipv4Addr::LOCALHOST))
            && let Some(port) = url.port().and_then(|named| self.shared.settings.moved.get(&named))
        {
            // Refused only for an address without a host.
            let _ = url.set_port(Some(*port));
        }
        url
    }

    async fn permit(&self, host: &str) -> Option<OwnedSemaphorePermit> {
        let semaphore = {
            let mut hosts = self.shared.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(hosts.entry(host.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(PER_HOST))))
        };
        semaphore.acquire_owned().await.ok()
    }

    /// One request, one whole answer, at most `limit` bytes of it. Never follows a redirect, never retries. `named` is the
    /// address that somebody named, at whose origin this is.
    pub(crate) async fn send(
        &self,
        request: Request,
        limit: usize,
        why: Purpose,
        named: &Url,
    ) -> Result<Reply, HttpError> {
        let mut sent = Sent {
            at: self.now(),
            host: shown_authority(request.url()),
            why,
            on: (*self.on).clone(),
            status: None,
            up: request.body().and_then(reqwest::Body::as_bytes).map_or(0, |body| body.len() as u64),
            down: 0,
        };
        let outcome = match may_pass(request.url(), named, &self.on) {
            Ok(()) => self.pass(request, limit, &mut sent).await,
            Err(Refusal::NotNamed) => Err(HttpError::NotNamed { host: host_of(request.url()) }),
            Err(Refusal::Private) => Err(HttpError::Private { host: host_of(request.url()) }),
        };
        if let Some(journal) = &self.shared.journal {
            journal.sent(sent);
        }
        outcome
    }

    async fn pass(&self, mut request: Request, limit: usize, sent: &mut Sent) -> Result<Reply, HttpError> {
        *request.url_mut() = self.present(request.url().clone());
        let client = self.client_for(request.url())?.clone();
        let host = host_of(request.url());
        let _permit = self.permit(&authority_of(request.url())).await;
        tracing::debug!(method = %request.method(), "request");
        let mut response = client.execute(request).await.map_err(|error| classify(&error, &host))?;
        let status = response.status().as_u16();
        sent.status = Some(status);
        let headers = std::mem::take(response.headers_mut());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| classify_body(&error, &host))? {
            sent.down += chunk.len() as u64;
            if body.len() + chunk.len() > limit {
                return Err(HttpError::TooLarge { host, limit });
            }
            body.extend_from_slice(&chunk);
        }
        tracing::debug!(status, bytes = body.len(), "answer");
        Ok(Reply { status, headers, body })
    }
}

/// Only https, or http on this machine; no user name or password in the address.
pub(crate) fn check_address(url: &Url) -> Result<(), HttpError> {
    if url.host().is_none() || !url.username().is_empty() || url.password().is_some() {
        return Err(HttpError::BadAddress);
    }
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback(url) => Ok(()),
        "http" => Err(HttpError::NotHttps { host: host_of(url) }),
        _ => Err(HttpError::BadAddress),
    }
}

/// The host, and a port that is not the usual one.
fn shown_authority(url: &Url) -> String {
    match url.port() {
        Some(port) => format!("{}:{port}", host_of(url)),
        None => host_of(url),
    }
}

fn authority_of(url: &Url) -> String {
    format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}

/// reqwest tells apart only "connect", "time-out" and the rest; what the user can act on is deeper in the chain.
fn classify(error: &reqwest::Error, host: &str) -> HttpError {
    let host = host.to_owned();
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.is::<NotPublic>() {
            return HttpError::Private { host };
        }
        cause = error.source();
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.is::<rustls::Error>() {
            return HttpError::Tls { host };
        }
        if let Some(io) = error.downcast_ref::<io::Error>() {
            match io.kind() {
                io::ErrorKind::ConnectionRefused => return HttpError::Refused { host },
                io::ErrorKind::TimedOut => return HttpError::TimedOut { host },
                io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe
                | io::ErrorKind::UnexpectedEof => return HttpError::Interrupted { host },
                _ => {}
            }
        }
        // hyper-util's type for this is private; its words are all there is.
        if error.to_string().starts_with("dns error") {
            return HttpError::UnknownHost { host };
        }
        // What an `io::Error` wraps is not its source: that would be the wrapped error's own source.
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        cause = wrapped.map(|inner| inner as &dyn std::error::Error).or_else(|| error.source());
    }
    if error.is_timeout() {
        HttpError::TimedOut { host }
    } else if error.is_builder() {
        HttpError::BadAddress
    } else if error.is_connect() {
        // No route, network down: for the user the same as a host that cannot be found.
        HttpError::UnknownHost { host }
    } else {
        HttpError::Interrupted { host }
    }
}

fn classify_body(error: &reqwest::Error, host: &str) -> HttpError {
    if error.is_timeout() {
        HttpError::TimedOut { host: host.to_owned() }
    } else {
        HttpError::Interrupted { host: host.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name of this computer that no list of names says is one: as a server's name that suddenly stands for a private address.
    #[tokio::test]
    async fn a_name_that_stands_for_a_private_address_is_not_connected_to() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let http = Http::new(HttpSettings::default(), || DateTime::UNIX_EPOCH).unwrap();
        let url = format!("https://localhost:{port}/");
        let ask = || http.shared.outside.get(&url).send();
        // Somebody's proxy may be anywhere: its name was not asked for.
        let error = ask().await.unwrap_err();
        assert!(!matches!(classify(&error, "x"), HttpError::Private { .. }), "{error:?}");
        let _ = listener.accept().await.unwrap();
        http.shared.public.ask("localhost");
        let error = ask().await.unwrap_err();
        assert_eq!(classify(&error, "x"), HttpError::Private { host: "x".into() }, "{error:?}");
        let accepted = tokio::time::timeout(Duration::from_millis(1), listener.accept()).await;
        assert!(accepted.is_err(), "nobody came");
    }
}
