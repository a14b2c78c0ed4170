//! Providers: the connections to them, finding them, signing in, what was sent where.

mod connecting;
mod contacts;
mod directory;
pub(crate) mod view;
pub(crate) mod wire;

use wholechart_smart::Client;
use wholechart_store::{Connection, LedgerRow, Person, Run};
use wholechart_sync::Connected;

use self::wire::ConnectionView;
use crate::{
    app::App,
    error::{ApiError, error},
    host::Event,
};

/// A connection with all that lists show of it.
pub(crate) struct ConnectionSummary {
    pub(crate) connection: Connection,
    pub(crate) mark: String,
    pub(crate) resources: u64,
    pub(crate) last_finished: Option<Run>,
    pub(crate) ledger: Vec<LedgerRow>,
}

impl App {
    pub(crate) async fn connections(&self, person: String) -> Result<Vec<ConnectionView>, ApiError> {
        let person = self.person(&person).await?;
        let known = self.connections_of(&person).await?;
        Ok(known.into_iter().map(|one| self.view(&person, one)).collect())
    }

    /// A person's connections in the order they were added, each with its mark.
    pub(crate) async fn connections_of(&self, person: &Person) -> Result<Vec<ConnectionSummary>, ApiError> {
        let id = person.id.clone();
        self.ask(move |store| {
            let mut connections = store.connections(Some(&id))?;
            connections.sort_by(|a, b| a.created.cmp(&b.created).then_with(|| a.id.cmp(&b.id)));
            let names: Vec<String> = connections.iter().map(|c| c.name.clone()).collect();
            let marks = view::marks(&names);
            connections
                .into_iter()
                .zip(marks)
                .map(|(connection, mark)| {
                    Ok(ConnectionSummary {
                        mark,
                        resources: store.counts(&connection.id)?.resources,
                        last_finished: store.last_finished_run(&connection.id)?,
                        ledger: store.ledger(&connection.id)?,
                        connection,
                    })
                })
                .collect()
        })
        .await
    }

    fn view(&self, person: &Person, one: ConnectionSummary) -> ConnectionView {
        let known = view::Known {
            connection: &one.connection,
            resources: one.resources,
            last_finished: one.last_finished.as_ref(),
            ledger: &one.ledger,
            syncing: self.runs(&one.connection.id.0),
        };
        view::view(&self.speech(person), &known, one.mark)
    }

    pub(crate) async fn disconnect(
        &self,
        person: String,
        connection: String,
        keep_records: bool,
    ) -> Result<(), ApiError> {
        let known = self.own_connection(&person, connection).await?;
        if self.runs(&known.id.0) {
            return Err(error(&self.words, "error-syncing", &[("provider", (&known.name).into())]));
        }
        let id = known.id.clone();
        let asked = id.clone();
        let (tokens, secret) =
            self.ask(move |store| Ok((store.tokens(&asked)?, store.client_secret(&asked)?))).await?;
        if let (Some(Connected { card, endpoints, .. }), Some(tokens)) = (Connected::of(&known), tokens) {
            let client = Client { id: card.client_id.clone().unwrap_or_default(), secret };
            let refresh = tokens.refresh.as_ref();
            self.revoke_at(&endpoints, &client, &card.quirks, &tokens.access, refresh).await;
        }
        self.ask(move |store| store.delete_connection(&id, keep_records)).await?;
        self.host.event(Event::Changed);
        Ok(())
    }
}
