import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { ScheduleView } from '../../lib/api/generated/ScheduleView';
import { apiError } from '../../test/fake-host';
import { appState } from '../../test/invented/app';
import { backup, fullHost } from '../../test/invented/host';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

const PASSPHRASE = 'mule lantern copper thursday';

describe('backups', () => {
  test('are made behind a passphrase that is typed twice and not easy to guess', async () => {
    const user = userEvent.setup();
    const host = fullHost({ backups: () => ({ last: null, file: null, undo: false, schedule: null }) });
    show(host, '#/settings');
    expect((await hook('backup-never')).textContent).toContain('No backup has been made yet');
    await user.click(await hook('backup-make'));
    const [first, again] = screen.getAllByLabelText(/passphrase/i, { selector: 'input' }) as [
      HTMLElement,
      HTMLElement,
    ];
    expect(document.activeElement).toBe(first);
    await accessible();
    await user.type(first, 'rosa');
    await screen.findByText(/Easy to guess/);
    await user.type(again, 'rosa');
    await user.click(await hook('backup-now'));
    await user.clear(first);
    await user.type(first, PASSPHRASE);
    await screen.findByText('Strong.');
    await user.click(await hook('backup-now'));
    expect(screen.getByRole('alert').textContent).toContain('not the same');
    expect(host.argsOf('backUp')).toEqual([]);
    host.answers.backups = () => ({
      last: 'today, 2:05 PM',
      file: '/media/stick/chart.age',
      undo: false,
      schedule: null,
    });
    await user.clear(again);
    await user.type(again, PASSPHRASE);
    await user.click(await hook('backup-now'));
    await waitFor(() => expect(host.argsOf('backUp')).toEqual([{ passphrase: PASSPHRASE }]));
    expect((await hook('backup-last')).textContent).toContain('today, 2:05 PM');
    expect(screen.queryByTestId('backup-now')).toBeNull();
    await accessible();
  });

  test('are made without asking into a folder that was chosen', async () => {
    const user = userEvent.setup();
    const schedule: ScheduleView = {
      folder: '/media/stick',
      often: 'daily',
      keep: 5,
      next: 'July 2, 2026',
      failed: null,
    };
    const never = { last: null, file: null, undo: false, schedule: null };
    const host = fullHost({
      backups: () => never,
      chooseBackupFolder: () => '/media/stick',
      scheduleBackups: () => ({ ...never, schedule }),
      stopSchedule: () => never,
    });
    show(host, '#/settings');
    await user.click(await hook('schedule-begin'));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('schedule-folder')));
    await accessible();
    const [first, again] = screen.getAllByLabelText(/passphrase/i, { selector: 'input' }) as [
      HTMLElement,
      HTMLElement,
    ];
    await user.type(first, PASSPHRASE);
    await user.type(again, PASSPHRASE);
    await user.click(await hook('schedule-save'));
    expect(screen.getByRole('alert').textContent).toContain('Choose the folder');
    expect(host.argsOf('scheduleBackups')).toEqual([]);
    await user.click(await hook('schedule-folder'));
    expect((await hook('schedule-chosen')).textContent).toBe('/media/stick');
    await user.click(await hook('schedule-often-daily'));
    host.answers.backups = () => ({ ...never, schedule });
    await user.click(await hook('schedule-save'));
    const args = { folder: '/media/stick', often: 'daily', keep: 5, passphrase: PASSPHRASE };
    await waitFor(() => expect(host.argsOf('scheduleBackups')).toEqual([args]));
    expect((await hook('schedule-on')).textContent).toContain('The next one: July 2, 2026.');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('schedule-change')));
    // What is changed later asks for no passphrase again.
    await user.click(await hook('schedule-change'));
    expect(screen.queryByLabelText(/passphrase/i, { selector: 'input' })).toBeNull();
    await user.click(await hook('schedule-keep-10'));
    await user.click(await hook('schedule-save'));
    await waitFor(() =>
      expect(host.argsOf('scheduleBackups')[1]).toEqual({ ...args, keep: 10, passphrase: null }),
    );
    host.answers.backups = () => never;
    await user.click(await hook('schedule-stop'));
    await hook('schedule-begin');
    await accessible();
  });

  test('that could not be made are told on the first page', async () => {
    const failed: ScheduleView = {
      folder: '/media/stick',
      often: 'weekly',
      keep: 5,
      next: null,
      failed: 'The folder for backups is not there.',
    };
    const host = fullHost({
      appState: () => appState({ sample: false, profile: 'default' }),
      backups: () => ({ last: 'June 1', file: null, undo: false, schedule: failed }),
    });
    show(host, '#/home');
    expect((await hook('home-backup')).textContent).toContain('could not be made');
  });

  test('are looked into before they take the place of the record', async () => {
    const user = userEvent.setup();
    let tries = 0;
    const host = fullHost({
      previewBackup: () => {
        tries += 1;
        if (tries === 1)
          throw apiError({ code: 'wrongPassphrase', message: 'That passphrase does not open this backup.' });
        return backup();
      },
      restore: () => appState({ recoveryCode: 'K7QD-M2XA' }),
    });
    show(host, '#/settings');
    await user.click(await hook('restore-open'));
    await user.click(await hook('restore-choose'));
    const field = screen.getByLabelText<HTMLInputElement>('Passphrase of the backup');
    await user.type(field, PASSPHRASE);
    await user.click(await hook('restore-look'));
    expect((await hook('error-message')).textContent).toContain('does not open this backup');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await accessible();
    await user.click(await hook('restore-look'));
    expect((await hook('restore-there')).textContent).toContain('400 records');
    expect((await hook('restore-here')).textContent).toContain('3 records');
    expect(screen.getByText(/will be replaced/)).toBeTruthy();
    expect(host.argsOf('restore')).toEqual([]);
    await accessible();
    await user.click(await hook('restore-now'));
    await heading('Keep this recovery code');
    expect(host.argsOf('restore')).toEqual([
      { file: '/media/stick/Wholechart backup.age', passphrase: PASSPHRASE },
    ]);
  });

  test('that were restored can be taken back', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      backups: () => ({ last: null, file: null, undo: true, schedule: null }),
      undoRestore: () => appState(),
    });
    show(host, '#/settings');
    await user.click(await hook('restore-undo'));
    await waitFor(() => expect(host.argsOf('undoRestore')).toHaveLength(1));
  });

  test.each([
    ['a new computer', appState({ persons: [], person: null }), 'welcome-restore'],
    [
      'a computer without its record',
      appState({
        lock: { is: 'recordMissing', reason: 'It is not there.', file: '/x/record.db' },
        persons: [],
      }),
      'lock-restore',
    ],
  ])('are the way back on %s', async (_, state, button) => {
    const user = userEvent.setup();
    const host = fullHost({ appState: () => state, restore: () => appState() });
    host.answers.previewBackup = () => ({ ...backup(), here: null });
    show(host);
    await user.click(await hook(button));
    await heading('Restore from a backup');
    await accessible();
    await user.click(await hook('restore-choose'));
    await user.type(screen.getByLabelText('Passphrase of the backup'), PASSPHRASE);
    await user.click(await hook('restore-look'));
    await hook('restore-there');
    expect(screen.queryByText(/will be replaced/)).toBeNull();
    await user.click(await hook('restore-now'));
    await heading(/health record$/);
  });
});
