import { createRequire } from 'node:module';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import type { CommandContext } from '../../electron/services/context.ts';
import { changeCard, createCard, type NewCard } from '../../electron/services/customers.ts';
import { findCustomer } from '../../electron/store/customers.ts';
import { searchQuery } from '../../electron/store/search-text.ts';
import { type SqlParams, type Writer, writerOf } from '../../electron/store/sql.ts';
import { openVault, PRODUCTION_KDF, vaultPaths } from '../../electron/vault/vault.ts';

/** The baseline: the same rows on plain, unencrypted SQLite with the same fsync setting, asked directly, without a process in between. */

interface Statement {
  run(...params: readonly unknown[]): unknown;
  get(...params: readonly unknown[]): unknown;
  all(...params: readonly unknown[]): unknown[];
}
export interface Connection {
  readonly inTransaction: boolean;
  prepare(sql: string): Statement;
  exec(sql: string): unknown;
  pragma(source: string, options?: { simple?: boolean }): unknown;
  key(key: Buffer): unknown;
  close(): unknown;
}
const require = createRequire(import.meta.url);
const SqliteConnection = require('better-sqlite3-multiple-ciphers') as new (path: string) => Connection;

export interface Login {
  readonly directory: string;
  readonly login: string;
  readonly secret: string;
}

/** The archive's own database, directly; no process may have it open. */
export async function openSealed(archive: Login): Promise<Connection> {
  return openSealedAt(archive, vaultPaths(archive.directory).database);
}

/** A database under the archive's key, wherever it lies. */
export async function openSealedAt(archive: Login, path: string): Promise<Connection> {
  const vault = await openVault({ ...archive, clock: systemClock, random: systemRandom, kdf: PRODUCTION_KDF });
  const key = Buffer.concat([Buffer.from('raw:', 'latin1'), vault.databaseKey]);
  vault.close();
  return openWithKey(path, key);
}

function openWithKey(path: string, key: Buffer): Connection {
  const connection = new SqliteConnection(path);
  connection.pragma("cipher='sqlcipher'");
  connection.pragma('legacy=4');
  connection.key(key);
  return connection;
}

/** A database that is not encrypted. */
export const openUnencrypted = (path: string): Connection => new SqliteConnection(path);

/** The same to be filled as a whole, without a journal: of a failure nothing is left that is of use. */
export function openForFilling(path: string): Connection {
  const connection = new SqliteConnection(path) as Connection & { unsafeMode(on: boolean): unknown };
  // Else SQLite keeps its journal whatever is asked for.
  connection.unsafeMode(true);
  for (const pragma of ['journal_mode=OFF', 'synchronous=OFF', 'temp_store=MEMORY', 'foreign_keys=OFF'])
    connection.pragma(pragma);
  return connection;
}

/** A readable copy of a practice archive's database at `target`; no process may have the archive open. */
export async function plainCopy(archive: Login, target: string): Promise<void> {
  const vault = await openVault({ ...archive, clock: systemClock, random: systemRandom, kdf: PRODUCTION_KDF });
  const key = Buffer.concat([Buffer.from('raw:', 'latin1'), vault.databaseKey]);
  vault.close();
  const sealed = openWithKey(vaultPaths(archive.directory).database, key);
  sealed.prepare('VACUUM INTO ?').run(target);
  sealed.close();
  const copy = openWithKey(target, key);
  copy.pragma('journal_mode=DELETE');
  copy.pragma("rekey=''");
  copy.close();
}

interface Recorded {
  readonly sql: string;
  readonly params: SqlParams;
}

export interface PlainArchive {
  readonly connection: Connection;
  readonly writer: Writer;
  /** The statements of a changed card and of an entry of the log like the newest one; running them is one durable transaction. */
  prepareSave(number: string, values: Readonly<Record<string, string>>): () => void;
  /** The statements of new cards and of one entry of the log, as one durable transaction. */
  prepareImport(cards: readonly NewCard[]): () => void;
  openCard(number: string): unknown;
  /** The first records found and how many there are. */
  search(text: string, limit: number): unknown;
  verify(): unknown;
  close(): void;
}

/** Plain SQLite with the product's own settings (WAL, synchronous=FULL, foreign keys). */
export function openBare(path: string): Connection {
  const connection = new SqliteConnection(path);
  for (const pragma of [
    'journal_mode=WAL',
    'synchronous=FULL',
    'temp_store=MEMORY',
    'foreign_keys=ON',
    'secure_delete=ON',
  ])
    connection.pragma(pragma);
  return connection;
}

/** Opens a plain copy as the product opens its own. */
export function openPlain(path: string): PlainArchive {
  const connection = openBare(path);
  const writer = writerOf(connection as Parameters<typeof writerOf>[0]);
  const statements = new Map<string, Statement>();
  const prepared = (sql: string): Statement => {
    const known = statements.get(sql) ?? connection.prepare(sql);
    statements.set(sql, known);
    return known;
  };

  const insertEntry = prepared('INSERT INTO audit_log (seq, bytes, chain, sig) VALUES (?, ?, ?, ?)');
  const insertIndex = prepared('INSERT INTO audit_index (seq, type, actor, obj, outcome) VALUES (?, ?, ?, ?, ?)');
  const lastEntry = prepared('SELECT seq, bytes FROM audit_log ORDER BY seq DESC LIMIT 1');
  const writeEntry = (object: string): void => {
    const { seq, bytes } = lastEntry.get() as { seq: number; bytes: Buffer };
    insertEntry.run(seq + 1, bytes, Buffer.alloc(32, seq), Buffer.alloc(64, seq));
    insertIndex.run(seq + 1, 'card.change', 'keeper', object, 'ok');
  };

  /** What the product's own functions write, found out in a transaction that is given up. */
  function record(act: (context: CommandContext) => void): Recorded[] {
    const recorded: Recorded[] = [];
    const sql: Writer = {
      ...writer,
      inTransaction: true,
      run(text, ...params) {
        recorded.push({ sql: text, params });
        return writer.run(text, ...params);
      },
    };
    connection.exec('BEGIN IMMEDIATE');
    try {
      // The two functions need no more of a command's context than this.
      const actor = { login: 'keeper', displayName: 'keeper' };
      act({ sql, clock: systemClock, actor, auditSequence: 1 } as CommandContext);
    } finally {
      connection.exec('ROLLBACK');
    }
    return recorded;
  }

  const replay = (recorded: readonly Recorded[], object: string): void => {
    connection.exec('BEGIN IMMEDIATE');
    for (const { sql, params } of recorded) prepared(sql).run(...params);
    writeEntry(object);
    connection.exec('COMMIT');
  };

  return {
    connection,
    writer,
    prepareSave(number, values) {
      const recorded = record((context) => {
        const row = findCustomer(writer, number);
        if (row === undefined) throw new Error(`No card ${number}`);
        changeCard(context, row, { values });
      });
      return () => {
        prepared('SELECT * FROM customer WHERE number = ?').get(number);
        replay(recorded, `customer:${number}`);
      };
    },
    prepareImport(cards) {
      const recorded = record((context) => {
        for (const card of cards) createCard(context, card);
      });
      return () => replay(recorded, 'import:1');
    },
    openCard: (number) => prepared('SELECT * FROM customer WHERE number = ?').get(number),
    search(text, limit) {
      const query = searchQuery(text);
      const found = prepared('SELECT rowid FROM search_index WHERE search_index MATCH ? LIMIT ?').all(query, limit);
      const { n } = prepared('SELECT count(*) AS n FROM search_index WHERE search_index MATCH ?').get(query) as {
        n: number;
      };
      const hits = (found as { rowid: number }[]).map(({ rowid }) =>
        prepared('SELECT number, name, region, contact FROM customer WHERE id = ?').get(Math.floor(rowid / 8)),
      );
      return { hits, total: n };
    },
    verify: () => [connection.pragma('integrity_check'), connection.pragma('foreign_key_check')],
    close: () => void connection.close(),
  };
}
