import { createHash } from 'node:crypto';
import type * as FileSystem from 'node:fs';
import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/**
 * R20: whether the packaged program is what was packed. Windows and macOS check the archive file themselves (fuse
 * EmbeddedAsarIntegrityValidation); Linux does not, and nothing checks what is unpacked beside it. The list is not signed: it tells a damaged
 * or patched file, not somebody who may write the program folder and the list. That nobody may is the second thing looked at.
 */
const list = z.object({ v: z.literal(1), files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)) });

export interface OwnFiles {
  /** Paths in `resources` that are not as they were packed, or are missing; `files.json` when the list itself is. */
  readonly changed: readonly string[];
  /** Whoever runs the program could change it. */
  readonly writable: boolean;
}

async function sha256Of(path: string, { createReadStream }: typeof FileSystem): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * @param resources folder of the program archive
 * @param files Electron's `original-fs`: its `fs` shows the archive file as a folder
 * @param root true if the user may write everywhere anyway
 */
export async function checkOwnFiles(resources: string, files: typeof FileSystem, root: boolean): Promise<OwnFiles> {
  const parsed = await readFile(join(resources, 'files.json'), 'utf8')
    .then((text) => list.safeParse(JSON.parse(text)))
    .catch(() => undefined);
  if (parsed?.success !== true) return { changed: ['files.json'], writable: false };
  const changed: string[] = [];
  for (const [name, expected] of Object.entries(parsed.data.files))
    if ((await sha256Of(join(resources, name), files).catch(() => '')) !== expected) changed.push(name);
  const writable =
    !root &&
    (await access(resources, constants.W_OK).then(
      () => true,
      () => false,
    ));
  return { changed, writable };
}
