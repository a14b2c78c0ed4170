//! Search, and what it found as the window and the terminal show it.

pub(crate) mod wire;

use std::ops::Range;

use wholechart_record::PersonId;
use wholechart_store::{Found, Hit};

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
        let (found, whose) = self
            .ask(move |store| {
                let person = store.person(&person)?;
                Ok((store.search(&person.id, &text, limit)?, person))
            })
            .await?;
        Ok(view(&self.speech(&whose), &found))
    }
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
    fn ranges_are_counted_as_javascript_counts() {
        let text = "\u{1f600} café au lait";
        let at = text.find("au").unwrap();
        assert_eq!(marks(text, &[0..4, at..at + 2]), [Mark { start: 0, end: 2 }, Mark { start: 8, end: 10 }]);
    }
}
