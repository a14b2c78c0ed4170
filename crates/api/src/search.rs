//! Search, and what it found as the window and the terminal show it.

pub(crate) mod wire;

use std::{collections::BTreeSet, ops::Range};

use wholechart_fhir::Kind;
use wholechart_record::PersonId;
use wholechart_store::{Found, FoundKind, Hit, Store, StoreError};
use wholechart_words::lay;

use self::wire::{Mark, SearchGroup, SearchHit, SearchView};
use crate::{
    app::App,
    error::ApiError,
    timeline::view::{narrow, row},
    words::Speech,
};

impl App {
    pub(crate) async fn search(
        &self,
        person: PersonId,
        text: String,
        limit: u32,
    ) -> Result<SearchView, ApiError> {
        const MOST_OF_A_KIND: u32 = 100;
        let limit = limit.clamp(1, MOST_OF_A_KIND) as usize;
        let asked = text.clone();
        let also = lay::meant(&text);
        let meant: BTreeSet<String> = also.values().flatten().cloned().collect();
        let (found, whose) = self
            .ask(move |store| {
                let person = store.person(&person)?;
                let mut found = store.search(&person.id, &text, &also, limit)?;
                under_their_kind(store, &mut found, limit)?;
                Ok((found, person))
            })
            .await?;
        let speech = self.speech(&whose);
        let mut view = view(&speech, &found);
        if asks_for_unnamed(&speech, &asked) {
            view.instead = Some(speech.get("search-unnamed"));
        } else if view.instead.is_none() && !meant.is_empty() {
            let meant = meant.into_iter().collect::<Vec<_>>().join(", ");
            view.instead = Some(speech.words.with("search-also", &[("words", (&meant).into())]));
        }
        Ok(view)
    }
}

/// What is no row of its own stands among "people and places"; a product that orders name is a medicine all the same.
fn under_their_kind(store: &Store, found: &mut Found, limit: usize) -> Result<(), StoreError> {
    let Some(at) = found.kinds.iter().position(|of| of.kind == Kind::Support) else { return Ok(()) };
    let mut medicines = Vec::new();
    let mut others = Vec::new();
    for hit in std::mem::take(&mut found.kinds[at].hits) {
        let members = store.fact(&hit.row.id)?.map(|(_, members)| members).unwrap_or_default();
        let is_product = members.iter().any(|one| one.member.key.resource_type == "Medication");
        if is_product { medicines.push(hit) } else { others.push(hit) }
    }
    found.kinds[at].hits = others;
    if found.kinds[at].hits.is_empty() {
        found.kinds.remove(at);
    }
    if medicines.is_empty() {
        return Ok(());
    }
    if let Some(of) = found.kinds.iter_mut().find(|of| of.kind == Kind::Medicine) {
        // An order that is called as its product says all that the product does.
        let known: BTreeSet<String> = of.hits.iter().map(|hit| hit.row.title.text.to_lowercase()).collect();
        medicines.retain(|hit| !known.contains(&hit.row.title.text.to_lowercase()));
        let room = limit.saturating_sub(of.hits.len()).min(medicines.len());
        of.more += medicines.len() - room;
        of.hits.extend(medicines.into_iter().take(room));
    } else {
        found.kinds.push(FoundKind { kind: Kind::Medicine, in_title: true, hits: medicines, more: 0 });
    }
    Ok(())
}

/// Whether somebody looks for what stands in the place of a name that was not sent: the record does not have that word.
fn asks_for_unnamed(speech: &Speech<'_>, text: &str) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    words(text).contains(&speech.get("search-unnamed-word"))
}

/// Everything found, by kind.
fn view(speech: &Speech<'_>, found: &Found) -> SearchView {
    let words = speech.words;
    SearchView {
        groups: found
            .kinds
            .iter()
            .map(|of| SearchGroup {
                kind: of.kind,
                label: words.get(&format!("kind-{}", of.kind.as_str())),
                hits: of.hits.iter().map(|one| hit(speech, one)).collect(),
                more: narrow(of.more as u64),
            })
            .collect(),
        instead: (!found.instead.is_empty())
            .then(|| words.with("search-instead", &[("words", found.instead.join(", ").as_str().into())])),
    }
}

fn hit(speech: &Speech<'_>, hit: &Hit) -> SearchHit {
    let (passage, ranges) = hit.passage.clone().unzip();
    let row = row(speech, &hit.row);
    // A code's name in another language holds none of what was looked for.
    let as_sent = row.title == hit.row.title.text;
    SearchHit {
        count: narrow(hit.facts),
        title_marks: if as_sent { marks(&row.title, &hit.marks) } else { Vec::new() },
        row,
        passage_marks: passage
            .as_deref()
            .map(|text| marks(text, ranges.as_deref().unwrap_or_default()))
            .unwrap_or_default(),
        passage,
    }
}

/// Byte ranges of `text` as JavaScript counts.
fn marks(text: &str, ranges: &[Range<usize>]) -> Vec<Mark> {
    let units = |end: usize| {
        let units = text.get(..end).map_or(0, |before| before.encode_utf16().count());
        narrow(units as u64)
    };
    ranges.iter().map(|range| Mark { start: units(range.start), end: units(range.end) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_word_for_what_has_no_name_is_known_in_each_language() {
        use crate::words::Language;
        for (language, asked, other) in [
            (Language::En, "UNNAMED  result", "named result"),
            (Language::Es, "Resultado  sin nombre", "nombre"),
        ] {
            let words = crate::words::Words::new(language);
            let speech = Speech::new(&words, chrono_tz::UTC, chrono::DateTime::UNIX_EPOCH);
            assert!(asks_for_unnamed(&speech, asked) && !asks_for_unnamed(&speech, other));
            let title = speech.get("unnamed-result").to_lowercase();
            assert!(title.contains(&speech.get("search-unnamed-word")), "the word of the titles: {title}");
        }
    }

    #[test]
    fn ranges_are_counted_as_javascript_counts() {
        let text = "\u{1f600} café au lait";
        let at = text.find("au").unwrap();
        assert_eq!(marks(text, &[0..4, at..at + 2]), [Mark { start: 0, end: 2 }, Mark { start: 8, end: 10 }]);
    }
}
