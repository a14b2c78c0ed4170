/** What every window of a computer has: its commands by key, and a menu at what is pointed at. */
import { fireEvent } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { apiError, pending } from '../../test/fake-host';
import { appState } from '../../test/invented/app';
import { conflicts } from '../../test/invented/asking';
import { fullHost } from '../../test/invented/host';
import { accessible, heading, hook, rowOf, screen, show, waitFor } from '../../test/screen';

const focused = () => document.activeElement as HTMLElement;
const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(focused(), { key, ctrlKey: true, ...more });
const menu = () => screen.getByTestId('context-menu') as HTMLDialogElement;
const items = () => screen.queryAllByRole('menuitem').map((one) => one.textContent.trim());

afterEach(() => vi.unstubAllGlobals());

describe('the search', () => {
  test('has the focus before another key can come', async () => {
    show(fullHost(), '#/home');
    await hook('search-open');
    const event = new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
    // Nothing is waited for: the next letter is already typed in the field.
    expect(focused().dataset.testid).toBe('search-text');
    expect(event.defaultPrevented).toBe(true);
  });

  test('takes letters that are typed while something else in it has the focus', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/home');
    await user.click(await hook('search-open'));
    screen.getByTestId('search-close').focus();
    await user.keyboard('pen');
    expect(focused().dataset.testid).toBe('search-text');
    expect((focused() as HTMLInputElement).value).toBe('pen');
  });
});

describe('commands', () => {
  test.each([
    ['#/timeline', 'filter-text'],
    ['#/medicines', 'filter-text'],
    ['#/results', 'results-text'],
    ['#/providers/add', 'provider-search'],
    ['#/document/f-rtl/f-letter', 'document-find'],
  ])('F goes to the field that looks through %s', async (address, field) => {
    show(fullHost(), address);
    await hook(field);
    await press('f');
    expect(focused().dataset.testid).toBe(field);
  });

  test('F finds anything where the screen has no field', async () => {
    show(fullHost(), '#/people');
    await heading('People');
    await press('f');
    expect(focused().dataset.testid).toBe('search-text');
  });

  test('comma opens Settings, and the figures what stands in the menu', async () => {
    show(fullHost(), '#/home');
    await hook('nav-settings');
    await press(',');
    await heading('Settings');
    const inMenu = [...document.querySelectorAll('#nav a')];
    for (const at of [1, 2, 5, 9]) {
      // On a French keyboard the figure is not what the key says.
      await press(at === 5 ? '(' : String(at), { code: `Digit${at}` });
      await waitFor(() => expect(inMenu[at - 1]?.getAttribute('aria-current')).toBe('page'));
    }
  });

  test('are Cmd on a Mac, whose Ctrl moves the cursor', async () => {
    vi.stubGlobal('navigator', {
      ...navigator,
      userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)',
    });
    show(fullHost(), '#/home');
    expect((await hook('search-open')).textContent).toContain('⌘ K');
    await press(',');
    expect(location.hash).toBe('#/home');
    await fireEvent.keyDown(document.body, { key: ',', metaKey: true });
    await heading('Settings');
  });

  test.each([
    ['#/medicines', 'medicines'],
    ['#/vaccines', 'vaccines'],
    ['#/compare', 'compare'],
  ])('P prints the sheet that shows %s, never the window', async (address, sheet) => {
    const [full, sheets] = [fullHost(), pending<null>()];
    const host = fullHost({
      summary: async (args) => {
        await sheets.promise;
        return full.call('summary', args);
      },
    });
    show(host, address);
    await screen.findByRole('heading', { level: 1 });
    await press('p');
    expect(host.printed, 'nothing before the sheet is there').toBe(0);
    sheets.resolve(null);
    await screen.findAllByTestId('summary-page');
    expect(host.argsOf('summary').map((one) => one.sheet)).toEqual([sheet]);
    await waitFor(() => expect(host.printed).toBe(1));
    await press('p');
    await waitFor(() => expect(host.printed).toBe(2));
  });

  test('P prints nothing on a later visit when the sheet could not be laid out', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    const answer = host.answers.summary;
    host.answers.summary = () => {
      throw apiError({ message: 'The disk does not answer.' });
    };
    show(host, '#/medicines');
    await hook('nav-home');
    await press('p');
    await hook('error-message');
    await user.click(screen.getByTestId('nav-home'));
    host.answers.summary = answer;
    await user.click(screen.getByTestId('nav-summary'));
    await screen.findAllByTestId('summary-page');
    expect(host.printed).toBe(0);
  });

  test('P shows the summary from a screen that has no sheet, and prints nothing unseen', async () => {
    const host = fullHost();
    show(host, '#/home');
    await hook('nav-home');
    await press('p');
    await screen.findAllByTestId('summary-page');
    expect(host.printed).toBe(0);
  });

  test('P prints a document that is read', async () => {
    const host = fullHost();
    show(host, '#/document/f-rtl/f-letter');
    await hook('document-print');
    await press('p');
    await waitFor(() => expect(host.printed).toBe(1));
  });

  test('do nothing below a dialog, and neither do those of the web view', async () => {
    const host = fullHost();
    show(host, '#/medicines');
    await hook('filter-text');
    await press('k');
    const event = new KeyboardEvent('keydown', { key: 'p', ctrlKey: true, bubbles: true, cancelable: true });
    focused().dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    expect(location.hash).toBe('#/medicines');
  });

  test('stand among the keys, and the focus comes back from there', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/timeline');
    const row = await rowOf('f-met');
    row.focus();
    await user.keyboard('?');
    const keys = (await hook('keys')).textContent;
    for (const words of ['Print what this page shows', 'Open Settings', 'first nine pages'])
      expect(keys).toContain(words);
    await accessible();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(focused()).toBe(row));
  });

  test('the focus goes to the heading after the keys, where nothing had it', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/timeline');
    await rowOf('f-met');
    await user.keyboard('?');
    await user.click(await screen.findByRole('button', { name: 'Close' }));
    await waitFor(() => expect(focused().localName).toBe('h1'));
  });
});

describe('the focus', () => {
  test('is seen when a key brings it, also after a click', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/timeline');
    await rowOf('f-met');
    await user.click(await heading('Timeline'));
    await user.keyboard('j');
    await waitFor(() => expect(focused().dataset.testid).toBe('timeline-row'));
    expect(focused().dataset.byKey).toBe('');
    const was = focused();
    was.blur();
    expect(was.dataset.byKey).toBeUndefined();
  });

  test.each([
    ['#/providers/add', 'provider-search'],
    ['#/providers/add/manual', 'manual-name'],
  ])('is in the field to be typed in: %s', async (address, field) => {
    show(fullHost(), address);
    await hook(field);
    await waitFor(() => expect(focused().dataset.testid).toBe(field));
  });

  test('is in the first field of the first screen', async () => {
    show(fullHost({ appState: () => appState({ persons: [] }) }), '#/');
    await hook('welcome-name');
    await waitFor(() => expect(focused().dataset.testid).toBe('welcome-name'));
  });
});

test('where one is, is in sight in the window’s menu', async () => {
  const seen = vi.spyOn(Element.prototype, 'scrollIntoView');
  show(fullHost(), '#/settings');
  await heading('Settings');
  expect(seen.mock.contexts.at(-1)).toBe(screen.getByTestId('nav-settings'));
});

describe('the menu at what is pointed at', () => {
  const point = (target: Element) =>
    fireEvent.contextMenu(target, { button: 2, clientX: 40, clientY: 50, cancelable: true });

  test('is ours on a row: opens, copies and shows it on the timeline', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/medicines');
    const [row] = await screen.findAllByTestId('list-row');
    const link = row?.querySelector('a') as HTMLElement;
    const last = row?.querySelector('td') as HTMLElement;
    expect(await point(last), 'the web view shows none').toBe(false);
    await waitFor(() => expect(menu().open).toBe(true));
    expect(items().slice(0, 3)).toEqual(['Open', 'Copy', 'Show on timeline']);
    expect(focused().textContent).toContain('Open');
    await accessible();
    await user.click(screen.getByTestId('menu-copy'));
    const text = await navigator.clipboard.readText();
    expect(text).toContain(link.textContent.trim());
    expect(text, 'marks are pictures').not.toMatch(/, [LSH]\b/);
    expect(text, 'one line').not.toMatch(/\s\s|\n/);
    expect(menu().open).toBe(false);

    await point(last);
    await user.click(await screen.findByTestId('menu-open'));
    expect(location.hash).toBe(link.getAttribute('href'));
    await user.keyboard('{Escape}');

    await point(last);
    await user.click(await screen.findByTestId('menu-timeline'));
    await waitFor(() => expect(location.hash).toMatch(/^#\/timeline\//));
  });

  test('asks about what providers disagree on, and tells so', async () => {
    const user = userEvent.setup();
    const [full, undecided] = [fullHost(), conflicts.slice(0, 1).map((one) => ({ ...one, wish: null }))];
    const host = fullHost({
      chooseConflict: () => null,
      fact: async (args) => ({ ...(await full.call('fact', args)), conflicts: undecided }),
    });
    show(host, '#/medicines');
    const [row] = await screen.findAllByTestId('list-row');
    await point(row?.querySelector('a') as HTMLElement);
    await user.click(await screen.findByTestId('menu-ask'));
    await waitFor(() =>
      expect(host.argsOf('chooseConflict')[0]).toMatchObject({ conflict: undecided[0]?.id, wish: 'ask' }),
    );
    expect((await hook('toast-undo')).isConnected).toBe(true);
  });

  test('comes by key at what has the focus, goes through by arrows, and leaves by Escape', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/medicines');
    const [row] = await screen.findAllByTestId('list-row');
    const link = row?.querySelector('a') as HTMLElement;
    for (const key of ['{ContextMenu}', '{Shift>}{F10}{/Shift}']) {
      link.focus();
      await user.keyboard(key);
      await waitFor(() => expect(focused().dataset.testid).toBe('menu-open'));
      await user.keyboard('{ArrowDown}');
      expect(focused().dataset.testid).toBe('menu-copy');
      await user.keyboard('{ArrowUp}{ArrowUp}');
      expect(focused()).toBe(screen.getAllByRole('menuitem').at(-1));
      await user.keyboard('{Escape}');
      await waitFor(() => expect(menu().open).toBe(false));
      await waitFor(() => expect(focused()).toBe(link));
    }
  });

  test('is there for what was found too, and leads from there to the timeline', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/home');
    await user.click(await hook('search-open'));
    await user.type(await hook('search-text'), 'met');
    const [hit] = await screen.findAllByTestId('search-hit');
    await point(hit as HTMLElement);
    await user.click(await screen.findByTestId('menu-timeline'));
    await waitFor(() => expect(location.hash).toMatch(/^#\/timeline\//));
    await waitFor(() => expect(screen.queryByTestId('search-dialog')).toBeNull());
  });

  test('goes by a click elsewhere', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/medicines');
    const [row] = await screen.findAllByTestId('list-row');
    await point(row?.querySelector('a') as HTMLElement);
    await waitFor(() => expect(menu().open).toBe(true));
    await user.click(menu());
    expect(menu().open).toBe(false);
  });

  test('is the system’s in a field, and none where there is nothing to do', async () => {
    show(fullHost(), '#/medicines');
    expect(await point(await hook('filter-text'))).toBe(true);
    expect(await point(await heading('Medicines'))).toBe(false);
    expect(await point(screen.getByTestId('nav-home')), 'no dead “Open link in new window”').toBe(false);
    expect(menu().open).toBe(false);
  });

  test('says when the record cannot be read', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/medicines');
    const [row] = await screen.findAllByTestId('list-row');
    host.answers.fact = () => {
      throw apiError({ message: 'The disk does not answer.' });
    };
    await point(row?.querySelector('a') as HTMLElement);
    await user.click(await screen.findByTestId('menu-timeline'));
    await waitFor(() =>
      expect(screen.getByTestId('toasts').textContent).toContain('The disk does not answer.'),
    );
  });
});

describe('the menu bar', () => {
  const choose = (host: ReturnType<typeof fullHost>, chosen: string) => host.send({ is: 'menu', chosen });

  test('presses keys and goes to places', async () => {
    const host = fullHost();
    show(host, '#/home');
    await hook('nav-settings');
    choose(host, 'key ,');
    await heading('Settings');
    choose(host, 'go settings/about');
    await heading('About and Licenses');
    choose(host, 'key 3');
    await heading('Results');
    choose(host, 'key f');
    expect(focused().dataset.testid).toBe('results-text');
    choose(host, 'key k');
    expect(focused().dataset.testid).toBe('search-text');
    choose(host, 'go people');
    expect(location.hash, 'not from below a dialog').toContain('results');
  });

  test('shows the keys, and changes the size as the keys do', async () => {
    const host = fullHost();
    show(host, '#/home');
    await hook('nav-settings');
    choose(host, 'key +');
    await waitFor(() => expect(host.zoomed).toBeGreaterThan(1));
    choose(host, 'key 0');
    await waitFor(() => expect(host.zoomed).toBe(1));
    choose(host, 'key ?');
    await hook('keys');
  });

  test('copies what is selected, and undoes in a field what was typed there', async () => {
    const exec = vi.fn(() => true);
    document.execCommand = exec;
    const host = fullHost();
    show(host, '#/timeline');
    choose(host, 'edit copy');
    expect(exec).toHaveBeenLastCalledWith('copy');
    (await hook('filter-text')).focus();
    choose(host, 'edit undo');
    expect(exec).toHaveBeenLastCalledWith('undo');
    exec.mockClear();
    focused().blur();
    choose(host, 'edit undo');
    expect(exec).not.toHaveBeenCalled();
  });
});

describe('the record', () => {
  test('opens where it was left, and remembers where that is', async () => {
    const host = fullHost({
      appState: () => appState({ leftAt: '#/medicines?text=lis' }),
      leave: () => null,
    });
    show(host, '#/');
    await heading('Medicines');
    expect(location.hash).toBe('#/medicines?text=lis');
    await waitFor(() =>
      expect(host.argsOf('leave').at(-1)).toEqual({ person: 'p1', at: '#/medicines?text=lis' }),
    );
  });

  test.each(['#/providers/add', '#/connecting', '#/nowhere', 'javascript:alert(1)'])(
    'opens at home where %s was left, and at an address that was asked for',
    async (leftAt) => {
      show(fullHost({ appState: () => appState({ leftAt }) }), '#/');
      await heading(/health record/);
    },
  );
});
