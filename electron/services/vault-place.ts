import { existsSync, realpathSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type PlaceConcern, placeConcern } from '../../shared/domain/vault-place.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { mountOf } from '../platform/mounts.ts';

/** What speaks against a folder that may not exist yet: its nearest parent that does is asked (R52). */
export async function concernOf(directory: string): Promise<PlaceConcern | null> {
  let existing = directory;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  try {
    const { type } = await statfs(existing);
    const real = realpathSync(existing);
    return placeConcern(directory, type) ?? placeConcern(real, type, mountOf(real));
  } catch {
    return placeConcern(directory, 0);
  }
}

/**
 * Refuses to begin an archive on a network, removable or synchronised drive, unless somebody has said that it shall be there.
 * @throws AppError INPUT_INVALID { directory }
 */
export async function requireGoodPlace(directory: string, evenHere: boolean): Promise<PlaceConcern | null> {
  const concern = await concernOf(directory);
  if (concern !== null && !evenHere)
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: 'directory', message: `validation.place.${concern}` }],
      hint: 'hint.placeOfArchive',
    });
  return concern;
}
