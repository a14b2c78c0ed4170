import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { apiError, type FakeHost } from '../../test/fake-host';
import { settingsView } from '../../test/invented/app';
import { fullHost } from '../../test/invented/host';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

const root = document.documentElement;

describe('settings', () => {
  test('are worn at once, and kept', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/settings');
    await heading('Settings');
    // What a choice means is read with it.
    expect(
      await screen.findByRole('group', { name: 'Size of everything', description: /Ctrl and 0 goes back/ }),
    ).toBeTruthy();
    await user.click(await hook('theme-dark'));
    expect(root.style.colorScheme).toBe('dark');
    await user.click(await hook('size-150'));
    expect(host.zoomed).toBe(1.5);
    await user.click(await hook('high-contrast'));
    expect(root.dataset.contrast).toBe('more');
    await accessible();
    const kept = host.argsOf('saveSettings').map((one) => one.settings);
    expect(kept.at(-1)).toEqual({
      theme: 'dark',
      textSize: 150,
      testProviders: false,
      lockAfter: 15,
      lockAtStart: false,
      lockWithComputer: true,
      highContrast: true,
      language: null,
      dateOrder: null,
      clock: null,
    });
    await user.click(await hook('high-contrast'));
    expect(root.dataset.contrast).toBeUndefined();
  });

  test.each([
    ['language', 'language-en', 'language-es'],
    ['order of dates', 'date-order-month-first', 'date-order-day-first'],
    ['clock', 'clock-hours12', 'clock-hours24'],
  ])('another %s loads the window again; the same one does not', async (_, same, other) => {
    const user = userEvent.setup();
    let loaded = 0;
    const host = fullHost();
    show(host, '#/settings');
    const original = location.reload;
    Object.defineProperty(location, 'reload', { configurable: true, value: () => (loaded += 1) });
    try {
      await user.click(await hook(same));
      await waitFor(() => expect(host.argsOf('saveSettings')).toHaveLength(1));
      expect(loaded).toBe(0);
      await user.click(await hook(other));
      await waitFor(() => expect(loaded).toBe(1));
    } finally {
      Object.defineProperty(location, 'reload', { configurable: true, value: original });
    }
  });

  test('show how dates and times will be written, and what this computer does', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      settings: () => ({ ...settingsView(), systemDateOrder: 'day-first', systemClock: 'hours24' }),
    });
    show(host, '#/settings');
    await heading('Settings');
    for (const name of [
      'Same as this computer (17/3/2026)',
      'March 17, 2026 or 3/17/2026',
      '17 March 2026 or 17/3/2026',
      'Same as this computer (14:05)',
      '2:05 PM',
      '14:05',
    ])
      expect(screen.getByRole('radio', { name })).toBeTruthy();
    await user.click(await hook('clock-hours12'));
    await waitFor(() =>
      expect(host.argsOf('saveSettings').map((one) => one.settings.clock)).toEqual(['hours12']),
    );
    await accessible();
  });

  test('the size follows the keys everybody knows, to its ends and no further', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host);
    await heading(/health record$/);
    await user.keyboard('{Control>}+{/Control}');
    await waitFor(() => expect(host.zoomed).toBe(1.1));
    for (let step = 0; step < 8; step += 1) await user.keyboard('{Control>}={/Control}');
    await waitFor(() => expect(host.zoomed).toBe(2));
    await user.keyboard('{Control>}-{/Control}');
    await waitFor(() => expect(host.zoomed).toBe(1.75));
    await user.keyboard('{Control>}0{/Control}');
    await waitFor(() => expect(host.zoomed).toBe(1));
    const asked = host.argsOf('saveSettings').length;
    await user.keyboard('{Control>}-{/Control}');
    expect(host.argsOf('saveSettings')).toHaveLength(asked);
  });

  test('what cannot be kept is told', async () => {
    const user = userEvent.setup();
    show(
      fullHost({
        saveSettings: () => {
          throw apiError({ message: 'The settings could not be kept.', advice: 'Is the disk full?' });
        },
      }),
      '#/settings',
    );
    await user.click(await hook('theme-light'));
    expect((await hook('error-message')).textContent).toContain('could not be kept');
    await accessible();
  });

  test('home is the person’s, and moving it leaves the rest as it was', async () => {
    const user = userEvent.setup();
    const host = fullHost({ settings: () => settingsView({ theme: 'light' }) });
    show(host, '#/settings');
    await user.selectOptions(await hook('home-zone'), 'Europe/Berlin');
    await waitFor(() =>
      expect(host.argsOf('savePerson')).toEqual([
        {
          id: 'p1',
          name: 'Mabel Okonkwo',
          birthDate: '1961-03-09',
          homeZone: 'Europe/Berlin',
          colour: 5,
        },
      ]),
    );
  });

  test('home is found by a city’s name', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/settings');
    const find = await hook('home-zone-find');
    await user.type(find, 'atlantis');
    expect(screen.getByText(/nearest large city/)).toBeTruthy();
    await user.clear(find);
    await user.type(find, 'são');
    await accessible();
    await user.click(screen.getByRole('button', { name: 'Sao Paulo' }));
    await waitFor(() =>
      expect(host.argsOf('savePerson').map((one) => one.homeZone)).toEqual(['America/Sao_Paulo']),
    );
    expect(document.activeElement).toBe(await hook('home-zone'));
    await user.type(find, 'seattle{Enter}');
    await waitFor(() => expect(host.argsOf('savePerson').at(-1)?.homeZone).toBe('America/Los_Angeles'));
  });

  test('what was sent where is read, with the questions as they were asked', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/settings');
    await user.click(await hook('settings-contacts'));
    await heading('Connections log');
    const list = await hook('contacts');
    expect(list.textContent).toContain('gateway.lakeside.example');
    expect(list.textContent).toContain('214 times');
    expect(list.textContent).toContain('Observation?patient=pat-1&category=laboratory');
    expect((await hook('sent-hosts')).textContent).toMatch(/lists\.example.*Downloading a list.*once/s);
    expect((await hook('sent-requests')).textContent).toContain('answer 200');
    expect((await hook('registrations')).textContent).toContain('3b0c7c1e');
    expect((await hook('handed-receivers')).textContent).toMatch(
      /some-assistant 2\.0.*Timeline.*75 records/s,
    );
    expect((await hook('handed-answers')).textContent).toContain('25 records');
    expect(host.argsOf('contacts')).toEqual([{ person: 'p1' }]);
    await accessible();
  });

  test('before anything was sent it says so', async () => {
    const none = {
      contacts: () => ({ hosts: [], registrations: [] }),
      sent: () => ({ hosts: [], requests: [], receivers: [], handed: [] }),
    };
    show(fullHost(none), '#/settings/contacts');
    expect(await screen.findByText('Nothing has been written down yet.')).toBeTruthy();
    expect(await screen.findByText('Nothing has been sent anywhere.')).toBeTruthy();
    await accessible();
  });

  test('shows what a report of a problem would hold before it is copied', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/settings/about');
    await user.click(await hook('diagnostics-show'));
    expect((await hook('diagnostics-text')).textContent).toContain('people 1, connections 3');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('diagnostics-copy')));
    await accessible();
    await user.click(await hook('diagnostics-copy'));
    await screen.findByText('Copied.');
  });

  test('the licences of everything inside can be looked through', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/settings/about');
    await heading('About and Licenses');
    const list = await hook('licences');
    // Few stops for the keyboard, and nothing laid out that nobody opened.
    expect(
      document.querySelectorAll('main :is(a, button, input, summary, [tabindex="0"])').length,
    ).toBeLessThan(21);
    expect(list.querySelector('pre')).toBeNull();
    await user.click(list.querySelector('summary') as HTMLElement);
    const texts = await waitFor(() => {
      const found = list.querySelector('details[open] .texts');
      expect(found?.querySelectorAll('pre').length).toBeGreaterThan(20);
      return found as HTMLElement;
    });
    expect(texts.getAttribute('aria-label')).toBe('Apache-2.0 OR MIT');
    await user.click(list.querySelector('summary') as HTMLElement);
    await waitFor(() => expect(list.querySelector('pre')).toBeNull());
    await user.type(await hook('licence-find'), 'virtua');
    await waitFor(() => expect(list.querySelector('.packages')?.textContent).toContain('virtua'));
    expect(list.children.length).toBeLessThan(10);
    await user.type(await hook('licence-find'), ' no such thing');
    expect(screen.getByText(/Nothing here has/)).toBeTruthy();
    await accessible();
  });
});

describe('getting new records', () => {
  const kept = (host: FakeHost) => host.argsOf('setSyncSettings').map((one) => one.settings);
  const checked = async (id: string) => ((await hook(id)) as HTMLInputElement).checked;

  test('is set in words, at once', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/settings');
    expect(await checked('fetch-start-1')).toBe(true);
    expect(await checked('fetch-whole-14')).toBe(true);
    expect(screen.getByRole('radio', { name: 'Every 2 weeks' })).toBeTruthy();
    await user.click(await hook('fetch-start-never'));
    await user.click(await hook('fetch-whole-30'));
    expect(kept(host)).toEqual([
      { startAfterDays: null, wholeAfterDays: 14 },
      { startAfterDays: null, wholeAfterDays: 30 },
    ]);
    expect(await checked('fetch-whole-30')).toBe(true);
    await accessible();
  });

  test('shows a number that another version set', async () => {
    show(fullHost({ syncSettings: () => ({ startAfterDays: 3, wholeAfterDays: 45 }) }), '#/settings');
    expect(await checked('fetch-start-3')).toBe(true);
    expect(screen.getByRole('radio', { name: 'After 3 days' })).toBeTruthy();
    expect(screen.getByRole('radio', { name: 'Every 45 days' })).toBeTruthy();
  });

  test('that cannot be kept is told, and shows what holds', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      setSyncSettings: () => {
        throw apiError({ message: 'It could not be kept.', advice: 'Is the disk full?' });
      },
    });
    show(host, '#/settings');
    await user.click(await hook('fetch-start-7'));
    expect((await hook('error-message')).textContent).toContain('Is the disk full?');
    expect(await checked('fetch-start-1')).toBe(true);
    expect(await checked('fetch-start-7')).toBe(false);
  });

  test('that cannot be read is told, and read again', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      syncSettings: () => {
        throw apiError({ message: 'It could not be read.' });
      },
    });
    show(host, '#/settings');
    expect((await hook('error-message')).textContent).toContain('could not be read');
    host.answers.syncSettings = () => ({ startAfterDays: null, wholeAfterDays: 14 });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await checked('fetch-start-never')).toBe(true);
    expect(screen.queryByTestId('error-message')).toBeNull();
  });
});
