//! Topics: what facts are about, one line each. The first page, lists and the terminal read them from here.

pub(crate) mod disputes;
pub(crate) mod ordered;
pub(crate) mod view;
pub(crate) mod wire;

use std::sync::Arc;

use wholechart_fhir::Kind;
use wholechart_record::{PersonId, TOPICAL};
use wholechart_store::TopicRow;

use self::{disputes::Disputes, ordered::ordered, view::topic, wire::TopicView};
use crate::{app::App, error::ApiError, lists::view::Around, people::today, providers, words::Speech};

impl App {
    pub(crate) async fn topics(
        &self,
        person: PersonId,
        kind: Option<Kind>,
    ) -> Result<Vec<TopicView>, ApiError> {
        let words = std::sync::Arc::clone(&self.words);
        let now = self.host.now();
        self.ask(move |store| {
            let person = store.person(&person)?;
            let speech = Speech::new(&words, person.home_zone, now);
            let providers = providers::names(store)?;
            let around = Around { speech, today: today(&person, now), providers: &providers };
            let kinds: Vec<Kind> =
                TOPICAL.iter().copied().filter(|one| kind.is_none_or(|kind| kind == *one)).collect();
            let found = store.topics(&person.id, &kinds)?;
            let disputes = Disputes::among(store, &around, &person.id, &found, None)?;
            Ok(in_order(&around, &disputes, &found, &kinds).into_iter().map(|(view, _)| view).collect())
        })
        .await
    }
}

/// Topics in words beside what they were made of, in their order.
pub(crate) fn in_order<'f>(
    around: &Around<'_>,
    disputes: &Disputes,
    found: &'f [Arc<TopicRow>],
    kinds: &[Kind],
) -> Vec<(TopicView, &'f TopicRow)> {
    ordered(around, found, kinds).iter().map(|one| (topic(around, disputes, one), one.of)).collect()
}
