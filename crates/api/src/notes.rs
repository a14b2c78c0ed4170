//! What a person does on a record's page: writes a note, looks at what a version changed.

use wholechart_fhir::Entry;

use crate::{
    app::App,
    views,
    wire::{ApiError, ChangeView, Event},
};

/// Characters of a note; more is a document.
const LONGEST: usize = 20_000;

impl App {
    pub(crate) async fn save_note(&self, person: String, fact: String, text: String) -> Result<(), ApiError> {
        let fact = self.own_fact(&person, fact).await?;
        if text.chars().count() > LONGEST {
            return Err(self.error("error-note-long"));
        }
        let now = self.host.now();
        self.ask(move |store| store.set_note(&fact, &text, now)).await?;
        self.host.event(Event::Changed);
        Ok(())
    }

    pub(crate) async fn version_changes(
        &self,
        person: String,
        version: i64,
    ) -> Result<Vec<ChangeView>, ApiError> {
        let home = self.person(&person).await?.home_zone;
        let version = self.own_version(&person, version).await?;
        let found = self.ask(move |store| store.version_entries(version)).await?;
        let (_, before, after) = found.ok_or_else(|| self.error("error-no-such"))?;
        let said = |entry: Entry| (entry.title.clone(), views::fact::lines(&self.words, &entry, home));
        Ok(views::changes::between(&self.words, before.map(said), said(after)))
    }
}
