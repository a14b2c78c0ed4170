//! Titles: never blank, never a raw id.

use std::borrow::Cow;

use wholechart_html::strip;

use super::Reader;
use super::elements::{ANY_TITLE, Plan, plan_of, words};
use crate::datatype::{Coding, Reference};
use crate::entry::{Kind, TitleSource};
use crate::json::Node;
use crate::system::{LOINC, canonical_system, is_null_flavor};
use crate::terms::{ENCOUNTER_CLASS, TestClass, code_text, is_word, name_of_code, term, test_class};
use crate::text::{clean, humanise};

/// A title with its source.
pub(super) struct Named {
    pub(super) text: String,
    pub(super) source: TitleSource,
    /// Before cleaning, when cleaning changed it.
    pub(super) as_sent: Option<String>,
    /// A code that is no word, of a system without a name: it may look like an id, and says more.
    bare_code: bool,
}

impl Named {
    /// Cleans; none when nothing is left.
    pub(super) fn new(sent: &str, source: TitleSource) -> Option<Named> {
        let mut text = clean(sent);
        // The first line of a narrative is no name. What somebody calls a thing is said whole: "… but tolerates" may come last.
        shorten(&mut text, if source == TitleSource::Narrative { GLANCE } else { WHOLE });
        if is_nothing(&text) {
            return None;
        }
        let as_sent = (text != sent.trim()).then(|| sent.to_owned());
        let bare_code = source == TitleSource::Code && !is_word(&text);
        Some(Named { text, source, as_sent, bare_code })
    }
}

/// The words of a concept: `text`, the display the user chose, the display in a preferred system, any display, our
/// own table, the code with its system's name.
pub(super) fn name_of(
    text: Option<&str>,
    codings: &[Coding],
    chosen: Option<usize>,
    preferred: &[&str],
) -> Option<(String, TitleSource)> {
    // A display that repeats the code says nothing.
    fn says(coding: &Coding) -> Option<&str> {
        coding.display.as_deref().filter(|display| *display != coding.code)
    }
    let bare = text.is_some_and(|text| {
        is_nothing(text) || is_column_name(text) || codings.iter().any(|coding| coding.code == text)
    });
    if let Some(text) = text.filter(|_| !bare) {
        let plain = Some(text).filter(|text| is_local_abbreviation(text)).and_then(|_| plain_name(codings));
        let plain = plain.or_else(|| test_name(text, codings));
        return Some(plain.unwrap_or_else(|| (text.to_owned(), TitleSource::Text)));
    }
    let real = || codings.iter().filter(|coding| !is_null_flavor(&coding.system));
    let display = chosen
        .and_then(|index| codings.get(index))
        .and_then(says)
        .or_else(|| {
            preferred
                .iter()
                .find_map(|system| real().filter(|coding| coding.system == *system).find_map(says))
        })
        .or_else(|| real().find_map(says));
    if let Some(display) = display {
        return Some((display.to_owned(), TitleSource::Display));
    }
    if let Some(name) = real().find_map(|coding| term(&coding.system, &coding.code)) {
        return Some((name.to_owned(), TitleSource::Table));
    }
    let coded =
        real().find(|coding| !coding.code.is_empty()).map(|coding| (code_text(coding), TitleSource::Code));
    // "Unknown" in place of a code is still an answer.
    coded.or_else(|| {
        let nothing = codings.iter().find(|coding| coding.display.is_some() || !coding.code.is_empty())?;
        Some(match &nothing.display {
            Some(display) => (display.clone(), TitleSource::Display),
            None => (name_of_code(nothing), TitleSource::Code),
        })
    })
}

/// What a laboratory's computer calls a test: `A_BP`, `A_Pulse`, `RADRPT` (Soarian's exports). `SPIROMETRY` is a word.
fn is_local_abbreviation(text: &str) -> bool {
    const UNSPOKEN: usize = 4;
    let capitals = || text.chars().filter(|c| c.is_uppercase()).count();
    let unspoken = || {
        let runs = text.split(|c: char| "AEIOUY".contains(c) || !c.is_ascii_uppercase());
        text.chars().any(|c| c.is_ascii_digit()) || runs.map(str::len).max().unwrap_or(0) >= UNSPOKEN
    };
    !text.contains(char::is_whitespace)
        && (text.contains('_') || !text.chars().any(char::is_lowercase) && capitals() >= 5 && unspoken())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// How much, in what form and how often, and of nothing: `5 mg`, `1 tab po qhs`, `25 mg-100 mg`.
fn is_amount(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "a", "and", "as", "at", "bedtime", "bid", "by", "cap", "caps", "capsule", "capsules", "daily", "day",
        "days", "dose", "drop", "drops", "each", "every", "food", "for", "g", "gm", "h", "hour", "hours",
        "hs", "in", "inhale", "inject", "iu", "mcg", "meq", "mg", "ml", "morning", "mouth", "needed",
        "night", "nightly", "of", "once", "one", "oral", "orally", "per", "po", "prn", "puff", "puffs", "q",
        "qam", "qd", "qday", "qhs", "qid", "qod", "qpm", "sig", "tab", "tablet", "tablets", "tabs", "take",
        "the", "three", "tid", "time", "times", "twice", "two", "u", "ug", "unit", "units", "weekly", "with",
        "x",
    ];
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    text.chars().any(|c| c.is_ascii_digit())
        && words.clone().next().is_some()
        && words.all(|word| WORDS.contains(&word))
}

/// An [amount](is_amount) that says which of several products it is, and not how it is taken: `25 mcg tab`.
fn is_strength(text: &str) -> bool {
    const UNITS: &[&str] = &["g", "gm", "iu", "mcg", "meq", "mg", "ml", "ug", "unit", "units"];
    const FORMS: &[&str] =
        &["cap", "caps", "capsule", "capsules", "oral", "tab", "tablet", "tablets", "tabs"];
    let lower = text.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let mut known = words().map(|word| UNITS.contains(&word) || FORMS.contains(&word));
    lower.starts_with(|c: char| c.is_ascii_digit())
        && known.all(|known| known)
        && words().any(|word| UNITS.contains(&word))
}

/// The name of a medicine without any figure.
fn names_no_amount(named: &Named) -> bool {
    matches!(
        named.source,
        TitleSource::Display | TitleSource::Table | TitleSource::Reference | TitleSource::Text
    ) && !named.text.chars().any(|c| c.is_ascii_digit())
}

/// `levothyroxine 25 mcg tab`: what it is, as its code is called, and how much, as the sender wrote in the place of its name.
fn with_amount(named: Named, amount: &str) -> Named {
    Named { text: format!("{} {amount}", named.text), source: TitleSource::Text, ..named }
}

/// `DX_DESCRIPTION`: what a table calls its column.
fn is_column_name(text: &str) -> bool {
    const COLUMNS: &[&str] =
        &["CODE", "DESC", "DESCRIPTION", "DISPLAY", "LABEL", "NAME", "TEXT", "TITLE", "VALUE"];
    let parts = || text.trim().split('_');
    text.contains('_')
        && parts().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase()))
        && parts().next_back().is_some_and(|last| COLUMNS.contains(&last))
}

/// Our own name of a test that a laboratory calls by a shorthand: `K+ SERPL QN`, `PLT CT`, `HGB`.
fn test_name(text: &str, codings: &[Coding]) -> Option<(String, TitleSource)> {
    const SHORT: usize = 5;
    let shorthand = text.chars().any(char::is_uppercase)
        && !text.chars().any(char::is_lowercase)
        && text.split(|c: char| !c.is_alphabetic()).all(|word| word.len() <= SHORT);
    if !shorthand {
        return None;
    }
    let mut tests = codings.iter().filter(|coding| {
        coding.system == LOINC
            && matches!(test_class(&coding.code), Some(TestClass::Laboratory | TestClass::Vital))
    });
    let name = tests.find_map(|coding| term(&coding.system, &coding.code))?;
    // "TSH" is what people call it too, and one of a panel is not the panel.
    let has =
        |name: &str| name.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case(text));
    let panel = name.to_lowercase().contains("panel");
    (!has(name) && !panel).then(|| (name.to_owned(), TitleSource::Table))
}

/// The name of a LOINC code: ours, else its own display.
fn plain_name(codings: &[Coding]) -> Option<(String, TitleSource)> {
    let loinc = || codings.iter().filter(|coding| coding.system == LOINC);
    let ours = loinc().find_map(|coding| term(&coding.system, &coding.code));
    ours.map(|name| (name.to_owned(), TitleSource::Table)).or_else(|| {
        let display =
            loinc().find_map(|coding| coding.display.as_deref().filter(|said| *said != coding.code))?;
        (!is_local_abbreviation(display)).then(|| (display.to_owned(), TitleSource::Display))
    })
}

/// Without a letter or figure, or what programs write where they have nothing to say.
fn is_nothing(text: &str) -> bool {
    let said = text.trim();
    ["null", "(null)", "undefined", "n/a"].iter().any(|word| said.eq_ignore_ascii_case(word))
        || !text.chars().any(char::is_alphanumeric)
}

impl<'a> Reader<'_, 'a> {
    /// The title of the resource.
    pub(super) fn title(&self, resource_type: &str, id: Option<&str>) -> Named {
        let is_id = |text: &str| {
            let same = |other: &str| other.eq_ignore_ascii_case(text);
            looks_like_id(text)
                || id.is_some_and(same)
                || self.root.all("identifier.value").into_iter().filter_map(Node::scalar).any(same)
        };
        // What every plan of a category is called gives way to what one is called.
        let any_plan = |named: &Named| self.plan.kind == Kind::CarePlan && named.source == TitleSource::Table;
        let mut weak = None;
        let mut called_like_id = None;
        let mut chosen = None;
        let mut amount = None;
        let mut tried = 0;
        self.candidates(self.root, self.plan, resource_type, &mut |named, node| {
            tried += 1;
            if is_id(&named.text) && !named.bare_code {
                // Whoever calls a record "gout" may well write that it is gout: better than no name at all.
                let said = matches!(named.source, TitleSource::Text | TitleSource::Display);
                if said && is_word(&named.text) {
                    called_like_id.get_or_insert((Named { text: humanise(&named.text), ..named }, node));
                }
                return false;
            }
            // How much of it is no name.
            let medicine = self.plan.kind == Kind::Medicine || resource_type == "Medication";
            if medicine && is_amount(&named.text) {
                if is_strength(&named.text) {
                    amount.get_or_insert((named.text.clone(), node));
                }
                weak.get_or_insert((named, node));
                return false;
            }
            // A bare code and a file's name give way to another element's words.
            if named.source == TitleSource::Code
                || is_file_name(&named.text)
                || is_any_file(&named.text)
                || any_plan(&named)
            {
                weak.get_or_insert((named, node));
                return false;
            }
            chosen = Some((named, node));
            true
        });
        let first = matches!(&chosen, Some((_, Some(_)))) && tried == 1;
        if !first {
            // What was tried and not taken has not been read.
            self.root.unmark_all();
        }
        if let Some((named, node)) = chosen.or(weak).or(called_like_id) {
            if let Some(node) = node.filter(|_| !first) {
                self.named_node(node);
            }
            let named = self.with_cause(resource_type, named);
            return self.without_charge_mark(match amount {
                Some((amount, of)) if names_no_amount(&named) => {
                    if let Some(node) = of {
                        self.named_node(node);
                    }
                    with_amount(named, &amount)
                }
                _ => named,
            });
        }
        if let Some(named) = self.narrative_title(is_id) {
            return named;
        }
        Named { text: String::new(), source: TitleSource::Unnamed, as_sent: None, bare_code: false }
    }

    /// `Anaphylaxis (ceftriaxone)`: what happened to somebody is half told without what is thought to have brought it about.
    fn with_cause(&self, resource_type: &str, named: Named) -> Named {
        if resource_type != "AdverseEvent" {
            return named;
        }
        let suspects = self.root.all("suspectEntity");
        let causes: Vec<String> = suspects
            .into_iter()
            .filter_map(|suspect| {
                ["instanceCodeableConcept", "instanceReference", "instance"]
                    .iter()
                    .find_map(|path| self.named_node(suspect.first(path)?))
            })
            .map(|cause| cause.text)
            .filter(|cause| !named.text.to_lowercase().contains(&cause.to_lowercase()))
            .collect();
        if causes.is_empty() {
            return named;
        }
        Named { text: format!("{} ({})", named.text, causes.join(", ")), ..named }
    }

    /// `PR COLONOSCOPY W/BIOPSY`: what a hospital's list of charges writes before a procedure (Epic).
    fn without_charge_mark(&self, mut named: Named) -> Named {
        let charged = self.plan.kind == Kind::Procedure && !named.text.chars().any(char::is_lowercase);
        if let Some(name) = named.text.strip_prefix("PR ").filter(|name| charged && name.len() > 3) {
            let sent = named.text.clone();
            named.text = name.to_owned();
            named.as_sent.get_or_insert(sent);
        }
        named
    }

    /// The title of a contained resource; none when it says nothing.
    pub(super) fn title_of_resource(&self, resource: &Node<'a>) -> Option<Named> {
        // Contained resources may point to each other, in a circle too.
        const DEEPEST: u8 = 3;
        let resource_type = resource.peek("resourceType")?;
        let depth = self.contained_depth.get();
        if depth == DEEPEST {
            return None;
        }
        self.contained_depth.set(depth + 1);
        let id = resource.peek("id");
        let mut chosen = None;
        self.candidates(resource, plan_of(resource_type), resource_type, &mut |named, _| {
            let is_id = Some(named.text.as_str()) == id || looks_like_id(&named.text);
            if is_id && !named.bare_code || resource_type == "Medication" && is_amount(&named.text) {
                return false;
            }
            chosen = Some(named);
            true
        });
        self.contained_depth.set(depth);
        chosen
    }

    /// Offers what may be the title, best first, with the element it came from where that is a single one, until
    /// one is taken.
    fn candidates<'n>(
        &self,
        resource: &'n Node<'a>,
        plan: &Plan,
        resource_type: &str,
        take: &mut dyn FnMut(Named, Option<&'n Node<'a>>) -> bool,
    ) {
        let named = match resource_type {
            "FamilyMemberHistory" => self.relative(resource),
            "Patient" | "Practitioner" | "Person" | "RelatedPerson" => {
                let names = resource.all("name");
                person_name(&names).and_then(|name| Named::new(&name, TitleSource::Text))
            }
            _ => None,
        };
        if named.is_some_and(|named| take(named, None)) {
            return;
        }
        for path in words(plan.titles) {
            if path.contains("ingredient") {
                // All of a mixture, with how much of each.
                if self.mixture(resource).is_some_and(|named| take(named, None)) {
                    return;
                }
                continue;
            }
            if self.candidates_at(resource, path, plan, take) {
                return;
            }
        }
        if resource_type == "Encounter" {
            let class = resource.first("class").and_then(|class| {
                let concept = self.concept(class);
                let code =
                    concept.codings.first().map(|coding| coding.code.as_str()).or(concept.text.as_deref())?;
                match term(ENCOUNTER_CLASS, code) {
                    Some(name) => Named::new(name, TitleSource::Table),
                    None => concept.named(),
                }
            });
            if class.is_some_and(|named| take(named, None))
                || self.candidates_at(resource, "location.location", plan, take)
            {
                return;
            }
        }
        if resource_type == "QuestionnaireResponse"
            && let Some(canonical) = resource.peek("questionnaire")
        {
            let last = canonical.split('|').next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
            if last.chars().any(char::is_alphabetic)
                && !looks_like_id(last)
                && Named::new(&humanise(last), TitleSource::Reference).is_some_and(|named| take(named, None))
            {
                return;
            }
        }
        // What these are called stands in an element of their own or nowhere: a medicine is not its category, a team not
        // its reason.
        let own_only = matches!(
            plan.kind,
            Kind::Medicine | Kind::Vaccine | Kind::Allergy | Kind::Problem | Kind::CarePlan | Kind::CareTeam
        );
        if own_only || resource_type == "Binary" {
            return;
        }
        for path in words(ANY_TITLE) {
            if !words(plan.titles).any(|own| own == path) && self.candidates_at(resource, path, plan, take) {
                return;
            }
        }
    }

    /// The candidates of one path, up to the first that is more than a code.
    fn candidates_at<'n>(
        &self,
        resource: &'n Node<'a>,
        path: &str,
        plan: &Plan,
        take: &mut dyn FnMut(Named, Option<&'n Node<'a>>) -> bool,
    ) -> bool {
        for node in resource.all(path) {
            let Some(mut named) = self.named_node(node) else { continue };
            // DSTU2's claims have a code of FHIR's own where the later releases have a concept.
            if plan.kind == Kind::Claim
                && !node.is_object()
                && is_word(&named.text)
                && !named.text.contains(' ')
            {
                named.text = humanise(&named.text);
                named.source = TitleSource::Code;
            }
            let source = named.source;
            if take(named, Some(node)) {
                return true;
            }
            if source == TitleSource::Text && node.is_object() {
                // The words may turn out to be the id; then a display is next.
                let display = name_of(None, &self.concept(node).codings, None, plan.preferred);
                let named = display.and_then(|(text, source)| Named::new(&text, source));
                if named.is_some_and(|named| take(named, Some(node))) {
                    return true;
                }
            }
            let any_plan = plan.kind == Kind::CarePlan && source == TitleSource::Table;
            if source != TitleSource::Code && !any_plan {
                break;
            }
        }
        false
    }

    /// Whatever stands at a title path: a text, a concept, a name, a reference, an attachment.
    fn named_node(&self, node: &Node<'a>) -> Option<Named> {
        if !node.is_object() {
            if matches!(node.json, crate::json::Json::Bool(_)) {
                return None;
            }
            let text = node.scalar()?;
            // A figure is no title.
            if text.parse::<f64>().is_ok() {
                return None;
            }
            let named = Named::new(text, TitleSource::Text)?;
            node.mark();
            return Some(named);
        }
        if node.has("family") || node.has("given") {
            return person_name(&[node]).and_then(|name| Named::new(&name, TitleSource::Text));
        }
        let is_concept = node.has("coding") || node.has("text") || node.has("code");
        if !is_concept && (node.has("reference") || node.has("display")) {
            // A reference without a display and a contained target has no name of its own.
            if !node.has("display")
                && node.peek("reference").is_none_or(|reference| self.contained(reference).is_none())
            {
                return None;
            }
            let reference = self.reference(node)?;
            let named = Named::new(&reference.display?, TitleSource::Reference)?;
            let target = self.contained(&reference.reference).filter(|_| !node.has("display"));
            let bare_code =
                target.and_then(|target| self.title_of_resource(target)).is_some_and(|title| title.bare_code);
            return Some(Named { bare_code, ..named });
        }
        let concept = self.concept(node);
        concept.named()
    }

    /// `Amoxicillin 250 mg/5 mL / Clavulanate 62.5 mg/5 mL oral suspension`: what a medicine without a name is made of.
    fn mixture(&self, resource: &Node<'a>) -> Option<Named> {
        let mut parts: Vec<String> = Vec::new();
        let ingredients = resource.all("ingredient").into_iter().chain(resource.all("product.ingredient"));
        for ingredient in ingredients {
            let item = ["itemCodeableConcept", "itemReference", "item"];
            let Some(named) = item.iter().find_map(|name| self.named_node(ingredient.first(name)?)) else {
                continue;
            };
            let strength = ["strength", "strengthRatio", "amount"]
                .iter()
                .find_map(|name| strength(ingredient.first(name)?));
            parts.push(match strength {
                Some(strength) => format!("{} {strength}", named.text),
                None => named.text,
            });
        }
        if parts.is_empty() {
            return None;
        }
        let mut text = parts.join(" / ");
        let form = resource.first("form").or_else(|| resource.first("product.form"));
        if let Some(form) = form.and_then(|form| form.peek("text").or_else(|| form.peek("coding.display"))) {
            text = format!("{text} {form}");
        }
        Named::new(&text, TitleSource::Text)
    }

    /// `Father: Diabetes, Stroke`.
    fn relative(&self, resource: &Node<'a>) -> Option<Named> {
        let who = resource
            .first("relationship")
            .and_then(|node| self.named_node(node))
            .or_else(|| resource.first("name").and_then(|node| self.named_node(node)))?;
        let what: Vec<String> = resource
            .all("condition.code")
            .into_iter()
            .filter_map(|node| self.named_node(node))
            .map(|named| named.text)
            .collect();
        if what.is_empty() {
            return Some(who);
        }
        Named::new(&format!("{}: {}", who.text, what.join(", ")), who.source)
    }

    fn narrative_title(&self, is_id: impl Fn(&str) -> bool) -> Option<Named> {
        let html = self.root.peek("text.div")?;
        // The heads of a table's columns say nothing about what is in it.
        let html = match (html.find("<thead"), html.find("</thead>")) {
            (Some(head), Some(end)) if head < end => Cow::Owned(format!("{}{}", &html[..head], &html[end..])),
            _ => Cow::Borrowed(html),
        };
        let text = strip(&html);
        let generated = text.contains("Generated Narrative");
        let line = text
            .lines()
            .map(str::trim)
            .filter_map(|line| own_words(line, generated))
            .find(|line| line.chars().filter(|c| c.is_alphabetic()).count() > 2 && !is_id(line))?;
        Named::new(line, TitleSource::Narrative)
    }

    /// The codes of the thing itself (a contained medicine's too), and the reference the entry could take its title from.
    ///
    /// Only elements that hold the code of the thing are asked. A category, a class, a scope, a reason or one item of
    /// several is another concept, and two things that share it are still two.
    pub(super) fn main_codes(&self, title: &Named) -> (Vec<Coding>, Option<Reference>) {
        let said = [title.text.as_str(), title.as_sent.as_deref().unwrap_or_default()];
        for path in words(self.plan.codes) {
            let mut codings = Vec::new();
            let nodes: Vec<&Node<'a>> =
                self.root.all(path).into_iter().filter(|node| node.is_object()).collect();
            // The first of several items is not the whole.
            if path.contains('.') && nodes.len() > 1 {
                continue;
            }
            for node in nodes {
                if node.has("reference") {
                    let Some(reference) = self.reference(node) else { continue };
                    match self.contained(&reference.reference) {
                        Some(target) => codings.extend(self.codes_of_resource(target)),
                        None if self.plan.kind == Kind::Medicine || reference.display.is_none() => {
                            return (codings, Some(reference));
                        }
                        None => {}
                    }
                } else if node.has("coding") || node.has("code") {
                    codings.extend(self.concept(node).codings);
                    leave_unsaid(node, &said);
                }
                // Encounter.type and the like repeat; the first concept is the main one.
                if !codings.is_empty() {
                    return (codings, None);
                }
            }
        }
        let mut pointed = None;
        for node in words(self.plan.titles)
            .filter(|path| !words(self.plan.codes).any(|own| own == *path))
            .flat_map(|path| self.root.all(path))
            .filter(|node| node.is_object())
        {
            if node.has("coding") || node.has("text") {
                leave_unsaid(node, &said);
            } else if pointed.is_none() && node.has("reference") && !node.has("display") {
                pointed = self.reference(node).filter(|reference| reference.display.is_none());
            }
        }
        (Vec::new(), pointed)
    }

    /// The codes of a contained resource.
    fn codes_of_resource(&self, resource: &Node<'a>) -> Vec<Coding> {
        let plan = plan_of(resource.peek("resourceType").unwrap_or_default());
        words(plan.codes)
            .filter_map(|path| resource.first(path))
            .map(|code| self.concept(code).codings)
            .find(|codings| !codings.is_empty())
            .unwrap_or_default()
    }

    /// The code that the title is a name of, where that is none of the codes of the thing. Nothing is marked.
    pub(super) fn title_code(&self, title: &Named, codes: &[Coding]) -> Option<Box<Coding>> {
        // A relative's title begins with it: "Mother: Asthma".
        let names = |coding: &Coding| {
            let after = title.text.strip_prefix(name_of_code(coding).as_str());
            after.is_some_and(|after| after.is_empty() || after.starts_with(": "))
        };
        if !matches!(title.source, TitleSource::Table | TitleSource::Code) || codes.iter().any(names) {
            return None;
        }
        let read = |coding: &Node<'_>| {
            let code = coding.scalar().or_else(|| coding.peek("code"))?.to_owned();
            let system = coding.peek("system").map(canonical_system).unwrap_or_default();
            Some(Coding { system, code, display: None })
        };
        let class = |coding: &Coding| Coding { system: ENCOUNTER_CLASS.to_owned(), ..coding.clone() };
        let paths = words(self.plan.titles).chain(words(ANY_TITLE)).chain(["class"]);
        let mut codings = paths.flat_map(|path| self.root.all(path)).flat_map(|node| {
            let inner = node.each("coding").filter_map(read);
            read(node).into_iter().chain(inner).collect::<Vec<_>>()
        });
        codings
            .find_map(|coding| {
                let class = class(&coding);
                if names(&coding) { Some(coding) } else { Some(class).filter(names) }
            })
            .map(Box::new)
    }
}

/// Takes the mark off a concept's own words where nothing that is shown says them.
pub(super) fn leave_unsaid(concept: &Node<'_>, said: &[&str]) {
    let Some(node) = concept.get("text") else { return };
    let Some(text) = node.scalar() else { return };
    if !said.iter().any(|said| said.eq_ignore_ascii_case(text)) {
        node.unmark_all();
    }
}

/// `250 mg/5 mL`, `250 mg`: how much of an ingredient is in how much of the medicine.
fn strength(ratio: &Node<'_>) -> Option<String> {
    const EACH: &[&str] = &["tablet", "tab", "tbl", "capsule", "cap", "1", "{tbl}", "{tablet}", "{capsule}"];
    let side = |name: &str| {
        let side = ratio.get(name)?;
        let unit = side.peek("unit").or_else(|| side.peek("code")).unwrap_or_default();
        Some((side.peek("value")?, unit))
    };
    let (figure, unit) = side("numerator")?;
    let amount = format!("{figure} {unit}").trim().to_owned();
    Some(match side("denominator") {
        Some(("1" | "1.0", unit)) if unit.is_empty() || EACH.contains(&unit.to_lowercase().as_str()) => {
            amount
        }
        Some(("1" | "1.0", unit)) => format!("{amount}/{unit}"),
        Some((figure, unit)) => format!("{amount}/{figure} {unit}").trim().to_owned(),
        None => amount,
    })
}

/// The name to use: official, usual, then the first that is not old; `text`, else the parts in order.
pub(super) fn person_name(names: &[&Node<'_>]) -> Option<String> {
    let rank = |node: &Node<'_>| match node.peek("use") {
        Some("official") => 0,
        Some("usual") => 1,
        Some("old" | "maiden") => 4,
        Some("nickname" | "anonymous" | "temp") => 3,
        _ => 2,
    };
    let mut sorted: Vec<&&Node<'_>> = names.iter().collect();
    sorted.sort_by_key(|node| rank(node));
    sorted.into_iter().find_map(|node| full_name(node))
}

/// One HumanName as people say it; its parts are marked.
pub(super) fn full_name(node: &Node<'_>) -> Option<String> {
    if !node.is_object() {
        let text = node.scalar()?.to_owned();
        node.mark();
        return Some(text);
    }
    let parts: Vec<&str> = ["prefix", "given", "family", "suffix"]
        .iter()
        .flat_map(|part| node.all(part))
        .filter_map(|part| {
            let text = part.scalar()?;
            part.mark();
            Some(text).filter(|text| !text.eq_ignore_ascii_case("null"))
        })
        .collect();
    node.get("use").into_iter().for_each(Node::mark);
    // "test null null": a program's nothing is no part of a name.
    let words = |text: &str| {
        let words: Vec<&str> =
            text.split_whitespace().filter(|word| !word.eq_ignore_ascii_case("null")).collect();
        (!words.is_empty()).then(|| words.join(" "))
    };
    match node.text("text").and_then(words) {
        Some(text) => Some(text),
        None => (!parts.is_empty()).then(|| parts.join(" ")),
    }
}

/// Characters of a narrative's line that are read at a glance.
const GLANCE: usize = 160;
/// Characters of a name; what is longer was never meant to be one.
const WHOLE: usize = 4_000;

/// What is longer stays in `title_as_sent`.
fn shorten(text: &mut String, most: usize) {
    if text.len() <= most {
        return;
    }
    let Some((end, _)) = text.char_indices().nth(most) else { return };
    text.truncate(end);
    if let Some(space) = text.rfind(' ').filter(|space| *space > end / 2) {
        text.truncate(space);
    }
    text.push('\u{2026}');
}

/// A line of a narrative without what generators print around it; none for a line that is no title.
///
/// Generated narratives list elements as `name: value (Details : …)`; of those only the code says what it is.
fn own_words(line: &str, generated: bool) -> Option<&str> {
    let lower = line.to_lowercase();
    let boiler =
        ["generated", "identifier", "id ", "resource ", "[", "to be filled", "todo", "name", "period "];
    if boiler.iter().any(|start| lower.starts_with(start)) {
        return None;
    }
    match line.split_once(':') {
        Some(("code" | "description" | "title" | "type", value)) => {
            Some(value.split(" (Details").next().unwrap_or_default().trim())
        }
        Some((name, _))
            if name.len() < 30 && !name.contains(' ') && name.starts_with(|c: char| c.is_lowercase()) =>
        {
            None
        }
        // Heads of the parts of a generated narrative, an element's name, an address.
        _ if generated || is_element_name(line) || is_address(line) => None,
        _ => Some(line),
    }
}

/// `item`, `referenceSeqs`.
fn is_element_name(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_lowercase()) && line.chars().all(|c| c.is_ascii_alphanumeric())
}

/// `Device/example`.
fn is_address(line: &str) -> bool {
    !line.contains(char::is_whitespace)
        && line.split_once('/').is_some_and(|(kind, id)| {
            kind.starts_with(|c: char| c.is_ascii_uppercase())
                && kind.chars().all(|c| c.is_ascii_alphabetic())
                && !id.is_empty()
        })
}

/// UUIDs, URNs, addresses and long strings of digits and letters without a word in them.
fn looks_like_id(text: &str) -> bool {
    let text = text.trim();
    if text.contains(char::is_whitespace) {
        return false;
    }
    if text.starts_with("urn:") || text.starts_with("http://") || text.starts_with("https://") {
        return true;
    }
    let hex = text.chars().filter(char::is_ascii_hexdigit).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let uuid = text.len() == 36 && text.matches('-').count() == 4 && hex == 32;
    // `IMO-PROC-29961110`
    let numbered = text.rsplit_once('-').is_some_and(|(front, number)| {
        number.len() >= 6
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && front.chars().all(|c| c.is_ascii_uppercase() || c == '-')
    });
    uuid || numbered
        || (letters == 0 && digits > 0)
        || (text.len() >= 16 && digits * 2 >= text.len())
        || (text.len() >= 24 && hex == text.len())
}

/// `scan.pdf`: says how the file is kept, not what it is.
fn is_any_file(text: &str) -> bool {
    const SAID: &[&str] = &["attachment", "clinical document", "document", "file", "scan", "untitled"];
    let text = text.trim();
    SAID.iter().any(|said| text.eq_ignore_ascii_case(said))
}

fn is_file_name(text: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "ccda", "dcm", "doc", "docx", "gif", "htm", "html", "jpeg", "jpg", "json", "pdf", "png", "rtf",
        "tif", "tiff", "txt", "xml", "zip",
    ];
    !text.contains(char::is_whitespace)
        && text
            .rsplit_once('.')
            .is_some_and(|(_, end)| ENDINGS.iter().any(|known| end.eq_ignore_ascii_case(known)))
}
