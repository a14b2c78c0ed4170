/** The invented person's first page and lists, for tests and the preview. */
import type { CurrentView } from '../../lib/api/generated/CurrentView';
import type { HomeView } from '../../lib/api/generated/HomeView';
import type { ListPage } from '../../lib/api/generated/ListPage';
import type { ListRow } from '../../lib/api/generated/ListRow';
import type { TimelineRow } from '../../lib/api/generated/TimelineRow';
import { row } from './life';
import { results, vitals } from './results';

export function current(
  over: Partial<TimelineRow> & { id: string },
  reviewed: string,
  beside: string | null = null,
): CurrentView {
  return {
    row: row({ kind: 'medicine', kindText: 'Medicine', ...over }),
    grave: false,
    beside,
    told: [],
    reviewed,
    listed: null,
  };
}

export function homeView(over: Partial<HomeView> = {}): HomeView {
  return {
    news: {
      text: '12 new, 1 corrected, 1 withdrawn',
      told: [
        'Summit General Hospital took back 1 record',
        'Summit General Hospital corrected 1 record',
        '8 new results from Lakeside Family Medicine',
        '4 new results from Summit General Hospital',
      ],
      first: false,
      rows: [
        {
          row: row({ id: 'f-k', title: 'Potassium', struck: true, dayText: 'August 2026' }),
          what: 'withdrawn',
          text: 'withdrawn',
        },
        {
          row: row({
            id: 'f-echo',
            kind: 'report',
            kindText: 'Report',
            title: 'Echocardiogram',
            dayText: 'June 30, 2026',
          }),
          what: 'corrected',
          text: 'corrected',
        },
        { row: row({ id: 'f-a1c', title: 'Haemoglobin A1c' }), what: 'new', text: 'new' },
        { row: row({ id: 'f-ldl' }), what: 'new', text: 'new' },
      ],
      more: 10,
      upTo: 7,
    },
    results,
    moreResults: 41,
    vitals,
    moreVitals: 0,
    held: { results: 12, vitals: 8, medicines: 9, problems: 5, allergies: 2 },
    medicines: [
      current(
        { id: 'f-met', title: 'Metformin 500 mg tablet', sources: ['c-lake', 'c-summit'] },
        'ordered or reviewed November 4, 2026, Lakeside Family Medicine',
        '1 tablet twice a day with meals',
      ),
      current(
        {
          id: 'f-lis',
          title: 'Lisinopril 10 mg',
          disagreement: 'active at Lakeside Family Medicine, stopped at Summit General Hospital',
          sources: ['c-lake', 'c-summit'],
        },
        'ordered or reviewed August 2026, Summit General Hospital',
        'once a day in the morning',
      ),
    ],
    doubtful: [
      current(
        { id: 'f-omep', title: 'Omeprazole 20 mg capsule', sources: ['c-harbor'] },
        'ordered or reviewed March 2, 2019, Harbor Heart Clinic',
        'once a day before breakfast',
      ),
    ],
    moreMedicines: [],
    problems: [
      current(
        { id: 'f-dm', kind: 'problem', title: 'Type 2 diabetes', sources: ['c-lake', 'c-summit'] },
        'last noted May 12, 2014, Lakeside Family Medicine',
      ),
      current(
        { id: 'f-ht', kind: 'problem', title: 'High blood pressure', sources: ['c-harbor'] },
        'on an unknown date',
      ),
    ],
    moreProblems: [],
    allergies: [
      current(
        { id: 'f-pen', kind: 'allergy', title: 'Penicillin', sources: ['c-lake', 'c-summit', 'c-harbor'] },
        'last noted 2009, Lakeside Family Medicine',
        'Hives, swelling of the face',
      ),
    ],
    moreAllergies: [],
    appointments: [
      row({
        id: 'f-app',
        kind: 'appointment',
        kindText: 'Appointment',
        title: 'Diabetes check with Dr. Ines Albright',
        day: '2026-12-14',
        dayText: 'December 14, 2026',
        time: '9:30 AM',
        second: 'Lakeside Family Medicine',
      }),
    ],
    lastVisit: row({
      id: 'f-last',
      kind: 'visit',
      kindText: 'Visit',
      title: 'Annual check-up',
      day: '2026-03-17',
      dayText: 'March 17, 2026',
    }),
    disagreements: 1,
    ...over,
  };
}

export const emptyHome: HomeView = {
  news: { text: null, told: [], first: true, rows: [], more: 0, upTo: null },
  results: [],
  moreResults: 0,
  vitals: [],
  moreVitals: 0,
  held: { results: 0, vitals: 0, medicines: 0, problems: 0, allergies: 0 },
  medicines: [],
  doubtful: [],
  moreMedicines: [],
  problems: [],
  moreProblems: [],
  allergies: [],
  moreAllergies: [],
  appointments: [],
  lastVisit: null,
  disagreements: 0,
};

function medicine(id: string, title: string, cells: string[], over: Partial<ListRow> = {}): ListRow {
  return {
    row: row({ id, title, kind: 'medicine', kindText: 'Medicine', sources: ['c-lake', 'c-summit'] }),
    cells,
    group: 'Current, as your providers list them',
    doubt: null,
    topic: null,
    standing: null,
    ...over,
  };
}

const MEDICINES = ['Medicine', 'How to take it', 'Since', 'Ordered or reviewed', 'Still listed by'];

export function medicines(count = 3): ListPage {
  const rows = [
    medicine('f-met', 'Metformin 500 mg tablet', [
      '1 tablet twice a day with meals',
      'since May 12, 2014',
      'November 4, 2026, Lakeside Family Medicine',
      'Lakeside Family Medicine (November 28, 2026)',
    ]),
    medicine(
      'f-omep',
      'Omeprazole 20 mg capsule',
      [
        'once a day before breakfast',
        'since 2018',
        'March 2, 2019, Harbor Heart Clinic',
        'Harbor Heart Clinic (November 28, 2026)',
      ],
      { doubt: 'not ordered or reviewed in over a year' },
    ),
    medicine('f-amox', 'Amoxicillin 500 mg', ['', 'January 3, 2020 – January 10, 2020', '', ''], {
      group: 'No longer taken, planned or not confirmed',
      row: row({
        id: 'f-amox',
        title: 'Amoxicillin 500 mg',
        kind: 'medicine',
        statusText: 'no longer taken',
        sources: ['c-harbor'],
      }),
    }),
  ];
  for (let n = rows.length; n < count; n += 1) {
    rows.push(
      medicine(`f-m${n}`, `Medicine number ${n}`, ['once a day', '', '', ''], {
        group: 'No longer taken, planned or not confirmed',
      }),
    );
  }
  return { columns: MEDICINES, rows, next: null, total: rows.length };
}
