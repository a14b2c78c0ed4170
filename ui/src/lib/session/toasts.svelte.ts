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

/** What just happened, in passing. When a message goes is decided where it is shown (parts/Toasts.svelte). */
export class Toasts {
  all = $state.raw<Toast[]>([]);
  #lastId = 0;

  show(text: string, options: Omit<Toast, 'id' | 'text'> = {}): void {
    const toast = { id: ++this.#lastId, text, ...options };
    // One of each kind: what was done last can be taken back, whatever else happened meanwhile; the news stand below.
    const before = this.all.filter((one) => !one.undo !== !toast.undo).slice(0, 1);
    this.all = toast.undo ? [toast, ...before] : [...before, toast];
  }

  dismiss(id: number): void {
    this.all = this.all.filter((toast) => toast.id !== id);
  }

  clear(): void {
    this.all = [];
  }
}
