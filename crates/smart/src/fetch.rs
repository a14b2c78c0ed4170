//! Reading from one FHIR base, with a token that never leaves it.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use reqwest::Method;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
};
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use wholechart_fhir::{Release, debug_without_record};

use crate::card::{Quirk, Quirks};
use crate::gate::Purpose;
use crate::http::{Http, HttpError, Reply, check_address, host_of};

/// Where bearer tokens come from. The store's tokens stand behind it in a sync.
pub trait TokenSource: Send + Sync {
    /// A token that is believed to work now; an expired one is renewed first.
    fn current(&self) -> BoxFuture<'_, Result<SecretString, TokenError>>;

    /// A newer token than `refused`, which was just answered with 401. When another task has renewed it in the
    /// meantime, that one.
    fn renewed<'a>(&'a self, refused: &'a SecretString) -> BoxFuture<'a, Result<SecretString, TokenError>>;
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// There is no way to a newer one, or the one refused was fresh: the 401 stands for itself.
    #[error("the token cannot be renewed")]
    CannotRenew,
    /// The grant has ended.
    #[error("a new sign-in is needed")]
    SignInNeeded {
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// The token endpoint could not be asked now, or answered something else.
    #[error("the token could not be renewed now")]
    Temporary {
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// The token endpoint's host cannot be found or does not listen.
    #[error("{host} cannot be reached")]
    Unreachable {
        /// The host.
        host: String,
    },
    /// Tokens could not be read or kept; using one that is not kept could lose a rotated refresh token. The source is
    /// the error of whoever keeps them.
    #[error("tokens could not be kept")]
    Storage(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// One token that is not renewed: for the first questions after a sign-in.
#[derive(Debug)]
pub struct FixedToken(pub SecretString);

impl TokenSource for FixedToken {
    fn current(&self) -> BoxFuture<'_, Result<SecretString, TokenError>> {
        let token = self.0.clone();
        Box::pin(async move { Ok(token) })
    }

    fn renewed<'a>(&'a self, _refused: &'a SecretString) -> BoxFuture<'a, Result<SecretString, TokenError>> {
        Box::pin(async { Err(TokenError::CannotRenew) })
    }
}

/// Why nothing was read. An answer with an error status is not one of these: it is a [`Fetched`].
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The address belongs to another server, or to another part of this one. Nothing was sent.
    #[error("the address is at {host}, outside the provider's FHIR server")]
    Foreign {
        /// The host it points to.
        host: String,
    },
    /// The server redirected out of its base. Nothing was sent there.
    #[error("the server redirected to {host}, outside itself")]
    ForeignRedirect {
        /// The host it points to.
        host: String,
    },
    /// The address cannot be understood.
    #[error("the address cannot be understood")]
    BadAddress,
    /// On the way.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// No token.
    #[error(transparent)]
    Token(#[from] TokenError),
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accept {
    /// FHIR JSON: a resource, a page.
    Fhir,
    /// A document as it is; the media type its attachment states, if it states one.
    Document(Option<String>),
}

/// A whole answer, whatever its status.
#[derive(Clone, PartialEq, Eq)]
pub struct Fetched {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type` as sent.
    pub content_type: Option<String>,
    /// The body, decompressed and otherwise untouched.
    pub bytes: Vec<u8>,
    /// Where it was read from in the end. Holds the query: for provenance, never for logs.
    pub url: Url,
    /// How long the server asked to wait.
    pub retry_after: Option<Duration>,
    /// The server's clock when it answered.
    pub server_date: Option<DateTime<Utc>>,
}

debug_without_record!(Fetched { status, content_type; bytes });

impl Fetched {
    /// 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether `Content-Type` names HTML.
    pub fn is_html(&self) -> bool {
        self.content_type.as_deref().is_some_and(|kind| kind.to_ascii_lowercase().contains("html"))
    }
}

/// A base without its trailing slash: the form it has in every key.
pub fn base_key(base: &str) -> String {
    base.trim().trim_end_matches('/').to_owned()
}

/// Reads from one FHIR base.
#[derive(Clone)]
pub struct FhirClient {
    http: Http,
    /// With a trailing slash, so that relative references resolve below it.
    base: Url,
    release: Release,
    quirks: Quirks,
    tokens: Arc<dyn TokenSource>,
}

impl std::fmt::Debug for FhirClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FhirClient")
            .field("base", &self.base.as_str())
            .field("release", &self.release)
            .finish_non_exhaustive()
    }
}

/// How long a limit per minute lasts where the server does not say.
const MINUTE: Duration = Duration::from_mins(1);
/// The longest chain of redirects followed inside a base.
const REDIRECTS: usize = 3;

impl FhirClient {
    /// For a base as on a card, with or without a trailing slash.
    pub fn new(
        http: Http,
        base: &str,
        release: Release,
        quirks: Quirks,
        tokens: Arc<dyn TokenSource>,
    ) -> Result<Self, FetchError> {
        let base = Url::parse(&format!("{}/", base_key(base))).map_err(|_| FetchError::BadAddress)?;
        check_address(&base)?;
        Ok(Self { http, base, release, quirks, tokens })
    }

    /// The base without its trailing slash.
    pub fn base(&self) -> String {
        base_key(self.base.as_str())
    }

    /// The base's release.
    pub fn release(&self) -> Release {
        self.release
    }

    /// The address a reference or link means, if it is inside this base: the same origin and path prefix.
    /// `from` is the page a relative link stood on; without one it is relative to the base. Plain http to the
    /// base's own host is read as https, because servers behind gateways write such links.
    pub fn resolve(&self, from: Option<&Url>, target: &str) -> Result<Url, FetchError> {
        let target = target.trim();
        let mut url = from.unwrap_or(&self.base).join(target).map_err(|_| FetchError::BadAddress)?;
        // `/Binary/b1` is what some servers write for `Binary/b1`: below their base, and not below their host.
        if !self.is_inside(&url)
            && let Some(below) = target.strip_prefix('/').filter(|below| is_of_a_type(below))
        {
            url = self.base.join(below).map_err(|_| FetchError::BadAddress)?;
        }
        if self.base.scheme() == "https"
            && url.scheme() == "http"
            && url.host() == self.base.host()
            && url.port().is_none()
        {
            url.set_scheme("https").map_err(|()| FetchError::BadAddress)?;
        }
        if self.is_inside(&url) { Ok(url) } else { Err(FetchError::Foreign { host: host_of(&url) }) }
    }

    fn is_inside(&self, url: &Url) -> bool {
        if url.origin() != self.base.origin() || !url.username().is_empty() || url.password().is_some() {
            return false;
        }
        let (path, prefix) = (url.path(), self.base.path());
        // The base itself with a query is what one widespread server writes for its next page.
        let itself = prefix.strip_suffix('/').is_some_and(|itself| !itself.is_empty() && itself == path);
        if itself && url.query().is_some() {
            return true;
        }
        match path.get(..prefix.len()) {
            Some(start) if self.quirks.has(Quirk::PathCaseInsensitive) => start.eq_ignore_ascii_case(prefix),
            Some(start) => start == prefix,
            None => false,
        }
    }

    /// Reads a relative or absolute address inside the base. Connection errors, 429 and 5xx are tried again as
    /// [`RetryPolicy`](crate::RetryPolicy) says; a 401 is tried once more with a newer token; 406 and 415 with
    /// other media types; a redirect is followed inside the base only.
    pub async fn get(&self, target: &str, accept: &Accept) -> Result<Fetched, FetchError> {
        let url = self.resolve(None, target)?;
        self.get_url(url, accept).await
    }

    /// The same for an address that [`resolve`](Self::resolve) gave; checked again all the same.
    pub async fn get_url(&self, url: Url, accept: &Accept) -> Result<Fetched, FetchError> {
        let mut url = self.resolve(None, url.as_str())?;
        let mut token = self.tokens.current().await?;
        let media_types = self.media_types(accept);
        let mut media_type = 0;
        let mut renewed = false;
        let mut redirects = 0;
        loop {
            let reply = self.send_retrying(&url, &token, &media_types[media_type], accept).await?;
            match reply.status {
                401 if !renewed => {
                    renewed = true;
                    match self.tokens.renewed(&token).await {
                        Ok(newer) => token = newer,
                        Err(TokenError::CannotRenew) => return Ok(fetched(reply, url, self.http.now())),
                        Err(error) => return Err(error.into()),
                    }
                }
                406 | 415 if media_type + 1 < media_types.len() => media_type += 1,
                301 | 302 | 303 | 307 | 308 if redirects < REDIRECTS => {
                    redirects += 1;
                    let location = reply.headers.get(LOCATION).and_then(|value| value.to_str().ok());
                    let Some(location) = location else { return Ok(fetched(reply, url, self.http.now())) };
                    url = self.resolve(Some(&url), location).map_err(|error| match error {
                        FetchError::Foreign { host } => FetchError::ForeignRedirect { host },
                        other => other,
                    })?;
                }
                _ => return Ok(fetched(reply, url, self.http.now())),
            }
        }
    }

    async fn send_retrying(
        &self,
        url: &Url,
        token: &SecretString,
        media_type: &str,
        accept: &Accept,
    ) -> Result<Reply, FetchError> {
        let (limit, why) = match accept {
            Accept::Fhir => (self.http.page_limit(), Purpose::Records),
            Accept::Document(_) => (self.http.document_limit(), Purpose::Attachment),
        };
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", token.expose_secret()))
            .map_err(|_| FetchError::Token(TokenError::SignInNeeded { words: None }))?;
        bearer.set_sensitive(true);
        let mut tries = 0;
        loop {
            let request = self.http.request(Method::GET, url.clone())?;
            let request = request.header(ACCEPT, media_type).header(AUTHORIZATION, bearer.clone());
            let request = request.build().map_err(|_| HttpError::BadAddress)?;
            let outcome = self.http.send(request, limit, why, &self.base).await;
            tries += 1;
            let asked = match &outcome {
                Ok(reply) if matches!(reply.status, 429 | 500 | 502 | 503 | 504) => {
                    let asked = retry_after(&reply.headers, self.http.now());
                    let minute = reply.status == 429 && self.quirks.has(Quirk::LimitLastsTheMinute);
                    asked.or(minute.then_some(MINUTE))
                }
                Err(error) if error.is_transient() => None,
                _ => return Ok(outcome?),
            };
            match self.http.wait_after(tries, asked) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Ok(outcome?),
            }
        }
    }

    /// Values of `Accept`, tried in order while the answer is 406 or 415.
    fn media_types(&self, accept: &Accept) -> Vec<String> {
        let legacy = self.release == Release::Dstu2 || self.quirks.has(Quirk::LegacyMime);
        let (own, other) = if legacy { (LEGACY, MODERN) } else { (MODERN, LEGACY) };
        let plain = "application/json";
        match accept {
            Accept::Fhir if self.quirks.has(Quirk::StrictAccept) => {
                [own, other, plain].map(str::to_owned).to_vec()
            }
            Accept::Fhir => vec![
                format!("{own}, {other};q=0.9, {plain};q=0.8"),
                own.to_owned(),
                other.to_owned(),
                plain.to_owned(),
            ],
            Accept::Document(stated) => {
                let stated = stated.as_deref().map(str::trim).filter(|kind| is_media_type(kind));
                let exact = self.quirks.has(Quirk::BinaryNeedsExactAccept);
                match stated {
                    Some(kind) if exact => vec![kind.to_owned(), own.to_owned(), "*/*".to_owned()],
                    Some(kind) => vec![format!("{kind}, */*;q=0.5"), kind.to_owned(), own.to_owned()],
                    None => vec!["*/*".to_owned(), own.to_owned()],
                }
            }
        }
    }
}

/// A relative address that begins with a resource's type: `Binary/b1`, `Observation?page=2`.
fn is_of_a_type(address: &str) -> bool {
    let kind = address.split(['/', '?', '#']).next().unwrap_or_default();
    kind.starts_with(|c: char| c.is_ascii_uppercase()) && kind.bytes().all(|b| b.is_ascii_alphabetic())
}

pub(crate) const MODERN: &str = "application/fhir+json";
pub(crate) const LEGACY: &str = "application/json+fhir";

fn is_media_type(text: &str) -> bool {
    text.contains('/') && text.bytes().all(|b| b.is_ascii_graphic() || b == b' ')
}

fn fetched(reply: Reply, url: Url, now: DateTime<Utc>) -> Fetched {
    Fetched {
        status: reply.status,
        content_type: content_type(&reply.headers),
        retry_after: retry_after(&reply.headers, now),
        server_date: date(&reply.headers, &DATE),
        bytes: reply.body,
        url,
    }
}

pub(crate) fn content_type(headers: &HeaderMap) -> Option<String> {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// `Retry-After` as seconds or as a date (RFC 9110 §10.2.3). A date is taken by the server's own clock where it tells
/// it: ours may be wrong by hours.
fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = date(headers, &RETRY_AFTER)?;
    Some((until - date(headers, &DATE).unwrap_or(now)).to_std().unwrap_or_default())
}

fn date(headers: &HeaderMap, name: &HeaderName) -> Option<DateTime<Utc>> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    Some(DateTime::parse_from_rfc2822(value).ok()?.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::HttpSettings;

    fn client(base: &str, quirks: &[Quirk]) -> FhirClient {
        let tokens = Arc::new(FixedToken("t".into()));
        let http = Http::new(HttpSettings::default(), || DateTime::UNIX_EPOCH).unwrap();
        FhirClient::new(http, base, Release::R4, quirks.iter().copied().collect(), tokens).unwrap()
    }

    fn inside(client: &FhirClient, target: &str) -> Result<String, FetchError> {
        client.resolve(None, target).map(String::from)
    }

    #[test]
    fn only_addresses_inside_the_base_resolve() {
        let client = client("https://fhir.example/gate/r4/", &[]);
        assert_eq!(inside(&client, "Patient/1").unwrap(), "https://fhir.example/gate/r4/Patient/1");
        assert_eq!(
            inside(&client, "http://fhir.example/gate/r4/P?a=1").unwrap(),
            "https://fhir.example/gate/r4/P?a=1"
        );
        for foreign in [
            "https://other.example/gate/r4/Patient/1",
            "https://fhir.example:8443/gate/r4/Patient/1",
            "https://fhir.example/gate/r4evil/Patient/1",
            "https://fhir.example/gate/Patient/1",
            "../dstu2/Patient/1",
            "%2e%2e/dstu2/Patient/1",
            "//other.example/gate/r4/x",
            "https://user@fhir.example/gate/r4/Patient/1",
            "https://fhir.example@other.example/gate/r4/Patient/1",
            "file:///etc/hostname",
        ] {
            assert!(matches!(inside(&client, foreign), Err(FetchError::Foreign { .. })), "{foreign}");
        }
    }

    #[test]
    fn the_base_itself_with_a_query_and_a_type_below_the_host_are_inside() {
        let client = client("https://fhir.example/gate/r4/", &[]);
        for (target, means) in [
            ("https://fhir.example/gate/r4?_getpages=7", "https://fhir.example/gate/r4?_getpages=7"),
            ("https://fhir.example/gate/r4/?_getpages=7", "https://fhir.example/gate/r4/?_getpages=7"),
            ("/Binary/b1", "https://fhir.example/gate/r4/Binary/b1"),
            ("/Observation?page=2", "https://fhir.example/gate/r4/Observation?page=2"),
        ] {
            assert_eq!(inside(&client, target).unwrap(), means);
        }
        for foreign in
            ["/binary/b1", "/other/Binary/b1", "//Binary/b1", "/../Binary/b1", "https://fhir.example/gate/r4"]
        {
            assert!(inside(&client, foreign).is_err(), "{foreign}");
        }
    }

    #[test]
    fn path_case_matters_unless_the_card_says_otherwise() {
        let other_case = "https://fhir.example/gate/R4/document/pdf-1";
        assert!(inside(&client("https://fhir.example/gate/r4", &[]), other_case).is_err());
        let lenient = client("https://fhir.example/gate/r4", &[Quirk::PathCaseInsensitive]);
        assert_eq!(inside(&lenient, other_case).unwrap(), other_case);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = DateTime::parse_from_rfc3339("2026-03-01T10:00:00Z").unwrap().with_timezone(&Utc);
        let after = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_static(value));
            retry_after(&headers, now)
        };
        assert_eq!(after("7"), Some(Duration::from_secs(7)));
        assert_eq!(after("Sun, 01 Mar 2026 10:00:30 GMT"), Some(Duration::from_secs(30)));
        assert_eq!(after("Sun, 01 Mar 2026 09:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(after("soon"), None);
        // Our clock is two hours slow: the server's own date is what its date means.
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static("Sun, 01 Mar 2026 12:00:05 GMT"));
        headers.insert(DATE, HeaderValue::from_static("Sun, 01 Mar 2026 12:00:00 GMT"));
        assert_eq!(retry_after(&headers, now), Some(Duration::from_secs(5)));
    }
}
