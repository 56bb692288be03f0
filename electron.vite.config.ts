import { cpSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { billOfMaterials, licencesForWindow } from './build/scripts/shipped-packages.ts';

const root = import.meta.dirname;

/** Sources of everything that runs on Node; each becomes `out/main/<name>.js`, beside each other (entry-points.ts relies on it). */
const mainEntries = {
  main: 'electron/hosts/electron/main.ts',
  chromium: 'electron/hosts/chromium/main.ts',
  cli: 'electron/hosts/cli/main.ts',
  'archive-process': 'electron/process/archive-process.ts',
  'import-process': 'electron/process/import-process.ts',
  'scan-process': 'electron/process/scan-process.ts',
  'copy-process': 'electron/process/copy-process.ts',
  'print-process': 'electron/process/print-process.ts',
  'print-worker': 'electron/print/print-worker.ts',
  'integrity-worker': 'electron/store/integrity-worker.ts',
  'copy-worker': 'electron/store/copy-worker.ts',
  'log-worker': 'electron/store/log-worker.ts',
  'sealing-worker': 'electron/vault/sealing-worker.ts',
  'segments-worker': 'electron/audit/segments-worker.ts',
};

/** Files that are read while the program runs: they lie beside the bundle as they lie beside the sources. */
const copied = {
  'shared/i18n': 'out/i18n',
  'electron/print/templates': 'out/main/templates',
  'electron/audit/verifier': 'out/main/verifier',
  'electron/store/self-test': 'out/main/self-test',
};

function copyFiles(): Plugin {
  return {
    name: 'copy-files',
    closeBundle() {
      for (const [from, to] of Object.entries(copied))
        cpSync(resolve(root, from), resolve(root, to), { recursive: true });
      writeFileSync(resolve(root, 'out/sbom.cdx.json'), billOfMaterials(root));
    },
  };
}

/** The list of what is shipped of others stands in the window's own code: it may fetch nothing (R15, R75). */
function shippedList(): Plugin {
  const file = resolve(root, 'renderer/features/help/shipped-packages.ts');
  return {
    name: 'shipped-packages',
    load: (id) => (id === file ? `export const shippedPackages = ${licencesForWindow(root)};` : null),
  };
}

/** Every start reads it: the page has it fetched beside its first file, not once that asks for it. */
function readWindowAhead(): Plugin {
  return {
    name: 'read-window-ahead',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const window = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === 'window');
        if (window?.type !== 'chunk') return [];
        const link = (rel: string, file: string) => ({
          tag: 'link',
          attrs: { rel, crossorigin: true, href: `./${file}` },
          injectTo: 'head' as const,
        });
        const styles = [...(window.viteMetadata?.importedCss ?? [])];
        return [link('modulepreload', window.fileName), ...styles.map((file) => link('stylesheet', file))];
      },
    },
  };
}

export default defineConfig({
  main: {
    plugins: [copyFiles()],
    build: {
      outDir: 'out/main',
      sourcemap: false,
      // pdfjs-dist is the renderer's too, and its canvas a library of its own: neither can be bundled into a process.
      externalizeDeps: { include: ['pdfjs-dist', '@napi-rs/canvas', 'tesseract.js-core', 'zxing-wasm'] },
      // `lib` would name the files by itself; rollup's own options keep one folder for entries and chunks.
      rollupOptions: {
        input: Object.fromEntries(Object.entries(mainEntries).map(([name, path]) => [name, resolve(root, path)])),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      sourcemap: false,
      // A sandboxed preload script can require nothing but Electron: everything in one CommonJS file.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: resolve(root, 'electron/hosts/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    // Relative: the same files are served under the Electron scheme and under the chromium host's origin.
    base: './',
    plugins: [react(), shippedList(), readWindowAhead()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      sourcemap: false,
      // A start reads 0.7 MB of script instead of 1.6.
      minify: true,
      // The policy allows no data: addresses (R15), so nothing may be inlined.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: { index: resolve(root, 'renderer/index.html') },
        output: {
          // Two files for what is drawn first: else its parts, which others share, come in forty.
          codeSplitting: {
            groups: [
              { name: 'begin', test: /renderer\/app\/begin\.ts/, priority: 2 },
              { name: 'window', test: /renderer\/(app\/main|features\/lock\/lock-screen)\.tsx/, priority: 1 },
            ],
          },
        },
      },
    },
  },
});
