//! The one catalogue of words, for window, paper and terminal. Messages are Fluent (`locales/`); the window reads the
//! same files.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::langid;

/// The English catalogue's files, in the order they are loaded.
pub const ENGLISH: [(&str, &str); 2] = [
    ("en.ftl", include_str!("../locales/en.ftl")),
    ("en-record.ftl", include_str!("../locales/en-record.ftl")),
];

/// Looks up words in one language.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The English catalogue.
    ///
    /// # Panics
    /// When a file shipped with the app is not valid Fluent; a test reads them all.
    pub fn english() -> Words {
        let mut bundle = FluentBundle::new_concurrent(vec![langid!("en-US")]);
        // Isolation marks are right for a browser; they would end up in PDFs, terminals and comparisons.
        bundle.set_use_isolating(false);
        for (name, text) in ENGLISH {
            let resource = FluentResource::try_new(text.to_owned())
                .unwrap_or_else(|(_, errors)| panic!("{name} is not valid Fluent: {errors:?}"));
            bundle
                .add_resource(resource)
                .unwrap_or_else(|errors| panic!("{name} repeats a message: {errors:?}"));
        }
        Words { bundle }
    }

    /// The message, or the key itself when the catalogue lacks it (a test keeps that from happening).
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The message with arguments filled in.
    pub fn with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            return key.to_owned();
        };
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            fluent.set(*name, value.clone());
        }
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(&fluent), &mut errors).into_owned()
    }

    /// Whether the catalogue has the message.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.get_message(key).is_some_and(|m| m.value().is_some())
    }
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
