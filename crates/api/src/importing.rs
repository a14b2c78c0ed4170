//! Taking in files.

use std::{collections::BTreeMap, ops::ControlFlow, path::PathBuf};

use chrono::{DateTime, Utc};
use wholechart_fhir::{Release, Shape, infer_release, split};
use wholechart_import::{NotRead, Piece, walk};
use wholechart_record::{ConnectionId, PersonId};
use wholechart_store::{
    Connection, ConnectionState, Incoming, PageCommit, Person, RunId, Store, StoreError, UnreadableBytes,
};
use wholechart_sync::{Expected, Identity, differences, identity};

use crate::{
    app::App,
    error,
    unlock::random_id,
    wire::{ApiError, ErrorCode, Event, ImportReport, Unreadable},
    words::Words,
};

impl App {
    pub(crate) async fn import(
        &self,
        person: String,
        label: String,
        release: Option<String>,
        paths: Vec<PathBuf>,
        confirmed: bool,
    ) -> Result<ImportReport, ApiError> {
        let person = self.person(&person).await?;
        if !confirmed {
            self.ask_about_others(&person, &paths).await?;
        }
        let release = match release.as_deref() {
            None => None,
            Some("dstu2") => Some(Release::Dstu2),
            Some("stu3") => Some(Release::Stu3),
            Some("r4") => Some(Release::R4),
            Some(_) => return Err(self.error("error-release")),
        };
        let words = std::sync::Arc::clone(&self.words);
        let whose = person.id.clone();
        let now = self.host.now();
        let outcome = self
            .ask(move |store| {
                let connection = connection_for(store, &person.id, &label, now)?;
                let run = store.begin_run(&connection, now)?;
                let mut taking = Taking {
                    words: &words,
                    store,
                    connection,
                    run,
                    release,
                    now,
                    report: ImportReport::default(),
                };
                let mut failed = None;
                let walked = walk(&paths, &mut |piece| match taking.piece(piece) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(said) => {
                        failed = Some(said);
                        ControlFlow::Break(())
                    }
                });
                if let Some(said) = failed {
                    return Err(said);
                }
                store.finish_run(run, now, "complete")?;
                store.refresh_facts(&person.id)?;
                Ok(walked.map(|files| ImportReport { files: narrow(files), ..taking.report }))
            })
            .await?;
        self.host.event(Event::Changed);
        self.read_files_soon(Some(whose));
        outcome.map_err(|said| error::error(&self.words, "error-import-path", &[]).details(said))
    }

    /// Refuses files in which a patient has another name or birth date than the person, before anything is filed.
    async fn ask_about_others(&self, person: &Person, paths: &[PathBuf]) -> Result<(), ApiError> {
        let expected = Expected { name: Some(person.name.clone()), birth_date: person.birth_date, sex: None };
        let paths = paths.to_vec();
        let looked = tokio::task::spawn_blocking(move || somebody_else(&expected, &paths)).await;
        let other = looked
            .map_err(|said| said.to_string())
            .and_then(|walked| walked)
            .map_err(|said| error::error(&self.words, "error-import-path", &[]).details(said))?;
        let Some(other) = other else { return Ok(()) };
        let unknown = self.words.get("import-not-said");
        let name = other.names.first().unwrap_or(&unknown);
        let born = other.birth_date.as_ref().unwrap_or(&unknown);
        let args = [
            ("person", person.name.as_str().into()),
            ("name", name.as_str().into()),
            ("born", born.as_str().into()),
        ];
        Err(error::error(&self.words, "error-import-other", &args).code(ErrorCode::OtherPatient))
    }
}

/// The first patient in the files who differs from who is expected. What either side does not say is not compared.
fn somebody_else(expected: &Expected, paths: &[PathBuf]) -> Result<Option<Identity>, String> {
    let mut other = None;
    walk(paths, &mut |piece| {
        let Piece::Json { bytes, .. } = piece else { return ControlFlow::Continue(()) };
        let page = split(&bytes);
        let patients =
            page.resources.iter().filter(|slice| slice.resource_type.as_deref() == Some("Patient"));
        other = patients
            .filter_map(|slice| identity(slice.bytes))
            .find(|found| !differences(expected, found).is_empty());
        if other.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .map_err(|said| said.to_string())?;
    Ok(other)
}

/// Files of one label are one connection: taking the same export in again adds versions, not copies.
fn connection_for(
    store: &Store,
    person: &PersonId,
    label: &str,
    now: DateTime<Utc>,
) -> Result<ConnectionId, StoreError> {
    let known = store.connections(Some(person))?;
    if let Some(same) = known.iter().find(|c| c.imported && c.name == label) {
        return Ok(same.id.clone());
    }
    let connection = Connection {
        id: ConnectionId(random_id()),
        person: person.clone(),
        name: label.to_owned(),
        card: serde_json::Value::Null,
        patient: BTreeMap::new(),
        state: ConnectionState::Files,
        created: now,
        colour: u8::try_from(known.len() % 8).unwrap_or_default(),
        imported: true,
    };
    store.save_connection(&connection)?;
    Ok(connection.id)
}

struct Taking<'a> {
    words: &'a Words,
    store: &'a Store,
    connection: ConnectionId,
    run: RunId,
    release: Option<Release>,
    now: DateTime<Utc>,
    report: ImportReport,
}

impl Taking<'_> {
    fn piece(&mut self, piece: Piece) -> Result<(), StoreError> {
        match piece {
            Piece::NotRead { file, why } => {
                let key = match &why {
                    NotRead::FhirXml => "import-fhir-xml",
                    NotRead::Ccda => "import-ccda",
                    NotRead::Zip => "import-zip",
                    NotRead::NotARecord => "import-not-a-record",
                    NotRead::TooLarge => "import-too-large",
                    NotRead::Io(_) => "import-io",
                };
                self.unreadable(&file, 0, self.words.get(key));
                Ok(())
            }
            Piece::Json { file, position, bytes } => self.json(&file, position, &bytes),
        }
    }

    fn unreadable(&mut self, file: &str, position: usize, reason: String) {
        self.report.unreadable.push(Unreadable { file: file.to_owned(), position: narrow(position), reason });
    }

    fn json(&mut self, file: &str, position: usize, bytes: &[u8]) -> Result<(), StoreError> {
        let page = split(bytes);
        let mut unreadable: Vec<UnreadableBytes> = Vec::new();
        for problem in &page.problems {
            self.unreadable(file, position + problem.position, problem.reason.clone());
        }
        match &page.shape {
            Shape::NotFhir { reason } if page.resources.is_empty() => {
                if page.problems.is_empty() {
                    self.unreadable(
                        file,
                        position,
                        self.words.with("import-not-json", &[("reason", reason.into())]),
                    );
                }
                // Not understood is not thrown away: the bytes are kept beside the record.
                unreadable.push(UnreadableBytes {
                    bytes: bytes.to_vec(),
                    position: 0,
                    reason: reason.clone(),
                });
            }
            _ if page.resources.is_empty() && page.problems.is_empty() => {
                self.unreadable(file, position, self.words.get("import-no-resources"));
            }
            _ => {}
        }
        let mut by_release: BTreeMap<Release, Vec<Incoming>> = BTreeMap::new();
        for slice in &page.resources {
            let release = self.release.or_else(|| infer_release(slice.bytes).0).unwrap_or(Release::R4);
            let resource_type = slice.resource_type.clone().unwrap_or_default();
            *self.report.resources.entry(resource_type.clone()).or_default() += 1;
            by_release.entry(release).or_default().push(Incoming {
                bytes: slice.bytes.to_vec(),
                resource_type,
                id: slice.id.clone(),
                position: u64::try_from(slice.position).unwrap_or(u64::MAX),
            });
        }
        if by_release.is_empty() && !unreadable.is_empty() {
            by_release.insert(self.release.unwrap_or(Release::R4), Vec::new());
        }
        for (release, resources) in by_release {
            let count = resources.len();
            let outcome = self.store.commit_page(PageCommit {
                run: self.run,
                connection: self.connection.clone(),
                // The file is part of what a resource is known by: two files may use one id for two things.
                base: format!("file:{file}"),
                release,
                question: format!("{file}#{position}"),
                url: format!("file:{file}"),
                received_at: self.now,
                midnight_means_day: false,
                resources,
                unreadable: std::mem::take(&mut unreadable),
                next: None,
            })?;
            for (at, reason) in &outcome.unreadable {
                let at = usize::try_from(*at).unwrap_or(usize::MAX);
                if !page.problems.iter().any(|p| p.reason == *reason)
                    && !matches!(page.shape, Shape::NotFhir { .. })
                {
                    self.unreadable(file, position.saturating_add(at), reason.clone());
                }
            }
            self.report.versions += outcome.new + outcome.changed;
            self.report.entries += narrow(count.saturating_sub(outcome.unreadable.len()));
        }
        Ok(())
    }
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
