import { FluentBundle, FluentResource } from '@fluent/bundle';
import { describe, expect, test } from 'vitest';
import english from '../../crates/words/locales/en.ftl?raw';
import spanish from '../../crates/words/locales/es.ftl?raw';
import { t } from './lib/words';

const sources = import.meta.glob<string>(
  ['./**/*.svelte', './**/*.ts', '!./**/*.test.ts', '!./lib/api/generated/**'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);

const used = new Map<string, string>();
for (const [file, text] of Object.entries(sources)) {
  for (const [, key = ''] of text.matchAll(/'(ui-[a-z0-9-]+)'/g)) used.set(key, file);
}
const bundle = new FluentBundle('en-US', { useIsolating: false });
const problems = bundle.addResource(new FluentResource(english));
const defined = [...english.matchAll(/^(ui-[a-z0-9-]+) =/gm)].map(([, key = '']) => key);

describe('the word catalogue', () => {
  test('is valid and says nothing twice', () => {
    expect(problems).toEqual([]);
    expect(defined.filter((key, at) => defined.indexOf(key) !== at)).toEqual([]);
  });

  test('says the same in Spanish, with the same things filled in', () => {
    const filled = (text: string) =>
      text
        .split(/^(?=[a-z][a-z0-9-]* =)/m)
        .slice(1)
        .map((one) => [one.split(' ')[0], [...new Set(one.match(/\$\w+/g) ?? [])].sort().join(' ')]);
    const inEnglish = new Map(filled(english) as [string, string][]);
    const inSpanish = new Map(filled(spanish) as [string, string][]);
    expect([...inSpanish.keys()].sort()).toEqual([...inEnglish.keys()].sort());
    expect([...inEnglish].filter(([key, args]) => inSpanish.get(key) !== args)).toEqual([]);
    expect(new FluentBundle('es-US').addResource(new FluentResource(spanish))).toEqual([]);
  });

  test('has every word the window uses', () => {
    expect(used.size).toBeGreaterThan(100);
    expect([...used].filter(([key]) => !bundle.getMessage(key)?.value)).toEqual([]);
  });

  test('has no word of the window that nobody uses', () => {
    expect(defined.filter((key) => !used.has(key))).toEqual([]);
  });

  test('the window never builds a key, so that the search above finds them all', () => {
    const built = Object.entries(sources).filter(
      ([file, text]) => !file.endsWith('words.ts') && /\bt\(\s*[^'\s)]/.test(text),
    );
    expect(built.map(([file]) => file)).toEqual([]);
  });

  test('no words are left outside it: a screen’s markup holds no text of its own', () => {
    const bare = Object.entries(sources)
      .filter(([file]) => file.endsWith('.svelte') && !file.endsWith('Brand.svelte'))
      .flatMap(([file, text]) => {
        const markup = text
          .replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, '')
          .replace(/\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g, '')
          .replace(/=>/g, '');
        return [...markup.matchAll(/>([^<>]*\p{L}{3,}[^<>]*)</gu)].map(
          ([, words = '']) => `${file}: ${words.trim()}`,
        );
      })
      .filter((found) => !/&\w+;/.test(found));
    expect(bare).toEqual([]);
  });
});

describe('sentences', () => {
  test('count in words', () => {
    expect(t('ui-timeline-count', { count: 1, shown: '1' })).toBe('One record');
    expect(t('ui-timeline-count', { count: 1200, shown: '1,200' })).toBe('1,200 records');
  });

  test('keep a right-to-left name apart from what follows it, and leave other names alone', () => {
    expect(t('ui-disconnect-title', { name: 'مستشفى' })).toBe('Disconnect \u2068مستشفى\u2069?');
    expect(t('ui-disconnect-title', { name: 'Lakeside' })).toBe('Disconnect Lakeside?');
  });
});
