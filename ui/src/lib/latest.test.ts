import { expect, test } from 'vitest';
import { latest } from './latest';

test('an answer that comes after a newer one’s is not wanted', () => {
  const ask = latest();
  const [first, second] = [ask(), ask()];
  expect(second()).toBe(true);
  expect(first()).toBe(false);
  // A long answer comes in parts.
  expect(second()).toBe(true);
});

test('an answer that is only followed by another question is', () => {
  const ask = latest();
  const [first, second] = [ask('one'), ask('one')];
  expect(first()).toBe(true);
  expect(second()).toBe(true);
});

test('an answer about something else than is asked about now is not', () => {
  const ask = latest();
  const first = ask('one');
  ask('another');
  expect(first()).toBe(false);
});
