//! What is known of a provider before anybody signs in, as data.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use wholechart_fhir::{Release, debug_without_record};

/// A provider, or a gateway of many practices, as the directory knows it.
///
/// As JSON in camelCase; members that are not known are ignored, quirks that are not known become a [`CardNote`].
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderCard {
    /// Unique among cards, such as `nextgen-enterprise`.
    pub id: String,
    /// The provider's name, or the portal's where one gateway serves many practices.
    pub name: String,
    /// Other names patients know it by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// City or region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The portal patients know it by: "NextGen", "MyChart".
    #[serde(default)]
    pub portal: String,
    /// The practice, where the card is of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practice: Option<String>,
    /// One gateway for many practices: ask for the practice's name, for the person's own records only.
    #[serde(default)]
    pub asks_practice: bool,
    /// Authorization endpoint; discovered when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorize: Option<String>,
    /// Token endpoint; discovered when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Revocation endpoint; discovered when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoke: Option<String>,
    /// One vendor, a server for each organisation: its address is asked for, or comes from a directory. Such a card has
    /// manners and no base.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub asks_base: bool,
    /// FHIR bases, the preferred one first; at least one unless it is asked for.
    pub bases: Vec<CardBase>,
    /// A client id shipped with the application; without one the user needs their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Only for providers that run on this machine: a secret in a shipped card is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// Scopes to ask for instead of the usual ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// How the browser comes back.
    #[serde(default)]
    pub redirect: RedirectKind,
    /// Ports registered for the loopback redirect; empty is any port.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redirect_ports: Vec<u16>,
    /// The address registered for the browser's return, where it is neither loopback nor the application's own scheme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect_address: Option<String>,
    /// What kinds of registration the provider gives, the best first; empty is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub client_kinds: Vec<ClientKind>,
    /// Manners of its servers.
    #[serde(default)]
    pub quirks: Quirks,
    /// The vendor's page where applications are registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_site: Option<String>,
    /// Key in the word catalogue: what is missing; with `-steps` after it, what to do, a line each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_help: Option<String>,
    /// A server for developers with invented patients: none of a patient's choices.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub test_server: bool,
    /// Domains of the portal's web addresses, without subdomains: "followmyhealth.com".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<String>,
    /// For sample providers only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample_sign_in: Option<SampleSignIn>,
}

// A secret may have been typed into it, and a sample's password stands on it.
debug_without_record!(ProviderCard { id, name, bases });

/// A FHIR base on a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardBase {
    /// Its release.
    pub release: Release,
    /// Its address, exactly as the provider writes it: it is also what `aud` is.
    pub url: String,
}

/// What to type on a sample provider's sign-in page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SampleSignIn {
    /// Portal user id.
    pub user_id: String,
    /// Portal password.
    pub password: String,
}

/// How the browser hands the sign-in back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RedirectKind {
    /// `http://127.0.0.1:{port}/callback` (RFC 8252 §7.3).
    #[default]
    Loopback,
    /// The application's own scheme (RFC 8252 §7.1).
    CustomScheme,
    /// An https page of the user's choosing that hands the code on to the application.
    Https,
    /// Any registered https address, even one where nothing answers: the user pastes the address the browser ends at.
    Paste,
}

/// How an application is known to a token endpoint (SMART App Launch, client authentication).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientKind {
    /// By its id alone, with PKCE.
    Public,
    /// With a secret (`client_secret_basic`, `client_secret_post`).
    Secret,
    /// With a key of its own (`private_key_jwt`).
    Key,
    /// It registers itself (RFC 7591).
    Dynamic,
}

macro_rules! quirks {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// One way in which a server departs from the standard, or is stricter than it. Named by behaviour.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Quirk {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl Quirk {
            /// All there are, for tests and documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name it has on cards.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

quirks! {
    /// The token endpoint may want its parameters in the query string: tried after `invalid_request` only,
    /// because query strings end up in logs.
    TokenParamsInQueryFallback = "tokenParamsInQueryFallback",
    /// Send the client secret in the body (`client_secret_post`) instead of HTTP Basic.
    ClientSecretInBody = "clientSecretInBody",
    /// Do not send `scope` to the authorize endpoint.
    OmitScope = "omitScope",
    /// Do not send `aud` to the authorize endpoint.
    OmitAud = "omitAud",
    /// Do not send a PKCE challenge.
    OmitPkce = "omitPkce",
    /// `offline_access` is passed over without `prompt=consent` (OpenID Connect Core §11).
    OfflineNeedsConsent = "offlineNeedsConsent",
    /// The patient's id is learnt from `GET Patient`, which answers the signed-in patient.
    PatientIdFromGetPatient = "patientIdFromGetPatient",
    /// The patient's id is in the `fhirUser` claim of the id token.
    PatientIdFromIdToken = "patientIdFromIdToken",
    /// The patient's id is a claim inside the access token, which is a JWT.
    PatientIdInJwt = "patientIdInJwt",
    /// Observation is refused without category or code.
    ObservationNeedsCategory = "observationNeedsCategory",
    /// CarePlan is refused without category.
    CarePlanNeedsCategory = "carePlanNeedsCategory",
    /// Condition is refused without category.
    ConditionNeedsCategory = "conditionNeedsCategory",
    /// DiagnosticReport is refused without category.
    DiagnosticReportNeedsCategory = "diagnosticReportNeedsCategory",
    /// DocumentReference is refused without category.
    DocumentReferenceNeedsCategory = "documentReferenceNeedsCategory",
    /// MedicationRequest is refused without intent.
    MedicationRequestNeedsIntent = "medicationRequestNeedsIntent",
    /// Pages go missing without a word: compare with `total`, and ask again in other ways when short.
    VerifyTotals = "verifyTotals",
    /// `total` counts this page only.
    TotalIsPageCount = "totalIsPageCount",
    /// `total` is not to be believed.
    TotalUnreliable = "totalUnreliable",
    /// `next` addresses expire: a run never resumes from one, the question is asked from its start.
    StatefulNext = "statefulNext",
    /// `_count` is not known; the server's own `_maxresults` has bounds that nobody states. No page size is asked for.
    MaxResultsParameter = "maxResultsParameter",
    /// Any `Accept` but the release's own media type is answered 406.
    StrictAccept = "strictAccept",
    /// The server speaks `application/json+fhir` whatever its release.
    LegacyMime = "legacyMime",
    /// A document is served only under its exact media type (or FHIR JSON).
    BinaryNeedsExactAccept = "binaryNeedsExactAccept",
    /// `_revinclude=Provenance:target` breaks searches although it is advertised.
    ProvenanceRevincludeUnsafe = "provenanceRevincludeUnsafe",
    /// Midnight UTC means "that day".
    MidnightUtcMeansDate = "midnightUtcMeansDate",
    /// Midnight in the stated offset means "that day".
    MidnightLocalMeansDate = "midnightLocalMeansDate",
    /// The server's own links spell its path in another case.
    PathCaseInsensitive = "pathCaseInsensitive",
    /// 404 with words about a grant means that the sign-in ended.
    GrantExpired404 = "grantExpired404",
    /// `_lastUpdated` is listed but not to be relied on: everything is read and compared each time.
    LastUpdatedUnreliable = "lastUpdatedUnreliable",
    /// 429 without `Retry-After`: the limit lasts until the minute ends.
    LimitLastsTheMinute = "limitLastsTheMinute",
    /// Appointment is refused without a date.
    AppointmentNeedsDate = "appointmentNeedsDate",
}

/// A set of quirks. Reading ignores names it does not know; [`parse_cards`] names them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Quirks(BTreeSet<Quirk>);

impl Quirks {
    /// Whether the server has this manner.
    pub fn has(&self, quirk: Quirk) -> bool {
        self.0.contains(&quirk)
    }

    /// All of them, sorted.
    pub fn iter(&self) -> impl Iterator<Item = Quirk> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Quirk> for Quirks {
    fn from_iter<I: IntoIterator<Item = Quirk>>(quirks: I) -> Self {
        Self(quirks.into_iter().collect())
    }
}

impl<'de> Deserialize<'de> for Quirks {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = Vec::<String>::deserialize(deserializer)?;
        Ok(names.iter().filter_map(|name| by_name(name)).collect())
    }
}

fn by_name(name: &str) -> Option<Quirk> {
    Quirk::ALL.iter().copied().find(|quirk| quirk.name() == name)
}

impl ProviderCard {
    /// The id of a card whose addresses the person typed.
    pub const MANUAL: &str = "manual";

    /// Whether the person typed its addresses.
    pub fn is_typed(&self) -> bool {
        self.id == Self::MANUAL
    }

    /// Nothing can be signed in to before the user brings a client id.
    pub fn needs_client_id(&self) -> bool {
        self.client_id.as_deref().is_none_or(str::is_empty)
    }

    /// The card of one organisation at a vendor that has a server for each: the vendor's manners, its own address.
    #[must_use]
    pub fn with_base(&self, id: &str, name: &str, bases: Vec<CardBase>) -> Self {
        Self { id: id.to_owned(), name: name.to_owned(), asks_base: false, bases, ..self.clone() }
    }
}

/// Something about cards that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardNote {
    /// A quirk this version does not know: its server may behave in ways that are not provided for.
    UnknownQuirk {
        /// The card.
        card: String,
        /// The name.
        quirk: String,
    },
    /// A card that cannot be read.
    Unreadable {
        /// Its place in the list, from 0.
        index: usize,
    },
}

/// Reads a list of cards. One bad card does not cost its neighbours.
pub fn parse_cards(list: &Value) -> (Vec<ProviderCard>, Vec<CardNote>) {
    let (mut cards, mut notes) = (Vec::new(), Vec::new());
    for (index, value) in list.as_array().map_or(&[][..], Vec::as_slice).iter().enumerate() {
        match ProviderCard::deserialize(value) {
            Ok(card) if !card.bases.is_empty() || card.asks_base => {
                let names = value["quirks"].as_array().map_or(&[][..], Vec::as_slice);
                for name in names.iter().filter_map(Value::as_str).filter(|name| by_name(name).is_none()) {
                    notes.push(CardNote::UnknownQuirk { card: card.id.clone(), quirk: name.to_owned() });
                }
                cards.push(card);
            }
            _ => notes.push(CardNote::Unreadable { index }),
        }
    }
    (cards, notes)
}

/// The cards that come with the application. None has a client id: registrations are the user's own.
pub fn shipped_cards() -> Vec<ProviderCard> {
    let list: Value =
        serde_json::from_str(include_str!("cards.json")).expect("the shipped cards are JSON, as tested");
    parse_cards(&list).0
}
