import { describe, expect, test } from 'vitest';
import { row } from '../test/invented/life';
import { asApiError } from './api/host';
import { ICONS, kindIcon } from '../parts/icons';
import { href, parseRoute } from './route.svelte';
import { sheet, usualPaper } from './sheets';
import { strength } from './strength';
import { layOut, shortDay } from './timeline/layout';
import { zones, zoneText } from './zones';

describe('addresses', () => {
  test('come back as they were made', () => {
    const query = new URLSearchParams([
      ['kind', 'result'],
      ['kind', 'care-plan'],
      ['provider', 'a b/ü?#&'],
    ]);
    const route = parseRoute(href('timeline', ['f/1 #?ü'], query));
    expect(route.screen).toBe('timeline');
    expect(route.parts).toEqual(['f/1 #?ü']);
    expect(route.query.getAll('kind')).toEqual(['result', 'care-plan']);
    expect(route.query.get('provider')).toBe('a b/ü?#&');
  });

  test('that are broken lead somewhere', () => {
    expect(parseRoute('').screen).toBe('');
    expect(parseRoute('#/timeline/%E0%A4%A').parts).toEqual(['%E0%A4%A']);
  });
});

describe('the timeline’s layout', () => {
  const rows = [
    row({ id: '1' }),
    row({ id: '2' }),
    row({ id: '3', day: '2026-08', dayText: 'August 2026' }),
    row({ id: '4', day: '2019', dayText: '2019' }),
    row({ id: '5', day: '', dayText: 'Date not stated' }),
  ];

  test('puts a heading before each year and a card around each day', () => {
    const drawn = layOut(rows).map((item) =>
      item.is !== 'row' ? `# ${item.year}` : `${item.first ? '[' : ' '}${item.key}${item.last ? ']' : ' '}`,
    );
    expect(drawn).toEqual(['# 2026', '[1 ', ' 2]', '[3]', '# 2019', '[4]', '# ', '[5]']);
  });

  test('leaves out the year that stands above, and nothing else', () => {
    expect(rows.map(shortDay)).toEqual(['4 November', '4 November', 'August', '2019', 'Date not stated']);
    expect(shortDay(row({ id: 'x', dayText: 'Nov 4, 2026' }))).toBe('Nov 4');
    expect(shortDay(row({ id: 'x', dayText: '4 de noviembre de 2026' }))).toBe('4 de noviembre');
  });

  test('has a drawing for every kind, known or not', () => {
    for (const kind of ['result', 'care-plan', 'imaging', 'something-new', 'constructor']) {
      expect(ICONS[kindIcon(kind)]).toMatch(/^M/);
    }
  });
});

describe('a passphrase', () => {
  test.each([
    ['short', 'seven77'],
    ['weak', 'aaaaaaaaaaaaaaaa'],
    ['weak', '1234567890'],
    ['weak', 'password1'],
    ['fair', 'violet kettle'],
    ['strong', 'violet kettle marches north'],
  ])('is %s: %s', (expected, passphrase) => {
    expect(strength(passphrase)).toBe(expected);
  });
});

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

  test('has the paper that is usual at home', () => {
    expect(usualPaper('America/Chicago')).toBe('letter');
    expect(usualPaper('America/Argentina/Buenos_Aires')).toBe('a4');
    expect(usualPaper('Europe/Madrid')).toBe('a4');
  });
});

test('time zones keep the one that is set, even one this computer does not know', () => {
  expect(zones('Mars/Olympus')).toContain('Mars/Olympus');
  expect(zoneText('America/Argentina/Buenos_Aires')).toBe('America – Argentina – Buenos Aires');
});

describe('what the host throws', () => {
  const words = { message: 'No answer.', advice: 'Open it again.' };
  test('stays as it is when it is an error for people', () => {
    const error = { code: 'locked', message: 'Locked.', advice: 'Unlock.', details: null } as const;
    expect(asApiError(error, words)).toEqual(error);
  });
  test('gets words for people when it is anything else', () => {
    expect(asApiError(new Error('ipc closed'), words)).toEqual({
      code: null,
      ...words,
      details: 'ipc closed',
    });
    expect(asApiError('missing command', words).details).toBe('missing command');
    expect(asApiError(undefined, words).details).toBeNull();
  });
});
