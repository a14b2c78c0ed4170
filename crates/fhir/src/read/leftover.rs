//! Everything that no other module has read, so that nothing a provider sends is invisible.
//!
//! The tree remembers which leaves were used; this walk shows the others, element by element in the order sent, as
//! words by the shape of the value. What is only for machines is listed in [`crate::UNSEEN_PATHS`].

use wholechart_html::strip;

use super::title::full_name;
use super::{Reader, push_detail};
use crate::date::FhirDate;
use crate::detail::{DetailValue, Note};
use crate::element::is_unseen;
use crate::entry::{Entry, Fault, TitleSource};
use crate::json::{Json, Node};
use crate::terms::name_of_code;
use crate::text::{clean, humanise};

impl<'a> Reader<'_, 'a> {
    pub(super) fn leftover(&self, entry: &mut Entry) {
        for (name, node) in self.root.members() {
            if *name == "contained" {
                for resource in node.items() {
                    self.contained_leftover(resource, entry);
                }
            } else {
                self.element("", name, node, entry);
            }
        }
    }

    fn contained_leftover(&self, resource: &Node<'a>, entry: &mut Entry) {
        let resource_type = resource.peek("resourceType").unwrap_or("resource").to_owned();
        if let Some(named) = self.title_of_resource(resource) {
            push_detail(entry, "", "contained", DetailValue::Text(named.text));
            if let Some(detail) = entry.details.last_mut() {
                detail.name = Some(humanise(&resource_type));
            }
        }
        for (name, node) in resource.members() {
            if *name == "text" {
                // The narrative of a contained resource repeats what the resource says.
                node.mark_all();
                continue;
            }
            self.element(&resource_type, name, node, entry);
        }
    }

    /// One element under its name; `parent` is the element around it, empty at the top.
    fn element(&self, parent: &str, name: &str, node: &Node<'a>, entry: &mut Entry) {
        if !has_unread(node) || is_unseen(name) {
            return;
        }
        // A signature's bytes are for machines; who signed when is not.
        if matches!((parent, name), ("signature", "data")) {
            node.mark();
            return;
        }
        match &node.json {
            Json::Null => {}
            Json::Deep => push_detail(entry, parent, name, DetailValue::TooDeep),
            Json::Bool(_) | Json::Number(_) | Json::Text(_) => {
                node.mark();
                if let Some(value) = plain_value(name, node) {
                    let value = match value {
                        DetailValue::Text(code) if name == "criticality" => criticality(&code),
                        value => value,
                    };
                    push_detail(entry, parent, value_name(name), value);
                }
            }
            Json::List(items) => {
                if items.iter().all(|item| !item.is_object() && !matches!(item.json, Json::List(_))) {
                    let unread = items.iter().filter(|item| !item.is_marked());
                    let values = unread.filter_map(|item| plain_value(name, item)).collect();
                    node.mark_all();
                    if let Some(value) = DetailValue::with(values, Vec::new()) {
                        push_detail(entry, parent, value_name(name), value);
                    }
                } else {
                    for item in *items {
                        self.element(parent, name, item, entry);
                    }
                }
            }
            Json::Object(_) => self.object(parent, name, node, entry),
        }
    }

    fn object(&self, parent: &str, name: &str, node: &Node<'a>, entry: &mut Entry) {
        if name == "extension" || name == "modifierExtension" {
            self.extension(parent, node, entry);
            return;
        }
        if let Some(primitive) = name.strip_prefix('_') {
            // What was said about a value instead of the value.
            for extension in node.each("extension") {
                self.extension(primitive, extension, entry);
            }
            return;
        }
        let shape = Shape::of(node);
        if is_attachment(name, node, shape) {
            if let Some(file) = self.attachment(node, name) {
                entry.attachments.push(file);
            }
            self.extensions_of(name, node, entry);
            return;
        }
        // A name or address that was shown already: only what was said about it is new.
        let said = node.members().iter().all(|(inner, value)| {
            matches!(*inner, "period" | "extension" | "use") || inner.starts_with('_') || !has_unread(value)
        });
        if let Some(value) = (!said).then(|| self.shape_value(node, name, shape)).flatten() {
            push_detail(entry, parent, value_name(name), value);
            self.extensions_of(name, node, entry);
            // What the shape has beyond its words.
            for (inner, value) in node.members() {
                if *inner != "extension" {
                    self.element(value_name(name), inner, value, entry);
                }
            }
            return;
        }
        for (inner, value) in node.members() {
            self.element(name, inner, value, entry);
        }
    }

    fn extensions_of(&self, name: &str, node: &Node<'a>, entry: &mut Entry) {
        for extension in node.each("extension") {
            self.extension(name, extension, entry);
        }
        for (inner, value) in node.members() {
            if inner.starts_with('_') {
                self.element(name, inner, value, entry);
            }
        }
    }

    /// An extension under the last part of its address: `…/us-core-race` is "Race".
    fn extension(&self, parent: &str, node: &Node<'a>, entry: &mut Entry) {
        if !node.is_object() || !has_unread(node) {
            return;
        }
        let url = node.text("url").unwrap_or_default().to_owned();
        let last = url.trim_end_matches('/').rsplit(['/', '#', ':']).next().unwrap_or_default();
        if MACHINES.contains(&last) {
            node.mark_all();
            return;
        }
        if last == "translation" {
            // In which language it is said needs no saying.
            let lang = node.each("extension").filter(|part| part.peek("url") == Some("lang"));
            lang.for_each(Node::mark_all);
        }
        let mut name = last;
        for prefix in [
            "us-core-",
            "argo-",
            "patient-",
            "birthPlace-",
            "C4BB-",
            "condition-",
            "observation-",
            "iso21090-",
            "data-",
        ] {
            name = name.strip_prefix(prefix).unwrap_or(name);
        }
        name = name.strip_suffix("-extension").unwrap_or(name);
        // A column of a payer's table (CMS Blue Button) is called nothing that people say.
        if url.contains("bluebutton.cms.gov/resources/variables/") {
            name = "other";
        }
        let absent = last == "data-absent-reason";
        if node.each("extension").next().is_some() {
            let inner: Vec<&Node<'a>> = node.each("extension").collect();
            // The words of a complex extension stand in its part "text"; without one every part is shown.
            let words = inner.iter().find(|part| part.peek("url") == Some("text")).copied();
            if let Some(value) = words.and_then(|part| self.extension_value(part)) {
                push_detail(entry, "", name, value.clone());
                for part in inner.iter().filter(|part| part.peek("url") != Some("text")) {
                    if let Some(further) = self.extension_value(part).filter(|further| *further != value) {
                        push_detail(entry, "", name, further);
                    }
                }
            } else {
                for part in inner {
                    self.extension(name, part, entry);
                }
            }
            node.get("url").into_iter().for_each(Node::mark);
            return;
        }
        if absent {
            if let Some(value) = self.extension_value(node) {
                push_detail(entry, "", value_name(parent), DetailValue::bare_code(value.plain()));
            }
            return;
        }
        for (inner, value) in node.members() {
            if !inner.starts_with("value") {
                continue;
            }
            if value.is_object() && is_attachment(inner, value, Shape::of(value)) {
                entry.attachments.extend(self.attachment(value, "extension"));
            } else if let Some(value) = self.element_value(value, inner) {
                push_detail(entry, "", name, value);
            } else {
                self.element("", name, value, entry);
            }
        }
    }

    fn extension_value(&self, node: &Node<'a>) -> Option<DetailValue> {
        node.get("url").into_iter().for_each(Node::mark);
        node.members()
            .iter()
            .find(|(name, _)| name.starts_with("value"))
            .and_then(|(name, value)| self.element_value(value, name))
    }

    /// A concept's words, then in brackets what its displays say beyond them; its code where it has no words.
    pub(super) fn concept_value(&self, node: &Node<'_>) -> Option<DetailValue> {
        let concept = self.concept(node);
        let named = concept.named()?;
        let bare = matches!(named.source, TitleSource::Table | TitleSource::Code);
        let code = concept.codings.iter().find(|coding| {
            bare && !coding.code.is_empty() && concept.text.as_deref() == Some(&name_of_code(coding))
        });
        // A title is cut to be read at a glance, a detail is not.
        let text = named.as_sent.as_deref().map_or(named.text, clean);
        let mut beyond: Vec<String> = Vec::new();
        let lower = text.to_lowercase();
        for coding in &concept.codings {
            let Some(display) = coding.display.as_deref().filter(|display| *display != coding.code) else {
                continue;
            };
            let display = clean(display);
            let known = |said: &str| said.to_lowercase() == display.to_lowercase();
            if !display.is_empty()
                && !lower.contains(&display.to_lowercase())
                && !beyond.iter().any(|said| known(said))
            {
                beyond.push(display);
            }
        }
        if let Some(code) = code {
            let beyond = beyond.into_iter().map(DetailValue::Text).collect();
            return DetailValue::with(vec![DetailValue::Code(code.clone())], beyond);
        }
        Some(DetailValue::Text(if beyond.is_empty() {
            text
        } else {
            format!("{text} ({})", beyond.join(", "))
        }))
    }

    /// A datatype, recognised by its members; `None` for a structure that has to be taken apart.
    pub(super) fn element_value(&self, node: &Node<'_>, name: &str) -> Option<DetailValue> {
        if !node.is_object() {
            let value = plain_value(name, node)?;
            node.mark();
            return Some(value).filter(|value| !value.is_empty());
        }
        self.shape_value(node, name, Shape::of(node))
    }

    fn shape_value(&self, node: &Node<'_>, name: &str, shape: Shape) -> Option<DetailValue> {
        let words = |text: String| (!text.is_empty()).then_some(DetailValue::Text(text));
        let code = |member: &str| node.text(member).map(DetailValue::bare_code);
        if shape.0 & Shape::STRANGE != 0 && !node.has("origin") {
            return None;
        }
        let text_of = |member: &str| matches!(node.get(member).map(|value| &value.json), Some(Json::Text(_)));
        if shape.only(Shape::CONCEPT) && (node.has("coding") || text_of("text")) {
            return self.concept_value(node);
        }
        if shape.only(Shape::REFERENCE)
            && (text_of("reference") || text_of("display") || (node.has("identifier") && !node.has("type")))
        {
            let reference = self.reference(node)?;
            return match &reference.display {
                Some(display) if reference.reference.is_empty() => words(display.clone()),
                None if reference.reference.starts_with('#') => None,
                _ => Some(DetailValue::Reference(reference)),
            };
        }
        if shape.only(Shape::CODING) && (text_of("code") || text_of("display")) {
            return self.concept_value(node);
        }
        if shape.only(Shape::PERIOD) {
            let date = |member: &str| {
                let text = node.text(member).filter(|text| !text.is_empty())?;
                let date = FhirDate::parse(text);
                if date.is_none() {
                    self.problem(&format!("{name}.{member}"), Fault::DateInWords);
                }
                Some((text, date))
            };
            return match (date("start"), date("end")) {
                // What is no date is shown as it was sent.
                (Some((start, None)), None) => words(start.to_owned()),
                (None, Some((end, None))) => words(format!("\u{2013} {end}")),
                (Some((start, begins)), Some((end, ends))) if begins.is_none() || ends.is_none() => {
                    words(format!("{start} \u{2013} {end}"))
                }
                (None, None) => None,
                (start, end) => Some(DetailValue::Period {
                    start: start.and_then(|(_, date)| date),
                    end: end.and_then(|(_, date)| date),
                }),
            };
        }
        if shape.only(Shape::RANGE) {
            return Some(DetailValue::from(self.value_range(node, name))).filter(|range| !range.is_empty());
        }
        if shape.only(Shape::RATIO) {
            return Some(DetailValue::from(self.any_value(node, name)?)).filter(|ratio| !ratio.is_empty());
        }
        let contact = matches!(
            node.peek("system"),
            Some("phone" | "fax" | "email" | "pager" | "url" | "sms" | "other")
        );
        if shape.only(Shape::CONTACT) && contact {
            let text = node.text("value")?.to_owned();
            node.get("rank").into_iter().for_each(Node::mark);
            let about = code("system").into_iter().chain(code("use")).collect();
            return DetailValue::with(words(text).into_iter().collect(), about);
        }
        let number = matches!(node.get("value").map(|value| &value.json), Some(Json::Number(_)));
        if shape.only(Shape::QUANTITY)
            && (number || node.has("unit") || node.has("currency") || name.ends_with("Quantity"))
        {
            let quantity = DetailValue::Quantity(self.quantity(node, name)?);
            return Some(quantity).filter(|quantity| !quantity.is_empty());
        }
        if shape.only(Shape::IDENTIFIER) && node.has("value") {
            let value = node.text("value")?.to_owned();
            let mut about: Vec<DetailValue> = Vec::new();
            about.extend(node.get("type").and_then(|kind| self.concept_value(kind)));
            let assigner = node.get("assigner").and_then(|assigner| self.reference(assigner));
            about.extend(assigner.and_then(|assigner| assigner.display).map(DetailValue::Text));
            node.get("use").into_iter().for_each(Node::mark);
            node.get("system").into_iter().for_each(Node::mark);
            return DetailValue::with(words(value).into_iter().collect(), about);
        }
        if shape.only(Shape::NAME)
            && (node.has("family") || node.has("given") || name == "name" && text_of("text"))
        {
            return words(full_name(node)?);
        }
        if shape.only(Shape::ADDRESS)
            && ["line", "city", "state", "postalCode", "country"].iter().any(|part| node.has(part))
        {
            return address(node);
        }
        if shape.only(Shape::ANNOTATION) && text_of("text") {
            let Note { text, author, time } = self.annotation(node)?;
            let about = author.map(DetailValue::Text).into_iter().chain(time.map(|time| *time)).collect();
            return DetailValue::with(words(text).into_iter().collect(), about);
        }
        if shape.only(Shape::TIMING) && (node.has("repeat") || node.has("event")) {
            return Some(DetailValue::Timing(Box::new(self.timing(node)?)));
        }
        if shape.only(Shape::NARRATIVE) && text_of("div") {
            let text = strip(node.text("div")?);
            node.get("status").into_iter().for_each(Node::mark);
            return words(text);
        }
        if node.has("origin") && node.has("dimensions") {
            return words(node.text("data")?.to_owned());
        }
        None
    }
}

/// Which members an object has, as a set: a datatype is recognised by having no others than its own.
#[derive(Clone, Copy)]
struct Shape(u64);

/// Members of the datatypes that are shown in one piece, the commonest first.
const MEMBERS: [&str; 45] = [
    "system",
    "code",
    "value",
    "coding",
    "reference",
    "display",
    "text",
    "url",
    "unit",
    "start",
    "end",
    "use",
    "type",
    "identifier",
    "version",
    "userSelected",
    "low",
    "high",
    "numerator",
    "denominator",
    "rank",
    "period",
    "units",
    "comparator",
    "currency",
    "assigner",
    "family",
    "given",
    "prefix",
    "suffix",
    "line",
    "city",
    "district",
    "state",
    "postalCode",
    "country",
    "time",
    "author",
    "repeat",
    "event",
    "status",
    "div",
    "contentType",
    "data",
    "title",
];

impl Shape {
    /// A member that belongs to no datatype shown in one piece.
    const STRANGE: u64 = 1 << 63;

    const CONCEPT: Shape = Shape::with(&["coding", "text"]);
    const REFERENCE: Shape = Shape::with(&["reference", "display", "identifier", "type"]);
    const CODING: Shape = Shape::with(&["system", "version", "code", "display", "userSelected"]);
    const PERIOD: Shape = Shape::with(&["start", "end"]);
    const RANGE: Shape = Shape::with(&["low", "high"]);
    const RATIO: Shape = Shape::with(&["numerator", "denominator"]);
    const CONTACT: Shape = Shape::with(&["system", "value", "use", "rank", "period"]);
    const QUANTITY: Shape =
        Shape::with(&["value", "unit", "units", "code", "system", "comparator", "currency"]);
    const IDENTIFIER: Shape = Shape::with(&["use", "type", "system", "value", "period", "assigner"]);
    const NAME: Shape = Shape::with(&["use", "text", "family", "given", "prefix", "suffix", "period"]);
    const ADDRESS: Shape = Shape::with(&[
        "use",
        "type",
        "text",
        "line",
        "city",
        "district",
        "state",
        "postalCode",
        "country",
        "period",
    ]);
    const ANNOTATION: Shape = Shape::with(&["text", "time", "author"]);
    const TIMING: Shape = Shape::with(&["repeat", "event", "code"]);
    const NARRATIVE: Shape = Shape::with(&["status", "div"]);
    const ATTACHMENT: Shape = Shape::with(&["contentType", "data", "url", "title"]);

    fn of(node: &Node<'_>) -> Shape {
        Shape(node.members().iter().fold(0, |set, (name, _)| set | Self::bit(name)))
    }

    fn bit(name: &str) -> u64 {
        // The choice of an annotation's author, and what an attachment says about its bytes.
        let name = match name {
            "extension" | "id" => return 0,
            "authorString" | "authorReference" => "author",
            "language" | "size" | "hash" | "creation" => "data",
            name if name.starts_with('_') => return 0,
            name => name,
        };
        MEMBERS.iter().position(|member| *member == name).map_or(Self::STRANGE, |at| 1 << at)
    }

    /// Put together by the compiler, which refuses a name that is no member.
    const fn with(names: &[&str]) -> Shape {
        const fn same(a: &[u8], b: &[u8]) -> bool {
            let mut at = 0;
            while at < a.len() && at < b.len() && a[at] == b[at] {
                at += 1;
            }
            at == a.len() && at == b.len()
        }
        let (mut set, mut at) = (0, 0);
        while at < names.len() {
            let mut member = 0;
            while !same(names[at].as_bytes(), MEMBERS[member].as_bytes()) {
                member += 1;
            }
            set |= 1 << member;
            at += 1;
        }
        Shape(set)
    }

    const fn only(self, allowed: Shape) -> bool {
        self.0 & !allowed.0 == 0
    }
}

fn is_attachment(name: &str, node: &Node<'_>, shape: Shape) -> bool {
    // An address alone may be anything, unless it stands where a file belongs.
    let belongs = || name.ends_with("ttachment") || matches!(name, "presentedForm" | "photo");
    shape.only(Shape::ATTACHMENT)
        && (node.has("contentType")
            || node.has("data")
            || (node.has("url") && (node.has("title") || belongs())))
}

/// One postal address on one line: the sender's text, else the parts.
fn address(node: &Node<'_>) -> Option<DetailValue> {
    node.get("type").into_iter().for_each(Node::mark);
    let used = node.text("use").map(DetailValue::bare_code);
    let written = node.text("text").map(ToOwned::to_owned);
    let mut parts: Vec<String> = Vec::new();
    for line in node.all("line") {
        parts.extend(line.scalar().map(ToOwned::to_owned));
        line.mark();
    }
    for part in ["city", "district"] {
        parts.extend(node.text(part).map(ToOwned::to_owned));
    }
    let region =
        ["state", "postalCode"].iter().filter_map(|part| node.text(part)).collect::<Vec<_>>().join(" ");
    parts.extend((!region.is_empty()).then_some(region));
    parts.extend(node.text("country").map(ToOwned::to_owned));
    let text = match written {
        Some(text) => {
            parts.retain(|part| !text.contains(part.as_str()));
            if parts.is_empty() { text } else { format!("{text} ({})", parts.join(", ")) }
        }
        None => parts.join(", "),
    };
    if text.is_empty() {
        return None;
    }
    DetailValue::with(vec![DetailValue::Text(text)], used.into_iter().collect())
}

/// Extensions that only lead a machine from an element to its place in the narrative.
const MACHINES: &[&str] = &["narrativeLink"];

/// Some leaf in here was used by nobody, and is not for machines alone.
fn has_unread(node: &Node<'_>) -> bool {
    match &node.json {
        Json::Null => false,
        Json::List(items) => items.iter().any(has_unread),
        Json::Object(_) => node.members().iter().any(|(name, value)| has_unread(value) && !is_unseen(name)),
        Json::Text(text) => !node.is_marked() && !text.trim().is_empty(),
        _ => !node.is_marked(),
    }
}

fn plain_value(name: &str, node: &Node<'_>) -> Option<DetailValue> {
    match &node.json {
        Json::Bool(yes) => Some(DetailValue::Bool(*yes)),
        Json::Text(_) if holds_date(name) => node.scalar().map(|text| DetailValue::of_text(text.to_owned())),
        _ => node.scalar().map(|text| DetailValue::Text(text.to_owned())),
    }
}

/// Whether an element holds dates, by how the releases name those that do: `authoredOn`, `valueDateTime`, `whenPrepared`.
/// In any other one, a lot number that looks like a date is a lot number.
fn holds_date(name: &str) -> bool {
    let last = name.rfind(|c: char| c.is_ascii_uppercase()).map_or(name, |at| &name[at..]);
    name.starts_with("date")
        || name.starts_with("when")
        || DATED.iter().any(|dated| dated.eq_ignore_ascii_case(last))
}

/// The last words of such names.
const DATED: &[&str] = &[
    "authored",
    "born",
    "collected",
    "created",
    "creation",
    "date",
    "deceased",
    "detected",
    "end",
    "ended",
    "expiry",
    "indexed",
    "instant",
    "issued",
    "occurrence",
    "on",
    "onset",
    "published",
    "received",
    "recorded",
    "sent",
    "served",
    "start",
    "started",
    "time",
    "timestamp",
    "updated",
];

/// DSTU2's codes for how dangerous an allergy may be, as the later releases write them.
fn criticality(code: &str) -> DetailValue {
    DetailValue::bare_code(match code {
        "CRITL" => "low",
        "CRITH" => "high",
        "CRITU" => "unable-to-assess",
        other => other,
    })
}

/// Elements with a choice of types; the type is no part of their name.
const CHOICES: &[&str] = &[
    "abatement",
    "additive",
    "age",
    "allowed",
    "answer",
    "asNeeded",
    "author",
    "born",
    "collected",
    "content",
    "created",
    "deceased",
    "defaultValue",
    "detail",
    "diagnosis",
    "dose",
    "doseNumber",
    "due",
    "effective",
    "entity",
    "event",
    "fastingStatus",
    "identified",
    "indicator",
    "item",
    "location",
    "medication",
    "module",
    "multipleBirth",
    "name",
    "occurred",
    "occurrence",
    "onset",
    "orderedItem",
    "performed",
    "probability",
    "procedure",
    "product",
    "quantity",
    "rate",
    "reason",
    "reasonForUse",
    "reasonNotPerformed",
    "reported",
    "role",
    "scheduled",
    "series",
    "seriesDoses",
    "serviced",
    "site",
    "source",
    "statusReason",
    "subject",
    "target",
    "time",
    "timing",
    "topic",
    "used",
    "value",
    "when",
    "who",
];

const TYPES: &[&str] = &[
    "DateTime",
    "Date",
    "Instant",
    "Time",
    "Period",
    "Timing",
    "Age",
    "Range",
    "Ratio",
    "String",
    "Boolean",
    "Integer",
    "PositiveInt",
    "UnsignedInt",
    "Decimal",
    "Quantity",
    "Duration",
    "Money",
    "CodeableConcept",
    "Coding",
    "Code",
    "Reference",
    "Identifier",
    "Uri",
    "Url",
    "Canonical",
    "Markdown",
    "Annotation",
    "Address",
    "SampledData",
    "Attachment",
    "HumanName",
    "ContactPoint",
];

/// Elements that later releases renamed: one label for one thing.
const RENAMED: &[(&str, &str)] = &[
    ("assertedDate", "recordedDate"),
    ("codedDiagnosis", "conclusionCode"),
    ("dateRecorded", "recordedDate"),
    ("indication", "reason"),
    ("lastOccurence", "lastOccurrence"),
    ("reasonForUse", "reason"),
    ("vaccinationProtocol", "protocolApplied"),
];

/// `onsetDateTime` as `onset`, and the element's name in R4.
pub(super) fn value_name(name: &str) -> &str {
    // A choice's type begins with a capital.
    if name.bytes().all(|byte| !byte.is_ascii_uppercase()) && name != "indication" {
        return name;
    }
    let base = TYPES
        .iter()
        .find_map(|kind| name.strip_suffix(kind).filter(|base| CHOICES.contains(base)))
        .unwrap_or(name);
    RENAMED.iter().find(|(old, _)| *old == base).map_or(base, |(_, new)| new)
}
