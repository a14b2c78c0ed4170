//! A key as an application brings one: made here, registered, and signed with.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use secrecy::SecretString;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// A new P-384 key in PEM, and its public half as a JSON Web Key Set.
pub(crate) fn new_key() -> (SecretString, Value) {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, &random).unwrap();
    let pair =
        EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, document.as_ref(), &random).unwrap();
    // An uncompressed point: 4, then x and y (SEC 1 §2.3.3).
    let (x, y) = pair.public_key().as_ref()[1..].split_at(48);
    let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let mut jwk = json!({ "crv": "P-384", "kty": "EC", "x": text(x), "y": text(y) });
    // RFC 7638.
    jwk["kid"] = text(&Sha256::digest(jwk.to_string())).into();
    jwk["alg"] = "ES384".into();
    jwk["use"] = "sig".into();
    let lines = STANDARD.encode(document.as_ref());
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{lines}\n-----END PRIVATE KEY-----\n");
    (pem.into(), json!({ "keys": [jwk] }))
}
