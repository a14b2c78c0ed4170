/** What must be filled in is wrong only once somebody tried to send it without. */
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { appState } from '../test/invented/app';
import { fullHost } from '../test/invented/host';
import { accessible, hook, screen, show, waitFor } from '../test/screen';

/** Each form: its address, what opens it, and what sends it. */
const FORMS: [string, string[], string][] = [
  ['#/', [], 'welcome-start'],
  ['#/people', ['person-add'], 'person-start'],
  ['#/providers/add/manual', [], 'manual-connect'],
  ['#/medicines', ['own-add'], 'own-save'],
  ['#/results', ['own-add'], 'own-save'],
  ['#/settings', ['backup-make'], 'backup-now'],
];

test.each(FORMS)('%s %s', async (address, openers, sends) => {
  const user = userEvent.setup();
  show(fullHost(address === '#/' ? { appState: () => appState({ persons: [] }) } : {}), address);
  for (const opener of openers) await user.click(await hook(opener));
  const send = await hook(sends);
  const form = send.closest('form') as HTMLFormElement;
  const wanted = [...form.querySelectorAll<HTMLInputElement>('[aria-required="true"]')];
  expect(wanted.length).toBeGreaterThan(0);
  expect(document.querySelector('[required]'), 'the web view would call it wrong at once').toBeNull();
  expect(document.querySelector('[aria-invalid="true"]')).toBeNull();
  for (const field of wanted) await user.clear(field);
  await user.click(send);
  for (const field of wanted) {
    expect(field.getAttribute('aria-invalid')).toBe('true');
    const said = document.getElementById(field.getAttribute('aria-describedby')?.split(' ').at(-1) ?? '');
    expect(said?.textContent).toBe('Fill in this field.');
    expect(said?.getAttribute('role')).toBe('alert');
  }
  expect(document.activeElement).toBe(wanted[0]);
  await accessible();
  await user.type(wanted[0] as HTMLElement, '1');
  await waitFor(() => expect(wanted[0]?.getAttribute('aria-invalid')).toBe('false'));
  expect(screen.queryAllByTestId('field-required')).toHaveLength(wanted.length - 1);
});
