/** What a style must not do, whoever writes it: read from the styles themselves, for no test draws a page. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import page from '../index.html?raw';
import main from './main.ts?raw';

const screens = import.meta.glob<string>('./**/*.svelte', { query: '?raw', import: 'default', eager: true });
// As files: what is imported as a style is empty here.
const sheets = new Map(
  readdirSync('src/styles').map((name) => [name, readFileSync(`src/styles/${name}`, 'utf8')]),
);

/** The declarations of the first rule with this selector. */
function rule(path: string, selector: string): string {
  const text = screens[path] ?? '';
  const from = text.indexOf(`${selector} {`);
  expect(from, `${path}: ${selector}`).toBeGreaterThan(-1);
  return text.slice(from, text.indexOf('}', from));
}

test('no row is left out of the drawing: WebKit keeps those blank that change their layout meanwhile', () => {
  expect([...sheets.keys()]).toContain('table.css');
  for (const [name, text] of sheets) expect(text, name).not.toContain('content-visibility:');
  const lists = Object.entries(screens).filter(([path]) => /lists|timeline|results|parts/.test(path));
  expect(lists.length).toBeGreaterThan(10);
  for (const [path, text] of lists) expect(text, path).not.toContain('content-visibility:');
});

test('what just happened is told over the page and moves nothing on it', () => {
  for (const [path, selector] of [
    ['./screens/shell/Shell.svelte', '.shell > :global(.toasts)'],
    ['./screens/opening/Frame.svelte', '.frame > :global(.toasts)'],
  ] as const)
    expect(rule(path, selector)).toMatch(/position:\s*fixed/);
  const placed = Object.entries(screens).filter(([, text]) => text.includes('<Toasts />'));
  expect(placed.map(([path]) => path).sort()).toEqual([
    './screens/opening/Frame.svelte',
    './screens/shell/Shell.svelte',
  ]);
});

test('the window is never empty: something is drawn before the first script has run, and goes when there is more', () => {
  const drawn = new DOMParser().parseFromString(page, 'text/html').getElementById('app');
  expect(drawn?.textContent).toBe('Wholechart');
  expect(sheets.get('base.css')).toContain('.starting {');
  expect(main.indexOf('target.replaceChildren()')).toBeGreaterThan(-1);
  expect(main.indexOf('target.replaceChildren()')).toBeLessThan(main.indexOf('mount(App'));
});
