import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createArchiveDatabase, openArchiveDatabase } from '../../electron/store/connection.ts';
import { verifyPages } from '../../electron/store/page-verifier.ts';
import type { Reader, Writer } from '../../electron/store/sql.ts';
import {
  closing,
  codeOf,
  committed,
  dice,
  fingerprints,
  freshDatabase,
  KEY,
  MIGRATIONS,
  scratchFolder,
} from '../support/store-scratch.ts';

const require = createRequire(import.meta.url);
const Sqlite = require('better-sqlite3-multiple-ciphers');
const options = (path: string) => ({ path, key: KEY, migrations: MIGRATIONS });
const reopen = (path: string) => closing(openArchiveDatabase(options(path)));

function closedVault(notes = 200): { folder: string; path: string } {
  const folder = join(scratchFolder(), 'vault');
  mkdirSync(folder);
  const { path, database } = freshDatabase(folder);
  committed(database, () => {
    for (let i = 0; i < notes; i++)
      database.writer.run('INSERT INTO note (body) VALUES (?)', `note ${i} ${'字'.repeat(40)}`);
  });
  database.close();
  return { folder, path };
}

test('what was written is there after closing and opening again', () => {
  const { path } = closedVault(3);
  const database = reopen(path);
  expect(
    database.reader.all<{ body: string }>('SELECT body FROM note ORDER BY id').map((row) => row.body.slice(0, 6)),
  ).toEqual(['note 0', 'note 1', 'note 2']);
  expect(database.schemaVersion).toBe(10);
  expect(database.integrityCheck()).toEqual([]);
});

test('R03 no database file, nor its copy, begins like a plaintext database', () => {
  const { folder, path } = closedVault();
  const database = reopen(path);
  committed(database, () => database.writer.run('INSERT INTO note (body) VALUES (?)', 'canary-7f3a'));
  database.vacuumInto(join(folder, 'copy'));
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name));
    expect(bytes.subarray(0, 15).toString('latin1'), name).not.toBe('SQLite format 3');
    expect(bytes.includes('canary-7f3a'), name).toBe(false);
  }
  expect(verifyPages(join(folder, 'copy'), KEY).bad).toEqual([]);
});

test('R03 a plaintext database is refused and left alone', () => {
  const folder = scratchFolder();
  const path = join(folder, 'archive.db');
  const plain = new Sqlite(path);
  plain.exec('CREATE TABLE t (a)');
  plain.close();
  const before = fingerprints(folder);
  expect(codeOf(() => openArchiveDatabase(options(path)))).toBe('VAULT_NOT_A_VAULT');
  expect(fingerprints(folder)).toEqual(before);
});

test('R03 R50 a missing vault is not created', () => {
  const folder = scratchFolder();
  expect(codeOf(() => openArchiveDatabase(options(join(folder, 'archive.db'))))).toBe('VAULT_DAMAGED');
  expect(readdirSync(folder)).toEqual([]);
});

test('R50 an empty, shortened or overlong file, or one under another key, is refused and unchanged', () => {
  const { folder, path } = closedVault();
  const whole = readFileSync(path);
  const cases: Record<string, Buffer> = {
    empty: Buffer.alloc(0),
    'a byte short': whole.subarray(0, -1),
    'one page and a half': whole.subarray(0, 6144),
    'half a page': whole.subarray(0, 2048),
    'a byte long': Buffer.concat([whole, Buffer.alloc(1)]),
    zeros: Buffer.alloc(whole.length),
  };
  for (const [name, bytes] of Object.entries(cases)) {
    writeFileSync(path, bytes);
    const before = fingerprints(folder);
    expect(
      codeOf(() => openArchiveDatabase(options(path))),
      name,
    ).toBe('VAULT_DAMAGED');
    expect(fingerprints(folder), name).toEqual(before);
  }
  writeFileSync(path, whole);
  const before = fingerprints(folder);
  expect(codeOf(() => openArchiveDatabase({ ...options(path), key: Buffer.alloc(32, 1) }))).toBe('VAULT_DAMAGED');
  expect(fingerprints(folder)).toEqual(before);
  reopen(path);
});

test('R50 400 random damages: refused or found by the check, never a crash, never written to', () => {
  const { folder, path } = closedVault();
  const whole = readFileSync(path);
  const random = dice(50);
  let refused = 0;
  let found = 0;
  for (let round = 0; round < 400; round++) {
    const bytes = Buffer.from(whole);
    for (let flips = random.below(20) + 1; flips > 0; flips--) {
      // Half of them hit the first page, where the vault can still be refused.
      const at = round % 2 === 0 ? random.below(4096) : random.below(bytes.length);
      bytes.writeUInt8((bytes.readUInt8(at) ^ (1 + random.below(255))) & 0xff, at);
    }
    const damaged = round % 10 === 9 ? bytes.subarray(0, random.below(bytes.length)) : bytes;
    writeFileSync(path, damaged);
    try {
      const database = openArchiveDatabase(options(path));
      expect(database.integrityCheck(), `round ${round}`).not.toEqual([]);
      database.close();
      found += 1;
    } catch (thrown) {
      expect((thrown as { code: string }).code, `round ${round}`).toBe('VAULT_DAMAGED');
      refused += 1;
    }
    expect(readFileSync(path).equals(damaged), `round ${round}`).toBe(true);
    for (const left of ['-wal', '-shm']) expect(existsSync(path + left), `round ${round} ${left}`).toBe(false);
  }
  expect(refused + found).toBe(400);
  expect(refused).toBeGreaterThan(200);
  expect(readdirSync(folder)).toEqual(['archive.db']);
});

test('a first page torn while the log was folded in is read from the log instead', () => {
  const folder = scratchFolder();
  const { path, database } = freshDatabase(folder);
  committed(database, () => database.writer.run('INSERT INTO note (body) VALUES (?)', 'kept'));
  for (let i = 0; i < 40; i++)
    committed(database, () => database.writer.run('INSERT INTO note (body) VALUES (?)', 'x'.repeat(3000)));
  const other = join(folder, 'after-the-cut');
  mkdirSync(other);
  const torn = join(other, 'archive.db');
  // A copy of the files as a power cut would leave them; the original stays open, so only the copy is touched.
  copyFileSync(path, torn);
  copyFileSync(`${path}-wal`, `${torn}-wal`);
  const bytes = readFileSync(torn);
  bytes.fill(0, 2048, 4096);
  writeFileSync(torn, bytes);
  const recovered = openArchiveDatabase(options(torn));
  expect(recovered.reader.get('SELECT count(*) AS n FROM note')).toEqual({ n: 41 });
  expect(recovered.integrityCheck()).toEqual([]);
  recovered.close();

  // Without the log, or with one that does not hold together, there is nothing to recover from.
  writeFileSync(torn, bytes);
  expect(codeOf(() => openArchiveDatabase(options(torn)))).toBe('VAULT_DAMAGED');
  const log = readFileSync(`${path}-wal`);
  log.writeUInt8(log.readUInt8(100) ^ 1, 100);
  writeFileSync(`${torn}-wal`, log);
  const before = fingerprints(other);
  expect(codeOf(() => openArchiveDatabase(options(torn)))).toBe('VAULT_DAMAGED');
  expect(fingerprints(other)).toEqual(before);
});

test('a vault that is there is never built over, and a half-built one is not taken for a vault', () => {
  const { folder, path } = closedVault();
  const before = fingerprints(folder);
  expect(codeOf(() => createArchiveDatabase(options(path)))).toBe('VAULT_EXISTS');
  expect(fingerprints(folder)).toEqual(before);

  const second = join(scratchFolder(), 'archive.db');
  const failing = {
    ...options(second),
    populate: () => {
      throw new Error('interrupted');
    },
  };
  expect(() => createArchiveDatabase(failing)).toThrow();
  expect(existsSync(second)).toBe(false);
  writeFileSync(`${second}.new`, 'left over');
  closing(createArchiveDatabase(options(second)));
  expect(existsSync(`${second}.new`)).toBe(false);
});

test.skipIf(process.platform === 'win32')('files of the database are for their owner alone', () => {
  const folder = scratchFolder();
  const { database } = freshDatabase(folder);
  committed(database, () => database.writer.run("INSERT INTO note (body) VALUES ('x')"));
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
});

test('R43 every pragma holds on both connections, each time the vault is opened', () => {
  const { path } = closedVault(1);
  const wanted = {
    synchronous: 2,
    temp_store: 2,
    foreign_keys: 1,
    recursive_triggers: 1,
    trusted_schema: 0,
    cell_size_check: 1,
    secure_delete: 1,
  };
  for (let round = 0; round < 2; round++) {
    const database = openArchiveDatabase(options(path));
    const judge = (side: Reader) => {
      for (const [name, value] of Object.entries(wanted)) {
        expect(Object.values(side.get<object>(`SELECT * FROM pragma_${name}`) ?? {}), name).toEqual([value]);
      }
      expect(side.get('SELECT * FROM pragma_journal_mode')).toEqual({ journal_mode: 'wal' });
    };
    judge(database.writer);
    database.begin();
    // During a transaction the connection beside answers, which was opened read-only.
    judge(database.reader);
    expect(database.reader.get('SELECT * FROM pragma_query_only')).toEqual({ query_only: 1 });
    database.rollback();
    database.close();
  }
});

const strace = spawnSync('strace', ['-V']).status === 0;
test.skipIf(!strace)('R43 the log is synced between a write and its acknowledgement', () => {
  const folder = scratchFolder();
  const trace = join(folder, 'trace');
  const child = join(import.meta.dirname, '../support/commit-workload.ts');
  const args = [
    '-f',
    '-y',
    '-s',
    '64',
    '-o',
    trace,
    '-e',
    'trace=pwrite64,write,fsync,fdatasync',
    process.execPath,
    child,
    folder,
    '40',
  ];
  const run = spawnSync('strace', args, { encoding: 'utf8' });
  expect(run.status, run.stderr).toBe(0);
  let synced = 0;
  let unsyncedWal = false;
  let acknowledged = 0;
  for (const line of readFileSync(trace, 'utf8').split('\n')) {
    if (/pwrite64\(.*archive\.db-wal/.test(line)) unsyncedWal = true;
    if (/f(data)?sync\(.*archive\.db-wal/.test(line)) {
      unsyncedWal = false;
      synced += 1;
    }
    if (/write\(.*"ACK /.test(line)) {
      acknowledged += 1;
      expect(unsyncedWal, `unsynced write before ${line}`).toBe(false);
    }
  }
  expect(acknowledged).toBe(40);
  expect(synced).toBeGreaterThanOrEqual(40);
});

test('a query goes on while a long transaction is open, and sees none of it before the commit', () => {
  const { database } = freshDatabase();
  const count = () => database.reader.get<{ n: number }>('SELECT count(*) AS n FROM note')?.n;
  database.begin();
  database.writer.run("INSERT INTO note (body) VALUES ('a')");
  expect(database.inTransaction).toBe(true);
  expect(count()).toBe(0);
  database.rollback();
  expect(count()).toBe(0);
  committed(database, () => database.writer.run("INSERT INTO note (body) VALUES ('b')"));
  expect(count()).toBe(1);
  expect(database.inTransaction).toBe(false);
});

test('a statement can be asked again inside its own iteration', () => {
  const { database } = freshDatabase();
  committed(database, () => {
    for (const body of ['a', 'b', 'c']) database.writer.run('INSERT INTO note (body) VALUES (:body)', { body });
  });
  const sql = 'SELECT body FROM note ORDER BY id';
  const pairs: string[] = [];
  for (const { body } of database.reader.iterate<{ body: string }>(sql)) {
    pairs.push(body + (database.reader.get<{ body: string }>(sql)?.body ?? ''));
    if (body === 'b') break;
  }
  expect(pairs).toEqual(['aa', 'ba']);
});

test('keys, copies and ends of transactions are out of reach of SQL text', () => {
  const { database } = freshDatabase();
  const forbidden = [
    "ATTACH 'x' AS y KEY ''",
    "PRAGMA key = 'x'",
    "PRAGMA rekey = ''",
    "/* quiet */ VACUUM INTO 'x'",
    '-- quiet\nCOMMIT',
    'ROLLBACK',
    'DETACH main',
    'SELECT 1; SELECT 2',
    "SELECT load_extension('x')",
    'DROP TABLE note',
  ];
  for (const sql of forbidden) {
    expect(() => database.writer.all(sql), sql).toThrow();
    expect(() => database.reader.all(sql), sql).toThrow();
  }
  for (const sql of [
    "INSERT INTO note (body) VALUES ('x') RETURNING id",
    'DELETE FROM note',
    'WITH a AS (SELECT 1) DELETE FROM note',
  ]) {
    expect(() => database.reader.all(sql), sql).toThrow();
  }
  const exposed = [database, database.writer, database.reader].flatMap((part) => Object.keys(part));
  for (const name of [
    'serialize',
    'backup',
    'loadExtension',
    'unsafeMode',
    'key',
    'rekey',
    'exec',
    'prepare',
    'pragma',
  ]) {
    expect(exposed).not.toContain(name);
  }
  const wantsWriter = (_writer: Writer) => undefined;
  // @ts-expect-error a reader cannot stand in for a writer
  wantsWriter(database.reader);
  // @ts-expect-error nor can it write
  expect(database.reader.run).toBeUndefined();
});

test('R51 a vault of a newer program is refused and unchanged, also with a log still to be folded in', () => {
  const { folder, path } = closedVault();
  const newer = [...MIGRATIONS, { version: 20, name: 'newer', sql: 'ALTER TABLE note ADD COLUMN more TEXT' }];
  openArchiveDatabase({ ...options(path), migrations: newer }).close();
  const before = fingerprints(folder);
  expect(codeOf(() => openArchiveDatabase(options(path)))).toBe('FORMAT_NEWER');
  expect(fingerprints(folder)).toEqual(before);

  // As a killed newer program leaves it: with a write-ahead log.
  const database = openArchiveDatabase({ ...options(path), migrations: newer });
  committed(database, () => database.writer.run("INSERT INTO note (body) VALUES ('late')"));
  const killed = scratchFolder();
  for (const end of ['', '-wal']) copyFileSync(path + end, join(killed, `archive.db${end}`));
  database.close();
  const asKilled = fingerprints(killed);
  expect(codeOf(() => openArchiveDatabase(options(join(killed, 'archive.db'))))).toBe('FORMAT_NEWER');
  expect(fingerprints(killed)).toMatchObject(asKilled);
});

test("somebody else's database under the same key is not taken for the vault", () => {
  const { path } = closedVault(1);
  expect(codeOf(() => openArchiveDatabase({ ...options(path), applicationId: 1 }))).toBe('VAULT_NOT_A_VAULT');
});

test('M10 the vault is not opened twice in one process', () => {
  const { path } = closedVault(1);
  const database = openArchiveDatabase(options(path));
  expect(codeOf(() => openArchiveDatabase(options(path)))).toBe('VAULT_IN_USE');
  database.close();
  reopen(path);
});

test('R48 one SQLite library is loaded', () => {
  if (process.platform !== 'linux') return;
  freshDatabase();
  const maps = readFileSync('/proc/self/maps', 'utf8');
  const libraries = new Set(maps.match(/\/\S*(?:sqlite|better_sqlite3)\S*\.(?:node|so[.\d]*)/gi) ?? []);
  // Node's own node:sqlite is inside its binary and is never imported (source-rules.test.ts).
  expect([...libraries]).toHaveLength(1);
});

test('a vault that lost whole pages at its end is refused', () => {
  const { path } = closedVault(2000);
  truncateSync(path, statSync(path).size - 3 * 4096);
  expect(codeOf(() => openArchiveDatabase(options(path)))).toBe('VAULT_DAMAGED');
});
