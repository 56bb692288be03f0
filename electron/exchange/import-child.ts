import { type ConfinedChild, confinedSpawner } from '../platform/confined-child.ts';
import { HEAP_CAP_MEGABYTES, type ToImport } from './import-protocol.ts';

/** A started import process, whatever started it. */
export interface ImportChild extends Omit<ConfinedChild, 'send'> {
  send(message: ToImport): void;
}

/** Starts one import process. Under Electron the host passes its own, made of a utility process. */
export type ImportSpawner = () => ImportChild;

/**
 * Forks the import process with the Node that runs this program.
 * @param entry absolute path of `import-process`, as source (`.ts`) or built (`.js`).
 */
export function forkSpawner(
  entry: string,
  options: { execPath?: string; execArgv?: readonly string[] } = {},
): ImportSpawner {
  return confinedSpawner(entry, { heapMegabytes: HEAP_CAP_MEGABYTES, ...options });
}
