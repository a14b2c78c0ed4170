//! The providers that can be found, the public lists they come from, and what it takes to connect to each.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;
use wholechart_record::PersonId;
use wholechart_smart::{
    Brands, BrandsError, ClientKind, Directory, FetchedBrands, ListSource, OWN_SCHEME_REDIRECT, ProviderCard,
    RedirectKind, base_key, fetch_brands, is_loopback, parse_brands, shipped_lists,
};
use wholechart_store::write_durably;

use super::{
    view::host,
    wire::{CardSetup, DirectoryEntry, Letter, ProviderList, RedirectOption, SampleSignIn, SecretWanted},
};
use crate::{
    app::App,
    error::{ApiError, error},
    words::{Speech, Words},
};

/// How many lines of the directory are shown at once.
const LINES: usize = 60;
/// Ports for the browser's return where every address has to be registered by itself. Below 32768, because from there on
/// Linux takes the ports of outgoing connections, and assigned to no program by IANA; three, because one may be in use.
const PORTS: [u16; 3] = [28_715, 28_716, 28_717];
/// The loopback redirect for servers that take any port (RFC 8252 §7.3).
const ANY_PORT: &str = "http://127.0.0.1/callback";

/// The ports for a provider that is typed by hand. No other one is ever taken: an address that is told once, and
/// registered, is the one of the next attempt too.
pub(super) fn usual_ports() -> Vec<u16> {
    PORTS.to_vec()
}

/// A public list as it is kept: beside the record, because it is nobody's secret and worth having while locked.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeptList {
    fetched: DateTime<Utc>,
    #[serde(default)]
    etag: Option<String>,
    brands: Brands,
}

impl KeptList {
    /// The folder and the file's name.
    fn place(folder: &Path, list: &ListSource) -> (PathBuf, String) {
        (folder.join("directory"), format!("{}.json", list.id))
    }

    /// `None`: it was never fetched, or its file cannot be read.
    fn read(folder: &Path, list: &ListSource) -> Option<KeptList> {
        let (folder, name) = Self::place(folder, list);
        serde_json::from_slice(&std::fs::read(folder.join(name)).ok()?).ok()
    }

    /// Whole or not at all: a crash leaves the old list.
    fn write(&self, folder: &Path, list: &ListSource) -> std::io::Result<()> {
        let (folder, name) = Self::place(folder, list);
        std::fs::create_dir_all(&folder)?;
        write_durably(&folder, &name, &serde_json::to_vec(self)?)
    }
}

/// The application's own cards first, then the lists that were fetched. What two lists name at one address, the first
/// one names.
fn with_lists(own: Vec<ProviderCard>, lists: &[ListSource], folder: &Path) -> Directory {
    let mut known: BTreeSet<String> =
        own.iter().flat_map(|card| &card.bases).map(|base| base_key(&base.url)).collect();
    let mut cards = own.clone();
    for list in lists {
        let Some(kept) = KeptList::read(folder, list) else { continue };
        let vendor = list.vendor.as_ref().and_then(|id| own.iter().find(|card| card.id == *id));
        let mut of_this_list = BTreeSet::new();
        for brand in kept.brands.brands {
            let bases: Vec<String> = brand.bases.iter().map(|base| base_key(&base.url)).collect();
            let is_at =
                |card: &&ProviderCard| card.bases.iter().any(|base| bases.contains(&base_key(&base.url)));
            // A practice behind a card of our own has that card's manners and registration.
            let own_card = own.iter().find(is_at);
            let told = own_card.is_some_and(|card| card.name == brand.name);
            // Several practices of one list may well share a server.
            if told || own_card.is_none() && bases.iter().any(|base| known.contains(base)) {
                continue;
            }
            of_this_list.extend(bases);
            let id = format!("{}:{}", list.id, brand.id);
            let practice = own_card.map(|_| brand.name.clone());
            let card = brand.card(own_card.or(vendor));
            cards.extend(card.map(|card| ProviderCard { id, practice, ..card }));
        }
        known.extend(of_this_list);
    }
    Directory::new(cards)
}

impl App {
    fn lists(&self) -> Vec<ListSource> {
        let sample = serde_json::from_value::<Vec<ListSource>>(self.config.sample_lists.clone());
        sample.unwrap_or_default().into_iter().chain(shipped_lists()).collect()
    }

    /// With all lists that were fetched, read at the first use: a window must not wait for them.
    pub(crate) async fn whole_directory(&self) -> Arc<Directory> {
        if !self.lists_read.swap(true, std::sync::atomic::Ordering::SeqCst) {
            self.read_lists().await;
        }
        self.directory()
    }

    async fn read_lists(&self) {
        let (own, lists, folder) = (self.own_cards(), self.lists(), self.config.data_dir.clone());
        if let Ok(directory) = self.off_thread(move || with_lists(own, &lists, &folder)).await {
            self.set_directory(directory);
        } else {
            tracing::warn!("the lists of providers could not be read");
        }
    }

    pub(crate) async fn card(&self, id: &str) -> Result<ProviderCard, ApiError> {
        let found = self.whole_directory().await.get(id).cloned();
        found.ok_or_else(|| self.error("error-no-such-card"))
    }

    pub(crate) async fn directory_search(
        &self,
        query: String,
        tests: Option<bool>,
    ) -> Result<Vec<DirectoryEntry>, ApiError> {
        let directory = self.whole_directory().await;
        let wanted = |card: &&ProviderCard| !card.test_server || tests == Some(true);
        let found = directory.search(&query, usize::MAX).into_iter().filter(wanted).take(LINES);
        Ok(found.map(|card| entry(&self.words, card)).collect())
    }

    pub(crate) fn registration_help(&self, card: &ProviderCard) -> String {
        let own = card.registration_help.as_deref().filter(|key| self.words.has(key));
        self.words.get(own.unwrap_or("registration-generic"))
    }

    pub(crate) async fn card_setup(&self, card: String, person: PersonId) -> Result<CardSetup, ApiError> {
        let card = if card == ProviderCard::MANUAL { bare() } else { self.card(&card).await? };
        let person = self.person(person).await?;
        let ready = !card.needs_client_id();
        let lines = |text: String| -> Vec<String> {
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
        };
        let own = card.registration_help.as_deref().filter(|key| self.words.has(&format!("{key}-steps")));
        let steps = self.words.get(&format!("{}-steps", own.unwrap_or("registration-generic")));
        Ok(CardSetup {
            missing: if ready { Vec::new() } else { lines(self.registration_help(&card)) },
            steps: if ready { Vec::new() } else { lines(steps) },
            site: card.registration_site.clone().filter(|_| !ready),
            secret: match (card.client_kinds.contains(&ClientKind::Secret), card.client_kinds.len()) {
                (true, 1) => SecretWanted::Yes,
                (false, 1..) => SecretWanted::No,
                _ => SecretWanted::Maybe,
            },
            redirects: if ready { Vec::new() } else { self.redirect_options(&card) },
            letters: self.letters(&card, &person.name),
            entry: entry(&self.words, &card),
        })
    }

    pub(crate) async fn open_registration(&self, card: String) -> Result<(), ApiError> {
        let card = self.card(&card).await?;
        let site = card.registration_site.as_deref().and_then(|site| Url::parse(site).ok());
        let site = site.filter(|site| site.scheme() == "https").ok_or_else(|| self.error("error-no-such"))?;
        self.host.open_browser(&site).map_err(|said| self.error("error-browser").details(said))
    }

    /// The card's own way first, the others after it: vendors change what they take, and not every registration is
    /// like the next.
    fn redirect_options(&self, card: &ProviderCard) -> Vec<RedirectOption> {
        let option = |key: &str, addresses: Vec<String>, redirect: Option<String>| RedirectOption {
            label: self.words.get(&format!("redirect-{key}")),
            text: self.words.get(&format!("redirect-{key}-text")),
            addresses,
            redirect,
        };
        let own = matches!(card.redirect, RedirectKind::Loopback);
        let any = own && card.redirect_ports.is_empty();
        let ports: Vec<String> = loopback(if own && !any { &card.redirect_ports } else { &PORTS });
        let first_port = ports.first().cloned();
        let page = card.redirect_address.clone().into_iter().collect();
        let mut options = vec![
            (RedirectKind::Loopback, option("loopback", ports, first_port)),
            (
                RedirectKind::CustomScheme,
                option("own-scheme", vec![OWN_SCHEME_REDIRECT.into()], Some(OWN_SCHEME_REDIRECT.into())),
            ),
            (RedirectKind::Paste, option("paste", page, card.redirect_address.clone())),
            (RedirectKind::Https, option("page", Vec::new(), None)),
        ];
        if any {
            let any = option("loopback-any", vec![ANY_PORT.into()], Some(ANY_PORT.into()));
            options.insert(0, (RedirectKind::Loopback, any));
        }
        // Without an address of the card's own, pasting needs one that the user types: that is the page's way.
        if card.redirect_address.is_none() {
            options.retain(|(kind, _)| *kind != RedirectKind::Paste);
        }
        let best = match card.redirect {
            RedirectKind::Paste if card.redirect_address.is_none() => RedirectKind::Https,
            other => other,
        };
        let (mut first, rest): (Vec<_>, Vec<_>) = options.into_iter().partition(|(kind, _)| *kind == best);
        first.extend(rest);
        first.into_iter().map(|(_, option)| option).collect()
    }

    /// Texts to send to a practice: it may have to let the application in, and it registers patients for the portal.
    fn letters(&self, card: &ProviderCard, person: &str) -> Vec<Letter> {
        let practice = card.practice.clone().unwrap_or_else(|| {
            if card.asks_practice { self.words.get("letter-practice") } else { card.name.clone() }
        });
        let redirects = redirects(card).join("\n");
        let portal = if card.portal.is_empty() { String::new() } else { format!(" ({})", card.portal) };
        let args = [
            ("person", person.into()),
            ("practice", (&practice).into()),
            ("portal", (&portal).into()),
            ("redirects", (&redirects).into()),
        ];
        ["letter-app", "letter-account"]
            .iter()
            .map(|key| Letter {
                label: self.words.get(&format!("{key}-label")),
                subject: self.words.with(&format!("{key}-subject"), &args),
                body: self.words.with(key, &args),
            })
            .collect()
    }

    pub(crate) async fn provider_lists(&self) -> Result<Vec<ProviderList>, ApiError> {
        let (lists, folder) = (self.lists(), self.config.data_dir.clone());
        let read = self.off_thread(move || {
            let kept = |list: ListSource| {
                let kept =
                    KeptList::read(&folder, &list).map(|kept| (kept.fetched, kept.brands.brands.len()));
                (list, kept)
            };
            lists.into_iter().map(kept).collect::<Vec<_>>()
        });
        let speech = Speech::new(&self.words, self.home_zone().await, self.host.now());
        Ok(read
            .await?
            .into_iter()
            .map(|(list, kept)| ProviderList {
                host: host(list.url.as_str()).unwrap_or_default(),
                count: kept.map(|(_, count)| u32::try_from(count).unwrap_or(u32::MAX)),
                fetched_text: kept.map(|(at, _)| speech.own_moment(at)),
                id: list.id,
                name: self.words.sent(&list.name),
            })
            .collect())
    }

    /// Only when the user asks: that is the one moment in which a list's publisher hears of this computer.
    pub(crate) async fn fetch_provider_list(&self, list: String) -> Result<Vec<ProviderList>, ApiError> {
        let known = self.lists().into_iter().find(|one| one.id == list);
        let list = known.ok_or_else(|| self.error("error-no-such"))?;
        let at = host(list.url.as_str()).unwrap_or_default();
        let (folder, wanted) = (self.config.data_dir.clone(), list.clone());
        let before = self.off_thread(move || KeptList::read(&folder, &wanted)).await?;
        let etag = before.as_ref().and_then(|kept| kept.etag.as_deref());
        let http = self.http.on_behalf(self.on_behalf_of_nobody());
        let fetched = fetch_brands(&http, &list.url, etag).await.map_err(|e| self.no_list(&e, &at))?;
        let (folder, now) = (self.config.data_dir.clone(), self.host.now());
        let kept = self.off_thread(move || {
            let kept = match (fetched, before) {
                (FetchedBrands::List { bytes, etag }, _) => {
                    KeptList { fetched: now, etag, brands: parse_brands(&bytes, &list.url)? }
                }
                (FetchedBrands::Unchanged, Some(kept)) => KeptList { fetched: now, ..kept },
                (FetchedBrands::Unchanged, None) => return Err(BrandsError::NotAList),
            };
            Ok(kept.write(&folder, &list))
        });
        kept.await?.map_err(|e| self.no_list(&e, &at))?.map_err(|e| self.error("error-disk").details(e))?;
        self.read_lists().await;
        self.provider_lists().await
    }

    fn no_list(&self, said: &BrandsError, host: &str) -> ApiError {
        let args = [("host", host.into())];
        match said {
            BrandsError::NotAList | BrandsError::Empty | BrandsError::Status { .. } => {
                error(&self.words, "error-no-list", &args).details(said)
            }
            BrandsError::Http(said) => self.http(said),
        }
    }
}

/// The card of a provider of which nothing is known yet.
fn bare() -> ProviderCard {
    ProviderCard {
        id: ProviderCard::MANUAL.into(),
        asks_practice: true,
        redirect_ports: PORTS.to_vec(),
        redirect_address: Some("https://localhost/callback".into()),
        ..ProviderCard::default()
    }
}

fn entry(words: &Words, card: &ProviderCard) -> DirectoryEntry {
    DirectoryEntry {
        card: card.id.clone(),
        name: card.name.clone(),
        place: card.place.as_deref().map(|place| words.sent(place)),
        portal: words.sent(&card.portal),
        asks_practice: card.asks_practice,
        asks_base: card.bases.is_empty(),
        needs_client_id: card.needs_client_id(),
        registers_itself: card.client_kinds.contains(&ClientKind::Dynamic),
        listed: card.id.contains(':'),
        sample_sign_in: card
            .sample_sign_in
            .as_ref()
            .map(|s| SampleSignIn { user_id: s.user_id.clone(), password: s.password.clone() }),
    }
}

fn loopback(ports: &[u16]) -> Vec<String> {
    ports.iter().map(|port| format!("http://127.0.0.1:{port}/callback")).collect()
}

/// Every address a card's browser may come back to, as they have to be registered.
pub(crate) fn redirects(card: &ProviderCard) -> Vec<String> {
    match card.redirect {
        RedirectKind::Loopback if card.redirect_ports.is_empty() => vec![ANY_PORT.to_owned()],
        RedirectKind::Loopback => loopback(&card.redirect_ports),
        RedirectKind::CustomScheme => vec![OWN_SCHEME_REDIRECT.to_owned()],
        RedirectKind::Https | RedirectKind::Paste => card.redirect_address.clone().into_iter().collect(),
    }
}

/// Makes the card's browser come back to an address that the user registered, and to no other one; the first of the usual
/// three stands for all of them, as it does where they are shown. `None`: that address cannot work.
pub(crate) fn redirect_to(card: &mut ProviderCard, address: &str) -> Option<()> {
    let url = Url::parse(address).ok()?;
    card.redirect_address = None;
    if address == OWN_SCHEME_REDIRECT {
        card.redirect = RedirectKind::CustomScheme;
    } else if url.scheme() == "http" && is_loopback(&url) {
        // What the listener answers to, and nothing else, is an address on this computer.
        if url.path() != "/callback" || url.host_str() != Some("127.0.0.1") {
            return None;
        }
        card.redirect = RedirectKind::Loopback;
        card.redirect_ports = match url.port() {
            None => Vec::new(),
            Some(port) if port == PORTS[0] => PORTS.to_vec(),
            Some(port) => vec![port],
        };
    } else if url.scheme() == "https" && url.username().is_empty() && url.fragment().is_none() {
        card.redirect = RedirectKind::Https;
        card.redirect_address = Some(address.to_owned());
    } else {
        return None;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> ProviderCard {
        wholechart_smart::shipped_cards().into_iter().find(|card| card.id == "athenahealth").unwrap()
    }

    #[test]
    fn a_shipped_card_names_the_ports_that_are_listened_on() {
        assert!(
            PORTS.iter().all(|port| *port < 32_768),
            "where Linux takes no port of an outgoing connection"
        );
        for card in wholechart_smart::shipped_cards() {
            assert!(card.redirect_ports.is_empty() || card.redirect_ports == PORTS, "{}", card.id);
        }
    }

    #[test]
    fn a_registered_redirect_says_by_itself_how_the_browser_comes_back() {
        for (address, kind, ports) in [
            ("http://127.0.0.1/callback", RedirectKind::Loopback, &[][..]),
            ("http://127.0.0.1:28715/callback", RedirectKind::Loopback, &PORTS[..]),
            ("http://127.0.0.1:28716/callback", RedirectKind::Loopback, &[28716][..]),
            ("http://127.0.0.1:8080/callback", RedirectKind::Loopback, &[8080][..]),
            ("wholechart:/callback", RedirectKind::CustomScheme, &[][..]),
            ("https://me.example/wholechart", RedirectKind::Https, &[][..]),
        ] {
            let mut changed = card();
            redirect_to(&mut changed, address).unwrap();
            assert_eq!((changed.redirect, changed.redirect_ports.as_slice()), (kind, ports), "{address}");
            assert!(redirects(&changed).iter().any(|one| one == address), "{address}");
        }
        for wrong in [
            "http://me.example/callback",
            "http://127.0.0.1/other",
            "http://localhost/callback",
            "file:///callback",
            "https://me@e.example/",
            "nonsense",
        ] {
            assert_eq!(redirect_to(&mut card(), wrong), None, "{wrong}");
        }
    }
}
