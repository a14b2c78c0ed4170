import { describe, expect, test } from 'vitest';
import { recent, testView } from '../../test/invented/results';
import { bare, panels } from './panels';

const all = { text: '', flagged: false, days: 3 };

describe('panels', () => {
  const glucose = testView('Glucose', {
    panel: 'Blood sugar',
    order: 4000,
    recent: [recent('2026-11-04', '99'), recent('2025-11-02', '101'), recent('2024-10-30', '97')],
  });
  const a1c = testView('Haemoglobin A1c', {
    panel: 'Blood sugar',
    order: 4004,
    latest: { flag: 'high', flagText: 'high (above normal range)' },
    recent: [recent('2025-11-02', '7.2 %'), recent('2024-10-30', '6.9 %'), recent('2024-10-30', '7.0 %')],
  });
  const sodium = testView('Sodium', { panel: 'Salts and minerals', order: 6000 });

  test('stand in their order, each test with its latest value and the earlier days beside it', () => {
    const shown = panels([sodium, a1c, glucose], all);
    expect(shown.map((panel) => panel.title)).toEqual(['Blood sugar', 'Salts and minerals']);
    const sugar = shown[0];
    expect(sugar?.days.map((day) => day.day)).toEqual(['2025-11-02', '2024-10-30']);
    expect(sugar?.tests.map(({ latest }) => latest?.value)).toEqual(['99', '7.2 %']);
    expect(sugar?.tests.map(({ cells }) => cells.map((cell) => cell.map((one) => one.value)))).toEqual([
      [['101'], ['97']],
      [[], ['6.9 %', '7.0 %']],
    ]);
  });

  test('show no more days than there is room for', () => {
    expect(panels([glucose], { ...all, days: 1 })[0]?.days.map((day) => day.day)).toEqual(['2025-11-02']);
    expect(panels([glucose], { ...all, days: 0 })[0]?.days).toEqual([]);
  });

  test('are found by the test or the panel, without case and accents, and by what is out of range', () => {
    const titles = (over: Partial<typeof all>) =>
      panels([glucose, a1c, sodium], { ...all, ...over }).flatMap((panel) =>
        panel.tests.map(({ test }) => test.title),
      );
    expect(titles({ text: 'SUGAR gluc' })).toEqual(['Glucose']);
    expect(titles({ text: 'hæm' })).toEqual([]);
    expect(titles({ flagged: true })).toEqual(['Haemoglobin A1c']);
    expect(titles({})).toHaveLength(3);
  });
});

test('an earlier number stands without its unit where that is the latest one’s, and no word is taken for a unit', () => {
  expect(bare('>60 mL/min/1.73m2', '>60 mL/min/1.73m2')).toBe('>60');
  expect(bare('137/80 mmHg', '128/82 mmHg')).toBe('137/80');
  expect(bare('5.1 mmol/L', '99 mg/dL')).toBe('5.1 mmol/L');
  expect(bare('not seen', 'rarely seen')).toBe('not seen');
  const height = '5 ft 10 in (176.6 cm)';
  expect(bare(height, height), 'feet alone are no height').toBe(height);
  expect(bare('59 mL/min/1.73 m²', '61 mL/min/1.73 m²')).toBe('59');
  expect(bare('99 mg/dL', undefined)).toBe('99 mg/dL');
});
