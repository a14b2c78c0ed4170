/** An invented person's record, for tests and the preview. */
import type { AppState } from '../lib/api/generated/AppState';
import type { CardSetup } from '../lib/api/generated/CardSetup';
import type { ConflictView } from '../lib/api/generated/ConflictView';
import type { ConnectionView } from '../lib/api/generated/ConnectionView';
import type { ContactsView } from '../lib/api/generated/ContactsView';
import type { DirectoryEntry } from '../lib/api/generated/DirectoryEntry';
import type { FileContent } from '../lib/api/generated/FileContent';
import type { FileView } from '../lib/api/generated/FileView';
import type { FactPage } from '../lib/api/generated/FactPage';
import type { QuestionView } from '../lib/api/generated/QuestionView';
import type { SearchView } from '../lib/api/generated/SearchView';
import type { LedgerView } from '../lib/api/generated/LedgerView';
import type { ProviderList } from '../lib/api/generated/ProviderList';
import type { SettingsView } from '../lib/api/generated/SettingsView';
import type { SyncSettings } from '../lib/api/generated/SyncSettings';
import type { SyncKind } from '../lib/api/generated/SyncKind';
import type { TimelineFacets } from '../lib/api/generated/TimelineFacets';
import type { TimelineFilter } from '../lib/api/generated/TimelineFilter';
import type { TimelineRow } from '../lib/api/generated/TimelineRow';
import { FakeHost, type Answers } from './fake-host';
import { homeView, medicines } from './invented-lists';
import { results, trendPage, vitals } from './invented-tests';

export function appState(over: Partial<AppState> = {}): AppState {
  return {
    version: '0.1.0',
    profile: 'sample',
    sample: true,
    lock: { is: 'open' },
    persons: [
      {
        id: 'p1',
        name: 'Mabel Okonkwo',
        birthDate: '1961-03-09',
        homeZone: 'America/Chicago',
        colour: 5,
      },
    ],
    person: 'p1',
    systemZone: 'America/Chicago',
    recoveryCode: null,
    ...over,
  };
}

export function connection(over: Partial<ConnectionView> = {}): ConnectionView {
  return {
    id: 'c-lake',
    name: 'Lakeside Family Medicine',
    mark: 'L',
    colour: 0,
    state: 'connected',
    stateText: 'You are signed in. Records can be asked for at any time.',
    lastSync: '2026-11-20T14:05:00Z',
    lastSyncText: 'today, 14:05',
    verdict: 'Everything this provider shares is here.',
    resources: 812,
    hosts: ['gateway.lakeside.example'],
    releases: ['R4', 'DSTU2'],
    imported: false,
    ...over,
  };
}

export const connections: ConnectionView[] = [
  connection(),
  connection({
    id: 'c-summit',
    name: 'Summit General Hospital',
    mark: 'S',
    colour: 1,
    resources: 430,
    hosts: ['fhir.summit.example'],
    releases: ['R4'],
    verdict: 'Almost everything is here: visit notes were not shared.',
  }),
  connection({
    id: 'c-harbor',
    name: 'Harbor Heart Clinic',
    mark: 'H',
    colour: 2,
    state: 'signInNeeded',
    stateText: 'The sign-in ended on 2 November. Everything received before is kept.',
    lastSyncText: '2 November 2026, 9:40',
    resources: 96,
    hosts: ['open.harbor.example'],
    releases: ['DSTU2'],
  }),
];

export const syncKinds: SyncKind[] = [
  { label: 'Problems', state: 'complete', received: 14, total: 14, text: null },
  { label: 'Allergies', state: 'complete', received: 3, total: null, text: null },
  { label: 'Medicines', state: 'complete', received: 41, total: 41, text: null },
  { label: 'Results', state: 'running', received: 300, total: 512, text: null },
  { label: 'Vital signs', state: 'waiting', received: 0, total: null, text: null },
  { label: 'Notes', state: 'refused', received: 0, total: null, text: 'Your provider did not share this.' },
];

export const directory: DirectoryEntry[] = [
  entry('lakeside', 'Lakeside Family Medicine', 'Duluth, Minnesota', 'NextGen Patient Portal'),
  entry('summit', 'Summit General Hospital', 'Boulder, Colorado', 'MyChart'),
  entry('harbor', 'Harbor Heart Clinic', 'Portland, Maine', 'HealtheLife'),
  {
    ...entry('nextgen', 'NextGen Patient Portal', 'Many practices', 'NextGen Patient Portal'),
    asksPractice: true,
    needsClientId: true,
    sampleSignIn: null,
  },
  { ...entry('epic', 'MyChart', 'Many hospitals', 'MyChart'), asksPractice: true, sampleSignIn: null },
];

function entry(card: string, name: string, place: string, portal: string): DirectoryEntry {
  return {
    card,
    name,
    place,
    portal,
    asksPractice: false,
    asksBase: false,
    needsClientId: false,
    registersItself: false,
    listed: false,
    sampleSignIn: { userId: `mabel.${card}`, password: 'harvest-moon' },
  };
}

export const providerLists: ProviderList[] = [
  { id: 'epic', name: 'Epic (MyChart)', host: 'open.epic.com', count: null, fetchedText: null },
];

/** What a card asks for before its sign-in page can be opened. */
export function cardSetup(card: string): CardSetup {
  const entry = directory.find((one) => one.card === card) ?? (directory[0] as DirectoryEntry);
  const needs = entry.needsClientId;
  const loopback = [49215, 49216, 49217].map((port) => `http://127.0.0.1:${port}/callback`);
  return {
    entry,
    missing: needs ? ['NextGen knows apps by a client id, and Wholechart does not have one yet.'] : [],
    site: needs ? 'https://www.nextgen.com/api' : null,
    steps: needs ? ['Register Wholechart as an app for patients.', 'Tick reading, and offline access.'] : [],
    secret: 'maybe',
    redirects: [
      {
        label: 'To this computer',
        text: 'The usual way.',
        addresses: loopback,
        redirect: loopback[0] ?? null,
      },
      {
        label: 'To an https page of your own',
        text: 'Type the one you registered.',
        addresses: [],
        redirect: null,
      },
    ],
    letters: [
      {
        label: 'The app has to be let in',
        subject: 'Please let me use my own app',
        body: 'Dear team,\n\nCould you please allow it?',
      },
    ],
  };
}

export function row(over: Partial<TimelineRow> & { id: string }): TimelineRow {
  return {
    kind: 'result',
    kindText: 'Result',
    title: 'LDL cholesterol',
    day: '2026-11-04',
    dayText: '4 November 2026',
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
    second: 'usual range below 5.7 %',
    flag: 'high',
    flagText: 'above the usual range',
    time: '8:12',
    sources: ['c-lake', 'c-summit'],
  }),
  row({
    id: 'f-ldl',
    visit: 'f-visit',
    value: '131 mg/dL',
    second: 'usual range below 100 mg/dL',
    flag: 'high',
    flagText: 'above the usual range',
    time: '8:12',
    sources: ['c-lake', 'c-harbor'],
  }),
  row({
    id: 'f-na',
    title: 'Sodium',
    visit: 'f-visit',
    value: '139 mmol/L',
    second: 'usual range 136–145 mmol/L',
    time: '8:12',
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
    dayText: '21 September 2026',
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
    flagText: 'far above the usual range',
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
    dayText: '30 June 2026',
    weekday: 'Tuesday',
    sources: ['c-harbor'],
  }),
  row({
    id: 'f-rtl',
    kind: 'document',
    kindText: 'Document',
    title: 'رسالة إحالة من الدكتورة ليلى حداد',
    day: '2026-06-30',
    dayText: '30 June 2026',
    weekday: 'Tuesday',
    sources: ['c-summit'],
  }),
];

const ordinary: [string, string, string, string | null][] = [
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

const LABELS: Record<string, string> = {
  visit: 'Visits',
  result: 'Results',
  vital: 'Vital signs',
  report: 'Reports',
  problem: 'Problems',
  allergy: 'Allergies',
  medicine: 'Medicines',
  vaccine: 'Vaccines',
  procedure: 'Procedures',
  document: 'Documents',
};

export function facets(rows: TimelineRow[]): TimelineFacets {
  const years = new Map<number, { count: number; at: number }>();
  for (const [at, one] of rows.entries()) {
    const year = Number(one.day.slice(0, 4) || 0);
    const known = years.get(year);
    if (known) known.count += 1;
    else years.set(year, { count: 1, at });
  }
  return {
    kinds: Object.entries(LABELS)
      .map(([kind, label]) => ({ kind, label, count: rows.filter((one) => one.kind === kind).length }))
      .filter((one) => one.count > 0),
    years: [...years].map(([year, { count, at }]) => ({ year, count, cursor: String(at) })),
    total: rows.length,
    statuses: [
      { status: 'past', label: 'Over, done or final', count: rows.length - 1 },
      { status: 'entered-in-error', label: 'Withdrawn', count: 1 },
    ],
    flagged: rows.filter((one) => one.flag && !one.struck).length,
    periods: rows.some((one) => one.id === 'f-echo')
      ? [
          {
            fact: 'f-echo',
            kind: 'visit',
            title: 'Hospital stay',
            from: '2026-06-30',
            until: '2026-09-21',
            text: '30 June 2026 – 21 September 2026',
          },
        ]
      : [],
  };
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** A stand-in that finds words in titles only; what the real search finds is tested where it is. */
export function searched(rows: TimelineRow[], text: string, limit: number): SearchView {
  const words = plain(text).split(/\s+/u).filter(Boolean);
  const hits = rows
    .filter((one) => words.every((word) => plain(one.title).includes(word)))
    .map((one) => ({
      row: one,
      count: 1,
      titleMarks: words
        .map((word) => ({
          start: plain(one.title).indexOf(word),
          end: plain(one.title).indexOf(word) + word.length,
        }))
        .sort((a, b) => a.start - b.start),
      passage: null,
      passageMarks: [],
    }));
  const kinds = [...new Set(hits.map((hit) => hit.row.kind))];
  return {
    groups: kinds.map((kind) => {
      const of = hits.filter((hit) => hit.row.kind === kind);
      return {
        kind,
        label: LABELS[kind] ?? kind,
        hits: of.slice(0, limit),
        more: Math.max(0, of.length - limit),
      };
    }),
    instead: null,
  };
}

/** A cursor is a position in the unfiltered list, as a keyset is a position in time. */
function timeline(
  rows: TimelineRow[],
  filter: TimelineFilter,
  cursor: string | null | undefined,
  limit: number,
  at?: string | null,
) {
  const passes = (one: TimelineRow) =>
    (filter.kinds.length === 0 || filter.kinds.includes(one.kind)) &&
    (!filter.flagged || (one.flag !== null && !one.struck)) &&
    (!filter.text || plain(one.title).includes(plain(filter.text))) &&
    (!filter.from || one.day >= filter.from) &&
    (filter.connections.length === 0 || one.sources.some((source) => filter.connections.includes(source)));
  const all = rows.map((one, at) => ({ one, at })).filter(({ one }) => passes(one));
  const start = at
    ? rows.findIndex((one) => one.day === '' || one.day.slice(0, at.length) <= at)
    : Number(cursor ?? 0);
  const from = all.filter(({ at }) => at >= start);
  const next = from[limit];
  return {
    rows: from.slice(0, limit).map(({ one }) => one),
    next: next ? String(next.at) : null,
    total: all.length,
  };
}

export function factPage(found: TimelineRow): FactPage {
  const joined = found.sources.length > 1;
  return {
    note: null,
    trend: results.find((one) => one.latest.id === found.id) ?? null,
    row: found,
    plain: found.title.startsWith('LDL') ? '“Bad” cholesterol, carried in the blood.' : null,
    joins: joined
      ? [
          {
            rule: 'same-result',
            why: 'Shown once because both providers report the same test with the same value on the same day.',
            first: {
              connection: 'c-lake',
              provider: 'Lakeside Family Medicine',
              resource: `Observation/${found.id}-0`,
            },
            second: {
              connection: 'c-summit',
              provider: 'Summit General Hospital',
              resource: `Observation/${found.id}-1`,
            },
            evidence: [
              { label: 'Called', first: found.title, second: `${found.title}, direct assay` },
              { label: 'Date', first: found.dayText, second: `${found.dayText}, 8:12` },
              { label: 'Value', first: found.value ?? '', second: found.value ?? '' },
              { label: 'Lot', first: '', second: 'K-4410' },
            ],
          },
        ]
      : [],
    conflicts: found.disagreement ? [{ ...conflicts[0], titles: [found.title] } as ConflictView] : [],
    gone: null,
    sources: found.sources.map((source, index) => ({
      connection: source,
      provider: connections.find((one) => one.id === source)?.name ?? 'Elsewhere',
      title: index === 0 ? found.title : `${found.title}, direct assay`,
      lines: [
        { label: 'Date', text: `${found.dayText}${found.time ? `, ${found.time}` : ''}`, technical: false },
        { label: 'Value', text: found.value ?? 'none', technical: false },
        { label: 'Usual range', text: 'below 100 mg/dL', technical: false },
        { label: 'Status', text: 'final', technical: false },
        { label: 'By', text: 'Dr. Ines Albright', technical: false },
        { label: 'Code', text: 'LOINC 13457-7', technical: true },
      ],
      narrative: index === 0 ? '<p><b>LDL</b> 131 mg/dL (final)</p>' : null,
      release: index === 0 ? 'R4' : 'DSTU2',
      resource: `Observation/${found.id}-${index}`,
      received: 'today, 14:05',
      versions: [
        { id: 10 + index, received: 'today, 14:05' },
        ...(index === 0 ? [{ id: 1, received: '3 October 2026, 9:12' }] : []),
      ],
      struck: false,
      before: index === 0 ? ['128 mg/dL, until today, 14:05'] : [],
      gone: null,
    })),
  };
}

const lake = { connection: 'c-lake', provider: 'Lakeside Family Medicine' };
const summit = { connection: 'c-summit', provider: 'Summit General Hospital' };

export const conflicts: ConflictView[] = [
  {
    id: 'd1',
    about: 'status',
    kind: 'medicine',
    titles: ['Lisinopril 10 mg tablet'],
    sentence: 'Your providers do not agree whether this is current.',
    statements: [
      { ...lake, says: 'current', date: '20 April 2015', fact: 'f1' },
      { ...summit, says: 'stopped', date: '17 March 2021 – 7 June 2022', fact: 'f1' },
    ],
    wish: null,
  },
  {
    id: 'd2',
    about: 'allergy-not-listed',
    kind: 'allergy',
    titles: ['Sulfa drugs'],
    sentence: 'Not every provider knows of this allergy.',
    statements: [
      { ...summit, says: 'Sulfa drugs', date: null, fact: 'f2' },
      { ...lake, says: 'does not list it', date: null, fact: null },
    ],
    wish: 'ask',
  },
  {
    id: 'd3',
    about: 'dose',
    kind: 'medicine',
    titles: ['Atorvastatin 20 mg tablet', 'Atorvastatin 40 mg tablet'],
    sentence: 'The same medicine is listed as current in different strengths.',
    statements: [
      { ...lake, says: 'Atorvastatin 20 mg tablet', date: '15 March 2022', fact: 'f3' },
      { ...summit, says: 'Atorvastatin 40 mg tablet', date: '20 April 2023', fact: 'f4' },
    ],
    wish: 'settled',
  },
];

export const questions: QuestionView[] = [
  {
    id: 'q1',
    kind: 'problem',
    why: 'May be the same: “High cholesterol” and “Hyperlipidemia” go by codes that often mean one thing.',
    first: { ...lake, fact: 'f5', title: 'High cholesterol', date: '14 April 2014', value: null },
    second: { ...summit, fact: 'f6', title: 'Hyperlipidemia', date: null, value: null },
    pairs: 3,
    also: ['“High cholesterol” (Lakeside Family Medicine) and “Hyperlipidaemia” (Harbor Heart Clinic)'],
  },
];

export const ledger: LedgerView = {
  verdict: 'Almost everything is here: visit notes were not shared.',
  lines: [
    {
      label: 'Problems',
      state: 'complete',
      text: 'Everything this provider has.',
      received: 14,
      total: 14,
      completeText: 'complete as of today, 14:05',
      details: ['GET Condition?patient=… → 200'],
    },
    {
      label: 'Results',
      state: 'incomplete',
      text: 'One page was lost on the way; the next sync asks for it again.',
      received: 488,
      total: 512,
      completeText: 'complete as of 3 November, 9:10',
      details: ['GET Observation?category=laboratory → 502 on page 6'],
    },
    {
      label: 'Visit notes',
      state: 'refused',
      text: 'Your provider did not share this. You can ask them why.',
      received: 0,
      total: null,
      completeText: null,
      details: ['GET DocumentReference → 403'],
    },
    {
      label: 'Claims',
      state: 'notOffered',
      text: 'This provider’s server does not know this kind.',
      received: 0,
      total: null,
      completeText: null,
      details: [],
    },
  ],
  news: '1 new record, 1 corrected',
  changes: [
    {
      fact: 'f-ldl-1',
      kind: 'result',
      kindText: 'Result',
      title: 'LDL cholesterol',
      day: '2026-11-04',
      dayText: '4 November 2026',
      what: 'corrected',
    },
  ],
};

export function settingsView(over: Partial<SettingsView['settings']> = {}): SettingsView {
  return {
    settings: { theme: 'system', textSize: 100, highContrast: false, language: null, ...over },
    language: over.language ?? 'en',
    systemLanguage: 'en',
    languages: [
      { language: 'en', name: 'English' },
      { language: 'es', name: 'Español' },
    ],
  };
}

export const files: FileView[] = [
  file('f-letter', 'Referral letter', 'Letter (RTF)', '12 kB'),
  file('f-text', 'Note', 'Text', '2 kB'),
  file('f-odd', 'scan.tif', 'Picture', '3 MB'),
  {
    ...file('', 'Operation report', 'PDF', ''),
    id: null,
    size: null,
    missing: 'The provider names this file but it has not come.',
  },
];

function file(id: string, title: string, format: string, size: string): FileView {
  return { id, title, format, size, providers: ['Lakeside Family Medicine'], missing: null };
}

const contents: Record<string, FileContent> = {
  'f-letter': {
    show: {
      as: 'page',
      html: '<h1>Referral</h1><p>Dear colleague, her <b>zygomatic</b> bone has healed. Seen in São Paulo.</p><script>document.title="acted"</script><table><tbody><tr><th>Test</th><th>Value</th></tr><tr><td>Zygomatic width</td><td onclick="x()" colspan="2">131 mm</td></tr></tbody></table>',
    },
    warning: 'This file is very long; only its first part is shown.',
  },
  'f-text': { show: { as: 'text', text: 'Nothing but\nwords <b>as they are</b>.' }, warning: null },
  'f-odd': {
    show: {
      as: 'nothing',
      reason: 'Pictures of this kind cannot be shown here. Save it, and open it with another program.',
    },
    warning: null,
  },
};

export const contacts: ContactsView = {
  hosts: [
    {
      provider: 'Lakeside Family Medicine',
      host: 'signin.lakeside.example',
      purpose: 'Signing in',
      sent: 'Your password was typed on the provider’s own page and never seen here.',
      count: null,
      last: null,
      questions: [],
    },
    {
      provider: 'Lakeside Family Medicine',
      host: 'gateway.lakeside.example',
      purpose: 'Asking for records',
      sent: 'The sign-in it was given, your patient number there, and which records are asked for.',
      count: 214,
      last: 'today, 14:05',
      questions: [
        'https://gateway.lakeside.example/r4/Condition?patient=pat-1',
        'https://gateway.lakeside.example/r4/Observation?patient=pat-1&category=laboratory',
      ],
    },
  ],
  registrations: [
    {
      connection: 'c-lake',
      provider: 'Lakeside Family Medicine',
      clientId: '3b0c7c1e-58c9-4f0f-9f0e-8f4d2f6e1a77',
      secret: true,
    },
  ],
};

const page = (words: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="612pt" height="792pt" viewBox="0 0 612 792"><path fill="#fff" d="M0 0h612v792H0z"/><path fill="#0b5b63" d="M54 60h180v4H54z"/><text x="54" y="100" font-size="20" font-family="sans-serif" style="fill:#111">${words}</text><path fill="#ddd" d="M54 130h500v8H54zM54 150h440v8H54zM54 170h470v8H54z"/></svg>`;

/** Answers of a host whose record is open and full. */
export function fullAnswers(rows = life(400)): Answers {
  let state = appState();
  let chosen = settingsView();
  let fetching: SyncSettings = { startAfterDays: 1, wholeAfterDays: 14 };
  return {
    appState: () => state,
    connections: () => connections,
    timeline: ({ filter, cursor, limit, at }) => timeline(rows, filter, cursor, limit, at),
    timelineFacets: ({ list }) =>
      facets(list ? rows.filter((one) => `${one.kind}s` === list && one.kind !== 'allergy') : rows),
    home: () => homeView(),
    seen: () => null,
    list: ({ list }) =>
      list === 'medicines' ? medicines() : { columns: ['Problem', 'Since'], rows: [], next: null, total: 0 },
    tests: ({ kind }) => ({ tests: kind === 'vital' ? vitals : results, next: null }),
    trend: ({ test, unit }) => {
      const found = [...results, ...vitals].find((one) => one.test === test);
      if (!found) throw { code: null, message: 'It is not there any more.', advice: '', details: null };
      return trendPage(found, unit);
    },
    saveTrend: () => ({ path: '/home/mabel/Documents/results.csv' }),
    saveNote: () => null,
    versionChanges: () => [
      { label: 'Value', before: '128 mg/dL', after: '131 mg/dL' },
      { label: 'Note', before: null, after: 'Measured again' },
    ],
    search: ({ text, limit }) => searched(rows, text, limit),
    fact: ({ fact }) => {
      const found = rows.find((one) => one.id === fact);
      if (!found)
        throw {
          code: null,
          message: 'This record is not here any more.',
          advice: 'It may have been joined with another one.',
          details: null,
        };
      return factPage(found);
    },
    raw: ({ version }) => ({
      text: JSON.stringify(
        {
          resourceType: 'Observation',
          id: `obs-${version}`,
          status: 'final',
          valueQuantity: { value: 131, unit: 'mg/dL' },
        },
        null,
        2,
      ),
      url: 'https://gateway.lakeside.example/r4/Observation/obs-1',
      received: 'today, 14:05',
      sha256: '9f2c'.repeat(16),
    }),
    conflicts: () => conflicts,
    questions: () => questions,
    chooseConflict: () => null,
    answerQuestion: () => ({ fact: 'f5', undo: '[]' }),
    splitSource: ({ fact }) => ({ fact, undo: '[]' }),
    joinFacts: ({ fact }) => ({ fact, undo: '[]' }),
    joinCandidates: ({ text }) => rows.filter((one) => plain(one.title).includes(plain(text))).slice(0, 8),
    undo: () => null,
    directory: ({ query }) =>
      directory.filter((one) => `${one.name} ${one.portal}`.toLowerCase().includes(query.toLowerCase())),
    cardSetup: ({ card }) => cardSetup(card),
    openRegistration: () => null,
    providerLists: () => providerLists,
    fetchProviderList: ({ list }) =>
      providerLists.map((one) =>
        one.id === list ? { ...one, count: 479, fetchedText: 'today, 14:05' } : one,
      ),
    syncDue: () => [],
    returnAddress: () => null,
    choosePatient: () => null,
    ledger: () => ledger,
    summary: ({ paper }) => ({
      pages: [page('Mabel Okonkwo — Summary'), page('Results')],
      paper,
      alt: 'Summary of Mabel Okonkwo: two medicines, one allergy, three problems.',
      warning: null,
    }),
    saveSummaryPdf: () => ({ path: '/home/mabel/Documents/summary.pdf' }),
    savePerson: ({ id, name, birthDate, homeZone, colour }) => {
      const person = {
        id: id ?? `p${state.persons.length + 1}`,
        name,
        birthDate: birthDate ?? null,
        homeZone,
        colour: colour ?? state.persons.length,
      };
      const others = state.persons.filter((one) => one.id !== person.id);
      state = { ...state, persons: [...others, person], person: state.person ?? person.id };
      return person;
    },
    choosePerson: ({ person }) => (state = { ...state, person }),
    settings: () => chosen,
    saveSettings: ({ settings }) =>
      (chosen = { ...chosen, settings, language: settings.language ?? chosen.systemLanguage }),
    syncSettings: () => fetching,
    setSyncSettings: ({ settings }) => (fetching = settings),
    contacts: () => contacts,
    files: ({ fact }) => (rows.find((one) => one.id === fact)?.kind === 'document' ? files : []),
    file: ({ file }) => contents[file] ?? { show: { as: 'nothing', reason: 'It is gone.' }, warning: null },
    saveFile: () => ({ path: '/home/mabel/Documents/letter.pdf' }),
    recoveryCodeKept: () => (state = { ...state, recoveryCode: null }),
    disconnect: () => null,
    cancelConnect: () => null,
    cancelSync: () => null,
    sync: ({ connection: id }) => ({
      connection: id,
      new: 3,
      changed: 1,
      unchanged: 40,
      withdrawn: 0,
      kinds: syncKinds,
      verdict: 'Everything is here.',
      news: '3 new records, 1 corrected',
    }),
  };
}

export function fullHost(over: Answers = {}, rows?: TimelineRow[]): FakeHost {
  return new FakeHost({ ...fullAnswers(rows), ...over });
}
