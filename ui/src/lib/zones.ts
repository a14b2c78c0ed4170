import { t } from './words';

/** Zones by the names that people in the United States know them by, from east to west. */
const COMMON: readonly (readonly [zone: string, name: () => string])[] = [
  ['America/New_York', () => t('ui-zone-eastern')],
  ['America/Chicago', () => t('ui-zone-central')],
  ['America/Denver', () => t('ui-zone-mountain')],
  ['America/Phoenix', () => t('ui-zone-arizona')],
  ['America/Los_Angeles', () => t('ui-zone-pacific')],
  ['America/Anchorage', () => t('ui-zone-alaska')],
  ['Pacific/Honolulu', () => t('ui-zone-hawaii')],
  ['America/Puerto_Rico', () => t('ui-zone-atlantic')],
  ['Pacific/Guam', () => t('ui-zone-chamorro')],
  ['Pacific/Pago_Pago', () => t('ui-zone-samoa')],
];

/** The first parts of zones' names, as a list of places is divided. */
const REGIONS: Record<string, () => string> = {
  America: () => t('ui-zone-region-america'),
  Europe: () => t('ui-zone-region-europe'),
  Asia: () => t('ui-zone-region-asia'),
  Africa: () => t('ui-zone-region-africa'),
  Australia: () => t('ui-zone-region-australia'),
  Pacific: () => t('ui-zone-region-pacific'),
  Atlantic: () => t('ui-zone-region-atlantic'),
  Indian: () => t('ui-zone-region-indian'),
  Arctic: () => t('ui-zone-region-arctic'),
  Antarctica: () => t('ui-zone-region-antarctica'),
};

/** A zone as it is offered. */
export interface ZoneOption {
  /** `America/Chicago`. */
  zone: string;
  /** Central Time (Chicago, Dallas, Minneapolis); Buenos Aires, Argentina. */
  words: string;
  /** The words are the name of a place, which is the same in every language. */
  isPlace: boolean;
}

/** Zones that are offered under one heading. */
export interface ZoneGroup {
  words: string;
  options: ZoneOption[];
}

/** Buenos Aires, Argentina. */
function place(zone: string): string {
  const [region = '', ...parts] = zone.replaceAll('_', ' ').split('/');
  return parts.length === 0 ? region : parts.reverse().join(', ');
}

function option(zone: string): ZoneOption {
  const name = COMMON.find(([common]) => common === zone)?.[1];
  return name === undefined
    ? { zone, words: place(zone), isPlace: true }
    : { zone, words: name(), isPlace: false };
}

/**
 * Every time zone this computer knows, with `always` among them: those of the United States by their common names, then
 * places by region.
 */
export function zoneGroups(always: string): ZoneGroup[] {
  const known = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  const common = COMMON.map(([zone]) => zone);
  const places = [...new Set([...known, always])].filter((zone) => zone && !common.includes(zone));
  const regions = [...Object.keys(REGIONS), ''];
  const regionOf = (zone: string) => {
    const [region = ''] = zone.split('/');
    return region in REGIONS ? region : '';
  };
  return [
    { words: t('ui-zone-region-us'), options: common.map(option) },
    ...regions.map((region) => ({
      words: REGIONS[region]?.() ?? t('ui-zone-region-other'),
      options: places
        .filter((zone) => regionOf(zone) === region)
        .map(option)
        .sort((a, b) => a.words.localeCompare(b.words)),
    })),
  ].filter((group) => group.options.length > 0);
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Zones in whose name, place or region all the words begin something; at most `most`. */
export function findZones(groups: ZoneGroup[], text: string, most: number): ZoneOption[] {
  const wanted = plain(text)
    .split(/[\s,/_]+/)
    .filter(Boolean);
  if (wanted.length === 0) return [];
  return groups
    .flatMap((group) => group.options.map((option) => ({ group, option })))
    .filter(({ group, option }) => {
      const words = plain(`${option.words} ${group.words} ${option.zone}`).split(/[^\p{L}\p{N}]+/u);
      return wanted.every((one) => words.some((word) => word.startsWith(one)));
    })
    .slice(0, most)
    .map(({ option }) => option);
}

/** A zone as people read it: Central Time (Chicago, Dallas, Minneapolis); Buenos Aires, Argentina. */
export function zoneText(zone: string): string {
  return option(zone).words;
}
