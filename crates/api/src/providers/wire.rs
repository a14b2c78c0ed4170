//! Providers: the directory, what it takes to connect to them, connections, and what was sent where.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wholechart_record::ConnectionId;

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
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
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
        /// The user's own client id, where the app ships none.
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
        /// The redirect address that is registered. `None`: this computer's own.
        redirect: Option<String>,
        /// Client id. `None`: the server lets applications register themselves.
        client_id: Option<String>,
        /// Client secret, if any.
        client_secret: Option<String>,
        /// Whom to believe where this and the server's own word differ. `None`: ask.
        trusts: Option<Trusts>,
    },
    /// Sign in again to a connection that exists.
    #[serde(rename_all = "camelCase")]
    Again {
        /// The connection.
        connection: ConnectionId,
    },
}

impl std::fmt::Debug for ConnectTarget {
    /// Neither addresses nor what somebody registered by.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            ConnectTarget::Card { .. } => "Card",
            ConnectTarget::Manual { .. } => "Manual",
            ConnectTarget::Again { .. } => "Again",
        })
    }
}

/// One person at one provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionView {
    /// Random id.
    pub id: ConnectionId,
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
    /// The same for people: "today, 2:05 PM".
    pub last_sync_text: Option<String>,
    /// Answers "do I have everything?" in one sentence. `None` before the first sync.
    pub verdict: Option<String>,
    /// Resources held from it.
    pub resources: u32,
    /// The host names it speaks to.
    pub hosts: Vec<String>,
    /// The releases it is read in, such as `["R4", "DSTU2"]`.
    pub releases: Vec<String>,
    /// Holds imported files, or what the person adds, instead of a provider's connection.
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
    /// What the person adds of their own; nothing to sign in to.
    Own,
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

/// All that has to be known and done before a provider's sign-in page can be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CardSetup {
    /// The provider.
    pub entry: DirectoryEntry,
    /// What is missing and why, a paragraph each; empty where nothing is.
    pub missing: Vec<String>,
    /// The vendor's page where applications are registered.
    pub site: Option<String>,
    /// What to choose and tick there, in order.
    pub steps: Vec<String>,
    /// What the registration gives: a secret besides the client id, always or never.
    pub secret: SecretWanted,
    /// Ways in which the browser can come back; the best first.
    pub redirects: Vec<RedirectOption>,
    /// Texts to send to the practice.
    pub letters: Vec<Letter>,
}

/// Whether a registration comes with a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SecretWanted {
    /// Never.
    No,
    /// It may.
    Maybe,
    /// Always.
    Yes,
}

/// One way in which the browser comes back from the sign-in page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RedirectOption {
    /// What it is, in a few words.
    pub label: String,
    /// When to take it.
    pub text: String,
    /// The exact addresses to register, all of them; empty where the user types one of their own.
    pub addresses: Vec<String>,
    /// Pass it back with the target. `None`: the card's own way, or, with empty `addresses`, what the user typed.
    pub redirect: Option<String>,
}

/// A text to send to a practice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Letter {
    /// When to send it.
    pub label: String,
    /// Subject line.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// A public list of providers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProviderList {
    /// Which.
    pub id: String,
    /// Who publishes it.
    pub name: String,
    /// The host it comes from, to show before it is asked.
    pub host: String,
    /// How many providers it holds. `None`: it was never fetched.
    pub count: Option<u32>,
    /// When it was fetched, for people.
    pub fetched_text: Option<String>,
}

/// What this app has sent where for one person, and how it is known there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactsView {
    /// Every computer that was spoken to, by provider, in the order they were connected.
    pub hosts: Vec<ContactView>,
    /// How each provider knows this app.
    pub registrations: Vec<RegistrationView>,
}

/// One computer that was spoken to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactView {
    /// The provider's name.
    pub provider: String,
    /// Host name.
    pub host: String,
    /// What for, in words: signing in, records, documents.
    pub purpose: String,
    /// What went there, in words.
    pub sent: String,
    /// Questions asked, or documents fetched. `None` for signing in, which is not counted.
    pub count: Option<u32>,
    /// When last, for people.
    pub last: Option<String>,
    /// What was asked, without tokens.
    pub questions: Vec<String>,
}

/// How a provider knows this app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationView {
    /// Which connection.
    pub connection: ConnectionId,
    /// The provider's name.
    pub provider: String,
    /// Client id.
    pub client_id: String,
    /// A secret is kept with it, inside the encrypted record.
    pub secret: bool,
}
