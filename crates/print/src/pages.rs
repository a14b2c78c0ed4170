//! From a document to finished pages, and from these to SVG and PDF.

use crate::{Document, Fonts, Paper};

/// Why nothing could be printed. Says nothing of what was to be printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The layout itself failed: a mistake of the template, not of the data.
    #[error("the pages could not be laid out (template line {line})")]
    Layout {
        /// The line of the template, from 1; 0 when unknown.
        line: usize,
    },
    /// The pages are there, but no PDF could be made of them, not even a plain one.
    #[error("the PDF could not be written")]
    Pdf,
}

/// A PDF file and what its reader should know about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Set when it is a plain PDF, not an accessible and archivable one (PDF/UA-1 and PDF/A-2a), because
    /// of characters that no font on this computer has.
    pub warning: Option<String>,
}

/// Pages that are finished, ready to be shown, printed or saved.
pub struct Pages {}

/// Lays a document out.
///
/// # Errors
/// [`PrintError::Layout`] only; what a record says cannot make it fail.
pub fn typeset(_document: &Document, _paper: Paper, _fonts: &Fonts) -> Result<Pages, PrintError> {
    Err(PrintError::Layout { line: 0 })
}

impl Pages {
    /// How many pages there are; never 0.
    pub fn count(&self) -> usize {
        0
    }
    /// One SVG document a page.
    pub fn svg(&self) -> Vec<String> {
        Vec::new()
    }
    /// The PDF.
    pub fn pdf(&self) -> Result<Pdf, PrintError> {
        Err(PrintError::Pdf)
    }
    /// What the user should know about these pages: characters that no font has. Also in [`Pdf::warning`].
    pub fn warning(&self) -> Option<String> {
        None
    }
    /// The characters that no font has, each once, in the order of their appearance.
    pub fn missing(&self) -> &[char] {
        &[]
    }
}
