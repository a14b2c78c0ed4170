//! Lists whose rows stand under topics.

use std::collections::BTreeSet;

use wholechart_record::{FactId, Standing};
use wholechart_store::ListRow as FoundRow;

use super::{
    view::{Around, Column, List},
    wire::{ListPage, ListRow, TopicHead},
};
use crate::{
    timeline::view::narrow,
    topics::{
        disputes::Disputes,
        ordered::Ordered,
        view::{dosings, topic_alone},
        wire::TopicView,
    },
};

/// A page of a list of `topics`, of so many rows after so many, of the facts that pass.
pub(crate) fn page_of_topics(
    around: &Around<'_>,
    list: &List,
    disputes: &Disputes,
    topics: &[Ordered<'_>],
    passing: &BTreeSet<FactId>,
    (skip, limit): (usize, usize),
) -> ListPage {
    let mut rows = Vec::new();
    let mut total = 0;
    for of in topics {
        let facts: Vec<(Standing, &FoundRow)> =
            of.stood.iter().copied().filter(|(_, one)| passing.contains(&one.row.id)).collect();
        // What is not of this page is counted, and nothing said of it.
        let (from, to) = (skip.saturating_sub(total), (skip + limit).saturating_sub(total));
        total += facts.len();
        let shown = facts.get(from..to.min(facts.len())).unwrap_or_default();
        if shown.is_empty() {
            continue;
        }
        let view = topic_alone(around, disputes, of);
        let head = TopicHead {
            id: view.id.clone(),
            name: view.name.clone(),
            cells: cells_of(around, list, &view, &facts),
            count: narrow(facts.len() as u64),
            times: (view.times > 1)
                .then(|| around.speech.words.with("topic-times", &[("count", view.times.into())])),
            sources: view.sources.clone(),
            disagreement: view.disagreement.clone(),
            told: view.told.clone(),
        };
        rows.extend(shown.iter().map(|(stands, one)| ListRow {
            group: Some(view.standing_text.clone()),
            topic: Some(head.clone()),
            standing: Some(*stands),
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
    facts: &[(Standing, &FoundRow)],
) -> Vec<String> {
    let first = facts.first().map(|(stands, _)| *stands);
    let lead: Vec<&FoundRow> =
        facts.iter().filter(|(stands, _)| Some(*stands) == first).map(|(_, one)| *one).collect();
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
            Column::Given => match (&view.text, first) {
                (Some(days), _) => days.clone(),
                (None, Some(Standing::NotSo)) => {
                    let said = each_once(column);
                    if said.is_empty() { around.not_given("") } else { said }
                }
                (None, _) => String::new(),
            },
            // Figures beside several days belong to none of them.
            Column::OfOne(_) if lead.len() > 1 => String::new(),
            Column::Listed => around.listed(&lead).unwrap_or_default(),
            Column::Reviewed => {
                let said: Vec<_> = lead.iter().flat_map(|one| one.more.said.clone()).collect();
                around.reviewed(&said)
            }
            column => each_once(column),
        })
        .collect()
}
