import { readdirSync, readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** What pdf.js reads beside itself: fonts, maps of letters, decoders of pictures. They come with the window. */
function pdfjsFiles(): Plugin {
  const FOLDERS = ['cmaps', 'standard_fonts', 'wasm'];
  const from = (folder: string) => new URL(`./node_modules/pdfjs-dist/${folder}/`, import.meta.url);
  return {
    name: 'pdfjs-files',
    generateBundle() {
      for (const folder of FOLDERS) {
        for (const name of readdirSync(from(folder))) {
          const source = readFileSync(new URL(name, from(folder)));
          this.emitFile({ type: 'asset', fileName: `pdfjs/${folder}/${name}`, source });
        }
      }
    },
    configureServer(server) {
      server.middlewares.use('/pdfjs', (request, response, next) => {
        const [, folder = '', name = ''] = /^\/(\w+)\/([\w.-]+)$/.exec(request.url ?? '') ?? [];
        if (!FOLDERS.includes(folder)) return next();
        response.end(readFileSync(new URL(name, from(folder))));
      });
    },
  };
}

/**
 * The page names what `main.ts` loads once it knows the language, so that it is read while the settings are asked for: the
 * screens, their styles, and the letters most words are written in.
 */
function firstScreen(): Plugin {
  return {
    name: 'first-screen',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const files = Object.values(bundle);
        const screens = files.find(
          (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('/App.svelte'),
        );
        const styles = screens?.type === 'chunk' ? [...(screens.viteMetadata?.importedCss ?? [])] : [];
        const letters = files.filter((file) => /next-latin-wght-normal.*\.woff2$/.test(file.fileName));
        const link = (attrs: Record<string, string | boolean>) => ({
          tag: 'link',
          attrs,
          injectTo: 'head' as const,
        });
        return [
          ...(screens
            ? [link({ rel: 'modulepreload', crossorigin: true, href: `/${screens.fileName}` })]
            : []),
          ...styles.map((file) => link({ rel: 'stylesheet', crossorigin: true, href: `/${file}` })),
          ...letters.map(({ fileName }) =>
            link({ rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${fileName}` }),
          ),
        ];
      },
    },
  };
}

export default defineConfig({
  plugins: [svelte(), svelteTesting(), pdfjsFiles(), firstScreen()],
  // The shell expects the development server exactly here (tauri.conf.json).
  server: { port: 5173, strictPort: true, fs: { allow: ['.', '../crates/words/locales'] } },
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
    testTimeout: 60_000,
  },
});
