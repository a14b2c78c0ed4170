//! Public lists of providers, as they are and as they should not be.

use serde_json::{Value, json};
use wholechart_fhir::Release;
use wholechart_smart::{
    Brands, BrandsError, Directory, FetchedBrands, Quirk, fetch_brands, parse_brands, shipped_cards,
};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::server::http;

fn endpoint(id: &str, address: &str, version: &str) -> Value {
    json!({"fullUrl": format!("urn:uuid:{id}"), "resource": {"resourceType": "Endpoint", "id": id, "status": "active",
        "address": address, "extension": [
            {"url": "http://hl7.org/fhir/StructureDefinition/endpoint-fhir-version", "valueCode": version}]}})
}

fn list(entries: Vec<Value>) -> Result<Brands, BrandsError> {
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "timestamp": "2026-05-01T00:00:00Z",
        "entry": entries});
    parse_brands(bundle.to_string().as_bytes(), &public())
}

/// Where a public list is.
fn public() -> url::Url {
    "https://lists.example/brands.json".parse().unwrap()
}

#[test]
fn a_public_list_leads_to_no_address_of_this_computer_or_of_its_network() {
    let private = [
        "http://localhost:47600/r4",
        "https://localhost/r4",
        "http://127.0.0.1:8080/r4",
        "https://[::1]/r4",
        "https://192.168.1.1/r4",
        "https://10.0.0.7/r4",
        "https://169.254.169.254/r4",
    ];
    let named = |at: &str| json!({"resource": {"resourceType": "Endpoint", "name": at, "address": at}});
    let entries: Vec<Value> =
        private.iter().copied().chain(["https://clinic.example/r4"]).map(named).collect();
    let bundle = json!({"resourceType": "Bundle", "entry": entries}).to_string();
    let read = parse_brands(bundle.as_bytes(), &public()).unwrap();
    assert_eq!(
        read.brands.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        ["https://clinic.example/r4"]
    );
    assert_eq!(read.passed_over, private.len());
    // The sample providers publish theirs on this computer.
    let here = "http://127.0.0.1:47599/brands.json".parse().unwrap();
    assert_eq!(parse_brands(bundle.as_bytes(), &here).unwrap().brands.len(), private.len() + 1);
}

#[test]
fn brands_their_portals_and_those_below_them_are_read() {
    let organisation = json!({"resource": {"resourceType": "Organization", "id": "o1", "name": "Lake  Health\n",
        "alias": ["Lakeside"], "identifier": [{"system": "urn:ietf:rfc:3986", "value": "https://lake.example"}],
        "address": [{"city": "Port Alder", "state": "WI"}], "endpoint": [{"reference": "Endpoint/e1"}],
        "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/organization-portal", "extension": [
            {"url": "portalName", "valueString": "LakeChart"},
            {"url": "portalEndpoint", "valueReference": {"reference": "urn:uuid:e2"}}]}]}});
    let below = json!({"resource": {"resourceType": "Organization", "id": "o2", "name": "Lake Eye Clinic",
        "partOf": {"reference": "Organization/o1"}}});
    let read = list(vec![
        endpoint("e1", "https://f.example/dstu2", "1.0.2"),
        endpoint("e2", "https://f.example/r4/", "4.0.1"),
        organisation,
        below,
    ])
    .unwrap();
    assert_eq!(read.passed_over, 0);
    let names: Vec<&str> = read.brands.iter().map(|brand| brand.name.as_str()).collect();
    assert_eq!(names, ["Lake Eye Clinic", "Lake Health"]);
    let lake = &read.brands[1];
    assert_eq!((lake.id.as_str(), lake.place.as_deref()), ("https://lake.example", Some("Port Alder, WI")));
    assert_eq!(
        (lake.portal.as_deref(), lake.aliases.as_slice()),
        (Some("LakeChart"), &["Lakeside".into()][..])
    );
    let releases: Vec<Release> = lake.bases.iter().map(|base| base.release).collect();
    assert_eq!(releases, [Release::R4, Release::Dstu2], "the newest is asked first");
    assert_eq!(read.brands[0].bases.len(), 2, "what is below has the servers of what is above");
    assert!(read.published.is_some());
    // As a card it has its vendor's manners, and is found.
    let vendor = shipped_cards().into_iter().find(|card| card.id == "epic").unwrap();
    let card = lake.card(Some(&vendor)).unwrap();
    assert!(card.quirks.has(Quirk::StatefulNext) && !card.asks_base && card.portal == "LakeChart");
    let bare = lake.card(None).unwrap();
    assert_eq!((bare.name.as_str(), bare.quirks.iter().count()), ("Lake Health", 0));
    let directory = Directory::new([card]);
    assert_eq!(directory.search("lake port", 5).len(), 1);
}

#[test]
fn a_vendors_bundle_of_endpoints_alone_is_a_list_too() {
    let alone = |name: &str, address: &str| json!({"resource": {"resourceType": "Endpoint", "status": "active", "name": name, "address": address}});
    let read = list(vec![
        alone("Summit", "https://s.example/api/FHIR/R4"),
        alone("Summit", "https://s.example/api/FHIR/DSTU2/"),
    ])
    .unwrap();
    let releases: Vec<Release> = read.brands.iter().flat_map(|b| &b.bases).map(|base| base.release).collect();
    assert_eq!(releases, [Release::Dstu2, Release::R4]);
}

#[test]
fn what_is_wrong_costs_only_itself_and_nobody_is_led_astray() {
    let read = list(vec![
        json!(7),
        json!({"resource": {"resourceType": "Organization", "name": "No server"}}),
        json!({"resource": {"resourceType": "Organization", "id": "a", "name": "Circle",
            "partOf": {"reference": "Organization/a"}}}),
        json!({"resource": {"resourceType": "Endpoint", "name": "Plain http", "address": "http://f.example/r4"}}),
        json!({"resource": {"resourceType": "Endpoint", "name": "File", "address": "file:///etc"}}),
        json!({"resource": {"resourceType": "Endpoint", "name": "Trick", "address": "https://a@b.example/r4"}}),
        json!({"resource": {"resourceType": "Endpoint", "name": "Off", "status": "off", "address": "https://f.example/r4"}}),
        json!({"resource": {"resourceType": "Endpoint", "address": "https://nameless.example/r4"}}),
        json!({"resource": {"resourceType": "Endpoint", "name": "x".repeat(9000), "address": "https://f.example/r4"}}),
    ])
    .unwrap();
    assert_eq!((read.brands.len(), read.passed_over), (1, 8));
    assert_eq!(read.brands[0].name.len(), 200);
    assert_eq!(list(vec![]), Err(BrandsError::Empty));
    for text in ["", "<html>", "{}", "[]", r#"{"resourceType":"Bundle","entry":"x"}"#] {
        assert!(parse_brands(text.as_bytes(), &public()).is_err(), "{text}");
    }
    // Brackets alone would take many times their length in memory.
    let brackets = vec!["[]"; 6_000_001].join(",");
    let endless = format!(r#"{{"resourceType":"Bundle","entry":[{brackets}]}}"#);
    assert_eq!(parse_brands(endless.as_bytes(), &public()), Err(BrandsError::NotAList));
}

#[tokio::test]
async fn a_list_is_fetched_once_and_asked_for_by_its_tag() {
    let server = MockServer::start().await;
    let url = format!("{}/brands.json", server.uri()).parse().unwrap();
    Mock::given(method("GET"))
        .and(path("/brands.json"))
        .and(header("if-none-match", "\"v1\""))
        .respond_with(ResponseTemplate::new(304))
        .with_priority(1)
        .mount(&server)
        .await;
    Mock::given(path("/brands.json"))
        .respond_with(ResponseTemplate::new(200).insert_header("etag", "\"v1\"").set_body_string("{}"))
        .mount(&server)
        .await;
    let first = fetch_brands(&http(), &url, None).await.unwrap();
    assert_eq!(first, FetchedBrands::List { bytes: b"{}".to_vec(), etag: Some("\"v1\"".into()) });
    let second = fetch_brands(&http(), &url, Some("\"v1\"")).await.unwrap();
    assert_eq!(second, FetchedBrands::Unchanged);
    for request in server.received_requests().await.unwrap() {
        assert!(!request.headers.contains_key("authorization"));
    }
}
