//! Signed texts: tokens and form state that the server need not remember.
//!
//! A sealed text is `payload.mac`, both base64url; the MAC covers a purpose too, so that a refresh
//! token is no access token. The key comes from the sandbox's seed and the provider's id: a token of
//! one provider is nothing to another, and a token outlives a restart.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

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
    key: hmac::Key,
}

impl Sealer {
    pub(crate) fn new(seed: u64, provider: &str) -> Self {
        let key = Sha256::new()
            .chain_update(b"wholechart sandbox token key 1")
            .chain_update(seed.to_be_bytes())
            .chain_update(provider.as_bytes())
            .finalize();
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, &key) }
    }

    pub(crate) fn seal<T: Serialize>(&self, purpose: &str, claims: &T) -> String {
        let payload = base64url(&serde_json::to_vec(claims).expect("claims are plain structs"));
        format!("{payload}.{}", self.sign(&format!("{purpose} {payload}")))
    }

    /// The claims, if this provider sealed them for this purpose.
    pub(crate) fn open<T: DeserializeOwned>(&self, purpose: &str, sealed: &str) -> Option<T> {
        let (payload, mac) = sealed.split_once('.')?;
        let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
        hmac::verify(&self.key, format!("{purpose} {payload}").as_bytes(), &mac).ok()?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
    }

    /// A JWT signed with HS256 (RFC 7519).
    pub(crate) fn jwt(&self, claims: &serde_json::Value) -> String {
        let head = base64url(br#"{"alg":"HS256","typ":"JWT"}"#);
        let body = base64url(claims.to_string().as_bytes());
        let signed = format!("{head}.{body}");
        format!("{signed}.{}", self.sign(&signed))
    }

    /// The HMAC-SHA-256 of a text, as base64url.
    fn sign(&self, text: &str) -> String {
        base64url(hmac::sign(&self.key, text.as_bytes()).as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
