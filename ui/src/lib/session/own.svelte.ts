import type { KeptResult } from '../api/generated/KeptResult';
import type { OwnEntry } from '../api/generated/OwnEntry';
import { t } from '../words';
import type { Asks } from './asks.svelte';
import type { Connections } from './connections.svelte';
import type { OpenRecord } from './record.svelte';

/** What a person can add. */
export type OwnKind = OwnEntry['is'];

/** The form that is open. */
export interface OwnForm {
  /** What is added; null while it is still to be chosen. */
  kind: OwnKind | null;
  /** What is changed, and what it said. */
  changing: { resource: string; entry: OwnEntry } | null;
}

/** What a person adds of their own: the form, and what becomes of it, with a way back. */
export class Own {
  form = $state.raw<OwnForm | null>(null);
  /** What was begun and not saved, by kind: whoever looks something up meanwhile finds it again. */
  readonly begun = new Map<OwnKind, OwnEntry>();

  constructor(
    private readonly record: OpenRecord,
    private readonly connections: Connections,
    private readonly asks: Asks,
  ) {}

  add(kind: OwnKind | null): void {
    this.form = { kind, changing: null };
  }

  async change(resource: string): Promise<void> {
    const person = this.record.person?.id ?? '';
    const entry = await this.record.call('ownEntry', { person, resource });
    this.form = { kind: entry.is, changing: { resource, entry } };
  }

  /** Keeps what was typed. Resolves to the record that it is part of. */
  async save(entry: OwnEntry): Promise<string> {
    const person = this.record.person?.id ?? '';
    const resource = this.form?.changing?.resource ?? null;
    const saved = await this.record.call('saveOwn', { person, resource, entry });
    if (!resource) this.begun.delete(entry.is);
    this.form = null;
    this.asks.tell(resource ? t('ui-own-changed') : t('ui-own-added'), saved);
    await this.#told();
    return saved.fact;
  }

  /** Keeps results that were looked at beside the document they stand in. */
  async keepRead(fact: string, file: string, results: KeptResult[]): Promise<void> {
    const person = this.record.person?.id ?? '';
    const kept = await this.record.call('keepResults', { person, fact, file, results });
    if (kept.undo) this.asks.tell(t('ui-read-kept', { count: kept.count }), { undo: kept.undo });
    await this.#told();
  }

  /** Deletes it; `gone` closes what shows it, before anything looks for it again. */
  async remove(resource: string, gone?: () => void): Promise<void> {
    const person = this.record.person?.id ?? '';
    const undo = await this.record.call('deleteOwn', { person, resource });
    gone?.();
    this.asks.tell(t('ui-own-deleted'), { undo }, { keeps: true });
    await this.#told();
  }

  clear(): void {
    this.form = null;
    this.begun.clear();
  }

  async #told(): Promise<void> {
    this.record.changes += 1;
    // With the first entry the source comes, with the last one it goes.
    await this.connections.read();
  }
}
