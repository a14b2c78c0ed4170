import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { ConnectionView } from '../../lib/api/generated/ConnectionView';
import type { SyncReport } from '../../lib/api/generated/SyncReport';
import { apiError, type FakeHost, pending } from '../../test/fake-host';
import { appState, settingsView } from '../../test/invented/app';
import { fullHost } from '../../test/invented/host';
import { connections } from '../../test/invented/providers';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

const attemptOf = (host: FakeHost) => host.argsOf('connect').at(-1)?.attempt ?? '';

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
    expect(waiting.textContent).toContain('Type your password there, never here.');
    expect(waiting.textContent).toContain('continues by itself');
    expect(waiting.textContent, 'no host name').not.toContain('fhir.summit.example');
    expect((await hook('sample-user')).textContent).toBe('mabel.summit');
    await accessible();

    list = [connections[1] as ConnectionView];
    answer.resolve(connections[1] as ConnectionView);
    await heading('Providers');
    // What is new takes the focus, and with it comes into sight.
    await waitFor(() => expect(document.activeElement?.id).toBe('name-c-summit'));
    await waitFor(() =>
      expect(host.argsOf('sync')).toEqual([{ connection: 'c-summit', whole: null, samePerson: null }]),
    );
    expect((await hook('provider-state')).dataset.state).toBe('syncing');
  });

  test('who reads something else meanwhile stays there, and is told', async () => {
    const user = userEvent.setup();
    const answer = pending<ConnectionView>();
    const host = fullHost({ connect: () => answer.promise });
    show(host, '#/providers/add');
    await user.click((await screen.findAllByTestId('directory-item'))[0] as HTMLElement);
    await hook('connect-waiting');
    await user.click(await hook('nav-home'));
    await hook('home-medicines');
    answer.resolve(connections[1] as ConnectionView);
    const toast = await hook('toast');
    expect(location.hash).toBe('#/home');
    expect(toast.querySelector('a')?.getAttribute('href')).toBe('#/providers');
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

  test('a sign-in that still waits is over before the next one begins, and so its address is free', async () => {
    const user = userEvent.setup();
    const over = pending<null>();
    const host = fullHost({ connect: () => new Promise(() => undefined), cancelConnect: () => over.promise });
    show(host, '#/providers/add');
    await user.click((await screen.findAllByTestId('directory-item'))[0] as HTMLElement);
    await hook('connect-waiting');
    const old = attemptOf(host);
    location.hash = '#/providers/add';
    await user.click((await screen.findAllByTestId('directory-item'))[0] as HTMLElement);
    await waitFor(() => expect(host.argsOf('cancelConnect')).toEqual([{ attempt: old }]));
    await hook('connect-waiting');
    expect(host.argsOf('connect')).toHaveLength(1);
    over.resolve(null);
    await waitFor(() => expect(host.argsOf('connect')).toHaveLength(2));
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
    await heading('Web addresses for apps');
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
    const waiting = (await hook('connect-waiting')).textContent;
    expect(waiting, 'an address is to be pasted').not.toContain('continues by itself');
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
        { id: '1', name: 'Mabel Okonkwo', bornText: 'born March 9, 1961' },
        { id: '2', name: 'Ada Okonkwo', bornText: 'born May 2, 2012' },
      ],
    });
    const found = await screen.findAllByTestId('patient');
    expect(found.map((one) => one.textContent)).toHaveLength(2);
    expect(
      found.every((one) => one.classList.contains('choice')),
      'each looks like a choice',
    ).toBe(true);
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
    expect((await hook('provider-lists')).hasAttribute('open'), 'a list that may have it is in sight').toBe(
      true,
    );
    await accessible();
  });

  test('servers for developers are asked for only where the switch says so', async () => {
    const host = fullHost();
    const chosen = settingsView();
    show(host, '#/providers/add', { ...chosen, settings: { ...chosen.settings, testProviders: true } });
    await hook('provider-search');
    await waitFor(() => expect(host.argsOf('directory').at(-1)?.tests).toBe(true));
    const usual = fullHost();
    show(usual, '#/providers/add', chosen);
    await waitFor(() => expect(usual.argsOf('directory').at(-1)?.tests).toBe(false));
  });

  test('an address that waits for nothing leads back', async () => {
    show(fullHost({ appState: () => appState() }), '#/connecting');
    await heading('Providers');
  });
});
