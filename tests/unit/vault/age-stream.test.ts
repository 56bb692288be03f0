import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOfFile } from '../../../electron/platform/file-pieces.ts';
import { agePayloadIsNative, sealForRecipients } from '../../../electron/vault/age-stream.ts';
import { scratchFolder } from '../../support/store-scratch.ts';

/** Bytes that differ from place to place, so that pieces in the wrong order show. */
const bytesOf = (length: number) =>
  Buffer.from(Uint32Array.from({ length: Math.ceil(length / 4) }, (_, at) => at * 2_654_435_761).buffer).subarray(
    0,
    length,
  );

async function* inPieces(bytes: Buffer, piece: number) {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(Buffer.from(chunk));
  return Buffer.concat(pieces);
}

test('R59 what is sealed opens with the age library, however long it is and however it came', async () => {
  const identities = [await generateX25519Identity(), await generateX25519Identity()];
  const recipients = await Promise.all(identities.map(identityToRecipient));
  expect(agePayloadIsNative()).toBe(true);
  // At the edges of a piece (65,536) and of what is handed on together (16 of them).
  const length = fc.oneof(
    fc.constantFrom(0, 1, 65_535, 65_536, 65_537, 131_072, 16 * 65_536 - 1, 16 * 65_536, 16 * 65_536 + 1, 17 * 65_536),
    fc.integer({ min: 0, max: 400_000 }),
  );
  await fc.assert(
    fc.asyncProperty(
      length,
      fc.integer({ min: 1_000, max: 1_200_000 }),
      fc.boolean(),
      async (size, piece, natively) => {
        const plain = bytesOf(size);
        const sealed = await collect(sealForRecipients(recipients, inPieces(plain, piece), natively));
        for (const identity of identities) {
          const decrypter = new Decrypter();
          decrypter.addIdentity(identity);
          expect(Buffer.from(await decrypter.decrypt(sealed)).equals(plain)).toBe(true);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('R59 a file is sealed as it stands, also where what is sealed is taken slowly', async () => {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const path = join(scratchFolder(), 'large.bin');
  const plain = bytesOf(9_300_000);
  writeFileSync(path, plain);
  for (const natively of [true, false]) {
    const pieces: Buffer[] = [];
    for await (const chunk of sealForRecipients([recipient], piecesOfFile(path), natively)) {
      pieces.push(Buffer.from(chunk));
      if (pieces.length % 5 === 0) await nextTurn();
    }
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    expect(Buffer.from(await decrypter.decrypt(Buffer.concat(pieces))).equals(plain)).toBe(true);
  }
});

test('an error of what is to be sealed is passed on', async () => {
  const recipient = await identityToRecipient(await generateX25519Identity());
  async function* broken() {
    yield bytesOf(200_000);
    throw new Error('the stick was pulled');
  }
  for (const natively of [true, false])
    await expect(collect(sealForRecipients([recipient], broken(), natively))).rejects.toThrow('the stick was pulled');
});
