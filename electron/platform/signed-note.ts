/** C2SP signed notes (c2sp.org/signed-note): a text, an empty line, one line per signature. */
import { createHash } from 'node:crypto';
import { type Signer, verifierOf } from './signer.ts';

const ED25519_TYPE = 0x01;
const MAXIMUM_LINES = 64;

/** One signature line: name, 4-byte key id, signature bytes. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: Buffer;
  readonly signature: Buffer;
}

/** A note taken apart; nothing is verified yet. `text` ends with a line break and is what is signed. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** The key id of a note: first 4 bytes of SHA-256(name ‖ LF ‖ type ‖ key). */
export function noteKeyId(name: string, type: number, key: Uint8Array): Buffer {
  return createHash('sha256').update(`${name}\n`).update(Uint8Array.of(type)).update(key).digest().subarray(0, 4);
}

/** The verifier key as text: `<name>+<key id>+<base64>`. */
export function verifierKey(name: string, publicKey: Uint8Array): string {
  const encoded = Buffer.concat([Uint8Array.of(ED25519_TYPE), publicKey]).toString('base64');
  return `${name}+${noteKeyId(name, ED25519_TYPE, publicKey).toString('hex')}+${encoded}`;
}

/** One Ed25519 signature over the text of a note. */
export function signNote(text: string, name: string, signer: Signer): NoteSignature {
  const keyId = noteKeyId(name, ED25519_TYPE, signer.publicKey);
  return { name, keyId, signature: signer.sign(Buffer.from(text, 'utf8')) };
}

/** True if the line is that name's Ed25519 signature of the text. */
export function isSignedBy(text: string, line: NoteSignature, name: string, publicKey: Uint8Array): boolean {
  return (
    line.name === name &&
    line.keyId.equals(noteKeyId(name, ED25519_TYPE, publicKey)) &&
    verifierOf(publicKey)(Buffer.from(text, 'utf8'), line.signature)
  );
}

/** The note as bytes. */
export function formatNote(note: Note): string {
  const lines = note.signatures.map(
    ({ name, keyId, signature }) => `— ${name} ${Buffer.concat([keyId, signature]).toString('base64')}\n`,
  );
  return `${note.text}\n${lines.join('')}`;
}

/** Takes a note apart. @returns `undefined` for anything that is not a well-formed note */
export function parseNote(bytes: Uint8Array): Note | undefined {
  let whole: string;
  try {
    whole = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
  const split = whole.lastIndexOf('\n\n');
  if (split < 0 || !whole.endsWith('\n')) return undefined;
  const lines = whole.slice(split + 2, -1).split('\n');
  if (lines.length > MAXIMUM_LINES) return undefined;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [, name, encoded] = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? [];
    const blob = Buffer.from(encoded ?? '', 'base64');
    if (name === undefined || blob.length < 5 || blob.toString('base64') !== encoded) return undefined;
    signatures.push({ name, keyId: blob.subarray(0, 4), signature: blob.subarray(4) });
  }
  return { text: whole.slice(0, split + 1), signatures };
}
