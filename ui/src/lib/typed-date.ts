import type { DateOrder } from './api/generated/DateOrder';
import { monthNames } from './dates';

/** What was typed into a field for dates. */
export type TypedDate =
  | { is: 'empty' }
  /** A day, a month or a year: `2024-03-15`, `2024-03` or `2024`. */
  | { is: 'date'; date: string }
  /** All parts are there, but no such day. `other`: the day that the other order of the figures would mean. */
  | { is: 'noSuchDay'; other: string | null }
  /** The year has two digits, or there is none: 24 may be 1924, 2024, or the day. */
  | { is: 'shortYear' }
  /** Something is missing, or it is not a date at all. */
  | { is: 'unreadable' };

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** What stands between the parts of a date and says nothing: 15th of March, 15 de marzo de 2024. */
const BETWEEN = new Set(['de', 'del', 'el', 'of', 'the']);
/** A day that is counted: 15th, 1ro. */
const COUNTED = /^(\d{1,2})(?:st|nd|rd|th|er|ro|ero)$/;

/**
 * Reads a date as people type it: ISO (2024-03-15), with the month's name in the window's language, or figures alone in
 * the given order. Nothing is guessed: figures that make no date in that order are not read in the other one.
 */
export function readDate(text: string, order: DateOrder): TypedDate {
  if (!text.trim()) return { is: 'empty' };
  const words = plain(text)
    .split(/[\s,./º°-]+/u)
    .filter((word) => word && !BETWEEN.has(word));
  const months = monthNames().map(plain);
  const named = words.findIndex((word) => word.length >= 3 && months.some((month) => month.startsWith(word)));
  if (words.length > 3) return { is: 'unreadable' };
  if (named >= 0) {
    const [word = ''] = words.splice(named, 1);
    const month = String(months.findIndex((one) => one.startsWith(word)) + 1);
    const figures = words.map((one) => one.replace(COUNTED, '$1'));
    const at = figures.findIndex((one) => one.length === 4);
    if (at < 0) return figures.length === 2 ? short(figures) : { is: 'unreadable' };
    const [year] = figures.splice(at, 1);
    return whole(year, month, figures[0]);
  }
  if (words[0]?.length === 4) return whole(words[0], words[1], words[2]);
  if (words.at(-1)?.length !== 4) return short(words);
  if (words.length === 2) return whole(words[1], words[0]);
  const [first, second, year] = words;
  const [month, day, other] =
    order === 'month-first'
      ? [first, second, whole(year, second, first)]
      : [second, first, whole(year, first, second)];
  const read = whole(year, month, day);
  return read.is === 'noSuchDay' && other.is === 'date' ? { is: 'noSuchDay', other: other.date } : read;
}

const isShort = (part: string) => /^\d{1,2}$/.test(part);

/** Parts without a year of four digits. */
function short(parts: string[]): TypedDate {
  return parts.length > 0 && parts.every(isShort) ? { is: 'shortYear' } : { is: 'unreadable' };
}

function whole(year?: string, month?: string, day?: string): TypedDate {
  if (!/^\d{4}$/.test(year ?? '')) return { is: 'unreadable' };
  for (const part of [month, day]) if (part !== undefined && !isShort(part)) return { is: 'unreadable' };
  const date = [year, month?.padStart(2, '0'), day?.padStart(2, '0')].filter(Boolean).join('-');
  // The day before the first of the next month is the last of this one.
  const last = new Date(Date.UTC(Number(year), Number(month ?? 1), 0)).getUTCDate();
  const exists =
    (month === undefined || (Number(month) >= 1 && Number(month) <= 12)) &&
    (day === undefined || (Number(day) >= 1 && Number(day) <= last));
  return exists ? { is: 'date', date } : { is: 'noSuchDay', other: null };
}
