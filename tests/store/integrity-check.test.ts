import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkIntegrityApart } from '../../electron/store/integrity-check.ts';
import { databaseOfPapers, KEY } from '../support/store-scratch.ts';

const signal = new AbortController().signal;

test('R48 an open database is checked in a thread of its own, and the process answers meanwhile', async () => {
  const { path, database } = databaseOfPapers(2_000);
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 1);
  expect(await checkIntegrityApart(path, KEY, signal)).toEqual([]);
  clearInterval(counting);
  expect(turns).toBeGreaterThan(0);
  expect(database.reader.get('SELECT count(*) AS n FROM paper')).toEqual({ n: 2_000 });
});

test('a page that was changed on the disk is found', async () => {
  const { path, database } = databaseOfPapers(2_000);
  database.close();
  const bytes = readFileSync(path);
  bytes.fill(0xee, 5 * 4_096 + 100, 5 * 4_096 + 120);
  writeFileSync(path, bytes);
  expect(await checkIntegrityApart(path, KEY, signal)).not.toEqual([]);
});

test('a cancelled check ends at once; a wrong key is said', async () => {
  const { path } = databaseOfPapers(2_000);
  await expect(checkIntegrityApart(path, KEY, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  const midway = new AbortController();
  const checking = checkIntegrityApart(path, KEY, midway.signal);
  midway.abort();
  await expect(checking).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(await checkIntegrityApart(path, Buffer.alloc(32, 9), signal)).not.toEqual([]);
});
