import { userEvent } from '@testing-library/user-event';
import { within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { ConnectionView } from '../lib/api/generated/ConnectionView';
import type { SyncReport } from '../lib/api/generated/SyncReport';
import { apiError, type FakeHost } from '../test/fake-host';
import { appState, connection, connections, fullHost, syncKinds } from '../test/invented';
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
  test('tells each one’s state, last sync and verdict', async () => {
    show(fullHost(), '#/providers');
    const lake = await card('Lakeside Family Medicine');
    expect(lake.getByTestId('provider-state').dataset.state).toBe('connected');
    expect(lake.getByText(/812 items received/).textContent).toContain('last sync today, 14:05');
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
    run.resolve({ connection: 'c-lake', new: 1, changed: 0, unchanged: 0, kinds: [], verdict: '' });
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
    expect(host.argsOf('disconnect')).toEqual([{ connection: 'c-summit', keepRecords }]);
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
    });
    host.send({
      is: 'connect',
      attempt: attemptOf(host),
      stage: 'waitingForSignIn',
      text: 'Waiting for you to sign in at fhir.summit.example',
      signInUrl: 'https://fhir.summit.example/authorize',
    });
    await waitFor(() => expect(waiting.dataset.stage).toBe('waitingForSignIn'));
    expect(waiting.textContent).toContain('Your password is typed there, never here.');
    expect((await hook('sample-user')).textContent).toBe('mabel.summit');
    await accessible();

    list = [connections[1] as ConnectionView];
    answer.resolve(connections[1] as ConnectionView);
    await heading('Providers');
    expect(host.argsOf('sync')).toEqual([{ connection: 'c-summit' }]);
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
    host.send({ is: 'connect', attempt: old, stage: 'waitingForSignIn', text: 'Waiting', signInUrl: null });
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
    await user.click(await screen.findByText('Enter a client id'));
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
      clientId: 'abc',
      clientSecret: null,
    });
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
