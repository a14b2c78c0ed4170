import type { ApiError } from '../api/generated/ApiError';
import type { ConflictView } from '../api/generated/ConflictView';
import type { Decided } from '../api/generated/Decided';
import type { Wish } from '../api/generated/Wish';
import { oneAtATime } from '../one-at-a-time';
import { t } from '../words';
import type { OpenRecord } from './record.svelte';
import type { Toasts } from './toasts.svelte';

/** What waits for the person's word: where providers disagree. Tells what they decided, with a way back. */
export class Asks {
  /** How much waits. */
  count = $state(0);
  conflicts = $state.raw<ConflictView[]>([]);
  /** False until conflicts were read once. */
  loaded = $state(false);
  error = $state.raw<ApiError | null>(null);

  #shown = false;

  constructor(
    private readonly record: OpenRecord,
    private readonly toasts: Toasts,
  ) {}

  /** Reads what waits, not only how much it is, until the returned function is called: a long record has many. */
  show(): () => void {
    this.#shown = true;
    void this.read();
    return () => {
      this.#shown = false;
      this.#forget();
    };
  }

  // While a sync writes, changes come many times a second.
  readonly read = oneAtATime(async () => {
    const record = this.record;
    const person = record.person?.id;
    if (!person) return;
    const shown = this.#shown;
    const read = await Promise.all([
      record.call('asks', { person }),
      shown ? record.call('conflicts', { person }) : [],
    ]).catch((error: ApiError) => error);
    // Somebody else's record may be shown by now; theirs is read next.
    if (record.person?.id !== person) return;
    if (Array.isArray(read)) {
      this.count = read[0].conflicts;
      if (shown && this.#shown) [, this.conflicts] = read;
      this.error = null;
    } else this.error = read;
    this.loaded = shown && this.#shown;
  });

  /** Keeps what is to be done about a disagreement, and tells it with a way back. */
  async choose({ id, wish: before }: ConflictView, wish: Wish | null, told: string | null): Promise<void> {
    const person = this.record.person?.id;
    if (!person) return;
    const keep = async (wish: Wish | null) => {
      await this.record.call('chooseConflict', { person, conflict: id, wish });
      this.record.changes += 1;
      await this.read();
    };
    await keep(wish);
    if (told) this.toasts.show(told, { undo: () => keep(before) });
  }

  /** Tells what was done, with a way back; `keeps`: that stays when the message is gone. */
  tell(text: string, decided: Pick<Decided, 'undo'>, { keeps = false } = {}): void {
    this.toasts.show(text, {
      keeps,
      undo: async () => {
        const person = this.record.person?.id;
        if (!person) return;
        await this.record.call('undo', { person, undo: decided.undo });
        this.record.changes += 1;
        void this.read();
        this.toasts.show(t('ui-undone'));
      },
    });
  }

  clear(): void {
    this.count = 0;
    this.error = null;
    this.#forget();
  }

  #forget(): void {
    this.conflicts = [];
    this.loaded = false;
  }
}
