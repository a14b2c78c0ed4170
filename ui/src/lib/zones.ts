/** Every time zone this computer knows, with `always` among them, sorted by name. */
export function zones(always: string): string[] {
  const known = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  return [...new Set([...known, always])].filter(Boolean).sort();
}

/** `America/Argentina/Buenos_Aires` as people read it. */
export function zoneText(zone: string): string {
  return zone.replaceAll('_', ' ').replaceAll('/', ' – ');
}
