import type { RecentView } from '../api/generated/RecentView';
import type { TestView } from '../api/generated/TestView';

/** Tests that are listed together: the latest value of each, and what was found on earlier days. */
export interface Panel {
  title: string;
  /** The earlier days, newest first. */
  days: { day: string; dayText: string }[];
  /** A cell an earlier day; several values of one day are all shown. */
  tests: { test: TestView; latest: RecentView | null; cells: RecentView[][] }[];
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Puts tests into their panels, in order, as tables of at most `days` earlier days. */
export function panels(
  tests: readonly TestView[],
  { text, flagged, days }: { text: string; flagged: boolean; days: number },
): Panel[] {
  const words = plain(text).split(/\s+/u).filter(Boolean);
  const passing = tests
    .filter((test) => !flagged || test.latest.flag !== null)
    .filter((test) =>
      words.every((word) => plain(`${test.plain ?? ''} ${test.title} ${test.panel}`).includes(word)),
    )
    .sort((a, b) => a.order - b.order || a.title.localeCompare(b.title));
  const byTitle = new Map<string, TestView[]>();
  for (const test of passing) {
    const of = byTitle.get(test.panel);
    if (of) of.push(test);
    else byTitle.set(test.panel, [test]);
  }
  return [...byTitle].map(([title, of]) => {
    const found = new Map<string, string>();
    for (const { recent } of of) for (const one of recent.slice(1)) found.set(one.day, one.dayText);
    const earlier = [...found].sort(([a], [b]) => (a < b ? 1 : -1)).slice(0, days);
    return {
      title,
      days: earlier.map(([day, dayText]) => ({ day, dayText })),
      tests: of.map((test) => ({
        test,
        latest: test.recent[0] ?? null,
        cells: earlier.map(([day]) => test.recent.slice(1).filter((one) => one.day === day)),
      })),
    };
  });
}

/** A number with its unit; words such as "not seen" are neither. */
const MEASURED = /^((?:[<>≤≥~]\s?)?[\d.,/–-]+) (\S.*)$/u;

/** Figures follow: "5 ft 10 in (176.6 cm)" is no number with a unit. */
const FURTHER = /[\s(]\d/u;

/** The number alone, where the value beside it has the same unit. */
export function bare(value: string, beside: string | undefined): string {
  const own = MEASURED.exec(value);
  const other = beside === undefined ? null : MEASURED.exec(beside);
  return own?.[1] && own[2] === other?.[2] && !FURTHER.test(own[2] ?? '') ? own[1] : value;
}
