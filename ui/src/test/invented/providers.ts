/** The invented person's providers, and those that can be added. */
import type { CardSetup } from '../../lib/api/generated/CardSetup';
import type { ConnectionView } from '../../lib/api/generated/ConnectionView';
import type { ContactsView } from '../../lib/api/generated/ContactsView';
import type { DirectoryEntry } from '../../lib/api/generated/DirectoryEntry';
import type { LedgerView } from '../../lib/api/generated/LedgerView';
import type { ProviderList } from '../../lib/api/generated/ProviderList';
import type { SentView } from '../../lib/api/generated/SentView';
import type { SyncKind } from '../../lib/api/generated/SyncKind';

export function connection(over: Partial<ConnectionView> = {}): ConnectionView {
  return {
    id: 'c-lake',
    name: 'Lakeside Family Medicine',
    mark: 'L',
    colour: 0,
    state: 'connected',
    stateText: 'You are signed in. Records can be asked for at any time.',
    lastSync: '2026-11-20T14:05:00Z',
    lastSyncText: 'today, 2:05 PM',
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
    lastSyncText: 'November 2, 2026, 9:40 AM',
    resources: 96,
    hosts: ['open.harbor.example'],
    releases: ['DSTU2'],
  }),
];

export const syncKinds: SyncKind[] = [
  { label: 'Problems', state: 'complete', received: 14, total: 14, text: null },
  { label: 'Allergies', state: 'complete', received: 3, total: null, text: null },
  {
    label: 'Medicines',
    state: 'refused',
    received: 41,
    total: null,
    text: 'Prescriptions: all 41. Pharmacy pick-ups: you did not allow it when you signed in, or it is not shared with apps.',
  },
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
  const loopback = [28715, 28716, 28717].map((port) => `http://127.0.0.1:${port}/callback`);
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

export const ledger: LedgerView = {
  verdict: 'Almost everything is here: visit notes were not shared.',
  lines: [
    {
      label: 'Problems',
      state: 'complete',
      text: 'Everything this provider has.',
      received: 14,
      total: 14,
      completeText: 'complete as of today, 2:05 PM',
      details: ['GET Condition?patient=… → 200'],
    },
    {
      label: 'Results',
      state: 'incomplete',
      text: 'One page was lost on the way; the next sync asks for it again.',
      received: 488,
      total: 512,
      completeText: 'complete as of 3 November, 9:10 AM',
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
  setAside: [],
  changes: [
    {
      fact: 'f-ldl-1',
      kind: 'result',
      kindText: 'Result',
      title: 'LDL cholesterol',
      day: '2026-11-04',
      dayText: 'November 4, 2026',
      what: 'corrected',
    },
  ],
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
      last: 'today, 2:05 PM',
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

export const sent: SentView = {
  hosts: [
    {
      host: 'gateway.lakeside.example',
      why: 'Asking for records',
      provider: 'Lakeside Family Medicine',
      times: '214 times',
      first: 'March 3, 2026, 9:12 AM',
      last: 'today, 2:05 PM',
      bytes: '0 bytes sent, 1,204,331 received',
    },
    {
      host: 'lists.example',
      why: 'Downloading a list of providers',
      provider: null,
      times: 'once',
      first: 'March 3, 2026, 9:10 AM',
      last: 'March 3, 2026, 9:10 AM',
      bytes: '0 bytes sent, 48,120 received',
    },
  ],
  requests: [
    {
      when: 'today, 2:05 PM',
      host: 'gateway.lakeside.example',
      why: 'Asking for records',
      provider: 'Lakeside Family Medicine',
      answer: 'answer 200',
      bytes: '0 bytes sent, 8,120 received',
    },
  ],
  receivers: [
    {
      whom: 'An assistant that calls itself “some-assistant 2.0”',
      what: 'Timeline',
      times: '3 answers',
      records: '75 records',
      first: 'March 3, 2026, 9:10 AM',
      last: 'today, 2:07 PM',
    },
  ],
  handed: [
    {
      when: 'today, 2:07 PM',
      whom: 'An assistant that calls itself “some-assistant 2.0”',
      what: 'Timeline',
      records: '25 records',
    },
  ],
};
