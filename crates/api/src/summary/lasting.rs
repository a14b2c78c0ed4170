//! What is in the body and what was decided for it: implants and devices, advance directives and consents. They are never cut.

use wholechart_fhir::{Kind, StatusGroup};
use wholechart_print::{Cell, Row, Section};
use wholechart_record::{PersonId, is_said, sensitive_in};
use wholechart_store::{Filter, ListRow, Store, StoreError};

use super::{
    choices::Printing,
    under_topics::{Topics, each_once, headed, marks},
};
use crate::words::Speech;

/// So many are read at a time.
const PAGE: u32 = 200;

/// What providers tell and nobody ended.
pub(crate) struct Lasting {
    pub(crate) implants: Vec<ListRow>,
    pub(crate) directives: Vec<ListRow>,
}

impl Lasting {
    /// Reads what the person wants on paper.
    pub(crate) fn of(
        store: &Store,
        speech: &Speech<'_>,
        person: &PersonId,
        printing: &Printing,
    ) -> Result<Lasting, StoreError> {
        let read = |kind| said_now(store, speech, person, printing, kind);
        Ok(Lasting { implants: read(Kind::Device)?, directives: read(Kind::Consent)? })
    }
}

fn said_now(
    store: &Store,
    speech: &Speech<'_>,
    person: &PersonId,
    printing: &Printing,
    kind: Kind,
) -> Result<Vec<ListRow>, StoreError> {
    let over =
        |status: StatusGroup| matches!(status, StatusGroup::Past | StatusGroup::Planned | StatusGroup::Draft);
    let filter = Filter {
        kinds: vec![kind],
        statuses: StatusGroup::ALL.iter().copied().filter(|one| is_said(*one) && !over(*one)).collect(),
        ..Filter::default()
    };
    let mut found = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = store.list(person, &filter, after.as_deref(), PAGE)?;
        found.extend(page.rows);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    found.retain(|one| {
        let name = speech.title(one.row.kind, &one.row.title);
        // A statement that there is none is none of them.
        one.row.said.knowing.is_none() && !is_instrument(&name) && printing.shows(sensitive_in(&name))
    });
    Ok(found)
}

/// What somebody is looked at with, and nobody keeps: documents tell of it as of an implant.
fn is_instrument(name: &str) -> bool {
    let ends = |word: &str| word.to_lowercase().trim_end_matches('s').ends_with("scope");
    name.split(|c: char| !c.is_alphabetic()).any(ends)
}

impl Topics<'_> {
    /// Implants and devices; advance directives and consents: each name once, with its days.
    pub(super) fn lasting(&self, lasting: &Lasting) -> [Section; 2] {
        let of = [("emergency-implants", &lasting.implants), ("emergency-directives", &lasting.directives)];
        of.map(|(title, found)| self.by_name(title, found))
    }

    fn by_name(&self, title: &str, found: &[ListRow]) -> Section {
        let speech = &self.around.speech;
        let mut rows: Vec<Row> = Vec::new();
        for one in found {
            let name = speech.title(one.row.kind, &one.row.title);
            let day = one.row.day.map(|day| speech.day(day)).unwrap_or_default();
            let sources = marks(self.marks, &one.row.sources);
            // "Cane", and "cane, device" as SNOMED CT has it.
            let bare = |name: &str| {
                let name = name.to_lowercase();
                name.strip_suffix(", device").map_or_else(|| name.clone(), ToOwned::to_owned)
            };
            match rows.iter_mut().find(|row| bare(&row.cells[0].lead) == bare(&name)) {
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
        Section { title: speech.get(title), columns, rows, ..Section::default() }
    }
}
