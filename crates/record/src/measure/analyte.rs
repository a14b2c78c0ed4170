//! Which tests measure one thing: what may stand in one line of a chart, and in which panel it is listed.
//!
//! Several LOINC codes are one analyte only where substance, specimen and method are the same and no more than the
//! unit differs (mass and moles of one substance), or where senders use them side by side for one measurement. Data: `analytes.tsv`.
//! Everything else stays apart: a fingerstick is not a blood sample. Codes: LOINC (Regenstrief Institute), used under
//! its licence; the names are ours.

use std::collections::HashMap;
use std::sync::LazyLock;

use wholechart_fhir::system::{CVX, LOINC};
use wholechart_fhir::{Coding, Element, Kind};

use crate::compare::{comparable, fold};
use crate::current::said::Said;
use crate::fact::Fact;
use crate::shipped::rows;
use crate::title::{Side, side};
use crate::topic::table::find;

/// A thing that is measured.
#[derive(Debug, PartialEq, Eq)]
pub struct Analyte {
    /// Kebab-case.
    pub name: &'static str,
    /// The panel it is listed in; `panel-` + it is the heading's key in the word catalogue.
    pub panel: &'static str,
    /// Codes that measure it.
    pub loinc: Vec<&'static str>,
    /// Grams a mole, as a decimal, where the analyte is one substance; else mass and moles are not compared.
    pub molar_mass: Option<&'static str>,
    /// Charges of its ion, where equivalents are sent for moles.
    pub valence: Option<u8>,
}

/// Panels in the order they are shown; a test that belongs to none of them is in `other`,
/// a vital sign in `vitals`.
pub const PANELS: &[&str] = &[
    "circulation",
    "breathing",
    "temperature",
    "body",
    "vitals",
    "sugar",
    "kidney",
    "salts",
    "lipids",
    "liver",
    "blood-count",
    "iron",
    "thyroid",
    "heart",
    "clotting",
    "inflammation",
    "vitamins",
    "hormones",
    "markers",
    "urine",
    "other",
];

/// Every analyte we know, panel by panel in the order they are listed.
pub static ANALYTES: LazyLock<Vec<Analyte>> = LazyLock::new(|| {
    let rows = rows(include_str!("analytes.tsv"));
    rows.map(|row| Analyte {
        name: row.key,
        panel: row.given("panel").unwrap_or("other"),
        loinc: row.codes().map(|(_, code)| code).collect(),
        molar_mass: row.given("grams"),
        valence: row.given("charges").and_then(|charges| charges.parse().ok()),
    })
    .collect()
});

/// Where in [`ANALYTES`] a code is.
static BY_CODE: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
    let codes =
        ANALYTES.iter().enumerate().flat_map(|(at, one)| one.loinc.iter().map(move |code| (*code, at)));
    codes.collect()
});

/// What an entry measures, as far as we know: by the first of its LOINC codes that the table has.
pub(crate) fn analyte_of(codes: &[Coding]) -> Option<&'static Analyte> {
    comparable(codes)
        .filter(|(system, _)| *system == LOINC)
        .find_map(|(_, code)| BY_CODE.get(code).map(|at| &ANALYTES[*at]))
}

/// How many analytes stand before this one in its panel.
pub fn place_in_panel(analyte: &Analyte) -> usize {
    let of = ANALYTES.iter().filter(|one| one.panel == analyte.panel);
    of.take_while(|one| *one != analyte).count()
}

/// The analyte of this name.
pub(crate) fn analyte(name: &str) -> Option<&'static Analyte> {
    ANALYTES.iter().find(|analyte| analyte.name == name)
}

/// What makes two facts "the same test", "the same vaccine", "the same procedure": one analyte, else the smallest code
/// of the kind's shared vocabulary, else the words. Opaque text, the same for equal things and stable between runs.
pub fn thing(kind: Kind, codes: &[Coding], title: &str) -> String {
    if matches!(kind, Kind::Result | Kind::Vital)
        && let Some(analyte) = analyte_of(codes)
    {
        return format!("analyte {}", analyte.name);
    }
    let system = if kind == Kind::Vaccine { CVX } else { LOINC };
    match comparable(codes).filter(|(of, _)| *of == system).map(|(_, code)| code).min() {
        Some(code) => format!("code {code}"),
        None => format!("words {}", fold(title)),
    }
}

/// What makes two facts one thing of which the latest is shown ([`thing`]). Vaccines and procedures go by their topic, a procedure
/// on another side of the body is another one, and what has a date that cannot be is counted by itself.
pub fn thing_of(fact: &Fact, said: &Said) -> String {
    let plain = thing(fact.kind, &said.codes, &fact.title.text);
    if !matches!(fact.kind, Kind::Vaccine | Kind::Procedure) {
        return plain;
    }
    let odd = if fact.date.as_ref().is_some_and(|date| date.implausible) { " odd" } else { "" };
    let topic = find(fact.kind, &fact.title.text, &said.codes);
    let of = topic.map_or(plain, |topic| format!("topic {}", topic.address()));
    let place = said.about(Element::BODY_SITE).map(|site| site.what.value.plain());
    let place: Vec<String> = place.chain([fact.title.text.clone()]).collect();
    let side = match side(place.iter().map(String::as_str)).filter(|_| fact.kind == Kind::Procedure) {
        Some(Side::Left) => " left",
        Some(Side::Right) => " right",
        Some(Side::Both) => " both",
        None => "",
    };
    format!("{of}{side}{odd}")
}

/// The analyte that a [`thing`] is.
pub fn analyte_of_thing(thing: &str) -> Option<&'static Analyte> {
    thing.strip_prefix("analyte ").and_then(analyte)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_name_and_code_stands_once_and_every_panel_is_known() {
        let names: BTreeSet<_> = ANALYTES.iter().map(|one| one.name).collect();
        assert_eq!(names.len(), ANALYTES.len());
        let codes: Vec<_> = ANALYTES.iter().flat_map(|one| &one.loinc).collect();
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
        let order: Vec<_> =
            ANALYTES.iter().filter_map(|one| PANELS.iter().position(|p| *p == one.panel)).collect();
        assert_eq!(order.len(), ANALYTES.len());
        assert!(order.is_sorted(), "panel by panel");
    }

    /// The last digit of a LOINC code is a check digit (mod 10), so most slips of the finger show. One old code of pulse
    /// oximetry, which US Core uses, was given out with another.
    #[test]
    fn codes_are_well_formed() {
        for code in ANALYTES.iter().flat_map(|one| &one.loinc).filter(|code| **code != "3150-6") {
            let (number, check) = code.split_once('-').unwrap();
            let sum: u32 = number
                .bytes()
                .rev()
                .enumerate()
                .map(|(n, digit)| {
                    let digit = u32::from(digit - b'0');
                    if n % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
                })
                .sum();
            assert_eq!(check.parse::<u32>().unwrap(), (10 - sum % 10) % 10, "{code}");
        }
    }

    #[test]
    fn things_are_one_by_analyte_code_or_words() {
        let loinc =
            |code: &str| vec![Coding { system: LOINC.to_owned(), code: code.to_owned(), display: None }];
        let glucose = thing(Kind::Result, &loinc("2345-7"), "Glucose");
        assert_eq!(glucose, thing(Kind::Result, &loinc("14749-6"), "GLUCOSE (SI)"));
        assert_ne!(
            glucose,
            thing(Kind::Result, &loinc("41653-7"), "Glucose"),
            "a fingerstick is another test"
        );
        assert_eq!(analyte_of_thing(&glucose).map(|one| one.name), Some("glucose"));
        assert_eq!(thing(Kind::Result, &[], " Glucose  Level"), thing(Kind::Result, &[], "glucose level"));
        assert_eq!(analyte_of_thing("words glucose"), None);
    }
}
