/** A short message that goes by itself. */
export interface Toast {
  id: number;
  text: string;
  /** Where more is told. */
  link?: { to: string; words: string };
  /** Takes back what the message tells. */
  undo?: () => Promise<void>;
  /** It can be taken back as long as the window is open, also when the message is gone. */
  keeps?: boolean;
  /** It tells that something did not work. */
  failed?: boolean;
}

/** What just happened, in passing. When a message goes is decided where it is shown (parts/Toasts.svelte). */
export class Toasts {
  all = $state.raw<Toast[]>([]);
  /** The last one that can still be taken back after its message went. */
  #kept: Toast | null = null;
  /** What was done last and can be taken back, also when its message is gone. */
  #last: Toast | null = null;
  #lastId = 0;

  /** What is taken back next: what a message offers, else what was done last, else what was kept. */
  get undoable(): Toast | null {
    return this.all.find((one) => one.undo) ?? this.#last ?? this.#kept;
  }

  show(text: string, options: Omit<Toast, 'id' | 'text'> = {}): void {
    const toast = { id: ++this.#lastId, text, ...options };
    if (toast.keeps) this.#kept = toast;
    // One of each kind: what was done last can be taken back, whatever else happened meanwhile; the news stand below.
    const before = this.all.filter((one) => !one.undo !== !toast.undo).slice(0, 1);
    if (toast.undo) this.#last = toast;
    this.all = toast.undo ? [toast, ...before] : [...before, toast];
  }

  dismiss(id: number): void {
    this.all = this.all.filter((toast) => toast.id !== id);
  }

  /** It was taken back. */
  used({ id }: Toast): void {
    if (this.#kept?.id === id) this.#kept = null;
    if (this.#last?.id === id) this.#last = null;
  }

  clear(): void {
    this.all = [];
    this.#kept = null;
    this.#last = null;
  }
}
