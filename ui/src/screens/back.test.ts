/** The way back: by key, by Escape from a record, and by links; always to what had the focus. */
import { fireEvent, render } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PersonView } from '../lib/api/generated/PersonView';
import { fullHost } from '../test/invented/host';
import { row as record } from '../test/invented/life';
import { factPage } from '../test/invented/record';
import { appState } from '../test/invented/app';
import App from '../App.svelte';
import { heading, hook, screen, show, waitFor } from '../test/screen';

const focused = () => document.activeElement as HTMLElement;
const alt = (key: string) => fireEvent.keyDown(focused(), { key, altKey: true });

/** A history as a web view has it: here it is only written. */
beforeEach(() => {
  const entries: { state: unknown; hash: string }[] = [{ state: null, hash: location.hash }];
  let at = 0;
  const write = History.prototype.replaceState.bind(history);
  const tell = () => window.dispatchEvent(new Event('hashchange'));
  vi.spyOn(history, 'state', 'get').mockImplementation(() => entries[at]?.state ?? null);
  vi.spyOn(history, 'pushState').mockImplementation((state, _, to) => {
    entries.length = at + 1;
    entries.push({ state, hash: String(to) });
    at += 1;
    write(state, '', to);
  });
  vi.spyOn(history, 'replaceState').mockImplementation((state, _, to) => {
    entries[at] = { state, hash: String(to ?? location.hash) };
    write(state, '', to);
  });
  const go = (steps: number) => {
    at += steps;
    write(null, '', entries[at]?.hash);
    tell();
  };
  vi.spyOn(history, 'go').mockImplementation((steps = 0) => go(steps));
  vi.spyOn(history, 'back').mockImplementation(() => go(-1));
  vi.spyOn(history, 'forward').mockImplementation(() => go(1));
  // A link makes an entry that knows nothing yet.
  follow = (event: Event) => {
    const link = (event.target as Element).closest('a[href^="#/"]');
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    const hash = link.getAttribute('href') ?? '';
    if (hash === location.hash) return;
    entries.length = at + 1;
    entries.push({ state: null, hash });
    at += 1;
    write(null, '', hash);
    tell();
  };
  window.addEventListener('click', follow);
});
let follow: (event: Event) => void;
afterEach(() => window.removeEventListener('click', follow));

async function press(element: HTMLElement): Promise<void> {
  element.focus();
  await fireEvent.click(element);
}

describe('a record that was opened elsewhere', () => {
  test('leads back to the questions by Escape, to what opened it', async () => {
    const user = userEvent.setup();
    show(fullHost({ fact: ({ fact }) => factPage(record({ id: fact })) }), '#/ask');
    const link = (await screen.findAllByRole('link', { name: /^Show the record/ }))[0] as HTMLElement;
    const to = link.getAttribute('href');
    await press(link);
    await hook('record-page');
    await waitFor(() => expect(focused().dataset.testid).toBe('record-title'));
    await user.keyboard('{Escape}');
    await hook('to-ask');
    expect(location.hash).toBe('#/ask');
    await waitFor(() => expect(focused().getAttribute('href')).toBe(to));
  });

  test('leads back past the records that were opened from it', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/home');
    await hook('nav-home');
    await user.keyboard('{Control>}k{/Control}');
    await user.keyboard('met');
    await screen.findAllByTestId('search-hit');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(focused().dataset.testid).toBe('record-title'));
    const other = document.createElement('a');
    other.href = '#/timeline/f-ldl';
    document.querySelector('aside')?.append(other);
    await press(other);
    await waitFor(() => expect(screen.getByTestId('record-title').textContent).toContain('LDL'));
    await waitFor(() => expect(focused().dataset.testid).toBe('record-title'));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(location.hash).toBe('#/home'));
    await waitFor(() => expect(focused()).not.toBe(document.body));
  });

  test('that was opened from its own list leads to the list, to its row', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/medicines');
    const [row] = await screen.findAllByTestId('list-row');
    const link = row?.querySelector('a') as HTMLElement;
    await press(link);
    await waitFor(() => expect(focused().dataset.testid).toBe('record-title'));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(focused().dataset.fact).toBe(link.dataset.fact));
    expect(location.hash).toBe('#/medicines');
  });
});

describe('back and forward by key', () => {
  test('show what was shown, and the focus is where it was', async () => {
    show(fullHost(), '#/home');
    await press(await hook('nav-medicines'));
    await heading('Medicines');
    const [row] = await screen.findAllByTestId('list-row');
    const link = row?.querySelector('a') as HTMLElement;
    await press(link);
    await waitFor(() => expect(focused().dataset.testid).toBe('record-title'));
    await press(screen.getByTestId('nav-results'));
    await heading('Results');
    await alt('ArrowLeft');
    await hook('record-page');
    await alt('ArrowLeft');
    await waitFor(() => expect(screen.queryByTestId('record-page')).toBeNull());
    await waitFor(() => expect(focused().dataset.fact).toBe(link.dataset.fact));
    await alt('ArrowRight');
    await hook('record-page');
    await alt('ArrowLeft');
    await alt('ArrowLeft');
    expect(location.hash).toBe('#/home');
    await alt('ArrowLeft');
    expect(location.hash, 'there is nothing before it').toBe('#/home');
  });

  test('are Cmd and a bracket on a Mac', async () => {
    vi.stubGlobal('navigator', {
      ...navigator,
      userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)',
    });
    show(fullHost(), '#/home');
    await press(await hook('nav-medicines'));
    await heading('Medicines');
    await fireEvent.keyDown(focused(), { key: '[', metaKey: true });
    expect(location.hash).toBe('#/home');
    vi.unstubAllGlobals();
  });

  test('stand among the keys', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/home');
    await hook('nav-home');
    await user.keyboard('?');
    expect((await hook('keys')).textContent).toContain('Back to what you saw before');
  });

  test('lead to nothing of another person', async () => {
    const user = userEvent.setup();
    const persons = appState().persons;
    const other = { ...(persons[0] as PersonView), id: 'p2', name: 'Second Person' };
    show(
      fullHost({
        appState: () => appState({ persons: [...persons, other] }),
        choosePerson: ({ person }) => appState({ persons: [...persons, other], person }),
      }),
      '#/home',
    );
    await press(await hook('nav-medicines'));
    await heading('Medicines');
    await user.click(await hook('person-switch'));
    await user.click(await hook('switch-to-p2'));
    await waitFor(() => expect(location.hash).not.toContain('medicines'));
    const here = location.hash;
    await alt('ArrowLeft');
    expect(location.hash).toBe(here);
  });
});

test('a link back leads to the row one came from', async () => {
  show(fullHost(), '#/results');
  const link = await screen.findByRole('link', { name: 'LDL cholesterol' });
  const to = link.getAttribute('href');
  await press(link);
  await heading('LDL cholesterol');
  await press(document.querySelector('a.back') as HTMLElement);
  await heading('Results');
  await waitFor(() => expect(focused().getAttribute('href')).toBe(to));
});

test('the figure of the page that is shown goes to its heading', async () => {
  show(fullHost(), '#/medicines');
  const [row] = await screen.findAllByTestId('list-row');
  row?.querySelector('a')?.focus();
  await fireEvent.keyDown(focused(), { key: '4', code: 'Digit4', ctrlKey: true });
  await waitFor(() => expect(focused().localName).toBe('h1'));
});

test('another language loads the window again, and the focus is on what chose it', async () => {
  const user = userEvent.setup();
  const reload = vi.spyOn(location, 'reload').mockImplementation(() => undefined);
  const host = fullHost();
  const { unmount } = show(host, '#/settings');
  const spanish = await hook('language-es');
  spanish.focus();
  await user.click(spanish);
  await waitFor(() => expect(reload).toHaveBeenCalledOnce());
  const state: unknown = history.state;
  unmount();
  history.replaceState(state, '', '#/settings');
  render(App, { props: { host } });
  await waitFor(() => expect(focused().dataset.testid).toBe('language-es'));
});
