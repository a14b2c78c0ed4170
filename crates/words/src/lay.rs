//! Lay words for what a record calls otherwise: "sugar", "water pill", "flu shot". They are in `lay.tsv`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

const SOURCE: &str = include_str!("lay.tsv");

struct Line {
    /// In small letters.
    phrase: Vec<&'static str>,
    meant: Vec<&'static str>,
}

static LINES: LazyLock<Vec<Line>> = LazyLock::new(|| {
    let lines = SOURCE.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .map(|(phrase, meant)| Line {
            phrase: phrase.split(' ').collect(),
            meant: meant.split(", ").collect(),
        })
        .collect()
});

/// What may stand for the words of a search text, by the word in small letters. A longer phrase counts before a shorter
/// one within it: "stomach flu" is no influenza.
pub fn meant(text: &str) -> BTreeMap<String, Vec<String>> {
    let typed: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let mut meant: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut at = 0;
    while at < typed.len() {
        let begins = |line: &&Line| {
            let here = typed.get(at..at + line.phrase.len());
            here.is_some_and(|here| here.iter().zip(&line.phrase).all(|(typed, word)| typed == word))
        };
        let Some(line) = LINES.iter().filter(begins).max_by_key(|line| line.phrase.len()) else {
            at += 1;
            continue;
        };
        for word in &typed[at..at + line.phrase.len()] {
            meant.entry(word.clone()).or_default().extend(line.meant.iter().map(|&one| one.to_owned()));
        }
        at += line.phrase.len();
    }
    meant
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{LINES, meant};

    #[test]
    fn every_word_of_a_phrase_may_stand_for_what_the_phrase_means() {
        let found = meant("Flu SHOT 2024");
        assert_eq!(found["flu"], ["influenza"]);
        assert_eq!(found["shot"], ["influenza"]);
        assert!(!found.contains_key("2024"));
        assert!(meant("sugar")["sugar"].contains(&"glucose".to_owned()));
        assert!(meant("Azúcar")["azúcar"].contains(&"glucose".to_owned()));
    }

    #[test]
    fn a_longer_phrase_counts_before_a_shorter_one() {
        assert_eq!(meant("stomach flu")["flu"], ["gastroenteritis"]);
        assert!(meant("glucose").is_empty() && meant("").is_empty() && meant("shot").is_empty());
    }

    #[test]
    fn every_line_is_whole_and_stands_once() {
        let mut phrases = BTreeSet::new();
        for line in LINES.iter() {
            assert!(phrases.insert(&line.phrase), "{:?} stands twice", line.phrase);
            assert!(line.phrase.iter().all(|word| *word == word.to_lowercase() && !word.is_empty()));
            assert!(!line.meant.is_empty() && line.meant.iter().all(|one| !one.trim().is_empty()));
        }
        let lines = include_str!("lay.tsv").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(LINES.len(), lines, "no line was lost");
    }
}
