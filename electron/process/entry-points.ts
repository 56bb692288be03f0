import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Processes and workers that are started by file name. */
export type EntryPoint =
  | 'archive-process'
  | 'import-process'
  | 'scan-process'
  | 'copy-process'
  | 'print-process'
  | 'print-worker';

const SOURCES: Readonly<Record<EntryPoint, readonly string[]>> = {
  'archive-process': ['./archive-process.ts'],
  'import-process': ['./import-process.ts', '../exchange/import-process.ts'],
  'scan-process': ['./scan-process.ts'],
  'copy-process': ['./copy-process.ts'],
  'print-process': ['./print-process.ts'],
  'print-worker': ['./print-worker.ts', '../print/print-worker.ts'],
};

/**
 * Absolute path of an entry: its TypeScript source when this program runs from sources (Node 24
 * strips the types), else its bundle, which lies beside every other bundle in `out/main`.
 */
export function entryPoint(name: EntryPoint): string {
  const here = import.meta.url;
  if (!here.endsWith('.ts')) return fileURLToPath(new URL(`./${name}.js`, here));
  const candidates = SOURCES[name].map((path) => fileURLToPath(new URL(path, here)));
  return candidates.find((path) => existsSync(path)) ?? candidates[0] ?? name;
}
