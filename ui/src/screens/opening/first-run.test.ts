import { userEvent } from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import type { Lock } from '../../lib/api/generated/Lock';
import type { PersonView } from '../../lib/api/generated/PersonView';
import { apiError, FakeHost, pending } from '../../test/fake-host';
import { appState } from '../../test/invented/app';
import { fullHost } from '../../test/invented/host';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

const CODE = 'K7QD-M2XA-9PT4-ZH3B-VN8C-QW5E-RJ6F-YD2G';

/** Copies the asked groups of the code from paper, `as` they are written there. */
async function sayBack(user: ReturnType<typeof userEvent.setup>, as = (group: string) => group) {
  await user.click(await hook('recovery-kept'));
  const fields = await screen.findAllByTestId<HTMLInputElement>('recovery-group');
  expect(fields).toHaveLength(3);
  for (const field of fields) await user.type(field, as(CODE.split('-')[Number(field.dataset.place)] ?? ''));
  await user.click(await hook('recovery-check'));
}

const locked = (lock: Lock) => appState({ lock, persons: [] });

describe('the record’s door', () => {
  test('asks for a new passphrase twice, says how strong it is, and makes the record', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      appState: () => locked({ is: 'newNeedsPassphrase', reason: 'There is no keychain here.' }),
      createRecord: () => appState({ recoveryCode: 'K7QD-M2XA' }),
    });
    show(host);
    await heading('Choose a passphrase for your record');
    expect(screen.getByText('There is no keychain here.')).toBeTruthy();
    await accessible();

    const [first, second] = screen.getAllByLabelText(/passphrase/i, { selector: 'input' }) as [
      HTMLElement,
      HTMLElement,
    ];
    expect(document.activeElement).toBe(first);
    await user.type(first, 'short');
    expect(await screen.findByText('Easy to guess. Add another word or two.')).toBeTruthy();
    await user.type(first, ' kettle marches north');
    expect(await screen.findByText('Strong.')).toBeTruthy();
    await user.type(second, 'something else');
    await user.click(await hook('lock-create'));
    expect(screen.getByRole('alert').textContent).toContain('not the same');
    expect(host.argsOf('createRecord')).toEqual([]);

    await user.clear(second);
    await user.type(second, 'short kettle marches north');
    await user.click(await hook('lock-create'));
    expect(host.argsOf('createRecord')).toEqual([{ passphrase: 'short kettle marches north' }]);
    await heading('Keep this recovery code');
    const code = await hook('recovery-code');
    expect(code.textContent.trim()).toBe('K7QD-M2XA');
    // Later a group is asked for by its number.
    expect([...code.querySelectorAll<HTMLElement>('span')].map((one) => one.dataset.place)).toEqual([
      '1',
      '2',
    ]);
    await accessible();
  });

  test('says how far the record is brought up to date after an upgrade', async () => {
    let open: (state: ReturnType<typeof appState>) => void = () => {};
    const host = fullHost({
      appState: () => new Promise<ReturnType<typeof appState>>((done) => (open = done)),
    });
    show(host);
    await waitFor(() => expect(host.argsOf('appState')).toHaveLength(1));
    expect(screen.queryByRole('progressbar')).toBeNull();
    // However long this machine takes to draw it.
    const now = Date.now();
    const clock = vi.spyOn(Date, 'now').mockReturnValue(now);
    host.send({ is: 'progress', text: 'Bringing your record up to date', percent: 41 });
    clock.mockRestore();
    await heading('One moment');
    const bar = screen.getByRole<HTMLProgressElement>('progressbar', {
      name: 'Bringing your record up to date',
    });
    expect(bar.value).toBe(41);
    expect((await hook('working')).textContent).toContain('41');
    expect(screen.queryByTestId('working-left'), 'nobody can say yet').toBeNull();
    await accessible();
    // Ten hundredths in 30 seconds: the 49 that are left take about 147.
    vi.spyOn(Date, 'now').mockReturnValue(now + 30_000);
    host.send({ is: 'progress', text: 'Bringing your record up to date', percent: 51 });
    expect((await hook('working-left')).textContent).toBe('About 2 minutes left');
    open(appState());
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
  });

  test('says that the keychain is waited for, and goes on without it when the person wants that', async () => {
    const user = userEvent.setup();
    const opened = pending<ReturnType<typeof appState>>();
    let waits = true;
    const host = fullHost({
      appState: () => opened.promise,
      keychainWaits: () => waits,
      withoutKeychain: () => {
        waits = false;
        opened.resolve(locked({ is: 'keyMissing', reason: 'The keychain could not be used.' }));
        return null;
      },
    });
    show(host);
    expect(screen.queryByText('Waiting for your keychain')).toBeNull();
    await screen.findByRole('heading', { name: 'Waiting for your keychain' }, { timeout: 10_000 });
    expect((await hook('keychain-waits')).textContent).toContain('asks for its password');
    await accessible();
    await user.click(screen.getByRole('button', { name: 'Go on without it' }));
    await heading('The key to your record is not where it was');
    expect(screen.getByLabelText('Recovery code')).toBeTruthy();
  });

  test('a press that waits for the keychain says so, with the same way out', async () => {
    const user = userEvent.setup();
    const opened = pending<ReturnType<typeof appState>>();
    const host = fullHost({
      appState: () => locked({ is: 'locked', passphrase: false }),
      retryUnlock: () => opened.promise,
      keychainWaits: () => true,
      withoutKeychain: () => {
        opened.resolve(locked({ is: 'keyMissing', reason: 'The keychain could not be used.' }));
        return null;
      },
    });
    show(host);
    await user.click(await hook('lock-open'));
    await user.click(await screen.findByTestId('keychain-give-up', {}, { timeout: 10_000 }));
    await heading('The key to your record is not where it was');
    expect(screen.queryByTestId('keychain-waits')).toBeNull();
  });

  test('keeps a wrong passphrase in its field and says so', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      appState: () => locked({ is: 'needsPassphrase' }),
      unlock: ({ passphrase }) => {
        if (passphrase === 'right') return appState();
        throw apiError({
          code: 'wrongPassphrase',
          message: 'That is not the passphrase.',
          advice: 'Try again.',
        });
      },
    });
    show(host);
    await heading('Your record is locked');
    await accessible();
    const field = screen.getByLabelText<HTMLInputElement>('Passphrase or recovery code');
    // Typed at once, without a click before it.
    expect(document.activeElement).toBe(field);
    await user.keyboard('wrong{Enter}');
    expect((await hook('error-message')).textContent).toContain('That is not the passphrase.');
    expect(field.value).toBe('wrong');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await accessible();
    // The next try takes the place of the first.
    await user.keyboard('right{Enter}');
    await heading(/health record$/);
  });

  test('says that the key is missing, takes the recovery code, and looks again when asked', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      appState: () => locked({ is: 'keyMissing', reason: 'The keychain was emptied.' }),
      retryUnlock: () => appState(),
    });
    show(host);
    await heading('The key to your record is not where it was');
    expect(screen.getByText('The keychain was emptied.')).toBeTruthy();
    expect(screen.getByLabelText('Recovery code')).toBeTruthy();
    await accessible();
    await user.click(await hook('lock-retry'));
    await heading(/health record$/);
  });

  test('a missing file is looked for again, and a new record is begun only when it is asked for twice', async () => {
    const user = userEvent.setup();
    const missing = locked({
      is: 'recordMissing',
      reason: 'The file is missing.',
      file: '/home/m/record.db',
    });
    const host = fullHost({
      appState: () => missing,
      retryUnlock: () => missing,
      beginAnew: () => appState({ recoveryCode: 'K7QD-M2XA' }),
    });
    show(host);
    await heading('The file of your record is missing');
    expect(screen.getByText('/home/m/record.db')).toBeTruthy();
    await accessible();
    await user.click(await hook('lock-retry'));
    await heading('The file of your record is missing');
    await user.click(await hook('lock-anew'));
    expect(host.argsOf('beginAnew')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Yes, begin a new, empty record' }));
    expect(host.argsOf('beginAnew')).toHaveLength(1);
    await heading('Keep this recovery code');
  });

  test('shows the record at once and brings it up to date behind it, until that is left for later', async () => {
    const user = userEvent.setup();
    const host = fullHost({ appState: () => appState(), stopCatchingUp: () => null });
    show(host);
    await heading(/health record$/);
    expect(screen.queryByTestId('catching-up')).toBeNull();
    host.send({ is: 'progress', text: 'Bringing your record up to date', percent: 41 });
    expect((await hook('catching-up')).textContent).toContain('41');
    await accessible();
    await user.click(await hook('catching-up-stop'));
    expect(host.argsOf('stopCatchingUp')).toHaveLength(1);
    host.send({ is: 'changed' });
    await waitFor(() => expect(screen.queryByTestId('catching-up')).toBeNull());
  });

  test('says that nothing can be written, and shows the record all the same', async () => {
    show(fullHost({ appState: () => appState({ unwritable: 'There is no room left.' }) }));
    await heading(/health record$/);
    expect((await hook('unwritable')).textContent).toBe('There is no room left.');
    await accessible();
  });

  test.each<[Lock, string]>([
    [{ is: 'inUse' }, 'Your record is open somewhere else'],
    [{ is: 'failed', reason: 'The disk is full.' }, 'Your record could not be opened'],
  ])('%o can be tried again, and a second failure is told', async (lock, words) => {
    const user = userEvent.setup();
    let tries = 0;
    const host = fullHost({
      appState: () => locked(lock),
      retryUnlock: () => {
        tries += 1;
        if (tries === 1) throw apiError({ message: 'Still not.', advice: 'Wait a moment.' });
        return appState();
      },
    });
    show(host);
    await heading(words);
    await accessible();
    await user.click(await hook('lock-retry'));
    await screen.findByText('Still not.');
    await user.click(await hook('lock-retry'));
    await heading(/health record$/);
  });

  test('is shown as soon as any command finds the record locked', async () => {
    let state = appState();
    const host = fullHost({
      appState: () => state,
      ledger: () => {
        state = locked({ is: 'needsPassphrase' });
        throw apiError({ code: 'locked', message: 'Locked.' });
      },
    });
    show(host, '#/providers/c-lake');
    await heading('Your record is locked');
  });

  test('a host that does not answer is told in words, and asked again', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      appState: () => {
        throw new Error('channel closed');
      },
    });
    show(host);
    await heading('Wholechart could not start');
    expect((await hook('error-message')).textContent).toContain('Nothing stored is lost');
    await accessible();
    host.answers.appState = () => appState();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await heading(/health record$/);
  });
});

describe('the first run', () => {
  test('asks whose record it is, offers this computer’s zone, and leads straight to the providers', async () => {
    const user = userEvent.setup();
    let state = appState({ persons: [] });
    const host = fullHost({
      appState: () => state,
      connections: () => [],
      savePerson: ({ name, birthDate, homeZone }) => {
        const person = {
          id: 'p1',
          name,
          birthDate: birthDate ?? null,
          birthDateSent: null,
          homeZone,
          colour: 0,
        };
        state = { ...state, persons: [person] };
        return person;
      },
    });
    show(host);
    await heading(/All your health records/);
    expect(screen.getByText('Sample')).toBeTruthy();
    expect(((await hook('welcome-zone')) as HTMLSelectElement).value).toBe('America/Chicago');
    await accessible();
    await user.type(await hook('welcome-name'), '  ليلى حداد ');
    await user.click(await hook('welcome-start'));
    const title = await heading(/Where are/);
    expect(host.argsOf('savePerson')).toEqual([
      { name: 'ليلى حداد', birthDate: null, homeZone: 'America/Chicago' },
    ]);
    expect((await screen.findAllByTestId('directory-item')).length).toBeGreaterThan(3);
    expect(screen.getByTestId('provider-search')).toBeTruthy();
    expect((await hook('door-sample')).getAttribute('href')).toBe('#/providers/add?sample=1');
    expect(screen.getByTestId('sample-badge')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(title));
    await accessible();
  });

  test('takes a date of birth that exists, and says when it does not', async () => {
    const user = userEvent.setup();
    const host = fullHost({ appState: () => appState({ persons: [] }) });
    show(host);
    await user.type(await hook('welcome-name'), 'Mabel');
    const birth = await hook('welcome-birth');
    await user.type(birth, '2/30/1961{Enter}');
    expect((await hook('welcome-birth-words')).textContent).toContain('does not exist');
    expect(host.argsOf('savePerson')).toEqual([]);
    await accessible();
    await user.clear(birth);
    await user.type(birth, '2/3/1961');
    expect((await hook('welcome-birth-words')).textContent).toBe('February 3, 1961');
    await user.click(await hook('welcome-start'));
    expect(host.argsOf('savePerson')[0]?.birthDate).toBe('1961-02-03');
  });

  test('has no sample door and no sample badge outside sample mode', async () => {
    show(
      fullHost({ appState: () => appState({ sample: false, profile: 'default' }), connections: () => [] }),
    );
    await heading(/Where are/);
    expect(screen.queryByTestId('door-sample')).toBeNull();
    expect(screen.queryByTestId('sample-badge')).toBeNull();
  });

  test('a refused name is told and kept', async () => {
    const user = userEvent.setup();
    const host = new FakeHost({
      appState: () => appState({ persons: [] }),
      savePerson: () => {
        throw apiError({ message: 'The disk is full.', advice: 'Make some room.' });
      },
    });
    show(host);
    const name = (await hook('welcome-name')) as HTMLInputElement;
    await user.type(name, 'Mabel{Enter}');
    expect((await hook('error-message')).textContent).toContain('The disk is full.');
    expect(name.value).toBe('Mabel');
  });

  test('says what the app is before it shows a code, and where it leads after it', async () => {
    const user = userEvent.setup();
    let state = appState({ recoveryCode: CODE, persons: [] });
    const host = fullHost({
      appState: () => state,
      connections: () => [],
      savePerson: () => {
        state = { ...state, persons: appState().persons };
        return appState().persons[0] as PersonView;
      },
      recoveryCodeKept: () => (state = { ...state, recoveryCode: null }),
    });
    show(host);
    await heading(/All your health records/);
    expect(screen.queryByTestId('recovery-code')).toBeNull();
    await user.type(await hook('welcome-name'), 'Mabel{Enter}');
    await heading('Keep this recovery code');
    await sayBack(user);
    await heading(/Where are/);
  });

  test('the recovery code can be printed, by button and by key', async () => {
    const user = userEvent.setup();
    const host = fullHost({ appState: () => appState({ recoveryCode: 'K7QD-M2XA' }) });
    show(host);
    await user.click(await hook('recovery-print'));
    expect(host.printed).toBe(1);
    await user.keyboard('{Control>}p{/Control}');
    expect(host.printed).toBe(2);
    host.print = () => Promise.reject(new Error('no printer'));
    await user.click(await hook('recovery-print'));
    expect((await hook('error-message')).textContent).toContain('Write the code down by hand');
  });

  test('the recovery code is for a forgotten passphrase where there is one, and for a lost key where not', async () => {
    for (const passphrase of [true, false]) {
      const host = fullHost({
        appState: () => appState({ recoveryCode: CODE }),
        keys: () => ({ keychain: !passphrase, passphrase }),
      });
      const shown = show(host);
      const lead = passphrase ? /If you forget your passphrase/ : /^If this computer loses the key/;
      expect((await screen.findByText(lead)).textContent).toContain('only other way in');
      shown.unmount();
    }
  });

  test('a sample record is marked so without sample mode too', async () => {
    show(fullHost({ appState: () => appState({ sample: false, profile: 'sample' }) }), '#/home');
    expect((await hook('sample-badge')).isConnected).toBe(true);
  });

  test('the recovery code goes when three groups of it were said back', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      appState: () => appState({ recoveryCode: CODE }),
      recoveryCodeKept: () => appState(),
    });
    show(host);
    await sayBack(user, () => 'AAAA');
    expect(screen.getByRole('alert').textContent).toMatch(/Group \d is not what the code says/);
    expect(screen.queryByTestId('recovery-code')).toBeNull();
    await accessible();
    expect(host.argsOf('recoveryCodeKept')).toHaveLength(0);
    await user.click(await hook('recovery-again'));
    expect((await hook('recovery-code')).textContent.trim()).toBe(CODE);
    // As somebody wrote it down.
    await sayBack(user, (group) => ` ${group.toLowerCase()}`);
    await heading(/health record$/);
    expect(host.argsOf('recoveryCodeKept')).toHaveLength(1);
  });
});
