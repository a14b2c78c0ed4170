import { expect, test } from 'vitest';
import type { CommandName } from '../lib/api/host';
import type { Answers } from '../test/fake-host';
import { fullHost } from '../test/invented/host';
import { life } from '../test/invented/life';
import { connection, contacts, ledger } from '../test/invented/providers';
import { factPage } from '../test/invented/record';
import { show, waitFor } from '../test/screen';

const record = life(12).find((row) => row.id === 'f-ldl');
if (!record) throw new Error('the invented life has no such result');
const page = factPage(record);
const [spoken] = contacts.hosts;
if (!spoken) throw new Error('the invented contacts are empty');
const summary = (words: string) => ({
  pages: [`<svg xmlns="http://www.w3.org/2000/svg"><text>${words}</text></svg>`],
  paper: 'letter' as const,
  alt: '',
  warning: null,
});

/** What is read again whenever something changes: its address, and the same answer with different words. */
const READ: [CommandName, string, (words: string) => unknown][] = [
  ['fact', '#/timeline/f-ldl', (words) => ({ ...page, plain: words })],
  ['ledger', '#/providers/c-lake', (words) => ({ ...ledger, verdict: words })],
  ['summary', '#/summary', summary],
  ['contacts', '#/settings/contacts', (words) => ({ ...contacts, hosts: [{ ...spoken, purpose: words }] })],
  ['connections', '#/providers', (words) => [connection({ name: words })]],
];

test.each(READ)('an older answer to %s does not take the place of a newer one', async (command, at, say) => {
  const waiting: ((value: unknown) => void)[] = [];
  const answer = () => new Promise((resolve) => waiting.push(resolve));
  const host = fullHost();
  show(host, at);
  // The first reading is let through, so that the screen is there.
  await waitFor(() => expect(host.argsOf(command).length).toBeGreaterThan(0));
  host.answers = { ...host.answers, [command]: answer } as Answers;
  host.send({ is: 'changed' });
  await waitFor(() => expect(waiting).toHaveLength(1));
  host.send({ is: 'changed' });
  await waitFor(() => expect(waiting).toHaveLength(2));
  waiting[1]?.(say('The newer answer'));
  await waitFor(() => expect(document.body.textContent).toContain('The newer answer'));
  waiting[0]?.(say('The older answer'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(document.body.textContent).not.toContain('The older answer');
  expect(document.body.textContent).toContain('The newer answer');
});

test('an answer is shown though something changed meanwhile: records that arrive do not hold it up', async () => {
  const waiting: ((value: unknown) => void)[] = [];
  const host = fullHost({ fact: () => new Promise((resolve) => waiting.push(resolve as () => void)) });
  show(host, '#/timeline/f-ldl');
  await waitFor(() => expect(waiting).toHaveLength(1));
  host.send({ is: 'changed' });
  await waitFor(() => expect(waiting).toHaveLength(2));
  waiting[0]?.(page);
  await waitFor(() => expect(document.querySelector('[data-testid="record-title"]')).not.toBeNull());
});
