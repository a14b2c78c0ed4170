import { getContext, setContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { ApiError } from './api/generated/ApiError';
import type { AppState } from './api/generated/AppState';
import type { ConflictView } from './api/generated/ConflictView';
import type { ConnectionView } from './api/generated/ConnectionView';
import type { ConnectStage } from './api/generated/ConnectStage';
import type { ConnectTarget } from './api/generated/ConnectTarget';
import type { Decided } from './api/generated/Decided';
import type { Event as HostEvent } from './api/generated/Event';
import type { PatientOption } from './api/generated/PatientOption';
import type { PersonView } from './api/generated/PersonView';
import type { QuestionView } from './api/generated/QuestionView';
import type { SampleSignIn } from './api/generated/SampleSignIn';
import type { Settings } from './api/generated/Settings';
import type { SettingsView } from './api/generated/SettingsView';
import type { SyncKind } from './api/generated/SyncKind';
import { asApiError, type CommandName, type Host } from './api/host';
import type { Commands } from './api/generated/commands';
import { stepped, wear } from './appearance';
import { copyText } from './copy';
import { latest } from './latest';
import { oneAtATime } from './one-at-a-time';
import { href, Router } from './route.svelte';
import { t } from './words';

/** A sync that runs now or ended badly. */
export interface SyncProgress {
  kinds: SyncKind[];
  asked: number;
  planned: number;
  /** When it was first heard of, and how much had been asked by then: says how fast it goes. */
  since: number;
  askedThen: number;
  running: boolean;
  stopping: boolean;
  error: ApiError | null;
}

/** Something long that the whole window waits for. */
export interface Progress {
  text: string;
  percent: number;
  /** When it was first heard of, and how far it had come by then: says how fast it goes. */
  since: number;
  percentThen: number;
}

/** A connection being made: from the choice of a provider to the return from its sign-in page. */
export interface Attempt {
  id: string;
  target: ConnectTarget;
  name: string;
  stage: ConnectStage;
  text: string;
  signInUrl: string | null;
  /** Where the browser ends, when that may have to be pasted here. */
  returnsTo: string | null;
  /** Whose records the sign-in opens, when it has to be said which is meant. */
  patients: PatientOption[];
  sample: SampleSignIn | null;
  error: ApiError | null;
}

/** A short message that goes by itself. */
export interface Toast {
  id: number;
  text: string;
  /** Where more is told. */
  link?: { to: string; words: string };
  /** Takes back what the message tells. */
  undo?: () => Promise<void>;
  /** It tells that something did not work. */
  failed?: boolean;
}

/** How often it is looked whether something should be fetched by itself; a computer that slept looks when it wakes. */
const DUE_EVERY_MS = 60 * 60 * 1_000;

/** What the whole window shares. Screens ask it; only it speaks to the host. */
export class Session {
  readonly router = new Router();
  app = $state.raw<AppState | null>(null);
  /** The app's state could not be read at all. */
  broken = $state.raw<ApiError | null>(null);
  connections = $state.raw<ConnectionView[]>([]);
  settings = $state.raw<SettingsView | null>(null);
  /** False until the list was read once. */
  connectionsRead = $state(false);
  connectionsError = $state.raw<ApiError | null>(null);
  /** By connection; every change puts a new value in. */
  readonly syncs = new SvelteMap<string, SyncProgress>();
  attempt = $state<Attempt | null>(null);
  /** What was last typed to connect to, so that a form that led to an error need not be filled in again. */
  draft: ConnectTarget | null = null;
  /** Notes that were begun and not saved, by record: whoever looks something up meanwhile finds them again. */
  readonly notes = new SvelteMap<string, string>();
  toasts = $state.raw<Toast[]>([]);
  /** Where providers disagree, and what may be the same: what waits for the person's word. */
  conflicts = $state.raw<ConflictView[]>([]);
  questions = $state.raw<QuestionView[]>([]);
  /** False until both were read once. */
  asksRead = $state(false);
  /** How many things wait for the person's word. */
  asks = $state(0);
  asksError = $state.raw<ApiError | null>(null);
  /** The dialog that finds anything is open. */
  searching = $state(false);
  /** A record that was chosen elsewhere: the timeline goes to where it stands. */
  reveal = $state.raw<{ fact: string; day: string } | null>(null);
  /** The timeline's last filter: coming back finds it as it was left. */
  timelineQuery = $state.raw(new URLSearchParams());
  /** How far something long has come that the window waits for. */
  progress = $state.raw<Progress | null>(null);
  /** Counts changes of what is stored: lists read under an older number are stale. */
  changes = $state(0);

  #host: Host;
  #toastId = 0;
  /** Syncs whose end is told by our own call. */
  #ownSyncs = new Set<string>();
  /** What is due was fetched, or begun to be, since the record was opened. */
  #lookedForDue = false;

  constructor(host: Host, settings: SettingsView | null = null) {
    this.#host = host;
    this.settings = settings;
  }

  /** Whose record is shown. */
  get person(): PersonView | null {
    const app = this.app;
    return app?.persons.find((one) => one.id === app.person) ?? app?.persons[0] ?? null;
  }

  /** How the window looks and speaks: as chosen, at once, and remembered. A new language loads the window again. */
  async saveSettings(settings: Settings): Promise<void> {
    const before = this.settings?.language;
    if (this.settings) this.settings = { ...this.settings, settings };
    wear(settings, this.#host);
    this.settings = await this.call('saveSettings', { settings });
    if (before !== undefined && this.settings.language !== before) this.reload();
  }

  async readSettings(): Promise<SettingsView> {
    this.settings ??= await this.call('settings', {});
    return this.settings;
  }

  /** One size up or down, or back to the first. */
  async resize(step: 1 | -1 | 0): Promise<void> {
    const { settings } = await this.readSettings();
    const textSize = step === 0 ? 100 : stepped(settings.textSize, step);
    if (textSize !== settings.textSize) await this.saveSettings({ ...settings, textSize });
  }

  /** Loads the window anew; a test looks whether it was asked. */
  reload: () => void = () => location.reload();

  /** Like the host's `call`, but every failure is an `ApiError`, and a lock sends the window to its door. */
  async call<C extends CommandName>(command: C, args: Commands[C]['args']): Promise<Commands[C]['result']> {
    return this.#answered(command, this.#host.call(command, args));
  }

  async #answered<T>(command: CommandName, answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (thrown) {
      const error = asApiError(thrown, {
        message: t('ui-error-no-answer'),
        advice: t('ui-error-no-answer-advice'),
      });
      if (error.code === 'locked' && command !== 'appState') void this.readApp();
      throw error;
    }
  }

  /**
   * Begins to listen and reads the first state, unless that was asked for before there was anything to show it; call the
   * returned function to stop.
   */
  start(asked?: Promise<AppState>): () => void {
    const stopRouter = this.router.follow();
    let stopped = false;
    let stopEvents: (() => void) | undefined;
    this.#host
      .onEvent((event) => this.#heard(event))
      .then(
        (stop) => {
          if (stopped) stop();
          else stopEvents = stop;
        },
        (thrown: unknown) => {
          this.broken = asApiError(thrown, {
            message: t('ui-error-no-answer'),
            advice: t('ui-error-no-answer-advice'),
          });
        },
      );
    void this.readApp(asked && this.#answered('appState', asked));
    const due = () => void this.syncDue();
    const timer = setInterval(due, DUE_EVERY_MS);
    window.addEventListener('online', due);
    return () => {
      stopped = true;
      clearInterval(timer);
      window.removeEventListener('online', due);
      stopRouter();
      stopEvents?.();
    };
  }

  /** The page as it is, on paper. */
  async print(): Promise<void> {
    await this.#host.print();
  }

  async readApp(asked = this.call('appState', {})): Promise<void> {
    try {
      this.setApp(await asked);
      this.broken = null;
    } catch (error) {
      this.broken = error as ApiError;
    }
  }

  setApp(app: AppState): void {
    this.app = app;
    this.progress = null;
    if (app.lock.is === 'open' && app.persons.length > 0) {
      void this.readConnections();
      if (!this.#lookedForDue) {
        this.#lookedForDue = true;
        void this.syncDue();
      }
      void this.readAsks();
    }
  }

  /** Fetches by itself what the settings say is old enough, all side by side. */
  async syncDue(): Promise<void> {
    if (this.app?.lock.is !== 'open') return;
    const due = await this.call('syncDue', {}).catch(() => []);
    await Promise.all(due.map((connection) => this.sync(connection)));
  }

  /** Fetches from every provider that can be asked, all side by side. */
  async syncAll(): Promise<void> {
    const ready = this.connections.filter((connection) => connection.state === 'connected');
    await Promise.all(ready.map((connection) => this.sync(connection.id)));
  }

  /** Whether records of this person are on their way. Another person's sync may go on; it is not this record's news. */
  get syncing(): boolean {
    return this.connections.some((one) => this.syncs.get(one.id)?.running);
  }

  /** Reads what waits, not only how much it is, until the returned function is called: a long record has many. */
  showAsks(): () => void {
    this.#asksShown = true;
    void this.readAsks();
    return () => {
      this.#asksShown = false;
      this.conflicts = [];
      this.questions = [];
      this.asksRead = false;
    };
  }

  #asksShown = false;

  // While a sync writes, changes come many times a second.
  readonly readAsks = oneAtATime(async () => {
    const person = this.person?.id;
    if (!person) return;
    const shown = this.#asksShown;
    const read = await Promise.all([
      this.call('asks', { person }),
      shown ? this.call('conflicts', { person }) : [],
      shown ? this.call('questions', { person }) : [],
    ]).catch((error: ApiError) => error);
    // Somebody else's record may be shown by now; theirs is read next.
    if (this.person?.id !== person) return;
    if (Array.isArray(read)) {
      this.asks = read[0].conflicts + read[0].questions;
      if (shown && this.#asksShown) [, this.conflicts, this.questions] = read;
      this.asksError = null;
    } else this.asksError = read;
    this.asksRead = shown && this.#asksShown;
  });

  /** Tells what a decision about sameness did, with a way back. */
  tellDecided(text: string, decided: Decided): void {
    this.toast(text, {
      undo: async () => {
        const person = this.person?.id;
        if (!person) return;
        await this.call('undo', { person, undo: decided.undo });
        this.changes += 1;
        void this.readAsks();
        this.toast(t('ui-undone'));
      },
    });
  }

  #askConnections = latest();

  async readConnections(): Promise<void> {
    const person = this.person?.id;
    if (!person) return;
    const wanted = this.#askConnections(person);
    try {
      const connections = await this.call('connections', { person });
      if (!wanted()) return;
      this.connections = connections;
      this.connectionsError = null;
    } catch (error) {
      if (!wanted()) return;
      this.connectionsError = error as ApiError;
    }
    this.connectionsRead = true;
  }

  /** Shows another person's record. Nothing of the one before is left on the screen or in what the next one sees. */
  async choosePerson(id: string): Promise<void> {
    if (id === this.person?.id) return;
    const app = await this.call('choosePerson', { person: id });
    const attempt = this.attempt;
    this.attempt = null;
    if (attempt && !attempt.error)
      void this.call('cancelConnect', { attempt: attempt.id }).catch(() => undefined);
    this.draft = null;
    this.connections = [];
    this.connectionsRead = false;
    this.connectionsError = null;
    this.asks = 0;
    this.conflicts = [];
    this.questions = [];
    this.asksRead = false;
    this.asksError = null;
    this.searching = false;
    this.reveal = null;
    this.timelineQuery = new URLSearchParams();
    this.toasts = [];
    this.router.go(href(''), { replace: true });
    this.setApp(app);
  }

  connection(id: string): ConnectionView | undefined {
    return this.connections.find((connection) => connection.id === id);
  }

  /** Tells it in passing; when it goes is decided where it is shown (parts/Toasts.svelte). */
  toast(text: string, more: Omit<Toast, 'id' | 'text'> = {}): void {
    const told = { id: ++this.#toastId, text, ...more };
    // One of each kind: what was done last can be taken back, whatever else happened meanwhile; the news stand below.
    const before = this.toasts.find((one) => !one.undo !== !told.undo);
    this.toasts = told.undo ? [told, ...(before ? [before] : [])] : [...(before ? [before] : []), told];
  }

  /** Puts a text where it can be pasted, and says whether that worked. */
  async copy(text: string): Promise<void> {
    if (await copyText(text)) this.toast(t('ui-copied'));
    else this.toast(t('ui-copy-failed'), { failed: true });
  }

  dismiss(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }

  /** Signs in to a provider and starts the first sync. Ends at the list of providers, or at the error. */
  async connect(target: ConnectTarget, name: string, sample: SampleSignIn | null = null): Promise<void> {
    const person = this.person;
    if (!person) return;
    const id = crypto.randomUUID();
    const attempt: Attempt = {
      id,
      target,
      name,
      stage: 'discovering',
      text: t('ui-connect-looking', { name }),
      signInUrl: null,
      returnsTo: null,
      patients: [],
      sample,
      error: null,
    };
    this.attempt = attempt;
    this.draft = target;
    this.router.go(href('connecting'), { replace: this.router.route.screen === 'connecting' });
    try {
      const connection = await this.call('connect', { attempt: id, person: person.id, target });
      if (this.attempt?.id !== id) return;
      this.attempt = null;
      this.draft = null;
      await this.readConnections();
      this.toast(t('ui-connect-done', { name: connection.name }));
      this.router.go(href('providers'), { replace: true });
      void this.sync(connection.id);
    } catch (thrown) {
      const current = this.attempt;
      if (current?.id !== id) return;
      const error = thrown as ApiError;
      if (error.code === 'cancelled') this.leaveAttempt();
      else this.attempt = { ...current, error };
    }
  }

  /** Gives the attempt up here at once; the host is told, and its refusal of the old attempt is not news. */
  async cancelConnect(): Promise<void> {
    const attempt = this.attempt;
    this.leaveAttempt();
    if (attempt && !attempt.error)
      await this.call('cancelConnect', { attempt: attempt.id }).catch(() => undefined);
  }

  /** The browser's page was lost: a new attempt opens it again with a fresh, unused address. */
  async reopen(): Promise<void> {
    const attempt = this.attempt;
    if (!attempt) return;
    const { id, target, name, sample, error } = $state.snapshot(attempt);
    this.attempt = null;
    if (!error) await this.call('cancelConnect', { attempt: id }).catch(() => undefined);
    await this.connect(target, name, sample);
  }

  leaveAttempt(): void {
    const again = this.attempt?.target.is === 'again';
    this.attempt = null;
    this.router.go(again ? href('providers') : href('providers', ['add']), { replace: true });
  }

  async sync(connection: string, how: { whole?: boolean; samePerson?: boolean } = {}): Promise<void> {
    if (this.syncs.get(connection)?.running) return;
    this.syncs.set(connection, {
      kinds: [],
      asked: 0,
      planned: 0,
      since: Date.now(),
      askedThen: 0,
      running: true,
      stopping: false,
      error: null,
    });
    this.#ownSyncs.add(connection);
    let error: ApiError | null = null;
    try {
      await this.call('sync', { connection, whole: how.whole ?? null, samePerson: how.samePerson ?? null });
    } catch (thrown) {
      error = thrown as ApiError;
    }
    this.#ownSyncs.delete(connection);
    const progress = this.syncs.get(connection);
    if (error && error.code !== 'cancelled' && progress) {
      this.syncs.set(connection, { ...progress, running: false, error });
    } else this.syncs.delete(connection);
    this.changes += 1;
    void this.readAsks();
    await this.readConnections();
  }

  async cancelSync(connection: string): Promise<void> {
    const progress = this.syncs.get(connection);
    if (progress) this.syncs.set(connection, { ...progress, stopping: true });
    await this.call('cancelSync', { connection }).catch(() => undefined);
  }

  #heard(event: HostEvent): void {
    switch (event.is) {
      case 'connect':
        if (this.attempt?.id === event.attempt) {
          this.attempt.stage = event.stage;
          this.attempt.text = event.text;
          this.attempt.signInUrl = event.signInUrl;
          this.attempt.returnsTo = event.returnsTo;
          this.attempt.patients = event.patients;
        }
        break;
      case 'sync': {
        const known = this.syncs.get(event.connection);
        if (event.done) {
          if (known && this.#ownSyncs.has(event.connection)) {
            this.syncs.set(event.connection, { ...known, kinds: event.kinds });
          }
          // A sync that somebody else started (a terminal, the first connection) ends here.
          else this.syncs.delete(event.connection);
          break;
        }
        this.syncs.set(event.connection, {
          kinds: event.kinds,
          asked: event.asked,
          planned: event.planned,
          since: known?.since ?? Date.now(),
          askedThen: known?.askedThen ?? event.asked,
          running: true,
          stopping: known?.stopping ?? false,
          error: null,
        });
        break;
      }
      case 'progress':
        this.progress = {
          text: event.text,
          percent: event.percent,
          since: this.progress?.since ?? Date.now(),
          percentThen: this.progress?.percentThen ?? event.percent,
        };
        break;
      case 'news': {
        // Everybody's records are fetched, whoever is shown: what came for another is none of this window's news.
        if (event.person !== this.person?.id) break;
        const name = this.connection(event.connection)?.name ?? '';
        this.toast(t('ui-news', { name, news: event.text }), {
          link: { to: href('providers', [event.connection]), words: t('ui-news-link') },
        });
        break;
      }
      case 'changed':
        this.progress = null;
        this.changes += 1;
        void this.readConnections();
        void this.readAsks();
        break;
    }
  }
}

const KEY = Symbol('session');

export function provideSession(session: Session): Session {
  return setContext(KEY, session);
}

export function useSession(): Session {
  return getContext<Session>(KEY);
}
