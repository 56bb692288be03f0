/** What vouches for an update: a C2SP signed note beside the installer, `<installer>.note`, by the key that this program carries. */
import { z } from 'zod';
import { formatNote, isSignedBy, parseNote, signNote, verifierKey } from './signed-note.ts';
import type { Signer } from './signer.ts';

/** Name of the signer on every note of a release. */
const SIGNER = 'dossier-desk/updates';
const LARGEST_NOTE = 64 * 1024;

const description = z.strictObject({
  v: z.literal(1),
  file: z.string().regex(/^[\w.() -]{1,120}$/),
  size: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** Of the database that this version writes. */
  schema: z.int().min(10),
  made: z.iso.datetime({ precision: 3 }),
  /** What is new, for those who use the program. */
  changes: z.array(z.string().min(1).max(400)).max(200),
});
export type UpdateDescription = z.infer<typeof description>;

/** The public half as it stands in the program. */
export const releaseKeyOf = (signer: Signer): string => verifierKey(SIGNER, signer.publicKey);

export function signUpdate(update: UpdateDescription, signer: Signer): string {
  const text = `${JSON.stringify(description.parse(update))}\n`;
  return formatNote({ text, signatures: [signNote(text, SIGNER, signer)] });
}

/** The description of an update, if the note is signed by the release key; else undefined. */
export function readUpdate(note: Uint8Array, releaseKey: string): UpdateDescription | undefined {
  const encoded = releaseKey.split('+').slice(2).join('+');
  const publicKey = Buffer.from(encoded, 'base64').subarray(1);
  const parsed = note.length > LARGEST_NOTE ? undefined : parseNote(note);
  if (parsed === undefined || publicKey.length !== 32) return undefined;
  if (!parsed.signatures.some((line) => isSignedBy(parsed.text, line, SIGNER, publicKey))) return undefined;
  try {
    return description.parse(JSON.parse(parsed.text));
  } catch {
    return undefined;
  }
}
