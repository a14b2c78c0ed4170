//! Small files that are whole whenever the computer stops.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use crate::private;

/// Writes `name` in `dir`. Whenever the computer stops, either the old file or the new one is there, and whole.
pub fn write_durably(dir: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let path = dir.join(name);
    let fresh = dir.join(format!("{name}.new"));
    let mut file = private::open(&fresh)?;
    file.set_len(0)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&fresh, &path)?;
    sync_dir(dir)
}

/// Makes a rename last. Where a folder cannot be opened (Windows), the system keeps the order of renames itself.
pub(crate) fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir).map_or(Ok(()), |folder| folder.sync_all())
}

/// Whether a little can be written to a folder, and what the disk says when not. Nothing of it stays.
pub(crate) fn try_to_write(dir: &Path) -> io::Result<()> {
    let path = dir.join("record.room");
    let tried = File::create(&path).and_then(|mut file| {
        file.write_all(&vec![0; 64 << 10])?;
        file.sync_all()
    });
    // Nothing was made where it cannot be removed.
    let _ = fs::remove_file(&path);
    tried
}
