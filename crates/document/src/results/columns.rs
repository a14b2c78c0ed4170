//! The columns of a table of results: found by its heading, and what a line below it has in each.

use crate::layout::{Line, Words, joined};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Name,
    Value,
    /// Of a table that has values in one of two columns: those that are out of range.
    OutOfRange,
    Flag,
    Unit,
    Range,
    /// Earlier results, the laboratory that did it, a status.
    Beside,
}

/// What columns are called. All words of a heading have to be of these, so that a line of text is none.
const HEADINGS: &[(&str, Role)] = &[
    ("test name", Role::Name),
    ("test(s)", Role::Name),
    ("tests", Role::Name),
    ("test", Role::Name),
    ("lab test", Role::Name),
    ("components", Role::Name),
    ("component", Role::Name),
    ("analyte", Role::Name),
    ("name", Role::Name),
    ("current result and flag", Role::Value),
    ("current result", Role::Value),
    ("in range", Role::Value),
    ("your value", Role::Value),
    ("your result", Role::Value),
    ("result value", Role::Value),
    ("results", Role::Value),
    ("result", Role::Value),
    ("value", Role::Value),
    ("out of range", Role::OutOfRange),
    ("abnormal flag", Role::Flag),
    ("flags", Role::Flag),
    ("flag", Role::Flag),
    ("units", Role::Unit),
    ("unit", Role::Unit),
    ("uom", Role::Unit),
    ("reference range & units", Role::Range),
    ("reference range and units", Role::Range),
    ("reference ranges", Role::Range),
    ("reference range", Role::Range),
    ("reference interval", Role::Range),
    ("ref range & units", Role::Range),
    ("ref range", Role::Range),
    ("ref. range", Role::Range),
    ("normal range", Role::Range),
    ("standard range", Role::Range),
    ("reference", Role::Range),
    ("range", Role::Range),
    ("previous result and date", Role::Beside),
    ("previous result", Role::Beside),
    ("prior result", Role::Beside),
    ("previous value", Role::Beside),
    ("performing lab", Role::Beside),
    ("status", Role::Beside),
    ("site", Role::Beside),
    ("lab", Role::Beside),
];

/// The longest of them has so many words.
const LONGEST_HEADING: usize = 4;
/// A cell may stand so far beside the heading of its column, in letter sizes.
const FAR: f64 = 8.0;
/// The edges of cells may differ so much, in letter sizes.
const SLACK: f64 = 0.5;

struct Column {
    role: Role,
    left: f64,
    right: f64,
}

/// The columns of a table, from left to right.
pub(super) struct Columns(Vec<Column>);

/// What stands in the columns of one line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cells {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) flag: String,
    pub(super) unit: String,
    pub(super) range: String,
}

impl Columns {
    /// The columns that this line is the heading of. None: it is no heading.
    pub(super) fn of(line: &Line) -> Option<Columns> {
        let mut columns: Vec<Column> = Vec::new();
        let mut words = line.words.as_slice();
        while !words.is_empty() {
            let (role, length) = (1..=LONGEST_HEADING.min(words.len())).rev().find_map(|length| {
                let said = joined(&words[..length]).to_lowercase();
                let said = said.trim_end_matches([':', '?']);
                let known = HEADINGS.iter().find(|(heading, _)| *heading == said);
                known.map(|(_, role)| (*role, length))
            })?;
            let (here, behind) = words.split_at(length);
            let (first, last) = (here.first()?, here.last()?);
            columns.push(Column { role, left: first.left, right: last.right });
            words = behind;
        }
        let count = |role| columns.iter().filter(|column| column.role == role).count();
        let named = columns.first().is_some_and(|first| first.role == Role::Name) && count(Role::Name) == 1;
        let once =
            [Role::Value, Role::Flag, Role::Unit, Role::Range].into_iter().all(|role| count(role) <= 1);
        let says = count(Role::Value) == 1 && count(Role::Range) + count(Role::Unit) > 0;
        (named && once && says && count(Role::OutOfRange) <= 1).then_some(Columns(columns))
    }

    /// What a line has in these columns. None: it has something between them, or a value in two.
    pub(super) fn cells(&self, line: &Line) -> Option<Cells> {
        let [name, others @ ..] = self.0.as_slice() else { return None };
        let second = others.first()?;
        let slack = SLACK * line.size;
        let mut found = Cells::default();
        let mut values = Vec::new();
        for (index, cell) in line.cells().iter().enumerate() {
            let names = cell.left < second.left - slack
                && (index == 0 || cell.right < second.left)
                && values.is_empty();
            if names {
                if cell.left < name.left - 2.0 * line.size {
                    return None;
                }
                add(&mut found.name, cell);
                continue;
            }
            let column = nearest(others, cell, FAR * line.size)?;
            match column.role {
                Role::Name => return None,
                Role::Beside => {}
                Role::Flag => add(&mut found.flag, cell),
                Role::Unit => add(&mut found.unit, cell),
                Role::Range => add(&mut found.range, cell),
                role @ (Role::Value | Role::OutOfRange) => {
                    if values.last().is_some_and(|before| *before != role) {
                        return None;
                    }
                    values.push(role);
                    add(&mut found.value, cell);
                }
            }
        }
        Some(found)
    }
}

fn add(to: &mut String, cell: &Words) {
    if !to.is_empty() {
        to.push(' ');
    }
    to.push_str(&cell.text);
}

/// The column whose heading stands over most of a cell, else the nearest one that is not too far.
fn nearest<'c>(columns: &'c [Column], cell: &Words, far: f64) -> Option<&'c Column> {
    let over = |column: &Column| cell.right.min(column.right) - cell.left.max(column.left);
    let best = columns.iter().max_by(|a, b| over(a).total_cmp(&over(b)))?;
    (over(best) > -far).then_some(best)
}
