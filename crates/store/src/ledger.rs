//! What the ledger says of a run and of each answer in it: values, which the word catalogue puts into words.

use serde::{Deserialize, Serialize};
use wholechart_fhir::PageFault;

/// How a question stands. The order is that of attention: of several questions of one kind, the last state counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerState {
    /// Everything the server has, as far as it says.
    Complete,
    /// The server does not know this kind, or not in this way.
    NotOffered,
    /// Not asked yet. Only while a run goes on.
    Waiting,
    /// Being asked. Only while a run goes on.
    Running,
    /// The provider or the sign-in does not allow it.
    Refused,
    /// The user stopped the run first.
    Cancelled,
    /// Less came than the server said it has, or a later page failed, or a piece could not be read.
    Incomplete,
    /// It failed; the others went on.
    Failed,
}

impl AnswerState {
    /// There is no answer yet.
    pub fn is_pending(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunOutcome {
    /// Every question has its whole answer, or is not offered.
    Complete,
    /// Some question has not.
    Incomplete,
    /// The user stopped it.
    Cancelled,
    /// The provider ended the sign-in.
    SignInNeeded,
    /// The provider's patient is somebody else than was expected.
    OtherPatient,
    /// It was killed, and a later run closed it.
    Interrupted,
}

/// Something to know about an answer beside its state. In the database as JSON, by its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "code")]
pub enum Remark {
    /// The server's own words, cleaned.
    Server {
        /// In the server's language.
        words: String,
    },
    /// The server answered with an error.
    Status {
        /// HTTP status.
        status: u16,
    },
    /// A page, or a place of it, could not be read.
    Page {
        /// Why.
        fault: PageFault,
    },
    /// There are more pages than are followed.
    TooManyPages,
    /// A later page is one that was read before.
    PagesInCircles,
    /// An address leads out of the provider's server: nothing was sent there.
    Foreign {
        /// The host it names.
        host: String,
    },
    /// An address cannot be understood.
    BadAddress,
    /// An answer that says nothing, where there was something before.
    NothingCame,
    /// The host was not found, or does not listen.
    Unreachable {
        /// The host.
        host: String,
    },
    /// No safe connection could be made.
    NotSecure {
        /// The host.
        host: String,
    },
    /// No answer in time.
    TimedOut {
        /// The host.
        host: String,
    },
    /// The connection broke.
    Interrupted {
        /// The host.
        host: String,
    },
    /// The answer is bigger than is taken.
    TooLarge {
        /// The host.
        host: String,
    },
    /// The sign-in could not be renewed at that moment.
    NotRenewed,
    /// The sign-in opens several records, or does not say whose it opens.
    PatientUnknown,
    /// References or documents that are not there.
    NotFound {
        /// How many.
        count: u32,
    },
    /// References or documents that the server does not show.
    NotAllowed {
        /// How many.
        count: u32,
    },
    /// References or documents that could not be read.
    NotRead {
        /// How many.
        count: u32,
    },
    /// References or documents at another server, which was not asked.
    Elsewhere {
        /// How many.
        count: u32,
    },
    /// A web page came instead of a document.
    WebPage,
    /// A document ends before its end.
    DocumentCutShort,
}
