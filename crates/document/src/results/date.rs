//! The day on which a sample was taken, as far as the document says it: behind the word "collected", or below it.

use crate::layout::{BETWEEN_CELLS, Page, Words};

/// Lines below a heading are at most this far from it, in letter sizes.
const BELOW: f64 = 2.6;

/// A day on which something was collected, and where that stands: page and line, from nought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Collected {
    pub(super) page: usize,
    pub(super) line: usize,
    /// `2024-03-05`
    pub(super) day: String,
}

/// Every day that is said to be one of collection, sorted by where it stands.
pub(super) fn collected(pages: &[Page]) -> Vec<Collected> {
    let day_first = pages
        .iter()
        .flat_map(|page| &page.lines)
        .flat_map(|line| &line.words)
        .any(|word| is_day_first(&word.text));
    let mut found = Vec::new();
    for (page, said) in pages.iter().enumerate() {
        for (index, line) in said.lines.iter().enumerate() {
            for label in labels(&line.words, line.size) {
                let behind = words_of(&line.words[label.end..]);
                if let Some(day) = day_at(&behind, day_first) {
                    found.push(Collected { page, line: index, day });
                    continue;
                }
                // Of a heading the day stands below it, and nothing else between its edges.
                let Some(next) = said.lines.get(index + 1) else { continue };
                if next.down - line.down > BELOW * line.size {
                    continue;
                }
                let cells = next.cells();
                let mut below =
                    cells.iter().filter(|cell| cell.left < label.right && cell.right > label.left);
                if let (Some(cell), None) = (below.next(), below.next())
                    && let Some(day) = day_at(&words_in(&cell.text), day_first)
                {
                    found.push(Collected { page, line: index + 1, day });
                }
            }
        }
    }
    found.sort_by_key(|one| (one.page, one.line));
    found
}

/// Where a line says that something was collected.
struct Label {
    /// The first word behind it.
    end: usize,
    left: f64,
    right: f64,
}

fn labels(words: &[Words], size: f64) -> Vec<Label> {
    const BETWEEN: &[&str] = &["date", "time", "date/time", "on", "at", "and", "/", "-", ""];
    let bare = |word: &Words| word.text.to_lowercase().trim_matches([':', ',', '(', ')', '.']).to_owned();
    let mut labels = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let said = bare(word);
        let next = words.get(index + 1).map(bare).unwrap_or_default();
        let says = match said.as_str() {
            "collected" | "drawn" => next != "by" && next != "from",
            "collection" => matches!(next.as_str(), "date" | "date/time" | "time"),
            _ => false,
        };
        if !says {
            continue;
        }
        let goes_on = |pair: &[Words]| pair[1].left - pair[0].right <= BETWEEN_CELLS * size;
        let is_between = |word: &Words| BETWEEN.contains(&bare(word).as_str());
        let behind = words[index..].windows(2).take_while(|pair| goes_on(pair) && is_between(&pair[1]));
        let end = index + 1 + behind.count();
        // "Date collected", "Date and time collected".
        let before =
            words[..=index].windows(2).rev().take_while(|pair| goes_on(pair) && is_between(&pair[0]));
        let start = index - before.count();
        let edges = words.get(start).zip(words.get(end - 1));
        labels.extend(edges.map(|(first, last)| Label { end, left: first.left, right: last.right }));
    }
    labels
}

fn words_of(words: &[Words]) -> Vec<&str> {
    words.iter().map(|word| word.text.as_str()).collect()
}

fn words_in(text: &str) -> Vec<&str> {
    text.split(' ').collect()
}

/// Parts of a day in figures: `03/05/2024`, `3-5-2024`.
fn figures(text: &str) -> Option<[u32; 3]> {
    let text = text.trim_matches([',', ';', '(', ')']);
    let mark = if text.contains('/') { '/' } else { '-' };
    let mut parts = text.split(mark).map(|part| {
        let digits = !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok()).flatten()
    });
    let three = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(three)
}

/// A date that has to be read with the day before the month: then those that could be read both ways are not read.
fn is_day_first(text: &str) -> bool {
    figures(text)
        .is_some_and(|[first, second, year]| first > 12 && first <= 31 && second <= 12 && year >= 1900)
}

/// The day that these words begin with. A year of two digits is none.
fn day_at(words: &[&str], day_first: bool) -> Option<String> {
    let first = words.first()?.trim_matches([',', ';', '(', ')']);
    // A moment in one word: "2024-03-05T08:12".
    let date = first.split(['T', 't']).next().filter(|date| date.len() == 10).unwrap_or(first);
    if let Some(parts) = figures(date) {
        return match parts {
            [year, month, day] if year >= 1900 => written(year, month, day),
            [month, day, year] if year >= 1900 && !day_first => written(year, month, day),
            _ => None,
        };
    }
    // "05-Mar-2024"
    let parts: Vec<&str> = first.split('-').collect();
    if let [day, named, year] = parts.as_slice() {
        return written(number(year)?, month(named)?, number(day)?);
    }
    let at = |index: usize| words.get(index).copied();
    // "March 5, 2024", "5 Mar 2024"
    match month(first) {
        Some(month) => written(number(at(2)?)?, month, number(at(1)?)?),
        None => written(number(at(2)?)?, month(at(1)?)?, number(first)?),
    }
}

fn number(text: &str) -> Option<u32> {
    let text = text.trim_matches([',', '.', ';', ')']);
    let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// A month by its name, in full or by three letters and more.
fn month(text: &str) -> Option<u32> {
    const NAMES: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let small = text.trim_matches([',', '.']).to_lowercase();
    let at = NAMES.iter().position(|name| small.len() >= 3 && name.starts_with(small.as_str()))?;
    u32::try_from(at + 1).ok()
}

/// A day that exists, as `2024-03-05`.
fn written(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => return None,
    };
    let exists = (1900..=2200).contains(&year) && (1..=last).contains(&day);
    exists.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Page, page, tests::typed};

    fn of(lines: &[(f64, f64, &str)]) -> Vec<String> {
        let letters = lines.iter().flat_map(|(left, down, text)| typed(text, *left, *down)).collect();
        let pages: [Page; 1] = [page(letters, 792.0)];
        collected(&pages).into_iter().map(|one| one.day).collect()
    }

    #[test]
    fn a_day_is_read_behind_the_word_or_below_it() {
        for (text, day) in [
            ("Collected: 03/05/2024 08:12 AM", Some("2024-03-05")),
            ("Date collected 3/5/2024", Some("2024-03-05")),
            ("Collection date/time: March 5, 2024 8:12 AM", Some("2024-03-05")),
            ("Collected on Mar. 5 2024", Some("2024-03-05")),
            ("Specimen collected: 05-Mar-2024", Some("2024-03-05")),
            ("Collected 2024-03-05T08:12", Some("2024-03-05")),
            // Nothing is made up.
            ("Collected: 03/05/24", None),
            ("Collected: 02/30/2024", None),
            ("Collected: 13/40/2024", None),
            ("Collected by: 03/05/2024", None),
            ("Reported: 03/05/2024", None),
            ("Collected: today", None),
        ] {
            assert_eq!(of(&[(50.0, 100.0, text)]), Vec::from_iter(day), "{text}");
        }
        let table = [
            (50.0, 100.0, "Date Collected"),
            (200.0, 100.0, "Date Entered"),
            (50.0, 114.0, "03/05/2024"),
            (200.0, 114.0, "03/06/2024"),
        ];
        assert_eq!(of(&table), ["2024-03-05"]);
    }

    #[test]
    fn where_days_come_first_none_is_read_that_could_be_a_month() {
        let lines = [(50.0, 100.0, "Collected: 03/05/2024"), (50.0, 120.0, "Reported: 25/05/2024")];
        assert_eq!(of(&lines), Vec::<String>::new());
        let lines = [(50.0, 100.0, "Collected: 3 May 2024"), (50.0, 120.0, "Reported: 25/05/2024")];
        assert_eq!(of(&lines), ["2024-05-03"]);
    }
}
