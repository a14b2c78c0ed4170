//! Texts by their keys, made when the app is built and read as they lie there: nothing is taken apart when a process begins.
//!
//! Two pieces: lines, each a key, a tabulator and what is said of the key; and places, where a key's line is found by the key's hash.

use std::collections::BTreeMap;
use std::hash::Hasher as _;

use fnv::FnvHasher;

/// What was built, as it is read.
#[derive(Debug, Clone, Copy)]
pub struct Built {
    lines: &'static str,
    /// Places in `lines`, each in four bytes with the lowest first; [`NONE`] where there is none.
    places: &'static [u8],
}

/// How many bytes a place takes.
const PLACE: usize = 4;

/// No place.
const NONE: u32 = u32::MAX;

/// So many places for a key: with fewer, many keys would want one place.
const ROOM: usize = 2;

impl Built {
    /// Of the two pieces that [`write`] made.
    pub const fn new(lines: &'static str, places: &'static [u8]) -> Built {
        Built { lines, places }
    }

    /// What is said of the key that these pieces are together.
    pub fn get(&self, key: &[&str]) -> Option<&'static str> {
        let all = self.places.len() / PLACE;
        let mut place = place_of(key.iter().copied(), all)?;
        loop {
            let bytes = self.places.get(place * PLACE..)?.first_chunk::<PLACE>()?;
            let line = self.lines.get(usize::try_from(u32::from_le_bytes(*bytes)).ok()?..)?;
            let (written, said) = line.split_once('\t')?;
            if key.iter().try_fold(written, |left, piece| left.strip_prefix(piece)) == Some("") {
                return said.split('\n').next();
            }
            place = (place + 1) % all;
        }
    }

    /// Every key, with what is said of it.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        self.lines.lines().filter_map(|line| line.split_once('\t'))
    }
}

/// The first place that a key may have among so many; none where there are none.
fn place_of<'k>(key: impl Iterator<Item = &'k str>, all: usize) -> Option<usize> {
    let mut hasher = FnvHasher::default();
    key.for_each(|piece| hasher.write(piece.as_bytes()));
    let all = u64::try_from(all).ok()?;
    usize::try_from(hasher.finish().checked_rem(all)?).ok()
}

/// Lines and places of what is said of keys.
///
/// # Panics
///
/// Where a key holds a tabulator or a line's end, what is said of it holds a line's end, or all lines together are four gigabytes long.
pub fn write(said_of: &BTreeMap<String, String>) -> (String, Vec<u8>) {
    let all = said_of.len() * ROOM;
    let mut lines = String::new();
    let mut places = vec![NONE; all];
    for (key, said) in said_of {
        assert!(!key.contains(['\t', '\n']) && !said.contains('\n'), "no line: {key} {said}");
        let mut place = place_of(std::iter::once(key.as_str()), all).expect("there are places");
        while places[place] != NONE {
            place = (place + 1) % all;
        }
        places[place] = u32::try_from(lines.len()).ok().filter(|place| *place < NONE).expect("too long");
        lines.extend([key.as_str(), "\t", said, "\n"]);
    }
    (lines, places.into_iter().flat_map(u32::to_le_bytes).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(keys: &[&str]) -> Built {
        let said_of = keys.iter().map(|key| ((*key).to_owned(), format!("of {key}\t!")));
        let (lines, places) = write(&said_of.collect());
        Built::new(lines.leak(), places.leak())
    }

    #[test]
    fn every_key_is_found_and_no_other() {
        let keys = ["", "=", "=a", "=ab", "b", "b c", "\u{e9}", "a\u{b7} b"];
        let many: Vec<String> = (0..500).map(|n| format!("={n}")).collect();
        let all: Vec<&str> = keys.iter().copied().chain(many.iter().map(String::as_str)).collect();
        let built = built(&all);
        for key in &all {
            let said = format!("of {key}\t!");
            assert_eq!(built.get(&[key]), Some(said.as_str()), "{key}");
            // In pieces as well.
            let pieces: Vec<String> = key.chars().map(String::from).collect();
            let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
            assert_eq!(built.get(&pieces), Some(said.as_str()), "{key}");
        }
        for key in ["a", "=a\t", "=ab\tof", "of =a", "b ", "=500", "\u{e8}", "\n", "\t"] {
            assert_eq!(built.get(&[key]), None, "{key}");
        }
        assert_eq!(built.all().count(), all.len());
    }

    #[test]
    fn where_nothing_was_written_nothing_is_found() {
        assert_eq!(built(&[]).get(&["a"]), None);
        assert_eq!(built(&[]).all().count(), 0);
    }
}
