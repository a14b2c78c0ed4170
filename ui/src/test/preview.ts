/**
 * The screens with an invented record behind them, for looking at: `npm run dev`, then
 * `/preview.html?scene=NAME&theme=dark#/timeline`. Development only; index.html does not reach this file.
 */
import { mount } from 'svelte';
import type { ConnectTarget } from '../lib/api/generated/ConnectTarget';
import type { Lock } from '../lib/api/generated/Lock';
import { speak } from '../lib/words';
import '../styles/index.css';
import { apiError, type Answers } from './fake-host';
import { appState } from './invented/app';
import { fullHost } from './invented/host';
import { crowded } from './invented/compared';
import { importPreview } from './invented/files';
import { life } from './invented/life';
import { connection, syncKinds } from './invented/providers';
import { facets } from './invented/timeline';
import { emptyHome } from './invented/lists';

const query = new URLSearchParams(location.search);
const language = query.get('lang');
if (language === 'es') speak(language);
const theme = query.get('theme');
if (theme) document.documentElement.style.colorScheme = theme;

const never = () => new Promise<never>(() => undefined);
const locked = (lock: Lock): Answers => ({ appState: () => appState({ lock, persons: [] }) });

const scenes: Record<string, Answers> = {
  full: {},
  new: { appState: () => appState({ persons: [] }) },
  recovery: { appState: () => appState({ recoveryCode: 'K7QD-M2XA-9FHT-3LWP-C6VN-8RJE' }) },
  start: { connections: () => [] },
  'compare-many': { compare: () => ({ tables: [crowded()] }) },
  'compare-none': { compare: () => ({ tables: [] }) },
  'lock-new': locked({
    is: 'newNeedsPassphrase',
    reason:
      'This computer has no keychain that Wholechart can use, so your record needs a passphrase of its own.',
  }),
  'lock-passphrase': locked({ is: 'needsPassphrase' }),
  'lock-key': locked({
    is: 'keyMissing',
    reason: 'The keychain of this computer no longer has the key to this record.',
  }),
  'lock-missing': locked({
    is: 'recordMissing',
    reason: 'The file of your record is missing or empty. Its keys are still here.',
    file: '/home/mabel/.local/share/wholechart/record.db',
  }),
  'lock-use': locked({ is: 'inUse' }),
  'lock-failed': locked({ is: 'failed', reason: 'The disk is full. Make some room and try again.' }),
  files: {},
  'files-asked': {
    previewImport: () => ({
      ...importPreview,
      people: [{ name: 'Ben Okafor', born: 'January 2, 1990' }],
      asked: 'These files are about somebody else: Ben Okafor, born January 2, 1990, and not Mabel Okonkwo.',
    }),
  },
  connecting: { connect: never },
  patients: { connect: never },
  refused: {
    connect: () => {
      throw apiError({
        message: 'Summit General Hospital did not allow it.',
        advice:
          'On the consent page “Deny” was chosen. Nothing was stored. Try again and choose “Allow” if you want your records here.',
        details: 'access_denied at fhir.summit.example',
      });
    },
  },
  syncing: { sync: never },
  long: {
    connections: () => [
      connection({
        name: 'The Very Reverend Doctor Bartholomew Featherstonehaugh Memorial Hospital and Community Health Partnership of Northern Aroostook County',
      }),
      connection({ id: 'c-summit', name: 'مستشفى القديس جورج الجامعي', mark: 'م', colour: 4 }),
    ],
  },
  'empty-home': {
    home: () => emptyHome,
    tests: () => ({ tests: [], next: null }),
    list: () => ({ columns: [], rows: [], next: null, total: 0 }),
  },
  people: {
    appState: () =>
      appState({
        persons: [
          ...appState().persons,
          {
            id: 'p2',
            name: 'Otis Okonkwo-Featherstonehaugh',
            birthDate: null,
            birthDateSent: '1948-05-17',
            homeZone: 'America/Chicago',
            colour: 1,
          },
          {
            id: 'p3',
            name: 'ليلى حداد',
            birthDate: '2015-11-30',
            birthDateSent: null,
            homeZone: 'Asia/Beirut',
            colour: 3,
          },
        ],
      }),
  },
  empty: {
    timeline: () => ({ rows: [], next: null, total: 0 }),
    timelineFacets: () => facets([]),
  },
};

const scene = query.get('scene') ?? 'full';
const host = fullHost(scenes[scene] ?? {}, life(Number(query.get('rows') ?? 1200)));
const target = document.getElementById('app');
// Words are said when the screens are loaded, so the language comes first.
const { default: App } = await import('../App.svelte');
if (target) mount(App, { target, props: { host } });

if (scene === 'syncing') {
  setTimeout(() => {
    host.send({ is: 'sync', connection: 'c-lake', kinds: syncKinds, done: false, asked: 7, planned: 18 });
  }, 300);
}
if (['connecting', 'refused', 'patients'].includes(scene)) {
  setTimeout(() => document.querySelector<HTMLElement>('[data-card="summit"]')?.click(), 500);
  const watch = setInterval(() => {
    const attempt = host.argsOf('connect').at(-1) as { attempt: string; target: ConnectTarget } | undefined;
    if (!attempt) return;
    clearInterval(watch);
    host.send({
      is: 'connect',
      attempt: attempt.attempt,
      stage: scene === 'patients' ? 'choosingPatient' : 'waitingForSignIn',
      text:
        scene === 'patients'
          ? 'This sign-in opens the records of several people.'
          : 'Waiting for you to sign in at fhir.summit.example',
      signInUrl: 'https://fhir.summit.example/authorize?state=xyz',
      returnsTo: null,
      patients:
        scene === 'patients'
          ? [
              { id: '1', name: 'Mabel Okonkwo', bornText: 'born March 9, 1961' },
              { id: '2', name: 'Ada Okonkwo', bornText: 'born May 2, 2012' },
            ]
          : [],
    });
  }, 100);
}
const click = query.get('click');
if (click) setTimeout(() => document.querySelector<HTMLElement>(click)?.click(), 700);
const jump = query.get('jump');
if (jump) {
  setTimeout(() => {
    const select = document.querySelector<HTMLSelectElement>('[data-testid="timeline-jump"]');
    if (select) {
      select.value = jump;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }, 700);
}

// `&axe` judges the page as painted, colours included; the findings are in the document for --dump-dom.
if (query.has('axe')) {
  setTimeout(() => {
    void import('axe-core').then(async ({ default: axe }) => {
      const { violations } = await axe.run(document);
      const told = document.createElement('pre');
      told.id = 'axe';
      told.textContent = JSON.stringify(
        violations.flatMap((one) => one.nodes.map((node) => [one.id, node.html, node.any[0]?.message])),
      );
      document.body.append(told);
    });
  }, 2000);
}
