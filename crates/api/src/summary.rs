//! The summary on paper.

#[cfg(test)]
mod on_paper;
mod view;
pub(crate) mod wire;

use std::sync::Arc;

use wholechart_record::{PersonId, summary_without};
use wholechart_store::StoreError;

use self::wire::{Paper, SummaryView};
use crate::{app::App, error::ApiError, people::today, providers::marked, saving::Saved, words::Speech};

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
        let pdf = self.typeset(person.id, paper, wholechart_print::Pages::pdf).await?;
        self.hand_out(name, pdf.bytes).await
    }

    async fn typeset<T: Send + 'static>(
        &self,
        person: PersonId,
        paper: Paper,
        drawn: impl FnOnce(&wholechart_print::Pages) -> Result<T, wholechart_print::PrintError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let now = self.host.now();
        let words = Arc::clone(&self.words);
        let sample = self.config.sample;
        let typeset = self.ask(move |store| {
            let person = store.person(&person)?;
            let today = today(&person, now);
            let sources = marked(store, &person.id)?.into_iter().map(|(connection, mark)| {
                let last_finished = store.last_finished_run(&connection.id)?;
                Ok(view::Source {
                    id: connection.id,
                    mark,
                    name: connection.name,
                    last_sync: last_finished.and_then(|run| run.finished),
                })
            });
            let sources = sources.collect::<Result<Vec<_>, StoreError>>()?;
            let (facts, left_out) = store.current_facts(&person.id, today, true)?;
            let said = facts.iter().map(|one| (&one.fact.id, one.said.as_slice())).collect();
            let gone = facts.iter().map(|one| (one.fact.id.clone(), one.gone.clone())).collect();
            let says: Vec<_> = facts.iter().map(|one| (&one.fact, &one.says)).collect();
            let summary = summary_without(&says, &left_out, today, &store.choices(&person.id)?);
            let speech = Speech::new(&words, person.home_zone, now);
            let document = view::document(&speech, &summary, &said, &gone, &person, &sources, sample);
            let paper = match paper {
                Paper::Letter => wholechart_print::Paper::Letter,
                Paper::A4 => wholechart_print::Paper::A4,
            };
            let pages = wholechart_print::typeset(&document, paper, &wholechart_print::Fonts::bundled());
            Ok(pages.and_then(|pages| drawn(&pages)))
        });
        typeset.await?.map_err(|e| self.error("error-paper").details(e))
    }
}
