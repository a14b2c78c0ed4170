//! A PDF or a picture as a FHIR document: the file byte for byte, and of when and what only what the file says itself.

use std::{ffi::OsStr, path::Path};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wholechart_document::{Description, Format, Picture};

/// The base of every file that is kept as a document: the same bytes are the same document, whatever the file is called.
pub(super) const BASE: &str = "file:documents";

/// The type that it is kept as.
pub(super) const TYPE: &str = "DocumentReference";

/// What a file is known by: its bytes.
pub(super) fn id(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The document. Its title is the file's own, or what the file is called; its type is its kind. Its date is when the
/// file was made, which is not when anything in it happened.
pub(super) fn reference(bytes: &[u8], id: &str, file: &str, described: Option<&Description>) -> String {
    let format = Format::of(bytes, None);
    let name = file.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or(file);
    let called = Path::new(name).file_stem().and_then(OsStr::to_str).map(str::trim);
    let called = called.filter(|name| !name.is_empty()).unwrap_or(kind(format));
    let title = described.and_then(|described| described.title.as_deref()).unwrap_or(called);
    let mut body = json!({"resourceType": TYPE, "id": id, "status": "current", "description": title});
    if !kind(format).is_empty() {
        body["type"] = json!({"text": kind(format)});
    }
    if let Some(made) = described.and_then(|described| described.made.as_deref()) {
        body["date"] = made.into();
    }
    let mut attachment = json!({"title": name});
    if let Some(media_type) = format.media_type() {
        attachment["contentType"] = media_type.into();
    }
    // The file may be large: it is written where it belongs, not copied from value to value.
    let mut whole = open(&body);
    whole.push_str(",\"content\":[{\"attachment\":");
    whole.push_str(&open(&attachment));
    whole.push_str(",\"data\":\"");
    STANDARD.encode_string(bytes, &mut whole);
    whole.push_str("\"}}]}");
    whole
}

/// An object without its last bracket.
fn open(object: &Value) -> String {
    let mut text = object.to_string();
    text.pop();
    text
}

/// What a kind of file is called in every language.
fn kind(format: Format) -> &'static str {
    match format {
        Format::Pdf => "PDF",
        Format::Image(Picture::Png) => "PNG",
        Format::Image(Picture::Jpeg) => "JPEG",
        Format::Image(Picture::Gif) => "GIF",
        Format::Image(Picture::WebP) => "WebP",
        Format::Image(Picture::Bmp) => "BMP",
        Format::Image(Picture::Tiff) => "TIFF",
        Format::Image(Picture::Heif) => "HEIC",
        Format::Image(Picture::Avif) => "AVIF",
        Format::Text | Format::Html | Format::Rtf | Format::Cda | Format::Other => "",
    }
}

#[cfg(test)]
mod tests {
    use wholechart_fhir::{DateRole, Kind, ReadOptions, Release, inline_file, read};

    use super::*;

    #[test]
    fn a_document_says_what_its_file_says_and_no_more() {
        let bytes = b"%PDF-1.4 \x00\xFF";
        let number = id(bytes);
        let described = Description {
            format: Format::Pdf,
            title: Some("After \"visit\" summary".to_owned()),
            made: Some("2024-03-05".to_owned()),
        };
        let kept = reference(bytes, &number, "IHE/Scan 1.pdf", Some(&described));
        let entry = read(kept.as_bytes(), &ReadOptions::new(Release::R4)).unwrap();
        assert_eq!((entry.kind, entry.title.as_str()), (Kind::Document, "After \"visit\" summary"));
        assert_eq!(entry.date.map(|date| date.role), Some(DateRole::Recorded), "not when anything happened");
        let file = &entry.attachments[0];
        assert_eq!(file.title.as_deref(), Some("Scan 1.pdf"));
        assert_eq!(file.content_type.as_deref(), Some("application/pdf"));
        assert_eq!(file.sha256.as_deref(), Some(number.as_str()));
        assert_eq!(inline_file(kept.as_bytes(), &number).as_deref(), Some(&bytes[..]), "byte for byte");
        assert_eq!(entry.problems, [], "{:?}", entry.problems);
    }

    #[test]
    fn one_that_says_nothing_is_called_as_its_file_and_has_no_date() {
        for (bytes, file, title, kind) in [
            (&b"%PDF-1.7"[..], "Downloads/Knee MRI 2.1.pdf", "Knee MRI 2.1", "PDF"),
            (b"\xFF\xD8\xFF\xE0", "rash", "rash", "JPEG"),
            (b"\x89PNG\r\n", " .png", "PNG", "PNG"),
            (b"II*\0\x08\0\0\0", "page 1.tif", "page 1", "TIFF"),
            (b"\0\0\0\x18ftypheic\0\0\0\0", "IMG 0421.HEIC", "IMG 0421", "HEIC"),
        ] {
            let kept = reference(bytes, &id(bytes), file, None);
            let entry = read(kept.as_bytes(), &ReadOptions::new(Release::R4)).unwrap();
            assert_eq!((entry.title.as_str(), entry.date), (title, None));
            assert!(kept.contains(&format!("\"type\":{{\"text\":\"{kind}\"}}")), "{kept}");
        }
    }
}
