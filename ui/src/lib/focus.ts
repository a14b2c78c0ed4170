import { tick } from 'svelte';

/** The heading of the screen: where the focus goes when nothing nearer is left. */
export function screenHeading(): HTMLElement | null {
  return document.querySelector<HTMLElement>('h1[tabindex="-1"]');
}

/**
 * What had the focus may be gone: then the next thing takes it, so that the keyboard does not begin at the top of the
 * window again. A focus that is somewhere stays there.
 */
export async function keepFocus(next: () => HTMLElement | null | undefined): Promise<void> {
  await tick();
  const now = document.activeElement;
  if (now === null || now === document.body) (next() ?? screenHeading())?.focus();
}
