//! What one provider says of a topic, in words.

use std::cmp::Reverse;

use wholechart_fhir::{Day, Kind, StatusGroup};
use wholechart_record::{About, ConnectionId, Standing, was_to_end};
use wholechart_store::{ListRow, Store, StoreError, TopicRow};

use super::wire::{CompareCell, CompareSaid};
use crate::{
    lists::view::{Around, was_to},
    questions::sentence::capital,
    summary::ways::each_that_says_more,
    topics::{
        disputes::Disputes,
        ordered::{standing_of, words_of},
        view::{beside, earlier, since, standing_text, told_last},
    },
};

/// So many doses that were taken before are told beside what is taken now.
const EARLIER: usize = 2;

/// What a cell is made of.
pub(crate) struct Cells<'a> {
    pub(crate) store: &'a Store,
    pub(crate) around: &'a Around<'a>,
    pub(crate) disputes: &'a Disputes,
}

impl Cells<'_> {
    /// What this provider says of a topic. `name`: what the row is called; `none_known`: what it says of there being none of the kind.
    pub(crate) fn cell(
        &self,
        of: &TopicRow,
        name: &str,
        by: &ConnectionId,
        none_known: &[CompareSaid],
    ) -> Result<CompareCell, StoreError> {
        let mut own: Vec<(Standing, ListRow)> = Vec::new();
        for one in &of.facts {
            let alone = self.store.told_alone(one, by, self.around.speech.home)?;
            own.extend(alone.map(|one| (standing_of(self.around, of, &one), one)));
        }
        own.sort_by_cached_key(|(stands, one)| {
            (*stands, Reverse((one.row.day, one.row.second_of_day)), words_of(self.around, one))
        });
        let Some(standing) = own.first().map(|(stands, _)| *stands) else {
            return Ok(CompareCell {
                standing: None,
                how: self.around.speech.get("compare-not-listed"),
                differs: Vec::new(),
                says: none_known.to_vec(),
            });
        };
        let shown = shown(&own);
        let mut says: Vec<CompareSaid> =
            shown.iter().map(|(stands, one)| self.said(name, *stands, one)).collect();
        let how = self.how(standing, &own[0].1);
        for (said, (stands, one)) in says.iter_mut().zip(&shown) {
            let own = self.how(*stands, one);
            // What a second record of the same provider is, where it is something else than the first.
            if own != how {
                said.lines.insert(0, own);
            }
        }
        if let (Standing::Current | Standing::PerhapsOver, Some(last)) = (standing, says.last_mut()) {
            let rows: Vec<&ListRow> = own.iter().map(|(_, one)| one).collect();
            let stands = |facts: &[&ListRow]| {
                let of = facts.iter().map(|one| standing_of(self.around, of, one));
                of.min().unwrap_or(Standing::NotSo)
            };
            let before = earlier(self.around, &rows, &stands);
            let before = before.into_iter().take(EARLIER).collect::<Vec<_>>().join("; ");
            let words = self.around.speech.words;
            let key = if of.topic.kind == Kind::Medicine { "paper-before" } else { "compare-also" };
            last.lines.extend((!before.is_empty()).then(|| words.with(key, &[("what", (&before).into())])));
        }
        // One thing told twice in the same words is told once.
        let mut once: Vec<CompareSaid> = Vec::new();
        for said in says {
            let same = once.iter_mut().find(|known| {
                (&known.title, known.struck) == (&said.title, said.struck)
                    && (said.lines.iter().all(|line| known.lines.contains(line))
                        || known.lines.iter().all(|line| said.lines.contains(line)))
            });
            match same {
                Some(known) if known.lines.len() < said.lines.len() => *known = said,
                Some(_) => {}
                None => once.push(said),
            }
        }
        let mut differs: Vec<About> =
            shown.iter().flat_map(|(_, one)| self.disputes.doses(&one.row.id, by)).collect();
        differs.sort_unstable();
        differs.dedup();
        let differs = differs.iter().map(|about| {
            let key = if *about == About::Dose { "compare-other-dose" } else { "compare-other-way" };
            self.around.speech.get(key)
        });
        Ok(CompareCell { standing: Some(standing), how, differs: differs.collect(), says: once })
    }

    /// How it is by this provider: on its list, or its own word for what is not.
    fn how(&self, stands: Standing, one: &ListRow) -> String {
        let speech = &self.around.speech;
        match stands {
            Standing::Current => speech.get("compare-listed"),
            Standing::PerhapsOver => speech.get("compare-listed-perhaps-over"),
            _ => {
                let row = &one.row;
                let own = row.said.status.as_deref();
                let stated = own.filter(|word| speech.words.has(&format!("statement-{word}")));
                // A medicine that was handed out once is "completed" as a hand-out, and ended nothing.
                let over = row.status_group != StatusGroup::Unknown;
                let word = stated.filter(|_| over).map(|word| speech.stated(row.status_group, Some(word)));
                let word = word.or_else(|| speech.status(row.kind, row.status_group, own));
                capital(&word.unwrap_or_else(|| standing_text(self.around, row.kind, stands)))
            }
        }
    }

    /// One record of a provider.
    fn said(&self, name: &str, stands: Standing, one: &ListRow) -> CompareSaid {
        let (speech, voice, row) = (&self.around.speech, self.around.voice(), &one.row);
        let title = speech.title(row.kind, &row.title);
        let listed = matches!(stands, Standing::Current | Standing::PerhapsOver);
        let mut lines: Vec<String> = Vec::new();
        lines.push(match row.kind {
            Kind::Medicine => {
                let mut said = row.said.clone();
                said.dosage = each_that_says_more(speech, &row.title.text, &said.dosage);
                voice.dosings(&said)
            }
            _ => beside(self.around, &title, &[one]),
        });
        if row.kind == Kind::Medicine && listed {
            let reason = voice.reasons(&row.said);
            lines.push(if reason.is_empty() {
                reason
            } else {
                speech.words.with("taken-for", &[("reason", (&reason).into())])
            });
        }
        // The status itself is said above.
        let status = speech.status(row.kind, row.status_group, row.said.status.as_deref());
        let mut remarks = voice.remarks(row.kind, row.status_group, &row.said, row.date.as_ref());
        remarks.retain(|remark| listed || Some(remark) != status.as_ref());
        let end = was_to_end(row.kind, row.status_group, row.date.as_ref(), speech.home, self.around.today);
        remarks.extend(end.map(|end| was_to(speech, end)));
        lines.push(remarks.join(", "));
        let dated =
            |key: &str, day: Day| speech.words.with(key, &[("date", (&speech.short_day(day)).into())]);
        let begun = since(one).filter(|_| listed);
        let key = |day| {
            let begun = self.around.begun(one, day) == speech.day(day);
            if begun { "compare-since" } else { "compare-recorded" }
        };
        lines.extend(begun.map(|day| dated(key(day), day)));
        let last = told_last(one, &one.row.sources[0]).filter(|day| begun != Some(*day));
        let key = if row.kind == Kind::Medicine { "compare-last-ordered" } else { "compare-last-noted" };
        lines.extend(last.filter(|_| listed).map(|day| dated(key, day)));
        lines.extend((!row.gone.is_empty()).then(|| speech.get("compare-gone")));
        lines.retain(|line| !line.is_empty() && *line != title);
        CompareSaid {
            fact: Some(row.id.clone()),
            struck: stands == Standing::NotSo && row.status_group == StatusGroup::EnteredInError,
            title: Some(title).filter(|title| !title.eq_ignore_ascii_case(name)),
            lines,
        }
    }
}

/// Everything that a provider lists, and what it rules out beside that; else what it said last.
fn shown(own: &[(Standing, ListRow)]) -> Vec<&(Standing, ListRow)> {
    let is =
        |stands: Standing| matches!(stands, Standing::Current | Standing::PerhapsOver | Standing::RuledOut);
    let shown: Vec<_> = own.iter().filter(|(stands, _)| is(*stands)).collect();
    if shown.is_empty() { own.iter().take(1).collect() } else { shown }
}
