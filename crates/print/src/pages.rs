//! From a document to finished pages, and from these to SVG and PDF.

use chrono::{DateTime, Datelike, Timelike, Utc};
use typst::foundations::{Datetime, Smart};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::world::Desk;
use crate::{Document, Fonts, Paper, svg, template};

/// Why nothing could be printed. Says nothing of what was to be printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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

/// A PDF file and what it is fit for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Whether it is accessible and archivable (PDF/UA-1 and PDF/A-2a). Else it is a plain PDF, mostly because of
    /// characters that no font on this computer has.
    pub for_screen_readers: bool,
}

/// Pages that are finished, ready to be shown, printed or saved.
pub struct Pages {
    layout: PagedDocument,
    /// Where the text of a page begins and ends, in points from above.
    body: (f64, f64),
    made_at: DateTime<Utc>,
    missing: Vec<char>,
}

/// Lays a document out.
///
/// # Errors
/// [`PrintError::Layout`] only; what a record says cannot make it fail.
pub fn typeset(document: &Document, paper: Paper, fonts: &Fonts) -> Result<Pages, PrintError> {
    let mut sheet = template::sheet(document, paper, fonts);
    let layout = laid_out(&sheet, fonts).or_else(|_| {
        // Typst gives up where one run of text has more than some five hundred units that are kept whole.
        sheet.units_tear = true;
        laid_out(&sheet, fonts)
    })?;
    let mut missing = Vec::new();
    for page in layout.pages() {
        without_glyph(&page.frame, &mut missing);
    }
    let (top, bottom) = template::room(document);
    let body = (top, paper.height() - bottom);
    Ok(Pages { layout, body, made_at: document.made_at, missing })
}

fn laid_out(sheet: &template::Sheet<'_>, fonts: &Fonts) -> Result<PagedDocument, PrintError> {
    let data = serde_json::to_string(sheet).map_err(|_| PrintError::Layout { line: 0 })?;
    let fonts = fonts.covering(data.chars());
    let desk = Desk::new(data.into_bytes(), fonts);
    let compiled = typst::compile::<PagedDocument>(&desk);
    // Typst remembers every step of earlier layouts for the life of the process. What a preview of the same
    // record still uses stays; a record that was closed does not linger in memory.
    typst::comemo::evict(4);
    compiled
        .output
        .map_err(|errors| PrintError::Layout { line: errors.first().map_or(0, |error| desk.line(error)) })
}

/// Forgets what is remembered of every layout: the record is closed.
pub fn forget() {
    typst::comemo::evict(0);
}

impl Pages {
    /// How many pages there are; never 0.
    pub fn count(&self) -> usize {
        self.layout.pages().len()
    }

    /// Whether they lie: wider than high.
    pub fn are_turned(&self) -> bool {
        self.layout.pages().iter().any(|page| page.frame.width() > page.frame.height())
    }

    /// How many pages are filled, with the part of the last one that is: 1.25 are a page and a quarter.
    pub fn filled(&self) -> f64 {
        let (top, bottom) = self.body;
        let Some(last) = self.layout.pages().last() else { return 0.0 };
        let lowest = lowest(&last.frame, 0.0, bottom).unwrap_or(top);
        #[expect(clippy::cast_precision_loss, reason = "nobody prints 2^52 pages")]
        let before = (self.count() - 1) as f64;
        before + ((lowest - top) / (bottom - top)).clamp(0.0, 1.0)
    }

    /// One SVG document a page, to be put into a page of HTML: all of them into the same one if need be, for no
    /// two share an id. They need no style sheet and no script. Letters are drawn as outlines; below them
    /// lies the same text in white, so that a page printed from them can be searched, copied and read aloud.
    pub fn svg(&self) -> Vec<String> {
        self.layout.pages().iter().enumerate().map(|(i, page)| svg::page(page, i + 1)).collect()
    }

    /// The PDF: accessible and archivable (PDF/UA-1 and PDF/A-2a), or, where these forbid what is on the
    /// pages, a plain one.
    ///
    /// # Errors
    /// [`PrintError::Pdf`] when not even the plain one can be written.
    pub fn pdf(&self) -> Result<Pdf, PrintError> {
        if let Some(bytes) = self.pdf_with(&[PdfStandard::Ua_1, PdfStandard::A_2a]) {
            return Ok(Pdf { bytes, for_screen_readers: true });
        }
        let bytes = self.pdf_with(&[]).ok_or(PrintError::Pdf)?;
        Ok(Pdf { bytes, for_screen_readers: false })
    }

    /// The characters that no font has, each once, in the order of their appearance; they print as empty boxes.
    pub fn missing(&self) -> &[char] {
        &self.missing
    }

    /// The PDF under these standards, if they allow what is on the pages.
    fn pdf_with(&self, standards: &[PdfStandard]) -> Option<Vec<u8>> {
        let options = PdfOptions {
            creator: Smart::Custom(Some("Wholechart".to_owned())),
            timestamp: timestamp(self.made_at),
            standards: PdfStandards::new(standards).ok()?,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.layout, &options).ok()
    }
}

fn timestamp(at: DateTime<Utc>) -> Option<Timestamp> {
    let part = |number: u32| u8::try_from(number).ok();
    Datetime::from_ymd_hms(
        at.year(),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )
    .map(Timestamp::new_utc)
}

/// The lowest line of text above `bottom`: below it stands the foot. The template moves frames and turns none.
fn lowest(frame: &Frame, above: f64, bottom: f64) -> Option<f64> {
    let of = frame.items().filter_map(|(position, item)| {
        let at = above + position.y.to_pt();
        match item {
            FrameItem::Group(group) => lowest(&group.frame, at, bottom),
            FrameItem::Text(_) => Some(at).filter(|at| *at <= bottom),
            _ => None,
        }
    });
    of.max_by(f64::total_cmp)
}

/// Collects the characters that are drawn as "no such glyph".
fn without_glyph(frame: &Frame, missing: &mut Vec<char>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => without_glyph(&group.frame, missing),
            FrameItem::Text(text) => {
                for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    let characters = text.text.get(glyph.range()).unwrap_or_default().chars();
                    for c in characters {
                        if !missing.contains(&c) {
                            missing.push(c);
                        }
                    }
                }
            }
            _ => {}
        }
    }
}
