//! The summary on paper: one sheet for the next visit.

pub(crate) mod about;
mod care_history;
mod changed;
pub(crate) mod choices;
mod emergency;
pub(crate) mod fit;
pub(crate) mod gather;
pub(crate) mod kinds;
pub(crate) mod lasting;
mod measured;
mod medicine_list;
#[cfg(test)]
mod on_paper;
mod over_time;
mod plain;
pub(crate) mod under_topics;
mod vaccination;
pub(crate) mod view;
pub(crate) mod warned;
pub(crate) mod ways;
mod whole;
pub(crate) mod wire;

use std::{collections::BTreeSet, ops::ControlFlow, sync::Arc};

use tokio_util::sync::CancellationToken;
use wholechart_fhir::Kind;
use wholechart_print::{Document, Fonts, Pages, PrintError, typeset};
use wholechart_record::{FactId, PersonId, Sensitive};
use wholechart_store::{Store, StoreError};

use self::{
    choices::Printing,
    fit::{Fitted, Sheet},
    kinds::SheetKind,
    wire::{Paper, SavedSummary, SummaryView},
};
use crate::{
    app::{App, CATCHING_UP, IMPORTING},
    assistant::veil::Veil,
    error::{ApiError, ErrorCode},
    people::today,
    progress::Percent,
    saving::{LETTER, Saved, Way},
};

/// The work of printing a whole record, among what runs.
const PRINTING: &str = "printing";
/// Of a whole record: how much of the work is done, in hundredths, when it was read, and when it was laid out.
const READ: u64 = 40;
const LAID_OUT: u64 = 80;

/// What is printed.
#[derive(Clone)]
struct Wanted {
    person: PersonId,
    paper: Paper,
    sheet: SheetKind,
    /// `None`: as it is kept with the person.
    printing: Option<Printing>,
}

/// A sheet before it is laid out.
enum Made {
    /// One that gives way until it has room.
    Fitting(Sheet),
    /// One that is as long as it is, and whether it lies.
    Long(Document, bool),
}

/// What is said in the window beside a sheet.
struct Beside {
    /// What it may lack.
    warning: Option<String>,
    /// What there is no room for.
    no_room: Option<String>,
}

impl App {
    pub(crate) async fn summary(
        &self,
        person: PersonId,
        paper: Paper,
        sheet: Option<SheetKind>,
        printing: Option<Printing>,
    ) -> Result<SummaryView, ApiError> {
        let wanted = Wanted { person, paper, sheet: sheet.unwrap_or_default(), printing };
        let ((pages, turned), Beside { warning, no_room }) =
            self.typeset(wanted, |pages| Ok((pages.svg(), pages.are_turned()))).await?;
        let alt = self.words.with("summary-preview-alt", &[("count", pages.len().into())]);
        Ok(SummaryView { pages, paper, turned, alt, no_room, warning })
    }

    pub(crate) async fn save_summary_pdf(
        &self,
        person: PersonId,
        paper: Paper,
        sheet: Option<SheetKind>,
        printing: Option<Printing>,
    ) -> Result<SavedSummary, ApiError> {
        let person = self.person(person).await?;
        let sheet = sheet.unwrap_or_default();
        let name = self.file_name(sheet.file_name(), &person, today(&person, self.host.now()));
        let wanted = Wanted { person: person.id.clone(), paper, sheet, printing };
        let (pdf, Beside { warning, .. }) = self.typeset(wanted, Pages::pdf).await?;
        let Saved { path } = self.hand_out(&person.id, sheet.as_str(), name, pdf.bytes).await?;
        Ok(SavedSummary { path, warning })
    }

    /// A sheet as text, for a message or a form. What there is no room for on the paper is in it.
    pub(crate) async fn summary_text(
        &self,
        person: PersonId,
        sheet: Option<SheetKind>,
        printing: Option<Printing>,
    ) -> Result<String, ApiError> {
        let (whose, sheet) = (person.clone(), sheet.unwrap_or_default());
        let wanted = Wanted { person, paper: Paper::Letter, sheet, printing };
        let (words, now, sample) = (Arc::clone(&self.words), self.host.now(), self.config.sample);
        let text = self.ask(move |store| {
            let printing = wanted.printing(store)?;
            let words = printing.words(&words);
            let made =
                made(store, &words, &wanted, &printing, now, sample, &mut |_, _| ControlFlow::Continue(()))?;
            let document = match made {
                Made::Fitting(sheet) => sheet.whole(&words),
                Made::Long(document, _) => document,
            };
            Ok(plain::text(&document))
        });
        let text = text.await?;
        self.note_handed(&whose, Way::Clipboard, sheet.as_str()).await?;
        Ok(text)
    }

    /// The visit summary as text without what `veil` keeps back, and what it is made of. What else is not on it is not said: that
    /// nothing is listed would be a lie where it is kept back.
    pub(crate) async fn shared_summary(
        &self,
        person: PersonId,
        veil: Arc<Veil>,
    ) -> Result<(String, BTreeSet<FactId>), ApiError> {
        let (words, now, sample) = (Arc::clone(&self.words), self.host.now(), self.config.sample);
        let kinds = Sensitive::ALL.iter().copied();
        let (with, without) = kinds.partition::<Vec<_>, _>(|kind| veil.shares_sensitive(*kind));
        let printing = Printing {
            with_sensitive: with.into_iter().map(Into::into).collect(),
            without_sensitive: without.into_iter().map(Into::into).collect(),
            ..Printing::default()
        };
        self.ask(move |store| {
            let sample = App::is_sample(sample, store)?;
            let gathered = gather::gather(store, &words, &person, now, &printing, Some(&veil))?;
            let mut sheet = view::sheet(&gathered, &words, now, sample, &printing);
            sheet.absent.clear();
            sheet.counted.clear();
            // The name that the app knows the person by; what else stands there is what providers say of them.
            if !veil.shares_kind(Kind::Patient) {
                sheet.frame.person.truncate(1);
            }
            let text = plain::text(&sheet.whole(&words));
            let lines: Vec<&str> = text.lines().filter(|line| veil.says(line)).collect();
            Ok((lines.join("\n"), gathered.facts()))
        })
        .await
    }

    /// Writes down that a sheet was printed; without one, that a letter was.
    pub(crate) async fn note_printed(
        &self,
        person: PersonId,
        sheet: Option<SheetKind>,
    ) -> Result<(), ApiError> {
        self.note_handed(&person, Way::Paper, sheet.map_or(LETTER, SheetKind::as_str)).await
    }

    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn cancel_printing(&self) -> Result<(), ApiError> {
        self.stop(PRINTING);
        Ok(())
    }

    /// Whether records of a person are being received, taken in or put together.
    async fn is_arriving(&self, person: &PersonId) -> Result<bool, ApiError> {
        let person = person.clone();
        let sources = self.ask(move |store| store.connections(Some(&person))).await?;
        Ok(self.runs(IMPORTING) || self.runs(CATCHING_UP) || sources.iter().any(|one| self.runs(&one.id.0)))
    }

    /// What is drawn of the pages, and what to say of what they may lack. A whole record tells how far it is and can be
    /// stopped: while it is read, at once; while it is laid out, nobody waits for it any longer.
    async fn typeset<T: Send + 'static>(
        &self,
        wanted: Wanted,
        drawn: impl FnOnce(&Pages) -> Result<T, PrintError> + Send + 'static,
    ) -> Result<(T, Beside), ApiError> {
        let (words, now, sample) = (Arc::clone(&self.words), self.host.now(), self.config.sample);
        let takes_long = wanted.sheet == SheetKind::Whole;
        let cancelled = || self.error("error-cancelled").code(ErrorCode::Cancelled);
        let (stop, _running) = if takes_long {
            let (stop, running) = self.start(PRINTING).ok_or_else(|| self.error("error-printing-runs"))?;
            (stop, Some(running))
        } else {
            (CancellationToken::new(), None)
        };
        let (host, stopped) = (Arc::clone(&self.host), stop.clone());
        let arriving = self.is_arriving(&wanted.person).await?;
        let typeset = self.ask(move |store| {
            let printing = wanted.printing(store)?;
            let said = words.get("progress-print");
            let window = Arc::clone(&words);
            let words = printing.words(&words);
            let mut percent = takes_long.then(|| Percent::new(&*host, said));
            let mut tell = |done: u64, total: u64| {
                if let Some(percent) = &mut percent {
                    percent.tell(done, total);
                }
                if stopped.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            let mut reading = |done: u64, total: u64| tell(done * READ, total * 100);
            let made = made(store, &words, &wanted, &printing, now, sample, &mut reading)?;
            let fonts = Fonts::bundled();
            let paper = wholechart_print::Paper::from(wanted.paper);
            let (fitted, warning) = match made {
                Made::Fitting(mut sheet) => {
                    let warning = sheet.warn(&fonts, &words, arriving);
                    (fit::fit(&sheet, &words, paper, &fonts, printing.grows, &window), warning)
                }
                Made::Long(mut document, turned) => {
                    let warning = warned::warn(&mut document, &fonts, &words, arriving);
                    if tell(READ, 100).is_break() {
                        return Err(StoreError::Cancelled);
                    }
                    let pages = typeset(&document, if turned { paper.turned() } else { paper }, &fonts);
                    (pages.map(|pages| Fitted { pages, no_room: None }), warning)
                }
            };
            if tell(LAID_OUT, 100).is_break() {
                return Err(StoreError::Cancelled);
            }
            Ok(fitted
                .and_then(|fitted| Ok((drawn(&fitted.pages)?, Beside { warning, no_room: fitted.no_room }))))
        });
        let typeset = tokio::select! {
            typeset = typeset => typeset?,
            () = stop.cancelled() => return Err(cancelled()),
        };
        typeset.map_err(|e| self.error("error-paper").details(e))
    }
}

impl Wanted {
    fn printing(&self, store: &Store) -> Result<Printing, StoreError> {
        match &self.printing {
            Some(printing) => Ok(printing.clone()),
            None => Printing::of(store, &self.person),
        }
    }
}

/// Puts a sheet into words.
fn made(
    store: &Store,
    words: &crate::words::Words,
    wanted: &Wanted,
    printing: &Printing,
    now: chrono::DateTime<chrono::Utc>,
    sample: bool,
    tell: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Made, StoreError> {
    let sample = App::is_sample(sample, store)?;
    if wanted.sheet == SheetKind::Summary {
        let gathered = gather::gather(store, words, &wanted.person, now, printing, None)?;
        return Ok(Made::Fitting(view::sheet(&gathered, words, now, sample, printing)));
    }
    let (mut document, turned) =
        kinds::document(wanted.sheet, store, words, &wanted.person, now, sample, printing, tell)?;
    document.large = printing.large;
    Ok(Made::Long(document, turned && !printing.large))
}
