//! The public list of the providers: a SMART User-access Brands bundle (SMART App Launch 2.2), as vendors publish it.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::provider::Provider;
use crate::server::{Request, reply};

/// Where it is, at every provider.
pub(crate) const PATH: &str = "/brands";

const PORTAL: &str = "http://hl7.org/fhir/StructureDefinition/organization-portal";
const VERSION: &str = "http://hl7.org/fhir/StructureDefinition/endpoint-fhir-version";

/// The bundle's bytes with their entity tag.
#[derive(Debug)]
pub(crate) struct List {
    body: String,
    etag: String,
}

impl List {
    /// Every provider is a brand with its portal and endpoints, and its branches are practices below it.
    pub(crate) fn of<'p>(providers: impl Iterator<Item = (&'p Provider, String)>) -> Self {
        let mut entries = Vec::new();
        let mut add = |resource: Value| {
            let kind = resource["resourceType"].as_str().unwrap_or_default();
            let id = resource["id"].as_str().unwrap_or_default();
            let url = format!("urn:sample:{kind}/{id}");
            entries.push(json!({ "fullUrl": url, "resource": resource }));
        };
        for (provider, origin) in providers {
            let mut endpoints = Vec::new();
            for (at, base) in provider.bases.iter().enumerate() {
                let id = format!("{}-{at}", provider.id);
                let version = base.source.release.version();
                endpoints.push(json!({ "reference": format!("Endpoint/{id}") }));
                add(json!({
                    "resourceType": "Endpoint", "id": id, "status": "active", "name": provider.name,
                    "address": format!("{origin}{}", base.path),
                    "extension": [{ "url": VERSION, "valueCode": version }],
                    "connectionType": { "code": "hl7-fhir-rest" },
                }));
            }
            let address = |place: &str| {
                let (city, state) = place.split_once(", ").unwrap_or((place, ""));
                json!([{ "city": city, "state": state, "country": "US" }])
            };
            add(json!({
                "resourceType": "Organization", "id": provider.id, "active": true, "name": provider.name,
                "address": address(provider.place), "endpoint": endpoints,
                "extension": [{ "url": PORTAL, "extension": [
                    { "url": "portalName", "valueString": provider.portal },
                    { "url": "portalUrl", "valueUrl": origin },
                ] }],
            }));
            for (name, place) in provider.branches {
                let id = format!("{}-{}", provider.id, name.to_lowercase().replace(' ', "-"));
                add(json!({
                    "resourceType": "Organization", "id": id, "active": true, "name": name,
                    "address": address(place),
                    "partOf": { "reference": format!("Organization/{}", provider.id) },
                }));
            }
        }
        let bundle = json!({
            "resourceType": "Bundle", "type": "collection", "timestamp": "2026-01-01T00:00:00Z", "entry": entries,
        });
        let body = bundle.to_string();
        let etag = format!("\"{}\"", hex::encode(&Sha256::digest(&body)[..8]));
        Self { body, etag }
    }

    pub(crate) fn answer(&self, request: &Request) -> Response {
        let etag = HeaderValue::from_str(&self.etag).ok();
        let known = request.header(&header::IF_NONE_MATCH) == Some(self.etag.as_str());
        let mut response = if known {
            reply(StatusCode::NOT_MODIFIED, "application/fhir+json", "")
        } else {
            reply(StatusCode::OK, "application/fhir+json", self.body.clone())
        };
        if let Some(etag) = etag {
            response.headers_mut().insert(header::ETAG, etag);
        }
        response
    }
}
