// Generated from the command list in crates/api/src/commands.rs. Do not edit.
import type { AppState } from "./AppState";
import type { AsksView } from "./AsksView";
import type { AssistantChoice } from "./AssistantChoice";
import type { AssistantView } from "./AssistantView";
import type { BackupPreview } from "./BackupPreview";
import type { BackupsView } from "./BackupsView";
import type { CardSetup } from "./CardSetup";
import type { ChangeView } from "./ChangeView";
import type { CompareView } from "./CompareView";
import type { ConflictView } from "./ConflictView";
import type { ConnectTarget } from "./ConnectTarget";
import type { ConnectionId } from "./ConnectionId";
import type { ConnectionView } from "./ConnectionView";
import type { ContactsView } from "./ContactsView";
import type { Decided } from "./Decided";
import type { DirectoryEntry } from "./DirectoryEntry";
import type { Erase } from "./Erase";
import type { ErasePreview } from "./ErasePreview";
import type { FactId } from "./FactId";
import type { FactPage } from "./FactPage";
import type { FileContent } from "./FileContent";
import type { FileView } from "./FileView";
import type { HealthView } from "./HealthView";
import type { HomeView } from "./HomeView";
import type { ImportId } from "./ImportId";
import type { ImportPreview } from "./ImportPreview";
import type { ImportReport } from "./ImportReport";
import type { ImportView } from "./ImportView";
import type { KeptResult } from "./KeptResult";
import type { KeysView } from "./KeysView";
import type { Kind } from "./Kind";
import type { LedgerView } from "./LedgerView";
import type { LetterDraft } from "./LetterDraft";
import type { LetterText } from "./LetterText";
import type { ListName } from "./ListName";
import type { ListPage } from "./ListPage";
import type { NewsView } from "./NewsView";
import type { Often } from "./Often";
import type { OwnEntry } from "./OwnEntry";
import type { OwnMeasureView } from "./OwnMeasureView";
import type { OwnSaved } from "./OwnSaved";
import type { Paper } from "./Paper";
import type { PersonId } from "./PersonId";
import type { PersonView } from "./PersonView";
import type { Printing } from "./Printing";
import type { PrintingView } from "./PrintingView";
import type { ProviderList } from "./ProviderList";
import type { RawView } from "./RawView";
import type { ReadResults } from "./ReadResults";
import type { Release } from "./Release";
import type { ResultsKept } from "./ResultsKept";
import type { Saved } from "./Saved";
import type { SavedSummary } from "./SavedSummary";
import type { SearchView } from "./SearchView";
import type { SentView } from "./SentView";
import type { Settings } from "./Settings";
import type { SettingsView } from "./SettingsView";
import type { SheetKind } from "./SheetKind";
import type { Strength } from "./Strength";
import type { SummaryView } from "./SummaryView";
import type { SyncReport } from "./SyncReport";
import type { SyncSettings } from "./SyncSettings";
import type { TakeOutFolder } from "./TakeOutFolder";
import type { TakenOut } from "./TakenOut";
import type { TestKind } from "./TestKind";
import type { TestsPage } from "./TestsPage";
import type { TimelineFacets } from "./TimelineFacets";
import type { TimelineFilter } from "./TimelineFilter";
import type { TimelinePage } from "./TimelinePage";
import type { TimelineRow } from "./TimelineRow";
import type { TopicView } from "./TopicView";
import type { TrendPage } from "./TrendPage";
import type { UpdatesView } from "./UpdatesView";
import type { VersionId } from "./VersionId";
import type { Wish } from "./Wish";

/** Every command: what it takes and what it resolves to. A refused command rejects with an `ApiError`. */
export interface Commands {
  /** State of the whole app; the first thing to ask for. */
  appState: { args: Record<string, never>; result: AppState };
  /** Makes the record behind a passphrase, on a computer without a keychain. */
  createRecord: { args: { passphrase: string }; result: AppState };
  /** Opens the record with its passphrase or recovery code. */
  unlock: { args: { passphrase: string }; result: AppState };
  /** Tries the keychain, and the file, again. */
  retryUnlock: { args: Record<string, never>; result: AppState };
  /** Whether the computer's keychain is waited for: it may be asking its owner to unlock it. Answers at once, whatever waits. */
  keychainWaits: { args: Record<string, never>; result: boolean };
  /** Ends waiting for the keychain: what waits goes on as where it does not answer, and asks for the passphrase or the */
  /** recovery code. */
  withoutKeychain: { args: Record<string, never>; result: null };
  /** Locks the record: what runs ends where it can go on later, and the key goes. `unlock` opens it again, or `retryUnlock` */
  /** where no passphrase is set. */
  lock: { args: Record<string, never>; result: AppState };
  /** Somebody is here: the record is not locked by itself for a while. */
  awake: { args: Record<string, never>; result: null };
  /** Begins a new record where the lock is `recordMissing`. What is left of the missing one is put aside. */
  beginAnew: { args: Record<string, never>; result: AppState };
  /** Leaves bringing the record up to date for the next start; what was done stays done. */
  stopCatchingUp: { args: Record<string, never>; result: null };
  /** The recovery code was written down; it is not shown again. */
  recoveryCodeKept: { args: Record<string, never>; result: AppState };
  /** How hard a passphrase is to guess. Answers while the record is locked. */
  passphraseStrength: { args: { passphrase: string }; result: Strength };
  /** What opens the record. */
  keys: { args: Record<string, never>; result: KeysView };
  /** Makes a new recovery code; the old one opens nothing any more. `secret` is the passphrase or the old code, where no */
  /** keychain has the key. It is said until `recoveryCodeKept`. */
  newRecoveryCode: { args: { secret?: string | null }; result: AppState };
  /** Puts the record behind this passphrase, beside the keychain; an older one opens nothing any more. `secret` as above. */
  setPassphrase: { args: { secret?: string | null, passphrase: string }; result: KeysView };
  /** Encrypts the whole record with a new key, and makes a new recovery code. `secret` as above; where a passphrase opens the */
  /** record it has to be that, so that it does afterwards. */
  changeKey: { args: { secret?: string | null }; result: AppState };
  /** When the last backup was made, and whether a restore can be taken back. */
  backups: { args: Record<string, never>; result: BackupsView };
  /** Asks where to keep a backup, writes it, and reads it back. */
  backUp: { args: { passphrase: string }; result: Saved };
  /** Ends the making of a backup; what was there before is still there. */
  stopBackingUp: { args: Record<string, never>; result: null };
  /** Asks which folder backups go to that are made without asking; none where it was cancelled. */
  chooseBackupFolder: { args: Record<string, never>; result: string | null };
  /** Asks which folder everything of a person is taken out into; none where it was cancelled. */
  chooseTakeOutFolder: { args: Record<string, never>; result: TakeOutFolder | null };
  /** Writes everything of a person into a new folder in this one, which was named by the user: every version as it was sent, */
  /** documents, and a page that tells what is there. With a passphrase, into one encrypted file. */
  takeOut: { args: { person: PersonId, folder: string, passphrase?: string | null }; result: TakenOut };
  /** Ends that; nothing of it stays. */
  stopTakingOut: { args: Record<string, never>; result: null };
  /** Makes backups without asking from now on, into this folder, which was named by the user. `passphrase` is needed the first */
  /** time, and kept in the record. */
  scheduleBackups: { args: { folder: string, often: Often, keep: number, passphrase?: string | null }; result: BackupsView };
  /** Makes none without asking any more. Those that were made stay where they are. */
  stopSchedule: { args: Record<string, never>; result: BackupsView };
  /** Asks which file is a backup; none where it was cancelled. Answers while the record is locked, as the next three do. */
  chooseBackup: { args: Record<string, never>; result: string | null };
  /** Reads a backup to its end and says what is in it, beside what is in the record. */
  previewBackup: { args: { file: string, passphrase: string }; result: BackupPreview };
  /** Puts what is in a backup in the place of the record, under a new key. Until the next start it can be taken back. */
  restore: { args: { file: string, passphrase: string }; result: AppState };
  /** Puts back what the last restore replaced. */
  undoRestore: { args: Record<string, never>; result: AppState };
  /** How the file of the record is: whether it is whole, where it lies, what was lost, what it was before an upgrade. */
  health: { args: Record<string, never>; result: HealthView };
  /** Looks at the whole file, and says in words how it is. */
  checkRecord: { args: Record<string, never>; result: string };
  /** Stops that. */
  stopChecking: { args: Record<string, never>; result: null };
  /** Makes a new record of what can be read of a damaged one, which is set aside. `secret` is the passphrase or the recovery */
  /** code, where no keychain has the key. Answers while the record cannot be opened. */
  rescue: { args: { secret?: string | null }; result: AppState };
  /** What was lost has been seen. */
  lostSeen: { args: Record<string, never>; result: HealthView };
  /** Puts the copy of before the last upgrade in the place of the record, for an older version of this app, and leaves it */
  /** closed. `secret` as above. Until the next start it can be taken back. */
  goBack: { args: { secret?: string | null }; result: AppState };
  /** What an erasure takes, and which backups hold it still. */
  erasePreview: { args: { what: Erase }; result: ErasePreview };
  /** Erases for good: rows, and what they leave in the file. There is no undo. */
  erase: { args: { what: Erase }; result: AppState };
  /** Derives the whole record anew from what was sent; events tell progress. */
  rebuild: { args: Record<string, never>; result: null };
  /** Adds a person, or changes one. */
  savePerson: { args: { id?: PersonId | null, name: string, birthDate?: string | null, homeZone: string, colour?: number | null }; result: PersonView };
  /** Shows this person's record from now on. */
  choosePerson: { args: { person: PersonId }; result: AppState };
  /** Remembers where a person's record was left; `appState` says it at the next start. */
  leave: { args: { person: PersonId, at: string }; result: null };
  /** What helps whoever looks for a fault, with no word of anybody's record: to be shown before it is copied. */
  diagnostics: { args: Record<string, never>; result: string };
  /** How the window looks and speaks. Answers while the record is locked. */
  settings: { args: Record<string, never>; result: SettingsView };
  /** Chooses how the window looks and speaks. */
  saveSettings: { args: { settings: Settings }; result: SettingsView };
  /** What this app has sent where for a person, and how it is known there. */
  contacts: { args: { person: PersonId }; result: ContactsView };
  /** Every request that left this computer for a person, and what was handed to an assistant, as it was written down. */
  sent: { args: { person: PersonId }; result: SentView };
  /** What an assistant of the person's own may be handed. */
  assistant: { args: Record<string, never>; result: AssistantView };
  /** Chooses what an assistant may be handed: of whom, which kinds, and what of what is sensitive. */
  saveAssistant: { args: { choice: AssistantChoice }; result: AssistantView };
  /** Finds providers by name, practice, place or web address; best first. Empty lists all. With `tests`, servers for developers too. */
  directory: { args: { query: string, tests?: boolean | null }; result: Array<DirectoryEntry> };
  /** What has to be known and done before a card's sign-in page can be opened, for a person. */
  cardSetup: { args: { card: string, person: PersonId }; result: CardSetup };
  /** Opens the vendor's page where applications are registered, in the system's browser. */
  openRegistration: { args: { card: string }; result: null };
  /** Public lists of providers, and what is held of them. */
  providerLists: { args: Record<string, never>; result: Array<ProviderList> };
  /** Fetches a public list; its providers are then found without a network. */
  fetchProviderList: { args: { list: string }; result: Array<ProviderList> };
  /** Signs in at a provider in the system's browser. Resolves when signed in; events tell the stage. */
  connect: { args: { attempt: string, person: PersonId, target: ConnectTarget }; result: ConnectionView };
  /** The address the browser ended at, where it has to be pasted. */
  returnAddress: { args: { attempt: string, address: string }; result: null };
  /** Says which of several patients is meant. */
  choosePatient: { args: { attempt: string, patient: string }; result: null };
  /** Ends an attempt to connect. */
  cancelConnect: { args: { attempt: string }; result: null };
  /** A person's connections. */
  connections: { args: { person: PersonId }; result: Array<ConnectionView> };
  /** Ends a connection; its records are kept or forgotten. */
  disconnect: { args: { person: PersonId, connection: ConnectionId, keepRecords: boolean }; result: null };
  /** Fetches what a provider has: with `whole`, everything anew; with `samePerson`, after the user said that the */
  /** provider's patient is the person after all. Resolves when done; events tell progress. */
  sync: { args: { connection: ConnectionId, whole?: boolean | null, samePerson?: boolean | null }; result: SyncReport };
  /** After `sync` was refused because the provider's patient is somebody else: gives them a record of their own, with */
  /** the connection in it. */
  giveConnection: { args: { person: PersonId, connection: ConnectionId }; result: PersonView };
  /** Lets in what a connection sent about somebody else and what was set aside: a newborn's records in the mother's. */
  /** What comes of them later is let in as well. */
  letIn: { args: { person: PersonId, connection: ConnectionId, whose: string }; result: number };
  /** Connections that should be fetched now by themselves, as the settings say. */
  syncDue: { args: Record<string, never>; result: Array<ConnectionId> };
  /** When records are fetched without anybody asking. */
  syncSettings: { args: Record<string, never>; result: SyncSettings };
  /** Changes when records are fetched without anybody asking. */
  setSyncSettings: { args: { settings: SyncSettings }; result: SyncSettings };
  /** Stops a sync; what has arrived stays. */
  cancelSync: { args: { connection: ConnectionId }; result: null };
  /** What was asked of a provider and what came. */
  ledger: { args: { person: PersonId, connection: ConnectionId }; result: LedgerView };
  /** A page of the timeline, newest first: after a cursor, or from a day, month or year (`2024-03`) on. */
  timeline: { args: { person: PersonId, filter: TimelineFilter, cursor?: string | null, at?: string | null, limit: number }; result: TimelinePage };
  /** What the timeline, or one of the lists (see `list`), can be filtered by; years are those of what the filter lets through. */
  timelineFacets: { args: { person: PersonId, filter?: TimelineFilter | null, list?: ListName | null }; result: TimelineFacets };
  /** What is current, what is new since the person last looked, and what lies ahead. */
  home: { args: { person: PersonId }; result: HomeView };
  /** More of what is new, at most 200 after the first `skip`; the mark is `home`'s. */
  news: { args: { person: PersonId, skip: number, limit: number }; result: NewsView };
  /** The person has looked at what was new, up to this mark of `home`. Resolves to the mark before */
  /** (0: never looked); passing that to `seen` undoes this call. */
  seen: { args: { person: PersonId, upTo: number }; result: number };
  /** A page of a list (`medicines`, `problems`, `allergies`, `vaccines`, `visits`, `procedures`, `plans`, `team`, `family`, `documents`, `insurance`). */
  list: { args: { person: PersonId, list: ListName, filter: TimelineFilter, cursor?: string | null, limit: number }; result: ListPage };
  /** Asks where to keep a list as a table, and writes every row that the filter lets through as CSV. */
  saveList: { args: { person: PersonId, list: ListName, filter?: TimelineFilter | null }; result: Saved };
  /** What facts are about: every illness, substance, medicine, vaccine and operation (of one kind, or of all), with what is so now first. */
  topics: { args: { person: PersonId, kind?: Kind | null }; result: Array<TopicView> };
  /** Every test of a kind (`result`, `vital`) with its latest value and a small trend, a page at a time. */
  tests: { args: { person: PersonId, kind: TestKind, cursor?: string | null, limit: number }; result: TestsPage };
  /** A page of one test's values, newest first, on the scale of a unit (none: that of the newest value). */
  trend: { args: { person: PersonId, kind: TestKind, test: string, unit?: string | null, cursor?: string | null, limit: number }; result: TrendPage };
  /** Asks where to keep the values of one test, or of all of a kind, and writes them as CSV. */
  saveTrend: { args: { person: PersonId, kind: TestKind, test?: string | null }; result: Saved };
  /** Looks through everything of a person, a few answers a kind. */
  search: { args: { person: PersonId, text: string, limit: number }; result: SearchView };
  /** A record's page. */
  fact: { args: { person: PersonId, fact: FactId }; result: FactPage };
  /** What is shown under a record: answers of a form, findings of a visit; by time, then by title. */
  heldUnder: { args: { person: PersonId, fact: FactId }; result: Array<TimelineRow> };
  /** The files of a record. */
  files: { args: { person: PersonId, fact: FactId }; result: Array<FileView> };
  /** A file, to look at. */
  file: { args: { person: PersonId, fact: FactId, file: string }; result: FileContent };
  /** Asks where to keep a file and writes it as it was sent. */
  saveFile: { args: { person: PersonId, fact: FactId, file: string }; result: Saved };
  /** How much waits for a person's decision. */
  asks: { args: { person: PersonId }; result: AsksView };
  /** Says that two facts are two things, however alike; holds until it is decided otherwise. Resolves to the first. */
  keepApart: { args: { person: PersonId, fact: FactId, other: FactId }; result: Decided };
  /** Puts a fact under the topic of another one, or under a topic of its own; holds until it is moved again. */
  moveToTopic: { args: { person: PersonId, fact: FactId, beside?: FactId | null }; result: Decided };
  /** Takes what one source says (its connection and `Type/id`) out of a fact, for good. Resolves to the fact that stays. */
  splitSource: { args: { person: PersonId, fact: FactId, connection: ConnectionId, resource: string }; result: Decided };
  /** Records of the same kind that a record could be joined with, most alike first; `text` narrows them. */
  joinCandidates: { args: { person: PersonId, fact: FactId, text: string }; result: Array<TimelineRow> };
  /** Makes one fact of two. */
  joinFacts: { args: { person: PersonId, fact: FactId, other: FactId }; result: Decided };
  /** Takes back a decision about sameness, a place under a topic, or what a person added, changed or deleted of their own: */
  /** what was so before is so again. */
  undo: { args: { person: PersonId, undo: string }; result: null };
  /** Where a person's providers disagree: to ask about at the next visit. */
  conflicts: { args: { person: PersonId }; result: Array<ConflictView> };
  /** Says what is to be done about a disagreement: ask about it on the printed summary, or nothing any more. */
  chooseConflict: { args: { person: PersonId, conflict: string, wish?: Wish | null }; result: null };
  /** Keeps the person's own note beside a fact; an empty text takes it away. */
  saveNote: { args: { person: PersonId, fact: FactId, text: string }; result: null };
  /** What differs between a version and the one before it; empty for the first. */
  versionChanges: { args: { person: PersonId, version: VersionId }; result: Array<ChangeView> };
  /** A resource as it was sent. */
  raw: { args: { person: PersonId, version: VersionId }; result: RawView };
  /** What each provider lists of medicines, allergies and problems, side by side. */
  compare: { args: { person: PersonId }; result: CompareView };
  /** How a person wants sheets printed, and what has to be asked before. */
  printing: { args: { person: PersonId }; result: PrintingView };
  /** Keeps how a person wants sheets printed. */
  savePrinting: { args: { person: PersonId, printing: Printing }; result: null };
  /** The summary or another kind of sheet, laid out on paper; as the person wants sheets printed, or as `printing` says. */
  summary: { args: { person: PersonId, paper: Paper, sheet?: SheetKind | null, printing?: Printing | null }; result: SummaryView };
  /** Asks where to keep the summary or another kind of sheet and writes it as PDF. */
  saveSummaryPdf: { args: { person: PersonId, paper: Paper, sheet?: SheetKind | null, printing?: Printing | null }; result: SavedSummary };
  /** The summary or another kind of sheet as text. */
  notePrinted: { args: { person: PersonId, sheet?: SheetKind | null }; result: null };
  summaryText: { args: { person: PersonId, sheet?: SheetKind | null, printing?: Printing | null }; result: string };
  /** Stops the printing of a whole record. */
  cancelPrinting: { args: Record<string, never>; result: null };
  /** Whether newer versions are looked for, and what was found. */
  updates: { args: Record<string, never>; result: UpdatesView };
  /** Looks for newer versions from now on, or no longer. */
  setUpdates: { args: { on: boolean }; result: UpdatesView };
  /** Asks where releases are published whether there is a newer version. */
  lookForUpdate: { args: Record<string, never>; result: UpdatesView };
  /** Downloads the package of the version that was found. Nothing is installed. */
  downloadUpdate: { args: Record<string, never>; result: UpdatesView };
  /** Opens the file that was saved last, with the system's program for it. */
  openSaved: { args: Record<string, never>; result: null };
  /** What a letter to a provider is filled in with: to correct a record (`fact`, and by `resource` which of its sources), or */
  /** for a copy of everything. */
  letterDraft: { args: { person: PersonId, connection: ConnectionId, fact?: FactId | null, resource?: string | null }; result: LetterDraft };
  /** A letter to a provider, laid out on paper. */
  letter: { args: { person: PersonId, letter: LetterText, paper: Paper }; result: SummaryView };
  /** Asks where to keep a letter and writes it as PDF. */
  saveLetterPdf: { args: { person: PersonId, letter: LetterText, paper: Paper }; result: SavedSummary };
  /** What can be measured at home, with its units. */
  ownMeasures: { args: Record<string, never>; result: Array<OwnMeasureView> };
  /** What a person added of their own (`Type/id`), to be changed. */
  ownEntry: { args: { person: PersonId, resource: string }; result: OwnEntry };
  /** Adds what a person says of their own; with `resource`, puts it in the place of what they said before. Resolves to the */
  /** record that it is part of. */
  saveOwn: { args: { person: PersonId, resource?: string | null, entry: OwnEntry }; result: OwnSaved };
  /** Deletes what a person added of their own: no version of it stays. Resolves to what `undo` takes to put it back. */
  deleteOwn: { args: { person: PersonId, resource: string }; result: string };
  /** What a PDF of a record seems to say of a laboratory's results, to be looked at beside it. Nothing is stored. */
  documentResults: { args: { person: PersonId, fact: FactId, file: string }; result: ReadResults };
  /** Keeps results that the person looked at beside the document, as entries of their own that were read from it: all of */
  /** them or, where one cannot be, none. One that was kept before stays as it is. */
  keepResults: { args: { person: PersonId, fact: FactId, file: string, results: Array<KeptResult> }; result: ResultsKept };
  /** Asks which files, or which folder, are to be read; none where it was cancelled. */
  chooseFiles: { args: { folder: boolean }; result: Array<string> };
  /** Says what is in files before anything of them is stored: whose they seem to be, what is in them, what cannot be */
  /** read. `label` is what to call the source, where it is not what the files say. */
  previewImport: { args: { person: PersonId, label?: string | null, paths: Array<string> }; result: ImportPreview };
  /** Stops looking at files, or taking them in: then nothing of them stays. */
  cancelImport: { args: Record<string, never>; result: null };
  /** What was taken in from files and can be undone, the newest first. */
  imports: { args: { person: PersonId }; result: Array<ImportView> };
  /** Undoes an import: what only it brought goes, what others say as well stays. Resolves to how many records went. */
  undoImport: { args: { person: PersonId, import: ImportId }; result: number };
  /** Takes in files: FHIR bundles, NDJSON, clinical documents, folders and archives of them. Without `label`, sources are */
  /** called what the files say. */
  import: { args: { person: PersonId, label?: string | null, release?: Release | null, paths: Array<string>, confirmed: boolean }; result: ImportReport };
}
