import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expect, test } from 'vitest';
import { sealedApart } from '../../../electron/vault/sealed-apart.ts';

const MEGABYTE = 1_048_576;
const identity = await generateX25519Identity();
const recipients = [await identityToRecipient(identity)];

/** Pieces of odd sizes, together larger than all memory that goes round. */
async function* pieces(sizes: readonly number[], hash = createHash('sha256')) {
  for (const [at, size] of sizes.entries()) {
    const piece = Buffer.alloc(size, at + 1);
    hash.update(piece);
    yield piece;
    // Whoever made it uses its memory again.
    piece.fill(0);
  }
}

async function opened(sealed: AsyncIterable<Uint8Array>) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  // A piece holds only until the next is asked for.
  const copies = async function* () {
    for await (const piece of sealed) yield new Uint8Array(piece);
  };
  const hash = createHash('sha256');
  let size = 0;
  const plain = await decrypter.decrypt(Readable.toWeb(Readable.from(copies())) as ReadableStream<Uint8Array>);
  for await (const piece of plain as unknown as AsyncIterable<Uint8Array>) {
    hash.update(piece);
    size += piece.length;
  }
  return { size, sha256: hash.digest('hex') };
}

test.each([[[]], [[1]], [[MEGABYTE]], [[65_536, MEGABYTE + 1, 3, 7 * MEGABYTE, 12_345, 5 * MEGABYTE - 7]]])(
  'R53 a stream of pieces %j is one age file, and comes back byte for byte',
  async (sizes: number[]) => {
    const hash = createHash('sha256');
    const back = await opened(sealedApart(pieces(sizes, hash), recipients));
    expect(back).toEqual({ size: sizes.reduce((sum, size) => sum + size, 0), sha256: hash.digest('hex') });
  },
);

test('R54 what fails on the way in fails on the way out, and a key that is none is refused', async () => {
  async function* failing() {
    yield Buffer.alloc(3 * MEGABYTE);
    throw new Error('the stick was pulled out');
  }
  const all = async (sealed: AsyncIterable<Uint8Array>) => {
    for await (const _ of sealed);
  };
  await expect(all(sealedApart(failing(), recipients))).rejects.toThrow('the stick was pulled out');
  await expect(all(sealedApart(pieces([1]), ['age1none']))).rejects.toMatchObject({ code: 'INTERNAL' });
});

test('whoever stops taking ends the thread and the source', async () => {
  let ended = false;
  async function* endless() {
    try {
      for (;;) yield Buffer.alloc(MEGABYTE);
    } finally {
      ended = true;
    }
  }
  for await (const _ of sealedApart(endless(), recipients)) break;
  expect(ended).toBe(true);
});
