import { expect, test } from 'vitest';
import type { AuditLog } from '../../electron/audit/audit-log.ts';
import { LogHasher } from '../../electron/audit/chain.ts';
import { SEGMENT } from '../../electron/audit/log-blocks.ts';
import { segmentsApart } from '../../electron/audit/segments-apart.ts';
import type { KnownRoot } from '../../electron/audit/verify.ts';
import type { Signer } from '../../electron/platform/signer.ts';
import { signerFromSeed } from '../../electron/platform/signer.ts';
import {
  committed,
  dice,
  freshDatabase,
  handClock,
  KEY,
  keeper,
  logOf,
  publicKeyOf,
  supervisor,
} from '../support/store-scratch.ts';
import { edited, type Intruder, intruderAt, resign } from '../support/tampering.ts';

function tamperedLog(
  size: number,
  signerOf: (seq: number) => Signer = () => keeper,
): { log: AuditLog; intruder: Intruder; path: string } {
  const { path, database } = freshDatabase();
  const clock = handClock();
  const log = logOf(database, clock);
  committed(database, () => {
    for (let seq = 0; seq < size; seq++) {
      clock.advance(1);
      log.append(
        { actor: 'wang', role: 'keeper', type: 'customer.view', obj: `customer:E${seq}`, outcome: 'ok', data: { seq } },
        signerOf(seq),
      );
    }
  });
  return { log, intruder: intruderAt(path), path };
}

const firstBad = async (log: AuditLog, anchors?: readonly KnownRoot[]) =>
  (await log.verify({ publicKeyOf, ...(anchors === undefined ? {} : { anchors }) })).firstBad;

test('R30 a flipped bit anywhere in a log of 2,000 entries: that entry is named, for every column', async () => {
  const size = 2000;
  const { log, intruder } = tamperedLog(size);
  const random = dice(30);
  const flip = (bytes: Buffer) => {
    const changed = Buffer.from(bytes);
    const at = random.below(changed.length);
    changed.writeUInt8(changed.readUInt8(at) ^ (1 << random.below(8)), at);
    return changed;
  };
  for (let round = 0; round < 200; round++) {
    const column = (['bytes', 'chain', 'seq', 'bytes', 'sig'] as const)[round % 5]!;
    const original = intruder.row(random.below(size));
    const { seq } = original;
    let kind: string;
    if (column === 'seq') {
      kind = 'gap';
      intruder.run('UPDATE audit_log SET seq = ? WHERE seq = ?', random.below(2) === 0 ? seq + 2048 : -seq - 1, seq);
    } else {
      kind = column === 'sig' ? 'signature' : 'hash';
      intruder.run(`UPDATE audit_log SET ${column} = ? WHERE seq = ?`, flip(original[column]), seq);
    }
    // Signatures cost 0.1 ms each: they are checked where they are what was changed, and in some of the other rounds.
    const signatures = column === 'sig' || round % 16 === 0;
    const result = await log.verify({ publicKeyOf, signatures });
    expect(result.firstBad, `round ${round}, ${column} of ${seq}`).toEqual({ seq, kind });
    intruder.run('DELETE FROM audit_log WHERE seq IN (?, ?, ?)', seq, seq + 2048, -seq - 1);
    intruder.put(original);
  }
  expect(await firstBad(log)).toBeUndefined();
});

test('R30 R35 verified in segments side by side, the same is found: whole, forged anywhere, against anchors, cut off', async () => {
  const size = 3 * SEGMENT + 700;
  const { log, intruder, path } = tamperedLog(size);
  const random = dice(35);
  let judged = 0;
  const both = async (anchors: readonly KnownRoot[], key = KEY) => {
    const options = { publicKeyOf, signatures: false, anchors } as const;
    const here = await log.verify(options);
    const apart = await log.verify({
      ...options,
      segmentsOf: (stretch) => {
        const source = segmentsApart(path, key, stretch, 1);
        if (source === undefined) return undefined;
        const verdict = async (start: number) => {
          const given = await source.verdict(start);
          if (given !== undefined) judged += 1;
          return given;
        };
        return { ...source, verdict };
      },
    });
    expect(apart).toEqual(here);
    return apart;
  };
  // Roots in the first segment, at an edge, inside one, inside the last and at the end.
  const hasher = new LogHasher();
  const anchors: KnownRoot[] = [];
  for (let seq = 0; seq < size; seq += 1) {
    hasher.push(intruder.row(seq).bytes);
    if ([100, 2 * SEGMENT, 3 * SEGMENT + 5, size].includes(seq + 1))
      anchors.push({ size: seq + 1, root: hasher.root().toString('hex') });
  }
  expect(await both(anchors)).toMatchObject({ ok: true, entries: size });
  expect(judged).toBe(3);
  for (let round = 0; round < 4; round += 1) {
    const column = round % 2 === 0 ? 'chain' : 'bytes';
    const original = intruder.row(random.below(size));
    const changed = Buffer.from(original[column]);
    const at = random.below(changed.length);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    intruder.run(`UPDATE audit_log SET ${column} = ? WHERE seq = ?`, changed, original.seq);
    expect((await both(anchors)).firstBad).toEqual({ seq: original.seq, kind: 'hash' });
    intruder.run(`UPDATE audit_log SET ${column} = ? WHERE seq = ?`, original[column], original.seq);
  }
  for (const [index, anchor] of anchors.entries()) {
    const other = { ...anchor, root: '0'.repeat(64) };
    expect((await both(anchors.with(index, other))).firstBad).toEqual({
      seq: anchors[index - 1]?.size ?? 0,
      kind: 'fork',
    });
  }
  expect((await both([{ size: size + 1, root: '0'.repeat(64) }])).firstBad?.kind).toBe('truncation');
  // Threads that cannot read it give no verdict, and it is walked here.
  judged = 0;
  expect(await both(anchors, Buffer.alloc(32, 9))).toMatchObject({ ok: true });
  expect(judged).toBe(0);
  intruder.run('DELETE FROM audit_log WHERE seq >= ? AND seq < ?', SEGMENT, 2 * SEGMENT);
  expect((await both(anchors)).firstBad).toEqual({ seq: SEGMENT, kind: 'gap' });
});

test('R30 the bytes count as they stand: blanks or another order of the fields are found', async () => {
  const { log, intruder } = tamperedLog(20);
  const original = intruder.row(11);
  const fields = JSON.parse(original.bytes.toString());
  for (const text of [
    original.bytes.toString().replace('"v":1', '"v": 1'),
    JSON.stringify({ why: '', ...fields, v: 1 }),
    `${original.bytes} `,
  ]) {
    intruder.put({ ...original, bytes: Buffer.from(text) });
    expect(await firstBad(log)).toEqual({ seq: 11, kind: 'hash' });
    // Even chained and signed anew, it is not what the program writes.
    const before = intruder.rows();
    for (const row of resign(before, 11, keeper)) intruder.put(row);
    expect(await firstBad(log)).toEqual({ seq: 11, kind: 'hash' });
    for (const row of resign(before.with(11, original), 11, keeper)) intruder.put(row);
    expect(await firstBad(log)).toBeUndefined();
  }
});

test('R31 a deleted entry is a gap, a renumbered tail too', async () => {
  const { log, intruder } = tamperedLog(40);
  intruder.run('DELETE FROM audit_log WHERE seq = 17');
  expect(await firstBad(log)).toEqual({ seq: 17, kind: 'gap' });
  const renumbered = tamperedLog(40);
  renumbered.intruder.run('UPDATE audit_log SET seq = seq + 1000 WHERE seq >= 25');
  expect(await firstBad(renumbered.log)).toEqual({ seq: 25, kind: 'gap' });
  const closed = tamperedLog(40);
  closed.intruder.run('DELETE FROM audit_log WHERE seq = 17');
  closed.intruder.run('UPDATE audit_log SET seq = seq - 1001 WHERE seq > 17');
  closed.intruder.run('UPDATE audit_log SET seq = seq + 1000 WHERE seq < 0');
  expect(await firstBad(closed.log)).toEqual({ seq: 17, kind: 'order' });
  const below = tamperedLog(5);
  below.intruder.put({ ...below.intruder.row(2), seq: -4 });
  expect(await firstBad(below.log)).toEqual({ seq: -4, kind: 'order' });
});

test('R31 missing last entries are a truncation once an anchor knows them', async () => {
  const { log, intruder } = tamperedLog(40);
  const { size, root } = log.head();
  const anchors = [{ size, root }];
  expect(await firstBad(log, anchors)).toBeUndefined();
  intruder.run('DELETE FROM audit_log WHERE seq >= 30');
  expect(await firstBad(log)).toBeUndefined();
  expect(await firstBad(log, anchors)).toEqual({ seq: 30, kind: 'truncation' });
  intruder.run('DELETE FROM audit_log');
  expect(await firstBad(log, anchors)).toEqual({ seq: 0, kind: 'truncation' });
});

test('R31 exchanged, duplicated and re-inserted entries are out of order', async () => {
  const exchanged = tamperedLog(40);
  const [tenth, twentieth] = [exchanged.intruder.row(10), exchanged.intruder.row(20)];
  exchanged.intruder.put({ ...tenth, seq: 20 });
  exchanged.intruder.put({ ...twentieth, seq: 10 });
  expect(await firstBad(exchanged.log)).toEqual({ seq: 10, kind: 'order' });
  expect((await exchanged.log.verify({ publicKeyOf, signatures: false })).firstBad).toEqual({ seq: 10, kind: 'order' });

  const duplicated = tamperedLog(40);
  duplicated.intruder.put({ ...duplicated.intruder.row(10), seq: 40 });
  expect(await firstBad(duplicated.log)).toEqual({ seq: 40, kind: 'order' });

  const replaced = tamperedLog(40);
  replaced.intruder.put({ ...replaced.intruder.row(10), seq: 12 });
  expect(await firstBad(replaced.log)).toEqual({ seq: 12, kind: 'order' });
});

test('R31 a changed or slipped-in entry: hash, signature or unknown key, by how far the forger went', async () => {
  const obj = (text: string) => text.replace('customer:E15', 'customer:E99');
  const forged = () => {
    const { log, intruder } = tamperedLog(40);
    const rows = intruder.rows();
    return { log, intruder, rows: rows.with(15, { ...rows[15]!, bytes: edited(rows[15]!.bytes, obj) }) };
  };
  const careless = forged();
  careless.intruder.put(careless.rows[15]!);
  expect(await firstBad(careless.log)).toEqual({ seq: 15, kind: 'hash' });

  const rechained = forged();
  const other = signerFromSeed(Buffer.alloc(32, 99));
  for (const row of resign(rechained.rows, 15, other)) rechained.intruder.put(row);
  expect((await rechained.log.verify({ publicKeyOf, signatures: false })).ok).toBe(true);
  expect(await firstBad(rechained.log)).toEqual({ seq: 15, kind: 'signature' });

  const stranger = forged();
  const named = stranger.rows.with(15, {
    ...stranger.rows[15]!,
    bytes: edited(stranger.rows[15]!.bytes, (text) => text.replace(keeper.keyId, other.keyId)),
  });
  for (const row of resign(named, 15, other)) stranger.intruder.put(row);
  expect(await firstBad(stranger.log)).toEqual({ seq: 15, kind: 'unknown key' });
});

test('R32 a rewrite with the keeper key stops at the last entry of another person, or at an anchor', async () => {
  const bySupervisor = (seq: number) => (seq === 25 ? supervisor : keeper);
  const rewrite = (from: number) => {
    const { log, intruder } = tamperedLog(40, bySupervisor);
    const anchor = { size: log.head().size, root: log.head().root };
    const rows = intruder.rows();
    const changed = rows.with(from, {
      ...rows[from]!,
      bytes: edited(rows[from]!.bytes, (text) => text.replace(`:E${from}`, ':E0')),
    });
    for (const row of resign(changed, from, keeper)) intruder.put(row);
    return { log, anchor };
  };
  expect(await firstBad(rewrite(10).log)).toEqual({ seq: 25, kind: 'signature' });
  const tail = rewrite(30);
  expect(await firstBad(tail.log)).toBeUndefined();
  const half = { size: 28, root: '' };
  const early = tamperedLog(28, bySupervisor);
  half.root = early.log.head().root;
  expect(await firstBad(tail.log, [half])).toBeUndefined();
  expect(await firstBad(tail.log, [half, tail.anchor])).toEqual({ seq: 28, kind: 'fork' });
});

test('a log that no longer holds the place an anchor vouches for is not verified from there', async () => {
  const { log, intruder } = tamperedLog(40);
  const from = log.position();
  const rows = intruder.rows();
  const changed = rows.with(5, { ...rows[5]!, bytes: edited(rows[5]!.bytes, (text) => text.replace(':E5', ':E0')) });
  for (const row of resign(changed, 5, keeper)) intruder.put(row);
  expect((await log.verifyIncremental({ publicKeyOf, from })).firstBad).toEqual({ seq: 39, kind: 'fork' });
  intruder.run('DELETE FROM audit_log WHERE seq >= 30');
  expect((await log.verifyIncremental({ publicKeyOf, from })).firstBad).toEqual({ seq: 30, kind: 'truncation' });
});

test('what the log view filters by is never trusted: a changed index changes no verdict', async () => {
  const { log, intruder } = tamperedLog(10);
  intruder.run("UPDATE audit_index SET actor = 'li'");
  intruder.run('DELETE FROM audit_index WHERE seq > 5');
  expect(await firstBad(log)).toBeUndefined();
  expect(log.list({ limit: 3 }).entries.map((entry) => entry.actor)).toEqual(['wang', 'wang', 'wang']);
});
