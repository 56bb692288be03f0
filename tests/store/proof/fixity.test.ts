import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkIntegrityApart } from '../../../electron/store/integrity-check.ts';
import { sealedPath } from '../../../electron/vault/sealed-files.ts';
import { tinyPdf } from '../../builders/scan-files.ts';
import { type HandClock, handClock, KEEPER_SECRET } from '../../builders/vault-builder.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';
import { startArchive, upload } from '../../support/running-archive.ts';
import { dice } from '../../support/store-scratch.ts';

vi.setConfig({ testTimeout: 180_000 });

/** Sealed scans of papers `…-001` and on; bits are flipped in all of them, several times. */
const SCANS = 25;
const ROUNDS = 8;

let folder: string;
let clock: HandClock;
let desk: TestArchive;
let recoveryKey = '';
const scans: { id: string; code: string; path: string }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-fixity-'));
  clock = handClock('2026-03-02T08:00:00.000Z');
  desk = await openTestArchive({ directory: join(folder, 'archive'), clock });
  recoveryKey = desk.archive.recoveryKey ?? '';
  const { number } = await desk.dispatch('customers.create', {
    kind: 'enterprise',
    values: { registeredName: '甲公司' },
  });
  for (let index = 0; index < SCANS; index += 1) {
    const paper = { customer: number, type: 'contract', title: `合約${index}` } as const;
    const { code } = await desk.dispatch('dossiers.addPaper', paper);
    const handed = await upload({ call: desk.dispatch }, 'scan.pdf', tinyPdf(`paper ${index}`), 'scan');
    const { id } = await desk.dispatch('scans.attach', { upload: handed, code });
    scans.push({ id, code, path: sealedPath(desk.directory, id) });
  }
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

function flipBit(path: string, below: (limit: number) => number): Buffer {
  const whole = readFileSync(path);
  const harmed = Buffer.from(whole);
  const at = below(harmed.length);
  harmed[at] = (harmed[at] ?? 0) ^ (1 << below(8));
  writeFileSync(path, harmed);
  return whole;
}

describe('R49 fixity', () => {
  it('everything sound: pages, log and every sealed file are read, and the next round is a week later', async () => {
    const checked = await desk.dispatch('fixity.run', {});
    expect(checked).toMatchObject({ done: true, found: [], round: { files: SCANS, damaged: 0, phase: 'done' } });
    const status = await desk.dispatch('fixity.status', {});
    expect([status.running, status.dueOn]).toEqual([null, '2026-03-09']);
    const { entries } = await desk.dispatch('audit.list', { type: 'fixity', limit: 10 });
    expect(entries.length).toBeGreaterThan(0);
  });

  it(`R49 one flipped bit in each of ${SCANS * ROUNDS} places of sealed files: all found, each named by its paper`, async () => {
    const random = dice(49);
    for (let round = 0; round < ROUNDS; round += 1) {
      const kept = scans.map(({ path }) => flipBit(path, (limit) => random.below(limit)));
      const { found } = await desk.dispatch('fixity.run', { restart: true });
      expect(found.map(({ subject }) => subject).sort()).toEqual(scans.map(({ code }) => code).sort());
      expect(found.every(({ kind, single }) => kind === 'changed' && single)).toBe(true);
      for (const [index, { path }] of scans.entries()) writeFileSync(path, kept[index] ?? '');
      // Put back by hand and read again: sound, and work goes on.
      expect((await desk.dispatch('fixity.run', { restart: true })).found).toEqual([]);
    }
    expect((await desk.dispatch('session.current', {})).damaged).toBe(0);
  });

  it('R49 one flipped bit in each of 20 pages of the database: all found, and a table is named', async () => {
    const copy = join(folder, 'pages.db');
    desk.archive.database.vacuumInto(copy);
    const key = Buffer.from(desk.archive.vault.databaseKey);
    const whole = readFileSync(copy);
    const random = dice(50);
    const { signal } = new AbortController();
    let named = 0;
    for (let round = 0; round < 20; round += 1) {
      const harmed = Buffer.from(whole);
      // Not the first page: a database whose first page is damaged does not open at all (R50).
      const at = 4_096 + random.below(harmed.length - 4_096);
      harmed[at] = (harmed[at] ?? 0) ^ (1 << random.below(8));
      writeFileSync(copy, harmed);
      const problems = await checkIntegrityApart(copy, key, signal).catch((thrown: { params: object }) => [
        JSON.stringify(thrown.params),
      ]);
      expect(problems.length, `byte ${at}`).toBeGreaterThan(0);
      if (/^\w+: /.test(problems[0] ?? '')) named += 1;
    }
    expect(named).toBeGreaterThan(12);
  });

  it('R49 with known damage the archive can be read but not changed, and one paper comes back from a backup', async () => {
    const file = join(folder, 'before.backup.age');
    await desk.dispatch('archive.backup', { file });
    const [first, second] = scans as [(typeof scans)[number], (typeof scans)[number]];
    flipBit(first.path, (limit) => (limit > 8 ? 100 : 0));
    rmSync(second.path);
    const { found } = await desk.dispatch('fixity.run', { restart: true });
    expect(found.map(({ kind, subject }) => `${kind} ${subject}`).sort()).toEqual(
      [`changed ${first.code}`, `missing ${second.code}`].sort(),
    );
    const wanted = { kind: 'enterprise', values: { registeredName: '乙公司' } } as const;
    expect(await desk.answer('customers.create', wanted)).toMatchObject({
      ok: false,
      error: { code: 'DAMAGE_UNSETTLED', params: { count: 2 }, hint: 'hint.damageUnsettled' },
    });
    expect(await desk.dispatch('customers.list', {})).toMatchObject({ total: 1 });
    const duties = await desk.dispatch('duties.today', {});
    expect(JSON.stringify(duties)).toContain(first.code);
    // A backup over the good ones is refused by the name of the paper, and nothing is left lying about.
    const over = await desk.answer('archive.backup', { file: join(folder, 'over.backup.age') });
    expect(over).toMatchObject({ ok: false, error: { code: 'INTEGRITY' } });
    expect(JSON.stringify(over)).toMatch(new RegExp(`${first.code}|${second.code}`));
    for (const { id } of found) await desk.dispatch('fixity.restoreFile', { id, file, recoveryKey });
    expect((await desk.dispatch('fixity.run', { restart: true })).found).toEqual([]);
    expect((await desk.answer('scans.open', { scan: second.id })).ok).toBe(true);
    expect((await desk.answer('customers.create', wanted)).ok).toBe(true);
    const { settled } = await desk.dispatch('fixity.status', {});
    expect(settled.filter((one) => one.settled === 'restored')).toHaveLength(2);
  });

  it('R49 no backup holds it: work goes on after a reason, nothing is deleted, and it stays known', async () => {
    const last = scans.at(-1);
    const kept = flipBit(last?.path ?? '', (limit) => (limit > 8 ? 300 : 0));
    const { found } = await desk.dispatch('fixity.run', { restart: true });
    const [one] = found;
    const file = join(folder, 'before.backup.age');
    const typo = `${recoveryKey.slice(0, -1)}${recoveryKey.endsWith('A') ? 'C' : 'A'}`;
    const wrong = await desk.answer('fixity.restoreFile', { id: one?.id, file, recoveryKey: typo });
    expect(wrong).toMatchObject({ ok: false, error: { code: 'RECOVERY_KEY_WRONG' } });
    const { left } = await desk.dispatch('fixity.accept', { id: one?.id ?? 0, reason: '紙本仍在,待重新掃描' });
    expect(left).toBe(0);
    // The next round does not stop the work again for what is known.
    expect((await desk.dispatch('fixity.run', { restart: true })).found).toEqual([]);
    expect((await desk.dispatch('customers.list', {})).total).toBe(2);
    expect(readFileSync(last?.path ?? '').length).toBe(kept.length);
    writeFileSync(last?.path ?? '', kept);
  });

  it('R49 a round is left and taken up where it was, by another process too', async () => {
    await desk.dispatch('fixity.run', { restart: true });
    const cancelled = new AbortController();
    const running = desk.answer('fixity.run', { restart: true }, cancelled.signal);
    setTimeout(() => cancelled.abort(), 40);
    await running;
    const { running: half } = await desk.dispatch('fixity.status', {});
    await desk.close();
    const other = startArchive();
    try {
      await other.call('archive.unlock', {
        directory: desk.directory,
        login: TEST_KEEPER.login,
        secret: KEEPER_SECRET,
      });
      const before = (await other.call('fixity.status', {})).running;
      expect(before).toEqual(half);
      const ended = await other.call('fixity.run', {});
      expect([ended.done, ended.round.files]).toEqual([true, SCANS]);
      if (half !== null) expect(ended.round.startedAt).toBe(half.startedAt);
    } finally {
      await other.lock();
    }
  });
});
