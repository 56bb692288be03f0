import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openArchiveDatabase } from '../../electron/store/connection.ts';
import { moveLogApart, noLogMoves } from '../../electron/store/log-apart.ts';
import { closing, freshDatabase, KEY, MIGRATIONS, scratchFolder } from '../support/store-scratch.ts';

const addNotes = (database: ReturnType<typeof freshDatabase>['database'], count: number) => {
  database.begin();
  for (let at = 0; at < count; at += 1) database.writer.run('INSERT INTO note (body) VALUES (?)', `note ${at}`);
  database.commit({ leavesLog: true });
};
const count = ({ reader }: Pick<ReturnType<typeof freshDatabase>['database'], 'reader'>) =>
  reader.get<{ n: number }>('SELECT count(*) AS n FROM note')?.n;

test('what a large transaction leaves in the log is moved on a thread; it is there before, meanwhile and after', async () => {
  const { path, database } = freshDatabase(scratchFolder());
  closing(database);
  addNotes(database, 100);
  expect(database.logWaits).toBe(false);
  expect(database.checkpointWal()).toBe(true);
  const before = statSync(path).size;

  addNotes(database, 30_000);
  expect(database.logWaits).toBe(true);
  // Nobody waits for it here, and no save after it moves it.
  expect(database.checkpointWal()).toBe(false);
  addNotes(database, 10);
  expect(statSync(path).size).toBe(before);
  expect(count(database)).toBe(30_110);

  const moving = moveLogApart(path, KEY);
  expect(moveLogApart(path, KEY)).toBe(moving);
  addNotes(database, 10);
  await noLogMoves(path);
  database.logMoved();
  expect(database.logWaits).toBe(false);
  expect(statSync(path).size).toBeGreaterThan(before + 500_000);
  expect(database.checkpointWal()).toBe(true);
  expect(database.integrityCheck()).toEqual([]);
  database.close();
  const again = closing(openArchiveDatabase({ path, key: KEY, migrations: MIGRATIONS }));
  expect(count(again)).toBe(30_120);
});

test('a thread that cannot open the database leaves the log as it is, and commits move it again', async () => {
  const { path, database } = freshDatabase(scratchFolder());
  closing(database);
  addNotes(database, 30_000);
  await moveLogApart(path, new Uint8Array(32));
  database.logMoved();
  expect(database.logWaits).toBe(false);
  expect(count(database)).toBe(30_000);
  expect(database.checkpointWal()).toBe(true);
});

test('a session that ends while the log is moved loses nothing', async () => {
  const { path, database } = freshDatabase(scratchFolder());
  addNotes(database, 30_000);
  const moving = moveLogApart(path, KEY).then(() => database.logMoved());
  database.close();
  const again = closing(openArchiveDatabase({ path, key: KEY, migrations: MIGRATIONS }));
  expect(count(again)).toBe(30_000);
  await moving;
  expect(again.integrityCheck()).toEqual([]);
});
