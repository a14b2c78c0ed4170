//! A fact as one of its tellers tells it: the same rules over that teller's entries alone. Read, never written.

use chrono_tz::Tz;
use wholechart_fhir::Entry;
use wholechart_record::{ConnectionId, EntryKey, Member, told_alone};

use super::lists::fields;
use super::shown::{FactRow, ListRow};
use crate::{Store, StoreError};

impl Store {
    /// What a list would show of a fact if nobody but this connection told it. `one`: what it shows now. `None`: it does not tell it.
    pub fn told_alone(
        &self,
        one: &ListRow,
        by: &ConnectionId,
        home: Tz,
    ) -> Result<Option<ListRow>, StoreError> {
        if one.row.sources == [by.clone()] {
            return Ok(Some(one.clone()));
        }
        if !one.row.sources.contains(by) {
            return Ok(None);
        }
        let (_, members) = self.fact(&one.row.id)?.ok_or(StoreError::NoSuch("fact"))?;
        let all: Vec<&Member> = members.iter().map(|row| &row.member).collect();
        let Some(fact) = told_alone(&all, by, home) else { return Ok(None) };
        let own: Vec<(&EntryKey, &Entry)> = all
            .iter()
            .filter(|member| member.key.connection == *by)
            .map(|member| (&member.key, &member.entry))
            .collect();
        let row = FactRow {
            id: one.row.id.clone(),
            visit: one.row.visit.clone(),
            gone: one.row.gone.iter().filter(|gone| *gone == by).cloned().collect(),
            ..FactRow::of(&fact, &own)
        };
        let more = fields(&fact, &row.said, &own, home);
        let listed = one.listed.iter().filter(|listed| listed.by == *by).cloned().collect();
        Ok(Some(ListRow { row, more, listed }))
    }
}
