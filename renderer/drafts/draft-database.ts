import { Dexie, type EntityTable } from 'dexie';
import type { Sealed } from './cipher.ts';

/** A row on disk. `id` is a keyed hash of what it is about: even which card was open cannot be read. */
export interface SealedRow extends Sealed {
  readonly id: string;
  readonly savedAt: number;
}

type DraftDatabase = Dexie & {
  readonly drafts: EntityTable<SealedRow, 'id'>;
  readonly views: EntityTable<SealedRow, 'id'>;
};

let database: DraftDatabase | null = null;

/** The window's own database: ciphertext only. One per archive, named by the vault's random id. */
export function openDraftDatabase(vaultId: string): DraftDatabase {
  const name = `desk-${vaultId}`;
  if (database?.name === name) return database;
  database?.close();
  const opened = new Dexie(name) as DraftDatabase;
  opened.version(1).stores({ drafts: 'id' });
  opened.version(2).stores({ drafts: 'id', views: 'id' });
  database = opened;
  return opened;
}

export function closeDraftDatabase(): void {
  database?.close();
  database = null;
}
