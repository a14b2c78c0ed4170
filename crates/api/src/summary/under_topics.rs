//! What stands on a sheet by topic: allergies, medicines, problems, vaccines, procedures. How each is now is asked of the topics, as
//! the first page and the lists ask; nothing is decided here but in which words it is printed.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use wholechart_fhir::{Day, Element, Kind, is_bare_code};
use wholechart_print::{Cell, Column, Row, Section};
use wholechart_record::{
    ConnectionId, FactId, Mark, SUMMARY_YEARS, Standing, TOPICAL, last_confirmed, occasions, strength,
    was_to_end,
};
use wholechart_store::{ListRow, TopicRow};

use super::{
    fit::{Gives, Part},
    ways::each_that_says_more,
};
use crate::{
    lists::view::Around,
    providers::Names,
    topics::{
        ordered::standing_of,
        view::{beside, dosings},
        wire::TopicView,
    },
    words::Words,
};

/// So many dates of one vaccine or procedure are printed; of more, the newest, and the others are counted.
const DATES: usize = 8;
const NEWEST: usize = 4;
/// A procedure that was done more often is routine.
const OFTEN: u32 = 3;
/// So many wordings of what was given or done are printed beside its name; of what is so, each.
const WORDINGS: usize = 3;
/// The longest wording of a vaccine beside its disease, where there is a shorter one.
const SHORT: usize = 32;
/// After so many years the paper says how long ago a medicine was ordered.
const LONG_AGO: i32 = 10;
/// So many earlier doses of a medicine.
const EARLIER: usize = 2;

/// A topic as it stands on the sheet.
pub(super) struct Told<'t> {
    pub(super) view: &'t TopicView,
    /// Those of its facts that say how it is now, the newest first.
    pub(super) lead: Vec<&'t ListRow>,
}

impl Told<'_> {
    /// Who lists it now, else who tells of it.
    pub(super) fn listing(&self) -> Vec<ConnectionId> {
        let listing: Vec<ConnectionId> =
            self.lead.iter().flat_map(|one| &one.listed).map(|one| one.by.clone()).collect();
        if listing.is_empty() { self.view.sources.clone() } else { listing }
    }
}

/// Puts topics on the sheet.
#[derive(Clone, Copy)]
pub(crate) struct Topics<'a> {
    /// Tellers are called by their marks.
    pub(crate) around: &'a Around<'a>,
    pub(crate) marks: &'a Names,
    /// In the order of the lists.
    pub(crate) all: &'a [(TopicView, &'a TopicRow)],
    /// The first day of the person's life.
    pub(crate) born: Option<Day>,
}

impl Topics<'_> {
    pub(super) fn stands(&self, kind: Kind, how: Standing) -> Vec<Told<'_>> {
        let of = self.all.iter().filter(|(view, _)| view.kind == kind && view.standing == how);
        of.map(|(view, of)| Told { view, lead: lead(self.around, view, of) }).collect()
    }

    pub(super) fn count(&self, kind: Kind, how: &[Standing]) -> usize {
        self.all.iter().filter(|(view, _)| view.kind == kind && how.contains(&view.standing)).count()
    }

    pub(crate) fn allergies(&self) -> Part {
        let of = |how| self.stands(Kind::Allergy, how);
        let rows = of(Standing::Current).into_iter().chain(of(Standing::PerhapsOver)).map(|told| {
            let high = self.around.speech.get("allergy-high");
            let reactions = beside(self.around, &told.view.name, &told.lead);
            // How bad it can be is what has to be seen.
            let reactions = match reactions.strip_prefix(&high) {
                Some(rest) => match rest.trim_start_matches(';').trim_start() {
                    "" => Cell::named(high, ""),
                    shown => Cell::named(format!("{high}:"), shown),
                },
                None => Cell::plain(reactions),
            };
            let since = Cell::plain(told.view.since_text.clone().unwrap_or_default());
            self.row(vec![self.called(&told, usize::MAX), reactions, since], &told.view.sources)
        });
        let ruled_out: Vec<String> =
            of(Standing::RuledOut).iter().map(|told| self.with_marks(told)).collect();
        let mut lines: Vec<String> = self.reactions_beside_none().collect();
        lines.extend(self.apart("paper-ruled-out", &ruled_out));
        self.part(
            "allergies",
            &[("column-allergy", 5), ("column-reaction", 5), ("column-since", 3)],
            rows.collect(),
            lines,
            Kind::Allergy,
        )
    }

    /// Who says that no allergy is known, and notes a reaction beside it: one of the two is a slip, and nobody here knows which.
    fn reactions_beside_none(&self) -> impl Iterator<Item = String> {
        let denied = self.stands(Kind::Allergy, Standing::NoneKnown);
        let mut said: BTreeSet<String> = BTreeSet::new();
        for one in denied.iter().flat_map(|told| &told.lead) {
            let reaction = self.around.voice().details(&one.row.said, &[Element::REACTION]);
            if reaction.is_empty() {
                continue;
            }
            let who = self.around.voice().who(&one.row.sources);
            let key =
                if who.is_some() { "paper-none-known-beside" } else { "paper-none-known-beside-unsaid" };
            let who = who.unwrap_or_default();
            let args = [("what", reaction.as_str().into()), ("who", who.as_str().into())];
            said.insert(self.around.speech.words.with(key, &args));
        }
        said.into_iter()
    }

    pub(crate) fn medicines(&self) -> Part {
        let rows = self.stands(Kind::Medicine, Standing::Current);
        let rows = rows.iter().map(|told| self.row(self.medicine(told), &told.listing()));
        self.part(
            "medicines",
            &[("column-medicine", 5), ("column-how-taken", 6), ("column-for-by", 4), ("column-since", 4)],
            rows.collect(),
            self.perhaps_over().into_iter().collect(),
            Kind::Medicine,
        )
    }

    /// A medicine's cells: what it is, how it is taken, what for and who prescribed it, since when.
    pub(super) fn medicine(&self, told: &Told<'_>) -> Vec<Cell> {
        let mut how = self.dosings(&told.lead);
        let before = earlier(told);
        if !before.is_empty() {
            let before = self.around.speech.words.with("paper-before", &[("what", before.as_str().into())]);
            how = if how.is_empty() { before } else { format!("{how}\n{before}") };
        }
        let reasons = each_once(told.lead.iter().map(|one| self.around.voice().reasons(&one.row.said)));
        let said: Vec<_> = told.lead.iter().flat_map(|one| one.more.said.clone()).collect();
        let mut since: Vec<String> = told.view.since_text.iter().cloned().collect();
        if let Some(last) = last_confirmed(&said, self.around.today) {
            // Where nobody is named, the day is.
            let by = if self.marks.is_empty() {
                self.around.speech.day(last.day)
            } else {
                self.around.reviewed(&said)
            };
            let years = whole_years(last.day, self.around.today);
            let words = self.around.speech.words;
            let own = self.around.providers.is_own(&last.by);
            since.push(
                match usize::try_from(years).ok().filter(|_| years >= LONG_AGO && last.day.month.is_some()) {
                    // Who takes it of their own, ordered nothing.
                    _ if own => words
                        .with("paper-added", &[("day", self.around.speech.day(last.day).as_str().into())]),
                    // Who lists it today was not asked whether it is taken.
                    Some(years) => words.with(
                        "paper-ordered-long-ago",
                        &[("by", by.as_str().into()), ("count", years.into())],
                    ),
                    None => words.with("paper-ordered", &[("by", by.as_str().into())]),
                },
            );
        }
        let reasons: Vec<String> = std::iter::once(reasons).chain(told.view.prescriber.clone()).collect();
        let reasons: Vec<String> = reasons.into_iter().filter(|text| !text.is_empty()).collect();
        vec![
            self.called(told, usize::MAX),
            Cell::plain(how),
            Cell::plain(reasons.join("\n")),
            Cell::plain(since.join("\n")),
        ]
    }

    /// What was taken lately, and is perhaps no longer taken, in one line.
    pub(super) fn perhaps_over(&self) -> Option<String> {
        let doubtful = self.stands(Kind::Medicine, Standing::PerhapsOver);
        let lately = doubtful.iter().filter(|told| is_of_a_year(self.around, &told.lead));
        self.apart("paper-perhaps-over", &lately.map(|told| self.in_doubt(told)).collect::<Vec<_>>())
    }

    pub(crate) fn problems(&self) -> Part {
        let rows = self.stands(Kind::Problem, Standing::Current).into_iter().map(|told| {
            let own = [Element::SEVERITY, Element::BODY_SITE, Element::STAGE];
            let details =
                each_once(told.lead.iter().map(|one| self.around.voice().details(&one.row.said, &own)));
            let since = told.view.since_text.clone().unwrap_or_default();
            let cells = vec![self.called(&told, usize::MAX), Cell::plain(details), Cell::plain(since)];
            self.row(cells, &told.view.sources)
        });
        let seen: Vec<String> = self
            .stands(Kind::Problem, Standing::AlsoSeen)
            .iter()
            .filter_map(|told| Some((told, self.lately_seen(told)?)))
            .map(|(told, day)| format!("{} ({})", told.view.name, self.around.speech.day(day)))
            .collect();
        let family: Vec<String> =
            self.stands(Kind::Problem, Standing::Family).iter().map(|told| told.view.name.clone()).collect();
        let lines = [self.apart("paper-also-seen", &seen), self.apart("paper-family", &family)];
        self.part(
            "problems",
            &[("column-problem", 7), ("column-more", 3), ("column-since", 3)],
            rows.collect(),
            lines.into_iter().flatten().collect(),
            Kind::Problem,
        )
    }

    pub(crate) fn vaccines(&self) -> Part {
        let part = self.happened(Kind::Vaccine, "vaccines", &[("column-vaccine", 5), ("column-given", 7)]);
        giving(part, 5, 8, "vaccines")
    }

    pub(crate) fn procedures(&self) -> Part {
        let columns = &[("column-procedure", 5), ("column-date", 7)];
        giving(self.happened(Kind::Procedure, "procedures", columns), 2, 8, "procedures")
    }

    /// What was given or done, each with its days.
    fn happened(&self, kind: Kind, name: &str, columns: &[(&str, u32)]) -> Part {
        let mut done = self.stands(kind, Standing::Done);
        // What is done again and again is told by its last time; what was done once or twice stays longest.
        if kind == Kind::Procedure {
            done.sort_by_key(|told| told.view.times > OFTEN);
        }
        let rows = done.into_iter().map(|told| {
            // By the side it was done on, where it was done on two.
            let mut places: Vec<(String, Vec<&ListRow>)> = Vec::new();
            for one in &told.lead {
                let place = if kind == Kind::Procedure {
                    self.around.voice().place(&one.row.said)
                } else {
                    String::new()
                };
                match places.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(&place)) {
                    Some((_, facts)) => facts.push(one),
                    None => places.push((place, vec![*one])),
                }
            }
            let several = places.len() > 1;
            let mut dates: Vec<String> = Vec::new();
            for (place, facts) in &places {
                let days = self.days(facts, several);
                dates.push(match (place.is_empty(), days.is_empty()) {
                    (true, _) => days,
                    (false, true) => place.clone(),
                    (false, false) => self.around.speech.words.with(
                        "paper-dates-of",
                        &[("what", place.as_str().into()), ("dates", days.as_str().into())],
                    ),
                });
            }
            dates.retain(|text| !text.is_empty());
            let cells = vec![self.called(&told, WORDINGS), Cell::plain(dates.join("; "))];
            self.row(cells, &told.view.sources)
        });
        self.part(name, columns, rows.collect(), Vec::new(), kind)
    }

    /// The days on which something was given or done: each, or the newest and how many there are besides.
    pub(super) fn days(&self, facts: &[&ListRow], briefly: bool) -> String {
        let plausible = facts.iter().filter(|one| !is_implausible(one));
        let days = occasions(&plausible.map(|one| one.row.day).collect::<Vec<_>>());
        let few = if briefly { NEWEST } else { DATES };
        let most = if days.len() > few { NEWEST } else { few };
        let shown: Vec<String> =
            days.iter().take(most).map(|day| self.around.speech.short_day(*day)).collect();
        match days.last() {
            Some(first) if days.len() > most => self.around.speech.words.with(
                "paper-dates-more",
                &[
                    ("dates", shown.join("; ").as_str().into()),
                    ("count", (days.len() - most).into()),
                    ("first", self.around.speech.short_day(*first).as_str().into()),
                ],
            ),
            _ => shown.join("; "),
        }
    }

    /// What a topic is called, then how its tellers word it where that says more, and what must stand beside it.
    pub(super) fn called(&self, told: &Told<'_>, most: usize) -> Cell {
        let remarks: Vec<(String, Vec<String>)> = told
            .lead
            .iter()
            .map(|one| (self.around.speech.title(one.row.kind, &one.row.title), self.remarks(one)))
            .collect();
        // What is said of each is said of all of them.
        let of_all: Vec<String> = remarks.first().map_or_else(Vec::new, |(_, first)| {
            let by_all = |text: &&String| remarks.iter().all(|(_, said)| said.contains(text));
            first.iter().filter(by_all).cloned().collect()
        });
        let mut wordings: Vec<String> = Vec::new();
        let name = &told.view.name;
        // A code is no name: it stands alone where there is no other one.
        let named = remarks.iter().filter(|(title, _)| title == name || !is_bare_code(title));
        for (title, said) in named {
            let own: Vec<&str> =
                said.iter().filter(|text| !of_all.contains(text)).map(String::as_str).collect();
            let text = if own.is_empty() { title.clone() } else { format!("{title}: {}", own.join(", ")) };
            if !wordings.contains(&text) {
                wordings.push(text);
            }
        }
        let mut more: Vec<&String> = Vec::new();
        for (at, text) in wordings.iter().enumerate() {
            let said = letters(text);
            let in_another = wordings.iter().enumerate().any(|(other, longer)| {
                let longer = letters(longer);
                // Of an allergy the wider word is no part of the narrower one.
                let within = told.view.kind != Kind::Allergy && said.is_subset(&longer);
                at != other && (within || said == longer) && (said != longer || other < at)
            });
            if !said.is_subset(&letters(name)) && !in_another {
                more.push(text);
            }
        }
        if more.len() > most {
            // The short ones are those that people use.
            more.sort_by_key(|text| text.chars().count());
            more.truncate(most);
        }
        if told.view.kind == Kind::Vaccine && more.len() > 1 {
            more.sort_by_key(|text| text.chars().count());
            let short = more.iter().filter(|text| text.chars().count() <= SHORT).count();
            more.truncate(short.max(1));
        }
        // Strengths stand behind one name; of anything else two wordings are two names.
        let joined = more.len() == 1 || told.view.kind == Kind::Medicine;
        let rests: Option<Vec<&str>> =
            more.iter().map(|text| goes_on(name, text).filter(|_| joined)).collect();
        let mut text = match rests {
            _ if more.is_empty() => String::new(),
            Some(rests) => rests.join("; "),
            None => format!("({})", more.iter().map(|one| one.as_str()).collect::<Vec<_>>().join("; ")),
        };
        let thinner = told.view.kind == Kind::Medicine && told.view.thins_blood;
        let thinner = thinner.then(|| self.around.speech.get("paper-blood-thinner"));
        let nameless = is_bare_code(name).then(|| self.around.speech.get("paper-nameless"));
        let beside: Vec<String> =
            nameless.into_iter().chain(thinner).chain(of_all).chain(told.view.disagreement.clone()).collect();
        if !beside.is_empty() {
            let gap = if text.is_empty() { "" } else { " " };
            text = format!("{text}{gap}({})", beside.join(", "));
        }
        let mut notes: Vec<String> = Vec::new();
        for note in told.lead.iter().flat_map(|one| self.around.voice().notes(&one.row.said)) {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        for note in notes {
            text.push('\n');
            text.push_str(&note);
        }
        Cell::named(name, text)
    }

    /// How one fact stands, and what keeps it from being taken for more than it is.
    fn remarks(&self, one: &ListRow) -> Vec<String> {
        let (row, voice) = (&one.row, self.around.voice());
        let mut remarks = voice.remarks(row.kind, row.status_group, &row.said, row.date.as_ref());
        // What was given was given: that is what its list is.
        remarks.extend(voice.gone(&row.gone, &row.sources));
        let before_birth = row.day.zip(self.born).is_some_and(|(day, born)| last(day) < first(born));
        remarks.extend(before_birth.then(|| self.around.speech.get("date-before-birth")));
        remarks
    }

    /// Every way in which it is taken; of two that say the same, the one that says more.
    fn dosings(&self, lead: &[&ListRow]) -> String {
        let told: Vec<ListRow> = lead
            .iter()
            .map(|one| {
                let mut one = (*one).clone();
                one.row.said.dosage =
                    each_that_says_more(&self.around.speech, &one.row.title.text, &one.row.said.dosage);
                one
            })
            .collect();
        let given = |one: &ListRow| one.row.said.marks.iter().any(|mark| matches!(mark, Mark::Given(_)));
        let one_title = told.iter().all(|one| one.row.title.text == told[0].row.title.text);
        // Its strength stands in its name.
        if one_title && !told.iter().any(given) {
            return each_once(told.iter().map(|one| self.around.voice().dosings(&one.row.said)));
        }
        dosings(self.around, &told.iter().collect::<Vec<_>>())
    }

    /// A medicine that is perhaps no longer taken: how it was to be, and why it may be over.
    fn in_doubt(&self, told: &Told<'_>) -> String {
        let mut said = vec![self.dosings(&told.lead)];
        said.extend(told.lead.first().map(|one| self.remarks(one)).unwrap_or_default());
        said.extend(told.view.doubt.clone());
        said.extend(self.around.voice().who(&told.view.sources));
        said.retain(|text| !text.is_empty());
        format!("{} ({})", told.view.name, said.join("; "))
    }

    /// When a visit's diagnosis was last made, within the years that a sheet looks back.
    fn lately_seen(&self, told: &Told<'_>) -> Option<Day> {
        let today = self.around.today;
        let newest =
            told.lead.iter().filter(|one| !is_implausible(one)).filter_map(|one| one.row.day).max()?;
        (last(newest) >= first(Day { year: today.year - SUMMARY_YEARS, ..today })).then_some(newest)
    }

    fn with_marks(&self, told: &Told<'_>) -> String {
        match self.around.voice().who(&told.view.sources) {
            Some(who) => format!("{} ({who})", told.view.name),
            None => told.view.name.clone(),
        }
    }

    /// "Ruled out: Peanut (L); Latex (S)"
    pub(super) fn apart(&self, key: &str, what: &[String]) -> Option<String> {
        let what = what.join("; ");
        (!what.is_empty()).then(|| self.around.speech.words.with(key, &[("what", what.as_str().into())]))
    }

    pub(super) fn part(
        &self,
        name: &str,
        columns: &[(&str, u32)],
        rows: Vec<Row>,
        lines: Vec<String>,
        kind: Kind,
    ) -> Part {
        // Who says that there is none says it once, above whatever others list.
        let denied = self.stands(kind, Standing::NoneKnown);
        let who = self.around.voice().who(denied.iter().flat_map(|told| &told.view.sources));
        let key = format!("summary-{name}-none-known");
        let words = self.around.speech.words;
        let note = match who {
            Some(who) => Some(words.with(&key, &[("who", who.as_str().into())])),
            None => (!denied.is_empty()).then(|| words.get(&format!("{key}-unsaid"))),
        };
        let title = self.around.speech.get(&format!("summary-{name}"));
        let columns = headed(self.around.speech.words, columns);
        Part {
            section: filled(Section { title, note, columns, rows, lines, ..Section::default() }),
            gives: None,
        }
    }

    pub(super) fn row(&self, cells: Vec<Cell>, by: &[ConnectionId]) -> Row {
        Row { cells, sources: marks(self.marks, by) }
    }

    /// What is in the record and not on the sheet, whatever room there is.
    pub(crate) fn counted(&self) -> Vec<(&'static str, usize)> {
        let doubtful = self.stands(Kind::Medicine, Standing::PerhapsOver);
        let seen = self.stands(Kind::Problem, Standing::AlsoSeen);
        let in_words = self.stands(Kind::Allergy, Standing::RuledOut);
        let errands = TOPICAL.iter().map(|kind| self.count(*kind, &[Standing::Errand])).sum();
        vec![
            (
                "medicines-perhaps-over",
                doubtful.iter().filter(|told| !is_of_a_year(self.around, &told.lead)).count(),
            ),
            ("medicines-past", self.count(Kind::Medicine, &[Standing::Past])),
            ("problems-perhaps-over", self.count(Kind::Problem, &[Standing::PerhapsOver])),
            ("problems-past", self.count(Kind::Problem, &[Standing::Past])),
            ("problems-seen", seen.iter().filter(|told| self.lately_seen(told).is_none()).count()),
            ("circumstances", self.count(Kind::Problem, &[Standing::Circumstance])),
            ("errands", errands),
            ("allergies-past", self.count(Kind::Allergy, &[Standing::Past])),
            ("allergies-ruled-out", in_words.iter().filter(|told| !is_ruled_out_by_status(told)).count()),
        ]
    }

    /// Whether anybody said anything of a kind: what was taken back, and that nothing is known, is nothing.
    pub(crate) fn is_shared(&self, kind: Kind) -> bool {
        let is = |view: &TopicView| !matches!(view.standing, Standing::NotSo | Standing::NotKnown);
        self.all.iter().any(|(view, _)| view.kind == kind && is(view))
    }

    /// What providers disagree about, a sentence each: of what stands on the sheet first.
    pub(crate) fn disputed(&self) -> Vec<String> {
        self.disputed_among(TOPICAL)
    }

    /// What providers disagree about among topics of these kinds, as a section.
    pub(super) fn disputed_section(&self, kinds: &[Kind]) -> Section {
        let title = self.around.speech.get("summary-disputed");
        Section { title, lines: self.disputed_among(kinds), ..Section::default() }
    }

    fn disputed_among(&self, kinds: &[Kind]) -> Vec<String> {
        let among = self.all.iter().filter(|(view, _)| kinds.contains(&view.kind));
        let mut once: HashSet<&str> = HashSet::new();
        among.flat_map(|(view, _)| &view.told).filter(|sentence| once.insert(sentence)).cloned().collect()
    }
}

/// Those of a topic's facts that are as it is, in the order of its page.
pub(crate) fn lead<'f>(around: &Around<'_>, view: &TopicView, of: &'f TopicRow) -> Vec<&'f ListRow> {
    let by_id: BTreeMap<&FactId, &ListRow> = of.facts.iter().map(|one| (&one.row.id, &**one)).collect();
    let facts: Vec<&ListRow> = view.facts.iter().filter_map(|fact| by_id.get(&fact.id).copied()).collect();
    let Some(now) = facts.first().map(|one| standing_of(around, of, one)) else { return facts };
    let mut lead: Vec<&ListRow> =
        facts.into_iter().filter(|one| standing_of(around, of, one) == now).collect();
    // What cannot have been then tells nothing where something else does.
    if matches!(now, Standing::Done) && lead.iter().any(|one| !is_implausible(one)) {
        lead.retain(|one| !is_implausible(one));
    }
    lead
}

/// Whether one of these was spoken of within a year, or was to end within it: what is older is in no doubt worth a line.
pub(crate) fn is_of_a_year(around: &Around<'_>, lead: &[&ListRow]) -> bool {
    let today = around.today;
    let since = first(Day { year: today.year - 1, ..today });
    lead.iter().any(|one| {
        let row = &one.row;
        let spoken = last_confirmed(&one.more.said, today).map(|said| said.day);
        let end = was_to_end(row.kind, row.status_group, row.date.as_ref(), around.speech.home, today);
        let handed = row.said.marks.iter().filter_map(|mark: &Mark| mark.day());
        [spoken, end, one.more.supply].into_iter().flatten().chain(handed).any(|day| last(day) >= since)
    })
}

/// Doses that were taken before, where the dose is another one now.
fn earlier(told: &Told<'_>) -> String {
    let now: Vec<String> = told
        .lead
        .iter()
        .flat_map(|one| {
            let title = &one.row.title.text;
            strength(title).into_iter().chain([title.clone()])
        })
        .collect();
    let other = |text: &&String| {
        let what = text.split(" (").next().unwrap_or_default();
        !is_bare_code(what) && !now.iter().any(|now| text.starts_with(now.as_str()))
    };
    told.view.earlier.iter().filter(other).take(EARLIER).cloned().collect::<Vec<_>>().join("; ")
}

/// Ruled out by its status: what the words of its name rule out is no name of what was.
fn is_ruled_out_by_status(told: &Told<'_>) -> bool {
    let status = |one: &&ListRow| one.row.said.status.as_deref().unwrap_or_default().to_lowercase();
    told.lead.iter().any(|one| matches!(status(one).as_str(), "refuted" | "ruled-out" | "ruled out"))
}

pub(super) fn is_implausible(one: &ListRow) -> bool {
    one.row.date.as_ref().is_some_and(|date| date.implausible)
}

/// A section that gives way.
pub(crate) fn giving(part: Part, turn: u8, least: usize, counted: &'static str) -> Part {
    let holds = vec![1; part.section.rows.len()];
    Part { gives: Some(Gives { turn, least, holds, counted }), ..part }
}

/// Without columns that nobody says anything in.
pub(crate) fn filled(mut section: Section) -> Section {
    for at in (1..section.columns.len()).rev() {
        let says =
            |row: &Row| row.cells.get(at).is_some_and(|cell| !cell.lead.is_empty() || !cell.text.is_empty());
        if !section.rows.iter().any(says) {
            section.columns.remove(at);
            section.rows.iter_mut().for_each(|row| drop(row.cells.remove(at)));
        }
    }
    section
}

/// Columns by the keys of their headings and their shares of the width.
pub(crate) fn headed(words: &Words, of: &[(&str, u32)]) -> Vec<Column> {
    of.iter().map(|(key, weight)| Column { title: words.get(key), weight: *weight, numeric: false }).collect()
}

/// By their marks, each once: ids are random.
pub(crate) fn marks(known: &Names, by: &[ConnectionId]) -> Vec<String> {
    let marks: BTreeSet<&String> = by.iter().filter_map(|id| known.get(id)).collect();
    marks.into_iter().cloned().collect()
}

/// Each text once, joined.
pub(crate) fn each_once(texts: impl Iterator<Item = String>) -> String {
    let mut once: Vec<String> = Vec::new();
    for text in texts.filter(|text| !text.trim().is_empty()) {
        if !once.iter().any(|known| known.eq_ignore_ascii_case(&text)) {
            once.push(text);
        }
    }
    once.join("; ")
}

/// The words of a name, without case, marks and ways of spelling.
fn letters(text: &str) -> BTreeSet<String> {
    let text = text.to_lowercase().replace("ae", "e").replace("oe", "e");
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

/// What a wording says behind the name that it begins with, where that goes on as one name.
fn goes_on<'w>(name: &str, wording: &'w str) -> Option<&'w str> {
    let (start, rest) = wording.split_at_checked(name.len())?;
    let rest = rest.strip_prefix(' ')?.trim_start();
    let is_word = rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '(');
    (start.eq_ignore_ascii_case(name) && is_word).then_some(rest)
}

/// How many years lie between the end of a day, month or year and today.
fn whole_years(since: Day, today: Day) -> i32 {
    let ((year, month, day), (this_year, this_month, this_day)) = (last(since), first(today));
    this_year - year - i32::from((this_month, this_day) < (month, day))
}

/// The first and last day that a day, month or year may be.
fn first(day: Day) -> (i32, u32, u32) {
    (day.year, day.month.unwrap_or(1), day.day.unwrap_or(1))
}

fn last(day: Day) -> (i32, u32, u32) {
    (day.year, day.month.unwrap_or(12), day.day.unwrap_or(31))
}
