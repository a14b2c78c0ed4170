import type { Component } from 'svelte';
import type { IconName } from '../parts/icons';
import type { Session } from '../lib/session.svelte';
import { t } from '../lib/words';
import HomeScreen from './home/HomeScreen.svelte';
import ListScreen from './lists/ListScreen.svelte';
import PeopleScreen from './people/PeopleScreen.svelte';
import ProvidersScreen from './providers/ProvidersScreen.svelte';
import ResultsScreen from './results/ResultsScreen.svelte';
import SettingsScreen from './settings/SettingsScreen.svelte';
import SummaryScreen from './summary/SummaryScreen.svelte';
import TimelineScreen from './timeline/TimelineScreen.svelte';
import ToAskScreen from './questions/ToAskScreen.svelte';

/** Where one can go in an open record. A new screen is one entry here. */
export interface Place {
  /** First part of its address. */
  to: string;
  words: string;
  icon: IconName;
  component: Component;
  /** Other screens that belong to it. */
  also?: string[];
  /** A query that coming back to it keeps. */
  query?: (session: Session) => URLSearchParams;
  /** Something that waits there: how much, and the same as a sentence. */
  waiting?: (session: Session) => { count: number; words: string } | null;
  /** Something that runs there, as words. */
  running?: (session: Session) => string | null;
  /** Stands behind "More": what few people look for every day. */
  more?: boolean;
}

const list = (to: string, words: string, icon: IconName, more = false): Place => ({
  to,
  words,
  icon,
  component: ListScreen,
  more,
});

export const PLACES: readonly Place[] = [
  { to: 'home', words: t('ui-home-title'), icon: 'home', component: HomeScreen },
  {
    to: 'timeline',
    words: t('ui-timeline-title'),
    icon: 'timeline',
    component: TimelineScreen,
    query: (session) => session.timelineQuery,
  },
  { to: 'results', words: t('ui-results-title'), icon: 'result', component: ResultsScreen },
  list('medicines', t('ui-medicines-title'), 'medicine'),
  list('problems', t('ui-problems-title'), 'problem'),
  list('allergies', t('ui-allergies-title'), 'allergy'),
  list('vaccines', t('ui-vaccines-title'), 'vaccine'),
  list('visits', t('ui-visits-title'), 'visit'),
  list('documents', t('ui-documents-title'), 'document'),
  list('procedures', t('ui-procedures-title'), 'procedure', true),
  list('plans', t('ui-plans-title'), 'plan', true),
  list('team', t('ui-team-title'), 'person', true),
  list('family', t('ui-family-title'), 'person', true),
  list('insurance', t('ui-insurance-title'), 'shield', true),
  {
    to: 'ask',
    words: t('ui-ask-title'),
    icon: 'ask',
    component: ToAskScreen,
    waiting: (session) => {
      const count = session.asks.count;
      return count > 0 ? { count, words: t('ui-ask-waiting', { count }) } : null;
    },
  },
  { to: 'summary', words: t('ui-nav-summary'), icon: 'summary', component: SummaryScreen },
  {
    to: 'providers',
    words: t('ui-providers-title'),
    icon: 'providers',
    component: ProvidersScreen,
    also: ['add', 'card', 'manual', 'ledger', 'connecting'],
    waiting: (session) => {
      const count = session.connections.all.filter((one) => one.state === 'signInNeeded').length;
      return count > 0 ? { count, words: t('ui-nav-attention', { count }) } : null;
    },
    running: (session) => (session.syncs.running ? t('ui-nav-syncing') : null),
  },
  { to: 'people', words: t('ui-people-title'), icon: 'person', component: PeopleScreen, more: true },
  {
    to: 'settings',
    words: t('ui-settings-title'),
    icon: 'settings',
    component: SettingsScreen,
    also: ['contacts', 'about'],
  },
];

export function placeOf(screen: string): Place | undefined {
  return PLACES.find((place) => place.to === screen || place.also?.includes(screen));
}
