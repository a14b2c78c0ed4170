//! The one gate that every request passes: who may be asked, over which address, and what is written down of it.
//!
//! A request is made to an address that somebody named: a card, a list, a connection, or the person who typed it; its origin has to be
//! that one's. What servers hand out (endpoints, links, redirects) leads to no private address: the name is looked at, and so
//! is the address that it stands for at the moment of connecting. Only hosts that the person named may be on this computer or in
//! its own network. Through a proxy of the system, names are looked up there: then only addresses that are written as figures
//! can be judged.

use std::collections::HashSet;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Why a request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// What a server is, and where one signs in.
    Discovery,
    /// Making the application known to a server.
    Registration,
    /// The sign-in page, asked ahead of the browser, and the trade of its code for a token.
    SignIn,
    /// Another token for one that ends.
    Renewal,
    /// Records.
    Records,
    /// A file that a record points to.
    Attachment,
    /// A public list of providers.
    ProviderList,
    /// Ending a sign-in.
    Revocation,
    /// Whether there is a newer version of this program, and its package.
    Update,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Purpose; 9] = [
        Purpose::Discovery,
        Purpose::Registration,
        Purpose::SignIn,
        Purpose::Renewal,
        Purpose::Records,
        Purpose::Attachment,
        Purpose::ProviderList,
        Purpose::Revocation,
        Purpose::Update,
    ];

    /// As it is kept, and called in the catalogue of words.
    pub fn name(self) -> &'static str {
        match self {
            Purpose::Discovery => "discovery",
            Purpose::Registration => "registration",
            Purpose::SignIn => "sign-in",
            Purpose::Renewal => "renewal",
            Purpose::Records => "records",
            Purpose::Attachment => "attachment",
            Purpose::ProviderList => "provider-list",
            Purpose::Revocation => "revocation",
            Purpose::Update => "update",
        }
    }
}

/// One request, as it is written down: no path, no query, nothing of what was sent or came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// When it was sent.
    pub at: DateTime<Utc>,
    /// Whom it went to, with a port that is not the usual one.
    pub host: String,
    /// Why.
    pub why: Purpose,
    /// For whom.
    pub on: OnBehalf,
    /// The answer's status; `None`: there was none, or it was refused here.
    pub status: Option<u16>,
    /// Bytes of the body that was sent.
    pub up: u64,
    /// Bytes of the body that came, as it was unpacked.
    pub down: u64,
}

/// Where requests are written down.
pub trait Journal: Send + Sync {
    /// A request was answered, or ended otherwise.
    fn sent(&self, sent: Sent);
}

/// For whom requests are made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnBehalf {
    /// The person's id; `None`: nobody in particular.
    pub person: Option<String>,
    /// The connection's id; `None`: there is none yet.
    pub connection: Option<String>,
    /// Hosts that the person named by themselves: these alone may be on this computer or in its own network.
    pub named: Vec<String>,
}

/// Whether an address is on this machine (RFC 8252 §7.3, §8.3): `127.0.0.0/8`, `[::1]` or `localhost`.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        None => false,
    }
}

pub(crate) fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// Why a request is not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Nobody named its origin.
    NotNamed,
    /// It is at a private address that the person did not name.
    Private,
}

/// Whether a request may be sent to `url`, for something at the address `named`.
pub(crate) fn may_pass(url: &Url, named: &Url, on: &OnBehalf) -> Result<(), Refusal> {
    let host = host_of(url);
    if url.origin() != named.origin() {
        return Err(Refusal::NotNamed);
    }
    if is_private(url) && !is_named(&host, on) { Err(Refusal::Private) } else { Ok(()) }
}

/// Whether an address says by itself that it is on this machine or in a network of its own.
pub(crate) fn is_private(url: &Url) -> bool {
    let literal = match url.host() {
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
        _ => None,
    };
    is_loopback(url) || literal.is_some_and(|ip| !is_public(ip))
}

/// Whether the person named this host.
pub(crate) fn is_named(host: &str, on: &OnBehalf) -> bool {
    on.named.iter().any(|one| one.eq_ignore_ascii_case(host))
}

/// The name stands for private addresses only.
#[derive(Debug)]
pub(crate) struct NotPublic;

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name stands for a private address")
    }
}

impl std::error::Error for NotPublic {}

/// Looks names up, and gives of those that were asked for themselves only public addresses. Other names are proxies'.
#[derive(Clone, Default)]
pub(crate) struct PublicOnly {
    asked: Arc<RwLock<HashSet<String>>>,
}

impl PublicOnly {
    pub(crate) fn ask(&self, host: &str) {
        self.asked.write().unwrap_or_else(PoisonError::into_inner).insert(host.to_owned());
    }
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let judged = self.asked.read().unwrap_or_else(PoisonError::into_inner).contains(name.as_str());
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let any = !found.is_empty();
            let kept: Vec<SocketAddr> =
                found.into_iter().filter(|one| !judged || is_public(one.ip())).collect();
            if any && kept.is_empty() {
                return Err(NotPublic.into());
            }
            Ok(Box::new(kept.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the public Internet (IANA's special-purpose registries): not of this computer, of a network of its
/// own, of a link, of a provider's inside, of several, of examples or of nobody.
pub(crate) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (18..20).contains(&b))
        || (a, b, c) == (192, 0, 0))
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let parts = ip.segments();
    let inside = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // Addresses of the older kind, written in the newer one, as they are and behind translators.
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => inside(high, low),
        // Public addresses of the newer kind all begin with 001; documentation and benchmarks are among them.
        [first, second, ..] => {
            first & 0xe000 == 0x2000
                && !(first == 0x2001 && matches!(second, 0xdb8 | 0 | 2))
                && first != 0x3fff
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        for private in [
            "127.0.0.1",
            "127.8.9.1",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "0.1.2.3",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "198.18.0.1",
            "192.0.0.8",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "2001:db8::1",
            "::ffff:127.0.0.1",
            "::ffff:10.1.2.3",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2002:c0a8:101::",
            "::127.0.0.1",
            "100::1",
            "2001::1",
            "3fff::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in [
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn only_what_was_named_is_asked_and_only_the_person_names_what_is_private() {
        let url = |text: &str| Url::parse(text).unwrap();
        let nobody = OnBehalf::default();
        let named = url("https://fhir.example/r4/");
        assert_eq!(may_pass(&url("https://fhir.example/r4/Patient/1"), &named, &nobody), Ok(()));
        for foreign in
            ["https://other.example/r4/", "https://fhir.example:8443/r4/", "http://fhir.example/r4/"]
        {
            assert_eq!(may_pass(&url(foreign), &named, &nobody), Err(Refusal::NotNamed), "{foreign}");
        }
        // However a server writes it.
        for private in [
            "https://127.0.0.1/",
            "http://localhost:8080/",
            "https://10.0.0.1/",
            "https://169.254.169.254/",
            "https://[::1]/",
            "https://[::ffff:a00:1]/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://LOCALHOST/",
        ] {
            let there = url(private);
            assert_eq!(may_pass(&there, &there, &nobody), Err(Refusal::Private), "{private}");
            let typed = OnBehalf { named: vec![host_of(&there)], ..OnBehalf::default() };
            assert_eq!(may_pass(&there, &there, &typed), Ok(()), "{private}");
            let other = OnBehalf { named: vec!["192.168.7.7".into()], ..OnBehalf::default() };
            assert!(may_pass(&there, &there, &other).is_err(), "{private}: another one was typed");
        }
    }
}
