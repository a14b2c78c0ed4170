//! What went wrong while connecting, for people.

use wholechart_smart::{DiscoverError, FetchError, HttpError, RegisterError, SignInError, TokenError};

use crate::{
    app::App,
    error::{ApiError, ErrorCode, error},
};

impl App {
    pub(super) fn about(&self, key: &str, host: &str) -> ApiError {
        error(&self.words, key, &[("host", (&self.called(host)).into())])
    }

    /// What a patient calls the server at `host` (with its port): the provider, or the portal of many. An address that
    /// somebody typed is called as they typed it.
    pub(crate) fn called(&self, host: &str) -> String {
        let directory = self.directory();
        let is_there = |url: &str| super::host(url).as_deref() == Some(host);
        let mut names: Vec<&str> = Vec::new();
        let mut portals: Vec<&str> = Vec::new();
        for card in directory.cards() {
            let bases = card.bases.iter().map(|base| base.url.as_str());
            if bases.chain(card.authorize.as_deref()).chain(card.token.as_deref()).any(is_there) {
                names.push(card.practice.as_deref().unwrap_or(&card.name));
                portals.push(&card.portal);
            }
        }
        names.sort_unstable();
        names.dedup();
        portals.sort_unstable();
        portals.dedup();
        match (names.as_slice(), portals.as_slice()) {
            ([name], _) => (*name).to_owned(),
            (_, [portal]) if !portal.is_empty() => (*portal).to_owned(),
            _ => host.to_owned(),
        }
    }

    pub(super) fn cancelled(&self) -> ApiError {
        self.error("error-cancelled").code(ErrorCode::Cancelled)
    }

    pub(super) fn discovery(&self, said: &DiscoverError) -> ApiError {
        match said {
            DiscoverError::NoBase => self.error("error-base-missing"),
            DiscoverError::BadAddress { .. } => self.error("error-not-an-address"),
            DiscoverError::NotHttps { host } => self.about("error-insecure", host),
            DiscoverError::UnknownHost { host } => self.about("error-unknown-host", host),
            DiscoverError::Private { host } => self.about("error-private-address", host),
            DiscoverError::Refused { host } => self.about("error-refused-connection", host),
            DiscoverError::Tls { host } => self.about("error-tls", host),
            DiscoverError::NoAnswer { host } => self.about("error-timeout", host),
            DiscoverError::NotFhir { host, .. } => self.about("error-not-fhir", host),
            DiscoverError::NoSignIn { host } => self.about("error-no-sign-in", host),
        }
        .details(said)
    }

    pub(super) fn sign_in(&self, said: &SignInError) -> ApiError {
        let with_words = |error: ApiError, words: &Option<String>| match words {
            Some(words) => error.details(words),
            None => error,
        };
        match said {
            SignInError::Denied { words, .. } => with_words(self.error("error-denied"), words),
            SignInError::Cancelled => self.cancelled(),
            SignInError::TimedOut { .. } => self.error("error-sign-in-timeout"),
            SignInError::WrongIssuer { .. } => self.error("error-wrong-state"),
            SignInError::BrowserFailed => self.error("error-browser"),
            SignInError::NoPort { redirects } if redirects.is_empty() => self.error("error-port"),
            SignInError::NoPort { redirects } => {
                let count = u32::try_from(redirects.len()).unwrap_or(u32::MAX);
                let addresses = redirects.join(", ");
                let args = [("count", count.into()), ("addresses", (&addresses).into())];
                error(&self.words, "error-ports-taken", &args).code(ErrorCode::PortsTaken)
            }
            SignInError::UnknownClient { host, words } => {
                with_words(self.about("error-unknown-client", host), words).code(ErrorCode::NotRegistered)
            }
            SignInError::WrongSecret { host, words } => {
                with_words(self.about("error-wrong-secret", host), words)
            }
            SignInError::SecretMissing { host, words } => {
                with_words(self.about("error-secret-missing", host), words)
            }
            SignInError::Key(_) => self.error("error-key-unusable"),
            SignInError::AudienceRefused { host, aud, words } => {
                let args = [("host", host.into()), ("aud", aud.into())];
                with_words(error(&self.words, "error-audience", &args), words)
            }
            SignInError::LoginNeeded { host, words } => {
                with_words(self.about("error-login-needed", host), words)
            }
            SignInError::RedirectRefused { host, redirect, taken } => {
                let taken = taken.join(", ");
                let args = [("host", host.into()), ("redirect", redirect.into()), ("taken", (&taken).into())];
                let key = if taken.is_empty() { "error-redirect-refused" } else { "error-redirect-taken" };
                error(&self.words, key, &args).code(ErrorCode::NotRegistered)
            }
            SignInError::ScopeRefused { host, words } => {
                with_words(self.about("error-scope-refused", host), words)
            }
            SignInError::Temporary { host, words } => with_words(self.about("error-server", host), words),
            SignInError::Server { host, error, words } => self
                .about("error-sign-in-refused", host)
                .details(format!("{error} {}", words.as_deref().unwrap_or_default())),
            SignInError::NotJson { host, status } => self.about("error-not-json", host).details(status),
            SignInError::IdToken(why) => self.error("error-wrong-state").details(why),
            SignInError::Http(said) => self.http(said),
        }
    }

    pub(super) fn fetch(&self, said: &FetchError) -> ApiError {
        match said {
            FetchError::Http(said) => self.http(said),
            FetchError::Token(TokenError::SignInNeeded { .. }) => {
                error(&self.words, "error-sign-in-needed", &[("provider", "".into())])
                    .code(ErrorCode::SignInNeeded)
            }
            other => self.error("error-internal").details(other),
        }
    }

    pub(crate) fn http(&self, said: &HttpError) -> ApiError {
        match said {
            HttpError::BadAddress => self.error("error-not-an-address"),
            HttpError::NotHttps { host } => self.about("error-insecure", host),
            HttpError::UnknownHost { host } => self.about("error-unknown-host", host),
            HttpError::Refused { host } | HttpError::Interrupted { host } => {
                self.about("error-refused-connection", host)
            }
            HttpError::Tls { host } => self.about("error-tls", host),
            HttpError::TimedOut { host } => self.about("error-timeout", host),
            HttpError::TooLarge { host, .. } => self.about("error-not-json", host),
            HttpError::NotNamed { host } | HttpError::Private { host } => {
                self.about("error-private-address", host)
            }
            HttpError::Client => self.error("error-internal"),
        }
        .details(said)
    }

    pub(super) fn registration(&self, said: &RegisterError, host: &str) -> ApiError {
        match said {
            RegisterError::NotOffered | RegisterError::NotAllowed => {
                self.about("error-no-registration", host).code(ErrorCode::NeedsClientId)
            }
            RegisterError::Refused { error, words } => self
                .about("error-no-registration", host)
                .code(ErrorCode::NeedsClientId)
                .details(format!("{error} {}", words.as_deref().unwrap_or_default())),
            RegisterError::NotJson { status } => self.about("error-not-json", host).details(status),
            RegisterError::Http(said) => self.http(said),
        }
    }
}
