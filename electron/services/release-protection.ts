import type { ExportSeal } from '../../shared/contract/exports.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { QueryContext } from './context.ts';
import { filledText } from './record-texts.ts';
import { readSettings } from './settings.ts';

/** R70: what leaves the archive is sealed for somebody, or leaves in plain: then agreed to as that, marked, and counted. */

/** @throws AppError INPUT_INVALID when it is said for whom but not how, or the other way round */
export function sealOf(asked: {
  readonly sealedFor?: string | undefined;
  readonly seal?: ExportSeal | undefined;
}): ExportSeal | undefined {
  if ((asked.sealedFor === undefined) !== (asked.seal === undefined))
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: asked.seal === undefined ? 'seal' : 'sealedFor', message: 'validation.required' }],
    });
  return asked.seal;
}

/** The name it gets: what is sealed says so. */
export const releasedName = (file: string, seal: ExportSeal | undefined): string =>
  seal === undefined || file.endsWith('.age') ? file : `${file}.age`;

/** The line of the agreement: who agreed to a sealed file has not agreed to a plain one, nor to one for somebody else. */
export const protectionLine = (sealedFor: string | undefined) =>
  sealedFor === undefined
    ? { field: 'exportProtection', value: 'plain' }
    : { field: 'exportSealedFor', value: sealedFor };

/** For the entry: the signals of quiet export count what left in plain (R74). */
export const protectionData = (sealedFor: string | undefined): Record<string, string | number> =>
  sealedFor === undefined ? { plain: 1 } : { sealedFor };

/** What a plain file says of itself: who took it out of which archive, and when. */
export function plainMark({ actor, clock, archive, sql }: QueryContext): string {
  return filledText(readSettings(sql).printLanguage, 'exports.mark', {
    by: `${actor.displayName} (${actor.login})`,
    at: clock.now().toISOString(),
    vault: archive.vault.vaultId.slice(0, 8),
  });
}
