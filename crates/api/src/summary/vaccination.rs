//! The vaccination record: a row a disease, the day of each dose.

use std::collections::BTreeMap;

use wholechart_fhir::{Day, Kind};
use wholechart_print::{Cell, Column, Row, Section};
use wholechart_record::{ConnectionId, Known, Standing, known, occasions};

use super::under_topics::{Topics, is_implausible};

/// So many doses stand in a row; of more, the others follow in the next one.
const ABREAST: usize = 5;

/// What stands in a row before it is laid out.
struct Against {
    name: String,
    called: Cell,
    sources: Vec<ConnectionId>,
    /// Each with the combined vaccine that it was given in.
    doses: Vec<(Day, Option<String>)>,
}

impl Topics<'_> {
    /// Every vaccine that was given, with the day of each dose, the first one first. A dose of a combined vaccine stands in its own
    /// row, and in that of each disease that it counts for.
    pub(crate) fn vaccination(&self) -> Section {
        let speech = &self.around.speech;
        let mut against: BTreeMap<String, Against> = BTreeMap::new();
        let mut combined: Vec<(String, String, Vec<ConnectionId>, Vec<Day>)> = Vec::new();
        for told in &self.stands(Kind::Vaccine, Standing::Done) {
            let dated = told.lead.iter().filter(|one| !is_implausible(one));
            let days = occasions(&dated.map(|one| one.row.day).collect::<Vec<_>>());
            let address = self.all.iter().find(|(view, _)| view.id == told.view.id);
            let address = address.and_then(|(_, of)| of.topic.known.clone());
            for also in address.as_deref().and_then(known).into_iter().flat_map(Known::also) {
                combined.push((also, told.view.name.clone(), told.view.sources.clone(), days.clone()));
            }
            // What a person put under a topic of its own is found under the same address.
            let free = address.filter(|address| !against.contains_key(address));
            against.insert(
                free.unwrap_or_else(|| told.view.id.clone()),
                Against {
                    name: told.view.name.clone(),
                    called: self.called(told, 1),
                    sources: told.view.sources.clone(),
                    doses: days.into_iter().map(|day| (day, None)).collect(),
                },
            );
        }
        for (address, within, sources, days) in combined {
            let Some(name) = speech.topic(&address) else { continue };
            let row = against.entry(address).or_insert_with(|| Against {
                name: name.to_owned(),
                called: Cell::named(name, ""),
                sources: Vec::new(),
                doses: Vec::new(),
            });
            row.sources.extend(sources);
            for day in days {
                // One shot is one dose, by whichever name somebody else tells it.
                if !row.doses.iter().any(|(known, _)| *known == day) {
                    row.doses.push((day, Some(within.clone())));
                }
            }
        }
        let mut against: Vec<Against> = against.into_values().collect();
        against.sort_by_cached_key(|row| row.name.to_lowercase());
        let mut rows: Vec<Row> = Vec::new();
        for mut of in against {
            of.doses.sort();
            let dose = |(day, within): &(Day, Option<String>)| {
                let day = speech.short_day(*day);
                match within {
                    Some(within) => speech
                        .words
                        .with("vaccination-within", &[("date", (&day).into()), ("vaccine", within.into())]),
                    None => day,
                }
            };
            let days: Vec<String> = if of.doses.is_empty() {
                vec![speech.get("vaccination-no-day")]
            } else {
                of.doses.iter().map(dose).collect()
            };
            for (at, days) in days.chunks(ABREAST).enumerate() {
                let mut cells = vec![match at {
                    0 => of.called.clone(),
                    _ => Cell::plain(speech.words.with("compare-continued", &[("title", (&of.name).into())])),
                }];
                cells.extend(days.iter().map(Cell::plain));
                cells.resize(ABREAST + 1, Cell::default());
                rows.push(self.row(cells, &of.sources));
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
