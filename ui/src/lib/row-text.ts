/** What is in a row only for the eye, only for the ear, or to be pressed. */
const LEFT_OUT = '.sr-only, .marks, button, svg, [aria-hidden="true"]';

/** The words of a row on one line, as they are pasted: each of its parts after a comma. */
export function rowText(row: Element): string {
  const words = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  const parts = new Map<Element, string>();
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    const within = node.parentElement;
    if (!within || within.closest(LEFT_OUT)) continue;
    let block = within;
    while (block !== row && block.parentElement && getComputedStyle(block).display === 'inline')
      block = block.parentElement;
    parts.set(block, (parts.get(block) ?? '') + (node.textContent ?? ''));
  }
  return [...parts.values()]
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join(', ');
}
