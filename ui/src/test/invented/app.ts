/** The app as it is opened, and how it looks. */
import type { AppState } from '../../lib/api/generated/AppState';
import type { UpdateView } from '../../lib/api/generated/UpdateView';
import type { UpdatesView } from '../../lib/api/generated/UpdatesView';
import type { AssistantView } from '../../lib/api/generated/AssistantView';
import type { HealthView } from '../../lib/api/generated/HealthView';
import type { SettingsView } from '../../lib/api/generated/SettingsView';

export function appState(over: Partial<AppState> = {}): AppState {
  return {
    version: '0.1.0',
    leftAt: null,
    profile: 'sample',
    sample: true,
    lock: { is: 'open' },
    persons: [
      {
        id: 'p1',
        name: 'Mabel Okonkwo',
        birthDate: '1961-03-09',
        birthDateSent: null,
        homeZone: 'America/Chicago',
        colour: 5,
      },
    ],
    person: 'p1',
    systemZone: 'America/Chicago',
    unwritable: null,
    recoveryCode: null,
    ...over,
  };
}

export function settingsView(over: Partial<SettingsView['settings']> = {}): SettingsView {
  return {
    settings: {
      theme: 'system',
      textSize: 100,
      testProviders: false,
      lockAfter: 15,
      lockAtStart: false,
      lockWithComputer: true,
      highContrast: false,
      language: null,
      dateOrder: null,
      clock: null,
      ...over,
    },
    language: over.language ?? 'en',
    systemLanguage: 'en',
    languages: [
      { language: 'en', name: 'English' },
      { language: 'es', name: 'Español' },
    ],
    dateOrder: over.dateOrder ?? 'month-first',
    clock: over.clock ?? 'hours12',
    systemDateOrder: 'month-first',
    systemClock: 'hours12',
    paper: 'letter',
    hearsComputerLock: true,
  };
}

export function healthView(over: Partial<HealthView> = {}): HealthView {
  return {
    damaged: null,
    rescued: null,
    cloud: null,
    folder: '/home/mabel/.local/share/wholechart',
    upgrade: null,
    ...over,
  };
}

export const assistantView: AssistantView = {
  choice: { on: false, persons: [] },
  kinds: [
    { kind: 'result', label: 'Results' },
    { kind: 'medicine', label: 'Medicines' },
    { kind: 'allergy', label: 'Allergies' },
  ],
  sensitive: [
    { kind: 'mental', label: 'Mental health' },
    { kind: 'hiv', label: 'HIV' },
  ],
  warning: ['Its maker may see what it reads.', 'It cannot be called back.'],
};

export const updatesView: UpdatesView = {
  canLook: true,
  on: false,
  version: '0.1.0',
  releases: 'https://wholechart.example/releases',
  host: 'wholechart.example',
  looked: null,
  said: null,
  found: null,
};

export const update: UpdateView = {
  version: '0.2.0',
  day: 'December 1, 2026',
  changes: ['Opens faster.', 'Prints more.'],
  package: 'wholechart_0.2.0_amd64.deb (about 31 MB)',
  saved: null,
  how: 'Open it: your system’s own installer asks for your password and installs it.',
};
