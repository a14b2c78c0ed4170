//! What came of looking for a newer version, for as long as the app runs.

use std::path::PathBuf;

use super::notice::Notice;

/// See the module.
#[derive(Default)]
pub(crate) struct Seen {
    /// A newer version.
    pub(super) notice: Option<Notice>,
    /// What there is to say instead.
    pub(super) said: Option<String>,
    /// Where its package was left.
    pub(super) saved: Option<PathBuf>,
}
