import { join } from 'node:path';
import { KEEPER_SECRET } from '../builders/vault-builder.ts';
import { logTablesSql } from '../support/log-tables.ts';

/** What a fault falls into. */
export const FAULT_KINDS = ['records', 'people', 'rotate', 'backup', 'restore', 'migrate'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export const SECRETS = [KEEPER_SECRET, '石橋邊的燈塔倒影在海面上慢慢晃動', '三月的雨停在木棉樹下的舊書架旁邊'] as const;
export const NEW_SECRET = '還原之後的新密語寫在燈塔的倒影裡';
/** The recovery key of the prepared archive, for the restore. */
export const RECOVERY = 'recovery.txt';

/** A database of its own for migrations: what they copy is large enough to be cut short. */
export const FAULT_KEY = Buffer.alloc(32, 0x5a);
export const MIGRATED_ROWS = 1_500;
export const FAULT_MIGRATIONS = [
  {
    version: 10,
    name: 'before',
    sql: `CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT; ${logTablesSql}`,
  },
  {
    version: 20,
    name: 'after',
    sql: `CREATE TABLE note_next (id INTEGER PRIMARY KEY, body TEXT NOT NULL, length INTEGER NOT NULL) STRICT;
          INSERT INTO note_next SELECT id, body, length(body) FROM note;
          DROP TABLE note; ALTER TABLE note_next RENAME TO note;
          CREATE INDEX note_length ON note (length, body);`,
  },
] as const;

export function placesOf(root: string) {
  return {
    archive: join(root, 'archive'),
    stick: join(root, 'stick'),
    restored: join(root, 'restored'),
    databases: join(root, 'databases'),
  };
}
