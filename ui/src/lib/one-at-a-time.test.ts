import { expect, test, vi } from 'vitest';
import { oneAtATime } from './one-at-a-time';

/** Runs that end when the test says so. */
function runs() {
  const ends: { well: () => void; badly: (error: Error) => void }[] = [];
  const run = () => new Promise<void>((resolve, reject) => ends.push({ well: resolve, badly: reject }));
  return { ends, run };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('what is asked while a run is under way shares one run afterwards', async () => {
  const { ends, run } = runs();
  const ask = oneAtATime(run);
  const first = ask();
  const [second, third] = [ask(), ask()];
  await settled();
  expect(ends).toHaveLength(1);
  ends[0]?.well();
  await first;
  await settled();
  expect(ends).toHaveLength(2);
  ends[1]?.well();
  await Promise.all([second, third]);
  await settled();
  expect(ends).toHaveLength(2);
});

test('a call is answered by a run that began after it, not by the one under way', async () => {
  const { ends, run } = runs();
  const ask = oneAtATime(run);
  void ask();
  let answered = false;
  const late = ask().then(() => (answered = true));
  ends[0]?.well();
  await settled();
  expect(answered).toBe(false);
  ends[1]?.well();
  await late;
});

test('what is asked during the run afterwards has another one after that', async () => {
  const { ends, run } = runs();
  const ask = oneAtATime(run);
  void ask();
  void ask();
  ends[0]?.well();
  await settled();
  void ask();
  ends[1]?.well();
  await settled();
  expect(ends).toHaveLength(3);
});

test('a run that failed is told to who asked for it, and holds up nobody', async () => {
  const { ends, run } = runs();
  const ask = oneAtATime(run);
  const first = ask();
  const second = ask();
  ends[0]?.badly(new Error('no answer'));
  await expect(first).rejects.toThrow('no answer');
  await settled();
  ends[1]?.well();
  await second;
  await settled();
  void ask();
  expect(ends).toHaveLength(3);
});

test('a pause keeps two runs apart, and delays no answer', async () => {
  vi.useFakeTimers();
  const { ends, run } = runs();
  const ask = oneAtATime(run, 400);
  const first = ask();
  ends[0]?.well();
  await first;
  void ask();
  await vi.advanceTimersByTimeAsync(399);
  expect(ends).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(ends).toHaveLength(2);
  vi.useRealTimers();
});
