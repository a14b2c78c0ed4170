import { expect, test } from 'vitest';
import { byLicence } from './licences';

const group = (licence: string, ...packages: string[]) => ({ licence, text: '', packages });

test('licences that say the same stand together, the most used first and the rare ones at the end', () => {
  const found = byLicence([
    group('ISC', 'a'),
    group('MIT/Apache-2.0', 'b', 'c'),
    group('0BSD', 'd'),
    group('Apache-2.0  OR  MIT', 'e', 'f'),
    group('MIT', 'g', 'h', 'i'),
  ]);
  expect(found.map((one) => [one.name, one.packages])).toEqual([
    ['Apache-2.0 OR MIT', 4],
    ['MIT', 3],
    ['', 2],
  ]);
});

test('a single rare licence keeps its name', () => {
  expect(byLicence([group('ISC', 'a')]).map((one) => one.name)).toEqual(['ISC']);
});
