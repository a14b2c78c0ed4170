/** What links and buttons are called: each part of a row is heard apart from the next one. */
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { fullHost } from '../test/invented/host';
import { hook, screen, show, waitFor } from '../test/screen';
import { PLACES } from './places';

const NAMED = 'a[href], button, summary, label, [role="option"], h1, h2, h3, h4';
const BORDER = '\u0001';

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
  return [...text.matchAll(/([\p{L}\p{N}%)\]”»]+)([ \u0001]*\u0001[ \u0001]*)([\p{L}\p{N}≤≥<>(“«]+)/gu)].map(
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
