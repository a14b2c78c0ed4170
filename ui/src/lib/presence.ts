/** What a person does that shows that they are here. */
const SIGNS = ['pointermove', 'pointerdown', 'wheel', 'keydown'] as const;

/** Nobody needs to be told more often. */
const OFTEN_MS = 20_000;

/** Tells, now and then, that somebody is here, until the returned function is called. */
export function followPresence(tell: () => void): () => void {
  let told = -OFTEN_MS;
  const seen = () => {
    const now = performance.now();
    if (now - told < OFTEN_MS) return;
    told = now;
    tell();
  };
  for (const sign of SIGNS) addEventListener(sign, seen, { capture: true, passive: true });
  return () => {
    for (const sign of SIGNS) removeEventListener(sign, seen, { capture: true });
  };
}
