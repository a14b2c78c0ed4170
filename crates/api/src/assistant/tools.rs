//! What an assistant can ask, as it is told of it.

use crate::words::Words;

/// One thing that an assistant can ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssistantTool {
    /// What it is called by an assistant.
    pub name: &'static str,
    /// What it is called on screen.
    pub title: String,
    /// What it answers, for the assistant.
    pub about: String,
    /// What it takes.
    pub arguments: Vec<AssistantArgument>,
}

/// What a tool takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssistantArgument {
    /// Its name.
    pub name: &'static str,
    /// What it means, for the assistant.
    pub about: String,
    /// What it looks like.
    pub form: ArgumentForm,
    /// Nothing is answered without it.
    pub required: bool,
}

/// What an argument looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentForm {
    /// A text.
    Text,
    /// A whole number from 1 to this.
    Number(u32),
    /// Yes or no.
    YesOrNo,
    /// Some of these words.
    SomeOf(&'static [&'static str]),
}

/// Items of a page at most, and where nothing else is asked.
pub(super) const MOST: u32 = 100;
pub(super) const USUAL: u32 = 25;

/// The kinds that a timeline is asked for, as `wholechart_fhir::Kind` calls them.
const KINDS: &[&str] = &[
    "result",
    "vital",
    "observation",
    "report",
    "problem",
    "allergy",
    "medicine",
    "vaccine",
    "procedure",
    "visit",
    "document",
    "care-plan",
    "goal",
    "care-team",
    "order",
    "appointment",
    "family-history",
    "coverage",
    "claim",
    "device",
    "message",
    "questionnaire",
    "imaging",
    "consent",
    "patient",
    "support",
    "other",
];

/// The kinds that things are put under headings in.
const TOPICAL: &[&str] = &["problem", "allergy", "medicine", "vaccine", "procedure"];

type Argument = (&'static str, ArgumentForm, bool);

const CURSOR: Argument = ("cursor", ArgumentForm::Text, false);
const LIMIT: Argument = ("limit", ArgumentForm::Number(MOST), false);
const PERSON: Argument = ("person", ArgumentForm::Text, false);

const TOOLS: &[(&str, &[Argument])] = &[
    ("people", &[]),
    (
        "current",
        &[
            PERSON,
            ("kinds", ArgumentForm::SomeOf(TOPICAL), false),
            ("all", ArgumentForm::YesOrNo, false),
            CURSOR,
            LIMIT,
        ],
    ),
    (
        "timeline",
        &[
            PERSON,
            ("kinds", ArgumentForm::SomeOf(KINDS), false),
            ("from", ArgumentForm::Text, false),
            ("to", ArgumentForm::Text, false),
            ("outOfRange", ArgumentForm::YesOrNo, false),
            CURSOR,
            LIMIT,
        ],
    ),
    ("search", &[PERSON, ("text", ArgumentForm::Text, true), CURSOR, LIMIT]),
    ("record", &[PERSON, ("record", ArgumentForm::Text, true), CURSOR, LIMIT]),
    (
        "trend",
        &[PERSON, ("test", ArgumentForm::Text, false), ("unit", ArgumentForm::Text, false), CURSOR, LIMIT],
    ),
    ("summary", &[PERSON, CURSOR]),
    ("missing", &[PERSON, CURSOR, LIMIT]),
];

/// Everything that an assistant can ask, in the language that is spoken.
pub(super) fn tools(words: &Words) -> Vec<AssistantTool> {
    let argument = |(name, form, required): &Argument| AssistantArgument {
        name,
        about: words.get(&format!("assistant-argument-{name}")),
        form: *form,
        required: *required,
    };
    let tool = |(name, arguments): &(&'static str, &[Argument])| AssistantTool {
        name,
        title: words.get(&format!("assistant-tool-{name}")),
        about: words.get(&format!("assistant-tool-{name}-about")),
        arguments: arguments.iter().map(argument).collect(),
    };
    TOOLS.iter().map(tool).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wholechart_fhir::Kind;

    #[test]
    fn every_kind_can_be_asked_for() {
        let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
        assert_eq!(KINDS, kinds);
        let topical: Vec<&str> = wholechart_record::TOPICAL.iter().map(|kind| kind.as_str()).collect();
        assert!(TOPICAL.iter().all(|kind| topical.contains(kind)) && topical.len() == TOPICAL.len());
    }
}
