import { userEvent } from '@testing-library/user-event';
import { within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { ConnectionView } from '../lib/api/generated/ConnectionView';
import type { SyncReport } from '../lib/api/generated/SyncReport';
import { apiError, type FakeHost } from '../test/fake-host';
import { appState } from '../test/invented/app';
import { fullHost } from '../test/invented/host';
import { connection, connections, syncKinds } from '../test/invented/providers';
import { accessible, heading, hook, screen, show, waitFor } from '../test/screen';

/** A promise that the test ends when it wants to. */
function pending<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

async function card(name: string) {
  await heading('Providers');
  const found = await waitFor(() => {
    const item = screen.getAllByTestId('provider-item').find((one) => one.dataset.name === name);
    if (!item) throw new Error(`no provider ${name}`);
    return item;
  });
  return within(found);
}

const attemptOf = (host: FakeHost) => host.argsOf('connect').at(-1)?.attempt ?? '';

describe('the list of providers', () => {
  test('what is due is fetched by itself, side by side, and what it brought is told', async () => {
    const host = fullHost({ syncDue: () => ['c-lake', 'c-harbor'] });
    show(host, '#/providers');
    await heading('Providers');
    await waitFor(() =>
      expect(host.argsOf('sync').map((one) => one.connection)).toEqual(['c-lake', 'c-harbor']),
    );
    host.send({ is: 'news', person: 'p2', connection: 'c-else', text: '7 new records' });
    host.send({ is: 'news', person: 'p1', connection: 'c-lake', text: '1 new record' });
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
    const host = fullHost({
      sync: () => {
        throw apiError({ code: 'otherPatient', message: 'It has the record of Ben Okafor.' });
      },
      giveConnection: () => ({
        id: 'p2',
        name: 'Ben Okafor',
        birthDate: null,
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
    expect((await hook('toast')).textContent).toContain('Ben Okafor');
  });

  test('tells each one’s state, when it was last asked and its verdict', async () => {
    show(fullHost(), '#/providers');
    const lake = await card('Lakeside Family Medicine');
    expect(lake.getByTestId('provider-state').dataset.state).toBe('connected');
    expect(lake.getByText(/812 items received/).textContent).toContain('last asked today, 14:05');
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
    await summit.findByTestId('sync-progress');
    host.send({ is: 'sync', connection: 'c-summit', kinds: syncKinds, done: true, asked: 9, planned: 9 });
    await waitFor(() => expect(summit.queryByTestId('sync-progress')).toBeNull());
  });
});

describe('disconnecting', () => {
  test.each([
    ['disconnect-keep', true, /Its records are kept/],
    ['disconnect-forget', false, /its records are removed/],
  ])('%s', async (choice, keepRecords, words) => {
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
    await heading('What Summit General Hospital gave us, what not, and why');
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

describe('connecting', () => {
  test('a sample provider: search, choose, sign in, and the first sync starts itself', async () => {
    const user = userEvent.setup();
    const answer = pending<ConnectionView>();
    const sync = pending<SyncReport>();
    let list: ConnectionView[] = [];
    const host = fullHost({
      connections: () => list,
      connect: () => answer.promise,
      sync: () => sync.promise,
    });
    show(host, '#/providers/add');
    await heading('Add a provider');
    await accessible();
    await user.type(await hook('provider-search'), 'summit');
    await waitFor(() => {
      const cards = screen.getAllByTestId('directory-item').map((one) => one.dataset.card);
      expect(cards[0]).toBe('summit');
      expect(cards).not.toContain('lakeside');
    });
    await user.click(screen.getAllByTestId('directory-item')[0] as HTMLElement);
    const waiting = await hook('connect-waiting');
    expect(host.argsOf('connect')[0]).toMatchObject({
      person: 'p1',
      target: { is: 'card', card: 'summit', practice: null, clientId: null, clientSecret: null },
    });
    host.send({
      is: 'connect',
      attempt: 'of somebody else',
      stage: 'done',
      text: 'Not ours',
      signInUrl: null,
      returnsTo: null,
      patients: [],
    });
    host.send({
      is: 'connect',
      attempt: attemptOf(host),
      stage: 'waitingForSignIn',
      text: 'Waiting for you to sign in at fhir.summit.example',
      signInUrl: 'https://fhir.summit.example/authorize',
      returnsTo: null,
      patients: [],
    });
    await waitFor(() => expect(waiting.dataset.stage).toBe('waitingForSignIn'));
    expect(waiting.textContent).toContain('Your password is typed there, never here.');
    expect((await hook('sample-user')).textContent).toBe('mabel.summit');
    await accessible();

    list = [connections[1] as ConnectionView];
    answer.resolve(connections[1] as ConnectionView);
    await heading('Providers');
    await waitFor(() =>
      expect(host.argsOf('sync')).toEqual([{ connection: 'c-summit', whole: null, samePerson: null }]),
    );
    expect((await card('Summit General Hospital')).getByTestId('provider-state').dataset.state).toBe(
      'syncing',
    );
  });

  test('the sample door lists the sample providers only', async () => {
    show(fullHost({ connections: () => [] }), '#/providers/add?sample=1');
    await heading('Sample providers');
    await waitFor(() =>
      expect(screen.getAllByTestId('directory-item').map((one) => one.dataset.card)).toEqual([
        'lakeside',
        'summit',
        'harbor',
      ]),
    );
    await accessible();
  });

  test('a refusal says what happened and what to do, and can be tried again', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      connect: () => {
        throw apiError({
          message: 'Consent was refused.',
          advice: 'Choose “Allow”.',
          details: 'access_denied',
        });
      },
    });
    show(host, '#/providers/add');
    await user.click((await screen.findAllByTestId('directory-item'))[0] as HTMLElement);
    const note = await hook('error-message');
    expect(note.textContent).toContain('Choose “Allow”.');
    await accessible();
    host.answers.connect = () => new Promise(() => undefined);
    await user.click(await hook('connect-retry'));
    await hook('connect-waiting');
    const [first, second] = host.argsOf('connect');
    expect(second?.target).toEqual(first?.target);
    expect(second?.attempt).not.toBe(first?.attempt);
  });

  test('cancelling tells the host and says nothing more', async () => {
    const user = userEvent.setup();
    const answer = pending<ConnectionView>();
    const host = fullHost({ connect: () => answer.promise });
    show(host, '#/providers/add');
    await user.click((await screen.findAllByTestId('directory-item'))[0] as HTMLElement);
    await user.click(await hook('connect-cancel'));
    expect(host.argsOf('cancelConnect')).toEqual([{ attempt: attemptOf(host) }]);
    answer.reject(apiError({ code: 'cancelled', message: 'Cancelled.' }));
    await heading('Add a provider');
    expect(screen.queryByTestId('error-message')).toBeNull();
  });

  test('opening the page again makes a new attempt and drops the old one', async () => {
    const user = userEvent.setup();
    const host = fullHost({ connect: () => new Promise(() => undefined) });
    show(host, '#/providers/add');
    await user.click((await screen.findAllByTestId('directory-item'))[0] as HTMLElement);
    await hook('connect-waiting');
    const old = attemptOf(host);
    host.send({
      is: 'connect',
      attempt: old,
      stage: 'waitingForSignIn',
      text: 'Waiting',
      signInUrl: null,
      returnsTo: null,
      patients: [],
    });
    await user.click(await hook('connect-reopen'));
    await waitFor(() => expect(host.argsOf('connect')).toHaveLength(2));
    expect(host.argsOf('cancelConnect')).toEqual([{ attempt: old }]);
    expect(attemptOf(host)).not.toBe(old);
  });

  test('a portal asks for the practice, says why a client id is missing, and takes one', async () => {
    const user = userEvent.setup();
    const host = fullHost({ connect: () => new Promise(() => undefined) });
    show(host, '#/providers/add');
    await heading('Add a provider');
    const portal = await waitFor(() => {
      const found = screen.getAllByTestId('directory-item').find((one) => one.dataset.card === 'nextgen');
      if (!found) throw new Error('no portal');
      return found;
    });
    await user.click(portal);
    await heading('NextGen Patient Portal');
    expect((await hook('registration-help')).textContent).toContain('client id');
    await accessible();
    await user.click(await hook('card-connect'));
    expect(host.argsOf('connect')).toEqual([]);
    await user.type(await hook('practice-name'), 'Cedar Street Pediatrics');
    await user.type(await hook('client-id'), 'abc-123');
    await user.click(await hook('card-connect'));
    await heading('Connecting to Cedar Street Pediatrics');
    expect(host.argsOf('connect')[0]?.target).toEqual({
      is: 'card',
      card: 'nextgen',
      practice: 'Cedar Street Pediatrics',
      base: null,
      redirect: 'http://127.0.0.1:28715/callback',
      clientId: 'abc-123',
      clientSecret: null,
    });
  });

  test('what was typed is still there when the sign-in fails, and a missing client id is asked for', async () => {
    const user = userEvent.setup();
    let code: 'needsClientId' | null = 'needsClientId';
    const host = fullHost({
      connect: () => {
        throw apiError({ code, message: 'The provider does not know this app.' });
      },
    });
    show(host, '#/providers/add');
    await user.click((await screen.findAllByTestId('directory-item'))[0] as HTMLElement);
    await user.click(await screen.findByText('Enter a client ID'));
    await heading('Lakeside Family Medicine');
    await user.type(await hook('client-id'), 'mine');
    code = null;
    await user.click(await hook('card-connect'));
    expect(host.argsOf('connect')[1]?.target).toMatchObject({ card: 'lakeside', clientId: 'mine' });
    await user.click(await screen.findByText('Change what I entered'));
    await heading('Lakeside Family Medicine');
    location.hash = '#/providers/add/manual';
    window.dispatchEvent(new HashChangeEvent('hashchange'));
    await user.type(await hook('manual-name'), 'My clinic');
    await user.type(await hook('manual-base-r4'), 'https://fhir.example/r4');
    await user.click(await hook('manual-connect'));
    await user.click(await screen.findByText('Change what I entered'));
    expect(((await hook('manual-base-r4')) as HTMLInputElement).value).toBe('https://fhir.example/r4');
  });

  test('connectivity information needs one address of records, and nothing else that can be looked up', async () => {
    const user = userEvent.setup();
    const host = fullHost({ connect: () => new Promise(() => undefined) });
    show(host, '#/providers/add/manual');
    await heading('Connectivity information');
    await accessible();
    await user.type(await hook('manual-name'), 'My clinic');
    await user.click(await hook('manual-connect'));
    expect(screen.getByRole('alert').textContent).toContain('At least one of the two addresses');
    await user.type(await hook('manual-base-dstu2'), 'https://fhir.example/dstu2');
    await user.type(await hook('manual-client-id'), 'abc');
    await user.click(await hook('manual-connect'));
    await hook('connect-waiting');
    expect(host.argsOf('connect')[0]?.target).toEqual({
      is: 'manual',
      name: 'My clinic',
      authorize: null,
      token: null,
      baseDstu2: 'https://fhir.example/dstu2',
      baseR4: null,
      redirect: 'http://127.0.0.1:28715/callback',
      clientId: 'abc',
      clientSecret: null,
      trusts: null,
    });
  });

  test('a registration is walked through: steps, the exact address, the page to register, a text to send', async () => {
    const user = userEvent.setup();
    const host = fullHost({ connect: () => new Promise(() => undefined) });
    show(host, '#/providers/add/nextgen');
    await heading('NextGen Patient Portal');
    expect((await hook('registration-steps')).textContent).toContain('offline access');
    expect(screen.getAllByTestId('redirect-address').map((one) => one.textContent)).toEqual([
      'http://127.0.0.1:28715/callback',
      'http://127.0.0.1:28716/callback',
      'http://127.0.0.1:28717/callback',
    ]);
    await user.click(await hook('registration-site'));
    expect(host.argsOf('openRegistration')).toEqual([{ card: 'nextgen' }]);
    await user.click(screen.getByText('The app has to be let in'));
    expect((await hook('letter')).textContent).toContain('Dear team');
    await accessible();
    await user.click(screen.getByLabelText(/To an https page/));
    await user.type(await hook('redirect-own'), 'https://me.example/back');
    await user.type(await hook('practice-name'), 'Cedar');
    await user.type(await hook('client-id'), 'abc');
    await user.click(await hook('card-connect'));
    await heading('Connecting to Cedar');
    expect(host.argsOf('connect')[0]?.target).toMatchObject({ redirect: 'https://me.example/back' });
  });

  test('an address that the browser ends at can be pasted, and a wrong one is said to be wrong', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      connect: () => new Promise(() => undefined),
      returnAddress: () => {
        throw apiError({ message: 'This is not the address the sign-in ends at.' });
      },
    });
    show(host, '#/providers/add');
    await user.click((await screen.findAllByTestId('directory-item'))[0] as HTMLElement);
    await hook('connect-waiting');
    host.send({
      is: 'connect',
      attempt: attemptOf(host),
      stage: 'waitingForSignIn',
      text: 'Waiting',
      signInUrl: 'https://fhir.example/authorize',
      returnsTo: 'https://localhost/callback',
      patients: [],
    });
    await user.type(await hook('return-address'), 'https://example.org');
    await user.click(await hook('return-hand-in'));
    expect((await hook('error-message')).textContent).toContain('not the address');
    await accessible();
    host.answers.returnAddress = () => null;
    await user.clear(await hook('return-address'));
    await user.type(await hook('return-address'), 'https://localhost/callback?code=1&state=2');
    await user.click(await hook('return-hand-in'));
    await waitFor(() => expect(screen.queryByTestId('error-message')).toBeNull());
    expect(host.argsOf('returnAddress').at(-1)).toEqual({
      attempt: attemptOf(host),
      address: 'https://localhost/callback?code=1&state=2',
    });
  });

  test('several patients: it is asked whose record is meant', async () => {
    const user = userEvent.setup();
    const host = fullHost({ connect: () => new Promise(() => undefined) });
    show(host, '#/providers/add');
    await user.click((await screen.findAllByTestId('directory-item'))[0] as HTMLElement);
    await hook('connect-waiting');
    host.send({
      is: 'connect',
      attempt: attemptOf(host),
      stage: 'choosingPatient',
      text: 'This sign-in opens the records of several people.',
      signInUrl: null,
      returnsTo: null,
      patients: [
        { id: '1', name: 'Mabel Okonkwo', bornText: 'born: 9 March 1961' },
        { id: '2', name: 'Ada Okonkwo', bornText: 'born: 2 May 2012' },
      ],
    });
    const found = await screen.findAllByTestId('patient');
    expect(found.map((one) => one.textContent)).toHaveLength(2);
    await accessible();
    await user.click(found[1] as HTMLElement);
    expect(host.argsOf('choosePatient')).toEqual([{ attempt: attemptOf(host), patient: '2' }]);
  });

  test('where the server contradicts what was typed, the user decides', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      connect: () => {
        throw apiError({ code: 'endpointsDiffer', message: 'They are not the same.' });
      },
    });
    show(host, '#/providers/add/manual');
    await user.type(await hook('manual-name'), 'My clinic');
    await user.type(await hook('manual-base-r4'), 'https://fhir.example/r4');
    await user.click(await hook('manual-connect'));
    await user.click(await hook('trust-server'));
    await waitFor(() => expect(host.argsOf('connect')).toHaveLength(2));
    expect(host.argsOf('connect')[1]?.target).toMatchObject({ is: 'manual', trusts: 'server' });
  });

  test('a public list is fetched when asked for, and then finds more', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/providers/add');
    await user.click(await screen.findByText('Find more providers'));
    const asked = host.argsOf('directory').length;
    await user.click(await hook('list-fetch'));
    expect((await hook('provider-list')).textContent).toContain('479');
    await waitFor(() => expect(host.argsOf('directory').length).toBeGreaterThan(asked));
    await accessible();
  });

  test('a search without an answer says where to look next', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/providers/add');
    await user.type(await hook('provider-search'), 'zzzz');
    expect((await hook('directory-empty')).textContent).toContain('zzzz');
    await accessible();
  });

  test('an address that waits for nothing leads back', async () => {
    show(fullHost({ appState: () => appState() }), '#/connecting');
    await heading('Providers');
  });
});
