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
    pub fn search(&self, query: &str, limit: usize) -> Vec<&ProviderCard> {
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
