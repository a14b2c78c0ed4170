/** What providers list, side by side. */
import type { CompareCell } from '../../lib/api/generated/CompareCell';
import type { CompareRow } from '../../lib/api/generated/CompareRow';
import type { CompareTable } from '../../lib/api/generated/CompareTable';
import type { CompareView } from '../../lib/api/generated/CompareView';

const notListed: CompareCell = { standing: null, how: 'Not listed', differs: [], says: [] };

function listed(title: string, lines: string[], over: Partial<CompareCell> = {}): CompareCell {
  const says = [{ fact: 'f-met', title, struck: false, lines }];
  return { standing: 'current', how: 'On its list', differs: [], says, ...over };
}

function row(over: Partial<CompareRow> & { name: string; cells: CompareCell[] }): CompareRow {
  return {
    topic: `t-${over.name}`,
    standing: 'current',
    standingText: 'Current medicines',
    fact: 'f-met',
    disagreement: null,
    ask: [],
    ...over,
  };
}

export function compareTable(over: Partial<CompareTable> = {}): CompareTable {
  return {
    kind: 'medicine',
    title: 'Medicines',
    column: 'Medicine',
    notes: ['Northgate Eye Center shared no medicines and has no column.'],
    providers: [
      { connection: 'c-lake', name: 'Lakeside Family Medicine', asOf: 'as of November 3, 2026' },
      { connection: 'c-harbor', name: 'Harbor Heart Clinic', asOf: 'as of November 2, 2026' },
    ],
    rows: [
      row({
        name: 'Metformin',
        disagreement: 'providers disagree',
        ask: [
          'Harbor Heart Clinic stopped metformin 500 mg on June 7, 2022; Lakeside Family Medicine still lists it.',
        ],
        cells: [
          listed('metformin 500 mg tablet', ['1 tablet twice a day', 'since Mar 20, 2020'], {
            differs: ['Strength differs'],
          }),
          listed('Metformin 500 mg', ['ended June 7, 2022, reason: nausea'], {
            standing: 'past',
            how: 'Stopped',
          }),
        ],
      }),
      row({ name: 'Aspirin', cells: [listed('aspirin 81 mg', ['1 tablet daily']), notListed] }),
      row({
        name: 'Amoxicillin',
        standing: 'perhaps-over',
        standingText: 'May be outdated',
        cells: [
          {
            standing: 'not-so',
            how: 'Withdrawn as a mistake',
            differs: [],
            says: [{ fact: 'f-met', title: 'Amoxicillin 500 mg', struck: true, lines: [] }],
          },
          listed('amoxicillin 500 mg capsule', ['was to end June 12, 2024'], {
            standing: 'perhaps-over',
            how: 'On its list, perhaps over',
          }),
        ],
      }),
    ],
    ...over,
  };
}

export const compared: CompareView = { tables: [compareTable()] };

/** More providers than there is room for, and long names. */
export function crowded(): CompareTable {
  const table = compareTable();
  const names = ['Summit General Hospital and Outpatient Clinics', 'Cedar Pharmacy', 'Northgate Eye Center'];
  const more = names.map((name, at) => ({ connection: `c-${at}`, name, asOf: 'as of October 1, 2026' }));
  const long = listed('hydrochlorothiazide-triamterene 37.5 mg-25 mg oral capsule', [
    'Take 1 capsule by mouth every morning with food',
    'reason: High blood pressure',
    'since Apr 20, 2015',
    'last ordered May 20, 2025',
  ]);
  return {
    ...table,
    providers: [...table.providers, ...more],
    rows: table.rows.map((one) => ({ ...one, cells: [...one.cells, long, notListed, long] })),
  };
}
