//! Files that come with records, and files taken in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use wholechart_fhir::Kind;
use wholechart_record::ConnectionId;
use wholechart_store::ImportId;

use crate::{people::wire::PersonView, sync::wire::SetAsideView};

/// A file of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileView {
    /// Pass it to `file` and `saveFile`. `None`: the file is not here.
    pub id: Option<String>,
    /// Its title, or what it is.
    pub title: String,
    /// What it is, in words: "PDF", "Picture".
    pub format: String,
    /// How big it is, in words: "120 kB". `None`: it is not here.
    pub size: Option<String>,
    /// Who sent it: names, in order.
    pub providers: Vec<String>,
    /// Why it is not here, in words.
    pub missing: Option<String>,
}

/// A file to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileContent {
    /// How to show it.
    pub show: Show,
    /// Something the reader should know, in words: cut short, damaged.
    pub warning: Option<String>,
}

/// How a file is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "as")]
pub enum Show {
    /// PDF: its bytes in base64.
    Pdf {
        /// Base64.
        base64: String,
    },
    /// A picture that every web view shows.
    #[serde(rename_all = "camelCase")]
    Picture {
        /// `image/png`
        media_type: String,
        /// Base64.
        base64: String,
    },
    /// Plain text.
    Text {
        /// As it is.
        text: String,
    },
    /// A page of harmless HTML: few tags, no attribute but `colspan` and `rowspan`.
    Page {
        /// HTML.
        html: String,
    },
    /// It cannot be shown here; the words say why and what to do.
    Nothing {
        /// In words.
        reason: String,
    },
}

/// What is in files, before anything of them is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportPreview {
    /// Files looked at.
    pub files: u32,
    /// Whose records they seem to be: name and birth date as the files say them.
    pub people: Vec<PersonInFiles>,
    /// What has to be confirmed before they are taken in: they seem to be somebody else's, or do not say whose.
    pub asked: Option<String>,
    /// What to do then.
    pub asked_advice: Option<String>,
    /// The other person here whose they seem to be.
    pub theirs: Option<PersonView>,
    /// What the sources are called, as the files say it.
    pub sources: Vec<String>,
    /// How many of each kind, the most first.
    pub kinds: Vec<KindFound>,
    /// From when to when, in words.
    pub period: Option<String>,
    /// Records in all.
    pub total: u32,
    /// Records whose content is here already.
    pub known: u32,
    /// What cannot be read. Of very many places of one file the last line says how many more there are.
    pub unreadable: Vec<Unreadable>,
    /// What a person should know of what can be read: who signed a card, what of an export is read.
    pub remarks: Vec<String>,
}

/// Somebody whom files are about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonInFiles {
    /// As sent.
    pub name: String,
    /// In words: a year, a month or a day.
    pub born: Option<String>,
}

/// How many records of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KindFound {
    /// Which.
    pub kind: Kind,
    /// The kind in words: "Results".
    pub text: String,
    /// How many.
    pub count: u32,
}

/// An import that can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportView {
    /// Pass it to `undoImport`.
    pub id: ImportId,
    /// Where what it brought is filed.
    pub connections: Vec<ConnectionId>,
    /// What these are called.
    pub sources: Vec<String>,
    /// When it was, for people.
    pub when: String,
    /// Records it brought, also those that others brought too.
    pub records: u32,
}

/// What an import found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// Pass it to `undoImport`. `None`: nothing was taken in.
    pub import: Option<ImportId>,
    /// Files read.
    pub files: u32,
    /// Resources by FHIR type.
    pub resources: std::collections::BTreeMap<String, u32>,
    /// Entries derived.
    pub entries: u32,
    /// Versions that were not here before.
    pub versions: u32,
    /// What could not be read. Of very many places of one file the last line says how many more there are.
    pub unreadable: Vec<Unreadable>,
    /// What is about somebody else than the person: kept apart until the person lets it in.
    pub set_aside: Vec<SetAsideView>,
    /// What came under the type and id of something else in the same file: both are kept.
    pub beside: Vec<Unreadable>,
    /// What a person should know of what was read.
    pub remarks: Vec<String>,
}

/// A file, or a place in one, that could not be read, or that something is to be said of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Unreadable {
    /// The file's name.
    pub file: String,
    /// Byte offset in the file.
    pub position: u32,
    /// Why, in words.
    pub reason: String,
}
