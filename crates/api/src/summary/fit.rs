//! What a sheet has room for. Allergies, current medicines and problems are never cut: where they need more, the paper grows. The
//! others give way, the oldest of each first, until it is two pages; what was left out is counted in one line.

use wholechart_print::{Document, Fonts, Pages, Paper, PrintError, Section, typeset};

use super::warned;
use crate::words::Words;

/// Front and back.
const PAGES: usize = 2;
/// In large print: about as much as on two usual pages.
const LARGE_PAGES: usize = 8;

/// A sheet before it is known what there is room for.
pub(crate) struct Sheet {
    /// Everything but the sections and what is said of what is not there.
    pub(crate) frame: Document,
    pub(crate) parts: Vec<Part>,
    /// What is never on a sheet, as key of its words and count.
    pub(crate) counted: Vec<(&'static str, usize)>,
    /// What nobody shared or lists.
    pub(crate) absent: Vec<String>,
}

/// A section, and how it gives way.
pub(crate) struct Part {
    pub(crate) section: Section,
    pub(crate) gives: Option<Gives>,
}

/// How a section gives way: its last row first.
pub(crate) struct Gives {
    /// The lowest first.
    pub(crate) turn: u8,
    /// So many rows stay as long as there is another section that can give way.
    pub(crate) least: usize,
    /// How many things each row is.
    pub(crate) holds: Vec<usize>,
    /// The key of what they are called where they are counted.
    pub(crate) counted: &'static str,
}

impl Sheet {
    /// Sections in the order in which they lose a row, each as often as it has one.
    fn order(&self) -> Vec<usize> {
        let mut giving: Vec<(u8, usize)> = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            giving.extend(part.gives.as_ref().map(|gives| (gives.turn, at)));
        }
        giving.sort_unstable();
        let rows = |at: usize| self.parts[at].section.rows.len();
        let least = |at: usize| self.parts[at].gives.as_ref().map_or(0, |gives| gives.least).min(rows(at));
        let first = giving.iter().flat_map(|(_, at)| vec![*at; rows(*at) - least(*at)]);
        let then = giving.iter().flat_map(|(_, at)| vec![*at; least(*at)]);
        first.chain(then).collect()
    }

    /// About how much room the rows of so many steps take, in any measure.
    fn heights(&self, order: &[usize]) -> Vec<f64> {
        const LINE: f64 = 60.0;
        let mut left: Vec<usize> = self.parts.iter().map(|part| part.section.rows.len()).collect();
        let mut heights = vec![0.0];
        let mut sum = 0.0;
        for at in order {
            left[*at] -= 1;
            let cells = self.parts[*at].section.rows[left[*at]].cells.iter();
            let longest = cells.map(|cell| cell.lead.chars().count() + cell.text.chars().count()).max();
            sum += 1.0 + f64::from(u32::try_from(longest.unwrap_or_default()).unwrap_or(u32::MAX)) / LINE;
            heights.push(sum);
        }
        heights
    }

    /// What the rows of the first steps of an [order](Self::order) are, counted.
    fn given(&self, steps: &[usize]) -> Vec<(&'static str, usize)> {
        let of = |(at, part): (usize, &Part)| {
            let gone = steps.iter().filter(|step| **step == at).count();
            let gives = part.gives.as_ref().filter(|_| gone > 0)?;
            let kept = part.section.rows.len() - gone;
            Some((gives.counted, gives.holds.iter().skip(kept).sum()))
        };
        self.parts.iter().enumerate().filter_map(of).collect()
    }

    /// The sheet without the rows of the first steps of an [order](Self::order).
    pub(crate) fn without(&self, steps: &[usize], words: &Words) -> Document {
        let mut document = self.frame.clone();
        for (at, part) in self.parts.iter().enumerate() {
            let gone = steps.iter().filter(|step| **step == at).count();
            let mut section = part.section.clone();
            section.rows.truncate(section.rows.len() - gone);
            if !section.is_empty() {
                document.sections.push(section);
            }
        }
        let mut counted = self.given(steps);
        counted.extend(self.counted.iter().copied());
        document.closing.extend(self.absent.iter().cloned());
        document.closing.extend(left_out(&counted, words));
        document
    }

    /// Says on the paper what it may lack, and gives what to say of it before it is printed.
    pub(super) fn warn(&mut self, fonts: &Fonts, words: &Words, arriving: bool) -> Option<String> {
        let mut whole = self.whole(words);
        let warning = warned::warn(&mut whole, fonts, words, arriving);
        self.frame.warning = whole.warning;
        warning
    }

    /// Everything, whatever room it needs.
    pub(crate) fn whole(&self, words: &Words) -> Document {
        self.without(&[], words)
    }
}

/// "Left out here: 12 visits; 40 earlier results". What is counted twice is added up.
pub(crate) fn left_out(counted: &[(&'static str, usize)], words: &Words) -> Option<String> {
    said_of(counted, "paper-left-out", words)
}

/// The sentence of this key about what is counted. `None`: nothing is.
fn said_of(counted: &[(&'static str, usize)], key: &str, words: &Words) -> Option<String> {
    let mut sums: Vec<(&str, usize)> = Vec::new();
    for (key, count) in counted.iter().filter(|(_, count)| *count > 0) {
        match sums.iter_mut().find(|(known, _)| known == key) {
            Some((_, sum)) => *sum += count,
            None => sums.push((key, *count)),
        }
    }
    let said: Vec<String> = sums
        .iter()
        .map(|(key, count)| words.with(&format!("left-out-{key}"), &[("count", (*count).into())]))
        .collect();
    (!said.is_empty()).then(|| words.with(key, &[("what", said.join("; ").as_str().into())]))
}

/// So much of a page may stay empty: about three lines.
const ROOM_LEFT: f64 = 0.05;
/// In the measure of [`Sheet::heights`]: several times what two pages in large print hold.
const TOO_MUCH: f64 = 1_000.0;
/// So many times a sheet is laid out at most to find out what there is room for.
const TRIES: usize = 6;

/// A sheet that was laid out.
pub(crate) struct Fitted {
    pub(crate) pages: Pages,
    /// What there was no room for, in the words of the window.
    pub(crate) no_room: Option<String>,
}

/// Lays a sheet out with as much as there is room for; where it `grows`, with everything.
pub(crate) fn fit(
    sheet: &Sheet,
    words: &Words,
    paper: Paper,
    fonts: &Fonts,
    grows: bool,
    window: &Words,
) -> Result<Fitted, PrintError> {
    let order = sheet.order();
    let (steps, pages) = steps(sheet, &order, words, paper, fonts, grows)?;
    Ok(Fitted { pages, no_room: said_of(&sheet.given(&order[..steps]), "summary-no-room", window) })
}

/// After how many steps of the `order` there is room, and the pages then.
fn steps(
    sheet: &Sheet,
    order: &[usize],
    words: &Words,
    paper: Paper,
    fonts: &Fonts,
    grows: bool,
) -> Result<(usize, Pages), PrintError> {
    let lay_out = |steps: usize| typeset(&sheet.without(&order[..steps], words), paper, fonts);
    let room = if sheet.frame.large { LARGE_PAGES } else { PAGES };
    let heights = sheet.heights(order);
    // Of thousands of rows the most are gone before anything is laid out.
    let all = heights.last().copied().unwrap_or_default();
    let mut first = if grows { 0 } else { heights.partition_point(|gone| all - gone > TOO_MUCH) };
    let mut whole = lay_out(first)?;
    if first == 0 && (grows || whole.count() <= room) {
        return Ok((0, whole));
    }
    let mut fitting = (order.len(), lay_out(order.len())?);
    let most = fitting.1.count().max(room);
    if first > 0 && whole.count() <= most {
        (first, whole) = (0, lay_out(0)?);
    }
    if whole.count() <= most {
        return Ok((0, whole));
    }
    let goal = f64::from(u32::try_from(most).unwrap_or(u32::MAX)) - ROOM_LEFT / 2.0;
    let mut too_few = (first, whole.filled());
    for _ in 0..TRIES {
        if fitting.0 - too_few.0 <= 1 || fitting.1.filled() > goal - ROOM_LEFT {
            break;
        }
        // As far between the two as what they fill says; the rows are not of one height.
        let share = ((too_few.1 - goal) / (too_few.1 - fitting.1.filled())).clamp(0.0, 1.0);
        let gone = heights[too_few.0] + share * (heights[fitting.0] - heights[too_few.0]);
        let steps = heights.partition_point(|height| *height < gone).clamp(too_few.0 + 1, fitting.0 - 1);
        let pages = lay_out(steps)?;
        if pages.count() <= most {
            fitting = (steps, pages);
        } else {
            too_few = (steps, pages.filled());
        }
    }
    Ok(fitting)
}
