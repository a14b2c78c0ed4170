//! What people measure at home: codes, units, and the figures that can be read off a device at all.

use super::wire::OwnMeasure;

/// A figure with one unit.
pub(super) struct OwnUnit {
    /// UCUM.
    pub(super) unit: &'static str,
    /// As people write it.
    pub(super) label: &'static str,
    /// LOINC code of the test in this unit, which the catalogue names in every language; and a name where it has none.
    pub(super) loinc: (&'static str, Option<&'static str>),
    /// The least and the greatest figure that can be; beyond them is a slip of the finger.
    pub(super) from: f64,
    pub(super) to: f64,
}

/// Of a pair, what each of the two figures is.
pub(super) const SYSTOLIC: (&str, Option<&str>) = ("8480-6", None);
pub(super) const DIASTOLIC: (&str, Option<&str>) = ("8462-4", None);

const fn unit(
    unit: &'static str,
    label: &'static str,
    loinc: (&'static str, Option<&'static str>),
    from: f64,
    to: f64,
) -> OwnUnit {
    OwnUnit { unit, label, loinc, from, to }
}

const WEIGHT: (&str, Option<&str>) = ("29463-7", None);
const HEIGHT: (&str, Option<&str>) = ("8302-2", None);
const TEMPERATURE: (&str, Option<&str>) = ("8310-5", None);

/// All of them in the order they are offered, the usual unit of the United States first. Codes: LOINC (Regenstrief
/// Institute), used under its licence.
pub(super) const MEASURES: &[(OwnMeasure, &[OwnUnit])] = &[
    (OwnMeasure::BloodPressure, &[unit("mm[Hg]", "mmHg", ("85354-9", None), 20.0, 350.0)]),
    (
        OwnMeasure::Weight,
        &[unit("[lb_av]", "lb", WEIGHT, 1.0, 1_500.0), unit("kg", "kg", WEIGHT, 0.3, 700.0)],
    ),
    (OwnMeasure::Height, &[unit("[in_i]", "in", HEIGHT, 8.0, 110.0), unit("cm", "cm", HEIGHT, 20.0, 280.0)]),
    (
        OwnMeasure::Temperature,
        &[unit("[degF]", "°F", TEMPERATURE, 75.0, 115.0), unit("Cel", "°C", TEMPERATURE, 24.0, 46.0)],
    ),
    (OwnMeasure::HeartRate, &[unit("/min", "/min", ("8867-4", None), 15.0, 350.0)]),
    (OwnMeasure::OxygenSaturation, &[unit("%", "%", ("59408-5", None), 30.0, 100.0)]),
    (
        OwnMeasure::Glucose,
        &[
            unit("mg/dL", "mg/dL", ("41653-7", None), 10.0, 2_000.0),
            unit("mmol/L", "mmol/L", ("14743-9", Some("Glucose, fingerstick")), 0.5, 111.0),
        ],
    ),
    (OwnMeasure::Pain, &[unit("{score}", "/10", ("72514-3", None), 0.0, 10.0)]),
];

/// A measure in one of its units. `None`: it has no such unit.
pub(super) fn measured(what: OwnMeasure, unit: &str) -> Option<&'static OwnUnit> {
    let (_, units) = MEASURES.iter().find(|(one, _)| *one == what)?;
    units.iter().find(|one| one.unit == unit)
}

/// What a LOINC code measures.
pub(super) fn measure_of(loinc: &str) -> Option<OwnMeasure> {
    MEASURES.iter().find(|(_, units)| units.iter().any(|one| one.loinc.0 == loinc)).map(|(what, _)| *what)
}

/// A figure as JSON writes it: digits as they were typed, without noughts before them. `None`: it is none.
pub(super) fn figure(typed: &str) -> Option<String> {
    const LONGEST: usize = 12;
    let (whole, part) = typed.split_once('.').map_or((typed, None), |(whole, part)| (whole, Some(part)));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let any = !whole.is_empty() || part.is_some_and(|part| !part.is_empty());
    if !any || typed.len() > LONGEST || !digits(whole) || !part.is_none_or(digits) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(match part.filter(|part| !part.is_empty()) {
        Some(part) => format!("{whole}.{part}"),
        None => whole.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_keeps_its_digits_and_nothing_else_is_one() {
        let read = |typed| figure(typed);
        assert_eq!(read("98.60").as_deref(), Some("98.60"));
        assert_eq!(read("072").as_deref(), Some("72"));
        assert_eq!(read(".5").as_deref(), Some("0.5"));
        assert_eq!(read("5.").as_deref(), Some("5"));
        assert_eq!(read("0").as_deref(), Some("0"));
        for none in ["", ".", "1,5", "-3", "1e3", "1.2.3", "12 ", "١٢", "1234567890123"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn every_code_leads_back_to_what_is_measured() {
        for (what, units) in MEASURES {
            assert!(units.iter().all(|one| one.from < one.to));
            assert!(units.iter().all(|one| measure_of(one.loinc.0) == Some(*what)));
        }
    }
}
