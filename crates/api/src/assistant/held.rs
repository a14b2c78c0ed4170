//! What the app holds for assistants while it runs.

use std::{
    collections::HashMap,
    fs,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use tokio::task::JoinHandle;
use wholechart_record::PersonId;

use super::veil::{Allowed, Veil};

/// What was chosen, the state of the record that it was made of, and what is kept back by it.
type Kept = (Allowed, u64, Arc<Veil>);

/// What is kept back of each person, remembered until the record is closed.
pub(crate) type Veils = Mutex<HashMap<PersonId, Kept>>;

/// Somebody listens at the socket, for as long as this lives.
pub(crate) struct Listening {
    pub(super) task: JoinHandle<()>,
    pub(super) socket: PathBuf,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
        // Where it cannot be removed, whoever comes next finds that nobody answers there.
        drop(fs::remove_file(&self.socket));
        if let Some(folder) = self.socket.parent() {
            drop(fs::remove_dir(folder));
        }
    }
}
