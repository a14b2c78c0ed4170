import type { ApiError } from '../api/generated/ApiError';
import type { AppState } from '../api/generated/AppState';
import type { Commands } from '../api/generated/commands';
import type { PersonView } from '../api/generated/PersonView';
import { asApiError, type CommandName, type Host } from '../api/host';
import { t } from '../words';

/** Something long that the whole window waits for. */
export interface Progress {
  text: string;
  percent: number;
  /** When it was first heard of, and how far it had come by then: says how fast it goes. */
  since: number;
  percentThen: number;
}

/** The record behind the window: whether it is open, whose part of it is shown, and how to ask it something. */
export class OpenRecord {
  app = $state.raw<AppState | null>(null);
  /** The app's state could not be read at all. */
  broken = $state.raw<ApiError | null>(null);
  /** How far something long has come that the window waits for. */
  progress = $state.raw<Progress | null>(null);
  /** Counts changes of what is stored: lists read under an older number are stale. */
  changes = $state(0);

  constructor(protected readonly host: Host) {}

  /** Whose record is shown. */
  get person(): PersonView | null {
    const app = this.app;
    return app?.persons.find((one) => one.id === app.person) ?? app?.persons[0] ?? null;
  }

  /** Invented providers and people: in sample mode, or because the record that is open is the sample's. */
  get sample(): boolean {
    return this.app?.sample === true || this.app?.profile === 'sample';
  }

  /** Like the host's `call`, but every failure is an `ApiError`, and a lock sends the window to its door. */
  async call<C extends CommandName>(command: C, args: Commands[C]['args']): Promise<Commands[C]['result']> {
    try {
      return await this.host.call(command, args);
    } catch (thrown) {
      const error = this.failure(thrown);
      if (error.code === 'locked' && command !== 'appState') void this.readApp();
      throw error;
    }
  }

  /** Reads the state, unless it was asked for before there was anything to show it. */
  async readApp(asked = this.host.call('appState', {})): Promise<void> {
    try {
      this.setApp(await asked);
      this.broken = null;
    } catch (thrown) {
      this.broken = this.failure(thrown);
    }
  }

  setApp(app: AppState): void {
    this.app = app;
    this.progress = null;
  }

  protected failure(thrown: unknown): ApiError {
    return asApiError(thrown, {
      message: t('ui-error-no-answer'),
      advice: t('ui-error-no-answer-advice'),
    });
  }
}
