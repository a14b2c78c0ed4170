import { describe, expect, test } from 'vitest';
import { dateInFigures, dateInWords, dateOrder, monthNames, timeInWords, writeDates } from './dates';
import { speak } from './words';

describe('a date', () => {
  test('is said in words of the language that is spoken, with ordinary spaces', () => {
    expect(dateInWords('2026-03-17')).toBe('March 17, 2026');
    expect(dateInWords('2026-03')).toBe('March 2026');
    expect(dateInWords('2026')).toBe('2026');
    speak('es');
    const [day, month] = [dateInWords('2026-03-17'), dateInWords('2026-03')];
    speak('en');
    expect(day).toBe('17 de marzo de 2026');
    expect(month).toBe('marzo de 2026');
  });

  test('is written in figures in the order that figures are read', () => {
    expect(dateInFigures('2024-03-05', 'month-first')).toBe('3/5/2024');
    expect(dateInFigures('2024-03-05', 'day-first')).toBe('5/3/2024');
  });

  test('is written in the order of the settings', () => {
    expect(dateOrder()).toBe('month-first');
    writeDates('day-first');
    const said = [dateOrder(), dateInWords('2026-03-17'), dateInWords('2026-03-17', 'month-first')];
    writeDates('month-first');
    expect(said).toEqual(['day-first', '17 March 2026', 'March 17, 2026']);
    expect(dateInWords('2026-03-17', 'day-first')).toBe('17 March 2026');
  });

  test('has a time of twelve hours or of twenty-four', () => {
    expect(timeInWords('14:05', 'hours12')).toBe('2:05 PM');
    expect(timeInWords('14:05', 'hours24')).toBe('14:05');
    expect(timeInWords('08:42', 'hours24')).toBe('08:42');
  });

  test('has months with names', () => {
    expect(monthNames()).toHaveLength(12);
    expect(monthNames()[11]).toBe('December');
  });
});
