//! One set of the record's files in the place of another, whole or not at all.
//!
//! The new files stand ready in a folder of their own, [`INCOMING`]. A marker is written that names every file that is to
//! go and every file that is to come; from then on the exchange is carried on by whoever takes the folder next, until it
//! is done and the marker goes. Whenever the computer stops: without a marker nothing has begun and the old files are
//! untouched, with one it is finished before anything is opened. Nothing is copied and nothing overwritten: each step is
//! the renaming of one file inside one folder's disk.
//!
//! What was there before stays in [`BEFORE`], so that it can be exchanged back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::durable::{sync_dir, write_durably};

/// Where new files are made ready. Of no use to anybody without a marker.
pub(crate) const INCOMING: &str = "record.incoming";
/// What the last exchange put in its place, until it is let go.
pub(crate) const BEFORE: &str = "record.before";
/// What was exchanged back. Of no use to anybody without a marker.
const UNDONE: &str = "record.undone";
/// A copy that is being made for a backup. Of no use to anybody.
pub(crate) const COPYING: &str = "record.backup";
/// Damaged files that were set aside: a number follows.
const DAMAGED: &str = "record.damaged-";
const MARKER: &str = "record.swap.json";

/// An exchange that has begun.
#[derive(Debug, Serialize, Deserialize)]
struct Marker {
    /// Folder of the files that come.
    incoming: String,
    /// Folder for the files that go.
    outgoing: String,
    come: Vec<String>,
    go: Vec<String>,
}

/// What is told before each step on the disk: nothing, but in tests, where it may end everything here.
pub(crate) type Step<'s> = &'s mut dyn FnMut() -> io::Result<()>;

/// Puts the files of [`INCOMING`] in the place of the record's.
pub(crate) fn swap_in(dir: &Path, step: Step<'_>) -> io::Result<()> {
    // What an earlier exchange kept can no longer be exchanged back.
    step()?;
    remove(&dir.join(BEFORE))?;
    exchange(dir, INCOMING, BEFORE, step)
}

/// Takes the last exchange back. The files that it had brought are thrown away.
pub(crate) fn swap_back(dir: &Path, step: Step<'_>) -> io::Result<()> {
    step()?;
    remove(&dir.join(UNDONE))?;
    exchange(dir, BEFORE, UNDONE, step)
}

/// Puts the files of [`INCOMING`] in the place of a damaged record's, which are kept in a folder of their own. Gives that.
pub(crate) fn set_aside(dir: &Path, step: Step<'_>) -> io::Result<PathBuf> {
    let taken = set_aside_before(dir)?;
    let free = (1..=u32::MAX).map(|n| format!("{DAMAGED}{n}")).find(|name| !taken.contains(&dir.join(name)));
    let name = free.unwrap_or_else(|| DAMAGED.to_owned());
    exchange(dir, INCOMING, &name, step)?;
    Ok(dir.join(name))
}

/// Folders with damaged files that were set aside.
pub(crate) fn set_aside_before(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for item in fs::read_dir(dir)? {
        let item = item?;
        if item.file_type()?.is_dir() && item.file_name().to_string_lossy().starts_with(DAMAGED) {
            found.push(item.path());
        }
    }
    found.sort();
    Ok(found)
}

/// Deletes damaged files that were set aside: what is erased may be in them.
pub(crate) fn delete_set_aside(dir: &Path) -> io::Result<()> {
    set_aside_before(dir)?.iter().try_for_each(|folder| remove(folder))
}

/// Takes the record's files out, and puts none in their place. Nothing of them stays.
pub(crate) fn take_out(dir: &Path, step: Step<'_>) -> io::Result<()> {
    step()?;
    remove(&dir.join(INCOMING))?;
    fs::create_dir(dir.join(INCOMING))?;
    remove(&dir.join(UNDONE))?;
    exchange(dir, INCOMING, UNDONE, step)?;
    step()?;
    remove(&dir.join(UNDONE))
}

/// Whether there is something to exchange back.
pub(crate) fn can_swap_back(dir: &Path) -> bool {
    dir.join(BEFORE).is_dir()
}

/// Lets go of what the last exchange put away.
pub(crate) fn let_go(dir: &Path) -> io::Result<()> {
    remove(&dir.join(BEFORE))
}

/// Finishes an exchange that was begun and not finished. To be called before anything in the folder is opened.
pub(crate) fn carry_on(dir: &Path, step: Step<'_>) -> io::Result<()> {
    let marker = match fs::read(dir.join(MARKER)) {
        Ok(text) => serde_json::from_slice::<Marker>(&text).map_err(io::Error::other)?,
        // What was exchanged back, or erased, was to go.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return remove(&dir.join(UNDONE)),
        Err(error) => return Err(error),
    };
    finish(dir, &marker, step)?;
    remove(&dir.join(UNDONE))
}

/// Whether an exchange was begun and not finished.
pub(crate) fn has_begun(dir: &Path) -> bool {
    dir.join(MARKER).exists()
}

/// Throws away what was made ready and never taken.
pub(crate) fn throw_away(dir: &Path) -> io::Result<()> {
    for name in [INCOMING, UNDONE, COPYING] {
        remove(&dir.join(name))?;
    }
    Ok(())
}

fn exchange(dir: &Path, incoming: &str, outgoing: &str, step: Step<'_>) -> io::Result<()> {
    let marker = Marker {
        incoming: incoming.to_owned(),
        outgoing: outgoing.to_owned(),
        come: record_files(&dir.join(incoming))?,
        go: record_files(dir)?,
    };
    step()?;
    sync_dir(&dir.join(incoming))?;
    let text = serde_json::to_vec_pretty(&marker).map_err(io::Error::other)?;
    write_durably(dir, MARKER, &text)?;
    finish(dir, &marker, step)
}

fn finish(dir: &Path, marker: &Marker, step: Step<'_>) -> io::Result<()> {
    let (incoming, outgoing) = (dir.join(&marker.incoming), dir.join(&marker.outgoing));
    if !marker.go.is_empty() {
        step()?;
        fs::create_dir_all(&outgoing)?;
    }
    for name in &marker.go {
        let (here, there) = (dir.join(name), outgoing.join(name));
        // Once the file that comes has left its folder, what is here is that one.
        let is_old = !marker.come.contains(name) || incoming.join(name).exists();
        if is_old && here.exists() && !there.exists() {
            step()?;
            fs::rename(&here, &there)?;
        }
    }
    for name in &marker.come {
        let (here, there) = (dir.join(name), incoming.join(name));
        if there.exists() {
            step()?;
            fs::rename(&there, &here)?;
        }
    }
    step()?;
    if outgoing.is_dir() {
        sync_dir(&outgoing)?;
    }
    sync_dir(dir)?;
    step()?;
    fs::remove_file(dir.join(MARKER))?;
    sync_dir(dir)?;
    step()?;
    remove(&incoming)
}

/// The files that are the record in a folder: the database with what lies beside it, and the key slots. Not the lock.
pub(crate) fn record_files(dir: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for item in fs::read_dir(dir)? {
        let item = item?;
        let name = item.file_name().to_string_lossy().into_owned();
        if item.file_type()?.is_file() && (name.starts_with("record.db") || name.starts_with("record.keys."))
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn remove(dir: &Path) -> io::Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
