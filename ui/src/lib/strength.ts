/** How hard a passphrase is to guess; only a hint while typing, never a gate beyond the shortest length. */
export type Strength = 'short' | 'weak' | 'fair' | 'strong';

export const SHORTEST = 8;

/**
 * Counts what an attacker must try: different characters and words, not kinds of characters. Repetition and
 * runs (`aaaa`, `1234`, `qwerty`) count once.
 */
export function strength(passphrase: string): Strength {
  if ([...passphrase].length < SHORTEST) return 'short';
  const lower = passphrase.toLowerCase();
  let worth = 0;
  let previous = -2;
  let step = 0;
  for (const character of lower) {
    const code = character.codePointAt(0) ?? 0;
    const difference = code - previous;
    const inRun = Math.abs(difference) <= 1 && difference === step;
    worth += inRun ? 0.25 : 1;
    step = Math.abs(difference) <= 1 ? difference : 2;
    previous = code;
  }
  for (const common of ['password', 'qwerty', 'letmein', 'welcome', 'health', 'wholechart']) {
    if (lower.includes(common)) worth -= common.length - 1;
  }
  const variety = new Set(lower).size;
  const bits = worth * Math.log2(Math.max(variety, 2));
  if (bits < 36) return 'weak';
  if (bits < 60) return 'fair';
  return 'strong';
}
