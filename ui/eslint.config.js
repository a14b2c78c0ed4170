import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Rules that keep promises the design makes; each has its reason. */
const promises = {
  // One door: only src/lib/api/door.ts may know which host the window runs in.
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        { group: ['@tauri-apps/*'], message: 'Only src/lib/api/door.ts may import the host’s library.' },
        {
          group: ['**/test/*'],
          message: 'The fake host and invented records are for tests and the preview.',
        },
      ],
    },
  ],
  'no-restricted-globals': ['error', { name: 'fetch', message: 'The window speaks to its host only.' }],
  eqeqeq: 'error',
  'no-console': 'error',
};

export default ts.config(
  { ignores: ['dist', 'src/lib/api/generated'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: globals.browser },
    rules: promises,
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
    rules: {
      // The content security policy refuses style="…" in markup; style:x={…} goes through the CSSOM.
      'no-restricted-syntax': [
        'error',
        { selector: "SvelteAttribute[key.name='style']", message: 'Use a class or style:x={…}.' },
      ],
      // Sets and search parameters here are values: made, passed on, and never changed behind a screen.
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/no-at-html-tags': 'error',
      // Addresses are hashes of our own; there is no router to resolve them.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['src/lib/api/door.ts', 'src/**/*.test.ts', 'src/test/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
);
