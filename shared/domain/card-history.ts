import type { FieldValue } from './forms/field.ts';

export interface PastChange {
  readonly at: string;
  readonly field: string;
  readonly from: FieldValue;
  readonly to: FieldValue;
}

export interface Difference {
  readonly field: string;
  readonly former: FieldValue;
  readonly present: FieldValue;
}

const same = (a: FieldValue, b: FieldValue) => JSON.stringify(a) === JSON.stringify(b);

/**
 * What a card said at an instant beside what it says now (C6): the fields that differ, in the order of their last change.
 * @param changes the card's own, newest first; those of the instant itself had been made already
 */
export function differencesSince(
  changes: readonly PastChange[],
  present: (field: string) => FieldValue,
  at: string,
): Difference[] {
  const then = new Map<string, FieldValue>();
  for (const change of changes) {
    if (change.at <= at) break;
    // The oldest change after the instant decides: it says what stood there before.
    then.set(change.field, change.from);
  }
  return [...then]
    .map(([field, value]) => ({ field, former: value, present: present(field) }))
    .filter((difference) => !same(difference.former, difference.present));
}

/** Two states of a card side by side: the fields that differ, those of the form before what is only in the former state. */
export function differencesOf(
  former: Readonly<Record<string, FieldValue>>,
  present: Readonly<Record<string, FieldValue>>,
): Difference[] {
  return [...new Set([...Object.keys(present), ...Object.keys(former)])]
    .map((field) => ({ field, former: former[field] ?? null, present: present[field] ?? null }))
    .filter((difference) => !same(difference.former, difference.present));
}
