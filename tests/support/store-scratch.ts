import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type AuditLog, createAuditLog } from '../../electron/audit/audit-log.ts';
import type { Clock } from '../../electron/platform/clock.ts';
import { type Signer, signerFromSeed } from '../../electron/platform/signer.ts';
import { type ArchiveDatabase, createArchiveDatabase } from '../../electron/store/connection.ts';
import type { Migration } from '../../electron/store/migrate.ts';
import { logTablesSql } from './log-tables.ts';

export const KEY = Buffer.alloc(32, 0x5a);

/** A small schema beside the log's own tables. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 10,
    name: 'test',
    sql: `CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
          CREATE TABLE remark (id INTEGER PRIMARY KEY, note INTEGER NOT NULL REFERENCES note (id)) STRICT;
          ${logTablesSql}`,
  },
];

/** A folder that goes when the test ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Closes a database when the test ends, if it has not been closed before. */
export function closing(database: ArchiveDatabase): ArchiveDatabase {
  onTestFinished(() => {
    try {
      database.close();
    } catch {
      // Closed by the test itself.
    }
  });
  return database;
}

export function freshDatabase(folder = scratchFolder()): { path: string; database: ArchiveDatabase } {
  const path = join(folder, 'archive.db');
  return { path, database: closing(createArchiveDatabase({ path, key: KEY, migrations: MIGRATIONS })) };
}

/** RFC 8032 test 1, as in the vectors of §10. */
export const VECTOR_SEED = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
export const keeper: Signer = signerFromSeed(VECTOR_SEED);
export const supervisor: Signer = signerFromSeed(Buffer.alloc(32, 2));
export const systemKey: Signer = signerFromSeed(Buffer.alloc(32, 3));
const PUBLIC_KEYS = new Map([keeper, supervisor, systemKey].map((signer) => [signer.keyId, signer.publicKey]));
export const publicKeyOf = (keyId: string) => PUBLIC_KEYS.get(keyId);

/** A clock that tests set by hand. */
export function handClock(
  start = '2026-01-05T08:00:00.000Z',
): Clock & { set(iso: string): void; advance(ms: number): void } {
  let wall = Date.parse(start);
  let up = 0;
  return {
    now: () => new Date(wall),
    monotonicMs: () => up,
    set: (iso) => {
      wall = Date.parse(iso);
    },
    advance: (ms) => {
      wall += ms;
      up += ms;
    },
  };
}

export function logOf(database: ArchiveDatabase, clock: Clock = handClock()): AuditLog {
  const { writer, reader } = database;
  return createAuditLog({ writer, reader, clock, boot: 'boot-1', app: '1.0.0', systemSigner: systemKey });
}

/** One transaction that ends well. */
export function committed<T>(database: ArchiveDatabase, act: () => T): T {
  database.begin();
  try {
    const result = act();
    database.commit();
    return result;
  } catch (thrown) {
    database.rollback();
    throw thrown;
  }
}

/** Name → SHA-256 of every file in a folder. */
export function fingerprints(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  );
}

/** The code of the AppError an action fails with, or `undefined`. */
export function codeOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (thrown) {
    return (thrown as { code?: string }).code ?? String(thrown);
  }
}

/** Numbers from 0 to 1, the same for the same seed. */
export function dice(seed: number): { below(limit: number): number } {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { below: (limit) => Math.floor(next() * limit) };
}

/** A small database of papers (`paper 0`, `paper 1` …, each followed by `filler`), open until the test ends. */
export function databaseOfPapers(
  count: number,
  filler = '',
): { readonly path: string; readonly database: ArchiveDatabase } {
  const path = join(scratchFolder(), 'archive.db');
  const database = createArchiveDatabase({
    path,
    key: KEY,
    migrations: [
      { version: 10, name: 'first', sql: 'CREATE TABLE paper (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT' },
    ],
    populate: (writer) => {
      for (let paper = 0; paper < count; paper += 1)
        writer.run('INSERT INTO paper (title) VALUES (?)', `paper ${paper}${filler}`);
    },
  });
  return { path, database: closing(database) };
}
