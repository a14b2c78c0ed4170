//! Plain data about providers: what it takes to connect to one, and how their records are kept up to date.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::DirectoryEntry;

/// When records are fetched without anybody asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncSettings {
    /// At the start of the app, when the last fetch is older than so many days; none: never by itself.
    pub start_after_days: Option<u32>,
    /// Everything is read anew, and not only what changed, when that was last done so many days ago. Only then does
    /// it show what a provider no longer reports.
    pub whole_after_days: u32,
}

/// What a sync changed, fact by fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangedFact {
    /// The fact.
    pub fact: String,
    /// Its kind in kebab-case.
    pub kind: String,
    /// The kind in words, one of it.
    pub kind_text: String,
    /// Its title.
    pub title: String,
    /// Its day as in lists; empty for undated.
    pub day: String,
    /// The day for people.
    pub day_text: String,
    /// What became of it.
    pub what: FactChange,
}

/// What became of a fact in a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FactChange {
    /// Something that was not here before.
    New,
    /// It says something else now.
    Corrected,
    /// Called a mistake, or no longer reported.
    Withdrawn,
}

/// One of several people whose records a sign-in opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PatientOption {
    /// Pass it back.
    pub id: String,
    /// As the provider writes it.
    pub name: String,
    /// The birth date for people.
    pub born_text: String,
}

/// Whom to believe where what was typed differs from what a server says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Trusts {
    /// What was typed.
    Typed,
    /// The server.
    Server,
}

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
