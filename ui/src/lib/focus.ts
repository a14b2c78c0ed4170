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
  if (now !== null && now !== document.body) return;
  const wanted = next();
  (wanted && wanted !== document.body ? wanted : screenHeading())?.focus();
}

/** Gives the focus and shows it: after a click, the web view takes a focus that a script gives for one by mouse. */
export function focusByKey(element: HTMLElement | null | undefined, options?: FocusOptions): void {
  if (!element) return;
  element.dataset.byKey = '';
  element.addEventListener('blur', () => delete element.dataset.byKey, { once: true });
  element.focus(options);
}

/** A modal dialog opens here; what is returned gives the focus back to what had it, or to the screen's heading. */
export function openModal(dialog: HTMLDialogElement): () => void {
  const opener = document.activeElement;
  dialog.addEventListener('keydown', escapes);
  dialog.showModal();
  return () => {
    dialog.removeEventListener('keydown', escapes);
    void keepFocus(() => (opener instanceof HTMLElement && opener.isConnected ? opener : null));
  };
}

/**
 * Escape closes a dialog wherever in it the focus is: a field for search keeps the key to itself in some web views. There
 * it takes away first what was typed.
 */
function escapes(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  event.preventDefault();
  event.stopPropagation();
  const field = event.target;
  if (field instanceof HTMLInputElement && field.type === 'search' && field.value !== '') {
    field.value = '';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  } else (event.currentTarget as HTMLDialogElement).close();
}
