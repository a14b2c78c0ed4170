//! Telling whoever looks how far something long has come.

use crate::host::{Event, Host};

/// Tells the host each time another hundredth is done.
pub(crate) struct Percent<'h> {
    host: &'h dyn Host,
    text: String,
    told: Option<u8>,
}

impl<'h> Percent<'h> {
    /// `text` says what is being done, for people.
    pub(crate) fn new(host: &'h dyn Host, text: String) -> Self {
        Percent { host, text, told: None }
    }

    /// `done` of `total` parts; a total of 0 counts as everything.
    pub(crate) fn tell(&mut self, done: u64, total: u64) {
        let percent = done.saturating_mul(100).checked_div(total).map_or(100, |percent| percent.min(100));
        let percent = u8::try_from(percent).unwrap_or(100);
        if self.told != Some(percent) {
            self.told = Some(percent);
            self.host.event(Event::Progress { text: self.text.clone(), percent });
        }
    }
}
