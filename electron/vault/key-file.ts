/**
 * The key file: a second factor on a stick (peers' feature 132). It holds 32 random bytes that go into Argon2id as its secret value (RFC 9106
 * §3.1, `K`) beside what the person types: neither alone opens the slot. It is named by what the slot says, so that it is found on any
 * medium that is plugged in. The recovery sheet stands above it (security.md §5: never without the sheet).
 */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { readIfPresent, replaceDurably } from '../platform/durable-files.ts';
import type { Random } from '../platform/random.ts';

const LIMIT = 4_096;
const KEY_LENGTH = 32;

const keyFileShape = z.strictObject({
  v: z.literal(1),
  kind: z.literal('dossier-desk key file'),
  vault: z.string().regex(/^[0-9a-f]{32}$/),
  id: z.string().regex(/^[0-9a-f]{16}$/),
  key: z.base64().length(44),
});

/** What goes into the derivation; `id` stands in the slot. The caller of `newKeyFile` and `findKeyFile` zeroes `key`. */
export interface KeyFile {
  readonly id: string;
  readonly key: Buffer;
}

export const keyFileName = (id: string): string => `dossier-desk-${id}.key`;

export function newKeyFile(random: Random): KeyFile {
  return { id: random.bytes(8).toString('hex'), key: random.bytes(KEY_LENGTH) };
}

/** Writes a key file into a folder and reads it back; its name is new each time. @returns its path */
export async function writeKeyFile(folder: string, vaultId: string, keyFile: KeyFile): Promise<string> {
  const path = join(folder, keyFileName(keyFile.id));
  const content = {
    v: 1,
    kind: 'dossier-desk key file',
    vault: vaultId,
    id: keyFile.id,
    key: keyFile.key.toString('base64'),
  };
  await replaceDurably(path, Buffer.from(`${JSON.stringify(content)}\n`));
  const back = await readKeyFile(path, vaultId, keyFile.id);
  const same = back?.equals(keyFile.key) === true;
  back?.fill(0);
  // A stick that takes writes and does not keep them (R54).
  if (!same) throw new AppError('INPUT_OUTPUT', { params: { file: path } });
  return path;
}

async function readKeyFile(path: string, vaultId: string, id: string): Promise<Buffer | undefined> {
  const bytes = await readIfPresent(path, LIMIT).catch(() => undefined);
  if (bytes === undefined) return undefined;
  try {
    const content = keyFileShape.parse(JSON.parse(bytes.toString('utf8')));
    return content.vault === vaultId && content.id === id ? Buffer.from(content.key, 'base64') : undefined;
  } catch {
    return undefined;
  } finally {
    bytes.fill(0);
  }
}

const foldersIn = (folder: string): string[] => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
};

/** Where the system shows what is plugged in. */
function plugged(platform: NodeJS.Platform = process.platform): string[] {
  if (platform === 'win32') return [...'DEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}:\\`).filter(existsSync);
  if (platform === 'darwin') return foldersIn('/Volumes');
  return ['/media', '/run/media', '/mnt'].flatMap(foldersIn).flatMap((folder) => [folder, ...foldersIn(folder)]);
}

/**
 * Key files that opened an archive in this process, and where: whoever sits here has shown the stick, and it may be put away. Gone with the
 * process, which ends at the lock.
 */
const shown = new Map<string, Buffer>();
let lastFolder: string | undefined;

/** For the person who has just opened the archive with it. */
export function rememberKeyFile({ id, key }: KeyFile): void {
  shown.set(id, Buffer.from(key));
}

/** Once a person's slot asks for it no more. */
export function forgetKeyFile(id: string): void {
  shown.get(id)?.fill(0);
  shown.delete(id);
}

/**
 * The key file that a slot asks for: the one named, else what was shown already, else on any medium plugged in.
 * @param given path of the file or of its folder
 * @throws AppError KEY_FILE_NEEDED { file, login }
 */
export async function findKeyFile(
  wanted: { readonly vaultId: string; readonly id: string; readonly login: string },
  given: string | undefined,
): Promise<KeyFile> {
  const { vaultId, id, login } = wanted;
  const known = shown.get(id);
  if (known !== undefined) return { id, key: Buffer.from(known) };
  const name = keyFileName(id);
  const folders = [...(given === undefined ? [] : [given]), ...(lastFolder === undefined ? [] : [lastFolder])];
  const places = [
    ...(given === undefined ? [] : [given]),
    ...[...folders, ...plugged()].map((folder) => join(folder, name)),
  ];
  for (const path of places) {
    const key = await readKeyFile(path, vaultId, id);
    if (key === undefined) continue;
    lastFolder = dirname(path);
    return { id, key };
  }
  throw new AppError('KEY_FILE_NEEDED', { params: { file: name, login }, hint: 'hint.keyFile' });
}
