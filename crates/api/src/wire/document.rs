//! Files that come with records.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A file of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileView {
    /// Pass it to `file` and `saveFile`; none when the file is not here.
    pub id: Option<String>,
    /// Its title, or what it is.
    pub title: String,
    /// What it is, in words: "PDF", "Picture".
    pub format: String,
    /// How big it is, in words: "120 kB"; none when it is not here.
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
