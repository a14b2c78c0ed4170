import { userEvent } from '@testing-library/user-event';
import { within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { appState } from '../../test/invented/app';
import { fullHost } from '../../test/invented/host';
import { life, row } from '../../test/invented/life';
import { connection } from '../../test/invented/providers';
import { factPage } from '../../test/invented/record';
import { topic } from '../../test/invented/topics';
import { accessible, hook, rowOf, screen, show, waitFor } from '../../test/screen';
import { apiError } from '../../test/fake-host';

describe('a record', () => {
  test('shows every source, why they are one, and its bytes only when asked', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/timeline/f-ldl');
    await hook('record-page');
    const sources = await screen.findAllByTestId('record-source');
    expect(sources.map((one) => one.dataset.name)).toEqual([
      'Lakeside Family Medicine',
      'Harbor Heart Clinic',
    ]);
    expect((await hook('record-why')).textContent).toContain('Shown once because');
    const first = within(sources[0] as HTMLElement);
    expect(first.getByText('LOINC 13457-7').closest('details')?.open).toBe(false);
    expect(host.argsOf('raw')).toEqual([]);
    await accessible();
    const raw = first.getAllByTestId('record-raw')[0] as HTMLDetailsElement;
    await user.click(within(raw).getByText('Exactly as it was sent'));
    await waitFor(() => expect(raw.textContent).toContain('"resourceType": "Observation"'));
    expect(host.argsOf('raw')).toEqual([{ person: 'p1', version: 10 }]);
    await accessible();
  });

  test('shows the sender’s page with the window’s own means, where nothing in it can act', async () => {
    const user = userEvent.setup();
    const page = factPage(row({ id: 'f-ldl' }));
    const narrative =
      '<h1>Report</h1><p onclick="act()">LDL <b>131</b></p><script>document.title="acted"</script>';
    show(
      fullHost({
        fact: () => ({ ...page, sources: page.sources.map((source) => ({ ...source, narrative })) }),
      }),
      '#/timeline/f-ldl',
    );
    const [shown] = await screen.findAllByTestId('record-narrative');
    await user.click(shown?.querySelector('summary') as HTMLElement);
    await waitFor(() => expect(shown?.querySelector('b')?.textContent).toBe('131'));
    expect(shown?.querySelector('h5')?.textContent).toBe('Report');
    expect(shown?.querySelector('iframe, script, [onclick]')).toBeNull();
    expect(shown?.textContent).not.toContain('acted');
    await accessible();
  });

  test('of a visit shows its day', async () => {
    const user = userEvent.setup();
    const visit = row({ id: 'f-visit', kind: 'visit', kindText: 'Visit', title: 'Annual check-up' });
    const results = Array.from({ length: 10 }, (_, n) =>
      row({ id: `f-r${n}`, title: `Test ${n}`, value: `${n} mg` }),
    );
    const day = [
      { kind: 'result' as const, label: 'Results', rows: results },
      {
        kind: 'vaccine' as const,
        label: 'Vaccines',
        rows: [row({ id: 'f-flu', kind: 'vaccine', title: 'Flu shot' })],
      },
    ];
    show(fullHost({ fact: () => ({ ...factPage(visit), day }) }), '#/visits/f-visit');
    const shown = await hook('record-day');
    expect(
      within(shown)
        .getAllByRole('heading', { level: 4 })
        .map((one) => one.textContent.trim()),
    ).toEqual(['Results 10', 'Vaccines 1']);
    expect(within(shown).getAllByRole('link')).toHaveLength(9);
    await user.click(within(shown).getByTestId('record-day-all'));
    expect(within(shown).getAllByRole('link')).toHaveLength(11);
    expect(within(shown).getByRole('link', { name: 'Flu shot' }).getAttribute('href')).toContain('f-flu');
    await accessible();
  });

  test('says where sources disagree', async () => {
    show(fullHost(), '#/timeline/f-lis');
    const conflict = await hook('conflict');
    expect(conflict.textContent).toContain('disagree about whether this is still current');
    expect(
      within(conflict)
        .getAllByRole('listitem')
        .map((one) => one.textContent.replace(/\s+/g, ' ').trim()),
    ).toEqual([
      'L Lakeside Family Medicine current April 20, 2015 Show the record',
      'S Summit General Hospital stopped March 17, 2021 – June 7, 2022 Show the record',
    ]);
    await accessible();
  });

  test('lists what is shown under it, and leads to what it is shown under', async () => {
    const user = userEvent.setup();
    const head = row({ id: 'f-form', title: 'Check-up', holds: 40, holdsText: '40 findings and answers' });
    const held = [...Array(40).keys()].map((n) =>
      row({ id: `f-q${n}`, title: `Question ${n}`, value: 'Never', under: 'f-form' }),
    );
    const host = fullHost(
      {
        heldUnder: () => held,
        fact: ({ fact }) =>
          fact === 'f-form'
            ? factPage(head)
            : { ...factPage(held.find((one) => one.id === fact) ?? head), under: head },
      },
      [head],
    );
    show(host, '#/timeline/f-form');
    const list = within(await hook('record-held'));
    expect(list.getByRole('heading', { name: '40 findings and answers' })).toBeTruthy();
    await waitFor(() => expect(list.getAllByRole('link')).toHaveLength(30));
    await user.click(await hook('record-held-all'));
    expect(list.getAllByRole('link')).toHaveLength(40);
    await accessible();
    await user.click(list.getByRole('link', { name: 'Question 7' }));
    await waitFor(() => expect(location.hash).toBe('#/timeline/f-q7'));
    const under = within(await hook('record-under'));
    expect(document.querySelector('[data-testid="record-held"]')).toBeNull();
    await user.click(under.getByRole('link', { name: 'Check-up' }));
    await waitFor(() => expect(location.hash).toBe('#/timeline/f-form'));
  });

  test('that was withdrawn is struck through', async () => {
    show(fullHost(), '#/timeline/f-k');
    const title = await hook('record-title');
    expect(title.querySelector('s')?.textContent).toBe('Potassium');
    expect((await hook('record-page')).textContent).not.toContain('far above');
  });

  test('that is gone is told', async () => {
    show(fullHost(), '#/timeline/f-gone');
    expect((await hook('error-message')).textContent).toContain('not here any more');
    await accessible();
  });

  test('an answer that comes late does not take the place of the newer one', async () => {
    let late: (() => void) | undefined;
    const rows = life(20);
    const host = fullHost(
      {
        fact: ({ fact }) => {
          const page = factPage(rows.find((one) => one.id === fact) ?? row({ id: fact }));
          if (fact !== 'f-a1c') return page;
          return new Promise((resolve) => {
            late = () => resolve(page);
          });
        },
      },
      rows,
    );
    show(host, '#/timeline/f-a1c');
    await rowOf('f-visit');
    location.hash = '#/timeline/f-ldl';
    window.dispatchEvent(new HashChangeEvent('hashchange'));
    await waitFor(() => expect(screen.getByTestId('record-title').textContent).toBe('LDL cholesterol'));
    late?.();
    await new Promise((resolve) => setTimeout(resolve));
    expect(screen.getByTestId('record-title').textContent).toBe('LDL cholesterol');
  });
});

describe('a record’s page', () => {
  test('shows the same test over time', async () => {
    show(fullHost(), '#/timeline/f-ldl');
    const glance = await hook('record-trend');
    expect(glance.querySelector('desc')?.textContent).toContain('131 mg/dL');
    expect(glance.querySelector('a')?.getAttribute('href')).toBe(
      '#/results/result/words%20ldl%20cholesterol',
    );
  });

  test('tells what a provider changed, in words, when asked', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    show(host, '#/timeline/f-ldl');
    const [history] = await screen.findAllByTestId('record-history');
    expect(host.argsOf('versionChanges')).toEqual([]);
    await user.click(history?.querySelector('summary') as HTMLElement);
    await waitFor(() => expect(history?.querySelector('del')?.textContent).toBe('128 mg/dL'));
    expect(history?.querySelector('ins')?.textContent).toBe('131 mg/dL');
    expect(history?.textContent).toContain('The first version');
    expect(host.argsOf('versionChanges')).toEqual([{ person: 'p1', version: 10 }]);
    await accessible();
  });

  test('keeps a note of one’s own, and takes it away', async () => {
    const user = userEvent.setup();
    const host = fullHost();
    let note: string | null = null;
    host.answers.saveNote = ({ text }) => {
      note = text.trim() || null;
      return null;
    };
    host.answers.fact = ({ fact }) => ({ ...factPage(row({ id: fact })), note });
    show(host, '#/timeline/f-ldl');
    await user.click(await hook('note-write'));
    expect(document.activeElement).toBe(await hook('note-text'));
    await user.type(await hook('note-text'), 'Was not fasting');
    await user.click(await hook('note-save'));
    expect((await hook('note')).textContent).toBe('Was not fasting');
    expect(host.argsOf('saveNote')).toEqual([{ person: 'p1', fact: 'f-ldl', text: 'Was not fasting' }]);
    await user.click(await hook('note-write'));
    await user.clear(await hook('note-text'));
    await user.click(await hook('note-save'));
    await waitFor(() => expect(screen.queryByTestId('note')).toBeNull());
    await accessible();
  });

  test('keeps a note that was begun while another record is looked at, and says so', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/timeline/f-ldl');
    await user.click(await hook('note-write'));
    await user.type(await hook('note-text'), 'Was not fas{Escape}');
    expect((await hook('note-kept')).textContent).toContain('not saved yet');
    expect(document.activeElement).toBe(await hook('note-write'));
    await accessible();
    for (const [fact, title] of [
      ['f-a1c', 'Haemoglobin A1c'],
      ['f-ldl', 'LDL cholesterol'],
    ]) {
      location.hash = `#/timeline/${fact}`;
      await waitFor(() => expect(screen.getByTestId('record-title').textContent).toBe(title));
      expect(screen.queryByTestId('note-kept') !== null).toBe(fact === 'f-ldl');
    }
    await user.click(screen.getByRole('button', { name: 'Keep writing' }));
    expect(((await hook('note-text')) as HTMLTextAreaElement).value).toBe('Was not fas');
    await user.click(await hook('note-cancel'));
    expect(screen.queryByTestId('note-kept')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Write a note' }));
    expect(((await hook('note-text')) as HTMLTextAreaElement).value).toBe('');
  });

  test('keeps what was written when saving failed, and Escape leaves without saving', async () => {
    const user = userEvent.setup();
    const host = fullHost({
      saveNote: () => {
        throw apiError({ message: 'There is no room left.', advice: 'Make some room.' });
      },
    });
    show(host, '#/timeline/f-ldl');
    await user.click(await hook('note-write'));
    await user.type(await hook('note-text'), 'Mine');
    await user.click(await hook('note-save'));
    expect((await hook('error-message')).textContent).toContain('Make some room.');
    expect(((await hook('note-text')) as HTMLTextAreaElement).value).toBe('Mine');
    await user.type(await hook('note-text'), '{Escape}');
    expect(screen.queryByTestId('note-text')).toBeNull();
    expect(location.hash, 'the record stays open').toBe('#/timeline/f-ldl');
  });

  test('says who can correct it, and what to write to them', async () => {
    const user = userEvent.setup();
    show(fullHost(), '#/timeline/f-ldl');
    const wrong = await hook('record-wrong');
    await user.click(wrong.querySelector('summary') as HTMLElement);
    expect(wrong.textContent).toContain('Lakeside Family Medicine');
    expect(wrong.textContent).toContain('It says: 131 mg/dL');
    expect(wrong.textContent).toContain('Mabel Okonkwo');
    // As people say it, not as computers store it.
    expect(wrong.textContent).toMatch(/Born: [A-Z][a-z]+ \d+, \d{4}/);
    await accessible();
  });

  test('is written about with the birth date that the records name, where nobody typed one', async () => {
    const who = { id: 'p1', name: 'Mabel Okonkwo', homeZone: 'America/Chicago', colour: 5, birthDate: null };
    show(
      fullHost({ appState: () => appState({ persons: [{ ...who, birthDateSent: '1961-03-09' }] }) }),
      '#/timeline/f-ldl',
    );
    await waitFor(async () =>
      expect((await hook('record-wrong')).textContent).toContain('Born: March 9, 1961'),
    );
  });

  test('leaves a place for a birth date that nobody knows', async () => {
    const who = { id: 'p1', name: 'Mabel Okonkwo', homeZone: 'America/Chicago', colour: 5, birthDate: null };
    show(
      fullHost({ appState: () => appState({ persons: [{ ...who, birthDateSent: null }] }) }),
      '#/timeline/f-ldl',
    );
    await waitFor(async () => expect((await hook('record-wrong')).textContent).toContain('Born: (fill in)'));
  });

  test('that came from files has a letter too, and what a person added has none', async () => {
    const files = { ...connection({ id: 'c-summit', name: 'Bayview Clinic' }), imported: true };
    const host = fullHost({ connections: () => [{ ...files, state: 'files' }] });
    show(host, '#/timeline/f-k');
    const wrong = await hook('record-wrong');
    await waitFor(() => expect(wrong.textContent).toContain('This came from files you added'));
    expect(within(wrong).getByTestId('wrong-letter').getAttribute('href')).toContain('letter/c-summit');
    await accessible();
    host.answers.connections = () => [{ ...files, state: 'own' }];
    host.send({ is: 'changed' });
    await waitFor(() => expect(screen.queryByTestId('record-wrong')).toBeNull());
  });
});

describe('a record of several sources', () => {
  test('says why it is one, with both beside each other', async () => {
    show(fullHost(), '#/timeline/f-ldl');
    const why = await hook('record-why');
    expect(why.textContent).toContain('the same test with the same value');
    const rows = [...(await hook('evidence')).querySelectorAll('tbody tr')];
    expect(rows.map((row) => row.querySelector('th')?.textContent)).toEqual([
      'Called',
      'Date',
      'Value',
      'Lot',
    ]);
    expect(rows[3]?.textContent).toContain('not given');
    await accessible();
  });

  test('is split at a source, and put together again', async () => {
    const host = fullHost({ splitSource: () => ({ fact: 'f-k', undo: 'before' }) });
    show(host, '#/timeline/f-ldl');
    const split = await screen.findAllByTestId('source-split');
    await userEvent.click(split[1] as HTMLElement);
    await waitFor(() => expect(location.hash).toBe('#/timeline/f-k'));
    expect(host.argsOf('splitSource')[0]).toMatchObject({ person: 'p1', fact: 'f-ldl' });
    await userEvent.click(await hook('toast-undo'));
    expect(host.argsOf('undo')).toEqual([{ person: 'p1', undo: 'before' }]);
  });

  test('is joined with another that is looked for', async () => {
    const host = fullHost();
    show(host, '#/timeline/f-ldl');
    await userEvent.click(await hook('record-join'));
    await userEvent.type(await hook('join-find'), 'potas');
    await waitFor(() => {
      expect(screen.getAllByTestId('join-candidate').map((one) => one.dataset.factId)).toContain('f-k');
      expect(host.argsOf('joinCandidates').at(-1)).toEqual({
        person: 'p1',
        fact: 'f-ldl',
        text: 'potas',
      });
    });
    await accessible();
    const wanted = screen.getAllByTestId('join-candidate').find((one) => one.dataset.factId === 'f-k');
    await userEvent.click(wanted as HTMLElement);
    expect(host.argsOf('joinFacts')).toEqual([{ person: 'p1', fact: 'f-ldl', other: 'f-k' }]);
    await waitFor(() => expect(screen.queryByTestId('join-find')).toBeNull());
  });

  test('what is probably the same stands beside it, and is kept apart or joined with one click', async () => {
    const other = { ...row({ id: 'f-k', title: 'Potassium' }) };
    const host = fullHost({
      fact: ({ fact }) => ({
        ...factPage(row({ id: fact, title: 'LDL' })),
        likely: [{ row: other, why: 'May be the same.' }],
      }),
    });
    show(host, '#/timeline/f-ldl');
    expect((await hook('record-likely')).textContent).toContain('Probably the same');
    await accessible();
    await userEvent.click(await hook('likely-apart'));
    expect(host.argsOf('keepApart')).toEqual([{ person: 'p1', fact: 'f-ldl', other: 'f-k' }]);
    await userEvent.click(await hook('likely-same'));
    expect(host.argsOf('joinFacts')).toEqual([{ person: 'p1', fact: 'f-ldl', other: 'f-k' }]);
  });

  test('is moved to another heading, or to one of its own', async () => {
    const host = fullHost({
      fact: ({ fact }) => ({
        ...factPage(row({ id: fact, title: 'Gout' })),
        topic: { name: 'Arthritis', others: 2 },
      }),
      topics: () => [
        topic({ id: 't1', name: 'High blood pressure', facts: [row({ id: 'f-bp', title: 'HTN' })] }),
        topic({ id: 't2', name: 'Migraña', facts: [row({ id: 'f-m', title: 'Migraine' })] }),
      ],
    });
    show(host, '#/timeline/f-ldl');
    expect((await hook('record-topic')).textContent).toContain('Arthritis');
    await userEvent.click(await hook('record-move'));
    await userEvent.type(await hook('move-find'), 'migrana');
    await waitFor(() => expect(screen.getAllByTestId('move-topic')).toHaveLength(1));
    await accessible();
    await userEvent.click(await hook('move-topic'));
    expect(host.argsOf('moveToTopic')).toEqual([{ person: 'p1', fact: 'f-ldl', beside: 'f-m' }]);
  });

  test('shows what was corrected under what is so now', async () => {
    show(fullHost(), '#/timeline/f-ldl');
    expect((await hook('source-before')).textContent).toContain('128 mg/dL');
  });
});
