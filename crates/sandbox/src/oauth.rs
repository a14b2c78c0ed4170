//! The authorization server of a provider: SMART App Launch 2.2 standalone, RFC 6749, 7636, 7009.
//!
//! In the order of a connection: [`authorize`] shows the sign-in page, [`decide`] takes the password
//! and then the consent, [`token`] trades the code and later the refresh token, [`revoke`] ends it.

use std::collections::{HashMap, HashSet};

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use crate::pages;
use crate::provider::{Provider, Refresh, SUPPORT_TYPES};
use crate::seal::{base64url, random_text, s256};
use crate::server::{Request, Site, reply};

/// How long a person may take over the pages.
const PAGES_LIFE: TimeDelta = TimeDelta::minutes(10);
/// How long a refresh token works.
const REFRESH_LIFE: TimeDelta = TimeDelta::days(90);

/// What the server must remember about grants.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    codes: HashMap<String, Code>,
    /// The newest refresh token's number per grant, where refresh tokens rotate.
    newest: HashMap<String, u64>,
    /// Grants that ended: revoked, or a code or refresh token was used twice.
    ended: HashSet<String>,
    /// Single access tokens that were revoked.
    revoked: HashSet<String>,
}

/// A checked authorize request.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Ask {
    redirect: String,
    state: String,
    scopes: Vec<String>,
    challenge: String,
    nonce: Option<String>,
    /// Seconds since 1970 until which the pages may be used.
    until: i64,
}

/// An authorization code that was given out.
#[derive(Debug)]
struct Code {
    grant: String,
    redirect: String,
    scopes: Vec<String>,
    challenge: String,
    nonce: Option<String>,
    until: DateTime<Utc>,
    used: bool,
}

/// What an access token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Access {
    id: String,
    grant: String,
    scopes: Vec<String>,
    until: i64,
}

/// What a refresh token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct RefreshClaims {
    grant: String,
    number: u64,
    scopes: Vec<String>,
    until: i64,
}

impl Access {
    /// Whether a scope lets it read this type.
    pub(crate) fn reads(&self, resource_type: &str) -> bool {
        self.scopes.iter().any(|scope| scope_type(scope) == Some(resource_type))
    }
}

/// The type of a resource scope such as `patient/Observation.read` or `user/Location.rs`.
fn scope_type(scope: &str) -> Option<&str> {
    let rest = scope.strip_prefix("patient/").or_else(|| scope.strip_prefix("user/"))?;
    let (name, rights) = rest.split_once('.')?;
    matches!(rights, "read" | "rs").then_some(name)
}

/// The scopes asked for, with wildcards written out; `None` is `invalid_scope`.
fn read_scopes(provider: &Provider, asked: &str) -> Option<Vec<String>> {
    let mut scopes = Vec::new();
    for scope in asked.split_ascii_whitespace() {
        if matches!(
            scope,
            "openid" | "fhirUser" | "profile" | "launch/patient" | "offline_access" | "online_access"
        ) {
            scopes.push(scope.to_owned());
            continue;
        }
        let name = scope_type(scope)?;
        if name == "*" {
            if !provider.manners.wildcard_scope {
                return None;
            }
            scopes.extend(provider.all_types().iter().map(|name| scope.replace('*', name)));
        } else if provider.all_types().contains(&name) {
            scopes.push(scope.to_owned());
        } else if !provider.manners.wildcard_scope {
            return None;
        }
    }
    scopes.sort();
    scopes.dedup();
    scopes.iter().any(|scope| scope_type(scope).is_some()).then_some(scopes)
}

/// A redirect address is registered when all but the port is the same (RFC 8252 §7.3).
fn redirect_registered(site: &Site, client: &str, address: &str) -> bool {
    let without_port = |address: &str| -> Option<String> {
        let mut url = Url::parse(address).ok().filter(|url| url.fragment().is_none())?;
        // An address of an application's own scheme has no host, and so no port.
        if url.has_host() {
            url.set_port(None).ok()?;
        }
        Some(url.into())
    };
    let Some(wanted) = without_port(address) else { return false };
    let registered = registered(site, client).map(|client| client.redirects).unwrap_or_default();
    site.provider.redirects.contains(&wanted.as_str())
        || registered.iter().any(|one| without_port(one).is_some_and(|one| one == wanted))
}

/// Where applications register themselves.
pub(crate) const REGISTER: &str = "/register";

/// What an application said of itself. Its client id is this, sealed: nothing has to be remembered, and a stored
/// connection outlives a restart.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Registered {
    redirects: Vec<String>,
    number: String,
}

fn registered(site: &Site, client: &str) -> Option<Registered> {
    site.sealer.open("client", client).filter(|_| site.provider.registers)
}

fn is_known(site: &Site, client: &str) -> bool {
    if site.provider.registers {
        registered(site, client).is_some()
    } else {
        client == site.provider.client_id
    }
}

/// `POST` register (RFC 7591): open to everybody, for public clients only.
pub(crate) fn register(site: &Site, request: &Request) -> Response {
    let said: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let redirects = said["redirect_uris"].as_array().into_iter().flatten();
    let redirects: Vec<String> = redirects.filter_map(Value::as_str).map(str::to_owned).collect();
    if redirects.is_empty() || redirects.iter().any(|address| Url::parse(address).is_err()) {
        return bad_request("invalid_redirect_uri", "redirect_uris must hold whole addresses");
    }
    if said["token_endpoint_auth_method"] != "none" {
        return bad_request("invalid_client_metadata", "only clients without a secret register here");
    }
    let client = Registered { redirects: redirects.clone(), number: random_text() };
    let answer = json!({
        "client_id": site.sealer.seal("client", &client),
        "redirect_uris": redirects,
        "token_endpoint_auth_method": "none",
        "client_id_issued_at": request.at.timestamp(),
    });
    reply(StatusCode::CREATED, "application/json", answer.to_string())
}

/// Sends the browser back to the app.
fn back_to_app(redirect: &str, members: &[(&str, &str)]) -> Response {
    let mut url = Url::parse(redirect).expect("checked when the request came");
    url.query_pairs_mut().extend_pairs(members);
    let mut response = reply(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", "");
    let location = HeaderValue::from_str(url.as_str()).expect("a URL is visible ASCII");
    response.headers_mut().insert(header::LOCATION, location);
    response
}

/// The browser goes back to the app with an error, whatever was asked. `None`: it does not say where the app is.
#[cfg(feature = "faults")]
pub(crate) fn turned_away(request: &Request, code: &str, words: &str) -> Option<Response> {
    let redirect = request.query("redirect_uri").filter(|address| Url::parse(address).is_ok())?;
    let members = [("error", code), ("error_description", words)];
    let state = request.query("state").map(|state| ("state", state));
    let members: Vec<_> = members.into_iter().chain(state).filter(|(_, value)| !value.is_empty()).collect();
    Some(back_to_app(redirect, &members))
}

/// `GET` authorize: checks the request and shows the sign-in page.
pub(crate) fn authorize(site: &Site, request: &Request) -> Response {
    let provider = site.provider;
    let mut names: Vec<&str> = request.query.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        return pages::refused(provider, "A parameter was sent twice.");
    }
    // Until both are known to belong together nothing may be sent to the address given.
    let client = request.query("client_id").unwrap_or_default();
    if !is_known(site, client) {
        return pages::refused(
            provider,
            "This app is not registered here. The practice has to register it, or its client id is mistyped.",
        );
    }
    let redirect = request.query("redirect_uri").unwrap_or_default();
    if !redirect_registered(site, client, redirect) {
        return pages::refused(provider, "The app's redirect address is not the one that was registered.");
    }
    let state = request.query("state").unwrap_or_default();
    let fail = |error: &str, words: &str| {
        let mut members = vec![("error", error), ("error_description", words)];
        if !state.is_empty() {
            members.push(("state", state));
        }
        back_to_app(redirect, &members)
    };
    if state.is_empty() {
        return fail("invalid_request", "state is missing");
    }
    match request.query("response_type") {
        Some("code") => {}
        None => return fail("invalid_request", "response_type is missing"),
        Some(_) => return fail("unsupported_response_type", "only code is supported"),
    }
    let challenge = request.query("code_challenge").unwrap_or_default();
    if request.query("code_challenge_method") != Some("S256") || challenge.len() != 43 {
        return fail("invalid_request", "PKCE with S256 is required");
    }
    let bases: Vec<String> = provider.bases.iter().map(|base| site.url(base)).collect();
    match request.query("aud") {
        Some(aud) if bases.iter().any(|base| base == aud.strip_suffix('/').unwrap_or(aud)) => {}
        None if !provider.manners.aud_required => {}
        None => return fail("invalid_request", "aud is missing"),
        Some(_) => return fail("invalid_request", "aud is not an API base of this provider"),
    }
    let everything = provider.scopes.join(" ");
    let asked = match request.query("scope") {
        Some(asked) if !asked.trim().is_empty() => asked,
        _ if provider.manners.scope_optional => &everything,
        _ => return fail("invalid_scope", "scope is missing"),
    };
    let Some(scopes) = read_scopes(provider, asked) else {
        return fail("invalid_scope", "a scope is unknown or not offered to apps of patients");
    };
    let ask = Ask {
        redirect: redirect.to_owned(),
        state: state.to_owned(),
        scopes,
        challenge: challenge.to_owned(),
        nonce: request.query("nonce").map(str::to_owned),
        until: (request.at + PAGES_LIFE).timestamp(),
    };
    pages::sign_in(provider, &site.sealer.seal("ask", &ask), "", false)
}

/// `POST` authorize: the sign-in page, or the consent page after it.
pub(crate) fn decide(site: &Site, request: &Request) -> Response {
    let provider = site.provider;
    let Some(form) = request.form() else {
        return pages::refused(provider, "That was not one of our pages.");
    };
    let field = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let open = |purpose: &str, sealed: &str| {
        site.sealer.open::<Ask>(purpose, sealed).filter(|ask| ask.until >= request.at.timestamp())
    };
    let stale = || pages::refused(provider, "This page is too old. Please start again from the app.");

    if let Some(sealed) = field("request") {
        let Some(ask) = open("ask", sealed) else { return stale() };
        let user = field("username").unwrap_or_default().trim();
        let right =
            user == provider.user_id && field("password").is_some_and(|word| word == provider.password);
        if !right {
            return pages::sign_in(provider, sealed, user, true);
        }
        let asked: Vec<&str> = provider
            .patient_types()
            .into_iter()
            .filter(|name| ask.scopes.iter().any(|scope| scope_type(scope) == Some(*name)))
            .collect();
        let keeps = ask.scopes.iter().any(|scope| scope == "offline_access");
        let signed_in = site.sealer.seal("signed-in", &ask);
        return pages::consent(provider, &signed_in, &site.story.person_name(), &asked, keeps);
    }

    let Some(ask) = field("signed_in").and_then(|sealed| open("signed-in", sealed)) else {
        return stale();
    };
    let ticked: HashSet<&str> = form
        .iter()
        .filter(|(key, _)| key == "kind")
        .flat_map(|(_, value)| value.split_ascii_whitespace())
        .collect();
    let scopes: Vec<String> = ask
        .scopes
        .iter()
        .filter(|scope| {
            scope_type(scope).is_none_or(|name| {
                ticked.contains(name) || SUPPORT_TYPES.contains(&name) || name == "Provenance"
            })
        })
        .cloned()
        .collect();
    if field("decision") != Some("allow") || ticked.is_empty() {
        return back_to_app(
            &ask.redirect,
            &[
                ("error", "access_denied"),
                ("error_description", "the patient did not allow it"),
                ("state", &ask.state),
            ],
        );
    }
    let text = random_text();
    let code = Code {
        grant: random_text(),
        redirect: ask.redirect.clone(),
        scopes,
        challenge: ask.challenge,
        nonce: ask.nonce,
        until: request.at + TimeDelta::from_std(site.code_life).expect("a code's life is seconds, not ages"),
        used: false,
    };
    let mut grants = site.grants.lock().expect("no holder of this lock panics");
    // Used codes stay a while, so that their second use is seen.
    grants.codes.retain(|_, code| code.until + PAGES_LIFE > request.at);
    grants.codes.insert(text.clone(), code);
    drop(grants);
    back_to_app(&ask.redirect, &[("code", &text), ("state", &ask.state)])
}

/// A token endpoint's error (RFC 6749 §5.2).
fn token_error(status: StatusCode, error: &str, words: &str) -> Response {
    let body = json!({ "error": error, "error_description": words }).to_string();
    let mut response = reply(status, "application/json", body);
    if status == StatusCode::UNAUTHORIZED {
        let realm = HeaderValue::from_static("Basic realm=\"token\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, realm);
    }
    response
}

fn bad_request(error: &str, words: &str) -> Response {
    token_error(StatusCode::BAD_REQUEST, error, words)
}

/// The form of a token or revocation request, after the client has shown who it is.
fn client_form(site: &Site, request: &Request) -> Result<HashMap<String, String>, Box<Response>> {
    let provider = site.provider;
    let pairs = request
        .form()
        .ok_or_else(|| Box::new(bad_request("invalid_request", "the parameters belong into a form body")))?;
    let count = pairs.len();
    let form: HashMap<String, String> = pairs.into_iter().collect();
    if form.len() != count {
        return Err(Box::new(bad_request("invalid_request", "a parameter was sent twice")));
    }
    let unknown = || {
        Box::new(token_error(StatusCode::UNAUTHORIZED, "invalid_client", "client id or secret is not known"))
    };
    let basic = match request.header(&header::AUTHORIZATION) {
        None => None,
        Some(text) => Some(basic_pair(text).ok_or_else(unknown)?),
    };
    let in_body = (form.get("client_id").cloned(), form.get("client_secret").cloned());
    let (id, secret) = match (basic, in_body) {
        (Some(_), (_, Some(_))) => {
            return Err(Box::new(bad_request("invalid_request", "the secret was sent in two ways")));
        }
        (Some((id, _)), (Some(other), None)) if id != other => return Err(unknown()),
        (Some((id, secret)), _) => (id, Some(secret)),
        (None, (Some(id), secret)) => (id, secret),
        (None, (None, _)) => return Err(unknown()),
    };
    // A public client that sends a secret is misconfigured; saying nothing would hide it.
    if !is_known(site, &id) || secret.as_deref() != provider.client_secret {
        return Err(unknown());
    }
    Ok(form)
}

/// Reads `Basic base64(id:secret)`, each part form-encoded (RFC 6749 §2.3.1).
fn basic_pair(text: &str) -> Option<(String, String)> {
    let (scheme, rest) = text.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(rest.trim()).ok()?).ok()?;
    let (id, secret) = pair.split_once(':')?;
    let decode = |part: &str| {
        let encoded = format!("part={part}");
        url::form_urlencoded::parse(encoded.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    Some((decode(id)?, decode(secret)?))
}

/// `POST` token: a code or a refresh token for an access token.
pub(crate) fn token(site: &Site, request: &Request) -> Response {
    let form = match client_form(site, request) {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let field = |name: &str| form.get(name).map(String::as_str);
    match field("grant_type") {
        Some("authorization_code") => from_code(site, request, field),
        Some("refresh_token") => from_refresh(site, request, field),
        Some(_) => {
            bad_request("unsupported_grant_type", "authorization_code and refresh_token are supported")
        }
        None => bad_request("invalid_request", "grant_type is missing"),
    }
}

fn from_code<'f>(site: &Site, request: &Request, field: impl Fn(&str) -> Option<&'f str>) -> Response {
    let (Some(text), Some(redirect), Some(verifier)) =
        (field("code"), field("redirect_uri"), field("code_verifier"))
    else {
        return bad_request("invalid_request", "code, redirect_uri and code_verifier are needed");
    };
    let mut grants = site.grants.lock().expect("no holder of this lock panics");
    let Some(code) = grants.codes.get_mut(text) else {
        return bad_request("invalid_grant", "the code is not known");
    };
    if code.used {
        // Somebody has a code that was used: whichever of the two it was, the grant ends.
        let grant = code.grant.clone();
        grants.ended.insert(grant);
        return bad_request("invalid_grant", "the code was used before");
    }
    // Used up even when what follows fails, so that nobody can try verifiers.
    code.used = true;
    if code.until <= request.at {
        return bad_request("invalid_grant", "the code is too old");
    }
    if code.redirect != redirect {
        return bad_request("invalid_grant", "redirect_uri is not the one the code was sent to");
    }
    if !(43..=128).contains(&verifier.len()) || s256(verifier) != code.challenge {
        return bad_request("invalid_grant", "code_verifier does not fit");
    }
    let (grant, scopes, nonce) = (code.grant.clone(), code.scopes.clone(), code.nonce.clone());
    drop(grants);
    let refresh = scopes.iter().any(|scope| scope == "offline_access").then(|| RefreshClaims {
        grant: grant.clone(),
        number: 1,
        scopes: scopes.clone(),
        until: (request.at + REFRESH_LIFE).timestamp(),
    });
    let mut answer = access_answer(site, request, &grant, scopes.clone());
    if let Some(refresh) = refresh {
        answer["refresh_token"] = site.sealer.seal("refresh", &refresh).into();
    }
    let base = &site.provider.bases[0];
    let patient = site.story.patient_id(base.source);
    if site.provider.manners.patient_in_token && scopes.iter().any(|scope| scope == "launch/patient") {
        answer["patient"] = patient.clone().into();
    }
    let identity = scopes.iter().any(|scope| scope == "openid")
        && scopes.iter().any(|scope| scope == "fhirUser" || scope == "profile");
    if site.provider.manners.id_token && identity {
        let user = format!("{}/Patient/{patient}", site.url(base));
        let mut claims = json!({
            "iss": site.url(base),
            "sub": base64url(patient.as_bytes()),
            "aud": field("client_id").unwrap_or(site.provider.client_id),
            "iat": request.at.timestamp(),
            "exp": (request.at + PAGES_LIFE).timestamp(),
            "fhirUser": user,
            "profile": user,
        });
        if let Some(nonce) = nonce {
            claims["nonce"] = nonce.into();
        }
        answer["id_token"] = site.sealer.jwt(&claims).into();
    }
    reply(StatusCode::OK, "application/json", answer.to_string())
}

fn from_refresh<'f>(site: &Site, request: &Request, field: impl Fn(&str) -> Option<&'f str>) -> Response {
    let Some(sealed) = field("refresh_token") else {
        return bad_request("invalid_request", "refresh_token is missing");
    };
    let known = site.sealer.open::<RefreshClaims>("refresh", sealed);
    let Some(claims) = known.filter(|claims| claims.until > request.at.timestamp()) else {
        return bad_request("invalid_grant", "the refresh token is not known or too old");
    };
    let scopes = match field("scope") {
        None | Some("") => claims.scopes.clone(),
        Some(asked) => match read_scopes(site.provider, asked) {
            Some(scopes) if scopes.iter().all(|scope| claims.scopes.contains(scope)) => scopes,
            _ => return bad_request("invalid_scope", "more was asked for than was granted"),
        },
    };
    let mut grants = site.grants.lock().expect("no holder of this lock panics");
    if grants.ended.contains(&claims.grant) {
        return bad_request("invalid_grant", "this grant has ended");
    }
    let mut next = None;
    match site.provider.manners.refresh {
        Refresh::Keep => {}
        Refresh::Echo => next = Some(sealed.to_owned()),
        Refresh::Rotate => {
            // After a restart the number is not remembered and the token shown is taken as the newest.
            let newest = grants.newest.entry(claims.grant.clone()).or_insert(claims.number);
            if claims.number < *newest {
                grants.ended.insert(claims.grant);
                return bad_request(
                    "invalid_grant",
                    "the refresh token was used before; the grant has ended",
                );
            }
            *newest = claims.number + 1;
            let rotated = RefreshClaims { number: claims.number + 1, ..claims.clone() };
            next = Some(site.sealer.seal("refresh", &rotated));
        }
    }
    drop(grants);
    let kept = |scope: &String| scope_type(scope).is_none_or(|name| !site.faults.is_narrowed(name));
    let scopes = scopes.into_iter().filter(kept).collect();
    let mut answer = access_answer(site, request, &claims.grant, scopes);
    if let Some(next) = next {
        answer["refresh_token"] = next.into();
    }
    if site.provider.manners.patient_in_token {
        answer["patient"] = site.story.patient_id(site.provider.bases[0].source).into();
    }
    reply(StatusCode::OK, "application/json", answer.to_string())
}

/// A fresh access token in its response.
fn access_answer(site: &Site, request: &Request, grant: &str, scopes: Vec<String>) -> Value {
    let life = site.access_token_life.as_secs();
    let scope = scopes.join(" ");
    let access = Access {
        id: random_text(),
        grant: grant.to_owned(),
        scopes,
        until: request.at.timestamp().saturating_add_unsigned(life),
    };
    json!({
        "access_token": site.sealer.seal("access", &access),
        "token_type": "Bearer",
        "expires_in": life,
        "scope": scope,
    })
}

/// `POST` revoke (RFC 7009): 200 also for a token nobody knows.
pub(crate) fn revoke(site: &Site, request: &Request) -> Response {
    let form = match client_form(site, request) {
        Ok(form) => form,
        Err(response) => return *response,
    };
    let Some(sealed) = form.get("token") else {
        return bad_request("invalid_request", "token is missing");
    };
    let mut grants = site.grants.lock().expect("no holder of this lock panics");
    if let Some(refresh) = site.sealer.open::<RefreshClaims>("refresh", sealed) {
        grants.ended.insert(refresh.grant);
    } else if let Some(access) = site.sealer.open::<Access>("access", sealed) {
        grants.revoked.insert(access.id);
    }
    reply(StatusCode::OK, "text/plain; charset=utf-8", "")
}

/// Ends the access token that came with a request, as if its time were over.
#[cfg(feature = "faults")]
pub(crate) fn end_access(site: &Site, request: &Request) {
    if let Some(access) = bearer(site, request) {
        let mut grants = site.grants.lock().expect("no holder of this lock panics");
        grants.revoked.insert(access.id);
    }
}

/// The access token of a FHIR request; `None` is 401.
pub(crate) fn bearer(site: &Site, request: &Request) -> Option<Access> {
    let (scheme, sealed) = request.header(&header::AUTHORIZATION)?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    let access: Access = site.sealer.open("access", sealed.trim())?;
    let grants = site.grants.lock().expect("no holder of this lock panics");
    let good = access.until > request.at.timestamp()
        && !grants.ended.contains(&access.grant)
        && !grants.revoked.contains(&access.id);
    good.then_some(access)
}
