import type { FieldValues, Json } from '../../../shared/contract/common.ts';
import { isEmptyValue, sameValue } from '../../ui/fields/field-values.ts';

/** What has been typed into a card and is not yet saved: only keys that differ from the saved card. */
export type CardEdits = Readonly<Record<string, Json>>;

/** The edits after one field was typed into; a value typed back to what is saved is no edit. */
export function withEdit(edits: CardEdits, saved: FieldValues, key: string, value: Json): CardEdits {
  const { [key]: _former, ...others } = edits;
  return sameValue(saved[key], value) ? others : { ...others, [key]: isEmptyValue(value) ? null : value };
}

/** The value a field shows: what was typed, else what is saved. */
export function shownValue(edits: CardEdits, saved: FieldValues, key: string): Json {
  return (Object.hasOwn(edits, key) ? edits[key] : saved[key]) ?? null;
}

export interface FieldConflict {
  readonly key: string;
  readonly typed: Json;
  readonly stored: Json;
}

/**
 * Two people's (or two windows') changes to one card: `base` is what the typing began on, `stored` what is saved now.
 * Fields that only one side touched merge by themselves; those that both changed to different values are conflicts.
 */
export function conflictsOf(edits: CardEdits, base: FieldValues, stored: FieldValues): readonly FieldConflict[] {
  return Object.entries(edits)
    .filter(([key, typed]) => !sameValue(base[key], stored[key]) && !sameValue(typed, stored[key]))
    .map(([key, typed]) => ({ key, typed, stored: stored[key] ?? null }));
}

/** Edits on top of a card that has changed meanwhile: those that came to the same value fall away. */
export function rebase(edits: CardEdits, stored: FieldValues): CardEdits {
  return Object.fromEntries(Object.entries(edits).filter(([key, typed]) => !sameValue(typed, stored[key])));
}
