//! Questions in words.

use wholechart_record::Equal;

use crate::words::{Arg, Speech};

/// Why two are one, or may be, or belong to each other: the words of a rule with its evidence. `title` is what one side
/// calls it, in words.
pub(crate) fn sentence(
    speech: &Speech<'_>,
    rule: &str,
    evidence: &[(String, Equal)],
    title: Option<&str>,
) -> String {
    let said: Vec<(&str, String)> = evidence
        .iter()
        .map(|(name, equal)| {
            let said = match (name.as_str(), title) {
                // A code says nothing to most people; what it stands for does. The code is in the comparison.
                ("code", Some(title)) => title.to_owned(),
                _ => equal_text(speech, equal),
            };
            (name.as_str(), said)
        })
        .collect();
    let args: Vec<(&str, Arg<'_>)> =
        said.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    speech.words.with(&format!("join-{rule}"), &args)
}

fn equal_text(speech: &Speech<'_>, equal: &Equal) -> String {
    match equal {
        Equal::Text(text) => speech.sent(text),
        Equal::Title(title) => speech.part(title),
        Equal::Day(day) => speech.day(*day),
        Equal::Date(date) => speech.moment(date, false),
        Equal::Value(found) => speech.found(found),
    }
}
