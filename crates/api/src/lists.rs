//! Lists of one kind of record.

pub(crate) mod view;
pub(crate) mod wire;

use wholechart_record::ConnectionId;

use self::{
    view::{Around, List},
    wire::ListPage,
};
use crate::{
    app::App,
    error::ApiError,
    timeline::{
        self,
        wire::{TimelineFacets, TimelineFilter},
    },
};

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
        let (speech, today) = (self.speech(&person), self.today(&person));
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
            connections.iter().find(|one| one.id == *id).map(|one| speech.sent(&one.name)).unwrap_or_default()
        };
        let around = Around { speech, today, provider: &provider };
        Ok(view::page(&around, list, &found))
    }

    pub(crate) async fn timeline_facets(
        &self,
        person: String,
        filter: Option<TimelineFilter>,
        list: Option<String>,
    ) -> Result<TimelineFacets, ApiError> {
        let person = self.person(&person).await?;
        let speech = self.speech(&person);
        let within = match list {
            Some(list) => self.list_of("timelineFacets", &list)?.kinds,
            None => &[],
        };
        let mut filter = self.filter("timelineFacets", filter.unwrap_or_default())?;
        if filter.kinds.is_empty() {
            filter.kinds = within.to_vec();
        }
        let facets = self.ask(move |store| store.facets(&person.id, &filter, within)).await?;
        Ok(timeline::view::facets(&speech, &facets))
    }

    fn list_of(&self, command: &str, name: &str) -> Result<&'static List, ApiError> {
        view::list(name).ok_or_else(|| self.misuse(command, "there is no such list"))
    }
}
