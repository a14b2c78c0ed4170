//! The languages of the app.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unic_langid::{LanguageIdentifier, langid};

/// A language the catalogue is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[allow(
    clippy::unsafe_derive_deserialize,
    reason = "the unsafe code is in what langid! becomes; nothing here is"
)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// English as in the United States.
    En,
    /// Spanish as in the United States: numbers are written as there, with a decimal point.
    Es,
}

impl Language {
    /// All there are; the first one has every message.
    pub const ALL: [Language; 2] = [Language::En, Language::Es];

    /// The language of a locale as systems name it (`es_MX.UTF-8`, `es-MX`), when the catalogue is written in it.
    pub fn of_locale(locale: &str) -> Option<Language> {
        let name = locale.split(['-', '_', '.', '@']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(name))
    }

    /// ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Es => "es",
        }
    }

    /// As its speakers call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::En => "English",
            Language::Es => "Español",
        }
    }

    /// BCP 47, with the region: what readers of a page are told.
    pub fn tag(self) -> String {
        self.locale().to_string()
    }

    pub(crate) fn locale(self) -> LanguageIdentifier {
        match self {
            Language::En => langid!("en-US"),
            Language::Es => langid!("es-US"),
        }
    }
}
