/** What holds on all screens alike: what is on its way, what went wrong, how old it is, and where the focus goes. */
import { userEvent } from '@testing-library/user-event';
import { within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { apiError } from '../test/fake-host';
import { conflicts } from '../test/invented/asking';
import { fullHost } from '../test/invented/host';
import { facets } from '../test/invented/timeline';
import { emptyHome, homeView } from '../test/invented/lists';
import { connection, syncKinds } from '../test/invented/providers';
import { accessible, heading, hook, screen, show, waitFor } from '../test/screen';

const nothing = {
  list: () => ({ columns: ['What'], rows: [], next: null, total: 0 }),
  tests: () => ({ tests: [], next: null }),
  timeline: () => ({ rows: [], next: null, total: 0 }),
  timelineFacets: () => facets([]),
  home: () => emptyHome,
  compare: () => ({ tables: [] }),
};
const focused = () => document.activeElement as HTMLElement;

describe('what is not here yet', () => {
  test.each([
    ['#/home', 'home-empty'],
    ['#/timeline', 'timeline-empty'],
    ['#/results', 'results-empty'],
    ['#/problems', 'list-empty'],
    ['#/compare', 'compare-empty'],
  ])('is not called nothing while it is on its way: %s', async (address, empty) => {
    const host = fullHost(nothing);
    show(host, address);
    const said = await hook(empty);
    expect(said.textContent).not.toContain('on their way');
    host.send({ is: 'sync', connection: 'c-lake', kinds: syncKinds, done: false, asked: 1, planned: 9 });
    await waitFor(() => expect(said.textContent).toContain('Records are on their way'));
    await accessible();
  });

  test('of somebody else’s connection is no news here', async () => {
    const host = fullHost(nothing);
    show(host, '#/problems');
    const said = await hook('list-empty');
    host.send({ is: 'sync', connection: 'c-else', kinds: syncKinds, done: false, asked: 1, planned: 9 });
    await waitFor(() => expect(said.textContent).toContain('none of your providers shared any'));
  });
});

describe('what could not be read', () => {
  const fails = () => {
    throw apiError({ message: 'The disk does not answer.', advice: 'Try again.' });
  };

  test.each([
    ['home', '#/home', 'home-medicines'],
    ['list', '#/medicines', 'list-row'],
    ['tests', '#/results', 'results-test'],
    ['trend', '#/results/result/words%20ldl%20cholesterol', 'trend-row'],
    ['fact', '#/timeline/f-ldl', 'record-title'],
    ['ledger', '#/providers/c-lake', 'ledger'],
    ['contacts', '#/settings/contacts', 'contacts'],
    ['summary', '#/summary', 'summary-page'],
    ['compare', '#/compare', 'compare-row'],
    ['timeline', '#/timeline', 'timeline-row'],
    ['connections', '#/providers', 'provider-item'],
  ] as const)('is told and can be read again: %s', async (command, address, there) => {
    const user = userEvent.setup();
    const host = fullHost();
    const answer = host.answers[command];
    Object.assign(host.answers, { [command]: fails });
    show(host, address);
    const note = await hook('error-message');
    expect(note.textContent).toContain('The disk does not answer.');
    Object.assign(host.answers, { [command]: answer });
    await user.click(within(note).getByTestId('again'));
    expect((await screen.findAllByTestId(there)).length).toBeGreaterThan(0);
    await waitFor(() => expect(screen.queryByTestId('error-message')).toBeNull());
  });
});

describe('how old it is, and that it is no advice', () => {
  test.each([
    '#/home',
    '#/medicines',
    '#/results',
    '#/results/result/words%20ldl%20cholesterol',
    '#/ask',
    '#/document/f-rtl/f-text',
  ])('stands under %s', async (address) => {
    show(fullHost({ connections: () => [connection({ id: 'c-summit' })] }), address);
    const note = await hook('reading-note');
    expect(note.textContent).toContain('Lakeside Family Medicine as of today, 2:05 PM');
    expect(note.textContent).toContain('not medical advice');
  });

  test('stands under a record, whose sources say when they came', async () => {
    show(fullHost(), '#/timeline/f-met');
    const note = await hook('reading-note');
    expect(note.textContent).toContain('not medical advice');
    // Only who tells of it: what others were asked since says nothing about it.
    expect(note.textContent).toContain('Lakeside Family Medicine as of today, 2:05 PM');
    expect(note.textContent).not.toContain('Harbor');
    const [source] = await screen.findAllByTestId('record-source');
    expect(source?.querySelector('header')?.textContent).toContain('Received today, 2:05 PM');
  });

  test('what may be over says when somebody spoke of it last', async () => {
    show(fullHost(), '#/home');
    expect((await hook('home-doubtful')).textContent).toContain('ordered or reviewed');
  });
});

describe('the focus', () => {
  test('goes to the heading of a test that is looked at over time', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/results');
    await user.click(await screen.findByRole('link', { name: 'LDL cholesterol' }));
    await waitFor(() => expect(focused().localName).toBe('h1'));
    expect((await heading('LDL cholesterol')).isSameNode(focused())).toBe(true);
  });

  test('stays where it is while the first screen opens and news come', async () => {
    const host = fullHost();
    show(host, '#/medicines');
    const [row] = await screen.findAllByTestId('list-row');
    row?.querySelector('a')?.focus();
    host.send({ is: 'changed' });
    await waitFor(() => expect(host.argsOf('list')).toHaveLength(2));
    expect(row?.contains(focused())).toBe(true);
  });

  test('goes to the field when a filter was cleared', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/medicines?text=met');
    await user.click(await hook('filter-clear'));
    expect(location.hash).toBe('#/medicines');
    expect(focused().dataset.testid).toBe('filter-text');
  });

  test('goes to the field when results are all shown again', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/results?flagged=1');
    await user.click(await hook('filter-clear'));
    expect(focused().dataset.testid).toBe('results-text');
    await user.keyboard('ldl{Escape}');
    expect((focused() as HTMLInputElement).value).toBe('');
    expect(location.hash).toBe('#/results');
  });

  test('goes to the heading when the news were seen', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/home');
    const seen = await hook('home-seen');
    host.answers.home = () => homeView({ news: emptyHome.news });
    await user.click(seen);
    await waitFor(() => expect(focused().localName).toBe('h1'));
  });

  test('stays at a disagreement that was chosen', async () => {
    const user = userEvent.setup();
    let known = conflicts;
    const host = fullHost({
      conflicts: () => known,
      chooseConflict: ({ conflict, wish }) => {
        known = known.map((one) => (one.id === conflict ? { ...one, wish: wish ?? null } : one));
        return null;
      },
    });
    show(host, '#/ask');
    await user.click(await hook('conflict-ask'));
    await waitFor(() => expect(focused().dataset.testid).toBe('conflict-unask'));
  });

  test('goes into the form for a person, and back to what opened it', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/people');
    await user.click(await hook('person-change-p1'));
    expect(focused().dataset.testid).toBe('person-name');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(focused().dataset.testid).toBe('person-change-p1'));
  });
});

describe('keys', () => {
  test('go through results as through every list', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/results');
    const [first, second] = await screen.findAllByTestId('results-test');
    await user.keyboard('j');
    expect(first?.contains(focused())).toBe(true);
    await user.keyboard('{ArrowDown}');
    expect(second?.contains(focused())).toBe(true);
    await user.keyboard('/');
    expect(focused().dataset.testid).toBe('results-text');
  });

  test('lead back from a document with Escape, and leave its field first', async () => {
    const user = userEvent.setup();
    const back = vi.spyOn(history, 'back').mockImplementation(() => undefined);
    show(fullHost(), '#/document/f-rtl/f-letter');
    await user.type(await hook('document-find'), 'x{Escape}');
    expect(back).not.toHaveBeenCalled();
    (await heading(/./)).focus();
    await user.keyboard('{Escape}');
    expect(back).toHaveBeenCalledOnce();
  });
});

describe('a record beside the results', () => {
  test('follows when it becomes another one', async () => {
    const user = userEvent.setup();
    const host = fullHost({ splitSource: () => ({ fact: 'f-k', undo: '[]' }) });
    show(host, '#/results?flagged=1&record=f-ldl');
    const split = await screen.findAllByTestId('source-split');
    await user.click(split[1] as HTMLElement);
    await waitFor(() => expect(location.hash).toBe('#/results?flagged=1&record=f-k'));
    expect((await hook('record-title')).textContent).toBe('Potassium');
  });
});

describe('a sync', () => {
  test('says about how long it still takes, once that can be judged', async () => {
    const host = fullHost();
    let now = 1_000_000;
    vi.spyOn(Date, 'now').mockImplementation(() => now);
    show(host, '#/providers');
    await screen.findAllByTestId('provider-item');
    const news = (asked: number) =>
      host.send({ is: 'sync', connection: 'c-lake', kinds: syncKinds, done: false, asked, planned: 20 });
    news(0);
    expect((await hook('sync-progress')).textContent).not.toContain('left');
    now += 60_000;
    news(5);
    expect((await hook('sync-left')).textContent).toBe('About 3 minutes left');
    now += 60_000;
    news(18);
    await waitFor(() => expect(screen.getByTestId('sync-left').textContent).toBe('Less than a minute left'));
  });
});
