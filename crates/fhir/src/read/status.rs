//! Status in a patient's terms.

use super::{Reader, push_detail};
use crate::detail::DetailValue;
use crate::entry::{Entry, Fault, Kind, StatusGroup};
use crate::json::Node;

impl Reader<'_, '_> {
    /// The status word and its group. What says "it did not happen" outranks the word, "entered in error" outranks all.
    pub(super) fn status(&self, resource_type: &str, entry: &mut Entry) {
        let word_at = |path: &str| -> Option<String> {
            let node = self.root.get(path)?;
            if let Some(text) = node.scalar() {
                node.mark();
                return Some(text.to_owned());
            }
            let concept = self.concept(node);
            if concept.codings.is_empty() && concept.text.is_none() {
                self.problem(path, Fault::NotAStatus);
                return None;
            }
            concept
                .codings
                .into_iter()
                .map(|coding| coding.code)
                .find(|code| !code.is_empty())
                .or(concept.text)
        };
        let paths: Vec<&'static str> = self.plan.status.split_whitespace().collect();
        entry.status = paths.iter().find_map(|path| word_at(path));
        let mut group = match &entry.status {
            Some(word) => group_of(entry.kind, word),
            None => StatusGroup::Unknown,
        };
        let verification = match self.root.get("verificationStatus") {
            // Read without marking: when it was not the first word it belongs among the details.
            Some(node) => node
                .scalar()
                .or_else(|| node.peek("coding.code"))
                .or_else(|| node.peek("text"))
                .map(str::to_lowercase),
            None => None,
        };
        self.verification(entry);
        match (entry.kind, verification.as_deref()) {
            (_, Some("entered-in-error")) => group = StatusGroup::EnteredInError,
            (_, Some("refuted")) => group = StatusGroup::Refuted,
            // Two possible diagnoses are not two diagnoses.
            (Kind::Problem, Some("provisional" | "differential" | "unconfirmed"))
                if group != StatusGroup::Past =>
            {
                group = StatusGroup::Draft;
            }
            // An allergy that nobody has confirmed is still one to know about: hiding it is the worse mistake.
            _ => {}
        }
        if entry.kind == Kind::Problem && matches!(group, StatusGroup::Active | StatusGroup::Unknown) {
            self.abated(entry, &mut group);
        }
        let said_not = |path: &str, negative: bool| self.root.flag(path) == Some(negative);
        let not_done = [
            "wasNotGiven",
            "notGiven",
            "notDone",
            "notPerformed",
            "wasNotTaken",
            "doNotPerform",
            "prohibited",
        ]
        .iter()
        .any(|path| said_not(path, true));
        let taken = self.root.text("taken").map(ToOwned::to_owned);
        if not_done || taken.as_deref() == Some("n") {
            if !matches!(group, StatusGroup::EnteredInError | StatusGroup::Cancelled) {
                group = StatusGroup::NotDone;
            }
        } else if taken.as_deref() == Some("unk") && group == StatusGroup::Active {
            group = StatusGroup::Unknown;
        }
        if entry.status.is_none() && matches!(resource_type, "ExplanationOfBenefit" | "ClaimResponse") {
            // DSTU2 has an outcome only.
            if let Some(outcome) = self.root.peek("outcome").map(ToOwned::to_owned) {
                group = group_of(entry.kind, &outcome);
                entry.status = self.root.text("outcome").map(ToOwned::to_owned);
            }
        }
        if let Some(document) = self.root.get("docStatus") {
            let word = document.scalar().or_else(|| document.peek("coding.code")).unwrap_or_default();
            let said = group_of(Kind::Document, word);
            if matches!(said, StatusGroup::EnteredInError | StatusGroup::Draft | StatusGroup::Corrected)
                && matches!(group, StatusGroup::Active | StatusGroup::Past | StatusGroup::Unknown)
            {
                group = said;
            }
        }
        if entry.status.is_none()
            && let Some(active) = self.root.flag("active")
        {
            entry.status = Some(if active { "active" } else { "inactive" }.to_owned());
            group = if active { StatusGroup::Active } else { StatusGroup::Past };
        }
        entry.status_group = group;
    }

    /// The verification status beside the clinical one, as its code in all three releases.
    fn verification(&self, entry: &mut Entry) {
        let Some(node) = self.root.get("verificationStatus").filter(|node| !node.is_marked()) else { return };
        let Some(word) = node.scalar().or_else(|| node.peek("coding.code")) else { return };
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

/// The group of a status word of any release; unknown words are not assumed to mean anything.
pub(super) fn group_of(kind: Kind, word: &str) -> StatusGroup {
    use StatusGroup as G;
    let word = word.trim().to_ascii_lowercase().replace([' ', '_'], "-");
    match (kind, word.as_str()) {
        (_, "entered-in-error") => return G::EnteredInError,
        (
            Kind::Appointment,
            "booked" | "pending" | "proposed" | "waitlist" | "tentative" | "needs-action" | "accepted",
        )
        | (Kind::Order, "requested" | "received" | "accepted" | "ready" | "proposed") => return G::Planned,
        (Kind::Appointment, "checked-in")
        | (Kind::Goal, "on-target" | "ahead-of-target" | "behind-target" | "sustaining")
        | (Kind::Allergy, "confirmed" | "unconfirmed")
        | (Kind::Appointment | Kind::Visit, "arrived" | "triaged" | "onleave")
        | (Kind::Device | Kind::Support, "available") => return G::Active,
        (Kind::Goal, "achieved") | (Kind::Imaging, "available") => return G::Past,
        (Kind::Problem, "confirmed") => return G::Unknown,
        _ => {}
    }
    match word.as_str() {
        "active" | "in-progress" | "recurrence" | "relapse" | "on-hold" | "suspended" | "current"
        | "accepted" | "booked" | "ready" | "received" => G::Active,
        "completed" | "complete" | "resolved" | "inactive" | "remission" | "stopped" | "finished"
        | "fulfilled" | "final" | "ended" | "retired" | "not-available" | "unavailable"
        | "unsatisfactory" | "balanced" | "issued" | "executed" | "terminated" | "off" => G::Past,
        "planned" | "proposed" | "requested" | "intended" | "waitlist" | "tentative" => G::Planned,
        "draft" | "preliminary" | "registered" | "partial" | "provisional" | "differential"
        | "unconfirmed" | "preparation" | "review" | "queued" | "pending" => G::Draft,
        "amended" | "corrected" | "appended" => G::Corrected,
        "not-done" | "not-taken" | "noshow" | "declined" | "refused" => G::NotDone,
        "refuted" => G::Refuted,
        "cancelled" | "canceled" | "revoked" | "rejected" | "aborted" | "superseded" | "failed" | "error"
        | "replaced" | "nullified" => G::Cancelled,
        _ => G::Unknown,
    }
}
