import type { Component } from 'svelte';
import type { ListName } from '../lib/api/generated/ListName';
import type { SheetKind } from '../lib/api/generated/SheetKind';
import type { Route } from '../lib/route.svelte';
import type { IconName } from '../parts/icons';
import type { Session } from '../lib/session.svelte';
import { t } from '../lib/words';
import CompareScreen from './compare/CompareScreen.svelte';
import AddProviderScreen from './connecting/AddProviderScreen.svelte';
import CardScreen from './connecting/CardScreen.svelte';
import ConnectingScreen from './connecting/ConnectingScreen.svelte';
import ManualScreen from './connecting/ManualScreen.svelte';
import DocumentScreen from './documents/DocumentScreen.svelte';
import HomeScreen from './home/HomeScreen.svelte';
import LetterScreen from './letter/LetterScreen.svelte';
import ListScreen from './lists/ListScreen.svelte';
import PeopleScreen from './people/PeopleScreen.svelte';
import AddFilesScreen from './providers/AddFilesScreen.svelte';
import LedgerScreen from './providers/LedgerScreen.svelte';
import ProvidersScreen from './providers/ProvidersScreen.svelte';
import ToAskScreen from './questions/ToAskScreen.svelte';
import TestsScreen from './results/TestsScreen.svelte';
import TrendScreen from './results/TrendScreen.svelte';
import AboutScreen from './settings/AboutScreen.svelte';
import ContactsScreen from './settings/ContactsScreen.svelte';
import SettingsScreen from './settings/SettingsScreen.svelte';
import SummaryScreen from './summary/SummaryScreen.svelte';
import TimelineScreen from './timeline/TimelineScreen.svelte';

type Props = Record<string, unknown>;

/** One screen of an open record. */
export interface Page {
  /**
   * Its address. A part that begins with a colon is a property of the component; parts that follow are the screen's own
   * affair.
   */
  at: string;
  /** Its name in the window's title. */
  words: string;
  component: Component<Props>;
  /** Properties that the address does not say. */
  props?: Props;
}

/** Where one can go in an open record: an entry of the window's navigation. A new place is one entry here. */
export interface Place extends Page {
  icon: IconName;
  /** Further screens that belong to it, the longer address before the shorter one. */
  pages?: Page[];
  /** A query that coming back to it keeps. */
  query?: (session: Session) => URLSearchParams;
  /** Something that waits there: how much, and the same as a sentence. */
  waiting?: (session: Session) => { count: number; words: string } | null;
  /** Something that runs there, as words. */
  running?: (session: Session) => string | null;
  /** The sheet of paper that shows the same. */
  sheet?: SheetKind;
  /** Stands behind "More": what few people look for every day. */
  more?: boolean;
}

/** The names in an address: `card` in `providers/add/:card`. */
type Named<At extends string> = At extends `${infer Part}/${infer Further}`
  ? Named<Part> | Named<Further>
  : At extends `:${infer Name}`
    ? Name
    : never;

/** A page whose component takes exactly what its address names, and `props`. */
function page<At extends string, Fixed extends Props>(
  at: At,
  words: string,
  component: Component<Record<Named<At>, string> & Fixed>,
  props?: Fixed,
): Page {
  return { at, words, component: component as Component<Props>, props };
}

function list(at: ListName, words: string, icon: IconName, further: Partial<Place> = {}): Place {
  return { ...page(at, words, ListScreen, { list: at, title: words }), icon, ...further };
}

export const PLACES: readonly Place[] = [
  { ...page('home', t('ui-home-title'), HomeScreen), icon: 'home' },
  {
    ...page('timeline', t('ui-timeline-title'), TimelineScreen),
    icon: 'timeline',
    query: (session) => session.timelineQuery,
  },
  {
    ...page('results', t('ui-results-title'), TestsScreen),
    icon: 'result',
    pages: [page('results/:kind/:test', t('ui-results-title'), TrendScreen)],
  },
  list('medicines', t('ui-medicines-title'), 'medicine', { sheet: 'medicines' }),
  list('problems', t('ui-problems-title'), 'problem'),
  list('allergies', t('ui-allergies-title'), 'allergy'),
  list('vaccines', t('ui-vaccines-title'), 'vaccine', { sheet: 'vaccines' }),
  list('visits', t('ui-visits-title'), 'visit'),
  list('documents', t('ui-documents-title'), 'document'),
  list('procedures', t('ui-procedures-title'), 'procedure', { more: true }),
  list('plans', t('ui-plans-title'), 'plan', { more: true }),
  list('team', t('ui-team-title'), 'person', { more: true }),
  list('family', t('ui-family-title'), 'person', { more: true }),
  list('insurance', t('ui-insurance-title'), 'shield', { more: true }),
  {
    ...page('ask', t('ui-ask-title'), ToAskScreen),
    icon: 'ask',
    waiting: (session) => {
      const count = session.asks.count;
      return count > 0 ? { count, words: t('ui-ask-waiting', { count }) } : null;
    },
  },
  { ...page('compare', t('ui-compare-title'), CompareScreen), icon: 'compare', sheet: 'compare' },
  { ...page('summary', t('ui-nav-summary'), SummaryScreen), icon: 'summary' },
  {
    ...page('providers', t('ui-providers-title'), ProvidersScreen),
    icon: 'providers',
    pages: [
      page('providers/add/manual', t('ui-manual-title'), ManualScreen),
      page('providers/add/:card', t('ui-add-title'), CardScreen),
      page('providers/add', t('ui-add-title'), AddProviderScreen),
      page('providers/files', t('ui-files-add-title'), AddFilesScreen),
      page('providers/letter/:connection', t('ui-title-letter'), LetterScreen),
      page('providers/:id', t('ui-title-ledger'), LedgerScreen),
      page('connecting', t('ui-title-connecting'), ConnectingScreen),
    ],
    waiting: (session) => {
      const count = session.connections.all.filter((one) => one.state === 'signInNeeded').length;
      return count > 0 ? { count, words: t('ui-nav-attention', { count }) } : null;
    },
    running: (session) => (session.syncs.running ? t('ui-nav-syncing') : null),
  },
  { ...page('people', t('ui-people-title'), PeopleScreen), icon: 'person', more: true },
  {
    ...page('settings', t('ui-settings-title'), SettingsScreen),
    icon: 'settings',
    pages: [
      page('settings/contacts', t('ui-contacts-title'), ContactsScreen),
      page('settings/about', t('ui-about-title'), AboutScreen),
    ],
  },
];

/** Screens that belong to no place. */
const ELSEWHERE: readonly Page[] = [
  page('start', t('ui-start-connect'), AddProviderScreen, { first: true }),
  page('document/:fact/:file', t('ui-document-title'), DocumentScreen),
];

/** Every screen; an address shows the first one that it fits. */
const PAGES: readonly { page: Page; place?: Place }[] = [
  ...PLACES.flatMap((place) => [...(place.pages ?? []), place].map((page) => ({ page, place }))),
  ...ELSEWHERE.map((page) => ({ page })),
];

/** A screen at an address. */
export interface Shown {
  page: Page;
  place?: Place;
  /** What the address gives to the component. */
  named: Record<string, string>;
}

/** What an address shows; none where it leads nowhere. */
export function shownAt(route: Pick<Route, 'screen' | 'parts'>): Shown | null {
  const path = [route.screen, ...route.parts];
  for (const { page, place } of PAGES) {
    const parts = page.at.split('/').map((part, index) => ({ part, is: path[index] }));
    if (!parts.every(({ part, is }) => is !== undefined && (part === is || part.startsWith(':')))) continue;
    const named = parts.filter(({ part }) => part.startsWith(':'));
    return { page, place, named: Object.fromEntries(named.map(({ part, is = '' }) => [part.slice(1), is])) };
  }
  return null;
}

/** Whether one can be sent back to this address at the next start: a form, a sign-in or a sheet to print is no such place. */
export function staysAt(route: Pick<Route, 'screen' | 'parts'>): boolean {
  const place = shownAt(route)?.place;
  return (
    place !== undefined &&
    !['providers', 'connecting', 'summary', 'people', 'settings'].includes(route.screen)
  );
}

/** Places in the order of the menu, those that stand in front of "More": the first nine have a key. */
export const FRONT: readonly Place[] = PLACES.filter((place) => !place.more);
