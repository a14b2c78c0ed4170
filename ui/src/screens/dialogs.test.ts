/** What holds in every dialog alike. */
import { fireEvent } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { fullHost } from '../test/invented/host';
import { row } from '../test/invented/life';
import { factPage } from '../test/invented/record';
import { importView } from '../test/invented/files';
import { connection } from '../test/invented/providers';
import { topic } from '../test/invented/topics';
import { hook, screen, show, waitFor } from '../test/screen';

const focused = () => document.activeElement as HTMLElement;

const host = () =>
  fullHost({
    fact: ({ fact }) => ({
      ...factPage(row({ id: fact, title: 'Loratadine', kind: 'document', kindText: 'Document' })),
      topic: { name: 'Loratadine', others: 1 },
    }),
    topics: () => [
      topic({ id: 't1', name: 'Loratadine', facts: [row({ id: 'f-ldl' }), row({ id: 'f-x' })] }),
      topic({ id: 't2', name: 'Ibuprofen', facts: [row({ id: 'f-ibu', title: 'Ibuprofen' })] }),
    ],
    connections: () => [
      connection({ id: 'c-lake' }),
      connection({ id: 'c-files', name: 'Birchwood Clinic', state: 'files', imported: true }),
    ],
    imports: () => [importView],
  });

/** Each dialog, and what opens it: a control, or a key. */
const DIALOGS: [string, string, string][] = [
  ['another heading', '#/timeline/f-ldl', 'record-move'],
  ['the same record', '#/timeline/f-ldl', 'record-join'],
  ['erase a document', '#/timeline/f-ldl', 'record-erase'],
  ['something of one’s own', '#/medicines', 'own-add'],
  ['disconnect', '#/providers', 'provider-disconnect'],
  ['take files back', '#/providers', 'import-undo'],
  ['restore', '#/settings', 'restore-open'],
  ['keys', '#/home', 'key ?'],
  ['search', '#/home', 'search-open'],
];

async function opened(
  address: string,
  opener: string,
): Promise<{ dialog: HTMLDialogElement; from: Element }> {
  const user = userEvent.setup();
  show(host(), address);
  if (opener.startsWith('key ')) {
    const from = await hook('nav-home');
    from.focus();
    await user.keyboard(opener.slice(4));
  } else {
    const button = (await screen.findAllByTestId(opener))[0] as HTMLElement;
    // A record that has just come takes the focus.
    if (address.includes('f-ldl')) await waitFor(() => expect(focused().dataset.testid).toBe('record-title'));
    button.focus();
    await user.keyboard('{Enter}');
  }
  const dialog = await waitFor(() => {
    const found = document.querySelector<HTMLDialogElement>('dialog[open]');
    if (!found) throw new Error('no dialog');
    return found;
  });
  return {
    dialog,
    from: screen.getAllByTestId(opener.startsWith('key ') ? 'nav-home' : opener)[0] as HTMLElement,
  };
}

describe.each(DIALOGS)('the dialog for %s', (_, address, opener) => {
  test('closes by Escape from each of its controls, and the focus goes back', async () => {
    const { dialog, from } = await opened(address, opener);
    const controls = [
      ...dialog.querySelectorAll<HTMLElement>('input, select, textarea, button, summary, a[href]'),
    ];
    expect(controls.length).toBeGreaterThan(0);
    for (const control of controls) {
      control.dispatchEvent(new Event('focusin', { bubbles: true }));
      const closed = new Promise((resolve) => (dialog.close = () => resolve(true)));
      // What a web view does with the key by itself is not relied on: some fields keep it.
      const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
      control.dispatchEvent(event);
      await closed;
      expect(event.defaultPrevented).toBe(true);
    }
    delete (dialog as Partial<HTMLDialogElement>).close;
    focused().blur();
    controls[0]?.focus();
    await fireEvent.keyDown(controls[0] as HTMLElement, { key: 'Escape' });
    await waitFor(() => expect(document.querySelector('dialog[open]')).toBeNull());
    await waitFor(() => expect(focused()).toBe(from));
  });

  test('takes away first what was typed in a field for search, and chooses nothing by Enter there', async () => {
    const user = userEvent.setup();
    const { dialog } = await opened(address, opener);
    for (const field of dialog.querySelectorAll<HTMLInputElement>('input[type="search"]')) {
      field.focus();
      await user.keyboard('i{Enter}');
      expect(document.querySelector('dialog[open]')).toBe(dialog);
      await user.keyboard('{Escape}');
      expect(field.value).toBe('');
      expect(document.querySelector('dialog[open]')).toBe(dialog);
    }
  });
});

test('a move to another heading says from where to where, with a way back', async () => {
  const user = userEvent.setup();
  const shown = host();
  show(shown, '#/timeline/f-ldl');
  await user.click(await hook('record-move'));
  await user.click((await screen.findAllByTestId('move-topic'))[0] as HTMLElement);
  await hook('toast-undo');
  expect(screen.getByTestId('toasts').textContent).toContain(
    '“Loratadine” is now listed under “Ibuprofen”. It was under “Loratadine”.',
  );
});
