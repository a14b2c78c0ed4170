import { plain } from '../plain';

/** Where a letter of the text that is searched stands on the page. */
interface Spot {
  node: Text;
  offset: number;
}

const BREAKS = new Set(
  'BR P DIV LI TR TD TH TABLE H1 H2 H3 H4 H5 H6 DT DD BLOCKQUOTE PRE CAPTION HR UL OL'.split(' '),
);
/** More would only be scrolled through. */
const MOST = 1_000;

/** A letter as it is looked for: without case and accents; blanks of every kind are one. */
function wantedAs(letter: string): string {
  return /\s/.test(letter) ? ' ' : plain(letter);
}

/** Every place where the words stand, in reading order; each over as many elements as it takes. */
export function find(root: Node, wanted: string): Range[] {
  const needle = [...wanted.trim()].map(wantedAs).join('').replace(/ +/g, ' ');
  if (!needle) return [];
  let text = '';
  const spots: Spot[] = [];
  const say = (letter: string, node: Text, offset: number) => {
    const letters = wantedAs(letter);
    if (letters === ' ' && text.endsWith(' ')) return;
    text += letters;
    for (let index = 0; index < letters.length; index += 1) spots.push({ node, offset });
  };
  let last: Text | null = null;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) {
      for (let offset = 0; offset < node.data.length; offset += 1)
        say(node.data.charAt(offset), node, offset);
      last = node;
    } else if (last && BREAKS.has(node.nodeName) && !text.endsWith(' ')) say(' ', last, last.data.length - 1);
  }
  const found: Range[] = [];
  for (
    let at = text.indexOf(needle);
    at >= 0 && found.length < MOST;
    at = text.indexOf(needle, at + needle.length)
  ) {
    const [start, end] = [spots[at], spots[at + needle.length - 1]];
    if (!start || !end) break;
    const range = document.createRange();
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, Math.min(end.node.data.length, end.offset + 1));
    found.push(range);
  }
  return found;
}

/** Paints what was found, and the one that is looked at in a stronger colour. */
export function paint(found: Range[], now: Range | undefined): void {
  if (!('highlights' in CSS)) return;
  CSS.highlights.set('found', new Highlight(...found));
  CSS.highlights.set('found-now', new Highlight(...(now ? [now] : [])));
}

export function unpaint(): void {
  if (!('highlights' in CSS)) return;
  CSS.highlights.delete('found');
  CSS.highlights.delete('found-now');
}
