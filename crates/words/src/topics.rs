//! What topics are called for a patient. The names are in `topics.tsv`, by the address of the topic in the table of
//! `wholechart-record`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::language::Language;
use crate::speech::Speech;

const SOURCE: &str = include_str!("topics.tsv");

/// English and Spanish, by file and key.
static NAMES: LazyLock<HashMap<&'static str, (&'static str, &'static str)>> = LazyLock::new(|| {
    let lines = SOURCE.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut columns = line.split('\t');
            Some((columns.next()?, (columns.next()?, columns.next()?)))
        })
        .collect()
});

impl Speech<'_> {
    /// What the topic at this address is called. `None` for one that is not known.
    pub fn topic(&self, address: &str) -> Option<&'static str> {
        let (english, spanish) = NAMES.get(address)?;
        Some(match self.words.language() {
            Language::En => english,
            Language::Es => spanish,
        })
    }
}
