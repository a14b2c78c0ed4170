//! What a fact says, in words: lists, the first page, paper, search and the terminal say it from here.

use std::collections::BTreeSet;

use wholechart_fhir::{Detail, DetailValue, Element, EntryDate, Found, Kind, StatusGroup};
use wholechart_record::{ConnectionId, Ended, Mark, Said, SaidBy, is_over};
use wholechart_store::FactRow;

use crate::{
    providers::called::Names,
    words::{Speech, dates},
};

/// What tellers are called where they differ.
#[derive(Clone, Copy)]
pub(crate) enum Tellers<'a> {
    /// Nothing: there is no place for it.
    Nothing,
    /// By their names; on paper by their marks.
    Names(&'a Names),
}

/// Says what facts say.
#[derive(Clone, Copy)]
pub(crate) struct Voice<'a> {
    pub(crate) speech: Speech<'a>,
    pub(crate) tellers: Tellers<'a>,
}

impl Voice<'_> {
    /// What these connections are called, sorted; `None` where they are called nothing.
    pub(crate) fn who<'c>(&self, connections: impl IntoIterator<Item = &'c ConnectionId>) -> Option<String> {
        let called = |id: &ConnectionId| match self.tellers {
            Tellers::Nothing => String::new(),
            Tellers::Names(names) => self.speech.sent(names.get(id).map(String::as_str).unwrap_or_default()),
        };
        let names: BTreeSet<String> =
            connections.into_iter().map(called).filter(|name| !name.is_empty()).collect();
        (!names.is_empty()).then(|| names.into_iter().collect::<Vec<_>>().join(", "))
    }

    /// "Hives (Lakeside Family Medicine)", where others say otherwise.
    pub(crate) fn by<T>(&self, one: &SaidBy<T>, text: String) -> String {
        match self.who(&one.by).filter(|_| !text.trim().is_empty()) {
            Some(who) => {
                self.speech.words.with("said-by", &[("said", (&text).into()), ("who", (&who).into())])
            }
            None => text,
        }
    }

    fn all(texts: impl Iterator<Item = String>) -> String {
        let mut once: Vec<String> = Vec::new();
        for text in texts.filter(|text| !text.trim().is_empty()) {
            if !once.contains(&text) {
                once.push(text);
            }
        }
        once.join("; ")
    }

    /// Every dosing that stands; with its day where they were said on several.
    pub(crate) fn dosings(&self, said: &Said) -> String {
        Self::all(said.dosage.iter().map(|one| {
            let text = self.speech.dosage(&one.what);
            let text = match one.day {
                Some(day) => {
                    let day = self.speech.day(day);
                    self.speech.words.with("said-on", &[("said", (&text).into()), ("date", (&day).into())])
                }
                None => text,
            };
            self.by(one, text)
        }))
    }

    /// What the details of these elements and their parts say, each text once.
    pub(crate) fn details(&self, said: &Said, elements: &[Element]) -> String {
        self.said(elements.iter().flat_map(|element| said.about(*element)))
    }

    /// What details say, each text once.
    pub(crate) fn said<'d>(&self, details: impl Iterator<Item = &'d SaidBy<Detail>>) -> String {
        Self::all(details.map(|one| self.by(one, self.speech.detail(&one.what))))
    }

    /// Why it was ordered or done, each reason once; not how it came to its end.
    pub(crate) fn reasons(&self, said: &Said) -> String {
        let of = said.about(Element::REASON).filter(|one| one.what.element == Element::REASON);
        Self::all(of.map(|one: &SaidBy<Detail>| self.by(one, self.speech.detail(&one.what))))
    }

    /// Comments, each by itself.
    pub(crate) fn notes(&self, said: &Said) -> Vec<String> {
        // What a template calls its entry (C-CDA) is no word of whoever wrote what stands in it.
        const LABELS: &[&str] = &["drug vehicle: ", "comment: ", "annotation comment: "];
        // How bad it is in words that FHIR has no code for ("Moderate to severe").
        const SEVERITY: &str = "severity observation: ";
        let after = |text: &str, label: &str| {
            let begins = text.get(..label.len()).is_some_and(|front| front.eq_ignore_ascii_case(label));
            begins.then(|| text[label.len()..].to_owned())
        };
        said.notes
            .iter()
            .map(|one| {
                let text = self.speech.note(&one.what);
                if let Some(severity) = after(&text, SEVERITY) {
                    let label = self.speech.element(Element::SEVERITY);
                    return format!("{label}: {}", self.by(one, severity));
                }
                let bare = LABELS.iter().find_map(|label| after(&text, label)).unwrap_or(text);
                let note = self.by(one, bare);
                self.speech.words.with("said-note", &[("note", (&note).into())])
            })
            .collect()
    }

    /// Usual ranges, in the units of a value of this kind.
    pub(crate) fn ranges(&self, kind: Kind, said: &Said) -> String {
        Self::all(said.ranges.iter().map(|one| self.by(one, self.speech.usual(kind, &one.what))))
    }

    /// A value with the parts that it does not hold: "93 % (oxygen flow 2 L/min)".
    pub(crate) fn value(&self, kind: Kind, found: Option<&Found>, said: &Said) -> Option<String> {
        let value = self.speech.at_a_glance(kind, found?);
        let parts = Self::all(said.parts.iter().map(|one| {
            let (title, value) = &one.what;
            self.by(one, format!("{} {}", self.speech.part(title), self.speech.found_value(value)))
        }));
        if parts.is_empty() {
            return Some(value);
        }
        Some(
            self.speech.words.with("value-beside", &[("value", (&value).into()), ("parts", (&parts).into())]),
        )
    }

    /// What a fact was found in, and on which side of the body: "serum; left arm".
    pub(crate) fn place(&self, said: &Said) -> String {
        self.details(said, &[Element::SPECIMEN, Element::BODY_SITE, Element::SITE])
    }

    /// The status, and what else has to stand beside a title so that it is not taken for more than it is.
    pub(crate) fn remarks(
        &self,
        kind: Kind,
        group: StatusGroup,
        said: &Said,
        date: Option<&EntryDate>,
    ) -> Vec<String> {
        let speech = &self.speech;
        let today = dates::of(speech.now.with_timezone(&speech.home).date_naive());
        let over = is_over(kind, group, said.status.as_deref(), date, speech.home, today);
        let mut remarks = Vec::new();
        let mut instead = None;
        for mark in &said.marks {
            // They say what the status means.
            instead = Some(self.mark(*mark));
        }
        remarks.extend(said.cautions.iter().map(|one| speech.get(&format!("caution-{}", one.as_str()))));
        let status = match (over, group, instead) {
            (true, StatusGroup::Planned, _) => Some(speech.get("status-was-planned")),
            (true, ..) if kind == Kind::Appointment => Some(speech.get("status-was-planned")),
            (true, ..) => None,
            (_, _, Some(instead)) => Some(instead),
            // "The status is not known" is a status (R4 observation-status), and no final result.
            _ if said.status.as_deref() == Some("unknown")
                && matches!(kind, Kind::Result | Kind::Vital | Kind::Report) =>
            {
                Some(speech.get("status-not-known"))
            }
            _ => speech.status(kind, group, said.status.as_deref()),
        };
        remarks.splice(0..0, status);
        remarks.extend(said.ended.iter().flat_map(|ended| self.ended(ended)));
        if date.is_some_and(|date| date.implausible) {
            remarks.push(speech.get("date-cannot-be"));
        }
        remarks
    }

    fn mark(&self, mark: Mark) -> String {
        let key = format!("mark-{}", mark.as_str());
        match mark.day() {
            Some(day) => {
                let day = self.speech.day(day);
                self.speech.words.with(&format!("{key}-on"), &[("date", (&day).into())])
            }
            None => self.speech.get(&key),
        }
    }

    fn ended(&self, ended: &Ended) -> Vec<String> {
        let on = ended.on.map(|day| {
            let day = self.speech.day(day);
            self.speech.words.with("ended-on", &[("date", (&day).into())])
        });
        let why: Vec<String> =
            ended.why.iter().map(|why: &DetailValue| self.speech.value(None, why)).collect();
        let why = (!why.is_empty()).then(|| {
            let why = why.join(", ");
            self.speech.words.with("ended-why", &[("why", (&why).into())])
        });
        on.into_iter().chain(why).collect()
    }

    /// That providers report a fact no more, by how many of its tellers do not.
    pub(crate) fn gone(&self, gone: &[ConnectionId], sources: &[ConnectionId]) -> Option<String> {
        if gone.is_empty() {
            return None;
        }
        if gone.len() == sources.len() {
            return Some(self.speech.get("gone-all"));
        }
        Some(match self.who(gone) {
            Some(who) => self.speech.words.with("gone-by", &[("who", (&who).into())]),
            None => self.speech.get("gone-some"),
        })
    }

    /// The remarks of a row, on one line.
    pub(crate) fn status_line(&self, row: &FactRow) -> Option<String> {
        let mut remarks = self.remarks(row.kind, row.status_group, &row.said, row.date.as_ref());
        remarks.extend(row.likely.then(|| self.speech.get("likely-same")));
        remarks.extend(self.gone(&row.gone, &row.sources));
        (!remarks.is_empty()).then(|| remarks.join(", "))
    }
}
