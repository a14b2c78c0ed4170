//! One run of a sync: plan the questions, fetch, checkpoint, keep the ledger.
//!
//! In the order a reader needs it: [`Connected`] is what a connection knows of its provider, [`plan`] makes the list
//! of questions from it, as plain data; [`run`] asks them. Each page goes to the store as it arrives, in one
//! transaction with the place to go on from, so that a run that was killed is carried on by the next one.
//!
//! **Invariants.** One kind that fails never costs the others: it is named in the ledger, and so is what was not
//! asked. New tokens are on disk before they are used. What a provider sent goes to the store byte for byte.

mod connected;
mod ledger;
mod paging;
mod plan;
mod references;
mod run;
mod tokens;

pub use connected::Connected;
pub use ledger::{AnswerState, KindProgress, Progress, RunReport};
pub use plan::{Plan, PlannedBase, Question, plan};
pub use run::{SyncError, run};
