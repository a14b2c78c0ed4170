//! How much of a medicine and how often, as far as a dosing says so in figures or in the usual words. What it does not
//! understand it leaves open: two dosings differ only where both are understood.

use wholechart_fhir::{DetailValue, Dosage, Timing};

use crate::compare::{Decimal, fold};

/// One dosing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Regimen {
    /// Amount and its unit's first letters: `2 tab`.
    amount: Option<(String, &'static str)>,
    /// Times in so many hours.
    often: Option<(u32, u32)>,
}

/// Units that doses are counted in, by how their names begin.
const UNITS: &[(&str, &str)] = &[
    ("tab", "piece"),
    ("cap", "piece"),
    ("pill", "piece"),
    ("puff", "puff"),
    ("inhalation", "puff"),
    ("unit", "unit"),
    ("drop", "drop"),
    ("spray", "spray"),
    ("patch", "patch"),
    ("ml", "ml"),
    ("mg", "mg"),
    ("mcg", "mcg"),
];

/// Figures in words.
const FIGURES: &[(&str, &str)] = &[
    ("half", "0.5"),
    ("1/2", "0.5"),
    ("\u{bd}", "0.5"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
];

/// How often in words: times in so many hours. The first that is found counts.
const OFTEN: &[(&str, u32, u32)] = &[
    ("twice", 2, 24),
    ("bid", 2, 24),
    ("two times", 2, 24),
    ("2 times", 2, 24),
    ("every 12 hours", 2, 24),
    ("q12h", 2, 24),
    ("tid", 3, 24),
    ("three times", 3, 24),
    ("3 times", 3, 24),
    ("every 8 hours", 3, 24),
    ("q8h", 3, 24),
    ("qid", 4, 24),
    ("four times", 4, 24),
    ("4 times", 4, 24),
    ("every 6 hours", 4, 24),
    ("q6h", 4, 24),
    ("weekly", 1, 168),
    ("a week", 1, 168),
    ("every week", 1, 168),
    ("once daily", 1, 24),
    ("once a day", 1, 24),
    ("every day", 1, 24),
    ("daily", 1, 24),
    ("a day", 1, 24),
    ("qd", 1, 24),
];

impl Regimen {
    pub(crate) fn of(dosage: &Dosage) -> Regimen {
        let texts = || dosage.patient_instruction.iter().chain(&dosage.text).map(|text| fold(text));
        let stated = dosage.amounts.iter().find_map(|amount| match amount {
            DetailValue::Quantity(quantity) => {
                amount_of(quantity.value.as_deref()?, &fold(&quantity.unit_text()?))
            }
            _ => None,
        });
        Regimen {
            amount: stated.or_else(|| texts().find_map(|text| amount_in(&text))),
            often: dosage
                .timing
                .as_ref()
                .and_then(often)
                .or_else(|| texts().find_map(|text| often_in(&text))),
        }
    }

    /// Both say how much of the same unit, and not the same; or how often, and not the same.
    pub(crate) fn differs(&self, other: &Regimen) -> bool {
        let much = matches!((&self.amount, &other.amount), (Some(one), Some(two)) if one.1 == two.1 && one.0 != two.0);
        much || matches!((self.often, other.often), (Some(one), Some(two)) if one.0 * two.1 != two.0 * one.1)
    }
}

/// Whether two dosings are understood, and say as much and as often.
pub fn is_same_regimen(one: &Dosage, other: &Dosage) -> bool {
    let (one, other) = (Regimen::of(&in_pieces(one)), Regimen::of(&in_pieces(other)));
    let understood = |regimen: &Regimen| regimen.amount.is_some() && regimen.often.is_some();
    let often = one.often.zip(other.often).is_some_and(|(one, two)| one.0 * two.1 == two.0 * one.1);
    understood(&one) && understood(&other) && often && one.amount == other.amount
}

/// "10 mg = 1 tab, daily" is one tablet: what the pieces hold is their strength.
fn in_pieces(dosage: &Dosage) -> Dosage {
    let of = |text: &String| text.split_once(" = ").map_or(text.as_str(), |(_, pieces)| pieces).to_owned();
    Dosage {
        text: dosage.text.as_ref().map(of),
        patient_instruction: dosage.patient_instruction.as_ref().map(of),
        ..dosage.clone()
    }
}

fn amount_of(figure: &str, unit: &str) -> Option<(String, &'static str)> {
    let (_, unit) = UNITS.iter().find(|(name, _)| unit.starts_with(name))?;
    Some((Decimal::parse(figure)?.shifted(0), unit))
}

/// "Take 2 tablets": a figure with the unit after it.
fn amount_in(text: &str) -> Option<(String, &'static str)> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ','))
        .filter(|word| !matches!(*word, "" | "a" | "of"))
        .collect();
    words.windows(2).find_map(|pair| {
        let [figure, unit] = pair else { return None };
        let figure = FIGURES.iter().find(|(word, _)| word == figure).map_or(*figure, |(_, figure)| figure);
        amount_of(figure, unit)
    })
}

fn often(timing: &Timing) -> Option<(u32, u32)> {
    let figure = |text: Option<String>| text.map_or(Some(1), |text| text.parse::<u32>().ok());
    let hours = match timing.period_unit.as_deref()? {
        "h" => 1,
        "d" => 24,
        "wk" => 168,
        _ => return None,
    };
    let times = figure(timing.frequency.text())?;
    let span = figure(timing.period.text())?.checked_mul(hours)?;
    (span > 0 && times < 1000).then_some((times, span))
}

fn often_in(text: &str) -> Option<(u32, u32)> {
    let padded = format!(" {} ", text.replace(|c: char| !c.is_alphanumeric(), " "));
    OFTEN
        .iter()
        .find(|(words, ..)| padded.contains(&format!(" {words} ")))
        .map(|(_, times, hours)| (*times, *hours))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Regimen {
        Regimen::of(&Dosage { text: Some(text.to_owned()), ..Dosage::default() })
    }

    #[test]
    fn the_same_in_other_words_does_not_differ() {
        for (one, two) in [
            ("1 tablet twice a day", "Take one tablet by mouth 2 times daily"),
            ("1 tab PO BID", "1 tablet every 12 hours"),
            ("2 puffs as needed", "2 puffs every 4 hours"),
            ("1 tablet daily", "take as directed"),
            ("half a tablet daily", "1/2 tab once a day"),
        ] {
            assert!(!said(one).differs(&said(two)), "{one} / {two}");
        }
        for (one, two) in [
            ("1 tablet twice a day", "2 tablets three times a day"),
            ("10 units daily", "14 units daily"),
            ("1 tablet daily", "1 tablet weekly"),
            ("half a tablet daily", "1 tablet daily"),
        ] {
            assert!(said(one).differs(&said(two)), "{one} / {two}");
        }
    }

    #[test]
    fn what_is_not_understood_is_not_known_to_be_the_same() {
        let same = |one: &str, two: &str| {
            let dosage = |text: &str| Dosage { text: Some(text.to_owned()), ..Dosage::default() };
            is_same_regimen(&dosage(one), &dosage(two))
        };
        assert!(same("1 tablet twice a day", "1 tab PO BID"));
        assert!(same("1 tablet twice a day", "500 mg = 1 tab, Oral, BID"));
        assert!(!same("1 tablet twice a day", "1 tablet"));
        assert!(!same("1 tablet at bedtime", "1 tablet at bedtime"));
        assert!(!same("1 tablet daily", "2 tablets daily"));
    }
}
