//! The summary as pages: one Typst layout for preview, printer and PDF.
//!
//! In the order a reader needs it:
//!
//! 1. A [`Document`] is plain data: every word on the paper comes in with it, already in the reader's
//!    language. This crate has no words of its own on the paper.
//! 2. [`lacking`] says which of its letters no font here has, so that the document can say so itself.
//! 3. [`typeset`] lays it out on a [`Paper`] with [`Fonts`] and gives [`Pages`].
//! 4. [`Pages::svg`] is the preview and the printed sheet, [`Pages::pdf`] is the file. Both are drawn from
//!    the same finished layout, so they cannot differ.
//!
//! What is deliberately absent: the layout can reach no file, no package and no network ([`world`] serves
//! the template and `data.json`, nothing else); no Typst source is ever built from a record's text, so
//! `#show`, `*x*`, `$x$` and backslashes in a record print as they are; there is no clock (the caller says
//! when the document was made).

mod chart;
mod document;
mod fonts;
mod lacking;
mod pages;
mod svg;
mod template;
mod world;

pub use document::{Cell, Chart, Column, Document, Emphasis, Paper, Row, Section, SourceKey, Spot, Trend};
pub use fonts::Fonts;
pub use lacking::{Lacking, lacking};
pub use pages::{Pages, Pdf, PrintError, forget, typeset};
