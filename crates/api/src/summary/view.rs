//! The sheet: head, sections in their order, and what is not on it, in the catalogue's words.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use wholechart_fhir::{Day, DetailValue, Element, FhirDate, Kind};
use wholechart_print::{Cell, Document, Row, Section, SourceKey};
use wholechart_record::{SectionName, Whose};
use wholechart_store::{ListRow, Person, TopicRow};

use super::{
    choices::{Printing, SheetSection},
    fit::{Part, Sheet},
    gather::{Gathered, Source},
    measured::Measured,
    under_topics::{Topics, each_once, filled, giving, headed, marks},
};
use crate::{
    lists::view::Around,
    questions::conflicts::Speaker,
    said::Voice,
    topics::{in_order, wire::TopicView},
    words::{Speech, Words, dates},
};

/// Puts what was gathered into words.
pub(crate) fn sheet(
    gathered: &Gathered,
    words: &Words,
    now: DateTime<Utc>,
    sample: bool,
    printing: &Printing,
) -> Sheet {
    let about = gathered.about.as_ref();
    let speech = Speech::new(words, gathered.person.home_zone, now);
    let today = gathered.today;
    // Sentences call providers by their names, as on every screen; beside what is said stand their marks.
    let named = Around { speech, today, providers: &gathered.names };
    let all = in_order(&named, &gathered.disputes, &gathered.topics, wholechart_record::TOPICAL);
    let chosen = |(topic, of): &&(TopicView, &TopicRow)| {
        printing.prints(topic) && about.is_none_or(|about| about.prints(&named, topic, of))
    };
    let chosen: Vec<_> = all.iter().filter(chosen).cloned().collect();
    let around = Around { speech, today, providers: &gathered.marks };
    let born = gathered.summary.whose.born.iter().filter_map(|one| one.what.dates().next());
    let born = born.map(FhirDate::own_day).min();
    let shared = Topics { around: &around, marks: &gathered.marks, all: &all, born };
    let topics = Topics { all: &chosen, ..shared };
    let measured = Measured { gathered, speech, voice: around.voice() };
    let ask = ask_about(&named, gathered);
    let asked: Vec<String> =
        ask.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.lead.clone()).collect();
    let own = printing
        .own_words(&speech)
        .into_iter()
        .chain(about.and_then(|about| topics.about(about)))
        .chain([ask]);
    let mut parts: Vec<Part> = own.map(|section| Part { section, gives: None }).collect();
    parts.extend([topics.allergies(), topics.medicines(), topics.problems()]);
    parts.extend(
        topics.lasting(&gathered.lasting).map(|section| Part { section: filled(section), gives: None }),
    );
    let (disputed, untold) = disputed(words, topics.disputed(), &gathered.open, &asked);
    let others = [
        (SheetSection::Changed, topics.changed(gathered)),
        (SheetSection::OutOfRange, measured.out_of_range()),
        (SheetSection::Disputed, disputed),
        (SheetSection::Vaccines, topics.vaccines()),
        (SheetSection::Results, measured.results()),
        (SheetSection::Vitals, measured.vitals()),
        (SheetSection::Procedures, topics.procedures()),
        (SheetSection::Visits, measured.visits()),
        (SheetSection::Team, team(&around, gathered)),
    ];
    let wanted = others.into_iter().filter(|(section, _)| {
        // Who cares for a problem nobody says.
        let belongs = about.is_none() || !matches!(section, SheetSection::Team | SheetSection::Vaccines);
        belongs && !printing.without.contains(section)
    });
    parts.extend(wanted.map(|(_, part)| part));
    let head = Head {
        title: words.get("paper-title"),
        lead: vec![words.with("paper-lead", &[("count", gathered.sources.len().into())])],
        person: &gathered.person,
        whose: &gathered.summary.whose,
        today,
        sources: &gathered.sources,
    };
    let mut counted = measured.earlier().to_vec();
    counted.extend(topics.counted());
    if !printing.without.contains(&SheetSection::Disputed) {
        counted.push(("disputes", untold));
    }
    let mut frame = frame(&around.voice(), &head, sample);
    frame.large = printing.large;
    frame.person.extend(printing.contacts(&speech));
    if !printing.tellers {
        frame.sources.clear();
    }
    let mut absent = absent(words, &shared, &measured, &parts);
    if let Some((view, _)) = about.and_then(|about| all.iter().find(|(view, _)| view.id == about.topic)) {
        absent.push(words.with("paper-chosen-problem", &[("name", (&view.name).into())]));
    }
    let without = gathered.sources.iter().filter(|one| printing.without_providers.contains(&one.connection));
    let without: Vec<String> = without.map(|one| speech.sent(&one.name)).collect();
    absent.extend(printing.told(&speech, &without));
    Sheet { frame, parts, counted, absent }
}

/// What stands at the head and the foot of every kind of sheet.
pub(crate) struct Head<'a> {
    pub(crate) title: String,
    pub(crate) lead: Vec<String>,
    pub(crate) person: &'a Person,
    pub(crate) whose: &'a Whose,
    pub(crate) today: Day,
    pub(crate) sources: &'a [Source],
}

/// Everything but the sections. Tellers are called as `voice` calls them.
pub(crate) fn frame(voice: &Voice<'_>, head: &Head<'_>, sample: bool) -> Document {
    let speech = &voice.speech;
    let words = speech.words;
    let mut whose = vec![(words.get("paper-name"), speech.sent(&head.person.name))];
    whose.extend(born(voice, head).map(|born| (words.get("paper-born"), born)));
    // FHIR's four words (R4 `administrative-gender`) are codes; whatever else was sent stands as it was.
    let sex = |what: &DetailValue| {
        let key = format!("paper-sex-{}", what.all_sent().to_lowercase());
        if words.has(&key) { words.get(&key) } else { speech.value(None, what) }
    };
    let sexes = head.whose.sex.iter().map(|one| voice.by(one, sex(&one.what)));
    let sexes: Vec<String> = sexes.filter(|sex| !sex.is_empty()).collect();
    whose.extend((!sexes.is_empty()).then(|| (words.get("paper-sex"), sexes.join("; "))));
    let today = speech.day(head.today);
    let mut lead = head.lead.clone();
    // One day is said once.
    let one_day = all_of_one_day(speech, head.sources);
    if let Some(all) = &one_day {
        match lead.last_mut() {
            Some(last) => *last = format!("{last} {all}"),
            None => lead.push(all.clone()),
        }
    }
    Document {
        title: head.title.clone(),
        person: whose,
        made_on: words.with("paper-made-on", &[("date", (&today).into())]),
        made_at: speech.now,
        language: words.language().tag(),
        sample: sample.then(|| words.get("paper-sample")),
        warning: None,
        lead,
        sections: Vec::new(),
        closing: Vec::new(),
        sources: head
            .sources
            .iter()
            .map(|source| SourceKey {
                mark: source.mark.clone(),
                name: speech.sent(&source.name),
                as_of: if one_day.is_some() { String::new() } else { as_of(speech, source) },
            })
            .collect(),
        footer: words.get("paper-footer"),
        page_of: words.get("paper-page-of"),
        large: false,
        contents: None,
        index: None,
        folds: false,
    }
}

/// How recent all of several sources are, where one day is that of each.
fn all_of_one_day(speech: &Speech<'_>, sources: &[Source]) -> Option<String> {
    let day =
        |source: &Source| Some((source.imported, source.last_sync?.with_timezone(&speech.home).date_naive()));
    let mut asked = sources.iter().filter(|source| !source.own);
    let first = asked.next().filter(|_| sources.len() > 1).and_then(day)?;
    let key = if first.0 { "paper-files-added-all" } else { "paper-as-of-all" };
    asked
        .all(|other| day(other) == Some(first))
        .then(|| speech.words.with(key, &[("date", (&speech.day(dates::of(first.1))).into())]))
}

/// How recent a source's records are, in words.
pub(crate) fn as_of(speech: &Speech<'_>, source: &Source) -> String {
    match source.last_sync {
        _ if source.own => String::new(),
        Some(at) => {
            let at = speech.day(dates::of(at.with_timezone(&speech.home).date_naive()));
            let key = if source.imported { "paper-files-added" } else { "paper-as-of" };
            speech.words.with(key, &[("date", (&at).into())])
        }
        None => speech.get("paper-never-synced"),
    }
}

/// Birth dates as providers say them, else the one that the person entered. The day as it was written, whatever time of
/// whichever clock stands beside it.
fn born(voice: &Voice<'_>, head: &Head<'_>) -> Option<String> {
    let speech = &voice.speech;
    let said: Vec<String> = head
        .whose
        .born
        .iter()
        .map(|one| {
            let day = one.what.dates().next().map(|date| speech.day(date.own_day()));
            voice.by(one, day.unwrap_or_else(|| speech.value(None, &one.what)))
        })
        .collect();
    if said.is_empty() {
        return head.person.birth_date.map(|born| speech.day(dates::of(born)));
    }
    Some(said.join("; "))
}

/// What the person wants to ask about: the sentence, then what each says.
fn ask_about(around: &Around<'_>, gathered: &Gathered) -> Section {
    let speech = &around.speech;
    let speaker = Speaker { speech: *speech, providers: around.providers, choices: &[] };
    let rows = gathered.summary.ask_about.iter().map(|ask| {
        let mut titles: Vec<String> = ask.titles.iter().map(|title| speech.title(ask.kind, title)).collect();
        titles.sort_unstable();
        titles.dedup();
        let conflict = speaker.in_order(&ask.conflict);
        let said: Vec<String> =
            conflict.statements.iter().map(|one| speaker.line(conflict.about, one)).collect();
        let sentence = speaker.sentence(&conflict, ask.kind, &titles);
        Row { cells: vec![Cell::named(sentence, format!("\n{}", said.join("\n")))], sources: Vec::new() }
    });
    Section {
        title: speech.get("summary-ask-about"),
        columns: headed(speech.words, &[("column-they-say", 1)]),
        rows: rows.collect(),
        ..Section::default()
    }
}

/// What providers disagree about beside what is asked about, a sentence each; and how many more there are than anybody reads on a
/// sheet.
fn disputed(words: &Words, told: Vec<String>, open: &[String], asked: &[String]) -> (Part, usize) {
    const MOST: usize = 60;
    let mut once: HashSet<&str> = asked.iter().map(String::as_str).collect();
    let all: Vec<&String> = told.iter().chain(open).filter(|sentence| once.insert(sentence)).collect();
    let lines = all.iter().take(MOST).map(|sentence| (*sentence).clone()).collect();
    let section = Section { title: words.get("summary-disputed"), lines, ..Section::default() };
    (Part { section, gives: None }, all.len().saturating_sub(MOST))
}

/// Who cares for the person, each group of people once.
fn team(around: &Around<'_>, gathered: &Gathered) -> Part {
    let mut rows: Vec<Row> = Vec::new();
    for one in &gathered.teams {
        let people = people(around, one);
        let sources = marks(&gathered.marks, &one.row.sources);
        match rows.iter_mut().find(|row| row.cells[0].text == people) {
            _ if people.is_empty() => {}
            Some(known) => {
                known.sources.extend(sources);
                known.sources.sort();
                known.sources.dedup();
            }
            None => rows.push(Row { cells: vec![Cell::plain(people)], sources }),
        }
    }
    let words = around.speech.words;
    let columns = headed(words, &[("column-people", 1)]);
    let title = words.get("summary-team");
    giving(
        Part { section: Section { title, columns, rows, ..Section::default() }, gives: None },
        1,
        2,
        "teams",
    )
}

/// The people of a team, each with their role.
fn people(around: &Around<'_>, team: &ListRow) -> String {
    let said = team.row.said.about(Element::PARTICIPANT);
    each_once(said.map(|one| around.speech.detail(&one.what)))
}

/// What nobody lists as current, and what nobody shared, a line each.
fn absent(words: &Words, topics: &Topics<'_>, measured: &Measured<'_>, parts: &[Part]) -> Vec<String> {
    let title = |name: &str| words.get(&format!("summary-{name}"));
    let printed = |name: &str| {
        let of = parts.iter().map(|part| &part.section).find(|section| section.title == title(name));
        of.is_some_and(|section| !section.rows.is_empty() || section.note.is_some())
    };
    let (mut none_current, mut not_shared) = (Vec::new(), Vec::new());
    for (name, kind) in
        [("allergies", Kind::Allergy), ("medicines", Kind::Medicine), ("problems", Kind::Problem)]
    {
        match (printed(name), topics.is_shared(kind)) {
            (true, _) => {}
            (false, true) => none_current.push(words.get(&format!("absent-{name}"))),
            // What nobody told is not what nobody has.
            (false, false) if kind == Kind::Allergy => not_shared.push(words.get("absent-allergies-unknown")),
            (false, false) => not_shared.push(words.get(&format!("absent-{name}"))),
        }
    }
    let shared = [
        ("vaccines", topics.is_shared(Kind::Vaccine)),
        ("results", measured.is_shared(SectionName::Results)),
        ("vitals", measured.is_shared(SectionName::Vitals)),
        ("procedures", topics.is_shared(Kind::Procedure)),
        ("visits", measured.is_shared(SectionName::Visits)),
    ];
    let unshared = shared.iter().filter(|(_, shared)| !shared);
    not_shared.extend(unshared.map(|(name, _)| words.get(&format!("absent-{name}"))));
    let line = |key: &str, what: Vec<String>| {
        let what = what.join(", ");
        (!what.is_empty()).then(|| words.with(key, &[("what", what.as_str().into())]))
    };
    line("paper-none-current", none_current).into_iter().chain(line("paper-not-shared", not_shared)).collect()
}

#[cfg(test)]
mod tests {
    use super::disputed;
    use crate::words::Words;

    #[test]
    fn of_hundreds_of_disagreements_the_first_are_told_and_the_others_counted() {
        let words = Words::english();
        let said = |count: usize| (0..count).map(|n| format!("Disagreement {n}")).collect::<Vec<_>>();
        let asked = ["Disagreement 0".to_owned()];
        let (part, untold) = disputed(&words, said(40), &said(50), &asked);
        assert_eq!(
            (part.section.lines.len(), untold),
            (49, 0),
            "each once, and what is asked about elsewhere"
        );
        let (part, untold) = disputed(&words, said(400), &[], &[]);
        assert_eq!((part.section.lines.len(), untold), (60, 340));
        assert_eq!(part.section.lines[0], "Disagreement 0", "of what stands on the sheet first");
    }
}
