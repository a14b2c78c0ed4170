//! Cuts a file of FHIR in XML into resources by bytes, as `split` does with JSON.

use wholechart_html::decode;

use super::scan::{Scan, Token, attributes, is_type, local};
use super::tree::{grow, namespace};
use super::{NAMESPACE, XmlFault, XmlFaultKind};
use crate::split::{Link, NESTED_BUNDLES, Page, PageFault, PageProblem, SearchMode, Shape, Slice};

/// Cuts a file in XML, in UTF-8, into resources. A Bundle's entries (those of Bundles inside it too) are the resources.
///
/// What is broken costs its entry and is named in [`Page::problems`]; the search for the next entry costs time linear in the
/// file. A resource with a byte that is not UTF-8 costs itself alone.
pub fn split_xml(bytes: &[u8]) -> Page<'_> {
    let page = Page {
        shape: Shape::NotFhir { fault: PageFault::Empty },
        resources: Vec::new(),
        links: Vec::new(),
        total: None,
        problems: Vec::new(),
    };
    let budget = bytes.len().saturating_mul(4);
    let mut cutter = Cutter { bytes, page, count: 0, no_start_after: usize::MAX, budget };
    let mark = usize::from(bytes.starts_with(b"\xEF\xBB\xBF")) * 3;
    let mut scan = Scan::at(bytes, mark, Vec::new());
    let mut shape = None;
    if let Err(fault) = cutter.document(&mut scan, &mut shape) {
        cutter.problem(fault.position.min(scan.start), bytes.len(), PageFault::NotXml(fault));
    }
    let first = cutter.page.problems.first().map_or(PageFault::Empty, |problem| problem.fault);
    cutter.page.shape = shape.unwrap_or(Shape::NotFhir { fault: first });
    cutter.page
}

struct Cutter<'a> {
    bytes: &'a [u8],
    page: Page<'a>,
    count: usize,
    /// Behind this offset no entry begins: it need not be looked for again.
    no_start_after: usize,
    /// Bytes that may still be gone over again while looking for neighbours of damaged entries.
    budget: usize,
}

/// What stands in an entry beside its resources.
#[derive(Default)]
struct Beside {
    full_url: Option<String>,
    mode: Option<String>,
    /// Entries of a batch's answer have a response instead of a resource.
    answered: bool,
    found: bool,
}

impl<'a> Cutter<'a> {
    fn document(&mut self, scan: &mut Scan<'a>, shape: &mut Option<Shape>) -> Result<(), XmlFault> {
        let (name, inside) = loop {
            match scan.next()? {
                None => return Ok(()),
                Some(Token::Start { name, inside }) => break (name, inside),
                Some(Token::Aside) => {}
                Some(Token::Text) if self.is_space(scan) => {}
                Some(_) => return Err(XmlFault { position: scan.start, kind: XmlFaultKind::NotFhir }),
            }
        };
        if !is_type(name) || namespace(name, inside) != Some(NAMESPACE) {
            return Err(XmlFault { position: scan.start, kind: XmlFaultKind::NotFhir });
        }
        if local(name) == b"Bundle" {
            *shape = Some(Shape::Bundle { bundle_type: String::new() });
            let bundle_type = self.bundle(scan, 0)?;
            *shape = Some(Shape::Bundle { bundle_type });
        } else {
            self.resource(scan, name, 0)?;
            *shape = self.page.resources.first().map(|slice| match slice.mode {
                SearchMode::Outcome => Shape::Outcome,
                _ => Shape::Resource,
            });
        }
        while let Some(token) = scan.next()? {
            if !(token == Token::Aside || token == Token::Text && self.is_space(scan)) {
                return Err(XmlFault { position: scan.start, kind: XmlFaultKind::MoreBytes });
            }
        }
        Ok(())
    }

    fn is_space(&self, scan: &Scan<'_>) -> bool {
        self.bytes[scan.start..scan.pos].iter().all(u8::is_ascii_whitespace)
    }

    fn problem(&mut self, from: usize, to: usize, fault: PageFault) {
        let bytes = self.bytes.get(from..to).unwrap_or_default();
        self.page.problems.push(PageProblem { position: self.count, offset: from, fault, bytes });
        self.count += 1;
    }

    /// What stands in a Bundle, up to and with its end tag. Damage to entries of the outermost one costs these; in one inside
    /// it, the entry that holds it. Returns its `type`.
    fn bundle(&mut self, scan: &mut Scan<'a>, depth: u32) -> Result<String, XmlFault> {
        let (level, outermost) = (scan.open.len(), depth == 0);
        let mut bundle_type = String::new();
        loop {
            let token = match scan.next() {
                Ok(Some(token)) => token,
                Ok(None) => return Ok(bundle_type),
                Err(fault) if !outermost => return Err(fault),
                Err(fault) => {
                    let cut = fault.kind == XmlFaultKind::CutShort && fault.position == self.bytes.len();
                    let said = if cut { PageFault::CutShort } else { PageFault::NotXml(fault) };
                    self.pick_up(scan, scan.start, fault.position, level, said);
                    continue;
                }
            };
            match token {
                Token::End if scan.open.len() < level => return Ok(bundle_type),
                Token::Start { name, inside } => {
                    let (start, before) =
                        (scan.start, (self.page.resources.len(), self.page.problems.len(), self.count));
                    let read = match local(name) {
                        b"entry" => self.entry(scan, depth),
                        b"link" => self.link(scan, outermost),
                        b"type" => {
                            bundle_type = value(inside).unwrap_or_default();
                            skip(scan)
                        }
                        b"total" if outermost => {
                            self.page.total = value(inside).and_then(|total| total.parse().ok());
                            skip(scan)
                        }
                        _ => skip(scan),
                    };
                    match read {
                        Err(fault) if outermost => {
                            self.page.resources.truncate(before.0);
                            self.page.problems.truncate(before.1);
                            self.count = before.2;
                            self.pick_up(scan, start, fault.position, level, PageFault::NotXml(fault));
                        }
                        read => read?,
                    }
                }
                _ => {}
            }
        }
    }

    /// Names what is damaged from `start` on, and goes on at the next entry.
    fn pick_up(&mut self, scan: &mut Scan<'a>, start: usize, fault: usize, level: usize, said: PageFault) {
        let again = fault.saturating_sub(start);
        // A tag that was lost shows only in the neighbour, so the search begins at the damaged entry itself, as long as
        // going over bytes again stays linear in the file.
        let from = if again <= self.budget { start + 1 } else { fault.max(start + 1) };
        self.budget = self.budget.saturating_sub(again);
        let next = self.next_entry(from).unwrap_or(self.bytes.len());
        self.problem(start, next, said);
        let mut open = std::mem::take(&mut scan.open);
        open.truncate(if next == self.bytes.len() { 0 } else { level });
        *scan = Scan::at(self.bytes, next, open);
    }

    /// The next offset, not before `from`, where an entry of a Bundle begins: other resources have an `entry` too, which
    /// holds other elements.
    fn next_entry(&mut self, from: usize) -> Option<usize> {
        if from >= self.no_start_after {
            return None;
        }
        let mut at = from;
        while let Some(found) =
            self.bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'<'))
        {
            at += found;
            // What says that it is one stands next to it.
            let window = &self.bytes[..self.bytes.len().min(at + 2_000)];
            let mut scan = Scan::at(window, at, Vec::new());
            if self.begins_entry(at) && matches!(scan.next(), Ok(Some(Token::Start { .. }))) {
                let first = loop {
                    match scan.next() {
                        Ok(Some(Token::Aside)) => {}
                        Ok(Some(Token::Text)) if self.is_space(&scan) => {}
                        Ok(Some(Token::Start { name, .. })) => break local(name),
                        _ => break b"",
                    }
                };
                if matches!(first, b"fullUrl" | b"resource" | b"link" | b"request" | b"response" | b"search")
                {
                    return Some(at);
                }
            }
            at += 1;
        }
        self.no_start_after = from;
        None
    }

    fn begins_entry(&self, at: usize) -> bool {
        let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b":_-.".contains(*byte);
        let tag = &self.bytes[at + 1..];
        local(&tag[..tag.iter().take_while(is_name).count()]) == b"entry"
    }

    /// One entry, up to and with its end tag.
    fn entry(&mut self, scan: &mut Scan<'a>, depth: u32) -> Result<(), XmlFault> {
        let (level, start, first) = (scan.open.len(), scan.start, self.page.resources.len());
        let mut beside = Beside::default();
        while scan.open.len() >= level {
            let Some(Token::Start { name, inside }) = scan.next()? else { continue };
            match local(name) {
                b"fullUrl" => {
                    beside.full_url = value(inside);
                    skip(scan)?;
                }
                b"resource" => self.held(scan, depth, &mut beside)?,
                b"search" => {
                    let level = scan.open.len();
                    while scan.open.len() >= level {
                        match scan.next()? {
                            Some(Token::Start { name, inside }) if local(name) == b"mode" => {
                                beside.mode = value(inside);
                            }
                            _ => {}
                        }
                    }
                }
                b"response" => {
                    beside.answered = true;
                    let level = scan.open.len();
                    while scan.open.len() >= level {
                        match scan.next()? {
                            Some(Token::Start { name, .. }) if local(name) == b"outcome" => {
                                self.held(scan, depth, &mut beside)?;
                            }
                            _ => {}
                        }
                    }
                }
                b"request" => {
                    beside.answered = true;
                    skip(scan)?;
                }
                // Some programs put the resource where its entry belongs.
                _ if is_type(name) => {
                    beside.found = true;
                    self.resource(scan, name, depth + 1)?;
                }
                _ => skip(scan)?,
            }
        }
        for slice in &mut self.page.resources[first..] {
            slice.full_url.clone_from(&beside.full_url);
            if slice.mode != SearchMode::Outcome {
                slice.mode = match beside.mode.as_deref() {
                    Some("include") => SearchMode::Include,
                    Some("outcome") => SearchMode::Outcome,
                    _ => SearchMode::Match,
                };
            }
        }
        if !beside.found && !beside.answered {
            self.problem(start, scan.pos, PageFault::EntryWithoutResource);
        }
        Ok(())
    }

    /// The resources in an element that holds them.
    fn held(&mut self, scan: &mut Scan<'a>, depth: u32, beside: &mut Beside) -> Result<(), XmlFault> {
        let level = scan.open.len();
        while scan.open.len() >= level {
            match scan.next()? {
                Some(Token::Start { name, .. }) if is_type(name) => {
                    beside.found = true;
                    self.resource(scan, name, depth + 1)?;
                }
                Some(Token::Start { .. }) => skip(scan)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// A resource whose start tag was read, up to and with its end tag.
    fn resource(&mut self, scan: &mut Scan<'a>, name: &'a [u8], depth: u32) -> Result<(), XmlFault> {
        if depth > 0 && depth < NESTED_BUNDLES && local(name) == b"Bundle" {
            return self.bundle(scan, depth).map(drop);
        }
        let (start, level) = (scan.start, scan.open.len());
        let mut id = None;
        while scan.open.len() >= level {
            match scan.next()? {
                Some(Token::Start { name, inside })
                    if local(name) == b"id" && scan.open.len() == level + 1 =>
                {
                    id = id.or_else(|| value(inside));
                }
                _ => {}
            }
        }
        let bytes = &self.bytes[start..scan.pos];
        if let Err(fault) = grow(bytes) {
            let fault = XmlFault { position: start + fault.position, ..fault };
            self.problem(start, scan.pos, PageFault::NotXml(fault));
            return Ok(());
        }
        let resource_type = String::from_utf8_lossy(local(name)).into_owned();
        let outcome = resource_type == "OperationOutcome";
        self.page.resources.push(Slice {
            bytes,
            position: self.count,
            offset: start,
            full_url: None,
            mode: if outcome { SearchMode::Outcome } else { SearchMode::Match },
            resource_type: Some(resource_type),
            id,
        });
        self.count += 1;
        Ok(())
    }

    fn link(&mut self, scan: &mut Scan<'a>, outermost: bool) -> Result<(), XmlFault> {
        let level = scan.open.len();
        let (mut relation, mut url) = (None, None);
        while scan.open.len() >= level {
            if let Some(Token::Start { name, inside }) = scan.next()? {
                match local(name) {
                    b"relation" => relation = value(inside),
                    b"url" => url = value(inside),
                    _ => {}
                }
            }
        }
        if let (Some(relation), Some(url), true) = (relation, url, outermost) {
            self.page.links.push(Link { relation, url });
        }
        Ok(())
    }
}

/// Steps over what stands in an element whose start tag was read, up to and with its end tag.
fn skip(scan: &mut Scan<'_>) -> Result<(), XmlFault> {
    let level = scan.open.len();
    while scan.open.len() >= level {
        scan.next()?;
    }
    Ok(())
}

/// What a start tag says as its `value`, trimmed; none when it is blank.
fn value(inside: &[u8]) -> Option<String> {
    let (_, value) = attributes(inside).find(|(name, _)| *name == b"value")?;
    let text = decode(std::str::from_utf8(value).ok()?).trim().to_owned();
    (!text.is_empty()).then_some(text)
}
