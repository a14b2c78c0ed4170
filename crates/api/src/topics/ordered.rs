//! Topics in the order in which they are read, each with its facts in theirs: before anything is said of them, because a page shows
//! few of many.

use std::cmp::Reverse;
use std::sync::Arc;

use wholechart_fhir::{Day, DetailValue, Element, Kind};
use wholechart_record::{Known, Standing, TopicFact, known, last_confirmed, standing};
use wholechart_store::{ListRow, TopicRow};

use super::wire::NameSource;
use crate::{lists::view::Around, providers};

/// A topic that has its place.
pub(crate) struct Ordered<'f> {
    /// What it was made of.
    pub(crate) of: &'f TopicRow,
    /// Its row of the table of topics.
    pub(crate) known: Option<&'static Known>,
    /// What it is called.
    pub(crate) name: String,
    /// Who calls it so.
    pub(crate) name_source: NameSource,
    /// Its facts, each with how it stands: what is so first, then the newest.
    pub(crate) stood: Vec<(Standing, &'f ListRow)>,
    /// How it is now.
    pub(crate) standing: Standing,
    /// The lower the graver, of allergies.
    pub(crate) rank: u8,
}

impl<'f> Ordered<'f> {
    pub(crate) fn of(around: &Around<'_>, found: &'f TopicRow) -> Ordered<'f> {
        let row_of = found.topic.known.as_deref().and_then(known);
        let each = found.facts.iter().map(AsRef::as_ref);
        let mut stood: Vec<(Standing, &ListRow)> =
            each.map(|one| (standing_of_all(around, row_of, &[one]), one)).collect();
        let place =
            |(stands, one): &(Standing, &ListRow)| (*stands, Reverse((one.row.day, one.row.second_of_day)));
        stood.sort_by_key(place);
        // Of one moment by what is said, because ids are another each time a record is made.
        for same in stood.chunk_by_mut(|one, other| place(one) == place(other)).filter(|same| same.len() > 1)
        {
            same.sort_by_cached_key(|(_, one)| words_of(around, one));
        }
        let facts: Vec<&ListRow> = stood.iter().map(|(_, one)| *one).collect();
        let named = found.topic.known.as_deref().and_then(|address| around.speech.topic(address));
        let name = match (named, facts.first()) {
            (Some(name), _) => name.to_owned(),
            (None, Some(first)) => around.speech.title(found.topic.kind, &first.row.title),
            (None, None) => String::new(),
        };
        Ordered {
            of: found,
            known: row_of,
            name,
            name_source: if named.is_some() { NameSource::Ours } else { NameSource::Sent },
            standing: standing_of_all(around, row_of, &facts),
            rank: facts.iter().map(|one| gravity(one)).min().unwrap_or(u8::MAX),
            stood,
        }
    }

    pub(crate) fn kind(&self) -> Kind {
        self.of.topic.kind
    }

    /// Its facts in their order.
    pub(crate) fn facts(&self) -> impl Iterator<Item = &'f ListRow> {
        self.stood.iter().map(|(_, one)| *one)
    }

    /// The day of the newest of its facts, where topics of its kind are told by their days.
    fn newest(&self) -> Option<Day> {
        let dated = !matches!(self.kind(), Kind::Medicine | Kind::Allergy);
        self.facts().filter_map(|one| one.row.day).max().filter(|_| dated)
    }
}

/// Topics kind by kind: what is so now first; then the gravest allergy, what was newest among problems and among what was given or
/// done, and by name.
pub(crate) fn ordered<'f>(
    around: &Around<'_>,
    found: &'f [Arc<TopicRow>],
    kinds: &[Kind],
) -> Vec<Ordered<'f>> {
    let mut topics: Vec<Ordered<'f>> = found.iter().map(|one| Ordered::of(around, one)).collect();
    topics.sort_by_cached_key(|one| {
        let place = kinds.iter().position(|kind| *kind == one.kind());
        (place, one.standing, one.rank, Reverse(one.newest()), one.name.to_lowercase())
    });
    // What has no name of its own is told apart by what is said of it: ids are another each time a record is made.
    let alike = |one: &Ordered<'_>, other: &Ordered<'_>| {
        (one.kind(), one.standing, &one.name) == (other.kind(), other.standing, &other.name)
    };
    for same in topics.chunk_by_mut(alike).filter(|same| same.len() > 1) {
        same.sort_by_cached_key(|one| {
            let moment = |one: &ListRow| Reverse((one.row.day, one.row.second_of_day));
            let mut facts: Vec<_> = one.facts().map(|one| (moment(one), words_of(around, one))).collect();
            facts.sort();
            facts
        });
    }
    topics
}

/// How facts of a topic are together.
pub(crate) fn standing_of_all(around: &Around<'_>, row_of: Option<&Known>, facts: &[&ListRow]) -> Standing {
    let facts: Vec<TopicFact<'_>> = facts.iter().map(|one| looked_at(around, one)).collect();
    standing(row_of, &facts, around.speech.home, around.today)
}

/// How a fact of a topic is itself.
pub(crate) fn standing_of(around: &Around<'_>, of: &TopicRow, one: &ListRow) -> Standing {
    standing_of_all(around, of.topic.known.as_deref().and_then(known), &[one])
}

fn looked_at<'f>(around: &Around<'_>, one: &'f ListRow) -> TopicFact<'f> {
    TopicFact {
        kind: one.row.kind,
        status: one.row.status_group,
        said: &one.row.said,
        date: one.row.date.as_ref(),
        supply: one.more.supply,
        spoken_of: last_confirmed(&one.more.said, around.today).map(|said| said.day),
    }
}

/// What tells facts of one moment apart: what they are called, how they stand, what is said of them and by whom.
pub(crate) fn words_of(around: &Around<'_>, one: &ListRow) -> Vec<String> {
    let voice = around.voice();
    let mut by: Vec<String> =
        one.row.sources.iter().map(|by| around.speech.sent(providers::name(around.providers, by))).collect();
    by.sort_unstable();
    let mut words = vec![
        around.speech.title(one.row.kind, &one.row.title),
        voice.status_line(&one.row).unwrap_or_default(),
        voice.dosings(&one.row.said),
    ];
    words.extend(one.row.said.details.iter().map(|told| told.what.value.all_sent()));
    words.extend(by);
    words
}

/// 0 for an allergy that can be dangerous, then those that were severe.
pub(super) fn gravity(one: &ListRow) -> u8 {
    let says = |element: Element, words: &[&str]| {
        one.row.said.about(element).any(|detail| match &detail.what.value {
            DetailValue::Code(coding) => words.contains(&&*coding.code),
            value => words.iter().any(|word| value.all_sent().to_lowercase().contains(word)),
        })
    };
    match one.row.kind {
        Kind::Allergy if says(Element::CRITICALITY, &["high", "CRITH"]) => 0,
        Kind::Allergy if says(Element::REACTION, &["severe", "anaphyla", "39579001"]) => 1,
        Kind::Allergy => 2,
        _ => u8::MAX,
    }
}
