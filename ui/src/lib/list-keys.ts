import { focusByKey } from './focus';

/** A list that is gone through by key: `/` to its field for words, j, k and the arrows from row to row. */
export interface KeyedList {
  /** The field for words. */
  field: () => HTMLElement | null;
  /** What takes the focus in each row, in order. */
  links: () => HTMLElement[];
  /** Where the reader is, when that is not where the focus is: the row whose record is open. */
  at?: () => HTMLElement | undefined;
  /** Goes to a row; it takes the focus, unless something else is wanted. */
  go?: (link: HTMLElement) => void;
}

export function listKey(event: KeyboardEvent, list: KeyedList): void {
  const target = event.target as HTMLElement;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.closest('input, select, textarea, dialog') || document.querySelector('dialog[open]')) return;
  if (event.key === '/') {
    const field = list.field();
    if (!field) return;
    event.preventDefault();
    field.focus();
    if (field instanceof HTMLInputElement) field.select();
    return;
  }
  const links = list.links();
  const onRow = links.includes(target);
  const down = event.key === 'j' || (event.key === 'ArrowDown' && onRow);
  const up = event.key === 'k' || (event.key === 'ArrowUp' && onRow);
  if (!down && !up) return;
  const at = links.indexOf(list.at?.() ?? target);
  const wanted = links[at < 0 ? 0 : at + (down ? 1 : -1)];
  if (!wanted) return;
  event.preventDefault();
  if (list.go) list.go(wanted);
  else focusByKey(wanted);
}
