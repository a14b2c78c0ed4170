import type { ApiError } from '../api/generated/ApiError';
import type { TimelineFacets } from '../api/generated/TimelineFacets';
import type { TimelineFilter } from '../api/generated/TimelineFilter';
import type { TimelinePage } from '../api/generated/TimelinePage';
import type { TimelineRow } from '../api/generated/TimelineRow';
import { latest } from '../latest';
import type { Session } from '../session.svelte';
import { layOut, type Item } from './layout';
import { isFolding } from './filter';

const PAGE = 200;

/** Where a page begins: after a cursor, else from a day on, else with the newest row. */
interface Start {
  cursor: string | null;
  at?: string;
}

/**
 * The part of the timeline that is in memory: one unbroken run of rows, newest first, growing downwards as
 * pages arrive, and upwards when it was begun in the middle by a jump to a year.
 */
export class TimelinePages {
  rows = $state.raw<TimelineRow[]>([]);
  facets = $state.raw<TimelineFacets | null>(null);
  total = $state(0);
  loading = $state(true);
  error = $state.raw<ApiError | null>(null);
  /** Where nothing is filtered, a visit's ordinary results are folded: whoever filters wants to see what was found. */
  #fold = $state(true);
  /** Visits whose ordinary results are shown as well. */
  unfolded = $state.raw<ReadonlySet<string>>(new Set());
  /** What is shown under records, of those whose answers and findings are unfolded. */
  held = $state.raw<ReadonlyMap<string, readonly TimelineRow[]>>(new Map());
  items: Item[] = $derived(
    layOut(this.rows, {
      periods: this.facets?.periods ?? [],
      fold: this.#fold,
      unfolded: this.unfolded,
      held: this.held,
    }),
  );

  #session: Session;
  #person = '';
  #filter: TimelineFilter = { kinds: [], connections: [] };
  #next: string | null = null;
  /** The year of the facets the run begins with; none where it begins with the newest row. */
  #startYear = $state<number | null>(null);
  /** The run begins inside that year, not with its first row. */
  #inside = false;
  /** Answers to questions of an older generation are not wanted any more. */
  #generation = 0;
  #busy = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Whether there are newer rows than the first one here. */
  get hasNewer(): boolean {
    return this.#startYear !== null;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  /** Begins anew with the newest rows. */
  async open(person: string, filter: TimelineFilter): Promise<void> {
    if (person !== this.#person) this.held = new Map();
    this.#person = person;
    this.#filter = filter;
    this.#fold = isFolding(filter);
    await this.#begin({ cursor: null });
  }

  /** Shows the ordinary results of a visit. */
  unfold(visit: string): void {
    this.unfolded = new Set([...this.unfolded, visit]);
  }

  /** Shows what is under a record below it, or takes it away again. */
  async toggleHeld(fact: string): Promise<void> {
    if (this.held.has(fact)) {
      this.held = new Map([...this.held].filter(([head]) => head !== fact));
      return;
    }
    const person = this.#person;
    try {
      const rows = await this.#session.call('heldUnder', { person, fact });
      if (person === this.#person) this.held = new Map([...this.held, [fact, rows]]);
    } catch (error) {
      if (person === this.#person) this.error = error as ApiError;
    }
  }

  /** Reads again what is unfolded; what holds nothing any more is not. */
  async #readHeld(): Promise<void> {
    const person = this.#person;
    const heads = new Set(this.rows.filter((row) => row.holds > 0).map((row) => row.id));
    const held = new Map<string, readonly TimelineRow[]>();
    for (const fact of this.held.keys()) {
      if (!heads.has(fact)) continue;
      try {
        held.set(fact, await this.#session.call('heldUnder', { person, fact }));
      } catch (error) {
        if (person === this.#person) this.error = error as ApiError;
        return;
      }
    }
    // What was unfolded or taken away meanwhile stays so.
    if (person === this.#person) {
      this.held = new Map(
        [...this.held].flatMap(([fact]) => (held.has(fact) ? [[fact, held.get(fact) ?? []]] : [])),
      );
    }
  }

  #askFacets = latest();

  async readFacets(person: string): Promise<void> {
    const filter = this.#fold ? undefined : this.#filter;
    const wanted = this.#askFacets(JSON.stringify([person, filter]));
    try {
      const facets = await this.#session.call('timelineFacets', { person, ...(filter && { filter }) });
      if (wanted()) this.facets = facets;
    } catch (error) {
      if (wanted()) this.error = error as ApiError;
    }
  }

  /**
   * The next page, unless one is on its way or the end is reached. Resolves to whether one came: who asks again because
   * none did would ask for ever, and the page that is on its way would never be let in.
   */
  async more(): Promise<boolean> {
    const cursor = this.#next;
    if (cursor === null || this.#busy || this.error) return false;
    const generation = this.#generation;
    const before = this.rows;
    const page = await this.#ask({ cursor });
    // Rows that were read anew meanwhile end somewhere else.
    if (!page || generation !== this.#generation || this.rows !== before) return false;
    this.rows = [...before, ...page.rows];
    this.#next = page.next;
    this.total = page.total;
    return true;
  }

  /** After a jump: the year before the first row here. Resolves to whether rows were put in front. */
  async newer(): Promise<boolean> {
    const years = this.facets?.years ?? [];
    const first = this.rows[0];
    if (this.#startYear === null || this.#busy || !first) return false;
    const generation = this.#generation;
    const at = years.findIndex((year) => year.year === this.#startYear);
    for (let index = this.#inside ? at : at - 1; index >= 0; index -= 1) {
      const year = years[index];
      if (!year) break;
      const found = await this.#until(year.cursor, first.id);
      if (generation !== this.#generation || !found) return false;
      this.#inside = false;
      this.#startYear = index === 0 ? null : year.year;
      if (found.length > 0) {
        this.rows = [...found, ...this.rows];
        return true;
      }
    }
    this.#startYear = null;
    return false;
  }

  /**
   * Makes sure that the year's rows are here, with those of the year before it above them, so that one can
   * scroll on both ways; resolves to the index of its heading among the items.
   */
  async jump(year: number): Promise<number> {
    const wanted = year === 0 ? '' : String(year);
    const heading = () => this.items.findIndex((item) => item.is === 'year' && item.year === wanted);
    if (heading() >= 0) return heading();
    const years = this.facets?.years ?? [];
    const at = years.findIndex((one) => one.year === year);
    const [above, target] = [years[at - 1], years[at]];
    if (!target) return -1;
    await this.#begin({ cursor: target.cursor }, above?.cursor, at > 1 ? (above?.year ?? null) : null);
    // A filter may leave nothing of that year: then to what comes next.
    return Math.max(0, heading());
  }

  /**
   * Goes to a day, month or year (`2024-03`): resolves to the index of the first item of it, or of what comes before
   * it in time. With `fact`, to that record, which is of that day.
   */
  async goTo(day: string, fact?: string): Promise<number> {
    const wanted = () =>
      this.items.findIndex(
        (item) =>
          item.is === 'row' &&
          (fact ? item.key === fact : item.day !== '' && item.day.slice(0, day.length) <= day),
      );
    const here = wanted();
    if (here > 0 || (fact && here === 0)) return here;
    const year = (this.facets?.years ?? []).find((one) => one.year <= Number(day.slice(0, 4)));
    if (!year) return -1;
    await this.#begin({ cursor: null, at: day }, undefined, year.year);
    this.#inside = true;
    // A day may have more rows than a page.
    while (fact && wanted() < 0 && this.rows.at(-1)?.day.startsWith(day) && (await this.more()));
    return Math.max(0, wanted());
  }

  /** Something stored has changed: reads the same run again, in one go, so that nothing jumps. */
  async refresh(): Promise<void> {
    const generation = this.#generation;
    const start = this.#startYear;
    const years = this.facets?.years ?? [];
    const cursor = start === null ? null : (years.find((one) => one.year === start)?.cursor ?? null);
    this.#inside = false;
    const rows: TimelineRow[] = [];
    let next: string | null = cursor;
    let total: number;
    do {
      const page: TimelinePage | null = await this.#ask({ cursor: next });
      if (!page || generation !== this.#generation) return;
      rows.push(...page.rows);
      next = page.next;
      total = page.total;
      // As many as there are by now: a page may have come meanwhile.
    } while (next !== null && rows.length < Math.max(this.rows.length, PAGE));
    this.rows = rows;
    this.#next = next;
    this.total = total;
    await this.#readHeld();
  }

  /** The year shown at an item, as in the facets. */
  yearAt(index: number): number {
    const item = this.items[index];
    return item ? Number(item.year || 0) : 0;
  }

  async #begin(from: Start, above?: string, startYear: number | null = null): Promise<void> {
    const generation = (this.#generation += 1);
    this.#busy = false;
    this.error = null;
    const page = await this.#ask(from);
    // What was asked for before does not stand below another question's error.
    if (this.error && generation === this.#generation) this.rows = [];
    const before = page && above !== undefined ? await this.#until(above, page.rows[0]?.id ?? '') : [];
    if (!page || !before || generation !== this.#generation) return;
    this.#startYear = startYear;
    this.#inside = false;
    this.rows = [...before, ...page.rows];
    this.#next = page.next;
    this.total = page.total;
  }

  /** Rows from a cursor down to, and without, the row that is already here. */
  async #until(cursor: string, known: string): Promise<TimelineRow[] | null> {
    const rows: TimelineRow[] = [];
    let next: string | null = cursor;
    while (next !== null) {
      const page: TimelinePage | null = await this.#ask({ cursor: next });
      if (!page) return null;
      const end = page.rows.findIndex((row) => row.id === known);
      if (end >= 0) return [...rows, ...page.rows.slice(0, end)];
      rows.push(...page.rows);
      next = page.next;
    }
    return rows;
  }

  async #ask(from: Start): Promise<TimelinePage | null> {
    const generation = this.#generation;
    this.#busy = true;
    this.loading = true;
    try {
      return await this.#session.call('timeline', {
        person: this.#person,
        filter: this.#filter,
        ...from,
        limit: PAGE,
      });
    } catch (error) {
      if (generation === this.#generation) this.error = error as ApiError;
      return null;
    } finally {
      if (generation === this.#generation) this.#busy = this.loading = false;
    }
  }
}
