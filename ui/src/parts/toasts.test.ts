import { fireEvent } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { apiError, type FakeHost } from '../test/fake-host';
import { fullHost } from '../test/invented/host';
import { PATIENCE } from '../test/setup';
import { accessible, hook, screen, show, waitFor } from '../test/screen';

const toast = () => screen.queryAllByTestId('toast')[0] ?? null;

/** The address of the file is told in passing. */
async function saved(host: FakeHost = fullHost()): Promise<FakeHost> {
  show(host, '#/results');
  const save = await hook('results-save');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  save.focus();
  await fireEvent.click(save);
  await vi.waitFor(() => expect(toast()).not.toBeNull(), { timeout: PATIENCE });
  return host;
}

async function after(ms: number) {
  vi.advanceTimersByTime(ms);
  await tick();
}

describe('a message in passing', () => {
  beforeEach(() => vi.useRealTimers());
  afterEach(() => vi.useRealTimers());

  test('is told politely in a place of its own, and goes by itself', async () => {
    await saved();
    const place = await screen.getByTestId('toasts');
    expect(place.getAttribute('role')).toBe('status');
    expect(place.closest('main'), 'it takes no room of the page').toBeNull();
    await after(5_900);
    expect(toast()).not.toBeNull();
    await after(200);
    expect(toast()).toBeNull();
  });

  test('stays under the pointer, and goes when it was left', async () => {
    await saved();
    await fireEvent.pointerEnter(toast() as HTMLElement);
    await after(60_000);
    expect(toast()).not.toBeNull();
    await fireEvent.pointerLeave(toast() as HTMLElement);
    await after(6_100);
    expect(toast()).toBeNull();
  });

  test('stays while it has the focus; Escape closes it and the focus goes back', async () => {
    await saved();
    screen.getByTestId('toast-dismiss').focus();
    await after(60_000);
    expect(toast()).not.toBeNull();
    await fireEvent.keyDown(screen.getByTestId('toast-dismiss'), { key: 'Escape' });
    expect(toast()).toBeNull();
    expect((document.activeElement as HTMLElement).dataset.testid).toBe('results-save');
  });

  test('stays longer where more is told', async () => {
    const host = fullHost();
    show(host, '#/providers');
    await screen.findAllByTestId('provider-item');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    host.send({
      is: 'news',
      person: 'p1',
      connection: 'c-lake',
      text: '1 new record',
      toldAway: 'New records came.',
    });
    await tick();
    await after(11_900);
    expect(toast()?.textContent).toContain('1 new record');
    await after(200);
    expect(toast()).toBeNull();
  });

  test('is taken back by the keys everybody knows, and says so when that fails', async () => {
    let wish: string | null = null;
    const host = fullHost();
    const known = await host.call('conflicts', { person: 'p1' });
    host.answers.conflicts = () =>
      known.map((one) => (one.id === 'd1' ? { ...one, wish: wish as 'ask' | null } : one));
    host.answers.chooseConflict = ({ wish: chosen }) => {
      wish = chosen ?? null;
      return null;
    };
    show(host, '#/ask');
    await fireEvent.click(await hook('conflict-ask'));
    await hook('toast-undo');
    await accessible();
    await fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
    await waitFor(() => expect(host.argsOf('chooseConflict').at(-1)?.wish).toBeNull());
    expect(toast()).toBeNull();

    await fireEvent.click(await hook('conflict-ask'));
    await hook('toast-undo');
    // News that come in between take the way back from nobody; there are two messages at most.
    for (const news of ['1 new record', '2 new records'])
      host.send({
        is: 'news',
        person: 'p1',
        connection: 'c-lake',
        text: news,
        toldAway: 'New records came.',
      });
    await waitFor(() => expect(screen.getByTestId('toasts').textContent).toContain('2 new records'));
    expect(screen.getAllByTestId('toast')).toHaveLength(2);
    expect(toast()?.querySelector('[data-testid="toast-undo"]')).not.toBeNull();
    await accessible();
    await fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
    await waitFor(() => expect(screen.queryByTestId('toast-undo')).toBeNull());
    expect(toast()?.textContent).toContain('2 new records');

    await fireEvent.click(await hook('conflict-ask'));
    await hook('toast-undo');
    await fireEvent.click(screen.getAllByTestId('toast-dismiss')[1] as HTMLElement);
    host.answers.chooseConflict = () => {
      throw apiError({ message: 'The disk is full.' });
    };
    await fireEvent.click(await hook('toast-undo'));
    await waitFor(() => expect(toast()?.textContent).toContain('The disk is full.'));
  });
});

describe('what was done last', () => {
  const undo = () => fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });

  test('can be taken back after its message is gone, once; then it is said that there is nothing', async () => {
    const host = fullHost({ chooseConflict: () => null });
    show(host, '#/ask');
    await fireEvent.click(await hook('conflict-ask'));
    await fireEvent.click(await hook('toast-dismiss'));
    await waitFor(() => expect(toast()).toBeNull());
    await undo();
    await waitFor(() => expect(host.argsOf('chooseConflict')).toHaveLength(2));
    expect(host.argsOf('chooseConflict')[1]?.wish).toBeNull();
    await undo();
    await waitFor(() => expect(toast()?.textContent).toContain('Nothing to undo.'));
    expect(host.argsOf('chooseConflict')).toHaveLength(2);
  });

  test('is taken back from the window’s menu too', async () => {
    const host = fullHost();
    show(host, '#/home');
    await hook('nav-home');
    host.send({ is: 'menu', chosen: 'edit undo' });
    await waitFor(() => expect(toast()?.textContent).toContain('Nothing to undo.'));
  });
});
