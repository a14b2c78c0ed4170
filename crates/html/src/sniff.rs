//! What the first bytes of a file say it is.

/// What the bytes begin like, as a media type; none when they say nothing.
pub fn sniff(bytes: &[u8]) -> Option<&'static str> {
    let start = &bytes[..bytes.len().min(512)];
    let text =
        String::from_utf8_lossy(start).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    Some(match start {
        _ if start.starts_with(b"%PDF") => "application/pdf",
        _ if start.starts_with(b"\x89PNG") => "image/png",
        _ if start.starts_with(b"\xFF\xD8\xFF") => "image/jpeg",
        _ if start.starts_with(b"GIF8") => "image/gif",
        _ if start.starts_with(b"II*\0") || start.starts_with(b"MM\0*") => "image/tiff",
        _ if start.get(4..8) == Some(b"ftyp") => return heif(start),
        _ if start.starts_with(b"PK\x03\x04") => "application/zip",
        _ if start.get(128..132) == Some(b"DICM") => "application/dicom",
        _ if text.starts_with("{\\rtf") => "text/rtf",
        _ if [
            "<!doctype html",
            "<html",
            "<body",
            "<div",
            "<p>",
            "<p ",
            "<h1",
            "<h2",
            "<h3",
            "<table",
            "<span",
        ]
        .iter()
        .any(|tag| text.starts_with(tag)) =>
        {
            "text/html"
        }
        _ if text.starts_with('<') && text.contains("clinicaldocument") => "application/hl7-v3+xml",
        _ if text.starts_with("<?xml") => "application/xml",
        _ if !bytes.is_empty() && std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0')) => {
            "text/plain"
        }
        _ => return None,
    })
}

/// A picture as newer phones take it (ISO/IEC 23008-12), by the brand at its beginning.
fn heif(start: &[u8]) -> Option<&'static str> {
    const HEIC: [&[u8]; 9] =
        [b"heic", b"heix", b"heim", b"heis", b"heif", b"hevc", b"hevx", b"mif1", b"msf1"];
    let brand = start.get(8..12).filter(|_| start.get(4..8) == Some(b"ftyp"))?;
    if HEIC.contains(&brand) {
        Some("image/heic")
    } else {
        matches!(brand, b"avif" | b"avis").then_some("image/avif")
    }
}
