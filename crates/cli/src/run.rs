//! The commands, one after the other.

use std::{
    io::{self, BufRead as _, IsTerminal as _, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::Utc;
use serde::Serialize;
use serde_json::{Value, json};
use wholechart_api::{
    ApiError, App, Config, Language, SecretStore, SystemKeychain, dispatch, profile, region,
    wire::{
        AppState, BackupPreview, CardSetup, ChosenTest, CompareTable, CompareView, ConnectTarget,
        ConnectionId, ConnectionState, ConnectionView, DirectoryEntry, ErasePreview, ErrorCode, HandedAnswer,
        HealthView, HeldPerson, ImportPreview, ImportReport, ImportView, KeysView, KindFound, LedgerView,
        LetterAsks, LetterDraft, LetterText, Lock, OwnEntry, OwnMeasure, OwnMeasureView, OwnSaved,
        OwnSeverity, Paper, PersonId, PersonView, Printing, PrintingView, RedirectOption, RescuedView, Saved,
        SavedSummary, SearchView, SensitiveKind, SentRequest, SentView, SetAsideView, SheetKind, SyncReport,
        TakenOut, TestKind, TestsPage, TimelinePage, Unreadable,
    },
};
use wholechart_sandbox::{Sandbox, SandboxConfig};

use crate::{
    host::{Progress, Terminal, complain, harmless, log},
    mcp,
    options::{self, Add, Command, Connect, Options, Whose},
};

/// An address of this computer that is none of the usual ones.
const OWN_ADDRESS: &str = "http://127.0.0.1:28720/callback";

/// An error of this host's own.
pub(crate) fn plain(message: impl ToString, advice: &str) -> ApiError {
    ApiError { code: None, message: message.to_string(), advice: advice.to_owned(), details: None }
}

/// The advice of the window's screens names fields and texts that a terminal does not show. `addresses`: where the
/// browser can come back to.
fn for_the_terminal(error: ApiError, addresses: &[String]) -> ApiError {
    let advice = match error.code {
        Some(ErrorCode::NeedsClientId) => format!(
            "The app has to be registered with this provider, which gives a client ID. Register it with all of these \
             addresses, exactly as they are: {}. Or register one of your own of this computer, such as {OWN_ADDRESS}, \
             and give it with --redirect. Then say the ID with --client-id, and a secret or private key with \
             --client-secret-file.",
            addresses.join(" ")
        ),
        Some(ErrorCode::NotRegistered) => error
            .advice
            .replace("There is a text to send to your practice. ", "")
            .replace("choose another way to come back", "give the registered one with --redirect"),
        Some(ErrorCode::PortsTaken) => error.advice.replace(
            "choose another way to come back, and register that one",
            &format!("register another address of this computer, such as {OWN_ADDRESS}, and give it with --redirect"),
        ),
        _ => return error,
    };
    ApiError { advice, ..error }
}

/// Whose record it is can be said here as well.
fn for_a_sync(error: ApiError) -> ApiError {
    match error.code {
        Some(ErrorCode::OtherPatient | ErrorCode::PatientNotShown) => ApiError {
            advice: format!(
                "{} In the terminal, --same-person says that it is the same person.",
                error.advice
            ),
            ..error
        },
        _ => error,
    }
}

fn agreed(error: &ApiError) -> bool {
    asked(&format!("{}\nIs it the same person all the same? [y/N]", error.message))
}

/// Asks whoever sits at the terminal; a script, which nobody can ask, has not agreed.
pub(crate) fn asked(question: &str) -> bool {
    if !io::stdin().is_terminal() {
        return false;
    }
    complain(question);
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

pub(crate) struct Terminals {
    app: Arc<App>,
    json: bool,
    /// What the record was opened with, where that was no keychain.
    secret: Option<String>,
}

/// What the app is started with. A passphrase takes the keychain's place.
fn config(
    folder: PathBuf,
    profile: &str,
    sample: bool,
    passphrase: Option<String>,
    sandbox: Option<&Sandbox>,
) -> Result<Config, ApiError> {
    let keychain: Arc<dyn SecretStore> = Arc::new(SystemKeychain);
    Ok(Config {
        data_dir: folder,
        profile: profile.to_owned(),
        sample,
        sample_cards: sandbox.map_or(Value::Null, Sandbox::directory),
        sample_lists: sandbox.map_or(Value::Null, Sandbox::lists),
        sample_moved: sandbox.map(Sandbox::moved).unwrap_or_default(),
        keychain: passphrase.is_none().then_some(keychain),
        passphrase: passphrase.map(Into::into),
        // The terminal's own words are English.
        locale: None,
        region: region::of_computer(),
        reader: wholechart_api::Reader::child()
            .map_err(|e| plain(e, "Start the program by its full name."))?,
    })
}

/// Runs one command.
pub(crate) async fn run(options: Options) -> Result<(), ApiError> {
    let profile = profile::name(options.profile.as_deref(), options.sample);
    // A record begins where something is put into it: a slip in a folder's name must not look like a record that is empty.
    let begins = matches!(
        &options.command,
        Command::Connect(_)
            | Command::Import { .. }
            | Command::Add { .. }
            | Command::Directory { .. }
            | Command::Restore { preview: false, .. }
    );
    // It says itself that there is no record here, to whoever asks.
    let is_mcp = matches!(options.command, Command::Mcp);
    let folder = match options.data_dir {
        Some(dir) if !begins && !is_mcp && !dir.exists() => {
            return Err(plain(format!("There is no folder {}.", dir.display()), "Check --data-dir."));
        }
        Some(dir) => dir,
        None => profile::folder(profile)
            .ok_or_else(|| plain("This system has no folder for an app's files.", "Use --data-dir."))?,
    };
    if is_mcp {
        let (passphrase_file, profile, sample) =
            (options.passphrase_file, profile.to_owned(), options.sample);
        return Box::pin(mcp::serve(move || {
            let passphrase = passphrase_file.clone().map(first_line).transpose()?;
            config(folder.clone(), &profile, sample, passphrase, None)
        }))
        .await;
    }
    wholechart_api::make_private_folder(&folder)
        .map_err(|e| plain(e, "Choose another folder with --data-dir."))?;
    let passphrase = options.passphrase_file.map(first_line).transpose()?;
    let secret = passphrase.clone();
    let sandbox = if options.sample {
        let config = SandboxConfig::remembered(Utc::now().date_naive());
        Some(Sandbox::start(config).await.map_err(|e| plain(e, "Close the other program and try again."))?)
    } else {
        None
    };
    let config = config(folder, profile, options.sample, passphrase, sandbox.as_ref())?;
    let save_as = match &options.command {
        Command::Summary { pdf, .. } | Command::Letter { pdf, .. } => Some(pdf.clone()),
        Command::Table { csv, .. } => Some(csv.clone()),
        Command::Backup { file, .. } => Some(file.clone()),
        _ => None,
    };
    let registered = matches!(&options.command, Command::Connect(Connect { client_id: Some(_), .. }));
    let app = App::new(Arc::new(Terminal { save_as, registered, progress: Progress::default() }), config)
        .map_err(|e| plain(e, "Check this computer's certificates."))?;
    let here = Terminals { app, json: options.json, secret };
    if let Command::Restore { undo: true, .. } = options.command {
        // Before anything is opened: a start lets go of what was replaced.
        let state: AppState = here.ask("undoRestore", json!({})).await?;
        return here.print(&state, || "The record is the one that was there before.".to_owned());
    }
    let state: AppState = here.ask("appState", json!({})).await?;
    match state.lock {
        Lock::Open => {}
        // Whatever is wrong with the record here: a backup may take its place.
        Lock::InUse => {
            return Err(plain("The record is open in another window or terminal.", "Close it there first."));
        }
        _ if matches!(options.command, Command::Restore { .. }) => {}
        Lock::NewNeedsPassphrase { reason } => {
            return Err(plain(
                reason,
                "There is no keychain here: give a passphrase with --passphrase-file.",
            ));
        }
        // A terminal is never left alone, so its record is never locked behind its back.
        Lock::NeedsPassphrase | Lock::Locked { .. } => {
            return Err(plain("The record is locked.", "Give its passphrase with --passphrase-file."));
        }
        Lock::KeyMissing { reason } => {
            return Err(plain(reason, "Give the recovery code with --passphrase-file."));
        }
        Lock::RecordMissing { reason, file } => {
            return Err(plain(
                format!("{reason}\nIt should be here: {file}"),
                "Put it back, or a copy of it. To begin a new record, open the window, or use another --data-dir.",
            ));
        }
        Lock::Damaged { .. } if matches!(options.command, Command::Rescue { .. }) => {}
        Lock::Damaged { reason, .. } => {
            return Err(plain(
                reason,
                "`rescue` reads what can be read into a new file, `restore` puts a backup in its place.",
            ));
        }
        Lock::WentBack { reason } | Lock::Failed { reason } => return Err(plain(reason, "")),
    }
    if let Some(why) = &state.unwritable {
        complain(why);
    }
    // The code of a record that is replaced at once is of no use to anybody.
    if !matches!(options.command, Command::Restore { .. }) {
        here.say_recovery_code(&state).await?;
    }
    let done = here.command(options.command, &state).await;
    here.app.settle().await;
    if let Some(sandbox) = sandbox {
        sandbox.stop().await;
    }
    done
}

/// A connection, and the id of the person whose it is.
struct Theirs {
    person: PersonId,
    connection: ConnectionView,
}

/// By its id, or by its name where only one has it: two persons may be at one provider.
fn find(known: Vec<Theirs>, name: &str) -> Result<Theirs, ApiError> {
    let (by_id, others): (Vec<_>, Vec<_>) = known.into_iter().partition(|one| one.connection.id.0 == name);
    let mut found: Vec<Theirs> = if by_id.is_empty() {
        others.into_iter().filter(|one| one.connection.name == name).collect()
    } else {
        by_id
    };
    match found.len() {
        0 => Err(plain("There is no such connection here.", "See `connections` for their names.")),
        1 => Ok(found.remove(0)),
        _ => {
            let ids: Vec<&str> = found.iter().map(|one| one.connection.id.0.as_str()).collect();
            let ids = ids.join(", ");
            Err(plain(format!("Several connections have this name: {ids}."), "Say which by its id."))
        }
    }
}

/// "1 file", "2 files"
fn counted(count: u32, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// A line for each place of a file of which something is to be said.
fn places(places: &[Unreadable]) -> String {
    let lines: Vec<String> =
        places.iter().map(|u| format!("\n  {} at {}: {}", u.file, u.position, u.reason)).collect();
    lines.concat()
}

fn previewed(preview: &ImportPreview) -> String {
    let people = preview.people.iter().map(|person| match &person.born {
        Some(born) => format!("{}, born {born}", person.name),
        None => person.name.clone(),
    });
    let people: Vec<String> = people.collect();
    let about = if people.is_empty() { String::new() } else { format!(" about {}", people.join("; ")) };
    let files = counted(preview.files, "file", "files");
    let records = counted(preview.total, "record", "records");
    let mut lines = vec![format!("{files}, {records}{about}")];
    if let Some(asked) = &preview.asked {
        lines.push(format!("{asked} {}", preview.asked_advice.as_deref().unwrap_or_default()));
    }
    lines.push(format!("Source: {}", preview.sources.join(", ")));
    lines.extend(preview.period.clone());
    lines.extend(preview.kinds.iter().map(|KindFound { text, count, .. }| format!("  {text}: {count}")));
    lines.push(format!("{} are here already", preview.known));
    lines.extend(preview.remarks.iter().cloned());
    lines.push(format!("{} not read{}", preview.unreadable.len(), places(&preview.unreadable)));
    lines.join("\n")
}

fn text_of(path: &Path) -> Result<String, ApiError> {
    std::fs::read_to_string(path)
        .map_err(|e| plain(format!("{}: {e}", path.display()), "Check the file's name and permissions."))
}

fn first_line(path: PathBuf) -> Result<String, ApiError> {
    let text = text_of(&path)?;
    Ok(text.split(['\r', '\n']).next().unwrap_or_default().to_owned())
}

/// A client secret in a file's first line, or a private key, which is the whole file.
fn secret_of(path: PathBuf) -> Result<String, ApiError> {
    let text = text_of(&path)?;
    if text.contains("-----BEGIN ") { Ok(text) } else { first_line(path) }
}

/// What is kept apart, and how to let it in.
fn set_aside(all: &[SetAsideView]) -> String {
    let lines =
        all.iter().map(|one| format!("\n  set aside: {}  (let-in CONNECTION {})", one.text, one.whose));
    lines.collect()
}

impl Terminals {
    pub(crate) async fn ask<T: serde::de::DeserializeOwned>(
        &self,
        command: &str,
        args: Value,
    ) -> Result<T, ApiError> {
        let answer = dispatch(&self.app, command, args).await?;
        serde_json::from_value(answer).map_err(|e| plain(e, "This is a mistake in Wholechart."))
    }

    async fn command(&self, command: Command, state: &AppState) -> Result<(), ApiError> {
        match command {
            Command::Directory { query } => {
                let found: Vec<DirectoryEntry> =
                    self.ask("directory", json!({ "query": query, "tests": true })).await?;
                for one in &found {
                    let place = one.place.as_deref().unwrap_or_default();
                    self.print(one, || format!("{}  {}  {place}  ({})", one.card, one.name, one.portal))?;
                }
                Ok(())
            }
            Command::Connect(connect) => self.connect(connect, state).await,
            Command::Connections(whose) => {
                for one in self.connections(&whose, state).await? {
                    self.print(&one, || {
                        format!("{}  {}  {}  {}", one.id, one.name, one.state_text, one.resources)
                    })?;
                }
                Ok(())
            }
            Command::Sync { connection, whole, same_person } => {
                let known = self.all_connections(state).await?;
                let wanted: Vec<ConnectionView> = if let Some(name) = &connection {
                    vec![find(known, name)?.connection]
                } else {
                    // Who was disconnected is not asked; who has to be signed in again says so.
                    let asked =
                        |one: &ConnectionView| !one.imported && one.state != ConnectionState::Disconnected;
                    known.into_iter().map(|one| one.connection).filter(asked).collect()
                };
                let mut first_error = None;
                for one in wanted {
                    log(&format!("{}: getting records", one.name));
                    let mut args = json!({ "connection": one.id, "whole": whole });
                    let asks = |error: &ApiError| {
                        matches!(error.code, Some(ErrorCode::OtherPatient | ErrorCode::PatientNotShown))
                    };
                    let mut outcome = self.ask("sync", args.clone()).await;
                    if let Err(error) = &outcome
                        && asks(error)
                        && (same_person || agreed(error))
                    {
                        args["samePerson"] = true.into();
                        outcome = self.ask("sync", args).await;
                    }
                    let report: SyncReport = match outcome.map_err(for_a_sync) {
                        Ok(report) => report,
                        // One that fails costs the others nothing.
                        Err(error) if connection.is_none() => {
                            complain(&format!("{}: {} {}", one.name, error.message, error.advice));
                            first_error.get_or_insert(error);
                            continue;
                        }
                        Err(error) => return Err(error),
                    };
                    if !report.answered {
                        let said = plain(
                            format!("{}: nothing could be fetched.", one.name),
                            "What each kind of record came to is above. Try again later.",
                        );
                        first_error.get_or_insert(said);
                    }
                    let came = format!(
                        "{}: {} new, {} changed, {} unchanged.",
                        one.name, report.new, report.changed, report.unchanged
                    );
                    // Words say it themselves.
                    if self.json {
                        log(&came);
                    }
                    self.print(&report, || {
                        let kinds = report.kinds.iter().map(|kind| {
                            format!(
                                "\n  {}: {}{}",
                                kind.label,
                                kind.received,
                                kind.text.as_deref().map(|t| format!("  {t}")).unwrap_or_default()
                            )
                        });
                        format!(
                            "{came} {}{}{}",
                            report.verdict,
                            kinds.collect::<String>(),
                            set_aside(&report.set_aside)
                        )
                    })?;
                }
                first_error.map_or(Ok(()), Err)
            }
            Command::Ledger { connection } => {
                let Theirs { person, connection } = find(self.all_connections(state).await?, &connection)?;
                let args = json!({ "person": person, "connection": connection.id });
                let ledger: LedgerView = self.ask("ledger", args).await?;
                self.print(&ledger, || {
                    let lines = ledger.lines.iter().map(|line| format!("\n  {}: {}", line.label, line.text));
                    format!("{}{}{}", ledger.verdict, lines.collect::<String>(), set_aside(&ledger.set_aside))
                })
            }
            Command::Sent(whose) => {
                let person = Self::person(&whose, state)?;
                let sent: SentView = self.ask("sent", json!({ "person": person })).await?;
                self.print(&sent, || {
                    let line = |one: &SentRequest| {
                        let SentRequest { when, host, why, answer, bytes, .. } = one;
                        format!("{when}  {host}  {why}: {answer}, {bytes}")
                    };
                    let handed = |one: &HandedAnswer| {
                        let HandedAnswer { when, whom, what, records } = one;
                        // Of what a person saved or printed themselves it is not counted.
                        let records = if records.is_empty() { String::new() } else { format!(": {records}") };
                        format!("{when}  {whom}  {what}{records}")
                    };
                    let lines = sent.requests.iter().map(line).chain(sent.handed.iter().map(handed));
                    let lines: Vec<String> = lines.collect();
                    if lines.is_empty() { "Nothing was sent anywhere.".to_owned() } else { lines.join("\n") }
                })
            }
            Command::Assistant { what } => self.assistant(what, state).await,
            // It opens the record itself, whenever it is asked.
            Command::Mcp => Ok(()),
            Command::LetIn { connection, whose } => {
                let Theirs { person, connection } = find(self.all_connections(state).await?, &connection)?;
                let args = json!({ "person": person, "connection": connection.id, "whose": whose });
                let filed: u32 = self.ask("letIn", args).await?;
                self.print(&json!({ "filed": filed }), || {
                    let are = if filed == 1 { "is" } else { "are" };
                    format!("{} of {whose} {are} filed now.", counted(filed, "record", "records"))
                })
            }
            Command::Disconnect { connection, forget, yes } => {
                let Theirs { person, connection } = find(self.all_connections(state).await?, &connection)?;
                let gone = format!(
                    "All {} records of {} are deleted from this computer. What the provider no longer hands out cannot be \
                     fetched again.",
                    connection.resources, connection.name
                );
                if forget && !yes && !asked(&format!("{gone}\nDelete them? [y/N]")) {
                    return Err(plain("Nothing was deleted.", "To delete without being asked, add --yes."));
                }
                let args = json!({ "person": person, "connection": connection.id, "keepRecords": !forget });
                self.ask::<()>("disconnect", args).await
            }
            Command::Add { whose, change, what } => {
                let person = self.person_or_new(&whose, state).await?;
                let entry = self.own_entry(what).await?;
                let args = json!({ "person": person, "resource": change, "entry": entry });
                let saved: OwnSaved = self.ask("saveOwn", args).await?;
                let told = json!({ "resource": saved.resource, "fact": saved.fact });
                self.print(&told, || format!("Kept as {}.", saved.resource))
            }
            Command::Remove { whose, id } => {
                let person = Self::person(&whose, state)?;
                self.ask::<String>("deleteOwn", json!({ "person": person, "resource": id })).await?;
                self.print(&json!({ "removed": id }), || format!("{id} is deleted."))
            }
            Command::Import { whose, undo: Some(id), .. } => {
                let person = Self::person(&whose, state)?;
                let gone: u32 = self.ask("undoImport", json!({ "person": person, "import": id })).await?;
                self.print(&json!({ "undone": gone }), || format!("{gone} records of this import are gone."))
            }
            Command::Import { whose, connection, preview: true, paths, .. } => {
                let person = Self::person(&whose, state)?;
                let args = json!({ "person": person, "label": connection, "paths": paths });
                let preview: ImportPreview = self.ask("previewImport", args).await?;
                self.print(&preview, || previewed(&preview))
            }
            Command::Import { whose, connection, release, yes, paths, .. } => {
                let person = self.person_or_new(&whose, state).await?;
                let release = release.map(|release| match release {
                    options::Release::Dstu2 => "dstu2",
                    options::Release::Stu3 => "stu3",
                    options::Release::R4 => "r4",
                });
                let mut args = json!({
                    "person": person, "label": connection, "release": release, "paths": paths, "confirmed": yes
                });
                let report: ImportReport = match self.ask("import", args.clone()).await {
                    Err(error) if error.code == Some(ErrorCode::OtherPatient) && agreed(&error) => {
                        args["confirmed"] = true.into();
                        self.ask("import", args).await?
                    }
                    outcome => outcome?,
                };
                let taken = report.entries > 0;
                self.print(&report, || {
                    let types = report.resources.iter().map(|(name, count)| format!("\n  {name}: {count}"));
                    let remarks = report.remarks.iter().map(|remark| format!("\n{remark}"));
                    format!(
                        "{}, {}, {}{}{}\n{} not read{}{}{}",
                        counted(report.files, "file", "files"),
                        counted(report.entries, "entry", "entries"),
                        counted(report.versions, "new version", "new versions"),
                        types.collect::<String>(),
                        remarks.collect::<String>(),
                        report.unreadable.len(),
                        places(&report.unreadable),
                        places(&report.beside),
                        set_aside(&report.set_aside)
                    )
                })?;
                if taken {
                    Ok(())
                } else {
                    Err(plain("Nothing was added.", "What was found in the files is above."))
                }
            }
            Command::Imports(whose) => {
                let person = Self::person(&whose, state)?;
                let imports: Vec<ImportView> = self.ask("imports", json!({ "person": person })).await?;
                for import in &imports {
                    self.print(import, || {
                        let sources = import.sources.join(", ");
                        let records = counted(import.records, "record", "records");
                        format!("{}  {}  {sources}: {records}", import.id.0, import.when)
                    })?;
                }
                Ok(())
            }
            Command::Timeline(whose) => self.timeline(&whose, state).await,
            Command::Search { whose, limit, text } => {
                let person = Self::person(&whose, state)?;
                let args = json!({ "person": person, "text": text.join(" "), "limit": limit });
                self.found(&self.ask("search", args).await?)
            }
            Command::Entries(whose) => {
                let person = Self::person_if_named(&whose, state)?;
                self.app.entries(person, self.lines("title")).await
            }
            Command::Facts(whose) => {
                let person = Self::person_if_named(&whose, state)?;
                self.app.facts(person, self.lines("title")).await
            }
            Command::Topics(whose) => {
                // Without names, two people's would be one list.
                let person = if self.json || state.persons.len() < 2 {
                    Self::person_if_named(&whose, state)?
                } else {
                    Some(Self::person(&whose, state)?)
                };
                for topic in self.app.topic_lines(person).await? {
                    self.print(&topic, || {
                        let said = |name: &str| topic[name].as_str().unwrap_or_default().to_owned();
                        let status = Some(said("status")).filter(|status| !status.is_empty());
                        let status = status.map(|status| format!("[{status}]")).unwrap_or_default();
                        let parts =
                            [said("standing_text"), said("name"), status, said("text"), said("since_text")];
                        let line =
                            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ");
                        let told = topic["told"].as_array().into_iter().flatten().filter_map(Value::as_str);
                        told.fold(line, |line, sentence| format!("{line}\n    {sentence}"))
                    })?;
                }
                Ok(())
            }
            Command::Record { id } => {
                for (title, lines) in self.app.record_text(id).await? {
                    let json = json!({ "title": title, "lines": lines });
                    self.print(&json, || {
                        let lines = lines.iter().map(|line| format!("\n  {}: {}", line.label, line.text));
                        format!("{title}{}", lines.collect::<String>())
                    })?;
                }
                Ok(())
            }
            Command::Compare(whose) => {
                let person = Self::person(&whose, state)?;
                for table in self.ask::<CompareView>("compare", json!({ "person": person })).await?.tables {
                    self.print(&json!(table), || side_by_side(&table))?;
                }
                Ok(())
            }
            Command::Summary {
                whose,
                pdf,
                paper,
                sheet,
                large,
                language,
                tests,
                problem,
                without_tellers,
                with_sensitive,
                without_sensitive,
            } => {
                let person = Self::person(&whose, state)?;
                let paper = paper_of(paper);
                let sheet = match sheet {
                    options::Sheet::Summary => SheetKind::Summary,
                    options::Sheet::Compare => SheetKind::Compare,
                    options::Sheet::Medicines => SheetKind::Medicines,
                    options::Sheet::Vaccines => SheetKind::Vaccines,
                    options::Sheet::Emergency => SheetKind::Emergency,
                    options::Sheet::Care => SheetKind::Care,
                    options::Sheet::Results => SheetKind::Results,
                    options::Sheet::Whole => SheetKind::Whole,
                };
                let kept: PrintingView = self.ask("printing", json!({ "person": person })).await?;
                let language = match language {
                    options::Language::En => Language::En,
                    options::Language::Es => Language::Es,
                };
                let large = large || kept.printing.large;
                let sensitive = Sensitive::chosen(&kept, &with_sensitive, &without_sensitive);
                let left_out = sensitive.left_out(&kept);
                if !left_out.is_empty() {
                    complain(&format!(
                        "Left out, because nobody chose to print it (--with KIND prints it): {}",
                        left_out.join(", ")
                    ));
                }
                let mut printing = Printing { large, language: Some(language), ..kept.printing };
                printing.tellers &= !without_tellers;
                printing.with_sensitive = sensitive.with;
                printing.without_sensitive = sensitive.without;
                if !tests.is_empty() {
                    printing.tests = self.tests_called(&person, &tests).await?;
                }
                if let Some(name) = problem {
                    let mut found = kept.problems.into_iter();
                    let found = found.find(|one| one.name.eq_ignore_ascii_case(name.trim()));
                    let none =
                        || plain("There is no such current problem.", "Name one as `topics` calls it.");
                    printing.problem = Some(found.ok_or_else(none)?.topic);
                }
                let args = json!({"person": person, "paper": paper, "sheet": sheet, "printing": printing});
                let saved = self.ask::<SavedSummary>("saveSummaryPdf", args).await?;
                self.written(&pdf, &saved)
            }
            Command::Table { whose, what, csv } => {
                let person = Self::person(&whose, state)?;
                let (command, args) = match what {
                    options::Table::Results => ("saveTrend", json!({"person": person, "kind": "result"})),
                    options::Table::Vitals => ("saveTrend", json!({"person": person, "kind": "vital"})),
                    options::Table::Medicines => ("saveList", json!({"person": person, "list": "medicines"})),
                    options::Table::Problems => ("saveList", json!({"person": person, "list": "problems"})),
                    options::Table::Allergies => ("saveList", json!({"person": person, "list": "allergies"})),
                    options::Table::Vaccines => ("saveList", json!({"person": person, "list": "vaccines"})),
                    options::Table::Visits => ("saveList", json!({"person": person, "list": "visits"})),
                    options::Table::Procedures => {
                        ("saveList", json!({"person": person, "list": "procedures"}))
                    }
                };
                self.ask::<Value>(command, args).await?;
                self.print(&json!({ "csv": csv }), || format!("Written to {}", csv.display()))
            }
            Command::Letter { whose, connection, pdf, record, should_say, why, to, paper } => {
                let known = self.connections(&whose, state).await?;
                let mut found = known.iter().filter(|one| one.name == connection || one.id.0 == connection);
                let (Some(found), None) = (found.next(), found.next()) else {
                    return Err(plain(
                        "There is no such connection, or several.",
                        "Name one from `connections`.",
                    ));
                };
                let person = Self::person(&whose, state)?;
                let about = match &record {
                    Some(record) => Some(self.app.source_of(found.id.clone(), record.clone()).await?),
                    None => None,
                };
                let (fact, resource) = about.map_or((None, None), |(fact, of)| (Some(fact), Some(of)));
                let args =
                    json!({"person": person, "connection": found.id, "fact": fact, "resource": resource});
                let draft: LetterDraft = self.ask("letterDraft", args).await?;
                let asks = match fact.zip(resource) {
                    Some((fact, resource)) => LetterAsks::Correction { fact, resource, should_say, why },
                    None => LetterAsks::Copy,
                };
                let letter = LetterText { connection: found.id.clone(), asks, to: to.unwrap_or(draft.to) };
                let args = json!({ "person": person, "letter": letter, "paper": paper_of(paper) });
                let saved = self.ask::<SavedSummary>("saveLetterPdf", args).await?;
                self.written(&pdf, &saved)
            }
            Command::Backup { file, with } => {
                let passphrase = new_passphrase("The backup's passphrase:", with)?;
                let saved: Saved = self.ask("backUp", json!({ "passphrase": passphrase })).await?;
                self.print(&saved, || format!("Written to {} and read back", file.display()))
            }
            Command::TakeOut { whose, encrypt, with, folder } => {
                let person = Self::person(&whose, state)?;
                let passphrase =
                    if encrypt { Some(new_passphrase("The file's passphrase:", with)?) } else { None };
                let args = json!({ "person": person, "folder": folder, "passphrase": passphrase });
                let taken: TakenOut = self.ask("takeOut", args).await?;
                if let Some(warning) = &taken.warning {
                    complain(warning);
                }
                self.print(&taken, || format!("Everything is in {}", taken.path))
            }
            Command::Restore { file, with, preview, yes, .. } => {
                let Some(file) = file else { return Ok(()) };
                let passphrase = backup_passphrase(with)?;
                let args = json!({ "file": file, "passphrase": passphrase });
                let found: BackupPreview = self.ask("previewBackup", args.clone()).await?;
                if preview {
                    return self.print(&found, || in_backup(&found));
                }
                complain(&in_backup(&found));
                if !yes && !asked("Put this in the place of the record that is here? [y/N]") {
                    return Err(plain(
                        "Nothing was changed.",
                        "Say --yes to replace the record without being asked.",
                    ));
                }
                let state: AppState = self.ask("restore", args).await?;
                self.say_recovery_code(&state).await?;
                self.print(&found, || {
                    "Restored. Providers have to be signed in again. Until the next command, `restore --undo` takes it back."
                        .to_owned()
                })
            }
            Command::Check => self.check().await,
            Command::Rescue { yes } => self.rescue(yes).await,
            Command::Keys { what } => self.keys(what).await,
            Command::Erase { what, yes } => self.erase(what, yes, state).await,
            Command::Rebuild => self.ask("rebuild", json!({})).await,
        }
    }

    async fn check(&self) -> Result<(), ApiError> {
        let text: String = self.ask("checkRecord", json!({})).await?;
        let health: HealthView = self.ask("health", json!({})).await?;
        self.print(&json!({ "text": text, "health": health }), || {
            let mut lines = vec![text.clone()];
            lines.extend(health.cloud.clone());
            lines.extend(health.rescued.as_ref().map(was_rescued));
            lines.join("\n")
        })
    }

    /// Of a record that is open as well: some of it may be damaged.
    async fn rescue(&self, yes: bool) -> Result<(), ApiError> {
        if !yes
            && !asked("Read what can be read of the record into a new file? The damaged one is kept. [y/N]")
        {
            return Err(plain("Nothing was changed.", "Say --yes to rescue without being asked."));
        }
        let after: AppState = self.ask("rescue", json!({ "secret": self.secret })).await?;
        self.say_recovery_code(&after).await?;
        let health: HealthView = self.ask("health", json!({})).await?;
        self.print(&health, || health.rescued.as_ref().map(was_rescued).unwrap_or_default())
    }

    /// The key is had by what opened the record here.
    async fn keys(&self, what: options::Keys) -> Result<(), ApiError> {
        let secret = &self.secret;
        match what {
            options::Keys::NewCode => {
                let state: AppState = self.ask("newRecoveryCode", json!({ "secret": secret })).await?;
                self.say_recovery_code(&state).await
            }
            options::Keys::Passphrase { new } => {
                let args = json!({ "secret": secret, "passphrase": first_line(new)? });
                let keys: KeysView = self.ask("setPassphrase", args).await?;
                self.print(&keys, || "The new passphrase opens the record from now on.".to_owned())
            }
            options::Keys::Change => {
                let state: AppState = self.ask("changeKey", json!({ "secret": secret })).await?;
                self.say_recovery_code(&state).await
            }
        }
    }

    /// Asks twice, once for what and once for what cannot be reached.
    async fn erase(&self, what: options::Erase, yes: bool, state: &AppState) -> Result<(), ApiError> {
        let what = match what {
            options::Erase::Person { name } => {
                let person = Self::person(&Whose { person: Some(name) }, state)?;
                json!({ "what": "person", "person": person })
            }
            options::Erase::Document { whose, document } => {
                json!({ "what": "document", "person": Self::person(&whose, state)?, "fact": document })
            }
            options::Erase::Import { whose, import } => {
                json!({ "what": "import", "person": Self::person(&whose, state)?, "import": import })
            }
            options::Erase::Everything => json!({ "what": "everything" }),
        };
        let preview: ErasePreview = self.ask("erasePreview", json!({ "what": what })).await?;
        complain(&preview.text);
        for file in &preview.backups {
            complain(&format!("A backup that may hold it still: {file}"));
        }
        for file in &preview.aside {
            complain(&format!("Left of another record, and not touched: {file}"));
        }
        let agreed =
            yes || asked("Erase this for good? [y/N]") && asked("It cannot be undone. Are you sure? [y/N]");
        if !agreed {
            return Err(plain("Nothing was erased.", "Say --yes to erase without being asked."));
        }
        let after: AppState = self.ask("erase", json!({ "what": what })).await?;
        self.say_recovery_code(&after).await?;
        self.print(&preview, || "Erased.".to_owned())
    }

    /// Whoever stops the program before this hears another code next time.
    async fn say_recovery_code(&self, state: &AppState) -> Result<(), ApiError> {
        if let Some(code) = &state.recovery_code {
            complain(&format!(
                "Keep this recovery code of your record on paper, it is not shown again:\n{code}"
            ));
            let _: AppState = self.ask("recoveryCodeKept", json!({})).await?;
        }
        Ok(())
    }

    async fn connect(&self, connect: Connect, state: &AppState) -> Result<(), ApiError> {
        let person = self.person_or_new(&connect.whose, state).await?;
        let client_secret = connect.client_secret_file.map(secret_of).transpose()?;
        let manual = connect.base_r4.is_some() || connect.base_dstu2.is_some();
        let card = if manual { "manual".to_owned() } else { self.card(&connect.provider).await? };
        // Only at this computer can a terminal hear that the browser came back.
        let setup: CardSetup = self.ask("cardSetup", json!({ "card": card, "person": person })).await?;
        let here = |one: &RedirectOption| one.addresses.iter().any(|one| one.starts_with("http://127.0.0.1"));
        let here = setup.redirects.into_iter().find(here);
        let (addresses, redirect) = here.map(|one| (one.addresses, one.redirect)).unwrap_or_default();
        let redirect = connect.redirect.or(redirect);
        if redirect.as_ref().is_some_and(|address| !address.starts_with("http://127.0.0.1")) {
            return Err(plain(
                "A terminal does not hear that the browser came back to another place than this computer.",
                &format!(
                    "Register an address such as {OWN_ADDRESS} and give that one, or connect in the window."
                ),
            ));
        }
        let target = if manual {
            ConnectTarget::Manual {
                name: connect.provider,
                authorize: connect.authorize,
                token: connect.token,
                base_dstu2: connect.base_dstu2,
                base_r4: connect.base_r4,
                redirect,
                client_id: connect.client_id,
                client_secret,
                trusts: None,
            }
        } else {
            ConnectTarget::Card {
                card,
                practice: connect.practice,
                base: None,
                redirect,
                client_id: connect.client_id,
                client_secret,
            }
        };
        let args = json!({ "attempt": "terminal", "person": person, "target": target });
        let view: ConnectionView =
            self.ask("connect", args).await.map_err(|error| for_the_terminal(error, &addresses))?;
        self.print(&view, || format!("{}  {}", view.name, view.state_text))
    }

    /// The id of a card of the directory, by itself or by a name that only one has.
    async fn card(&self, provider: &str) -> Result<String, ApiError> {
        let found: Vec<DirectoryEntry> = self.ask("directory", json!({ "query": "" })).await?;
        if let Some(card) = found.into_iter().find(|one| one.card == provider) {
            return Ok(card.card);
        }
        let found: Vec<DirectoryEntry> = self.ask("directory", json!({ "query": provider })).await?;
        match found.as_slice() {
            [one] => Ok(one.card.clone()),
            [] => Err(plain("No provider of that name.", "Look for it with `directory`.")),
            _ => Err(plain("Several providers match.", "Name one by its card, from `directory`.")),
        }
    }

    async fn timeline(&self, whose: &Whose, state: &AppState) -> Result<(), ApiError> {
        let person = Self::person(whose, state)?;
        let names = self.connections(whose, state).await?;
        let names: std::collections::BTreeMap<&ConnectionId, &str> =
            names.iter().map(|c| (&c.id, c.name.as_str())).collect();
        let mut cursor: Option<String> = None;
        loop {
            let args = json!({ "person": person, "filter": {}, "cursor": cursor, "limit": 500 });
            let page: TimelinePage = self.ask("timeline", args).await?;
            for row in &page.rows {
                self.print(row, || {
                    let mark = if row.struck { "✗ " } else { "" };
                    let more: Vec<&str> = [
                        &row.value,
                        &row.flag_text,
                        &row.second,
                        &row.status_text,
                        &row.disagreement,
                        &row.holds_text,
                    ]
                    .into_iter()
                    .flatten()
                    .map(String::as_str)
                    .collect();
                    let sources: Vec<&str> =
                        row.sources.iter().filter_map(|id| names.get(id).copied()).collect();
                    let more = if more.is_empty() { String::new() } else { format!(": {}", more.join(", ")) };
                    format!(
                        "{:<18} {:<12} {mark}{}{more}  [{}]",
                        row.day_text,
                        row.kind_text,
                        row.title,
                        sources.join(" + ")
                    )
                })?;
            }
            cursor = page.next;
            if cursor.is_none() {
                return Ok(());
            }
        }
    }

    fn found(&self, found: &SearchView) -> Result<(), ApiError> {
        if let Some(instead) = &found.instead {
            complain(instead);
        }
        for group in &found.groups {
            if !self.json {
                self.print(&(), || group.label.clone())?;
            }
            for hit in &group.hits {
                self.print(hit, || {
                    let row = &hit.row;
                    let times = if hit.count > 1 { format!(" × {}", hit.count) } else { String::new() };
                    let value = row.value.as_deref().map(|value| format!(": {value}")).unwrap_or_default();
                    let passage =
                        hit.passage.as_deref().map(|text| format!("\n    {text}")).unwrap_or_default();
                    let mark = if row.struck { "✗ " } else { "" };
                    format!("  {:<18} {mark}{}{value}{times}{passage}", row.day_text, row.title)
                })?;
            }
        }
        Ok(())
    }

    // ---- what a person adds

    /// What was said on the command line, as the app takes it.
    async fn own_entry(&self, what: Add) -> Result<OwnEntry, ApiError> {
        Ok(match what {
            Add::Medicine { name, how, reason, since, stopped, until, note } => {
                OwnEntry::Medicine { name, how, reason, since, stopped, until, note }
            }
            Add::Allergy { substance, reaction, severity, since, note } => {
                let severity = severity.map(|severity| match severity {
                    options::Severity::Mild => OwnSeverity::Mild,
                    options::Severity::Moderate => OwnSeverity::Moderate,
                    options::Severity::Severe => OwnSeverity::Severe,
                });
                OwnEntry::Allergy { substance, reaction, severity, since, note }
            }
            Add::Problem { name, since, over, until, note } => {
                OwnEntry::Problem { name, since, over, until, note }
            }
            Add::Measurement { what, value, date, time, unit, note } => {
                let what = measure_of(what);
                let unit = match unit {
                    Some(unit) => unit,
                    None => self.usual_unit(what).await?,
                };
                let (value, second) = match value.split_once('/') {
                    Some((upper, lower)) => (upper.to_owned(), Some(lower.to_owned())),
                    None => (value, None),
                };
                OwnEntry::Measurement { what, value, second, unit, date, time, note }
            }
            Add::Vaccine { name, date, lot, place, note } => {
                OwnEntry::Vaccine { name, date, lot, place, note }
            }
            Add::Visit { reason, date, time, place, note } => {
                OwnEntry::Visit { reason, date, time, place, note }
            }
        })
    }

    async fn usual_unit(&self, what: OwnMeasure) -> Result<String, ApiError> {
        let all: Vec<OwnMeasureView> = self.ask("ownMeasures", json!({})).await?;
        let usual = all.into_iter().find(|one| one.what == what).and_then(|one| one.units.into_iter().next());
        usual.map(|one| one.unit).ok_or_else(|| plain("It has no unit.", "Say one with --unit."))
    }

    // ---- whom and what

    fn person_if_named(whose: &Whose, state: &AppState) -> Result<Option<PersonId>, ApiError> {
        whose.person.as_ref().map(|_| Self::person(whose, state)).transpose()
    }

    pub(crate) fn person(whose: &Whose, state: &AppState) -> Result<PersonId, ApiError> {
        let found = match &whose.person {
            Some(name) => state.persons.iter().find(|person| &person.name == name || &person.id.0 == name),
            None if state.persons.len() <= 1 => state.persons.first(),
            None => return Err(plain("This record holds several persons.", "Say whose with --person NAME.")),
        };
        found
            .map(|person| person.id.clone())
            .ok_or_else(|| plain("There is no such person here.", "Check --person."))
    }

    async fn person_or_new(&self, whose: &Whose, state: &AppState) -> Result<PersonId, ApiError> {
        if let Ok(known) = Self::person(whose, state) {
            return Ok(known);
        }
        let Some(name) = &whose.person else {
            return Err(plain("Whose record is it?", "Say so with --person NAME."));
        };
        let args = json!({ "name": name, "homeZone": state.system_zone });
        let added: PersonView = self.ask("savePerson", args).await?;
        Ok(added.id)
    }

    async fn connections(&self, whose: &Whose, state: &AppState) -> Result<Vec<ConnectionView>, ApiError> {
        match Self::person_if_named(whose, state)? {
            Some(person) => self.ask("connections", json!({ "person": person })).await,
            None => Ok(self.all_connections(state).await?.into_iter().map(|one| one.connection).collect()),
        }
    }

    async fn all_connections(&self, state: &AppState) -> Result<Vec<Theirs>, ApiError> {
        let mut all = Vec::new();
        for PersonView { id, .. } in &state.persons {
            let of_person: Vec<ConnectionView> = self.ask("connections", json!({ "person": id })).await?;
            all.extend(of_person.into_iter().map(|connection| Theirs { person: id.clone(), connection }));
        }
        Ok(all)
    }

    // ---- printing

    /// Tests whose names have these words in them.
    async fn tests_called(&self, person: &PersonId, names: &[String]) -> Result<Vec<ChosenTest>, ApiError> {
        let mut chosen: Vec<ChosenTest> = Vec::new();
        let mut unknown: Vec<&String> = names.iter().collect();
        for kind in [TestKind::Result, TestKind::Vital] {
            let mut cursor: Option<String> = None;
            loop {
                let args = json!({"person": person, "kind": kind, "cursor": cursor, "limit": 500});
                let page: TestsPage = self.ask("tests", args).await?;
                for test in page.tests {
                    let title = test.title.to_lowercase();
                    let called = |name: &&String| title.contains(&name.trim().to_lowercase());
                    if names.iter().any(|name| called(&name)) {
                        unknown.retain(|name| !called(name));
                        chosen.push(ChosenTest { kind, test: test.test });
                    }
                }
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
        }
        match unknown.first() {
            Some(name) => Err(plain(format!("No test is called {name}."), "Name one as `facts` calls it.")),
            None => Ok(chosen),
        }
    }

    /// Says where pages were written, and what does not print on them.
    fn written(&self, pdf: &Path, saved: &SavedSummary) -> Result<(), ApiError> {
        if let Some(warning) = &saved.warning {
            complain(warning);
        }
        let json = json!({ "pdf": pdf, "warning": saved.warning });
        self.print(&json, || format!("Written to {}", pdf.display()))
    }

    pub(crate) fn print<T: Serialize>(
        &self,
        value: &T,
        words: impl FnOnce() -> String,
    ) -> Result<(), ApiError> {
        let text = if self.json {
            serde_json::to_string(value).map_err(|e| plain(e, "This is a mistake in Wholechart."))?
        } else {
            words()
        };
        writeln!(io::stdout(), "{}", harmless(&text)).map_err(|e| plain(e, "Standard output was closed."))
    }

    /// Entries and facts are a contract as JSON; for people their title is enough.
    fn lines(&self, title: &'static str) -> impl FnMut(Value) + Send + 'static {
        let json = self.json;
        move |value| {
            let text =
                if json { value.to_string() } else { value[title].as_str().unwrap_or_default().to_owned() };
            // A reader that stopped listening, such as `head`, is no error.
            drop(writeln!(io::stdout(), "{}", harmless(&text)));
        }
    }
}

/// Which kinds of what is sensitive are printed.
struct Sensitive {
    with: Vec<SensitiveKind>,
    without: Vec<SensitiveKind>,
}

impl Sensitive {
    /// What was said now comes before what was chosen in the window.
    fn chosen(kept: &PrintingView, with: &[options::Sensitive], without: &[options::Sensitive]) -> Sensitive {
        let of = |kinds: &[options::Sensitive]| -> Vec<SensitiveKind> {
            kinds.iter().map(|kind| kind_of(*kind)).collect()
        };
        let (now_with, now_without) = (of(with), of(without));
        let join = |now: &[SensitiveKind], against: &[SensitiveKind], before: &[SensitiveKind]| {
            let still = before.iter().filter(|kind| !against.contains(kind) && !now.contains(kind)).copied();
            now.iter().copied().chain(still).collect()
        };
        Sensitive {
            with: join(&now_with, &now_without, &kept.printing.with_sensitive),
            without: join(&now_without, &now_with, &kept.printing.without_sensitive),
        }
    }

    /// What the record has and nobody decided about, in words.
    fn left_out(&self, kept: &PrintingView) -> Vec<String> {
        let undecided = |kind: &SensitiveKind| !self.with.contains(kind) && !self.without.contains(kind);
        let found = kept.sensitive.iter().filter(|one| undecided(&one.kind));
        found.map(|one| one.text.clone()).collect()
    }
}

fn measure_of(what: options::Measure) -> OwnMeasure {
    match what {
        options::Measure::BloodPressure => OwnMeasure::BloodPressure,
        options::Measure::Weight => OwnMeasure::Weight,
        options::Measure::Height => OwnMeasure::Height,
        options::Measure::Temperature => OwnMeasure::Temperature,
        options::Measure::HeartRate => OwnMeasure::HeartRate,
        options::Measure::OxygenSaturation => OwnMeasure::OxygenSaturation,
        options::Measure::Glucose => OwnMeasure::Glucose,
        options::Measure::Pain => OwnMeasure::Pain,
    }
}

fn kind_of(kind: options::Sensitive) -> SensitiveKind {
    match kind {
        options::Sensitive::Mental => SensitiveKind::Mental,
        options::Sensitive::Reproductive => SensitiveKind::Reproductive,
        options::Sensitive::Substances => SensitiveKind::Substances,
        options::Sensitive::Hiv => SensitiveKind::Hiv,
        options::Sensitive::Life => SensitiveKind::Life,
    }
}

/// The passphrase of a backup: the first line of a file, or of standard input; at a terminal, typed without being shown.
fn backup_passphrase(file: Option<PathBuf>) -> Result<String, ApiError> {
    if let Some(file) = file {
        return first_line(file);
    }
    typed("The backup's passphrase:")
}

/// The passphrase of what is to be written. At a terminal, where nobody sees what is typed, it is typed twice.
fn new_passphrase(asked: &str, file: Option<PathBuf>) -> Result<String, ApiError> {
    let is_seen = file.is_some() || !io::stdin().is_terminal();
    let passphrase = file.map_or_else(|| typed(asked), first_line)?;
    if is_seen || typed("Once more:")? == passphrase {
        return Ok(passphrase);
    }
    Err(plain("These were not the same.", "Nothing was written. Try again."))
}

fn typed(what: &str) -> Result<String, ApiError> {
    complain(what);
    let failed = |e: io::Error| plain(e, "Give the passphrase with --with FILE.");
    if io::stdin().is_terminal() {
        return rpassword::read_password().map_err(failed);
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(failed)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// What a backup says of itself, beside what is here.
fn in_backup(found: &BackupPreview) -> String {
    let people = |people: &[HeldPerson]| -> String {
        let line = |one: &HeldPerson| {
            let born = one.born.as_deref().map(|day| format!(", born {day}")).unwrap_or_default();
            let newest = one.newest.as_deref().map(|day| format!(", newest {day}")).unwrap_or_default();
            format!("\n  {}{born}: {}{newest}", one.name, one.held)
        };
        if people.is_empty() { "\n  nobody".to_owned() } else { people.iter().map(line).collect() }
    };
    let here = found.here.as_ref().map(|here| format!("\nThe record that is here{}", people(here)));
    format!("{}, made {}{}{}", found.file, found.made, people(&found.people), here.unwrap_or_default())
}

fn paper_of(paper: options::Paper) -> Paper {
    match paper {
        options::Paper::Letter => Paper::Letter,
        options::Paper::A4 => Paper::A4,
    }
}

/// A table as lines: each row with what every provider says of it.
fn side_by_side(table: &CompareTable) -> String {
    let mut lines = vec![table.title.clone()];
    lines.extend(table.notes.iter().map(|note| format!("  {note}")));
    for row in &table.rows {
        lines.push(format!("  {}  [{}]", row.name, row.standing_text));
        for (provider, cell) in table.providers.iter().zip(&row.cells) {
            let said = cell.says.iter().flat_map(|said| said.title.iter().chain(&said.lines));
            let all: Vec<&str> =
                [&cell.how].into_iter().chain(&cell.differs).chain(said).map(String::as_str).collect();
            lines.push(format!("    {}: {}", provider.name, all.join("; ")));
        }
        lines.extend(row.ask.iter().map(|sentence| format!("    {sentence}")));
    }
    lines.join("\n")
}

/// What a rescue led to, in lines.
fn was_rescued(rescued: &RescuedView) -> String {
    let mut lines = vec![format!("Rescued from a damaged file on {}.", rescued.when)];
    if rescued.lost.is_empty() {
        lines.push("Everything could be read.".to_owned());
    } else {
        lines.push("This could not be read:".to_owned());
        lines.extend(rescued.lost.iter().map(|lost| format!("  {lost}")));
        lines.push("To fill the gaps, `sync` and `import` again.".to_owned());
    }
    lines.extend(rescued.aside.iter().map(|folder| format!("The damaged file is kept in {folder}")));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_key_is_the_whole_file_and_a_secret_its_first_line() {
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("secret");
        for (text, secret) in [
            ("s3cret\n", "s3cret"),
            ("s3cret\r\nand a note\n", "s3cret"),
            ("s3cret", "s3cret"),
            (
                "-----BEGIN PRIVATE KEY-----\nAAAA\nBBBB\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\nBBBB\n-----END PRIVATE KEY-----\n",
            ),
            (
                "-----BEGIN EC PRIVATE KEY-----\rAAAA\r-----END EC PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\rAAAA\r-----END EC PRIVATE KEY-----",
            ),
        ] {
            std::fs::write(&file, text).unwrap();
            assert_eq!(secret_of(file.clone()).unwrap(), secret);
        }
    }
}
