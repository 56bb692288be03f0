import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAnchorLedger } from '../../electron/audit/anchor-ledger.ts';
import type { AuditLog } from '../../electron/audit/audit-log.ts';
import type { ArchiveDatabase } from '../../electron/store/connection.ts';
import {
  committed,
  freshDatabase,
  handClock,
  keeper,
  logOf,
  publicKeyOf,
  scratchFolder,
  systemKey,
} from '../support/store-scratch.ts';
import { edited, intruderAt, resign } from '../support/tampering.ts';

function anchored() {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'vault'));
  const { path, database } = freshDatabase(join(folder, 'vault'));
  const clock = handClock();
  const log = logOf(database, clock);
  const paths = [join(folder, 'vault', 'anchors.log'), join(folder, 'elsewhere', 'anchors.log')] as const;
  const ledgerFor = (key = { epoch: 1, key: Buffer.alloc(32, 7) }, forLog: AuditLog = log) =>
    createAnchorLedger({
      paths,
      key,
      origin: 'institution/0123456789abcdef',
      log: forLog,
      logSigner: systemKey,
      clock,
    });
  const write = (entries: number) => writeEntries(database, log, entries);
  return { path, database, clock, log, paths, ledger: ledgerFor(), ledgerFor, write };
}

function writeEntries(database: ArchiveDatabase, log: AuditLog, entries: number) {
  committed(database, () => {
    for (let n = 0; n < entries; n++) {
      log.append(
        { actor: 'wang', role: 'keeper', type: 'customer.view', obj: `customer:E${n}`, outcome: 'ok' },
        keeper,
      );
    }
  });
}

const codeAndParams = async (promise: Promise<unknown>) => {
  try {
    await promise;
    return undefined;
  } catch (thrown) {
    const { code, params } = thrown as { code: string; params: object };
    return { code, params };
  }
};

test('R39 a checkpoint goes to both files and says from where to verify at the next unlock', async () => {
  const { log, ledger, paths, write } = anchored();
  expect(await ledger.judge()).toMatchObject({ from: undefined, unanchored: 0, roots: [] });
  write(10);
  const made = await ledger.checkpoint();
  expect(made).toMatchObject({ size: 10, root: log.head().root, copies: [{ state: 'whole' }, { state: 'whole' }] });
  expect(readFileSync(paths[0], 'utf8')).toBe(readFileSync(paths[1], 'utf8'));
  write(5);
  const judged = await ledger.judge();
  expect(judged).toMatchObject({
    unanchored: 5,
    roots: [{ size: 10, root: made.root }],
    lastAnchoredAt: '2026-01-05T08:00:00.000Z',
  });
  expect(await log.verifyIncremental({ publicKeyOf, from: judged.from })).toMatchObject({ ok: true, entries: 15 });
  expect(await log.verify({ publicKeyOf, anchors: judged.roots })).toMatchObject({ ok: true });
});

test('R57 files of an older vault put back are reported with both sizes and times', async () => {
  const { path, ledger, write, clock, paths } = anchored();
  write(10);
  await ledger.checkpoint();
  const olderAnchors = readFileSync(paths[0]);
  clock.advance(3_600_000);
  write(20);
  await ledger.checkpoint();
  // The vault folder as it was an hour ago; the copy elsewhere remembers.
  intruderAt(path).run('DELETE FROM audit_log WHERE seq >= 10');
  writeFileSync(paths[0], olderAnchors);
  expect(await codeAndParams(ledger.judge())).toEqual({
    code: 'INTEGRITY',
    params: {
      kind: 'truncation',
      logSize: 10,
      logTime: '2026-01-05T08:00:00.000Z',
      anchorSize: 30,
      anchorTime: '2026-01-05T09:00:00.000Z',
    },
  });
});

test('R57 a log of the right length with another history is reported as a fork', async () => {
  const { path, ledger, write } = anchored();
  write(10);
  await ledger.checkpoint();
  const intruder = intruderAt(path);
  const rows = intruder.rows();
  const changed = rows.with(4, { ...rows[4]!, bytes: edited(rows[4]!.bytes, (text) => text.replace(':E4', ':E0')) });
  for (const row of resign(changed, 4, keeper)) intruder.put(row);
  expect(await codeAndParams(ledger.judge())).toMatchObject({
    code: 'INTEGRITY',
    params: { kind: 'fork', logSize: 10, anchorSize: 10 },
  });
});

test('R46 a record cut short by a power failure is passed over, and the next one heals the file', async () => {
  const { ledger, write, paths } = anchored();
  write(3);
  await ledger.checkpoint();
  write(3);
  await ledger.checkpoint();
  const whole = readFileSync(paths[0]);
  const firstLine = whole.indexOf(0x0a) + 1;
  for (const cut of [whole.length - 1, whole.length - 20, firstLine + 15, firstLine]) {
    writeFileSync(paths[0], whole.subarray(0, cut));
    const judged = await ledger.judge();
    expect(
      judged.roots.map(({ size }) => size),
      `cut at ${cut}`,
    ).toEqual([3, 6]);
    expect(['torn', 'behind', 'whole'], `cut at ${cut}`).toContain(judged.copies[0]?.state);
  }
  writeFileSync(paths[0], whole.subarray(0, whole.length - 20));
  write(1);
  expect((await ledger.checkpoint()).copies.map(({ state }) => state)).toEqual(['whole', 'whole']);
  // The copy elsewhere alone would do as well.
  rmSync(paths[1]);
  const judged = await ledger.judge();
  expect(judged.roots.map(({ size }) => size)).toEqual([3, 6, 7]);
  expect(judged.copies.map(({ state }) => state)).toEqual(['torn', 'missing']);
  await ledger.checkpoint();
  expect(existsSync(paths[1])).toBe(true);
  expect((await ledger.judge()).roots.length).toBe(4);
});

test('a changed, removed or foreign record in one file is reported; the other file decides', async () => {
  const { ledger, write, paths } = anchored();
  for (let round = 0; round < 3; round++) {
    write(2);
    await ledger.checkpoint();
  }
  const whole = readFileSync(paths[0], 'utf8');
  const lines = whole.trimEnd().split('\n');
  const damages: Record<string, string> = {
    changed: whole.replace('"ts":"2026', '"ts":"2027'),
    'middle removed': `${[lines[0], lines[2]].join('\n')}\n`,
    'first removed': `${lines.slice(1).join('\n')}\n`,
    exchanged: `${[lines[1], lines[0], lines[2]].join('\n')}\n`,
    'duplicated line': `${[...lines, lines[2]].join('\n')}\n`,
    'foreign text': `${whole}hello\n`,
  };
  for (const [name, text] of Object.entries(damages)) {
    writeFileSync(paths[0], text);
    const judged = await ledger.judge();
    expect(
      judged.copies.map(({ state }) => state),
      name,
    ).toEqual(['damaged', 'whole']);
    expect(judged.roots.length, name).toBe(3);
  }
  // One damaged and the other gone, or cut back: not "no anchors yet".
  writeFileSync(paths[0], `${whole}hello\n`);
  for (const rest of [undefined, '', `${lines[0]}\n`]) {
    if (rest === undefined) rmSync(paths[1]);
    else writeFileSync(paths[1], rest);
    expect(await codeAndParams(ledger.judge())).toMatchObject({ code: 'INTEGRITY', params: { kind: 'anchors' } });
  }
  // Both gone bad: nothing vouches for the log any more.
  writeFileSync(paths[1], damages.changed!);
  expect(await codeAndParams(ledger.judge())).toMatchObject({ code: 'INTEGRITY', params: { kind: 'anchors' } });
});

test('records made without the anchor key count for nothing', async () => {
  const { ledger, ledgerFor, write, paths } = anchored();
  write(2);
  await ledgerFor({ epoch: 1, key: Buffer.alloc(32, 8) }).checkpoint();
  expect(await codeAndParams(ledger.judge())).toMatchObject({ code: 'INTEGRITY' });
  rmSync(paths[0]);
  rmSync(paths[1]);
  await ledger.checkpoint();
  expect((await ledger.judge()).roots.length).toBe(1);
});

test('after a new vault key the earlier records are vouched for by the first new one', async () => {
  const { ledger, ledgerFor, write } = anchored();
  write(2);
  await ledger.checkpoint();
  const next = ledgerFor({ epoch: 2, key: Buffer.alloc(32, 9) });
  write(2);
  await next.checkpoint();
  expect((await next.judge()).roots.map(({ size }) => size)).toEqual([2, 4]);
  // Nothing of an earlier epoch can be added behind them.
  await expect(ledger.checkpoint()).rejects.toMatchObject({ code: 'INTEGRITY' });
});

test('R56 after a restore the record of it counts, earlier ones of longer logs no longer', async () => {
  const before = anchored();
  before.write(20);
  await before.ledger.checkpoint();
  const restored = freshDatabase();
  const log = logOf(restored.database, before.clock);
  writeEntries(restored.database, log, 5);
  const ledger = before.ledgerFor(undefined, log);
  expect(await codeAndParams(ledger.judge())).toMatchObject({
    params: { kind: 'truncation', anchorSize: 20, logSize: 5 },
  });
  await ledger.checkpoint('restore');
  expect(await ledger.judge()).toMatchObject({ unanchored: 0, roots: [{ size: 5 }] });
});

test('a copy that cannot be reached is reported and does not stop the other', async () => {
  const { ledger, write, paths } = anchored();
  write(2);
  writeFileSync(join(paths[1], '..'), 'a file where the folder should be');
  expect((await ledger.checkpoint()).copies.map(({ state }) => state)).toEqual(['whole', 'unreachable']);
  expect((await ledger.judge()).copies.map(({ state }) => state)).toEqual(['whole', 'unreachable']);
});

test('unfinished text at the end that is no beginning of a record is damage, not a power failure', async () => {
  const { ledger, write, paths } = anchored();
  write(2);
  await ledger.checkpoint();
  appendFileSync(paths[0], 'garbage');
  expect((await ledger.judge()).copies.map(({ state }) => state)).toEqual(['damaged', 'whole']);
});
