//! Files people are handed by portals: FHIR bundles, NDJSON, and folders of them.
//!
//! [`walk`] finds the files and hands over one [`Piece`] at a time: the bytes of one JSON document, or the name of
//! something that is not read yet. What is in the bytes is the reader's business (`wholechart-fhir`).
//!
//! **Invariants.** Knows no network and no SQL. A file that cannot be read costs only itself and is named. Links are
//! not followed, so a folder cannot lead out of itself or around in a circle.

use std::{
    fs,
    io::{self, Read},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use thiserror::Error;

/// The largest file that is taken in: larger ones are named, not read.
pub const LARGEST_FILE: u64 = 512 * 1024 * 1024;

/// One thing found in the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A JSON document: a whole file, or a line of an NDJSON file.
    Json {
        /// The file's path below what was given.
        file: String,
        /// Byte offset of the document in its file.
        position: usize,
        /// The document, verbatim.
        bytes: Vec<u8>,
    },
    /// A file that is not taken in, and why.
    NotRead {
        /// The file's path below what was given.
        file: String,
        /// Why.
        why: NotRead,
    },
}

/// Why a file is not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRead {
    /// FHIR as XML: comes later.
    FhirXml,
    /// A C-CDA document: comes later.
    Ccda,
    /// A zip archive: comes later.
    Zip,
    /// Nothing that could hold records.
    NotARecord,
    /// Larger than [`LARGEST_FILE`].
    TooLarge,
    /// The system would not let it be read.
    Io(String),
}

/// Why nothing could be taken in at all.
#[derive(Debug, Error)]
pub enum ImportError {
    /// A path that was named does not exist or cannot be opened.
    #[error("{path} cannot be opened: {source}")]
    Path {
        /// As named.
        path: String,
        /// What the system said.
        source: io::Error,
    },
}

/// Finds files under `paths` in the order of their names and hands over what is in them, one piece at a time.
/// Returns how many files were looked at; stops early when `each` breaks.
///
/// # Errors
/// When a named path cannot be opened. A file below a folder that cannot be read is a [`Piece::NotRead`] instead.
pub fn walk(paths: &[PathBuf], each: &mut dyn FnMut(Piece) -> ControlFlow<()>) -> Result<usize, ImportError> {
    let mut files = 0;
    for path in paths {
        let named = |source| ImportError::Path { path: path.display().to_string(), source };
        let about = fs::metadata(path).map_err(named)?;
        let outcome = if about.is_dir() {
            folder(path, path, &mut files, each).map_err(named)?
        } else {
            // What is read is known by its file: two of one name must not be taken for one.
            let twins = paths.iter().filter(|other| other.file_name() == path.file_name()).count() > 1;
            let name = path
                .file_name()
                .filter(|_| !twins)
                .map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
            files += 1;
            file(path, name, each)
        };
        if outcome.is_break() {
            break;
        }
    }
    Ok(files)
}

fn folder(
    root: &Path,
    at: &Path,
    files: &mut usize,
    each: &mut dyn FnMut(Piece) -> ControlFlow<()>,
) -> io::Result<ControlFlow<()>> {
    let mut below = fs::read_dir(at)?.collect::<io::Result<Vec<_>>>()?;
    below.sort_by_key(fs::DirEntry::file_name);
    for item in below {
        let path = item.path();
        let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
        if item.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let kind = item.file_type()?;
        let outcome = if kind.is_dir() {
            match folder(root, &path, files, each) {
                Ok(outcome) => outcome,
                Err(error) => each(Piece::NotRead { file: name, why: NotRead::Io(error.to_string()) }),
            }
        } else if kind.is_file() {
            *files += 1;
            file(&path, name, each)
        } else {
            ControlFlow::Continue(())
        };
        if outcome.is_break() {
            return Ok(outcome);
        }
    }
    Ok(ControlFlow::Continue(()))
}

fn file(path: &Path, name: String, each: &mut dyn FnMut(Piece) -> ControlFlow<()>) -> ControlFlow<()> {
    let bytes = match read(path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return each(Piece::NotRead { file: name, why: NotRead::TooLarge }),
        Err(error) => return each(Piece::NotRead { file: name, why: NotRead::Io(error.to_string()) }),
    };
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match recognise(&bytes, &extension) {
        Shape::Json => each(Piece::Json { file: name, position: 0, bytes }),
        Shape::Lines => {
            let mut position = 0;
            for line in bytes.split(|b| *b == b'\n') {
                if line.iter().any(|b| !b.is_ascii_whitespace()) {
                    each(Piece::Json { file: name.clone(), position, bytes: line.to_vec() })?;
                }
                position += line.len() + 1;
            }
            ControlFlow::Continue(())
        }
        Shape::Other(why) => each(Piece::NotRead { file: name, why }),
    }
}

fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= LARGEST_FILE).then_some(bytes))
}

enum Shape {
    Json,
    Lines,
    Other(NotRead),
}

/// By content first; the name only decides where the content could be either.
fn recognise(bytes: &[u8], extension: &str) -> Shape {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if bytes.starts_with(b"PK\x03\x04") {
        return Shape::Other(NotRead::Zip);
    }
    match text.first() {
        Some(b'<') => Shape::Other(xml(text)),
        Some(b'{') if matches!(extension, "ndjson" | "jsonl") || is_lines(text) => Shape::Lines,
        Some(b'{' | b'[') => Shape::Json,
        // A file that claims to be JSON is handed on, so that the reader can say what is wrong and where.
        _ if matches!(extension, "json" | "ndjson" | "jsonl") => Shape::Json,
        _ => Shape::Other(NotRead::NotARecord),
    }
}

/// What an XML file is, by its outermost element: what stands in comments and further in is about something else.
fn xml(text: &[u8]) -> NotRead {
    let Some((name, tag)) = root_element(text) else { return NotRead::NotARecord };
    let holds = |part: &[u8], words: &str| part.windows(words.len()).any(|at| at == words.as_bytes());
    if name == b"ClinicalDocument" {
        NotRead::Ccda
    } else if holds(tag, "\"http://hl7.org/fhir\"") || holds(tag, "'http://hl7.org/fhir'") {
        NotRead::FhirXml
    } else if holds(text, "urn:hl7-org:v3") || holds(text, "\"2.16.840.1.113883.10.20.") {
        // A part of a document, known by its namespace or its templates.
        NotRead::Ccda
    } else {
        NotRead::NotARecord
    }
}

/// The outermost element's name without its prefix, and its whole tag; declarations and comments before it are
/// stepped over.
fn root_element(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut rest = text;
    loop {
        rest = &rest[rest.iter().position(|b| *b == b'<')?..];
        let close: &[u8] = match rest {
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'?' | b'!', ..] => b">",
            _ => break,
        };
        rest = &rest[rest.windows(close.len()).position(|at| at == close)? + close.len()..];
    }
    let tag = &rest[..rest.iter().position(|b| *b == b'>').unwrap_or(rest.len())];
    let name = tag[1..].split(|b| b.is_ascii_whitespace() || *b == b'/').next()?;
    Some((name.rsplit(|b| *b == b':').next()?, tag))
}

/// More than one line, each an object of its own.
fn is_lines(text: &[u8]) -> bool {
    let mut lines = text.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).filter(|l| !l.is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    [first, second].iter().all(|l| l.starts_with(b"{") && l.ends_with(b"}"))
}
