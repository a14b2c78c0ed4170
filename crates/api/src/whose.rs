//! Whose a thing is that a host names by its id: no id opens the record of anybody but the person who is asked about.

use wholechart_record::{ConnectionId, FactId, PersonId};
use wholechart_store::{Connection, VersionId};

use crate::{app::App, error::ApiError};

impl App {
    /// The fact, if it is this person's. Another's is answered as one that does not exist.
    pub(crate) async fn own_fact(&self, person: &str, fact: String) -> Result<FactId, ApiError> {
        let (person, id) = (PersonId(person.to_owned()), FactId(fact));
        let asked = id.clone();
        let whose = self.ask(move |store| store.person_of(&asked)).await?;
        if whose == Some(person) { Ok(id) } else { Err(self.error("error-no-such")) }
    }

    /// The version, if it was sent for this person.
    pub(crate) async fn own_version(&self, person: &str, version: i64) -> Result<VersionId, ApiError> {
        let (person, id) = (PersonId(person.to_owned()), VersionId(version));
        let whose = self.ask(move |store| store.person_of_version(id)).await?;
        if whose == Some(person) { Ok(id) } else { Err(self.error("error-no-such")) }
    }

    /// The connection, if it is this person's.
    pub(crate) async fn own_connection(
        &self,
        person: &str,
        connection: String,
    ) -> Result<Connection, ApiError> {
        let id = ConnectionId(connection);
        let known = self.ask(move |store| store.connection(&id)).await?;
        known.filter(|known| known.person.0 == person).ok_or_else(|| self.error("error-no-such"))
    }
}
