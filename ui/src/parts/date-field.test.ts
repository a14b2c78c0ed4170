import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { speak } from '../lib/words';
import { accessible } from '../test/screen';
import DateField from './DateField.svelte';

type Props = Parameters<typeof DateField>[1];

function field(props: Partial<Props> = {}) {
  const ontaken = vi.fn();
  const main = document.body.appendChild(document.createElement('main'));
  const shown = render(DateField, {
    target: main,
    props: { label: 'Day', hook: 'day', order: 'month-first', ontaken, ...props },
  });
  const input = screen.getByTestId('day') as HTMLInputElement;
  const said = () => screen.getByTestId('day-words').textContent?.trim();
  const type = (text: string) => userEvent.type(input, text);
  return { input, ontaken, said, type, ...shown };
}

describe('a field for a date', () => {
  afterEach(() => {
    speak('en');
    document.body.replaceChildren();
  });

  test.each([
    ['month-first', '03/04/2024', 'March 4, 2024', '2024-03-04'],
    ['day-first', '03/04/2024', 'April 3, 2024', '2024-04-03'],
    ['day-first', '25.12.2024', 'December 25, 2024', '2024-12-25'],
    ['day-first', '2024-03-15', 'March 15, 2024', '2024-03-15'],
    ['month-first', 'Mar 15 2024', 'March 15, 2024', '2024-03-15'],
    ['month-first', '15 March 2024', 'March 15, 2024', '2024-03-15'],
  ] as const)('%s: %s is said in words before it is taken', async (order, text, words, date) => {
    const { ontaken, said, type } = field({ order });
    await type(text);
    expect(said()).toBe(words);
    expect(ontaken).not.toHaveBeenCalled();
    await userEvent.tab();
    expect(ontaken).toHaveBeenCalledExactlyOnceWith(date);
  });

  test('says how a date is typed, in the order that is read', async () => {
    const { said } = field({ order: 'day-first' });
    expect(said()).toBe('For example March 15, 1961, or 15/3/1961.');
    await accessible();
  });

  test('swaps nothing silently: it says so, and offers the other reading', async () => {
    const { input, ontaken, said, type } = field();
    await type('25/12/2024');
    expect(said()).toBe('Read with the month first, this day does not exist.');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    await accessible();
    await userEvent.tab();
    expect(ontaken).not.toHaveBeenCalled();
    const other = screen.getByTestId('day-other');
    expect(other.textContent).toBe('Use December 25, 2024');
    await userEvent.click(other);
    expect(ontaken).toHaveBeenCalledExactlyOnceWith('2024-12-25');
    expect(input.value).toBe('December 25, 2024');
    expect(screen.queryByTestId('day-other')).toBeNull();
    expect(document.activeElement).toBe(input);
  });

  test.each([
    ['2/30/2024', 'This day does not exist.'],
    ['February 30, 2024', 'This day does not exist.'],
    ['3/4/24', 'Enter all four digits of the year.'],
    ['March 2024', 'Enter the month, day and year.'],
    ['soon', 'Enter the month, day and year.'],
    ['3/4/1849', 'The date cannot be before January 1, 1850.'],
    ['3/4/2027', 'The date cannot be after November 24, 2026.'],
  ])('does not take %s, and says why', async (text, words) => {
    const { ontaken, said, type } = field({ earliest: '1850-01-01', latest: '2026-11-24' });
    await type(text);
    await userEvent.tab();
    expect(said()).toBe(words);
    expect(screen.queryByTestId('day-other')).toBeNull();
    expect(ontaken).not.toHaveBeenCalled();
    await accessible();
  });

  test('waits with what is wrong until the field is left or Enter is pressed', async () => {
    const { said, type } = field();
    await type('3/4/20');
    expect(said()).toContain('For example');
    await type('{Enter}');
    expect(said()).toBe('Enter all four digits of the year.');
    await type('24');
    expect(said()).toBe('March 4, 2024');
  });

  test('takes a month or a year where that will do', async () => {
    const { input, ontaken, said, type } = field({ partial: true, latest: '2026-11-24' });
    await type('3/2024');
    expect(said()).toBe('March 2024');
    await userEvent.clear(input);
    await type('2026');
    expect(said()).toBe('2026');
    await userEvent.tab();
    expect(ontaken).toHaveBeenLastCalledWith('2026');
    await userEvent.clear(input);
    await type('soon');
    await userEvent.tab();
    expect(said()).toBe('This is not a date. Write a year, a month or a day.');
  });

  test('may be emptied', async () => {
    const { input, ontaken } = field({ value: '1961-03-09' });
    expect(input.value).toBe('March 9, 1961');
    await userEvent.clear(input);
    await userEvent.tab();
    expect(ontaken).toHaveBeenCalledExactlyOnceWith(null);
  });

  test('shows another date that it is given, and leaves alone what means the same', async () => {
    const { input, rerender, type } = field({ partial: true });
    await type('3/4/2024');
    await rerender({ value: '2024-03-04' });
    expect(input.value).toBe('3/4/2024');
    await rerender({ value: '2024-05' });
    await waitFor(() => expect(input.value).toBe('May 2024'));
    await rerender({ value: null });
    await waitFor(() => expect(input.value).toBe(''));
  });

  test('reads and says months in the language of the window', async () => {
    speak('es');
    const { input, said, type } = field();
    await type('3 de abril de 2024');
    expect(said()).toBe('3 de abril de 2024');
    await userEvent.clear(input);
    await type('04/03/2024');
    expect(said()).toBe('3 de abril de 2024');
  });
});
