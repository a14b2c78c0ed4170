//! Signed texts: tokens and form state that the server need not remember.
//!
//! A sealed text is `payload.mac`, both base64url; the MAC covers a purpose too, so that a refresh
//! token is no access token. The key comes from the sandbox's seed and the provider's id: a token of
//! one provider is nothing to another, and a token outlives a restart.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

/// HMAC-SHA-256 (RFC 2104).
fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mut inner = [0x36_u8; 64];
    let mut outer = [0x5c_u8; 64];
    for (at, byte) in key.iter().enumerate() {
        inner[at] ^= byte;
        outer[at] ^= byte;
    }
    let first = Sha256::new().chain_update(inner).chain_update(message).finalize();
    Sha256::new().chain_update(outer).chain_update(first).finalize().into()
}

/// base64url without padding.
pub(crate) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The S256 challenge of a PKCE verifier (RFC 7636 §4.2).
pub(crate) fn s256(verifier: &str) -> String {
    base64url(&Sha256::digest(verifier.as_bytes()))
}

/// 256 bits nobody can guess, as text.
pub(crate) fn random_text() -> String {
    base64url(&rand::random::<[u8; 32]>())
}

/// Signs and checks for one provider.
#[derive(Debug)]
pub(crate) struct Sealer {
    key: [u8; 32],
}

impl Sealer {
    pub(crate) fn new(seed: u64, provider: &str) -> Self {
        let key = Sha256::new()
            .chain_update(b"wholechart sandbox token key 1")
            .chain_update(seed.to_be_bytes())
            .chain_update(provider.as_bytes())
            .finalize();
        Self { key: key.into() }
    }

    pub(crate) fn seal<T: Serialize>(&self, purpose: &str, claims: &T) -> String {
        let payload = base64url(&serde_json::to_vec(claims).expect("claims are plain structs"));
        let mac = base64url(&hmac(&self.key, format!("{purpose} {payload}").as_bytes()));
        format!("{payload}.{mac}")
    }

    /// The claims, if this provider sealed them for this purpose.
    pub(crate) fn open<T: DeserializeOwned>(&self, purpose: &str, sealed: &str) -> Option<T> {
        let (payload, mac) = sealed.split_once('.')?;
        let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
        let wanted = hmac(&self.key, format!("{purpose} {payload}").as_bytes());
        // Compared in full whatever differs, so that time tells nothing.
        let same = mac.len() == wanted.len()
            && mac.iter().zip(wanted).fold(0_u8, |differs, (a, b)| differs | (a ^ b)) == 0;
        if !same {
            return None;
        }
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
    }

    /// A JWT signed with HS256 (RFC 7519).
    pub(crate) fn jwt(&self, claims: &serde_json::Value) -> String {
        let head = base64url(br#"{"alg":"HS256","typ":"JWT"}"#);
        let body = base64url(claims.to_string().as_bytes());
        let signed = format!("{head}.{body}");
        let mac = base64url(&hmac(&self.key, signed.as_bytes()));
        format!("{signed}.{mac}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231 test case 1, whose 20-byte key is padded with zeros as HMAC itself pads it.
    #[test]
    fn the_mac_is_hmac_sha_256() {
        let mut key = [0_u8; 32];
        key[..20].fill(0x0b);
        assert_eq!(
            hmac(&key, b"Hi There"),
            [
                0xb0, 0x34, 0x4c, 0x61, 0xd8, 0xdb, 0x38, 0x53, 0x5c, 0xa8, 0xaf, 0xce, 0xaf, 0x0b, 0xf1,
                0x2b, 0x88, 0x1d, 0xc2, 0x00, 0xc9, 0x83, 0x3d, 0xa7, 0x26, 0xe9, 0x37, 0x6c, 0x2e, 0x32,
                0xcf, 0xf7,
            ]
        );
    }

    /// RFC 7636 appendix B.
    #[test]
    fn the_challenge_is_s256() {
        assert_eq!(
            s256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn a_sealed_text_opens_only_for_its_purpose_provider_and_seed() {
        let sealed = Sealer::new(1, "lakeside").seal("access", &"claims");
        let open = |sealer: Sealer, purpose, text: &str| sealer.open::<String>(purpose, text);
        assert_eq!(open(Sealer::new(1, "lakeside"), "access", &sealed).as_deref(), Some("claims"));
        assert_eq!(open(Sealer::new(1, "lakeside"), "refresh", &sealed), None);
        assert_eq!(open(Sealer::new(1, "summit"), "access", &sealed), None);
        assert_eq!(open(Sealer::new(2, "lakeside"), "access", &sealed), None);
        let other_payload = format!("{}.{}", base64url(b"\"other\""), sealed.split_once('.').unwrap().1);
        assert_eq!(open(Sealer::new(1, "lakeside"), "access", &other_payload), None);
    }
}
