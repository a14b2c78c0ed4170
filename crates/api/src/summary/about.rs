//! One problem: what is told of it, the medicines that are taken for it, and what was done, seen and measured because of it. What
//! belongs to it is what facts say belongs to it: the reason of an order, of an operation or of a visit, and the visit of a result.

use std::collections::BTreeSet;

use wholechart_fhir::{Element, Kind};
use wholechart_print::{Cell, Row, Section};
use wholechart_record::{FactId, Known, SectionName, Standing, Summary, topic_of_title};
use wholechart_store::{Filter, ListRow, Person, Store, StoreError, TopicRow};

use super::under_topics::{Topics, filled, headed, marks};
use crate::{lists::view::Around, topics::wire::TopicView};

/// Rows that are read at a time.
const PAGE: u32 = 500;

/// A problem, and what belongs to it.
pub(crate) struct About {
    /// The address of the shipped table's topic, where it knows one.
    known: Option<String>,
    /// What its tellers call it, in small letters.
    names: BTreeSet<String>,
    /// The topic.
    pub(super) topic: String,
    /// Visits because of it, and what was measured at them.
    facts: BTreeSet<FactId>,
}

impl About {
    /// What belongs to a problem.
    pub(super) fn of(
        store: &Store,
        around: &Around<'_>,
        person: &Person,
        view: &TopicView,
        topic: &TopicRow,
    ) -> Result<About, StoreError> {
        let titles = topic.facts.iter().map(|one| around.speech.title(one.row.kind, &one.row.title));
        let names = titles.chain([view.name.clone()]).map(|name| name.to_lowercase()).collect();
        let mut about =
            About { known: topic.topic.known.clone(), names, topic: view.id.clone(), facts: BTreeSet::new() };
        let mut visits: BTreeSet<FactId> = BTreeSet::new();
        each(store, person, &[Kind::Visit, Kind::Appointment], &mut |one| {
            if about.is_for_it(around, one) {
                visits.insert(one.row.id.clone());
            }
        })?;
        let mut at_them = BTreeSet::new();
        each(store, person, &[Kind::Result, Kind::Vital, Kind::Procedure], &mut |one| {
            let at = one.row.visit.as_ref().is_some_and(|visit| visits.contains(visit));
            if at || about.is_for_it(around, one) {
                at_them.insert(one.row.id.clone());
            }
        })?;
        about.facts.extend(visits);
        about.facts.extend(at_them);
        Ok(about)
    }

    /// Whether words name it.
    fn is_named_in(&self, text: &str) -> bool {
        let found = topic_of_title(Kind::Problem, text).map(Known::address);
        if self.known.is_some() && found == self.known {
            return true;
        }
        let text = text.to_lowercase();
        self.names.iter().any(|name| name.chars().count() > 3 && text.contains(name.as_str()))
    }

    /// Whether a fact says that it is because of it.
    fn is_for_it(&self, around: &Around<'_>, one: &ListRow) -> bool {
        let said =
            [Element::REASON, Element::DIAGNOSIS].iter().flat_map(|element| one.row.said.about(*element));
        said.map(|detail| around.speech.detail(&detail.what)).any(|text| self.is_named_in(&text))
    }

    /// Whether one of a topic's facts is because of it.
    fn has(&self, around: &Around<'_>, of: &TopicRow) -> bool {
        of.facts.iter().any(|one| self.is_for_it(around, one) || self.facts.contains(&one.row.id))
    }

    /// Takes from what was gathered what does not belong to it. Allergies, medicines and problems stay.
    pub(super) fn narrow(&self, summary: &mut Summary) {
        for section in &mut summary.sections {
            let measured =
                matches!(section.name, SectionName::Results | SectionName::Vitals | SectionName::Visits);
            if measured {
                let before = section.items.len();
                section.items.retain(|item| self.facts.contains(&item.fact));
                section.earlier += u32::try_from(before - section.items.len()).unwrap_or(u32::MAX);
            }
        }
    }

    /// Whether a topic is on a sheet that is about it.
    pub(super) fn prints(&self, around: &Around<'_>, view: &TopicView, of: &TopicRow) -> bool {
        match view.kind {
            Kind::Procedure => self.has(around, of),
            Kind::Vaccine => false,
            _ => {
                view.id == self.topic
                    || matches!(
                        view.standing,
                        Standing::Current | Standing::PerhapsOver | Standing::NoneKnown
                    )
            }
        }
    }
}

fn each(
    store: &Store,
    person: &Person,
    kinds: &[Kind],
    with: &mut dyn FnMut(&ListRow),
) -> Result<(), StoreError> {
    let filter = Filter { kinds: kinds.to_vec(), ..Filter::default() };
    let mut after: Option<String> = None;
    loop {
        let page = store.list(&person.id, &filter, after.as_deref(), PAGE)?;
        page.rows.iter().for_each(&mut *with);
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

impl Topics<'_> {
    /// The section on the problem: what each says of it, then the medicines taken for it.
    pub(super) fn about(&self, about: &About) -> Option<Section> {
        let speech = &self.around.speech;
        let (view, of) = self.all.iter().find(|(view, _)| view.id == about.topic)?;
        let mut rows: Vec<Row> = Vec::new();
        for one in &view.by_source {
            let mut said = vec![one.title.clone()];
            said.extend(one.text.clone());
            said.push(speech.get(&format!("standing-{}", one.standing.as_str())));
            let cells = vec![
                Cell::named(speech.sent(&one.provider), ""),
                Cell::plain(said.join("; ")),
                Cell::plain(one.day_text.clone()),
            ];
            rows.push(self.row(cells, std::slice::from_ref(&one.connection)));
        }
        for (view, of) in self.all.iter().filter(|(view, _)| view.kind == Kind::Medicine) {
            let taken = matches!(view.standing, Standing::Current | Standing::PerhapsOver | Standing::Past);
            if taken && about.has(self.around, of) {
                let mut said: Vec<String> = view.text.clone().into_iter().collect();
                said.push(speech.get(&format!("standing-{}", view.standing.as_str())));
                let cells = vec![
                    Cell::named(&view.name, ""),
                    Cell::plain(said.join("; ")),
                    Cell::plain(view.since_text.clone().unwrap_or_default()),
                ];
                rows.push(Row { cells, sources: marks(self.marks, &view.sources) });
            }
        }
        let title = speech.words.with("about-title", &[("name", (&view.name).into())]);
        let note = view.since_text.as_ref().map(|since| {
            let count = of.facts.len();
            let args = [("date", since.into()), ("count", count.into())];
            speech.words.with("about-since", &args)
        });
        let columns = [("about-column", 4), ("whole-column-said", 7), ("column-date", 3)];
        let columns = headed(speech.words, &columns);
        Some(filled(Section { title, note, columns, rows, lines: view.told.clone(), ..Section::default() }))
    }
}
