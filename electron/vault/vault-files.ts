/** Where things are in a vault folder (security.md §4), and what a folder is. Nothing here creates a vault. */
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { fileError, isTemporaryName, readIfPresent, replaceDurably, systemCodeOf } from '../platform/durable-files.ts';

/** Newest vault format this program reads and the one it writes. */
export const VAULT_FORMAT = 1;
export const DATABASE_CIPHER = 'sqlcipher-4';
const SMALL_FILE = 65_536;
const KEYRING_LIMIT = 4_194_304;
const ENVELOPE_LIMIT = 1_048_576;

/** Absolute paths of the files of one vault. */
export interface VaultPaths {
  readonly vaultJson: string;
  /** Present while a vault is being made; without vault.json it means the making was cut short. */
  readonly incomplete: string;
  readonly lock: string;
  readonly keyring: string;
  readonly proposedKeyring: string;
  /** The keyring of the next epoch, while the vault key is being changed. */
  readonly nextKeyring: string;
  readonly slots: string;
  readonly keys: string;
  readonly database: string;
  readonly attachments: string;
  readonly anchors: string;
  readonly outerLog: string;
  readonly attempts: string;
  /** The copy of a backup while somebody looks into it. Named like a temporary file: what a killed process left is cleared. */
  readonly looking: string;
  slot(userId: string): string;
  /** A slot that waits to become the slot of its person; found by its hash. */
  stagedSlot(userId: string, sha256: string): string;
  /** Note of a person about a secret changed since admission. */
  slotNote(userId: string): string;
  envelope(epoch: number): string;
}

/** The layout of §4 under a folder. */
export function vaultPaths(directory: string): VaultPaths {
  const at = (...parts: string[]) => join(directory, ...parts);
  return {
    vaultJson: at('vault.json'),
    incomplete: at('incomplete.json'),
    lock: at('lock.db'),
    keyring: at('keyring.note'),
    proposedKeyring: at('keyring.proposed.note'),
    nextKeyring: at('keyring.next.note'),
    slots: at('slots'),
    keys: at('keys'),
    database: at('archive.db'),
    attachments: at('att'),
    anchors: at('anchors.log'),
    outerLog: at('outer.log'),
    attempts: at('attempts.json'),
    looking: at('.looking.1-1.tmp'),
    slot: (userId) => at('slots', `${userId}.json`),
    stagedSlot: (userId, sha256) => at('slots', `${userId}-${sha256.slice(0, 16)}.next`),
    slotNote: (userId) => at('slots', `${userId}.note`),
    envelope: (epoch) => at('keys', `full-${epoch}.age`),
  };
}

const vaultShape = z.strictObject({
  format: z.literal(VAULT_FORMAT),
  vault: z.string().regex(/^[0-9a-f]{32}$/),
  created: z.iso.datetime({ precision: 3 }),
  cipher: z.literal(DATABASE_CIPHER),
  program: z.string().max(64),
  recoveryPassed: z.iso.datetime({ precision: 3 }).nullable(),
});

/** vault.json: public. `recoveryPassed` is when the keeper showed that the recovery sheet is readable. */
export type VaultJson = Readonly<z.infer<typeof vaultShape>>;

/** What a folder is: nothing there, empty, a vault, a vault whose making was cut short, or something else. */
export type FolderState = 'absent' | 'empty' | 'vault' | 'incomplete' | 'other';

/** Looks at a folder without opening or changing anything. @throws AppError if it cannot be read */
export async function folderState(directory: string): Promise<FolderState> {
  let names: string[];
  try {
    // A process killed in its very first write leaves nothing but a temporary file.
    names = (await readdir(directory)).filter((name) => !isTemporaryName(name));
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return 'absent';
    if (systemCodeOf(thrown) === 'ENOTDIR') return 'other';
    throw fileError(thrown);
  }
  if (names.includes('vault.json')) return 'vault';
  if (names.includes('incomplete.json')) return 'incomplete';
  return names.length === 0 ? 'empty' : 'other';
}

/**
 * Reads vault.json. A folder without one is not a vault and is left alone (R50).
 * @throws AppError VAULT_NOT_A_VAULT, FORMAT_NEWER, VAULT_DAMAGED
 */
export async function readVaultJson(directory: string): Promise<VaultJson> {
  if ((await folderState(directory)) !== 'vault')
    throw new AppError('VAULT_NOT_A_VAULT', { params: { folder: basename(directory) } });
  const damaged = () => new AppError('VAULT_DAMAGED', { params: { reason: 'vault' } });
  const bytes = await readIfPresent(vaultPaths(directory).vaultJson, SMALL_FILE);
  let json: unknown;
  try {
    json = JSON.parse(bytes?.toString('utf8') ?? '');
  } catch {
    throw damaged();
  }
  if (typeof json === 'object' && json !== null && 'format' in json && typeof json.format === 'number')
    if (json.format > VAULT_FORMAT) throw new AppError('FORMAT_NEWER', { params: { format: json.format } });
  const parsed = vaultShape.safeParse(json);
  if (!parsed.success) throw damaged();
  return parsed.data;
}

/** Writes vault.json: the last step of making a vault, and later for a single changed field. */
export async function writeVaultJson(directory: string, content: VaultJson): Promise<void> {
  await replaceDurably(vaultPaths(directory).vaultJson, `${JSON.stringify(vaultShape.parse(content))}\n`);
}

function missing(file: string): AppError {
  return new AppError('VAULT_DAMAGED', { params: { reason: 'missing', file } });
}

/** @throws AppError VAULT_DAMAGED if it is missing */
export async function readKeyringBytes(directory: string): Promise<Buffer> {
  const bytes = await readIfPresent(vaultPaths(directory).keyring, KEYRING_LIMIT);
  if (bytes === undefined) throw missing('keyring.note');
  return bytes;
}

/** The keyring that waits for a second signature, if there is one. */
export async function readProposedBytes(directory: string): Promise<Buffer | undefined> {
  return readIfPresent(vaultPaths(directory).proposedKeyring, KEYRING_LIMIT);
}

/** The note about a changed secret, if there is one. */
export async function readSlotNote(directory: string, userId: string): Promise<Buffer | undefined> {
  return readIfPresent(vaultPaths(directory).slotNote(userId), SMALL_FILE);
}

/** The keyring of the next epoch while a rotation is under way or was cut short. */
export async function readNextKeyring(directory: string): Promise<Buffer | undefined> {
  return readIfPresent(vaultPaths(directory).nextKeyring, KEYRING_LIMIT);
}

/** @throws AppError VAULT_DAMAGED if it is missing */
export async function readEnvelope(directory: string, epoch: number): Promise<Buffer> {
  const bytes = await readIfPresent(vaultPaths(directory).envelope(epoch), ENVELOPE_LIMIT);
  if (bytes === undefined) throw missing(`keys/full-${epoch}.age`);
  return bytes;
}

/** Size of the database file without opening it (M10: never open it with anything but SQLite); `undefined` if missing. */
export async function databaseSize(directory: string): Promise<number | undefined> {
  try {
    return (await stat(vaultPaths(directory).database)).size;
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return undefined;
    throw fileError(thrown);
  }
}
