import { expect, test } from 'vitest';
import {
  checkpointCode,
  checkpointText,
  cosignCheckpoint,
  groupedCode,
  openCheckpoint,
  originOf,
  parseCheckpointText,
  readCode,
  signCheckpoint,
} from '../../electron/audit/checkpoints.ts';
import { verifierKey } from '../../electron/platform/signed-note.ts';
import { dice, keeper, supervisor } from '../support/store-scratch.ts';

const checkpoint = {
  origin: 'archive.example/0123456789abcdef',
  size: 2,
  root: Buffer.from('XEhzbwGIgo1qxIkstsHHEjPBgv7i1hAHTboOoxwj+Eo=', 'base64').toString('hex'),
};

test('§10 vectors: checkpoint text, signature line and verifier key', () => {
  expect(checkpointText(checkpoint)).toBe(
    'archive.example/0123456789abcdef\n2\nXEhzbwGIgo1qxIkstsHHEjPBgv7i1hAHTboOoxwj+Eo=\n',
  );
  expect(signCheckpoint(checkpoint, keeper)).toBe(
    `${checkpointText(checkpoint)}\n— archive.example/0123456789abcdef 8GjT5vieYnWZECnj8UTHXm66HyYja6c7jm1UVIpMQMS4lfjN80gEb7Z1HX6tibKTr29LL0tPng/aLl6JnlOsjbQTsw8=\n`,
  );
  expect(verifierKey(checkpoint.origin, keeper.publicKey)).toBe(
    'archive.example/0123456789abcdef+f068d3e6+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea',
  );
});

test('R40 a checkpoint opens under the log key alone, and any changed character closes it', () => {
  const note = signCheckpoint(checkpoint, keeper);
  expect(openCheckpoint(note, keeper.publicKey)?.checkpoint).toEqual(checkpoint);
  expect(openCheckpoint(note, supervisor.publicKey)).toBeUndefined();
  const bytes = Buffer.from(note, 'utf8');
  const random = dice(40);
  for (let round = 0; round < 200; round++) {
    const forged = Buffer.from(bytes);
    const at = random.below(forged.length);
    forged.writeUInt8(forged.readUInt8(at) ^ (1 << random.below(7)), at);
    expect(openCheckpoint(forged.toString('utf8'), keeper.publicKey), `byte ${at}`).toBeUndefined();
  }
  for (const text of [
    '',
    '\n',
    'a\n-1\nAA==\n',
    `${checkpointText(checkpoint)}extension\n`,
    checkpointText(checkpoint).replace('\n2\n', '\n02\n'),
  ]) {
    expect(parseCheckpointText(text), JSON.stringify(text)).toBeUndefined();
  }
});

test('R39 a second person signs with the time; only lines that hold are reported', () => {
  const now = new Date('2026-01-05T08:00:00.000Z');
  const note = cosignCheckpoint(signCheckpoint(checkpoint, keeper), 'chen', supervisor, now);
  const keysOf = (name: string) => (name === 'chen' ? [keeper.publicKey, supervisor.publicKey] : []);
  expect(openCheckpoint(note, keeper.publicKey, keysOf)?.cosignatures).toEqual([
    { name: 'chen', time: '2026-01-05T08:00:00.000Z' },
  ]);
  expect(openCheckpoint(note, keeper.publicKey, () => [keeper.publicKey])?.cosignatures).toEqual([]);
  expect(openCheckpoint(note, keeper.publicKey)?.checkpoint).toEqual(checkpoint);
  const [head, line = ''] = [note.slice(0, note.lastIndexOf('— chen')), note.slice(note.lastIndexOf('— chen'))];
  const blob = Buffer.from(line.trim().split(' ')[2]!, 'base64');
  blob.writeUInt8(blob.readUInt8(11) ^ 1, 11);
  expect(openCheckpoint(`${head}— chen ${blob.toString('base64')}\n`, keeper.publicKey, keysOf)?.cosignatures).toEqual(
    [],
  );
});

test('R39 the code on paper: 25 characters without look-alikes, read back as people type it', () => {
  const code = checkpointCode(checkpoint);
  expect(code).toBe('X9XFWXCG2MSW2KQG93BB8QDVZ');
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{25}$/);
  expect(groupedCode(code)).toBe('X9XFW-XCG2M-SW2KQ-G93BB-8QDVZ');
  expect(readCode(` ${groupedCode(code).toLowerCase()} `)).toBe(code);
  expect(readCode(groupedCode('O1I0L'.padEnd(25, '0')))).toBe('01101'.padEnd(25, '0'));
  expect(readCode(code.slice(1))).toBeUndefined();
  expect(readCode(code.replace('Z', 'U'))).toBeUndefined();
  expect(checkpointCode({ ...checkpoint, size: 3 })).not.toBe(code);
});

test('an institution named with blanks and plus signs still gives a usable origin', () => {
  const origin = originOf('大成 貿易+有限公司', '0123456789abcdef');
  expect(origin).toBe('大成-貿易-有限公司/0123456789abcdef');
  const named = { ...checkpoint, origin };
  expect(openCheckpoint(signCheckpoint(named, keeper), keeper.publicKey)?.checkpoint).toEqual(named);
});
