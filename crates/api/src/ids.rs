//! New ids.

use std::fmt::Write;

use rand::RngExt;

/// 128 random bits as lower-case hex: ids of persons, connections, keychain entries.
pub(crate) fn random_id() -> String {
    let bytes: [u8; 16] = rand::rng().random();
    bytes.iter().fold(String::with_capacity(32), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes all");
        text
    })
}
