import { describe, expect, test } from 'vitest';
import { speak } from './words';
import { findZones, zoneGroups, zoneText } from './zones';

describe('time zones', () => {
  test('begin with those of the United States, by the names people know', () => {
    const [first, second] = zoneGroups('');
    expect(first?.words).toBe('United States');
    expect(first?.options.slice(0, 7).map((one) => one.words.replace(/ \(.*/, ''))).toEqual([
      'Eastern Time',
      'Central Time',
      'Mountain Time',
      'Arizona',
      'Pacific Time',
      'Alaska',
      'Hawaii',
    ]);
    expect(second?.words).toBe('Americas');
  });

  test('are each offered once, and those of this computer all', () => {
    const zones = zoneGroups('').flatMap((group) => group.options.map((one) => one.zone));
    expect(new Set(zones).size).toBe(zones.length);
    for (const zone of Intl.supportedValuesOf('timeZone')) expect(zones).toContain(zone);
  });

  test('keep the one that is set, even one this computer does not know', () => {
    const offered = (zone: string) =>
      zoneGroups(zone).flatMap((group) => group.options.map((one) => one.zone));
    expect(offered('Mars/Olympus')).toContain('Mars/Olympus');
    expect(offered('UTC')).toContain('UTC');
  });

  test('are said as people read them', () => {
    expect(zoneText('America/Chicago')).toMatch(/^Central Time \(Chicago/);
    expect(zoneText('America/Argentina/Buenos_Aires')).toBe('Buenos Aires, Argentina');
    expect(zoneText('UTC')).toBe('UTC');
    speak('es');
    const said = zoneText('America/New_York');
    speak('en');
    expect(said).toMatch(/^Hora del Este/);
  });

  test.each([
    ['east', 'America/New_York'],
    ['dallas', 'America/Chicago'],
    ['toky', 'Asia/Tokyo'],
    ['BERLIN', 'Europe/Berlin'],
    ['europe ber', 'Europe/Berlin'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['new york', 'America/New_York'],
  ])('are found by name, place and region: %s', (text, zone) => {
    expect(findZones(zoneGroups(''), text, 6)[0]?.zone).toBe(zone);
  });

  test('that nobody looks for, and that are nowhere, are not found', () => {
    expect(findZones(zoneGroups(''), '  ', 6)).toEqual([]);
    expect(findZones(zoneGroups(''), 'atlantis', 6)).toEqual([]);
  });
});
