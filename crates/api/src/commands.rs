//! The one list of commands. From it come the way in for hosts ([`dispatch`]) and the TypeScript the window is
//! checked against ([`typescript`]), so a command cannot exist on one side only.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use ts_rs::{Config, TS};
use wholechart_fhir::{Kind, Release};
use wholechart_record::{ConnectionId, FactId, PersonId, Wish};
use wholechart_store::{ImportId, VersionId};

use crate::{
    app::App,
    wire::{
        ApiError, AppState, AsksView, AssistantChoice, AssistantView, BackupPreview, BackupsView, CardSetup,
        ChangeView, CompareView, ConflictView, ConnectTarget, ConnectionView, ContactsView, Decided,
        DirectoryEntry, Erase, ErasePreview, Event, FactPage, FileContent, FileView, HealthView, HomeView,
        ImportPreview, ImportReport, ImportView, KeptResult, KeysView, LedgerView, LetterDraft, LetterText,
        ListName, ListPage, NewsView, Often, OwnEntry, OwnMeasureView, OwnSaved, Paper, PersonView, Printing,
        PrintingView, ProviderList, RawView, ReadResults, ResultsKept, Saved, SavedSummary, SearchView,
        SentView, Settings, SettingsView, SheetKind, Strength, SummaryView, SyncReport, SyncSettings,
        TakeOutFolder, TakenOut, TestKind, TestsPage, TimelineFacets, TimelineFilter, TimelinePage,
        TimelineRow, TopicView, TrendPage, UpdatesView,
    },
};

macro_rules! commands {
    ($( $(#[doc = $doc:literal])* $wire:literal => $name:ident($($arg_wire:literal $arg:ident: $ty:ty),*) -> $result:ty; )*) => {
        /// Runs the command a host was asked for. Arguments are a JSON object with the command's argument names.
        ///
        /// # Errors
        /// What the command says; and for a host's own mistake (no such command, wrong arguments) words that name it.
        pub async fn dispatch(app: &Arc<App>, command: &str, args: Value) -> Result<Value, ApiError> {
            let mut args = match args {
                Value::Object(args) => args,
                _ => Map::new(),
            };
            match command {
                $( $wire => {
                    $( let $arg: $ty = take(app, command, &mut args, $arg_wire)?; )*
                    let result: $result = app.$name($($arg),*).await?;
                    serde_json::to_value(result).map_err(|e| app.misuse(command, &e.to_string()))
                } )*
                _ => Err(app.misuse(command, "there is no such command")),
            }
        }

        /// Every command's name with those of its arguments: for tests that go through all of them.
        pub const COMMANDS: &[(&str, &[&str])] = &[$( ($wire, &[$($arg_wire),*]) ),*];

        /// Writes the command list and every type it mentions as TypeScript into `folder`.
        ///
        /// # Errors
        /// When a file cannot be written.
        pub fn typescript(folder: &Path) -> Result<(), ts_rs::ExportError> {
            let config = Config::new().with_large_int("number").with_out_dir(folder);
            let mut mentioned = Mentioned { config: &config, names: BTreeSet::new(), failed: None };
            let mut body = String::new();
            $(
                $( body.push_str(&format!("  /**{} */\n", $doc)); )*
                #[allow(unused_mut, reason = "commands without arguments add none")]
                let mut args: Vec<String> = Vec::new();
                $(
                    let optional = if <$ty as TS>::IS_OPTION { "?" } else { "" };
                    args.push(format!("{}{optional}: {}", $arg_wire, <$ty as TS>::name(&config)));
                    mentioned.add::<$ty>();
                )*
                let args = match args.join(", ") {
                    none if none.is_empty() => "Record<string, never>".to_owned(),
                    some => format!("{{ {some} }}"),
                };
                body.push_str(&format!("  {}: {{ args: {args}; result: {} }};\n", $wire, <$result as TS>::name(&config)));
                mentioned.add::<$result>();
            )*
            let names = mentioned.names.clone();
            // Not of any command, but of the window all the same.
            mentioned.add::<Event>();
            mentioned.add::<ApiError>();
            if let Some(failed) = mentioned.failed {
                return Err(failed);
            }
            let imports: String =
                names.iter().map(|name| format!("import type {{ {name} }} from \"./{name}\";\n")).collect();
            let text = format!(
                "// Generated from the command list in crates/api/src/commands.rs. Do not edit.\n{imports}\n\
                 /** Every command: what it takes and what it resolves to. A refused command rejects with an `ApiError`. */\n\
                 export interface Commands {{\n{body}}}\n"
            );
            std::fs::write(folder.join("commands.ts"), text)?;
            Ok(())
        }
    };
}

commands! {
    /// State of the whole app; the first thing to ask for.
    "appState" => app_state() -> AppState;
    /// Makes the record behind a passphrase, on a computer without a keychain.
    "createRecord" => create_record("passphrase" passphrase: String) -> AppState;
    /// Opens the record with its passphrase or recovery code.
    "unlock" => unlock("passphrase" passphrase: String) -> AppState;
    /// Tries the keychain, and the file, again.
    "retryUnlock" => retry_unlock() -> AppState;
    /// Whether the computer's keychain is waited for: it may be asking its owner to unlock it. Answers at once, whatever waits.
    "keychainWaits" => keychain_waits() -> bool;
    /// Ends waiting for the keychain: what waits goes on as where it does not answer, and asks for the passphrase or the
    /// recovery code.
    "withoutKeychain" => without_keychain() -> ();
    /// Locks the record: what runs ends where it can go on later, and the key goes. `unlock` opens it again, or `retryUnlock`
    /// where no passphrase is set.
    "lock" => lock() -> AppState;
    /// Somebody is here: the record is not locked by itself for a while.
    "awake" => awake() -> ();
    /// Begins a new record where the lock is `recordMissing`. What is left of the missing one is put aside.
    "beginAnew" => begin_anew() -> AppState;
    /// Leaves bringing the record up to date for the next start; what was done stays done.
    "stopCatchingUp" => stop_catching_up() -> ();
    /// The recovery code was written down; it is not shown again.
    "recoveryCodeKept" => recovery_code_kept() -> AppState;
    /// How hard a passphrase is to guess. Answers while the record is locked.
    "passphraseStrength" => passphrase_strength("passphrase" passphrase: String) -> Strength;
    /// What opens the record.
    "keys" => keys() -> KeysView;
    /// Makes a new recovery code; the old one opens nothing any more. `secret` is the passphrase or the old code, where no
    /// keychain has the key. It is said until `recoveryCodeKept`.
    "newRecoveryCode" => new_recovery_code("secret" secret: Option<String>) -> AppState;
    /// Puts the record behind this passphrase, beside the keychain; an older one opens nothing any more. `secret` as above.
    "setPassphrase" => set_passphrase("secret" secret: Option<String>, "passphrase" passphrase: String) -> KeysView;
    /// Encrypts the whole record with a new key, and makes a new recovery code. `secret` as above; where a passphrase opens the
    /// record it has to be that, so that it does afterwards.
    "changeKey" => change_key("secret" secret: Option<String>) -> AppState;
    /// When the last backup was made, and whether a restore can be taken back.
    "backups" => backups() -> BackupsView;
    /// Asks where to keep a backup, writes it, and reads it back.
    "backUp" => back_up("passphrase" passphrase: String) -> Saved;
    /// Ends the making of a backup; what was there before is still there.
    "stopBackingUp" => stop_backing_up() -> ();
    /// Asks which folder backups go to that are made without asking; none where it was cancelled.
    "chooseBackupFolder" => choose_backup_folder() -> Option<PathBuf>;
    /// Asks which folder everything of a person is taken out into; none where it was cancelled.
    "chooseTakeOutFolder" => choose_take_out_folder() -> Option<TakeOutFolder>;
    /// Writes everything of a person into a new folder in this one, which was named by the user: every version as it was sent,
    /// documents, and a page that tells what is there. With a passphrase, into one encrypted file.
    "takeOut" => take_out("person" person: PersonId, "folder" folder: PathBuf, "passphrase" passphrase: Option<String>) -> TakenOut;
    /// Ends that; nothing of it stays.
    "stopTakingOut" => stop_taking_out() -> ();
    /// Makes backups without asking from now on, into this folder, which was named by the user. `passphrase` is needed the first
    /// time, and kept in the record.
    "scheduleBackups" => schedule_backups("folder" folder: PathBuf, "often" often: Often, "keep" keep: u8, "passphrase" passphrase: Option<String>) -> BackupsView;
    /// Makes none without asking any more. Those that were made stay where they are.
    "stopSchedule" => stop_schedule() -> BackupsView;
    /// Asks which file is a backup; none where it was cancelled. Answers while the record is locked, as the next three do.
    "chooseBackup" => choose_backup() -> Option<PathBuf>;
    /// Reads a backup to its end and says what is in it, beside what is in the record.
    "previewBackup" => preview_backup("file" file: PathBuf, "passphrase" passphrase: String) -> BackupPreview;
    /// Puts what is in a backup in the place of the record, under a new key. Until the next start it can be taken back.
    "restore" => restore("file" file: PathBuf, "passphrase" passphrase: String) -> AppState;
    /// Puts back what the last restore replaced.
    "undoRestore" => undo_restore() -> AppState;
    /// How the file of the record is: whether it is whole, where it lies, what was lost, what it was before an upgrade.
    "health" => health() -> HealthView;
    /// Looks at the whole file, and says in words how it is.
    "checkRecord" => check_record() -> String;
    /// Stops that.
    "stopChecking" => stop_checking() -> ();
    /// Makes a new record of what can be read of a damaged one, which is set aside. `secret` is the passphrase or the recovery
    /// code, where no keychain has the key. Answers while the record cannot be opened.
    "rescue" => rescue("secret" secret: Option<String>) -> AppState;
    /// What was lost has been seen.
    "lostSeen" => lost_seen() -> HealthView;
    /// Puts the copy of before the last upgrade in the place of the record, for an older version of this app, and leaves it
    /// closed. `secret` as above. Until the next start it can be taken back.
    "goBack" => go_back("secret" secret: Option<String>) -> AppState;
    /// What an erasure takes, and which backups hold it still.
    "erasePreview" => erase_preview("what" what: Erase) -> ErasePreview;
    /// Erases for good: rows, and what they leave in the file. There is no undo.
    "erase" => erase("what" what: Erase) -> AppState;
    /// Derives the whole record anew from what was sent; events tell progress.
    "rebuild" => rebuild() -> ();
    /// Adds a person, or changes one.
    "savePerson" => save_person("id" id: Option<PersonId>, "name" name: String, "birthDate" birth_date: Option<String>, "homeZone" home_zone: String, "colour" colour: Option<u8>) -> PersonView;
    /// Shows this person's record from now on.
    "choosePerson" => choose_person("person" person: PersonId) -> AppState;
    /// Remembers where a person's record was left; `appState` says it at the next start.
    "leave" => leave("person" person: PersonId, "at" at: String) -> ();
    /// What helps whoever looks for a fault, with no word of anybody's record: to be shown before it is copied.
    "diagnostics" => diagnostics() -> String;
    /// How the window looks and speaks. Answers while the record is locked.
    "settings" => settings() -> SettingsView;
    /// Chooses how the window looks and speaks.
    "saveSettings" => save_settings("settings" settings: Settings) -> SettingsView;
    /// What this app has sent where for a person, and how it is known there.
    "contacts" => contacts("person" person: PersonId) -> ContactsView;
    /// Every request that left this computer for a person, and what was handed to an assistant, as it was written down.
    "sent" => sent("person" person: PersonId) -> SentView;
    /// What an assistant of the person's own may be handed.
    "assistant" => assistant() -> AssistantView;
    /// Chooses what an assistant may be handed: of whom, which kinds, and what of what is sensitive.
    "saveAssistant" => save_assistant("choice" choice: AssistantChoice) -> AssistantView;
    /// Finds providers by name, practice, place or web address; best first. Empty lists all. With `tests`, servers for developers too.
    "directory" => directory_search("query" query: String, "tests" tests: Option<bool>) -> Vec<DirectoryEntry>;
    /// What has to be known and done before a card's sign-in page can be opened, for a person.
    "cardSetup" => card_setup("card" card: String, "person" person: PersonId) -> CardSetup;
    /// Opens the vendor's page where applications are registered, in the system's browser.
    "openRegistration" => open_registration("card" card: String) -> ();
    /// Public lists of providers, and what is held of them.
    "providerLists" => provider_lists() -> Vec<ProviderList>;
    /// Fetches a public list; its providers are then found without a network.
    "fetchProviderList" => fetch_provider_list("list" list: String) -> Vec<ProviderList>;
    /// Signs in at a provider in the system's browser. Resolves when signed in; events tell the stage.
    "connect" => connect("attempt" attempt: String, "person" person: PersonId, "target" target: ConnectTarget) -> ConnectionView;
    /// The address the browser ended at, where it has to be pasted.
    "returnAddress" => return_address("attempt" attempt: String, "address" address: String) -> ();
    /// Says which of several patients is meant.
    "choosePatient" => choose_patient("attempt" attempt: String, "patient" patient: String) -> ();
    /// Ends an attempt to connect.
    "cancelConnect" => cancel_connect("attempt" attempt: String) -> ();
    /// A person's connections.
    "connections" => connections("person" person: PersonId) -> Vec<ConnectionView>;
    /// Ends a connection; its records are kept or forgotten.
    "disconnect" => disconnect("person" person: PersonId, "connection" connection: ConnectionId, "keepRecords" keep_records: bool) -> ();
    /// Fetches what a provider has: with `whole`, everything anew; with `samePerson`, after the user said that the
    /// provider's patient is the person after all. Resolves when done; events tell progress.
    "sync" => sync("connection" connection: ConnectionId, "whole" whole: Option<bool>, "samePerson" same_person: Option<bool>) -> SyncReport;
    /// After `sync` was refused because the provider's patient is somebody else: gives them a record of their own, with
    /// the connection in it.
    "giveConnection" => give_connection("person" person: PersonId, "connection" connection: ConnectionId) -> PersonView;
    /// Lets in what a connection sent about somebody else and what was set aside: a newborn's records in the mother's.
    /// What comes of them later is let in as well.
    "letIn" => let_in("person" person: PersonId, "connection" connection: ConnectionId, "whose" whose: String) -> u32;
    /// Connections that should be fetched now by themselves, as the settings say.
    "syncDue" => sync_due() -> Vec<ConnectionId>;
    /// When records are fetched without anybody asking.
    "syncSettings" => sync_settings() -> SyncSettings;
    /// Changes when records are fetched without anybody asking.
    "setSyncSettings" => set_sync_settings("settings" settings: SyncSettings) -> SyncSettings;
    /// Stops a sync; what has arrived stays.
    "cancelSync" => cancel_sync("connection" connection: ConnectionId) -> ();
    /// What was asked of a provider and what came.
    "ledger" => ledger("person" person: PersonId, "connection" connection: ConnectionId) -> LedgerView;
    /// A page of the timeline, newest first: after a cursor, or from a day, month or year (`2024-03`) on.
    "timeline" => timeline("person" person: PersonId, "filter" filter: TimelineFilter, "cursor" cursor: Option<String>, "at" at: Option<String>, "limit" limit: u32) -> TimelinePage;
    /// What the timeline, or one of the lists (see `list`), can be filtered by; years are those of what the filter lets through.
    "timelineFacets" => timeline_facets("person" person: PersonId, "filter" filter: Option<TimelineFilter>, "list" list: Option<ListName>) -> TimelineFacets;
    /// What is current, what is new since the person last looked, and what lies ahead.
    "home" => home("person" person: PersonId) -> HomeView;
    /// More of what is new, at most 200 after the first `skip`; the mark is `home`'s.
    "news" => news("person" person: PersonId, "skip" skip: u32, "limit" limit: u32) -> NewsView;
    /// The person has looked at what was new, up to this mark of `home`. Resolves to the mark before
    /// (0: never looked); passing that to `seen` undoes this call.
    "seen" => seen("person" person: PersonId, "upTo" up_to: i64) -> i64;
    /// A page of a list (`medicines`, `problems`, `allergies`, `vaccines`, `visits`, `procedures`, `plans`, `team`, `family`, `documents`, `insurance`).
    "list" => list("person" person: PersonId, "list" list: ListName, "filter" filter: TimelineFilter, "cursor" cursor: Option<String>, "limit" limit: u32) -> ListPage;
    /// Asks where to keep a list as a table, and writes every row that the filter lets through as CSV.
    "saveList" => save_list("person" person: PersonId, "list" list: ListName, "filter" filter: Option<TimelineFilter>) -> Saved;
    /// What facts are about: every illness, substance, medicine, vaccine and operation (of one kind, or of all), with what is so now first.
    "topics" => topics("person" person: PersonId, "kind" kind: Option<Kind>) -> Vec<TopicView>;
    /// Every test of a kind (`result`, `vital`) with its latest value and a small trend, a page at a time.
    "tests" => tests("person" person: PersonId, "kind" kind: TestKind, "cursor" cursor: Option<String>, "limit" limit: u32) -> TestsPage;
    /// A page of one test's values, newest first, on the scale of a unit (none: that of the newest value).
    "trend" => trend("person" person: PersonId, "kind" kind: TestKind, "test" test: String, "unit" unit: Option<String>, "cursor" cursor: Option<String>, "limit" limit: u32) -> TrendPage;
    /// Asks where to keep the values of one test, or of all of a kind, and writes them as CSV.
    "saveTrend" => save_trend("person" person: PersonId, "kind" kind: TestKind, "test" test: Option<String>) -> Saved;
    /// Looks through everything of a person, a few answers a kind.
    "search" => search("person" person: PersonId, "text" text: String, "limit" limit: u32) -> SearchView;
    /// A record's page.
    "fact" => fact("person" person: PersonId, "fact" fact: FactId) -> FactPage;
    /// What is shown under a record: answers of a form, findings of a visit; by time, then by title.
    "heldUnder" => held_under("person" person: PersonId, "fact" fact: FactId) -> Vec<TimelineRow>;
    /// The files of a record.
    "files" => files("person" person: PersonId, "fact" fact: FactId) -> Vec<FileView>;
    /// A file, to look at.
    "file" => file("person" person: PersonId, "fact" fact: FactId, "file" file: String) -> FileContent;
    /// Asks where to keep a file and writes it as it was sent.
    "saveFile" => save_file("person" person: PersonId, "fact" fact: FactId, "file" file: String) -> Saved;
    /// How much waits for a person's decision.
    "asks" => asks("person" person: PersonId) -> AsksView;
    /// Says that two facts are two things, however alike; holds until it is decided otherwise. Resolves to the first.
    "keepApart" => keep_apart("person" person: PersonId, "fact" fact: FactId, "other" other: FactId) -> Decided;
    /// Puts a fact under the topic of another one, or under a topic of its own; holds until it is moved again.
    "moveToTopic" => move_to_topic("person" person: PersonId, "fact" fact: FactId, "beside" beside: Option<FactId>) -> Decided;
    /// Takes what one source says (its connection and `Type/id`) out of a fact, for good. Resolves to the fact that stays.
    "splitSource" => split_source("person" person: PersonId, "fact" fact: FactId, "connection" connection: ConnectionId, "resource" resource: String) -> Decided;
    /// Records of the same kind that a record could be joined with, most alike first; `text` narrows them.
    "joinCandidates" => join_candidates("person" person: PersonId, "fact" fact: FactId, "text" text: String) -> Vec<TimelineRow>;
    /// Makes one fact of two.
    "joinFacts" => join_facts("person" person: PersonId, "fact" fact: FactId, "other" other: FactId) -> Decided;
    /// Takes back a decision about sameness, a place under a topic, or what a person added, changed or deleted of their own:
    /// what was so before is so again.
    "undo" => undo("person" person: PersonId, "undo" undo: String) -> ();
    /// Where a person's providers disagree: to ask about at the next visit.
    "conflicts" => conflicts("person" person: PersonId) -> Vec<ConflictView>;
    /// Says what is to be done about a disagreement: ask about it on the printed summary, or nothing any more.
    "chooseConflict" => choose_conflict("person" person: PersonId, "conflict" conflict: String, "wish" wish: Option<Wish>) -> ();
    /// Keeps the person's own note beside a fact; an empty text takes it away.
    "saveNote" => save_note("person" person: PersonId, "fact" fact: FactId, "text" text: String) -> ();
    /// What differs between a version and the one before it; empty for the first.
    "versionChanges" => version_changes("person" person: PersonId, "version" version: VersionId) -> Vec<ChangeView>;
    /// A resource as it was sent.
    "raw" => raw("person" person: PersonId, "version" version: VersionId) -> RawView;
    /// What each provider lists of medicines, allergies and problems, side by side.
    "compare" => compare("person" person: PersonId) -> CompareView;
    /// How a person wants sheets printed, and what has to be asked before.
    "printing" => printing("person" person: PersonId) -> PrintingView;
    /// Keeps how a person wants sheets printed.
    "savePrinting" => save_printing("person" person: PersonId, "printing" printing: Printing) -> ();
    /// The summary or another kind of sheet, laid out on paper; as the person wants sheets printed, or as `printing` says.
    "summary" => summary("person" person: PersonId, "paper" paper: Paper, "sheet" sheet: Option<SheetKind>, "printing" printing: Option<Printing>) -> SummaryView;
    /// Asks where to keep the summary or another kind of sheet and writes it as PDF.
    "saveSummaryPdf" => save_summary_pdf("person" person: PersonId, "paper" paper: Paper, "sheet" sheet: Option<SheetKind>, "printing" printing: Option<Printing>) -> SavedSummary;
    /// The summary or another kind of sheet as text.
    "notePrinted" => note_printed("person" person: PersonId, "sheet" sheet: Option<SheetKind>) -> ();
    "summaryText" => summary_text("person" person: PersonId, "sheet" sheet: Option<SheetKind>, "printing" printing: Option<Printing>) -> String;
    /// Stops the printing of a whole record.
    "cancelPrinting" => cancel_printing() -> ();
    /// Whether newer versions are looked for, and what was found.
    "updates" => updates() -> UpdatesView;
    /// Looks for newer versions from now on, or no longer.
    "setUpdates" => set_updates("on" on: bool) -> UpdatesView;
    /// Asks where releases are published whether there is a newer version.
    "lookForUpdate" => look_for_update() -> UpdatesView;
    /// Downloads the package of the version that was found. Nothing is installed.
    "downloadUpdate" => download_update() -> UpdatesView;
    /// Opens the file that was saved last, with the system's program for it.
    "openSaved" => open_saved() -> ();
    /// What a letter to a provider is filled in with: to correct a record (`fact`, and by `resource` which of its sources), or
    /// for a copy of everything.
    "letterDraft" => letter_draft("person" person: PersonId, "connection" connection: ConnectionId, "fact" fact: Option<FactId>, "resource" resource: Option<String>) -> LetterDraft;
    /// A letter to a provider, laid out on paper.
    "letter" => letter("person" person: PersonId, "letter" letter: LetterText, "paper" paper: Paper) -> SummaryView;
    /// Asks where to keep a letter and writes it as PDF.
    "saveLetterPdf" => save_letter_pdf("person" person: PersonId, "letter" letter: LetterText, "paper" paper: Paper) -> SavedSummary;
    /// What can be measured at home, with its units.
    "ownMeasures" => own_measures() -> Vec<OwnMeasureView>;
    /// What a person added of their own (`Type/id`), to be changed.
    "ownEntry" => own_entry("person" person: PersonId, "resource" resource: String) -> OwnEntry;
    /// Adds what a person says of their own; with `resource`, puts it in the place of what they said before. Resolves to the
    /// record that it is part of.
    "saveOwn" => save_own("person" person: PersonId, "resource" resource: Option<String>, "entry" entry: OwnEntry) -> OwnSaved;
    /// Deletes what a person added of their own: no version of it stays. Resolves to what `undo` takes to put it back.
    "deleteOwn" => delete_own("person" person: PersonId, "resource" resource: String) -> String;
    /// What a PDF of a record seems to say of a laboratory's results, to be looked at beside it. Nothing is stored.
    "documentResults" => document_results("person" person: PersonId, "fact" fact: FactId, "file" file: String) -> ReadResults;
    /// Keeps results that the person looked at beside the document, as entries of their own that were read from it: all of
    /// them or, where one cannot be, none. One that was kept before stays as it is.
    "keepResults" => keep_results("person" person: PersonId, "fact" fact: FactId, "file" file: String, "results" results: Vec<KeptResult>) -> ResultsKept;
    /// Asks which files, or which folder, are to be read; none where it was cancelled.
    "chooseFiles" => choose_files("folder" folder: bool) -> Vec<PathBuf>;
    /// Says what is in files before anything of them is stored: whose they seem to be, what is in them, what cannot be
    /// read. `label` is what to call the source, where it is not what the files say.
    "previewImport" => preview_import("person" person: PersonId, "label" label: Option<String>, "paths" paths: Vec<PathBuf>) -> ImportPreview;
    /// Stops looking at files, or taking them in: then nothing of them stays.
    "cancelImport" => cancel_import() -> ();
    /// What was taken in from files and can be undone, the newest first.
    "imports" => imports("person" person: PersonId) -> Vec<ImportView>;
    /// Undoes an import: what only it brought goes, what others say as well stays. Resolves to how many records went.
    "undoImport" => undo_import("person" person: PersonId, "import" import: ImportId) -> u32;
    /// Takes in files: FHIR bundles, NDJSON, clinical documents, folders and archives of them. Without `label`, sources are
    /// called what the files say.
    "import" => import("person" person: PersonId, "label" label: Option<String>, "release" release: Option<Release>, "paths" paths: Vec<PathBuf>, "confirmed" confirmed: bool) -> ImportReport;
}

fn take<T: DeserializeOwned>(
    app: &App,
    command: &str,
    args: &mut Map<String, Value>,
    name: &str,
) -> Result<T, ApiError> {
    // What serde says quotes the argument.
    serde_json::from_value(args.remove(name).unwrap_or(Value::Null))
        .map_err(|_| app.misuse(command, &format!("the argument {name} is not what was expected")))
}

/// Types met on the way through the command list; each is exported once, with all it is made of.
struct Mentioned<'a> {
    config: &'a Config,
    names: BTreeSet<String>,
    failed: Option<ts_rs::ExportError>,
}

impl Mentioned<'_> {
    fn add<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_some() {
            self.names.insert(T::ident(self.config));
            if let Err(failed) = T::export_all(self.config) {
                self.failed = Some(failed);
            }
        } else {
            T::visit_generics(self);
        }
    }
}

impl ts_rs::TypeVisitor for Mentioned<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.add::<T>();
    }
}
