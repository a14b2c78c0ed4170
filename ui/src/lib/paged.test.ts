import { describe, expect, test } from 'vitest';
import { Paged, type Page } from './paged.svelte';

/** Answers that come when the test lets them. */
function asked() {
  const waiting: ((page: Page<number>) => void)[] = [];
  const cursors: (string | null)[] = [];
  return {
    cursors,
    read: (cursor: string | null) => {
      cursors.push(cursor);
      return new Promise<Page<number>>((resolve) => waiting.push(resolve));
    },
    answer: async (page: Page<number>) => {
      waiting.shift()?.(page);
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

describe('rows that come a page at a time', () => {
  test('the next page that is asked for while they are read anew comes after them', async () => {
    const { cursors, read, answer } = asked();
    const paged = new Paged<number>(2);
    void paged.begin('all', read);
    await answer({ rows: [1, 2], next: '2' });
    void paged.begin('all', read);
    const more = paged.more(true);
    expect(cursors, 'not before they are there').toEqual([null, null]);
    await answer({ rows: [1, 2], next: '2' });
    expect(cursors).toEqual([null, null, '2']);
    await answer({ rows: [3], next: null });
    await more;
    expect(paged.rows).toEqual([1, 2, 3]);
  });

  test('what only comes near, or is asked for twice, is asked once', async () => {
    const { cursors, read, answer } = asked();
    const paged = new Paged<number>(2);
    void paged.begin('all', read);
    await answer({ rows: [1, 2], next: '2' });
    void paged.begin('all', read);
    await paged.more();
    await answer({ rows: [1, 2], next: '2' });
    expect(cursors).toEqual([null, null]);
    void paged.more(true);
    await paged.more(true);
    expect(cursors).toEqual([null, null, '2']);
    await answer({ rows: [3], next: null });
    expect(paged.rows).toEqual([1, 2, 3]);
  });
});
