import { userEvent } from '@testing-library/user-event';
import { within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { apiError } from '../../test/fake-host';
import { fullHost } from '../../test/invented/host';
import { row } from '../../test/invented/life';
import { ownSource } from '../../test/invented/own';
import { connections } from '../../test/invented/providers';
import { factPage } from '../../test/invented/record';
import { accessible, hook, rowOf, screen, show, waitFor } from '../../test/screen';

const dialog = () => screen.findByRole('dialog');
const closed = () => waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

describe('what a person adds', () => {
  test('begins at the head of its list, is saved, and can be taken back', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/medicines');
    const add = await hook('own-add');
    expect(add.getAttribute('aria-label')).toBe('Add to Medicines');
    await user.click(add);
    expect(within(await dialog()).getByRole('heading', { name: 'Add a medicine' })).toBeTruthy();
    await accessible();
    await user.type(await hook('own-name'), 'lisinopril 10 mg');
    await user.type(await hook('own-how'), '1 tablet every morning');
    await user.type(await hook('own-since'), '3/2024');
    await user.type(await hook('own-note'), 'From the urgent care.{Enter}Ask about it.');
    await user.click(await hook('own-save'));
    await closed();
    expect(host.argsOf('saveOwn')).toEqual([
      {
        person: 'p1',
        resource: null,
        entry: {
          is: 'medicine',
          name: 'lisinopril 10 mg',
          how: '1 tablet every morning',
          reason: null,
          since: '2024-03',
          stopped: false,
          until: null,
          note: 'From the urgent care.\nAsk about it.',
        },
      },
    ]);
    // The focus is where it came from, and the message offers the way back.
    await waitFor(() => expect(document.activeElement).toBe(add));
    await user.click(await hook('toast-undo'));
    await waitFor(() => expect(host.argsOf('undo')).toEqual([{ person: 'p1', undo: '{}' }]));
  });

  test('is chosen on the timeline; a blood pressure has two figures and a time of day', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/timeline');
    await user.click(await hook('own-add'));
    expect(screen.queryByTestId('own-save')).toBeNull();
    await user.selectOptions(await hook('own-kind'), 'measurement');
    await waitFor(async () => expect((await hook('own-what')).textContent).toContain('Blood pressure'));
    await user.type(await hook('own-value'), '138');
    await user.type(await hook('own-second'), '86');
    await user.clear(await hook('own-date'));
    await user.type(await hook('own-date'), '6/28/2026');
    await user.type(await hook('own-time'), 'half past');
    await user.tab();
    expect((await hook('own-time-words')).textContent).toContain('Write hours and minutes');
    expect((await hook('own-save')).hasAttribute('disabled')).toBe(true);
    await user.clear(await hook('own-time'));
    await user.type(await hook('own-time'), '7:30 pm');
    expect((await hook('own-time-words')).textContent).toContain('7:30 PM');
    await accessible();
    await user.click(await hook('own-save'));
    await closed();
    expect(host.argsOf('saveOwn')[0]?.entry).toEqual({
      is: 'measurement',
      what: 'bloodPressure',
      value: '138',
      second: '86',
      unit: 'mm[Hg]',
      date: '2026-06-28',
      time: '19:30',
      note: null,
    });
  });

  test('of a visit has a time of day too', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/visits');
    await user.click(await hook('own-add'));
    await user.type(await hook('own-name'), 'Eye exam');
    await user.type(await hook('own-date'), '12/15/2026');
    await user.type(await hook('own-time'), '2:30 pm');
    await accessible();
    await user.click(await hook('own-save'));
    await closed();
    expect(host.argsOf('saveOwn')[0]?.entry).toEqual({
      is: 'visit',
      reason: 'Eye exam',
      date: '2026-12-15',
      time: '14:30',
      place: null,
      note: null,
    });
  });

  test('of several units takes the usual one, and leaves out what belongs to a pair', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/results?of=vital');
    await user.click(await hook('own-add'));
    await waitFor(async () => expect((await hook('own-what')).textContent).toContain('Weight'));
    await user.selectOptions(await hook('own-what'), 'weight');
    expect(screen.queryByTestId('own-second')).toBeNull();
    await user.type(await hook('own-value'), '172.4');
    await user.click(await hook('own-save'));
    await closed();
    const entry = host.argsOf('saveOwn')[0]?.entry;
    expect(entry).toMatchObject({
      what: 'weight',
      value: '172.4',
      unit: '[lb_av]',
      second: null,
      time: null,
    });
  });

  test('is still there when it was refused, and when the form was left by mistake', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      saveOwn: () => {
        throw apiError({ message: 'This date is still to come.', advice: 'Nothing was saved.' });
      },
    });
    show(host, '#/problems');
    await user.click(await hook('own-add'));
    await user.type(await hook('own-name'), 'Gout');
    await user.click(await hook('own-save'));
    expect((await dialog()).textContent).toContain('This date is still to come.');
    await accessible();
    (await dialog()).dispatchEvent(new Event('close'));
    await closed();
    await user.click(await hook('own-add'));
    expect(((await hook('own-name')) as HTMLInputElement).value).toBe('Gout');
    await user.click(await hook('own-cancel'));
    await closed();
    await user.click(await hook('own-add'));
    expect(((await hook('own-name')) as HTMLInputElement).value).toBe('');
  });

  test('is changed and deleted where it stands; what a provider sent is not', async () => {
    const user = userEvent.setup();
    const lisinopril = row({ id: 'f-lis', kind: 'medicine', title: 'Lisinopril 10 mg', sources: ['c-own'] });
    const page = factPage(lisinopril);
    const host = fullHost({
      connections: () => [...connections, ownSource],
      fact: () => ({
        ...page,
        sources: page.sources.map((one) => ({ ...one, resource: 'MedicationStatement/m1' })),
      }),
    });
    show(host, '#/medicines/f-lis');
    const source = await hook('record-source');
    await waitFor(() => expect(source.textContent).toContain('Added here'));
    await accessible();
    await user.click(await hook('own-change'));
    expect(((await hook('own-name')) as HTMLInputElement).value).toBe('Lisinopril 10 mg');
    await user.clear(await hook('own-name'));
    await user.type(await hook('own-name'), 'Lisinopril 20 mg');
    await user.click(await hook('own-over'));
    await user.type(await hook('own-until'), '2026');
    await user.click(await hook('own-save'));
    await closed();
    expect(host.argsOf('saveOwn')).toEqual([
      {
        person: 'p1',
        resource: 'MedicationStatement/m1',
        entry: {
          is: 'medicine',
          name: 'Lisinopril 20 mg',
          how: '1 tablet every morning',
          reason: null,
          since: '2024-03',
          stopped: true,
          until: '2026',
          note: null,
        },
      },
    ]);
    // What is deleted is not there any more for whoever asks.
    host.answers.deleteOwn = () => {
      host.answers.fact = () => {
        throw apiError({ message: 'It is not there any more.' });
      };
      return '{}';
    };
    const asked = host.argsOf('fact').length;
    await user.click(await hook('own-delete'));
    await waitFor(() => expect(location.hash).toBe('#/medicines'));
    await hook('toast-undo');
    expect(host.argsOf('fact'), 'its page was closed before').toHaveLength(asked);
    expect(screen.queryByTestId('error-message')).toBeNull();
    // The message goes; what it told can still be taken back, once.
    await user.click(await hook('toast-dismiss'));
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(host.argsOf('undo')).toEqual([{ person: 'p1', undo: '{}' }]));
    await waitFor(() => expect(screen.getByTestId('toasts').textContent).toContain('Undone.'));
    await user.keyboard('{Control>}z{/Control}');
    expect(host.argsOf('undo')).toHaveLength(1);
    expect(host.argsOf('deleteOwn')).toEqual([{ person: 'p1', resource: 'MedicationStatement/m1' }]);
  });

  test('is marked where nobody else says it, and its history is nobody else’s', async () => {
    const weight = {
      ...row({ id: 'f-w', kind: 'vital', title: 'Weight', value: '172 lb' }),
      sources: ['c-own'],
    };
    const both = { ...row({ id: 'f-b', kind: 'vital', title: 'Pulse' }), sources: ['c-own', 'c-lake'] };
    const page = factPage(weight);
    const [source] = page.sources;
    if (!source) throw new Error('a source');
    const versions = [1, 2, 3].map((id) => ({ id, received: 'today' }));
    const host = fullHost({
      connections: () => [...connections, ownSource],
      timeline: () => ({ rows: [weight, both], next: null, total: 2 }),
      fact: () => ({ ...page, sources: [{ ...source, connection: 'c-own', versions }] }),
    });
    show(host, '#/timeline/f-w');
    await waitFor(async () => expect((await rowOf('f-w')).textContent).toContain('Added here'));
    expect((await rowOf('f-b')).textContent).not.toContain('Added here');
    const told = (await hook('record-source')).textContent;
    expect(told).toContain('Changed here 2 times');
    expect(told).toContain('An earlier version, saved today');
    expect(told).not.toContain('provider');
    await accessible();
  });

  test('has a card among the providers, where all of it can be removed and nothing is disconnected', async () => {
    show(fullHost({ connections: () => [ownSource], imports: () => [] }), '#/providers');
    const card = within(await hook('provider-item'));
    expect(card.getByTestId('provider-state').textContent).toContain('Added by you');
    expect(card.getByTestId('own-erase')).toBeTruthy();
    for (const none of ['provider-disconnect', 'provider-letter', 'sync-now', 'sign-in-again'])
      expect(card.queryByTestId(none)).toBeNull();
    await accessible();
  });
});
