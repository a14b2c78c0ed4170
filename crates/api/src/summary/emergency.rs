//! The emergency card: whom to call, allergies, medicines, problems, implants, advance directives. Nothing of it is cut; it is one page as long
//! as the lists allow it.

use wholechart_print::Section;
use wholechart_store::{Person, Store, StoreError};

use super::{choices::Printing, lasting::Lasting, under_topics::Topics};

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
        sections.extend(self.lasting(&Lasting::of(store, speech, &person.id, printing)?));
        sections.push(Section {
            title: speech.get("emergency-avoid"),
            blanks: vec![String::new(); 2],
            ..Section::default()
        });
        Ok(sections)
    }
}
