//! Lists of one kind, tests over time, and both as files.

use std::sync::Arc;

use wholechart_fhir::{Day, Kind};
use wholechart_record::{ConnectionId, analyte_of_thing, is_said, unit_of, unit_shown, units_of};
use wholechart_store::{Cursor, ListRow as FoundRow, Person};

use crate::{
    app::App,
    dates,
    views::{
        self,
        list::{Around, List},
    },
    wire::{ApiError, ListPage, Saved, TestsPage, TimelineFilter, TrendPage},
};

/// Values of a small trend.
pub(crate) const SMALL: u32 = 12;
const LONGEST_PAGE: u32 = 500;

impl App {
    pub(crate) async fn list(
        &self,
        person: String,
        list: String,
        filter: TimelineFilter,
        cursor: Option<String>,
        limit: u32,
    ) -> Result<ListPage, ApiError> {
        let list = self.list_of("list", &list)?;
        let person = self.person(&person).await?;
        let (home, today) = (person.home_zone, self.today(&person));
        let mut filter = self.filter("list", filter)?;
        filter.kinds.retain(|kind| list.kinds.contains(kind));
        if filter.kinds.is_empty() {
            filter.kinds = list.kinds.to_vec();
        }
        let limit = limit.clamp(1, LONGEST_PAGE);
        let (found, connections) = self
            .ask(move |store| {
                let found = store.list(&person.id, &filter, cursor.as_deref(), limit)?;
                Ok((found, store.connections(Some(&person.id))?))
            })
            .await?;
        let provider = |id: &ConnectionId| {
            connections.iter().find(|one| one.id == *id).map(|one| one.name.clone()).unwrap_or_default()
        };
        let around = Around { words: &self.words, home, today, provider: &provider };
        Ok(views::list::page(&around, list, &found))
    }

    pub(crate) async fn tests(
        &self,
        person: String,
        kind: String,
        cursor: Option<String>,
        limit: u32,
    ) -> Result<TestsPage, ApiError> {
        let kind = self.measured("tests", &kind)?;
        let person = self.person(&person).await?;
        let home = person.home_zone;
        let limit = limit.clamp(1, LONGEST_PAGE);
        let found =
            self.ask(move |store| store.tests(&person.id, kind, cursor.as_deref(), SMALL, limit)).await?;
        let full = u32::try_from(found.len()).is_ok_and(|found| found == limit);
        Ok(TestsPage {
            next: found.last().filter(|_| full).map(|last| last.thing.clone()),
            tests: found.iter().filter_map(|one| views::trend::test(&self.words, kind, one, home)).collect(),
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
        let home = person.home_zone;
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
        Ok(views::trend::page(&self.words, kind, &test, &series, &units, unit.as_deref(), home))
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
        let owner = person.clone();
        let table = self
            .ask(move |store| {
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
                        rows.extend(page.rows.iter().map(|one| line(&words, thing, one, &provider)));
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
        let heads: Vec<String> = COLUMNS.iter().map(|key| self.words.get(key)).collect();
        let bytes = csv(&heads, &table).map_err(|e| self.error("error-internal").details(e))?;
        let today = dates::key(self.today(&person));
        let key = if kind == Kind::Vital { "vitals-file-name" } else { "results-file-name" };
        let plain: String =
            person.name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' }).collect();
        let name = self.words.with(key, &[("name", plain.trim().into()), ("date", (&today).into())]);
        self.hand_out(name, bytes).await
    }

    pub(crate) fn list_of(&self, command: &str, name: &str) -> Result<&'static List, ApiError> {
        views::list::list(name).ok_or_else(|| self.misuse(command, "there is no such list"))
    }

    /// The day it is at home.
    pub(crate) fn today(&self, person: &Person) -> Day {
        dates::of(self.host.now().with_timezone(&person.home_zone).date_naive())
    }

    fn measured(&self, command: &str, kind: &str) -> Result<Kind, ApiError> {
        Kind::parse(kind)
            .filter(|kind| matches!(kind, Kind::Result | Kind::Vital))
            .ok_or_else(|| self.misuse(command, "result or vital was expected"))
    }
}

/// Headings of the file's columns, in the word catalogue.
const COLUMNS: [&str; 13] = [
    "column-test",
    "column-code",
    "column-date",
    "column-time",
    "column-value",
    "column-figure",
    "column-unit",
    "column-converted-from",
    "column-range",
    "column-flag",
    "column-status",
    "column-providers",
    "column-record",
];

/// One value of a file. Text as it was sent, and figure and unit apart; a blood pressure has no single figure.
fn line(
    words: &crate::Words,
    thing: &str,
    one: &FoundRow,
    provider: &dyn Fn(&ConnectionId) -> String,
) -> Vec<String> {
    let row = &one.row;
    let quantity = one.more.measure.quantity.as_ref();
    // A unit that people cannot read is written as its one name, and the sender's beside it when it differs.
    let unit = quantity.and_then(unit_of);
    let sent_unit = quantity.and_then(|q| q.unit.clone().or_else(|| q.code.clone()));
    let shown = unit.as_deref().map(unit_shown).unwrap_or_default();
    let figure = quantity.and_then(|q| {
        Some(format!("{}{}", q.comparator.as_deref().unwrap_or_default(), q.value.as_deref()?))
    });
    let code = one.more.code.as_ref().map(|code| format!("{} {}", code.system, code.code));
    let known = analyte_of_thing(thing).is_some() || one.more.code.is_some();
    let day_only = row.date.as_ref().is_none_or(|date| date.day_only);
    vec![
        row.title.clone(),
        code.filter(|_| known).unwrap_or_default(),
        row.day.map(dates::key).unwrap_or_default(),
        row.second_of_day.filter(|_| !day_only).map(dates::clock).unwrap_or_default(),
        row.value.clone().unwrap_or_default(),
        figure.unwrap_or_default(),
        shown.to_owned(),
        sent_unit.filter(|sent| sent != shown).unwrap_or_default(),
        views::trend::range(one).unwrap_or_default(),
        row.flag
            .map(|flag| words.get(&format!("flag-{}", views::timeline::flag_name(flag))))
            .unwrap_or_default(),
        views::timeline::status(words, row.kind, row.status_group, row.status.as_deref()).unwrap_or_default(),
        row.sources.iter().map(provider).collect::<Vec<_>>().join("; "),
        row.id.to_string(),
    ]
}

/// RFC 4180 with a byte order mark, so that spreadsheets read accents; a cell that a spreadsheet would run as a formula
/// is made text.
fn csv(heads: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(heads)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn harmless(cell: &str) -> String {
    let figure = cell.trim_start_matches(['-', '+']).starts_with(|c: char| c.is_ascii_digit() || c == '.');
    match cell.chars().next() {
        Some('=' | '@' | '\t' | '\r') => format!("'{cell}"),
        Some('-' | '+') if !figure => format!("'{cell}"),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_run() {
        let row = ["=1+1", "@SUM(A1)", "-0.5", "-cmd", "say \"hi\", she", "<5", "Größe"].map(str::to_owned);
        let bytes = csv(
            &["a".to_owned(), "b".into(), "c".into(), "d".into(), "e".into(), "f".into(), "g".into()],
            &[row.to_vec()],
        )
        .unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text,
            "\u{feff}a,b,c,d,e,f,g\r\n'=1+1,'@SUM(A1),-0.5,'-cmd,\"say \"\"hi\"\", she\",<5,Größe\r\n"
        );
    }
}
