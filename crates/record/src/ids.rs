//! Ids are types. They outlive a database file: none is a row number.

use std::fmt;

use serde::{Deserialize, Serialize};
use wholechart_fhir::Release;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// Whose record it is. Random, made when the person is added.
    PersonId
}
id! {
    /// One person at one provider (or one set of imported files). Random, made when it is added.
    ConnectionId
}
id! {
    /// One fact: derived from the smallest key among its members, so it lasts as long as that member stays.
    FactId
}

/// The base of what a person adds of their own.
pub const OWN: &str = "own:";

/// What a resource is known by: (connection, base or file, type, id). Without an id, the content's hash stands for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryKey {
    /// Where it came from.
    pub connection: ConnectionId,
    /// The FHIR base it was read from, without a trailing slash; for files `file:`, for what the person adds [`OWN`].
    pub base: String,
    /// The release of that base.
    pub release: Release,
    /// `resourceType` as sent.
    pub resource_type: String,
    /// `id` as sent, or `sha256:` and the content's hash.
    pub id: String,
}

impl EntryKey {
    /// All that it is, as texts.
    pub(crate) fn parts(&self) -> [&str; 5] {
        [&self.connection.0, &self.base, self.release.as_str(), &self.resource_type, &self.id]
    }
}
