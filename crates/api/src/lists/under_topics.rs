//! Lists whose rows stand under topics.

use std::collections::{BTreeSet, HashMap};

use wholechart_record::FactId;
use wholechart_store::{ListRow as FoundRow, TopicRow};

use super::{
    view::{Around, Column, List},
    wire::{ListPage, ListRow, TopicHead},
};
use crate::{
    timeline::view::narrow,
    topics::{
        view::{dosings, standing_of},
        wire::TopicView,
    },
};

/// A page of a list of `topics`, from the `skip`th row on, of the facts that pass.
pub(crate) fn page_of_topics(
    around: &Around<'_>,
    list: &List,
    topics: Vec<(TopicView, &TopicRow)>,
    passing: &BTreeSet<FactId>,
    skip: usize,
    limit: usize,
) -> ListPage {
    let mut rows = Vec::new();
    let mut total = 0;
    for (view, of) in topics {
        let by_id: HashMap<&str, &FoundRow> =
            of.facts.iter().map(|one| (one.row.id.0.as_str(), &**one)).collect();
        let facts: Vec<&FoundRow> = view
            .facts
            .iter()
            .filter_map(|fact| by_id.get(fact.id.0.as_str()).copied())
            .filter(|one| passing.contains(&one.row.id))
            .collect();
        // What is not of this page is counted, and nothing said of it.
        let (from, to) = (skip.saturating_sub(total), (skip + limit).saturating_sub(total));
        total += facts.len();
        let shown = facts.get(from..to.min(facts.len())).unwrap_or_default();
        if shown.is_empty() {
            continue;
        }
        let head = TopicHead {
            id: view.id.clone(),
            name: view.name.clone(),
            cells: cells_of(around, list, &view, of, &facts),
            count: narrow(facts.len() as u64),
            times: (view.times > 1)
                .then(|| around.speech.words.with("topic-times", &[("count", view.times.into())])),
            sources: view.sources.clone(),
            disagreement: view.disagreement.clone(),
            told: view.told.clone(),
        };
        rows.extend(shown.iter().map(|one| ListRow {
            group: Some(view.standing_text.clone()),
            topic: Some(head.clone()),
            standing: Some(standing_of(around, of, one)),
            ..around.row(list, one)
        }));
    }
    let end = skip + rows.len();
    ListPage {
        columns: list.columns.iter().map(|(key, _)| around.speech.get(key)).collect(),
        rows,
        next: (end < total).then(|| end.to_string()),
        total: narrow(total as u64),
    }
}

/// What a topic says in each column: of the facts that are so, each thing once.
fn cells_of(
    around: &Around<'_>,
    list: &List,
    view: &TopicView,
    of: &TopicRow,
    facts: &[&FoundRow],
) -> Vec<String> {
    let first = facts.first().map(|first| standing_of(around, of, first));
    let lead: Vec<&FoundRow> =
        facts.iter().copied().filter(|one| Some(standing_of(around, of, one)) == first).collect();
    let each_once = |column: Column| {
        let mut said: Vec<String> = Vec::new();
        for one in &lead {
            let text = around.cell(column, one);
            if !text.is_empty() && !said.contains(&text) {
                said.push(text);
            }
        }
        said.join("; ")
    };
    let columns = list.columns.iter().filter_map(|(_, column)| *column);
    columns
        .map(|column| match column {
            Column::Since => view.since_text.clone().unwrap_or_default(),
            Column::Dosage => dosings(around, &lead),
            Column::When => view.text.clone().unwrap_or_default(),
            Column::Listed => around.listed(&lead).unwrap_or_default(),
            Column::Reviewed => {
                let said: Vec<_> = lead.iter().flat_map(|one| one.more.said.clone()).collect();
                around.reviewed(&said)
            }
            column => each_once(column),
        })
        .collect()
}
