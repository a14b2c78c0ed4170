import { configure } from '@testing-library/svelte';
import { afterEach, beforeEach, vi } from 'vitest';

/** How long a state is waited for (ms): tests wait for states, and a busy machine is no fault of theirs. */
export const PATIENCE = 20_000;

configure({
  asyncUtilTimeout: PATIENCE,
  // What failed is said by the words; the whole page below them hides it.
  getElementError: (message) => new Error(message ?? 'not found'),
});

/** happy-dom lays nothing out; the virtual list is told of a window and rows of one size. */
const ROW = 60;
const VIEWPORT = 800;

class Observer implements ResizeObserver {
  #tell: ResizeObserverCallback;
  constructor(tell: ResizeObserverCallback) {
    this.#tell = tell;
  }
  observe(target: Element): void {
    const row = target.parentElement?.parentElement?.dataset.testid === 'timeline-scroller';
    const height = row ? ROW : VIEWPORT;
    queueMicrotask(() => {
      const size = [{ blockSize: height, inlineSize: 1000 }];
      const contentRect = { width: 1000, height } as DOMRectReadOnly;
      this.#tell(
        [{ target, contentRect, borderBoxSize: size, contentBoxSize: size, devicePixelContentBoxSize: size }],
        this,
      );
    });
  }
  unobserve(): void {
    // Sizes do not change here.
  }
  disconnect(): void {
    // Sizes do not change here.
  }
}

/** Nothing is in sight here until a test says so (`comesNear`). */
class Sight implements IntersectionObserver {
  static readonly watching = new Map<Element, Sight>();
  readonly root = null;
  readonly rootMargin = '';
  readonly scrollMargin = '';
  readonly thresholds = [];
  #tell: IntersectionObserverCallback;
  constructor(tell: IntersectionObserverCallback) {
    this.#tell = tell;
  }
  observe(target: Element): void {
    Sight.watching.set(target, this);
  }
  unobserve(target: Element): void {
    Sight.watching.delete(target);
  }
  disconnect(): void {
    for (const [target, sight] of Sight.watching) if (sight === this) Sight.watching.delete(target);
  }
  takeRecords(): IntersectionObserverEntry[] {
    return [];
  }
  tell(target: Element): void {
    this.#tell([{ isIntersecting: true, target } as IntersectionObserverEntry], this);
  }
}

/** Scrolls so far that an element comes near; whether anybody waited for that. */
export function comesNear(target: Element): boolean {
  const sight = Sight.watching.get(target);
  sight?.tell(target);
  return sight !== undefined;
}

beforeEach(() => {
  vi.stubGlobal('IntersectionObserver', Sight);
  vi.stubGlobal('ResizeObserver', Observer);
  // The list takes it from its document's window, which is another object than the test's global one.
  if (document.defaultView) document.defaultView.ResizeObserver = Observer;
  // Elements of a page that is laid out have a size, and a parent to be measured against.
  for (const [name, value] of [
    ['offsetHeight', ROW],
    ['clientWidth', 1000],
    ['offsetParent', document.body],
  ] as const) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
  }
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', {
    configurable: true,
    get(this: HTMLElement) {
      // What stands above the list leaves room for it.
      return this.classList.contains('head') ? 3 * ROW : VIEWPORT;
    },
  });
  history.replaceState(null, '', '#/');
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});
