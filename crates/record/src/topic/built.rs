//! The table of topics as it was made when the app was built: its rows, and what each file says of spellings, words and codes.
//! ([`wholechart_names::making`]; what the keys are: [`key`].)

use wholechart_names::built::Built;
use wholechart_names::making::key;

/// A line for each row: file, key, traits, names, and what its codes say.
pub(super) const ROWS: &str = include_str!(concat!(env!("OUT_DIR"), "/rows.txt"));

/// What was built of one file.
macro_rules! built {
    ($file:literal) => {{
        static BUILT: Built = Built::new(
            include_str!(concat!(env!("OUT_DIR"), "/", $file, ".txt")),
            include_bytes!(concat!(env!("OUT_DIR"), "/", $file, ".places")),
        );
        &BUILT
    }};
}

pub(super) fn of(file: &str) -> &'static Built {
    match file {
        "conditions" => built!("conditions"),
        "substances" => built!("substances"),
        "medicines" => built!("medicines"),
        "vaccines" => built!("vaccines"),
        _ => built!("procedures"),
    }
}

/// The row that a file names under a key; none where two rows have it.
pub(super) fn row(file: &str, of_what: &str, key: &str) -> Option<usize> {
    of(file).get(&[of_what, key])?.parse().ok()
}

/// The row of a file that has a spelling, where no other has it.
pub(super) fn spelled(file: &str, spelling: &str) -> Option<usize> {
    row(file, key::SPELLING, spelling)
}

/// The row of a file that has a code.
pub(super) fn coded(file: &str, system: &str, code: &str) -> Option<usize> {
    of(file).get(&[key::CODE, system, " ", code])?.parse().ok()
}

/// Every longer word of a file's names with this first letter and so many letters.
pub(super) fn longer_words(file: &str, first: char, length: usize) -> impl Iterator<Item = &'static str> {
    words(of(file).get(&[key::LONGER_WORDS, &format!("{first}{length}")]))
}

/// Every longer word of which the same is heard.
pub(super) fn alike(file: &str, heard: &str) -> impl Iterator<Item = &'static str> {
    words(of(file).get(&[key::SOUND, heard]))
}

fn words(said: Option<&'static str>) -> impl Iterator<Item = &'static str> {
    said.into_iter().flat_map(|said| said.split(' '))
}

/// A word, and where it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Used {
    pub(super) word: &'static str,
    uses: &'static str,
}

impl Used {
    /// In how many names.
    pub(super) fn names(&self) -> usize {
        self.uses.split(':').next().and_then(|names| names.parse().ok()).unwrap_or_default()
    }

    /// In this row only.
    pub(super) fn row(&self) -> Option<usize> {
        self.uses.split(':').nth(1)?.parse().ok()
    }
}

/// The same for shorter words too, in files that have looser readings.
pub(super) fn used_words(file: &str, first: char, length: usize) -> impl Iterator<Item = Used> {
    let said = words(of(file).get(&[key::WORDS, &format!("{first}{length}")]));
    said.filter_map(|said| said.split_once(':').map(|(word, uses)| Used { word, uses }))
}

/// Every longer word of medicines or substances in the order of the alphabet, with how it sounds.
pub(super) fn heard(file: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    words(of(file).get(&[key::HEARD])).filter_map(|said| said.split_once(':'))
}

/// Words that together tell a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    pub(super) row: usize,
    /// Between spaces, as those are with which they do not.
    words: &'static str,
    not_with: &'static str,
}

impl Sign {
    /// All of them.
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.words.split(' ')
    }

    /// In company with these they do not.
    pub(super) fn not_with(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.not_with.split(' ').filter(|word| !word.is_empty())
    }
}

/// The signs that stand under a word.
pub(super) fn signs(file: &str, word: &str) -> impl Iterator<Item = Sign> {
    let said = of(file).get(&[key::SIGNS, word]);
    said.into_iter().flat_map(|said| said.split('|')).filter_map(|sign| {
        let mut pieces = sign.split(':');
        let (row, words, not_with) = (pieces.next()?, pieces.next()?, pieces.next()?);
        Some(Sign { row: row.parse().ok()?, words, not_with })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use wholechart_names::making::{Sign as MadeSign, Topics};

    use super::super::files::{FILES, TELLING};
    use super::*;

    /// The laws of the table are looked after where it is made; here, that what is read is what was made, to the last key.
    #[test]
    fn what_is_read_is_what_was_made() {
        let made = Topics::of(FILES, TELLING);
        assert_eq!(ROWS, made.rows());
        for file in &made.files {
            let name = file.name;
            let mut keys = 0;
            for (one, row) in &file.keys {
                assert_eq!(super::row(name, key::ROW, one), Some(*row), "{name}: {one}");
                keys += 1;
            }
            for ((system, code), row) in &file.codes {
                assert_eq!(coded(name, system, code), Some(*row), "{name}: {system} {code}");
                keys += 1;
            }
            for (spelling, row) in &file.spellings.names {
                assert!(of(name).get(&[spelling]).is_some(), "{name}: {spelling}");
                assert_eq!(spelled(name, spelling), *row, "{name}: {spelling}");
                keys += 1;
            }
            for ((first, length), words) in &file.spellings.longer_words {
                let read: Vec<&str> = longer_words(name, *first, *length).collect();
                assert_eq!(read, words.iter().collect::<Vec<_>>(), "{name}: {first}{length}");
                keys += 1;
            }
            for ((first, length), words) in &file.spellings.words {
                let read: Vec<(&str, usize, Option<usize>)> = used_words(name, *first, *length)
                    .map(|used| (used.word, used.names(), used.row()))
                    .collect();
                let made = words.iter().map(|(word, uses)| (word.as_str(), uses.names, uses.row));
                assert_eq!(read, made.collect::<Vec<_>>(), "{name}: {first}{length}");
                keys += 1;
            }
            for (word, row) in &file.spellings.naming {
                assert_eq!(super::row(name, key::NAMING, word), Some(*row), "{name}: {word}");
                keys += 1;
            }
            for (sound, words) in &file.spellings.sounds {
                let read: Vec<&str> = alike(name, sound).collect();
                assert_eq!(read, words.iter().collect::<Vec<_>>(), "{name}: {sound}");
                keys += 1;
            }
            for (bare, row) in &file.as_written.bare {
                assert!(of(name).get(&[key::BARE, bare]).is_some(), "{name}: {bare}");
                assert_eq!(super::row(name, key::BARE, bare), *row, "{name}: {bare}");
                keys += 1;
            }
            for (row, called) in &file.as_written.called {
                assert_eq!(of(name).get(&[key::CALLED, &row.to_string()]), Some(called.as_str()), "{name}");
                keys += 1;
            }
            let read: Vec<&str> = heard(name).map(|(word, _)| word).collect();
            assert_eq!(read, file.as_written.words.iter().collect::<Vec<_>>(), "{name}");
            for (word, sound) in heard(name) {
                assert_eq!(sound, wholechart_names::spelling_of_medicines::sound(word), "{word}");
            }
            keys += usize::from(!read.is_empty());
            let mut signs_read: BTreeMap<String, Vec<MadeSign>> = BTreeMap::new();
            for word in file.signs.keys() {
                let of_words = |words: &mut dyn Iterator<Item = &'static str>| {
                    words.map(ToOwned::to_owned).collect::<BTreeSet<String>>()
                };
                let read = signs(name, word).map(|sign| MadeSign {
                    words: of_words(&mut sign.words()),
                    not_with: of_words(&mut sign.not_with()),
                    row: sign.row,
                });
                signs_read.insert(word.clone(), read.collect());
                keys += 1;
            }
            assert_eq!(signs_read, file.signs, "{name}");
            // And nothing else.
            assert_eq!(of(name).all().count(), keys, "{name}");
        }
        assert_eq!(made.files.len(), FILES.len());
    }
}
