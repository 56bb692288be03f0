import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { copySpawner, createFileCopier, type FileCopier } from '../../electron/platform/file-copier.ts';
import { entryPoint } from '../../electron/process/entry-points.ts';
import { connect } from '../../electron/store/cipher-connection.ts';
import type { ArchiveDatabase } from '../../electron/store/connection.ts';
import { copyApart } from '../../electron/store/copy-apart.ts';
import { holdFileStill } from '../../electron/store/frozen-file.ts';
import { integrityProblems } from '../../electron/store/integrity-check.ts';
import { databaseOfPapers, KEY } from '../support/store-scratch.ts';

const { signal } = new AbortController();
const COUNT = 'SELECT count(*) AS n FROM paper';
const copier = createFileCopier({ spawn: copySpawner(entryPoint('copy-process')) });

function filled(papers = 20_000) {
  const { path, database } = databaseOfPapers(papers, ` ${'x'.repeat(100)}`);
  return { path, database, folder: join(dirname(path), 'copy.tmp') };
}

function addPapers(database: ArchiveDatabase, papers: number) {
  database.begin();
  for (let paper = 0; paper < papers; paper += 1)
    database.writer.run('INSERT INTO paper (title) VALUES (?)', 'y'.repeat(300));
  database.commit();
}

/** The archive goes on before and while the file is copied. */
const writing = (database: ArchiveDatabase, tell: (moved: boolean) => void): FileCopier => ({
  async copy(task, cancelled) {
    let going = true;
    const work = (async () => {
      do {
        addPapers(database, 400);
        database.begin();
        database.writer.run('DELETE FROM paper WHERE id % 7 = 0 AND id <= 20000');
        database.commit();
        tell(database.checkpointWal());
        await new Promise((resolve) => setTimeout(resolve, 2));
      } while (going);
    })();
    const sha256 = await copier.copy(task, cancelled);
    going = false;
    await work;
    return sha256;
  },
});

const papersIn = ({ reader }: { reader: { get<T>(sql: string): T | undefined } }) =>
  reader.get<{ n: number }>(COUNT)?.n;

test('R54 a copy is made beside the desk: it holds what stood when it was begun, and every page of it authenticates', async () => {
  const { path, database, folder } = filled();
  const moved: boolean[] = [];
  const copy = await copyApart(
    { path, key: KEY, folder, copier: writing(database, (whole) => moved.push(whole)) },
    signal,
    ({ reader, schemaVersion }) => ({ schemaVersion, papers: papersIn({ reader }) }),
  );
  // What was written meanwhile is not in it, and was not moved into the file while that was copied.
  expect(moved.length).toBeGreaterThan(0);
  expect(moved).not.toContain(true);
  expect(copy.found).toEqual({ schemaVersion: 10, papers: 20_000 });
  expect(await copy.rows).toEqual({ paper: 20_000 });
  expect(await copy.pages).toMatchObject({ bad: [] });
  const bytes = readFileSync(copy.path);
  expect(bytes.subarray(0, 6).toString('latin1')).not.toBe('SQLite');
  expect(copy.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  const opened = connect(copy.path, KEY, true);
  expect(integrityProblems(opened)).toEqual([]);
  opened.close();
  // Afterwards the log moves on.
  expect(database.checkpointWal()).toBe(true);
  await copy.discard();
  expect(existsSync(folder)).toBe(false);
});

test('R54 while it is held still nothing is written to the file, however much is written and moved', async () => {
  const { path, database } = filled(2_000);
  // By the other process: this one must not open the file (M10).
  let copies = 0;
  const pages = () => {
    copies += 1;
    return copier.copy({ from: path, to: `${path}.${copies}` }, signal);
  };
  addPapers(database, 100);
  const release = await holdFileStill(path, KEY, signal);
  const held = await pages();
  expect(held).toMatch(/^[0-9a-f]{64}$/);
  for (let round = 0; round < 5; round += 1) {
    addPapers(database, 2_000);
    expect(database.checkpointWal()).toBe(false);
  }
  expect(await pages()).toBe(held);
  release?.();
  expect(database.checkpointWal()).toBe(true);
  expect(await pages()).not.toBe(held);
});

test('R54 while somebody reads an older state the file is not taken for the present one: the pages are built anew', async () => {
  const { path, database, folder } = filled(2_000);
  const reader = connect(path, KEY, true);
  reader.exec('BEGIN');
  reader.prepare(COUNT).get();
  addPapers(database, 100);
  expect(await holdFileStill(path, KEY, signal, 2)).toBeUndefined();
  const copy = await copyApart({ path, key: KEY, folder, copier }, signal, papersIn);
  expect([copy.found, copy.sha256]).toEqual([2_100, undefined]);
  expect(await copy.pages).toMatchObject({ bad: [] });
  reader.close();
  await copy.discard();
});

test('R54 a file that is written to while it is copied is not taken, and where nobody copies files the pages are built anew', async () => {
  const { path, folder } = filled(2_000);
  const moving = join(dirname(path), 'moving');
  writeFileSync(moving, Buffer.alloc(100_000_000));
  const touching = setInterval(() => appendFileSync(moving, 'x'), 1);
  expect(await copier.copy({ from: moving, to: `${moving}.copy` }, signal)).toBeUndefined();
  clearInterval(touching);
  const missing = createFileCopier({ spawn: copySpawner(join(dirname(path), 'no-such-process.js')) });
  const copy = await copyApart({ path, key: KEY, folder, copier: missing }, signal, papersIn);
  expect([copy.found, copy.sha256]).toEqual([2_000, undefined]);
  await copy.discard();
});

test('a copy that cannot be made leaves nothing; a cancelled one neither', async () => {
  const { path, folder } = filled();
  const input = { path, folder, copier };
  const read = () => undefined;
  await expect(copyApart({ ...input, key: Buffer.alloc(32, 9) }, signal, read)).rejects.toMatchObject({
    code: 'VAULT_DAMAGED',
  });
  await expect(copyApart({ ...input, key: KEY }, AbortSignal.abort(), read)).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  const midway = new AbortController();
  const copying = copyApart({ ...input, key: KEY }, midway.signal, read);
  midway.abort();
  await expect(copying).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(existsSync(folder)).toBe(false);
});
