import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../../electron/store/cipher-connection.ts';
import { createArchiveDatabase, openArchiveDatabase } from '../../electron/store/connection.ts';
import { type Migration, newestVersion } from '../../electron/store/migrate.ts';
import { verifyPages } from '../../electron/store/page-verifier.ts';
import { closing, codeOf, committed, KEY, scratchFolder } from '../support/store-scratch.ts';

const steps: readonly Migration[] = [
  { version: 10, name: 'first', sql: 'CREATE TABLE paper (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT' },
  { version: 20, name: 'second', sql: "ALTER TABLE paper ADD COLUMN place TEXT NOT NULL DEFAULT 'desk'" },
  {
    version: 30,
    name: 'rebuilt',
    sql: `CREATE TABLE paper_new (id INTEGER PRIMARY KEY, title TEXT NOT NULL, place TEXT NOT NULL DEFAULT 'desk') STRICT;
          INSERT INTO paper_new SELECT id, title, place FROM paper; DROP TABLE paper; ALTER TABLE paper_new RENAME TO paper;`,
  },
];

test('every version is reached from every earlier one, with what was written before', () => {
  for (let from = 1; from <= steps.length; from++) {
    for (let to = from; to <= steps.length; to++) {
      const path = join(scratchFolder(), 'archive.db');
      const old = createArchiveDatabase({ path, key: KEY, migrations: steps.slice(0, from) });
      committed(old, () => old.writer.run("INSERT INTO paper (title) VALUES ('licence')"));
      old.close();
      const database = closing(openArchiveDatabase({ path, key: KEY, migrations: steps.slice(0, to) }));
      expect(database.schemaVersion).toBe(to * 10);
      expect(database.reader.get('SELECT title FROM paper')).toEqual({ title: 'licence' });
      expect(database.integrityCheck()).toEqual([]);
      database.close();
    }
  }
});

test('R51 the state before an upgrade is kept as a verified, encrypted copy', () => {
  const path = join(scratchFolder(), 'archive.db');
  createArchiveDatabase({ path, key: KEY, migrations: steps.slice(0, 1) }).close();
  openArchiveDatabase({ path, key: KEY, migrations: steps }).close();
  const copy = `${path}.before-10`;
  expect(verifyPages(copy, KEY).bad).toEqual([]);
  const old = closing(openArchiveDatabase({ path: copy, key: KEY, migrations: steps.slice(0, 1) }));
  expect(old.schemaVersion).toBe(10);
});

test('R44 a migration that fails leaves the version and the tables before it', () => {
  const path = join(scratchFolder(), 'archive.db');
  createArchiveDatabase({ path, key: KEY, migrations: steps.slice(0, 1) }).close();
  const broken: Migration[] = [
    ...steps.slice(0, 2),
    { version: 30, name: 'broken', sql: 'CREATE TABLE extra (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1)' },
  ];
  expect(() => openArchiveDatabase({ path, key: KEY, migrations: broken })).toThrow();
  const database = closing(openArchiveDatabase({ path, key: KEY, migrations: steps.slice(0, 2) }));
  expect(database.schemaVersion).toBe(20);
  expect(database.reader.all("SELECT name FROM sqlite_schema WHERE name = 'extra'")).toEqual([]);
});

test('a migration may not leave broken references or end its own transaction', () => {
  const references = `CREATE TABLE child (id INTEGER PRIMARY KEY, paper INTEGER NOT NULL REFERENCES paper (id)) STRICT;
    INSERT INTO child (paper) VALUES (99)`;
  for (const sql of [references, 'COMMIT']) {
    const path = join(scratchFolder(), 'archive.db');
    createArchiveDatabase({ path, key: KEY, migrations: steps.slice(0, 1) }).close();
    expect(() =>
      openArchiveDatabase({ path, key: KEY, migrations: [steps[0]!, { version: 20, name: 'bad', sql }] }),
    ).toThrow();
    const database = closing(openArchiveDatabase({ path, key: KEY, migrations: steps.slice(0, 1) }));
    expect(database.schemaVersion).toBe(10);
  }
});

test('R51 a newer version is refused and no copy is made', () => {
  const path = join(scratchFolder(), 'archive.db');
  createArchiveDatabase({ path, key: KEY, migrations: steps }).close();
  expect(codeOf(() => openArchiveDatabase({ path, key: KEY, migrations: steps.slice(0, 2) }))).toBe('FORMAT_NEWER');
  expect(existsSync(`${path}.before-30`)).toBe(false);
});

test('versions are multiples of ten and rise', () => {
  const step = (version: number): Migration => ({ version, name: `v${version}`, sql: '' });
  for (const versions of [[15], [20, 10], [10, 10], [0], [10.5]])
    expect(() => newestVersion(versions.map(step))).toThrow();
  expect(newestVersion([])).toBe(0);
  expect(newestVersion([10, 30].map(step))).toBe(30);
});

test('R44 a journal that a kill has left is rolled back: the archive opens as it was before', () => {
  const path = join(scratchFolder(), 'archive.db');
  const before = createArchiveDatabase({ path, key: KEY, migrations: steps });
  committed(before, () => {
    for (let row = 0; row < 400; row += 1) before.writer.run('INSERT INTO paper (title) VALUES (?)', `paper ${row}`);
  });
  before.close();
  const killed = join(scratchFolder(), 'archive.db');
  const cut = connect(path, KEY, false);
  cut.pragma('journal_mode=DELETE');
  cut.pragma('cache_size=2');
  cut.exec("BEGIN; UPDATE paper SET title = title || ' changed, and never committed'");
  // As SIGKILL leaves them: half of the change is in the file, the journal beside it.
  for (const end of ['', '-journal']) cpSync(path + end, killed + end);
  cut.exec('ROLLBACK');
  cut.close();
  const database = closing(openArchiveDatabase({ path: killed, key: KEY, migrations: steps }));
  expect(database.reader.get("SELECT count(*) AS n FROM paper WHERE title LIKE '%changed%'")).toEqual({ n: 0 });
  expect(database.reader.get('SELECT count(*) AS n FROM paper')).toEqual({ n: 400 });
  expect(database.integrityCheck()).toEqual([]);
});
