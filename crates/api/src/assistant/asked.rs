//! What an assistant asks, and where in a long answer it goes on.

use serde_json::Value as Json;
use wholechart_fhir::Kind;

use super::tools::{MOST, USUAL};

/// An argument that is not what was expected, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wrong(pub(super) &'static str);

/// The arguments of one question.
pub(super) struct Asked(Json);

/// A stretch of a long answer: how many items were handed out before, which says nothing of what was kept back, and how many are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    pub(super) skip: usize,
    pub(super) limit: usize,
}

impl Asked {
    pub(super) fn of(arguments: Json) -> Asked {
        Asked(arguments)
    }

    /// A text that is not blank. What is left out and what is null is not asked.
    pub(super) fn text(&self, name: &'static str) -> Result<Option<String>, Wrong> {
        match &self.0[name] {
            Json::Null => Ok(None),
            Json::String(text) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
            _ => Err(Wrong(name)),
        }
    }

    pub(super) fn required(&self, name: &'static str) -> Result<String, Wrong> {
        self.text(name)?.ok_or(Wrong(name))
    }

    pub(super) fn yes(&self, name: &'static str) -> Result<bool, Wrong> {
        match &self.0[name] {
            Json::Null => Ok(false),
            Json::Bool(yes) => Ok(*yes),
            _ => Err(Wrong(name)),
        }
    }

    pub(super) fn kinds(&self) -> Result<Vec<Kind>, Wrong> {
        match &self.0["kinds"] {
            Json::Null => Ok(Vec::new()),
            kinds => serde_json::from_value(kinds.clone()).map_err(|_| Wrong("kinds")),
        }
    }

    pub(super) fn stretch(&self) -> Result<Stretch, Wrong> {
        let skip =
            self.text("cursor")?.map(|cursor| cursor.parse().map_err(|_| Wrong("cursor"))).transpose()?;
        let limit = match &self.0["limit"] {
            Json::Null => USUAL,
            limit => {
                let limit = limit.as_u64().filter(|limit| *limit > 0).ok_or(Wrong("limit"))?;
                u32::try_from(limit).unwrap_or(MOST).min(MOST)
            }
        };
        Ok(Stretch { skip: skip.unwrap_or_default(), limit: limit as usize })
    }
}

impl Stretch {
    /// So many items have to be known: one more than are handed out says whether there are others.
    pub(super) fn needed(self) -> usize {
        self.skip.saturating_add(self.limit).saturating_add(1)
    }

    /// The items of this stretch, and the cursor of the next one.
    pub(super) fn of<T>(self, items: Vec<T>) -> (Vec<T>, Option<String>) {
        let end = self.skip.saturating_add(self.limit);
        let next = (items.len() > end).then(|| end.to_string());
        (items.into_iter().skip(self.skip).take(self.limit).collect(), next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_long_answer_is_handed_out_in_stretches_that_leave_nothing_out() {
        let all: Vec<u32> = (0..60).collect();
        let (mut cursor, mut got) = (Json::Null, Vec::new());
        loop {
            let stretch = Asked::of(json!({"cursor": cursor, "limit": 25})).stretch().unwrap();
            let (some, next) = stretch.of(all.clone());
            got.extend(some);
            match next {
                Some(next) => cursor = next.into(),
                None => break,
            }
        }
        assert_eq!(got, all);
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let asked =
            Asked::of(json!({"cursor": "x", "limit": 0, "text": 3, "kinds": ["hologram"], "all": "yes"}));
        assert_eq!(asked.stretch().unwrap_err(), Wrong("cursor"));
        assert_eq!(Asked::of(json!({"limit": 0})).stretch().unwrap_err(), Wrong("limit"));
        assert_eq!(asked.required("text").unwrap_err(), Wrong("text"));
        assert_eq!(asked.kinds().unwrap_err(), Wrong("kinds"));
        assert_eq!(asked.yes("all").unwrap_err(), Wrong("all"));
        let much = Asked::of(json!({"limit": 9_000_000_000_u64})).stretch().unwrap();
        assert_eq!(much.limit, MOST as usize);
    }
}
