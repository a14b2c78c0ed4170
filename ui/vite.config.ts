import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  // The shell expects the development server exactly here (tauri.conf.json).
  server: { port: 5173, strictPort: true, fs: { allow: ['.', '../crates/api/locales'] } },
  build: {
    target: 'es2022',
    // WebKitGTK 2.50, WebView2 and WKWebView of macOS 14.5: nesting and light-dark() stay as written.
    cssTarget: ['safari17.5', 'chrome123'],
    // The window's content security policy allows no data: fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/test/setup.ts'],
    // axe walks the whole page; a slow machine needs more than the default five seconds.
    testTimeout: 30_000,
  },
});
