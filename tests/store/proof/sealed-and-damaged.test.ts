import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ArchiveOperationName, archiveContract } from '../../../shared/contract/contract.ts';
import type { Operation } from '../../../shared/contract/operation.ts';
import { tinyPdf } from '../../builders/scan-files.ts';
import { hashTree } from '../../builders/vault-builder.ts';
import { openTestArchive, TEST_KEEPER, type TestArchive } from '../../support/open-test-archive.ts';
import { upload } from '../../support/running-archive.ts';
import { dice } from '../../support/store-scratch.ts';

vi.setConfig({ testTimeout: 180_000 });

let folder: string;
let desk: TestArchive;
let code = '';
let customer = '';
const scans: { id: string; path: string; name: string }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-harm-'));
  desk = await openTestArchive({ directory: join(folder, 'archive') });
  const values = { registeredName: '甲公司' };
  customer = (await desk.dispatch('customers.create', { kind: 'enterprise', values })).number;
  code = (await desk.dispatch('dossiers.addPaper', { customer, type: 'contract', title: '甲約' })).code;
  for (const name of ['first.pdf', 'second.pdf']) {
    const bytes = tinyPdf(`${name} ${'x'.repeat(70_000)}`);
    const handed = await upload({ call: desk.dispatch }, name, bytes, 'scan');
    const known = new Set(sealedFiles());
    const { id } = await desk.dispatch('scans.attach', { upload: handed, code });
    const path = sealedFiles().find((file) => !known.has(file)) ?? '';
    scans.push({ id, path, name });
  }
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const filesOf = (directory: string) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const sealedFiles = () => filesOf(join(desk.directory, 'att'));

describe('R12 scans that were harmed', () => {
  const harms: (readonly [string, (path: string) => void])[] = [
    ['a flipped byte in the middle', (path) => flip(path, 35_000)],
    ['a flipped byte at the very end', (path) => flip(path, -1)],
    ...[1, 16, 17, 65_536].map(
      (missing) =>
        [
          `${missing} bytes missing`,
          (path: string) => truncateSync(path, readFileSync(path).length - missing),
        ] as const,
    ),
    ['another scan in its place', (path) => cpSync(scans[1]?.path ?? '', path)],
    ['nothing in its place', (path) => rmSync(path)],
  ];

  it.each(harms)(
    'R12 %s: refused by name, nothing of it shown, found by verify by the code of its paper',
    async (_what, harm) => {
      const [{ id, path, name }] = scans as [(typeof scans)[number]];
      const whole = readFileSync(path);
      harm(path);
      try {
        const answer = await desk.answer('scans.open', { scan: id });
        expect(answer).toMatchObject({ ok: false, error: { code: 'INTEGRITY' } });
        expect(JSON.stringify(answer)).toContain(name);
        const verified = await desk.dispatch('audit.verify', { deep: true });
        const check = verified.checks.find((one) => one.name === 'sealedFiles');
        expect([verified.ok, check?.ok]).toEqual([false, false]);
        expect(check?.detail).toContain(code);
        // The other one is not concerned.
        expect((await desk.answer('scans.open', { scan: scans[1]?.id })).ok).toBe(true);
      } finally {
        writeFileSync(path, whole);
      }
      expect((await desk.answer('scans.open', { scan: id })).ok).toBe(true);
    },
  );
});

describe('R16 messages', () => {
  it('R16 10,000 made-up messages over every operation: refused by their schema, no crash, the archive as it was, half of them in under 5 ms', async () => {
    const random = dice(16);
    const odd = [
      undefined,
      null,
      0,
      -1,
      1e308,
      true,
      '',
      'x'.repeat(5_000),
      '\u0000\u202e',
      [],
      [[[[]]]],
      {},
      { toString: 1 },
      { number: { $ne: null } },
      { number: ['E000001'] },
      { number: 'E000001', role: 'supervisor' },
      { limit: 1e9 },
      { offset: -1 },
      { text: { length: 3 } },
      JSON.parse('{"__proto__":{"role":"keeper"}}') as unknown,
      { number: "E000001' OR 1=1 --" },
      { code: '../../../etc/passwd' },
      { upload: 'no such upload', data: '%%%' },
      { scan: 'x'.repeat(61) },
      { values: Object.fromEntries(Array.from({ length: 300 }, (_, key) => [`k${key}`, key])) },
      { kind: 'enterprise', values: { registeredName: { amount: '1' } } },
    ];
    // Operations that take an empty input do what they say; they are not asked here.
    const askable = (kind: 'query' | 'command') =>
      (Object.keys(archiveContract) as ArchiveOperationName[]).filter((name) => {
        const operation: Operation = archiveContract[name];
        return (
          operation.kind === kind &&
          operation.sessions.includes('desk') &&
          operation.roles.includes('keeper') &&
          !operation.input.safeParse({}).success
        );
      });
    const names = askable('query');
    const commands = askable('command');
    const state = async () =>
      JSON.stringify([
        await desk.dispatch('customers.list', {}),
        await desk.dispatch('dossiers.list', {}),
        await desk.dispatch('users.list', {}),
        await desk.dispatch('settings.get', {}),
        await desk.dispatch('loans.list', { state: 'all' }),
      ]);
    const before = await state();
    let rejected = 0;
    const total = 10_000;
    const heap = process.memoryUsage().heapUsed;
    const times: number[] = [];
    for (let count = 0; count < total; count += 1) {
      // A refused command is an entry of its own, and so a sync: one in thirty is enough of them.
      const from = count % 30 === 0 ? commands : names;
      const name = from[random.below(from.length)] ?? 'customers.get';
      // Half of them as they are, half of them grafted onto an input of the operation's own shape.
      const piece = odd[random.below(odd.length)];
      const input = count % 2 === 0 ? piece : grafted(name, piece, random);
      const began = performance.now();
      const answer = await desk.answer(name, input);
      times.push(performance.now() - began);
      const outcome = answer.ok ? 'ok' : answer.error.code;
      // What fits a schema by chance finds nothing; everything else is refused before it reaches a service.
      if (!archiveContract[name].input.safeParse(input).success) expect(outcome, name).toBe('INPUT_INVALID');
      else expect(outcome, name).not.toBe('INTERNAL');
      if (outcome === 'INPUT_INVALID') rejected += 1;
    }
    expect(rejected).toBeGreaterThan(total * 0.8);
    expect(times.sort((a, b) => a - b)[total / 2]).toBeLessThan(5);
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(256 * 1024 * 1024);
    expect(await state()).toBe(before);
    expect((await desk.dispatch('audit.verify', { deep: false })).ok).toBe(true);
    expect(({} as { role?: string }).role).toBeUndefined();
  });
});

/** An object with the fields that the operation's schema names, each of them something else. */
function grafted(name: ArchiveOperationName, piece: unknown, random: ReturnType<typeof dice>): unknown {
  const { input } = archiveContract[name] as Operation;
  const shape = (input as { readonly shape?: Record<string, unknown> }).shape ?? {};
  const fields = Object.keys(shape);
  return Object.fromEntries(
    fields.map((field) => [field, random.below(3) === 0 ? piece : random.below(2) === 0 ? `x${random.below(9)}` : 1]),
  );
}

const DAMAGES = 150;

describe('R50 a damaged vault', () => {
  it(`R50 ${DAMAGES} random damages anywhere in the folder: opened and found by verify, or refused and left as it was`, async () => {
    const whole = join(folder, 'whole');
    const made = await openTestArchive({ directory: whole });
    const values = { registeredName: '甲公司' };
    const { number } = await made.dispatch('customers.create', { kind: 'enterprise', values });
    const paper = await made.dispatch('dossiers.addPaper', { customer: number, type: 'contract', title: '甲約' });
    const handed = await upload({ call: made.dispatch }, 'a.pdf', tinyPdf('甲'), 'scan');
    await made.dispatch('scans.attach', { upload: handed, code: paper.code });
    await made.close();
    const random = dice(50);
    const outcomes: Record<string, number> = {};
    for (let round = 0; round < DAMAGES; round += 1) {
      const harmed = join(folder, 'harmed');
      rmSync(harmed, { recursive: true, force: true });
      cpSync(whole, harmed, { recursive: true });
      const files = filesOf(harmed).filter((path) => readFileSync(path).length > 0);
      // Half of them in the database, the rest anywhere.
      const path = round % 2 === 0 ? join(harmed, 'archive.db') : (files[random.below(files.length)] ?? '');
      harmFile(path, random);
      const before = fingerprint(harmed);
      const opened = await openTestArchive({ directory: harmed, start: 'empty' });
      const { login, secret } = TEST_KEEPER;
      const answer = await opened.answer('archive.unlock', { directory: harmed, login, secret });
      const what = `round ${round}: ${relative(harmed, path)}`;
      if (answer.ok) {
        const verified = await opened.answer('audit.verify', { deep: true });
        expect(verified.ok || verified.error.code !== 'INTERNAL', what).toBe(true);
        const ok = verified.ok && (verified.output as { ok: boolean }).ok;
        outcomes[ok ? 'whole' : 'found'] = (outcomes[ok ? 'whole' : 'found'] ?? 0) + 1;
        if (path.endsWith('archive.db')) expect(ok, what).toBe(false);
      } else {
        outcomes[answer.error.code] = (outcomes[answer.error.code] ?? 0) + 1;
        expect(answer.error.code, what).toMatch(/^(VAULT_|FORMAT_NEWER|SECRET_|INTEGRITY|AUDIT_UNAVAILABLE)/);
        expect(fingerprint(harmed), what).toEqual(before);
      }
      await opened.close().catch(() => undefined);
    }
    expect(outcomes.VAULT_DAMAGED).toBeGreaterThan(50);
    expect(outcomes.found).toBeGreaterThan(20);
  });
});

/** Without the counter of attempts and what is kept of them, the only files a failed unlock may write. */
function fingerprint(directory: string): Record<string, string> {
  const { 'attempts.json': _counter, 'outer.log': _kept, ...others } = hashTree(directory);
  return others;
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

/** One to twenty bytes changed, or the end cut off. */
function harmFile(path: string, random: { below(limit: number): number }): void {
  const bytes = readFileSync(path);
  if (random.below(6) === 0) {
    truncateSync(path, random.below(bytes.length));
    return;
  }
  for (let count = 0; count <= random.below(20); count += 1) {
    const at = random.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 + random.below(255));
  }
  writeFileSync(path, bytes);
}
