//! The one catalogue of words, for window, paper and terminal. Messages are Fluent (`locales/`); the window reads the
//! same files. Each is written in every [`Language`].

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

use crate::format::{Clock, DateOrder, Formats};
use crate::language::Language;

/// Around what a sender wrote, where that is asked for: the Unicode isolates, which are not seen.
pub const SENT: (char, char) = ('\u{2068}', '\u{2069}');

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

    /// From now on everything that a sender wrote stands between the marks of [`SENT`].
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
        let said = bundle.format_pattern(pattern, Some(&fluent), &mut errors).into_owned();
        one_stop(said, args)
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

/// A sentence that ends in "p.m." has its full stop already.
fn one_stop(said: String, args: &[(&str, Arg<'_>)]) -> String {
    args.iter().fold(said, |said, (_, arg)| match arg {
        Arg::Text(text) if text.ends_with(".m.") => said.replace(&format!("{text}."), text),
        _ => said,
    })
}

/// The catalogue's files in a language, in the order they are loaded.
pub fn files(language: Language) -> [(&'static str, &'static str); 2] {
    match language {
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

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.locale()]);
    // Isolation marks are right for a browser; they would end up in PDFs, terminals and comparisons.
    bundle.set_use_isolating(false);
    for (name, text) in files(language) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_ends_in_an_abbreviation_has_one_full_stop() {
        let words = Words::new(Language::Es);
        let said = words.with("ui-backup-last", &[("when", "hoy, 4:37 p.m.".into())]);
        assert!(said.ends_with("4:37 p.m."), "{said}");
        assert!(!said.contains(".."), "{said}");
    }
}
