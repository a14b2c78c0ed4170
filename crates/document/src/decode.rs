//! Bytes as text.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text, in the charset that its first bytes, its media type or its markup names. What is not valid UTF-8 and
/// names nothing is read as Windows-1252, in which every byte is a character: nothing is lost.
pub(crate) fn text(bytes: &[u8], stated: Option<&str>) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned();
    }
    let named = stated.and_then(charset).or_else(|| in_markup(bytes));
    let encoding = match named {
        // Sixteen bits a character without a mark of its own: seldom true of what names it.
        Some(named) if named != UTF_16LE && named != UTF_16BE => named,
        _ => UTF_8,
    };
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => text.into_owned(),
        None => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn charset(media_type: &str) -> Option<&'static Encoding> {
    let (_, label) = media_type.split_once("charset=")?;
    let label = label.trim_start_matches(['"', '\'']);
    Encoding::for_label(label.split([';', '"', '\'', ' ', '>', '/', '?']).next()?.as_bytes())
}

/// `charset=` or `encoding=` near the beginning of HTML or XML.
fn in_markup(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    if !start.trim_start().starts_with('<') {
        return None;
    }
    charset(&start.replace("encoding=", "charset="))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn every_charset_that_is_named_or_marked_is_read() {
        assert_eq!(text("Größe".as_bytes(), None), "Größe");
        assert_eq!(text(b"Gr\xf6\xdfe", None), "Größe");
        assert_eq!(text(b"\xff\xfea\0b\0", None), "ab");
        assert_eq!(text(b"\xef\xbb\xbfab", Some("text/plain")), "ab");
        assert_eq!(text(b"\xd5\xe5", Some("text/plain; charset=windows-1251")), "Хе");
        assert_eq!(
            text(b"<meta charset=\"windows-1251\"><p>\xd5\xe5", None),
            "<meta charset=\"windows-1251\"><p>Хе"
        );
        assert_eq!(
            text(b"<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9", None),
            "<?xml version='1.0' encoding='iso-8859-1'?><a>é"
        );
    }
}
