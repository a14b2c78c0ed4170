import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { fullHost } from '../../test/invented/host';
import { accessible, heading, hook, screen, show, waitFor } from '../../test/screen';

describe('a letter', () => {
  test('asks for a correction with what the record says and what it should say', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/timeline/f-ldl');
    await user.click((await hook('record-wrong')).querySelector('summary') as HTMLElement);
    await user.click((await screen.findAllByTestId('wrong-letter'))[0] as HTMLElement);
    await heading('Ask for a correction');
    expect((await hook('letter-says')).textContent).toContain('131 mg/dL');
    await user.type(await hook('letter-shouldSay'), 'It was 113 mg/dL.');
    await accessible();
    // What is printed is what was typed last.
    await user.click(await hook('letter-print'));
    await waitFor(() => expect(host.printed).toBe(1));
    expect((await hook('summary-page')).textContent).toContain('It was 113 mg/dL.');
    await user.click(await hook('letter-save'));
    expect((await hook('toast')).textContent).toContain('letter.pdf');
    expect(host.argsOf('saveLetterPdf').at(-1)?.letter).toMatchObject({
      to: 'Lakeside Family Medicine\n4 Harbor Road, Port Alder, WI',
      asks: { what: 'correction', fact: 'f-ldl', shouldSay: 'It was 113 mg/dL.', why: '' },
    });
  });

  test('keeps what was typed while something else is looked up', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/providers/letter/lakeside?fact=f-ldl&resource=Observation%2F1');
    await user.type(await hook('letter-why'), 'I was there.');
    location.hash = '#/summary';
    await heading('Summary for a visit');
    location.hash = '#/providers/letter/lakeside?fact=f-ldl&resource=Observation%2F1';
    expect(((await hook('letter-why')) as HTMLTextAreaElement).value).toBe('I was there.');
  });

  test('asks for a copy of everything from the page of a provider', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/providers');
    await user.click((await screen.findAllByTestId('provider-letter'))[0] as HTMLElement);
    await heading('Ask for a copy of your record');
    expect(screen.queryByTestId('letter-shouldSay')).toBeNull();
    expect((await hook('summary-page')).textContent).toContain('A copy of my record');
    await accessible();
  });
});
