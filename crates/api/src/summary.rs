//! The summary on paper.

mod view;
pub(crate) mod wire;

use std::sync::Arc;

use self::wire::{Paper, SummaryView};
use crate::{app::App, error::ApiError, saving::Saved, words::Speech};

/// How many characters without a font are named.
const MISSING_SHOWN: usize = 12;

impl App {
    pub(crate) async fn summary(&self, person: String, paper: Paper) -> Result<SummaryView, ApiError> {
        let (pages, missing) =
            self.typeset(&person, paper, |pages| Ok((pages.svg(), pages.missing().to_vec()))).await?;
        let alt = self.words.with("summary-preview-alt", &[("count", pages.len().into())]);
        let warning = (!missing.is_empty()).then(|| {
            let characters: Vec<_> = missing.iter().take(MISSING_SHOWN).map(char::to_string).collect();
            self.words
                .with("paper-missing-characters", &[("characters", characters.join(" ").as_str().into())])
        });
        Ok(SummaryView { pages, paper, alt, warning })
    }

    /// The summary as PDF bytes with a name for the file.
    ///
    /// # Errors
    /// When the record is locked or the pages cannot be laid out.
    pub async fn summary_pdf(&self, person: String, paper: Paper) -> Result<(String, Vec<u8>), ApiError> {
        let name = self.person(&person).await?;
        let today = self.host.now().with_timezone(&name.home_zone).date_naive();
        let plain: String = name
            .name
            .chars()
            .map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' })
            .collect::<String>();
        let file = self.words.with(
            "summary-file-name",
            &[("name", plain.trim().into()), ("date", (&today.to_string()).into())],
        );
        let pdf = self.typeset(&person, paper, wholechart_print::Pages::pdf).await?;
        Ok((file, pdf.bytes))
    }

    pub(crate) async fn save_summary_pdf(&self, person: String, paper: Paper) -> Result<Saved, ApiError> {
        let (name, bytes) = self.summary_pdf(person, paper).await?;
        self.hand_out(name, bytes).await
    }

    async fn typeset<T: Send + 'static>(
        &self,
        person: &str,
        paper: Paper,
        drawn: impl FnOnce(&wholechart_print::Pages) -> Result<T, wholechart_print::PrintError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let person = self.person(person).await?;
        let connections = self.connections_of(&person).await?;
        let id = person.id.clone();
        let now = self.host.now();
        let today = self.today(&person);
        let ((facts, left_out), choices) =
            self.ask(move |store| Ok((store.current_facts(&id, today, true)?, store.choices(&id)?))).await?;
        let sources: Vec<_> = connections
            .into_iter()
            .map(|c| view::Source {
                id: c.connection.id,
                mark: c.mark,
                name: c.connection.name,
                last_sync: c.last_finished.and_then(|run| run.finished),
            })
            .collect();
        let words = Arc::clone(&self.words);
        let sample = self.config.sample;
        self.off_thread(move || {
            let facts: Vec<_> = facts.iter().map(|one| (&one.fact, &one.best)).collect();
            let summary = wholechart_record::summary_without(&facts, &left_out, today, &choices);
            let document = view::document(
                &Speech::new(&words, person.home_zone, now),
                &summary,
                &person,
                &sources,
                sample,
            );
            let paper = match paper {
                Paper::Letter => wholechart_print::Paper::Letter,
                Paper::A4 => wholechart_print::Paper::A4,
            };
            let pages = wholechart_print::typeset(&document, paper, &wholechart_print::Fonts::bundled())?;
            drawn(&pages)
        })
        .await?
        .map_err(|e| self.error("error-paper").details(e))
    }
}
