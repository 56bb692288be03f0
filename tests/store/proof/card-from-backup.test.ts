import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vaultPaths } from '../../../electron/vault/vault.ts';
import { tinyPdf } from '../../builders/scan-files.ts';
import { type HandClock, handClock } from '../../builders/vault-builder.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';
import { upload } from '../../support/running-archive.ts';

let folder: string;
let clock: HandClock;
let desk: TestArchive;
let recoveryKey = '';
let number = '';
let other = '';
let file = '';

const FORMER = {
  registeredName: '甲紡織有限公司',
  telephone: '02-2771-0001',
  contacts: [{ name: '王小明', position: '採購經理' }],
};
const card = (wanted: string) => desk.dispatch('customers.get', { number: wanted });
const look = () => desk.dispatch('backups.compareCard', { file, recoveryKey, number });
const put = async (fields?: string[]) => {
  const { revision, backup } = await look();
  const asked = { file, recoveryKey, number, revision, backup };
  return desk.dispatch('backups.restoreCard', fields === undefined ? asked : { ...asked, fields });
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-card-back-'));
  clock = handClock('2026-03-02T08:00:00.000Z');
  desk = await openTestArchive({ directory: join(folder, 'archive'), clock });
  recoveryKey = desk.archive.recoveryKey ?? '';
  const add = async (values: object) =>
    (await desk.dispatch('customers.create', { kind: 'enterprise', values: values as never })).number;
  number = await add(FORMER);
  other = await add({ registeredName: '乙公司', telephone: '02-2771-0002' });
  const { code } = await desk.dispatch('dossiers.addPaper', { customer: number, type: 'contract', title: '合約' });
  const handed = await upload({ call: desk.dispatch }, 'scan.pdf', tinyPdf('a page'), 'scan');
  await desk.dispatch('scans.attach', { upload: handed, code });
  file = join(folder, 'monday.backup.age');
  await desk.dispatch('archive.backup', { file });
  clock.advance(86_400_000);
  for (const [wanted, values] of [
    [number, { registeredName: '錯名公司', telephone: null, contacts: null, remarks: '週二寫的' }],
    [other, { telephone: '02-2771-9999' }],
  ] as const)
    await desk.dispatch('customers.update', { number: wanted, revision: 1, values, tier: 'key' });
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('R49 one card from a backup', () => {
  it('R49 the differences are shown first, and looking changes nothing', async () => {
    const before = await card(number);
    const found = await look();
    expect(found).toMatchObject({ number, revision: 2, savedAt: '2026-03-02T08:00:00.000Z', name: '錯名公司' });
    expect(Object.fromEntries(found.differences.map((one) => [one.field, [one.former, one.present]]))).toEqual({
      registeredName: ['甲紡織有限公司', '錯名公司'],
      telephone: ['02-2771-0001', null],
      contacts: [FORMER.contacts, null],
      remarks: [null, '週二寫的'],
      tier: ['general', 'key'],
    });
    expect(await card(number)).toEqual(before);
  });

  it('R49 chosen fields come back as one change with history and entry; the rest of the card, other cards and papers stay', async () => {
    const [otherBefore, seq] = [await card(other), desk.archive.audit.size()];
    expect(await put(['telephone', 'contacts'])).toMatchObject({ revision: 3, restored: ['telephone', 'contacts'] });
    const { values, tier } = await card(number);
    expect(values).toMatchObject({ registeredName: '錯名公司', telephone: '02-2771-0001', contacts: FORMER.contacts });
    expect([values['remarks'], tier]).toEqual(['週二寫的', 'key']);
    const { changes } = await desk.dispatch('customers.history', { number, limit: 50 });
    const made = changes.filter((change) => change.revision === 3);
    expect(made.map(({ field, evidence }) => `${field} ${evidence}`).sort()).toEqual([
      'contacts ↩ 2026-03-02',
      'telephone ↩ 2026-03-02',
    ]);
    const { entries } = await desk.dispatch('audit.list', { type: 'card.restore', limit: 10 });
    expect(entries.filter((entry) => entry.seq >= seq)).toHaveLength(1);
    expect(await card(other)).toEqual(otherBefore);
    expect(desk.archive.audit.list({ limit: 1 }).entries[0]?.seq).toBeGreaterThan(seq);
  });

  it('R49 without a choice all that differs comes back, the control too, and a value written since is emptied', async () => {
    expect((await put()).restored.sort()).toEqual(['registeredName', 'remarks', 'tier']);
    const { values, tier } = await card(number);
    expect([values, tier]).toEqual([expect.objectContaining(FORMER), 'general']);
    expect(values).not.toHaveProperty('remarks');
    expect((await look()).differences).toEqual([]);
    expect((await put()).restored).toEqual([]);
    // The name is found again by the search.
    const { hits } = await desk.dispatch('search.find', { text: '甲紡織' });
    expect(hits.map((hit) => hit.number)).toContain(number);
    expect((await desk.dispatch('audit.verify', {})).ok).toBe(true);
  });

  it('R49 refused: changed since, another field, no such card then, another archive, a wrong key; nothing is left behind', async () => {
    const { backup } = await look();
    const refused = async (input: object) => {
      const asked = { file, recoveryKey, number, revision: 1, backup, ...input };
      const answer = await desk.answer('backups.restoreCard', asked as never);
      return answer.ok ? 'ok' : answer.error.code;
    };
    const { revision } = await card(number);
    expect(await refused({})).toBe('CONFLICT');
    expect(await refused({ revision, backup: '0'.repeat(64) })).toBe('CONFLICT');
    expect(await refused({ revision, fields: ['telephone'] })).toBe('INPUT_INVALID');
    const fresh = await desk.dispatch('customers.create', { kind: 'enterprise', values: { registeredName: '丙' } });
    expect(await refused({ number: fresh.number, revision: 1 })).toBe('NOT_FOUND');
    const wrong = `${recoveryKey.slice(0, -1)}${recoveryKey.endsWith('Q') ? 'P' : 'Q'}`;
    expect(await refused({ revision, recoveryKey: wrong })).toBe('RECOVERY_KEY_WRONG');
    const stranger = await openTestArchive({ directory: join(folder, 'stranger'), clock });
    try {
      const { number: theirs } = await stranger.dispatch('customers.create', {
        kind: 'enterprise',
        values: { registeredName: '別家' },
      });
      const answer = await stranger.answer('backups.compareCard', { file, recoveryKey, number: theirs });
      expect(answer).toMatchObject({ ok: false, error: { code: 'INTEGRITY', hint: 'hint.otherArchive' } });
    } finally {
      await stranger.close();
    }
    expect((await card(number)).revision).toBe(revision);
    expect(existsSync(file)).toBe(true);
  });
});

describe('R49 a whole backup is looked into', () => {
  it('R49 every list, card and scan is as it was then; nothing can be changed; closing leads back and leaves nothing', async () => {
    const { dispatch, answer, archive } = desk;
    const present = await dispatch('customers.list', { kind: 'enterprise' });
    const { backup, unread } = await dispatch('backups.look', { file, recoveryKey });
    expect(unread).toBe(0);
    expect((await dispatch('session.current', {})).lookingInto).toMatchObject({ file });
    const copy = vaultPaths(archive.directory).looking;
    expect(existsSync(copy)).toBe(true);
    const seen = await card(number);
    expect(seen).toMatchObject({ revision: 1, values: FORMER, tier: 'general' });
    const dossier = await dispatch('dossiers.get', { number });
    const [scan] = dossier.classes.flatMap(({ papers }) => papers).flatMap(({ scans }) => scans);
    await dispatch('scans.open', { scan: scan?.id ?? '' });
    // The log is the archive's own, and says where it was seen.
    const refused = await answer('customers.update', { number, revision: 1, values: { telephone: '1' } });
    expect(refused).toMatchObject({ ok: false, error: { code: 'BACKUP_LOOKED_INTO' } });
    const last = archive.audit.list({ limit: 10 }).entries;
    expect(JSON.parse(last.find(({ type }) => type === 'scan.view')?.data ?? '{}')).toEqual({ inBackup: backup });
    await dispatch('backups.closeLook', {});
    expect(existsSync(copy)).toBe(false);
    expect(await dispatch('customers.list', { kind: 'enterprise' })).toEqual(present);
    expect(await card(number)).not.toMatchObject({ values: FORMER, revision: 1 });
  });

  it('R49 a wrong recovery key opens none and leaves nothing behind', async () => {
    expect(await desk.answer('backups.look', { file, recoveryKey: 'AGE-SECRET-KEY-1' })).toMatchObject({
      ok: false,
      error: { code: 'RECOVERY_KEY_WRONG' },
    });
    expect(existsSync(vaultPaths(desk.archive.directory).looking)).toBe(false);
    expect((await desk.dispatch('session.current', {})).lookingInto).toBeNull();
  });
});
