//! One run of a sync: plan the questions, fetch, checkpoint, keep the ledger.
//!
//! In the order a reader needs it: [`Connected`] is what a connection knows of its provider, [`plan`] makes the list
//! of questions from it, as plain data; [`run`] asks them. Each page goes to the store as it arrives, in one
//! transaction with the place to go on from, so that a run that was killed is carried on by the next one.
//!
//! A question that was answered completely before is asked for what changed, where its server says that it can; now
//! and then, or on demand, as a whole ([`Options`]). Only a whole answer tells what is no longer reported.
//!
//! **Invariants.** One kind that fails never costs the others: it is named in the ledger, and so is what was not
//! asked. New tokens are on disk before they are used. What a provider sent goes to the store byte for byte.

mod blocking;
mod connected;
mod follow;
mod identity;
mod ledger;
mod options;
mod paging;
mod plan;
mod references;
mod remarks;
mod run;
mod tokens;
mod whose;

pub use connected::Connected;
pub use follow::{BY_ADDRESS, BY_REFERENCE};
pub use identity::{Aspect, Expected, Identity, OtherPatient, differences, identity};
pub use ledger::{KindAnswers, KindProgress, Progress, RunReport, by_kind};
pub use options::{Most, Options};
pub use plan::{Plan, PlannedBase, Question, plan};
pub use run::{ELSEWHERE, SET_ASIDE, SyncError, run, run_with};
pub use whose::{Addresses, Whose, subjects_of};
