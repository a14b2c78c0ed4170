//! Lists of one kind of record.

mod under_topics;
pub(crate) mod view;
pub(crate) mod wire;

use std::sync::Arc;

use wholechart_record::{PersonId, TOPICAL};

use self::{
    view::Around,
    wire::{ListName, ListPage},
};
use crate::{
    app::App,
    error::ApiError,
    people::today,
    providers,
    timeline::{
        self,
        wire::{TimelineFacets, TimelineFilter},
    },
    topics::{disputes::Disputes, in_order},
    words::Speech,
};

const LONGEST_PAGE: u32 = 500;

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
                    let disputes = Disputes::among(store, &around, &person.id, &found)?;
                    let topics = in_order(&around, &disputes, &found, list.kinds);
                    let passing = store.passing(&person.id, &filter)?;
                    Ok(under_topics::page_of_topics(&around, list, topics, &passing, skip, limit as usize))
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
