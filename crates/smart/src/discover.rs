//! Asking a server what it is: `.well-known/smart-configuration`, then `metadata` (SMART App Launch §2.0.9 and the
//! older OAuth URIs extension, which is the only way on DSTU2).

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use reqwest::header::ACCEPT;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;
use wholechart_fhir::Release;

use crate::card::{CardBase, ProviderCard, Quirk, Quirks};
use crate::fetch::{LEGACY, MODERN, base_key, content_type};
use crate::gate::Purpose;
use crate::http::{Http, HttpError, check_address, host_of};

/// What is known before asking: from a card, or typed by the user from what their provider handed them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Authorization endpoint.
    pub authorize: Option<String>,
    /// Token endpoint.
    pub token: Option<String>,
    /// Revocation endpoint.
    pub revoke: Option<String>,
    /// FHIR bases, the preferred one first; at least one.
    pub bases: Vec<CardBase>,
}

impl From<&ProviderCard> for Known {
    fn from(card: &ProviderCard) -> Self {
        Self {
            authorize: card.authorize.clone(),
            token: card.token.clone(),
            revoke: card.revoke.clone(),
            bases: card.bases.clone(),
        }
    }
}

/// All that is needed to sign in and read. Kept with a connection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Endpoints {
    /// Authorization endpoint.
    pub authorize: Url,
    /// Token endpoint.
    pub token: Url,
    /// Revocation endpoint.
    #[serde(default)]
    pub revoke: Option<Url>,
    /// Dynamic registration endpoint.
    #[serde(default)]
    pub register: Option<Url>,
    /// Where patients see which applications they have let in.
    #[serde(default)]
    pub manage: Option<Url>,
    /// Who signs, as the server names itself.
    #[serde(default)]
    pub issuer: Option<String>,
    /// It says that it names itself whenever the browser comes back (RFC 9207 §3).
    #[serde(default)]
    pub names_issuer: bool,
    /// SMART capabilities, such as `permission-v2`.
    #[serde(default)]
    pub capabilities: Vec<String>,
    /// Scopes the server lists.
    #[serde(default)]
    pub scopes_supported: Vec<String>,
    /// How the token endpoint takes a client's secret.
    #[serde(default)]
    pub auth_methods: Vec<String>,
    /// The FHIR bases, the preferred one first.
    pub bases: Vec<BaseInfo>,
    /// Bases at another server than the preferred one's: they are not asked with its token, and need a connection of
    /// their own.
    #[serde(default)]
    pub elsewhere: Vec<String>,
    /// What differs from what was given. For whoever connects; not kept.
    #[serde(skip)]
    pub differs: Vec<Differs>,
}

impl Endpoints {
    /// Whether the secret goes into the body: the card says so, or the server lists that way and not HTTP Basic.
    pub fn post_secret(&self, quirks: &Quirks) -> bool {
        let lists = |name: &str| self.auth_methods.iter().any(|method| method == name);
        quirks.has(Quirk::ClientSecretInBody)
            || (lists("client_secret_post") && !lists("client_secret_basic"))
    }

    /// Whether SMART v2 scopes have to be asked for: the server speaks them and not the older ones.
    pub fn wants_v2_scopes(&self) -> bool {
        let has = |name: &str| self.capabilities.iter().any(|capability| capability == name);
        has("permission-v2") && !has("permission-v1")
    }

    /// The host names the application will speak to, each once.
    pub fn hosts(&self) -> Vec<String> {
        let mut hosts = BTreeSet::new();
        hosts.extend([host_of(&self.authorize), host_of(&self.token)]);
        hosts.extend(self.revoke.as_ref().map(host_of));
        hosts
            .extend(self.bases.iter().filter_map(|base| Url::parse(&base.url).ok()).map(|url| host_of(&url)));
        hosts.into_iter().collect()
    }
}

/// One FHIR base.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BaseInfo {
    /// As its own statement says, else as known.
    pub release: Release,
    /// Exactly as known: `aud` is compared byte by byte on some servers.
    pub url: String,
    /// What it says it can do; `None` where the statement is missing or cannot be read.
    #[serde(default)]
    pub capability: Option<Capability>,
}

/// A CapabilityStatement (Conformance in DSTU2), as far as a reader needs it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Capability {
    /// `fhirVersion` as sent.
    #[serde(default)]
    pub fhir_version: Option<String>,
    /// The release it stands for.
    #[serde(default)]
    pub release: Option<Release>,
    /// Software name and version, for diagnostics.
    #[serde(default)]
    pub software: Option<String>,
    /// Resource types by name.
    #[serde(default)]
    pub types: BTreeMap<String, TypeCapability>,
}

/// What a server says about one type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TypeCapability {
    /// Can be read by id.
    pub read: bool,
    /// Can be searched.
    pub search: bool,
    /// Search parameters.
    #[serde(default)]
    pub params: BTreeSet<String>,
    /// Values of `_include`.
    #[serde(default)]
    pub includes: BTreeSet<String>,
    /// Values of `_revinclude`.
    #[serde(default)]
    pub revincludes: BTreeSet<String>,
}

/// An endpoint that was given and is used although the server advertises another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    /// `authorize`, `token` or `revoke`.
    pub what: String,
    /// Host of the value in use.
    pub used: String,
    /// Host the server advertises.
    pub advertised: String,
}

/// What came instead of FHIR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFhir {
    /// A web page.
    Html,
    /// JSON that is not a statement.
    Json,
    /// Something else, or nothing.
    Other,
}

/// Why a server cannot be connected to. One variant per thing the user can act on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DiscoverError {
    /// No base was given.
    #[error("no API base endpoint was given")]
    NoBase,
    /// An address cannot be understood.
    #[error("{what} is not a web address")]
    BadAddress {
        /// `authorize`, `token`, `revoke` or `base`.
        what: &'static str,
    },
    /// Plain http to another machine.
    #[error("{host} must be asked over https")]
    NotHttps {
        /// The host.
        host: String,
    },
    /// The host cannot be found, or there is no network.
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
    /// It is on this computer or in a private network, and the person did not name it.
    #[error("{host} is at a private address")]
    Private {
        /// The host.
        host: String,
    },
    /// No safe connection.
    #[error("no safe connection to {host} could be made")]
    Tls {
        /// The host.
        host: String,
    },
    /// No answer in time, or the connection broke.
    #[error("{host} did not answer")]
    NoAnswer {
        /// The host.
        host: String,
    },
    /// Something answers there, but not a FHIR server.
    #[error("{host} answered, but it is not a FHIR server")]
    NotFhir {
        /// The host.
        host: String,
        /// What came.
        got: NotFhir,
        /// HTTP status of the answer.
        status: u16,
    },
    /// A FHIR server that does not say where to sign in; the endpoints have to be given.
    #[error("{host} does not say where to sign in")]
    NoSignIn {
        /// The host.
        host: String,
    },
}

const SMART_LIMIT: usize = 1 << 20;

/// What one base answered.
struct Asked {
    info: BaseInfo,
    smart: Option<Value>,
    statement: Option<Value>,
    trouble: Option<Trouble>,
}

enum Trouble {
    Http(HttpError),
    NotFhir { got: NotFhir, status: u16 },
}

/// Asks every base for its SMART configuration and its statement, and puts that together with what is known. Values
/// that were given win; a difference is noted. A missing statement stops nothing as long as the endpoints are known
/// and something that could be a FHIR server answers.
pub async fn discover(http: &Http, known: &Known) -> Result<Endpoints, DiscoverError> {
    if known.bases.is_empty() {
        return Err(DiscoverError::NoBase);
    }
    let authorize = given("authorize", known.authorize.as_deref())?;
    let token = given("token", known.token.as_deref())?;
    let revoke = given("revoke", known.revoke.as_deref())?;
    let mut bases = Vec::new();
    for base in &known.bases {
        let url = given("base", Some(&base.url))?.ok_or(DiscoverError::NoBase)?;
        // The text as given is kept where it already was an address: a trailing slash can matter.
        let text = if base.url.trim().contains("://") { base.url.trim().to_owned() } else { url.to_string() };
        bases.push((url, CardBase { release: base.release, url: text }));
    }
    let asked = futures::future::join_all(bases.into_iter().map(|(url, base)| ask(http, url, base))).await;

    let endpoints_known = authorize.is_some() && token.is_some();
    let first = &asked[0];
    let answered = asked.iter().any(|base| base.smart.is_some() || base.statement.is_some());
    // One base that cannot be read does not cost the other; the ledger will name it at each sync.
    if !answered && let Some(error) = asked.iter().find_map(|base| fatal(base, endpoints_known)) {
        return Err(error);
    }

    let smart =
        asked.iter().find_map(|base| base.smart.as_ref().map(|smart| (smart, base_url(&base.info.url))));
    let extension = asked.iter().find_map(|base| {
        base.statement
            .as_ref()
            .map(oauth_uris)
            .filter(|uris| !uris.is_empty())
            .map(|uris| (uris, base_url(&base.info.url)))
    });
    let advertised = |in_smart: &str, in_extension: &str| -> Option<Url> {
        let from_smart = smart.as_ref().and_then(|(smart, base)| Some((smart[in_smart].as_str()?, base)));
        let from_extension = || {
            let (uris, base) = extension.as_ref()?;
            Some((uris.get(in_extension)?.as_str(), base))
        };
        let (text, base) = from_smart.filter(|(text, _)| !text.is_empty()).or_else(from_extension)?;
        let base = base.as_ref()?;
        let url = base.join(text.trim()).ok()?;
        // Only a server on this computer may point at this computer.
        let fits = check_address(&url).is_ok() && (url.scheme() == "https" || base.scheme() == "http");
        fits.then_some(url)
    };
    let mut differs = Vec::new();
    let mut choose = |what: &str, given: Option<Url>, advertised: Option<Url>| match (given, advertised) {
        (Some(given), Some(advertised)) => {
            if base_key(given.as_str()) != base_key(advertised.as_str()) {
                let (used, advertised) = match (host_of(&given), host_of(&advertised)) {
                    // The same host at another port or path: only the whole addresses tell them apart.
                    (a, b) if a == b => (base_key(given.as_str()), base_key(advertised.as_str())),
                    hosts => hosts,
                };
                differs.push(Differs { what: what.to_owned(), used, advertised });
            }
            Some(given)
        }
        (given, advertised) => given.or(advertised),
    };
    let authorize = choose("authorize", authorize, advertised("authorization_endpoint", "authorize"));
    let token = choose("token", token, advertised("token_endpoint", "token"));
    let revoke = choose("revoke", revoke, advertised("revocation_endpoint", "revoke"));
    let (Some(authorize), Some(token)) = (authorize, token) else {
        return Err(fatal(first, endpoints_known)
            .unwrap_or_else(|| DiscoverError::NoSignIn { host: host_text(&first.info.url) }));
    };

    let list = |name: &str| -> Vec<String> {
        let values = smart.as_ref().and_then(|(smart, _)| smart[name].as_array());
        values.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let (capabilities, scopes_supported, auth_methods) =
        (list("capabilities"), list("scopes_supported"), list("token_endpoint_auth_methods_supported"));
    let issuer = smart.as_ref().and_then(|(smart, _)| smart["issuer"].as_str()).map(str::to_owned);
    let names_issuer = smart.as_ref().is_some_and(|(smart, _)| {
        smart["authorization_response_iss_parameter_supported"].as_bool() == Some(true)
    });
    let register = advertised("registration_endpoint", "register");
    let manage = advertised("management_endpoint", "manage");
    let mut infos: Vec<BaseInfo> = Vec::new();
    for asked in asked {
        let mut info = asked.info;
        if let Some(says) = info.capability.as_ref().and_then(|capability| capability.release) {
            info.release = says;
        }
        infos.push(info);
    }
    let mut endpoints = Endpoints {
        authorize,
        token,
        revoke,
        register,
        manage,
        issuer,
        names_issuer,
        capabilities,
        scopes_supported,
        auth_methods,
        bases: infos,
        elsewhere: Vec::new(),
        differs,
    };
    endpoints.keep_one_origin();
    Ok(endpoints)
}

impl Endpoints {
    /// Leaves out bases at other servers than the preferred one's: a token goes to the origin it was issued for and
    /// nowhere else. What is left out is named in [`Endpoints::elsewhere`].
    pub fn keep_one_origin(&mut self) {
        let origin = |base: &BaseInfo| Url::parse(&base.url).ok().map(|url| url.origin());
        let Some(first) = self.bases.first().map(origin) else { return };
        let (kept, elsewhere) =
            std::mem::take(&mut self.bases).into_iter().partition(|base| origin(base) == first);
        self.bases = kept;
        let elsewhere: Vec<BaseInfo> = elsewhere;
        self.elsewhere.extend(elsewhere.iter().map(|base| base_key(&base.url)));
    }
}

/// Why this base alone would stop the connection.
fn fatal(base: &Asked, endpoints_known: bool) -> Option<DiscoverError> {
    let host = host_text(&base.info.url);
    match base.trouble.as_ref()? {
        Trouble::Http(error) => Some(match error {
            HttpError::UnknownHost { .. } => DiscoverError::UnknownHost { host },
            HttpError::Refused { .. } => DiscoverError::Refused { host },
            HttpError::Tls { .. } => DiscoverError::Tls { host },
            HttpError::NotNamed { .. } | HttpError::Private { .. } => DiscoverError::Private { host },
            HttpError::NotHttps { .. } => DiscoverError::NotHttps { host },
            HttpError::TooLarge { .. } => DiscoverError::NotFhir { host, got: NotFhir::Other, status: 200 },
            HttpError::BadAddress => DiscoverError::BadAddress { what: "base" },
            HttpError::TimedOut { .. } | HttpError::Interrupted { .. } | HttpError::Client => {
                DiscoverError::NoAnswer { host }
            }
        }),
        // A gateway that hides its statement behind the sign-in, or is down for the moment, answers with JSON or
        // nothing; a web page means a wrong address, whatever else is known.
        Trouble::NotFhir { got, status } if *got == NotFhir::Html || !endpoints_known || *status == 200 => {
            Some(DiscoverError::NotFhir { host, got: *got, status: *status })
        }
        Trouble::NotFhir { .. } => None,
    }
}

async fn ask(http: &Http, url: Url, base: CardBase) -> Asked {
    let root = base_url(&base.url).unwrap_or(url);
    let address = |path: &str| root.join(path).map_err(|_| HttpError::BadAddress);
    let (smart, metadata) = futures::future::join(
        async {
            get(http, address(".well-known/smart-configuration")?, "application/json", SMART_LIMIT).await
        },
        async {
            let general = format!("{MODERN}, {LEGACY};q=0.9, application/json;q=0.8");
            let mut answer = get(http, address("metadata")?, &general, http.page_limit()).await?;
            for media_type in [MODERN, LEGACY, "application/json"] {
                if !matches!(answer.status, 406 | 415) {
                    break;
                }
                answer = get(http, address("metadata")?, media_type, http.page_limit()).await?;
            }
            Ok::<_, HttpError>(answer)
        },
    )
    .await;
    let smart = smart.ok().filter(|answer| answer.status == 200).and_then(|answer| json(&answer.body));
    let smart = smart
        .filter(|smart| smart["authorization_endpoint"].is_string() || smart["token_endpoint"].is_string());
    let mut asked = Asked {
        info: BaseInfo { release: base.release, url: base.url, capability: None },
        smart,
        statement: None,
        trouble: None,
    };
    match metadata {
        Err(error) => asked.trouble = Some(Trouble::Http(error)),
        Ok(answer) => {
            let value = json(&answer.body);
            let is_statement = |value: &Value| {
                matches!(value["resourceType"].as_str(), Some("CapabilityStatement" | "Conformance"))
            };
            match value {
                Some(value) if answer.status < 300 && is_statement(&value) => {
                    asked.info.capability = Some(read_capability(&value));
                    asked.statement = Some(value);
                }
                value => {
                    let html =
                        answer.content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("html"))
                            || answer.body.trim_ascii_start().starts_with(b"<");
                    let got = match value {
                        Some(_) => NotFhir::Json,
                        None if html => NotFhir::Html,
                        None => NotFhir::Other,
                    };
                    asked.trouble = Some(Trouble::NotFhir { got, status: answer.status });
                }
            }
        }
    }
    asked
}

struct Answer {
    status: u16,
    content_type: Option<String>,
    body: Vec<u8>,
}

async fn get(http: &Http, url: Url, accept: &str, limit: usize) -> Result<Answer, HttpError> {
    let named = url.clone();
    let mut url = url;
    // Public documents without a token: a redirect on the same host (a missing slash) is harmless.
    for _ in 0..3 {
        let request = http.request(Method::GET, url.clone())?.header(ACCEPT, accept);
        let reply = http
            .send(request.build().map_err(|_| HttpError::BadAddress)?, limit, Purpose::Discovery, &named)
            .await?;
        let location = reply.headers.get("location").and_then(|value| value.to_str().ok());
        match location.and_then(|location| url.join(location).ok()) {
            Some(next) if (300..400).contains(&reply.status) && next.origin() == url.origin() => url = next,
            _ => {
                let content_type = content_type(&reply.headers);
                return Ok(Answer { status: reply.status, content_type, body: reply.body });
            }
        }
    }
    Err(HttpError::Interrupted { host: host_of(&url) })
}

/// Values of a document that a server says itself with; the longest capability statements have some ten thousands.
const MOST_VALUES: usize = 500_000;

/// Whether there are no more values in a JSON text than so many, as far as its brackets and commas say: each takes far more memory
/// than its letters.
pub(crate) fn at_most_values(bytes: &[u8], most: usize) -> bool {
    bytes.iter().filter(|byte| matches!(byte, b'{' | b'[' | b',')).nth(most).is_none()
}

fn json(bytes: &[u8]) -> Option<Value> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let fits = at_most_values(bytes, MOST_VALUES);
    fits.then(|| serde_json::from_slice::<Value>(bytes).ok().filter(Value::is_object)).flatten()
}

/// An address as somebody types it; `https://` is added when there is no scheme.
fn given(what: &'static str, text: Option<&str>) -> Result<Option<Url>, DiscoverError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&whole).map_err(|_| DiscoverError::BadAddress { what })?;
    match check_address(&url) {
        Ok(()) => Ok(Some(url)),
        Err(HttpError::NotHttps { host }) => Err(DiscoverError::NotHttps { host }),
        Err(_) => Err(DiscoverError::BadAddress { what }),
    }
}

/// With exactly one trailing slash, so that what is appended goes below the whole path.
fn base_url(base: &str) -> Option<Url> {
    Url::parse(&format!("{}/", base_key(base))).ok()
}

fn host_text(base: &str) -> String {
    base_url(base).as_ref().map(host_of).unwrap_or_default()
}

/// `rest[].security.extension[oauth-uris].extension[]` as name → address.
fn oauth_uris(statement: &Value) -> BTreeMap<String, String> {
    let rests = statement["rest"].as_array().into_iter().flatten();
    let extensions = rests.flat_map(|rest| rest["security"]["extension"].as_array().into_iter().flatten());
    let uris = extensions
        .filter(|extension| extension["url"].as_str().is_some_and(|url| url.ends_with("/oauth-uris")));
    uris.flat_map(|extension| extension["extension"].as_array().into_iter().flatten())
        .filter_map(|part| {
            let uri = part["valueUri"].as_str().or_else(|| part["valueUrl"].as_str())?;
            Some((part["url"].as_str()?.to_owned(), uri.to_owned()))
        })
        .collect()
}

/// Reads a CapabilityStatement or Conformance leniently: what is missing or strange is left out.
pub fn read_capability(statement: &Value) -> Capability {
    let fhir_version = statement["fhirVersion"].as_str().map(str::to_owned);
    let release = fhir_version.as_deref().and_then(|version| match version.get(..2) {
        Some("1." | "0.") => Some(Release::Dstu2),
        Some("3.") => Some(Release::Stu3),
        Some("4.") => Some(Release::R4),
        _ => None,
    });
    let software = statement["software"]["name"].as_str().map(|name| {
        let version = statement["software"]["version"].as_str().unwrap_or_default();
        format!("{name} {version}").trim().to_owned()
    });
    let mut types: BTreeMap<String, TypeCapability> = BTreeMap::new();
    for rest in statement["rest"].as_array().into_iter().flatten() {
        if rest["mode"].as_str().is_some_and(|mode| mode != "server") {
            continue;
        }
        for resource in rest["resource"].as_array().into_iter().flatten() {
            let Some(name) = resource["type"].as_str() else { continue };
            let entry = types.entry(name.to_owned()).or_default();
            let interactions = resource["interaction"].as_array();
            let can = |code: &str| {
                interactions.is_none_or(|list| {
                    list.iter().any(|interaction| interaction["code"].as_str() == Some(code))
                })
            };
            entry.read |= can("read");
            entry.search |= can("search-type");
            let params = resource["searchParam"].as_array().into_iter().flatten();
            entry.params.extend(params.filter_map(|param| param["name"].as_str()).map(str::to_owned));
            let texts = |name: &str| -> Vec<String> {
                let list = resource[name].as_array().into_iter().flatten();
                list.filter_map(Value::as_str).map(str::to_owned).collect()
            };
            entry.includes.extend(texts("searchInclude"));
            entry.revincludes.extend(texts("searchRevInclude"));
        }
    }
    Capability { fhir_version, release, software, types }
}
