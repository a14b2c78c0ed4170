//! `private_key_jwt`: the application shows who it is by signing (RFC 7523 §2.2; SMART App Launch, asymmetric client
//! authentication). A private key in PEM takes the place of a client secret, and is kept where secrets are kept.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{
    ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA384, RsaKeyPair,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// How long an assertion is good for; SMART allows five minutes.
const LIFE: TimeDelta = TimeDelta::minutes(4);

/// Why a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not a private key in PEM, or of a kind that SMART does not use.
    #[error("this is not a private key that can be used: RSA (2048 bits or more) or P-384, PKCS #8 in PEM")]
    Unusable,
    /// The operating system gave no random bytes, or signing failed.
    #[error("the key could not be used now")]
    Failed,
}

/// Whether what stands where a secret is expected is a private key.
pub fn is_private_key(secret: &SecretString) -> bool {
    secret.expose_secret().trim_start().starts_with("-----BEGIN ")
}

/// A signed statement that this is the client, for the token endpoint, once.
pub(crate) fn assertion(
    key: &SecretString,
    client_id: &str,
    audience: &str,
    now: DateTime<Utc>,
    once: &str,
) -> Result<SecretString, KeyError> {
    let key = Key::read(key)?;
    let header = json!({ "alg": key.algorithm(), "typ": "JWT", "kid": key.id() });
    let claims = json!({
        "iss": client_id, "sub": client_id, "aud": audience, "jti": once,
        "iat": now.timestamp(), "exp": (now + LIFE).timestamp(),
    });
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&header), part(&claims));
    let signature = key.sign(signed.as_bytes())?;
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)).into())
}

enum Key {
    Ec(Box<EcdsaKeyPair>),
    Rsa(Box<RsaKeyPair>),
}

impl Key {
    fn read(pem: &SecretString) -> Result<Self, KeyError> {
        let text = pem.expose_secret();
        let inside: String = text.lines().map(str::trim).filter(|line| !line.starts_with("-----")).collect();
        let der = STANDARD.decode(inside).map_err(|_| KeyError::Unusable)?;
        let ec = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, &der, &SystemRandom::new());
        if let Ok(ec) = ec {
            return Ok(Self::Ec(Box::new(ec)));
        }
        // PKCS #1 is what older tools write.
        let rsa = RsaKeyPair::from_pkcs8(&der).or_else(|_| RsaKeyPair::from_der(&der));
        Ok(Self::Rsa(Box::new(rsa.map_err(|_| KeyError::Unusable)?)))
    }

    fn algorithm(&self) -> &'static str {
        match self {
            Self::Ec(_) => "ES384",
            Self::Rsa(_) => "RS384",
        }
    }

    /// The members that make the key, as RFC 7638 wants them.
    fn jwk(&self) -> Value {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        match self {
            Self::Ec(key) => {
                // An uncompressed point: 4, then x and y (SEC 1 §2.3.3).
                let (x, y) = key.public_key().as_ref()[1..].split_at(48);
                json!({ "crv": "P-384", "kty": "EC", "x": text(x), "y": text(y) })
            }
            Self::Rsa(key) => {
                let public = PublicKeyComponents::<Vec<u8>>::from(key.public());
                json!({ "e": text(&public.e), "kty": "RSA", "n": text(&public.n) })
            }
        }
    }

    /// RFC 7638 thumbprint.
    fn id(&self) -> String {
        // serde_json sorts members by name, which is the order the thumbprint is defined in.
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.jwk().to_string()))
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let random = SystemRandom::new();
        match self {
            Self::Ec(key) => {
                key.sign(&random, message).map(|s| s.as_ref().to_vec()).map_err(|_| KeyError::Failed)
            }
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA384, &random, message, &mut signature)
                    .map_err(|_| KeyError::Failed)?;
                Ok(signature)
            }
        }
    }
}

#[cfg(test)]
#[path = "../tests/smart/key.rs"]
mod key;

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P384_SHA384_FIXED, UnparsedPublicKey};

    use super::key::new_key;
    use super::*;

    #[test]
    fn an_assertion_is_signed_by_the_key_that_is_registered_and_says_who_for_whom_and_how_long() {
        let (key, registered) = new_key();
        assert!(is_private_key(&key) && !is_private_key(&"a secret".into()));
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let signed = assertion(&key, "app", "https://f.example/token", now, "once").unwrap();
        let (said, signature) = signed.expose_secret().rsplit_once('.').unwrap();
        let jwk = &registered["keys"][0];
        let coordinate = |name: &str| URL_SAFE_NO_PAD.decode(jwk[name].as_str().unwrap()).unwrap();
        let point = [vec![4], coordinate("x"), coordinate("y")].concat();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        UnparsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, point).verify(said.as_bytes(), &signature).unwrap();
        let parts: Vec<Value> = said
            .split('.')
            .map(|part| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap())
            .collect();
        assert_eq!((&parts[0]["alg"], &parts[0]["kid"]), (&"ES384".into(), &jwk["kid"]));
        assert_eq!((&parts[1]["iss"], &parts[1]["sub"]), (&"app".into(), &"app".into()));
        assert_eq!(parts[1]["aud"], "https://f.example/token");
        assert_eq!(parts[1]["exp"], 1_790_000_240);
        assert!(jwk.get("d").is_none());
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "-----BEGIN x"] {
            let refused =
                assertion(&text.into(), "app", "https://f.example/token", DateTime::UNIX_EPOCH, "once");
            assert_eq!(refused.unwrap_err(), KeyError::Unusable);
        }
    }
}
