import { userEvent } from '@testing-library/user-event';
import { within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { apiError } from '../../test/fake-host';
import { conflicts } from '../../test/invented/asking';
import { fullHost } from '../../test/invented/host';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

describe('to ask about', () => {
  test('lists who says what, what is chosen, and what needs no asking', async () => {
    show(fullHost(), '#/ask');
    await heading('Questions for your doctor');
    const cards = await screen.findAllByTestId('conflict');
    expect(cards.map((card) => [card.dataset.about, card.dataset.wish])).toEqual([
      ['status', ''],
      ['allergy-not-listed', 'ask'],
      ['dose', 'settled'],
    ]);
    expect(cards[0]?.textContent).toContain('stopped');
    expect(cards[1]?.textContent).toContain('On your printed summary');
    // Silence leads to no record.
    expect(within(cards[1] as HTMLElement).getAllByRole('link')).toHaveLength(1);
    expect((await hook('conflicts-settled')).contains(cards[2] as HTMLElement)).toBe(true);
    await accessible();
  });

  test('one’s own questions are written there, and kept with what is printed', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    const before = (await host.call('printing', { person: 'p1' })).printing;
    show(host, '#/ask');
    const field = (await hook('ask-own')) as HTMLTextAreaElement;
    await accessible();
    await user.clear(field);
    await user.type(field, 'May I drive?');
    await user.tab();
    await waitFor(() =>
      expect(host.argsOf('savePrinting')).toEqual([
        { person: 'p1', printing: { ...before, questions: 'May I drive?' } },
      ]),
    );
  });

  test('the menu says how many things wait', async () => {
    show(fullHost(), '#/ask');
    await hook('to-ask');
    const entry = await hook('nav-ask');
    // One disagreement without a word, and one question.
    await waitFor(() => expect(entry.textContent).toContain('One question needs your answer'));
  });

  test('asking about one puts it on the summary', async () => {
    let wish: 'ask' | null = null;
    const host = fullHost({
      conflicts: () => conflicts.map((one) => (one.id === 'd1' ? { ...one, wish } : one)),
      chooseConflict: () => {
        wish = 'ask';
        return null;
      },
    });
    show(host, '#/ask');
    await userEvent.click(await hook('conflict-ask'));
    await waitFor(() => expect(screen.getAllByText('On your printed summary')).toHaveLength(2));
    expect(host.argsOf('chooseConflict')).toEqual([{ person: 'p1', conflict: 'd1', wish: 'ask' }]);
  });

  test('says so when nothing waits, and when it cannot be read', async () => {
    const { unmount } = show(fullHost({ conflicts: () => [] }), '#/ask');
    expect((await hook('to-ask-none')).textContent).toContain('Nothing to ask about');
    await accessible();
    unmount();
    const broken = fullHost({
      conflicts: () => {
        throw apiError({ message: 'The disk does not answer.', advice: 'Try again.' });
      },
    });
    show(broken, '#/ask');
    expect((await hook('error-message')).textContent).toContain('disk does not answer');
    await accessible();
  });
});
