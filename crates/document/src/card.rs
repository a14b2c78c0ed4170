//! SMART Health Cards (spec.smarthealth.cards): signed tokens, in each the FHIR resources of one card.
//!
//! A file holds tokens in JSON (`verifiableCredential`), by themselves, or as figures of a QR code (`shc:/…`). A token is three
//! parts: how it is signed, what it says (packed with raw DEFLATE), and the signature (ES256). The signature is checked with a
//! key that is known here (`card/issuers.tsv`); where none is, nobody says anything about it. Nothing is fetched.

use std::collections::BTreeMap;
use std::io::Read;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::read::DeflateDecoder;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Bytes that a card unpacks to at most; one that is printed has a few thousand.
const LONGEST: u64 = 8 << 20;
/// So many cards are read of one file.
const MOST: usize = 200;
/// Characters of what an issuer calls itself.
const LONGEST_ISSUER: usize = 300;

/// One card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthCard {
    /// The address of who signed it, as the card says.
    pub issuer: String,
    /// What the directory calls them, where the signature is theirs.
    pub name: Option<String>,
    /// What is known of the signature.
    pub signature: CardSignature,
    /// The FHIR resources, as they stand in it: JSON.
    pub bundle: String,
}

/// What is known of a card's signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CardSignature {
    /// It was checked with the issuer's key, and is theirs.
    Theirs,
    /// The issuer's key is not known here: it was not checked.
    Unchecked,
}

/// Why a card is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CardFault {
    /// Not a token, or one that is damaged.
    Broken,
    /// The issuer's key is known, and what stands in the card is not what they signed.
    NotTheirs,
    /// What stands in a card, without a signature.
    Unsigned,
    /// One of several codes that belong together, without the others.
    Part,
    /// It unpacks to more than any card does, or there are too many.
    TooLarge,
}

/// A key that a card can be checked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key<'k> {
    pub(crate) issuer: &'k str,
    pub(crate) name: &'k str,
    pub(crate) number: &'k str,
    pub(crate) x: &'k str,
    pub(crate) y: &'k str,
}

/// The keys that are known here.
pub(crate) fn known() -> Vec<Key<'static>> {
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let mut cell = || cells.next();
        Some(Key { issuer: cell()?, name: cell()?, number: cell()?, x: cell()?, y: cell()? })
    };
    include_str!("card/issuers.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
}

/// The cards of a file, in their order.
pub(crate) fn read(bytes: &[u8], keys: &[Key<'_>]) -> Vec<Result<HealthCard, CardFault>> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with('{') {
        let Ok(file) = serde_json::from_str::<File>(text) else { return vec![Err(CardFault::Broken)] };
        let Some(tokens) = file.tokens else {
            return vec![Err(if file.vc.is_some() { CardFault::Unsigned } else { CardFault::Broken })];
        };
        return all(tokens.iter().map(|token| Ok(token.clone())), keys);
    }
    let mut parts: BTreeMap<u16, BTreeMap<u16, &str>> = BTreeMap::new();
    let mut tokens = Vec::new();
    for word in text.split_whitespace().take(MOST + 1) {
        let Some(figures) = word.strip_prefix("shc:/") else {
            tokens.push(Ok(word.to_owned()));
            continue;
        };
        let mut cells = figures.split('/');
        match (cells.next(), cells.next(), cells.next(), cells.next()) {
            (Some(figures), None, ..) => tokens.push(token(figures)),
            (Some(n), Some(of), Some(figures), None) => match (n.parse(), of.parse()) {
                (Ok(n), Ok(of)) => {
                    parts.entry(of).or_default().insert(n, figures);
                }
                _ => tokens.push(Err(CardFault::Broken)),
            },
            _ => tokens.push(Err(CardFault::Broken)),
        }
    }
    for (of, parts) in parts {
        let is_whole = parts.len() == usize::from(of) && parts.keys().copied().eq(1..=of);
        tokens.push(if is_whole {
            token(&parts.into_values().collect::<String>())
        } else {
            Err(CardFault::Part)
        });
    }
    all(tokens.into_iter(), keys)
}

fn all(
    tokens: impl Iterator<Item = Result<String, CardFault>>,
    keys: &[Key<'_>],
) -> Vec<Result<HealthCard, CardFault>> {
    let mut cards = Vec::new();
    for token in tokens {
        if cards.len() == MOST {
            cards.push(Err(CardFault::TooLarge));
            break;
        }
        cards.push(token.and_then(|token| card(&token, keys)));
    }
    // A file of no card is named all the same.
    if cards.is_empty() {
        cards.push(Err(CardFault::Broken));
    }
    cards
}

/// A file of cards.
#[derive(Deserialize)]
struct File {
    #[serde(rename = "verifiableCredential")]
    tokens: Option<Vec<String>>,
    vc: Option<serde::de::IgnoredAny>,
}

/// How a card is signed.
#[derive(Deserialize)]
struct Head {
    alg: String,
    zip: Option<String>,
    kid: Option<String>,
}

/// What a card says.
#[derive(Deserialize)]
struct Said<'s> {
    iss: String,
    #[serde(borrow)]
    vc: Credential<'s>,
}

#[derive(Deserialize)]
struct Credential<'s> {
    #[serde(borrow, rename = "credentialSubject")]
    subject: Subject<'s>,
}

#[derive(Deserialize)]
struct Subject<'s> {
    #[serde(borrow, rename = "fhirBundle")]
    bundle: &'s RawValue,
}

/// The letters behind the figures of a code: two figures a letter, counted from 45.
fn token(figures: &str) -> Result<String, CardFault> {
    let (pairs, odd) = figures.as_bytes().as_chunks::<2>();
    let letter = |pair: &[u8; 2]| {
        let [tens, ones] = pair.map(|figure| char::from(figure).to_digit(10));
        u8::try_from(tens? * 10 + ones? + 45).ok().filter(u8::is_ascii).map(char::from)
    };
    let letters: Option<String> = pairs.iter().map(letter).collect();
    letters.filter(|_| odd.is_empty() && !figures.is_empty()).ok_or(CardFault::Broken)
}

fn card(token: &str, keys: &[Key<'_>]) -> Result<HealthCard, CardFault> {
    let mut parts = token.split('.');
    let (Some(head), Some(said), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(CardFault::Broken);
    };
    let plain =
        |part: &str| URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).map_err(|_| CardFault::Broken);
    let how: Head = serde_json::from_slice(&plain(head)?).map_err(|_| CardFault::Broken)?;
    let packed = plain(said)?;
    let payload = match how.zip.as_deref() {
        Some("DEF") => {
            let mut payload = Vec::new();
            let mut unpacked = DeflateDecoder::new(packed.as_slice()).take(LONGEST + 1);
            unpacked.read_to_end(&mut payload).map_err(|_| CardFault::Broken)?;
            payload
        }
        Some(_) => return Err(CardFault::Broken),
        None => packed,
    };
    if payload.len() as u64 > LONGEST {
        return Err(CardFault::TooLarge);
    }
    let says: Said<'_> = serde_json::from_slice(&payload).map_err(|_| CardFault::Broken)?;
    let issuer: String = says.iss.trim().chars().filter(|c| !c.is_control()).take(LONGEST_ISSUER).collect();
    if issuer.is_empty() {
        return Err(CardFault::Broken);
    }
    let of_issuer = |key: &&Key<'_>| key.issuer == issuer && how.kid.as_deref() == Some(key.number);
    let key = keys.iter().find(of_issuer).filter(|_| how.alg == "ES256");
    let signature = match key {
        None => CardSignature::Unchecked,
        Some(key) => {
            let signed = &token[..head.len() + 1 + said.len()];
            if !is_of(key, signed.as_bytes(), &plain(signature)?) {
                return Err(CardFault::NotTheirs);
            }
            CardSignature::Theirs
        }
    };
    let name = key.map(|key| key.name.to_owned());
    Ok(HealthCard { issuer, name, signature, bundle: says.vc.subject.bundle.get().to_owned() })
}

/// Whether a signature over these bytes was made with the other half of a key.
fn is_of(key: &Key<'_>, signed: &[u8], signature: &[u8]) -> bool {
    let (Ok(x), Ok(y)) = (URL_SAFE_NO_PAD.decode(key.x), URL_SAFE_NO_PAD.decode(key.y)) else { return false };
    // A point that is written in full (SEC 1, 2.3.3).
    let point = [&[4], x.as_slice(), y.as_slice()].concat();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature).is_ok()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::DeflateEncoder};
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
    use sha2::{Digest, Sha256};

    use super::*;

    const ISSUER: &str = "https://otter.example/issuer";

    fn packed(payload: &[u8]) -> Vec<u8> {
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::default());
        packer.write_all(payload).unwrap();
        packer.finish().unwrap()
    }

    fn pair() -> EcdsaKeyPair {
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random).unwrap()
    }

    /// The coordinates of a key.
    fn point(pair: &EcdsaKeyPair) -> (String, String) {
        let point = pair.public_key().as_ref();
        (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..]))
    }

    fn signed(pair: &EcdsaKeyPair, head: &str, payload: &[u8]) -> String {
        let text = format!("{}.{}", URL_SAFE_NO_PAD.encode(head), URL_SAFE_NO_PAD.encode(packed(payload)));
        let signature = pair.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
    }

    fn head(number: &str) -> String {
        format!(r#"{{"zip":"DEF","alg":"ES256","kid":"{number}"}}"#)
    }

    fn payload(bundle: &str) -> String {
        format!(
            r#"{{"iss":"{ISSUER}","nbf":1620992383.218,"vc":{{"type":["x"],"credentialSubject":{{"fhirVersion":"4.0.1","fhirBundle":{bundle}}}}}}}"#
        )
    }

    const BUNDLE: &str = r#"{"resourceType":"Bundle", "n": 1.50}"#;

    fn figures(token: &str) -> String {
        let figures = token.bytes().map(|letter| letter - 45).flat_map(|n| [n / 10, n % 10]);
        figures.map(|figure| char::from(b'0' + figure)).collect()
    }

    #[test]
    fn a_card_is_signed_by_whom_it_says_or_nothing_is_said() {
        let (pair, other) = (pair(), pair());
        let (x, y) = point(&pair);
        let keys = [Key { issuer: ISSUER, name: "Otter County", number: "k1", x: &x, y: &y }];
        let token = signed(&pair, &head("k1"), payload(BUNDLE).as_bytes());
        let card = card(&token, &keys).unwrap();
        assert_eq!((card.signature, card.name.as_deref()), (CardSignature::Theirs, Some("Otter County")));
        assert_eq!(card.bundle, BUNDLE, "digit by digit");
        // Their number, and another hand.
        let forged = signed(&other, &head("k1"), payload(BUNDLE).as_bytes());
        assert_eq!(super::card(&forged, &keys), Err(CardFault::NotTheirs));
        // One letter of what it says.
        let changed = payload(BUNDLE).replace("1.50", "1.51");
        let parts: Vec<&str> = token.split('.').collect();
        let changed = [parts[0], &URL_SAFE_NO_PAD.encode(packed(changed.as_bytes())), parts[2]].join(".");
        assert_eq!(super::card(&changed, &keys), Err(CardFault::NotTheirs));
        // A key that nobody knows.
        for (head, keys) in [(head("k2"), &keys[..]), (head("k1"), &[])] {
            let token = signed(&other, &head, payload(BUNDLE).as_bytes());
            let card = super::card(&token, keys).unwrap();
            assert_eq!((card.signature, card.name), (CardSignature::Unchecked, None));
        }
    }

    #[test]
    fn a_card_is_read_from_json_from_its_token_and_from_figures() {
        let token = signed(&pair(), &head("k"), payload(BUNDLE).as_bytes());
        let all = figures(&token);
        let (first, second) = all.split_at(all.len() / 4 * 2);
        let forms = [
            token.clone(),
            format!("{{\"verifiableCredential\": [\"{token}\"]}}"),
            format!("shc:/{all}\n"),
            format!("shc:/2/2/{second}\nshc:/1/2/{first}"),
        ];
        for form in forms {
            let cards = read(form.as_bytes(), &[]);
            assert!(
                matches!(&cards[..], [Ok(card)] if card.bundle == BUNDLE && card.issuer == ISSUER),
                "{form}"
            );
        }
        assert_eq!(read(format!("shc:/1/2/{first}").as_bytes(), &[]), [Err(CardFault::Part)]);
        assert_eq!(read(payload(BUNDLE).as_bytes(), &[]), [Err(CardFault::Unsigned)]);
        let two = read(format!("{token}\nnonsense").as_bytes(), &[]);
        assert!(matches!(&two[..], [Ok(_), Err(CardFault::Broken)]), "one costs itself");
    }

    #[test]
    fn what_unpacks_without_end_is_given_up() {
        let bomb = vec![b' '; 64 << 20];
        let token = signed(&pair(), &head("k"), &bomb);
        assert!(token.len() < 200_000);
        assert_eq!(card(&token, &[]), Err(CardFault::TooLarge));
        let many = "x\n".repeat(100_000);
        assert_eq!(read(many.as_bytes(), &[]).len(), MOST + 1);
    }

    #[test]
    fn what_is_no_card_is_broken() {
        for text in [
            "",
            "{}",
            "{",
            r#"{"verifiableCredential":[]}"#,
            "shc:/",
            "shc:/123",
            "shc:/9999",
            "shc:/a/b/c",
            "eyJ.x.y",
            "..",
            "é.é.é",
        ] {
            let cards = read(text.as_bytes(), &[]);
            assert_eq!(cards, [Err(CardFault::Broken)], "{text}");
        }
        let token = signed(&pair(), &head("k"), payload(BUNDLE).as_bytes());
        for end in 0..token.len() {
            if let Ok(card) = card(&token[..end], &[]) {
                assert_eq!(card.signature, CardSignature::Unchecked);
            }
        }
    }

    #[test]
    fn every_key_that_is_known_is_its_own_thumbprint() {
        let keys = known();
        assert!(keys.len() > 20, "{}", keys.len());
        for key in keys {
            let canonical = format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, key.x, key.y);
            assert_eq!(URL_SAFE_NO_PAD.encode(Sha256::digest(canonical)), key.number, "{}", key.name);
            assert!(key.issuer.starts_with("https://") && !key.issuer.ends_with('/'), "{}", key.issuer);
        }
    }
}
