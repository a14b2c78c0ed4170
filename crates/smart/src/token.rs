//! The token endpoint: trading a code, refreshing, revoking.
//!
//! oauth2 builds the requests and reads the answers; [`Adapter`] stands between it and the server and turns what
//! servers send into what RFC 6749 §5 describes, because oauth2 is strict where servers are not.

use std::future::Future;
use std::pin::Pin;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use oauth2::basic::{BasicErrorResponse, BasicErrorResponseType, BasicTokenType};
use oauth2::{
    AsyncHttpClient, AuthType, AuthorizationCode, ClientId, ClientSecret, ExtraTokenFields, HttpRequest,
    HttpResponse, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, StandardErrorResponse,
    StandardTokenResponse, TokenResponse, TokenUrl,
};
use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::card::{Quirk, Quirks};
use crate::discover::Endpoints;
use crate::gate::Purpose;
use crate::http::{Http, HttpError, check_address, host_of};
use crate::keys::{KeyError, assertion, is_private_key};
use crate::words::server_words;

/// The application as a provider's server knows it. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct Client {
    /// Client id.
    pub id: String,
    /// Present for a confidential client: its secret, or its private key in PEM (see [`crate::is_private_key`]).
    pub secret: Option<SecretString>,
}

/// What a sign-in or a refresh gave. `Debug` shows no token.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Bearer token.
    pub access_token: SecretString,
    /// `None` when the server gives none: then the patient signs in anew when the access token ends.
    pub refresh_token: Option<SecretString>,
    /// When the access token ends; an hour after it came where the server does not say.
    pub expires_at: DateTime<Utc>,
    /// Scopes granted, as sent: may be fewer than were asked for. `None` when the server left it out, which means
    /// that all were granted (RFC 6749 §5.1).
    pub scope: Option<String>,
    /// The patient's id, where the token response names it.
    pub patient: Option<String>,
    /// `fhirUser` (or the older `profile`) of the id token.
    pub fhir_user: Option<String>,
}

impl Grant {
    /// Whether it opens records at all. False where the scopes that were granted only say who signed in.
    pub fn opens_records(&self) -> bool {
        let scope = self.scope.as_deref().unwrap_or_default();
        scope.trim().is_empty() || scope.split_whitespace().any(opens_records)
    }
}

/// Whether a scope may open records: those that only say who signs in open none.
pub(crate) fn opens_records(scope: &str) -> bool {
    !matches!(
        scope,
        "openid" | "profile" | "email" | "fhirUser" | "offline_access" | "online_access" | "launch"
    ) && !scope.starts_with("launch/")
}

/// RFC 7523 §2.2.
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What no other assertion has.
fn once() -> String {
    oauth2::CsrfToken::new_random_len(16).secret().clone()
}

/// Longest answer of a token endpoint.
const LIMIT: usize = 1 << 20;
/// Where a server does not say how long a token lives.
const USUAL_LIFE: TimeDelta = TimeDelta::hours(1);

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct SmartFields {
    #[serde(default)]
    patient: Option<Value>,
    #[serde(default)]
    id_token: Option<Value>,
}
impl ExtraTokenFields for SmartFields {}

type SmartTokenResponse = StandardTokenResponse<SmartFields, BasicTokenType>;
type SmartClient<Token> = oauth2::Client<
    BasicErrorResponse,
    SmartTokenResponse,
    oauth2::basic::BasicTokenIntrospectionResponse,
    oauth2::StandardRevocableToken,
    oauth2::basic::BasicRevocationErrorResponse,
    oauth2::EndpointNotSet,
    oauth2::EndpointNotSet,
    oauth2::EndpointNotSet,
    oauth2::EndpointNotSet,
    Token,
>;

/// Why the token endpoint gave nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TokenFailure {
    #[error(transparent)]
    Http(#[from] HttpError),
    /// An OAuth error with the server's cleaned words.
    #[error("the server answered {error}")]
    Refused { error: String, words: Option<String> },
    /// Neither a token nor an OAuth error.
    #[error("the server's answer (status {status}) is not what a token endpoint sends")]
    NotJson { status: u16, host: String, words: Option<String> },
    #[error("the server's answer could not be checked: {0}")]
    IdToken(&'static str),
    /// Nothing was sent.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// What is traded for a token.
pub(crate) enum Trade<'a> {
    Code { code: &'a SecretString, verifier: Option<&'a str>, redirect: &'a str, nonce: Option<&'a str> },
    Refresh { token: &'a SecretString },
}

/// One trade. A second request is only ever made after a definite "this request is malformed", never blindly.
pub(crate) async fn trade(
    http: &Http,
    token_endpoint: &Url,
    client: &Client,
    post_secret: bool,
    quirks: &Quirks,
    what: Trade<'_>,
    now: DateTime<Utc>,
) -> Result<Grant, TokenFailure> {
    check_address(token_endpoint)?;
    let first = attempt(http, token_endpoint, client, post_secret, false, &what, now).await;
    let answer = match first {
        Err(TokenFailure::Refused { ref error, .. })
            if error == "invalid_request" && quirks.has(Quirk::TokenParamsInQueryFallback) =>
        {
            attempt(http, token_endpoint, client, true, true, &what, now).await
        }
        other => other,
    }?;
    let nonce = match what {
        Trade::Code { nonce, .. } => nonce,
        Trade::Refresh { .. } => None,
    };
    let extra = answer.extra_fields();
    let text = |value: &Option<Value>| match value {
        Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let fhir_user = match text(&extra.id_token) {
        Some(id_token) => fhir_user(&id_token, &client.id, nonce)?,
        None => None,
    };
    let life = answer.expires_in().and_then(|life| TimeDelta::from_std(life).ok()).unwrap_or(USUAL_LIFE);
    Ok(Grant {
        access_token: SecretString::from(answer.access_token().secret().clone()),
        refresh_token: answer
            .refresh_token()
            .map(|token| SecretString::from(token.secret().clone()))
            .filter(|token| !token.expose_secret().is_empty()),
        expires_at: now.checked_add_signed(life.min(TimeDelta::days(3650))).unwrap_or(now),
        scope: answer
            .scopes()
            .map(|scopes| scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ")),
        patient: text(&extra.patient).map(|id| id.rsplit('/').next().unwrap_or(&id).to_owned()),
        fhir_user,
    })
}

async fn attempt(
    http: &Http,
    token_endpoint: &Url,
    client: &Client,
    post_secret: bool,
    params_in_query: bool,
    what: &Trade<'_>,
    now: DateTime<Utc>,
) -> Result<SmartTokenResponse, TokenFailure> {
    let key = client.secret.as_ref().filter(|secret| is_private_key(secret));
    let post_secret = post_secret || key.is_some();
    let mut oauth: SmartClient<oauth2::EndpointSet> = SmartClient::new(ClientId::new(client.id.clone()))
        .set_token_uri(TokenUrl::from_url(token_endpoint.clone()))
        .set_auth_type(if post_secret { AuthType::RequestBody } else { AuthType::BasicAuth });
    if let Some(secret) = client.secret.as_ref().filter(|_| key.is_none()) {
        oauth = oauth.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned()));
    }
    let shown = match key {
        Some(key) => Some(assertion(key, &client.id, token_endpoint.as_str(), now, &once())?),
        None => None,
    };
    let shown: Vec<(&str, &str)> = match &shown {
        Some(shown) => {
            vec![("client_assertion_type", ASSERTION_TYPE), ("client_assertion", shown.expose_secret())]
        }
        None => Vec::new(),
    };
    let why = match what {
        Trade::Code { .. } => Purpose::SignIn,
        Trade::Refresh { .. } => Purpose::Renewal,
    };
    let adapter = Adapter { http, params_in_query, why, named: token_endpoint };
    let outcome = match what {
        Trade::Code { code, verifier, redirect, .. } => {
            let redirect = RedirectUrl::new((*redirect).to_owned()).map_err(|_| HttpError::BadAddress)?;
            let oauth = oauth.set_redirect_uri(redirect);
            let mut request = oauth.exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()));
            if let Some(verifier) = verifier {
                request = request.set_pkce_verifier(PkceCodeVerifier::new((*verifier).to_owned()));
            }
            for (name, value) in &shown {
                request = request.add_extra_param(*name, *value);
            }
            request.request_async(&adapter).await
        }
        Trade::Refresh { token } => {
            let token = RefreshToken::new(token.expose_secret().to_owned());
            let mut request = oauth.exchange_refresh_token(&token);
            for (name, value) in &shown {
                request = request.add_extra_param(*name, *value);
            }
            request.request_async(&adapter).await
        }
    };
    let host = host_of(token_endpoint);
    outcome.map_err(|error| match error {
        RequestTokenError::ServerResponse(error) => refused(&error),
        RequestTokenError::Request(AdapterError::Http(error)) => TokenFailure::Http(error),
        RequestTokenError::Request(AdapterError::NotJson { status, words }) => {
            TokenFailure::NotJson { status, host, words }
        }
        RequestTokenError::Request(AdapterError::Build) => TokenFailure::Http(HttpError::BadAddress),
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            TokenFailure::NotJson { status: 200, host, words: None }
        }
    })
}

fn refused(error: &StandardErrorResponse<BasicErrorResponseType>) -> TokenFailure {
    TokenFailure::Refused {
        error: error.error().as_ref().to_owned(),
        words: error.error_description().map(|words| server_words(words)).filter(|words| !words.is_empty()),
    }
}

#[derive(Debug, thiserror::Error)]
enum AdapterError {
    #[error(transparent)]
    Http(#[from] HttpError),
    #[error("status {status} without JSON")]
    NotJson { status: u16, words: Option<String> },
    #[error("the request could not be made")]
    Build,
}

/// Sends oauth2's requests, and mends answers: an error in a 200, a token in a 201, `expires_in` as text, a missing
/// or strange `Content-Type`, a missing `token_type`, `scope` as a list.
struct Adapter<'a> {
    http: &'a Http,
    params_in_query: bool,
    why: Purpose,
    named: &'a Url,
}

impl<'c> AsyncHttpClient<'c> for Adapter<'_> {
    type Error = AdapterError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, AdapterError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let (mut parts, mut body) = request.into_parts();
            if self.params_in_query {
                let mut url = Url::parse(&parts.uri.to_string()).map_err(|_| AdapterError::Build)?;
                for (name, value) in url::form_urlencoded::parse(&body) {
                    url.query_pairs_mut().append_pair(&name, &value);
                }
                parts.uri = url.as_str().parse().map_err(|_| AdapterError::Build)?;
                body.clear();
            }
            let request = oauth2::http::Request::from_parts(parts, body);
            let request = reqwest::Request::try_from(request).map_err(|_| AdapterError::Build)?;
            let reply = self.http.send(request, LIMIT, self.why, self.named).await?;
            mend(reply.status, &reply.body)
        })
    }
}

/// RFC 6749 §5.2, and what says that a server is in trouble.
fn is_oauth_error(code: &str) -> bool {
    matches!(
        code,
        "invalid_request"
            | "invalid_client"
            | "invalid_grant"
            | "unauthorized_client"
            | "unsupported_grant_type"
            | "invalid_scope"
            | "access_denied"
            | "temporarily_unavailable"
            | "server_error"
            | "slow_down"
    )
}

fn shown(text: &str) -> Option<String> {
    Some(server_words(text)).filter(|words| !words.is_empty())
}

/// The words of an answer in JSON that is neither a token nor an OAuth error: problem details, a gateway's own form, an
/// OperationOutcome.
fn words_in(answer: &serde_json::Map<String, Value>) -> Option<String> {
    const MEMBERS: [&str; 6] = ["error_description", "message", "detail", "errorMessage", "title", "error"];
    let said = MEMBERS.iter().find_map(|name| {
        let value = answer.get(*name)?;
        value.as_str().or_else(|| value["message"].as_str())
    });
    let issue = || answer.get("issue")?.as_array()?.first();
    let said = said.or_else(|| {
        let issue = issue()?;
        issue["diagnostics"].as_str().or_else(|| issue["details"]["text"].as_str())
    });
    said.and_then(shown)
}

fn mend(status: u16, body: &[u8]) -> Result<HttpResponse, AdapterError> {
    let not_json = |words: Option<String>| AdapterError::NotJson { status, words };
    let Ok(Value::Object(mut answer)) = serde_json::from_slice::<Value>(body) else {
        return Err(not_json(shown(&String::from_utf8_lossy(body))));
    };
    let error = match answer.get("error") {
        // A server in trouble, whatever it calls it: not the grant's end.
        Some(Value::String(code)) if matches!(status, 429 | 500..) && !is_oauth_error(code) => {
            return Err(not_json(words_in(&answer)));
        }
        Some(Value::String(_)) => true,
        Some(_) => return Err(not_json(words_in(&answer))),
        None => false,
    };
    let has_token =
        answer.get("access_token").is_some_and(|token| token.as_str().is_some_and(|text| !text.is_empty()));
    let granted = has_token && (200..300).contains(&status);
    if !error && !granted {
        return Err(not_json(words_in(&answer)));
    }
    if let Some(Value::String(text)) = answer.get("expires_in") {
        let seconds = text.trim().parse::<u64>().ok();
        answer.insert("expires_in".into(), seconds.map_or(Value::Null, Value::from));
    } else if let Some(Value::Number(number)) = answer.get("expires_in") {
        // Some servers send 3600.0, some a negative number for "already over".
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to whole seconds from 0 on"
        )]
        let seconds = number.as_f64().map(|seconds| seconds.max(0.0) as u64);
        answer.insert("expires_in".into(), seconds.map_or(Value::Null, Value::from));
    }
    if let Some(Value::Array(scopes)) = answer.get("scope") {
        let scopes: Vec<&str> = scopes.iter().filter_map(Value::as_str).collect();
        let scopes = scopes.join(" ");
        answer.insert("scope".into(), scopes.into());
    }
    for name in ["token_type", "scope", "refresh_token", "error_description", "error_uri"] {
        if answer.get(name).is_some_and(|value| !value.is_string()) {
            answer.remove(name);
        }
    }
    if !error {
        answer.entry("token_type").or_insert_with(|| "Bearer".into());
    }
    oauth2::http::Response::builder()
        .status(if error { 400 } else { 200 })
        .header("content-type", "application/json")
        .body(Value::Object(answer).to_string().into_bytes())
        .map_err(|_| AdapterError::Build)
}

/// The claims of a JWT, unverified: it came over TLS from the token endpoint itself (OpenID Connect Core §3.1.3.7).
pub(crate) fn claims(jwt: &str) -> Option<Value> {
    let payload = jwt.split('.').nth(1)?.trim_end_matches('=');
    let bytes = URL_SAFE_NO_PAD.decode(payload).or_else(|_| STANDARD_NO_PAD.decode(payload)).ok()?;
    serde_json::from_slice(&bytes).ok().filter(Value::is_object)
}

/// `fhirUser`, or the older `profile`, of an id token made for this client and this sign-in. `iss` is not compared:
/// vendors publish two issuers for one server.
fn fhir_user(id_token: &str, client_id: &str, nonce: Option<&str>) -> Result<Option<String>, TokenFailure> {
    let Some(claims) = claims(id_token) else { return Ok(None) };
    let for_us = match &claims["aud"] {
        Value::String(one) => one == client_id,
        Value::Array(many) => many.iter().any(|one| one.as_str() == Some(client_id)),
        Value::Null => true,
        _ => false,
    };
    if !for_us {
        return Err(TokenFailure::IdToken("the id token is for another application"));
    }
    if let (Some(sent), Some(came)) = (nonce, claims["nonce"].as_str())
        && sent != came
    {
        return Err(TokenFailure::IdToken("the id token is of another sign-in"));
    }
    let claim = |name: &str| claims[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    Ok(claim("fhirUser").or_else(|| claim("profile")))
}

/// What is needed to refresh.
#[derive(Debug, Clone)]
pub struct RefreshRequest {
    /// Token endpoint.
    pub token: Url,
    /// The application.
    pub client: Client,
    /// Send the secret in the body.
    pub post_secret: bool,
    /// The server's manners.
    pub quirks: Quirks,
    /// The refresh token.
    pub refresh_token: SecretString,
}

impl RefreshRequest {
    /// From what a connection knows.
    pub fn new(endpoints: &Endpoints, client: Client, quirks: &Quirks, refresh_token: SecretString) -> Self {
        Self {
            token: endpoints.token.clone(),
            post_secret: endpoints.post_secret(quirks),
            quirks: quirks.clone(),
            client,
            refresh_token,
        }
    }
}

/// Why there is no new token.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// The server refuses to go on with this grant: it has ended, was revoked, or is no longer understood. Only a new
    /// sign-in helps.
    #[error("the sign-in has ended")]
    SignInNeeded {
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// The server does not know the application any more, or its secret is wrong.
    #[error("the provider's server no longer accepts this application ({error})")]
    ClientRefused {
        /// The OAuth error code.
        error: String,
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// The server was not reached, or answered that it did nothing. The same refresh token may be tried again.
    #[error("the provider's server could not renew the sign-in now")]
    Temporary {
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// The token endpoint's host cannot be found or does not listen: nothing was sent.
    #[error("{host} cannot be reached")]
    Unreachable {
        /// The host.
        host: String,
    },
    /// The request may have been seen and its answer was lost: the refresh token may be spent. Trying it again at once
    /// would look like theft to a server that rotates; once, later, is the only way to find out.
    #[error("the provider's answer to renewing the sign-in was lost")]
    Lost {
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// The server answered something else.
    #[error("the provider's server did not renew the sign-in (status {status})")]
    Server {
        /// HTTP status.
        status: u16,
        /// The server's cleaned words.
        words: Option<String>,
    },
}

impl RefreshError {
    /// What the server said, or the status of its answer.
    pub fn words(&self) -> Option<String> {
        match self {
            Self::SignInNeeded { words }
            | Self::ClientRefused { words, .. }
            | Self::Temporary { words }
            | Self::Lost { words } => words.clone(),
            Self::Server { status, words } => words.clone().or_else(|| Some(status.to_string())),
            Self::Unreachable { .. } => None,
        }
    }
}

/// Trades a refresh token for a new grant. One request, never tried again here: a rotated token that got lost on the
/// way must not be spent twice. The caller keeps refreshes of one connection one after another, and stores the new
/// tokens before using them. The old refresh token stays in the grant when the server sends no new one. `now` is the
/// moment before the request.
pub async fn refresh(
    http: &Http,
    request: &RefreshRequest,
    now: DateTime<Utc>,
) -> Result<Grant, RefreshError> {
    let what = Trade::Refresh { token: &request.refresh_token };
    let traded =
        trade(http, &request.token, &request.client, request.post_secret, &request.quirks, what, now).await;
    match traded {
        Ok(mut grant) => {
            if grant.refresh_token.is_none() {
                grant.refresh_token = Some(request.refresh_token.clone());
            }
            Ok(grant)
        }
        Err(TokenFailure::Refused { error, words }) => Err(match error.as_str() {
            "invalid_client" | "unauthorized_client" => RefreshError::ClientRefused { error, words },
            "temporarily_unavailable" | "server_error" | "slow_down" => RefreshError::Temporary { words },
            // `invalid_grant` is the standard's word. Servers say the same as `invalid_request` ("expired"),
            // `invalid_scope`, `access_denied` ("consent was revoked"): each is a refusal that stays.
            _ => RefreshError::SignInNeeded { words: words.or(Some(error)) },
        }),
        Err(TokenFailure::NotJson { status: 408 | 425 | 429 | 503, words, .. }) => {
            Err(RefreshError::Temporary { words })
        }
        Err(TokenFailure::NotJson { status: 400 | 401 | 403, words, .. }) => {
            Err(RefreshError::SignInNeeded { words })
        }
        Err(TokenFailure::NotJson { status: 500.., words, .. }) => Err(RefreshError::Lost { words }),
        Err(TokenFailure::NotJson { status, words, .. }) => Err(RefreshError::Server { status, words }),
        Err(TokenFailure::Http(error)) => Err(match error {
            HttpError::TimedOut { .. } | HttpError::Interrupted { .. } | HttpError::TooLarge { .. } => {
                RefreshError::Lost { words: None }
            }
            HttpError::UnknownHost { host } | HttpError::Refused { host } => {
                RefreshError::Unreachable { host }
            }
            _ => RefreshError::Temporary { words: None },
        }),
        Err(TokenFailure::Key(_) | TokenFailure::IdToken(_)) => {
            Err(RefreshError::ClientRefused { error: "key".to_owned(), words: None })
        }
    }
}

/// Why a sign-in could not be ended at the server; the patient can do it on the portal's own page.
#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    /// The server has no endpoint for it.
    #[error("the provider's server offers no way to end the sign-in from here")]
    NotOffered,
    /// Not confirmed.
    #[error("the provider's server did not confirm that the sign-in was ended")]
    NotConfirmed,
    /// The application's key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// On the way.
    #[error(transparent)]
    Http(#[from] HttpError),
}

/// Ends a grant at the server (RFC 7009): the refresh token first, then the access token. Any 2xx counts as done.
pub async fn revoke(
    http: &Http,
    endpoints: &Endpoints,
    client: &Client,
    quirks: &Quirks,
    access_token: &SecretString,
    refresh_token: Option<&SecretString>,
) -> Result<(), RevokeError> {
    let endpoint = endpoints.revoke.as_ref().ok_or(RevokeError::NotOffered)?;
    let post_secret = endpoints.post_secret(quirks);
    let tokens = refresh_token
        .map(|token| (token, "refresh_token"))
        .into_iter()
        .chain([(access_token, "access_token")]);
    let mut refused = false;
    for (token, hint) in tokens {
        let mut form = vec![("token", token.expose_secret()), ("token_type_hint", hint)];
        let mut request = http.request(Method::POST, endpoint.clone())?;
        let shown;
        match &client.secret {
            Some(key) if is_private_key(key) => {
                shown = assertion(key, &client.id, endpoints.token.as_str(), http.now(), &once())?;
                form.push(("client_id", &client.id));
                form.push(("client_assertion_type", ASSERTION_TYPE));
                form.push(("client_assertion", shown.expose_secret()));
            }
            Some(secret) if !post_secret => {
                let coded =
                    |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
                let pair = format!("{}:{}", coded(&client.id), coded(secret.expose_secret()));
                request = request.header("Authorization", format!("Basic {}", STANDARD.encode(pair)));
            }
            secret => {
                form.push(("client_id", &client.id));
                if let Some(secret) = secret {
                    form.push(("client_secret", secret.expose_secret()));
                }
            }
        }
        let request = request.form(&form).build().map_err(|_| HttpError::BadAddress)?;
        let reply = http.send(request, LIMIT, Purpose::Revocation, endpoint).await?;
        if !(200..300).contains(&reply.status) {
            // A server that does not take the one may take the other.
            refused = true;
        }
    }
    if refused { Err(RevokeError::NotConfirmed) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(status: u16, body: &str) -> Option<(u16, Value)> {
        let response = mend(status, body.as_bytes()).ok()?;
        Some((response.status().as_u16(), serde_json::from_slice(response.body()).unwrap()))
    }

    #[test]
    fn answers_are_mended_into_what_the_standard_describes() {
        let (status, answer) =
            mended(201, r#"{"access_token":"a","expires_in":"570","scope":["x","y"]}"#).unwrap();
        assert_eq!((status, &answer["expires_in"], &answer["scope"]), (200, &570.into(), &"x y".into()));
        assert_eq!(answer["token_type"], "Bearer");
        let (status, answer) = mended(200, r#"{"error":"invalid_grant"}"#).unwrap();
        assert_eq!((status, &answer["error"]), (400, &"invalid_grant".into()));
        let (_, answer) =
            mended(200, r#"{"access_token":"a","expires_in":3600.0,"refresh_token":null}"#).unwrap();
        assert_eq!((&answer["expires_in"], answer.get("refresh_token")), (&3600.into(), None));
    }

    #[test]
    fn what_is_neither_a_token_nor_an_error_is_refused() {
        for (status, body) in [
            (200, "<html>"),
            (200, "{}"),
            (200, r#"{"access_token":""}"#),
            (500, r#"{"access_token":"a"}"#),
            (400, r#"{"error":{"code":1}}"#),
            (200, "[]"),
            (200, ""),
        ] {
            assert!(mended(status, body).is_none(), "{status} {body}");
        }
    }

    fn jwt(claims: &Value) -> String {
        format!("e30.{}.s", URL_SAFE_NO_PAD.encode(claims.to_string()))
    }

    #[test]
    fn an_id_token_of_another_client_or_sign_in_is_refused() {
        let user = |claims: Value| fhir_user(&jwt(&claims), "app", Some("n"));
        let fine = user(serde_json::json!({"aud": ["x", "app"], "nonce": "n", "fhirUser": "Patient/7"}));
        assert_eq!(fine.unwrap().as_deref(), Some("Patient/7"));
        let older = user(serde_json::json!({"aud": "app", "profile": "https://f.example/Patient/8"}));
        assert_eq!(older.unwrap().as_deref(), Some("https://f.example/Patient/8"));
        assert!(user(serde_json::json!({"aud": "other", "fhirUser": "Patient/7"})).is_err());
        assert!(user(serde_json::json!({"aud": "app", "nonce": "m", "fhirUser": "Patient/7"})).is_err());
        assert_eq!(fhir_user("not a jwt", "app", None).unwrap(), None);
    }
}
