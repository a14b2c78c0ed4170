import type { SyncKindState } from './api/generated/SyncKindState';
import type { IconName } from '../parts/icons';
import { t } from './words';

interface Look {
  icon: IconName;
  words: string;
  tone: 'calm' | 'ok' | 'warn' | 'alert' | 'busy';
}

/** How the state of one kind of record looks and reads; the colour never says more than the words. */
const KIND_STATES: Record<SyncKindState, Look> = {
  waiting: { icon: 'clock', words: t('ui-kind-waiting'), tone: 'calm' },
  running: { icon: 'sync', words: t('ui-kind-running'), tone: 'busy' },
  complete: { icon: 'check', words: t('ui-kind-complete'), tone: 'ok' },
  incomplete: { icon: 'half', words: t('ui-kind-incomplete'), tone: 'warn' },
  refused: { icon: 'lock', words: t('ui-kind-refused'), tone: 'warn' },
  notOffered: { icon: 'none', words: t('ui-kind-not-offered'), tone: 'calm' },
  failed: { icon: 'cross', words: t('ui-kind-failed'), tone: 'alert' },
  cancelled: { icon: 'none', words: t('ui-kind-cancelled'), tone: 'calm' },
};

/** A kind of which something came, and something was not allowed, is not shut: it is there in part. */
export function kindLook({ state, received }: { state: SyncKindState; received: number }): Look {
  return KIND_STATES[state === 'refused' && received > 0 ? 'incomplete' : state];
}
