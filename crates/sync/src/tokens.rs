//! Bearer tokens from the store, renewed one at a time, and kept before they are used.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use secrecy::{ExposeSecret, SecretString};
use wholechart_record::ConnectionId;
use wholechart_smart::{Client, Http, RefreshError, RefreshRequest, TokenError, TokenSource, refresh};
use wholechart_store::{Store, StoreError, Tokens};

use crate::connected::Connected;
use crate::run::blocking;

/// The moment, as the caller's clock says.
pub(crate) type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// A token that ends this soon is renewed before it is used; one with a short life, in the last fifth of it, but no
/// later than a second before its end: servers count whole seconds.
const MARGIN: TimeDelta = TimeDelta::seconds(20);
/// A token this fresh that is refused is not renewed again: the refusal is not about its age.
const FRESH: TimeDelta = TimeDelta::seconds(10);

/// The tokens of one connection during a run. Everybody who needs one waits here, so that a refresh token is never
/// spent twice.
pub(crate) struct StoredTokens(Arc<Inner>);

struct Inner {
    http: Http,
    store: Arc<Store>,
    connection: ConnectionId,
    connected: Connected,
    client: Client,
    now: Clock,
    held: tokio::sync::Mutex<Held>,
    /// Why renewed tokens were not kept.
    not_kept: Mutex<Option<StoreError>>,
}

struct Held {
    tokens: Tokens,
    renewed: Option<DateTime<Utc>>,
    margin: TimeDelta,
    ended: bool,
    /// Renewing failed for this run; nobody tries again until the next one.
    given_up: Option<TokenError>,
}

impl StoredTokens {
    pub(crate) fn new(
        http: Http,
        store: Arc<Store>,
        connection: ConnectionId,
        connected: Connected,
        client: Client,
        now: Clock,
        tokens: Tokens,
    ) -> Self {
        let held = tokio::sync::Mutex::new(Held {
            tokens,
            renewed: None,
            margin: MARGIN,
            ended: false,
            given_up: None,
        });
        let not_kept = Mutex::default();
        Self(Arc::new(Inner { http, store, connection, connected, client, now, held, not_kept }))
    }

    /// What stood behind [`TokenError::Storage`].
    pub(crate) fn not_kept(&self) -> StoreError {
        self.0.not_kept.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or(StoreError::Panicked)
    }

    /// What the application is at the token endpoint.
    pub(crate) fn client(connected: &Connected, secret: Option<SecretString>) -> Client {
        Client { id: connected.card.client_id.clone().unwrap_or_default(), secret }
    }
}

impl Inner {
    async fn current(&self) -> Result<SecretString, TokenError> {
        let mut held = self.held.lock().await;
        if held.ended {
            return Err(TokenError::SignInNeeded);
        }
        if self.is_ending(&held, held.margin) && held.tokens.refresh.is_some() {
            return match self.renew(&mut held).await {
                // It could not be renewed ahead of time, and may still be good for a moment.
                Err(TokenError::Temporary(_) | TokenError::Unreachable { .. })
                    if !self.is_ending(&held, TimeDelta::zero()) =>
                {
                    Ok(held.tokens.access.clone())
                }
                other => other,
            };
        }
        // Without a refresh token the old one is tried: clocks differ, and the server has the last word.
        Ok(held.tokens.access.clone())
    }

    async fn renewed(&self, refused: &SecretString) -> Result<SecretString, TokenError> {
        let mut held = self.held.lock().await;
        if held.ended {
            return Err(TokenError::SignInNeeded);
        }
        if held.tokens.access.expose_secret() != refused.expose_secret() {
            return Ok(held.tokens.access.clone());
        }
        let fresh = held.renewed.is_some_and(|at| (self.now)() - at < FRESH);
        if fresh && !self.is_ending(&held, TimeDelta::zero()) {
            return Err(TokenError::CannotRenew);
        }
        self.renew(&mut held).await
    }

    fn is_ending(&self, held: &Held, margin: TimeDelta) -> bool {
        held.tokens.expires_at.is_some_and(|end| end - margin <= (self.now)())
    }

    async fn renew(&self, held: &mut Held) -> Result<SecretString, TokenError> {
        if let Some(error) = &held.given_up {
            return Err(error.clone());
        }
        let Some(refresh_token) = held.tokens.refresh.clone() else { return Err(TokenError::CannotRenew) };
        let quirks = &self.connected.card.quirks;
        let request =
            RefreshRequest::new(&self.connected.endpoints, self.client.clone(), quirks, refresh_token);
        let mut now = (self.now)();
        let mut tries = 0;
        let grant = loop {
            let error = match refresh(&self.http, &request, now).await {
                Ok(grant) => break grant,
                Err(error) => error,
            };
            tries += 1;
            match (&error, self.http.wait_after(tries, None)) {
                (RefreshError::SignInNeeded | RefreshError::ClientRefused(_), _) => {
                    held.ended = true;
                    return Err(TokenError::SignInNeeded);
                }
                // Only where nothing can have happened at the server is a token request ever made again.
                (RefreshError::Temporary(_) | RefreshError::Unreachable { .. }, Some(wait)) => {
                    tokio::time::sleep(wait).await;
                }
                _ => {
                    let error = match error {
                        RefreshError::Unreachable { host } => TokenError::Unreachable { host },
                        error => TokenError::Temporary(error.to_string()),
                    };
                    held.given_up = Some(error.clone());
                    return Err(error);
                }
            }
            now = (self.now)();
        };
        let tokens = Tokens {
            access: grant.access_token.clone(),
            refresh: grant.refresh_token,
            expires_at: Some(grant.expires_at),
            scope: grant.scope.unwrap_or_else(|| held.tokens.scope.clone()),
        };
        // First on disk, then in use: a rotated refresh token that is only in memory dies with the process, and the
        // old one is spent.
        let (connection, kept) = (self.connection.clone(), tokens.clone());
        if let Err(said) = blocking(&self.store, move |store| store.save_tokens(&connection, &kept)).await {
            // The store has them and tries again when the next run asks for tokens; whoever renewed with the spent one
            // before that would lose the sign-in.
            let error = TokenError::Storage(said.to_string());
            *self.not_kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(said);
            held.given_up = Some(error.clone());
            return Err(error);
        }
        held.tokens = tokens;
        held.renewed = Some(now);
        held.margin = MARGIN.min(((grant.expires_at - now) / 5).max(TimeDelta::seconds(1)));
        Ok(grant.access_token)
    }
}

/// A renewal is not dropped half-way when a run is cancelled: the server may have rotated the token already.
async fn unharmed(
    work: impl Future<Output = Result<SecretString, TokenError>> + Send + 'static,
) -> Result<SecretString, TokenError> {
    tokio::spawn(work).await.unwrap_or_else(|_| Err(TokenError::Storage("stopped".into())))
}

impl TokenSource for StoredTokens {
    fn current(&self) -> BoxFuture<'_, Result<SecretString, TokenError>> {
        let inner = Arc::clone(&self.0);
        Box::pin(unharmed(async move { inner.current().await }))
    }

    fn renewed<'a>(&'a self, refused: &'a SecretString) -> BoxFuture<'a, Result<SecretString, TokenError>> {
        let (inner, refused) = (Arc::clone(&self.0), refused.clone());
        Box::pin(unharmed(async move { inner.renewed(&refused).await }))
    }
}
