import type { Clock } from './api/generated/Clock';
import type { DateOrder } from './api/generated/DateOrder';
import { spokenLocale } from './words';

let written: DateOrder = 'month-first';

/** From now on dates are written, and figures alone are read, in this order. */
export function writeDates(order: DateOrder): void {
  written = order;
}

/** The order of the settings: whether 3/4/2024 is March 4 or April 3. */
export function dateOrder(): DateOrder {
  return written;
}

/** The locale for `Intl` in which dates are written; Spanish has one order for dates in words. */
export function dateLocale(order = written): string {
  return order === 'day-first' && spokenLocale() === 'en-US' ? 'en-GB' : spokenLocale();
}

/** A date as figures alone: `3/15/2024`. */
export function dateInFigures(date: string, order: DateOrder): string {
  const [year = '', month = '', day = ''] = date.split('-').map((part) => part.replace(/^0/, ''));
  return (order === 'month-first' ? [month, day, year] : [day, month, year]).join('/');
}

/** `2024-03-15`, `2024-03` or `2024` as people say it: March 15, 2024. */
export function dateInWords(date: string, order = written): string {
  const [year = '', month, day] = date.split('-');
  if (month === undefined) return year;
  const format = new Intl.DateTimeFormat(dateLocale(order), {
    year: 'numeric',
    month: 'long',
    day: day === undefined ? undefined : 'numeric',
    timeZone: 'UTC',
  });
  // Ordinary spaces, so that what is copied from here is found again.
  return format.format(new Date(`${date.padEnd(10, '-01')}T00:00:00Z`)).replace(/\s/g, ' ');
}

/** `14:05` on a clock: 2:05 PM. */
export function timeInWords(time: string, clock: Clock): string {
  const format = new Intl.DateTimeFormat(spokenLocale(), {
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: clock === 'hours12' ? 'h12' : 'h23',
    timeZone: 'UTC',
  });
  return format.format(new Date(`2000-01-01T${time}:00Z`)).replace(/\s/g, ' ');
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
