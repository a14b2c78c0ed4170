//! What it takes to connect to a provider: registration, ways back, texts, public lists.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::DirectoryEntry;

/// All that has to be known and done before a provider's sign-in page can be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CardSetup {
    /// The provider.
    pub entry: DirectoryEntry,
    /// What is missing and why, a paragraph each; empty where nothing is.
    pub missing: Vec<String>,
    /// The vendor's page where applications are registered.
    pub site: Option<String>,
    /// What to choose and tick there, in order.
    pub steps: Vec<String>,
    /// What the registration gives: a secret besides the client id, always or never.
    pub secret: SecretWanted,
    /// Ways in which the browser can come back; the best first.
    pub redirects: Vec<RedirectOption>,
    /// Texts to send to the practice.
    pub letters: Vec<Letter>,
}

/// Whether a registration comes with a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SecretWanted {
    /// Never.
    No,
    /// It may.
    Maybe,
    /// Always.
    Yes,
}

/// One way in which the browser comes back from the sign-in page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RedirectOption {
    /// What it is, in a few words.
    pub label: String,
    /// When to take it.
    pub text: String,
    /// The exact addresses to register, all of them; empty where the user types one of their own.
    pub addresses: Vec<String>,
    /// Passed back with the target; none is the card's own way, and with empty `addresses` it is what was typed.
    pub redirect: Option<String>,
}

/// A text to send to a practice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Letter {
    /// When to send it.
    pub label: String,
    /// Subject line.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// A public list of providers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProviderList {
    /// Which.
    pub id: String,
    /// Who publishes it.
    pub name: String,
    /// The host it comes from, to show before it is asked.
    pub host: String,
    /// Providers held from it; none when it was never fetched.
    pub count: Option<u32>,
    /// When it was fetched, for people.
    pub fetched_text: Option<String>,
}
