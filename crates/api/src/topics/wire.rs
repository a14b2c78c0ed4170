//! What a topic says.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_fhir::Kind;
use wholechart_record::{ConnectionId, Sensitive, Standing};

use crate::timeline::wire::TimelineRow;

/// Who calls a topic so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum NameSource {
    /// The shipped table of topics, in the language that is spoken.
    Ours,
    /// A sender.
    Sent,
}

/// What facts are about: one illness, substance, ingredient, vaccine's disease or operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TopicView {
    /// Stable as long as its facts are; opaque.
    pub id: String,
    /// The kind of its facts.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// Who calls it so.
    pub name_source: NameSource,
    /// How it is now.
    pub standing: Standing,
    /// The same in words, as a heading.
    pub standing_text: String,
    /// The first day that anybody tells of it, as `2024-03-01`, `2024-03` or `2024`.
    pub since: Option<String>,
    /// The same in words.
    pub since_text: Option<String>,
    /// What is said of it now: how a medicine is taken, how an allergy shows, on which days a vaccine was given.
    pub text: Option<String>,
    /// What a medicine is taken for, as its orders say.
    pub reason: Option<String>,
    /// Who prescribed a medicine, as its newest order says.
    pub prescriber: Option<String>,
    /// Strengths and courses of a medicine that are over, while it is taken: each with how it came to its end.
    pub earlier: Vec<String>,
    /// When it was last ordered, reviewed or otherwise spoken of, and by whom (medicines, problems, allergies).
    pub reviewed: Option<String>,
    /// Who lists it as current, and when they last did (medicines, problems, allergies).
    pub listed: Option<String>,
    /// Why it may not be so any more.
    pub doubt: Option<String>,
    /// How many times it was given or done; 1 otherwise.
    pub times: u32,
    /// Who reads a line has to see that not everybody agrees with it.
    pub disagreement: Option<String>,
    /// What they disagree about, and who says that it is over, a sentence each.
    pub told: Vec<String>,
    /// Why a person may not want it on paper that others read.
    #[serde(skip)]
    #[ts(skip)]
    pub sensitive: Option<Sensitive>,
    /// A medicine that keeps blood from clotting.
    #[serde(skip)]
    #[ts(skip)]
    pub thins_blood: bool,
    /// Who tells of it, each once.
    pub sources: Vec<ConnectionId>,
    /// What each of them said last.
    pub by_source: Vec<TopicSource>,
    /// Its facts: what is so first, then newest first.
    pub facts: Vec<TimelineRow>,
    /// The gravest first, among topics that stand alike.
    #[serde(skip)]
    #[ts(skip)]
    pub rank: u8,
}

/// What one provider said last of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TopicSource {
    /// The connection.
    pub connection: ConnectionId,
    /// What it is called.
    pub provider: String,
    /// What it calls the topic.
    pub title: String,
    /// How it is by this provider.
    pub standing: Standing,
    /// How a medicine is taken, how an allergy shows.
    pub text: Option<String>,
    /// The day of that statement, in words.
    pub day_text: String,
}
