import { expect, test } from 'vitest';
import { zones, zoneText } from './zones';

test('time zones keep the one that is set, even one this computer does not know', () => {
  expect(zones('Mars/Olympus')).toContain('Mars/Olympus');
  expect(zoneText('America/Argentina/Buenos_Aires')).toBe('America – Argentina – Buenos Aires');
});
