//! Tables `title`, `search_title`, `search`, `search_word` and `search_person`: searching everything a person's record
//! says. Derived: written by the projection and by [`Store::set_note`]; `title` and `search_title` by triggers of `fact`
//! (`schema.sql`).
//!
//! Two indexes answer: one over the distinct titles, small enough to rank whole, and one over everything the members
//! of each fact say, which gives the newest first and is left when a page is full. A person is one range of the
//! second index's rowids, so nobody's words are even looked at in a search of somebody else's record.

mod marks;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;
use std::ops::Range;

use rusqlite::{Connection as Sqlite, OptionalExtension, Transaction};
use wholechart_fhir::{Entry, Kind, TitleSource, Value};
use wholechart_record::PersonId;

use self::marks::{Looked, plain_words, slips};
use super::facts::{self, SHOWN};
use super::shown::FactRow;
use super::{entries, files, notes};
use crate::rows::from_word;
use crate::sort::day_number;
use crate::{Store, StoreError};

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Kinds with answers: those whose titles answer first, then in the order of [`Kind`].
    pub kinds: Vec<FoundKind>,
    /// Words that were looked for in the place of mistyped ones.
    pub instead: Vec<String>,
}

/// Answers of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundKind {
    /// The kind.
    pub kind: Kind,
    /// A title answers, not only other words of a record.
    pub in_title: bool,
    /// Best first.
    pub hits: Vec<Hit>,
    /// How many more there are of those that were looked at.
    pub more: usize,
}

impl FoundKind {
    fn of(kind: Kind, in_title: bool) -> FoundKind {
        FoundKind { kind, in_title, hits: Vec::new(), more: 0 }
    }
}

/// One answer: the newest fact of a title.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The fact.
    pub row: FactRow,
    /// How many facts have this title; 1 where only this one answers.
    pub facts: u64,
    /// Byte ranges of the title that were looked for.
    pub marks: Vec<Range<usize>>,
    /// Where else it says so: a short passage, and the byte ranges in it.
    pub passage: Option<(String, Vec<Range<usize>>)>,
}

/// What may stand for a part of a search text beside itself, by that part in small letters.
pub type Also = BTreeMap<String, Vec<String>>;

/// Parts of a search text beyond which nobody types.
const PARTS: usize = 12;
/// Characters of a part that are looked at.
const LONGEST: usize = 64;
/// Facts that the index over everything hands out for one search before the rest is left.
const READ: usize = 400;
/// Titles that one search may rank.
const TITLES: usize = 5_000;
/// Words put in the place of a mistyped one.
const INSTEAD: usize = 6;
/// The shortest word that is taken for mistyped.
const SHORTEST: usize = 4;
/// Bits of a rowid that are `fact.n`.
const FACT_BITS: u32 = 24;
/// The part of a rowid that is `fact.n`.
const FACT_MASK: i64 = (1 << FACT_BITS) - 1;
/// Bits of a rowid that are `fact.n` and the day.
const DAY_BITS: u32 = 51;

/// The columns of `search`, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Column {
    Title,
    Value,
    People,
    Notes,
    Document,
}

/// Everything the members of a fact say, a piece at a time, each once.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pieces: Vec<(Column, String)>,
    seen: HashSet<(Column, String)>,
}

impl Said {
    /// What is searched of a fact, from its members and what was read from their files.
    pub(crate) fn by<'e>(title: &str, entries: impl Iterator<Item = (&'e Entry, &'e [String])>) -> Said {
        let mut said = Said::default();
        said.say(Column::Title, title);
        for (entry, texts) in entries {
            said.entry(entry);
            for text in texts {
                said.say(Column::Document, text);
            }
        }
        said.seen = HashSet::new();
        said
    }

    /// Adds what the person wrote beside the fact.
    pub(crate) fn with_notes<'n>(mut self, notes: impl Iterator<Item = &'n str>) -> Said {
        for note in notes {
            self.say(Column::Notes, note);
        }
        self
    }

    fn say(&mut self, column: Column, text: &str) {
        let text = text.trim();
        if !text.is_empty() && self.seen.insert((column, text.to_owned())) {
            self.pieces.push((column, text.to_owned()));
        }
    }

    fn entry(&mut self, entry: &Entry) {
        if entry.title_source != TitleSource::Unnamed {
            self.say(Column::Title, &entry.title);
        }
        for code in &entry.codes {
            self.say(Column::Title, code.display.as_deref().unwrap_or_default());
            self.say(Column::Value, &code.code);
        }
        if let Some(found) = entry.found() {
            self.say(Column::Value, &found.as_sent());
        }
        for part in &entry.components {
            let value = part.value.as_ref().map(Value::as_sent).unwrap_or_default();
            self.say(Column::Value, &format!("{} {value}", part.title));
        }
        for dose in &entry.dosage {
            for text in dose.text.iter().chain(&dose.patient_instruction) {
                self.say(Column::Value, text);
            }
            for part in
                dose.amounts.iter().chain(&dose.ways).chain(&dose.as_needed_for).chain(&dose.instructions)
            {
                self.say(Column::Value, &part.all_sent());
            }
        }
        for who in entry.performer.iter().chain(&entry.encounter) {
            self.say(Column::People, who.display.as_deref().unwrap_or_default());
        }
        for detail in &entry.details {
            let column = if detail.value.reference().is_some() { Column::People } else { Column::Notes };
            self.say(column, &detail.value.all_sent());
        }
        for note in &entry.notes {
            self.say(Column::Notes, &note.text);
            self.say(Column::People, note.author.as_deref().unwrap_or_default());
        }
        for file in &entry.attachments {
            self.say(Column::Document, file.title.as_deref().unwrap_or_default());
            self.say(Column::Document, file.text.as_deref().unwrap_or_default());
        }
        // The narrative of a result says again what its figures say.
        let prose = matches!(
            entry.kind,
            Kind::Document
                | Kind::Report
                | Kind::Visit
                | Kind::CarePlan
                | Kind::Message
                | Kind::Questionnaire
                | Kind::Imaging
                | Kind::Other
        );
        if let Some(narrative) = entry.narrative.as_deref().filter(|_| prose) {
            self.say(Column::Document, &wholechart_html::strip(narrative));
        }
    }

    /// Feeds everything to a hash: a fact whose members say something new is written again.
    pub(crate) fn digest(&self, mut feed: impl FnMut(&[u8])) {
        for (column, text) in &self.pieces {
            feed(&[*column as u8]);
            feed(text.as_bytes());
        }
    }

    fn column(&self, column: Column) -> String {
        let pieces: Vec<&str> =
            self.pieces.iter().filter(|(of, _)| *of == column).map(|(_, text)| text.as_str()).collect();
        pieces.join("\n")
    }

    /// The piece that answers best, as a short passage.
    fn passage(&self, looked: &Looked) -> Option<(String, Vec<Range<usize>>)> {
        let best = self
            .pieces
            .iter()
            .filter(|(column, _)| *column != Column::Title)
            .chain(self.pieces.iter().filter(|(column, _)| *column == Column::Title).skip(1))
            .map(|(_, text)| (looked.parts_in(text), text))
            .filter(|(parts, _)| *parts > 0);
        // The first of those that hold as many parts.
        let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.and_then(|(_, text)| looked.passage(text))
    }
}

/// Everything that is searched of a fact as it is stored, in the order in which it was put into the index.
pub(crate) fn said(db: &Sqlite, person: &PersonId, fact: i64, title: &str) -> Result<Said, StoreError> {
    let members = entries::of_fact(db, fact)?;
    let mut texts = Vec::with_capacity(members.len());
    for (key, held) in &members {
        texts.push(files::texts(db, key, held)?);
    }
    let notes = notes::beside(db, person, fact)?;
    let members = members.iter().zip(&texts).map(|((_, held), texts)| (&held.entry, texts.as_slice()));
    Ok(Said::by(title, members).with_notes(notes.iter().map(|(_, text)| text.as_str())))
}

/// Where a fact stands in the index: by person, then by day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place(i64);

impl Place {
    /// Of the fact with this row number and sort key.
    pub(crate) fn of(person: i64, n: i64, sort: i64) -> Result<Place, StoreError> {
        if n >> FACT_BITS != 0 {
            return Err(StoreError::Inconsistent("fact"));
        }
        Ok(Place((person << DAY_BITS) | (day_number(sort) << FACT_BITS) | n))
    }

    /// The fact's row number.
    pub(crate) fn fact(self) -> i64 {
        self.0 & FACT_MASK
    }

    /// The day as yyyymmdd.
    pub(crate) fn day(self) -> i64 {
        (self.0 >> FACT_BITS) & ((1 << (DAY_BITS - FACT_BITS)) - 1)
    }
}

/// Takes a fact out of the index.
pub(crate) fn remove(tx: &Transaction<'_>, place: Place) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([place.0])?;
    Ok(())
}

/// Puts a fact into the index. A trigger takes it out when the fact is deleted. Of many, those with the smaller place first.
pub(crate) fn insert(tx: &Transaction<'_>, place: Place, said: &Said) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO search (rowid, title, value, people, notes, document) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((
        place.0,
        said.column(Column::Title),
        said.column(Column::Value),
        said.column(Column::People),
        said.column(Column::Notes),
        said.column(Column::Document),
    ))?;
    Ok(())
}

/// The number of a person in the index, given when first asked for.
pub(crate) fn person_number(tx: &Transaction<'_>, person: &PersonId) -> Result<i64, StoreError> {
    if let Some(known) = known_number(tx, person)? {
        return Ok(known);
    }
    tx.execute("INSERT INTO search_person (person) VALUES (?1)", [&person.0])?;
    let n = tx.last_insert_rowid();
    if n >> (63 - DAY_BITS) == 0 { Ok(n) } else { Err(StoreError::Inconsistent("person")) }
}

fn known_number(db: &Sqlite, person: &PersonId) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached("SELECT n FROM search_person WHERE person = ?1")?
        .query_row([&person.0], |row| row.get(0))
        .optional()?)
}

/// Rewrites the indexes, so that deleted words are in none of their pages.
pub(crate) fn optimise(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute_batch(
        "INSERT INTO search (search) VALUES ('optimize'); INSERT INTO search_title (search_title) VALUES ('optimize');",
    )?;
    Ok(())
}

/// What a person typed: its parts, each with what may stand for it.
type Wanted = Vec<Vec<String>>;

/// The parts of a search text that have a letter or a figure in them.
fn parts(text: &str) -> Vec<String> {
    text.split_whitespace()
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .take(PARTS)
        .map(|part| part.chars().filter(|c| *c != '\0').take(LONGEST).collect())
        .collect()
}

/// Each part with what else may stand for it.
fn with_also(parts: &[String], also: &Also) -> Wanted {
    let of = |part: &String| also.get(&part.to_lowercase()).cloned().unwrap_or_default();
    parts.iter().map(|part| [vec![part.clone()], of(part)].concat()).collect()
}

/// Every part, each as the beginning of a word, in the index's language. Whatever a part holds is text: it stands
/// between quotes, and quotes in it are doubled.
fn expression(wanted: &Wanted, between: &str) -> String {
    let mut text = String::new();
    for (n, part) in wanted.iter().enumerate() {
        if n > 0 {
            text.push_str(between);
        }
        for (n, one) in part.iter().enumerate() {
            let _ = write!(text, "{}\"{}\" *", if n == 0 { "(" } else { " OR " }, one.replace('"', "\"\""));
        }
        text.push(')');
    }
    text
}

/// Selects the facts (`fact.n`) that the index over everything finds. Its values: an expression of the index's language,
/// and the first and last rowid.
fn found_facts() -> String {
    format!("SELECT rowid & {FACT_MASK} FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?")
}

/// SQL with its values: see [`found_facts`].
pub(crate) type Condition = (String, String, [i64; 2]);

/// Selects the facts in whose members every part of `text` is found; for `f.n IN (…)`. `None` when there is nothing in
/// `text` to look for.
pub(crate) fn condition(
    db: &Sqlite,
    person: &PersonId,
    text: &str,
    also: &Also,
) -> Result<Option<Condition>, StoreError> {
    let wanted = with_also(&parts(text), also);
    if wanted.is_empty() {
        return Ok(None);
    }
    let range = known_number(db, person)?.map_or([1, 0], range);
    Ok(Some((found_facts(), expression(&wanted, " AND "), range)))
}

/// Where the facts stand in whose members every part of `text` is found, the newest day first. `None` when there is nothing in
/// `text` to look for.
pub(crate) fn places(
    db: &Sqlite,
    person: &PersonId,
    text: &str,
    also: &Also,
) -> Result<Option<Vec<Place>>, StoreError> {
    let Some((_, expression, [first, last])) = condition(db, person, text, also)? else { return Ok(None) };
    let mut query = db.prepare_cached(
        "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC",
    )?;
    let places = query.query_map((&expression, first, last), |row| Ok(Place(row.get(0)?)))?;
    Ok(Some(places.collect::<Result<_, _>>()?))
}

/// The rowids of a person.
fn range(person: i64) -> [i64; 2] {
    [person << DAY_BITS, (person << DAY_BITS) | ((1 << DAY_BITS) - 1)]
}

impl Store {
    /// Looks for every part of `text` (parts are what blanks separate), each as the beginning of a word, without case
    /// and accents, or what `also` puts in its place; at most `limit` answers a kind. Titles first, best first, of equally good
    /// ones the newest; then where only the rest of a record says it, newest first. When a word is nowhere, words that differ from it by a slip of the finger are
    /// looked for instead, and named.
    pub fn search(
        &self,
        person: &PersonId,
        text: &str,
        also: &Also,
        limit: usize,
    ) -> Result<Found, StoreError> {
        let parts = parts(text);
        self.read(|db| {
            let Some(number) = known_number(db, person)?.filter(|_| !parts.is_empty()) else {
                return Ok(Found::default());
            };
            let search = Search { db, person, range: range(number), limit };
            let wanted = with_also(&parts, also);
            let found = search.find(&wanted)?;
            if !found.kinds.is_empty() {
                return Ok(found);
            }
            let Some(mended) = search.mend(wanted)? else { return Ok(found) };
            let mut found = search.find(&mended)?;
            found.instead = mended
                .iter()
                .zip(&parts)
                .filter(|(mended, part)| mended.first() != Some(part))
                .flat_map(|(mended, _)| mended.iter().cloned())
                .collect();
            Ok(found)
        })
    }
}

struct Search<'a> {
    db: &'a Sqlite,
    person: &'a PersonId,
    range: [i64; 2],
    limit: usize,
}

/// A title that has every part, and how well it answers: smaller is better. Where it begins to, how short it is, and of equally
/// good ones what happened last.
struct Title {
    words: String,
    facts: u64,
    worth: (usize, usize, Reverse<Option<i64>>),
}

impl Search<'_> {
    fn find(&self, wanted: &Wanted) -> Result<Found, StoreError> {
        let looked = Looked::of(wanted.iter().flatten().map(String::as_str));
        let mut titles = self.titles(wanted, &looked)?;
        let by_title: BTreeSet<(Kind, String)> = titles
            .iter()
            .flat_map(|(kind, titles)| titles.iter().map(|title| (*kind, title.words.clone())))
            .collect();
        let mut kinds: BTreeMap<Kind, FoundKind> = BTreeMap::new();
        for (kind, titles) in &mut titles {
            titles.sort_by(|a, b| (&a.worth, &a.words).cmp(&(&b.worth, &b.words)));
            let of = kinds.entry(*kind).or_insert_with(|| FoundKind::of(*kind, true));
            of.more = titles.len().saturating_sub(self.limit);
            for title in titles.iter().take(self.limit) {
                let Some(row) = self.newest(*kind, &title.words)? else { continue };
                let marks = looked.marks(&row.title.text);
                of.hits.push(Hit { row, facts: title.facts, marks, passage: None });
            }
        }
        self.elsewhere(wanted, &looked, &by_title, &mut kinds)?;
        let mut kinds: Vec<FoundKind> = kinds.into_values().filter(|of| !of.hits.is_empty()).collect();
        kinds.sort_by_key(|of| (!of.in_title, of.kind == Kind::Support, of.kind));
        Ok(Found { kinds, instead: Vec::new() })
    }

    /// Titles that have every part in them.
    fn titles(&self, wanted: &Wanted, looked: &Looked) -> Result<BTreeMap<Kind, Vec<Title>>, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT t.kind, t.title, t.facts,
                 (SELECT max(f.sort) FROM fact f WHERE f.person = t.person AND f.kind = t.kind AND f.title = t.title)
             FROM search_title s JOIN title t ON t.n = s.rowid WHERE search_title MATCH ?1 AND t.person = ?2 LIMIT ?3",
        )?;
        let mut rows = query.query((expression(wanted, " AND "), &self.person.0, TITLES))?;
        let typed = Looked::of(wanted.iter().filter_map(|part| part.first()).map(String::as_str));
        let mut titles: BTreeMap<Kind, Vec<Title>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let title: String = row.get(1)?;
            let facts: u64 = row.get(2)?;
            let at = looked.marks(&title).first().map_or(usize::MAX, |mark| mark.start);
            // What stands for the words that were typed is no nearer to them for being short.
            let length = if typed.marks(&title).is_empty() { 0 } else { title.len() / 16 };
            let worth = (at, length, Reverse(row.get(3)?));
            titles.entry(from_word(row.get(0)?, "kind")?).or_default().push(Title {
                words: title,
                facts,
                worth,
            });
        }
        Ok(titles)
    }

    fn newest(&self, kind: Kind, title: &str) -> Result<Option<FactRow>, StoreError> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT {SHOWN} FROM fact f WHERE f.person = ?1 AND f.kind = ?2 AND f.title = ?3 ORDER BY f.sort DESC LIMIT 1"
        ))?;
        let values = (&self.person.0, kind.as_str(), title);
        query.query_and_then(values, |row| facts::row_at(self.db, row, 0))?.next().transpose()
    }

    /// Facts whose title alone does not answer, newest first, one for each title.
    fn elsewhere(
        &self,
        wanted: &Wanted,
        looked: &Looked,
        by_title: &BTreeSet<(Kind, String)>,
        kinds: &mut BTreeMap<Kind, FoundKind>,
    ) -> Result<(), StoreError> {
        // One letter is in every record; it is looked for in titles alone.
        if wanted.iter().flatten().all(|part| part.chars().count() < 2) {
            return Ok(());
        }
        let expression = format!(
            "({}) AND {{value people notes document}} : ({})",
            expression(wanted, " AND "),
            expression(wanted, " OR ")
        );
        let mut query = self.db.prepare_cached(&format!("{} ORDER BY rowid DESC LIMIT ?", found_facts()))?;
        let [first, last] = self.range;
        let facts: Vec<i64> =
            query.query_map((expression, first, last, READ), |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut fact =
            self.db.prepare_cached(&format!("SELECT f.kind, f.title, {SHOWN} FROM fact f WHERE f.n = ?1"))?;
        let mut shown: BTreeMap<(Kind, String), u64> = BTreeMap::new();
        for n in facts {
            let mut rows = fact.query([n])?;
            let Some(row) = rows.next()? else { continue };
            let kind: Kind = from_word(row.get(0)?, "kind")?;
            let key = (kind, row.get::<_, String>(1)?);
            if by_title.contains(&key) {
                continue;
            }
            let times = shown.entry(key).or_default();
            *times += 1;
            if *times > 1 {
                continue;
            }
            let of = kinds.entry(kind).or_insert_with(|| FoundKind::of(kind, false));
            if of.hits.len() >= self.limit {
                of.more += 1;
                continue;
            }
            let row = facts::row_at(self.db, row, 2)?;
            let passage = said(self.db, self.person, n, &row.title.text)?.passage(looked);
            let marks = looked.marks(&row.title.text);
            of.hits.push(Hit { row, facts: 1, marks, passage });
        }
        Ok(())
    }

    /// Replaces each word that is nowhere in this person's record by the nearest words that are. `None` when there is
    /// nothing to mend or nothing near.
    fn mend(&self, wanted: Wanted) -> Result<Option<Wanted>, StoreError> {
        let mut mended = Vec::new();
        let mut any = false;
        for part in wanted {
            // What was typed; what else may stand for it is spelled right.
            let letters: Vec<char> = part
                .iter()
                .take(1)
                .flat_map(|part| plain_words(part))
                .flat_map(|word| word.chars().collect::<Vec<_>>())
                .collect();
            // A figure that is not there must not become another figure.
            let word = letters.len() >= SHORTEST && !letters.iter().any(|c| c.is_numeric());
            if !word || self.has(&expression(&vec![part.clone()], ""))? {
                mended.push(part);
                continue;
            }
            let near = self.near(&letters)?;
            if near.is_empty() {
                return Ok(None);
            }
            any = true;
            mended.push(near);
        }
        Ok(any.then_some(mended))
    }

    fn has(&self, expression: &str) -> Result<bool, StoreError> {
        let [first, last] = self.range;
        Ok(self
            .db
            .prepare_cached("SELECT 1 FROM search WHERE search MATCH ?1 AND rowid BETWEEN ?2 AND ?3 LIMIT 1")?
            .exists((expression, first, last))?)
    }

    /// Known words near to `typed`: those of titles, else those of everything that begin with the same letter.
    fn near(&self, typed: &[char]) -> Result<Vec<String>, StoreError> {
        let mut near = Near { typed, most: if typed.len() < 8 { 1 } else { 2 }, words: BTreeSet::new() };
        let mut titles = self.db.prepare_cached("SELECT title FROM title WHERE person = ?1")?;
        let mut rows = titles.query([&self.person.0])?;
        while let Some(row) = rows.next()? {
            for word in plain_words(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?) {
                near.consider(&word);
            }
        }
        if near.words.is_empty()
            && let Some(first) = typed.first()
        {
            let mut words = self.db.prepare_cached(
                "SELECT term FROM search_word WHERE term >= ?1 AND term < ?1 || char(1114111)",
            )?;
            let mut rows = words.query([first.to_string()])?;
            while let Some(row) = rows.next()? {
                near.consider(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
            }
        }
        let near = near.words;
        // Somebody else's word is no answer here, not even as a suggestion.
        let mut found = Vec::new();
        let least = near.first().map_or(0, |(slips, _)| *slips);
        for (slips, word) in near {
            if slips > least || found.len() == INSTEAD {
                break;
            }
            if self.has(&expression(&vec![vec![word.clone()]], ""))? {
                found.push(word);
            }
        }
        Ok(found)
    }
}

/// Known words that a mistyped one may mean, the nearest first.
struct Near<'a> {
    typed: &'a [char],
    most: usize,
    words: BTreeSet<(usize, String)>,
}

impl Near<'_> {
    fn consider(&mut self, word: &str) {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() + self.most >= self.typed.len()
            && let Some(slips) = slips(self.typed, &letters, self.most)
        {
            self.words.insert((slips, word.to_owned()));
        }
    }
}
