//! Figures in another unit, where the conversion is exact for what was measured.
//!
//! An allow-list of units with their scales: within one dimension by a factor that is defined (an inch is 2.54 cm),
//! from mass to moles where the analyte is one substance, from equivalents to moles where it is one ion. Refused: a
//! general UCUM library, which reads `K/uL` as kelvin and turns `meq/L` into `mmol/L` whatever the ion. Figures stay
//! decimals all the way; the result has as many significant digits as what was sent, and three where it needs them.

use wholechart_fhir::Quantity;

use crate::compare::unit_name;
use crate::measure::analyte::Analyte;

/// What is measured by a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dimension {
    /// Grams a litre.
    MassConcentration,
    /// Moles a litre.
    AmountConcentration,
    /// Equivalents a litre.
    ChargeConcentration,
    /// Things a litre.
    NumberConcentration,
    /// Units of an assay, and international units: each kind for itself.
    EnzymeConcentration,
    InternationalConcentration,
    /// Kilograms.
    Mass,
    /// Metres.
    Length,
    /// Kelvin, with a zero of its own.
    Temperature,
}

/// `figure × 10^power` of the dimension's own unit.
struct Scale {
    unit: &'static str,
    shown: &'static str,
    other: &'static [&'static str],
    dimension: Dimension,
    figure: i128,
    power: i32,
}

const fn scale(
    unit: &'static str,
    shown: &'static str,
    other: &'static [&'static str],
    dimension: Dimension,
    figure: i128,
    power: i32,
) -> Scale {
    Scale { unit, shown, other, dimension, figure, power }
}

/// By UCUM's code, as people write it, with further spellings that mean nothing else.
const SCALES: &[Scale] = &[
    scale("g/L", "g/L", &["g/l"], Dimension::MassConcentration, 1, 0),
    scale("g/dL", "g/dL", &[], Dimension::MassConcentration, 1, 1),
    scale("mg/mL", "mg/mL", &["mg/ml"], Dimension::MassConcentration, 1, 0),
    scale("mg/dL", "mg/dL", &[], Dimension::MassConcentration, 1, -2),
    scale("mg/L", "mg/L", &[], Dimension::MassConcentration, 1, -3),
    scale("ug/mL", "µg/mL", &["mcg/mL", "\u{b5}g/mL", "\u{3bc}g/mL"], Dimension::MassConcentration, 1, -3),
    scale("ug/dL", "µg/dL", &[], Dimension::MassConcentration, 1, -5),
    scale("ug/L", "µg/L", &["mcg/L", "\u{b5}g/L", "\u{3bc}g/L"], Dimension::MassConcentration, 1, -6),
    scale("ng/mL", "ng/mL", &[], Dimension::MassConcentration, 1, -6),
    scale("ng/dL", "ng/dL", &[], Dimension::MassConcentration, 1, -8),
    scale("ng/L", "ng/L", &["ng/l"], Dimension::MassConcentration, 1, -9),
    scale("pg/mL", "pg/mL", &[], Dimension::MassConcentration, 1, -9),
    scale("mmol/L", "mmol/L", &[], Dimension::AmountConcentration, 1, -3),
    scale("umol/L", "µmol/L", &[], Dimension::AmountConcentration, 1, -6),
    scale("nmol/L", "nmol/L", &["nmol/l"], Dimension::AmountConcentration, 1, -9),
    scale("pmol/L", "pmol/L", &["pmol/l"], Dimension::AmountConcentration, 1, -12),
    scale("meq/L", "mEq/L", &[], Dimension::ChargeConcentration, 1, -3),
    scale("10*3/uL", "10³/µL", &[], Dimension::NumberConcentration, 1, 9),
    scale("10*6/uL", "10⁶/µL", &[], Dimension::NumberConcentration, 1, 12),
    scale("/uL", "/µL", &["cells/uL", "/mm3", "/cumm", "{cells}/uL"], Dimension::NumberConcentration, 1, 6),
    scale("U/L", "U/L", &[], Dimension::EnzymeConcentration, 1, 0),
    scale("[iU]/L", "IU/L", &[], Dimension::InternationalConcentration, 1, 0),
    scale("[iU]/mL", "IU/mL", &[], Dimension::InternationalConcentration, 1, 3),
    scale("m[iU]/L", "mIU/L", &[], Dimension::InternationalConcentration, 1, -3),
    scale("m[iU]/mL", "mIU/mL", &[], Dimension::InternationalConcentration, 1, 0),
    scale("u[iU]/mL", "µIU/mL", &[], Dimension::InternationalConcentration, 1, -3),
    scale("kg", "kg", &["KG", "kgs", "kilograms", "kilogram"], Dimension::Mass, 1, 0),
    scale("g", "g", &["grams", "gram"], Dimension::Mass, 1, -3),
    scale("[lb_av]", "lb", &["lb", "lbs", "LB", "LBS", "pounds", "pound"], Dimension::Mass, 45_359_237, -8),
    scale("[oz_av]", "oz", &["oz", "ounces", "ounce"], Dimension::Mass, 28_349_523_125, -12),
    scale("m", "m", &["meters", "meter", "metres"], Dimension::Length, 1, 0),
    scale("cm", "cm", &["CM", "centimeters", "centimetres"], Dimension::Length, 1, -2),
    scale("mm", "mm", &["millimeters"], Dimension::Length, 1, -3),
    scale("[in_i]", "in", &["in", "in.", "inch", "inches", "IN"], Dimension::Length, 254, -4),
    scale("Cel", "°C", &["\u{b0}C", "degC", "deg C", "C"], Dimension::Temperature, 1, 0),
    scale("[degF]", "°F", &["\u{b0}F", "degF", "deg F", "F"], Dimension::Temperature, 1, 0),
];

/// Units that are in no conversion but have more than one spelling.
const SPELLINGS: &[(&str, &str, &[&str])] = &[
    (
        "/min",
        "/min",
        &["bpm", "BPM", "{beats}/min", "beats/min", "beats/minute", "{breaths}/min", "breaths/min", "br/min"],
    ),
    ("kg/m2", "kg/m²", &["kg/m\u{b2}", "kg/m^2", "kg/(m^2)"]),
    ("mm[Hg]", "mmHg", &[]),
];

fn scale_of(unit: &str) -> Option<&'static Scale> {
    SCALES.iter().find(|scale| scale.unit == unit || scale.other.contains(&unit))
}

/// The one name of a unit, by its code or else its words; as sent where we know no other. None where there is none.
pub fn unit_of(quantity: &Quantity) -> Option<String> {
    let names = [quantity.code.as_deref(), quantity.unit.as_deref()];
    let known = names.iter().find_map(|sent| {
        let name = unit_name(*sent)?;
        scale_of(name).map(|scale| scale.unit).or_else(|| {
            SPELLINGS.iter().find(|(unit, _, other)| *unit == name || other.contains(&name)).map(|one| one.0)
        })
    });
    // A code of the sender's own says less than its words.
    known
        .or_else(|| unit_name(quantity.unit.as_deref()))
        .or_else(|| unit_name(quantity.code.as_deref()))
        .map(str::to_owned)
}

/// A unit as people write it.
pub fn unit_shown(unit: &str) -> &str {
    scale_of(unit)
        .map(|scale| scale.shown)
        .or_else(|| SPELLINGS.iter().find(|(name, ..)| *name == unit).map(|one| one.1))
        .unwrap_or(unit)
}

/// The figure of `quantity` in `unit` (a name from [`unit_of`]), without its comparator: as sent where the unit is the
/// same, converted where that is exact for `analyte`, else none.
pub fn figure_in(quantity: &Quantity, unit: Option<&str>, analyte: Option<&Analyte>) -> Option<String> {
    let figure = quantity.value.as_deref()?;
    let sent = unit_of(quantity);
    if sent.as_deref() == unit {
        return Some(figure.to_owned());
    }
    let (from, to) = (scale_of(sent.as_deref()?)?, scale_of(unit?)?);
    let amount = Amount::parse(figure)?;
    if from.dimension == Dimension::Temperature && to.dimension == Dimension::Temperature {
        return amount.temperature(from.unit == "[degF]");
    }
    // Everything as one fraction: figure × from ÷ to, and the bridge between dimensions.
    let (mut above, mut below, mut power) = (from.figure, to.figure, from.power - to.power);
    match (from.dimension, to.dimension) {
        (a, b) if a == b => {}
        (Dimension::MassConcentration, Dimension::AmountConcentration) => {
            let mass = Amount::parse(analyte?.molar_mass?)?;
            below = below.checked_mul(mass.figure)?;
            power -= mass.power;
        }
        (Dimension::AmountConcentration, Dimension::MassConcentration) => {
            let mass = Amount::parse(analyte?.molar_mass?)?;
            above = above.checked_mul(mass.figure)?;
            power += mass.power;
        }
        (Dimension::ChargeConcentration, Dimension::AmountConcentration) => {
            below = below.checked_mul(i128::from(analyte?.valence?))?;
        }
        (Dimension::AmountConcentration, Dimension::ChargeConcentration) => {
            above = above.checked_mul(i128::from(analyte?.valence?))?;
        }
        _ => return None,
    }
    amount.times(above, below, power)
}

/// A decimal small enough to be calculated with: `figure × 10^power`.
struct Amount {
    figure: i128,
    power: i32,
    /// Digits that say something: those of `0.050` are two.
    significant: u32,
}

impl Amount {
    fn parse(text: &str) -> Option<Amount> {
        const LONGEST: usize = 15;
        // Noughts after the point say nothing of their own and still cost places: nobody measures this finely.
        const MOST_PLACES: usize = 40;
        let text = text.trim();
        let (mantissa, power) = match text.split_once(['e', 'E']) {
            Some((mantissa, power)) => {
                (mantissa, power.parse::<i32>().ok().filter(|p| (-19..20).contains(p))?)
            }
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let bare = digits.trim_start_matches(['+', '-']).trim_start_matches('0');
        if bare.len() > LONGEST || fraction.len() > MOST_PLACES || fraction.contains(['+', '-']) {
            return None;
        }
        let significant = u32::try_from(bare.len()).ok()?.max(1);
        Some(Amount {
            figure: digits.parse().ok()?,
            power: power - i32::try_from(fraction.len()).ok()?,
            significant,
        })
    }

    /// × above ÷ below × 10^power, rounded to the digits that were stated, at least three: 70 inches are 178 cm.
    fn times(&self, above: i128, below: i128, power: i32) -> Option<String> {
        const SPARE: i32 = 12;
        let value = self.figure.checked_mul(above)?.checked_mul(10_i128.pow(SPARE.unsigned_abs()))?;
        Some(rounded(value.checked_div(below)?, self.power + power - SPARE, self.significant))
    }

    /// Between the two scales of temperature, to the decimals that were stated.
    fn temperature(&self, from_fahrenheit: bool) -> Option<String> {
        // As hundred-millionths of a degree, exactly: 32 °F is 0 °C, and nine of one are five of the other.
        const FINE: i32 = 8;
        let fine = self.figure.checked_mul(10_i128.checked_pow(u32::try_from(self.power + FINE).ok()?)?)?;
        let zero = 32 * 10_i128.pow(FINE.unsigned_abs());
        let other =
            if from_fahrenheit { (fine - zero).checked_mul(5)? / 9 } else { fine.checked_mul(9)? / 5 + zero };
        let places = (-self.power).clamp(1, 2);
        let unit = 10_i128.pow((FINE - places).unsigned_abs());
        Some(decimal(divided(other, unit), -places))
    }
}

/// Half away from zero.
fn divided(value: i128, by: i128) -> i128 {
    let half = by / 2;
    (if value < 0 { value - half } else { value + half }) / by
}

fn rounded(value: i128, power: i32, significant: u32) -> String {
    const LEAST: u32 = 3;
    let digits = |value: i128| if value == 0 { 1 } else { value.unsigned_abs().ilog10() + 1 };
    let over = digits(value).saturating_sub(significant.max(LEAST));
    let (mut value, mut power) =
        (divided(value, 10_i128.pow(over)), power + i32::try_from(over).unwrap_or(0));
    // A nought that was neither stated nor found says nothing.
    while power < 0 && digits(value) > significant && value % 10 == 0 {
        (value, power) = (value / 10, power + 1);
    }
    decimal(value, power)
}

/// `value × 10^power` in plain figures.
fn decimal(value: i128, power: i32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let digits = value.unsigned_abs().to_string();
    let Ok(places) = usize::try_from(-power) else {
        let zeros = if value == 0 { 0 } else { power.unsigned_abs() as usize };
        return format!("{sign}{digits}{}", "0".repeat(zeros));
    };
    if places == 0 {
        return format!("{sign}{digits}");
    }
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = padded.split_at(padded.len() - places);
    format!("{sign}{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::analyte::analyte;

    fn sent(value: &str, unit: &str) -> Quantity {
        Quantity { value: Some(value.to_owned()), unit: Some(unit.to_owned()), ..Quantity::default() }
    }

    fn check(of: &str, value: &str, from: &str, to: &str, expected: Option<&str>) {
        let found = figure_in(&sent(value, from), Some(to), analyte(of));
        assert_eq!(found.as_deref(), expected, "{value} {from} of {of} in {to}");
    }

    #[test]
    fn figures_are_converted_where_that_is_exact() {
        // One substance: its molar mass (interop: glucose 18.016, cholesterol 38.67, creatinine 88.4).
        check("glucose", "100", "mg/dL", "mmol/L", Some("5.55"));
        check("glucose", "5.5", "mmol/L", "mg/dL", Some("99.1"));
        check("cholesterol", "200", "mg/dL", "mmol/L", Some("5.17"));
        check("creatinine", "1.0", "mg/dL", "umol/L", Some("88.4"));
        check("creatinine", "1.00", "mg/dl", "umol/L", Some("88.4"));
        check("bilirubin", "1.20", "mg/dL", "umol/L", Some("20.5"));
        // One ion.
        check("potassium", "4.1", "mEq/L", "mmol/L", Some("4.1"));
        check("calcium", "5.0", "mEq/L", "mmol/L", Some("2.5"));
        // One dimension.
        check("hemoglobin", "13.5", "g/dL", "g/L", Some("135"));
        check("weight", "180", "lb", "kg", Some("81.6"));
        check("height", "70", "[in_i]", "cm", Some("178"));
        check("white-cells", "7.2", "K/uL", "/uL", Some("7200"));
        check("tsh", "2.31", "uIU/mL", "m[iU]/L", Some("2.31"));
        check("temperature", "98.6", "[degF]", "Cel", Some("37.0"));
        check("temperature", "37", "Cel", "[degF]", Some("98.6"));
        check("temperature", "-40.0", "Cel", "[degF]", Some("-40.0"));
        // The same unit in other letters: the figure as it was sent.
        check("glucose", "5.10", "MG/DL", "mg/dL", Some("5.10"));
    }

    #[test]
    fn and_refused_where_it_is_not() {
        check("triglycerides", "150", "mg/dL", "mmol/L", None);
        check("hemoglobin", "13.5", "g/dL", "mmol/L", None);
        check("potassium", "4.1", "mmol/L", "[iU]/L", None);
        check("bicarbonate", "24", "meq/L", "mmol/L", None);
        check("glucose", "high", "mg/dL", "mmol/L", None);
        check("glucose", "5", "whatever", "mg/dL", None);
        check("alt", "20", "U/L", "[iU]/L", None);
        check("glucose", "99999999999999999999", "mg/dL", "mmol/L", None);
        assert_eq!(figure_in(&sent("100", "mg/dL"), Some("mmol/L"), None), None, "nobody knows what it is");
        assert_eq!(figure_in(&sent("100", "mg/dL"), None, analyte("glucose")), None);
    }

    #[test]
    fn there_and_back_is_the_same_figure() {
        for (name, one, other) in [
            ("glucose", "mg/dL", "mmol/L"),
            ("weight", "kg", "[lb_av]"),
            ("height", "cm", "[in_i]"),
            ("calcium", "mg/dL", "mmol/L"),
            ("temperature", "Cel", "[degF]"),
        ] {
            for figure in ["101.30000", "36.60000", "7.00000"] {
                let there = figure_in(&sent(figure, one), Some(other), analyte(name)).unwrap();
                let back = figure_in(&sent(&there, other), Some(one), analyte(name)).unwrap();
                let (back, figure): (f64, f64) = (back.parse().unwrap(), figure.parse().unwrap());
                assert!((back / figure - 1.0).abs() < 1e-3, "{name} {figure} {there} {back}");
            }
        }
    }

    #[test]
    fn kelvin_and_kilo_are_told_apart() {
        assert_eq!(unit_of(&sent("7", "K/uL")).as_deref(), Some("10*3/uL"));
        assert_eq!(unit_shown("10*3/uL"), "10³/µL");
        assert_eq!(unit_of(&sent("70", "bpm")).as_deref(), Some("/min"));
        assert_eq!(unit_of(&sent("70", "")), None);
        assert_eq!(unit_of(&sent("70", "[in_us]")), unit_of(&sent("70", "in")), "one inch in a chart");
        let both = Quantity { code: Some("{score}".into()), ..sent("7", "points") };
        assert_eq!(unit_of(&both).as_deref(), Some("points"));
    }
}
