//! Tables `token` and `client_secret`: what a connection is signed in with. Written by signing in and out
//! (`sign_in.rs`).

use chrono::{DateTime, Utc};
use rusqlite::{Connection as Sqlite, OptionalExtension, Transaction};
use secrecy::{ExposeSecret, SecretString};
use wholechart_record::ConnectionId;

use crate::StoreError;
use crate::rows::{millis, moment};

/// How the names of settings begin that are left out of backups: what is in them opens something.
pub const SECRET: &str = "secret: ";

/// What a token endpoint gave. `Debug` shows no token.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Bearer token.
    pub access: SecretString,
    /// `None` when the server gave none.
    pub refresh: Option<SecretString>,
    /// `None` when the server did not say.
    pub expires_at: Option<DateTime<Utc>>,
    /// Scopes granted, as sent.
    pub scope: String,
}

/// The tokens of a connection. `None`: it is signed out.
pub(crate) fn of(db: &Sqlite, id: &ConnectionId) -> Result<Option<Tokens>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT t.access, t.refresh, t.expires_at, t.scope
             FROM token t JOIN connection c ON c.n = t.connection WHERE c.id = ?1",
        )?
        .query_row([&id.0], |row| {
            Ok(Tokens {
                access: row.get::<_, String>(0)?.into(),
                refresh: row.get::<_, Option<String>>(1)?.map(SecretString::from),
                expires_at: row.get::<_, Option<i64>>(2)?.map(moment).transpose()?,
                scope: row.get(3)?,
            })
        })
        .optional()?)
}

/// Keeps tokens, replacing those the connection had.
pub(crate) fn put(tx: &Transaction<'_>, connection: i64, tokens: &Tokens) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO token (connection, access, refresh, expires_at, scope) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (connection) DO UPDATE SET access = excluded.access, refresh = excluded.refresh,
            expires_at = excluded.expires_at, scope = excluded.scope",
        (
            connection,
            tokens.access.expose_secret(),
            tokens.refresh.as_ref().map(ExposeSecret::expose_secret),
            tokens.expires_at.map(millis),
            &tokens.scope,
        ),
    )?;
    Ok(())
}

/// The secret of a confidential client. `None`: a public client.
pub(crate) fn client_secret(db: &Sqlite, id: &ConnectionId) -> Result<Option<SecretString>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT s.secret FROM client_secret s JOIN connection c ON c.n = s.connection WHERE c.id = ?1",
        )?
        .query_row([&id.0], |row| row.get::<_, String>(0))
        .optional()?
        .map(SecretString::from))
}

/// Keeps the secret of a confidential client. `None` deletes it.
pub(crate) fn put_client_secret(
    tx: &Transaction<'_>,
    connection: i64,
    secret: Option<&SecretString>,
) -> Result<(), StoreError> {
    match secret {
        Some(secret) => tx.execute(
            "INSERT INTO client_secret (connection, secret) VALUES (?1, ?2)
             ON CONFLICT (connection) DO UPDATE SET secret = excluded.secret",
            (connection, secret.expose_secret()),
        )?,
        None => tx.execute("DELETE FROM client_secret WHERE connection = ?1", [connection])?,
    };
    Ok(())
}

/// Gives tokens and client secret to another connection.
pub(crate) fn give(tx: &Transaction<'_>, from: i64, to: i64) -> Result<(), StoreError> {
    tx.execute("UPDATE token SET connection = ?2 WHERE connection = ?1", [from, to])?;
    tx.execute("UPDATE client_secret SET connection = ?2 WHERE connection = ?1", [from, to])?;
    Ok(())
}

/// Deletes everybody's tokens and client secrets, and settings that hold any; who was signed in has to be again.
pub(crate) fn delete_all(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute("DELETE FROM setting WHERE name GLOB ?1 || '*'", [SECRET])?;
    tx.execute_batch(
        "DELETE FROM token; DELETE FROM client_secret;
         UPDATE connection SET state = 'sign-in-needed' WHERE state = 'connected';",
    )?;
    Ok(())
}

/// Deletes tokens and client secret.
pub(crate) fn delete(tx: &Transaction<'_>, connection: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM token WHERE connection = ?1", [connection])?;
    tx.execute("DELETE FROM client_secret WHERE connection = ?1", [connection])?;
    Ok(())
}
