//! One thing that happened or is so, with all entries that say it.

use serde::{Deserialize, Serialize};
use wholechart_fhir::{Coding, Day, Entry, EntryDate, FhirDate, Found, Kind, StatusGroup, Title};

use crate::conflict::Conflict;
use crate::ids::{EntryKey, FactId};

/// An entry together with what it is known by.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// What the entry is known by.
    pub key: EntryKey,
    /// The entry as read.
    pub entry: Entry,
}

/// How sure a join is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// Joined without asking.
    Same,
    /// Offered, never joined silently.
    Likely,
    /// Shown together, not joined.
    Related,
}

/// What was equal, by its name in the rule's sentence: `code` and "CVX 140", `day` and a day.
pub type Evidence = Vec<(String, Equal)>;

/// Something that two entries have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Equal {
    /// A code with its system's name, a number, words of the sender's.
    Text(String),
    /// What one side calls it.
    Title(Title),
    /// A day, month or year.
    Day(Day),
    /// A date as stated.
    Date(FhirDate),
    /// What was found.
    Value(Found),
}

/// Why two entries are members of one fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// The rule's name, such as `same-vaccine-same-day`; `join-` + it is its sentence's key in the word catalogue.
    pub rule: String,
    /// How sure.
    pub strength: Strength,
    /// What was equal.
    pub evidence: Evidence,
    /// One side.
    pub a: EntryKey,
    /// The other side.
    pub b: EntryKey,
}

/// What a person decided about two entries, known by what their sources call them, so that it outlives re-syncing,
/// rebuilding and upgrading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// One entry.
    pub a: EntryKey,
    /// The other.
    pub b: EntryKey,
    /// What was decided.
    pub verdict: Verdict,
}

/// One thing or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// They say the same.
    Same,
    /// They are two things.
    Apart,
}

/// Two entries of different facts that are probably one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likely {
    /// The rule's name.
    pub rule: String,
    /// What was equal.
    pub evidence: Evidence,
    /// One side.
    pub a: EntryKey,
    /// The other side.
    pub b: EntryKey,
}

/// One thing that happened or is so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Derived from the smallest member key.
    pub id: FactId,
    /// What it is.
    pub kind: Kind,
    /// The best member's title.
    pub title: Title,
    /// The most precise date no member contradicts.
    pub date: Option<EntryDate>,
    /// The day it is listed under, in the person's home zone; none is undated.
    pub day: Option<Day>,
    /// Sorts within the day: wall-clock seconds since midnight where known.
    pub second_of_day: Option<u32>,
    /// The best member's status.
    pub status_group: StatusGroup,
    /// The value for a list row.
    pub value: Option<Found>,
    /// `high`, `low`, `abnormal`, `critical` by the lab's own flag, or computed from its range when it sent none.
    pub flag: Option<Flag>,
    /// Everything that says so; at least one, sorted.
    pub members: Vec<EntryKey>,
    /// Why they are together; empty for a single member.
    pub joins: Vec<Join>,
    /// What belongs to it and is another fact, such as the claim for a visit; `a` is of this fact, `b` of the other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Join>,
    /// Where its members disagree, and where it disagrees with other facts.
    pub conflicts: Vec<Conflict>,
}

impl Fact {
    /// Disagreements of its own members and with other facts, each told by one of the facts concerned, and without what
    /// another one tells.
    pub fn disagreements(&self) -> impl Iterator<Item = &Conflict> {
        let own = self.conflicts.iter().filter(|one| one.facts.first() == Some(&self.id));
        own.filter(|one| !self.conflicts.iter().any(|other| one.is_told_by(other)))
    }
}

/// Out of range, as the lab flagged it or as its own range says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Flag {
    /// Above the lab's range.
    High,
    /// Below the lab's range.
    Low,
    /// Flagged abnormal without a direction.
    Abnormal,
    /// Flagged critical without a direction.
    Critical,
    /// Flagged critically high.
    CriticalHigh,
    /// Flagged critically low.
    CriticalLow,
}

/// A flag without what makes it stand out on a printed page: `H` of "**H**" and "(H)".
fn bare(code: &str) -> &str {
    code.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '(' | ')' | '[' | ']' | '!'))
}

impl Flag {
    /// The kebab-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Flag::High => "high",
            Flag::Low => "low",
            Flag::Abnormal => "abnormal",
            Flag::Critical => "critical",
            Flag::CriticalHigh => "critical-high",
            Flag::CriticalLow => "critical-low",
        }
    }

    /// What a laboratory's interpretation code says (HL7 v2 table 0078, v3 ObservationInterpretation); "normal" and those
    /// about something else, such as `<` for "too little for the instrument", are no flag.
    pub fn sent(code: &str) -> Option<Flag> {
        match bare(code).to_ascii_uppercase().as_str() {
            "H" | "HU" | "HX" => Some(Flag::High),
            "L" | "LU" | "LX" => Some(Flag::Low),
            "A" | "ABN" => Some(Flag::Abnormal),
            "AA" => Some(Flag::Critical),
            "HH" | "H>" => Some(Flag::CriticalHigh),
            "LL" | "L<" => Some(Flag::CriticalLow),
            _ => None,
        }
    }

    /// What it says in words, where no code is known: "High", "Critically low".
    pub fn in_words(words: &str) -> Option<Flag> {
        // A code in the place of words.
        if let Some(flag) = Flag::sent(words) {
            return Some(flag);
        }
        let words = words.trim().to_lowercase();
        let critical = ["critical", "panic", "alert"].iter().any(|word| words.contains(word));
        let said = |word: &str| words.split(|char: char| !char.is_alphabetic()).any(|part| part == word);
        let high = said("high") || said("above");
        let low = said("low") || said("below");
        Some(match (critical, high, low) {
            _ if words.starts_with("not ") || words.starts_with("no ") => return None,
            (true, true, false) => Flag::CriticalHigh,
            (true, false, true) => Flag::CriticalLow,
            (true, ..) => Flag::Critical,
            (false, true, false) => Flag::High,
            (false, false, true) => Flag::Low,
            _ if said("abnormal") => Flag::Abnormal,
            _ => return None,
        })
    }

    /// Whether the laboratory says by this code that nothing is out of range, or speaks of something else than the range.
    pub fn is_none(coding: &Coding) -> bool {
        const NONE: &[&str] = &[
            "N", "NEG", "POS", "ND", "DET", "NR", "RR", "WR", "IND", "S", "I", "R", "<", ">", "B", "W", "U",
            "D", "MS", "VS", "NS", "SDD", "SYN-R", "SYN-S", "E", "EX", "HM", "EXP", "UNE", "OBX", "AC",
            "TOX", "QCF", "CAR",
        ];
        let code = bare(&coding.code).to_ascii_uppercase();
        let words = coding.display.as_deref().unwrap_or_default().trim().to_lowercase();
        NONE.contains(&code.as_str()) || code == "NORMAL" || words == "normal" || words.contains("within")
    }
}
