//! The one catalogue of words, for window, paper and terminal. Messages are Fluent (`locales/`); the window reads the
//! same files. Each is written in every [`Language`].

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unic_langid::{LanguageIdentifier, langid};

use crate::format::{Clock, DateOrder, Formats};
use crate::speech::SENT;

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

    fn locale(self) -> LanguageIdentifier {
        match self {
            Language::En => langid!("en-US"),
            Language::Es => langid!("es-US"),
        }
    }

    /// The catalogue's files in this language, in the order they are loaded.
    pub fn catalogue(self) -> [(&'static str, &'static str); 2] {
        match self {
            Language::En => [
                ("en.ftl", include_str!("../locales/en.ftl")),
                ("en-record.ftl", include_str!("../locales/en-record.ftl")),
            ],
            Language::Es => [
                ("es.ftl", include_str!("../locales/es.ftl")),
                ("es-record.ftl", include_str!("../locales/es-record.ftl")),
            ],
        }
    }
}

/// Looks up words in the language that is spoken, one for the whole app.
pub struct Words {
    /// One a language, in the order of [`Language::ALL`].
    bundles: Vec<FluentBundle<FluentResource>>,
    spoken: AtomicU8,
    order: AtomicU8,
    clock: AtomicU8,
    /// What senders wrote is marked: for tests that look at everything else.
    marks_sent: AtomicBool,
}

impl Words {
    /// The catalogue, speaking English.
    pub fn english() -> Words {
        Words::new(Language::En)
    }

    /// The catalogue, speaking `language`.
    ///
    /// # Panics
    /// When a file shipped with the app is not valid Fluent; a test reads them all.
    pub fn new(language: Language) -> Words {
        let bundles = Language::ALL.into_iter().map(bundle).collect();
        let words = Words {
            bundles,
            spoken: AtomicU8::new(0),
            order: AtomicU8::new(DateOrder::MonthFirst as u8),
            clock: AtomicU8::new(Clock::Hours12 as u8),
            marks_sent: AtomicBool::new(false),
        };
        words.speak(language);
        words
    }

    /// From now on in this language. What was said before stays as it was said: hosts read their lists again.
    pub fn speak(&self, language: Language) {
        self.spoken.store(language as u8, Ordering::Relaxed);
    }

    /// The language that is spoken.
    pub fn language(&self) -> Language {
        let at = usize::from(self.spoken.load(Ordering::Relaxed));
        Language::ALL.get(at).copied().unwrap_or(Language::En)
    }

    /// From now on dates and times are written so.
    pub fn write_dates(&self, order: DateOrder, clock: Clock) {
        self.order.store(order as u8, Ordering::Relaxed);
        self.clock.store(clock as u8, Ordering::Relaxed);
    }

    /// Day before month, or month before day.
    pub fn date_order(&self) -> DateOrder {
        DateOrder::ALL[usize::from(self.order.load(Ordering::Relaxed)) % DateOrder::ALL.len()]
    }

    /// Twelve hours or twenty-four.
    pub fn clock(&self) -> Clock {
        Clock::ALL[usize::from(self.clock.load(Ordering::Relaxed)) % Clock::ALL.len()]
    }

    /// How dates and times are written in the language that is spoken.
    pub fn formats(&self) -> &'static Formats {
        Formats::of(self.language(), self.date_order(), self.clock())
    }

    /// From now on everything that a sender wrote stands between the marks of [`crate::speech::SENT`].
    pub fn mark_sent(&self) {
        self.marks_sent.store(true, Ordering::Relaxed);
    }

    /// What somebody else wrote, as it was written.
    pub fn sent(&self, text: &str) -> String {
        let (open, close) = SENT;
        if self.marks_sent.load(Ordering::Relaxed) && !text.is_empty() {
            format!("{open}{text}{close}")
        } else {
            text.to_owned()
        }
    }

    /// The message, or the key itself when the catalogue lacks it (a test keeps that from happening).
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The message with arguments filled in.
    pub fn with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let Some(bundle) = self.bundle_with(key) else { return key.to_owned() };
        let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else { return key.to_owned() };
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            fluent.set(*name, value.clone());
        }
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, Some(&fluent), &mut errors).into_owned()
    }

    /// Whether the catalogue has the message.
    pub fn has(&self, key: &str) -> bool {
        self.bundle_with(key).is_some()
    }

    /// The spoken language's messages; English where it lacks one.
    fn bundle_with(&self, key: &str) -> Option<&FluentBundle<FluentResource>> {
        let spoken = self.bundles.get(self.language() as usize);
        spoken
            .into_iter()
            .chain(self.bundles.first())
            .find(|bundle| bundle.get_message(key).is_some_and(|m| m.value().is_some()))
    }
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.locale()]);
    // Isolation marks are right for a browser; they would end up in PDFs, terminals and comparisons.
    bundle.set_use_isolating(false);
    for (name, text) in language.catalogue() {
        let resource = FluentResource::try_new(text.to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{name} is not valid Fluent: {errors:?}"));
        bundle.add_resource(resource).unwrap_or_else(|errors| panic!("{name} repeats a message: {errors:?}"));
    }
    bundle
}

/// An argument of a message.
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    /// Text, put in as it is.
    Text(&'a str),
    /// A count, for plurals.
    Count(usize),
}

impl<'a> From<Arg<'a>> for FluentValue<'a> {
    fn from(arg: Arg<'a>) -> Self {
        match arg {
            Arg::Text(text) => FluentValue::from(text),
            Arg::Count(count) => FluentValue::from(count),
        }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(text)
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Arg::Count(count)
    }
}

impl From<u32> for Arg<'_> {
    fn from(count: u32) -> Self {
        Arg::Count(count as usize)
    }
}
