import { describe, expect, test } from 'vitest';
import { sheet } from './sheets';

describe('a printed page', () => {
  test('loses what could act or reach outside, and keeps its words and its look', () => {
    const page = sheet(
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="612pt" height="792pt">' +
        '<script>steal()</script><g onclick="steal()" style="fill:red"><text>Penicillin</text></g>' +
        '<use xlink:href="#g1"/><use xlink:href="https://elsewhere.example/x.svg#a"/>' +
        '<foreignObject><p>html</p></foreignObject></svg>',
    );
    expect(page?.outerHTML).not.toMatch(/script|steal|elsewhere|foreignObject/);
    expect(page?.outerHTML).toContain('#g1');
    expect(page?.textContent).toBe('Penicillin');
    expect(page?.getAttribute('viewBox')).toBe('0 0 612 792');
    expect(page?.hasAttribute('width')).toBe(false);
    expect(page?.querySelector<SVGElement>('g')?.style.fill).toBe('red');
  });

  test('that is no drawing is refused', () => {
    expect(sheet('<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>')).toBeNull();
  });
});
