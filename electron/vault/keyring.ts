/**
 * The keyring: who may do what, with which keys, as a signed note over canonical JSON (security.md §5, §6).
 * With one keeper alone one signature is valid; as soon as a supervisor is listed, both lines are required.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { ROLES, type Role } from '../../shared/domain/roles.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  formatNote,
  isSignedBy,
  type Note,
  type NoteSignature,
  noteKeyId,
  parseNote,
  signNote,
} from '../platform/signed-note.ts';
import type { Signer } from '../platform/signer.ts';
import { canonicalJson } from './canonical-json.ts';
import { equalBytes, sha256Hex } from './hash.ts';

const HEX_64 = z.string().regex(/^[0-9a-f]{64}$/);
const INSTANT = z.iso.datetime({ precision: 3 });
const RECIPIENT = z.string().regex(/^age1[a-z0-9]{58}$/);
const ED25519_KEY = z.base64().length(44);
/** Signature type 0xff is free for private use; this one is an HMAC under a key only holders of the vault key have. */
const MAC_TYPE = 0xff;
const MAC_LABEL = 'archive-keyring-mac/v1';

const userShape = z.strictObject({
  id: z.string().regex(/^u-[0-9a-f]{4,16}$/),
  login: z.string().min(1).max(64),
  displayName: z.string().min(1).max(80),
  role: z.enum(ROLES),
  validFrom: INSTANT,
  validUntil: INSTANT.nullable(),
  recipient: RECIPIENT,
  ed25519: ED25519_KEY,
  slot: HEX_64,
});
const contentShape = z.strictObject({
  v: z.literal(1),
  vault: z.string().regex(/^[0-9a-f]{32}$/),
  name: z.string().min(1).max(120),
  fingerprint: HEX_64,
  serial: z.int().positive(),
  epoch: z.int().positive(),
  created: INSTANT,
  previous: HEX_64.nullable(),
  checks: z.strictObject({ full: HEX_64 }),
  recovery: z.strictObject({ recipient: RECIPIENT, ed25519: ED25519_KEY }),
  users: z.array(userShape).min(1).max(2_000),
});

/** One person in the keyring. `slot` is the SHA-256 of the slot file as admitted; times are instants. */
export type KeyringUser = Readonly<z.infer<typeof userShape>>;
/** What the keyring says. `serial` grows by one with every change, `previous` is the SHA-256 of the note before. */
export type KeyringContent = Readonly<Omit<z.infer<typeof contentShape>, 'users'>> & {
  readonly users: readonly KeyringUser[];
};

/** A keyring as read: its statements, its note and the SHA-256 of its bytes. */
export interface Keyring {
  readonly content: KeyringContent;
  readonly note: Note;
  readonly sha256: string;
}

function damaged(): AppError {
  return new AppError('VAULT_DAMAGED', { params: { reason: 'keyring' } });
}

/** True if a person is admitted at that instant. */
export function isActive(user: Pick<KeyringUser, 'validFrom' | 'validUntil'>, at: Date): boolean {
  const time = at.getTime();
  return Date.parse(user.validFrom) <= time && (user.validUntil === null || time < Date.parse(user.validUntil));
}

/** Time of a new keyring: never before the one it follows, or a clock set back would make its signers not yet admitted. */
export function createdAfter(before: KeyringContent, now: Date): string {
  return new Date(Math.max(now.getTime(), Date.parse(before.created))).toISOString();
}

/** The people of a role who were admitted when the keyring was written. */
export function activeUsers(content: KeyringContent, role: Role): KeyringUser[] {
  const at = new Date(content.created);
  return content.users.filter((user) => user.role === role && isActive(user, at));
}

/** Name in the signature line of a person. */
function lineName(content: KeyringContent, who: string): string {
  return `${content.vault}/${who}`;
}

function macLine(content: KeyringContent, text: string, checkKey: Buffer): NoteSignature {
  const name = lineName(content, 'vault-key');
  const signature = createHmac('sha256', checkKey).update(`${MAC_LABEL}\n${text}`).digest();
  return { name, keyId: noteKeyId(name, MAC_TYPE, Buffer.from(MAC_LABEL)), signature };
}

/** Somebody who signs a keyring: a user id, or `recovery`. */
export interface KeyringSigner {
  readonly who: string;
  readonly signer: Pick<Signer, 'publicKey' | 'sign' | 'keyId' | 'close'>;
}

/** Writes a keyring note: one line per signer and one MAC line under the vault key's check key. */
export function signKeyring(content: KeyringContent, signers: readonly KeyringSigner[], checkKey: Buffer): Buffer {
  const text = `${canonicalJson({ ...content, users: content.users.map((user) => ({ ...user })) }).toString('utf8')}\n`;
  const signatures = signers.map(({ who, signer }) => signNote(text, lineName(content, who), signer));
  return Buffer.from(formatNote({ text, signatures: [...signatures, macLine(content, text, checkKey)] }), 'utf8');
}

/** Adds a signature line to a note that waits for it. */
export function cosignKeyring(keyring: Keyring, { who, signer }: KeyringSigner): Buffer {
  const line = signNote(keyring.note.text, lineName(keyring.content, who), signer);
  const signatures = [...keyring.note.signatures.filter(({ name }) => name !== line.name), line];
  return Buffer.from(formatNote({ text: keyring.note.text, signatures }), 'utf8');
}

/**
 * Reads a keyring without judging its signatures.
 * @throws AppError VAULT_DAMAGED, FORMAT_NEWER
 */
export function parseKeyring(bytes: Uint8Array, vaultId: string): Keyring {
  const note = parseNote(bytes);
  if (note === undefined) throw damaged();
  let json: unknown;
  try {
    json = JSON.parse(note.text);
  } catch {
    throw damaged();
  }
  if (typeof json === 'object' && json !== null && 'v' in json && typeof json.v === 'number' && json.v > 1)
    throw new AppError('FORMAT_NEWER', { params: { format: json.v } });
  const parsed = contentShape.safeParse(json);
  if (!parsed.success || parsed.data.vault !== vaultId) throw damaged();
  const { users } = parsed.data;
  const isUnique = (values: readonly string[]) => new Set(values).size === values.length;
  const isSound =
    isUnique(users.map(({ id }) => id)) &&
    isUnique(users.map(({ login }) => login)) &&
    isUnique(users.map(({ ed25519 }) => ed25519)) &&
    note.text === `${canonicalJson(parsed.data).toString('utf8')}\n`;
  if (!isSound) throw damaged();
  return { content: parsed.data, note, sha256: sha256Hex(bytes) };
}

/** Who has validly signed a keyring: ids of listed users, and `recovery`. @throws AppError VAULT_DAMAGED for an unknown or false line */
export function signersOf(keyring: Keyring): Set<string> {
  const { content, note } = keyring;
  const keys = new Map(content.users.map((user) => [lineName(content, user.id), { who: user.id, key: user.ed25519 }]));
  keys.set(lineName(content, 'recovery'), { who: 'recovery', key: content.recovery.ed25519 });
  const signers = new Set<string>();
  for (const line of note.signatures) {
    if (line.name === lineName(content, 'vault-key')) continue;
    const known = keys.get(line.name);
    if (known === undefined || !isSignedBy(note.text, line, line.name, Buffer.from(known.key, 'base64')))
      throw damaged();
    signers.add(known.who);
  }
  return signers;
}

/**
 * True if these signers suffice: a keeper, and if a supervisor is listed also a supervisor; the recovery key stands above
 * both. With `before`, the keeper must have been one already, and the supervisor with the same key: so nobody admits the
 * person who then approves the admission.
 */
export function signersSuffice(
  content: KeyringContent,
  signers: ReadonlySet<string>,
  before?: KeyringContent,
): boolean {
  if (signers.has('recovery')) return true;
  const earlierKeepers = before === undefined ? undefined : new Set(activeUsers(before, 'keeper').map(({ id }) => id));
  const hasKeeper = activeUsers(content, 'keeper').some(
    ({ id }) => signers.has(id) && earlierKeepers?.has(id) !== false,
  );
  if (!hasKeeper) return false;
  const earlier = before === undefined ? [] : activeUsers(before, 'supervisor');
  if (earlier.length > 0) {
    const keys = new Map(content.users.map(({ id, ed25519 }) => [id, ed25519]));
    return earlier.some(({ id, ed25519 }) => signers.has(id) && keys.get(id) === ed25519);
  }
  const supervisors = activeUsers(content, 'supervisor');
  return supervisors.length === 0 || supervisors.some(({ id }) => signers.has(id));
}

/** @throws AppError VAULT_DAMAGED unless the keyring carries the signatures it needs and no unknown or false one */
export function requireSigned(keyring: Keyring): void {
  if (!signersSuffice(keyring.content, signersOf(keyring))) throw damaged();
}

/** @throws AppError VAULT_DAMAGED unless somebody with the vault key has written exactly this keyring */
export function requireMac(keyring: Keyring, checkKey: Buffer): void {
  const expected = macLine(keyring.content, keyring.note.text, checkKey);
  const found = keyring.note.signatures.filter(({ name }) => name === expected.name);
  const [line] = found;
  const isRight =
    line !== undefined &&
    found.length === 1 &&
    line.keyId.equals(expected.keyId) &&
    equalBytes(line.signature, expected.signature);
  if (!isRight) throw damaged();
}

/** Recipients of the vault key: active keepers and supervisors, and the recovery key (§1.3). */
export function vaultKeyRecipients(content: KeyringContent): string[] {
  const people = [...activeUsers(content, 'keeper'), ...activeUsers(content, 'supervisor')];
  return [...people.map(({ recipient }) => recipient), content.recovery.recipient];
}

/** Recipients of a backup: the recovery key and the supervisors, never the keeper (§1.5, R53). */
export function backupRecipients(content: KeyringContent): string[] {
  return [content.recovery.recipient, ...activeUsers(content, 'supervisor').map(({ recipient }) => recipient)];
}
