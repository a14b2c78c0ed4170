// Every text that can be seen, against what is painted behind it: WCAG 2.2, success criterion 1.4.3 (AA), by the
// colours the engine computed. Gives the texts that fall short, as words.
const paper = document.createElement('canvas');
paper.width = paper.height = 1;
const brush = paper.getContext('2d', { willReadFrequently: true });
const known = new Map();

/** Any colour a style sheet can name, as red, green, blue (0…255) and alpha (0…1). */
function parts(colour) {
  if (!known.has(colour)) {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
    known.set(colour, [red, green, blue, alpha / 255]);
  }
  return known.get(colour);
}

const over = (top, below) => [0, 1, 2].map((n) => top[n] * top[3] + below[n] * (1 - top[3])).concat(1);

function behind(element) {
  const layers = [];
  for (let at = element; at; at = at.parentElement) {
    const style = getComputedStyle(at);
    // A picture may have any colour: nothing can be said, so nothing is claimed.
    if (style.backgroundImage !== 'none') return null;
    const colour = parts(style.backgroundColor);
    if (colour[3] > 0) layers.push(colour);
    if (colour[3] === 1) break;
  }
  const page = parts(getComputedStyle(document.documentElement).colorScheme === 'dark' ? 'black' : 'white');
  return layers.reduceRight((below, layer) => over(layer, below), page);
}

function luminance(colour) {
  const [red, green, blue] = colour.slice(0, 3).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const short = [];
let judged = 0;
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const words = texts.currentNode.textContent.trim();
  const element = texts.currentNode.parentElement;
  if (!words || !element || element.closest('script, style, option')) continue;
  // The words of a printed page are outlines; its text lies white beneath them, to be marked and read aloud.
  if (element.closest('svg')) continue;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  // Out of sight, for screen readers only, or switched off, which the criterion leaves out.
  if (box.width < 2 || box.height < 2 || style.visibility !== 'visible') continue;
  if (element.closest(':disabled, [aria-disabled="true"], [inert]')) continue;
  const below = behind(element);
  if (!below) continue;
  let opacity = 1;
  for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
  const ink = parts(style.color);
  const seen = over([ink[0], ink[1], ink[2], ink[3] * opacity], below);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const found = contrast(seen, below);
  judged += 1;
  if (found < (large ? 3 : 4.5) - 0.01) {
    short.push(`${found.toFixed(2)}: “${words.slice(0, 60)}”, ${style.color} on ${below.slice(0, 3).map(Math.round)}`);
  }
}
return { judged, short };
