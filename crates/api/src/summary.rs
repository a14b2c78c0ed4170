//! The summary on paper: one sheet for the next visit.

mod care_history;
pub(crate) mod choices;
mod emergency;
pub(crate) mod fit;
pub(crate) mod gather;
pub(crate) mod kinds;
pub(crate) mod letters_lacking;
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
    choices::Printing,
    kinds::SheetKind,
    wire::{Paper, SavedSummary, SummaryView},
};
use crate::{app::App, error::ApiError, people::today, saving::Saved};

impl App {
    pub(crate) async fn summary(
        &self,
        person: PersonId,
        paper: Paper,
        sheet: Option<SheetKind>,
        printing: Option<Printing>,
    ) -> Result<SummaryView, ApiError> {
        let ((pages, turned), warning) = self
            .typeset(person, paper, sheet, printing, |pages| Ok((pages.svg(), pages.are_turned())))
            .await?;
        let alt = self.words.with("summary-preview-alt", &[("count", pages.len().into())]);
        Ok(SummaryView { pages, paper, turned, alt, warning })
    }

    pub(crate) async fn save_summary_pdf(
        &self,
        person: PersonId,
        paper: Paper,
        sheet: Option<SheetKind>,
        printing: Option<Printing>,
    ) -> Result<SavedSummary, ApiError> {
        let person = self.person(person).await?;
        let name =
            self.file_name(sheet.unwrap_or_default().file_name(), &person, today(&person, self.host.now()));
        let (pdf, warning) = self.typeset(person.id, paper, sheet, printing, Pages::pdf).await?;
        let Saved { path } = self.hand_out(name, pdf.bytes).await?;
        Ok(SavedSummary { path, warning })
    }

    /// What is drawn of the pages, and what to say of letters that do not print.
    async fn typeset<T: Send + 'static>(
        &self,
        person: PersonId,
        paper: Paper,
        sheet: Option<SheetKind>,
        printing: Option<Printing>,
        drawn: impl FnOnce(&Pages) -> Result<T, PrintError> + Send + 'static,
    ) -> Result<(T, Option<String>), ApiError> {
        let now = self.host.now();
        let words = Arc::clone(&self.words);
        let sample = self.config.sample;
        let typeset = self.ask(move |store| {
            let paper = wholechart_print::Paper::from(paper);
            let fonts = Fonts::bundled();
            let printing = match printing {
                Some(printing) => printing,
                None => Printing::of(store, &person)?,
            };
            let words = printing.words(&words);
            let (pages, warning) = match sheet.unwrap_or_default() {
                SheetKind::Summary => {
                    let mut gathered = gather::gather(store, &words, &person, now)?;
                    printing.narrow(&mut gathered);
                    let mut sheet = view::sheet(&gathered, &words, now, sample, &printing);
                    let warning = sheet.warn_of_letters(&fonts, &words);
                    (fit::fit(&sheet, &words, paper, &fonts), warning)
                }
                other => {
                    let (mut document, turned) =
                        kinds::document(other, store, &words, &person, now, sample, &printing)?;
                    document.large = printing.large;
                    let turned = turned && !printing.large;
                    let warning = letters_lacking::warn(&mut document, &fonts, &words);
                    (typeset(&document, if turned { paper.turned() } else { paper }, &fonts), warning)
                }
            };
            Ok(pages.and_then(|pages| Ok((drawn(&pages)?, warning))))
        });
        typeset.await?.map_err(|e| self.error("error-paper").details(e))
    }
}
