//! Finding a provider by what a person calls it.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::card::ProviderCard;

/// The providers a person can search and connect to.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    cards: Vec<ProviderCard>,
    /// What each card is found by: cut up once, because lists have many thousands.
    found_by: Vec<FoundBy>,
}

/// Fields with their weight, as words.
type FoundBy = Vec<(u32, Vec<String>)>;

impl Directory {
    /// Of these cards, in this order of preference. A later card with the same id replaces an earlier one.
    pub fn new(cards: impl IntoIterator<Item = ProviderCard>) -> Self {
        let mut kept: Vec<ProviderCard> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for card in cards {
            if let Some(&at) = places.get(&card.id) {
                kept[at] = card;
            } else {
                places.insert(card.id.clone(), kept.len());
                kept.push(card);
            }
        }
        let found_by = kept.iter().map(found_by).collect();
        Self { cards: kept, found_by }
    }

    /// All cards.
    pub fn cards(&self) -> &[ProviderCard] {
        &self.cards
    }

    /// By id.
    pub fn get(&self, id: &str) -> Option<&ProviderCard> {
        self.cards.iter().find(|card| card.id == id)
    }

    /// Cards whose name, practice, place or portal has every word of the query as the start of one of its words,
    /// whatever the case and accents. Best first: words of the name count more than those of the place. An empty
    /// query finds all cards in their own order.
    ///
    /// A web address finds what has a server or a portal there, and what is called as it is: `https://mychart.mercy.example/`
    /// finds Mercy.
    pub fn search(&self, query: &str, limit: usize) -> Vec<&ProviderCard> {
        let at = host(query).map(|host| self.at(&host, limit)).unwrap_or_default();
        if !at.is_empty() {
            return at;
        }
        let wanted = words(query);
        let mut found: Vec<(u32, usize)> = self
            .found_by
            .iter()
            .enumerate()
            .filter_map(|(index, fields)| Some((score(fields, &wanted)?, index)))
            .collect();
        found.sort_by_key(|&(score, index)| (std::cmp::Reverse(score), index));
        found.into_iter().take(limit).map(|(_, index)| &self.cards[index]).collect()
    }

    /// What has a server at this host or in its domain; what is called as a label of the host is; the portal whose site it is.
    fn at(&self, host: &str, limit: usize) -> Vec<&ProviderCard> {
        let of_portal = |card: &ProviderCard| card.sites.iter().any(|site| is_below(host, site));
        let vendor_site = self.cards.iter().any(of_portal);
        let served = |card: &ProviderCard| {
            card.bases.iter().filter_map(|base| self::host(&base.url)).any(|base| {
                // A vendor's domain holds everybody's servers.
                base == host || !vendor_site && domain(&base) == domain(host)
            })
        };
        let labels: Vec<String> =
            host.split('.').rev().skip(1).flat_map(words).filter(|label| label.len() > 3).collect();
        let called = |index: usize| {
            // Name, practice and aliases, written as a domain writes them.
            let mut names = self.found_by[index].iter().take(3).map(|(_, words)| words.concat());
            names.any(|name| labels.iter().any(|label| name.starts_with(label.as_str())))
        };
        // "mychart.mercy.org": the portal goes by its own name in front of somebody's domain.
        let by_name = |card: &ProviderCard| {
            card.bases.is_empty() && words(&card.portal).iter().any(|word| labels.contains(word))
        };
        let mut found: Vec<(u8, usize)> = self
            .cards
            .iter()
            .enumerate()
            .filter_map(|(index, card)| {
                let rank = if served(card) {
                    0
                } else if called(index) {
                    1
                } else if of_portal(card) {
                    2
                } else if by_name(card) {
                    3
                } else {
                    return None;
                };
                Some((rank, index))
            })
            .collect();
        found.sort_unstable();
        found.into_iter().take(limit).map(|(_, index)| &self.cards[index]).collect()
    }
}

/// The host of what looks like a web address, in small letters.
fn host(query: &str) -> Option<String> {
    let query = query.trim().to_lowercase();
    let rest = query.strip_prefix("https://").or_else(|| query.strip_prefix("http://")).unwrap_or(&query);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let is_name = |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let ends = labels.last().is_some_and(|last| last.len() > 1 && last.chars().all(char::is_alphabetic));
    (labels.len() > 1 && ends && labels.iter().all(is_name)).then(|| host.to_owned())
}

/// Whether a host is this domain or below it.
fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// The last two labels of a host: the part under which one organisation has its names.
fn domain(host: &str) -> &str {
    let before_last = host.rfind('.').and_then(|last| host[..last].rfind('.'));
    before_last.map_or(host, |at| &host[at + 1..])
}

fn found_by(card: &ProviderCard) -> FoundBy {
    vec![
        (8, words(&card.name)),
        (8, words(card.practice.as_deref().unwrap_or_default())),
        (6, words(&card.aliases.join(" "))),
        (4, words(&card.portal)),
        (2, words(card.place.as_deref().unwrap_or_default())),
    ]
}

/// `None` when a word is found nowhere.
fn score(fields: &FoundBy, wanted: &[String]) -> Option<u32> {
    let mut total = 0;
    for want in wanted {
        let best = fields
            .iter()
            .flat_map(|(weight, words)| words.iter().enumerate().map(move |(at, word)| (*weight, at, word)))
            .filter(|(_, _, word)| word.starts_with(want.as_str()))
            // A whole word beats a beginning, a field's first word beats later ones.
            .map(|(weight, at, word)| weight * 4 + u32::from(word == want) * 2 + u32::from(at == 0))
            .max()?;
        total += best;
    }
    Some(total)
}

/// Lower-case words without accents.
fn words(text: &str) -> Vec<String> {
    let folded: String =
        text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
