import { createHash } from 'node:crypto';
import { formatNote, isSignedBy, type Note, noteKeyId, parseNote, signNote } from '../platform/signed-note.ts';
import { type Signer, verifierOf } from '../platform/signer.ts';

/** What a checkpoint says: this log had this many entries, and this was the root of its tree (§10, C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** `<institution>/<vault id>`; also the name of the log key in signature lines. */
  readonly origin: string;
  readonly size: number;
  /** 64 hex digits. */
  readonly root: string;
}

/** A second person's signature over a checkpoint, with the time it was given (C2SP cosignature/v1). */
export interface Cosignature {
  readonly name: string;
  /** ISO, whole seconds. */
  readonly time: string;
}

/** C2SP key names have neither blanks nor plus signs; an institution's name may. */
export function originOf(institution: string, vaultId: string): string {
  const name = institution.normalize('NFC').replace(/[\s+/]+/gu, '-');
  return `${name === '' ? 'archive' : name}/${vaultId}`;
}

/** The three lines that are signed; the root in base64. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\n`;
}

/** The checkpoint of a note's text, or undefined when it is not exactly the three lines that `checkpointText` writes. */
export function parseCheckpointText(text: string): Checkpoint | undefined {
  const [origin = '', size = '', root = ''] = text.split('\n');
  const parsed = { origin, size: Number(size), root: Buffer.from(root, 'base64').toString('hex') };
  const sound = Number.isSafeInteger(parsed.size) && parsed.root.length === 64 && /^[^\s+]+$/u.test(origin);
  return sound && checkpointText(parsed) === text ? parsed : undefined;
}

/** A checkpoint as a note with the log key's signature line. */
export function signCheckpoint(checkpoint: Checkpoint, logSigner: Signer): string {
  const text = checkpointText(checkpoint);
  return formatNote({ text, signatures: [signNote(text, checkpoint.origin, logSigner)] });
}

/** Adds a second person's line to a note. `name`: that person's login. */
export function cosignCheckpoint(note: string, name: string, signer: Signer, now: Date): string {
  const parsed = parseNote(Buffer.from(note, 'utf8'));
  if (parsed === undefined) throw new Error('Not a signed note');
  const seconds = Math.floor(now.getTime() / 1000);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(seconds));
  const signature = Buffer.concat([time, signer.sign(cosignedMessage(parsed.text, seconds))]);
  const line = { name, keyId: noteKeyId(name, COSIGNATURE, signer.publicKey), signature };
  return formatNote({ text: parsed.text, signatures: [...parsed.signatures, line] });
}

/** Type byte of cosignature keys in the signed-note format. */
const COSIGNATURE = 0x04;

function cosignedMessage(text: string, seconds: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`, 'utf8');
}

/**
 * The checkpoint of a note if the log key has signed it, with the cosignatures that hold; undefined for everything else.
 * `publicKeysOf`: public keys (32 bytes) a cosigner of that name may have used.
 */
export function openCheckpoint(
  note: string,
  logKey: Uint8Array,
  publicKeysOf: (name: string) => readonly Uint8Array[] = () => [],
): { readonly checkpoint: Checkpoint; readonly cosignatures: readonly Cosignature[] } | undefined {
  const parsed = parseNote(Buffer.from(note, 'utf8'));
  const checkpoint = parsed === undefined ? undefined : parseCheckpointText(parsed.text);
  if (parsed === undefined || checkpoint === undefined) return undefined;
  if (!parsed.signatures.some((line) => isSignedBy(parsed.text, line, checkpoint.origin, logKey))) return undefined;
  return { checkpoint, cosignatures: cosignaturesOf(parsed, publicKeysOf) };
}

function cosignaturesOf(note: Note, publicKeysOf: (name: string) => readonly Uint8Array[]): Cosignature[] {
  return note.signatures.flatMap(({ name, keyId, signature }) => {
    if (signature.length !== 72) return [];
    const seconds = Number(signature.readBigUInt64BE(0));
    const message = cosignedMessage(note.text, seconds);
    const holds = publicKeysOf(name).some(
      (key) => keyId.equals(noteKeyId(name, COSIGNATURE, key)) && verifierOf(key)(message, signature.subarray(8)),
    );
    return holds ? [{ name, time: new Date(seconds * 1000).toISOString() }] : [];
  });
}

/** Crockford's alphabet: no I, L, O, U, so that a code read from paper has one spelling. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The code on the printed checkpoint: 25 characters, the first 125 bits of SHA-256 of the note's text. */
export function checkpointCode(checkpoint: Checkpoint): string {
  const digest = createHash('sha256').update(checkpointText(checkpoint), 'utf8').digest();
  let bits = BigInt(`0x${digest.subarray(0, 16).toString('hex')}`) >> 3n;
  let code = '';
  for (let position = 0; position < 25; position++, bits >>= 5n) code = (ALPHABET[Number(bits & 31n)] ?? '') + code;
  return code;
}

/** For paper and screen: five groups of five. */
export function groupedCode(code: string): string {
  return code.match(/.{1,5}/g)?.join('-') ?? '';
}

/** A code as somebody typed it (blanks, hyphens, small letters, O for 0, I and L for 1), or undefined when it is none. */
export function readCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return code.length === 25 && [...code].every((character) => ALPHABET.includes(character)) ? code : undefined;
}
