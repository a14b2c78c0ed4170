import type { TimelineRow } from '../api/generated/TimelineRow';

/** One element of the virtual list. A record is an element of its own, so that a day of 300 results scrolls as
 * well as a day of one; `first` and `last` draw the day's card around them. */
export type Item =
  | { is: 'year'; key: string; year: string }
  | { is: 'row'; key: string; year: string; row: TimelineRow; first: boolean; last: boolean };

/** The year a row is listed under; empty for the undated. */
export function yearOf(row: TimelineRow): string {
  return row.day.slice(0, 4);
}

export function layOut(rows: readonly TimelineRow[]): Item[] {
  const items: Item[] = [];
  for (const [index, row] of rows.entries()) {
    const year = yearOf(row);
    const before = rows[index - 1];
    if (!before || yearOf(before) !== year) items.push({ is: 'year', key: `year-${year}`, year });
    items.push({
      is: 'row',
      key: row.id,
      year,
      row,
      first: before?.day !== row.day,
      last: rows[index + 1]?.day !== row.day,
    });
  }
  return items;
}

/** The day without the year that stands in the heading above it; the year alone stays. */
export function shortDay(row: TimelineRow): string {
  const year = yearOf(row);
  if (!year || !row.dayText.endsWith(year)) return row.dayText;
  return row.dayText.slice(0, -year.length).replace(/[\s,]+$/u, '') || row.dayText;
}
