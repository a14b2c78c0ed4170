//! The status of something in a patient's words.

use wholechart_fhir::{Kind, StatusGroup};

use crate::speech::Speech;

impl Speech<'_> {
    /// The status in words, where it tells more than the kind itself: nothing for a final result. `sent` is the provider's
    /// own word: what is on hold is current, and yet not taken or done for now.
    pub fn status(&self, kind: Kind, group: StatusGroup, sent: Option<&str>) -> Option<String> {
        if group == StatusGroup::Active && sent.is_some_and(on_hold) {
            return Some(self.get("status-on-hold"));
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

    /// "one medicine", as a heading or beside a title.
    pub fn kind(&self, kind: Kind) -> String {
        self.get(&format!("kind-{}-one", kind.as_str()))
    }
}

/// As the releases write it, and as people do.
fn on_hold(sent: &str) -> bool {
    let word = sent.trim().to_ascii_lowercase().replace([' ', '_'], "-");
    matches!(word.as_str(), "on-hold" | "suspended")
}
