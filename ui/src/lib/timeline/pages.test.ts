import { describe, expect, test } from 'vitest';
import { apiError } from '../../test/fake-host';
import type { TimelineFacets } from '../api/generated/TimelineFacets';
import type { TimelineFilter } from '../api/generated/TimelineFilter';
import { fullHost } from '../../test/invented/host';
import { life } from '../../test/invented/life';
import { Session } from '../session.svelte';
import { TimelinePages } from './pages.svelte';

const rows = life(3000);
const everything: TimelineFilter = { kinds: [], connections: [] };

async function opened(filter = everything) {
  const host = fullHost({}, rows);
  const pages = new TimelinePages(new Session(host));
  await pages.readFacets('p1');
  await pages.open('p1', filter);
  return { host, pages };
}

/** The rows here are one unbroken run of `all`. */
function expectRun(pages: TimelinePages, all = rows) {
  const ids = all.map((one) => one.id);
  const from = ids.indexOf(pages.rows[0]?.id ?? '');
  expect(pages.rows.map((one) => one.id)).toEqual(ids.slice(from, from + pages.rows.length));
}

describe('the rows in memory', () => {
  test('grow downwards by pages to the very last, undated one', async () => {
    const { pages } = await opened();
    expect(pages.rows).toHaveLength(200);
    expect(pages.total).toBe(3000);
    while (pages.hasMore) await pages.more();
    expect(pages.rows.map((one) => one.id)).toEqual(rows.map((one) => one.id));
  });

  test('ask for a page once, however often it is wanted', async () => {
    const { host, pages } = await opened();
    // Who is told that a page came when none did asks again at once, and the window stands still.
    expect(await Promise.all([pages.more(), pages.more(), pages.more()])).toEqual([true, false, false]);
    expect(host.argsOf('timeline')).toHaveLength(2);
    expect(pages.rows).toHaveLength(400);
  });

  test('are one run, too, when they are read anew while a page is on its way', async () => {
    const { pages } = await opened();
    await Promise.all([pages.more(), pages.refresh(), pages.refresh()]);
    expectRun(pages);
    await Promise.all([pages.refresh(), pages.more()]);
    expectRun(pages);
    await pages.more();
    expectRun(pages);
  });

  test('go when another question about them fails', async () => {
    const { host, pages } = await opened();
    host.answers.timeline = () => {
      throw apiError({ message: 'The record is busy' });
    };
    await pages.open('p1', { kinds: ['result'], connections: [] });
    expect([pages.rows.length, pages.error?.message]).toEqual([0, 'The record is busy']);
  });

  test('keep the counts of the newest question, whichever answer comes last', async () => {
    const { host, pages } = await opened();
    const facets = pages.facets as TimelineFacets;
    const answers: ((facets: TimelineFacets) => void)[] = [];
    host.answers.timelineFacets = () => new Promise((resolve) => answers.push(resolve));
    const both = [pages.readFacets('p1'), pages.readFacets('p1')];
    answers[1]?.({ ...facets, total: 2 });
    await both[1];
    answers[0]?.({ ...facets, total: 1 });
    await Promise.all(both);
    expect(pages.facets?.total).toBe(2);
  });

  test('after a jump hold the year and the one above it, and grow upwards to the newest', async () => {
    const { pages } = await opened();
    const heading = await pages.jump(1999);
    expect(pages.items[heading]).toMatchObject({ is: 'year', year: '1999' });
    expect(pages.items[0]).toMatchObject({ is: 'year', year: '2000' });
    expectRun(pages);
    expect(pages.hasNewer).toBe(true);
    for (let year = 0; pages.hasNewer && year < 60; year += 1) await pages.newer();
    expect(pages.hasNewer).toBe(false);
    expect(pages.rows[0]?.id).toBe(rows[0]?.id);
    expectRun(pages);
  });

  test('a jump to a year that is here reads nothing', async () => {
    const { host, pages } = await opened();
    expect(await pages.jump(2026)).toBe(0);
    expect(host.argsOf('timeline')).toHaveLength(1);
  });

  test('a jump to the newest year has nothing above it', async () => {
    const { pages } = await opened();
    await pages.jump(1999);
    await pages.jump(2026);
    expect(pages.hasNewer).toBe(false);
    expect(pages.rows[0]?.id).toBe(rows[0]?.id);
  });

  test('the undated are a place to go to as well', async () => {
    const { pages } = await opened();
    const heading = await pages.jump(0);
    expect(pages.items[heading]).toMatchObject({ is: 'year', year: '' });
    expect(pages.rows.at(-1)?.id).toBe('f-undated');
  });

  test('a filter that leaves years empty is no dead end upwards', async () => {
    const { pages } = await opened({ kinds: ['medicine', 'procedure'], connections: ['c-lake'] });
    const filtered = rows.filter(
      (one) => ['medicine', 'procedure'].includes(one.kind) && one.sources.includes('c-lake'),
    );
    await pages.jump(1987);
    expectRun(pages, filtered);
    for (let year = 0; pages.hasNewer && year < 60; year += 1) await pages.newer();
    expect(pages.rows[0]?.id).toBe(filtered[0]?.id);
    expectRun(pages, filtered);
  });

  test('are read again in place when something has changed', async () => {
    const { host, pages } = await opened();
    await pages.more();
    const changed = rows.filter((one) => one.id !== 'f-ldl');
    host.answers = fullHost({}, changed).answers;
    await pages.refresh();
    expect(pages.rows).toHaveLength(400);
    expectRun(pages, changed);
  });

  test('stay when a later page fails, and the failure is told', async () => {
    const { host, pages } = await opened();
    host.answers.timeline = () => {
      throw apiError({ message: 'The list could not be read.' });
    };
    await pages.more();
    expect(pages.error?.message).toBe('The list could not be read.');
    expect(pages.rows).toHaveLength(200);
  });

  test('an answer to an older filter is not taken for the newer one’s', async () => {
    const host = fullHost({}, rows);
    const real = host.answers.timeline;
    let release: (() => void) | undefined;
    host.answers.timeline = (args) => {
      if (args.filter.kinds.includes('vaccine')) {
        return new Promise((resolve) => {
          release = () => resolve(real?.(args) ?? Promise.reject(new Error('no answer')));
        });
      }
      return real?.(args) ?? Promise.reject(new Error('no answer'));
    };
    const pages = new TimelinePages(new Session(host));
    const older = pages.open('p1', { kinds: ['vaccine'], connections: [] });
    await pages.open('p1', { kinds: ['allergy'], connections: [] });
    release?.();
    await older;
    expect(new Set(pages.rows.map((one) => one.kind))).toEqual(new Set(['allergy']));
    expect(pages.loading).toBe(false);
  });
});
