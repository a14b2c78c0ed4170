//! A record's page with what lies behind it: older versions, what is no longer reported, the bytes as they were sent;
//! and the note that a person writes beside it.

mod changes;
pub(crate) mod view;
pub(crate) mod wire;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use wholechart_fhir::{Day, Entry, Kind, ReadOptions, read};
use wholechart_record::{EntryKey, FactId, PersonId, TOPICAL};
use wholechart_store::{FactRow, Filter, MemberRow, Person, Store, StoreError, VersionId};

use self::{
    view::{Known, Older, page},
    wire::{ChangeView, DayGroup, FactPage, RawView, UnderTopic},
};
use crate::{
    app::App,
    error::ApiError,
    host::Event,
    lists::view::Around,
    own::documents::documents_of,
    people::today,
    providers,
    questions::{conflicts::conflict_views, likely_views},
    timeline::{self, view::narrow, wire::TimelineRow},
    topics::ordered::Ordered,
    trends::{self, SMALL, wire::TestKind},
    whose::{own_fact, own_version},
    words::Speech,
};

/// How many older versions are read for the values they had.
const VERSIONS: usize = 5;
/// So many documents of those in which a record stands are named.
const DOCUMENTS: usize = 5;
/// Records of a visit's days beyond which they are not shown with it.
const LONGEST_DAY: u32 = 400;
/// Characters of a note; more is a document.
const LONGEST: usize = 20_000;

impl App {
    pub(crate) async fn fact(&self, person: PersonId, fact: FactId) -> Result<FactPage, ApiError> {
        let words = std::sync::Arc::clone(&self.words);
        let now = self.host.now();
        self.ask(move |store| {
            own_fact(store, &person, &fact)?;
            let person = store.person(&person)?;
            let speech = Speech::new(&words, person.home_zone, now);
            let (Some((found, members)), Some(row)) = (store.fact(&fact)?, store.fact_row(&fact)?) else {
                return Err(StoreError::NoSuch("fact"));
            };
            let providers = providers::names(store)?;
            let mut gone = BTreeMap::new();
            for member in &members {
                let since = store.missing_since(&member.member.key)?;
                gone.extend(since.map(|since| (member.member.key.clone(), since)));
            }
            let mut documents = BTreeMap::new();
            for member in &members {
                if let Some(version) = member.versions.first() {
                    let mut found = store.documents_of(version.id)?;
                    found.extend(documents_of(store, &person.id, &member.member.key)?);
                    found.truncate(DOCUMENTS);
                    documents.insert(member.member.key.clone(), found);
                }
            }
            let mut related = Vec::new();
            for join in &found.related {
                let Some(other) = store.fact_of(&join.b)? else { continue };
                related.extend(store.fact_row(&other)?.map(|row| (join, row)));
            }
            let topic = under_topic(store, &speech, &person, &row, &providers)?;
            let known = Known {
                related,
                likely: likely_views(&speech, store, &row)?,
                topic,
                conflicts: conflict_views(&speech, store, &person.id, &found.conflicts)?,
                older: &older(store, &members)?,
                fact: &found,
                row: &row,
                members: &members,
                providers: &providers,
                born: person.birth_date,
                gone: &gone,
                documents: &documents,
            };
            let measured = store.thing_of(&fact)?;
            let trend = match measured.and_then(|(kind, thing)| Some((TestKind::of(kind)?, thing))) {
                Some((kind, thing)) => {
                    let test = store.test(&person.id, kind.into(), &thing, SMALL)?;
                    trends::view::test(&speech, kind, &test)
                }
                None => None,
            };
            let trend = trend.filter(|test| test.count > 1);
            let head = row.under.as_ref().map(|head| store.fact_row(head)).transpose()?.flatten();
            let under = head.map(|head| timeline::view::row(&speech, &head));
            let day = day_of_visit(store, &speech, &person.id, &row)?;
            Ok(FactPage { note: store.note(&fact)?, trend, under, day, ..page(&speech, known) })
        })
        .await
    }

    pub(crate) async fn held_under(
        &self,
        person: PersonId,
        fact: FactId,
    ) -> Result<Vec<TimelineRow>, ApiError> {
        let (held, whose) = self
            .ask(move |store| {
                own_fact(store, &person, &fact)?;
                Ok((store.held_under(&fact)?, store.person(&person)?))
            })
            .await?;
        let speech = self.speech(&whose);
        Ok(held.iter().map(|row| timeline::view::row(&speech, row)).collect())
    }

    pub(crate) async fn save_note(
        &self,
        person: PersonId,
        fact: FactId,
        text: String,
    ) -> Result<(), ApiError> {
        if text.chars().count() > LONGEST {
            return Err(self.error("error-note-long"));
        }
        let now = self.host.now();
        self.ask(move |store| {
            own_fact(store, &person, &fact)?;
            store.set_note(&fact, &text, now)
        })
        .await?;
        self.host.event(Event::Changed);
        Ok(())
    }

    pub(crate) async fn version_changes(
        &self,
        person: PersonId,
        version: VersionId,
    ) -> Result<Vec<ChangeView>, ApiError> {
        let ((_, before, after), whose) = self
            .ask(move |store| {
                own_version(store, &person, version)?;
                let found = store.version_entries(version)?.ok_or(StoreError::NoSuch("version"))?;
                Ok((found, store.person(&person)?))
            })
            .await?;
        let speech = self.speech(&whose);
        let said = |entry: Entry| (speech.title(entry.kind, &entry.called()), view::lines(&speech, &entry));
        Ok(changes::between(&self.words, before.map(said), said(after)))
    }

    pub(crate) async fn raw(&self, person: PersonId, version: VersionId) -> Result<RawView, ApiError> {
        let (verbatim, whose) = self
            .ask(move |store| {
                own_version(store, &person, version)?;
                let verbatim = store.version_bytes(version)?.ok_or(StoreError::NoSuch("version"))?;
                Ok((verbatim, store.person(&person)?))
            })
            .await?;
        Ok(RawView {
            text: as_text(&verbatim.bytes),
            url: Some(verbatim.url).filter(|url| !url.is_empty()),
            received: self.speech(&whose).own_moment(verbatim.received_at),
            sha256: hex::encode(Sha256::digest(&verbatim.bytes)),
        })
    }
}

/// What was sent as text: documents may be written in sixteen bits a letter, and so are their parts.
fn as_text(bytes: &[u8]) -> String {
    let (rest, big) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, false),
        [0xFE, 0xFF, rest @ ..] => (rest, true),
        [b'<', 0, ..] => (bytes, false),
        [0, b'<', ..] => (bytes, true),
        _ => return String::from_utf8_lossy(bytes).into_owned(),
    };
    let (pairs, _) = rest.as_chunks::<2>();
    let units =
        pairs.iter().map(|pair| if big { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) });
    char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The values that older versions of each member had, where they were others.
fn older(store: &Store, members: &[MemberRow]) -> Result<BTreeMap<EntryKey, Vec<Older>>, StoreError> {
    let mut older = BTreeMap::new();
    for row in members {
        let mut last = row.member.entry.found();
        let mut replaced = Vec::new();
        for pair in row.versions.windows(2).take(VERSIONS) {
            let [newer, version] = pair else { continue };
            let Some(verbatim) = store.version_bytes(version.id)? else { continue };
            let Ok(entry) = read(&verbatim.bytes, &ReadOptions::new(row.member.key.release)) else {
                continue;
            };
            let value = entry.found();
            if value != last {
                replaced.extend(value.clone().map(|value| Older { value, until: newer.received_at }));
                last = value;
            }
        }
        if !replaced.is_empty() {
            older.insert(row.member.key.clone(), replaced);
        }
    }
    Ok(older)
}

/// What the tellers of a visit tell of its days: what says that it belongs to this visit, and what names no visit. None for
/// other kinds, and where the visit has no day or lasts for months.
fn day_of_visit(
    store: &Store,
    speech: &Speech<'_>,
    person: &PersonId,
    visit: &FactRow,
) -> Result<Vec<DayGroup>, StoreError> {
    let whole = |day: &Day| day.day.is_some();
    let Some(first) = visit.day.filter(whole).filter(|_| visit.kind == Kind::Visit) else {
        return Ok(Vec::new());
    };
    let end = visit.date.as_ref().and_then(|date| date.end.as_ref());
    let last = end.map_or(first, |end| end.day_in(speech.home)).max(first);
    let filter =
        Filter { connections: visit.sources.clone(), from: Some(first), to: Some(last), ..Filter::default() };
    let page = store.timeline(person, &filter, None, LONGEST_DAY)?;
    if page.next.is_some() || !whole(&last) {
        return Ok(Vec::new());
    }
    let mut by_kind: BTreeMap<Kind, Vec<FactRow>> = BTreeMap::new();
    for row in page.rows {
        let of_that_day = row.day.as_ref().is_some_and(whole) && row.id != visit.id;
        if of_that_day && row.visit.as_ref().is_none_or(|of| *of == visit.id) {
            by_kind.entry(row.kind).or_default().push(row);
        }
    }
    let groups = by_kind.into_iter().map(|(kind, mut rows)| {
        rows.sort_by(|a, b| {
            (a.day, a.second_of_day, &a.title.text).cmp(&(b.day, b.second_of_day, &b.title.text))
        });
        DayGroup {
            kind,
            label: speech.get(&format!("kind-{}", kind.as_str())),
            rows: rows.iter().map(|row| timeline::view::row(speech, row)).collect(),
        }
    });
    Ok(groups.collect())
}

/// What a fact stands under in its list. None for kinds that have no topics.
fn under_topic(
    store: &Store,
    speech: &Speech<'_>,
    person: &Person,
    row: &FactRow,
    providers: &providers::Names,
) -> Result<Option<UnderTopic>, StoreError> {
    if !TOPICAL.contains(&row.kind) {
        return Ok(None);
    }
    let around = Around { speech: *speech, today: today(person, speech.now), providers };
    let topics = store.topics(&person.id, &[row.kind])?;
    let own = topics.iter().find(|topic| topic.facts.iter().any(|fact| fact.row.id == row.id));
    let own = own.map(|topic| Ordered::of(&around, topic));
    Ok(own.map(|topic| UnderTopic { name: topic.name, others: narrow(topic.stood.len() as u64 - 1) }))
}
