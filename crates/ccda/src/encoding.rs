//! Bytes of a document as text, and the way back from a place in the text to a place in the bytes.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::fault::Unreadable;

/// A document as text.
pub(crate) struct Decoded<'b> {
    pub(crate) text: Cow<'b, str>,
    places: Places,
}

/// How places in the text and in the bytes belong together.
enum Places {
    /// Bytes of the text are bytes of the document, behind `mark` bytes of a byte order mark, except at characters that
    /// took fewer bytes there: behind each, how many bytes fewer in all.
    Narrowed { mark: usize, fewer: Vec<(usize, usize)> },
    /// Two bytes a unit: units before every some thousandth byte of the text.
    Wide { mark: usize, steps: Vec<(usize, usize)> },
}

/// Bytes of text between two known places.
const STEP: usize = 4096;

impl<'b> Decoded<'b> {
    /// Decodes by byte order mark, else by the shape of the first bytes, else by the XML declaration, else as UTF-8.
    ///
    /// A byte that is no UTF-8 in a document that should be, is read as Windows' Latin letter, which it nearly always is.
    /// Errs for encodings of several bytes a character other than Unicode's (Shift JIS and the like).
    pub(crate) fn decode(bytes: &'b [u8]) -> Result<Decoded<'b>, Unreadable> {
        if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
            return Ok(utf8(rest, 3));
        }
        match bytes {
            [0, 0, 0xFE, 0xFF, ..] | [0xFF, 0xFE, 0, 0, ..] => Err(Unreadable::UnknownEncoding),
            [0xFF, 0xFE, rest @ ..] => Ok(wide(rest, 2, UTF_16LE)),
            [0xFE, 0xFF, rest @ ..] => Ok(wide(rest, 2, UTF_16BE)),
            [b'<', 0, ..] => Ok(wide(bytes, 0, UTF_16LE)),
            [0, b'<', ..] => Ok(wide(bytes, 0, UTF_16BE)),
            _ => {
                let said = declared(bytes).and_then(Encoding::for_label);
                match said {
                    // Said in letters of one byte each, so it is not true.
                    None => Ok(utf8(bytes, 0)),
                    Some(said) if said == UTF_8 || said == UTF_16LE || said == UTF_16BE => Ok(utf8(bytes, 0)),
                    Some(said) if said.is_single_byte() => Ok(single(bytes, said)),
                    Some(_) => Err(Unreadable::UnknownEncoding),
                }
            }
        }
    }

    /// Where a range of the text is in the bytes of the document.
    pub(crate) fn range(&self, range: &Range<usize>) -> Range<usize> {
        self.place(range.start)..self.place(range.end)
    }

    fn place(&self, at: usize) -> usize {
        match &self.places {
            Places::Narrowed { mark, fewer } => {
                let known = fewer.partition_point(|(behind, _)| *behind <= at);
                let less = known.checked_sub(1).map_or(0, |known| fewer[known].1);
                mark + at - less
            }
            Places::Wide { mark, steps } => {
                let known = steps.partition_point(|(step, _)| *step <= at);
                let (step, units) = known.checked_sub(1).map_or((0, 0), |known| steps[known]);
                let beyond = self.text.get(step..at).unwrap_or_default().encode_utf16().count();
                mark + 2 * (units + beyond)
            }
        }
    }
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(256)];
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let head = &head[..end];
    let at = head.windows(8).position(|word| word == b"encoding")?;
    let quote = head[at..].iter().position(|byte| matches!(byte, b'"' | b'\''))? + at;
    let length = head[quote + 1..].iter().position(|byte| *byte == head[quote])?;
    Some(&head[quote + 1..quote + 1 + length])
}

fn utf8(bytes: &[u8], mark: usize) -> Decoded<'_> {
    let mut fewer = Vec::new();
    let text = if let Ok(text) = std::str::from_utf8(bytes) {
        Cow::Borrowed(text)
    } else {
        let mut text = String::with_capacity(bytes.len() + 64);
        let mut less = 0;
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            for byte in chunk.invalid() {
                push_stray(*byte, WINDOWS_1252, &mut text, &mut fewer, &mut less);
            }
        }
        Cow::Owned(text)
    };
    Decoded { text, places: Places::Narrowed { mark, fewer } }
}

fn single<'b>(bytes: &[u8], encoding: &'static Encoding) -> Decoded<'b> {
    let (mut text, mut fewer, mut less) = (String::with_capacity(bytes.len() + 64), Vec::new(), 0);
    for byte in bytes {
        if byte.is_ascii() {
            text.push(char::from(*byte));
        } else {
            push_stray(*byte, encoding, &mut text, &mut fewer, &mut less);
        }
    }
    Decoded { text: Cow::Owned(text), places: Places::Narrowed { mark: 0, fewer } }
}

fn push_stray(
    byte: u8,
    encoding: &'static Encoding,
    text: &mut String,
    fewer: &mut Vec<(usize, usize)>,
    less: &mut usize,
) {
    let before = text.len();
    text.push_str(&encoding.decode_without_bom_handling(&[byte]).0);
    *less += text.len() - before - 1;
    fewer.push((text.len(), *less));
}

fn wide<'b>(bytes: &[u8], mark: usize, encoding: &'static Encoding) -> Decoded<'b> {
    let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
    let (mut steps, mut units, mut due) = (Vec::new(), 0, STEP);
    for (at, character) in text.char_indices() {
        if at >= due {
            steps.push((at, units));
            due = at + STEP;
        }
        units += character.len_utf16();
    }
    Decoded { text: Cow::Owned(text), places: Places::Wide { mark, steps } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slice(bytes: &[u8], word: &str) -> (String, Vec<u8>) {
        let decoded = Decoded::decode(bytes).expect("a known encoding");
        let at = decoded.text.find(word).expect("the word");
        (decoded.text.to_string(), bytes[decoded.range(&(at..at + word.len()))].to_vec())
    }

    #[test]
    fn a_place_in_the_text_is_found_in_the_bytes_of_every_encoding() {
        let said = "<a>Jos\u{e9} \u{1F600} M\u{fc}ller</a>";
        assert_eq!(slice(said.as_bytes(), "M\u{fc}ller").1, "M\u{fc}ller".as_bytes());
        let marked = [b"\xEF\xBB\xBF", said.as_bytes()].concat();
        assert_eq!(slice(&marked, "M\u{fc}ller").1, "M\u{fc}ller".as_bytes());
        for big in [false, true] {
            let units = |text: &str| -> Vec<u8> {
                let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
                text.encode_utf16().flat_map(bytes).collect()
            };
            let long = format!("<a>{}</a>{said}", "\u{e9}\u{1F600}x".repeat(3000));
            let marked = [if big { vec![0xFE, 0xFF] } else { vec![0xFF, 0xFE] }, units(&long)].concat();
            assert_eq!(slice(&marked, "M\u{fc}ller").1, units("M\u{fc}ller"));
            assert_eq!(slice(&units(&long), "M\u{fc}ller").1, units("M\u{fc}ller"));
        }
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>Jos\xE9 M\xFCller</a>";
        let (text, slice_of_it) = slice(latin, "M\u{fc}ller");
        assert!(text.contains("Jos\u{e9}"), "{text}");
        assert_eq!(slice_of_it, b"M\xFCller");
    }

    #[test]
    fn a_stray_letter_of_windows_costs_no_other_letter() {
        let (text, stray) = slice(b"<a>Jos\xE9 M\xC3\xBCller \x96 x</a>", "M\u{fc}ller");
        assert_eq!(text, "<a>Jos\u{e9} M\u{fc}ller \u{2013} x</a>");
        assert_eq!(stray, b"M\xC3\xBCller");
    }
}
