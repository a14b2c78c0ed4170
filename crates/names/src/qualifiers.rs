//! Looser ways to read a name, for when it is in no row as it was written: what says how bad, on which side, since when, how often
//! seen or how done is left aside, then what it comes with and from. The narrowest first; words that are looked for, none that we say.
//!
//! What a name is about stays whole: nothing here takes away history, family, suspicion, risk, screening, a metastasis, a number of a
//! type or an organ. Places are left aside only where the row says that it is one illness wherever it is (`anywhere`, `within`), and
//! words of pregnancy only where its codes are those of pregnancy.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use crate::spelling::{plain_words, sorted, unaccented, written_out};

const SOURCE: &str = include_str!("qualifiers.tsv");

type Words = HashSet<&'static str>;

/// Lists of words by their names in the file.
static LISTS: LazyLock<HashMap<&'static str, Words>> =
    LazyLock::new(|| columns().map(|(name, words)| (name, words.split(' ').collect())).collect());

/// By list, then by first word: what is said in several ways, the longest first, and what is said instead.
type Phrases = HashMap<&'static str, Vec<(Vec<&'static str>, Vec<&'static str>)>>;

static SAID: LazyLock<HashMap<&'static str, Phrases>> = LazyLock::new(|| {
    columns()
        .map(|(name, said)| {
            let mut phrases = Phrases::new();
            for (said, instead) in said.split('|').filter_map(|pair| pair.split_once('=')) {
                let said: Vec<&str> = said.split(' ').collect();
                phrases.entry(said[0]).or_default().push((said, instead.split_whitespace().collect()));
            }
            for of_word in phrases.values_mut() {
                of_word.sort_by_key(|(said, _)| std::cmp::Reverse(said.len()));
            }
            (name, phrases)
        })
        .collect()
});

fn columns() -> impl Iterator<Item = (&'static str, &'static str)> {
    SOURCE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.nth(1)?))
    })
}

/// The list of this name; empty where there is none.
fn list(name: &str) -> &'static Words {
    static EMPTY: LazyLock<Words> = LazyLock::new(Words::new);
    LISTS.get(name).unwrap_or(&EMPTY)
}

/// The words with what is said in another way in a list said as there. What comes of it is looked at again, twice at most.
fn instead(list: &str, mut words: Vec<String>) -> Vec<String> {
    let Some(phrases) = SAID.get(list) else { return words };
    for _ in 0..3 {
        let mut said = Vec::with_capacity(words.len());
        let (mut at, mut any) = (0, false);
        while at < words.len() {
            let of_word = phrases.get(words[at].as_str()).into_iter().flatten();
            let found = of_word
                .into_iter()
                .find(|(said, _)| words[at..].len() >= said.len() && words[at..at + said.len()] == **said);
            if let Some((phrase, instead)) = found {
                said.extend(instead.iter().map(|word| (*word).to_owned()));
                at += phrase.len();
                any = true;
            } else {
                said.push(words[at].clone());
                at += 1;
            }
        }
        words = said;
        if !any {
            break;
        }
    }
    words
}

/// Words that are one letter away from others and no slips of the pen: some, and those that make another thing of what stands beside them.
pub fn real_words() -> impl Iterator<Item = &'static str> {
    let guards = ["guards", "guards-telling", "not-naming-illnesses", "not-naming-operations", "not-done"];
    std::iter::once("real-words").chain(guards).flat_map(|name| list(name).iter().copied())
}

/// A name with some of it left aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What is left, words between spaces in their order.
    pub text: String,
    /// Rows that it is for.
    pub only: Only,
    /// Left aside because it was taken for "acute" or "chronic": a row that is called the other is another illness.
    pub without: BTreeSet<&'static str>,
}

/// Rows that a reading is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// All of them.
    Any,
    /// Those that are one illness wherever on the body it is.
    Anywhere,
    /// Those that are one illness wherever within a part of the body it is.
    Within,
    /// Those of pregnancy.
    Pregnancy,
}

/// The words with an `a` that is a letter rather than an article made one that counts.
fn lettered(words: Vec<String>) -> Vec<String> {
    let mut before = String::new();
    let mut words = words;
    for at in 1..words.len() {
        // The two chambers of a heart are no two sides of a body.
        if words[at].starts_with("ventric") && ["left", "right"].contains(&words[at - 1].as_str()) {
            words[at - 1].push('\u{b7}');
        }
    }
    words
        .into_iter()
        .map(|word| {
            let letter = word == "a" && list("lettered").contains(before.as_str());
            before.clone_from(&word);
            if letter { "a\u{b7}".to_owned() } else { word }
        })
        .collect()
}

/// The words of a name, with letters that are read as articles elsewhere.
pub fn words_of(file: &str, name: &str) -> Vec<String> {
    let words = plain_words(name);
    if reads(file) { lettered(words) } else { words }
}

/// Whether a file has looser readings.
pub fn reads(file: &str) -> bool {
    matches!(file, "conditions" | "procedures" | "vaccines")
}

/// A name as it is compared where both sides leave aside what says nothing. `None` where nothing is left.
pub fn folded(file: &str, text: &str) -> Option<String> {
    let words: Vec<String> = segments(text).into_iter().flatten().collect();
    let words = lettered(words);
    let (same, silent) = match file {
        "conditions" => (Some("condition-same"), "condition-silent"),
        "procedures" => (Some("procedure-same"), "procedure-silent"),
        "vaccines" => (None, "vaccine-silent"),
        _ => return None,
    };
    let silent = list(silent);
    let words = same.map_or(words.clone(), |same| instead(same, words));
    let words: Vec<String> = written_out(&words)
        .trim_start_matches('~')
        .split(' ')
        .filter(|word| !word.is_empty() && !silent.contains(word))
        .filter(|word| file != "vaccines" || !is_of_a_dose(word))
        .map(one_of_many)
        .collect();
    let key = sorted(&words);
    (!key.is_empty()).then(|| format!("%{key}"))
}

/// A number that is no name of a vaccine's kind: of a dose, an age, a year. Kinds by number are named by their rows.
fn is_of_a_dose(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
        || word.chars().any(|c| c.is_ascii_digit())
            && ["mcg", "ml", "mg", "yrs", "yr", "mo"].iter().any(|unit| {
                word.strip_suffix(unit).is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
            })
}

/// One of many: `fractures` and `fracture`; and -ise as -ize.
pub fn one_of_many(word: &str) -> String {
    let one = match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 2 => format!("{stem}y"),
        _ => match word.strip_suffix('s') {
            Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
            _ => word.to_owned(),
        },
    };
    match one.strip_suffix("ised") {
        Some(stem) => format!("{stem}ized"),
        None => match one.strip_suffix("isation") {
            Some(stem) => format!("{stem}ization"),
            None => one,
        },
    }
}

/// The words of what stands between commas, with what is written with points and slashes made words.
fn segments(text: &str) -> Vec<Vec<String>> {
    let text = unaccented(text);
    let pointed = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let letters: Vec<char> = bare.chars().filter(|c| *c != '.').collect();
        let is_pointed = letters.len() > 1
            && bare.chars().step_by(2).all(char::is_alphabetic)
            && bare.chars().skip(1).step_by(2).all(|c| c == '.')
            && bare.chars().filter(|c| *c == '.').count() + 1 >= letters.len();
        if is_pointed { letters.into_iter().collect() } else { word.to_owned() }
    };
    let text = text.split_whitespace().map(pointed).collect::<Vec<String>>().join(" ");
    text.replace(" - ", ",")
        .split([',', ';'])
        .map(|segment| {
            let mut words = instead("long", instead("slashed", plain_words(segment)));
            // "Non-recurrent" is one word.
            while let Some(at) = words.iter().position(|word| word == "non").filter(|at| at + 1 < words.len())
            {
                let next = words.remove(at + 1);
                words[at].push_str(&next);
            }
            words
        })
        .filter(|words| !words.is_empty())
        .collect()
}

fn has_any(words: &[String], of: &Words) -> bool {
    words.iter().any(|word| of.contains(word.as_str()))
}

/// Whether a text says something that makes another thing of what stands beside it.
pub fn is_guarded(file: &str, text: &str) -> bool {
    let is_undone = |words: &[String]| file == "procedures" && has_any(words, list("not-done"));
    segments(text).iter().any(|words| has_any(words, list("guards")) || is_undone(words))
}

/// A name without its brackets, and what stood in the last of them; neither where one makes another thing of the other.
fn brackets(file: &str, name: &str) -> Vec<String> {
    let whole: String = name.chars().map(|c| if "()[]{}".contains(c) { ' ' } else { c }).collect();
    let (mut outside, mut inside, mut last) = (String::new(), String::new(), String::new());
    let mut depth = 0_usize;
    for c in name.chars() {
        match c {
            '(' | '[' => {
                depth += 1;
                if depth == 1 {
                    last.clear();
                }
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && !last.trim().is_empty() && !is_mark(&last) {
                    inside.clone_from(&last);
                }
            }
            _ if depth > 0 => last.push(c),
            _ => outside.push(c),
        }
    }
    let mut all = vec![whole];
    if outside.len() < name.len() && !is_guarded(file, name) {
        all.push(outside.clone());
        if !inside.is_empty() && !outside.trim_start().to_lowercase().starts_with("without") {
            all.push(inside);
        }
    }
    all
}

/// How a name was filed, within brackets.
fn is_mark(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    ["hcc", "disorder", "finding", "procedure", "situation", "s"].contains(&text.as_str())
        || text.len() >= 5 && text.chars().skip(1).all(|c| c.is_ascii_digit())
}

/// Without what says only that something was not said, and how often it was seen.
fn said(segments: Vec<Vec<String>>) -> Vec<Vec<String>> {
    if is_no_illness(&segments) {
        return segments;
    }
    let mut said: Vec<Vec<String>> = Vec::new();
    for mut words in segments {
        // "initial encounter for closed fracture", "initial episode of care".
        let seen = |at: usize, words: &[String]| {
            let next = words.get(at + 1).map(String::as_str);
            matches!(words[at].as_str(), "initial" | "subsequent")
                && (next == Some("encounter")
                    || words.get(at + 1..at + 4).is_some_and(|some| some == ["episode", "of", "care"]))
                || words[at] == "sequela"
        };
        if let Some(at) = (0..words.len()).find(|at| seen(*at, &words)) {
            words.truncate(at);
        }
        while let Some(at) = (0..words.len()).find(|at| {
            words[*at] == "unspecified"
                && words.get(at + 1).is_some_and(|word| list("parts").contains(word.as_str()))
                && words.get(at + 2).is_some_and(|word| word == "of")
        }) {
            words.drain(at..at + 3);
        }
        let first = said.is_empty();
        let unsaid = !first
            && (words.first().is_some_and(|word| word == "unspecified")
                || words.iter().all(|word| list("unsaid").contains(word.as_str())));
        if !words.is_empty() && !unsaid {
            said.push(words);
        }
    }
    said
}

/// Every segment up to the first place that `cut` finds; none where what is cut off makes another thing of it, or nothing was cut.
fn cut(
    segments: &[Vec<String>],
    guarded: bool,
    cut: impl Fn(&[String], usize) -> bool,
) -> Option<Vec<Vec<String>>> {
    let mut any = false;
    let mut kept = Vec::new();
    for (number, words) in segments.iter().enumerate() {
        let at = (0..words.len()).find(|at| cut(words, *at));
        let end = at.unwrap_or(words.len());
        let behind = &words[end..];
        if guarded && (has_any(behind, list("guards")) || has_any(behind, list("guards-behind")))
            || number == 0 && end == 0
        {
            return None;
        }
        any |= at.is_some();
        if end > 0 {
            kept.push(words[..end].to_vec());
        }
    }
    any.then_some(kept)
}

fn is_without(words: &[String], at: usize) -> bool {
    matches!(words[at].as_str(), "without" | "sin")
        || words[at] == "not"
            && words.get(at + 1).is_some_and(|next| {
                ["specified", "stated", "elsewhere", "otherwise", "intractable", "well", "due"]
                    .contains(&next.as_str())
            })
        || words[at] == "no" && words.get(at + 1).is_some_and(|next| next.starts_with("especificad"))
}

/// Up to "without" and "not": what is said there says no more than what an illness does not come with. None where it is said that there is
/// no illness.
fn without_what_is_not(segments: &[Vec<String>]) -> Option<Vec<Vec<String>>> {
    cut(segments, false, is_without).filter(|_| !is_no_illness(segments))
}

/// Whether it is said, wherever, that there is no illness or that it is about something else.
fn is_no_illness(segments: &[Vec<String>]) -> bool {
    has_any(&segments.concat(), list("guards-ever"))
}

/// The regard in which a name names an illness, where it says one before or behind it, and the illness.
pub fn regard(name: &str) -> Option<(&'static str, String)> {
    let words = segments(&brackets("conditions", name).swap_remove(0)).concat();
    let phrases = |list: &str| SAID.get(list).into_iter().flat_map(HashMap::values).flatten();
    let longest = |list: &str, is_there: &dyn Fn(&[&'static str]) -> bool| {
        phrases(list)
            .filter(|(said, _)| said.len() < words.len() && is_there(said))
            .max_by_key(|(said, _)| said.len())
    };
    let before = longest("regards-before", &|said| words[..said.len()].iter().eq(said));
    let behind = || {
        let (said, regard) =
            longest("regards-behind", &|said| words[words.len() - said.len()..].iter().eq(said))?;
        Some((regard, &words[..words.len() - said.len()]))
    };
    let (regard, rest) = before.map(|(said, regard)| (regard, &words[said.len()..])).or_else(behind)?;
    Some((regard.first()?, rest.join(" ")))
}

/// How names say that an illness is named in a regard, as the table's own names do.
pub fn in_regard(regard: &str) -> String {
    let said = SAID.get("regards-said").and_then(|said| said.get(regard)?.first());
    said.map(|(_, said)| said.join(" ")).unwrap_or_default()
}

/// From here on: what it comes with, what it comes from, what is done for it.
fn is_with(words: &[String], at: usize) -> bool {
    let next = |places: usize| words.get(at + places).map_or("", String::as_str);
    match words[at].as_str() {
        "with" | "con" | "following" | "requiring" => true,
        "sp" | "after" => at > 0,
        "due" | "secondary" | "owing" => next(1) == "to",
        "debido" | "debida" | "secundario" | "secundaria" => next(1) == "a",
        "caused" | "complicated" => next(1) == "by",
        "because" => next(1) == "of",
        "resulting" => next(1) == "from",
        "associated" => next(1) == "with",
        "on" => list("treatments").contains(next(1)),
        "in" => {
            next(1) == "setting"
                || next(1) == "the" && next(2) == "setting"
                || ["obese", "nonobese"].contains(&next(1))
        }
        "body" => next(1) == "mass",
        "by" => next(1) == "gold",
        word => list("measured").contains(word),
    }
}

fn is_from(words: &[String], at: usize) -> bool {
    let next = words.get(at + 1).map_or("", String::as_str);
    matches!(words[at].as_str(), "due" | "secondary") && next == "to"
}

fn is_involving(words: &[String], at: usize) -> bool {
    matches!(words[at].as_str(), "involving" | "affecting")
}

/// Without stages by number, and without words of some lists.
fn dropped(segments: &[Vec<String>], lists: &[&Words]) -> Vec<Vec<String>> {
    let bipolar = lists.iter().any(|some| std::ptr::eq(*some, list("course")))
        && segments.iter().flatten().any(|word| word == "bipolar");
    let begins = |begin: &str| segments.iter().flatten().any(|word| word.starts_with(begin));
    // A liver inflamed by a virus and one inflamed by drink are two illnesses, also where one title says both.
    let two_livers = begins("hepat") && begins("alcohol");
    segments
        .iter()
        .map(|words| {
            let mut kept: Vec<String> = Vec::new();
            let mut at = 0;
            while at < words.len() {
                let (word, next) = (words[at].as_str(), words.get(at + 1).map_or("", String::as_str));
                let staged = list("staged").contains(word) && list("stages").contains(next);
                let strep = words.get(at + 2).is_some_and(|word| word.starts_with("strep"));
                if staged && !(strep && next != "a") {
                    at += 2;
                    continue;
                }
                // "type 2" is a name; "Alzheimer's type" says nothing.
                let numbered =
                    word == "type" && !next.is_empty() && (next.len() < 3 || ["one", "two"].contains(&next));
                let apart = word == "early" && next == "stage";
                let mood = bipolar && list("moods").contains(word);
                if mood {
                    at += 1;
                    continue;
                }
                let x_ray = word == "x" && next.starts_with("ray");
                let viral = two_livers && word.starts_with("viral");
                if numbered
                    || x_ray
                    || viral
                    || apart && lists.is_empty()
                    || !lists.iter().any(|list| list.contains(word))
                {
                    kept.push(words[at].clone());
                }
                at += 1;
            }
            kept
        })
        .filter(|words| !words.is_empty())
        .collect()
}

fn text(segments: &[Vec<String>]) -> String {
    segments.iter().flatten().map(String::as_str).collect::<Vec<&str>>().join(" ")
}

/// Which of acute and chronic were left aside.
fn sudden_or_lasting(before: &[Vec<String>], after: &str) -> BTreeSet<&'static str> {
    let after: BTreeSet<&str> = after.split(' ').collect();
    let of = |word: &str| match word {
        "acute" | "subacute" | "agudo" | "aguda" => Some("acute"),
        "chronic" | "cronico" | "cronica" => Some("chronic"),
        _ => None,
    };
    before
        .iter()
        .flatten()
        .filter(|word| !after.contains(word.as_str()))
        .filter_map(|word| of(word))
        .collect()
}

/// What a list of readings grows by.
struct Readings(Vec<Reading>);

impl Readings {
    fn push(&mut self, whole: &[Vec<String>], segments: &[Vec<String>], only: Only) {
        let text = text(segments);
        if text.is_empty() || self.0.iter().any(|one| one.text == text && one.only == only) {
            return;
        }
        let without = sudden_or_lasting(whole, &text);
        self.0.push(Reading { text, only, without });
    }
}

/// Words that are left aside one after the other.
fn tiers() -> [Vec<&'static Words>; 4] {
    let (severity, course, nature) = (list("severity"), list("course"), list("nature"));
    [vec![], vec![severity], vec![severity, course], vec![severity, course, nature]]
}

/// The ways to read a name, the narrowest first.
pub fn readings(file: &str, name: &str) -> Vec<Reading> {
    match file {
        "conditions" => of_condition(name),
        "procedures" => of_procedure(name),
        "vaccines" => brackets(file, name)
            .into_iter()
            .map(|text| Reading {
                text: segments(&text).concat().join(" "),
                only: Only::Any,
                without: BTreeSet::new(),
            })
            .filter(|reading| !reading.text.is_empty())
            .collect(),
        _ => Vec::new(),
    }
}

fn of_condition(name: &str) -> Vec<Reading> {
    let mut found = Readings(Vec::new());
    let variants: Vec<Vec<Vec<String>>> =
        brackets("conditions", name).iter().map(|text| segments(text)).collect();
    let said: Vec<Vec<Vec<String>>> = variants.iter().map(|whole| said(whole.clone())).collect();
    // Narrow ways of everything before wide ones of anything.
    for (whole, said) in variants.iter().zip(&said) {
        found.push(whole, said, Only::Any);
    }
    let tiers = tiers();
    let short: Vec<Vec<Vec<String>>> =
        said.iter().map(|said| without_what_is_not(said).unwrap_or_else(|| said.clone())).collect();
    for tier in &tiers {
        for (whole, short) in variants.iter().zip(&short) {
            found.push(whole, &dropped(short, tier), Only::Any);
        }
    }
    let heads: Vec<Option<Vec<Vec<String>>>> = short.iter().map(|short| cut(short, true, is_with)).collect();
    for (whole, (short, head)) in variants.iter().zip(short.iter().zip(&heads)) {
        let Some(head) = head else { continue };
        // "due to diabetes" may have a row of its own, and so may what comes from something else.
        if short.iter().any(|words| (0..words.len()).any(|at| is_from(words, at))) {
            let all = text(short);
            let mut begins = vec!["secondary"];
            for (cause, adjective) in
                [("diabet", "diabetic"), ("hypertens", "hypertensive"), ("alcohol", "alcoholic")]
            {
                if all.contains(cause) {
                    begins.insert(0, adjective);
                }
            }
            for begin in begins {
                let mut head = dropped(head, &[list("severity")]);
                if let Some(first) = head.first_mut() {
                    first.insert(0, begin.to_owned());
                }
                found.push(whole, &head, Only::Any);
            }
        }
    }
    for tier in &tiers {
        for (whole, head) in variants.iter().zip(&heads) {
            let Some(head) = head else { continue };
            found.push(whole, &dropped(head, tier), Only::Any);
        }
    }
    for (whole, (short, head)) in variants.iter().zip(short.iter().zip(&heads)) {
        let head = head.as_ref().unwrap_or(short);
        let head = cut(head, true, is_involving).unwrap_or_else(|| head.clone());
        let silent = list("condition-silent");
        let (places, within) = (list("places"), list("places-within"));
        let how = [list("severity"), list("course"), list("nature")];
        for (only, mut lists) in
            [(Only::Anywhere, vec![places, silent]), (Only::Within, vec![places, within, silent])]
        {
            found.push(whole, &dropped(&head, &lists), only);
            lists.extend(how);
            found.push(whole, &dropped(&head, &lists), only);
        }
        if has_any(&head.concat(), list("pregnancy")) {
            found.push(whole, &dropped(&head, &[list("pregnancy")]), Only::Pregnancy);
            found.push(
                whole,
                &dropped(&head, &[list("pregnancy"), list("severity"), list("course")]),
                Only::Pregnancy,
            );
        }
    }
    found.0
}

/// From here on: with what and for what it was done.
fn is_with_what(words: &[String], at: usize) -> bool {
    let next = words.get(at + 1).map_or("", String::as_str);
    match words[at].as_str() {
        "with" | "without" | "for" | "using" | "incl" | "inc" | "including" | "excluding" | "eg" | "xcp"
        | "con" | "sin" => true,
        "due" => next == "to",
        _ => false,
    }
}

/// `G0297`, `36415`.
fn is_code(word: &str) -> bool {
    word.len() == 5
        && word.bytes().skip(1).all(|byte| byte.is_ascii_digit())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A level of the spine, such as `l4` of "L4-5", and the part of the spine.
fn level(word: &str) -> Option<&'static str> {
    let part = match word.bytes().next()? {
        b'l' | b's' => "lumbar",
        b'c' => "cervical",
        b't' => "thoracic",
        _ => return None,
    };
    let number = &word[1..];
    (!number.is_empty() && number.len() < 3 && number.bytes().all(|byte| byte.is_ascii_digit()))
        .then_some(part)
}

fn is_measure(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && ["", "cm", "mm", "yr", "yrs", "gm", "hr", "min", "wk", "wks", "st"]
            .contains(&&word[digits.len()..])
}

fn of_procedure(name: &str) -> Vec<Reading> {
    let mut found = Readings(Vec::new());
    for text in brackets("procedures", name) {
        let whole: Vec<Vec<String>> = segments(&text)
            .into_iter()
            .map(|words| words.into_iter().filter(|word| !is_code(word)).collect::<Vec<String>>())
            .filter(|words| !words.is_empty())
            .collect();
        // Titles of ICD-10-PCS: what is done, to what; the way to it; whether to find something out.
        let way = |words: &[String]| {
            words.last().is_some_and(|word| word == "approach")
                || words.first().is_some_and(|word| word == "via")
                    && words.iter().any(|word| word == "opening")
        };
        let by_class = whole.iter().any(|words| way(words));
        let mut short: Vec<Vec<String>> =
            whole.iter().filter(|words| !by_class || !way(words)).cloned().collect();
        if by_class {
            // "Excision" there is of a part, which is another operation than of the whole.
            if whole.first().is_some_and(|first| first[0] == "excision")
                && !short.iter().any(|words| *words == ["diagnostic"])
            {
                continue;
            }
            let to_find_out = short.iter().any(|words| *words == ["diagnostic"]);
            short
                .retain(|words| *words != ["diagnostic"] && words.last().is_none_or(|word| word != "column"));
            for words in short.iter_mut().filter(|words| words[0] != "introduction") {
                let into = words.iter().position(|word| word == "into").unwrap_or(words.len());
                words.truncate(into);
            }
            short.retain(|words| !words.is_empty());
            if let Some(first) = short.first_mut().filter(|first| to_find_out && first[0] == "excision") {
                "biopsy".clone_into(&mut first[0]);
            }
        }
        found.push(&whole, &short, Only::Any);
        if has_any(&whole.concat(), list("not-done")) {
            continue;
        }
        let heads = cut(&short, false, is_with_what);
        let mut forms = vec![short];
        if let Some(done) = by_way_of(&forms[0]) {
            forms.extend(cut(&done, false, is_with_what));
            forms.push(done);
        }
        forms.extend(heads);
        for form in forms {
            found.push(&whole, &form, Only::Any);
            // A level of the spine says which part; then it is left aside.
            let parts: Vec<Vec<String>> = form
                .iter()
                .map(|words| {
                    let mut parts: Vec<String> = words
                        .iter()
                        .filter(|word| !is_measure(word))
                        .map(|word| level(word).unwrap_or(word).to_owned())
                        .collect();
                    parts.dedup();
                    parts
                })
                .collect();
            found.push(&whole, &dropped(&parts, &[]), Only::Any);
            found.push(&whole, &dropped(&parts, &[list("procedure-ways")]), Only::Any);
            let without: Vec<Vec<String>> = form
                .iter()
                .map(|words| {
                    words.iter().filter(|word| !is_measure(word) && level(word).is_none()).cloned().collect()
                })
                .collect();
            found.push(&whole, &dropped(&without, &[list("procedure-ways")]), Only::Any);
            found.push(
                &whole,
                &dropped(&parts, &[list("procedure-ways"), list("procedure-kinds")]),
                Only::Any,
            );
            found.push(
                &whole,
                &dropped(&without, &[list("procedure-ways"), list("procedure-kinds")]),
                Only::Any,
            );
            if form.len() > 1 {
                // What stands before the first comma.
                found.push(&whole, &dropped(&without[..1], &[list("procedure-ways")]), Only::Anywhere);
            }
            found.push(
                &whole,
                &dropped(&without, &[list("procedure-ways"), list("procedure-silent"), list("places")]),
                Only::Anywhere,
            );
        }
    }
    found.0
}

/// Whether a name says what sort of thing it is, such as a disease, with one word for which.
pub fn is_sort_of(words: &[String], key: &str) -> bool {
    words.len() > 1 && !key.trim_start_matches(['~', '%']).contains(' ') && has_any(words, list("sorts"))
}

/// What is done by a way in: "arthroscopy of the knee with meniscectomy".
fn by_way_of(segments: &[Vec<String>]) -> Option<Vec<Vec<String>>> {
    let (number, at) = segments.iter().enumerate().find_map(|(number, words)| {
        let at = words.iter().position(|word| word == "with")?;
        has_any(&words[..at], list("scopes")).then_some((number, at)).or_else(|| {
            (at == 0 && number > 0 && segments[..number].iter().any(|words| has_any(words, list("scopes"))))
                .then_some((number, at))
        })
    })?;
    let mut done = vec![segments[number][at + 1..].to_vec()];
    done.extend(segments[number + 1..].iter().cloned());
    done.retain(|words| !words.is_empty());
    let words = done.first()?;
    let is_named = words.iter().any(|word| list("operations").iter().any(|end| word.ends_with(end)));
    (is_named || words.len() > 1).then_some(done)
}

/// Words of a name that may name it by themselves: of what stands before "with" and "due to", or of all of it. None where another
/// word says that it is about something else.
pub fn naming(file: &str, name: &str) -> Vec<Vec<String>> {
    let segments = segments(&brackets(file, name).swap_remove(0));
    let of = |segments: &[Vec<String>]| {
        segments.iter().flatten().map(|word| one_of_many(word)).collect::<Vec<String>>()
    };
    match file {
        "conditions" => {
            if is_no_illness(&segments) {
                return Vec::new();
            }
            let short = without_what_is_not(&segments).unwrap_or(segments);
            let head = cut(&short, true, is_with).unwrap_or(short);
            let words = head.concat();
            if has_any(&words, list("guards")) || has_any(&words, list("not-naming-illnesses")) {
                Vec::new()
            } else {
                vec![of(&head)]
            }
        }
        "procedures" => {
            let is_without =
                |words: &[String], at: usize| matches!(words[at].as_str(), "without" | "excluding" | "sin");
            let is_undone = has_any(&segments.concat(), list("not-done"));
            let short = cut(&segments, false, is_without).unwrap_or(segments);
            if is_undone || has_any(&short.concat(), list("not-naming-operations")) {
                return Vec::new();
            }
            let head = cut(&short, false, is_with_what);
            head.into_iter().chain([short]).map(|words| of(&words)).collect()
        }
        _ => Vec::new(),
    }
}

/// The words of a name as those that tell a row are compared: a level of the spine says which part.
pub fn told_words(file: &str, text: &str) -> BTreeSet<String> {
    let folded = folded(file, text).unwrap_or_default();
    let words = folded.trim_start_matches('%').split(' ').filter(|word| !word.is_empty());
    words.map(|word| level(word).unwrap_or(word).to_owned()).collect()
}

/// The words of a name that may tell a row: of what stands before "with" and "due to", and of all of it.
pub fn told(file: &str, name: &str) -> Vec<BTreeSet<String>> {
    if name.trim_start().starts_with('?') {
        return Vec::new();
    }
    let whole = segments(&brackets(file, name).swap_remove(0));
    let forms = match file {
        "conditions" if is_no_illness(&whole) => Vec::new(),
        "conditions" => {
            let short = without_what_is_not(&whole).unwrap_or(whole);
            vec![cut(&short, true, is_with).unwrap_or(short)]
        }
        "procedures" if has_any(&whole.concat(), list("not-done")) => vec![whole],
        "procedures" => {
            let mut forms: Vec<_> = cut(&whole, false, is_with_what).into_iter().collect();
            // What is done through a scope stands behind "with".
            let by_scope = forms.iter().any(|head| has_any(&head.concat(), list("scopes")));
            forms.insert(if by_scope { 0 } else { forms.len() }, whole);
            forms
        }
        _ => Vec::new(),
    };
    forms.iter().map(|form| told_words(file, &text(form))).collect()
}

/// Whether something is said beside the words that tell a row which makes it another thing.
pub fn is_in_other_company(file: &str, words: &BTreeSet<String>, telling: &BTreeSet<&str>) -> bool {
    let tells = |word: &String| telling.contains(word.as_str());
    let any = |name: &str| words.iter().any(|word| list(name).contains(word.as_str()) && !tells(word));
    if file == "conditions" {
        return any("guards") || any("guards-telling") || any("not-naming-illnesses");
    }
    let is_guided = words.iter().any(|word| word.starts_with("guid") || word == "gdn");
    let is_picture = telling.iter().any(|word| list("pictures").contains(word));
    let ends = |word: &String| list("operation-ends").iter().any(|end| word.ends_with(end));
    any("not-naming-operations")
        || any("other-operations")
        || any("pictures") && !is_guided
        || is_picture && is_guided
        || words.iter().any(|word| ends(word) && !tells(word))
}

/// Whether a word of a name makes another thing of what stands in the name's parts.
pub fn is_of_one_part(file: &str, part: &str) -> bool {
    let words = segments(part).concat();
    let other = if file == "procedures" { "not-naming-operations" } else { "not-naming-illnesses" };
    !has_any(&words, list("guards")) && !has_any(&words, list(other))
}

/// Whether what is said beside the words that name an operation is another one.
pub fn is_beside_another(words: &[String], is_named: impl Fn(&str) -> bool) -> bool {
    let picture = has_any(words, list("pictures")) && !has_any(words, list("guided"));
    let another = |word: &String| {
        let ends = list("operation-ends").iter().any(|end| word.ends_with(end));
        (ends || list("other-operations").contains(word.as_str())) && !is_named(word)
    };
    picture || words.iter().any(another)
}
