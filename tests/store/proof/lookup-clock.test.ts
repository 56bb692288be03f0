import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { secretFor } from '../../builders/vault-builder.ts';
import { type RunningArchive, startArchive } from '../../support/running-archive.ts';

vi.setConfig({ testTimeout: 60_000 });

/** The real process, its time running twenty times as fast: a minute is three seconds. */
const PACE = '20';
const KEEPER = { login: 'keeper', displayName: '王小明', secret: secretFor('keeper') };
let folder = '';
let archive: RunningArchive;
const start = () => startArchive({ args: ['--pace', PACE] });
const unlock = (opened: RunningArchive) =>
  opened.call('archive.unlock', { directory: join(folder, 'vault'), login: KEEPER.login, secret: KEEPER.secret });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lookup-clock-'));
  archive = start();
  await archive.call('archive.create', { directory: join(folder, 'vault'), name: '測試檔案', keeper: KEEPER });
  await archive.call('users.add', {
    ownSecret: KEEPER.secret,
    login: 'manager',
    displayName: '林經理',
    role: 'businessManager',
    secret: secretFor('manager'),
  });
  await archive.call('settings.update', { lookupMinutes: 1 });
  await archive.call('lookup.handOver', {});
  await archive.call('lookup.signIn', { login: 'manager', secret: secretFor('manager'), purpose: '核對往來資料' });
});
afterEach(async () => {
  await archive.kill();
  rmSync(folder, { recursive: true, force: true });
});

it('L2 time up ends the lookup in the process itself, whatever the window goes on asking; the register says so', async () => {
  // Somebody is there all the time: it is not idleness that ends it.
  const alive = setInterval(() => void archive.answer('session.touch', {}), 200);
  await vi.waitFor(async () => expect((await archive.call('session.current', {})).kind).toBe('handover'), {
    timeout: 8_000,
    interval: 100,
  });
  const read = await archive.answer('search.find', { text: '公司' });
  expect(read).toMatchObject({ ok: false, error: { code: 'LOOKUP_ONLY' } });
  expect(archive.events).toContainEqual(
    expect.objectContaining({ type: 'changed', areas: expect.arrayContaining(['session']) }),
  );
  await archive.call('lookup.backToDesk', { secret: KEEPER.secret });
  clearInterval(alive);
  expect((await archive.call('lookup.register', {})).lookups[0]).toMatchObject({ user: 'manager', ended: 'expired' });
});

it('L2 a minute without a sign of life is warned of and then locks: the process is gone, the register has the end', async () => {
  // The lookup itself would last longer than this.
  await archive.call('lookup.backToDesk', { secret: KEEPER.secret });
  await archive.call('settings.update', { lookupMinutes: 5 });
  await archive.call('lookup.handOver', {});
  await archive.call('lookup.signIn', { login: 'manager', secret: secretFor('manager'), purpose: '核對往來資料' });
  expect(await archive.ended).toBe('idle');
  expect(archive.events).toContainEqual(expect.objectContaining({ type: 'sessionEnding' }));
  archive = start();
  await unlock(archive);
  expect((await archive.call('lookup.register', {})).lookups[0]).toMatchObject({ user: 'manager', ended: 'idle' });
  expect((await archive.call('audit.verify', {})).ok).toBe(true);
});
