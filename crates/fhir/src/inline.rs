//! Files that came inside a resource.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use sha2::{Digest, Sha256};

use crate::json::{Json, Node, arena};
use crate::parse::parse;

/// Senders break lines, leave out the padding and use the alphabet for URLs.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The bytes behind base64 as it was sent; `None` when it is not base64.
pub(crate) fn decode(encoded: &str) -> Option<Vec<u8>> {
    let compact: Vec<u8> = encoded
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            byte => byte,
        })
        .collect();
    LENIENT.decode(&compact).ok()
}

/// The file of a resource whose content has this hash (lower-case hex SHA-256), wherever it stands in it:
/// `Attachment.data`, `Binary.data`, and DSTU2's `Binary.content`.
pub fn inline_file(resource: &[u8], sha256: &str) -> Option<Vec<u8>> {
    let arena = arena(resource);
    find(&parse(resource, &arena).ok()?.0, sha256)
}

fn find(node: &Node<'_>, sha256: &str) -> Option<Vec<u8>> {
    let member = |(name, value): &(&str, Node<'_>)| match &value.json {
        Json::Text(text) if matches!(*name, "data" | "content") => {
            decode(text).filter(|bytes| hex::encode(Sha256::digest(bytes)) == sha256)
        }
        _ => find(value, sha256),
    };
    match &node.json {
        Json::Object(_) => node.members().iter().find_map(member),
        Json::List(items) => items.iter().find_map(|item| find(item, sha256)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::inline_file;

    #[test]
    fn a_file_is_found_by_its_content_wherever_it_stands() {
        let hash = |bytes: &[u8]| hex::encode(Sha256::digest(bytes));
        let resource =
            br#"{"resourceType":"DiagnosticReport","presentedForm":[{"data":"b25l"},{"data":"dHdv\n"}],
            "contained":[{"resourceType":"Binary","content":"_-8"}]}"#;
        assert_eq!(inline_file(resource, &hash(b"two")).as_deref(), Some(&b"two"[..]));
        assert_eq!(inline_file(resource, &hash(b"\xff\xef")).as_deref(), Some(&b"\xff\xef"[..]));
        assert_eq!(inline_file(resource, &hash(b"three")), None);
        assert_eq!(inline_file(b"not json", &hash(b"one")), None);
    }
}
