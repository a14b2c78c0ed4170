import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { SearchView } from '../../lib/api/generated/SearchView';
import { apiError } from '../../test/fake-host';
import { fullHost } from '../../test/invented/host';
import { life, row } from '../../test/invented/life';
import { searched } from '../../test/invented/timeline';
import { accessible, hook, screen, show, waitFor } from '../../test/screen';

async function opened(host = fullHost(), hash = '#/timeline') {
  const user = userEvent.setup();
  show(host, hash);
  await hook('nav-timeline');
  await user.keyboard('{Control>}k{/Control}');
  const field = await hook('search-text');
  await waitFor(() => expect(document.activeElement).toBe(field));
  return { user, host, field };
}

describe('search', () => {
  test('opens anywhere with Ctrl+K, says what it does, and goes with Escape', async () => {
    const { user } = await opened(fullHost(), '#/providers');
    expect((await hook('search-dialog')).textContent).toContain('Type the beginning of a word');
    await accessible();
    await user.keyboard('{Control>}k{/Control}');
    expect(screen.getAllByTestId('search-dialog')).toHaveLength(1);
    await user.click(await hook('search-close'));
    await waitFor(() => expect(screen.queryByTestId('search-dialog')).toBeNull());
  });

  test('answers as one types, in groups, with what was found marked, and opens by key', async () => {
    const { user, host, field } = await opened();
    await user.type(field, 'ha a1');
    await waitFor(() =>
      expect(screen.getAllByTestId('search-hit').map((one) => one.dataset.fact)).toEqual(['f-a1c']),
    );
    expect(screen.getByTestId('search-group').textContent).toContain('Results');
    expect([...document.querySelectorAll('mark')].map((one) => one.textContent)).toEqual(['Ha', 'A1']);
    expect(host.argsOf('search').at(-1)).toEqual({ person: 'p1', text: 'ha a1', limit: 5 });
    expect(field.getAttribute('aria-activedescendant')).toBe(screen.getByTestId('search-hit').id);
    await accessible();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(location.hash).toBe('#/timeline/f-a1c'));
    expect((await hook('record-title')).textContent).toBe('Haemoglobin A1c');
  });

  test('arrows choose, round the end as well', async () => {
    const { user, field } = await opened();
    await user.type(field, 'li');
    const hits = await screen.findAllByTestId('search-hit');
    expect(hits.length).toBeGreaterThan(1);
    const chosen = () =>
      screen
        .getAllByTestId('search-hit')
        .findIndex((one) => one.ariaSelected === 'true' || one.getAttribute('aria-selected') === 'true');
    expect(chosen()).toBe(0);
    await user.keyboard('{ArrowDown}');
    expect(chosen()).toBe(1);
    await user.keyboard('{ArrowUp}{ArrowUp}');
    expect(chosen()).toBe(hits.length - 1);
  });

  test('an answer that comes late never takes the place of a newer one', async () => {
    const rows = life(40);
    const late: (() => void)[] = [];
    const host = fullHost(
      {
        search: ({ text, limit }) =>
          new Promise<SearchView>((resolve) => late.push(() => resolve(searched(rows, text, limit)))),
      },
      rows,
    );
    const { user, field } = await opened(host);
    await user.type(field, 'sodi');
    // One question is under way; of what was typed since only the newest text is asked.
    expect(late).toHaveLength(1);
    late[0]?.();
    await waitFor(() => expect(late).toHaveLength(2));
    expect(host.argsOf('search').map((one) => one.text)).toEqual(['s', 'sodi']);
    await user.keyboard('{Enter}');
    expect(await hook('search-dialog'), 'an older answer is not opened').toBeTruthy();
    late[1]?.();
    await waitFor(() =>
      expect(screen.getAllByTestId('search-hit').map((one) => one.dataset.fact)).toEqual(['f-na']),
    );
  });

  test('says that nothing was found, and what to try', async () => {
    const { user, field } = await opened();
    await user.type(field, '[[zzz]("');
    // user-event reads doubled brackets as one.
    expect((await hook('search-none')).textContent).toContain('Nothing in this record matches “[zzz]("”.');
    await accessible();
  });

  test('says what was looked for instead', async () => {
    const rows = life(20);
    const host = fullHost(
      { search: () => ({ ...searched(rows, 'sodium', 5), instead: 'Shown instead: sodium' }) },
      rows,
    );
    const { user, field } = await opened(host);
    await user.type(field, 'sodiun');
    expect((await hook('search-instead')).textContent).toContain('sodium');
    // The timeline would look for the slip and find nothing.
    expect(screen.queryByTestId('search-all')).toBeNull();
  });

  test('bears an error, 300 letters without a break, and words from right to left', async () => {
    const rows = [
      row({ id: 'long', title: 'x'.repeat(300) }),
      row({ id: 'rtl', title: 'رسالة إحالة', struck: true }),
    ];
    const host = fullHost({}, rows);
    const { user, field } = await opened(host);
    await user.type(field, 'x');
    expect((await screen.findByTestId('search-hit')).textContent).toContain('x'.repeat(300));
    await user.clear(field);
    await user.type(field, 'رسالة');
    await waitFor(() =>
      expect(screen.getByTestId('search-hit').querySelector('s')?.textContent).toBe('رسالة إحالة'),
    );
    await accessible();
    host.answers.search = () => {
      throw apiError({ message: 'The record could not be searched.', advice: 'Try again.' });
    };
    await user.type(field, 'y');
    expect((await hook('error-message')).textContent).toContain('could not be searched');
    await accessible();
  });

  test('everything that was found goes to the timeline', async () => {
    const { user, host, field } = await opened();
    await user.type(field, 'sodium');
    await user.click(await hook('search-all'));
    await waitFor(() => expect(location.hash).toBe('#/timeline?text=sodium'));
    await waitFor(() =>
      expect(host.argsOf('timeline').at(-1)?.filter).toEqual({ kinds: [], connections: [], text: 'sodium' }),
    );
  });
});

describe('keys', () => {
  test('are told by ?', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/timeline');
    await hook('timeline-count');
    await user.keyboard('?');
    expect((await hook('keys')).textContent).toContain('Search everything');
    await accessible();
  });
});
