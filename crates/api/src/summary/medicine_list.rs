//! The medicine list: what is taken, with the times of day that the orders say. A time that no order says is none.

use std::collections::BTreeSet;

use wholechart_fhir::{Dosage, Kind};
use wholechart_print::{Cell, Section};
use wholechart_record::{ConnectionId, Standing};

use super::under_topics::{Told, Topics, filled, headed, is_of_a_year};

/// A time of day at which a medicine is taken, in the order of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    Morning,
    Noon,
    Evening,
    Bedtime,
}

const TIMES: [(Time, &str); 4] = [
    (Time::Morning, "column-morning"),
    (Time::Noon, "column-noon"),
    (Time::Evening, "column-evening"),
    (Time::Bedtime, "column-bedtime"),
];

/// Codes of FHIR's event timings that name one of these times, and words that senders write for it.
const SAID: [(Time, &[&str], &[&str]); 4] = [
    (
        Time::Morning,
        &["MORN", "MORN.early", "MORN.late", "WAKE", "CM", "ACM", "PCM"],
        &["in the morning", "every morning", "each morning", "with breakfast", "por la mañana"],
    ),
    (Time::Noon, &["NOON", "CD", "ACD", "PCD"], &["at noon", "with lunch", "al mediodía"]),
    (
        Time::Evening,
        &["EVE", "EVE.early", "EVE.late", "CV", "ACV", "PCV"],
        &["in the evening", "every evening", "each evening", "with dinner", "with supper"],
    ),
    (Time::Bedtime, &["HS"], &["bedtime", "al acostarse"]),
];

/// Words that turn what stands beside them, or say more times than are named: nothing is guessed there.
const UNCLEAR: &[&str] = &[
    "not",
    "no",
    "avoid",
    "unless",
    "or",
    "except",
    "before",
    "night",
    "afternoon",
    "bid",
    "tid",
    "qid",
    "twice",
    "times",
    "hours",
    "every other",
    "week",
    "weekly",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "dos",
    "tres",
    "veces",
    "needed",
    "prn",
];

impl Topics<'_> {
    /// What is taken now; what was taken within a year; allergies. And counts of what is left out.
    pub(crate) fn medicine_list(&self) -> (Vec<Section>, Vec<(&'static str, usize)>) {
        let words = self.around.speech.words;
        let taken = self.stands(Kind::Medicine, Standing::Current);
        let rows = taken.iter().map(|told| {
            let times = times(told);
            let mut cells = self.medicine(told);
            let at = TIMES.iter().map(|(time, _)| {
                let said = times.contains(time);
                if said { Cell::plain(words.get("medicine-list-then")) } else { Cell::default() }
            });
            cells.splice(2..2, at);
            self.row(cells, &told.listing())
        });
        let mut columns = vec![("column-medicine", 5), ("column-how-taken", 5)];
        columns.extend(TIMES.iter().map(|(_, key)| (*key, 2)));
        columns.extend([("column-for-by", 3), ("column-since", 3)]);
        let part = self.part(
            "medicines",
            &columns,
            rows.collect(),
            self.perhaps_over().into_iter().collect(),
            Kind::Medicine,
        );
        let (lately, long_ago): (Vec<Told<'_>>, Vec<Told<'_>>) = self
            .stands(Kind::Medicine, Standing::Past)
            .into_iter()
            .partition(|told| is_of_a_year(self.around, &told.lead));
        let over =
            lately.iter().map(|told| self.row(vec![self.called(told, usize::MAX)], &told.view.sources));
        let over = filled(Section {
            title: words.get("standing-medicine-past"),
            columns: headed(words, &[("column-medicine", 1)]),
            rows: over.collect(),
            ..Section::default()
        });
        let doubtful = self.stands(Kind::Medicine, Standing::PerhapsOver);
        let counted = vec![
            (
                "medicines-perhaps-over",
                doubtful.iter().filter(|told| !is_of_a_year(self.around, &told.lead)).count(),
            ),
            ("medicines-past", long_ago.len()),
        ];
        let disputed = self.disputed_section(&[Kind::Medicine, Kind::Allergy]);
        (vec![part.section, disputed, over, self.allergies().section], counted)
    }
}

/// The times of day at which every teller who says any says that it is taken.
fn times(told: &Told<'_>) -> BTreeSet<Time> {
    let mut said: Vec<BTreeSet<Time>> = Vec::new();
    for one in &told.lead {
        let mut by: Vec<(&[ConnectionId], Option<BTreeSet<Time>>)> = Vec::new();
        for way in &one.row.said.dosage {
            let times = times_of(&way.what);
            match by.iter_mut().find(|(known, _)| *known == way.by.as_slice()) {
                // Two ways of one teller are both meant; one of them without a time leaves it open.
                Some((_, known)) => {
                    *known = known.take().zip(times).map(|(mut known, times)| {
                        known.extend(times);
                        known
                    });
                }
                None => by.push((&way.by, times)),
            }
        }
        said.extend(by.into_iter().filter_map(|(_, times)| times));
    }
    let first = said.first().cloned().unwrap_or_default();
    if said.iter().all(|other| *other == first) { first } else { BTreeSet::new() }
}

/// The times that one way to take it names. `None`: it names none, or says something that these do not hold.
fn times_of(way: &Dosage) -> Option<BTreeSet<Time>> {
    let mut times = BTreeSet::new();
    if way.as_needed {
        return None;
    }
    for code in way.timing.iter().flat_map(|timing| &timing.when) {
        let (time, ..) = SAID.iter().find(|(_, codes, _)| codes.contains(&code.as_str()))?;
        times.insert(*time);
    }
    let frequency = way.timing.as_ref().and_then(|timing| timing.frequency.from.clone());
    let each_day = way.timing.as_ref().is_none_or(|timing| {
        timing.period_unit.as_deref().is_none_or(|unit| unit == "d")
            && timing.period.from.as_deref().is_none_or(|period| period == "1")
            && timing.frequency.to.is_none()
    });
    if times.is_empty() {
        let text =
            [&way.text, &way.patient_instruction].into_iter().flatten().find(|text| !text.is_empty())?;
        let text = text.to_lowercase();
        let spaced: String =
            text.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
        let spaced = format!(" {} ", spaced.split_whitespace().collect::<Vec<_>>().join(" "));
        if UNCLEAR.iter().any(|word| spaced.contains(&format!(" {word} "))) {
            return None;
        }
        let named =
            SAID.iter().filter(|(.., words)| words.iter().any(|word| spaced.contains(&format!(" {word} "))));
        times.extend(named.map(|(time, ..)| *time));
    }
    // "Twice a day" and one time leaves the other one open.
    let enough = frequency.is_none_or(|often| often.parse() == Ok(times.len()));
    (!times.is_empty() && enough && each_day).then_some(times)
}

#[cfg(test)]
mod tests {
    use wholechart_fhir::{Bounds, Timing};

    use super::*;

    fn named(text: &str) -> Option<Vec<Time>> {
        let way = Dosage { text: Some(text.to_owned()), ..Dosage::default() };
        times_of(&way).map(|times| times.into_iter().collect())
    }

    #[test]
    fn a_time_is_one_that_the_order_says() {
        assert_eq!(named("1 tablet at bedtime"), Some(vec![Time::Bedtime]));
        assert_eq!(named("40 mg = 1 tab, Oral, Bedtime"), Some(vec![Time::Bedtime]));
        assert_eq!(
            named("1 tablet every morning and 1 tablet in the evening"),
            Some(vec![Time::Morning, Time::Evening])
        );
        for unclear in [
            "1 tablet daily",
            "1 tablet twice a day",
            "1 tablet in the morning; do not take at bedtime",
            "1 tablet at bedtime as needed",
            "2 times a day, the first in the morning",
            "1 tablet every morning or at bedtime",
            "1 tablet at bedtime on Monday",
        ] {
            assert_eq!(named(unclear), None, "{unclear}");
        }
    }

    #[test]
    fn codes_name_times_and_what_they_leave_open_stays_open() {
        let way = |when: &[&str], often: Option<&str>| Dosage {
            timing: Some(Timing {
                when: when.iter().map(|code| (*code).to_owned()).collect(),
                frequency: Bounds { from: often.map(ToOwned::to_owned), ..Bounds::default() },
                ..Timing::default()
            }),
            ..Dosage::default()
        };
        assert_eq!(times_of(&way(&["MORN", "HS"], None)), Some([Time::Morning, Time::Bedtime].into()));
        assert_eq!(times_of(&way(&["HS"], Some("1"))), Some([Time::Bedtime].into()));
        assert_eq!(times_of(&way(&["MORN"], Some("2"))), None);
        assert_eq!(times_of(&way(&["MORN", "AFT"], None)), None);
        assert_eq!(times_of(&way(&["mon", "MORN"], None)), None);
        let mut weekly = way(&["MORN"], Some("1"));
        weekly.timing.as_mut().unwrap().period_unit = Some("wk".to_owned());
        assert_eq!(times_of(&weekly), None);
    }
}
