//! Which tests measure one thing: what may stand in one line of a chart, and in which panel it is listed.
//!
//! Several LOINC codes are one analyte only where substance, specimen and method are the same and no more than the
//! unit differs (mass and moles of one substance), or where senders use them side by side for one measurement.
//! Everything else stays apart: a fingerstick is not a blood sample. Codes: LOINC (Regenstrief Institute), used under
//! its licence; the names are ours.

use wholechart_fhir::system::{CVX, LOINC};
use wholechart_fhir::{Coding, Element, Kind};

use crate::compare::{comparable, fold};
use crate::current::said::Said;
use crate::fact::Fact;
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
    pub loinc: &'static [&'static str],
    /// Grams a mole, as a decimal, where the analyte is one substance; else mass and moles are not compared.
    pub molar_mass: Option<&'static str>,
    /// Charges of its ion, where equivalents are sent for moles.
    pub valence: Option<u8>,
}

const fn plain(name: &'static str, panel: &'static str, loinc: &'static [&'static str]) -> Analyte {
    Analyte { name, panel, loinc, molar_mass: None, valence: None }
}

const fn molar(
    name: &'static str,
    panel: &'static str,
    loinc: &'static [&'static str],
    mass: &'static str,
) -> Analyte {
    Analyte { name, panel, loinc, molar_mass: Some(mass), valence: None }
}

const fn ion(
    name: &'static str,
    panel: &'static str,
    loinc: &'static [&'static str],
    mass: &'static str,
    valence: u8,
) -> Analyte {
    Analyte { name, panel, loinc, molar_mass: Some(mass), valence: Some(valence) }
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

/// Every analyte we know, panel by panel in the order they are listed. Molar masses: IUPAC standard atomic weights.
/// Triglycerides have none: they are a mixture. Neither has hemoglobin, which is counted by chain or by molecule.
pub const ANALYTES: &[Analyte] = &[
    plain("blood-pressure", "circulation", &["85354-9", "55284-4", "35094-2"]),
    plain("systolic", "circulation", &["8480-6"]),
    plain("diastolic", "circulation", &["8462-4"]),
    plain("mean-pressure", "circulation", &["8478-0"]),
    plain("heart-rate", "circulation", &["8867-4"]),
    plain("breathing-rate", "breathing", &["9279-1"]),
    // US Core wants both codes on every pulse oximetry.
    plain("oxygen-saturation", "breathing", &["59408-5", "2708-6"]),
    plain("oxygen-flow", "breathing", &["3151-8"]),
    plain("oxygen-inhaled", "breathing", &["3150-6"]),
    plain("temperature", "temperature", &["8310-5"]),
    plain("temperature-oral", "temperature", &["8331-1"]),
    plain("weight", "body", &["29463-7", "3141-9", "8350-1"]),
    plain("height", "body", &["8302-2", "3137-7"]),
    plain("length", "body", &["8306-3"]),
    plain("bmi", "body", &["39156-5"]),
    plain("head", "body", &["9843-4", "8287-5"]),
    plain("waist", "body", &["8280-0", "56086-2"]),
    plain("bmi-percentile", "body", &["59576-9"]),
    plain("weight-for-length", "body", &["77606-2"]),
    plain("head-percentile", "body", &["8289-1"]),
    molar("glucose", "sugar", &["2345-7", "14749-6"], "180.156"),
    molar("glucose-fasting", "sugar", &["1558-6"], "180.156"),
    molar("glucose-blood", "sugar", &["2339-0"], "180.156"),
    molar("glucose-fingerstick", "sugar", &["41653-7"], "180.156"),
    plain("a1c", "sugar", &["4548-4"]),
    plain("a1c-chromatography", "sugar", &["17856-6"]),
    plain("a1c-ifcc", "sugar", &["59261-8"]),
    molar("creatinine", "kidney", &["2160-0", "14682-9"], "113.12"),
    plain("egfr", "kidney", &["33914-3"]),
    plain("egfr-ckd-epi-2009", "kidney", &["62238-1"]),
    plain("egfr-ckd-epi-2021", "kidney", &["98979-8"]),
    plain("egfr-cystatin", "kidney", &["69405-9"]),
    plain("urea-nitrogen", "kidney", &["3094-0"]),
    molar("uric-acid", "kidney", &["3084-1", "14933-6"], "168.11"),
    ion("sodium", "salts", &["2951-2"], "22.990", 1),
    ion("potassium", "salts", &["2823-3"], "39.098", 1),
    ion("chloride", "salts", &["2075-0"], "35.45", 1),
    plain("carbon-dioxide", "salts", &["2028-9"]),
    plain("bicarbonate", "salts", &["1963-8"]),
    plain("anion-gap", "salts", &["33037-3"]),
    ion("calcium", "salts", &["17861-6", "2000-8"], "40.078", 2),
    ion("magnesium", "salts", &["19123-9", "2601-3"], "24.305", 2),
    plain("phosphate", "salts", &["2777-1"]),
    molar("cholesterol", "lipids", &["2093-3", "14647-2"], "386.66"),
    molar("ldl-calculated", "lipids", &["13457-7", "39469-2"], "386.66"),
    molar("ldl-direct", "lipids", &["18262-6"], "386.66"),
    molar("ldl", "lipids", &["2089-1", "22748-8"], "386.66"),
    molar("hdl", "lipids", &["2085-9", "14646-4"], "386.66"),
    molar("non-hdl", "lipids", &["43396-1"], "386.66"),
    plain("vldl", "lipids", &["13458-5"]),
    plain("triglycerides", "lipids", &["2571-8"]),
    plain("cholesterol-ratio", "lipids", &["9830-1"]),
    plain("alt", "liver", &["1742-6"]),
    plain("alt-p5p", "liver", &["1743-4"]),
    plain("ast", "liver", &["1920-8"]),
    plain("alkaline-phosphatase", "liver", &["6768-6"]),
    plain("ggt", "liver", &["2324-2"]),
    molar("bilirubin", "liver", &["1975-2", "14631-6"], "584.67"),
    molar("bilirubin-direct", "liver", &["1968-7", "14629-0"], "584.67"),
    plain("bilirubin-indirect", "liver", &["1971-1"]),
    plain("albumin", "liver", &["1751-7"]),
    plain("protein", "liver", &["2885-2"]),
    plain("globulin", "liver", &["10834-0"]),
    plain("albumin-globulin", "liver", &["1759-0"]),
    plain("lipase", "liver", &["3040-3"]),
    plain("amylase", "liver", &["1798-8"]),
    plain("white-cells", "blood-count", &["6690-2"]),
    plain("red-cells", "blood-count", &["789-8"]),
    plain("hemoglobin", "blood-count", &["718-7"]),
    plain("hematocrit", "blood-count", &["4544-3"]),
    plain("mcv", "blood-count", &["787-2"]),
    plain("mch", "blood-count", &["785-6"]),
    plain("mchc", "blood-count", &["786-4"]),
    plain("rdw", "blood-count", &["788-0"]),
    plain("platelets", "blood-count", &["777-3"]),
    plain("mpv", "blood-count", &["32623-1"]),
    plain("neutrophils", "blood-count", &["751-8"]),
    plain("neutrophils-percent", "blood-count", &["770-8"]),
    plain("lymphocytes", "blood-count", &["731-0"]),
    plain("lymphocytes-percent", "blood-count", &["736-9"]),
    plain("monocytes", "blood-count", &["742-7"]),
    plain("monocytes-percent", "blood-count", &["5905-5"]),
    plain("eosinophils", "blood-count", &["711-2"]),
    plain("eosinophils-percent", "blood-count", &["713-8"]),
    plain("basophils", "blood-count", &["704-7"]),
    plain("basophils-percent", "blood-count", &["706-2"]),
    molar("iron", "iron", &["2498-4", "14798-3"], "55.845"),
    plain("ferritin", "iron", &["2276-4"]),
    plain("iron-binding", "iron", &["2500-7"]),
    plain("iron-saturation", "iron", &["2502-3"]),
    plain("tsh", "thyroid", &["3016-3"]),
    plain("tsh-sensitive", "thyroid", &["11580-8"]),
    molar("t4-free", "thyroid", &["3024-7", "14920-3"], "776.87"),
    plain("t4", "thyroid", &["3026-2"]),
    plain("t3-free", "thyroid", &["3051-0"]),
    plain("t3", "thyroid", &["3053-6"]),
    plain("troponin-i", "heart", &["10839-9"]),
    plain("troponin-i-sensitive", "heart", &["89579-7"]),
    plain("troponin-t", "heart", &["6598-7"]),
    plain("troponin-t-sensitive", "heart", &["67151-1"]),
    plain("bnp", "heart", &["30934-4"]),
    plain("nt-probnp", "heart", &["33762-6"]),
    plain("creatine-kinase", "heart", &["2157-6"]),
    plain("creatine-kinase-mb", "heart", &["13969-1"]),
    plain("inr", "clotting", &["6301-6"]),
    plain("inr-capillary", "clotting", &["34714-6"]),
    plain("prothrombin-time", "clotting", &["5902-2"]),
    plain("aptt", "clotting", &["3173-2"]),
    plain("fibrinogen", "clotting", &["3255-7"]),
    plain("d-dimer", "clotting", &["48065-7"]),
    plain("crp", "inflammation", &["1988-5"]),
    plain("crp-sensitive", "inflammation", &["30522-7"]),
    plain("esr", "inflammation", &["4537-7"]),
    plain("vitamin-d3", "vitamins", &["1989-3"]),
    plain("vitamin-d", "vitamins", &["62292-8"]),
    plain("vitamin-b12", "vitamins", &["2132-9"]),
    plain("folate", "vitamins", &["2284-8"]),
    molar("testosterone", "hormones", &["2986-8", "14913-8"], "288.43"),
    molar("estradiol", "hormones", &["2243-4", "14715-7"], "272.39"),
    molar("cortisol", "hormones", &["2143-6", "14675-3"], "362.47"),
    plain("prolactin", "hormones", &["2842-3"]),
    plain("lh", "hormones", &["10501-5"]),
    plain("fsh", "hormones", &["15067-2"]),
    plain("parathyroid", "hormones", &["2731-8"]),
    plain("hcg", "hormones", &["21198-7"]),
    plain("psa", "markers", &["2857-1"]),
    plain("psa-free", "markers", &["10886-0"]),
    plain("cea", "markers", &["2039-6"]),
    plain("ca-125", "markers", &["10334-1"]),
    plain("alpha-fetoprotein", "markers", &["1834-1"]),
    plain("albumin-urine", "urine", &["14957-5"]),
    plain("albumin-creatinine-urine", "urine", &["9318-7"]),
    plain("albumin-creatinine-urine-ratio", "urine", &["14959-1"]),
    plain("creatinine-urine", "urine", &["2161-8"]),
    plain("protein-urine", "urine", &["2888-6"]),
    plain("protein-urine-strip", "urine", &["20454-5"]),
    plain("glucose-urine-strip", "urine", &["25428-4"]),
    plain("ketones-urine-strip", "urine", &["2514-8"]),
    plain("nitrite-urine-strip", "urine", &["5802-4"]),
    plain("leukocytes-urine-strip", "urine", &["5799-2"]),
    plain("ph-urine", "urine", &["5803-2"]),
    plain("gravity-urine", "urine", &["5811-5"]),
];

/// What an entry measures, as far as we know: by the first of its LOINC codes that the table has.
pub(crate) fn analyte_of(codes: &[Coding]) -> Option<&'static Analyte> {
    comparable(codes)
        .filter(|(system, _)| *system == LOINC)
        .find_map(|(_, code)| ANALYTES.iter().find(|analyte| analyte.loinc.contains(&code)))
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
        let codes: Vec<_> = ANALYTES.iter().flat_map(|one| one.loinc).collect();
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
        for code in ANALYTES.iter().flat_map(|one| one.loinc).filter(|code| **code != "3150-6") {
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
