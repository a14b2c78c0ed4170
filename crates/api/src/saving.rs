//! Files that the user saves outside the record.

use std::{
    fs, io,
    path::Path,
    sync::{Arc, PoisonError},
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::Day;
use wholechart_record::PersonId;
use wholechart_store::{HandedLine, Person, StoreError};

use crate::{app::App, error::ApiError, words::dates};

/// A file was written, or the user cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    /// Where. `None`: the user cancelled.
    pub path: Option<String>,
}

/// What a letter to a provider is handed out as, in table `handed`.
pub(crate) const LETTER: &str = "letter";

/// How somebody hands out what is in their record themselves; words of table `handed`, and of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// As a file that they keep.
    File,
    /// On paper.
    Paper,
    /// As text that they copy.
    Clipboard,
}

impl Way {
    pub(crate) const ALL: [Way; 3] = [Way::File, Way::Paper, Way::Clipboard];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Way::File => "file",
            Way::Paper => "paper",
            Way::Clipboard => "clipboard",
        }
    }
}

/// Writes a file beside the place where it is wanted and moves it there: whoever looks sees what was there before, or all of it.
///
/// # Errors
/// When it cannot be written; what was there before is still there.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // There may be none.
        drop(fs::remove_file(&beside));
    }
    written
}

impl App {
    /// A file's name: the message of this key with the person's name, without what a file's name must not hold, and the
    /// day (`2026-07-01`).
    pub(crate) fn file_name(&self, key: &str, person: &Person, day: Day) -> String {
        let name: String =
            person.name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' }).collect();
        self.words.with(key, &[("name", name.trim().into()), ("date", (&dates::key(day)).into())])
    }

    /// Asks where to keep a file of a person's record and writes it there; `what` it is of, as a word of the catalogue.
    pub(crate) async fn hand_out(
        &self,
        person: &PersonId,
        what: &str,
        name: String,
        bytes: Vec<u8>,
    ) -> Result<Saved, ApiError> {
        let host = Arc::clone(&self.host);
        let saved = self
            .off_thread(move || host.save_file(&name, &bytes))
            .await?
            .map_err(|e| self.error("error-save").details(e))?;
        self.saved.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&saved);
        if saved.is_some() {
            self.note_handed(person, Way::File, what).await?;
        }
        Ok(Saved { path: saved.map(|path| self.words.sent(&path.display().to_string())) })
    }

    /// Writes down that a person handed out something of their record. Where nothing can be written down, they did it all the same.
    pub(crate) async fn note_handed(&self, person: &PersonId, way: Way, what: &str) -> Result<(), ApiError> {
        let line = HandedLine {
            at: self.host.now(),
            person: person.clone(),
            receiver: way.as_str().to_owned(),
            whom: String::new(),
            what: what.to_owned(),
            records: 0,
        };
        self.ask(move |store| match store.note_handed(&[line]) {
            Err(StoreError::DiskFull | StoreError::NotWritable) => Ok(()),
            done => done,
        })
        .await
    }

    /// Opens the file that was saved last, with whatever the system opens such files with. Which file that is nobody says from
    /// outside.
    pub(crate) async fn open_saved(&self) -> Result<(), ApiError> {
        let last = self.saved.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let path = last.ok_or_else(|| self.error("error-no-such"))?;
        let host = Arc::clone(&self.host);
        let opened = self.off_thread(move || host.open_file(&path)).await?;
        opened.map_err(|e| self.error("error-open-saved").details(e))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("summary.pdf");
        for text in ["first", "second"] {
            write_whole(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        // Where a folder of that name is, no file is moved to.
        let taken = folder.path().join("taken");
        fs::create_dir(&taken).unwrap();
        fs::write(taken.join("kept"), "kept").unwrap();
        assert!(write_whole(&taken, b"third").is_err());
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
        assert_eq!(left.len(), 2, "nothing half is left: {left:?}");
        assert_eq!(fs::read_to_string(taken.join("kept")).unwrap(), "kept");
    }
}
