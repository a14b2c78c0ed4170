/**
 * Wraps something that is asked for many times a second, such as reading a page again while a sync writes. At most one
 * run is under way; whatever is asked meanwhile shares one run afterwards. So an older answer never replaces a newer
 * one. The promise resolves when a run that began after the call has ended, and rejects when that run failed.
 * `pauseMs` is the least time between the end of one run and the start of the next.
 */
export function oneAtATime(run: () => Promise<void>, pauseMs = 0): () => Promise<void> {
  /** The run under way and the pause after it. */
  let current: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  function begin(): Promise<void> {
    next = null;
    const done = run();
    current = done
      .catch(() => undefined)
      .then(() => (pauseMs > 0 ? new Promise((resolve) => setTimeout(resolve, pauseMs)) : undefined))
      .then(() => {
        if (!next) current = null;
      });
    return done;
  }

  return () => {
    if (!current) return begin();
    next ??= current.then(begin);
    return next;
  };
}
