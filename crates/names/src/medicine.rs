//! A medicine as its name says it: what is in it, how much, in which form and by which way. Read from words, because the
//! maps from product codes to ingredients need a licence.
//!
//! Every figure of a name counts, whether a unit follows it or not: `Mix 75/25` is not `Mix 50/50`, and `5-325` is
//! `5 MG / 325 MG`. Only the hours of a release (`24 HR`) are none of them.

use crate::decimal::Decimal;
use crate::spelling::fold;

/// How a medicine is told apart from others of the same name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Medicine {
    /// What is in it, as sorted words; a brand's name where no other was said.
    pub names: Vec<String>,
    /// What stands beside the name in brackets: a brand, an older name.
    pub beside: Vec<String>,
    /// Amounts with their units, sorted: `["10 mg"]`; per volume or dose as `90 ug/{actuat}`.
    pub strength: Vec<String>,
    /// All figures, with and without a unit, sorted.
    pub figures: Vec<Figure>,
    /// Salts that stand beside a name, sorted.
    pub salts: Vec<&'static str>,
    /// Tablet, capsule, injection …
    pub form: Option<&'static str>,
    /// By mouth, into the eye, under the skin …
    pub route: Option<&'static str>,
    /// `xl`, `sr`, `delayed` …, where said; kinds of slow release are made and taken differently.
    pub release: Option<&'static str>,
    /// Over how many hours it is released, where said.
    pub hours: Option<String>,
}

/// A number in a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Figure {
    /// In plain figures.
    plain: String,
    /// With its unit, by weight in milligrams; none where no unit follows.
    amount: Option<String>,
}

/// Words for the form, and the form. The first that occurs counts; of those below a tablet's, the more special.
const FORMS: &[(&str, &[&str])] = &[
    ("capsule", &["capsule", "capsules", "cap", "caps"]),
    ("tablet", &["tablet", "tablets", "tab", "tabs", "caplet", "caplets"]),
    ("inhaler", &["inhaler", "inhalation", "aerosol", "inhalant", "hfa", "diskus"]),
    ("nebulizer", &["nebulizer", "nebulized", "nebulization", "nebules", "neb"]),
    ("injection", &["injection", "injectable", "inj", "vial", "syringe", "pen", "kwikpen", "flexpen"]),
    ("suspension", &["suspension", "susp"]),
    ("solution", &["solution", "soln", "syrup", "elixir"]),
    ("cream", &["cream"]),
    ("ointment", &["ointment", "oint"]),
    ("gel", &["gel"]),
    ("lotion", &["lotion"]),
    ("foam", &["foam"]),
    ("drops", &["drops", "drop"]),
    ("spray", &["spray"]),
    ("patch", &["patch", "patches"]),
    ("suppository", &["suppository", "suppositories"]),
    ("powder", &["powder"]),
    ("device", &["iud", "device"]),
];

/// What a tablet may be besides. Who says no more than "tablet" may mean any, and is not taken to.
const SPECIAL: &[(&str, &[&str])] = &[
    ("chewable", &["chewable", "chew", "chewtab"]),
    ("disintegrating", &["disintegrating", "odt"]),
    ("effervescent", &["effervescent"]),
];

/// Words for the way into the body.
const ROUTES: &[(&str, &[&str])] = &[
    ("oral", &["oral", "orally", "po", "mouth", "26643006"]),
    ("sublingual", &["sublingual", "sl", "37839007"]),
    ("buccal", &["buccal", "54471007"]),
    ("topical", &["topical", "6064005"]),
    ("eye", &["ophthalmic", "eye", "eyes", "54485002"]),
    ("ear", &["otic", "ear", "ears", "10547007"]),
    ("nose", &["nasal", "nostril", "intranasal", "46713006"]),
    ("rectal", &["rectal", "pr", "37161004"]),
    ("vaginal", &["vaginal", "16857009"]),
    ("vein", &["intravenous", "iv", "47625008"]),
    ("muscle", &["intramuscular", "im", "78421000"]),
    ("skin", &["subcutaneous", "subcut", "sc", "subq", "sq", "34206005"]),
    ("patch", &["transdermal", "45890007"]),
    ("womb", &["intrauterine"]),
];

/// Words for a release, and what it is. `er` is "extended release" in full; the others are not known to be the same.
const RELEASES: &[(&str, &[&str])] = &[
    ("er", &["er", "extended"]),
    ("xr", &["xr"]),
    ("xl", &["xl"]),
    ("xt", &["xt"]),
    ("sr", &["sr", "sustained"]),
    ("cr", &["cr", "controlled"]),
    ("cd", &["cd"]),
    ("la", &["la"]),
    ("delayed", &["dr", "ec", "delayed", "enteric"]),
];

/// Words that are no name. Salts go only where a name stands before them: potassium chloride is a medicine.
const FILLER: &[&str] = &[
    "release",
    "coated",
    "film",
    "hr",
    "hour",
    "hours",
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
    "take",
    "metered",
    "acting",
    "usp",
    "otc",
    "immediate",
    "ir",
];
const SALTS: &[(&str, &str)] = &[
    ("hydrochloride", "hydrochloride"),
    ("hcl", "hydrochloride"),
    ("sodium", "sodium"),
    ("potassium", "potassium"),
    ("calcium", "calcium"),
    ("besylate", "besylate"),
    ("maleate", "maleate"),
    ("mesylate", "mesylate"),
    ("magnesium", "magnesium"),
    ("sulfate", "sulfate"),
];

/// Words in brackets that belong to the name: without them it is another medicine, or any of several.
const KINDS: &[&str] = &[
    "human",
    "conjugated",
    "esterified",
    "recombinant",
    "synthetic",
    "buffered",
    "isophane",
    "regular",
    "pork",
    "base",
    "salt",
    "free",
    "live",
    "inactivated",
    "quadrivalent",
    "trivalent",
    "adult",
    "adults",
    "pediatric",
    "child",
    "children",
    "infant",
    "preservative",
    "sugar",
    "generic",
    "brand",
    "each",
    "total",
    "equivalent",
    "elemental",
    "high",
    "low",
    "strength",
    "dose",
    "only",
    "needed",
    "topical",
    "external",
    "anhydrous",
    "monohydrate",
    "dihydrate",
];

/// A name as its sorted words: "lisinopril / hydrochlorothiazide" is "hydrochlorothiazide-lisinopril".
pub fn plain_name(name: &str) -> String {
    let mut words: Vec<&str> =
        name.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

/// The text without names in brackets, and those names.
fn bracketed(text: &str) -> (String, Vec<&str>) {
    let (mut out, mut names, mut left) = (String::new(), Vec::new(), text);
    while let Some((before, within)) = left.split_once('(') {
        let Some((within, after)) = within.split_once(')') else { break };
        let is_name = |word: &str| {
            word.chars().count() > 3
                && word.chars().all(char::is_alphabetic)
                && ![FILLER, KINDS].iter().any(|words| words.contains(&word))
                && found(FORMS, word).is_none()
                && found(SPECIAL, word).is_none()
                && found(ROUTES, word).is_none()
                && release_of(word, None).is_none()
                && !SALTS.iter().any(|(salt, _)| *salt == word)
                && unit_of(word).is_none()
        };
        let mut words = within.split(|char: char| !char.is_alphanumeric());
        let of_the_name = words.clone().any(|word| KINDS.contains(&word));
        let behind = !out.is_empty() || !before.trim().is_empty();
        out.push_str(before);
        if behind && !of_the_name && words.any(is_name) {
            names.push(within);
            out.push(' ');
        } else {
            out.push('(');
            out.push_str(within);
            out.push(')');
        }
        left = after;
    }
    out.push_str(left);
    (out, names)
}

impl Medicine {
    /// What the words say. `[Zestril]` at the end is the brand beside the name.
    pub fn read(title: &str) -> Medicine {
        let folded = fold(title);
        let (said, brand) = match folded.split_once('[') {
            Some((said, brand)) => (said.to_owned(), Some(brand.trim_end_matches(']').trim().to_owned())),
            None => (folded, None),
        };
        let said = vitamins(&said);
        let (said, beside) = bracketed(&said);
        let mut medicine = Medicine::default();
        let mut names: Vec<String> = Vec::new();
        let mut forms: Vec<&'static str> = Vec::new();
        for part in said.split(" / ").flat_map(|part| part.split(" and ")).flat_map(combined) {
            let mut name: Vec<String> = Vec::new();
            let spaced = spaced(&part);
            let words: Vec<&str> = spaced.split_whitespace().collect();
            let mut at = 0;
            while let Some(word) = words.get(at).copied() {
                at += 1;
                if let Some(figure) = Decimal::parse(word) {
                    at = medicine.figure(&figure, &words, at);
                    continue;
                }
                if let Some(special) = found(SPECIAL, word) {
                    forms.insert(0, special);
                } else if let Some(form) = found(FORMS, word) {
                    forms.push(form);
                } else if let Some(release) = release_of(word, words.get(at).copied()) {
                    medicine.release = Some(release);
                } else if let Some(route) = found(ROUTES, word) {
                    medicine.route.get_or_insert(route);
                } else if let Some((_, salt)) =
                    SALTS.iter().find(|(said, _)| *said == word && !name.is_empty())
                {
                    medicine.salts.push(salt);
                } else if word.chars().any(char::is_alphabetic) && !FILLER.contains(&word) {
                    name.push(word.to_owned());
                }
            }
            if !name.is_empty() {
                names.push(name.join(" "));
            }
        }
        names.sort_unstable();
        names.dedup();
        medicine.strength.sort_unstable();
        medicine.figures.sort_unstable();
        // `125 mcg (0.125 mg)` says one amount twice.
        medicine.figures.dedup_by(|one, other| one.amount.is_some() && one.amount == other.amount);
        medicine.strength.dedup();
        medicine.salts.sort_unstable();
        medicine.salts.dedup();
        medicine.form = form_of(&forms, medicine.route);
        if !names.is_empty() {
            medicine.names.push(plain_name(&names.join(" ")));
        }
        // `[BN]` is a kind of term and nobody's brand.
        medicine
            .names
            .extend(brand.filter(|brand| brand.chars().count() > 3).map(|brand| plain_name(&brand)));
        for within in beside {
            let mut said = Medicine::read(within);
            // A brand's own word for its slow release (`TOPROL-XL`) is no second kind of it beside `24 hr`.
            if medicine.hours.is_some() && medicine.release.is_none() && said.release.is_some() {
                said.release = Some("er");
            }
            medicine.beside.extend(said.names.iter().cloned());
            medicine.and(Medicine { names: Vec::new(), ..said });
        }
        medicine.beside.sort_unstable();
        medicine.beside.dedup();
        medicine
    }

    /// Takes a figure and what belongs to it: its unit, and per what. Where the words go on.
    fn figure(&mut self, figure: &Decimal, words: &[&str], mut at: usize) -> usize {
        let plain = figure.shifted(0);
        let next = words.get(at).copied().unwrap_or_default();
        if matches!(next, "hr" | "hour" | "hours" | "h") {
            self.hours.get_or_insert(plain);
            return at + 1;
        }
        let Some((unit, shift)) = unit_of(next) else {
            self.figures.push(Figure { plain, amount: None });
            return at;
        };
        at += 1;
        let mut per = String::new();
        if words.get(at) == Some(&"/") {
            let (of, unit_at) = match words.get(at + 1).and_then(|word| Decimal::parse(word)) {
                Some(of) => (of.shifted(0), at + 2),
                None => (String::new(), at + 1),
            };
            // `5 mg/325 mg` is two amounts.
            if let Some(unit) = words.get(unit_at).and_then(|word| per_unit(word)) {
                let of = if of == "1" { "" } else { &of };
                per = format!("/{of}{unit}");
                at = unit_at + 1;
            }
        }
        let amount = format!("{} {unit}{per}", figure.shifted(shift));
        self.strength.push(amount.clone());
        self.figures.push(Figure { plain, amount: Some(amount) });
        at
    }

    /// What another text about the same medicine says beside this one's; what this one says stays.
    pub fn and(&mut self, said: Medicine) {
        self.names.extend(said.names);
        self.beside.extend(said.beside);
        self.beside.sort_unstable();
        self.beside.dedup();
        if self.figures.is_empty() {
            self.figures = said.figures;
            self.strength = said.strength;
        }
        if self.salts.is_empty() {
            self.salts = said.salts;
        }
        self.form = self.form.or(said.form);
        self.route = self.route.or(said.route);
        self.release = self.release.or(said.release);
        self.hours = self.hours.take().or(said.hours);
    }

    /// Taken in ways whose amounts can be compared: a spray of a nebulizer is no more than a puff.
    pub fn taken_alike(&self, other: &Medicine) -> bool {
        const SWALLOWED: &[&str] = &[
            "tablet",
            "capsule",
            "solution",
            "suspension",
            "powder",
            "chewable",
            "disintegrating",
            "effervescent",
        ];
        let forms = match (self.form, other.form) {
            (Some(a), Some(b)) => a == b || SWALLOWED.contains(&a) && SWALLOWED.contains(&b),
            _ => true,
        };
        let routes = match (self.route, other.route) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        forms && routes
    }

    /// The same figures; where one of two has no unit, the figure itself counts.
    pub fn same_figures(&self, other: &Medicine) -> bool {
        if self.figures.len() != other.figures.len() {
            return false;
        }
        let mut theirs: Vec<&Figure> = other.figures.iter().collect();
        let mut ours: Vec<&Figure> = Vec::new();
        for figure in &self.figures {
            match theirs.iter().position(|other| figure.amount.is_some() && other.amount == figure.amount) {
                Some(n) => drop(theirs.swap_remove(n)),
                None => ours.push(figure),
            }
        }
        ours.into_iter().all(|figure| {
            let same = |other: &&Figure| {
                other.plain == figure.plain && (other.amount.is_none() || figure.amount.is_none())
            };
            theirs.iter().position(same).map(|n| theirs.swap_remove(n)).is_some()
        })
    }
}

/// `lisinopril-hydrochlorothiazide` is two names; `co-trimoxazole` is one.
fn combined(part: &str) -> Vec<String> {
    const NAME: usize = 6;
    let mut parts = vec![String::new()];
    for word in part.split_whitespace() {
        let long = |piece: &str| piece.chars().count() >= NAME && piece.chars().all(char::is_alphabetic);
        let pieces: Vec<&str> = word.split('-').collect();
        let split = pieces.len() > 1 && pieces.iter().all(|piece| long(piece));
        for (n, piece) in if split { pieces } else { vec![word] }.into_iter().enumerate() {
            if n > 0 {
                parts.push(String::new());
            }
            if let Some(last) = parts.last_mut() {
                last.push(' ');
                last.push_str(piece);
            }
        }
    }
    parts
}

/// The way into the body that a word, or a code of SNOMED CT, names.
pub fn route(word: &str) -> Option<&'static str> {
    found(ROUTES, word)
}

fn found(table: &[(&'static str, &[&str])], word: &str) -> Option<&'static str> {
    table.iter().find(|(_, spellings)| spellings.contains(&word)).map(|(name, _)| *name)
}

/// `long acting` is two words, and `long` alone is none.
fn release_of(word: &str, next: Option<&str>) -> Option<&'static str> {
    if word == "long" {
        return (next == Some("acting")).then_some("la");
    }
    found(RELEASES, word)
}

/// What is breathed in as a solution needs another device than a puff.
fn form_of(forms: &[&'static str], route: Option<&str>) -> Option<&'static str> {
    let has = |form: &str| forms.contains(&form);
    if has("nebulizer") || (has("inhaler") && (has("solution") || has("suspension"))) {
        return Some("nebulizer");
    }
    // What goes under the skin is injected.
    let injected =
        matches!(route, Some("skin" | "muscle" | "vein")) && (has("solution") || has("suspension"));
    if injected {
        return Some("injection");
    }
    forms.first().copied()
}

/// Figures and letters apart, and signs apart from both: `10mg/5ml` as `10 mg / 5 ml`. `.5` is `0.5`; a comma before three
/// figures groups them, before any other number it is a point.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut last = ' ';
    let chars: Vec<char> = text.chars().collect();
    for (n, char) in chars.iter().copied().enumerate() {
        let figures = chars[n + 1..].iter().take_while(|char| char.is_ascii_digit()).count();
        let inside_number = matches!(char, '.' | ',') && last.is_ascii_digit() && figures > 0;
        if char == ',' && inside_number && figures == 3 {
            continue;
        }
        let begins_number = char == '.' && !last.is_alphanumeric() && figures > 0;
        if begins_number {
            out.push_str(" 0");
        }
        let char = match char {
            ',' if inside_number => '.',
            char if char.is_alphanumeric() || inside_number || begins_number || matches!(char, '/' | '%') => {
                char
            }
            _ => ' ',
        };
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

/// `vitamin B-12` and `vitamin b 12` are `b12`: a vitamin's number is its name.
fn vitamins(text: &str) -> String {
    const LETTERS: &[&str] = &["b", "d", "k", "q"];
    let words: Vec<&str> = text
        .split(|char: char| char.is_whitespace() || char == '-' || char == '(' || char == ')')
        .filter(|word| !word.is_empty())
        .collect();
    let number = |word: &str| (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    let named = |n: usize| LETTERS.contains(&words[n]) && words.get(n + 1).is_some_and(|word| number(word));
    if !(0..words.len()).any(named) {
        return text.to_owned();
    }
    let mut out = text.to_owned();
    for n in (0..words.len()).filter(|n| named(*n)) {
        let (letter, figure) = (words[n], words[n + 1]);
        for between in ["-", " "] {
            out = out.replace(&format!("{letter}{between}{figure}"), &format!("{letter}{figure}"));
        }
    }
    out
}

/// A unit of strength, and by how many powers of ten its figure moves: everything by weight in milligrams.
fn unit_of(word: &str) -> Option<(&'static str, i64)> {
    Some(match word {
        "mg" | "mgs" | "milligram" | "milligrams" => ("mg", 0),
        "g" | "gm" | "gram" | "grams" => ("mg", 3),
        "mcg" | "ug" | "\u{3bc}g" | "microgram" | "micrograms" => ("mg", -3),
        "unit" | "units" | "unt" | "iu" | "u" => ("unit", 0),
        "meq" => ("meq", 0),
        "mmol" => ("mmol", 0),
        "%" => ("%", 0),
        "ml" | "milliliter" | "milliliters" => ("ml", 0),
        _ => return None,
    })
}

/// What a strength may be stated per.
fn per_unit(word: &str) -> Option<&str> {
    Some(match word {
        "actuat" | "actuation" | "puff" | "inh" | "act" | "spray" => "actuation",
        "ml" | "milliliter" => "ml",
        "h" | "hr" | "hour" => "hour",
        "g" | "gm" | "gram" => "g",
        "l" | "dose" | "kg" | "day" | "tablet" | "capsule" | "patch" => word,
        _ => return None,
    })
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
        assert_eq!(Medicine::read("potassium chloride 20 MEQ").names, ["chloride potassium"]);
    }

    #[test]
    fn strengths_forms_and_releases_are_told_apart() {
        let combined = Medicine::read("Lisinopril 10 MG / Hydrochlorothiazide 12.5 MG Oral Tablet");
        assert_eq!(combined.names, ["hydrochlorothiazide lisinopril"]);
        assert_eq!(combined.strength, ["10 mg", "12.5 mg"]);
        let extended = Medicine::read("24 HR Metformin 500 MG Extended Release Oral Tablet");
        assert_eq!(
            (extended.release, extended.hours.as_deref(), extended.strength.as_slice()),
            (Some("er"), Some("24"), &["500 mg".to_owned()][..])
        );
        assert_eq!(Medicine::read("Albuterol 90 mcg/actuation inhaler").strength, ["0.09 mg/actuation"]);
        assert_eq!(Medicine::read("Amoxicillin 250 mg/5 mL suspension").strength, ["250 mg/5ml"]);
        assert_eq!(
            Medicine::read("Lisinopril"),
            Medicine { names: vec!["lisinopril".into()], ..Medicine::default() }
        );
    }

    #[test]
    fn every_figure_counts_with_and_without_a_unit() {
        let same = [
            ("Norco 5-325 tablet", "Norco 5 MG / 325 MG Oral Tablet"),
            ("Norco 5mg/325mg tab", "Norco 5-325 mg tablet"),
            ("Levothyroxine .05 mg", "Levothyroxine 50 mcg"),
            ("Vitamin D3 1,000 units", "vitamin D3 1000 IU"),
            ("Insulin lispro 100 unit/mL", "INSULIN LISPRO 100 UNT/1 ML"),
            ("Lisinopril 10", "lisinopril 10 mg"),
        ];
        for (one, other) in same {
            assert!(Medicine::read(one).same_figures(&Medicine::read(other)), "{one} / {other}");
            assert!(Medicine::read(other).same_figures(&Medicine::read(one)), "{other} / {one}");
        }
        let not = [
            ("Humalog Mix 75/25", "Humalog Mix 50/50"),
            ("Norco 5-325 tablet", "Norco 10-325 tablet"),
            ("Tylenol #3", "Tylenol #4"),
            ("Vitamin D3 1,000 units", "vitamin D3 2,000 units"),
            ("Levothyroxine 2,5 mg", "Levothyroxine 25 mg"),
            ("Levothyroxine .5 mg", "Levothyroxine 5 mg"),
            ("Lisinopril 10 mg", "Lisinopril 10 mcg"),
            ("Lisinopril 10", "Lisinopril"),
        ];
        for (one, other) in not {
            assert!(!Medicine::read(one).same_figures(&Medicine::read(other)), "{one} / {other}");
        }
        assert_ne!(Medicine::read("Vitamin B12 1000 mcg").names, Medicine::read("Vitamin B6 1000 mcg").names);
    }

    #[test]
    fn kinds_of_release_and_ways_into_the_body_are_apart() {
        let release = |name: &str| Medicine::read(name).release;
        let kinds = ["ER", "XR", "XL", "SR", "CR", "LA", "DR", "CD", "XT"];
        for (n, one) in kinds.iter().enumerate() {
            assert!(release(&format!("Bupropion {one} 150 mg")).is_some());
            for other in &kinds[n + 1..] {
                assert_ne!(
                    release(&format!("Bupropion {one} 150 mg")),
                    release(&format!("Bupropion {other} 150 mg"))
                );
            }
        }
        assert_eq!(release("Propranolol Long-Acting 60 mg"), Some("la"));
        assert_eq!(release("Aspirin EC 81 mg"), release("Aspirin 81 MG Delayed Release Oral Tablet"));
        let route = |name: &str| Medicine::read(name).route;
        assert_ne!(route("Ofloxacin 0.3 % otic drops"), route("Ofloxacin 0.3 % ophthalmic drops"));
        let form = |name: &str| Medicine::read(name).form;
        assert_ne!(form("Albuterol 0.83 MG/ML Inhalation Solution"), form("Albuterol HFA inhaler"));
        assert_ne!(form("Betamethasone 0.05 % cream"), form("Betamethasone 0.05 % ointment"));
        assert_ne!(form("Aspirin 81 mg chewable tablet"), form("Aspirin 81 mg tablet"));
    }

    #[test]
    fn a_name_in_brackets_stands_beside_the_name() {
        let read = |title: &str| {
            let medicine = Medicine::read(title);
            (medicine.names.join("; "), medicine.beside.join("; "), medicine.strength.join("; "))
        };
        let is = |names: &str, beside: &str, strength: &str| {
            (names.to_owned(), beside.to_owned(), strength.to_owned())
        };
        assert_eq!(read("Losartan (Cozaar) 50 mg tablet"), is("losartan", "cozaar", "50 mg"));
        assert_eq!(
            read("Cyanocobalamin (vitamin B-12) 1000 mcg"),
            is("cyanocobalamin", "b12 vitamin", "1 mg")
        );
        assert_eq!(read("Estrogens (conjugated) 0.3 mg"), is("conjugated estrogens", "", "0.3 mg"));
        assert_eq!(read("Insulin NPH (human) 100 unit/mL"), is("human insulin nph", "", "100 unit/ml"));
        assert_eq!(read("Warfarin (5 mg tablet)"), is("warfarin", "", "5 mg"));
        let release = |title: &str| Medicine::read(title).release;
        assert_eq!(release("metoprolol succinate (TOPROL-XL) 25 MG 24 hr tablet"), Some("er"));
        assert_eq!(release("bupropion (WELLBUTRIN XL) 150 MG tablet"), Some("xl"));
        let mixed = |title: &str| Medicine::read(title);
        assert!(
            mixed("Insulin NPH-insulin regular (70/30) (Humulin 70/30) 100 unit/mL")
                .same_figures(&mixed("insulin NPH / insulin regular (70/30) 100 UNT/ML"))
        );
    }

    #[test]
    fn two_names_in_one_word_are_two() {
        let one = Medicine::read("lisinopril-hydrochlorothiazide 20-12.5 mg tablet");
        let other = Medicine::read("Hydrochlorothiazide 12.5 MG / Lisinopril 20 MG Oral Tablet");
        assert_eq!(one.names, other.names);
        assert!(one.same_figures(&other));
    }
}
