//! A start that failed: what the window says in place of the record.

use std::path::Path;

use serde_json::Value;

use crate::{
    error::{ApiError, error},
    settings::{self, file, wire::SettingsView},
    words::Words,
};

/// What failed before there was an [`App`](crate::App).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartFailure {
    /// There is no folder for the record, or it cannot be made or opened.
    Folder,
    /// The sample providers could not be started.
    Sample,
    /// The system does not say which program this is, so that it cannot be started once more to read strangers' files.
    Program,
    /// Secure connections cannot be made at all.
    Connections,
    /// The system opened no window.
    Window,
    /// A defect.
    Internal,
}

impl StartFailure {
    /// Of the message in the catalogue.
    fn key(self) -> &'static str {
        match self {
            Self::Folder => "error-start-folder",
            Self::Sample => "error-start-sample",
            Self::Program => "error-start-program",
            Self::Connections => "error-start-connections",
            Self::Window => "error-start-window",
            Self::Internal => "error-start-internal",
        }
    }
}

/// Stands in for an app that did not start.
#[derive(Debug, Clone)]
pub struct NotStarted {
    title: String,
    settings: SettingsView,
    why: ApiError,
}

impl NotStarted {
    /// In the language chosen in `folder`, or that of `locale`.
    pub fn new(folder: Option<&Path>, locale: Option<&str>, failure: StartFailure) -> NotStarted {
        let chosen = folder.map(file::read).unwrap_or_default();
        let words = Words::new(file::spoken(&chosen, locale));
        NotStarted {
            title: words.get("ui-broken-title"),
            settings: settings::view(chosen, words.language(), locale, locale),
            why: error(&words, failure.key(), &[]),
        }
    }

    /// Answers a command: how the window looks, and to every other one why there is no app.
    ///
    /// # Errors
    /// Why there is no app.
    pub fn answer(&self, command: &str) -> Result<Value, ApiError> {
        match (command, serde_json::to_value(&self.settings)) {
            ("settings", Ok(settings)) => Ok(settings),
            _ => Err(self.why.clone()),
        }
    }

    /// Why there is no app.
    pub fn why(&self) -> &ApiError {
        &self.why
    }

    /// A title and a text, where there is no page to show them on.
    pub fn words(&self) -> (&str, String) {
        (&self.title, self.why.words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_says_what_happened_and_what_to_do_in_the_windows_language() {
        use StartFailure::{Connections, Folder, Internal, Program, Sample, Window};
        for failure in [Folder, Sample, Program, Connections, Window, Internal] {
            let english = NotStarted::new(None, None, failure);
            let spanish = NotStarted::new(None, Some("es_MX.UTF-8"), failure);
            for (said, language) in [(&english, "en"), (&spanish, "es")] {
                let why = said.answer("appState").unwrap_err();
                assert!(!why.message.starts_with("error-") && !why.advice.starts_with("error-"), "{why:?}");
                assert!(why.details.is_none(), "nobody else's words");
                assert_eq!(said.answer("settings").unwrap()["language"], language);
            }
            assert_ne!(english.words(), spanish.words(), "{failure:?}");
        }
    }
}
