import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { apiError } from '../../test/fake-host';
import { fullHost } from '../../test/invented/host';
import { accessible, hook, screen, show, waitFor } from '../../test/screen';

/** Runs `work` while the window counts how often it is loaded anew, instead of being. */
async function loads(work: () => Promise<void>): Promise<number> {
  let loaded = 0;
  const original = location.reload;
  Object.defineProperty(location, 'reload', { configurable: true, value: () => (loaded += 1) });
  try {
    await work();
  } finally {
    Object.defineProperty(location, 'reload', { configurable: true, value: original });
  }
  return loaded;
}

describe('erasing', () => {
  test.each([
    ['everything', '#/settings', 'erase-everything', { what: 'everything' }],
    ['a person', '#/people', 'person-erase-p1', { what: 'person', person: 'p1' }],
  ])('%s asks twice, names backups, and leaves nothing in the window', async (_, at, button, what) => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, at);
    await user.click(await hook(button));
    expect((await hook('erase-backups')).textContent).toContain('/media/stick/Wholechart backup.age');
    expect(screen.getByText(/cannot be undone/)).toBeTruthy();
    expect(screen.queryByTestId('erase-aside')).toBeNull();
    expect((await hook('erase-now')).hasAttribute('disabled')).toBe(true);
    await accessible();
    // Thought better of.
    await user.click(screen.getByRole('button', { name: 'Keep everything' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(host.argsOf('erase')).toEqual([]);
    await user.click(await hook(button));
    await user.click(await hook('erase-sure'));
    const loaded = await loads(async () => {
      await user.click(await hook('erase-now'));
      await waitFor(() => expect(host.argsOf('erase')).toEqual([{ what }]));
      await waitFor(() => expect(screen.queryByText('Erasing and writing over it …')).toBeNull());
    });
    expect(loaded).toBe(1);
  });

  test('that fails says why and keeps asking', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      erase: () => {
        throw apiError({ message: 'There is no room left.' });
      },
    });
    show(host, '#/settings');
    await user.click(await hook('erase-everything'));
    await user.click(await hook('erase-sure'));
    expect(await loads(async () => user.click(await hook('erase-now')))).toBe(0);
    expect((await hook('error-message')).textContent).toContain('There is no room left.');
  });
});
