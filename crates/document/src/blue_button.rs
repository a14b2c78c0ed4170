//! Blue Button as text, as the VA (My HealtheVet) and Medicare hand it out: sections under headings between dashes, and in each
//! records of lines with a name, a colon and what is said.
//!
//! In the order a reader needs it: [`read`] cuts the text into sections and those into records by what each begins with;
//! `resources.rs` makes one FHIR R4 resource of a record, of the kinds whose lines mean one thing. Whatever else the text says
//! is in the document, which is kept as a whole.
//!
//! **Invariants.** Any bytes are read to an end. Ranges of records are in order and do not overlap. Everything that a resource
//! says stands in the bytes of its record; a date is as precise as it was said, and what is no date is none.

mod resources;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use resources::{What, date, resource};

/// Records that are made of one text: more than any honest one has.
const MOST: usize = 50_000;

/// One text read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlueButton {
    /// Who hands it out, as far as it says so.
    pub sender: Option<BlueButtonSender>,
    /// What stands above it all.
    pub title: Option<String>,
    /// The day on which it was made, with the time where that is said.
    pub made: Option<String>,
    /// What it says, in the order of the text; the person first, where it says whose it is.
    pub records: Vec<BlueButtonRecord>,
}

/// Who hands out Blue Button texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlueButtonSender {
    /// The Department of Veterans Affairs.
    Va,
    /// Medicare.
    Medicare,
}

/// One record of a text as a FHIR R4 resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlueButtonRecord {
    /// Its FHIR type.
    pub resource_type: String,
    /// Its FHIR id: the same for the same thing in every text, where its lines tell it from others; else for the same lines.
    pub id: String,
    /// FHIR R4 as JSON, every figure letter by letter as it was said.
    pub resource: String,
    /// Its bytes: what was said, verbatim.
    pub range: Range<usize>,
}

/// A line without its end.
struct Line {
    range: Range<usize>,
    text: String,
}

/// What one record says: names of lines, and what stands behind their colons.
#[derive(Default)]
struct Fields {
    said: Vec<(String, String)>,
}

impl Fields {
    /// What is said under the first of these names that says something.
    fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let (_, said) = self.said.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
            says(said)
        })
    }
}

/// `--` stands where nothing is said.
fn says(said: &str) -> Option<&str> {
    let said = said.trim();
    (!said.trim_matches('-').trim().is_empty()).then_some(said)
}

/// A part of the text under one heading.
struct Section {
    /// In capitals, with single spaces.
    title: String,
    lines: Range<usize>,
}

pub(crate) fn read(bytes: &[u8]) -> BlueButton {
    let lines = lines(bytes);
    let sections = sections(&lines);
    let head =
        lines.iter().take(40).map(|line| line.text.to_ascii_uppercase()).collect::<Vec<_>>().join("\n");
    let sender = if head.contains("HEALTHEVET") || head.contains("VA BLUE BUTTON") {
        Some(BlueButtonSender::Va)
    } else {
        head.contains("MYMEDICARE").then_some(BlueButtonSender::Medicare)
    };
    let mut out = BlueButton { sender, title: title(&lines), made: made(&lines), records: Vec::new() };
    let mut known = HashMap::new();
    let person = person(&lines, &sections);
    let about = person.as_ref().map(|person| format!("Patient/{}", person.id));
    out.records.extend(person);
    for section in &sections {
        let Some((what, is_own, starts)) = What::of(&section.title) else { continue };
        let own = &lines[section.lines.clone()];
        let begins =
            |name: &&&str| own.iter().any(|line| named(line).is_some_and(|(key, _)| is_called(key, name)));
        let Some(start) = starts.iter().find(begins) else { continue };
        let mut ahead = false;
        for record in records(own, start, *start == "Lab Test") {
            if out.records.len() == MOST {
                return out;
            }
            ahead = record.ahead.unwrap_or(ahead);
            let Some(mut body) = resource(what, is_own, ahead, &record.fields) else { continue };
            let own = resources::known_by(what, is_own, &record.fields);
            let slice = own.as_deref().map_or(&bytes[record.range.clone()], str::as_bytes);
            let id = number(body.kind, slice, &mut known);
            body.about(about.as_deref());
            out.records.push(BlueButtonRecord {
                resource_type: body.kind.to_owned(),
                resource: body.json(&id),
                id,
                range: record.range,
            });
        }
    }
    out
}

/// An id that the same lines, or what the thing is known by, have in every text; of what comes twice, the second has one of its own.
fn number(kind: &str, slice: &[u8], known: &mut HashMap<[u8; 32], u32>) -> String {
    let words: Vec<&[u8]> = slice.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
    let whole = [kind.as_bytes(), &words.join(&b' ')].join(&0);
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, &whole).as_ref());
    let turn = known.entry(hash).or_default();
    if *turn > 0 {
        let again = [&hash[..], &turn.to_be_bytes()].concat();
        hash.copy_from_slice(digest(&SHA256, &again).as_ref());
    }
    *turn += 1;
    let mut id = String::new();
    for byte in &hash[..16] {
        let _ = write!(id, "{byte:02x}");
    }
    id
}

fn lines(bytes: &[u8]) -> Vec<Line> {
    let mut out = Vec::new();
    let mut from = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    while from < bytes.len() {
        let end = bytes[from..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| from + at);
        let line = bytes[from..end].strip_suffix(b"\r").unwrap_or(&bytes[from..end]);
        let text = match std::str::from_utf8(line) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(line).0.into_owned(),
        };
        // A page's end, and whatever else nobody reads.
        let text = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        out.push(Line { range: from..from + line.len(), text });
        from = end + 1;
    }
    out
}

/// What a heading says: between dashes on its line, or alone between two lines of dashes.
fn heading(lines: &[Line], at: usize) -> Option<String> {
    let text = lines[at].text.trim();
    let bare = text.trim_matches('-').trim();
    let plain = || {
        let words = bare.replace('-', " ").to_ascii_uppercase();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let is_words = bare.len() <= 80 && bare.chars().any(char::is_alphabetic) && !bare.contains(':');
    if !is_words {
        return None;
    }
    if text.starts_with("---") && text.ends_with("---") {
        return Some(plain());
    }
    let is_rule =
        |line: &&Line| line.text.trim().len() >= 10 && line.text.trim().bytes().all(|byte| byte == b'-');
    let said = |line: &&Line| !line.text.trim().is_empty();
    let before = lines[..at].iter().rev().find(said);
    let after = lines[at + 1..].iter().find(said);
    (before.is_some_and(|line| is_rule(&line)) && after.is_some_and(|line| is_rule(&line))).then(plain)
}

fn sections(lines: &[Line]) -> Vec<Section> {
    let mut out: Vec<Section> = Vec::new();
    for at in 0..lines.len() {
        let Some(title) = heading(lines, at) else { continue };
        if let Some(last) = out.last_mut() {
            last.lines.end = at;
        }
        out.push(Section { title, lines: at + 1..lines.len() });
    }
    out
}

/// A line's name and what it says.
fn named(line: &Line) -> Option<(&str, &str)> {
    const LONGEST: usize = 48;
    let (name, said) = line.text.split_once(':')?;
    let name = name.trim();
    let is_name = name.len() <= LONGEST
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || " /()#-".contains(c));
    is_name.then_some((name, said.trim()))
}

fn is_called(name: &str, known: &str) -> bool {
    name.eq_ignore_ascii_case(known)
}

/// Names of lines whose words go on over the lines below, whatever these begin with.
fn goes_on(name: &str) -> bool {
    const STORIES: &[&str] =
        &["Instructions", "Comments", "Comment", "Reaction", "Reactions", "Results", "Result", "Conclusion"];
    STORIES.iter().any(|known| is_called(name, known))
}

/// One record of a section.
struct Record {
    fields: Fields,
    range: Range<usize>,
    /// What a line above it says of all that follow: that they lie ahead, or behind.
    ahead: Option<bool>,
}

/// Records from one line of this name to the next. Lines without a name, right below one, go on with what it says; what stands
/// alone behind an empty line belongs to nobody, unless all lines up to the next record do.
fn records(lines: &[Line], start: &str, all_lines: bool) -> Vec<Record> {
    let mut out: Vec<Record> = Vec::new();
    let (mut ahead, mut open) = (None, false);
    for line in lines {
        let text = line.text.trim();
        if text.is_empty() || says(text).is_none() {
            open &= all_lines;
            continue;
        }
        match text.to_ascii_uppercase().as_str() {
            "FUTURE APPOINTMENTS:" => {
                (ahead, open) = (Some(true), false);
                continue;
            }
            "PAST APPOINTMENTS:" => {
                (ahead, open) = (Some(false), false);
                continue;
            }
            _ => {}
        }
        let begins = named(line).filter(|(name, _)| is_called(name, start));
        if let Some((name, said)) = begins {
            let fields = Fields { said: vec![(name.to_owned(), said.to_owned())] };
            out.push(Record { fields, range: line.range.clone(), ahead: ahead.take() });
            open = true;
            continue;
        }
        let Some(record) = out.last_mut() else { continue };
        let last = record.fields.said.last_mut();
        let (story, empty) =
            last.as_ref().map_or((false, true), |(name, said)| (goes_on(name), said.is_empty()));
        match named(line).filter(|(name, _)| !(open && story && !resources::is_known(name))) {
            Some((name, said)) => {
                for (name, said) in pairs(name, said) {
                    record.fields.said.push((name.to_owned(), said.to_owned()));
                }
                open = true;
            }
            None if open => {
                if let Some((_, said)) = last {
                    if !empty {
                        said.push('\n');
                    }
                    said.push_str(text);
                }
            }
            None => continue,
        }
        record.range.end = line.range.end;
    }
    out
}

/// Two names on one line: `Start Date: 01 Jan 2012     Stop Date: 03 Mar 2012`.
fn pairs<'l>(name: &'l str, said: &'l str) -> Vec<(&'l str, &'l str)> {
    const SECOND: &[&str] = &["Stop Date", "Date of Birth", "Pharmacy Phone", "Time"];
    for second in SECOND.iter().copied() {
        let found = said
            .match_indices(second)
            .find(|(at, _)| said[..*at].ends_with(' ') && said[at + second.len()..].starts_with(':'));
        if let Some((at, _)) = found {
            let rest = &said[at + second.len() + 1..];
            return vec![(name, said[..at].trim()), (second, rest.trim())];
        }
    }
    vec![(name, said)]
}

/// Whose it is: the first name with a birth date, on one line or on two that follow each other.
fn person(lines: &[Line], sections: &[Section]) -> Option<BlueButtonRecord> {
    // A next of kin has a name too, and comes later than the first section that a record is made of.
    let end = sections.iter().find(|section| What::of(&section.title).is_some());
    let lines = &lines[..end.map_or(lines.len(), |section| section.lines.start)];
    for (at, line) in lines.iter().enumerate() {
        let Some((name, said)) = named(line).filter(|(name, _)| is_called(name, "Name")) else { continue };
        let mut said = pairs(name, said);
        let mut range = line.range.clone();
        if said.len() == 1
            && let Some(next) = lines[at + 1..].iter().find(|next| !next.text.trim().is_empty())
            && let Some((name, born)) = named(next)
        {
            said.push((name, born));
            range.end = next.range.end;
        }
        let born = said.iter().find(|(name, _)| is_called(name, "Date of Birth"));
        if let (Some(name), Some(born)) = (says(said[0].1), born.and_then(|(_, born)| date(born))) {
            let body = resources::person(name, &born);
            let id = number("Patient", format!("{name} {born}").as_bytes(), &mut HashMap::new());
            return Some(BlueButtonRecord {
                resource_type: "Patient".to_owned(),
                resource: body.json(&id),
                id,
                range,
            });
        }
    }
    None
}

/// The first line that says something, without what frames it.
fn title(lines: &[Line]) -> Option<String> {
    const LONGEST: usize = 120;
    let bare = |line: &Line| line.text.trim_matches(|c: char| " -*=".contains(c)).to_owned();
    let first = lines.iter().map(bare).find(|line| line.chars().any(char::is_alphabetic))?;
    Some(first.chars().take(LONGEST).collect())
}

/// When it was made: the first date that stands alone on its line above all sections but the first, or behind a name that says so.
fn made(lines: &[Line]) -> Option<String> {
    const NAMES: &[&str] = &["System Request Date/Time", "Download Date", "Date created", "Date generated"];
    lines.iter().take(60).find_map(|line| match named(line) {
        Some((name, said)) if NAMES.iter().any(|known| is_called(name, known)) => date(said),
        _ => date(&line.text).filter(|found| found.len() >= 10),
    })
}

#[cfg(test)]
mod tests;
