//! Kinds of sheets beside the summary: what each is called, and what it is made of.

use std::{collections::BTreeMap, ops::ControlFlow};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::FhirDate;
use wholechart_print::Document;
use wholechart_record::{PersonId, TOPICAL, whose};
use wholechart_store::{Store, StoreError};

use super::{
    care_history,
    choices::Printing,
    fit::left_out,
    gather::sources,
    over_time::OverTime,
    under_topics::Topics,
    view::{Head, frame},
    whole,
};
use crate::{
    compare,
    lists::view::Around,
    people::today,
    providers,
    topics::{disputes::Disputes, in_order},
    words::{Speech, Words},
};

/// What can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SheetKind {
    /// One sheet for the next visit.
    #[default]
    Summary,
    /// What each provider lists, side by side.
    Compare,
    /// What is taken, and when, where the orders say so.
    Medicines,
    /// What was given against which disease, and when.
    Vaccines,
    /// What first responders need to know.
    Emergency,
    /// Every provider, with when the person was seen there and what for.
    Care,
    /// Chosen tests over time.
    Results,
    /// Everything.
    Whole,
}

impl SheetKind {
    /// As a word of table `handed` and of the catalogue.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            SheetKind::Summary => "summary",
            SheetKind::Compare => "compare",
            SheetKind::Medicines => "medicines",
            SheetKind::Vaccines => "vaccines",
            SheetKind::Emergency => "emergency",
            SheetKind::Care => "care",
            SheetKind::Results => "results",
            SheetKind::Whole => "whole",
        }
    }

    /// The key of the name that its file is offered under.
    pub(crate) fn file_name(self) -> &'static str {
        match self {
            SheetKind::Summary => "summary-file-name",
            SheetKind::Compare => "compare-file-name",
            SheetKind::Medicines => "medicine-list-file-name",
            SheetKind::Vaccines => "vaccination-file-name",
            SheetKind::Emergency => "emergency-file-name",
            SheetKind::Care => "care-file-name",
            SheetKind::Results => "over-time-file-name",
            SheetKind::Whole => "whole-file-name",
        }
    }
}

/// A sheet of a kind that is printed as long as it is, and whether it lies. What takes long tells of facts done and facts in all, and
/// may be stopped.
#[expect(clippy::too_many_arguments, reason = "each is another thing that the caller knows")]
pub(crate) fn document(
    kind: SheetKind,
    store: &Store,
    words: &Words,
    person: &PersonId,
    now: DateTime<Utc>,
    sample: bool,
    printing: &Printing,
    tell: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<(Document, bool), StoreError> {
    let person = store.person(person)?;
    let sources = sources(store, &person.id)?;
    let today = today(&person, now);
    let names = providers::names(store)?;
    let around = Around { speech: Speech::new(words, person.home_zone, now), today, providers: &names };
    let people = store.of_the_person(&person.id)?;
    let whose = whose(&people.iter().map(|one| (&one.fact, &one.says)).collect::<Vec<_>>());
    let head = |title: &str, lead: &str| {
        let head = Head {
            title: words.get(title),
            lead: vec![words.get(lead)],
            person: &person,
            whose: &whose,
            today,
            sources: &sources,
        };
        frame(&around.voice(), &head, sample)
    };
    if kind == SheetKind::Compare {
        let mut tables = compare::view::tables(store, &around, &person, &|topic| printing.prints(topic))?;
        tables.retain(|table| !table.rows.is_empty());
        let document = compare::paper::document(head("compare-title", "compare-lead"), &tables, words);
        return Ok((document, compare::paper::is_turned(&tables)));
    }
    if kind == SheetKind::Care {
        let mut document = head("care-title", "care-lead");
        document.sections = vec![care_history::section(store, &around, &person, &sources, printing)?];
        // Who is meant stands in the rows.
        document.sources = Vec::new();
        document.person.extend(printing.contacts(&around.speech));
        return Ok((document, false));
    }
    let marks = if printing.tellers {
        sources.iter().map(|source| (source.connection.clone(), source.mark.clone())).collect()
    } else {
        BTreeMap::new()
    };
    let marks = names.called(marks);
    let found = store.topics(&person.id, TOPICAL)?;
    let disputes = Disputes::among(store, &around, &person.id, &found, None)?;
    let mut all = in_order(&around, &disputes, &found, TOPICAL);
    let hidden = all.len();
    all.retain(|(topic, _)| printing.prints(topic));
    let hidden = hidden - all.len();
    let born = whose.born.iter().filter_map(|one| one.what.dates().next()).map(FhirDate::own_day).min();
    let no_names = names.called(BTreeMap::new());
    let by_mark = Around { speech: around.speech, today, providers: &marks };
    let topics = Topics { around: &by_mark, marks: &marks, all: &all, born };
    let mut document = match kind {
        SheetKind::Vaccines => head("vaccination-title", "vaccination-lead"),
        SheetKind::Emergency => head("emergency-title", "emergency-lead"),
        SheetKind::Results => head("over-time-title", "over-time-lead"),
        SheetKind::Whole => head("whole-title", "whole-lead"),
        _ => head("medicine-list-title", "medicine-list-lead"),
    };
    // Who helps asks nobody who says so, and a card is one page.
    let (unnamed, unmarked) = (Around { speech: by_mark.speech, today, providers: &no_names }, &no_names);
    let card = Topics { around: &unnamed, marks: unmarked, ..topics };
    if kind == SheetKind::Emergency || !printing.tellers {
        document.sources = Vec::new();
    }
    document.folds = kind == SheetKind::Emergency && !printing.large;
    let (sections, counted) = match kind {
        SheetKind::Results => {
            let (store, person, around, marks) = (store, &person.id, &by_mark, &marks);
            OverTime { store, person, around, marks, printing }.sections()?
        }
        SheetKind::Whole => {
            document.contents = Some(words.get("whole-contents"));
            document.index = Some(words.get("whole-index"));
            document.person.extend(printing.contacts(&around.speech));
            let (sections, others) = whole::sections(store, &person.id, &topics, printing, tell)?;
            (sections, vec![("chosen-away", hidden + others)])
        }
        SheetKind::Vaccines => (vec![topics.vaccination()], Vec::new()),
        SheetKind::Emergency => (card.emergency(store, &person, printing)?, Vec::new()),
        _ => topics.medicine_list(),
    };
    document.sections = sections;
    document.sections.retain(|section| !section.is_empty());
    if document.sections.is_empty() {
        document.lead.push(words.get("sheet-none"));
    }
    if matches!(kind, SheetKind::Results | SheetKind::Whole) {
        let without = sources.iter().filter(|one| printing.without_providers.contains(&one.connection));
        let without: Vec<String> = without.map(|one| around.speech.sent(&one.name)).collect();
        let chosen = Printing { without: Vec::new(), ..printing.clone() };
        document.closing.extend(chosen.told(&around.speech, &without));
    }
    document.closing.extend(left_out(&counted, words));
    Ok((document, false))
}
