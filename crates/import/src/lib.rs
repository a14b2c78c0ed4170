//! Files people are handed: FHIR bundles, NDJSON, clinical documents, PDFs, pictures, health cards, what a phone
//! exports, and folders and archives of them.
//!
//! [`walk`] finds the files and hands over one [`Piece`] at a time: the bytes of one JSON document, of FHIR in XML, of one clinical
//! document, of one PDF, picture or health card, where a phone's export can be read, or the name of something that is not read.
//! What is in the bytes is the reader's business (`wholechart-fhir`, `wholechart-ccda`, `wholechart-document`).
//!
//! **Invariants.** Knows no network and no SQL, and writes no file. A file that cannot be read costs only itself and is
//! named. Links are not followed, so a folder cannot lead out of itself or around in a circle; they and hidden files are
//! named. Bytes are handed over as they came, but for two: what was packed is unpacked, and FHIR and Blue Button in UTF-16 become
//! UTF-8.
//!
//! **Archives.** `zip` (MIT) and `tar` (MIT/Apache) read them, from the file and without unpacking more than one of
//! their files at a time. Refused: unpacking into a folder, where names and links could do harm.

mod archive;
mod stream;

use std::{
    fs,
    io::{self, BufReader, Cursor, Read, Seek},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use flate2::read::MultiGzDecoder;
use thiserror::Error;

pub use archive::LARGEST_MEMBER;
use archive::{Budget, Within};
pub use stream::Stream;

/// The largest file that is taken in: larger ones are named, not read.
pub const LARGEST_FILE: u64 = 512 * 1024 * 1024;

/// The largest PDF or picture that is taken in: no larger one could be shown.
pub const LARGEST_DOCUMENT: usize = 64 << 20;

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
    /// FHIR as XML: one resource, or a Bundle.
    FhirXml {
        /// The file's path below what was given.
        file: String,
        /// The document; what came in UTF-16 is in UTF-8.
        bytes: Vec<u8>,
    },
    /// A clinical document (C-CDA, C32, CCD).
    Clinical {
        /// The file's path below what was given.
        file: String,
        /// The document, verbatim.
        bytes: Vec<u8>,
    },
    /// A PDF or a picture, whether or not it can be shown here.
    Document {
        /// The file's path below what was given.
        file: String,
        /// The file, verbatim.
        bytes: Vec<u8>,
    },
    /// A SMART Health Card, or several: signed tokens, in JSON, by themselves or in the figures of a QR code.
    HealthCard {
        /// The file's path below what was given.
        file: String,
        /// The file, verbatim.
        bytes: Vec<u8>,
    },
    /// Blue Button as text, as the VA and Medicare hand it out.
    BlueButton {
        /// The file's path below what was given.
        file: String,
        /// The text; what came in UTF-16 is in UTF-8.
        bytes: Vec<u8>,
    },
    /// What the Health app of an Apple phone exports (`export.xml`), which may be some gigabytes.
    AppleHealth {
        /// The file's path below what was given.
        file: String,
        /// Where it can be read, piece by piece.
        stream: Stream,
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
    /// A part of a clinical document, without what says whose it is.
    PartOfClinical,
    /// A style sheet, as it lies beside documents.
    StyleSheet,
    /// Pictures of a scan (DICOM), of which one examination has hundreds.
    Scan,
    /// The clinical document of an Apple phone's export, which says again what stands in `export.xml`, and is often not
    /// well-formed.
    AppleClinical,
    /// A SMART Health Link: where records are kept elsewhere, and the key to them.
    HealthLink,
    /// Something packed that does not unpack.
    DamagedArchive,
    /// A file of an archive that asks for a password.
    Encrypted,
    /// A file of an archive that is packed in a way which is not known here.
    UnknownPacking,
    /// An archive that holds several files under one name, of which one is read.
    TwoOfOneName,
    /// A file whose name leads out of its archive.
    UnsafeName,
    /// An archive in an archive in an archive.
    NestedTooDeep,
    /// The archive holds more than is unpacked: what follows in it is not read.
    TooMuch,
    /// A link to another place, which is not followed.
    Link,
    /// A hidden file or folder.
    Hidden,
    /// A pipe, a socket or a device: reading it may never end.
    Endless,
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

/// Takes one piece; a break ends the walk.
type Each<'e> = dyn FnMut(Piece) -> ControlFlow<()> + 'e;

/// Finds files under `paths` in the order of their names and hands over what is in them, one piece at a time. What is in an
/// archive that was named alone goes by its place in the archive, as what is in a folder does.
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
        } else if !about.is_file() {
            each(Piece::NotRead { file: path.display().to_string(), why: NotRead::Endless })
        } else {
            // What is read is known by its file: two of one name must not be taken for one.
            let twins = paths.iter().filter(|other| other.file_name() == path.file_name()).count() > 1;
            let name = path
                .file_name()
                .filter(|_| !twins)
                .map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
            let alone = paths.len() == 1;
            file(path, name, alone, &mut files, each)
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
        let kind = item.file_type()?;
        let outcome = if is_hidden(&item.file_name().to_string_lossy()) {
            each(Piece::NotRead { file: name, why: NotRead::Hidden })
        } else if kind.is_symlink() {
            each(Piece::NotRead { file: name, why: NotRead::Link })
        } else if kind.is_dir() {
            match folder(root, &path, files, each) {
                Ok(outcome) => outcome,
                Err(error) => each(Piece::NotRead { file: name, why: NotRead::Io(error.to_string()) }),
            }
        } else if kind.is_file() {
            file(&path, name, false, files, each)
        } else {
            each(Piece::NotRead { file: name, why: NotRead::Endless })
        };
        if outcome.is_break() {
            return Ok(outcome);
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Hidden files of Unix, and what macOS puts into archives beside each file.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// Hands over what is in a file. `alone`: nothing else was named, so the archive's name says nothing about its files.
fn file(path: &Path, name: String, alone: bool, files: &mut usize, each: &mut Each<'_>) -> ControlFlow<()> {
    let not_read =
        |name, error: io::Error| Piece::NotRead { file: name, why: NotRead::Io(error.to_string()) };
    let opened = fs::File::open(path).and_then(|file| {
        let mut file = BufReader::new(file);
        let head = head(&mut file)?;
        file.rewind()?;
        Ok((file, head))
    });
    let (file, head) = match opened {
        Ok(opened) => opened,
        Err(error) => return each(not_read(name, error)),
    };
    let before = if alone { String::new() } else { format!("{name}/") };
    let mut budget = Budget::default();
    let mut within = Within { before: &before, path: Some(path), budget: &mut budget, files };
    if is_zip(&head) {
        return archive::read_zip(file, &name, &mut within, each);
    }
    if is_tar(&head) {
        return archive::read_tar(file, &name, &mut within, each);
    }
    if head.starts_with(GZIP) {
        return gzip(file, name, &mut within, LARGEST_FILE, each);
    }
    *within.files += 1;
    if is_apple_health(&head) {
        return each(Piece::AppleHealth { file: name, stream: Stream::file(path) });
    }
    if is_apple_clinical(&head) {
        return each(Piece::NotRead { file: name, why: NotRead::AppleClinical });
    }
    match whole(file, LARGEST_FILE) {
        Ok(Some(bytes)) => plain(bytes, name, each),
        Ok(None) => each(Piece::NotRead { file: name, why: NotRead::TooLarge }),
        Err(error) => each(not_read(name, error)),
    }
}

/// Hands over what is in a file of an archive: another archive, or what a plain file is.
fn content(bytes: Vec<u8>, name: String, within: &mut Within<'_>, each: &mut Each<'_>) -> ControlFlow<()> {
    let packed = bytes.starts_with(GZIP);
    if !(packed || is_zip(&bytes) || is_tar(&bytes)) {
        return plain(bytes, name, each);
    }
    if within.path.is_none() {
        return each(Piece::NotRead { file: name, why: NotRead::NestedTooDeep });
    }
    let before = format!("{name}/");
    let mut within =
        Within { before: &before, path: None, budget: &mut *within.budget, files: &mut *within.files };
    if is_zip(&bytes) {
        archive::read_zip(Cursor::new(bytes), &name, &mut within, each)
    } else if packed {
        gzip(Cursor::new(bytes), name, &mut within, LARGEST_MEMBER, each)
    } else {
        archive::read_tar(Cursor::new(bytes), &name, &mut within, each)
    }
}

/// Hands over what is packed with gzip: a tar archive, or one file of at most this many bytes.
fn gzip(
    source: impl Read,
    name: String,
    within: &mut Within<'_>,
    largest: u64,
    each: &mut Each<'_>,
) -> ControlFlow<()> {
    let mut source = MultiGzDecoder::new(source);
    let damaged = |name: &str| Piece::NotRead { file: name.to_owned(), why: NotRead::DamagedArchive };
    let Ok(head) = head(&mut source) else { return each(damaged(&name)) };
    let mut rest = Cursor::new(head.clone()).chain(source);
    if is_tar(&head) {
        archive::read_tar(&mut rest, &name, within, each)?;
        // What follows is empty but for the check sum of it all.
        let end = io::copy(&mut rest.take(FILLING), &mut io::sink());
        return if end.is_err() { each(damaged(&name)) } else { ControlFlow::Continue(()) };
    }
    *within.files += 1;
    // "labs.ndjson.gz" is what it is without its last ending.
    let ending = name.len().saturating_sub(3);
    let is_gz = name.get(ending..).is_some_and(|ending| ending.eq_ignore_ascii_case(".gz"));
    let kind = extension(if is_gz { &name[..ending] } else { &name });
    match whole(rest, largest) {
        Ok(Some(bytes)) => unpacked(bytes, name, &kind, each),
        Ok(None) => each(Piece::NotRead { file: name, why: NotRead::TooLarge }),
        Err(_) => each(damaged(&name)),
    }
}

fn plain(bytes: Vec<u8>, name: String, each: &mut Each<'_>) -> ControlFlow<()> {
    let kind = extension(&name);
    unpacked(bytes, name, &kind, each)
}

/// What a file's name ends with, in small letters.
fn extension(name: &str) -> String {
    Path::new(name)
        .extension()
        .map(|ending| ending.to_string_lossy().to_ascii_lowercase())
        .unwrap_or_default()
}

/// Hands over what is in a file that is no archive.
fn unpacked(bytes: Vec<u8>, name: String, extension: &str, each: &mut Each<'_>) -> ControlFlow<()> {
    let text = utf16(&bytes);
    match recognise(text.as_deref().map_or(&bytes, str::as_bytes), extension) {
        // It says itself in which letters it is written.
        Shape::Clinical => each(Piece::Clinical { file: name, bytes }),
        Shape::FhirXml => {
            let bytes = text.map_or(bytes, String::into_bytes);
            each(Piece::FhirXml { file: name, bytes })
        }
        Shape::Document | Shape::BlueButton if bytes.len() > LARGEST_DOCUMENT => {
            each(Piece::NotRead { file: name, why: NotRead::TooLarge })
        }
        Shape::Document => each(Piece::Document { file: name, bytes }),
        Shape::HealthCard => each(Piece::HealthCard { file: name, bytes }),
        Shape::BlueButton => {
            let bytes = text.map_or(bytes, String::into_bytes);
            each(Piece::BlueButton { file: name, bytes })
        }
        Shape::AppleHealth => each(Piece::AppleHealth { file: name, stream: Stream::bytes(bytes) }),
        Shape::Other(why) => each(Piece::NotRead { file: name, why }),
        Shape::Json => {
            let bytes = text.map_or(bytes, String::into_bytes);
            each(Piece::Json { file: name, position: 0, bytes })
        }
        Shape::Lines => {
            let bytes = text.map_or(bytes, String::into_bytes);
            let mut position = 0;
            for line in bytes.split(|b| *b == b'\n') {
                if line.iter().any(|b| !b.is_ascii_whitespace()) {
                    each(Piece::Json { file: name.clone(), position, bytes: line.to_vec() })?;
                }
                position += line.len() + 1;
            }
            ControlFlow::Continue(())
        }
    }
}

/// The first bytes, as many as say what a file is.
fn head(source: &mut impl Read) -> io::Result<Vec<u8>> {
    const HEAD: u64 = 2048;
    let mut head = Vec::new();
    source.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

fn is_tar(head: &[u8]) -> bool {
    head.get(257..262).is_some_and(|magic| magic == b"ustar")
}

/// None: more than this many bytes.
fn whole(source: impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    source.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// Text in UTF-16, as Windows' own tools save it: with its mark, or known by its first letter. None: something else.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (rest, big) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, false),
        [0xFE, 0xFF, rest @ ..] => (rest, true),
        [b'{' | b'[' | b'<', 0, ..] => (bytes, false),
        [0, b'{' | b'[' | b'<', ..] => (bytes, true),
        _ => return None,
    };
    let (pairs, odd) = rest.as_chunks::<2>();
    let units =
        pairs.iter().map(|pair| if big { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) });
    let text: String = char::decode_utf16(units).collect::<Result<_, _>>().ok()?;
    odd.is_empty().then_some(text)
}

/// What a phone's export begins with, behind declarations: its type, or where that is missing its outermost element.
fn is_apple_health(head: &[u8]) -> bool {
    let head = &head[..head.len().min(1024)];
    let holds = |words: &[u8]| head.windows(words.len()).any(|at| at == words);
    is_xml(head) && (holds(b"<!DOCTYPE HealthData") || holds(b"<HealthData"))
}

/// The clinical document of a phone's export, by the number that each of them has.
fn is_apple_clinical(head: &[u8]) -> bool {
    let head = &head[..head.len().min(2048)];
    let holds = |words: &[u8]| head.windows(words.len()).any(|at| at == words);
    is_xml(head) && holds(b"<ClinicalDocument") && holds(b"\"Health Export CDA\"")
}

fn is_xml(head: &[u8]) -> bool {
    head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start().starts_with(b"<")
}

enum Shape {
    Json,
    Lines,
    FhirXml,
    Clinical,
    Document,
    HealthCard,
    BlueButton,
    AppleHealth,
    Other(NotRead),
}

/// So many empty bytes may stand behind the last file of a tar archive.
const FILLING: u64 = 1 << 20;

/// What a file packed with gzip begins with.
const GZIP: &[u8] = &[0x1F, 0x8B];

/// By content first; the name only decides where the content could be either.
fn recognise(bytes: &[u8], extension: &str) -> Shape {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..]
        | [0x89, b'P', b'N', b'G', ..]
        | [0xFF, 0xD8, 0xFF, ..]
        | [b'G', b'I', b'F', b'8', ..]
        | [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => return Shape::Document,
        _ if is_other_picture(bytes) => return Shape::Document,
        _ if bytes.get(128..132) == Some(b"DICM") => return Shape::Other(NotRead::Scan),
        _ => {}
    }
    let lines = matches!(extension, "ndjson" | "jsonl");
    match text.first() {
        Some(b'<') if is_apple_health(text) => Shape::AppleHealth,
        Some(b'<') if is_apple_clinical(text) => Shape::Other(NotRead::AppleClinical),
        Some(b'<') => xml(text),
        Some(b'{') if is_health_card(text) => Shape::HealthCard,
        Some(b'{') if (lines && !is_spread(text)) || is_lines(text) => Shape::Lines,
        Some(b'[') if text.starts_with(b"[InternetShortcut]") && is_health_link(text) => {
            Shape::Other(NotRead::HealthLink)
        }
        Some(b'{' | b'[') => Shape::Json,
        _ if text.starts_with(b"shc:/") || is_token(text) => Shape::HealthCard,
        _ if is_health_link(text) => Shape::Other(NotRead::HealthLink),
        _ if is_blue_button(text) => Shape::BlueButton,
        // A file that claims to be JSON is handed on, so that the reader can say what is wrong and where.
        _ if lines || extension == "json" => Shape::Json,
        _ => Shape::Other(NotRead::NotARecord),
    }
}

/// TIFF, pictures of newer phones (HEIF, AVIF), and Windows' own.
fn is_other_picture(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8]; 11] =
        [b"heic", b"heix", b"heim", b"heis", b"heif", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"];
    let at = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default();
    let is_heif = at(4, 8) == b"ftyp" && BRANDS.contains(&at(8, 12));
    let is_bitmap = bytes.starts_with(b"BM") && at(6, 10) == [0; 4];
    let is_tiff = bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*");
    is_heif || is_bitmap || is_tiff
}

/// JSON that is laid out over several lines, whatever its file is called: no line holds an object of its own.
fn is_spread(text: &[u8]) -> bool {
    let mut lines = text.split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end).filter(|line| line.len() > 1);
    !lines.any(|line| line.starts_with(b"{") && line.ends_with(b"}"))
}

/// A SMART Health Card's file: signed tokens, in which the record is packed.
fn is_health_card(text: &[u8]) -> bool {
    let head = &text[..text.len().min(400)];
    let holds = |words: &[u8]| head.windows(words.len()).any(|at| at == words);
    (holds(b"\"verifiableCredential\"") || holds(b"\"vc\"")) && !holds(b"\"resourceType\"")
}

/// A signed token by itself: three parts, of which the first says how it is signed.
fn is_token(text: &[u8]) -> bool {
    let token = text.trim_ascii_end();
    let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    token.starts_with(b"eyJ") && token.split(|b| *b == b'.').count() == 3 && token.iter().all(plain)
}

/// A SMART Health Link by itself, behind a viewer's address, or in a shortcut to one: `shlink:/` and a JSON object in base64url.
fn is_health_link(text: &[u8]) -> bool {
    const LONGEST: usize = 16 << 10;
    const MARK: &[u8] = b"shlink:/eyJ";
    text.len() <= LONGEST
        && text.windows(MARK.len()).enumerate().any(|(at, found)| {
            let is_whole = at == 0 || !text[at - 1].is_ascii_alphanumeric();
            found.eq_ignore_ascii_case(MARK) && found.ends_with(b"eyJ") && is_whole
        })
}

/// The text form of Blue Button, as the VA and Medicare hand it out.
fn is_blue_button(text: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&text[..text.len().min(2_000)]).to_ascii_uppercase();
    head.contains("BLUE BUTTON") || head.contains("MYMEDICARE.GOV PERSONAL HEALTH INFORMATION")
}

/// What an XML file is, by its outermost element: what stands in comments and further in is about something else.
fn xml(text: &[u8]) -> Shape {
    let Some((name, tag)) = root_element(text) else { return Shape::Other(NotRead::NotARecord) };
    let holds = |part: &[u8], words: &str| part.windows(words.len()).any(|at| at == words.as_bytes());
    if name == b"ClinicalDocument" {
        Shape::Clinical
    } else if is_fhir(tag) {
        Shape::FhirXml
    } else if holds(tag, "http://www.w3.org/1999/XSL/Transform") {
        Shape::Other(NotRead::StyleSheet)
    } else if holds(text, "<ClinicalDocument") {
        // In an envelope, as exchanges answer with it.
        Shape::Clinical
    } else if holds(text, "urn:hl7-org:v3") || holds(text, "\"2.16.840.1.113883.10.20.") {
        // Known by its namespace or its templates.
        Shape::Other(NotRead::PartOfClinical)
    } else {
        Shape::Other(NotRead::NotARecord)
    }
}

/// Whether a tag says that its own name is one of FHIR's. A style sheet may name the same namespace for others.
fn is_fhir(tag: &[u8]) -> bool {
    let tag = String::from_utf8_lossy(tag);
    let name = tag[1..].split(|c: char| c.is_ascii_whitespace() || c == '/').next().unwrap_or_default();
    let declared = match name.split_once(':') {
        Some((prefix, _)) => format!("xmlns:{prefix}"),
        None => "xmlns".to_owned(),
    };
    tag.match_indices(declared.as_str()).any(|(at, _)| {
        let is_whole = tag[..at].ends_with(|c: char| c.is_ascii_whitespace());
        let said = tag[at + declared.len()..].trim_start().strip_prefix('=').map(str::trim_start);
        let is_namespace = |said: &str| {
            said.starts_with("\"http://hl7.org/fhir\"") || said.starts_with("'http://hl7.org/fhir'")
        };
        is_whole && said.is_some_and(is_namespace)
    })
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
