import { afterEach, beforeEach, vi } from 'vitest';

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
  // Elements of a page that is laid out have a size, and a parent to be measured against.
  for (const [name, value] of [
    ['offsetHeight', ROW],
    ['clientWidth', 1000],
    ['clientHeight', VIEWPORT],
    ['offsetParent', document.body],
  ] as const) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
  }
  history.replaceState(null, '', '#/');
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});
