//! The table of topics as it is looked in, made from its files when the app is built: every spelling of every name takes a second to work
//! out, and no process has to.
//!
//! [`Topics::of`] makes it; [`Topics::rows`] and [`File::pieces`] write it down, by keys that begin with what they are of.

use std::collections::{BTreeMap, BTreeSet};

use crate::built;
use crate::medicine::Medicine;
use crate::qualifiers::{self, words_of};
use crate::rows::{Row, rows, spelt, system_of};
use crate::spelling::{aside, plain_words, sorted, unaccented, without, written_out};
use crate::spelling_of_medicines::{bare, consonants, in_full, is_mendable, sorted_words, sound, written};

/// What the keys of a file begin with. No word has such signs in it.
pub mod key {
    /// A spelling: its row. It has no sign of its own.
    pub const SPELLING: &str = "";
    /// First letter and length: longer words.
    pub const LONGER_WORDS: &str = "#";
    /// First letter and length: words, with where they are used.
    pub const WORDS: &str = "@";
    /// A word that names a row in any company: the row.
    pub const NAMING: &str = "!";
    /// What is heard of consonants: longer words.
    pub const SOUND: &str = "&";
    /// A medicine's or substance's words without salts and forms: its row.
    pub const BARE: &str = "-";
    /// A row of medicines: what it is called in a mix.
    pub const CALLED: &str = "$";
    /// Every longer word of medicines or substances, with how it sounds.
    pub const HEARD: &str = "*";
    /// A word: signs that it is one of, each with its row, all its words, and those in whose company it is none.
    pub const SIGNS: &str = "^";
    /// System and code: its row.
    pub const CODE: &str = ":";
    /// A row's key: the row.
    pub const ROW: &str = "/";
}

/// Letters that a word has at least to name a row in any company.
const NAMING: usize = 4;

/// Letters that a word has at least before a slip in it is mended: shorter ones are too near to each other.
pub const MISSPELT: usize = 7;

/// Letters that a word has at least before a slip in it is mended where it leads to one row only.
pub const MISSPELT_SHORT: usize = 5;

/// What is heard of a longer word's consonants. None of those that begin with "hypo" and "hyper", which mean the contrary and are a
/// letter apart.
pub fn heard(word: &str) -> Option<String> {
    let is_one = word.len() >= MISSPELT
        && !["hyp", "hip"].iter().any(|begin| word.starts_with(begin))
        && word.chars().all(char::is_alphabetic);
    is_one.then(|| consonants(&sound(word))).filter(|heard| heard.len() >= MISSPELT_SHORT - 1)
}

/// The whole table.
#[derive(Debug)]
pub struct Topics {
    /// Its rows, those of the first file first. A row goes by its place here.
    pub rows: Vec<Known>,
    /// How each file is looked in.
    pub files: Vec<File>,
}

/// A row.
#[derive(Debug)]
pub struct Known {
    /// Which file it is in.
    pub file: &'static str,
    /// What the file says.
    pub row: Row,
    /// It has codes of a system which others are told apart by: what has none is a name for several.
    pub coded: bool,
    /// It has codes of ICD-10-CM's chapter of pregnancy.
    pub pregnancy: bool,
}

/// How one file is looked in.
#[derive(Debug)]
pub struct File {
    /// Which one it is.
    pub name: &'static str,
    /// Rows by their keys.
    pub keys: BTreeMap<&'static str, usize>,
    /// Rows by system and code.
    pub codes: BTreeMap<(&'static str, String), usize>,
    /// How its names are spelt.
    pub spellings: Spellings,
    /// How people write its medicines or substances.
    pub as_written: AsWritten,
    /// Words that tell a row, each under the one of them that the fewest others have.
    pub signs: BTreeMap<String, Vec<Sign>>,
}

impl Topics {
    /// Of the files by their names, and the words that tell their rows.
    pub fn of(files: &[(&'static str, &'static str)], telling: &'static str) -> Topics {
        let mut topics = Topics { rows: Vec::new(), files: Vec::new() };
        for &(file, text) in files {
            let first = topics.rows.len();
            let mut keys = BTreeMap::new();
            let mut codes = BTreeMap::new();
            for (at, row) in rows(text).enumerate() {
                let at = first + at;
                let mut known = Known { file, row, coded: false, pregnancy: false };
                keys.insert(row.key, at);
                for (prefix, code) in row.codes() {
                    known.pregnancy |= prefix == "icd10" && code.starts_with('O');
                    let Some((system, begins)) = system_of(prefix) else { continue };
                    known.coded |= begins;
                    codes.extend(each(code).iter().map(|code| ((system, spelt(system, code)), at)));
                }
                topics.rows.push(known);
            }
            let named: Vec<(usize, &Known)> = topics.rows.iter().enumerate().skip(first).collect();
            topics.files.push(File {
                name: file,
                spellings: Spellings::of(file, &named),
                as_written: AsWritten::of(file, &named),
                signs: signs(telling, file, |key| keys.get(key).copied()),
                keys,
                codes,
            });
        }
        topics
    }

    /// Its rows as lines: file, key, traits, names, and what its codes say.
    pub fn rows(&self) -> String {
        let line = |known: &Known| {
            let codes = [(known.coded, "coded"), (known.pregnancy, "pregnancy")];
            let codes =
                codes.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect::<Vec<_>>().join(",");
            let columns = [known.file, known.row.key, known.row.traits(), known.row.names(), &codes];
            format!("{}\n", columns.join("\t"))
        };
        self.rows.iter().map(line).collect()
    }
}

impl File {
    /// Lines and places for [`built::Built`].
    pub fn pieces(&self) -> (String, Vec<u8>) {
        let mut said: BTreeMap<String, String> = BTreeMap::new();
        let mut say = |of: &str, key: &str, what: String| said.insert(format!("{of}{key}"), what);
        let row = |row: Option<usize>| row.map_or_else(|| "-".to_owned(), |row| row.to_string());
        let words = |words: &BTreeSet<String>| words.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
        for (key, at) in &self.keys {
            say(key::ROW, key, at.to_string());
        }
        for ((system, code), at) in &self.codes {
            say(key::CODE, &[*system, code.as_str()].join(" "), at.to_string());
        }
        for (spelling, at) in &self.spellings.names {
            say(key::SPELLING, spelling, row(*at));
        }
        for ((first, length), known) in &self.spellings.longer_words {
            say(key::LONGER_WORDS, &format!("{first}{length}"), words(known));
        }
        for ((first, length), known) in &self.spellings.words {
            let used = |(word, uses): (&String, &Uses)| format!("{word}:{}:{}", uses.names, row(uses.row));
            say(
                key::WORDS,
                &format!("{first}{length}"),
                known.iter().map(used).collect::<Vec<_>>().join(" "),
            );
        }
        for (word, at) in &self.spellings.naming {
            say(key::NAMING, word, at.to_string());
        }
        for (sound, known) in &self.spellings.sounds {
            say(key::SOUND, sound, words(known));
        }
        for (name, at) in &self.as_written.bare {
            say(key::BARE, name, row(*at));
        }
        for (at, name) in &self.as_written.called {
            say(key::CALLED, &at.to_string(), name.clone());
        }
        let heard = self.as_written.words.iter().map(|word| format!("{word}:{}", sound(word)));
        let heard = heard.collect::<Vec<_>>().join(" ");
        if !heard.is_empty() {
            say(key::HEARD, "", heard);
        }
        for (word, signs) in &self.signs {
            let sign = |sign: &Sign| format!("{}:{}:{}", sign.row, words(&sign.words), words(&sign.not_with));
            say(key::SIGNS, word, signs.iter().map(sign).collect::<Vec<_>>().join("|"));
        }
        built::write(&said)
    }
}

/// The codes that are written as one: `00100-01966` are all numbers from the one to the other.
fn each(written: &str) -> Vec<String> {
    let numbers = |from: &str, to: &str| {
        let (first, last): (u32, u32) = (from.parse().ok()?, to.parse().ok()?);
        Some((first..=last).map(|number| format!("{number:0width$}", width = from.len())).collect())
    };
    written
        .split_once('-')
        .and_then(|(from, to)| numbers(from, to))
        .unwrap_or_else(|| vec![written.to_owned()])
}

/// Where a word is used.
#[derive(Debug)]
pub struct Uses {
    /// In how many names.
    pub names: usize,
    /// In this row only.
    pub row: Option<usize>,
}

/// How the names of one file are spelt.
#[derive(Debug, Default)]
pub struct Spellings {
    /// By spelling; none where two rows have it.
    pub names: BTreeMap<String, Option<usize>>,
    /// By first letter and length: every longer word of its names.
    pub longer_words: BTreeMap<(char, usize), BTreeSet<String>>,
    /// The same for shorter words too, in files that have looser readings; with where they are used.
    pub words: BTreeMap<(char, usize), BTreeMap<String, Uses>>,
    /// Words that name a row in any company.
    pub naming: BTreeMap<String, usize>,
    /// Longer words by what is heard of their consonants.
    pub sounds: BTreeMap<String, BTreeSet<String>>,
}

impl Spellings {
    fn of(file: &str, rows: &[(usize, &Known)]) -> Spellings {
        let mut table = Spellings::default();
        let loose = qualifiers::reads(file);
        for (row, known) in rows.iter().copied() {
            for name in known.row.names().split('|') {
                let words = plain_words(name);
                if known.row.traits().split(',').any(|one| one == "named")
                    && let [word] = words.as_slice()
                    && word.chars().count() >= NAMING
                {
                    table.naming.insert(qualifiers::one_of_many(word), row);
                }
                for word in words {
                    let Some(first) = word.chars().next() else { continue };
                    let place = (first, word.chars().count());
                    if word.len() >= MISSPELT {
                        table.longer_words.entry(place).or_default().insert(word.clone());
                        if let Some(sound) = heard(&word).filter(|_| loose) {
                            table.sounds.entry(sound).or_default().insert(word.clone());
                        }
                    }
                    if loose {
                        let rows = table.words.entry(place).or_default();
                        let uses = rows.entry(word).or_insert(Uses { names: 0, row: Some(row) });
                        uses.names += 1;
                        uses.row = uses.row.filter(|of| *of == row);
                    }
                }
                for spelling in spellings(file, name) {
                    let known = table.names.entry(spelling).or_insert(Some(row));
                    if *known != Some(row) {
                        *known = None;
                    }
                }
            }
        }
        for word in qualifiers::real_words().filter(|_| loose) {
            let Some(first) = word.chars().next() else { continue };
            let place = (first, word.chars().count());
            table.longer_words.entry(place).or_default().insert(word.to_owned());
            let unused = Uses { names: 0, row: None };
            table.words.entry(place).or_default().insert(word.to_owned(), unused);
        }
        table
    }
}

/// The ways in which a name of a file is found, the narrowest first.
fn spellings(file: &str, name: &str) -> Vec<String> {
    let words = words_of(file, name);
    let mut ways = vec![format!("={}", words.join(" "))];
    if file == "medicines" {
        // `70/30` is a strength elsewhere, and the name of a mix here.
        if !name.chars().any(|c| c.is_ascii_digit()) {
            ways.extend(ingredients(name));
        }
    } else {
        ways.push(sorted(&words));
        ways.push(written_out(&words));
        ways.extend(without(&words, aside(file)).map(|words| format!("~{words}")));
        // What is left of a name may be too little to be one.
        let is_one = |key: &String| key.chars().count() > MISSPELT_SHORT || words.len() == 1;
        ways.extend(qualifiers::folded(file, name).filter(is_one));
        // "Kidney" is no kidney disease, and one letter is no name.
        if qualifiers::reads(file) {
            ways.retain(|way| way.starts_with('=') || !qualifiers::is_sort_of(&words, way));
        }
    }
    ways.retain(|way| way.trim_start_matches(['~', '%']).len() > 1);
    ways
}

/// What is in a medicine, as its name says: words in their order in the alphabet.
fn ingredients(name: &str) -> Option<String> {
    let read = Medicine::read(&unaccented(name));
    let words = read.names.first()?;
    (!words.is_empty()).then(|| format!("+{words}"))
}

/// The names of medicines or substances once more, as they are looked for where people wrote them; nothing of other files.
#[derive(Debug, Default)]
pub struct AsWritten {
    /// By the sorted words of a name that has no salts and forms, the row; none where two have it.
    pub bare: BTreeMap<String, Option<usize>>,
    /// What a row of medicines is called in a mix.
    pub called: BTreeMap<usize, String>,
    /// Every longer word of the names.
    pub words: BTreeSet<String>,
}

impl AsWritten {
    fn of(file: &str, rows: &[(usize, &Known)]) -> AsWritten {
        let mut names = AsWritten::default();
        if !matches!(file, "medicines" | "substances") {
            return names;
        }
        let all = rows.iter().flat_map(|(row, known)| known.row.names().split('|').map(|name| (*row, name)));
        for (row, name) in all {
            names.words.extend(plain_words(name).into_iter().filter(|word| is_mendable(word)));
            let read = written(name);
            // `70/30` is a strength elsewhere, and the name of a mix here.
            let is_numbered = name
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
            let bare = bare(&read);
            if is_numbered || bare.is_empty() || !read.behind.is_empty() {
                continue;
            }
            // What is left where something was left out may be a name for several: "isosorbide".
            if bare != sorted_words(in_full(&plain_words(name))) {
                continue;
            }
            let entry = names.bare.entry(bare.clone()).or_insert(Some(row));
            if *entry != Some(row) {
                *entry = None;
            }
            if file == "medicines" {
                names.called.entry(row).or_insert(bare);
            }
        }
        names
    }
}

/// Words that together tell a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// All of them.
    pub words: BTreeSet<String>,
    /// In company with these they do not.
    pub not_with: BTreeSet<String>,
    /// The row.
    pub row: usize,
}

/// What tells the rows of one file, each under the one of its words that the fewest others have.
fn signs(
    telling: &'static str,
    file: &str,
    row: impl Fn(&str) -> Option<usize>,
) -> BTreeMap<String, Vec<Sign>> {
    let mut signs = Vec::new();
    for line in telling.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let of_file = columns.next() == Some(file);
        let Some(row) = columns.next().filter(|_| of_file).and_then(&row) else { continue };
        for told in columns.next().unwrap_or_default().split('|') {
            let (not_with, words): (Vec<&str>, Vec<&str>) =
                told.split(' ').partition(|word| word.starts_with('-'));
            let words = qualifiers::told_words(file, &words.join(" "));
            let not_with = not_with.iter().map(|word| word[1..].to_owned()).collect();
            if !words.is_empty() {
                signs.push(Sign { words, not_with, row });
            }
        }
    }
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for word in signs.iter().flat_map(|sign| &sign.words) {
        *uses.entry(word.clone()).or_default() += 1;
    }
    let mut by_word: BTreeMap<String, Vec<Sign>> = BTreeMap::new();
    for sign in signs {
        if let Some(word) = sign.words.iter().min_by_key(|word| uses[word.as_str()]) {
            by_word.entry(word.clone()).or_default().push(sign);
        }
    }
    by_word
}
