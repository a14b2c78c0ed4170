//! The first page: what is current, and what is new.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_record::FactId;
use wholechart_store::ChangeKind;

use crate::{timeline::wire::TimelineRow, trends::wire::TestView};

/// What a person sees first. Short lists; each says how much more there is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HomeView {
    /// What is new since the person last looked.
    pub news: NewsView,
    /// The latest results, newest first.
    pub results: Vec<TestView>,
    /// Tests that are not in `results`.
    pub more_results: u32,
    /// The latest vital signs, newest first.
    pub vitals: Vec<TestView>,
    /// Vital signs that are not in `vitals`.
    pub more_vitals: u32,
    /// What the record holds of each kind, however old: a list may be empty because nothing in it is recent or current.
    pub held: HeldView,
    /// Current medicines somebody spoke of within a year.
    pub medicines: Vec<CurrentView>,
    /// Medicines listed as current whose stated end is over, or that nobody spoke of for more than a year.
    pub doubtful: Vec<CurrentView>,
    /// Medicines that are in neither list for want of room, by name.
    pub more_medicines: Vec<NamedView>,
    /// Current problems.
    pub problems: Vec<CurrentView>,
    /// Problems that are not in the list for want of room, by name; after them what is perhaps no longer so.
    pub more_problems: Vec<NamedView>,
    /// Allergies.
    pub allergies: Vec<CurrentView>,
    /// Allergies that are not in the list for want of room, by name.
    pub more_allergies: Vec<NamedView>,
    /// What lies ahead, the nearest first.
    pub appointments: Vec<TimelineRow>,
    /// The newest visit that was.
    pub last_visit: Option<TimelineRow>,
    /// Where providers disagree.
    pub disagreements: u32,
}

/// How many results, medicines and so on a record holds that nobody took back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeldView {
    /// Results.
    pub results: u32,
    /// Vital signs.
    pub vitals: u32,
    /// Medicines.
    pub medicines: u32,
    /// Problems.
    pub problems: u32,
    /// Allergies.
    pub allergies: u32,
}

/// Something that is so now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CurrentView {
    /// The fact.
    pub row: TimelineRow,
    /// An allergy that may be dangerous.
    pub grave: bool,
    /// Reaction, dose or another word beside it.
    pub beside: Option<String>,
    /// What providers disagree about, a sentence each.
    pub told: Vec<String>,
    /// When it was last ordered or reviewed, and by whom: "ordered or reviewed March 3, 2026, Lakeside Family Medicine"; after the end
    /// it was to have, where that is over.
    pub reviewed: String,
    /// Who still lists a medicine as current, and when they last did.
    pub listed: Option<String>,
}

/// Something that is so now, and for which there is no more room than for its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NamedView {
    /// What it is called.
    pub name: String,
    /// The fact that says most of it.
    pub fact: FactId,
}

/// What syncs brought since the person last looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NewsView {
    /// Everything, counted, in words: "12 new, 1 corrected, 1 withdrawn". `None`: nothing is new.
    pub text: Option<String>,
    /// The same by what it is and who told it, the gravest first: "2 new results from Lakeside Family Medicine".
    pub told: Vec<String>,
    /// Nobody has looked before: everything is new.
    pub first: bool,
    /// The gravest and newest of them.
    pub rows: Vec<NewsRow>,
    /// How many more come after these; `news` lists them.
    pub more: u32,
    /// For `seen`.
    pub up_to: Option<i64>,
}

/// One thing that is new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NewsRow {
    /// The fact.
    pub row: TimelineRow,
    /// What became of it.
    pub what: ChangeKind,
    /// The same in words.
    pub text: String,
}
