//! What a file says of itself beside what is written in it: its title, and when it was made.

use serde::{Deserialize, Serialize};

use crate::{Format, LARGEST, Unreadable, pdf, picture};

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// What it is.
    pub format: Format,
    /// Its title, where it has one that says something.
    pub title: Option<String>,
    /// When the file was made, or the picture was taken: a day, a month or a year. Not when that was which it tells of.
    pub made: Option<String>,
}

/// Describes a file in this process.
///
/// # Errors
/// [`Unreadable::Protected`] and [`Unreadable::Broken`] of a PDF, [`Unreadable::TooLarge`].
pub fn describe(bytes: &[u8]) -> Result<Description, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    match Format::of(bytes, None) {
        Format::Pdf => {
            let (title, made) = pdf::about(bytes)?;
            Ok(Description { format: Format::Pdf, title: title.as_deref().and_then(said), made })
        }
        format => Ok(Description { format, title: None, made: picture::taken(bytes) }),
    }
}

/// A title as people write one. None: a program wrote it, and it says nothing.
fn said(title: &str) -> Option<String> {
    const LONGEST: usize = 200;
    const NOTHING: &[&str] =
        &["untitled", "document", "document1", "title", "scan", "pdf", "print", "about:blank"];
    let plain: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    for program in ["Microsoft Word - ", "Microsoft PowerPoint - ", "Microsoft Excel - "] {
        if plain.starts_with(program) {
            plain.drain(..program.len());
        }
    }
    if let Some((end, _)) = plain.char_indices().nth(LONGEST) {
        plain.truncate(end);
    }
    let says = plain.chars().any(char::is_alphabetic) && !NOTHING.contains(&plain.to_lowercase().as_str());
    says.then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn a_title_is_what_people_wrote() {
        assert_eq!(said(" Microsoft Word - Lab\u{0} letter.docx").as_deref(), Some("Lab letter.docx"));
        assert_eq!(said("After visit summary").as_deref(), Some("After visit summary"));
        for nothing in ["", " ", "Untitled", "0001", "\u{7}"] {
            assert_eq!(said(nothing), None, "{nothing}");
        }
        assert_eq!(said(&"é".repeat(500)).map(|title| title.chars().count()), Some(200));
    }
}
