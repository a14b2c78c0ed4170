/** Invented tests over time, for tests and the preview. */
import type { PointView } from '../../lib/api/generated/PointView';
import type { RecentView } from '../../lib/api/generated/RecentView';
import type { TestView } from '../../lib/api/generated/TestView';
import type { TimelineRow } from '../../lib/api/generated/TimelineRow';
import type { TrendPage } from '../../lib/api/generated/TrendPage';
import { row } from './life';

export function point(at: number, number: number, over: Partial<PointView> = {}): PointView {
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

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

export function dayText(day: string): string {
  const [year, month, date] = day.split('-');
  return [date && Number(date), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(' ');
}

export function recent(day: string, value: string, over: Partial<RecentView> = {}): RecentView {
  return {
    fact: `f-${day}-${value}`,
    day,
    dayText: dayText(day),
    value,
    flag: null,
    flagText: null,
    ...over,
  };
}

export function testView(
  title: string,
  over: Partial<Omit<TestView, 'latest'>> & { latest?: Partial<TimelineRow> } = {},
): TestView {
  const { latest, ...rest } = over;
  return {
    test: `words ${title.toLowerCase()}`,
    kind: 'result',
    title,
    plain: null,
    panel: 'Other results',
    order: 19_999,
    count: 1,
    points: [],
    recent: [recent('2026-11-04', '1')],
    ...rest,
    latest: row({ id: `f-${title}`, title, value: rest.recent?.[0]?.value ?? '1', ...latest }),
  };
}

/** Ten years of one test, a value a year. */
function overYears(
  title: string,
  unit: string,
  values: number[],
  over: Partial<TestView> & { low?: number; high?: number; facts?: string },
): TestView {
  const { low = null, high = null, facts = title, ...rest } = over;
  const flagOf = (value: number) =>
    high !== null && value > high ? 'high' : low !== null && value < low ? 'low' : null;
  const words = { high: 'high (above normal range)', low: 'low (below normal range)' };
  const days = values.map((_, index) => `${2026 - index}-${index % 2 === 0 ? '11-04' : '10-28'}`);
  const recents = values.map((value, index) => {
    const flag = flagOf(value);
    return recent(days[index] ?? '', `${value} ${unit}`, {
      fact: index === 0 ? facts : `${facts}-${index}`,
      flag,
      flagText: flag && words[flag],
    });
  });
  const flag = flagOf(values[0] ?? 0);
  return testView(title, {
    count: values.length,
    points: values
      .map((value, index) =>
        point(Date.parse(`${days[index]}T08:00:00Z`) / 86_400_000, value, { low, high, flag: flagOf(value) }),
      )
      .reverse(),
    recent: recents,
    ...rest,
    latest: {
      id: facts,
      value: `${values[0]} ${unit}`,
      flag,
      flagText: flag && words[flag],
      dayText: dayText(days[0] ?? ''),
      second: high === null && low === null ? null : `normal range ${low ?? ''}–${high ?? ''} ${unit}`,
      kind: rest.kind ?? 'result',
    },
  });
}

export const results: TestView[] = [
  overYears('Haemoglobin A1c', '%', [7.2, 6.9, 6.4, 6.6, 5.9], {
    high: 5.6,
    panel: 'Blood sugar',
    order: 4004,
    facts: 'f-a1c',
  }),
  overYears('LDL cholesterol', 'mg/dL', [131, 118, 104, 96, 110, 142, 128], {
    high: 100,
    panel: 'Cholesterol and blood fats',
    order: 7001,
    facts: 'f-ldl',
  }),
  overYears('HDL cholesterol', 'mg/dL', [52, 49, 55], {
    low: 40,
    panel: 'Cholesterol and blood fats',
    order: 7004,
  }),
  overYears('Sodium', 'mmol/L', [139, 141, 140, 138], {
    low: 136,
    high: 145,
    panel: 'Salts and minerals',
    order: 6000,
    facts: 'f-na',
  }),
  overYears('Potassium', 'mmol/L', [4.1, 3.4, 4.4], {
    low: 3.5,
    high: 5.1,
    panel: 'Salts and minerals',
    order: 6001,
  }),
  overYears('Creatinine', 'mg/dL', [0.9, 0.88, 0.95, 0.9], { high: 1.2, panel: 'Kidneys', order: 5000 }),
  overYears('Glomerular filtration rate, estimated', 'mL/min/1.73m2', [58, 61, 63, 62, 66], {
    low: 60,
    panel: 'Kidneys',
    order: 5001,
    facts: 'f-gfr',
  }),
  testView('SARS-CoV-2 (COVID-19) antigen by rapid immunoassay, upper respiratory specimen', {
    latest: { value: 'Not detected', dayText: 'January 12, 2024', day: '2024-01-12' },
    recent: [recent('2024-01-12', 'Not detected')],
  }),
];

const pressures: [number, number][] = [
  [128, 82],
  [142, 88],
  [124, 79],
  [131, 84],
];
export const vitals: TestView[] = [
  {
    ...testView('Blood pressure', {
      test: 'analyte blood-pressure',
      kind: 'vital',
      panel: 'Blood pressure and pulse',
      order: 0,
      count: 4,
      recent: pressures.map(([up, low], index) => recent(`${2026 - index}-11-04`, `${up}/${low} mmHg`)),
      latest: { id: 'f-bp', value: '128/82 mmHg', kind: 'vital', kindText: 'Vital sign' },
    }),
    points: pressures
      .flatMap(([up, low], index) => {
        const at = Date.UTC(2026 - index, 10, 4) / 86_400_000;
        return [point(at, up, { name: 'systolic' }), point(at, low, { name: 'diastolic' })];
      })
      .reverse(),
  },
  overYears('Body weight', 'kg', [71.2, 73, 72.4], {
    kind: 'vital',
    panel: 'Weight, height and growth',
    order: 3000,
  }),
];

/** One test as its page shows it. */
export function trendPage(test: TestView, unit: string | null | undefined): TrendPage {
  const sent =
    test.test === 'words ldl cholesterol' ? 'mg/dL' : (test.recent[0]?.value.split(' ').at(-1) ?? '');
  const other = unit === 'mmol/L' && sent === 'mg/dL';
  return {
    plain: test.plain,
    title: test.title,
    panel: test.panel,
    body: test.panel.startsWith('Weight'),
    units:
      sent === 'mg/dL'
        ? [
            { unit: 'mg/dL', label: 'mg/dL' },
            { unit: 'mmol/L', label: 'mmol/L' },
          ]
        : [{ unit: sent, label: sent }],
    unit: other ? { unit: 'mmol/L', label: 'mmol/L' } : { unit: sent, label: sent },
    rows: test.recent.map((one, index) => {
      const of = test.points.filter((_, at) => {
        const each = test.points.length / test.recent.length;
        return Math.floor(at / each) === test.recent.length - 1 - index;
      });
      const scaled = other
        ? of.map((point) => ({
            ...point,
            number: point.number / 38.67,
            high: point.high && point.high / 38.67,
            low: point.low && point.low / 38.67,
          }))
        : of;
      return {
        row: row({
          id: one.fact,
          title: test.title,
          kind: test.kind,
          value: one.value,
          day: one.day,
          dayText: one.dayText,
          flag: one.flag,
          flagText: one.flagText,
          sources: index % 2 === 0 ? ['c-lake'] : ['c-summit'],
        }),
        converted: other ? `${(Number(one.value.split(' ')[0]) / 38.67).toFixed(2)} mmol/L` : null,
        range: test.latest.second?.replace('normal range ', '') ?? null,
        points: scaled,
        notDrawn: of.length === 0 ? 'not drawn: it is not a number' : null,
      };
    }),
    next: null,
    total: test.recent.length,
  };
}
