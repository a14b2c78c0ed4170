/** Our own line drawings on a 24 × 24 grid, stroked in the text's colour. Each is the `d` of one path. */
export const ICONS = {
  timeline: 'M5 3v18M5 7h.01M5 12h.01M5 17h.01M10 7h10M10 12h7M10 17h9',
  providers: 'M4 21V8l8-5 8 5v13M3 21h18M12 8v5M9.5 10.5h5M9 21v-4h6v4',
  summary: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  result: 'M9 3h6M10 3v6L4.8 18.2A1.9 1.9 0 0 0 6.5 21h11a1.9 1.9 0 0 0 1.7-2.8L14 9V3M7.5 15h9',
  vital: 'M3 12h4l2.5-7 5 14L17 12h4',
  observation:
    'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z',
  report: 'M5 3h14v18H5zM8.5 16v-3M12 16V8M15.5 16v-5',
  problem: 'M12 21s-8-4.6-8-11a4.5 4.5 0 0 1 8-2.8A4.5 4.5 0 0 1 20 10c0 6.4-8 11-8 11zM12 10v3M12 16h.01',
  allergy: 'M12 3 2.5 20h19zM12 10v4.5M12 17.5h.01',
  medicine: 'M4.6 12.6l8-8a4.8 4.8 0 0 1 6.8 6.8l-8 8a4.8 4.8 0 0 1-6.8-6.8zM8.6 8.6l6.8 6.8',
  vaccine: 'M18 3l3 3M19.5 4.5 16 8M13 5l6 6M15 7l-8.5 8.5V18H9l8.5-8.5M6.5 17.5 3 21M10.5 11.5l2 2',
  procedure: 'M4 20c6-1 8-3 9-6M13 14 20.5 4.5c.7-.9 0-1.8-1-1.3C15 5.5 11.5 9 10 12zM10 12l3 2',
  visit: 'M4 6h16v15H4zM4 10.500h16M8 3v4M16 3v4M9 15.500l2 2 4-4',
  document: 'M6 3h8l4 4v14H6zM14 3v4h4',
  plan: 'M6 4h12v17H6zM9 2.500h6V6H9zM9 11h6M9 15h4',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21c.6-4 3.8-6 8-6s7.4 2 8 6',
  other: 'M5 5h14v14H5zM9 12h6',
  plus: 'M12 5v14M5 12h14',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5 21 21',
  back: 'M14.5 5 7.5 12l7 7',
  forward: 'M9.5 5l7 7-7 7',
  close: 'M6 6l12 12M18 6 6 18',
  compare: 'M4 5h16v14H4zM12 5v14M4 10h16',
  check: 'M4.5 12.500l5 5L19.5 7',
  clock: 'M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.500V12l3 2.5',
  cross: 'M7 7l10 10M17 7 7 17',
  half: 'M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.500v5.500M12 16.500h.01',
  none: 'M5 12h14',
  sync: 'M20 11a8 8 0 0 0-14.5-3.500L3.5 9.500M3.5 4.500v5h5M4 13a8 8 0 0 0 14.5 3.500l2-2M20.5 19.500v-5h-5',
  copy: 'M9 9h11v12H9zM5 15H4V3h11v2',
  print: 'M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z',
  save: 'M12 4v11M7.5 11 12 15.5 16.5 11M4 20h16',
  up: 'M12 20V5M6 11l6-6 6 6',
  down: 'M12 4v15M6 13l6 6 6-6',
  exclaim: 'M12 4v10M12 18.500h.01',
  key: 'M8 11a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM11 12.5 20 3.500M16 7.500l3 3M13.5 10l2 2',
  lock: 'M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3M12 15v2',
  filter: 'M4 6h16M7 12h10M10 18h4',
  menu: 'M4 6h16M4 12h16M4 18h16',
  more: 'M6 9l6 6 6-6',
  less: 'M6 15l6-6 6 6',
  home: 'M4 11 12 4l8 7v9H4zM10 20v-6h4v6',
  note: 'M5 3h14v13l-5 5H5zM14 21v-5h5M8.5 8h7M8.5 12h4',
  shield: 'M12 3l8 3v6c0 4.5-3.4 7.7-8 9-4.6-1.3-8-4.5-8-9V6z',
  settings: 'M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4M4 12h11M19 12h1M17 10v4',
  ask: 'M4 4h16v12h-8l-5 4.500V16H4zM9.800 8.200a2.300 2.300 0 1 1 3 2.200c-.5.2-.8.5-.8 1.100M12 13.700h.01',
  external: 'M13 4h7v7M20 4l-9 9M10 5H4v15h15v-6',
} as const;

export type IconName = keyof typeof ICONS;

/** The drawing for a kind of the timeline; kinds without one of their own share the plain sheet. */
export function kindIcon(kind: string): IconName {
  const shared: Record<string, IconName> = {
    'care-plan': 'plan',
    goal: 'plan',
    order: 'plan',
    questionnaire: 'plan',
    'care-team': 'person',
    'family-history': 'person',
    patient: 'person',
    appointment: 'visit',
    imaging: 'report',
    message: 'document',
    consent: 'document',
    coverage: 'document',
    claim: 'document',
  };
  if (Object.hasOwn(shared, kind)) return shared[kind] ?? 'other';
  return Object.hasOwn(ICONS, kind) ? (kind as IconName) : 'other';
}

/** An arrow where a flag has a direction, a sign where it has none; the words stand beside it. */
export function flagIcon(flag: string): IconName {
  if (flag.endsWith('high')) return 'up';
  return flag.endsWith('low') ? 'down' : 'exclaim';
}
