//! The door itself: the app behind it, and whose record is asked about.

use std::sync::Arc;

use wholechart_store::Person;

use super::veil::{Allowed, Veil};
use crate::app::App;

/// The door of an open record for assistants.
pub struct Assistant {
    pub(super) app: Arc<App>,
}

/// Whose record is asked about, and what of it is shared.
pub(super) struct Shared {
    pub(super) person: Person,
    pub(super) allowed: Allowed,
    pub(super) veil: Arc<Veil>,
}
