import { describe, expect, test } from 'vitest';
import type { PeriodView } from '../api/generated/PeriodView';
import { row } from '../../test/invented/life';
import { layOut, shortDay, type Item, type Options } from './layout';
import { chosen, filterCount, filterOf, isFiltered, isFolding, toggled } from './filter';

/** `[` and `]` are the ends of a card, `>` what a visit gathered, `^` what a row holds, `+3` a fold. */
function drawn(items: Item[]): string[] {
  return items.map((item) => {
    if (item.is === 'year') return `# ${item.year}`;
    if (item.is === 'more') return `+${item.count}]`;
    const ends = [item.first ? '[' : '', item.last ? ']' : ''];
    const mark = { gathered: '>', held: '^', visit: '', alone: '' }[item.part];
    return `${ends[0]}${mark}${item.key}${ends[1]}`;
  });
}

const visit = (id: string, day = '2026-11-04') => row({ id, kind: 'visit', day });
const of = (visit: string, id: string, over = {}) => row({ id, visit, ...over });

describe('a day', () => {
  test('gathers what belongs to a visit behind it, and leaves the rest in its order', () => {
    const rows = [
      row({ id: 'a' }),
      of('v', 'b'),
      row({ id: 'c' }),
      of('v', 'd'),
      visit('v'),
      row({ id: 'e' }),
    ];
    expect(drawn(layOut(rows))).toEqual(['# 2026', '[a]', '[v', '>b', '>d]', '[c', 'e]']);
    const days = layOut(rows).flatMap((item) => (item.is === 'row' && item.dayFirst ? [item.key] : []));
    expect(days).toEqual(['a']);
  });

  test('never moves a row to another day: what was found later stands where it was found', () => {
    const rows = [of('v', 'late', { day: '2026-11-06' }), visit('v')];
    expect(drawn(layOut(rows))).toEqual(['# 2026', '[late]', '[v]']);
  });

  test('folds ordinary results of a visit, never one that asks to be looked at', () => {
    const rows = [
      visit('v'),
      of('v', 'high', { flag: 'high' }),
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => of('v', `n${n}`)),
      of('v', 'gone', { struck: true }),
      of('v', 'odds', { disagreement: 'they disagree' }),
      of('v', 'shot', { kind: 'vaccine' }),
    ];
    const fold: Options = { fold: true };
    expect(drawn(layOut(rows, fold))).toEqual([
      '# 2026',
      '[v',
      '>high',
      '>n1',
      '>n2',
      '>n3',
      '>gone',
      '>odds',
      '>shot',
      '+4]',
    ]);
    expect(layOut(rows, { ...fold, unfolded: new Set(['v']) })).toHaveLength(rows.length + 1);
    expect(layOut(rows)).toHaveLength(rows.length + 1);
    expect(layOut(rows.slice(0, 7), fold), 'folding two would save nothing').toHaveLength(8);
  });

  test('shows what a row holds below it, in its card and on its day', () => {
    const rows = [visit('v'), of('v', 'a'), row({ id: 'b', holds: 1 })];
    const held = new Map([
      ['v', [row({ id: 'h1', day: '2026-11-05' }), row({ id: 'h2' })]],
      ['b', [row({ id: 'h3' })]],
      ['c', [row({ id: 'h4' })]],
    ]);
    const items = layOut(rows, { held });
    expect(drawn(items)).toEqual(['# 2026', '[v', '^h1', '^h2', '>a]', '[b', '^h3]']);
    const open = items.flatMap((item) => (item.is === 'row' && item.open ? [item.key] : []));
    expect(open).toEqual(['v', 'b']);
    expect(new Set(items.flatMap((item) => (item.is === 'row' ? [item.day] : []))).size).toBe(1);
    // A search shows what it finds by itself.
    expect(drawn(layOut([...rows, row({ id: 'h1' })], { held }))).toEqual([
      '# 2026',
      '[v',
      '^h2',
      '>a]',
      '[b',
      '^h3',
      'h1]',
    ]);
    const stay = {
      fact: 'v',
      from: '2026-11-01',
      until: '2026-11-04',
      kind: 'visit',
      title: '',
      text: '',
    } as const;
    const bars = layOut([...rows, row({ id: 'd', day: '2026-11-02' })], { held, periods: [stay] });
    expect(bars.map((item) => item.lanes.length)).toEqual([0, 1, 1, 1, 1, 1, 1, 1]);
  });

  test('shows every row once, whatever is gathered or folded', () => {
    const rows = [...Array(60).keys()].map((n) =>
      row({
        id: `r${n}`,
        kind: n % 7 === 0 ? 'visit' : 'result',
        day: `2026-0${9 - Math.floor(n / 20)}-01`,
        visit: `r${(n * 3) % 60}`,
      }),
    );
    const shown = layOut(rows).flatMap((item) => (item.is === 'row' ? [item.key] : []));
    expect([...shown].sort()).toEqual(rows.map((one) => one.id).sort());
    const folded = layOut(rows, { fold: true });
    const count = folded.reduce(
      (sum, item) => sum + (item.is === 'row' ? 1 : item.is === 'more' ? item.count : 0),
      0,
    );
    expect(count).toBe(rows.length);
  });
});

describe('periods', () => {
  const period = (fact: string, from: string, until: string): PeriodView => ({
    fact,
    from,
    until,
    kind: 'visit',
    title: fact,
    text: `${from} – ${until}`,
  });
  const days = ['2026-03-05', '2026-03-04', '2026-03-02', '2026-02-27', '2026-02', '2025-12-31', ''];
  const rows = days.map((day, n) => row({ id: `r${n}`, day }));
  const bars = (periods: PeriodView[]) =>
    layOut(rows, { periods }).map((item) =>
      item.lanes
        .map((one) => `${one.lane}${one.period.fact}${one.top ? '^' : ''}${one.bottom ? '_' : ''}`)
        .join(' '),
    );

  test('are bars beside the days they cover, from end to beginning', () => {
    // # 2026, three days of March, one of February, that month, # 2025, its last day, # undated, the undated
    expect(bars([period('p', '2026-03-01', '2026-03-04')])).toEqual([
      '',
      '',
      '0p^',
      '0p_',
      '',
      '',
      '',
      '',
      '',
      '',
    ]);
    expect(bars([period('p', '2025-12-31', '2026-03-03')])).toEqual([
      '',
      '',
      '',
      '0p^',
      '0p',
      '0p',
      '0p',
      '0p_',
      '',
      '',
    ]);
    expect(bars([period('p', '2024-01-01', '2024-02-01')]).join(''), 'no row of it is here').toBe('');
  });

  test('stand side by side, and those that find no room are left out', () => {
    const four = ['a', 'b', 'c', 'd'].map((name) => period(name, '2026-03-01', '2026-03-05'));
    expect(bars(four)[1]).toBe('0a^ 1b^ 2c^');
    const after = [period('a', '2026-03-04', '2026-03-05'), period('b', '2026-02-01', '2026-03-02')];
    expect(bars(after).slice(1, 4)).toEqual(['0a^', '0a_', '0b^']);
  });
});

describe('filters in the address', () => {
  test('say only what was chosen', () => {
    expect(filterOf(new URLSearchParams())).toEqual({ kinds: [], connections: [] });
    const query = new URLSearchParams(
      'kind=a&kind=b&provider=c&status=past&flagged=1&from=2024&to=2025-03&text=x+y',
    );
    expect(filterOf(query)).toEqual({
      kinds: ['a', 'b'],
      connections: ['c'],
      statuses: ['past'],
      flagged: true,
      from: '2024',
      to: '2025-03',
      text: 'x y',
    });
    expect([isFiltered(query), filterCount(query), isFolding(filterOf(query))]).toEqual([true, 8, false]);
    expect([isFiltered(new URLSearchParams('other=1')), isFolding({ kinds: [], connections: [] })]).toEqual([
      false,
      true,
    ]);
  });

  test('are made and taken back', () => {
    const one = toggled(new URLSearchParams('text=x'), 'kind', 'visit');
    expect(one.toString()).toBe('text=x&kind=visit');
    expect(toggled(one, 'kind', 'visit').toString()).toBe('text=x');
    expect(chosen(one, 'text', 'y').toString()).toBe('kind=visit&text=y');
    expect(chosen(one, 'text', null).toString()).toBe('kind=visit');
  });
});

describe('the timeline’s layout', () => {
  const rows = [
    row({ id: '1' }),
    row({ id: '2' }),
    row({ id: '3', day: '2026-08', dayText: 'August 2026' }),
    row({ id: '4', day: '2019', dayText: '2019' }),
    row({ id: '5', day: '', dayText: 'Date not stated' }),
  ];

  test('puts a heading before each year and a card around each day', () => {
    const drawn = layOut(rows).map((item) =>
      item.is !== 'row' ? `# ${item.year}` : `${item.first ? '[' : ' '}${item.key}${item.last ? ']' : ' '}`,
    );
    expect(drawn).toEqual(['# 2026', '[1 ', ' 2]', '[3]', '# 2019', '[4]', '# ', '[5]']);
  });

  test('leaves out the year that stands above, and nothing else', () => {
    expect(rows.map(shortDay)).toEqual(['November 4', 'November 4', 'August', '2019', 'Date not stated']);
    expect(shortDay(row({ id: 'x', dayText: 'Nov 4, 2026' }))).toBe('Nov 4');
    expect(shortDay(row({ id: 'x', dayText: '4 de noviembre de 2026' }))).toBe('4 de noviembre');
  });
});
