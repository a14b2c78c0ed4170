//! What smart's errors are in the ledger.

use wholechart_smart::{FetchError, HttpError, PatientError, TokenError};
use wholechart_store::Remark;

/// Why an address gave no answer.
pub(crate) fn of_fetch(error: &FetchError) -> Remark {
    match error {
        FetchError::Foreign { host } | FetchError::ForeignRedirect { host } => {
            Remark::Foreign { host: host.clone() }
        }
        FetchError::BadAddress => Remark::BadAddress,
        FetchError::Http(error) => of_http(error),
        FetchError::Token(TokenError::Unreachable { host }) => Remark::Unreachable { host: host.clone() },
        FetchError::Token(TokenError::Temporary { words }) => Remark::NotRenewed { words: words.clone() },
        FetchError::Token(_) => Remark::NotRenewed { words: None },
    }
}

fn of_http(error: &HttpError) -> Remark {
    match error {
        HttpError::UnknownHost { host } | HttpError::Refused { host } => {
            Remark::Unreachable { host: host.clone() }
        }
        HttpError::NotNamed { host } | HttpError::Private { host } => Remark::Foreign { host: host.clone() },
        HttpError::NotHttps { host } | HttpError::Tls { host } => Remark::NotSecure { host: host.clone() },
        HttpError::TimedOut { host } => Remark::TimedOut { host: host.clone() },
        HttpError::TooLarge { host, .. } => Remark::TooLarge { host: host.clone() },
        HttpError::Interrupted { host } => Remark::Interrupted { host: host.clone() },
        // No client is only possible before there is anybody to ask.
        HttpError::BadAddress | HttpError::Client => Remark::BadAddress,
    }
}

/// Why a base does not say whose record it has.
pub(crate) fn of_patient(error: &PatientError) -> Vec<Remark> {
    match error {
        PatientError::Several(_) | PatientError::NotFound => vec![Remark::PatientUnknown],
        PatientError::Refused { status, words } => of_answer(*status, words.clone()),
        PatientError::Fetch(error) => vec![of_fetch(error)],
    }
}

/// An answer that is no success, with the server's words.
pub(crate) fn of_answer(status: u16, words: Option<String>) -> Vec<Remark> {
    [Remark::Status { status }].into_iter().chain(of_words(words)).collect()
}

/// The server's words, if it said any.
pub(crate) fn of_words(words: Option<String>) -> Vec<Remark> {
    words.map(|words| Remark::Server { words }).into_iter().collect()
}
