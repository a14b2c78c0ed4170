//! Providers: the connections to them, finding them, signing in, what was sent where.

pub(crate) mod called;
mod connecting;
mod contacts;
mod directory;
pub(crate) mod view;
pub(crate) mod wire;

use wholechart_record::{ConnectionId, PersonId};
use wholechart_smart::Client;
use wholechart_store::{Connection, ConnectionState, Store, StoreError};
use wholechart_sync::Connected;

pub(crate) use self::called::Names;
use self::{view::Known, wire::ConnectionView};
use crate::{
    app::App,
    error::{ApiError, error},
    host::Event,
    sync::view::with_set_aside,
    whose::own_connection,
};

/// Of every connection there is.
pub(crate) fn names(store: &Store) -> Result<Names, StoreError> {
    Ok(Names::of(store.connections(None)?))
}

/// Empty for a connection that is gone.
pub(crate) fn name<'a>(names: &'a Names, connection: &ConnectionId) -> &'a str {
    names.get(connection).map(String::as_str).unwrap_or_default()
}

/// A person's connections in the order they were added, each with its mark.
pub(crate) fn marked(store: &Store, person: &PersonId) -> Result<Vec<(Connection, String)>, StoreError> {
    let mut connections = store.connections(Some(person))?;
    connections.sort_by(|a, b| {
        a.created.cmp(&b.created).then_with(|| a.name.cmp(&b.name)).then_with(|| a.id.cmp(&b.id))
    });
    let names: Vec<String> = connections.iter().map(|one| one.name.clone()).collect();
    Ok(connections.into_iter().zip(view::marks(&names)).collect())
}

impl App {
    pub(crate) async fn connections(&self, person: PersonId) -> Result<Vec<ConnectionView>, ApiError> {
        let (known, whose) = self
            .ask(move |store| {
                let person = store.person(&person)?;
                let marked = marked(store, &person.id)?.into_iter();
                let known = marked.map(|(connection, mark)| {
                    Ok(Known {
                        mark,
                        resources: store.counts(&connection.id)?.resources,
                        last_finished: store.last_finished_run(&connection.id)?,
                        last: store.last_run(&connection.id)?,
                        ledger: with_set_aside(
                            store.ledger(&connection.id)?,
                            &store.set_aside(&connection.id)?,
                        ),
                        connection,
                    })
                });
                Ok((known.collect::<Result<Vec<_>, StoreError>>()?, person))
            })
            .await?;
        let speech = self.speech(&whose);
        let view = |one: &Known| view::view(&speech, one, self.runs(&one.connection.id.0));
        Ok(known.iter().map(view).collect())
    }

    pub(crate) async fn disconnect(
        &self,
        person: PersonId,
        connection: ConnectionId,
        keep_records: bool,
    ) -> Result<(), ApiError> {
        let known = self.ask(move |store| own_connection(store, &person, &connection)).await?;
        if keep_records && known.state == ConnectionState::Own {
            return Err(self.error("error-own-disconnect"));
        }
        if self.runs(&known.id.0) {
            return Err(error(&self.words, "error-syncing", &[("provider", (&known.name).into())]));
        }
        self.revoke(&known).await?;
        let id = known.id;
        self.ask(move |store| store.delete_connection(&id, keep_records)).await?;
        self.host.event(Event::Changed);
        Ok(())
    }

    /// Tells the provider, where it can be told, that what a connection was signed in with counts no more.
    pub(crate) async fn revoke(&self, known: &Connection) -> Result<(), ApiError> {
        let asked = known.id.clone();
        let (tokens, secret) =
            self.ask(move |store| Ok((store.tokens(&asked)?, store.client_secret(&asked)?))).await?;
        if let (Some(Connected { card, endpoints, .. }), Some(tokens)) = (Connected::of(known), tokens) {
            let client = Client { id: card.client_id.clone().unwrap_or_default(), secret };
            let refresh = tokens.refresh.as_ref();
            let http = self.http_for(&known.person, Some(&known.id), Some(&card));
            self.revoke_at(&http, &endpoints, &client, &card.quirks, &tokens.access, refresh).await;
        }
        Ok(())
    }
}
