//! Lists of one kind of record.

pub(crate) mod view;
pub(crate) mod wire;

use wholechart_record::PersonId;

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
