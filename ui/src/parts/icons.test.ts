import { expect, test } from 'vitest';
import { ICONS, kindIcon } from './icons';

test('there is a drawing for every kind, known or not', () => {
  for (const kind of ['result', 'care-plan', 'imaging', 'something-new', 'constructor']) {
    expect(ICONS[kindIcon(kind)]).toMatch(/^M/);
  }
});
