//! The tables: which topics are rows, which providers are columns.

use std::collections::BTreeSet;

use wholechart_fhir::Kind;
use wholechart_record::{ConnectionId, Standing};
use wholechart_store::{Person, Store, StoreError, TopicRow};

use super::{
    cell::Cells,
    wire::{CompareProvider, CompareRow, CompareSaid, CompareTable},
};
use crate::{
    lists::view::Around,
    summary::{
        gather::{Source, sources},
        under_topics::{is_of_a_year, lead},
        view::as_of,
    },
    topics::{disputes::Disputes, in_order, wire::TopicView},
};

/// What is compared, in the order of the tables.
const COMPARED: &[Kind] = &[Kind::Medicine, Kind::Allergy, Kind::Problem];

/// One table a kind that anybody tells of, with the topics that are wanted.
pub(crate) fn tables(
    store: &Store,
    around: &Around<'_>,
    person: &Person,
    wanted: &dyn Fn(&TopicView) -> bool,
) -> Result<Vec<CompareTable>, StoreError> {
    let found = store.topics(&person.id, COMPARED)?;
    let disputes = Disputes::among(store, around, &person.id, &found, None)?;
    let topics = in_order(around, &disputes, &found, COMPARED);
    let sources = sources(store, &person.id)?;
    let mut tables = Vec::new();
    for kind in COMPARED {
        let of: Vec<&(TopicView, &TopicRow)> = topics.iter().filter(|(view, _)| view.kind == *kind).collect();
        let (telling, silent): (Vec<&Source>, Vec<&Source>) = sources
            .iter()
            .partition(|source| of.iter().any(|(view, _)| view.sources.contains(&source.connection)));
        let cells = Cells { store, around, disputes: &disputes };
        let mut rows = Vec::new();
        for (view, topic) in of.iter().filter(|(view, _)| is_compared(view) && wanted(view)) {
            let mut told = Vec::with_capacity(telling.len());
            for source in &telling {
                let none_known = none_known(around, &of, &source.connection);
                told.push(cells.cell(topic, &view.name, &source.connection, &none_known)?);
            }
            rows.extend(view.facts.first().map(|first| CompareRow {
                topic: view.id.clone(),
                name: view.name.clone(),
                standing: view.standing,
                standing_text: view.standing_text.clone(),
                fact: first.id.clone(),
                disagreement: view.disagreement.clone(),
                ask: view.told.clone(),
                cells: told,
                lately: is_of_a_year(around, &lead(around, view, topic)),
            }));
        }
        if rows.is_empty() {
            continue;
        }
        tables.push(CompareTable {
            kind: *kind,
            title: around.speech.get(&format!("kind-{}", kind.as_str())),
            column: around.speech.get(&format!("column-{}", kind.as_str())),
            notes: notes(around, *kind, &telling, &silent),
            providers: telling.iter().map(|source| column_of(around, source)).collect(),
            rows,
        });
    }
    Ok(tables)
}

/// What somebody lists, and what is over or ruled out only where they disagree about it.
fn is_compared(view: &TopicView) -> bool {
    match view.standing {
        Standing::Current | Standing::PerhapsOver => true,
        Standing::Past | Standing::RuledOut | Standing::Planned | Standing::AlsoSeen => !view.told.is_empty(),
        _ => false,
    }
}

fn column_of(around: &Around<'_>, source: &Source) -> CompareProvider {
    CompareProvider {
        connection: source.connection.clone(),
        name: around.speech.sent(&source.name),
        as_of: as_of(&around.speech, source),
    }
}

/// What a provider says of there being none of a kind, in its own words.
fn none_known(around: &Around<'_>, of: &[&(TopicView, &TopicRow)], by: &ConnectionId) -> Vec<CompareSaid> {
    let denied = of.iter().filter(|(view, _)| view.standing == Standing::NoneKnown);
    let facts = denied.flat_map(|(_, topic)| &topic.facts).filter(|one| one.row.sources.contains(by));
    let said: BTreeSet<String> = facts.map(|one| around.speech.title(one.row.kind, &one.row.title)).collect();
    said.into_iter()
        .map(|said| CompareSaid {
            fact: None,
            title: None,
            struck: false,
            lines: vec![around.speech.words.with("compare-says", &[("said", (&said).into())])],
        })
        .collect()
}

/// That there is nothing to compare with, and who tells nothing of the kind: that is not the same as not listing one.
fn notes(around: &Around<'_>, kind: Kind, telling: &[&Source], silent: &[&Source]) -> Vec<String> {
    let words = around.speech.words;
    let mut notes = Vec::new();
    if let [only] = telling {
        let who = around.speech.sent(&only.name);
        notes.push(words.with(&format!("compare-only-{}", kind.as_str()), &[("who", (&who).into())]));
    }
    let silent: BTreeSet<String> = silent.iter().map(|source| around.speech.sent(&source.name)).collect();
    if !silent.is_empty() {
        let count = silent.len();
        let who = silent.into_iter().collect::<Vec<_>>().join(", ");
        let key = format!("compare-silent-{}", kind.as_str());
        notes.push(words.with(&key, &[("who", (&who).into()), ("count", count.into())]));
    }
    notes
}
