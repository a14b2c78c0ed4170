//! Public lists of providers: SMART User-access Brands bundles, and vendors' plain bundles of endpoints. Read leniently:
//! they are long, made by many hands, and one bad line must not cost the others.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use reqwest::Method;
use reqwest::header::{ACCEPT, ETAG, IF_NONE_MATCH};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;
use wholechart_fhir::Release;

use crate::card::{CardBase, ProviderCard};
use crate::discover::at_most_values;
use crate::fetch::base_key;
use crate::gate::{Purpose, is_loopback, is_private};
use crate::http::{Http, HttpError, check_address};

/// The longest list read; the longest known has about 50 MB.
const LIMIT: usize = 96 << 20;
/// Lines kept of one list.
const MOST: usize = 200_000;
/// Characters kept of a name.
const LONGEST: usize = 200;
/// Values of a list: one for every eight bytes of [`LIMIT`]. Where they stand closer together they say nothing.
const MOST_VALUES: usize = 12_000_000;

/// A provider as a list names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Brand {
    /// Unique in its list and the same from list to list where the list allows it.
    pub id: String,
    /// The name patients know.
    pub name: String,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// City and state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The portal's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portal: Option<String>,
    /// Where its FHIR servers are; at least one, https only, R4 before STU3 before DSTU2.
    pub bases: Vec<CardBase>,
}

/// Where a public list is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListSource {
    /// Unique among lists; also fit for a file's name.
    pub id: String,
    /// Who publishes it.
    pub name: String,
    /// Its address.
    pub url: Url,
    /// The card whose manners its providers have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
}

/// The lists the application knows of. Their content does not come with it: it is long, soon stale, and often not ours to
/// pass on.
pub fn shipped_lists() -> Vec<ListSource> {
    serde_json::from_str(include_str!("lists.json")).expect("the shipped lists are JSON, as tested")
}

/// A list that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Brands {
    /// When the publisher made it.
    #[serde(default)]
    pub published: Option<DateTime<Utc>>,
    /// By name.
    pub brands: Vec<Brand>,
    /// Entries that name no server or could not be understood.
    #[serde(default)]
    pub passed_over: usize,
}

/// Why there is no list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BrandsError {
    /// Not a FHIR Bundle.
    #[error("this is not a list of providers")]
    NotAList,
    /// A list in which no provider can be connected to.
    #[error("the list names no provider that can be connected to")]
    Empty,
    /// The publisher answered something else.
    #[error("the list could not be fetched (status {status})")]
    Status {
        /// HTTP status.
        status: u16,
    },
    /// On the way.
    #[error(transparent)]
    Http(#[from] HttpError),
}

/// What fetching a list brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchedBrands {
    /// It is as it was.
    Unchanged,
    /// A list, with what to ask with the next time.
    List {
        /// The bytes, for [`parse_brands`].
        bytes: Vec<u8>,
        /// Entity tag.
        etag: Option<String>,
    },
}

/// Fetches a public list, without any sign-in. Only when the user asks for it.
pub async fn fetch_brands(http: &Http, url: &Url, etag: Option<&str>) -> Result<FetchedBrands, BrandsError> {
    let mut request =
        http.request(Method::GET, url.clone())?.header(ACCEPT, "application/fhir+json, application/json");
    if let Some(etag) = etag {
        request = request.header(IF_NONE_MATCH, etag);
    }
    let request = request.build().map_err(|_| HttpError::BadAddress)?;
    let reply = http.send(request, LIMIT, Purpose::ProviderList, url).await?;
    match reply.status {
        304 if etag.is_some() => Ok(FetchedBrands::Unchanged),
        200..300 => {
            let etag = reply.headers.get(ETAG).and_then(|tag| tag.to_str().ok()).map(str::to_owned);
            Ok(FetchedBrands::List { bytes: reply.body, etag })
        }
        status => Err(BrandsError::Status { status }),
    }
}

/// Reads a list. Organisations with the endpoints they or their portal point to (SMART App Launch, User-access
/// Brands); organisations below others have the endpoints of those above them; endpoints that no organisation points
/// to stand for themselves. Addresses on this machine or in a private network are passed over, unless the list, fetched `from`
/// there, is on this machine itself, as that of the sample providers is.
pub fn parse_brands(bytes: &[u8], from: &Url) -> Result<Brands, BrandsError> {
    if !at_most_values(bytes, MOST_VALUES) {
        return Err(BrandsError::NotAList);
    }
    let bundle: Value = serde_json::from_slice(bytes).map_err(|_| BrandsError::NotAList)?;
    if bundle["resourceType"] != "Bundle" {
        return Err(BrandsError::NotAList);
    }
    let entries = bundle["entry"].as_array().map_or(&[][..], Vec::as_slice);
    let mut endpoints: HashMap<String, &Value> = HashMap::new();
    let mut organisations: HashMap<String, &Value> = HashMap::new();
    let (mut listed, mut alone) = (Vec::new(), Vec::new());
    for entry in entries.iter().take(MOST) {
        let resource = &entry["resource"];
        let kind = resource["resourceType"].as_str().unwrap_or_default();
        let names = [entry["fullUrl"].as_str().map(str::to_owned), reference_of(kind, resource)];
        match kind {
            "Endpoint" => {
                endpoints.extend(names.into_iter().flatten().map(|name| (name, resource)));
                alone.push(resource);
            }
            "Organization" => {
                organisations.extend(names.into_iter().flatten().map(|name| (name, resource)));
                listed.push(resource);
            }
            _ => {}
        }
    }

    let base = |endpoint: &Value| base(endpoint, is_loopback(from));
    let mut found: BTreeMap<String, Brand> = BTreeMap::new();
    let mut pointed_at: BTreeSet<*const Value> = BTreeSet::new();
    let mut passed_over = entries.len().saturating_sub(listed.len() + alone.len());
    for organisation in &listed {
        let mut bases = Vec::new();
        let (mut at, mut above) = (Some(*organisation), 0);
        // Nested a few deep at most; a list that goes in circles must not.
        while let Some(one) = at.filter(|_| bases.is_empty() && above < 8) {
            for reference in pointers(one) {
                let Some(endpoint) = endpoints.get(&reference) else { continue };
                pointed_at.insert(std::ptr::from_ref(*endpoint));
                bases.extend(base(endpoint));
            }
            let parent = one["partOf"]["reference"].as_str();
            at = parent.and_then(|parent| organisations.get(parent).copied());
            above += 1;
        }
        match text(&organisation["name"]).filter(|_| !bases.is_empty()) {
            Some(name) => add(&mut found, organisation, name, bases),
            None => passed_over += 1,
        }
    }
    for endpoint in &alone {
        if pointed_at.contains(&std::ptr::from_ref(*endpoint)) {
            continue;
        }
        let named = text(&endpoint["name"]).or_else(|| text(&endpoint["managingOrganization"]["display"]));
        match (named, base(endpoint)) {
            (Some(name), Some(base)) => add(&mut found, endpoint, name, vec![base]),
            _ => passed_over += 1,
        }
    }
    if found.is_empty() {
        return Err(BrandsError::Empty);
    }
    let mut brands: Vec<Brand> = found.into_values().collect();
    brands.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    let published = bundle["timestamp"].as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    Ok(Brands { published: published.map(|at| at.with_timezone(&Utc)), brands, passed_over })
}

impl Brand {
    /// As a card: with the manners of a vendor's card where the vendor is known, without any otherwise.
    pub fn card(&self, vendor: Option<&ProviderCard>) -> Option<ProviderCard> {
        let own = || {
            let bare = serde_json::json!({ "id": "", "name": "", "bases": [] });
            serde_json::from_value::<ProviderCard>(bare).ok()
        };
        let mut card = vendor.cloned().or_else(own)?.with_base(&self.id, &self.name, self.bases.clone());
        card.place.clone_from(&self.place);
        card.aliases.clone_from(&self.aliases);
        if let Some(portal) = &self.portal {
            card.portal.clone_from(portal);
        }
        Some(card)
    }
}

/// Two entries of one organisation (the same identifier, or the same name at the same servers) are one.
fn add(found: &mut BTreeMap<String, Brand>, resource: &Value, name: String, mut bases: Vec<CardBase>) {
    let place = |address: &Value| {
        let parts: Vec<String> = [&address["city"], &address["state"]].into_iter().filter_map(text).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    };
    bases.sort_by_key(|base| std::cmp::Reverse(base.release));
    // The domain that stands for a brand (RFC 3986 identifiers).
    let identifiers = resource["identifier"].as_array().into_iter().flatten();
    let domain = identifiers
        .filter(|identifier| identifier["system"] == "urn:ietf:rfc:3986")
        .find_map(|identifier| text(&identifier["value"]));
    let id = domain.unwrap_or_else(|| format!("{} {}", base_key(&bases[0].url), name));
    let portal = extensions(resource, "organization-portal")
        .flat_map(|portal| extensions(portal, "portalName"))
        .find_map(|name| text(&name["valueString"]));
    let aliases = resource["alias"].as_array().into_iter().flatten().filter_map(text).collect();
    let mut addresses = resource["address"].as_array().into_iter().flatten();
    let known = Brand { id, name, aliases, place: addresses.find_map(place), portal, bases: Vec::new() };
    for base in bases {
        // A sign-in is good for one origin: the brand's servers at another one are connected on their own.
        let mut id = known.id.clone();
        if found
            .get(&id)
            .and_then(|brand| brand.bases.first())
            .is_some_and(|first| origin(first) != origin(&base))
        {
            id = format!("{id} {}", origin(&base).unwrap_or_default());
        }
        let brand = found.entry(id.clone()).or_insert_with(|| Brand { id, ..known.clone() });
        if !brand.bases.iter().any(|known| base_key(&known.url) == base_key(&base.url)) {
            brand.bases.push(base);
        }
    }
}

fn origin(base: &CardBase) -> Option<String> {
    Some(url::Url::parse(&base.url).ok()?.origin().ascii_serialization())
}

fn reference_of(kind: &str, resource: &Value) -> Option<String> {
    Some(format!("{kind}/{}", resource["id"].as_str()?))
}

/// References to endpoints, of the organisation itself and of its portal.
fn pointers(organisation: &Value) -> Vec<String> {
    let own = organisation["endpoint"].as_array().into_iter().flatten();
    let of_portal = extensions(organisation, "organization-portal")
        .flat_map(|portal| extensions(portal, "portalEndpoint"))
        .map(|endpoint| &endpoint["valueReference"]);
    own.chain(of_portal).filter_map(|pointer| pointer["reference"].as_str()).map(str::to_owned).collect()
}

/// Extensions by the last part of their address: publishers spell the rest in more than one way.
fn extensions<'v>(value: &'v Value, name: &'v str) -> impl Iterator<Item = &'v Value> {
    value["extension"].as_array().into_iter().flatten().filter(move |extension| {
        extension["url"].as_str().and_then(|url| url.rsplit('/').next()) == Some(name)
    })
}

/// A FHIR base, if the application may speak to it and it is in use. `here`: it may be on this machine.
fn base(endpoint: &Value, here: bool) -> Option<CardBase> {
    if endpoint["status"].as_str().is_some_and(|status| !matches!(status, "active" | "test")) {
        return None;
    }
    let address = endpoint["address"].as_str()?.trim();
    let url = Url::parse(address).ok()?;
    check_address(&url).ok()?;
    if is_private(&url) && !here {
        return None;
    }
    let stated = ["endpoint-fhir-version", "fhir-version", "endpointFhirVersion"]
        .iter()
        .flat_map(|name| extensions(endpoint, name))
        .find_map(|version| version["valueCode"].as_str().or_else(|| version["valueString"].as_str()))
        .map(str::to_owned);
    let path = url.path().to_ascii_lowercase();
    let release = match stated.as_deref().map(|version| version.get(..2).unwrap_or(version)) {
        Some("1." | "0.") => Release::Dstu2,
        Some("3.") => Release::Stu3,
        None if path.contains("dstu2") => Release::Dstu2,
        None if path.contains("stu3") => Release::Stu3,
        Some(_) | None => Release::R4,
    };
    Some(CardBase { release, url: address.to_owned() })
}

/// Plain text of one line, not too long.
fn text(value: &Value) -> Option<String> {
    let text: Vec<&str> = value.as_str()?.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let text: Vec<&str> = text.into_iter().filter(|word| !word.is_empty()).collect();
    Some(text.join(" ").chars().take(LONGEST).collect::<String>()).filter(|text| !text.is_empty())
}
