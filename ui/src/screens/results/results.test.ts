import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { apiError } from '../../test/fake-host';
import { fullHost } from '../../test/invented/host';
import { results, testView, trendPage } from '../../test/invented/results';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

const LDL = '#/results/result/words%20ldl%20cholesterol';

describe('results', () => {
  test('stand in panels, the latest first, with flags in words', async () => {
    show(fullHost(), '#/results');
    await heading('Results');
    const panels = await screen.findAllByTestId('results-panel');
    expect(panels.map((panel) => panel.dataset.panel)).toEqual([
      'Blood sugar',
      'Kidneys',
      'Salts and minerals',
      'Cholesterol and blood fats',
      'Other results',
    ]);
    expect(panels[0]?.textContent).toContain('7.2 %');
    expect(panels[0]?.textContent).toContain('high (above normal range)');
    await accessible();
  });

  test('keep a unit with slashes in one piece, and leave words to break where they like', async () => {
    show(fullHost(), '#/results');
    await screen.findAllByTestId('results-test');
    const latest = (fact: string) => document.querySelector(`.latest [data-fact="${fact}"]`);
    expect(latest('f-gfr')?.querySelector('.unit')?.textContent).toBe('mL/min/1.73m2');
    expect(latest('f-gfr')?.textContent).toContain('58 mL/min/1.73m2');
    expect(latest('f-na')?.querySelector('.unit')?.textContent).toBe('mmol/L');
    expect(document.body.textContent).toContain('Not detected');
  });

  test('are found by name and by what is out of range, in the address, and one click shows all', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/results');
    await screen.findAllByTestId('results-test');
    await user.type(await hook('results-text'), 'chol');
    expect(location.hash).toBe('#/results?text=chol');
    await waitFor(() => expect(screen.getAllByTestId('results-test')).toHaveLength(2));
    const flagged = await hook('results-flagged');
    expect(flagged.textContent, 'however old it is: not what is so now').toContain('Latest one out of range');
    await user.click(flagged);
    await waitFor(() => expect(screen.getAllByTestId('results-test')).toHaveLength(1));
    await user.type(await hook('results-text'), 'zzz');
    expect(await screen.findByText('No tests match these filters.')).toBeTruthy();
    await user.click(await hook('filter-clear'));
    expect(location.hash).toBe('#/results');
    await waitFor(() => expect(screen.getAllByTestId('results-test')).toHaveLength(results.length));
  });

  test('of vital signs are one click away', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/results');
    await screen.findAllByTestId('results-test');
    await user.click(await hook('results-vital'));
    await waitFor(() => expect(host.argsOf('tests').at(-1)?.kind).toBe('vital'));
    expect(location.hash).toBe('#/results?of=vital');
    expect(await screen.findByText('128/82 mmHg')).toBeTruthy();
  });

  test('of one kind never stand below the other one’s name', async () => {
    const user = userEvent.setup();
    let refuse: (error: unknown) => void = () => undefined;
    const host = fullHost({
      tests: ({ kind }) =>
        kind === 'vital' ? new Promise((_, no) => (refuse = no)) : { tests: results, next: null },
    });
    show(host, '#/results');
    await screen.findAllByTestId('results-test');
    await user.click(await hook('results-vital'));
    await waitFor(() => expect(screen.queryAllByTestId('results-test')).toEqual([]));
    refuse(apiError({ message: 'The disk could not be read.' }));
    await hook('error-message');
    expect(screen.queryAllByTestId('results-test')).toEqual([]);
  });

  test('are read page by page until the end', async () => {
    const many = [...Array(230).keys()].map((n) => testView(`Test ${n}`));
    const host = fullHost({
      tests: ({ cursor, limit }) => {
        const start = Number(cursor ?? 0);
        const end = start + limit;
        return { tests: many.slice(start, end), next: end < many.length ? String(end) : null };
      },
    });
    show(host, '#/results');
    await waitFor(() => expect(screen.getAllByTestId('results-test')).toHaveLength(230));
    expect(host.argsOf('tests').map((one) => one.cursor)).toEqual([null, '100', '200']);
  });

  test('are shown from the first page on, while the rest is read', async () => {
    const many = [...Array(150).keys()].map((n) => testView(`Test ${n}`));
    let rest: () => void = () => undefined;
    const waits = new Promise<void>((resolve) => (rest = resolve));
    const host = fullHost({
      tests: async ({ cursor }) => {
        if (cursor) await waits;
        return cursor ? { tests: many.slice(100), next: null } : { tests: many.slice(0, 100), next: '100' };
      },
    });
    show(host, '#/results');
    await waitFor(() => expect(screen.getAllByTestId('results-test')).toHaveLength(100));
    rest();
    await waitFor(() => expect(screen.getAllByTestId('results-test')).toHaveLength(150));
  });

  test('open a record beside them, and keep the filter', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/results?flagged=1');
    await screen.findAllByTestId('results-test');
    const cell = document.querySelector<HTMLElement>('[data-fact="f-ldl"]');
    await user.click(cell as HTMLElement);
    expect((await hook('record-title')).textContent).toBe('LDL cholesterol');
    await user.click(await hook('record-close'));
    expect(location.hash).toBe('#/results?flagged=1');
  });

  test('that are empty, and an error, are told', async () => {
    show(fullHost({ tests: () => ({ tests: [], next: null }) }), '#/results');
    expect((await hook('results-empty')).textContent).toContain('not shared any results');
    await accessible();
  });

  test('are saved through the system’s dialog, and a failure is told', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/results');
    await user.click(await hook('results-save'));
    expect(host.argsOf('saveTrend')).toEqual([{ person: 'p1', kind: 'result', test: null }]);
    expect((await hook('toast')).textContent).toContain('/home/mabel/Documents/results.csv');
    host.answers.saveTrend = () => {
      throw apiError({ message: 'The file could not be written.', advice: 'Choose another folder.' });
    };
    await user.click(await hook('results-save'));
    expect((await hook('error-message')).textContent).toContain('Choose another folder.');
  });
});

describe('a test over time', () => {
  test('is drawn with words for those who do not see it, and stands in a table below', async () => {
    show(fullHost(), LDL);
    await heading('LDL cholesterol');
    const chart = (await hook('trend-chart')).querySelector('svg');
    expect(chart?.getAttribute('role')).toBe('img');
    expect(chart?.querySelector('title')?.textContent).toBe('LDL cholesterol over time');
    expect(chart?.querySelector('desc')?.textContent).toContain('7 values from');
    const rows = await screen.findAllByTestId('trend-row');
    expect(rows).toHaveLength(7);
    expect(rows[0]?.textContent).toContain('131 mg/dL');
    expect(rows[0]?.textContent).toContain('high (above normal range)');
    await accessible();
  });

  test('is shown in another unit beside what was sent', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, LDL);
    await user.selectOptions(await hook('trend-unit'), 'mmol/L');
    expect(location.hash).toBe(`${LDL}?unit=mmol%2FL`);
    await waitFor(() => expect(screen.getAllByTestId('trend-row')[0]?.textContent).toContain('3.39 mmol/L'));
    expect(screen.getAllByTestId('trend-row')[0]?.textContent).toContain('131 mg/dL');
    expect(host.argsOf('trend').at(-1)?.unit).toBe('mmol/L');
  });

  test('reads earlier values when asked', async () => {
    const user = userEvent.setup();
    const test = results[1] ?? testView('LDL cholesterol');
    const host = fullHost({
      trend: ({ cursor }) => {
        const page = trendPage(test, null);
        return cursor
          ? { ...page, rows: page.rows.slice(4), title: 'Cholesterol, low density' }
          : { ...page, rows: page.rows.slice(0, 4), next: '4' };
      },
    });
    show(host, LDL);
    await waitFor(() => expect(screen.getAllByTestId('trend-row')).toHaveLength(4));
    await user.click(await hook('trend-more'));
    await waitFor(() => expect(screen.getAllByTestId('trend-row')).toHaveLength(7));
    expect(screen.queryByTestId('trend-more')).toBeNull();
    // Its newest values say what it is called.
    await heading('LDL cholesterol');
  });

  test('says why a value is not drawn', async () => {
    show(
      fullHost(),
      '#/results/result/words%20sars-cov-2%20(covid-19)%20antigen%20by%20rapid%20immunoassay%2C%20upper%20respiratory%20specimen',
    );
    const rows = await screen.findAllByTestId('trend-row');
    expect(rows[0]?.textContent).toContain('not drawn: it is not a number');
    expect(screen.queryByTestId('trend-chart')).toBeNull();
    await accessible();
  });

  test('of a child’s growing is drawn by age', async () => {
    const host = fullHost();
    const state = await host.call('appState', {});
    host.answers.appState = () => ({
      ...state,
      persons: state.persons.map((person) => ({ ...person, birthDate: '2022-01-01' })),
    });
    show(host, '#/results/vital/words%20body%20weight');
    await hook('trend-chart');
    expect(await screen.findByText('drawn by age')).toBeTruthy();
    expect((await hook('trend-chart')).textContent).toMatch(/\d years|\d+ months/);
  });

  test('that is gone is told', async () => {
    show(fullHost(), '#/results/result/nothing');
    expect((await hook('error-message')).textContent).toContain('not there any more');
  });
});
