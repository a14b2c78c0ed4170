/** A host whose record is open and full. */
import type { BackupPreview } from '../../lib/api/generated/BackupPreview';
import type { Printing } from '../../lib/api/generated/Printing';
import type { SyncSettings } from '../../lib/api/generated/SyncSettings';
import type { TimelineRow } from '../../lib/api/generated/TimelineRow';
import { FakeHost, type Answers } from '../fake-host';
import { appState, assistantView, healthView, settingsView, update, updatesView } from './app';
import { conflicts } from './asking';
import { compared } from './compared';
import { life, row } from './life';
import { homeView, medicines } from './lists';
import { importPreview, importReport, importView } from './files';
import {
  cardSetup,
  connections,
  contacts,
  directory,
  ledger,
  providerLists,
  sent,
  syncKinds,
} from './providers';
import { measures } from './own';
import { readResults } from './read';
import { contents, factPage, files } from './record';
import { results, trendPage, vitals } from './results';
import { facets, plain, searched, timeline } from './timeline';

const page = (words: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="612pt" height="792pt" viewBox="0 0 612 792"><path fill="#fff" d="M0 0h612v792H0z"/><path fill="#0b5b63" d="M54 60h180v4H54z"/><text x="54" y="100" font-size="20" font-family="sans-serif" style="fill:#111">${words}</text><path fill="#ddd" d="M54 130h500v8H54zM54 150h440v8H54zM54 170h470v8H54z"/></svg>`;

/** What is in a backup, beside what is here. */
export const backup = (): BackupPreview => ({
  file: 'Wholechart backup.age',
  made: 'yesterday, 2:05 PM',
  version: '0.1.0',
  people: [
    {
      name: 'Mabel Okonkwo',
      born: 'March 9, 1961',
      held: '400 records, 2 notes of your own',
      newest: 'June 30, 2026',
    },
  ],
  here: [{ name: 'Mabel Okonkwo', born: null, held: '3 records, no notes of your own', newest: null }],
});

/** Answers of a host whose record is open and full. */
export function fullAnswers(rows = life(400)): Answers {
  let state = appState();
  let chosen = settingsView();
  let printing: Printing = {
    reason: '',
    questions: '',
    contacts: '',
    large: false,
    grows: false,
    paper: null,
    language: null,
    without: [],
    since: null,
    withoutProviders: [],
    withSensitive: [],
    withoutSensitive: [],
    tellers: true,
    problem: null,
    tests: [],
  };
  let fetching: SyncSettings = { startAfterDays: 1, wholeAfterDays: 14 };
  let assistant = assistantView;
  let updates = updatesView;
  return {
    appState: () => state,
    // As the backend judges, as far as these tests type.
    passphraseStrength: ({ passphrase }) => (passphrase.length < 12 ? 'weak' : 'strong'),
    keys: () => ({ keychain: true, passphrase: false }),
    newRecoveryCode: () => appState({ recoveryCode: 'K7QD-M2XA-9PT4-ZH3B-VN8C-QW5E-RJ6F-YD2G' }),
    setPassphrase: () => ({ keychain: true, passphrase: true }),
    changeKey: () => appState({ recoveryCode: 'K7QD-M2XA-9PT4-ZH3B-VN8C-QW5E-RJ6F-YD2G' }),
    backups: () => ({
      last: 'today, 2:05 PM',
      file: '/media/stick/Wholechart backup.age',
      undo: false,
      schedule: null,
    }),
    health: () => healthView(),
    checkRecord: () => 'The file of your record is whole. No damage was found.',
    stopChecking: () => null,
    lostSeen: () => healthView(),
    diagnostics: () => 'Wholechart 0.1.0\nlinux x86_64\npeople 1, connections 3',
    backUp: () => ({ path: '/media/stick/Wholechart backup.age' }),
    erasePreview: () => ({
      text: 'Everything that came, with your notes about it.',
      backups: ['/media/stick/Wholechart backup.age'],
      aside: [],
    }),
    erase: () => state,
    chooseBackup: () => '/media/stick/Wholechart backup.age',
    previewBackup: () => backup(),
    connections: () => connections,
    timeline: ({ filter, cursor, limit, at }) => timeline(rows, filter, cursor, limit, at),
    timelineFacets: ({ list }) =>
      facets(list ? rows.filter((one) => `${one.kind}s` === list && one.kind !== 'allergy') : rows),
    home: () => homeView(),
    seen: () => 3,
    leave: () => null,
    news: ({ skip, limit }) => ({
      ...homeView().news,
      rows: Array.from({ length: Math.min(limit, 10) }, (_, index) => ({
        row: row({ id: `f-new-${skip + index}`, title: `Test ${skip + index}` }),
        what: 'new',
        text: 'new',
      })),
      more: 0,
    }),
    list: ({ list }) =>
      list === 'medicines' ? medicines() : { columns: ['Problem', 'Since'], rows: [], next: null, total: 0 },
    tests: ({ kind }) => ({ tests: kind === 'vital' ? vitals : results, next: null }),
    trend: ({ test, unit }) => {
      const found = [...results, ...vitals].find((one) => one.test === test);
      if (!found) throw { code: null, message: 'It is not there any more.', advice: '', details: null };
      return trendPage(found, unit);
    },
    saveList: ({ list }) => ({ path: `/home/mabel/Documents/${list}.csv` }),
    saveTrend: () => ({ path: '/home/mabel/Documents/results.csv' }),
    ownMeasures: () => measures,
    ownEntry: () => ({
      is: 'medicine',
      name: 'Lisinopril 10 mg',
      how: '1 tablet every morning',
      reason: null,
      since: '2024-03',
      stopped: false,
      until: null,
      note: null,
    }),
    saveOwn: ({ resource }) => ({
      fact: 'f-lis',
      resource: resource ?? 'MedicationStatement/m1',
      undo: '{}',
    }),
    deleteOwn: () => '{}',
    documentResults: () => readResults,
    keepResults: ({ results }) => ({ count: results.length, undo: '{}' }),
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
    heldUnder: () => [],
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
      received: 'today, 2:05 PM',
      sha256: '9f2c'.repeat(16),
    }),
    asks: () => ({
      conflicts: conflicts.filter((one) => one.wish === null).length,
    }),
    conflicts: () => conflicts,
    chooseConflict: () => null,
    keepApart: ({ fact }) => ({ fact, undo: '[]' }),
    moveToTopic: ({ fact }) => ({ fact, undo: '[]' }),
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
        one.id === list ? { ...one, count: 479, fetchedText: 'today, 2:05 PM' } : one,
      ),
    syncDue: () => [],
    returnAddress: () => null,
    choosePatient: () => null,
    ledger: () => ledger,
    chooseFiles: () => ['/home/mabel/Downloads/MyHealth.zip'],
    previewImport: () => importPreview,
    import: () => importReport,
    cancelImport: () => null,
    imports: () => [importView],
    undoImport: () => importReport.versions,
    summary: ({ paper }) => ({
      pages: [page('Mabel Okonkwo — Summary'), page('Results')],
      paper,
      alt: 'Summary of Mabel Okonkwo: two medicines, one allergy, three problems.',
      noRoom: null,
      warning: null,
      turned: false,
    }),
    printing: () => ({
      printing,
      sensitive: [],
      problems: [{ topic: 'topic-2', name: 'High blood pressure' }],
    }),
    summaryText: () => 'Health summary\nName: Mabel Okonkwo\n',
    cancelPrinting: () => null,
    openSaved: () => null,
    notePrinted: () => null,
    savePrinting: (args) => {
      printing = args.printing;
      return null;
    },
    letterDraft: ({ fact }) => ({
      provider: 'Lakeside Family Medicine',
      to: 'Lakeside Family Medicine\n4 Harbor Road, Port Alder, WI',
      number: 'LFM 00412',
      says: fact
        ? [
            { label: 'Called', text: 'LDL cholesterol', technical: false },
            { label: 'Value', text: '131 mg/dL', technical: false },
          ]
        : [],
    }),
    letter: ({ paper, letter }) => ({
      pages: [page(letter.asks.what === 'copy' ? 'A copy of my record' : letter.asks.shouldSay)],
      paper,
      alt: 'Preview of the letter, 1 page',
      noRoom: null,
      warning: null,
      turned: false,
    }),
    saveLetterPdf: () => ({ path: '/home/mabel/Documents/letter.pdf', warning: null }),
    compare: () => compared,
    saveSummaryPdf: () => ({ path: '/home/mabel/Documents/summary.pdf', warning: null }),
    savePerson: ({ id, name, birthDate, homeZone, colour }) => {
      const person = {
        id: id ?? `p${state.persons.length + 1}`,
        name,
        birthDate: birthDate ?? null,
        birthDateSent: null,
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
      (chosen = {
        ...chosen,
        settings,
        language: settings.language ?? chosen.systemLanguage,
        dateOrder: settings.dateOrder ?? chosen.systemDateOrder,
        clock: settings.clock ?? chosen.systemClock,
      }),
    syncSettings: () => fetching,
    setSyncSettings: ({ settings }) => (fetching = settings),
    assistant: () => assistant,
    saveAssistant: ({ choice }) => (assistant = { ...assistant, choice }),
    updates: () => updates,
    setUpdates: ({ on }) => (updates = { ...updates, on, found: null }),
    lookForUpdate: () => (updates = { ...updates, looked: 'today, 2:05 PM', found: update }),
    downloadUpdate: () =>
      (updates = {
        ...updates,
        found: { ...update, saved: '/home/mabel/Downloads/wholechart_0.2.0_amd64.deb' },
      }),
    contacts: () => contacts,
    sent: () => sent,
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
      setAside: [],
      kinds: syncKinds,
      answered: true,
      verdict: 'Everything is here.',
      news: '3 new records, 1 corrected',
    }),
  };
}

export function fullHost(over: Answers = {}, rows?: TimelineRow[]): FakeHost {
  return new FakeHost({ ...fullAnswers(rows), ...over });
}
