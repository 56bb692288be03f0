import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of a test's own; the test removes it with `removeScratch`. */
export function makeScratch(): string {
  return mkdtempSync(join(tmpdir(), 'dossier-desk-e2e-'));
}

export function removeScratch(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
