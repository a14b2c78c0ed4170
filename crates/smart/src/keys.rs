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
    secret.expose_secret().trim_start_matches('\u{feff}').trim_start().starts_with("-----BEGIN ")
}

/// Whether a private key can be used, so that it can be said before anything is asked.
///
/// # Errors
/// [`KeyError::Unusable`].
pub fn check_key(key: &SecretString) -> Result<(), KeyError> {
    Key::read(key).map(drop)
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
        let (label, der) = block(pem.expose_secret()).ok_or(KeyError::Unusable)?;
        let pkcs8 = if label == "EC PRIVATE KEY" { pkcs8_of_sec1(&der) } else { der.clone() };
        let ec = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, &pkcs8, &SystemRandom::new());
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

/// The private key's block of a PEM text, with its label: whatever ends its lines, or nothing does; other blocks may
/// stand beside it (`EC PARAMETERS`). One under a password has headers, and is none that could be used.
fn block(text: &str) -> Option<(&str, Vec<u8>)> {
    let mut rest = text;
    while let Some((_, begun)) = rest.split_once("-----BEGIN ") {
        let (label, after) = begun.split_once("-----")?;
        let (body, behind) = after.split_once("-----END ")?;
        if label.ends_with("PRIVATE KEY") {
            let body: String = body.split_whitespace().collect();
            return STANDARD.decode(body).ok().map(|der| (label, der));
        }
        rest = behind;
    }
    None
}

/// What `openssl ecparam` writes (SEC 1 §C.4) as PKCS #8 (RFC 5958 §2), for P-384.
fn pkcs8_of_sec1(sec1: &[u8]) -> Vec<u8> {
    // Version 0; id-ecPublicKey with secp384r1.
    const HEAD: [u8; 21] = [
        0x02, 0x01, 0x00, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b,
        0x81, 0x04, 0x00, 0x22,
    ];
    der(0x30, &[HEAD.to_vec(), der(0x04, sec1)].concat())
}

/// One DER element; none here is longer than 64 kB.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let [high, low] = u16::try_from(content.len()).unwrap_or(u16::MAX).to_be_bytes();
    let length = match (high, low) {
        (0, 0..=127) => vec![low],
        (0, _) => vec![0x81, low],
        _ => vec![0x82, high, low],
    };
    [vec![tag], length, content.to_vec()].concat()
}

#[cfg(test)]
#[path = "../tests/smart/key.rs"]
mod key;

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P384_SHA384_FIXED, RSA_PKCS1_2048_8192_SHA384, UnparsedPublicKey};

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

    /// Whatever ends the lines of a key file, and whichever tool wrote it: it is the same key.
    #[test]
    fn a_key_is_read_as_tools_write_it() {
        let (pkcs8, registered) = new_key();
        let body: String = pkcs8.expose_secret().lines().filter(|line| !line.starts_with('-')).collect();
        let der = STANDARD.decode(&body).unwrap();
        // In what ring writes the ECPrivateKey is the last element: an OCTET STRING with a short length form.
        let at = der.windows(2).position(|two| two == [0x04, 0x81]).map_or_else(
            || der.windows(3).position(|three| three[0] == 0x04 && three[2] == 0x30).unwrap() + 2,
            |at| at + 3,
        );
        let sec1 = STANDARD.encode(&der[at..]);
        let lines = |body: &str, end: &str| {
            body.as_bytes()
                .chunks(64)
                .map(|line| String::from_utf8_lossy(line).into_owned())
                .collect::<Vec<_>>()
                .join(end)
        };
        let begin = |label: &str, body: &str, end: &str| {
            format!("-----BEGIN {label}-----{end}{body}{end}-----END {label}-----{end}")
        };
        let parameters = begin("EC PARAMETERS", "BgUrgQQAIg==", "\n");
        for pem in [
            begin("PRIVATE KEY", &lines(&body, "\n"), "\n"),
            begin("PRIVATE KEY", &lines(&body, "\r\n"), "\r\n"),
            begin("PRIVATE KEY", &lines(&body, "\r"), "\r"),
            begin("PRIVATE KEY", &body, ""),
            format!("\u{feff}{}", begin("PRIVATE KEY", &body, "\n")),
            begin("EC PRIVATE KEY", &lines(&sec1, "\n"), "\n"),
            format!("{parameters}{}", begin("EC PRIVATE KEY", &sec1, "\n")),
        ] {
            let pem = SecretString::from(pem);
            assert!(is_private_key(&pem) && check_key(&pem).is_ok(), "{}", pem.expose_secret());
            let id = Key::read(&pem).unwrap().id();
            assert_eq!(registered["keys"][0]["kid"], id);
        }
    }

    /// PKCS #8 and PKCS #1; an invented key, as `openssl genrsa -traditional` wrote it.
    #[test]
    fn an_rsa_key_signs_however_it_is_wrapped() {
        // Version 0; rsaEncryption without parameters (RFC 8017 appendix C).
        const HEAD: [u8; 18] = [2, 1, 0, 0x30, 0x0d, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];
        let pkcs1: String = include_str!("../tests/smart/rsa-2048.txt").split_whitespace().collect();
        let bytes = STANDARD.decode(&pkcs1).unwrap();
        let pkcs8 = STANDARD.encode(der(0x30, &[HEAD.to_vec(), der(4, &bytes)].concat()));
        for (label, body, end) in [
            ("RSA PRIVATE KEY", &pkcs1, "\n"),
            ("RSA PRIVATE KEY", &pkcs1, "\r"),
            ("PRIVATE KEY", &pkcs8, "\n"),
            ("PRIVATE KEY", &pkcs8, ""),
        ] {
            let pem = format!("-----BEGIN {label}-----{end}{body}{end}-----END {label}-----{end}");
            let pem = SecretString::from(pem);
            check_key(&pem).unwrap();
            let signed =
                assertion(&pem, "app", "https://f.example/token", DateTime::UNIX_EPOCH, "once").unwrap();
            let (said, signature) = signed.expose_secret().rsplit_once('.').unwrap();
            let Key::Rsa(key) = Key::read(&pem).unwrap() else { panic!("{label}") };
            let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
            UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA384, key.public().as_ref())
                .verify(said.as_bytes(), &signature)
                .unwrap();
            let head = URL_SAFE_NO_PAD.decode(said.split('.').next().unwrap()).unwrap();
            assert_eq!(serde_json::from_slice::<Value>(&head).unwrap()["alg"], "RS384");
        }
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
