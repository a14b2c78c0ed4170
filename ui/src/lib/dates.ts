import { spokenLocale } from './words';

/** How figures alone are read: whether 3/4/2024 is March 4 or April 3. */
export type DateOrder = 'month-first' | 'day-first';

/** The order of the system. In the United States forms have the month first in every language. */
export function dateOrder(locale = Intl.DateTimeFormat().resolvedOptions().locale): DateOrder {
  if (new Intl.Locale(locale).maximize().region === 'US') return 'month-first';
  const parts = new Intl.DateTimeFormat(locale).formatToParts().map((part) => part.type);
  return parts.indexOf('day') < parts.indexOf('month') ? 'day-first' : 'month-first';
}

/** A date as figures alone: `3/15/2024`. */
export function dateInFigures(date: string, order: DateOrder): string {
  const [year = '', month = '', day = ''] = date.split('-').map((part) => part.replace(/^0/, ''));
  return (order === 'month-first' ? [month, day, year] : [day, month, year]).join('/');
}

/** `2024-03-15`, `2024-03` or `2024` as people say it: March 15, 2024. */
export function dateInWords(date: string): string {
  const [year = '', month, day] = date.split('-');
  if (month === undefined) return year;
  const format = new Intl.DateTimeFormat(spokenLocale(), {
    year: 'numeric',
    month: 'long',
    day: day === undefined ? undefined : 'numeric',
    timeZone: 'UTC',
  });
  // Ordinary spaces, so that what is copied from here is found again.
  return format.format(new Date(`${date.padEnd(10, '-01')}T00:00:00Z`)).replace(/\s/g, ' ');
}

/** Today on this computer, as `2024-03-15`. */
export function today(now = new Date()): string {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** The months' names in the window's language. */
export function monthNames(): string[] {
  const format = new Intl.DateTimeFormat(spokenLocale(), { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => format.format(new Date(Date.UTC(2000, month, 1))));
}
