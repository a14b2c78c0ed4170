import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { apiError } from '../../test/fake-host';
import { fullHost } from '../../test/invented/host';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

const PASSPHRASE = 'mule lantern copper thursday';

describe('what opens the record', () => {
  test('is another recovery code, which is said and asked back', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/settings');
    expect((await hook('keys-ways')).textContent).toContain('keychain');
    await user.click(await hook('keys-code'));
    expect(screen.queryByLabelText(/^Passphrase of your record/)).toBeNull();
    await accessible();
    await user.click(await hook('keys-now'));
    await heading('Keep this recovery code');
    expect(host.argsOf('newRecoveryCode')).toEqual([{ secret: undefined }]);
  });

  test('is a passphrase as well, when it is not easy to guess', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/settings');
    await user.click(await hook('keys-passphrase'));
    await user.type(screen.getByLabelText('New passphrase'), PASSPHRASE);
    await user.type(screen.getByLabelText('Confirm passphrase'), PASSPHRASE);
    await screen.findByText('Strong.');
    await accessible();
    await user.click(await hook('keys-now'));
    await waitFor(() =>
      expect(host.argsOf('setPassphrase')).toEqual([{ secret: undefined, passphrase: PASSPHRASE }]),
    );
    expect((await hook('keys-passphrase')).textContent).toContain('Change the passphrase');
  });

  test('is asked for where the keychain turns out not to have the key', async () => {
    const user = userEvent.setup();
    const full = fullHost();
    const host = fullHost({
      newRecoveryCode: (args) => {
        if (args.secret === undefined)
          throw apiError({ code: 'wrongPassphrase', message: 'The keychain could not be used.' });
        return full.call('newRecoveryCode', args);
      },
    });
    show(host, '#/settings');
    await user.click(await hook('keys-code'));
    await user.click(await hook('keys-now'));
    expect((await hook('error-message')).textContent).toContain('could not be used');
    await user.type(screen.getByLabelText('Passphrase of your record, or recovery code'), PASSPHRASE);
    await accessible();
    await user.click(await hook('keys-now'));
    await heading('Keep this recovery code');
    expect(host.argsOf('newRecoveryCode')).toEqual([{ secret: undefined }, { secret: PASSPHRASE }]);
  });

  test('is asked for where no keychain has the key', async () => {
    const user = userEvent.setup();
    let tries = 0;
    const full = fullHost();
    const host = fullHost({
      keys: () => ({ keychain: false, passphrase: true }),
      changeKey: (args) => {
        tries += 1;
        if (tries === 1)
          throw apiError({ code: 'wrongPassphrase', message: 'It does not open this record.' });
        return full.call('changeKey', args);
      },
    });
    show(host, '#/settings');
    await user.click(await hook('keys-change'));
    const field = screen.getByLabelText<HTMLInputElement>('Passphrase of your record');
    expect(document.activeElement).toBe(field);
    await user.click(await hook('keys-now'));
    expect(host.argsOf('changeKey')).toEqual([]);
    await user.type(field, 'a guess');
    await user.click(await hook('keys-now'));
    expect((await hook('error-message')).textContent).toContain('does not open this record');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await accessible();
    await user.clear(field);
    await user.type(field, PASSPHRASE);
    await user.click(await hook('keys-now'));
    await heading('Keep this recovery code');
    expect(host.argsOf('changeKey').at(-1)).toEqual({ secret: PASSPHRASE });
  });
});
