//! Files that the project publishes: a notice of a new version, its signature, a package. Fetched without any sign-in.

use reqwest::Method;
use url::Url;

use crate::gate::Purpose;
use crate::http::{Http, HttpError};

/// Why a published file is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PublishedError {
    /// No answer, or more than was asked for.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// Another answer than the file.
    #[error("the server answered with status {status}")]
    Status {
        /// The HTTP status.
        status: u16,
    },
}

/// Fetches a file whole, at most `limit` bytes. `named` is the address that the build names: the file has to be at its origin, and no
/// redirect is followed.
///
/// # Errors
/// See [`PublishedError`].
pub async fn fetch_published(
    http: &Http,
    url: &Url,
    named: &Url,
    limit: usize,
) -> Result<Vec<u8>, PublishedError> {
    let request = http.request(Method::GET, url.clone())?.build().map_err(|_| HttpError::BadAddress)?;
    let reply = http.send(request, limit, Purpose::Update, named).await?;
    match reply.status {
        200 => Ok(reply.body),
        status => Err(PublishedError::Status { status }),
    }
}
