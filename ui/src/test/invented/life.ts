/** The rows of an invented life. */
import type { Kind } from '../../lib/api/generated/Kind';
import type { TimelineRow } from '../../lib/api/generated/TimelineRow';
import { connections } from './providers';

export function row(over: Partial<TimelineRow> & { id: string }): TimelineRow {
  return {
    kind: 'result',
    kindText: 'Result',
    title: 'LDL cholesterol',
    day: '2026-11-04',
    dayText: 'November 4, 2026',
    weekday: 'Wednesday',
    time: null,
    value: null,
    second: null,
    flag: null,
    flagText: null,
    statusText: null,
    struck: false,
    disagreement: null,
    sources: ['c-lake'],
    holds: 0,
    holdsText: null,
    ...over,
  };
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The page a person sees first: one of each thing that can go wrong or right in a row. */
const first: TimelineRow[] = [
  row({
    id: 'f-visit',
    kind: 'visit',
    kindText: 'Visit',
    title: 'Yearly check-up with Dr. Ines Albright',
    second: 'Lakeside Family Medicine, Duluth',
    time: '8:00',
  }),
  row({
    id: 'f-a1c',
    visit: 'f-visit',
    title: 'Haemoglobin A1c',
    value: '7.2 %',
    second: 'normal range below 5.7 %',
    flag: 'high',
    flagText: 'high (above normal range)',
    time: '8:12 AM',
    sources: ['c-lake', 'c-summit'],
  }),
  row({
    id: 'f-ldl',
    visit: 'f-visit',
    value: '131 mg/dL',
    second: 'normal range below 100 mg/dL',
    flag: 'high',
    flagText: 'high (above normal range)',
    time: '8:12 AM',
    sources: ['c-lake', 'c-harbor'],
  }),
  row({
    id: 'f-na',
    title: 'Sodium',
    visit: 'f-visit',
    value: '139 mmol/L',
    second: 'normal range 136–145 mmol/L',
    time: '8:12 AM',
  }),
  row({
    id: 'f-bp',
    visit: 'f-visit',
    kind: 'vital',
    kindText: 'Vital sign',
    title: 'Blood pressure',
    value: '128/82 mmHg',
    time: '8:05',
  }),
  row({
    id: 'f-met',
    kind: 'medicine',
    kindText: 'Medicine',
    title: 'Metformin 500 mg tablet',
    second: 'twice a day with meals',
    statusText: 'active',
  }),
  row({
    id: 'f-flu',
    kind: 'vaccine',
    kindText: 'Vaccine',
    title: 'Influenza, quadrivalent',
    day: '2026-09-21',
    dayText: 'September 21, 2026',
    weekday: 'Monday',
    sources: ['c-lake', 'c-summit', 'c-harbor'],
  }),
  row({
    id: 'f-lis',
    kind: 'medicine',
    kindText: 'Medicine',
    title: 'Lisinopril 10 mg',
    day: '2026-08',
    dayText: 'August 2026',
    weekday: null,
    disagreement: 'active at Lakeside Family Medicine, stopped at Summit General Hospital',
    sources: ['c-lake', 'c-summit'],
  }),
  row({
    id: 'f-k',
    title: 'Potassium',
    value: '7.9 mmol/L',
    day: '2026-08',
    dayText: 'August 2026',
    weekday: null,
    struck: true,
    flag: 'critical',
    flagText: 'far high (above normal range)',
    statusText: 'withdrawn: entered in error',
    sources: ['c-summit'],
  }),
  row({
    id: 'f-echo',
    kind: 'report',
    kindText: 'Report',
    title:
      'Transthoracic echocardiogram with colour Doppler and assessment of left ventricular function, diastolic filling, valves, pericardium and right heart pressures, compared with the examination of March',
    day: '2026-06-30',
    dayText: 'June 30, 2026',
    weekday: 'Tuesday',
    sources: ['c-harbor'],
  }),
  row({
    id: 'f-rtl',
    kind: 'document',
    kindText: 'Document',
    title: 'رسالة إحالة من الدكتورة ليلى حداد',
    day: '2026-06-30',
    dayText: 'June 30, 2026',
    weekday: 'Tuesday',
    sources: ['c-summit'],
  }),
];

const ordinary: [Kind, string, string, string | null][] = [
  ['result', 'Result', 'Creatinine', '0.9 mg/dL'],
  ['result', 'Result', 'Haemoglobin', '13.4 g/dL'],
  ['vital', 'Vital sign', 'Body weight', '71.2 kg'],
  ['visit', 'Visit', 'Office visit', null],
  ['vaccine', 'Vaccine', 'Tetanus, diphtheria and pertussis', null],
  ['procedure', 'Procedure', 'Colonoscopy', null],
  ['problem', 'Problem', 'Type 2 diabetes', null],
  ['document', 'Document', 'Progress note', null],
  ['allergy', 'Allergy', 'Penicillin', null],
];

/** Rows from 2026 back to 1986, newest first, the last ones undated. */
export function life(count: number): TimelineRow[] {
  const rows = [...first];
  let date = Date.UTC(2026, 4, 20);
  const step = (40 * 365 * 86_400_000) / Math.max(count, 1);
  for (let index = 0; rows.length < count - 2; index += 1) {
    const at = new Date(date);
    const [kind, kindText, title, value] = ordinary[(index * 7) % ordinary.length] ?? [
      'other',
      'Other',
      'Other',
      null,
    ];
    rows.push(
      row({
        id: `f-${index}`,
        kind,
        kindText,
        title,
        value,
        day: at.toISOString().slice(0, 10),
        dayText: `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`,
        weekday: WEEKDAYS[at.getUTCDay()] ?? null,
        sources: [connections[index % 3]?.id ?? 'c-lake'],
      }),
    );
    // Some days hold several records, as visits do.
    if (index % 3 === 2) date -= step * 3 * (index % 2 === 0 ? 0.5 : 1.5);
  }
  rows.push(
    row({
      id: 'f-year',
      kind: 'procedure',
      kindText: 'Procedure',
      title: 'Appendix removed',
      day: '1979',
      dayText: '1979',
      weekday: null,
    }),
  );
  rows.push(
    row({
      id: 'f-undated',
      kind: 'allergy',
      kindText: 'Allergy',
      title: 'Peanut',
      day: '',
      dayText: 'Date not stated',
      weekday: null,
      second: 'hives',
    }),
  );
  return rows;
}
