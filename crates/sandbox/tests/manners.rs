//! Each provider's manners, one by one.

use reqwest::StatusCode;
use serde_json::Value;
use wholechart_sandbox::Sandbox;

use crate::client::{Provider, link, sandbox};

/// A connected provider and the person's id at one base.
struct Connected {
    provider: Provider,
    tokens: Value,
    base: String,
    me: String,
}

impl Connected {
    async fn to(sandbox: &Sandbox, id: &str, release: &str) -> Self {
        let provider = Provider::meet(sandbox, id).await;
        let tokens = provider.connect().await;
        let base = provider.base(release);
        let story = sandbox.story();
        let release = if release == "r4" {
            wholechart_sandbox::Release::R4
        } else {
            wholechart_sandbox::Release::Dstu2
        };
        let me = story.patient(id, release).unwrap();
        Self { provider, tokens, base, me }
    }

    fn search(&self, resource_type: &str, more: &str) -> String {
        format!("{}/{resource_type}?patient={}{more}", self.base, self.me)
    }

    async fn status(&self, url: &str) -> StatusCode {
        self.provider.get(&self.tokens, url).await.status()
    }

    async fn json(&self, url: &str) -> Value {
        self.provider.json(&self.tokens, url).await
    }

    async fn all(&self, url: &str) -> Vec<Value> {
        self.provider.all(&self.tokens, url).await
    }
}

#[tokio::test]
async fn discovery_is_open_and_agrees_with_itself() {
    let sandbox = sandbox().await;
    for card in sandbox.directory().as_array().unwrap() {
        let provider = Provider::meet(&sandbox, card["id"].as_str().unwrap()).await;
        for base in card["bases"].as_array().unwrap() {
            let (url, release) = (base["url"].as_str().unwrap(), base["release"].as_str().unwrap());
            let metadata = format!("{url}/metadata");
            let response = provider.http.get(metadata).send().await.unwrap();
            let statement: Value = response.json().await.unwrap();
            let (name, version) = match release {
                "r4" => ("CapabilityStatement", "4.0.1"),
                "stu3" => ("CapabilityStatement", "3.0.2"),
                _ => ("Conformance", "1.0.2"),
            };
            assert_eq!(
                (&statement["resourceType"], &statement["fhirVersion"]),
                (&name.into(), &version.into())
            );
            let oauth = &statement["rest"][0]["security"]["extension"][0]["extension"];
            assert_eq!(oauth[0]["valueUri"], provider.authorize.as_str());
            assert_eq!(oauth[1]["valueUri"], provider.token.as_str());
            let types: Vec<&str> = statement["rest"][0]["resource"]
                .as_array()
                .unwrap()
                .iter()
                .map(|r| r["type"].as_str().unwrap())
                .collect();
            assert!(types.contains(&"Immunization") && types.contains(&"Patient"));
        }
    }
    let origins: std::collections::HashSet<_> =
        sandbox.origins().into_iter().map(|(_, origin)| origin).collect();
    assert_eq!(origins.len(), 6);
}

#[tokio::test]
async fn lakeside_needs_a_category_and_answers_outcomes_without_code() {
    let sandbox = sandbox().await;
    let lakeside = Connected::to(&sandbox, "lakeside", "r4").await;
    let refused = lakeside.provider.get(&lakeside.tokens, &lakeside.search("Observation", "")).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    let outcome: Value = refused.json().await.unwrap();
    assert_eq!(outcome["resourceType"], "OperationOutcome");
    assert!(outcome["issue"][0].get("code").is_none());
    assert_eq!(lakeside.status(&lakeside.search("CarePlan", "")).await, StatusCode::NOT_FOUND);
    assert_eq!(lakeside.json(&lakeside.search("CarePlan", "&category=assess-plan")).await["total"], 1);
    let provenance = lakeside.provider.get(&lakeside.tokens, &lakeside.search("Provenance", "")).await;
    assert_eq!(provenance.status(), StatusCode::BAD_REQUEST);
    assert!(provenance.text().await.unwrap().contains("NotImplemented"));
    for category in ["laboratory", "vital-signs", "social-history", "survey"] {
        let found = lakeside.all(&lakeside.search("Observation", &format!("&category={category}"))).await;
        assert!(!found.is_empty(), "{category}");
        for entry in found {
            assert_eq!(entry["resource"]["category"][0]["coding"][0]["code"], category);
            assert!(entry.get("search").is_none() && entry["fullUrl"].is_string());
        }
    }
    let a1c = lakeside.all(&lakeside.search("Observation", "&code=http://loinc.org|4548-4")).await;
    assert_eq!(a1c.len(), 15);
    let none = lakeside.json(&lakeside.search("Observation", "&category=imaging")).await;
    assert_eq!(none["total"], 0);
    assert!(none.get("entry").is_none());
}

#[tokio::test]
async fn lakeside_loses_pages_of_procedures_which_can_be_asked_for() {
    let sandbox = sandbox().await;
    let lakeside = Connected::to(&sandbox, "lakeside", "r4").await;
    let url = lakeside.search("Procedure", "&_count=50");
    let first = lakeside.json(&url).await;
    let total = first["total"].as_u64().unwrap();
    assert_eq!(first["entry"].as_array().unwrap().len(), 25);
    assert_eq!(lakeside.all(&url).await.len(), 50);
    assert!(total > 50, "{total}");
    let mut ids: Vec<Value> = Vec::new();
    let mut page = 1;
    loop {
        let bundle = lakeside.json(&format!("{url}&page={page}")).await;
        let Some(entries) = bundle["entry"].as_array() else { break };
        ids.extend(entries.iter().map(|entry| entry["resource"]["id"].clone()));
        page += 1;
    }
    assert_eq!(ids.len() as u64, total);
    ids.sort_by_key(Value::to_string);
    ids.dedup();
    assert_eq!(ids.len() as u64, total);
    let few = lakeside.json(&lakeside.search("Immunization", "&_maxresults=5")).await;
    assert_eq!(few["entry"].as_array().unwrap().len(), 5);
    assert!(link(&few, "next").unwrap().contains("page=2"));
    let whole = lakeside.all(&lakeside.search("Immunization", "&_maxresults=5")).await;
    assert_eq!(whole.len() as u64, few["total"].as_u64().unwrap());
}

#[tokio::test]
async fn lakeside_serves_documents_at_their_own_addresses_in_both_releases() {
    let sandbox = sandbox().await;
    for release in ["r4", "dstu2"] {
        let lakeside = Connected::to(&sandbox, "lakeside", release).await;
        let papers = lakeside.all(&lakeside.search("DocumentReference", "")).await;
        assert!(papers.len() >= 2);
        let mut kinds = Vec::new();
        for entry in papers {
            let attachment = &entry["resource"]["content"][0]["attachment"];
            let url = attachment["url"].as_str().unwrap();
            assert!(url.starts_with(&format!("{}/document/", lakeside.base)), "{url}");
            let response = lakeside.provider.accepting(&lakeside.tokens, url, "*/*").await;
            let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
            assert!(kind.starts_with(attachment["contentType"].as_str().unwrap()));
            let bytes = response.bytes().await.unwrap();
            assert_eq!(kind == "application/pdf", bytes.starts_with(b"%PDF-1.4"));
            kinds.push(kind);
            let bare = lakeside.provider.http.get(url).send().await.unwrap();
            assert_eq!(bare.status(), StatusCode::UNAUTHORIZED);
        }
        kinds.sort();
        kinds.dedup();
        assert_eq!(kinds.len(), 2, "a PDF and a text");
    }
}

#[tokio::test]
async fn lakesides_two_bases_differ_in_ids_and_in_what_they_hold() {
    let sandbox = sandbox().await;
    let new = Connected::to(&sandbox, "lakeside", "r4").await;
    let old = Connected::to(&sandbox, "lakeside", "dstu2").await;
    assert_ne!(new.me, old.me);
    assert!(!old.all(&old.search("FamilyMemberHistory", "")).await.is_empty());
    assert_eq!(new.status(&new.search("FamilyMemberHistory", "")).await, StatusCode::NOT_FOUND);
    let childhood = old.all(&old.search("Immunization", "")).await;
    assert!(childhood.iter().any(|entry| entry["resource"]["date"] == "1986-02"));
    let flu = |entries: &[Value], date: &str| {
        entries
            .iter()
            .filter(|entry| entry["resource"][date].as_str().is_some_and(|at| at.starts_with("2019-10")))
            .count()
    };
    assert_eq!(flu(&childhood, "date"), 1);
    assert_eq!(flu(&new.all(&new.search("Immunization", "")).await, "occurrenceDateTime"), 1);
    let onsets = new.all(&new.search("Condition", "")).await;
    for entry in &onsets {
        let condition = &entry["resource"];
        assert!(condition.get("recordedDate").is_none());
        if let Some(onset) = condition["onsetDateTime"].as_str().filter(|onset| onset.len() > 10) {
            assert!(onset.ends_with("T00:00:00+00:00"));
        }
    }
    assert!(onsets.iter().any(|entry| entry["resource"].get("onsetDateTime").is_none()));
}

#[tokio::test]
async fn summit_counts_pages_remembers_searches_and_ignores_last_updated() {
    let sandbox = sandbox().await;
    let summit = Connected::to(&sandbox, "summit", "r4").await;
    assert!(summit.me.len() > 64);
    assert_eq!(summit.status(&summit.search("Observation", "")).await, StatusCode::BAD_REQUEST);
    let first = summit.json(&summit.search("Observation", "&category=vital-signs&_count=10")).await;
    assert_eq!(first["total"], 10);
    let next = link(&first, "next").unwrap();
    assert!(next.contains("sessionID=") && !next.contains("category"));
    let whole = summit.all(&summit.search("Observation", "&category=vital-signs&_count=10")).await;
    assert_eq!(whole.len(), 32);
    assert!(whole.iter().all(|entry| entry["search"]["mode"] == "match"));
    let gone = format!("{}/Observation?sessionID=26-unknown", summit.base);
    let refused = summit.provider.get(&summit.tokens, &gone).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert!(refused.text().await.unwrap().contains("4113"));

    let empty = summit.json(&summit.search("Observation", "&category=sdoh")).await;
    assert_eq!(empty["total"], 0);
    assert_eq!(empty["entry"].as_array().unwrap().len(), 1);
    assert_eq!(empty["entry"][0]["search"]["mode"], "outcome");
    assert_eq!(empty["entry"][0]["resource"]["resourceType"], "OperationOutcome");

    let plain = summit.all(&summit.search("Condition", "")).await;
    let asked = summit.all(&summit.search("Condition", "&_lastUpdated=ge2999-01-01")).await;
    let matches = asked.iter().filter(|entry| entry["search"]["mode"] == "match").count();
    assert_eq!(matches, plain.len());
    assert!(plain.iter().all(|entry| entry["resource"].get("meta").is_none()));

    let dispenses = summit.provider.get(&summit.tokens, &summit.search("MedicationDispense", "")).await;
    assert_eq!(dispenses.status(), StatusCode::FORBIDDEN);
    assert!(dispenses.bytes().await.unwrap().is_empty());
    let unknown = summit.provider.get(&summit.tokens, &summit.search("Spaceship", "")).await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert!(unknown.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
}

#[tokio::test]
async fn summit_keeps_medicines_and_documents_apart() {
    let sandbox = sandbox().await;
    let summit = Connected::to(&sandbox, "summit", "r4").await;
    let orders = summit.all(&summit.search("MedicationRequest", "")).await;
    for entry in &orders {
        let reference = entry["resource"]["medicationReference"]["reference"].as_str().unwrap();
        let medication = summit.json(&format!("{}/{reference}", summit.base)).await;
        assert_eq!(medication["resourceType"], "Medication");
    }
    let included =
        summit.all(&summit.search("MedicationRequest", "&_include=MedicationRequest:medication")).await;
    assert!(included.iter().any(|entry| entry["search"]["mode"] == "include"));

    let papers = summit.all(&summit.search("DocumentReference", "")).await;
    let two =
        papers.iter().find(|entry| entry["resource"]["content"].as_array().unwrap().len() == 2).unwrap();
    let url =
        format!("{}/{}", summit.base, two["resource"]["content"][1]["attachment"]["url"].as_str().unwrap());
    let raw =
        summit.provider.accepting(&summit.tokens, &url, "application/pdf, application/fhir+json, */*").await;
    assert!(raw.bytes().await.unwrap().starts_with(b"%PDF"));
    let wrapped = summit.json(&url).await;
    assert_eq!(wrapped["resourceType"], "Binary");
    assert!(wrapped["data"].is_string());

    let potassium =
        summit.all(&summit.search("Observation", "&code=2823-3&date=ge2021-03-16&date=le2021-03-18")).await;
    let mut told: Vec<(String, String)> = potassium
        .iter()
        .map(|entry| {
            let result = &entry["resource"];
            (result["status"].as_str().unwrap().to_owned(), result["valueQuantity"]["value"].to_string())
        })
        .collect();
    told.sort();
    assert_eq!(told.len(), 2);
    assert_eq!(told[0], ("entered-in-error".to_owned(), "7.9".to_owned()));
    assert_eq!(told[1].0, "final");
}

#[tokio::test]
async fn harbor_minds_the_accept_header() {
    let sandbox = sandbox().await;
    let harbor = Connected::to(&sandbox, "harbor", "dstu2").await;
    let url = harbor.search("Condition", "");
    for (accept, status) in [
        ("application/json+fhir", StatusCode::OK),
        ("application/fhir+json", StatusCode::OK),
        ("application/fhir+json, application/json;q=0.8", StatusCode::OK),
        ("application/json", StatusCode::NOT_ACCEPTABLE),
        ("text/html", StatusCode::NOT_ACCEPTABLE),
    ] {
        let response = harbor.provider.accepting(&harbor.tokens, &url, accept).await;
        assert_eq!(response.status(), status, "{accept}");
        if status == StatusCode::OK {
            let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
            assert!(kind.starts_with("application/json+fhir"), "{kind}");
        }
    }
    let papers = harbor.all(&harbor.search("DocumentReference", "")).await;
    let url = papers
        .iter()
        .find_map(|entry| entry["resource"]["content"][0]["attachment"]["url"].as_str())
        .unwrap();
    let url = format!("{}/{url}", harbor.base);
    let raw = harbor.provider.accepting(&harbor.tokens, &url, "application/pdf").await;
    assert!(raw.bytes().await.unwrap().starts_with(b"%PDF"));
    let wrapped = harbor.provider.accepting(&harbor.tokens, &url, "application/fhir+json").await;
    assert!(wrapped.json::<Value>().await.unwrap()["content"].is_string());
    let refused = harbor.provider.accepting(&harbor.tokens, &url, "application/json").await;
    assert_eq!(refused.status(), StatusCode::NOT_ACCEPTABLE);
    assert!(papers.iter().any(|entry| entry["resource"]["content"][0]["attachment"]["data"].is_string()));
}

#[tokio::test]
async fn harbor_gives_no_total_and_knows_last_updated_of_some_kinds() {
    let sandbox = sandbox().await;
    let harbor = Connected::to(&sandbox, "harbor", "dstu2").await;
    let first = harbor.json(&harbor.search("Observation", "")).await;
    assert!(first.get("total").is_none());
    assert_eq!(first["entry"].as_array().unwrap().len(), 50);
    let whole = harbor.all(&harbor.search("Observation", "")).await;
    assert!(whole.len() > 50);
    let mut ids: Vec<String> = whole.iter().map(|entry| entry["resource"]["id"].to_string()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), whole.len());
    let recent = harbor.all(&harbor.search("Observation", "&_lastUpdated=ge2025-01-01T00:00:00Z")).await;
    assert!(!recent.is_empty() && recent.len() < whole.len());
    let refused = harbor.search("Procedure", "&_lastUpdated=ge2025-01-01T00:00:00Z");
    assert_eq!(harbor.status(&refused).await, StatusCode::BAD_REQUEST);
    let both = harbor.search("Observation", "&_lastUpdated=ge2025-01-01T00:00:00Z&date=ge2025-01-01");
    assert_eq!(harbor.status(&both).await, StatusCode::BAD_REQUEST);
    assert_eq!(harbor.status(&format!("{}/Observation", harbor.base)).await, StatusCode::BAD_REQUEST);
    assert_eq!(harbor.status(&format!("{}/Patient?_id={}", harbor.base, harbor.me)).await, StatusCode::OK);
    assert_eq!(harbor.status(&format!("{}/Patient", harbor.base)).await, StatusCode::BAD_REQUEST);
    assert_eq!(harbor.status(&format!("{}/Patient/unknown", harbor.base)).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn decimals_travel_as_they_were_written() {
    let sandbox = sandbox().await;
    let lakeside = Connected::to(&sandbox, "lakeside", "r4").await;
    let url = lakeside.search("Observation", "&code=2276-4");
    let text = lakeside.provider.get(&lakeside.tokens, &url).await.text().await.unwrap();
    assert!(text.contains(r#""value":5.10"#), "{text}");
}
