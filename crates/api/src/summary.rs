//! The summary on paper: one sheet for the next visit.

mod fit;
mod gather;
mod measured;
#[cfg(test)]
mod on_paper;
mod under_topics;
mod view;
mod ways;
pub(crate) mod wire;

use std::sync::Arc;

use wholechart_print::{Fonts, Pages, PrintError};
use wholechart_record::PersonId;

use self::wire::{Paper, SummaryView};
use crate::{app::App, error::ApiError, people::today, saving::Saved};

/// How many characters without a font are named.
const MISSING_SHOWN: usize = 12;

impl App {
    pub(crate) async fn summary(&self, person: PersonId, paper: Paper) -> Result<SummaryView, ApiError> {
        let (pages, missing) =
            self.typeset(person, paper, |pages| Ok((pages.svg(), pages.missing().to_vec()))).await?;
        let alt = self.words.with("summary-preview-alt", &[("count", pages.len().into())]);
        let warning = (!missing.is_empty()).then(|| {
            let characters: Vec<_> = missing.iter().take(MISSING_SHOWN).map(char::to_string).collect();
            self.words
                .with("paper-missing-characters", &[("characters", characters.join(" ").as_str().into())])
        });
        Ok(SummaryView { pages, paper, alt, warning })
    }

    pub(crate) async fn save_summary_pdf(&self, person: PersonId, paper: Paper) -> Result<Saved, ApiError> {
        let person = self.person(person).await?;
        let name = self.file_name("summary-file-name", &person, today(&person, self.host.now()));
        let pdf = self.typeset(person.id, paper, Pages::pdf).await?;
        self.hand_out(name, pdf.bytes).await
    }

    async fn typeset<T: Send + 'static>(
        &self,
        person: PersonId,
        paper: Paper,
        drawn: impl FnOnce(&Pages) -> Result<T, PrintError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let now = self.host.now();
        let words = Arc::clone(&self.words);
        let sample = self.config.sample;
        let typeset = self.ask(move |store| {
            let gathered = gather::gather(store, &words, &person, now)?;
            let sheet = view::sheet(&gathered, &words, now, sample);
            let paper = match paper {
                Paper::Letter => wholechart_print::Paper::Letter,
                Paper::A4 => wholechart_print::Paper::A4,
            };
            let pages = fit::fit(&sheet, &words, paper, &Fonts::bundled());
            Ok(pages.and_then(|pages| drawn(&pages)))
        });
        typeset.await?.map_err(|e| self.error("error-paper").details(e))
    }
}
