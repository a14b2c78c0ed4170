//! Topics: what facts are about, one line each. The first page, lists and the terminal read them from here.

pub(crate) mod view;
pub(crate) mod wire;

use std::cmp::Reverse;
use std::sync::Arc;

use wholechart_fhir::Kind;
use wholechart_record::{PersonId, TOPICAL};
use wholechart_store::{Person, Store, StoreError, TopicRow};

use self::{view::topic, wire::TopicView};
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
            views(store, &around, &person, &kinds)
        })
        .await
    }
}

/// Every topic of these kinds, kind by kind: what is so now first, then by name.
pub(crate) fn views(
    store: &Store,
    around: &Around<'_>,
    person: &Person,
    kinds: &[Kind],
) -> Result<Vec<TopicView>, StoreError> {
    let found = store.topics(&person.id, kinds)?;
    Ok(in_order(around, &found, kinds).into_iter().map(|(view, _)| view).collect())
}

/// Topics in words beside what they were made of, kind by kind: what is so now first; then the gravest allergy, what was newest
/// among problems and among what was given or done, and by name.
pub(crate) fn in_order<'f>(
    around: &Around<'_>,
    found: &'f [Arc<TopicRow>],
    kinds: &[Kind],
) -> Vec<(TopicView, &'f TopicRow)> {
    let mut views: Vec<(TopicView, &TopicRow)> =
        found.iter().map(|one| (topic(around, one), &**one)).collect();
    views.sort_by_cached_key(|(view, of)| {
        let place = kinds.iter().position(|kind| *kind == view.kind);
        let dated = !matches!(view.kind, Kind::Medicine | Kind::Allergy);
        let newest = of.facts.iter().filter_map(|one| one.row.day).max().filter(|_| dated);
        (place, view.standing, view.rank, Reverse(newest), view.name.to_lowercase(), view.id.clone())
    });
    views
}
