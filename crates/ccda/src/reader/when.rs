//! Times of statements (`TS`, `IVL_TS`, sets of them) as FHIR's dates and periods.

use super::Reader;
use crate::fault::Fault;
use crate::json::Object;
use crate::time::date_time;
use crate::tree::Node;

/// What an `effectiveTime` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Span {
    /// One moment.
    pub(super) at: Option<String>,
    pub(super) low: Option<String>,
    pub(super) high: Option<String>,
    /// It ended, and nobody knows when (`high` with a null flavor other than "not applicable").
    pub(super) ended: bool,
}

impl Span {
    pub(super) fn is_empty(&self) -> bool {
        self.at.is_none() && self.low.is_none() && self.high.is_none()
    }

    /// When it was or began.
    pub(super) fn start(&self) -> Option<&str> {
        self.low.as_deref().or(self.at.as_deref())
    }

    /// A period, unless it says one moment.
    pub(super) fn period(&self) -> Option<Object> {
        let mut period = Object::default();
        period.put_some("start", self.low.as_deref());
        period.put_some("end", self.high.as_deref());
        (!period.is_empty()).then_some(period)
    }

    /// A period; of one moment it is known that it began then.
    pub(super) fn any_period(&self) -> Option<Object> {
        self.period().or_else(|| Some(Object::default().with("start", self.at.as_deref()?)))
    }

    /// Puts `…DateTime` or `…Period`.
    pub(super) fn put(&self, body: &mut Object, moment: &'static str, period: &'static str) {
        match (&self.at, &self.low, &self.high) {
            (Some(at), ..) => body.put(moment, at.as_str()),
            (None, Some(low), Some(high)) if low == high => body.put(moment, low.as_str()),
            _ => body.put_some(period, self.period()),
        }
    }
}

impl<'t> Reader<'t> {
    /// The time stamp of a node, as a FHIR date or time. What is none stays as it was sent, to be shown as words.
    pub(super) fn moment(&self, node: Node<'t>) -> Option<String> {
        let raw = node.attribute("value")?;
        let read = date_time(&raw);
        if read.is_none() {
            self.problem(Fault::NotADate, node);
        }
        read.or_else(|| Some(raw.chars().take(64).collect()))
    }

    /// One `effectiveTime` or `time`.
    pub(super) fn span(&self, node: Node<'t>) -> Span {
        let side = |name: &str| node.child(name).and_then(|side| self.moment(side));
        let high = node.child("high");
        let unknown = high.and_then(|high| high.attribute("nullFlavor"));
        Span {
            at: self.moment(node).or_else(|| side("center")),
            low: side("low"),
            high: side("high"),
            ended: unknown.is_some_and(|flavor| matches!(flavor.as_ref(), "UNK" | "ASKU" | "MSK")),
        }
    }

    /// The first time of a statement that says anything. A frequency is none.
    pub(super) fn when(&self, statement: Node<'t>) -> Span {
        let mut ended = false;
        for name in ["effectiveTime", "time"] {
            for node in statement.all(name).filter(|node| !is_frequency(*node)) {
                let span = self.span(node);
                if !span.is_empty() {
                    return span;
                }
                ended |= span.ended;
            }
        }
        Span { ended, ..Span::default() }
    }

    /// When the first author wrote.
    pub(super) fn authored(&self, statement: Node<'t>) -> Option<String> {
        let times = statement.all_at("author/time");
        // The earliest; stamps of one form stand in the order of their texts.
        times.into_iter().filter_map(|time| self.span(time).start().map(ToOwned::to_owned)).min()
    }
}

/// `PIVL_TS` and `EIVL_TS`.
pub(super) fn is_frequency(node: Node<'_>) -> bool {
    let kind = node.peek("type").unwrap_or_default();
    kind.ends_with("PIVL_TS")
        || kind.ends_with("EIVL_TS")
        || node.child("period").is_some()
        || node.child("event").is_some()
}
