//! How something came to its end.

use serde::{Deserialize, Serialize};
use wholechart_fhir::{Day, DetailValue, Element, Entry, FhirDate};

use crate::compare::fold;

/// That something came to its end, as whoever ordered it says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The day it ended on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// Why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<DetailValue>,
}

impl Ended {
    /// How something came to its end, as these say of whom it has: the last day, and every reason once.
    pub(crate) fn of<'e>(over: impl Iterator<Item = &'e Entry> + Clone) -> Option<Ended> {
        let abated =
            |entry: &'e Entry| entry.detail(Element::ABATEMENT).into_iter().flat_map(DetailValue::dates);
        let days = over.clone().flat_map(|entry| entry.ended().into_iter().chain(abated(entry)));
        let on = days.map(FhirDate::own_day).max();
        let reasons = over.clone().filter_map(|entry| entry.end.as_ref()?.reason.clone());
        let mut why: Vec<DetailValue> = reasons.map(DetailValue::Text).collect();
        why.sort_by_cached_key(DetailValue::all_sent);
        why.dedup();
        for detail in over.flat_map(|entry| &entry.details) {
            let says = matches!(detail.element.name(), "status-reason" | "reason-ended");
            let said = detail.value.all_sent();
            if says && !why.iter().any(|known| spelled(&known.all_sent()) == spelled(&said)) {
                why.push(detail.value.clone());
            }
        }
        (on.is_some() || !why.is_empty()).then_some(Ended { on, why })
    }
}

/// The same words, whatever their case and blanks.
pub(crate) fn spelled(text: &str) -> String {
    fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
