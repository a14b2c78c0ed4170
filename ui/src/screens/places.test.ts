import { expect, test } from 'vitest';
import { parseRoute } from '../lib/route.svelte';
import { PLACES, shownAt } from './places';

test.each([
  ['#/timeline', 'timeline', 'timeline', {}],
  ['#/timeline/f-ldl?kind=result', 'timeline', 'timeline', {}],
  ['#/results', 'results', 'results', {}],
  ['#/results/vital/weight', 'results/:kind/:test', 'results', { kind: 'vital', test: 'weight' }],
  ['#/providers', 'providers', 'providers', {}],
  ['#/providers/add', 'providers/add', 'providers', {}],
  ['#/providers/add/summit', 'providers/add/:card', 'providers', { card: 'summit' }],
  ['#/providers/add/manual', 'providers/add/manual', 'providers', {}],
  ['#/providers/c-lake', 'providers/:id', 'providers', { id: 'c-lake' }],
  ['#/connecting', 'connecting', 'providers', {}],
  ['#/settings/about', 'settings/about', 'settings', {}],
  ['#/settings/elsewhere', 'settings', 'settings', {}],
  ['#/start', 'start', undefined, {}],
  ['#/document/f-ldl/1', 'document/:fact/:file', undefined, { fact: 'f-ldl', file: '1' }],
])('%s shows %s', (hash, at, place, named) => {
  const shown = shownAt(parseRoute(hash));
  expect([shown?.page.at, shown?.place?.at, shown?.named]).toEqual([at, place, named]);
});

test.each(['#/', '#/nowhere', '#/document/f-ldl'])('%s leads nowhere', (hash) => {
  expect(shownAt(parseRoute(hash))).toBeNull();
});

test('every place is found by its own address', () => {
  for (const place of PLACES) expect(shownAt({ screen: place.at, parts: [] })?.place).toBe(place);
});
