import { userEvent } from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import { appState } from '../../test/invented/app';
import { fullHost } from '../../test/invented/host';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

const locked = (passphrase: boolean) => appState({ lock: { is: 'locked', passphrase }, persons: [] });

/** Counts how often the window is loaded again, until the returned function is called. */
function reloads() {
  const original = location.reload;
  const reload = vi.fn();
  Object.defineProperty(location, 'reload', { configurable: true, value: reload });
  return {
    reload,
    restore: () => Object.defineProperty(location, 'reload', { configurable: true, value: original }),
  };
}

describe('a locked record', () => {
  test('opens with one press where no passphrase is set, and says what that keeps away', async () => {
    const user = userEvent.setup();
    const host = fullHost({ appState: () => locked(false), retryUnlock: () => appState() });
    show(host, '#/timeline');
    await heading('Your record is locked');
    const open = await hook('lock-open');
    await waitFor(() => expect(document.activeElement).toBe(open));
    expect(screen.getByRole('button', { description: /whoever can use this computer as you/ })).toBe(open);
    // Whoever sits before it may not put another record in its place either.
    expect(screen.queryByTestId('lock-restore')).toBeNull();
    await accessible();
    await user.click(open);
    await heading('Timeline');
  });

  test('asks for the passphrase where there is one', async () => {
    const user = userEvent.setup();
    const host = fullHost({ appState: () => locked(true), unlock: () => appState() });
    show(host);
    await heading('Your record is locked');
    expect(screen.queryByTestId('lock-open')).toBeNull();
    await user.type(
      screen.getByLabelText('Passphrase or recovery code'),
      'mule lantern copper thursday{Enter}',
    );
    await waitFor(() =>
      expect(host.argsOf('unlock')).toEqual([{ passphrase: 'mule lantern copper thursday' }]),
    );
  });

  test('is locked by its key, and the window is loaded again at once, without an address', async () => {
    const user = userEvent.setup();
    const { reload, restore } = reloads();
    const host = fullHost({ lock: () => locked(false), awake: () => null });
    try {
      show(host, '#/timeline?text=gout');
      await heading('Timeline');
      await user.keyboard('{Control>}l{/Control}');
      expect(host.argsOf('lock')).toEqual([{}]);
      // Somebody was here: that is said once, however much is typed.
      await user.keyboard('abc');
      expect(host.argsOf('awake')).toEqual([{}]);
      await heading('Your record is locked');
      expect(reload).not.toHaveBeenCalled();
      host.send({ is: 'locking' });
      expect(reload).toHaveBeenCalledTimes(1);
      expect(location.href).not.toContain('gout');
    } finally {
      restore();
    }
  });
});
