/** What facts are about. */
import type { TopicView } from '../../lib/api/generated/TopicView';

export function topic(over: Partial<TopicView> & { id: string; name: string }): TopicView {
  return {
    kind: 'problem',
    nameSource: 'ours',
    standing: 'current',
    standingText: 'Current',
    since: null,
    sinceText: null,
    text: null,
    reviewed: null,
    listed: null,
    doubt: null,
    times: 1,
    disagreement: null,
    told: [],
    reason: null,
    prescriber: null,
    earlier: [],
    sources: ['c-lake'],
    bySource: [],
    facts: [],
    ...over,
  };
}
