//! Where the words that were looked for stand in a text, and which known words a mistyped one may mean.
//!
//! Letters are compared as the index compares them: without case and without marks above or below them.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of a passage shown around a find.
const PASSAGE: usize = 160;
/// Characters of it that stand before the find.
const BEFORE: usize = 48;

/// One word of a text: where it stands, its plain letters, and where in the text each of them ends.
struct Word {
    start: usize,
    letters: Vec<char>,
    ends: Vec<usize>,
}

/// The letters of a character without case and marks; nothing for a mark.
fn plain(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase)
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if is_combining_mark(c) {
            if let Some(last) = words.last_mut().filter(|_| open).and_then(|word| word.ends.last_mut()) {
                *last = end;
            }
        } else if c.is_alphanumeric() {
            if !open {
                words.push(Word { start: at, letters: Vec::new(), ends: Vec::new() });
            }
            if let Some(word) = words.last_mut() {
                for letter in plain(c) {
                    word.letters.push(letter);
                    word.ends.push(end);
                }
            }
            open = true;
        } else {
            open = false;
        }
    }
    words
}

/// The plain words of a text.
pub(super) fn plain_words(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.letters.into_iter().collect()).collect()
}

/// What a person typed, ready to be compared: its parts (what blanks separate), each as its plain words.
pub(super) struct Looked(Vec<Vec<Vec<char>>>);

impl Looked {
    pub(super) fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Looked {
        let parts = parts.into_iter().map(|part| words(part).into_iter().map(|word| word.letters).collect());
        Looked(parts.collect())
    }

    /// The byte ranges of `text` that were looked for, in order, none overlapping. The last word of a part may be the
    /// beginning of a longer one.
    pub(super) fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let there = words(text);
        let mut marks: Vec<Range<usize>> = Vec::new();
        for part in self.0.iter().filter(|part| !part.is_empty()) {
            for at in 0..there.len().saturating_sub(part.len() - 1) {
                let here = &there[at..at + part.len()];
                let fits = here.iter().zip(part).enumerate().all(|(n, (word, wanted))| {
                    if n + 1 == part.len() {
                        word.letters.starts_with(wanted)
                    } else {
                        word.letters == *wanted
                    }
                });
                let (Some(first), Some(last), Some(wanted)) = (here.first(), here.last(), part.last()) else {
                    continue;
                };
                if fits && let Some(end) = wanted.len().checked_sub(1).and_then(|n| last.ends.get(n)) {
                    marks.push(first.start..*end);
                }
            }
        }
        marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
        let mut end = 0;
        marks.retain(|mark| {
            let keep = mark.start >= end;
            if keep {
                end = mark.end;
            }
            keep
        });
        marks
    }

    /// How many of the parts stand in the text.
    pub(super) fn parts_in(&self, text: &str) -> usize {
        self.0.iter().filter(|part| !Looked(vec![(*part).clone()]).marks(text).is_empty()).count()
    }

    /// The passage of `text` around the first find, on one line, with the finds in it.
    pub(super) fn passage(&self, text: &str) -> Option<(String, Vec<Range<usize>>)> {
        let first = self.marks(text).into_iter().next()?;
        let mut start = first.start;
        for (count, (at, c)) in text[..first.start].char_indices().rev().enumerate() {
            if count == BEFORE {
                break;
            }
            // Whole words, where one begins within reach.
            if c.is_whitespace() || count + 1 == BEFORE || at == 0 {
                start = if c.is_whitespace() { at + c.len_utf8() } else { at };
            }
            if c == '\n' {
                break;
            }
        }
        let mut passage = String::new();
        if start > 0 && !text[..start].ends_with('\n') {
            passage.push_str("… ");
        }
        let mut count = 0;
        let mut cut = false;
        for c in text[start..].chars() {
            if count >= PASSAGE {
                cut = true;
                break;
            }
            let c = if c.is_whitespace() || c.is_control() { ' ' } else { c };
            if c == ' ' && passage.ends_with(' ') {
                continue;
            }
            passage.push(c);
            count += 1;
        }
        if cut {
            passage.push_str(" …");
        }
        let marks = self.marks(&passage);
        Some((passage, marks))
    }
}

/// How many letters must be changed, added, left out or swapped with their neighbour so that `typed` becomes `known`
/// or its beginning. `None` when it takes more than `most`. (Optimal string alignment over prefixes.)
pub(super) fn slips(typed: &[char], known: &[char], most: usize) -> Option<usize> {
    // More letters than could be left out or added do not matter: a beginning is enough.
    let known = &known[..known.len().min(typed.len() + most)];
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=known.len()).collect();
    for (i, a) in typed.iter().enumerate() {
        let mut row = Vec::with_capacity(known.len() + 1);
        row.push(i + 1);
        for (j, b) in known.iter().enumerate() {
            let mut cost = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == known[j - 1] && typed[i - 1] == *b {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        if row.iter().min().is_none_or(|least| *least > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.into_iter().min().filter(|slips| *slips <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, typed: &str) -> Vec<String> {
        Looked::of(typed.split_whitespace())
            .marks(text)
            .into_iter()
            .map(|mark| text[mark].to_owned())
            .collect()
    }

    #[test]
    fn finds_are_marked_whatever_their_case_and_accents() {
        assert_eq!(marked("Haemoglobin A1c", "HAEM a1"), ["Haem", "A1"]);
        assert_eq!(marked("Dr. José Muñoz", "jose mun"), ["José", "Muñ"]);
        // The same name with its marks as characters of their own.
        assert_eq!(marked("Jose\u{301} Mun\u{303}oz", "josé"), ["Jose\u{301}"]);
        assert_eq!(marked("131 mg/dL, 5 mg", "mg/dl"), ["mg/dL"]);
        assert_eq!(marked("naproxen pro", "pro"), ["pro"]);
        assert_eq!(marked("رسالة إحالة", "رسا"), ["رسا"]);
        assert_eq!(marked("nothing here", "[(\"*"), Vec::<String>::new());
        assert_eq!(marked("aa aab", "a aa aab"), ["aa", "aab"]);
    }

    #[test]
    fn a_passage_is_short_whole_and_marked() {
        let long = format!("{} the cough began in spring {}", "before ".repeat(90), "after ".repeat(90));
        let (passage, marks) = Looked::of(["cough"]).passage(&long).unwrap();
        assert!(passage.starts_with("… before ") && passage.ends_with(" …"), "{passage}");
        assert!(passage.chars().count() < PASSAGE + 8);
        assert_eq!(marks.iter().map(|mark| &passage[mark.clone()]).collect::<Vec<_>>(), ["cough"]);
        let (passage, _) = Looked::of(["b"]).passage("a\nb\n\n c").unwrap();
        assert_eq!(passage, "b c");
        assert!(Looked::of(["z"]).passage("a b").is_none());
    }

    #[test]
    fn slips_are_counted_over_beginnings() {
        let slips = |typed: &str, known: &str| {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            super::slips(&letters(typed), &letters(known), 2)
        };
        assert_eq!(slips("glucsoe", "glucose"), Some(1), "swapped");
        assert_eq!(slips("clucose", "glucose"), Some(1), "changed");
        assert_eq!(slips("glcose", "glucose"), Some(1), "left out");
        assert_eq!(slips("metfformin", "metformin"), Some(1), "added");
        assert_eq!(slips("cholestrol", "cholesterolemia"), Some(1), "the beginning is enough");
        assert_eq!(slips("sodium", "potassium"), None);
        assert_eq!(slips("same", "same"), Some(0));
    }
}
