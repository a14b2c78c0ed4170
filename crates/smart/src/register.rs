//! Dynamic client registration (RFC 7591): the application makes itself known to a server.

use chrono::{DateTime, Utc};
use reqwest::Method;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use url::Url;

use crate::card::ClientKind;
use crate::gate::Purpose;
use crate::http::{Http, HttpError};
use crate::words::server_words;

/// What the application says of itself.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The name patients see.
    pub name: String,
    /// Addresses the browser may come back to.
    pub redirects: Vec<String>,
    /// Scopes it will ask for.
    pub scopes: Vec<String>,
    /// What it wants to be. [`ClientKind::Dynamic`] is [`ClientKind::Public`] here.
    pub kind: ClientKind,
    /// Its public keys, for [`ClientKind::Key`]: a JSON Web Key Set.
    pub keys: Option<Value>,
    /// The client id the application itself is known by, where each installation registers after a first sign-in.
    pub software_id: Option<String>,
    /// An access token that entitles to register (RFC 7591 §3): of that first sign-in, or handed out by the vendor.
    pub access: Option<SecretString>,
}

/// What the server made of it. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct Registered {
    /// The client id of this installation.
    pub client_id: String,
    /// Its secret, if it has one.
    pub client_secret: Option<SecretString>,
    /// When the secret ends.
    pub secret_ends: Option<DateTime<Utc>>,
}

/// Why there is no registration.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The server does not do this.
    #[error("the provider's server offers no registration")]
    NotOffered,
    /// Only for those who show a token, or not for this one.
    #[error("the provider's server does not let this application register itself")]
    NotAllowed,
    /// It refused what was said.
    #[error("the provider's server refused the registration ({error})")]
    Refused {
        /// The error code, cleaned.
        error: String,
        /// The server's cleaned words.
        words: Option<String>,
    },
    /// Neither a registration nor an error.
    #[error("the provider's server answered something that is no registration (status {status})")]
    NotJson {
        /// HTTP status.
        status: u16,
    },
    /// On the way.
    #[error(transparent)]
    Http(#[from] HttpError),
}

/// Longest answer of a registration endpoint.
const LIMIT: usize = 1 << 20;

/// Registers. One request, never made again here: a second one would leave a second client behind.
pub async fn register(
    http: &Http,
    endpoint: &Url,
    registration: &Registration,
) -> Result<Registered, RegisterError> {
    let mut said = json!({
        "client_name": registration.name,
        "redirect_uris": registration.redirects,
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "application_type": "native",
        "token_endpoint_auth_method": match registration.kind {
            ClientKind::Public | ClientKind::Dynamic => "none",
            ClientKind::Secret => "client_secret_basic",
            ClientKind::Key => "private_key_jwt",
        },
    });
    if !registration.scopes.is_empty() {
        said["scope"] = registration.scopes.join(" ").into();
    }
    if let Some(keys) = &registration.keys {
        said["jwks"] = keys.clone();
        if registration.kind == ClientKind::Key {
            said["token_endpoint_auth_signing_alg"] = keys["keys"][0]["alg"].clone();
        }
    }
    if let Some(id) = &registration.software_id {
        said["software_id"] = id.as_str().into();
    }
    let request = http.request(Method::POST, endpoint.clone())?;
    let mut request = request.header(CONTENT_TYPE, "application/json").header(ACCEPT, "application/json");
    if let Some(access) = &registration.access {
        request = request.bearer_auth(access.expose_secret());
    }
    let request = request.body(said.to_string()).build().map_err(|_| HttpError::BadAddress)?;
    let reply = http.send(request, LIMIT, Purpose::Registration, endpoint).await?;
    let answer: Option<Value> = serde_json::from_slice(&reply.body).ok().filter(Value::is_object);
    let text = |name: &str| {
        let found = answer.as_ref().and_then(|answer| answer[name].as_str());
        found.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    match (reply.status, text("client_id")) {
        (200..300, Some(client_id)) => {
            // 0 is "never" (RFC 7591 §3.2.1).
            let ends = answer.as_ref().and_then(|answer| answer["client_secret_expires_at"].as_i64());
            Ok(Registered {
                client_id,
                client_secret: text("client_secret").map(SecretString::from),
                secret_ends: ends
                    .filter(|seconds| *seconds > 0)
                    .and_then(|seconds| DateTime::from_timestamp(seconds, 0)),
            })
        }
        (404 | 405 | 501, _) => Err(RegisterError::NotOffered),
        (401 | 403, _) => Err(RegisterError::NotAllowed),
        (status, _) => match text("error") {
            Some(error) => Err(RegisterError::Refused {
                error: server_words(&error),
                words: text("error_description").map(|words| server_words(&words)),
            }),
            None => Err(RegisterError::NotJson { status }),
        },
    }
}
