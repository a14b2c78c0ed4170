//! A record's page with what lies behind it: older versions, what is no longer reported, the bytes as they were sent;
//! and the note that a person writes beside it.

mod changes;
pub(crate) mod view;
pub(crate) mod wire;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use wholechart_fhir::{Entry, Kind, ReadOptions, read};
use wholechart_record::EntryKey;
use wholechart_store::{MemberRow, Store, StoreError};

use self::{
    view::{Known, Older, page},
    wire::{ChangeView, FactPage, RawView},
};
use crate::{
    app::App,
    error::ApiError,
    host::Event,
    questions::conflicts::conflict_views,
    trends::{self, SMALL},
    words::Speech,
};

/// Older versions that are read for what they said.
const VERSIONS: usize = 5;
/// Characters of a note; more is a document.
const LONGEST: usize = 20_000;

impl App {
    pub(crate) async fn fact(&self, person: String, fact: String) -> Result<FactPage, ApiError> {
        let id = self.own_fact(&person, fact).await?;
        let person = self.person(&person).await?;
        let words = std::sync::Arc::clone(&self.words);
        let now = self.host.now();
        let found = self
            .ask(move |store| {
                let speech = Speech::new(&words, person.home_zone, now);
                let (Some((fact, members)), Some(row)) = (store.fact(&id)?, store.fact_row(&id)?) else {
                    return Ok(None);
                };
                let providers = store.connections(None)?.into_iter().map(|one| (one.id, one.name)).collect();
                let mut gone = BTreeMap::new();
                for member in &members {
                    let since = store.missing_since(&member.member.key)?;
                    gone.extend(since.map(|since| (member.member.key.clone(), since)));
                }
                let mut related = Vec::new();
                for join in &fact.related {
                    let Some(other) = store.fact_of(&join.b)? else { continue };
                    related.extend(store.fact_row(&other)?.map(|row| (join, row)));
                }
                let known = Known {
                    related,
                    conflicts: conflict_views(&speech, store, &person.id, &fact.conflicts)?,
                    older: &older(store, &members)?,
                    fact: &fact,
                    row: &row,
                    members: &members,
                    providers: &providers,
                    gone: &gone,
                };
                let trend = match store.thing_of(&id)? {
                    Some((kind @ (Kind::Result | Kind::Vital), thing)) => {
                        let test = store.test(&person.id, kind, &thing, SMALL)?;
                        trends::view::test(&speech, kind, &test)
                    }
                    _ => None,
                };
                let trend = trend.filter(|test| test.count > 1);
                Ok(Some(FactPage { note: store.note(&id)?, trend, ..page(&speech, known) }))
            })
            .await?;
        found.ok_or_else(|| self.error("error-no-such"))
    }

    pub(crate) async fn save_note(&self, person: String, fact: String, text: String) -> Result<(), ApiError> {
        let fact = self.own_fact(&person, fact).await?;
        if text.chars().count() > LONGEST {
            return Err(self.error("error-note-long"));
        }
        let now = self.host.now();
        self.ask(move |store| store.set_note(&fact, &text, now)).await?;
        self.host.event(Event::Changed);
        Ok(())
    }

    pub(crate) async fn version_changes(
        &self,
        person: String,
        version: i64,
    ) -> Result<Vec<ChangeView>, ApiError> {
        let whose = self.person(&person).await?;
        let version = self.own_version(&person, version).await?;
        let found = self.ask(move |store| store.version_entries(version)).await?;
        let (_, before, after) = found.ok_or_else(|| self.error("error-no-such"))?;
        let speech = self.speech(&whose);
        let said = |entry: Entry| (speech.title(entry.kind, &entry.called()), view::lines(&speech, &entry));
        Ok(changes::between(&self.words, before.map(said), said(after)))
    }

    pub(crate) async fn raw(&self, person: String, version: i64) -> Result<RawView, ApiError> {
        let whose = self.person(&person).await?;
        let version = self.own_version(&person, version).await?;
        let found = self.ask(move |store| store.version_bytes(version)).await?;
        let verbatim = found.ok_or_else(|| self.error("error-no-such"))?;
        Ok(RawView {
            text: String::from_utf8_lossy(&verbatim.bytes).into_owned(),
            url: Some(verbatim.url).filter(|url| !url.is_empty()),
            received: self.speech(&whose).own_moment(verbatim.received_at),
            sha256: hex::encode(Sha256::digest(&verbatim.bytes)),
        })
    }
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
