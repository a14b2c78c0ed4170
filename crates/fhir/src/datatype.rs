//! The building blocks of entries: codings, identifiers, dates, references, files, as sent.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::date::{Day, FhirDate};
use crate::quantity::{Quantity, range_text};

/// One coding as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Coding {
    /// The system's canonical URI after alias normalising; empty when none was sent.
    pub system: String,
    /// The code as sent, trimmed.
    pub code: String,
    /// The display as sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
}

/// A business identifier as sent: what the world outside the server knows the thing by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identifier {
    /// Who numbers (a canonical URI); empty when none was sent.
    pub system: String,
    /// The number as sent, trimmed.
    pub value: String,
}

/// What a date says about the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateRole {
    /// When it happened or was so.
    Clinical,
    /// When somebody wrote it down; shown as "recorded on".
    Recorded,
    /// When a system stored it (`meta.lastUpdated`); never sorted as a clinical date.
    System,
}

/// When an entry happened, as precisely as was stated.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EntryDate {
    /// The moment or the start of the period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<FhirDate>,
    /// The end of the period, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<FhirDate>,
    /// A date in words (`occurrenceString`, `onsetString`): shown, never computed with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// An age in place of a date, from and to (`onsetAge`, `onsetRange`): shown, never computed with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<Box<Age>>,
    /// The element it came from, such as `performedPeriod`.
    pub field: String,
    /// What it says.
    pub role: DateRole,
    /// The provider's card says that midnight means "that day", and this was midnight.
    #[serde(default)]
    pub day_only: bool,
    /// Before 1900, or otherwise hardly possible: shown and marked, not mended.
    #[serde(default)]
    pub implausible: bool,
}

/// How old somebody was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Age {
    /// The age, or the lower bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Quantity>,
    /// The upper bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Quantity>,
}

/// A pointer to another resource, as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// As sent: relative, absolute, versioned, `urn:uuid:`, `#contained`; empty when only words were sent.
    pub reference: String,
    /// Words to show when it leads nowhere; for a contained target, the target's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
    /// The display was not sent: it is the title of the entry of the same connection that this leads to.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub found: bool,
}

/// A file or text sent with the entry, or a pointer to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Attachment {
    /// As sent, or sniffed when misspelt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Where the bytes are, as sent; none when they came inline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its title as sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Bytes, when they came inline or the sender said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Lower-case hex SHA-256 of inline bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Text for search, from plain text and HTML that came inline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// What something is called, for whoever says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Title {
    /// The sender's words, or the code's name in our table or the code itself; empty when nothing was sent.
    pub text: String,
    /// The code that `text` is a name of, where the sender sent no words; of a relative, what stands before the colon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Coding>,
}

impl EntryDate {
    /// Keeps, beside a date, what another element says in words.
    pub(crate) fn take_words(&mut self, words: Option<EntryDate>) {
        (self.text, self.age) = words.map(|words| (words.text, words.age)).unwrap_or_default();
    }

    /// The day this is listed under: of the start, else of the end ("until"). None for a date in words.
    ///
    /// Look at [`EntryDate::role`] before sorting by it: the day of a system's date is not when something happened.
    pub fn day_in(&self, home: Tz) -> Option<Day> {
        let date = self.start.as_ref().or(self.end.as_ref())?;
        Some(if self.day_only { date.own_day() } else { date.day_in(home) })
    }

    /// What is said in words or as an age, as sent; empty where a date was sent alone.
    pub fn words_as_sent(&self) -> String {
        let age = self.age.as_deref().map(range_or_one);
        self.text.clone().or(age).unwrap_or_default()
    }

    /// The date exactly as sent: `2013-07`, `2013-07-15 – 2013-07-20`, or the words.
    pub fn raw_text(&self) -> String {
        match (&self.start, &self.end) {
            (Some(start), Some(end)) => format!("{} \u{2013} {}", start.raw, end.raw),
            (Some(start), None) => start.raw.clone(),
            (None, Some(end)) => format!("\u{2013} {}", end.raw),
            (None, None) => self.words_as_sent(),
        }
    }
}

fn range_or_one(age: &Age) -> String {
    match (&age.from, &age.to) {
        (Some(one), None) => one.to_text(),
        (from, to) => range_text(from.as_ref(), to.as_ref()),
    }
}
