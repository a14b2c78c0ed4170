/** What links and buttons are called: each part of a row is heard apart from the next one. */
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { fullHost } from '../test/invented/host';
import { hook, screen, show, waitFor } from '../test/screen';
import { PLACES } from './places';

const NAMED = 'a[href], button, summary, label, [role="option"], h1, h2, h3, h4';
const BORDER = '\uE000';

/** The text of an element as a reader puts it together: space between boxes is not heard, a border is marked. */
function heard(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? '').replace(/\s+/g, ' ');
  if (!(node instanceof Element) || node.getAttribute('aria-hidden') === 'true' || node.localName === 'svg')
    return '';
  if (node.localName === 'select') return '';
  // A word of which a part was looked for is one word, and so is a figure with its unit.
  const border = node.matches('mark, .unit') ? '' : BORDER;
  return border + [...node.childNodes].map(heard).join('') + border;
}

/** Where one part ends and the next one begins without a pause. */
function runTogether(element: Element): string[] {
  if (element.hasAttribute('aria-label')) return [];
  const text = heard(element);
  return [...text.matchAll(/([\p{L}\p{N}%)\]”»]+)([ \uE000]*\uE000[ \uE000]*)([\p{L}\p{N}≤≥<>(“«]+)/gu)].map(
    ([, before, , after]) => `${before}|${after}`,
  );
}

function faults(): string[] {
  return [...document.querySelectorAll(NAMED)].flatMap((element) =>
    runTogether(element).map(
      (pair) => `${element.localName}.${element.className.replace(/svelte-\w+/, '').trim()} ${pair}`,
    ),
  );
}

const ADDRESSES = [
  ...PLACES.map((place) => `#/${place.at}`),
  '#/results/result/words%20ldl%20cholesterol',
  '#/results/vital/words%20weight',
  '#/timeline/f-ldl',
  '#/timeline/f-met',
  '#/providers/add',
  '#/providers/add/summit',
  '#/providers/add/manual',
  '#/providers/c-lake',
  '#/providers/files',
  '#/providers/letter/c-lake',
  '#/settings/contacts',
  '#/settings/about',
  '#/document/f-rtl/f-letter',
  '#/start',
];

async function quiet(): Promise<void> {
  let before = '';
  await waitFor(async () => {
    const now = document.body.innerHTML;
    const same = now === before;
    before = now;
    if (!same) throw new Error('the page still changes');
  });
}

test.each(ADDRESSES)('%s', async (address) => {
  show(fullHost(), address);
  await screen.findAllByRole('heading', { level: 1 });
  await quiet();
  expect([...new Set(faults())]).toEqual([]);
});

test.each([
  ['what was found', '#/home', 'search-open', 'search-hit'],
  ['what is new', '#/home', 'home-news-show', 'home-news-list'],
  ['what may be the same', '#/timeline/f-ldl', 'record-join', 'join-candidate'],
])('%s', async (_, address, opener, there) => {
  const user = userEvent.setup();
  show(fullHost(), address);
  await user.click(await hook(opener));
  if (opener === 'search-open') await user.type(await hook('search-text'), 'met');
  await screen.findAllByTestId(there);
  await quiet();
  expect([...new Set(faults())]).toEqual([]);
});

/** What a button is called by a reader. */
const called = (button: Element) =>
  (button.getAttribute('aria-label') ?? button.textContent.replace(/\s+/g, ' ').trim()) || button.outerHTML;

test.each([...ADDRESSES, '#/settings (passphrase)'])(
  'no two buttons of %s are called the same',
  async (address) => {
    const host = fullHost();
    show(host, address.split(' ')[0]);
    await screen.findAllByRole('heading', { level: 1 });
    if (address.includes('(')) (await hook('keys-passphrase')).click();
    await quiet();
    const names = [...document.querySelectorAll('button')].map(called);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  },
);

test('a value out of range says so once', async () => {
  show(fullHost(), '#/results/result/words%20ldl%20cholesterol');
  for (const row of await screen.findAllByTestId('trend-row'))
    expect(row.textContent.match(/\bhigh\b/g)?.length ?? 0).toBeLessThan(2);
  const chart = screen.getByTestId('trend-chart').querySelector('svg');
  expect(chart?.getAttribute('aria-labelledby')).not.toContain(chart?.getAttribute('aria-describedby'));
});

test('the heading of another record is another element, and so is a page’s whose name comes later', async () => {
  show(fullHost(), '#/timeline/f-ldl');
  const first = await hook('record-title');
  location.hash = '#/timeline/f-met';
  await waitFor(() => expect(screen.getByTestId('record-title').textContent).toContain('Metformin'));
  expect(screen.getByTestId('record-title')).not.toBe(first);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('record-title')));
});

test('places for what is announced are there before it is said', async () => {
  const user = userEvent.setup();
  show(fullHost(), '#/settings');
  const count = await hook('home-zone-count');
  expect(count.textContent.trim()).toBe('');
  await user.type(await hook('home-zone-find'), 'denver');
  await waitFor(() => expect(count.textContent).toContain('One time zone found'));
  expect(count.isConnected).toBe(true);
});

test('a filter that is still on is heard with the heading', async () => {
  show(fullHost(), '#/medicines?text=met');
  const title = await screen.findByRole('heading', { level: 1 });
  await waitFor(() => expect(title.getAttribute('aria-describedby')).toBeTruthy());
  const said = document.getElementById(title.getAttribute('aria-describedby') ?? '');
  await waitFor(() => expect(said?.textContent).toMatch(/\d of \d/));
});

test('lists are said to be lists', async () => {
  const styles = import.meta.glob('../**/*.{svelte,css}', { query: '?raw', import: 'default', eager: true });
  for (const [path, text] of Object.entries(styles))
    expect(String(text), `${path}: WebKit takes a list without marks for none`).not.toMatch(
      /list-style(-type)?: none/,
    );
});

test('Settings are looked through by the key that finds', async () => {
  const user = userEvent.setup();
  show(fullHost(), '#/settings');
  await screen.findByTestId('backup-settings');
  await quiet();
  await user.keyboard('{Control>}f{/Control}');
  expect((document.activeElement as HTMLElement).dataset.testid).toBe('settings-find');
  await user.keyboard('contrast');
  expect(screen.getByTestId('backup-settings').hidden).toBe(true);
  expect(screen.getByTestId('high-contrast').closest('section')?.hidden).toBe(false);
  await user.keyboard('{Escape}');
  expect(screen.getByTestId('backup-settings').hidden).toBe(false);
});
