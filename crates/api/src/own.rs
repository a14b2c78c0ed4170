//! What a person adds of their own: medicines, allergies, problems, measurements, vaccines and visits that no provider knows
//! of. It is kept as FHIR under a source of its own, so everything that holds of what providers say holds of it too.

pub(crate) mod documents;
mod found;
mod measures;
mod resource;
pub(crate) mod wire;

use std::collections::BTreeMap;

use wholechart_record::{ConnectionId, PersonId};
use wholechart_store::{Connection, ConnectionState, OwnResource, Person, Store, StoreError};

use self::{
    found::kept_elements,
    measures::{MEASURES, figure, measured},
    resource::{Refused, entry, type_of},
    wire::{OwnEntry, OwnMeasure, OwnMeasureView, OwnSaved, OwnUnitView},
};
use crate::{
    app::App,
    error::ApiError,
    host::Event,
    ids::random_id,
    people::{free_colour, today},
    undo::{OwnUndo, Undo},
    words::{Words, dates},
};

/// Characters of a name, and of other lines.
const LONGEST_LINE: usize = 300;
/// Characters of a note; more is a document.
const LONGEST_NOTE: usize = 20_000;

impl App {
    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn own_measures(&self) -> Result<Vec<OwnMeasureView>, ApiError> {
        let view = |(what, units): &(OwnMeasure, &[measures::OwnUnit])| OwnMeasureView {
            what: *what,
            name: self.words.get(measure_words(*what)),
            units: units
                .iter()
                .map(|one| OwnUnitView { unit: one.unit.to_owned(), label: one.label.to_owned() })
                .collect(),
        };
        Ok(MEASURES.iter().map(view).collect())
    }

    /// What a person added, to be changed; `resource` is `Type/id`.
    pub(crate) async fn own_entry(&self, person: PersonId, resource: String) -> Result<OwnEntry, ApiError> {
        self.ask(move |store| entry(&kept(store, &person, &resource)?).ok_or(StoreError::NoSuch("own entry")))
            .await
    }

    /// Adds what a person says, or puts it in the place of what they said before.
    pub(crate) async fn save_own(
        &self,
        person: PersonId,
        resource: Option<String>,
        entry: OwnEntry,
    ) -> Result<OwnSaved, ApiError> {
        let person = self.person(person).await?;
        let now = self.host.now();
        let today = dates::key(today(&person, now));
        let own = checked(entry, &today).and_then(|entry| {
            let id = match &resource {
                Some(known) => match known.split_once('/') {
                    Some((of, id)) if of == type_of(&entry) => id.to_owned(),
                    _ => return Err("error-no-such"),
                },
                None => random_id(),
            };
            self::resource::resource(&entry, &id, &person, now)
        });
        let mut own = own.map_err(|why| self.error(why))?;
        let words = std::sync::Arc::clone(&self.words);
        let kept_as = format!("{}/{}", own.resource_type, own.id);
        let added = kept_as.clone();
        let (fact, undo) = self
            .ask(move |store| {
                let before = resource.as_deref().map(|one| kept(store, &person.id, one)).transpose()?;
                let elements = before.as_ref().and_then(|before| kept_elements(&before.json));
                if let Some(elements) = elements {
                    own = own.with(&elements);
                }
                let source = source_of(store, &words, &person, now)?;
                let fact = store.save_own(&source, &own, now)?;
                let undo = match before {
                    Some(before) => Undo::Own(OwnUndo::Changed(before)),
                    None => Undo::Own(OwnUndo::Added(added)),
                };
                Ok((fact, undo))
            })
            .await?;
        self.host.event(Event::Changed);
        Ok(OwnSaved { fact, resource: kept_as, undo: self.undo_text(&undo)? })
    }

    /// Deletes what a person added. Resolves to what `undo` takes to put it back.
    pub(crate) async fn delete_own(&self, person: PersonId, resource: String) -> Result<String, ApiError> {
        let deleted = self
            .ask(move |store| {
                let (of, id) = resource.split_once('/').ok_or(StoreError::NoSuch("own entry"))?;
                store.delete_own(&person, of, id)
            })
            .await?;
        self.host.event(Event::Changed);
        self.undo_text(&Undo::Own(OwnUndo::Deleted(deleted)))
    }

    /// Takes back that something was added, changed or deleted.
    pub(crate) async fn undo_own(&self, person: PersonId, undo: OwnUndo) -> Result<(), ApiError> {
        let person = self.person(person).await?;
        let now = self.host.now();
        let words = std::sync::Arc::clone(&self.words);
        self.ask(move |store| match undo {
            OwnUndo::Added(resource) => {
                let (of, id) = resource.split_once('/').ok_or(StoreError::NoSuch("own entry"))?;
                store.delete_own(&person.id, of, id).map(drop)
            }
            OwnUndo::AddedTogether(resources) => {
                for resource in resources {
                    let (of, id) = resource.split_once('/').ok_or(StoreError::NoSuch("own entry"))?;
                    match store.delete_own(&person.id, of, id) {
                        // One of them was deleted where it stood.
                        Err(StoreError::NoSuch(_)) => {}
                        deleted => drop(deleted?),
                    }
                }
                Ok(())
            }
            OwnUndo::Changed(before) => {
                kept(store, &person.id, &format!("{}/{}", before.resource_type, before.id))?;
                store.save_own(&source_of(store, &words, &person, now)?, &before, now).map(drop)
            }
            OwnUndo::Deleted(deleted) => {
                store.put_back_own(&source_of(store, &words, &person, now)?, &deleted).map(drop)
            }
        })
        .await
    }

    /// Calls every person's own source as that person is called now, in the language that is spoken.
    pub(crate) async fn call_own_sources(&self) -> Result<(), ApiError> {
        let words = std::sync::Arc::clone(&self.words);
        self.ask(move |store| {
            if store.unwritable().is_some() {
                return Ok(());
            }
            for person in store.persons()? {
                let Some(known) = store.own_connection(&person.id)? else { continue };
                let name = called(&words, &person);
                if known.name != name {
                    store.save_connection(&Connection { name, ..known })?;
                }
            }
            Ok(())
        })
        .await
    }
}

fn kept(store: &Store, person: &PersonId, resource: &str) -> Result<OwnResource, StoreError> {
    let (of, id) = resource.split_once('/').ok_or(StoreError::NoSuch("own entry"))?;
    store.own_resource(person, of, id)?.ok_or(StoreError::NoSuch("own entry"))
}

/// What the source of a person's own entries is called: a name that stands in every sentence as a provider's does.
fn called(words: &Words, person: &Person) -> String {
    words.with("own-source", &[("person", person.name.as_str().into())])
}

/// The source of a person's own entries, as it is or as it will be with the first one.
fn source_of(
    store: &Store,
    words: &Words,
    person: &Person,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Connection, StoreError> {
    if let Some(known) = store.own_connection(&person.id)? {
        return Ok(known);
    }
    let others = store.connections(Some(&person.id))?;
    Ok(Connection {
        id: ConnectionId(random_id()),
        person: person.id.clone(),
        name: called(words, person),
        card: serde_json::Value::Null,
        patient: BTreeMap::new(),
        state: ConnectionState::Own,
        created: now,
        colour: free_colour(others.iter().map(|one| one.colour)),
        imported: true,
    })
}

fn measure_words(what: OwnMeasure) -> &'static str {
    match what {
        OwnMeasure::BloodPressure => "own-blood-pressure",
        OwnMeasure::Weight => "own-weight",
        OwnMeasure::Height => "own-height",
        OwnMeasure::Temperature => "own-temperature",
        OwnMeasure::HeartRate => "own-heart-rate",
        OwnMeasure::OxygenSaturation => "own-oxygen-saturation",
        OwnMeasure::Glucose => "own-glucose",
        OwnMeasure::Pain => "own-pain",
    }
}

/// An entry without blanks around its texts and without empty ones, where all of it can be; `today` at home.
fn checked(entry: OwnEntry, today: &str) -> Result<OwnEntry, Refused> {
    Ok(match entry {
        OwnEntry::Medicine { name, how, reason, since, stopped, until, note } => {
            let since = past(since, today)?;
            OwnEntry::Medicine {
                name: named(&name)?,
                how: line(how)?,
                reason: line(reason)?,
                stopped,
                until: ended(until, stopped, since.as_deref(), today)?,
                since,
                note: lines(note)?,
            }
        }
        OwnEntry::Allergy { substance, reaction, severity, since, note } => OwnEntry::Allergy {
            substance: named(&substance)?,
            reaction: line(reaction)?,
            severity,
            since: past(since, today)?,
            note: lines(note)?,
        },
        OwnEntry::Problem { name, since, over, until, note } => {
            let since = past(since, today)?;
            OwnEntry::Problem {
                name: named(&name)?,
                over,
                until: ended(until, over, since.as_deref(), today)?,
                since,
                note: lines(note)?,
            }
        }
        OwnEntry::Measurement { what, value, second, unit, date, time, note } => {
            let of = measured(what, &unit).ok_or("error-own-unit")?;
            let amount = |typed: &str| {
                let figure = figure(typed.trim()).ok_or("error-own-value")?;
                let number: f64 = figure.parse().map_err(|_| "error-own-value")?;
                if number < of.from || number > of.to { Err("error-own-range") } else { Ok((figure, number)) }
            };
            let (value, upper) = amount(&value)?;
            let second = match line(second)? {
                Some(second) if what == OwnMeasure::BloodPressure => {
                    let (second, lower) = amount(&second)?;
                    if lower >= upper {
                        return Err("error-own-pair");
                    }
                    Some(second)
                }
                None if what != OwnMeasure::BloodPressure => None,
                _ => return Err("error-own-pair"),
            };
            let date = past(Some(date), today)?.filter(|date| date.len() == DAY).ok_or("error-own-day")?;
            OwnEntry::Measurement { what, value, second, unit, date, time: line(time)?, note: lines(note)? }
        }
        OwnEntry::Vaccine { name, date, lot, place, note } => OwnEntry::Vaccine {
            name: named(&name)?,
            date: past(date, today)?,
            lot: line(lot)?,
            place: line(place)?,
            note: lines(note)?,
        },
        OwnEntry::Result { name, value, unit, range, flag, date, note } => OwnEntry::Result {
            name: named(&name)?,
            value: line(Some(value))?.ok_or("error-own-found")?,
            unit: line(unit)?,
            range: line(range)?,
            flag,
            date: past(Some(date), today)?.ok_or("error-own-day")?,
            note: lines(note)?,
        },
        OwnEntry::Visit { reason, date, time, place, note } => OwnEntry::Visit {
            reason: named(&reason)?,
            date: dated(Some(date))?.ok_or("error-own-day")?,
            time: line(time)?,
            place: line(place)?,
            note: lines(note)?,
        },
    })
}

/// Letters of a whole day: `2024-03-15`.
const DAY: usize = 10;

fn named(text: &str) -> Result<String, Refused> {
    line(Some(text.to_owned()))?.ok_or("error-own-name")
}

/// One line of words. `None`: nothing was said.
fn line(text: Option<String>) -> Result<Option<String>, Refused> {
    let Some(text) = text else { return Ok(None) };
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.chars().count() > LONGEST_LINE {
        return Err("error-own-long");
    }
    Ok((!plain.is_empty()).then_some(plain))
}

/// Words of several lines.
fn lines(text: Option<String>) -> Result<Option<String>, Refused> {
    let Some(text) = text else { return Ok(None) };
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let plain: String = text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
    let plain = plain.trim();
    if plain.chars().count() > LONGEST_NOTE {
        return Err("error-note-long");
    }
    Ok((!plain.is_empty()).then(|| plain.to_owned()))
}

/// A year, a month or a day that exists.
fn dated(date: Option<String>) -> Result<Option<String>, Refused> {
    let Some(date) = line(date)? else { return Ok(None) };
    let first = match date.len() {
        4 => format!("{date}-01-01"),
        7 => format!("{date}-01"),
        DAY => date.clone(),
        _ => return Err("error-own-date"),
    };
    let is_plain = date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    first.parse::<chrono::NaiveDate>().ok().filter(|_| is_plain).ok_or("error-own-date")?;
    Ok(Some(date))
}

/// A date that is not ahead.
fn past(date: Option<String>, today: &str) -> Result<Option<String>, Refused> {
    let date = dated(date)?;
    match &date {
        Some(said) if today.get(..said.len()).is_some_and(|now| said.as_str() > now) => {
            Err("error-own-ahead")
        }
        _ => Ok(date),
    }
}

/// The end of what `is_over`; none of what is not.
fn ended(
    until: Option<String>,
    is_over: bool,
    since: Option<&str>,
    today: &str,
) -> Result<Option<String>, Refused> {
    let until = past(until, today)?.filter(|_| is_over);
    let before = |end: &str, start: &str| {
        let known = end.len().min(start.len());
        end.get(..known) < start.get(..known)
    };
    match (&until, since) {
        (Some(end), Some(start)) if before(end, start) => Err("error-own-order"),
        _ => Ok(until),
    }
}
