//! The people whose records are kept: adding, changing, choosing and finding them.

pub(crate) mod wire;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use wholechart_fhir::Day;
use wholechart_record::PersonId;
use wholechart_store::{Person, Store};

use self::wire::PersonView;
use crate::{
    app::{App, CHOSEN, left_at, wire::AppState},
    error::ApiError,
    host::Event,
    ids::random_id,
    words::{Speech, dates},
};

/// How many colours there are, for people and for connections.
const COLOURS: u8 = 8;

impl App {
    pub(crate) async fn save_person(
        &self,
        id: Option<PersonId>,
        name: String,
        birth_date: Option<String>,
        home_zone: String,
        colour: Option<u8>,
    ) -> Result<PersonView, ApiError> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(self.error("error-person-name"));
        }
        let home_zone: Tz = home_zone.parse().map_err(|_| self.error("error-zone"))?;
        let birth_date = match birth_date.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => Some(text.parse::<NaiveDate>().map_err(|_| self.error("error-birth-date"))?),
            None => None,
        };
        let known = self.ask(Store::persons).await?;
        let before = known.iter().find(|person| Some(&person.id) == id.as_ref());
        if id.is_some() && before.is_none() {
            return Err(self.error("error-no-such"));
        }
        // Two people with one name look alike wherever only the name is shown or read out.
        if known.iter().any(|other| Some(&other.id) != id.as_ref() && same_name(&other.name, &name)) {
            return Err(self.error("error-person-twice"));
        }
        let colour = colour
            .or(before.map(|person| person.colour))
            .unwrap_or_else(|| free_colour(known.iter().map(|person| person.colour)));
        let id = id.unwrap_or_else(|| PersonId(random_id()));
        let person = Person { id, name, birth_date, home_zone, colour: colour % COLOURS };
        let view = PersonView::from(&person);
        self.ask(move |store| store.save_person(&person)).await?;
        self.call_own_sources().await?;
        self.host.event(Event::Changed);
        Ok(view)
    }

    pub(crate) async fn choose_person(&self, person: PersonId) -> Result<AppState, ApiError> {
        self.ask(move |store| {
            let person = store.person(&person)?;
            store.set_setting(CHOSEN, &person.id.0.into())
        })
        .await?;
        self.app_state().await
    }

    /// Remembers what the window shows, inside the encrypted record: an address may hold words that were looked for.
    pub(crate) async fn leave(&self, person: PersonId, at: String) -> Result<(), ApiError> {
        const LONGEST: usize = 2_000;
        if at.len() > LONGEST {
            return Ok(());
        }
        self.ask(move |store| store.set_setting(&left_at(&store.person(&person)?.id), &at.into())).await
    }

    pub(crate) async fn person(&self, id: PersonId) -> Result<Person, ApiError> {
        self.ask(move |store| store.person(&id)).await
    }

    /// Where the person lives whose record is shown: every time of day is one there. That of this computer while nobody's is.
    pub(crate) async fn home_zone(&self) -> Tz {
        let read = |store: &Store| {
            let chosen = store.setting(CHOSEN)?;
            let chosen = chosen.as_ref().and_then(serde_json::Value::as_str);
            let persons = store.persons()?;
            let shown = persons.iter().find(|one| chosen == Some(one.id.0.as_str())).or(persons.first());
            Ok(shown.map(|one| one.home_zone))
        };
        self.ask(read).await.ok().flatten().unwrap_or_else(|| self.system_zone())
    }

    /// What is said to this person, now.
    pub(crate) fn speech(&self, person: &Person) -> Speech<'_> {
        Speech::new(&self.words, person.home_zone, self.host.now())
    }
}

/// The day it is at home.
pub(crate) fn today(person: &Person, now: DateTime<Utc>) -> Day {
    dates::of(now.with_timezone(&person.home_zone).date_naive())
}

/// Names that look alike to a person who reads them.
fn same_name(a: &str, b: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(a) == plain(b)
}

/// The first colour that stands for nobody and nothing yet; when all are taken, the one that stands for the fewest.
pub(crate) fn free_colour(taken: impl Iterator<Item = u8>) -> u8 {
    let mut times = [0_usize; COLOURS as usize];
    for colour in taken {
        times[usize::from(colour % COLOURS)] += 1;
    }
    (0..COLOURS).min_by_key(|colour| times[usize::from(*colour)]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_colour_stands_for_nobody_or_for_the_fewest() {
        assert_eq!(free_colour([].into_iter()), 0);
        assert_eq!(free_colour([0, 2].into_iter()), 1, "the one that was given back");
        assert_eq!(free_colour((0..COLOURS).chain([0, 1])), 2);
    }
}
