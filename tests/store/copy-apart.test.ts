import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { copyApart } from '../../electron/store/copy-apart.ts';
import { databaseOfPapers, KEY } from '../support/store-scratch.ts';

const signal = new AbortController().signal;
const COUNT = 'SELECT count(*) AS n FROM paper';

function filled() {
  const { path, database } = databaseOfPapers(20_000, ` ${'x'.repeat(100)}`);
  return { path, database, target: join(dirname(path), 'copy.tmp') };
}

test('R54 a copy is made beside the desk: it holds what stood when it was begun, and every page of it authenticates', async () => {
  const { path, database, target } = filled();
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 1);
  const copying = copyApart({ path, key: KEY, target }, signal, ({ reader, schemaVersion }) => ({
    schemaVersion,
    papers: reader.get<{ n: number }>(COUNT)?.n,
  }));
  const copy = await copying;
  clearInterval(counting);
  expect(turns).toBeGreaterThan(0);
  expect(copy.found).toEqual({ schemaVersion: 10, papers: 20_000 });
  // What is written now is not in it.
  database.begin();
  database.writer.run("INSERT INTO paper (title) VALUES ('later')");
  database.commit();
  expect(await copy.rows).toEqual({ paper: 20_000 });
  expect(await copy.pages).toMatchObject({ bad: [] });
  expect(readFileSync(target).subarray(0, 6).toString('latin1')).not.toBe('SQLite');
  await copy.discard();
  expect(readdirSync(dirname(path)).filter((name) => name.startsWith('copy'))).toEqual([]);
});

test('a copy that cannot be made leaves nothing; a cancelled one neither', async () => {
  const { path, target } = filled();
  const read = () => undefined;
  await expect(copyApart({ path, key: Buffer.alloc(32, 9), target }, signal, read)).rejects.toMatchObject({
    code: 'VAULT_DAMAGED',
  });
  await expect(copyApart({ path, key: KEY, target }, AbortSignal.abort(), read)).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  const midway = new AbortController();
  const copying = copyApart({ path, key: KEY, target }, midway.signal, read);
  midway.abort();
  await expect(copying).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(readdirSync(dirname(path)).filter((name) => name.startsWith('copy'))).toEqual([]);
});
