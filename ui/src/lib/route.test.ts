import { describe, expect, test } from 'vitest';
import { href, parseRoute } from './route.svelte';

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
