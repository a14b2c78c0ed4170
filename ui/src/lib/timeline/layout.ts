import type { PeriodView } from '../api/generated/PeriodView';
import type { TimelineRow } from '../api/generated/TimelineRow';

/** One element of the virtual list. A record is an element of its own, so that a day of 300 results scrolls as
 * well as a day of one; `first` and `last` draw a card around those that belong together. */
export type Item = { key: string; year: string; lanes: Lane[] } & (
  | { is: 'year' }
  | {
      is: 'row';
      row: TimelineRow;
      /** The day it stands under: its own, or that of the row it is shown under. */
      day: string;
      /** What is shown under it stands below it. */
      open: boolean;
      first: boolean;
      last: boolean;
      /** The day stands beside the first of its rows. */
      dayFirst: boolean;
      /** A visit that gathers rows, one that is gathered, a row that stands for itself, or what is shown under one. */
      part: 'visit' | 'gathered' | 'alone' | 'held';
    }
  /** The fold of a visit's ordinary results, below the row `after`. */
  | { is: 'more'; visit: string; count: number; after: string }
);

/** A stretch of a period's bar beside an item: the whole height, or only from or to its middle. */
export interface Lane {
  lane: number;
  period: PeriodView;
  /** The newest end of the bar is here. */
  top: boolean;
  /** The oldest end of the bar is here. */
  bottom: boolean;
}

/** Bars side by side, beyond which nobody can follow one. */
export const LANES = 3;
/** So many ordinary results of a visit are shown before the rest is folded. */
const SHOWN = 3;
/** Folding fewer than this would save no room. */
const WORTH_FOLDING = 3;

export interface Options {
  periods?: readonly PeriodView[];
  /** Fold the ordinary results of visits, but for those of these visits. */
  fold?: boolean;
  unfolded?: ReadonlySet<string>;
  /** What is shown under records, of those whose answers and findings are unfolded. */
  held?: ReadonlyMap<string, readonly TimelineRow[]>;
}

/** The year a row is listed under; empty for the undated. */
export function yearOf(row: TimelineRow): string {
  return row.day.slice(0, 4);
}

/** Nothing about it asks to be looked at. */
function ordinary(row: TimelineRow): boolean {
  return (
    (row.kind === 'result' || row.kind === 'vital') &&
    !row.flag &&
    !row.struck &&
    !row.disagreement &&
    !row.statusText
  );
}

/** The rows of one day in blocks: each visit with what it gathered, and everything else by itself in between. */
function blocks(day: readonly TimelineRow[]): TimelineRow[][] {
  const visits = new Map(day.filter((row) => row.kind === 'visit').map((row) => [row.id, row]));
  if (visits.size === 0) return [[...day]];
  const found: { visit: string | null; rows: TimelineRow[] }[] = [];
  const byVisit = new Map<string, TimelineRow[]>();
  for (const row of day) {
    const id = row.kind === 'visit' ? row.id : row.visit && visits.has(row.visit) ? row.visit : null;
    if (id === null) {
      const last = found.at(-1);
      if (last?.visit === null) last.rows.push(row);
      else found.push({ visit: null, rows: [row] });
      continue;
    }
    let rows = byVisit.get(id);
    if (!rows) {
      rows = [];
      byVisit.set(id, rows);
      found.push({ visit: id, rows });
    }
    // The visit itself leads, whenever in it something was measured.
    if (row.kind === 'visit') rows.unshift(row);
    else rows.push(row);
  }
  return found.map((block) => block.rows);
}

export function layOut(rows: readonly TimelineRow[], options: Options = {}): Item[] {
  const items: Item[] = [];
  // A search shows what it finds as rows of their own, and no row is drawn twice.
  const alone = new Set(options.held?.size ? rows.map((row) => row.id) : []);
  const heldBy = (row: TimelineRow) => options.held?.get(row.id)?.filter((held) => !alone.has(held.id)) ?? [];
  let year: string | null = null;
  for (let start = 0; start < rows.length;) {
    const day = rows[start]?.day ?? '';
    let end = start + 1;
    while (end < rows.length && rows[end]?.day === day) end += 1;
    const of = day.slice(0, 4);
    if (of !== year) {
      year = of;
      items.push({ is: 'year', key: `year-${of}`, year: of, lanes: [] });
    }
    let dayFirst = true;
    for (const block of blocks(rows.slice(start, end))) {
      const [head] = block;
      const gathers = head?.kind === 'visit' && block.length > 1;
      const folded = new Set<string>();
      if (gathers && head && options.fold && !options.unfolded?.has(head.id)) {
        const rest = block.filter(ordinary).slice(SHOWN);
        if (rest.length >= WORTH_FOLDING) for (const row of rest) folded.add(row.id);
      }
      const shown = block.filter((row) => !folded.has(row.id));
      for (const [index, row] of shown.entries()) {
        const last = index === shown.length - 1 && folded.size === 0;
        const held = heldBy(row);
        const part = gathers ? (index === 0 ? 'visit' : 'gathered') : 'alone';
        const all = { is: 'row', year: of, day, open: false } as const;
        items.push({
          ...all,
          key: row.id,
          lanes: [],
          row,
          open: options.held?.has(row.id) ?? false,
          first: index === 0,
          last: last && held.length === 0,
          dayFirst,
          part,
        });
        dayFirst = false;
        for (const [place, one] of held.entries()) {
          items.push({
            ...all,
            key: one.id,
            lanes: [],
            row: one,
            first: false,
            last: last && place === held.length - 1,
            dayFirst,
            part: 'held',
          });
        }
      }
      if (folded.size > 0 && head) {
        const key = `more-${head.id}`;
        const after = shown.at(-1)?.id ?? head.id;
        items.push({ is: 'more', key, year: of, lanes: [], visit: head.id, count: folded.size, after });
      }
    }
    start = end;
  }
  if (options.periods && options.periods.length > 0) draw(items, options.periods);
  return items;
}

/** Puts the bars of periods beside the items, newest first, in as many lanes as there are. */
function draw(items: Item[], periods: readonly PeriodView[]): void {
  const running: (PeriodView | null)[] = Array.from({ length: LANES }, () => null);
  const waiting = [...periods].sort((a, b) => (a.until < b.until ? 1 : a.until > b.until ? -1 : 0));
  let next = 0;
  let day = '';
  for (const [index, item] of items.entries()) {
    if (item.is === 'row') day = item.day;
    // The next row is one of the next two items: a heading or a fold may stand in between.
    const following = items.slice(index + 1, index + 4).find((one) => one.is === 'row');
    const here = item.is === 'row' ? day : '';
    // The undated come last.
    if (item.is === 'row' && here === '') break;
    if (here) {
      while (next < waiting.length && (waiting[next]?.until ?? '') >= here) {
        const period = waiting[next];
        next += 1;
        const lane = running.indexOf(null);
        if (!period || period.from > here || lane < 0) continue;
        running[lane] = period;
        item.lanes.push({ lane, period, top: true, bottom: false });
      }
    }
    const after = following?.is === 'row' ? following.day : '';
    for (const [lane, period] of running.entries()) {
      if (!period) continue;
      let piece = item.lanes.find((one) => one.lane === lane);
      if (!piece) {
        piece = { lane, period, top: false, bottom: false };
        item.lanes.push(piece);
      }
      if (after === '' || after < period.from) {
        piece.bottom = true;
        running[lane] = null;
      }
    }
  }
}

/** The day without the year that stands in the heading above it; the year alone stays. */
export function shortDay(row: TimelineRow): string {
  const year = yearOf(row);
  if (!year || !row.dayText.endsWith(year)) return row.dayText;
  // November 4, 2026 and 4 de noviembre de 2026.
  return row.dayText.slice(0, -year.length).replace(/(?:[\s,]|\sde)+$/u, '') || row.dayText;
}
