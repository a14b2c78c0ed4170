//! What changed since the last visit, as the facts carry it: what is new, what was stopped, doses that changed, results out of range.

use wholechart_fhir::{Day, Kind};
use wholechart_print::Section;
use wholechart_record::{SectionName, Standing, strength};

use super::{
    fit::Part,
    gather::Gathered,
    measured::test_name,
    under_topics::{Told, Topics, each_once},
};
use crate::{providers, words::dates};

impl Topics<'_> {
    /// "Since your visit of March 4, 2026 to Lakeside Family Medicine", a line a change. Nothing where there was no visit, or nobody
    /// tells of a change: that nothing changed is what nobody here knows.
    pub(super) fn changed(&self, gathered: &Gathered) -> Part {
        let speech = &self.around.speech;
        let visits = gathered.summary.sections.iter().filter(|one| one.name == SectionName::Visits);
        let last = visits
            .flat_map(|section| &section.items)
            .filter_map(|item| {
                Some((item.day.filter(|day| is_whole(*day) && *day <= self.around.today)?, item))
            })
            .max_by(|(one, a), (other, b)| {
                // Of several on one day, the first by who tells of it: ids are another in each record.
                let who = |sources| self.who(gathered, sources);
                one.cmp(other).then_with(|| who(&b.sources).cmp(&who(&a.sources)))
            });
        let Some((day, visit)) = last else { return Part { section: Section::default(), gives: None } };
        let later = |one: Option<Day>| one.is_some_and(|one| is_whole(one) && one > day);
        let mut lines: Vec<String> = Vec::new();
        let mut tell = |key: &str, what: Vec<String>| {
            let what = what.join("; ");
            if !what.is_empty() {
                lines.push(speech.words.with(key, &[("what", (&what).into())]));
            }
        };
        for (kind, key) in [
            (Kind::Allergy, "changed-new-allergy"),
            (Kind::Problem, "changed-new-problem"),
            (Kind::Medicine, "changed-new-medicine"),
        ] {
            let new = self.stands(kind, Standing::Current);
            let new = new.iter().filter(|told| later(told.view.since.as_deref().and_then(dates::parse)));
            tell(key, new.map(|told| with_dose(told)).collect());
        }
        let past = self.stands(Kind::Medicine, Standing::Past);
        let stopped = past.iter().filter(|told| told.lead.iter().any(|one| later(ended(one))));
        tell("changed-stopped", stopped.map(|told| self.with_end(told)).collect());
        let taken = self.stands(Kind::Medicine, Standing::Current);
        let changed = taken.iter().filter(|told| {
            let new = told.lead.iter().any(|one| later(one.row.day));
            let since = told.view.since.as_deref().and_then(dates::parse);
            new && !later(since) && self.another_dose_ended(told, day)
        });
        tell("changed-dose", changed.map(|told| with_dose(told)).collect());
        let results = gathered.summary.sections.iter().filter(|one| one.name == SectionName::Results);
        let flagged =
            results.flat_map(|section| &section.items).filter(|item| item.flag.is_some() && later(item.day));
        let voice = self.around.voice();
        let flagged = flagged.map(|item| {
            let value = voice.value(item.kind, item.value.as_ref(), &item.said).unwrap_or_default();
            let flag = item.flag.map(|flag| speech.get(&format!("paper-flag-{}", flag.as_str())));
            format!(
                "{} {value} {}",
                test_name(speech, item.kind, &item.title, &item.said.codes),
                flag.unwrap_or_default()
            )
        });
        tell("changed-out-of-range", flagged.collect());
        if lines.is_empty() {
            return Part { section: Section::default(), gives: None };
        }
        let (date, who) = (speech.day(day), self.who(gathered, &visit.sources));
        let args = [("date", (&date).into()), ("who", (&who).into())];
        let title = speech.words.with("summary-changed", &args);
        Part { section: Section { title, lines, ..Section::default() }, gives: None }
    }

    fn who(&self, gathered: &Gathered, sources: &[wholechart_record::ConnectionId]) -> String {
        let names = sources.iter().map(|by| self.around.speech.sent(providers::name(&gathered.names, by)));
        names.min().unwrap_or_default()
    }

    fn with_end(&self, told: &Told<'_>) -> String {
        let how = told.lead.first().and_then(|one| self.around.voice().status_line(&one.row));
        let strengths = each_once(told.lead.iter().filter_map(|one| strength(&one.row.title.text)));
        let name = if strengths.is_empty() {
            told.view.name.clone()
        } else {
            format!("{} {strengths}", told.view.name)
        };
        how.map_or_else(|| name.clone(), |how| format!("{name} ({how})"))
    }

    /// Whether another strength was ended, or last ordered, about when the present one began.
    fn another_dose_ended(&self, told: &Told<'_>, visit: Day) -> bool {
        let of = self.all.iter().find(|(view, _)| view.id == told.view.id);
        let lead: Vec<_> = told.lead.iter().map(|one| &one.row.id).collect();
        let now: Vec<Option<String>> = told.lead.iter().map(|one| strength(&one.row.title.text)).collect();
        of.into_iter().flat_map(|(_, of)| &of.facts).any(|one| {
            let other = strength(&one.row.title.text);
            !lead.contains(&&one.row.id)
                && other.is_some()
                && !now.contains(&other)
                && (ended(one).is_none_or(|end| end >= visit))
        })
    }
}

fn with_dose(told: &Told<'_>) -> String {
    match &told.view.text {
        Some(text) if told.view.kind == Kind::Medicine => format!("{} ({text})", told.view.name),
        _ => told.view.name.clone(),
    }
}

/// A day that is known to the day.
fn is_whole(day: Day) -> bool {
    day.month.is_some() && day.day.is_some()
}

/// When a medicine came to its end, as its facts carry it.
fn ended(one: &wholechart_store::ListRow) -> Option<Day> {
    let said = one.row.said.ended.as_ref().and_then(|ended| ended.on);
    said.or_else(|| Some(one.row.date.as_ref()?.end.as_ref()?.own_day()))
}
