import { within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { compareTable } from '../../test/invented/compared';
import { fullHost } from '../../test/invented/host';
import { accessible, heading, hook, screen, show } from '../../test/screen';

describe('side by side', () => {
  test('shows what each provider lists, under its name and beside the name of the thing', async () => {
    const host = fullHost();
    show(host, '#/compare');
    await heading('Compare lists');
    expect(host.argsOf('compare')).toEqual([{ person: 'p1' }]);
    const table = await hook('compare-table');
    const columns = within(table).getAllByRole('columnheader');
    expect(columns.map((one) => one.textContent?.trim().replace(/\s+/g, ' '))).toEqual([
      'Medicine',
      'Lakeside Family Medicine as of November 3, 2026',
      'Harbor Heart Clinic as of November 2, 2026',
    ]);
    const [metformin, aspirin, amoxicillin] = screen.getAllByTestId('compare-row');
    const cells = (row: HTMLElement | undefined) =>
      [...(row?.querySelectorAll('td') ?? [])].map((one) => one.textContent?.trim().replace(/\s+/g, ' '));
    expect(cells(metformin)).toEqual([
      'Strength differs metformin 500 mg tablet 1 tablet twice a daysince Mar 20, 2020',
      'Stopped Metformin 500 mg ended June 7, 2022, reason: nausea',
    ]);
    expect(cells(aspirin)[1]).toBe('Not listed');
    expect(cells(amoxicillin)[0]).toContain('Withdrawn as a mistake');
    expect(amoxicillin?.querySelector('s')?.textContent).toBe('Amoxicillin 500 mg');
    await accessible();
  });

  test('says what is to be asked, in words', async () => {
    show(fullHost(), '#/compare');
    const [metformin] = await screen.findAllByTestId('compare-row');
    const head = within(metformin as HTMLElement).getByRole('rowheader');
    expect(head.textContent).toContain('providers disagree');
    expect(head.textContent).toContain('Ask about this');
    expect(head.textContent).toContain('Harbor Heart Clinic stopped metformin');
  });

  test('can be reached and scrolled by keyboard, and leads to the record and to paper', async () => {
    show(fullHost(), '#/compare');
    const table = await hook('compare-table');
    expect(table.parentElement?.tabIndex).toBe(0);
    expect(screen.getByRole('link', { name: 'Metformin' }).getAttribute('href')).toBe('#/compare/f-met');
    expect((await hook('compare-print')).getAttribute('href')).toBe('#/summary?sheet=compare');
  });

  test('says kindly that one provider alone cannot be compared', async () => {
    const alone = compareTable();
    alone.providers = alone.providers.slice(0, 1);
    alone.rows = alone.rows.slice(0, 2).map((row) => ({ ...row, cells: row.cells.slice(0, 1) }));
    show(fullHost({ compare: () => ({ tables: [alone] }) }), '#/compare');
    expect((await hook('compare-alone')).textContent).toContain('nothing to compare yet');
    expect(screen.getAllByTestId('compare-row')).toHaveLength(2);
    await accessible();
  });
});
