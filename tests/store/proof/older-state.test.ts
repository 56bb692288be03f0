import { cpSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { vaultPaths } from '../../../electron/vault/vault.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';
import { scratchFolder } from '../../support/store-scratch.ts';

/** A folder with an archive of its own, and the program's folder beside it. */
function place() {
  const folder = scratchFolder();
  return { directory: join(folder, 'archive'), dataFolder: join(folder, 'data') };
}

async function session<T>(where: ReturnType<typeof place>, act: (desk: TestArchive) => Promise<T>): Promise<T> {
  const desk = await openTestArchive({ ...where, start: 'empty' });
  try {
    await desk.dispatch('archive.unlock', {
      directory: where.directory,
      login: TEST_KEEPER.login,
      secret: TEST_KEEPER.secret,
    });
    return await act(desk);
  } finally {
    await desk.close();
  }
}

const doubtOf = async (desk: TestArchive) => (await desk.dispatch('session.current', {})).logDoubt;
const write = (desk: TestArchive, name: string) =>
  desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: name } });

test('R57 the whole folder of an older state put back is reported at unlock with both sizes, entered, and told once', async () => {
  const where = place();
  await (await openTestArchive(where)).close();
  cpSync(where.directory, `${where.directory}.older`, { recursive: true });
  const size = await session(where, async (desk) => {
    expect(await doubtOf(desk)).toBeNull();
    for (const name of ['甲', '乙', '丙']) await write(desk, name);
    return desk.archive.audit.size();
  });
  rmSync(where.directory, { recursive: true });
  renameSync(`${where.directory}.older`, where.directory);

  await session(where, async (desk) => {
    expect(await doubtOf(desk)).toMatchObject({ kind: 'truncation', anchorSize: size, logSize: 1 });
    const [entry] = desk.archive.audit.list({ limit: 1, type: 'session.unlock' }).entries;
    expect(entry?.data).toContain('truncation');
    await write(desk, '丁');
  });
  await session(where, async (desk) => expect(await doubtOf(desk)).toBeNull());
});

test('R57 the database alone put back is told by the record beside it', async () => {
  const where = place();
  await (await openTestArchive(where)).close();
  const { database } = vaultPaths(where.directory);
  cpSync(database, `${database}.older`);
  await session(where, (desk) => write(desk, '甲'));
  renameSync(`${database}.older`, database);
  for (const ending of ['-wal', '-shm']) rmSync(database + ending, { force: true });
  // Without the copy in the program's folder the archive's own record still tells it.
  await session({ directory: where.directory, dataFolder: join(where.directory, '..', 'other') }, async (desk) => {
    expect(await doubtOf(desk)).toMatchObject({ kind: 'truncation' });
  });
});

test('R57 a copy somewhere else, and one that was worked on there, is no older state of this one', async () => {
  const where = place();
  await (await openTestArchive(where)).close();
  const copy = { ...where, directory: `${where.directory} copy` };
  cpSync(where.directory, copy.directory, { recursive: true });
  await session(where, (desk) => write(desk, '甲'));
  await session(copy, async (desk) => {
    expect(await doubtOf(desk)).toBeNull();
    expect((await desk.dispatch('audit.verify', { deep: true })).ok).toBe(true);
  });
});

test('R57 records that contradict each other are kept aside, and work goes on', async () => {
  const where = place();
  await (await openTestArchive(where)).close();
  await session(where, (desk) => write(desk, '甲'));
  const outside = join(where.dataFolder, 'anchors');
  writeFileSync(join(outside, readdirSync(outside)[0] ?? ''), 'what was never written here\n');
  writeFileSync(vaultPaths(where.directory).anchors, 'nor here\n');
  await session(where, async (desk) => {
    expect(await doubtOf(desk)).toMatchObject({ kind: 'anchors' });
    expect((await desk.dispatch('audit.verify', { deep: false })).ok).toBe(true);
  });
  await session(where, async (desk) => expect(await doubtOf(desk)).toBeNull());
  expect(readdirSync(outside).filter((name) => name.includes('.aside-'))).toHaveLength(1);
});

test('R39 every session that ends in order is anchored; one that was killed is at the next unlock', async () => {
  const where = place();
  const desk = await openTestArchive(where);
  await write(desk, '甲');
  expect(desk.archive.anchors.unanchored()).toBe(2);
  await desk.close();
  await session(where, async (next) => {
    // The unlock alone is new.
    expect(next.archive.anchors.unanchored()).toBe(1);
  });
});
