import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '..', '..');
const at = (path: string) => join(ROOT, path);

/** The archive process with a cheap Argon2id as one bundle, as the build makes it of the real one: it starts in half the time. */
export interface BundledArchive {
  /** Absolute path of the entry. */
  readonly entry: string;
  remove(): void;
}

/** Libraries with native code, and those that are loaded by the few operations that need them. */
const OUTSIDE = [
  'better-sqlite3-multiple-ciphers',
  '@node-rs/argon2',
  '@myriaddreamin/typst-ts-node-compiler',
  '@napi-rs/canvas',
  'pdfjs-dist',
  'bwip-js',
  'exceljs',
  'pdf-lib',
];

export async function bundleArchive(): Promise<BundledArchive> {
  // Below the packages, so that those left outside are found.
  const folder = at(`node_modules/.cache/dossier-tests-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    ssr: { noExternal: true, external: OUTSIDE, target: 'node' },
    build: {
      ssr: true,
      target: 'node24',
      minify: false,
      outDir: folder,
      copyPublicDir: false,
      rollupOptions: {
        input: {
          'archive-process': at('tests/support/fast-archive-process.ts'),
          'import-process': at('electron/process/import-process.ts'),
          'scan-process': at('electron/process/scan-process.ts'),
          'print-process': at('electron/process/print-process.ts'),
          'print-worker': at('electron/print/print-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  });
  return { entry: join(folder, 'archive-process.js'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
