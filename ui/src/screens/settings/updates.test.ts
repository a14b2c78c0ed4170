import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { apiError } from '../../test/fake-host';
import { updatesView } from '../../test/invented/app';
import { fullHost } from '../../test/invented/host';
import { accessible, hook, screen, show, waitFor } from '../../test/screen';

describe('newer versions', () => {
  test('a build that cannot look says so, and where releases are', async () => {
    const host = fullHost({ updates: () => ({ ...updatesView, canLook: false, host: null }) });
    show(host, '#/settings');
    const none = await hook('updates-none');
    expect(none.textContent).toContain('does not look for newer versions');
    expect(none.textContent).toContain('https://wholechart.example/releases');
    expect(screen.queryByTestId('updates-on')).toBeNull();
    await accessible();
  });

  test('nobody is asked until it is switched on, and nothing is fetched until somebody presses', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/settings');
    const on = await hook('updates-on');
    expect((on as HTMLInputElement).checked).toBe(false);
    expect(screen.queryByTestId('updates-now')).toBeNull();
    await user.click(on);
    await waitFor(() => expect(host.argsOf('setUpdates')).toEqual([{ on: true }]));
    expect(host.argsOf('lookForUpdate')).toEqual([]);
    await user.click(await hook('updates-now'));
    const found = await hook('updates-found');
    expect(found.textContent).toContain('Version 0.2.0 of December 1, 2026');
    expect(found.textContent).toContain('Opens faster.');
    expect(host.argsOf('downloadUpdate')).toEqual([]);
    await accessible();
    await user.click(await hook('updates-download'));
    expect((await hook('updates-saved')).textContent).toContain('/home/mabel/Downloads/');
    expect((await hook('updates-found')).textContent).toContain('your system’s own installer');
    expect(host.argsOf('openSaved')).toEqual([]);
    await user.click(await hook('updates-open'));
    await waitFor(() => expect(host.argsOf('openSaved')).toHaveLength(1));
    await accessible();
  });

  test('what does not count is said, and what was shown stays', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      updates: () => ({ ...updatesView, on: true }),
      lookForUpdate: () => {
        throw apiError({ message: 'It is not signed.', advice: 'Nothing was changed.' });
      },
    });
    show(host, '#/settings');
    await user.click(await hook('updates-now'));
    expect((await hook('error-message')).textContent).toContain('It is not signed.');
    expect(screen.queryByTestId('updates-found')).toBeNull();
    expect((await hook('updates-now')).hasAttribute('disabled')).toBe(false);
  });
});
