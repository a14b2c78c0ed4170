//! Bearer tokens from the store, renewed one at a time, and kept before they are used.

use std::error::Error;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use secrecy::{ExposeSecret, SecretString};
use wholechart_record::ConnectionId;
use wholechart_smart::{Client, Http, RefreshError, RefreshRequest, TokenError, TokenSource, refresh};
use wholechart_store::{Store, StoreError, Tokens};

use crate::blocking::blocking;
use crate::connected::Connected;

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
}

/// The provider ended the sign-in.
#[derive(Clone)]
struct Ended {
    /// Its words.
    words: Option<String>,
}

struct Held {
    tokens: Tokens,
    renewed: Option<DateTime<Utc>>,
    margin: TimeDelta,
    ended: Option<Ended>,
    /// Renewing failed for this run; nobody tries again until the next one.
    given_up: Option<RefreshError>,
    /// Renewed tokens that the store did not take: the refresh token before them is spent.
    not_kept: Option<Tokens>,
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
            ended: None,
            given_up: None,
            not_kept: None,
        });
        Self(Arc::new(Inner { http, store, connection, connected, client, now, held }))
    }

    /// What the application is at the token endpoint.
    pub(crate) fn client(connected: &Connected, secret: Option<SecretString>) -> Client {
        Client { id: connected.card.client_id.clone().unwrap_or_default(), secret }
    }
}

impl Inner {
    async fn current(&self) -> Result<SecretString, TokenError> {
        let mut held = self.held.lock().await;
        let is_over = self.is_ending(&held, TimeDelta::zero());
        if let Some(Ended { words }) = held.ended.clone().filter(|_| is_over) {
            return Err(TokenError::SignInNeeded { words });
        }
        let may_renew = held.tokens.refresh.is_some() && held.ended.is_none();
        if self.is_ending(&held, held.margin) && may_renew {
            return match self.renew(&mut held).await {
                // It could not be renewed ahead of time, and is still good for a moment.
                Err(
                    TokenError::Temporary { .. }
                    | TokenError::Unreachable { .. }
                    | TokenError::SignInNeeded { .. },
                ) if !is_over => Ok(held.tokens.access.clone()),
                other => other,
            };
        }
        // Without a refresh token the old one is tried: clocks differ, and the server has the last word.
        Ok(held.tokens.access.clone())
    }

    async fn renewed(&self, refused: &SecretString) -> Result<SecretString, TokenError> {
        let mut held = self.held.lock().await;
        if let Some(Ended { words }) = held.ended.clone() {
            return Err(TokenError::SignInNeeded { words });
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
        let tokens = match held.not_kept.take() {
            Some(tokens) => tokens,
            None => self.refreshed(held).await?,
        };
        // First on disk, then in use: a rotated refresh token that is only in memory dies with the process, and the
        // old one is spent.
        let (connection, kept) = (self.connection.clone(), tokens.clone());
        if let Err(error) = blocking(&self.store, move |store| store.save_tokens(&connection, &kept)).await {
            // The store has them as well, and tries again when the next run asks for tokens.
            held.not_kept = Some(tokens);
            return Err(TokenError::Storage(Box::new(error)));
        }
        let now = (self.now)();
        held.renewed = Some(now);
        held.margin =
            tokens.expires_at.map_or(MARGIN, |end| MARGIN.min(((end - now) / 5).max(TimeDelta::seconds(1))));
        held.tokens = tokens;
        Ok(held.tokens.access.clone())
    }

    /// New tokens for the refresh token, which may be spent from then on.
    async fn refreshed(&self, held: &mut Held) -> Result<Tokens, TokenError> {
        if let Some(error) = &held.given_up {
            return Err(not_now(error));
        }
        let Some(refresh_token) = held.tokens.refresh.clone() else { return Err(TokenError::CannotRenew) };
        let quirks = &self.connected.card.quirks;
        let request =
            RefreshRequest::new(&self.connected.endpoints, self.client.clone(), quirks, refresh_token);
        let mut tries = 0;
        loop {
            let error = match refresh(&self.http, &request, (self.now)()).await {
                Ok(grant) => {
                    return Ok(Tokens {
                        access: grant.access_token,
                        refresh: grant.refresh_token,
                        expires_at: Some(grant.expires_at),
                        scope: grant.scope.unwrap_or_else(|| held.tokens.scope.clone()),
                    });
                }
                Err(error) => error,
            };
            tries += 1;
            match (&error, self.http.wait_after(tries, None)) {
                (RefreshError::SignInNeeded { .. } | RefreshError::ClientRefused { .. }, _) => {
                    let words = error.words();
                    held.ended = Some(Ended { words: words.clone() });
                    return Err(TokenError::SignInNeeded { words });
                }
                // Only where nothing can have happened at the server is a token request ever made again.
                (RefreshError::Temporary { .. } | RefreshError::Unreachable { .. }, Some(wait)) => {
                    tokio::time::sleep(wait).await;
                }
                _ => return Err(not_now(held.given_up.insert(error))),
            }
        }
    }
}

fn not_now(error: &RefreshError) -> TokenError {
    match error {
        RefreshError::Unreachable { host } => TokenError::Unreachable { host: host.clone() },
        error => TokenError::Temporary { words: error.words() },
    }
}

/// The store's error behind [`TokenError::Storage`]; anything else there is a defect.
pub(crate) fn store_error(source: Box<dyn Error + Send + Sync>) -> StoreError {
    source.downcast().map_or(StoreError::Panicked, |error| *error)
}

/// A renewal is not dropped half-way when a run is cancelled: the server may have rotated the token already.
async fn unharmed(
    work: impl Future<Output = Result<SecretString, TokenError>> + Send + 'static,
) -> Result<SecretString, TokenError> {
    tokio::spawn(work).await.unwrap_or_else(|stopped| Err(TokenError::Storage(Box::new(stopped))))
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
