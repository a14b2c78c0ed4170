//! Erasing for good: a person, a connection, an import, a document, everything. It is told before what goes and what cannot be reached.

pub(crate) mod wire;

use wholechart_fhir::Kind;
use wholechart_record::{FactId, PersonId};
use wholechart_store::{Connection, Store, StoreError};

use self::wire::{Erase, ErasePreview};
use crate::{
    app::{App, wire::AppState},
    backups,
    error::{ApiError, error},
    host::Event,
    taking_out,
    whose::{own_connection, own_fact},
    words::Arg,
};

impl App {
    pub(crate) async fn erase_preview(&self, what: Erase) -> Result<ErasePreview, ApiError> {
        let now = self.host.now();
        let whose = match &what {
            Erase::Person { person }
            | Erase::Connection { person, .. }
            | Erase::Import { person, .. }
            | Erase::Document { person, .. } => Some(person.clone()),
            Erase::Everything => None,
        };
        let count = |n: u64| Arg::from(usize::try_from(n).unwrap_or(usize::MAX));
        let text = match what {
            Erase::Person { person } => {
                let person = self.person(person).await?;
                let held = self.ask(move |store| store.held(now)).await?;
                let facts = held.iter().find(|one| one.name == person.name).map_or(0, |one| one.facts);
                let name = self.words.sent(&person.name);
                self.words.with("erase-person", &[("name", (&name).into()), ("records", count(facts))])
            }
            Erase::Connection { person, connection } => {
                let (known, counts) = self
                    .ask(move |store| {
                        let known = own_connection(store, &person, &connection)?;
                        let counts = store.counts(&known.id)?;
                        Ok((known, counts))
                    })
                    .await?;
                let name = self.words.sent(&known.name);
                let records = count(counts.resources);
                self.words.with("erase-connection", &[("name", (&name).into()), ("records", records)])
            }
            Erase::Import { person, import } => {
                let all = self.imports(person).await?;
                let one = all.into_iter().find(|one| one.id == import);
                let one = one.ok_or_else(|| self.error("error-no-such"))?;
                self.words
                    .with("erase-import", &[("when", (&one.when).into()), ("records", one.records.into())])
            }
            Erase::Document { person, fact } => {
                let row = self
                    .ask(move |store| {
                        is_document(store, &person, &fact)?;
                        store.fact_row(&fact)?.ok_or(StoreError::NoSuch("fact"))
                    })
                    .await?;
                let title = self.words.sent(&row.title.text);
                self.words.with("erase-document", &[("title", (&title).into())])
            }
            Erase::Everything => self.words.get("erase-everything"),
        };
        let (backups, aside) = self
            .ask(move |store| {
                let mut written = backups::written(store)?;
                written.extend(taking_out::places(store, whose.as_ref())?);
                Ok((written, store.put_aside()?))
            })
            .await?;
        Ok(ErasePreview {
            text,
            backups: backups.iter().map(|file| self.words.sent(file)).collect(),
            aside: aside.iter().map(|file| self.words.sent(&file.display().to_string())).collect(),
        })
    }

    pub(crate) async fn erase(&self, what: Erase) -> Result<AppState, ApiError> {
        match what {
            Erase::Person { person } => self.erase_person(person).await?,
            Erase::Connection { person, connection } => self.disconnect(person, connection, false).await?,
            Erase::Import { person, import } => {
                let now = self.host.now();
                let _running = self.begin_importing()?;
                self.ask(move |store| {
                    if !store.imports(&person)?.iter().any(|one| one.id == import) {
                        return Err(StoreError::NoSuch("import"));
                    }
                    store.erase_import(import, now)
                })
                .await?;
            }
            Erase::Document { person, fact } => {
                let known = {
                    let person = person.clone();
                    self.ask(move |store| store.connections(Some(&person))).await?
                };
                self.none_is_syncing(&known)?;
                let _running = self.begin_importing()?;
                self.ask(move |store| {
                    is_document(store, &person, &fact)?;
                    store.erase_document(&person, &fact)
                })
                .await?;
            }
            Erase::Everything => return self.erase_all().await,
        }
        self.host.event(Event::Changed);
        self.app_state().await
    }

    /// What is being fetched would bring it again while it is erased.
    fn none_is_syncing(&self, known: &[Connection]) -> Result<(), ApiError> {
        match known.iter().find(|one| self.runs(&one.id.0)) {
            Some(one) => Err(error(&self.words, "error-syncing", &[("provider", (&one.name).into())])),
            None => Ok(()),
        }
    }

    async fn erase_person(&self, person: PersonId) -> Result<(), ApiError> {
        let id = person.clone();
        let known: Vec<Connection> = self.ask(move |store| store.connections(Some(&id))).await?;
        self.none_is_syncing(&known)?;
        let _running = self.begin_importing()?;
        for one in &known {
            self.revoke(one).await?;
        }
        self.ask(move |store| store.erase_person(&person)).await
    }
}

/// Whether a person's fact is a document, or has files.
fn is_document(store: &Store, person: &PersonId, fact: &FactId) -> Result<(), StoreError> {
    own_fact(store, person, fact)?;
    let row = store.fact_row(fact)?.ok_or(StoreError::NoSuch("fact"))?;
    if row.kind == Kind::Document || !store.files(fact)?.is_empty() {
        Ok(())
    } else {
        Err(StoreError::NoSuch("document"))
    }
}
