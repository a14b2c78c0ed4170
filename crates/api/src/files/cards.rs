//! SMART Health Cards: what their source is called, and what is said of their signature.

use sha2::{Digest, Sha256};
use url::Url;
use wholechart_document::{CardSignature, HealthCard};

use crate::words::Words;

/// What the source of a card is called: as the directory calls who signed it, where the signature is theirs; else the
/// place that the card names.
pub(super) fn source(card: &HealthCard) -> String {
    card.name.clone().unwrap_or_else(|| host(card))
}

/// What a card's resources are known by: the same card in another file is the same. Nothing in a card leads out of it.
pub(super) fn place(card: &HealthCard) -> String {
    format!("health-card/{}", &hex::encode(Sha256::digest(card.bundle.as_bytes()))[..32])
}

/// What is said of a card's signature: never more than was looked at.
pub(super) fn remark(words: &Words, card: &HealthCard) -> String {
    let (key, issuer) = match (card.signature, &card.name) {
        (CardSignature::Theirs, Some(name)) => ("import-card-theirs", name.clone()),
        (CardSignature::Theirs, None) => ("import-card-theirs", host(card)),
        (CardSignature::Unchecked, _) => ("import-card-unchecked", host(card)),
    };
    words.with(key, &[("issuer", (&issuer).into())])
}

fn host(card: &HealthCard) -> String {
    let url = Url::parse(&card.issuer).ok();
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| card.issuer.clone())
}
