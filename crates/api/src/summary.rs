//! The summary on paper: one sheet for the next visit.

mod fit;
mod gather;
mod letters;
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

use self::wire::{Paper, SavedSummary, SummaryView};
use crate::{app::App, error::ApiError, people::today, saving::Saved};

impl App {
    pub(crate) async fn summary(&self, person: PersonId, paper: Paper) -> Result<SummaryView, ApiError> {
        let (pages, warning) = self.typeset(person, paper, |pages| Ok(pages.svg())).await?;
        let alt = self.words.with("summary-preview-alt", &[("count", pages.len().into())]);
        Ok(SummaryView { pages, paper, alt, warning })
    }

    pub(crate) async fn save_summary_pdf(
        &self,
        person: PersonId,
        paper: Paper,
    ) -> Result<SavedSummary, ApiError> {
        let person = self.person(person).await?;
        let name = self.file_name("summary-file-name", &person, today(&person, self.host.now()));
        let (pdf, warning) = self.typeset(person.id, paper, Pages::pdf).await?;
        let Saved { path } = self.hand_out(name, pdf.bytes).await?;
        Ok(SavedSummary { path, warning })
    }

    /// What is drawn of the pages, and what to say of letters that do not print.
    async fn typeset<T: Send + 'static>(
        &self,
        person: PersonId,
        paper: Paper,
        drawn: impl FnOnce(&Pages) -> Result<T, PrintError> + Send + 'static,
    ) -> Result<(T, Option<String>), ApiError> {
        let now = self.host.now();
        let words = Arc::clone(&self.words);
        let sample = self.config.sample;
        let typeset = self.ask(move |store| {
            let gathered = gather::gather(store, &words, &person, now)?;
            let mut sheet = view::sheet(&gathered, &words, now, sample);
            let paper = match paper {
                Paper::Letter => wholechart_print::Paper::Letter,
                Paper::A4 => wholechart_print::Paper::A4,
            };
            let fonts = Fonts::bundled();
            let warning = sheet.warn_of_letters(&fonts, &words);
            let pages = fit::fit(&sheet, &words, paper, &fonts);
            Ok(pages.and_then(|pages| Ok((drawn(&pages)?, warning))))
        });
        typeset.await?.map_err(|e| self.error("error-paper").details(e))
    }
}
