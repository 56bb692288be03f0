import type { ListView, SavedView } from '../state/list-view.ts';
import { openSealedRecords } from './draft-store.ts';

/**
 * Views of lists, for each person apart. A filter holds words of the archive, so they are kept as drafts are: sealed under the
 * drafts key, the record named by a hash (R01).
 */
export interface KeptViews {
  /** How the list was left. */
  readonly current: ListView | null;
  readonly saved: readonly SavedView[];
}

const NOTHING: KeptViews = { current: null, saved: [] };

/** Views of a list of this person; empty without an open archive. */
export async function loadViews(login: string, list: string): Promise<KeptViews> {
  const records = await openSealedRecords('views');
  return (await records?.get<KeptViews>(`${login}\n${list}`)) ?? NOTHING;
}

/** Keeps them; without an open archive it does nothing. */
export async function keepViews(login: string, list: string, views: KeptViews): Promise<void> {
  const records = await openSealedRecords('views');
  await records?.put(`${login}\n${list}`, views);
}
