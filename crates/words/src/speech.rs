//! One person spoken to, on one day.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::catalogue::Words;

/// Says things to one person: in the app's language, by the person's clock.
#[derive(Clone, Copy)]
pub struct Speech<'w> {
    /// The catalogue.
    pub words: &'w Words,
    /// The person's home time zone.
    pub home: Tz,
    /// The moment at which it is said.
    pub now: DateTime<Utc>,
}

impl<'w> Speech<'w> {
    /// Says things to a person who lives in this zone, now.
    pub fn new(words: &'w Words, home: Tz, now: DateTime<Utc>) -> Speech<'w> {
        Speech { words, home, now }
    }

    /// What somebody else wrote, as it was written.
    pub fn sent(&self, text: &str) -> String {
        self.words.sent(text)
    }

    /// The message of this key.
    pub fn get(&self, key: &str) -> String {
        self.words.get(key)
    }
}
