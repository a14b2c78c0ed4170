//! A record's page, with what lies behind it: older versions, and what is no longer reported.

use std::collections::BTreeMap;

use wholechart_fhir::{Kind, ReadOptions, read};
use wholechart_record::EntryKey;
use wholechart_store::{MemberRow, Store, StoreError};

use crate::{
    app::App,
    lists::SMALL,
    merging::conflict_views,
    views,
    views::fact::{Known, Older, page},
    wire::{ApiError, FactPage},
};

/// Older versions that are read for what they said.
const VERSIONS: usize = 5;

impl App {
    pub(crate) async fn fact(&self, person: String, fact: String) -> Result<FactPage, ApiError> {
        let id = self.own_fact(&person, fact).await?;
        let person = self.person(&person).await?;
        let words = std::sync::Arc::clone(&self.words);
        let now = self.host.now();
        let found = self
            .ask(move |store| {
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
                    conflicts: conflict_views(&words, store, &person, &fact.conflicts)?,
                    older: &older(store, &members)?,
                    fact: &fact,
                    row: &row,
                    members: &members,
                    providers: &providers,
                    person: &person,
                    gone: &gone,
                };
                let trend = match store.thing_of(&id)? {
                    Some((kind @ (Kind::Result | Kind::Vital), thing)) => {
                        let test = store.test(&person.id, kind, &thing, SMALL)?;
                        views::trend::test(&words, kind, &test, person.home_zone)
                    }
                    _ => None,
                };
                let trend = trend.filter(|test| test.count > 1);
                Ok(Some(FactPage { note: store.note(&id)?, trend, ..page(&words, known, now) }))
            })
            .await?;
        found.ok_or_else(|| self.error("error-no-such"))
    }
}

/// The values that older versions of each member had, where they were others.
fn older(store: &Store, members: &[MemberRow]) -> Result<BTreeMap<EntryKey, Vec<Older>>, StoreError> {
    let mut older = BTreeMap::new();
    for row in members {
        let mut last = row.member.entry.value_text();
        let mut replaced = Vec::new();
        for pair in row.versions.windows(2).take(VERSIONS) {
            let [newer, version] = pair else { continue };
            let Some(verbatim) = store.version_bytes(version.id)? else { continue };
            let Ok(entry) = read(&verbatim.bytes, &ReadOptions::new(row.member.key.release)) else {
                continue;
            };
            let value = entry.value_text();
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
