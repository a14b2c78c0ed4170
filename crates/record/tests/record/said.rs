//! "Lakeside said this": members from FHIR as a server would send it.

use wholechart_fhir::{ReadOptions, Release, read};
use wholechart_record::{ConnectionId, EntryKey, Fact, Member, merge};

pub(crate) const HOME: chrono_tz::Tz = chrono_tz::America::New_York;

pub(crate) fn r4(connection: &str, json: serde_json::Value) -> Member {
    at(connection, "https://r4.example", Release::R4, json)
}

pub(crate) fn dstu2(connection: &str, json: serde_json::Value) -> Member {
    at(connection, "https://dstu2.example", Release::Dstu2, json)
}

pub(crate) fn at(connection: &str, base: &str, release: Release, json: serde_json::Value) -> Member {
    let entry = read(json.to_string().as_bytes(), &ReadOptions::new(release)).expect("a resource");
    let key = EntryKey {
        connection: ConnectionId(connection.into()),
        base: base.into(),
        release,
        resource_type: entry.resource_type.clone(),
        id: entry.id.clone().expect("tests name their resources"),
    };
    Member { key, entry }
}

pub(crate) fn merged(members: &[Member]) -> Vec<Fact> {
    merge(members.to_vec(), HOME)
}

/// The rules by which the members became one fact; none when they did not.
pub(crate) fn joined_by(members: &[Member]) -> Option<Vec<String>> {
    match merged(members).as_slice() {
        [fact] => Some(fact.joins.iter().map(|join| join.rule.clone()).collect()),
        _ => None,
    }
}
