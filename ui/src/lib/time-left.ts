import { t } from './words';

/** Less than this is too little to judge by. */
const LEAST_ASKED = 3;
const LEAST_MS = 5_000;

/** About how long it still takes, in ms, if it goes on as it went since it was watched; null while nobody can say. */
export function timeLeft(done: number, all: number, elapsed: number, doneBefore = 0): number | null {
  const watched = done - doneBefore;
  if (watched < LEAST_ASKED || elapsed < LEAST_MS || all <= done) return null;
  return (elapsed / watched) * (all - done);
}

/** That, for people; nothing while nobody can say. */
export function timeLeftText(ms: number | null): string | null {
  if (ms === null) return null;
  if (ms < 60_000) return t('ui-sync-left-soon');
  return t('ui-sync-left', { minutes: Math.round(ms / 60_000) });
}
