//! How a medicine is taken: what its sender wrote for the patient, else what it wrote at all, then what that leaves out.

use wholechart_fhir::{DetailValue, Dosage, Timing};

use crate::speech::Speech;
use crate::timing::how_often;

/// So many instructions of one medicine are as much as a line can show.
const MOST: usize = 12;

impl Speech<'_> {
    /// All instructions of a medicine on one line: "in the morning" alone is half of what was prescribed.
    pub fn dosages(&self, dosages: &[Dosage]) -> Option<String> {
        let said: Vec<String> = dosages.iter().take(MOST).map(|dosage| self.dosage(dosage)).collect();
        (!said.is_empty()).then(|| said.join("; "))
    }

    /// One instruction.
    pub fn dosage(&self, dosage: &Dosage) -> String {
        let (first, second) = match (&dosage.patient_instruction, &dosage.text) {
            (Some(patient), Some(text)) if holds(patient, text) => (Some(patient), None),
            (Some(patient), Some(text)) if holds(text, patient) => (Some(text), None),
            (Some(patient), text) => (Some(patient), text.as_ref()),
            (None, text) => (text.as_ref(), None),
        };
        let written: Vec<&str> = first.into_iter().chain(second).map(String::as_str).collect();
        let parts = self.left_out(dosage, &written).join(", ");
        let second = second.map(|second| self.sent(second));
        let beside: Vec<String> = second.into_iter().chain((!parts.is_empty()).then_some(parts)).collect();
        match first.map(|first| self.sent(first)) {
            Some(first) if beside.is_empty() => first,
            Some(first) => format!("{first} ({})", beside.join("; ")),
            None => beside.join("; "),
        }
    }

    /// A way into the body as people call it; `None` where the sender's own texts say it in other words.
    fn way(&self, way: &DetailValue, written: &[&str]) -> Option<String> {
        let said = self.value(None, way);
        let own = way.plain().to_lowercase();
        let known = WAYS.iter().find(|(_, names, _)| names.contains(&own.trim()));
        let Some((key, names, other_words)) = known else {
            // Capitals are how its computer writes it.
            let capitals = said.chars().all(|c| !c.is_lowercase());
            return Some(if capitals { said.to_lowercase() } else { said });
        };
        let in_text = |word: &&str| written.iter().any(|text| has_word(text, word));
        let is_said = names.iter().chain(other_words.iter()).any(in_text);
        (!is_said).then(|| self.get(&format!("way-{key}")))
    }

    /// The parts that the sender's own texts do not say.
    fn left_out(&self, dosage: &Dosage, written: &[&str]) -> Vec<String> {
        let said = |value: &DetailValue| {
            let plain = value.plain();
            written.iter().any(|text| holds(text, &plain))
        };
        let mut parts: Vec<String> = Vec::new();
        let values = |values: &[DetailValue], parts: &mut Vec<String>| {
            parts.extend(values.iter().filter(|value| !said(value)).map(|value| self.value(None, value)));
        };
        values(&dosage.amounts, &mut parts);
        parts.extend(dosage.ways.iter().filter(|way| !said(way)).filter_map(|way| self.way(way, written)));
        if let Some(timing) = &dosage.timing {
            let unsaid = unsaid(timing, written);
            parts.extend(Some(self.timing(&unsaid)).filter(|timing| !timing.is_empty()));
        }
        if dosage.as_needed
            && !(dosage.as_needed_for.iter().all(said) && written.iter().any(|text| says_as_needed(text)))
        {
            let reasons: Vec<String> =
                dosage.as_needed_for.iter().map(|reason| self.value(None, reason)).collect();
            parts.push(if reasons.is_empty() {
                self.get("dosage-as-needed")
            } else {
                self.words.with("dosage-as-needed-for", &[("reason", reasons.join(", ").as_str().into())])
            });
        }
        values(&dosage.instructions, &mut parts);
        for limit in &dosage.at_most {
            let amount = self.quantity(&limit.amount);
            parts.push(match &limit.within {
                Some(within) => {
                    let span = self.quantity(within);
                    self.words
                        .with("dosage-at-most-in", &[("amount", (&amount).into()), ("span", (&span).into())])
                }
                None => self.words.with("dosage-at-most", &[("amount", (&amount).into())]),
            });
        }
        parts.dedup();
        parts
    }
}

/// Whether a text says what another one says, apart from case and blanks.
fn holds(text: &str, part: &str) -> bool {
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    fold(text).contains(&fold(part))
}

/// A way into the body, its names in terminologies and lists, and how a text for the patient says it.
type Way = (&'static str, &'static [&'static str], &'static [&'static str]);

/// Ways that are as good as always meant (NCI's, SNOMED CT's and vendors' names).
const WAYS: &[Way] = &[
    (
        "mouth",
        &["oral", "by mouth", "po", "oral use", "mouth"],
        &["orally", "p.o", "swallow", "por la boca", "por v\u{ed}a oral"],
    ),
    (
        "inhaled",
        &["inhalation", "respiratory (inhalation)", "respiratory tract", "inhaled", "inh"],
        &["inhale", "inhalations", "puff", "puffs", "inhalar"],
    ),
    (
        "skin-under",
        &["subcutaneous", "under the skin", "subcut", "sc", "sq"],
        &["subq", "subcutaneously", "debajo de la piel"],
    ),
    ("vein", &["intravenous", "iv", "into a vein"], &["intravenously", "i.v", "en una vena"]),
    ("muscle", &["intramuscular", "im", "into a muscle"], &["intramuscularly", "i.m", "en un m\u{fa}sculo"]),
    ("eye", &["ophthalmic", "into the eye", "both eyes"], &["eye", "eyes", "os", "od", "ou", "ojo", "ojos"]),
    ("ear", &["otic", "into the ear", "auricular"], &["ear", "ears", "o\u{ed}do"]),
    (
        "nose",
        &["nasal", "nasal route", "intranasal", "into the nose"],
        &["nostril", "nostrils", "nose", "nariz"],
    ),
];

/// When in the day, by FHIR's code, and how a text for the patient says it.
const WHEN: &[(&str, &[&str])] = &[
    ("HS", &["bedtime", "qhs", "hs", "al acostarse"]),
    ("MORN", &["morning", "qam", "q am"]),
    ("EVE", &["evening", "qpm", "q pm"]),
    ("NOON", &["noon"]),
    ("ACM", &["before breakfast"]),
    ("ACD", &["before lunch"]),
    ("ACV", &["before dinner", "before supper"]),
    ("AC", &["before meals"]),
    ("PC", &["after meals"]),
    ("C", &["with meals", "with food"]),
    ("CM", &["with breakfast"]),
    ("CV", &["with dinner", "with supper"]),
];

/// Times, span and its unit, and how that is written.
type Written = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// How prescriptions write how often: words that are looked for in what a sender wrote, by frequency, period and unit.
const WRITTEN: &[Written] = &[
    (
        "1",
        "1",
        "d",
        &[
            "daily",
            "a day",
            "per day",
            "every day",
            "qd",
            "q day",
            "nightly",
            "every night",
            "every morning",
            "every evening",
            "at bedtime",
            "qhs",
            "qam",
            "qpm",
            "al d\u{ed}a",
            "cada d\u{ed}a",
            "diario",
            "diaria",
        ],
    ),
    (
        "2",
        "1",
        "d",
        &[
            "bid",
            "b.i.d",
            "twice",
            "two times",
            "2 times",
            "2x",
            "2 x",
            "every 12 hours",
            "q12h",
            "dos veces",
        ],
    ),
    (
        "3",
        "1",
        "d",
        &["tid", "t.i.d", "three times", "3 times", "3x", "3 x", "every 8 hours", "q8h", "tres veces"],
    ),
    (
        "4",
        "1",
        "d",
        &["qid", "q.i.d", "four times", "4 times", "4x", "4 x", "every 6 hours", "q6h", "cuatro veces"],
    ),
    ("1", "1", "wk", &["weekly", "a week", "per week", "every week", "once a week", "por semana"]),
    ("1", "1", "mo", &["monthly", "a month", "per month", "every month", "al mes"]),
    ("1", "4", "h", &["every 4 hours", "q4h", "cada 4 horas"]),
    ("1", "6", "h", &["every 6 hours", "q6h", "cada 6 horas"]),
    ("1", "8", "h", &["every 8 hours", "q8h", "cada 8 horas"]),
    ("1", "12", "h", &["every 12 hours", "q12h", "cada 12 horas"]),
];

/// What a timing says beyond the texts: how often is said once, whether a text, a code or figures say it.
fn unsaid(timing: &Timing, written: &[&str]) -> Timing {
    let mut unsaid = timing.clone();
    let (often, period) = how_often(timing);
    let has_figures = often.is_some() || period.is_some();
    let same_figures = |(times, span, unit, _): &&Written| {
        has_figures
            && often.as_deref().unwrap_or("1") == *times
            && period.as_deref().unwrap_or("1") == *span
            && timing.period_unit.as_deref() == Some(unit)
    };
    let has_one = |text: &str, words: &[&str]| words.iter().any(|word| has_word(text, word));
    let code = timing.code.as_ref().map(|code| code.plain().to_lowercase()).unwrap_or_default();
    let by_figures = WRITTEN.iter().filter(same_figures);
    let by_code = WRITTEN.iter().filter(|(.., words)| words.contains(&code.trim_end_matches('.')));
    let in_text = |(.., words): &Written| written.iter().any(|text| has_one(text, words));
    let code_in_text = !code.is_empty() && written.iter().any(|text| holds(text, &code));
    if code_in_text || by_code.clone().any(in_text) || by_code.clone().any(|row| same_figures(&row)) {
        unsaid.code = None;
    }
    if by_figures.clone().any(in_text) {
        unsaid.frequency = <_>::default();
        unsaid.period = <_>::default();
        unsaid.period_unit = None;
    }
    unsaid.when.retain(|code| {
        let known = WHEN.iter().find(|(known, _)| *known == code);
        !known.is_some_and(|(_, words)| written.iter().any(|text| has_one(text, words)))
    });
    unsaid
}

fn says_as_needed(text: &str) -> bool {
    ["as needed", "if needed", "when needed", "prn", "p.r.n", "seg\u{fa}n sea necesario", "si es necesario"]
        .iter()
        .any(|word| has_word(text, word))
}

/// Whether a text has these words, not as parts of longer ones.
fn has_word(text: &str, word: &str) -> bool {
    let text = text.to_lowercase();
    text.match_indices(word).any(|(at, found)| {
        let letter = |c: char| c.is_alphanumeric();
        !text[..at].ends_with(letter) && !text[at + found.len()..].starts_with(letter)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wholechart_fhir::{ReadOptions, Release, read};

    use crate::{Language, Speech, Words};

    fn said(language: Language, dosage: &serde_json::Value) -> String {
        let order = json!({"resourceType": "MedicationRequest", "medicationCodeableConcept": {"text": "X"},
            "dosageInstruction": [dosage]});
        let entry = read(order.to_string().as_bytes(), &ReadOptions::new(Release::R4)).unwrap();
        let words = Words::new(language);
        Speech::new(&words, chrono_tz::UTC, chrono::DateTime::UNIX_EPOCH)
            .dosages(&entry.dosage)
            .unwrap_or_default()
    }

    #[test]
    fn what_the_sender_wrote_for_the_patient_comes_first_and_nothing_is_said_twice() {
        let en = |dosage: serde_json::Value| said(Language::En, &dosage);
        let daily = json!({"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}});
        assert_eq!(
            en(json!({"text": "Take 1 tablet by mouth twice a day", "timing": daily,
            "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}]})),
            "Take 1 tablet by mouth twice a day"
        );
        assert_eq!(
            en(json!({"text": "1 tab PO BID", "patientInstruction": "Take one tablet twice a day"})),
            "Take one tablet twice a day (1 tab PO BID)"
        );
        assert_eq!(
            en(json!({"text": "Take with food", "patientInstruction": "take with  food"})),
            "take with  food"
        );
        assert_eq!(en(json!({"text": "1 puff", "asNeededBoolean": true})), "1 puff (as needed)");
        assert_eq!(en(json!({"text": "1 puff PRN", "asNeededBoolean": true})), "1 puff PRN");
    }

    #[test]
    fn parts_are_said_in_the_language_of_the_screen() {
        let dosage = json!({"doseAndRate": [{"doseQuantity": {"value": 2, "unit": "mg"}}],
            "timing": {"repeat": {"frequency": 3, "period": 1, "periodUnit": "d", "when": ["HS"],
                "boundsDuration": {"value": 10, "code": "d", "system": "http://unitsofmeasure.org"}}},
            "asNeededCodeableConcept": {"text": "migraine"},
            "maxDosePerPeriod": {"numerator": {"value": 4, "unit": "mg"}, "denominator": {"value": 1, "unit": "d"}}});
        assert_eq!(
            said(Language::En, &dosage),
            "2 mg, 3 times a day, at bedtime, for 10 days, as needed for migraine, at most 4 mg in 1 day"
        );
        assert_eq!(
            said(Language::Es, &dosage),
            "2 mg, 3 veces al d\u{ed}a, al acostarse, durante 10 d\u{ed}as, seg\u{fa}n sea necesario para migraine, como m\u{e1}ximo 4 mg en 1 d\u{ed}a"
        );
        let every = json!({"timing": {"repeat": {"frequency": 1, "period": 8, "periodUnit": "h", "timeOfDay": ["08:00:00"]}}});
        assert_eq!(said(Language::En, &every), "every 8 hours, at 8:00 AM");
    }

    #[test]
    fn how_often_is_said_once_whoever_says_it() {
        let en = |dosage: serde_json::Value| said(Language::En, &dosage);
        let thrice = json!({"frequency": 3, "period": 1, "periodUnit": "d"});
        let timing = json!({"repeat": thrice, "code": {"text": "Q8H"}});
        assert_eq!(en(json!({"text": "200 mg every 8 hours", "timing": timing})), "200 mg every 8 hours");
        assert_eq!(en(json!({"timing": timing})), "3 times a day");
        // SNOMED CT's tags are no words for anybody.
        let tagged = json!({"text": "Take at regular intervals (qualifier value)"});
        assert_eq!(en(tagged), "Take at regular intervals");
        // A whole number of times is sent as a decimal number by some.
        let decimal = json!({"repeat": {"frequency": 3.0, "period": 1.0, "periodUnit": "d"}});
        assert_eq!(en(json!({"timing": decimal})), "3 times a day");
        // Twice a day is not what the text says: both are shown.
        let twice =
            json!({"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}, "code": {"text": "BID"}});
        assert_eq!(
            en(json!({"text": "200 mg every 8 hours", "timing": twice})),
            "200 mg every 8 hours (twice a day)"
        );
        let route = |text: &str| json!({"text": text});
        assert_eq!(
            en(json!({"text": "Inject 5 units under the skin at bedtime", "route": route("Subcutaneous"),
                "timing": {"repeat": {"when": ["HS"]}}})),
            "Inject 5 units under the skin at bedtime"
        );
        assert_eq!(
            en(json!({"text": "Take 1 tablet PO daily", "route": route("Oral")})),
            "Take 1 tablet PO daily"
        );
        assert_eq!(en(json!({"text": "1 tablet", "route": route("ORAL")})), "1 tablet (by mouth)");
        assert_eq!(en(json!({"route": route("RESPIRATORY (INHALATION)")})), "inhaled");
        assert_eq!(en(json!({"text": "1 drop", "route": route("BUCCAL")})), "1 drop (buccal)");
        let evening = json!({"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "when": ["HS"]}});
        assert_eq!(en(json!({"text": "1 tablet daily", "timing": evening})), "1 tablet daily (at bedtime)");
    }

    #[test]
    fn codes_of_an_interval_and_instants_are_said_as_people_say_them() {
        let en = |dosage: serde_json::Value| said(Language::En, &dosage);
        assert_eq!(en(json!({"timing": {"code": {"coding": [{"code": "Q5M"}]}}})), "every 5 minutes");
        assert_eq!(
            en(json!({"text": "200 mg every 8 hours", "timing": {"repeat": {"boundsPeriod":
                {"start": "2024-09-09T13:30:00+00:00", "end": "2024-09-23T13:29:00+00:00"}}}})),
            "200 mg every 8 hours (September 9, 2024, 1:30 PM \u{2013} September 23, 2024, 1:29 PM)"
        );
        let spans = json!({"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d",
            "boundsDuration": {"value": 14, "unit": "day", "code": "d"}}}});
        assert_eq!(en(spans), "once a day, for 14 days");
    }
}
