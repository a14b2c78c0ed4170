//! What opens the record, as it crosses to the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What opens the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeysView {
    /// The computer's keychain, by itself.
    pub keychain: bool,
    /// A passphrase.
    pub passphrase: bool,
}
