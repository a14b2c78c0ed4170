//! Signing in and out: connections with their secrets, from coming to going.

use rusqlite::Transaction;
use secrecy::SecretString;
use wholechart_record::ConnectionId;

use crate::table::connections::{self, number};
use crate::table::{decisions, derived, notes, people, search, sent, tokens};
use crate::{Connection, ConnectionState, Person, Store, StoreError, Tokens, projection};

impl Store {
    /// Keeps a connection with what it was signed in with, whole or not at all: a new secret beside the tokens of an
    /// older registration opens nothing.
    ///
    /// # Errors
    /// As [`Store::save_connection`].
    pub fn keep_sign_in(
        &self,
        connection: &Connection,
        tokens: &Tokens,
        secret: Option<&SecretString>,
    ) -> Result<(), StoreError> {
        let mut unsaved = self.unsaved_tokens();
        self.write(|tx| {
            let n = connections::put(tx, connection)?;
            tokens::put_client_secret(tx, n, secret)?;
            tokens::put(tx, n, tokens)
        })?;
        unsaved.remove(&connection.id);
        Ok(())
    }

    /// Gives a connection that brought nothing yet to another person, with its sign-in and under the id of `moved`. Whole
    /// or not at all: of two connections with one refresh token, the second one to renew it ends the sign-in. A person
    /// who is here already stays as they are.
    ///
    /// # Errors
    /// [`StoreError::NoSuch`] when there is no such connection.
    pub fn give(&self, id: &ConnectionId, person: &Person, moved: &Connection) -> Result<(), StoreError> {
        self.remove_copies()?;
        let mut unsaved = self.unsaved_tokens();
        let late = unsaved.get(id);
        self.write_anew(|tx| {
            if let Some(late) = late {
                tokens::put(tx, number(tx, id)?, late)?;
            }
            if people::find(tx, &person.id)?.is_none() {
                people::put(tx, person)?;
            }
            let to = connections::put(tx, moved)?;
            tokens::give(tx, number(tx, id)?, to)?;
            forget(tx, id)
        })?;
        unsaved.remove(id);
        Ok(())
    }

    /// Keeps what the token endpoint gave, replacing what was there. On disk when this returns.
    ///
    /// # Errors
    /// When the file does not take them (a full disk). The server may have spent the refresh token before these, so they
    /// are held in memory, and [`Store::tokens`] tries again.
    pub fn save_tokens(&self, id: &ConnectionId, tokens: &Tokens) -> Result<(), StoreError> {
        let mut unsaved = self.unsaved_tokens();
        let outcome = self.write(|tx| tokens::put(tx, number(tx, id)?, tokens));
        match outcome {
            Ok(()) | Err(StoreError::NoSuch(_)) => unsaved.remove(id),
            Err(_) => unsaved.insert(id.clone(), tokens.clone()),
        };
        outcome
    }

    /// The tokens of a connection. `None`: it is signed out.
    ///
    /// # Errors
    /// Also when newer tokens wait to be kept and the file still does not take them: those in the file are spent.
    pub fn tokens(&self, id: &ConnectionId) -> Result<Option<Tokens>, StoreError> {
        let late = self.unsaved_tokens().get(id).cloned();
        if let Some(tokens) = late {
            self.save_tokens(id, &tokens)?;
        }
        self.read(|db| tokens::of(db, id))
    }

    /// The secret of a confidential client. `None`: a public client.
    pub fn client_secret(&self, id: &ConnectionId) -> Result<Option<SecretString>, StoreError> {
        self.read(|db| tokens::client_secret(db, id))
    }

    /// Ends a connection, in one transaction.
    ///
    /// With `keep_records`, tokens and client secret are deleted, the connection becomes
    /// [`ConnectionState::Disconnected`] and everything received stays. Without, see [`Store::erase_connection`].
    pub fn delete_connection(&self, id: &ConnectionId, keep_records: bool) -> Result<(), StoreError> {
        if !keep_records {
            return self.erase_connection(id);
        }
        self.unsaved_tokens().remove(id);
        self.write_anew(|tx| {
            let connection = number(tx, id)?;
            tokens::delete(tx, connection)?;
            connections::set_state(tx, connection, ConnectionState::Disconnected)
        })
    }
}

/// Deletes what a person said of what a connection brought.
pub(crate) fn forget_said(tx: &Transaction<'_>, id: &ConnectionId) -> Result<(), StoreError> {
    decisions::forget(tx, id)?;
    notes::forget(tx, id)
}

/// Deletes a connection with every byte it brought, and makes the person's facts from what remains.
pub(crate) fn forget(tx: &Transaction<'_>, id: &ConnectionId) -> Result<(), StoreError> {
    let connection = number(tx, id)?;
    sent::forget(tx, id)?;
    tokens::delete(tx, connection)?;
    let person = connections::delete(tx, connection)?;
    forget_said(tx, id)?;
    derived::forget_merged(tx, &person)?;
    projection::refresh(tx, &person, &mut None)?;
    search::optimise(tx)
}
