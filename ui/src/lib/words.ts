import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import english from '../../../crates/api/locales/en.ftl?raw';

/** Letters of scripts written from right to left (Hebrew, Arabic and their neighbours). */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

// Isolation marks around every argument would show up in copied text and in searches on the page; they are
// put only where a right-to-left name would otherwise reorder the sentence around it.
const bundle = new FluentBundle('en-US', { useIsolating: false });
bundle.addResource(new FluentResource(english));

function isolated(value: FluentVariable): FluentVariable {
  return typeof value === 'string' && RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}

/** The words for a key of the catalogue. A missing key shows itself; a test keeps that from happening. */
export function t(key: string, args: Record<string, FluentVariable> = {}): string {
  const message = bundle.getMessage(key);
  if (!message?.value) return key;
  const safe = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, isolated(value)]));
  return bundle.formatPattern(message.value, safe, []);
}

/** A count for people: 12,480. */
export function number(value: number): string {
  return value.toLocaleString('en-US');
}
