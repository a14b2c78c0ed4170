//! What each provider lists, side by side: topics as rows, providers as columns. How a topic is, is asked of the topics; a cell says
//! what the same rules say of one provider's entries alone.

mod cell;
pub(crate) mod paper;
pub(crate) mod view;
pub(crate) mod wire;

use std::sync::Arc;

use wholechart_record::PersonId;

use self::{view::tables, wire::CompareView};
use crate::{app::App, error::ApiError, lists::view::Around, people::today, providers, words::Speech};

impl App {
    pub(crate) async fn compare(&self, person: PersonId) -> Result<CompareView, ApiError> {
        let words = Arc::clone(&self.words);
        let now = self.host.now();
        self.ask(move |store| {
            let person = store.person(&person)?;
            let speech = Speech::new(&words, person.home_zone, now);
            let providers = providers::names(store)?;
            let around = Around { speech, today: today(&person, now), providers: &providers };
            Ok(CompareView { tables: tables(store, &around, &person, &|_| true)? })
        })
        .await
    }
}
