import type { ApiError } from './api/generated/ApiError';

/** A part of something long, and where the rest begins. */
export interface Page<Row> {
  rows: Row[];
  next: string | null;
}

export type ReadPage<Row> = (cursor: string | null, limit: number) => Promise<Page<Row>>;

/** No command gives more at once. */
const MOST = 500;

/** Rows that come a page at a time: the first pages, as far as somebody went down. */
export class Paged<Row> {
  rows = $state.raw<Row[]>([]);
  /** Where the next page begins; none at the end. */
  next = $state<string | null>(null);
  loading = $state(true);
  /** The list could not be read. */
  error = $state.raw<ApiError | null>(null);
  /** The next page could not be read; what is there stays. */
  moreError = $state.raw<ApiError | null>(null);

  #size: number;
  #read: ReadPage<Row> = () => Promise.resolve({ rows: [], next: null });
  /** What is asked for; another question begins at its first page. */
  #question: string | null = null;
  /** What the rows are an answer to. */
  #answered: string | null = null;
  /** Answers to questions of an older generation are not wanted any more. */
  #generation = 0;
  /** The reading from the beginning that is on its way, or was the last. */
  #beginning: Promise<void> = Promise.resolve();

  constructor(size: number) {
    this.#size = size;
  }

  /**
   * Reads from the beginning. The same question again means that something changed: then as much is read as was
   * there, so that the list does not fold up under the reader. Rows of another question stay until the answer comes,
   * and go when none does: below the new question they would pass for its answer.
   */
  begin(question: string, read: ReadPage<Row>): Promise<void> {
    this.#beginning = this.#begin(question, read);
    return this.#beginning;
  }

  async #begin(question: string, read: ReadPage<Row>): Promise<void> {
    const mine = ++this.#generation;
    const were = question === this.#answered ? this.rows.length : 0;
    this.#question = question;
    this.#read = read;
    this.loading = true;
    try {
      const rows: Row[] = [];
      let next: string | null = null;
      do {
        const page = await read(
          next,
          rows.length === 0 ? Math.min(MOST, Math.max(this.#size, were)) : this.#size,
        );
        if (mine !== this.#generation) return;
        rows.push(...page.rows);
        next = page.next;
      } while (next !== null && rows.length < were);
      [this.rows, this.next, this.error, this.moreError] = [rows, next, null, null];
      this.#answered = question;
    } catch (thrown) {
      if (mine !== this.#generation) return;
      this.error = thrown as ApiError;
      if (question !== this.#answered) [this.rows, this.next, this.moreError] = [[], null, null];
    }
    this.loading = false;
  }

  /** The same again, after an error. */
  again(): Promise<void> {
    return this.begin(this.#question ?? '', this.#read);
  }

  /**
   * The next page, if there is one and none is on its way. Whoever asks for it while the rows are read anew is not passed over:
   * it comes after them.
   */
  async more(asked = false): Promise<void> {
    let waited: Promise<void> | null = null;
    while (asked && this.loading && waited !== this.#beginning) {
      waited = this.#beginning;
      await waited;
    }
    if (this.loading || this.next === null) return;
    const mine = this.#generation;
    this.loading = true;
    try {
      const page = await this.#read(this.next, this.#size);
      if (mine !== this.#generation) return;
      this.rows = [...this.rows, ...page.rows];
      this.next = page.next;
      this.moreError = null;
    } catch (thrown) {
      if (mine !== this.#generation) return;
      this.moreError = thrown as ApiError;
    }
    this.loading = false;
  }
}
