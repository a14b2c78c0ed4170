//! The timeline: every fact of a person by day.

pub(crate) mod view;
pub(crate) mod wire;

use wholechart_record::PersonId;
use wholechart_store::{Cursor, Filter};
use wholechart_words::lay;

use self::wire::{TimelineFilter, TimelinePage};
use crate::{app::App, error::ApiError, words::dates};

impl App {
    pub(crate) async fn timeline(
        &self,
        person: PersonId,
        filter: TimelineFilter,
        cursor: Option<String>,
        at: Option<String>,
        limit: u32,
    ) -> Result<TimelinePage, ApiError> {
        const LONGEST_PAGE: u32 = 500;
        let filter = self.filter("timeline", filter)?;
        let cursor = match cursor {
            Some(text) => Some(text.parse::<Cursor>().map_err(|e| self.misuse("timeline", &e.to_string()))?),
            None => self.day("timeline", at)?.map(Cursor::at),
        };
        let limit = limit.clamp(1, LONGEST_PAGE);
        let (page, whose) = self
            .ask(move |store| {
                let person = store.person(&person)?;
                Ok((store.timeline(&person.id, &filter, cursor.as_ref(), limit)?, person))
            })
            .await?;
        let speech = self.speech(&whose);
        Ok(TimelinePage {
            rows: page.rows.iter().map(|row| view::row(&speech, row)).collect(),
            next: page.next.map(|cursor| cursor.to_string()),
            total: view::narrow(page.total),
        })
    }

    fn day(&self, command: &str, text: Option<String>) -> Result<Option<wholechart_fhir::Day>, ApiError> {
        let text = text.filter(|text| !text.is_empty());
        let wrong = || self.misuse(command, "a day, month or year was expected");
        text.map(|text| dates::parse(&text).ok_or_else(wrong)).transpose()
    }

    /// A filter as the store takes it. A date that is not one is the host's mistake.
    pub(crate) fn filter(&self, command: &str, filter: TimelineFilter) -> Result<Filter, ApiError> {
        Ok(Filter {
            kinds: filter.kinds,
            connections: filter.connections,
            statuses: filter.statuses,
            flagged: filter.flagged,
            from: self.day(command, filter.from)?,
            to: self.day(command, filter.to)?,
            also: filter.text.as_deref().map(lay::meant).unwrap_or_default(),
            text: filter.text,
        })
    }
}
