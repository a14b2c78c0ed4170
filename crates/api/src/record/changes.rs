//! What differs between two versions of a record.

use super::wire::{ChangeView, Line};
use crate::words::Words;

/// Lines that only one of the two has, in the order they are read; a label that stands once on both sides is one change.
pub(crate) fn between(
    words: &Words,
    before: Option<(String, Vec<Line>)>,
    after: (String, Vec<Line>),
) -> Vec<ChangeView> {
    let all = |(title, lines): (String, Vec<Line>)| {
        let first = Line { label: words.get("line-title"), text: title, technical: false };
        std::iter::once(first).chain(lines).collect::<Vec<Line>>()
    };
    let Some(before) = before else { return Vec::new() };
    let (mut gone, mut come) = (all(before), Vec::new());
    for line in all(after) {
        match gone.iter().position(|old| old.label == line.label && old.text == line.text) {
            Some(same) => {
                gone.remove(same);
            }
            None => come.push(line),
        }
    }
    let mut changes = Vec::new();
    for line in come {
        let before = gone.iter().position(|old| old.label == line.label).map(|at| gone.remove(at).text);
        changes.push(ChangeView { label: line.label, before, after: Some(line.text) });
    }
    changes.extend(gone.into_iter().map(|old| ChangeView {
        label: old.label,
        before: Some(old.text),
        after: None,
    }));
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(title: &str, lines: &[(&str, &str)]) -> (String, Vec<Line>) {
        let line = |(label, text): &(&str, &str)| Line {
            label: (*label).to_owned(),
            text: (*text).to_owned(),
            technical: false,
        };
        (title.to_owned(), lines.iter().map(line).collect())
    }

    #[test]
    fn a_change_is_told_from_what_to_what() {
        let words = Words::english();
        let before =
            said("Potassium", &[("Value", "7.9 mmol/L"), ("Status", "final"), ("Note", "a"), ("Note", "b")]);
        let after = said(
            "Potassium",
            &[("Value", "4.1 mmol/L"), ("Status", "final"), ("Note", "b"), ("Who", "Dr. Day")],
        );
        let told: Vec<_> = between(&words, Some(before.clone()), after)
            .into_iter()
            .map(|change| (change.label, change.before, change.after))
            .collect();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            told,
            [
                ("Value".to_owned(), text("7.9 mmol/L"), text("4.1 mmol/L")),
                ("Who".to_owned(), None, text("Dr. Day")),
                ("Note".to_owned(), text("a"), None),
            ]
        );
        assert!(between(&words, Some(before.clone()), before.clone()).is_empty());
        assert!(between(&words, None, before).is_empty(), "the first version changed nothing");
    }
}
