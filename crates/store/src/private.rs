//! Files and folders that only this account may read. They are encrypted; but whoever can copy them can try passphrases elsewhere.
//! On Windows a person's folders are theirs alone already.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom};
use std::path::Path;

/// What others than its account may do with a file.
#[cfg(unix)]
const OF_OTHERS: u32 = 0o077;

/// Makes a folder where there is none, and those above it. One that was there keeps who may look into it: it may be of use for
/// something else.
///
/// # Errors
/// What the disk says.
pub fn make_private_folder(dir: &Path) -> io::Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    let mut folder = fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(dir)
}

/// Makes a folder that is this program's own, or closes to others the one that is there.
///
/// # Errors
/// What the disk says.
pub fn close_own_folder(dir: &Path) -> io::Result<()> {
    make_private_folder(dir)?;
    if let Ok(folder) = File::open(dir) {
        close_to_others(&folder);
    }
    Ok(())
}

/// [`close_own_folder`], with every file that lies in it.
///
/// # Errors
/// What the disk says.
pub fn close_own_files(dir: &Path) -> io::Result<()> {
    close_own_folder(dir)?;
    for file in fs::read_dir(dir)?.flatten() {
        if file.file_type().is_ok_and(|kind| kind.is_file()) {
            close_to_others(&File::open(file.path())?);
        }
    }
    Ok(())
}

/// Opens a file for writing. One that is there keeps its content, and is closed to others.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    close_to_others(&file);
    Ok(file)
}

/// Makes a new file, where nothing is.
pub(crate) fn new_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a new folder, where nothing is.
pub(crate) fn new_folder(path: &Path) -> io::Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "it has no mode there"))]
    let mut folder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(path)
}

/// Opens a file of this program's own to be written on at its end; `anew`: what is in it goes.
///
/// # Errors
/// What the disk says.
pub fn open_own_file(path: &Path, anew: bool) -> io::Result<File> {
    let mut file = open(path)?;
    if anew {
        file.set_len(0)?;
    }
    file.seek(SeekFrom::End(0))?;
    Ok(file)
}

/// Whether only this account may look at a file or folder. On Windows its place says so, and it is taken for granted.
///
/// # Errors
/// What the disk says.
pub fn is_closed_to_others(path: &Path) -> io::Result<bool> {
    let held = fs::metadata(path)?;
    #[cfg(unix)]
    let closed = std::os::unix::fs::PermissionsExt::mode(&held.permissions()) & OF_OTHERS == 0;
    #[cfg(not(unix))]
    let closed = held.is_file() || held.is_dir();
    Ok(closed)
}

#[cfg(unix)]
fn close_to_others(file: &File) {
    use std::os::unix::fs::PermissionsExt as _;
    let Ok(held) = file.metadata() else { return };
    let mode = held.permissions().mode();
    if mode & OF_OTHERS != 0 {
        // What is somebody else's, or on a disk that knows no modes, stays as it is.
        let _ = file.set_permissions(fs::Permissions::from_mode(mode & 0o700));
    }
}

#[cfg(not(unix))]
fn close_to_others(_: &File) {}
