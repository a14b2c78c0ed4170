//! The summary on paper: one sheet for the next visit.

pub(crate) mod fit;
pub(crate) mod gather;
pub(crate) mod kinds;
mod measured;
mod medicine_list;
#[cfg(test)]
mod on_paper;
pub(crate) mod under_topics;
mod vaccination;
pub(crate) mod view;
pub(crate) mod ways;
pub(crate) mod wire;

use std::sync::Arc;

use wholechart_print::{Fonts, Pages, PrintError, typeset};
use wholechart_record::PersonId;

use self::{
    kinds::SheetKind,
    wire::{Paper, SummaryView},
};
use crate::{app::App, error::ApiError, people::today, saving::Saved};

/// How many characters without a font are named.
const MISSING_SHOWN: usize = 12;

impl App {
    pub(crate) async fn summary(
        &self,
        person: PersonId,
        paper: Paper,
        sheet: Option<SheetKind>,
    ) -> Result<SummaryView, ApiError> {
        let (pages, missing, turned) = self
            .typeset(person, paper, sheet, |pages| {
                Ok((pages.svg(), pages.missing().to_vec(), pages.are_turned()))
            })
            .await?;
        let alt = self.words.with("summary-preview-alt", &[("count", pages.len().into())]);
        let warning = (!missing.is_empty()).then(|| {
            let characters: Vec<_> = missing.iter().take(MISSING_SHOWN).map(char::to_string).collect();
            self.words
                .with("paper-missing-characters", &[("characters", characters.join(" ").as_str().into())])
        });
        Ok(SummaryView { pages, paper, turned, alt, warning })
    }

    pub(crate) async fn save_summary_pdf(
        &self,
        person: PersonId,
        paper: Paper,
        sheet: Option<SheetKind>,
    ) -> Result<Saved, ApiError> {
        let person = self.person(person).await?;
        let name =
            self.file_name(sheet.unwrap_or_default().file_name(), &person, today(&person, self.host.now()));
        let pdf = self.typeset(person.id, paper, sheet, Pages::pdf).await?;
        self.hand_out(name, pdf.bytes).await
    }

    async fn typeset<T: Send + 'static>(
        &self,
        person: PersonId,
        paper: Paper,
        sheet: Option<SheetKind>,
        drawn: impl FnOnce(&Pages) -> Result<T, PrintError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let now = self.host.now();
        let words = Arc::clone(&self.words);
        let sample = self.config.sample;
        let typeset = self.ask(move |store| {
            let paper = match paper {
                Paper::Letter => wholechart_print::Paper::Letter,
                Paper::A4 => wholechart_print::Paper::A4,
            };
            let fonts = Fonts::bundled();
            let pages = match sheet.unwrap_or_default() {
                SheetKind::Summary => {
                    let gathered = gather::gather(store, &words, &person, now)?;
                    fit::fit(&view::sheet(&gathered, &words, now, sample), &words, paper, &fonts)
                }
                other => {
                    let (document, turned) = kinds::document(other, store, &words, &person, now, sample)?;
                    typeset(&document, if turned { paper.turned() } else { paper }, &fonts)
                }
            };
            Ok(pages.and_then(|pages| drawn(&pages)))
        });
        typeset.await?.map_err(|e| self.error("error-paper").details(e))
    }
}
