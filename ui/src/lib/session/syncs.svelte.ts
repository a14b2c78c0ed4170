import { SvelteMap } from 'svelte/reactivity';
import type { ApiError } from '../api/generated/ApiError';
import type { Event as HostEvent } from '../api/generated/Event';
import type { SyncKind } from '../api/generated/SyncKind';
import type { SyncReport } from '../api/generated/SyncReport';
import { t } from '../words';
import type { Asks } from './asks.svelte';
import type { Connections } from './connections.svelte';
import type { OpenRecord } from './record.svelte';
import type { Toasts } from './toasts.svelte';

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

interface How {
  whole?: boolean;
  samePerson?: boolean;
}

/** It was answered, and nothing is new or other than before. */
function broughtNothing(report: SyncReport | null): boolean {
  return !!report?.answered && report.new + report.changed + report.withdrawn === 0;
}

/** How often it is looked whether something should be fetched by itself; a computer that slept looks when it wakes. */
const DUE_EVERY_MS = 60 * 60 * 1_000;

/** Fetching records: what runs now, whoever began it, and what is begun from here. */
export class Syncs {
  /** By connection; every change puts a new value in. */
  readonly #progress = new SvelteMap<string, SyncProgress>();
  /** Syncs that were begun here: their end is told by our own call. */
  #own = new Set<string>();

  constructor(
    private readonly record: OpenRecord,
    private readonly connections: Connections,
    private readonly asks: Asks,
    private readonly toasts: Toasts,
  ) {}

  of(connection: string): SyncProgress | undefined {
    return this.#progress.get(connection);
  }

  /** Whether records of this person are on their way. Another person's sync may go on; it is not this record's news. */
  get running(): boolean {
    return this.connections.all.some((one) => this.of(one.id)?.running);
  }

  /** Fetches because somebody wants it: they hear it when nothing new came. What came tells itself. */
  async start(connection: string, how: How = {}): Promise<void> {
    const report = await this.#run(connection, how);
    const name = this.connections.find(connection)?.name;
    if (!name || !report) return;
    if (broughtNothing(report)) this.toasts.show(t('ui-news-none', { name }));
    // What came after a first time tells itself.
    else if (report.answered && report.news === null)
      this.toasts.show(t('ui-sync-done', { verdict: report.verdict }));
  }

  /** What came, when all went well. */
  async #run(connection: string, how: How = {}): Promise<SyncReport | null> {
    if (this.of(connection)?.running) return null;
    this.#progress.set(connection, {
      kinds: [],
      asked: 0,
      planned: 0,
      since: Date.now(),
      askedThen: 0,
      running: true,
      stopping: false,
      error: null,
    });
    this.#own.add(connection);
    let error: ApiError | null = null;
    let report: SyncReport | null = null;
    try {
      const { whole = null, samePerson = null } = how;
      report = await this.record.call('sync', { connection, whole, samePerson });
    } catch (thrown) {
      error = thrown as ApiError;
    }
    this.#own.delete(connection);
    if (error && error.code !== 'cancelled') this.fail(connection, error);
    else this.forget(connection);
    this.record.changes += 1;
    void this.asks.read();
    await this.connections.read();
    return report;
  }

  /** Fetches from every provider that can be asked, all side by side. */
  async startAll(): Promise<void> {
    const ready = this.connections.all.filter((connection) => connection.state === 'connected');
    const person = this.record.person?.id;
    const reports = await Promise.all(ready.map((connection) => this.#run(connection.id)));
    // Somebody else's record may be shown by now.
    if (person === this.record.person?.id && reports.every(broughtNothing))
      this.toasts.show(t('ui-news-none-all'));
  }

  /** Fetches by itself what the settings say is old enough, all side by side. */
  async startDue(): Promise<void> {
    if (this.record.app?.lock.is !== 'open') return;
    const due = await this.record.call('syncDue', {}).catch(() => []);
    await Promise.all(due.map((connection) => this.#run(connection)));
  }

  /** Looks for what is due now and then, and when the computer is online again; call the returned function to stop. */
  followDue(): () => void {
    const due = () => void this.startDue();
    const timer = setInterval(due, DUE_EVERY_MS);
    window.addEventListener('online', due);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', due);
    };
  }

  async stop(connection: string): Promise<void> {
    const progress = this.of(connection);
    if (progress) this.#progress.set(connection, { ...progress, stopping: true });
    await this.record.call('cancelSync', { connection }).catch(() => undefined);
  }

  /** The sync ended, or what stopped it does not stand any more. */
  forget(connection: string): void {
    this.#progress.delete(connection);
  }

  /** The error stands at the sync, unless that is gone. */
  fail(connection: string, error: ApiError): void {
    const progress = this.of(connection);
    if (progress) this.#progress.set(connection, { ...progress, running: false, error });
  }

  heard(event: Extract<HostEvent, { is: 'sync' }>): void {
    const { connection, kinds, asked, planned, done } = event;
    const known = this.of(connection);
    if (!done) {
      this.#progress.set(connection, {
        kinds,
        asked,
        planned,
        since: known?.since ?? Date.now(),
        askedThen: known?.askedThen ?? asked,
        running: true,
        stopping: known?.stopping ?? false,
        error: null,
      });
    } else if (known && this.#own.has(connection)) this.#progress.set(connection, { ...known, kinds });
    // A sync that somebody else started (a terminal, the first connection) ends here.
    else this.forget(connection);
  }
}
