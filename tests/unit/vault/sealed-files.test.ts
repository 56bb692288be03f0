import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../../../electron/platform/random.ts';
import {
  checkSealed,
  listSealed,
  openSealed,
  removeOrphans,
  type SealedFile,
  seal,
  sealBatch,
  sealedPath,
} from '../../../electron/vault/sealed-files.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { scratchFolder } from '../../builders/vault-builder.ts';

let folder: ReturnType<typeof scratchFolder>;
let directory: string;
beforeEach(() => {
  folder = scratchFolder();
  directory = folder.path;
});
afterEach(() => folder.remove());

const random = systemRandom;
const LABEL = 'C-2026-000123';
const bytesOf = (length: number) => random.bytes(length);

/** The error of opening, which must name the record and nothing of the content. */
async function refusal(row: SealedFile): Promise<AppError> {
  try {
    await openSealed(directory, row, LABEL);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('this was expected to be refused');
}

async function expectRefused(row: SealedFile): Promise<void> {
  const error = await refusal(row);
  expect(error.code).toBe('INTEGRITY');
  expect(error.params.record).toBe(LABEL);
  expect(await checkSealed(directory, row)).toBe(error.params.reason);
}

describe('sealed files', () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 300_000])('of %i bytes open as they were', async (length) => {
    const plain = bytesOf(length);
    const row = await seal(directory, plain, { random });
    expect(row.size).toBe(length);
    expect(await openSealed(directory, row, LABEL)).toEqual(plain);
    expect(await checkSealed(directory, row)).toBeUndefined();
    expect(sealedPath(directory, row.id)).toBe(
      join(directory, 'att', row.id.slice(0, 2), row.id.slice(2, 4), `${row.id}.age`),
    );
    expect(statSync(sealedPath(directory, row.id)).mode & 0o777).toBe(0o600);
  });

  it('are made from a stream too', async () => {
    const plain = bytesOf(200_000);
    const row = await seal(
      directory,
      (async function* () {
        for (let at = 0; at < plain.length; at += 7_001) yield plain.subarray(at, at + 7_001);
      })(),
      { random },
    );
    expect(await openSealed(directory, row, LABEL)).toEqual(plain);
  });

  it.skipIf(spawnSync('age', ['--version']).status !== 0)('are opened by the public age command', async () => {
    const plain = bytesOf(100_000);
    const row = await seal(directory, plain, { random });
    const identity = join(directory, 'identity.txt');
    writeFileSync(identity, `${row.key}\n`);
    expect(spawnSync('age', ['-d', '-i', identity, sealedPath(directory, row.id)]).stdout).toEqual(plain);
  });

  it('R12 with a flipped byte anywhere are refused by the name of the record', async () => {
    const row = await seal(directory, bytesOf(140_000), { random });
    const path = sealedPath(directory, row.id);
    const whole = readFileSync(path);
    const everywhere = Array.from({ length: 120 }, (_, index) => Math.floor((index * whole.length) / 120));
    for (const position of [...everywhere, whole.length - 1]) {
      const changed = Buffer.from(whole);
      changed[position] = (changed[position] ?? 0) ^ 0x40;
      writeFileSync(path, changed);
      expect((await refusal(row)).params).toEqual({ record: LABEL, reason: 'changed' });
    }
    await expectRefused(row);
  });

  it.each([1, 16, 17, 65_536])('R12 shortened by %i bytes are refused', async (missing) => {
    const row = await seal(directory, bytesOf(200_000), { random });
    const path = sealedPath(directory, row.id);
    writeFileSync(path, readFileSync(path).subarray(0, -missing));
    await expectRefused(row);
  });

  it('R12 the age format itself refuses damage, should the row have been changed to match', async () => {
    const row = await seal(directory, bytesOf(140_000), { random });
    const path = sealedPath(directory, row.id);
    const changed = readFileSync(path);
    changed[changed.length - 40] = (changed[changed.length - 40] ?? 0) ^ 1;
    writeFileSync(path, changed);
    const { createHash } = await import('node:crypto');
    const sha256Cipher = createHash('sha256').update(changed).digest('hex');
    expect((await refusal({ ...row, sha256Cipher })).code).toBe('INTEGRITY');
  });

  it('R12 two exchanged files, and an older version put back, are refused', async () => {
    const first = await seal(directory, Buffer.from('first'), { random });
    const second = await seal(directory, Buffer.from('other'), { random });
    const [a, b] = [sealedPath(directory, first.id), sealedPath(directory, second.id)];
    copyFileSync(a, join(directory, 'aside'));
    copyFileSync(b, a);
    copyFileSync(join(directory, 'aside'), b);
    await expectRefused(first);
    await expectRefused(second);
  });

  it('R12 with the row of another file are refused', async () => {
    const first = await seal(directory, Buffer.from('first'), { random });
    const second = await seal(directory, Buffer.from('other'), { random });
    await expectRefused({ ...first, key: second.key });
    await expectRefused({ ...first, sha256Plain: second.sha256Plain });
    expect((await refusal({ ...first, key: 'AGE-SECRET-KEY-1DAMAGED' })).cause).toBeUndefined();
  });

  it('that are missing are reported as missing', async () => {
    const row = await seal(directory, Buffer.from('x'), { random });
    rmSync(sealedPath(directory, row.id));
    await expectRefused(row);
    expect((await refusal(row)).params.reason).toBe('missing');
  });

  it('R65 too large are refused while reading, and leave nothing behind', async () => {
    const endless = (async function* () {
      for (;;) yield bytesOf(1_000);
    })();
    await expect(seal(directory, endless, { random, maximumBytes: 5_000 })).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
    expect(await listSealed(directory)).toEqual([]);
    expect(
      readdirSync(join(directory, 'att'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()),
    ).toEqual([]);
  });

  it('never leave the att folder', () => {
    expect(() => sealedPath(directory, '../../etc/passwd')).toThrow(TypeError);
  });

  it('R41 without a row are removed at start, with temporary files; what has a row stays', async () => {
    const kept = await seal(directory, Buffer.from('kept'), { random });
    const orphan = await seal(directory, Buffer.from('orphan'), { random });
    const lost = await seal(directory, Buffer.from('lost'), { random });
    rmSync(sealedPath(directory, lost.id));
    const leftover = join(dirname(sealedPath(directory, kept.id)), `.${kept.id}.age.4242-1.tmp`);
    writeFileSync(leftover, 'half');
    writeFileSync(join(directory, 'att', 'README.txt'), 'put here by somebody');
    const result = await removeOrphans(directory, new Set([kept.id, lost.id]));
    expect(result).toEqual({ removed: 1, kept: 0, missing: [lost.id] });
    expect(await listSealed(directory)).toEqual([kept.id]);
    expect(existsSync(leftover)).toBe(false);
    expect(existsSync(sealedPath(directory, orphan.id))).toBe(false);
    expect(existsSync(join(directory, 'att', 'README.txt'))).toBe(true);
  });

  it('unusually many without a row are kept, because then the database is more likely wrong', async () => {
    const rows = [1, 2, 3].map((content) => seal(directory, Buffer.of(content), { random }));
    const ids = (await Promise.all(rows)).map(({ id }) => id);
    expect(await removeOrphans(directory, new Set(), { atMost: 2 })).toEqual({ removed: 0, kept: 3, missing: [] });
    expect(await listSealed(directory)).toEqual(ids.sort());
  });

  it('are taken away when their row could not be written', async () => {
    const row = await seal(directory, Buffer.from('x'), { random });
    await row.remove();
    expect(await listSealed(directory)).toEqual([]);
  });

  it('in a batch are as good as single ones', async () => {
    const batch = sealBatch(directory, { random });
    const plain = bytesOf(20_000);
    const rows = await Promise.all(Array.from({ length: 60 }, () => batch.seal(plain)));
    await batch.settle();
    expect(new Set(rows.map(({ key }) => key)).size).toBe(60);
    for (const row of rows) expect(await openSealed(directory, row)).toEqual(plain);
    expect(await listSealed(directory)).toHaveLength(60);
  });
});
