import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CHAIN_START,
  LogHasher,
  leafHash,
  nextChain,
  rootOfPosition,
  signedMessage,
} from '../../electron/audit/chain.ts';
import { type AuditEntry, entryBytes, parseEntry } from '../../electron/audit/entry.ts';
import { ed25519Implementation, verifierOf } from '../../electron/platform/signer.ts';
import { keeper } from '../support/store-scratch.ts';

const entry0: AuditEntry = {
  v: 1,
  seq: 0,
  ts: '2026-01-05T08:00:00.000Z',
  hwm: '2026-01-05T08:00:00.000Z',
  boot: '00000000-0000-4000-8000-000000000001',
  up: 0,
  actor: 'u-admin',
  role: 'administrator',
  key: keeper.keyId,
  type: 'vault.genesis',
  obj: 'vault:0123456789abcdef0123456789abcdef',
  outcome: 'ok',
  why: '',
  app: '1.0.0',
  data: {},
};
const entry1: AuditEntry = {
  ...entry0,
  seq: 1,
  ts: '2026-01-05T08:00:01.250Z',
  hwm: '2026-01-05T08:00:01.250Z',
  up: 1250,
  actor: 'u-keeper',
  role: 'keeper',
  type: 'record.view',
  obj: 'record:A-000123',
  why: 'request 44/2026',
  data: { fields: ['title', 'shelf'] },
};

test('§10 vectors: bytes, leaf, chain and signature of two entries', () => {
  const bytes0 = entryBytes(entry0);
  const bytes1 = entryBytes(entry1);
  expect(bytes0.length).toBe(317);
  expect(bytes1.length).toBe(330);
  expect(bytes1.toString()).toBe(
    '{"actor":"u-keeper","app":"1.0.0","boot":"00000000-0000-4000-8000-000000000001","data":{"fields":["title","shelf"]},' +
      '"hwm":"2026-01-05T08:00:01.250Z","key":"d75a980182b10ab7","obj":"record:A-000123","outcome":"ok","role":"keeper","seq":1,' +
      '"ts":"2026-01-05T08:00:01.250Z","type":"record.view","up":1250,"v":1,"why":"request 44/2026"}',
  );
  expect(leafHash(bytes0).toString('hex')).toBe('24ada7289f5dfb325a150f6c4f1c93ae8e523727c6c1958a4d5bce6d7afe5cef');
  expect(leafHash(bytes1).toString('hex')).toBe('039d49c13784d53fe2117de1a5e779f77d57cf4aa7406f6372f8d577bf84635f');
  const chain0 = nextChain(CHAIN_START, bytes0);
  const chain1 = nextChain(chain0, bytes1);
  expect(chain0.toString('hex')).toBe('a8cc3b06ba9b3d1568da1d741fdca290d05125d552a279ecb11056cb23bab3c0');
  expect(chain1.toString('hex')).toBe('94258f22dbbd781f2808548a8d644d83077241d3fe7b2ddb4cf1abe84fa52a27');
  expect(keeper.sign(signedMessage(chain0)).toString('hex')).toBe(
    'd1c336ccd4a9fb7aad565f2929472d9fb55e8870ecd83e86f57450c54d3fc5906d23e00ad6a2b24f0536e2be162a52eef7b643eb50a779a631deb5fe8f576808',
  );
  expect(keeper.sign(signedMessage(chain1)).toString('hex')).toBe(
    'd7d59168de75f48756656b88c0f13b68e5c472eff1c7cc9b9fae30544ead0ac219d443e26d887c134695eafdca37a7847529fba37f075e1109462f31771b9c0a',
  );
  const hasher = new LogHasher();
  hasher.push(bytes0);
  hasher.push(bytes1);
  expect(hasher.root().toString('base64')).toBe('XEhzbwGIgo1qxIkstsHHEjPBgv7i1hAHTboOoxwj+Eo=');
});

test('Ed25519 is the native one here and refuses what is malformed', () => {
  expect(ed25519Implementation()).toBe('native');
  const verify = verifierOf(keeper.publicKey);
  const message = Buffer.from('message');
  const signature = keeper.sign(message);
  expect(verify(message, signature)).toBe(true);
  expect(verify(Buffer.from('massage'), signature)).toBe(false);
  expect(verify(message, signature.subarray(1))).toBe(false);
  expect(verifierOf(Buffer.alloc(31))(message, signature)).toBe(false);
});

/** RFC 6962 as its text has it: split at the largest power of two below the size. */
function plainRoot(leaves: readonly Buffer[]): Buffer {
  const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return sha(Buffer.of(0), leaves[0]!);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha(Buffer.of(1), plainRoot(leaves.slice(0, split)), plainRoot(leaves.slice(split)));
}

test('the growing tree has the root of RFC 6962 at every size, also when it goes on from a kept position', () => {
  const leaves = Array.from({ length: 70 }, (_, index) => Buffer.from(`entry ${index}`));
  let hasher = new LogHasher();
  expect(hasher.root().equals(plainRoot([]))).toBe(true);
  leaves.forEach((leaf, index) => {
    hasher.push(leaf);
    expect(hasher.root().equals(plainRoot(leaves.slice(0, index + 1))), `size ${index + 1}`).toBe(true);
    expect(rootOfPosition(hasher.position())).toBe(hasher.root().toString('hex'));
    hasher = new LogHasher(hasher.position());
  });
  const position = hasher.position();
  expect(rootOfPosition({ ...position, frontier: position.frontier.slice(1) })).toBeUndefined();
  expect(rootOfPosition({ ...position, size: position.size + 1 })).not.toBe(hasher.root().toString('hex'));
});

test('R36 an entry comes back as it was written, whatever the texts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer(), (why, count) => {
      const bytes = entryBytes({ ...entry1, why, data: { count, text: why } });
      const entry = parseEntry(bytes);
      expect(entry).toBeDefined();
      expect(entry?.why.normalize('NFC')).toBe(entry?.why);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested
      expect(entry?.why).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/);
      expect(entryBytes(entry!).equals(bytes)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('R36 control characters, line breaks and direction marks are written out', () => {
  const entry = parseEntry(entryBytes({ ...entry1, why: 'a\u202eb\nc\u0007d e\u0301' }));
  expect(entry?.why).toBe('a⟨U+202E⟩b⟨U+000A⟩c⟨U+0007⟩d é');
});

test('entries that break the format are refused: floats, nulls, dates, bad types, too long, hwm below ts', () => {
  const bad: Partial<Record<keyof AuditEntry, unknown>>[] = [
    { data: { a: 1.5 } },
    { data: { a: null } },
    { data: { a: new Date() } },
    { data: { a: undefined } },
    { data: [] },
    { data: { a: { b: { c: { d: { e: { f: { g: 1 } } } } } } } },
    { data: { a: 'x'.repeat(20_000) } },
    { data: { a: 2 ** 53 } },
    { type: 'No Type' },
    { outcome: 'maybe' },
    { actor: '' },
    { why: 'x'.repeat(1001) },
    { seq: -1 },
    { up: 0.5 },
    { ts: '2026-01-05' },
    { hwm: '2025-01-05T08:00:00.000Z' },
    { key: 'xyz' },
  ];
  for (const change of bad) {
    expect(() => entryBytes({ ...entry1, ...change } as AuditEntry), JSON.stringify(change).slice(0, 60)).toThrow();
  }
});

test('bytes that are not canonical, or hold more or less than the fields, are no entry', () => {
  const text = entryBytes(entry1).toString();
  const parsed = JSON.parse(text);
  const { why: _, ...less } = parsed;
  for (const other of [
    text.replace('"v":1', '"v": 1'),
    `${text} `,
    JSON.stringify({ v: 1, ...parsed }),
    JSON.stringify(less),
    text.replace('"v":1,', '"v":1,"w":1,'),
    '[]',
    '',
  ]) {
    expect(parseEntry(Buffer.from(other)), other.slice(-40)).toBeUndefined();
  }
});
