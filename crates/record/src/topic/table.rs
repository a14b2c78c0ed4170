//! The shipped table of topics: what codes and spellings mean which thing. Data in `*.tsv`, whose heads say where it comes from.
//!
//! A code stands for a topic where the table names it, ICD's by their beginnings; a spelling counts without case, accents, marks and
//! order, and without words that say nothing of what it is; then by what is left of it ([`qualifiers`]). Medicines are looked up by
//! what [`Medicine`] reads in a name.

use std::collections::{BTreeSet, HashMap};
use std::sync::{LazyLock, Mutex, PoisonError};

use wholechart_fhir::system::{CDT, CPT, HCPCS, ICD9CM, ICD10CM};
use wholechart_fhir::{Coding, Entry, Kind, TitleSource};
use wholechart_names::making::{MISSPELT, MISSPELT_SHORT, heard, key};
use wholechart_names::qualifiers::{self, Only, words_of};
use wholechart_names::rows::{SYSTEMS, spelt};
use wholechart_names::spelling::{is_near, plain_words, sorted, written_out};
use wholechart_names::spelling_of_medicines::apart;

use super::about::about;
use super::built::{self, spelled};
use super::whole::whole;
use super::{medicines, telling};
use crate::shipped::uri;

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Known {
    /// Which file it is in: `conditions`, `substances` …
    pub file: &'static str,
    /// Its key there.
    pub key: &'static str,
    traits: &'static str,
    /// Its names, as the file lists them.
    names: &'static str,
    /// It has codes of a system which others are told apart by: what has none is a name for several.
    coded: bool,
    /// It has codes of ICD-10-CM's chapter of pregnancy.
    pregnancy: bool,
}

/// What the table says of a topic besides its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// It goes on once it is there.
    Lasting,
    /// It is over within a year, whoever goes on listing it: an infection, a wound, a pregnancy.
    Brief,
    /// It is told of relatives, and is no illness of the person.
    Family,
    /// A circumstance of life: work, housing, education, violence.
    Circumstance,
    /// An errand rather than an illness or an operation: screening, follow-up, a questionnaire.
    Administrative,
    /// It can be done once in a life.
    Once,
    /// Which product of it was given decides what is given next.
    Products,
    /// A medicine that keeps blood from clotting: whoever cuts, or stops a bleeding, has to know.
    Thinner,
}

impl Known {
    /// File and key, as in [`super::Handles::known`] and in the catalogue of words.
    pub fn address(&self) -> String {
        format!("{}/{}", self.file, self.key)
    }

    /// What a substance is, in FHIR's words (R4 `allergy-intolerance-category`); none for what is no substance.
    pub(crate) fn sort_of_substance(&self) -> Option<&'static str> {
        if self.file == "medicines" || self.has("kind:class") {
            Some("medication")
        } else if self.has("kind:food") {
            Some("food")
        } else if self.has("kind:environment") || self.has("kind:material") {
            Some("environment")
        } else {
            None
        }
    }

    /// The addresses of the rows that a dose of this combined vaccine counts for too.
    pub fn also(&self) -> impl Iterator<Item = String> {
        let keys = self.traits.split(',').filter_map(|one| one.strip_prefix("also:"));
        keys.map(|key| format!("{}/{key}", self.file))
    }

    /// Whether a trait of this beginning goes on so.
    pub(super) fn says(&self, beginning: &str, rest: &str) -> bool {
        self.traits.split(',').any(|one| one.strip_prefix(beginning) == Some(rest))
    }

    /// Whether any trait begins so.
    #[cfg(test)]
    pub(super) fn says_anything(&self, beginning: &str) -> bool {
        self.traits.split(',').any(|one| one.starts_with(beginning))
    }

    /// Whether it is one of its names, as the file spells it.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.names.split('|').any(|one| one == name)
    }

    fn has(&self, word: &str) -> bool {
        self.traits.split(',').any(|one| one == word)
    }

    /// Whether the table says so.
    pub fn is(&self, what: Trait) -> bool {
        let word = match what {
            Trait::Lasting => "lasting",
            Trait::Brief => "brief",
            Trait::Family => "family",
            Trait::Circumstance => "circumstance",
            Trait::Administrative => "administrative",
            Trait::Once => "once",
            Trait::Products => "products",
            Trait::Thinner => "thinner",
        };
        self.has(word)
    }
}

/// The rows of these files with their names, between bars.
pub(super) fn rows_of(files: &[&str]) -> impl Iterator<Item = (&'static Known, &'static str)> {
    TABLE.iter().filter(move |row| files.contains(&row.file)).map(|row| (row, row.names))
}

/// The rows of a file with their names.
#[cfg(test)]
pub(super) fn names_of(file: &'static str) -> impl Iterator<Item = (usize, &'static str)> {
    TABLE
        .iter()
        .enumerate()
        .filter(move |(_, row)| row.file == file)
        .flat_map(|(at, row)| row.names.split('|').map(move |name| (at, name)))
}

/// The row at an address.
pub fn known(address: &str) -> Option<&'static Known> {
    let (file, one) = address.split_once('/').filter(|(file, _)| FILES.contains(file))?;
    TABLE.get(built::row(file, key::ROW, one)?)
}

/// The medicine that an allergy's title names, where the topic of such an allergy is its class: amoxicillin among the penicillins.
pub fn within_class(title: &str) -> Option<&'static Known> {
    let (class, medicine) = (find(Kind::Allergy, title, &[])?, find(Kind::Medicine, title, &[])?);
    medicine.has(&format!("class:{}", class.key)).then_some(medicine)
}

/// The files.
const FILES: &[&str] = &["conditions", "substances", "medicines", "vaccines", "procedures"];

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

/// The system in whose place another one stands: CPT is the first level of HCPCS, whose dental codes are those of CDT, senders name one
/// for another, and none of their codes is a code of two of them.
fn counted_as(system: &str) -> &str {
    if matches!(system, HCPCS | CDT) { CPT } else { system }
}

/// The rows of all files; a row goes by its place here.
static TABLE: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let rows = built::ROWS.lines().map(|line| {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (file, key, traits, names, codes) = (next(), next(), next(), next(), next());
        let is = |word: &str| codes.split(',').any(|one| one == word);
        Known { file, key, traits, names, coded: is("coded"), pregnancy: is("pregnancy") }
    });
    rows.collect()
});

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
            let row = |row: usize| &TABLE[row];
            // A classification's code tells illnesses apart that people call by one name; any other code may be a slip, and
            // what is read is the name.
            let errand = row(by_code).is(Trait::Administrative) && !row(called).is(Trait::Administrative);
            let by_class = kind == Kind::Problem && matches!(system, ICD10CM | ICD9CM) && !errand;
            let vague = kind == Kind::Problem && !TABLE[called].coded;
            if by_class || vague { by_code } else { called }
        }
        (called, by_code) => called.or(by_code.map(|(row, _)| row))?,
    };
    TABLE.get(row)
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
    by_name(kind, title).filter(|row| TABLE[*row].coded)
}

/// The row that a title names; by its place in the table.
pub(crate) fn row_named(kind: Kind, title: &str) -> Option<usize> {
    by_name(kind, title)
}

/// The row that codes without a name stand for.
pub(crate) fn row_coded(kind: Kind, codes: &[Coding]) -> Option<usize> {
    by_codes(kind, codes).map(|(row, _)| row)
}

/// By the first code that the table has, classifications before others. With its system.
fn by_codes(kind: Kind, codes: &[Coding]) -> Option<(usize, &'static str)> {
    SYSTEMS.iter().find_map(|(name, begins)| {
        let system = uri(name)?;
        codes.iter().filter(|coding| counted_as(&coding.system) == system).find_map(|coding| {
            let code = spelt(name, &coding.code);
            let lengths = if *begins { 1..=code.len() } else { code.len()..=code.len() };
            files_of(kind).iter().find_map(|file| {
                let at = |length: usize| built::coded(file, name, code.get(..length)?);
                lengths.clone().rev().find_map(at).map(|row| (row, system))
            })
        })
    })
}

/// The rows that a code stands for, of whatever kind the thing is that bears it.
pub(super) fn rows_of_code(code: &Coding) -> impl Iterator<Item = &'static Known> {
    let kinds = [Kind::Problem, Kind::Allergy, Kind::Medicine, Kind::Vaccine, Kind::Procedure];
    kinds
        .into_iter()
        .filter_map(|kind| by_codes(kind, std::slice::from_ref(code)).map(|(row, _)| &TABLE[row]))
}

/// What was looked for, and what was found: a record says the same few hundred names again and again.
type Found = HashMap<(Kind, String), Option<usize>>;

/// So many names are kept.
const KEPT: usize = 4_096;
/// Nobody names a thing in so many words, and what does is not kept.
const LONGEST: usize = 300;

/// The key of a row in its file.
pub(super) fn key_of(row: usize) -> &'static str {
    TABLE[row].key
}

/// By a name as it was written; by one with a slip of the pen, where nothing is called as it was written.
fn by_name(kind: Kind, name: &str) -> Option<usize> {
    static FOUND: LazyLock<Mutex<Found>> = LazyLock::new(Mutex::default);
    let kept = || FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if name.len() > LONGEST {
        return look_up(kind, name);
    }
    let key = (kind, name.to_owned());
    let known = kept().get(&key).copied();
    if let Some(known) = known {
        return known;
    }
    let row = look_up(kind, name);
    let mut found = kept();
    if found.len() >= KEPT {
        found.clear();
    }
    found.insert(key, row);
    row
}

fn look_up(kind: Kind, name: &str) -> Option<usize> {
    let about = about(kind, name);
    let spelled_as = |file: &'static str, name: &str| {
        // Most are called as the table calls them.
        let exact = || spelled(file, &format!("={}", words_of(file, name).join(" ")));
        let is_question = name.trim_start().starts_with('?');
        exact()
            .filter(|_| !is_question)
            .or_else(|| ways(file, name).into_iter().find_map(|way| spelled(file, &way)))
    };
    match kind {
        Kind::Medicine => {
            return spelled_as("medicines", &about)
                .or_else(|| medicines::medicine(&about))
                .or_else(|| by_mending(&spelled_as, kind, &about));
        }
        Kind::Allergy => {
            return medicines::allergen(&about).or_else(|| by_mending(&spelled_as, kind, &about));
        }
        _ => {}
    }
    let find = |file: &'static str, name: &str| spelled_as(file, name).or_else(|| by_reading(file, name));
    // Each of the other kinds has one file.
    let file = *files_of(kind).first()?;
    let found = find(file, &about);
    if found.is_some() {
        return found;
    }
    let mended = mended(file, &about);
    let mended = mended.as_deref();
    mended.and_then(|name| find(file, name)).or_else(|| by_slip(&find, file, &about)).or_else(|| {
        if !matches!(file, "conditions" | "procedures") {
            return None;
        }
        telling::row(file, &about)
            .or_else(|| telling::row(file, mended?))
            .or_else(|| by_parts(&find, file, &about))
            .or_else(|| by_regard(file, &about))
    })
}

/// Names of an illness that are tried at most for a row of it in another regard.
const REGARDED: usize = 12;

/// A name that is about an illness of the table in another regard: which, and the row.
pub(super) fn in_regard(name: &str) -> Option<(&'static str, usize)> {
    let (regard, rest) = qualifiers::regard(name)?;
    Some((regard, by_name(Kind::Problem, &rest)?))
}

/// By the row of an illness in the regard in which a name names it, such as of relatives; never the row of the illness itself.
fn by_regard(file: &'static str, name: &str) -> Option<usize> {
    let (regard, row) = in_regard(name).filter(|_| file == "conditions")?;
    let said = qualifiers::in_regard(regard);
    let mut names = TABLE[row].names.split('|').take(REGARDED);
    let found = names.find_map(|name| {
        let ways = ways(file, &[said.as_str(), name].join(" "));
        ways.into_iter().find_map(|way| spelled(file, &way))
    })?;
    (found != row).then_some(found)
}

/// By what stands on either side of a dash or a stroke, where everything that is known of it is one: "back surgery - laminectomy".
fn by_parts(
    find: &impl Fn(&'static str, &str) -> Option<usize>,
    file: &'static str,
    name: &str,
) -> Option<usize> {
    let name = name.replace(" \u{2013} ", " - ").replace(" / ", " - ");
    let parts: Vec<&str> = name.split(" - ").filter(|part| !part.trim().is_empty()).collect();
    if parts.len() < 2 || !parts.iter().all(|part| qualifiers::is_of_one_part(file, part)) {
        return None;
    }
    let rows: BTreeSet<usize> = parts.iter().filter_map(|part| find(file, part)).collect();
    rows.first().copied().filter(|_| rows.len() == 1)
}

/// By a name with every slip of the pen in it mended. What would be mended otherwise in another file is not mended.
fn by_mending(find: &dyn Fn(&'static str, &str) -> Option<usize>, kind: Kind, about: &str) -> Option<usize> {
    let mut mended = files_of(kind).iter().filter_map(|file| find(file, &mended(file, about)?));
    mended.next().filter(|_| mended.next().is_none())
}

/// By what is left of a name when some of it is left aside ([`qualifiers`]).
fn by_reading(file: &'static str, name: &str) -> Option<usize> {
    if !qualifiers::reads(file) || name.trim_start().starts_with('?') {
        return None;
    }
    let read = qualifiers::readings(file, name).into_iter().find_map(|reading| {
        let words = words_of(file, &reading.text);
        let ways = [Some(sorted(&words)), Some(written_out(&words)), qualifiers::folded(file, &reading.text)];
        let row = ways.into_iter().flatten().filter(|way| !way.is_empty()).find_map(|way| {
            let row = spelled(file, &way)?;
            let known = &TABLE[row];
            let fits = match reading.only {
                Only::Any => true,
                Only::Anywhere => known.has("anywhere"),
                Only::Within => known.has("within"),
                Only::Pregnancy => known.pregnancy,
            };
            fits.then_some(row)
        })?;
        // An acute one is not under what is called chronic.
        let mut called = TABLE[row].key.split('-');
        let other = |word: &str| match word {
            "acute" => reading.without.contains("chronic"),
            "chronic" => reading.without.contains("acute"),
            _ => false,
        };
        (!called.any(other)).then_some(row)
    });
    read.or_else(|| {
        qualifiers::naming(file, name).into_iter().find_map(|words| {
            let of = |word: &str| built::row(file, key::NAMING, word);
            let rows: BTreeSet<usize> = words.iter().filter_map(|word| of(word)).collect();
            let row = rows.first().copied().filter(|_| rows.len() == 1)?;
            let beside =
                file == "procedures" && qualifiers::is_beside_another(&words, |word| of(word) == Some(row));
            (!beside).then_some(row)
        })
    })
}

/// Names that have the same slip at most: what is in more is a word.
const SLIPS: usize = 2;

/// Names that are tried at most for one with slips.
const MENDINGS: usize = 24;

/// The same letters in another order.
fn is_turned(one: &str, other: &str) -> bool {
    let letters = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    letters(one) == letters(other)
}

/// By a name with slips of the pen in words of the file, where every way to mend them that leads anywhere leads to one row.
fn by_slip(
    find: &impl Fn(&'static str, &str) -> Option<usize>,
    file: &'static str,
    name: &str,
) -> Option<usize> {
    let mut names = vec![String::new()];
    let mut any = false;
    for word in plain_words(name) {
        let length = word.chars().count();
        let first = word.chars().next()?;
        let of = |length: usize| built::used_words(file, first, length);
        // A word of one row may itself be a slip that somebody made before.
        let is_word = length < MISSPELT_SHORT - 1
            || !word.chars().all(char::is_alphabetic)
            || of(length).any(|used| used.word == word && (used.row().is_none() || used.names() > SLIPS));
        let mut near: Vec<&'static str> = Vec::new();
        if !is_word {
            let known = (length - 1..=length + 1).flat_map(of).map(|used| used.word);
            near.extend(
                known
                    .filter(|known| is_near(&word, known))
                    .filter(|known| length >= MISSPELT_SHORT || is_turned(&word, known)),
            );
            if near.is_empty()
                && let Some(sound) = heard(&word)
            {
                let alike = built::alike(file, &sound);
                near.extend(alike.filter(|known| known.starts_with(first) && apart(&word, known) <= HEARD));
            }
        }
        any |= !near.is_empty();
        let itself = near.is_empty() || of(length).any(|used| used.word == word);
        let words = || near.iter().copied().chain(itself.then_some(word.as_str()));
        names =
            names.iter().flat_map(|name| words().map(move |word| [name.as_str(), word].join(" "))).collect();
        if names.len() > MENDINGS {
            return None;
        }
    }
    if !any {
        return None;
    }
    let rows: BTreeSet<usize> = names.iter().filter_map(|name| find(file, name)).collect();
    rows.first().copied().filter(|_| rows.len() == 1)
}

/// Letters at most by which words that sound alike are apart.
const HEARD: usize = 3;

/// The name with every word mended that no name of the file has, and that one letter too many, too few, wrong or in the wrong place
/// makes a word of one. `None` where there is none, or several.
fn mended(file: &'static str, name: &str) -> Option<String> {
    let mut any = false;
    let mut words = Vec::new();
    for word in plain_words(name) {
        let length = word.chars().count();
        let first = word.chars().next()?;
        let of = |length: usize| built::longer_words(file, first, length);
        if length < MISSPELT
            || !word.chars().all(char::is_alphabetic)
            || of(length).any(|known| known == word)
        {
            words.push(word);
            continue;
        }
        let near: BTreeSet<&str> =
            (length - 1..=length + 1).flat_map(of).filter(|known| is_near(&word, known)).collect();
        match near.first() {
            Some(known) if near.len() == 1 => {
                any = true;
                words.push((*known).to_owned());
            }
            _ => words.push(word),
        }
    }
    any.then(|| words.join(" "))
}

/// The ways in which a written name is looked for, the narrowest first.
fn ways(file: &str, name: &str) -> Vec<String> {
    let mut ways = whole(file, name);
    if file == "medicines" || ways.is_empty() {
        return ways;
    }
    // "HTN (hypertension)", "Diabetes mellitus type 2, uncontrolled": the name before the bracket, then the one in it.
    if let Some((before, within)) =
        name.split_once('(').filter(|_| !qualifiers::reads(file) || !qualifiers::is_guarded(file, name))
    {
        ways.push(sorted(&words_of(file, before)));
        ways.push(sorted(&words_of(file, within)));
    }
    ways.retain(|way| !way.is_empty());
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_an_address_and_no_spelling_or_code_stands_on_two() {
        for (at, row) in TABLE.iter().enumerate() {
            assert_eq!(built::row(row.file, key::ROW, row.key), Some(at), "{}", row.address());
        }
        let of_two = |file: &'static str| of_two(file).map(move |spelling| format!("{file} {spelling}"));
        let twice: Vec<String> =
            FILES.iter().copied().flat_map(of_two).filter(|spelling| spelling.contains(" =")).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    /// Spellings that two rows of a file have.
    fn of_two(file: &str) -> impl Iterator<Item = &'static str> + use<> {
        let signs = [key::BARE, key::ROW, key::CODE, key::NAMING, key::SOUND, key::CALLED];
        let all = built::of(file).all().filter(|(_, row)| *row == "-").map(|(spelling, _)| spelling);
        all.filter(move |spelling| !signs.iter().any(|sign| spelling.starts_with(sign)))
    }

    #[test]
    fn no_combination_of_vaccines_is_spelt_as_one_of_its_parts() {
        let twice: BTreeSet<&str> =
            of_two("vaccines").map(|spelling| spelling.trim_start_matches(['~', '%'])).collect();
        // Named too vaguely to be one: they are none.
        assert_eq!(twice, BTreeSet::from(["m r", "meningococcal", "rsv", "tetanus"]));
    }

    #[test]
    fn one_thing_in_many_spellings() {
        let find = |kind, name: &str| by_name(kind, name).map(|row| TABLE[row].address());
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
                "medicines/levonorgestrel",
                &["Mirena IUD", "levonorgestrel 20 mcg/24 hr intrauterine device"],
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
