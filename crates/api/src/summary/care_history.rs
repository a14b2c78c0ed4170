//! Care history for forms: every provider with where it is, when the person was first and last seen there, and what for.

use std::ops::ControlFlow;

use wholechart_fhir::{Day, Kind, StatusGroup};
use wholechart_print::{Cell, Row, Section};
use wholechart_record::{ConnectionId, is_said, sensitive_in};
use wholechart_store::{Filter, ListRow, Person, Store, StoreError};

use super::{choices::Printing, gather::Source, under_topics::headed};
use crate::{
    letters::{is_the_providers, where_it_is},
    lists::view::Around,
};

/// What stands for visits where a provider tells of none.
const DONE: &[Kind] = &[Kind::Procedure, Kind::Report, Kind::Document, Kind::Vaccine, Kind::Medicine];
/// So many visits are read at a time.
const PAGE: u32 = 500;
/// So many reasons of one provider are printed, those given most often first; the others are counted.
const REASONS: usize = 8;

/// A row for each provider that the person was seen by, in the order of the key.
pub(super) fn section(
    store: &Store,
    around: &Around<'_>,
    person: &Person,
    sources: &[Source],
    printing: &Printing,
) -> Result<Section, StoreError> {
    let speech = &around.speech;
    let mut places: Vec<Vec<String>> = vec![Vec::new(); sources.len()];
    store.entries(Some(&person.id), &mut |row| {
        let (key, entry) = (&row.member.key, &row.member.entry);
        if matches!(key.resource_type.as_str(), "Organization" | "Location") {
            for (place, source) in places.iter_mut().zip(sources) {
                if place.is_empty()
                    && source.connection == key.connection
                    && is_the_providers(&entry.title, &source.name)
                {
                    *place = where_it_is(speech, entry);
                }
            }
        }
        ControlFlow::Continue(())
    })?;
    let mut rows = Vec::new();
    // What the person added of their own is nobody's care.
    for (source, place) in sources.iter().zip(&places).filter(|(source, _)| !source.own) {
        let mut visits = told(store, person, &source.connection, &[Kind::Visit])?;
        if visits.is_empty() {
            // A pharmacy has no visits, and not every portal gives them.
            visits = told(store, person, &source.connection, DONE)?;
        }
        if visits.is_empty() && source.imported {
            continue;
        }
        let today = around.today;
        let mut days: Vec<Day> =
            visits.iter().filter_map(|one| one.row.day).filter(|day| *day <= today).collect();
        days.sort_unstable();
        let day = |day: Option<&Day>| day.map(|day| speech.day(*day)).unwrap_or_default();
        rows.push(Row {
            cells: vec![
                Cell::named(speech.sent(&source.name), below(place)),
                Cell::plain(day(days.first())),
                Cell::plain(day(days.last())),
                Cell::plain(reasons(around, &visits, printing)),
            ],
            sources: Vec::new(),
        });
    }
    let columns =
        [("column-provider", 5), ("column-first-seen", 3), ("column-last-seen", 3), ("column-for", 6)];
    Ok(Section { columns: headed(speech.words, &columns), rows, ruled: true, ..Section::default() })
}

/// Lines that begin below what is named.
fn below(lines: &[String]) -> String {
    if lines.is_empty() { String::new() } else { format!("\n{}", lines.join("\n")) }
}

/// What a connection tells of these kinds and took place.
fn told(
    store: &Store,
    person: &Person,
    connection: &ConnectionId,
    kinds: &[Kind],
) -> Result<Vec<ListRow>, StoreError> {
    let took_place = |status: &StatusGroup| {
        is_said(*status)
            && !matches!(status, StatusGroup::Planned | StatusGroup::Draft | StatusGroup::NotDone)
    };
    let filter = Filter {
        kinds: kinds.to_vec(),
        connections: vec![connection.clone()],
        statuses: StatusGroup::ALL.iter().copied().filter(took_place).collect(),
        ..Filter::default()
    };
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = store.list(&person.id, &filter, after.as_deref(), PAGE)?;
        all.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return Ok(all);
        }
    }
}

/// What the visits were for, as they say it; where none does, what they are called. The commonest first.
fn reasons(around: &Around<'_>, visits: &[ListRow], printing: &Printing) -> String {
    let speech = &around.speech;
    let mut counted: Vec<(String, usize)> = Vec::new();
    for one in visits {
        let reason = around.voice().reasons(&one.row.said);
        let title = speech.title(one.row.kind, &one.row.title);
        // What is sensitive is not on a form unasked; that there was a visit is.
        if !printing.shows(sensitive_in(&reason).or_else(|| sensitive_in(&title))) {
            continue;
        }
        let text = if reason.is_empty() { title } else { reason };
        match counted.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(&text)) {
            Some((_, count)) => *count += 1,
            None => counted.push((text, 1)),
        }
    }
    // Of those given as often, by name: visits of one day come in the order of their ids.
    counted.sort_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then_with(|| a.cmp(b)));
    let more = counted.len().saturating_sub(REASONS);
    let said: Vec<String> = counted.into_iter().take(REASONS).map(|(text, _)| text).collect();
    let said = said.join("; ");
    if more == 0 {
        return said;
    }
    speech.words.with("care-reasons-more", &[("said", (&said).into()), ("count", more.into())])
}
