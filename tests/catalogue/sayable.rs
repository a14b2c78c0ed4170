//! What the app can say in a language: its catalogue, dates and figures as it writes them, and names it knows. A text that
//! is none of that, once what senders wrote is cut out, is in another language.
//!
//! Only words count: punctuation between them is free, and figures may stand anywhere.

use std::collections::{BTreeMap, HashMap, HashSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use wholechart_words::{Clock, DateOrder, Formats, Language, SENT, files};

/// Stands for what a sender wrote.
pub(crate) const CUT: char = '\u{fffc}';

/// Names of codes in Spanish, and what is measured and diagnosed explained in both languages.
const TERMS: &str = include_str!("../../crates/words/src/terms.tsv");
const GLOSSARY: &str = include_str!("../../crates/words/src/glossary.tsv");
/// What topics are called in both languages.
const ANALYTES: &str = include_str!("../../crates/words/src/analytes.tsv");
const TOPICS: &str = include_str!("../../crates/words/src/topics.tsv");

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Piece {
    /// In lower case.
    Word(String),
    /// Where something else is put in.
    Slot,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Figure(String),
    Cut,
}

/// Everything that can be said.
pub(crate) struct Sayable {
    /// By one of their words.
    patterns: HashMap<String, Vec<Vec<Piece>>>,
}

impl Sayable {
    /// In the app's catalogue of a language, without these messages.
    pub(crate) fn of(language: Language, left_out: &[&str]) -> Sayable {
        let mut sayable = Sayable { patterns: HashMap::new() };
        let mut seen = HashSet::new();
        for (name, text) in files(language) {
            let read = parser::parse(text).unwrap_or_else(|(_, wrong)| panic!("{name}: {wrong:?}"));
            for entry in &read.body {
                let Entry::Message(message) = entry else { continue };
                let Some(pattern) = message.value.as_ref().filter(|_| !left_out.contains(&message.id.name))
                else {
                    continue;
                };
                for said in pieces(pattern) {
                    sayable.add(said, &mut seen);
                }
            }
        }
        for (order, clock) in [(DateOrder::MonthFirst, Clock::Hours12), (DateOrder::DayFirst, Clock::Hours24)]
        {
            for date in dates(Formats::of(language, order, clock)) {
                sayable.add(with_slots(&date), &mut seen);
            }
        }
        let (term, explained) = match language {
            Language::En => (0, 1),
            Language::Es => (1, 2),
        };
        let column = |table: &'static str, at: usize| {
            let lines = table.lines().filter(|line| !line.starts_with('#'));
            lines.filter_map(move |line| line.split('\t').nth(at))
        };
        for text in column(TERMS, term)
            .chain(column(GLOSSARY, explained))
            .chain(column(TOPICS, explained))
            .chain(column(ANALYTES, explained))
        {
            sayable.add(plain(text), &mut seen);
        }
        for language in Language::ALL {
            sayable.add(plain(language.own_name()), &mut seen);
        }
        sayable
    }

    /// Names that are the same in every language: of the app, of providers, of people.
    pub(crate) fn know(&mut self, names: &[&str]) {
        for name in names {
            self.add(plain(name), &mut HashSet::new());
        }
    }

    fn add(&mut self, said: Vec<Piece>, seen: &mut HashSet<Vec<Piece>>) {
        let words = said.iter().filter_map(|piece| match piece {
            Piece::Word(word) => Some(word),
            Piece::Slot => None,
        });
        // Under its longest word few others are found.
        let Some(key) = words.max_by_key(|word| (word.chars().any(char::is_alphabetic), word.len())).cloned()
        else {
            return;
        };
        if seen.insert(said.clone()) {
            self.patterns.entry(key).or_default().push(said);
        }
    }

    /// Whether a text is put together of what can be said.
    pub(crate) fn says(&self, text: &str) -> bool {
        let tokens = tokens(text);
        if tokens.iter().all(|token| !matches!(token, Token::Word(_))) {
            return true;
        }
        let words: HashSet<&str> = tokens
            .iter()
            .filter_map(|token| match token {
                Token::Word(word) => Some(word.as_str()),
                _ => None,
            })
            .collect();
        let near: Vec<&[Piece]> = words
            .iter()
            .filter_map(|word| self.patterns.get(*word))
            .flatten()
            .filter(|said| {
                said.iter().all(|piece| match piece {
                    Piece::Word(word) => {
                        word.bytes().all(|b| b.is_ascii_digit()) || words.contains(word.as_str())
                    }
                    Piece::Slot => true,
                })
            })
            .map(Vec::as_slice)
            .collect();
        Table::fill(&tokens, &near).whole()
    }
}

/// Which stretches of a text can be said, from shorter to longer ones.
struct Table<'a> {
    tokens: &'a [Token],
    said: Vec<Vec<bool>>,
}

impl<'a> Table<'a> {
    fn fill(tokens: &'a [Token], patterns: &[&[Piece]]) -> Table<'a> {
        let count = tokens.len();
        let mut table = Table { tokens, said: vec![vec![false; count + 1]; count + 1] };
        for at in 0..=count {
            table.said[at][at] = true;
        }
        for length in 1..=count {
            for (from, token) in tokens.iter().enumerate().take(count - length + 1) {
                let to = from + length;
                let value = length == 1 && !matches!(token, Token::Word(_));
                let parted = (from + 1..to).any(|at| table.said[from][at] && table.said[at][to]);
                table.said[from][to] =
                    value || parted || patterns.iter().any(|said| table.fits(said, from, to));
            }
        }
        table
    }

    fn whole(&self) -> bool {
        self.said[0][self.tokens.len()]
    }

    /// Whether a message can be these tokens, with sayable stretches in its slots.
    fn fits(&self, said: &[Piece], from: usize, to: usize) -> bool {
        match said.split_first() {
            None => from == to,
            Some((Piece::Word(word), rest)) => {
                from < to
                    && match &self.tokens[from] {
                        Token::Word(there) | Token::Figure(there) => there == word,
                        Token::Cut => false,
                    }
                    && self.fits(rest, from + 1, to)
            }
            Some((Piece::Slot, rest)) => {
                // The whole stretch is not known yet, and a slot alone is no message.
                (from..=to).any(|at| self.said[from][at] && self.fits(rest, at, to))
            }
        }
    }
}

/// A text without what stands between the marks of [`SENT`].
pub(crate) fn cut(text: &str) -> String {
    let (open, close) = SENT;
    let (mut out, mut depth) = (String::new(), 0_usize);
    for c in text.chars() {
        if c == open {
            if depth == 0 {
                out.push(CUT);
            }
            depth += 1;
        } else if c == close {
            depth = depth.saturating_sub(1);
        } else if depth == 0 {
            out.push(c);
        }
    }
    out
}

/// An address, the name of a host, a hash: the same in every language.
fn is_for_machines(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', ';', ':', ')']);
    let host = word.contains('.')
        && word
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    let hash = word.len() >= 20 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let named = word.len() > 6 && word.chars().any(char::is_alphabetic);
    word.contains("://") || hash || host && named
}

/// Words, figures and cuts of a text; punctuation is left out.
fn tokens(text: &str) -> Vec<Token> {
    let machines: Vec<String> = text
        .split_whitespace()
        .map(|word| if is_for_machines(word) { CUT.to_string() } else { word.to_owned() })
        .collect();
    let text = machines.join(" ");
    let mut found = Vec::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let same = |kind: fn(char) -> bool| rest.find(|c: char| !kind(c)).unwrap_or(rest.len());
        if first.is_alphabetic() {
            let end = same(char::is_alphabetic);
            found.push(Token::Word(rest[..end].to_lowercase()));
            rest = &rest[end..];
        } else if first.is_ascii_digit() {
            let end = same(|c| c.is_ascii_digit());
            found.push(Token::Figure(rest[..end].to_owned()));
            rest = &rest[end..];
        } else {
            if first == CUT {
                found.push(Token::Cut);
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

fn plain(text: &str) -> Vec<Piece> {
    tokens(text)
        .into_iter()
        .map(|token| match token {
            Token::Word(word) | Token::Figure(word) => Piece::Word(word),
            Token::Cut => Piece::Slot,
        })
        .collect()
}

/// A date or time with any figures.
fn with_slots(text: &str) -> Vec<Piece> {
    tokens(text)
        .into_iter()
        .map(|token| match token {
            Token::Word(word) => Piece::Word(word),
            Token::Figure(_) | Token::Cut => Piece::Slot,
        })
        .collect()
}

fn dates(formats: &Formats) -> Vec<String> {
    let months = (1..=12).flat_map(|month| {
        [formats.long(2026, month, 17), formats.medium(2026, month, 17), formats.month(2026, month)]
    });
    // Where the year is said already.
    let of_year = (1..=12).map(|month| {
        let long = formats.long(2026, month, 17)?;
        Some(long.trim_end_matches("2026").trim_end_matches([' ', ',']).trim_end_matches(" de").to_owned())
    });
    let alone = (1..=12).map(|month| {
        let said = formats.month(2026, month)?;
        Some(said.trim_end_matches(" 2026").trim_end_matches(" de").to_owned())
    });
    let days = (1..=7).map(|day| formats.weekday(2026, 3, day));
    let times = [8 * 60, 14 * 60].map(|minute| formats.time(minute));
    months.chain(of_year).chain(alone).chain(days).chain(times).flatten().collect()
}

/// Every way a message can be said: a choice of its variants, with slots where something is put in.
fn pieces(pattern: &Pattern<&str>) -> Vec<Vec<Piece>> {
    ways(pattern).iter().map(|way| plain(way)).collect()
}

fn expressed(expression: &Expression<&str>) -> Vec<String> {
    match expression {
        Expression::Select { variants, .. } => {
            variants.iter().flat_map(|variant| ways(&variant.value)).collect()
        }
        Expression::Inline(inline) => match inline {
            InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
                vec![(*value).to_owned()]
            }
            InlineExpression::Placeable { expression } => expressed(expression),
            _ => vec![CUT.to_string()],
        },
    }
}

/// The same as text, with [`CUT`] for a slot.
fn ways(pattern: &Pattern<&str>) -> Vec<String> {
    let mut ways: Vec<String> = vec![String::new()];
    for element in &pattern.elements {
        let said = match element {
            PatternElement::TextElement { value } => vec![(*value).to_owned()],
            PatternElement::Placeable { expression } => expressed(expression),
        };
        ways = ways.iter().flat_map(|way| said.iter().map(move |one| format!("{way}{one}"))).collect();
    }
    ways
}

/// What is left over, with where it stands: each text once.
#[derive(Default)]
pub(crate) struct LeftOver(BTreeMap<String, Vec<String>>);

impl LeftOver {
    /// Takes a text down that cannot be said.
    pub(crate) fn note(&mut self, place: &str, text: &str) {
        let places = self.0.entry(text.trim().to_owned()).or_default();
        if !places.iter().any(|one| one == place) {
            places.push(place.to_owned());
        }
    }

    /// A line a text; none when nothing is left over.
    pub(crate) fn told(&self) -> Option<String> {
        let lines: Vec<String> =
            self.0.iter().map(|(text, places)| format!("{}: {text}", places.join(", "))).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}
