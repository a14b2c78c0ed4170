import { describe, expect, test } from 'vitest';
import type { PointView } from '../api/generated/PointView';
import { figure, plot, type Frame } from './geometry';

const frame: Frame = { width: 100, height: 100, left: 0, right: 0, top: 0, bottom: 0 };

function point(at: number, number: number, over: Partial<PointView> = {}): PointView {
  return {
    name: '',
    at,
    number,
    to: null,
    vague: false,
    comparator: null,
    low: null,
    high: null,
    flag: null,
    ...over,
  };
}

describe('a chart', () => {
  test('puts time across and amounts up, whatever the order they come in', () => {
    const drawn = plot([point(100, 20), point(0, 10)], frame);
    const dots = drawn.lines[0]?.dots ?? [];
    expect(dots.map((dot) => dot.x)).toEqual([0, 100]);
    expect(dots[0]?.y).toBeGreaterThan(dots[1]?.y ?? 0);
    expect(drawn.lines[0]?.path).toMatch(/^M0\.0 [\d.]+L100\.0 [\d.]+$/);
  });

  test('does not join what is only less than something', () => {
    const drawn = plot([point(0, 5), point(10, 5, { comparator: '<' }), point(20, 6), point(30, 7)], frame);
    expect(drawn.lines[0]?.path.match(/[ML]/g)?.join('')).toBe('MML');
    expect(drawn.lines[0]?.dots).toHaveLength(4);
  });

  test('draws a range from its lower end to its upper one, and joins it with nothing', () => {
    const drawn = plot([point(0, 60, { to: 90 }), point(10, 50, { to: 100 }), point(20, 70)], frame);
    const [line] = drawn.lines;
    expect(line?.path.match(/[ML]/g)?.join('')).toBe('M');
    const [first, second, alone] = line?.dots ?? [];
    expect(first?.to ?? 100).toBeLessThan(first?.y ?? 0);
    expect(second?.to ?? 100).toBeLessThan(first?.to ?? 0);
    expect(alone?.to).toBeNull();
  });

  test('has room above what is only known to be more', () => {
    const drawn = (comparator: string | null) =>
      plot([point(0, 50), point(10, 60, { comparator, low: 60 })], frame).lines[0]?.dots[1]?.y ?? 0;
    expect(drawn('>')).toBeGreaterThan(drawn(null));
  });

  test('draws each range for the days it held, open where it has no end', () => {
    const drawn = plot([point(0, 5, { low: 4, high: 6 }), point(50, 5), point(100, 9, { high: 8 })], frame);
    expect(drawn.bands.map(({ x, width }) => [x, width])).toEqual([
      [0, 25],
      [75, 25],
    ]);
    const last = drawn.bands[1];
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBe(100);
  });

  test('draws a range that stayed the same as one', () => {
    const same = [0, 40, 100].map((at) => point(at, 5, { low: 4, high: 6 }));
    expect(plot(same, frame).bands.map(({ x, width }) => [x, width])).toEqual([[0, 100]]);
    expect(plot([...same.slice(1), point(0, 5, { low: 4, high: 7 })], frame).bands).toHaveLength(2);
  });

  test('keeps the two of a blood pressure apart', () => {
    const drawn = plot([point(0, 128, { name: 'systolic' }), point(0, 82, { name: 'diastolic' })], frame);
    expect(drawn.lines.map((line) => [line.name, line.dots.length])).toEqual([
      ['systolic', 1],
      ['diastolic', 1],
    ]);
  });

  test('bears one value, equal values, noughts, negative ones, and none', () => {
    for (const values of [[5], [5, 5, 5], [0, 0], [-3, 4], [1e-7, 2e-7], [1e9]]) {
      const drawn = plot(
        values.map((value, index) => point(index * 400, value)),
        frame,
      );
      for (const { x, y } of drawn.lines[0]?.dots ?? []) {
        expect(Number.isFinite(x) && Number.isFinite(y), String(values)).toBe(true);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(100);
      }
      expect(drawn.up.length, String(values)).toBeGreaterThan(0);
      expect(drawn.up.length).toBeLessThan(12);
    }
    expect(plot([], frame).lines).toEqual([]);
  });

  test('is drawn by age for a child', () => {
    const drawn = plot(
      [point(1000, 60), point(1000 + 3 * 365.2425, 95)],
      frame,
      1000,
      (months) => `${months}m`,
    );
    expect(drawn.across.map((tick) => tick.words)).toEqual(['0m', '12m', '24m', '36m']);
    expect(drawn.across[0]?.at).toBe(0);
  });

  test('says figures without noise', () => {
    expect([figure(0.1 + 0.2), figure(140), figure(1.25)]).toEqual(['0.3', '140', '1.25']);
  });

  test('names years over a long time, months over a short one', () => {
    const long = plot([point(0, 1), point(3650, 2)], frame).across.map((tick) => tick.words);
    expect(long.every((words) => /^\d{4}$/.test(words))).toBe(true);
    expect(long.length).toBeLessThan(9);
    const short = plot([point(0, 1), point(200, 2)], frame).across.map((tick) => tick.words);
    expect(short[0]).toBe('Jan 1970');
  });
});
