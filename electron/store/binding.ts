import { createRequire } from 'node:module';

/**
 * The part of better-sqlite3-multiple-ciphers this program uses. `serialize`, `backup`, `loadExtension`, `unsafeMode` and `rekey` are
 * left out on purpose: some of them give the whole archive in plaintext in one call (M5, §7). Only connection.ts and instance-lock.ts
 * open databases.
 */
export interface Statement {
  readonly busy: boolean;
  readonly readonly: boolean;
  run(...params: unknown[]): { changes: number; lastInsertRowid: number | bigint };
  get(...params: unknown[]): unknown;
  all(...params: unknown[]): unknown[];
  iterate(...params: unknown[]): IterableIterator<unknown>;
}

export interface Connection {
  readonly inTransaction: boolean;
  prepare(sql: string): Statement;
  exec(sql: string): unknown;
  pragma(source: string, options?: { simple?: boolean }): unknown;
  key(key: Buffer): unknown;
  close(): unknown;
}

export interface ConnectionOptions {
  readonly readonly?: boolean;
  readonly fileMustExist?: boolean;
  /** Milliseconds to wait for a lock. */
  readonly timeout?: number;
}

// The package hides its type declarations behind its exports map, so it is required and given the narrow type above.
const require = createRequire(import.meta.url);
export const SqliteConnection = require('better-sqlite3-multiple-ciphers') as new (
  path: string,
  options: ConnectionOptions,
) => Connection;
