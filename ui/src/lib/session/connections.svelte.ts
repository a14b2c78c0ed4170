import type { ApiError } from '../api/generated/ApiError';
import type { ConnectionView } from '../api/generated/ConnectionView';
import { latest } from '../latest';
import type { OpenRecord } from './record.svelte';

/** The providers of the person who is shown. */
export class Connections {
  all = $state.raw<ConnectionView[]>([]);
  /** False until the list was read once. */
  loaded = $state(false);
  error = $state.raw<ApiError | null>(null);

  #ask = latest();

  constructor(private readonly record: OpenRecord) {}

  find(id: string): ConnectionView | undefined {
    return this.all.find((connection) => connection.id === id);
  }

  async read(): Promise<void> {
    const person = this.record.person?.id;
    if (!person) return;
    const wanted = this.#ask(person);
    try {
      const connections = await this.record.call('connections', { person });
      if (!wanted()) return;
      this.all = connections;
      this.error = null;
    } catch (error) {
      if (!wanted()) return;
      this.error = error as ApiError;
    }
    this.loaded = true;
  }

  clear(): void {
    this.all = [];
    this.loaded = false;
    this.error = null;
  }
}
