//! Results and vital signs over time, and all values as a file.

mod csv;
pub(crate) mod view;
pub(crate) mod wire;

use std::sync::Arc;

use wholechart_fhir::Kind;
use wholechart_record::{ConnectionId, is_said, units_of};
use wholechart_store::Cursor;

use self::wire::{TestsPage, TrendPage};
use crate::{
    app::App,
    error::ApiError,
    saving::Saved,
    words::{Speech, dates},
};

/// Values of a small trend.
pub(crate) const SMALL: u32 = 12;
const LONGEST_PAGE: u32 = 500;

impl App {
    pub(crate) async fn tests(
        &self,
        person: String,
        kind: String,
        cursor: Option<String>,
        limit: u32,
    ) -> Result<TestsPage, ApiError> {
        let kind = self.measured("tests", &kind)?;
        let person = self.person(&person).await?;
        let speech = self.speech(&person);
        let limit = limit.clamp(1, LONGEST_PAGE);
        let found =
            self.ask(move |store| store.tests(&person.id, kind, cursor.as_deref(), SMALL, limit)).await?;
        let full = u32::try_from(found.len()).is_ok_and(|found| found == limit);
        Ok(TestsPage {
            next: found.last().filter(|_| full).map(|last| last.thing.clone()),
            tests: found.iter().filter_map(|one| view::test(&speech, kind, one)).collect(),
        })
    }

    pub(crate) async fn trend(
        &self,
        person: String,
        kind: String,
        test: String,
        unit: Option<String>,
        cursor: Option<String>,
        limit: u32,
    ) -> Result<TrendPage, ApiError> {
        let kind = self.measured("trend", &kind)?;
        let person = self.person(&person).await?;
        let owner = person.clone();
        let limit = limit.clamp(1, LONGEST_PAGE);
        let cursor = match cursor {
            Some(place) => Some(place.parse::<Cursor>().map_err(|e| self.misuse("trend", &e.to_string()))?),
            None => None,
        };
        let thing = test.clone();
        let (series, units) = self
            .ask(move |store| {
                let series = store.series(&person.id, kind, &thing, cursor.as_ref(), limit)?;
                // The choice is that of the newest page, whichever page is asked for.
                let newest = match &cursor {
                    None => None,
                    Some(_) => Some(store.series(&person.id, kind, &thing, None, limit)?),
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
                Ok((series, units))
            })
            .await?;
        if series.total == 0 {
            return Err(self.error("error-no-such"));
        }
        Ok(view::page(&self.speech(&owner), kind, &test, &series, &units, unit.as_deref()))
    }

    pub(crate) async fn save_trend(
        &self,
        person: String,
        kind: String,
        test: Option<String>,
    ) -> Result<Saved, ApiError> {
        let kind = self.measured("saveTrend", &kind)?;
        let person = self.person(&person).await?;
        let words = Arc::clone(&self.words);
        let (owner, now) = (person.clone(), self.host.now());
        let table = self
            .ask(move |store| {
                let speech = Speech::new(&words, owner.home_zone, now);
                let connections = store.connections(Some(&owner.id))?;
                let provider = |id: &ConnectionId| {
                    connections
                        .iter()
                        .find(|one| one.id == *id)
                        .map(|one| one.name.clone())
                        .unwrap_or_default()
                };
                let mut things = test.map(|test| vec![test]).unwrap_or_default();
                if things.is_empty() {
                    let mut after = None;
                    loop {
                        let page = store.tests(&owner.id, kind, after.as_deref(), 1, LONGEST_PAGE)?;
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
                        let page = store.series(&owner.id, kind, thing, cursor.as_ref(), LONGEST_PAGE)?;
                        rows.extend(page.rows.iter().map(|one| csv::line(&speech, thing, one, &provider)));
                        cursor = page.next;
                        if cursor.is_none() {
                            break;
                        }
                    }
                }
                Ok(rows)
            })
            .await?;
        if table.is_empty() {
            return Err(self.error("error-no-such"));
        }
        let heads: Vec<String> = csv::COLUMNS.iter().map(|key| self.words.get(key)).collect();
        let bytes = csv::write(&heads, &table).map_err(|e| self.error("error-internal").details(e))?;
        let today = dates::key(self.today(&person));
        let key = if kind == Kind::Vital { "vitals-file-name" } else { "results-file-name" };
        let plain: String =
            person.name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' }).collect();
        let name = self.words.with(key, &[("name", plain.trim().into()), ("date", (&today).into())]);
        self.hand_out(name, bytes).await
    }

    fn measured(&self, command: &str, kind: &str) -> Result<Kind, ApiError> {
        Kind::parse(kind)
            .filter(|kind| matches!(kind, Kind::Result | Kind::Vital))
            .ok_or_else(|| self.misuse(command, "result or vital was expected"))
    }
}
