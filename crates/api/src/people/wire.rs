//! People.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_record::PersonId;
use wholechart_store::Person;

/// A person whose record is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonView {
    /// Random id.
    pub id: PersonId,
    /// As the user calls them.
    pub name: String,
    /// `YYYY-MM-DD`. `None`: not known.
    pub birth_date: Option<String>,
    /// The same as all say whose records name one, where the person did not enter it and it was asked for; `None` where they differ.
    pub birth_date_sent: Option<String>,
    /// IANA name of the home time zone.
    pub home_zone: String,
    /// 0 to 7: which of the marks' colours stands for them everywhere.
    pub colour: u8,
}

impl From<&Person> for PersonView {
    fn from(person: &Person) -> PersonView {
        PersonView {
            id: person.id.clone(),
            name: person.name.clone(),
            birth_date: person.birth_date.map(|date| date.to_string()),
            birth_date_sent: None,
            home_zone: person.home_zone.name().to_owned(),
            colour: person.colour,
        }
    }
}
