//! What tellers are called.

use std::collections::{BTreeMap, BTreeSet};

use wholechart_record::ConnectionId;
use wholechart_store::{Connection, ConnectionState};

/// What tellers are called, by connection: by name, or by their marks on paper.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    called: BTreeMap<ConnectionId, String>,
    /// Those that hold what a person added of their own.
    own: BTreeSet<ConnectionId>,
}

impl Names {
    /// As these connections are called.
    pub(crate) fn of(connections: Vec<Connection>) -> Names {
        let mut names = Names::default();
        for one in connections {
            if one.state == ConnectionState::Own {
                names.own.insert(one.id.clone());
            }
            names.called.insert(one.id, one.name);
        }
        names
    }

    /// Those of them that may be named.
    pub(crate) fn retain(&mut self, mut may: impl FnMut(&ConnectionId, &str) -> bool) {
        self.called.retain(|id, name| may(id, name));
    }

    /// What one is called. `None`: it is gone, or has no name here.
    pub(crate) fn get(&self, connection: &ConnectionId) -> Option<&String> {
        self.called.get(connection)
    }

    /// Whether it holds what a person added of their own.
    pub(crate) fn is_own(&self, connection: &ConnectionId) -> bool {
        self.own.contains(connection)
    }

    /// Whether nobody is called anything.
    pub(crate) fn is_empty(&self) -> bool {
        self.called.is_empty()
    }

    /// The same tellers, called otherwise or not at all.
    pub(crate) fn called(&self, called: BTreeMap<ConnectionId, String>) -> Names {
        Names { called, own: self.own.clone() }
    }
}
