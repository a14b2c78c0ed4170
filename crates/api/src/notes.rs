//! What a person does on a record's page: writes a note, looks at what a version changed.

use chrono_tz::Tz;
use wholechart_fhir::Entry;
use wholechart_record::FactId;
use wholechart_store::VersionId;

use crate::{
    app::App,
    views,
    wire::{ApiError, ChangeView, Event},
};

/// Characters of a note; more is a document.
const LONGEST: usize = 20_000;

impl App {
    pub(crate) async fn save_note(&self, fact: String, text: String) -> Result<(), ApiError> {
        if text.chars().count() > LONGEST {
            return Err(self.error("error-note-long"));
        }
        let now = self.host.now();
        self.ask(move |store| store.set_note(&FactId(fact), &text, now)).await?;
        self.host.event(Event::Changed);
        Ok(())
    }

    pub(crate) async fn version_changes(&self, version: i64) -> Result<Vec<ChangeView>, ApiError> {
        let found = self
            .ask(move |store| {
                let Some((key, before, after)) = store.version_entries(VersionId(version))? else {
                    return Ok(None);
                };
                let person = store.connection(&key.connection)?.map(|connection| connection.person);
                let persons = store.persons()?;
                let home = persons
                    .iter()
                    .find(|one| Some(&one.id) == person.as_ref())
                    .map_or(Tz::UTC, |p| p.home_zone);
                Ok(Some((home, before, after)))
            })
            .await?;
        let (home, before, after) = found.ok_or_else(|| self.error("error-no-such"))?;
        let said = |entry: Entry| (entry.title.clone(), views::fact::lines(&self.words, &entry, home));
        Ok(views::changes::between(&self.words, before.map(said), said(after)))
    }
}
