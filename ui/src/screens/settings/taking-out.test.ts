import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { apiError } from '../../test/fake-host';
import { fullHost } from '../../test/invented/host';
import { accessible, hook, screen, show, waitFor } from '../../test/screen';

const PASSPHRASE = 'mule lantern copper thursday';
const HERE = { path: '/media/stick/Wholechart Mabel 2026-07-01', warning: null };

describe('everything taken out', () => {
  test('goes into a folder that was chosen, and is opened from there', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      chooseTakeOutFolder: () => ({ folder: '/media/stick', warning: null }),
      takeOut: () => HERE,
      openSaved: () => null,
    });
    show(host, '#/settings');
    await user.click(await hook('take-out-begin'));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('take-out-folder')));
    expect((await hook('take-out-open')).textContent).toContain('can read everything');
    await accessible();
    await user.click(await hook('take-out-now'));
    expect(screen.getByRole('alert').textContent).toContain('Choose the folder');
    expect(host.argsOf('takeOut')).toEqual([]);
    await user.click(await hook('take-out-folder'));
    expect((await hook('take-out-chosen')).textContent).toBe('/media/stick');
    await user.click(await hook('take-out-now'));
    const done = await hook('take-out-done');
    expect(done.textContent).toContain(HERE.path);
    expect(host.argsOf('takeOut')).toMatchObject([{ folder: '/media/stick', passphrase: null }]);
    await accessible();
    await user.click(await hook('take-out-look'));
    await waitFor(() => expect(host.argsOf('openSaved')).toHaveLength(1));
  });

  test('is one file where it is encrypted, behind a passphrase that is typed twice', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      chooseTakeOutFolder: () => ({ folder: '/home/mabel/Dropbox', warning: 'Dropbox copies it.' }),
      takeOut: () => ({ path: '/home/mabel/Dropbox/Wholechart Mabel 2026-07-01.tar.age', warning: null }),
    });
    show(host, '#/settings');
    await user.click(await hook('take-out-begin'));
    await user.click(await hook('take-out-folder'));
    await waitFor(() =>
      expect(screen.getByTestId('take-out-open').textContent).toContain('Dropbox copies it.'),
    );
    await user.click(await hook('take-out-encrypt'));
    expect(screen.queryByTestId('take-out-open')).toBeNull();
    await accessible();
    await user.click(await hook('take-out-now'));
    expect(host.argsOf('takeOut')).toEqual([]);
    const fields = screen
      .getByTestId('take-out')
      .querySelectorAll<HTMLElement>('input:not([type="checkbox"])');
    expect(fields).toHaveLength(2);
    for (const field of fields) await user.type(field, PASSPHRASE);
    await user.click(await hook('take-out-now'));
    await hook('take-out-done');
    expect(host.argsOf('takeOut')).toMatchObject([{ passphrase: PASSPHRASE }]);
    expect(screen.queryByTestId('take-out-look')).toBeNull();
  });

  test('can be stopped while it is written, and says what went wrong', async () => {
    const user = userEvent.setup();
    let stop: (error: unknown) => void = () => undefined;
    const host = fullHost({
      chooseTakeOutFolder: () => ({ folder: '/media/stick', warning: null }),
      takeOut: () => new Promise((_, reject) => (stop = reject)) as never,
      stopTakingOut: () => {
        stop(apiError({ code: 'cancelled', message: 'Stopped.' }));
        return null;
      },
    });
    show(host, '#/settings');
    await user.click(await hook('take-out-begin'));
    await user.click(await hook('take-out-folder'));
    await user.click(await hook('take-out-now'));
    await user.click(await hook('take-out-stop'));
    await waitFor(() =>
      expect(screen.getByTestId('take-out-now').textContent).toContain('Take everything out'),
    );
    expect(host.argsOf('stopTakingOut')).toHaveLength(1);
    expect(screen.queryByTestId('error-message')).toBeNull();
    host.answers.takeOut = () => {
      throw apiError({ message: 'There is not enough room where you want to write.' });
    };
    await user.click(await hook('take-out-now'));
    expect((await hook('error-message')).textContent).toContain('not enough room');
  });
});
