//! What a caller wants of a run.

use chrono::TimeDelta;

use crate::identity::{Expected, Identity};

/// How a run goes. The default suits "check now".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Read everything anew, whatever was answered before: on demand, and after a new sign-in, which may open more.
    pub whole: bool,
    /// A question that can be asked for what changed is asked as a whole when its last whole answer is older than
    /// this: only a whole answer tells what is gone.
    pub whole_after: TimeDelta,
    /// Whose record it should be. With it a run stops before anything is merged when the provider's Patient is
    /// somebody else; without it nobody is compared.
    pub expected: Option<Expected>,
    /// The person said that it is their record although the server does not show whose it is. Without this nothing is
    /// filed of a base whose Patient was never seen.
    pub unshown: bool,
    /// A Patient of whom the user said before that it is the person after all: whoever says the same of themselves is expected too.
    pub accepted: Option<Identity>,
    /// What it takes at most.
    pub most: Most,
}

/// What one run takes at most: a server that never comes to an end fills no disk. What came until then is kept, and the ledger
/// names what is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    /// Bytes of all answers together, as they are read. Answers that were under way when they were reached are still taken.
    pub bytes: u64,
    /// Pages of one question; a server that goes on for longer is going round in circles.
    pub pages: u32,
    /// References and documents that are read one by one.
    pub followed: usize,
}

impl Default for Most {
    /// Far beyond what a life fills.
    fn default() -> Self {
        Self { bytes: 8 << 30, pages: 5_000, followed: 50_000 }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            whole: false,
            whole_after: TimeDelta::days(14),
            expected: None,
            accepted: None,
            unshown: false,
            most: Most::default(),
        }
    }
}
