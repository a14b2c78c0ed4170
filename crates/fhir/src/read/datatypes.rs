//! The building blocks: concepts, quantities, references, dates, names, attachments. Each marks what it has read.

use sha2::{Digest, Sha256};
use wholechart_html::{decode, sniff, strip};

use super::Reader;
use super::title::{Named, name_of};
use crate::datatype::{Age, Attachment, Coding, DateRole, EntryDate, Reference};
use crate::date::FhirDate;
use crate::detail::{DetailValue, Note};
use crate::entry::{Fault, TitleSource};
use crate::json::{Json, Node};
use crate::quantity::Quantity;
use crate::system::canonical_system;
use crate::value::Value;

/// A CodeableConcept, Coding or plain text.
#[derive(Default)]
pub(super) struct Concept {
    /// The best words by the title rules, before cleaning.
    pub(super) text: Option<String>,
    pub(super) source: Option<TitleSource>,
    /// The sender's own text, where a code's plain name stands in its place.
    own_text: Option<String>,
    pub(super) codings: Vec<Coding>,
}

/// Text kept for search from one inline file; a document of more is cut, the file itself never.
const SEARCH_TEXT: usize = 1 << 20;

impl Reader<'_, '_> {
    /// A CodeableConcept; also a Coding, a list of either, or a plain text where a concept was expected.
    pub(super) fn concept(&self, node: &Node<'_>) -> Concept {
        if !node.is_object() && !matches!(node.json, Json::List(_)) {
            let Some(text) = node.scalar() else { return Concept::default() };
            node.mark();
            return Concept {
                text: Some(text.to_owned()),
                source: Some(TitleSource::Text),
                own_text: None,
                codings: Vec::new(),
            };
        }
        let node = node.items().iter().find(|item| item.is_object()).unwrap_or(node);
        let mut codings = Vec::new();
        let mut chosen = None;
        let own = node.each("coding").next().is_none() && (node.has("code") || node.has("display"));
        for coding in node.each("coding").chain(own.then_some(node)) {
            if let Some(read) = self.coding(coding) {
                if coding.flag("userSelected") == Some(true) {
                    chosen.get_or_insert(codings.len());
                }
                codings.push(read);
            }
        }
        let words =
            node.text("text").or_else(|| node.has("concept").then(|| node.text("concept.text")).flatten());
        let named = name_of(words, &codings, chosen, self.plan.preferred);
        let replaced = |own: &&str| named.as_ref().is_some_and(|(text, _)| text.trim() != own.trim());
        let own_text = words.filter(replaced).map(ToOwned::to_owned);
        let (text, source) = named.unzip();
        Concept { text, source, own_text, codings }
    }

    pub(super) fn coding(&self, node: &Node<'_>) -> Option<Coding> {
        if !node.is_object() {
            let code = node.scalar()?;
            node.mark();
            return Some(Coding { system: String::new(), code: code.to_owned(), display: None });
        }
        node.get("version").into_iter().chain(node.get("id")).for_each(Node::mark);
        let system = node.text("system").map(canonical_system).unwrap_or_default();
        let code = node.text("code").unwrap_or_default().to_owned();
        let display = node.text("display").map(ToOwned::to_owned);
        if node.get("code").is_some_and(Node::is_object) {
            self.problem("coding.code", Fault::NotAText);
        }
        (!code.is_empty() || display.is_some()).then_some(Coding { system, code, display })
    }

    /// A Quantity, Money, Age or Duration; a bare figure or a text such as `<5 mg` too.
    pub(super) fn quantity(&self, node: &Node<'_>, path: &str) -> Option<Quantity> {
        let mut quantity = Quantity::default();
        if node.is_object() {
            let text = |name: &str| node.text(name).map(ToOwned::to_owned);
            quantity.comparator = text("comparator").and_then(|sent| canonical_comparator(&sent));
            quantity.unit = text("unit").or_else(|| text("units")).or_else(|| text("currency"));
            quantity.code = text("code");
            quantity.system = text("system").map(|system| canonical_system(&system));
            node.get("id").into_iter().for_each(Node::mark);
            if let Some(value) = node.get("value")
                && let Err(fault) = figure(value, &mut quantity)
            {
                self.problem(&format!("{path}.value"), fault);
            }
        } else {
            self.problem(path, Fault::BareFigure);
            if let Err(fault) = figure(node, &mut quantity) {
                self.problem(path, fault);
            }
        }
        let said = quantity.value.is_some() || quantity.unit.is_some() || quantity.code.is_some();
        said.then_some(quantity)
    }

    /// A Reference; the display of one to a contained resource is that resource's title.
    pub(super) fn reference(&self, node: &Node<'_>) -> Option<Reference> {
        if !node.is_object() {
            let text = node.scalar()?;
            // A text where a reference belongs: an address if it looks like one, else words.
            let address = text.contains('/') || text.starts_with('#') || text.starts_with("urn:");
            node.mark();
            self.problem("reference", Fault::TextForReference);
            return Some(if address {
                Reference { reference: text.to_owned(), ..Reference::default() }
            } else {
                Reference { display: Some(text.to_owned()), ..Reference::default() }
            });
        }
        if let Some(inner) = node.get("reference").filter(|inner| inner.is_object()) {
            // CodeableReference (R5), and servers that nest one too many.
            return self.reference(inner);
        }
        let sent = node.text("reference").unwrap_or_default();
        node.get("type").into_iter().chain(node.get("id")).for_each(Node::mark);
        // A code system's address is a null flavour in disguise (NextGen), not a resource.
        let reference = if sent.contains("/CodeSystem/") { "" } else { sent }.to_owned();
        let display = node.text("display").map(ToOwned::to_owned).or_else(|| {
            self.contained(&reference)
                .and_then(|target| self.title_of_resource(target))
                .map(|named| named.text)
        });
        (!reference.is_empty() || display.is_some()).then_some(Reference { reference, display, found: false })
    }

    /// The contained resource a `#id` leads to.
    pub(super) fn contained(&self, reference: &str) -> Option<&Node<'_>> {
        // Some leave the mark out; without it, only what is there is meant.
        let marked = reference.starts_with('#');
        let id = reference.trim_start_matches('#');
        if id.is_empty() || !marked && id.contains(['/', ':']) {
            return None;
        }
        let found = self
            .root
            .each("contained")
            .find(|resource| resource.peek("id").is_some_and(|own| own.trim_start_matches('#') == id));
        if found.is_none() && marked {
            self.problem("contained", Fault::NotContained);
        }
        found
    }

    /// A date in any of its shapes: text, Period, Timing, Age, Range, words.
    pub(super) fn date_of(&self, node: &Node<'_>, path: &str, role: DateRole) -> Option<EntryDate> {
        let mut date = EntryDate {
            start: None,
            end: None,
            text: None,
            age: None,
            field: path.to_owned(),
            role,
            day_only: false,
            implausible: false,
        };
        match &node.json {
            Json::Text(_) | Json::Number(_) => {
                let text = node.scalar()?;
                node.mark();
                date.start = FhirDate::parse(text);
                if date.start.is_none() {
                    date.text = Some(text.to_owned());
                    if !path.ends_with("String") {
                        self.problem(path, Fault::DateInWords);
                    }
                }
            }
            Json::Object(_) if node.has("start") || node.has("end") => {
                let mut one = |name: &str| {
                    let text = node.text(name)?;
                    let parsed = FhirDate::parse(text);
                    if parsed.is_none() {
                        date.text.get_or_insert(text.to_owned());
                        self.problem(&format!("{path}.{name}"), Fault::DateInWords);
                    }
                    parsed
                };
                let (start, end) = (one("start"), one("end"));
                (date.start, date.end) = (start, end);
            }
            Json::Object(_) if node.has("event") || node.has("repeat") => {
                let bounds = node.first("repeat.boundsPeriod").or_else(|| node.first("repeat.bounds"));
                if let Some(event) = node.first("event") {
                    let (start, end) = (event.peek("start"), event.peek("end"));
                    let text = event.scalar().or(start).or(end);
                    date.start = text.and_then(FhirDate::parse);
                    if event.is_object() {
                        event.mark_all();
                    } else {
                        event.mark();
                    }
                    date.end = end.filter(|_| start.is_some()).and_then(FhirDate::parse);
                } else if let Some(bounds) = bounds {
                    let field = format!("{path}.repeat.boundsPeriod");
                    return self.date_of(bounds, &field, role);
                } else {
                    return None;
                }
            }
            Json::Object(_) if node.has("low") || node.has("high") => {
                let bound = |name: &str| self.quantity(node.get(name)?, &format!("{path}.{name}"));
                let age = Age { from: bound("low"), to: bound("high") };
                date.age = (age != Age::default()).then(|| Box::new(age));
            }
            Json::Object(_) if node.has("value") => {
                let age = self.quantity(node, path).filter(|age| !age.to_text().is_empty());
                date.age = age.map(|age| Box::new(Age { from: Some(age), to: None }));
            }
            Json::Null => return None,
            // A date that is only said to be unknown has no value, and nothing is wrong with it.
            Json::Object(_) if node.members().iter().all(|(name, _)| matches!(*name, "extension" | "id")) => {
                return None;
            }
            _ => {
                self.problem(path, Fault::NotADate);
                return None;
            }
        }
        if date.start.is_none() && date.end.is_none() && date.text.is_none() && date.age.is_none() {
            return None;
        }
        let stamps = || date.start.iter().chain(date.end.iter());
        let instant = matches!(path, "effectiveInstant" | "issued" | "recorded" | "indexed" | "start");
        let clinical = role == DateRole::Clinical && !instant;
        date.day_only = self.options.midnight_means_day
            && clinical
            && date.start.as_ref().is_some_and(FhirDate::is_midnight)
            && stamps().all(|stamp| stamp.time.is_none() || stamp.is_midnight());
        date.implausible = stamps().any(|stamp| stamp.year < 1900 || stamp.year > 2200)
            || matches!((&date.start, &date.end), (Some(start), Some(end)) if ends_before(start, end));
        Some(date)
    }

    pub(super) fn value_range(&self, node: &Node<'_>, path: &str) -> Value {
        let bound =
            |name: &str| node.get(name).and_then(|bound| self.quantity(bound, &format!("{path}.{name}")));
        Value::Range { low: bound("low"), high: bound("high") }
    }

    /// An annotation, a plain text, or a list's item of either.
    pub(super) fn annotation(&self, node: &Node<'_>) -> Option<Note> {
        if !node.is_object() {
            let text = node.scalar()?.to_owned();
            node.mark();
            return Some(Note { text, ..Note::default() });
        }
        let text = node.text("text").or_else(|| node.text("comment"))?.to_owned();
        let author = node.text("authorString").map(ToOwned::to_owned).or_else(|| {
            node.get("authorReference").and_then(|author| self.reference(author)).and_then(|r| r.display)
        });
        let time = node.text("time").map(|time| Box::new(DetailValue::of_text(time.to_owned())));
        Some(Note { text, author, time })
    }

    /// An Attachment. Inline bytes are measured, hashed and, when they are text, read for search.
    pub(super) fn attachment(&self, node: &Node<'_>, path: &str) -> Option<Attachment> {
        let text = |name: &str| node.text(name).map(ToOwned::to_owned);
        let mut file = Attachment {
            content_type: text("contentType"),
            url: text("url"),
            title: text("title"),
            size: node.text("size").and_then(|size| size.parse().ok()),
            ..Attachment::default()
        };
        for name in ["hash", "id", "language"] {
            node.get(name).into_iter().for_each(Node::mark);
        }
        if let Some(data) = node.text("data") {
            self.inline(data, path, &mut file);
        }
        let said =
            file.content_type.is_some() || file.url.is_some() || file.title.is_some() || file.size.is_some();
        (said || file.sha256.is_some()).then_some(file)
    }

    /// Decodes inline base64 into what is known about the file.
    pub(super) fn inline(&self, encoded: &str, path: &str, file: &mut Attachment) {
        let Some(bytes) = crate::inline::decode(encoded) else {
            self.problem(&format!("{path}.data"), Fault::NotBase64);
            return;
        };
        file.size = u64::try_from(bytes.len()).ok();
        file.sha256 = Some(hex::encode(Sha256::digest(&bytes)));
        let declared = file.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
        let essence = declared.split(';').next().unwrap_or_default().trim();
        let known = essence.split_once('/').is_some_and(|(family, rest)| {
            matches!(
                family,
                "application"
                    | "audio"
                    | "font"
                    | "image"
                    | "message"
                    | "model"
                    | "multipart"
                    | "text"
                    | "video"
            ) && !rest.is_empty()
                && !matches!(essence, "application/octet-stream" | "application/binary" | "application/txt")
        });
        let sniffed = sniff(&bytes);
        if !known && let Some(kind) = sniffed {
            file.content_type = Some(kind.to_owned());
        }
        let kind = file.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
        let words = match kind.split(';').next().unwrap_or_default().trim() {
            "text/html" | "application/xhtml+xml" | "application/xhtml" => Some(strip(&decoded(&bytes))),
            "text/plain" | "text/markdown" => Some(decoded(&bytes).trim().to_owned()),
            _ => None,
        };
        file.text = words.filter(|text| !text.is_empty()).map(|mut text| {
            if text.len() > SEARCH_TEXT {
                let mut end = SEARCH_TEXT;
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                text.truncate(end);
                self.problem(path, Fault::LongText);
            }
            text
        });
    }
}

impl Concept {
    /// The concept as a title; none when it has no words and no code.
    pub(super) fn named(&self) -> Option<Named> {
        let mut named = Named::new(self.text.as_deref()?, self.source.unwrap_or(TitleSource::Text))?;
        if let Some(own) = &self.own_text {
            named.as_sent = Some(own.clone());
        }
        Some(named)
    }
}

/// Text of an unstated or misstated character set: UTF-8, UTF-16 behind a byte order mark, else Latin-1, in which
/// every byte is a character.
fn decoded(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.trim_start_matches('\u{feff}').to_owned();
    }
    let unit: Option<fn([u8; 2]) -> u16> = match bytes {
        [0xFF, 0xFE, ..] => Some(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => Some(u16::from_be_bytes),
        _ => None,
    };
    match unit {
        Some(unit) => {
            let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// The figure of a quantity, also one that came as a text with its sign and unit.
fn figure(node: &Node<'_>, quantity: &mut Quantity) -> Result<(), Fault> {
    match &node.json {
        Json::Number(text) => {
            node.mark();
            quantity.value = Some((*text).to_owned());
        }
        Json::Text(text) => {
            let (comparator, rest) = comparator_of(text.trim());
            let end = rest
                .find(|c: char| !matches!(c, '0'..='9' | '.' | '-' | '+' | 'e' | 'E'))
                .unwrap_or(rest.len());
            let (digits, unit) = rest.split_at(end);
            if !is_decimal(digits) {
                return Err(Fault::NotANumber);
            }
            node.mark();
            quantity.sent_as_text = true;
            quantity.value = Some(digits.to_owned());
            if quantity.comparator.is_none() {
                quantity.comparator = comparator.map(ToOwned::to_owned);
            }
            if quantity.unit.is_none() && !unit.trim().is_empty() {
                quantity.unit = Some(unit.trim().to_owned());
            }
        }
        Json::List(items) if !items.is_empty() => return figure(&items[0], quantity),
        _ => return Err(Fault::NotANumber),
    }
    Ok(())
}

/// The sign before a figure and the rest, spaces taken off.
pub(super) fn comparator_of(text: &str) -> (Option<&'static str>, &str) {
    for (sent, canonical) in
        [("<=", "<="), (">=", ">="), ("\u{2264}", "<="), ("\u{2265}", ">="), ("<", "<"), (">", ">")]
    {
        if let Some(rest) = text.strip_prefix(sent) {
            return (Some(canonical), rest.trim_start());
        }
    }
    (None, text)
}

/// The comparator of a Quantity as FHIR writes it; "=" is none at all, and one that is not known stays as it was sent.
fn canonical_comparator(sent: &str) -> Option<String> {
    let decoded = decode(sent);
    let known = match decoded.trim().to_ascii_lowercase().as_str() {
        "" | "=" | "==" | "eq" => return None,
        "<" | "lt" => "<",
        "<=" | "=<" | "\u{2264}" | "le" | "lte" => "<=",
        ">" | "gt" => ">",
        ">=" | "=>" | "\u{2265}" | "ge" | "gte" => ">=",
        _ => return Some(sent.to_owned()),
    };
    Some(known.to_owned())
}

fn is_decimal(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) && text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// Only what both dates state is compared: `2012` does not end before `2012-05-01`.
fn ends_before(start: &FhirDate, end: &FhirDate) -> bool {
    let shared = |a: Option<u32>, b: Option<u32>| a.zip(b);
    if start.year != end.year {
        return end.year < start.year;
    }
    match shared(start.month, end.month) {
        Some((first, last)) if first != last => return last < first,
        None => return false,
        Some(_) => {}
    }
    // A day apart may be two offsets of one moment.
    shared(start.day, end.day).is_some_and(|(first, last)| last + 1 < first)
}
