//! Cuts a page or a file into resources by bytes.
//!
//! Refused: parsing the page as one value. One bad byte would cost every neighbour, and a page nested
//! 100,000 deep would cost the process.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::json::{JsonFault, JsonFaultKind, Scanner, Source};
use crate::xml::XmlFault;

/// What the bytes turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Shape {
    /// A Bundle; its entries (those of Bundles inside it too) are the resources.
    Bundle {
        /// `searchset`, `collection`, `document` …; empty when not stated.
        bundle_type: String,
    },
    /// One resource on its own.
    Resource,
    /// A JSON array of resources, or several JSON texts one after the other.
    List,
    /// An OperationOutcome on its own: the server's answer instead of a page.
    Outcome,
    /// Nothing in it can be FHIR JSON.
    NotFhir {
        /// Why.
        fault: PageFault,
    },
}

/// What an entry is in a search result (`Bundle.entry.search.mode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SearchMode {
    /// Asked for; also when the server does not say.
    Match,
    /// Came along.
    Include,
    /// What the server says about the search. Every OperationOutcome counts as one, whatever its mode.
    Outcome,
}

/// One resource inside the page, verbatim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice<'a> {
    /// The resource's own bytes: well-formed JSON with a `resourceType`, or one element of XML.
    pub bytes: &'a [u8],
    /// Running number within the page from 0, problems counted too, nested Bundles flattened.
    pub position: usize,
    /// Where it begins in the page, in bytes.
    pub offset: usize,
    /// `Bundle.entry.fullUrl`.
    pub full_url: Option<String>,
    /// Why it is in the page.
    pub mode: SearchMode,
    /// `resourceType`.
    pub resource_type: Option<String>,
    /// `id`, trimmed; `None` when blank.
    pub id: Option<String>,
}

/// `Bundle.link`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// `self`, `next`, …
    pub relation: String,
    /// As sent.
    pub url: String,
}

/// Why a page, or a place of it, gave no resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "kebab-case", tag = "code")]
pub enum PageFault {
    /// No bytes but white space.
    #[error("empty")]
    Empty,
    /// It begins with `<`.
    #[error("XML or HTML, not JSON")]
    Markup,
    /// Not JSON.
    #[error("not JSON: {0}")]
    NotJson(JsonFault),
    /// Not FHIR in XML.
    #[error("not FHIR in XML: {0}")]
    NotXml(XmlFault),
    /// JSON, but nothing that could be a resource.
    #[error("JSON, but not a resource")]
    NotAResource,
    /// An object without a `resourceType`.
    #[error("an object without a resourceType")]
    NoResourceType,
    /// An entry of a Bundle that is not an object.
    #[error("an entry is not an object")]
    EntryNotAnObject,
    /// An entry of a Bundle without a resource.
    #[error("an entry without a resource")]
    EntryWithoutResource,
    /// Bytes between two entries.
    #[error("not JSON between two entries")]
    BetweenEntries,
    /// The page ends where an entry could begin.
    #[error("the page ends too early")]
    CutShort,
    /// The Bundle is damaged before its entries; they were looked for behind it.
    #[error("the page is damaged before its entries: {0}")]
    DamagedBeforeEntries(JsonFault),
    /// The Bundle is damaged behind its entries.
    #[error("the page is damaged: {0}")]
    Damaged(JsonFault),
}

impl PageFault {
    /// A control character stands unescaped in a text.
    fn is_control_character(self) -> bool {
        match self {
            Self::NotJson(fault) | Self::DamagedBeforeEntries(fault) | Self::Damaged(fault) => {
                fault.kind == JsonFaultKind::ControlCharacter
            }
            _ => false,
        }
    }

    /// The bytes end before what they began.
    fn is_cut_short(self) -> bool {
        match self {
            Self::CutShort => true,
            Self::NotJson(fault) | Self::DamagedBeforeEntries(fault) | Self::Damaged(fault) => {
                fault.kind == JsonFaultKind::CutShort
            }
            _ => false,
        }
    }
}

/// One place of the page that gave no resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageProblem<'a> {
    /// Running number within the page from 0, resources counted too.
    pub position: usize,
    /// Where the bytes concerned begin in the page, in bytes.
    pub offset: usize,
    /// Why.
    pub fault: PageFault,
    /// The bytes concerned, so that they can be kept verbatim all the same.
    pub bytes: &'a [u8],
}

/// A page or a file, cut up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<'a> {
    /// What it is.
    pub shape: Shape,
    /// Its resources in order.
    pub resources: Vec<Slice<'a>>,
    /// Links of the outermost Bundle.
    pub links: Vec<Link>,
    /// `Bundle.total` of the outermost Bundle, as the server claims it.
    pub total: Option<u64>,
    /// What could not be cut out, by position.
    pub problems: Vec<PageProblem<'a>>,
}

impl Page<'_> {
    /// The address of the next page.
    pub fn next(&self) -> Option<&str> {
        self.links.iter().find(|link| link.relation == "next").map(|link| link.url.as_str())
    }
}

/// Bundles within Bundles deeper than this stay one resource.
pub(crate) const NESTED_BUNDLES: u32 = 32;

/// Cuts a page, a bare resource, an array of resources or several JSON texts in a row into resources.
///
/// A bad byte, a truncated tail, a missing comma, an entry without a resource cost that entry and are named in
/// [`Page::problems`]; the search for the next entry costs time linear in the page.
///
/// A control character that stands unescaped in a text costs nothing: where one does, and the page gives more with it,
/// it is taken as it is.
pub fn split(bytes: &[u8]) -> Page<'_> {
    let source = Source::new(bytes);
    let page = split_source(source);
    if !page.problems.iter().any(|problem| problem.fault.is_control_character()) {
        return page;
    }
    let forgiven = split_source(source.lenient());
    if forgiven.resources.len() > page.resources.len() { forgiven } else { page }
}

fn split_source(source: Source<'_>) -> Page<'_> {
    let bytes = source.bytes;
    let mut splitter = Splitter {
        bytes,
        source,
        page: Page {
            shape: Shape::NotFhir { fault: PageFault::Empty },
            resources: Vec::new(),
            links: Vec::new(),
            total: None,
            problems: Vec::new(),
        },
        count: 0,
        no_start_after: usize::MAX,
        budget: bytes.len().saturating_mul(4),
    };
    splitter.texts();
    splitter.page
}

struct Splitter<'a> {
    bytes: &'a [u8],
    source: Source<'a>,
    page: Page<'a>,
    count: usize,
    /// Behind this offset no entry begins: it need not be looked for again.
    no_start_after: usize,
    /// Bytes that may still be gone over again while looking for neighbours of damaged entries.
    budget: usize,
}

/// What was seen of an object while it was walked.
#[derive(Default)]
struct Seen {
    resource_type: Option<String>,
    id: Option<String>,
    bundle_type: Option<String>,
    links: Vec<Link>,
    total: Option<u64>,
    entries: bool,
}

impl Seen {
    fn is_bundle(&self) -> bool {
        self.resource_type.as_deref() == Some("Bundle")
    }
}

/// Where an object ended and the index of the slice it became, unless it was a Bundle or no resource.
struct Cut {
    end: usize,
    slice: Option<usize>,
}

struct Mark {
    resources: usize,
    problems: usize,
    count: usize,
}

impl<'a> Splitter<'a> {
    fn texts(&mut self) {
        let mut scanner = Scanner::new(self.source);
        let mut texts = 0;
        let mut shape = None;
        loop {
            scanner.space();
            let start = scanner.pos;
            let Some(first) = scanner.peek() else { break };
            texts += 1;
            match first {
                b'{' => match self.object(start, 0) {
                    Ok((cut, seen)) => {
                        scanner.pos = cut.end;
                        if shape.is_none() {
                            shape = self.shape_of(&seen, cut.slice);
                            self.page.links = seen.links;
                            self.page.total = seen.total;
                        }
                    }
                    Err(fault) => {
                        let next = self.next_line(fault.position);
                        self.problem(start, next, PageFault::NotJson(fault));
                        scanner.pos = next;
                    }
                },
                b'[' => {
                    shape.get_or_insert(Shape::List);
                    scanner.pos += 1;
                    self.elements(&mut scanner, 0, false);
                }
                _ => {
                    let fault = match first {
                        b'<' => PageFault::Markup,
                        _ => {
                            scanner.skip_value().map_or_else(PageFault::NotJson, |()| PageFault::NotAResource)
                        }
                    };
                    let next = if first == b'<' { self.bytes.len() } else { self.next_line(start) };
                    self.problem(start, next, fault);
                    scanner.pos = next;
                }
            }
        }
        let found = !self.page.resources.is_empty();
        self.page.shape = match shape {
            Some(Shape::List) if !found => Shape::NotFhir { fault: self.why_not() },
            Some(_) if found && texts > 1 => Shape::List,
            Some(shape) => shape,
            None if found => Shape::List,
            None => Shape::NotFhir { fault: self.why_not() },
        };
    }

    fn why_not(&self) -> PageFault {
        match self.page.problems.first() {
            Some(problem) => problem.fault,
            None if Scanner::new(self.source).at_end() => PageFault::Empty,
            None => PageFault::NotAResource,
        }
    }

    fn shape_of(&self, seen: &Seen, slice: Option<usize>) -> Option<Shape> {
        match slice {
            Some(index) if self.page.resources[index].mode == SearchMode::Outcome => Some(Shape::Outcome),
            Some(_) => Some(Shape::Resource),
            None if seen.is_bundle() || seen.entries => {
                Some(Shape::Bundle { bundle_type: seen.bundle_type.clone().unwrap_or_default() })
            }
            None => None,
        }
    }

    fn mark(&self) -> Mark {
        Mark { resources: self.page.resources.len(), problems: self.page.problems.len(), count: self.count }
    }

    fn back_to(&mut self, mark: &Mark) {
        self.page.resources.truncate(mark.resources);
        self.page.problems.truncate(mark.problems);
        self.count = mark.count;
    }

    fn problem(&mut self, start: usize, end: usize, fault: PageFault) {
        let offset = start.min(end);
        let bytes = self.bytes[offset..end].trim_ascii_end();
        self.page.problems.push(PageProblem { position: self.count, offset, fault, bytes });
        self.count += 1;
    }

    /// A Bundle whose end cannot be read from the fault on.
    fn lost_end(&mut self, fault: JsonFault) -> Cut {
        self.problem(fault.position, self.bytes.len(), PageFault::Damaged(fault));
        Cut { end: self.bytes.len(), slice: None }
    }

    /// One object: a resource, or a Bundle whose entries are cut out. Errs only when nothing of it can be used.
    fn object(&mut self, start: usize, depth: u32) -> Result<(Cut, Seen), JsonFault> {
        let mark = self.mark();
        let mut seen = Seen::default();
        let mut scanner = Scanner::at(self.source, start + 1);
        if !scanner.take(b'}') {
            loop {
                if let Err(fault) = self.member(&mut scanner, &mut seen, depth) {
                    // A Bundle is worth picking up again; another resource is lost as a whole.
                    let bundle = seen.is_bundle()
                        || (seen.resource_type.is_none() && self.page.resources.len() > mark.resources)
                        || (depth == 0 && seen.resource_type.is_none() && !seen.entries);
                    let entries = bundle.then(|| self.find_entries(fault.position)).flatten();
                    match entries {
                        Some(at) if !seen.entries => {
                            self.problem(start, at, PageFault::DamagedBeforeEntries(fault));
                            scanner.pos = at;
                            seen.entries = true;
                            self.elements(&mut scanner, depth, true);
                        }
                        _ if bundle
                            && (self.page.resources.len() > mark.resources
                                || (seen.is_bundle() && seen.entries)) =>
                        {
                            return Ok((self.lost_end(fault), seen));
                        }
                        _ => {
                            self.back_to(&mark);
                            return Err(fault);
                        }
                    }
                }
                if scanner.take(b'}') {
                    break;
                }
                if !scanner.take(b',') {
                    let fault = scanner.fault(JsonFaultKind::NoCommaOrBracket);
                    let bundle = seen.is_bundle() || seen.resource_type.is_none();
                    if bundle
                        && seen.entries
                        && self.page.resources.len() + self.page.problems.len() > mark.resources
                    {
                        // The entries are safe; what is lost is the end of the Bundle itself.
                        if self.page.problems.last().is_some_and(|problem| problem.fault.is_cut_short()) {
                            return Ok((Cut { end: self.bytes.len(), slice: None }, seen));
                        }
                        return Ok((self.lost_end(fault), seen));
                    }
                    self.back_to(&mark);
                    return Err(fault);
                }
            }
        }
        let end = scanner.pos;
        // A Bundle that lost its type is still known by the resources in its entries.
        let nameless = seen.resource_type.is_none() && self.page.resources.len() > mark.resources;
        if nameless || seen.is_bundle() {
            return Ok((Cut { end, slice: None }, seen));
        }
        // Entries are walked over damage; a resource that is no Bundle has to be whole.
        if seen.entries
            && let Err(fault) = Scanner::at(self.source, start).skip_value()
        {
            self.back_to(&mark);
            return Err(fault);
        }
        // List and others have an `entry` too: what looked like entries was part of this resource.
        self.back_to(&mark);
        seen.entries = false;
        if seen.resource_type.is_none() {
            self.problem(start, end, PageFault::NoResourceType);
            return Ok((Cut { end, slice: None }, seen));
        }
        let outcome = seen.resource_type.as_deref() == Some("OperationOutcome");
        self.page.resources.push(Slice {
            bytes: &self.bytes[start..end],
            position: self.count,
            offset: start,
            full_url: None,
            mode: if outcome { SearchMode::Outcome } else { SearchMode::Match },
            resource_type: seen.resource_type.clone(),
            id: seen.id.clone(),
        });
        self.count += 1;
        Ok((Cut { end, slice: Some(self.page.resources.len() - 1) }, seen))
    }

    fn member(&mut self, scanner: &mut Scanner<'a>, seen: &mut Seen, depth: u32) -> Result<(), JsonFault> {
        let key = scanner.key()?.text().0;
        scanner.space();
        let from = scanner.pos;
        match key.as_ref() {
            "entry" if scanner.peek() == Some(b'[') && depth < NESTED_BUNDLES => {
                scanner.pos += 1;
                seen.entries = true;
                self.elements(scanner, depth, true);
            }
            "resourceType" | "id" | "type" | "total" => {
                scanner.skip_value()?;
                let text = plain(&self.bytes[from..scanner.pos]);
                match key.as_ref() {
                    "resourceType" => seen.resource_type = text,
                    "id" => seen.id = text,
                    "type" => seen.bundle_type = text,
                    _ => seen.total = text.and_then(|text| text.parse().ok()),
                }
            }
            "link" => {
                scanner.skip_value()?;
                seen.links.extend(links(&self.bytes[from..scanner.pos]));
            }
            _ => scanner.skip_value()?,
        }
        Ok(())
    }

    /// The elements of a Bundle's `entry` (`wrapped`) or of a bare array, up to and with the closing bracket.
    fn elements(&mut self, scanner: &mut Scanner<'a>, depth: u32, wrapped: bool) {
        loop {
            if scanner.take(b']') {
                return;
            }
            let start = scanner.pos;
            let mark = self.mark();
            let result = match scanner.peek() {
                None => {
                    self.problem(start, self.bytes.len(), PageFault::CutShort);
                    return;
                }
                Some(b'{') if wrapped => self.entry(start, depth),
                Some(b'{') => self.object(start, depth + 1).map(|(cut, _)| cut.end),
                Some(_) => scanner.skip_value().map(|()| {
                    self.problem(start, scanner.pos, PageFault::EntryNotAnObject);
                    scanner.pos
                }),
            };
            match result {
                Ok(end) => scanner.pos = end,
                Err(fault) => {
                    self.back_to(&mark);
                    let next = self.pick_up(start, fault.position, wrapped);
                    self.problem(start, next.unwrap_or(self.bytes.len()), PageFault::NotJson(fault));
                    scanner.pos = next.unwrap_or(self.bytes.len());
                    if next.is_none() {
                        return;
                    }
                }
            }
            scanner.space();
            match scanner.peek() {
                Some(b',') => scanner.pos += 1,
                // A missing comma between two entries costs neither.
                Some(b']' | b'{') | None => {}
                Some(_) => {
                    let from = scanner.pos;
                    let next = self.pick_up(from, from, wrapped).unwrap_or(self.bytes.len());
                    self.problem(from, next, PageFault::BetweenEntries);
                    scanner.pos = next;
                    if next == self.bytes.len() {
                        return;
                    }
                }
            }
        }
    }

    /// One element of `Bundle.entry`.
    fn entry(&mut self, start: usize, depth: u32) -> Result<usize, JsonFault> {
        let mut scanner = Scanner::at(self.source, start + 1);
        let (mut full_url, mut mode, mut answered, mut resources) = (None, None, false, Vec::new());
        let (mut found, mut bare) = (false, false);
        if !scanner.take(b'}') {
            loop {
                let key = scanner.key()?.text().0;
                scanner.space();
                let from = scanner.pos;
                match (key.as_ref(), scanner.peek()) {
                    ("resourceType", Some(b'"')) => {
                        scanner.skip_value()?;
                        bare = true;
                    }
                    ("resource", Some(b'{')) => {
                        let (cut, _) = self.object(from, depth + 1)?;
                        found = true;
                        resources.extend(cut.slice);
                        scanner.pos = cut.end;
                    }
                    ("response", Some(b'{')) => {
                        scanner.skip_value()?;
                        answered = true;
                        if let Some(at) = member_of(self.source, from, "outcome") {
                            self.object(at, depth + 1)?;
                        }
                    }
                    ("request", _) => {
                        scanner.skip_value()?;
                        answered = true;
                    }
                    ("fullUrl", _) => {
                        scanner.skip_value()?;
                        full_url = plain(&self.bytes[from..scanner.pos]);
                    }
                    ("search", Some(b'{')) => {
                        scanner.skip_value()?;
                        mode = member_of(self.source, from, "mode").and_then(|at| {
                            let mut value = Scanner::at(self.source, at);
                            value.skip_value().ok()?;
                            plain(&self.bytes[at..value.pos])
                        });
                    }
                    _ => scanner.skip_value()?,
                }
                if scanner.take(b'}') {
                    break;
                }
                if !scanner.take(b',') {
                    return Err(scanner.fault(JsonFaultKind::NoCommaOrBracket));
                }
            }
        }
        // Some programs put the resource where its entry belongs.
        if bare && !found {
            return self.object(start, depth + 1).map(|(cut, _)| cut.end);
        }
        for index in resources {
            let slice = &mut self.page.resources[index];
            slice.full_url.clone_from(&full_url);
            if slice.mode != SearchMode::Outcome {
                slice.mode = match mode.as_deref() {
                    Some("include") => SearchMode::Include,
                    Some("outcome") => SearchMode::Outcome,
                    _ => SearchMode::Match,
                };
            }
        }
        // Entries of a batch's answer have a response instead of a resource; nothing is missing there.
        if !found && !answered {
            self.problem(start, scanner.pos, PageFault::EntryWithoutResource);
        }
        Ok(scanner.pos)
    }

    /// Where to go on after a damaged element: the next thing that begins like an entry, or the place where the
    /// element's brackets balance when that comes first. `None`: nothing more can be found.
    ///
    /// An entry that begins inside the damaged one's brackets is taken for a neighbour: a quote that was lost makes
    /// brackets lie, and losing neighbours is worse than taking an entry out of a damaged inner Bundle.
    fn pick_up(&mut self, start: usize, fault: usize, wrapped: bool) -> Option<usize> {
        // A lost quote shows only in the neighbour, so the search begins at the damaged entry itself, as long as
        // going over bytes again stays linear in the page.
        let again = fault.saturating_sub(start);
        let from = if again <= self.budget { start + 1 } else { fault };
        self.budget = self.budget.saturating_sub(again);
        let next = self.next_start(from, wrapped);
        let balanced = self.balanced(start, next.unwrap_or(self.bytes.len()));
        balanced.filter(|end| *end > fault.min(self.bytes.len() - 1)).or(next)
    }

    /// The next offset, not before `from`, where `, { "fullUrl": "` or its like begins an entry.
    fn next_start(&mut self, from: usize, wrapped: bool) -> Option<usize> {
        if from >= self.no_start_after {
            return None;
        }
        let mut at = from;
        while let Some(comma) =
            self.bytes.get(at..).and_then(|rest| rest.iter().position(|b| matches!(b, b',' | b'}')))
        {
            at += comma + 1;
            let mut scanner = Scanner::at(self.source, at);
            scanner.space();
            let brace = scanner.pos;
            if !scanner.take(b'{') {
                continue;
            }
            let Ok(key) = scanner.key() else { continue };
            scanner.space();
            let begins = match (key.text().0.as_ref(), scanner.peek()) {
                ("fullUrl", Some(b'"')) | ("resource", Some(b'{')) => wrapped,
                ("search" | "link" | "response" | "request", Some(b'{' | b'[')) => {
                    wrapped && {
                        // Short members; the resource must be next to them.
                        let window = &self.bytes[brace..self.bytes.len().min(brace + 600)];
                        find(window, b"\"resource\"").is_some()
                    }
                }
                ("resourceType", Some(b'"')) => !wrapped,
                _ => false,
            };
            if begins {
                return Some(brace);
            }
        }
        self.no_start_after = from;
        None
    }

    /// Where the brackets opened at `start` are closed again, by brackets and quotes alone.
    fn balanced(&self, start: usize, limit: usize) -> Option<usize> {
        let (mut depth, mut quoted, mut at) = (0_usize, false, start);
        while at < limit {
            match self.bytes[at] {
                b'\\' if quoted => at += 1,
                b'"' => quoted = !quoted,
                b'{' | b'[' if !quoted => depth += 1,
                b'}' | b']' if !quoted => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn find_entries(&self, from: usize) -> Option<usize> {
        let mut at = from;
        while let Some(found) = self.bytes.get(at..).and_then(|rest| find(rest, b"\"entry\"")) {
            at += found + 7;
            let mut scanner = Scanner::at(self.source, at);
            if scanner.take(b':') && scanner.take(b'[') {
                return Some(scanner.pos);
            }
        }
        None
    }

    /// The next line that begins an object: NDJSON goes on after a bad line.
    fn next_line(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(found) = self.bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'\n')) {
            at += found + 1;
            if self.bytes.get(at) == Some(&b'{') {
                return at;
            }
        }
        self.bytes.len()
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// The text of a string or number that was stepped over; `None` for other shapes and blanks.
///
/// Whether a control character may stand in it was decided by whoever stepped over it.
fn plain(value: &[u8]) -> Option<String> {
    let text = match value.first()? {
        b'"' => Scanner::at(Source::new(value).lenient(), 0).raw_string().ok()?.text().0.trim().to_owned(),
        b'-' | b'0'..=b'9' => std::str::from_utf8(value).ok()?.to_owned(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Where the value of a member begins, in an object that is known to be well-formed.
fn member_of(source: Source<'_>, object: usize, name: &str) -> Option<usize> {
    let mut scanner = Scanner::at(source, object + 1);
    loop {
        let key = scanner.key().ok()?;
        scanner.space();
        if key.text().0 == name {
            return Some(scanner.pos);
        }
        scanner.skip_value().ok()?;
        if !scanner.take(b',') {
            return None;
        }
    }
}

fn links(value: &[u8]) -> Vec<Link> {
    let arena = crate::json::arena(value);
    let Ok((node, _)) = crate::json::Node::parse(value, &arena) else { return Vec::new() };
    node.items()
        .iter()
        .filter_map(|link| {
            Some(Link { relation: link.peek("relation")?.to_owned(), url: link.peek("url")?.to_owned() })
        })
        .collect()
}
