//! A medicine as its name says it: what is in it, how much, in which form. Read from words, because the maps from
//! product codes to ingredients need a licence.

use crate::compare::{Decimal, fold};

/// How a medicine is told apart from others of the same name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Medicine {
    /// Names of what is in it, sorted and joined by ` / `; a brand's name where no other was said.
    pub(crate) names: Vec<String>,
    /// Amounts with their units, sorted: `["10 mg"]`; per volume or dose as `90 ug/{actuat}`.
    pub(crate) strength: Vec<String>,
    /// Tablet, capsule, injection …
    pub(crate) form: Option<&'static str>,
    /// `extended` or `delayed`, where said.
    pub(crate) release: Option<&'static str>,
}

/// Words for the form, and the form. The first that occurs counts.
const FORMS: &[(&str, &[&str])] = &[
    ("capsule", &["capsule", "capsules", "cap", "caps"]),
    ("tablet", &["tablet", "tablets", "tab", "tabs", "caplet", "caplets"]),
    ("inhaler", &["inhaler", "inhalation", "aerosol", "inhalant", "hfa", "nebulizer"]),
    ("injection", &["injection", "injectable", "inj", "vial", "syringe", "pen"]),
    ("suspension", &["suspension", "susp"]),
    ("solution", &["solution", "soln", "syrup", "elixir"]),
    ("cream", &["cream", "ointment", "gel", "lotion"]),
    ("drops", &["drops", "drop", "ophthalmic", "otic"]),
    ("spray", &["spray", "nasal"]),
    ("patch", &["patch", "transdermal"]),
    ("suppository", &["suppository", "suppositories"]),
    ("powder", &["powder"]),
];

const EXTENDED: &[&str] = &["er", "xr", "xl", "sr", "cr", "la", "extended", "24hr", "12hr"];
const DELAYED: &[&str] = &["dr", "ec", "delayed", "enteric"];

/// Words that are no name. Salts go only where a name stands before them: potassium chloride is a medicine.
const FILLER: &[&str] = &[
    "oral",
    "release",
    "coated",
    "film",
    "chewable",
    "disintegrating",
    "hr",
    "hour",
    "dose",
    "product",
    "pack",
    "mg",
    "of",
    "and",
    "the",
    "with",
    "per",
    "by",
    "mouth",
    "take",
    "metered",
    "usp",
    "otc",
];
const SALTS: &[&str] = &[
    "hydrochloride",
    "hcl",
    "sodium",
    "potassium",
    "calcium",
    "besylate",
    "maleate",
    "mesylate",
    "magnesium",
    "sulfate",
];

impl Medicine {
    /// What the words say. `[Zestril]` at the end is the brand beside the name.
    pub(crate) fn read(title: &str) -> Medicine {
        let folded = fold(title);
        let (said, brand) = match folded.split_once('[') {
            Some((said, brand)) => (said.to_owned(), Some(brand.trim_end_matches(']').trim().to_owned())),
            None => (folded, None),
        };
        let mut medicine = Medicine::default();
        let mut names: Vec<String> = Vec::new();
        for part in said.split(" / ").flat_map(|part| part.split(" and ")) {
            let mut name: Vec<&str> = Vec::new();
            let spaced = spaced(part);
            let mut words = spaced.split_whitespace().peekable();
            while let Some(word) = words.next() {
                if let Some(amount) = Decimal::parse(word) {
                    let unit = words.peek().and_then(|unit| unit_of(unit));
                    if let Some((unit, shift)) = unit {
                        words.next();
                        let per = if words.peek() == Some(&"/") {
                            words.next();
                            let mut next = words.next().unwrap_or_default();
                            let mut of = String::new();
                            if Decimal::parse(next).is_some() {
                                next.clone_into(&mut of);
                                next = words.next().unwrap_or_default();
                            }
                            format!("/{of}{}", per_unit(next))
                        } else {
                            String::new()
                        };
                        medicine.strength.push(format!("{} {unit}{per}", amount.shifted(shift)));
                    }
                    continue;
                }
                if let Some((form, _)) = FORMS.iter().find(|(_, spellings)| spellings.contains(&word)) {
                    medicine.form.get_or_insert(form);
                } else if EXTENDED.contains(&word) {
                    medicine.release = Some("extended");
                } else if DELAYED.contains(&word) {
                    medicine.release = Some("delayed");
                } else if word.chars().any(char::is_alphabetic)
                    && !FILLER.contains(&word)
                    && (name.is_empty() || !SALTS.contains(&word))
                {
                    name.push(word);
                }
            }
            if !name.is_empty() {
                names.push(name.join(" "));
            }
        }
        names.sort_unstable();
        names.dedup();
        medicine.strength.sort_unstable();
        if !names.is_empty() {
            medicine.names.push(names.join(" / "));
        }
        medicine.names.extend(brand.filter(|brand| !brand.is_empty()));
        medicine
    }
}

/// Figures and letters apart, and signs apart from both: `10mg/5ml` as `10 mg / 5 ml`.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut last = ' ';
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let inside_number = (char == '.' || char == ',')
            && last.is_ascii_digit()
            && chars.peek().is_some_and(char::is_ascii_digit);
        if char == ',' && inside_number {
            continue;
        }
        let char =
            if char.is_alphanumeric() || inside_number || char == '/' || char == '%' { char } else { ' ' };
        let apart =
            (last.is_ascii_digit() && char.is_alphabetic()) || matches!(char, '/' | '%') || last == '/';
        if apart && last != ' ' {
            out.push(' ');
        }
        out.push(char);
        last = char;
    }
    out
}

/// A unit of strength, and by how many powers of ten its figure moves: everything by weight in milligrams.
fn unit_of(word: &str) -> Option<(&'static str, i64)> {
    Some(match word {
        "mg" | "milligram" | "milligrams" => ("mg", 0),
        "g" | "gm" | "gram" | "grams" => ("mg", 3),
        "mcg" | "ug" | "\u{3bc}g" | "microgram" | "micrograms" => ("mg", -3),
        "unit" | "units" | "unt" | "iu" => ("unit", 0),
        "meq" => ("meq", 0),
        "%" => ("%", 0),
        "ml" => ("ml", 0),
        _ => return None,
    })
}

fn per_unit(word: &str) -> &str {
    match word {
        "actuat" | "actuation" | "puff" | "inh" => "actuation",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::Medicine;

    #[test]
    fn one_medicine_in_many_spellings() {
        let same = [
            "Lisinopril 10 MG Oral Tablet",
            "lisinopril 10mg tab",
            "LISINOPRIL 10 mg tablets",
            "lisinopril 10.0 MG tablet",
            "Lisinopril 0.01 g tablet",
        ];
        for title in same {
            let medicine = Medicine::read(title);
            assert_eq!(
                (medicine.names, medicine.strength, medicine.form),
                (vec!["lisinopril".to_owned()], vec!["10 mg".to_owned()], Some("tablet")),
                "{title}"
            );
        }
        assert_eq!(Medicine::read("lisinopril 10 MG Oral Tablet [Zestril]").names, ["lisinopril", "zestril"]);
        assert_eq!(Medicine::read("metformin hydrochloride 500 MG").names, ["metformin"]);
        assert_eq!(Medicine::read("potassium chloride 20 MEQ").names, ["potassium chloride"]);
    }

    #[test]
    fn strengths_forms_and_releases_are_told_apart() {
        let combined = Medicine::read("Lisinopril 10 MG / Hydrochlorothiazide 12.5 MG Oral Tablet");
        assert_eq!(combined.names, ["hydrochlorothiazide / lisinopril"]);
        assert_eq!(combined.strength, ["10 mg", "12.5 mg"]);
        let extended = Medicine::read("24 HR Metformin 500 MG Extended Release Oral Tablet");
        assert_eq!(
            (extended.release, extended.strength.as_slice()),
            (Some("extended"), &["500 mg".to_owned()][..])
        );
        assert_eq!(Medicine::read("Albuterol 90 mcg/actuation inhaler").strength, ["0.09 mg/actuation"]);
        assert_eq!(Medicine::read("Amoxicillin 250 mg/5 mL suspension").strength, ["250 mg/5ml"]);
        assert_eq!(
            Medicine::read("Lisinopril"),
            Medicine { names: vec!["lisinopril".into()], ..Medicine::default() }
        );
    }
}
