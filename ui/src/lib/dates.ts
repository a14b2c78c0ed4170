import { spokenLocale, t } from './words';

/** `YYYY-MM-DD` of a day that exists and is not in the future, or null. */
export function wholeDate(year: string, month: string, day: string, today: Date): string | null {
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return null;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const instant = new Date(`${text}T00:00:00Z`);
  // 31 June would silently be 1 July.
  if (Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== text) return null;
  return instant > today || Number(year) < 1850 ? null : text;
}

/** The months' names in the window's language. */
export function monthNames(): string[] {
  const format = new Intl.DateTimeFormat(spokenLocale(), { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => format.format(new Date(Date.UTC(2000, month, 1))));
}

/** `1961-03-09` for people. */
export function dayText(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const name = monthNames()[Number(month) - 1] ?? '';
  return t('ui-date-full', { day: String(Number(day)), month: name, year });
}
