import { readInfo, writeInfo } from '../store/archive-records.ts';
import type { Reader, Writer } from '../store/sql.ts';
import type { OpenArchive } from './context.ts';

/**
 * Somebody who held the key of the archive no longer may (R08, M3): the own secret opens nothing, but the key that was once in those
 * hands, or an older copy of the archive, still would. It is due until the archive is under a newer key.
 */
export interface KeyChangeDue {
  /** Instant since when. */
  readonly since: string;
  /** Who no longer may. */
  readonly name: string;
}

const MARK = 'keyChangeDue';

/** Notes it inside the transaction of the act that ends somebody's right. */
export function markKeyChangeDue(sql: Writer, archive: Pick<OpenArchive, 'vault'>, due: KeyChangeDue): void {
  writeInfo(sql, MARK, JSON.stringify({ ...due, epoch: archive.vault.epoch }));
}

/** What is due, or undefined: nobody has left, or the key has been changed since. */
export function keyChangeDue(sql: Reader, archive: Pick<OpenArchive, 'vault'>): KeyChangeDue | undefined {
  const text = readInfo(sql, MARK);
  if (text === undefined) return undefined;
  const { epoch, since, name } = JSON.parse(text) as KeyChangeDue & { epoch: number };
  return archive.vault.epoch > epoch ? undefined : { since, name };
}
