/** What is asked about rows: how many of what, where a word stands, a page of them. */
import type { Kind } from '../../lib/api/generated/Kind';
import type { SearchView } from '../../lib/api/generated/SearchView';
import type { TimelineFacets } from '../../lib/api/generated/TimelineFacets';
import type { TimelineFilter } from '../../lib/api/generated/TimelineFilter';
import type { TimelineRow } from '../../lib/api/generated/TimelineRow';

const LABELS: Partial<Record<Kind, string>> = {
  visit: 'Visits',
  result: 'Results',
  vital: 'Vital signs',
  report: 'Reports',
  problem: 'Problems',
  allergy: 'Allergies',
  medicine: 'Medicines',
  vaccine: 'Vaccines',
  procedure: 'Procedures',
  document: 'Documents',
};

export function facets(rows: TimelineRow[]): TimelineFacets {
  const years = new Map<number, { count: number; at: number }>();
  for (const [at, one] of rows.entries()) {
    const year = Number(one.day.slice(0, 4) || 0);
    const known = years.get(year);
    if (known) known.count += 1;
    else years.set(year, { count: 1, at });
  }
  return {
    kinds: (Object.entries(LABELS) as [Kind, string][])
      .map(([kind, label]) => ({ kind, label, count: rows.filter((one) => one.kind === kind).length }))
      .filter((one) => one.count > 0),
    years: [...years].map(([year, { count, at }]) => ({ year, count, cursor: String(at) })),
    total: rows.length,
    statuses: [
      { status: 'past', label: 'Over, done or final', count: rows.length - 1 },
      { status: 'entered-in-error', label: 'Withdrawn', count: 1 },
    ],
    flagged: rows.filter((one) => one.flag && !one.struck).length,
    periods: rows.some((one) => one.id === 'f-echo')
      ? [
          {
            fact: 'f-echo',
            kind: 'visit',
            title: 'Hospital stay',
            from: '2026-06-30',
            until: '2026-09-21',
            text: 'June 30, 2026 – September 21, 2026',
          },
        ]
      : [],
  };
}

export const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** A stand-in that finds words in titles only; what the real search finds is tested where it is. */
export function searched(rows: TimelineRow[], text: string, limit: number): SearchView {
  const words = plain(text).split(/\s+/u).filter(Boolean);
  const hits = rows
    .filter((one) => words.every((word) => plain(one.title).includes(word)))
    .map((one) => ({
      row: one,
      count: 1,
      titleMarks: words
        .map((word) => ({
          start: plain(one.title).indexOf(word),
          end: plain(one.title).indexOf(word) + word.length,
        }))
        .sort((a, b) => a.start - b.start),
      passage: null,
      passageMarks: [],
    }));
  const kinds = [...new Set(hits.map((hit) => hit.row.kind))];
  return {
    groups: kinds.map((kind) => {
      const of = hits.filter((hit) => hit.row.kind === kind);
      return {
        kind,
        label: LABELS[kind] ?? kind,
        hits: of.slice(0, limit),
        more: Math.max(0, of.length - limit),
      };
    }),
    instead: null,
  };
}

/** A cursor is a position in the unfiltered list, as a keyset is a position in time. */
export function timeline(
  rows: TimelineRow[],
  filter: TimelineFilter,
  cursor: string | null | undefined,
  limit: number,
  at?: string | null,
) {
  const passes = (one: TimelineRow) =>
    (filter.kinds.length === 0 || filter.kinds.includes(one.kind)) &&
    (!filter.flagged || (one.flag !== null && !one.struck)) &&
    (!filter.text || plain(one.title).includes(plain(filter.text))) &&
    (!filter.from || one.day >= filter.from) &&
    (filter.connections.length === 0 || one.sources.some((source) => filter.connections.includes(source)));
  const all = rows.map((one, at) => ({ one, at })).filter(({ one }) => passes(one));
  const start = at
    ? rows.findIndex((one) => one.day === '' || one.day.slice(0, at.length) <= at)
    : Number(cursor ?? 0);
  const from = all.filter(({ at }) => at >= start);
  const next = from[limit];
  return {
    rows: from.slice(0, limit).map(({ one }) => one),
    next: next ? String(next.at) : null,
    total: all.length,
  };
}
