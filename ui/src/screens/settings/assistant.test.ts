import { within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { apiError } from '../../test/fake-host';
import { appState } from '../../test/invented/app';
import { fullHost } from '../../test/invented/host';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

const { persons } = appState();
const sams = persons.map((mabel) => ({ ...mabel, id: 'p2', name: 'Sam Okonkwo' }));
const two = { appState: () => appState({ persons: [...persons, ...sams] }) };
const checked = (element: HTMLElement) => (element as HTMLInputElement).checked;

describe('an assistant of the person’s own', () => {
  test('is off, with what its maker may see said before it is switched on', async () => {
    const host = fullHost();
    show(host, '#/settings');
    await heading('Settings');
    const on = await hook('assistant-on');
    expect(checked(on)).toBe(false);
    expect((await hook('assistant-warning')).textContent).toContain('Its maker may see what it reads.');
    expect(
      screen.getByRole('checkbox', { name: 'Answer an assistant', description: /cannot be called back/ }),
    ).toBe(on);
    expect(screen.queryByTestId('assistant-person')).toBeNull();
    expect(host.argsOf('saveAssistant')).toEqual([]);
    await accessible();
  });

  test('switched on it is told of nobody until somebody is ticked, and then of nothing sensitive', async () => {
    const user = userEvent.setup();
    const host = fullHost(two);
    show(host, '#/settings');
    await user.click(await hook('assistant-on'));
    const kept = () => host.argsOf('saveAssistant').map((one) => one.choice);
    await waitFor(() => expect(kept()).toEqual([{ on: true, persons: [] }]));
    const people = await screen.findAllByTestId('assistant-person');
    expect(people.map((one) => one.textContent?.trim())).toEqual([
      'Tell it about Mabel Okonkwo',
      'Tell it about Sam Okonkwo',
    ]);
    await user.click(screen.getByRole('checkbox', { name: 'Tell it about Sam Okonkwo' }));
    const sam = { person: 'p2', kinds: ['result', 'medicine', 'allergy'], sensitive: [] as string[] };
    await waitFor(() => expect(kept().at(-1)).toEqual({ on: true, persons: [sam] }));
    const group = screen.getByRole('group', { name: 'What you may not want it to know about Sam Okonkwo' });
    const sensitive = within(group).getAllByRole('checkbox');
    expect(sensitive.map(checked)).toEqual([false, false]);
    await accessible();

    await user.click(await hook('assistant-sensitive-hiv'));
    await waitFor(() => expect(kept().at(-1)?.persons).toEqual([{ ...sam, sensitive: ['hiv'] }]));
    await user.click(await hook('assistant-sensitive-hiv'));
    await waitFor(() => expect(kept().at(-1)?.persons).toEqual([sam]));
    await user.click(screen.getByText('Kinds of records: 3 of 3'));
    await user.click(await hook('assistant-kind-medicine'));
    await waitFor(() => expect(kept().at(-1)?.persons).toEqual([{ ...sam, kinds: ['result', 'allergy'] }]));
    await user.click(screen.getByRole('checkbox', { name: 'Tell it about Sam Okonkwo' }));
    await waitFor(() => expect(kept().at(-1)).toEqual({ on: true, persons: [] }));
    await user.click(await hook('assistant-on'));
    await waitFor(() => expect(kept().at(-1)).toEqual({ on: false, persons: [] }));
    expect(screen.queryByTestId('assistant-person')).toBeNull();
  });

  test('what could not be kept is not shown as chosen', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      saveAssistant: () => {
        throw apiError({ message: 'There is no room left.' });
      },
    });
    show(host, '#/settings');
    const on = await hook('assistant-on');
    await user.click(on);
    const section = await hook('assistant-settings');
    await within(section).findByText('There is no room left.');
    await waitFor(() => expect(checked(on)).toBe(false));
    expect(screen.queryByTestId('assistant-person')).toBeNull();
  });
});
