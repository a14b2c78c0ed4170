//! A file that is read piece by piece, because it may be larger than what is held in memory.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

/// So many bytes are read of one: an archive can promise any length.
const LONGEST_STREAM: u64 = 16 << 30;

/// Where a large file can be read. Nothing is opened before that.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stream(Place);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    File(PathBuf),
    /// The file of a zip archive with this number.
    Member(PathBuf, usize),
    Bytes(Vec<u8>),
}

impl Default for Place {
    fn default() -> Place {
        Place::Bytes(Vec::new())
    }
}

impl Stream {
    pub(crate) fn file(path: &Path) -> Stream {
        Stream(Place::File(path.to_owned()))
    }

    pub(crate) fn member(archive: &Path, at: usize) -> Stream {
        Stream(Place::Member(archive.to_owned(), at))
    }

    /// One that is in memory already.
    pub fn bytes(bytes: Vec<u8>) -> Stream {
        Stream(Place::Bytes(bytes))
    }

    /// Opens it and hands its bytes over.
    ///
    /// # Errors
    /// When it is not there any more, or does not unpack.
    pub fn read<T>(&self, with: impl FnOnce(&mut (dyn Read + Send)) -> T) -> io::Result<T> {
        match &self.0 {
            Place::File(path) => Ok(with(&mut File::open(path)?.take(LONGEST_STREAM))),
            Place::Member(path, at) => {
                let mut archive = zip::ZipArchive::new(BufReader::new(File::open(path)?))?;
                let mut member = archive.by_index(*at)?.take(LONGEST_STREAM);
                Ok(with(&mut member))
            }
            Place::Bytes(bytes) => Ok(with(&mut bytes.as_slice())),
        }
    }
}
