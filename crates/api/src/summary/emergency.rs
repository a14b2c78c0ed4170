//! The emergency card: whom to call, allergies, medicines, problems, implants, advance directives. Nothing of it is cut; it is one page as long
//! as the lists allow it.

use wholechart_fhir::{Kind, StatusGroup};
use wholechart_print::{Cell, Row, Section};
use wholechart_record::is_said;
use wholechart_store::{Filter, Person, Store, StoreError};

use super::{
    choices::Printing,
    under_topics::{Topics, each_once, headed, marks},
};

/// So many implants and directives are looked at.
const MOST: u32 = 200;

impl Topics<'_> {
    /// The sections of the card.
    pub(super) fn emergency(
        &self,
        store: &Store,
        person: &Person,
        printing: &Printing,
    ) -> Result<Vec<Section>, StoreError> {
        let speech = &self.around.speech;
        let since = speech.get("column-since");
        let mut sections = vec![Section {
            title: speech.get("emergency-contacts"),
            blanks: if printing.contacts.trim().is_empty() { vec![String::new(); 2] } else { Vec::new() },
            paragraphs: printing.contacts(speech).map(|(_, typed)| typed).into_iter().collect(),
            ..Section::default()
        }];
        for part in [self.allergies(), self.medicines(), self.problems()] {
            let mut section = part.section;
            // Who helps has to know that it is so, and not since when.
            if let Some(at) = section.columns.iter().position(|column| column.title == since) {
                section.columns.remove(at);
                section
                    .rows
                    .iter_mut()
                    .filter(|row| row.cells.len() > at)
                    .for_each(|row| drop(row.cells.remove(at)));
            }
            sections.push(section);
        }
        for (title, kind) in [("emergency-implants", Kind::Device), ("emergency-directives", Kind::Consent)] {
            sections.push(self.said_now(store, person, title, kind)?);
        }
        sections.push(Section {
            title: speech.get("emergency-avoid"),
            blanks: vec![String::new(); 2],
            ..Section::default()
        });
        Ok(sections)
    }

    /// What providers tell of a kind and nobody ended, each name once.
    fn said_now(
        &self,
        store: &Store,
        person: &Person,
        title: &str,
        kind: Kind,
    ) -> Result<Section, StoreError> {
        let speech = &self.around.speech;
        let over = |status: StatusGroup| {
            matches!(status, StatusGroup::Past | StatusGroup::Planned | StatusGroup::Draft)
        };
        let filter = Filter {
            kinds: vec![kind],
            statuses: StatusGroup::ALL.iter().copied().filter(|one| is_said(*one) && !over(*one)).collect(),
            ..Filter::default()
        };
        let mut rows: Vec<Row> = Vec::new();
        for one in store.list(&person.id, &filter, None, MOST)?.rows {
            let name = speech.title(one.row.kind, &one.row.title);
            let day = one.row.day.map(|day| speech.day(day)).unwrap_or_default();
            let sources = marks(self.marks, &one.row.sources);
            match rows.iter_mut().find(|row| row.cells[0].lead == name) {
                Some(known) => {
                    known.cells[1].text = each_once([known.cells[1].text.clone(), day].into_iter());
                    known.sources.extend(sources);
                    known.sources.sort();
                    known.sources.dedup();
                }
                None => rows.push(Row { cells: vec![Cell::named(name, ""), Cell::plain(day)], sources }),
            }
        }
        let columns = headed(speech.words, &[("letter-column-what", 7), ("column-date", 3)]);
        Ok(Section { title: speech.get(title), columns, rows, ..Section::default() })
    }
}
