//! Signing in to a provider's FHIR server and reading from it: SMART App Launch, OAuth 2.0, FHIR over REST.
//!
//! In the order a reader needs it: a [`ProviderCard`] says what is known of a provider, [`Directory`] finds
//! cards, [`discover`] asks the server for the rest, [`sign_in`] gets a [`Grant`] through the system's browser,
//! [`find_patient`] learns whose record it opens, [`FhirClient`] reads pages and documents, [`refresh`] and
//! [`revoke`] look after the grant.
//!
//! **Invariants.** A vendor's name is in no code path: manners are [`Quirk`]s, and quirks are data on a card. A
//! bearer token goes to the origin and path prefix of the FHIR base it was issued for and nowhere else. No error
//! and no log line holds a token, a code, a query string or a word about the patient. Nothing is stored here. No clock:
//! the moment comes in with [`Http`].

mod brands;
mod card;
mod directory;
mod discover;
mod fetch;
mod gate;
mod http;
mod keys;
mod listener;
mod patient;
mod published;
mod register;
mod sign_in;
mod token;
mod words;

pub use brands::{
    Brand, Brands, BrandsError, FetchedBrands, ListSource, fetch_brands, parse_brands, shipped_lists,
};
pub use card::{
    CardBase, CardNote, ClientKind, ProviderCard, Quirk, Quirks, RedirectKind, SampleSignIn, parse_cards,
    shipped_cards,
};
pub use directory::Directory;
pub use discover::{
    BaseInfo, Capability, Differs, DiscoverError, Endpoints, Known, NotFhir, TypeCapability, discover,
    read_capability,
};
pub use fetch::{Accept, FetchError, Fetched, FhirClient, FixedToken, TokenError, TokenSource, base_key};
pub use gate::{Journal, OnBehalf, Purpose, Sent, is_loopback};
pub use http::{Http, HttpError, HttpSettings, RetryPolicy};
pub use keys::{KeyError, check_key, is_private_key};
pub use listener::PageWords;
pub use patient::{PatientChoice, PatientError, find_patient};
pub use published::{PublishedError, fetch_published};
pub use register::{RegisterError, Registered, Registration, register};
pub use sign_in::{OWN_SCHEME_REDIRECT, SignInError, SignInRequest, Stage, is_return, sign_in, sign_in_with};
pub use token::{Client, Grant, RefreshError, RefreshRequest, RevokeError, refresh, revoke};
pub use words::server_words;
