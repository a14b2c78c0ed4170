//! What is written in a file: text to search, and a page to read where the window cannot show the file itself; and what
//! stands in files that are not FHIR yet: health cards, the export of an Apple phone, Blue Button as text, and the rows of a
//! laboratory's PDF. FHIR in XML is tried here first.
//!
//! In the order a reader needs it: [`Format::of`] says what a file is, [`describe`] what it says of itself, [`read`] reads it in
//! this process, [`Reader`] reads it in a child process, which is how the app does it: strangers send these files, and one that makes a
//! parser panic, overflow its stack, loop or eat memory must cost itself and nothing else. [`serve`] is the child.
//!
//! **Invariants.** Knows no network, no SQL and no record. A page ([`Reading::page`]) holds no script, style, link,
//! image or address. Text longer than the limits is cut and says so. No error quotes the file.

mod apple;
mod blue_button;
mod card;
mod cda;
mod child;
mod decode;
mod describe;
mod fhir_xml;
mod format;
mod layout;
mod limits;
mod pdf;
mod picture;
mod results;
mod rtf;

use serde::{Deserialize, Serialize};

pub use apple::{A_DAY, AppleFigures, AppleHealth, AppleMeasure, AppleReading, AppleRecord};
pub use blue_button::{BlueButton, BlueButtonRecord, BlueButtonSender};
pub use card::{CardFault, CardSignature, HealthCard};
pub use child::{Reader, confine, serve};
pub use describe::{Description, describe};
pub use format::{Format, Picture};
pub use results::{LabFlag, LabRow, LabRows};

/// Bytes of a file that is read at all.
pub const LARGEST: usize = 64 << 20;
/// Characters of text that are kept of one file.
const LONGEST: usize = 400_000;
/// Bytes of a page; a longer one is cut between two of its blocks.
const LONGEST_PAGE: usize = 4 << 20;

/// What is written in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What it is.
    pub format: Format,
    /// Its text, line by line, for search.
    pub text: String,
    /// The file says more than `text` or `page` holds.
    pub cut: bool,
    /// The file as harmless HTML to read; `None` where the window shows the file itself (PDF, images) or its text.
    pub page: Option<String>,
    /// How many pages a PDF has.
    pub pages: Option<u32>,
}

/// Why nothing could be read. Quotes nothing of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Unreadable {
    /// A picture, an archive or something unknown: no text is looked for.
    #[error("{0:?} holds no text that is read here")]
    NoText(Format),
    /// It asks for a password.
    #[error("the file asks for a password")]
    Protected,
    /// More than [`LARGEST`] bytes.
    #[error("the file is too large")]
    TooLarge,
    /// Not what it says it is, or cut short.
    #[error("the file is damaged: {0}")]
    Broken(String),
    /// It took too long.
    #[error("reading took too long")]
    TooLong,
    /// The reading process could not be started: it says nothing about the file.
    #[error("reading could not be started")]
    NotStarted,
    /// The reading process ended without an answer.
    #[error("reading ended without an answer")]
    Crashed,
}

/// Reads a file in this process. `stated` is the media type it came with.
///
/// # Errors
/// Why there is no text; [`Unreadable::TooLong`] and [`Unreadable::Crashed`] come from [`Reader`] only.
pub fn read(bytes: &[u8], stated: Option<&str>) -> Result<Reading, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    let format = Format::of(bytes, stated);
    let reading = |text: String, page: Option<String>, pages: Option<u32>| {
        let (text, text_cut) = cut(text, LONGEST);
        let (page, page_cut) = match page.map(|page| cut_page(page, LONGEST_PAGE)) {
            Some((page, cut)) => (Some(page), cut),
            None => (None, false),
        };
        Reading { format, text, cut: text_cut || page_cut, page, pages }
    };
    match format {
        Format::Pdf => {
            let (text, pages) = pdf::text(bytes, LONGEST)?;
            Ok(reading(text, None, Some(pages)))
        }
        Format::Html => {
            let source = decode::text(bytes, stated);
            let page = wholechart_html::sanitise(&source);
            Ok(reading(wholechart_html::strip(&page), Some(page), None))
        }
        Format::Rtf => {
            let page = rtf::page(bytes)?;
            Ok(reading(wholechart_html::strip(&page), Some(page), None))
        }
        Format::Cda => {
            let page = cda::page(&decode::text(bytes, stated))?;
            Ok(reading(wholechart_html::strip(&page), Some(page), None))
        }
        Format::Text => Ok(reading(decode::text(bytes, stated), None, None)),
        Format::Image(_) | Format::Other => Err(Unreadable::NoText(format)),
    }
}

/// Finds the results of a laboratory in a PDF, in this process.
///
/// # Errors
/// [`Unreadable::NoText`] of what is no PDF, [`Unreadable::Protected`], [`Unreadable::Broken`], [`Unreadable::TooLarge`].
fn results(bytes: &[u8]) -> Result<LabRows, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    match Format::of(bytes, None) {
        Format::Pdf => pdf::pages(bytes).map(|(pages, cut)| results::read(&pages, cut)),
        format => Err(Unreadable::NoText(format)),
    }
}

/// At most `most` characters, and whether there were more.
fn cut(mut text: String, most: usize) -> (String, bool) {
    match text.char_indices().nth(most) {
        Some((end, _)) => {
            text.truncate(end);
            (text, true)
        }
        None => (text, false),
    }
}

/// At most `most` bytes of a page, cut before a tag; what was open is closed again.
fn cut_page(page: String, most: usize) -> (String, bool) {
    if page.len() <= most {
        return (page, false);
    }
    let mut end = most;
    while !page.is_char_boundary(end) {
        end -= 1;
    }
    let end = page[..end].rfind('<').unwrap_or(end);
    (wholechart_html::sanitise(&page[..end]), true)
}

#[cfg(test)]
mod tests {
    use super::{cut, cut_page};

    #[test]
    fn what_is_too_long_is_cut_where_nothing_breaks() {
        assert_eq!(cut("naïve".into(), 3), ("naï".into(), true));
        assert_eq!(cut("naïve".into(), 5), ("naïve".into(), false));
        let page = "<p>one</p><p><b>two ☃☃☃</b></p>".to_owned();
        for most in 0..page.len() {
            let (shorter, was_cut) = cut_page(page.clone(), most);
            assert!(was_cut);
            assert_eq!(wholechart_html::sanitise(&shorter), shorter, "still a harmless whole");
        }
        assert_eq!(cut_page(page.clone(), page.len()), (page, false));
    }
}
