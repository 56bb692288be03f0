import type { Dexie, EntityTable } from 'dexie';
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

/** Reads the library: no start and no lock needs it. */
export const readDraftDatabase = () => import('dexie');

/** The window's own database: ciphertext only. One per archive, named by the vault's random id. */
export async function openDraftDatabase(vaultId: string): Promise<DraftDatabase> {
  const { Dexie } = await readDraftDatabase();
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
