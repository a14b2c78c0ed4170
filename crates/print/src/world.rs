//! All that a layout can reach: the template, `data.json` and the fonts. Every other file, package or
//! address is refused, and there is no clock.

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};

use crate::fonts::FontSet;

/// The template. It is a constant: what a record says never becomes part of it.
const TEMPLATE: &str = include_str!("summary.typ");

/// A Typst world of two files.
pub(crate) struct Desk<'a> {
    library: LazyHash<Library>,
    fonts: &'a FontSet,
    template: Source,
    data: Bytes,
}

impl<'a> Desk<'a> {
    /// A world that serves `data` as `data.json`.
    pub(crate) fn new(data: Vec<u8>, fonts: &'a FontSet) -> Self {
        let path = VirtualPath::new("summary.typ").expect("a plain file name is a valid path");
        let id = FileId::new(RootedPath::new(VirtualRoot::Project, path));
        Self {
            library: LazyHash::new(Library::default()),
            fonts,
            template: Source::new(id, TEMPLATE.into()),
            data: Bytes::new(data),
        }
    }

    /// The template's line, from 1, that an error points to; 0 when it points nowhere.
    pub(crate) fn line(&self, error: &SourceDiagnostic) -> usize {
        let range = self.range(error.span);
        range.map_or(0, |range| TEMPLATE[..range.start].lines().count().max(1))
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let place = id.get();
        if *place.root() == VirtualRoot::Project && place.vpath().get_without_slash() == "data.json" {
            Ok(self.data.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
