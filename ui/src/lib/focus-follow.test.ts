/** The focus is never nowhere, whatever goes. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followFocus } from './focus-follow';

/** Everything that was about to happen has happened. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setTimeout(resolve));
}

let stop: () => void;
beforeEach(() => {
  stop = followFocus();
});
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

function page(html: string): void {
  document.body.innerHTML = html;
}
const at = (selector: string) => document.querySelector(selector) as HTMLElement;
const goes = (selector: string) => at(selector).remove();
const expectFocus = (selector: string) => vi.waitFor(() => expect(document.activeElement).toBe(at(selector)));

test.each([
  ['the next item', '#b button', '#b', '#c button'],
  ['the item before, where it was the last', '#c button', '#c', '#b button'],
  ['what is left in the item', '#b button', '#b button', '#b a'],
  ['the heading of the section, when the list is gone', '#b button', 'ul', 'h2'],
  ['the page’s heading, when the section is gone', '#b button', 'section', 'h1'],
])('when something goes the focus goes to %s', async (_, from, gone, to) => {
  page(`<main><h1 tabindex="-1">Page</h1><section><h2>Section</h2><ul>
    <li id="a"><button>A</button></li>
    <li id="b"><button>B</button><a href="#/b">more</a></li>
    <li id="c"><button>C</button></li></ul></section></main>`);
  at(from).focus();
  goes(gone);
  await expectFocus(to);
});

test('goes to the field that is to be typed in, where what was pressed made room for it', async () => {
  page('<main><h1 tabindex="-1">Page</h1><div id="old"><button>I have it</button></div></main>');
  at('button').focus();
  at('#old').outerHTML = '<form><input data-first-focus /></form>';
  await expectFocus('input');
});

test('is where it was when what had it was only switched off for a while', async () => {
  page('<main><h1 tabindex="-1">Page</h1><button id="save">Save</button><button>Other</button></main>');
  at('#save').focus();
  // As a web view does when what has the focus is switched off.
  at('#save').blur();
  at('#save').toggleAttribute('disabled', true);
  await settled();
  expect(document.activeElement, 'it waits').toBe(document.body);
  at('#save').toggleAttribute('disabled', false);
  await expectFocus('#save');
});

test('comes out of what a narrower window hides', async () => {
  page(
    '<main><h1 tabindex="-1">Page</h1></main><header><button>Menu</button><nav><a href="#/a">A</a></nav></header>',
  );
  at('a').focus();
  at('nav').style.display = 'none';
  at('a').blur();
  window.dispatchEvent(new Event('resize'));
  await expectFocus('h1');
});

test('stays in an open dialog', async () => {
  page(
    '<main><h1 tabindex="-1">Page</h1></main><dialog><p><button id="a">A</button></p><button id="b">B</button></dialog>',
  );
  at('dialog').setAttribute('open', '');
  at('#a').focus();
  goes('p');
  await expectFocus('#b');
});

test('is taken from nobody who clicked beside everything, and comes by nobody who gives it on', async () => {
  page(
    '<main><h1 tabindex="-1">Page</h1><p>Text</p><ul><li><button id="a">A</button></li><li><button>B</button></li></ul><i tabindex="-1"></i></main>',
  );
  at('#a').focus();
  at('p').dispatchEvent(new Event('pointerdown', { bubbles: true }));
  at('#a').blur();
  goes('li');
  await settled();
  expect(document.activeElement).toBe(document.body);
  at('button').focus();
  goes('li');
  at('i').focus();
  await settled();
  expect(document.activeElement).toBe(at('i'));
});
