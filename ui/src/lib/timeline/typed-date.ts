import { monthNames } from '../dates';

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** What stands between the parts of a date and says nothing: 15th of March, 15 de marzo de 2024. */
const BETWEEN = new Set(['de', 'del', 'el', 'of', 'the']);
/** A day that is counted: 15th, 1ro. */
const COUNTED = /^(\d{1,2})(?:st|nd|rd|th|er|ro|ero)$/;

/**
 * A day, month or year as people type it, as `2024-03-15`, `2024-03` or `2024`; none when it is none. Figures alone
 * are read month first, as the dates on screen are written.
 */
export function typedDate(text: string): string | null {
  const words = plain(text)
    .split(/[\s,./º°-]+/u)
    .filter((word) => word && !BETWEEN.has(word));
  const months = monthNames().map(plain);
  const named = words.findIndex((word) => word.length >= 3 && months.some((month) => month.startsWith(word)));
  let year: string | undefined;
  let month: string | undefined;
  let day: string | undefined;
  if (named >= 0) {
    const [word = ''] = words.splice(named, 1);
    month = String(months.findIndex((one) => one.startsWith(word)) + 1);
    year = words.find((one) => /^\d{4}$/.test(one));
    day = words.find((one) => one !== year)?.replace(COUNTED, '$1');
    if (words.length > 2) return null;
  } else if (words[0]?.length === 4) [year, month, day] = words;
  else if (words.length === 3) [month, day, year] = words;
  else if (words.length === 2) [month, year] = words;
  else return null;
  if (words.length > 3 || !/^\d{4}$/.test(year ?? '')) return null;
  for (const part of [month, day]) if (part !== undefined && !/^\d{1,2}$/.test(part)) return null;
  if (month !== undefined && (Number(month) < 1 || Number(month) > 12)) return null;
  // The day before the first of the next month is the last of this one.
  const last = new Date(Date.UTC(Number(year), Number(month ?? 1), 0)).getUTCDate();
  if (day !== undefined && (Number(day) < 1 || Number(day) > last)) return null;
  return [year, month?.padStart(2, '0'), day?.padStart(2, '0')].filter(Boolean).join('-');
}
