import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/** Where a checkout's tools keep theirs, too, seen from the bundle. Whoever can write there can write the code itself. */
const FOLDER = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'compiled');

/**
 * Keeps the code of this process compiled for its next start: the library that drives the browser has 7 MB. Where nothing can be written, and
 * where the sources run as they are, it is compiled each time.
 */
export function keepCompiledCode(): void {
  if (import.meta.filename.endsWith('.ts')) return;
  enableCompileCache(FOLDER);
}
