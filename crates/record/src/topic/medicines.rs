//! The table's medicines and substances as people write them: with directions behind the name, salts and names cut short, slips of the
//! pen, solutions and reactions. Asked where the table has no name as it was written.
//!
//! A mix keeps to itself: where several things are named, the row is one of exactly these, or none. A slip is mended where one thing
//! only is meant; a word that the table has is never mended.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::spelling::{is_near, plain_words};
use super::spelling_of_medicines::{
    Written, apart, consonants, containing, in_full, is_around, is_reaction, is_said_around, is_salt_alone,
    is_solution, segments, sound, unbracketed, without_reaction, without_salts, written,
};
use super::table::{names_of, of_whole, spelled};

const MEDICINES: &str = "medicines";
const SUBSTANCES: &str = "substances";

/// The table's names once more, as they are looked for here.
struct Names {
    /// By file and the sorted words of a name without salts and forms, the row; none where two have it. Names from which nothing was
    /// left out count first.
    bare: HashMap<(&'static str, String), (bool, Option<usize>)>,
    /// What a row of medicines is called in a mix.
    called: HashMap<usize, String>,
    /// Every longer word of the names of a file.
    words: HashMap<&'static str, Vec<Heard>>,
}

/// A word of the table.
struct Heard {
    word: String,
    sound: String,
    /// Which letters are in its sound.
    letters: u32,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names { bare: HashMap::new(), called: HashMap::new(), words: HashMap::new() };
    for file in [MEDICINES, SUBSTANCES] {
        let mut words: BTreeSet<String> = BTreeSet::new();
        for (row, name) in names_of(file) {
            words.extend(plain_words(name).into_iter().filter(|word| is_mendable(word)));
            let read = written(name, if file == SUBSTANCES { containing() } else { &[] });
            // `70/30` is a strength elsewhere, and the name of a mix here.
            let is_numbered = name
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
            let bare = bare(&read);
            if is_numbered || bare.is_empty() || !read.behind.is_empty() {
                continue;
            }
            let is_whole = read.words().len() == plain_words(name).len() && bare == sorted(read.words());
            let entry = names.bare.entry((file, bare.clone())).or_insert((is_whole, Some(row)));
            if is_whole && !entry.0 {
                *entry = (true, Some(row));
            } else if is_whole == entry.0 && entry.1 != Some(row) {
                entry.1 = None;
            }
            if file == MEDICINES {
                names.called.entry(row).or_insert(bare);
            }
        }
        let heard = |word: String| {
            let sound = sound(&word);
            Heard { letters: letters(&sound), sound, word }
        };
        names.words.insert(file, words.into_iter().map(heard).collect());
    }
    names
});

fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |letters, byte| letters | 1 << (byte - b'a'))
}

fn sorted(mut words: Vec<String>) -> String {
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

/// The sorted words of a name without salts.
fn bare(read: &Written) -> String {
    let parts = read.parts.iter().enumerate().map(|(at, part)| (at, in_full(part)));
    sorted(
        parts
            .filter(|(at, part)| *at == 0 || !is_salt_alone(part))
            .flat_map(|(_, part)| without_salts(&part))
            .collect(),
    )
}

fn by_bare(file: &'static str, bare: String) -> Option<usize> {
    NAMES.bare.get(&(file, bare)).and_then(|(_, row)| *row)
}

/// The row of medicines that a text names.
pub(super) fn medicine(text: &str) -> Option<usize> {
    if text.trim_start().starts_with('?') {
        return None;
    }
    let (outside, within) = unbracketed(text);
    of_medicines(&outside).or_else(|| {
        // "Blue pill (atenolol 50)": the name in the bracket, where what is outside says nothing that may be another.
        let mut rows = within.iter().filter_map(|name| exactly(&written(name, &[])));
        rows.next().filter(|row| rows.all(|other| other == *row))
    })
}

fn of_medicines(text: &str) -> Option<usize> {
    let read = written(text, &[]);
    let row = exactly(&read).or_else(|| mended(&read).and_then(|read| exactly(&read)))?;
    says_no_other(&read, row).then_some(row)
}

/// Whether what stands behind a name names nothing else; the solution that a medicine is given in is nothing else.
fn says_no_other(read: &Written, row: usize) -> bool {
    let is_one = read.words().iter().all(|word| is_solution(word));
    let is_other = |word: &String| {
        (is_one || !is_solution(word))
            && !is_said_around(word)
            && spelled(MEDICINES, format!("={word}")).is_some_and(|other| other != row)
    };
    !read.goes_on() && !read.behind.iter().any(is_other)
}

/// The row that has exactly these words, or that is the mix of exactly these parts.
fn exactly(read: &Written) -> Option<usize> {
    if read.parts.is_empty() {
        return None;
    }
    // With the words of forms that belong to a name, such as "pen" to one of penicillin.
    let whole = (1..=read.whole.len().min(6)).rev().find_map(|length| {
        let (name, behind) = read.whole.split_at(length);
        let row = spelled(MEDICINES, format!("={}", name.join(" ")))?;
        behind.iter().all(|word| is_around(word)).then_some(row)
    });
    whole
        .or_else(|| of_words(&read.words()))
        .or_else(|| by_bare(MEDICINES, bare(read)))
        .or_else(|| of_parts(read))
}

fn of_words(words: &[String]) -> Option<usize> {
    spelled(MEDICINES, format!("={}", words.join(" ")))
        .or_else(|| spelled(MEDICINES, format!("={}", in_full(words).join(" "))))
}

/// The row of a mix by those of its parts.
fn of_parts(read: &Written) -> Option<usize> {
    let mut rows: BTreeSet<usize> = BTreeSet::new();
    let parts = read.parts.iter().enumerate().filter(|(at, part)| *at == 0 || !is_salt_alone(&in_full(part)));
    for (_, part) in parts {
        let row = of_words(part).or_else(|| by_bare(MEDICINES, sorted(without_salts(&in_full(part)))))?;
        rows.insert(row);
    }
    if rows.len() == 1 {
        return rows.first().copied();
    }
    let called: Vec<&str> =
        rows.iter().map(|row| NAMES.called.get(row).map(String::as_str)).collect::<Option<_>>()?;
    by_bare(MEDICINES, sorted(called.join(" ").split(' ').map(ToOwned::to_owned).collect()))
}

/// The row of substances or of medicines that a text says somebody is allergic to.
pub(super) fn allergen(text: &str) -> Option<usize> {
    if text.trim_start().starts_with('?') {
        return None;
    }
    let before = text.split_once('(').map(|(before, _)| before);
    let as_written = of_whole(SUBSTANCES, text)
        .or_else(|| of_whole(MEDICINES, text).filter(|row| !is_beside(text, *row)))
        .or_else(|| of_whole(SUBSTANCES, before?))
        .or_else(|| of_substances(before?))
        .or_else(|| text.split_once('(').and_then(|(_, within)| of_whole(SUBSTANCES, within)))
        .or_else(|| of_whole(MEDICINES, text));
    as_written.or_else(|| of_segments(text))
}

/// Whether a title names a row in its brackets only.
fn is_beside(text: &str, row: usize) -> bool {
    text.contains('(') && of_whole(MEDICINES, &unbracketed(text).0) != Some(row)
}

/// The substance before a dash, a colon or a bracket, or behind a reaction that stands there. Another one behind it: none.
fn of_segments(text: &str) -> Option<usize> {
    let segments = segments(text);
    let at = segments.iter().position(|segment| !is_reaction(segment))?;
    let row = of_substance(&segments[at])?;
    let is_other = |segment: &String| {
        !is_reaction(segment)
            && (of_whole(SUBSTANCES, segment)
                .or_else(|| of_whole(MEDICINES, segment))
                .is_some_and(|other| other != row)
                || plain_words(segment).iter().any(|word| is_another(word, row)))
    };
    (!segments[at + 1..].iter().any(is_other)).then_some(row)
}

fn is_another(word: &str, row: usize) -> bool {
    let named = |file| spelled(file, format!("={word}"));
    word.len() > 3
        && !is_said_around(word)
        && named(SUBSTANCES).or_else(|| named(MEDICINES)).is_some_and(|other| other != row)
}

fn of_substance(text: &str) -> Option<usize> {
    let bare = without_reaction(text);
    if is_reaction(&bare) || bare.is_empty() {
        return None;
    }
    of_whole(SUBSTANCES, &bare)
        .or_else(|| of_whole(MEDICINES, &bare))
        .or_else(|| of_substances(&bare))
        .or_else(|| medicine(&bare))
        .or_else(|| {
            // What would be mended otherwise among medicines is not mended.
            let read = written(&bare, containing());
            let mended = mended_of(SUBSTANCES, &read)?;
            by_bare(SUBSTANCES, sorted(mended.words()))
        })
}

/// The row of substances without words of extracts and tests around it.
fn of_substances(text: &str) -> Option<usize> {
    let read = written(text, containing());
    let row = by_bare(SUBSTANCES, sorted(read.words()))?;
    read.behind.is_empty().then_some(row)
}

/// Letters that a word has at least where it is mended.
const SHORTEST: usize = 5;

/// Letters that a word has at least where a wrong consonant is mended, and where two wrong letters are.
const LONG: usize = 7;
const LONGER: usize = 9;

/// Letters that a beginning of a name has at least to stand for it.
const BEGINNING: usize = 6;

fn is_mendable(word: &str) -> bool {
    word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// A name with every word mended that the table does not have. `None` where nothing was.
fn mended(read: &Written) -> Option<Written> {
    mended_of(MEDICINES, read)
}

fn mended_of(file: &'static str, read: &Written) -> Option<Written> {
    let mut any = false;
    let mend = |word: &String| match meant(file, word) {
        Some(word) => {
            any = true;
            word
        }
        None => word.clone(),
    };
    let words: Vec<String> = read.words().iter().map(mend).collect();
    let mut left = words.into_iter();
    let parts: Vec<Vec<String>> =
        read.parts.iter().map(|part| left.by_ref().take(part.len()).collect()).collect();
    any.then(|| Written { parts, whole: Vec::new(), behind: Vec::new() })
}

/// The word of the table that a word with a slip in it means, or that it is the beginning of.
fn meant(file: &'static str, word: &str) -> Option<String> {
    let known = NAMES.words.get(file)?;
    if !is_mendable(word)
        || is_said_around(word)
        || known.binary_search_by(|heard| heard.word.as_str().cmp(word)).is_ok()
    {
        return None;
    }
    slip(file, known, word).or_else(|| (file == MEDICINES).then(|| beginning(known, word)).flatten())
}

fn slip(file: &'static str, known: &[Heard], word: &str) -> Option<String> {
    let heard = sound(word);
    let letters = letters(&heard);
    // How wrong the word would be, by what is meant.
    let mut slips: HashMap<String, (usize, &str)> = HashMap::new();
    for other in known {
        if (letters ^ other.letters).count_ones() > 6 || heard.len().abs_diff(other.sound.len()) > 3 {
            continue;
        }
        let Some(wrong) = wrong(word, &heard, other) else { continue };
        let slip = slips.entry(meaning(file, other)).or_insert((wrong, &other.word));
        if wrong < slip.0 {
            *slip = (wrong, &other.word);
        }
    }
    let least = slips.values().map(|(wrong, _)| *wrong).min()?;
    if least > 2 {
        return None;
    }
    let mut of_least = slips.values().filter(|(wrong, _)| *wrong == least);
    let (_, meant) = of_least.next()?;
    // Two letters may be wrong where nothing else is three letters away.
    let alone = if least == 2 { slips.len() == 1 } else { of_least.next().is_none() };
    alone.then(|| (*meant).to_owned())
}

/// How wrong a word is as another one: 0 where it sounds the same, 3 where it is only near; `None` where it is another word.
fn wrong(word: &str, heard: &str, other: &Heard) -> Option<usize> {
    if heard == other.sound {
        return Some(0);
    }
    let distance = apart(heard, &other.sound);
    let begins_alike = heard.as_bytes().first() == other.sound.as_bytes().first();
    let length = word.len().min(other.word.len());
    let vowels = {
        let (one, two) = (consonants(heard), consonants(&other.sound));
        one == two && one.len() >= 3
    };
    match distance {
        1 if begins_alike
            && (length >= LONG || vowels || is_near(word, &other.word) && is_turned(heard, &other.sound)) =>
        {
            Some(1)
        }
        2 if begins_alike && length >= LONG && vowels && consonants(heard).len() > 3 => Some(1),
        1 | 2 if begins_alike && length >= LONGER => Some(2),
        1..=3 => Some(3),
        _ => None,
    }
}

/// Whether two letters only changed places.
fn is_turned(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

/// What a word of the table means: its row, or itself.
fn meaning(file: &'static str, heard: &Heard) -> String {
    match spelled(file, format!("={}", heard.word)) {
        Some(row) => row.to_string(),
        None => heard.sound.clone(),
    }
}

/// The name that a word is the beginning of, where it is one only.
fn beginning(known: &[Heard], word: &str) -> Option<String> {
    if word.len() < BEGINNING {
        return None;
    }
    let begun = known.iter().filter(|heard| heard.word.starts_with(word));
    let mut meant: HashMap<String, &str> = HashMap::new();
    for heard in begun {
        meant.entry(meaning(MEDICINES, heard)).or_insert(&heard.word);
    }
    let mut meant = meant.into_values();
    let name = meant.next().filter(|name| spelled(MEDICINES, format!("={name}")).is_some())?;
    meant.next().is_none().then(|| name.to_owned())
}
