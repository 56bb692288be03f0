import { createRequire } from 'node:module';
import { onTestFinished } from 'vitest';
import { CHAIN_START, nextChain, signedMessage } from '../../electron/audit/chain.ts';
import type { Signer } from '../../electron/platform/signer.ts';
import { KEY } from './store-scratch.ts';

const Sqlite = createRequire(import.meta.url)('better-sqlite3-multiple-ciphers');

export interface LogRow {
  seq: number;
  bytes: Buffer;
  chain: Buffer;
  sig: Buffer;
}

/** Somebody with the database key and an SQL shell: no triggers, no checks. */
export interface Intruder {
  run(sql: string, ...params: unknown[]): void;
  rows(): LogRow[];
  row(seq: number): LogRow;
  put(row: LogRow): void;
}

export function intruderAt(path: string): Intruder {
  const database = new Sqlite(path, { fileMustExist: true });
  database.pragma("cipher='sqlcipher'");
  database.pragma('legacy=4');
  database.key(Buffer.concat([Buffer.from('raw:'), KEY]));
  for (const name of ['append_only', 'no_update', 'no_delete'])
    database.exec(`DROP TRIGGER IF EXISTS audit_log_${name}`);
  database.pragma('ignore_check_constraints=ON');
  onTestFinished(() => database.close());
  return {
    run: (sql, ...params) => void database.prepare(sql).run(...params),
    rows: () => database.prepare('SELECT * FROM audit_log ORDER BY seq').all(),
    row: (seq) => database.prepare('SELECT * FROM audit_log WHERE seq = ?').get(seq),
    put: (row) =>
      void database.prepare('INSERT OR REPLACE INTO audit_log VALUES (@seq, @bytes, @chain, @sig)').run(row),
  };
}

/** Makes chain and signatures right again from `first` on, signing as `signer`. */
export function resign(rows: readonly LogRow[], first: number, signer: Signer): LogRow[] {
  let chain: Buffer = first === 0 ? CHAIN_START : rows[first - 1]!.chain;
  return rows.map((row, seq) => {
    if (seq < first) return row;
    chain = nextChain(chain, row.bytes);
    return { ...row, chain, sig: signer.sign(signedMessage(chain)) };
  });
}

/** Bytes of an entry with fields changed, still canonical when the changed values stand in the same places. */
export function edited(bytes: Buffer, change: (text: string) => string): Buffer {
  return Buffer.from(change(bytes.toString('utf8')), 'utf8');
}
