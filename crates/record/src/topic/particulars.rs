//! What a name says beyond its topic's: the stage, the side, how bad, with what, and how a medicine is released. A heading leaves it
//! aside, and whoever treats somebody must not miss it. Words that are looked for, none that we say.

use std::collections::BTreeSet;

use wholechart_fhir::Kind;

/// How bad, on which side, of which kind, with or from what.
const OF_AN_ILLNESS: &[&str] = &[
    "advanced",
    "bilateral",
    "central",
    "csa",
    "diastolic",
    "dry",
    "due",
    "exudative",
    "familial",
    "hemorrhagic",
    "intermittent",
    "left",
    "lt",
    "metastatic",
    "mild",
    "mixed",
    "moderate",
    "neovascular",
    "nonexudative",
    "osa",
    "permanent",
    "persistent",
    "proliferative",
    "recurrent",
    "refractory",
    "relapsing",
    "remission",
    "right",
    "rt",
    "secondary",
    "severe",
    "systolic",
    "uncontrolled",
    "unstable",
    "wet",
    "with",
];

/// After these a number, Arabic or Roman, says which.
const NUMBERED: &[&str] = &["bipolar", "ckd", "class", "factor", "gold", "grade", "nyha", "stage", "type"];

/// How a medicine is set free in the body: the same strength of two of them is taken in two ways.
const RELEASED: &[&str] =
    &["cd", "cr", "dr", "ec", "er", "extended", "la", "odt", "release", "sr", "sublingual", "xl", "xr"];

/// That it is not, not any more, or only thought of: a heading over it would say that it is.
const IN_DOUBT: &[&str] = &[
    "absence",
    "cured",
    "doubtful",
    "history",
    "no",
    "not",
    "possible",
    "probable",
    "questionable",
    "ruled",
    "suspected",
    "unlikely",
    "free",
    "immune",
];

/// Whether a title says something of these sorts that the name over it does not.
pub fn says_more(kind: Kind, title: &str, name: &str) -> bool {
    let of_name = words(name);
    particulars(kind, &words(title)).iter().any(|word| !of_name.contains(word))
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

fn particulars(kind: Kind, words: &[String]) -> BTreeSet<String> {
    let looked_for = match kind {
        Kind::Problem => OF_AN_ILLNESS,
        Kind::Medicine => RELEASED,
        _ => return BTreeSet::new(),
    };
    let mut found: BTreeSet<String> =
        words.iter().filter(|word| looked_for.contains(&word.as_str())).cloned().collect();
    if kind == Kind::Problem {
        found.extend(words.iter().filter(|word| IN_DOUBT.contains(&word.as_str())).cloned());
        let numbered = words.windows(2).filter(|two| NUMBERED.contains(&two[0].as_str()));
        found.extend(numbered.filter_map(|two| number(&two[1])));
        // "HPV 16", "L1", but no year.
        let counts = |word: &&String| word.len() < 4 && word.chars().any(|c| c.is_ascii_digit());
        found.extend(words.iter().filter(counts).cloned());
    }
    found
}

/// `2` of "2" and "II", `3b` of "3b" and "IIIb".
fn number(word: &str) -> Option<String> {
    const ROMAN: &[(&str, &str)] = &[("iv", "4"), ("iii", "3"), ("ii", "2"), ("v", "5"), ("i", "1")];
    let plain = |rest: &str| rest.len() <= 1 && rest.chars().all(|c| c.is_ascii_lowercase());
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(word.to_owned());
    }
    ROMAN.iter().find_map(|(roman, digit)| {
        let rest = word.strip_prefix(roman).filter(|rest| plain(rest))?;
        Some(format!("{digit}{rest}"))
    })
}

#[cfg(test)]
mod tests {
    use wholechart_fhir::Kind;

    use super::says_more;

    #[test]
    fn a_stage_a_side_and_what_it_comes_with_are_more_than_the_heading() {
        for (title, name) in [
            ("Chronic kidney disease, stage 3b", "Chronic kidney disease"),
            ("CKD stage IIIb", "Chronic kidney disease"),
            ("Heart failure NYHA class III", "Heart failure"),
            ("Osteoarthritis of left knee", "Knee osteoarthritis"),
            ("Type 2 diabetes mellitus with diabetic neuropathy", "Type 2 diabetes"),
            ("Asthma, mild persistent", "Asthma"),
        ] {
            assert!(says_more(Kind::Problem, title, name), "{title}");
        }
        for (title, name) in [
            ("Diabetes mellitus type II", "Type 2 diabetes"),
            ("Essential (primary) hypertension", "High blood pressure"),
            ("Type 2 diabetes mellitus without complications", "Type 2 diabetes"),
        ] {
            assert!(!says_more(Kind::Problem, title, name), "{title}");
        }
        assert!(says_more(Kind::Medicine, "Metoprolol succinate ER 50 mg tablet", "Metoprolol"));
        assert!(!says_more(Kind::Medicine, "Metoprolol tartrate 50 mg tablet", "Metoprolol"));
    }
}
