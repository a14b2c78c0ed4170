//! Lists of one kind of record.

mod under_topics;
pub(crate) mod view;
pub(crate) mod wire;

use std::sync::Arc;

use wholechart_record::{PersonId, TOPICAL};

use self::{
    view::Around,
    wire::{ListName, ListPage, ListRow},
};
use crate::{
    app::App,
    error::ApiError,
    people::today,
    providers,
    saving::Saved,
    timeline::{
        self,
        wire::{TimelineFacets, TimelineFilter},
    },
    topics::{disputes::Disputes, ordered::ordered},
    trends::csv,
    words::Speech,
};

const LONGEST_PAGE: u32 = 500;

/// Columns of a table after those of its list.
const AFTER: [&str; 5] =
    ["column-date", "column-standing", "column-status", "column-providers", "column-record"];

/// A row of a table: what it is about, what its sender calls it, the list's own columns, and those [after](AFTER) them.
fn table_row(one: &ListRow, providers: &providers::Names) -> Vec<String> {
    let row = &one.row;
    let about = one.topic.as_ref().map_or_else(|| row.title.clone(), |topic| topic.name.clone());
    let status = [&row.status_text, &row.disagreement, &one.doubt].into_iter().flatten();
    let told: Vec<&str> = row.sources.iter().map(|id| providers::name(providers, id)).collect();
    let mut cells = vec![about, row.title.clone()];
    cells.extend(one.cells.iter().cloned());
    cells.extend([
        row.day.clone(),
        one.group.clone().unwrap_or_default(),
        status.cloned().collect::<Vec<_>>().join("; "),
        told.join("; "),
        row.id.to_string(),
    ]);
    cells
}

impl App {
    pub(crate) async fn list(
        &self,
        person: PersonId,
        list: ListName,
        filter: TimelineFilter,
        cursor: Option<String>,
        limit: u32,
    ) -> Result<ListPage, ApiError> {
        let list = view::list(list);
        let mut filter = self.filter("list", filter)?;
        filter.kinds.retain(|kind| list.kinds.contains(kind));
        if filter.kinds.is_empty() {
            filter.kinds = list.kinds.to_vec();
        }
        let limit = limit.clamp(1, LONGEST_PAGE);
        if list.kinds.iter().all(|kind| TOPICAL.contains(kind)) {
            let skip =
                cursor.as_deref().map_or(Ok(0), str::parse).map_err(|_| self.misuse("list", "cursor"))?;
            let words = Arc::clone(&self.words);
            let now = self.host.now();
            return self
                .ask(move |store| {
                    let person = store.person(&person)?;
                    let speech = Speech::new(&words, person.home_zone, now);
                    let providers = providers::names(store)?;
                    let around = Around { speech, today: today(&person, now), providers: &providers };
                    let found = store.topics(&person.id, list.kinds)?;
                    let disputes = Disputes::among(store, &around, &person.id, &found, None)?;
                    let topics = ordered(&around, &found, list.kinds);
                    let passing = store.passing(&person.id, &filter)?;
                    let page = (skip, limit as usize);
                    Ok(under_topics::page_of_topics(&around, list, &disputes, &topics, &passing, page))
                })
                .await;
        }
        let (found, providers, person) = self
            .ask(move |store| {
                let person = store.person(&person)?;
                let found = store.list(&person.id, &filter, cursor.as_deref(), limit)?;
                Ok((found, providers::names(store)?, person))
            })
            .await?;
        let speech = self.speech(&person);
        let around = Around { speech, today: today(&person, speech.now), providers: &providers };
        Ok(view::page(&around, list, &found))
    }

    /// Every row of a list as a table.
    pub(crate) async fn save_list(
        &self,
        person: PersonId,
        list: ListName,
        filter: Option<TimelineFilter>,
    ) -> Result<Saved, ApiError> {
        let filter = filter.unwrap_or_default();
        let providers = self.ask(providers::names).await?;
        let (mut rows, mut cursor) = (Vec::new(), None);
        let mut heads = loop {
            let page = self.list(person.clone(), list, filter.clone(), cursor, LONGEST_PAGE).await?;
            rows.extend(page.rows.iter().map(|row| table_row(row, &providers)));
            cursor = page.next;
            if cursor.is_none() {
                break page.columns;
            }
        };
        if rows.is_empty() {
            return Err(self.error("error-no-such"));
        }
        let said = |key: &str| self.words.get(key);
        heads.insert(1.min(heads.len()), said("column-as-sent"));
        heads.extend(AFTER.iter().map(|key| said(key)));
        let bytes = csv::write(&heads, &rows).map_err(|e| self.error("error-internal").details(e))?;
        let person = self.person(person).await?;
        let name = self.file_name(list.file_name(), &person, today(&person, self.host.now()));
        self.hand_out(&person.id, "table", name, bytes).await
    }

    pub(crate) async fn timeline_facets(
        &self,
        person: PersonId,
        filter: Option<TimelineFilter>,
        list: Option<ListName>,
    ) -> Result<TimelineFacets, ApiError> {
        let within = list.map(|list| view::list(list).kinds).unwrap_or_default();
        let mut filter = self.filter("timelineFacets", filter.unwrap_or_default())?;
        if filter.kinds.is_empty() {
            filter.kinds = within.to_vec();
        }
        let (facets, whose) = self
            .ask(move |store| {
                let person = store.person(&person)?;
                Ok((store.facets(&person.id, &filter, within)?, person))
            })
            .await?;
        Ok(timeline::view::facets(&self.speech(&whose), &facets))
    }
}
