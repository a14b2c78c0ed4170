//! Medicines as their names say them ([`Medicine`]), compared: whether two are called alike, by which way they are taken, and their strength.

use wholechart_fhir::{DetailValue, Dosage};
use wholechart_names::medicine::route;
pub(crate) use wholechart_names::medicine::{Medicine, plain_name};

use crate::compare::{Decimal, fold};
use crate::title::share;

/// Takes the way that the instructions name, where the name says none and they name one only.
pub(crate) fn take_route(medicine: &mut Medicine, dosage: &[Dosage]) {
    let ways = dosage.iter().flat_map(|dosage| &dosage.ways);
    let mut routes: Vec<&'static str> = ways.filter_map(route_in).collect();
    routes.sort_unstable();
    routes.dedup();
    if let [route] = routes.as_slice() {
        medicine.route.get_or_insert(route);
    }
}

/// By the same name, or by one that stands beside the other's.
pub(crate) fn are_called_alike(one: &Medicine, other: &Medicine) -> bool {
    share(&one.names, &other.names) || share(&one.names, &other.beside) || share(&one.beside, &other.names)
}

fn route_in(way: &DetailValue) -> Option<&'static str> {
    let coded = match way {
        DetailValue::Code(coding) => route(&coding.code),
        _ => None,
    };
    let words = fold(&way.plain());
    coded.or_else(|| words.split(|char: char| !char.is_alphanumeric()).find_map(route))
}

/// The strength that a title states, in its own unit: `40 mg`, `75 mcg`. `None` where it states none, one of several ingredients, or in
/// another way than as a figure with its unit.
pub fn strength(title: &str) -> Option<String> {
    let small = title.to_lowercase();
    // "1,000 mg" is one figure.
    let plain: String = small.split_whitespace().collect::<String>().replace(',', "");
    let figures: Vec<char> = plain.chars().collect();
    // `5-325 mg` and `10/20 mg` are of two ingredients.
    let of_two = figures
        .windows(3)
        .any(|three| three[0].is_ascii_digit() && matches!(three[1], '-' | '/') && three[2].is_ascii_digit());
    let several = [" and ", "/", "-", "+"].iter().any(|sign| small.contains(sign));
    let as_written = |amount: &String| {
        let (figure, unit) = amount.split_once(' ')?;
        let figure = Decimal::parse(figure)?;
        let (unit, per) =
            unit.split_once('/').map_or((unit, String::new()), |(unit, per)| (unit, format!("/{per}")));
        let units: &[(&str, i64)] =
            if unit == "mg" { &[("mg", 0), ("mcg", 3), ("ug", 3), ("g", -3)] } else { &[(unit, 0)] };
        let mut ways = units.iter().map(|(unit, shift)| (figure.shifted(*shift), unit));
        let (figure, unit) = ways.find(|(figure, unit)| plain.contains(&format!("{figure}{unit}")))?;
        Some(format!("{figure} {unit}{per}"))
    };
    let stated = Medicine::read(title).strength.iter().map(as_written).collect::<Option<Vec<String>>>()?;
    // Of several ingredients each has its own, and they are kept in no order.
    (stated.len() == 1 && !of_two && !several).then(|| stated.concat())
}

/// Whether two titles state one strength of one release, however each is spelt: `Norco 5-325` and `HYDROcodone-acetaminophen 5-325 MG per
/// tablet`. What the medicine is called does not count.
pub fn same_strength(title: &str, other: &str) -> bool {
    let (one, other) = (Medicine::read(title), Medicine::read(other));
    let hours = one.hours.is_none() || other.hours.is_none() || one.hours == other.hours;
    !one.figures.is_empty()
        && one.same_figures(&other)
        && one.taken_alike(&other)
        && one.release == other.release
        && hours
}

#[cfg(test)]
mod tests {
    use super::{same_strength, strength};

    #[test]
    fn a_strength_is_said_as_it_was_written() {
        for (title, said) in [
            ("Atorvastatin 40 MG Oral Tablet", Some("40 mg")),
            ("levothyroxine 75mcg tab", Some("75 mcg")),
            ("Lisinopril 20 MG / Hydrochlorothiazide 12.5 MG Oral Tablet", None),
            ("hydrocodone-acetaminophen 5-325 mg tablet", None),
            ("amlodipine and benazepril 20 mg capsule", None),
            ("metformin 1,000 mg tablet", Some("1000 mg")),
            ("Aspirin", None),
        ] {
            assert_eq!(strength(title).as_deref(), said, "{title}");
        }
    }

    #[test]
    fn one_strength_is_known_in_two_spellings() {
        for (one, other) in [
            ("Norco 5-325", "HYDROcodone-acetaminophen 5-325 MG per tablet"),
            ("Advair Diskus 250/50", "fluticasone propion-salmeteroL 250-50 mcg/dose diskus inhaler"),
            ("Metformin 1000 mg", "metFORMIN 1,000 mg tablet"),
            ("Wellbutrin XL 150", "buPROPion HCl XL 150 mg 24 hr tablet"),
            ("ASA 81 mg EC", "Aspirin 81 MG Delayed Release Oral Tablet"),
        ] {
            assert!(same_strength(one, other) && same_strength(other, one), "{one} / {other}");
        }
        for (one, other) in [
            ("Norco 5-325", "Norco 10-325"),
            ("levothyroxine 50 mcg", "levothyroxine 50 mg"),
            ("Metformin 500 mg", "Metformin ER 500 mg"),
            ("Bupropion XL 150 mg", "Bupropion SR 150 mg"),
            ("Augmentin 875", "amoxicillin-clavulanate 875-125 mg"),
            ("semaglutide 0.5 mg", "semaglutide (0.25 or 0.5 MG/DOSE) 2 MG/3ML pen injector"),
            ("Timolol 0.5 % drops", "Timolol 0.5 % gel"),
            ("Lisinopril", "Lisinopril"),
        ] {
            assert!(!same_strength(one, other) && !same_strength(other, one), "{one} / {other}");
        }
    }
}
