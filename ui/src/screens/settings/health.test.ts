import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { apiError } from '../../test/fake-host';
import { appState, healthView } from '../../test/invented/app';
import { fullHost } from '../../test/invented/host';
import { factPage } from '../../test/invented/record';
import { row } from '../../test/invented/life';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

const WHOLE = healthView();

describe('the file of the record', () => {
  test('is checked when it is asked for, and the answer is heard', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/settings');
    await user.click(await hook('health-check'));
    await waitFor(() =>
      expect(screen.getByTestId('health-said').textContent).toContain('No damage was found'),
    );
    expect(screen.getByTestId('health-said').getAttribute('role')).toBe('status');
    expect(screen.queryByTestId('health-damaged')).toBeNull();
    await accessible();
  });

  test('that is damaged is told of on the first page and rescued in the settings', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      health: () => healthView({ damaged: "Part of your record's file is damaged." }),
      rescue: () => appState(),
    });
    show(host);
    expect((await hook('home-health')).textContent).toContain('is damaged');
    await user.click(screen.getByRole('link', { name: 'Open Settings' }));
    await hook('health-damaged');
    await accessible();
    host.answers.health = () =>
      healthView({
        rescued: {
          when: 'July 1, 2026',
          lost: ['Harbor Heart Clinic: Vaccines (3)', 'Some or all of your notes'],
          aside: ['/home/mabel/record.damaged-1'],
        },
      });
    await user.click(await hook('rescue'));
    expect(host.argsOf('rescue')).toEqual([{}]);
    const rescued = await hook('health-rescued');
    expect(rescued.textContent).toContain('Harbor Heart Clinic: Vaccines (3)');
    expect(rescued.textContent).toContain('/home/mabel/record.damaged-1');
    await accessible();
    host.answers.health = () => WHOLE;
    await user.click(await hook('health-seen'));
    await waitFor(() => expect(screen.queryByTestId('health-rescued')).toBeNull());
  });

  test('that cannot be opened is rescued before the door, by what opens it', async () => {
    const user = userEvent.setup();
    const damaged = appState({
      lock: { is: 'damaged', reason: "The record's file is damaged.", passphrase: true },
      persons: [],
    });
    const host = fullHost({
      appState: () => damaged,
      rescue: ({ secret }) => {
        if (secret !== 'right') throw apiError({ code: 'wrongPassphrase', message: 'Not that one.' });
        return appState();
      },
    });
    show(host);
    await heading('The file of your record is damaged');
    expect(screen.getByTestId('lock-restore')).toBeTruthy();
    await accessible();
    const field = screen.getByLabelText('Passphrase or recovery code');
    expect((await hook('rescue')).hasAttribute('disabled')).toBe(true);
    await user.type(field, 'wrong');
    await user.click(await hook('rescue'));
    expect((await hook('error-message')).textContent).toContain('Not that one.');
    await user.clear(field);
    await user.type(field, 'right');
    await user.click(await hook('rescue'));
    await waitFor(() => expect(screen.queryByTestId('lock-damaged')).toBeNull());
  });

  test('in a folder that a cloud service copies is warned about', async () => {
    const host = fullHost({
      appState: () => appState({ sample: false, profile: 'default' }),
      health: () => healthView({ cloud: 'Your record lies in a folder that Dropbox copies.' }),
    });
    show(host);
    expect((await hook('home-health')).textContent).toContain('Dropbox');
    location.hash = '#/settings';
    expect((await hook('health-cloud')).textContent).toContain('/home/mabel');
    await accessible();
  });

  test('can be had as it was before an upgrade, when it is asked for twice', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      health: () => healthView({ upgrade: { made: 'June 2, 2026', until: 'July 2, 2026' } }),
      goBack: () => appState({ lock: { is: 'wentBack', reason: 'Close Wholechart now.' }, persons: [] }),
    });
    show(host, '#/settings');
    expect((await hook('upgrade-copy')).textContent).toContain('July 2, 2026');
    await user.click(await hook('upgrade-back'));
    expect(host.argsOf('goBack')).toEqual([]);
    await accessible();
    await user.click(screen.getByRole('button', { name: 'Yes, go back and close my record' }));
    await heading('Your record is as it was before the upgrade');
    expect(screen.queryByTestId('lock-restore')).toBeNull();
    await accessible();
  });
});

describe('a document', () => {
  test('is erased on its page, where it is asked for twice', async () => {
    const user = userEvent.setup();
    const letter = row({ id: 'f-letter', kind: 'document', kindText: 'Document', title: 'Letter' });
    const host = fullHost({ fact: () => factPage(letter) });
    show(host, '#/documents/f-letter');
    await user.click(await hook('record-erase'));
    expect((await hook('erase-now')).hasAttribute('disabled')).toBe(true);
    await accessible();
    await user.click(await hook('erase-sure'));
    await user.click(await hook('erase-now'));
    await waitFor(() =>
      expect(host.argsOf('erase')).toEqual([{ what: { what: 'document', person: 'p1', fact: 'f-letter' } }]),
    );
    await screen.findByText('It is erased.');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  test('that is none cannot be erased by itself', async () => {
    show(fullHost(), '#/timeline/f-ldl');
    await hook('record-page');
    await screen.findAllByTestId('record-source');
    expect(screen.queryByTestId('record-erase')).toBeNull();
  });
});
