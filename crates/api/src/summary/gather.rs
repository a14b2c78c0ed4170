//! What a sheet is made of, read from the record: topics with how they stand, the latest of what was measured, and who disagrees.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use wholechart_fhir::{Day, Kind, StatusGroup};
use wholechart_record::{
    ConnectionId, FactId, PersonId, SectionName, Summary, TOPICAL, is_said, sensitive_in, summary_without,
    thing,
};
use wholechart_store::{Connection, ConnectionState, Filter, ListRow, Person, Store, StoreError, TopicRow};

use super::{about::About, choices::Printing, lasting::Lasting};
use crate::{
    assistant::veil::Veil,
    lists::view::Around,
    people::today,
    providers::{self, marked},
    questions::conflicts::open_sentences,
    topics::{disputes::Disputes, ordered::Ordered, view::topic},
    words::{Speech, Words},
};

/// Care teams are looked for among so many.
const TEAMS: u32 = 100;

/// One source for the key at the head of the page.
pub(crate) struct Source {
    pub(crate) connection: ConnectionId,
    pub(crate) mark: String,
    pub(crate) name: String,
    pub(crate) last_sync: Option<DateTime<Utc>>,
    /// It holds what the person added of their own, which is never asked for.
    pub(crate) own: bool,
    /// It holds files, which are as old as they are whenever they were added.
    pub(crate) imported: bool,
}

/// What a sheet is made of.
pub(crate) struct Gathered {
    pub(crate) person: Person,
    pub(crate) today: Day,
    /// In the order of the key.
    pub(crate) sources: Vec<Source>,
    /// What each source is called: in sentences by its name, beside what it says by its mark.
    pub(crate) names: providers::Names,
    pub(crate) marks: providers::Names,
    /// Whose it is, the latest of what was measured, visits, what to ask about.
    pub(crate) summary: Summary,
    pub(crate) topics: Vec<Arc<TopicRow>>,
    pub(crate) disputes: Disputes,
    /// What providers disagree about and the person neither called settled nor wants to ask about, a sentence each.
    pub(crate) open: Vec<String>,
    /// By the latest value of a test that is out of range: the one before.
    pub(crate) before: BTreeMap<FactId, ListRow>,
    pub(crate) teams: Vec<ListRow>,
    /// Implants and advance directives.
    pub(crate) lasting: Lasting,
    /// The problem that the sheet is about, where it is about one.
    pub(crate) about: Option<About>,
}

/// Reads it, without what a `veil` keeps back.
pub(crate) fn gather(
    store: &Store,
    words: &Words,
    person: &PersonId,
    now: DateTime<Utc>,
    printing: &Printing,
    veil: Option<&Veil>,
) -> Result<Gathered, StoreError> {
    let person = store.person(person)?;
    let today = today(&person, now);
    let speech = Speech::new(words, person.home_zone, now);
    let mut sources = sources(store, &person.id)?;
    sources.retain(|source| veil.is_none_or(|veil| veil.sources().get(&source.connection).is_some()));
    let names = providers::names(store)?;
    let marks = if printing.tellers {
        sources.iter().map(|source| (source.connection.clone(), source.mark.clone())).collect()
    } else {
        BTreeMap::new()
    };
    let marks = names.called(marks);
    let around = Around { speech, today, providers: &names };
    let shares = |fact: &FactId| veil.is_none_or(|veil| veil.shares(fact));
    let mut topics = store.topics(&person.id, TOPICAL)?;
    if let Some(veil) = veil {
        topics = topics.iter().filter_map(|topic| veil.topic(topic).map(Arc::new)).collect();
    }
    let disputes = Disputes::among(store, &around, &person.id, &topics, veil)?;
    let mut conflicts = store.conflicts(&person.id)?;
    conflicts.retain(|conflict| conflict.facts.iter().all(shares));
    let known =
        topics.iter().flat_map(|topic| &topic.facts).map(|one| (&one.row.id, (one.row.kind, &one.row.title)));
    let open = open_sentences(&speech, store, &person.id, &conflicts, &known.collect())?;
    let (mut facts, left_out) = store.current_facts(&person.id, today)?;
    facts.retain(|one| shares(&one.fact.id));
    for one in &mut facts {
        one.fact.conflicts.retain(|conflict| conflict.facts.iter().all(shares));
    }
    let says: Vec<_> = facts.iter().map(|one| (&one.fact, &one.says)).collect();
    let summary = summary_without(&says, &left_out, today, &store.choices(&person.id)?);
    let mut before = BTreeMap::new();
    let results = summary.sections.iter().filter(|one| one.name == SectionName::Results);
    for item in results.flat_map(|section| &section.items).filter(|item| item.flag.is_some()) {
        let of = thing(Kind::Result, &item.said.codes, &item.title.text);
        // Several of one moment are shown beside each other: none of them is before another.
        let newest = store.test(&person.id, Kind::Result, &of, LOOKED_AT)?.newest;
        let earlier = newest.into_iter().find(|one| {
            one.row.value.is_some() && one.row.day.zip(item.day).is_some_and(|(one, latest)| one < latest)
        });
        before.extend(earlier.map(|one| (item.fact.clone(), one)));
    }
    let filter = Filter {
        kinds: vec![Kind::CareTeam],
        statuses: StatusGroup::ALL
            .iter()
            .copied()
            .filter(|status| is_said(*status) && *status != StatusGroup::Past)
            .collect(),
        ..Filter::default()
    };
    let teams = store.list(&person.id, &filter, None, TEAMS)?.rows;
    let mut lasting = Lasting::of(store, &speech, &person.id, printing)?;
    lasting.implants.retain(|one| shares(&one.row.id));
    lasting.directives.retain(|one| shares(&one.row.id));
    before.retain(|_, one| shares(&one.row.id));
    let about = match &printing.problem {
        Some(problem) => {
            let found = topics.iter().map(|of| (topic(&around, &disputes, &Ordered::of(&around, of)), &**of));
            let found: Vec<_> = found.filter(|(view, _)| view.id == *problem).collect();
            let found = printing.problem(&found);
            found.map(|(view, of)| About::of(store, &around, &person, view, of)).transpose()?
        }
        None => None,
    };
    let (mut summary, mut teams, mut open) = (summary, teams, open);
    printing.narrow(&mut summary);
    teams.retain(|team| printing.tells(&team.row.sources) && shares(&team.row.id));
    open.retain(|sentence| printing.shows(sensitive_in(sentence)));
    if let Some(about) = &about {
        about.narrow(&mut summary);
    }
    Ok(Gathered {
        person,
        today,
        sources,
        names,
        marks,
        summary,
        topics,
        disputes,
        open,
        before,
        teams,
        lasting,
        about,
    })
}

impl Gathered {
    /// Everything that the sheet is made of.
    pub(crate) fn facts(&self) -> BTreeSet<FactId> {
        let of_topics = self.topics.iter().flat_map(|topic| topic.facts.iter().map(|one| one.row.id.clone()));
        let items = self.summary.sections.iter().flat_map(|section| &section.items);
        let lasting = self.lasting.implants.iter().chain(&self.lasting.directives);
        let rows = lasting.chain(&self.teams).chain(self.before.values()).map(|one| one.row.id.clone());
        of_topics.chain(items.map(|item| item.fact.clone())).chain(rows).collect()
    }
}

/// A person's connections, in the order of the key.
pub(crate) fn sources(store: &Store, person: &PersonId) -> Result<Vec<Source>, StoreError> {
    let of = |(connection, mark): (Connection, String)| {
        let last_sync = store.last_finished_run(&connection.id)?.and_then(|run| run.finished);
        let (own, imported) = (connection.state == ConnectionState::Own, connection.imported);
        Ok(Source { connection: connection.id, mark, name: connection.name, last_sync, own, imported })
    };
    marked(store, person)?.into_iter().map(of).collect()
}

/// So many of the newest values of a test are looked at for the one before the latest.
const LOOKED_AT: u32 = 8;
