import type { Role } from './roles.ts';

/** Who answers for the archive is never shut out. */
export const READS_EVERY_CARD: readonly Role[] = ['keeper', 'supervisor'];

/**
 * Named readers (限閱): a card that only certain people may read, whatever their role sees of other cards. It holds for the whole
 * dossier and for every way out: lookup, reading in the room, loan, issued copy.
 * @param readers staff ids; empty: whoever's role may
 * @param reader staff id of whoever wants to read, null for a login that stands for nobody in the directory
 */
export function mayReadCard(readers: readonly number[], reader: number | null, role?: Role): boolean {
  if (readers.length === 0 || (role !== undefined && READS_EVERY_CARD.includes(role))) return true;
  return reader !== null && readers.includes(reader);
}
