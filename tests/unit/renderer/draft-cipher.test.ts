import { expect, test } from 'vitest';
import { importDraftsKey, seal, unseal } from '../../../renderer/drafts/cipher.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const OTHER_KEY = Buffer.alloc(32, 8).toString('base64');

test('R01: a draft on disk holds nothing readable', async () => {
  const key = await importDraftsKey(KEY);
  const canary = '金絲雀 CANARY-4711';
  const sealed = await seal(key, 'card/E000001', { name: canary });
  const onDisk = Buffer.concat([Buffer.from(sealed.nonce), Buffer.from(sealed.cipher)]);
  for (const encoding of ['utf8', 'utf16le'] as const)
    expect(onDisk.includes(Buffer.from('CANARY', encoding))).toBe(false);
  expect(await unseal(key, 'card/E000001', sealed)).toEqual({ name: canary });
});

test('C3: the same draft saved twice never gives the same bytes', async () => {
  const key = await importDraftsKey(KEY);
  const [first, second] = await Promise.all([seal(key, 'a', 1), seal(key, 'a', 1)]);
  expect(Buffer.from(first.cipher).equals(Buffer.from(second.cipher))).toBe(false);
});

test('another archive’s key, another record’s place and a flipped byte open nothing', async () => {
  const key = await importDraftsKey(KEY);
  const sealed = await seal(key, 'card/E000001', 'text');
  expect(await unseal(await importDraftsKey(OTHER_KEY), 'card/E000001', sealed)).toBeUndefined();
  expect(await unseal(key, 'card/E000002', sealed)).toBeUndefined();
  const damaged = sealed.cipher.slice(0);
  new Uint8Array(damaged)[0]! ^= 1;
  expect(await unseal(key, 'card/E000001', { ...sealed, cipher: damaged })).toBeUndefined();
});

test('the drafts key cannot be taken out of the browser again', async () => {
  const key = await importDraftsKey(KEY);
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
});
