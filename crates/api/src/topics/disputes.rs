//! What providers disagree about, by the facts it is about.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use wholechart_fhir::StatusGroup;
use wholechart_record::{About, ConnectionId, FactId, PersonId, Says, Wish, wish};
use wholechart_store::{Store, StoreError, TopicRow};

use crate::{assistant::veil::Veil, lists::view::Around, questions::conflicts::Speaker};

/// Without what the person called settled.
#[derive(Default)]
pub(crate) struct Disputes {
    /// A sentence each.
    said: BTreeMap<FactId, Vec<String>>,
    /// Facts that a disagreement is about, also one that the person called settled.
    known: BTreeSet<FactId>,
    /// Who says of a fact that it is over.
    over: BTreeSet<(FactId, ConnectionId)>,
    /// Whose strength or directions of a medicine are not those of the others.
    doses: BTreeMap<(FactId, ConnectionId), BTreeSet<About>>,
}

impl Disputes {
    /// What providers disagree about of these topics' facts, without what a `veil` keeps back a side of.
    pub(crate) fn among(
        store: &Store,
        around: &Around<'_>,
        person: &PersonId,
        found: &[Arc<TopicRow>],
        veil: Option<&Veil>,
    ) -> Result<Disputes, StoreError> {
        let facts = || found.iter().flat_map(|topic| &topic.facts).map(|one| &one.row);
        let mut disputes = Disputes::default();
        if !facts().any(|row| row.disagree) {
            return Ok(disputes);
        }
        let rows: BTreeMap<&FactId, _> = facts().map(|row| (&row.id, row)).collect();
        let choices = store.choices(person)?;
        let speaker = Speaker { speech: around.speech, providers: around.providers, choices: &choices };
        let told = |fact: &FactId| veil.is_none_or(|veil| veil.shares(fact));
        for conflict in store.conflicts(person)? {
            if !conflict.facts.iter().all(told) {
                continue;
            }
            let about: Vec<_> = conflict.facts.iter().filter_map(|id| rows.get(id)).collect();
            let Some(first) = about.first() else { continue };
            disputes.known.extend(conflict.facts.iter().cloned());
            for said in &conflict.statements {
                if matches!(said.says, Says::Status(StatusGroup::Past, _)) {
                    let over = conflict.facts.iter().map(|id| (id.clone(), said.by.clone()));
                    disputes.over.extend(over);
                }
            }
            if wish(&choices, &conflict) == Some(Wish::Settled) {
                continue;
            }
            if matches!(conflict.about, About::Dose | About::Dosing) {
                for (said, id) in conflict
                    .statements
                    .iter()
                    .flat_map(|said| conflict.facts.iter().map(move |id| (said, id)))
                {
                    disputes.doses.entry((id.clone(), said.by.clone())).or_default().insert(conflict.about);
                }
            }
            let titles: BTreeSet<String> =
                about.iter().map(|row| around.speech.title(row.kind, &row.title)).collect();
            let titles: Vec<String> = titles.into_iter().collect();
            let sentence = speaker.sentence(&speaker.in_order(&conflict), first.kind, &titles);
            for id in &conflict.facts {
                disputes.said.entry(id.clone()).or_default().push(sentence.clone());
            }
        }
        Ok(disputes)
    }

    /// What is disagreed about of these facts, each sentence once, in an order that no id has a part in.
    pub(crate) fn about<'f>(&self, facts: impl Iterator<Item = &'f FactId>) -> Vec<String> {
        let said: BTreeSet<&String> = facts.filter_map(|id| self.said.get(id)).flatten().collect();
        said.into_iter().cloned().collect()
    }

    /// Whether a disagreement is about this fact, also one that the person called settled.
    pub(crate) fn is_known(&self, fact: &FactId) -> bool {
        self.known.contains(fact)
    }

    /// Whether this teller's strength or directions of a medicine are others than somebody else's.
    pub(crate) fn doses(&self, fact: &FactId, by: &ConnectionId) -> impl Iterator<Item = About> {
        self.doses.get(&(fact.clone(), by.clone())).into_iter().flatten().copied()
    }

    /// Whether one of those who tell a fact says that it is over.
    pub(crate) fn is_over(&self, fact: &FactId, by: &ConnectionId) -> bool {
        self.over.contains(&(fact.clone(), by.clone()))
    }
}
