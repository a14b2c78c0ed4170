import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { AppState } from '../../lib/api/generated/AppState';
import type { PersonView } from '../../lib/api/generated/PersonView';
import type { Answers } from '../../test/fake-host';
import { apiError } from '../../test/fake-host';
import { appState } from '../../test/invented/app';
import { conflicts } from '../../test/invented/asking';
import { fullHost } from '../../test/invented/host';
import { life } from '../../test/invented/life';
import { connection } from '../../test/invented/providers';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

const mabel: PersonView = {
  id: 'p1',
  name: 'Mabel Okonkwo',
  birthDate: '1961-03-09',
  birthDateSent: null,
  homeZone: 'America/Chicago',
  colour: 5,
};
const otis: PersonView = {
  id: 'p2',
  name: 'Otis Okonkwo',
  birthDate: null,
  birthDateSent: null,
  homeZone: 'America/Chicago',
  colour: 1,
};

/** Two people, each with a provider and records of their own. */
function two(over: Answers = {}): Answers {
  let state: AppState = appState({ persons: [mabel, otis], person: 'p1' });
  const theirs = (person: string) =>
    life(3).map((row) => ({
      ...row,
      id: `${person}-${row.id}`,
      title: `${person === 'p1' ? 'Mabel’s' : 'Otis’s'} ${row.title}`,
      sources: [`c-${person}`],
    }));
  return {
    appState: () => state,
    choosePerson: ({ person }) => (state = { ...state, person }),
    connections: ({ person }) => [
      connection({ id: `c-${person}`, name: person === 'p1' ? 'Willow Clinic' : 'Elm Hospital' }),
    ],
    timeline: ({ person }) => ({ rows: theirs(person), next: null, total: 3 }),
    ...over,
  };
}

describe('people', () => {
  test('whose record is shown is in sight with name and colour, and goes over to another one’s', async () => {
    const user = userEvent.setup();
    const host = fullHost(two());
    show(host, '#/timeline');
    await screen.findAllByText(/Mabel’s/);
    expect((await hook('person-switch')).textContent).toContain('Mabel Okonkwo');
    await user.click(await hook('person-switch'));
    await accessible();
    await user.click(await hook('switch-to-p2'));
    await heading('Otis Okonkwo’s health record');
    expect(host.argsOf('home').at(-1)).toEqual({ person: 'p2' });
    await user.click(await hook('nav-timeline'));
    await screen.findAllByText(/Otis’s/);
    expect((await hook('person-switch')).textContent).toContain('Otis Okonkwo');
    await waitFor(() => expect((document.activeElement as HTMLElement).localName).toBe('h1'));
    expect(document.body.textContent).not.toContain('Mabel');
    expect(document.body.textContent).not.toContain('Willow Clinic');
  });

  test('an answer that comes after the change is not shown to the next person', async () => {
    const user = userEvent.setup();
    let late: ((value: ReturnType<typeof connection>[]) => void) | undefined;
    const host = fullHost(
      two({
        connections: ({ person }) =>
          person === 'p1'
            ? new Promise((resolve) => (late = resolve))
            : [connection({ id: 'c-p2', name: 'Elm Hospital' })],
      }),
    );
    show(host, '#/people');
    await user.click(await hook('person-show-p2'));
    await waitFor(() => expect(host.argsOf('connections').at(-1)).toEqual({ person: 'p2' }));
    late?.([connection({ id: 'c-p1', name: 'Willow Clinic' })]);
    await user.click(await hook('nav-providers'));
    await screen.findAllByText('Elm Hospital');
    expect(document.body.textContent).not.toContain('Willow Clinic');
  });

  test('a record that cannot be gone over to leaves the one that is shown, and says why', async () => {
    const user = userEvent.setup();
    const refused = () => {
      throw apiError({ message: 'The disk could not be read.' });
    };
    show(fullHost(two({ choosePerson: refused })), '#/timeline');
    await screen.findAllByText(/Mabel’s/);
    await user.click(await hook('person-switch'));
    await user.click(await hook('switch-to-p2'));
    expect((await hook('toast')).textContent).toContain('The disk could not be read.');
    expect(location.hash).toBe('#/timeline');
    expect((await hook('person-switch')).textContent).toContain('Mabel Okonkwo');
  });

  test('what waits for one person’s word is nothing of the next one’s, not even when it comes late', async () => {
    const user = userEvent.setup();
    const answers: Record<string, ((value: typeof conflicts) => void)[]> = { p1: [], p2: [] };
    const host = fullHost(
      two({
        conflicts: ({ person }) => new Promise((resolve) => answers[person]?.push(resolve)),
      }),
    );
    show(host, '#/ask');
    await waitFor(() => expect(answers.p1).toHaveLength(1));
    answers.p1?.[0]?.(conflicts);
    await screen.findAllByText(/Lisinopril/);
    // Something changed; the answer comes after the other person's record was chosen.
    host.send({ is: 'changed' });
    await waitFor(() => expect(answers.p1).toHaveLength(2));
    await user.click(await hook('person-switch'));
    await user.click(await hook('switch-to-p2'));
    await heading('Otis Okonkwo’s health record');
    await user.click(await hook('nav-ask'));
    await screen.findByText('Reading what your providers say …');
    expect(document.body.textContent).not.toContain('Lisinopril');
    answers.p1?.[1]?.(conflicts);
    await waitFor(() => expect(answers.p2).toHaveLength(1));
    expect(document.body.textContent).not.toContain('Lisinopril');
    answers.p2?.[0]?.([]);
    await hook('to-ask-none');
  });

  test('somebody whose record is shown at once is not to be looked for', async () => {
    const user = userEvent.setup();
    let state = appState();
    const otis = { ...mabel, id: 'p2', name: 'Otis Okonkwo' };
    const host = fullHost({
      appState: () => state,
      savePerson: () => {
        state = { ...state, persons: [...state.persons, otis], person: 'p2' };
        return otis;
      },
    });
    show(host, '#/people');
    await user.click(await hook('person-add'));
    await user.type(await hook('person-name'), 'Otis Okonkwo{Enter}');
    await waitFor(() =>
      expect(screen.getByTestId('toasts').textContent).toContain('This is their record now.'),
    );
    expect(screen.getByTestId('toasts').textContent).not.toContain('Choose');
  });

  test('somebody who is added lives where the others do', async () => {
    const user = userEvent.setup();
    show(fullHost({ appState: () => appState({ systemZone: 'Etc/UTC' }) }), '#/people');
    await user.click(await hook('person-add'));
    expect(((await hook('person-zone')) as HTMLSelectElement).value).toBe('America/Chicago');
  });

  test('somebody is added, renamed and given a colour', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/people');
    await heading('People');
    await user.click(await hook('person-add'));
    await user.type(await hook('person-name'), 'Otis Okonkwo');
    await accessible();
    await user.click(await hook('person-start'));
    expect(await hook('person-p2')).toBeTruthy();
    expect((await hook('toast')).textContent).toContain('Otis Okonkwo was added. Choose');
    expect(host.argsOf('savePerson')).toEqual([
      { name: 'Otis Okonkwo', birthDate: null, homeZone: 'America/Chicago' },
    ]);
    await user.click(await hook('person-change-p1'));
    const name = (await hook('person-name')) as HTMLInputElement;
    expect(name.value).toBe('Mabel Okonkwo');
    expect(((await hook('person-birth')) as HTMLInputElement).value).toBe('March 9, 1961');
    await user.clear(name);
    await user.type(name, 'Mabel O. Reyes');
    await user.click(screen.getByRole('radio', { name: 'Color 3' }));
    await accessible();
    await user.click(await hook('person-start'));
    expect(host.argsOf('savePerson').at(-1)).toEqual({
      id: 'p1',
      name: 'Mabel O. Reyes',
      birthDate: '1961-03-09',
      homeZone: 'America/Chicago',
      colour: 2,
    });
    await waitFor(async () => expect((await hook('person-switch')).textContent).toContain('Mabel O. Reyes'));
    await user.click(await hook('toast-undo'));
    await waitFor(async () => expect((await hook('person-switch')).textContent).toContain('Mabel Okonkwo'));
    const { id, name: called, birthDate, homeZone, colour } = mabel;
    expect(host.argsOf('savePerson').at(-1)).toEqual({ id, name: called, birthDate, homeZone, colour });
  });

  test('a birth date that nobody typed is the one that the records name, and is offered', async () => {
    const user = userEvent.setup();
    show(
      fullHost({
        appState: () => appState({ persons: [{ ...otis, birthDateSent: '1958-07-21' }], person: 'p2' }),
      }),
      '#/people',
    );
    expect((await hook('person-p2')).textContent).toContain('born July 21, 1958, from your records');
    await user.click(await hook('person-change-p2'));
    expect(((await hook('person-birth')) as HTMLInputElement).value).toBe('July 21, 1958');
  });

  test('a name that is taken is told, and what was typed stays', async () => {
    const user = userEvent.setup();
    show(
      fullHost({
        savePerson: () => {
          throw apiError({
            message: 'Somebody with this name is already here.',
            advice: 'Add a second name.',
          });
        },
      }),
      '#/people',
    );
    await user.click(await hook('person-add'));
    await user.type(await hook('person-name'), 'Mabel Okonkwo{Enter}');
    expect((await hook('error-message')).textContent).toContain('already here');
    expect(((await hook('person-name')) as HTMLInputElement).value).toBe('Mabel Okonkwo');
  });

  test('long names and names from right to left are shown whole', async () => {
    const long = 'Bartholomew '.repeat(16).trim();
    const persons = [
      { ...mabel, name: long },
      { ...otis, name: 'ليلى حداد' },
    ];
    show(fullHost({ appState: () => appState({ persons, person: 'p1' }) }), '#/people');
    expect((await hook('person-p1')).textContent).toContain(long);
    expect((await hook('person-p2')).querySelector('bdi')?.textContent).toBe('ليلى حداد');
    await accessible();
  });
});
