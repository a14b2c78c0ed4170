//! The shipped table of topics: what codes and spellings mean which thing. Data in `*.tsv`, whose heads say where it comes from.
//!
//! A code stands for a topic where the table names it, ICD's by their beginnings; a spelling counts without case, accents, marks and
//! order, and without words that say nothing of what it is. Medicines are looked up by what [`Medicine`] reads in a name.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use wholechart_fhir::system::{CPT, CVX, ICD9CM, ICD10CM, RXNORM, SNOMED, UNII};
use wholechart_fhir::{Coding, Entry, Kind, TitleSource};

use super::spelling::{about, aside, is_near, plain_words, sorted, unaccented, without, written_out};
use crate::merge::medicine::Medicine;

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Known {
    /// Which file it is in: `conditions`, `substances` …
    pub file: &'static str,
    /// Its key there.
    pub key: &'static str,
    traits: &'static str,
}

/// What the table says of a topic besides its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// It goes on once it is there.
    Lasting,
    /// A circumstance of life: work, housing, education, violence.
    Circumstance,
    /// An errand rather than an illness or an operation: screening, follow-up, a questionnaire.
    Administrative,
    /// Not to be shown to whoever looks over one's shoulder.
    Sensitive,
    /// It can be done once in a life.
    Once,
}

impl Known {
    /// File and key, as in [`super::Handles::known`] and in the catalogue of words.
    pub fn address(&self) -> String {
        format!("{}/{}", self.file, self.key)
    }

    /// Whether the table says so.
    pub fn is(&self, what: Trait) -> bool {
        let word = match what {
            Trait::Lasting => "lasting",
            Trait::Circumstance => "circumstance",
            Trait::Administrative => "administrative",
            Trait::Sensitive => "sensitive",
            Trait::Once => "once",
        };
        self.traits.split(',').any(|one| one == word)
    }
}

/// The row at an address.
pub fn known(address: &str) -> Option<&'static Known> {
    TABLE.by_address.get(address).map(|row| &TABLE.rows[*row])
}

/// One file.
struct File {
    name: &'static str,
    text: &'static str,
}

const FILES: &[File] = &[
    File { name: "conditions", text: include_str!("conditions.tsv") },
    File { name: "substances", text: include_str!("substances.tsv") },
    File { name: "medicines", text: include_str!("medicines.tsv") },
    File { name: "vaccines", text: include_str!("vaccines.tsv") },
    File { name: "procedures", text: include_str!("procedures.tsv") },
];

/// The files in which a kind is looked for, the first first.
const fn files_of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Problem => &["conditions"],
        Kind::Allergy => &["substances", "medicines"],
        Kind::Medicine => &["medicines"],
        Kind::Vaccine => &["vaccines"],
        Kind::Procedure => &["procedures"],
        _ => &[],
    }
}

/// Systems by their prefixes in the files, and whether a code there stands for all that begin so.
const SYSTEMS: &[(&str, &str, bool)] = &[
    ("icd10", ICD10CM, true),
    ("icd9", ICD9CM, true),
    ("sct", SNOMED, false),
    ("rxnorm", RXNORM, false),
    ("unii", UNII, false),
    ("cvx", CVX, false),
    ("cpt", CPT, false),
    ("icd10pcs", "http://www.cms.gov/Medicare/Coding/ICD10", true),
];

struct Table {
    rows: Vec<Known>,
    by_address: HashMap<String, usize>,
    /// By file, then by system and code.
    codes: HashMap<(&'static str, &'static str, String), usize>,
    /// By file and spelling; none where two rows have it.
    names: HashMap<(&'static str, String), Option<usize>>,
    /// By file, first letter and length: every longer word of its names.
    words: HashMap<(&'static str, char, usize), BTreeSet<String>>,
    /// Rows that have codes of a system which others are told apart by: what has none is a name for several.
    coded: BTreeSet<usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        rows: Vec::new(),
        by_address: HashMap::new(),
        codes: HashMap::new(),
        names: HashMap::new(),
        words: HashMap::new(),
        coded: BTreeSet::new(),
    };
    for file in FILES {
        for line in file.text.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or_default();
            let (key, traits, codes, names) = (next(), next(), next(), next());
            let row = table.rows.len();
            table.rows.push(Known { file: file.name, key, traits });
            table.by_address.insert(format!("{}/{key}", file.name), row);
            for code in codes.split_whitespace() {
                let Some((prefix, code)) = code.split_once(':') else { continue };
                let Some((_, system, begins)) = SYSTEMS.iter().find(|(name, ..)| *name == prefix) else {
                    continue;
                };
                if *begins {
                    table.coded.insert(row);
                }
                table.codes.insert((file.name, system, spelt(system, code)), row);
            }
            for word in names.split('|').flat_map(plain_words).filter(|word| word.len() >= MISSPELT) {
                let Some(first) = word.chars().next() else { continue };
                table.words.entry((file.name, first, word.chars().count())).or_default().insert(word);
            }
            for spelling in names.split('|').flat_map(|name| spellings(file.name, name)) {
                let known = table.names.entry((file.name, spelling)).or_insert(Some(row));
                if *known != Some(row) {
                    *known = None;
                }
            }
        }
    }
    table
});

/// A code as it is compared.
fn spelt(system: &str, code: &str) -> String {
    let code = code.trim();
    match system {
        CVX => code.trim_start_matches('0').to_owned(),
        _ => code.replace('.', "").to_ascii_uppercase(),
    }
}

/// The ways in which a name of a file is found, the narrowest first.
fn spellings(file: &str, name: &str) -> Vec<String> {
    let words = plain_words(name);
    let mut ways = vec![format!("={}", words.join(" "))];
    if file == "medicines" {
        // `70/30` is a strength elsewhere, and the name of a mix here.
        if !name.chars().any(|c| c.is_ascii_digit()) {
            ways.extend(ingredients(name));
        }
    } else {
        ways.push(sorted(&words));
        let long = written_out(&words);
        let without = without(&long, aside(file));
        ways.push(long);
        ways.extend(without.map(|words| format!("~{words}")));
    }
    ways
}

/// What is in a medicine, as its name says: words in their order in the alphabet.
fn ingredients(name: &str) -> Option<String> {
    let read = Medicine::read(&unaccented(name));
    let words = read.names.first()?;
    (!words.is_empty()).then(|| format!("+{words}"))
}

/// The table's row for an entry, by its codes and names.
pub(super) fn of_entry(kind: Kind, entry: &Entry) -> Option<&'static Known> {
    let title = [Some(entry.title.as_str()), entry.title_as_sent.as_deref()];
    let own = title.into_iter().flatten().filter(|_| entry.title_source != TitleSource::Code);
    by_names_and_codes(kind, own, &entry.codes)
}

/// The same by one title and codes.
pub(crate) fn find(kind: Kind, title: &str, codes: &[Coding]) -> Option<&'static Known> {
    by_names_and_codes(kind, std::iter::once(title), codes)
}

fn by_names_and_codes<'n>(
    kind: Kind,
    own: impl Iterator<Item = &'n str>,
    codes: &'n [Coding],
) -> Option<&'static Known> {
    let displays = codes.iter().filter_map(|coding| coding.display.as_deref());
    let names: Vec<&str> = own.collect();
    let called = names.iter().copied().chain(displays).find_map(|name| by_name(kind, name));
    let by_code = by_codes(kind, codes)
        .filter(|_| called.is_some() || kind != Kind::Medicine || is_told(&names, codes));
    let row = match (called, by_code) {
        (Some(called), Some((by_code, system))) if called != by_code => {
            let row = |row: usize| &TABLE.rows[row];
            // A classification's code tells illnesses apart that people call by one name; any other code may be a slip, and
            // what is read is the name.
            let errand = row(by_code).is(Trait::Administrative) && !row(called).is(Trait::Administrative);
            let by_class = kind == Kind::Problem && matches!(system, ICD10CM | ICD9CM) && !errand;
            let vague = kind == Kind::Problem && !TABLE.coded.contains(&called);
            if by_class || vague { by_code } else { called }
        }
        (called, by_code) => called.or(by_code.map(|(row, _)| row))?,
    };
    TABLE.rows.get(row)
}

/// Whether the name of a medicine says what its codes are called, or there is no name but theirs: one code may stand for whatever
/// a sender had no code for, and what is read is the name.
fn is_told(names: &[&str], codes: &[Coding]) -> bool {
    let words: BTreeSet<String> = names.iter().flat_map(|name| plain_words(name)).collect();
    let words: BTreeSet<&String> =
        words.iter().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    let displays = codes.iter().filter_map(|coding| coding.display.as_deref());
    words.is_empty() || displays.flat_map(plain_words).any(|word| words.contains(&word))
}

/// The row that a title names, where it is one whose codes tell it apart from others; by its place in the table.
pub(crate) fn told_apart(kind: Kind, title: &str) -> Option<usize> {
    by_name(kind, title).filter(|row| TABLE.coded.contains(row))
}

/// By the first code that the table has, classifications before others. With its system.
fn by_codes(kind: Kind, codes: &[Coding]) -> Option<(usize, &'static str)> {
    SYSTEMS.iter().find_map(|(_, system, begins)| {
        codes.iter().filter(|coding| coding.system == *system).find_map(|coding| {
            let code = spelt(system, &coding.code);
            let lengths = if *begins { 1..=code.len() } else { code.len()..=code.len() };
            files_of(kind).iter().find_map(|file| {
                let at = |length: usize| {
                    let begin = code.get(..length)?;
                    TABLE.codes.get(&(*file, *system, begin.to_owned())).copied()
                };
                lengths.clone().rev().find_map(at).map(|row| (row, *system))
            })
        })
    })
}

/// By a name as it was written; by one with a slip of the pen, where nothing is called as it was written.
fn by_name(kind: Kind, name: &str) -> Option<usize> {
    let about = about(kind, name);
    let find = |file: &'static str, name: &str| {
        by_spelling(file, name, |spelling| TABLE.names.get(&(file, spelling)).copied().flatten())
    };
    let files = || files_of(kind).iter().copied();
    files().find_map(|file| find(file, &about)).or_else(|| {
        // What would be mended otherwise in another file is not mended.
        let mut mended = files().filter_map(|file| find(file, &mended(file, &about)?));
        mended.next().filter(|_| mended.next().is_none())
    })
}

/// Letters that a word has at least before a slip in it is mended: shorter ones are too near to each other.
const MISSPELT: usize = 7;

/// The name with every word mended that no name of the file has, and that one letter too many, too few, wrong or in the wrong place
/// makes a word of one. `None` where there is none, or several.
fn mended(file: &'static str, name: &str) -> Option<String> {
    let mut any = false;
    let mut words = Vec::new();
    for word in plain_words(name) {
        let length = word.chars().count();
        let first = word.chars().next()?;
        let of = |length: usize| TABLE.words.get(&(file, first, length)).into_iter().flatten();
        if length < MISSPELT
            || !word.chars().all(char::is_alphabetic)
            || of(length).any(|known| *known == word)
        {
            words.push(word);
            continue;
        }
        let near: BTreeSet<&String> =
            (length - 1..=length + 1).flat_map(of).filter(|known| is_near(&word, known)).collect();
        match near.first() {
            Some(known) if near.len() == 1 => {
                any = true;
                words.push((*known).clone());
            }
            _ => words.push(word),
        }
    }
    any.then(|| words.join(" "))
}

/// What is found under the narrowest of the ways in which a written name is looked for.
fn by_spelling(file: &str, name: &str, find: impl Fn(String) -> Option<usize>) -> Option<usize> {
    let words = plain_words(name);
    // "? pulmonary embolism" is a question.
    if words.is_empty() || name.trim_start().starts_with('?') {
        return None;
    }
    let exact = find(format!("={}", words.join(" ")));
    if exact.is_some() {
        return exact;
    }
    if file == "medicines" {
        // A mix is named by figures: `Humulin 70/30 100 unit/mL`.
        let mix = (2..=words.len().min(6)).rev().map(|length| &words[..length]);
        let mut mix = mix.filter(|begin| begin.iter().any(|word| word.bytes().all(|b| b.is_ascii_digit())));
        return mix.find_map(|begin| find(format!("={}", begin.join(" ")))).or_else(|| {
            let read = Medicine::read(&unaccented(name));
            let names = read.names.iter().filter(|name| !name.is_empty());
            names.chain(&read.beside).find_map(|name| find(format!("+{name}")))
        });
    }
    let in_order = |words: &[String]| Some(sorted(words)).filter(|way| !way.is_empty()).and_then(&find);
    in_order(&words)
        .or_else(|| {
            let long = written_out(&words);
            let without = without(&long, aside(file));
            find(long).or_else(|| find(format!("~{}", without?)))
        })
        // "HTN (hypertension)", "Diabetes mellitus type 2, uncontrolled": the name before the bracket, then the one in it.
        .or_else(|| {
            let (before, within) = name.split_once('(')?;
            in_order(&plain_words(before)).or_else(|| in_order(&plain_words(within)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_an_address_and_no_spelling_or_code_stands_on_two() {
        assert_eq!(TABLE.by_address.len(), TABLE.rows.len());
        let twice: Vec<_> = TABLE
            .names
            .iter()
            .filter(|((_, spelling), row)| row.is_none() && spelling.starts_with('='))
            .map(|((file, spelling), _)| format!("{file} {spelling}"))
            .collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn one_thing_in_many_spellings() {
        let find = |kind, name: &str| by_name(kind, name).map(|row| TABLE.rows[row].address());
        for (kind, address, names) in [
            (
                Kind::Problem,
                "conditions/hypertension",
                &[
                    "HTN",
                    "Essential (primary) hypertension",
                    "Hypertension (disorder)",
                    "HYPERTENSION, ESSENTIAL",
                ][..],
            ),
            (
                Kind::Problem,
                "conditions/type-2-diabetes",
                &["Diabetes mellitus, type II", "DM2", "Type 2 diabetes mellitus (HCC)"],
            ),
            (
                Kind::Allergy,
                "substances/penicillins",
                &["Allergy to penicillin (finding)", "PCN", "Penicillin V", "Amoxicillin"],
            ),
            (Kind::Allergy, "substances/peanut", &["Peanut allergy", "Peanuts", "Allergy to peanuts"]),
            (
                Kind::Medicine,
                "medicines/metoprolol",
                &[
                    "metoprolol succinate (TOPROL-XL) 25 MG 24 hr tablet",
                    "Lopressor 50 mg oral tablet",
                    "METOPROLOL TARTRATE 25 MG TAB",
                ],
            ),
            (
                Kind::Medicine,
                "medicines/lisinopril-hydrochlorothiazide",
                &[
                    "lisinopril-hydrochlorothiazide 20-12.5 mg tablet",
                    "Hydrochlorothiazide 12.5 MG / Lisinopril 20 MG Oral Tablet",
                    "Zestoretic",
                ],
            ),
            (Kind::Vaccine, "vaccines/influenza", &["Fluzone", "Influenza, seasonal, injectable"]),
            (Kind::Procedure, "procedures/appendectomy", &["Appendectomy", "Laparoscopic appendectomy"]),
        ] {
            for name in names {
                assert_eq!(find(kind, name).as_deref(), Some(address), "{name}");
            }
        }
    }
}
