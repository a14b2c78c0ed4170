//! Letters to providers: to correct a record (45 CFR 164.526), for a copy of all of it (45 CFR 164.524). They are filled in from
//! what is known, printed and saved as sheets are, in the language and the size of the person's paper, and never sent from here.

mod paper;
mod view;
pub(crate) mod wire;

use std::sync::Arc;

use wholechart_print::{Document, Fonts, Pages, PrintError, typeset};
use wholechart_record::{ConnectionId, FactId, PersonId};

pub(crate) use self::view::{is_the_providers, where_it_is};
use self::{
    view::{Known, known},
    wire::{LetterAsks, LetterDraft, LetterText},
};
use crate::{
    app::App,
    error::ApiError,
    people::today,
    saving::{LETTER, Saved},
    summary::{
        choices::Printing,
        warned,
        wire::{Paper, SavedSummary, SummaryView},
    },
    words::Speech,
};

/// Characters of each text that is typed; more is no letter.
const LONGEST: usize = 20_000;

impl App {
    pub(crate) async fn letter_draft(
        &self,
        person: PersonId,
        connection: ConnectionId,
        fact: Option<FactId>,
        resource: Option<String>,
    ) -> Result<LetterDraft, ApiError> {
        let words = Arc::clone(&self.words);
        let now = self.host.now();
        self.ask(move |store| {
            let person = store.person(&person)?;
            let speech = Speech::new(&words, person.home_zone, now);
            let about = fact.as_ref().zip(resource.as_deref());
            let Known { provider, number, says, .. } = known(store, &speech, &person, &connection, about)?;
            let to = view::address(store, &speech, &person.id, &connection, &provider)?;
            Ok(LetterDraft { provider, to, number, says })
        })
        .await
    }

    pub(crate) async fn letter(
        &self,
        person: PersonId,
        letter: LetterText,
        paper: Paper,
    ) -> Result<SummaryView, ApiError> {
        let (pages, warning) = self.typeset_letter(person, letter, paper, |pages| Ok(pages.svg())).await?;
        let alt = self.words.with("letter-preview-alt", &[("count", pages.len().into())]);
        Ok(SummaryView { pages, paper, turned: false, alt, no_room: None, warning })
    }

    pub(crate) async fn save_letter_pdf(
        &self,
        person: PersonId,
        letter: LetterText,
        paper: Paper,
    ) -> Result<SavedSummary, ApiError> {
        let person = self.person(person).await?;
        let key = match letter.asks {
            LetterAsks::Correction { .. } => "letter-correction-file-name",
            LetterAsks::Copy => "letter-copy-file-name",
        };
        let name = self.file_name(key, &person, today(&person, self.host.now()));
        let (pdf, warning) = self.typeset_letter(person.id.clone(), letter, paper, Pages::pdf).await?;
        let Saved { path } = self.hand_out(&person.id, LETTER, name, pdf.bytes).await?;
        Ok(SavedSummary { path, warning })
    }

    async fn typeset_letter<T: Send + 'static>(
        &self,
        person: PersonId,
        letter: LetterText,
        paper: Paper,
        drawn: impl FnOnce(&Pages) -> Result<T, PrintError> + Send + 'static,
    ) -> Result<(T, Option<String>), ApiError> {
        if letter.typed().any(|text| text.chars().count() > LONGEST) {
            return Err(self.error("error-letter-long"));
        }
        let now = self.host.now();
        let words = Arc::clone(&self.words);
        let sample = self.config.sample;
        let typeset = self.ask(move |store| {
            let person = store.person(&person)?;
            let sample = App::is_sample(sample, store)?;
            let printing = Printing::of(store, &person.id)?;
            let words = printing.words(&words);
            let speech = Speech::new(&words, person.home_zone, now);
            let known = known(store, &speech, &person, &letter.connection, letter.about())?;
            let mut document: Document = paper::document(&speech, &person, &known, &letter, sample);
            document.large = printing.large;
            let fonts = Fonts::bundled();
            let warning = warned::warn(&mut document, &fonts, &words, false);
            let pages = typeset(&document, paper.into(), &fonts);
            Ok(pages.and_then(|pages| Ok((drawn(&pages)?, warning))))
        });
        typeset.await?.map_err(|e| self.error("error-paper").details(e))
    }
}

impl LetterText {
    /// The record it is about, and which of its sources.
    fn about(&self) -> Option<(&FactId, &str)> {
        match &self.asks {
            LetterAsks::Correction { fact, resource, .. } => Some((fact, resource)),
            LetterAsks::Copy => None,
        }
    }

    fn typed(&self) -> impl Iterator<Item = &str> {
        let asked = match &self.asks {
            LetterAsks::Correction { should_say, why, .. } => vec![should_say.as_str(), why],
            LetterAsks::Copy => Vec::new(),
        };
        asked.into_iter().chain([self.to.as_str()])
    }
}
