//! Where providers disagree: what to ask about at the next visit. Shown, never resolved. [`find`] finds it.

pub(crate) mod find;
pub(crate) mod regimen;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use wholechart_fhir::{DetailValue, Dosage, EntryDate, Found, StatusGroup, Title};

use crate::current::ended::Ended;
use crate::hash::hash;
use crate::ids::{ConnectionId, EntryKey, FactId};

/// What providers disagree about. `conflict-` + the kebab-case name is its sentence's key in the word catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum About {
    /// Active here and stopped or resolved there.
    Status,
    /// One says that it is so, another ruled it out.
    RuledOut,
    /// One took it back as entered in error, another still tells it.
    Withdrawn,
    /// An allergy that some list, and others who list allergies do not.
    AllergyNotListed,
    /// One medicine, current in two strengths.
    Dose,
    /// One medicine, to be taken in two ways.
    Dosing,
    /// One vaccine, given on two days that are a few days apart.
    VaccineDay,
    /// A result that one corrected, and another has as it was.
    Correction,
    /// Two birth dates.
    BirthDate,
    /// Two blood groups.
    BloodGroup,
}

impl About {
    /// The kebab-case name.
    pub fn as_str(self) -> &'static str {
        match self {
            About::Status => "status",
            About::RuledOut => "ruled-out",
            About::Withdrawn => "withdrawn",
            About::AllergyNotListed => "allergy-not-listed",
            About::Dose => "dose",
            About::Dosing => "dosing",
            About::VaccineDay => "vaccine-day",
            About::Correction => "correction",
            About::BirthDate => "birth-date",
            About::BloodGroup => "blood-group",
        }
    }
}

/// What one provider says about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Who.
    pub by: ConnectionId,
    /// The entry that says so; none where it is the silence that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<EntryKey>,
    /// What.
    pub says: Says,
    /// The entry's date, as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<EntryDate>,
    /// How it came to its end, where it says that it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
    /// What the same teller listed before and says is over, where the strength of a medicine was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<Title>,
}

/// What a provider says where others disagree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Says {
    /// A status: its group, and the word as sent.
    Status(StatusGroup, Option<String>),
    /// What it is called.
    Title(Title),
    /// What was found.
    Value(Found),
    /// A date, or words in its place.
    Date(DetailValue),
    /// How it is taken.
    Dosing(Vec<Dosage>),
    /// That there is none of its kind.
    NoneKnown,
    /// Nothing: it lists others of the kind, and not this one.
    NotListed,
}

/// A disagreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// About what.
    pub about: About,
    /// The facts concerned: one whose members disagree, or those that do; sorted.
    pub facts: Vec<FactId>,
    /// Who says what; at least two.
    pub statements: Vec<Statement>,
}

impl Conflict {
    /// The same for as long as what it is about and who says so are.
    pub fn id(&self) -> String {
        let keys = self.keys();
        let parts: Vec<&str> =
            std::iter::once(self.about.as_str()).chain(keys.iter().flat_map(|key| key.parts())).collect();
        format!("{:016x}", hash(&parts))
    }

    /// The entries that disagree, sorted.
    pub fn keys(&self) -> BTreeSet<&EntryKey> {
        self.statements.iter().filter_map(|said| said.key.as_ref()).collect()
    }
}

impl Conflict {
    /// Found with the fact itself: its own members disagree.
    pub(crate) fn is_inside(&self) -> bool {
        matches!(self.about, About::Status | About::Dosing) && self.facts.len() == 1
    }

    /// Whether another one tells the same and more: that a teller ended a medicine is part of having changed its strength.
    pub(crate) fn is_told_by(&self, other: &Conflict) -> bool {
        let over =
            || self.statements.iter().filter(|said| matches!(said.says, Says::Status(StatusGroup::Past, _)));
        let changed = |said: &Statement| {
            other.statements.iter().any(|one| one.by == said.by && one.instead_of.is_some())
        };
        (self.about, other.about) == (About::Status, About::Dose)
            && self.facts.iter().all(|fact| other.facts.contains(fact))
            && over().next().is_some()
            && over().all(changed)
    }
}

/// What a person wants done about a disagreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Wish {
    /// Ask about it: it goes onto the printed summary.
    Ask,
    /// It needs no asking, or has been asked.
    Settled,
}

/// A person's wish about a disagreement, known by what its entries' sources call them, so that it outlives re-syncing,
/// rebuilding and upgrading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What the disagreement is about.
    pub about: About,
    /// The entries that disagreed when it was made, sorted.
    pub keys: Vec<EntryKey>,
    /// What is wished.
    pub wish: Wish,
}

impl Choice {
    /// Whether it was made about this disagreement: about the same, by two of the same entries, or by the one there was.
    /// A further teller does not make it another disagreement.
    pub fn is_about(&self, conflict: &Conflict) -> bool {
        let now = conflict.keys();
        let same = self.keys.iter().filter(|key| now.contains(key)).count();
        self.about == conflict.about && same >= self.keys.len().clamp(1, 2)
    }
}

/// What a person wishes done about a disagreement, if anything: the last of several choices counts.
pub fn wish(choices: &[Choice], conflict: &Conflict) -> Option<Wish> {
    choices.iter().rev().find(|choice| choice.is_about(conflict)).map(|choice| choice.wish)
}
