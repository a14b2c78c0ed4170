//! The vaccination record: a row a disease, the day of each dose.

use wholechart_fhir::Kind;
use wholechart_print::{Cell, Column, Row, Section};
use wholechart_record::{Standing, occasions};

use super::under_topics::{Topics, is_implausible};

/// So many doses stand in a row; of more, the others follow in the next one.
const ABREAST: usize = 5;

impl Topics<'_> {
    /// Every vaccine that was given, with the day of each dose, the first one first.
    pub(crate) fn vaccination(&self) -> Section {
        let speech = &self.around.speech;
        let mut rows: Vec<Row> = Vec::new();
        let mut given = self.stands(Kind::Vaccine, Standing::Done);
        given.sort_by_cached_key(|told| told.view.name.to_lowercase());
        for told in &given {
            let dated = told.lead.iter().filter(|one| !is_implausible(one));
            let mut days = occasions(&dated.map(|one| one.row.day).collect::<Vec<_>>());
            days.reverse();
            let days: Vec<String> = if days.is_empty() {
                vec![speech.get("vaccination-no-day")]
            } else {
                days.iter().map(|day| speech.short_day(*day)).collect()
            };
            for (at, days) in days.chunks(ABREAST).enumerate() {
                let mut cells = vec![match at {
                    0 => self.called(told, 1),
                    _ => Cell::plain(
                        speech.words.with("compare-continued", &[("title", (&told.view.name).into())]),
                    ),
                }];
                cells.extend(days.iter().map(Cell::plain));
                cells.resize(ABREAST + 1, Cell::default());
                rows.push(self.row(cells, &told.view.sources));
            }
        }
        let named = |title: String, weight| Column { title, weight, numeric: false };
        let mut columns = vec![named(speech.get("column-vaccine"), 6)];
        // No number: a row that goes on has later doses in the same columns.
        columns.extend((0..ABREAST).map(|_| named(speech.get("column-given"), 4)));
        let title = speech.get("summary-vaccines");
        Section { title, columns, rows, ruled: true, ..Section::default() }
    }
}
