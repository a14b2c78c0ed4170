//! A real SMART on FHIR server on loopback with several providers and one invented person.
//!
//! [`Sandbox::start`] opens one listening port per provider, because rules about origins are only
//! real where origins differ. Each provider has its vendor's manners, which are plain values in
//! `provider.rs`: no provider's name stands in a code path. Nothing here is lenient on purpose:
//! PKCE is enforced, codes work once, tokens expire and are bound to a provider, a person and scopes.
//!
//! [`Story::generate`] writes the records from a seed, and with them the [truth](TruthFact): which
//! resources say the same thing. The truth judges the merge rules, so this crate never depends on
//! them, and the server never serves it.
//!
//! What goes wrong and what changes on command needs the feature `faults`, which tests switch on; the app lacks it.
//!
//! What is deliberately not here: writing to stdout, TLS (loopback only), persistence. Tokens are
//! signed with a key made from the seed, so they outlive a restart; what was revoked or rotated is
//! remembered only while the server runs.

mod brands;
#[cfg(not(feature = "faults"))]
mod calm;
#[cfg(feature = "faults")]
mod changes;
#[cfg(feature = "faults")]
mod faults;
mod fhir;
mod oauth;
mod pages;
mod provider;
mod seal;
mod server;
mod story;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;

#[cfg(not(feature = "faults"))]
use calm as changes;
#[cfg(not(feature = "faults"))]
use calm as faults;
#[cfg(feature = "faults")]
pub use changes::{Amended, Amendment};
#[cfg(feature = "faults")]
pub use faults::{Fault, Seen, Spot, Trap};
pub use story::{Release, SAMPLE_SEED, Story, Telling, TruthFact, TruthMember};

/// The first port in the addresses of a sample record's providers; the others follow it. Below 32768, because from there
/// on Linux takes the ports of outgoing connections, and assigned to no program by IANA.
pub const SAMPLE_PORT: u16 = 28_610;

/// What to serve, and how.
#[derive(Debug, Clone)]
pub struct SandboxConfig {
    /// Same seed and day, same records; the token keys come from it too.
    pub seed: u64,
    /// The port in the first provider's address; the others have the following ones, so that a stored connection finds
    /// its provider in the next run. A provider whose port is taken listens on another one, see [`Sandbox::moved`].
    /// `None`: any free ports.
    pub port: Option<u16>,
    /// How long an access token works; real servers give 5 to 60 minutes.
    pub access_token_life: Duration,
    /// How long an authorization code may wait (RFC 6749 §4.1.2 advises at most 10 minutes).
    pub code_life: Duration,
    /// The story up to this day: nothing that was written down later is told.
    pub today: NaiveDate,
}

impl SandboxConfig {
    /// The sample person as of `today`, on any free ports, with tokens of 15 minutes.
    pub fn sample(today: NaiveDate) -> Self {
        Self {
            seed: SAMPLE_SEED,
            port: None,
            access_token_life: Duration::from_mins(15),
            code_life: Duration::from_mins(1),
            today,
        }
    }

    /// The sample person as of `today`, at the addresses that a sample record remembers.
    pub fn remembered(today: NaiveDate) -> Self {
        Self { port: Some(SAMPLE_PORT), ..Self::sample(today) }
    }
}

/// Why the sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// A loopback port could not be opened.
    #[error("no loopback port could be opened: {source}")]
    Listen {
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The ports asked for do not exist.
    #[error("{count} ports from {first} on do not fit below 65536")]
    PortRange {
        /// The first port asked for.
        first: u16,
        /// How many are needed.
        count: usize,
    },
}

/// Running providers. Dropping it stops them too, without waiting for requests under way.
#[derive(Debug)]
pub struct Sandbox {
    running: server::Running,
    story: Arc<Story>,
}

impl Sandbox {
    /// Writes the story and starts every provider.
    pub async fn start(config: SandboxConfig) -> Result<Sandbox, SandboxError> {
        let story = Arc::new(Story::generate(config.seed, config.today));
        let running = server::Running::start(&config, &story).await?;
        Ok(Sandbox { running, story })
    }

    /// The first provider's origin, such as `http://127.0.0.1:4711`.
    pub fn origin(&self) -> String {
        self.running.origins().first().map(|(_, origin)| origin.clone()).unwrap_or_default()
    }

    /// Every provider's id and origin.
    pub fn origins(&self) -> Vec<(String, String)> {
        self.running.origins()
    }

    /// Providers whose own port was taken: the port in their address, and the one they listen on. Whoever speaks to them
    /// connects to the second wherever an address names the first.
    pub fn moved(&self) -> BTreeMap<u16, u16> {
        self.running.moved()
    }

    /// The providers as directory cards: a JSON array of camelCase objects with `id`, `name`, `place`,
    /// `portal`, `practice`, `authorize`, `token`, `revoke`, `bases` (`release`, `url`; in the order to
    /// ask), `clientId`, `clientSecret`, `scopes`, `redirect`, `quirks` and `sampleSignIn`.
    pub fn directory(&self) -> serde_json::Value {
        self.running.directory()
    }

    /// The public lists of providers published here: a JSON array of objects with `id`, `name` and `url`.
    pub fn lists(&self) -> serde_json::Value {
        let url = format!("{}{}", self.origin(), brands::PATH);
        serde_json::json!([{ "id": "sample", "name": "Alder County directory", "url": url }])
    }

    /// The records served, and the truth about them.
    pub fn story(&self) -> &Story {
        &self.story
    }

    /// Which resources say the same thing; for tests, never served.
    pub fn truth(&self) -> Vec<TruthFact> {
        self.story.truth().to_vec()
    }

    /// Stops accepting, lets requests under way finish for a moment, and frees the ports.
    pub async fn stop(self) {
        self.running.stop().await;
    }
}

/// For tests.
#[cfg(feature = "faults")]
impl Sandbox {
    fn site(&self, provider: &str) -> Option<&server::Site> {
        self.running.sites.iter().find(|site| site.provider.id == provider).map(Arc::as_ref)
    }

    /// Changes a resource of a provider's records, now; the same `seed` chooses the same resource. `None` for a provider
    /// that is not here, and where nothing is left that could be changed so.
    pub fn amend(&self, provider: &str, what: Amendment, seed: u64) -> Option<Amended> {
        let site = self.site(provider)?;
        let sources: Vec<_> = site.provider.bases.iter().map(|base| base.source).collect();
        site.changes.amend(&self.story, &sources, what, seed, chrono::Utc::now())
    }

    /// What happens between a first and a second visit: at every provider something new, something corrected,
    /// something withdrawn and something that is told no more.
    pub fn next_chapter(&self) -> Vec<(&'static str, Amended)> {
        let all = [Amendment::Add, Amendment::Correct, Amendment::EnterInError, Amendment::Remove];
        let mut amended = Vec::new();
        for site in &self.running.sites {
            for (seed, what) in (1..).zip(all) {
                amended.extend(self.amend(site.provider.id, what, seed).map(|one| (site.provider.id, one)));
            }
        }
        amended
    }

    /// Makes something go wrong at a provider, so many times or (`None`) from now on. Rules are tried in the order
    /// they were made. False for a provider that is not here.
    pub fn fail(&self, provider: &str, spot: Spot, fault: Fault, times: Option<u32>) -> bool {
        let site = self.site(provider);
        site.inspect(|site| site.faults.add(spot, fault, times)).is_some()
    }

    /// Nothing goes wrong any more, and all consent is as it was given.
    pub fn heal(&self) {
        self.running.sites.iter().for_each(|site| site.faults.clear());
    }

    /// The last requests a provider has seen, the oldest first; some thousands.
    pub fn seen(&self, provider: &str) -> Vec<Seen> {
        self.site(provider).map(|site| site.faults.seen()).unwrap_or_default()
    }

    /// Forgets the requests seen so far.
    pub fn forget_seen(&self) {
        self.running.sites.iter().for_each(|site| site.faults.forget());
    }
}
