/**
 * Sealing many bytes as an age file (https://age-encryption.org/v1). Header and keys are the library's; the payload, 64 KiB pieces in
 * ChaCha20-Poly1305, is enciphered by Node's own implementation where there is one, ten times as fast. Electron's BoringSSL has none:
 * there the library does it all, to the same format.
 */
import { createCipheriv, hkdfSync } from 'node:crypto';
import { Readable } from 'node:stream';
import { Encrypter, type Recipient } from 'age-encryption';

const PIECE = 65_536;
const TAG = 16;
const NONCE = 12;
/** Pieces that are handed on together. */
const PIECES_AT_ONCE = 16;
/** Buffers that go round: one being filled, one being used, one being written. */
const OUTS = 3;

type Plain = AsyncIterable<Uint8Array>;

function encipher(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array, into: Buffer, at: number): number {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG });
  into.set(cipher.update(plain), at);
  cipher.final();
  into.set(cipher.getAuthTag(), at + plain.length);
  return plain.length + TAG;
}

/** One byte 01 under a key of 32 × 07 and a nonce of 12 × 09, as @noble/ciphers gives it. */
const KNOWN_ANSWER = 'fdb6f2302b9d88882e8a0b74d8f1ae177b';

let native: boolean | undefined;
/** Is Node's own implementation there, and does it give the known answer? */
export function agePayloadIsNative(): boolean {
  native ??= (() => {
    try {
      const into = Buffer.alloc(1 + TAG);
      encipher(Buffer.alloc(32, 7), Buffer.alloc(NONCE, 9), Uint8Array.of(1), into, 0);
      return into.toString('hex') === KNOWN_ANSWER;
    } catch {
      return false;
    }
  })();
  return native;
}

/** Notes the key of the file beside the real recipients and adds nothing to the header. */
class KeyObserver implements Recipient {
  fileKey = new Uint8Array(0);
  wrapFileKey(fileKey: Uint8Array): [] {
    this.fileKey = Uint8Array.from(fileKey);
    return [];
  }
}

/** Header and nonce of a new age file, and the key of its payload. */
async function begin(recipients: readonly string[]): Promise<{ readonly head: Uint8Array; readonly key: Buffer }> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  const observer = new KeyObserver();
  encrypter.addRecipient(observer);
  const empty = await encrypter.encrypt(new Uint8Array(0));
  // What follows the nonce is the tag of an empty payload.
  const head = empty.subarray(0, empty.length - TAG);
  const key = Buffer.from(hkdfSync('sha256', observer.fileKey, head.subarray(-16), 'payload', 32));
  observer.fileKey.fill(0);
  return { head, key };
}

async function* sealNatively(recipients: readonly string[], plain: Plain): AsyncGenerator<Uint8Array> {
  const { head, key } = await begin(recipients);
  yield head;
  // 11 bytes count the pieces, the last byte says which one ends the file.
  const nonce = Buffer.alloc(NONCE);
  let counter = 0;
  const piece = Buffer.alloc(PIECE);
  let used = 0;
  let turn = 0;
  const outs = Array.from({ length: OUTS }, () => Buffer.allocUnsafeSlow((PIECE + TAG) * PIECES_AT_ONCE));
  let out = outs[0] as Buffer;
  let filled = 0;
  const close = (bytes: Uint8Array, last: boolean) => {
    nonce.writeUIntBE(counter, 5, 6);
    nonce[NONCE - 1] = last ? 1 : 0;
    counter += 1;
    filled += encipher(key, nonce, bytes, out, filled);
  };
  try {
    for await (const chunk of plain) {
      for (let at = 0; at < chunk.length; ) {
        // A full piece is closed only when more comes: the last one is marked, and is empty only in an empty file.
        if (used === PIECE) {
          close(piece, false);
          used = 0;
          if (filled === out.length) {
            yield out;
            turn += 1;
            out = outs[turn % OUTS] as Buffer;
            filled = 0;
          }
        }
        const end = Math.min(chunk.length, at + PIECE - used);
        piece.set(chunk.subarray(at, end), used);
        used += end - at;
        at = end;
      }
    }
    close(piece.subarray(0, used), true);
    yield out.subarray(0, filled);
  } finally {
    key.fill(0);
    piece.fill(0);
  }
}

async function* sealByLibrary(recipients: readonly string[], plain: Plain): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  // Its streams hold pieces back, so each is a copy.
  const copies = async function* () {
    for await (const chunk of plain) yield Buffer.from(chunk);
  };
  yield* await encrypter.encrypt(Readable.toWeb(Readable.from(copies())) as ReadableStream<Uint8Array>);
}

/**
 * Seals what comes for these recipients (`age1…`). What it gives holds until the second after it is asked for. An error of `plain` is passed on.
 * @param natively for tests; otherwise as the machine can
 */
export function sealForRecipients(
  recipients: readonly string[],
  plain: Plain,
  natively = agePayloadIsNative(),
): AsyncGenerator<Uint8Array> {
  return natively ? sealNatively(recipients, plain) : sealByLibrary(recipients, plain);
}
