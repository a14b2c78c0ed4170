//! What lists show of a fact, as values: a row, what stands beside it, and a topic with its rows. Tables `fact` and `fact_more` hold
//! them as JSON; what changes by itself is read with each.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use wholechart_fhir::{Coding, Day, Entry, EntryDate, Found, Kind, StatusGroup, Title};
use wholechart_record::{
    Confirmed, ConnectionId, EntryKey, Fact, FactId, Flag, Handles, Measure, Said, Topic,
};

/// One fact in a list: what a row shows, and no more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FactRow {
    /// The fact.
    pub id: FactId,
    /// What it is.
    pub kind: Kind,
    /// Title.
    pub title: Title,
    /// The date as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<EntryDate>,
    /// The day it is listed under. `None` is undated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// Wall-clock seconds since midnight where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_of_day: Option<u32>,
    /// Status in a patient's terms.
    pub status_group: StatusGroup,
    /// The value for a list row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Found>,
    /// Out of range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flag: Option<Flag>,
    /// All that its members say.
    pub said: Said,
    /// Its members disagree, or it disagrees with another fact.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disagree: bool,
    /// The connections that tell it, each once, sorted.
    pub sources: Vec<ConnectionId>,
    /// The visit it belongs to, as a member says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<FactId>,
    /// The fact it is shown under, where it is no row of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<FactId>,
    /// How many facts are shown under it; read with the row, because it changes by itself.
    #[serde(skip)]
    pub holds: u32,
    /// It is probably the same as another fact; read with the row.
    #[serde(skip)]
    pub likely: bool,
    /// Connections that told it and report it no more, sorted; read with the row, because it changes by itself.
    #[serde(skip)]
    pub gone: Vec<ConnectionId>,
}

impl FactRow {
    /// What a list shows of a fact, without the visit and what it is under.
    pub(crate) fn of(fact: &Fact, members: &[(&EntryKey, &Entry)]) -> FactRow {
        let sources: BTreeSet<&ConnectionId> = fact.members.iter().map(|key| &key.connection).collect();
        FactRow {
            id: fact.id.clone(),
            kind: fact.kind,
            title: fact.title.clone(),
            date: fact.date.clone(),
            day: fact.day,
            second_of_day: fact.second_of_day,
            status_group: fact.status_group,
            value: fact.value.clone(),
            flag: fact.flag,
            said: Said::of(members),
            disagree: !fact.conflicts.is_empty(),
            sources: sources.into_iter().cloned().collect(),
            visit: None,
            under: None,
            holds: 0,
            likely: false,
            gone: Vec::new(),
        }
    }

    /// None of its tellers reports it any more.
    pub fn is_gone(&self) -> bool {
        !self.gone.is_empty() && self.gone.len() == self.sources.len()
    }
}

/// What lists and charts show of a fact beside its row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ListFields {
    /// What was measured (results, vital signs).
    #[serde(default, skip_serializing_if = "is_default")]
    pub measure: Measure,
    /// The first code of what was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Coding>,
    /// Dated statements about it, newest first (medicines, problems, allergies).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<Confirmed>,
    /// Who lists it as current, by what each said last; sorted (medicines, problems, allergies).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listing: Vec<ConnectionId>,
    /// Until when a medicine's supply lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supply: Option<Day>,
    /// What its topic is found by (problems, allergies, medicines, vaccines, procedures).
    #[serde(default, skip_serializing_if = "is_default")]
    pub handles: Handles,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// One fact in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRow {
    /// As every list shows it.
    pub row: FactRow,
    /// What this list shows besides.
    pub more: ListFields,
    /// Who lists it as current, each with when.
    pub listed: Vec<Listed>,
}

/// That somebody lists something as current.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Who.
    pub by: ConnectionId,
    /// When the newest answer was asked for in which it came; of a file, when that was taken in.
    pub at: DateTime<Utc>,
    /// In a file.
    pub in_file: bool,
}

/// A topic with its facts.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicRow {
    /// What they are about; its facts by their place in [`TopicRow::facts`].
    pub topic: Topic,
    /// Newest first, undated last.
    pub facts: Vec<Arc<ListRow>>,
}
