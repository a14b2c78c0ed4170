//! The FHIR side of a provider: discovery, read and search, with the provider's manners.

use std::collections::HashMap;
use std::fmt::Write as _;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::changes::Told;
use crate::faults::Fault;
use crate::oauth::{self, Access};
use crate::provider::{Base, LastUpdated, Paging, Provider, SUPPORT_TYPES, Total};
use crate::seal::random_text;
use crate::server::{Request, Site, reply};
use crate::story::{Release, Telling};

/// How long a server that remembers searches remembers one.
const SESSION_LIFE: TimeDelta = TimeDelta::minutes(10);

/// Searches under way, by session id.
pub(crate) type Sessions = HashMap<String, Session>;

/// The rest of a search.
#[derive(Debug)]
pub(crate) struct Session {
    resource_type: &'static str,
    query: Vec<(String, String)>,
    offset: usize,
    until: DateTime<Utc>,
}

/// One base answering one request.
struct Desk<'s> {
    site: &'s Site,
    base: &'static Base,
    request: &'s Request,
    fault: Option<&'s Fault>,
}

/// Answers a `GET` below a base; `rest` is the path after the base and a slash.
pub(crate) fn answer(
    site: &Site,
    base: &'static Base,
    rest: &str,
    request: &Request,
    fault: Option<&Fault>,
) -> Response {
    let desk = Desk { site, base, request, fault };
    // Discovery is open to everyone (SMART App Launch §2.1).
    match rest {
        ".well-known/smart-configuration" => {
            return reply(StatusCode::OK, "application/json", desk.configuration().to_string());
        }
        "metadata" => return desk.negotiated(StatusCode::OK, desk.statement().to_string()),
        _ => {}
    }
    let Some(access) = oauth::bearer(site, request) else {
        let mut response = desk.outcome(StatusCode::UNAUTHORIZED, "login", "An access token is needed.");
        let realm = HeaderValue::from_static("Bearer realm=\"fhir\", error=\"invalid_token\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, realm);
        return response;
    };
    let segments: Vec<&str> = rest.split('/').collect();
    match segments.as_slice() {
        ["document", name] => desk.document(&access, name),
        [resource_type] => desk.search(&access, resource_type),
        [resource_type, id] => desk.read(&access, resource_type, id),
        _ => desk.outcome(StatusCode::NOT_FOUND, "not-found", "Nothing is here."),
    }
}

impl Desk<'_> {
    fn provider(&self) -> &'static Provider {
        self.site.provider
    }

    fn find(&self, resource_type: &str, id: &str) -> Option<Told<'_>> {
        self.site.changes.find(&self.site.story, self.base.source, resource_type, id)
    }

    fn base_url(&self) -> String {
        self.site.url(self.base)
    }

    /// A FHIR answer in the base's content type, or 406 where the `Accept` rules say so.
    fn negotiated(&self, status: StatusCode, body: String) -> Response {
        let accept = self.request.header(&header::ACCEPT).unwrap_or("*/*");
        let fits = |kind: &str| {
            let kind = kind.split(';').next().unwrap_or_default().trim();
            matches!(kind, "*/*" | "application/fhir+json" | "application/json+fhir")
        };
        if self.provider().manners.strict_accept && !accept.split(',').any(fits) {
            return reply(StatusCode::NOT_ACCEPTABLE, "text/plain; charset=utf-8", "Not Acceptable");
        }
        reply(status, self.base.mime, body)
    }

    fn outcome(&self, status: StatusCode, code: &str, words: &str) -> Response {
        self.negotiated(status, self.outcome_resource("error", code, words).to_string())
    }

    fn outcome_resource(&self, severity: &str, code: &str, words: &str) -> Value {
        let mut issue = json!({ "severity": severity, "diagnostics": words, "details": { "text": words } });
        if !self.provider().manners.outcome_without_code {
            issue["code"] = code.into();
        }
        json!({ "resourceType": "OperationOutcome", "issue": [issue] })
    }

    /// The catalogue's own name of a type and its parameters, or the answer for one that may not be read.
    fn offered(
        &self,
        access: &Access,
        resource_type: &str,
    ) -> Result<(&'static str, &'static [&'static str]), Box<Response>> {
        let manners = &self.provider().manners;
        let Some((name, params)) = self.base.types.iter().find(|(name, _)| *name == resource_type) else {
            return Err(Box::new(if manners.html_for_unknown {
                reply(
                    StatusCode::NOT_FOUND,
                    "text/html; charset=utf-8",
                    "<!doctype html><title>404</title><p>File or directory not found.",
                )
            } else {
                self.outcome(StatusCode::NOT_FOUND, "not-supported", "This type is not offered here.")
            }));
        };
        if manners.unlicensed.contains(name) {
            return Err(Box::new(reply(StatusCode::FORBIDDEN, self.base.mime, "")));
        }
        if !access.reads(name) || self.site.faults.is_narrowed(name) {
            let words = format!("Read access to '{name}' is denied by user");
            return Err(Box::new(self.outcome(StatusCode::FORBIDDEN, "forbidden", &words)));
        }
        Ok((name, params))
    }

    fn read(&self, access: &Access, resource_type: &str, id: &str) -> Response {
        let name = match self.offered(access, resource_type) {
            Ok((name, _)) => name,
            Err(response) => return *response,
        };
        let Some(telling) = self.find(name, id) else {
            return self.outcome(StatusCode::NOT_FOUND, "not-found", "There is no such resource.");
        };
        if name == "Binary" {
            return self.binary(&telling);
        }
        self.negotiated(StatusCode::OK, telling.text(&self.base_url()))
    }

    /// A `Binary` as itself or as what is in it (R4 §2.40.2).
    fn binary(&self, telling: &Telling) -> Response {
        let value = telling.value();
        let kind = value["contentType"].as_str().unwrap_or_default();
        let accept = self.request.header(&header::ACCEPT).unwrap_or("*/*");
        let first = accept.split(',').find_map(|part| {
            let part = part.split(';').next().unwrap_or_default().trim();
            match part {
                "*/*" => Some(!self.provider().manners.strict_accept),
                "application/fhir+json" | "application/json+fhir" => Some(false),
                "application/json" if !self.provider().manners.strict_accept => Some(false),
                other if other == kind => Some(true),
                _ => None,
            }
        });
        match first {
            Some(false) => reply(StatusCode::OK, self.base.mime, telling.text(&self.base_url())),
            Some(true) => {
                let member = if self.base.source.release == Release::R4 { "data" } else { "content" };
                let bytes = STANDARD
                    .decode(value[member].as_str().unwrap_or_default())
                    .expect("the story encoded it so");
                let kind: &'static str =
                    if kind == "application/pdf" { "application/pdf" } else { "text/plain; charset=utf-8" };
                reply(StatusCode::OK, kind, bytes)
            }
            None => reply(StatusCode::NOT_ACCEPTABLE, "text/plain; charset=utf-8", "Not Acceptable"),
        }
    }

    /// A document at an address of its own, as its bytes.
    fn document(&self, access: &Access, name: &str) -> Response {
        if !access.reads("DocumentReference") {
            let words = "Read access to 'DocumentReference' is denied by user";
            return self.outcome(StatusCode::FORBIDDEN, "forbidden", words);
        }
        match self.site.story.document(self.base.source, name) {
            Some(document) => reply(StatusCode::OK, document.content_type, document.bytes.clone()),
            None => self.outcome(StatusCode::NOT_FOUND, "not-found", "There is no such document."),
        }
    }

    fn search(&self, access: &Access, resource_type: &str) -> Response {
        let manners = &self.provider().manners;
        let (name, params) = match self.offered(access, resource_type) {
            Ok(offered) => offered,
            Err(response) => return *response,
        };
        let bad = |code: &str, words: &str| self.outcome(StatusCode::BAD_REQUEST, code, words);
        if manners.search_unsupported.contains(&name) {
            let words = format!(
                "System.NotImplementedException: The search of '{name}' is not implemented.\r\n   at Gateway.Search.{name}Query.Run() in D:\\agent\\work\\Search.cs:line 214"
            );
            return bad("not-supported", &words);
        }
        let mut query = self.request.query.clone();
        let mut offset = 0;
        if manners.paging == Paging::Session
            && let Some(id) = self.request.query("sessionID")
        {
            let mut sessions = self.site.sessions.lock().expect("no holder of this lock panics");
            sessions.retain(|_, session| session.until > self.request.at);
            match sessions.get(id) {
                Some(session) if session.resource_type == name => {
                    query.clone_from(&session.query);
                    offset = session.offset;
                }
                _ => return bad("processing", "4113: The session has expired. Please search again."),
            }
        }
        let query = Query(query);

        // Whose record?
        let me = self.site.story.patient_id(self.base.source);
        if name == "Patient" {
            let asked = query.get("_id").or_else(|| query.get("identifier"));
            if asked.is_none() && !manners.patient_search_is_me {
                return bad("required", "Say which patient: _id is missing.");
            }
        } else if SUPPORT_TYPES.contains(&name) {
            if query.get("_id").is_none() {
                return bad("required", "_id is missing.");
            }
        } else {
            let asked = query.get("patient").or_else(|| query.get("subject"));
            match asked.map(|asked| asked.strip_prefix("Patient/").unwrap_or(asked)) {
                None => return bad("required", "patient is missing."),
                Some(asked) if asked != me && self.find("Patient", asked).is_none() => {
                    let words = "The token is for another patient.";
                    return self.outcome(StatusCode::FORBIDDEN, "forbidden", words);
                }
                Some(_) => {}
            }
        }
        if let Some(need) = manners.needs.iter().find(|need| need.on == name)
            && !need.one_of.iter().any(|param| query.get(param).is_some())
        {
            let status = StatusCode::from_u16(need.status).expect("provider.rs names a status");
            return self.outcome(status, "required", need.words);
        }
        let asks_updated = query.get("_lastUpdated").is_some();
        let honours_updated = match manners.last_updated {
            LastUpdated::Everywhere => true,
            LastUpdated::Ignored => false,
            LastUpdated::On(types) => {
                if asks_updated && !types.contains(&name) {
                    return bad("not-supported", "_lastUpdated is not supported for this type.");
                }
                if asks_updated && query.get("date").is_some() {
                    return bad("invalid", "date and _lastUpdated cannot be combined.");
                }
                true
            }
        };

        let mut matches = self.site.changes.of_type(&self.site.story, self.base.source, name);
        matches.retain(|telling| query.fits(telling.value(), params, honours_updated));
        // Where a sign-in opens several records: only what is about the one that was asked for.
        if let Some(asked) = query.get("patient").or_else(|| query.get("subject"))
            && asked.strip_prefix("Patient/").unwrap_or(asked) != me
        {
            let about = format!("Patient/{}", asked.strip_prefix("Patient/").unwrap_or(asked));
            let of = |value: &Value, name: &str| value[name]["reference"] == about.as_str();
            matches.retain(|told| of(told.value(), "patient") || of(told.value(), "subject"));
        }
        self.bundle(access, name, &query, &matches, offset, asks_updated && !honours_updated)
    }

    /// One page of a search.
    fn bundle(
        &self,
        access: &Access,
        name: &'static str,
        query: &Query,
        matches: &[Told<'_>],
        mut offset: usize,
        updated_ignored: bool,
    ) -> Response {
        let manners = &self.provider().manners;
        let (_, usual, most) = manners
            .page_sizes
            .iter()
            .find(|(on, ..)| *on == name || *on == "*")
            .expect("provider.rs ends every table with *");
        let asked =
            query.get("_count").or_else(|| manners.page_size_alias.and_then(|alias| query.get(alias)));
        let size = match asked.map(str::parse::<usize>) {
            None => *usual,
            Some(Ok(count)) if count > 0 => count.min(*most),
            Some(_) => {
                return self.outcome(StatusCode::BAD_REQUEST, "invalid", "The page size is not a number.");
            }
        };
        let page = match query.get("page").map(str::parse::<usize>) {
            Some(Ok(page)) if page > 0 && manners.paging == Paging::PageNumber => page,
            _ => 1,
        };
        match manners.paging {
            Paging::PageNumber => offset = (page - 1).saturating_mul(size),
            Paging::Context => offset = query.get("-pageContext").and_then(page_context).unwrap_or(0),
            Paging::Session => {}
        }
        let rest = matches.get(offset..).unwrap_or_default();
        let more = rest.len() > size || self.fault.is_some_and(Fault::never_ends);
        let repeats = self.fault.is_some_and(Fault::repeats);
        let rest = if repeats { matches } else { rest };
        let shown = &rest[..rest.len().min(size)];

        let base = self.base_url();
        let mut entries: Vec<String> =
            shown.iter().map(|telling| self.entry(&base, telling, "match")).collect();
        if query.get("_include") == Some("MedicationRequest:medication") && access.reads("Medication") {
            let mut wanted: Vec<&str> = shown
                .iter()
                .filter_map(|telling| telling.value()["medicationReference"]["reference"].as_str())
                .collect();
            wanted.sort_unstable();
            wanted.dedup();
            for id in wanted.iter().filter_map(|reference| reference.strip_prefix("Medication/")) {
                if let Some(medication) = self.find("Medication", id) {
                    entries.push(self.entry(&base, &medication, "include"));
                }
            }
        }
        let mut warn = |severity: &str, words: &str| {
            let outcome = self.outcome_resource(severity, "informational", words);
            entries.push(format!(r#"{{"resource":{outcome},"search":{{"mode":"outcome"}}}}"#));
        };
        if manners.outcome_when_empty && matches.is_empty() {
            warn("warning", "4101: Resource request returns no results.");
        }
        if updated_ignored {
            warn("warning", "4100: The parameter _lastUpdated was not used.");
        }

        let loses = manners.loses_next_after.iter().any(|(on, last)| *on == name && page >= *last);
        let mut links = vec![json!({ "relation": "self", "url": self.link(name, &query.0) })];
        if more && !loses {
            let next = self.next(name, query, page, offset + size);
            let next = match self.fault {
                Some(fault) => fault.next(next, &base, &self.site.origin),
                None => next,
            };
            links.push(json!({ "relation": "next", "url": next }));
        }
        let mut text = String::from(r#"{"resourceType":"Bundle","type":"searchset""#);
        let total = match manners.total {
            Total::Matches => Some(matches.len()),
            Total::PageCount => Some(shown.len()),
            Total::Absent => None,
        };
        if let Some(total) = total {
            let _ = write!(text, r#","total":{total}"#);
        }
        let _ = write!(text, r#","link":{}"#, Value::from(links));
        if !entries.is_empty() {
            let _ = write!(text, r#","entry":[{}]"#, entries.join(","));
        }
        text.push('}');
        self.negotiated(StatusCode::OK, text)
    }

    fn entry(&self, base: &str, telling: &Telling, mode: &str) -> String {
        let mut entry = format!(
            r#"{{"fullUrl":"{base}/{}/{}","resource":{}"#,
            telling.resource_type(),
            telling.id(),
            telling.text(base)
        );
        if self.provider().manners.search_mode {
            let _ = write!(entry, r#","search":{{"mode":"{mode}"}}"#);
        }
        entry.push('}');
        entry
    }

    fn link(&self, name: &str, query: &[(String, String)]) -> String {
        let mut url = format!("{}/{name}", self.base_url());
        if !query.is_empty() {
            let pairs = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
            let _ = write!(url, "?{pairs}");
        }
        url
    }

    fn next(&self, name: &'static str, query: &Query, page: usize, offset: usize) -> String {
        match self.provider().manners.paging {
            Paging::PageNumber => self.link(name, &query.with("page", (page + 1).to_string())),
            Paging::Context => {
                let turned = Query(query.with("-pageDirection", "NextPage".to_owned()));
                self.link(name, &turned.with("-pageContext", format!("p{offset}")))
            }
            Paging::Session => {
                let id = format!("26-{}", random_text());
                let session = Session {
                    resource_type: name,
                    query: query.0.clone(),
                    offset,
                    until: self.request.at + SESSION_LIFE,
                };
                self.site.sessions.lock().expect("no holder of this lock panics").insert(id.clone(), session);
                self.link(name, &[("sessionID".to_owned(), id)])
            }
        }
    }

    /// SMART App Launch §2.1 `.well-known/smart-configuration`.
    fn configuration(&self) -> Value {
        let provider = self.provider();
        let at = |path: &str| format!("{}{path}", self.site.origin);
        let mut capabilities = vec![
            "launch-standalone",
            "permission-offline",
            "permission-patient",
            "permission-v1",
            "authorize-post",
        ];
        let mut scopes = vec!["launch/patient", "offline_access"];
        if provider.client_secret.is_some() {
            capabilities.push("client-confidential-symmetric");
        } else {
            capabilities.push("client-public");
        }
        if provider.manners.patient_in_token {
            capabilities.push("context-standalone-patient");
        }
        if provider.manners.id_token {
            capabilities.push("sso-openid-connect");
            scopes.extend(["openid", "fhirUser"]);
        }
        let mut scopes: Vec<String> = scopes.into_iter().map(str::to_owned).collect();
        if provider.manners.wildcard_scope {
            scopes.push("patient/*.read".to_owned());
        }
        for (name, _) in self.base.types {
            let context = if SUPPORT_TYPES.contains(name) && *name != "Binary" { "user" } else { "patient" };
            scopes.push(format!("{context}/{name}.read"));
        }
        let methods: &[&str] = if provider.client_secret.is_some() {
            &["client_secret_basic", "client_secret_post"]
        } else {
            &["none"]
        };
        let mut configuration = json!({
            "issuer": self.base_url(),
            "authorization_endpoint": at(provider.authorize),
            "token_endpoint": at(provider.token),
            "revocation_endpoint": at(provider.revoke),
            "token_endpoint_auth_methods_supported": methods,
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "response_types_supported": ["code"],
            "scopes_supported": scopes,
            "code_challenge_methods_supported": ["S256"],
            "capabilities": capabilities,
        });
        if provider.registers {
            configuration["registration_endpoint"] = at(oauth::REGISTER).into();
        }
        configuration
    }

    /// `CapabilityStatement` (R4) or `Conformance` (DSTU2), with the OAuth endpoints in the extension
    /// that older clients read.
    fn statement(&self) -> Value {
        let provider = self.provider();
        let release = self.base.source.release;
        let r4 = release == Release::R4;
        let at = |path: &str| format!("{}{path}", self.site.origin);
        let types: Vec<Value> = self
            .base
            .types
            .iter()
            .map(|(name, params)| {
                let mut names = vec!["_id"];
                if *name != "Patient" && !SUPPORT_TYPES.contains(name) {
                    names.push("patient");
                }
                names.extend(*params);
                if provider.manners.last_updated == LastUpdated::Everywhere {
                    names.push("_lastUpdated");
                }
                names.extend(provider.manners.page_size_alias);
                let search = !provider.manners.search_unsupported.contains(name);
                let mut interactions = vec![json!({ "code": "read" })];
                if search {
                    interactions.push(json!({ "code": "search-type" }));
                }
                let mut resource = json!({ "type": name, "interaction": interactions });
                if search {
                    resource["searchParam"] =
                        names.iter().map(|name| json!({ "name": name, "type": param_type(name) })).collect();
                }
                if r4 {
                    resource["versioning"] = "no-version".into();
                }
                resource
            })
            .collect();
        let oauth = json!({
            "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
            "extension": [
                { "url": "authorize", "valueUri": at(provider.authorize) },
                { "url": "token", "valueUri": at(provider.token) },
                { "url": "revoke", "valueUri": at(provider.revoke) },
            ],
        });
        let service = if r4 {
            "http://terminology.hl7.org/CodeSystem/restful-security-service"
        } else {
            "http://hl7.org/fhir/restful-security-service"
        };
        let mut statement = json!({
            "resourceType": if release == Release::Dstu2 { "Conformance" } else { "CapabilityStatement" },
            "status": "active",
            "date": self.site.story.today().to_string(),
            "publisher": provider.name,
            "kind": "instance",
            "software": { "name": format!("{} (sample)", provider.portal), "version": env!("CARGO_PKG_VERSION") },
            "implementation": { "description": format!("{}: sample provider, nothing here is real", provider.name), "url": self.base_url() },
            "fhirVersion": release.version(),
            "format": [self.base.mime.split(';').next().unwrap_or_default()],
            "rest": [{
                "mode": "server",
                "security": {
                    "extension": [oauth],
                    "service": [{ "coding": [{ "system": service, "code": "SMART-on-FHIR" }] }],
                },
                "resource": types,
            }],
        });
        if !r4 {
            statement["acceptUnknown"] = "both".into();
        }
        statement
    }
}

fn param_type(name: &str) -> &'static str {
    match name {
        "patient" => "reference",
        "name" | "address" => "string",
        "_maxresults" => "number",
        name if name.contains("date") || matches!(name, "authoredon" | "created" | "_lastUpdated") => "date",
        _ => "token",
    }
}

fn page_context(text: &str) -> Option<usize> {
    text.strip_prefix('p')?.parse().ok()
}

/// The parameters of a search, in order.
struct Query(Vec<(String, String)>);

impl Query {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn with(&self, name: &str, value: String) -> Vec<(String, String)> {
        let mut query = self.0.clone();
        query.retain(|(key, _)| key != name);
        query.push((name.to_owned(), value));
        query
    }

    /// Whether a resource answers every parameter this type offers. Others are passed over, as most
    /// servers do; `self` in the links shows them nevertheless.
    fn fits(&self, resource: &Value, offered: &[&str], honours_updated: bool) -> bool {
        self.0.iter().all(|(name, wanted)| match name.as_str() {
            "_id" => wanted.split(',').any(|id| resource["id"] == id),
            "_lastUpdated" if honours_updated => {
                date_fits(wanted, resource["meta"]["lastUpdated"].as_str().unwrap_or_default())
            }
            name if !offered.contains(&name) => true,
            "identifier" => {
                token_fits(wanted, resource["identifier"].as_array().into_iter().flatten(), "value")
            }
            "clinicalstatus" => wanted.split(',').any(|code| resource["clinicalStatus"] == code),
            "clinical-status" => concept_fits(wanted, &resource["clinicalStatus"]),
            "lifecycle-status" => wanted.split(',').any(|code| resource["lifecycleStatus"] == code),
            "category" | "code" | "type" => concept_fits(wanted, &resource[name]),
            "status" | "intent" => wanted.split(',').any(|code| resource[name] == code),
            "date" | "onset-date" | "authoredon" | "datewritten" | "created" | "birthdate" => {
                clinical_date(resource).is_some_and(|date| date_fits(wanted, date))
            }
            _ => true,
        })
    }
}

/// A token parameter against codes: `code`, `system|code`, `|code`; a comma is "or".
fn token_fits<'v>(wanted: &str, values: impl Iterator<Item = &'v Value> + Clone, member: &str) -> bool {
    wanted.split(',').any(|wanted| {
        let (system, code) = match wanted.rsplit_once('|') {
            Some((system, code)) => (system, code),
            None => ("", wanted),
        };
        values.clone().any(|value| value[member] == code && (system.is_empty() || value["system"] == system))
    })
}

/// A token parameter against one CodeableConcept or a list of them.
fn concept_fits(wanted: &str, concept: &Value) -> bool {
    let one = std::slice::from_ref(concept);
    let concepts = concept.as_array().map_or(one, Vec::as_slice);
    let codings = concepts.iter().flat_map(|concept| concept["coding"].as_array().into_iter().flatten());
    token_fits(wanted, codings, "code")
}

/// The date a search by date looks at.
fn clinical_date(resource: &Value) -> Option<&str> {
    const PLACES: &[&str] = &[
        "/effectiveDateTime",
        "/effectivePeriod/start",
        "/occurrenceDateTime",
        "/performedDateTime",
        "/performedPeriod/start",
        "/onsetDateTime",
        "/authoredOn",
        "/dateWritten",
        "/period/start",
        "/date",
        "/created",
        "/recordedDate",
        "/birthDate",
    ];
    PLACES.iter().find_map(|place| resource.pointer(place)?.as_str())
}

/// A date parameter with its prefix against a date, both as precise as they are (R4 §3.1.1.5.2).
/// Compared as calendar text: enough for whole days, which is what is asked for here.
fn date_fits(wanted: &str, date: &str) -> bool {
    if date.is_empty() {
        return false;
    }
    let (prefix, wanted) = match wanted.get(..2) {
        Some(prefix @ ("eq" | "ne" | "ge" | "gt" | "le" | "lt")) => (prefix, &wanted[2..]),
        _ => ("eq", wanted),
    };
    let length = wanted.len().min(date.len()).min(if wanted.contains('T') { 19 } else { 10 });
    let (Some(date), Some(wanted)) = (date.get(..length), wanted.get(..length)) else { return false };
    match prefix {
        "ne" => date != wanted,
        "ge" => date >= wanted,
        "gt" => date > wanted,
        "le" => date <= wanted,
        "lt" => date < wanted,
        _ => date == wanted,
    }
}
