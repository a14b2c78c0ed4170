//! The text of a PDF, line by line, as its pages draw it; and its words with their places.
//!
//! `hayro-interpret` is here already, because printed pages may hold PDFs: it draws a page on a device, and ours
//! listens to the letters. Refused: `pdf-extract`, which would bring a second PDF reader with panics of its own.

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, TransformExt as _, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect, Vec2};

use crate::layout::{self, Letter, Page};
use crate::{Unreadable, decode};

/// Pages that are read; more are seldom words.
const MOST_PAGES: usize = 2_000;
/// Pages whose words are read with their places, and letters of all of them.
const MOST_PLACED: usize = 300;
const MOST_LETTERS: usize = 600_000;

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
        interpret_page(
            page,
            &mut context,
            &mut Listener(|letters: &str, placed: Affine, advance: f64| {
                lines.letter(letters, placed, advance);
            }),
        );
        lines.break_line();
    }
    Ok((lines.text.trim().to_owned(), u32::try_from(pages.len()).unwrap_or(u32::MAX)))
}

/// The words of a PDF with their places, page by page, and whether it says more than that.
///
/// # Errors
/// [`Unreadable::Protected`], or [`Unreadable::Broken`].
pub(crate) fn pages(bytes: &[u8]) -> Result<(Vec<Page>, bool), Unreadable> {
    let pdf = open(bytes)?;
    let cache = InterpreterCache::new();
    let pages = pdf.pages();
    let (mut placed, mut count) = (Vec::new(), 0);
    for page in pages.iter().take(MOST_PLACED) {
        // From the top down, and turned as it is shown.
        let turned = page.initial_transform(true).to_kurbo();
        let (width, height) = page.render_dimensions();
        let shown = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(turned, shown, &cache, pdf.xref(), InterpreterSettings::default());
        let mut letters = Vec::new();
        let mut hear = |text: &str, at: Affine, advance: f64| {
            count += 1;
            letters.extend(letter(text, at, advance).filter(|_| count <= MOST_LETTERS));
        };
        interpret_page(page, &mut context, &mut Listener(&mut hear));
        placed.push(layout::page(letters, f64::from(height)));
        if count > MOST_LETTERS {
            break;
        }
    }
    Ok((placed, pages.len() > MOST_PLACED || count > MOST_LETTERS))
}

/// A letter that is written from left to right, and where it stands; what is written otherwise is no line of a table.
fn letter(text: &str, placed: Affine, advance: f64) -> Option<Letter> {
    let at = placed * Point::ORIGIN;
    let along = placed * Point::new(advance, 0.0) - at;
    let size = (placed * Point::new(0.0, 1.0) - at).hypot() * EM;
    let level = along.x >= 0.0 && along.y.abs() <= 0.02 * along.x.abs();
    level.then(|| Letter { text: text.to_owned(), left: at.x, right: at.x + along.x, down: at.y, size })
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

/// Hears the letters of a page: each with its place, and how wide it is.
struct Listener<F>(F);

impl<F: FnMut(&str, Affine, f64)> Device<'_> for Listener<F> {
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
                self.0(letter.encode_utf8(&mut [0; 4]), placed, f64::from(advance));
            }
            Some(BfString::String(letters)) => self.0(&letters, placed, f64::from(advance)),
            // A letter without a meaning is no word to look for.
            None => self.0(" ", placed, f64::from(advance)),
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
