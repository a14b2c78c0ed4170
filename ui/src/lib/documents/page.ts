/** What a page may be made of; the backend writes nothing else. */
const ALLOWED = new Set(
  'b blockquote br caption code dd div dl dt em h1 h2 h3 h4 h5 h6 hr i li ol p pre q s small span strong sub sup table tbody td tfoot th thead tr u ul'.split(
    ' ',
  ),
);

/** What stands in these is not for readers. */
const DROPPED = new Set(
  'script style template noscript title textarea select iframe object svg math'.split(' '),
);

/**
 * A sender's page as elements of this document. It was made harmless before it came here; here it is built anew
 * from a list of plain elements without attributes, so that nothing in it can act, load or lead anywhere, whatever
 * came. Not a frame: its text is to be searched, enlarged, read aloud and printed with the window's own means. The
 * window's own headings come before theirs, which begin at `level`.
 */
export function readable(html: string, level = 2): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const made = document.createDocumentFragment();
  for (const node of parsed.body.childNodes) copy(node, made, level);
  return made;
}

function copy(node: Node, into: Node, level: number): void {
  if (node.nodeType === Node.TEXT_NODE) {
    into.appendChild(document.createTextNode(node.nodeValue ?? ''));
    return;
  }
  if (!(node instanceof Element)) return;
  const name = node.localName;
  if (DROPPED.has(name)) return;
  if (!ALLOWED.has(name)) {
    for (const child of node.childNodes) copy(child, into, level);
    return;
  }
  const heading = /^h([1-6])$/.exec(name);
  const made = document.createElement(heading ? `h${Math.min(6, Number(heading[1]) + level - 1)}` : name);
  for (const span of ['colspan', 'rowspan']) {
    const count = node.getAttribute(span);
    if ((name === 'td' || name === 'th') && count && /^\d{1,2}$/.test(count)) made.setAttribute(span, count);
  }
  if (name === 'table') {
    // A wide table scrolls by itself, by keyboard too; the page stays as wide as the window.
    const frame = document.createElement('div');
    frame.className = 'wide';
    frame.tabIndex = 0;
    frame.appendChild(made);
    into.appendChild(frame);
  } else into.appendChild(made);
  for (const child of node.childNodes) copy(child, made, level);
}
