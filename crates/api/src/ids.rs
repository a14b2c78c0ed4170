//! New ids.

use rand::RngExt;

/// 128 random bits as lower-case hex: ids of persons, connections, keychain entries.
pub(crate) fn random_id() -> String {
    hex::encode(rand::rng().random::<[u8; 16]>())
}
