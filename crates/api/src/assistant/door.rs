//! The door itself: the app behind it, and whose record is asked about.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use wholechart_record::PersonId;
use wholechart_store::Person;

use super::veil::{Allowed, Veil};
use crate::app::App;

/// What was chosen, the state of the record that it was made of, and what is kept back by it.
type Kept = (Allowed, u64, Arc<Veil>);

/// The door of an open record for one assistant.
pub struct Assistant {
    pub(super) app: Arc<App>,
    /// By person.
    pub(super) veils: Mutex<HashMap<PersonId, Kept>>,
}

/// Whose record is asked about, and what of it is shared.
pub(super) struct Shared {
    pub(super) person: Person,
    pub(super) allowed: Allowed,
    pub(super) veil: Arc<Veil>,
}
