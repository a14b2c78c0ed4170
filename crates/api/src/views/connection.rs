//! Connections and their ledgers.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use url::Url;
use wholechart_store::{Connection, ConnectionState as Stored, LedgerRow, Run};
use wholechart_sync::Connected;

use crate::{
    dates,
    wire::{ConnectionState, ConnectionView, LedgerLine, LedgerView, SyncKindState},
    words::Words,
};

/// What is known of one connection.
pub(crate) struct Known<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) resources: u64,
    pub(crate) last_finished: Option<&'a Run>,
    pub(crate) ledger: &'a [LedgerRow],
    pub(crate) syncing: bool,
}

/// One connection as the window shows it.
pub(crate) fn view(
    words: &Words,
    known: &Known<'_>,
    mark: String,
    now: DateTime<Utc>,
    home: Tz,
) -> ConnectionView {
    let connection = known.connection;
    let state = match connection.state {
        _ if known.syncing => ConnectionState::Syncing,
        Stored::Connected => ConnectionState::Connected,
        Stored::SignInNeeded => ConnectionState::SignInNeeded,
        Stored::Files => ConnectionState::Files,
        Stored::Disconnected => ConnectionState::Disconnected,
    };
    let last = known.last_finished.and_then(|run| run.finished);
    let connected = Connected::of(connection);
    ConnectionView {
        id: connection.id.to_string(),
        name: connection.name.clone(),
        mark,
        colour: connection.colour,
        state,
        state_text: words.get(match state {
            ConnectionState::Connected if last.is_none() => "connection-never-synced",
            ConnectionState::Connected => "connection-connected",
            ConnectionState::SignInNeeded => "connection-sign-in-needed",
            ConnectionState::Syncing => "connection-syncing",
            ConnectionState::Files => "connection-files",
            ConnectionState::Disconnected => "connection-disconnected",
        }),
        last_sync: last.map(|at| at.to_rfc3339()),
        last_sync_text: last.map(|at| dates::own_moment(words, at, now, home)),
        verdict: (!connection.imported && last.is_some())
            .then(|| verdict(words, &connection.name, known.ledger)),
        resources: super::timeline::narrow(known.resources),
        hosts: connected.as_ref().map(|c| c.endpoints.hosts()).unwrap_or_default(),
        releases: connected
            .iter()
            .flat_map(|c| &c.endpoints.bases)
            .map(|base| super::fact::release_name(base.release).to_owned())
            .collect(),
        imported: connection.imported,
    }
}

/// Host and port of an address.
pub(crate) fn host(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

/// The ledger's word for a state, as `wholechart-sync` writes it.
pub(crate) fn state(word: &str) -> SyncKindState {
    match word {
        "complete" => SyncKindState::Complete,
        "incomplete" => SyncKindState::Incomplete,
        "refused" => SyncKindState::Refused,
        "not-offered" => SyncKindState::NotOffered,
        "cancelled" => SyncKindState::Cancelled,
        "waiting" => SyncKindState::Waiting,
        "running" => SyncKindState::Running,
        _ => SyncKindState::Failed,
    }
}

/// Several questions of one kind as one line: the state that needs attention most.
fn gravest(states: impl Iterator<Item = SyncKindState>) -> SyncKindState {
    let rank = |state: &SyncKindState| match state {
        SyncKindState::Complete => 0,
        SyncKindState::NotOffered => 1,
        SyncKindState::Waiting => 2,
        SyncKindState::Running => 3,
        SyncKindState::Refused => 4,
        SyncKindState::Cancelled => 5,
        SyncKindState::Incomplete => 6,
        SyncKindState::Failed => 7,
    };
    states.max_by_key(rank).unwrap_or(SyncKindState::Waiting)
}

/// One kind of record with all questions asked for it.
pub(crate) struct KindAnswers<'a> {
    pub(crate) label: &'a str,
    pub(crate) rows: Vec<&'a LedgerRow>,
}

/// Groups the ledger by kind, in the order asked.
pub(crate) fn by_kind(ledger: &[LedgerRow]) -> Vec<KindAnswers<'_>> {
    let mut kinds: Vec<KindAnswers<'_>> = Vec::new();
    for row in ledger {
        match kinds.iter_mut().find(|kind| kind.label == row.label) {
            Some(kind) => kind.rows.push(row),
            None => kinds.push(KindAnswers { label: &row.label, rows: vec![row] }),
        }
    }
    kinds
}

impl KindAnswers<'_> {
    /// A kind that one base shares is shared, although another base of the same gateway does not offer it.
    pub(crate) fn state(&self) -> SyncKindState {
        let gravest_of_all = gravest(self.rows.iter().map(|row| state(&row.state)));
        let any_complete = self.rows.iter().any(|row| state(&row.state) == SyncKindState::Complete);
        match gravest_of_all {
            SyncKindState::NotOffered if any_complete => SyncKindState::Complete,
            other => other,
        }
    }

    pub(crate) fn received(&self) -> u32 {
        self.rows.iter().map(|row| row.received).sum()
    }

    fn total(&self) -> Option<u32> {
        let totals: Vec<u32> = self.rows.iter().filter_map(|row| row.declared_total).collect();
        (totals.len() == self.rows.len()).then(|| totals.iter().sum())
    }

    pub(crate) fn text(&self, words: &Words, provider: &str) -> String {
        state_words(words, provider, self.state(), self.received(), self.total())
    }
}

/// What a state means, in a sentence.
pub(crate) fn state_words(
    words: &Words,
    provider: &str,
    state: SyncKindState,
    received: u32,
    total: Option<u32>,
) -> String {
    let key = match state {
        SyncKindState::Complete => "ledger-complete",
        SyncKindState::Incomplete if total.is_some_and(|t| t > received) => "ledger-incomplete-of",
        SyncKindState::Incomplete => "ledger-incomplete",
        SyncKindState::Refused => "ledger-refused",
        SyncKindState::NotOffered => "ledger-not-offered",
        SyncKindState::Failed => "ledger-failed",
        SyncKindState::Cancelled => "ledger-cancelled",
        SyncKindState::Waiting => "ledger-waiting",
        SyncKindState::Running => "ledger-running",
    };
    words.with(
        key,
        &[
            ("provider", provider.into()),
            ("count", received.into()),
            ("total", (&total.unwrap_or_default().to_string()).into()),
        ],
    )
}

/// Answers "do I have everything?" in one sentence.
pub(crate) fn verdict(words: &Words, provider: &str, ledger: &[LedgerRow]) -> String {
    let kinds = by_kind(ledger);
    if kinds.is_empty() {
        return words.get("verdict-never");
    }
    if kinds.iter().any(|kind| kind.state() == SyncKindState::Cancelled) {
        return words.get("verdict-cancelled");
    }
    let gaps: Vec<String> = kinds
        .iter()
        .filter(|kind| {
            matches!(kind.state(), SyncKindState::Incomplete | SyncKindState::Refused | SyncKindState::Failed)
        })
        .map(|kind| words.get(kind.label))
        .collect();
    if gaps.is_empty() {
        words.with("verdict-complete", &[("provider", provider.into())])
    } else {
        words.with("verdict-gaps", &[("provider", provider.into()), ("kinds", (&gaps.join(", ")).into())])
    }
}

/// The whole ledger of one connection.
pub(crate) fn ledger(words: &Words, provider: &str, rows: &[LedgerRow]) -> LedgerView {
    LedgerView {
        verdict: verdict(words, provider, rows),
        lines: by_kind(rows)
            .iter()
            .map(|kind| LedgerLine {
                label: words.get(kind.label),
                state: kind.state(),
                text: kind.text(words, provider),
                received: kind.received(),
                total: kind.total(),
                details: kind
                    .rows
                    .iter()
                    .map(|row| match &row.message {
                        Some(message) => format!("{}: {} ({message})", row.asked, row.state),
                        None => format!("{}: {}", row.asked, row.state),
                    })
                    .collect(),
            })
            .collect(),
    }
}

/// One or two letters for each provider's mark, unlike one another where the names allow it.
pub(crate) fn marks(names: &[String]) -> Vec<String> {
    let first = |name: &str| name.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().to_string());
    let mut marks: Vec<String> = Vec::new();
    for name in names {
        let initials: Vec<String> = name.split_whitespace().filter_map(first).collect();
        let one = initials.first().cloned().unwrap_or_else(|| "?".into());
        let two = initials.iter().take(2).cloned().collect::<String>();
        let numbered = (2..).map(|n| format!("{one}{n}"));
        let mark =
            [one.clone(), two].into_iter().chain(numbered).find(|mark| !marks.contains(mark)).unwrap_or(one);
        marks.push(mark);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_unlike_one_another() {
        let names =
            ["Lakeside Family Medicine", "Summit General", "Lakewood Clinic", "Lakeside Clinic", "日本病院"];
        let marks = marks(&names.map(str::to_owned));
        assert_eq!(marks, ["L", "S", "LC", "L2", "日"]);
    }

    fn row(label: &str, state: &str, received: u32) -> LedgerRow {
        LedgerRow {
            question: format!("{label}{state}"),
            label: label.into(),
            base: "b".into(),
            asked: "q".into(),
            state: state.into(),
            received,
            declared_total: None,
            message: None,
            at: DateTime::<Utc>::MIN_UTC,
        }
    }

    #[test]
    fn a_kind_is_as_good_as_its_worst_answer_but_one_base_is_enough() {
        let rows = [
            row("kind-vaccine", "complete", 3),
            row("kind-vaccine", "not-offered", 0),
            row("kind-vital", "refused", 0),
        ];
        let kinds = by_kind(&rows);
        assert_eq!(kinds[0].state(), SyncKindState::Complete);
        assert_eq!(kinds[1].state(), SyncKindState::Refused);
        let words = Words::english();
        assert_eq!(
            verdict(&words, "Summit", &rows),
            "You have what Summit shared. Missing or uncertain: Vital signs."
        );
    }
}
