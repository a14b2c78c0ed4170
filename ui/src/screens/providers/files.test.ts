import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { apiError, pending } from '../../test/fake-host';
import type { ImportPreview } from '../../lib/api/generated/ImportPreview';
import type { PersonView } from '../../lib/api/generated/PersonView';
import { appState } from '../../test/invented/app';
import { importPreview, importReport } from '../../test/invented/files';
import { fullHost } from '../../test/invented/host';
import { connection } from '../../test/invented/providers';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

const FILES = '#/providers/files';

describe('records from files', () => {
  test('are looked at, taken in and taken back', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/providers');
    await user.click(await hook('files-add'));
    await heading('Records from files');
    await accessible();
    await user.click(await hook('files-file'));
    const preview = await hook('files-preview');
    expect(preview.textContent).toContain('Mabel Okonkwo');
    expect(preview.textContent).toContain('March 1, 2019 – May 2, 2024');
    expect(preview.textContent).toContain('12 of 240');
    expect((await hook('files-kinds')).textContent).toContain('Results212');
    expect((await hook('files-unread')).textContent).toContain('README.TXT');
    expect((await hook('files-remarks')).textContent).toContain('The signature was checked');
    expect(host.argsOf('import')).toEqual([]);
    await accessible();
    await user.click(await hook('files-take'));
    expect((await hook('files-report')).textContent).toContain('240 records were added');
    expect(host.argsOf('import')).toEqual([
      {
        person: 'p1',
        label: null,
        release: null,
        paths: ['/home/mabel/Downloads/MyHealth.zip'],
        confirmed: false,
      },
    ]);
    await accessible();
    await user.click(await hook('toast-undo'));
    expect(host.argsOf('undoImport')).toEqual([{ person: 'p1', import: 7 }]);
    await hook('files-choose');
  });

  test('go by the name that the person gives their source', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, FILES);
    await user.click(await hook('files-folder'));
    expect(host.argsOf('chooseFiles')).toEqual([{ folder: true }]);
    const label = await hook('files-label');
    expect((label as HTMLInputElement).value).toBe('Birchwood Clinic');
    await user.clear(label);
    await user.type(label, 'Dr. Birch');
    await user.click(await hook('files-take'));
    expect(host.argsOf('import')[0]?.label).toBe('Dr. Birch');
  });

  test('of somebody else are taken in only where that is said', async () => {
    const user = userEvent.setup();
    const asked = 'These files are about somebody else: Ben Okafor.';
    const host = fullHost({
      previewImport: () => ({ ...importPreview, asked, askedAdvice: 'Nothing was added.' }),
    });
    show(host, FILES);
    await user.click(await hook('files-file'));
    expect((await hook('files-asked')).textContent).toContain('Ben Okafor');
    await accessible();
    await user.click(await hook('files-take'));
    expect(host.argsOf('import')[0]?.confirmed).toBe(true);
  });

  test('of another person here are looked at in that person’s record', async () => {
    const user = userEvent.setup();
    const state = appState();
    const eve = { ...state.persons[0], id: 'p2', name: 'Eve Okonkwo' } as PersonView;
    const asked = 'These files are about somebody else: Eve Okonkwo.';
    const host = fullHost({
      choosePerson: () => ({ ...state, persons: [...state.persons, eve], person: 'p2' }),
      previewImport: ({ person }) =>
        person === 'p1' ? { ...importPreview, asked, askedAdvice: '', theirs: eve } : importPreview,
    });
    show(host, FILES);
    await user.click(await hook('files-file'));
    await accessible();
    await user.click(await hook('files-theirs'));
    await waitFor(() => expect(host.argsOf('previewImport').map((one) => one.person)).toEqual(['p1', 'p2']));
    await hook('files-preview');
    expect(location.hash).toBe(FILES);
    expect(screen.queryByTestId('files-asked')).toBeNull();
    await user.click(await hook('files-take'));
    expect(host.argsOf('import')).toMatchObject([{ person: 'p2', confirmed: false }]);
  });

  test('that hold nothing cannot be taken in', async () => {
    const user = userEvent.setup();
    const nothing: Partial<ImportPreview> = {
      total: 0,
      known: 0,
      kinds: [],
      sources: ['Files'],
      period: null,
      people: [],
    };
    const host = fullHost({ previewImport: () => ({ ...importPreview, ...nothing }) });
    show(host, FILES);
    await user.click(await hook('files-file'));
    await hook('files-nothing');
    expect(screen.queryByTestId('files-take')).toBeNull();
    await user.click(await hook('files-leave'));
    await hook('files-choose');
  });

  test('are dropped anywhere, and what came last counts', async () => {
    const first = pending<ImportPreview>();
    let turn = 0;
    const host = fullHost({
      previewImport: () => (turn++ === 0 ? first.promise : { ...importPreview, files: 9 }),
    });
    show(host, '#/timeline');
    await heading('Timeline');
    host.send({ is: 'dragging', over: true });
    await hook('files-dragging');
    host.send({ is: 'dragging', over: false });
    host.send({ is: 'dropped', paths: ['/a.xml'] });
    await hook('files-looking');
    expect(screen.queryByTestId('files-dragging')).toBeNull();
    host.send({ is: 'dropped', paths: ['/b.xml'] });
    await waitFor(() => expect(screen.getByTestId('files-preview').textContent).toContain('9 files'));
    first.resolve(importPreview);
    await new Promise((done) => setTimeout(done));
    expect(screen.getByTestId('files-preview').textContent).toContain('9 files');
    expect(host.argsOf('previewImport').map((one) => one.paths)).toEqual([['/a.xml'], ['/b.xml']]);
  });

  test('that cannot be opened say why', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      previewImport: () => {
        throw apiError({ message: 'This file or folder cannot be opened.' });
      },
    });
    show(host, FILES);
    await user.click(await hook('files-file'));
    expect((await hook('error-message')).textContent).toContain('cannot be opened');
    await accessible();
  });

  test('are stopped while they are taken in', async () => {
    const user = userEvent.setup();
    const taking = pending<typeof importReport>();
    const host = fullHost({ import: () => taking.promise });
    show(host, FILES);
    await user.click(await hook('files-file'));
    await user.click(await hook('files-take'));
    await hook('files-taking');
    host.send({ is: 'progress', text: 'Reading the files', percent: 40 });
    await user.click(await hook('files-stop'));
    expect(host.argsOf('cancelImport')).toHaveLength(1);
    taking.reject(apiError({ message: 'It was stopped.' }));
    await hook('files-choose');
    expect(screen.queryByTestId('error-message')).toBeNull();
    expect(screen.queryByTestId('catching-up')).toBeNull();
  });

  test('can be undone at any later time from their source', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      connections: () => [
        connection({ id: 'c-files', name: 'Birchwood Clinic', state: 'files', imported: true }),
      ],
    });
    show(host, '#/providers');
    await user.click(await hook('import-undo'));
    await accessible();
    expect(host.argsOf('undoImport')).toEqual([]);
    await user.click(await hook('import-undo-sure'));
    expect(host.argsOf('undoImport')).toEqual([{ person: 'p1', import: 7 }]);
    expect((await hook('toast')).textContent).toContain('undone');
  });
});

test('the first screen has the door, too', async () => {
  const user = userEvent.setup();
  show(fullHost({ connections: () => [] }), '#/');
  await user.click(await hook('door-files'));
  await heading('Records from files');
});
