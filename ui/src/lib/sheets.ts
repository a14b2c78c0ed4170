import type { Paper } from './api/generated/Paper';

/** Elements that a drawn page has no use for. */
const FORBIDDEN = 'script, foreignObject, iframe, object, embed, image[href^="http"], a';

/**
 * A page as an element of this document. The SVG comes from our own layout, but the words in it come from
 * providers: what could act is taken out. Style attributes are set anew through the CSSOM, because the window's
 * policy refuses them in markup.
 */
export function sheet(svg: string): SVGSVGElement | null {
  // The parser, too, would refuse and report a style attribute; under another name it only carries it.
  const carried = svg.replace(/<[^>]+>/g, (tag) => tag.replace(/\sstyle=/g, ' data-style='));
  const parsed = new DOMParser().parseFromString(carried, 'image/svg+xml');
  const root = parsed.documentElement;
  if (root.localName !== 'svg') return null;
  for (const element of root.querySelectorAll(FORBIDDEN)) element.remove();
  for (const element of [root, ...root.querySelectorAll('*')]) {
    for (const { name, value } of [...element.attributes]) {
      const outside = name.endsWith('href') && !value.startsWith('#') && !value.startsWith('data:image/');
      if (name.startsWith('on') || outside) element.removeAttribute(name);
    }
  }
  const page = document.importNode(root, true) as unknown as SVGSVGElement;
  for (const element of [page, ...page.querySelectorAll<SVGElement>('[data-style]')]) {
    const style = element.dataset.style;
    if (style === undefined) continue;
    element.style.cssText = style;
    delete element.dataset.style;
  }
  if (!page.hasAttribute('viewBox')) {
    const width = parseFloat(page.getAttribute('width') ?? '');
    const height = parseFloat(page.getAttribute('height') ?? '');
    if (width && height) page.setAttribute('viewBox', `0 0 ${width} ${height}`);
  }
  page.removeAttribute('width');
  page.removeAttribute('height');
  return page;
}

/** The paper's size for `@page`. */
const SIZES: Record<Paper, string> = { letter: '8.5in 11in', a4: '210mm 297mm' };

/** Tells the printer the paper, and whether it lies, while the returned function was not called. */
export function usePaper(paper: Paper, turned = false): () => void {
  const rules = new CSSStyleSheet();
  rules.replaceSync(
    `@page { size: ${turned ? SIZES[paper].split(' ').reverse().join(' ') : SIZES[paper]}; margin: 0 }`,
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== rules);
  };
}
