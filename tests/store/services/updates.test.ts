import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signerFromSeed } from '../../../electron/platform/signer.ts';
import { readUpdate, releaseKeyOf, signUpdate } from '../../../electron/platform/update-note.ts';
import { archiveMigrations } from '../../../electron/services/archive-schema.ts';
import { type HandClock, handClock } from '../../builders/vault-builder.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

const SEED = Buffer.alloc(32, 7);
const SIGNER = signerFromSeed(SEED);
const SCHEMA = archiveMigrations.at(-1)?.version ?? 0;
const SCRIPT = join(import.meta.dirname, '../../../build/scripts/sign-update.ts');

let folder: string;
let clock: HandClock;
let desk: TestArchive;
let installer = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-update-'));
  clock = handClock('2026-03-02T08:00:00.000Z');
  desk = await openTestArchive({ directory: join(folder, 'archive'), clock });
  Object.assign(desk.surroundings.program, { releaseKey: releaseKeyOf(SIGNER), version: '0.0.9' });
  installer = join(folder, 'Dossier-Desk-0.1.0.AppImage');
  writeFileSync(installer, 'a program '.repeat(1_000));
  writeFileSync(join(folder, 'release.key'), SEED.toString('hex'));
  writeFileSync(join(folder, 'changes.md'), '- 匯出可以加密\n\n- Updates by file\n');
  const args = [SCRIPT, installer, '--key', join(folder, 'release.key'), '--changes', join(folder, 'changes.md')];
  expect(spawnSync(process.execPath, args, { encoding: 'utf8' }).stderr.replace(/.*Warning.*\n?/g, '')).toBe('');
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const out = () => join(folder, 'out');
const inspect = () => desk.dispatch('updates.inspect', { file: installer });
const handOver = async () => {
  const answer = await desk.answer('updates.handOver', { file: installer, directory: out() });
  return answer.ok ? answer.output : answer.error;
};
/** The note of a release that differs in this. */
const signed = (more: object) => {
  const described = readUpdate(readFileSync(`${installer}.note`), releaseKeyOf(SIGNER));
  if (described === undefined) throw new Error('unsigned');
  return signUpdate({ ...described, ...more }, SIGNER);
};

describe('R51 an update by a signed file', () => {
  it('says version, changes, and whether the archive is brought up; nothing leaves without a backup', async () => {
    expect(await inspect()).toMatchObject({
      version: '0.1.0',
      present: '0.0.9',
      standing: 'newer',
      changes: ['匯出可以加密', 'Updates by file'],
      migrates: false,
      backedUp: false,
    });
    expect(await handOver()).toMatchObject({ code: 'CONFLICT', hint: 'hint.backupBeforeUpdate' });
    expect(existsSync(out())).toBe(false);
  });

  it('after a backup the checked file is there to be installed, and the log has it; once', async () => {
    await desk.dispatch('archive.backup', { file: join(folder, 'before.age') });
    expect((await inspect()).backedUp).toBe(true);
    const handed = await handOver();
    expect(handed).toMatchObject({
      version: '0.1.0',
      kind: 'appImage',
      file: join(out(), 'Dossier-Desk-0.1.0.AppImage'),
    });
    const { file } = handed as { file: string };
    expect(readFileSync(file)).toEqual(readFileSync(installer));
    expect(statSync(file).mode & 0o100).not.toBe(0);
    const { entries } = await desk.dispatch('audit.list', { type: 'update.handOver', limit: 5 });
    expect(entries.map(({ outcome, obj }) => [outcome, obj])).toContainEqual(['ok', 'update:0.1.0']);
    expect(await handOver()).toMatchObject({ code: 'INPUT_INVALID' });
    rmSync(out(), { recursive: true });
    clock.advance(3_700_000);
    expect((await inspect()).backedUp).toBe(false);
  });

  it('older, the same, and one that could not read this archive are told, and not handed over', async () => {
    await desk.dispatch('archive.backup', { file: join(folder, 'again.age') });
    const note = readFileSync(`${installer}.note`);
    for (const [more, standing] of [
      [{ version: '0.0.8' }, 'older'],
      [{ version: '0.0.9' }, 'same'],
      [{ schema: SCHEMA - 10 }, 'cannotRead'],
    ] as const) {
      writeFileSync(`${installer}.note`, signed(more));
      expect((await inspect()).standing).toBe(standing);
      expect(await handOver()).toMatchObject({ fields: [{ message: `validation.update.${standing}` }] });
      writeFileSync(`${installer}.note`, note);
    }
    writeFileSync(`${installer}.note`, signed({ schema: SCHEMA + 10 }));
    expect((await inspect()).migrates).toBe(true);
    writeFileSync(`${installer}.note`, note);
  });

  it('another key, a changed note, a changed or longer file, no note: refused, and nothing is left behind', async () => {
    const note = readFileSync(`${installer}.note`, 'utf8');
    const whole = readFileSync(installer);
    const refused = async () => {
      const answer = await desk.answer('updates.inspect', { file: installer });
      expect(answer).toMatchObject({ ok: false, error: { code: 'INTEGRITY', hint: 'hint.updateNotSigned' } });
      expect(await handOver()).toMatchObject({ code: 'INTEGRITY' });
      expect(existsSync(join(out(), 'Dossier-Desk-0.1.0.AppImage'))).toBe(false);
    };
    const described = readUpdate(Buffer.from(note), releaseKeyOf(SIGNER));
    for (const harmed of [
      note.replace('0.1.0', '0.2.0'),
      signUpdate({ ...described, version: '0.1.0' } as never, signerFromSeed(Buffer.alloc(32, 8))),
      note.slice(0, -3),
    ]) {
      writeFileSync(`${installer}.note`, harmed);
      await refused();
    }
    writeFileSync(`${installer}.note`, note);
    writeFileSync(installer, Buffer.concat([whole.subarray(0, -1), Buffer.from('!')]));
    await refused();
    writeFileSync(installer, whole);
    appendFileSync(installer, 'more');
    await refused();
    writeFileSync(installer, whole);
    rmSync(`${installer}.note`);
    await refused();
    // A build without a key accepts nothing.
    writeFileSync(`${installer}.note`, note);
    Object.assign(desk.surroundings.program, { releaseKey: '' });
    const answer = await desk.answer('updates.inspect', { file: installer });
    expect(answer).toMatchObject({ ok: false, error: { fields: [{ message: 'validation.noReleaseKey' }] } });
  });
});
