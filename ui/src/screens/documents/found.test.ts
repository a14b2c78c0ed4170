/** Results that stand in a document: beside its pages, and kept one by one by whoever looked at them. */
import { userEvent } from '@testing-library/user-event';
import { within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { apiError, pending, type Answers } from '../../test/fake-host';
import { fullHost } from '../../test/invented/host';
import { life } from '../../test/invented/life';
import { readResult, readResults } from '../../test/invented/read';
import { ownSource } from '../../test/invented/own';
import { connections } from '../../test/invented/providers';
import { factPage } from '../../test/invented/record';
import { accessible, hook, screen, show, waitFor } from '../../test/screen';
import type { ReadResults } from '../../lib/api/generated/ReadResults';

vi.mock('../../lib/documents/pdf', () => ({
  openPdf: () =>
    Promise.resolve({
      numPages: 2,
      getPage: () =>
        Promise.resolve({
          getViewport: () => ({ width: 816, height: 1056 }),
          getTextContent: () => Promise.resolve('Glucose 105'),
          render: () => ({ promise: Promise.resolve() }),
        }),
      loadingTask: { destroy: () => Promise.resolve() },
    }),
  TextLayer: class {
    render(): Promise<void> {
      return Promise.resolve();
    }
  },
}));

const letter = life(12).find((row) => row.kind === 'document');
if (!letter) throw new Error('the invented life has no document');
const address = `#/document/${encodeURIComponent(letter.id)}/f-pdf`;
const pdf: Answers = { file: () => ({ show: { as: 'pdf', base64: '' }, warning: null }) };

async function find(over: Answers = {}) {
  const user = userEvent.setup();
  const host = fullHost({ ...pdf, ...over });
  show(host, address);
  await user.click(await hook('document-results'));
  return { user, host };
}

async function row(id: string): Promise<HTMLElement> {
  return waitFor(() => {
    const found = document.querySelector<HTMLElement>(`[data-row="${id}"]`);
    if (!found) throw new Error(`no row ${id}`);
    return found;
  });
}

const boxes = () => screen.getAllByTestId<HTMLInputElement>('found-right');

describe('results in a document', () => {
  test('stand beside its pages; none is right before somebody says so, and only those are kept', async () => {
    const { user, host } = await find();
    await row('read-1');
    expect(document.activeElement?.textContent).toBe('Results in this document');
    expect(boxes().map((box) => box.checked)).toEqual([false, false, false]);
    expect((await hook('found-keep')).hasAttribute('disabled')).toBe(true);
    expect((await row('read-1')).textContent).toContain('normal range 70-99');
    expect((await row('read-1')).textContent).toContain('High');
    expect((await row('read-1')).textContent).toContain('March 5, 2024');
    expect((await row('read-1')).textContent).toContain('Glucose 105 mg/dL 70-99');
    await accessible();
    await user.click(within(await row('read-1')).getByTestId('found-right'));
    await user.click(within(await row('read-3')).getByTestId('found-right'));
    expect(host.argsOf('keepResults')).toEqual([]);
    const kept = readResults.rows.map((one) => (one.id === 'read-2' ? one : { ...one, kept: 'f-kept' }));
    host.answers.documentResults = () => ({ ...readResults, rows: kept });
    const keep = await hook('found-keep');
    expect(keep.textContent).toContain('Keep 2 results');
    await user.click(keep);
    await waitFor(() => expect(host.argsOf('keepResults')).toHaveLength(1));
    expect(host.argsOf('keepResults')[0]).toEqual({
      person: 'p1',
      fact: letter.id,
      file: 'f-pdf',
      results: [
        {
          id: 'read-1',
          name: 'Glucose',
          value: '105',
          unit: 'mg/dL',
          range: '70-99',
          flag: 'high',
          date: '2024-03-05',
        },
        {
          id: 'read-3',
          name: 'Protein, urine',
          value: 'Negative',
          unit: null,
          range: 'Negative',
          flag: null,
          date: '2024-03-05',
        },
      ],
    });
    await waitFor(async () => expect((await row('read-1')).textContent).toContain('In your record'));
    expect(within(await row('read-1')).queryByTestId('found-right')).toBeNull();
    expect(boxes()).toHaveLength(1);
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Results in this document'));
    await accessible();
    // All of them are taken back together, and can be kept again.
    host.answers.documentResults = () => readResults;
    await user.click(await hook('toast-undo'));
    await waitFor(() => expect(host.argsOf('undo')).toEqual([{ person: 'p1', undo: '{}' }]));
    await waitFor(() => expect(boxes().map((box) => box.checked)).toEqual([false, false, false]));
  });

  test('are corrected before they are kept; what a row lacks is said', async () => {
    const { user, host } = await find({
      documentResults: () => ({
        ...readResults,
        rows: [readResult({ id: 'read-1', name: 'Glucose', date: null })],
      }),
    });
    const glucose = within(await row('read-1'));
    await user.click(glucose.getByTestId('found-right'));
    expect(glucose.getByTestId('found-lacks').textContent).toContain('The day is missing');
    expect((await hook('found-keep')).hasAttribute('disabled')).toBe(true);
    await user.type(await hook('found-day'), '3/5/2024');
    await waitFor(() => expect(glucose.queryByTestId('found-lacks')).toBeNull());
    await user.click(glucose.getByTestId('found-change'));
    await user.clear(glucose.getByTestId('found-value'));
    expect(glucose.getByTestId('found-lacks').textContent).toContain('The result is missing');
    await user.type(glucose.getByTestId('found-value'), '150');
    await user.clear(glucose.getByTestId('found-range'));
    await user.selectOptions(glucose.getByTestId('found-flag'), 'criticalHigh');
    await user.type(glucose.getByTestId('found-date'), '3/6/2024');
    await accessible();
    await user.click(await hook('found-keep'));
    await waitFor(() => expect(host.argsOf('keepResults')).toHaveLength(1));
    expect(host.argsOf('keepResults')[0]?.results).toEqual([
      {
        id: 'read-1',
        name: 'Glucose',
        value: '150',
        unit: 'mg/dL',
        range: null,
        flag: 'criticalHigh',
        date: '2024-03-06',
      },
    ]);
  });

  test('are shown where they stand on the page', async () => {
    const { user } = await find();
    await waitFor(() => expect(screen.getAllByTestId('pdf-page')).toHaveLength(2));
    expect(screen.queryByTestId('pdf-mark')).toBeNull();
    await user.click(within(await row('read-3')).getByTestId('found-look'));
    const [first, second] = screen.getAllByTestId('pdf-page');
    expect(second?.contains(await hook('pdf-mark'))).toBe(true);
    await user.click(within(await row('read-1')).getByTestId('found-look'));
    expect(first?.contains(await hook('pdf-mark'))).toBe(true);
    expect((await hook('pdf-mark')).style.top).toBe('20%');
  });

  test('that could not be kept are still chosen, and why is said', async () => {
    const { user } = await find({
      keepResults: () => {
        throw apiError({ message: 'Glucose: This date is still to come.', advice: 'Nothing was saved.' });
      },
    });
    await user.click(within(await row('read-1')).getByTestId('found-right'));
    await user.click(await hook('found-keep'));
    expect((await hook('error-message')).textContent).toContain('Glucose: This date is still to come.');
    expect(boxes()[0]?.checked).toBe(true);
    await accessible();
  });

  test('that are not there, or are pictures, say what to do', async () => {
    const answer = pending<ReadResults>();
    const { user, host } = await find({ documentResults: () => answer.promise });
    await hook('found-looking');
    answer.resolve({ rows: [], wordless: false, cut: false });
    const none = await hook('found-none');
    expect(none.textContent).toContain('No results were found in this document.');
    expect(none.textContent).toContain('add them yourself');
    await accessible();
    await user.click(await hook('found-close'));
    expect(screen.queryByTestId('found-results')).toBeNull();
    expect(document.activeElement).toBe(await hook('document-results'));
    host.answers.documentResults = () => ({ rows: [], wordless: true, cut: false });
    await user.click(await hook('document-results'));
    await waitFor(async () => expect((await hook('found-none')).textContent).toContain('are pictures'));
  });

  test('that could not be looked for say why, and are looked for again', async () => {
    const { user, host } = await find({
      documentResults: () => {
        throw apiError({ message: 'This file seems to be damaged.', advice: 'Ask for it again.' });
      },
    });
    expect((await hook('error-message')).textContent).toContain('seems to be damaged');
    host.answers.documentResults = () => readResults;
    await user.click(await hook('again'));
    await row('read-1');
    expect(screen.queryByTestId('error-message')).toBeNull();
    // Escape closes them, and not the document; in a field it does not.
    await user.click(within(await row('read-1')).getByTestId('found-change'));
    await user.click(within(await row('read-1')).getByTestId('found-value'));
    await user.keyboard('{Escape}');
    expect(screen.queryByTestId('found-results')).not.toBeNull();
    await user.click(within(await row('read-1')).getByTestId('found-right'));
    await user.keyboard('{Escape}');
    expect(screen.queryByTestId('found-results')).toBeNull();
    await hook('document-content');
  });

  test('are looked for in a PDF and nowhere else', async () => {
    show(fullHost(), `#/document/${encodeURIComponent(letter.id)}/f-text`);
    await waitFor(async () => expect((await hook('document-content')).textContent).toContain('words'));
    expect(screen.queryByTestId('document-results')).toBeNull();
  });
});

describe('a result that was read from a document', () => {
  test('says so, and leads to it', async () => {
    const found = { ...letter, id: 'f-glu', kind: 'result' as const, title: 'Glucose', sources: ['c-own'] };
    show(
      fullHost({
        connections: () => [...connections, ownSource],
        fact: () => factPage(found),
      }),
      '#/timeline/f-glu',
    );
    const said = await hook('source-document');
    await waitFor(() => expect(said.textContent).toContain('Read from a document by you: Visit summary'));
  });

  test('is added by hand as well, and changed in the same form', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/results');
    await user.click(await hook('own-add'));
    await user.type(await hook('own-name'), 'Ferritin');
    await user.type(await hook('own-value'), '<5');
    await user.type(await hook('own-unit'), 'ng/mL');
    await user.type(await hook('own-range'), '15-150');
    await user.selectOptions(await hook('own-flag'), 'low');
    await user.type(await hook('own-date'), '3/2024');
    await accessible();
    await user.click(await hook('own-save'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const entry = {
      is: 'result',
      name: 'Ferritin',
      value: '<5',
      unit: 'ng/mL',
      range: '15-150',
      flag: 'low',
      date: '2024-03',
      note: null,
    };
    expect(host.argsOf('saveOwn')[0]?.entry).toEqual(entry);
  });
});
