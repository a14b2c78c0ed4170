//! What topics are called for a patient. The names are in `topics.tsv`, by the address of the topic in the table of
//! `wholechart-record`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::language::Language;
use crate::speech::Speech;

const SOURCE: &str = include_str!("topics.tsv");
const ANALYTES: &str = include_str!("analytes.tsv");

/// English and Spanish, by file and key.
static NAMES: LazyLock<Names> = LazyLock::new(|| names(SOURCE));
/// The same by the name of what is measured, from `analytes.tsv`.
static TESTS: LazyLock<Names> = LazyLock::new(|| names(ANALYTES));

type Names = HashMap<&'static str, (&'static str, &'static str)>;

fn names(source: &'static str) -> Names {
    let lines = source.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut columns = line.split('\t');
            Some((columns.next()?, (columns.next()?, columns.next()?)))
        })
        .collect()
}

impl Speech<'_> {
    /// What the topic at this address is called. `None` for one that is not known.
    pub fn topic(&self, address: &str) -> Option<&'static str> {
        NAMES.get(address).map(|names| self.spoken(*names))
    }

    /// What a patient calls what is measured, by its name in the table of `wholechart-record`.
    pub fn analyte(&self, name: &str) -> Option<&'static str> {
        TESTS.get(name).map(|names| self.spoken(*names))
    }

    fn spoken(&self, (english, spanish): (&'static str, &'static str)) -> &'static str {
        match self.words.language() {
            Language::En => english,
            Language::Es => spanish,
        }
    }
}
