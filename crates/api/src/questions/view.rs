//! Questions in words.

use chrono_tz::Tz;

use crate::{
    dates,
    words::{Arg, Words},
};

/// Why two are one, or may be, or belong to each other: the words of a rule with its evidence. `title` is what one side
/// calls it.
pub(crate) fn sentence(
    words: &Words,
    rule: &str,
    evidence: &[(String, String)],
    title: Option<&str>,
    home: Tz,
) -> String {
    let said: Vec<(&str, String)> = evidence
        .iter()
        .map(|(name, value)| {
            let said = match (name.as_str(), title) {
                ("day" | "when", _) => dates::detail(words, value, home),
                // A code says nothing to most people; what it stands for does. The code is in the comparison.
                ("code", Some(title)) => title.to_owned(),
                _ => value.clone(),
            };
            (name.as_str(), said)
        })
        .collect();
    let args: Vec<(&str, Arg<'_>)> =
        said.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    words.with(&format!("join-{rule}"), &args)
}
