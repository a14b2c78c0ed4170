//! The status of something in a patient's words.

use wholechart_fhir::{Caution, Kind, StatusGroup};

use crate::speech::Speech;

impl Speech<'_> {
    /// The status in words, where it tells more than the kind itself: nothing for a final result. `sent` is the provider's
    /// own word: what is on hold is current, and yet not taken or done for now.
    pub fn status(&self, kind: Kind, group: StatusGroup, sent: Option<&str>) -> Option<String> {
        if group == StatusGroup::Active && sent.is_some_and(on_hold) {
            return Some(self.get("status-on-hold"));
        }
        if group == StatusGroup::Unknown
            && let Some(sent) = sent.filter(|sent| !is_unknown(sent))
        {
            // Of medicines only what was handed out is done without being over.
            if kind == Kind::Medicine && is_done(sent) {
                return Some(self.get("status-medicine-handed-out"));
            }
            // Where silence about the status is said, a word that nobody understands is not silence.
            if matches!(kind, Kind::Medicine | Kind::Problem) && !is_verification(sent) {
                let sent = self.sent(sent);
                return Some(self.words.with("status-not-understood", &[("sent", (&sent).into())]));
            }
        }
        // Some words of one group say more than the group: what is inactive may come back.
        if let Some(sent) = sent.filter(|_| {
            matches!(
                group,
                StatusGroup::Active | StatusGroup::Past | StatusGroup::Planned | StatusGroup::Cancelled
            )
        }) {
            let key = format!("status-{}-sent-{}", kind.as_str(), folded(sent));
            if self.words.has(&key) {
                return Some(self.get(&key));
            }
        }
        let group = group.as_str();
        let own = format!("status-{}-{group}", kind.as_str());
        let key = if self.words.has(&own) { own } else { format!("status-{group}") };
        self.words.has(&key).then(|| self.get(&key)).filter(|text| text != "-")
    }

    /// A status as a provider states it where others state another one: our word for its own, where we have one.
    pub fn stated(&self, group: StatusGroup, sent: Option<&str>) -> String {
        let word = sent.unwrap_or(group.as_str());
        let key = format!("statement-{word}");
        if self.words.has(&key) { self.get(&key) } else { self.sent(word) }
    }

    /// What has to be said wherever an entry is shown.
    pub fn caution(&self, caution: Caution) -> String {
        self.get(&format!("caution-{}", caution.as_str()))
    }

    /// "one medicine", as a heading or beside a title.
    pub fn kind(&self, kind: Kind) -> String {
        self.get(&format!("kind-{}-one", kind.as_str()))
    }
}

/// As the releases write it, and as people do.
fn on_hold(sent: &str) -> bool {
    matches!(folded(sent).as_str(), "on-hold" | "suspended")
}

fn is_done(sent: &str) -> bool {
    matches!(folded(sent).as_str(), "completed" | "complete" | "dispensed" | "final")
}

fn is_unknown(sent: &str) -> bool {
    matches!(folded(sent).as_str(), "" | "unknown" | "unk" | "not-stated")
}

/// A word that says how sure it is, not whether it is still so; "active" where nobody knows whether it is taken.
fn is_verification(sent: &str) -> bool {
    matches!(folded(sent).as_str(), "confirmed" | "active")
}

fn folded(sent: &str) -> String {
    sent.trim().to_ascii_lowercase().replace([' ', '_'], "-")
}

#[cfg(test)]
mod tests {
    use wholechart_fhir::{Kind, StatusGroup};

    use crate::{Speech, Words};

    #[test]
    fn a_word_that_says_more_than_its_group_keeps_its_meaning() {
        let words = Words::english();
        let speech = Speech::new(&words, chrono_tz::UTC, chrono::DateTime::UNIX_EPOCH);
        let said = |kind, group, sent| speech.status(kind, group, Some(sent)).unwrap_or_default();
        assert_eq!(said(Kind::Problem, StatusGroup::Past, "resolved"), "resolved");
        assert_eq!(said(Kind::Problem, StatusGroup::Past, "inactive"), "inactive");
        assert_eq!(said(Kind::Problem, StatusGroup::Past, "Remission"), "in remission");
        assert_eq!(said(Kind::Problem, StatusGroup::Active, "relapse"), "came back");
        assert_eq!(said(Kind::Document, StatusGroup::Cancelled, "superseded"), "replaced by a newer one");
        assert_eq!(
            said(Kind::Problem, StatusGroup::EnteredInError, "inactive"),
            "withdrawn: entered in error"
        );
    }

    #[test]
    fn a_status_that_was_sent_is_never_called_unstated() {
        let words = Words::english();
        let speech = Speech::new(&words, chrono_tz::UTC, chrono::DateTime::UNIX_EPOCH);
        let said = |kind, sent| speech.status(kind, StatusGroup::Unknown, sent).unwrap_or_default();
        assert_eq!(said(Kind::Medicine, None), "status not stated");
        assert_eq!(said(Kind::Medicine, Some("unknown")), "status not stated");
        assert_eq!(said(Kind::Medicine, Some("D")), "status sent as \u{201c}D\u{201d}");
        assert_eq!(
            said(Kind::Medicine, Some("completed")),
            "handed out or given; nobody says whether it is taken"
        );
        assert_eq!(said(Kind::Problem, Some("confirmed")), "status not stated");
        assert_eq!(said(Kind::Allergy, Some("X")), "");
    }
}
