import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { apiError } from '../../test/fake-host';
import { settingsView } from '../../test/invented/app';
import { fullHost } from '../../test/invented/host';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

describe('the summary', () => {
  test('shows the pages, prints them and saves them', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/summary');
    await heading('Summary for a visit');
    const pages = await screen.findAllByTestId('summary-page');
    expect(pages).toHaveLength(2);
    expect(pages[0]?.textContent).toContain('Mabel Okonkwo');
    expect(host.argsOf('summary')).toEqual([{ person: 'p1', paper: 'letter', sheet: 'summary' }]);
    await accessible();
    await user.click(await hook('summary-print'));
    expect(host.printed).toBe(1);
    await user.click(await hook('summary-save'));
    expect((await hook('toast')).textContent).toContain('/home/mabel/Documents/summary.pdf');
    await user.selectOptions(await hook('summary-paper'), 'a4');
    await waitFor(() =>
      expect(host.argsOf('summary').at(-1)).toEqual({ person: 'p1', paper: 'a4', sheet: 'summary' }),
    );
    expect(location.hash).toBe('#/summary?paper=a4');
  });

  test('prints another kind of sheet, and lies where it has to', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      summary: ({ paper, sheet }) => ({
        pages: ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>'],
        paper,
        alt: 'One page.',
        noRoom: null,
        warning: null,
        turned: sheet === 'compare',
      }),
    });
    show(host, '#/summary');
    await user.selectOptions(await hook('summary-sheet'), 'compare');
    await waitFor(() => expect(location.hash).toBe('#/summary?sheet=compare'));
    await waitFor(() => expect(screen.getByTestId('summary-page').className).toContain('turned'));
    await user.selectOptions(await hook('summary-paper'), 'a4');
    await waitFor(() => expect(location.hash).toBe('#/summary?sheet=compare&paper=a4'));
    expect(host.argsOf('summary').at(-1)).toEqual({ person: 'p1', paper: 'a4', sheet: 'compare' });
  });

  test('is called what is printed', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/summary');
    await heading('Summary for a visit');
    await user.selectOptions(await hook('summary-sheet'), 'vaccines');
    await heading('Vaccination record');
  });

  test('keeps own questions and what to print, and lays out anew', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/summary', settingsView());
    const choices = await hook('print-choices');
    await user.click(choices.querySelector('summary') as HTMLElement);
    await user.type(await hook('print-questions'), 'Do I need it?{Enter}How long?');
    await user.click(await hook('print-large'));
    await user.click(await hook('print-section-visits'));
    await user.selectOptions(await hook('print-language'), 'es');
    await accessible();
    await waitFor(() =>
      expect(host.argsOf('savePrinting').at(-1)?.printing).toMatchObject({
        questions: 'Do I need it?\nHow long?',
        large: true,
        without: ['visits'],
        language: 'es',
      }),
    );
    await waitFor(() => expect(host.argsOf('summary').length).toBeGreaterThan(3));
  });

  test('asks about what is sensitive before it is printed, once', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    const before = await host.answers.printing?.({ person: 'p1' });
    if (!before) throw new Error('no answer');
    let kept = before.printing;
    host.answers.printing = () => ({
      ...before,
      printing: kept,
      sensitive: (['mental', 'reproductive'] as const).map((kind) => ({
        kind,
        text: kind === 'mental' ? 'Mental health' : 'Sexual and reproductive health',
        names: kind === 'mental' ? ['Low mood'] : ['Abortion'],
        toAsk: ![...kept.withSensitive, ...kept.withoutSensitive].includes(kind),
      })),
    });
    host.answers.savePrinting = ({ printing }) => {
      kept = printing;
      return null;
    };
    show(host, '#/summary?sheet=care');
    expect((await hook('print-ask')).textContent).toContain('Abortion');
    expect(((await hook('summary-print')) as HTMLButtonElement).disabled).toBe(true);
    await accessible();
    await user.click(await hook('print-ask-reproductive-no'));
    await waitFor(() => expect(screen.queryByTestId('print-ask-reproductive-no')).toBeNull());
    expect((await hook('print-ask')).textContent).toContain('Low mood');
    await user.click(await hook('print-ask-mental-yes'));
    await waitFor(() => expect(screen.queryByTestId('print-ask')).toBeNull());
    expect(host.argsOf('savePrinting').at(-1)?.printing).toMatchObject({
      withSensitive: ['mental'],
      withoutSensitive: ['reproductive'],
    });
    expect(((await hook('summary-print')) as HTMLButtonElement).disabled).toBe(false);
  });

  test('prints chosen tests over time, without who says so', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/summary?sheet=results');
    await heading('Results over time');
    const choices = await hook('print-choices');
    await user.click(choices.querySelector('summary') as HTMLElement);
    const tests = await screen.findAllByTestId('print-test');
    expect(tests.length).toBeGreaterThan(1);
    await user.click(tests[0] as HTMLElement);
    expect(screen.queryByTestId('print-problem')).toBeNull();
    await user.click(await hook('print-tellers'));
    await accessible();
    await waitFor(() => {
      const printing = host.argsOf('savePrinting').at(-1)?.printing;
      expect(printing?.tests).toHaveLength(1);
      expect(printing).toMatchObject({ problem: null, tellers: false });
    });
    await user.click(tests[0] as HTMLElement);
    await waitFor(() => expect(host.argsOf('savePrinting').at(-1)?.printing.tests).toEqual([]));
  });

  test('is about one problem, and says what two pages have no room for', async () => {
    const user = userEvent.setup();
    const noRoom = 'Two pages have no room for: 9 kinds of vaccines.';
    const host = fullHost({
      summary: ({ paper }) => ({
        pages: ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>'],
        paper,
        alt: 'One page.',
        noRoom,
        warning: null,
        turned: false,
      }),
    });
    show(host, '#/summary');
    const note = await hook('print-no-room');
    expect(note.textContent).toContain(noRoom);
    await user.click(note.querySelector('button') as HTMLElement);
    await waitFor(() => expect(host.argsOf('savePrinting').at(-1)?.printing.grows).toBe(true));
    const choices = await hook('print-choices');
    await user.click(choices.querySelector('summary') as HTMLElement);
    await user.selectOptions(await hook('print-problem'), 'topic-2');
    await waitFor(() => expect(host.argsOf('savePrinting').at(-1)?.printing.problem).toBe('topic-2'));
  });

  test('makes the whole record as a file, and can be stopped', async () => {
    const user = userEvent.setup();
    let done: (saved: { path: string | null; warning: null }) => void = () => undefined;
    const host = fullHost({
      saveSummaryPdf: () => new Promise((resolve) => (done = resolve)),
    });
    show(host, '#/summary?sheet=whole');
    await heading('Whole record');
    await hook('print-whole');
    expect(host.argsOf('summary')).toEqual([]);
    expect(screen.queryByTestId('summary-print')).toBeNull();
    await accessible();
    await user.click(await hook('summary-save'));
    host.send({ is: 'progress', text: 'Making the pages', percent: 30 });
    await user.click(await hook('printing-stop'));
    expect(host.argsOf('cancelPrinting')).toHaveLength(1);
    done({ path: null, warning: null });
    await waitFor(() => expect(screen.queryByTestId('catching-up')).toBeNull());
  });

  test('opens what was saved, and copies the sheet as text', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/summary');
    await screen.findAllByTestId('summary-page');
    expect(screen.queryByTestId('summary-open')).toBeNull();
    await user.click(await hook('summary-save'));
    await user.click(await hook('summary-open'));
    expect(host.argsOf('openSaved')).toHaveLength(1);
    await user.click(await hook('summary-copy'));
    await waitFor(async () => expect(await navigator.clipboard.readText()).toContain('Mabel Okonkwo'));
    expect(host.argsOf('summaryText').at(-1)).toEqual({ person: 'p1', sheet: 'summary' });
  });

  test('is laid out on the paper that is usual here, wherever home is', async () => {
    const host = fullHost();
    show(host, '#/summary', { ...settingsView(), paper: 'a4' });
    await heading('Summary for a visit');
    await waitFor(() =>
      expect(host.argsOf('summary').at(-1)).toEqual({ person: 'p1', paper: 'a4', sheet: 'summary' }),
    );
  });

  test('says nothing when saving was cancelled, and what to do when it failed', async () => {
    const user = userEvent.setup();
    const host = fullHost({ saveSummaryPdf: () => ({ path: null, warning: null }) });
    show(host, '#/summary');
    await screen.findAllByTestId('summary-page');
    await user.click(await hook('summary-save'));
    expect(screen.queryByTestId('toast')).toBeNull();
    expect(screen.queryByTestId('error-message')).toBeNull();
    host.answers.saveSummaryPdf = () => {
      throw apiError({ message: 'The file could not be written.', advice: 'Choose another folder.' });
    };
    await user.click(await hook('summary-save'));
    expect((await hook('error-message')).textContent).toContain('Choose another folder.');
    expect(screen.getAllByTestId('summary-page')).toHaveLength(2);
  });

  test('passes on what the layout warns of', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>';
    show(
      fullHost({
        summary: ({ paper }) => ({
          pages: [svg],
          paper,
          alt: 'One page.',
          noRoom: null,
          warning: 'A character is missing.',
          turned: false,
        }),
      }),
      '#/summary',
    );
    expect(await screen.findByText('A character is missing.')).toBeTruthy();
    await accessible();
  });
});
