import { userEvent } from '@testing-library/user-event';
import { within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { ConnectionView } from '../../lib/api/generated/ConnectionView';
import type { PersonView } from '../../lib/api/generated/PersonView';
import type { SyncReport } from '../../lib/api/generated/SyncReport';
import { apiError, pending, type FakeHost } from '../../test/fake-host';
import { fullHost } from '../../test/invented/host';
import { appState } from '../../test/invented/app';
import { connection, connections, syncKinds } from '../../test/invented/providers';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

async function card(name: string) {
  await heading('Providers');
  const found = await waitFor(() => {
    const item = screen.getAllByTestId('provider-item').find((one) => one.dataset.name === name);
    if (!item) throw new Error(`no provider ${name}`);
    return item;
  });
  return within(found);
}

describe('the list of providers', () => {
  test('what is due is fetched by itself, side by side, and what it brought is told', async () => {
    const host = fullHost({ syncDue: () => ['c-lake', 'c-harbor'] });
    show(host, '#/providers');
    await heading('Providers');
    await waitFor(() =>
      expect(host.argsOf('sync').map((one) => one.connection)).toEqual(['c-lake', 'c-harbor']),
    );
    host.send({
      is: 'news',
      person: 'p2',
      connection: 'c-else',
      text: '7 new records',
      toldAway: 'New records came.',
    });
    host.send({
      is: 'news',
      person: 'p1',
      connection: 'c-lake',
      text: '1 new record',
      toldAway: 'New records came.',
    });
    expect(document.body.textContent).not.toContain('7 new records');
    const link = await hook('toast-link');
    expect(link.closest('[data-testid=toast]')?.textContent).toContain('Lakeside Family Medicine: 1 new');
    expect(link.getAttribute('href')).toBe('#/providers/c-lake');
  });

  test('being offline is no alarm', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      sync: () => {
        throw apiError({
          code: 'unreachable',
          message: 'It cannot be reached.',
          advice: 'You may be offline.',
        });
      },
    });
    show(host, '#/providers');
    await user.click((await card('Lakeside Family Medicine')).getByTestId('sync-now'));
    expect((await hook('provider-offline')).textContent).toContain('You may be offline.');
    expect(screen.queryByRole('alert')).toBeNull();
    await accessible();
    window.dispatchEvent(new Event('online'));
    await waitFor(() => expect(host.argsOf('syncDue')).toHaveLength(2));
  });

  test('somebody else’s record stops, and is asked about', async () => {
    const user = userEvent.setup();
    const theirs = [
      connection({ id: 'c-ben', name: 'Lakeside Family Medicine', lastSync: null, lastSyncText: null }),
      connection({ id: 'c-old', name: 'Bayview Clinic' }),
    ];
    const state = appState();
    const ben = { ...state.persons[0], id: 'p2', name: 'Ben Okafor' } as PersonView;
    const host = fullHost({
      appState: () => ({ ...state, persons: [...state.persons, ben] }),
      choosePerson: () => ({ ...state, persons: [...state.persons, ben], person: 'p2' }),
      connections: ({ person }) => (person === 'p2' ? theirs : connections),
      sync: () => {
        throw apiError({ code: 'otherPatient', message: 'It has the record of Ben Okafor.' });
      },
      giveConnection: () => ({
        id: 'p2',
        name: 'Ben Okafor',
        birthDate: null,
        birthDateSent: null,
        homeZone: 'America/Chicago',
        colour: 1,
      }),
    });
    show(host, '#/providers');
    await user.click((await card('Lakeside Family Medicine')).getByTestId('sync-now'));
    expect((await hook('error-message')).textContent).toContain('Ben Okafor');
    await accessible();
    await user.click(await hook('same-person'));
    await waitFor(() => expect(host.argsOf('sync')).toHaveLength(2));
    expect(host.argsOf('sync')[1]).toEqual({ connection: 'c-lake', whole: null, samePerson: true });
    await user.click(await hook('other-person'));
    expect(host.argsOf('giveConnection')).toEqual([{ person: 'p1', connection: 'c-lake' }]);
    // Their record is opened, and what the provider has of them is fetched at once.
    await waitFor(() => expect(host.argsOf('choosePerson')).toEqual([{ person: 'p2' }]));
    await waitFor(() => expect(host.argsOf('sync').at(-1)?.connection).toBe('c-ben'));
    expect(host.argsOf('sync')).toHaveLength(3);
    expect(location.hash).toBe('#/providers');
    expect((await hook('toast')).textContent).toContain('Ben Okafor');
  });

  test('tells each one’s state, when it was last asked and its verdict', async () => {
    show(fullHost(), '#/providers');
    const lake = await card('Lakeside Family Medicine');
    expect(lake.getByTestId('provider-state').dataset.state).toBe('connected');
    expect(lake.getByText(/812 items received/).textContent).toContain('updated today, 2:05 PM');
    expect(lake.getByTestId('provider-verdict').textContent).toBe('Everything this provider shares is here.');
    const harbor = await card('Harbor Heart Clinic');
    expect(harbor.getByTestId('provider-state').textContent).toContain('Sign-in needed');
    expect(harbor.queryByTestId('sync-now')).toBeNull();
    expect(screen.getByTestId('nav-providers').textContent).toContain(
      'One provider asks you to sign in again',
    );
    await accessible();
  });

  test('says what to do when it is empty', async () => {
    show(fullHost({ connections: () => [] }), '#/providers');
    expect((await screen.findByText(/No providers yet/)).textContent).toBeTruthy();
    await accessible();
  });

  test('shows an error with what to do, and its details only when asked', async () => {
    show(
      fullHost({
        connections: () => {
          throw apiError({
            message: 'The record could not be read.',
            advice: 'Open it again.',
            details: 'SQLITE_IOERR',
          });
        },
      }),
      '#/providers',
    );
    const note = await hook('error-message');
    expect(note.textContent).toContain('Open it again.');
    expect(within(note).getByText('SQLITE_IOERR').closest('details')?.open).toBe(false);
    await accessible();
  });

  test('bears names of any length and direction', async () => {
    const long = 'Featherstonehaugh'.repeat(18);
    show(
      fullHost({
        connections: () => [connection({ name: long }), connection({ id: 'x', name: 'مستشفى القديس جورج' })],
      }),
      '#/providers',
    );
    expect((await card(long)).getByRole('heading').textContent).toBe(long);
    expect((await card('مستشفى القديس جورج')).getByRole('heading').querySelector('bdi')).toBeTruthy();
    await accessible();
  });
});

describe('a sync', () => {
  const brought = (host: FakeHost, more: Partial<SyncReport>) => {
    const full = fullHost();
    host.answers.sync = async (args) => ({
      ...(await full.call('sync', args)),
      ...{ new: 0, changed: 0, withdrawn: 0, news: null },
      ...more,
    });
  };

  test('that brought nothing new says so: of one, and of all in one sentence', async () => {
    const user = userEvent.setup();
    const two = [connection(), connection({ id: 'c-summit', name: 'Summit General Hospital' })];
    const host = fullHost({ connections: () => two });
    brought(host, {});
    show(host, '#/providers');
    const lake = await card('Lakeside Family Medicine');
    // What is fetched by itself when the record opens is not told.
    expect(screen.queryByTestId('toast')).toBeNull();
    await user.click(lake.getByTestId('sync-now'));
    await waitFor(() =>
      expect(screen.getByTestId('toasts').textContent).toContain('No new records from Lakeside'),
    );
    await user.click(await hook('sync-all'));
    await waitFor(() =>
      expect(screen.getByTestId('toasts').textContent).toContain('No new records. You already'),
    );
  });

  test.each([{ new: 1 }, { withdrawn: 1 }, { answered: false }])(
    'is not called nothing new: %o',
    async (more) => {
      const user = userEvent.setup();
      const host = fullHost({ connections: () => [connection()] });
      brought(host, more);
      show(host, '#/providers');
      const lake = await card('Lakeside Family Medicine');
      await user.click(lake.getByTestId('sync-now'));
      await waitFor(() => expect(host.argsOf('connections').length).toBeGreaterThan(1));
      const told = await screen.findAllByTestId('toasts');
      // What was not answered is told at the provider.
      const done = !('answered' in more);
      await waitFor(() => expect(told[0]?.textContent.includes('Done.')).toBe(done));
      expect(told[0]?.textContent).not.toContain('No new records');
    },
  );

  test('has one number, and does not begin anew when it is nearly done', async () => {
    const host = fullHost({ connections: () => [connection({ resources: 49 })] });
    show(host, '#/providers');
    const lake = await card('Lakeside Family Medicine');
    expect(lake.getByText(/49 records|49 items/)).toBeTruthy();
    const done = syncKinds.map((kind) => ({ ...kind, state: 'complete' as const }));
    host.send({ is: 'sync', connection: 'c-lake', kinds: done, done: false, asked: 18, planned: 18 });
    await lake.findByText(/^Almost done/);
    expect(lake.queryByText(/49 records|49 items/)).toBeNull();
    expect(lake.queryByText(/^Asking/)).toBeNull();
  });

  test('shows what is received of each kind, can be stopped, and ends with the new state', async () => {
    const user = userEvent.setup();
    const run = pending<SyncReport>();
    let list: ConnectionView[] = [connection()];
    const host = fullHost({ connections: () => list, sync: () => run.promise });
    show(host, '#/providers');
    const lake = await card('Lakeside Family Medicine');
    await user.click(lake.getByTestId('sync-now'));
    expect(lake.getByTestId('provider-state').dataset.state).toBe('syncing');
    host.send({ is: 'sync', connection: 'c-lake', kinds: syncKinds, done: false, asked: 7, planned: 18 });
    await lake.findByText('Receiving Results …');
    expect(lake.getByText('358 received')).toBeTruthy();
    expect(lake.getByText('Your provider did not share this.')).toBeTruthy();
    const bar = lake.getByRole('progressbar') as HTMLProgressElement;
    expect([bar.value, bar.max]).toEqual([7, 18]);
    await accessible();

    await user.click(lake.getByTestId('sync-cancel'));
    expect(host.argsOf('cancelSync')).toEqual([{ connection: 'c-lake' }]);
    expect(lake.getByText('Stopping. What has arrived is kept.')).toBeTruthy();
    list = [connection({ verdict: 'You stopped before everything was here.' })];
    run.resolve({
      connection: 'c-lake',
      new: 1,
      changed: 0,
      unchanged: 0,
      withdrawn: 0,
      kinds: [],
      answered: true,
      setAside: [],
      verdict: '',
      news: null,
    });
    await lake.findByText('You stopped before everything was here.');
    expect(lake.getByTestId('provider-state').dataset.state).toBe('connected');
  });

  test('that fails says so, and a sign-in that ended can be made again', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      sync: () => {
        throw apiError({ code: 'signInNeeded', message: 'The sign-in has ended.', advice: 'Sign in again.' });
      },
      connect: () => new Promise(() => undefined),
    });
    show(host, '#/providers');
    const lake = await card('Lakeside Family Medicine');
    await user.click(lake.getByTestId('sync-now'));
    expect((await lake.findByTestId('error-message')).dataset.code).toBe('signInNeeded');
    await user.click(lake.getByTestId('sign-in-again'));
    await hook('connect-waiting');
    expect(host.argsOf('connect')[0]?.target).toEqual({ is: 'again', connection: 'c-lake' });
  });

  test('that somebody else runs is shown, and goes when it ends', async () => {
    const host = fullHost();
    show(host, '#/providers');
    const summit = await card('Summit General Hospital');
    host.send({ is: 'sync', connection: 'c-summit', kinds: syncKinds, done: false, asked: 1, planned: 9 });
    const progress = await summit.findByTestId('sync-progress');
    const medicines = within(progress).getByText('Medicines').closest('li');
    expect(medicines?.textContent).toContain(
      'Prescriptions: all 41. Pharmacy pick-ups: you did not allow it',
    );
    expect(within(medicines as HTMLElement).getByText(/only a part/)).toBeDefined();
    host.send({ is: 'sync', connection: 'c-summit', kinds: syncKinds, done: true, asked: 9, planned: 9 });
    await waitFor(() => expect(summit.queryByTestId('sync-progress')).toBeNull());
  });
});

describe('disconnecting', () => {
  test('removes its records only when it is asked for twice', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/providers');
    await user.click((await card('Summit General Hospital')).getByTestId('provider-disconnect'));
    await user.click(await hook('disconnect-forget'));
    const what = { what: 'connection', person: 'p1', connection: 'c-summit' };
    expect((await hook('erase-what')).textContent).toContain('Everything that came');
    expect(host.argsOf('erasePreview')).toEqual([{ what }]);
    expect((await hook('erase-now')).hasAttribute('disabled')).toBe(true);
    await user.click(await hook('erase-sure'));
    await accessible();
    await user.click(await hook('erase-now'));
    await waitFor(() => expect(host.argsOf('erase')).toEqual([{ what }]));
    expect((await hook('toast')).textContent).toMatch(/its records are removed/);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('keeps its records', async () => {
    const [choice, keepRecords, words] = ['disconnect-keep', true, /Its records are kept/] as const;
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/providers');
    await user.click((await card('Summit General Hospital')).getByTestId('provider-disconnect'));
    expect(screen.getByRole('dialog', { name: 'Disconnect Summit General Hospital?' })).toBeTruthy();
    await accessible();
    await user.click(await hook(choice));
    expect(host.argsOf('disconnect')).toEqual([{ person: 'p1', connection: 'c-summit', keepRecords }]);
    expect((await hook('toast')).textContent).toMatch(words);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('that kept its records leaves a way to remove them', async () => {
    const user = userEvent.setup();
    const gone = connection({ id: 'c-gone', name: 'Birchwood Clinic', state: 'disconnected' });
    const host = fullHost({ connections: () => [gone] });
    show(host, '#/providers');
    const of = await card('Birchwood Clinic');
    for (const none of ['provider-disconnect', 'provider-verdict', 'sync-now'])
      expect(of.queryByTestId(none)).toBeNull();
    await user.click(of.getByTestId('own-erase'));
    const what = { what: 'connection', person: 'p1', connection: 'c-gone' };
    await waitFor(() => expect(host.argsOf('erasePreview')).toEqual([{ what }]));
    await accessible();
    await user.click(await hook('erase-sure'));
    await user.click(await hook('erase-now'));
    await waitFor(() => expect(host.argsOf('erase')).toEqual([{ what }]));
  });

  test('can be thought better of', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/providers');
    await user.click((await card('Summit General Hospital')).getByTestId('provider-disconnect'));
    await user.click(screen.getByRole('button', { name: 'Stay connected' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(host.argsOf('disconnect')).toEqual([]);
  });
});

describe('what a provider gave', () => {
  test('is listed with the reason for what is missing', async () => {
    show(fullHost(), '#/providers/c-summit');
    await heading('What we got from Summit General Hospital, and what’s missing');
    const list = await hook('ledger');
    // What only a helper understands is there for who opens it.
    const hosts = (await hook('ledger-hosts')) as HTMLDetailsElement;
    expect(hosts.open).toBe(false);
    expect(hosts.textContent).toContain('FHIR');
    expect(list.textContent).toContain('488 of 512');
    expect(list.textContent).toContain('Your provider did not share this.');
    expect(
      within(list)
        .getByText(/502 on page 6/)
        .closest('details')?.open,
    ).toBe(false);
    await accessible();
  });
});
