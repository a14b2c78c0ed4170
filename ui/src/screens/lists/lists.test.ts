import { within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { apiError } from '../../test/fake-host';
import { fullHost } from '../../test/invented/host';
import { life, row } from '../../test/invented/life';
import { facets } from '../../test/invented/timeline';
import { medicines } from '../../test/invented/lists';
import { comesNear } from '../../test/setup';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';
import { PLACES } from '../places';

const LISTS =
  'medicines problems allergies vaccines visits procedures plans team family documents insurance'.split(' ');

describe('a list', () => {
  test.each(LISTS)('of %s has its place, and says so when it is empty', async (list) => {
    const host = fullHost({
      list: () => ({ columns: ['What'], rows: [], next: null, total: 0 }),
      timelineFacets: () => facets([]),
    });
    show(host, `#/${list}`);
    await heading(PLACES.find((place) => place.at === list)?.words ?? 'none');
    expect(host.argsOf('list')[0]?.list).toBe(list);
    expect((await hook('list-empty')).textContent).toContain('none of your providers shared any');
    await accessible();
  });

  test('is saved as a table, with what it is filtered by', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/medicines?text=lis');
    await user.click(await hook('list-save'));
    expect((await hook('toast')).textContent).toContain('medicines.csv');
    expect(host.argsOf('saveList')[0]).toMatchObject({ list: 'medicines', filter: { text: 'lis' } });
  });

  test('shows what is current apart from what is past, with its own columns and doubts', async () => {
    show(fullHost(), '#/medicines');
    const rows = await screen.findAllByTestId('list-row');
    expect(rows.map((one) => one.dataset.title)).toEqual([
      'Metformin 500 mg tablet',
      'Omeprazole 20 mg capsule',
      'Amoxicillin 500 mg',
    ]);
    expect(screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent)).toEqual([
      'Current, as your providers list them',
      'No longer taken, planned or not confirmed',
    ]);
    expect(
      screen
        .getAllByRole('columnheader')
        .slice(0, 6)
        .map((one) => one.textContent),
    ).toEqual(['Medicine', 'How to take it', 'Since', 'Ordered or reviewed', 'Still listed by', 'Source']);
    expect(rows[1]?.textContent).toContain('not ordered or reviewed in over a year');
    await accessible();
  });

  test('opens a row wherever it lights up, and not where something was selected', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/medicines');
    const [first] = await screen.findAllByTestId('list-row');
    const cell = first?.querySelector('td');
    if (!cell) throw new Error('no cell');
    const select = document.getSelection();
    select?.selectAllChildren(cell);
    cell.click();
    expect(location.hash).toBe('#/medicines');
    select?.removeAllRanges();
    await user.click(cell);
    expect(location.hash).toBe('#/medicines/f-met');
    await hook('record-title');
  });

  test('has no column in which nothing stands', async () => {
    const page = medicines();
    const rows = page.rows.map((one) => ({
      ...one,
      cells: one.cells.map((cell, at) => (at === 1 ? '' : cell)),
    }));
    show(fullHost({ list: () => ({ ...page, rows }) }), '#/medicines');
    await screen.findAllByTestId('list-row');
    const heads = screen.getAllByRole('columnheader').slice(0, 5);
    expect(heads.map((one) => one.textContent)).toEqual([
      'Medicine',
      'How to take it',
      'Ordered or reviewed',
      'Still listed by',
      'Source',
    ]);
    expect(rows[0]?.cells.length, 'a cell stays under its own heading').toBe(4);
    const cells = [...(screen.getAllByTestId('list-row')[0]?.querySelectorAll('td') ?? [])];
    expect(cells.map((one) => one.dataset.label)).toEqual(heads.slice(1).map((one) => one.textContent));
    await accessible();
  });

  test('offers no choice that would show nothing', async () => {
    const found = facets(life(40));
    const kinds = found.kinds.map((one, at) => ({ ...one, count: at === 0 ? 0 : one.count }));
    show(fullHost({ timelineFacets: () => ({ ...found, kinds }) }), '#/timeline');
    const chips = await screen.findAllByTestId<HTMLButtonElement>('filter-kind');
    expect(chips.map((one) => one.disabled)).toEqual(kinds.map((one) => one.count === 0));
  });

  test('shows one line for what several entries are about, and its entries when it is unfolded', async () => {
    const user = userEvent.setup();
    const page = medicines();
    const head = {
      id: 't-met',
      name: 'Metformin',
      cells: ['1 tablet twice a day', 'May 12, 2014', 'November 4, 2026'],
      count: 2,
      times: null,
      sources: ['c-lake', 'c-summit'],
      disagreement: 'providers disagree',
      told: ['Harbor raised metformin to 1,000 mg; Lakeside still lists 500 mg.'],
    };
    const rows = page.rows.map((one, index) => (index < 2 ? { ...one, topic: head } : one));
    show(fullHost({ list: () => ({ ...page, rows }) }), '#/medicines');
    const topic = await hook('list-topic');
    expect(topic.dataset.title).toBe('Metformin');
    expect(topic.textContent).toContain('providers disagree');
    expect(topic.textContent).toContain('Lakeside still lists 500 mg.');
    expect(screen.getAllByTestId('list-row')).toHaveLength(1);
    const unfold = await hook('list-unfold');
    expect(unfold.getAttribute('aria-expanded')).toBe('false');
    expect(unfold.textContent?.trim()).toBe('2 entries');
    await user.click(unfold);
    expect(unfold.getAttribute('aria-expanded')).toBe('true');
    expect(screen.getAllByTestId('list-row')).toHaveLength(3);
    await accessible();
  });

  test('calls a thing as the first page does, with what its sender calls it below', async () => {
    const page = medicines();
    const head = {
      id: 't-met',
      name: 'Metformin',
      cells: [],
      count: 1,
      times: null,
      sources: ['c-lake'],
      disagreement: null,
      told: ['Lakeside stopped metformin on June 7, 2022; Summit still lists it.'],
    };
    const rows = page.rows.map((one, index) => (index < 1 ? { ...one, topic: head } : one));
    show(fullHost({ list: () => ({ ...page, rows }) }), '#/medicines');
    const [first] = await screen.findAllByTestId('list-row');
    const heading = within(first as HTMLElement).getByRole('rowheader');
    expect(within(heading).getByRole('link').textContent.trim()).toBe('Metformin');
    expect(heading.textContent).toContain('Metformin 500 mg tablet');
    expect(heading.textContent).toContain('Summit still lists it.');
    await accessible();
  });

  test('is filtered as the timeline is, in the address, and one click shows everything', async () => {
    const user = userEvent.setup();
    const host = fullHost({ timelineFacets: () => facets(life(20)) });
    show(host, '#/medicines');
    await screen.findAllByTestId('list-row');
    await user.keyboard('/');
    await user.type(await hook('filter-text'), 'met');
    await waitFor(() => expect(location.hash).toBe('#/medicines?text=met'));
    await user.click(screen.getAllByTestId('filter-provider')[0] as HTMLElement);
    await waitFor(() =>
      expect(host.argsOf('list').at(-1)?.filter).toEqual({
        kinds: [],
        connections: ['c-lake'],
        text: 'met',
      }),
    );
    expect(host.argsOf('timelineFacets').at(-1)?.list).toBe('medicines');
    await user.click(await hook('filter-clear'));
    expect(location.hash).toBe('#/medicines');
  });

  test('is walked through by key, and opens a record beside it', async () => {
    const user = userEvent.setup();
    const rows = [row({ id: 'f-met', title: 'Metformin 500 mg tablet' }), ...life(10)];
    show(fullHost({}, rows), '#/medicines');
    await screen.findAllByTestId('list-row');
    await user.keyboard('j');
    expect((document.activeElement as HTMLElement).dataset.fact).toBe('f-met');
    await user.keyboard('{ArrowDown}{ArrowUp}{Enter}');
    expect((await hook('record-title')).textContent).toBe('Metformin 500 mg tablet');
    expect(location.hash).toBe('#/medicines/f-met');
    await user.keyboard('{Escape}');
    expect(location.hash).toBe('#/medicines');
  });

  /** A host with a long list, a page at a time. */
  function longHost(count: number) {
    const all = medicines(count).rows;
    return fullHost({
      list: ({ cursor, limit }) => {
        const start = Number(cursor ?? 0);
        const end = start + limit;
        return {
          ...medicines(0),
          rows: all.slice(start, end),
          next: end < all.length ? String(end) : null,
          total: all.length,
        };
      },
    });
  }
  const rowsThere = (count: number) =>
    waitFor(() => expect(screen.getAllByTestId('list-row')).toHaveLength(count));

  test('reads the next page when asked, and the keyboard goes on where it begins', async () => {
    const user = userEvent.setup();
    show(longHost(250), '#/medicines');
    await rowsThere(100);
    (await hook('list-more')).focus();
    await user.keyboard('{Enter}');
    await rowsThere(200);
    expect((document.activeElement as HTMLElement).dataset.fact).toBe('f-m100');
    await user.click(await hook('list-more'));
    await rowsThere(250);
    expect(screen.queryByTestId('list-more')).toBeNull();
    expect((document.activeElement as HTMLElement).dataset.fact).toBe('f-m200');
  });

  test('reads the next page by itself as the end nears, and leaves the focus alone', async () => {
    const host = longHost(250);
    show(host, '#/medicines');
    await rowsThere(100);
    const more = await hook('list-more');
    document.querySelector<HTMLElement>('[data-fact="f-met"]')?.focus();
    expect(comesNear(more)).toBe(true);
    comesNear(more);
    await rowsThere(200);
    expect(
      host.argsOf('list').map((one) => one.cursor),
      'once',
    ).toEqual([null, '100']);
    // Somebody who tabbed to the button keeps it until there is nothing more to ask for.
    more.focus();
    expect(comesNear(more)).toBe(true);
    await rowsThere(250);
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.fact).toBe('f-m200'));
  });

  test('is as long as it was after something changed elsewhere', async () => {
    const host = longHost(1300);
    show(host, '#/medicines');
    for (let count = 100; count < 700; count += 100) {
      await rowsThere(count);
      comesNear(await hook('list-more'));
    }
    await rowsThere(700);
    host.send({ is: 'changed' });
    await waitFor(() =>
      expect(
        host
          .argsOf('list')
          .slice(-3)
          .map((one) => one.limit),
      ).toEqual([500, 100, 100]),
    );
    await rowsThere(700);
  });

  test('keeps what is there when the next page cannot be read', async () => {
    const user = userEvent.setup();
    const host = longHost(150);
    show(host, '#/medicines');
    await rowsThere(100);
    const { list } = host.answers;
    host.answers.list = () => {
      throw apiError({ message: 'The disk could not be read.' });
    };
    comesNear(await hook('list-more'));
    expect((await hook('error-message')).textContent).toContain('The disk could not be read.');
    await rowsThere(100);
    host.answers.list = list;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await rowsThere(150);
  });

  test('never stands below another list’s name', async () => {
    const user = userEvent.setup();
    let answer: (() => void) | undefined;
    const host = fullHost({
      list: ({ list }) =>
        list === 'medicines'
          ? medicines()
          : new Promise((resolve) => {
              answer = () => resolve({ columns: ['What'], rows: [], next: null, total: 0 });
            }),
    });
    show(host, '#/medicines');
    await screen.findAllByTestId('list-row');
    await user.click(await hook('nav-problems'));
    await heading('Problems');
    expect(screen.queryAllByTestId('list-row')).toEqual([]);
    await waitFor(() => expect(answer).toBeDefined());
    answer?.();
    await hook('list-empty');
  });

  test('keeps its rows until another choice is answered, and not when it cannot be', async () => {
    const user = userEvent.setup();
    let answer: ((failed: boolean) => void) | undefined;
    const host = fullHost({
      list: ({ filter }) =>
        filter.text
          ? new Promise((resolve, refuse) => {
              answer = (failed) =>
                failed ? refuse(apiError({ message: 'The disk could not be read.' })) : resolve(medicines(1));
            })
          : medicines(),
    });
    show(host, '#/medicines');
    await rowsThere(3);
    await user.keyboard('/');
    await user.type(await hook('filter-text'), 'met');
    await waitFor(() => expect(answer).toBeDefined());
    await rowsThere(3);
    answer?.(true);
    await hook('error-message');
    expect(screen.queryAllByTestId('list-row')).toEqual([]);
  });

  test('tells an error, and bears 300 letters and words from right to left', async () => {
    const user = userEvent.setup();
    let failing = true;
    const long = 'x'.repeat(300);
    const host = fullHost({
      list: () => {
        if (failing) throw apiError({ message: 'The disk could not be read.', advice: 'Check the disk.' });
        const page = medicines();
        return {
          ...page,
          rows: page.rows.map((one, at) => ({
            ...one,
            row: { ...one.row, title: at === 0 ? long : 'أملوديبين', struck: at === 1 },
            cells: [long, '', long],
          })),
        };
      },
    });
    show(host, '#/medicines');
    expect((await hook('error-message')).textContent).toContain('Check the disk.');
    failing = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    const rows = await screen.findAllByTestId('list-row');
    expect(rows[0]?.textContent).toContain(long);
    expect(rows[1]?.querySelector('s')?.textContent).toBe('أملوديبين');
    await accessible();
  });
});
