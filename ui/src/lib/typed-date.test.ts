import { describe, expect, test } from 'vitest';
import { readDate, type TypedDate } from './typed-date';
import { speak } from './words';

const date = (date: string): TypedDate => ({ is: 'date', date });
const noSuchDay = (other: string | null = null): TypedDate => ({ is: 'noSuchDay', other });
const shortYear: TypedDate = { is: 'shortYear' };
const unreadable: TypedDate = { is: 'unreadable' };

describe('a typed date', () => {
  test.each([
    ['2024', date('2024')],
    [' 2024-3 ', date('2024-03')],
    ['2024-03-05', date('2024-03-05')],
    ['2024/03/05', date('2024-03-05')],
    ['3/2024', date('2024-03')],
    ['March 2024', date('2024-03')],
    ['5 march 2024', date('2024-03-05')],
    ['Mar 5, 2024', date('2024-03-05')],
    ['2024 Mar 5', date('2024-03-05')],
    ['March 15th 2024', date('2024-03-15')],
    ['the 1st of March, 2024', date('2024-03-01')],
    ['15. March 2024', date('2024-03-15')],
    ['February 30, 2024', noSuchDay()],
    ['2023-02-29', noSuchDay()],
    ['2024-25-12', noSuchDay()],
    ['13/2024', noSuchDay()],
    ['Mar 5 24', shortYear],
    ['3/5/24', shortYear],
    ['3/24', shortYear],
    ['24', shortYear],
    ['24-03-15', shortYear],
    ['March 15th', unreadable],
    ['5th 2024', unreadable],
    ['March 2024 2024', unreadable],
    ['yesterday', unreadable],
    ['march', unreadable],
    ['1 2 3 2024', unreadable],
    ['3/5/02024', unreadable],
    ['2024-03-05T10:00', unreadable],
    [' . ', unreadable],
    ['  ', { is: 'empty' } as TypedDate],
  ])('%s, in either order', (text, read) => {
    expect(readDate(text, 'month-first')).toEqual(read);
    expect(readDate(text, 'day-first')).toEqual(read);
  });

  test.each([
    ['03/04/2024', date('2024-03-04'), date('2024-04-03')],
    ['3.4.2024', date('2024-03-04'), date('2024-04-03')],
    ['25/12/2024', noSuchDay('2024-12-25'), date('2024-12-25')],
    ['12-25-2024', date('2024-12-25'), noSuchDay('2024-12-25')],
    ['2/29/2024', date('2024-02-29'), noSuchDay('2024-02-29')],
    ['29.2.2024', noSuchDay('2024-02-29'), date('2024-02-29')],
    ['2/29/2023', noSuchDay(), noSuchDay()],
    ['31/31/2024', noSuchDay(), noSuchDay()],
    ['0/5/2024', noSuchDay(), noSuchDay()],
  ])('%s, as figures in an order: never in the other one', (text, monthFirst, dayFirst) => {
    expect(readDate(text, 'month-first')).toEqual(monthFirst);
    expect(readDate(text, 'day-first')).toEqual(dayFirst);
  });

  test.each([
    ['marzo de 2024', date('2024-03')],
    ['15 de marzo de 2024', date('2024-03-15')],
    ['el 15 de marzo del 2024', date('2024-03-15')],
    ['1.º de marzo de 2024', date('2024-03-01')],
    ['1ro de mar. de 2024', date('2024-03-01')],
    ['de 2024', date('2024')],
    ['enero de 2024', date('2024-01')],
    ['January 2024', unreadable],
  ])('in Spanish: %s', (text, expected) => {
    speak('es');
    const read = readDate(text, 'month-first');
    speak('en');
    expect(read).toEqual(expected);
  });
});
