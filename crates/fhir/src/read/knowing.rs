//! Statements about knowing: "No known allergies", "Not on file". They name no allergen, medicine or illness.
//!
//! By code where a code says it, else by words; words that make an exception ("… except penicillin") name something all the
//! same, and then nothing is concluded.

use super::Reader;
use crate::datatype::Coding;
use crate::entry::{Entry, Kind, Knowing, TitleSource};
use crate::json::Node;
use crate::system::{SNOMED, is_null_flavor};

/// Where the international patient summary keeps its codes for what is absent or unknown.
const ABSENT: &str = "absent-unknown-uv-ips";

/// SNOMED CT: looked for, and there is none.
const NONE_KNOWN: &[&str] = &[
    // No known allergies (of two editions), of drugs, of food, of insects, of the environment, of latex, of animals.
    "160244002",
    "716186003",
    "409137002",
    "429625007",
    "428197003",
    "428607008",
    "716184000",
    "716220001",
    "1003774007",
    // No current problems or disability; no significant medical history; no drug therapy prescribed; no known medications,
    // procedures, immunizations, device use.
    "160245001",
    "160243008",
    "182849000",
    "787481004",
    "787480003",
    "787482006",
    "787483001",
];

/// SNOMED CT: patient not asked; drug treatment unknown.
const NOT_KNOWN: &[&str] = &["1631000175102", "182904002"];

impl Reader<'_, '_> {
    /// Says of the entry whether it is a statement about knowing.
    pub(super) fn knowing(&self, entry: &mut Entry) {
        let sections = matches!(
            entry.kind,
            Kind::Allergy | Kind::Medicine | Kind::Problem | Kind::Procedure | Kind::Vaccine | Kind::Device
        );
        if !sections || entry.title_source == TitleSource::Reference {
            return;
        }
        entry.knowing = self.says_knowing(entry);
    }

    fn says_knowing(&self, entry: &Entry) -> Option<Knowing> {
        // "N/A" names nothing, and says something all the same.
        let unnamed = self.root.peek("code.text").filter(|_| entry.title_source == TitleSource::Unnamed);
        let said = unnamed.or(entry.title_as_sent.as_deref()).unwrap_or(&entry.title);
        let words = folded(said);
        let reaction = entry.kind == Kind::Allergy && self.root.has("reaction");
        // What it does to somebody is told of something that there is: what the reaction names.
        if reaction && self.reacts_to_something() {
            return None;
        }
        // A sender's own words beside such a code count, unless they deny something too: "Keine Allergien bekannt".
        let by_code = entry.codes.iter().find_map(of_code);
        let by_code = by_code.filter(|_| entry.title_source != TitleSource::Text || denies(&words));
        if entry.kind == Kind::Allergy && self.has_no_known_risk() && !excepts(&words) {
            return Some(Knowing::NoneKnown);
        }
        let said = of_words(entry.kind, &words).or(by_code).filter(|_| !excepts(&words));
        // An allergen that nobody knows may have done it; none that is known has not.
        said.filter(|said| !reaction || *said == Knowing::NoneKnown)
    }

    /// A reaction says to what: a substance that is named, and no statement about knowing.
    fn reacts_to_something(&self) -> bool {
        let named = |path: &str| {
            let said = self.root.all(path).into_iter().filter_map(Node::scalar);
            said.map(folded).any(|said| !said.is_empty() && of_words(Kind::Allergy, &said).is_none())
        };
        named("reaction.substance.text") || named("reaction.substance.coding.display")
    }

    /// "No known reaction risk" to what the entry names (R4's extension `allergyintolerance-substanceExposureRisk`).
    fn has_no_known_risk(&self) -> bool {
        let risks = self.root.each("extension").filter(|extension| {
            extension.peek("url").is_some_and(|url| url.ends_with("substanceExposureRisk"))
        });
        let codes = |risk: &Node<'_>| {
            let parts = risk.all("extension.valueCodeableConcept.coding.code");
            parts.into_iter().filter_map(Node::scalar).any(|code| code == "no-known-reaction-risk")
        };
        risks.into_iter().any(codes)
    }
}

fn of_code(coding: &Coding) -> Option<Knowing> {
    let code = coding.code.as_str();
    if coding.system == SNOMED {
        let none = NONE_KNOWN.contains(&code).then_some(Knowing::NoneKnown);
        return none.or_else(|| NOT_KNOWN.contains(&code).then_some(Knowing::NotKnown));
    }
    if coding.system.ends_with(ABSENT) {
        let none = code.starts_with("no-known-").then_some(Knowing::NoneKnown);
        let unknown = code.starts_with("no-") && code.ends_with("-info");
        return none.or(unknown.then_some(Knowing::NotKnown));
    }
    // "Not asked" in place of a code.
    let unasked = is_null_flavor(&coding.system)
        && matches!(
            code,
            "NASK" | "not-asked" | "ASKU" | "asked-unknown" | "UNK" | "unknown" | "NI" | "temp-unknown"
        );
    unasked.then_some(Knowing::NotKnown)
}

/// Small letters, single blanks, without marks and without what stands in brackets at the end.
fn folded(said: &str) -> String {
    let lower = said.to_lowercase();
    let lower = match lower.rfind(" (") {
        Some(open) if lower.ends_with(')') => &lower[..open],
        _ => lower.as_str(),
    };
    let plain: String =
        lower.chars().map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words after which something is named all the same.
fn excepts(words: &str) -> bool {
    [
        "except",
        "excepting",
        "other than",
        "apart from",
        "besides",
        "excluding",
        "but",
        "excepto",
        "salvo",
        "however",
    ]
    .iter()
    .any(|phrase| {
        words.match_indices(phrase).any(|(at, _)| {
            let (before, after) = (&words[..at], &words[at + phrase.len()..]);
            (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
        })
    })
}

/// A word for "no" or "unknown", in the languages that such codes were met with.
fn denies(words: &str) -> bool {
    const DENIALS: &[&str] = &[
        "aucun",
        "aucune",
        "brak",
        "ei",
        "geen",
        "inconnu",
        "ingen",
        "inga",
        "kein",
        "keine",
        "n\u{e3}o",
        "nenhuma",
        "nessuna",
        "nil",
        "ninguna",
        "ninguno",
        "nka",
        "nkda",
        "no",
        "non",
        "none",
        "not",
        "onbekend",
        "pas",
        "sem",
        "sin",
        "unbekannt",
        "unknown",
    ];
    words.split(' ').any(|word| DENIALS.contains(&word))
}

/// What words say, which have to be the whole of it.
fn of_words(kind: Kind, words: &str) -> Option<Knowing> {
    const NOT: &[&str] = &[
        "not on file",
        "none on file",
        "no data on file",
        "no record on file",
        "not asked",
        "patient not asked",
        "never asked",
        "not assessed",
        "not recorded",
        "not documented",
        "not reviewed",
        "no information",
        "no info",
        "no data",
        "no data available",
        "information not available",
        "unable to assess",
        "unable to obtain",
        "status unknown",
        "unable to assess allergies",
        "unable to obtain allergies",
        "unable to obtain medication history",
        "unable to obtain medications",
        "unknown if allergic",
        "allergies unknown",
        "allergy status unknown",
        "medications unknown",
        "unknown medications",
        "drug treatment unknown",
        "not known",
        "not available",
        "not applicable",
        "not obtained",
        "not verified",
        "n a",
        "na",
        "unknown",
        "unverified",
        "se desconoce",
        "sin informaci\u{f3}n",
    ];
    const NONE: &[&str] = &[
        "nka",
        "nkda",
        "nkfa",
        "nkma",
        "nkla",
        "none",
        "none known",
        "none reported",
        "none stated",
        "nil",
        "nil known",
        "nil reported",
        "negative",
        "no known",
        "no allergies",
        "no allergy",
        "no drug allergies",
        "no drug allergy",
        "no food allergies",
        "no food allergy",
        "no latex allergy",
        "no medication allergies",
        "no medication allergy",
        "no environmental allergies",
        "no active allergies",
        "no current allergies",
        "no reported allergies",
        "no",
        "no adverse reactions",
        "no adverse drug reactions",
        "no known adverse reactions",
        "patient takes no medications",
        "takes no medications",
        "no allergies known",
        "no allergies reported",
        "no history of allergies",
        "no history of allergy",
        "no medications",
        "no current medications",
        "no active medications",
        "not taking any medications",
        "no medicines",
        "no current medicines",
        "no drug therapy prescribed",
        "no problems",
        "no current problems",
        "no active problems",
        "no current problems or disability",
        "no significant medical history",
        "no significant past medical history",
        "no past medical history",
        "ninguna alergia conocida",
        "sin alergias conocidas",
        "no se conocen alergias",
        "ninguna conocida",
    ];
    // "NKDA - verified".
    let checked = CHECKED.iter().find_map(|end| words.strip_suffix(end)?.strip_suffix(' '));
    let words = checked.filter(|front| !front.ends_with("not")).unwrap_or(words);
    // "Allergies: none", "Allergies not reviewed".
    let words = LISTED.iter().find_map(|list| words.strip_prefix(list)?.strip_prefix(' ')).unwrap_or(words);
    if NOT.contains(&words) {
        return Some(Knowing::NotKnown);
    }
    if NONE.contains(&words) {
        return Some(Knowing::NoneKnown);
    }
    if let Some(what) = words.strip_prefix("no ")
        && (what.contains(" information") || what.contains(" info "))
        && SUBJECTS.iter().any(|subject| what.contains(subject))
    {
        return Some(Knowing::NotKnown);
    }
    if let Some(what) = words.strip_prefix("no information ")
        && SUBJECTS.iter().any(|subject| what.contains(subject))
    {
        return Some(Knowing::NotKnown);
    }
    if let Some(knowing) = none_on_a_list(words) {
        return Some(knowing);
    }
    if let Some(what) = words.strip_prefix("no known ") {
        // "No known cause" is part of an illness's name; an allergy that is not known is none, whatever to.
        let subject = SUBJECTS.iter().any(|subject| what.contains(subject));
        return (subject || kind == Kind::Allergy).then_some(Knowing::NoneKnown);
    }
    // "Unknown if patient has any allergies".
    let unsure = [
        "unknown if",
        "unknown whether",
        "unsure if",
        "not known if",
        "not known whether",
        "unable to determine",
    ];
    if unsure.iter().any(|begin| words.starts_with(begin))
        && SUBJECTS.iter().any(|subject| words.contains(subject))
    {
        return Some(Knowing::NotKnown);
    }
    let said = words.strip_prefix("patient ").unwrap_or(words);
    let what = said.strip_prefix("denies ").or_else(|| said.strip_prefix("denied "))?;
    what.contains("allerg").then_some(Knowing::NoneKnown)
}

/// That somebody looked at it.
const CHECKED: &[&str] = &["confirmed", "per patient", "reviewed", "verified"];

/// What such a statement is about, where it begins with it.
const LISTED: &[&str] = &[
    "allergies",
    "allergy",
    "allergy list",
    "allergy status",
    "drug allergies",
    "medication allergies",
    "food allergies",
    "medications",
    "medication list",
    "problem list",
    "immunizations",
    "vaccinations",
];

/// "No current outpatient medications on file": nothing but the kind of list, and that it is empty.
fn none_on_a_list(words: &str) -> Option<Knowing> {
    const SORTS: &[&str] = &[
        "active",
        "current",
        "documented",
        "drug",
        "home",
        "inpatient",
        "known",
        "listed",
        "medical",
        "other",
        "outpatient",
        "past",
        "prescription",
        "recorded",
        "reported",
        "significant",
        "surgical",
        "medication",
        "food",
    ];
    const ENDS: &[&str] = &[
        "on file",
        "on record",
        "in chart",
        "documented",
        "listed",
        "recorded",
        "reported",
        "noted",
        "known",
    ];
    const LISTS: &[&str] = &[
        "allergies",
        "conditions",
        "devices",
        "diagnoses",
        "drug allergies",
        "history",
        "immunizations",
        "implants",
        "intolerances",
        "medications",
        "medicines",
        "meds",
        "prescriptions",
        "problems",
        "procedures",
        "surgeries",
        "vaccinations",
        "vaccines",
    ];
    let (front, filed) = ENDS
        .iter()
        .find_map(|end| {
            Some((words.strip_suffix(end)?.trim_end(), end.starts_with("on ") || end.starts_with("in ")))
        })
        .unwrap_or((words, false));
    let mut said = front.split(' ');
    if said.next() != Some("no") {
        return None;
    }
    let said: Vec<&str> = said.collect();
    let (last, sorts) = said.split_last()?;
    let empty = LISTS.contains(last) && sorts.iter().all(|sort| SORTS.contains(sort));
    empty.then_some(if filed { Knowing::NotKnown } else { Knowing::NoneKnown })
}

/// What is said to be unknown, or not to be: kinds of things, never one of them.
const SUBJECTS: &[&str] = &[
    "allerg",
    "intoleranc",
    "sensitivit",
    "adverse reaction",
    "drug reaction",
    "medication",
    "medicine",
    "drug treatment",
    "prescription",
    "problem",
    "condition",
    "diagnos",
    "disabilit",
    "illness",
    "comorbidit",
    "medical history",
    "past history",
    "significant history",
    "procedure",
    "surger",
    "immuni",
    "vaccin",
    "device",
    "implant",
];
