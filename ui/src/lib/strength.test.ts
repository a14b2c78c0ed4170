import { describe, expect, test } from 'vitest';
import { strength } from './strength';

describe('a passphrase', () => {
  test.each([
    ['short', 'seven77'],
    ['weak', 'aaaaaaaaaaaaaaaa'],
    ['weak', '1234567890'],
    ['weak', 'password1'],
    ['fair', 'violet kettle'],
    ['strong', 'violet kettle marches north'],
  ])('is %s: %s', (expected, passphrase) => {
    expect(strength(passphrase)).toBe(expected);
  });
});
