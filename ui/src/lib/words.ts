import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import english from '../../../crates/words/locales/en.ftl?raw';
import spanish from '../../../crates/words/locales/es.ftl?raw';
import type { Language } from './api/generated/Language';

/** Letters of scripts written from right to left (Hebrew, Arabic and their neighbours). */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

// Both as in the United States: numbers keep their decimal point, as the results they stand beside do.
const LOCALES: Record<Language, string> = { en: 'en-US', es: 'es-US' };

let locale = LOCALES.en;
let bundles = [bundle(locale, english)];

function bundle(name: string, text: string): FluentBundle {
  // Isolation marks around every argument would show up in copied text and in searches on the page; they are
  // put only where a right-to-left name would otherwise reorder the sentence around it.
  const made = new FluentBundle(name, { useIsolating: false });
  made.addResource(new FluentResource(text));
  return made;
}

/**
 * Speaks this language from now on. What was said before stays as it was said, so it is called before the first
 * screen is loaded; a window whose language changes is loaded again.
 */
export function speak(language: Language): void {
  locale = LOCALES[language];
  bundles =
    language === 'en' ? [bundle(locale, english)] : [bundle(locale, spanish), bundle(LOCALES.en, english)];
  document.documentElement.lang = language;
}

/** The locale for `Intl`: as dates and numbers are written in the language that is spoken. */
export function spokenLocale(): string {
  return locale;
}

function isolated(value: FluentVariable): FluentVariable {
  return typeof value === 'string' && RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}

/** The words for a key of the catalogue. A missing key shows itself; a test keeps that from happening. */
export function t(key: string, args: Record<string, FluentVariable> = {}): string {
  for (const one of bundles) {
    const message = one.getMessage(key);
    if (!message?.value) continue;
    const safe = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, isolated(value)]));
    return oneStop(one.formatPattern(message.value, safe, []), Object.values(safe));
  }
  return key;
}

/** A sentence that ends in "p.m." has its full stop already. */
function oneStop(text: string, args: FluentVariable[]): string {
  return args
    .filter((arg) => typeof arg === 'string' && arg.endsWith('.m.'))
    .reduce<string>((said, arg) => said.replaceAll(`${String(arg)}.`, String(arg)), text);
}

/** A count for people: 12,480. */
export function number(value: number): string {
  return value.toLocaleString(locale);
}
