import { screenHeading } from './focus';

/**
 * The focus is never nowhere: what had it may go, be switched off or be hidden, and then the next sensible thing takes
 * it. A place that gives the focus on by itself comes first; a click on nothing may take it away.
 */

const TAKES =
  'a[href], button, input, select, textarea, summary, iframe, [tabindex]:not([tabindex="-1"]), [role="menuitem"]';
/** What has a heading that says where one is. */
const SECTIONS = 'section, article, aside, form, fieldset, dialog, main, [role="region"]';
const HEADINGS = 'h1, h2, h3, h4, legend';
/** So little that whatever is left in it is near. */
const SMALL = 'li, td, th, tr, dd, article, fieldset, .buttons, .acts, .card, .field';
/** Things of which there are several in a row. */
const ITEMS = 'li, tr, article, details, dt, dd, .card, .toast, [role="listitem"]';
/** How many neighbours are remembered on each side. */
const NEAR = 6;

interface Level {
  node: Element;
  parent: Element;
  neighbours: Element[];
}

/** Where an element stood, from itself outwards. */
function levelsOf(element: Element): Level[] {
  const levels: Level[] = [];
  for (let node = element; node.parentElement && node !== document.body; node = node.parentElement) {
    const [next, previous]: [Element[], Element[]] = [[], []];
    for (let one = node.nextElementSibling; one && next.length < NEAR; one = one.nextElementSibling)
      next.push(one);
    for (
      let one = node.previousElementSibling;
      one && previous.length < NEAR;
      one = one.previousElementSibling
    )
      previous.push(one);
    levels.push({ node, parent: node.parentElement, neighbours: [...next, ...previous] });
  }
  return levels;
}

const isSeen = (element: Element) =>
  element.isConnected && element.checkVisibility() && !element.closest('[inert]');

function canTake(element: Element | null | undefined): element is HTMLElement {
  return element instanceof HTMLElement && isSeen(element) && !element.matches(':disabled');
}

function firstIn(element: Element): HTMLElement | null {
  if (element.matches(TAKES) && canTake(element)) return element;
  return [...element.querySelectorAll(TAKES)].find(canTake) ?? null;
}

/** A heading is no stop of the Tab key, but it can be where one goes on. */
function headingIn(section: Element): HTMLElement | null {
  const heading = [...section.querySelectorAll<HTMLElement>(HEADINGS)].find(isSeen);
  if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  return heading ?? null;
}

function nextTo(levels: Level[]): HTMLElement | null {
  const modal = [...document.querySelectorAll('dialog[open]')].at(-1);
  for (const [index, { node, parent, neighbours }] of levels.entries()) {
    if (!isSeen(parent) || (modal && !modal.contains(parent))) continue;
    const asked = parent.querySelector('[data-first-focus]');
    if (asked && canTake(asked)) return asked;
    for (const one of neighbours) {
      if (one.parentElement !== parent) continue;
      const alike = node.matches(ITEMS) && one.localName === node.localName;
      const found = index === 0 ? one.matches(TAKES) && canTake(one) && one : alike && firstIn(one);
      if (found) return found as HTMLElement;
    }
    const near = parent.matches(SMALL) ? firstIn(parent) : null;
    if (near) return near;
    const heading = parent.matches(SECTIONS) ? headingIn(parent) : null;
    if (heading) return heading;
  }
  if (modal) return firstIn(modal);
  const record = document.querySelector('[data-testid="record-title"]');
  return canTake(record) ? record : screenHeading();
}

/** Keeps the focus somewhere until the returned function is called. */
export function followFocus(): () => void {
  let last: HTMLElement | null = null;
  let levels: Level[] = [];
  /** It was switched off while it had the focus: it has it again when it is on. */
  let off = false;
  let later: ReturnType<typeof setTimeout> | undefined;

  const isNowhere = () => document.activeElement === null || document.activeElement === document.body;

  function came(event: Event) {
    if (!(event.target instanceof HTMLElement) || event.target === document.body) return;
    [last, off] = [event.target, false];
    levels = levelsOf(last);
  }

  function look() {
    // After what gives the focus on by itself.
    clearTimeout(later);
    if (last && (isNowhere() || last.matches(':disabled'))) later = setTimeout(mend, 0);
  }

  function mend() {
    if (!last) return;
    if (last.isConnected && last.matches(':disabled')) {
      off = true;
      return;
    }
    if (!isNowhere()) return;
    if (canTake(last)) {
      if (off) last.focus();
      return;
    }
    nextTo(levels)?.focus();
  }

  function pressed(event: Event) {
    // A click on nothing takes the focus away, and is meant to.
    if (event.target instanceof Element && !event.target.closest(TAKES)) last = null;
  }

  const watch = new MutationObserver(look);
  watch.observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ['class', 'disabled', 'hidden', 'inert', 'open'],
  });
  document.addEventListener('focusin', came);
  document.addEventListener('pointerdown', pressed);
  // A wider or narrower window shows and hides.
  window.addEventListener('resize', look);
  return () => {
    clearTimeout(later);
    watch.disconnect();
    document.removeEventListener('focusin', came);
    document.removeEventListener('pointerdown', pressed);
    window.removeEventListener('resize', look);
  };
}
