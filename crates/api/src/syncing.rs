//! Fetching what a provider has.

use std::sync::{Arc, Mutex, PoisonError};

use wholechart_record::ConnectionId;
use wholechart_sync::{AnswerState, KindProgress, Progress, SyncError, run};

use crate::{
    app::App,
    error::{self, error},
    views::{self, connection::state_words},
    wire::{ApiError, ErrorCode, Event, SyncKind, SyncKindState, SyncReport},
};

impl App {
    pub(crate) async fn sync(&self, connection: String) -> Result<SyncReport, ApiError> {
        let id = ConnectionId(connection.clone());
        let wanted = id.clone();
        let known = self.ask(move |store| store.connection(&wanted)).await?;
        let known = known.ok_or_else(|| self.error("error-no-such"))?;
        let (provider, person) = (known.name, known.person);
        let Some(cancel) = self.start(&connection) else {
            return Err(error(&self.words, "error-syncing", &[("provider", (&provider).into())]));
        };
        self.host.event(Event::Changed);
        let outcome = self.run_sync(&id, &provider, cancel).await;
        self.ended(&connection);
        self.host.event(Event::Changed);
        self.read_files_soon(Some(person));
        outcome
    }

    async fn run_sync(
        &self,
        id: &ConnectionId,
        provider: &str,
        cancel: tokio_util::sync::CancellationToken,
    ) -> Result<SyncReport, ApiError> {
        let store = self.store().await?;
        let host = Arc::clone(&self.host);
        let clock = Arc::new(move || host.now());
        let last = Mutex::new((Vec::new(), 0, 0));
        let progress = |progress: Progress| {
            let kinds: Vec<SyncKind> = progress.kinds.iter().map(|kind| self.kind(provider, kind)).collect();
            *last.lock().unwrap_or_else(PoisonError::into_inner) =
                (kinds.clone(), progress.asked, progress.planned);
            let (asked, planned) = (progress.asked, progress.planned);
            self.host.event(Event::Sync { connection: id.0.clone(), kinds, done: false, asked, planned });
            if progress.facts_changed {
                self.host.event(Event::Changed);
            }
        };
        let outcome = run(&self.http, store, id, clock, progress, cancel).await;
        // However it ended: whoever shows progress must learn that it did.
        let (kinds, asked, planned) = last.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.host.event(Event::Sync { connection: id.0.clone(), kinds, done: true, asked, planned });
        let signed_out = || {
            error(&self.words, "error-sign-in-needed", &[("provider", provider.into())])
                .code(ErrorCode::SignInNeeded)
        };
        let report = match outcome {
            Ok(report) if report.sign_in_needed => return Err(signed_out()),
            Ok(report) => report,
            Err(SyncError::SignInNeeded) => return Err(signed_out()),
            Err(SyncError::OtherPatient(_)) => {
                return Err(error(&self.words, "error-other-patient", &[("provider", provider.into())]));
            }
            Err(SyncError::NotConnected) => return Err(self.error("error-no-such")),
            Err(SyncError::Store(said)) => return Err(error::store(&self.words, &said)),
        };
        let wanted = id.clone();
        let ledger = self.ask(move |store| store.ledger(&wanted)).await?;
        Ok(SyncReport {
            connection: id.0.clone(),
            new: report.new,
            changed: report.changed,
            unchanged: report.unchanged,
            kinds: report.kinds.iter().map(|kind| self.kind(provider, kind)).collect(),
            verdict: views::connection::verdict(&self.words, provider, &ledger),
        })
    }

    #[expect(clippy::unused_async, reason = "the command list awaits every command")]
    pub(crate) async fn cancel_sync(&self, connection: String) -> Result<(), ApiError> {
        self.stop(&connection);
        Ok(())
    }

    fn kind(&self, provider: &str, kind: &KindProgress) -> SyncKind {
        let state = match kind.state {
            AnswerState::Complete => SyncKindState::Complete,
            AnswerState::NotOffered => SyncKindState::NotOffered,
            AnswerState::Waiting => SyncKindState::Waiting,
            AnswerState::Running => SyncKindState::Running,
            AnswerState::Refused => SyncKindState::Refused,
            AnswerState::Cancelled => SyncKindState::Cancelled,
            AnswerState::Incomplete => SyncKindState::Incomplete,
            AnswerState::Failed => SyncKindState::Failed,
        };
        let plain =
            matches!(state, SyncKindState::Complete | SyncKindState::Waiting | SyncKindState::Running);
        SyncKind {
            label: self.words.get(&kind.label),
            state,
            received: kind.received,
            total: kind.total,
            text: (!plain).then(|| state_words(&self.words, provider, state, kind.received, kind.total)),
        }
    }
}
