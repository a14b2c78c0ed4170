//! Archives: what is in a zip or a tar, one file at a time.
//!
//! Nothing is ever written to a disk. What unpacks to more than the limits is given up and named; a file of an archive is
//! in memory by itself only. An archive within an archive is opened, one within that is named.

use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::{Component, Path};

use zip::result::ZipError;

use crate::{Each, NotRead, Piece, Stream, content, head, is_apple_clinical, is_apple_health, is_hidden};

/// The largest file of an archive that is read.
pub const LARGEST_MEMBER: u64 = 128 << 20;
/// So many bytes are unpacked of one archive.
const MOST_BYTES: u64 = 2 << 30;
/// So many files are read of one archive.
const MOST_FILES: usize = 20_000;

/// What is still allowed of an archive and of those in it.
pub(crate) struct Budget {
    bytes: u64,
    files: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { bytes: MOST_BYTES, files: MOST_FILES }
    }
}

/// Where something of an archive stands.
pub(crate) struct Within<'w> {
    /// What names begin with.
    pub(crate) before: &'w str,
    /// The archive's own file. None: it is itself in an archive.
    pub(crate) path: Option<&'w Path>,
    pub(crate) budget: &'w mut Budget,
    /// Files that were read.
    pub(crate) files: &'w mut usize,
}

/// Hands over what is in a zip archive; `name` is what the archive itself is called.
pub(crate) fn read_zip(
    source: impl Read + Seek,
    name: &str,
    within: &mut Within<'_>,
    each: &mut Each<'_>,
) -> ControlFlow<()> {
    let mut source = source;
    let listed = listed(&mut source).unwrap_or(0);
    let Ok(mut archive) = zip::ZipArchive::new(source) else {
        return each(Piece::NotRead { file: name.to_owned(), why: NotRead::DamagedArchive });
    };
    // The reader keeps one of each name.
    if listed > archive.len() {
        each(Piece::NotRead { file: name.to_owned(), why: NotRead::TwoOfOneName })?;
    }
    for at in 0..archive.len() {
        let (file, why) = match archive.by_index_raw(at) {
            Ok(member) if member.is_dir() => continue,
            Ok(member) => {
                let sent = member.name().to_owned();
                let why = if member.is_symlink() {
                    Some(NotRead::Link)
                } else if member.encrypted() {
                    Some(NotRead::Encrypted)
                } else {
                    None
                };
                (sent, why)
            }
            Err(_) => (format!("{name} ({at})"), Some(NotRead::DamagedArchive)),
        };
        let Some(inside) = place(&file) else {
            each(Piece::NotRead { file: format!("{}{file}", within.before), why: NotRead::UnsafeName })?;
            continue;
        };
        let file = format!("{}{inside}", within.before);
        let why = why.or_else(|| is_hidden(&inside).then_some(NotRead::Hidden));
        if let Some(why) = why {
            each(Piece::NotRead { file, why })?;
            continue;
        }
        let read = match archive.by_index(at) {
            Ok(mut member) => match head(&mut member) {
                Ok(head) if is_apple_clinical(&head) => Err(NotRead::AppleClinical),
                Ok(head) if is_apple_health(&head) && within.path.is_some() => {
                    drop(member);
                    *within.files += 1;
                    let stream = within.path.map(|path| Stream::member(path, at)).unwrap_or_default();
                    each(Piece::AppleHealth { file, stream })?;
                    continue;
                }
                Ok(head) => {
                    take(head.as_slice().chain(member), within.budget).unwrap_or(Err(NotRead::DamagedArchive))
                }
                Err(_) => Err(NotRead::DamagedArchive),
            },
            Err(ZipError::UnsupportedArchive(_)) => Err(NotRead::UnknownPacking),
            Err(_) => Err(NotRead::DamagedArchive),
        };
        member(name, file, read, within, each)?;
        if within.budget.is_spent() {
            break;
        }
    }
    ControlFlow::Continue(())
}

/// How many files the list at the end of a zip archive says it has. None: it says so elsewhere (zip64), or nowhere.
fn listed(source: &mut (impl Read + Seek)) -> Option<usize> {
    /// Bytes of the end without a remark, and of the longest remark.
    const END: u64 = 22 + 0xFFFF;
    let length = source.seek(SeekFrom::End(0)).ok()?;
    source.seek(SeekFrom::Start(length.saturating_sub(END))).ok()?;
    let mut end = Vec::new();
    source.take(END).read_to_end(&mut end).ok()?;
    let at = end.windows(4).rposition(|at| at == b"PK\x05\x06")?;
    let count = u16::from_le_bytes([*end.get(at + 10)?, *end.get(at + 11)?]);
    (count != u16::MAX).then_some(usize::from(count))
}

/// Hands over what is in a tar archive.
pub(crate) fn read_tar(
    source: impl Read,
    name: &str,
    within: &mut Within<'_>,
    each: &mut Each<'_>,
) -> ControlFlow<()> {
    // What is passed over is unpacked all the same: of that as well no more than the limit.
    let mut archive = tar::Archive::new(source.take(MOST_BYTES));
    let damaged =
        |each: &mut Each<'_>| each(Piece::NotRead { file: name.to_owned(), why: NotRead::DamagedArchive });
    let Ok(entries) = archive.entries() else { return damaged(each) };
    let mut known: HashMap<String, usize> = HashMap::new();
    for entry in entries {
        let Ok(entry) = entry else { return damaged(each) };
        let sent = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let kind = entry.header().entry_type();
        if kind.is_dir() || kind.is_pax_global_extensions() {
            continue;
        }
        let Some(inside) = place(&sent) else {
            each(Piece::NotRead { file: format!("{}{sent}", within.before), why: NotRead::UnsafeName })?;
            continue;
        };
        let turn = known.entry(inside.clone()).or_default();
        *turn += 1;
        // Two of one name are two.
        let file = match *turn {
            1 => format!("{}{inside}", within.before),
            turn => format!("{}{inside} ({turn})", within.before),
        };
        let why = if kind.is_symlink() || kind.is_hard_link() {
            Some(NotRead::Link)
        } else if !kind.is_file() && !kind.is_contiguous() && !kind.is_gnu_sparse() {
            Some(NotRead::Endless)
        } else if is_hidden(&inside) {
            Some(NotRead::Hidden)
        } else {
            None
        };
        if let Some(why) = why {
            each(Piece::NotRead { file, why })?;
            continue;
        }
        let size = entry.size();
        let Ok(read) = take(entry, within.budget) else { return damaged(each) };
        // Where the archive ends in the middle of a file, its reader says nothing.
        if read.as_ref().is_ok_and(|bytes| (bytes.len() as u64) < size) {
            return damaged(each);
        }
        member(name, file, read, within, each)?;
        if within.budget.is_spent() {
            break;
        }
    }
    ControlFlow::Continue(())
}

/// Hands over one file of an archive.
fn member(
    archive: &str,
    file: String,
    read: Result<Vec<u8>, NotRead>,
    within: &mut Within<'_>,
    each: &mut Each<'_>,
) -> ControlFlow<()> {
    match read {
        Err(NotRead::TooMuch) => each(Piece::NotRead { file: archive.to_owned(), why: NotRead::TooMuch }),
        Err(why) => each(Piece::NotRead { file, why }),
        Ok(bytes) => {
            *within.files += 1;
            content(bytes, file, within, each)
        }
    }
}

/// The bytes of a file of an archive, or why they are not read.
fn take(source: impl Read, budget: &mut Budget) -> io::Result<Result<Vec<u8>, NotRead>> {
    if budget.files == 0 {
        return Ok(Err(NotRead::TooMuch));
    }
    budget.files -= 1;
    let most = LARGEST_MEMBER.min(budget.bytes);
    let mut bytes = Vec::new();
    source.take(most + 1).read_to_end(&mut bytes)?;
    let length = bytes.len() as u64;
    budget.bytes = budget.bytes.saturating_sub(length);
    Ok(if length <= most {
        Ok(bytes)
    } else if most < LARGEST_MEMBER {
        Err(NotRead::TooMuch)
    } else {
        Err(NotRead::TooLarge)
    })
}

impl Budget {
    fn is_spent(&self) -> bool {
        self.bytes == 0 || self.files == 0
    }
}

/// A file's place below its archive. None: it says that it lies somewhere else.
fn place(sent: &str) -> Option<String> {
    let sent = sent.replace('\\', "/");
    let mut parts = Vec::new();
    for part in Path::new(&sent).components() {
        match part {
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    let place = parts.join("/");
    let has_drive = place.as_bytes().get(1) == Some(&b':');
    (!place.is_empty() && !has_drive && !place.contains('\0')).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out_of_the_archive_are_none() {
        assert_eq!(place("./a/b.json").as_deref(), Some("a/b.json"));
        assert_eq!(place("a\\b.json").as_deref(), Some("a/b.json"));
        for out in ["../a", "a/../../b", "/etc/passwd", "..\\a", "C:\\a", "c:a", "", ".", "a\0b"] {
            assert_eq!(place(out), None, "{out}");
        }
    }

    #[test]
    fn what_unpacks_to_too_much_is_given_up() {
        let mut budget = Budget { bytes: 10, files: 3 };
        assert_eq!(take(&b"12345"[..], &mut budget).unwrap().unwrap(), b"12345");
        assert_eq!(take(io::repeat(1), &mut budget).unwrap(), Err(NotRead::TooMuch));
        assert!(budget.is_spent());
        let mut budget = Budget { files: 1, ..Budget::default() };
        assert!(take(&b"1"[..], &mut budget).unwrap().is_ok());
        assert_eq!(take(&b"1"[..], &mut budget).unwrap(), Err(NotRead::TooMuch));
    }
}
