//! Status in a patient's terms.

use std::borrow::Cow;

use super::against::{
    Against, STOP_DATE, Unmade, against, does_not_count, is_refusal, is_stop, is_suspicion, unmade,
};
use super::elements::words;
use super::{Reader, push_detail};
use crate::datatype::Coding;
use crate::date::FhirDate;
use crate::detail::DetailValue;
use crate::entry::{Caution, End, Entry, Fault, Kind, StatusGroup, TitleSource};
use crate::json::{Json, Node};
use crate::system::CVX;

/// Elements that say by a yes that it did not happen or must not.
const NEGATIONS: &[&str] =
    &["doNotPerform", "notDone", "notGiven", "notPerformed", "prohibited", "wasNotGiven", "wasNotTaken"];

/// Elements that hold why it did not happen, and nothing else.
const WHY_NOT: &[&str] = &[
    "explanation.reasonNotGiven",
    "notDoneReasonCodeableConcept",
    "reasonNotDone",
    "reasonNotGiven",
    "reasonNotPerformed",
    "reasonNotPerformedCodeableConcept",
    "reasonNotTaken",
];

/// Elements that hold why it is as it is; what is refused is refused there too. Not why it was done: somebody may have
/// declined another thing.
const WHY: &[&str] = &["statusReason", "statusReasonCodeableConcept"];

impl<'a> Reader<'_, 'a> {
    /// The status word and its group. What says "it did not happen" outranks the word, "entered in error" outranks all.
    pub(super) fn status(&self, resource_type: &str, entry: &mut Entry) {
        let mut group = StatusGroup::Unknown;
        let said = words(self.plan.status).find_map(|path| self.status_word(path, entry.kind));
        if let Some((word, found)) = said {
            (entry.status, group) = (Some(word), found);
        }
        let verification = self.root.get("verificationStatus").map(gravest);
        self.verification(entry);
        match (entry.kind, verification) {
            (_, Some(StatusGroup::EnteredInError)) => group = StatusGroup::EnteredInError,
            (_, Some(StatusGroup::Refuted)) => group = StatusGroup::Refuted,
            // Two possible diagnoses are not two diagnoses.
            (Kind::Problem, Some(StatusGroup::Draft)) if group != StatusGroup::Past => {
                group = StatusGroup::Draft;
            }
            // An allergy that nobody has confirmed is still one to know about: hiding it is the worse mistake.
            _ => {}
        }
        if entry.kind == Kind::Problem && matches!(group, StatusGroup::Active | StatusGroup::Unknown) {
            self.abated(entry, &mut group);
        }
        if entry.kind == Kind::Medicine {
            self.medicine_status(resource_type, &mut group);
        }
        // It might have happened, and did not (R4 AdverseEvent.actuality).
        if resource_type == "AdverseEvent" && self.root.peek("actuality") == Some("potential") {
            group = StatusGroup::NotDone;
        }
        // Whose appointment it is said that they would not come (R4 Appointment.participant.status).
        if resource_type == "Appointment" && group == StatusGroup::Planned && self.patient_declined() {
            group = StatusGroup::Cancelled;
            if let Some(other) = entry.status.replace("declined".to_owned()) {
                push_detail(entry, "", "status", DetailValue::bare_code(other));
            }
        }
        self.negations(entry, &mut group);
        self.in_words(entry, &mut group);
        if entry.status.is_none() && matches!(resource_type, "ExplanationOfBenefit" | "ClaimResponse") {
            // DSTU2 has an outcome only.
            if let Some(outcome) = self.root.peek("outcome").map(ToOwned::to_owned) {
                group = group_of(entry.kind, &outcome);
                entry.status = self.root.text("outcome").map(ToOwned::to_owned);
            }
        }
        self.document_status(entry, &mut group);
        if entry.status.is_none()
            && let Some(active) = self.root.flag("active")
        {
            entry.status = Some(if active { "active" } else { "inactive" }.to_owned());
            group = if active { StatusGroup::Active } else { StatusGroup::Past };
        }
        entry.status_group = group;
        // What is over and has no stated end is of the day it began, and no longer "since" then.
        let over = !matches!(group, StatusGroup::Active | StatusGroup::Unknown | StatusGroup::Planned);
        let event = matches!(entry.kind, Kind::Visit | Kind::Procedure | Kind::Vaccine | Kind::Appointment);
        if let Some(date) = entry.date.as_mut().filter(|date| over && event && date.end.is_none())
            && (date.field.ends_with("period") || date.field.ends_with("Period"))
        {
            date.field.push_str(".start");
        }
        self.cautions(entry);
        self.end(entry);
    }

    fn patient_declined(&self) -> bool {
        let of_patient = |one: &&Node<'a>| {
            one.peek("actor.reference").is_some_and(|who| who.contains("Patient/"))
                || one.peek("actor.type") == Some("Patient")
        };
        let participants = self.root.all("participant");
        participants.into_iter().filter(of_patient).any(|one| one.peek("status") == Some("declined"))
    }

    /// What a status element says: the first of its words that is one, the codings of FHIR's own systems before those of
    /// others, codes before what they are called, the words of the whole last. Of an element whose words are all unknown
    /// the first, which then means nothing.
    fn status_word(&self, path: &str, kind: Kind) -> Option<(String, StatusGroup)> {
        let node = self.root.get(path)?;
        let words = status_words(node);
        if words.is_empty() {
            if !node.is_null() {
                self.problem(path, Fault::NotAStatus);
            }
            return None;
        }
        if node.scalar().is_some() {
            node.mark();
        } else {
            self.concept(node);
        }
        let known = words.iter().map(|word| (word, group_of(kind, word)));
        let found =
            known.clone().find(|(_, group)| *group != StatusGroup::Unknown).or_else(|| known.clone().next());
        found.map(|(word, group)| ((*word).to_owned(), group))
    }

    /// What says beside the status that it did not happen: in the element of any release, in the extension that a
    /// converter makes of it, in the reason.
    fn negations(&self, entry: &Entry, group: &mut StatusGroup) {
        let mut flags = NEGATIONS.iter().filter_map(|path| self.root.flag(path));
        let own = flags.clone().any(|negative| negative);
        let denied = flags.any(|negative| !negative) && !own;
        let taken = self.root.text("taken").map(ToOwned::to_owned);
        let mut converted = self.root_extensions().filter_map(negation).collect::<Vec<_>>();
        // A German diagnosis says at its code how sure it is.
        if entry.kind == Kind::Problem {
            converted.extend(self.root.all("code.coding.extension").into_iter().filter_map(negation));
        }
        let untaken = taken.as_deref() == Some("n") || converted.contains(&Negation::Not);
        let why_not = || WHY_NOT.iter().any(|path| self.says_reason(path, |_| !denied));
        let event = matches!(entry.kind, Kind::Vaccine | Kind::Procedure) || entry.is_dose();
        let refusable = match *group {
            StatusGroup::Active | StatusGroup::Unknown => event || entry.kind == Kind::Medicine,
            StatusGroup::Past => event,
            _ => false,
        };
        let refused = refusable
            && WHY_NOT.iter().chain(WHY).any(|path| self.says_reason(path, is_refusal))
            // R4 gives a vaccine's status a reason only where it was not given.
            || refusable && entry.kind == Kind::Vaccine && self.not_given_reason();
        let none_given = entry.kind == Kind::Vaccine && entry.codes.iter().any(is_no_vaccine);
        if own || untaken || none_given || refusable && why_not() || refused {
            if !matches!(group, StatusGroup::EnteredInError | StatusGroup::Cancelled) {
                // An illness is not "not done".
                *group = match entry.kind {
                    Kind::Problem | Kind::Allergy => StatusGroup::Refuted,
                    _ => StatusGroup::NotDone,
                };
            }
        } else if (taken.as_deref() == Some("unk") || converted.contains(&Negation::Unknown))
            && *group == StatusGroup::Active
        {
            *group = StatusGroup::Unknown;
        } else if converted.contains(&Negation::Over)
            && matches!(group, StatusGroup::Active | StatusGroup::Unknown)
        {
            *group = StatusGroup::Past;
        }
    }

    /// What the words of the title and of the instructions say against it, where no status says so. The sender's word for
    /// what is over stands.
    fn in_words(&self, entry: &mut Entry, group: &mut StatusGroup) {
        unmade_in_words(entry, group);
        // "Denies drug allergies" rules out none of them.
        if !matches!(group, StatusGroup::Active | StatusGroup::Unknown | StatusGroup::Draft)
            || entry.knowing.is_some()
        {
            return;
        }
        let title = entry.title_as_sent.as_deref().unwrap_or(&entry.title);
        match entry.kind {
            Kind::Problem | Kind::Allergy if entry.title_source != TitleSource::Narrative => {
                let unstated = *group == StatusGroup::Unknown;
                match against(title) {
                    Some(Against::Denied) => *group = StatusGroup::Refuted,
                    Some(Against::Over) if unstated => *group = StatusGroup::Past,
                    None if entry.kind == Kind::Problem && is_suspicion(title) => *group = StatusGroup::Draft,
                    _ => {}
                }
            }
            Kind::Medicine => {
                let told =
                    ["dosageInstruction.text", "dosage.text"].iter().flat_map(|path| self.root.all(path));
                if told.into_iter().filter_map(Node::scalar).any(is_stop) {
                    *group = StatusGroup::Past;
                }
            }
            _ => {}
        }
    }

    fn root_extensions(&self) -> impl Iterator<Item = &Node<'a>> {
        self.root.each("extension").chain(self.root.each("modifierExtension"))
    }

    /// Whether one of the texts and displays at this path says what is asked.
    fn says_reason(&self, path: &str, says: impl Fn(&str) -> bool) -> bool {
        self.root.all(path).into_iter().any(|node| {
            let mut words = [node.scalar(), node.peek("text"), node.peek("concept.text")]
                .into_iter()
                .flatten()
                .chain(node.all("coding.display").into_iter().filter_map(Node::scalar))
                .chain(node.all("coding.code").into_iter().filter_map(Node::scalar));
            words.any(&says)
        })
    }

    /// One of the codes of R4's value set of reasons why a vaccine was not given.
    fn not_given_reason(&self) -> bool {
        const CODES: &[&str] = &["IMMUNE", "MEDPREC", "OSTOCK", "PATOBJ"];
        let codes = self.root.all("statusReason.coding.code");
        codes.into_iter().filter_map(Node::scalar).any(|code| CODES.contains(&code))
    }

    /// What a medicine's own elements say about whether it is taken.
    fn medicine_status(&self, resource_type: &str, group: &mut StatusGroup) {
        if !matches!(group, StatusGroup::Active | StatusGroup::Unknown | StatusGroup::Past) {
            return;
        }
        // Handed out or given, and that is done; nothing is said about the taking.
        if matches!(resource_type, "MedicationDispense" | "MedicationAdministration")
            && *group == StatusGroup::Past
            && !self.is_stopped()
        {
            *group = StatusGroup::Unknown;
        }
        // Whether it is taken, in release 5 (MedicationStatement.adherence).
        let adherence = self.root.all("adherence.code");
        let untaken = |code: &&Node<'_>| {
            let words = status_words(code);
            words.into_iter().any(|word| {
                matches!(fold(word).as_ref(), "not-taking" | "not-taken" | "not-taking-on-hold" | "stopped")
            })
        };
        if adherence.iter().any(untaken) {
            *group = StatusGroup::NotDone;
            return;
        }
        // "When the prescription was stopped" (DSTU2 MedicationOrder.dateEnded).
        if *group == StatusGroup::Unknown && self.root.peek("dateEnded").is_some() {
            *group = StatusGroup::Past;
        }
        // Nobody has ordered what is proposed. (`plan` is how US Core marks what patients say they take.)
        let intent = self.root.peek("intent").map(fold);
        if matches!(intent.as_deref(), Some("proposal" | "option")) && *group != StatusGroup::Past {
            *group = StatusGroup::Planned;
        }
    }

    fn is_stopped(&self) -> bool {
        matches!(self.root.peek("status").map(fold).as_deref(), Some("stopped" | "discontinued"))
    }

    /// The status of the document behind an index entry, where it says more than that the entry is current.
    fn document_status(&self, entry: &mut Entry, group: &mut StatusGroup) {
        let Some((word, said)) = self.root.get("docStatus").and_then(|node| {
            status_words(node).first().map(|word| ((*word).to_owned(), group_of(Kind::Document, word)))
        }) else {
            return;
        };
        if matches!(said, StatusGroup::EnteredInError | StatusGroup::Draft | StatusGroup::Corrected)
            && matches!(group, StatusGroup::Active | StatusGroup::Past | StatusGroup::Unknown)
        {
            *group = said;
            // The word that decided is the one to be shown; the other one stands among the details.
            self.root.get("docStatus").into_iter().for_each(Node::mark_all);
            if let Some(other) = entry.status.replace(word) {
                push_detail(entry, "", "status", DetailValue::bare_code(other));
            }
        }
    }

    /// The verification status beside the clinical one, as its code in all three releases.
    fn verification(&self, entry: &mut Entry) {
        let Some(node) = self.root.get("verificationStatus").filter(|node| !node.is_marked()) else { return };
        let all = status_words(node);
        let worst = gravest(node);
        let decides = all
            .iter()
            .find(|word| group_of(Kind::Other, word) == worst)
            .filter(|_| worst != StatusGroup::Unknown);
        let Some(word) = decides.or(all.first()).copied() else { return };
        let known = entry.status.as_deref() == Some(word);
        // Words that say more than the code stay for the details.
        let words = node.all("coding.display").into_iter().chain(node.get("text"));
        if !words.filter_map(Node::scalar).all(|words| words.eq_ignore_ascii_case(word)) {
            return;
        }
        node.mark_all();
        if !known {
            push_detail(entry, "", "verificationStatus", DetailValue::bare_code(word));
        }
    }

    fn cautions(&self, entry: &mut Entry) {
        if has_unknown_modifier(self.root) {
            self.problem("modifierExtension", Fault::ModifierExtension);
            entry.cautions.push(Caution::ModifierExtension);
        }
        if entry.kind == Kind::Vaccine && self.root.peek("isSubpotent") == Some("true") {
            entry.cautions.push(Caution::Subpotent);
        } else if entry.kind == Kind::Vaccine
            && ["vaccinationProtocol.doseStatus", "protocolApplied.doseStatus"]
                .iter()
                .any(|path| self.says_reason(path, does_not_count))
        {
            entry.cautions.push(Caution::NotCounted);
        }
    }

    /// When and why it ended or is to end, in the element of any release. Nothing is marked as read: the details show it
    /// where it stands.
    fn end(&self, entry: &mut Entry) {
        const MEDICINE: &[&str] = &[
            "dateEnded",
            "effectivePeriod.end",
            "dosageInstruction.timing.repeat.boundsPeriod.end",
            "dosage.timing.repeat.boundsPeriod.end",
        ];
        const PROBLEM: &[&str] = &["abatementDateTime", "abatementPeriod.end", "abatementDate"];
        let paths = match entry.kind {
            Kind::Medicine => MEDICINE,
            Kind::Problem => PROBLEM,
            _ => &[],
        };
        // The first element that states one; of several steps of a dose the last to end.
        let date = paths.iter().find_map(|path| {
            let dates = self.root.all(path).into_iter().filter_map(Node::scalar).filter_map(FhirDate::parse);
            dates.max_by_key(FhirDate::own_day)
        });
        let date = date.or_else(|| (entry.kind == Kind::Medicine).then(|| self.stop_date()).flatten());
        let why: &[&str] = match entry.kind {
            Kind::Medicine => &["reasonEnded", "statusReason", "statusReasonCodeableConcept"],
            _ => &[],
        };
        let words = |node: &&Node<'_>| {
            let said = node.peek("text").or_else(|| node.peek("coding.display")).or_else(|| node.scalar());
            said.map(ToOwned::to_owned)
        };
        let reason = why.iter().find_map(|path| self.root.all(path).iter().find_map(words));
        if date.is_some() || reason.is_some() {
            entry.end = Some(Box::new(End { date, reason }));
        }
        if entry.kind != Kind::Medicine {
            return;
        }
        // How long it lasts, or is to be taken.
        let supply = [
            "daysSupply",
            "dispenseRequest.expectedSupplyDuration",
            "dosageInstruction.timing.repeat.boundsDuration",
            "dosage.timing.repeat.boundsDuration",
        ];
        entry.days_supply = supply.iter().find_map(|path| {
            // Of several steps of a dose all; where one has no end, there is none.
            let steps = self.root.all(path.split(".timing").next().unwrap_or(path)).len();
            let spans = self.root.all(path);
            let each: Option<Vec<u32>> = spans.iter().map(|span| days(span)).collect();
            let each =
                each.filter(|each| !each.is_empty() && (each.len() == steps || !path.contains("timing")))?;
            if path.contains("timing") { Some(each.iter().sum()) } else { each.first().copied() }
        });
    }

    /// When a medicine is to stop, as Cerner's directions write it: "1 tab(s), Oral, Daily, Stop Date: 2024-02-20T14:02:00.000Z".
    /// Of several the last.
    fn stop_date(&self) -> Option<FhirDate> {
        let texts =
            ["dosageInstruction.text", "dosage.text"].into_iter().flat_map(|path| self.root.all(path));
        let dates = texts.filter_map(Node::scalar).filter_map(|text| {
            let at = text.to_ascii_lowercase().find(STOP_DATE)?;
            let said = text.get(at + STOP_DATE.len()..)?.split_whitespace().next()?;
            FhirDate::parse(said.trim_end_matches([',', ';', '.']))
        });
        dates.max_by_key(FhirDate::own_day)
    }

    /// A problem that has ended is past, whatever its status does not say.
    fn abated(&self, entry: &mut Entry, group: &mut StatusGroup) {
        let ended = [
            "abatementDateTime",
            "abatementPeriod",
            "abatementAge",
            "abatementQuantity",
            "abatementRange",
            "abatementString",
        ]
        .iter()
        .any(|path| self.root.has(path))
            || self.root.peek("abatementBoolean") == Some("true");
        // "Active" and an end: the sender's word stands for what is active, the end is shown beside it.
        if ended
            && entry.status.as_deref().is_none_or(|word| {
                group_of(Kind::Problem, word) == StatusGroup::Unknown || word == "confirmed"
            })
        {
            *group = StatusGroup::Past;
        }
    }
}

/// What the name itself says of something that is sent as taken, given or done.
fn unmade_in_words(entry: &mut Entry, group: &mut StatusGroup) {
    let event = matches!(entry.kind, Kind::Vaccine | Kind::Procedure);
    let open = matches!(group, StatusGroup::Active | StatusGroup::Unknown) && entry.kind == Kind::Medicine;
    let told = matches!(group, StatusGroup::Active | StatusGroup::Unknown | StatusGroup::Past) && event;
    if !open && !told || entry.title_source == TitleSource::Narrative || entry.knowing.is_some() {
        return;
    }
    let title = entry.title_as_sent.as_deref().unwrap_or(&entry.title);
    match unmade(title) {
        Some(Unmade::Not) => *group = if event { StatusGroup::NotDone } else { StatusGroup::Past },
        Some(Unmade::Ahead | Unmade::Held) if event => *group = StatusGroup::Planned,
        Some(Unmade::Held) => {
            // The word that decides is shown; the sender's own stands among the details.
            if let Some(other) = entry.status.replace("on-hold".to_owned()) {
                push_detail(entry, "", "status", DetailValue::bare_code(other));
            }
            *group = StatusGroup::Active;
        }
        _ => {}
    }
}

/// What an extension says about whether it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Negation {
    Not,
    Unknown,
    /// It says in so many words that it did.
    So,
    /// It was so, and what is told is the state after it.
    Over,
}

/// An extension that a converter made of another release's element, by the element's name at the end of its address:
/// `…/extension-Immunization.notGiven`, `…/qicore-notDone`.
fn negation(extension: &Node<'_>) -> Option<Negation> {
    let address = extension.peek("url")?;
    let name = address.rsplit(['/', '#', '.', '-', ':']).next().unwrap_or_default();
    let value = || {
        let value = extension.members().iter().find(|(name, _)| name.starts_with("value"))?;
        value.1.scalar()
    };
    // How sure a German diagnosis is (ICD-10-GM, "Diagnosesicherheit"): excluded, or the state after it.
    if name == "diagnosesicherheit" {
        return match extension.peek("valueCoding.code")? {
            "A" => Some(Negation::Not),
            "Z" => Some(Negation::Over),
            _ => None,
        };
    }
    // C-CDA's `negationInd`.
    let last =
        address.rsplit(['/', '#', ':']).next().unwrap_or_default().to_lowercase().replace(['-', '_'], "");
    let converted = last.ends_with("negationind") || last.ends_with("negationindicator") || last == "negated";
    if converted || NEGATIONS.contains(&name) {
        return Some(match value() {
            Some("false") => Negation::So,
            // Yes, or a reason in place of it.
            _ => Negation::Not,
        });
    }
    (name == "taken").then(|| match value() {
        Some("n") => Negation::Not,
        Some("y") => Negation::So,
        _ => Negation::Unknown,
    })
}

/// A modifier extension, at any depth, that is not known here.
fn has_unknown_modifier(node: &Node<'_>) -> bool {
    match &node.json {
        Json::Object(_) => node.members().iter().any(|(name, value)| match (&value.json, *name) {
            (Json::Object(_) | Json::List(_), "modifierExtension") => {
                value.items().iter().any(|one| one.is_object() && negation(one).is_none())
            }
            (Json::Object(_) | Json::List(_), name) if !matches!(name, "text" | "meta") => {
                has_unknown_modifier(value)
            }
            _ => false,
        }),
        Json::List(items) => items.iter().any(has_unknown_modifier),
        _ => false,
    }
}

/// The words of a status element, best first.
fn status_words<'n>(node: &'n Node<'_>) -> Vec<&'n str> {
    if let Some(word) = node.scalar() {
        return vec![word];
    }
    let own = |coding: &&&Node<'_>| {
        // FHIR's systems, and what names none.
        coding.peek("system").is_none_or(|system| system.contains("hl7.org") || system.contains("HL7.org"))
    };
    let mut codings: Vec<&Node<'_>> = Vec::new();
    for concept in node.items() {
        codings.extend(concept.each("coding"));
        if concept.has("code") || concept.has("display") {
            codings.push(concept);
        }
    }
    let (first, then): (Vec<&Node<'_>>, Vec<&Node<'_>>) = codings.iter().partition(|coding| own(coding));
    let mut words: Vec<&str> = first.iter().filter_map(|coding| coding.peek("code")).collect();
    words.extend(then.iter().filter_map(|coding| coding.peek("code")));
    words.extend(first.iter().chain(&then).filter_map(|coding| coding.peek("display")));
    words.extend(node.items().iter().filter_map(|concept| concept.peek("text")));
    words
}

/// What a verification status says at its worst: one coding that takes it back is enough.
fn gravest(node: &Node<'_>) -> StatusGroup {
    let words = status_words(node);
    let groups: Vec<StatusGroup> = words.into_iter().map(|word| group_of(Kind::Other, word)).collect();
    let grave = [StatusGroup::EnteredInError, StatusGroup::Refuted, StatusGroup::Draft];
    grave.into_iter().find(|group| groups.contains(group)).unwrap_or(StatusGroup::Unknown)
}

/// CVX 998, "no vaccine administered".
fn is_no_vaccine(coding: &Coding) -> bool {
    coding.system == CVX && coding.code.trim() == "998"
}

/// A span in whole days; none for units of another kind.
fn days(node: &Node<'_>) -> Option<u32> {
    let figure: f64 = node.scalar().or_else(|| node.peek("value"))?.parse().ok()?;
    let unit = node.peek("code").or_else(|| node.peek("unit")).unwrap_or("d").to_lowercase();
    let factor = match unit.trim_end_matches('s') {
        "d" | "day" | "{day}" => 1.0,
        "wk" | "week" => 7.0,
        "mo" | "month" => 30.0,
        _ => return None,
    };
    let days = (figure * factor).round();
    if !(1.0..=3660.0).contains(&days) {
        return None;
    }
    format!("{days}").parse().ok()
}

/// A status word as it is compared: small letters, with hyphens.
fn fold(word: &str) -> Cow<'_, str> {
    // FHIR's own words are written so.
    let word = word.trim();
    if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') && !word.contains("--") {
        return Cow::Borrowed(word);
    }
    let mut out = String::with_capacity(word.len() + 4);
    let mut small = false;
    for c in word.chars() {
        if matches!(c, ' ' | '_' | '-') {
            if !out.ends_with('-') {
                out.push('-');
            }
        } else {
            if c.is_uppercase() && small {
                out.push('-');
            }
            out.extend(c.to_lowercase());
        }
        small = c.is_lowercase();
    }
    Cow::Owned(out)
}

/// The group of a status word of any release; unknown words are not assumed to mean anything.
pub(super) fn group_of(kind: Kind, word: &str) -> StatusGroup {
    use StatusGroup as G;
    let word = fold(word);
    match (kind, word.as_ref()) {
        (_, "entered-in-error" | "enteredinerror" | "in-error" | "erroneous") => return G::EnteredInError,
        // DSTU2's vaccines have the statuses of an administration: what is not over has not been given, and what was
        // broken off is no dose.
        (Kind::Vaccine, "in-progress" | "on-hold") => return G::Draft,
        (Kind::Vaccine | Kind::Procedure, "stopped") => return G::Cancelled,
        (
            Kind::Appointment,
            "booked" | "pending" | "proposed" | "waitlist" | "tentative" | "needs-action" | "accepted",
        )
        | (Kind::Order, "requested" | "received" | "accepted" | "ready" | "proposed")
        | (Kind::Procedure, "on-hold" | "suspended") => return G::Planned,
        (Kind::Appointment, "checked-in")
        | (Kind::Goal, "on-target" | "ahead-of-target" | "behind-target" | "sustaining")
        | (Kind::Allergy, "confirmed" | "unconfirmed")
        | (Kind::Appointment | Kind::Visit, "arrived" | "triaged" | "onleave")
        | (Kind::Device | Kind::Support, "available") => return G::Active,
        (Kind::Goal, "achieved") | (Kind::Imaging, "available") => return G::Past,
        (Kind::Problem, "confirmed") => return G::Unknown,
        _ => {}
    }
    match word.as_ref() {
        "active" | "in-progress" | "recurrence" | "relapse" | "on-hold" | "suspended" | "current"
        | "accepted" | "booked" | "ready" | "received" => G::Active,
        "completed" | "complete" | "resolved" | "inactive" | "remission" | "stopped" | "finished"
        | "fulfilled" | "final" | "ended" | "retired" | "not-available" | "unavailable"
        | "unsatisfactory" | "balanced" | "issued" | "executed" | "terminated" | "off" | "discontinued"
        | "discontinue" | "dc'd" | "dc" | "d/c" | "expired" | "closed" | "historical" | "administered"
        | "dispensed" | "no-longer-active" | "not-active" | "no-longer-taking" => G::Past,
        "planned" | "proposed" | "requested" | "intended" | "waitlist" | "tentative" => G::Planned,
        "draft" | "preliminary" | "registered" | "partial" | "provisional" | "differential"
        | "unconfirmed" | "preparation" | "review" | "queued" | "pending" => G::Draft,
        "amended" | "corrected" | "appended" => G::Corrected,
        "not-done" | "not-taken" | "noshow" | "no-show" | "declined" | "refused" | "patient-refused"
        | "not-given" | "not-performed" | "not-administered" | "missed" => G::NotDone,
        "refuted" | "ruled-out" => G::Refuted,
        "voided" | "void" | "deleted" | "cancelled" | "canceled" | "revoked" | "rejected" | "aborted"
        | "superseded" | "failed" | "error" | "replaced" | "nullified" => G::Cancelled,
        _ => G::Unknown,
    }
}
