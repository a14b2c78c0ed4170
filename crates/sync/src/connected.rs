//! What a connection keeps of its provider.

use serde::{Deserialize, Serialize};
use wholechart_smart::{Endpoints, ProviderCard};
use wholechart_store::Connection;

use crate::identity::Identity;

/// The provider as it was connected to: what is in [`Connection::card`]. No secret is in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Connected {
    /// The card as it was used, with the client id that was signed in with.
    pub card: ProviderCard,
    /// What discovery found.
    pub endpoints: Endpoints,
    /// The provider's Patient of whom the user said that it is the right person, although something differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Identity>,
    /// The user said that it is the right record, although the provider never showed whose it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unshown: bool,
}

impl Connected {
    /// For [`Connection::card`]. A client secret on the card is left out: it has a place of its own in the store.
    pub fn to_json(&self) -> serde_json::Value {
        let mut kept = self.clone();
        kept.card.client_secret = None;
        serde_json::to_value(kept).unwrap_or_default()
    }

    /// From a connection; `None` for files, and for what cannot be read.
    pub fn of(connection: &Connection) -> Option<Self> {
        Self::deserialize(&connection.card).ok()
    }
}
