//! Connections as a person reads them.

use url::Url;
use wholechart_fhir::Release;
use wholechart_store::{
    AnswerState, Connection, ConnectionState as Stored, LedgerRow, Remark, Run, RunOutcome,
};
use wholechart_sync::Connected;

use super::wire::{ConnectionState, ConnectionView};
use crate::{
    sync::view::{got_to_its_end, verdict},
    timeline::view::narrow,
    words::Speech,
};

/// What is known of one connection.
pub(crate) struct Known {
    pub(crate) connection: Connection,
    pub(crate) mark: String,
    pub(crate) resources: u64,
    pub(crate) last_finished: Option<Run>,
    /// The newest run, at its end or not.
    pub(crate) last: Option<Run>,
    pub(crate) ledger: Vec<LedgerRow>,
}

/// One connection as the window shows it.
pub(crate) fn view(speech: &Speech<'_>, known: &Known, syncing: bool) -> ConnectionView {
    let words = speech.words;
    let connection = &known.connection;
    let state = match connection.state {
        _ if syncing => ConnectionState::Syncing,
        Stored::Connected => ConnectionState::Connected,
        Stored::SignInNeeded => ConnectionState::SignInNeeded,
        Stored::Files => ConnectionState::Files,
        Stored::Own => ConnectionState::Own,
        Stored::Disconnected => ConnectionState::Disconnected,
    };
    let last = known.last_finished.as_ref().and_then(|run| run.finished);
    let connected = Connected::of(connection);
    let ended = got_to_its_end(known.last_finished.as_ref());
    ConnectionView {
        id: connection.id.clone(),
        name: connection.name.clone(),
        mark: known.mark.clone(),
        colour: connection.colour,
        state,
        state_text: words.with(
            match state {
                ConnectionState::Connected => connected_text(known),
                ConnectionState::SignInNeeded => "connection-sign-in-needed",
                ConnectionState::Syncing => "connection-syncing",
                ConnectionState::Files => "connection-files",
                ConnectionState::Own => "connection-own",
                ConnectionState::Disconnected => "connection-disconnected",
            },
            &[("provider", connection.name.as_str().into())],
        ),
        last_sync: last.map(|at| at.to_rfc3339()),
        last_sync_text: last.map(|at| speech.own_moment(at)),
        verdict: (!connection.imported && last.is_some())
            .then(|| verdict(words, &connection.name, &known.ledger, ended)),
        resources: narrow(known.resources),
        hosts: connected.as_ref().map(|c| c.endpoints.hosts()).unwrap_or_default(),
        releases: connected
            .iter()
            .flat_map(|c| &c.endpoints.bases)
            .map(|base| release_name(base.release).to_owned())
            .collect(),
        imported: connection.imported,
    }
}

/// How a connection that is signed in stands, by what its last run came to.
fn connected_text(known: &Known) -> &'static str {
    let not_shown = |row: &LedgerRow| row.remarks.contains(&Remark::PatientUnknown);
    let any_came = known.ledger.iter().any(|row| row.state == AnswerState::Complete);
    let cut_off = known.last.as_ref().is_some_and(|run| run.finished.is_none());
    let is_said = Connected::of(&known.connection).is_some_and(|one| one.accepted.is_some() || one.unshown);
    // What the person said about whose it is holds, although the run that heard it did not get to its end.
    let told = known
        .last_finished
        .as_ref()
        .filter(|run| !(cut_off && is_said && run.outcome == Some(RunOutcome::OtherPatient)));
    match told {
        None if known.resources > 0 => "connection-cut-off",
        None => "connection-never-synced",
        Some(run) if run.outcome == Some(RunOutcome::OtherPatient) => "connection-other-patient",
        Some(_) if !any_came && known.ledger.iter().any(not_shown) => "connection-not-shown",
        Some(_) => "connection-connected",
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

/// "R4"
pub(crate) fn release_name(release: Release) -> &'static str {
    match release {
        Release::Dstu2 => "DSTU2",
        Release::Stu3 => "STU3",
        Release::R4 => "R4",
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
}
