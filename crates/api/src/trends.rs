//! Results and vital signs over time, and all values as a file.

pub(crate) mod csv;
pub(crate) mod view;
pub(crate) mod wire;

use std::sync::Arc;

use wholechart_record::{PersonId, is_said, units_of};
use wholechart_store::Cursor;

use self::wire::{TestKind, TestsPage, TrendPage};
use crate::{app::App, error::ApiError, people::today, providers, saving::Saved, words::Speech};

/// Values of a small trend.
pub(crate) const SMALL: u32 = 12;
const LONGEST_PAGE: u32 = 500;

impl App {
    pub(crate) async fn tests(
        &self,
        person: PersonId,
        kind: TestKind,
        cursor: Option<String>,
        limit: u32,
    ) -> Result<TestsPage, ApiError> {
        let limit = limit.clamp(1, LONGEST_PAGE);
        let (found, whose) = self
            .ask(move |store| {
                let person = store.person(&person)?;
                let found = store.tests(&person.id, kind.into(), cursor.as_deref(), SMALL, limit)?;
                Ok((found, person))
            })
            .await?;
        let full = u32::try_from(found.len()).is_ok_and(|found| found == limit);
        let speech = self.speech(&whose);
        Ok(TestsPage {
            next: found.last().filter(|_| full).map(|last| last.thing.clone()),
            tests: found.iter().filter_map(|one| view::test(&speech, kind, one)).collect(),
        })
    }

    pub(crate) async fn trend(
        &self,
        person: PersonId,
        kind: TestKind,
        test: String,
        unit: Option<String>,
        cursor: Option<String>,
        limit: u32,
    ) -> Result<TrendPage, ApiError> {
        let limit = limit.clamp(1, LONGEST_PAGE);
        let cursor = match cursor {
            Some(place) => Some(place.parse::<Cursor>().map_err(|e| self.misuse("trend", &e.to_string()))?),
            None => None,
        };
        let thing = test.clone();
        let (series, units, whose) = self
            .ask(move |store| {
                let person = store.person(&person)?;
                let series = store.series(&person.id, kind.into(), &thing, cursor.as_ref(), limit)?;
                // The choice is that of the newest page, whichever page is asked for.
                let newest = match &cursor {
                    None => None,
                    Some(_) => Some(store.series(&person.id, kind.into(), &thing, None, limit)?),
                };
                let units = units_of(
                    newest
                        .as_ref()
                        .unwrap_or(&series)
                        .rows
                        .iter()
                        .filter(|one| is_said(one.row.status_group))
                        .map(|one| &one.more.measure),
                );
                Ok((series, units, person))
            })
            .await?;
        if series.total == 0 {
            return Err(self.error("error-no-such"));
        }
        Ok(view::page(&self.speech(&whose), kind, &test, &series, &units, unit.as_deref()))
    }

    pub(crate) async fn save_trend(
        &self,
        person: PersonId,
        kind: TestKind,
        test: Option<String>,
    ) -> Result<Saved, ApiError> {
        let words = Arc::clone(&self.words);
        let now = self.host.now();
        let (person, table) = self
            .ask(move |store| {
                let person = store.person(&person)?;
                let speech = Speech::new(&words, person.home_zone, now);
                let providers = providers::names(store)?;
                let mut things = test.map(|test| vec![test]).unwrap_or_default();
                if things.is_empty() {
                    let mut after = None;
                    loop {
                        let page = store.tests(&person.id, kind.into(), after.as_deref(), 1, LONGEST_PAGE)?;
                        after = page.last().map(|last| last.thing.clone());
                        let done = page.len() < LONGEST_PAGE as usize;
                        things.extend(page.into_iter().map(|one| one.thing));
                        if done {
                            break;
                        }
                    }
                }
                let mut rows = Vec::new();
                for thing in &things {
                    let mut cursor = None;
                    loop {
                        let page =
                            store.series(&person.id, kind.into(), thing, cursor.as_ref(), LONGEST_PAGE)?;
                        rows.extend(page.rows.iter().map(|one| csv::line(&speech, thing, one, &providers)));
                        cursor = page.next;
                        if cursor.is_none() {
                            break;
                        }
                    }
                }
                Ok((person, rows))
            })
            .await?;
        if table.is_empty() {
            return Err(self.error("error-no-such"));
        }
        let heads: Vec<String> = csv::COLUMNS.iter().map(|key| self.words.get(key)).collect();
        let bytes = csv::write(&heads, &table).map_err(|e| self.error("error-internal").details(e))?;
        let key = if kind == TestKind::Vital { "vitals-file-name" } else { "results-file-name" };
        let name = self.file_name(key, &person, today(&person, now));
        self.hand_out(&person.id, "table", name, bytes).await
    }
}
