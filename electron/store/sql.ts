import { AppError } from '../../shared/errors/app-error.ts';
import type { Connection, Statement } from './binding.ts';

/** What can be bound to a parameter. Bytes come back as `Buffer`; integers beyond 2^53 must be bound and read as text. */
export type SqlValue = string | number | bigint | Uint8Array | null;
/** Positional values for `?`, or one object for `:name`, `@name` and `$name`. */
export type SqlParams = readonly SqlValue[] | readonly [Readonly<Record<string, SqlValue>>];

/** Asks. Prepared statements are kept by their SQL text, so texts should be constants with parameters. */
export interface Reader {
  /** The first row, or undefined. */
  get<T>(sql: string, ...params: SqlParams): T | undefined;
  all<T>(sql: string, ...params: SqlParams): T[];
  /** Row by row; while it is open, nothing can be written through the same connection. */
  iterate<T>(sql: string, ...params: SqlParams): IterableIterator<T>;
}

export interface RunResult {
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
}

const writes: unique symbol = Symbol('writes');

/** Asks and changes. Only an `ArchiveDatabase` makes one: a `Reader` cannot be passed where a `Writer` is wanted. */
export interface Writer extends Reader {
  readonly [writes]: true;
  /** True between `begin()` and `commit()` or `rollback()` of the archive database. */
  readonly inTransaction: boolean;
  run(sql: string, ...params: SqlParams): RunResult;
}

const CACHED_STATEMENTS = 400;
const ORDERED_FROM = 300;
/** Comments and blanks in front of a statement are skipped to find the word that says what it does. */
const FIRST_WORD = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*([a-z]+)/i;
const READING = new Set(['SELECT', 'WITH', 'VALUES', 'EXPLAIN']);
/**
 * ATTACH, DETACH, VACUUM, PRAGMA and transaction words are absent on purpose (M5, §7): a key, a plaintext copy or the end of a
 * transaction must not be one string away from feature code.
 */
const WRITING = new Set([...READING, 'INSERT', 'UPDATE', 'DELETE', 'REPLACE']);

class Statements {
  readonly #database: Connection;
  readonly #mayWrite: boolean;
  readonly #kept = new Map<string, Statement>();

  constructor(database: Connection, mayWrite: boolean) {
    this.#database = database;
    this.#mayWrite = mayWrite;
  }

  find(sql: string): Statement {
    const kept = this.#kept.get(sql);
    if (kept !== undefined) {
      // Asked again inside its own iteration: a second cursor is needed, and it is not kept.
      if (kept.busy) return this.#database.prepare(sql);
      // The newest stand last, so the first one is the one to give up when the cache is full; before that the order is of no use.
      if (this.#kept.size > ORDERED_FROM) {
        this.#kept.delete(sql);
        this.#kept.set(sql, kept);
      }
      return kept;
    }
    const statement = this.#prepare(sql);
    this.#kept.set(sql, statement);
    if (this.#kept.size > CACHED_STATEMENTS) {
      for (const [oldest] of this.#kept) {
        this.#kept.delete(oldest);
        break;
      }
    }
    return statement;
  }

  #prepare(sql: string): Statement {
    const word = FIRST_WORD.exec(sql)?.[1]?.toUpperCase() ?? '';
    if (!(this.#mayWrite ? WRITING : READING).has(word)) throw new Error(`SQL not allowed here: ${word}`);
    const statement: Statement = this.#database.prepare(sql);
    if (!this.#mayWrite && !statement.readonly) throw new Error(`SQL writes through a reader: ${word}`);
    return statement;
  }
}

/**
 * A failure of SQLite as the error people see: NO_SPACE, READ_ONLY, VAULT_DAMAGED, VAULT_IN_USE, INPUT_OUTPUT. Constraint failures and
 * mistakes in SQL come back as they are, for the repository that knows what they mean.
 */
export function sqlError(thrown: unknown): unknown {
  if (thrown instanceof AppError || !(thrown instanceof Error) || !('code' in thrown)) return thrown;
  const base = /^SQLITE_[A-Z]+/.exec(String(thrown.code))?.[0] ?? '';
  switch (base) {
    case 'SQLITE_FULL':
      return new AppError('NO_SPACE', { cause: thrown, hint: 'hint.freeSpace' });
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_PERM':
      return new AppError('READ_ONLY', { cause: thrown, hint: 'hint.writableFolder' });
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return new AppError('VAULT_DAMAGED', { cause: thrown, params: { reason: 'page' } });
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return new AppError('VAULT_IN_USE', { cause: thrown });
    case 'SQLITE_IOERR':
      // Growing the shared-memory file is where a full disk shows first; SQLite has no code of its own for it.
      return String(thrown.code) === 'SQLITE_IOERR_SHMSIZE'
        ? new AppError('NO_SPACE', { cause: thrown, hint: 'hint.freeSpace' })
        : new AppError('INPUT_OUTPUT', { cause: thrown });
    default:
      return thrown;
  }
}

function reading(statements: Statements): Reader {
  return {
    get<T>(sql: string, ...params: SqlParams): T | undefined {
      try {
        return statements.find(sql).get(...params) as T | undefined;
      } catch (thrown) {
        throw sqlError(thrown);
      }
    },
    all<T>(sql: string, ...params: SqlParams): T[] {
      try {
        return statements.find(sql).all(...params) as T[];
      } catch (thrown) {
        throw sqlError(thrown);
      }
    },
    *iterate<T>(sql: string, ...params: SqlParams): IterableIterator<T> {
      try {
        yield* statements.find(sql).iterate(...params) as IterableIterator<T>;
      } catch (thrown) {
        throw sqlError(thrown);
      }
    },
  };
}

/** For connection.ts: the asking side of a connection. */
export function readerOf(database: Connection): Reader {
  return Object.freeze(reading(new Statements(database, false)));
}

/**
 * For connection.ts: the asking side of two connections to one database. Single questions go to the one that writes as long as it is
 * in no transaction: its pages stay in memory when it has written, while those of the other are all read and decrypted again.
 * Inside a transaction, and row by row, the other one answers, so that only what is committed is seen and nothing holds a write up.
 */
export function sharedReaderOf(writing: Connection, reading: Connection): Reader {
  const beside = readerOf(reading);
  const within = readerOf(writing);
  const chosen = () => (writing.inTransaction ? beside : within);
  return Object.freeze({
    get: <T>(sql: string, ...params: SqlParams) => chosen().get<T>(sql, ...params),
    all: <T>(sql: string, ...params: SqlParams) => chosen().all<T>(sql, ...params),
    iterate: <T>(sql: string, ...params: SqlParams) => beside.iterate<T>(sql, ...params),
  });
}

/** For connection.ts: the changing side of a connection. */
export function writerOf(database: Connection): Writer {
  const statements = new Statements(database, true);
  return Object.freeze({
    ...reading(statements),
    [writes]: true as const,
    get inTransaction(): boolean {
      return database.inTransaction;
    },
    run(sql: string, ...params: SqlParams): RunResult {
      try {
        return statements.find(sql).run(...params);
      } catch (thrown) {
        throw sqlError(thrown);
      }
    },
  });
}
