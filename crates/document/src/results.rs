//! Results of a laboratory in the text of a document: rows to be looked at by a person, never more than that.
//!
//! Pure: [`rows`] takes words with their places ([`crate::layout`]). It reads tables by their headings, as Quest
//! Diagnostics, Labcorp and portals print them, and lines without a table where name, figure, unit and range
//! follow each other and nothing else does. A row in doubt is left out: two values, a cell between two columns, two units,
//! a figure that nothing stands beside. Every word of a row stands on the page; a flag is what the laboratory printed.

mod columns;
mod date;
mod value;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use self::columns::{Cells, Columns};
use self::date::Collected;
use self::value::Mark;
use crate::layout::{Line, Page, joined};

/// Rows of one document; more are no letter of a laboratory.
const MOST: usize = 2_000;
/// Characters of a test's name.
const LONGEST_NAME: usize = 90;
/// Words of a test's name; more are a sentence.
const MOST_WORDS: usize = 10;
/// What goes on in the next line is at most this far from it, in letter sizes.
const NEXT: f64 = 1.9;

/// How a laboratory marks a result that is out of range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabFlag {
    /// Above its range.
    High,
    /// Below its range.
    Low,
    /// So far above that it is dangerous.
    CriticalHigh,
    /// So far below that it is dangerous.
    CriticalLow,
    /// Out of range, without a direction.
    Abnormal,
    /// Dangerous, without a direction.
    Critical,
}

/// One result as a document seems to say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabRow {
    /// Its page, from one.
    pub page: u32,
    /// Its line on the page, from one.
    pub line: u32,
    /// Where the line begins and ends on the page, in thousandths of its height from the top.
    pub top: u16,
    /// See `top`.
    pub bottom: u16,
    /// The line as it stands there, with what belongs to it in the next one.
    pub words: String,
    /// The test's name.
    pub test: String,
    /// What was found: a figure with its sign of comparison, or words.
    pub value: String,
    /// Its unit.
    pub unit: Option<String>,
    /// Its usual range.
    pub range: Option<String>,
    /// The laboratory's flag.
    pub flag: Option<LabFlag>,
    /// The day on which the sample was taken, `2024-03-05`. None: the document does not say it plainly.
    pub collected: Option<String>,
}

/// The results of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabRows {
    /// In reading order.
    pub rows: Vec<LabRow>,
    /// No page has a word: somebody scanned them.
    pub wordless: bool,
    /// It has more pages or rows than are read.
    pub cut: bool,
}

/// The results of these pages.
pub(crate) fn read(pages: &[Page], cut: bool) -> LabRows {
    let rows = rows(pages);
    LabRows { cut: cut || rows.len() >= MOST, rows, wordless: pages.iter().all(|page| page.lines.is_empty()) }
}

fn rows(pages: &[Page]) -> Vec<LabRow> {
    let days = date::collected(pages);
    let mut told = HashSet::new();
    let mut rows = Vec::new();
    let mut columns: Option<Columns> = None;
    let mut when = When::of(&days);
    for (number, page) in pages.iter().enumerate() {
        when.turn();
        for (index, line) in page.lines.iter().enumerate() {
            when.pass(number, index);
            if let Some(heading) = Columns::of(line) {
                columns = Some(heading);
                continue;
            }
            let read = match &columns {
                Some(columns) => in_table(columns, line, page.lines.get(index + 1)),
                None => in_a_line(line),
            };
            let Some(read) = read else { continue };
            when.told();
            // A page of what is out of range says again what another one says.
            let said = (read.test.to_lowercase(), read.value.clone(), read.unit.clone(), when.day.clone());
            if !told.insert(said) {
                continue;
            }
            let edge = |down: f64| thousandths(down, page.height);
            rows.push(LabRow {
                page: counted(number),
                line: counted(index),
                top: edge(line.down - line.size),
                bottom: edge(line.down + 0.3 * line.size),
                collected: when.day.clone(),
                ..read
            });
            if rows.len() >= MOST {
                return rows;
            }
        }
    }
    rows
}

fn counted(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 1000")]
fn thousandths(down: f64, height: f64) -> u16 {
    let part = if height > 0.0 { down / height * 1000.0 } else { 0.0 };
    part.clamp(0.0, 1000.0).round() as u16
}

/// Which day of collection holds where. One that is the only one of a document holds everywhere; of several each holds for
/// what stands behind it, on its page and those that name none. Two that no result stands between are in doubt, both.
struct When<'d> {
    days: &'d [Collected],
    only: bool,
    day: Option<String>,
    /// Named on this page, and no result since.
    fresh: bool,
    doubted: bool,
}

impl When<'_> {
    fn of(days: &[Collected]) -> When<'_> {
        let first = days.first().map(|one| one.day.clone());
        let only = first.is_some() && days.iter().all(|one| Some(&one.day) == first.as_ref());
        When { days, only, day: first.filter(|_| only), fresh: false, doubted: false }
    }

    fn turn(&mut self) {
        self.fresh = false;
        self.doubted = false;
    }

    fn pass(&mut self, page: usize, line: usize) {
        if self.only {
            return;
        }
        let from = self.days.partition_point(|one| (one.page, one.line) < (page, line));
        for said in self.days[from..].iter().take_while(|one| (one.page, one.line) == (page, line)) {
            self.doubted |= self.fresh && self.day.as_ref() != Some(&said.day);
            self.day = (!self.doubted).then(|| said.day.clone());
            self.fresh = true;
        }
    }

    fn told(&mut self) {
        self.fresh = false;
    }
}

/// A row of a table.
fn in_table(columns: &Columns, line: &Line, next: Option<&Line>) -> Option<LabRow> {
    let Cells { name, value, flag, unit, range } = columns.cells(line)?;
    let mut words = line.text();
    let mut test = named(&name)?;
    let found = value::found(&value)?;
    let beside = match flag.trim() {
        "" => None,
        flag => Some(value::mark(flag)?),
    };
    if contradict(found.mark, beside) {
        return None;
    }
    let flag = flag_of(found.mark.or(beside));
    let (mut range, unit_of_range) = match range.trim() {
        "" => (None, None),
        range => value::range(range)?,
    };
    let unit_of_column = match unit.trim() {
        "" => None,
        unit => Some(value::is_unit(unit).then(|| unit.to_owned())?),
    };
    let mut units = [unit_of_column, found.unit, unit_of_range].into_iter().flatten();
    let unit = units.next();
    if units.any(|other| unit.as_deref().is_some_and(|unit| !value::same_unit(unit, &other))) {
        return None;
    }
    // A name and a range may go on below, where nothing else stands.
    let next = next.filter(|next| next.down - line.down <= NEXT * line.size.max(next.size));
    if let Some(next) = next {
        let below = joined(&next.cells());
        let labelled = value::unlabelled(&below);
        if labelled.len() < below.len() && range.is_none() && value::is_plain_range(labelled) {
            range = Some(labelled.to_owned());
            words = format!("{words} {below}");
        } else if below.starts_with('(') && below.ends_with(')') && starts_alike(line, next) {
            let whole = format!("{test} {below}");
            if whole.chars().count() <= LONGEST_NAME {
                test = whole;
                words = format!("{words} {below}");
            }
        }
    }
    let counts = found.value.bytes().any(|byte| byte.is_ascii_digit());
    if counts && unit.is_none() && range.is_none() && flag.is_none() {
        return None;
    }
    // Words have no unit: it stands there for those who have a figure.
    let unit = unit.filter(|_| counts);
    Some(LabRow { test, value: found.value, unit, range, flag, ..empty(words) })
}

/// Two lines that begin at one place, and the second has nothing else.
fn starts_alike(line: &Line, next: &Line) -> bool {
    let (Some(first), Some(below)) = (line.words.first(), next.words.first()) else { return false };
    next.cells().len() == 1 && (first.left - below.left).abs() <= line.size
}

/// A line without a table: name, figure, flag, unit and range, or range and unit, and nothing else.
fn in_a_line(line: &Line) -> Option<LabRow> {
    let words: Vec<&str> = line.words.iter().map(|word| word.text.as_str()).collect();
    let at = words
        .iter()
        .position(|word| value::leading_figure(word).is_some() || word.starts_with(['<', '>']))?;
    let test = named(&words[..at].join(" "))?;
    let figures = words[at..].join(" ");
    let (value, behind) = value::leading_figure(&figures)?;
    let mut behind: Vec<&str> = behind.split_whitespace().collect();
    let first = behind.first().and_then(|word| value::mark(word));
    behind.drain(..usize::from(first.is_some()));
    let last = behind.last().and_then(|word| value::mark(word));
    behind.truncate(behind.len() - usize::from(last.is_some()));
    if contradict(first, last) {
        return None;
    }
    let flag = flag_of(first.or(last));
    let (unit, range) = (1..behind.len()).find_map(|middle| {
        let (first, second) = (behind[..middle].join(" "), behind[middle..].join(" "));
        let certain = |unit: &str| value::is_unit(unit) && (unit.contains('/') || unit == "%");
        if certain(&first) && value::is_plain_range(&second) {
            Some((first, second))
        } else if certain(&second) && value::is_plain_range(&first) {
            Some((second, first))
        } else {
            None
        }
    })?;
    let value = value.to_owned();
    Some(LabRow { test, value, unit: Some(unit), range: Some(range), flag, ..empty(line.text()) })
}

/// Two marks that do not say the same.
fn contradict(one: Option<Mark>, other: Option<Mark>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

fn flag_of(mark: Option<Mark>) -> Option<LabFlag> {
    match mark {
        Some(Mark::Out(flag)) => Some(flag),
        Some(Mark::InRange) | None => None,
    }
}

fn empty(words: String) -> LabRow {
    LabRow {
        page: 0,
        line: 0,
        top: 0,
        bottom: 0,
        words,
        test: String::new(),
        value: String::new(),
        unit: None,
        range: None,
        flag: None,
        collected: None,
    }
}

/// What a test is called, without the number of the laboratory that did it. None: nothing that is called so is a test.
fn named(text: &str) -> Option<String> {
    const NO_TESTS: &[&str] = &[
        "account",
        "age",
        "client",
        "collected",
        "comment",
        "date",
        "dob",
        "fax",
        "fasting",
        "id",
        "note",
        "order",
        "page",
        "patient",
        "phone",
        "received",
        "report",
        "reported",
        "sample",
        "specimen",
        "status",
        "tel",
        "version",
    ];
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let laboratory = |word: &str| {
        word.len() == 2 && word.starts_with('0') && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    while words.len() > 1 && words.last().is_some_and(|word| laboratory(word.trim_end_matches(','))) {
        words.pop();
    }
    let name = words.join(" ");
    let first = words.first()?.trim_end_matches([':', '.', '#']).to_lowercase();
    let is_name = name.chars().any(char::is_alphabetic)
        && name.starts_with(|c: char| c.is_alphanumeric() || "%(".contains(c))
        && !name.ends_with(':')
        && words.len() <= MOST_WORDS
        && name.chars().count() <= LONGEST_NAME
        && !NO_TESTS.contains(&first.as_str());
    is_name.then_some(name)
}

#[cfg(test)]
mod tests;
