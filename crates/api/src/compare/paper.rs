//! The tables on paper, with room to write.

use wholechart_fhir::Kind;
use wholechart_print::{Cell, Column, Document, Emphasis, Row, Section};
use wholechart_record::Standing;

use super::wire::{CompareCell, CompareRow, CompareTable};
use crate::{summary::fit::left_out, words::Words};

/// So many providers have room beside each other on a sheet that stands, and on one that lies; with more, the table goes on in another
/// one below.
const UPRIGHT: usize = 3;
const TURNED: usize = 5;

/// Whether there is no room for every provider on a sheet that stands.
pub(crate) fn is_turned(tables: &[CompareTable]) -> bool {
    tables.iter().any(|table| table.providers.len() > UPRIGHT)
}

/// Puts the tables between head and foot.
pub(crate) fn document(mut frame: Document, tables: &[CompareTable], words: &Words) -> Document {
    let abreast = if is_turned(tables) { TURNED } else { UPRIGHT };
    let mut counted: Vec<(&'static str, usize)> = Vec::new();
    for table in tables {
        let (rows, left): (Vec<&CompareRow>, Vec<&CompareRow>) =
            table.rows.iter().partition(|row| is_printed(table.kind, row));
        let key =
            if table.kind == Kind::Medicine { "medicines-perhaps-over" } else { "problems-perhaps-over" };
        counted.push((key, left.len()));
        let mut title = Some(table);
        for rows in rows.chunk_by(|one, other| one.standing_text == other.standing_text) {
            let first = title.take();
            let heading = match first {
                Some(table) if rows[0].standing == Standing::Current => table.title.clone(),
                _ => rows[0].standing_text.clone(),
            };
            frame.sections.extend(sections(table, heading, rows, abreast, first.is_some(), words));
        }
    }
    if tables.is_empty() {
        frame.lead.push(words.get("compare-none"));
    }
    frame.closing.extend(left_out(&counted, words));
    frame
}

/// What nobody spoke of for a year, and is perhaps over, is counted only: but an allergy is never left out.
fn is_printed(kind: Kind, row: &CompareRow) -> bool {
    row.lately || row.standing != Standing::PerhapsOver || kind == Kind::Allergy || !row.ask.is_empty()
}

/// These rows with all providers, as many abreast as there is room for.
fn sections(
    table: &CompareTable,
    title: String,
    rows: &[&CompareRow],
    abreast: usize,
    is_first: bool,
    words: &Words,
) -> Vec<Section> {
    let tables = table.providers.len().div_ceil(abreast).max(1);
    let abreast = table.providers.len().div_ceil(tables).max(1);
    let all: Vec<usize> = (0..table.providers.len()).collect();
    let parts: Vec<&[usize]> = all.chunks(abreast).collect();
    let count = parts.len();
    let part = |(at, part): (usize, &&[usize])| {
        let (begins, ends) = (at == 0, at + 1 == count);
        let named = |title: String, weight| Column { title, weight, numeric: false };
        let mut columns = vec![named(table.column.clone(), 4)];
        columns.extend(part.iter().map(|one| named(table.providers[*one].name.clone(), 6)));
        // Room to write stands where it is not in the way of what is compared.
        let own = if table.kind == Kind::Medicine { "compare-own-medicine" } else { "compare-own" };
        columns.extend(ends.then(|| named(words.get(own), 5)));
        let row = |row: &&CompareRow| {
            let mut cells = vec![Cell::named(row.name.clone(), beside(row))];
            cells.extend(part.iter().map(|one| cell(&row.cells[*one])));
            cells.extend(ends.then(Cell::default));
            Row { cells, sources: Vec::new() }
        };
        Section {
            title: if begins {
                title.clone()
            } else {
                words.with("compare-continued", &[("title", (&title).into())])
            },
            note: Some(table.notes.join(" ")).filter(|note| begins && is_first && !note.is_empty()),
            columns,
            rows: rows.iter().map(row).collect(),
            lines: if ends { asked(rows, words) } else { Vec::new() },
            ruled: true,
            ..Section::default()
        }
    };
    parts.iter().enumerate().map(part).collect()
}

fn beside(row: &CompareRow) -> String {
    row.disagreement.as_ref().map(|said| format!("\n({said})")).unwrap_or_default()
}

/// What is to be asked, by name.
fn asked(rows: &[&CompareRow], words: &Words) -> Vec<String> {
    let of = rows.iter().flat_map(|row| row.ask.iter().map(|said| (&row.name, said)));
    of.map(|(name, said)| words.with("compare-ask", &[("name", name.into()), ("said", said.into())]))
        .collect()
}

/// What is not on a list, or is another dose, is what has to be seen.
fn cell(cell: &CompareCell) -> Cell {
    if cell.standing.is_none() && cell.says.is_empty() {
        return Cell::with(cell.how.clone(), Emphasis::Muted);
    }
    let mut lead: Vec<String> = Vec::new();
    if cell.standing != Some(Standing::Current) {
        lead.push(cell.how.clone());
    }
    lead.extend(cell.differs.iter().cloned());
    let mut lines: Vec<String> = Vec::new();
    for said in &cell.says {
        let mut own: Vec<String> = said.title.iter().chain(&said.lines).cloned().collect();
        if let Some(first) = own.first_mut().filter(|_| cell.says.len() > 1) {
            *first = format!("• {first}");
        }
        lines.extend(own);
    }
    if lines.is_empty() && lead.is_empty() {
        lines.push(cell.how.clone());
    }
    let text = lines.join("\n");
    match (lead.is_empty(), text.is_empty()) {
        (true, _) => Cell::plain(text),
        (false, true) => Cell::named(lead.join("\n"), ""),
        (false, false) => Cell::named(lead.join("\n"), format!("\n{text}")),
    }
}
