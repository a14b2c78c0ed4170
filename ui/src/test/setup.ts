import { configure } from '@testing-library/svelte';
import { afterEach, beforeEach, vi } from 'vitest';

// What failed is said by the words; the whole page below them hides it.
configure({ getElementError: (message) => new Error(message ?? 'not found') });

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

beforeEach(() => {
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
