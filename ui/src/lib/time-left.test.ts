import { expect, test } from 'vitest';
import { timeLeft } from './time-left';

test('the time left is judged by what was watched', () => {
  expect(timeLeft(10, 30, 60_000)).toBe(120_000);
  // Somebody else had begun it: ten were done before it was looked at.
  expect(timeLeft(20, 30, 60_000, 10)).toBe(60_000);
});

test('too little to judge by is no time at all', () => {
  expect(timeLeft(1, 30, 60_000)).toBeNull();
  expect(timeLeft(10, 30, 900)).toBeNull();
  expect(timeLeft(10, 10, 60_000)).toBeNull();
});
