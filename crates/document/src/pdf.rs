//! The text of a PDF, line by line, as its pages draw it.
//!
//! `hayro-interpret` is here already, because printed pages may hold PDFs: it draws a page on a device, and ours
//! listens to the letters. Refused: `pdf-extract`, which would bring a second PDF reader with panics of its own.

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect, Vec2};

use crate::{Unreadable, decode};

/// Pages that are read; more are seldom words.
const MOST_PAGES: usize = 2_000;

fn open(bytes: &[u8]) -> Result<Pdf, Unreadable> {
    Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Unreadable::Protected,
        LoadPdfError::Invalid => Unreadable::Broken("it cannot be read as PDF".into()),
    })
}

/// The title that a PDF has, and when it was made: a day in its own time, or less where it says less.
///
/// # Errors
/// [`Unreadable::Protected`], or [`Unreadable::Broken`].
pub(crate) fn about(bytes: &[u8]) -> Result<(Option<String>, Option<String>), Unreadable> {
    let pdf = open(bytes)?;
    let about = pdf.metadata();
    let title = about.title.as_deref().map(|title| decode::text(title, None));
    let made = about.creation_date.filter(|at| at.year > 0).map(|at| {
        // Of a year or a month, the library makes its first moment.
        match (at.month, at.day, at.hour, at.minute, at.second) {
            (1, 1, 0, 0, 0) => format!("{:04}", at.year),
            (month, 1, 0, 0, 0) => format!("{:04}-{month:02}", at.year),
            (month, day, ..) => format!("{:04}-{month:02}-{day:02}", at.year),
        }
    });
    Ok((title, made))
}

/// The text of a PDF, at most about `longest` characters, and how many pages it has.
///
/// # Errors
/// [`Unreadable::Protected`], or [`Unreadable::Broken`].
pub(crate) fn text(bytes: &[u8], longest: usize) -> Result<(String, u32), Unreadable> {
    let pdf = open(bytes)?;
    let cache = InterpreterCache::new();
    let mut lines = Lines::default();
    let pages = pdf.pages();
    for page in pages.iter().take(MOST_PAGES) {
        if lines.text.len() > longest * 4 {
            break;
        }
        let mut context = Context::new(
            Affine::IDENTITY,
            Rect::new(0.0, 0.0, 1.0, 1.0),
            &cache,
            pdf.xref(),
            InterpreterSettings::default(),
        );
        interpret_page(page, &mut context, &mut lines);
        lines.break_line();
    }
    Ok((lines.text.trim().to_owned(), u32::try_from(pages.len()).unwrap_or(u32::MAX)))
}

/// Letters become words and lines by where they stand.
#[derive(Default)]
struct Lines {
    text: String,
    /// Where the last letter ended, and how high it was.
    last: Option<(Point, f64)>,
}

impl Lines {
    fn break_line(&mut self) {
        self.last = None;
        let end = self.text.trim_end_matches(' ').len();
        self.text.truncate(end);
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn letter(&mut self, letters: &str, placed: Affine, advance: f64) {
        let at = placed * Point::ORIGIN;
        let along = placed * Point::new(advance, 0.0) - at;
        let height = (placed * Point::new(0.0, 1.0) - at).hypot() * EM;
        if !at.is_finite() || !height.is_finite() {
            return;
        }
        if let Some((end, before)) = self.last {
            let step = at - end;
            // In the direction of writing, and across it.
            let direction = if along.hypot() > 0.0 { along / along.hypot() } else { Vec2::new(1.0, 0.0) };
            let (forward, across) = (step.dot(direction), step.cross(direction).abs());
            let size = before.max(height).max(1e-6);
            if across > 0.6 * size || forward < -1.5 * size {
                self.break_line();
            } else if forward > 0.18 * size && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
        self.text.extend(letters.chars().map(|c| if c.is_control() || c == '\u{a0}' { ' ' } else { c }));
        self.last = Some((at + along, height));
    }
}

/// Glyph space has a thousand units an em.
const EM: f64 = 1000.0;

impl Device<'_> for Lines {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'_>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'_>,
        _: &GlyphDrawMode,
    ) {
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width().unwrap_or(500.0),
            Glyph::Type3(_) => 500.0,
        };
        let placed = transform * glyph_transform;
        match glyph.as_unicode() {
            Some(BfString::Char(letter)) => {
                self.letter(letter.encode_utf8(&mut [0; 4]), placed, f64::from(advance));
            }
            Some(BfString::String(letters)) => self.letter(&letters, placed, f64::from(advance)),
            // A letter without a meaning is no word to look for.
            None => self.letter(" ", placed, f64::from(advance)),
        }
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'_>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
