//! What is to be printed, as plain data.

use chrono::{DateTime, Utc};

/// Everything that stands on the pages. All texts are plain text in the reader's language: no markup is
/// read from them, control characters print as spaces, and a line feed starts a new line.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What the document is, such as "Health summary". Stands at the top and, with the person's name, in
    /// the PDF's title.
    pub title: String,
    /// Whose record it is, as (label, text). The first pair is the name: it is set large, and repeated with the
    /// next two (birth date, sex) at the head of every further page.
    pub person: Vec<(String, String)>,
    /// When it was made, in words, such as "Made on November 23, 2026". Stands at the top and at the foot of every page.
    pub made_on: String,
    /// When it was made, for the PDF's date.
    pub made_at: DateTime<Utc>,
    /// The language of the words: a BCP 47 tag such as `en` or `en-US`. What is not one counts as `en`.
    pub language: String,
    /// Words for a banner on every page of a sample; none on a real record.
    pub sample: Option<String>,
    /// What the reader of the paper must know before the rest, in a frame of its own.
    pub warning: Option<String>,
    /// Paragraphs between the title block and the first section.
    pub lead: Vec<String>,
    /// The sections in their order.
    pub sections: Vec<Section>,
    /// Paragraphs after the last section: what is not on the pages.
    pub closing: Vec<String>,
    /// The key of sources: what each mark means. Stands at the end of the title block.
    pub sources: Vec<SourceKey>,
    /// Words at the foot of every page, such as "Patient copy; not a legal medical record".
    pub footer: String,
    /// The pattern of the page number, such as `Page {page} of {pages}`.
    pub page_of: String,
    /// Large print: nothing is smaller than 18 points, and rows are set below each other instead of in columns.
    pub large: bool,
    /// The heading of a table of contents before the first section. `None`: there is none.
    pub contents: Option<String>,
    /// The heading of an index after the last section: what rows of indexed sections begin with, with their pages. `None`: there is
    /// none.
    pub index: Option<String>,
    /// Short lines at the edges of the first page where it is folded into quarters.
    pub folds: bool,
}

/// A headed part of the document: a table, lines below it, or both.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// A sentence under the heading.
    pub note: Option<String>,
    /// What is said before the table: prose, a paragraph each.
    pub paragraphs: Vec<String>,
    /// The columns; their titles are repeated on each page the table reaches.
    pub columns: Vec<Column>,
    /// The rows. One with fewer cells than columns is filled up, one with more widens the table: no cell is lost.
    pub rows: Vec<Row>,
    /// What is said below the table, or in place of it: a point each.
    pub lines: Vec<String>,
    /// What was measured over time, below the table.
    pub trends: Vec<Trend>,
    /// Lines to write on, at the end of the section: what is to be written there, or nothing.
    pub blanks: Vec<String>,
    /// Whether lines stand between the columns too: where a column is compared with the next, or written in.
    pub ruled: bool,
    /// Whether what its rows begin with stands in the document's index.
    pub indexed: bool,
}

impl Section {
    /// Whether nothing stands below the heading.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
            && self.lines.is_empty()
            && self.note.is_none()
            && self.paragraphs.is_empty()
            && self.blanks.is_empty()
            && self.trends.is_empty()
    }
}

/// One test over time: its latest value in words, what was before, and a drawing of all.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trend {
    /// What was measured.
    pub title: String,
    /// The latest value with its day; flagged where it is out of range.
    pub latest: Cell,
    /// Marks of who says so.
    pub sources: Vec<String>,
    /// What else is said, a line each: the value before, the range, how many there are.
    pub lines: Vec<String>,
    /// The drawing. It says nothing that the words do not: who listens misses nothing. `None`: nothing can be drawn.
    pub chart: Option<Chart>,
}

/// Values drawn over time with the usual range behind them; a single value stands on a line of numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// What is joined by a line, each by time.
    pub series: Vec<Vec<Spot>>,
    /// What the signs of the spots mean, in the order of [`Spot::teller`]; nothing where one teller says all.
    pub tellers: Vec<String>,
    /// The first and the last day, in words.
    pub ends: (String, String),
}

/// A value in a [`Chart`]. Numbers are for drawing only.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// When, in days since any day.
    pub at: f64,
    /// How much.
    pub value: f64,
    /// The value lies above (`true`) or below (`false`) what was measured.
    pub beyond: Option<bool>,
    /// Who says so: the place in [`Chart::tellers`].
    pub teller: usize,
    /// The usual range of that day.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
}

/// A column of a [`Section`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its title.
    pub title: String,
    /// Its share of the width, beside the other columns' shares. 0 counts as 1.
    pub weight: u32,
    /// Whether it holds numbers: these are set to the right, with digits of one width.
    pub numeric: bool,
}

/// A row of a [`Section`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// Marks of the sources that say this, each explained by a [`SourceKey`].
    pub sources: Vec<String>,
}

/// A cell of a [`Row`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What it begins with, heavier than the rest: the name of a thing before what is said of it.
    pub lead: String,
    /// Its text. Where it begins with a line feed, it begins below the lead.
    pub text: String,
    /// How it stands out, if it does.
    pub emphasis: Option<Emphasis>,
}

/// How a cell stands out. Never the only sign: paper may be black and white and the reader may be listening,
/// so the text itself says "High ↑" or "entered in error".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    /// Something to notice: heavier, and dark red on a colour printer.
    Flag,
    /// No longer so, or never was: struck through.
    Struck,
    /// Of less weight: grey.
    Muted,
}

/// What the mark of a source means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceKey {
    /// The mark, such as "A".
    pub mark: String,
    /// The provider's name.
    pub name: String,
    /// How recent its records are, in words, such as "as of November 3, 2026".
    pub as_of: String,
}

/// A paper size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 8.5 × 11 in
    Letter,
    /// 210 × 297 mm
    A4,
    /// 11 × 8.5 in
    LetterTurned,
    /// 297 × 210 mm
    A4Turned,
}

impl Paper {
    /// Width in points (1/72 in).
    pub fn width(self) -> f64 {
        match self {
            Self::Letter => 612.0,
            Self::A4 => 210.0 / 25.4 * 72.0,
            Self::LetterTurned | Self::A4Turned => self.turned().height(),
        }
    }

    /// The same sheet, turned: from upright to lying, and back.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Letter => Self::LetterTurned,
            Self::A4 => Self::A4Turned,
            Self::LetterTurned => Self::Letter,
            Self::A4Turned => Self::A4,
        }
    }

    /// Height in points (1/72 in).
    pub fn height(self) -> f64 {
        match self {
            Self::Letter => 792.0,
            Self::A4 => 297.0 / 25.4 * 72.0,
            Self::LetterTurned | Self::A4Turned => self.turned().width(),
        }
    }
}

impl Cell {
    /// A cell that does not stand out.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A name, and what is said of it.
    pub fn named(lead: impl Into<String>, text: impl Into<String>) -> Self {
        Self { lead: lead.into(), text: text.into(), emphasis: None }
    }

    /// A cell that stands out.
    pub fn with(text: impl Into<String>, emphasis: Emphasis) -> Self {
        Self { text: text.into(), emphasis: Some(emphasis), ..Self::default() }
    }
}
