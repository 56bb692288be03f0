import { moveLogApart } from '../store/log-apart.ts';
import { vaultPaths } from '../vault/vault.ts';
import type { OpenArchive } from './context.ts';

/** Moves what a large transaction has left in the write-ahead log into the database, beside the desk. */
export function moveLargeLog({ directory, database, vault }: OpenArchive): void {
  if (!database.logWaits) return;
  void moveLogApart(vaultPaths(directory).database, vault.databaseKey).then(() => database.logMoved());
}
