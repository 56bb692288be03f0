import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { clockDoubt } from '../../electron/audit/clock-doubt.ts';
import { createLogView } from '../../electron/audit/log-view.ts';
import { createArchiveDatabase, openArchiveDatabase } from '../../electron/store/connection.ts';
import { BLOCK_BITS } from '../../electron/store/migrations/0760-audit-counts.ts';
import { explainedReader } from '../support/explained-reader.ts';
import {
  closing,
  codeOf,
  committed,
  freshDatabase,
  handClock,
  KEY,
  keeper,
  logOf,
  MIGRATIONS,
  publicKeyOf,
  scratchFolder,
  supervisor,
  systemKey,
} from '../support/store-scratch.ts';
import { intruderAt } from '../support/tampering.ts';

const view = (obj: string, why = '') => ({
  actor: 'wang',
  role: 'keeper',
  type: 'customer.view',
  obj,
  outcome: 'ok' as const,
  why,
});

test('R36 every entry says when, who, what, on what, how it ended and why', () => {
  const { database } = freshDatabase();
  const clock = handClock();
  const log = logOf(database, clock);
  clock.advance(1250);
  const { seq, chainHex } = committed(database, () =>
    log.append(
      { ...view('customer:E000001', 'before a visit'), outcome: 'refused', data: { fields: ['phone'], count: 2 } },
      keeper,
    ),
  );
  expect(seq).toBe(0);
  expect(log.entry(0)).toEqual({
    v: 1,
    seq: 0,
    ts: '2026-01-05T08:00:01.250Z',
    hwm: '2026-01-05T08:00:01.250Z',
    boot: 'boot-1',
    up: 1250,
    actor: 'wang',
    role: 'keeper',
    key: keeper.keyId,
    type: 'customer.view',
    obj: 'customer:E000001',
    outcome: 'refused',
    why: 'before a visit',
    app: '1.0.0',
    data: { fields: ['phone'], count: 2 },
  });
  expect(log.head()).toMatchObject({ size: 1, chain: chainHex });
  expect(log.chainAt(1)).toBe(chainHex);
});

test('R33 entry and change stand or fall together', () => {
  const { database } = freshDatabase();
  const log = logOf(database);
  const noteAndEntry = () => {
    database.writer.run("INSERT INTO note (body) VALUES ('x')");
    return log.append(view('note:1'));
  };
  expect(() => log.append(view('note:1'))).toThrow();
  committed(database, noteAndEntry);
  database.begin();
  expect(noteAndEntry().seq).toBe(1);
  expect(log.size()).toBe(1);
  database.rollback();
  // The number that was given up is given again: no gap.
  expect(committed(database, noteAndEntry).seq).toBe(1);
  expect(committed(database, () => [noteAndEntry().seq, noteAndEntry().seq])).toEqual([2, 3]);
  expect(log.head().size).toBe(4);
  expect(database.reader.get('SELECT count(*) AS n FROM note')).toEqual({ n: 4 });
});

test('R34 when the entry cannot be written the change does not happen', () => {
  const { path, database } = freshDatabase();
  const log = logOf(database);
  intruderAt(path).run("CREATE TRIGGER block BEFORE INSERT ON audit_log BEGIN SELECT RAISE(ABORT, 'blocked'); END");
  const act = () =>
    committed(database, () => {
      database.writer.run("INSERT INTO note (body) VALUES ('unlogged')");
      log.append(view('note:1'));
    });
  expect(codeOf(act)).toBe('AUDIT_UNAVAILABLE');
  expect(database.reader.all('SELECT * FROM note')).toEqual([]);
});

test('R34 when the end of the log is damaged nothing is added to it', () => {
  const { path, database } = freshDatabase();
  committed(database, () => logOf(database).append(view('a')));
  intruderAt(path).run("UPDATE audit_log SET bytes = x'00'");
  const log = logOf(database);
  expect(codeOf(() => committed(database, () => log.append(view('b'))))).toBe('AUDIT_UNAVAILABLE');
  expect(log.list({ limit: 10 }).entries[0]).toMatchObject({ seq: 0, outcome: 'damaged' });
});

function smallDisk(): string | undefined {
  const folder = join(scratchFolder(), 'disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}

test('R34 R45 full disk: a named error, nothing acknowledged lost, changes = entries, and work goes on when there is room', (context) => {
  const disk = smallDisk();
  if (disk === undefined) return context.skip('no permission to mount a small disk');
  const path = join(disk, 'archive.db');
  const database = closing(createArchiveDatabase({ path, key: KEY, migrations: MIGRATIONS }));
  const log = logOf(database);
  let acknowledged = 0;
  const write = (size: number) =>
    committed(database, () => {
      database.writer.run('INSERT INTO note (body) VALUES (?)', 'x'.repeat(size));
      log.append(view(`note:${acknowledged}`));
    });
  const failure = codeOf(() => {
    for (; acknowledged < 5000; acknowledged++) write(20_000);
  });
  expect(failure).toBe('NO_SPACE');
  expect(acknowledged).toBeGreaterThan(10);
  const counts = () => [log.size(), database.reader.get<{ n: number }>('SELECT count(*) AS n FROM note')?.n];
  expect(counts()).toEqual([acknowledged, acknowledged]);
  execFileSync('mount', ['-o', 'remount,size=32m', disk]);
  write(20_000);
  expect(counts()).toEqual([acknowledged + 1, acknowledged + 1]);
  database.close();
  const again = closing(openArchiveDatabase({ path, key: KEY, migrations: MIGRATIONS }));
  expect(again.integrityCheck()).toEqual([]);
  expect(logOf(again).size()).toBe(acknowledged + 1);
  again.close();
});

test('M11 entries cannot be changed, removed, replaced or slipped in', () => {
  const { database } = freshDatabase();
  const log = logOf(database);
  committed(database, () => [0, 1, 2].map((n) => log.append(view(`note:${n}`))));
  const row = 'zeroblob(10), zeroblob(32), zeroblob(64)';
  for (const sql of [
    'UPDATE audit_log SET seq = seq + 10',
    "UPDATE audit_log SET bytes = x'00' WHERE seq = 1",
    'DELETE FROM audit_log WHERE seq = 2',
    `INSERT OR REPLACE INTO audit_log VALUES (1, ${row})`,
    `REPLACE INTO audit_log VALUES (2, ${row})`,
    `INSERT INTO audit_log VALUES (9, ${row})`,
    `INSERT INTO audit_log VALUES (1, ${row}) ON CONFLICT DO UPDATE SET bytes = excluded.bytes`,
  ]) {
    expect(
      codeOf(() => committed(database, () => database.writer.run(sql))),
      sql,
    ).toMatch(/^SQLITE_CONSTRAINT/);
  }
  expect(log.size()).toBe(3);
});

test('the highest time ever seen stays when the clock is set back', () => {
  const { path, database } = freshDatabase();
  const clock = handClock('2026-03-01T08:00:00.000Z');
  committed(database, () => logOf(database, clock).append(view('a')));
  clock.set('2026-01-01T00:00:00.000Z');
  committed(database, () => logOf(database, clock).append(view('b')));
  expect(logOf(database).entry(1)).toMatchObject({ ts: '2026-01-01T00:00:00.000Z', hwm: '2026-03-01T08:00:00.000Z' });
  database.close();
  const again = closing(openArchiveDatabase({ path, key: KEY, migrations: MIGRATIONS }));
  expect(logOf(again).highWater()).toBe('2026-03-01T08:00:00.000Z');
});

test('R37 a clock set back by more than two minutes, or ahead by more than a day while running, is in doubt', () => {
  const startedAt = new Date('2026-03-01T08:00:00.000Z');
  const doubt = (now: string, upMs: number, highWater?: string) =>
    clockDoubt({ now: new Date(now), highWater, startedAt, upMs });
  expect(doubt('2026-03-01T08:01:00.000Z', 60_000)).toBeUndefined();
  expect(doubt('2026-03-01T08:00:00.000Z', 0, '2026-03-01T08:02:00.000Z')).toBeUndefined();
  expect(doubt('2026-03-01T08:00:00.000Z', 0, '2026-03-01T08:02:00.001Z')).toBe('back');
  expect(doubt('2026-03-02T08:01:00.000Z', 60_000)).toBeUndefined();
  expect(doubt('2026-03-02T08:01:00.001Z', 60_000)).toBe('forward');
});

test('the log view: newest first, by page, by type, family, actor, object and outcome', () => {
  const { database } = freshDatabase();
  const log = logOf(database);
  committed(database, () => {
    for (let n = 0; n < 30; n++) {
      log.append({
        actor: n % 2 === 0 ? 'wang' : 'li',
        role: 'keeper',
        type: ['loan.lend', 'loan.return', 'backup'][n % 3]!,
        obj: `customer:E${n % 5}`,
        outcome: n === 7 ? 'refused' : 'ok',
        why: 'weird\u202ename',
      });
    }
  });
  const seqs = (filter: Parameters<typeof log.list>[0]) => log.list(filter).entries.map((entry) => entry.seq);
  expect(seqs({ limit: 3 })).toEqual([29, 28, 27]);
  expect(seqs({ limit: 3, before: 27 })).toEqual([26, 25, 24]);
  expect(log.list({ limit: 3 }).total).toBe(30);
  expect(seqs({ limit: 3, type: 'loan.lend' })).toEqual([27, 24, 21]);
  expect(log.list({ limit: 3, type: 'loan' })).toMatchObject({ total: 20 });
  expect(seqs({ limit: 2, type: 'loan', before: 20 })).toEqual([19, 18]);
  expect(seqs({ limit: 9, type: 'backup', actor: 'li' })).toEqual([29, 23, 17, 11, 5]);
  expect(seqs({ limit: 9, obj: 'customer:E3', before: 20 })).toEqual([18, 13, 8, 3]);
  expect(seqs({ limit: 9, outcome: 'refused' })).toEqual([7]);
  expect(log.list({ limit: 1 }).entries[0]).toMatchObject({ why: 'weird⟨U+202E⟩name', data: '{}' });
});

test('the log view counts a log of many blocks as one who looks at every entry', () => {
  const { database } = freshDatabase();
  const clock = handClock();
  const log = logOf(database, clock);
  const written: {
    readonly seq: number;
    readonly type: string;
    readonly actor: string;
    readonly outcome: string;
    readonly at: string;
  }[] = [];
  const size = 2 ** BLOCK_BITS;
  committed(database, () => {
    for (let n = 0; n < 2 * size + 300; n += 1) {
      clock.advance(n % size === 5_000 ? 36 * 3_600_000 : 61_000);
      const type = ['loan.lend', 'loan', 'loan.return', 'loans.count', 'backup'][(n * 7) % 5]!;
      const actor = n % 3 === 0 ? 'li' : 'wang';
      const outcome = n % 101 === 0 ? ('refused' as const) : ('ok' as const);
      log.append({ actor, role: 'keeper', type, obj: `customer:E${n % 7}`, outcome });
      written.push({ seq: n, type, actor, outcome, at: clock.now().toISOString() });
    }
  });
  const totalOf = (filter: Omit<Parameters<typeof log.list>[0], 'limit'>) => {
    const fits = written.filter(
      ({ type, actor, outcome, at }) =>
        (filter.type === undefined ||
          type === filter.type ||
          (!filter.type.includes('.') && type.startsWith(`${filter.type}.`))) &&
        (filter.actor === undefined || actor === filter.actor) &&
        (filter.outcome === undefined || outcome === filter.outcome) &&
        (filter.since === undefined || at >= filter.since) &&
        (filter.until === undefined || at < filter.until),
    );
    const page = log.list({ limit: 3, ...filter });
    expect({ filter, total: page.total, newest: page.entries.map(({ seq }) => seq) }).toEqual({
      filter,
      total: fits.length,
      newest: fits
        .slice(-3)
        .toReversed()
        .map(({ seq }) => seq),
    });
  };
  const instants = [undefined, ...[10, 4_999, 8_191, 8_192, 12_000, 16_383, 16_400].map((n) => written[n]?.at)];
  for (const since of instants)
    for (const until of instants)
      for (const type of [undefined, 'loan', 'loan.lend'])
        for (const actor of [undefined, 'li'])
          for (const outcome of [undefined, 'ok', 'refused'] as const)
            totalOf({
              ...(since && { since }),
              ...(until && { until }),
              ...(type && { type }),
              ...(actor && { actor }),
              ...(outcome && { outcome }),
            });
  const days = database.reader.all('SELECT day, sum(entries) AS n FROM audit_day GROUP BY day');
  expect(days).toEqual(
    database.reader.all(
      `SELECT substr(at, 1, 10) AS day, count(*) AS n FROM audit_index WHERE seq < ${2 * size} GROUP BY 1`,
    ),
  );
  expect(days.length).toBeGreaterThan(10);
});

test('the log view goes along the index of what fewest entries have', () => {
  const { database } = freshDatabase();
  const { reader, statements } = explainedReader(database.reader);
  const view = createLogView(reader);
  const indexFor = (filter: Omit<Parameters<typeof view.list>[0], 'limit'>) => {
    statements.length = 0;
    view.list({ limit: 3, ...filter });
    const plans = statements.flatMap(({ steps }) => steps);
    // Only the rows of the page itself are put in order.
    const walk = plans.slice(0, plans.indexOf('SCAN wanted'));
    expect(walk).not.toEqual([]);
    expect(walk).not.toContainEqual(expect.stringMatching(/^SCAN audit_|^USE TEMP B-TREE/));
    return /USING (?:COVERING )?INDEX audit_index_(\w+)/.exec(plans.join('\n'))?.[1];
  };
  expect(indexFor({ type: 'loan.lend', outcome: 'ok' })).toBe('type');
  expect(indexFor({ type: 'loan', actor: 'li', outcome: 'ok' })).toBe('family');
  expect(indexFor({ type: 'loan.lend', outcome: 'refused' })).toBe('outcome');
  expect(indexFor({ actor: 'li', outcome: 'ok', since: '2026-01-01T00:00:00.000Z' })).toBe('actor');
  expect(indexFor({ obj: 'customer:E000001', type: 'loan' })).toBe('obj');
});

test('an entry for many records is found by each that it names', () => {
  const { database } = freshDatabase();
  const log = logOf(database);
  committed(database, () => {
    log.append(view('customer:E000001'));
    log.append({ ...view('loan:L1'), type: 'print', data: { numbers: ['E000001', 'E000002'] } });
    log.append({ ...view('customer:E000002'), data: { other: ['E000001'] } });
    log.append({ ...view('customer:E000001'), type: 'print', data: { numbers: ['E000001', 'E000001'] } });
  });
  const page = log.list({ limit: 9, obj: 'customer:E000001' });
  expect({ total: page.total, seqs: page.entries.map(({ seq }) => seq) }).toEqual({ total: 3, seqs: [3, 1, 0] });
  expect(log.list({ limit: 9, obj: 'customer:E000002', type: 'print' }).entries.map(({ seq }) => seq)).toEqual([1]);
});

test('a whole log verifies, with and without signatures, from the start and from a kept position', async () => {
  const { database } = freshDatabase();
  const log = logOf(database);
  committed(database, () => {
    for (let n = 0; n < 500; n++)
      log.append(view(`note:${n}`), n === 400 ? supervisor : n % 7 === 0 ? systemKey : keeper);
  });
  const position = log.position();
  committed(database, () => {
    for (let n = 0; n < 50; n++) log.append(view(`note:${n}`), keeper);
  });
  const progress: number[] = [];
  const whole = await log.verify({ publicKeyOf, onProgress: (done) => progress.push(done) });
  expect(whole).toMatchObject({ ok: true, entries: 550, head: { ...log.head(), root: log.head().root } });
  expect(whole.lastSignedBy).toEqual({ [supervisor.keyId]: 400, [keeper.keyId]: 549, [systemKey.keyId]: 497 });
  expect(progress.at(-1)).toBe(550);
  expect(await log.verify({ publicKeyOf, signatures: false })).toMatchObject({
    ok: true,
    head: { root: log.head().root },
  });
  const rest = await log.verifyIncremental({ publicKeyOf, from: position });
  expect(rest).toMatchObject({ ok: true, entries: 550, head: { root: log.head().root } });
  expect(rest.lastSignedBy).toEqual({ [keeper.keyId]: 549 });
  expect(await log.verifyIncremental({ publicKeyOf, from: undefined })).toMatchObject({ ok: true });
});

test('verifying can be cancelled and lets other work run meanwhile', async () => {
  const { database } = freshDatabase();
  const log = logOf(database);
  committed(database, () => {
    for (let n = 0; n < 600; n++) log.append(view(`note:${n}`));
  });
  const stop = new AbortController();
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 0);
  await log.verify({ publicKeyOf });
  clearInterval(counting);
  expect(turns).toBeGreaterThan(0);
  const verifying = log.verify({ publicKeyOf, signal: stop.signal, onProgress: () => stop.abort() });
  await expect(verifying).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('an empty log verifies', async () => {
  const { database } = freshDatabase();
  const log = logOf(database);
  expect(log.head()).toMatchObject({ size: 0, chain: '0'.repeat(64) });
  expect(await log.verify({ publicKeyOf })).toMatchObject({ ok: true, entries: 0 });
});
