//! Lists: each kind with the columns that mean something for it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use wholechart_fhir::{DateRole, Day, Detail, DetailValue, Element, EntryDate, Kind, StatusGroup};
use wholechart_record::{
    Confirmed, SaidBy, is_current, is_doubtful, last_confirmed, taken_since, was_to_end,
};
use wholechart_store::{ListPage as Found, ListRow as FoundRow};

use super::wire::{ListName, ListPage, ListRow};
use crate::{
    providers,
    said::{Tellers, Voice},
    timeline::{
        view::{narrow, row},
        wire::TimelineRow,
    },
    words::{Speech, dates},
};

/// What stands in a column.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Column {
    /// The date as it was stated, with both ends of a period.
    When,
    /// Since when it is so, by day; with both ends where it has ended.
    Since,
    /// Doses and instructions.
    Dosage,
    /// Who did, ordered or wrote it.
    Who,
    /// What kind of thing it is, where a list has several.
    Kind,
    /// The same, and what sort of it: details of these elements and their parts.
    Sort(&'static [Element]),
    /// When it was last ordered, reviewed or otherwise spoken of, and by whom.
    Reviewed,
    /// Who lists it as current today, and when they last did.
    Listed,
    /// The day on which something was given, or on which it was not.
    Given,
    /// Details of these elements and their parts.
    Details(&'static [Element]),
    /// The same of one occasion: what has several says them beside the day of each.
    OfOne(&'static [Element]),
    /// The same, and until when it is to be reached.
    Due(&'static [Element]),
}

/// What is in a list, and its columns after the first.
pub(crate) struct List {
    name: ListName,
    pub(crate) kinds: &'static [Kind],
    /// Headings' keys in the word catalogue; the first is that of the thing itself.
    pub(super) columns: &'static [(&'static str, Option<Column>)],
}

/// Every list, in the order of [`ListName`].
const LISTS: &[List] = &[
    List {
        name: ListName::Medicines,
        kinds: &[Kind::Medicine],
        columns: &[
            ("column-medicine", None),
            ("column-how-taken", Some(Column::Dosage)),
            ("column-since", Some(Column::Since)),
            ("column-ordered", Some(Column::Reviewed)),
            ("column-listed", Some(Column::Listed)),
        ],
    },
    List {
        name: ListName::Problems,
        kinds: &[Kind::Problem],
        columns: &[
            ("column-problem", None),
            ("column-since", Some(Column::Since)),
            ("column-more", Some(Column::Details(&[Element::SEVERITY, Element::BODY_SITE, Element::STAGE]))),
            ("column-noted", Some(Column::Reviewed)),
        ],
    },
    List {
        name: ListName::Allergies,
        kinds: &[Kind::Allergy],
        columns: &[
            ("column-allergy", None),
            ("column-reaction", Some(Column::Details(&[Element::REACTION]))),
            ("column-serious", Some(Column::Details(&[Element::CRITICALITY]))),
            ("column-since", Some(Column::Since)),
        ],
    },
    List {
        name: ListName::Vaccines,
        kinds: &[Kind::Vaccine],
        columns: &[
            ("column-vaccine", None),
            ("column-given", Some(Column::Given)),
            (
                "column-dose",
                Some(Column::OfOne(&[
                    Element::DOSE_NUMBER,
                    Element::DOSE_QUANTITY,
                    Element::DOSE_SEQUENCE,
                    Element::PROTOCOL_APPLIED,
                ])),
            ),
            ("column-lot", Some(Column::OfOne(&[Element::LOT_NUMBER]))),
            ("column-who", Some(Column::Who)),
        ],
    },
    List {
        name: ListName::Visits,
        kinds: &[Kind::Visit, Kind::Appointment],
        columns: &[
            ("column-visit", None),
            ("column-date", Some(Column::When)),
            ("column-with", Some(Column::Who)),
            ("column-why", Some(Column::Details(&[Element::REASON, Element::DIAGNOSIS]))),
            ("column-where", Some(Column::Details(&[Element::LOCATION, Element::SERVICE_PROVIDER]))),
        ],
    },
    List {
        name: ListName::Procedures,
        kinds: &[Kind::Procedure],
        columns: &[
            ("column-procedure", None),
            ("column-date", Some(Column::When)),
            ("column-who", Some(Column::Who)),
            ("column-why", Some(Column::Details(&[Element::REASON]))),
            ("column-where", Some(Column::Details(&[Element::LOCATION, Element::BODY_SITE]))),
        ],
    },
    List {
        name: ListName::Plans,
        kinds: &[Kind::CarePlan, Kind::Goal],
        columns: &[
            ("column-plan", None),
            ("column-kind", Some(Column::Kind)),
            ("column-date", Some(Column::When)),
            (
                "column-holds",
                Some(Column::Due(&[Element::TARGET, Element::DESCRIPTION, Element::ACTIVITY, Element::GOAL])),
            ),
        ],
    },
    List {
        name: ListName::Team,
        kinds: &[Kind::CareTeam],
        columns: &[
            ("column-team", None),
            ("column-people", Some(Column::Details(&[Element::PARTICIPANT]))),
            ("column-date", Some(Column::When)),
        ],
    },
    List {
        name: ListName::Family,
        kinds: &[Kind::FamilyHistory],
        columns: &[
            ("column-relative", None),
            ("column-conditions", Some(Column::Details(&[Element::CONDITION]))),
            ("column-more", Some(Column::Details(&[Element::DECEASED, Element::AGE, Element::BORN]))),
            ("column-date", Some(Column::When)),
        ],
    },
    List {
        name: ListName::Documents,
        kinds: &[Kind::Document, Kind::Report, Kind::Imaging],
        columns: &[
            ("column-document", None),
            ("column-date", Some(Column::When)),
            ("column-who", Some(Column::Who)),
            (
                "column-kind",
                Some(Column::Sort(&[Element::TYPE, Element::CATEGORY, Element::CLASS, Element::MODALITY])),
            ),
        ],
    },
    List {
        name: ListName::Insurance,
        kinds: &[Kind::Coverage, Kind::Claim],
        columns: &[
            ("column-insurance", None),
            ("column-kind", Some(Column::Kind)),
            ("column-date", Some(Column::When)),
            ("column-insurer", Some(Column::Details(&[Element::PAYOR, Element::INSURER]))),
            (
                "column-more",
                Some(Column::Details(&[
                    Element::SUBSCRIBER,
                    Element::CLASS,
                    Element::GROUP,
                    Element::TOTAL,
                    Element::PAYMENT,
                ])),
            ),
        ],
    },
];

const _: () = {
    assert!(LISTS.len() == ListName::Insurance as usize + 1, "each name has a list");
    let mut at = 0;
    while at < LISTS.len() {
        assert!(LISTS[at].name as usize == at, "in the order of the names");
        at += 1;
    }
};

/// The list of this name.
pub(crate) fn list(name: ListName) -> &'static List {
    &LISTS[name as usize]
}

/// What a page needs besides its rows.
pub(crate) struct Around<'a> {
    pub(crate) speech: Speech<'a>,
    pub(crate) today: Day,
    pub(crate) providers: &'a providers::Names,
}

/// "was to end June 12, 2024"
pub(crate) fn was_to(speech: &Speech<'_>, end: Day) -> String {
    speech.words.with("was-to-end", &[("date", (&speech.day(end)).into())])
}

/// A page in words.
pub(crate) fn page(around: &Around<'_>, list: &List, found: &Found) -> ListPage {
    ListPage {
        columns: list.columns.iter().map(|(key, _)| around.speech.get(key)).collect(),
        rows: found.rows.iter().map(|one| around.row(list, one)).collect(),
        next: found.next.clone(),
        total: narrow(found.total),
    }
}

impl Around<'_> {
    pub(super) fn row(&self, list: &List, one: &FoundRow) -> ListRow {
        let kind = one.row.kind;
        let current = is_current(kind, one.row.status_group);
        let parts = match list.name {
            ListName::Medicines => Some("group-medicines"),
            ListName::Problems => Some("group-problems"),
            ListName::Allergies => Some("group-allergies"),
            _ => None,
        };
        let doubt = self.doubt(kind, one.row.status_group, one.row.date.as_ref(), &one.more.said);
        ListRow {
            row: TimelineRow {
                status_text: self.voice().status_line(&one.row),
                ..row(&self.speech, &one.row)
            },
            cells: list
                .columns
                .iter()
                .filter_map(|(_, column)| *column)
                .map(|column| self.cell(column, one))
                .collect(),
            group: parts.map(|parts| {
                let which = if current { "current" } else { "past" };
                self.speech.get(&format!("{parts}-{which}"))
            }),
            doubt,
            topic: None,
            standing: None,
        }
    }

    /// Why a medicine that is listed as current may not be taken any more.
    pub(crate) fn doubt(
        &self,
        kind: Kind,
        status: StatusGroup,
        date: Option<&EntryDate>,
        said: &[Confirmed],
    ) -> Option<String> {
        if kind != Kind::Medicine || !is_current(kind, status) {
            return None;
        }
        let confirmed = last_confirmed(said, self.today);
        // The date is that of the newest statement: whoever speaks of it later says no end, or says it again.
        match was_to_end(kind, status, date, self.speech.home, self.today) {
            Some(end) => Some(was_to(&self.speech, end)),
            None => is_doubtful(confirmed, self.today).then(|| self.speech.get("doubtful")),
        }
    }

    pub(super) fn cell(&self, column: Column, one: &FoundRow) -> String {
        match column {
            Column::Given if one.row.status_group == StatusGroup::NotDone => self.not_given(&self.when(one)),
            Column::When | Column::Given => self.when(one),
            Column::Since => self.since(one),
            Column::Dosage => self.voice().dosings(&one.row.said),
            Column::Who => {
                let who = one.row.said.performers.iter().map(|who| self.speech.sent(who));
                who.collect::<Vec<_>>().join(", ")
            }
            Column::Kind => self.speech.kind(one.row.kind),
            Column::Sort(elements) => {
                let kind = self.speech.kind(one.row.kind);
                let sort = self.voice().details(&one.row.said, elements);
                let title = self.speech.title(one.row.kind, &one.row.title);
                let known =
                    sort.is_empty() || [&kind, &title].iter().any(|said| said.eq_ignore_ascii_case(&sort));
                if known { kind } else { format!("{kind}; {sort}") }
            }
            Column::Reviewed => self.reviewed(&one.more.said),
            Column::Listed => self.listed(&[one]).unwrap_or_default(),
            Column::Details(elements) | Column::OfOne(elements) => {
                self.voice().details(&one.row.said, elements)
            }
            Column::Due(elements) => {
                let is_day = |one: &SaidBy<Detail>| matches!(one.what.value, DetailValue::Date(_));
                let voice = self.voice();
                let of = |elements: &[Element], days: bool| {
                    let all = elements.iter().flat_map(|element| one.row.said.about(*element));
                    voice.said(all.filter(|said| is_day(said) == days))
                };
                let (holds, due) = (of(elements, false), of(&[Element::DUE, Element::TARGET], true));
                let due =
                    (!due.is_empty()).then(|| self.speech.words.with("goal-due", &[("date", (&due).into())]));
                let said = Some(holds).filter(|holds| !holds.is_empty()).into_iter().chain(due);
                said.collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// Says what facts say, with who says so where tellers differ.
    pub(crate) fn voice(&self) -> Voice<'_> {
        Voice { speech: self.speech, tellers: Tellers::Names(self.providers) }
    }

    /// A medicine's own date is that of its newest order; it is taken since the first day that any statement about it has.
    fn since(&self, one: &FoundRow) -> String {
        let row = &one.row;
        // When somebody's system kept it says nothing about since when it is so.
        if row.kind != Kind::Medicine && row.date.as_ref().is_some_and(|date| date.role == DateRole::System) {
            return String::new();
        }
        let own = || row.day.filter(|_| row.date.as_ref().is_none_or(|date| date.end.is_none()));
        let since = taken_since(row.kind, row.date.as_ref(), row.day, &one.more.said).or_else(own);
        since.map_or_else(|| self.when(one), |day| self.begun(one, day))
    }

    /// A day since which something is so; that it was only written down then, where nobody says more.
    pub(crate) fn begun(&self, one: &FoundRow, day: Day) -> String {
        let role = one.row.date.as_ref().map(|date| date.role);
        let day = self.speech.day(day);
        match role {
            Some(DateRole::Recorded) if one.row.kind != Kind::Medicine => {
                self.speech.words.with("date-recorded", &[("date", (&day).into())])
            }
            _ => day,
        }
    }

    /// What happened, happened on its day, with the time it began; what goes on does so since then.
    fn when(&self, one: &FoundRow) -> String {
        let Some(date) = &one.row.date else { return String::new() };
        let happens = matches!(
            one.row.kind,
            Kind::Visit | Kind::Appointment | Kind::Procedure | Kind::Vaccine | Kind::Claim
        );
        let day = |date: &wholechart_fhir::FhirDate| date.day_in(self.speech.home);
        match (&date.start, &date.end) {
            (Some(start), end) if happens && end.as_ref().is_none_or(|end| day(end) == day(start)) => {
                self.speech.moment(start, date.day_only)
            }
            _ => self.speech.entry_date(date),
        }
    }

    /// "Not given (October 3, 2020)": a day on which something was refused is none on which it was given.
    pub(super) fn not_given(&self, day: &str) -> String {
        match day {
            "" => self.speech.get("cell-not-given"),
            day => self.speech.words.with("cell-not-given-on", &[("date", day.into())]),
        }
    }

    /// "March 3, 2026, Lakeside Family Medicine", or that nobody said. Of several on one day, the first by name.
    pub(crate) fn reviewed(&self, said: &[Confirmed]) -> String {
        let Some(last) = last_confirmed(said, self.today) else { return self.speech.get("reviewed-never") };
        let that_day = said.iter().filter(|one| one.day == last.day);
        let who = that_day.map(|one| self.speech.sent(providers::name(self.providers, &one.by))).min();
        self.speech.words.with(
            "reviewed-by",
            &[("date", (&self.speech.day(last.day)).into()), ("provider", (&who.unwrap_or_default()).into())],
        )
    }

    /// The same as a sentence about something of this kind.
    pub(crate) fn last_reviewed(&self, kind: Kind, said: &[Confirmed]) -> String {
        let key = if kind == Kind::Medicine { "reviewed-last-medicine" } else { "reviewed-last" };
        match last_confirmed(said, self.today) {
            Some(_) => self.speech.words.with(key, &[("by", (&self.reviewed(said)).into())]),
            None => self.speech.get("reviewed-none"),
        }
    }

    /// Who lists these as current, with the day on which each last did: "Harbor Heart Clinic, Lakeside Family Medicine (November 28,
    /// 2026)". None where nobody does.
    pub(crate) fn listed(&self, facts: &[&FoundRow]) -> Option<String> {
        let mut newest: BTreeMap<String, (Day, bool)> = BTreeMap::new();
        for one in facts.iter().flat_map(|one| &one.listed) {
            let who = self.speech.sent(providers::name(self.providers, &one.by));
            let day = dates::of(one.at.with_timezone(&self.speech.home).date_naive());
            let known = newest.entry(who).or_insert((day, one.in_file));
            *known = (day, one.in_file).max(*known);
        }
        let mut on: BTreeMap<(Reverse<Day>, bool), Vec<String>> = BTreeMap::new();
        for (who, (day, in_file)) in newest {
            on.entry((Reverse(day), in_file)).or_default().push(who);
        }
        let said: Vec<String> = on
            .into_iter()
            .map(|((Reverse(day), in_file), who)| {
                let key = if in_file { "listed-in-file" } else { "listed-by" };
                let (who, day) = (who.join(", "), self.speech.day(day));
                self.speech.words.with(key, &[("who", (&who).into()), ("date", (&day).into())])
            })
            .collect();
        (!said.is_empty()).then(|| said.join("; "))
    }
}
