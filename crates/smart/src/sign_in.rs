//! The sign-in: the system's browser, authorization code with PKCE, the loopback redirect, the code exchange
//! (SMART App Launch standalone launch; RFC 6749, 7636, 8252, 9207).

use std::fmt;
use std::time::Duration;

use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, RedirectUrl, Scope};
use reqwest::Method;
use reqwest::header::LOCATION;
use secrecy::SecretString;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::card::{ProviderCard, Quirk, Quirks, RedirectKind};
use crate::discover::Endpoints;
use crate::fetch::base_key;
use crate::gate::Purpose;
use crate::http::{Http, HttpError, Reply, check_address, host_of};
use crate::keys::{KeyError, check_key, is_private_key};
use crate::listener::{Callback, Listener, PageWords, redirect_at, same};
use crate::token::{Client, Grant, TokenFailure, Trade, opens_records, trade};
use crate::words::server_words;

/// All that one attempt needs.
#[derive(Debug, Clone)]
pub struct SignInRequest {
    /// Authorization endpoint.
    pub authorize: Url,
    /// Token endpoint.
    pub token: Url,
    /// Compared with the callback's `iss` when both are there.
    pub issuer: Option<String>,
    /// The server says that the callback always names it: one that does not is not this server's (RFC 9207 §2.4).
    pub names_issuer: bool,
    /// The application.
    pub client: Client,
    /// Send the secret in the body.
    pub post_secret: bool,
    /// The FHIR base to be read, exactly as the provider writes it.
    pub aud: String,
    /// Scopes to ask for.
    pub scopes: Vec<String>,
    /// What the server lists: asked for once more within these when it refuses the scopes.
    pub scopes_supported: Vec<String>,
    /// Ports registered for the redirect; empty is any.
    pub redirect_ports: Vec<u16>,
    /// The registered address the browser comes back to when it is not this machine's loopback: the application's own
    /// scheme, or an https page. What comes back is handed in, see [`sign_in_with`].
    pub returns_to: Option<String>,
    /// The server's manners.
    pub quirks: Quirks,
    /// How long the patient has for the provider's pages.
    pub timeout: Duration,
    /// What the browser shows when it comes back.
    pub words: PageWords,
}

impl SignInRequest {
    /// From a card and what discovery found, with the usual ten minutes.
    pub fn new(card: &ProviderCard, endpoints: &Endpoints, client: Client, words: PageWords) -> Self {
        let scopes = card.scopes.clone().unwrap_or_else(|| usual_scopes(endpoints.wants_v2_scopes()));
        Self {
            authorize: endpoints.authorize.clone(),
            token: endpoints.token.clone(),
            issuer: endpoints.issuer.clone(),
            names_issuer: endpoints.names_issuer,
            post_secret: endpoints.post_secret(&card.quirks),
            client,
            aud: endpoints.bases.first().map(|base| base.url.clone()).unwrap_or_default(),
            scopes,
            scopes_supported: endpoints.scopes_supported.clone(),
            redirect_ports: card.redirect_ports.clone(),
            returns_to: match card.redirect {
                RedirectKind::Loopback => None,
                RedirectKind::CustomScheme => Some(OWN_SCHEME_REDIRECT.to_owned()),
                RedirectKind::Https | RedirectKind::Paste => card.redirect_address.clone(),
            },
            quirks: card.quirks.clone(),
            timeout: Duration::from_mins(10),
            words,
        }
    }
}

/// The redirect of the application's own scheme (RFC 8252 §7.1): the same on every system.
pub const OWN_SCHEME_REDIRECT: &str = "wholechart:/callback";

/// Whether an address could be the return of a sign-in to `returns_to`: for a page where it is pasted, to say so
/// before it is handed in.
pub fn is_return(address: &str, returns_to: &str) -> bool {
    !matches!(read_return(address, returns_to, ""), Return::Nothing)
}

/// What an address is that the application was opened with.
enum Return {
    /// It belongs to this sign-in.
    Ours(Callback),
    /// A return with another state: of an older attempt, or anybody's.
    Another,
    /// No return at all.
    Nothing,
}

/// What an address brings.
fn read_return(address: &str, returns_to: &str, state: &str) -> Return {
    let (Ok(address), Ok(expected)) = (Url::parse(address.trim()), Url::parse(returns_to)) else {
        return Return::Nothing;
    };
    // Browsers and systems add a slash to an empty path, and `scheme://callback` for `scheme:/callback`.
    let place = |url: &Url| {
        let path = format!("{}{}", url.host_str().unwrap_or_default(), url.path());
        (url.scheme().to_owned(), url.port_or_known_default(), path.trim_matches('/').to_owned())
    };
    if place(&address) != place(&expected) {
        return Return::Nothing;
    }
    let pairs: Vec<(String, String)> = address.query_pairs().into_owned().collect();
    let field = |name: &str| {
        pairs.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.clone())
    };
    let (code, error) = (field("code"), field("error"));
    if code.is_none() && error.is_none() {
        return Return::Nothing;
    }
    if !same(&field("state").unwrap_or_default(), state) {
        return Return::Another;
    }
    Return::Ours(if let Some(error) = error {
        Callback::Error { error, description: field("error_description") }
    } else {
        let code = SecretString::from(code.unwrap_or_default());
        Callback::Code { code, issuer: field("iss") }
    })
}

/// Only reading is ever asked for.
fn usual_scopes(v2: bool) -> Vec<String> {
    let read = if v2 { "patient/*.rs" } else { "patient/*.read" };
    ["launch/patient", "openid", "fhirUser", "offline_access", read].map(str::to_owned).to_vec()
}

/// Where an attempt is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// The browser is being opened at the provider's page, and its return is waited for.
    WaitingForSignIn {
        /// The page: to open it again, or to copy it.
        url: Url,
        /// Its host, to show.
        host: String,
    },
    /// Trading the code for a token.
    Finishing,
}

/// Why a sign-in ended without a grant. One variant per thing the user can act on. After any of them the port is
/// free and nothing is kept.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The patient (or the portal) said no.
    #[error("the sign-in was declined at {host}")]
    Denied {
        /// The sign-in page's host.
        host: String,
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// The user stopped it here.
    #[error("the sign-in was cancelled")]
    Cancelled,
    /// The browser did not come back in time.
    #[error("the browser did not come back from {host} in time")]
    TimedOut {
        /// The sign-in page's host.
        host: String,
    },
    /// The callback names another server than the one asked (RFC 9207).
    #[error("the sign-in came back from another server than {host}")]
    WrongIssuer {
        /// The sign-in page's host.
        host: String,
    },
    /// No browser could be opened.
    #[error("no browser could be opened")]
    BrowserFailed,
    /// Other programs listen at all the addresses that the browser may return to.
    #[error("none of the ports for the browser's return is free")]
    NoPort {
        /// The redirect addresses tried; empty where any port would have done.
        redirects: Vec<String>,
    },
    /// The server does not know this client id, or does not let it in.
    #[error("{host} does not know this application's client id")]
    UnknownClient {
        /// The server's host.
        host: String,
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// The server knows the client but not this secret.
    #[error("{host} does not accept this application's client secret")]
    WrongSecret {
        /// The server's host.
        host: String,
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// The server lets this client in with a secret only, and there is none.
    #[error("{host} wants a client secret")]
    SecretMissing {
        /// The server's host.
        host: String,
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// The private key cannot be used: nothing was sent.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The server does not know the address whose records are asked for (`aud`), with a slash at its end or without.
    #[error("{host} does not accept the address {aud} for the records")]
    AudienceRefused {
        /// The server's host.
        host: String,
        /// The address as it was typed.
        aud: String,
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// The server wants the patient to do something at its own pages first: sign in there, or agree.
    #[error("{host} wants the patient to sign in at its own pages first")]
    LoginNeeded {
        /// The server's host.
        host: String,
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// The server does not let the browser return to this address: it has to be registered.
    #[error("{host} does not accept the redirect address {redirect}")]
    RedirectRefused {
        /// The server's host.
        host: String,
        /// The exact address to register.
        redirect: String,
        /// The addresses that come before it, which may well be registered: other programs listen there now.
        taken: Vec<String>,
    },
    /// The server refuses what was asked for.
    #[error("{host} refuses the scopes that were asked for")]
    ScopeRefused {
        /// The server's host.
        host: String,
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// The server is in trouble of its own; later may work.
    #[error("{host} cannot do this now")]
    Temporary {
        /// The server's host.
        host: String,
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// Any other refusal.
    #[error("{host} refused the sign-in ({error})")]
    Server {
        /// The server's host.
        host: String,
        /// The OAuth error code, cleaned.
        error: String,
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// The token endpoint answered something that no token endpoint sends.
    #[error("{host} answered something that is not a sign-in (status {status})")]
    NotJson {
        /// The token endpoint's host.
        host: String,
        /// HTTP status.
        status: u16,
    },
    /// The id token is not for this sign-in.
    #[error("the sign-in could not be trusted: {0}")]
    IdToken(&'static str),
    /// On the way to the token endpoint.
    #[error(transparent)]
    Http(#[from] HttpError),
}

/// Signs in. `open_browser` is given the provider's page and must not wait for it; `stage` is told where things are.
/// Dropping the future or cancelling frees the port. When the server refuses the scopes and lists others, the browser
/// is opened once more with those of ours that it lists.
pub async fn sign_in<E: fmt::Debug>(
    http: &Http,
    request: &SignInRequest,
    open_browser: impl Fn(&Url) -> Result<(), E>,
    stage: impl Fn(Stage),
    cancel: CancellationToken,
) -> Result<Grant, SignInError> {
    // Nobody hands anything in: an address elsewhere cannot be waited for.
    let request = SignInRequest { returns_to: None, ..request.clone() };
    let (_, nothing) = mpsc::channel(1);
    sign_in_with(http, &request, open_browser, stage, nothing, cancel).await
}

/// The same where the browser may come back elsewhere ([`SignInRequest::returns_to`]): `returned` is given every
/// address that the application is opened with or that the user pastes. What is not this sign-in's is passed over, see
/// [`is_return`]; with the loopback redirect it is not looked at.
pub async fn sign_in_with<E: fmt::Debug>(
    http: &Http,
    request: &SignInRequest,
    open_browser: impl Fn(&Url) -> Result<(), E>,
    stage: impl Fn(Stage),
    mut returned: mpsc::Receiver<String>,
    cancel: CancellationToken,
) -> Result<Grant, SignInError> {
    let deadline = tokio::time::Instant::now() + request.timeout;
    let host = host_of(&request.authorize);
    if let Some(key) = request.client.secret.as_ref().filter(|secret| is_private_key(secret)) {
        // Before anybody has typed a password.
        check_key(key)?;
    }
    let whole = async {
        let mut request = request.clone();
        let mut scopes = request.scopes.clone();
        let mut outcome = attempt(http, &request, &scopes, &open_browser, &stage, &mut returned).await;
        if let Err(SignInError::AudienceRefused { .. }) = &outcome {
            // Servers compare the address byte by byte; practices hand it out with a slash at its end and without.
            let typed = std::mem::take(&mut request.aud);
            request.aud = other_form(&typed);
            outcome = attempt(http, &request, &scopes, &open_browser, &stage, &mut returned).await;
            if let Err(SignInError::AudienceRefused { host, words, .. }) = outcome {
                return Err(SignInError::AudienceRefused { host, aud: typed, words });
            }
        }
        let Err(SignInError::ScopeRefused { host, words }) = outcome else { return outcome };
        let narrower = within(&scopes, &request.scopes_supported);
        if narrower == scopes || !narrower.iter().any(|scope| opens_records(scope)) {
            return Err(SignInError::ScopeRefused { host, words });
        }
        scopes = narrower;
        attempt(http, &request, &scopes, &open_browser, &stage, &mut returned).await
    };
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(SignInError::Cancelled),
        outcome = whole => outcome,
        () = tokio::time::sleep_until(deadline) => Err(SignInError::TimedOut { host }),
    }
}

async fn attempt<E: fmt::Debug>(
    http: &Http,
    request: &SignInRequest,
    scopes: &[String],
    open_browser: &impl Fn(&Url) -> Result<(), E>,
    stage: &impl Fn(Stage),
    returned: &mut mpsc::Receiver<String>,
) -> Result<Grant, SignInError> {
    check_address(&request.authorize)?;
    check_address(&request.token)?;
    let host = host_of(&request.authorize);
    let (listener, redirect) = if let Some(address) = &request.returns_to {
        (None, Redirect { address: address.clone(), taken: Vec::new() })
    } else {
        let listener = Listener::bind(&request.redirect_ports).await.map_err(|_| SignInError::NoPort {
            redirects: request.redirect_ports.iter().map(|port| redirect_at(*port)).collect(),
        })?;
        let redirect = Redirect { address: listener.redirect_uri(), taken: listener.taken() };
        (Some(listener), redirect)
    };
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let pkce = !request.quirks.has(Quirk::OmitPkce);
    let nonce = scopes.iter().any(|scope| scope == "openid").then(random);
    let page = |state: String| -> Result<Url, SignInError> {
        let client = BasicClient::new(ClientId::new(request.client.id.clone()))
            .set_auth_uri(AuthUrl::from_url(request.authorize.clone()))
            .set_redirect_uri(RedirectUrl::new(redirect.address.clone()).map_err(|_| HttpError::BadAddress)?);
        let mut authorization = client.authorize_url(|| CsrfToken::new(state));
        if !request.quirks.has(Quirk::OmitScope) {
            authorization = authorization.add_scopes(scopes.iter().cloned().map(Scope::new));
        }
        if !request.quirks.has(Quirk::OmitAud) {
            authorization = authorization.add_extra_param("aud", request.aud.clone());
        }
        if request.quirks.has(Quirk::OfflineNeedsConsent) && scopes.iter().any(|s| s == "offline_access") {
            authorization = authorization.add_extra_param("prompt", "consent");
        }
        if let Some(nonce) = &nonce {
            authorization = authorization.add_extra_param("nonce", nonce.clone());
        }
        if pkce {
            authorization = authorization.set_pkce_challenge(challenge.clone());
        }
        Ok(authorization.url().0)
    };

    // Servers must not redirect to an address or a client they do not know (RFC 6749 §4.1.2.1): they show an error
    // page, and the browser never comes back. Asking once ahead, with a state of its own, tells the user here what
    // that page says. Only clear words count; whatever else comes is left to the browser.
    let asked = Asked { request, redirect: &redirect, at_token_endpoint: false };
    if let Some(error) = look_ahead(http, page(random())?, &host, &asked).await {
        return Err(error);
    }

    let sent_state = random();
    let url = http.present(page(sent_state.clone())?);
    tracing::info!("sign-in: opening the browser");
    stage(Stage::WaitingForSignIn { url: url.clone(), host: host.clone() });
    open_browser(&url).map_err(|_| SignInError::BrowserFailed)?;
    let callback = match listener {
        Some(listener) => listener
            .callback(&sent_state, &request.words)
            .await
            .map_err(|_| SignInError::NoPort { redirects: Vec::new() })?,
        None => loop {
            let address = returned.recv().await.ok_or(SignInError::Cancelled)?;
            // Anybody can open an address of the application's scheme: what is not ours ends nothing.
            match read_return(&address, &redirect.address, &sent_state) {
                Return::Ours(callback) => break callback,
                Return::Another | Return::Nothing => {}
            }
        },
    };
    let code = match callback {
        Callback::Error { error, description } => {
            let asked = Asked { request, redirect: &redirect, at_token_endpoint: false };
            return Err(refusal(&error, description.as_deref(), host, &asked));
        }
        Callback::Code { code, issuer } => {
            let right = match (&request.issuer, issuer) {
                (Some(expected), Some(came)) => base_key(expected) == base_key(&came),
                (Some(_), None) => !request.names_issuer,
                (None, _) => true,
            };
            if !right {
                return Err(SignInError::WrongIssuer { host });
            }
            code
        }
    };
    stage(Stage::Finishing);
    finish(http, request, &code, pkce.then_some(verifier.secret().as_str()), &redirect, nonce.as_deref())
        .await
}

async fn finish(
    http: &Http,
    request: &SignInRequest,
    code: &SecretString,
    verifier: Option<&str>,
    redirect: &Redirect,
    nonce: Option<&str>,
) -> Result<Grant, SignInError> {
    let what = Trade::Code { code, verifier, redirect: &redirect.address, nonce };
    trade(http, &request.token, &request.client, request.post_secret, &request.quirks, what, http.now())
        .await
        .map_err(|failure| {
            let host = host_of(&request.token);
            match failure {
                TokenFailure::Http(error) => error.into(),
                TokenFailure::IdToken(why) => SignInError::IdToken(why),
                TokenFailure::Key(error) => error.into(),
                TokenFailure::NotJson { status: 429 | 500.., host, words } => {
                    SignInError::Temporary { host, words }
                }
                TokenFailure::NotJson { status: 401, host, words } => match request.client.secret {
                    Some(_) => SignInError::WrongSecret { host, words },
                    None => SignInError::SecretMissing { host, words },
                },
                TokenFailure::NotJson { status, host, .. } => SignInError::NotJson { host, status },
                TokenFailure::Refused { error, words } => {
                    let asked = Asked { request, redirect, at_token_endpoint: true };
                    refusal(&error, words.as_deref(), host, &asked)
                }
            }
        })
}

/// Where the browser is to come back to.
struct Redirect {
    address: String,
    /// Preferred to it, and not free.
    taken: Vec<String>,
}

/// What was asked when a server refused.
struct Asked<'a> {
    request: &'a SignInRequest,
    redirect: &'a Redirect,
    at_token_endpoint: bool,
}

impl Asked<'_> {
    fn redirect_refused(&self, host: String) -> SignInError {
        let Redirect { address, taken } = self.redirect;
        SignInError::RedirectRefused { host, redirect: address.clone(), taken: taken.clone() }
    }
}

/// What an OAuth error means for the user.
fn refusal(error: &str, description: Option<&str>, host: String, asked: &Asked<'_>) -> SignInError {
    let words = description.map(server_words).filter(|words| !words.is_empty());
    let lower = words.as_deref().unwrap_or_default().to_ascii_lowercase();
    let says = |signs: &[&str]| signs.iter().any(|sign| lower.contains(sign));
    let has_secret = asked.request.client.secret.is_some();
    let about_redirect = lower.contains("redirect");
    let about_audience =
        lower.contains("audience") || lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == "aud");
    let wants_secret = asked.at_token_endpoint
        && !has_secret
        && says(&[
            "basic auth",
            "client_secret",
            "client secret",
            "confidential",
            "client auth",
            "client cred",
            "client_assertion",
        ]);
    match error {
        "access_denied" => SignInError::Denied { host, words },
        // The sign-in page knew the client: what is missing here is what shows that it is the client.
        "invalid_client" if asked.at_token_endpoint && !has_secret => {
            SignInError::SecretMissing { host, words }
        }
        "invalid_request" | "unauthorized_client" | "invalid_grant" if wants_secret => {
            SignInError::SecretMissing { host, words }
        }
        "invalid_client" if asked.at_token_endpoint => SignInError::WrongSecret { host, words },
        "invalid_client" | "unauthorized_client" => SignInError::UnknownClient { host, words },
        "invalid_scope" => SignInError::ScopeRefused { host, words },
        "redirect_uri_mismatch" | "invalid_redirect_uri" => asked.redirect_refused(host),
        "invalid_request" | "invalid_grant" if about_redirect => asked.redirect_refused(host),
        // RFC 8707 §2: the resource that is asked for, which SMART calls `aud`.
        "invalid_target" | "invalid_resource" => {
            SignInError::AudienceRefused { host, aud: asked.request.aud.clone(), words }
        }
        _ if about_audience && !asked.at_token_endpoint => {
            SignInError::AudienceRefused { host, aud: asked.request.aud.clone(), words }
        }
        "login_required" | "interaction_required" | "consent_required" | "account_selection_required" => {
            SignInError::LoginNeeded { host, words }
        }
        "temporarily_unavailable" | "server_error" => SignInError::Temporary { host, words },
        _ => SignInError::Server { host, error: server_words(error), words },
    }
}

/// The address with a slash at its end, or without the one it has.
fn other_form(address: &str) -> String {
    match address.strip_suffix('/') {
        Some(without) => without.to_owned(),
        None => format!("{address}/"),
    }
}

/// Those of our scopes that the server lists; where none of them opens records, the listed ones that read them. Nothing
/// that could write is ever asked for.
fn within(scopes: &[String], supported: &[String]) -> Vec<String> {
    let mut listed: Vec<String> = scopes.iter().filter(|scope| supported.contains(scope)).cloned().collect();
    if listed.iter().any(|scope| opens_records(scope)) {
        return listed;
    }
    let reads = |scope: &&String| {
        let rights = scope.rsplit('.').next().unwrap_or_default();
        matches!(rights, "read" | "rs" | "r" | "s")
    };
    for whole in ["patient/*.", "user/*."] {
        if let Some(one) = supported.iter().filter(reads).find(|scope| scope.starts_with(whole)) {
            listed.push(one.clone());
            return listed;
        }
    }
    listed.extend(supported.iter().filter(reads).filter(|scope| scope.starts_with("patient/")).cloned());
    listed
}

/// Asks for the sign-in page ahead of the browser.
async fn look_ahead(http: &Http, url: Url, host: &str, asked: &Asked<'_>) -> Option<SignInError> {
    const LIMIT: usize = 256 << 10;
    let request =
        http.request(Method::GET, url).ok()?.header("accept", "text/html").timeout(Duration::from_secs(10));
    let reply = http.send(request.build().ok()?, LIMIT, Purpose::SignIn, &asked.request.authorize).await;
    let reply = match reply {
        Ok(reply) => reply,
        // The browser would only show the same in its own words.
        Err(error @ (HttpError::UnknownHost { .. } | HttpError::Refused { .. } | HttpError::Tls { .. })) => {
            return Some(error.into());
        }
        Err(_) => return None,
    };
    if let Some(error) = sent_back(&reply, host, asked) {
        return Some(error);
    }
    if !matches!(reply.status, 400 | 401 | 403) {
        return None;
    }
    let text = String::from_utf8_lossy(&reply.body).into_owned();
    let lower = server_words_long(&text).to_ascii_lowercase();
    let host = host.to_owned();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if says(&["redirect_uri", "redirect uri", "redirect url", "redirect address"]) {
        Some(asked.redirect_refused(host))
    } else if says(&[
        "invalid_client",
        "unauthorized_client",
        "client_id",
        "client id",
        "unknown client",
        "invalid client",
    ]) {
        Some(SignInError::UnknownClient { host, words: None })
    } else {
        None
    }
}

/// A server that does not know the address of the records may send the browser back at once. Other refusals may be about
/// nobody being signed in here: those are the browser's.
fn sent_back(reply: &Reply, host: &str, asked: &Asked<'_>) -> Option<SignInError> {
    let location = reply.headers.get(LOCATION).and_then(|value| value.to_str().ok())?;
    let url = Url::parse(location).ok().filter(|_| location.starts_with(&asked.redirect.address))?;
    let field =
        |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let error = refusal(&field("error")?, field("error_description").as_deref(), host.to_owned(), asked);
    matches!(error, SignInError::AudienceRefused { .. }).then_some(error)
}

/// The text of a page, longer than what is ever shown.
fn server_words_long(text: &str) -> String {
    crate::words::without_markup(text)
}

/// 256 random bits as base64url: some servers spoil other characters in `state`.
fn random() -> String {
    CsrfToken::new_random_len(32).secret().clone()
}
