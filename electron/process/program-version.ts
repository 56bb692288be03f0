import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';

/** Version of this program, from its package.json, which lies two folders above sources and bundles alike. */
export function programVersion(read: (path: string) => string): string {
  try {
    const { version } = JSON.parse(read(fileURLToPath(new URL('../../package.json', import.meta.url)))) as {
      version?: string;
    };
    return version ?? '0.0.0';
  } catch {
    return '0.0.0';
  }
}

/** Of a packed program: everything in it stands in the list of its files, beside the program archive (R20). */
const PACKED = /[/\\]app\.asar[/\\]/;

/**
 * SHA-256 of the list of files of the packed program, which names the SHA-256 of each (R75): two installations with the same one are the same
 * program. Empty where it is not packed, and on systems that sign the program as a whole.
 * @param at URL of a file two folders below the program archive's top
 */
export function packageHash(read: (path: string) => string, at: string = import.meta.url): string {
  if (!PACKED.test(fileURLToPath(at))) return '';
  try {
    return createHash('sha256')
      .update(read(fileURLToPath(new URL('../../../files.json', at))))
      .digest('hex');
  } catch {
    return '';
  }
}
