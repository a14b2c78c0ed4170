import { focusByKey } from './focus';

/** Which element had the focus, for a page that is made anew: by what it leads to or is called, not by itself. */
export interface FocusMark {
  selector: string;
  /** Which of those that look the same. */
  index: number;
}

export function markOf(element: Element | null): FocusMark | null {
  if (!(element instanceof HTMLElement) || !element.closest('main, nav')) return null;
  const selector = selectorOf(element);
  if (!selector) return null;
  return { selector, index: [...document.querySelectorAll(selector)].indexOf(element) };
}

function selectorOf(element: HTMLElement): string | null {
  const { fact, testid } = element.dataset;
  const name = (attribute: string, value: string) => `[${attribute}="${CSS.escape(value)}"]`;
  const link = element.getAttribute('href');
  if (fact) return `${element.localName}${name('data-fact', fact)}`;
  if (link) return `a${name('href', link)}`;
  if (testid) return name('data-testid', testid);
  return null;
}

const found = (mark: FocusMark) => {
  const all = document.querySelectorAll<HTMLElement>(mark.selector);
  return all[mark.index] ?? all[0] ?? null;
};

/**
 * Gives the focus back to what had it, as soon as it is there: a list is read first. Whoever presses something meanwhile
 * is left where they are.
 */
export function refocus(mark: FocusMark): void {
  const element = found(mark);
  if (element) {
    focusByKey(element);
    return;
  }
  const stop = () => {
    watch.disconnect();
    for (const event of ['keydown', 'pointerdown', 'hashchange']) removeEventListener(event, stop, true);
  };
  const watch = new MutationObserver(() => {
    const there = found(mark);
    if (!there) return;
    stop();
    focusByKey(there);
  });
  watch.observe(document.body, { childList: true, subtree: true });
  for (const event of ['keydown', 'pointerdown', 'hashchange']) addEventListener(event, stop, true);
}

/** The window is loaded again, and what has the focus is to have it then too. */
export function keepMark(): void {
  history.replaceState({ ...history.state, focus: markOf(document.activeElement) }, '', location.href);
}

/** What had the focus when the window was loaded again. */
export function keptMark(): FocusMark | null {
  return (history.state as { focus?: FocusMark | null } | null)?.focus ?? null;
}
