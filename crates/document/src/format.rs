//! What a file is: its bytes say so, and the media type it came with only where they do not.

use serde::{Deserialize, Serialize};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// PDF.
    Pdf,
    /// A picture.
    Image(Picture),
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// Rich Text Format.
    Rtf,
    /// A clinical document of HL7 (CDA, C-CDA).
    Cda,
    /// Anything else.
    Other,
}

/// Kinds of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Picture {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// BMP.
    Bmp,
    /// TIFF: no web view shows it.
    Tiff,
    /// HEIC and HEIF, as newer phones take pictures: few web views show them.
    Heif,
    /// AVIF: not every web view shows it.
    Avif,
}

impl Format {
    /// What these bytes are.
    pub fn of(bytes: &[u8], stated: Option<&str>) -> Format {
        match bytes {
            [b'B', b'M', rest @ ..]
                if rest.len() > 24 && (rest[4..8] == [0; 4] || stated.is_some_and(|s| s.contains("bmp"))) =>
            {
                return Format::Image(Picture::Bmp);
            }
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
                return Format::Image(Picture::WebP);
            }
            _ => {}
        }
        let by_bytes = wholechart_html::sniff(bytes).map(Format::named);
        let by_name = stated.map_or(Format::Other, Format::named);
        match by_bytes {
            // Text is what everything is that is nothing else; a name that is more exact counts then.
            Some(Format::Text | Format::Other) | None => match by_name {
                Format::Html | Format::Cda | Format::Rtf if by_bytes.is_some() => by_name,
                _ => by_bytes.unwrap_or(if by_name == Format::Text { by_name } else { Format::Other }),
            },
            Some(format) => format,
        }
    }

    /// What a media type names.
    pub fn named(media_type: &str) -> Format {
        let name = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match name.as_str() {
            "application/pdf" => Format::Pdf,
            "image/png" => Format::Image(Picture::Png),
            "image/jpeg" | "image/jpg" => Format::Image(Picture::Jpeg),
            "image/gif" => Format::Image(Picture::Gif),
            "image/webp" => Format::Image(Picture::WebP),
            "image/bmp" => Format::Image(Picture::Bmp),
            "image/tiff" | "image/tif" => Format::Image(Picture::Tiff),
            "image/heic" | "image/heif" | "image/heic-sequence" | "image/heif-sequence" => {
                Format::Image(Picture::Heif)
            }
            "image/avif" => Format::Image(Picture::Avif),
            "text/html" | "application/xhtml+xml" => Format::Html,
            "text/rtf" | "application/rtf" => Format::Rtf,
            "application/hl7-v3+xml" | "application/hl7-sdwg-ccda-structured+xml" | "application/cda+xml" => {
                Format::Cda
            }
            "text/plain" => Format::Text,
            _ => Format::Other,
        }
    }

    /// The media type for files of this kind; `None` for what is not known.
    pub fn media_type(self) -> Option<&'static str> {
        Some(match self {
            Format::Pdf => "application/pdf",
            Format::Image(Picture::Png) => "image/png",
            Format::Image(Picture::Jpeg) => "image/jpeg",
            Format::Image(Picture::Gif) => "image/gif",
            Format::Image(Picture::WebP) => "image/webp",
            Format::Image(Picture::Bmp) => "image/bmp",
            Format::Image(Picture::Tiff) => "image/tiff",
            Format::Image(Picture::Heif) => "image/heic",
            Format::Image(Picture::Avif) => "image/avif",
            Format::Text => "text/plain",
            Format::Html => "text/html",
            Format::Rtf => "text/rtf",
            Format::Cda => "application/xml",
            Format::Other => return None,
        })
    }

    /// What a file of this kind is called at its end; `None` for what is not known.
    pub fn extension(self) -> Option<&'static str> {
        Some(match self {
            Format::Pdf => "pdf",
            Format::Image(Picture::Png) => "png",
            Format::Image(Picture::Jpeg) => "jpg",
            Format::Image(Picture::Gif) => "gif",
            Format::Image(Picture::WebP) => "webp",
            Format::Image(Picture::Bmp) => "bmp",
            Format::Image(Picture::Tiff) => "tif",
            Format::Image(Picture::Heif) => "heic",
            Format::Image(Picture::Avif) => "avif",
            Format::Text => "txt",
            Format::Html => "html",
            Format::Rtf => "rtf",
            Format::Cda => "xml",
            Format::Other => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, Picture};

    #[test]
    fn bytes_say_what_a_file_is_before_its_name_does() {
        for (bytes, stated, format) in [
            (&b"%PDF-1.7 ..."[..], Some("text/plain"), Format::Pdf),
            (b"\x89PNG\r\n\x1a\n", None, Format::Image(Picture::Png)),
            (b"{\\rtf1 x}", Some("application/msword"), Format::Rtf),
            (b"<html><p>x", Some("text/plain"), Format::Html),
            (
                b"<?xml version='1.0'?><ClinicalDocument xmlns='urn:hl7-org:v3'/>",
                Some("text/xml"),
                Format::Cda,
            ),
            (b"just words", None, Format::Text),
            (b"just words", Some("text/html; charset=utf-8"), Format::Html),
            (b"II*\0\x08\0\0\0", None, Format::Image(Picture::Tiff)),
            (b"MM\0*\0\0\0\x08", Some("image/jpeg"), Format::Image(Picture::Tiff)),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Some("image/jpeg"), Format::Image(Picture::Heif)),
            (b"\0\0\0\x20ftypavif\0\0\0\0", None, Format::Image(Picture::Avif)),
            (b"\0\0\0\x18ftypisom\0\0\0\0", None, Format::Other),
            (
                b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x02\0\0\0\x02\0\0\0\x01\0",
                None,
                Format::Image(Picture::Bmp),
            ),
            (b"BMI: a letter about a weight, which is text", None, Format::Text),
            (b"PK\x03\x04", Some("application/zip"), Format::Other),
            (b"\x00\x01\x02", Some("application/octet-stream"), Format::Other),
            (b"\x00\x01\x02", Some("application/pdf"), Format::Other),
            (b"caf\xe9", Some("text/plain"), Format::Text),
            (b"", None, Format::Other),
        ] {
            assert_eq!(Format::of(bytes, stated), format, "{bytes:?} {stated:?}");
        }
    }
}
