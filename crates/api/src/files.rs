//! Files of records: which there are, what is in them, and their text for search.

mod apple;
mod blue_button;
mod cards;
mod document;
mod importing;
mod survey;
mod whose;
pub(crate) mod wire;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use wholechart_document::{Format, LARGEST, Picture, Unreadable};
use wholechart_record::{FactId, PersonId};
use wholechart_store::{FactFile, Store, StoreError, StoredFile};

use self::wire::{FileContent, FileView, Show};
use crate::{
    app::App, error::ApiError, host::Event, providers, saving::Saved, whose::own_fact, words::Words,
};

/// After so many files for which no process could be started, none is tried.
const NOT_STARTED: u32 = 3;

/// Which reader made the text that is searched; raise it when it reads more or better.
const READER: u32 = 1;

impl App {
    pub(crate) async fn files(&self, person: PersonId, fact: FactId) -> Result<Vec<FileView>, ApiError> {
        let (files, providers) = self
            .ask(move |store| {
                own_fact(store, &person, &fact)?;
                Ok((store.files(&fact)?, providers::names(store)?))
            })
            .await?;
        let view = |file: FactFile| {
            let format =
                self.words.get(format_words(Format::named(file.content_type.as_deref().unwrap_or_default())));
            FileView {
                title: file.title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| format.clone()),
                format,
                size: file.length.map(|length| size_text(&self.words, length)),
                providers: file.sources.iter().filter_map(|id| providers.get(id).cloned()).collect(),
                missing: file.hash.is_none().then(|| {
                    self.words.get(if file.url.is_some() { "file-not-fetched" } else { "file-not-sent" })
                }),
                id: file.hash,
            }
        };
        Ok(files.into_iter().map(view).collect())
    }

    pub(crate) async fn file(
        &self,
        person: PersonId,
        fact: FactId,
        file: String,
    ) -> Result<FileContent, ApiError> {
        let reader = self.config.reader.clone();
        let words = std::sync::Arc::clone(&self.words);
        self.ask(move |store| Ok(content(&words, &reader, &own_file(store, &person, &fact, &file)?))).await
    }

    pub(crate) async fn save_file(
        &self,
        person: PersonId,
        fact: FactId,
        file: String,
    ) -> Result<Saved, ApiError> {
        let whose = person.clone();
        let (row, stored) = self
            .ask(move |store| {
                let stored = own_file(store, &person, &fact, &file)?;
                Ok((store.fact_row(&fact)?, stored))
            })
            .await?;
        let title = row.map(|row| row.title.text).unwrap_or_default();
        let name = file_name(&self.words, &title, &stored);
        self.hand_out(&whose, "document", name, stored.bytes).await
    }

    /// Reads the files of a person that nobody has read yet, so that search finds what is in them. One at a time and
    /// behind everything else; a file that cannot be read is remembered and not tried again.
    pub(crate) async fn read_files(&self, person: &PersonId) -> Result<(), ApiError> {
        let whose = person.clone();
        let reader = self.config.reader.clone();
        let closing = std::sync::Arc::clone(&self.closing);
        let found_any = self
            .ask(move |store| {
                let mut found_any = false;
                if store.unwritable().is_some() {
                    return Ok(found_any);
                }
                let mut not_started = 0;
                for file in store.unread_files(&whose, READER)? {
                    if closing.load(std::sync::atomic::Ordering::SeqCst) {
                        break;
                    }
                    let stored = match store.file(&file.fact, &file.hash) {
                        Ok(Some(stored)) => stored,
                        // One that cannot be found or taken out of its record costs itself.
                        Ok(None) | Err(StoreError::Inconsistent(_)) => continue,
                        Err(said) => return Err(said),
                    };
                    let reading = reader.read(&stored.bytes, stored.content_type.as_deref());
                    if let Err(said) = &reading {
                        tracing::info!(bytes = stored.bytes.len(), %said, "a file was not read");
                    }
                    // It says nothing of the file, which is looked at again next time. Where no process can be
                    // started at all, for want of memory, the others wait as well.
                    if reading == Err(Unreadable::NotStarted) {
                        not_started += 1;
                        if not_started == NOT_STARTED {
                            break;
                        }
                        continue;
                    }
                    let text =
                        reading.ok().map(|reading| reading.text).filter(|text| !text.trim().is_empty());
                    match store.keep_text(&file, READER, text.as_deref()) {
                        // The connection was forgotten while its file was read.
                        Err(StoreError::NoSuch(_)) => {}
                        Err(said) => return Err(said),
                        Ok(()) => found_any |= text.is_some(),
                    }
                }
                if found_any {
                    store.refresh_facts(&whose)?;
                }
                Ok(found_any)
            })
            .await?;
        if found_any {
            self.host.event(Event::Changed);
        }
        Ok(())
    }
}

/// A file of a fact of this person's.
pub(crate) fn own_file(
    store: &Store,
    person: &PersonId,
    fact: &FactId,
    file: &str,
) -> Result<StoredFile, StoreError> {
    own_fact(store, person, fact)?;
    store.file(fact, file)?.ok_or(StoreError::NoSuch("file"))
}

fn content(words: &Words, reader: &wholechart_document::Reader, file: &StoredFile) -> FileContent {
    let nothing = |key: &str| FileContent { show: Show::Nothing { reason: words.get(key) }, warning: None };
    let stated = file.content_type.as_deref();
    if file.bytes.len() > LARGEST {
        return nothing("file-too-large");
    }
    match Format::of(&file.bytes, stated) {
        Format::Pdf => {
            FileContent { show: Show::Pdf { base64: STANDARD.encode(&file.bytes) }, warning: None }
        }
        Format::Image(Picture::Tiff | Picture::Heif | Picture::Avif) => nothing("file-picture-unknown"),
        Format::Image(picture) => FileContent {
            show: Show::Picture {
                media_type: Format::Image(picture).media_type().unwrap_or_default().to_owned(),
                base64: STANDARD.encode(&file.bytes),
            },
            warning: None,
        },
        Format::Text | Format::Html | Format::Rtf | Format::Cda => match reader.read(&file.bytes, stated) {
            Ok(reading) => FileContent {
                warning: reading.cut.then(|| words.get("file-cut")),
                show: match reading.page {
                    Some(html) => Show::Page { html },
                    None => Show::Text { text: reading.text },
                },
            },
            Err(Unreadable::TooLong | Unreadable::Crashed | Unreadable::NotStarted) => {
                nothing("file-gave-up")
            }
            Err(_) => nothing("file-damaged"),
        },
        Format::Other => nothing("file-unknown"),
    }
}

fn format_words(format: Format) -> &'static str {
    match format {
        Format::Pdf => "file-format-pdf",
        Format::Image(_) => "file-format-picture",
        Format::Text => "file-format-text",
        Format::Html => "file-format-html",
        Format::Rtf => "file-format-rtf",
        Format::Cda => "file-format-cda",
        Format::Other => "file-format-other",
    }
}

/// "820 bytes", "12 kB", "3 MB": decimal, as file managers say it.
fn size_text(words: &Words, bytes: u64) -> String {
    const UNITS: [(u64, &str); 2] = [(1_000_000, "file-size-mb"), (1_000, "file-size-kb")];
    for (unit, key) in UNITS {
        if bytes >= unit {
            let rounded = (bytes + unit / 2) / unit;
            return words.with(key, &[("size", rounded.to_string().as_str().into())]);
        }
    }
    words.with("file-size-bytes", &[("size", bytes.to_string().as_str().into())])
}

/// The record's title as a file's name on every system, with the ending its bytes deserve.
fn file_name(words: &Words, title: &str, file: &StoredFile) -> String {
    const LONGEST: usize = 80;
    let plain: String =
        title.chars().map(|c| if c.is_alphanumeric() || "-_,()".contains(c) { c } else { ' ' }).collect();
    let mut plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = plain.char_indices().nth(LONGEST) {
        plain.truncate(end);
    }
    if plain.is_empty() {
        plain = words.get("kind-document-one");
    }
    match Format::of(&file.bytes, file.content_type.as_deref()).extension() {
        Some(extension) => format!("{}.{extension}", plain.trim()),
        None => plain,
    }
}
