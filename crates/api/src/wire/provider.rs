//! Providers: the directory, and connections to them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One line of the provider directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryEntry {
    /// Id of the provider's card.
    pub card: String,
    /// Provider or practice.
    pub name: String,
    /// Town, address or what it is.
    pub place: Option<String>,
    /// The portal's name as patients know it, such as "NextGen Patient Portal".
    pub portal: String,
    /// A portal that serves many practices: the practice's name must be typed.
    pub asks_practice: bool,
    /// A vendor with a server for each provider: its address must be typed.
    pub asks_base: bool,
    /// No client id is shipped: connecting asks for one, unless the application registers itself.
    pub needs_client_id: bool,
    /// The provider's server lets the application register itself.
    pub registers_itself: bool,
    /// From a public list that was fetched; otherwise it came with the application.
    pub listed: bool,
    /// One of the sample providers, with the invented sign-in for it.
    pub sample_sign_in: Option<SampleSignIn>,
}

/// The invented portal sign-in of a sample provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SampleSignIn {
    /// Portal user id.
    pub user_id: String,
    /// Portal password.
    pub password: String,
}

/// What to connect to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum ConnectTarget {
    /// A card of the directory.
    #[serde(rename_all = "camelCase")]
    Card {
        /// Its id.
        card: String,
        /// The practice's name as typed, for portals that serve many.
        practice: Option<String>,
        /// The address of the provider's records, where a vendor has a server for each.
        base: Option<String>,
        /// The redirect address the user registered, when it is another than the card's.
        redirect: Option<String>,
        /// The user's own client id, where none is shipped.
        client_id: Option<String>,
        /// The user's own client secret, if their registration has one.
        client_secret: Option<String>,
    },
    /// Connectivity information as a provider hands it to patients. Discovery fills in what is left empty.
    #[serde(rename_all = "camelCase")]
    Manual {
        /// What to call the provider.
        name: String,
        /// Authorization endpoint.
        authorize: Option<String>,
        /// Token endpoint.
        token: Option<String>,
        /// API base endpoint, DSTU2.
        base_dstu2: Option<String>,
        /// API base endpoint, R4.
        base_r4: Option<String>,
        /// The redirect address that is registered; none: this computer's own.
        redirect: Option<String>,
        /// Client id; none where the server lets applications register themselves.
        client_id: Option<String>,
        /// Client secret, if any.
        client_secret: Option<String>,
        /// Whom to believe where this and the server's own word differ; none: ask.
        trusts: Option<Trusts>,
    },
    /// Sign in again to a connection that exists.
    #[serde(rename_all = "camelCase")]
    Again {
        /// The connection.
        connection: String,
    },
}

/// One person at one provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionView {
    /// Random id.
    pub id: String,
    /// The provider's name.
    pub name: String,
    /// One or two letters for the provider's mark.
    pub mark: String,
    /// 0 to 7: which of the provider colours.
    pub colour: u8,
    /// State.
    pub state: ConnectionState,
    /// One sentence about the state, in words.
    pub state_text: String,
    /// When a sync last finished, RFC 3339.
    pub last_sync: Option<String>,
    /// The same for people: "today, 14:05".
    pub last_sync_text: Option<String>,
    /// Answers "do I have everything?" in one sentence; none before the first sync.
    pub verdict: Option<String>,
    /// Resources held from it.
    pub resources: u32,
    /// The host names it speaks to.
    pub hosts: Vec<String>,
    /// The releases it is read in, such as `["R4", "DSTU2"]`.
    pub releases: Vec<String>,
    /// Holds imported files instead of a provider's connection.
    pub imported: bool,
}

/// State of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ConnectionState {
    /// Signed in.
    Connected,
    /// The sign-in ended; everything received is kept.
    SignInNeeded,
    /// A sync is running.
    Syncing,
    /// Files; nothing to sign in to.
    Files,
    /// Disconnected; its records were kept.
    Disconnected,
}

/// Steps of connecting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ConnectStage {
    /// Reading what the provider's server says of itself.
    Discovering,
    /// The system's browser was opened; the provider's own page asks for the password.
    WaitingForSignIn,
    /// The sign-in opens several records: the user says which, with `choosePatient`.
    ChoosingPatient,
    /// Trading the code for a token.
    Finishing,
    /// Done.
    Done,
}

/// One of several people whose records a sign-in opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PatientOption {
    /// Pass it back.
    pub id: String,
    /// As the provider writes it.
    pub name: String,
    /// The birth date for people.
    pub born_text: String,
}

/// Whom to believe where what was typed differs from what a server says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Trusts {
    /// What was typed.
    Typed,
    /// The server.
    Server,
}
