import { userEvent } from '@testing-library/user-event';
import { within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { apiError } from '../../test/fake-host';
import { fullHost } from '../../test/invented/host';
import { life, row } from '../../test/invented/life';
import { facets } from '../../test/invented/timeline';
import { accessible, heading, hook, rowOf, screen, show, waitFor } from '../../test/screen';

describe('the timeline', () => {
  test('lists what happened by day, newest first, with what each row means in words', async () => {
    show(fullHost(), '#/timeline');
    await heading('Timeline');
    const high = await rowOf('f-ldl');
    expect(high.dataset.kind).toBe('result');
    expect(high.dataset.title).toBe('LDL cholesterol');
    expect(high.textContent).toContain('131 mg/dL');
    expect(high.textContent).toContain('high (above normal range)');
    expect(high.textContent).toContain('Harbor Heart Clinic');
    const withdrawn = await rowOf('f-k');
    expect(withdrawn.querySelector('s')?.textContent).toBe('Potassium');
    expect(withdrawn.textContent).toContain('withdrawn: entered in error');
    expect(withdrawn.textContent).not.toContain('far above');
    expect((await rowOf('f-lis')).textContent).toContain('providers disagree');
    expect(screen.getByRole('heading', { level: 2, name: '2026' })).toBeTruthy();
    expect(screen.getByRole('heading', { level: 3, name: 'November 4' })).toBeTruthy();
    expect(screen.getByText('day not known')).toBeTruthy();
    expect((await hook('timeline-count')).textContent.trim()).toBe('400 records');
    await accessible();
  });

  test('unfolds what a row holds below it, and keeps the focus where it was', async () => {
    const user = userEvent.setup();
    const head = row({
      id: 'f-form',
      kind: 'visit',
      kindText: 'Visit',
      title: 'Check-up',
      holds: 2,
      holdsText: '2 findings and answers',
    });
    const held = [
      row({
        id: 'f-q1',
        kind: 'observation',
        kindText: 'Observation',
        title: 'Feeling low',
        value: 'Never',
        under: 'f-form',
      }),
      row({
        id: 'f-q2',
        title: 'Tired',
        value: 'Often',
        day: '2026-11-05',
        dayText: 'November 5, 2026',
        under: 'f-form',
      }),
    ];
    const host = fullHost({ heldUnder: () => held }, [head, row({ id: 'f-ldl' })]);
    show(host, '#/timeline');
    await rowOf('f-form');
    expect(document.querySelectorAll('[data-testid="timeline-holds"]')).toHaveLength(1);
    const button = await hook('timeline-holds');
    expect(button.textContent.trim()).toBe('2 findings and answers');
    expect([button.getAttribute('aria-expanded'), button.tabIndex]).toEqual(['false', 0]);
    expect(host.argsOf('heldUnder')).toEqual([]);
    button.focus();
    await user.keyboard('{Enter}');
    expect((await rowOf('f-q1')).textContent).toContain('Never');
    expect((await rowOf('f-q2')).textContent).toContain('November 5, 2026');
    expect(host.argsOf('heldUnder')).toEqual([{ person: 'p1', fact: 'f-form' }]);
    expect(document.activeElement).toBe(button);
    expect(button.getAttribute('aria-expanded')).toBe('true');
    await accessible();
    // What is unfolded is walked through like any row.
    await user.keyboard('j');
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.fact).toBe('f-q1'));
    await user.click(button);
    await waitFor(() => expect(document.querySelector('[data-fact="f-q1"]')).toBeNull());
    expect(document.activeElement).toBe(button);
    expect(button.getAttribute('aria-expanded')).toBe('false');
  });

  test('draws only what is near the window', async () => {
    show(fullHost({}, life(5000)), '#/timeline');
    await rowOf('f-ldl');
    expect(screen.getAllByTestId('timeline-row').length).toBeLessThan(120);
  });

  test('asks for the next page as the end comes near, once', async () => {
    const host = fullHost({}, life(1000));
    show(host, '#/timeline');
    await rowOf('f-ldl');
    await waitFor(() => expect(host.argsOf('timeline')).toHaveLength(1));
    const scroller = await hook('timeline-scroller');
    scroller.scrollTop = 190 * 60;
    scroller.dispatchEvent(new Event('scroll'));
    await waitFor(() => expect(host.argsOf('timeline').length).toBeGreaterThan(1));
    const cursors = host.argsOf('timeline').map((one) => one.cursor);
    expect(cursors[0]).toBeNull();
    expect(cursors[1]).toBe('200');
    expect(new Set(cursors).size).toBe(cursors.length);
  });

  test('is filtered by the address, and the filter goes with one click', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/timeline?kind=vaccine&provider=c-harbor');
    await rowOf('f-flu');
    expect(host.argsOf('timeline')[0]?.filter).toEqual({ kinds: ['vaccine'], connections: ['c-harbor'] });
    expect((await hook('timeline-count')).textContent).toMatch(/of 400 records/);
    expect(document.querySelector('[data-fact="f-ldl"]')).toBeNull();
    expect((await rowOf('f-flu')).getAttribute('href')).toBe(
      '#/timeline/f-flu?kind=vaccine&provider=c-harbor',
    );

    const results = screen.getAllByTestId('filter-kind').find((one) => one.dataset.kind === 'result');
    await user.click(results as HTMLElement);
    expect(location.hash).toBe('#/timeline?provider=c-harbor&kind=vaccine&kind=result');
    expect(results?.getAttribute('aria-pressed')).toBe('true');
    await rowOf('f-ldl');
    await user.click(await hook('filter-all'));
    expect(location.hash).toBe('#/timeline');
    await rowOf('f-a1c');
  });

  test('is filtered by words, dates, status and what is out of range, all in the address', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/timeline');
    await rowOf('f-ldl');
    await user.keyboard('/');
    const text = await hook('filter-text');
    expect(document.activeElement).toBe(text);
    await user.type(text, 'ldl');
    await waitFor(() => expect(location.hash).toBe('#/timeline?text=ldl'));
    await user.click(await hook('filter-flagged'));
    await user.click(await hook('filter-more'));
    await user.type(await hook('filter-from'), '2/30/2024{Tab}');
    expect((await hook('filter-from-words')).textContent).toContain('This day does not exist.');
    expect(location.hash).toBe('#/timeline?text=ldl&flagged=1');
    await user.clear(await hook('filter-from'));
    await user.type(await hook('filter-from'), 'March 2024');
    expect((await hook('filter-from-words')).textContent).toBe('March 2024');
    await user.tab();
    expect(location.hash).toBe('#/timeline?text=ldl&flagged=1&from=2024-03');
    await user.click(screen.getAllByTestId('filter-status')[0] as HTMLElement);
    await waitFor(() =>
      expect(host.argsOf('timeline').at(-1)?.filter).toEqual({
        kinds: [],
        connections: [],
        text: 'ldl',
        flagged: true,
        from: '2024-03',
        statuses: ['past'],
      }),
    );
    expect(host.argsOf('timelineFacets').at(-1)?.filter?.text).toBe('ldl');
    await accessible();
    await user.click(await hook('filter-clear'));
    expect(location.hash).toBe('#/timeline');
    await waitFor(() => expect((text as HTMLInputElement).value).toBe(''));
    expect(((await hook('filter-from')) as HTMLInputElement).value).toBe('');
    await rowOf('f-visit');
  });

  test('keeps its filter while one is elsewhere', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/timeline?kind=vaccine');
    await rowOf('f-flu');
    await user.click(await hook('nav-providers'));
    await heading('Providers');
    expect((await hook('nav-timeline')).getAttribute('href')).toBe('#/timeline?kind=vaccine');
  });

  test('goes to a date', async () => {
    const user = userEvent.setup();
    const rows = life(3000);
    const host = fullHost({}, rows);
    show(host, '#/timeline');
    await rowOf('f-ldl');
    await user.click(await hook('filter-more'));
    await user.type(await hook('timeline-goto'), '6/1999');
    expect((await hook('timeline-goto-words')).textContent).toBe('June 1999');
    await user.type(await hook('timeline-goto'), '{Enter}');
    await waitFor(() => expect(host.argsOf('timeline').at(-1)?.at).toBe('1999-06'));
    await waitFor(() => expect(document.querySelector('[data-fact="f-ldl"]')).toBeNull());
    await waitFor(() =>
      expect((screen.getByTestId('timeline-jump') as HTMLSelectElement).value).toBe('1999'),
    );
  });

  test('reads a year that is not loaded when one goes there', async () => {
    const user = userEvent.setup();
    const rows = life(3000);
    const host = fullHost({}, rows);
    show(host, '#/timeline');
    await rowOf('f-ldl');
    await user.selectOptions(await hook('timeline-jump'), '1999');
    const start = String(rows.findIndex((one) => one.day.startsWith('1999')));
    await waitFor(() => expect(host.argsOf('timeline').map((one) => one.cursor)).toContain(start));
    await waitFor(() => expect(document.querySelector('[data-fact="f-ldl"]')).toBeNull());
  });

  test('says what to do when nothing is there, or nothing fits', async () => {
    const none = {
      timeline: () => ({ rows: [], next: null, total: 0 }),
      timelineFacets: () => facets([]),
    };
    show(fullHost(none), '#/timeline');
    // A provider is connected: another one is not what is missing.
    const empty = await hook('timeline-empty');
    expect(empty.textContent).toContain('does not mean that there are none');
    expect(empty.textContent).not.toContain('Connect a provider');
    await accessible();
  });

  test('says that nothing fits a filter, and offers everything', async () => {
    show(fullHost(), '#/timeline?kind=claim');
    expect((await hook('timeline-empty')).textContent).toContain('No records match');
    expect(
      within(await hook('timeline-empty'))
        .getByRole('link')
        .getAttribute('href'),
    ).toBe('#/timeline');
  });

  test('tells an error and tries again', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    const real = host.answers.timeline;
    host.answers.timeline = () => {
      throw apiError({ message: 'The list could not be read.', advice: 'Try again.' });
    };
    show(host, '#/timeline');
    const note = await hook('error-message');
    await accessible();
    host.answers.timeline = real;
    await user.click(within(note).getByRole('button'));
    await rowOf('f-ldl');
  });

  test('reads again when something stored has changed', async () => {
    let rows = life(50);
    const host = fullHost();
    host.answers = { ...host.answers, ...fullHost({}, rows).answers };
    show(host, '#/timeline');
    await rowOf('f-ldl');
    rows = [row({ id: 'f-new', title: 'Ferritin' }), ...rows];
    host.answers = { ...host.answers, ...fullHost({}, rows).answers };
    host.send({ is: 'changed' });
    await rowOf('f-new');
  });

  test('bears a title of 300 letters without a break, and one from right to left', async () => {
    const title = 'x'.repeat(300);
    const rows = [row({ id: 'long', title }), row({ id: 'rtl', title: 'رسالة إحالة' })];
    show(fullHost({}, rows), '#/timeline');
    expect((await rowOf('long')).textContent).toContain(title);
    expect((await rowOf('rtl')).querySelector('bdi')?.textContent).toBe('رسالة إحالة');
    await accessible();
  });
});

describe('with the keyboard', () => {
  test('one Tab stop; j and k walk, Enter opens, Escape comes back to the same row', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/timeline');
    await rowOf('f-visit');
    const stops = screen.getAllByTestId('timeline-row').filter((one) => one.tabIndex === 0);
    expect(stops.map((one) => one.dataset.fact)).toEqual(['f-visit']);
    (await rowOf('f-visit')).focus();
    await user.keyboard('j');
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.fact).toBe('f-a1c'));
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.fact).toBe('f-ldl'));
    await user.keyboard('k');
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.fact).toBe('f-a1c'));
    await user.keyboard('{Enter}');
    const title = await hook('record-title');
    expect(title.textContent).toBe('Haemoglobin A1c');
    await waitFor(() => expect(document.activeElement).toBe(title));
    await user.keyboard('j');
    await waitFor(() => expect(screen.getByTestId('record-title').textContent).toBe('LDL cholesterol'));
    expect((await rowOf('f-ldl')).getAttribute('aria-current')).toBe('true');
    await user.keyboard('{Escape}');
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.fact).toBe('f-ldl'));
    expect(screen.queryByTestId('record-page')).toBeNull();
    expect(location.hash).toBe('#/timeline');
  });

  test('letters typed into a field are letters', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/timeline');
    await rowOf('f-visit');
    (await hook('timeline-jump')).focus();
    await user.keyboard('j');
    expect(document.activeElement).toBe(await hook('timeline-jump'));
  });
});

test('keys that go through a page at once take the focus along, to the row that Enter then opens', async () => {
  const user = userEvent.setup();
  show(fullHost(), '#/timeline');
  const [first] = await screen.findAllByTestId('timeline-row');
  const at = () => document.activeElement as HTMLElement;
  first?.focus();
  await user.keyboard('{PageDown}');
  await waitFor(() => expect(at().dataset.fact).not.toBe(first?.dataset.fact));
  expect(at().dataset.testid).toBe('timeline-row');
  const there = at().dataset.fact;
  await user.keyboard('{End}');
  await waitFor(() => expect(at().dataset.fact).not.toBe(there));
  expect(at().dataset.testid).toBe('timeline-row');
  await user.keyboard('{Home}');
  await waitFor(() => expect(at().dataset.fact).toBe(first?.dataset.fact));
  await user.keyboard('{PageDown}');
  await waitFor(() => expect(at().dataset.fact).toBe(there));
  await user.keyboard('{Enter}');
  await waitFor(() => expect(location.hash).toBe(`#/timeline/${there}`));
});
