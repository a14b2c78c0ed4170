//! Topics in words.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use wholechart_fhir::{Day, Element, Kind, StatusGroup, is_bare_code};
use wholechart_record::{
    ConnectionId, Known, Mark, Standing, Trait, is_said, last_confirmed, occasions, same_strength, says_more,
    sensitive_in, strength, taken_since, tells_side, within_class,
};
use wholechart_store::{FactRow, ListRow};

use super::{
    disputes::Disputes,
    ordered::{Ordered, gravity, standing_of_all},
    wire::{TopicSource, TopicView},
};
use crate::{
    lists::view::Around,
    providers,
    timeline::{
        view::{narrow, row},
        wire::TimelineRow,
    },
    words::dates,
};

/// One topic.
pub(crate) fn topic(around: &Around<'_>, disputes: &Disputes, ordered: &Ordered<'_>) -> TopicView {
    let facts: Vec<&ListRow> = ordered.facts().collect();
    let of = |facts: &[&ListRow]| standing_of_all(around, ordered.known, facts);
    TopicView {
        by_source: by_source(around, disputes, &facts, &of),
        facts: facts.iter().map(|one| fact(around, one)).collect(),
        ..topic_alone(around, disputes, ordered)
    }
}

/// One topic without its facts and what each source says of it.
pub(crate) fn topic_alone(around: &Around<'_>, disputes: &Disputes, ordered: &Ordered<'_>) -> TopicView {
    let speech = &around.speech;
    let Ordered { of: found, known: row_of, name, name_source, stood, standing: now, .. } = ordered;
    let (row_of, now, kind) = (*row_of, *now, found.topic.kind);
    let of = |facts: &[&ListRow]| standing_of_all(around, row_of, facts);
    let facts: Vec<&ListRow> = ordered.facts().collect();
    let first = stood.first().map(|(stands, _)| *stands);
    let lead: Vec<&ListRow> =
        stood.iter().filter(|(stands, _)| Some(*stands) == first).map(|(_, one)| *one).collect();
    // What the table does not know is told by its name.
    let sensitive = row_of.map_or_else(|| sensitive_in(name), Known::sensitive);
    let done: Vec<&ListRow> = stood
        .iter()
        .filter(|(stands, _)| matches!(stands, Standing::Done | Standing::Errand))
        .map(|(_, one)| *one)
        .filter(|one| one.row.date.as_ref().is_none_or(|date| !date.implausible))
        .collect();
    let days: Vec<_> = done.iter().map(|one| one.row.day).collect();
    let times = occasions(&days);
    let begun = of_this_time(around, kind, &lead, &facts).into_iter();
    let begun = begun.filter_map(|one| Some((since(one)?, around.begun(one, since(one)?)))).min();
    let (since, since_text) = begun.unzip();
    let mut sources: Vec<ConnectionId> = facts.iter().flat_map(|one| one.row.sources.clone()).collect();
    sources.sort_unstable();
    sources.dedup();
    let happens = matches!(kind, Kind::Vaccine | Kind::Procedure);
    let text = if happens {
        when_done(around, row_of, &done)
    } else {
        let text = beside(around, name, &lead);
        let text = match within(around, name, &lead) {
            Some(named) if text.is_empty() => named,
            Some(named) => format!("{text}; {named}"),
            None => text,
        };
        match reason(around, &lead) {
            Some(reason) if text.is_empty() => {
                speech.words.with("taken-for", &[("reason", (&reason).into())])
            }
            Some(reason) => {
                let reason = speech.words.with("taken-for", &[("reason", (&reason).into())]);
                format!("{text}; {reason}")
            }
            None => text,
        }
    };
    let said: Vec<_> = lead.iter().flat_map(|one| one.more.said.clone()).collect();
    let mut told = disputes.about(facts.iter().map(|one| &one.row.id));
    if matches!(now, Standing::Current | Standing::PerhapsOver | Standing::Done) {
        let otherwise: Vec<&ListRow> =
            facts.iter().copied().filter(|one| !disputes.is_known(&one.row.id)).collect();
        told.extend(match kind {
            Kind::Problem => {
                let mut told = over_by(around, &otherwise, &lead, &of);
                told.extend(said_otherwise(around, &otherwise, &lead, &of));
                told
            }
            _ => said_otherwise(around, &otherwise, &lead, &of),
        });
    }
    let doubts = || {
        lead.iter()
            .find_map(|one| around.doubt(kind, one.row.status_group, one.row.date.as_ref(), &one.more.said))
    };
    TopicView {
        id: found.topic.id.clone(),
        kind,
        name: name.clone(),
        name_source: *name_source,
        standing: now,
        standing_text: standing_text(around, kind, now),
        since: since.map(dates::key),
        since_text,
        text: (!text.is_empty()).then_some(text),
        reason: reason(around, &lead),
        prescriber: prescriber(around, &lead),
        earlier: if kind == Kind::Medicine && now == Standing::Current {
            earlier(around, &facts, &of)
        } else {
            Vec::new()
        },
        reviewed: (!happens).then(|| {
            let reviewed = around.last_reviewed(kind, &said);
            match prescriber(around, &lead) {
                Some(who) => {
                    let args = [("reviewed", (&reviewed).into()), ("who", (&who).into())];
                    speech.words.with("reviewed-prescribed", &args)
                }
                None => reviewed,
            }
        }),
        listed: around.listed(&lead).map(|who| speech.words.with("listed-still", &[("who", (&who).into())])),
        doubt: doubts(),
        times: if happens { narrow(times.len().max(1) as u64) } else { 1 },
        disagreement: facts.iter().any(|one| one.row.disagree).then(|| speech.get("providers-disagree")),
        told,
        sensitive,
        thins_blood: row_of.is_some_and(|row| row.is(Trait::Thinner)),
        by_source: Vec::new(),
        sources,
        rank: ordered.rank,
        facts: Vec::new(),
    }
}

/// How topics of a kind stand, as the heading over them.
pub(crate) fn standing_text(around: &Around<'_>, kind: Kind, now: Standing) -> String {
    let words = around.speech.words;
    let own = format!("standing-{}-{}", kind.as_str(), now.as_str());
    if words.has(&own) { words.get(&own) } else { words.get(&format!("standing-{}", now.as_str())) }
}

/// A fact as a row of the timeline.
pub(crate) fn fact(around: &Around<'_>, one: &ListRow) -> TimelineRow {
    // What is probably the same stands under the same topic, which is one.
    let alone = FactRow { likely: false, ..one.row.clone() };
    TimelineRow { status_text: around.voice().status_line(&alone), ..row(&around.speech, &alone) }
}

/// Those of a topic's facts with which what it is now began. Of a medicine that was over for more than a year, and is taken again, that
/// time does not count; what a person says of themselves began when they say.
fn of_this_time<'f>(
    around: &Around<'_>,
    kind: Kind,
    lead: &[&'f ListRow],
    facts: &[&'f ListRow],
) -> Vec<&'f ListRow> {
    let said = || facts.iter().copied().filter(|one| is_said(one.row.status_group));
    let Some(mut begun) = lead.iter().filter_map(|one| since(one)).min().filter(|_| kind == Kind::Medicine)
    else {
        return said().collect();
    };
    let own = |one: &&ListRow| one.row.sources.iter().all(|by| around.providers.is_own(by));
    if lead.iter().all(own) {
        return lead.to_vec();
    }
    let ended = |one: &ListRow| {
        let date = one.row.date.as_ref()?;
        let end = date.end.as_ref().filter(|_| one.row.status_group == StatusGroup::Past)?;
        Some(if date.day_only { end.own_day() } else { end.day_in(around.speech.home) })
    };
    let mut of_this_time = lead.to_vec();
    let mut earlier: Vec<&ListRow> =
        said().filter(|one| !lead.iter().any(|known| std::ptr::eq(*known, *one))).collect();
    // Whose end nobody says may have gone on.
    earlier.sort_by_key(|one| (ended(one).is_some(), Reverse(ended(one))));
    for one in earlier {
        let a_year_before = Day { year: begun.year - 1, ..begun };
        if ended(one).is_none_or(|end| end >= a_year_before) {
            begun = since(one).map_or(begun, |since| since.min(begun));
            of_this_time.push(one);
        }
    }
    of_this_time
}

/// The first day that a fact is told of.
pub(crate) fn since(one: &ListRow) -> Option<wholechart_fhir::Day> {
    let row = &one.row;
    // An end alone is no beginning.
    let begins = row.date.as_ref().is_none_or(|date| !date.implausible && date.start.is_some());
    let own = row.day.filter(|_| begins);
    taken_since(row.kind, row.date.as_ref(), own, &one.more.said).or(own)
}

/// How a medicine is taken; how an allergy shows, after how bad that can be; of an illness what its name says that the topic's `name`
/// does not. Of the facts that are so, each thing once.
pub(crate) fn beside(around: &Around<'_>, name: &str, facts: &[&ListRow]) -> String {
    let voice = around.voice();
    let mut said: Vec<String> = Vec::new();
    if facts.iter().any(|one| gravity(one) == 0) {
        said.push(around.speech.get("allergy-high"));
    }
    if facts.iter().any(|one| one.row.kind == Kind::Medicine) {
        said.extend(Some(dosings(around, facts)).filter(|text| !text.is_empty()));
    }
    for one in facts {
        let texts = match one.row.kind {
            Kind::Medicine => continue,
            Kind::Allergy => [voice.details(&one.row.said, &[Element::REACTION]), risk_as_sent(around, one)],
            kind => {
                let title = around.speech.title(kind, &one.row.title);
                let more = if says_more(kind, &title, name) { title } else { String::new() };
                let own = [Element::SEVERITY, Element::BODY_SITE, Element::STAGE];
                [more, voice.details(&one.row.said, &own)]
            }
        };
        for text in texts {
            if !text.is_empty() && !said.iter().any(|known| known.eq_ignore_ascii_case(&text)) {
                said.push(text);
            }
        }
    }
    // Where one teller confirms it, it is confirmed.
    if !facts.is_empty() && facts.iter().all(|one| one.row.said.marks.contains(&Mark::Unconfirmed)) {
        said.push(around.speech.get("mark-unconfirmed"));
    }
    said.join("; ")
}

/// The medicines that are listed, where the topic's `name` is that of their class: amoxicillin among the penicillins.
fn within(around: &Around<'_>, name: &str, facts: &[&ListRow]) -> Option<String> {
    let allergies = facts.iter().filter(|one| one.row.kind == Kind::Allergy);
    let medicines = allergies.filter_map(|one| within_class(&one.row.title.text));
    let called = medicines.filter_map(|medicine| around.speech.topic(&medicine.address()));
    let called: BTreeSet<&str> = called.filter(|called| *called != name).collect();
    let names = called.into_iter().collect::<Vec<_>>().join(", ");
    (!names.is_empty()).then(|| around.speech.words.with("allergy-among", &[("names", (&names).into())]))
}

/// A criticality in a sender's own words, which is none of FHIR's (R4 `allergy-intolerance-criticality`, DSTU2's `CRITL`).
fn risk_as_sent(around: &Around<'_>, one: &ListRow) -> String {
    const OWN: &[&str] = &[
        "low",
        "high",
        "unable-to-assess",
        "unable to assess",
        "critl",
        "crith",
        "critu",
        "low risk",
        "high risk",
    ];
    let risks = one.row.said.about(Element::CRITICALITY).map(|detail| detail.what.value.all_sent());
    let others: Vec<String> =
        risks.filter(|risk| !risk.is_empty() && !OWN.contains(&risk.to_lowercase().as_str())).collect();
    if others.is_empty() {
        return String::new();
    }
    let risk = around.speech.sent(&others.join(", "));
    around.speech.words.with("allergy-risk-sent", &[("risk", (&risk).into())])
}

/// How a medicine is taken, as each of these facts says, with its strength: a heading names none, and two strengths are taken in two
/// ways. What was given by somebody is no way to take it, and is told where there is nothing else.
pub(crate) fn dosings(around: &Around<'_>, facts: &[&ListRow]) -> String {
    let voice = around.voice();
    let given = |one: &&&ListRow| one.row.said.marks.iter().any(|mark| matches!(mark, Mark::Given(_)));
    let mut taken: Vec<&&ListRow> = facts.iter().filter(|one| !given(one)).collect();
    let only_given = taken.is_empty();
    if only_given {
        taken = facts.iter().collect();
    }
    // What is said, with what the name states and how it is taken.
    let mut said: Vec<(String, String, String)> = Vec::new();
    for one in taken {
        let text = voice.dosings(&one.row.said);
        let title = &one.row.title.text;
        // Of several ingredients no strength is said alone: the whole name says each, and how it is released.
        let stated = strength(title)
            .map(|strength| if says_more(Kind::Medicine, title, "") { title.clone() } else { strength })
            .or_else(|| title.chars().any(|letter| letter.is_ascii_digit()).then(|| title.clone()))
            .filter(|stated| !is_bare_code(stated));
        let tight = |text: &str| text.to_lowercase().split_whitespace().collect::<String>().replace(',', "");
        // One way that says it says nothing of another teller's.
        let mut ways = one.row.said.dosage.iter().map(|way| tight(&around.speech.dosage(&way.what)));
        let (taken, in_name) = (text.clone(), stated.clone());
        let missing =
            stated.filter(|stated| text.is_empty() || !ways.all(|way| way.contains(&tight(stated))));
        let text = match missing.map(|stated| around.speech.sent(&stated)) {
            Some(stated) if text.is_empty() => stated,
            Some(stated) => around
                .speech
                .words
                .with("dose-of-strength", &[("strength", (&stated).into()), ("dosage", (&text).into())]),
            None => text,
        };
        let text = match last_confirmed(&one.more.said, around.today) {
            _ if text.is_empty() => continue,
            Some(last) if only_given => {
                let day = around.speech.day(last.day);
                around.speech.words.with("dose-given", &[("dosage", (&text).into()), ("date", (&day).into())])
            }
            _ => text,
        };
        let (stated, taken) = (in_name.unwrap_or_default(), tight(&taken));
        let known = said
            .iter_mut()
            .find(|(known, in_name, how)| *known == text || *how == taken && same_strength(in_name, &stated));
        match known {
            // The longer of two spellings of one strength says at least as much.
            Some(known) if known.1.len() < stated.len() => *known = (text, stated, taken),
            Some(_) => {}
            None => said.push((text, stated, taken)),
        }
    }
    said.into_iter().map(|(text, ..)| text).collect::<Vec<String>>().join("; ")
}

/// The days on which something was given or done, the newest first. Where it matters which of several it was, by what it is called:
/// the side that was operated on, the product of a vaccine whose next dose depends on it.
fn when_done(around: &Around<'_>, row_of: Option<&Known>, done: &[&ListRow]) -> String {
    let speech = &around.speech;
    let which = |one: &ListRow| match one.row.kind {
        Kind::Procedure => {
            let place = around.voice().place(&one.row.said);
            let by_title = place.is_empty() && tells_side(&one.row.title.text);
            if by_title { speech.title(one.row.kind, &one.row.title) } else { place }
        }
        Kind::Vaccine if row_of.is_some_and(|row| row.is(Trait::Products)) => {
            speech.title(one.row.kind, &one.row.title)
        }
        _ => String::new(),
    };
    let mut groups: Vec<(String, Vec<Option<Day>>)> = Vec::new();
    for one in done {
        let which = which(one);
        match groups.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(&which)) {
            Some((_, days)) => days.push(one.row.day),
            None => groups.push((which, vec![one.row.day])),
        }
    }
    // Who does not say which tells less of a day than who does.
    let told: Vec<Option<Day>> =
        groups.iter().filter(|(which, _)| !which.is_empty()).flat_map(|(_, days)| days.clone()).collect();
    let mut said: Vec<(Option<Day>, String)> = Vec::new();
    for (which, mut days) in groups {
        if which.is_empty() {
            days.retain(|day| !told.contains(day));
        }
        let days = occasions(&days);
        let dates: Vec<String> = days.iter().map(|day| speech.day(*day)).collect();
        let dates = dates.join("; ");
        let text = match (which.is_empty(), dates.is_empty()) {
            (_, true) => continue,
            (true, _) => dates,
            (false, _) => speech
                .words
                .with("paper-dates-of", &[("what", which.as_str().into()), ("dates", dates.as_str().into())]),
        };
        said.push((days.first().copied(), text));
    }
    said.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.cmp(other)));
    said.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("; ")
}

/// What a medicine is taken for, each reason once.
fn reason(around: &Around<'_>, lead: &[&ListRow]) -> Option<String> {
    let medicines = lead.iter().filter(|one| one.row.kind == Kind::Medicine);
    let reasons: BTreeSet<String> =
        medicines.map(|one| around.voice().reasons(&one.row.said)).filter(|text| !text.is_empty()).collect();
    (!reasons.is_empty()).then(|| reasons.into_iter().collect::<Vec<_>>().join("; "))
}

/// Who prescribed a medicine: of the fact that says most, as its newest order names them.
fn prescriber(around: &Around<'_>, lead: &[&ListRow]) -> Option<String> {
    let who = lead.iter().find_map(|one| one.row.said.prescribers.first())?;
    Some(around.speech.sent(who))
}

/// What was taken before: its strength, or what it was called, and how it came to its end. The newest first.
pub(crate) fn earlier(
    around: &Around<'_>,
    facts: &[&ListRow],
    of: &dyn Fn(&[&ListRow]) -> Standing,
) -> Vec<String> {
    let voice = around.voice();
    let mut said: Vec<String> = Vec::new();
    for one in facts.iter().filter(|one| of(&[one]) == Standing::Past) {
        let title = &one.row.title.text;
        let what = strength(title).unwrap_or_else(|| title.clone());
        let alone = FactRow { likely: false, ..one.row.clone() };
        let text = match voice.status_line(&alone) {
            Some(how) => {
                let what = around.speech.sent(&what);
                let how = [("what", (&what).into()), ("how", (&how).into())];
                around.speech.words.with("topic-earlier", &how)
            }
            None => around.speech.sent(&what),
        };
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said
}

/// Who says that an illness is over that others list, or that they list themselves: of the time since it is listed, not of an earlier
/// one, nor one that they list again since. Each in a sentence.
fn over_by(
    around: &Around<'_>,
    facts: &[&ListRow],
    lead: &[&ListRow],
    of: &dyn Fn(&[&ListRow]) -> Standing,
) -> Vec<String> {
    let begun = lead.iter().filter_map(|one| since(one)).min();
    let mut over: BTreeMap<(String, &str), BTreeSet<String>> = BTreeMap::new();
    for one in facts.iter().filter(|one| of(&[one]) == Standing::Past) {
        for by in &one.row.sources {
            let last = told_last(one, by).or_else(|| since(one));
            if last.zip(begun).is_some_and(|(last, begun)| last < begun) {
                continue;
            }
            let mut listed = lead.iter().filter(|one| one.row.sources.contains(by)).peekable();
            let says = if listed.peek().is_some() { "topic-both-by" } else { "topic-over-by" };
            if listed.map(|one| told_last(one, by).or_else(|| since(one))).any(|listed| listed > last) {
                continue;
            }
            let title = around.speech.title(one.row.kind, &one.row.title);
            over.entry((title, says))
                .or_default()
                .insert(around.speech.sent(providers::name(around.providers, by)));
        }
    }
    over.into_iter()
        .map(|((title, says), who)| {
            let count = who.len();
            let who = who.into_iter().collect::<Vec<_>>().join(", ");
            let args = [("title", (&title).into()), ("who", (&who).into()), ("count", count.into())];
            around.speech.words.with(says, &args)
        })
        .collect()
}

/// Who says of a medicine that it is not taken, or of an allergy that it is over or ruled out, while others list it. A medicine that
/// was ordered again after that is taken again; an allergy stays what it is. Each in a sentence.
fn said_otherwise(
    around: &Around<'_>,
    facts: &[&ListRow],
    lead: &[&ListRow],
    of: &dyn Fn(&[&ListRow]) -> Standing,
) -> Vec<String> {
    let otherwise = |one: &ListRow| match (one.row.kind, of(&[one])) {
        (Kind::Medicine | Kind::Allergy, Standing::Past)
        | (Kind::Allergy | Kind::Problem, Standing::RuledOut) => true,
        // Given or done as others say, on the same day.
        (Kind::Vaccine | Kind::Procedure, Standing::NotSo) => {
            one.row.status_group == StatusGroup::NotDone
                && one.row.day.is_some()
                && lead.iter().any(|other| other.row.day == one.row.day)
        }
        (Kind::Medicine, Standing::NotSo) => one.row.status_group == StatusGroup::NotDone,
        _ => false,
    };
    // Another strength that ended was changed into the one that is taken.
    let changed = |one: &ListRow| {
        let stated = figures(&one.row.title.text);
        !stated.is_empty()
            && lead
                .iter()
                .map(|other| figures(&other.row.title.text))
                .all(|other| !other.is_empty() && other != stated)
    };
    let listing: BTreeSet<&ConnectionId> = lead.iter().flat_map(|one| &one.row.sources).collect();
    let newest = lead.iter().flat_map(|one| &one.more.said).map(|said| said.day).max();
    let mut said: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for one in facts.iter().copied().filter(|one| otherwise(one)) {
        if one.row.kind == Kind::Medicine && changed(one) {
            continue;
        }
        let how = around.voice().status_line(&FactRow { likely: false, ..one.row.clone() });
        let how = how.unwrap_or_else(|| standing_text(around, one.row.kind, of(&[one])));
        for by in one.row.sources.iter().filter(|by| !listing.contains(by)) {
            let last = told_last(one, by).or_else(|| since(one));
            let again = one.row.kind == Kind::Medicine
                && last.zip(newest).is_some_and(|(last, newest)| last < newest);
            if again {
                continue;
            }
            let title = around.speech.title(one.row.kind, &one.row.title);
            let how = last.map_or_else(
                || how.clone(),
                |day| {
                    let day = around.speech.day(day);
                    let args = [("how", (&how).into()), ("day", (&day).into())];
                    around.speech.words.with("topic-how-on", &args)
                },
            );
            let who = around.speech.sent(providers::name(around.providers, by));
            said.entry((title, how)).or_default().insert(who);
        }
    }
    said.into_iter()
        .map(|((title, how), who)| {
            let count = who.len();
            let who = who.into_iter().collect::<Vec<_>>().join(", ");
            let args = [
                ("title", (&title).into()),
                ("who", (&who).into()),
                ("count", count.into()),
                ("how", (&how).into()),
            ];
            around.speech.words.with("topic-said-otherwise", &args)
        })
        .collect()
}

/// The numbers in a medicine's name, in their order: its strength, however it is written.
fn figures(title: &str) -> Vec<&str> {
    title
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|figure| figure.trim_matches('.'))
        .filter(|figure| !figure.is_empty())
        .collect()
}

/// The newest day on which a teller said something of a fact.
pub(crate) fn told_last(one: &ListRow, by: &ConnectionId) -> Option<wholechart_fhir::Day> {
    one.more.said.iter().filter(|said| said.by == *by).map(|said| said.day).max()
}

/// What one of a fact's tellers says.
fn own(one: &ListRow, by: &ConnectionId) -> ListRow {
    let mut own = one.clone();
    let said = &mut own.row.said;
    said.dosage.retain(|told| told.by.is_empty() || told.by.contains(by));
    said.details.retain(|told| told.by.is_empty() || told.by.contains(by));
    said.dosage.iter_mut().for_each(|told| told.by.clear());
    said.details.iter_mut().for_each(|told| told.by.clear());
    own
}

/// What each source said last.
fn by_source(
    around: &Around<'_>,
    disputes: &Disputes,
    facts: &[&ListRow],
    of: &dyn Fn(&[&ListRow]) -> Standing,
) -> Vec<TopicSource> {
    let mut newest: BTreeMap<&ConnectionId, &ListRow> = BTreeMap::new();
    for one in facts {
        for by in &one.row.sources {
            newest.entry(by).or_insert(one);
        }
    }
    let mut sources: Vec<TopicSource> = newest
        .into_iter()
        .map(|(by, one)| {
            let own = own(one, by);
            let title = around.speech.title(one.row.kind, &one.row.title);
            let text = beside(around, &title, &[&own]);
            TopicSource {
                connection: by.clone(),
                provider: around.speech.sent(providers::name(around.providers, by)),
                title,
                // A fact stands as those say who list it; who ended it, says otherwise.
                standing: if disputes.is_over(&one.row.id, by) { Standing::Past } else { of(&[one]) },
                text: (!text.is_empty()).then_some(text),
                day_text: told_last(one, by)
                    .map_or_else(|| row(&around.speech, &one.row).day_text, |day| around.speech.day(day)),
            }
        })
        .collect();
    // Ids of connections are another in each record.
    sources.sort_by(|one, other| one.provider.cmp(&other.provider));
    sources
}
