import type { ApiError } from '../api/generated/ApiError';
import type { ImportPreview } from '../api/generated/ImportPreview';
import type { ImportReport } from '../api/generated/ImportReport';
import { href, type Router } from '../route.svelte';
import { t } from '../words';
import type { OpenRecord } from './record.svelte';
import type { Toasts } from './toasts.svelte';

/** Where the screen of files is. */
export const FILES_SCREEN = href('providers', ['files']);

/**
 * Records from files: chosen in a dialog or dropped onto the window, looked at, then taken in. The window never makes up
 * where a file is: it passes on what the dialog or the drop has named.
 */
export class Importing {
  /** Files are held over the window. */
  dragging = $state(false);
  /** What was chosen. */
  paths = $state.raw<string[]>([]);
  preview = $state.raw<ImportPreview | null>(null);
  report = $state.raw<ImportReport | null>(null);
  error = $state.raw<ApiError | null>(null);
  /** What goes on. */
  busy = $state<'looking' | 'taking' | null>(null);

  /** Counts choices: what is answered about an earlier one is nobody's business. */
  #turn = 0;

  constructor(
    private readonly record: OpenRecord,
    private readonly router: Router,
    private readonly toasts: Toasts,
  ) {}

  /** Asks for files, or for a folder, and looks at what was chosen. */
  async choose(folder: boolean): Promise<void> {
    const turn = ++this.#turn;
    try {
      const chosen = await this.record.call('chooseFiles', { folder });
      if (turn === this.#turn && chosen.length > 0) await this.look(chosen);
    } catch (thrown) {
      if (turn === this.#turn) this.error = thrown as ApiError;
    }
  }

  /** Files were dropped onto the window. */
  dropped(paths: string[]): void {
    if (!this.record.person || this.busy === 'taking') return;
    this.router.go(FILES_SCREEN);
    void this.look(paths);
  }

  /** Says what is in the files. Nothing is stored. */
  async look(paths: string[]): Promise<void> {
    const person = this.record.person?.id;
    if (!person) return;
    if (this.busy === 'looking') await this.stop();
    this.clear();
    const turn = this.#turn;
    this.paths = paths;
    this.busy = 'looking';
    try {
      const preview = await this.record.call('previewImport', { person, label: null, paths });
      if (turn === this.#turn) this.preview = preview;
    } catch (thrown) {
      if (turn === this.#turn) this.error = thrown as ApiError;
    } finally {
      if (turn === this.#turn) this.busy = null;
    }
  }

  /** Takes the files in. `label`: what the source is called, where it is not what the files say. */
  async take(label: string | null, confirmed: boolean): Promise<void> {
    const person = this.record.person?.id;
    if (!person || this.paths.length === 0) return;
    const turn = ++this.#turn;
    this.busy = 'taking';
    this.error = null;
    try {
      const args = { person, label, release: null, paths: this.paths, confirmed };
      const report = await this.record.call('import', args);
      if (turn !== this.#turn) return;
      [this.report, this.preview] = [report, null];
      if (report.import !== null) this.#told(report.import, report.entries);
    } catch (thrown) {
      if (turn === this.#turn) this.error = thrown as ApiError;
    } finally {
      if (turn === this.#turn) [this.busy, this.record.progress] = [null, null];
    }
  }

  /** Stops what goes on: nothing of the files stays. */
  async stop(): Promise<void> {
    this.clear();
    this.record.progress = null;
    await this.record.call('cancelImport', {}).catch(() => undefined);
  }

  /** Undoes an import: what only it brought goes. */
  async undo(id: number): Promise<void> {
    const person = this.record.person?.id;
    if (!person) return;
    await this.record.call('undoImport', { person, import: id });
    if (this.report?.import === id) this.clear();
    this.toasts.show(t('ui-files-undone'));
  }

  /** As if nothing had been chosen. */
  clear(): void {
    this.#turn += 1;
    this.paths = [];
    [this.preview, this.report, this.error, this.busy] = [null, null, null, null];
  }

  #told(id: number, count: number): void {
    this.toasts.show(t('ui-files-done-toast', { count }), { undo: () => this.undo(id) });
  }
}
